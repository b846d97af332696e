//! Names to safe, stable, unique URL paths.
