//! What the text denies or only supposes: "no bomb exploded", "if gunmen attacked, hospitals could cope", a title.

use std::ops::Range;

use super::mention::{Form, Mention, Words};
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// How many words before the violence a denial or a condition may stand, and how many behind it a retraction.
const REACH: u32 = 24;

/// How many words behind the violence itself is said that it is "not suspected".
const PREDICATE: u32 = 4;

/// How many words before "have been killed" a count may stand.
const TALLY: u32 = 12;

/// The longest title in quotation marks, in words.
const TITLE: u32 = 10;

impl Words<'_> {
    /// Whether the clause of the mention denies it, or only supposes it.
    pub(super) fn is_unreal(&self, mention: &Mention) -> bool {
        // "No evidence of a link to the bombing": what is known needs no proof.
        let new = matches!(mention.form, Form::Verb | Form::Indefinite | Form::Plural);
        new && (self.is_denied(mention) || self.is_retracted(mention)) || self.is_supposed(mention)
    }

    /// Whether a new clause starts here, which a denial or a condition before it does not reach.
    fn is_clause_start(&self, at: u32) -> bool {
        matches!(
            self.lower(at).as_str(),
            "," | ";"
                | ":"
                | "—"
                | "–"
                | "when"
                | "after"
                | "before"
                | "since"
                | "because"
                | "while"
                | "although"
                | "though"
                | "but"
                | "that"
                | "which"
                | "who"
                | "whose"
                | "where"
                | "as"
                | "until"
                | "than"
        )
    }

    /// The words before the mention in its clause, and what opens the clause where that denies it.
    fn is_denied(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let from = self.sentence.start.max(start.saturating_sub(REACH));
        let denied = self.tokens.contents_of(start).classes.has(Class::Denial);
        for at in (from..start).rev().filter(|_| denied) {
            let denial = self.tokens.run_of(at, Class::Denial).filter(|end| *end <= start);
            if denial.is_some_and(|end| !(end..start).any(|it| self.is_clause_start(it))) {
                return true;
            }
        }
        if mention.form != Form::Verb {
            return false;
        }
        // "No bomb exploded", "the device was not bombed"; but "not only", and "no" of another clause.
        let clause = (from..start).rev().find(|at| self.is_clause_start(*at)).map_or(from, |at| at + 1);
        let whole = mention.tokens.clone().any(|at| self.lower(at) == "no")
            || self.lower(clause) == "no" && start - clause <= 4;
        let near = clause.max(start.saturating_sub(3));
        let not = (near..start).any(|at| {
            matches!(self.lower(at).as_str(), "not" | "never" | "n't" | "n’t")
                && !matches!(self.lower(at + 1).as_str(), "only" | "just" | "merely" | "simply")
        });
        whole || not
    }

    /// "Arson is not suspected", "reports that a bomb had exploded were untrue".
    fn is_retracted(&self, mention: &Mention) -> bool {
        let end = mention.tokens.end;
        let last = self.sentence.end.min(end + REACH);
        if !self.tokens.contents_of(mention.tokens.start).classes.has(Class::Retraction) {
            return false;
        }
        let Some(at) = (end..last).find(|at| self.tokens.run_of(*at, Class::Retraction).is_some()) else {
            return false;
        };
        if (end..at).any(|it| self.is_clause_start(it)) {
            return false;
        }
        let from = self.sentence.start.max(mention.tokens.start.saturating_sub(REACH));
        let reported = (from..mention.tokens.start).any(|it| {
            matches!(
                self.lower(it).as_str(),
                "report" | "reports" | "rumour" | "rumours" | "rumor" | "rumors" | "claim" | "claims"
            ) && matches!(self.lower(it + 1).as_str(), "that" | "of")
        });
        reported || mention.form != Form::Verb && at - end <= PREDICATE
    }

    /// "If a bomb exploded, hospitals could cope", "had it exploded, it would have".
    fn is_supposed(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let from = self.sentence.start.max(start.saturating_sub(REACH));
        let opens = |at: u32| at == self.sentence.start || self.is_clause_start(at - 1);
        let condition = (from..start).rev().find(|at| {
            let inverted = || matches!(self.lower(*at).as_str(), "had" | "should" | "were") && opens(*at);
            // "Asked if", "it is not known if" ask for what is the case.
            let leads =
                || opens(*at) || matches!(self.lower(at.wrapping_sub(1)).as_str(), "even" | "only" | "and");
            self.tokens.run_of(*at, Class::Supposition).is_some() && leads() || inverted()
        });
        let Some(condition) = condition else { return false };
        if (condition + 1..start).any(|at| self.is_clause_start(at)) {
            return false;
        }
        let could = |at: u32| {
            matches!(
                self.lower(at).as_str(),
                "would" | "could" | "might" | "may" | "will" | "can" | "should" | "’d" | "'d"
            ) && self.word(at) != "May"
        };
        let last = self.sentence.end.min(mention.tokens.end + REACH);
        (mention.tokens.end..last).any(could)
            || (self.sentence.start.max(condition.saturating_sub(REACH))..condition).any(could)
    }

    /// "Calling for the assassination of the general", "demanded an end to the bombing": what is wanted.
    pub(super) fn is_call(&self, mention: &Mention) -> bool {
        let start = mention.phrase.start;
        let from = self.sentence.start.max(start.saturating_sub(4));
        let asked = |at: u32| {
            let word = self.lower(at);
            matches!(word.as_str(), "call" | "calls" | "called" | "calling") && self.lower(at + 1) == "for"
                || word == "end" && self.lower(at + 1) == "to"
        };
        mention.form != Form::Verb && (from..start).any(asked)
    }

    /// "Nearly 1,000 of its members have been murdered", "hundreds of peasants who have been killed": a count of years.
    pub(super) fn is_tally(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let perfect = (self.sentence.start.max(start.saturating_sub(4))..start).any(|at| {
            self.lower(at) == "have" && matches!(self.lower(at + 1).as_str(), "been" | "since" | "also")
        });
        let from = self.sentence.start.max(start.saturating_sub(TALLY));
        let many = |at: u32| {
            let word = self.lower(at);
            matches!(word.as_str(), "hundreds" | "thousands" | "dozens" | "scores" | "countless")
                || word.replace(',', "").parse::<u32>().is_ok_and(|count| count >= 100)
        };
        // "Hundreds have been killed in an attack on the town" is news.
        let over_time = || {
            self.sentence.clone().any(|at| self.tokens.all[at as usize].is(Class::AnotherTime))
                || (from..start).any(|at| self.lower(at) == "who" && self.lower(at + 1) == "have")
        };
        mention.form == Form::Verb && perfect && over_time() && (from..start).any(many)
    }

    /// Whether words stand in the title of a book or a film: in quotation marks, each long word with a capital.
    pub(super) fn is_in_title(&self, run: &Range<u32>) -> bool {
        let kind = |at: u32| self.tokens.all[at as usize].kind;
        let from = self.sentence.start.max(run.start.saturating_sub(TITLE));
        let to = self.sentence.end.min(run.end + TITLE);
        let Some(open) = (from..run.start).rev().find(|at| matches!(kind(*at), Kind::Open | Kind::Close))
        else {
            return false;
        };
        let Some(close) = (run.end..to).find(|at| matches!(kind(*at), Kind::Open | Kind::Close)) else {
            return false;
        };
        let words = open + 1..close;
        let capital = |at: u32| self.tokens.all[at as usize].is_capital();
        kind(open) == Kind::Open
            && kind(close) == Kind::Close
            && words.len() >= 2
            && capital(open + 1)
            && words.clone().all(|at| kind(at) != Kind::Word || capital(at) || self.word(at).len() <= 4)
            && words.filter(|at| capital(*at)).count() >= 2
    }
}
