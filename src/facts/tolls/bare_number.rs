//! Numbers without a noun: whether they count people, or are ages, roads and measures.

use super::party::is_any;
use super::words::Words;
use crate::facts::tokens::Kind;

/// Whether a number without a noun may count people: no measure, number of a road, age or anything countable.
pub(super) fn stands_alone(words: &Words<'_>, at: u32, end: u32) -> bool {
    if words.contains(at.wrapping_sub(1)) {
        let before = words.token(at - 1);
        let figure = words.token(at).kind == Kind::Number;
        let name = before.is_capital() && at - 1 > words.sentence.start;
        let sign =
            before.kind == Kind::Sign && !matches!(words.word(at - 1), "—" | "–" | ";" | "-" | "," | ":");
        // "John Roe, 24," against "by the end, 24 were dead".
        let told = is_any(
            words,
            end,
            &["were", "are", "have", "had", "killed", "dead", "injured", "wounded", "died"],
        );
        let listed = figure && !told && matches!(words.word(at - 1), "," | "-" | ":");
        // "Ana Roe, nine, died".
        let aged = words.word(at - 1) == "," && words.word(end) == "," && end == at + 1;
        let among_ages = figure && follows_ages(words, at);
        let range = figure
            && is_any(words, end, &["and", "to", "or", "-"])
            && words.contains(end + 1)
            && words.token(end + 1).kind == Kind::Number;
        if sign
            || range
            || among_ages
            || figure && name
            || listed
            || aged
            || is_any(
                words,
                at - 1,
                &["age", "ages", "aged", "number", "no", "no.", "at", "in", "by", "level", "between", "from"],
            )
        {
            return false;
        }
    }
    if !words.contains(end) {
        return true;
    }
    let next = words.token(end);
    match next.kind {
        Kind::Word => words.may_follow_people(end),
        Kind::Number | Kind::Open => false,
        Kind::Close => true,
        Kind::Sign => matches!(words.word(end), "," | "." | ";" | "—" | "–" | ")"),
    }
}

/// Whether a figure at `at` goes on with a list of ages or of other figures: "ages 20, 23 and 25".
fn follows_ages(words: &Words<'_>, at: u32) -> bool {
    let mut before = at.wrapping_sub(1);
    while is_any(words, before, &[",", "and", "to", "-", "–", "or", "the", "other", "one"]) && at - before < 8
    {
        before = before.wrapping_sub(1);
    }
    words.contains(before)
        && before + 1 < at
        && (words.token(before).kind == Kind::Number
            || is_any(words, before, &["age", "ages", "aged", "old", "between", "ranging"]))
}
