//! What the whole article says of where it plays: its dateline, the countries and regions it names, its town.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::dateline::dateline;
use super::resolve::{known, part_behind};
use super::{Known, PlaceMention, capital_run};
use crate::facts::classes::Class;
use crate::facts::gazetteer::{self, Candidate, PlaceKind};
use crate::facts::tokens::{Kind, Part, Shape, Tokens};

/// What a name that several places have is judged by, and what a scene without a town is.
#[derive(Clone, Debug, Default)]
pub struct Geography {
    /// How often a country is named, and where first.
    countries: BTreeMap<&'static str, (u32, Range<u32>)>,
    /// How often a country's region is named: itself, by a county in it, or behind a town.
    regions: BTreeMap<(&'static str, &'static str), u32>,
    /// Names that the article itself says more of: "Rockford, Ill.".
    told: BTreeMap<String, Known>,
    /// Tokens that name a country or its people, with the country, in order.
    pub mentions: Vec<(u32, &'static str)>,
    /// The place at the head of the report.
    pub dateline: Option<PlaceMention>,
    /// The town that the article is about.
    pub subject: Option<Subject>,
    /// Names that the article calls a town's, a village's or an island's, in lower case.
    own_settlements: BTreeSet<String>,
    /// Names of towns whose police, mayor or people the article speaks of.
    with_authorities: BTreeSet<String>,
}

/// A town that the article speaks of more than of any other.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Where it is named.
    pub place: PlaceMention,
    /// Whether the text itself plays there: its police, "in" it; not the dateline alone.
    pub is_local: bool,
}

/// One name of a town in the text.
struct Naming {
    run: Range<u32>,
    weight: u32,
    local: bool,
}

impl Geography {
    /// Reads the names of places in one pass over the tokens.
    pub fn of(tokens: &Tokens, text: &str) -> Geography {
        let mut geography = Geography::default();
        let mut namings = Vec::new();
        for section in &tokens.sections {
            geography.read(tokens, text, section.tokens.clone(), &mut namings);
        }
        let dateline = dateline(tokens, text, &geography);
        if let Some((place, _)) = &dateline
            && let Some(known) = place.known.filter(|_| place.country_tokens.is_some())
        {
            let name = tokens.span(place.tokens.clone()).of(text);
            geography.told.entry(name.to_lowercase()).or_insert(known);
        }
        if let Some((place, _)) = &dateline
            && let Some(known) = place.known
        {
            geography.count_country(known.country, place.tokens.clone());
            if let Some(region) = known.admin.filter(|_| place.country_tokens.is_some()) {
                *geography.regions.entry((known.country, region)).or_default() += 3;
            }
        }
        geography.subject = geography.subject(tokens, text, dateline.as_ref(), namings);
        geography.dateline = dateline.map(|(place, _)| place);
        geography
    }

    fn read(&mut self, tokens: &Tokens, text: &str, section: Range<u32>, namings: &mut Vec<Naming>) {
        let mut at = section.start;
        while at < section.end {
            let token = &tokens.all[at as usize];
            if !token.is_capital() {
                at += 1;
                continue;
            }
            if let Some((end, country)) = country(tokens, text, at) {
                self.count_country(country, at..end);
                self.mentions.push((at, country));
                at = end;
                continue;
            }
            if let Some(end) = tokens.run_of(at, Class::Person) {
                at = end.max(at + 1);
                continue;
            }
            let sentence = tokens.sentence_of(at);
            let Some(run) = capital_run(tokens, text, at, sentence.end) else {
                at += 1;
                continue;
            };
            if is_called_settlement(tokens, text, run.start, &sentence) {
                self.own_settlements.insert(tokens.span(run.clone()).of(text).to_lowercase());
            }
            at = self.read_run(tokens, text, run, &sentence, namings);
        }
    }

    /// The names inside one run of capitals; gives where to go on.
    fn read_run(
        &mut self,
        tokens: &Tokens,
        text: &str,
        run: Range<u32>,
        sentence: &Range<u32>,
        namings: &mut Vec<Naming>,
    ) -> u32 {
        let mut at = run.start;
        while at < run.end {
            let Some(end) = longest(tokens, text, at..run.end) else {
                at += 1;
                continue;
            };
            let name = tokens.span(at..end).of(text);
            let found = Found::of(tokens, name);
            let alone = at == run.start && end == run.end;
            // "Central" in "Central High School", "May".
            let doubtful = gazetteer::is_ordinary(name) && !is_introduced(tokens, text, at, end, sentence);
            if !doubtful {
                self.count(&found, at..end, alone);
                if found.town {
                    let (weight, local) = weight(tokens, text, at..end, &run, sentence);
                    if weight >= 3 {
                        self.with_authorities.insert(name.to_owned());
                    }
                    namings.push(Naming { run: at..end, weight, local });
                }
            }
            if found.town
                && let Some((part, holders)) = part_behind(tokens, text, end, sentence.end)
                && let Some((town, holder)) = pair(tokens, name, &holders)
            {
                self.count(&Found::of_one(holder), part.clone(), true);
                self.told.entry(name.to_lowercase()).or_insert(known(&town));
                return part.end;
            }
            at = end;
        }
        run.end
    }

