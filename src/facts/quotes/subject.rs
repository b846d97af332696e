//! The subject of a verb that reports: walking back from the verb, over its helpers and over asides.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::tokens::{Kind, Shape};

use super::Reader;
use super::source::{Head, SPEAKERS, Source};

/// What may follow in a phrase after a first noun.
const NOUNS: ClassSet =
    ClassSet::of(&[Class::Title, Class::ExpertTitle, Class::OfficialTitle, Class::TitleModifier]);

/// How many words of a relative clause stand between a noun and its verb at most.
const RELATIVE_REACH: usize = 24;

/// How far before its verb a subject may start, in tokens.
const REACH: u32 = 60;

impl Reader<'_> {
    /// Whether the verb at `cue` is a participle: "saying".
    pub(super) fn is_participle(&self, cue: u32) -> bool {
        let word = self.word(cue);
        word.len() > 4 && word.ends_with("ing")
    }

    /// The subject of the verb at token `cue`, in its sentence.
    pub(super) fn subject_of(&self, cue: u32) -> Option<Source> {
        let sentence = self.tokens.sentence_of(cue);
        let floor = self.behind_dateline(sentence.start).max(cue.saturating_sub(REACH)).min(cue);
        if let Some(source) = self.quoted_as(cue, floor) {
            return Some(source);
        }
        let (at, helped) = self.verb_group(cue, floor);
        // "Noting the delay, Ana Duarte said": the subject of what opens the sentence comes after it.
        if at == floor && floor == sentence.start && self.is_participle(cue) && !helped {
            let comma = (cue..sentence.end.min(cue + REACH))
                .find(|at| self.word(*at) == "," && !self.is_quoted(*at))?;
            return self.main_subject(sentence.end - 1).filter(|it| it.words.start > comma);
        }
        let before = at.checked_sub(1).filter(|before| *before >= floor)?;
        let participle = self.is_participle(cue) && !helped;
        if helped && !self.is_participle(cue) && self.is_passive(at..cue) {
            return None;
        }
        let token = &self.tokens.all[before as usize];
        match token.kind {
            Kind::Close if before > floor && self.word(before - 1) == "," => {
                return self.before_aside(before - 1, floor);
            }
            Kind::Close | Kind::Open if participle => return self.clause_subject(before),
            Kind::Number => return self.phrase_ending(at, floor),
            Kind::Close | Kind::Open => return None,
            Kind::Sign if matches!(self.word(before), "," | "—" | "–") => {
                return if participle {
                    self.clause_subject(before)
                } else {
                    self.before_aside(before, floor)
                };
            }
            Kind::Sign if self.word(before) == ")" => {
                let open = (floor..before).rev().take(10).find(|at| self.word(*at) == "(")?;
                return self.phrase_ending(open, floor);
            }
            Kind::Sign => return None,
            Kind::Word => {}
        }
        if self.is_word(before, &["to"]) {
            return None;
        }
        if self.is_word(before, &["or", "nor"]) {
            return None;
        }
        if self.is_word(before, &["and", "but", "then"]) {
            return self.clause_subject(before);
        }
        if self.is_word(before, &["who", "which", "that"]) {
            let end = if before > floor && self.word(before - 1) == "," { before - 1 } else { before };
            return self.phrase_ending(end, floor);
        }
        if participle {
            let linked = self.is(before, Class::Preposition)
                || self.is_word(before, &["while", "when", "before", "after", "without"]);
            // "Upon hearing": the subject comes after it.
            if linked && (before == floor || self.tokens.all[before as usize - 1].kind != Kind::Word) {
                return None;
            }
            let phrase = if linked { None } else { self.phrase_ending(at, floor) };
            let heads_sentence = phrase.as_ref().is_some_and(|it| it.words.start == floor);
            // "With Erik Lund saying that", "– Erik Lund saying that".
            let own = phrase.as_ref().is_some_and(|it| {
                let edge = match it.head {
                    Head::Person(_) => self.left_edge(it.words.start, floor),
                    _ => it.words.start,
                };
                edge > floor && (self.is_word(edge - 1, &["with"]) || self.is_dash(edge - 1))
            });
            return if heads_sentence || own { phrase } else { self.clause_subject(before).or(phrase) };
        }
        self.phrase_ending(at, floor).or_else(|| self.before_relative(at, floor))
    }

    /// The noun phrase that the relative clause before token `at` narrows: "an official who saw it said".
    fn before_relative(&self, at: u32, floor: u32) -> Option<Source> {
        let near = (floor..at).rev().take(RELATIVE_REACH);
        let clear = near.take_while(|at| self.tokens.all[*at as usize].kind == Kind::Word);
        // "And who would not be named": the noun stands before the first of two clauses.
        let mut clauses = clear.filter(|at| self.is_word(*at, &["who"]));
        clauses.find_map(|who| self.phrase_ending(who, floor))
    }

    /// Whether the helping verbs `group` before a past participle make it passive: "was asked".
    fn is_passive(&self, group: Range<u32>) -> bool {
        let mut helpers = group.rev().filter(|at| self.is(*at, Class::Auxiliary));
        let last = helpers.next();
        last.is_some_and(|at| {
            self.is_word(
                at,
                &["is", "are", "was", "were", "be", "been", "being", "isn't", "isn’t", "wasn't", "wasn’t"],
            )
        })
    }

    /// Whether the verb at `cue` says what was not said, or not yet: "did not say", "would say", "if he says".
    pub(super) fn is_unreal(&self, cue: u32) -> bool {
        let sentence = self.tokens.sentence_of(cue);
        let (at, _) = self.verb_group(cue, sentence.start);
        let unreal = (at..cue).any(|at| {
            let word = self.word(at);
            word.ends_with("n't")
                || word.ends_with("n’t")
                || self.is_word(
                    at,
                    &[
                        "not", "never", "cannot", "would", "will", "could", "can", "should", "might", "may",
                        "must",
                    ],
                )
                || matches!(word, "’ll" | "'ll" | "’d" | "'d")
        });
        unreal
            || (at.saturating_sub(5).max(sentence.start)..at)
                .any(|at| self.is_word(at, &["if", "whether", "unless"]))
    }

    /// The first token of the verb with its helpers and adverbs, and whether a helping verb is among them.
    fn verb_group(&self, cue: u32, floor: u32) -> (u32, bool) {
        let mut at = cue;
        let mut helped = false;
        for _ in 0..8 {
            let Some(before) = at.checked_sub(1).filter(|before| *before >= floor) else { break };
            let token = &self.tokens.all[before as usize];
            if token.kind != Kind::Word {
                break;
            }
            let word = token.span().of(self.text);
            if token.is(Class::Auxiliary) {
                helped = true;
                at = before;
            } else if token.is(Class::Weekday) || token.is(Class::TimeUnit) && before > floor {
                let led = before > floor
                    && self.is_word(
                        before - 1,
                        &["on", "this", "last", "next", "past", "late", "early", "earlier"],
                    );
                if !led && !token.is(Class::Weekday) {
                    break;
                }
                at = if led { before - 1 } else { before };
            } else if token.is(Class::Adverb)
                || token.shape == Shape::Lower
                    && word.len() > 4
                    && word.ends_with("ly")
                    && !token.classes.meets(SPEAKERS)
            {
                at = before;
            } else {
                break;
            }
        }
        (at, helped)
    }

    /// The subject that a participle or a second verb shares with what stands before it in the sentence.
    pub(super) fn clause_subject(&self, before: u32) -> Option<Source> {
        let sentence = self.tokens.all[before as usize].sentence;
        let after = self.sources.partition_point(|(at, ..)| *at < before);
        let known =
            after.checked_sub(1).map(|at| &self.sources[at]).filter(|(_, known, _)| *known == sentence);
        known.map(|(_, _, source)| source.clone()).or_else(|| self.main_subject(before))
    }

    /// The first noun phrase of the sentence of `before` that can be its subject.
    pub(super) fn main_subject(&self, before: u32) -> Option<Source> {
        let sentence = self.tokens.sentence_of(before);
        let limit = before.min(sentence.start + REACH);
        let mut start = self.behind_dateline(sentence.start);
        let first = &self.tokens.all[start as usize];
        let leads_in = first.is(Class::Preposition)
            || self.is_participle(start)
            || self.is_word(
                start,
                &["when", "while", "as", "after", "before", "since", "although", "though", "if"],
            );
        if leads_in {
            let comma = (start..limit).find(|at| self.word(*at) == "," && !self.is_quoted(*at));
            start = comma.map_or(start, |comma| comma + 1);
        }
        let mut at = start;
        while at < limit {
            if self.is_quoted(at) {
                at += 1;
                continue;
            }
            if let Some(mention) = self.people.mention_at(at) {
                let led = self.left_edge(mention.tokens.start, start).checked_sub(1);
                let governed = led.is_some_and(|led| led >= start && self.is(led, Class::Preposition));
                if !mention.possessive && !governed && mention.tokens.end <= limit {
                    return Some(Source {
                        words: mention.tokens.clone(),
                        head: Head::Person(mention.person),
                    });
                }
                at = mention.tokens.end;
                continue;
            }
            if self.is_word(at, &["he", "she", "they"]) {
                return Some(Source { words: at..at + 1, head: Head::Pronoun });
            }
            let near = at < start + 6 && at + 1 < limit;
            if near && self.tokens.classes_at(at).meets(SPEAKERS) && !self.is_word(at + 1, &["'s", "’s", "-"])
            {
                let mut end = self.speaker_run(at).unwrap_or(at + 1).min(limit);
                // "Virginia state director": the last noun is the one that speaks.
                while end < limit && self.tokens.classes_at(end).meets(NOUNS) && !self.is(end, Class::Person)
                {
                    end += 1;
                }
                // "The bureau's director, Ana Duarte, wrote".
                if let Some(mention) = self.people.mention_at(end + 1)
                    && self.word(end) == ","
                    && mention.tokens.start == end + 1
                    && mention.tokens.end <= limit
                    && self.word(mention.tokens.end) == ","
                {
                    return Some(Source {
                        words: mention.tokens.clone(),
                        head: Head::Person(mention.person),
                    });
                }
                let named = (end..limit.min(end + 5)).any(|next| {
                    let mention = self.people.mention_at(next);
                    mention.is_some_and(|it| {
                        it.tokens.start >= end && self.left_edge(it.tokens.start, start) <= at
                    })
                });
                let phrase = self.phrase_ending(end, start);
                if !named && phrase.is_some() {
                    return phrase;
                }
            }
            at += 1;
        }
        None
    }

    /// One past the longest run of words at `at` that means a speaker.
    fn speaker_run(&self, at: u32) -> Option<u32> {
        let run = self.tokens.phrases_at(at).iter().find(|run| run.classes.meets(SPEAKERS));
        run.map(|run| run.end)
    }

    /// Whose the noun at token `noun` is: "his claim", "Ana Duarte’s repeated promise", "the ministry’s plan".
    pub(super) fn owner_of(&self, noun: u32) -> Option<Source> {
        let floor = self.tokens.sentence_of(noun).start;
        let mut at = noun;
        for _ in 0..3 {
            let before = at.checked_sub(1).filter(|before| *before >= floor)?;
            if self.is_word(before, &["his", "her", "their"]) {
                return Some(Source { words: before..at, head: Head::Pronoun });
            }
            if matches!(self.word(before), "'s" | "’s") {
                return self.phrase_ending(before, floor);
            }
            if self.tokens.all[before as usize].kind != Kind::Word || self.is_function_word(before) {
                return None;
            }
            at = before;
        }
        None
    }

    /// Whether `words` are an age: "61-year-old".
    fn is_aged(&self, words: Range<u32>) -> bool {
        let number = self.tokens.all.get(words.start as usize).is_some_and(|it| it.kind == Kind::Number);
        words.len() >= 5 && number && self.is_word(words.end - 1, &["old"])
    }

    /// The noun phrase before the aside that ends with the comma at `comma`: "Ana Duarte, a lecturer, said".
    pub(super) fn before_aside(&self, comma: u32, floor: u32) -> Option<Source> {
        let mut fallback = None;
        let mut seen = 0;
        for at in (floor..comma).rev() {
            if matches!(self.word(at), ";" | ":") {
                break;
            }
            if !matches!(self.word(at), "," | "—" | "–") || self.is_quoted(at) || at == floor {
                continue;
            }
            seen += 1;
            // "An Israeli blogger, Tal Schneider, reported": the aside itself names the speaker.
            if let Some(mention) = self.people.mention_at(at + 1)
                && seen == 1
                && mention.tokens == (at + 1..comma)
            {
                return Some(Source { words: mention.tokens.clone(), head: Head::Person(mention.person) });
            }
            // "The harbour master, 61-year-old Ana Duarte, said".
            if let Some(mention) = self.people.mention_at(comma - 1)
                && seen == 1
                && mention.tokens.end == comma
                && self.is_aged(at + 1..mention.tokens.start)
            {
                return Some(Source { words: mention.tokens.clone(), head: Head::Person(mention.person) });
            }
            let end = if self.word(at - 1) == ")" {
                (floor..at - 1).rev().take(8).find(|at| self.word(*at) == "(").unwrap_or(at)
            } else {
                at
            };
            match self.phrase_ending(end, floor) {
                Some(source) if matches!(source.head, Head::Person(_)) => return Some(source),
                Some(source) if fallback.is_none() => fallback = Some(source),
                _ => {}
            }
            if seen == 4 {
                break;
            }
        }
        fallback
    }
}
