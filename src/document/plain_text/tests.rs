//! Raw texts as they come, and what is made of them.

use proptest::prelude::*;

use super::*;
use crate::config::Config;
use crate::diagnostic::Severity;
use crate::document::parse as parse_document;
use crate::source::SourceKind;
use crate::span::Span;

fn source(path: &str, text: &str, kind: SourceKind) -> Source {
    Source { path: path.into(), kind, text: text.into(), hash: [0; 32] }
}

fn read(text: &str) -> (Document, Vec<Diagnostic>) {
    let source = source("content/articles/a-file.txt", text, SourceKind::Article(Format::PlainText));
    let (document, diagnostics) = parse_document(&source, None, &Config::default());
    (document.unwrap(), diagnostics)
}

/// The document as lines: `#` headline, `>` standfirst, `##` subhead, `-` trimmed, the rest paragraphs.
fn shape(text: &str) -> Vec<String> {
    let (document, _) = read(text);
    assert_eq!(uncovered(&document), "");
    let of = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts: Vec<(Span, String)> = Vec::new();
    parts.extend(document.title_span.map(|span| (span, format!("# {}", of(span)))));
    parts.extend(document.standfirst.map(|span| (span, format!("> {}", of(span)))));
    parts.extend(document.trimmed.iter().map(|part| (part.span, format!("- {}", part.reason))));
    parts.extend(document.blocks.iter().map(|block| match block.kind {
        BlockKind::Heading(level) => (block.span, format!("{} {}", "#".repeat(level.into()), of(block.span))),
        _ => (block.span, of(block.span)),
    }));
    parts.sort();
    parts.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn headline_subheads_and_paragraphs() {
    let text = "Harbour wall gives way\n\nThe wall of the old harbour fell on Monday.\n\nWhat now for ‘the 1904 wall’?\n\n\
                Nobody knows.\n\nThe engineers’ 2 questions\n\nHow old is it, and who pays for it?\n";
    assert_eq!(
        shape(text),
        [
            "# Harbour wall gives way",
            "The wall of the old harbour fell on Monday.",
            "## What now for ‘the 1904 wall’?",
            "Nobody knows.",
            "## The engineers’ 2 questions",
            "How old is it, and who pays for it?",
        ]
    );
    let (document, _) = read(text);
    let ids: Vec<&str> = document.blocks.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["p1", "what-now-for-the-1904-wall", "p2", "the-engineers-2-questions", "p3"]);
}

#[test]
fn a_menu_above_the_headline_is_none() {
    let body = "The wall of the old harbour fell on Monday.\n";
    for menu in [
        "Home\nNews\nSport\n",
        "News\nSport\nSubscribe\nContact us\n\n",
        "World\n\n",
        "Home\n\nNews\n\nSport\n\n",
    ] {
        let told = shape(&format!("{menu}Harbour wall gives way\n\n{body}"));
        let told: Vec<&str> =
            told.iter().map(String::as_str).filter(|it| *it != "- site furniture").collect();
        assert_eq!(told, ["# Harbour wall gives way", body.trim_end()], "{menu:?}");
    }
    for own in [
        "Africa\n\nA bomb killed three people in Kano on Monday and the police\nsaid that 40 more were injured\n\nIt is closed.\n",
        "World\n\nA bomb killed three people in Kano on Monday, the police said\n",
        "Opinion\nBy Jane Doe\n\nThe wall of the old harbour fell on Monday.\n",
    ] {
        let told = shape(own);
        assert!(
            told[0].starts_with("# ") && !told.iter().any(|it| it == "- site furniture"),
            "{own:?}: {told:?}"
        );
    }
    let list =
        "What people asked for\n\nEducation\n\nHealth\n\nEnvironment\n\nThese were the three wishes.\n";
    assert!(!shape(list).iter().any(|it| it == "- site furniture"), "{:?}", shape(list));
    // One word above prose is the headline.
    assert_eq!(shape(&format!("Football\n\n{body}"))[0], "# Football");
}

#[test]
fn the_questions_of_a_transcript_head_no_sections() {
    let text = "A talk\n\nQ: What fell?\n\nMS LIND: The wall of the old harbour fell.\n\nWhen was that?\n\nIt fell on Monday.\n";
    assert_eq!(
        shape(text),
        [
            "# A talk",
            "Q: What fell?",
            "MS LIND: The wall of the old harbour fell.",
            "When was that?",
            "It fell on Monday."
        ]
    );
    // One colon makes no transcript.
    let text = "A talk\n\nFBI: no case\n\nThe wall of the old harbour fell.\n\nWhen was that?\n\nIt fell on Monday.\n";
    assert_eq!(shape(text)[1], "## FBI: no case");
}

