//! What becomes an attack, what joins one, and what is none.

use jiff::civil::{Date, date};

use super::*;
use crate::document::{Block, BlockKind, Document, Format, Meta, Origin};
use crate::edtf::Edtf;
use crate::span::Span;

const PUBLISHED: Date = date(2024, 3, 29);

/// A text as an article: paragraphs apart by blank lines.
fn article(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        let id = format!("p{}", blocks.len() + 1);
        let span = Span::new(at, at + part.len());
        blocks.push(Block { kind: BlockKind::Paragraph, id, span, pieces: Vec::new() });
        at += part.len() + 2;
    }
    Document {
        path: "a.txt".into(),
        format: Format::PlainText,
        meta: Meta::default(),
        title: "A".to_owned(),
        title_span: None,
        standfirst: None,
        text: text.into(),
        origin: Origin::Same,
        blocks,
        trimmed: Vec::new(),
        has_code: false,
    }
}

fn read(text: &str, published: Option<Date>) -> Vec<Attack> {
    crate::facts::extract(&article(text), published.map(Edtf::day)).attacks
}

/// One line an attack: kind, date, place, country, killed, injured, perpetrators.
fn lines(text: &str) -> Vec<String> {
    let toll = |toll: &Option<crate::facts::Reading<crate::facts::Toll>>| {
        toll.as_ref().map_or("-".to_owned(), |it| {
            let bound = |bound: Option<u32>| bound.map_or(String::new(), |bound| bound.to_string());
            format!("{}..{}", bound(it.value.min), bound(it.value.max))
        })
    };
    let attacks = read(text, Some(PUBLISHED));
    let line = |it: &Attack| {
        let words = |reading: &Option<crate::facts::Reading<String>>| {
            reading.as_ref().map_or("-".to_owned(), |it| it.value.clone())
        };
        let date = it.date.map_or("-".to_owned(), |date| date.to_string());
        let who: Vec<&str> = it.perpetrators.iter().map(|it| it.name.value.as_str()).collect();
        format!(
            "{:?} {date} {}/{}/{} killed {} injured {} by {}",
            it.kind,
            words(&it.place.name),
            words(&it.place.near),
            words(&it.place.country),
            toll(&it.killed),
            toll(&it.injured),
            who.join("+")
        )
    };
    attacks.iter().map(line).collect()
}

#[test]
fn look() {
    let Ok(folder) = std::env::var("LOOK") else { return };
    for path in folder.split(':') {
        let text = std::fs::read_to_string(path).unwrap();
        println!("== {path}");
        for line in lines(&text) {
            println!("{line}");
        }
        for it in read(&text, Some(PUBLISHED)) {
            println!(
                "   {:?} | target {:?} | weapon {:?} | hostages {:?} | {:?} | {:?} {:?}",
                it.name.map(|it| it.value),
                it.target.map(|it| it.value),
                it.weapon.map(|it| it.value),
                it.hostages.map(|it| it.value),
                it.date_text.map(|it| it.value),
                it.level,
                it.evidence.iter().map(|it| (it.field, it.span.of(&text).to_owned())).collect::<Vec<_>>()
            );
        }
    }
}
