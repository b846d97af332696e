//! The lines of a raw text, and which of them belong together.

use crate::span::Span;

/// A line that holds words.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words, without the white space around them.
    pub(super) span: Span,
    /// Its number, from 1.
    pub(super) number: u32,
    /// Blank columns before it; a tab counts four.
    pub(super) indent: u32,
    /// Blank lines before it.
    pub(super) gap: u32,
}

/// Lines that make one headline, subhead or paragraph.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// From the first word to the last.
    pub(super) span: Span,
    /// Number of the first line, from 1.
    pub(super) first_line: u32,
    /// Number of the last line, from 1.
    pub(super) last_line: u32,
    /// Blank lines before it.
    pub(super) gap: u32,
}

/// How a text is broken into lines.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Every line is a paragraph of its own.
    LineEach,
    /// Lines are filled up to so many bytes.
    Wrapped(u32),
    /// As `Wrapped`, and hardly any blank lines: a paragraph ends where a line does before it is full.
    Solid(u32),
    /// Only blank lines part paragraphs.
    Joined,
}

/// What is not seen: white space, control characters, marks of no width.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The separator of paragraphs.
const PARAGRAPH: char = '\u{2029}';

/// The lines that hold words, in order. Lines end in `\n`, `\r\n`, `\r` or the separators of Unicode; its
/// separator of paragraphs counts as a blank line, too.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut result: Vec<Line> = Vec::new();
    let (mut start, mut number, mut gap) = (0, 1, 0);
    // Each is looked for again only behind the one that was found.
    let mut ends =
        ['\n', '\r', '\u{2028}', PARAGRAPH].map(|sign| (sign, text.find(sign).unwrap_or(text.len())));
    while start < text.len() {
        for (sign, end) in &mut ends {
            if *end < start {
                *end = text[start..].find(*sign).map_or(text.len(), |at| start + at);
            }
        }
        let end = ends.iter().map(|(_, end)| *end).min().unwrap_or(text.len());
        let line = &text[start..end];
        if line.chars().all(is_invisible) {
            gap += 1;
        } else {
            let span = Span::new(start, end).trim(text);
            let indent =
                line[..span.start as usize - start].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            result.push(Line { span, number, indent, gap });
            gap = 0;
        }
        let sign = text[end..].chars().next();
        start = end + if text[end..].starts_with("\r\n") { 2 } else { sign.map_or(1, char::len_utf8) };
        gap += u32::from(sign == Some(PARAGRAPH));
        number += 1;
    }
    result
}

/// Finds out how the lines are broken, from those that have no blank line between them.
pub(super) fn layout(text: &str, lines: &[Line]) -> Layout {
    let pairs = || lines.windows(2).filter(|pair| pair[1].gap == 0);
    let mut lengths: Vec<usize> = pairs().flat_map(|pair| [pair[0].span.len(), pair[1].span.len()]).collect();
    let count = pairs().count();
    if count == 0 {
        return Layout::Joined;
    }
    lengths.sort_unstable();
    let width = lengths[(lengths.len() * 95 / 100).min(lengths.len() - 1)];
    let full = pairs().filter(|pair| pair[0].span.len() + 1 + first_word(text, &pair[1]) > width).count();
    if full * 10 >= count * 6 && width <= 200 {
        let gaps = lines.iter().filter(|line| line.gap > 0).count();
        return if gaps * 8 < lines.len() {
            Layout::Solid(width as u32)
        } else {
            Layout::Wrapped(width as u32)
        };
    }
    let groups = lines.iter().skip(1).filter(|line| line.gap > 0).count() + 1;
    let stops = pairs().filter(|pair| ends_sentence(pair[0].span.of(text))).count();
    let long = lengths[lengths.len() / 2] > 120;
    let crowded = lines.len() >= 5 * groups && stops * 2 >= count;
    let lonely = groups == 1 && stops * 5 >= count * 3;
    if long || crowded || lonely { Layout::LineEach } else { Layout::Joined }
}

