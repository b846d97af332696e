//! Dates as people write them above an article to the day they name, where there is no doubt which day it is.

use jiff::civil::Date;

use crate::edtf::{Edtf, EdtfError};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words that stand in a line with a date and say nothing about the day.
const FILLERS: [&str; 34] = [
    "on",
    "at",
    "the",
    "of",
    "published",
    "updated",
    "posted",
    "last",
    "first",
    "modified",
    "date",
    "release",
    "created",
    "edited",
    "am",
    "pm",
    "a.m",
    "p.m",
    "gmt",
    "utc",
    "bst",
    "est",
    "edt",
    "cst",
    "cdt",
    "pst",
    "pdt",
    "aest",
    "aedt",
    "cet",
    "cest",
    "ist",
    "msk",
    "et",
];

/// The longest line that is looked at, in bytes.
const LONGEST: usize = 160;

/// The date that an author wrote: EDTF, a date and time of RFC 3339 (its day as written), or words such as
/// `29 March 2024` and `March 29, 2024`.
pub(super) fn written_date(written: &str) -> Result<Edtf, EdtfError> {
    let written = written.trim();
    let error = match written.parse() {
        Ok(date) => return Ok(date),
        Err(error) => error,
    };
    let bytes = written.as_bytes();
    if bytes.len() > 11
        && bytes[4] == b'-'
        && matches!(bytes[10], b'T' | b't' | b' ')
        && bytes[11].is_ascii_digit()
        && written.is_char_boundary(10)
    {
        return written[..10].parse();
    }
    match date_line(written) {
        Some(DateLine { date: Some(date), .. }) => Ok(date),
        Some(DateLine { ambiguous: true, .. }) => Err(EdtfError {
            message: format!("`{written}` may be day and month, or month and day"),
            range: 0..written.len(),
            help: Some("write year-month-day: `2016-10-15`".to_owned()),
        }),
        _ => Err(error),
    }
}

/// A line, or a part of one, that is nothing but a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DateLine {
    /// The day, where the words name one and only one.
    pub(super) date: Option<Edtf>,
    /// `03/04/2021`, which is two days.
    pub(super) ambiguous: bool,
    /// Whether it tells of a change, not of the publication.
    pub(super) update: bool,
}

/// Reads `words` as a date with nothing but weekday, time, zone and a label around it. `None` if there is anything
/// else, or no day of a month.
pub(super) fn date_line(words: &str) -> Option<DateLine> {
    if words.len() > LONGEST {
        return None;
    }
    let (mut day, mut month, mut year) = (None, None, None);
    let mut result = DateLine::default();
    for word in words.split(|c: char| c.is_whitespace() || ",;|()·•–—".contains(c)) {
        let word = word.trim_matches(|c: char| ":.".contains(c)).to_lowercase();
        if word.is_empty() || word == "-" {
            continue;
        }
        result.update |= ["updated", "modified", "edited"].contains(&word.as_str());
        if FILLERS.contains(&word.as_str()) || is_weekday(&word) || is_time(&word) {
            continue;
        }
        if let Some(found) = month_named(&word).filter(|_| month.is_none()) {
            month = Some(found);
        } else if let Some(found) = numeric_date(&word).filter(|_| day.is_none() && year.is_none()) {
            match found {
                Numeric::Day(date) => result.date = Some(Edtf::day(date)),
                Numeric::Ambiguous => result.ambiguous = true,
            }
            (day, month, year) = (Some(0), Some(0), Some(0));
        } else if let Some(number) = ordinal(&word) {
            match word.len() {
                4 if year.is_none() && (1000..=2999).contains(&number) => year = Some(number),
                1..=4 if day.is_none() && (1..=31).contains(&number) => day = Some(number),
                _ => return None,
            }
        } else {
            return None;
        }
    }
    let (day, month) = (day?, month?);
    if let (None, false, Some(year)) = (&result.date, result.ambiguous, year) {
        result.date = Date::new(year, month as i8, day as i8).ok().map(Edtf::day);
        result.date.as_ref()?;
    }
    Some(result)
}

