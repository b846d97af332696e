//! The text of an article in lines of a terminal, with the facts that were read from each line marked below it.

use std::collections::BTreeSet;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::lists::word;
use super::sheet::Sheet;
use super::{ATTACK, DATE, FAINT, PERSON, Places, QUOTE};
use crate::cli::draw::visible;
use crate::facts::Facts;
use crate::span::Span;

/// Words that a fact was read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    span: Span,
    /// "p1 title"
    label: String,
    style: Style,
}

/// Every mark of the facts, in the order of the text.
pub(super) fn of(facts: &Facts) -> Vec<Mark> {
    let mut marks = BTreeSet::new();
    let mut mark = |span: Span, label: String, style: Style| {
        if !span.is_empty() {
            marks.insert((span.start, span.end, label, style == QUOTE, style == DATE, style == ATTACK));
        }
    };
    for (at, person) in (1..).zip(&facts.people) {
        person.mentions.iter().for_each(|span| mark(*span, format!("p{at}"), PERSON));
        for (reading, what) in [(&person.title, "title"), (&person.affiliation, "affiliation")] {
            if let Some(reading) = reading {
                mark(reading.span, format!("p{at} {what}"), PERSON);
            }
        }
    }
    for (at, quote) in (1..).zip(&facts.quotes) {
        mark(quote.span, format!("q{at}"), QUOTE);
        let Some((speaker, span)) = quote.speaker.zip(quote.speaker_span) else { continue };
        let mentions = facts.people.get(speaker as usize).map_or(&[][..], |person| &person.mentions);
        let before = mentions.partition_point(|mention| mention.end <= span.start);
        if mentions.get(before).is_none_or(|mention| !mention.overlaps(span)) {
            mark(span, format!("p{}", speaker + 1), PERSON);
        }
    }
    for (at, date) in (1..).zip(&facts.dates) {
        mark(date.span, format!("d{at}"), DATE);
    }
    for (at, attack) in (1..).zip(&facts.attacks) {
        for evidence in &attack.evidence {
            mark(evidence.span, format!("a{at} {}", word(&evidence.field)), ATTACK);
        }
    }
    let style = |is_quote, is_date, is_attack| match (is_quote, is_date, is_attack) {
        (true, ..) => QUOTE,
        (_, true, _) => DATE,
        (.., true) => ATTACK,
        _ => PERSON,
    };
    let marks = marks.into_iter().map(|(start, end, label, quote, date, attack)| Mark {
        span: Span { start, end },
        label,
        style: style(quote, date, attack),
    });
    marks.collect()
}

/// A text that is drawn block by block, from its beginning to its end.
pub(super) struct Text<'a> {
    text: &'a str,
    marks: &'a [Mark],
    places: &'a Places<'a>,
    /// Columns of the line numbers.
    gutter: usize,
}

