//! What holds of the facts of any text: every word of them stands in it, at the place that they name.
//!
//! The tests and the fuzzer share this file.

use std::sync::Arc;

use dateline::config::Config;
use dateline::document::{self, Document};
use dateline::facts::{self, Attack, Facts, Person, Reading, Toll};
use dateline::source::{Format, Source, SourceKind};
use dateline::span::Span;
use unicode_normalization::UnicodeNormalization;

/// The document of a file with this text.
pub fn parse(text: &str, format: Format) -> Document {
    let kind = SourceKind::Article(format);
    let source = Source { path: "article.txt".into(), kind, text: Arc::from(text), hash: [0; 32] };
    document::parse(&source, None, &Config::default()).0.expect("an article gives a document")
}

/// Reads `text` in `format` as an article published on 16 October 2018, and looks at every fact.
///
/// # Panics
/// Where a fact does not stand in the text.
pub fn check(text: &str, format: Format) -> Facts {
    let document = parse(text, format);
    let published = document.meta.published.or_else(|| "2018-10-16".parse().ok());
    let facts = facts::extract(&document, published);
    Held { document: &document, text: &document.text }.facts(&facts);
    facts
}

struct Held<'a> {
    document: &'a Document,
    text: &'a str,
}

impl Held<'_> {
    fn facts(&self, facts: &Facts) {
        facts.people.iter().for_each(|person| self.person(person));
        let mut last = 0;
        for quote in &facts.quotes {
            let words = self.words(quote.span);
            assert!(!words.trim().is_empty(), "an empty quotation at {:?}", quote.span);
            assert_eq!(self.block(quote.span), Some(quote.block), "a quotation leaves its block: {words}");
            assert!(last <= quote.span.start, "quotations are not in the order of the text");
            last = quote.span.start;
            if let Some(cue) = &quote.cue {
                self.reading("cue", cue);
            }
            if let Some(span) = quote.speaker_span {
                self.within("speaker", span);
            }
            assert!(
                quote.speaker.is_none_or(|at| (at as usize) < facts.people.len()),
                "nobody speaks: {words}"
            );
            assert!(!quote.rule.is_empty(), "no rule read {words}");
        }
        for date in &facts.dates {
            self.within("date", date.span);
            assert!(!date.rule.is_empty(), "no rule read the date {}", self.words(date.span));
            if let Some(anchor) = date.anchor {
                self.within("anchor", anchor);
            }
        }
        facts.attacks.iter().for_each(|attack| self.attack(attack));
    }

    fn person(&self, person: &Person) {
        for mention in &person.mentions {
            self.within("mention", *mention);
        }
        assert!(!person.mentions.is_empty(), "{:?} is mentioned nowhere", person.name);
        if let Some(name) = &person.name {
            let name = folded(name);
            let said = |mention: &Span| folded(self.words(*mention)).contains(&name);
            assert!(person.mentions.iter().any(said), "no mention says {name}");
        }
        let readings = [&person.honorific, &person.title, &person.affiliation, &person.description]
            .into_iter()
            .flatten();
        readings.for_each(|reading| self.reading("what somebody is", reading));
        self.words(person.role.span);
        assert!(!person.rule.is_empty(), "no rule read {:?}", person.name);
    }

    fn attack(&self, attack: &Attack) {
        let place = &attack.place;
        let readings = [
            ("name", &attack.name),
            ("date", &attack.date_text),
            ("place", &place.name),
            ("near", &place.near),
            ("town", &place.town),
            ("weapon", &attack.weapon),
        ];
        for (what, reading) in readings {
            reading.iter().for_each(|reading| self.reading(what, reading));
        }
        attack.targets.iter().for_each(|target| self.reading("target", target));
        for one in &attack.perpetrators {
            // Somebody who is named in full elsewhere goes by that name: the words may be the short form.
            self.within("perpetrator", one.name.span);
            let text = folded(self.text);
            let full = folded(&one.name.value).split(' ').all(|word| text.contains(word));
            assert!(full, "the text names no {}", one.name.value);
        }
        if let Some(country) = &place.country {
            self.within("country", country.span);
        }
        let named = place.name.is_some() || place.near.is_some() || place.town.is_some();
        assert!(named || place.coordinates.is_none(), "coordinates without a place");
        assert!(attack.date.is_none() || attack.date_text.is_some(), "a date without words");
        let tolls =
            [&attack.killed, &attack.injured, &attack.hostages, &attack.missing, &attack.attackers_killed];
        let others = attack.other_tolls.iter().map(|toll| &toll.count);
        for toll in tolls.into_iter().flatten().chain(others) {
            self.within("toll", toll.span);
            let Toll { min, max } = toll.value;
            assert!(min.is_some() || max.is_some(), "a toll without a bound");
            assert!(min.zip(max).is_none_or(|(min, max)| min <= max), "a toll from {min:?} to {max:?}");
        }
        assert!(!attack.evidence.is_empty(), "an attack without evidence");
        for evidence in &attack.evidence {
            self.within("evidence", evidence.span);
            assert!(evidence.sentence.contains(evidence.span), "{:?} leaves its sentence", evidence.span);
            let block = self.block(evidence.sentence);
            assert_eq!(
                block,
                Some(evidence.block),
                "a sentence leaves its block: {}",
                self.words(evidence.sentence)
            );
            assert!(!evidence.rule.is_empty(), "no rule read {}", self.words(evidence.span));
        }
    }

    /// The words at `span`; slicing fails where it splits a character or leaves the text.
    fn words(&self, span: Span) -> &str {
        span.of(self.text)
    }

    /// Words that are there, and in one block.
    fn within(&self, what: &str, span: Span) {
        assert!(!self.words(span).trim().is_empty(), "{what}: no words at {span:?}");
        assert!(self.block(span).is_some(), "{what}: `{}` stands in no block", self.words(span));
    }

    fn reading(&self, what: &str, reading: &Reading<String>) {
        self.within(what, reading.span);
        assert_eq!(
            folded(self.words(reading.span)),
            folded(&reading.value),
            "{what}: not the words of the text"
        );
        assert!(!reading.rule.is_empty(), "no rule read {}", reading.value);
    }

    /// The block that `span` stands in; `u32::MAX` is the headline, which may tell the town, or the standfirst.
    fn block(&self, span: Span) -> Option<u32> {
        let blocks = &self.document.blocks;
        let at = blocks.partition_point(|block| block.span.end < span.end);
        let inside = blocks[at..].iter().take_while(|block| block.span.start <= span.start);
        let found = inside.zip(at..).find(|(block, _)| block.span.contains(span)).map(|(_, at)| at as u32);
        let before = [self.document.title_span, self.document.standfirst];
        found.or_else(|| before.into_iter().flatten().any(|part| part.contains(span)).then_some(u32::MAX))
    }
}

/// Words as they are read: apart by one space, because a name may run over a line break of the source, without the signs
/// that nobody sees, and letters with their marks apart.
fn folded(words: &str) -> String {
    let seen = words
        .replace(|sign| matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'), "");
    seen.split_whitespace().collect::<Vec<_>>().join(" ").nfd().collect()
}
