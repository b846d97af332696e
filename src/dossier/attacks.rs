//! A group of mentions to one [`Attack`]: the most precise date, the place most articles give, the figures as a range.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::edtf::Edtf;
use crate::facts::{self, Aliases, AttackKind, Level, PerpetratorKind, Stage, Standing};
use crate::records::{EDITOR, SourceRecord};
use crate::words::Words;

use super::headline::describe;
use super::names::fold;
use super::sourcing::{Sourced, sourced};
use super::{Article, ArticleIndex, Attack, Checked, Nearness};

type Mention = (u32, u32);

/// The attack that `mentions` (in order of article; none for one that an editor adds) speak of; its id is given later.
/// `copy_of` tells for each article which other it is a copy of; `added` are sources that an editor adds.
pub(super) fn attack(
    articles: &[Article],
    aliases: &Aliases,
    copy_of: &[Option<ArticleIndex>],
    mut mentions: Vec<Mention>,
    added: &[SourceRecord],
) -> Attack {
    mentions.sort_by_cached_key(|(at, index)| (published(&articles[*at as usize]), *at, *index));
    let read: Vec<&facts::Attack> =
        mentions.iter().map(|(at, index)| &articles[*at as usize].facts.attacks[*index as usize]).collect();
    let date = best_date(read.iter().filter_map(|one| one.date));
    let date_text = match date {
        Some(_) => None,
        None => read.iter().find_map(|one| one.date_text.as_ref()).map(|reading| reading.value.clone()),
    };
    let place = most_frequent(read.iter().filter_map(|one| one.place.name.as_ref().map(|name| &name.value)));
    let near = most_frequent(read.iter().filter_map(|one| town(&one.place).map(|near| &near.value)));
    let meant = |place: Option<String>| place.map(|it| aliases.place(&it).map_or(it.clone(), str::to_owned));
    let near = near.filter(|near| Some(near) != place.as_ref());
    let country =
        most_frequent(read.iter().filter_map(|one| one.place.country.as_ref().map(|code| &code.value)));
    let located = read.iter().filter(|one| one.place.name.as_ref().map(|name| &name.value) == place.as_ref());
    let coordinates = located.clone().find_map(|one| one.place.coordinates);
    let kind = most_telling_kind(&read);
    let Sourced { sourcing, sources, killed, injured, hostages } =
        sourced(articles, copy_of, &mentions, added);
    let level = read.iter().map(|one| one.level).max().unwrap_or(Level::High);
    let stage = read.iter().map(|one| one.stage).min().unwrap_or(Stage::Accomplished);
    let name = most_frequent(read.iter().filter_map(|one| one.name.as_ref().map(|name| &name.value)));
    let mut attack = Attack {
        id: String::new(),
        title: String::new(),
        kind,
        date,
        date_text,
        place: meant(place),
        nearness: nearness(articles, &mentions, near.as_deref()),
        near: meant(near),
        country,
        coordinates,
        killed,
        injured,
        hostages,
        perpetrators: perpetrators(&read, aliases),
        target: read.iter().find_map(|one| one.targets.first()).map(|reading| reading.value.clone()),
        weapon: read.iter().find_map(|one| one.weapon.as_ref()).map(|reading| reading.value.clone()),
        stage,
        level,
        mentions,
        checked: if read.iter().any(|one| is_edited(one)) { Checked::Corrected } else { Checked::Extracted },
        sourcing,
        sources,
        record: None,
        former_ids: Vec::new(),
        parts: Vec::new(),
        changed: Vec::new(),
        stale: Vec::new(),
    };
    attack.title = name.map_or_else(|| describe(&attack, &Words::default()), |name| capitalise(&name));
    attack
}

/// Whether a sidecar or the front matter of an article sets one of the values that it gives.
fn is_edited(told: &facts::Attack) -> bool {
    let tolls = [&told.killed, &told.injured];
    let place = &told.place;
    let words = [&told.date_text, &place.name, &place.country];
    tolls.into_iter().flatten().any(|toll| toll.rule == EDITOR)
        || words.into_iter().flatten().any(|words| words.rule == EDITOR)
}

