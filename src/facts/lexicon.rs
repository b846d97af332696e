//! The words that the program knows: the lists of `words/` and every word that a rule names, each with its classes.
//!
//! A list is a text file: one word or phrase a line, `#` starts a comment. A line in lower case matches any case; one
//! with a capital (`May`) matches only where the word has one; one in capitals (`US`) only capitals.

use std::collections::BTreeMap;

use crate::span::Span;

use super::classes::{Class, ClassSet, LISTS};
use super::needs::Marks;
use super::scan;
use super::search::Starts;
use super::tokens::{Phrase, Shape, Token};
use super::word_key::{Key, Short};

/// A word of the lexicon; words that differ only in case are one.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(u32);

impl WordId {
    /// A word that no list and no rule names.
    pub const UNKNOWN: WordId = WordId(0);
}

/// How a word has to be written to be meant.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// Any way.
    Any,
    /// With a capital at its head.
    Capital,
    /// In capitals.
    Upper,
}

impl Case {
    fn of(shape: Shape) -> Case {
        match shape {
            Shape::Lower => Case::Any,
            Shape::Capital | Shape::Initial => Case::Capital,
            Shape::Upper => Case::Upper,
        }
    }

    /// Whether a word of `shape` is written so.
    pub fn allows(self, shape: Shape) -> bool {
        match self {
            Case::Any => true,
            Case::Capital => shape != Shape::Lower,
            Case::Upper => shape == Shape::Upper,
        }
    }
}

/// What is known of a word: small, because it is looked at once for every word of every article.
#[derive(Copy, Clone, Debug, Default)]
struct Entry {
    /// Where its bytes stand: an index into [`Lexicon::keys`].
    key: u32,
    /// Its classes: an index into [`Lexicon::classes`].
    classes: u32,
    /// The phrases that start with it: an index into [`Lexicon::phrases`].
    phrases: u32,
    /// How many bytes.
    length: u8,
}

/// The classes of a word written without a capital, with one, and in capitals. Many words have the same.
type ByCase = [ClassSet; 3];

/// A phrase of a list that starts with the word it is stored at.
#[derive(Clone, Debug)]
struct Entries {
    head: Case,
    rest: Vec<(WordId, Case)>,
    classes: ClassSet,
}

#[derive(Copy, Clone, Default)]
struct Slot {
    hash: u32,
    word: u32,
}

/// Words by their bytes: an open hash table, because this is looked up once for every word of every article.
#[derive(Clone)]
pub struct Lexicon {
    slots: Vec<Slot>,
    /// The folded words, each from a new number of eight bytes on.
    keys: Vec<u64>,
    entries: Vec<Entry>,
    /// Classes of words, each once; the first has none.
    classes: Vec<ByCase>,
    numbers_of_classes: BTreeMap<ByCase, u32>,
    /// Phrases that start with one word, longest first; the first list is empty.
    phrases: Vec<Vec<Entries>>,
    /// Words of one ASCII character, signs before all.
    single: [WordId; 128],
    /// For each word, by number, an index into `marks`. Words beyond the end have none.
    marked: Vec<u16>,
    /// Sets of marks; the first is of the words that have none.
    marks: Vec<Marks>,
    /// What can start rules.
    pub(super) starts: Starts,
}

