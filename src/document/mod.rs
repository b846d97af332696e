//! Stage 2, parse: [`Source`] to [`Document`]: front matter, headline, paragraphs, subheads,
//! and what was trimmed.
//!
//! In: one decoded file and its sidecar, if it has one. Out: a document and diagnostics. Invariant: no I/O; every
//! byte of the file is either in the document or in [`Document::trimmed`].

pub mod code;
mod dates;
pub(crate) mod front_matter;
pub mod language;
pub mod markdown;
pub mod markup;
mod plain_text;
mod saved_page;

use std::cell::Cell;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::edtf::Edtf;
use crate::fields::Fields;
use crate::slug;
pub use crate::source::Format;
use crate::source::{Source, SourceKind};
use crate::span::Span;
use language::Said;

/// What the author or editor says about a file: front matter, header lines or sidecar (the sidecar wins).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Headline.
    pub title: Option<String>,
    /// When the article was published; never guessed.
    pub published: Option<Edtf>,
    /// When it was last changed.
    pub updated: Option<Edtf>,
    /// Who published it ("Reuters"), or where its facts can be checked.
    pub source: Option<String>,
    /// Where the original is: `http` or `https` only.
    pub url: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// BCP 47. `None` for an article of which nobody says so, and which is not plainly in another than English.
    pub language: Option<String>,
    /// Whether `language` was told by the words of the article, and not by its author.
    pub language_told: bool,
    /// Replaces the last part of the URL.
    pub slug: Option<String>,
    /// One sentence for lists and for `<meta name="description">`.
    pub description: Option<String>,
    /// Left out unless `--drafts`.
    pub draft: bool,
    /// Order among ordinary pages in navigation; lower first.
    pub weight: i64,
    /// Name of another template.
    pub template: Option<String>,
    /// Old addresses that redirect here, as site paths (`/old/place/`).
    pub aliases: Vec<String>,
    /// Whether the editor corrects facts of the article here (`[[attack]]`, `[[quotation]]`, `[[person]]`,
    /// `[[correction]]`), which [`crate::records`] reads.
    pub decides: bool,
    /// `[extra]`: for the site's own templates, passed through.
    #[serde(with = "crate::fields::kept")]
    pub extra: toml::Table,
}

impl Meta {
    /// The language of an article's words, where it is another than `site`'s. What nobody says is English: as that it is
    /// read.
    pub fn language_beside(&self, site: &str) -> Option<&str> {
        Some(self.language.as_deref().unwrap_or("en")).filter(|own| !own.eq_ignore_ascii_case(site))
    }
}

/// One piece of a block of HTML: ours, or the source's words, which are escaped when they are printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Markup made by a parser of ours or cleaned by an HTML sanitizer; printed as it is.
    ///
    /// Addresses within the site stand in it as `href="/path"` and `src="/path"` from the site's root, and as
    /// `href="@/articles/a.md"` for the page of a file of `content/`; whoever prints it makes them relative.
    Html(String),
    /// Words of [`Document::text`]; escaped, and marked where a fact was read from them.
    Text(Span),
}

/// What a block is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum BlockKind {
    /// A paragraph of the article; facts are read from it.
    Paragraph,
    /// A subhead of the article, level 2 to 6; kept out of facts.
    Heading(u8),
    /// Anything else: a list, a table, code, a figure, a block quotation; facts are read from its words where it has any.
    Other,
}

/// A top-level element of the body, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The `id` attribute that evidence links use: `p1`, `p2` … for paragraphs in order (headings do not count),
    /// a slug for headings. Unique in the document. It already stands in `pieces`.
    pub id: String,
    /// All its words, in [`Document::text`].
    pub span: Span,
    /// The block's HTML, in pieces. Empty for a plain paragraph or heading: it is then the words of `span` in a
    /// `<p>` or `<h2>` … with the block's id (most blocks of a large site are, and so cost nothing).
    pub pieces: Vec<Piece>,
}

/// Part of a file that is not the article: the site's furniture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trimmed {
    /// Where, in the file's own text ([`Source::text`](crate::source::Source::text)).
    pub span: Span,
    /// First line, from 1.
    pub first_line: u32,
    /// Last line, from 1, inclusive.
    pub last_line: u32,
    /// Why: "related links and what follows them".
    pub reason: String,
}

/// How offsets of [`Document::text`] lead back to the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// The text is the file's own decoded text.
    Same,
    /// Runs of text and where each was copied from, in order of `text`.
    Copied(Vec<CopiedRun>),
}

impl Origin {
    /// The byte of the file that the byte of the text at `offset` was copied from; where it was not copied, the
    /// first one that was after it.
    pub fn start_in_source(&self, offset: u32) -> usize {
        let Origin::Copied(runs) = self else { return offset as usize };
        let after = runs.partition_point(|run| run.text <= offset);
        let inside = after.checked_sub(1).map(|run| runs[run]).filter(|run| offset < run.text + run.length);
        match (inside, runs.get(after), runs.last()) {
            (Some(run), _, _) => (run.source + (offset - run.text)) as usize,
            // Between two runs stands what no file has, a line break of ours: the next words begin there.
            (None, Some(next), _) => next.source as usize,
            (None, None, Some(last)) => (last.source + last.length) as usize,
            (None, None, None) => 0,
        }
    }

