//! Which of the towns of one name lies among the other towns and counties that an article names [after Leidner 2007].

use std::collections::BTreeMap;

use super::Known;
use super::resolve::known;
use crate::facts::Coordinates;
use crate::facts::gazetteer::{Candidate, PlaceKind};

/// How many names of an article are compared, and how many places of each name: keeps the work small.
const NAMES: usize = 24;
const MEANINGS: usize = 10;
/// How far apart, in kilometres, towns are neighbours.
const NEAR: f64 = 70.0;
/// Towns from this many people on are meant though the article names neighbours of a namesake, unless it names several.
const FAMOUS: u32 = 300_000;

/// The places that an article names, by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours {
    named: BTreeMap<String, Vec<Candidate>>,
}

impl Neighbours {
    /// Takes in one name.
    pub(super) fn add(&mut self, name: &str, places: impl Iterator<Item = Candidate>) {
        if self.named.len() < NAMES && !self.named.contains_key(name) {
            let meant = |it: &Candidate| matches!(it.kind, PlaceKind::Town | PlaceKind::County);
            let places: Vec<Candidate> = places.filter(meant).take(MEANINGS).collect();
            if !places.is_empty() {
                self.named.insert(name.to_owned(), places);
            }
        }
    }

    /// The names that several towns bear, each with the one that has most neighbours among the others; none where two
    /// have as many.
    pub(super) fn settle(&self) -> BTreeMap<String, Known> {
        let mut settled = BTreeMap::new();
        for (name, places) in &self.named {
            let towns = || places.iter().filter(|it| it.kind == PlaceKind::Town);
            if towns().count() < 2 {
                continue;
            }
            let mut ranked: Vec<(usize, &Candidate)> =
                towns().map(|town| (self.neighbours_of(name, town), town)).collect();
            ranked.sort_by_key(|(count, town)| (usize::MAX - count, u32::MAX - town.population));
            let (most, best) = ranked[0];
            let next =
                ranked.iter().find(|(_, town)| town.region != best.region).map_or(0, |(count, _)| *count);
            let only_namesakes = most == 1 && self.points_elsewhere(name, best, places);
            if most > next + usize::from(is_dwarfed(best, places)) && !only_namesakes {
                settled.insert(name.to_lowercase(), known(best));
            }
        }
        settled
    }

    /// How many other names of the article have a meaning near the town. Who writes "Paris" does not mean that of Ontario.
    fn neighbours_of(&self, name: &str, town: &Candidate) -> usize {
        let others = self.named.iter().filter(|(other, _)| *other != name);
        let near = |places: &Vec<Candidate>| {
            places.iter().any(|place| is_near(place, town) && !is_dwarfed(place, places))
        };
        others.filter(|(_, places)| near(places)).count()
    }

    /// Whether the article names more towns of another country in which the name is one too: in an article of Leeds and Hull,
    /// that there are a Derby and a Bristol in Connecticut near each other tells nothing.
    fn points_elsewhere(&self, name: &str, town: &Candidate, namesakes: &[Candidate]) -> bool {
        let largest =
            |places: &Vec<Candidate>| places.iter().max_by_key(|it| it.population).map(|it| it.country);
        let named_in = |country| {
            let others = self.named.iter().filter(|(other, _)| *other != name);
            others.filter(|(_, places)| largest(places) == Some(country)).count()
        };
        let here = named_in(town.country);
        namesakes.iter().any(|it| it.country != town.country && named_in(it.country) > here)
    }
}

/// Whether a place is next to nothing beside a city of its name.
fn is_dwarfed(place: &Candidate, namesakes: &[Candidate]) -> bool {
    let famous = namesakes.iter().map(|it| it.population).max().unwrap_or(0);
    place.kind == PlaceKind::Town && famous >= FAMOUS && famous / 20 > place.population
}

fn is_near(place: &Candidate, town: &Candidate) -> bool {
    place.country == town.country
        && match (place.coordinates, town.coordinates) {
            (Some(one), Some(other)) => kilometres(one, other) <= NEAR,
            // A county tells its region only.
            _ => place.region == town.region,
        }
}

/// The distance between two places that are not far from each other, roughly.
pub(in crate::facts) fn kilometres(one: Coordinates, other: Coordinates) -> f64 {
    let degrees = |micro: i32| f64::from(micro) / 1e6;
    let north = degrees(one.latitude) - degrees(other.latitude);
    // The cosine by its series: the same on every machine.
    let angle = degrees(one.latitude).to_radians();
    let cosine = 1.0 - angle * angle / 2.0 + angle * angle * angle * angle / 24.0;
    let east = (degrees(one.longitude) - degrees(other.longitude)) * cosine;
    111.2 * (north * north + east * east).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::gazetteer::candidates;

    #[test]
    fn towns_near_each_other_tell_which_are_meant() {
        let mut neighbours = Neighbours::default();
        neighbours.add("Chelsea", candidates("Chelsea"));
        neighbours.add("Revere", candidates("Revere"));
        let region = neighbours.settle().get("chelsea").and_then(|it| it.admin);
        assert_eq!(region, Some("Massachusetts"));
    }

    #[test]
    fn namesakes_that_name_each_other_tell_nothing_among_towns_of_another_country() {
        let mut neighbours = Neighbours::default();
        for name in ["Derby", "Bristol", "Leeds", "Hull", "York"] {
            neighbours.add(name, candidates(name));
        }
        let settled = neighbours.settle();
        let american = settled.iter().filter(|(_, it)| it.country == "US").map(|(name, _)| name);
        assert_eq!(american.collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn a_great_citys_name_draws_no_village_to_its_namesake() {
        let mut neighbours = Neighbours::default();
        neighbours.add("Westvale", candidates("Westvale"));
        neighbours.add("Paris", candidates("Paris"));
        assert!(!neighbours.settle().contains_key("westvale"));
    }

    #[test]
    fn a_name_alone_tells_nothing() {
        let mut neighbours = Neighbours::default();
        neighbours.add("Chelsea", candidates("Chelsea"));
        assert!(neighbours.settle().is_empty());
    }
}
