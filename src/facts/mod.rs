//! Stage 3, extract: [`Document`] to [`Facts`]: people, quotations, attacks and dates.
//!
//! In: one document and the day it was published, if known. Out: what the article says, each fact with the span
//! of [`Document::text`](crate::document::Document::text) it was read from and the name of the rule that read it.
//! Invariant: no I/O, no clock; nothing is given that the text does not say.

mod attack;
mod place_names;
pub mod gazetteer;
mod own_places;
pub mod classes;
mod aliases;
pub mod lexicon;
mod lower;
mod needs;
mod scan;
mod search;
mod sentences;
pub mod tokens;
mod word;
mod word_key;
pub mod pattern;
mod lookahead;
mod program;
mod pattern_syntax;
pub mod rules;
mod own_lists;
pub mod knowledge;
mod people;
mod quotes;
pub mod dates;
pub mod counts;
pub mod quantities;
pub mod attribution;
pub mod tolls;
pub mod places;
pub mod armed_groups;
pub mod attacks;
mod levels;
mod rule_names;
mod unbroken;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::{Document, language};
use crate::edtf::Edtf;
use crate::span::Span;

pub use aliases::Aliases;
pub use attack::{
    Attack, AttackKind, Coordinates, Evidence, Field, OtherToll, Perpetrator, PerpetratorKind, Place, Stage,
    Standing, Toll,
};
pub use knowledge::Knowledge;

/// The name of the rule that read a fact, as it stands in `src/facts/rules/*.toml`.
pub type RuleName = &'static str;

/// How sure a reading is, by the rule that made it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A guess that an editor should look at first.
    Low,
    /// Likely.
    Medium,
    /// The words leave little doubt.
    High,
}

impl Level {
    /// One step less sure.
    #[must_use]
    pub fn lower(self) -> Level {
        match self {
            Level::High => Level::Medium,
            Level::Medium | Level::Low => Level::Low,
        }
    }
}

/// A value together with the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading<T> {
    /// What was read.
    pub value: T,
    /// The words.
    pub span: Span,
    /// By which rule.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
}

/// All that one article says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Named people, and unnamed or collective speakers (`name: None`), in the order they first appear.
    pub people: Vec<Person>,
    /// Quotations and reported speech in the order they stand in the text.
    pub quotes: Vec<Quote>,
    /// Attacks, the article's main one first, then in the order they first appear.
    pub attacks: Vec<Attack>,
    /// Every calendar expression in the order they stand in the text.
    pub dates: Vec<DateMention>,
}

impl Facts {
    /// The quotations whose words are the speaker's own, in the order of the text: those between marks.
    pub fn verbatim(&self) -> impl Iterator<Item = &Quote> {
        self.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct)
    }
}

/// What part a person plays in the article.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Speaks from study or practice: researcher, analyst, lecturer, former officer at an institute.
    Expert,
    /// Speaks or acts for a state, an authority, a company or a party.
    Official,
    /// Saw it.
    Witness,
    /// Suffered it.
    Victim,
    /// Did it, or is suspected, accused or convicted of it.
    Perpetrator,
    /// None of these, or not told.
    Other,
}

/// Somebody the article names, or a speaker it leaves unnamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The fullest form of the name, without honorific; `None` for an unnamed source or an organisation that speaks.
    pub name: Option<String>,
    /// "Dr", "Mr", "Colonel", as the article has it.
    pub honorific: Option<Reading<String>>,
    /// "professor of public law".
    pub title: Option<Reading<String>>,
    /// "University of Northmarch".
    pub affiliation: Option<Reading<String>>,
    /// For a speaker without a name: the words the article uses ("a diplomat who would not be named").
    pub description: Option<Reading<String>>,
    /// The part they play; its span is the words that decided it, empty where none did.
    pub role: Reading<Role>,
    /// Every mention by full name, short form or description (pronouns are on the quotations), in text order.
    pub mentions: Vec<Span>,
    /// The rule that took the first mention for a person.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
    /// How sure.
    pub level: Level,
}

/// Whether the words are the speaker's own.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// The words between quotation marks.
    Direct,
    /// Reported speech without marks: the article's words, never to be printed as the speaker's.
    Indirect,
}

