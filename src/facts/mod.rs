//! Stage 3, extract: [`Document`] to [`Facts`]: people, quotations, attacks and dates.
//!
//! In: one document and the day it was published, if known. Out: what the article says, each fact with the span
//! of [`Document::text`](crate::document::Document::text) it was read from and the name of the rule that read it.
//! Invariant: no I/O, no clock; nothing is given that the text does not say.

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

/// What kind of violence; the names are those of CONTRACT's `type`, folded from GTD, ACLED and MUC-4.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AttackKind {
    Bombing,
    SuicideBombing,
    Grenade,
    Shooting,
    Stabbing,
    VehicleAttack,
    Arson,
    Assassination,
    Massacre,
    ArmedAssault,
    Beating,
    AirStrike,
    Shelling,
    ChemicalAttack,
    Kidnapping,
    HostageTaking,
    Hijacking,
    Robbery,
    Sabotage,
    MobViolence,
    Attack,
    Other,
}

impl AttackKind {
    /// The kind of this name.
    fn named(name: &str) -> Option<AttackKind> {
        serde_json::from_value(serde_json::Value::from(name)).ok()
    }
}

/// Whether it happened.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// It took place.
    Accomplished,
    /// It was tried and failed.
    Attempted,
    /// It was prevented.
    Foiled,
    /// It was announced.
    Threatened,
}

/// A number of people, as exactly as the words give it. At least one bound is known.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Toll {
    /// "more than 140" is at least 141; `None` for "almost 300".
    pub min: Option<u32>,
    /// "almost 300" is at most 300; `None` for "more than 140".
    pub max: Option<u32>,
}

impl Toll {
    /// Both bounds, as far as they are known, by `change`.
    #[must_use]
    pub fn map(self, change: impl Fn(u32) -> u32) -> Toll {
        Toll { min: self.min.map(&change), max: self.max.map(&change) }
    }
}

/// Where it happened, as finely as the article names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The finest place named as the scene: a building, a town, a region. `None` where only the country is known.
    pub name: Option<Reading<String>>,
    /// The town that the named place lies in, where the article says so: "Lima" for the Miraflores district.
    pub town: Option<Reading<String>>,
    /// A town that the article gives the place by ("near Moscow").
    pub near: Option<Reading<String>>,
    /// First-level division (state, province), from the gazetteer or the text.
    pub admin: Option<String>,
    /// ISO 3166-1 alpha-2; the reading's span is the words that told it.
    pub country: Option<Reading<String>>,
    /// Degrees north and east (WGS 84) of the named town in the gazetteer; never guessed.
    pub coordinates: Option<Coordinates>,
}

impl Place {
    /// The place as a reader wants it: "Miraflores, Lima", but "Manchester Arena" without its town.
    pub fn full_name(&self) -> Option<String> {
        let name = self.name.as_ref()?.value.as_str();
        let town = self.town.as_ref().map(|it| it.value.as_str()).filter(|town| !name.contains(town));
        Some(town.map_or_else(|| name.to_owned(), |town| format!("{name}, {town}")))
    }
}

/// WGS 84, in millionths of a degree so that it can be compared and hashed.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Coordinates {
    /// North, from −90,000,000 to 90,000,000.
    pub latitude: i32,
    /// East, from −180,000,000 to 180,000,000.
    pub longitude: i32,
}

/// How far the article goes in naming who did it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// They said so themselves.
    Claimed,
    /// Somebody said so of them.
    Blamed,
    /// Police, prosecutors or the article suspect, arrested or charged them.
    Suspected,
    /// A court found so.
    Convicted,
    /// The article states it as a fact.
    Stated,
}

/// Who did it, according to the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Perpetrator {
    /// As the article names them.
    pub name: Reading<String>,
    /// `organization`, `person` or `group`.
    pub kind: PerpetratorKind,
    /// How far the article goes.
    pub standing: Standing,
}

/// What sort of actor.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PerpetratorKind {
    Organization,
    Person,
    Group,
}

impl PerpetratorKind {
    /// Whether `words` for one of this kind are a name, by which two articles can mean the same: "a gunman" is none.
    pub fn names(self, words: &str) -> bool {
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        match self {
            PerpetratorKind::Organization => true,
            PerpetratorKind::Person => words.split(' ').next_back().is_some_and(capital),
            PerpetratorKind::Group => false,
        }
    }
}

/// Which value of an attack some words support.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Field {
    Mention,
    Name,
    Type,
    Date,
    Place,
    Killed,
    Injured,
    Hostages,
    Missing,
    AttackersKilled,
    Perpetrator,
    Target,
    Weapon,
}

/// A figure that is not the latest total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherToll {
    /// What is counted: [`Field::Killed`] or [`Field::Injured`].
    pub field: Field,
    /// How many, with the words.
    pub count: Reading<Toll>,
}

/// Words that support one value of an attack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The value.
    pub field: Field,
    /// The words.
    pub span: Span,
    /// The whole sentence around them.
    pub sentence: Span,
    /// The block they stand in: an index into [`Document::blocks`](crate::document::Document::blocks), or `u32::MAX`
    /// in the headline and the standfirst, which are none of them.
    pub block: u32,
    /// The rule that read them.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
    /// How sure: see `levels`.
    pub level: Level,
}

/// An incident of violence that the article reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attack {
    /// What kind.
    pub kind: AttackKind,
    /// What the article calls it ("the Halden Market attack" gives "Halden Market attack").
    pub name: Option<Reading<String>>,
    /// When, where the text and the published date support it.
    pub date: Option<Edtf>,
    /// The words the date was read from, also where they stay unresolved ("in January").
    pub date_text: Option<Reading<String>>,
    /// Where.
    pub place: Place,
    /// The latest total of people killed.
    pub killed: Option<Reading<Toll>>,
    /// The latest total of people injured.
    pub injured: Option<Reading<Toll>>,
    /// People taken hostage or kidnapped.
    pub hostages: Option<Reading<Toll>>,
    /// People missing since.
    pub missing: Option<Reading<Toll>>,
    /// Attackers who were killed, or killed themselves; never in `killed` alone.
    pub attackers_killed: Option<Reading<Toll>>,
    /// Other figures that the article gives for the same: earlier ones, and those of others.
    pub other_tolls: Vec<OtherToll>,
    /// Who did it, strongest standing first.
    pub perpetrators: Vec<Perpetrator>,
    /// What and who was attacked, the main target first.
    pub targets: Vec<Reading<String>>,
    /// With what.
    pub weapon: Option<Reading<String>>,
    /// Whether it happened.
    pub stage: Stage,
    /// Whether the article is about it.
    pub main: bool,
    /// Every mention and every value with its words, in text order.
    pub evidence: Vec<Evidence>,
    /// The rule that took the first mention for an attack.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
    /// How sure.
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
    tokens
}

#[cfg(test)]
mod tests;
