//! A raw text, as somebody collected it, to a document: headline, standfirst, paragraphs, subheads, and what the
//! site put around them.
//!
//! Every word of the file is in the headline, the standfirst, a block or [`Document::trimmed`].

pub(super) mod byline;
pub(super) mod furniture;
mod head;
mod lines;

use super::front_matter::{self, FOREIGN};
use super::{Block, BlockKind, Document, Meta, Origin, Trimmed, block_ids, title_from};
use crate::diagnostic::Diagnostic;
use crate::fields::Fields;
use crate::source::{Format, Source};
use furniture::Look;
use lines::{Chunk, ends_sentence, is_listed};

/// The longest subhead, in characters.
const LONGEST_SUBHEAD: usize = 90;
/// A byline may stand so many paragraphs below the headline.
const BYLINE_REACH: usize = 4;
/// So many notes on what was left out are given a file; a file with more has one line about the rest.
const MOST_NOTES: usize = 12;

/// Parses `source`. `meta` comes filled with nothing but defaults and gets what header lines and bylines say.
pub(super) fn parse(
    source: &Source,
    sidecar: impl FnOnce(&mut Meta, &mut Vec<Diagnostic>),
) -> (Document, Vec<Diagnostic>) {
    let text = &*source.text;
    let mut diagnostics = Vec::new();
    let lines = lines::lines(text);
    let (fields, count) = head::header_lines(text, &lines);
    let mut meta = Meta::default();
    let mut fields = Fields::of(&source.path, text, fields);
    front_matter::read(&mut fields, &mut meta);
    diagnostics.extend(fields.finish(FOREIGN));

    let layout = lines::layout(text, &lines[count..]);
    let head = head::read(text, &lines, count, layout, meta.title.as_deref());
    let chunks = lines::chunks(text, &lines[head.body..], layout);
    let looks = furniture::looks(text, &chunks);
    let end = furniture::tail(&looks).unwrap_or(chunks.len());
    let scraps = furniture::scraps(&looks[..end]);

    if meta.authors.is_empty() {
        meta.authors = head.byline.authors;
    }
    let low = low_bylines(text, &chunks[..end], &mut meta.authors);
    meta.published = meta.published.or(head.byline.published);
    meta.updated = meta.updated.or(head.byline.updated);
    sidecar(&mut meta, &mut diagnostics);

    let mut out: Vec<(Chunk, &'static str)> = Vec::new();
    if count > 0 {
        out.push((whole(&lines[0], &lines[count - 1]), "header lines"));
    }
    out.extend(head.trimmed);
    let mut body: Vec<Chunk> = Vec::with_capacity(end);
    for (at, chunk) in chunks[..end].iter().enumerate() {
        if low.contains(&at) {
            out.push((*chunk, "byline"));
            continue;
        }
        match (scraps[at], looks[at]) {
            (true, Look::Caption) => out.push((*chunk, "caption")),
            (true, _) => out.push((*chunk, "site furniture")),
            (false, _) => body.push(*chunk),
        }
    }
    if let (Some(first), Some(last)) = (chunks.get(end), chunks.last()) {
        let span = first.span.to(last.span);
        out.push((
            Chunk { span, last_line: last.last_line, ..*first },
            "related links and what follows them",
        ));
    }
    let trimmed = merge(out);
    diagnostics.extend(notes(source, &trimmed));

    let document = Document {
        path: source.path.clone(),
        format: Format::PlainText,
        title: title_from(meta.title.as_deref(), head.title.map(|span| span.of(text)), &source.path),
        title_span: head.title,
        standfirst: head.standfirst,
        text: source.text.clone(),
        origin: Origin::Same,
        blocks: blocks(text, &body),
        trimmed,
        has_code: false,
        meta,
    };
    (document, diagnostics)
}

/// Which of the first chunks are bylines that something else kept from the headline, as a caption does.
fn low_bylines(text: &str, chunks: &[Chunk], authors: &mut Vec<String>) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, chunk) in chunks.iter().enumerate().take(BYLINE_REACH) {
        if let Some(byline) = byline::read(chunk.span.of(text)) {
            if authors.is_empty() {
                *authors = byline.authors;
            }
            found.push(at);
        }
    }
    found
}

fn whole(first: &lines::Line, last: &lines::Line) -> Chunk {
    Chunk { span: first.span.to(last.span), first_line: first.number, last_line: last.number, gap: first.gap }
}

