//! The text of `content/ids.toml`: the ids that attacks and people have now, and what they were given for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use toml::Value;

use crate::dossier::{
    ArticleIndex, Change, Person, article_name, attack_digests, mention_key, person_digests,
};
use crate::pipeline::Site;
use crate::records::{PinnedAttack, PinnedPerson};
use crate::slug::slugify;

/// What stands at the head of the file.
const HEAD: &str = "\
# Which id each attack and each person has, so that their addresses stay when more is known.
# `dateline review` writes this file; commit it. A build only reads it. Behind each reading stands a digest of what was
# read there, by which a later run sees that a source has changed under a decision.
";

/// The file as it should be, and how many ids stand in it. An attack or person whose record decides something keeps the
/// digests of the day of the decision, unless its id is among `seen`: then the editor has looked at it again. An id that
/// was merged keeps its readings, so that it is found again, also those that are away for now; what is pinned and matches
/// nothing now is kept as well.
pub fn ids_toml(site: &Site, seen: &BTreeSet<String>) -> (String, usize) {
    let attacks = attacks(site, seen);
    let people = people(site, seen);
    (written(&attacks, &people), attacks.len() + people.len())
}

fn attacks(site: &Site, seen: &BTreeSet<String>) -> BTreeMap<String, PinnedAttack> {
    let pins = &site.records.pins.attacks;
    let mut all = pins.clone();
    let shown = site.dossier.attacks.iter().chain(&site.dossier.hidden);
    for attack in shown {
        let record = attack.record.map(|record| &site.records.attacks[record as usize]);
        let decides = record.is_some_and(|record| record.decides());
        let holds = decides && !seen.contains(&attack.id);
        let mut left = attack_digests(&site.articles, attack);
        // Each id that leads here keeps the readings that it was given for.
        for id in &attack.former_ids {
            let part = attack.parts.iter().find(|(part, _)| part == id).map(|(_, mentions)| mentions);
            let known = pins.get(id);
            if part.is_none() && known.is_none() {
                continue;
            }
            let named: BTreeSet<String> = match (known, part) {
                (Some(known), _) if !known.mentions.is_empty() => known.mentions.keys().cloned().collect(),
                (_, part) => {
                    let mentions = part.into_iter().flatten();
                    mentions.map(|mention| mention_key(&site.articles, *mention)).collect()
                }
            };
            let now = readings_now(&named, &mut left, known.map(|it| &it.mentions).filter(|_| !decides));
            let entry = all.entry(id.clone()).or_default();
            if !(holds && known.is_some()) {
                entry.mentions = now;
            }
        }
        let known = pins.get(&attack.id).filter(|known| holds && !known.mentions.is_empty());
        let mut former = pins.get(&attack.id).map_or_else(Vec::new, |known| known.former.clone());
        former.extend(attack.former_ids.iter().filter(|id| !all.contains_key(*id)).cloned());
        former.sort();
        former.dedup();
        let pinned = PinnedAttack {
            date: as_read(&attack.changed, "date", attack.date.map(|date| date.to_string())),
            place: as_read(&attack.changed, "place", attack.place.clone()),
            mentions: known.map_or(left, |known| known.mentions.clone()),
            former,
        };
        all.insert(attack.id.clone(), pinned);
    }
    all
}

/// The readings that a former id was given for, as they are now, taken out of what is `left`. One that is not there keeps the
/// digest that it is `known` by: its article may be away or have another name.
fn readings_now(
    named: &BTreeSet<String>,
    left: &mut BTreeMap<String, String>,
    known: Option<&BTreeMap<String, String>>,
) -> BTreeMap<String, String> {
    let mut digest = |key: &String| left.remove(key).or_else(|| known?.get(key).cloned());
    named.iter().filter_map(|key| Some((key.clone(), digest(key)?))).collect()
}

/// A value as it was read, before an editor changed it.
fn as_read(changed: &[Change], field: &str, now: Option<String>) -> Option<String> {
    match changed.iter().find(|change| change.field == field) {
        Some(change) => change.read.clone(),
        None => now,
    }
}

