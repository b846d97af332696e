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
    any_token: bool,
    /// The way may end here, or go on where the sentence ends.
    nothing: bool,
}

impl Ahead {
    /// What `steps` can go on with from number `from` on.
    pub(super) fn of(steps: &[Step], from: u32) -> Ahead {
        let mut ahead = Ahead::default();
        let mut open = vec![from];
        let mut seen = Vec::new();
        while let Some(at) = open.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            match &steps[at as usize] {
                Step::Word(word, _) => {
                    let (part, bit) = place(*word);
                    ahead.words[part] |= bit;
                }
                Step::Test(test) => match test.all.iter().next() {
                    Some(class) => ahead.classes.insert(class),
                    None if test.any.is_empty() => ahead.any_token = true,
                    None => ahead.classes = ahead.classes.with(test.any),
                },
                Step::Split(first, second) => open.extend([*first, *second]),
                Step::Done | Step::SentenceEnd => ahead.nothing = true,
                Step::Save(_) | Step::SentenceStart | Step::Glued => open.push(at + 1),
            }
        }
        ahead
    }

    /// Whether a way can go on with `word`, which is of `classes` alone or as the head of a run.
    #[inline]
    pub(super) fn allows(&self, word: WordId, classes: ClassSet) -> bool {
        let (part, bit) = place(word);
        self.nothing || self.any_token || classes.meets(self.classes) || self.words[part] & bit != 0
    }

    /// Whether a way can go on where the sentence ends.
    #[inline]
    pub(super) fn allows_end(&self) -> bool {
        self.nothing
    }
}

/// The number that holds the bit of `word`, and the bit.
#[inline]
fn place(word: WordId) -> (usize, u64) {
    let number = word.index();
    (number / 64 % 4, 1 << (number % 64))
}
