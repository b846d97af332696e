//! The command line: arguments, one file a command, and the report, the only file that prints.
