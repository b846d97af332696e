//! Which mentions of attacks, across articles, are one attack.
//!
//! Mentions that say the same are folded first; what remains is compared only with what shares a name, a place or a
//! day with it, best match first. Two groups become one when enough speaks for it (see [`score`]) and nothing in
//! either group speaks against it (see [`conflict`]). The order in which articles come does not matter.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::facts::{Aliases, Attack, AttackKind};

use super::Article;
use super::names::{place_key, title_words};

/// One mention: article and index into its attacks.
pub(super) type Mention = (u32, u32);

/// What must be right for two mentions to be one attack: a score of this or more.
const ENOUGH: i32 = 5;

/// How many neighbours by date are compared where very many share a key.
const WINDOW: usize = 64;

/// What a group of mentions says, as far as linking looks at it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Profile {
    /// First and last day it can have been.
    days: Option<(Date, Date)>,
    /// Keys of its place and of the town it is given by.
    places: BTreeSet<String>,
    country: Option<String>,
    family: Family,
    /// Words of its names.
    names: BTreeSet<String>,
    killed: Option<(u32, u32)>,
}

/// Kinds that reporters use for one another.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Explosion,
    Gunfire,
    Blade,
    Vehicle,
    Fire,
    Captivity,
    FromAfar,
    Chemical,
    Other,
    /// "attack", "massacre": goes with any.
    Any,
}

fn family(kind: AttackKind) -> Family {
    use AttackKind as K;
    match kind {
        K::Bombing | K::SuicideBombing | K::Grenade => Family::Explosion,
        K::Shooting | K::ArmedAssault => Family::Gunfire,
        K::Stabbing | K::Beating => Family::Blade,
        K::VehicleAttack => Family::Vehicle,
        K::Arson => Family::Fire,
        K::Kidnapping | K::HostageTaking | K::Hijacking => Family::Captivity,
        K::AirStrike | K::Shelling => Family::FromAfar,
        K::ChemicalAttack => Family::Chemical,
        K::Robbery | K::Sabotage | K::MobViolence => Family::Other,
        K::Attack | K::Massacre | K::Assassination | K::Other => Family::Any,
    }
}

impl Profile {
    fn of(attack: &Attack, aliases: &Aliases) -> Profile {
        let days = attack.date.as_ref().map(|date| (date.earliest(), date.latest()));
        let place = &attack.place;
        let named = [place.name.as_ref(), place.town.as_ref(), place.near.as_ref()];
        let named = named.into_iter().flatten().map(|reading| reading.value.as_str());
        let places = named.map(|name| place_key(aliases.place(name).unwrap_or(name))).collect();
        let names = attack.name.iter().flat_map(|name| title_words(&name.value)).collect();
        let killed = attack.killed.as_ref().map(|toll| {
            let (min, max) = (toll.value.min, toll.value.max);
            (min.unwrap_or(0), max.or(min).unwrap_or(u32::MAX))
        });
        let country = attack.place.country.as_ref().map(|country| country.value.clone());
        Profile { days, places, country, family: family(attack.kind), names, killed }
    }

    /// What both say together; narrower where they overlap.
    fn join(&mut self, other: &Profile) {
        self.days = match (self.days, other.days) {
            (Some((a, b)), Some((c, d))) => Some((a.max(c), b.min(d))),
            (days, None) | (None, days) => days,
        };
        self.places.extend(other.places.iter().cloned());
        self.names.extend(other.names.iter().cloned());
        self.country = self.country.take().or_else(|| other.country.clone());
        if self.family == Family::Any {
            self.family = other.family;
        }
        self.killed = self.killed.or(other.killed);
    }
}

/// Whether two places can be one: a venue and its town share a word, or one is given by the other.
fn places_meet(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    a.iter().any(|one| b.iter().any(|two| one == two || holds(one, two) || holds(two, one)))
}

/// Whether the words of `inner` stand together in `outer`.
fn holds(outer: &str, inner: &str) -> bool {
    outer.len() > inner.len()
        && outer.match_indices(inner).any(|(at, _)| {
            let before = at == 0 || outer.as_bytes()[at - 1] == b' ';
            let end = at + inner.len();
            before && (end == outer.len() || outer.as_bytes()[end] == b' ')
        })
}

/// What rules out that two groups are one attack: days apart, another country, another place, another kind.
fn conflict(a: &Profile, b: &Profile) -> bool {
    if let (Some((a1, a2)), Some((b1, b2))) = (a.days, b.days)
        && (a2 < b1 || b2 < a1)
    {
        return true;
    }
    if let (Some(one), Some(two)) = (&a.country, &b.country)
        && one != two
    {
        return true;
    }
    let named_alike = a.names.intersection(&b.names).count() >= 2;
    if !a.places.is_empty() && !b.places.is_empty() && !places_meet(&a.places, &b.places) && !named_alike {
        return true;
    }
    a.family != b.family && a.family != Family::Any && b.family != Family::Any && !named_alike
}

