//! The editor's records laid over what was read: fields corrected, attacks and people merged, confirmed or hidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, nearest};
use crate::facts::Aliases;
use crate::facts::Role;
use crate::records::{AttackRecord, ExpertRecord};

use super::attacks::{attack, describe};
use super::names::{fold, person_key, surname_first};
use super::{Affiliation, Article, ArticleIndex, Attack, Checked, Person, identity};

/// Attacks with their ids and the editor's decisions; hidden ones are left out.
pub(super) fn decide_attacks(
    articles: &[Article],
    aliases: &Aliases,
    copy_of: &[Option<ArticleIndex>],
    mut attacks: Vec<Attack>,
    records: &[AttackRecord],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Attack> {
    identity::name_attacks(&mut attacks, &BTreeSet::new());
    let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_name: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, read) in attacks.iter().enumerate() {
        by_id.insert(read.id.clone(), at);
        for (article, index) in &read.mentions {
            let mention = &articles[*article as usize].facts.attacks[*index as usize];
            if let Some(name) = &mention.name {
                by_name.entry(fold(&name.value)).or_default().insert(at);
            }
        }
    }
    let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut hidden = BTreeSet::new();
    let mut added = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let mut meant: BTreeSet<usize> = by_id.get(&record.id).copied().into_iter().collect();
        for id in &record.also {
            match by_id.get(id) {
                Some(at) => {
                    meant.insert(*at);
                }
                None => diagnostics.push(unknown(&record.path, id, by_id.keys())),
            }
        }
        for name in record.names.iter().chain(&record.title) {
            meant.extend(by_name.get(&fold(name)).into_iter().flatten());
        }
        if let Some(claimed) = meant.iter().find(|at| owner.contains_key(at)) {
            let other = &records[owner[claimed]].path;
            diagnostics.push(
                Diagnostic::error(
                    &*record.path,
                    format!("attack `{}` is already described by `{other}`", attacks[*claimed].id),
                )
                .help("keep one record for an attack, and name the other id in its `also`"),
            );
            continue;
        }
        let Some(first) = meant.first().copied() else {
            if record.title.is_some() && (record.date.is_some() || record.place.is_some()) {
                added.push(by_hand(number as u32, record));
            } else {
                diagnostics.push(unknown(&record.path, &record.id, by_id.keys()));
            }
            continue;
        };
        owner.extend(meant.iter().map(|at| (*at, number)));
        let mentions = meant.iter().flat_map(|at| std::mem::take(&mut attacks[*at].mentions)).collect();
        let former = meant.iter().map(|at| std::mem::take(&mut attacks[*at].id));
        let former = former.filter(|id| *id != record.id).collect();
        if record.hidden {
            hidden.extend(meant);
            continue;
        }
        let mut decided = attack(articles, aliases, copy_of, mentions);
        decided.id.clone_from(&record.id);
        decided.former_ids = former;
        decided.record = Some(number as u32);
        correct_attack(&mut decided, record);
        attacks[first] = decided;
        hidden.extend(meant.into_iter().filter(|at| *at != first));
    }
    let mut kept: Vec<Attack> = attacks
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !hidden.contains(at))
        .map(|(_, kept)| kept)
        .collect();
    kept.extend(added);
    kept
}

/// An attack that no article reports, as its record has it.
fn by_hand(number: u32, record: &AttackRecord) -> Attack {
    let mut attack = attack(&[], &Aliases::default(), &[], Vec::new());
    attack.id.clone_from(&record.id);
    attack.record = Some(number);
    correct_attack(&mut attack, record);
    attack.checked = Checked::Confirmed;
    attack
}

/// Lays the fields of a record over what was read.
fn correct_attack(attack: &mut Attack, record: &AttackRecord) {
    let before = attack.clone();
    if record.date.is_some() {
        attack.date.clone_from(&record.date);
        attack.date_text = None;
    }
    if record.place.is_some() && record.place != attack.place {
        attack.place.clone_from(&record.place);
        attack.near = None;
        attack.coordinates = None;
    }
    if record.country.is_some() {
        attack.country.clone_from(&record.country);
    }
    attack.kind = record.kind.unwrap_or(attack.kind);
    attack.killed = record.killed.or(attack.killed);
    attack.injured = record.injured.or(attack.injured);
    let changed = attack.date != before.date
        || attack.place != before.place
        || attack.country != before.country
        || attack.kind != before.kind
        || attack.killed != before.killed
        || attack.injured != before.injured;
    attack.title = match &record.title {
        Some(title) => title.clone(),
        None if changed && attack.title == describe(&before) => describe(attack),
        None => before.title,
    };
    attack.checked = match (changed, record.confirmed) {
        (true, _) => Checked::Corrected,
        (false, true) => Checked::Confirmed,
        (false, false) => Checked::Extracted,
    };
}

/// A record that names an id which nothing has.
fn unknown<'a>(file: &str, id: &str, known: impl Iterator<Item = &'a String>) -> Diagnostic {
    let near = nearest(id, known.map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "give the record a `title` and a `date` if no article reports it".to_owned(),
    };
    Diagnostic::warning(file, format!("nothing in the articles has the id `{id}`")).help(help)
}

