//! The words that the program knows: the lists of `words/` and every word that a rule names, each with its classes.
//!
//! A list is a text file: one word or phrase a line, `#` starts a comment. A line in lower case matches any case; one
//! with a capital (`May`) matches only where the word has one; one in capitals (`US`) only capitals.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::span::Span;

use super::classes::{Class, ClassSet, LISTS};
use super::needs::Marks;
use super::scan;
use super::search::{ClassStarts, Starts};
use super::tokens::{Phrase, Shape, Token};
pub use super::word::{Case, WordId};
use super::word_key::{Key, Short};

/// The classes of a word written without a capital, with one, and in capitals, and which rule files those can start a
/// rule of. Many words have the same.
#[derive(Copy, Clone, Debug, Default)]
struct ByCase {
    sets: [ClassSet; 3],
    starts: [u16; 3],
}

/// A phrase of a list that starts with the word it is stored at.
#[derive(Clone, Debug)]
struct Entries {
    head: Case,
    rest: Vec<(WordId, Case)>,
    classes: ClassSet,
}

/// A word and all that is asked of it for every word of an article, in one line of the processor's cache.
#[derive(Copy, Clone, Default)]
#[repr(align(32))]
struct Slot {
    /// Its first sixteen bytes, folded.
    chunks: [u64; 2],
    hash: u32,
    /// Its number; 0 where the slot is free.
    word: u32,
    /// Its classes: an index into [`Lexicon::classes`].
    classes: u16,
    /// The rule files that it can start a rule of, as bits.
    starts: u16,
    /// The clauses of rules that it is in: an index into [`Lexicon::marks`].
    marked: u16,
    /// How many bytes.
    length: u8,
    /// Whether phrases start with it.
    is_head: bool,
}

/// What of a word is seldom asked for.
#[derive(Copy, Clone, Debug, Default)]
struct Entry {
    /// Where its slot is.
    slot: u32,
    /// Where the bytes behind the sixteenth stand: an index into [`Lexicon::keys`].
    key: u32,
    /// The phrases that start with it: an index into [`Lexicon::phrases`].
    phrases: u32,
}

/// What the lexicon has for a word of a text.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) word: WordId,
    /// As the word is written.
    pub(super) classes: ClassSet,
    /// The rule files that the word and its classes can start a rule of, as bits.
    pub(super) starts: u16,
    /// The clauses of rules that the word is in, for [`Lexicon::marks_of`].
    pub(super) marked: u16,
    /// Whether phrases start with the word.
    pub(super) is_head: bool,
}

/// Words by their bytes: an open hash table, because this is looked up once for every word of every article.
#[derive(Clone)]
pub struct Lexicon {
    slots: Vec<Slot>,
    /// What is behind the sixteenth byte of folded words, each from a new number of eight bytes on.
    keys: Vec<u64>,
    entries: Vec<Entry>,
    /// Classes of words, each once; the first has none.
    classes: Vec<ByCase>,
    numbers_of_classes: BTreeMap<[ClassSet; 3], u16>,
    /// Phrases that start with one word, longest first; the first list is empty.
    phrases: Vec<Vec<Entries>>,
    /// Words of one ASCII character, signs before all.
    single: [WordId; 128],
    /// Sets of marks; the first is of the words that have none.
    marks: Vec<Marks>,
    /// The rule files that each class can start a rule of.
    pub(super) starts: ClassStarts,
}

impl Lexicon {
    /// Without words, with room for half of `slots`, a power of two, before it grows.
    fn of_size(slots: usize) -> Lexicon {
        Lexicon {
            slots: vec![Slot::default(); slots],
            keys: Vec::new(),
            entries: vec![Entry::default()],
            classes: vec![ByCase::default()],
            numbers_of_classes: BTreeMap::from([([ClassSet::NONE; 3], 0)]),
            phrases: vec![Vec::new()],
            single: [WordId::UNKNOWN; 128],
            marks: vec![Marks::default()],
            starts: ClassStarts::default(),
        }
    }

