//! Which mentions of attacks, across articles, are one attack.
//!
//! Mentions that say the same are folded first. Then each, the most exactly dated first, joins the attack that it fits
//! best (see [`weigh`](super::weigh)), or begins one. A vague mention that fits two attacks about equally well joins
//! neither. A mention is only compared with what shares a word of its place or name, a day, or a figure of one
//! country with it, and only with so many of those that lie nearest in time: about N log N. The order in which
//! articles come does not matter: they are taken by day and outlet.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::edtf::Edtf;

use super::profile::{Profile, WordId, Words, day_number};
use super::profiles::{ProfileId, Profiles};
use super::weigh::{Verdict, weigh};
use super::{Article, ArticleIndex};

/// One mention: article and index into its attacks.
pub(super) type Mention = (ArticleIndex, u32);

/// How many attacks a mention is compared with for each thing that it shares with them.
const NEAREST: usize = 48;

/// How many attacks of one day are found by one word.
const CROWD: usize = 4 * NEAREST;

/// How many days to either side are looked at: reports may be wrong by some, and sieges last some.
const AROUND: i32 = 6;

/// How much better one attack must fit a vague mention than another.
const CLEARLY: i32 = 2;

/// Mentions that are of one attack, and what they say together.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) profile: Arc<Profile>,
    pub(super) mentions: Vec<Mention>,
    /// Its articles, by their places in order of day and outlet.
    articles: Vec<u32>,
    /// The last day that any of its articles was published on.
    published: Option<i32>,
    /// A vague mention that may be of several attacks.
    unsure: bool,
}

impl Group {
    fn share_an_article(&self, other: &Group) -> bool {
        let (few, many) =
            if self.articles.len() < other.articles.len() { (self, other) } else { (other, self) };
        few.articles.iter().any(|article| many.articles.binary_search(article).is_ok())
    }

    fn take(&mut self, other: Group) {
        Arc::make_mut(&mut self.profile).join(&other.profile);
        self.mentions.extend(other.mentions);
        self.articles.extend(other.articles);
        self.articles.sort_unstable();
        self.published = self.published.max(other.published);
    }
}

/// The mentions of all articles in groups, each group one attack: mentions in order of article, groups in order of
/// their first mention. `order` is that of [`in_order`]; `said` gives for each article the profiles of its attacks.
pub(super) fn cluster(
    articles: &[Article],
    order: &[ArticleIndex],
    said: &[Arc<[ProfileId]>],
    profiles: &Profiles,
) -> Vec<Vec<Mention>> {
    let groups = folded(articles, order, said, profiles);
    let mut found =
        Found { words: profiles.words(), groups: Vec::with_capacity(groups.len()), index: HashMap::new() };
    for group in groups {
        found.place(group);
    }
    found.unite();
    let mut groups: Vec<Vec<Mention>> = found.groups.into_iter().map(|group| group.mentions).collect();
    groups.retain(|mentions| !mentions.is_empty());
    groups.iter_mut().for_each(|mentions| mentions.sort_unstable());
    groups.sort_unstable();
    groups
}

/// Indices of articles by day of publication (those without one last), then by outlet, and only then by path: what a
/// file is called says nothing of what is in it.
pub(super) fn in_order(articles: &[Article]) -> Vec<ArticleIndex> {
    let mut order: Vec<ArticleIndex> = (0..articles.len() as ArticleIndex).collect();
    order.sort_by_cached_key(|at| {
        let document = &articles[*at as usize].document;
        let day = document.meta.published.as_ref().map(Edtf::earliest);
        (day.is_none(), day, document.meta.source.as_deref(), &*document.path)
    });
    order
}

/// A group for all mentions that say the same; the most exact first, then what most articles say, then by day and outlet.
fn folded(
    articles: &[Article],
    order: &[ArticleIndex],
    said: &[Arc<[ProfileId]>],
    profiles: &Profiles,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // For each profile the first group that says so.
    let mut alike: Vec<Option<usize>> = vec![None; profiles.count()];
    for (place, at) in (0_u32..).zip(order.iter().copied()) {
        let said = &said[at as usize];
        if said.is_empty() {
            continue;
        }
        let article = &articles[at as usize];
        let published = article.document.meta.published.as_ref().map(Edtf::latest).map(day_number);
        for (number, index) in said.iter().zip(0_u32..) {
            // The articles come in order, so one that a group has already is its last.
            if let Some(known) = alike[*number as usize].map(|known| &mut groups[known])
                && known.articles.last() != Some(&place)
            {
                known.mentions.push((at, index));
                known.articles.push(place);
                known.published = known.published.max(published);
                continue;
            }
            let profile = Arc::clone(profiles.profile(*number));
            if profile.is_telling() {
                alike[*number as usize].get_or_insert(groups.len());
            }
            let (mentions, articles) = (vec![(at, index)], vec![place]);
            groups.push(Group { profile, mentions, articles, published, unsure: false });
        }
    }
    groups.sort_by_cached_key(|it| {
        (it.profile.vagueness(), std::cmp::Reverse(it.mentions.len()), it.profile.days.first().copied())
    });
    groups
}

/// The groups that are found by one thing, by the day they are at; in the order they were found.
type ByDay = BTreeMap<i32, Vec<u32>>;

