//! Attacks and people that may be one and were left two: for an editor to look at, the likeliest first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Aliases;

use super::cluster::keys;
use super::people::profile_of;
use super::profile::{Profile, Profiler, Words};
use super::reasons::{Weighed, attack_reasons, person_reasons};
use super::same_person::{self, PersonProfile};
use super::weigh::{self, Conflict, weigh};
use super::{Article, Checked, Dossier};

/// Two that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Which two.
    pub of: PairOf,
    /// How much speaks for it; comparable among attacks, and among people.
    pub score: i32,
    /// What speaks for it and against it.
    pub reasons: Vec<Weighed>,
    /// Why they were not joined: "dates that are 3 days apart".
    pub left: String,
}

/// The indices of the two, the lower first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PairOf {
    /// Into [`Dossier::attacks`].
    Attacks(u32, u32),
    /// Into [`Dossier::people`].
    People(u32, u32),
}

/// How many pairs of either sort are given.
const MOST: usize = 100;

/// How many others one is compared with for each thing that they share.
const NEIGHBOURS: usize = 12;

/// How far below enough a pair may stay and still be worth a look.
const NEARLY: i32 = 2;

/// Up to how many days apart two attacks in one place are worth a look where all else fits.
const DAYS: i32 = 7;

/// Pairs of attacks and of people that nearly were joined, or that would have been but for one thing; attacks first,
/// the likeliest first, at most a hundred of either. What an editor confirmed or corrected on both sides is left out.
pub fn possible_duplicates(dossier: &Dossier, articles: &[Article], aliases: &Aliases) -> Vec<Pair> {
    let mut pairs = attack_pairs(dossier, articles, aliases);
    pairs.extend(person_pairs(dossier, articles, aliases));
    pairs
}

fn likeliest(mut pairs: Vec<(i32, Pair)>) -> Vec<Pair> {
    pairs.sort_by_key(|(rank, pair)| (Reverse(*rank), pair.of));
    pairs.into_iter().map(|(_, pair)| pair).take(MOST).collect()
}

/// Indices that stand near each other under one key, each pair once.
fn neighbours<K: Ord>(mut index: BTreeMap<K, Vec<(i32, u32)>>) -> BTreeSet<(u32, u32)> {
    let mut pairs = BTreeSet::new();
    for held in index.values_mut() {
        held.sort_unstable();
        for (place, (_, one)) in held.iter().enumerate() {
            let next = held[place + 1..].iter().take(NEIGHBOURS).filter(|(_, two)| two != one);
            pairs.extend(next.map(|(_, two)| (*one.min(two), *one.max(two))));
        }
    }
    pairs
}

fn attack_pairs(dossier: &Dossier, articles: &[Article], aliases: &Aliases) -> Vec<Pair> {
    let mut profiler = Profiler::new(aliases);
    let mut read: BTreeMap<u32, Vec<Profile>> = BTreeMap::new();
    let mut profiles: Vec<Option<Profile>> = Vec::with_capacity(dossier.attacks.len());
    let mut index: BTreeMap<u64, Vec<(i32, u32)>> = BTreeMap::new();
    for (at, attack) in (0_u32..).zip(&dossier.attacks) {
        let mut whole: Option<Profile> = None;
        for (article, mention) in &attack.mentions {
            let all =
                read.entry(*article).or_insert_with(|| profiler.of_article(&articles[*article as usize]));
            let said = &all[*mention as usize];
            match &mut whole {
                Some(whole) => whole.join(said),
                None => whole = Some(said.clone()),
            }
        }
        if let Some(whole) = &whole {
            let day = whole.days.first().map_or(i32::MAX, |(first, _)| *first);
            for key in keys(whole, &profiler.words) {
                index.entry(key).or_default().push((day, at));
            }
        }
        profiles.push(whole);
    }
    let mut pairs = Vec::new();
    for (one, two) in neighbours(index) {
        let (first, second) = (&dossier.attacks[one as usize], &dossier.attacks[two as usize]);
        let decided = first.checked != Checked::Extracted && second.checked != Checked::Extracted;
        let (Some(a), Some(b)) = (&profiles[one as usize], &profiles[two as usize]) else { continue };
        if decided || share_an_article(&first.mentions, &second.mentions) {
            continue;
        }
        let Some(rank) = attack_rank(a, b, &profiler.words) else { continue };
        let told = attack_reasons(a, b, &profiler.words);
        let left = told.against.unwrap_or_else(|| left_two(told.enough));
        pairs.push((
            rank,
            Pair { of: PairOf::Attacks(one, two), score: told.score, reasons: told.reasons, left },
        ));
    }
    likeliest(pairs)
}

