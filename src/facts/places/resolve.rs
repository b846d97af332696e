//! Which of the places of one name is meant, by what stands behind it and what else the article speaks of.

use std::ops::Range;

use super::naming::is_world_region;
use super::{Geography, Known, PlaceMention, Relation, capital_run};
use crate::facts::classes::Class;
use crate::facts::gazetteer::{self, Candidate, PlaceKind};
use crate::facts::tokens::Tokens;

/// How many people make a town known though its name is an ordinary word and the article says no more of it.
const KNOWN_ANYWAY: u32 = 50_000;

/// Towns from this many people on lend their name to buildings: "Manchester Arena", but not "Smith Park".
const LARGE: u32 = 150_000;
/// Towns below this many people give way to a region of their name.
const VILLAGE: u32 = 50_000;
/// Towns below this many people are not known the world over.
const SMALL: u32 = 15_000;

/// Towns from this many people on are thought of first, wherever an article plays.
const KNOWN_ABROAD: u32 = 300_000;

/// The same in an article about another country, where a district or a village may have the name, too.
const SMALL_ABROAD: u32 = 60_000;

/// Decides which of the places of that name is meant, where the text tells.
pub(in crate::facts) fn resolve(
    tokens: &Tokens,
    text: &str,
    run: Range<u32>,
    end: u32,
    relation: Relation,
    geography: &Geography,
) -> PlaceMention {
    let name = tokens.span(run.clone()).of(text);
    let mut all = if is_world_region(tokens, text, &run) { Vec::new() } else { places_of(tokens, name) };
    if all.is_empty() {
        // "Kut" is in the gazetteer as "Al Kut".
        all = places_of(tokens, &format!("Al {name}"));
        all.retain(|it| it.kind == PlaceKind::Town && geography.has(it.country));
    }
    let last = &tokens.all[run.end as usize - 1];
    let is_street = last.is(Class::StreetWord)
        || run.len() > 1 && STREET_HEADS.contains(&tokens.all[run.start as usize].span().of(text));
    let mut place = PlaceMention {
        tokens: run.clone(),
        relation,
        known: None,
        town: None,
        is_street,
        is_country: false,
        is_ambiguous: false,
        country_tokens: None,
    };
    let behind = part_behind(tokens, text, run.end, end);
    if let Some(country) = all.iter().find(|it| it.kind == PlaceKind::Country)
        && !(all.len() > 1 && behind.is_some())
        // "Georgia" in an article on the United States is the state.
        && !all.iter().any(|it| it.kind == PlaceKind::Region && it.country != country.country && geography.has(it.country))
    {
        place.is_country = true;
        place.known = Some(Known { country: country.country, admin: None, coordinates: None });
        return place;
    }
    if let Some((part, holds)) = behind {
        let held = |town: &&Candidate| holds.iter().any(|it| it.holds(town));
        let mut fits: Vec<&Candidate> = all.iter().filter(held).collect();
        fits.sort_by_key(|it| (it.kind != PlaceKind::Town, u32::MAX - it.population));
        let told = match (fits.first(), &holds[..]) {
            (Some(town), _) => Some(known(town)),
            (None, [one]) => Some(Known { country: one.country, admin: one.region, coordinates: None }),
            (None, _) => holds.iter().find(|it| geography.votes(it) > 0).map(|it| Known {
                country: it.country,
                admin: it.region,
                coordinates: None,
            }),
        };
        if told.is_some() {
            place.country_tokens = Some(part);
            place.known = told;
            return place;
        }
    }
    if gazetteer::is_ordinary(name)
        && !all.iter().any(|it| it.population >= KNOWN_ANYWAY || geography.votes(it) > 0)
    {
        all.clear();
    }
    // "Willow Street" is a town in Pennsylvania; without a state behind it, a street.
    if is_street && run.len() > 1 {
        all.clear();
    }
    place.known = choose(name, &all, geography);
    place.is_ambiguous = !all.is_empty() && place.known.is_none_or(|it| it.admin.is_none());
    if !all.is_empty() || is_street {
        return place;
    }
    // "Northeast Washington", "Brussels Airport": a part of the town whose name it bears.
    let direction = tokens.all[run.start as usize].is(Class::LocationWord);
    let inside = if direction && run.len() > 1 {
        Some(run.start + 1..run.end)
    } else if last.is(Class::Venue) {
        super::naming::longest(tokens, text, run.start..run.end - 1).map(|end| run.start..end)
    } else {
        None
    };
    if let Some(town) = inside {
        let name = tokens.span(town.clone()).of(text);
        // "Lincoln Hall" is called after a man: only a town of a country that the article speaks of counts.
        let mut all = places_of(tokens, name);
        all.retain(|it| direction || it.population >= LARGE || geography.votes(it) > 0);
        let found = choose(name, &all, geography)
            .filter(|it| it.coordinates.is_some() && (direction || geography.has(it.country)));
        place.known = found;
        place.town = found.map(|_| town);
    }
    place
}

