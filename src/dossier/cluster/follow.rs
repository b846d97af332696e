//! An edit followed: only groups that can see something of what changed are placed anew.
//!
//! Where a group goes is a function of what it sees at its turn: the attacks that are found by one of its keys on the days
//! that it looks at, and what these say by then. So it goes where it went the last time, unless one of these *cells*, a key
//! and a day, is touched: it was or is a cell of an attack that has other groups now. Groups are taken in the order of their
//! turns; each that moves touches all cells of the attack that it left and of the one that it joins, and so those that come
//! after it see that. Where much is touched, everything is found anew, which costs less then.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::super::profile::Profile;
use super::super::profiles::ProfileId;
use super::fold::{self, Folded, Heard, Turn};
use super::place::{AROUND, CROWD, Choice, Sought, choose, days, fitting, keys, near};
use super::{Attack, ByDay, Clusters, Group, Told};

/// Up to how many changed articles are followed.
const FEW: usize = 16;

/// Which groups are found by what, and on which day, in the order of their turns.
#[derive(Debug, Default)]
pub(super) struct Cells(HashMap<u64, ByDay>);

impl Cells {
    fn of(clusters: &Clusters) -> Cells {
        let mut cells = Cells::default();
        for number in &clusters.sequence {
            cells.add(*number, clusters);
        }
        cells
    }

    /// Adds a group to each of its cells.
    fn add(&mut self, number: u32, clusters: &Clusters) {
        let group = clusters.group(number);
        for key in &group.keys {
            let by_day = self.0.entry(*key).or_default();
            for day in &group.days {
                let held = by_day.entry(*day).or_default();
                match held.last() {
                    Some(last) if clusters.turn(*last) > group.folded.turn => {
                        let at = held.partition_point(|other| clusters.turn(*other) < group.folded.turn);
                        held.insert(at, number);
                    }
                    _ => held.push(number),
                }
            }
        }
    }

    /// Takes a group out of each of its cells.
    fn take_out(&mut self, number: u32, group: &Group) {
        for key in &group.keys {
            let Some(by_day) = self.0.get_mut(key) else { continue };
            for day in &group.days {
                if let Some(held) = by_day.get_mut(day) {
                    held.retain(|other| *other != number);
                    if held.is_empty() {
                        by_day.remove(day);
                    }
                }
            }
        }
    }
}

/// Cells in which something else is seen now.
#[derive(Debug, Default)]
struct Touched(HashMap<u64, BTreeSet<i32>>);

impl Touched {
    fn add(&mut self, group: &Group) {
        for key in &group.keys {
            self.0.entry(*key).or_default().extend(&group.days);
        }
    }

    /// Whether one that is looked up by `keys` can see one of them.
    fn is_seen(&self, keys: &[u64], sought: Sought) -> bool {
        keys.iter().filter_map(|key| self.0.get(key)).any(|days| match sought.days {
            Some((first, last)) => {
                days.range(first.saturating_sub(AROUND)..=last.saturating_add(AROUND)).next().is_some()
            }
            None => true,
        })
    }
}

impl Clusters {
    /// Makes it what [`Clusters::find`] would find in what is told now. Where that cannot be followed it says no: then it is
    /// of no use any more.
    #[must_use]
    pub(in super::super) fn follow(&mut self, told: Told<'_>) -> bool {
        let numbered = self.groups.len() <= 2 * self.sequence.len() + 1000;
        if !numbered || self.generation != told.profiles.generation() || self.order != told.order {
            return false;
        }
        let is_other = |place: &usize| {
            let ((said, day), (said_then, day_then)) = (told.at(*place), &self.told[*place]);
            day != *day_then || said != said_then
        };
        let changed: Vec<usize> = (0..self.told.len()).filter(is_other).collect();
        if changed.is_empty() {
            return true;
        }
        if changed.len() > FEW {
            return false;
        }
        let (removed, added) = self.fold_anew(&changed, told);
        let cells = self.cells.take().unwrap_or_else(|| Cells::of(self));
        let (touched, moved) = (Touched::default(), BTreeSet::new());
        let mut following = Following { clusters: self, told, cells, touched, moved };
        if !following.place(&removed, added) {
            return false;
        }
        following.join();
        self.cells = Some(following.cells);
        true
    }

