//! The body of an article or page: its blocks as HTML, with facts marked in them and noted beside them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::link::escape_into;
use super::marks::{Mark, Read, marks, write_marked};
use super::{ArticleSummary, AttackSummary, DateView, Linker, Scope, TollView, wording};
use crate::document::{Block, BlockKind, Document, Piece};
use crate::dossier::{ArticleIndex, Checked};
use crate::facts::{Field, QuoteKind};

/// A top-level element of the body.
#[derive(Clone, Debug, Serialize)]
pub struct BlockView<'a> {
    /// `p7`, or the slug of a heading: what links to it use.
    pub id: &'a str,
    /// `paragraph`, `heading` or `other`.
    pub kind: &'static str,
    /// The whole element; the source's words in it are escaped.
    pub html: String,
    /// What was read here: for the margin.
    pub notes: Vec<Note<'a>>,
}

/// What was read in one block: an attack's values, or who speaks.
#[derive(Clone, Debug, Serialize)]
pub struct Note<'a> {
    /// `attack` or `speaker`.
    pub kind: &'static str,
    /// The attack's id or the expert's slug; `null` for a speaker without a page.
    pub id: Option<&'a str>,
    /// The attack's title, the speaker's name, or the article's words for an unnamed speaker.
    pub title: &'a str,
    /// Its page, relative to the page; `null` for a speaker without one.
    pub href: Option<String>,
    /// Whether it is the article's first note on this attack or speaker.
    pub first: bool,
    /// What the words here say of the attack: "date", "place", "killed" …
    pub reads: Vec<&'a str>,
    /// The attack's date.
    pub date: Option<DateView>,
    /// The article's words for the attack's date, where it is not resolved.
    pub date_words: Option<&'a str>,
    /// Killed in the attack.
    pub killed: Option<TollView>,
    /// The speaker's title and affiliation, in the article's words.
    pub description: Option<String>,
    /// How many quotations of the speaker stand in the block.
    pub quotes: usize,
    /// `extracted`, `confirmed`, `corrected`; of a speaker without a page `extracted`.
    pub checked: &'static str,
    /// "machine-read", "confirmed", "corrected".
    pub badge: &'a str,
    /// The sentence behind the badge.
    pub badge_text: String,
}

/// The body of an article.
pub(super) fn article_blocks<'a>(
    scope: &Scope<'a>,
    index: ArticleIndex,
    linker: &Linker,
) -> Vec<BlockView<'a>> {
    let document: &'a Document = &scope.articles[index as usize].document;
    let marks = marks(scope, index);
    let mut rest = marks.as_slice();
    let blocks = document.blocks.iter().enumerate().map(|(at, block)| {
        let count = rest.partition_point(|mark| mark.block as usize <= at);
        let (here, after) = rest.split_at(count);
        rest = after;
        let html = block_html(document, block, here, scope, linker);
        BlockView {
            id: &block.id,
            kind: kind(block),
            html,
            notes: notes(scope, index, at as u32, here, linker),
        }
    });
    let mut blocks: Vec<BlockView<'a>> = blocks.collect();
    let mut known = BTreeSet::new();
    for note in blocks.iter_mut().flat_map(|block| &mut block.notes) {
        note.first = known.insert((note.kind, note.title));
    }
    blocks
}

/// The body of an ordinary page.
pub(super) fn page_blocks<'a>(
    scope: &Scope<'_>,
    document: &'a Document,
    linker: &Linker,
) -> Vec<BlockView<'a>> {
    let view = |block: &'a Block| {
        let html = block_html(document, block, &[], scope, linker);
        BlockView { id: &block.id, kind: kind(block), html, notes: Vec::new() }
    };
    document.blocks.iter().map(view).collect()
}

fn kind(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading(_) => "heading",
        BlockKind::Other => "other",
    }
}

