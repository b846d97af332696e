//! The JSON of one article's facts: schema `dateline.facts/1`, one object an article.
//!
//! Spans leave the program as Unicode code points of the input text exactly as it was given (after decoding and
//! dropping a byte order mark; a CRLF counts two), never as bytes. A value that the article does not give is `null`.

use serde::Serialize;

use crate::document::Document;
use crate::edtf::Edtf;
use crate::facts::dates::expressions;
use crate::facts::rules::level_of;
use crate::facts::{DateMention, Facts, Level, Reading};
use crate::span::Span;

mod article;
mod events;
mod offsets;
mod people;

use article::Article;
use events::Event;
use offsets::{CodePoints, Offsets};
use people::{Person, Quote};

/// Facts as they are printed.
#[derive(Serialize)]
pub struct FactsJson<'a> {
    schema: &'static str,
    article: Article<'a>,
    people: Vec<Person<'a>>,
    unattributed_quotes: Vec<Quote<'a>>,
    events: Vec<Event<'a>>,
    dates: Vec<Date<'a>>,
}

/// A calendar expression.
#[derive(Serialize)]
struct Date<'a> {
    text: &'a str,
    #[serde(flatten)]
    at: CodePoints,
    value: Option<String>,
    /// The expression that it was resolved against, where it is not the published date.
    anchor: Option<CodePoints>,
    rule: &'a str,
    level: Level,
}

impl<'a> FactsJson<'a> {
    /// Lays out what `document` says. `source` is the decoded text of its file, which its origin leads back to.
    pub fn new(source: &'a str, document: &'a Document, facts: &'a Facts) -> Self {
        let words = Words { document, offsets: Offsets::new(source, &document.origin) };
        let mut people: Vec<Person> = facts.people.iter().map(|person| Person::new(&words, person)).collect();
        let mut unattributed_quotes = Vec::new();
        for quote in &facts.quotes {
            let speaker = quote.speaker.and_then(|speaker| people.get_mut(speaker as usize));
            let quotes = speaker.map_or(&mut unattributed_quotes, |person| &mut person.quotes);
            quotes.push(Quote::new(&words, quote));
        }
        FactsJson {
            schema: "dateline.facts/1",
            article: Article::new(&words),
            people,
            unattributed_quotes,
            events: facts.attacks.iter().map(|attack| Event::new(&words, attack, &facts.dates)).collect(),
            dates: facts.dates.iter().flat_map(|date| Date::all(&words, date)).collect(),
        }
    }
}

impl<'a> Date<'a> {
    fn all(words: &Words<'a>, date: &'a DateMention) -> Vec<Self> {
        let of = |(span, value): (Span, Option<Edtf>)| Date {
            text: words.of(span),
            at: words.at(span),
            value: value.as_ref().map(ToString::to_string),
            anchor: date.anchor.map(|anchor| words.at(anchor)),
            rule: date.rule,
            level: date.level,
        };
        expressions(date, &words.document.text).into_iter().map(of).collect()
    }
}

/// A document with the way from its bytes to the code points of its file.
struct Words<'a> {
    document: &'a Document,
    offsets: Offsets<'a>,
}

impl<'a> Words<'a> {
    fn of(&self, span: Span) -> &'a str {
        span.of(&self.document.text)
    }

    fn at(&self, span: Span) -> CodePoints {
        self.offsets.of_text(span)
    }

    /// The id of a block, which is the anchor of its paragraph on the article's page.
    fn block(&self, index: u32) -> Option<&'a str> {
        self.document.blocks.get(index as usize).map(|block| block.id.as_str())
    }
}

/// Where the words of a value stand, and the rule that read them.
#[derive(Serialize)]
struct ReadFrom<'a> {
    #[serde(flatten)]
    at: CodePoints,
    rule: &'a str,
    level: Level,
}

impl<'a> ReadFrom<'a> {
    fn new<T>(words: &Words<'a>, reading: &'a Reading<T>) -> Self {
        ReadFrom { at: words.at(reading.span), rule: reading.rule, level: level_of(reading.rule) }
    }
}

/// The value of a reading of words.
fn value(reading: &Option<Reading<String>>) -> Option<&str> {
    reading.as_ref().map(|reading| reading.value.as_str())
}

#[cfg(test)]
mod tests;
