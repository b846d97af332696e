//! Waits until an input changed.
