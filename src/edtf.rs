//! Dates as precise as the source is: EDTF (ISO 8601-2:2019), level 1.

/// A date, or a span of time, exactly as precise as its source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {}