    /// Reads every list. Abbreviations first: they decide how the phrases of the others are cut into words.
    pub fn load() -> Lexicon {
        let mut lexicon = Lexicon::of_size(1 << 14);
        for (class, _, list) in LISTS {
            for line in list.lines() {
                let entry = line.split('#').next().unwrap_or_default().trim();
                if !entry.is_empty() {
                    lexicon.add(entry, *class);
                }
            }
        }
        lexicon
    }

    /// This and `words`, each as a list would have it. The words that rules name keep their numbers, so that the rules
    /// are the same.
    pub(super) fn with(&self, words: &[(Class, String)]) -> Lexicon {
        let mut lexicon = self.clone();
        words.iter().for_each(|(class, word)| lexicon.add(word, *class));
        lexicon
    }

    fn add(&mut self, line: &str, class: Class) {
        let words = self.intern_text(line);
        let Some(((word, case), rest)) = words.split_first() else { return };
        let entry = &mut self.entries[word.index()];
        let slot = &mut self.slots[entry.slot as usize];
        if rest.is_empty() {
            let mut sets = self.classes[usize::from(slot.classes)].sets;
            let from = match case {
                Case::Any => 0,
                Case::Capital => 1,
                Case::Upper => 2,
            };
            sets[from..].iter_mut().for_each(|set| set.insert(class));
            let starts = sets.map(|set| self.starts.of(set));
            slot.classes = *self.numbers_of_classes.entry(sets).or_insert_with(|| {
                self.classes.push(ByCase { sets, starts });
                u16::try_from(self.classes.len() - 1).expect("words are of far fewer kinds")
            });
            return;
        }
        slot.is_head = true;
        if entry.phrases == 0 {
            entry.phrases = self.phrases.len() as u32;
            self.phrases.push(Vec::new());
        }
        let phrases = &mut self.phrases[entry.phrases as usize];
        if let Some(known) = phrases.iter_mut().find(|it| it.rest == rest && it.head == *case) {
            known.classes.insert(class);
        } else {
            phrases.push(Entries { head: *case, rest: rest.to_vec(), classes: ClassSet::of(&[class]) });
            phrases.sort_by_key(|phrase| usize::MAX - phrase.rest.len());
        }
    }

    /// The words of `text` as the scanner cuts it, each now known, with the case it has to be written in.
    pub(super) fn intern_text(&mut self, text: &str) -> Vec<(WordId, Case)> {
        // "’s" stands alone in a pattern only: in a text it follows a word.
        if text.starts_with(['\'', '’']) && text.chars().nth(1).is_some_and(char::is_alphabetic) {
            return vec![(self.intern(text), Case::Any)];
        }
        let mut tokens = Vec::new();
        scan::scan(text, Span::new(0, text.len()), self, &mut tokens);
        tokens.iter().map(|token| (self.intern(token.span().of(text)), Case::of(token.shape))).collect()
    }