/// How much speaks for two groups being one attack.
fn score(a: &Profile, b: &Profile) -> i32 {
    let mut score = 0;
    if let (Some((a1, a2)), Some((b1, b2))) = (a.days, b.days) {
        let widest = (a2 - a1).get_days().max((b2 - b1).get_days());
        score += match widest {
            0..=3 => 3,
            4..=31 => 2,
            _ => 1,
        };
    }
    if places_meet(&a.places, &b.places) {
        score += 3;
    }
    if a.country.is_some() && a.country == b.country {
        score += 1;
    }
    match a.names.intersection(&b.names).count() {
        0 => {}
        1 => score += 1,
        _ => score += 3,
    }
    if a.family == b.family && a.family != Family::Any {
        score += 1;
    }
    if let (Some((a1, a2)), Some((b1, b2))) = (a.killed, b.killed) {
        if a1 <= b2 && b1 <= a2 {
            score += if a1 > 1 && b1 > 1 { 2 } else { 0 };
        } else if a1.min(b1).saturating_mul(3) < a2.min(b2).max(a1.max(b1)) {
            score -= 2;
        }
    }
    score
}

/// The mentions of all articles in groups, each group one attack: mentions in order of article, groups in order of
/// their first mention.
pub(super) fn cluster(articles: &[Article], aliases: &Aliases) -> Vec<Vec<Mention>> {
    let mut alike: BTreeMap<Profile, Vec<Mention>> = BTreeMap::new();
    let mut groups: Vec<(Profile, Vec<Mention>)> = Vec::new();
    for (article, at) in articles.iter().zip(0_u32..) {
        for (attack, index) in article.facts.attacks.iter().zip(0_u32..) {
            let profile = Profile::of(attack, aliases);
            let telling = profile.days.is_some() && !(profile.places.is_empty() && profile.names.is_empty());
            if telling {
                alike.entry(profile).or_default().push((at, index));
            } else {
                groups.push((profile, vec![(at, index)]));
            }
        }
    }
    groups.extend(alike);
    groups.sort();

    let mut sets = Sets::new(groups);
    for (_, one, two) in candidate_pairs(&sets.profiles) {
        sets.unite(one, two);
    }
    sets.into_groups()
}

/// Pairs worth joining, best first; ties in order of what the two say, so that the articles' order plays no part.
fn candidate_pairs(profiles: &[Profile]) -> Vec<(i32, usize, usize)> {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        for key in block_keys(profile) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for members in blocks.values() {
        // Profiles are in order of their days, and so are the members: neighbours are near in time.
        for (place, one) in members.iter().enumerate() {
            for two in members[place + 1..].iter().take(WINDOW) {
                let (a, b) = (&profiles[*one], &profiles[*two]);
                if !conflict(a, b) && score(a, b) >= ENOUGH {
                    pairs.insert((-score(a, b), *one, *two));
                }
            }
        }
    }
    pairs.into_iter().collect()
}

/// What a group is looked up by: a pair is only compared when it shares one of these.
fn block_keys(profile: &Profile) -> Vec<String> {
    let year = profile.days.map(|(first, _)| first.year());
    let mut keys: Vec<String> = Vec::new();
    for place in &profile.places {
        keys.extend(place.split(' ').filter(|word| word.len() > 3).map(|word| format!("place {word}")));
    }
    keys.extend(profile.names.iter().map(|word| format!("name {word}")));
    if let (Some(country), Some((first, last))) = (&profile.country, profile.days)
        && first == last
    {
        keys.push(format!("day {country} {first}"));
    }
    if let (Some(country), Some(year)) = (&profile.country, year)
        && profile.killed.is_some()
    {
        keys.push(format!("year {country} {year}"));
    }
    keys.sort();
    keys.dedup();
    keys
}

/// Groups that grow together (union by lower index, with what each group says).
struct Sets {
    profiles: Vec<Profile>,
    parent: Vec<usize>,
    members: Vec<Vec<Mention>>,
}

impl Sets {
    fn new(groups: Vec<(Profile, Vec<Mention>)>) -> Self {
        let parent = (0..groups.len()).collect();
        let (profiles, members) = groups.into_iter().unzip();
        Sets { profiles, parent, members }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins the groups of `one` and `two` unless what has gathered in them conflicts, or both hold mentions of one
    /// article, which the article itself tells apart.
    fn unite(&mut self, one: usize, two: usize) {
        let (a, b) = (self.root(one), self.root(two));
        if a == b || conflict(&self.profiles[a], &self.profiles[b]) || self.share_an_article(a, b) {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        let moved = std::mem::take(&mut self.members[high]);
        self.members[low].extend(moved);
        self.members[low].sort_unstable();
        let other = self.profiles[high].clone();
        self.profiles[low].join(&other);
        self.parent[high] = low;
    }

    /// Whether an article speaks of both groups with dates of its own for each.
    fn share_an_article(&self, a: usize, b: usize) -> bool {
        let (small, large) = if self.members[a].len() < self.members[b].len() { (a, b) } else { (b, a) };
        self.members[small].iter().any(|(article, _)| {
            let at = self.members[large].partition_point(|(other, _)| other < article);
            self.members[large].get(at).is_some_and(|(other, _)| other == article)
        })
    }

    fn into_groups(self) -> Vec<Vec<Mention>> {
        let mut groups: Vec<Vec<Mention>> =
            self.members.into_iter().filter(|members| !members.is_empty()).collect();
        groups.iter_mut().for_each(|members| members.sort_unstable());
        groups.sort();
        groups
    }
}
