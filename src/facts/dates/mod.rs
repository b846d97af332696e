//! Calendar expressions of an article, each with what it means.
//!
//! The rules are in `rules/dates.toml`; `read` understands their captures, `resolve` knows the calendar. Nothing is
//! resolved that neither the text nor the day of publication supports.

use std::ops::Range;

use jiff::civil::Date;

use super::classes::Class;
use super::rules::{GRAMMAR, Match};
use super::tokens::{Kind, Part, Tokens};
use super::{DateMention, Level};
use crate::edtf::Edtf;
use crate::span::Span;

mod absolute;
mod clock;
mod figures;
mod holidays;
mod parts;
mod read;
mod relative;
mod resolve;
mod tense;
mod year_told;
mod years;

/// The name of the rule that reads the day of a report from its head: "BOGOTA, 3 Jan 90 (AFP) --".
pub const DATELINE: &str = "date-dateline";

/// The name of the rule that reads a time of day whose day the sentence has told.
pub const CLOCK: &str = "date-clock";

/// How many words may stand before the day in the head of a report.
const HEAD: u32 = 12;

/// Finds every calendar expression of `tokens`, which were cut from `text`, in the order of the text.
///
/// `published` is the day that "yesterday" and "in January" lean on; where it is not known, the day in the head of the
/// report takes its place, and without that they keep `value: None`. The headline is left out.
pub fn find(tokens: &Tokens, text: &str, published: Option<Date>) -> Vec<DateMention> {
    let mut rules = GRAMMAR.rules("dates").search(tokens);
    let mut mentions: Vec<DateMention> = Vec::new();
    let mut here: Vec<Match<'_>> = Vec::new();
    let order = order_of_figures(tokens, text);
    let mut known = published;
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        let mut quoted = false;
        let mut at = section.tokens.start;
        while at < section.tokens.end {
            match tokens.all[at as usize].kind {
                Kind::Open => quoted = true,
                Kind::Close => quoted = false,
                _ => {}
            }
            if !rules.may_start(at) {
                at += 1;
                continue;
            }
            here.clear();
            rules.find_at(at, &mut |found| here.push(found));
            // Stable: of two as long, the one that stands first in the file.
            here.sort_by_key(|found| u32::MAX - found.tokens.end);
            let context = read::Context { tokens, text, published: known, earlier: &mentions, order, quoted };
            // "A Christmas market" is on no day.
            if let Some(found) = here.first().filter(|found| found.rule.gives("reads") == Some("nothing")) {
                at = found.tokens.end;
                continue;
            }
            let mut read: Option<(read::DateReading, &Match<'_>)> = None;
            for found in &here {
                let longer = |end: u32| read.as_ref().is_none_or(|(known, _)| end > known.tokens.end);
                // A match may be longer than the date in it.
                if longer(found.tokens.end)
                    && let Some(reading) = read::read(found, &context)
                    && longer(reading.tokens.end)
                {
                    read = Some((reading, found));
                }
            }
            at = match read {
                Some((reading, found)) => {
                    let head = is_dateline(tokens, text, section.tokens.start, &reading.tokens);
                    let day = reading.value.and_then(|value| value.as_day()).filter(|_| head);
                    if published.is_none() && day.is_some() {
                        known = day;
                    }
                    mentions.push(DateMention {
                        span: tokens.span(reading.tokens.clone()),
                        value: reading.value.filter(is_in_calendar),
                        anchor: reading.anchor,
                        rule: if head { DATELINE } else { found.rule.name },
                        level: Level::High,
                    });
                    reading.tokens.end
                }
                None => at + 1,
            };
        }
    }
    mentions
}

/// Whether a value lies in the years from 1 to 9999, which is all that a date can be written in.
fn is_in_calendar(value: &Edtf) -> bool {
    value.earliest().year() >= 1 && value.latest().year() <= 9999
}

