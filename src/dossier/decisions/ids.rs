//! The ids of attacks before a record changes them: those that are pinned, those that the articles give, and those that
//! records name.
//!
//! A record changes the id of no attack that it is not about: what it takes away still counts when ids are made, and an
//! id that it names stays with the attack that has it. Only an attack that a record adds has the id of its file, whoever
//! would have it by the articles; that is told until ids are pinned.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::facts::AttackKind;
use crate::records::AttackRecord;

use super::super::made::{Maker, Wishes};
use super::super::names::fold;
use super::super::pinning::pin_attacks;
use super::super::{Attack, identity};
use super::added::Added;
use super::{Decisions, Mention, less_claimed};

/// Attacks with their ids, none of them changed yet.
pub(super) struct Named {
    /// In the order of their groups, without the readings that records claim.
    pub(super) attacks: Vec<Attack>,
    /// Those that have lost every reading, which stand there for their ids alone, each with the numbers of the records
    /// that claim its readings.
    pub(super) vacated: BTreeMap<usize, BTreeSet<usize>>,
    /// Ids in the `also` of a record that several attacks would have: an attack had it while it was the only one, and
    /// its address leads to the attack of the record.
    pub(super) shared: BTreeSet<String>,
    /// The numbers of records that add an attack of their own.
    pub(super) added: BTreeSet<usize>,
}

/// Names the attacks that `groups` are the readings of. `claims` tells which of these records claim for themselves.
pub(super) fn name(
    maker: &mut Maker<'_>,
    groups: Vec<Vec<Mention>>,
    claims: &BTreeMap<Mention, usize>,
    decisions: &Decisions<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Named {
    let (vacated, less) = less_claimed(&groups, claims);
    let (mut attacks, wishes): (Vec<Attack>, Vec<Wishes>) = maker.attacks(groups).into_iter().unzip();
    let (places, less): (Vec<usize>, Vec<Vec<Mention>>) = less.into_iter().unzip();
    for (at, (rest, _)) in places.into_iter().zip(maker.attacks(less)) {
        attacks[at] = rest;
    }
    let pins = &decisions.pins.attacks;
    let by_word = decisions.attacks.iter().filter(|record| record.added);
    let by_word: BTreeSet<&str> = by_word.map(|record| record.id.as_str()).collect();
    pin_attacks(maker.articles, &mut attacks, decisions.pins, &by_word);
    let pinned: BTreeSet<usize> = (0..attacks.len()).filter(|at| !attacks[*at].id.is_empty()).collect();
    let mut kept: BTreeSet<String> = pins.keys().cloned().collect();
    kept.extend(pins.values().flat_map(|pinned| pinned.former.iter().cloned()));
    let added = Added::of(&attacks, &wishes, decisions);
    kept.extend(added.records.iter().map(|number| decisions.attacks[*number].id.clone()));
    identity::name_attacks(&mut attacks, &wishes, &kept);
    let shared = Naming { attacks: &mut attacks, wishes: &wishes, pinned, vacated: &vacated, decisions }
        .name_by_records(diagnostics);
    for at in vacated.keys() {
        attacks[*at].mentions.clear();
    }
    diagnostics.extend(added.told(&attacks, decisions));
    Named { attacks, vacated, shared, added: added.records }
}

/// Attacks with the ids that the articles give, as records are about to name them.
struct Naming<'a> {
    attacks: &'a mut [Attack],
    /// The ids that each would like.
    wishes: &'a [Wishes],
    /// Which of them have an id by `content/ids.toml`.
    pinned: BTreeSet<usize>,
    vacated: &'a BTreeMap<usize, BTreeSet<usize>>,
    decisions: &'a Decisions<'a>,
}