/// Puts the lines together that belong together.
pub(super) fn chunks(text: &str, lines: &[Line], layout: Layout) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut base = 0;
    for (at, line) in lines.iter().enumerate() {
        if at == 0 || line.gap > 0 {
            let group = lines[at..].iter().skip(1).take_while(|next| next.gap == 0);
            base = group.map(|next| next.indent).min().unwrap_or(0).min(line.indent);
        } else if !breaks(text, &lines[at - 1], line, layout, base) {
            let chunk = chunks.last_mut().expect("the line before this one began a chunk or joined one");
            chunk.span = chunk.span.to(line.span);
            chunk.last_line = line.number;
            continue;
        }
        chunks.push(Chunk {
            span: line.span,
            first_line: line.number,
            last_line: line.number,
            gap: line.gap,
        });
    }
    chunks
}

/// Whether a new paragraph begins at `next`, which follows `line` without a blank line between them.
fn breaks(text: &str, line: &Line, next: &Line, layout: Layout, base: u32) -> bool {
    let (words, after) = (line.span.of(text), next.span.of(text));
    if layout == Layout::LineEach || is_listed(after) {
        return true;
    }
    if next.indent >= base + 2 && (line.indent < next.indent || ends_sentence(words)) {
        return true;
    }
    match layout {
        Layout::Wrapped(width) | Layout::Solid(width) => {
            let filled = line.span.len() + 1 + first_word(text, next);
            let begins = !after.starts_with(char::is_lowercase);
            let short = filled * 4 < width as usize * 3;
            let last = layout == Layout::Solid(width) && filled <= width as usize && ends_sentence(words);
            begins && (short || last)
        }
        // A line this long was never broken by hand: it is a paragraph.
        _ => words.len() > 200 || after.len() > 200,
    }
}

fn first_word(text: &str, line: &Line) -> usize {
    line.span.of(text).split_whitespace().next().map_or(0, str::len)
}

/// Whether a line begins like an entry of a list.
pub(super) fn is_listed(words: &str) -> bool {
    let bullet = ["- ", "* ", "• ", "– ", "— ", "· ", "▪ "].iter().any(|mark| words.starts_with(mark));
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    bullet
        || ((1..=2).contains(&digits)
            && (words[digits..].starts_with(". ") || words[digits..].starts_with(") ")))
}

/// Whether the words end a sentence: a full stop, question or exclamation mark, with nothing after but closing marks.
pub(super) fn ends_sentence(words: &str) -> bool {
    let closing = |c: char| is_invisible(c) || "\"'”’»)]".contains(c);
    words.trim_end_matches(closing).ends_with(['.', '!', '?', '…', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        let lines = lines(text);
        let layout = layout(text, &lines);
        chunks(text, &lines, layout)
            .iter()
            .map(|chunk| chunk.span.of(text).replace(['\r', '\n'], "/"))
            .collect()
    }

    #[test]
    fn blank_lines_part_paragraphs_and_wrapped_lines_are_joined() {
        let text = "The council met on the first day of the month\r\nand spoke of the\r\nnew road.\r\n \r\n\r\nIt rained.\r\n";
        assert_eq!(
            paragraphs(text),
            ["The council met on the first day of the month//and spoke of the//new road.", "It rained."]
        );
    }

    #[test]
    fn without_blank_lines_every_line_is_a_paragraph() {
        let text = "A headline\nOne sentence stands here.\nAnother one, quite a bit longer, stands here.\nA subhead\n\
                    The end was near, they said.\nIt came.\n";
        assert_eq!(paragraphs(text).len(), 6);
    }

    #[test]
    fn indented_paragraphs_need_no_blank_lines() {
        let text = "   The council of the town met on the\nfirst day of the month and spoke of\nthe road.\n   \
                    Nobody had thought of asking what\nthe road was for, or who would walk\nalong it.\n";
        let found = paragraphs(text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].starts_with("Nobody"));
    }

    #[test]
    fn wrapped_lines_without_blank_lines_end_where_a_line_is_short() {
        let text = "The council of the town met on the\nfirst day of the month and spoke of\nthe road.\n\
                    Nobody had thought of asking what\nthe road was for, or who would walk\nalong it.\n";
        assert_eq!(paragraphs(text).len(), 2, "{:?}", paragraphs(text));
    }

    #[test]
    fn sentences_end_inside_quotation_marks_too() {
        assert!(ends_sentence("“It is over.”"));
        assert!(ends_sentence("Who knew?)"));
        assert!(!ends_sentence("“It is over,” she said"));
    }
}
