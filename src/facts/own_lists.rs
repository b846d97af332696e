//! A site's own lists to what they add: words with their classes, places, other names; and what is wrong in them.
//!
//! A list of words has the name and the form of one of the program's (`words/*.txt`); `places.toml` and
//! `aliases.toml` are tables. `docs/rules.md` describes them.

use std::collections::{BTreeMap, BTreeSet};

use crate::country;
use crate::diagnostic::{Diagnostic, nearest};
use crate::fields::Fields;
use crate::source::Source;
use crate::span::Span;

use super::Coordinates;
use super::aliases::{Aliases, folded};
use super::classes::{Class, ClassSet, LISTS};
use super::gazetteer::{Candidate, PlaceKind};
use super::own_places::{OwnPlaces, kept};
use super::word_key::LONGEST_WORD;

/// What a site's lists add.
#[derive(Debug, Default)]
pub(super) struct Added {
    pub(super) words: Vec<(Class, String)>,
    pub(super) places: OwnPlaces,
    pub(super) aliases: Aliases,
}

/// Lists that are whole: the program reckons with their words, and could do nothing with another.
const CLOSED: ClassSet = ClassSet::of(&[
    Class::FunctionWord,
    Class::Pronoun,
    Class::Month,
    Class::Weekday,
    Class::Season,
    Class::NumberWord,
    Class::RoundNumber,
    Class::TimeUnit,
    Class::BoundAbove,
    Class::BoundLeast,
    Class::BoundMost,
    Class::BoundBelow,
    Class::BoundAbout,
]);

const PLACES: &str = "places.toml";
const ALIASES: &str = "aliases.toml";

/// Words in a phrase at most.
const LONGEST_PHRASE: usize = 12;

/// Reads `lists`, the files of a site's folder of lists.
pub(super) fn read(lists: &[&Source]) -> (Added, Vec<Diagnostic>) {
    let mut added = Added::default();
    let mut diagnostics = Vec::new();
    // Other names last: those of an armed group are names of an armed group.
    let is_aliases = |list: &&&Source| list.path.ends_with(ALIASES);
    for list in lists.iter().filter(|list| !is_aliases(list)).chain(lists.iter().filter(is_aliases)) {
        let name = list.path.rsplit('/').next().unwrap_or(&list.path);
        let class = name.strip_suffix(".txt").and_then(listed);
        match (name, class) {
            (PLACES, _) => read_places(list, &mut added, &mut diagnostics),
            (ALIASES, _) => read_aliases(list, &mut added, &mut diagnostics),
            (_, Some(class)) if !CLOSED.has(class) => {
                read_words(list, class, &mut added.words, &mut diagnostics);
            }
            _ => diagnostics.push(unknown(list, name, class.is_some())),
        }
    }
    (added, diagnostics)
}

fn listed(name: &str) -> Option<Class> {
    LISTS.iter().find(|(_, known, _)| *known == name).map(|(class, ..)| *class)
}

fn unknown(list: &Source, name: &str, is_closed: bool) -> Diagnostic {
    if is_closed {
        let told = Diagnostic::error(&*list.path, format!("nothing can be added to `{name}`"));
        return told.help("the program reckons with these words, and knows no others: remove the file");
    }
    let open = || LISTS.iter().filter(|(class, ..)| !CLOSED.has(*class)).map(|(_, name, _)| *name);
    let files: Vec<String> = open().map(|name| format!("{name}.txt")).collect();
    let known = || files.iter().map(String::as_str).chain([PLACES, ALIASES]);
    let told = Diagnostic::error(&*list.path, format!("no list is called `{name}`"));
    told.help(match nearest(name, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("lists are {}", known().collect::<Vec<_>>().join(", ")),
    })
}

fn read_words(list: &Source, class: Class, words: &mut Vec<(Class, String)>, told: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    let mut start = 0;
    for line in list.text.split_inclusive('\n') {
        let before = line.split('#').next().unwrap_or_default();
        let entry = before.trim();
        let at = start + (before.len() - before.trim_start().len());
        start += line.len();
        if entry.is_empty() {
            continue;
        }
        let span = Span::new(at, at + entry.len());
        match fault(entry, class) {
            Some((message, help)) => {
                told.push(Diagnostic::error(&*list.path, message).at(&list.text, span).help(help));
            }
            None if !seen.insert(entry) => {
                let message = format!("`{entry}` stands here twice");
                let warning = Diagnostic::warning(&*list.path, message).at(&list.text, span);
                told.push(warning.help("take one of them out"));
            }
            None => words.push((class, entry.to_owned())),
        }
    }
}

/// What is wrong with a line of a list, and what to do about it.
fn fault(entry: &str, class: Class) -> Option<(String, &'static str)> {
    let apart = "write one word or phrase a line, and a remark behind `#`";
    if let Some(sign) = entry
        .chars()
        .find(|sign| matches!(sign, ',' | ';' | '=' | '"' | '“' | '”' | '|') || sign.is_control())
    {
        return Some((format!("`{}` has no place in a list of words", sign.escape_debug()), apart));
    }
    if !entry.chars().any(char::is_alphanumeric) {
        return Some((format!("`{entry}` is no word"), apart));
    }
    if entry.split_whitespace().count() > LONGEST_PHRASE
        || entry.split_whitespace().any(|word| word.len() > LONGEST_WORD)
    {
        return Some(("the phrase is too long to be found".to_owned(), apart));
    }
    let function_words = LISTS.iter().filter(|(class, ..)| *class == Class::FunctionWord);
    let common = function_words.flat_map(|(_, _, list)| list.lines()).any(|word| word == entry);
    if common && class != Class::SentenceWord {
        let help =
            "take it out, or write more of the phrase: with it, hardly a sentence would be read rightly";
        return Some((format!("`{entry}` stands in every sentence"), help));
    }
    None
}