fn block_html(
    document: &Document,
    block: &Block,
    marks: &[Mark],
    scope: &Scope<'_>,
    linker: &Linker,
) -> String {
    let text = &*document.text;
    let mut html = String::with_capacity(block.span.len() + 64 + marks.len() * 96);
    if block.pieces.is_empty() {
        let level = match block.kind {
            BlockKind::Heading(level) => Some(level.clamp(2, 6)),
            BlockKind::Paragraph | BlockKind::Other => None,
        };
        let tag = level.map_or("p".to_owned(), |level| format!("h{level}"));
        html.push('<');
        html.push_str(&tag);
        html.push_str(" id=\"");
        escape_into(&mut html, &block.id);
        html.push_str("\">");
        write_marked(&mut html, text, block.span, marks, scope, linker);
        html.push_str("</");
        html.push_str(&tag);
        html.push('>');
        return html;
    }
    let mut links_open = 0_usize;
    for piece in &block.pieces {
        match piece {
            Piece::Html(markup) => {
                links_open = links_after(links_open, markup);
                write_markup(&mut html, markup, scope, linker);
            }
            Piece::Text(span) if links_open > 0 => escape_into(&mut html, span.of(text)),
            Piece::Text(span) => write_marked(&mut html, text, *span, marks, scope, linker),
        }
    }
    html
}

/// How many `<a>` are open after `markup`, when `open` were open before.
fn links_after(open: usize, markup: &str) -> usize {
    let starts = markup.matches("<a ").count() + markup.matches("<a>").count();
    (open + starts).saturating_sub(markup.matches("</a>").count())
}

/// Appends markup of ours; site paths in its links become relative to the page.
pub(super) fn write_markup(html: &mut String, markup: &str, scope: &Scope<'_>, linker: &Linker) {
    let mut rest = markup;
    while let Some(at) = rest.find("=\"/").into_iter().chain(rest.find("=\"@/")).min() {
        let (before, from) = rest.split_at(at + 2);
        html.push_str(before);
        let end = from.find('"').unwrap_or(from.len());
        let address = &from[..end];
        if !before.ends_with("href=\"") && !before.ends_with("src=\"") {
            html.push_str(address);
        } else if let Some(file) = address.strip_prefix("@/") {
            let (file, anchor) = file.split_at(file.find('#').unwrap_or(file.len()));
            // A file without a page was told of when the site was put together.
            let path = scope.page_of_file(file).unwrap_or_else(|| format!("/{file}"));
            html.push_str(&linker.href(&format!("{path}{anchor}")));
        } else {
            html.push_str(&linker.href(address));
        }
        rest = &from[end..];
    }
    html.push_str(rest);
}

/// What was read in one block, attacks first, each once, in the order of its words.
fn notes<'a>(
    scope: &Scope<'a>,
    index: ArticleIndex,
    block: u32,
    marks: &[Mark],
    linker: &Linker,
) -> Vec<Note<'a>> {
    let mut attacks: Vec<(u32, Vec<&'a str>)> = Vec::new();
    for mark in marks {
        let Read::Attack(attack, field) = mark.read else { continue };
        let at = attacks.iter().position(|(known, _)| *known == attack).unwrap_or_else(|| {
            attacks.push((attack, Vec::new()));
            attacks.len() - 1
        });
        let label = wording::field(field, scope.words()).2;
        let says_something = !matches!(field, Field::Mention | Field::Name | Field::Type);
        if says_something && !attacks[at].1.contains(&label) {
            attacks[at].1.push(label);
        }
    }
    let mut notes: Vec<Note<'a>> =
        attacks.into_iter().map(|(attack, reads)| attack_note(scope, attack, reads, linker)).collect();
    notes.extend(speaker_notes(scope, index, block, linker));
    notes
}

fn attack_note<'a>(scope: &Scope<'a>, attack: u32, reads: Vec<&'a str>, linker: &Linker) -> Note<'a> {
    let summary = AttackSummary::new(scope, attack, linker);
    Note {
        kind: "attack",
        id: Some(summary.id),
        title: summary.title,
        href: Some(summary.href),
        first: false,
        reads,
        date: summary.date,
        date_words: summary.date_words,
        killed: summary.killed,
        description: None,
        quotes: 0,
        checked: summary.checked,
        badge: summary.badge,
        badge_text: summary.badge_text,
    }
}

