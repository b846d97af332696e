//! Who says what a sentence tells, cut off it: ", the mayor and police said in Graz on Monday".
//!
//! Those who say it are not among the dead they speak of, and where and when they say it is neither the scene nor the day
//! of the attack. What is read in a sentence asks here whether words are part of the telling. The words are those of
//! `rules/attributions.toml`.

use std::ops::Range;

use super::classes::Class;
use super::rules::GRAMMAR;
use super::tokens::Tokens;

/// The longest attribution, in tokens.
const LONGEST: u32 = 60;

/// Every attribution at the end of a sentence or between its commas, in the order of the text: the tokens from behind the
/// comma to before the sign that ends it. "Police said that two died", which begins a sentence, is none.
///
/// To be given to [`Tokens::annotate`], so that [`is_part`] and the patterns (`<attribution>`) know of it. People and
/// quantities must have been annotated before.
pub fn find(tokens: &Tokens) -> Vec<Range<u32>> {
    let mut found: Vec<Range<u32>> = Vec::new();
    GRAMMAR.rules("attributions").find(tokens, 0..tokens.all.len() as u32, |it| {
        let Some(told) = it.capture("told").filter(|told| told.len() as u32 <= LONGEST) else { return };
        match found.last_mut().filter(|last| last.end > told.start) {
            // "…, a nurse, a doctor and police said": where two overlap, the later says less.
            Some(last) => last.end = last.end.max(told.end),
            None => found.push(told),
        }
    });
    found
}

/// Where the attribution that token `at` is a part of begins and ends, if it is part of one.
///
/// A date, a place, people or a target with a part in one belong to those who tell of the attack, not to the attack.
pub fn around(tokens: &Tokens, at: u32) -> Option<Range<u32>> {
    let sentence = tokens.sentence_of(at);
    if !tokens.contents_of(at).classes.has(Class::Attribution) {
        return None;
    }
    (sentence.start.max(at.saturating_sub(LONGEST))..=at)
        .rev()
        .find_map(|start| tokens.run_of(start, Class::Attribution).map(|end| start..end))
        .filter(|run| run.contains(&at))
}

/// Whether token `at` is part of an attribution: see [`around`].
pub fn is_part(tokens: &Tokens, at: u32) -> bool {
    around(tokens, at).is_some()
}
