//! Noun phrases beside the words for violence: the subject of a verb, what stands behind it, who it was done by.

use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::lower::lower;
use crate::facts::tokens::{Kind, Token, Tokens};

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

/// A sentence, to look for phrases in.
#[derive(Clone, Debug)]
pub(super) struct Clause<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) sentence: Range<u32>,
}

/// The most words of a phrase.
const LONGEST: u32 = 10;

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
    fn is_year(&self, at: u32) -> bool {
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
    fn past_brackets(&self, at: u32) -> Option<u32> {
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