fn read_places(list: &Source, added: &mut Added, told: &mut Vec<Diagnostic>) {
    let mut fields = Fields::from_toml(&list.path, &list.text, Span::new(0, list.text.len()));
    for (mut place, span) in fields.tables("place").unwrap_or_default() {
        let name = place.text("name");
        let country = place.text("country");
        let region = place.text("region").map(|(region, _)| kept(&region));
        let north = place.number("latitude", -90.0..=90.0);
        let east = place.number("longitude", -180.0..=180.0);
        let code = country.as_ref().and_then(|(words, _)| country::code(words));
        if let (Some((words, at)), None) = (&country, code) {
            let help = "write its code (`GB`) or its name in English (`United Kingdom`)";
            place.fault(*at, format!("`{words}` is no country"), help);
        }
        if north.is_some() != east.is_some() {
            place.fault(span, "a place has both a `latitude` and a `longitude`, or neither", None);
        }
        let coordinates = north.zip(east).map(|(north, east)| Coordinates {
            latitude: (north * 1e6).round() as i32,
            longitude: (east * 1e6).round() as i32,
        });
        match (name, country) {
            (Some((name, _)), Some(_)) => {
                if let Some(country) = code {
                    let kind = PlaceKind::Town;
                    let found = Candidate { kind, country, region, coordinates, population: OWN_POPULATION };
                    added.words.push((Class::PlaceWord, name.clone()));
                    added.places.add(&name, found);
                }
            }
            _ => place.fault(span, "a place needs a `name` and a `country`", None),
        }
        fields.absorb(
            place,
            &[("admin", "use `region`"), ("lat", "use `latitude`"), ("lon", "use `longitude`")],
        );
    }
    told.extend(fields.finish(&[("places", "use `[[place]]`, one for each")]));
}

/// A place that a site names is meant before others of its name.
const OWN_POPULATION: u32 = 1_000_000;

fn read_aliases(list: &Source, added: &mut Added, told: &mut Vec<Diagnostic>) {
    let mut fields = Fields::from_toml(&list.path, &list.text, Span::new(0, list.text.len()));
    for (name, others) in aliases_of(&mut fields, "people") {
        for other in others {
            // Names that no list of given names has are known by this.
            if let Some((given, _)) = other.split_once(' ') {
                added.words.push((Class::FirstName, given.to_owned()));
            }
            added.aliases.add_person(&other, &name);
        }
    }
    for (name, others) in aliases_of(&mut fields, "organisations") {
        let armed = own_and_listed(Class::ArmedGroup, &added.words).contains(&name.to_lowercase());
        added.words.push((Class::Organisation, name.clone()));
        for other in others {
            added.aliases.add_organisation(&other, &name);
            if armed {
                added.words.push((Class::ArmedGroup, other.clone()));
            }
            added.words.push((Class::Organisation, other));
        }
    }
    for (name, others) in aliases_of(&mut fields, "places") {
        for other in others {
            added.aliases.add_place(&other, &name);
            added.places.add_other_name(&other, name.clone());
            added.words.push((Class::PlaceWord, other));
        }
    }
    told.extend(fields.finish(&[("organizations", "use `organisations`"), ("person", "use `people`")]));
}

/// The other names of a kind, each for one name, and none for itself: what is not so is told and left out.
fn aliases_of(fields: &mut Fields<'_>, key: &'static str) -> Vec<(String, Vec<String>)> {
    let named = fields.named_texts(key).unwrap_or_default();
    let names: BTreeSet<String> = named.iter().map(|((name, _), _)| folded(name)).collect();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut kept = Vec::with_capacity(named.len());
    for ((name, _), others) in named {
        let mut own = Vec::with_capacity(others.len());
        for (other, span) in others {
            let key = folded(&other);
            if !other.chars().any(char::is_alphanumeric) {
                fields.fault(
                    span,
                    format!("`{other}` is no name"),
                    "write a name in letters, or take it out",
                );
            } else if key == folded(&name) {
                fields.fault(span, format!("`{other}` is another name of itself"), "take it out");
            } else if names.contains(&key) {
                let message = format!("`{other}` has other names of its own here, and is one of `{name}`");
                fields.fault(span, message, "put all of them behind one name");
            } else if let Some(owner) = owners.get(&key) {
                let message = format!("`{other}` is another name of `{owner}` and of `{name}`");
                fields.fault(span, message, "keep it for one of them");
            } else {
                owners.insert(key, name.clone());
                own.push(other);
            }
        }
        kept.push((name, own));
    }
    kept
}

/// The program's words of `class` and those of `own`, in lower case.
fn own_and_listed(class: Class, own: &[(Class, String)]) -> BTreeSet<String> {
    let listed = LISTS.iter().filter(|(known, ..)| *known == class).flat_map(|(_, _, list)| list.lines());
    let listed = listed.map(|line| line.split('#').next().unwrap_or_default().trim());
    let own = own.iter().filter(|(known, _)| *known == class).map(|(_, word)| word.as_str());
    listed.chain(own).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
