//! What becomes an attack, what joins one, and what is none.

use jiff::civil::{Date, date};

use super::*;
use crate::document::{Block, BlockKind, Document, Format, Meta, Origin};
use crate::edtf::Edtf;
use crate::span::Span;

#[cfg(test)]
mod details;

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

/// Kind and place, with the toll of the killed: what the tests below are about.
fn short(text: &str) -> Vec<String> {
    lines(text).iter().map(|line| line.split(" injured ").next().unwrap().to_owned()).collect()
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
fn what_took_place_was_before_the_day_of_publication() {
    let published = "2024-05-20".parse::<jiff::civil::Date>().ok();
    for (text, day) in [
        ("The bombing in Hull will be marked on Friday. It killed 22 people.", None),
        ("A bomb killed 22 people in Hull on Friday.", Some("2024-05-17")),
        ("A bomb killed 22 people in Hull on Monday.", Some("2024-05-20")),
    ] {
        for attack in read(text, published).iter().filter(|it| it.stage == crate::facts::Stage::Accomplished)
        {
            assert_eq!(attack.date.map(|date| date.to_string()).as_deref(), day, "{text}");
        }
    }
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
fn a_flashback_is_an_attack_of_its_own_and_passes() {
    let text = "On 2 April 2015 gunmen attacked a college in Kampala. It was the deadliest attack in Uganda since the \
                bombing of a hotel in Nairobi on 7 August 1998, in which 213 people were killed. In the first \
                reports the toll was 15. In all, 60 people were killed.";
    let mut all = short(text);
    all.sort();
    assert_eq!(
        all,
        [
            "ArmedAssault 2015-04-02 Kampala/-/UG killed 60..60",
            "Bombing 1998-08-07 Nairobi/-/KE killed 213..213",
        ]
    );
}

#[test]
fn another_place_with_a_toll_of_its_own_is_another_attack() {
    let text = "On 22 July 2011 a bomb exploded in the government quarter of Oslo, Norway. It killed eight people.\n\nTwo \
                hours later a man took the ferry to the island of Wexholme. There he shot 69 people dead, and killed \
                69 people in all.";
    let mut all = short(text);
    all.sort();
    assert_eq!(all[0], "Bombing 2011-07-22 Oslo/-/NO killed 8..8");
    assert!(all[1].starts_with("Shooting 2011-07-22 Wexholme/"), "{all:?}");
}

#[test]
fn one_more_bomb_is_the_same_attack() {
    let text = "On 7 July 2005 four men came into the London rush hour. Three bombs exploded on Underground trains near \
                Wexholme. The fourth exploded an hour later in Ostermoor Square. The bombs killed 52 people.";
    assert_eq!(short(text), ["Bombing 2005-07-07 London/-/GB killed 52..52"]);
}

#[test]
fn a_year_or_a_place_alone_is_no_event() {
    let text = "On 3 May 2010 a bomb exploded in Lima, killing nine people. It was two years after the siege near Cusco.";
    assert_eq!(short(text), ["Bombing 2010-05-03 Lima/-/PE killed 9..9"]);
}

#[test]
fn a_loose_word_is_violence_only_beside_signs_of_it() {
    for text in [
        "Senator Duarte attacked the budget in Lima on Monday.",
        "The attack on our democracy began in Lima on 3 May 2010.",
        "United launched one attack after the other in Kampala on Saturday.",
        "The film, shot in Kampala in 2015, opens on Friday.",
        "An explosion in a boiler room in Lima on Monday woke the neighbours.",
    ] {
        assert_eq!(short(text), [""; 0], "{text}");
    }
    assert_eq!(
        short("Rebels attacked a post in Kampala on 3 May 2010."),
        ["ArmedAssault 2010-05-03 Kampala/-/UG killed -"]
    );
}

#[test]
fn the_items_of_a_list_are_attacks_of_their_own_on_its_day() {
    let text = "A wave of bombings hit Peru on Monday.\n\nIn Lima, a bomb killed two people.\n\nIn Cusco, gunmen shot dead \
                three people.";
    let days: Vec<String> =
        short(text).iter().map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert!(days.iter().any(|it| it.starts_with("Bombing 2024-03-25 Lima/")), "{days:?}");
    assert!(days.iter().any(|it| it.starts_with("Shooting 2024-03-25 Cusco/")), "{days:?}");
}

#[test]
fn whom_an_attack_was_on_tells_it_apart() {
    let text =
        "The murder of Ana Duarte in Lima on 3 May 2010 was never solved. The murder of Leo Blanc was.";
    assert_eq!(short(text).len(), 2);
    let text = "The murder of Ana Duarte shook Lima. Ana Duarte was shot on 3 May 2010.";
    assert_eq!(short(text).len(), 1);
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

#[test]
fn what_is_denied_or_supposed_is_no_attack() {
    let nothing = [
        "No bomb exploded in Leeds on Monday, police said, denying a report that six people were killed.",
        "If a bomb exploded in London tomorrow and killed 50 people, hospitals could cope, a report says.",
        "Had the bomb exploded in Leeds on Monday, it would have killed dozens of people.",
        "An email hoax claimed that gunmen had killed ten people in Oxford on Monday. Nothing of the kind happened.",
        "Reports that a bomb had exploded in Leeds on Monday and killed six people were untrue.",
        "Crews put out a blaze that killed three people in Athens on Friday. Arson is not suspected.",
        "His book, 'A Bomb in the Park', tells how six people were killed in Leeds on Monday.",
    ];
    for text in nothing {
        assert_eq!(lines(text), Vec::<String>::new(), "{text}");
    }
    let told = [
        "No one was hurt when a bomb exploded in Leeds on Monday.",
        "Police denied that officers had fired first when gunmen killed two people in Leeds on Monday.",
        "If it was meant to frighten, the bombing that killed six in Leeds on Monday failed.",
        "It is not known who planted the bomb that killed three in Leeds on Monday.",
        "No group has claimed the bombing that killed six people in Leeds on Monday.",
        "A bomb exploded in Leeds on Monday; if it had gone off earlier, it would have killed hundreds.",
    ];
    for text in told {
        assert_eq!(lines(text).len(), 1, "{text}");
    }
}

#[test]
fn a_sentence_tells_of_several_attacks() {
    let two = "Gunmen killed a judge in Bogota on Monday, and two bombs exploded in Quito on Tuesday.";
    let places = |text: &str| -> Vec<String> {
        read(text, None).iter().filter_map(|it| it.place.name.as_ref()).map(|it| it.value.clone()).collect()
    };
    assert_eq!(places(two), ["Bogota", "Quito"]);
    let one = "A clerk was kidnapped in Bogota on Monday and murdered in Quito.";
    assert_eq!(read(one, None).len(), 1);
}

#[test]
fn what_armies_do_to_each_other_is_no_attack() {
    let count = |text: &str| read(text, None).len();
    assert_eq!(
        count("Rebels attacked an infantry battalion near Halden on Monday; the fighting lasted an hour."),
        0
    );
    assert_eq!(count("Rebels attacked a bus near Halden on Monday and killed six passengers."), 1);
}

#[test]
fn the_attack_compared_with_keeps_its_day_and_its_dead() {
    let compared = "Gunmen shot 67 people in Nairobi on 21 September 2013.\n\nIt was the deadliest attack in Kenya since the bombing of the United States embassy in Nairobi on 7 August 1998, in which 213 people had been killed.";
    let told: Vec<_> = read(compared, None)
        .iter()
        .map(|it| (it.date.map(|date| date.to_string()), it.killed.as_ref().and_then(|it| it.value.min)))
        .collect();
    assert!(told.contains(&(Some("1998-08-07".into()), Some(213))), "{told:?}");
    assert!(!told.contains(&(Some("2013-09-21".into()), Some(213))), "{told:?}");
}