fn people(site: &Site, seen: &BTreeSet<String>) -> BTreeMap<String, PinnedPerson> {
    let pins = &site.records.pins.people;
    let mut all = pins.clone();
    for person in site.dossier.people.iter() {
        let record = person.record.map(|record| &site.records.people[record as usize]);
        if !person.indexed && record.is_none() && !pins.contains_key(&person.slug) {
            continue;
        }
        let decides = record.is_some_and(|record| record.decides());
        let holds = decides && !seen.contains(&person.slug);
        let mut left = person_digests(&site.articles, person);
        // Each slug that leads here keeps the name and the articles that it was given for.
        for slug in &person.former_slugs {
            let part = person.parts.iter().find(|(part, _)| part == slug).map(|(_, mentions)| &mentions[..]);
            let known = pins.get(slug);
            if part.is_none() && known.is_none() {
                continue;
            }
            let named: BTreeSet<String> = match (known, part) {
                (Some(known), _) if !known.mentions.is_empty() => known.mentions.keys().cloned().collect(),
                (_, part) => {
                    let articles = part.into_iter().flatten().map(|(at, _)| &site.articles[*at as usize]);
                    articles.map(|article| article_name(article).to_owned()).collect()
                }
            };
            let now = readings_now(&named, &mut left, known.map(|it| &it.mentions).filter(|_| !decides));
            let entry = all.entry(slug.clone()).or_default();
            if entry.name.is_empty() {
                entry.name = name_of_slug(site, slug, part.unwrap_or_default(), &person.name);
            }
            if !(holds && known.is_some()) {
                entry.mentions = now;
            }
        }
        let known = pins.get(&person.slug);
        let held = known.filter(|known| holds && !known.mentions.is_empty());
        let mut former = known.map_or_else(Vec::new, |known| known.former.clone());
        former.extend(person.former_slugs.iter().filter(|slug| !all.contains_key(*slug)).cloned());
        former.sort();
        former.dedup();
        // The name that the slug was made of, whatever the person is called now.
        let name = known.map(|known| known.name.clone()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| own_name(site, person));
        let mentions = held.map_or(left, |held| held.mentions.clone());
        all.insert(person.slug.clone(), PinnedPerson { name, mentions, former });
    }
    all
}

/// The name that a person's slug was made of: of the mentions that had it, if others were merged into them.
fn own_name(site: &Site, person: &Person) -> String {
    let part = person.parts.iter().find(|(slug, _)| *slug == person.slug);
    let mentions = part.map_or(&person.mentions, |(_, mentions)| mentions);
    name_of_slug(site, &person.slug, mentions, &person.name)
}

/// The name among those that `mentions` give which makes the slug, or else the first, or else `otherwise`.
fn name_of_slug(site: &Site, slug: &str, mentions: &[(ArticleIndex, u32)], otherwise: &str) -> String {
    let names = mentions
        .iter()
        .filter_map(|(at, index)| site.articles[*at as usize].facts.people[*index as usize].name.as_deref());
    let makes = |name: &&str| slug.starts_with(&slugify(name, "person"));
    names.clone().find(makes).or_else(|| names.clone().next()).unwrap_or(otherwise).to_owned()
}

fn written(attacks: &BTreeMap<String, PinnedAttack>, people: &BTreeMap<String, PinnedPerson>) -> String {
    let mut text = HEAD.to_owned();
    let mut line = |text: &mut String, key: &str, value: Value| {
        writeln!(text, "{key} = {value}").expect("a string takes what is written to it");
    };
    for (id, pinned) in attacks {
        text.push_str(&format!("\n[attacks.{id}]\n"));
        for (key, value) in [("date", &pinned.date), ("place", &pinned.place)] {
            if let Some(value) = value {
                line(&mut text, key, Value::from(value.as_str()));
            }
        }
        rest(&mut text, &mut line, &format!("attacks.{id}"), &pinned.former, &pinned.mentions);
    }
    for (slug, pinned) in people {
        text.push_str(&format!("\n[people.{slug}]\n"));
        line(&mut text, "name", Value::from(pinned.name.as_str()));
        rest(&mut text, &mut line, &format!("people.{slug}"), &pinned.former, &pinned.mentions);
    }
    text
}

/// Former ids on one line, then the readings, one a line, so that a change of one is a change of one line.
fn rest(
    text: &mut String,
    line: &mut impl FnMut(&mut String, &str, Value),
    table: &str,
    former: &[String],
    mentions: &BTreeMap<String, String>,
) {
    if !former.is_empty() {
        line(text, "former", Value::from(former.to_vec()));
    }
    if !mentions.is_empty() {
        text.push_str(&format!("[{table}.mentions]\n"));
        for (mention, digest) in mentions {
            let key = Value::from(mention.as_str()).to_string();
            line(text, &key, Value::from(digest.as_str()));
        }
    }
}