/// Neighbours that are left out for one reason become one.
fn merge(mut out: Vec<(Chunk, &'static str)>) -> Vec<Trimmed> {
    out.sort_by_key(|(chunk, _)| chunk.span);
    let mut result: Vec<Trimmed> = Vec::new();
    for (chunk, reason) in out {
        match result.last_mut() {
            Some(last) if last.reason == reason && chunk.first_line - last.last_line <= chunk.gap + 1 => {
                last.span = last.span.to(chunk.span);
                last.last_line = chunk.last_line;
            }
            _ => result.push(Trimmed {
                span: chunk.span,
                first_line: chunk.first_line,
                last_line: chunk.last_line,
                reason: reason.to_owned(),
            }),
        }
    }
    result
}

/// Says what was left out; header lines and bylines were used, not left out.
fn notes(source: &Source, trimmed: &[Trimmed]) -> Vec<Diagnostic> {
    let left: Vec<&Trimmed> =
        trimmed.iter().filter(|part| part.reason != "byline" && part.reason != "header lines").collect();
    let mut notes: Vec<Diagnostic> = Vec::new();
    for part in left.iter().take(MOST_NOTES) {
        let range = if part.first_line == part.last_line {
            format!("line {} is", part.first_line)
        } else {
            format!("lines {} to {} are", part.first_line, part.last_line)
        };
        let message = format!("{range} not part of the article and left out: {}", part.reason);
        notes.push(Diagnostic::note(&*source.path, message).at(&source.text, part.span));
    }
    if left.len() > MOST_NOTES {
        let more = left.len() - MOST_NOTES;
        notes.push(Diagnostic::note(
            &*source.path,
            format!("{more} more parts are not part of the article and left out"),
        ));
    }
    notes
}

fn blocks(text: &str, body: &[Chunk]) -> Vec<Block> {
    let mut candidate: Vec<bool> = body.iter().map(|chunk| may_be_subhead(text, chunk)).collect();
    if let (Some(last), Some(chunk)) = (candidate.last_mut(), body.last()) {
        // A question may head a section, but not one without a word in it.
        *last &= !ends_sentence(chunk.span.of(text));
    }
    // Of an interview or a transcript, whose turns have labels, the questions head no sections.
    if body.iter().filter(|chunk| is_turn(chunk.span.of(text))).count() >= LEAST_TURNS {
        for (candidate, chunk) in candidate.iter_mut().zip(body) {
            let words = chunk.span.of(text);
            *candidate &= !is_turn(words) && !words.trim_end().ends_with('?');
        }
    }
    let mut run = 0;
    let mut kinds: Vec<BlockKind> = vec![BlockKind::Paragraph; body.len()];
    for at in 0..=body.len() {
        if at < body.len() && candidate[at] {
            run += 1;
            continue;
        }
        // One or two short lines before a paragraph are subheads; more of them, or some at the end, are a list.
        if at < body.len() && (1..=2).contains(&run) {
            kinds[at - run..at].fill(BlockKind::Heading(2));
        }
        if at < body.len() && run == 2 {
            kinds[at - 1] = BlockKind::Heading(3);
        }
        run = 0;
    }
    let titles = || body.iter().zip(&kinds).filter(|(_, kind)| **kind != BlockKind::Paragraph);
    let mut ids = block_ids(titles().map(|(chunk, _)| chunk.span.of(text)));
    let mut paragraphs = 0;
    let block = |(chunk, kind): (&Chunk, &BlockKind)| {
        let id = match kind {
            BlockKind::Heading(_) => ids.next().expect("there is an id for each heading"),
            _ => {
                paragraphs += 1;
                format!("p{paragraphs}")
            }
        };
        Block { kind: *kind, id, span: chunk.span, pieces: Vec::new() }
    };
    body.iter().zip(&kinds).map(block).collect()
}

/// How many labels of speakers make a transcript.
const LEAST_TURNS: usize = 2;

/// The longest label of a speaker, in bytes.
const LONGEST_LABEL: usize = 32;

/// "Q: Was anybody hurt?", "HOST: Thank you.": a label in capitals says who speaks.
fn is_turn(words: &str) -> bool {
    let head = words.split_once(':').map(|(label, _)| label.trim());
    head.is_some_and(|label| {
        label.len() <= LONGEST_LABEL
            && label.starts_with(char::is_alphabetic)
            && label.chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase)
    })
}

/// A short line without a full stop that does not go on and is not said by anybody.
fn may_be_subhead(text: &str, chunk: &Chunk) -> bool {
    let words = chunk.span.of(text);
    let long = words.len() > 4 * LONGEST_SUBHEAD || words.chars().count() > LONGEST_SUBHEAD;
    if long || chunk.last_line > chunk.first_line + 1 {
        return false;
    }
    let said =
        [",”", ",\"", "”,", "\",", ",’", ".”", ".\"", "?”", "?\""].iter().any(|mark| words.contains(mark));
    let stop = ends_sentence(words) && !words.ends_with(['?', '!']);
    words.split_whitespace().count() <= 14
        && !stop
        && !said
        && !words.ends_with([':', ',', ';', '—', '–', '-'])
        && !words.starts_with(|c: char| c.is_lowercase() || c == '[')
        && !is_listed(words)
        && words.contains(char::is_alphanumeric)
}

/// The span of a document's whole text that no part of it covers, for tests: it holds no visible character.
#[cfg(test)]
fn uncovered(document: &Document) -> String {
    let mut covered: Vec<crate::span::Span> = document.blocks.iter().map(|block| block.span).collect();
    covered.extend(document.trimmed.iter().map(|part| part.span));
    covered.extend(document.title_span.into_iter().chain(document.standfirst));
    covered.sort();
    let (mut left, mut at) = (String::new(), 0);
    for span in covered {
        left.push_str(&document.text[at.min(span.start as usize)..span.start as usize]);
        at = at.max(span.end as usize);
    }
    left.push_str(&document.text[at..]);
    left.retain(|c| !lines::is_invisible(c));
    left
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