impl Naming<'_> {
    /// Gives the ids that records name and nothing has to the attacks that would have them; returns those that are
    /// shared. So an attack that comes later does not take them away.
    fn name_by_records(self, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<String> {
        let Naming { attacks, wishes, pinned, vacated, decisions } = self;
        let records = decisions.attacks;
        let mut shared = BTreeSet::new();
        // Of all the ids that attacks have or would like, only these are asked for.
        let of_record = |record: &'_ AttackRecord| {
            let also = record.also.iter().map(|id| id.value.clone());
            also.chain([record.id.clone()]).collect::<Vec<_>>()
        };
        let named: BTreeSet<String> = records.iter().flat_map(of_record).collect();
        let of_pinned = pinned.iter().map(|at| &attacks[*at]);
        let had: BTreeSet<String> = of_pinned
            .flat_map(|attack| attack.former_ids.iter().chain([&attack.id]))
            .filter(|id| named.contains(*id))
            .cloned()
            .collect();
        let mut holder: BTreeMap<&str, usize> = BTreeMap::new();
        let mut wanted: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, wishes) in wishes.iter().enumerate() {
            if let Some(id) = named.get(&attacks[at].id).filter(|_| !pinned.contains(&at)) {
                holder.insert(id, at);
            }
            for id in wishes.iter().filter_map(|id| named.get(id)) {
                wanted.entry(id).or_default().insert(at);
            }
        }
        // An attack whose own id a record names is that record's.
        let mut given: BTreeSet<usize> = holder.values().copied().collect();
        for (number, record) in records.iter().enumerate() {
            for id in record.also.iter().map(|id| &id.value) {
                let Some(wanting) = wanted.get(id.as_str()).filter(|_| !holder.contains_key(id.as_str()))
                else {
                    continue;
                };
                if had.contains(id) || decisions.pins.attacks.contains_key(id) {
                    continue;
                }
                match wanting.iter().collect::<Vec<_>>()[..] {
                    [only] if !pinned.contains(only) => attacks[*only].former_ids.push(id.clone()),
                    _ => drop(shared.insert(id.clone())),
                }
            }
            let id = &record.id;
            if record.added || had.contains(id) || decisions.pins.attacks.contains_key(id) {
                continue;
            }
            if let Some(at) = holder.get(id.as_str()) {
                if !vacated.contains_key(at) && likeness(&attacks[*at], record).is_none() {
                    diagnostics.push(doubt(record, &attacks[*at]));
                }
                continue;
            }
            let Some(wanting) = wanted.get(id.as_str()) else { continue };
            let is_its_own = |at: &usize| {
                let ids = || attacks[*at].former_ids.iter().chain([&attacks[*at].id]);
                vacated.get(at).is_some_and(|claiming| claiming.contains(&number))
                    || record.also.iter().any(|also| ids().any(|id| *id == also.value))
            };
            if wanting.iter().any(is_its_own) {
                continue;
            }
            let free = |at: &&usize| !(pinned.contains(at) || given.contains(at) || vacated.contains_key(at));
            let fitting = wanting.iter().filter(free);
            let mut fitting: Vec<(i32, usize)> =
                fitting.filter_map(|at| Some((likeness(&attacks[*at], record)?, *at))).collect();
            fitting.sort_by_key(|(fit, at)| (std::cmp::Reverse(*fit), *at));
            match fitting[..] {
                [] => {}
                [(best, at), (second, other), ..] if best == second => {
                    let message = format!(
                        "`{id}` can be two attacks of the articles: {} and {}",
                        told(&attacks[at]),
                        told(&attacks[other])
                    );
                    let help = "say which: give its readings in `mentions`, or a `date` or `kind` that only one has; \
                                `dateline review --pin` keeps ids as they are";
                    diagnostics.push(Diagnostic::error(&*record.path, message).help(help));
                }
                [(_, at), ..] => {
                    given.insert(at);
                    let before = std::mem::replace(&mut attacks[at].id, id.clone());
                    attacks[at].former_ids.push(before);
                }
            }
        }
        shared
    }
}

/// A record that says another day and another kind than the articles do of the attack whose id it has.
fn doubt(record: &AttackRecord, attack: &Attack) -> Diagnostic {
    let message = format!("the articles give `{}` another day and another kind: {}", record.id, told(attack));
    let help = "if this record is of another attack, say so: `added = true`; if it is of this one, \
                `dateline review --pin` keeps the id for it";
    Diagnostic::warning(&*record.path, message).help(help)
}

/// An attack in a message: its headline and its day.
pub(super) fn told(attack: &Attack) -> String {
    match attack.date {
        Some(date) => format!("“{}” of {date}", attack.title),
        None => format!("“{}”", attack.title),
    }
}

/// How well a record fits an attack whose id it has; `None` where day and kind both speak against it.
pub(super) fn likeness(attack: &Attack, record: &AttackRecord) -> Option<i32> {
    let date = record.date.zip(attack.date).map(|(said, read)| said.overlaps(&read));
    let kind = record.kind.filter(|_| attack.kind != AttackKind::Attack).map(|kind| kind == attack.kind);
    if date == Some(false) && kind == Some(false) {
        return None;
    }
    let counted = |fits: Option<bool>| fits.map_or(0, |fits| if fits { 1 } else { -1 });
    let place =
        record.place.as_deref().zip(attack.place.as_deref()).map(|(said, read)| fold(said) == fold(read));
    Some(2 * counted(date) + counted(kind) + counted(place))
}
