//! The subject of a verb for violence: the phrase before it, also behind what stands between.

use super::clause::Clause;
use super::phrase::Phrase;
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// How far before an object the clause opens that has it.
const OBJECT: u32 = 14;

impl Clause<'_> {
    /// The subject of the verb at `at`; `None` where the verb is denied or has none of its own.
    pub(super) fn subject(&self, at: u32) -> Option<Phrase> {
        let mut end = at;
        let mut dated = false;
        let mut inserted = false;
        let mut relative = false;
        for _ in 0..14 {
            let before = end.checked_sub(1).filter(|before| *before >= self.sentence.start)?;
            let token = &self.tokens.all[before as usize];
            match self.word(before) {
                "not" | "never" | "n’t" | "n't" | "to" | "would" | "could" | "might" | "may" | "will"
                | "nor" => {
                    return None;
                }
                "has" | "have" | "had" | "was" | "were" | "been" | "being" | "be" | "is" | "are" | "also"
                | "then" | "later" | "today" | "yesterday" | "earlier" | "again" | "now" | "since"
                | "already" | "who" | "soon" | "once" | "reportedly" | "recently" => end = before,
                "which" | "that" if before > self.sentence.start => (end, relative) = (before, true),
                "night" | "morning" | "afternoon" | "evening" | "week" | "month" => {
                    (end, dated) = (before, true);
                }
                "last" | "this" | "on" | "early" | "late" | "the" | "of" | "in" if dated => end = before,
                "and" if self.verb_before(before).is_some() => {
                    (end, inserted) = (self.verb_before(before)?, true);
                }
                "," => {
                    // "The affiliate, ISIS-K, claimed it": the name between the commas says more.
                    let name = self.run_ending(before, Class::ArmedGroup);
                    let whole = |from: u32| from > self.sentence.start && self.word(from - 1) == ",";
                    if let Some(from) = name.filter(|from| whole(*from)) {
                        return Some(Phrase { run: from..before, head: before - 1, from, denied: false });
                    }
                    let relative = matches!(self.word(end), "who" | "which" | "that");
                    let from = self.sentence.start.max(before.saturating_sub(24));
                    let comma = (from..before).rfind(|it| self.word(*it) == ",");
                    match comma {
                        _ if relative => end = before,
                        Some(comma) if !inserted => (end, inserted) = (comma, true),
                        _ => return None,
                    }
                }
                _ if token.is(Class::Weekday) || token.is(Class::Month) && token.is_capital() => {
                    (end, dated) = (before, true);
                }
                _ if dated && token.kind == Kind::Number => end = before,
                word if word.ends_with("ly") && !token.is_capital() && word.len() > 4 => end = before,
                _ => break,
            }
        }
        // "The men belonged to the network that had attacked it": the network had.
        let whose = self
            .behind(end)
            .filter(|it| relative && it.from > self.sentence.start && self.word(it.from - 1) == "to");
        let phrase = whose.or_else(|| self.before_prepositions(end))?;
        Some(self.outside_relative(&phrase).unwrap_or(phrase))
    }

    /// "A man who shot the singer Ann Lind in Graz was charged", "a woman accused of killing her husband was charged": where
    /// the phrase before a verb is whom somebody did something to, it was that somebody.
    fn outside_relative(&self, phrase: &Phrase) -> Option<Phrase> {
        let from = self.sentence.start.max(phrase.from.saturating_sub(OBJECT));
        let stop = (from..phrase.from).rfind(|at| {
            matches!(self.word(*at), "," | ";" | "and" | "but" | "that" | "which" | "when" | "after" | "by")
                || matches!(self.word(*at), "as" | "was" | "were" | "had")
                || self.is(*at, Class::ReportingVerb)
                || matches!(self.tokens.all[*at as usize].kind, Kind::Open | Kind::Close)
        });
        let from = stop.map_or(from, |stop| stop + 1);
        let verb = |at: u32| {
            let word = self.word(at);
            self.is(at, Class::PlainVerb)
                || word.ends_with("ed")
                || matches!(word, "shot" | "threw" | "drove" | "beat")
        };
        let opener = (from..phrase.from.max(from)).rfind(|at| match self.word(*at) {
            "who" => (at + 1..at + 4).any(verb),
            "accused" | "suspected" | "convicted" => {
                self.word(at + 1) == "of" && self.word(at + 2).ends_with("ing")
            }
            _ => false,
        })?;
        self.behind(opener).filter(|_| opener > self.sentence.start)
    }

    /// The verb that "and" joins another one to: "attacked the post and killed".
    fn verb_before(&self, and: u32) -> Option<u32> {
        let from = self.sentence.start.max(and.saturating_sub(12));
        (from..and)
            .rfind(|at| {
                let word = self.word(*at);
                self.is(*at, Class::PlainVerb) && !self.is_inside(*at)
                    || word.ends_with("ed") && self.is_participle(*at)
            })
            .filter(|at| *at > self.sentence.start && *at + 1 < and || self.is(*at, Class::PlainVerb))
    }

    pub(super) fn is_preposition(&self, at: u32) -> bool {
        matches!(
            self.word(at).to_ascii_lowercase().as_str(),
            "in" | "on"
                | "at"
                | "near"
                | "with"
                | "from"
                | "as"
                | "for"
                | "to"
                | "against"
                | "by"
                | "into"
                | "of"
                | "aboard"
                | "under"
                | "outside"
                | "opposite"
                | "inside"
                | "across"
                | "after"
                | "before"
                | "over"
                | "around"
        )
    }

    /// "Gunmen on motorcycles": back over what prepositions hang on a noun, to the noun.
    fn before_prepositions(&self, end: u32) -> Option<Phrase> {
        let mut phrase = self.behind(end)?;
        for _ in 0..4 {
            let preposition = phrase.from.wrapping_sub(1);
            let word = self.word(preposition);
            // "Gunmen wearing uniforms".
            let doing = phrase.from > self.sentence.start + 1
                && word.ends_with("ing")
                && self.is_participle(preposition);
            if let Some(wearer) = doing.then(|| self.behind(preposition)).flatten() {
                phrase = wearer;
                continue;
            }
            if !self.is_preposition(preposition) {
                return Some(phrase);
            }
            let mut left = preposition;
            if word != "by" && left > self.sentence.start && self.is_participle(left - 1) {
                left -= 1;
            }
            match self.behind(left).filter(|_| left > self.sentence.start) {
                Some(before) => phrase = before,
                // "In Halden guerrillas attacked".
                None if matches!(word, "In" | "in" | "At" | "at" | "On" | "on" | "Near" | "near") => {
                    let start = (phrase.run.start..phrase.head)
                        .rev()
                        .take_while(|at| !self.tokens.all[*at as usize].is_capital())
                        .last()
                        .unwrap_or(phrase.head);
                    let place =
                        start > phrase.run.start && !self.tokens.all[phrase.head as usize].is_capital();
                    return place.then_some(Phrase { run: start..phrase.run.end, from: start, ..phrase });
                }
                None => return None,
            }
        }
        None
    }
}
