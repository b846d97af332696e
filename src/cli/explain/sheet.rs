//! Words on lines of a given width, with ANSI styles: what `explain` writes on.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::{FAINT, PLAIN, STRONG};

/// A page that grows downwards.
pub(in crate::cli) struct Sheet {
    pub(in crate::cli) words: String,
    /// In columns.
    pub(super) width: usize,
}

/// Where the values of a list's entries begin.
const VALUES: usize = 19;

impl Sheet {
    pub(in crate::cli) fn new(width: usize) -> Self {
        Sheet { words: String::new(), width }
    }

    /// An empty line, unless the last one is.
    pub(in crate::cli) fn gap(&mut self) {
        if !self.words.is_empty() && !self.words.ends_with("\n\n") {
            self.words.push('\n');
        }
    }

    /// The head of a list.
    pub(in crate::cli) fn heading(&mut self, words: &str) {
        self.gap();
        self.flow(0, &[(STRONG, words)]);
    }

    /// "  p1  Ada Example"
    pub(in crate::cli) fn entry(&mut self, label: &str, style: Style, words: &str) {
        let start = format!("  {style}{label:<4}{style:#}");
        self.after(&start, 6, 6, &[(STRONG, words)]);
    }

    /// "      title        lecturer  (line 5, `title-after-name`)"
    pub(in crate::cli) fn field(&mut self, key: &str, value: &str, source: &str) {
        let start = format!("      {key:<12} ");
        let source = if source.is_empty() { String::new() } else { format!(" ({source})") };
        self.after(&start, VALUES, VALUES, &[(PLAIN, value), (FAINT, &source)]);
    }

    /// Words as many to a line as fit, each line from column `indent` on.
    pub(in crate::cli) fn flow(&mut self, indent: usize, pieces: &[(Style, &str)]) {
        self.after(&" ".repeat(indent), indent, indent, pieces);
    }

    /// The same behind `start`, which takes `taken` columns.
    fn after(&mut self, start: &str, taken: usize, indent: usize, pieces: &[(Style, &str)]) {
        self.words.push_str(start);
        let mut column = taken;
        // Words of two pieces are one where no white space is between them.
        let mut space = false;
        for (style, piece) in pieces {
            for part in piece.split_inclusive(char::is_whitespace) {
                let word = part.trim_end();
                let wide = word.width();
                if wide > 0 {
                    let needed = wide + usize::from(space);
                    if column + needed > self.width && column > indent {
                        self.words.push('\n');
                        self.words.extend(std::iter::repeat_n(' ', indent));
                        column = indent;
                        space = false;
                    }
                    if space {
                        self.words.push(' ');
                        column += 1;
                    }
                    write!(self.words, "{style}{word}{style:#}")
                        .expect("a string takes what is written to it");
                    column += wide;
                    space = false;
                }
                space |= part.len() > word.len() && column > indent;
            }
        }
        let end = self.words.trim_end_matches(' ').len();
        self.words.truncate(end);
        self.words.push('\n');
    }
}