fn places_of(tokens: &Tokens, name: &str) -> Vec<Candidate> {
    tokens
        .places_named(name)
        .filter(|it| !matches!(it.kind, PlaceKind::Demonym | PlaceKind::Abbreviation))
        .collect()
}

/// Names of streets in languages that put the word first.
const STREET_HEADS: [&str; 10] =
    ["Promenade", "Rue", "Calle", "Via", "Avenida", "Boulevard", "Avenue", "Piazza", "Rua", "Viale"];

/// "Kerman, Iran", "Rockford, Ill.", "Brasilia (Brazil)", "Brixton in England": what stands behind a name and may hold
/// it. Several where the name has several meanings.
pub(super) fn part_behind(
    tokens: &Tokens,
    text: &str,
    at: u32,
    end: u32,
) -> Option<(Range<u32>, Vec<Candidate>)> {
    let word = |at: u32| if at < end { tokens.all[at as usize].span().of(text) } else { "" };
    let sign = word(at);
    let mut from = match sign {
        "," | "in" | "(" => at + 1,
        _ => return None,
    };
    while matches!(word(from), "the" | "northern" | "southern" | "eastern" | "western" | "central") {
        from += 1;
    }
    let mut run = capital_run(tokens, text, from, end)?;
    let holder = |run: &Range<u32>| -> Vec<Candidate> {
        // "In Lima, Peruvian police": a demonym holds nothing; "in Lima, Peru's capital" does.
        tokens
            .places_named(tokens.span(run.clone()).of(text))
            .filter(|it| match it.kind {
                PlaceKind::Country | PlaceKind::Region | PlaceKind::County => true,
                PlaceKind::Abbreviation => sign != "in",
                PlaceKind::Demonym | PlaceKind::Town => false,
            })
            .collect()
    };
    let mut holds = holder(&run);
    // "Soacha, Cundinamarca Department", "Colo. Police said": the name ends before the last capital.
    if holds.is_empty() && run.len() > 1 {
        run.end = run.start + 1;
        holds = holder(&run);
        holds.retain(|it| it.kind == PlaceKind::Abbreviation || is_kind_of_region(word(run.end)));
    }
    (!holds.is_empty()).then_some((run, holds))
}

fn is_kind_of_region(word: &str) -> bool {
    matches!(word, "Department" | "Province" | "State" | "Region" | "department" | "province" | "state")
}

