//! Which rules of a file are tried at which tokens.

use std::ops::Range;

use super::classes::{ClassSet, MOST_CLASSES};
use super::lexicon::WordId;
use super::lookahead::{self, Ahead};
use super::needs::{Contents, Needs, Numbers, Rarest};
use super::pattern::{Choice, Triggers};
use super::rules::{Match, RuleSet};
use super::tokens::{Token, Tokens};

/// For the rules of one file, what can start each and what a sentence must contain for it.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// For each word, by number, an index into `word_rules`. Words beyond the end start no rule.
    by_word: Vec<u16>,
    /// Sets of rules that a word starts; the first is empty.
    word_rules: Vec<Numbers>,
    /// For each class, by number, the rules that it starts.
    by_class: Vec<Numbers>,
    /// The classes that start any.
    classes: ClassSet,
    /// What can follow the token that a rule starts with.
    seconds: Seconds,
    /// For each rule, in the order of the file, what a sentence must contain.
    needs: Vec<Needs>,
    /// The same, turned about.
    rarest: Rarest,
    /// The bit of the file.
    file: u16,
}

impl Index {
    /// Adds the next rule of the file.
    pub(super) fn add(&mut self, triggers: &Triggers, second: Ahead, needs: Needs) -> Result<(), String> {
        let number = self.needs.len();
        if number >= Numbers::BITS as usize {
            return Err(format!("a file holds {} rules at most", Numbers::BITS));
        }
        let bit = 1 << number;
        self.rarest.add(bit, &needs);
        self.needs.push(needs);
        self.seconds.add(bit, &second);
        if self.word_rules.is_empty() {
            self.word_rules.push(0);
        }
        for word in &triggers.words {
            if self.by_word.len() <= word.index() {
                self.by_word.resize(word.index() + 1, 0);
            }
            let rules = self.word_rules[self.by_word[word.index()] as usize] | bit;
            let known = self.word_rules.iter().position(|it| *it == rules).unwrap_or_else(|| {
                self.word_rules.push(rules);
                self.word_rules.len() - 1
            });
            self.by_word[word.index()] = known as u16;
        }
        self.by_class.resize(MOST_CLASSES, 0);
        triggers.classes.numbers().for_each(|class| self.by_class[class] |= bit);
        self.classes = self.classes.with(triggers.classes);
        Ok(())
    }

    /// The rules that can start with `token`, or with one of `classes`.
    #[inline]
    fn startable(&self, token: &Token, classes: ClassSet) -> Numbers {
        let by_word = match self.by_word.get(token.word.index()) {
            Some(at) => self.word_rules[*at as usize],
            None => 0,
        };
        classes.shared(self.classes).numbers().fold(by_word, |rules, class| rules | self.by_class[class])
    }
}

/// For the rules of one file, turned about: which of them can go on with what.
#[derive(Debug, Default)]
struct Seconds {
    /// For each bit that words share, by number.
    by_word: Vec<Numbers>,
    /// For each class, by number.
    by_class: Vec<Numbers>,
    /// The classes that any goes on with.
    classes: ClassSet,
    /// Those that go on with anything.
    open: Numbers,
    /// Those that may end, or go on where the sentence ends.
    at_end: Numbers,
}

impl Seconds {
    fn add(&mut self, rule: Numbers, second: &Ahead) {
        self.by_word.resize(lookahead::WORD_BITS, 0);
        self.by_class.resize(MOST_CLASSES, 0);
        second.word_bits().for_each(|bit| self.by_word[bit] |= rule);
        second.classes().numbers().for_each(|class| self.by_class[class] |= rule);
        self.classes = self.classes.with(second.classes());
        self.open |= if second.is_open() { rule } else { 0 };
        self.at_end |= if second.allows_end() { rule } else { 0 };
    }

    /// The rules that can match at token `at`, by what stands behind it, and behind the runs of tokens that start there.
    #[inline]
    fn allowed(&self, tokens: &Tokens, at: u32) -> Numbers {
        let runs = tokens.phrases_at(at).iter().filter(|run| run.end > at + 1);
        runs.fold(self.before(tokens, at, at + 1), |rules, run| rules | self.before(tokens, at, run.end))
    }

    /// The rules that can go on with token `next` behind what they start with at `at`.
    #[inline]
    fn before(&self, tokens: &Tokens, at: u32, next: u32) -> Numbers {
        match tokens.all.get(next as usize) {
            Some(token) if token.sentence == tokens.all[at as usize].sentence => {
                let rules = self.open | self.by_word[lookahead::word_bit(token.word)];
                let classes = tokens.classes_at(next).shared(self.classes);
                classes.numbers().fold(rules, |rules, class| rules | self.by_class[class])
            }
            _ => self.at_end,
        }
    }
}

/// Which rule files words and classes can start a rule of: a bit for each file, so that most tokens cost a search
/// nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Starts {
    /// For each word, by number. Words beyond the end start nothing.
    by_word: Vec<u16>,
    /// The same for classes.
    pub(super) by_class: ClassStarts,
}

/// For each class, by number, the files that it starts a rule of.
#[derive(Copy, Clone, Debug)]
pub(super) struct ClassStarts([u16; MOST_CLASSES]);

impl Default for ClassStarts {
    fn default() -> Self {
        ClassStarts([0; MOST_CLASSES])
    }
}

