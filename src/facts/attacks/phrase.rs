//! Noun phrases beside the words for violence: the subject of a verb, what stands behind it, who it was done by.

use std::ops::Range;

use super::clause::Clause;
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// A noun with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Without its article: "five hooded gunmen", "mayor of Halden".
    pub(super) run: Range<u32>,
    /// Its last noun before any "of".
    pub(super) head: u32,
    /// With its article.
    pub(super) from: u32,
    /// "No group", "neither side".
    pub(super) denied: bool,
}

/// The most words of a phrase.
pub(super) const LONGEST: u32 = 10;

impl<'a> Clause<'a> {
    /// The phrase that starts at `at`.
    pub(super) fn ahead(&self, at: u32) -> Option<Phrase> {
        let mut phrase = self.plain_ahead(at)?;
        if self.word(phrase.run.end) == "of" {
            // "Members of the front", "the mayor of Halden".
            let done =
                self.is_participle(phrase.run.end + 1) && self.word(phrase.run.end + 1).ends_with("ing");
            if let Some(inner) = self.plain_ahead(phrase.run.end + 1).filter(|_| !done) {
                phrase.run.end = inner.run.end;
            }
        }
        Some(phrase)
    }

    /// The phrase that starts at `at`, as far as it stands before `end`.
    pub(super) fn ahead_within(&self, at: u32, end: u32) -> Option<Phrase> {
        let inner = Clause { sentence: self.sentence.start..self.sentence.end.min(end), ..self.clone() };
        inner.plain_ahead(at)
    }

    fn plain_ahead(&self, at: u32) -> Option<Phrase> {
        let mut start = at;
        while self.is(start, Class::SuspicionWord)
            || self.word(start) == "at" && self.word(start + 1) == "least"
        {
            start += 1;
        }
        let mut denied = false;
        if self.is_determiner(start) {
            denied = matches!(self.word(start), "no" | "No" | "neither" | "Neither" | "any");
            start += 1;
        }
        let mut end = start;
        while self.is_quantity(end) {
            end += 1;
        }
        let content = end;
        let limit = self.sentence.end.min(content + LONGEST);
        while end < limit {
            if let Some(past) =
                self.tokens.run_of(end, Class::Person).filter(|past| *past <= self.sentence.end)
            {
                end = past;
                break;
            }
            if let Some(past) =
                self.tokens.run_of(end, Class::ArmedGroup).filter(|past| *past <= self.sentence.end)
            {
                end = past;
                continue;
            }
            // "Peace Now" guerrillas, the front [PN] guerrillas.
            if end > content
                && let Some(past) = self.past_brackets(end).filter(|past| self.is_inside(*past))
            {
                end = past;
                continue;
            }
            let adverb = end == content && self.word(end).ends_with("ly") && self.is_inside(end + 1);
            let participle = end > content && self.is_participle(end) && self.word(end - 1) != "-";
            if !(self.is_inside(end) || adverb) || participle {
                break;
            }
            end += 1;
        }
        while end > content && matches!(self.word(end - 1), "-" | "’s" | "'s" | "/") {
            end -= 1;
        }
        if end == content {
            return None;
        }
        Some(Phrase { run: start..end, head: end - 1, from: at, denied })
    }

