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
fn one_sentence_gives_date_place_toll_and_weapon() {
    let text = "A truck bomb exploded near a bank in Mosul, Iraq, on 3 May 2019, killing at least 12 people and wounding 40.";
    assert_eq!(lines(text), ["Bombing 2019-05-03 Mosul/-/IQ killed 12.. injured 40..40 by "]);
    assert_eq!(read(text, None)[0].weapon.as_ref().unwrap().value, "truck bomb");
}

#[test]
fn invented_places_need_no_gazetteer() {
    assert_eq!(
        lines(
            "The knife attack at the fair in Wexholme on 25 January 2019 killed 30 people and injured 118."
        ),
        ["Stabbing 2019-01-25 Wexholme/-/- killed 30..30 injured 118..118 by "]
    );
    assert_eq!(
        lines(
            "At least 13 people were killed and 68 injured when a hotel in Ostermoor was hit by a bombing on 12 May 2018."
        ),
        ["Bombing 2018-05-12 Ostermoor/-/- killed 13.. injured 68..68 by "]
    );
    assert_eq!(
        lines(
            "It came after the Upper Ketter courthouse arson attack on 3 February 2015; 31 people lost their lives that day."
        ),
        ["Arson 2015-02-03 Upper Ketter/-/- killed 31..31 injured - by "]
    );
}

#[test]
fn the_attack_is_the_one_told_of() {
    let text = "Gunmen stormed a hotel in Kampala, Uganda, on Monday.\n\nNine people were killed.\n\nThe attack \
                was condemned abroad. Al-Shabaab claimed responsibility for the assault.";
    assert_eq!(
        lines(text),
        ["ArmedAssault 2024-03-25 Kampala/-/UG killed 9..9 injured - by Al-Shabaab+Gunmen"]
    );
    let mentions =
        read(text, None)[0].evidence.iter().filter(|it| it.field == crate::facts::Field::Mention).count();
    assert_eq!(mentions, 3);
}

#[test]
fn another_date_or_place_is_another_attack() {
    let text = "In 2003, a ferry was bombed in Manila, killing six people. Two years later, rebels attacked a school \
                in Davao, killing four.";
    assert_eq!(
        lines(text),
        [
            "Bombing 2003 Manila/-/PH killed 6..6 injured - by ",
            "ArmedAssault 2005 Davao/-/PH killed 4..4 injured - by rebels",
        ]
    );
}

#[test]
fn without_a_published_date_none_is_guessed() {
    let attack = &read("A bomb exploded in Lima in January, killing two people.", None)[0];
    assert_eq!(attack.date, None);
    assert_eq!(attack.date_text.as_ref().unwrap().value, "in January");
}

#[test]
fn what_did_not_take_place_is_no_attack() {
    for text in [
        "Police warned of a possible attack in Rome on Friday.",
        "The film is about a bombing in Madrid in 1936.",
        "The forces fought ferocious battles in Syria in 2015.",
        "He suffered a heart attack in Boston on Monday.",
        "Terror attacks have become less deadly.",
        "There is little to gain by planning an attack on commuters.",
        "An earthquake in Chile on Monday killed 20 people.",
        "By 2017, troops had recaptured all of the town.",
    ] {
        assert_eq!(lines(text), [""; 0], "{text}");
    }
}

#[test]
fn the_attack_of_most_words_comes_first() {
    let text = "In 1995 a bomb killed two people in Lyon. On Monday gunmen opened fire in Marseille, wounding three. \
                The shooting went on for minutes. The attack was the worst there.";
    let attacks = read(text, Some(PUBLISHED));
    assert!(attacks[0].main && !attacks[1].main);
    assert_eq!(attacks[0].place.name.as_ref().unwrap().value, "Marseille");
}

#[test]
fn a_flight_between_two_places_has_none() {
    let text = "In 1988, a device was detonated on a passenger flight from Oslo to Rome. None of the 62 passengers survived.";
    assert_eq!(lines(text), ["Bombing 1988 -/-/- killed 62..62 injured - by "]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(256))]

    /// Words that the rules know, in any order and with any signs, and any other characters.
    #[test]
    fn no_text_panics_and_every_span_is_on_characters(
        words in proptest::collection::vec(
            "(killed|the|attack|bombing|in|near|Lima|, |\\. |at least|more than|12|2015|May|last|Friday|’s|—|\n\n|was|shot|hostages|five years later|ago|al-|é€😀|[a-zA-Z0-9’“”.,/-]{1,6})",
            0..40,
        )
    ) {
        let text = words.join(" ");
        let facts = crate::facts::extract(&article(&text), Some(Edtf::day(PUBLISHED)));
        for span in facts.dates.iter().map(|it| it.span) {
            assert!(text.get(span.range()).is_some());
        }
        for evidence in facts.attacks.iter().flat_map(|it| &it.evidence) {
            assert!(text.get(evidence.span.range()).is_some() && evidence.sentence.contains(evidence.span));
        }
    }
}
