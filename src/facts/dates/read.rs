//! The captures of one match of a date rule to what they mean.

use std::ops::Range;

use jiff::civil::Date;

use super::relative::last_this_next;
use super::resolve::{Side, Unit, period, season_named, year_of_month};
use crate::edtf::Edtf;
use crate::facts::DateMention;
use crate::facts::classes::Class;
use crate::facts::counts::number;
use crate::facts::rules::Match;
use crate::facts::tokens::Tokens;
use crate::span::Span;

/// How many expressions back an anchor is looked for: keeps the time linear in the text.
const FURTHEST: usize = 60;

/// What a date expression is read against.
pub(super) struct Context<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) published: Option<Date>,
    /// The expressions before this one.
    pub(super) earlier: &'a [DateMention],
}

/// What some words mean.
pub(super) struct DateReading {
    /// The tokens that were used: a part of the match where its end made no date.
    pub(super) tokens: Range<u32>,
    pub(super) value: Option<Edtf>,
    pub(super) anchor: Option<Span>,
}

/// Understands a match, or finds that it is no date after all.
pub(super) fn read(found: &Match<'_>, context: &Context<'_>) -> Option<DateReading> {
    let reader = Reader { found, context };
    let (value, anchor) = match found.rule.gives("reads")? {
        "day" => return reader.day(),
        "month" => return reader.month(),
        "season" => return reader.season(),
        "days" => (reader.days()?, None),
        "part" => (reader.part_of_year()?, None),
        "decade" => (reader.decade()?, None),
        "year" => (reader.year()?, None),
        "years" => (reader.years()?, None),
        "iso" => (reader.iso()?, None),
        "numeric" => (reader.numeric()?, None),
        "weekday" => reader.weekday()?,
        "weekday-of-week" => (reader.weekday_of_week()?, None),
        "near-day" => (reader.near_day()?, None),
        "told" => reader.told()?,
        "that" => reader.that()?,
        "period" => (reader.period()?, None),
        "ago" => (reader.ago()?, None),
        "later" => reader.later()?,
        _ => return None,
    };
    Some(DateReading { tokens: found.tokens.clone(), value, anchor })
}

pub(super) struct Reader<'a> {
    pub(super) found: &'a Match<'a>,
    pub(super) context: &'a Context<'a>,
}

/// A value where it is resolved, and the expression it was resolved against.
pub(super) type Resolved = (Option<Edtf>, Option<Span>);

