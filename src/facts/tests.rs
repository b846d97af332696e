//! What whole articles give: who says what, and that any text is read in time and stands behind its facts.

use std::sync::Arc;

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use super::*;
use crate::document::{Block, BlockKind, Format, Meta, Origin};
use crate::span::Span;

/// A document of paragraphs, apart by blank lines.
pub(super) fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for paragraph in text.split("\n\n") {
        let span = Span::new(at, at + paragraph.len());
        at += paragraph.len() + 2;
        let id = format!("p{}", blocks.len() + 1);
        blocks.push(Block { kind: BlockKind::Paragraph, id, span, pieces: Vec::new() });
    }
    Document {
        path: "article.txt".into(),
        format: Format::PlainText,
        meta: Meta::default(),
        title: "A title".to_owned(),
        title_span: None,
        standfirst: None,
        text: Arc::from(text),
        origin: Origin::Same,
        blocks,
        trimmed: Vec::new(),
        has_code: false,
    }
}

/// Who says what: the speaker's name or description, and the quoted words.
fn said(text: &str) -> Vec<(Option<String>, String)> {
    let facts = extract(&document(text), None);
    let speaker = |quote: &Quote| {
        let person = &facts.people[quote.speaker? as usize];
        person.name.clone().or_else(|| person.description.as_ref().map(|it| it.value.clone()))
    };
    facts.quotes.iter().map(|quote| (speaker(quote), quote.span.of(text).to_owned())).collect()
}

fn by(speaker: &str, words: &str) -> (Option<String>, String) {
    (Some(speaker.to_owned()), words.to_owned())
}

fn names(text: &str) -> Vec<String> {
    extract(&document(text), None).people.into_iter().filter_map(|person| person.name).collect()
}

#[test]
fn an_interrupted_quotation_is_two_of_one_speaker() {
    let text = "“We went,” Ana Duarte said, “and nobody came.” It rained.";
    assert_eq!(said(text), [by("Ana Duarte", "We went,"), by("Ana Duarte", "and nobody came.")]);
}

#[test]
fn a_speaker_goes_on_into_the_next_paragraph() {
    let text = "“We went,” says Dr Ana Duarte, a lecturer.\n\n“Nobody came to the square.”";
    assert_eq!(said(text)[1], by("Ana Duarte", "Nobody came to the square."));
    let open = "Ana Duarte said: “We went.\n\n“Nobody came to the square.” Erik Lund slept.";
    assert_eq!(said(open), [by("Ana Duarte", "We went."), by("Ana Duarte", "Nobody came to the square.")]);
}

#[test]
fn short_forms_and_pronouns_are_the_person_named_before() {
    let text = "Ana Duarte, a historian, lives in the town. Erik Lund does not.\n\nMs Duarte has a book \
                out.\n\n“It took ten years,” she says.\n\n“Ten years,” Duarte repeats.";
    assert_eq!(said(text), [by("Ana Duarte", "It took ten years,"), by("Ana Duarte", "Ten years,")]);
    assert_eq!(names(text), ["Ana Duarte", "Erik Lund"]);
}

/// What is reported without marks: by whom, and the clause.
fn reported(text: &str) -> Vec<(String, String)> {
    let facts = extract(&document(text), None);
    let indirect = facts.quotes.iter().filter(|quote| quote.kind == QuoteKind::Indirect);
    indirect
        .map(|quote| {
            let person = &facts.people[quote.speaker.unwrap() as usize];
            let described = || person.description.as_ref().unwrap().value.clone();
            (person.name.clone().unwrap_or_else(described), quote.span.of(text).to_owned())
        })
        .collect()
}

fn clause(speaker: &str, words: &str) -> (String, String) {
    (speaker.to_owned(), words.to_owned())
}

#[test]
fn reported_speech_is_the_clause_without_its_cue_and_source() {
    for (text, speaker, words) in [
        ("Ana Duarte said that the bridge had been closed.", "Ana Duarte", "the bridge had been closed"),
        ("The bridge had been closed, Ana Duarte said.", "Ana Duarte", "The bridge had been closed"),
        ("According to Ana Duarte, the bridge is safe.", "Ana Duarte", "the bridge is safe"),
        (
            "The bridge is quite safe, according to Ana Duarte, a lecturer.",
            "Ana Duarte",
            "The bridge is quite safe",
        ),
        ("Ana Duarte, a former mayor, told reporters that it was safe.", "Ana Duarte", "it was safe"),
        ("The interior ministry said on Monday that it was safe.", "The interior ministry", "it was safe"),
        ("Ana Duarte said the “messy” bridge was safe.", "Ana Duarte", "the “messy” bridge was safe"),
        (
            "Ana Duarte said the bridge was safe, adding that nobody used it.",
            "Ana Duarte",
            "the bridge was safe",
        ),
    ] {
        let found = reported(text);
        assert_eq!(found.first(), Some(&clause(speaker, words)), "{text}");
    }
}