/// How likely two attacks are one, if they are worth a look.
fn attack_rank(a: &Profile, b: &Profile, words: &Words) -> Option<i32> {
    let mut telling = false;
    let verdict = weigh(a, b, words, |reason, _| {
        use weigh::Reason as R;
        telling |=
            matches!(reason, R::SameKilled(_) | R::SameName(_) | R::SameTarget(_) | R::SamePerpetrator(_));
    });
    match verdict.conflict {
        None => (verdict.score >= weigh::ENOUGH - NEARLY).then_some(verdict.score),
        // Two attacks in one town in one week are common: only what tells them from others makes one of them.
        Some(Conflict::Days(days)) if days <= DAYS && telling && verdict.score >= weigh::ENOUGH => {
            Some(verdict.score - days)
        }
        Some(_) => None,
    }
}

/// Why two that do not exclude each other stayed two.
fn left_two(enough: bool) -> String {
    let words = if enough { "fits another as well" } else { "not quite enough speaks for it" };
    words.to_owned()
}

fn share_an_article(one: &[(u32, u32)], two: &[(u32, u32)]) -> bool {
    let articles: BTreeSet<u32> = one.iter().map(|(article, _)| *article).collect();
    two.iter().any(|(article, _)| articles.contains(article))
}

fn person_pairs(dossier: &Dossier, articles: &[Article], aliases: &Aliases) -> Vec<Pair> {
    let mut words = Words::default();
    let mut profiles: Vec<Option<PersonProfile>> = Vec::with_capacity(dossier.people.len());
    let mut index: BTreeMap<(String, char), Vec<(i32, u32)>> = BTreeMap::new();
    for (at, person) in (0_u32..).zip(dossier.people.iter()) {
        let mut whole: Option<PersonProfile> = None;
        for mention in &person.mentions {
            let said = profile_of(articles, aliases, &dossier.attack_of, *mention, &mut words);
            match (&mut whole, said) {
                (Some(whole), Some(said)) => whole.join(&said),
                (None, said) => whole = said,
                (Some(_), None) => {}
            }
        }
        for name in whole.iter().flat_map(|whole| &whole.names) {
            for key in name.keys() {
                index.entry(key).or_default().push((at as i32, at));
            }
        }
        profiles.push(whole);
    }
    let mut pairs = Vec::new();
    for (one, two) in neighbours(index) {
        let (first, second) = (&dossier.people[one as usize], &dossier.people[two as usize]);
        let decided = first.checked != Checked::Extracted && second.checked != Checked::Extracted;
        let (Some(a), Some(b)) = (&profiles[one as usize], &profiles[two as usize]) else { continue };
        if decided || share_an_article(&first.mentions, &second.mentions) {
            continue;
        }
        let told = person_reasons(a, b, &words);
        let verdict = same_person::weigh(a, b, |_, _| {});
        let pair = |score: i32, reasons, left| Pair { of: PairOf::People(one, two), score, reasons, left };
        match verdict.conflict {
            None if verdict.score >= same_person::ENOUGH - NEARLY => {
                pairs.push((verdict.score, pair(verdict.score, told.reasons, left_two(told.enough))));
            }
            Some(same_person::Conflict::Name) if is_near_miss(a, b) => {
                let words = "names that differ by a letter or two".to_owned();
                let reasons = vec![Weighed { words, weight: same_person::ENOUGH - 1 }];
                pairs.push((
                    same_person::ENOUGH - 1,
                    pair(same_person::ENOUGH - 1, reasons, "another name".to_owned()),
                ));
            }
            _ => {}
        }
    }
    likeliest(pairs)
}

/// Whether two names differ by so little that one may be a slip of the other, and something else fits.
fn is_near_miss(a: &PersonProfile, b: &PersonProfile) -> bool {
    let fits = !a.office.is_disjoint(&b.office) || !a.attacks.is_disjoint(&b.attacks);
    let (one, two) = (a.names[0].whole(), b.names[0].whole());
    let most = if one.len().min(two.len()) > 12 { 2 } else { 1 };
    fits && one.len().abs_diff(two.len()) <= most && strsim::osa_distance(&one, &two) <= most
}
