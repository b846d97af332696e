//! What records say of people.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, nearest};
use crate::facts::Role;
use crate::records::{EDITOR, ExpertRecord};
use crate::slug::slugify;

use super::super::changes::person_changes;
use super::super::made::Maker;
use super::super::names::{person_key, surname_first};
use super::super::pinning::{compare, person_digests, pin_people, pinned_mentions};
use super::super::{Affiliation, Article, Checked, Person, identity};
use super::{Decisions, Mention, by_file, fault_at, less_claimed, merges, named_in_vain, unknown_at};

/// People with their slugs and the editor's decisions; hidden ones are kept but not indexed.
pub(in super::super) fn decide_people(
    maker: &mut Maker<'_>,
    groups: Vec<Vec<Mention>>,
    decisions: &Decisions<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Person> {
    let (articles, records) = (maker.articles, decisions.people);
    let claims = claim(articles, records, diagnostics);
    let Named { mut people, vacated } = name(maker, groups, &claims, decisions);
    let pins = &decisions.pins.people;
    diagnostics.extend(merges::circles(
        records.iter().map(|record| (&*record.path, record.slug.as_str(), &record.also[..])),
    ));

    let mut by_slug: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // Only records ask for them.
    let asked_for = if records.is_empty() { &[][..] } else { &people[..] };
    for (at, person) in asked_for.iter().enumerate() {
        by_slug.extend(person.former_slugs.iter().map(|slug| (slug.clone(), at)));
        if !vacated.contains_key(&at) {
            by_name.entry(person_key(&person.name)).or_default().push(at);
        }
    }
    by_slug.extend(asked_for.iter().map(|person| person.slug.clone()).zip(0..));
    let mut claimed: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
    for (mention, number) in claims {
        claimed.entry(number).or_default().push(mention);
    }
    let also = records.iter().flat_map(|record| &record.also).map(|slug| slug.value.as_str());
    let named: BTreeSet<&str> = records.iter().map(|record| record.slug.as_str()).chain(also).collect();
    let mut owner: BTreeMap<usize, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for (number, record) in records.iter().enumerate() {
        let mut meant: BTreeSet<usize> = by_slug.get(&record.slug).copied().into_iter().collect();
        for slug in record.also.iter().filter(|slug| slug.value != record.slug) {
            match by_slug.get(&slug.value) {
                Some(at) => drop(meant.insert(*at)),
                None => {
                    let message = format!("no person in the articles has the slug `{}`", slug.value);
                    let known = by_slug.keys().map(String::as_str).filter(|known| *known != record.slug);
                    diagnostics.push(unknown_at(&record.path, &slug.place, message, &slug.value, known));
                }
            }
        }
        let own = claimed.remove(&number).unwrap_or_default();
        for name in record.names.iter().chain(record.name.iter().filter(|_| own.is_empty())) {
            // A name that two people share says nothing: the record must name the slug.
            if let Some([only]) = by_name.get(&person_key(name)).map(Vec::as_slice) {
                meant.insert(*only);
            }
        }
        // Whose mentions are all this record's is this person, unless another record has their slug.
        let emptied = vacated.iter().filter(|(_, claiming)| claiming.iter().eq([&number]));
        meant.extend(emptied.map(|(at, _)| *at).filter(|at| !named.contains(people[*at].slug.as_str())));
        if let Some(claimed) = meant.iter().find(|at| owner.contains_key(at)) {
            let other = &records[owner[claimed]].path;
            let message = format!("`{}` is already described by `{other}`", people[*claimed].slug);
            let help = "keep one record for a person, and name the other slug in its `also`";
            let place = record.also.iter().find(|it| it.value == people[*claimed].slug);
            diagnostics.push(match place {
                Some(place) => fault_at(&record.path, &place.place, message).help(help),
                None => Diagnostic::error(&*record.path, message).help(help),
            });
            continue;
        }
        if own.is_empty() && meant.iter().all(|at| vacated.contains_key(at)) {
            diagnostics.push(unknown(record, &by_slug));
            continue;
        }
        owner.extend(meant.iter().map(|at| (*at, number)));
        let mut mentions = own;
        let mut former = Vec::new();
        let mut parts = Vec::new();
        for at in &meant {
            if !vacated.contains_key(at) {
                parts.push((people[*at].slug.clone(), people[*at].mentions.clone()));
            }
            mentions.append(&mut people[*at].mentions);
            former.append(&mut people[*at].former_slugs);
            former.push(people[*at].slug.clone());
        }
        former.retain(|slug| *slug != record.slug);
        former.sort();
        former.dedup();
        mentions.sort_unstable();
        let Some((mut one, _)) = maker.people(vec![mentions]).pop() else { continue };
        one.slug.clone_from(&record.slug);
        one.former_slugs = former;
        one.parts = parts;
        one.record = Some(number as u32);
        correct(&mut one, record);
        let slugs = one.former_slugs.iter().chain([&one.slug]);
        let then = pinned_mentions(slugs, |slug| pins.get(slug).map(|pinned| &pinned.mentions));
        if record.decides() && !then.is_empty() {
            one.stale = compare(&then, &person_digests(articles, &one));
        }
        kept.push(one);
    }
    diagnostics.extend(strangers(decisions, &by_slug));
    let rest = people.into_iter().enumerate();
    let rest = rest.filter(|(at, _)| !owner.contains_key(at) && !vacated.contains_key(at));
    kept.extend(rest.map(|(_, person)| person));
    for person in &mut kept {
        let hidden = person.record.is_some_and(|number| records[number as usize].hidden);
        let speaks = !person.quotes.is_empty() || person.record.is_some();
        person.indexed = person.role == Role::Expert && speaks && !hidden;
    }
    kept
}

/// People with their slugs, none of them changed yet.
struct Named {
    /// In the order of their groups, without the mentions that records claim.
    people: Vec<Person>,
    /// Those that have lost every mention, which stand there for their slugs alone, each with the numbers of the records
    /// that claim them.
    vacated: BTreeMap<usize, BTreeSet<usize>>,
}

/// Names the people whose mentions `groups` are. What a record takes away still counts when slugs are made.
fn name(
    maker: &mut Maker<'_>,
    mut groups: Vec<Vec<Mention>>,
    claims: &BTreeMap<Mention, usize>,
    decisions: &Decisions<'_>,
) -> Named {
    // Whom a record itself brought into an article was nobody there before.
    let is_new = |(at, index): &Mention| {
        claims.contains_key(&(*at, *index))
            && maker.articles[*at as usize].facts.people[*index as usize].rule == EDITOR
    };
    if !claims.is_empty() {
        groups.iter_mut().for_each(|group| group.retain(|mention| !is_new(mention)));
        groups.retain(|group| !group.is_empty());
    }
    let (vacated, less) = less_claimed(&groups, claims);
    let (mut people, asides): (Vec<Person>, Vec<_>) = maker.people(groups).into_iter().unzip();
    let mut whole: BTreeMap<usize, Person> = BTreeMap::new();
    let (places, less): (Vec<usize>, Vec<Vec<Mention>>) = less.into_iter().unzip();
    for (at, (rest, _)) in places.into_iter().zip(maker.people(less)) {
        whole.insert(at, std::mem::replace(&mut people[at], rest));
    }
    let claimants = claims.values().map(|record| decisions.people[*record].slug.as_str()).collect();
    pin_people(maker.articles, &mut people, decisions.pins, &claimants);
    let pins = &decisions.pins.people;
    let former = pins.values().flat_map(|pinned| &pinned.former);
    let taken = pins.keys().chain(former).cloned().collect();
    // Slugs are made of people as they were read.
    let swap = |people: &mut [Person], whole: &mut BTreeMap<usize, Person>| {
        for (at, other) in whole {
            other.slug.clone_from(&people[*at].slug);
            std::mem::swap(&mut people[*at], other);
        }
    };
    swap(&mut people, &mut whole);
    identity::name_people(&mut people, &asides, &taken);
    swap(&mut people, &mut whole);
    for at in vacated.keys() {
        people[*at].mentions.clear();
    }
    Named { people, vacated }
}

/// Which people of which articles records claim for themselves, by the number of the record: those of the record's
/// name in the articles that its `mentions` and `[[quotation]]` name.
fn claim(
    articles: &[Article],
    records: &[ExpertRecord],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<Mention, usize> {
    let files = LazyCell::new(|| by_file(articles));
    let mut claims: BTreeMap<Mention, usize> = BTreeMap::new();
    for (number, record) in records.iter().enumerate() {
        let keys: BTreeSet<String> =
            record.name.iter().chain(&record.names).map(|it| person_key(it)).collect();
        let is_meant = |name: &str| {
            let slug = slugify(name, "person");
            let numbered = record.slug.strip_prefix(&slug).is_some_and(|rest| {
                rest.is_empty() || rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok())
            });
            keys.contains(&person_key(name)) || (keys.is_empty() && numbered)
        };
        let named = record.mentions.iter().map(|it| (&it.value.article, &it.place));
        for (file, place) in named.chain(record.quotations.iter().map(|it| (&it.value.article, &it.place))) {
            let Some(at) = files.get(file.as_str()) else {
                let message = format!("there is no article `{file}`");
                diagnostics.push(unknown_at(&record.path, place, message, file, files.keys().copied()));
                continue;
            };
            let people = &articles[*at as usize].facts.people;
            let found = people.iter().position(|person| person.name.as_deref().is_some_and(is_meant));
            let Some(index) = found else {
                let message = format!("`{file}` names nobody who could be meant");
                let help = "give the name that the article has in `names`";
                diagnostics.push(fault_at(&record.path, place, message).help(help));
                continue;
            };
            let other = claims.insert((*at, index as u32), number).filter(|other| *other != number);
            if let Some(other) = other {
                let message = format!("`{}` claims the same person of `{file}`", records[other].path);
                let help = "one person of an article is one person: take the article out of one of the two";
                diagnostics.push(fault_at(&record.path, place, message).help(help));
            }
        }
    }
    claims
}

/// Slugs in `apart` that are nobody's: of the articles, of a record, or pinned.
fn strangers(decisions: &Decisions<'_>, by_slug: &BTreeMap<String, usize>) -> Vec<Diagnostic> {
    let records = decisions.people.iter().map(|record| record.slug.as_str());
    let slugs: BTreeSet<&str> = by_slug.keys().map(String::as_str).chain(records).collect();
    let is_pinned = |slug: &String| decisions.pins.people.contains_key(slug);
    let mut faults = Vec::new();
    for record in decisions.people {
        let unknown =
            record.apart.iter().filter(|it| !slugs.contains(it.value.as_str()) && !is_pinned(&it.value));
        faults.extend(unknown.map(|slug| {
            let message = format!("no person in the articles has the slug `{}`", slug.value);
            let others = slugs.iter().copied().filter(|known| *known != record.slug);
            named_in_vain(unknown_at(&record.path, &slug.place, message, &slug.value, others))
        }));
    }
    faults
}

fn unknown(record: &ExpertRecord, known: &BTreeMap<String, usize>) -> Diagnostic {
    let help = match nearest(&record.slug, known.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "the file's name, `names` or `also` must name somebody whom an article names".to_owned(),
    };
    Diagnostic::warning(&*record.path, format!("no person in the articles has the slug `{}`", record.slug))
        .help(help)
}

/// Lays the fields of a record over what was read.
fn correct(person: &mut Person, record: &ExpertRecord) {
    let read = person.clone();
    if let Some(name) = &record.name {
        person.name.clone_from(name);
        person.sort_name = surname_first(name);
    }
    person.role = record.role.unwrap_or(person.role);
    if record.title.is_some() || record.affiliation.is_some() {
        let latest = person.affiliations.first();
        let title = record.title.clone().or_else(|| latest.and_then(|held| held.title.clone()));
        let affiliation =
            record.affiliation.clone().or_else(|| latest.and_then(|held| held.affiliation.clone()));
        let given = |held: &Affiliation| held.title == title && held.affiliation == affiliation;
        if !latest.is_some_and(given) {
            person.affiliations.insert(0, Affiliation { title, affiliation, articles: Vec::new() });
        }
    }
    person.changed = person_changes(&read, person);
    person.checked = match (person.changed.is_empty(), record.confirmed) {
        (false, _) => Checked::Corrected,
        (true, true) => Checked::Confirmed,
        (true, false) => read.checked,
    };
}
