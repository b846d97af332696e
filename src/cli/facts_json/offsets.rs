//! Byte offsets of a document's text to the offsets of the JSON: Unicode code points of the input as it was given.

use serde::Serialize;

use crate::document::Origin;
use crate::span::Span;

/// A half-open range of Unicode code points of the input text, counted from 0; a CRLF counts two.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CodePoints {
    /// First code point.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
}

/// How many bytes lie between two counts that are kept: a look-up reads no more than that.
const STRIDE: usize = 128;

/// The way from the bytes of one document's text to the code points of its file.
pub(super) struct Offsets<'a> {
    source: &'a str,
    origin: &'a Origin,
    /// How many code points begin before byte `n * STRIDE` of `source`.
    before: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// Counts `source`, the whole decoded text of the file, once.
    pub(super) fn new(source: &'a str, origin: &'a Origin) -> Self {
        let mut counted = 0;
        let before = source
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let before = counted;
                counted += begun(chunk);
                before
            })
            .collect();
        Offsets { source, origin, before }
    }

    /// Where words of [`Document::text`](crate::document::Document::text) stand in the file.
    pub(super) fn of_text(&self, span: Span) -> CodePoints {
        let start = self.origin.start_in_source(span.start);
        // The end goes with the last byte of the words, which may have been copied from elsewhere than what follows.
        let end = if span.is_empty() { start } else { self.origin.end_in_source(span.end) };
        self.of_source(Span::new(start, end.max(start)))
    }

    /// Where bytes of the file stand in it. An offset past the end or within a character is taken back to the
    /// nearest boundary before it.
    pub(super) fn of_source(&self, span: Span) -> CodePoints {
        CodePoints { start: self.count(span.start as usize), end: self.count(span.end as usize) }
    }

    fn count(&self, byte: usize) -> usize {
        let byte = self.source.floor_char_boundary(byte);
        let chunk = byte / STRIDE;
        let from = chunk * STRIDE;
        match self.before.get(chunk) {
            Some(before) => before + begun(&self.source.as_bytes()[from..byte]),
            // Only the very end of a text whose length is a multiple of the stride.
            None => self
                .before
                .last()
                .map_or(0, |before| before + begun(&self.source.as_bytes()[from - STRIDE..])),
        }
    }
}

/// How many characters begin in `bytes` of UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::CopiedRun;

    fn points(start: usize, end: usize) -> CodePoints {
        CodePoints { start, end }
    }

    #[test]
    fn characters_are_counted_not_bytes_and_crlf_counts_two() {
        let text = "“Né” 😀\r\nend";
        let offsets = Offsets::new(text, &Origin::Same);
        let at = text.find("end").unwrap();
        assert_eq!(offsets.of_text(Span::new(at, at + 3)), points(8, 11));
        assert_eq!(offsets.of_text(Span::new(3, 6)), points(1, 3));
    }

    #[test]
    fn copied_words_lead_back_to_where_they_were_copied_from() {
        // The text joins two pieces of the file with a line break of its own.
        let source = "<p>Één</p><p>twee</p>";
        let text = "Één\ntwee";
        let origin = Origin::Copied(vec![
            CopiedRun { text: 0, source: 3, length: 5 },
            CopiedRun { text: 6, source: source.find("twee").unwrap() as u32, length: 4 },
        ]);
        let offsets = Offsets::new(source, &origin);
        assert_eq!(offsets.of_text(Span::new(0, 5)), points(3, 6));
        assert_eq!(offsets.of_text(Span::new(6, 10)), points(13, 17));
        assert_eq!(offsets.of_text(Span::new(0, text.len())), points(3, 17));
        assert_eq!(
            offsets.of_text(Span::new(5, 10)),
            points(13, 17),
            "the line break is nowhere in the file"
        );
    }

    proptest! {
        #[test]
        fn every_boundary_is_counted_right(text in "(\\PC|\r\n){0,300}") {
            let offsets = Offsets::new(&text, &Origin::Same);
            for (count, (byte, _)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
                prop_assert_eq!(offsets.of_source(Span::new(byte, byte)).start, count);
            }
        }
    }
}
