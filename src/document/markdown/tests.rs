//! Markdown as people write it, and the HTML and reading text it gives.

use proptest::prelude::*;

use super::*;
use crate::document::parse as parse_document;
use crate::source::SourceKind;

fn read(text: &str, kind: SourceKind) -> (Document, Vec<Diagnostic>) {
    let source = Source { path: "content/articles/a.md".into(), kind, text: text.into(), hash: [0; 32] };
    let (document, diagnostics) = parse_document(&source, None, &Config::default());
    (document.unwrap(), diagnostics)
}

fn article(text: &str) -> Document {
    read(text, SourceKind::Article(Format::Markdown)).0
}

fn html_of(document: &Document) -> String {
    let mut html = String::new();
    document.blocks.iter().for_each(|block| markup::block_html(block, &document.text, &mut html));
    html
}

#[test]
fn plain_paragraphs_need_no_pieces() {
    let document =
        article("# Harbour wall gives way\n\nIt fell on\nMonday.\n\n## What now?\n\nNobody *knows*.\n");
    assert_eq!(document.title, "Harbour wall gives way");
    assert_eq!(document.title_span.unwrap().of(&document.text), "Harbour wall gives way");
    assert!(document.blocks[0].pieces.is_empty() && document.blocks[1].pieces.is_empty());
    assert_eq!(
        html_of(&document),
        "<p id=\"p1\">It fell on\nMonday.</p>\n<h2 id=\"what-now\">What now?</h2>\n<p id=\"p2\">Nobody <em>knows</em>.</p>\n"
    );
    assert_eq!(document.blocks[2].span.of(&document.text), "Nobody knows.");
}

#[test]
fn words_lead_back_to_the_file() {
    let text = "+++\ntitle = \"A\"\n+++\nIt &amp; *they* fell.\n";
    let document = article(text);
    let Origin::Copied(runs) = &document.origin else { panic!("Markdown is copied") };
    for run in runs {
        let (from, at) = (run.text as usize..(run.text + run.length) as usize, run.source as usize);
        assert_eq!(document.text[from], text[at..at + run.length as usize]);
    }
    assert_eq!(document.text.as_ref(), "It & they fell.");
    assert_eq!(document.title, "A");
}

#[test]
fn html_and_template_syntax_in_an_article_are_words() {
    let document =
        article("Words <b onclick=x>bold</b> {{ secret }} {% include %}\n\n<script>\nalert(1)\n</script>\n");
    let html = html_of(&document);
    assert!(html.contains("&lt;b onclick=x&gt;bold&lt;/b&gt; {{ secret }} {% include %}"), "{html}");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
}

#[test]
fn html_in_a_page_is_cleaned() {
    let (document, _) =
        read("# About\n\n<div class=\"x\">\n\n*We* <script>x()</script>\n\n</div>\n", SourceKind::Page);
    let html = html_of(&document);
    assert!(
        html.contains("<div class=\"x\">") && html.contains("<em>We</em>") && !html.contains("script"),
        "{html}"
    );
}

#[test]
fn only_pages_get_smart_punctuation() {
    let text = "\"Nobody\" -- so far...\n";
    assert!(html_of(&article(text)).contains("&quot;Nobody&quot; -- so far..."));
    assert!(html_of(&read(text, SourceKind::Page).0).contains("“Nobody” – so far…"));
}

#[test]
fn links_and_pictures() {
    let text = "[a](javascript:x) [b](https://example.org/?a&b) [c](other.md) ![](p.jpg) ![far](https://example.org/p.jpg) ![near](p.jpg \"t\")\n";
    let (document, diagnostics) = read(text, SourceKind::Article(Format::Markdown));
    let html = html_of(&document);
    assert!(
        !html.contains("javascript") && html.contains(">a <a href=\"https://example.org/?a&amp;b\">b</a>"),
        "{html}"
    );
    assert!(html.contains("<a href=\"@/articles/other.md\">c</a>"), "{html}");
    assert!(
        html.contains("<img src=\"/articles/p.jpg\" alt=\"near\" loading=\"lazy\" title=\"t\">"),
        "{html}"
    );
    assert!(html.contains("<a href=\"https://example.org/p.jpg\">far</a>"), "{html}");
    let messages: Vec<&str> = diagnostics.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(messages[1].contains("no description"), "{messages:?}");
}

#[test]
fn tables_lists_and_footnotes() {
    let text =
        "| A | B |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n- open\n\nText[^n] again[^n].\n\n[^n]: The note.\n";
    let document = article(text);
    let html = html_of(&document);
    assert!(html.contains("<td>1</td><td class=\"right\">2</td></tr></tbody></table></div>"), "{html}");
    assert!(html.contains("<li><input type=\"checkbox\" disabled=\"\" checked=\"\"> done</li>"), "{html}");
    assert_eq!(html.matches("id=\"fnref-1\"").count(), 1);
    assert!(html.contains("id=\"fn-1\"") && html.contains("The note."), "{html}");
    assert_eq!(document.blocks[0].span.of(&document.text), "A\n\nB\n\n1\n\n2");
    assert_eq!(document.blocks[2].span.of(&document.text), "Text again.");
}

#[test]
fn heading_ids_are_unique_and_no_paragraphs() {
    let document = article("## A\n\n## A\n\n## P1\n\n## Named {#My-id}\n\nWords.\n");
    let ids: Vec<&str> = document.blocks.iter().map(|block| &*block.id).collect();
    assert_eq!(ids, ["a", "a-2", "p1-section", "my-id", "p1"]);
}

#[test]
fn code_is_coloured_and_no_prose() {
    let document = article("Words.\n\n```rust\nfn main() {}\n```\n");
    assert!(document.has_code);
    assert!(html_of(&document).contains("<pre><code class=\"language-rust\"><span class=\"z-"));
    assert_eq!(document.text.trim_end(), "Words.");
    assert!(!article("```\nplain <b>\n```\n").has_code);
}

proptest! {
    #[test]
    fn any_markdown_is_read(text in "([#>*_`~\\[\\]()!|<a-z \\-0-9é“”&^:]{0,30}\n{1,2}){0,12}") {
        for kind in [SourceKind::Article(Format::Markdown), SourceKind::Page] {
            let (document, _) = read(&text, kind);
            prop_assert!(!document.title.is_empty());
            let mut last = 0;
            for block in &document.blocks {
                prop_assert!(document.text.get(block.span.range()).is_some());
                for piece in &block.pieces {
                    if let Piece::Text(span) = piece {
                        prop_assert!(document.text.get(span.range()).is_some());
                        last = last.max(span.end);
                    }
                }
            }
            prop_assert!(last as usize <= document.text.len());
        }
    }
}