/// The place that the article tells, or the only one, or the one that lies where the article plays, or a town much
/// larger than the others of its name: else nobody knows.
pub(super) fn choose(name: &str, all: &[Candidate], geography: &Geography) -> Option<Known> {
    if let Some(told) = geography.told(name).filter(|_| !all.is_empty()) {
        return Some(told);
    }
    let largest = all.iter().filter(|it| it.kind == PlaceKind::Town).max_by_key(|it| it.population);
    if let Some(known) = in_named_region(all, largest, geography) {
        return Some(known);
    }
    if let Some(known) = geography.among_neighbours(name).filter(|_| !all.is_empty()) {
        return Some(known);
    }
    // "Sheriff's deputies in Chelsea": of the Chelseas, those of the country that the article plays in.
    let at_home =
        |it: &&Candidate| geography.home().is_none_or(|home| it.country == home || geography.has(it.country));
    let kept: Vec<Candidate> = all.iter().filter(at_home).copied().collect();
    let all = &kept[..];
    let famous = largest.map_or(0, |it| it.population);
    let largest = all.iter().filter(|it| it.kind == PlaceKind::Town).max_by_key(|it| it.population);
    // A namesake of a great town elsewhere has to be told.
    if largest.is_some_and(|it| famous >= KNOWN_ABROAD && it.population < famous / 40) {
        return None;
    }
    let every: Vec<&Candidate> = all.iter().collect();
    // A small town of a country that the article does not speak of is a namesake of what the gazetteer has not.
    let unheard = largest.filter(|it| !geography.has(it.country));
    let elsewhere =
        geography.country().is_some_and(|(country, _)| unheard.is_some_and(|it| it.country != country));
    // The police of a town make it one that the gazetteer has, where it has only one.
    let own = all.len() == 1 && (geography.has_authorities(name) || geography.home() == Some(all[0].country));
    let small =
        unheard.is_some_and(|it| it.population < if elsewhere { SMALL_ABROAD } else { SMALL }) && !own;
    if let Some(known) = in_one_country(&every).filter(|_| !small) {
        return Some(if all.len() == 1 { known } else { geography.unless_local(name, known) });
    }
    let told: Vec<&Candidate> = all.iter().filter(|it| geography.has(it.country)).collect();
    if let Some(known) = in_one_country(&told)
        && largest.is_none_or(|it| geography.has(it.country) || it.population < 500_000)
    {
        return Some(geography.unless_local(name, known));
    }
    let largest = largest?;
    let others = all.iter().filter(|it| it.kind == PlaceKind::Town && it.country != largest.country);
    let next = others.map(|it| it.population).max().unwrap_or(0);
    let region_elsewhere = all.iter().any(|it| it.kind == PlaceKind::Region && it.country != largest.country);
    let dominant = largest.population >= 100_000
        && largest.population / 10 >= next
        && (!region_elsewhere || largest.population > 300_000);
    let several = all.iter().filter(|it| it.kind == PlaceKind::Town && it.country == largest.country);
    let clear = several.clone().all(|it| it == largest || it.population * 4 < largest.population);
    let known =
        if clear { known(largest) } else { Known { admin: None, coordinates: None, ..known(largest) } };
    dominant.then(|| geography.unless_local(name, known))
}

/// The largest town of this name in the region that the article names, if it names the regions of no other.
fn in_named_region(all: &[Candidate], largest: Option<&Candidate>, geography: &Geography) -> Option<Known> {
    let voted = |it: &&Candidate| geography.votes(it) > 0;
    let best = all
        .iter()
        .filter(voted)
        .max_by_key(|it| (geography.votes(it), it.kind == PlaceKind::Town, it.population))?;
    let votes = geography.votes(best);
    let rival = all.iter().filter(|it| (it.country, it.region) != (best.country, best.region));
    let next = rival.map(|it| geography.votes(it)).max().unwrap_or(0);
    // "Houston" in an article that names Missouri once is not the Houston there.
    let dwarfed = largest.is_some_and(|it| it.population >= 300_000 && it.population / 20 > best.population)
        && votes < 6
        && best.kind == PlaceKind::Town;
    (votes >= 2 && votes > next && !dwarfed).then(|| known(best))
}

fn in_one_country(fits: &[&Candidate]) -> Option<Known> {
    let first = fits.first()?;
    if fits.iter().any(|it| it.country != first.country) {
        return None;
    }
    // "In Maine" is no village of that name in another state.
    let region = fits.iter().any(|it| it.kind == PlaceKind::Region);
    let towns =
        || fits.iter().filter(|it| it.kind == PlaceKind::Town && (!region || it.population >= VILLAGE));
    let Some(largest) = towns().max_by_key(|it| it.population) else {
        let mut others = fits.iter().filter(|it| it.kind != PlaceKind::Town);
        let one = others.all(|it| it.region == first.region);
        return Some(if one { known(first) } else { Known { admin: None, ..known(first) } });
    };
    let dominant = towns().all(|it| it == largest || it.population * 4 < largest.population);
    Some(if dominant { known(largest) } else { Known { admin: None, coordinates: None, ..known(largest) } })
}

pub(super) fn known(place: &Candidate) -> Known {
    Known { country: place.country, admin: place.region, coordinates: place.coordinates }
}