enum Numeric {
    Day(Date),
    Ambiguous,
}

/// `2021-06-22`, `22/06/2021`, `22.6.2021`.
fn numeric_date(word: &str) -> Option<Numeric> {
    let word = word.split_once('t').map_or(word, |(date, _)| date);
    let separator = word.chars().find(|c| "-/.".contains(*c))?;
    let parts: Vec<&str> = word.split(separator).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number =
        |part: &str| part.parse::<i16>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    let date =
        |year, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    if first.len() == 4 {
        return date(a, b, c).map(Numeric::Day);
    }
    if third.len() != 4 {
        return None;
    }
    match (date(c, b, a), date(c, a, b)) {
        (Some(date), None) | (None, Some(date)) => Some(Numeric::Day(date)),
        (Some(one), Some(other)) if one == other => Some(Numeric::Day(one)),
        // With full stops the day comes first wherever dates are written so.
        (Some(date), Some(_)) if separator == '.' => Some(Numeric::Day(date)),
        (Some(_), Some(_)) => Some(Numeric::Ambiguous),
        (None, None) => None,
    }
}

fn month_named(word: &str) -> Option<i16> {
    let word = if word == "sept" { "sep" } else { word };
    let found =
        MONTHS.iter().position(|month| *month == word || (word.len() == 3 && month.starts_with(word)))?;
    Some(found as i16 + 1)
}

fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|day| *day == word || ((3..=5).contains(&word.len()) && day.starts_with(word)))
}

/// `05:13`, `5.13pm`, `5pm`, `05:13:00`, `+02:00`, `gmt+1`, `10h30`.
fn is_time(word: &str) -> bool {
    let zone = word.trim_start_matches("gmt").trim_start_matches("utc");
    if zone.len() > 1 && zone.starts_with(['+', '-']) {
        return zone[1..].chars().all(|c| c.is_ascii_digit() || c == ':');
    }
    let half = word.strip_suffix("am").or_else(|| word.strip_suffix("pm"));
    let clock = half.unwrap_or(word).trim_end_matches('z');
    let parts: Vec<&str> = clock.split([':', '.', 'h']).collect();
    let digits =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().all(digits) && (half.is_some() || (2..=3).contains(&parts.len())) && parts.len() <= 3
}

/// `22`, `22nd`.
fn ordinal(word: &str) -> Option<i16> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> Option<String> {
        written_date(written).ok().map(|date| date.to_string())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for written in [
            "2021-06-22",
            "2021-06-22T05:13:00+10:00",
            "2021-06-22 05:13",
            "22 June 2021, 05:13",
            "June 22, 2021",
            "Tuesday, 22nd June 2021",
            "Published: Jun 22, 2021 at 5:13 p.m. EDT",
            "Tue, 22 Jun 2021 05:13:00 +0000",
            "22/06/2021",
            "06/22/2021 5.13pm",
            "22.6.2021",
        ] {
            assert_eq!(day(written).as_deref(), Some("2021-06-22"), "{written}");
        }
        assert_eq!(day("2021-06").as_deref(), Some("2021-06"));
    }

    #[test]
    fn a_date_in_doubt_is_none() {
        for written in [
            "03/04/2021",
            "June 22",
            "yesterday",
            "30 February 2021",
            "2024-02-30",
            "22 June 2021 dead",
            "22",
        ] {
            assert_eq!(day(written), None, "{written}");
        }
        assert!(written_date("03/04/2021").unwrap_err().message.contains("day and month, or month and day"));
    }

    #[test]
    fn a_line_of_prose_is_no_date_line() {
        assert_eq!(date_line("On 22 June 2021 a bomb went off"), None);
        assert_eq!(date_line("In May 2021"), None);
        assert!(date_line("Last updated 22 June 2021").unwrap().update);
    }
}
