//! Names beside a quotation that only narrow a noun: whose mother, whose aide, and the name that explains such a noun.

use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Shape};

use super::Reader;
use super::source::{CUES, Head, SPEAKERS, Source};

/// How many words of "Duarte’s elder sister" are read behind the owner.
const LONGEST_OWNED: u32 = 8;

/// How far before "as saying" its verb stands at most, in tokens: "quoted General Duarte, the head of the army, as".
const QUOTED_REACH: u32 = 20;

impl Reader<'_> {
    /// Whether the name at `words` only says whose somebody is.
    pub(super) fn is_owner(&self, words: &Range<u32>) -> bool {
        self.people.mention_at(words.start).is_some_and(|mention| mention.possessive)
    }

    /// Whether the name at token `at` may be that of another of the family.
    pub(super) fn is_doubtful(&self, at: u32) -> bool {
        self.people.mention_at(at).is_some_and(|mention| mention.doubtful)
    }

    /// "Duarte’s mother" of the name at `words`: the noun phrase that it owns, if that can speak.
    pub(super) fn owned(&self, words: &Range<u32>) -> Option<Source> {
        let owner = self.people.mention_at(words.start)?;
        let sentence = self.tokens.sentence_of(words.start);
        let start = self.left_edge(owner.tokens.start, sentence.start);
        let first = owner.tokens.end + 1;
        let mut end = first;
        while end < sentence.end.min(first + LONGEST_OWNED) {
            let token = &self.tokens.all[end as usize];
            let fits = token.kind == Kind::Word
                && !self.is_function_word(end)
                && !token.is(Class::Preposition)
                && !token.is(Class::Auxiliary)
                && !token.classes.meets(CUES)
                || self.word(end) == "-" && !self.is_dash(end);
            if !fits {
                break;
            }
            end += 1;
        }
        let head = end.checked_sub(1).filter(|head| *head >= first)?;
        self.can_speak(first, head).then_some(Source { words: start..end, head: Head::Noun(head) })
    }

    /// Whether a name that ends before token `at` was the explanation of what stands before it, and nothing begins
    /// with it.
    pub(super) fn closes_aside(&self, at: u32) -> bool {
        let Some(token) = self.tokens.all.get(at as usize) else { return true };
        let sentence = self.tokens.all[at as usize - 1].sentence;
        token.sentence != sentence
            || token.kind != Kind::Word
            || self.is_function_word(at)
            || token.is(Class::Preposition)
    }

    /// "One Duarte campaign aide": the phrase of a noun that stands right behind the name at `words`.
    pub(super) fn narrowed_by_name(&self, words: &Range<u32>) -> Option<Source> {
        let mention = self.people.mention_at(words.start).filter(|it| !it.possessive)?;
        let sentence = self.tokens.sentence_of(words.start);
        let mut end = mention.tokens.end;
        while end < sentence.end.min(mention.tokens.end + 4) {
            let token = &self.tokens.all[end as usize];
            let fits = token.kind == Kind::Word
                && token.shape == Shape::Lower
                && !self.is_function_word(end)
                && !token.is(Class::Preposition)
                && !token.is(Class::Auxiliary)
                && !token.is(Class::Adverb)
                && !token.classes.meets(CUES);
            if !fits {
                break;
            }
            end += 1;
        }
        if end == mention.tokens.end || self.people.mention_at(end).is_some_and(|it| it.tokens.start == end) {
            return None;
        }
        let start = self.left_edge(mention.tokens.start, sentence.start);
        let speaks = self.tokens.classes_at(end - 1).meets(SPEAKERS);
        speaks.then_some(Source { words: start..end, head: Head::Noun(end - 1) })
    }

    /// "No one", "none of the officials", "no group": nobody says what follows.
    pub(super) fn is_nobody(&self, source: &Source) -> bool {
        let floor = self.tokens.sentence_of(source.words.start).start;
        let start = source.words.start;
        let linked = start > floor + 1 && self.is(start - 1, Class::Preposition);
        let first = start.saturating_sub(if linked { 2 } else { 1 }).max(floor);
        (first..source.words.end).any(|at| self.is(at, Class::NobodyWord))
    }

    /// Whether the verb at `cue` stands in a condition: "if she had said".
    pub(super) fn is_conditional(&self, cue: u32) -> bool {
        let floor = self.tokens.sentence_of(cue).start.max(cue.saturating_sub(8));
        (floor..cue)
            .rev()
            .take_while(|at| self.tokens.all[*at as usize].kind == Kind::Word)
            .any(|at| self.is_word(at, &["if", "unless"]))
    }

    /// "The paper quoted General Duarte as saying": who is quoted, for the participle at `cue`.
    pub(super) fn quoted_as(&self, cue: u32, floor: u32) -> Option<Source> {
        let link = cue.checked_sub(1).filter(|at| *at > floor && self.is_word(*at, &["as"]))?;
        let quoted = (floor.max(link.saturating_sub(QUOTED_REACH))..link)
            .rev()
            .find(|at| self.is_word(*at, &["quoted", "quotes", "quoting", "cited", "cites", "citing"]))?;
        let helped = quoted > floor && self.is(quoted - 1, Class::Auxiliary);
        // "General Duarte was quoted by the paper as saying".
        if helped && self.is_word(quoted - 1, &["was", "were", "is", "are", "been", "being"]) {
            return self.subject_of_passive(quoted, floor);
        }
        self.phrase_from(quoted + 1, link)
    }

    fn subject_of_passive(&self, verb: u32, floor: u32) -> Option<Source> {
        let mut at = verb;
        while at > floor && self.is(at - 1, Class::Auxiliary) {
            at -= 1;
        }
        match at.checked_sub(1).filter(|before| *before > floor && self.word(*before) == ",") {
            Some(comma) => self.before_aside(comma, floor),
            None => self.phrase_ending(at, floor),
        }
    }
}