/// Whether a day stands in the head of a report: places and agencies in capitals before it, and after it a dash or
/// the agency in brackets.
fn is_dateline(tokens: &Tokens, text: &str, start: u32, run: &Range<u32>) -> bool {
    let word = |at: u32| tokens.all.get(at as usize).map_or("", |token| token.span().of(text));
    let place = |at: u32| {
        let token = &tokens.all[at as usize];
        token.is_capital() || token.kind == Kind::Sign || token.is(Class::FunctionWord) && word(at) != "on"
    };
    run.start > start
        && run.start - start <= HEAD
        && tokens.all[start as usize].is_capital()
        && (start..run.start).all(place)
        && word(run.start - 1) != "."
        && matches!(word(run.end), "(" | "-" | "–" | "—" | "/" | "[" | "_")
}

/// Whether the article writes 13 to 31 in the first or in the second place of its dates in figures; none where it
/// never does, or does both.
fn order_of_figures(tokens: &Tokens, text: &str) -> Option<read::Order> {
    let mut order = None;
    let number = |at: usize| {
        let token = &tokens.all[at];
        let short = token.kind == Kind::Number && token.end - token.start <= 2;
        short.then(|| token.span().of(text).parse::<u32>().ok()).flatten()
    };
    for at in 1..tokens.all.len().saturating_sub(3) {
        let token = &tokens.all[at];
        let slashes = token.kind == Kind::Sign
            && token.span().of(text) == "/"
            && tokens.all[at + 2].span().of(text) == "/"
            && tokens.all[at + 3].kind == Kind::Number;
        let Some((first, second)) = slashes.then(|| number(at - 1).zip(number(at + 1))).flatten() else {
            continue;
        };
        let told = match (first, second) {
            (13..=31, 1..=12) => read::Order::DayFirst,
            (1..=12, 13..=31) => read::Order::MonthFirst,
            _ => continue,
        };
        if order.is_some_and(|known| known != told) {
            return None;
        }
        order = Some(told);
    }
    order
}

/// The expressions that a date is written with, each with its value: "from 1990 to 1995" is two.
pub fn expressions(date: &DateMention, text: &str) -> Vec<(Span, Option<Edtf>)> {
    two_ends(date, text).map_or_else(|| vec![(date.span, date.value)], Vec::from)
}

fn two_ends(date: &DateMention, text: &str) -> Option<[(Span, Option<Edtf>); 2]> {
    const OF_TWO: [&str; 4] = ["date-years", "date-months", "date-day-to-day", "date-month-day-to-day"];
    let value = date.value.filter(|value| value.is_interval() && OF_TWO.contains(&date.rule))?.to_string();
    let (first, last) = value.split_once('/')?;
    let words = date.span.of(text);
    let begin = date.span.start as usize;
    let mut runs = words.split_whitespace().map(|word| {
        let start = word.as_ptr() as usize - words.as_ptr() as usize;
        (word, start..start + word.len())
    });
    let mut from = 0;
    let mut before = 0;
    while let Some((word, run)) = runs.next() {
        match word {
            "from" | "From" | "between" | "Between" if run.start == 0 => from = run.end + 1,
            "to" | "and" | "until" | "till" | "through" if run.start > from => {
                let (_, next) = runs.next()?;
                let one = Span::new(begin + from, begin + before);
                let other = Span::new(begin + next.start, date.span.end as usize);
                return Some([(one, first.parse().ok()), (other, last.parse().ok())]);
            }
            _ => before = run.end,
        }
    }
    None
}

/// The words that a reader takes for the date: the expression with an "in" before it ("in January").
pub fn with_preposition(span: Span, text: &str) -> Span {
    // "In Monday’s bombing": the "in" is the bombing’s.
    if text[span.end as usize..].starts_with(['’', '\'']) {
        return span;
    }
    let head = &text[..span.start as usize];
    let before = head.trim_end();
    // An "in" at the end of another paragraph belongs to no date.
    if head[before.len()..].matches('\n').count() > 1 {
        return span;
    }
    let is_in = before.strip_suffix("in").or_else(|| before.strip_suffix("In"));
    match is_in {
        Some(rest) if !rest.ends_with(char::is_alphanumeric) => Span::new(rest.len(), span.end as usize),
        _ => span,
    }
}

#[cfg(test)]
mod newswire;
#[cfg(test)]
mod tests;