#[test]
fn words_between_marks_are_not_reported_a_second_time() {
    for text in [
        "“The bridge had been closed,” Ana Duarte said on Monday.",
        "Ana Duarte said: “The bridge had been closed.”",
        "“The bridge,” Ana Duarte told reporters, “had been closed for a year.”",
    ] {
        assert_eq!(reported(text), [], "{text}");
    }
}

#[test]
fn what_was_not_said_is_not_reported() {
    for text in [
        "Ana Duarte did not say that the bridge was safe.",
        "If Ana Duarte says that the bridge is safe, it opens.",
        "Ana Duarte would say the bridge was safe.",
        "Ana Duarte was told that the bridge was safe.",
        "The Island State group claimed nothing, and the four states report to it.",
    ] {
        assert_eq!(reported(text), [], "{text}");
    }
}

#[test]
fn titles_and_headings_in_marks_are_said_by_nobody() {
    for text in [
        "“We knew,” Ana Duarte said on “Good Evening Lisbon” last night.",
        "“We knew,” Ana Duarte said.\n\n‘Rain all year’\n\nIt rained on.",
        "Ana Duarte played rock 'n' roll. “We knew,” she said.",
    ] {
        assert_eq!(said(text), [by("Ana Duarte", "We knew,")], "{text}");
    }
}

#[test]
fn a_quotation_whose_speaker_is_not_made_out_is_nobody_elses() {
    let text =
        "Erik Lund said that it rained.\n\n“We knew of it all along,” shouted out of nowhere said xyz.";
    assert_eq!(said(text).last().unwrap().0, None);
    let plain = "Erik Lund said that it rained.\n\n“We knew of it all along, and nobody came.”";
    assert_eq!(said(plain).last().unwrap().0.as_deref(), Some("Erik Lund"));
}

#[test]
fn a_dateline_speaks_nothing() {
    for (text, speaker) in [
        ("LIMA — Sen. Ana Duarte left the hall on Monday, saying it was “a wasted day.”", "Ana Duarte"),
        (
            "LIMA, Peru (Wire) — The minister left on Monday, telling reporters “the work is done.”",
            "The minister",
        ),
        (
            "Lima, 3 May (Wire) — The minister left on Monday, telling reporters “the work is done.”",
            "The minister",
        ),
        ("UNESCO — the body that guards old towns — said it was “a wasted day.”", "UNESCO"),
    ] {
        assert_eq!(said(text).last().unwrap().0.as_deref(), Some(speaker), "{text}");
    }
}

#[test]
fn a_mark_that_nothing_closes_puts_no_narration_in_a_mouth() {
    for text in [
        "Erik Lund said “we will build again. He promised money.",
        "“Where is my coat? asked Erik Lund. The coat was found.",
    ] {
        assert_eq!(said(text), [], "{text}");
    }
    let text = "“We will build all of it again, and soon. He promised money.";
    assert_eq!(said(text), [(None, "We will build all of it again, and soon.".to_owned())]);
}

#[test]
fn whoever_was_told_replies() {
    let text = "“It is late,” Erik Lund told Ana Duarte. “I know it,” she replied. “Good for you,” he said.";
    assert_eq!(
        said(text),
        [by("Erik Lund", "It is late,"), by("Ana Duarte", "I know it,"), by("Erik Lund", "Good for you,")]
    );
    let same = "“It is late,” Erik Lund told Ana Duarte. “We must go,” he said.";
    assert_eq!(said(same)[1], by("Erik Lund", "We must go,"));
}

#[test]
fn low_and_unwilling_voices_report_too() {
    for verb in ["muttered", "grumbled", "sighed", "disagreed", "whispered", "mused", "texted", "answered"] {
        let text = format!("Erik Lund left early. “It is far too late,” {verb} Ana Duarte.");
        assert_eq!(said(&text), [by("Ana Duarte", "It is far too late,")], "{text}");
        let none = format!("Ana Duarte {verb} and left the hall.");
        assert_eq!(said(&none), [], "{none}");
    }
}

