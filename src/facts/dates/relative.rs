//! Dates that lean on another: on the day of publication ("last Friday") or on one told of before ("the next day").

use jiff::civil::Weekday;

use super::read::{Reader, Resolved};
use super::resolve::{Side, Unit, period, shifted, shifted_from, weekday};
use crate::edtf::{Edtf, Precision, Qualifier};

impl Reader<'_> {
    fn weekday_name(&self) -> Option<Weekday> {
        Some(match self.words("weekday")?.as_str() {
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

    pub(super) fn weekday(&self) -> Option<Resolved> {
        let name = self.weekday_name()?;
        let side = match self.words("mod").as_deref() {
            Some("last" | "past") => Side::Before,
            Some("next") => Side::After,
            Some(told @ ("previous" | "following")) => {
                let Some((value, span)) = self.anchor() else { return Some((None, None)) };
                let side = if told == "previous" { Side::Before } else { Side::After };
                let day = value.as_day().and_then(|day| weekday(day, name, side));
                return Some((day.map(Edtf::day), day.map(|_| span)));
            }
            _ => self.side(),
        };
        let day = self.context.published.and_then(|published| weekday(published, name, side));
        Some((day.map(Edtf::day), None))
    }

    pub(super) fn weekday_of_week(&self) -> Option<Option<Edtf>> {
        let name = self.weekday_name()?;
        let count = last_this_next(&self.words("which")?);
        let Some(published) = self.context.published else { return Some(None) };
        let week = period(published, count, Unit::Week)?;
        Some(weekday(week.earliest(), name, Side::NextOrSame).map(Edtf::day))
    }

    pub(super) fn near_day(&self) -> Option<Option<Edtf>> {
        let which = self.words("which")?;
        let count = match which.as_str() {
            "yesterday" | "last night" | "overnight" => -1,
            "tomorrow" => 1,
            _ => 0,
        };
        Some(self.context.published.and_then(|day| shifted(day, count, Unit::Day)))
    }

    /// "The next day", "the year before": counted from the date that was told of.
    pub(super) fn told(&self) -> Option<Resolved> {
        let unit = Unit::named(&self.words("unit")?)?;
        let count = match self.words("which")?.as_str() {
            "next" | "following" | "after" => 1,
            "previous" | "before" => -1,
            _ => 0,
        };
        Some(self.counted_from_told(count, unit, Qualifier::Certain))
    }

    pub(super) fn that(&self) -> Option<Resolved> {
        let unit = Unit::named(&self.words("which")?)?;
        Some(self.counted_from_told(0, unit, Qualifier::Certain))
    }

    fn counted_from_told(&self, count: i64, unit: Unit, qualifier: Qualifier) -> Resolved {
        let resolved = self.anchor().and_then(|(value, span)| {
            let moved = if count == 0 && value.precision() >= Precision::Day && unit == Unit::Day {
                value
            } else {
                shifted_from(&value, count, unit)?
            };
            Some((moved.qualified(qualifier), span))
        });
        resolved.unzip()
    }

    pub(super) fn period(&self) -> Option<Option<Edtf>> {
        let unit = Unit::named(&self.words("unit")?)?;
        let count = last_this_next(&self.words("which")?);
        Some(self.context.published.and_then(|day| period(day, count, unit)))
    }

    /// How many, where the words tell: "several years ago" stays open.
    fn count(&self) -> Option<i64> {
        match self.words("count")?.as_str() {
            "a" | "an" => Some(1),
            "couple" | "a couple of" => Some(2),
            _ => self.number("count").map(i64::from),
        }
    }

    fn qualifier(&self) -> Qualifier {
        match self.found.capture("about") {
            Some(_) if self.words("about").as_deref() != Some("just") => Qualifier::Approximate,
            _ => Qualifier::Certain,
        }
    }

    pub(super) fn ago(&self) -> Option<Option<Edtf>> {
        let unit = Unit::named(&self.words("unit")?)?;
        let moved = |day| shifted(day, -self.count()?, unit).map(|date| date.qualified(self.qualifier()));
        Some(self.context.published.and_then(moved))
    }

    pub(super) fn later(&self) -> Option<Resolved> {
        let unit = Unit::named(&self.words("unit")?)?;
        let back = self.words("which").is_some_and(|which| which == "earlier" || which.starts_with("before"));
        let Some(count) = self.count() else { return Some((None, None)) };
        // "Almost an hour later" is the same day without doubt.
        let qualifier = match self.words("unit").as_deref() {
            Some("hour" | "hours" | "minute" | "minutes") => Qualifier::Certain,
            _ => self.qualifier(),
        };
        Some(self.counted_from_told(if back { -count } else { count }, unit, qualifier))
    }
}

pub(super) fn last_this_next(word: &str) -> i64 {
    match word {
        "last" => -1,
        "this" => 0,
        _ => 1,
    }
}
