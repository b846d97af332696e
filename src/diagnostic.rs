//! What is wrong in the author's files: how bad, where, in which words, and what to do about it.

use serde::{Deserialize, Serialize};

use crate::span::{LineIndex, Span};

/// How bad it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site is not built.
    Error,
    /// The site is built, but probably not as meant; an error with `--strict`.
    Warning,
    /// Something was done that the author should know of.
    Note,
}

/// A place in a file: a line of it, with the part that is meant.
///
/// It carries its own line of text, so that it can be shown long after the file was let go.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The line as it stands in the file, without its line break; long lines are cut around the place.
    pub text: String,
    /// The bytes of `text` that are meant.
    pub underline: Span,
}

/// One thing to tell the author.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the site's root, with `/` between folders.
    pub file: String,
    /// Where in the file, when it is about a place in it.
    pub place: Option<Place>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A report that a library has already drawn (Tera's), shown as it is.
    pub report: Option<String>,
}

impl Diagnostic {
    /// An error in `file`.
    pub fn error(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, file, message)
    }

    /// A warning about `file`.
    pub fn warning(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, file, message)
    }

    /// A note about `file`.
    pub fn note(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, file, message)
    }

    fn new(severity: Severity, file: impl Into<String>, message: impl Into<String>) -> Self {
        let (file, message) = (file.into(), message.into());
        Diagnostic { file, place: None, severity, message, help: None, report: None }
    }

    /// Says where: `span` is in `text`, the whole decoded text of the file.
    #[must_use]
    pub fn at(mut self, text: &str, span: Span) -> Self {
        self.place = Some(Place::new(text, span));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a report that is already drawn.
    #[must_use]
    pub fn report(mut self, report: impl Into<String>) -> Self {
        self.report = Some(report.into());
        self
    }
}

/// The longest part of a line that a place keeps, in bytes.
const LONGEST_LINE: usize = 160;

impl Place {
    /// The place of `span` in `text`: its first line, underlined up to the line's end at most.
    pub fn new(text: &str, span: Span) -> Self {
        let start = floor_char_boundary(text, span.start as usize);
        let index = LineIndex::new(text);
        let position = index.position(text, start as u32);
        let line = index.line_span(text, position.line);
        let from = start.min(line.end as usize);
        let to = floor_char_boundary(text, span.end as usize).clamp(from, line.end as usize);
        let cut_start = if line.len() > LONGEST_LINE {
            let left = from.saturating_sub(LONGEST_LINE / 3).max(line.start as usize);
            floor_char_boundary(text, left)
        } else {
            line.start as usize
        };
        let cut_end = floor_char_boundary(text, (cut_start + LONGEST_LINE).min(line.end as usize)).max(from);
        let to = to.min(cut_end);
        Place {
            line: position.line,
            column: position.column,
            text: text[cut_start..cut_end].to_owned(),
            underline: Span::new(from - cut_start, to - cut_start),
        }
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// The known word nearest to `word`, near enough to be what was meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_holds_its_line_and_what_is_meant() {
        let text = "title = \"A\"\ndaet = 2024-02-30\n";
        let place = Place::new(text, Span::new(12, 16));
        assert_eq!((place.line, place.column), (2, 1));
        assert_eq!(place.underline.of(&place.text), "daet");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}wrong{}", "é".repeat(500), "ü".repeat(500));
        let place = Place::new(&text, Span::new(1000, 1005));
        assert!(place.text.len() <= LONGEST_LINE);
        assert_eq!(place.underline.of(&place.text), "wrong");
        assert_eq!(place.column, 501);
    }

    #[test]
    fn nearest_is_near() {
        let keys = ["title", "date", "outlet"];
        assert_eq!(nearest("ttile", keys), Some("title"));
        assert_eq!(nearest("xyz", keys), None);
    }
}
