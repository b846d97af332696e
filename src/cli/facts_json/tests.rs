//! Facts made by hand, and the JSON that they become.

use std::sync::Arc;

use super::*;
use crate::document::{Block, BlockKind, Format, Meta, Origin, Trimmed};
use crate::edtf::Edtf;
use crate::facts::{
    Attack, AttackKind, Coordinates, Evidence, Field, Level, Perpetrator, PerpetratorKind, Person, Place,
    Quote, QuoteKind, Role, Stage, Standing, Toll,
};

const TEXT: &str = "Blast in Anytown\r\n\r\nIn 1999 a car bomb killed more than 30 people near Anytown. \
    The River Front claimed it.\r\n\r\n“It was over in a second,” said Dr Ada Example, of Exämple College.\r\n\r\n\
    Related";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn reading<T>(value: T, words: &str, rule: &'static str) -> Reading<T> {
    Reading { value, span: span(words), rule }
}

fn read(words: &str, rule: &'static str) -> Option<Reading<String>> {
    Some(reading(words.to_owned(), words, rule))
}

fn document() -> Document {
    let paragraph = |id: &str, from: &str, to: &str| Block {
        kind: BlockKind::Paragraph,
        id: id.to_owned(),
        span: span(from).to(span(to)),
        pieces: Vec::new(),
    };
    Document {
        path: Arc::from("blast.txt"),
        format: Format::PlainText,
        meta: Meta { language: Some("en".to_owned()), ..Meta::default() },
        title: "Blast in Anytown".to_owned(),
        title_span: Some(span("Blast in Anytown")),
        standfirst: None,
        text: Arc::from(TEXT),
        origin: Origin::Same,
        blocks: vec![paragraph("p1", "In 1999", "claimed it."), paragraph("p2", "“It was", "College.")],
        trimmed: vec![Trimmed {
            span: span("Related"),
            first_line: 7,
            last_line: 7,
            reason: "related links and what follows them".to_owned(),
        }],
        has_code: false,
    }
}

fn quote(words: &str, speaker: Option<u32>, kind: QuoteKind) -> Quote {
    Quote {
        span: span(words),
        block: 1,
        kind,
        cue: read("said", "verb-then-name"),
        speaker,
        speaker_span: speaker.map(|_| span("Dr Ada Example")),
        rule: "verb-then-name",
        level: Level::High,
    }
}

fn expert() -> Person {
    Person {
        name: Some("Ada Example".to_owned()),
        honorific: read("Dr", "honorific"),
        title: None,
        affiliation: read("Exämple College", "of-organisation"),
        description: None,
        role: reading(Role::Expert, "Exämple College", "works-at-college"),
        mentions: vec![span("Ada Example")],
        rule: "honorific",
        level: Level::High,
    }
}

fn bombing() -> Attack {
    let evidence = |field, words| Evidence {
        field,
        span: span(words),
        sentence: span("In 1999").to(span("near Anytown.")),
        block: 0,
        rule: "weapon-killed",
        level: Level::High,
    };
    Attack {
        kind: AttackKind::Bombing,
        name: None,
        date: Some(Edtf::of_year(1999)),
        date_text: read("In 1999", "year"),
        place: Place {
            name: None,
            town: None,
            near: Some(reading("Anytown".to_owned(), "near Anytown", "near-town")),
            admin: None,
            country: None,
            coordinates: Some(Coordinates { latitude: 12_500_000, longitude: -3_000_000 }),
        },
        killed: Some(reading(Toll { min: Some(31), max: None }, "more than 30 people", "killed-number")),
        injured: None,
        hostages: None,
        missing: None,
        attackers_killed: None,
        other_tolls: Vec::new(),
        perpetrators: vec![Perpetrator {
            name: reading("River Front".to_owned(), "River Front", "claimed-it"),
            kind: PerpetratorKind::Organization,
            standing: Standing::Claimed,
        }],
        targets: Vec::new(),
        weapon: read("car bomb", "weapon"),
        stage: Stage::Accomplished,
        main: true,
        evidence: vec![
            evidence(Field::Date, "In 1999"),
            evidence(Field::Killed, "killed more than 30 people"),
        ],
        rule: "weapon-killed",
        level: Level::High,
    }
}

fn json(facts: &Facts) -> serde_json::Value {
    serde_json::to_value(FactsJson::new(TEXT, &document(), facts)).expect("facts have no keys but strings")
}