impl ClassStarts {
    /// The files of which something of `classes` can start a rule.
    #[inline]
    pub(super) fn of(&self, classes: ClassSet) -> u16 {
        classes.numbers().fold(0, |files, class| files | self.0[class])
    }
}

/// How many rule files there can be.
const MOST_FILES: usize = u16::BITS as usize;

impl Starts {
    /// Takes in the next file, and gives its bit.
    pub(super) fn add(&mut self, file: usize, index: &mut Index) -> Result<(), String> {
        if file >= MOST_FILES {
            return Err(format!("more than {MOST_FILES} rule files"));
        }
        index.file = 1 << file;
        index.classes.numbers().for_each(|class| self.by_class.0[class] |= index.file);
        if self.by_word.len() < index.by_word.len() {
            self.by_word.resize(index.by_word.len(), 0);
        }
        let starting = self.by_word.iter_mut().zip(&index.by_word).filter(|(_, rules)| **rules != 0);
        starting.for_each(|(files, _)| *files |= index.file);
        Ok(())
    }

    /// The files of which a word can start a rule.
    #[inline]
    pub(super) fn of_word(&self, word: WordId) -> u16 {
        self.by_word.get(word.index()).copied().unwrap_or(0)
    }
}

/// A run over the tokens of an article that tries the rules of one file.
pub(super) struct Search<'r, 't> {
    set: &'r RuleSet,
    tokens: &'t Tokens,
    /// The sentence that the next two are about.
    sentence: u32,
    /// Rules that the sentence may have, as far as is known.
    possible: Numbers,
    /// Those of them that were found to have all they need in it.
    judged: Numbers,
    stack: Vec<Choice>,
}

impl<'r, 't> Search<'r, 't> {
    pub(super) fn new(set: &'r RuleSet, tokens: &'t Tokens) -> Self {
        Search { set, tokens, sentence: u32::MAX, possible: 0, judged: 0, stack: Vec::new() }
    }

    /// Whether any rule of the file can start at token `at`; of most tokens none can.
    #[inline]
    pub(super) fn may_start(&self, at: u32) -> bool {
        self.tokens.startable[at as usize] & self.set.index.file != 0
    }

    /// The first token from `at` on, before `end`, at which a rule of the file may start; `end` if none does. Passes over
    /// sentences that lack what the rules need.
    #[inline]
    pub(super) fn next(&mut self, mut at: u32, end: u32) -> u32 {
        while at < end {
            let sentence = self.tokens.all[at as usize].sentence;
            self.enter(sentence);
            let stop = self.tokens.sentences[sentence as usize].end.min(end);
            if self.possible != 0 {
                let files = &self.tokens.startable[at as usize..stop as usize];
                if let Some(ahead) = files.iter().position(|files| files & self.set.index.file != 0) {
                    return at + ahead as u32;
                }
            }
            at = stop;
        }
        end
    }

    /// Calls `found` for every rule and every token of `within` where the rule matches, in the order of tokens and,
    /// at one token, of the file. A match never leaves its sentence; it may leave `within` at the end.
    #[inline]
    pub(super) fn find(&mut self, within: Range<u32>, mut found: impl FnMut(Match<'r>)) {
        let mut at = self.next(within.start, within.end);
        while at < within.end {
            self.find_at(at, &mut found);
            at = self.next(at + 1, within.end);
        }
    }

    /// [`Search::find`] at one token.
    #[inline]
    pub(super) fn find_at(&mut self, at: u32, found: &mut impl FnMut(Match<'r>)) {
        let rules = self.startable(at);
        if rules != 0 {
            self.try_rules(rules, at, self.tokens.contents_of(at), found);
        }
    }

    /// Finds out what rules a sentence may have at all.
    #[inline]
    fn enter(&mut self, sentence: u32) {
        if sentence != self.sentence {
            let rules = self.set.index.rarest.of(self.tokens.contents(sentence));
            (self.sentence, self.possible, self.judged) = (sentence, rules, 0);
        }
    }

    /// The rules that may match at token `at`, as far as is known of its sentence.
    fn startable(&mut self, at: u32) -> Numbers {
        let token = &self.tokens.all[at as usize];
        self.enter(token.sentence);
        if self.possible == 0 {
            return 0;
        }
        self.set.index.startable(token, self.tokens.classes_at(at)) & self.possible
    }

    fn try_rules(
        &mut self,
        mut rules: Numbers,
        at: u32,
        contents: &Contents,
        found: &mut impl FnMut(Match<'r>),
    ) {
        let set = self.set;
        rules &= set.index.seconds.allowed(self.tokens, at);
        if rules == 0 {
            return;
        }
        let rest = self.tokens.rest_of(at);
        while rules != 0 {
            let number = rules.trailing_zeros();
            let others = rules & (rules - 1);
            let bit = rules ^ others;
            rules = others;
            let needs = &set.index.needs[number as usize];
            if self.judged & bit == 0 {
                if !needs.are_met(contents) {
                    self.possible &= !bit;
                    continue;
                }
                self.judged |= bit;
            }
            if !needs.are_met_by(rest) {
                continue;
            }
            let rule = &set.rules[number as usize];
            if let Some(places) = rule.pattern.match_at(self.tokens, at, &mut self.stack) {
                found(Match { rule, tokens: at..places.end, places });
            }
        }
    }
}