impl Lexicon {
    /// Without words, with room for half of `slots`, a power of two, before it grows.
    fn of_size(slots: usize) -> Lexicon {
        Lexicon {
            slots: vec![Slot::default(); slots],
            keys: Vec::new(),
            entries: vec![Entry::default()],
            classes: vec![ByCase::default()],
            numbers_of_classes: BTreeMap::from([(ByCase::default(), 0)]),
            phrases: vec![Vec::new()],
            single: [WordId::UNKNOWN; 128],
            marked: Vec::new(),
            marks: Vec::new(),
            starts: Starts::default(),
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
        let entry = &mut self.entries[word.0 as usize];
        if rest.is_empty() {
            let mut classes = self.classes[entry.classes as usize];
            let from = match case {
                Case::Any => 0,
                Case::Capital => 1,
                Case::Upper => 2,
            };
            classes[from..].iter_mut().for_each(|set| set.insert(class));
            entry.classes = *self.numbers_of_classes.entry(classes).or_insert_with(|| {
                self.classes.push(classes);
                self.classes.len() as u32 - 1
            });
            return;
        }
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
        let start = self.keys.len() as u32;
        self.keys.extend_from_slice(key.used());
        let id = self.entries.len() as u32;
        self.entries.push(Entry { key: start, length: key.length as u8, ..Entry::default() });
        self.place(Slot { hash: key.hash(), word: id });
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
    }

    #[inline]
    fn find(&self, key: &Key) -> Option<WordId> {
        let hash = key.hash();
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.word == 0 {
                return None;
            }
            if slot.hash == hash {
                let known = &self.entries[slot.word as usize];
                let bytes = &self.keys[known.key as usize..];
                if usize::from(known.length) == key.length
                    && key.used().iter().zip(bytes).all(|(one, other)| one == other)
                {
                    return Some(WordId(slot.word));
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The word as any list or rule names it.
    #[inline]
    fn known(&self, word: &str) -> Option<WordId> {
        if let [sign @ 0..=127] = word.as_bytes() {
            let known = self.single[usize::from(sign.to_ascii_lowercase())];
            return (known != WordId::UNKNOWN).then_some(known);
        }
        match Short::new(word) {
            Some(short) => self.find_short(&short),
            None => Key::new(word).and_then(|key| self.find(&key)),
        }
    }

    /// [`Lexicon::find`] for the most of words.
    #[inline]
    fn find_short(&self, short: &Short) -> Option<WordId> {
        let hash = short.hash();
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.word == 0 {
                return None;
            }
            if slot.hash == hash {
                let known = &self.entries[slot.word as usize];
                if usize::from(known.length) == short.length && short.is(&self.keys[known.key as usize..]) {
                    return Some(WordId(slot.word));
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The word and its classes when it is written in `shape`.
    pub fn look_up(&self, word: &str, shape: Shape) -> (WordId, ClassSet) {
        let Some(id) = self.known(word) else {
            return (WordId::UNKNOWN, ClassSet::NONE);
        };
        let by_case = &self.classes[self.entries[id.0 as usize].classes as usize];
        let classes = match shape {
            Shape::Lower => by_case[0],
            Shape::Capital | Shape::Initial => by_case[1],
            Shape::Upper => by_case[2],
        };
        // "U.S." is no "us".
        if shape == Shape::Upper && word.as_bytes().get(1) == Some(&b'.') {
            return (id, classes.without(ClassSet::of(&[Class::FunctionWord, Class::Pronoun])));
        }
        (id, classes)
    }

    /// The word, if a list or a rule names it: for code that compares tokens with a few fixed words.
    pub fn word(&self, word: &str) -> WordId {
        self.known(word).unwrap_or(WordId::UNKNOWN)
    }

    /// Whether a phrase of several words starts with this one.
    pub(super) fn starts_phrase(&self, word: WordId) -> bool {
        self.entries[word.0 as usize].phrases != 0
    }

    /// Appends the phrases of the lists that start at token `at`, longest first.
    pub(super) fn phrases_at(&self, tokens: &[Token], at: usize, found: &mut Vec<Phrase>) {
        for phrase in &self.phrases[self.entries[tokens[at].word.0 as usize].phrases as usize] {
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
        let Entry { classes, length, .. } = self.entries[word.0 as usize];
        self.classes[classes as usize][0].has(Class::FunctionWord) || length == 1
    }

    /// Takes in which clauses of rules each word is in.
    pub(super) fn mark(&mut self, marks: &BTreeMap<WordId, Marks>) {
        let mut numbers: BTreeMap<Marks, u16> = BTreeMap::new();
        self.marked = vec![0; self.entries.len()];
        self.marks = vec![Marks::default()];
        for (word, marks) in marks {
            let number = *numbers.entry(*marks).or_insert_with(|| {
                self.marks.push(*marks);
                self.marks.len() as u16 - 1
            });
            self.marked[word.index()] = number;
        }
    }

    /// The clauses of rules that the word is in, if it is in any.
    #[inline]
    pub(super) fn marks_of(&self, word: WordId) -> Option<&Marks> {
        match self.marked.get(word.index()) {
            None | Some(0) => None,
            Some(at) => Some(&self.marks[*at as usize]),
        }
    }
}

impl WordId {
    /// As an index.
    pub(super) fn index(self) -> usize {
        self.0 as usize
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
        assert!(lexicon.look_up("Said", Shape::Capital).1.has(Class::ReportingVerb));
        assert!(lexicon.look_up("Will", Shape::Capital).1.has(Class::FirstName));
        assert!(lexicon.look_up("will", Shape::Lower).1.is_empty());
        assert!(lexicon.look_up("U.S.", Shape::Upper).1.has(Class::CountryWord));
        assert!(lexicon.look_up("Us", Shape::Capital).1.is_empty());
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
