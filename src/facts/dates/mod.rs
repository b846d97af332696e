//! Calendar expressions of an article, each with what it means.
//!
//! The rules are in `rules/dates.toml`; `read` understands their captures, `resolve` knows the calendar. Nothing is
//! resolved that neither the text nor the day of publication supports.

use jiff::civil::Date;

use super::rules::{GRAMMAR, Match};
use super::tokens::{Part, Tokens};
use super::{DateMention, Level};
use crate::span::Span;

mod read;
mod relative;
mod resolve;

/// Finds every calendar expression of `tokens`, which were cut from `text`, in the order of the text.
///
/// `published` is the day that "yesterday" and "in January" lean on; without it they keep `value: None`. The headline
/// is left out.
pub fn find(tokens: &Tokens, text: &str, published: Option<Date>) -> Vec<DateMention> {
    let mut rules = GRAMMAR.rules("dates").search(tokens);
    let mut mentions: Vec<DateMention> = Vec::new();
    let mut here: Vec<Match<'_>> = Vec::new();
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        let mut at = section.tokens.start;
        while at < section.tokens.end {
            here.clear();
            rules.find(at..at + 1, |found| here.push(found));
            // Stable: of two as long, the one that stands first in the file.
            here.sort_by_key(|found| u32::MAX - found.tokens.end);
            let read = here.iter().find_map(|found| {
                let context = read::Context { tokens, text, published, earlier: &mentions };
                Some((read::read(found, &context)?, found))
            });
            at = match read {
                Some((reading, found)) => {
                    mentions.push(DateMention {
                        span: tokens.span(reading.tokens.clone()),
                        value: reading.value,
                        anchor: reading.anchor,
                        rule: found.rule.name,
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

/// The words that a reader takes for the date: the expression with an "in" before it ("in January").
pub fn with_preposition(span: Span, text: &str) -> Span {
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
mod tests;
