//! What attackers are called, and what that tells: "the suspect" nothing, "a gunman" one man, "the killers" nobody new.

use std::ops::Range;

use super::clause::Clause;
use super::phrase::Phrase;
use crate::facts::classes::Class;

/// The phrase without what makes it a suspicion, and without "an estimated".
pub(super) fn bare(clause: &Clause<'_>, phrase: &Phrase) -> Range<u32> {
    let mut start = phrase.run.start;
    while start < phrase.head
        && (clause.is(start, Class::SuspicionWord)
            || clause.word(start).ends_with("ly") && clause.is(start + 1, Class::SuspicionWord))
    {
        start += 1;
    }
    // "Gunman (a former soldier)", but "the front (FPC)".
    let open = (phrase.head + 1..phrase.run.end).find(|at| clause.word(*at) == "(");
    let told = open.filter(|at| clause.word(at + 1).starts_with(char::is_lowercase));
    start..told.unwrap_or(phrase.run.end)
}

/// "The suspect": whoever it was.
pub(super) fn is_suspect(word: &str) -> bool {
    matches!(word, "suspect" | "suspects" | "perpetrator" | "perpetrators")
}

/// "Attackers", "the killers", "one attacker": whoever did it, without a number of several or a word for who it was.
pub(super) fn is_only_attacker(clause: &Clause<'_>, run: &Range<u32>) -> bool {
    let mut words = run.clone().map(|at| clause.word(at)).filter(|word| {
        !matches!(*word, "one" | "One" | "dead" | "other" | "the" | "’re" | "'re" | "’s" | "'s" | "some")
    });
    let bare = words.next().is_some_and(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "attacker" | "attackers" | "killer" | "killers" | "murderers" | "assailant" | "assailants"
        )
    });
    bare && words.next().is_none()
}

/// "A gunman", "a masked man", "the bomber": a single person by the words for them.
pub(super) fn is_one(clause: &Clause<'_>, phrase: &Phrase) -> bool {
    let head = clause.word(phrase.head).to_lowercase();
    let one = clause.is(phrase.head, Class::PersonNoun)
        || clause.run_ending(phrase.head + 1, Class::Attacker).is_some()
            && !head.ends_with('s')
            && !head.ends_with("men")
            && !matches!(head.as_str(), "commando" | "squad" | "mafia" | "militia" | "mob");
    let counted = (phrase.from..phrase.head).any(|at| {
        clause.is_quantity(at)
            && !matches!(
                clause.word(at).to_lowercase().as_str(),
                "one" | "another" | "second" | "third" | "first" | "last" | "old" | "new" | "former"
            )
            && clause.word(at + 1) != "-"
    });
    one && !counted && !clause.is(phrase.head, Class::ArmedBand)
}

/// "Man": tells nothing of who it was.
pub(super) fn is_anyone(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "man"
            | "woman"
            | "men"
            | "women"
            | "person"
            | "people"
            | "boy"
            | "girl"
            | "youth"
            | "youths"
            | "teenager"
    )
}
