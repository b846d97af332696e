//! What a date of a sentence belongs to: the violence, a verb for that it happened, or what came after.

use std::ops::Range;

use super::mention::Mention;
use super::scene::Sentence;
use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Shape};

/// What the word says that a date belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// "It happened on Monday", "officers responded on Monday".
    Happened,
    /// The violence itself, or nothing that tells.
    Free,
    /// "Was arrested on Monday", "said on Monday".
    FollowUp,
}

/// How far the word that a date belongs to is looked for.
pub(super) const TIED: u32 = 14;

impl Sentence<'_> {
    /// What the date belongs to: the noun behind it, else the nearest word before it that tells, else the first after.
    pub(super) fn tie(&self, date: Range<u32>, mentions: &[Mention]) -> Tie {
        // "Islamic State on Thursday claimed responsibility", "police on Friday arrested".
        if date.start > self.sentence.start + 1 && self.is_done_after(date.end) {
            return Tie::FollowUp;
        }
        let owned = matches!(self.word(date.end), "’s" | "'s");
        let noun = mentions.iter().any(|it| {
            it.tokens.end > date.end
                && !self.is_done_after(it.tokens.start)
                && it.tokens.start < date.end + 5
                && (date.end..it.tokens.start)
                    .all(|at| !self.is(at, Class::FunctionWord) && !self.is_done_after(at))
        });
        if noun || owned {
            return Tie::Free;
        }
        match self.nearest_tie(&date, mentions) {
            Tie::Free if self.is_of_aftermath(&date, mentions) => Tie::FollowUp,
            tie => tie,
        }
    }

    /// A verb for what is done in the days after: "claimed", "arrested".
    fn is_done_after(&self, at: u32) -> bool {
        self.is(at, Class::FollowUp) && self.word(at).ends_with("ed")
    }

    fn nearest_tie(&self, date: &Range<u32>, mentions: &[Mention]) -> Tie {
        let from = self.sentence.start.max(date.start.saturating_sub(TIED));
        for at in (from..date.start).rev() {
            if self.is_break(at) {
                break;
            }
            if let Some(tie) = self.tie_to(at, date.start - at, mentions) {
                return tie;
            }
        }
        // "Police on Friday said".
        let speaks = self.says(date.end) && date.start > self.sentence.start + 1;
        if speaks {
            return Tie::FollowUp;
        }
        let until = self.sentence.end.min(date.end + TIED);
        (date.end..until)
            .take_while(|at| !self.is_break(*at))
            .filter(|at| !self.says(*at) && !is_helper(self.word(*at)))
            .find_map(|at| self.tie_to(at, TIED, mentions))
            .unwrap_or(Tie::Free)
    }

    /// Whether only small words lead from the words for violence, which end at `end`, to the noun at `at`.
    fn is_scene_of(&self, at: u32, end: u32) -> bool {
        let small = |at: u32| {
            let token = &self.tokens.all[at as usize];
            token.is(Class::FunctionWord)
                || token.is(Class::LocationWord)
                || matches!(self.word(at), "dead" | "outside" | "front")
        };
        end < at && at - end <= 5 && (end..at).all(small)
    }

    /// "Opened fire minutes into a vigil", "shot at his brother’s funeral": a gathering that the violence, whose words
    /// end at `end`, came upon.
    fn is_at_event(&self, at: u32, end: u32) -> bool {
        let article =
            |at: u32| matches!(self.word(at), "a" | "an" | "the" | "his" | "her" | "their" | "’s" | "'s");
        let into =
            |at: u32| matches!(self.word(at), "into" | "at" | "during" | "outside" | "near" | "leaving");
        let led = (at.saturating_sub(4)..at).any(|it| into(it) && it >= end);
        end < at && at - end <= 9 && led && (at.saturating_sub(2)..at).any(article)
    }

    fn is_break(&self, at: u32) -> bool {
        matches!(self.tokens.all[at as usize].kind, Kind::Open | Kind::Close) || self.word(at) == ";"
    }

    /// What the word at `at` makes of a date `far` tokens behind it; `None` where it tells nothing.
    fn tie_to(&self, at: u32, far: u32, mentions: &[Mention]) -> Option<Tie> {
        let word = self.word(at);
        if mentions.iter().any(|it| it.tokens.contains(&at)) {
            return Some(Tie::Free);
        }
        if self.is_count(at) || self.is_later_death(at) {
            return Some(Tie::FollowUp);
        }
        if matches!(
            word,
            "killed" | "wounded" | "injured" | "dead" | "died" | "hurt" | "hit" | "struck" | "slain"
        ) {
            return Some(Tie::Free);
        }
        if self.is(at, Class::HappenVerb) {
            return Some(Tie::Happened);
        }
        let passive = is_helper(self.word(at.wrapping_sub(1)));
        if matches!(word, "reported" | "called") && passive {
            return Some(Tie::Happened);
        }
        if word == "received"
            && matches!(self.word(at + 1), "a" | "calls" | "reports" | "multiple" | "several")
        {
            return Some(Tie::Happened);
        }
        // "Multiple gunshots were heard on Monday", "heard the shots early on Monday".
        if matches!(word, "gunshots" | "gunfire" | "shots")
            && (at.saturating_sub(4)..at + 4).any(|it| self.word(it) == "heard")
        {
            return Some(Tie::Happened);
        }
        // "It was just after 3 a.m. on Monday, and the bar was closing".
        if word == "was" && at == self.sentence.start + 1 && self.word(at - 1) == "It" && far <= 6 {
            return Some(Tie::Happened);
        }
        // "Shot dead outside the court on Monday", "minutes into a vigil on Monday": there it is where, not what
        // came after. Nor is "Lower Court" what came after.
        let scene = mentions
            .iter()
            .any(|it| self.is_scene_of(at, it.tokens.end) || self.is_at_event(at, it.tokens.end));
        let name = at > self.sentence.start && self.tokens.all[at as usize].shape == Shape::Capital;
        if self.is(at, Class::FollowUp) && !scene && !name {
            return Some(Tie::FollowUp);
        }
        if self.says(at) && word != "called" {
            // "Said the blast on Tuesday" tells of the blast, "told the court on Tuesday" of the telling.
            let clause = !matches!(word, "told" | "tells")
                && matches!(
                    self.word(at + 1),
                    "the"
                        | "a"
                        | "an"
                        | "that"
                        | "he"
                        | "she"
                        | "they"
                        | "it"
                        | "his"
                        | "her"
                        | "their"
                        | "two"
                        | "three"
                );
            return Some(if far <= 7 && !clause { Tie::FollowUp } else { Tie::Free });
        }
        let verb = is_helper(word)
            || word.len() > 4 && word.ends_with("ed") && self.tokens.all[at as usize].shape == Shape::Lower;
        verb.then_some(Tie::Free)
    }

    /// "The worst since 22 July 2011, when 69 people were shot": the day of what is told behind it, at token `at`.
    pub(super) fn begins_flashback(&self, date: u32, end: u32, at: u32) -> bool {
        matches!(self.word(date - 1), "since" | "Since")
            && (end..end + 2).any(|it| self.word(it) == "when" && it < at)
    }

    /// "The death toll rose to 13 on Monday": when it was counted. Also "on Monday the toll".
    fn is_count(&self, at: u32) -> bool {
        let number = |at: u32| {
            self.is(at, Class::Quantity) || self.is(at, Class::Number) || self.is(at, Class::NumberWord)
        };
        let word = self.word(at);
        // "By the count that is given today".
        let given = word == "given"
            && (at.saturating_sub(6)..at)
                .any(|it| matches!(self.word(it), "count" | "number" | "figure" | "toll"));
        given
            || word == "toll" && matches!(self.word(at.wrapping_sub(1)), "death" | "Death" | "the" | "The")
            || self.is(at, Class::ChangeVerb) && (at + 1..at + 6).any(number) && {
                (at + 1..at + 4).any(|it| matches!(self.word(it), "to" | "at" | "by" | "from"))
            }
    }

    /// "Said", "states", but not "the United States".
    fn says(&self, at: u32) -> bool {
        self.is(at, Class::ReportingVerb) && !self.tokens.all[at as usize].is_capital()
    }

    /// "Died in hospital on Monday", "later died of his wounds on Monday": after the attack.
    fn is_later_death(&self, at: u32) -> bool {
        matches!(self.word(at), "died" | "succumbed")
            && (self.word(at.wrapping_sub(1)) == "later"
                || (at + 1..at + 7).any(|it| {
                    matches!(
                        self.word(it),
                        "hospital" | "Hospital" | "wounds" | "injuries" | "later" | "surgery"
                    )
                }))
    }

    /// "By the morning of 29 November": not the day it began.
    pub(super) fn is_limit_of_day(&self, date: u32) -> bool {
        let from = self.sentence.start.max(date.saturating_sub(4));
        self.word(date.wrapping_sub(1)) == "of"
            && (from..date)
                .any(|at| matches!(self.word(at), "by" | "By" | "until" | "Until" | "since" | "Since"))
    }
}

fn is_helper(word: &str) -> bool {
    matches!(word, "was" | "were" | "is" | "are" | "been" | "being" | "has" | "have" | "had")
}
