//! The first sentences of an article's body, each as a hash: what copies of a text are known by.

use serde::{Deserialize, Serialize};

use crate::document::{BlockKind, Document};

/// How many sentences of an article are compared, from its first: a copy is cut at the end.
const SENTENCES: usize = 48;

/// Words that a sentence must have to tell one text from another: "He did not say why." stands in many.
const TELLING_WORDS: u32 = 6;

/// Words that must be shared.
const SHARED_WORDS: u32 = 25;

/// How many of its first sentences an original is found by.
pub(super) const HEAD: usize = 8;

/// The first sentences of a body, each as a hash of its letters and figures with the number of its words; no sentence
/// twice, and no short one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Text {
    /// In order of the hashes.
    pub(super) sentences: Vec<(u64, u32)>,
    /// The first of them in the order of the text.
    pub(super) head: Vec<u64>,
    /// Words of all of them.
    pub(super) words: u32,
}

impl Text {
    /// Of the body of `document`.
    pub(super) fn of(document: &Document) -> Text {
        let mut sentences: Vec<(u64, u32)> = Vec::with_capacity(SENTENCES);
        for block in document.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Heading(_))) {
            let mut sentence = Hashed::default();
            let words = block.span.of(&document.text);
            for (at, byte) in words.bytes().enumerate() {
                if byte.is_ascii() {
                    if sentence.begins_another(byte) {
                        keep(&mut sentences, std::mem::take(&mut sentence));
                    }
                } else if let Some(letter) = words.get(at..).and_then(|rest| rest.chars().next()) {
                    sentence.take(letter);
                }
            }
            keep(&mut sentences, sentence);
            if sentences.len() >= SENTENCES {
                sentences.truncate(SENTENCES);
                break;
            }
        }
        let head = sentences.iter().take(HEAD).map(|(sentence, _)| *sentence).collect();
        let words = sentences.iter().map(|(_, words)| words).sum();
        sentences.sort_unstable();
        Text { sentences, head, words }
    }

    /// Whether it has a sentence of this hash.
    pub(super) fn has(&self, sentence: u64) -> bool {
        self.sentences.binary_search_by_key(&sentence, |(known, _)| *known).is_ok()
    }

    /// How many words it has in common with `original`, if that makes a copy of it: most of the shorter text, and no
    /// small part of this one. Who prints a few paragraphs of an agency in a long report of their own has reported.
    pub(super) fn copied_from(&self, original: &Text) -> Option<u32> {
        let common =
            self.sentences.iter().filter(|sentence| original.sentences.binary_search(sentence).is_ok());
        let (count, shared) = common.fold((0, 0), |(count, sum), (_, words)| (count + 1, sum + words));
        let shorter = self.words.min(original.words);
        let is_copy = shared >= SHARED_WORDS.min(self.words)
            && (count > 1 || shared == shorter)
            && shared * 10 >= shorter * 6
            && shared * 10 >= self.words * 4;
        is_copy.then_some(shared)
    }

    /// The hashes of sentences that only one of the two has, or that have another number of words in each.
    pub(super) fn apart_from(&self, other: &Text) -> Vec<u64> {
        let lacks = |of: &Text, sentence: &(u64, u32)| of.sentences.binary_search(sentence).is_err();
        let own = self.sentences.iter().filter(|it| lacks(other, it));
        let others = other.sentences.iter().filter(|it| lacks(self, it));
        own.chain(others).map(|(sentence, _)| *sentence).collect()
    }
}

fn keep(found: &mut Vec<(u64, u32)>, sentence: Hashed) {
    if sentence.words >= TELLING_WORDS && !found.iter().any(|(known, _)| *known == sentence.hash) {
        found.push((sentence.hash, sentence.words));
    }
}

/// A sentence so far (FNV-1a over its letters and figures, in lower case).
struct Hashed {
    hash: u64,
    words: u32,
    in_word: bool,
    stopped: bool,
}

impl Default for Hashed {
    fn default() -> Self {
        Hashed { hash: 0xcbf2_9ce4_8422_2325, words: 0, in_word: false, stopped: false }
    }
}

impl Hashed {
    /// Takes a letter that is not of ASCII.
    fn take(&mut self, letter: char) {
        if letter.is_alphanumeric() {
            letter.to_lowercase().for_each(|small| self.add(u64::from(u32::from(small))));
        }
    }

    /// Takes the next letter of ASCII, and tells whether it ends the sentence.
    fn begins_another(&mut self, letter: u8) -> bool {
        if letter.is_ascii_alphanumeric() {
            self.add(u64::from(letter.to_ascii_lowercase()));
        } else if letter.is_ascii_whitespace() {
            self.in_word = false;
            return self.stopped;
        } else if matches!(letter, b'.' | b'!' | b'?') {
            self.stopped = true;
        }
        false
    }

    fn add(&mut self, letter: u64) {
        self.words += u32::from(!self.in_word);
        self.in_word = true;
        self.stopped = false;
        self.hash = (self.hash ^ letter).wrapping_mul(0x0000_0100_0000_01b3);
    }
}
