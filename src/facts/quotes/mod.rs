//! Quotations.
