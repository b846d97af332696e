//! Ids that were pinned in `content/ids.toml`, found again among what was read now.
//!
//! An attack keeps its id when it still holds a reading that the id was given for; where paragraphs have moved, the
//! article with the same date or place will do; where an article was renamed, the same date and place. One that
//! two pinned ids have a claim to takes the better one, and the other leads to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{self, Field};
use crate::records::{PinnedAttack, PinnedPerson, Pins};
use crate::span::Span;

use super::names::{person_key, place_key};
use super::{Article, ArticleIndex, Attack, Person};

type Mention = (ArticleIndex, u32);

/// An article's file as editors name it: below `content/articles/`.
pub fn article_name(article: &Article) -> &str {
    let path = &*article.document.path;
    path.strip_prefix("content/articles/").unwrap_or(path)
}

/// `bridge.txt#p3`: the article and the first paragraph that speaks of the attack.
pub fn mention_key(articles: &[Article], (at, index): Mention) -> String {
    let article = &articles[at as usize];
    let evidence = article.facts.attacks[index as usize].evidence.first();
    let block = evidence.and_then(|evidence| article.document.blocks.get(evidence.block as usize));
    match block {
        Some(block) => format!("{}#{}", article_name(article), block.id),
        None => article_name(article).to_owned(),
    }
}

/// A digest of what was read there: the values, and the sentences that they were read from. Twelve digits of BLAKE3.
pub fn mention_digest(articles: &[Article], (at, index): Mention) -> String {
    let article = &articles[at as usize];
    let attack = &article.facts.attacks[index as usize];
    let mut hasher = blake3::Hasher::new();
    let mut add = |words: &str| {
        hasher.update(words.as_bytes());
        hasher.update(&[0]);
    };
    add(&format!("{:?}", attack.kind));
    add(&attack.date.map(|date| date.to_string()).unwrap_or_default());
    let place = &attack.place;
    for place in [&place.name, &place.town, &place.near, &place.country] {
        add(place.as_ref().map_or("", |place| place.value.as_str()));
    }
    for toll in [&attack.killed, &attack.injured, &attack.hostages] {
        add(&toll.as_ref().map(|toll| format!("{:?}", toll.value)).unwrap_or_default());
    }
    for perpetrator in &attack.perpetrators {
        add(&format!("{} {:?}", perpetrator.name.value, perpetrator.standing));
    }
    let telling = attack.evidence.iter().filter(|evidence| evidence.field != Field::Mention);
    let sentences: BTreeSet<Span> = telling.map(|evidence| evidence.sentence).collect();
    sentences.iter().for_each(|sentence| add(sentence.of(&article.document.text)));
    hasher.finalize().to_hex()[..12].to_owned()
}

