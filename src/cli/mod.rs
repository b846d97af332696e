//! The command line: arguments, one file a command, and the report (the only file that prints).

pub mod args;
pub mod draw;
pub mod facts_json;
pub mod report;
