//! [`Edtf`] in its written form, for files and data; [`super::parse`] reads it back.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Calendar, Edtf, End, Part, Precision, Qualifier, Shape};

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::One(part) => part.fmt(f),
            Shape::Interval(from, to) => {
                from.fmt(f)?;
                f.write_str("/")?;
                to.fmt(f)
            }
        }
    }
}

impl fmt::Debug for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::At(part) => part.fmt(f),
            End::Open => f.write_str(".."),
            End::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.calendar.fmt(f)?;
        f.write_str(match self.qualifier {
            Qualifier::Certain => "",
            Qualifier::Uncertain => "?",
            Qualifier::Approximate => "~",
            Qualifier::UncertainAndApproximate => "%",
        })
    }
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Calendar::Century(century) => write!(f, "{century:02}XX"),
            Calendar::Decade(decade) => write!(f, "{decade:03}X"),
            Calendar::Year(year) => write_year(f, year),
            Calendar::Season(year, code) | Calendar::Month(year, code) => {
                write_year(f, year)?;
                write!(f, "-{code:02}")
            }
            Calendar::Week(year, week) => {
                write_year(f, year)?;
                write!(f, "-W{week:02}")
            }
            Calendar::Day(date) => {
                write_year(f, date.year())?;
                write!(f, "-{:02}-{:02}", date.month(), date.day())
            }
            Calendar::SomeMonth(year) => {
                write_year(f, year)?;
                f.write_str("-XX")
            }
            Calendar::SomeDay(year) => {
                write_year(f, year)?;
                f.write_str("-XX-XX")
            }
            Calendar::SomeDayOf(year, month) => {
                write_year(f, year)?;
                write!(f, "-{month:02}-XX")
            }
        }
    }
}

fn write_year(f: &mut fmt::Formatter<'_>, year: i16) -> fmt::Result {
    let sign = if year < 0 { "-" } else { "" };
    write!(f, "{sign}{:04}", year.unsigned_abs())
}

impl Edtf {
    /// A day, a month or a year as HTML (`<time datetime>`), W3C Date and Time Formats and schema.org have it, which ask
    /// for a year after 0; `None` for what they have no form for.
    pub fn as_web_date(&self) -> Option<String> {
        let written = self.to_string();
        let plain = matches!(self.precision(), Precision::Day | Precision::Month | Precision::Year);
        let digits = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        (plain && digits && self.earliest().year() > 0).then_some(written)
    }
}

impl Serialize for Edtf {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = std::borrow::Cow::<str>::deserialize(deserializer)?;
        written.parse().map_err(serde::de::Error::custom)
    }
}