    fn intern(&mut self, word: &str) -> WordId {
        let Some(key) = Key::new(word) else { return WordId::UNKNOWN };
        if let Some(known) = self.find(&key) {
            return known;
        }
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        let id = self.entries.len() as u32;
        self.entries.push(Entry { key: self.keys.len() as u32, ..Entry::default() });
        self.keys.extend_from_slice(key.behind());
        let [first, second, ..] = key.chunks;
        let length = key.length as u8;
        self.place(Slot { chunks: [first, second], hash: key.hash(), word: id, length, ..Slot::default() });
        if let (1, Some(sign)) = (key.length, self.single.get_mut(key.chunks[0] as usize)) {
            *sign = WordId(id);
        }
        WordId(id)
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); old.len() * 2];
        for slot in old.into_iter().filter(|slot| slot.word != 0) {
            self.place(slot);
        }
    }

    fn place(&mut self, new: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = new.hash as usize & mask;
        while self.slots[at].word != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = new;
        self.entries[new.word as usize].slot = at as u32;
    }

    /// The slot of a word of any length.
    fn slot_of(&self, key: &Key) -> Option<&Slot> {
        let [first, second, ..] = key.chunks;
        let mut found = self.probe(key.hash());
        found.find(|slot| {
            slot.chunks == [first, second]
                && usize::from(slot.length) == key.length
                && self.keys[self.entries[slot.word as usize].key as usize..].starts_with(key.behind())
        })
    }

    fn find(&self, key: &Key) -> Option<WordId> {
        self.slot_of(key).map(|slot| WordId(slot.word))
    }

    /// The slots that a word with this hash may be in.
    #[inline]
    fn probe(&self, hash: u32) -> impl Iterator<Item = &Slot> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        std::iter::from_fn(move || {
            let slot = &self.slots[at];
            at = (at + 1) & mask;
            (slot.word != 0).then_some(slot)
        })
    }

    /// The word at `span` of `text` as any list or rule names it.
    #[inline]
    fn known(&self, text: &str, span: Range<usize>) -> Option<&Slot> {
        let word = &text.as_bytes()[span.clone()];
        if let [sign @ 0..=127] = word {
            let known = self.single[usize::from(sign.to_ascii_lowercase())];
            return (known != WordId::UNKNOWN)
                .then(|| &self.slots[self.entries[known.index()].slot as usize]);
        }
        match Short::new(&text.as_bytes()[span.start..], span.len()) {
            Some(short) => {
                let same =
                    |slot: &&Slot| slot.chunks == short.chunks && usize::from(slot.length) == short.length;
                self.probe(short.hash()).find(same)
            }
            None => Key::new(&text[span]).and_then(|key| self.slot_of(&key)),
        }
    }

    /// The word at `span` of `text` and its classes when it is written in `shape`.
    #[inline]
    pub(super) fn look_up(&self, text: &str, span: Range<usize>, shape: Shape) -> Known {
        let Some(slot) = self.known(text, span.clone()) else { return Known::default() };
        let by_case = &self.classes[usize::from(slot.classes)];
        let at = match shape {
            Shape::Lower => 0,
            Shape::Capital | Shape::Initial => 1,
            Shape::Upper => 2,
        };
        let (mut classes, mut starts) = (by_case.sets[at], by_case.starts[at]);
        // "U.S." is no "us".
        if shape == Shape::Upper && text.as_bytes()[span].get(1) == Some(&b'.') {
            classes = classes.without(const { ClassSet::of(&[Class::FunctionWord, Class::Pronoun]) });
            starts = self.starts.of(classes);
        }
        Known {
            word: WordId(slot.word),
            classes,
            starts: starts | slot.starts,
            marked: slot.marked,
            is_head: slot.is_head,
        }
    }

    /// What is known of a number or a sign: the classes that lists give it do not count.
    #[inline]
    pub(super) fn look_up_sign(&self, text: &str, span: Range<usize>) -> Known {
        self.known(text, span).map_or_else(Known::default, |slot| Known {
            word: WordId(slot.word),
            classes: ClassSet::NONE,
            starts: slot.starts,
            marked: slot.marked,
            is_head: slot.is_head,
        })
    }

    /// The word, if a list or a rule names it: for code that compares tokens with a few fixed words.
    pub fn word(&self, word: &str) -> WordId {
        self.known(word, 0..word.len()).map_or(WordId::UNKNOWN, |slot| WordId(slot.word))
    }

    /// Appends the phrases of the lists that start at token `at`, longest first.
    pub(super) fn phrases_at(&self, tokens: &[Token], at: usize, found: &mut Vec<Phrase>) {
        for phrase in &self.phrases[self.entries[tokens[at].word.index()].phrases as usize] {
            let end = at + 1 + phrase.rest.len();
            let same = end <= tokens.len()
                && phrase.head.allows(tokens[at].shape)
                && tokens[end - 1].sentence == tokens[at].sentence
                && (tokens[at + 1..end].iter().zip(&phrase.rest))
                    .all(|(token, (word, case))| token.word == *word && case.allows(token.shape));
            if same {
                found.push(Phrase { first: at as u32, end: end as u32, classes: phrase.classes });
            }
        }
    }

    /// Whether the word stands in most texts many times over.
    pub(super) fn is_frequent(&self, word: WordId) -> bool {
        let slot = &self.slots[self.entries[word.index()].slot as usize];
        let function = self.classes[usize::from(slot.classes)].sets[0].has(Class::FunctionWord);
        word != WordId::UNKNOWN && (function || slot.length == 1)
    }

    /// Takes in which clauses of rules each word is in, and what can start rules.
    pub(super) fn mark(&mut self, marks: &BTreeMap<WordId, Marks>, starts: &Starts) {
        let mut numbers: BTreeMap<Marks, u16> = BTreeMap::new();
        for (word, marks) in marks.iter().filter(|(word, _)| **word != WordId::UNKNOWN) {
            let number = *numbers.entry(*marks).or_insert_with(|| {
                self.marks.push(*marks);
                self.marks.len() as u16 - 1
            });
            self.slots[self.entries[word.index()].slot as usize].marked = number;
        }
        for slot in &mut self.slots {
            slot.starts = starts.of_word(WordId(slot.word));
        }
        self.starts = starts.by_class;
        for ByCase { sets, starts } in &mut self.classes {
            *starts = sets.map(|set| self.starts.of(set));
        }
    }

    /// The clauses of rules that a word with this number of [`Known::marked`] is in.
    #[inline]
    pub(super) fn marks_of(&self, marked: u16) -> &Marks {
        &self.marks[usize::from(marked)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::word_key;
    use super::*;

    fn lexicon(lines: &[(&str, Class)]) -> Lexicon {
        let mut lexicon = Lexicon::of_size(2);
        for (line, class) in lines {
            lexicon.add(line, *class);
        }
        lexicon
    }

    #[test]
    fn a_line_in_lower_case_matches_any_case_and_a_capital_only_capitals() {
        let lexicon = lexicon(&[
            ("said", Class::ReportingVerb),
            ("Will", Class::FirstName),
            ("US", Class::CountryWord),
        ]);
        assert!(lexicon.look_up("Said", 0..4, Shape::Capital).classes.has(Class::ReportingVerb));
        assert!(lexicon.look_up("Will", 0..4, Shape::Capital).classes.has(Class::FirstName));
        assert!(lexicon.look_up("will", 0..4, Shape::Lower).classes.is_empty());
        assert!(lexicon.look_up("U.S.", 0..4, Shape::Upper).classes.has(Class::CountryWord));
        assert!(lexicon.look_up("Us", 0..2, Shape::Capital).classes.is_empty());
    }

    #[test]
    fn it_grows_and_finds_what_was_added() {
        let words: Vec<String> =
            (0..500).map(|n| format!("word{}x", "a".repeat(n % 20)) + &"b".repeat(n / 20)).collect();
        let lexicon = lexicon(&words.iter().map(|word| (word.as_str(), Class::Title)).collect::<Vec<_>>());
        assert!(words.iter().all(|word| lexicon.word(word) != WordId::UNKNOWN));
        assert_eq!(lexicon.word("worda"), WordId::UNKNOWN);
    }

    #[test]
    fn the_longest_phrase_comes_first() {
        let lexicon =
            lexicon(&[("prime minister", Class::Title), ("prime minister of state", Class::Relation)]);
        let tokens = super::super::tokens::Tokens::of_text("the Prime Minister of state", &lexicon);
        let ends: Vec<u32> = tokens.phrases_at(1).iter().map(|phrase| phrase.end).collect();
        assert_eq!(ends, [5, 3]);
    }

    #[test]
    fn every_list_is_tidy() {
        for (_, name, list) in LISTS {
            let mut seen = std::collections::BTreeSet::new();
            for (at, line) in list.lines().enumerate() {
                let entry = line.split('#').next().unwrap().trim();
                assert!(
                    entry.is_empty() || seen.insert(entry),
                    "words/{name}.txt:{}: `{entry}` stands twice",
                    at + 1
                );
                assert!(
                    entry.len() <= word_key::LONGEST_WORD * 2,
                    "words/{name}.txt:{}: `{entry}` is too long",
                    at + 1
                );
            }
            assert!(!seen.is_empty(), "words/{name}.txt is empty");
        }
    }
}