#[test]
fn a_paragraph_on_the_first_line_is_no_headline() {
    let text = "The wall of the old harbour fell on Monday morning.\n\nNobody was hurt.\n";
    assert_eq!(shape(text), ["The wall of the old harbour fell on Monday morning.", "Nobody was hurt."]);
    assert_eq!(read(text).0.title, "A file");
}

#[test]
fn a_headline_may_run_over_two_lines_or_shout() {
    let text = "Harbour wall gives way\nafter years of warnings\n\nIt fell on Monday.\n\nNobody was hurt.\n";
    assert_eq!(shape(text)[0], "# Harbour wall gives way after years of warnings");
    assert_eq!(read(text).0.title, "Harbour wall gives way after years of warnings");
    assert_eq!(shape("HARBOUR WALL GIVES WAY.\n\nIt fell on Monday.\n")[0], "# HARBOUR WALL GIVES WAY.");
}

#[test]
fn header_lines_say_what_they_say_and_are_no_paragraphs() {
    let text = "Title: Harbour wall gives way\r\nDate: 2021-06-22\r\nSource: Harbour Gazette\r\nURL: https://example.org/a\r\n\
                Author: Jane Doe and John Roe\r\n\r\nIt fell on Monday.\r\n";
    assert_eq!(shape(text), ["- header lines", "It fell on Monday."]);
    let (document, diagnostics) = read(text);
    assert_eq!(diagnostics, []);
    assert_eq!(document.title, "Harbour wall gives way");
    assert_eq!(document.meta.published.unwrap().to_string(), "2021-06-22");
    assert_eq!(document.meta.authors, ["Jane Doe", "John Roe"]);
    assert_eq!(document.meta.source.as_deref(), Some("Harbour Gazette"));
}

#[test]
fn a_misspelt_header_line_is_a_fault_and_a_headline_with_a_colon_is_none() {
    let (_, diagnostics) = read("Title: A wall\nOutlte: Gazette\nDate: 2021-02-30\n\nIt fell.\n");
    let messages: Vec<&str> = diagnostics.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].contains("unknown key `outlte`"), "{messages:?}");
    assert_eq!(shape("Harbour: the wall falls\n\nIt fell on Monday.\n")[0], "# Harbour: the wall falls");
}

#[test]
fn bylines_go_to_the_meta_data() {
    let text = "Harbour wall gives way\n\n22 June 2021, 05:13 — By Ingrid Solomar\n\nIt fell on Monday.\n";
    assert_eq!(shape(text), ["# Harbour wall gives way", "- byline", "It fell on Monday."]);
    let (document, diagnostics) = read(text);
    assert_eq!(document.meta.authors, ["Ingrid Solomar"]);
    assert_eq!(document.meta.published.unwrap().to_string(), "2021-06-22");
    assert_eq!(diagnostics, []);
}

#[test]
fn a_standfirst_stands_between_headline_and_byline_or_has_no_full_stop() {
    let text = "Harbour wall gives way\n\nThe town had been warned for years.\n\nBy Jane Doe\n\nIt fell on Monday.\n\nNobody was hurt.\n";
    assert_eq!(shape(text)[1], "> The town had been warned for years.");
    let text = "Harbour wall gives way\n\nThe town had been warned for years about the wall\n\nIt fell on Monday, people said.\n";
    assert_eq!(shape(text)[1], "> The town had been warned for years about the wall");
}

#[test]
fn one_paragraph_a_line_needs_no_blank_lines() {
    let text = "Harbour wall gives way\nIt fell on Monday, in the early morning.\nNobody was hurt, said the mayor.\n\
                What now?\nThe council meets on Thursday.\n";
    assert_eq!(
        shape(text),
        [
            "# Harbour wall gives way",
            "It fell on Monday, in the early morning.",
            "Nobody was hurt, said the mayor.",
            "## What now?",
            "The council meets on Thursday.",
        ]
    );
}

#[test]
fn what_the_site_puts_around_is_left_out_and_told() {
    let text = "Skip to content\n\nHarbour wall gives way\n\nIt fell on Monday, in the early morning, people said.\n\n\
                Advertisement\n\nPhoto: Jane Doe\n\nNobody was hurt, said the mayor, who had been asleep.\n\n\
                MORE STORIES\n\nFerry late again\n\nThe ferry was late for the third time this week, and people ... Read more »\n\n\
                Bread dearer\n\nBakers in the town ask more for a loaf than ever before, and the ... Read more »\nBest of the Harbour\n";
    assert_eq!(
        shape(text),
        [
            "- site furniture",
            "# Harbour wall gives way",
            "It fell on Monday, in the early morning, people said.",
            "- site furniture",
            "- caption",
            "Nobody was hurt, said the mayor, who had been asleep.",
            "- related links and what follows them",
        ]
    );
    let (_, diagnostics) = read(text);
    assert!(diagnostics.iter().all(|note| note.severity == Severity::Note));
    let last = diagnostics.last().unwrap();
    assert_eq!(
        last.message,
        "lines 13 to 22 are not part of the article and left out: related links and what follows them"
    );
    assert_eq!(last.place.as_ref().unwrap().line, 13);
}

