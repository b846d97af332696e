//! What a sentence has to contain for a pattern to match in it: most rules are ruled out by this alone.

use std::collections::BTreeMap;

use super::classes::{Class, ClassSet, MOST_CLASSES};
use super::lexicon::{Lexicon, WordId};

/// Something that every match of a pattern contains: a token, or a run of them, of one of the classes, or one of the
/// words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Clause {
    pub(super) classes: ClassSet,
    pub(super) words: Vec<WordId>,
}

impl Clause {
    /// What is in either.
    pub(super) fn or(mut self, other: Clause) -> Clause {
        self.classes = self.classes.with(other.classes);
        self.words.extend(other.words);
        self.words.sort_unstable();
        self.words.dedup();
        self
    }

    /// Roughly how often a sentence contains it: the less often, the more a look for it saves.
    pub(super) fn frequency(&self, lexicon: &Lexicon) -> u32 {
        let of_word = |word: &WordId| if lexicon.is_frequent(*word) { 40 } else { 1 };
        let of_class = |class| match class {
            Class::Word => 1_000,
            Class::FunctionWord => 300,
            Class::Capital => 200,
            Class::Pronoun => 40,
            _ => 4,
        };
        self.words.iter().map(of_word).sum::<u32>() + self.classes.iter().map(of_class).sum::<u32>()
    }
}

/// The clauses of all rules that name words, each as one bit.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Marks([u64; MOST_MARKS / 64]);

/// How many clauses have a bit; the rules of any others are only tried more often.
const MOST_MARKS: usize = 512;

impl Marks {
    fn insert(&mut self, number: u16) {
        self.0[number as usize / 64] |= 1 << (number % 64);
    }

    fn has(&self, number: u16) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }

    /// The numbers of those that are in both, in order.
    fn shared(&self, other: &Marks) -> impl Iterator<Item = usize> {
        let parts = self.0.iter().zip(&other.0).map(|(own, other)| own & other).enumerate();
        parts.filter(|(_, part)| *part != 0).flat_map(|(at, mut part)| {
            std::iter::from_fn(move || {
                let number = (part != 0).then(|| at * 64 + part.trailing_zeros() as usize);
                part &= part.wrapping_sub(1);
                number
            })
        })
    }

    /// Adds all of `other`.
    pub(super) fn add(&mut self, other: &Marks) {
        self.0.iter_mut().zip(other.0).for_each(|(own, other)| *own |= other);
    }
}

/// Gives clauses their bits while rules are loaded.
#[derive(Default)]
pub(super) struct Numbering {
    numbers: BTreeMap<Vec<WordId>, u16>,
}

impl Numbering {
    fn number(&mut self, words: &[WordId]) -> Option<u16> {
        if let Some(known) = self.numbers.get(words) {
            return Some(*known);
        }
        let next = self.numbers.len();
        (next < MOST_MARKS).then(|| {
            self.numbers.insert(words.to_vec(), next as u16);
            next as u16
        })
    }

    /// Every word that is in a clause with all of its bits.
    pub(super) fn marks(&self) -> BTreeMap<WordId, Marks> {
        let mut marks: BTreeMap<WordId, Marks> = BTreeMap::new();
        for (words, number) in &self.numbers {
            for word in words {
                marks.entry(*word).or_default().insert(*number);
            }
        }
        marks
    }
}

/// The clauses of one pattern, ready to be looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs {
    /// One class of each of these.
    any: Vec<ClassSet>,
    /// Words of all of these clauses.
    marks: Vec<u16>,
    /// One of the classes, or a word of the clause.
    either: Vec<(ClassSet, u16)>,
    /// The first of all these, which is the rarest.
    rarest: Option<(ClassSet, Option<u16>)>,
}

impl Needs {
    pub(super) fn of(clauses: &[Clause], numbering: &mut Numbering) -> Needs {
        let mut needs = Needs::default();
        for Clause { classes, words } in clauses.iter().filter(|clause| !clause.classes.has(Class::Word)) {
            let number = numbering.number(words).filter(|_| !words.is_empty());
            match number {
                None if words.is_empty() => needs.any.push(*classes),
                None => continue,
                Some(number) if classes.is_empty() => needs.marks.push(number),
                Some(number) => needs.either.push((*classes, number)),
            }
            needs.rarest.get_or_insert((*classes, number));
        }
        needs
    }

    /// Whether the pattern could match in a sentence that contains these.
    pub(super) fn are_met(&self, contents: &Contents) -> bool {
        self.marks.iter().all(|mark| contents.marks.has(*mark))
            && self.any.iter().all(|any| contents.classes.meets(*any))
            && (self.either.iter())
                .all(|(classes, number)| contents.classes.meets(*classes) || contents.marks.has(*number))
    }
}

