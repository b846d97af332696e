//! Which of the places of one name is meant, by what stands behind it and what else the article speaks of.

use std::ops::Range;

use super::{Countries, Known, PlaceMention, Relation, capital_run};
use crate::facts::Coordinates;
use crate::facts::classes::Class;
use crate::facts::gazetteer::{Candidate, PlaceKind};
use crate::facts::tokens::Tokens;

/// Decides which of the places of that name is meant, where the text tells.
pub(in crate::facts) fn resolve(
    tokens: &Tokens,
    text: &str,
    run: Range<u32>,
    end: u32,
    relation: Relation,
    countries: &Countries,
) -> PlaceMention {
    let name = tokens.span(run.clone()).of(text);
    let all: Vec<Candidate> = tokens.places_named(name).filter(|it| it.kind != PlaceKind::Demonym).collect();
    let is_street = tokens.all[run.end as usize - 1].is(Class::StreetWord)
        || run.len() > 1 && STREET_HEADS.contains(&tokens.all[run.start as usize].span().of(text));
    let mut place = PlaceMention {
        tokens: run.clone(),
        relation,
        known: None,
        town: None,
        is_street,
        is_country: false,
        country_tokens: None,
    };
    if let Some(country) = all.iter().find(|it| it.kind == PlaceKind::Country)
        && !(all.len() > 1 && part_after_comma(tokens, text, run.end, end).is_some())
        // "Georgia" in an article on the United States is the state.
        && !all.iter().any(|it| it.kind == PlaceKind::Region && it.country != country.country && countries.has(it.country))
    {
        place.is_country = true;
        place.known = Some(Known { country: country.country, admin: None, coordinates: None });
        return place;
    }
    if let Some((part, hint)) = part_after_comma(tokens, text, run.end, end) {
        let fits = all.iter().filter(|it| it.country == hint.country);
        let mut fits: Vec<&Candidate> =
            fits.filter(|it| hint.region.is_none() || it.region == hint.region).collect();
        fits.sort_by_key(|it| (it.kind != PlaceKind::Town, u32::MAX - it.population));
        place.country_tokens = Some(part);
        place.known = Some(match fits.first() {
            Some(town) => known(town),
            None => Known { country: hint.country, admin: hint.region, coordinates: None },
        });
        return place;
    }
    place.known = choose(&all, countries);
    if all.is_empty() {
        place.known =
            WORDS.iter().find(|(town, ..)| *town == name).map(|(_, country, latitude, longitude)| {
                let coordinates = Coordinates { latitude: *latitude, longitude: *longitude };
                Known { country, admin: None, coordinates: Some(coordinates) }
            });
    }
    let venue = tokens.all[run.end as usize - 1].is(Class::Venue);
    if all.is_empty() && venue && !is_street {
        place.town = (run.start + 1..run.end).rev().map(|end| run.start..end).find(|town| {
            let towns: Vec<Candidate> = tokens
                .places_named(tokens.span(town.clone()).of(text))
                .filter(|it| it.kind != PlaceKind::Demonym)
                .collect();
            // "Lincoln Hall" is called after a man: only a town of a country that the article speaks of counts.
            let found =
                choose(&towns, countries).filter(|it| it.coordinates.is_some() && countries.has(it.country));
            place.known = place.known.or(found);
            found.is_some()
        });
    }
    place
}

/// Large towns that are ordinary words, which the gazetteer leaves out: country, degrees north and east in millionths.
const WORDS: [(&str, &str, i32, i32); 1] = [("Nice", "FR", 43_703_100, 7_266_100)];

/// Names of streets in languages that put the word first.
const STREET_HEADS: [&str; 10] =
    ["Promenade", "Rue", "Calle", "Via", "Avenida", "Boulevard", "Avenue", "Piazza", "Rua", "Viale"];

/// "Kerman, Iran", "Baltimore, Maryland", "Brixton in London": what stands behind the name and holds it.
fn part_after_comma(tokens: &Tokens, text: &str, at: u32, end: u32) -> Option<(Range<u32>, Candidate)> {
    let word = |at: u32| if at < end { tokens.all[at as usize].span().of(text) } else { "" };
    let mut from = match word(at) {
        "," | "in" | "(" => at + 1,
        _ => return None,
    };
    while matches!(word(from), "the" | "northern" | "southern" | "eastern" | "western" | "central") {
        from += 1;
    }
    let run = capital_run(tokens, text, from, end)?;
    let holds = tokens
        .places_named(tokens.span(run.clone()).of(text).trim_end_matches('.'))
        .find(|it| matches!(it.kind, PlaceKind::Country | PlaceKind::Region))?;
    // "In Lima, Peruvian police": a demonym holds nothing; "in Lima, Peru's capital" does.
    Some((run, holds))
}

/// One country only, or those of the article, or a town ten times as large as the next: else nobody knows.
fn choose(all: &[Candidate], countries: &Countries) -> Option<Known> {
    let pick = |fits: &[&Candidate]| -> Option<Known> {
        let first = fits.first()?;
        if fits.iter().any(|it| it.country != first.country) {
            return None;
        }
        let town = fits.iter().filter(|it| it.kind == PlaceKind::Town).max_by_key(|it| it.population);
        let several = fits.iter().filter(|it| it.kind == PlaceKind::Town).count() > 1;
        let largest = town.copied().unwrap_or(first);
        let dominant = |town: &Candidate| {
            fits.iter()
                .all(|it| it.kind != PlaceKind::Town || *it == town || it.population * 5 < town.population)
        };
        if several && !dominant(largest) {
            return Some(Known { country: first.country, admin: None, coordinates: None });
        }
        Some(known(largest))
    };
    let every: Vec<&Candidate> = all.iter().collect();
    if let Some(known) = pick(&every) {
        return Some(known);
    }
    let largest = all.iter().filter(|it| it.kind == PlaceKind::Town).max_by_key(|it| it.population);
    let told: Vec<&Candidate> = all.iter().filter(|it| countries.has(it.country)).collect();
    if let Some(known) = pick(&told)
        && largest.is_none_or(|it| countries.has(it.country) || it.population < 500_000)
    {
        return Some(known);
    }
    let largest = largest?;
    let others = all.iter().filter(|it| it.kind == PlaceKind::Town && it.country != largest.country);
    let next = others.map(|it| it.population).max().unwrap_or(0);
    let region_elsewhere = all.iter().any(|it| it.kind == PlaceKind::Region && it.country != largest.country);
    let dominant = largest.population >= 100_000
        && largest.population / 10 >= next
        && (!region_elsewhere || largest.population > 300_000);
    dominant.then(|| known(largest))
}

fn known(place: &Candidate) -> Known {
    Known { country: place.country, admin: place.region, coordinates: place.coordinates }
}