#[test]
fn the_words_of_an_article_are_no_furniture() {
    let said = "Mayor Ana Duarte (pictured) said: “This is a dark day for the harbour.”";
    let text = format!("Harbour burns\n\n{said}\n\nMayor Duarte (pictured) came at once to the harbour.\n");
    assert!(shape(&text).iter().all(|line| !line.starts_with('-')), "{:?}", shape(&text));
    let text = "Oct 7\n\nThe harbour burned down on that day, and nobody was there to see it.\n";
    assert_eq!(shape(text)[0], "# Oct 7");
    let text =
        "Harbour burns\u{2028}\u{2028}The harbour burned down on Monday.\u{2029}Nobody was hurt there.";
    assert_eq!(shape(text).len(), 3, "{:?}", shape(text));
    let table = "day,place,killed\n2024-01-02,Wexby,3\n2024-01-05,Norrby,2";
    assert!(shape(table).len() > 1, "{:?}", shape(table));
}

#[test]
fn a_section_called_related_is_kept() {
    let text = "Harbour wall gives way\n\nIt fell on Monday, in the early morning, people said.\n\nRelated\n\n\
                The wall of the mill fell two years ago, on a day as warm as this one.\n\n\
                It had been built by the same man, who died poor and far away.\n";
    assert_eq!(shape(text)[2], "## Related");
    assert_eq!(read(text).0.trimmed, []);
}

#[test]
fn a_sidecar_wins_over_header_lines() {
    let article =
        source("a.txt", "Title: Old\nDate: 2001\n\nIt fell.\n", SourceKind::Article(Format::PlainText));
    let sidecar = source("a.toml", "title = \"New\"\n", SourceKind::Sidecar);
    let (document, diagnostics) = parse_document(&article, Some(&sidecar), &Config::default());
    let document = document.unwrap();
    assert_eq!(
        (document.title.as_str(), document.meta.published.unwrap().to_string()),
        ("New", "2001".to_owned())
    );
    assert_eq!(diagnostics, []);
}

#[test]
fn direction_marks_and_controls_stay_out_of_titles() {
    let (document, _) = read("Har\u{202e}bour\u{7} wall\tgives way\n\nIt fell on Monday.\n");
    assert_eq!(document.title, "Harbour wall gives way");
}

#[test]
fn huge_files_take_linear_time() {
    let line = "word ".repeat(2_000_000);
    let blank = "\n".repeat(10_000_000);
    let titles = "A short line\n\n".repeat(300_000);
    let scraps = "Advertisement\n\nA short line\n\n".repeat(100_000);
    for text in [line, blank, titles, scraps] {
        let (document, _) = read(&text);
        assert_eq!(uncovered(&document), "");
    }
}

proptest! {
    #[test]
    fn nothing_is_ever_lost(text in "([A-Z“’éa-z0-9.,:»\\- \t\r\u{0}]{0,40}(Related|Advertisement|By Jane Doe|Title: x|Read more »|[.]|)\n{1,2}){0,20}") {
        let (document, _) = read(&text);
        prop_assert_eq!(uncovered(&document), "");
        prop_assert!(!document.title.is_empty());
        for block in &document.blocks {
            prop_assert!(text.is_char_boundary(block.span.start as usize) && text.is_char_boundary(block.span.end as usize));
            prop_assert!(!block.span.is_empty());
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,400}") {
        let (document, _) = read(&text);
        prop_assert_eq!(uncovered(&document), "");
    }
}

#[test]
fn the_seed_is_read_as_a_person_reads_it() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    #[expect(clippy::disallowed_methods, reason = "a test may read what it is measured with")]
    let load = |path: &str| std::fs::read_to_string(folder.join(path)).ok();
    let Some(gold) = load("gold/seed.json") else {
        println!("SKIPPED: {} is not there", folder.display());
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let words = |key: &str| gold[key].as_str().unwrap().to_owned();
    let text = load(&words("file")).expect("the file that the gold is about is there");
    let (document, _) = read(&text);
    assert_eq!(document.title, words("title"));
    let headings = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    let headings: Vec<&str> = headings.map(|block| block.span.of(&text)).collect();
    let expected: Vec<&str> =
        gold["subheads"].as_array().unwrap().iter().map(|head| head.as_str().unwrap()).collect();
    assert_eq!(headings, expected);
    assert!(document.blocks.last().unwrap().span.of(&text).ends_with(&words("body_ends_with")));
    assert_eq!(document.trimmed.len(), 1);
    assert!(document.trimmed[0].span.of(&text).starts_with(&words("trimmed_from")));
    assert_eq!(document.trimmed[0].span.end as usize, text.trim_end().len());
    assert_eq!(document.standfirst, None);
}