/// A digest of what an article says of a person: name, title, affiliation and role.
pub fn person_digest(articles: &[Article], (at, index): Mention) -> String {
    let person = &articles[at as usize].facts.people[index as usize];
    let mut hasher = blake3::Hasher::new();
    let value = |reading: &Option<facts::Reading<String>>| {
        reading.as_ref().map(|reading| reading.value.clone()).unwrap_or_default()
    };
    let role = format!("{:?}", person.role.value);
    for words in
        [person.name.clone().unwrap_or_default(), value(&person.title), value(&person.affiliation), role]
    {
        hasher.update(words.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex()[..12].to_owned()
}

/// How much it weighs that an attack still holds a reading that an id was given for.
const EXACT: u32 = 8;

/// Gives attacks the ids that were pinned for them, and the former ids that lead to them. Of those that were pinned for attacks
/// without a reading, the ones that are `added` are no other attack's, whatever its day and place.
pub(super) fn pin_attacks(articles: &[Article], attacks: &mut [Attack], pins: &Pins, added: &BTreeSet<&str>) {
    if pins.attacks.is_empty() {
        return;
    }
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut by_article: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut by_day: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, attack) in attacks.iter().enumerate() {
        for mention in &attack.mentions {
            by_key.entry(mention_key(articles, *mention)).or_default().push(at);
            let article = article_name(&articles[mention.0 as usize]).to_owned();
            by_article.entry(article).or_default().insert(at);
        }
        if let (Some(date), Some(place)) = (attack.date, &attack.place) {
            by_day.entry((date.to_string(), place_key(place))).or_default().push(at);
        }
    }
    let mut claims = Vec::new();
    let is_others = |id: &str, pinned: &PinnedAttack| !(pinned.mentions.is_empty() && added.contains(id));
    for (id, pinned) in pins.attacks.iter().filter(|(id, pinned)| is_others(id, pinned)) {
        let mut strength: BTreeMap<usize, u32> = BTreeMap::new();
        let mut add = |at: usize, by: u32| *strength.entry(at).or_default() += by;
        for key in pinned.mentions.keys() {
            by_key.get(key).into_iter().flatten().for_each(|at| add(*at, EXACT));
            let article = key.split('#').next().unwrap_or(key);
            by_article.get(article).into_iter().flatten().for_each(|at| add(*at, 1));
        }
        let day = pinned.date.clone().zip(pinned.place.as_deref().map(place_key));
        day.and_then(|day| by_day.get(&day)).into_iter().flatten().for_each(|at| add(*at, 1));
        for (at, held) in strength {
            let (same, other) = likeness(&attacks[at], pinned);
            // A reading that the id was given for holds it, whatever else is known better now.
            if held >= EXACT || (same >= 1 && other == 0) {
                claims.push((std::cmp::Reverse(held + 4 * same), id, at, held));
            }
        }
    }
    let order = |at: usize| attacks[at].mentions.first().map(|mention| mention_key(articles, *mention));
    claims.sort_by_cached_key(|(strength, id, at, _)| (*strength, (*id).clone(), order(*at)));
    let mut settled = BTreeSet::new();
    for (_, id, at, _) in &claims {
        if attacks[*at].id.is_empty() && settled.insert((*id).clone()) {
            attacks[*at].id.clone_from(id);
            attacks[*at].former_ids.clone_from(&pins.attacks[*id].former);
        }
    }
    // Attacks that were two and are one now: by the readings that the id was given for, not by a day and a place alone.
    for (_, id, at, held) in &claims {
        if *held >= EXACT && settled.insert((*id).clone()) {
            attacks[*at].former_ids.push((*id).clone());
            attacks[*at].former_ids.extend(pins.attacks[*id].former.iter().cloned());
        }
    }
}

/// Of date and place: how many are the same as when the id was given, and how many are others.
fn likeness(attack: &Attack, pinned: &PinnedAttack) -> (u32, u32) {
    let date =
        attack.date.map(|date| date.to_string()).zip(pinned.date.clone()).map(|(now, then)| now == then);
    let place = attack.place.as_deref().zip(pinned.place.as_deref());
    let place = place.map(|(now, then)| place_key(now) == place_key(then));
    let count = |wanted: bool| [date, place].iter().filter(|it| **it == Some(wanted)).count() as u32;
    (count(true), count(false))
}

/// Gives people the slugs that were pinned for them, and the former ones that lead to them. Whose record claims readings for
/// itself, as of one of two people of a name, has none to give to another of that name.
pub(super) fn pin_people(
    articles: &[Article],
    people: &mut [Person],
    pins: &Pins,
    claimants: &BTreeSet<&str>,
) {
    if pins.people.is_empty() {
        return;
    }
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate() {
        let names = person.mentions.iter().filter_map(|(article, index)| {
            articles[*article as usize].facts.people[*index as usize].name.as_deref()
        });
        let keys: BTreeSet<String> = names.chain([person.name.as_str()]).map(person_key).collect();
        keys.into_iter().for_each(|key| by_name.entry(key).or_default().push(at));
    }
    let mut claims = Vec::new();
    for (slug, pinned) in &pins.people {
        for at in by_name.get(&person_key(&pinned.name)).into_iter().flatten() {
            claims.push((std::cmp::Reverse(shared_articles(articles, &people[*at], pinned)), slug, *at));
        }
    }
    let first = |at: usize| {
        people[at].mentions.first().map(|(article, _)| article_name(&articles[*article as usize]))
    };
    claims.sort_by_cached_key(|(shared, slug, at)| (*shared, (*slug).clone(), first(*at).map(str::to_owned)));
    let mut settled = BTreeSet::new();
    for (shared, slug, at) in &claims {
        let is_claimed = shared.0 == 0 && claimants.contains(slug.as_str());
        if !is_claimed && people[*at].slug.is_empty() && settled.insert(*slug) {
            people[*at].slug.clone_from(slug);
            people[*at].former_slugs.clone_from(&pins.people[*slug].former);
        }
    }
    // People who were two and are one now.
    for (shared, slug, at) in &claims {
        if shared.0 > 0 && settled.insert(*slug) {
            people[*at].former_slugs.push((*slug).clone());
            people[*at].former_slugs.extend(pins.people[*slug].former.iter().cloned());
        }
    }
}

/// The readings that `id` and the ids that lead to it were given for.
pub(super) fn pinned_mentions<'a>(
    ids: impl Iterator<Item = &'a String>,
    pinned: impl Fn(&str) -> Option<&'a BTreeMap<String, String>>,
) -> BTreeMap<String, String> {
    let held = ids.filter_map(|id| pinned(id));
    held.flatten().map(|(mention, digest)| (mention.clone(), digest.clone())).collect()
}