impl Needs {
    /// Whether the pattern could match where these classes are all that follow. Words are not asked for.
    #[inline]
    pub(super) fn are_met_by(&self, rest: ClassSet) -> bool {
        self.any.iter().all(|any| rest.meets(*any))
    }
}

/// Some rules of one file: rule number 0 is the lowest bit.
pub(super) type Numbers = u128;

/// For the rules of one file, turned about: which of them a sentence may have, by the rarest thing that each needs.
#[derive(Debug, Default)]
pub(super) struct Rarest {
    /// The rules that need nothing rare.
    always: Numbers,
    /// For each class, by number, the rules whose rarest need it meets.
    by_class: Vec<Numbers>,
    /// The classes that meet any.
    classes: ClassSet,
    /// The same for the bits of clauses.
    by_mark: Vec<Numbers>,
    marks: Marks,
}

impl Rarest {
    /// Takes in one rule and what it needs.
    pub(super) fn add(&mut self, rule: Numbers, needs: &Needs) {
        let Some((classes, mark)) = needs.rarest else {
            self.always |= rule;
            return;
        };
        self.by_class.resize(MOST_CLASSES, 0);
        classes.numbers().for_each(|class| self.by_class[class] |= rule);
        self.classes = self.classes.with(classes);
        if let Some(mark) = mark {
            self.by_mark.resize(MOST_MARKS, 0);
            self.by_mark[usize::from(mark)] |= rule;
            self.marks.insert(mark);
        }
    }

    /// The rules that a sentence with `contents` may have; few of all.
    pub(super) fn of(&self, contents: &Contents) -> Numbers {
        let classes = contents.classes.shared(self.classes).numbers();
        let rules = classes.fold(self.always, |rules, class| rules | self.by_class[class]);
        let marks = contents.marks.shared(&self.marks);
        marks.fold(rules, |rules, mark| rules | self.by_mark[mark])
    }
}

/// What a sentence contains.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Contents {
    /// The classes of all its tokens and runs.
    pub(super) classes: ClassSet,
    /// The clauses of which it has a word.
    pub(super) marks: Marks,
}

#[cfg(test)]
mod tests {
    use super::super::pattern::Pattern;
    use super::super::search::Starts;
    use super::super::tokens::Tokens;
    use super::*;

    fn may_match(pattern: &str, text: &str) -> bool {
        let mut lexicon = Lexicon::load();
        let pattern = Pattern::compile(pattern, &mut lexicon).unwrap();
        let mut numbering = Numbering::default();
        let needs = Needs::of(pattern.clauses(), &mut numbering);
        lexicon.mark(&numbering.marks(), &Starts::default());
        needs.are_met(Tokens::of_text(text, &lexicon).contents_of(0))
    }

    #[test]
    fn a_sentence_needs_every_word_that_is_not_optional() {
        assert!(may_match("the old? wall", "The wall fell."));
        assert!(!may_match("the old? wall", "The old house fell."));
        assert!(!may_match("the wall{1,2}", "The old house fell."));
    }

    #[test]
    fn a_sentence_may_have_the_rules_whose_rarest_need_it_meets() {
        let mut lexicon = Lexicon::load();
        let mut numbering = Numbering::default();
        let mut rarest = Rarest::default();
        for (rule, pattern) in
            ["the wall of <month>", "the (tower | <month>)", "<word> <word>"].iter().enumerate()
        {
            let pattern = Pattern::compile(pattern, &mut lexicon).unwrap();
            rarest.add(1 << rule, &Needs::of(pattern.clauses(), &mut numbering));
        }
        lexicon.mark(&numbering.marks(), &Starts::default());
        let of = |text: &str| rarest.of(Tokens::of_text(text, &lexicon).contents_of(0));
        assert_eq!(of("The tower fell."), 0b110);
        assert_eq!(of("The wall fell in May."), 0b111);
        assert_eq!(of("The house fell."), 0b100);
    }

    #[test]
    fn what_is_needed_must_follow() {
        let mut lexicon = Lexicon::load();
        let pattern = Pattern::compile("the wall of <month>", &mut lexicon).unwrap();
        let needs = Needs::of(pattern.clauses(), &mut Numbering::default());
        let tokens =
            Tokens::of_text("In May the old wall of the old town fell and in the end the wall", &lexicon);
        let met = |at| needs.are_met_by(tokens.rest_of(at));
        assert!(met(0) && met(1));
        assert!(!met(4) && !met(12));
    }

    #[test]
    fn of_a_choice_a_sentence_needs_one_way() {
        assert!(may_match("the (wall | tower | <month>)", "The tower fell."));
        assert!(may_match("the (wall | tower | <month>)", "The house fell in May."));
        assert!(!may_match("the (wall | tower | <month>)", "The house fell."));
        assert!(may_match("the (wall | <word>?)", "The house fell."));
    }
}
