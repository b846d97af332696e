//! The captures of one match of a date rule to what they mean.

use std::ops::Range;

use jiff::civil::Date;

use super::tense::Tense;
use crate::edtf::Edtf;
use crate::facts::DateMention;
use crate::facts::classes::Class;
use crate::facts::counts::number;
use crate::facts::lower::{Lower, lower};
use crate::facts::rules::Match;
use crate::facts::tokens::{Kind, Tokens};
use crate::span::Span;

/// How many expressions back an anchor is looked for: keeps the time linear in the text.
pub(super) const FURTHEST: usize = 60;

/// In which order an article writes day and month in figures.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// What a date expression is read against.
pub(super) struct Context<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) published: Option<Date>,
    /// The expressions before this one.
    pub(super) earlier: &'a [DateMention],
    /// Where every date in figures that tells has the same order, that.
    pub(super) order: Option<Order>,
    /// Whether the words stand between quotation marks: whoever says "today" there may have said it on another day.
    pub(super) quoted: bool,
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
    // "Every Friday" is on no day.
    if matches!(reader.word_before().as_str(), "every" | "each") {
        return None;
    }
    let (value, anchor) = match found.rule.gives("reads")? {
        "day" => return reader.with_clock(reader.day()?),
        "month" => return reader.month(),
        "season" => return reader.season(),
        "anniversary" => return reader.anniversary(),
        "days" => (reader.days()?, None),
        "day-to-day" => (reader.day_to_day()?, None),
        "day-of-month" => reader.day_of_month()?,
        "months" => (reader.months()?, None),
        "month-of-near-year" => (reader.month_of_near_year()?, None),
        "part" => (reader.part_of_year()?, None),
        "decade" => return reader.decade(),
        "century" => (reader.century()?, None),
        "year" => (reader.year()?, None),
        "years" => (reader.years()?, None),
        "iso" => (reader.iso()?, None),
        "compact" => (reader.compact()?, None),
        "numeric" => (reader.numeric()?, None),
        "known" => (reader.known_day()?, None),
        "holiday" => (reader.holiday()?, None),
        "weekday" => {
            let (value, anchor) = reader.weekday()?;
            return reader.with_clock(DateReading { tokens: found.tokens.clone(), value, anchor });
        }
        "weekday-and-day" => (reader.weekday_and_day()?, None),
        "weekday-week" => (reader.weekday_week()?, None),
        "weekday-of-week" => (reader.weekday_of_week()?, None),
        "near-day" => {
            let value = reader.near_day()?;
            return reader.with_clock(DateReading { tokens: found.tokens.clone(), value, anchor: None });
        }
        "told" => reader.told()?,
        "that" => reader.that()?,
        "period" => (reader.period()?, None),
        "this-period" => (reader.this_period()?, None),
        "clock" => return reader.clock(),
        "weekend" => (reader.weekend()?, None),
        "ago" => (reader.ago()?, None),
        "ago-point" => (reader.ago_at_a_point()?, None),
        "short-year" => return reader.short_year(),
        "from-now" => {
            // "In two weeks’ time": without the "in".
            let start = found.capture("count").map_or(found.tokens.start, |run| run.start);
            let value = reader.counted_on()?;
            return Some(DateReading { tokens: start..found.tokens.end, value, anchor: None });
        }
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

    /// The word at `at`; empty outside the sentence of the match.
    pub(super) fn word(&self, at: u32) -> &str {
        let sentence = self.context.tokens.sentence_of(self.found.tokens.start);
        if sentence.contains(&at) {
            self.context.tokens.all[at as usize].span().of(self.context.text)
        } else {
            ""
        }
    }

    pub(super) fn is(&self, at: u32, class: Class) -> bool {
        !self.word(at).is_empty() && self.context.tokens.all[at as usize].is(class)
    }

    /// The word before the match, in lower case; empty at the head of a sentence.
    pub(super) fn word_before(&self) -> Lower<'_> {
        lower(self.word(self.found.tokens.start.wrapping_sub(1)))
    }

    pub(super) fn word_after(&self) -> &str {
        self.word(self.found.tokens.end)
    }

    /// Whether no noun follows that the words belong to: the sentence ends, or a sign or small word stands there.
    pub(super) fn ends_here(&self) -> bool {
        let next = self.word_after();
        next.is_empty()
            || self.is(self.found.tokens.end, Class::FunctionWord)
            || !next.starts_with(char::is_alphanumeric)
    }

    /// A year of four digits without separators, from 1000 to 2199, or of two where a day and month stand before it.
    pub(super) fn year_of(&self, capture: &str) -> Option<i16> {
        let run = self.found.capture(capture)?;
        let words = self.context.tokens.span(run.clone()).of(self.context.text);
        // "On 3 May, 2000 people came."
        let listed = self.word(run.start.wrapping_sub(1)) == "," && is_plural(self.word(run.end));
        if capture == "year" && listed {
            return None;
        }
        let year: i16 = words.parse().ok()?;
        match words.len() {
            4 => (1000..2200).contains(&year).then_some(year),
            2 if self.is_marked(run.start) || self.found.capture("day").is_some() => {
                self.year_of_two_digits(year, run.start)
            }
            _ => None,
        }
    }

    /// Whether an apostrophe stands for the century: "’89".
    pub(super) fn is_marked(&self, at: u32) -> bool {
        self.context.tokens.is_glued(at) && matches!(self.word(at.wrapping_sub(1)), "'" | "’" | "‘" | "`")
    }

    /// "3 Jan 90", "31 October ’89"; "3 May 20" is no year unless the article is from about then.
    fn year_of_two_digits(&self, year: i16, at: u32) -> Option<i16> {
        let marked = self.is_marked(at);
        let glued = self.context.tokens.is_glued(at);
        let plain = self.is(at.wrapping_sub(1), Class::Month) || self.word(at.wrapping_sub(1)).ends_with('.');
        let listed = is_plural(self.word(at + 1)) || self.is(at + 1, Class::TimeUnit);
        if listed || !(marked || plain || glued && matches!(self.word(at.wrapping_sub(1)), "/" | "-" | "may"))
        {
            return None;
        }
        match self.context.published {
            Some(day) => [1900 + year, 2000 + year].into_iter().find(|it| {
                let apart = day.year() - it;
                (-1..=if marked { 60 } else { 40 }).contains(&apart)
            }),
            None => (year >= 60 || marked).then_some(if year >= 30 { 1900 + year } else { 2000 + year }),
        }
    }

    pub(super) fn month_of(&self, capture: &str) -> Option<i8> {
        let word = self.words(capture)?;
        let known = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let head = word.get(..3)?;
        Some(known.iter().position(|month| *month == head)? as i8 + 1)
    }

    pub(super) fn day_in(&self, capture: &str) -> Option<i8> {
        let day = self.number(capture)?;
        (1..=31).contains(&day).then_some(day as i8)
    }

    /// The whole match, or the match up to its year where that is no year ("on 3 May, 2000 people").
    pub(super) fn tokens_with_year(&self, year: Option<i16>) -> Range<u32> {
        let mut tokens = self.found.tokens.clone();
        if let (Some(run), None) = (self.found.capture("year"), year) {
            tokens.end = run.start;
            let is_sign = |at: u32| self.context.tokens.all[at as usize].kind != Kind::Word;
            while self.found.capture("day").is_some_and(|day| tokens.end > day.end)
                && is_sign(tokens.end - 1)
                && self.context.tokens.all[tokens.end as usize - 1].kind != Kind::Number
            {
                tokens.end -= 1;
            }
        }
        tokens
    }

    /// The last date before this one that is resolved, but not that of a report, nor the day something was said, nor,
    /// where the verb tells of what was, a day still to come.
    pub(super) fn anchor(&self) -> Option<(Edtf, Span)> {
        let over = |value: &Edtf| self.context.published.is_none_or(|day| value.earliest() <= day);
        let ahead = self.tense() == Some(Tense::Future);
        self.context
            .earlier
            .iter()
            .rev()
            .take(FURTHEST)
            .filter(|mention| {
                !matches!(mention.rule, super::DATELINE | super::CLOCK) && !self.is_when_said(mention.span)
            })
            .filter(|mention| ahead || mention.value.as_ref().is_none_or(over))
            .find_map(|mention| Some((mention.value?, mention.span)))
    }

    /// "Police said on Monday": when it was told, not when it was.
    fn is_when_said(&self, span: Span) -> bool {
        let all = &self.context.tokens.all;
        let at = all.partition_point(|token| token.start < span.start);
        let before = |back: usize| at.checked_sub(back).map(|it| &all[it]);
        let of = |back: usize| before(back).map_or("", |token| token.span().of(self.context.text));
        let back = if matches!(of(1), "on" | "late" | "early") { 2 } else { 1 };
        matches!(of(back), "said" | "says" | "told" | "announced" | "reported" | "confirmed")
    }

    /// Whether the words just before count from a time that nothing tells: "a week later, on Easter Sunday".
    pub(super) fn stands_by_open_anchor(&self) -> bool {
        let Some(last) = self.context.earlier.last() else { return false };
        let all = &self.context.tokens.all;
        let start = self.found.tokens.start as usize;
        let between = (start.saturating_sub(4)..start).rev().take_while(|at| all[*at].start >= last.span.end);
        let near = between.clone().count();
        let small = |at: usize| {
            matches!(
                all[at].span().of(self.context.text),
                "," | "on" | "at" | "in" | "the" | "that" | "early"
            )
        };
        let touches = near > 0
            && start > near
            && all[start - near - 1].end == last.span.end
            && between.into_iter().all(small);
        let counted =
            matches!(last.rule, "date-later" | "date-told-day" | "date-told-day-after" | "date-that-day");
        touches && counted && last.value.is_none() && self.anchor().is_none()
    }

    /// The day that stands just before, with no more than a comma or bracket between: "yesterday, 30 March".
    pub(super) fn apposed(&self) -> Option<Date> {
        let last = self.context.earlier.last()?;
        let all = &self.context.tokens.all;
        let start = self.found.tokens.start as usize;
        let between = (start.saturating_sub(3)..start).rev().take_while(|at| all[*at].start >= last.span.end);
        let near = between.clone().count();
        let beside = near < 2 || all[start - near].start <= last.span.end + 2;
        // "21 September 2013, a Saturday".
        let signs = between.into_iter().all(|at| {
            let word = all[at].span().of(self.context.text);
            matches!(word, "," | "(") || at + 1 == start && near > 1 && word == "a"
        });
        let touches = near > 0 && signs && beside && all[start - near - 1].end == last.span.end;
        touches.then(|| last.value?.as_day()).flatten()
    }
}

pub(super) fn is_plural(word: &str) -> bool {
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
        || matches!(word, "people" | "men" | "women")
}
