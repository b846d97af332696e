//! Mentions of people across articles to one [`Person`] each.
//!
//! Two mentions are one person when their names are the same but for spelling and middle initials, or when one gives
//! initials that fit exactly one other; a victim or perpetrator is never the same as somebody who speaks from study.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{self, Aliases, QuoteKind, Role};

use super::names::{fold, person_key, surname_first};
use super::{Affiliation, Article, Checked, Person};

/// Whether a role is played in an attack or spoken about it: one person is rarely both.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Side {
    Speaking,
    Involved,
}

fn side(role: Role) -> Side {
    match role {
        Role::Victim | Role::Perpetrator => Side::Involved,
        Role::Expert | Role::Official | Role::Witness | Role::Other => Side::Speaking,
    }
}

type Mention = (u32, u32);
type Key = (String, Side);

/// The mentions of all articles, those of one person together, in order of their keys.
///
/// `attack_of` tells for each article which attacks it speaks of, as [`super::Dossier::attack_of`] does.
pub(super) fn gather(
    articles: &[Article],
    aliases: &Aliases,
    _attack_of: &[Vec<Option<u32>>],
) -> Vec<Vec<Mention>> {
    let mut groups: BTreeMap<Key, Vec<Mention>> = BTreeMap::new();
    for (article, at) in articles.iter().zip(0_u32..) {
        for (person, index) in article.facts.people.iter().zip(0_u32..) {
            if let Some(name) = &person.name {
                let name = aliases.person(name).unwrap_or(name);
                let key = (person_key(name), side(person.role.value));
                groups.entry(key).or_default().push((at, index));
            }
        }
    }
    fold_initials(&mut groups);
    groups.into_values().collect()
}

/// "J. Smith" becomes "John Smith" where only one such name is known.
fn fold_initials(groups: &mut BTreeMap<Key, Vec<Mention>>) {
    let mut by_surname: BTreeMap<(char, String, Side), BTreeSet<String>> = BTreeMap::new();
    for (name, side) in groups.keys() {
        if let Some((given, surname)) = name.split_once(' ')
            && given.chars().count() > 1
            && let Some(initial) = given.chars().next()
        {
            by_surname.entry((initial, surname.to_owned(), *side)).or_default().insert(name.clone());
        }
    }
    let short: Vec<(Key, String)> = groups
        .keys()
        .filter_map(|(name, side)| {
            let (given, surname) = name.split_once(' ')?;
            let initial = given.chars().next()?;
            let full = by_surname.get(&(initial, surname.to_owned(), *side))?;
            let only = (given.chars().count() == 1 && full.len() == 1).then(|| full.first())??;
            Some(((name.clone(), *side), only.clone()))
        })
        .collect();
    for (key, full) in short {
        if let Some(moved) = groups.remove(&key) {
            let into = groups.entry((full, key.1)).or_default();
            into.extend(moved);
            into.sort_unstable();
        }
    }
}

/// The person whom `mentions` (at least one, in order) name; their slug is given later.
pub(super) fn person(articles: &[Article], aliases: &Aliases, mentions: Vec<Mention>) -> Person {
    let read = |(at, index): &Mention| &articles[*at as usize].facts.people[*index as usize];
    let names = || mentions.iter().filter_map(|mention| read(mention).name.as_deref());
    let name = match names().find_map(|name| aliases.person(name)) {
        Some(meant) => meant.to_owned(),
        None => fullest(names()),
    };
    let mut roles: BTreeMap<Role, usize> = BTreeMap::new();
    for mention in &mentions {
        *roles.entry(read(mention).role.value).or_default() += 1;
    }
    // What is said of somebody in one article is not unsaid by another that says nothing.
    let told: Vec<_> = roles.iter().filter(|(role, _)| **role != Role::Other).collect();
    let role = told.iter().max_by_key(|(role, count)| (**count, std::cmp::Reverse(**role)));
    let role = role.map_or(Role::Other, |(role, _)| **role);
    let honorific = mentions.iter().find_map(|mention| read(mention).honorific.as_ref());
    let mut quotes = Vec::new();
    for (at, index) in &mentions {
        let facts = &articles[*at as usize].facts;
        // Reported speech is not the person's own words: it is no quotation of theirs.
        let own = |quote: &facts::Quote| quote.speaker == Some(*index) && quote.kind == QuoteKind::Direct;
        let said = facts.quotes.iter().zip(0_u32..).filter(|(quote, _)| own(quote));
        quotes.extend(said.map(|(_, quote)| (*at, quote)));
    }
    quotes.sort_by_key(|(at, quote)| (std::cmp::Reverse(published(&articles[*at as usize])), *at, *quote));
    Person {
        slug: String::new(),
        sort_name: surname_first(&name),
        name,
        honorific: honorific.map(|reading| reading.value.clone()),
        role,
        affiliations: affiliations(articles, &mentions),
        mentions,
        quotes,
        attacks: Vec::new(),
        checked: Checked::Extracted,
        record: None,
        former_slugs: Vec::new(),
        changed: Vec::new(),
        stale: Vec::new(),
        indexed: false,
    }
}

/// First day the article can have been published on; articles without one come last.
fn published(article: &Article) -> Option<jiff::civil::Date> {
    article.document.meta.published.as_ref().map(|date| date.earliest())
}

/// The longest form of a name; of equally long ones the first in order.
fn fullest<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.max_by_key(|name| (name.chars().count(), std::cmp::Reverse(*name))).unwrap_or_default().to_owned()
}

/// Every title and affiliation, latest article first, each with the articles that give it.
fn affiliations(articles: &[Article], mentions: &[Mention]) -> Vec<Affiliation> {
    let mut order: Vec<&Mention> = mentions.iter().collect();
    order.sort_by_key(|(at, index)| (std::cmp::Reverse(published(&articles[*at as usize])), *at, *index));
    let mut found: Vec<Affiliation> = Vec::new();
    let mut by_words: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (at, index) in order {
        let person = &articles[*at as usize].facts.people[*index as usize];
        let title = person.title.as_ref().map(|reading| reading.value.clone());
        let affiliation = person.affiliation.as_ref().map(|reading| reading.value.clone());
        if title.is_none() && affiliation.is_none() {
            continue;
        }
        let key = |words: &Option<String>| words.as_deref().map(fold).unwrap_or_default();
        let place = *by_words.entry((key(&title), key(&affiliation))).or_insert_with(|| {
            found.push(Affiliation { title, affiliation, articles: Vec::new() });
            found.len() - 1
        });
        if found[place].articles.last() != Some(at) {
            found[place].articles.push(*at);
        }
    }
    found.iter_mut().for_each(|held| held.articles.reverse());
    found
}
