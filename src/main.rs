//! The `dateline` program: parse, run, exit code.

use std::process::ExitCode;

/// Rendering makes and drops many small strings: this takes a third off its time.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dateline::cli::run(std::env::args_os())
}
