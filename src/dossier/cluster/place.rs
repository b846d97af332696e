//! Where each group goes: to the attack that it fits best, or to one of its own.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::super::profile::{Profile, WordId, Words};
use super::super::weigh::weigh;
use super::fold::{Folded, Heard};
use super::{Attack, ByDay, Group, Mention, Told};
use crate::dossier::ArticleIndex;

/// How many attacks a mention is compared with for each thing that it shares with them.
const NEAREST: usize = 48;

/// How many attacks of one day are found by one word.
pub(super) const CROWD: usize = 4 * NEAREST;

/// How many days to either side are looked at: reports may be wrong by some, and sieges last some.
pub(super) const AROUND: i32 = 6;

/// How much better one attack must fit a vague mention than another.
const CLEARLY: i32 = 2;

/// The day of what has no date.
pub(super) const UNDATED: i32 = i32::MIN;

/// Every group placed, in order.
pub(super) struct Placing {
    pub(super) groups: Vec<Group>,
    pub(super) attacks: Vec<Option<Box<Attack>>>,
    pub(super) pairs: HashMap<u32, Vec<(u32, i32)>>,
}

impl Placing {
    /// Places all of `folded`, which are in order.
    pub(super) fn of(folded: Vec<Folded>, told: Told<'_>) -> Placing {
        let words = told.profiles.words();
        let mut index: HashMap<u64, ByDay> = HashMap::new();
        let (mut groups, mut attacks) = (Vec::with_capacity(folded.len()), Vec::with_capacity(folded.len()));
        let each = |held: &[u32], found: &mut Vec<u32>| found.extend(held);
        for (number, folded) in (0_u32..).zip(folded) {
            let keys = keys(&folded.profile, words);
            let mut near = near(&index, &keys, Sought::of(&folded), each);
            near.sort_unstable();
            near.dedup();
            let candidates = near.iter().map(|at| {
                let attack: &Attack = attack_at(&attacks, *at);
                let began: &Group = &groups[*at as usize];
                let joined = || has_one_of(&attack.places, &folded.heard);
                (*at, &*attack.profile, began.unsure, joined)
            });
            let Choice { attack, unsure } = choose(&folded, candidates, words);
            let joined = attack.map(|at| &*attack_at(&attacks, at).profile);
            let days = days(&folded, joined);
            let attack = attack.unwrap_or(number);
            for key in &keys {
                let by_day = index.entry(*key).or_default();
                for day in &days {
                    let held = by_day.entry(*day).or_default();
                    if held.len() < CROWD && !held.contains(&attack) {
                        held.push(attack);
                    }
                }
            }
            if attack == number {
                attacks.push(Some(Box::new(Attack::beginning(number, &folded, told.order))));
            } else {
                attacks.push(None);
                let known = attacks[attack as usize].as_mut().expect("it was found");
                known.take(number, &folded, told.order);
            }
            groups.push(Group { folded, keys, days, attack, unsure });
        }
        for attack in attacks.iter_mut().flatten() {
            attack.mentions.sort_unstable();
            attack.keys = keys(&attack.profile, words);
        }
        let mut pairs = HashMap::new();
        for (number, attack) in (0_u32..).zip(&attacks) {
            let Some(attack) = attack.as_ref().filter(|attack| attack.profile.vagueness() == 0) else {
                continue;
            };
            let mut near = near(&index, &attack.keys, Sought::attack(&attack.profile), each);
            near.sort_unstable();
            near.dedup();
            let before = near.into_iter().filter(|at| *at < number);
            let before = before.map(|at| (at, &*attack_at(&attacks, at).profile));
            let fitting = fitting(&attack.profile, before, words);
            if !fitting.is_empty() {
                pairs.insert(number, fitting);
            }
        }
        Placing { groups, attacks, pairs }
    }
}

fn attack_at(attacks: &[Option<Box<Attack>>], at: u32) -> &Attack {
    attacks[at as usize].as_ref().expect("an attack is named by the group that began it")
}

/// Whether one of the articles at `places`, which are in order, is one of those in which `heard` was.
pub(super) fn has_one_of(places: &[u32], heard: &[Heard]) -> bool {
    heard.iter().any(|(place, _)| places.binary_search(place).is_ok())
}

impl Attack {
    /// Begun by a group.
    pub(super) fn beginning(number: u32, folded: &Folded, order: &[ArticleIndex]) -> Attack {
        Attack {
            members: vec![number],
            joined: Vec::new(),
            profile: Arc::clone(&folded.profile),
            places: folded.heard.iter().map(|(place, _)| *place).collect(),
            mentions: folded.heard.iter().map(|heard| mention(*heard, order)).collect(),
            keys: Vec::new(),
        }
    }

    /// Adds a group that is placed after all the others; mentions are in order only when it is said that they are.
    pub(super) fn take(&mut self, number: u32, folded: &Folded, order: &[ArticleIndex]) {
        Arc::make_mut(&mut self.profile).join(&folded.profile);
        self.members.push(number);
        self.mentions.extend(folded.heard.iter().map(|heard| mention(*heard, order)));
        self.places.extend(folded.heard.iter().map(|(place, _)| *place));
        self.places.sort_unstable();
    }
}

fn mention((place, index): Heard, order: &[ArticleIndex]) -> Mention {
    (order[place as usize], index)
}

/// Where a group goes.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// The attack that it joins; `None` if it begins one.
    pub(super) attack: Option<u32>,
    /// It begins one because it may be of several.
    pub(super) unsure: bool,
}

