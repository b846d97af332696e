//! The town that a passage speaks of, for scenes that the text gives by a street, a station or not at all.

use std::ops::Range;

use super::{Geography, PlaceMention, Relation, capital_run, resolve};
use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Tokens};

/// The last town named in `within` that the gazetteer knows for certain: "Nice had no such choice".
///
/// Not one that somebody comes from or goes to, no person, and no first word that may be an ordinary one.
pub(in crate::facts) fn town_in(
    tokens: &Tokens,
    text: &str,
    within: Range<u32>,
    geography: &Geography,
) -> Option<PlaceMention> {
    let mut last = None;
    let mut at = within.start;
    while at < within.end {
        let token = &tokens.all[at as usize];
        // "In Madrid" at the head of a sentence: "In" is no part of the name.
        if !token.is_capital() || token.is(Class::FunctionWord) {
            at += 1;
            continue;
        }
        let sentence = tokens.sentence_of(at);
        let Some(run) = capital_run(tokens, text, at, sentence.end.min(within.end)) else {
            at += 1;
            continue;
        };
        at = run.end.max(at + 1);
        if !may_be_town(tokens, text, &run, &sentence) {
            continue;
        }
        let place = resolve(tokens, text, run, sentence.end, Relation::At, geography);
        if place.town.is_none() && place.known.is_some_and(|known| known.coordinates.is_some()) {
            last = Some(place);
        }
    }
    last
}

fn may_be_town(tokens: &Tokens, text: &str, run: &Range<u32>, sentence: &Range<u32>) -> bool {
    let word = |at: u32| if sentence.contains(&at) { tokens.all[at as usize].span().of(text) } else { "" };
    let before = if run.start == sentence.start { "" } else { word(run.start - 1) };
    let after = word(run.end);
    let elsewhere = matches!(
        before,
        "from" | "From" | "to" | "between" | "and" | "via" | "for" | "by" | "than" | "of" | "-"
    );
    let whole = before != "of" || matches!(after, "." | "," | "" | ";" | "’s" | "'s");
    let named_for = [Class::Person, Class::Honorific, Class::Title];
    let classes = tokens.classes_at(run.start);
    // "London", "Paris" and "Jackson" are names of people, too.
    let first = &tokens.all[run.start as usize];
    let doubtful = first.is(Class::FirstName) || first.is(Class::FamilyName);
    let given = !doubtful || matches!(before, "the" | "The" | "in" | "In" | "at");
    let head = run.start == sentence.start
        && !matches!(after, "had" | "has" | "was" | "is" | "’s" | "'s" | "remembers");
    let dateline = run.start <= sentence.start + 2 && after == ",";
    let word_like = tokens.all[run.start as usize].kind == Kind::Word
        && !tokens.all[run.start as usize].is(Class::FunctionWord);
    word_like
        && whole
        && !(elsewhere && before != "of")
        && !head
        && !dateline
        && given
        && !named_for.iter().any(|class| classes.has(*class))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn town(text: &str) -> Option<String> {
        let tokens = crate::facts::annotated(text);
        let geography = Geography::of(&tokens, text);
        let all = 0..tokens.all.len() as u32;
        town_in(&tokens, text, all, &geography).map(|it| tokens.span(it.tokens).of(text).to_owned())
    }

    #[test]
    fn a_town_is_spoken_of_in_many_ways() {
        assert_eq!(town("Madrid had no such choice."), Some("Madrid".to_owned()));
        assert_eq!(town("In Brussels it was the first."), Some("Brussels".to_owned()));
        assert_eq!(town("Nice had no such choice."), Some("Nice".to_owned()));
        assert_eq!(town("They came into the London rush hour."), Some("London".to_owned()));
        assert_eq!(town("It still shapes how Mumbai remembers."), Some("Mumbai".to_owned()));
    }

    #[test]
    fn travellers_and_names_tell_no_town() {
        assert_eq!(town("The flight from Oslo to Rome was late."), None);
        assert_eq!(town("They met Paris Hilton there."), None);
        assert_eq!(town("Reading books helps."), None);
    }
}
