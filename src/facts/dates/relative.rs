//! Dates that lean on another: on the day of publication ("last Friday") or on one told of before ("the next day").

use jiff::civil::{Date, Weekday};

use super::holidays::weekday_named;
use super::read::{Reader, Resolved};
use super::resolve::{Side, Unit, moved, period, shifted, shifted_from, weekday};
use super::tense::Tense;
use crate::edtf::{Edtf, Precision, Qualifier};
use crate::facts::classes::Class;

impl Reader<'_> {
    fn weekday_name(&self) -> Option<Weekday> {
        weekday_named(&self.words("weekday")?)
    }

    pub(super) fn weekday(&self) -> Option<Resolved> {
        let name = self.weekday_name()?;
        // "Today (Monday)".
        if let Some(day) = self.apposed().filter(|day| day.weekday() == name) {
            return Some((Some(Edtf::day(day)), None));
        }
        if self.is_of_every_week() {
            return None;
        }
        // "It was a Saturday": of which week is told by something else.
        if self.word_before() == "a" && self.ends_here() {
            return Some((None, None));
        }
        let side = match self.words("mod").as_deref() {
            Some("last" | "past") => Side::Before,
            Some("next" | "coming") => Side::After,
            Some("this") if self.tense() != Some(Tense::Past) => Side::NextOrSame,
            Some(told @ ("previous" | "following" | "that")) => {
                let Some((value, span)) = self.anchor() else { return Some((None, None)) };
                let side = match told {
                    "previous" => Side::Before,
                    "following" => Side::After,
                    _ => Side::NextOrSame,
                };
                let known =
                    value.as_day().or((value.precision() == Precision::Week).then(|| value.earliest()));
                let day = known.and_then(|day| weekday(day, name, side));
                return Some((day.map(Edtf::day), day.map(|_| span)));
            }
            _ if self.stands_by_open_anchor() => return Some((None, None)),
            _ => self.side(),
        };
        let day = self.context.published.and_then(|published| weekday(published, name, side));
        Some((day.map(Edtf::day), None))
    }

    /// "Friday prayers", "Sunday school": what is held every week, or has a name of its own.
    fn is_of_every_week(&self) -> bool {
        // "The Good Friday Agreement", "Bloody Sunday": the day has a name, and is no other.
        let before = self.word(self.found.tokens.start.wrapping_sub(1));
        if matches!(
            before,
            "Good" | "Bloody" | "Black" | "Ash" | "Holy" | "Palm" | "Super" | "Cyber" | "Maundy"
        ) {
            return true;
        }
        matches!(self.word_after(), "prayers" | "sermon" | "sermons" | "school" | "mass" | "roast")
            && self.found.tokens.len() == 1
    }

    /// "On Thursday week": a week after the next Thursday.
    pub(super) fn weekday_week(&self) -> Option<Option<Edtf>> {
        let name = self.weekday_name()?;
        let Some(published) = self.context.published else { return Some(None) };
        let next = weekday(published, name, Side::After)?;
        Some(shifted(next, 7, Unit::Day))
    }

    pub(super) fn weekday_of_week(&self) -> Option<Option<Edtf>> {
        let name = self.weekday_name()?;
        let count = last_this_next(&self.words("which")?);
        let Some(published) = self.context.published else { return Some(None) };
        let week = period(published, count, Unit::Week)?;
        Some(weekday(week.earliest(), name, Side::NextOrSame).map(Edtf::day))
    }

    pub(super) fn near_day(&self) -> Option<Option<Edtf>> {
        let Some(day) = self.context.published else { return Some(None) };
        let count = match self.found.rule.gives("days") {
            Some(days) => days.parse().ok()?,
            None => match self.words("which")?.as_str() {
                "yesterday" | "last night" => -1,
                "tomorrow" => 1,
                "overnight" => {
                    let night =
                        shifted(day, -1, Unit::Day).and_then(|eve| Edtf::interval(eve, Edtf::day(day)));
                    return Some(night);
                }
                _ => 0,
            },
        };
        if self.context.quoted && count == 0 {
            return Some(None);
        }
        Some(shifted(day, count, Unit::Day))
    }

    /// "The next day", "the year before": counted from the date that was told of.
    pub(super) fn told(&self) -> Option<Resolved> {
        let unit = Unit::named(&self.words("unit")?)?;
        let which = self.words("which")?;
        // "The day after the storm": of the storm, and of no date.
        let end = self.found.tokens.end;
        let of_something = matches!(which.as_str(), "before" | "after")
            && self.word(end).starts_with(char::is_alphanumeric)
            && (!self.is(end, Class::FunctionWord)
                || matches!(
                    self.word(end),
                    "the"
                        | "a"
                        | "an"
                        | "his"
                        | "her"
                        | "their"
                        | "its"
                        | "he"
                        | "she"
                        | "they"
                        | "that"
                        | "this"
                        | "it"
                ));
        if of_something {
            return None;
        }
        let count = match which.as_str() {
            "next" | "following" | "after" => 1,
            "previous" | "before" | "preceding" => -1,
            _ => 0,
        };
        // "The next week" from the day of publication is "next week".
        Some(self.counted_from_told(count, unit, Qualifier::Certain))
    }

    pub(super) fn that(&self) -> Option<Resolved> {
        let unit = Unit::named(&self.words("which")?)?;
        // "That year’s end", but "he said that night was falling" needs a sentence of its own to tell.
        if self.word_before() == "said" {
            return None;
        }
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

    /// "The end of the year", "later in the week": of the one that the report is written in.
    pub(super) fn this_period(&self) -> Option<Option<Edtf>> {
        // "At the end of the year of the flood".
        if self.word_after() == "of" {
            return None;
        }
        let unit = Unit::named(&self.words("unit")?)?;
        Some(self.context.published.and_then(|day| period(day, 0, unit)))
    }

    /// "Friday the 13th": the nearest day of that name and number.
    pub(super) fn weekday_and_day(&self) -> Option<Option<Edtf>> {
        let (name, number) = (self.weekday_name()?, self.day_in("day")?);
        // "On Saturday, the 24th politician was killed".
        if !self.ends_here() {
            return None;
        }
        let Some(published) = self.context.published else { return Some(None) };
        let forward = self.side() == Side::NextOrSame;
        let mut month = published.first_of_month();
        for _ in 0..24 {
            let day = Date::new(month.year(), month.month(), number).ok();
            let fits = |day: &Date| {
                day.weekday() == name && if forward { *day >= published } else { *day <= published }
            };
            if let Some(day) = day.filter(fits) {
                return Some(Some(Edtf::day(day)));
            }
            month = if forward {
                month.last_of_month().tomorrow().ok()?
            } else {
                month.yesterday().ok()?.first_of_month()
            };
        }
        Some(None)
    }

    /// "The weekend", "this weekend": the one that is over, or with "will" the one to come.
    pub(super) fn weekend(&self) -> Option<Option<Edtf>> {
        let Some(day) = self.context.published else { return Some(None) };
        let begun = day.weekday().to_monday_zero_offset() >= 5;
        let this = self.found.capture("which").is_some();
        let late = day.weekday().to_monday_zero_offset() >= 3;
        let coming = match self.tense() {
            Some(Tense::Future) => true,
            Some(Tense::Past) => false,
            None => this && late,
        };
        Some(period(day, if begun || coming { 0 } else { -1 }, Unit::Weekend))
    }

    /// How many, where the words tell: "several years ago" stays open.
    fn count(&self) -> Option<i64> {
        match self.words("count")?.as_str() {
            "a" | "an" => Some(1),
            "couple" | "a couple of" | "couple of" => Some(2),
            _ => self.number("count").map(i64::from),
        }
    }

    fn qualifier(&self) -> Qualifier {
        match self.found.capture("about") {
            Some(_) if !matches!(self.words("about").as_deref(), Some("just" | "only" | "exactly")) => {
                Qualifier::Approximate
            }
            _ => Qualifier::Certain,
        }
    }

    pub(super) fn ago(&self) -> Option<Option<Edtf>> {
        let unit = Unit::named(&self.words("unit")?).filter(|unit| *unit != Unit::Hour)?;
        let moved = |day| shifted(day, -self.count()?, unit).map(|date| date.qualified(self.qualifier()));
        Some(self.context.published.and_then(moved))
    }

    /// "Ten years ago today", "100 years ago this month": the day or period then. "A year ago on Friday" may be the
    /// day of that date or that weekday then: only the year is sure.
    pub(super) fn ago_at_a_point(&self) -> Option<Option<Edtf>> {
        let end = self.found.tokens.end;
        // "Ten years ago, on Tuesday 7 June": the day is told in full.
        if self.found.capture("weekday").is_some()
            && (self.is(end, Class::Number)
                || self.is(end, Class::Month)
                || self.word(end) == ","
                    && (self.is(end + 1, Class::Number) || self.is(end + 1, Class::Month)))
        {
            return None;
        }
        let unit = Unit::named(&self.words("unit")?).filter(|unit| *unit != Unit::Hour)?;
        let (Some(published), Some(count)) = (self.context.published, self.count()) else {
            return Some(None);
        };
        let value = match (self.words("day"), self.words("near")) {
            (Some(day), _) if !self.context.quoted => {
                let days = match day.as_str() {
                    "yesterday" => -1,
                    "tomorrow" => 1,
                    _ => 0,
                };
                moved(published, -count, unit).and_then(|then| shifted(then, days, Unit::Day))
            }
            (None, Some(near)) => {
                let which = last_this_next(&self.words("which")?);
                let near = Unit::named(&near)?;
                moved(published, -count, unit).and_then(|then| period(then, which, near))
            }
            _ => shifted(published, -count, unit),
        };
        Some(value.map(|date| date.qualified(self.qualifier())))
    }

    /// "Two weeks from now", "in three days’ time".
    pub(super) fn counted_on(&self) -> Option<Option<Edtf>> {
        let unit = Unit::named(&self.words("unit")?).filter(|unit| *unit != Unit::Hour)?;
        Some(self.context.published.and_then(|day| shifted(day, self.count()?, unit)))
    }

    pub(super) fn later(&self) -> Option<Resolved> {
        let unit = Unit::named(&self.words("unit")?)?;
        // "Hours later" may be the next day; "an hour later" is the same day, however roughly it is counted.
        if unit == Unit::Hour && self.count().is_none_or(|hours| hours > 3) {
            return None;
        }
        let back = self.words("which").is_some_and(|which| {
            matches!(which.as_str(), "earlier" | "before" | "previously") || which.starts_with("before")
        });
        let Some(count) = self.count() else { return Some((None, None)) };
        let qualifier = if unit == Unit::Hour { Qualifier::Certain } else { self.qualifier() };
        Some(self.counted_from_told(if back { -count } else { count }, unit, qualifier))
    }
}

pub(super) fn last_this_next(word: &str) -> i64 {
    match word {
        "last" | "latest" => -1,
        "this" | "current" => 0,
        _ => 1,
    }
}
