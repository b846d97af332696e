//! A date of what was done after an attack that the same sentence tells of by the way: "a man who stabbed two women was
//! jailed on Friday".

use std::ops::Range;

use super::mention::{Form, Mention};
use super::scene::Sentence;
use crate::facts::classes::Class;
use crate::facts::tokens::Shape;

/// How far behind "who" the violence is told.
const RELATIVE: u32 = 8;
/// How many words what is held or put up after an attack is named with: "the public inquiry".
const HEAD: u32 = 5;

impl Sentence<'_> {
    /// Whether a date stands with the verb of the sentence while all violence of it is told inside a clause or behind a noun
    /// that only says who or what is meant.
    ///
    /// - "A man *who stabbed* a teacher in Leeds *was jailed* on Friday", and with the date before: "Police on Thursday named
    ///   the man who stabbed two women", "pupils returned on Thursday to the school where a gunman killed nine".
    /// - "The *funeral* of the victims of a bombing was held on Sunday", "an *inquest* into the deaths of three men killed in
    ///   a bombing opened on Thursday".
    /// - "Denmark on Thursday expelled two diplomats *over* a bombing", "claimed responsibility *for* an attack".
    pub(super) fn is_of_aftermath(&self, date: &Range<u32>, mentions: &[Mention]) -> bool {
        let before = mentions.iter().filter(|it| it.tokens.end <= date.start).max_by_key(|it| it.tokens.end);
        let after = mentions.iter().filter(|it| it.tokens.start >= date.end).min_by_key(|it| it.tokens.start);
        match (before, after) {
            (Some(before), _) => self.is_past_relative(before, date) || self.is_behind_head(before, date),
            (None, Some(after)) => {
                // "On Thursday claimed responsibility for an attack".
                after.tokens.start == date.end && self.is(date.end, Class::FollowUp)
                    || self.is_behind_head(after, date)
                    || self.leads_into_relative(date.end, after)
                    || self.is_over(date.end, after)
            }
            (None, None) => false,
        }
    }

    /// "Who stabbed a teacher in Leeds was jailed …": a verb of its own stands between the clause and the date.
    fn is_past_relative(&self, mention: &Mention, date: &Range<u32>) -> bool {
        let from = self.sentence.start.max(mention.tokens.start.saturating_sub(RELATIVE));
        let Some(opener) = (from..mention.tokens.start).rev().find(|at| self.word(*at) == "who") else {
            return false;
        };
        if (opener..mention.tokens.start).any(|at| self.is_clause_break(at)) {
            return false;
        }
        let mut behind = mention.tokens.end..date.start;
        let Some(verb) = behind.find(|at| self.is_main_verb(*at)) else { return false };
        !(mention.tokens.end..verb).any(|at| self.opens_clause(at))
            && !(verb..date.start)
                .any(|at| self.opens_clause(at) || self.is_clause_break(at) || self.is_deed(at))
    }

    /// A helper, or a verb behind the comma that ends the clause: "who shot nine people, walked free".
    fn is_main_verb(&self, at: u32) -> bool {
        let token = &self.tokens.all[at as usize];
        let past = token.shape == Shape::Lower && self.word(at).len() > 4 && self.word(at).ends_with("ed");
        let helper = matches!(self.word(at), "was" | "were" | "is" | "are" | "has" | "have" | "had" | "will");
        helper || past && (self.word(at.wrapping_sub(1)) == "," || self.is(at, Class::FollowUp))
    }

    /// Whether the sentence is about what is held, said or put up after an attack, and this mention says after which.
    fn is_behind_head(&self, mention: &Mention, date: &Range<u32>) -> bool {
        let until = mention.tokens.start.min(date.start).min(self.sentence.start + HEAD);
        let mut head = self.sentence.start..until;
        let named = |at: u32| self.tokens.all[at as usize].shape == Shape::Lower || at == self.sentence.start;
        let Some(head) = head.find(|at| self.is(*at, Class::AftermathNoun) && named(*at)) else {
            return false;
        };
        let plain = |at: u32| !self.is(at, Class::Preposition) && !self.is_clause_break(at);
        if !(self.sentence.start..head).all(plain) {
            return false;
        }
        // "A procession was nearing a shrine on Friday when a bomber struck": on Friday.
        let meets = |at: u32| matches!(self.word(at), "when" | "as" | "while" | "where");
        if (date.end..mention.tokens.start).any(meets) {
            return false;
        }
        let leads = |at: u32| {
            matches!(self.word(at), "of" | "for" | "to" | "into" | "over" | "about" | "on" | "who" | "where")
        };
        let inside = (head + 1..mention.tokens.start).any(|at| leads(at) && !date.contains(&(at + 1)));
        // "The funeral of a man killed in a bombing on Sunday" is of a bombing on Sunday: no verb stands between.
        let beside = mention.tokens.end <= date.start
            && !(mention.tokens.end..date.start).any(|at| self.is_told_by(at));
        let deed = (date.start.saturating_sub(4).max(head)..date.start).any(|at| self.is_deed(at));
        inside && !beside && !deed
    }

    /// "(On Thursday) named the man who stabbed two women": a person or a place, and what happened to tell which.
    fn leads_into_relative(&self, from: u32, mention: &Mention) -> bool {
        let mut between = from..mention.tokens.start;
        let Some(opener) = between.find(|at| matches!(self.word(*at), "who" | "whose" | "where")) else {
            return false;
        };
        let breaks = |at: u32| self.is_clause_break(at) || self.word(at) == ",";
        if (from..opener.max(from)).any(breaks)
            || (opener..mention.tokens.start).any(|at| self.is_clause_break(at))
        {
            return false;
        }
        // "On Thursday a gunman who had served in the army opened fire": the clause is over when he does.
        let helps = |at: u32| matches!(self.word(at), "was" | "were" | "had" | "have" | "has");
        if (opener + 1..mention.tokens.start).any(|at| self.is_told_by(at) && !helps(at)) {
            return false;
        }
        // "Entered a school on Thursday, where he shot two pupils": who came did it.
        let same = matches!(self.word(opener + 1), "he" | "she" | "they" | "it");
        !(self.word(opener) == "where" && same || (from..opener).any(|at| self.is_deed(at)))
    }

    /// "(On Thursday) expelled two diplomats over a bombing", "claimed responsibility for an attack".
    fn is_over(&self, from: u32, mention: &Mention) -> bool {
        let start = mention.phrase.start;
        let over = start > from && matches!(self.word(start - 1), "over" | "for" | "about" | "condemning");
        let named = start > from && self.is(start - 1, Class::FollowUp);
        (over || named)
            && !matches!(mention.form, Form::Verb)
            && !(from..start - 1)
                .any(|at| self.is_deed(at) || self.is_clause_break(at) || self.word(at) == ",")
    }

    /// A verb in the past, of any kind.
    fn is_told_by(&self, at: u32) -> bool {
        let token = &self.tokens.all[at as usize];
        let past = token.shape == Shape::Lower && self.word(at).len() > 4 && self.word(at).ends_with("ed");
        let irregular = matches!(
            self.word(at),
            "heard"
                | "held"
                | "began"
                | "took"
                | "met"
                | "found"
                | "was"
                | "were"
                | "went"
                | "came"
                | "ran"
                | "drove"
                | "lost"
                | "left"
                | "got"
                | "wore"
                | "fled"
        );
        past || irregular || token.is(Class::ReportingVerb) && token.shape == Shape::Lower
    }

    fn opens_clause(&self, at: u32) -> bool {
        matches!(
            self.word(at),
            "when" | "after" | "as" | "while" | "where" | "who" | "which" | "that" | "before" | "because"
        )
    }

    fn is_clause_break(&self, at: u32) -> bool {
        matches!(self.word(at), ";" | "and" | "but" | ":")
    }

    /// A word for what an attack does, or for that it took place.
    fn is_deed(&self, at: u32) -> bool {
        self.is(at, Class::HappenVerb)
            || matches!(
                self.word(at),
                "killed"
                    | "wounded"
                    | "injured"
                    | "dead"
                    | "died"
                    | "hurt"
                    | "slain"
                    | "shot"
                    | "stabbed"
                    | "exploded"
            )
    }
}
