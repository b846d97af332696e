//! The article of a saved page, and what is told of the rest.

use super::*;
use crate::config::Config;
use crate::document::parse as parse_document;
use crate::source::SourceKind;
use proptest::prelude::*;

fn read(html: &str) -> (Document, Vec<Diagnostic>) {
    let kind = SourceKind::Article(Format::SavedPage);
    let source =
        Source { path: "content/articles/a-page.html".into(), kind, text: html.into(), hash: [0; 32] };
    let (document, diagnostics) = parse_document(&source, None, &Config::default());
    (document.unwrap(), diagnostics)
}

const PAGE: &str = r#"<!DOCTYPE html><html lang="en-GB"><head><title>Harbour wall gives way | Harbour Gazette</title>
    <link rel="canonical" href="https://example.org/wall"><meta property="og:site_name" content="Harbour Gazette">
    <meta property="og:title" content="Harbour wall gives way">
    <meta property="article:published_time" content="2021-06-22T05:13:00+10:00"><meta name="author" content="By Jane Doe">
    </head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Harbour wall gives way</h1>
    <p>The wall of the old harbour fell on <em>Monday</em>, in the
    early morning, when nobody was about, the mayor of the town said in a statement &amp; on the radio.</p>
    <script>alert(1)</script><h2>What now?</h2>
    <p onclick="x()">The council meets on Thursday, and it will have to say what becomes of the harbour, of the boats
    that lie in it, and of the people who live by it, among them many who have fished there all their lives.</p>
    <p>“We had been warned,” said the harbour master, who has kept the wall for thirty years, “again and again.”</p>
    </article><footer>© 2021 Harbour Gazette. All rights reserved.</footer></body></html>"#;

#[test]
fn the_article_and_what_the_page_says_about_it() {
    let (document, diagnostics) = read(PAGE);
    assert!(
        diagnostics.iter().all(|told| told.severity == crate::diagnostic::Severity::Note),
        "{diagnostics:?}"
    );
    assert_eq!(document.title, "Harbour wall gives way");
    assert_eq!(document.meta.published.unwrap().to_string(), "2021-06-22");
    assert_eq!(document.meta.authors, ["Jane Doe"]);
    assert_eq!(document.meta.source.as_deref(), Some("Harbour Gazette"));
    assert_eq!(document.meta.url.as_deref(), Some("https://example.org/wall"));
    assert_eq!(document.meta.language.as_deref(), Some("en-GB"));
    let ids: Vec<&str> = document.blocks.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["p1", "what-now", "p2", "p3"]);
    assert!(document.text.starts_with("The wall of the old harbour fell on Monday, in the early morning,"));
    assert!(document.text.contains("statement & on the radio") && !document.text.contains("alert"));
}

#[test]
fn what_stands_around_the_article_is_told() {
    let teaser = "<aside><p>Ten killed in ferry accident</p></aside><footer>";
    let (document, diagnostics) = read(&PAGE.replace("<footer>", teaser));
    assert!(!document.text.contains("ferry"));
    let [note] = &diagnostics[..] else { panic!("{diagnostics:?}") };
    for words in
        ["`Home News`", "`Ten killed in ferry accident`", "`© 2021 Harbour Gazette. All rights reserved.`"]
    {
        assert!(note.message.contains(words), "{}", note.message);
    }
    assert!(!note.message.contains("harbour fell") && !note.message.contains("What now"), "{}", note.message);
}

#[test]
fn a_page_without_an_article_is_a_fault() {
    let (document, diagnostics) = read("<html><body></body></html>");
    assert_eq!(document.title, "A page");
    assert!(diagnostics[0].message.contains("no article"), "{diagnostics:?}");
}

#[test]
fn a_page_that_nests_without_end_is_a_fault_and_no_crash() {
    let (_, diagnostics) = read(&"<div>".repeat(100_000));
    assert!(diagnostics[0].message.contains("nests more than"), "{diagnostics:?}");
    assert!(!nests_too_deep(&"<p>Words<br><li><svg><path d=''/></svg>".repeat(10_000)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_page_is_read(html in "(<(p|div|h2|article|script|ul|li|b|!--|table|td)>|</(p|div|ul|b)>|[a-z é&;<>\"]{0,30}){0,40}") {
        let (document, _) = read(&html);
        for block in &document.blocks {
            prop_assert!(document.text.get(block.span.range()).is_some_and(|words| !words.is_empty()));
        }
    }
}