/// The attacks so far.
struct Found<'a> {
    words: &'a Words,
    groups: Vec<Group>,
    /// By what they are found by (see [`keys`]).
    index: HashMap<u64, ByDay>,
}

/// The day of what has no date.
const UNDATED: i32 = i32::MIN;

impl Found<'_> {
    /// Adds a group to the attack that it fits best, or begins one with it.
    fn place(&mut self, mut group: Group) {
        let vague = group.profile.vagueness() > 0;
        let keys = keys(&group.profile, self.words);
        let mut fitting: Vec<(i32, bool, u32)> = Vec::new();
        for at in self.near(&group, &keys) {
            let other = &self.groups[at as usize];
            let verdict = self.verdict(&group, other);
            if verdict.joins() && !group.share_an_article(other) {
                fitting.push((verdict.score, other.unsure, at));
            }
        }
        // Of attacks that fit as well, the one that was found first.
        fitting.sort_unstable_by_key(|(score, _, at)| (std::cmp::Reverse(*score), *at));
        let sure: Vec<_> = fitting.iter().filter(|(_, unsure, _)| !unsure).collect();
        let in_doubt = vague && sure.len() > 1 && sure[0].0 - sure[1].0 < CLEARLY;
        let best =
            if in_doubt { fitting.iter().find(|(_, unsure, _)| *unsure) } else { sure.first().copied() };
        let best = best.or(if in_doubt { None } else { fitting.first() });
        let at = match best {
            Some((.., at)) => *at,
            None => {
                group.unsure = in_doubt;
                self.groups.len() as u32
            }
        };
        let mut days: Vec<i32> = group.profile.days.iter().map(|(first, _)| *first).collect();
        if vague && let Some(known) = self.groups.get(at as usize) {
            days = known.profile.days.iter().map(|(first, _)| *first).collect();
        }
        if days.is_empty() {
            days.push(UNDATED);
        }
        for key in keys {
            let by_day = self.index.entry(key).or_default();
            for day in &days {
                let held = by_day.entry(*day).or_default();
                if held.len() < CROWD && !held.contains(&at) {
                    held.push(at);
                }
            }
        }
        match self.groups.get_mut(at as usize) {
            Some(known) => known.take(group),
            None => self.groups.push(group),
        }
    }

    fn verdict(&self, one: &Group, two: &Group) -> Verdict {
        weigh(&one.profile, &two.profile, self.words, |_, _| {})
    }

    /// The attacks that share something with `group`, which is found by `keys`, in the order they were found.
    fn near(&self, group: &Group, keys: &[u64]) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for by_day in keys.iter().filter_map(|key| self.index.get(key)) {
            let mut look = |from: i32, to: i32, most: usize| {
                if from <= to {
                    let held = by_day.range(from..=to).flat_map(|(_, held)| held);
                    found.extend(held.take(most).copied());
                }
            };
            match group.profile.days.first() {
                Some((first, last)) if group.profile.vagueness() < 3 => {
                    look(*first, *last, NEAREST);
                    look(first.saturating_sub(AROUND), first.saturating_sub(1), NEAREST / 2);
                    look(last.saturating_add(1), last.saturating_add(AROUND), NEAREST / 2);
                }
                _ => {
                    look(UNDATED, UNDATED, NEAREST);
                    let known = group.profile.days.last().map(|(_, last)| *last);
                    let until = group.published.into_iter().chain(known).min().unwrap_or(i32::MAX);
                    let before = by_day.range(UNDATED + 1..=until).rev();
                    found.extend(before.flat_map(|(_, held)| held).take(NEAREST).copied());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Joins attacks that fit each other now that more is known of both, best first.
    fn unite(&mut self) {
        let mut pairs = Vec::new();
        for (one, group) in (0_u32..).zip(&self.groups) {
            if group.profile.vagueness() > 0 {
                continue;
            }
            let near = self.near(group, &keys(&group.profile, self.words));
            for two in near.into_iter().filter(|two| *two < one) {
                let other = &self.groups[two as usize];
                if other.profile.vagueness() > 0 {
                    continue;
                }
                let verdict = self.verdict(group, other);
                if verdict.joins() {
                    pairs.push((std::cmp::Reverse(verdict.score), two, one));
                }
            }
        }
        pairs.sort_unstable();
        let mut moved: Vec<u32> = (0..self.groups.len() as u32).collect();
        let now = |moved: &[u32], mut at: u32| {
            while moved[at as usize] != at {
                at = moved[at as usize];
            }
            at
        };
        for (_, one, two) in pairs {
            let (one, two) = (now(&moved, one), now(&moved, two));
            let (low, high) = (one.min(two), one.max(two));
            let (a, b) = (&self.groups[low as usize], &self.groups[high as usize]);
            if low == high || a.share_an_article(b) || !self.verdict(a, b).joins() {
                continue;
            }
            let emptied = Group {
                mentions: Vec::new(),
                articles: Vec::new(),
                profile: Arc::clone(&b.profile),
                published: None,
                unsure: false,
            };
            let taken = std::mem::replace(&mut self.groups[high as usize], emptied);
            self.groups[low as usize].take(taken);
            moved[high as usize] = low;
        }
    }
}

/// What a group is looked up by.
pub(super) fn keys(profile: &Profile, words: &Words) -> Vec<u64> {
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
