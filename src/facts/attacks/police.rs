//! Who is shot by the police: once an attacker is told of, it was the attacker.

use crate::facts::classes::Class;
use crate::facts::tokens::Tokens;

/// "By police", "by officers" at a token.
pub(super) fn is_done_by_police(tokens: &Tokens, text: &str, at: u32) -> bool {
    let word = |at: u32| tokens.all.get(at as usize).map_or("", |token| token.span().of(text));
    let after = at + 1 + u32::from(word(at + 1) == "the" || word(at + 1) == "armed");
    word(at) == "by" && tokens.all.get(after as usize).is_some_and(|token| token.is(Class::PoliceWord))
}

/// "Police then shot", "officers fatally shot", before token `at`; but not "men dressed as police shot".
pub(super) fn do_police(tokens: &Tokens, text: &str, at: u32) -> bool {
    let sentence = tokens.sentence_of(at);
    let word = |at: u32| if sentence.contains(&at) { tokens.all[at as usize].span().of(text) } else { "" };
    let helps = |at: u32| {
        matches!(word(at), "then" | "later" | "had" | "have" | "has" | "also" | "and" | "shot")
            || word(at).ends_with("ly")
    };
    let mut last = at.wrapping_sub(1);
    while at.wrapping_sub(last) <= 4 && helps(last) {
        last = last.wrapping_sub(1);
    }
    sentence.contains(&last)
        && tokens.all[last as usize].is(Class::PoliceWord)
        && !matches!(word(last.wrapping_sub(1)), "as" | "fake" | "against" | "at" | "two" | "three" | "four")
}
