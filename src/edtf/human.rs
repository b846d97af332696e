//! Dates as a reader of the page wants them: "22 March 2024", "about 1999", "14–15 October 2016".

use jiff::civil::Date;

use super::{Calendar, Edtf, End, Part, Qualifier, Shape};

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

/// In which order English puts day and month.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Order {
    /// "22 March 2024".
    DayFirst,
    /// "March 22, 2024".
    MonthFirst,
}

impl Edtf {
    /// The date in words, for pages. `language` is BCP 47: English for `en`, American English for `en-US`; in any
    /// other language the written form, which is right everywhere.
    pub fn human(&self, language: &str) -> String {
        let order = match language.to_ascii_lowercase().as_str() {
            "en-us" => Order::MonthFirst,
            english if english == "en" || english.starts_with("en-") => Order::DayFirst,
            _ => return self.to_string(),
        };
        match self.0 {
            Shape::One(part) => one(part, order),
            Shape::Interval(End::At(from), End::At(to)) => interval(from, to, order),
            Shape::Interval(End::At(from), End::Open) => format!("since {}", one(from, order)),
            Shape::Interval(End::At(from), End::Unknown) => format!("from {}", one(from, order)),
            Shape::Interval(_, End::At(to)) => format!("until {}", one(to, order)),
            Shape::Interval(..) => self.to_string(),
        }
    }
}

fn one(part: Part, order: Order) -> String {
    let date = calendar(part.calendar, order);
    match part.qualifier {
        Qualifier::Certain => date,
        Qualifier::Uncertain => format!("{date} (uncertain)"),
        Qualifier::Approximate => format!("about {date}"),
        Qualifier::UncertainAndApproximate => format!("about {date} (uncertain)"),
    }
}

fn calendar(calendar: Calendar, order: Order) -> String {
    match calendar {
        Calendar::Century(century) => format!("{}s", century * 100),
        Calendar::Decade(decade) => format!("{}s", decade * 10),
        Calendar::Year(year) | Calendar::SomeMonth(year) | Calendar::SomeDay(year) => year_in_words(year),
        Calendar::Season(year, code) => format!("{} {}", season(code), year_in_words(year)),
        Calendar::Month(year, month) | Calendar::SomeDayOf(year, month) => {
            format!("{} {}", MONTHS[month as usize - 1], year_in_words(year))
        }
        Calendar::Week(..) => {
            let (monday, sunday) = (calendar.first_day(), calendar.last_day());
            days(monday, sunday, order)
        }
        Calendar::Day(date) => day(date, order),
    }
}

fn day(date: Date, order: Order) -> String {
    let (month, year) = (MONTHS[date.month() as usize - 1], year_in_words(date.year()));
    match order {
        Order::DayFirst => format!("{} {month} {year}", date.day()),
        Order::MonthFirst => format!("{month} {}, {year}", date.day()),
    }
}

fn year_in_words(year: i16) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) }
}

fn season(code: i8) -> &'static str {
    match code {
        21 => "spring",
        22 => "summer",
        23 => "autumn",
        24 => "winter",
        33 => "first quarter of",
        34 => "second quarter of",
        35 => "third quarter of",
        36 => "fourth quarter of",
        40 => "first half of",
        _ => "second half of",
    }
}

/// What two ends have in common is said once.
fn interval(from: Part, to: Part, order: Order) -> String {
    if (from.qualifier, to.qualifier) == (Qualifier::Certain, Qualifier::Certain) {
        match (from.calendar, to.calendar) {
            (Calendar::Day(first), Calendar::Day(last)) => return days(first, last, order),
            (Calendar::Month(year, first), Calendar::Month(same, last)) if year == same => {
                let (first, last) = (MONTHS[first as usize - 1], MONTHS[last as usize - 1]);
                return format!("{first}–{last} {}", year_in_words(year));
            }
            (Calendar::Year(first), Calendar::Year(last)) if first > 0 => return format!("{first}–{last}"),
            _ => {}
        }
    }
    format!("{} – {}", one(from, order), one(to, order))
}

fn days(first: Date, last: Date, order: Order) -> String {
    let month = |date: Date| MONTHS[date.month() as usize - 1];
    if first == last {
        day(first, order)
    } else if first.year() != last.year() {
        format!("{} – {}", day(first, order), day(last, order))
    } else if first.month() != last.month() {
        match order {
            Order::DayFirst => format!("{} {} – {}", first.day(), month(first), day(last, order)),
            Order::MonthFirst => format!("{} {} – {}", month(first), first.day(), day(last, order)),
        }
    } else {
        let year = year_in_words(first.year());
        match order {
            Order::DayFirst => format!("{}–{} {} {year}", first.day(), last.day(), month(first)),
            Order::MonthFirst => format!("{} {}–{}, {year}", month(first), first.day(), last.day()),
        }
    }
}
