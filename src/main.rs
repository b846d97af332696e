//! The `dateline` program: parse, run, exit code.

fn main() {}
