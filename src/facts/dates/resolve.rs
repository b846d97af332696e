//! Days, weeks, months and years counted from a day that is known.

use jiff::civil::{Date, Weekday};
use jiff::{Span as Duration, ToSpan};

use crate::edtf::{Edtf, Precision, Season};

/// What time is counted in.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Weekend,
    Fortnight,
    Month,
    Quarter,
    Season(Season),
    Year,
    Decade,
    Century,
}

impl Unit {
    /// "day", "weeks"; lower case.
    pub(super) fn named(word: &str) -> Option<Unit> {
        Some(match word.strip_suffix('s').unwrap_or(word) {
            "hour" => Unit::Hour,
            "day" | "night" | "morning" | "afternoon" | "evening" => Unit::Day,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "weekend" => Unit::Weekend,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            season => Unit::Season(season_named(season)?),
        })
    }

    /// The finest date that has to be known to count in this unit.
    fn needs(self) -> Precision {
        match self {
            Unit::Hour | Unit::Day | Unit::Weekend | Unit::Week | Unit::Fortnight => Precision::Day,
            Unit::Month | Unit::Quarter => Precision::Month,
            Unit::Season(_) | Unit::Year => Precision::Year,
            Unit::Decade | Unit::Century => Precision::Decade,
        }
    }
}

pub(super) fn season_named(word: &str) -> Option<Season> {
    Some(match word {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "autumn" | "fall" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    })
}

/// `count` units after the day (before it, where negative), as exactly as the unit tells: "two years ago" is a year.
pub(super) fn shifted(from: Date, count: i64, unit: Unit) -> Option<Edtf> {
    let moved = |by: Duration| from.checked_add(by).ok();
    Some(match unit {
        Unit::Hour if count.abs() <= 12 => Edtf::day(from),
        Unit::Hour => return None,
        Unit::Day => Edtf::day(moved(count.checked_days()?)?),
        Unit::Week => Edtf::week_of(moved(count.checked_weeks()?)?),
        Unit::Fortnight => Edtf::week_of(moved(count.checked_mul(2)?.checked_weeks()?)?),
        Unit::Month => {
            let day = moved(count.checked_months()?)?;
            Edtf::month(day.year(), day.month())
        }
        Unit::Quarter => {
            let day = moved(count.checked_mul(3)?.checked_months()?)?;
            Edtf::quarter(day.year(), (day.month() + 2) / 3)
        }
        Unit::Year => Edtf::of_year(year(from, count)?),
        Unit::Decade => Edtf::of_year(year(from, count.checked_mul(10)?)?),
        Unit::Century => Edtf::of_year(year(from, count.checked_mul(100)?)?),
        Unit::Weekend | Unit::Season(_) => return None,
    })
}

/// The very day `count` units after the day: "ten years ago today".
pub(super) fn moved(from: Date, count: i64, unit: Unit) -> Option<Date> {
    let by = match unit {
        Unit::Day => count.checked_days()?,
        Unit::Week => count.checked_weeks()?,
        Unit::Fortnight => count.checked_mul(2)?.checked_weeks()?,
        Unit::Month => count.checked_months()?,
        Unit::Quarter => count.checked_mul(3)?.checked_months()?,
        Unit::Year => count.checked_mul(12)?.checked_months()?,
        Unit::Decade => count.checked_mul(120)?.checked_months()?,
        Unit::Century => count.checked_mul(1200)?.checked_months()?,
        Unit::Hour | Unit::Weekend | Unit::Season(_) => return None,
    };
    from.checked_add(by).ok()
}

/// [`shifted`] from a date that is perhaps known less exactly than the unit needs: then `None`.
pub(super) fn shifted_from(anchor: &Edtf, count: i64, unit: Unit) -> Option<Edtf> {
    if anchor.precision() < unit.needs() {
        return None;
    }
    let from = if count < 0 { anchor.earliest() } else { anchor.latest() };
    match unit {
        // After a whole year, the next summer is that of the year after it.
        Unit::Season(_) if count != 0 => period(from, count, unit),
        Unit::Weekend => period(from, count, unit),
        _ => shifted(from, count, unit),
    }
}