#[test]
fn a_description_means_the_person_last_so_described() {
    let text = "Sen. Ana Duarte met Erik Lund, the mayor of Lisbon.\n\n“We knew it,” the senator said.\n\n\
                “I did not know it,” the mayor said.\n\n“It was late,” a doctor said.";
    let speakers: Vec<_> = said(text).into_iter().map(|(speaker, _)| speaker.unwrap()).collect();
    assert_eq!(speakers, ["Ana Duarte", "Erik Lund", "a doctor"]);
}

#[test]
fn an_unnamed_speaker_is_described() {
    let facts = extract(&document("“We saw it,” says an analyst, who wishes to stay unnamed."), None);
    let person = &facts.people[0];
    assert_eq!((person.name.as_deref(), person.role.value), (None, Role::Expert));
    assert_eq!(person.description.as_ref().unwrap().value, "an analyst, who wishes to stay unnamed");
}

#[test]
fn a_term_in_marks_is_not_said_by_anybody_and_a_fragment_with_a_cue_is() {
    assert_eq!(said("They met in the “green room” and read “Of Rain” to the children."), []);
    let text = "Erik Lund, the mayor, came. He denounced them as “hardened cheats”.";
    assert_eq!(said(text), [by("Erik Lund", "hardened cheats")]);
}

#[test]
fn organisations_places_and_regimes_are_not_people() {
    let text = "Nordic Peace Institute staff met at Lisbon Central Station in Saint Malo. Karl Odum’s regime fell. \
                The Red Lantern Society and Amnesty International said so on Good Friday.";
    assert_eq!(names(text), Vec::<String>::new());
}

#[test]
fn names_keep_their_particles_initials_and_suffixes() {
    let text = "It was Jan van der Berg, Samir al-Khatib, Mary J. Stone and Paul Brecht Jr. who came.";
    assert_eq!(names(text), ["Jan van der Berg", "Samir al-Khatib", "Mary J. Stone", "Paul Brecht Jr."]);
}

#[test]
fn short_forms_and_double_surnames_are_one_person() {
    let text =
        "Ana Rosa Prieto Vega left. Then Prieto Vega spoke, and Rosa Prieto said so. “Yes,” Prieto said.";
    assert_eq!(names(text), ["Ana Rosa Prieto Vega"]);
}

#[test]
fn people_of_one_family_stay_two_and_the_form_of_address_tells() {
    let text = "Mr Erik Lund and Mrs Maria Lund left. “No,” Mrs Lund said. “Yes,” said Mr Lund.\n\n\
                “Never,” Mrs Lund added.";
    assert_eq!(names(text), ["Erik Lund", "Maria Lund"]);
    assert_eq!(said(text), [by("Maria Lund", "No,"), by("Erik Lund", "Yes,"), by("Maria Lund", "Never,")]);
}

#[test]
fn towns_streets_and_bodies_are_nobody() {
    for text in [
        "Police in Columbus say it rained.",
        "It closed on Franklin Avenue near Douglas Alley.",
        "Officers say two men ran. Detectives said so too.",
        "Boko Haram and Abu Sayyaf said nothing.",
        "She read the Prince George’s County report.",
        "The Orlando Sentinel reported it.",
    ] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}

#[test]
fn what_somebody_is_stands_beside_the_name() {
    let text = "“No,” said Ana Duarte, a senior lecturer in modern history at Coimbra University.";
    let person = &extract(&document(text), None).people[0];
    assert_eq!(person.title.as_ref().unwrap().value, "senior lecturer in modern history");
    assert_eq!(person.affiliation.as_ref().unwrap().span.of(text), "Coimbra University");
    assert_eq!(
        (person.role.value, person.role.span.of(text)),
        (Role::Expert, "senior lecturer in modern history")
    );
}

#[test]
fn words_for_the_time_in_office_are_no_part_of_a_bodys_name() {
    let place = |text: &str| {
        let facts = extract(&document(text), None);
        let person = facts.people.into_iter().find(|it| it.name.is_some()).unwrap();
        (person.title.map(|it| it.value), person.affiliation.map(|it| it.value))
    };
    let told = |title: &str, body: Option<&str>| (Some(title.to_owned()), body.map(str::to_owned));
    let now = "Pentagon spokesman Karl Odum said no.";
    assert_eq!(place(now), told("spokesman", Some("Pentagon")));
    let then = "Former Pentagon spokesman Karl Odum said no.";
    assert_eq!(place(then), told("Former Pentagon spokesman", None));
    let clause = "Nora Sund, who studies river law at the Institute for Peace Research, said no.";
    let whole = "who studies river law at the Institute for Peace Research";
    assert_eq!(place(clause), told(whole, Some("Institute for Peace Research")));
}

