//! What the environment says: the day of the build.

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

/// The convention of reproducible-builds.org.
fn day_of_epoch(epoch: &str) -> anyhow::Result<Date> {
    let seconds = epoch.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
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
    }
}