/// The attack that a group fits best. `candidates` are those that it may fit, in the order in which they were begun: the
/// number, what it says, whether it is unsure, and whether one of its articles is one of the group's.
pub(super) fn choose<'p>(
    group: &Folded,
    candidates: impl Iterator<Item = (u32, &'p Profile, bool, impl FnOnce() -> bool)>,
    words: &Words,
) -> Choice {
    let mut fitting: Vec<(i32, bool, u32)> = Vec::new();
    for (at, profile, unsure, shares_an_article) in candidates {
        let verdict = weigh(&group.profile, profile, words, |_, _| {});
        if verdict.joins() && !shares_an_article() {
            fitting.push((verdict.score, unsure, at));
        }
    }
    // Of attacks that fit as well, the one that was found first.
    fitting.sort_by_key(|(score, ..)| Reverse(*score));
    let sure: Vec<_> = fitting.iter().filter(|(_, unsure, _)| !unsure).collect();
    let in_doubt = group.is_vague() && sure.len() > 1 && sure[0].0 - sure[1].0 < CLEARLY;
    let best = if in_doubt { fitting.iter().find(|(_, unsure, _)| *unsure) } else { sure.first().copied() };
    let best = best.or(if in_doubt { None } else { fitting.first() });
    Choice { attack: best.map(|(.., at)| *at), unsure: best.is_none() && in_doubt }
}

/// The attacks of `before` that fit one of this profile, each with its score; they are exactly dated.
pub(super) fn fitting<'p>(
    profile: &Profile,
    before: impl Iterator<Item = (u32, &'p Profile)>,
    words: &Words,
) -> Vec<(u32, i32)> {
    let exact = before.filter(|(_, other)| other.vagueness() == 0);
    let weighed = exact.map(|(at, other)| (at, weigh(profile, other, words, |_, _| {})));
    weighed.filter(|(_, verdict)| verdict.joins()).map(|(at, verdict)| (at, verdict.score)).collect()
}

/// The days at which a group is found; `joined` is what the attack says that it joins, without it.
pub(super) fn days(group: &Folded, joined: Option<&Profile>) -> Vec<i32> {
    let dated = joined.filter(|_| group.is_vague()).unwrap_or(&group.profile);
    let mut days: Vec<i32> = dated.days.iter().map(|(first, _)| *first).collect();
    if days.is_empty() {
        days.push(UNDATED);
    }
    days
}

/// On which days something is looked for.
#[derive(Copy, Clone)]
pub(super) struct Sought {
    /// The first of its dates, unless it is too vague to be looked for by it.
    pub(super) days: Option<(i32, i32)>,
    /// The last day that it can be of.
    until: i32,
}

impl Sought {
    pub(super) fn of(group: &Folded) -> Sought {
        let profile = &group.profile;
        let days = profile.days.first().copied().filter(|_| profile.vagueness() < 3);
        let known = profile.days.last().map(|(_, last)| *last);
        Sought { days, until: group.published.into_iter().chain(known).min().unwrap_or(i32::MAX) }
    }

    /// For an attack that is exactly dated.
    pub(super) fn attack(profile: &Profile) -> Sought {
        Sought { days: profile.days.first().copied(), until: i32::MAX }
    }
}

/// What shares something with what is found by `keys`: in no order, some twice. `each` adds what is seen of one day.
pub(super) fn near(
    index: &HashMap<u64, ByDay>,
    keys: &[u64],
    sought: Sought,
    each: impl Fn(&[u32], &mut Vec<u32>),
) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    for by_day in keys.iter().filter_map(|key| index.get(key)) {
        let mut look = |days: RangeInclusive<i32>, backwards: bool, most: usize| {
            if days.is_empty() {
                return;
            }
            let until = found.len() + most;
            let mut range = by_day.range(days);
            while let Some((_, held)) = if backwards { range.next_back() } else { range.next() } {
                each(held, &mut found);
                if found.len() >= until {
                    found.truncate(until);
                    return;
                }
            }
        };
        match sought.days {
            Some((first, last)) => {
                look(first..=last, false, NEAREST);
                look(first.saturating_sub(AROUND)..=first.saturating_sub(1), false, NEAREST / 2);
                look(last.saturating_add(1)..=last.saturating_add(AROUND), false, NEAREST / 2);
            }
            None => {
                look(UNDATED..=UNDATED, false, NEAREST);
                look(UNDATED + 1..=sought.until, true, NEAREST);
            }
        }
    }
    found
}

/// What a group is looked up by.
pub(in super::super) fn keys(profile: &Profile, words: &Words) -> Vec<u64> {
    const WORD: u64 = 0;
    const DAY: u64 = 1 << 62;
    const FIGURE: u64 = 2 << 62;
    let mut keys: Vec<u64> = Vec::new();
    let word = |word: &WordId| (words.word(*word).len() > 3).then_some(WORD | u64::from(*word));
    for place in profile.towns.iter().chain(&profile.spots) {
        keys.extend(words.parts(*place).iter().filter_map(word));
    }
    keys.extend(profile.names.iter().filter_map(word));
    if profile.vagueness() == 0 {
        keys.push(DAY);
    }
    for country in &profile.countries {
        for (least, most) in &profile.killed {
            if least == most && *least > 1 {
                keys.push(FIGURE | u64::from(*country) << 32 | u64::from(*least));
            }
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}
