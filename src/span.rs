//! Where a piece of text stands: a byte range, and the line and column it begins at.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one text, always on character boundaries.
///
/// Which text is said by whoever holds the span: facts point into [`crate::document::Document::text`],
/// diagnostics into the file itself. 32 bits: a text of more than 4 GiB is refused when it is read.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte, counted from 0.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let fit = |offset| u32::try_from(offset).expect("texts over 4 GiB are refused when read");
        Span { start: fit(start), end: fit(end) }
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words themselves. `text` must be the text that the span was made for.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// How many bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing is covered.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same words without the white space around them.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start as usize + (words.len() - words.trim_start().len());
        Span::new(start, start + words.trim().len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Line and column of a character, both counted from 1; columns count characters, not bytes.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// The line starts of one text, so that many offsets in it can be turned into positions.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the line breaks of `text` (`\n`, or `\r\n`; a lone `\r` breaks a line too).
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at as u32 + 1);
            }
        }
        LineIndex { starts }
    }

    /// The line, from 1, that holds the byte at `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Line and column of the character at byte `offset` of `text`.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1] as usize;
        let column = text[start..offset as usize].chars().count() as u32 + 1;
        Position { line, column }
    }

    /// The bytes of line `line` (from 1), without its line break.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let start = self.starts[line as usize - 1] as usize;
        let end = self.starts.get(line as usize).map_or(text.len(), |next| *next as usize);
        let words = text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + words.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_all_line_ends() {
        let text = "één\r\ntwee\rdrie\nvier";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text, text.find(needle).unwrap() as u32);
        assert_eq!(at("n\r"), Position { line: 1, column: 3 });
        assert_eq!(at("twee"), Position { line: 2, column: 1 });
        assert_eq!(at("drie"), Position { line: 3, column: 1 });
        assert_eq!(at("er"), Position { line: 4, column: 3 });
        assert_eq!(index.line_span(text, 1).of(text), "één");
    }

    #[test]
    fn trim_keeps_the_words() {
        let text = "  a b ";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), "a b");
    }
}
