//! Figures that only say by how much another one changed: "they corrected it to 32", "15, then 70, then 147".

use super::words::Words;
use super::{Count, Harm, TollMention};
use crate::facts::RuleName;
use crate::facts::tokens::Kind;

/// A figure whose harm the figure before tells.
pub(super) struct Revision {
    /// The words: "corrected it to 32".
    pub(super) tokens: std::ops::Range<u32>,
    /// The number.
    pub(super) quantity: std::ops::Range<u32>,
    pub(super) of: Of,
    pub(super) rule: RuleName,
}

/// What a revision can be of.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum Of {
    /// "They corrected it to 32": any number of people told of before.
    Any,
    /// "It became 69": what was called a toll, or put right already.
    Total,
    /// "The toll was 15, then 70": a toll that stands directly before it.
    Directly,
}

/// How many tokens a figure at most stands before its revision.
const REACH: u32 = 60;

/// Tells what was revised: a total of the killed or the injured, in the same paragraph and this sentence or the one before.
/// `section` is the token at which the paragraph begins; the mentions of this sentence are those from `first`.
pub(super) fn resolve(
    words: &Words<'_>,
    section: u32,
    first: usize,
    revisions: &[Revision],
    found: &mut Vec<TollMention>,
) {
    for revision in revisions {
        let Some(count) = words.count(revision.quantity.clone()) else { continue };
        let end = revision.quantity.end;
        // "Killed three, then two more": no other figure for the same.
        let ends = !words.contains(end) || words.token(end).kind != Kind::Word;
        if !stands_for_people(words, end) || revision.of == Of::Directly && !ends {
            continue;
        }
        let from = if words.sentence.start > section {
            words.tokens.sentence_of(words.sentence.start - 1).start.max(section)
        } else {
            section
        };
        let is_before = |it: &TollMention| {
            it.tokens.start >= from.max(revision.tokens.start.saturating_sub(REACH))
                && it.tokens.end <= revision.tokens.start
                && match revision.of {
                    Of::Any => true,
                    Of::Total => it.party.is_none(),
                    Of::Directly => it.party.is_none() && it.tokens.end == revision.tokens.start,
                }
        };
        let is_total = |it: &TollMention| {
            matches!(it.harm, Harm::Killed | Harm::Injured)
                && !it.is_person()
                && matches!(it.count, Count::Plain(_))
        };
        let before = found.iter().filter(|it| is_before(it) && is_total(it)).max_by_key(|it| it.tokens.end);
        let Some((harm, told)) = before.map(|it| (it.harm, it.tokens.end)) else { continue };
        // "Killed 12. The reward was 5,000 dollars, and they raised it to 10,000": something else was counted since.
        let other = words.quantities.iter().any(|it| {
            it.tokens.start >= told
                && it.tokens.end <= revision.tokens.start
                && words.count(it.tokens.clone()).is_some()
        });
        if other {
            continue;
        }
        let mention = TollMention {
            harm,
            tokens: revision.tokens.clone(),
            count: Count::Plain(count),
            latest: true,
            hearsay: false,
            party: None,
            rule: revision.rule,
        };
        let place = first + found[first..].partition_point(|it| it.tokens.start < mention.tokens.start);
        found.insert(place, mention);
    }
}

/// "It rose to 32.", "to 32 on Friday", "to 32 people": no "32 metres", no "32 per cent".
pub(super) fn stands_for_people(words: &Words<'_>, end: u32) -> bool {
    if !words.contains(end) {
        return true;
    }
    if words.is_any(end, &["of", "more"]) {
        return false;
    }
    match words.token(end).kind {
        Kind::Word => {
            words.may_follow_people(end)
                || words
                    .is_any(end, &["people", "dead", "killed", "deaths", "fatalities", "victims", "lives"])
        }
        Kind::Number | Kind::Open => false,
        Kind::Close => true,
        Kind::Sign => matches!(words.word(end), "," | "." | ";" | "—" | "–" | ")" | ":"),
    }
}
