//! Permanent ids: `2004-beslan` for an attack, `maria-sole` for a person.
//!
//! An id is made of what is least likely to change (the year and the place, or the name), and gets longer only as far
//! as it must to be unlike the others: kind, then month and day, then a number in the order of what the attack says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use crate::slug::{numbered, slugify};

use crate::words::Words;

use super::headline::kind_words;
use super::headline::{deed, describe};
use super::made::{Aside, Wishes};
use super::{Attack, Person};

/// Gives every attack that has none its id, one of its `wishes` (see [`candidates`]) as long as it can. `taken` are ids that
/// are kept for others.
pub(super) fn name_attacks(attacks: &mut [Attack], wishes: &[Wishes], taken: &BTreeSet<String>) {
    let mut used: BTreeSet<String> = taken.clone();
    let mut settled = vec![false; attacks.len()];
    for (at, attack) in attacks.iter().enumerate() {
        if !attack.id.is_empty() {
            used.insert(attack.id.clone());
            settled[at] = true;
        }
    }
    for length in [0, 1, 2] {
        let mut wanted: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in (0..attacks.len()).filter(|at| !settled[*at]) {
            wanted.entry(&wishes[at][length]).or_default().push(at);
        }
        for (id, claimants) in wanted {
            if let [only] = claimants[..]
                && used.insert(id.to_owned())
            {
                attacks[only].id = id.to_owned();
                settled[only] = true;
            }
        }
    }
    let mut rest: Vec<usize> = (0..attacks.len()).filter(|at| !settled[*at]).collect();
    let order = |at: usize| (&attacks[at].date, &attacks[at].title, &attacks[at].mentions);
    rest.sort_by(|one, other| order(*one).cmp(&order(*other)));
    let mut numbers = BTreeMap::new();
    for at in rest {
        attacks[at].id = numbered(&wishes[at][2], &mut used, &mut numbers);
    }
}

/// Its name, or what it is called by its facts, whether it took place or not: that may be known better tomorrow.
fn name_of(attack: &Attack) -> String {
    // "Bombing in United Kingdom": an article is no part of an id.
    static WITHOUT_ARTICLES: LazyLock<Words> = LazyLock::new(|| {
        Words::default().with_own([("countries.article".to_owned(), "{country}".to_owned())])
    });
    let is_made = attack.title == describe(attack, &Words::default());
    if is_made { deed(attack, &WITHOUT_ARTICLES) } else { attack.title.clone() }
}

/// The ids an attack would like, shortest first.
pub(super) fn candidates(attack: &Attack) -> [String; 3] {
    let year = attack.date.as_ref().and_then(|date| date.year());
    let year = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
    let place = attack.place.as_deref().or(attack.near.as_deref());
    let place =
        place.map(|place| place.strip_prefix("the ").unwrap_or(place)).map(|place| slugify(place, "place"));
    let place = place.unwrap_or_else(|| slugify(&name_of(attack), "attack"));
    let kind = slugify(kind_words(attack.kind), "attack");
    let short = slugify(&format!("{year}-{place}"), "attack");
    let middle =
        if short.contains(&kind) { short.clone() } else { slugify(&format!("{short}-{kind}"), "attack") };
    let long = match attack.date.as_ref().map(ToString::to_string) {
        Some(date) => {
            slugify(&format!("{}-{place}-{kind}", date.replace(['/', '.', '~', '?', '%'], "-")), "attack")
        }
        None => middle.clone(),
    };
    [short, middle, long]
}

/// Gives every person who has none a slug: the name, and a number for a second person of one name, in order of first
/// appearance. `asides` are of the same people, `taken` slugs that are kept for others.
pub(super) fn name_people(people: &mut [Person], asides: &[Arc<Aside>], taken: &BTreeSet<String>) {
    let mut used = taken.clone();
    used.extend(people.iter().map(|person| person.slug.clone()).filter(|slug| !slug.is_empty()));
    let mut order: Vec<usize> = (0..people.len()).collect();
    let key = |at: usize| (&people[at].name, people[at].role, &people[at].mentions);
    order.sort_by(|one, other| key(*one).cmp(&key(*other)));
    let mut numbers = BTreeMap::new();
    for at in order {
        if people[at].slug.is_empty() {
            people[at].slug = numbered(&asides[at].wish, &mut used, &mut numbers);
        }
    }
}

/// The slug that a person would like.
pub(super) fn person_wish(person: &Person) -> String {
    slugify(&person.name, "person")
}
