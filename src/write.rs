//! Stage 7, write: outputs to a directory: whole or not at all, unchanged files kept.