    /// Folds what the articles at the places `changed` said and say now: the groups that are no more, and new ones, which
    /// are not placed yet.
    fn fold_anew(&mut self, changed: &[usize], told: Told<'_>) -> (BTreeSet<u32>, Vec<u32>) {
        self.by_profile.resize(told.profiles.count(), Vec::new());
        let mut heard: BTreeMap<ProfileId, Vec<Heard>> = BTreeMap::new();
        for place in changed {
            let (said, day) = told.at(*place);
            let said_then = std::mem::replace(&mut self.told[*place], (Arc::clone(said), day)).0;
            for number in said_then.iter() {
                heard.entry(*number).or_default();
            }
            for (number, index) in said.iter().zip(0..) {
                heard.entry(*number).or_default().push((*place as u32, index));
            }
        }
        let (mut removed, mut added) = (BTreeSet::new(), Vec::new());
        for (profile, mut heard) in heard {
            let then = std::mem::take(&mut self.by_profile[profile as usize]);
            let elsewhere = then.iter().flat_map(|number| &self.group(*number).folded.heard);
            heard.extend(elsewhere.filter(|(place, _)| !changed.contains(&(*place as usize))));
            heard.sort_unstable();
            let now = fold::of_profile(profile, heard, told).into_iter();
            let mut now: BTreeMap<Turn, Folded> = now.map(|folded| (folded.turn, folded)).collect();
            let (mut kept, gone): (Vec<u32>, Vec<u32>) = then.into_iter().partition(|number| {
                let folded = &self.group(*number).folded;
                now.get(&folded.turn) == Some(folded) && now.remove(&folded.turn).is_some()
            });
            removed.extend(gone);
            for folded in now.into_values() {
                let number = self.groups.len() as u32;
                let keys = keys(&folded.profile, told.profiles.words());
                self.groups.push(Some(Group {
                    folded,
                    keys,
                    days: Vec::new(),
                    attack: number,
                    unsure: false,
                }));
                self.attacks.push(None);
                kept.push(number);
                added.push(number);
            }
            self.by_profile[profile as usize] = kept;
        }
        added.sort_unstable_by_key(|number| self.turn(*number));
        (removed, added)
    }

    /// What the groups of an attack that were placed before `turn` say together.
    fn said_before(&mut self, attack: u32, turn: Turn) -> Arc<Profile> {
        let Clusters { groups, attacks, .. } = self;
        let folded = |number: u32| &groups[number as usize].as_ref().expect("it is of an attack").folded;
        let attack = attacks[attack as usize].as_mut().expect("it was found");
        let count = attack.members.partition_point(|number| folded(*number).turn < turn);
        for at in attack.joined.len()..count {
            let more = &folded(attack.members[at]).profile;
            let joined = match attack.joined.last() {
                None => Arc::clone(more),
                Some(before) => {
                    let mut both = Profile::clone(before);
                    both.join(more);
                    if both == **before { Arc::clone(before) } else { Arc::new(both) }
                }
            };
            attack.joined.push(joined);
        }
        Arc::clone(&attack.joined[count - 1])
    }

    /// Whether a group of the attack that was placed before `turn` has an article in common with `folded`.
    fn shared_before(&self, attack: u32, turn: Turn, folded: &Folded) -> bool {
        let members = self.attack(attack).members.iter().map(|number| &self.group(*number).folded);
        let mut places = members.take_while(|member| member.turn < turn).flat_map(|member| &member.heard);
        places.any(|(place, _)| folded.heard.binary_search_by_key(place, |(own, _)| *own).is_ok())
    }
}

/// An edit on its way through the groups.
struct Following<'a> {
    clusters: &'a mut Clusters,
    told: Told<'a>,
    cells: Cells,
    touched: Touched,
    /// The attacks that groups left or joined.
    moved: BTreeSet<u32>,
}

