//! Where something happened: names after "in", "at" and "near", looked up in the gazetteer with what stands around them.

use std::ops::Range;

use super::Coordinates;
use super::classes::Class;
use super::gazetteer::PlaceKind;
use super::tokens::{Kind, Tokens};

mod capitals;
mod dateline;
mod elsewhere;
mod geography;
mod naming;
mod neighbours;
mod parts;
mod resolve;
mod signs;
mod subject;
mod town;

pub(super) use capitals::{capital_run, not_a_place};
pub use geography::Geography;
pub(super) use neighbours::kilometres;
use parts::{after_part, district, stretch};
pub(super) use resolve::resolve;
pub use subject::Subject;
pub(super) use town::town_in;

/// How a place is given.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// "in Kirkuk", "at Union Station".
    At,
    /// "near Kirkuk", "outside Kirkuk".
    Near,
    /// "To the island of Utøya": where the next sentence may happen.
    Toward,
}

/// A place that a sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMention {
    /// The tokens of the name; of a country alone, too.
    pub tokens: Range<u32>,
    /// Inside or near it.
    pub relation: Relation,
    /// What the gazetteer knows of it, once it is clear which place is meant.
    pub known: Option<Known>,
    /// The town that the name starts with: "Manchester" in "Manchester Arena".
    pub town: Option<Range<u32>>,
    /// Whether it is a street, which says little without its town.
    pub is_street: bool,
    /// Whether the name is only a country's.
    pub is_country: bool,
    /// Whether several places have the name, and the article does not tell which is meant.
    pub is_ambiguous: bool,
    /// The tokens that tell the country, where other words than the name do: "Iran" in "Kerman, Iran".
    pub country_tokens: Option<Range<u32>>,
}

/// What the gazetteer knows of a place.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// First-level division.
    pub admin: Option<&'static str>,
    /// Middle of a town.
    pub coordinates: Option<Coordinates>,
}

/// The places that the tokens of one sentence name, in order.
pub fn find(tokens: &Tokens, text: &str, sentence: Range<u32>, geography: &Geography) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let place = relation(tokens, text, at)
            .and_then(|relation| read(tokens, text, at + 1, sentence.end, relation, geography));
        let place = place.or_else(|| stretch(tokens, text, at, sentence.end, geography));
        at = match place {
            Some(place) => {
                let end =
                    place.country_tokens.as_ref().map_or(place.tokens.end, |it| it.end.max(place.tokens.end));
                found.push(place);
                end
            }
            None => at + 1,
        };
    }
    found
}

fn relation(tokens: &Tokens, text: &str, at: u32) -> Option<Relation> {
    let token = &tokens.all[at as usize];
    if token.kind != Kind::Word {
        return None;
    }
    match token.span().of(text) {
        "in" | "In" | "IN" | "at" | "At" | "AT" | "inside" | "across" | "around" | "throughout" | "on" => {
            Some(Relation::At)
        }
        "over" => Some(Relation::At),
        "to" => Some(Relation::Toward),
        "near" | "Near" | "NEAR" | "outside" | "Outside" | "off" => Some(Relation::Near),
        _ => None,
    }
}

fn read(
    tokens: &Tokens,
    text: &str,
    mut at: u32,
    end: u32,
    relation: Relation,
    geography: &Geography,
) -> Option<PlaceMention> {
    let token = |at: u32| tokens.all[..end as usize].get(at as usize);
    let preposition = at - 1;
    // "in the northern town of", "near the city of", "in northern".
    let mut steps = 0;
    let (mut settlement, mut people) = (false, None);
    if let Some(part) = after_part(tokens, text, at, end) {
        at = part;
    }
    while let Some(word) = token(at) {
        let passes =
            word.is(Class::LocationWord) || word.is(Class::Settlement) || word.span().of(text) == "of";
        let hyphen = word.span().of(text) == "-";
        let demonym = word.is(Class::Nationality) && token(at + 1).is_some_and(|next| !next.is_capital());
        // "In the Department of Bolivar", "the City of Columbus".
        let kind =
            word.is(Class::Settlement) && token(at + 1).is_some_and(|next| next.span().of(text) == "of");
        if steps > 7 || !(passes && (!word.is_capital() || kind) || hyphen || demonym) {
            break;
        }
        settlement |= word.is(Class::Settlement);
        if demonym {
            people = Some(at);
        }
        at += 1;
        steps += 1;
    }
    let run = capital_run(tokens, text, at, end)?;
    let bare = tokens.span(run.clone()).of(text);
    if not_a_place(tokens, text, run.clone()) || bare.len() < 2 {
        return None;
    }
    if let Some(place) = district(tokens, text, run.clone(), end, relation, geography) {
        return Some(place);
    }
    let mut place = resolve(tokens, text, run, end, relation, geography);
    // "Over Lockerbie", "to Utøya": more often no place than one.
    let doubtful = matches!(tokens.all[preposition as usize].span().of(text), "over" | "to");
    if doubtful && !settlement && place.known.is_none_or(|known| known.coordinates.is_none()) {
        return None;
    }
    // "The Norwegian island of Utøya": the people tell the country of a name that nobody knows.
    if let (None, Some(at)) = (place.known, people.filter(|_| settlement)) {
        let name = tokens.all[at as usize].span().of(text);
        let told = tokens.places_named(name).find(|it| it.kind == PlaceKind::Demonym).map(|it| it.country);
        let part = || PEOPLES.iter().find(|(people, _)| *people == name).map(|(_, country)| *country);
        if let Some(country) = told.or_else(part) {
            place.known = Some(Known { country, admin: None, coordinates: None });
            place.country_tokens = Some(at..at + 1);
        }
    }
    Some(place)
}

/// Peoples of a part of one country, which the gazetteer's list of countries has not.
const PEOPLES: [(&str, &str); 10] = [
    ("Scottish", "GB"),
    ("Welsh", "GB"),
    ("English", "GB"),
    ("Basque", "ES"),
    ("Catalan", "ES"),
    ("Corsican", "FR"),
    ("Sicilian", "IT"),
    ("Bavarian", "DE"),
    ("Chechen", "RU"),
    ("Texan", "US"),
];

#[cfg(test)]
mod tests;
