//! What a person links: `gold.toml`, and which of the mentions that were read it speaks of.

use std::collections::BTreeSet;
use std::path::Path;

use dateline::dossier::{Article, Dossier};
use dateline::facts::Attack;
use serde::Deserialize;

use super::pairs::Labelled;

#[derive(Debug, Deserialize)]
pub(crate) struct Gold {
    /// Whether the rules were written without a look at it.
    #[serde(default)]
    pub(crate) held_out: bool,
    attack: Vec<Group>,
    person: Vec<Group>,
}

#[derive(Debug, Deserialize)]
struct Group {
    name: String,
    mentions: Vec<String>,
}

impl Gold {
    pub(crate) fn read(path: &Path) -> Gold {
        toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }
}

/// Every mention of an attack in the gold, and every one that was read and is not in it.
pub(crate) fn attack_mentions(gold: &Gold, articles: &[Article], dossier: &Dossier) -> Vec<Labelled> {
    let mut claimed = BTreeSet::new();
    let mut mentions = Vec::new();
    for group in &gold.attack {
        for wanted in &group.mentions {
            let (place, sign) = wanted.split_once(' ').unwrap_or((wanted, ""));
            let (stem, paragraph) = place.split_once('#').expect("`ARTICLE#PARAGRAPH`");
            let (at, article) = article(articles, stem);
            let fits = |(index, attack): &(usize, &Attack)| {
                !claimed.contains(&(at, *index))
                    && signs(attack).contains(&sign.to_lowercase())
                    && blocks(article, attack).any(|id| id == paragraph)
            };
            let attacks = article.facts.attacks.iter().enumerate();
            let found = attacks
                .filter(fits)
                .min_by_key(|(_, attack)| blocks(article, attack).next().is_none_or(|id| id != paragraph));
            let index = found.map(|(index, _)| index);
            claimed.extend(index.map(|index| (at, index)));
            let linked = index.and_then(|index| dossier.attack_of[at][index]);
            mentions.push(Labelled { name: wanted.clone(), gold: Some(group.name.clone()), linked });
        }
    }
    for (at, article) in articles.iter().enumerate() {
        for (index, attack) in article.facts.attacks.iter().enumerate() {
            if !claimed.contains(&(at, index)) {
                let name = format!("{} {:?} {}", stem(article), attack.kind, signs(attack));
                mentions.push(Labelled { name, gold: None, linked: dossier.attack_of[at][index] });
            }
        }
    }
    mentions
}

/// Every mention of a person in the gold, and every one that was read and is not in it.
pub(crate) fn person_mentions(gold: &Gold, articles: &[Article], dossier: &Dossier) -> Vec<Labelled> {
    let mut claimed = BTreeSet::new();
    let mut mentions = Vec::new();
    for group in &gold.person {
        for wanted in &group.mentions {
            let (stem, name) = wanted.split_once(' ').expect("`ARTICLE NAME`");
            let (at, article) = article(articles, stem);
            let named = article.facts.people.iter().position(|person| person.name.as_deref() == Some(name));
            claimed.extend(named.map(|index| (at, index)));
            let linked = named.and_then(|index| dossier.person_of[at][index]);
            mentions.push(Labelled { name: wanted.clone(), gold: Some(group.name.clone()), linked });
        }
    }
    for (at, article) in articles.iter().enumerate() {
        for (index, person) in article.facts.people.iter().enumerate() {
            let Some(name) = person.name.as_ref().filter(|_| !claimed.contains(&(at, index))) else {
                continue;
            };
            let name = format!("{} {name}", stem(article));
            mentions.push(Labelled { name, gold: None, linked: dossier.person_of[at][index] });
        }
    }
    mentions
}

fn stem(article: &Article) -> &str {
    let name = article.document.path.rsplit('/').next().unwrap();
    name.strip_suffix(".txt").unwrap()
}

fn article<'a>(articles: &'a [Article], wanted: &str) -> (usize, &'a Article) {
    let found = articles.iter().enumerate().find(|(_, article)| stem(article) == wanted);
    found.unwrap_or_else(|| panic!("the gold speaks of `{wanted}`, and there is no such article"))
}

/// The paragraphs that an attack was read from, in their order.
fn blocks<'a>(article: &'a Article, attack: &'a Attack) -> impl Iterator<Item = &'a str> {
    let mut blocks: Vec<u32> = attack.evidence.iter().map(|evidence| evidence.block).collect();
    blocks.sort_unstable();
    blocks
        .into_iter()
        .filter_map(|block| article.document.blocks.get(block as usize))
        .map(|it| it.id.as_str())
}

/// What tells two attacks of one paragraph apart: day, places, name, targets.
fn signs(attack: &Attack) -> String {
    let words = [&attack.place.name, &attack.place.town, &attack.place.near, &attack.name];
    let words = words.into_iter().flatten().chain(&attack.targets).map(|reading| reading.value.clone());
    let day = attack.date.map(|date| date.to_string());
    let kind = format!("{:?}", attack.kind);
    day.into_iter().chain(words).chain([kind]).collect::<Vec<_>>().join(" · ").to_lowercase()
}
