//! Facts are the same however their words are broken, and a quotation keeps its bytes.

use std::sync::Arc;

use proptest::prelude::{any, prop, proptest};

use super::*;
use crate::config::Config;
use crate::document;
use crate::facts::extract;
use crate::source::{Format, Source, SourceKind};

fn parsed(text: &str) -> Document {
    let kind = SourceKind::Article(Format::PlainText);
    let source = Source { path: "a.txt".into(), kind, text: Arc::from(text), hash: [0; 32] };
    document::parse(&source, None, &Config::default()).0.unwrap()
}

fn facts(document: &Document) -> Facts {
    extract(document, "2018-10-16".parse().ok())
}

const ARTICLE: &str = "Market bombed in Bogota

A bomb killed three people and injured at least twelve at a market in Bogota on Monday, police said.

“We heard nothing before it,” said Dr Maren Ostby, a senior lecturer at the Calder Institute, who “saw the smoke”.

The Army of the North claimed responsibility. Mr Karl Lund was arrested last week, the minister told reporters.
";

/// `document` with `signs` inside words, one after every `every`th pair of letters; and where each byte of it went.
fn broken(document: &Document, signs: &[char], every: usize) -> (Document, impl Fn(Span) -> Span) {
    let mut text = String::new();
    let mut before = ' ';
    let mut pairs = 0;
    let mut moved = Vec::new();
    for sign in document.text.chars() {
        if before.is_ascii_alphabetic() && sign.is_ascii_alphabetic() {
            pairs += 1;
            if pairs % every == 0 {
                text.push(signs[pairs / every % signs.len()]);
            }
        }
        moved.extend((0..sign.len_utf8()).map(|byte| (text.len() + byte) as u32));
        text.push(sign);
        before = sign;
    }
    moved.push(text.len() as u32);
    // A sign stands before a letter: what ends there ends behind the letter before.
    let led = move |span: Span| {
        let start = moved[span.start as usize];
        Span { start, end: if span.is_empty() { start } else { moved[span.end as usize - 1] + 1 } }
    };
    let blocks = document.blocks.iter().map(|block| Block { span: led(block.span), ..block.clone() });
    let broken = Document {
        blocks: blocks.collect(),
        title_span: document.title_span.map(&led),
        standfirst: document.standfirst.map(&led),
        text: text.into(),
        ..document.clone()
    };
    (broken, led)
}

proptest! {
    #[test]
    fn facts_are_the_same_wherever_words_are_broken(
        signs in prop::collection::vec(prop::sample::select(
            vec!['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{2060}', '\u{feff}']), 1..4),
        every in 1_usize..40,
    ) {
        let document = parsed(ARTICLE);
        let (broken, led) = broken(&document, &signs, every);
        let mut expected = facts(&document);
        each_span(&mut expected, &mut |span| *span = led(*span));
        assert!(!expected.attacks.is_empty() && expected.quotes.len() > 1 && expected.people.len() > 1);
        assert_eq!(facts(&broken), expected);
    }

    #[test]
    fn every_letter_leads_back_to_what_it_is_written_with(
        text in prop::collection::vec(prop::sample::select(
            vec!['a', 'e', 'é', '”', ' ', '\n', '\u{ad}', '\u{200b}', '\u{feff}', '\u{301}', '\u{327}', '東']), 0..40),
        whole in any::<bool>(),
    ) {
        let text: String = text.into_iter().collect();
        let (read, runs) = super::read(&text);
        let unbroken = Unbroken { document: parsed(""), runs };
        assert!(is_broken(&text) || read == text);
        for (at, sign) in read.char_indices() {
            let end = if whole { read.len() } else { at + sign.len_utf8() };
            let words = unbroken.written(Span::new(at, end)).of(&text);
            assert!(!words.starts_with(is_unseen) && !words.ends_with(is_unseen), "{words:?}");
            let seen: String = words.chars().filter(|sign| !is_unseen(*sign)).collect();
            let joined: String = seen.nfc().collect();
            if !whole {
                // Part of a letter with its marks leads to all of it.
                let part = &read[at..end];
                assert!(seen.contains(part) || joined.contains(part), "{words:?} for {part:?}");
            } else if at == 0 {
                assert_eq!(joined, read.nfc().collect::<String>());
            }
        }
    }
}

#[test]
fn a_quotation_keeps_its_bytes_and_a_name_is_read() {
    let text = "“We kn\u{ad}ew \u{200b}noth\u{ad}ing,” sa\u{ad}id Dr Jose\u{301} O\u{feff}rtega.\n\n\
                A bomb kil\u{ad}led thr\u{200d}ee people in Bogota\u{301} on Mon\u{ad}day.";
    let document = parsed(text);
    let facts = facts(&document);
    let [quote] = facts.quotes.as_slice() else { panic!("{:?}", facts.quotes) };
    assert_eq!(quote.span.of(&document.text), "We kn\u{ad}ew \u{200b}noth\u{ad}ing,");
    let speaker = &facts.people[quote.speaker.unwrap() as usize];
    assert_eq!(speaker.name.as_deref(), Some("José Ortega"));
    let [attack] = facts.attacks.as_slice() else { panic!("{:?}", facts.attacks) };
    let killed = attack.killed.as_ref().unwrap();
    assert_eq!(
        (killed.value.min, killed.span.of(&document.text)),
        (Some(3), "kil\u{ad}led thr\u{200d}ee people")
    );
    assert_eq!(attack.place.name.as_ref().unwrap().value, "Bogotá");
    assert_eq!(attack.date.unwrap().to_string(), "2018-10-15");
}

#[test]
fn other_signs_are_left_as_they_are() {
    for text in ["plain", "“typographic” — naïve", "東京 in Ελλάδα", "a\u{a0}b\u{202f}c", "👩\u{fe0f}"]
    {
        assert!(!is_broken(text), "{text}");
    }
    assert_eq!(super::read("x\u{301}\u{302}y").0, "x\u{301}\u{302}y".nfc().collect::<String>());
}