impl Following<'_> {
    /// Takes out `removed`, and places `added` and what can see what changed. Says no where that is too much.
    fn place(&mut self, removed: &BTreeSet<u32>, added: Vec<u32>) -> bool {
        let turns = removed.iter().chain(&added).map(|number| self.clusters.turn(*number));
        let Some(first) = turns.min() else { return true };
        for number in removed {
            self.leave(*number);
            self.clusters.groups[*number as usize] = None;
        }
        let mut sequence = std::mem::take(&mut self.clusters.sequence);
        sequence.retain(|number| !removed.contains(number));
        let most = sequence.len() / 8 + 64;
        // Each is put where its turn is; the others have theirs already.
        for number in &added {
            let turn = self.clusters.turn(*number);
            sequence.insert(sequence.partition_point(|other| self.clusters.turn(*other) < turn), *number);
        }
        let begin = sequence.partition_point(|number| self.clusters.turn(*number) < first);
        let mut placed = 0;
        for number in &sequence[begin..] {
            let group = self.clusters.group(*number);
            let is_new = group.days.is_empty();
            if !is_new && !self.touched.is_seen(&group.keys, Sought::of(&group.folded)) {
                continue;
            }
            placed += 1;
            if placed > most {
                return false;
            }
            self.place_one(*number, is_new);
        }
        self.clusters.sequence = sequence;
        true
    }

    /// Places one group as it would be placed at its turn.
    fn place_one(&mut self, number: u32, is_new: bool) {
        let folded = self.clusters.group(number).folded.clone();
        let found = self.found(number, Some(folded.turn));
        let candidates: Vec<(u32, Arc<Profile>, bool)> = found
            .into_iter()
            .map(|at| (at, self.said_before(at, folded.turn), self.clusters.group(at).unsure))
            .collect();
        let weighed = candidates.iter().map(|(at, profile, unsure)| {
            (*at, &**profile, *unsure, || self.clusters.shared_before(*at, folded.turn, &folded))
        });
        let Choice { attack, unsure } = choose(&folded, weighed, self.told.profiles.words());
        let joined = candidates.iter().find(|(at, ..)| Some(*at) == attack);
        let days = days(&folded, joined.map(|(_, profile, _)| &**profile));
        let attack = attack.unwrap_or(number);
        let group = self.clusters.group(number);
        if !is_new && (group.attack, group.unsure, &group.days) == (attack, unsure, &days) {
            return;
        }
        if !is_new {
            self.leave(number);
        }
        let group = self.clusters.groups[number as usize].as_mut().expect("it is being placed");
        (group.attack, group.unsure, group.days) = (attack, unsure, days);
        self.cells.add(number, self.clusters);
        self.enter(number, &folded);
    }

    /// The attacks that share something with a group, before `turn` if one is given, in the order in which they were begun.
    fn found(&self, number: u32, turn: Option<Turn>) -> Vec<u32> {
        let group = self.clusters.group(number);
        self.seen(&group.keys, Sought::of(&group.folded), turn)
    }

    fn seen(&self, keys: &[u64], sought: Sought, before: Option<Turn>) -> Vec<u32> {
        let each = |held: &[u32], found: &mut Vec<u32>| {
            let begin = found.len();
            for group in held.iter().map(|number| self.clusters.group(*number)) {
                if before.is_some_and(|turn| group.folded.turn >= turn) || found.len() - begin >= CROWD {
                    break;
                }
                if !found[begin..].contains(&group.attack) {
                    found.push(group.attack);
                }
            }
        };
        let mut found = near(&self.cells.0, keys, sought, each);
        found.sort_unstable();
        found.dedup();
        found.sort_unstable_by_key(|at| self.clusters.turn(*at));
        found
    }

    /// What an attack said before `turn`: all that it says, where nothing of it moved and all of it was placed before.
    fn said_before(&mut self, attack: u32, turn: Turn) -> Arc<Profile> {
        let known = self.clusters.attack(attack);
        let last = known.members.last().map(|number| self.clusters.turn(*number));
        if !self.moved.contains(&attack) && last.is_some_and(|last| last < turn) {
            return Arc::clone(&known.profile);
        }
        self.clusters.said_before(attack, turn)
    }

    /// Takes a group out of its attack and out of its cells.
    fn leave(&mut self, number: u32) {
        let group = self.clusters.group(number);
        let (attack, turn) = (group.attack, group.folded.turn);
        self.touch(attack);
        self.cells.take_out(number, self.clusters.group(number));
        let Clusters { groups, attacks, .. } = &mut *self.clusters;
        let left = attacks[attack as usize].as_mut().expect("groups are of attacks");
        let turn_of = |number: &u32| groups[*number as usize].as_ref().map(|group| group.folded.turn);
        let at = left.members.partition_point(|member| turn_of(member) < Some(turn));
        debug_assert_eq!(left.members[at], number, "members are in the order of their turns");
        left.members.remove(at);
        left.joined.truncate(at);
        if left.members.is_empty() {
            attacks[attack as usize] = None;
        }
    }

    /// Adds a group, which knows its attack, to that.
    fn enter(&mut self, number: u32, folded: &Folded) {
        let attack = self.clusters.group(number).attack;
        if attack == number && self.clusters.attacks[number as usize].is_none() {
            let begun = Attack::beginning(number, folded, self.told.order);
            self.clusters.attacks[number as usize] = Some(Box::new(begun));
        } else {
            let Clusters { groups, attacks, .. } = &mut *self.clusters;
            let joined = attacks[attack as usize].as_mut().expect("it was found, or others are still of it");
            let turn_of = |number: &u32| groups[*number as usize].as_ref().map(|group| group.folded.turn);
            let at = joined.members.partition_point(|member| turn_of(member) < Some(folded.turn));
            joined.members.insert(at, number);
            joined.joined.truncate(at);
        }
        self.touch(attack);
        // It may have been touched before this one was of it.
        self.touched.add(self.clusters.group(number));
    }

    /// Touches all cells of an attack.
    fn touch(&mut self, attack: u32) {
        if self.moved.insert(attack)
            && let Some(known) = &self.clusters.attacks[attack as usize]
        {
            known.members.iter().for_each(|number| self.touched.add(self.clusters.group(*number)));
        }
    }

    /// Says of the attacks that changed what they say together, and of all that can see them which they fit.
    fn join(&mut self) {
        let words = self.told.profiles.words();
        for number in &self.moved {
            let Some(members) = self.clusters.attacks[*number as usize].as_ref().map(|it| it.members.clone())
            else {
                self.clusters.pairs.remove(number);
                continue;
            };
            let mut members = members.into_iter();
            let folded = |number: u32| &self.clusters.group(number).folded;
            let first = members.next().expect("an attack without groups is none");
            let mut attack = Attack::beginning(first, folded(first), self.told.order);
            members.for_each(|member| attack.take(member, folded(member), self.told.order));
            attack.mentions.sort_unstable();
            attack.keys = keys(&attack.profile, words);
            let known = self.clusters.attacks[*number as usize].as_mut().expect("it was there");
            attack.joined = std::mem::take(&mut known.joined);
            **known = attack;
        }
        let sees = |(number, attack): (u32, &Attack)| {
            let sought = Sought::attack(&attack.profile);
            (self.moved.contains(&number) || self.touched.is_seen(&attack.keys, sought)).then_some(number)
        };
        let attacks = (0..).zip(&self.clusters.attacks);
        let seeing: Vec<u32> = attacks.filter_map(|(at, attack)| sees((at, attack.as_ref()?))).collect();
        for number in seeing {
            self.clusters.pairs.remove(&number);
            let attack = self.clusters.attack(number);
            if attack.profile.vagueness() > 0 {
                continue;
            }
            let near = self.seen(&attack.keys, Sought::attack(&attack.profile), None);
            let turn = self.clusters.turn(number);
            let before = near.into_iter().filter(|at| self.clusters.turn(*at) < turn);
            let before = before.map(|at| (at, &*self.clusters.attack(at).profile));
            let fitting = fitting(&attack.profile, before, words);
            if !fitting.is_empty() {
                self.clusters.pairs.insert(number, fitting);
            }
        }
    }
}