/// The speakers of the quotations that stand in a block, each once.
fn speaker_notes<'a>(scope: &Scope<'a>, index: ArticleIndex, block: u32, linker: &Linker) -> Vec<Note<'a>> {
    let facts = &scope.articles[index as usize].facts;
    let first = facts.quotes.partition_point(|quote| quote.block < block);
    let here = facts.quotes[first..].iter().take_while(|quote| quote.block == block);
    let mut notes: Vec<(u32, Note<'a>)> = Vec::new();
    for quote in here.filter(|quote| quote.kind == QuoteKind::Direct) {
        let Some(speaker) = quote.speaker else { continue };
        if let Some((_, note)) = notes.iter_mut().find(|(known, _)| *known == speaker) {
            note.quotes += 1;
            continue;
        }
        let Some(person) = facts.people.get(speaker as usize) else { continue };
        let value = |reading: &'a Option<crate::facts::Reading<String>>| {
            reading.as_ref().map(|reading| reading.value.as_str())
        };
        let Some(words) = person.name.as_deref().or(value(&person.description)) else { continue };
        let page = super::marks::speaker(scope, index, Some(speaker));
        if page.is_none() && scope.only_checked() {
            continue;
        }
        let linked = page.map(|page| &scope.dossier.people[page as usize]);
        let parts: Vec<&str> =
            [value(&person.title), value(&person.affiliation)].into_iter().flatten().collect();
        let state = linked.map_or(Checked::Extracted, |person| person.checked);
        let (checked, badge) = wording::checked(state, scope.words());
        let badge_text = match linked {
            Some(person) => {
                let articles = super::expert_summary::articles_naming(person);
                wording::badge_text(state, articles, &person.changed, scope.words())
            }
            None => wording::badge_text(state, 1, &[], scope.words()),
        };
        notes.push((
            speaker,
            Note {
                kind: "speaker",
                id: linked.map(|person| person.slug.as_str()),
                title: linked.map_or(words, |person| &person.name),
                href: linked.map(|person| linker.href(&super::summary::expert_path(&person.slug))),
                first: false,
                reads: Vec::new(),
                date: None,
                date_words: None,
                killed: None,
                description: (person.name.is_some() && !parts.is_empty()).then(|| parts.join(", ")),
                quotes: 1,
                checked,
                badge,
                badge_text,
            },
        ));
    }
    notes.into_iter().map(|(_, note)| note).collect()
}

/// The block of `document` that holds byte `offset` of its text, if one does.
pub(super) fn block_at(document: &Document, offset: u32) -> Option<&Block> {
    let at = document.blocks.partition_point(|block| block.span.end <= offset);
    document.blocks.get(at).filter(|block| block.span.start <= offset)
}

/// The way to a paragraph: the article's page and the paragraph's id.
pub(super) fn paragraph_href(summary: &ArticleSummary<'_>, block: Option<&Block>) -> String {
    block.map_or_else(|| summary.href.clone(), |block| format!("{}#{}", summary.href, block.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_paths_in_markup_become_relative() {
        let sample = crate::view::sample::sample();
        let scope = sample.scope();
        let linker = Linker::new("/a/b/", crate::view::IndexLinks::Folder);
        let written = |markup: &str| {
            let mut html = String::new();
            write_markup(&mut html, markup, &scope, &linker);
            html
        };
        let markup = r#"<a title="/x" href="/c/#d"><img src="/e.png" alt="/"></a>"#;
        assert_eq!(written(markup), r#"<a title="/x" href="../../c/#d"><img src="../../e.png" alt="/"></a>"#);
        let file = scope.pages[0].document.path.strip_prefix("content/").unwrap();
        let page = format!("<a href=\"../../{}#p1\">", scope.pages[0].path);
        assert_eq!(written(&format!("<a href=\"@/{file}#p1\">")), page, "a file's page is found");
    }

    #[test]
    fn links_are_counted_over_pieces() {
        assert_eq!(links_after(0, r#"<p><a href="x">"#), 1);
        assert_eq!(links_after(1, "</a><article>"), 0);
    }
}
