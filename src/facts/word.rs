//! A word by its number, and how it has to be written to be meant.

use super::tokens::Shape;

/// A word of the lexicon; words that differ only in case are one.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(super) u32);

impl WordId {
    /// A word that no list and no rule names.
    pub const UNKNOWN: WordId = WordId(0);

    /// As an index.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
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
    pub(super) fn of(shape: Shape) -> Case {
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
