//! What the sample's articles say, read by hand.

use crate::document::Document;
use crate::facts::{
    self, AttackKind, Evidence, Facts, Field, Level, PerpetratorKind, Place, Quote, QuoteKind, Reading, Role,
    Stage, Standing, Toll,
};
use crate::span::Span;

/// Finds words in one article.
struct Reader<'a>(&'a Document);

impl Reader<'_> {
    fn span(&self, words: &str) -> Span {
        let at = self.0.text.find(words).unwrap_or_else(|| panic!("the article does not say {words:?}"));
        Span::new(at, at + words.len())
    }

    fn block(&self, span: Span) -> u32 {
        self.0.blocks.iter().position(|block| block.span.contains(span)).expect("in one block") as u32
    }

    fn evidence(&self, field: Field, words: &str) -> Evidence {
        let span = self.span(words);
        let block = self.block(span);
        let sentence = self.0.blocks[block as usize].span;
        Evidence { field, span, sentence, block, rule: "sample", level: Level::High }
    }

    fn read<T>(&self, value: T, words: &str) -> Reading<T> {
        Reading { value, span: self.span(words), rule: "sample" }
    }

    fn quote(&self, words: &str, cue: &str, speaker: u32) -> Quote {
        let span = self.span(words);
        Quote {
            span,
            block: self.block(span),
            kind: QuoteKind::Direct,
            cue: Some(self.read(cue.to_owned(), cue)),
            speaker: Some(speaker),
            speaker_span: None,
            rule: "sample",
            level: Level::High,
        }
    }

    fn attack(&self, kind: AttackKind, evidence: &[(Field, &str)]) -> facts::Attack {
        let words = |field| evidence.iter().find(|(known, _)| *known == field).map(|(_, words)| *words);
        facts::Attack {
            kind,
            name: None,
            date: None,
            date_text: words(Field::Date).map(|words| self.read(words.to_owned(), words)),
            place: Place {
                name: words(Field::Place).map(|words| self.read(words.to_owned(), words)),
                town: None,
                near: None,
                admin: None,
                country: None,
                coordinates: None,
            },
            killed: None,
            injured: None,
            hostages: None,
            missing: None,
            attackers_killed: None,
            other_tolls: Vec::new(),
            perpetrators: Vec::new(),
            targets: Vec::new(),
            weapon: None,
            stage: Stage::Accomplished,
            main: false,
            evidence: evidence.iter().map(|(field, words)| self.evidence(*field, words)).collect(),
            rule: "sample",
            level: Level::High,
        }
    }
}

pub(super) fn toll(min: Option<u32>, max: Option<u32>) -> Toll {
    Toll { min, max }
}

pub(super) fn exactly(number: u32) -> Toll {
    toll(Some(number), Some(number))
}

fn person(name: Option<&str>, role: Role, mention: Span) -> facts::Person {
    facts::Person {
        name: name.map(str::to_owned),
        honorific: None,
        title: None,
        affiliation: None,
        description: None,
        role: Reading { value: role, span: mention, rule: "sample" },
        mentions: vec![mention],
        rule: "sample",
        level: Level::High,
    }
}

pub(super) fn siege_facts(document: &Document) -> Facts {
    let read = Reader(document);
    let mut beslan = read.attack(
        AttackKind::HostageTaking,
        &[
            (Field::Mention, "The school in Beslan was taken"),
            (Field::Place, "Beslan"),
            (Field::Date, "the first of September 2004"),
            (Field::Killed, "334 people were dead"),
            (Field::Injured, "more than 700"),
        ],
    );
    beslan.date = "2004-09-01/2004-09-03".parse().ok();
    beslan.killed = Some(read.read(exactly(334), "334 people were dead"));
    beslan.injured = Some(read.read(toll(Some(701), None), "more than 700"));
    beslan.perpetrators = vec![facts::Perpetrator {
        name: read.read("the group’s leader".to_owned(), "The group’s leader"),
        kind: PerpetratorKind::Person,
        standing: Standing::Claimed,
    }];
    let mut oslo = read.attack(
        AttackKind::Shooting,
        &[
            (Field::Mention, "a bomb in Oslo and a shooting on the island of Utøya"),
            (Field::Date, "on 22 July 2011"),
            (Field::Place, "Utøya"),
            (Field::Killed, "77 people"),
        ],
    );
    oslo.date = "2011-07-22".parse().ok();
    oslo.killed = Some(read.read(exactly(77), "77 people"));
    let mut kerman = read.attack(
        AttackKind::Bombing,
        &[
            (Field::Date, "In January"),
            (Field::Place, "Kerman"),
            (Field::Killed, "at least 90 people"),
            (Field::Injured, "almost 300"),
        ],
    );
    kerman.killed = Some(read.read(toll(Some(90), None), "at least 90 people"));
    kerman.injured = Some(read.read(toll(None, Some(300)), "almost 300"));
    let mut lindqvist = person(Some("Mara Lindqvist"), Role::Expert, read.span("Mara Lindqvist"));
    lindqvist.title = Some(read.read("reader in crisis studies".to_owned(), "reader in crisis studies"));
    lindqvist.affiliation = Some(read.read("University of Northport".to_owned(), "University of Northport"));
    Facts {
        people: vec![lindqvist],
        quotes: vec![
            read.quote(
                "What we learnt was that nobody had planned for the second hour, let alone the third day,",
                "says",
                0,
            ),
            read.quote("That is still true in many places.", "says", 0),
            read.quote("Two places, one plan,", "calls", 0),
        ],
        attacks: vec![beslan, oslo, kerman],
        dates: Vec::new(),
    }
}

pub(super) fn flight_facts(document: &Document) -> Facts {
    let read = Reader(document);
    let mut flight = read.attack(
        AttackKind::Bombing,
        &[
            (Field::Mention, "A bomb brought down a passenger flight"),
            (Field::Date, "in October 2015"),
            (Field::Killed, "None of the 224 people on board survived"),
        ],
    );
    flight.date = "2015-10".parse().ok();
    flight.killed = Some(read.read(exactly(224), "None of the 224 people on board survived"));
    let mut analyst = person(None, Role::Expert, read.span("An analyst"));
    analyst.description = Some(read.read("an analyst".to_owned(), "An analyst"));
    Facts {
        people: vec![analyst],
        quotes: vec![read.quote("wanted the pictures more than anything", "said", 0)],
        attacks: vec![flight],
        dates: Vec::new(),
    }
}

pub(super) fn kerman_facts(document: &Document) -> Facts {
    let read = Reader(document);
    let mut kerman = read.attack(
        AttackKind::Bombing,
        &[
            (Field::Mention, "The bombs at Kerman"),
            (Field::Date, "on 3 January 2024"),
            (Field::Place, "Kerman"),
            (Field::Killed, "94 people"),
            (Field::Injured, "up to 284"),
        ],
    );
    kerman.date = "2024-01-03".parse().ok();
    kerman.killed = Some(read.read(exactly(94), "94 people"));
    kerman.injured = Some(read.read(toll(None, Some(284)), "up to 284"));
    Facts { attacks: vec![kerman], ..Facts::default() }
}
