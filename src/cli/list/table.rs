//! Columns for reading: as wide as their widest entry, the last one cut where the terminal ends.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::draw::visible;

/// What is asked of a column.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    heads: Vec<(&'static str, Side)>,
    rows: Vec<Vec<String>>,
    empty: &'static str,
}

/// Between two columns.
const GAP: usize = 2;
/// No column but the last is wider than this.
const WIDEST: usize = 44;

impl Table {
    /// With these columns; `empty` is said where there is no row.
    pub(super) fn new(heads: &[(&'static str, Side)], empty: &'static str) -> Self {
        Table { heads: heads.to_vec(), rows: Vec::new(), empty }
    }

    /// Adds a row, a cell for each column.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.heads.len(), "a row has a cell for each column");
        self.rows.push(cells);
    }

    /// The table, at most `width` columns of the terminal wide.
    pub(super) fn drawn(&self, width: usize) -> String {
        if self.rows.is_empty() {
            return format!("{}\n", self.empty);
        }
        let cells: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
        let widest = |at: usize| {
            let cells = cells.iter().map(|row| row[at].width());
            cells.chain([self.heads[at].0.width()]).max().unwrap_or(0).min(WIDEST)
        };
        let mut widths: Vec<usize> = (0..self.heads.len()).map(widest).collect();
        let last = widths.len() - 1;
        let taken: usize = widths[..last].iter().map(|it| it + GAP).sum();
        let longest = cells.iter().map(|row| row[last].width()).max().unwrap_or(0);
        widths[last] = longest.max(self.heads[last].0.width()).min(width.saturating_sub(taken).max(12));
        let mut drawn = String::new();
        let heads: Vec<String> = self.heads.iter().map(|(head, _)| (*head).to_owned()).collect();
        self.line(&mut drawn, &heads, &widths, Style::new().bold());
        for row in &cells {
            self.line(&mut drawn, row, &widths, Style::new());
        }
        drawn
    }

    fn line(&self, drawn: &mut String, cells: &[String], widths: &[usize], style: Style) {
        let mut line = String::new();
        for ((cell, width), (_, side)) in cells.iter().zip(widths).zip(&self.heads) {
            let cell = cut(cell, *width);
            let space = " ".repeat(width.saturating_sub(cell.width()));
            match side {
                Side::Left => line.push_str(&format!("{cell}{space}")),
                Side::Right => line.push_str(&format!("{space}{cell}")),
            }
            line.push_str(&" ".repeat(GAP));
        }
        writeln!(drawn, "{style}{}{style:#}", line.trim_end()).expect("a string takes what is written to it");
    }
}

/// The words, cut to `width` columns with an ellipsis.
fn cut(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let mut taken = 1;
    let mut short = String::new();
    for letter in words.chars() {
        taken += letter.width().unwrap_or(0);
        if taken > width {
            break;
        }
        short.push(letter);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_they_must_be() {
        let mut table =
            Table::new(&[("id", Side::Left), ("killed", Side::Right), ("title", Side::Left)], "nothing");
        assert_eq!(table.drawn(60), "nothing\n");
        table.row(vec![
            "2004-a".to_owned(),
            "191–193".to_owned(),
            "A title that is long enough to be cut".to_owned(),
        ]);
        table.row(vec!["b".to_owned(), "3".to_owned(), "東京".to_owned()]);
        let plain = anstream::adapter::strip_str(&table.drawn(40)).to_string();
        assert_eq!(
            plain,
            "id       killed  title\n2004-a  191–193  A title that is long e…\nb             3  東京\n"
        );
    }
}