fn shared_articles(articles: &[Article], person: &Person, pinned: &PinnedPerson) -> usize {
    let named = |article: ArticleIndex| article_name(&articles[article as usize]);
    person.mentions.iter().filter(|(article, _)| pinned.mentions.contains_key(named(*article))).count()
}

/// What changed since an editor decided: one reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stale {
    /// `bridge.txt#p3`, or `bridge.txt` for a person.
    pub mention: String,
    /// What happened to it.
    pub what: Changed,
}

/// What happened to a reading that a decision rests on.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// Other words or values stand there.
    Differs,
    /// It is not there any more.
    Gone,
    /// It has come since.
    New,
}

impl Changed {
    /// In words, after the reading's name: "says something else now".
    pub fn words(self) -> &'static str {
        match self {
            Changed::Differs => "says something else now",
            Changed::Gone => "does not speak of it any more",
            Changed::New => "speaks of it since",
        }
    }
}

/// What changed, in a sentence: "`bridge.txt#p3` says something else now; `court.txt#p1` speaks of it since".
pub fn changes_in_words(changes: &[Stale]) -> String {
    let said: Vec<String> =
        changes.iter().map(|it| format!("`{}` {}", it.mention, it.what.words())).collect();
    said.join("; ")
}

/// How the readings of `now` differ from those that a decision was made on.
pub(super) fn compare(then: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Stale> {
    let stale = |mention: &String, what| Stale { mention: mention.clone(), what };
    let mut changes: Vec<Stale> = then
        .iter()
        .filter_map(|(mention, digest)| match now.get(mention) {
            None => Some(stale(mention, Changed::Gone)),
            Some(other) if other != digest => Some(stale(mention, Changed::Differs)),
            Some(_) => None,
        })
        .collect();
    changes.extend(now.keys().filter(|it| !then.contains_key(*it)).map(|it| stale(it, Changed::New)));
    changes.sort();
    changes
}

/// The readings that an attack is made of, with their digests. Two that begin in one paragraph share an entry.
pub fn attack_digests(articles: &[Article], attack: &Attack) -> BTreeMap<String, String> {
    let mut digests: BTreeMap<String, String> = BTreeMap::new();
    for mention in &attack.mentions {
        let digest = digests.entry(mention_key(articles, *mention)).or_default();
        if !digest.is_empty() {
            digest.push('+');
        }
        digest.push_str(&mention_digest(articles, *mention));
    }
    digests
}

/// The articles that name a person, with the digests of what they say.
pub fn person_digests(articles: &[Article], person: &Person) -> BTreeMap<String, String> {
    let mut digests: BTreeMap<String, String> = BTreeMap::new();
    for mention in &person.mentions {
        let digest = digests.entry(article_name(&articles[mention.0 as usize]).to_owned()).or_default();
        if !digest.is_empty() {
            digest.push('+');
        }
        digest.push_str(&person_digest(articles, *mention));
    }
    digests
}
