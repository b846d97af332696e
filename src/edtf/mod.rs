//! Dates as precise as the source is: EDTF (ISO 8601-2:2019), levels 0 and 1: parse, bounds, order, print.

use std::cmp::Ordering;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

mod parse;
mod written;
mod human;

pub use human::year as human_year;
pub use parse::EdtfError;

/// A date, or a span of time, exactly as precise as its source.
///
/// Two are equal when they are written alike: `2016` and `2016-XX` cover the same days and are two values. Order is
/// by first day, then last day, then the written form; an open start sorts by its end.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
pub struct Edtf(Shape);

#[derive(Copy, Clone, PartialEq, Eq, Hash)]
enum Shape {
    One(Part),
    Interval(End, End),
}

/// One end of an interval.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
enum End {
    At(Part),
    /// `..`: it goes on without end.
    Open,
    /// Nothing written: it ends, nobody knows when.
    Unknown,
}

/// One date and how far it is to be trusted.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
struct Part {
    calendar: Calendar,
    qualifier: Qualifier,
}

/// Years lie from −9999 to 9999, as far as [`jiff`] counts.
#[derive(Copy, Clone, PartialEq, Eq, Hash)]
enum Calendar {
    /// `20XX`, as 20.
    Century(i16),
    /// `201X`, as 201.
    Decade(i16),
    Year(i16),
    /// ISO 8601-2 codes: 21 to 24 seasons, 33 to 36 quarters, 40 and 41 halves.
    Season(i16, i8),
    Month(i16, i8),
    /// ISO 8601 week of an ISO year.
    Week(i16, i8),
    Day(Date),
    /// `2016-XX`: some month of the year.
    SomeMonth(i16),
    /// `2016-XX-XX`: some day of the year.
    SomeDay(i16),
    /// `2016-10-XX`: some day of the month.
    SomeDayOf(i16, i8),
}

/// How far a date is to be trusted.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Qualifier {
    /// As written.
    #[default]
    Certain,
    /// `?`: perhaps another date.
    Uncertain,
    /// `~`: about then.
    Approximate,
    /// `%`: perhaps, and only about then.
    UncertainAndApproximate,
}

/// How fine a date is, coarsest first; an interval is as fine as its coarser end.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Precision {
    Century,
    Decade,
    Year,
    /// A season, a quarter or half a year.
    Season,
    Month,
    Week,
    Day,
}

/// A season of the northern calendar, by its ISO 8601-2 code.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// 21: March to May.
    Spring = 21,
    /// 22: June to August.
    Summer = 22,
    /// 23: September to November.
    Autumn = 23,
    /// 24: December to February of the next year.
    Winter = 24,
}

impl Edtf {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self::certain(Calendar::Day(date))
    }

    /// One month; `month` from 1 to 12.
    pub fn month(year: i16, month: i8) -> Self {
        debug_assert!((1..=12).contains(&month), "no month {month}");
        Self::certain(Calendar::Month(year, month))
    }

    /// One year.
    pub fn of_year(year: i16) -> Self {
        Self::certain(Calendar::Year(year))
    }

    /// A season of a year.
    pub fn season(year: i16, season: Season) -> Self {
        Self::certain(Calendar::Season(year, season as i8))
    }

    /// A quarter of a year; `quarter` from 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Self {
        debug_assert!((1..=4).contains(&quarter), "no quarter {quarter}");
        Self::certain(Calendar::Season(year, 32 + quarter))
    }

    /// The ISO 8601 week that holds `date`.
    pub fn week_of(date: Date) -> Self {
        let week = date.iso_week_date();
        Self::certain(Calendar::Week(week.year(), week.week()))
    }

    /// The ten years that hold `year`.
    pub fn decade(year: i16) -> Self {
        Self::certain(Calendar::Decade(year.div_euclid(10)))
    }

    /// From the start of `first` to the end of `last`; `None` where `last` is over before `first` begins, or where
    /// one of them is an interval itself.
    pub fn interval(first: Edtf, last: Edtf) -> Option<Self> {
        let (Shape::One(from), Shape::One(to)) = (first.0, last.0) else { return None };
        (first.earliest() <= last.latest()).then_some(Edtf(Shape::Interval(End::At(from), End::At(to))))
    }

    /// The same date, trusted as far as `qualifier` says; an interval gets it at both ends.
    #[must_use]
    pub fn qualified(self, qualifier: Qualifier) -> Self {
        let mark = |part: Part| Part { qualifier, ..part };
        let mark_end = |end| match end {
            End::At(part) => End::At(mark(part)),
            other => other,
        };
        match self.0 {
            Shape::One(part) => Edtf(Shape::One(mark(part))),
            Shape::Interval(from, to) => Edtf(Shape::Interval(mark_end(from), mark_end(to))),
        }
    }

    /// The first day it may mean; [`Date::MIN`] for an open or unknown start.
    pub fn earliest(&self) -> Date {
        match self.0 {
            Shape::One(part) | Shape::Interval(End::At(part), _) => part.calendar.first_day(),
            Shape::Interval(..) => Date::MIN,
        }
    }

    /// The last day it may mean; [`Date::MAX`] for an open or unknown end.
    pub fn latest(&self) -> Date {
        match self.0 {
            Shape::One(part) | Shape::Interval(_, End::At(part)) => part.calendar.last_day(),
            Shape::Interval(..) => Date::MAX,
        }
    }

    /// How fine it is.
    pub fn precision(&self) -> Precision {
        self.parts().map(|part| part.calendar.precision()).min().expect("a date has at least one part")
    }

    /// How far it is to be trusted; of an interval, the less certain end.
    pub fn qualifier(&self) -> Qualifier {
        self.parts().map(|part| part.qualifier).max().expect("a date has at least one part")
    }

    /// Whether it is written as an interval.
    pub fn is_interval(&self) -> bool {
        matches!(self.0, Shape::Interval(..))
    }

    /// The day, if it is exactly one.
    pub fn as_day(&self) -> Option<Date> {
        match self.0 {
            Shape::One(Part { calendar: Calendar::Day(date), .. }) => Some(date),
            _ => None,
        }
    }

    /// The day, if it is exactly one, without a doubt, and after the year 0: formats that know nothing but days have a
    /// place for no other.
    pub fn as_sure_day(&self) -> Option<Date> {
        self.as_day().filter(|day| self.qualifier() == Qualifier::Certain && day.year() > 0)
    }

    /// The year it lies in; of an interval, the year it begins in, or ends in where its start is open. `None` for a
    /// decade or a century.
    pub fn year(&self) -> Option<i16> {
        let part = self.parts().next().expect("a date has at least one part");
        (part.calendar.precision() >= Precision::Year).then(|| match part.calendar {
            Calendar::Week(year, _) => year,
            calendar => calendar.first_day().year(),
        })
    }

    /// Whether the two have at least one day in common.
    pub fn overlaps(&self, other: &Edtf) -> bool {
        self.earliest() <= other.latest() && other.earliest() <= self.latest()
    }

    /// Whether every day of `other` is one of this date's.
    pub fn contains(&self, other: &Edtf) -> bool {
        self.earliest() <= other.earliest() && other.latest() <= self.latest()
    }

    fn certain(calendar: Calendar) -> Self {
        Edtf(Shape::One(Part { calendar, qualifier: Qualifier::Certain }))
    }

    fn parts(&self) -> impl Iterator<Item = Part> {
        let (first, second) = match self.0 {
            Shape::One(part) => (Some(part), None),
            Shape::Interval(from, to) => (from.part(), to.part()),
        };
        first.into_iter().chain(second)
    }

    /// Where it stands in a timeline: an open start is known by its end.
    fn sort_key(&self) -> (Date, Date) {
        match self.0 {
            Shape::Interval(End::Open | End::Unknown, _) => (self.latest(), self.latest()),
            _ => (self.earliest(), self.latest()),
        }
    }
}

