//! What the environment says: the day of the build, and how wide the terminal is.

#![expect(clippy::disallowed_methods, reason = "the edge at which the environment and the clock are read")]

use anyhow::Context;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The day of the build: what `SOURCE_DATE_EPOCH` says (seconds since 1970, in UTC), else today where the user is.
pub fn today() -> anyhow::Result<Date> {
    match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(epoch) if !epoch.is_empty() => day_of_epoch(&epoch.to_string_lossy()),
        _ => Ok(Zoned::now().date()),
    }
}

/// How many columns a page on standard output may take: what `COLUMNS` says, else the terminal, else 80; no more than
/// can be read with ease.
pub fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let columns = said.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
    columns.unwrap_or(80).clamp(NARROWEST, WIDEST)
}

const NARROWEST: usize = 60;
const WIDEST: usize = 120;

/// The convention of reproducible-builds.org.
fn day_of_epoch(epoch: &str) -> anyhow::Result<Date> {
    let seconds = epoch.trim().parse().ok().filter(|seconds| *seconds >= 0);
    let seconds = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let moment =
        seconds.with_context(|| format!("`SOURCE_DATE_EPOCH` is `{epoch}`, not seconds since 1970"))?;
    Ok(moment.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_epoch_names_a_day() {
        assert_eq!(day_of_epoch("1711670400").unwrap(), jiff::civil::date(2024, 3, 29));
        assert!(day_of_epoch("yesterday").is_err());
        assert!(day_of_epoch("99999999999999").is_err());
        assert!(day_of_epoch("-5").is_err());
    }
}
