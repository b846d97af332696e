//! `people` and `unattributed_quotes` of the facts' JSON: who is named or speaks, and what was said.

use serde::Serialize;

use super::{CodePoints, ReadFrom, Words, value};
use crate::facts::{self, Level, QuoteKind, Role};

/// Somebody named, or a speaker without a name.
#[derive(Serialize)]
pub(super) struct Person<'a> {
    name: Option<&'a str>,
    honorific: Option<&'a str>,
    title: Option<&'a str>,
    title_span: Option<ReadFrom<'a>>,
    affiliation: Option<&'a str>,
    affiliation_span: Option<ReadFrom<'a>>,
    anonymous: bool,
    description: Option<&'a str>,
    role: Role,
    /// The words that decided the role; none where nothing did.
    role_span: Option<ReadFrom<'a>>,
    mentions: Vec<CodePoints>,
    rule: &'a str,
    level: Level,
    pub(super) quotes: Vec<Quote<'a>>,
}

impl<'a> Person<'a> {
    /// The person, as yet without quotations.
    pub(super) fn new(words: &Words<'a>, person: &'a facts::Person) -> Self {
        Person {
            name: person.name.as_deref(),
            honorific: value(&person.honorific),
            title: value(&person.title),
            title_span: person.title.as_ref().map(|title| ReadFrom::new(words, title)),
            affiliation: value(&person.affiliation),
            affiliation_span: person
                .affiliation
                .as_ref()
                .map(|affiliation| ReadFrom::new(words, affiliation)),
            anonymous: person.name.is_none(),
            description: value(&person.description),
            role: person.role.value,
            role_span: Some(&person.role)
                .filter(|role| !role.span.is_empty())
                .map(|role| ReadFrom::new(words, role)),
            mentions: person.mentions.iter().map(|mention| words.at(*mention)).collect(),
            rule: person.rule,
            level: person.level,
            quotes: Vec::new(),
        }
    }
}

/// Something said.
#[derive(Serialize)]
pub(super) struct Quote<'a> {
    text: &'a str,
    paragraph: Option<&'a str>,
    #[serde(flatten)]
    at: CodePoints,
    kind: QuoteKind,
    cue: Option<&'a str>,
    /// The mention that the quotation hangs on.
    speaker: Option<CodePoints>,
    rule: &'a str,
    level: Level,
}

impl<'a> Quote<'a> {
    pub(super) fn new(words: &Words<'a>, quote: &'a facts::Quote) -> Self {
        Quote {
            text: words.of(quote.span),
            paragraph: words.block(quote.block),
            at: words.at(quote.span),
            kind: quote.kind,
            cue: value(&quote.cue),
            speaker: quote.speaker_span.map(|speaker| words.at(speaker)),
            rule: quote.rule,
            level: quote.level,
        }
    }
}