/// People with their slugs and the editor's decisions; hidden ones are kept but not indexed.
pub(super) fn decide_people(
    articles: &[Article],
    mut people: Vec<Person>,
    records: &[ExpertRecord],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Person> {
    identity::name_people(&mut people, &BTreeSet::new());
    let mut by_slug: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate() {
        by_slug.insert(person.slug.clone(), at);
        by_name.entry(person_key(&person.name)).or_default().push(at);
    }
    let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut merged = BTreeSet::new();
    for (number, record) in records.iter().enumerate() {
        let mut meant: BTreeSet<usize> = by_slug.get(&record.slug).copied().into_iter().collect();
        for slug in &record.also {
            match by_slug.get(slug) {
                Some(at) => {
                    meant.insert(*at);
                }
                None => diagnostics.push(unknown_person(&record.path, slug, &by_slug)),
            }
        }
        for name in record.names.iter().chain(&record.name) {
            // A name that two people share says nothing: the record must name the slug.
            if let Some([only]) = by_name.get(&person_key(name)).map(Vec::as_slice) {
                meant.insert(*only);
            }
        }
        if let Some(claimed) = meant.iter().find(|at| owner.contains_key(at)) {
            let other = &records[owner[claimed]].path;
            diagnostics.push(
                Diagnostic::error(
                    &*record.path,
                    format!("`{}` is already described by `{other}`", people[*claimed].slug),
                )
                .help("keep one record for a person, and name the other slug in its `also`"),
            );
            continue;
        }
        let Some(first) = meant.first().copied() else {
            diagnostics.push(unknown_person(&record.path, &record.slug, &by_slug));
            continue;
        };
        owner.extend(meant.iter().map(|at| (*at, number)));
        for other in meant.iter().skip(1) {
            let moved = people[*other].clone();
            merge_person(&mut people[first], moved);
            merged.insert(*other);
        }
        let former = meant.iter().map(|at| people[*at].slug.clone()).filter(|slug| *slug != record.slug);
        people[first].former_slugs = former.collect();
        people[first].slug.clone_from(&record.slug);
        people[first].record = Some(number as u32);
        correct_person(&mut people[first], record);
    }
    let hidden = |person: &Person| person.record.is_some_and(|number| records[number as usize].hidden);
    let mut kept: Vec<Person> =
        people.into_iter().enumerate().filter(|(at, _)| !merged.contains(at)).map(|(_, kept)| kept).collect();
    for person in &mut kept {
        let speaks = !person.quotes.is_empty() || person.record.is_some();
        person.indexed = person.role == Role::Expert && speaks && !hidden(person);
        let published =
            |at: u32| articles[at as usize].document.meta.published.as_ref().map(|day| day.earliest());
        person.quotes.sort_by_key(|(at, quote)| (std::cmp::Reverse(published(*at)), *at, *quote));
    }
    kept
}

fn unknown_person(file: &str, slug: &str, known: &BTreeMap<String, usize>) -> Diagnostic {
    let help = match nearest(slug, known.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "the file's name, `names` or `also` must name somebody whom an article names".to_owned(),
    };
    Diagnostic::warning(file, format!("no person in the articles has the slug `{slug}`")).help(help)
}

fn merge_person(into: &mut Person, other: Person) {
    into.mentions.extend(other.mentions);
    into.mentions.sort_unstable();
    into.quotes.extend(other.quotes);
    into.affiliations.extend(other.affiliations);
    if other.name.chars().count() > into.name.chars().count() {
        into.name = other.name;
        into.sort_name = other.sort_name;
    }
    into.honorific = into.honorific.take().or(other.honorific);
    if into.role == Role::Other {
        into.role = other.role;
    }
}

/// Lays the fields of a record over what was read.
fn correct_person(person: &mut Person, record: &ExpertRecord) {
    let before = (person.name.clone(), person.role, person.affiliations.first().cloned());
    if let Some(name) = &record.name {
        person.name.clone_from(name);
        person.sort_name = surname_first(name);
    }
    person.role = record.role.unwrap_or(person.role);
    if record.title.is_some() || record.affiliation.is_some() {
        let read = person.affiliations.first();
        let title = record.title.clone().or_else(|| read.and_then(|held| held.title.clone()));
        let affiliation =
            record.affiliation.clone().or_else(|| read.and_then(|held| held.affiliation.clone()));
        let given = |held: &Affiliation| held.title == title && held.affiliation == affiliation;
        if !person.affiliations.first().is_some_and(given) {
            person.affiliations.insert(0, Affiliation { title, affiliation, articles: Vec::new() });
        }
    }
    let changed = before != (person.name.clone(), person.role, person.affiliations.first().cloned());
    person.checked = match (changed, record.confirmed) {
        (true, _) => Checked::Corrected,
        (false, true) => Checked::Confirmed,
        (false, false) => Checked::Extracted,
    };
}
