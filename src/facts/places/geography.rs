//! What the whole article says of where it plays: its dateline, the countries and regions it names, its town.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::dateline::dateline;
use super::elsewhere::{is_accused, is_language, is_nationality, is_paper};
use super::naming::{
    Found, country, is_called_district, is_called_settlement, is_introduced, is_world_region, longest, pair,
    weight,
};
use super::neighbours::Neighbours;
use super::resolve::{known, part_behind};
use super::signs::Signs;
use super::subject::{Naming, Subject};
use super::{Known, PlaceMention, capital_run};
use crate::facts::classes::Class;
use crate::facts::gazetteer::{self, Candidate, PlaceKind};
use crate::facts::tokens::{Shape, Token, Tokens};

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
    /// Names that the article calls a neighbourhood's, a section's or a ward's, in lower case.
    pub(super) districts: BTreeSet<String>,
    /// The places it names, while it is read.
    named: Neighbours,
    /// Names that several towns bear, in lower case, with the one that lies among the others.
    among_neighbours: BTreeMap<String, Known>,
    /// The country that its institutions are of.
    home: Option<&'static str>,
    /// How many first words of sentences were looked for in small letters.
    looked_up: usize,
}

impl Geography {
    /// Reads the names of places in one pass over the tokens.
    pub fn of(tokens: &Tokens, text: &str) -> Geography {
        let mut geography = Geography::default();
        let mut namings = Vec::new();
        for section in &tokens.sections {
            geography.read(tokens, text, section.tokens.clone(), &mut namings);
        }
        let signs = Signs::of(tokens, text);
        for (region, weight) in signs.regions {
            *geography.regions.entry(region).or_default() += weight;
        }
        let elsewhere = |home: &&str| geography.mentions.iter().filter(|(_, named)| named != home).count();
        geography.home = signs.country.filter(|home| elsewhere(home) <= FOREIGN);
        geography.among_neighbours = std::mem::take(&mut geography.named).settle();
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
                if is_language(tokens, text, at..end) {
                    at = end;
                    continue;
                }
                if !is_accused(tokens, text, at..end) && !is_nationality(tokens, text, at..end) {
                    self.count_country(country, at..end);
                }
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
            if is_called_district(tokens, text, run.end, &sentence) {
                self.districts.insert(tokens.span(run.clone()).of(text).to_lowercase());
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
            let doubtful = (gazetteer::is_ordinary(name)
                || self.is_common_word(tokens, text, at..end, sentence))
                && !is_introduced(tokens, text, at, end, sentence);
            if !doubtful && !is_world_region(tokens, text, &(at..end)) {
                self.count(&found, at..end, alone);
                if alone || is_paper(tokens, text, end) {
                    self.named.add(name, tokens.places_named(name));
                }
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
                if holder.kind == PlaceKind::Country {
                    self.mentions.push((part.start, holder.country));
                }
                self.count(&Found::of_one(holder), part.clone(), true);
                self.told.entry(name.to_lowercase()).or_insert(known(&town));
                return part.end;
            }
            at = end;
        }
        run.end
    }

    /// "Sisters mourn brother": a first word of a sentence that is no name where the article writes it small, too.
    fn is_common_word(
        &mut self,
        tokens: &Tokens,
        text: &str,
        run: Range<u32>,
        sentence: &Range<u32>,
    ) -> bool {
        if run.len() > 1 || run.start != sentence.start {
            return false;
        }
        let common = [Class::People, Class::PersonNoun, Class::GroupNoun, Class::Relation];
        if common.iter().any(|class| tokens.all[run.start as usize].is(*class)) {
            return true;
        }
        self.looked_up += 1;
        let name = tokens.span(run).of(text);
        let small =
            |token: &Token| token.shape == Shape::Lower && token.span().of(text).eq_ignore_ascii_case(name);
        self.looked_up <= LOOK_UPS && tokens.all.iter().take(OPENING).any(small)
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

    /// The last country named before token `at`, and the token.
    pub fn before(&self, at: u32) -> Option<(u32, &'static str)> {
        let after = self.mentions.partition_point(|(token, _)| *token < at);
        after.checked_sub(1).map(|last| self.mentions[last])
    }

    /// What the article itself says of a name.
    pub(super) fn told(&self, name: &str) -> Option<Known> {
        self.told.get(&name.to_lowercase()).copied()
    }

    /// Whether the article calls this name a part of a town's.
    pub(super) fn is_district(&self, name: &str) -> bool {
        self.districts.contains(&name.to_lowercase())
    }

    /// The region that the article names much more often than any other, of the country that it plays in.
    pub fn region(&self) -> Option<(&'static str, &'static str)> {
        let mut ranked: Vec<_> = self.regions.iter().map(|(region, votes)| (*votes, *region)).collect();
        ranked.sort_by_key(|(votes, region)| (u32::MAX - votes, *region));
        let (most, (country, region)) = *ranked.first()?;
        let next = ranked.get(1).map_or(0, |(votes, _)| *votes);
        let at_home = self.home == Some(country) || self.country().is_some_and(|(told, _)| told == country);
        (at_home && most >= CLEAR && most > next * 2).then_some((country, region))
    }

    /// The town of this name that lies near other places which the article names.
    pub(super) fn among_neighbours(&self, name: &str) -> Option<Known> {
        self.among_neighbours.get(&name.to_lowercase()).copied()
    }

    /// The country that the article's institutions are of, where it names hardly another.
    pub(super) fn home(&self) -> Option<&'static str> {
        self.home
    }

    /// Whether the article speaks of the police, the mayor or the people of the town.
    pub fn has_authorities(&self, name: &str) -> bool {
        self.with_authorities.contains(name)
    }

    /// A town of a state other than the one that the article plays in is perhaps a namesake of it: "in Austin" in a
    /// report of the Chicago police is no Texan town. Only its country stays.
    pub(super) fn unless_local(&self, name: &str, known: Known) -> Known {
        let home = self.subject.as_ref().filter(|it| it.is_local).and_then(|it| it.place.known);
        let elsewhere = home.is_some_and(|home| {
            home.country == known.country && home.admin.is_some() && home.admin != known.admin
        });
        let at_home = self.is_local_news(known.country);
        if elsewhere && at_home && known.coordinates.is_some() && !self.with_authorities.contains(name) {
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

/// How many first words of sentences are looked for in small letters, and among how many words of the article.
const LOOK_UPS: usize = 16;
const OPENING: usize = 1_000;
/// How often an article may name other countries and still play at home.
const FOREIGN: usize = 2;
/// The least that makes a region the article's.
const CLEAR: u32 = 3;

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
        assert_eq!(country("Then a Peruvian soldier came."), Some("PE"));
        assert_eq!(country("The bomber was a Moroccan."), None);
        assert_eq!(
            country("A 32-year-old Tunisian, of Algerian descent, and a Belgian-born man came."),
            None
        );
        assert_eq!(country("A teacher of Spanish at the college spoke in French."), None);
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
