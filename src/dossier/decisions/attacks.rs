//! What records say of attacks.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::facts::{Aliases, Field, Level};
use crate::records::{AttackRecord, MentionRef, Written};

use super::super::attacks::attack;
use super::super::changes::attack_changes;
use super::super::headline::describe;
use super::super::made::Maker;
use super::super::names::fold;
use super::super::pinning::{attack_digests, compare, pinned_mentions};
use super::super::{Article, Attack, Checked};
use super::ids::{self, Named};
use super::place::correct_place;
use super::{Decisions, Mention, by_file, fault_at, merges, named_in_vain, unknown_at};
use crate::diagnostic::nearest;
use crate::words::Words;

/// Attacks with their ids and the editor's decisions.
#[derive(Debug, Default)]
pub(in super::super) struct Decided {
    /// Those of the site.
    pub(in super::super) shown: Vec<Attack>,
    /// Those that a record hides.
    pub(in super::super) hidden: Vec<Attack>,
}

/// Lays the records over `groups`, each the mentions of one attack as they were linked.
pub(in super::super) fn decide_attacks(
    maker: &mut Maker<'_>,
    groups: Vec<Vec<Mention>>,
    decisions: &Decisions<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Decided {
    let (articles, records) = (maker.articles, decisions.attacks);
    let claims = claim(articles, records, diagnostics);
    let Named { mut attacks, vacated, shared, added: adding } =
        ids::name(maker, groups, &claims, decisions, diagnostics);
    diagnostics.extend(merges::circles(
        records.iter().map(|record| (&*record.path, record.id.as_str(), &record.also[..])),
    ));

    let mut own: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
    for (mention, number) in claims {
        own.entry(number).or_default().push(mention);
    }
    let known = Known::of(articles, &attacks, records);
    let also = records.iter().flat_map(|record| &record.also).map(|id| id.value.as_str());
    let named: BTreeSet<&str> = records.iter().map(|record| record.id.as_str()).chain(also).collect();
    let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut decided = Decided::default();
    for (number, record) in records.iter().enumerate() {
        let mut meant = known.meant(record, &shared, diagnostics);
        // Whose readings are all this record's is this attack, unless another record has its id.
        let emptied = vacated.iter().filter(|(_, claiming)| claiming.iter().eq([&number]));
        meant.extend(emptied.map(|(at, _)| *at).filter(|at| !named.contains(known.ids[*at].as_str())));
        if let Some(claimed) = meant.iter().find(|at| owner.contains_key(at)) {
            let other = &records[owner[claimed]].path;
            let message = format!("attack `{}` is already described by `{other}`", known.ids[*claimed]);
            let help = "keep one record for an attack, and name the other id in its `also`";
            let place = record.also.iter().find(|it| it.value == known.ids[*claimed]);
            diagnostics.push(match place {
                Some(place) => fault_at(&record.path, &place.place, message).help(help),
                None => Diagnostic::error(&*record.path, message).help(help),
            });
            continue;
        }
        let own = own.remove(&number).unwrap_or_default();
        if own.is_empty() && meant.iter().all(|at| attacks[*at].mentions.is_empty()) {
            if record.title.is_some() && (record.date.is_some() || record.place.is_some()) {
                let others = known.ids.iter().map(String::as_str).filter(|id| *id != record.id);
                let near = nearest(&record.id, others);
                if let Some(near) = near.filter(|_| !adding.contains(&number)) {
                    let message =
                        format!("no attack of the articles has the id `{}`, so this one is added", record.id);
                    let help = format!("did you mean `{near}`? If it is another, say so: `added = true`");
                    diagnostics.push(Diagnostic::warning(&*record.path, message).help(help));
                }
                if let Some(at) = known.holder(record).filter(|at| !vacated.contains_key(at)) {
                    diagnostics.push(taken_already(record, &attacks[at]));
                    continue;
                }
                let by_hand = by_hand(number as u32, record);
                if record.hidden { &mut decided.hidden } else { &mut decided.shown }.push(by_hand);
            } else {
                diagnostics.push(unknown(record, known.ids.iter()));
            }
            continue;
        }
        owner.extend(meant.iter().map(|at| (*at, number)));
        taken.extend(&meant);
        let mut mentions = own;
        let mut former: Vec<String> = Vec::new();
        let mut parts = Vec::new();
        for at in &meant {
            if !vacated.contains_key(at) {
                parts.push((known.ids[*at].clone(), attacks[*at].mentions.clone()));
            }
            mentions.append(&mut attacks[*at].mentions);
            former.append(&mut attacks[*at].former_ids);
            former.push(known.ids[*at].clone());
        }
        former.extend(record.also.iter().map(|id| id.value.clone()).filter(|id| shared.contains(id)));
        former.retain(|id| *id != record.id);
        former.sort();
        former.dedup();
        let added = &record.sources[..];
        let remembered = if added.is_empty() { maker.attacks(vec![mentions.clone()]).pop() } else { None };
        let mut one = match remembered {
            Some((one, _)) => one,
            None => attack(articles, maker.aliases, maker.copy_of, mentions, added),
        };
        one.id.clone_from(&record.id);
        one.former_ids = former;
        one.parts = parts;
        one.record = Some(number as u32);
        correct(&mut one, record);
        let ids = one.former_ids.iter().chain([&one.id]);
        let pinned = |id: &str| decisions.pins.attacks.get(id).map(|pinned| &pinned.mentions);
        let then = pinned_mentions(ids, pinned);
        if record.decides() && !then.is_empty() {
            one.stale = compare(&then, &attack_digests(articles, &one));
        }
        if record.hidden { &mut decided.hidden } else { &mut decided.shown }.push(one);
    }
    diagnostics.extend(strangers(decisions, &known, &decided));
    let rest = attacks.into_iter().enumerate();
    let rest = rest.filter(|(at, _)| !taken.contains(at) && !vacated.contains_key(at));
    decided.shown.extend(rest.map(|(_, attack)| attack));
    decided
}

/// What records can name.
struct Known {
    /// The id of each attack.
    ids: Vec<String>,
    by_id: BTreeMap<String, usize>,
    by_name: BTreeMap<String, BTreeSet<usize>>,
}

impl Known {
    fn of(articles: &[Article], attacks: &[Attack], records: &[AttackRecord]) -> Known {
        let ids: Vec<String> = attacks.iter().map(|attack| attack.id.clone()).collect();
        let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
        for (at, attack) in attacks.iter().enumerate() {
            by_id.extend(attack.former_ids.iter().map(|id| (id.clone(), at)));
        }
        by_id.extend(ids.iter().cloned().zip(0..));
        let mut by_name: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let asks_for_names = records.iter().any(|record| !record.names.is_empty());
        for (at, attack) in attacks.iter().enumerate().filter(|_| asks_for_names) {
            for (article, index) in &attack.mentions {
                if let Some(name) = &articles[*article as usize].facts.attacks[*index as usize].name {
                    by_name.entry(fold(&name.value)).or_default().insert(at);
                }
            }
        }
        Known { ids, by_id, by_name }
    }

    /// The attack that has the id of a record and is not the one that it adds.
    fn holder(&self, record: &AttackRecord) -> Option<usize> {
        self.by_id.get(&record.id).copied().filter(|at| record.added && self.ids[*at] == record.id)
    }

    /// The attacks that a record is about: its own id, those it takes in, and those of its names. An id that is `shared`
    /// is none's any more.
    fn meant(
        &self,
        record: &AttackRecord,
        shared: &BTreeSet<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> BTreeSet<usize> {
        let own = self.by_id.get(&record.id).filter(|_| !record.added);
        let mut meant: BTreeSet<usize> = own.copied().into_iter().collect();
        for id in record.also.iter().filter(|id| id.value != record.id) {
            match self.by_id.get(&id.value) {
                Some(at) => drop(meant.insert(*at)),
                None if shared.contains(&id.value) => {}
                None => {
                    let message = format!("nothing in the articles has the id `{}`", id.value);
                    let known = self.by_id.keys().map(String::as_str).filter(|known| *known != record.id);
                    diagnostics.push(unknown_at(&record.path, &id.place, message, &id.value, known));
                }
            }
        }
        for name in &record.names {
            meant.extend(self.by_name.get(&fold(name)).into_iter().flatten());
        }
        meant
    }
}

/// Which readings records claim for themselves, by the number of the record.
fn claim(
    articles: &[Article],
    records: &[AttackRecord],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Mention, usize> {
    let mut claims: BTreeMap<Mention, usize> = BTreeMap::new();
    let files = LazyCell::new(|| by_file(articles));
    for (number, record) in records.iter().enumerate() {
        for named in &record.mentions {
            let found = find(articles, &files, record, named);
            match found {
                Err(fault) => diagnostics.push(*fault),
                Ok(mention) => {
                    let other = claims.insert(mention, number).filter(|other| *other != number);
                    if let Some(other) = other {
                        let message = format!("`{}` claims the same reading", records[other].path);
                        let help = "a reading belongs to one attack: take it out of one of the two";
                        diagnostics.push(fault_at(&record.path, &named.place, message).help(help));
                    }
                }
            }
        }
    }
    claims
}

/// The reading that a record names.
fn find(
    articles: &[Article],
    files: &BTreeMap<&str, u32>,
    record: &AttackRecord,
    named: &Written<MentionRef>,
) -> Result<Mention, Box<Diagnostic>> {
    let MentionRef { article, paragraph } = &named.value;
    let fault = |message: String| fault_at(&record.path, &named.place, message);
    let Some(at) = files.get(article.as_str()) else {
        let message = format!("there is no article `{article}`");
        let known = files.keys().copied();
        return Err(Box::new(unknown_at(&record.path, &named.place, message, article, known)));
    };
    let document = &articles[*at as usize].document;
    let told = &articles[*at as usize].facts.attacks;
    let Some(paragraph) = paragraph else {
        return match told.len() {
            0 => Err(Box::new(fault(format!("no attack was read from `{article}`")))),
            1 => Ok((*at, 0)),
            several => Err(Box::new(
                fault(format!("`{article}` tells of {several} attacks"))
                    .help(format!("name the paragraph: `{article}#p1`")),
            )),
        };
    };
    let block = document.blocks.iter().position(|block| block.id == *paragraph);
    let words = |index: usize| {
        let evidence = told[index].evidence.iter();
        evidence.filter(|evidence| Some(evidence.block as usize) == block).count()
    };
    let spoken = (0..told.len()).filter(|index| words(*index) > 0);
    match spoken.max_by_key(|index| (words(*index), std::cmp::Reverse(*index))) {
        Some(index) => Ok((*at, index as u32)),
        None => Err(Box::new(
            fault(format!("no attack was read from paragraph `{paragraph}` of `{article}`"))
                .help(format!("`dateline explain content/articles/{article}` shows where it is told")),
        )),
    }
}

/// An attack that no article reports, as its record has it.
fn by_hand(number: u32, record: &AttackRecord) -> Attack {
    let mut attack = attack(&[], &Aliases::default(), &[], Vec::new(), &record.sources);
    attack.id.clone_from(&record.id);
    attack.record = Some(number);
    correct(&mut attack, record);
    attack.checked = Checked::Confirmed;
    attack.changed.clear();
    attack
}

/// Lays the fields of a record over what was read.
fn correct(attack: &mut Attack, record: &AttackRecord) {
    let read = attack.clone();
    for field in &record.hide {
        match field {
            Field::Date => (attack.date, attack.date_text) = (None, None),
            Field::Place => {
                (attack.place, attack.near, attack.country, attack.coordinates) = (None, None, None, None);
            }
            Field::Killed => attack.killed = None,
            Field::Injured => attack.injured = None,
            Field::Hostages => attack.hostages = None,
            Field::Perpetrator => attack.perpetrators.clear(),
            Field::Target => attack.target = None,
            Field::Weapon => attack.weapon = None,
            Field::Name => attack.title = describe(attack, &Words::default()),
            Field::Mention | Field::Type | Field::Missing | Field::AttackersKilled => {}
        }
    }
    if record.date.is_some() {
        attack.date = record.date;
        attack.date_text = None;
    }
    correct_place(attack, record);
    attack.kind = record.kind.unwrap_or(attack.kind);
    attack.stage = record.stage.unwrap_or(attack.stage);
    attack.killed = record.killed.or(attack.killed);
    attack.injured = record.injured.or(attack.injured);
    attack.hostages = record.hostages.or(attack.hostages);
    if let Some(named) = &record.perpetrators {
        attack.perpetrators = named.iter().map(|it| (it.name.clone(), it.kind, it.standing)).collect();
    }
    attack.target = record.target.clone().or(attack.target.take());
    attack.weapon = record.weapon.clone().or(attack.weapon.take());
    attack.changed = attack_changes(&read, attack);
    let changed = !attack.changed.is_empty();
    let english = Words::default();
    attack.title = match &record.title {
        Some(title) => title.clone(),
        None if changed && read.title == describe(&read, &english) => describe(attack, &english),
        None => attack.title.clone(),
    };
    attack.checked = match (changed, record.confirmed) {
        (true, _) => Checked::Corrected,
        (false, true) => Checked::Confirmed,
        (false, false) => read.checked,
    };
    if attack.checked != Checked::Extracted {
        attack.level = Level::High;
    }
}

/// Ids in `apart` that are no attack's: one of the articles, of a record, or one that is pinned.
fn strangers(decisions: &Decisions<'_>, known: &Known, decided: &Decided) -> Vec<Diagnostic> {
    let by_hand = decided.shown.iter().chain(&decided.hidden).map(|attack| &attack.id);
    let ids: BTreeSet<&str> = known.by_id.keys().chain(by_hand).map(String::as_str).collect();
    let is_pinned = |id: &String| decisions.pins.attacks.contains_key(id);
    let mut faults = Vec::new();
    for record in decisions.attacks {
        let unknown =
            record.apart.iter().filter(|id| !ids.contains(id.value.as_str()) && !is_pinned(&id.value));
        faults.extend(unknown.map(|id| {
            let message = format!("nothing in the articles has the id `{}`", id.value);
            let others = ids.iter().copied().filter(|known| *known != record.id);
            named_in_vain(unknown_at(&record.path, &id.place, message, &id.value, others))
        }));
    }
    faults
}

/// A record that adds an attack under the id that another has by `content/ids.toml`.
fn taken_already(record: &AttackRecord, other: &Attack) -> Diagnostic {
    let message = format!("the id `{}` is pinned for another attack: {}", record.id, ids::told(other));
    let help = "an attack that is added needs an id of its own: rename this file";
    Diagnostic::error(&*record.path, message).help(help)
}

/// A record whose id nothing has.
fn unknown<'a>(record: &AttackRecord, known: impl Iterator<Item = &'a String>) -> Diagnostic {
    let others = known.map(String::as_str).filter(|known| *known != record.id);
    let help = match nearest(&record.id, others) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "give the record a `title` and a `date` or a `place` if no article reports it".to_owned(),
    };
    Diagnostic::warning(&*record.path, format!("nothing in the articles has the id `{}`", record.id))
        .help(help)
}
