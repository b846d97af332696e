//! One name of a place in the text: what it may mean, and what the words around it say of the article's own town.

use std::ops::Range;

use super::resolve::part_behind;
use crate::facts::classes::Class;
use crate::facts::gazetteer::{self, Candidate, PlaceKind};
use crate::facts::tokens::{Kind, Part, Shape, Tokens};

/// What sorts of places a name may mean.
#[derive(Default)]
pub(super) struct Found {
    pub(super) town: bool,
    pub(super) county: bool,
    pub(super) regions: Vec<(&'static str, &'static str)>,
}

impl Found {
    pub(super) fn of(tokens: &Tokens, name: &str) -> Found {
        let mut found = Found::default();
        let mut largest: Option<Candidate> = None;
        for place in tokens.places_named(name) {
            found.add(&place);
            let larger = largest.is_none_or(|it| place.population >= it.population);
            if place.kind == PlaceKind::Town && larger {
                largest = Some(place);
            }
        }
        // "Manchester" is a parish of Jamaica, too: a region speaks for itself only where its namesake lies in it.
        if let Some(town) = largest.filter(|_| !found.county) {
            found.regions.retain(|(country, region)| town.country == *country && town.region == Some(region));
        }
        found
    }

    pub(super) fn of_one(place: &Candidate) -> Found {
        let mut found = Found::default();
        found.add(place);
        found
    }

    fn add(&mut self, place: &Candidate) {
        match place.kind {
            PlaceKind::Town => self.town = true,
            // "Kent" in England is a county, too, and says nothing for it where it stands alone.
            PlaceKind::County if self.town => {}
            PlaceKind::Region | PlaceKind::County | PlaceKind::Abbreviation => {
                self.county |= place.kind == PlaceKind::County;
                self.regions.extend(place.region.map(|region| (place.country, region)));
            }
            PlaceKind::Country | PlaceKind::Demonym => {}
        }
    }
}

/// "The island of", "a village called".
pub(super) fn is_called_settlement(tokens: &Tokens, text: &str, at: u32, sentence: &Range<u32>) -> bool {
    let word = |at: u32| if sentence.contains(&at) { tokens.all[at as usize].span().of(text) } else { "" };
    matches!(word(at.wrapping_sub(1)), "of" | "called")
        && matches!(
            word(at.wrapping_sub(2)),
            "town"
                | "city"
                | "village"
                | "hamlet"
                | "island"
                | "municipality"
                | "township"
                | "settlement"
                | "resort"
        )
}

/// Whether the words behind a name, from token `at` on, call it a part of a town: "the Austin neighborhood".
pub(super) fn is_called_district(tokens: &Tokens, text: &str, at: u32, sentence: &Range<u32>) -> bool {
    sentence.contains(&at)
        && matches!(
            tokens.all[at as usize].span().of(text),
            "neighborhood" | "neighbourhood" | "section" | "district" | "subdivision" | "ward"
        )
}

/// Whether `run` names a part of the world that lies in several countries, and not the division of one that bears the
/// same name: "the Sahel", "the Sahel region", but not "Sahel Region" and "the province of Sahel".
pub(super) fn is_world_region(tokens: &Tokens, text: &str, run: &Range<u32>) -> bool {
    let word = |at: u32| tokens.all.get(at as usize).map_or("", |token| token.span().of(text));
    let division = |word: &str| {
        ["region", "province", "district", "governorate", "department"]
            .iter()
            .any(|it| word.eq_ignore_ascii_case(it))
    };
    let called = division(word(run.end)) && word(run.end) != "region"
        || word(run.start.wrapping_sub(1)) == "of" && division(word(run.start.wrapping_sub(2)));
    !called && tokens.run_of(run.start, Class::WorldRegion).is_some_and(|end| end >= run.end)
}

/// The country that the words at `at` name, or whose people, and one past them.
pub(super) fn country(tokens: &Tokens, text: &str, at: u32) -> Option<(u32, &'static str)> {
    let run = (tokens.run_of(at, Class::CountryWord)).or_else(|| tokens.run_of(at, Class::Nationality));
    let end = run?;
    let name = tokens.span(at..end).of(text);
    let known =
        tokens.places_named(name).find(|it| matches!(it.kind, PlaceKind::Country | PlaceKind::Demonym))?;
    let doubtful =
        known.kind != PlaceKind::Demonym && tokens.places_named(name).any(|it| it.kind == PlaceKind::Region);
    (!doubtful).then_some((end, known.country))
}