fn published(article: &Article) -> Option<jiff::civil::Date> {
    article.document.meta.published.as_ref().map(Edtf::earliest)
}

/// The town that a place lies in or near.
fn town(place: &facts::Place) -> Option<&facts::Reading<String>> {
    place.town.as_ref().or(place.near.as_ref())
}

/// Whether some article gives the place as near or outside its town.
fn nearness(articles: &[Article], mentions: &[Mention], near: Option<&str>) -> Nearness {
    let outside = |(at, index): &Mention| {
        let article = &articles[*at as usize];
        let place = &article.facts.attacks[*index as usize].place;
        town(place).is_some_and(|town| Some(town.value.as_str()) == near)
            && is_outside(&article.document, place)
    };
    if mentions.iter().any(outside) { Nearness::Near } else { Nearness::Within }
}

/// Whether the words before the town put the place near or outside it.
pub(super) fn is_outside(document: &Document, place: &facts::Place) -> bool {
    let before = town(place).map(|town| document.text[..town.span.start as usize].trim_end());
    before.is_some_and(|before| ["near", "outside", "close to"].iter().any(|word| before.ends_with(word)))
}

/// The date that leaves the fewest days open; of equally exact ones that which most give, then the first.
fn best_date(dates: impl Iterator<Item = Edtf>) -> Option<Edtf> {
    let mut counts: BTreeMap<Edtf, usize> = BTreeMap::new();
    for date in dates {
        *counts.entry(date).or_default() += 1;
    }
    let width = |date: &Edtf| i64::from((date.latest() - date.earliest()).get_days());
    let best = counts.into_iter().min_by_key(|(date, count)| (width(date), std::cmp::Reverse(*count), *date));
    best.map(|(date, _)| date)
}

/// The value that most give; of equally frequent ones the longest, then the first in order.
fn most_frequent<'a>(values: impl Iterator<Item = &'a String>) -> Option<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let best =
        counts.into_iter().max_by_key(|(value, count)| (*count, value.len(), std::cmp::Reverse(*value)));
    best.map(|(value, _)| value.clone())
}

/// The kind that most give, where "attack" counts only when nobody is more exact.
fn most_telling_kind(read: &[&facts::Attack]) -> AttackKind {
    let mut counts: BTreeMap<AttackKind, usize> = BTreeMap::new();
    for one in read {
        *counts.entry(one.kind).or_default() += 1;
    }
    let exact = |kind: AttackKind| !matches!(kind, AttackKind::Attack | AttackKind::Other);
    let best =
        counts.into_iter().max_by_key(|(kind, count)| (exact(*kind), *count, std::cmp::Reverse(*kind)));
    best.map_or(AttackKind::Attack, |(kind, _)| kind)
}

/// Everybody whom an article names for it, each with the strongest standing that any article gives.
fn perpetrators(read: &[&facts::Attack], aliases: &Aliases) -> Vec<(String, PerpetratorKind, Standing)> {
    let mut named: BTreeMap<String, (String, PerpetratorKind, Standing)> = BTreeMap::new();
    for one in read.iter().flat_map(|one| &one.perpetrators) {
        let name = aliases.organisation(&one.name.value).unwrap_or(&one.name.value);
        let entry = (name.to_owned(), one.kind, one.standing);
        let held = named.entry(fold(name)).or_insert_with(|| entry.clone());
        if strength(one.standing) > strength(held.2) {
            *held = entry;
        }
    }
    let mut list: Vec<_> = named.into_values().collect();
    list.sort_by_key(|(name, _, standing)| (std::cmp::Reverse(strength(*standing)), name.clone()));
    list
}

/// Which standing says more.
fn strength(standing: Standing) -> u8 {
    match standing {
        Standing::Suspected => 0,
        Standing::Blamed => 1,
        Standing::Stated => 2,
        Standing::Claimed => 3,
        Standing::Convicted => 4,
    }
}

fn capitalise(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