    fn count(&mut self, found: &Found, run: Range<u32>, alone: bool) {
        let weight = u32::from(alone) + 1;
        let several = found.regions.len() > 1;
        for (country, region) in &found.regions {
            let weight = if several || found.town && !found.county { 1 } else { weight };
            *self.regions.entry((country, region)).or_default() += weight;
        }
        let mut lands: Vec<_> = found.regions.iter().map(|(country, _)| *country).collect();
        lands.dedup();
        if let [country] = lands[..]
            && !found.town
        {
            self.count_country(country, run);
        }
    }

    fn count_country(&mut self, country: &'static str, run: Range<u32>) {
        self.countries.entry(country).or_insert((0, run)).0 += 1;
    }

    /// The town that is named most, by weight; nobody's where two come close.
    fn subject(
        &self,
        tokens: &Tokens,
        text: &str,
        dateline: Option<&(PlaceMention, u32)>,
        namings: Vec<Naming>,
    ) -> Option<Subject> {
        let mut scores: BTreeMap<String, (u32, bool, Range<u32>)> = BTreeMap::new();
        let mut order = 0;
        for naming in namings {
            let inside = dateline
                .is_some_and(|(place, end)| naming.run.start >= place.tokens.start && naming.run.end <= *end);
            if inside {
                continue;
            }
            order += 1;
            let name = tokens.span(naming.run.clone()).of(text).to_lowercase();
            let entry = scores.entry(name).or_insert((0, false, naming.run.clone()));
            entry.0 += naming.weight + u32::from(order == 1);
            entry.1 |= naming.local;
        }
        if let Some((place, _)) = dateline
            && place.known.is_none_or(|known| known.coordinates.is_some())
            && !place.is_country
        {
            let name = tokens.span(place.tokens.clone()).of(text).to_lowercase();
            let entry = scores.entry(name).or_insert((0, false, place.tokens.clone()));
            entry.0 += DATELINE;
        }
        let mut ranked: Vec<_> = scores.into_values().collect();
        ranked.sort_by_key(|(score, _, run)| (u32::MAX - score, run.start));
        let next = ranked.get(1).map_or(0, |it| it.0);
        let (score, is_local, run) = ranked.into_iter().next()?;
        if score < ENOUGH || score * 2 < next * 3 {
            return None;
        }
        let sentence = tokens.sentence_of(run.start);
        let place = super::resolve(tokens, text, run, sentence.end, super::Relation::At, self);
        let town = place.known.is_none_or(|known| known.coordinates.is_some()) && !place.is_country;
        town.then_some(Subject { place, is_local })
    }

    /// The last country named before token `at`, and the token.
    pub fn before(&self, at: u32) -> Option<(u32, &'static str)> {
        let after = self.mentions.partition_point(|(token, _)| *token < at);
        after.checked_sub(1).map(|last| self.mentions[last])
    }

    /// What the article itself says of a name.
    pub(super) fn told(&self, name: &str) -> Option<Known> {
        self.told.get(&name.to_lowercase()).copied()
    }

    /// A town of a state other than the one that the article plays in is perhaps a namesake of it: "in Austin" in a
    /// report of the Chicago police is no Texan town. Only its country stays.
    pub(super) fn unless_local(&self, name: &str, known: Known) -> Known {
        let home = self.subject.as_ref().filter(|it| it.is_local).and_then(|it| it.place.known);
        let elsewhere = home.is_some_and(|home| {
            home.country == known.country && home.admin.is_some() && home.admin != known.admin
        });
        if elsewhere && known.coordinates.is_some() && !self.with_authorities.contains(name) {
            return Known { admin: None, coordinates: None, ..known };
        }
        known
    }

    /// Whether the article calls this name a town's, a village's or an island's of its own.
    pub fn is_own_settlement(&self, name: &str) -> bool {
        self.own_settlements.contains(&name.to_lowercase())
    }

    /// Whether the article takes its country for granted: what is written for readers elsewhere names it or its
    /// people, and other countries.
    pub fn is_local_news(&self, country: &str) -> bool {
        self.mentions.len() <= 2 && !self.mentions.iter().any(|(_, named)| *named == country)
    }

    /// Whether the article speaks of the country.
    pub(super) fn has(&self, country: &str) -> bool {
        self.countries.contains_key(country)
    }

    /// How often the article names the region that a town lies in.
    pub(super) fn votes(&self, place: &Candidate) -> u32 {
        let region = place.region.map(|region| (place.country, region));
        region.and_then(|region| self.regions.get(&region)).copied().unwrap_or(0)
    }