impl End {
    fn part(self) -> Option<Part> {
        match self {
            End::At(part) => Some(part),
            End::Open | End::Unknown => None,
        }
    }
}

impl Calendar {
    fn first_day(self) -> Date {
        match self {
            Calendar::Century(century) => january(century * 100),
            Calendar::Decade(decade) => january(decade * 10),
            Calendar::Year(year) | Calendar::SomeMonth(year) | Calendar::SomeDay(year) => january(year),
            Calendar::Season(year, code) => first_of(year, season_months(code).0),
            Calendar::Month(year, month) | Calendar::SomeDayOf(year, month) => first_of(year, month),
            Calendar::Week(year, week) => monday(year, week),
            Calendar::Day(date) => date,
        }
    }

    fn last_day(self) -> Date {
        match self {
            Calendar::Century(century) => december(century * 100 + 99),
            Calendar::Decade(decade) => december(decade * 10 + 9),
            Calendar::Year(year) | Calendar::SomeMonth(year) | Calendar::SomeDay(year) => december(year),
            Calendar::Season(year, code) => {
                let (first, months) = season_months(code);
                let last = first_of(year, first).checked_add((months - 1).months());
                last.map_or(Date::MAX, Date::last_of_month)
            }
            Calendar::Month(year, month) | Calendar::SomeDayOf(year, month) => {
                first_of(year, month).last_of_month()
            }
            Calendar::Week(year, week) => monday(year, week).saturating_add(6.days()),
            Calendar::Day(date) => date,
        }
    }

    fn precision(self) -> Precision {
        match self {
            Calendar::Century(_) => Precision::Century,
            Calendar::Decade(_) => Precision::Decade,
            Calendar::Year(_) | Calendar::SomeMonth(_) | Calendar::SomeDay(_) => Precision::Year,
            Calendar::Season(..) => Precision::Season,
            Calendar::Month(..) | Calendar::SomeDayOf(..) => Precision::Month,
            Calendar::Week(..) => Precision::Week,
            Calendar::Day(_) => Precision::Day,
        }
    }
}

/// First month and number of months of an ISO 8601-2 season code.
fn season_months(code: i8) -> (i8, i8) {
    match code {
        21..=24 => ((code - 21) * 3 + 3, 3),
        33..=36 => ((code - 33) * 3 + 1, 3),
        _ => ((code - 40) * 6 + 1, 6),
    }
}

fn january(year: i16) -> Date {
    first_of(year, 1)
}

fn december(year: i16) -> Date {
    Date::new(year, 12, 31).expect("years were checked when the date was made")
}

fn first_of(year: i16, month: i8) -> Date {
    Date::new(year, month, 1).expect("years and months were checked when the date was made")
}

fn monday(year: i16, week: i8) -> Date {
    ISOWeekDate::new(year, week, Weekday::Monday).expect("weeks were checked when the date was made").date()
}

impl Ord for Edtf {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key()).then_with(|| {
            if self == other { Ordering::Equal } else { self.to_string().cmp(&other.to_string()) }
        })
    }
}

impl PartialOrd for Edtf {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests;
