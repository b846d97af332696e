//! The words of one sentence, as those ask for them who look for people in it.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::counts::number;
use crate::facts::lower::{Lower, lower};
use crate::facts::quantities::Quantity;
use crate::facts::tokens::{Kind, Token, Tokens};
use crate::facts::{DateMention, Toll};

/// What the people of a noun phrase can be called by.
const HEADS: ClassSet = ClassSet::of(&[Class::People, Class::PersonNoun, Class::Attacker]);

/// What people who have neither a determiner nor a number can start with.
const STARTS_OF_PEOPLE: ClassSet = HEADS.with(ClassSet::of(&[Class::Person, Class::Title, Class::Honorific]));

/// What any words for people can start with: all determiners and pronouns are function words.
const STARTS: ClassSet = STARTS_OF_PEOPLE.with(ClassSet::of(&[
    Class::FunctionWord,
    Class::Number,
    Class::NumberWord,
    Class::Quantity,
]));

/// One sentence, with what was read in it before.
pub(super) struct Words<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) quantities: &'a [Quantity],
    pub(super) dates: &'a [DateMention],
    pub(super) sentence: Range<u32>,
}

impl Words<'_> {
    pub(super) fn contains(&self, at: u32) -> bool {
        self.sentence.contains(&at)
    }

    pub(super) fn token(&self, at: u32) -> &Token {
        &self.tokens.all[at as usize]
    }

    /// The word at `at`; empty outside the sentence.
    pub(super) fn word(&self, at: u32) -> &str {
        if self.contains(at) { self.token(at).span().of(self.text) } else { "" }
    }

    pub(super) fn lower(&self, at: u32) -> Lower<'_> {
        lower(self.word(at))
    }

    /// Whether token `at`, or one of the two behind it, is a word for an attacker: "the gunman", "an armed suspect".
    pub(super) fn is_attacker_at(&self, at: u32) -> bool {
        (at..at + 3).any(|at| {
            self.run_of(at, Class::Attacker).is_some() || self.is_any(at, &["suspect", "suspects", "shooter"])
        })
    }

    pub(super) fn is_any(&self, at: u32, list: &[&str]) -> bool {
        let word = self.word(at);
        list.iter().any(|known| word.eq_ignore_ascii_case(known))
    }

    /// One past the longest run of `class` at `at`.
    pub(super) fn run_of(&self, at: u32, class: Class) -> Option<u32> {
        if self.contains(at) { self.tokens.run_of(at, class) } else { None }
    }

    pub(super) fn number(&self, at: u32) -> Option<u32> {
        number(self.tokens, at..at + 1, self.text)
    }

    /// What a quantity counts, if it may count people: no date, no measure.
    pub(super) fn count(&self, run: Range<u32>) -> Option<Toll> {
        let at = self.quantities.partition_point(|quantity| quantity.tokens.end < run.end);
        let quantity = self.quantities.get(at).filter(|it| it.tokens.end == run.end)?;
        (!self.in_date(run.clone()) && !self.counts_something_else(run)).then_some(quantity.count)
    }

    fn in_date(&self, run: Range<u32>) -> bool {
        let span = self.tokens.span(run);
        let at = self.dates.partition_point(|date| date.span.end <= span.start);
        self.dates.get(at).is_some_and(|date| date.span.overlaps(span))
    }

    /// "Killed 20 years ago", "killed 40 percent", "$40".
    fn counts_something_else(&self, run: Range<u32>) -> bool {
        let next = run.end;
        let before = run.start.wrapping_sub(1);
        let measure = self.contains(next)
            && (self.token(next).is(Class::TimeUnit)
                || self.is_any(
                    next,
                    &["%", "percent", "per", "km", "kilometres", "kilometers", "miles", "metres"],
                )
                || self.is_any(
                    next,
                    &[
                        "meters",
                        "times",
                        "feet",
                        "mm",
                        "caliber",
                        "calibre",
                        "a.m",
                        "a.m.",
                        "p.m",
                        "p.m.",
                        "o’clock",
                        "am",
                        "pm",
                    ],
                )
                || matches!(self.word(next), "-" | ":" | "/" | "." if self.tokens.is_glued(next) && self.contains(next + 1) && self.tokens.is_glued(next + 1)));
        // "16yo", "20th".
        let glued = self.contains(next) && self.token(next).kind == Kind::Word && self.tokens.is_glued(next);
        measure
            || glued
            || self.is_any(before, &["$", "£", "€", "#", "/", ":"]) && self.tokens.is_glued(run.start)
    }

    /// "The worst since 22 July 2011, when 69 people were killed": what follows is told of that day.
    /// "The deadliest attack since the war began" tells of that one.
    pub(super) fn begins_flashback(&self, period: Range<u32>) -> bool {
        const GREATEST: [&str; 9] =
            ["worst", "deadliest", "bloodiest", "biggest", "largest", "first", "highest", "heaviest", "most"];
        let from = self.sentence.start.max(period.start.saturating_sub(8));
        self.is_any(period.start, &["since"])
            && ((period.end..period.end + 5).any(|at| self.is_any(at, &["when"]))
                || (from..period.start).any(|at| self.is_any(at, &GREATEST)))
    }

    /// An age at `at` ("24-year-old", "two year old"), and one past it.
    pub(super) fn age(&self, at: u32) -> Option<(u8, u32)> {
        if !self.contains(at) {
            return None;
        }
        let token = self.token(at);
        if token.kind != Kind::Number && !token.is(Class::NumberWord) {
            return None;
        }
        let mut unit = at + 1;
        // "Twenty-two-year-old".
        while self.is_any(unit, &["-"])
            && self.contains(unit + 1)
            && self.token(unit + 1).is(Class::NumberWord)
        {
            unit += 2;
        }
        let end_of_number = unit;
        unit += u32::from(self.is_any(unit, &["-"]));
        let years = self.is_any(unit, &["year", "years", "yr"]);
        if !years && !self.is_any(unit, &["month", "months", "week", "day"]) {
            return None;
        }
        let mut old = unit + 1;
        old += u32::from(self.is_any(old, &["-"]));
        if !self.is_any(old, &["old", "olds"]) {
            return None;
        }
        let age = number(self.tokens, at..end_of_number, self.text)?;
        Some((if years { u8::try_from(age).ok()? } else { 0 }, old + 1))
    }

    pub(super) fn is_hyphen(&self, at: u32) -> bool {
        self.word(at) == "-" && self.tokens.is_glued(at)
    }

    /// Whether an adjective or a noun may stand at `at` before a head.
    pub(super) fn is_modifier(&self, at: u32) -> bool {
        if !self.contains(at) {
            return false;
        }
        let token = self.token(at);
        token.kind == Kind::Word
            && (!token.is(Class::FunctionWord) || self.is_any(at, &["new", "old", "early", "late"]))
            && !token.is(Class::Weekday)
            && !token.is(Class::Month)
            && !token.is(Class::TimeUnit)
            && !token.is(Class::ReportingVerb)
            && !self.is_any(at, &["’s", "'s", "killed", "died", "shot", "died", "according"])
    }

    /// Whether words for people may start at `at`: most tokens start none.
    #[inline]
    pub(super) fn may_start_party(&self, at: u32) -> bool {
        self.contains(at) && self.tokens.classes_at(at).meets(STARTS)
    }

    /// Whether people who have neither a determiner nor a number may start at `at`: a name, an age, "Officer".
    pub(super) fn may_start_people(&self, at: u32) -> bool {
        self.contains(at) && self.tokens.classes_at(at).meets(STARTS_OF_PEOPLE) || self.age(at).is_some()
    }

    /// Whether a head follows the word at `at` at once, with or without a hyphen: "police" before "officer".
    pub(super) fn leads_to_noun(&self, at: u32) -> bool {
        let next = at + 1;
        self.is_hyphen(at) && self.is_head(next)
    }

    fn is_head(&self, at: u32) -> bool {
        self.contains(at) && self.tokens.classes_at(at).meets(HEADS)
    }

    /// Whether a noun phrase goes on at `at`: "both men", against "both were".
    pub(super) fn is_word_of_noun(&self, at: u32) -> bool {
        self.is_head(at) || self.is_modifier(at) && self.is_head(at + 1) || self.is_any(at, &["the", "of"])
    }

    /// Whether the word at `at` may follow a number that counts people by itself: "three were", "two critically".
    pub(super) fn may_follow_people(&self, at: u32) -> bool {
        const VERBS: [&str; 27] = [
            "killed",
            "dead",
            "died",
            "injured",
            "wounded",
            "hurt",
            "shot",
            "stabbed",
            "hit",
            "struck",
            "suffered",
            "sustained",
            "suffering",
            "sustaining",
            "nursing",
            "ended",
            "remain",
            "remained",
            "hospitalized",
            "hospitalised",
            "fatalities",
            "deaths",
            "perished",
            "missing",
            "arrived",
            "victims",
            "survived",
        ];
        let token = self.token(at);
        token.is(Class::FunctionWord) || self.is_any(at, &VERBS) || self.word(at).ends_with("ly")
    }
}
