//! Where facts stand in the words of one article, and the HTML of those words with the facts marked.

use std::collections::BTreeSet;

use super::link::escape_into;
use super::summary::{attack_path, expert_path};
use super::{Linker, Scope};
use crate::dossier::ArticleIndex;
use crate::facts::Field;
use crate::span::Span;

/// What was read from some words.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Read {
    /// A value of an attack: an index into [`crate::dossier::Dossier::attacks`].
    Attack(u32, Field),
    /// A quotation: its speaker, where it has a page of its own, as an index into [`crate::dossier::Dossier::people`].
    Quote(Option<u32>),
}

/// Words that a fact was read from.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// Index into [`crate::document::Document::blocks`].
    pub block: u32,
    /// In [`crate::document::Document::text`].
    pub span: Span,
    /// What they say.
    pub read: Read,
}

/// All marks of one article, by block and place.
pub(super) fn marks(scope: &Scope<'_>, index: ArticleIndex) -> Vec<Mark> {
    let facts = &scope.articles[index as usize].facts;
    let attack_of = scope.dossier.attack_of.get(index as usize).map_or(&[][..], Vec::as_slice);
    let mut marks = Vec::new();
    for (attack, linked) in facts.attacks.iter().zip(attack_of) {
        let Some(linked) = *linked else { continue };
        let whole = &scope.dossier.attacks[linked as usize];
        let evidence = attack.evidence.iter().filter(|evidence| !evidence.span.is_empty());
        let shown = evidence.filter(|evidence| !whole.taken_out(evidence.field));
        marks.extend(shown.map(|evidence| Mark {
            block: evidence.block,
            span: evidence.span,
            read: Read::Attack(linked, evidence.field),
        }));
    }
    for quote in facts.verbatim() {
        let speaker = speaker(scope, index, quote.speaker);
        if speaker.is_none() && scope.only_checked() {
            continue;
        }
        marks.push(Mark { block: quote.block, span: quote.span, read: Read::Quote(speaker) });
    }
    marks.sort_by_key(|mark| (mark.block, mark.span, mark.read));
    marks.dedup();
    marks
}

/// The person behind a speaker of one article, if that person has a page.
pub(super) fn speaker(scope: &Scope<'_>, index: ArticleIndex, speaker: Option<u32>) -> Option<u32> {
    let people = scope.dossier.person_of.get(index as usize)?;
    let person = (*people.get(speaker? as usize)?)?;
    scope.dossier.people[person as usize].indexed.then_some(person)
}

/// Appends the words of `span` to `html`, escaped, each fact of `marks` in a link of its own.
///
/// Where facts overlap, the words are split at the boundaries and the shorter fact wins, so that no link stands in
/// another. O(n log n) in the number of marks.
pub(super) fn write_marked(
    html: &mut String,
    text: &str,
    span: Span,
    marks: &[Mark],
    scope: &Scope<'_>,
    linker: &Linker,
) {
    let mut at = span.start;
    for (part, mark) in winners(span, marks) {
        escape_into(html, Span { start: at, end: part.start }.of(text));
        let words = part.of(text);
        // The space between two facts is no link: nobody could see or read it.
        let linked = !words.trim().is_empty();
        if linked {
            open(html, mark.read, scope, linker);
        }
        escape_into(html, words);
        if linked {
            html.push_str("</a>");
        }
        at = part.end;
    }
    escape_into(html, Span { start: at, end: span.end }.of(text));
}

/// The parts of `span` that some mark covers, in order, each with the mark that wins there.
fn winners(span: Span, marks: &[Mark]) -> Vec<(Span, &Mark)> {
    let mut edges: Vec<(u32, bool, usize)> = Vec::with_capacity(marks.len() * 2);
    for (index, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.span.overlaps(span)) {
        edges.push((mark.span.start.max(span.start), true, index));
        edges.push((mark.span.end.min(span.end), false, index));
    }
    edges.sort_unstable();
    let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut parts: Vec<(Span, &Mark)> = Vec::new();
    let mut at = span.start;
    for (offset, opens, index) in edges {
        if let Some((_, winner)) = open.first().filter(|_| at < offset) {
            let winner = &marks[*winner];
            match parts.last_mut() {
                Some((last, mark)) if last.end == at && std::ptr::eq(*mark, winner) => last.end = offset,
                _ => parts.push((Span { start: at, end: offset }, winner)),
            }
        }
        at = offset;
        let key = (marks[index].span.len(), index);
        if opens {
            open.insert(key);
        } else {
            open.remove(&key);
        }
    }
    parts
}

fn open(html: &mut String, read: Read, scope: &Scope<'_>, linker: &Linker) {
    match read {
        Read::Attack(attack, field) => {
            let id = &scope.dossier.attacks[attack as usize].id;
            html.push_str("<a class=\"fact fact-");
            html.push_str(super::wording::field_key(field));
            html.push_str("\" data-attack=\"");
            escape_into(html, id);
            html.push_str("\" href=\"");
            escape_into(html, &linker.href(&attack_path(id)));
            html.push_str("\">");
        }
        Read::Quote(speaker) => {
            html.push_str("<a class=\"fact fact-quote\" data-quote");
            if let Some(speaker) = speaker {
                let slug = &scope.dossier.people[speaker as usize].slug;
                html.push_str(" data-speaker=\"");
                escape_into(html, slug);
                html.push_str("\" href=\"");
                escape_into(html, &linker.href(&expert_path(slug)));
                html.push('"');
            }
            html.push('>');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize) -> Mark {
        Mark { block: 0, span: Span::new(start, end), read: Read::Quote(None) }
    }

    fn parts(length: usize, marks: &[Mark]) -> Vec<(u32, u32, u32)> {
        let winners = winners(Span::new(0, length), marks);
        winners.iter().map(|(part, mark)| (part.start, part.end, mark.span.start)).collect()
    }

    #[test]
    fn the_shorter_fact_wins_inside_the_longer() {
        assert_eq!(parts(30, &[mark(5, 25), mark(10, 12)]), [(5, 10, 5), (10, 12, 10), (12, 25, 5)]);
    }

    #[test]
    fn facts_that_cross_are_split_at_their_boundaries() {
        assert_eq!(parts(30, &[mark(0, 10), mark(8, 13)]), [(0, 8, 0), (8, 13, 8)]);
    }

    #[test]
    fn a_fact_that_runs_out_of_the_words_is_cut() {
        assert_eq!(parts(8, &[mark(5, 25)]), [(5, 8, 5)]);
    }
}
