//! Mentions of people across articles to one [`Person`] each.
//!
//! Each mention, those that tell most first, joins the person whom it fits best (see
//! [`same_person`](super::same_person)), or begins one. An initial or a family name alone that fits several people
//! joins none of them. A mention is only compared with people who share a family name and a first letter with it, and
//! only with so many of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::facts::{self, Aliases, QuoteKind, Role};
use crate::records::EDITOR;

use super::names::{fold, surname_first};
use super::person_name::{Fit, PersonName};
use super::profile::{WordId, Words};
use super::same_person::{PersonProfile, weigh};
use super::{Affiliation, Article, ArticleIndex, Checked, Person};

type Mention = (ArticleIndex, u32);

/// How many people of one family name and first letter a mention is compared with.
const NAMESAKES: usize = 48;

/// Mentions that are of one person, and what they tell together.
#[derive(Debug)]
struct Group {
    profile: PersonProfile,
    mentions: Vec<Mention>,
    articles: BTreeSet<ArticleIndex>,
}

/// The mentions of all articles, those of one person together, in the order in which the people were found.
///
/// `order` is that of [`in_order`](super::cluster::in_order); `attack_of` tells for each article which attacks it speaks
/// of, as [`super::Dossier::attack_of`] does.
pub(super) fn gather(
    articles: &[Article],
    order: &[ArticleIndex],
    aliases: &Aliases,
    attack_of: &[Vec<Option<u32>>],
) -> Vec<Vec<Mention>> {
    let groups = folded(articles, order, aliases, attack_of);
    let short = groups.iter().map(|group| &group.profile.names[0]).filter(|name| name.is_short());
    let mut found =
        Found { sought: short.map(|name| name.family_key().to_owned()).collect(), ..Found::default() };
    for group in groups {
        found.place(group);
    }
    let mut groups: Vec<Vec<Mention>> = found.groups.into_iter().map(|group| group.mentions).collect();
    groups.iter_mut().for_each(|mentions| mentions.sort_unstable());
    groups
}

/// What one mention tells.
pub(super) fn profile_of(
    articles: &[Article],
    aliases: &Aliases,
    attack_of: &[Vec<Option<u32>>],
    (at, index): Mention,
    words: &mut Words,
) -> Option<PersonProfile> {
    let article = &articles[at as usize];
    let person = &article.facts.people[index as usize];
    let name = person.name.as_deref()?;
    let name = PersonName::new(aliases.person(name).unwrap_or(name));
    let mut profile = PersonProfile::of(person, name, words);
    let attacks = attack_of.get(at as usize).into_iter().flatten().copied().flatten().collect();
    profile.seen(&attacks, published(article).map(|day| day.year()));
    Some(profile)
}

/// How many years of articles are folded where nothing but the name is told.
const YEARS: i16 = 5;

/// A group for all mentions of one name with one office and one role; those that tell most first, then by day and outlet.
fn folded(
    articles: &[Article],
    order: &[ArticleIndex],
    aliases: &Aliases,
    attack_of: &[Vec<Option<u32>>],
) -> Vec<Group> {
    type Alike<'a> = (&'a str, Role, [&'a str; 3], i16);
    let mut words = Words::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut alike: HashMap<Alike, usize> = HashMap::new();
    for at in order.iter().copied() {
        let article = &articles[at as usize];
        let year = published(article).map(|day| day.year());
        let attacks: BTreeSet<u32> =
            attack_of.get(at as usize).into_iter().flatten().copied().flatten().collect();
        for (person, index) in article.facts.people.iter().zip(0_u32..) {
            let Some(name) = person.name.as_deref() else { continue };
            let name = aliases.person(name).unwrap_or(name);
            let office = [&person.honorific, &person.title, &person.affiliation]
                .map(|reading| reading.as_ref().map_or("", |reading| reading.value.as_str()));
            let told = office[1..].iter().any(|words| !words.is_empty());
            let span = if told { 0 } else { year.map_or(i16::MIN, |year| year.div_euclid(YEARS)) };
            // A family name alone is told apart by the attacks that its article speaks of: it is never folded.
            let key = name.contains(' ').then_some((name, person.role.value, office, span));
            let known = key.and_then(|key| alike.get(&key).copied());
            match known {
                Some(known) if groups[known].articles.insert(at) => {
                    let group = &mut groups[known];
                    group.mentions.push((at, index));
                    group.profile.seen(&attacks, year);
                }
                _ => {
                    let mut profile = PersonProfile::of(person, PersonName::new(name), &mut words);
                    profile.seen(&attacks, year);
                    if let Some(key) = key {
                        alike.entry(key).or_insert(groups.len());
                    }
                    let (mentions, articles) = (vec![(at, index)], BTreeSet::from([at]));
                    groups.push(Group { profile, mentions, articles });
                }
            }
        }
    }
    groups.sort_by_key(|group| {
        let name = &group.profile.names[0];
        let told = !group.profile.office.is_empty();
        (name.is_short(), name.is_initial(), !told, std::cmp::Reverse(group.mentions.len()))
    });
    groups
}

/// What a person is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// All parts of the name.
    Whole(String),
    /// Family name and first letter of a given name.
    Name(String, char),
    /// Family name and an attack that an article speaks of.
    Attack(String, u32),
    /// Family name and a word of the office.
    Office(String, WordId),
}

