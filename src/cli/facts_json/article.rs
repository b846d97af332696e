//! `article` of the facts' JSON: what it is, its body, and what was left out of it.

use serde::Serialize;

use super::{CodePoints, Words};
use crate::document::{BlockKind, Document, Format, Trimmed};

/// The article itself.
#[derive(Serialize)]
pub(super) struct Article<'a> {
    /// `null` where neither the text nor the author gives one.
    title: Option<&'a str>,
    /// Where the headline was read, when it stands in the text.
    title_span: Option<CodePoints>,
    standfirst: Option<Standfirst<'a>>,
    published: Option<String>,
    authors: &'a [String],
    language: Option<&'a str>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    headings: Vec<Heading<'a>>,
    paragraphs: Vec<Paragraph<'a>>,
    trimmed: Vec<LeftOut<'a>>,
}

#[derive(Serialize)]
struct Standfirst<'a> {
    #[serde(flatten)]
    at: CodePoints,
    text: &'a str,
}

#[derive(Serialize)]
struct Heading<'a> {
    id: &'a str,
    level: u8,
    #[serde(flatten)]
    at: CodePoints,
    text: &'a str,
}

#[derive(Serialize)]
struct Paragraph<'a> {
    id: &'a str,
    #[serde(flatten)]
    at: CodePoints,
    text: &'a str,
}

/// Part of the input that is not the article. Lines are counted from 1; the last is inclusive.
#[derive(Serialize)]
struct LeftOut<'a> {
    #[serde(flatten)]
    at: CodePoints,
    first_line: u32,
    last_line: u32,
    reason: &'a str,
}

impl<'a> Article<'a> {
    pub(super) fn new(words: &Words<'a>) -> Self {
        let (document, meta) = (words.document, &words.document.meta);
        let mut headings = Vec::new();
        let mut paragraphs = Vec::new();
        for block in document.blocks.iter().filter(|block| !block.span.is_empty()) {
            let (id, at, text) = (block.id.as_str(), words.at(block.span), words.of(block.span));
            match block.kind {
                BlockKind::Heading(level) => headings.push(Heading { id, level, at, text }),
                BlockKind::Paragraph | BlockKind::Other => paragraphs.push(Paragraph { id, at, text }),
            }
        }
        Article {
            title: given_title(document),
            title_span: document.title_span.map(|span| words.at(span)),
            standfirst: document
                .standfirst
                .map(|span| Standfirst { at: words.at(span), text: words.of(span) }),
            published: meta.published.as_ref().map(ToString::to_string),
            authors: &meta.authors,
            language: Some(meta.language.as_deref().unwrap_or("en")),
            source: meta.source.as_deref(),
            url: meta.url.as_deref(),
            headings,
            paragraphs,
            trimmed: document.trimmed.iter().map(|trimmed| LeftOut::new(words, trimmed)).collect(),
        }
    }
}

impl<'a> LeftOut<'a> {
    fn new(words: &Words<'a>, trimmed: &'a Trimmed) -> Self {
        LeftOut {
            at: words.offsets.of_source(trimmed.span),
            first_line: trimmed.first_line,
            last_line: trimmed.last_line,
            reason: &trimmed.reason,
        }
    }
}

/// The headline, unless it was only made of the file's name.
fn given_title(document: &Document) -> Option<&str> {
    let of_raw_text = document.format == Format::PlainText;
    let given = document.title_span.is_some() || document.meta.title.is_some();
    (given || !of_raw_text).then_some(document.title.as_str())
}