    /// The phrase that ends before `end`.
    pub(super) fn behind(&self, end: u32) -> Option<Phrase> {
        let limit = self.sentence.start.max(end.saturating_sub(LONGEST + 4));
        let (mut at, mut head, mut from, mut denied) = (end, end.checked_sub(1)?, None, false);
        while at > limit {
            if let Some(start) =
                self.run_ending(at, Class::Person).or_else(|| self.run_ending(at, Class::ArmedGroup))
            {
                at = start.max(limit);
                continue;
            }
            if let Some(open) = self.before_brackets(at).filter(|open| *open > limit) {
                if at == end {
                    head = open - 1;
                }
                at = open;
                continue;
            }
            let before = at - 1;
            // "At least one man".
            if at < end && self.word(before) == "at" && self.word(at) == "least" {
                from = Some(before);
                break;
            }
            let linked = at < end && self.word(before) == "of" && before > limit;
            if linked && (self.is_inside(before - 1) || self.is_quantity(before - 1)) {
                if !self.is_quantity(before - 1) {
                    head = before - 1;
                }
                at = before;
                continue;
            }
            if self.is_determiner(before) && at < end {
                // "Members of the front": the article of the inner noun.
                if before > limit && self.word(before - 1) == "of" {
                    at = before;
                    continue;
                }
                denied = matches!(self.word(before), "no" | "No" | "neither" | "Neither" | "any");
                from = Some(before);
                break;
            }
            let joins = self.is_inside(before) || at < end && self.is_quantity(before);
            let verbal = self.is_participle(before)
                && !(before == limit
                    || self.is_determiner(before - 1)
                    || self.is_quantity(before - 1)
                    || self.is(before - 1, Class::FunctionWord));
            if !joins || verbal && at < end || verbal && at == end {
                break;
            }
            at = before;
        }
        while at < head && matches!(self.word(at), "-" | "’s" | "'s" | "of" | "than" | "most" | "other") {
            at += 1;
        }
        let denied = denied || matches!(self.word(at.wrapping_sub(1)), "no" | "nor" | "neither" | "Neither");
        (at < end && self.token(head)?.kind != Kind::Sign && at <= head).then(|| Phrase {
            run: at..end,
            head,
            from: from.unwrap_or(at),
            denied,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::annotated;

    fn with<T>(text: &str, read: impl Fn(&Clause<'_>, &dyn Fn(&str) -> u32) -> T) -> T {
        let tokens = annotated(text);
        let sentence = 0..tokens.all.len() as u32;
        let clause = Clause { tokens: &tokens, text, sentence };
        let find = |word: &str| (0..tokens.all.len() as u32).find(|at| clause.word(*at) == word).unwrap();
        read(&clause, &find)
    }

    fn subject(text: &str, verb: &str) -> Option<String> {
        with(text, |clause, find| {
            clause.subject(find(verb)).map(|it| clause.tokens.span(it.run).of(text).to_owned())
        })
    }

    fn ahead(text: &str, after: &str) -> Option<String> {
        with(text, |clause, find| {
            clause.ahead(find(after) + 1).map(|it| clause.tokens.span(it.run).of(text).to_owned())
        })
    }

    #[test]
    fn the_subject_of_a_verb() {
        let dated = "On 2 April 2015 gunmen attacked a college.";
        assert_eq!(subject(dated, "attacked").as_deref(), Some("gunmen"));
        assert_eq!(
            subject("Five hooded gunmen attacked a bus.", "attacked").as_deref(),
            Some("Five hooded gunmen")
        );
        assert_eq!(subject("Gunmen on motorcycles attacked it.", "attacked").as_deref(), Some("Gunmen"));
        assert_eq!(
            subject("On Monday rebels last night attacked it.", "attacked").as_deref(),
            Some("rebels")
        );
        assert_eq!(subject("The band, which fled, attacked it.", "attacked").as_deref(), Some("band"));
        assert_eq!(subject("Rebels burned a school and killed two.", "killed").as_deref(), Some("Rebels"));
        assert_eq!(subject("The rebels had not attacked it.", "attacked"), None);
        assert_eq!(subject("In Halden rebels attacked it.", "attacked").as_deref(), Some("rebels"));
    }

    #[test]
    fn what_stands_behind_a_verb() {
        assert_eq!(
            ahead("They killed the mayor of Halden on Monday.", "killed").as_deref(),
            Some("mayor of Halden")
        );
        assert_eq!(ahead("They killed two policemen and fled.", "killed").as_deref(), Some("two policemen"));
        assert_eq!(ahead("It was done by heavily armed men.", "by").as_deref(), Some("heavily armed men"));
        assert_eq!(
            ahead("They killed councillor Ana Duarte yesterday.", "killed").as_deref(),
            Some("councillor Ana Duarte")
        );
    }
}
