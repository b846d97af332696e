//! Words in lower case, without a copy of those that are so already: nearly all, and readers ask for it at every turn.

use std::borrow::Cow;
use std::ops::Deref;

use super::word_key;

/// A word in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lower<'a>(Cow<'a, str>);

/// `word` in lower case, as [`str::to_lowercase`] has it.
#[inline]
pub(super) fn lower(word: &str) -> Lower<'_> {
    let kept = word_key::is_lower(word.as_bytes()) || word == "’s";
    Lower(if kept { Cow::Borrowed(word) } else { Cow::Owned(in_lower_case(word)) })
}

#[cold]
fn in_lower_case(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() }
}

impl Lower<'_> {
    /// The word.
    #[inline]
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The word, to be kept.
    pub(super) fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for Lower<'_> {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Lower<'_> {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_the_standard_library_makes_of_it() {
        for word in ["", "said", "’s", "Said", "SAID", "U.S.", "Ærø", "ærø", "ǅ", "İ", "ΟΔΟΣ", "“"]
        {
            assert_eq!(lower(word).as_str(), word.to_lowercase());
            assert_eq!(lower(word).into_string(), word.to_lowercase());
        }
    }
}
