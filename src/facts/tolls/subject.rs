//! Whose death or injury a word tells that stands behind them: "two men, walking home, were shot".

use std::ops::Range;

use super::clause::Clauses;
use super::marks::is_in_part;
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// Parties that a word for harm looks back over.
const PARTIES_BACK: usize = 5;
/// Tokens between people and what happened to them, at most.
const REACH: u32 = 40;

impl Clauses<'_, '_> {
    pub(super) fn before_adverbs(&self, start: u32) -> u32 {
        let mut from = start;
        while self.words.contains(from.wrapping_sub(1))
            && (self.words.is_any(from - 1, &["also", "later", "then", "since", "both", "all", "each"])
                // "Had been killed".
                || self.words.is_any(from - 1, &["had", "has", "have"]) && self.words.is_any(from, &["been"])
                || self.words.word(from - 1).ends_with("ly"))
            && !self.parties.iter().any(|it| it.tokens.end == from)
        {
            from -= 1;
        }
        from
    }

    /// The party that is the subject of what starts at token `start`.
    pub(super) fn subject(&self, start: u32) -> Option<usize> {
        let words = self.words;
        let mut from = self.before_adverbs(start);
        let mut comma = words.word(from.wrapping_sub(1)) == ",";
        let coordinated = words.is_any(from.wrapping_sub(1), &["and", "but", "or", "then"]);
        let relative = words.is_any(from.wrapping_sub(1), &["who", "that"]);
        if relative {
            from -= 1;
            comma = words.word(from.wrapping_sub(1)) == ",";
        }
        let nearest = self.parties.iter().rposition(|it| it.tokens.end <= from)?;
        for at in (nearest.saturating_sub(PARTIES_BACK)..=nearest).rev() {
            let party = &self.parties[at];
            if from.saturating_sub(party.end) > REACH {
                return None;
            }
            if party.owner || coordinated && self.objects[at] || !relative && self.is_in_relative_clause(at) {
                continue;
            }
            let between = party.end.min(from)..from;
            if self.breaks(between.clone()) {
                return None;
            }
            let adjacent = between.clone().all(|it| words.is_any(it, &[","]));
            if !(relative && adjacent) && self.is_governed(at) {
                continue;
            }
            if adjacent || coordinated || self.leads_on(between.start) {
                return Some(at);
            }
            if !comma {
                return None;
            }
        }
        None
    }

    /// "The man who stabbed a rabbi and a guard died", "a teacher who had hidden pupils was stabbed": not those whom the
    /// clause with "who" speaks of, but whose clause it is.
    fn is_in_relative_clause(&self, at: usize) -> bool {
        let mut first = at;
        while first > 0 && self.joins(first - 1) {
            first -= 1;
        }
        let Some(head) = first.checked_sub(1).map(|at| &self.parties[at]) else { return false };
        let told = head.end + 1..self.parties[first].tokens.start;
        self.words.is_any(head.end, &["who"])
            && !told.is_empty()
            && !self.breaks(told.clone())
            && !told.into_iter().any(|at| {
                self.words.is_any(at, &[",", "that"]) || self.words.token(at).is(Class::ReportingVerb)
            })
    }

    /// Words that part a verb from what stands before them.
    fn breaks(&self, mut between: Range<u32>) -> bool {
        between.any(|at| {
            matches!(self.words.token(at).kind, Kind::Open | Kind::Close)
                || self.words.is_any(
                    at,
                    &[
                        "when", "after", "while", "because", "if", "before", "where", "whose", ";", ":",
                        "until",
                    ],
                )
        })
    }

    /// "Of the man", "with a woman": no subject, unless there is nothing else.
    fn is_governed(&self, at: usize) -> bool {
        let before = self.parties[at].tokens.start.wrapping_sub(1);
        // "Twelve people, including a teacher and a cook, were killed".
        let is_part = is_in_part(self.parts, self.parties[at].tokens.start);
        let by = is_part || self.words.is_any(before, &["by", "including"]);
        let governed = self.words.is_any(
            before,
            &["of", "from", "with", "for", "to", "near", "against", "between", "behind", "toward", "towards"],
        );
        by || governed && at > 0 && self.parties[at].tokens.start - self.parties[at - 1].tokens.end < 10
    }

    /// Whether what follows people may still speak of them: a comma, a preposition, "walking home".
    fn leads_on(&self, at: u32) -> bool {
        self.words.is_any(
            at,
            &[
                ",",
                "(",
                "-",
                "—",
                "–",
                "in",
                "at",
                "on",
                "of",
                "from",
                "with",
                "near",
                "outside",
                "inside",
                "who",
                "that",
                "aboard",
                "and",
                "whom",
                "including",
                "believed",
                "identified",
                "aged",
                "among",
            ],
        ) || self.words.word(at).ends_with("ing")
            || self.words.word(at).ends_with("ed")
            || self.words.is_any(at, &["shot", "hurt", "struck", "hit", "then", "both"])
    }
}
