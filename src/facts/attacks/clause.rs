//! One clause, or a whole sentence, to look for phrases in: what its words are and can be a part of.

use std::ops::Range;

use super::phrase::LONGEST;
use crate::facts::attribution;
use crate::facts::classes::Class;
use crate::facts::lower::lower;
use crate::facts::tokens::{Kind, Token, Tokens};

/// A sentence, to look for phrases in.
#[derive(Clone, Debug)]
pub(super) struct Clause<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) sentence: Range<u32>,
}

impl<'a> Clause<'a> {
    pub(super) fn token(&self, at: u32) -> Option<&'a Token> {
        self.sentence.contains(&at).then(|| &self.tokens.all[at as usize])
    }

    /// The word at `at`; empty outside of the sentence.
    pub(super) fn word(&self, at: u32) -> &'a str {
        self.token(at).map_or("", |token| token.span().of(self.text))
    }

    /// "Are the attackers counted?": who did what is what the sentence wants to know.
    pub(super) fn asks(&self) -> bool {
        (self.sentence.end.saturating_sub(2)..self.sentence.end).any(|at| self.word(at) == "?")
    }

    /// Whether the sentence that it is of has anything of `class`.
    pub(super) fn may_have(&self, class: Class) -> bool {
        !self.sentence.is_empty() && self.tokens.contents_of(self.sentence.start).classes.has(class)
    }

    pub(super) fn is(&self, at: u32, class: Class) -> bool {
        self.token(at).is_some_and(|token| token.is(class))
    }

    /// "Said", "states", but not "the United States".
    pub(super) fn says(&self, at: u32) -> bool {
        self.token(at).is_some_and(|token| token.is(Class::ReportingVerb) && !token.is_capital())
    }

    /// Whether token `at` is part of the words that tell who says it.
    pub(super) fn tells_who_says(&self, at: u32) -> bool {
        self.sentence.contains(&at) && attribution::is_part(self.tokens, at)
    }

    /// Where a run of `class` starts that ends before `end`.
    pub(super) fn run_ending(&self, end: u32, class: Class) -> Option<u32> {
        if !self.may_have(class) {
            return None;
        }
        let from = self.sentence.start.max(end.saturating_sub(LONGEST));
        (from..end).find(|at| self.tokens.run_of(*at, class) == Some(end))
    }

    /// "A", "the", "his", "no".
    pub(super) fn is_determiner(&self, at: u32) -> bool {
        matches!(
            lower(self.word(at)).as_str(),
            "a" | "an"
                | "the"
                | "this"
                | "that"
                | "these"
                | "those"
                | "its"
                | "his"
                | "her"
                | "their"
                | "our"
                | "my"
                | "no"
                | "any"
                | "neither"
                | "every"
                | "each"
        )
    }

    pub(super) fn is_quantity(&self, at: u32) -> bool {
        let Some(token) = self.token(at) else { return false };
        token.kind == Kind::Number && !self.is_year(at)
            || token.is(Class::NumberWord)
            || token.is(Class::RoundNumber)
            || matches!(
                lower(self.word(at)).as_str(),
                "several"
                    | "some"
                    | "many"
                    | "another"
                    | "other"
                    | "others"
                    | "both"
                    | "few"
                    | "dozens"
                    | "about"
                    | "around"
                    | "approximately"
                    | "nearly"
                    | "almost"
                    | "all"
                    | "second"
                    | "new"
                    | "old"
                    | "former"
                    | "first"
                    | "third"
                    | "last"
                    | "more"
                    | "than"
                    | "least"
                    | "most"
            )
    }

    /// "On 2 April 2015 gunmen attacked": four figures without a comma are a year, and 2,015 gunmen have one.
    pub(super) fn is_year(&self, at: u32) -> bool {
        let word = self.word(at);
        word.len() == 4 && matches!(word.parse(), Ok(1500..=2100_u32))
    }

    /// "Armed", "masked": what looks like a verb's form and is none before a noun.
    pub(super) fn is_participle(&self, at: u32) -> bool {
        let word = self.word(at);
        let lower = word.starts_with(|sign: char| sign.is_ascii_lowercase());
        lower
            && word.len() > 4
            && (word.ends_with("ed") || word.ends_with("ing"))
            && !self.is(at, Class::ArmedAdjective)
            && !self.is(at, Class::TargetNoun)
            && !self.is(at, Class::SuspicionWord)
    }

    /// Whether the token can stand inside a noun phrase.
    pub(super) fn is_inside(&self, at: u32) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = self.word(at);
        match token.kind {
            Kind::Number => !self.is_year(at),
            // "Norden-Halden", but not "Va. - Five people" nor "(AP) -- Five people".
            Kind::Sign => {
                let glued = |at: u32| self.token(at).is_some() && self.tokens.is_glued(at);
                let dash = self.word(at + 1) == "-" || self.word(at.wrapping_sub(1)) == "-";
                matches!(word, "-" | "/") && (glued(at) || glued(at + 1)) && !dash
            }
            Kind::Open | Kind::Close => false,
            Kind::Word => {
                let capital = token.is_capital();
                let verb = !capital && (token.is(Class::PlainVerb) || token.is(Class::ReportingVerb));
                let noun =
                    token.is(Class::TargetNoun) || token.is(Class::People) || token.is(Class::PersonNoun);
                let calendar = token.is(Class::Weekday) || token.is(Class::Month) && capital;
                let time = matches!(
                    word,
                    "night"
                        | "morning"
                        | "afternoon"
                        | "evening"
                        | "week"
                        | "month"
                        | "noon"
                        | "dawn"
                        | "midnight"
                );
                let adverb = !capital && word.ends_with("ly") && word.len() > 5;
                let function = token.is(Class::FunctionWord) && !token.is(Class::People);
                let stops = function || verb && !noun || calendar || time || adverb;
                !stops
            }
        }
    }

    /// One past brackets that open at `at` around a few words: "(FMLN)".
    pub(super) fn past_brackets(&self, at: u32) -> Option<u32> {
        if !matches!(self.word(at), "(" | "[") {
            return None;
        }
        (at + 2..at + 9).find(|it| matches!(self.word(*it), ")" | "]")).map(|close| close + 1)
    }

    /// Where the brackets or the quotation marks open that close before `end`.
    pub(super) fn before_brackets(&self, end: u32) -> Option<u32> {
        let close = self.word(end.checked_sub(1)?);
        let marks = self.token(end - 1)?.kind == Kind::Close;
        if !matches!(close, ")" | "]") && !marks {
            return None;
        }
        let from = self.sentence.start.max(end.saturating_sub(9));
        let open = (from..end - 1).rfind(|it| match marks {
            true => self.tokens.all[*it as usize].kind == Kind::Open,
            false => matches!(self.word(*it), "(" | "["),
        })?;
        // "Bogota, 4 Sep (EFE) -- [text] Two people": no word of the phrase stands before these.
        let joined = open > self.sentence.start && (marks || self.is_inside(open - 1));
        joined.then_some(open)
    }
}
