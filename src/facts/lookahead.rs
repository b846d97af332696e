//! What the next token must be for a way through a pattern to be worth taking: most ways are ruled out by this alone.

use super::classes::ClassSet;
use super::lexicon::WordId;
use super::pattern::Step;

/// What a way can go on with. It may let a token through that does not fit, never keep one out that does.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ahead {
    classes: ClassSet,
    /// A bit for each word, which several words may share.
    words: [u64; 4],
    /// Anything may follow.
    is_open: bool,
    /// The way may end here, or go on where the sentence ends.
    nothing: bool,
}

impl Ahead {
    /// What `steps` can go on with from number `from` on.
    pub(super) fn of(steps: &[Step], from: u32) -> Ahead {
        let mut ahead = Ahead::default();
        for at in first_steps(steps, vec![from]) {
            match &steps[at as usize] {
                Step::Word(word, _) => {
                    let (part, bit) = place(*word);
                    ahead.words[part] |= bit;
                }
                Step::Test(test) => match test.all.iter().next() {
                    Some(class) => ahead.classes.insert(class),
                    None if test.any.is_empty() => ahead.is_open = true,
                    None => ahead.classes = ahead.classes.with(test.any),
                },
                _ => (ahead.nothing, ahead.is_open) = (true, true),
            }
        }
        ahead
    }

    /// What `steps` can go on with behind the first token, or the run of tokens, of a match.
    pub(super) fn second(steps: &[Step]) -> Ahead {
        let mut ahead = Ahead::default();
        for at in first_steps(steps, vec![0]) {
            let next = Ahead::of(steps, at + 1);
            ahead.classes = ahead.classes.with(next.classes);
            ahead.words.iter_mut().zip(next.words).for_each(|(own, other)| *own |= other);
            ahead.is_open |= next.is_open;
            ahead.nothing |= next.nothing;
        }
        ahead
    }

    /// Whether a way can go on with this token.
    #[inline]
    pub(super) fn allows(&self, next: &Next) -> bool {
        self.is_open || next.classes.meets(self.classes) || self.words[next.part] & next.bit != 0
    }

    /// Whether a way can go on where the sentence ends.
    #[inline]
    pub(super) fn allows_end(&self) -> bool {
        self.nothing
    }
}

/// The steps that take a token or end the way, of all ways from the steps `open` on.
fn first_steps(steps: &[Step], mut open: Vec<u32>) -> Vec<u32> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    while let Some(at) = open.pop() {
        if seen.contains(&at) {
            continue;
        }
        seen.push(at);
        match &steps[at as usize] {
            Step::Split(first, second) => open.extend([*first, *second]),
            Step::Save(_) | Step::SentenceStart | Step::Glued => open.push(at + 1),
            Step::Word(..) | Step::Test(_) | Step::Done | Step::SentenceEnd => found.push(at),
        }
    }
    found
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

/// The number that holds the bit of `word`, and the bit.
#[inline]
fn place(word: WordId) -> (usize, u64) {
    let number = word.index();
    (number / 64 % 4, 1 << (number % 64))
}
