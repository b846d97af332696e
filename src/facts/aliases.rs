//! Other names of people, organisations and places, as a site gives them: whoever goes by two names is one.

use std::collections::BTreeMap;

use super::{Person, Quote};

/// Other names, each with the name that is meant.
#[derive(Debug, Default)]
pub struct Aliases {
    people: BTreeMap<String, String>,
    organisations: BTreeMap<String, String>,
    places: BTreeMap<String, String>,
}

impl Aliases {
    pub(super) fn add_person(&mut self, other: &str, name: &str) {
        self.people.insert(folded(other), name.to_owned());
    }

    pub(super) fn add_organisation(&mut self, other: &str, name: &str) {
        self.organisations.insert(folded(other), name.to_owned());
    }

    pub(super) fn add_place(&mut self, other: &str, name: &str) {
        self.places.insert(folded(other), name.to_owned());
    }

    /// The person that `name` is another name of.
    pub fn person(&self, name: &str) -> Option<&str> {
        meant(&self.people, name)
    }

    /// The organisation that `name` is another name of.
    pub fn organisation(&self, name: &str) -> Option<&str> {
        meant(&self.organisations, name)
    }

    /// The place that `name` is another name of.
    pub fn place(&self, name: &str) -> Option<&str> {
        meant(&self.places, name)
    }

    /// Makes one of two people of an article who go by names of one person. The name that is kept is one that the
    /// article gives: the one that the others are other names of, if it is there, else the first.
    pub(super) fn join(&self, people: &mut Vec<Person>, quotes: &mut [Quote]) {
        if self.people.is_empty() {
            return;
        }
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut joined: Vec<Person> = Vec::with_capacity(people.len());
        let mut new = Vec::with_capacity(people.len());
        for person in std::mem::take(people) {
            let meant = person.name.as_deref().map(|name| folded(self.person(name).unwrap_or(name)));
            let Some(meant) = meant else {
                new.push(joined.len());
                joined.push(person);
                continue;
            };
            let place = *places.entry(meant.clone()).or_insert(joined.len());
            new.push(place);
            match joined.get_mut(place) {
                Some(known) => join_into(known, person, &meant),
                None => joined.push(person),
            }
        }
        *people = joined;
        for quote in quotes {
            quote.speaker = quote.speaker.map(|speaker| new[speaker as usize] as u32);
        }
    }
}

fn join_into(known: &mut Person, other: Person, meant: &str) {
    if other.name.as_deref().map(folded).as_deref() == Some(meant) {
        known.name.clone_from(&other.name);
    }
    known.honorific = known.honorific.take().or(other.honorific);
    known.title = known.title.take().or(other.title);
    known.affiliation = known.affiliation.take().or(other.affiliation);
    if known.role.span.is_empty() {
        known.role = other.role;
    }
    known.mentions.extend(other.mentions);
    known.mentions.sort_unstable();
    known.level = known.level.max(other.level);
}

fn meant<'a>(others: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    if others.is_empty() { None } else { others.get(&folded(name)).map(String::as_str) }
}

/// In lower case, words apart by one space, with straight apostrophes.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ").replace('’', "'")
}