impl Reader<'_> {
    pub(super) fn words(&self, capture: &str) -> Option<String> {
        let run = self.found.capture(capture)?;
        Some(self.context.tokens.span(run).of(self.context.text).to_lowercase())
    }

    pub(super) fn number(&self, capture: &str) -> Option<u32> {
        number(self.context.tokens, self.found.capture(capture)?, self.context.text)
    }

    /// The word before the match, in lower case; empty at the head of a sentence.
    fn word_before(&self) -> String {
        let start = self.found.tokens.start;
        let sentence = self.context.tokens.sentence_of(start);
        if start == sentence.start {
            return String::new();
        }
        self.context.tokens.all[start as usize - 1].span().of(self.context.text).to_lowercase()
    }

    fn word_after(&self, end: u32) -> &str {
        let sentence = self.context.tokens.sentence_of(self.found.tokens.start);
        if end >= sentence.end {
            return "";
        }
        self.context.tokens.all[end as usize].span().of(self.context.text)
    }

    /// A year of four digits without separators, from 1000 to 2199.
    fn year_of(&self, capture: &str) -> Option<i16> {
        let run = self.found.capture(capture)?;
        let words = self.context.tokens.span(run.clone()).of(self.context.text);
        if capture == "year"
            && run.end == self.found.tokens.end
            && is_plural(self.word_after(run.end))
            && self.context.tokens.all[run.start.saturating_sub(1) as usize].span().of(self.context.text)
                == ","
        {
            return None;
        }
        let year: i16 = words.parse().ok()?;
        match words.len() {
            4 => (1000..2200).contains(&year).then_some(year),
            // "3 Jan 90", but not "3 May 20".
            2 if capture == "year" && year >= 60 && self.found.capture("day").is_some() => Some(1900 + year),
            _ => None,
        }
    }

    fn month_of(&self) -> Option<i8> {
        let word = self.words("month")?;
        let known = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let head = word.get(..3)?;
        Some(known.iter().position(|month| *month == head)? as i8 + 1)
    }

    fn day_of(&self, capture: &str) -> Option<i8> {
        let day = self.number(capture)?;
        (1..=31).contains(&day).then_some(day as i8)
    }

    /// The whole match, or the match up to its year where that is no year ("on 3 May, 2000 people").
    fn tokens_with_year(&self, year: Option<i16>) -> Range<u32> {
        let mut tokens = self.found.tokens.clone();
        if let (Some(run), None) = (self.found.capture("year"), year) {
            tokens.end = run.start;
            let comma = tokens.end as usize - 1;
            if self.context.tokens.all[comma].span().of(self.context.text) == "," {
                tokens.end -= 1;
            }
        }
        tokens
    }

    /// On which side of the known day a day or month without a year is looked for: news tells of what has happened,
    /// unless its verbs say otherwise.
    pub(super) fn side(&self) -> Side {
        let sentence = self.context.tokens.sentence_of(self.found.tokens.start);
        let at = self.found.tokens.start;
        let near = sentence.start.max(at.saturating_sub(14))..sentence.end.min(self.found.tokens.end + 6);
        let ahead = self.context.tokens.all[near.start as usize..near.end as usize].iter().any(|token| {
            matches!(
                token.span().of(self.context.text),
                "will"
                    | "’ll"
                    | "'ll"
                    | "won't"
                    | "won’t"
                    | "shall"
                    | "upcoming"
                    | "scheduled"
                    | "due"
                    | "plans"
                    | "expected"
                    | "slated"
                    | "until"
            )
        });
        if ahead { Side::NextOrSame } else { Side::LatestOrSame }
    }

    /// The last date before this one that is resolved.
    pub(super) fn anchor(&self) -> Option<(Edtf, Span)> {
        self.context
            .earlier
            .iter()
            .rev()
            .take(FURTHEST)
            .find_map(|mention| Some((mention.value?, mention.span)))
    }

    /// The year that a date without one takes: of the last date that was written with its year, where that stands in
    /// the same paragraph and is not the year of publication; else the nearest on the right side of publication.
    fn year_from_context(&self, month: i8, day: Option<i8>) -> Option<(i16, Option<Span>)> {
        let start = self.found.tokens.start;
        let section = self.context.tokens.section_of(start);
        let paragraph = self.context.tokens.all[section.tokens.start as usize].start;
        let told = self
            .context
            .earlier
            .iter()
            .rev()
            .take(FURTHEST)
            .take_while(|mention| mention.span.start >= paragraph);
        for mention in told {
            let (Some(value), true) = (mention.value, is_full(mention.rule)) else { continue };
            let Some(year) = value.year() else { continue };
            if self.context.published.is_none_or(|day| day.year() != year) {
                return Some((year, Some(mention.span)));
            }
        }
        let side = match self.words("mod").as_deref() {
            Some("last") => Side::Before,
            Some("next") => Side::After,
            _ => self.side(),
        };
        Some((year_of_month(self.context.published?, month, day, side), None))
    }

    fn day(&self) -> Option<DateReading> {
        let (day, month) = (self.day_of("day")?, self.month_of()?);
        let year = self.year_of("year");
        let tokens = self.tokens_with_year(year);
        let (year, anchor) = match year {
            Some(year) => (Some(year), None),
            None => self.year_from_context(month, Some(day)).unzip(),
        };
        let value = match year {
            Some(year) => Some(Edtf::day(Date::new(year, month, day).ok()?)),
            // Possible in some year: 2024 is a leap year.
            None => Date::new(2024, month, day).ok().map(|_| None)?,
        };
        Some(DateReading { tokens, value, anchor: anchor.flatten() })
    }

    fn days(&self) -> Option<Option<Edtf>> {
        let (first, last, month) = (self.day_of("day")?, self.day_of("end")?, self.month_of()?);
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

    fn month(&self) -> Option<DateReading> {
        let month = self.month_of()?;
        if let Some(year) = self.year_of("year") {
            let value = Some(Edtf::month(year, month));
            return Some(DateReading { tokens: self.found.tokens.clone(), value, anchor: None });
        }
        if self.found.capture("year").is_some() || self.is_a_name() {
            return None;
        }
        let (year, anchor) = self.year_from_context(month, None).unzip();
        let value = year.map(|year| Edtf::month(year, month));
        Some(DateReading { tokens: self.found.tokens.clone(), value, anchor: anchor.flatten() })
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
        let after = self.word_after(self.found.tokens.end);
        let named = after.starts_with(char::is_uppercase) && doubtful;
        alone && doubtful && (!tells || named)
    }

    fn season(&self) -> Option<DateReading> {
        let season = season_named(&self.words("season")?)?;
        let tokens = self.found.tokens.clone();
        if let Some(year) = self.year_of("year") {
            return Some(DateReading { tokens, value: Some(Edtf::season(year, season)), anchor: None });
        }
        let count = last_this_next(&self.words("mod")?);
        let tokens = self.tokens_with_year(None);
        let value = self.context.published.and_then(|day| period(day, count, Unit::Season(season)));
        Some(DateReading { tokens, value, anchor: None })
    }

    fn part_of_year(&self) -> Option<Option<Edtf>> {
        let year = self.year_of("year")?;
        let which = match self.words("which")?.as_str() {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            "fourth" => 4,
            _ => 0,
        };
        match (self.words("unit")?.as_str(), which) {
            ("quarter", 0) => Some(Some(Edtf::quarter(year, 4))),
            ("quarter", which) => Some(Some(Edtf::quarter(year, which))),
            (_, 1) => format!("{year}-40").parse().ok().map(Some),
            (_, 0 | 2) => format!("{year}-41").parse().ok().map(Some),
            _ => None,
        }
    }

    fn decade(&self) -> Option<Option<Edtf>> {
        let words = self.words("decade")?;
        let decade: i16 = words.parse().ok().filter(|year| year % 10 == 0)?;
        match words.len() {
            4 if (1000..2200).contains(&decade) && decade % 100 == 0 && decade != 2000 => {
                Some(format!("{}XX", decade / 100).parse().ok())
            }
            4 if (1000..2200).contains(&decade) => Some(Some(Edtf::decade(decade))),
            2 if decade >= 20 => Some(Some(Edtf::decade(1900 + decade))),
            _ => None,
        }
    }

    /// A bare number is a year where nothing is counted with it.
    fn year(&self) -> Option<Option<Edtf>> {
        let year = self.year_of("year").filter(|year| (1600..2150).contains(year))?;
        let before = self.word_before();
        let after = self.word_after(self.found.tokens.end);
        let asked = matches!(
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
        let end = self.found.tokens.end;
        let counted = after.starts_with(|sign: char| sign.is_lowercase())
            && !self.context.tokens.all[end as usize].is(Class::FunctionWord)
            || is_plural(after);
        let glued = matches!(after, "%" | "-" | "/" | "°")
            || matches!(before.as_str(), "$" | "£" | "€" | "#" | "no" | "no." | "/" | "flight" | "-");
        let modified = matches!(before.as_str(), "the" | "its" | "their" | "his" | "her" | "this" | "that")
            && counted
            && !is_plural(after);
        let fits = !glued && (modified || !counted || (asked && !is_plural(after)));
        fits.then(|| Some(Edtf::of_year(year)))
    }

    fn years(&self) -> Option<Option<Edtf>> {
        let first = self.year_of("year")?;
        let end = self.words("end")?;
        let last = match end.len() {
            2 => first / 100 * 100 + end.parse::<i16>().ok()?,
            _ => self.year_of("end")?,
        };
        let range = Edtf::interval(Edtf::of_year(first), Edtf::of_year(last))?;
        (first < last && first > 1600).then_some(Some(range))
    }

    fn iso(&self) -> Option<Option<Edtf>> {
        let (month, day) = (self.number("month")?, self.number("day")?);
        let date =
            Date::new(self.year_of("year")?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Some(Edtf::day(date)))
    }

    /// Day and month in either order; where both orders are possible the text does not tell.
    fn numeric(&self) -> Option<Option<Edtf>> {
        let year = self.year_of("year")?;
        let one = i8::try_from(self.number("first")?).ok()?;
        let two = i8::try_from(self.number("second")?).ok()?;
        let day_first = Date::new(year, two, one).ok();
        let month_first = Date::new(year, one, two).ok();
        match (day_first, month_first) {
            (Some(day), None) | (None, Some(day)) => Some(Some(Edtf::day(day))),
            (Some(day), Some(same)) if day == same => Some(Some(Edtf::day(day))),
            (Some(_), Some(_)) => Some(None),
            (None, None) => None,
        }
    }
}

fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
        || matches!(word, "people" | "men" | "women")
}

/// Whether dates of this rule are written with their year.
fn is_full(rule: &str) -> bool {
    matches!(
        rule,
        "date-day-month"
            | "date-month-day"
            | "date-days-of-month"
            | "date-month-days"
            | "date-month-year"
            | "date-year"
            | "date-season"
            | "date-iso"
            | "date-numeric"
            | "date-later"
    )
}
