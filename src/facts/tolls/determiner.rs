//! What stands before a noun for people and counts them: "the pair", "another", "three more", "none", "one of the four".

use super::bare_number::stands_alone;
use super::party::{Party, Scope, exactly, head, is_any};
use super::sex::Sex;
use super::words::Words;
use crate::facts::classes::Class;

const ORDINALS: [&str; 9] =
    ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// What an ordinal counts up to: 5 for "fifth".
pub(super) fn ordinal(words: &Words<'_>, at: u32) -> Option<u32> {
    ORDINALS.iter().zip(2..).find_map(|(word, nth)| words.is_any(at, &[word]).then_some(nth))
}

/// Reads a determiner or a pronoun; `party.end` is set where that is all. `None` where nobody can follow.
pub(super) fn determiner(words: &Words<'_>, next: &mut u32, party: &mut Party) -> Option<bool> {
    let at = *next;
    if words.run_of(at, Class::Quantity).is_some() {
        return Some(false);
    }
    let alone = |party: &mut Party, scope, count, sex, length: u32| {
        (party.scope, party.count, party.sex, party.end) = (scope, count, sex, at + length);
        party.tokens.end = party.end;
        party.anybody = true;
    };
    let one = Some(exactly(1));
    match words.lower(at).as_str() {
        "a" | "an" => {
            party.count = one;
            if is_any(words, at + 1, &["couple"]) && !is_any(words, at + 2, &["of"]) {
                alone(party, Scope::New, Some(exactly(2)), None, 2);
                *next = at + 2;
                return Some(true);
            }
        }
        "another" => (party.scope, party.count) = (Scope::Other, one),
        "the" | "this" | "that" | "these" | "those" => party.scope = Scope::Known,
        "his" | "its" | "their" | "my" | "our" => party.kin = true,
        "he" | "him" => alone(party, Scope::Pronoun, one, Some(Sex::Male), 1),
        "she" => alone(party, Scope::Pronoun, one, Some(Sex::Female), 1),
        "her" => {
            let mut own = Party::new(at);
            let mut noun = at + 1;
            if quantity(words, &mut noun, &mut own).is_none() || head(words, noun, &mut own).is_none() {
                alone(party, Scope::Pronoun, one, Some(Sex::Female), 1);
            } else {
                party.kin = true;
            }
        }
        "they" | "them" => alone(party, Scope::Pronoun, None, None, 1),
        "both" => {
            (party.scope, party.count) = (Scope::Known, Some(exactly(2)));
            if !words.is_word_of_noun(at + 1) {
                alone(party, Scope::Known, Some(exactly(2)), None, 1);
            }
        }
        "all" => {
            party.scope = Scope::Known;
            *next = at + 1;
            while is_any(words, *next, &["of", "the", "those", "these"]) {
                *next += 1;
            }
            return Some(true);
        }
        "someone" | "somebody" => alone(party, Scope::New, one, None, 1),
        "nobody" | "none" | "neither" if !is_any(words, at + 1, &["else"]) => {
            alone(party, Scope::Nobody, Some(exactly(0)), None, 1);
        }
        "no" => {
            let one = is_any(words, at + 1, &["one"]) && !is_any(words, at + 2, &["else"]);
            let people = is_any(words, at + 1, &["people", "persons", "victims", "civilians"]);
            if !one && !people {
                return None;
            }
            alone(party, Scope::Nobody, Some(exactly(0)), None, 2);
        }
        "others" => alone(party, Scope::Other, None, None, 1),
        _ => return Some(false),
    }
    *next = at + 1;
    if party.end == at {
        // "A family of five".
        if is_any(words, at + 1, &["family"])
            && is_any(words, at + 2, &["of"])
            && let Some(end) = words.run_of(at + 3, Class::Quantity)
            && let Some(count) = words.count(at + 3..end)
        {
            alone(party, party.scope, Some(count), None, end - at);
            *next = end;
            return Some(true);
        }
        if party.scope == Scope::Known {
            let pair = match words.lower(at + 1).as_str() {
                "pair" | "couple" | "duo" => Some(2),
                "trio" => Some(3),
                "quartet" => Some(4),
                _ => None,
            };
            if let Some(count) = pair {
                alone(party, Scope::Known, Some(exactly(count)), None, 2);
                *next = at + 2;
                return Some(true);
            }
        }
        // "He is the third reporter killed": one told of elsewhere.
        let predicate = is_any(words, at.wrapping_sub(1), &["is", "was", "became", "as", "be"]);
        if party.scope == Scope::Known && predicate && is_any(words, *next, &ORDINALS) {
            return None;
        }
        if is_any(words, *next, &ORDINALS) || is_any(words, *next, &["other"]) {
            party.scope = Scope::Other;
            *next += 1;
            if party.count.is_some() && stands_alone(words, at, *next) {
                party.anybody = true;
                party.end = *next;
            }
        }
    }
    Some(true)
}

/// Reads a number and what follows it: "others", "more". `None` where the number is no count of people.
pub(super) fn quantity(words: &Words<'_>, next: &mut u32, party: &mut Party) -> Option<bool> {
    let at = *next;
    if words.age(at).is_some() {
        return Some(false);
    }
    let Some(end) = words.run_of(at, Class::Quantity) else { return Some(false) };
    party.count = Some(words.count(at..end)?);
    if (at..end).any(|at| is_any(words, at, &["another", "further", "additional", "other"])) {
        party.scope = Scope::Other;
        party.more = true;
    }
    *next = end;
    if is_any(words, *next, &["other", "others", "more", "additional", "further"]) {
        let nothing_more = !is_any(words, *next, &["more"]) || !is_any(words, *next + 1, &["than"]);
        if nothing_more {
            party.more |= !is_any(words, *next, &["other", "others"]);
            party.scope = Scope::Other;
            *next += 1;
        }
    }
    Some(true)
}

/// "Of them", "of the victims", "of four women".
pub(super) fn partitive(words: &Words<'_>, of: u32, party: &mut Party) -> bool {
    let end = if is_any(words, of + 1, &["them", "whom", "those", "these"]) && !words.is_word_of_noun(of + 2)
    {
        of + 2
    } else {
        let mut whole = Party::new(of + 1);
        let mut next = of + 1;
        if determiner(words, &mut next, &mut whole).is_none()
            || quantity(words, &mut next, &mut whole).is_none()
        {
            return false;
        }
        let Some(end) = head(words, next, &mut whole) else { return false };
        (party.sex, party.attackers, party.whole) = (whole.sex, whole.attackers, whole.count);
        end
    };
    // "All four of them" are no part.
    if party.scope != Scope::Known {
        party.scope = Scope::Partitive;
    }
    party.anybody = true;
    party.tokens.end = end;
    party.end = end;
    true
}
