//! What a sentence says of the people in it besides their harm: who is a part of a number told before, of what number a
//! share is meant, who did it; and over what time is counted.

use std::ops::Range;

use super::clause::{Harming, Whom};
use super::party::Party;
use super::words::Words;
use super::{Harm, TollMention};
use crate::facts::classes::Class;
use crate::facts::rules::Match;

/// How far a part reaches at most, and how far its verb may stand behind it, in tokens.
const REACH: u32 = 60;
/// How far a time may stand from the words for harm, in tokens.
const NEAR: u32 = 8;
/// What opens and closes words that are put in.
const BORDERS: [&str; 6] = [",", "(", ")", "-", "—", "–"];

/// The words of one sentence that say so, each sort in the order of the text.
#[derive(Default)]
pub(super) struct Marks {
    /// "Including", "among them": what begins a part.
    parts: Vec<Range<u32>>,
    /// "Half of the 20": those whose number begins there are only a share, and not told how large.
    shares: Vec<Range<u32>>,
    /// "Who stabbed": those before it did it.
    doers: Vec<Range<u32>>,
    /// "Since January", "so far this year": no attack's own.
    periods: Vec<Range<u32>>,
    /// "Last year": a time over which is counted, or the time of one attack.
    times: Vec<Range<u32>>,
    /// "A gunman", "a bombing": one attack.
    single: Vec<Range<u32>>,
}

impl Marks {
    pub(super) fn clear(&mut self) {
        *self = Marks::default();
    }

    /// Keeps what a rule found, if the rule is for such words.
    pub(super) fn note(&mut self, words: &Words<'_>, found: &Match<'_>) -> bool {
        let tokens = found.tokens.clone();
        match found.rule.gives("counts") {
            Some("part") => self.parts.push(tokens),
            Some("share") => self.shares.push(tokens),
            // "A guard who shot the gunman" is no doer.
            Some("doer") if words.is_attacker_at(tokens.end) => {}
            Some("doer") => self.doers.push(tokens),
            Some("period") if words.begins_flashback(tokens.clone()) => {}
            Some("period") => self.periods.push(tokens),
            Some("time") => self.times.push(tokens),
            Some("single") => self.single.push(tokens),
            _ => return false,
        }
        true
    }

    /// The parts, from the words that begin each to where it ends: at the sign before the verb that tells of the whole.
    pub(super) fn parts(&self, words: &Words<'_>, harming: &[Harming]) -> Vec<Range<u32>> {
        let tells = |at: &u32| {
            let helps = words.token(*at).is(Class::Auxiliary)
                && !words.is_any(at - 1, &["who", "that", "which", "whom", "where"]);
            let from = harming.partition_point(|it| it.tokens.start < *at);
            helps
                || harming[from..]
                    .first()
                    .is_some_and(|it| it.whom == Whom::Subject && it.tokens.start == *at)
        };
        let part = |begin: &Range<u32>| {
            let last = words.sentence.end.min(begin.end + REACH);
            let verb = (begin.end..last).find(tells).unwrap_or(last);
            let opened = words.is_any(begin.start.wrapping_sub(1), &BORDERS);
            let closed = words.is_any(verb - 1, &BORDERS);
            // "30 were hurt, including two children, and four people were killed": those four are no part.
            let comma = || (begin.end..verb).rfind(|at| words.is_any(*at, &[","]));
            begin.start..if opened && !closed { comma().unwrap_or(verb) } else { verb }
        };
        self.parts.iter().map(part).collect()
    }

    /// Whether only a share of these people is meant: "half of the 20 passengers".
    pub(super) fn is_share(&self, party: &Party) -> bool {
        let at = self.shares.partition_point(|share| share.end <= party.tokens.start);
        self.shares.get(at).is_some_and(|share| share.contains(&party.tokens.start))
    }

    /// Whether these people did it: "a man who stabbed three people".
    pub(super) fn is_doer(&self, party: &Party) -> bool {
        let starts = |at: u32| self.doers.binary_search_by_key(&at, |words| words.start).is_ok();
        starts(party.end) || starts(party.tokens.end)
    }

    /// Drops what is counted over a time: "300 have been killed since January" is no attack's own number.
    pub(super) fn drop_background(&self, words: &Words<'_>, first: usize, found: &mut Vec<TollMention>) {
        if self.periods.is_empty() && self.times.is_empty() {
            return;
        }
        let is_over_a_time = |it: &TollMention| {
            let mut times = near(&self.times, &it.tokens);
            near(&self.periods, &it.tokens).next().is_some()
                || times.any(|time| !self.is_of_one_attack(words, it, time))
        };
        let here = found.split_off(first);
        found.extend(here.into_iter().filter(|it| it.is_person() || !is_over_a_time(it)));
    }

    /// "A gunman killed 12 people in Graz last year", "in a bombing last year, 12 people were killed".
    fn is_of_one_attack(&self, words: &Words<'_>, toll: &TollMention, time: &Range<u32>) -> bool {
        let perfect = toll.tokens.clone().any(|at| words.is_any(at, &["have", "has"]));
        let parts = |one: &Range<u32>, other: &Range<u32>| {
            let (from, to) =
                if one.start < other.start { (one.end, other.start) } else { (other.end, one.start) };
            (from..to).any(|at| {
                words.is_any(at, &[",", ";"]) || perfect && words.is_any(at, &["and", "but", "while"])
            })
        };
        near(&self.single, &toll.tokens).any(|it| !parts(it, &toll.tokens) || !parts(it, time))
    }
}

/// Whether token `at` is in one of `parts`.
pub(super) fn is_in_part(parts: &[Range<u32>], at: u32) -> bool {
    let from = parts.partition_point(|it| it.start + 2 * REACH < at);
    parts[from..].iter().take_while(|it| it.start <= at).any(|it| it.contains(&at))
}

/// Those of `all` that stand near `tokens`.
fn near<'m>(all: &'m [Range<u32>], tokens: &Range<u32>) -> impl Iterator<Item = &'m Range<u32>> {
    let (start, end) = (tokens.start, tokens.end);
    let from = all.partition_point(|it| it.start + 3 * NEAR < start);
    all[from..].iter().take_while(move |it| it.start <= end + NEAR).filter(move |it| it.end + NEAR >= start)
}

/// "The toll rose to 15 after three more bodies were found": what stands behind a new total is the reason for it, and
/// counts nobody more.
pub(super) fn drop_reasons(words: &Words<'_>, first: usize, found: &mut Vec<TollMention>) {
    let total = |it: &&TollMention| it.latest && it.party.is_none();
    let totals: Vec<(Harm, u32)> =
        found[first..].iter().filter(total).map(|it| (it.harm, it.tokens.end)).collect();
    if totals.is_empty() {
        return;
    }
    let gives_reason = |from: u32, to: u32| {
        (from..to).any(|at| words.is_any(at, &["after", "when", "as", "because", "following", "with"]))
    };
    let here = found.split_off(first);
    found.extend(here.into_iter().filter(|it| {
        it.party.is_none()
            || !totals.iter().any(|(harm, end)| {
                it.harm == *harm && *end <= it.tokens.start && gives_reason(*end, it.tokens.start)
            })
    }));
}