/// One past the longest name of a place that starts at the run's head.
pub(super) fn longest(tokens: &Tokens, text: &str, run: Range<u32>) -> Option<u32> {
    if run.is_empty() {
        return None;
    }
    if let Some(end) = tokens.own_place_at(run.start, text).filter(|end| *end <= run.end) {
        return Some(end);
    }
    let last = run.end.min(run.start + 6);
    let from = tokens.all[run.start as usize].start as usize;
    let mut ends = [0; 6];
    let count = (last - run.start) as usize;
    for (end, token) in ends.iter_mut().zip(&tokens.all[run.start as usize..last as usize]) {
        *end = token.end as usize - from;
    }
    let found = gazetteer::longest(&text[from..tokens.all[last as usize - 1].end as usize], &ends[..count])?;
    Some(run.start + found as u32 + 1)
}

/// The largest town of that name that one of the places behind it holds: "Rockford, Ill.".
pub(super) fn pair<'h>(
    tokens: &Tokens,
    name: &str,
    holders: &'h [Candidate],
) -> Option<(Candidate, &'h Candidate)> {
    let towns = tokens.places_named(name).filter(|it| it.kind == PlaceKind::Town);
    let held = towns.filter_map(|town| Some((town, holders.iter().find(|it| it.holds(&town))?)));
    held.max_by_key(|(town, _)| town.population)
}

/// Whether what stands around an ordinary word tells that it is a place's name: "in Reading", "Mobile, Ala.".
pub(super) fn is_introduced(tokens: &Tokens, text: &str, at: u32, end: u32, sentence: &Range<u32>) -> bool {
    let word = |at: u32| if sentence.contains(&at) { tokens.all[at as usize].span().of(text) } else { "" };
    let before = word(at.wrapping_sub(1));
    let preposition = matches!(before, "in" | "near" | "outside" | "downtown")
        && !tokens.all[end as usize - 1].is(Class::FunctionWord);
    let followed = sentence.contains(&end) && tokens.all[end as usize].is_capital();
    preposition && !followed
        || at > sentence.start && matches!(word(end), "police" | "Police")
        || part_behind(tokens, text, end, sentence.end).is_some()
}

/// How much a naming says for a town as the article's own, and whether the article plays there by it.
pub(super) fn weight(
    tokens: &Tokens,
    text: &str,
    name: Range<u32>,
    run: &Range<u32>,
    sentence: &Range<u32>,
) -> (u32, bool) {
    let word = |at: u32| if sentence.contains(&at) { tokens.all[at as usize].span().of(text) } else { "" };
    let before = word(name.start.wrapping_sub(1));
    let mut next = name.end;
    while matches!(word(next), "’s" | "'s" | "city" | "City" | "Metro" | "County") {
        next += 1;
    }
    let title = matches!(tokens.section_of(name.start).part, Part::Title | Part::Standfirst);
    let extra = if title { 2 } else { 0 };
    if name.start == run.start && AUTHORITIES.contains(&word(next)) {
        return (3 + extra, true);
    }
    // "A Lawndale street", "the central Fresno laundromat".
    let article = (name.start.saturating_sub(2)..name.start)
        .any(|at| matches!(word(at), "a" | "A" | "an" | "the" | "The"));
    let noun = sentence.contains(&next)
        && next == name.end
        && tokens.all[next as usize].kind == Kind::Word
        && tokens.all[next as usize].shape == Shape::Lower
        && !tokens.all[next as usize].is(Class::FunctionWord);
    if article && noun && name.end == run.end {
        return (2 + extra, true);
    }
    if name.end < run.end || name.start > run.start && !tokens.all[run.start as usize].is(Class::LocationWord)
    {
        return (1, false);
    }
    let prefixed = run.start < name.start
        || sentence.contains(&(name.start.wrapping_sub(1)))
            && tokens.all[name.start as usize - 1].kind == Kind::Word
            && tokens.all[name.start as usize - 1].is(Class::LocationWord)
            && before != "the";
    match before {
        "in" | "In" | "near" | "outside" | "throughout" | "across" | "around" => (2 + extra, true),
        "of" => match word(name.start.wrapping_sub(2)) {
            "city" | "City" | "town" | "village" | "streets" => (3 + extra, true),
            _ => (1, false),
        },
        "from" | "to" | "and" | "," | "via" | "for" | "by" => (u32::from(title), false),
        _ if prefixed => (2 + extra, true),
        _ => (1 + extra, false),
    }
}

/// Who acts where the town is: "Columbus police", "the Milwaukee Fire Department".
const AUTHORITIES: [&str; 22] = [
    "police",
    "Police",
    "PD",
    "Fire",
    "fire",
    "firefighters",
    "officers",
    "officer",
    "detectives",
    "mayor",
    "Mayor",
    "deputies",
    "authorities",
    "officials",
    "homicide",
    "residents",
    "resident",
    "neighborhood",
    "neighbourhood",
    "man",
    "woman",
    "home",
];