/// A word on a line of the terminal: its bytes in the text, and its first column.
struct Piece {
    span: Span,
    column: usize,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str, marks: &'a [Mark], places: &'a Places<'a>) -> Self {
        let last = u32::try_from(text.len()).expect("texts over 4 GiB are refused when read");
        let gutter = places.line(last).to_string().len().max(3);
        Text { text, marks, places, gutter }
    }

    /// Draws the words of `block`, an empty line behind them.
    pub(super) fn draw(&mut self, sheet: &mut Sheet, block: Span, style: Style) {
        let first = self.marks.partition_point(|mark| mark.span.start < block.start);
        self.marks = &self.marks[first..];
        let mut open: Vec<&Mark> = Vec::new();
        let mut told = 0;
        let mut line: Vec<Piece> = Vec::new();
        let room = sheet.width.saturating_sub(self.gutter + 3).max(10);
        for word in words(self.text, block, room) {
            let wide = visible(word.of(self.text)).width();
            let column = line.last().map_or(0, |last| last.column + visible(last.span.of(self.text)).width());
            // Words that were cut for their length go on without a space.
            let space = line.last().is_some_and(|last| last.span.end < word.start);
            let column = column + usize::from(space);
            if column + wide > room && !line.is_empty() {
                self.draw_line(sheet, &line, &mut open, &mut told, style, room);
                line.clear();
                line.push(Piece { span: word, column: 0 });
            } else {
                line.push(Piece { span: word, column });
            }
        }
        if !line.is_empty() {
            self.draw_line(sheet, &line, &mut open, &mut told, style, room);
        }
        sheet.gap();
    }

    fn draw_line(
        &mut self,
        sheet: &mut Sheet,
        line: &[Piece],
        open: &mut Vec<&'a Mark>,
        told: &mut u32,
        style: Style,
        room: usize,
    ) {
        let (Some(head), Some(tail)) = (line.first(), line.last()) else { return };
        let number = self.places.line(head.span.start);
        let shown = if number == *told { String::new() } else { number.to_string() };
        *told = number;
        let mut words = format!("{FAINT}{shown:>width$} │{FAINT:#} {style}", width = self.gutter);
        let mut at = 0;
        for piece in line {
            words.extend(std::iter::repeat_n(' ', piece.column - at));
            let shown = visible(piece.span.of(self.text));
            at = piece.column + shown.width();
            words.push_str(&shown);
        }
        sheet.words.push_str(&format!("{words}{style:#}\n"));
        let new = self.marks.partition_point(|mark| mark.span.start < tail.span.end);
        open.extend(&self.marks[..new]);
        self.marks = &self.marks[new..];
        open.retain(|mark| mark.span.end > head.span.start);
        for row in rows(open.iter().filter_map(|mark| self.placed(mark, line, room))) {
            sheet.words.push_str(&format!("{FAINT}{:>width$} │{FAINT:#} ", "", width = self.gutter));
            let mut at = 0;
            for (from, to, mark) in row {
                sheet.words.extend(std::iter::repeat_n(' ', from - at));
                let Mark { label, style, .. } = mark;
                sheet.words.push_str(&format!("{style}{label:~<wide$}{style:#}", wide = to - from));
                at = to;
            }
            sheet.words.push('\n');
        }
    }

    /// The columns that the mark takes below `line`.
    fn placed(&self, mark: &'a Mark, line: &[Piece], room: usize) -> Option<(usize, usize, &'a Mark)> {
        let (head, tail) = (line.first()?, line.last()?);
        let from = self.column(mark.span.start.max(head.span.start), line);
        let to = self.column(mark.span.end.min(tail.span.end), line);
        let long = mark.label.chars().count();
        let to = to.max(from + long);
        if to > room && to - from == long {
            return Some((room.saturating_sub(long), room.max(long), mark));
        }
        Some((from, to, mark))
    }

    fn column(&self, offset: u32, line: &[Piece]) -> usize {
        let at = line.partition_point(|piece| piece.span.start <= offset).saturating_sub(1);
        let piece = &line[at];
        let end = offset.min(piece.span.end).max(piece.span.start) as usize;
        piece.column + visible(&self.text[piece.span.start as usize..end]).width()
    }
}

/// The words of `block`, those that are wider than `room` in parts.
fn words(text: &str, block: Span, room: usize) -> impl Iterator<Item = Span> {
    let start = block.start as usize;
    let words = block.of(text).split_whitespace().map(move |word| {
        let at = start + (word.as_ptr() as usize - block.of(text).as_ptr() as usize);
        (at, word)
    });
    words.flat_map(move |(at, word)| {
        let mut parts = Vec::new();
        let (mut from, mut wide) = (at, 0);
        for (inside, letter) in word.char_indices() {
            let more = visible(letter.encode_utf8(&mut [0; 4])).width();
            if wide + more > room && wide > 0 {
                parts.push(Span::new(from, at + inside));
                (from, wide) = (at + inside, 0);
            }
            wide += more;
        }
        parts.push(Span::new(from, at + word.len()));
        parts
    })
}

/// Marks one beside the other, in as many rows as it takes for none to touch another.
fn rows<'a>(marks: impl Iterator<Item = (usize, usize, &'a Mark)>) -> Vec<Vec<(usize, usize, &'a Mark)>> {
    let mut marks: Vec<_> = marks.collect();
    marks.sort_by_key(|(from, to, _)| (*from, usize::MAX - *to));
    let mut rows: Vec<Vec<(usize, usize, &Mark)>> = Vec::new();
    for mark in marks {
        let free = |row: &&mut Vec<(usize, usize, &Mark)>| row.last().is_none_or(|(_, to, _)| *to < mark.0);
        match rows.iter_mut().find(free) {
            Some(row) => row.push(mark),
            None => rows.push(vec![mark]),
        }
    }
    rows
}
