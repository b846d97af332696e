//! What the next token must be for a way through a pattern to be worth taking: most ways are ruled out by this alone.

use super::classes::ClassSet;
use super::lexicon::WordId;
use super::pattern::Step;

/// What a way can go on with. It may let a token through that does not fit, never keep one out that does.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ahead {
    classes: ClassSet,
    /// A bit for each word, which several words may share.
    words: [u64; WORD_BITS / 64],
    /// Anything may follow.
    is_open: bool,
    /// The way may end here, or go on where the sentence ends.
    nothing: bool,
}

impl Ahead {
    /// For each of `steps`, what a way can go on with from there on.
    ///
    /// Steps only lead forward, so that one pass from the last to the first tells.
    pub(super) fn of_each(steps: &[Step]) -> Vec<Ahead> {
        let mut aheads = vec![Ahead::default(); steps.len()];
        for (at, step) in steps.iter().enumerate().rev() {
            aheads[at] = match step {
                Step::Split(first, second) => aheads[*first as usize].or(&aheads[*second as usize]),
                Step::Choice(ways) => all(&aheads, ways),
                Step::Save(_) | Step::SentenceStart | Step::Glued => aheads[at + 1],
                Step::Word(..) | Step::Words(_) | Step::Test(_) | Step::Done | Step::SentenceEnd => {
                    Ahead::of_step(step)
                }
            };
        }
        aheads
    }

    /// What `steps` can go on with behind the first token, or the run of tokens, of a match; `aheads` are those of each.
    pub(super) fn second(steps: &[Step], aheads: &[Ahead]) -> Ahead {
        let mut seconds = vec![Ahead::default(); steps.len()];
        for (at, step) in steps.iter().enumerate().rev() {
            seconds[at] = match step {
                Step::Split(first, second) => seconds[*first as usize].or(&seconds[*second as usize]),
                Step::Choice(ways) => all(&seconds, ways),
                Step::Save(_) | Step::SentenceStart | Step::Glued => seconds[at + 1],
                Step::Word(..) | Step::Words(_) | Step::Test(_) | Step::SentenceEnd => aheads[at + 1],
                Step::Done => Ahead::default(),
            };
        }
        seconds[0]
    }

    /// What passes a step that takes a token; a step that ends the way lets anything pass.
    fn of_step(step: &Step) -> Ahead {
        let mut ahead = Ahead::default();
        match step {
            Step::Word(word, _) => ahead.add(*word),
            Step::Words(words) => words.iter().for_each(|(word, _)| ahead.add(*word)),
            Step::Test(test) => match test.all.iter().next() {
                Some(class) => ahead.classes.insert(class),
                None if test.any.is_empty() => ahead.is_open = true,
                None => ahead.classes = test.any,
            },
            _ => (ahead.nothing, ahead.is_open) = (true, true),
        }
        ahead
    }

    fn add(&mut self, word: WordId) {
        let (part, bit) = place(word);
        self.words[part] |= bit;
    }

    /// What either lets through.
    fn or(&self, other: &Ahead) -> Ahead {
        let mut words = self.words;
        words.iter_mut().zip(other.words).for_each(|(own, other)| *own |= other);
        Ahead {
            classes: self.classes.with(other.classes),
            words,
            is_open: self.is_open || other.is_open,
            nothing: self.nothing || other.nothing,
        }
    }

    /// Whether a way can go on with this token.
    #[inline]
    pub(super) fn allows(&self, next: &Next) -> bool {
        self.is_open || next.classes.meets(self.classes) || self.words[next.part] & next.bit != 0
    }

    /// The bits of its words: numbers below [`WORD_BITS`].
    pub(super) fn word_bits(&self) -> impl Iterator<Item = usize> {
        (0..WORD_BITS).filter(|bit| self.words[bit / 64] >> (bit % 64) & 1 == 1)
    }

    /// Classes that it lets through.
    pub(super) fn classes(&self) -> ClassSet {
        self.classes
    }

    /// Whether it lets anything through.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether a way can go on where the sentence ends.
    #[inline]
    pub(super) fn allows_end(&self) -> bool {
        self.nothing
    }
}

/// What any of the ways lets through.
fn all(aheads: &[Ahead], ways: &[u32]) -> Ahead {
    ways.iter().fold(Ahead::default(), |all, at| all.or(&aheads[*at as usize]))
}

/// A token that a way may go on with: its word and its classes, alone or as the head of a run.
#[derive(Copy, Clone)]
pub(super) struct Next {
    classes: ClassSet,
    part: usize,
    bit: u64,
}

impl Next {
    #[inline]
    pub(super) fn new(word: WordId, classes: ClassSet) -> Next {
        let (part, bit) = place(word);
        Next { classes, part, bit }
    }
}

/// How many bits words share.
pub(super) const WORD_BITS: usize = 256;

/// The number of the bit of `word`.
#[inline]
pub(super) fn word_bit(word: WordId) -> usize {
    word.index() % WORD_BITS
}

/// The number that holds the bit of `word`, and the bit.
#[inline]
fn place(word: WordId) -> (usize, u64) {
    let bit = word_bit(word);
    (bit / 64, 1 << (bit % 64))
}
