//! Feasts that have a day of their own, as `rules/dates.toml` writes it: `12-25`, `11-4-thursday`, `easter-2`; and
//! `11-1-monday+1`, the day after such a one.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The feast of one year. `written` is month and day, or month, which one ("last" is one too) and weekday, or the
/// days from Easter Sunday. `None` where it is not so written, or the year has no such day.
pub(super) fn holiday(written: &str, year: i16) -> Option<Date> {
    if let Some(days) = written.strip_prefix("easter") {
        let days: i64 = if days.is_empty() { 0 } else { days.parse().ok()? };
        return easter(year)?.checked_add(days.days()).ok();
    }
    if let Some((before, days)) = written.split_once('+') {
        return holiday(before, year)?.checked_add(days.parse::<i64>().ok()?.days()).ok();
    }
    let mut parts = written.split('-');
    let month: i8 = parts.next()?.parse().ok()?;
    let which = parts.next()?;
    let Some(weekday) = parts.next() else {
        return Date::new(year, month, which.parse().ok()?).ok();
    };
    let first = Date::new(year, month, 1).ok()?;
    let nth: i8 = if which == "last" { -1 } else { which.parse().ok()? };
    first.nth_weekday_of_month(nth, weekday_named(weekday)?).ok()
}

/// The weekday of that name, in lower case.
pub(super) fn weekday_named(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// Easter Sunday of the western churches (the Gregorian computus of Meeus, Jones and Butcher), from 1583 on.
fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let shift = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * shift + 114;
    Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_of_known_years() {
        for (written, year, day) in [
            ("12-25", 2011, "2011-12-25"),
            ("easter", 2016, "2016-03-27"),
            ("easter", 2000, "2000-04-23"),
            ("easter-2", 2024, "2024-03-29"),
            ("11-4-thursday", 2015, "2015-11-26"),
            ("5-last-monday", 2014, "2014-05-26"),
            ("11-1-monday+1", 2016, "2016-11-08"),
        ] {
            assert_eq!(
                holiday(written, year).map(|it| it.to_string()).as_deref(),
                Some(day),
                "{written} {year}"
            );
        }
    }
}
