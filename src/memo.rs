//! Remembers per-file work by content hash.