/// The unit that holds the day, or one before or after it: "last week", "this year", "next summer".
pub(super) fn period(from: Date, count: i64, unit: Unit) -> Option<Edtf> {
    Some(match unit {
        Unit::Decade => Edtf::decade(year(from, count.checked_mul(10)?)?),
        Unit::Century => {
            let first = year(from, count.checked_mul(100)?)?.div_euclid(100);
            format!("{first:02}XX").parse().ok()?
        }
        Unit::Season(season) => {
            // Of winter, the one that the first months of the year still belong to.
            let begun_before = Edtf::season(from.year() - 1, season);
            let this_year = if begun_before.latest() >= from { from.year() - 1 } else { from.year() };
            let this = Edtf::season(this_year, season);
            let year_of = match count {
                0 => this_year,
                ..0 if this.latest() < from => this_year,
                ..0 => this_year - 1,
                _ if this.earliest() <= from => this_year + 1,
                _ => this_year,
            };
            Edtf::season(year_of, season)
        }
        Unit::Weekend => {
            // The weekend of the week before, of this one, of the next; weeks start on Monday.
            let monday = from.checked_sub(i64::from(from.weekday().to_monday_zero_offset()).days()).ok()?;
            let saturday = monday.checked_add((count * 7 + 5).days()).ok()?;
            Edtf::interval(Edtf::day(saturday), Edtf::day(saturday.tomorrow().ok()?))?
        }
        Unit::Hour | Unit::Day => shifted(from, count, Unit::Day)?,
        unit => shifted(from, count, unit)?,
    })
}

/// Which of the days of one name is meant.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The day itself or the nearest before it.
    LatestOrSame,
    /// The nearest before the day.
    Before,
    /// The nearest after the day.
    After,
    /// The day itself or the nearest after it.
    NextOrSame,
    /// Whichever is nearer.
    Nearest,
}

pub(super) fn weekday(from: Date, weekday: Weekday, side: Side) -> Option<Date> {
    if from.weekday() == weekday && matches!(side, Side::LatestOrSame | Side::NextOrSame | Side::Nearest) {
        return Some(from);
    }
    let nth = if matches!(side, Side::LatestOrSame | Side::Before | Side::Nearest) { -1 } else { 1 };
    from.nth_weekday(nth, weekday).ok()
}

/// The year in which the nearest month (and day) of that name lies, looking to one side of the day.
pub(super) fn year_of_month(from: Date, month: i8, day: Option<i8>, side: Side) -> i16 {
    let named = (month, day.unwrap_or(if month == from.month() { from.day() } else { 1 }));
    let today = (from.month(), from.day());
    match side {
        Side::LatestOrSame if named > today => from.year() - 1,
        Side::Before if month >= from.month() => from.year() - 1,
        Side::NextOrSame if named < today => from.year() + 1,
        Side::After if month <= from.month() => from.year() + 1,
        Side::Nearest => {
            // In months; of two as far, the earlier.
            let ahead = month - from.month();
            from.year() - i16::from(ahead >= 6) + i16::from(ahead < -6)
        }
        _ => from.year(),
    }
}

fn year(from: Date, count: i64) -> Option<i16> {
    i16::try_from(i64::from(from.year()).checked_add(count)?).ok().filter(|year| (1..=9999).contains(year))
}

/// Counts that text can make too large for a calendar.
trait Checked {
    fn checked_days(self) -> Option<Duration>;
    fn checked_weeks(self) -> Option<Duration>;
    fn checked_months(self) -> Option<Duration>;
}

impl Checked for i64 {
    fn checked_days(self) -> Option<Duration> {
        Duration::new().try_days(self).ok()
    }

    fn checked_weeks(self) -> Option<Duration> {
        Duration::new().try_weeks(self).ok()
    }

    fn checked_months(self) -> Option<Duration> {
        Duration::new().try_months(self).ok()
    }
}
