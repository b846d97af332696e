//! The names of the gazetteer, walked letter by letter where they lie packed; where names led to is remembered.
//!
//! An article repeats the names of a few places, and each is asked for several times: a walk costs as much as reading
//! a sentence.

use std::cell::RefCell;
use std::sync::LazyLock;

use fst::{IntoStreamer, Map, Streamer};

static NAMES: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    Map::new(include_bytes!("gazetteer/places.fst").as_slice()).expect("packed by examples/pack_gazetteer.rs")
});

/// Where some letters lead: to a name, or to the beginning of names.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Reached {
    /// The place in the packed names.
    node: usize,
    /// What the way there adds up to.
    sum: u64,
    /// What the name has, if the letters are one.
    value: Option<u64>,
}

/// What the packed names have for `name`.
pub(super) fn value(name: &str) -> Option<u64> {
    remembered(name.as_bytes())?.value
}

/// The first name, in order of its letters, whose value is `wanted`. Looks through all names where none is.
pub(super) fn first(wanted: impl Fn(u64) -> bool) -> Option<String> {
    let mut names = NAMES.into_stream();
    while let Some((name, value)) = names.next() {
        if wanted(value) {
            return Some(String::from_utf8_lossy(name).into_owned());
        }
    }
    None
}

/// Which of `ends` is the last that a name ends at: names that `text` starts with, the longest first.
///
/// `ends` are lengths in bytes, ascending. One walk, that stops where no name goes on.
pub(super) fn longest(text: &str, ends: &[usize]) -> Option<usize> {
    let text = text.as_bytes();
    let mut reached = remembered(&text[..*ends.first()?])?;
    let mut found = reached.value.map(|_| 0);
    for (at, pair) in ends.windows(2).enumerate() {
        match walk(reached, &text[pair[0]..pair[1]]) {
            Some(next) => reached = next,
            None => break,
        }
        if reached.value.is_some() {
            found = Some(at + 1);
        }
    }
    found
}

/// Goes on from a place in the packed names; `None` where no name does.
fn walk(from: Reached, letters: &[u8]) -> Option<Reached> {
    let names = NAMES.as_fst();
    let mut node = names.node(from.node);
    let mut sum = from.sum;
    let mut at = 0;
    while at < letters.len() {
        // "Prince George’s County": the packed names have the apostrophe of a typewriter.
        let curly = letters[at..].starts_with("’".as_bytes());
        let letter = if curly { b'\'' } else { letters[at] };
        at += if curly { "’".len() } else { 1 };
        let way = node.transition(node.find_input(letter)?);
        sum += way.out.value();
        node = names.node(way.addr);
    }
    let value = node.is_final().then(|| sum + node.final_output().value());
    Some(Reached { node: node.addr(), sum, value })
}

/// How many names are remembered; a new one takes the place of another.
const MOST: usize = 2048;
/// The longest that is, in bytes.
const LONGEST: usize = 23;

#[derive(Copy, Clone)]
struct Slot {
    name: [u8; LONGEST],
    length: u8,
    reached: Option<Reached>,
}

thread_local! {
    static LATELY: RefCell<Vec<Slot>> =
        RefCell::new(vec![Slot { name: [0; LONGEST], length: u8::MAX, reached: None }; MOST]);
}

/// Where `name` leads from the beginning.
fn remembered(name: &[u8]) -> Option<Reached> {
    let from_root = || walk(Reached { node: NAMES.as_fst().root().addr(), sum: 0, value: None }, name);
    if name.len() > LONGEST {
        return from_root();
    }
    let hash = name.iter().fold(0_u32, |hash, letter| (hash ^ u32::from(*letter)).wrapping_mul(0x0100_0193));
    let place = (hash ^ hash >> 15) as usize % MOST;
    LATELY.with_borrow_mut(|lately| {
        let slot = &mut lately[place];
        if usize::from(slot.length) != name.len() || slot.name[..name.len()] != *name {
            slot.name[..name.len()].copy_from_slice(name);
            slot.length = name.len() as u8;
            slot.reached = from_root();
        }
        slot.reached
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_the_names_have() {
        for name in ["Kirkuk", "Kirk", "San Salvador", "Qwertyuiop", "", "Saint Vincent and the Grenadines"] {
            for _ in 0..2 {
                assert_eq!(value(name), NAMES.get(name), "{name}");
            }
        }
    }

    #[test]
    fn the_longest_name_is_found_in_one_walk() {
        assert_eq!(longest("San Salvador Hall", &[3, 12, 17]), Some(1));
        assert_eq!(longest("Qwertyuiop", &[10]), None);
        assert_eq!(longest("", &[]), None);
        assert_eq!(value("Prince George’s County"), value("Prince George's County"));
    }
}
