//! The text of `content/ids.toml`: the ids that attacks and people have now, and what they were given for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use toml::Value;

use crate::dossier::{attack_digests, person_digests};
use crate::pipeline::Site;
use crate::records::{PinnedAttack, PinnedPerson};

/// What stands at the head of the file.
const HEAD: &str = "\
# Which id each attack and each person has, so that their addresses stay when more is known.
# `dateline review` writes this file; commit it. A build only reads it. Behind each reading stands a digest of what was
# read there, by which a later run sees that a source has changed under a decision.
";

/// The file as it should be. An attack or person whose record decides something keeps the digests of the day of the
/// decision, unless its id is among `seen`: then the editor has looked at it again. What is pinned and matches
/// nothing now is kept.
pub fn ids_toml(site: &Site, seen: &BTreeSet<String>) -> String {
    let pins = &site.records.pins;
    let mut attacks = pins.attacks.clone();
    let shown = site.dossier.attacks.iter().chain(&site.dossier.hidden);
    for attack in shown.filter(|attack| !attack.mentions.is_empty()) {
        let record = attack.record.map(|record| &site.records.attacks[record as usize]);
        let held = attacks.get(&attack.id).filter(|_| record.is_some_and(|record| record.decides()));
        let held = held.filter(|held| !held.mentions.is_empty() && !seen.contains(&attack.id));
        let mentions =
            held.map_or_else(|| attack_digests(&site.articles, attack), |held| held.mentions.clone());
        let mut former: BTreeSet<String> = attack.former_ids.iter().cloned().collect();
        for id in &attack.former_ids {
            former.extend(attacks.remove(id).into_iter().flat_map(|pinned| pinned.former));
        }
        former.extend(attacks.remove(&attack.id).into_iter().flat_map(|pinned| pinned.former));
        let pinned = PinnedAttack {
            date: attack.date.map(|date| date.to_string()),
            place: attack.place.clone(),
            mentions,
            former: former.into_iter().collect(),
        };
        attacks.insert(attack.id.clone(), pinned);
    }
    let mut people = pins.people.clone();
    for person in &site.dossier.people {
        let record = person.record.map(|record| &site.records.people[record as usize]);
        if !person.indexed && record.is_none() && !people.contains_key(&person.slug) {
            continue;
        }
        let held = people.get(&person.slug).filter(|_| record.is_some_and(|record| record.decides()));
        let held = held.filter(|held| !held.mentions.is_empty() && !seen.contains(&person.slug));
        let mentions =
            held.map_or_else(|| person_digests(&site.articles, person), |held| held.mentions.clone());
        let mut former: BTreeSet<String> = person.former_slugs.iter().cloned().collect();
        for slug in &person.former_slugs {
            former.extend(people.remove(slug).into_iter().flat_map(|pinned| pinned.former));
        }
        former.extend(people.remove(&person.slug).into_iter().flat_map(|pinned| pinned.former));
        let pinned =
            PinnedPerson { name: person.name.clone(), mentions, former: former.into_iter().collect() };
        people.insert(person.slug.clone(), pinned);
    }
    written(&attacks, &people)
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
