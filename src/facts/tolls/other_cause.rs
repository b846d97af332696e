//! Counts that are no attack's own: who died of a stroke or in a crash, who lived through it, what was taken back.

use std::ops::Range;

use super::words::Words;
use super::{Harm, TollMention};
use crate::facts::classes::Class;

/// How far, in tokens, a cause may stand from the words for harm.
const REACH: u32 = 14;

/// What a sentence says that speaks against its counts, each by its words.
#[derive(Default)]
pub(super) struct Causes {
    retracted: Vec<Range<u32>>,
    other: Vec<Range<u32>>,
    survivors: Vec<Range<u32>>,
}

impl Causes {
    pub(super) fn clear(&mut self) {
        self.retracted.clear();
        self.other.clear();
        self.survivors.clear();
    }

    /// Takes in what a rule found; `sort` is what it gives under `counts`.
    pub(super) fn note(&mut self, sort: &str, words: Range<u32>) {
        match sort {
            "retracted" => self.retracted.push(words),
            "survivor" => self.survivors.push(words),
            _ => self.other.push(words),
        }
    }

    /// Drops the counts from `first` on that these speak against.
    pub(super) fn drop_from(&self, words: &Words<'_>, first: usize, found: &mut Vec<TollMention>) {
        if self.retracted.is_empty() && self.other.is_empty() && self.survivors.is_empty() {
            return;
        }
        let here = found.split_off(first);
        found.extend(here.into_iter().filter(|it| !self.speaks_against(words, it)));
    }

    fn speaks_against(&self, words: &Words<'_>, toll: &TollMention) -> bool {
        let taken_back = near(&self.retracted, &toll.tokens).any(|it| {
            it.start < toll.tokens.start && (it.end..toll.tokens.start).all(|at| goes_on(words, at))
        });
        if taken_back {
            return true;
        }
        if !matches!(toll.harm, Harm::Killed | Harm::Injured | Harm::Hit | Harm::Treated)
            || is_violent(words, toll.tokens.clone())
        {
            return false;
        }
        let died = (toll.tokens.clone()).any(|at| words.is_any(at, &["died", "dies"]));
        if died && near(&self.survivors, &toll.tokens).next().is_some() {
            return true;
        }
        near(&self.other, &toll.tokens).any(|it| {
            let between = it.end.min(toll.tokens.end)..it.start.max(toll.tokens.start);
            let gap = if it.start >= toll.tokens.end {
                toll.tokens.end..it.start
            } else if it.end <= toll.tokens.start {
                it.end..toll.tokens.start
            } else {
                between
            };
            gap.clone().all(|at| goes_on(words, at))
                && !is_violent(words, gap.start.saturating_sub(3).max(words.sentence.start)..gap.end)
        })
    }
}

/// Those of `all` that stand near `tokens`; they are in the order of the text.
fn near<'c>(all: &'c [Range<u32>], tokens: &Range<u32>) -> impl Iterator<Item = &'c Range<u32>> {
    let from = all.partition_point(|it| it.end + REACH < tokens.start);
    let last = tokens.end + REACH;
    all[from..].iter().take_while(move |it| it.start <= last)
}

/// Whether the clause goes on at a token.
fn goes_on(words: &Words<'_>, at: u32) -> bool {
    !words.is_any(
        at,
        &[",", ";", ":", "and", "but", "while", "after", "before", "following", "who", "which", "since"],
    )
}

/// Whether some words speak of an attack.
fn is_violent(words: &Words<'_>, mut run: Range<u32>) -> bool {
    run.any(|at| {
        words.contains(at)
            && (words.token(at).is(Class::ExplosiveWord)
                || words.is_any(
                    at,
                    &[
                        "shot",
                        "shooting",
                        "stabbed",
                        "stabbing",
                        "gunshot",
                        "gunned",
                        "murdered",
                        "bombing",
                        "attack",
                        "attacks",
                        "gunmen",
                        "gunman",
                        "wounds",
                        "fire",
                        "blast",
                        "explosion",
                    ],
                ))
    })
}
