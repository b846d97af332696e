//! That any article can be shown, at any width, with nothing that disturbs a terminal.

use std::sync::Arc;

use proptest::prelude::{ProptestConfig, prop_assert, proptest};
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::config::Config;
use crate::source::{Format, Source, SourceKind};

fn article(text: &str) -> Article {
    let kind = SourceKind::Article(Format::PlainText);
    let source = Source { path: "blast.txt".into(), kind, text: Arc::from(text), hash: [0; 32] };
    let document = crate::document::parse(&source, None, &Config::default()).0.unwrap();
    let facts = crate::facts::extract(&document, None);
    Article { source, document, facts }
}

fn shown(text: &str, width: usize) -> String {
    anstream::adapter::strip_str(&sheet(&article(text), width)).to_string()
}

#[test]
fn the_words_of_a_fact_are_marked_below_them() {
    let shown = shown("Blast in Anytown\n\n“Nobody had warned us,” said Ada Example, a lecturer.\n", 80);
    let (at, line) = shown.lines().enumerate().find(|(_, line)| line.contains("│ “Nobody")).unwrap();
    assert!(line.starts_with("  3 │"), "{shown}");
    let marks = shown.lines().nth(at + 1).unwrap();
    let column = |line: &str, words: &str| line.find(words).map(|at| line[..at].width());
    assert_eq!(column(line, "Ada Example"), column(marks, "p1~~~~~~~~~"), "{shown}");
    assert_eq!(column(line, "Nobody"), column(marks, "q1~"), "{shown}");
}

#[test]
fn a_line_holds_what_the_terminal_holds() {
    let text = "Blast in Anytown\n\nA bomb killed three people in Paris on Tuesday. “Nobody had warned us of \
                it,” said Ada Example, a lecturer in modern history at Example College in the same town.\n";
    for width in [60, 80, 120] {
        let shown = shown(text, width);
        assert!(shown.lines().all(|line| line.width() <= width), "{width}:\n{shown}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_shown(
        text in "(\\PC|[\\x00-\\x1f\u{202e}\u{200d}é]|\n\n|“|”|\"| said |Mr |Ana Duarte|on Tuesday|killed |two people| in Paris |\\. ){0,60}",
        width in 40..121_usize,
    ) {
        let shown = shown(&text, width);
        prop_assert!(!shown.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}'), "{shown:?}");
    }
}
