//! The stages in order, once; keeps what it remembers between builds.
