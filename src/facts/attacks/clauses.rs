//! Sentences that tell of several attacks, cut into the clauses that tell of one each.

use std::ops::Range;

use super::join::{clash, same_place};
use super::mention::{Form, Mention};
use crate::facts::DateMention;
use crate::facts::classes::Class;
use crate::facts::places::{PlaceMention, Relation};
use crate::facts::tokens::{Kind, Tokens};

/// How many attacks one sentence may tell of.
const MOST: usize = 6;

/// What the clauses of a sentence are told apart by.
pub(super) struct Sentence<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) range: Range<u32>,
    pub(super) dates: &'a [DateMention],
    /// The places that it names, in order.
    pub(super) places: &'a [PlaceMention],
}

impl Sentence<'_> {
    /// The clauses of the sentence, in order: one where it tells of one attack.
    ///
    /// "Gunmen killed a judge in Arden, and two bombs went off in Halden": a clause is one of its own where it has
    /// words for violence, and a place or a day or a victim that the clause before does not share.
    pub(super) fn clauses(&self, mentions: &[Mention]) -> Vec<Range<u32>> {
        let mut clauses = vec![self.range.clone()];
        let mut events = mentions.iter().filter(|it| is_event(it));
        let Some(mut last) = events.next() else { return clauses };
        for next in events {
            let Some(at) = self.break_between(last, next).filter(|_| clauses.len() < MOST) else { continue };
            let start = clauses.last().map_or(self.range.start, |it| it.start);
            if self.tells_another((start..at, last), (at..self.range.end, next)) {
                clauses.pop();
                clauses.extend([start..at, at..self.range.end]);
                last = next;
            }
        }
        clauses
    }

    fn word(&self, at: u32) -> &str {
        if self.range.contains(&at) { self.tokens.all[at as usize].span().of(self.text) } else { "" }
    }

    /// Where the clause of `next` starts.
    fn break_between(&self, last: &Mention, next: &Mention) -> Option<u32> {
        let from = last.tokens.end;
        (from..next.phrase.start.max(from)).rev().find(|at| {
            let joins = matches!(self.word(*at), "and" | "while" | "but" | ";");
            // "Two men and a boy were shot": no clause ends between the parts of a subject.
            joins && !(self.word(*at) == "and" && self.joins_nouns(*at, next))
        })
    }

    /// Whether "and" stands between two parts of the subject of `next`.
    fn joins_nouns(&self, and: u32, next: &Mention) -> bool {
        next.form == Form::Verb
            && self.word(and.wrapping_sub(1)) != ","
            && (and + 1..next.tokens.start).all(|at| {
                let token = &self.tokens.all[at as usize];
                !token.is(Class::Preposition) || self.word(at) == "of"
            })
            && next.tokens.start - and > 1
            && (next.tokens.start.saturating_sub(3)..next.tokens.start)
                .any(|at| matches!(self.word(at), "were" | "have"))
    }

    fn tells_another(&self, one: (Range<u32>, &Mention), other: (Range<u32>, &Mention)) -> bool {
        let (left, right) = (one.1, other.1);
        let quoted = (left.tokens.end..right.tokens.start)
            .any(|at| matches!(self.tokens.all[at as usize].kind, Kind::Open | Kind::Close));
        // "Was kidnapped in Arden and murdered in Halden": one victim of both.
        let whose = right.form == Form::Verb && right.victim.is_none() && !is_blast(right);
        if quoted || whose {
            return false;
        }
        let pronoun = right.victim.as_ref().is_some_and(|it| !it.specific);
        let victims = left.victim.as_ref().zip(right.victim.as_ref());
        let other_victim = victims.is_some_and(|(left, right)| left.differs(right));
        self.another_place(&one.0, &other.0) && !pronoun
            || self.another_day(&one.0, &other.0)
            || other_victim && clash(left.kind, right.kind)
    }

    /// Whether both clauses have a town, and not the same.
    fn another_place(&self, one: &Range<u32>, other: &Range<u32>) -> bool {
        let towns = |range: &Range<u32>| {
            let first = self.places.partition_point(|it| it.tokens.start < range.start);
            let here = self.places[first..].iter().take_while(|it| it.tokens.end <= range.end);
            let own = here.filter(|it| {
                it.relation != Relation::Toward && it.known.is_some_and(|known| known.coordinates.is_some())
            });
            own.map(|it| self.tokens.span(it.tokens.clone()).of(self.text).to_lowercase()).collect::<Vec<_>>()
        };
        let one = towns(one);
        if one.is_empty() {
            return false;
        }
        let other = towns(other);
        !other.is_empty() && !one.iter().any(|known| other.iter().any(|name| same_place(known, name)))
    }

    /// Whether both clauses have a day, and not the same.
    fn another_day(&self, one: &Range<u32>, other: &Range<u32>) -> bool {
        let day = |range: &Range<u32>| {
            let span = self.tokens.span(range.clone());
            let first = self.dates.partition_point(|date| date.span.start < span.start);
            let mut here = self.dates[first..].iter().take_while(|date| date.span.end <= span.end);
            here.find_map(|date| date.value.and_then(|it| it.as_day()))
        };
        day(one).zip(day(other)).is_some_and(|(one, other)| one != other)
    }
}

/// Whether a mention tells of an attack by itself.
fn is_event(mention: &Mention) -> bool {
    mention.stage.is_some()
        && !mention.aside
        && matches!(mention.form, Form::Verb | Form::Indefinite | Form::Named | Form::Definite)
}

fn is_blast(mention: &Mention) -> bool {
    mention.kind == crate::facts::AttackKind::Bombing
}
