//! Days and months that are written out: "7 January 2015", "in March", "the tenth anniversary".

use std::ops::Range;

use jiff::civil::Date;

use super::holidays::holiday;
use super::read::{DateReading, Reader};
use super::relative::last_this_next;
use super::resolve::Side;
use crate::edtf::{Edtf, Precision};
use crate::facts::classes::Class;
use crate::span::Span;

impl Reader<'_> {
    pub(super) fn day(&self) -> Option<DateReading> {
        let (day, month) = (self.day_in("day")?, self.month_of("month")?);
        let year = self.year_of("year");
        let tokens = self.tokens_with_year(year);
        if year.is_none() && (month, day) == (9, 11) && self.is_the_day_of_attacks(tokens.end) {
            return Some(DateReading { tokens, value: "2001-09-11".parse().ok(), anchor: None });
        }
        let near = self.words("which").map(|which| last_this_next(&which) as i16);
        let (year, anchor) = match (year, near) {
            (Some(year), _) => (Some(year), None),
            (None, Some(count)) => (self.context.published.map(|day| day.year() + count), None),
            (None, None) => self.year_from_context(month, Some(day)).unzip(),
        };
        let value = match year {
            Some(year) => Some(Edtf::day(Date::new(year, month, day).ok()?)),
            // Possible in some year: 2024 is a leap year.
            None => Date::new(2024, month, day).ok().map(|_| None)?,
        };
        Some(DateReading { tokens, value, anchor: anchor.flatten() })
    }

    /// "The Sept. 11 attacks" have a year of their own.
    fn is_the_day_of_attacks(&self, end: u32) -> bool {
        let known = self.context.published.is_none_or(|day| day.year() > 2001);
        known
            && (end..end + 3).any(|at| {
                matches!(
                    self.word(at),
                    "attacks" | "attack" | "terrorist" | "hijackings" | "hijackers" | "terror"
                )
            })
    }

    pub(super) fn known_day(&self) -> Option<Option<Edtf>> {
        let day: Edtf = self.found.rule.gives("day")?.parse().ok()?;
        self.context.published.is_none_or(|published| published >= day.latest()).then_some(Some(day))
    }

    pub(super) fn days(&self) -> Option<Option<Edtf>> {
        let (first, last, month) = (self.day_in("day")?, self.day_in("end")?, self.month_of("month")?);
        let year = match self.year_of("year") {
            Some(year) => year,
            None => match self.year_from_context(month, Some(last)) {
                Some((year, _)) => year,
                None => return Some(None),
            },
        };
        let day = |day| Date::new(year, month, day).ok().map(Edtf::day);
        Some(Some(Edtf::interval(day(first)?, day(last)?)?))
    }

    /// "From 30 June to 4 July 2016".
    pub(super) fn day_to_day(&self) -> Option<Option<Edtf>> {
        let (first, last) = (self.day_in("day")?, self.day_in("end")?);
        let (month, end_month) = (self.month_of("month")?, self.month_of("until")?);
        let Some(end_year) =
            self.year_of("year").or_else(|| Some(self.year_from_context(end_month, Some(last))?.0))
        else {
            return Some(None);
        };
        let turns = (month, first) > (end_month, last);
        let year = self.year_of("since").unwrap_or(end_year - i16::from(turns));
        let from = Edtf::day(Date::new(year, month, first).ok()?);
        Some(Some(Edtf::interval(from, Edtf::day(Date::new(end_year, end_month, last).ok()?))?))
    }

    /// "The 7th": of the month that was told of last, else of the month of publication.
    pub(super) fn day_of_month(&self) -> Option<(Option<Edtf>, Option<Span>)> {
        let day = self.day_in("day")?;
        let leads = matches!(
            self.word_before().as_str(),
            "on" | "since" | "until" | "before" | "after" | "by" | "of"
        );
        if !(self.ends_here() && leads) || matches!(self.word_after(), "-" | "of") {
            return None;
        }
        let anchored = self.anchor().filter(|(value, _)| value.precision() >= Precision::Month);
        let (from, span) = match (anchored, self.context.published) {
            (Some((value, span)), _) => (value.earliest(), Some(span)),
            (None, Some(published)) => {
                let first = published.first_of_month();
                let before = self.side() != Side::NextOrSame && day > published.day();
                (if before { first.yesterday().ok()? } else { first }, None)
            }
            (None, None) => return Some((None, None)),
        };
        let value = Date::new(from.year(), from.month(), day).ok()?;
        Some((Some(Edtf::day(value)), span))
    }

    pub(super) fn month(&self) -> Option<DateReading> {
        let month = self.month_of("month")?;
        let tokens = self.found.tokens.clone();
        if self.has_an_impossible_day() {
            return None;
        }
        if let Some(year) = self.year_of("year") {
            return Some(DateReading { tokens, value: Some(Edtf::month(year, month)), anchor: None });
        }
        if self.found.capture("year").is_some() || self.is_a_name() {
            return None;
        }
        let (year, anchor) = self.year_from_context(month, None).unzip();
        let value = year.map(|year| Edtf::month(year, month));
        Some(DateReading { tokens, value, anchor: anchor.flatten() })
    }

    /// "January last year", "June of this year".
    pub(super) fn month_of_near_year(&self) -> Option<Option<Edtf>> {
        let month = self.month_of("month")?;
        let count = last_this_next(&self.words("which")?) as i16;
        Some(self.context.published.map(|day| Edtf::month(day.year() + count, month)))
    }

    /// "Between June and September", "January and February 2004".
    pub(super) fn months(&self) -> Option<Option<Edtf>> {
        let (first, last) = (self.month_of("month")?, self.month_of("until")?);
        let listed =
            self.words("link").is_some_and(|link| link == "and") && self.found.capture("from").is_none();
        let year = self.year_of("year");
        // "January and February" are two; with their year they are one span where they follow each other.
        if listed && (year.is_none() || last != first + 1 || self.found.capture("since").is_some()) {
            return None;
        }
        let Some(year) = year.or_else(|| Some(self.year_from_context(last, None)?.0)) else {
            return Some(None);
        };
        let since = self.year_of("since").unwrap_or(year - i16::from(first > last));
        Some(Some(Edtf::interval(Edtf::month(since, first), Edtf::month(year, last))?))
    }

    /// May, March, June and April are also verbs and first names: alone they need a word before them that tells.
    fn is_a_name(&self) -> bool {
        let alone = self.found.tokens.len() == 1;
        let word = self.words("month").unwrap_or_default();
        let short = word.len() == 3 && word != "may";
        let doubtful = short || matches!(word.as_str(), "may" | "march" | "april" | "june" | "august");
        let tells = matches!(
            self.word_before().as_str(),
            "in" | "since"
                | "until"
                | "by"
                | "from"
                | "of"
                | "during"
                | "through"
                | "before"
                | "after"
                | "between"
                | "and"
                | "to"
                | "for"
                | "till"
                | "around"
                | "throughout"
        );
        let after = self.word_after();
        let named = after.starts_with(char::is_uppercase) && doubtful;
        alone && doubtful && (!tells || named)
    }

    /// "The Oct. 32 meeting", "February 30, 2024" and "31 June" are on no day; "in May 45 people came" is in May.
    fn has_an_impossible_day(&self) -> bool {
        let Some(month) = self.month_of("month") else { return false };
        let run = self.found.capture("month").unwrap_or(self.found.tokens.clone());
        let figures =
            |at: u32| Some(self.word(at)).filter(|word| word.len() <= 2).and_then(|it| it.parse().ok());
        // 2024 is a leap year: what it has not no year has.
        let impossible = |day: i8| Date::new(2024, month, day).is_err();
        let ordinal = matches!(self.word(run.start.wrapping_sub(1)), "st" | "nd" | "rd" | "th");
        if figures(run.start.wrapping_sub(1 + u32::from(ordinal))).is_some_and(impossible) {
            return true;
        }
        let behind = if self.word(run.end) == "." { run.end + 1 } else { run.end };
        let told = matches!(self.word_before().as_str(), "" | "on" | "the" | "by" | "," | "a" | "an" | "its")
            || !self.word(behind + 1).starts_with(char::is_alphabetic);
        figures(behind).is_some_and(impossible) && told
    }

    /// "2024" in "February 30, 2024": the year of a day that no year has.
    pub(super) fn is_of_an_impossible_day(&self, year: u32) -> bool {
        let mut at = year.wrapping_sub(1);
        if self.word(at) == "," {
            at = at.wrapping_sub(1);
        }
        let figures = |at: u32| {
            let word = self.word(at);
            !word.is_empty() && word.len() <= 2 && word.bytes().all(|it| it.is_ascii_digit())
        };
        self.is(at, Class::Month) && figures(at.wrapping_sub(1))
            || figures(at) && self.is(at.wrapping_sub(1), Class::Month)
    }

    pub(super) fn holiday(&self) -> Option<Option<Edtf>> {
        let written = self.found.rule.gives("day")?;
        // "The Good Friday Agreement" bears the name of a day, and is on none.
        if matches!(
            self.word_after(),
            "Agreement"
                | "agreement"
                | "Accord"
                | "Accords"
                | "accord"
                | "deal"
                | "Rising"
                | "Rebellion"
                | "Island"
                | "Offensive"
        ) {
            return None;
        }
        if let Some(year) = self.year_of("year") {
            return Some(holiday(written, year).map(Edtf::day));
        }
        if self.found.capture("mod").is_none() && self.stands_by_open_anchor() {
            return Some(None);
        }
        let Some(published) = self.context.published else { return Some(None) };
        let near = |year: i16| holiday(written, year);
        let this = near(published.year())?;
        let side = match self.words("mod").as_deref() {
            Some("last") => Side::Before,
            Some("next") => Side::After,
            _ => self.side_of_year(),
        };
        let day = match side {
            Side::LatestOrSame if this > published => near(published.year() - 1)?,
            Side::Before if this >= published => near(published.year() - 1)?,
            Side::NextOrSame if this < published => near(published.year() + 1)?,
            Side::After if this <= published => near(published.year() + 1)?,
            Side::Nearest => {
                let years = [published.year() - 1, published.year(), published.year() + 1];
                let away = |day: &Date| (published - *day).get_days().abs();
                years.into_iter().filter_map(near).min_by_key(away)?
            }
            _ => this,
        };
        Some(Some(Edtf::day(day)))
    }

    /// "The tenth anniversary of the 1995 bombing" is in 2005; the words after "anniversary" are a date of their own.
    pub(super) fn anniversary(&self) -> Option<DateReading> {
        let year = self.year_of("year")?;
        let count = match self.found.capture("nth") {
            Some(_) => i16::try_from(self.number("nth")?).ok()?,
            None => ORDINALS.iter().position(|it| Some(*it) == self.words("count").as_deref())? as i16 + 1,
        };
        let head: Range<u32> = self.found.tokens.start..self.found.capture("head")?.end;
        Some(DateReading { tokens: head, value: Some(Edtf::of_year(year + count)), anchor: None })
    }
}

const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
