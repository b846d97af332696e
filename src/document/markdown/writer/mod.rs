//! The events of the Markdown parser to reading text, blocks and pieces.

mod inline;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

use super::{Author, File, RAW, Written};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind, CopiedRun, Piece, block_ids, code, one_line};
use crate::span::Span;

/// Collects what the events say.
pub(super) struct Writer<'a> {
    file: File<'a>,
    body: usize,
    given_title: Option<&'a str>,
    author: Author,
    highlight: bool,
    written: Written,
    /// The top-level block that is being written.
    block: Option<Open>,
    /// How many elements are open.
    depth: usize,
    /// Words of a picture's description, while in one.
    alt: Option<(String, String, Range<usize>)>,
    /// Code of a fence, while in one.
    code: Option<(String, String)>,
    /// Whether an open link was refused, so that its end is left out too.
    refused: Vec<bool>,
    /// Cells of the current table row so far, and how the columns stand.
    columns: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Numbers of footnotes by label, and whether they were referred to.
    footnotes: BTreeMap<String, (usize, bool)>,
    notes: Vec<Block>,
    paragraphs: usize,
}

/// A top-level block that is not finished.
struct Open {
    kind: BlockKind,
    start: usize,
    pieces: Vec<Piece>,
    /// Nothing but words: no piece is needed.
    plain: bool,
    raw: bool,
    /// A footnote's number.
    note: Option<usize>,
    /// An id that the author gave a heading.
    named: Option<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        file: File<'a>,
        body: usize,
        given_title: Option<&'a str>,
        author: Author,
        config: &Config,
    ) -> Self {
        Writer {
            file,
            body,
            given_title,
            author,
            highlight: config.markdown.highlight,
            written: Written {
                text: String::new(),
                title: None,
                runs: Vec::new(),
                blocks: Vec::new(),
                has_code: false,
                diagnostics: Vec::new(),
            },
            block: None,
            depth: 0,
            alt: None,
            code: None,
            refused: Vec::new(),
            columns: Vec::new(),
            cell: 0,
            in_head: false,
            footnotes: BTreeMap::new(),
            notes: Vec::new(),
            paragraphs: 0,
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                self.words(&words, range);
            }
            Event::Code(words) => {
                self.markup("<code>");
                let inner = range.start + self.source_at(&range).find(&*words).unwrap_or(0);
                self.words(&words, inner..inner + words.len());
                self.markup("</code>");
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, range),
            Event::FootnoteReference(label) => self.reference(&label),
            Event::SoftBreak => self.words("\n", range),
            Event::HardBreak => {
                self.markup("<br>");
                self.words("\n", range);
            }
            Event::Rule => {
                self.open(BlockKind::Other);
                self.markup("<hr>");
                self.close();
            }
            Event::TaskListMarker(done) => {
                let checked = if done { " checked=\"\"" } else { "" };
                self.markup(&format!("<input type=\"checkbox\" disabled=\"\"{checked}> "));
            }
        }
    }

    fn source_at(&self, range: &Range<usize>) -> &'a str {
        &self.file.text[self.body + range.start..self.body + range.end]
    }

    /// Begins a block, if none is open.
    fn open(&mut self, kind: BlockKind) {
        if self.block.is_some() {
            return;
        }
        if !self.written.text.is_empty() && !self.written.text.ends_with("\n\n") {
            self.written.text.push_str("\n\n");
        }
        let start = self.written.text.len();
        self.block =
            Some(Open { kind, start, pieces: Vec::new(), plain: true, raw: false, note: None, named: None });
    }

    fn markup(&mut self, html: &str) {
        if self.alt.is_some() || self.code.is_some() {
            return;
        }
        let Some(block) = &mut self.block else { return };
        block.plain = false;
        match block.pieces.last_mut() {
            Some(Piece::Html(before)) => before.push_str(html),
            _ => block.pieces.push(Piece::Html(html.to_owned())),
        }
    }

    fn words(&mut self, words: &str, range: Range<usize>) {
        if let Some((alt, ..)) = &mut self.alt {
            alt.push_str(words);
            return;
        }
        if let Some((_, code)) = &mut self.code {
            code.push_str(words);
            return;
        }
        self.open(BlockKind::Other);
        let start = self.written.text.len();
        self.written.text.push_str(words);
        let span = Span::new(start, start + words.len());
        let block = self.block.as_mut().expect("a block was opened right above");
        match block.pieces.last_mut() {
            Some(Piece::Text(before)) if before.end == span.start => *before = before.to(span),
            _ => block.pieces.push(Piece::Text(span)),
        }
        if self.file.text.get(self.body + range.start..self.body + range.end) == Some(words) {
            let run = CopiedRun {
                text: span.start,
                source: (self.body + range.start) as u32,
                length: span.len() as u32,
            };
            match self.written.runs.last_mut() {
                Some(last)
                    if last.text + last.length == run.text && last.source + last.length == run.source =>
                {
                    last.length += run.length;
                }
                _ => self.written.runs.push(run),
            }
        }
    }

    /// Parts the words of what came before from those that come, within a block.
    fn part(&mut self) {
        let start = self.block.as_ref().map_or(0, |block| block.start);
        let text = &mut self.written.text;
        if text.len() > start && !text.ends_with("\n\n") {
            text.push_str("\n\n");
        }
    }

    fn raw(&mut self, html: &str, range: Range<usize>) {
        match self.author {
            Author::Article => self.words(html, range),
            Author::Editor => {
                self.open(BlockKind::Other);
                self.markup(html);
                if let Some(block) = &mut self.block {
                    block.raw = true;
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let top = self.depth == 0;
        self.depth += 1;
        match tag {
            Tag::Paragraph if top => self.open(BlockKind::Paragraph),
            Tag::Heading { level, id, .. } if top => {
                self.open(BlockKind::Heading((level as u8).max(2)));
                if let Some(block) = &mut self.block {
                    block.named = id.map(|id| id.into_string());
                    // A headline of the first rank: its rank is kept until it is known whether it is the title.
                    if level as u8 == 1 {
                        block.kind = BlockKind::Heading(1);
                    }
                }
            }
            Tag::FootnoteDefinition(label) => {
                let number = self.number(&label);
                self.open(BlockKind::Other);
                if let Some(block) = &mut self.block {
                    block.note = Some(number);
                }
            }
            tag => {
                self.open(BlockKind::Other);
                self.start_inner(tag, range);
            }
        }
    }

    fn start_inner(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.part();
                self.markup("<p>");
            }
            Tag::Heading { level, .. } => {
                self.part();
                self.markup(&format!("<h{}>", (level as u8).max(2)));
            }
            Tag::BlockQuote(_) => self.markup("<blockquote>"),
            Tag::CodeBlock(kind) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => code::language(info),
                    CodeBlockKind::Indented => "",
                };
                self.code = Some((info.to_owned(), String::new()));
            }
            Tag::List(None) => self.markup("<ul>"),
            Tag::List(Some(1)) => self.markup("<ol>"),
            Tag::List(Some(first)) => self.markup(&format!("<ol start=\"{first}\">")),
            Tag::Item => {
                self.part();
                self.markup("<li>");
            }
            Tag::Table(columns) => {
                self.columns = columns;
                self.markup("<table>");
            }
            Tag::TableHead => {
                (self.in_head, self.cell) = (true, 0);
                self.markup("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.markup("<tr>");
            }
            Tag::TableCell => {
                self.part();
                let side = match self.columns.get(self.cell) {
                    Some(Alignment::Left) => " class=\"left\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                self.cell += 1;
                let cell = if self.in_head { "th scope=\"col\"" } else { "td" };
                self.markup(&format!("<{cell}{side}>"));
            }
            Tag::Emphasis => self.markup("<em>"),
            Tag::Strong => self.markup("<strong>"),
            Tag::Strikethrough => self.markup("<del>"),
            Tag::Superscript => self.markup("<sup>"),
            Tag::Subscript => self.markup("<sub>"),
            Tag::Link { dest_url, title, .. } => self.link(&dest_url, &title, range),
            Tag::Image { dest_url, title, .. } if self.alt.is_none() => {
                self.alt = Some((String::new(), format!("{dest_url}\n{}", one_line(&title)), range));
            }
            _ => {}
        }
    }

    fn warn(&mut self, message: String, range: Range<usize>) {
        // Each place costs a walk through the file.
        if self.written.diagnostics.len() < 40 {
            let span = Span::new(self.body + range.start, self.body + range.end);
            self.written
                .diagnostics
                .push(Diagnostic::warning(self.file.path, message).at(self.file.text, span));
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        let top = self.depth == 0;
        match tag {
            TagEnd::Paragraph if !top => self.markup("</p>"),
            TagEnd::Heading(level) if !top => self.markup(&format!("</h{}>", (level as u8).max(2))),
            TagEnd::BlockQuote(_) => self.markup("</blockquote>"),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(false) => self.markup("</ul>"),
            TagEnd::List(true) => self.markup("</ol>"),
            TagEnd::Item => self.markup("</li>"),
            TagEnd::Table => self.markup("</tbody></table>"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.markup("</tr></thead><tbody>");
            }
            TagEnd::TableRow => self.markup("</tr>"),
            TagEnd::TableCell => self.markup(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::Emphasis => self.markup("</em>"),
            TagEnd::Strong => self.markup("</strong>"),
            TagEnd::Strikethrough => self.markup("</del>"),
            TagEnd::Superscript => self.markup("</sup>"),
            TagEnd::Subscript => self.markup("</sub>"),
            TagEnd::Link if self.refused.pop() == Some(false) => self.markup("</a>"),
            TagEnd::Image => {
                if let Some((alt, address, range)) = self.alt.take() {
                    let (address, title) = address.rsplit_once('\n').unwrap_or((&address, ""));
                    self.image(&alt, address, title, range);
                }
            }
            _ => {}
        }
        if top {
            self.close();
        }
    }

    /// Finishes the open block.
    fn close(&mut self) {
        let Some(block) = self.block.take() else { return };
        let text = self.written.text.trim_end_matches(['\n', ' ']).len().max(block.start);
        let span = Span::new(block.start, text).trim(&self.written.text);
        if let Some(number) = block.note {
            let open = format!(
                "<div class=\"footnote\" id=\"fn-{number}\" role=\"note\"><span class=\"footnote-number\">{number}</span> "
            );
            let back = format!(" <a href=\"#fnref-{number}\" aria-label=\"Back to the text\">↩</a></div>");
            let pieces = wrapped(open, block.pieces, &back);
            self.notes.push(Block { kind: BlockKind::Other, id: format!("fn-{number}"), span, pieces });
            return;
        }
        if block.pieces.is_empty() {
            return;
        }
        if let BlockKind::Heading(level) = block.kind {
            self.close_heading(level, span, block);
            return;
        }
        self.paragraphs += 1;
        let id = if block.raw { RAW.to_owned() } else { format!("p{}", self.paragraphs) };
        let worded = !span.is_empty();
        let kind = if block.kind == BlockKind::Paragraph && worded {
            BlockKind::Paragraph
        } else {
            BlockKind::Other
        };
        let plain = block.plain && worded && block.kind == BlockKind::Paragraph;
        let pieces = match block.kind {
            _ if plain => Vec::new(),
            BlockKind::Paragraph => wrapped(format!("<p id=\"{id}\">"), block.pieces, "</p>"),
            _ if block.raw => block.pieces,
            _ => wrapped(format!("<div id=\"{id}\">"), block.pieces, "</div>"),
        };
        self.written.blocks.push(Block { kind, id, span, pieces });
    }

    /// The first headline of the first rank is the title, where the author gives none or the same.
    fn close_heading(&mut self, level: u8, span: Span, block: Open) {
        let first = self.written.blocks.is_empty() && self.written.title.is_none();
        let words = one_line(span.of(&self.written.text));
        if level == 1
            && first
            && !words.is_empty()
            && self.given_title.is_none_or(|given| one_line(given) == words)
        {
            self.written.title = Some(span);
            return;
        }
        let level = level.max(2);
        let kind = BlockKind::Heading(level);
        // Ids are given when all are known; until then a heading carries the one that its author gave it.
        let id = block.named.unwrap_or_default();
        let pieces = if block.plain { Vec::new() } else { block.pieces };
        self.written.blocks.push(Block { kind, id, span, pieces });
    }

    pub(super) fn finish(mut self) -> Written {
        self.close();
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_by_key(|note| note.id[3..].parse::<usize>().unwrap_or(usize::MAX));
        let written = &mut self.written;
        written.blocks.extend(notes);
        let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
        let titles = written.blocks.iter().filter(is_heading);
        let titles: Vec<&str> = titles
            .map(|block| if block.id.is_empty() { block.span.of(&written.text) } else { &block.id })
            .collect();
        let ids = block_ids(titles.into_iter());
        for (block, id) in
            written.blocks.iter_mut().filter(|block| matches!(block.kind, BlockKind::Heading(_))).zip(ids)
        {
            if let (BlockKind::Heading(level), false) = (block.kind, block.pieces.is_empty()) {
                let pieces = std::mem::take(&mut block.pieces);
                block.pieces = wrapped(format!("<h{level} id=\"{id}\">"), pieces, &format!("</h{level}>"));
            }
            block.id = id;
        }
        self.written
    }
}

fn wrapped(open: String, mut pieces: Vec<Piece>, close: &str) -> Vec<Piece> {
    match pieces.first_mut() {
        Some(Piece::Html(first)) => first.insert_str(0, &open),
        _ => pieces.insert(0, Piece::Html(open)),
    }
    match pieces.last_mut() {
        Some(Piece::Html(last)) => last.push_str(close),
        _ => pieces.push(Piece::Html(close.to_owned())),
    }
    pieces
}
