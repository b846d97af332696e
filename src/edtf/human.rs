//! Dates as a reader of the page wants them: "22 March 2024", "about 1999", "14–15 October 2016"; how a language writes
//! them stands in its strings file, below `date`.

use jiff::civil::Date;

use super::{Calendar, Edtf, End, Part, Qualifier, Shape};
use crate::words::Words;

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Edtf {
    /// The date in the words of a language, for pages.
    pub fn human(&self, words: &Words) -> String {
        let with = |key: &str, part: Part| words.with(key, &[("date", &one(part, words))]);
        match self.0 {
            Shape::One(part) => one(part, words),
            Shape::Interval(End::At(from), End::At(to)) => interval(from, to, words),
            Shape::Interval(End::At(from), End::Open) => with("date.since", from),
            Shape::Interval(End::At(from), End::Unknown) => with("date.from", from),
            Shape::Interval(_, End::At(to)) => with("date.until", to),
            Shape::Interval(..) => self.to_string(),
        }
    }
}

impl Edtf {
    /// The year it lies in, for headings: "2004", "44 BC"; "1990s" and "1900s" where no year is known.
    pub fn human_year(&self, words: &Words) -> String {
        match self.year() {
            Some(number) => year(number, words),
            None => words.with("date.decade", &[("year", &self.earliest().year().to_string())]),
        }
    }
}

/// "2004", "44 BC": a year by its number, of which 0 is the year 1 BC.
pub fn year(year: i16, words: &Words) -> String {
    if year > 0 { year.to_string() } else { words.with("date.bc", &[("year", &(1 - year).to_string())]) }
}

fn one(part: Part, words: &Words) -> String {
    let date = calendar(part.calendar, words);
    let key = match part.qualifier {
        Qualifier::Certain => return date,
        Qualifier::Uncertain => "date.uncertain",
        Qualifier::Approximate => "date.about",
        Qualifier::UncertainAndApproximate => "date.about_uncertain",
    };
    words.with(key, &[("date", &date)])
}

fn calendar(calendar: Calendar, words: &Words) -> String {
    let in_year = |key: &str, number: i16| words.with(key, &[("year", &year(number, words))]);
    match calendar {
        Calendar::Century(century) => words.with("date.decade", &[("year", &(century * 100).to_string())]),
        Calendar::Decade(decade) => words.with("date.decade", &[("year", &(decade * 10).to_string())]),
        Calendar::Year(number) | Calendar::SomeMonth(number) | Calendar::SomeDay(number) => {
            year(number, words)
        }
        Calendar::Season(number, code) => in_year(season(code), number),
        Calendar::Month(number, of) | Calendar::SomeDayOf(number, of) => {
            words.with("date.month", &[("month", month(of, words)), ("year", &year(number, words))])
        }
        Calendar::Week(..) => days(calendar.first_day(), calendar.last_day(), words),
        Calendar::Day(date) => day(date, words),
    }
}

/// The name of a month from 1 to 12.
fn month(number: i8, words: &Words) -> &str {
    words.text("date.months").split(' ').nth(number as usize - 1).unwrap_or_default()
}

fn day(date: Date, words: &Words) -> String {
    let (month, year) = (month(date.month(), words), year(date.year(), words));
    words.with("date.day", &[("day", &date.day().to_string()), ("month", month), ("year", &year)])
}

fn season(code: i8) -> &'static str {
    match code {
        21 => "date.spring",
        22 => "date.summer",
        23 => "date.autumn",
        24 => "date.winter",
        33 => "date.quarter_1",
        34 => "date.quarter_2",
        35 => "date.quarter_3",
        36 => "date.quarter_4",
        40 => "date.half_1",
        _ => "date.half_2",
    }
}

/// What two ends have in common is said once.
fn interval(from: Part, to: Part, words: &Words) -> String {
    if (from.qualifier, to.qualifier) == (Qualifier::Certain, Qualifier::Certain) {
        match (from.calendar, to.calendar) {
            (Calendar::Day(first), Calendar::Day(last)) => return days(first, last, words),
            (Calendar::Month(number, first), Calendar::Month(same, last)) if number == same => {
                let (first, last) = (month(first, words), month(last, words));
                let year = year(number, words);
                return words
                    .with("date.months_in_year", &[("first", first), ("last", last), ("year", &year)]);
            }
            (Calendar::Year(first), Calendar::Year(last)) if first > 0 => return format!("{first}–{last}"),
            _ => {}
        }
    }
    format!("{} – {}", one(from, words), one(to, words))
}

fn days(first: Date, last: Date, words: &Words) -> String {
    if first == last {
        return day(first, words);
    }
    if first.year() != last.year() {
        return format!("{} – {}", day(first, words), day(last, words));
    }
    let year = year(first.year(), words);
    let (from, to) = (first.day().to_string(), last.day().to_string());
    let (first_month, last_month) = (month(first.month(), words), month(last.month(), words));
    let values = [
        ("first", from.as_str()),
        ("last", to.as_str()),
        ("month", first_month),
        ("first_month", first_month),
        ("last_month", last_month),
        ("year", year.as_str()),
    ];
    words.with(if first_month == last_month { "date.days_in_month" } else { "date.days_in_year" }, &values)
}
