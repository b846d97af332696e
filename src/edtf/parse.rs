//! Written dates to [`Edtf`], or why they can't be one.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{Calendar, Edtf, End, Part, Qualifier, Shape};

/// Why some words are no date, and which of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// The bytes of the input that are meant.
    pub range: Range<usize>,
    /// How it could be written, when that is plain.
    pub help: Option<String>,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EdtfError {}

const HOW: &str =
    "write year-month-day, as far as it is known: `2016-10-15`, `2016-10`, `2016`, `2016-10-14/2016-10-15`";

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(written: &str) -> Result<Self, EdtfError> {
        let shape = match written.split_once('/') {
            None => Shape::One(part(written, 0)?),
            Some((from, to)) => {
                let start = end(from, 0)?;
                let finish = end(to, from.len() + 1)?;
                if start.part().is_none() && finish.part().is_none() {
                    let message = format!("`{written}` has neither a start nor an end");
                    return Err(EdtfError { message, range: 0..written.len(), help: Some(HOW.to_owned()) });
                }
                Shape::Interval(start, finish)
            }
        };
        let edtf = Edtf(shape);
        if edtf.earliest() > edtf.latest() {
            let message = format!("`{written}` ends before it starts");
            let help = written.split_once('/').map(|(from, to)| format!("write `{to}/{from}`"));
            return Err(EdtfError { message, range: 0..written.len(), help });
        }
        Ok(edtf)
    }
}

fn end(written: &str, offset: usize) -> Result<End, EdtfError> {
    match written {
        "" => Ok(End::Unknown),
        ".." => Ok(End::Open),
        _ => part(written, offset).map(End::At),
    }
}

fn part(written: &str, offset: usize) -> Result<Part, EdtfError> {
    let (date, qualifier) = match written.as_bytes().last() {
        Some(b'?') => (&written[..written.len() - 1], Qualifier::Uncertain),
        Some(b'~') => (&written[..written.len() - 1], Qualifier::Approximate),
        Some(b'%') => (&written[..written.len() - 1], Qualifier::UncertainAndApproximate),
        _ => (written, Qualifier::Certain),
    };
    Ok(Part { calendar: Reader { date, offset }.calendar()?, qualifier })
}

/// One date being read; `offset` is where it begins in the whole input.
struct Reader<'a> {
    date: &'a str,
    offset: usize,
}

impl Reader<'_> {
    fn calendar(&self) -> Result<Calendar, EdtfError> {
        let (sign, rest) = match self.date.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, self.date),
        };
        let mut fields = rest.split('-');
        let (year, month, day) = (fields.next().unwrap_or_default(), fields.next(), fields.next());
        if fields.next().is_some() {
            return Err(self.unreadable());
        }
        if self.date.contains(['T', ':']) {
            let message = format!("`{}` has a time of day, which is not kept", self.date);
            let help = self.date.split_once('T').map(|(date, _)| format!("write `{date}`"));
            return Err(EdtfError { message, range: self.whole(), help });
        }
        if let Some(calendar) = self.unspecified_year(sign, year, month)? {
            return Ok(calendar);
        }
        let year = sign * digits::<4>(year).ok_or_else(|| self.unreadable())?;
        let Some(month) = month else { return Ok(Calendar::Year(year)) };
        if let Some(week) = month.strip_prefix('W') {
            let week = digits::<2>(week).filter(|_| day.is_none()).ok_or_else(|| self.unreadable())?;
            return self.week(year, week);
        }
        if month == "XX" {
            return match day {
                None => Ok(Calendar::SomeMonth(year)),
                Some("XX") => Ok(Calendar::SomeDay(year)),
                Some(_) => Err(self.wrong(format!("`{}` has a day, but no month", self.date))),
            };
        }
        let month = digits::<2>(month).ok_or_else(|| self.unreadable())? as i8;
        match day {
            None if matches!(month, 21..=24 | 33..=36 | 40 | 41) => Ok(Calendar::Season(year, month)),
            _ if !(1..=12).contains(&month) => Err(self.no_month(month)),
            None => Ok(Calendar::Month(year, month)),
            Some("XX") => Ok(Calendar::SomeDayOf(year, month)),
            Some(day) => {
                let day = digits::<2>(day).ok_or_else(|| self.unreadable())? as i8;
                Date::new(year, month, day).map(Calendar::Day).map_err(|_| self.no_day(year, month, day))
            }
        }
    }

    /// `201X` and `20XX`.
    fn unspecified_year(
        &self,
        sign: i16,
        year: &str,
        month: Option<&str>,
    ) -> Result<Option<Calendar>, EdtfError> {
        if year.len() != 4 || !year.ends_with('X') {
            return Ok(None);
        }
        let known = year.trim_end_matches('X');
        let calendar = match known.len() {
            3 if sign > 0 => digits::<3>(known).map(Calendar::Decade),
            2 if sign > 0 => digits::<2>(known).map(Calendar::Century),
            _ => None,
        };
        match (calendar, month) {
            (Some(calendar), None) => Ok(Some(calendar)),
            _ => Err(self.unreadable()),
        }
    }

    fn week(&self, year: i16, week: i16) -> Result<Calendar, EdtfError> {
        match ISOWeekDate::new(year, week as i8, Weekday::Monday) {
            Ok(_) => Ok(Calendar::Week(year, week as i8)),
            Err(_) => {
                let weeks = if ISOWeekDate::new(year, 53, Weekday::Monday).is_ok() { 53 } else { 52 };
                Err(self.wrong(format!("`{}` is not possible: {year} has {weeks} weeks", self.date)))
            }
        }
    }

    fn no_month(&self, month: i8) -> EdtfError {
        let error = self.wrong(format!("`{}` is not possible: there is no month {month}", self.date));
        // The likeliest slip: day and month in the wrong order.
        let fields: Vec<&str> = self.date.split('-').collect();
        match fields[..] {
            [year, day, month] if digits::<2>(month).is_some_and(|month| (1..=12).contains(&month)) => {
                EdtfError { help: Some(format!("write `{year}-{month}-{day}` if that was meant")), ..error }
            }
            _ => error,
        }
    }

    fn no_day(&self, year: i16, month: i8, day: i8) -> EdtfError {
        let name = super::human::MONTHS[month as usize - 1];
        let reason = match Date::new(year, month, 1) {
            Ok(_) if day == 0 => "there is no day 0".to_owned(),
            Ok(first) => format!("{name} {year} has {} days", first.days_in_month()),
            Err(_) => format!("the year {year} is out of range"),
        };
        self.wrong(format!("`{}` is not possible: {reason}", self.date))
    }

    fn unreadable(&self) -> EdtfError {
        let mut error = match self.date {
            "" => self.wrong("a date is missing".to_owned()),
            date => self.wrong(format!("`{date}` is not a date")),
        };
        error.help = Some(HOW.to_owned());
        error
    }

    fn wrong(&self, message: String) -> EdtfError {
        EdtfError { message, range: self.whole(), help: None }
    }

    fn whole(&self) -> Range<usize> {
        self.offset..self.offset + self.date.len()
    }
}

/// Exactly `N` ASCII digits as a number.
fn digits<const N: usize>(written: &str) -> Option<i16> {
    let fits = written.len() == N && written.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| written.parse().ok()).flatten()
}
