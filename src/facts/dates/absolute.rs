//! Days, months and years that are written out: "7 January 2015", "in March", "1992-95", "30/11/2012".

use std::ops::Range;

use jiff::civil::Date;

use super::holidays::holiday;
use super::read::{DateReading, FURTHEST, Reader, is_plural};
use super::relative::last_this_next;
use super::resolve::{Side, year_of_month};
use super::tense::Tense;
use crate::edtf::{Edtf, Precision};
use crate::facts::DateMention;
use crate::facts::classes::Class;
use crate::span::Span;

impl Reader<'_> {
    /// The year that a day or month without one takes. A news article leaves it out for the year around its own
    /// publication; a history, for the year it has just told of.
    fn year_from_context(&self, month: i8, day: Option<i8>) -> Option<(i16, Option<Span>)> {
        if let Some(apposed) = self.apposed().filter(|it| it.month() == month && day == Some(it.day())) {
            return Some((apposed.year(), None));
        }
        if let Some((year, span)) = self.year_told_of() {
            return Some((year, Some(span)));
        }
        let side = match self.words("mod").as_deref() {
            Some("last" | "past") => Side::Before,
            Some("next") => Side::After,
            _ => self.side_of_year(),
        };
        Some((year_of_month(self.context.published?, month, day, side), None))
    }

    /// The year of the last date that was written with its year, where nothing since then leans on the day of
    /// publication, and it is not the year of publication: in the same paragraph, and from one above where the article
    /// tells a history, which is that no date in it has leaned on the day of publication so far.
    fn year_told_of(&self) -> Option<(i16, Span)> {
        let section = self.context.tokens.section_of(self.found.tokens.start);
        let paragraph = self.context.tokens.all[section.tokens.start as usize].start;
        let known = self.context.published;
        let mut history = None;
        for mention in self.context.earlier.iter().rev().take(FURTHEST) {
            let above = mention.span.start < paragraph;
            if above && !*history.get_or_insert_with(|| self.tells_history()) {
                return None;
            }
            match rank(mention.rule) {
                Rank::Full => {}
                Rank::Near if self.is_near_publication(mention) => return None,
                Rank::Near | Rank::Other => continue,
            }
            let Some(value) = mention.value else { continue };
            let Some(year) = value.year() else { continue };
            if !self.shows_its_year(mention) || above && value.precision() < Precision::Month {
                continue;
            }
            // "Founded in 1987, the group met in January": a year in passing rules nothing, "In 1987 the group" does.
            if known.is_some() && mention.rule == "date-year" && !self.heads_a_sentence(mention.span) {
                return None;
            }
            if known.is_some_and(|day| day.year() == year) {
                return None;
            }
            return Some((year, mention.span));
        }
        None
    }

    /// Whether a date that may lean on the day of publication does: not "Saturday" in "21 September 2013, a Saturday".
    fn is_near_publication(&self, mention: &DateMention) -> bool {
        let Some(known) = self.context.published else { return false };
        let far = |value: Edtf| {
            matches!(mention.rule, "date-weekday") && (known - value.earliest()).get_days().abs() > 31
        };
        !mention.value.is_some_and(far)
    }

    /// Whether no date before this one leans on the day of publication, nor what this one tells of is to come.
    fn tells_history(&self) -> bool {
        let near = |it: &&DateMention| {
            matches!(rank(it.rule), Rank::Near) && it.value.is_some() && self.is_near_publication(it)
        };
        let bare = |it: &&DateMention| {
            let year = it.value.and_then(|value| value.year());
            !self.shows_its_year(it) && year.is_some() && year == self.context.published.map(|day| day.year())
        };
        self.context.published.is_some()
            && self.tense() != Some(Tense::Future)
            && !self.context.earlier.iter().take(FURTHEST).any(|it| near(&it) || bare(&it))
    }

    /// Whether the words of a date hold its year, or it took it from words that do.
    fn shows_its_year(&self, mention: &DateMention) -> bool {
        let digits = mention.span.of(self.context.text).bytes().filter(u8::is_ascii_digit).count();
        digits >= 3 || mention.anchor.is_some()
    }

    fn heads_a_sentence(&self, span: Span) -> bool {
        let all = &self.context.tokens.all;
        let at = all.partition_point(|token| token.start < span.start) as u32;
        at < all.len() as u32 && at - self.context.tokens.sentence_of(at).start <= 2
    }

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
    fn is_of_an_impossible_day(&self, year: u32) -> bool {
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

    /// "Room 2012", "Highway 2001": the number of a thing and no year.
    fn numbers_a_thing(&self) -> bool {
        matches!(
            self.word_before().as_str(),
            "room"
                | "flight"
                | "apartment"
                | "apt"
                | "apt."
                | "flat"
                | "suite"
                | "unit"
                | "cell"
                | "house"
                | "highway"
                | "route"
                | "interstate"
                | "bus"
                | "train"
                | "gate"
                | "locker"
                | "box"
                | "channel"
                | "number"
                | "page"
                | "model"
        )
    }

    /// A bare number is a year where nothing is counted with it, and it is no time, number of a house or of a flight.
    pub(super) fn year(&self) -> Option<Option<Edtf>> {
        let figures = self.found.capture("year")?.start;
        let year = self.year_of("year").filter(|year| (1600..2150).contains(year))?;
        if self.is_of_an_impossible_day(figures) {
            return None;
        }
        // "’92" is read with its apostrophe.
        if self.word(figures).len() == 2 {
            return None;
        }
        let led = self.found.tokens.len() > 1;
        if self.found.capture("fiscal").is_some() {
            return Some(Some(Edtf::of_year(year)));
        }
        let before = self.word_before();
        let end = self.found.tokens.end;
        let after = self.word(end);
        let asked = led
            || matches!(
                before.as_str(),
                "in" | "since"
                    | "by"
                    | "until"
                    | "during"
                    | "from"
                    | "of"
                    | "before"
                    | "after"
                    | "through"
                    | "till"
                    | "late"
                    | "early"
                    | "mid"
                    | "circa"
            );
        // "The 1700 of Casey Drive", a slip for the block.
        let measured = before == "the" && after == "of"
            || matches!(
                before.as_str(),
                "at" | "approximately" | "about" | "nearly" | "some" | "over" | "only"
            );
        let timed = measured && !led
            || matches!(after, "hours" | "hrs" | "GMT" | "UTC" | "local" | "block" | "blocks" | ":")
            // "Between 1310 and 1350 [1910 and 1950 GMT]".
            || matches!(after, "and" | "to" | "-" | "–")
                && matches!(self.word(end + 2), "GMT" | "UTC" | "hours" | "hrs" | "local")
            || matches!(before.as_str(), "from" | "between" | "until" | "by")
                && self.is_span_of_times(year, end);
        let house = self.is(end, Class::Capital)
            && !asked
            && (end + 1..end + 4).any(|at| self.is(at, Class::StreetWord) && self.is(at, Class::Capital));
        let counted = after.starts_with(|sign: char| sign.is_lowercase())
            && !self.is(end, Class::FunctionWord)
            || is_plural(after);
        let glued = matches!(after, "%" | "-" | "/" | "°")
            || !led && matches!(before.as_str(), "$" | "£" | "€" | "#" | "no" | "no." | "/" | "flight" | "-");
        let owned = matches!(before.as_str(), "the" | "its" | "their" | "his" | "her" | "this" | "that");
        // "A 1996 treaty", "the 1996 Olympics", but "the 2000 Kenyans".
        let event = self.is(end, Class::Capital) && !self.is(end, Class::Nationality);
        let modified = (owned && counted || matches!(before.as_str(), "a" | "an"))
            && (!is_plural(after) || owned && event);
        // "There were 1998 of them", "by 1996 to 4".
        let tallied = !asked
            && (after == "of"
                && matches!(self.word(end + 1), "them" | "us" | "these" | "those" | "whom" | "which")
                || after == "to" && self.is(end + 1, Class::Number) && self.word(end + 1).len() < 4);
        let house = house || tallied || !led && self.numbers_a_thing();
        let fits = !timed && !house && !glued && (modified || !counted || (asked && !is_plural(after)));
        fits.then(|| Some(Edtf::of_year(year)))
    }

    /// "In ’92", "the class of ’96".
    pub(super) fn short_year(&self) -> Option<DateReading> {
        let at = self.found.tokens.start;
        if self.word(at).len() != 2 || !self.is_marked(at) {
            return None;
        }
        let led = matches!(
            self.word(at.wrapping_sub(2)).to_lowercase().as_str(),
            "in" | "of"
                | "since"
                | "from"
                | "to"
                | "until"
                | "by"
                | "and"
                | "late"
                | "early"
                | "before"
                | "after"
        );
        let after = self.word(at + 1);
        let counted = self.is(at + 1, Class::Number) || after == "s" || is_plural(after);
        let value = (led && !counted).then(|| self.year_of("year")).flatten()?;
        Some(DateReading { tokens: at - 1..at + 1, value: Some(Edtf::of_year(value)), anchor: None })
    }

    /// "From 1710 to 2250": hours and minutes of a clock of 24 hours, where the other end can be no year.
    fn is_span_of_times(&self, year: i16, end: u32) -> bool {
        let other = self.word(end + 1);
        let time = |it: i16| (0..2400).contains(&it) && it % 100 < 60;
        let no_year =
            other.len() == 4 && other.parse::<i16>().is_ok_and(|it| time(it) && !(1600..2150).contains(&it));
        matches!(self.word(end), "to" | "and" | "until" | "-") && time(year) && no_year
    }

    pub(super) fn years(&self) -> Option<Option<Edtf>> {
        let first = self.year_of("year")?;
        // "In 2005 and 2006" are two.
        if self.words("link").as_deref() == Some("and") && self.found.capture("from").is_none() {
            return None;
        }
        let end = self.words("end")?;
        let last = match end.len() {
            2 => {
                let last = first / 100 * 100 + end.parse::<i16>().ok()?;
                // "1998-02" turns a century, "2014-05" is a month.
                if last > first { last } else { return None }
            }
            _ => self.year_of("end")?,
        };
        let counted =
            is_plural(self.word_after()) || matches!(self.word_after(), "-" | "/" | "percent" | "%");
        let range = Edtf::interval(Edtf::of_year(first), Edtf::of_year(last))?;
        (first < last && first > 1600 && last < 2150 && !counted).then_some(Some(range))
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

/// What a rule's dates say of the year that the text is in.
enum Rank {
    /// They are written with their year.
    Full,
    /// They lean on the day of publication.
    Near,
    Other,
}

fn rank(rule: &str) -> Rank {
    match rule {
        "date-day-month" | "date-month-day" | "date-days-of-month" | "date-month-days"
        | "date-month-year" | "date-year" | "date-season" | "date-iso" | "date-numeric" | "date-later" => {
            Rank::Full
        }
        "date-weekday" | "date-near-day" | "date-part-of-day" | "date-period" | "date-ago"
        | "date-ago-point" => Rank::Near,
        _ => Rank::Other,
    }
}
