//! Which town stands at given coordinates, and what tells it from all others: of the town alone, however an article writes
//! its name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{A_TOWN, Coordinates, PLACES, TOWN, place_names, tagged};
use crate::slug::slugify;

/// A town, told from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    /// Its usual name as a slug: `bogota`, also where an article writes "Santa Fe de Bogotá".
    pub slug: String,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The first-level division that it lies in, where another town of the country has that name, too.
    pub region: Option<&'static str>,
    /// From 1, the largest first: which of those it is that have name and division in common.
    pub number: usize,
}

/// The town whose middle is at `coordinates`; `None` where the gazetteer has none. Of all that it may be `called`, one name
/// that the gazetteer has saves looking through all of them.
pub fn town_at<'a>(coordinates: Coordinates, called: impl IntoIterator<Item = &'a str>) -> Option<Town> {
    let stands_there = |at: &usize| PLACES.town(*at).coordinates == Some(coordinates);
    let by_name = |name: &'a str| Some((named(name).find(stands_there)?, name.to_owned()));
    let found = called.into_iter().find_map(by_name);
    let (at, name) = found.or_else(|| {
        let at = (0..PLACES.towns.len() / TOWN).find(stands_there)?;
        Some((at, place_names::first(|value| towns(Some(value)).any(|it| it == at))?))
    })?;
    let name = usual(at, &name);
    let (slug, town) = (slugify(name, "town"), PLACES.town(at));
    let plain: String = name.nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    let of_name = |called| -> Vec<usize> {
        let is_namesake = |at: &usize| slugify(usual(*at, called), "town") == slug;
        named(called).filter(|at| PLACES.town(*at).country == town.country).filter(is_namesake).collect()
    };
    let mut namesakes: Vec<usize> = [of_name(name), of_name(&plain)].concat();
    namesakes.sort_unstable();
    namesakes.dedup();
    // Two at one place are one spot.
    namesakes.retain(|other| !stands_there(other));
    let before = namesakes.iter().filter(|other| **other < at && PLACES.town(**other).region == town.region);
    let number = before.count() + 1;
    let region = town.region.filter(|_| !namesakes.is_empty());
    Some(Town { slug, country: town.country, region, number })
}

/// The numbers of the towns of that name, the largest first.
fn named(name: &str) -> impl Iterator<Item = usize> + use<> {
    towns(place_names::value(name))
}

/// The towns among the places that a name leads to.
fn towns(value: Option<u64>) -> impl Iterator<Item = usize> {
    tagged(value).filter(|tagged| tagged & 7 == A_TOWN).map(|tagged| (tagged >> 3) as usize)
}

/// The usual name of a town that is called `name` as well.
fn usual(at: usize, name: &str) -> &str {
    // Those of which another name would make another slug.
    static USUAL: LazyLock<BTreeMap<usize, &'static str>> = LazyLock::new(|| {
        let lines = include_str!("usual-names.tsv").lines().filter_map(|line| line.split_once('\t'));
        lines.map(|(at, name)| (at.parse().expect("packed with a number"), name)).collect()
    });
    USUAL.get(&at).copied().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::gazetteer::{PlaceKind, candidates};

    fn town(name: &str, country: &str, region: Option<&str>) -> Coordinates {
        let is_it = |it: &super::super::Candidate| {
            it.kind == PlaceKind::Town && it.country == country && (region.is_none() || it.region == region)
        };
        candidates(name).find(is_it).and_then(|it| it.coordinates).expect("the gazetteer has it")
    }

    #[test]
    fn a_town_is_the_same_by_whatever_name_it_is_found() {
        for (country, usual, names) in [
            ("CO", "bogota", &["Bogotá", "Bogota", "Santa Fe de Bogotá"][..]),
            ("DE", "munich", &["Munich", "München"]),
            ("AF", "kabul", &["Kabul"]),
        ] {
            let at = town(names[0], country, None);
            // By none of its names it is looked for among all.
            for called in names.iter().map(|name| Some(*name)).chain([Some("Qwertyuiop"), None]) {
                let found = town_at(at, called).expect("it is a town");
                assert_eq!((found.slug.as_str(), found.country), (usual, country), "{called:?}");
            }
        }
        assert_eq!(town_at(Coordinates { latitude: 0, longitude: 0 }, ["Kabul"]), None);
    }

    #[test]
    fn a_division_tells_namesakes_of_one_country_apart_and_no_others() {
        let told = |name, country, region| {
            let found = town_at(town(name, country, region), [name]).expect("it is a town");
            (found.region, found.number)
        };
        assert_eq!(told("Springfield", "US", Some("Illinois")), (Some("Illinois"), 1));
        assert_eq!(told("Springfield", "US", Some("Missouri")), (Some("Missouri"), 1));
        assert_eq!(told("London", "GB", None), (None, 1), "the London of Ontario lies in another country");
    }

    #[test]
    fn no_two_towns_are_told_by_the_same() {
        for name in ["San José", "Springfield", "San Antonio", "Santa Cruz", "Victoria", "Al Mahmudiyah"] {
            let mut all = std::collections::BTreeSet::new();
            for at in named(name) {
                let coordinates = PLACES.town(at).coordinates.expect("a town has them");
                let found = town_at(coordinates, [name]).expect("it is a town");
                let told = (found.slug.clone(), found.country, found.region, found.number);
                assert!(all.insert(told), "{found:?}");
            }
        }
    }
}
