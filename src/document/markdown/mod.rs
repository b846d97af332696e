//! CommonMark, with tables, footnotes, task lists and struck-out text, to reading text and blocks of HTML.
//!
//! The reading text is what facts are read from; every piece of it can be marked in the HTML. Raw HTML is shown as
//! text in an article, and cleaned in an ordinary page. Template syntax is text like any other.

mod target;
mod writer;

use pulldown_cmark::{Options, Parser};

use super::{Block, BlockKind, Document, Meta, Origin, Piece, markup};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::{Format, Source};
use crate::span::Span;
use writer::Writer;

/// Whose words they are.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// An article's: nothing is changed, raw HTML is shown.
    Article,
    /// The editor's own page: smart punctuation by setting, raw HTML is cleaned.
    Editor,
}

/// Parses the Markdown of `source` from byte `body` on. `meta` is complete.
pub(super) fn parse(
    source: &Source,
    body: usize,
    meta: Meta,
    author: Author,
    config: &Config,
) -> (Document, Vec<Diagnostic>) {
    let file = File { path: &source.path, text: &source.text };
    let written = write(file, body, meta.title.as_deref(), author, config);
    let text: std::sync::Arc<str> = written.text.into();
    let document = Document {
        path: source.path.clone(),
        format: Format::Markdown,
        title: super::title_from(
            meta.title.as_deref(),
            written.title.map(|span| span.of(&text)),
            &source.path,
        ),
        title_span: written.title,
        standfirst: None,
        text,
        origin: Origin::Copied(written.runs),
        blocks: written.blocks,
        trimmed: Vec::new(),
        has_code: written.has_code,
        meta,
    };
    (document, written.diagnostics)
}

/// The HTML of `body`, the editor's own words in the file at `path`, whose whole text is `text`. Clean.
pub(crate) fn body_html(path: &str, text: &str, body: Span, config: &Config) -> (String, Vec<Diagnostic>) {
    let file = File { path, text: &text[..body.end as usize] };
    let written = write(file, body.start as usize, Some(""), Author::Editor, config);
    let mut html = String::new();
    for block in &written.blocks {
        markup::block_html(block, &written.text, &mut html);
    }
    (html.trim_end().to_owned(), written.diagnostics)
}

/// A file and its whole text.
#[derive(Copy, Clone)]
struct File<'a> {
    path: &'a str,
    text: &'a str,
}

/// What comes out of the writer.
struct Written {
    text: String,
    title: Option<Span>,
    runs: Vec<super::CopiedRun>,
    blocks: Vec<Block>,
    has_code: bool,
    diagnostics: Vec<Diagnostic>,
}

fn write(file: File<'_>, body: usize, title: Option<&str>, author: Author, config: &Config) -> Written {
    let mut writer = Writer::new(file, body, title, author, config);
    for (event, range) in Parser::new_ext(&file.text[body..], options(author, config)).into_offset_iter() {
        writer.event(event, range);
    }
    let mut written = writer.finish();
    if author == Author::Editor && writer_has_raw(&written) {
        clean(&mut written);
    }
    written
}

/// The options one by one: the bit of `ENABLE_OLD_FOOTNOTES` contains that of `ENABLE_FOOTNOTES`.
fn options(author: Author, config: &Config) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    if author == Author::Editor && config.markdown.smart_punctuation {
        options |= Options::ENABLE_SMART_PUNCTUATION;
    }
    options
}

/// Marks a block with HTML of the editor's own until it is cleaned.
const RAW: &str = "raw";

fn writer_has_raw(written: &Written) -> bool {
    written.blocks.iter().any(|block| block.id == RAW)
}

/// HTML of the editor's may begin in one block and end in another: the whole body is cleaned as one.
fn clean(written: &mut Written) {
    let mut html = String::new();
    for block in &written.blocks {
        markup::block_html(block, &written.text, &mut html);
    }
    let span = Span::new(0, written.text.len());
    let pieces = vec![Piece::Html(markup::sanitize(&html))];
    written.blocks = vec![Block { kind: BlockKind::Other, id: "body".to_owned(), span, pieces }];
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