    /// The country that the article is about: the only one, or one named much more often than all others together
    /// (more often, where the report was written there).
    pub fn country(&self) -> Option<(&'static str, Range<u32>)> {
        let all: u32 = self.countries.values().map(|(count, _)| count).sum();
        let (country, (most, first)) = self.countries.iter().max_by_key(|(_, (count, _))| *count)?;
        let written_there =
            self.dateline.as_ref().and_then(|it| it.known).is_some_and(|it| it.country == *country);
        let enough = if written_there { most * 2 > all } else { most * 4 >= all * 3 };
        enough.then(|| (*country, first.clone()))
    }
}

/// What a dateline adds to its town.
const DATELINE: u32 = 5;
/// The least that makes a town the article's.
const ENOUGH: u32 = 3;

/// What sorts of places a name may mean.
#[derive(Default)]
struct Found {
    town: bool,
    county: bool,
    regions: Vec<(&'static str, &'static str)>,
}

impl Found {
    fn of(tokens: &Tokens, name: &str) -> Found {
        let mut found = Found::default();
        for place in tokens.places_named(name) {
            found.add(&place);
        }
        // "Manchester" is a parish of Jamaica, too: a region speaks for itself only where its namesake lies in it.
        let largest =
            tokens.places_named(name).filter(|it| it.kind == PlaceKind::Town).max_by_key(|it| it.population);
        if let Some(town) = largest.filter(|_| !found.county) {
            found.regions.retain(|(country, region)| town.country == *country && town.region == Some(region));
        }
        found
    }

    fn of_one(place: &Candidate) -> Found {
        let mut found = Found::default();
        found.add(place);
        found
    }

    fn add(&mut self, place: &Candidate) {
        match place.kind {
            PlaceKind::Town => self.town = true,
            PlaceKind::Region | PlaceKind::County | PlaceKind::Abbreviation => {
                self.county |= place.kind == PlaceKind::County;
                self.regions.extend(place.region.map(|region| (place.country, region)));
            }
            PlaceKind::Country | PlaceKind::Demonym => {}
        }
    }
}

/// "The island of", "a village called".
fn is_called_settlement(tokens: &Tokens, text: &str, at: u32, sentence: &Range<u32>) -> bool {
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

/// The country that the words at `at` name, or whose people, and one past them.
fn country(tokens: &Tokens, text: &str, at: u32) -> Option<(u32, &'static str)> {
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
fn pair<'h>(tokens: &Tokens, name: &str, holders: &'h [Candidate]) -> Option<(Candidate, &'h Candidate)> {
    let towns = tokens.places_named(name).filter(|it| it.kind == PlaceKind::Town);
    let held = towns.filter_map(|town| Some((town, holders.iter().find(|it| it.holds(&town))?)));
    held.max_by_key(|(town, _)| town.population)
}

/// Whether what stands around an ordinary word tells that it is a place's name: "in Reading", "Mobile, Ala.".
fn is_introduced(tokens: &Tokens, text: &str, at: u32, end: u32, sentence: &Range<u32>) -> bool {
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
fn weight(
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

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(text: &str) -> Option<(String, Option<&'static str>)> {
        let tokens = crate::facts::annotated(text);
        let subject = Geography::of(&tokens, text).subject?.place;
        let name = tokens.span(subject.tokens).of(text).to_owned();
        Some((name, subject.known.and_then(|known| known.admin)))
    }

    fn town(name: &str, region: &'static str) -> Option<(String, Option<&'static str>)> {
        Some((name.to_owned(), Some(region)))
    }

    #[test]
    fn the_dateline_and_the_police_tell_the_town() {
        assert_eq!(subject("ROCKFORD, Ill. (AP) — A man was shot on Monday."), town("ROCKFORD", "Illinois"));
        assert_eq!(subject("BOGOTA, 3 Jan (AFP) -- A bomb went off."), town("BOGOTA", "Bogota D.C."));
        assert_eq!(subject("A man was shot, Milwaukee police said."), town("Milwaukee", "Wisconsin"));
        assert_eq!(subject("They walked from Milwaukee to Chicago."), None);
    }

    #[test]
    fn regions_and_counties_decide_between_namesakes() {
        assert_eq!(
            subject("Deputies of Greene County, Missouri, came. Springfield police came, too."),
            town("Springfield", "Missouri")
        );
        assert_eq!(
            subject("In Springfield, Mass., Springfield police came."),
            town("Springfield", "Massachusetts")
        );
        assert_eq!(subject("Springfield police came.").and_then(|it| it.1), None);
    }

    #[test]
    fn an_article_has_one_country_or_none() {
        let country = |text: &str| {
            let tokens = crate::facts::annotated(text);
            Geography::of(&tokens, text).country().map(|(country, _)| country)
        };
        assert_eq!(country("Peruvian police came. Peru is tired of it."), Some("PE"));
        assert_eq!(country("Peru and Chile talked. Chilean police came, Peruvian police left."), None);
    }

    #[test]
    fn villages_and_islands_are_no_parts_of_the_town() {
        let text = "He went to the island of Wexholme.";
        let tokens = crate::facts::annotated(text);
        let geography = Geography::of(&tokens, text);
        assert!(geography.is_own_settlement("Wexholme") && !geography.is_own_settlement("Oslo"));
    }
}
