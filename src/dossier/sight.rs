//! What linking sees of one article, as a digest: articles of which it sees the same are linked alike.
//!
//! The values of facts are in it, the sentences that they were read from, the article's outlet and its day, but not
//! where in the file anything stands: an edit that changes no fact leaves the digest as it is. Every field of a fact
//! is named here, so that a new one cannot be forgotten.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::facts::{self, Aliases, Attack, Evidence, Facts, Reading, RuleName};
use crate::memo::Key;
use crate::records::Correction;
use crate::span::Span;

use super::Article;
use super::attacks::is_outside;
use super::profile::has_town;
use super::sentences::Text;
use super::spoken::{names as is_named, speaks_of};

/// What linking sees of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// Of everything but the last two.
    pub(super) facts: Key,
    /// Of the part of it that people are made of, what they said and which attacks they spoke of included.
    pub(super) people: Key,
    /// Of the part of that which people are told apart by, and articles put in order.
    pub(super) names: Key,
    /// Of the ids of all paragraphs, which only those records ask for that name one of the article's.
    pub(super) paragraphs: Key,
    /// What copies are known by.
    pub(super) text: Arc<Text>,
}

impl Sight {
    /// Of an article that says `facts`.
    pub fn of(document: &Document, facts: &Facts, corrections: &[Correction], aliases: &Aliases) -> Sight {
        let mut paragraphs = Digest::default();
        document.blocks.iter().for_each(|block| block.id.hash(&mut paragraphs));
        Sight {
            facts: digest(document, facts, corrections, aliases),
            people: people(document, facts),
            names: names(document, facts),
            paragraphs: paragraphs.end(),
            text: Arc::new(Text::of(document)),
        }
    }

    /// The same article, now with other facts: an editor's record gave one of its quotations to somebody else.
    #[must_use]
    pub fn with_facts_of(&self, article: &Article, aliases: &Aliases) -> Sight {
        let facts = digest(&article.document, &article.facts, &article.corrections, aliases);
        let people = people(&article.document, &article.facts);
        let names = names(&article.document, &article.facts);
        Sight { facts, people, names, ..self.clone() }
    }
}

/// What people are made of, besides the attacks that their articles speak of.
fn people(document: &Document, facts: &Facts) -> Key {
    let mut into = Digest::default();
    (&document.path, &document.meta.published, &document.meta.source).hash(&mut into);
    for person in &facts.people {
        add_person(person, &mut into);
    }
    for quote in &facts.quotes {
        (quote.kind, quote.speaker).hash(&mut into);
        for attack in &facts.attacks {
            (attack.main || speaks_of(document, facts, quote.block, attack)).hash(&mut into);
        }
    }
    (facts.people.len(), facts.quotes.len(), facts.attacks.len()).hash(&mut into);
    into.end()
}

/// What mentions of people are told apart by, besides the attacks that their articles speak of.
fn names(document: &Document, facts: &Facts) -> Key {
    let mut into = Digest::default();
    (&document.path, &document.meta.published, &document.meta.source).hash(&mut into);
    for person in &facts.people {
        let told = [&person.honorific, &person.title, &person.affiliation];
        (&person.name, told.map(value), person.role.value).hash(&mut into);
    }
    facts.people.len().hash(&mut into);
    into.end()
}

fn digest(document: &Document, found: &Facts, corrections: &[Correction], aliases: &Aliases) -> Key {
    let mut into = Digest::default();
    let Facts { people, quotes, attacks, dates: _ } = found;
    (&document.path, &document.meta.published, &document.meta.source).hash(&mut into);
    // The headline tells only where an attack is that has no town of its own.
    if attacks.iter().any(|attack| !has_town(attack, aliases)) {
        document.title.hash(&mut into);
    }
    for person in people {
        add_person(person, &mut into);
    }
    for quote in quotes {
        let facts::Quote { span, block, kind, cue: _, speaker, speaker_span: _, rule, level } = quote;
        (words(document, *span), block, kind, speaker, rule, level).hash(&mut into);
        for attack in attacks {
            is_named(document, found, *block, attack).hash(&mut into);
        }
    }
    for attack in attacks {
        add_attack(document, attack, &mut into);
    }
    for Correction { date, text } in corrections {
        (date, text).hash(&mut into);
    }
    (people.len(), quotes.len(), attacks.len(), corrections.len()).hash(&mut into);
    into.end()
}

fn add_person(person: &facts::Person, into: &mut Digest) {
    let facts::Person { name, honorific, title, affiliation, description, role, mentions, rule, level } =
        person;
    (name, value(honorific), value(title), value(affiliation), value(description)).hash(into);
    (role.value, role.rule, mentions.len(), rule, level).hash(into);
}