/// The people so far.
#[derive(Debug, Default)]
struct Found {
    groups: Vec<Group>,
    index: BTreeMap<Key, Vec<u32>>,
    /// The family names that stand alone somewhere: only these are looked for by attack and by office.
    sought: BTreeSet<String>,
    /// People who are known by an initial only, and may be others.
    unsure: BTreeSet<u32>,
}

impl Found {
    /// Adds a group to the person whom it fits best, or begins one with it.
    fn place(&mut self, group: Group) {
        let name = &group.profile.names[0];
        let by_name = name.keys().into_iter().map(|(family, letter)| Key::Name(family, letter));
        let family = name.family_key();
        let told = Some(&group.profile).filter(|_| self.sought.contains(family));
        let by_attack = told
            .into_iter()
            .flat_map(|told| &told.attacks)
            .map(|attack| Key::Attack(family.to_owned(), *attack));
        let by_office =
            told.into_iter().flat_map(|told| &told.office).map(|word| Key::Office(family.to_owned(), *word));
        let keys: Vec<Key> = if name.is_short() {
            by_attack.chain(by_office).chain([Key::Name(family.to_owned(), ' ')]).collect()
        } else {
            by_name.chain([Key::Whole(name.whole())]).chain(by_attack).chain(by_office).collect()
        };
        let looked_up = |key: &&Key| name.is_short() || matches!(key, Key::Name(..) | Key::Whole(_));
        let near = keys.iter().filter(looked_up).filter_map(|key| self.index.get(key));
        let near: BTreeSet<u32> = near.flatten().copied().collect();
        let mut fitting: Vec<(i32, u32)> = Vec::new();
        for at in near {
            let other = &self.groups[at as usize];
            let verdict = weigh(&group.profile, &other.profile, |_, _| {});
            // An article tells its people apart, but may give a short form a place of its own.
            let loose = matches!(verdict.fit, Some(Fit::Nickname | Fit::Initial | Fit::Short));
            if verdict.joins() && (loose || other.articles.is_disjoint(&group.articles)) {
                fitting.push((verdict.score, at));
            }
        }
        fitting.sort_unstable_by_key(|(score, at)| (std::cmp::Reverse(*score), *at));
        let vague = name.is_short() || name.is_initial();
        let sure = fitting.iter().filter(|(_, at)| !self.unsure.contains(at));
        let in_doubt = vague && sure.count() > 1;
        let best =
            if in_doubt { fitting.iter().find(|(_, at)| self.unsure.contains(at)) } else { fitting.first() };
        let at = best.map_or(self.groups.len() as u32, |(_, at)| *at);
        if in_doubt {
            self.unsure.insert(at);
        }
        for key in keys {
            let held = self.index.entry(key).or_default();
            if held.len() < NAMESAKES && !held.contains(&at) {
                held.push(at);
            }
        }
        match self.groups.get_mut(at as usize) {
            Some(known) => {
                known.profile.join(&group.profile);
                known.mentions.extend(group.mentions);
                known.articles.extend(group.articles);
            }
            None => self.groups.push(group),
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
    quotes.sort_by_cached_key(|(at, quote)| {
        (std::cmp::Reverse(published(&articles[*at as usize])), *at, *quote)
    });
    // A sidecar or the front matter of an article sets what it says of the person.
    let is_edited = |person: &facts::Person| {
        let words = [&person.title, &person.affiliation].into_iter().flatten();
        (person.role.rule == EDITOR && !person.mentions.is_empty())
            || words.into_iter().any(|words| words.rule == EDITOR)
    };
    let edited = mentions.iter().any(|mention| is_edited(read(mention)));
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
        checked: if edited { Checked::Corrected } else { Checked::Extracted },
        record: None,
        former_slugs: Vec::new(),
        parts: Vec::new(),
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
    order.sort_by_cached_key(|(at, index)| {
        (std::cmp::Reverse(published(&articles[*at as usize])), *at, *index)
    });
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
