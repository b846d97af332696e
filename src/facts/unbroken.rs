//! A text as it is read: without soft hyphens and the signs of no width inside its words, and with letters that are one
//! with their marks; and the way back to the text as it is written.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::document::{Block, Document};
use crate::span::Span;

use super::{Attack, Facts, Person, Quote, Reading};

/// A document whose words are as they are read, and where each of them is written.
pub(super) struct Unbroken {
    /// As it is read: facts are found in it.
    pub(super) document: Document,
    /// In the order of both texts.
    runs: Vec<Run>,
}

/// Bytes of the text as it is read, and those that they are written with.
#[derive(Clone, Debug)]
struct Run {
    read: Range<u32>,
    written: Range<u32>,
    /// Whether the bytes are the same; otherwise the run is one letter with its marks.
    is_copied: bool,
}

/// How many marks are joined to one letter; there are no letters with more.
const MOST_MARKS: usize = 8;

/// A sign that has no width and no meaning of its own: the soft hyphen, the zero-width space, joiners and marks of
/// direction, the word joiner and the byte order mark.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A mark that is written behind the letter that it stands on.
fn is_mark(sign: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&sign)
}

/// Whether `text` is read otherwise than it is written; nearly none is.
fn is_broken(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut from = 0;
    while from < bytes.len() {
        let ahead = &bytes[from..bytes.len().min(from + 64)];
        if ahead.is_ascii() {
            from += ahead.len();
            continue;
        }
        from += ahead.iter().take_while(|byte| byte.is_ascii()).count();
        let Some(sign) = text[from..].chars().next() else { break };
        if is_unseen(sign) || is_mark(sign) {
            return true;
        }
        from += sign.len_utf8();
    }
    false
}

impl Unbroken {
    /// None where the document is read as it is written. Linear in its length.
    pub(super) fn of(document: &Document) -> Option<Unbroken> {
        if !is_broken(&document.text) {
            return None;
        }
        let (text, runs) = read(&document.text);
        let span = |span: Span| Span { start: read_at(&runs, span.start), end: read_at(&runs, span.end) };
        let blocks = document.blocks.iter();
        let blocks = blocks.map(|block| Block { span: span(block.span), ..block.clone() }).collect();
        let document = Document {
            text: text.into(),
            title_span: document.title_span.map(span),
            standfirst: document.standfirst.map(span),
            blocks,
            ..document.clone()
        };
        Some(Unbroken { document, runs })
    }

    /// Leads facts that were found in [`Unbroken::document`] to where they are written. Their words stay as they are read.
    pub(super) fn lead_back(&self, facts: &mut Facts) {
        each_span(facts, &mut |span| *span = self.written(*span));
    }

    /// Where the words at `span` are written.
    fn written(&self, span: Span) -> Span {
        let start = self.start(span.start);
        Span { start, end: if span.is_empty() { start } else { self.end(span.end) } }
    }

    fn start(&self, at: u32) -> u32 {
        let after = self.runs.partition_point(|run| run.read.start <= at);
        match after.checked_sub(1).map(|before| &self.runs[before]) {
            Some(run) if run.is_copied => run.written.start + (at - run.read.start),
            Some(run) if at < run.read.end => run.written.start,
            Some(run) => run.written.end,
            None => 0,
        }
    }

    fn end(&self, at: u32) -> u32 {
        let after = self.runs.partition_point(|run| run.read.start < at);
        match after.checked_sub(1).map(|before| &self.runs[before]) {
            Some(run) if run.is_copied => run.written.start + (at - run.read.start),
            Some(run) => run.written.end,
            None => 0,
        }
    }
}

/// `text` as it is read.
fn read(text: &str) -> (String, Vec<Run>) {
    let mut all = String::with_capacity(text.len());
    let mut runs: Vec<Run> = Vec::new();
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if is_unseen(sign) {
            continue;
        }
        let from = all.len() as u32;
        let mut end = at + sign.len_utf8();
        let mut marks = 0;
        while sign.is_alphabetic()
            && marks < MOST_MARKS
            && let Some((next, sign)) = signs.next_if(|(_, sign)| is_mark(*sign) || is_unseen(*sign))
        {
            if is_mark(sign) {
                end = next + sign.len_utf8();
                marks += 1;
            }
        }
        if marks == 0 {
            all.push(sign);
        } else {
            all.extend(text[at..end].chars().filter(|sign| !is_unseen(*sign)).nfc());
        }
        let (read, written) = (from..all.len() as u32, at as u32..end as u32);
        match runs.last_mut() {
            Some(last) if marks == 0 && last.is_copied && last.written.end == written.start => {
                (last.read.end, last.written.end) = (read.end, written.end);
            }
            _ => runs.push(Run { read, written, is_copied: marks == 0 }),
        }
    }
    (all, runs)
}

/// Where the byte that is written at `at` is read.
fn read_at(runs: &[Run], at: u32) -> u32 {
    let after = runs.partition_point(|run| run.written.start <= at);
    match after.checked_sub(1).map(|before| &runs[before]) {
        Some(run) if at >= run.written.end => run.read.end,
        Some(run) if run.is_copied => run.read.start + (at - run.written.start),
        Some(run) => run.read.start,
        None => 0,
    }
}

/// Calls `change` for every span of `facts`.
fn each_span(facts: &mut Facts, change: &mut impl FnMut(&mut Span)) {
    let Facts { people, quotes, attacks, dates } = facts;
    people.iter_mut().for_each(|person| each_of_person(person, change));
    quotes.iter_mut().for_each(|quote| each_of_quote(quote, change));
    attacks.iter_mut().for_each(|attack| each_of_attack(attack, change));
    for date in dates {
        change(&mut date.span);
        date.anchor.iter_mut().for_each(&mut *change);
    }
}

fn each_of_person(person: &mut Person, change: &mut impl FnMut(&mut Span)) {
    let Person { honorific, title, affiliation, description, role, mentions, .. } = person;
    each_of([honorific, title, affiliation, description], change);
    change(&mut role.span);
    mentions.iter_mut().for_each(change);
}

fn each_of_quote(quote: &mut Quote, change: &mut impl FnMut(&mut Span)) {
    change(&mut quote.span);
    each_of([&mut quote.cue], change);
    quote.speaker_span.iter_mut().for_each(change);
}

fn each_of_attack(attack: &mut Attack, change: &mut impl FnMut(&mut Span)) {
    let Attack { name, date_text, place, weapon, targets, perpetrators, other_tolls, evidence, .. } = attack;
    each_of([name, date_text, weapon], change);
    each_of([&mut place.name, &mut place.town, &mut place.near, &mut place.country], change);
    let Attack { killed, injured, hostages, missing, attackers_killed, .. } = attack;
    each_of([killed, injured, hostages, missing, attackers_killed], change);
    targets.iter_mut().for_each(|target| change(&mut target.span));
    perpetrators.iter_mut().for_each(|one| change(&mut one.name.span));
    other_tolls.iter_mut().for_each(|toll| change(&mut toll.count.span));
    for it in evidence {
        change(&mut it.span);
        change(&mut it.sentence);
    }
}

fn each_of<'a, T: 'a>(
    readings: impl IntoIterator<Item = &'a mut Option<Reading<T>>>,
    change: &mut impl FnMut(&mut Span),
) {
    readings.into_iter().flatten().for_each(|reading| change(&mut reading.span));
}

#[cfg(test)]
mod tests;