/// The words that a span of the JSON covers, cut from the input by code points as a reader in any language would.
fn cut(at: &serde_json::Value) -> String {
    let offset = |key: &str| at[key].as_u64().expect("an offset") as usize;
    TEXT.chars().skip(offset("start")).take(offset("end") - offset("start")).collect()
}

#[test]
fn an_article_with_everything() {
    let facts = Facts {
        people: vec![expert()],
        quotes: vec![quote("It was over in a second,", Some(0), QuoteKind::Direct)],
        attacks: vec![bombing()],
        dates: vec![DateMention {
            span: span("1999"),
            value: Some(Edtf::of_year(1999)),
            anchor: None,
            rule: "year",
            level: Level::High,
        }],
    };
    insta::assert_snapshot!("everything", serde_json::to_string_pretty(&json(&facts)).expect("it is JSON"));
}

#[test]
fn offsets_cut_the_same_words_from_the_input() {
    let facts = Facts {
        people: vec![expert()],
        quotes: vec![quote("It was over in a second,", Some(0), QuoteKind::Direct)],
        attacks: vec![bombing()],
        dates: Vec::new(),
    };
    let json = json(&facts);
    let person = &json["people"][0];
    assert_eq!(cut(&person["quotes"][0]), "It was over in a second,");
    assert_eq!(cut(&person["quotes"][0]["speaker"]), "Dr Ada Example");
    assert_eq!(cut(&person["affiliation_span"]), "Exämple College");
    assert_eq!(cut(&json["events"][0]["killed"]), "more than 30 people");
    assert_eq!(cut(&json["article"]["trimmed"][0]), "Related");
    for paragraph in json["article"]["paragraphs"].as_array().expect("a list") {
        assert_eq!(cut(paragraph), paragraph["text"]);
    }
}

#[test]
fn a_quotation_without_a_speaker_is_kept_apart() {
    let facts = Facts {
        quotes: vec![quote("It was over in a second,", None, QuoteKind::Indirect)],
        ..Facts::default()
    };
    let json = json(&facts);
    assert_eq!(json["people"], serde_json::json!([]));
    assert_eq!(json["unattributed_quotes"][0]["kind"], "indirect");
    assert_eq!(json["unattributed_quotes"][0]["speaker"], serde_json::Value::Null);
}

#[test]
fn an_unnamed_speaker_is_anonymous_and_described() {
    let unnamed = Person {
        name: None,
        honorific: None,
        affiliation: None,
        description: read("River Front", "organisation-speaks"),
        ..expert()
    };
    let json = json(&Facts { people: vec![unnamed], ..Facts::default() });
    let person = &json["people"][0];
    assert_eq!((&person["name"], &person["anonymous"]), (&serde_json::Value::Null, &true.into()));
    assert_eq!(person["description"], "River Front");
}

#[test]
fn several_perpetrators_are_a_list_and_none_is_null() {
    let mut attack = bombing();
    attack.perpetrators.push(attack.perpetrators[0].clone());
    let json_of = |attack| json(&Facts { attacks: vec![attack], ..Facts::default() })["events"][0].clone();
    assert_eq!(json_of(attack.clone())["perpetrator"].as_array().map(Vec::len), Some(2));
    attack.perpetrators.clear();
    assert!(json_of(attack)["perpetrator"].is_null());
}

#[test]
fn a_date_leads_to_the_expression_it_was_reckoned_from() {
    let dates = vec![
        DateMention {
            span: span("1999"),
            value: None,
            anchor: Some(span("1999")),
            rule: "years-later",
            level: Level::Low,
        },
        DateMention {
            span: span("second"),
            value: None,
            anchor: Some(span("Anytown")),
            rule: "years-later",
            level: Level::Low,
        },
    ];
    let json = json(&Facts { attacks: vec![bombing()], dates, ..Facts::default() });
    assert_eq!(cut(&json["events"][0]["date_anchor"]), "1999");
    assert_eq!(cut(&json["dates"][1]["anchor"]), "Anytown");
}

#[test]
fn a_place_of_which_nothing_is_said_is_null() {
    let mut attack = bombing();
    attack.place = Place::default();
    let json = json(&Facts { attacks: vec![attack], ..Facts::default() });
    assert!(json["events"][0]["place"].is_null());
}