fn add_attack(document: &Document, attack: &Attack, into: &mut Digest) {
    let Attack {
        kind,
        name,
        date,
        date_text,
        place,
        killed,
        injured,
        hostages,
        missing,
        attackers_killed,
        other_tolls,
        perpetrators,
        targets,
        weapon,
        stage,
        main,
        evidence,
        rule,
        level,
    } = attack;
    (kind, value(name), date, value(date_text), stage, main, rule, level, value(weapon)).hash(into);
    let facts::Place { name, town, near, admin, country, coordinates } = place;
    (value(name), value(town), value(near), admin, value(country), coordinates).hash(into);
    is_outside(document, place).hash(into);
    for toll in [killed, injured, hostages, missing, attackers_killed] {
        value(toll).hash(into);
    }
    for other in other_tolls {
        (other.field, other.count.value, other.count.rule).hash(into);
    }
    for perpetrator in perpetrators {
        let facts::Perpetrator { name, kind, standing } = perpetrator;
        (&name.value, name.rule, kind, standing).hash(into);
    }
    for target in targets {
        (&target.value, target.rule).hash(into);
    }
    (other_tolls.len(), perpetrators.len(), targets.len()).hash(into);
    let sentences: BTreeSet<Span> = evidence.iter().map(|evidence| evidence.sentence).collect();
    for sentence in &sentences {
        words(document, *sentence).hash(into);
    }
    for evidence in evidence {
        let Evidence { field, span: _, sentence, block, rule, level } = evidence;
        let paragraph = document.blocks.get(*block as usize).map(|block| &block.id);
        (field, block, paragraph, rule, level, sentences.range(..sentence).count()).hash(into);
    }
    (sentences.len(), evidence.len()).hash(into);
}

fn words(document: &Document, span: Span) -> &str {
    document.text.get(span.range()).unwrap_or_default()
}

/// The value and the rule, which tells what an editor set from what was read.
fn value<T>(reading: &Option<Reading<T>>) -> Option<(&T, RuleName)> {
    reading.as_ref().map(|reading| (&reading.value, reading.rule))
}

/// A hash of a hash's width that nobody can steer.
#[derive(Default)]
pub(super) struct Digest(blake3::Hasher);

impl Digest {
    pub(super) fn end(self) -> Key {
        *self.0.finalize().as_bytes()
    }
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        u64::from_le_bytes(self.0.finalize().as_bytes()[..8].try_into().expect("eight of 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::document;
    use crate::source::{Format, Source, SourceKind};

    fn sight(text: &str) -> Sight {
        let path = "content/articles/lorne.txt".into();
        let kind = SourceKind::Article(Format::PlainText);
        let source = Source { path, kind, text: text.into(), hash: [0; 32] };
        let document = document::parse(&source, None, &Config::default()).0.unwrap();
        let facts = facts::extract(&document, document.meta.published);
        assert!(!facts.attacks.is_empty() && !facts.quotes.is_empty(), "{facts:#?}");
        Sight::of(&document, &facts, &[], &Aliases::default())
    }

    const TEXT: &str = "Title: The ferry office\nDate: 2021-06-06\nSource: The Lorne Post\n\nA bomb killed three people \
                        at the ferry office in Bilbao on Friday.\n\n“We had no warning,” said Ada Example, a \
                        lecturer at the Marlow Institute.\n";

    #[test]
    fn words_that_are_no_fact_are_not_seen() {
        let before = sight(TEXT);
        let more = sight(&format!("{TEXT}\nThe boats stay in port, and the pier is closed.\n"));
        assert_eq!(more.facts, before.facts);
        assert_eq!(more.people, before.people);
        assert_ne!((&more.paragraphs, &more.text), (&before.paragraphs, &before.text));
        assert_eq!(more.names, before.names);
        let moved = sight(&TEXT.replace("Source: The", "Source:  The"));
        assert_eq!(moved, before, "where they stand is nothing to linking");
    }

    #[test]
    fn every_kind_of_fact_is_seen() {
        let before = sight(TEXT);
        for (from, to) in [
            ("three people", "four people"),
            ("in Bilbao", "near Bilbao"),
            ("on Friday", "on Thursday"),
            ("Ada Example", "Eda Example"),
            ("a lecturer", "a reader"),
            ("no warning", "no word"),
            ("The Lorne Post", "The Marlow Post"),
            ("2021-06-06", "2021-06-07"),
            ("ferry office in", "old ferry office in"),
        ] {
            let other = sight(&TEXT.replace(from, to));
            assert_ne!(other.facts, before.facts, "{from} to {to}");
            let tells_of_people =
                ["Ada Example", "a lecturer", "The Lorne Post", "2021-06-06"].contains(&from);
            assert_eq!(other.people != before.people, tells_of_people, "{from} to {to}");
            assert_eq!(other.names != before.names, tells_of_people, "{from} to {to}");
        }
    }
}