/// Something somebody said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The words, without the marks around them.
    pub span: Span,
    /// Which block of the document it stands in: an index into [`Document::blocks`](crate::document::Document::blocks).
    pub block: u32,
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// "says", "warned", "according to".
    pub cue: Option<Reading<String>>,
    /// Who: an index into [`Facts::people`].
    pub speaker: Option<u32>,
    /// The mention the quotation hangs on ("she", "Dr Sole"), where there is one in reach.
    pub speaker_span: Option<Span>,
    /// The rule that found the speaker, or that found the quotation where there is none.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
    /// How sure the speaker is.
    pub level: Level,
}

/// A calendar expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// The words.
    pub span: Span,
    /// What they mean; `None` where the text and the published date do not tell.
    pub value: Option<Edtf>,
    /// The expression that this one was resolved against ("in 1999" for "five years later"), if not the published date.
    pub anchor: Option<Span>,
    /// The rule that read it.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
    /// How sure: see `levels`.
    pub level: Level,
}

/// Reads everything that `document` says. `published` is the day that "yesterday" and "last Friday" lean on.
///
/// Linear in the length of the text, whatever the text.
pub fn extract(document: &Document, published: Option<Edtf>) -> Facts {
    extract_with(document, published, Knowledge::of_program())
}

/// [`extract`], with what a site knows beyond the program.
///
/// What is in another language than English is not read: its words would be taken for others. Soft hyphens and signs of
/// no width do not part words, and a letter with its marks behind it is one letter; spans are those of the text with them.
pub fn extract_with(document: &Document, published: Option<Edtf>, knowledge: &Knowledge) -> Facts {
    if !document.meta.language.as_deref().is_none_or(language::is_read) {
        return Facts::default();
    }
    let Some(unbroken) = unbroken::Unbroken::of(document) else {
        return read(document, published, knowledge);
    };
    let mut facts = read(&unbroken.document, published, knowledge);
    unbroken.lead_back(&mut facts);
    facts
}

/// Reads a document that is written as it is read.
fn read(document: &Document, published: Option<Edtf>, knowledge: &Knowledge) -> Facts {
    let grammar = &*rules::GRAMMAR;
    let text = &*document.text;
    let mut tokens = tokens::Tokens::read(document, knowledge.lexicon());
    tokens.own_places = Arc::clone(&knowledge.places);
    let mut people = people::find(text, &mut tokens, grammar);
    let quotes = quotes::find(text, &tokens, grammar, &mut people);
    let quantities = quantities::find(&tokens, text);
    tokens.annotate(quantities.iter().map(|it| (it.tokens.clone(), classes::Class::Quantity)));
    tokens.annotate(attribution::find(&tokens).into_iter().map(|run| (run, classes::Class::Attribution)));
    // A month of publication resolves nothing: "Friday" would be one of four.
    let day = published.and_then(|date| date.as_day());
    let dates = dates::find(&tokens, text, day);
    let groups = armed_groups::ArmedGroups::find(&tokens, text);
    tokens.annotate(groups.found.iter().map(|run| (run.clone(), classes::Class::ArmedGroup)));
    let attacks = attacks::mentions(&tokens, text).map_or_else(Vec::new, |mentions| {
        let tolls = tolls::find(&tokens, text, &quantities, &dates);
        let cast = attacks::Cast::of(&groups, &people.people);
        attacks::find(&tokens, text, &mentions, &dates, &tolls, &cast, day)
    });
    let mut facts = Facts { people: people.people, quotes, attacks, dates };
    knowledge.aliases.join(&mut facts.people, &mut facts.quotes);
    levels::set(&mut facts, text);
    facts
}

/// A text as one paragraph, with everything marked that rules may build on: what the examples of rules are tried on.
#[cfg(test)]
fn annotated(text: &str) -> tokens::Tokens {
    let mut tokens = tokens::Tokens::of_text(text, &rules::GRAMMAR.lexicon);
    people::find(text, &mut tokens, &rules::GRAMMAR);
    let quantities = quantities::find(&tokens, text);
    tokens.annotate(quantities.into_iter().map(|it| (it.tokens, classes::Class::Quantity)));
    tokens.annotate(attribution::find(&tokens).into_iter().map(|run| (run, classes::Class::Attribution)));
    tokens
}

#[cfg(test)]
mod tests;
