//! Records that add an attack of their own, and the attacks of the articles that would have had their ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::records::AttackRecord;

use super::super::Attack;
use super::super::made::Wishes;
use super::Decisions;
use super::ids::{likeness, told};

/// Which records add an attack, and whose id each takes.
pub(super) struct Added {
    /// By their numbers: those that say so, and those that can be about no attack of the articles.
    pub(super) records: BTreeSet<usize>,
    /// By the same number: the attacks of the articles that have no pinned id and would like the record's.
    wanting: BTreeMap<usize, Vec<usize>>,
}

impl Added {
    /// Of all records. A record that tells a whole attack (a title, a day, a kind) is of one of its own where day and kind
    /// speak against every attack that would like its id; an id that is pinned is whose it is.
    pub(super) fn of(attacks: &[Attack], wishes: &[Wishes], decisions: &Decisions<'_>) -> Added {
        let pins = &decisions.pins.attacks;
        let former: BTreeSet<&String> = pins.values().flat_map(|pinned| &pinned.former).collect();
        let is_free = |id: &String| !pins.contains_key(id) && !former.contains(id);
        let records = || decisions.attacks.iter().enumerate();
        let asked = records().filter(|(_, record)| (record.added || is_whole(record)) && is_free(&record.id));
        let asked: BTreeMap<&str, usize> = asked.map(|(number, record)| (&*record.id, number)).collect();
        let mut wanting: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let unpinned = wishes.iter().enumerate().filter(|(at, _)| attacks[*at].id.is_empty());
        for (at, wishes) in unpinned {
            let of_attack: BTreeSet<usize> =
                wishes.iter().filter_map(|id| asked.get(id.as_str())).copied().collect();
            of_attack.into_iter().for_each(|number| wanting.entry(number).or_default().push(at));
        }
        let is_about = |record: &AttackRecord, at: &usize| likeness(&attacks[*at], record).is_some();
        wanting.retain(|number, wanting| {
            let record = &decisions.attacks[*number];
            record.added || !wanting.iter().any(|at| is_about(record, at))
        });
        let by_word = records().filter(|(_, record)| record.added).map(|(number, _)| number);
        Added { records: by_word.chain(wanting.keys().copied()).collect(), wanting }
    }

    /// What is to be told, once `attacks` have their ids: an attack of the articles is elsewhere than it would be.
    pub(super) fn told(&self, attacks: &[Attack], decisions: &Decisions<'_>) -> Vec<Diagnostic> {
        let one = |(number, wanting): (&usize, &Vec<usize>)| {
            let record = &decisions.attacks[*number];
            let (other, id) = (&attacks[*wanting.first()?], &record.id);
            // Of several none would have had it.
            if record.added && wanting.len() > 1 || other.mentions.is_empty() {
                return None;
            }
            let (message, help) = if record.added {
                (
                    format!(
                        "this record has the id `{id}`, which the articles would give to {}",
                        told(other)
                    ),
                    format!(
                        "that one is at `{}` now: rename this file if `{id}` was published, or keep both as they are \
                         with `dateline review --pin`",
                        other.id
                    ),
                )
            } else {
                (
                    format!(
                        "the articles give `{id}` another day and another kind, so this record adds an attack: {}",
                        told(other)
                    ),
                    format!(
                        "if it is of another attack, say so: `added = true`; if it is of that one, write \
                         `also = [\"{}\"]`",
                        other.id
                    ),
                )
            };
            Some(Diagnostic::warning(&*record.path, message).help(help))
        };
        self.wanting.iter().filter_map(one).collect()
    }
}

/// Whether a record tells an attack whole and names nothing of the articles.
fn is_whole(record: &AttackRecord) -> bool {
    let names_none = record.also.is_empty() && record.mentions.is_empty() && record.names.is_empty();
    record.title.is_some() && record.date.is_some() && record.kind.is_some() && names_none
}