#[test]
fn the_labels_of_a_transcript_name_nobody() {
    assert_eq!(
        names("CHAIR: When was it?\n\nMS DUARTE: In January.\n\nCHAIR: Thank you."),
        Vec::<String>::new()
    );
    assert_eq!(names("Ms Duarte said: In January."), ["Duarte"]);
}

#[test]
fn a_line_without_an_end_takes_time_in_proportion() {
    // Every one of these would be slow if something looked ahead for its other half again and again.
    for piece in ["“", "‘", "«", "\"", "' ", "Mr ", "Ana Duarte, ", "said ", "a ", "“A,” said ", "Ana ’s "]
    {
        let text = piece.repeat(40_000);
        let facts = extract(&document(&text), None);
        assert!(facts.quotes.len() <= 40_000);
    }
}

#[test]
fn a_text_may_end_with_any_word_that_is_known() {
    let lists = classes::LISTS.iter().flat_map(|(_, _, list)| list.lines());
    for line in lists.map(|line| line.split('#').next().unwrap().trim()).filter(|line| !line.is_empty()) {
        let capital: String = line.chars().next().iter().flat_map(|it| it.to_uppercase()).collect();
        let capital = capital + line.char_indices().nth(1).map_or("", |(at, _)| &line[at..]);
        for text in [line.to_owned(), capital.clone(), format!("A bomb killed Ana Duarte in {capital}")] {
            extract(&document(&text), None);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_facts_that_stand_in_it(
        text in "(\\PC|\n\n|“|”|‘|’|\"|, | said |Mr |Ana Duarte|she |\\. |the analyst ){0,60}",
    ) {
        let facts = extract(&document(&text), None);
        for quote in &facts.quotes {
            // Slicing fails where a span splits a character.
            prop_assert!(!quote.span.of(&text).is_empty());
            prop_assert!(quote.speaker.is_none_or(|at| (at as usize) < facts.people.len()));
            prop_assert!(quote.speaker_span.is_none_or(|span| !span.of(&text).is_empty()));
            if let Some(cue) = &quote.cue {
                prop_assert_eq!(cue.span.of(&text), &cue.value);
            }
        }
        for person in &facts.people {
            prop_assert!(!person.mentions.is_empty());
            prop_assert!(person.mentions.iter().all(|span| !span.of(&text).is_empty()));
        }
    }
}

/// The article that the project was first tried on, when it lies beside the repository: it is not ours to copy.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its fixture")]
fn the_first_article_has_its_quotations_and_people() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).ok();
    let Some(gold) = read("gold/seed.json") else {
        println!(
            "SKIPPED the_first_article_has_its_quotations_and_people: no ../shared beside the repository"
        );
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let text = read(gold["file"].as_str().unwrap()).unwrap();
    let body = &text[..text.find(gold["trimmed_from"].as_str().unwrap()).unwrap()];
    let facts = extract(&document(body), None);
    let speaker = |quote: &Quote| quote.speaker.map(|at| facts.people[at as usize].name.clone());
    for quote in gold["quotes"].as_array().unwrap() {
        let words = quote["text"].as_str().unwrap();
        let found = facts.quotes.iter().find(|it| it.span.of(body) == words);
        let found = found.unwrap_or_else(|| panic!("not found: {words}"));
        assert_eq!(speaker(found), Some(quote["speaker"].as_str().map(str::to_owned)), "{words}");
    }
    let names = || facts.people.iter().filter_map(|person| person.name.as_deref());
    for never in gold["never_people"].as_array().unwrap() {
        assert!(names().all(|name| name != never.as_str().unwrap()), "{never} is no person of the article");
    }
    for person in gold["people"].as_array().unwrap().iter().filter(|person| person["name"].is_string()) {
        let found = facts.people.iter().find(|it| it.name.as_deref() == person["name"].as_str()).unwrap();
        assert_eq!(serde_json::to_value(found.role.value).unwrap(), person["role"]);
        let value = |it: &Option<Reading<String>>| it.as_ref().map(|it| it.value.clone());
        assert_eq!(value(&found.title).as_deref(), person["title"].as_str());
        assert_eq!(value(&found.affiliation).as_deref(), person["affiliation"].as_str());
    }
}
