//! What the values of words on the command line may be.

use std::time::Duration;

use jiff::civil::Date;

use crate::review::Reason;

/// The name of a reason for which something needs an editor.
pub(super) fn review_reason(words: &str) -> Result<Reason, String> {
    let known = Reason::ALL.iter().find(|(_, word)| *word == words);
    known.map(|(reason, _)| *reason).ok_or_else(|| {
        let all: Vec<&str> = Reason::ALL.iter().map(|(_, word)| *word).collect();
        format!("it is one of {}", all.join(", "))
    })
}

/// A day of the calendar.
pub(super) fn civil_date(words: &str) -> Result<Date, String> {
    words.parse().map_err(|_| "not a day of the calendar as YYYY-MM-DD".to_owned())
}

/// Where a site can stand.
pub(super) fn web_address(words: &str) -> Result<String, String> {
    let host = words.strip_prefix("https://").or_else(|| words.strip_prefix("http://"));
    match host {
        Some(host) if !host.starts_with('/') && !host.is_empty() && !words.contains(char::is_whitespace) => {
            Ok(words.to_owned())
        }
        _ => Err("not an address as https://example.org/dossier/".to_owned()),
    }
}

/// Seconds between two looks, from a twentieth to an hour.
pub(super) fn pause(words: &str) -> Result<Duration, String> {
    let seconds: f64 =
        words.parse().map_err(|_| "a number of seconds is expected: `2` or `0.5`".to_owned())?;
    if (0.05..=3600.0).contains(&seconds) {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("from 0.05 to 3600 seconds".to_owned())
    }
}