    /// One past the byte of the file that the byte of the text before `offset` was copied from.
    pub fn end_in_source(&self, offset: u32) -> usize {
        let Origin::Copied(runs) = self else { return offset as usize };
        let after = runs.partition_point(|run| run.text < offset);
        match after.checked_sub(1).map(|run| runs[run]) {
            Some(run) => (run.source + (offset - run.text).min(run.length)) as usize,
            None => 0,
        }
    }
}

/// A run of [`Document::text`] that was copied from the file.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedRun {
    /// First byte in [`Document::text`].
    pub text: u32,
    /// First byte in the file's text.
    pub source: u32,
    /// Bytes in [`Document::text`].
    pub length: u32,
}

/// One article or page, parsed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// The file it came from, relative to the site's root.
    pub path: Arc<str>,
    /// Which parser read it.
    pub format: Format,
    /// What the author or editor says about it.
    pub meta: Meta,
    /// The headline: from the meta data, else from the text, else from the file's name; never empty.
    pub title: String,
    /// Where the headline stands in `text`, when it was read there.
    pub title_span: Option<Span>,
    /// The standfirst, when there is one; not among the blocks.
    pub standfirst: Option<Span>,
    /// The words that facts are read from and that spans of facts point into.
    pub text: Arc<str>,
    /// The way back from `text` to the file.
    pub origin: Origin,
    /// The body.
    pub blocks: Vec<Block>,
    /// What was left out.
    pub trimmed: Vec<Trimmed>,
    /// Whether a fenced code block with a known language stands in it.
    pub has_code: bool,
}

/// Parses one article or page with what its sidecar says. `None` for files that are neither.
pub fn parse(
    source: &Source,
    sidecar: Option<&Source>,
    config: &Config,
) -> (Option<Document>, Vec<Diagnostic>) {
    let said_beside = Cell::new(false);
    let from_sidecar = |meta: &mut Meta, diagnostics: &mut Vec<Diagnostic>| {
        let Some(sidecar) = sidecar else { return };
        let before = meta.language.take();
        let all = Span::new(0, sidecar.text.len());
        let mut fields = Fields::from_toml(&sidecar.path, &sidecar.text, all);
        front_matter::read(&mut fields, meta);
        said_beside.set(meta.language.is_some());
        meta.language = meta.language.take().or(before);
        diagnostics.extend(fields.finish(front_matter::FOREIGN));
    };
    let (mut document, mut diagnostics) = match source.kind {
        SourceKind::Article(Format::PlainText) => plain_text::parse(source, from_sidecar),
        SourceKind::Article(Format::Markdown) => {
            with_front_matter(source, from_sidecar, markdown::Author::Article, config)
        }
        SourceKind::Article(Format::SavedPage) => saved_page::parse(source, from_sidecar),
        SourceKind::Page | SourceKind::Section => {
            with_front_matter(source, from_sidecar, markdown::Author::Editor, config)
        }
        _ => return (None, Vec::new()),
    };
    if matches!(source.kind, SourceKind::Article(_)) {
        let by_author = said_beside.get() || document.format != Format::SavedPage;
        language::settle(&mut document, if by_author { Said::ByAuthor } else { Said::ByPage });
    }
    diagnostics.sort();
    (Some(document), diagnostics)
}

fn with_front_matter(
    source: &Source,
    sidecar: impl FnOnce(&mut Meta, &mut Vec<Diagnostic>),
    author: markdown::Author,
    config: &Config,
) -> (Document, Vec<Diagnostic>) {
    let (mut meta, mut diagnostics) = (Meta::default(), Vec::new());
    let split = front_matter::split(&source.path, &source.text);
    if let Some(mut fields) = split.fields {
        front_matter::read(&mut fields, &mut meta);
        diagnostics.extend(fields.finish(front_matter::FOREIGN));
    }
    sidecar(&mut meta, &mut diagnostics);
    let (document, more) = markdown::parse(source, split.body, meta, author, config);
    diagnostics.extend(more);
    (document, diagnostics)
}

/// The longest title, in characters.
const LONGEST_TITLE: usize = 300;

/// The headline: what the author says, else what the text has, else the file's name, made readable.
fn title_from(given: Option<&str>, read: Option<&str>, path: &str) -> String {
    let title = given.map(one_line).filter(|title| !title.is_empty());
    let title = title.or_else(|| read.map(one_line).filter(|title| !title.is_empty()));
    title.unwrap_or_else(|| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = if stem == "_index" { path.rsplit('/').nth(1).unwrap_or(stem) } else { stem };
        let words = one_line(&stem.replace(['-', '_'], " "));
        let mut letters = words.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => "Untitled".to_owned(),
        }
    })
}

/// The words on one line, without control characters and without marks that turn the direction of what follows.
fn one_line(words: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut line = String::new();
    for word in words.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut visible = word.chars().filter(|c| !turns(*c)).peekable();
        if visible.peek().is_some() && !line.is_empty() {
            line.push(' ');
        }
        line.extend(visible);
    }
    if let Some((cut, _)) = line.char_indices().nth(LONGEST_TITLE) {
        line.truncate(cut);
        line.push('…');
    }
    line
}

/// Ids for headings with these words: slugs, each once, none of them `p` and a number, which paragraphs have.
fn block_ids<'a>(titles: impl Iterator<Item = &'a str>) -> std::vec::IntoIter<String> {
    let id = |title: &str| {
        let id = slug::slugify(title, "section");
        let taken = id
            .strip_prefix('p')
            .is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()));
        if taken { format!("{id}-section") } else { id }
    };
    slug::unique(titles.map(id)).into_iter()
}
