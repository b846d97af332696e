//! Names of rules in what is kept on disk: written as words, and read back as names that live as long as the program.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

use super::RuleName;
use super::rules::GRAMMAR;

/// The most names that code may have, beside those of the rule files.
const MOST_IN_CODE: usize = 256;

/// The longest name, in bytes.
const LONGEST: usize = 64;

/// The names that were seen so far.
struct Known {
    names: HashSet<RuleName>,
    /// How many names of code may still come.
    left: usize,
}

static KNOWN: LazyLock<Mutex<Known>> =
    LazyLock::new(|| Mutex::new(Known { names: GRAMMAR.rule_names().collect(), left: MOST_IN_CODE }));

thread_local! {
    /// The names that this thread has asked for, so that threads do not wait for each other.
    static ASKED: RefCell<HashSet<RuleName>> = RefCell::default();
}

/// The name that `word` is. Names that only code knows are kept when they first come; what cannot be a name is none.
fn known(word: &str) -> Option<RuleName> {
    ASKED.with_borrow_mut(|asked| {
        if let Some(name) = asked.get(word) {
            return Some(*name);
        }
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        let name = match known.names.get(word) {
            Some(name) => *name,
            None => {
                let plain =
                    |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || b"-_ ".contains(&sign);
                if word.len() > LONGEST || !word.bytes().all(plain) {
                    return None;
                }
                known.left = known.left.checked_sub(1)?;
                let name: RuleName = Box::leak(word.into());
                known.names.insert(name);
                name
            }
        };
        asked.insert(name);
        Some(name)
    })
}

/// Writes the name.
pub(super) fn serialize<S: Serializer>(name: &RuleName, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(name)
}

/// Reads a name, which must be one.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RuleName, D::Error> {
    deserializer.deserialize_str(Name)
}

struct Name;

impl Visitor<'_> for Name {
    type Value = RuleName;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name of a rule")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<RuleName, E> {
        known(word).ok_or_else(|| E::custom("no rule has this name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_and_the_same_and_others_are_none() {
        let of_a_file = GRAMMAR.rule_names().next().unwrap();
        let word = String::from(of_a_file);
        assert!(std::ptr::eq(known(&word).unwrap(), of_a_file));
        let of_code = known("quotation-without-speaker").unwrap();
        assert!(std::ptr::eq(known("quotation-without-speaker").unwrap(), of_code));
        assert_eq!(known("Not a name!"), None);
        assert_eq!(known(&"x".repeat(LONGEST + 1)), None);
    }
}
