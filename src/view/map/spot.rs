//! Where an attack is drawn: one point of the map, or a country of which nothing finer is known.

use super::outline::outline;
use crate::dossier::{Attack, Nearness};
use crate::facts::Coordinates;
use crate::words::Words;

/// Attacks of one spot are drawn as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A town, and whether it is only known to be near it.
    Town(Coordinates, bool),
    /// Somewhere in the country with that code, which has an outline.
    Country(String),
}

impl Spot {
    /// Of one attack; `None` where it names no place that could be drawn.
    pub fn of(attack: &Attack) -> Option<Spot> {
        let country = || attack.country.as_ref().filter(|code| outline(code).is_some());
        match attack.coordinates {
            Some(at) => Some(Spot::Town(at, is_near(attack))),
            None => country().map(|code| Spot::Country(code.clone())),
        }
    }

    /// "Kerman, Iran", "Near Kerman, Iran", "Somewhere in Mali"; `attack` is one that is drawn there. With the division that
    /// a town lies in, "Springfield, Illinois, United States".
    pub(super) fn label(&self, attack: &Attack, region: Option<&str>, words: &Words) -> String {
        match self {
            Spot::Town(_, near) => {
                let town = town(attack).unwrap_or_default();
                let town = region.map_or_else(|| town.to_owned(), |region| format!("{town}, {region}"));
                let town = if *near { words.with("map.near", &[("place", &town)]) } else { town };
                let country = attack.country.as_deref().map(|code| words.country(code));
                match country.filter(|country| *country != town) {
                    Some(country) => format!("{town}, {country}"),
                    None => town,
                }
            }
            Spot::Country(code) => {
                words.with("map.somewhere", &[("country", &words.country_in_sentence(code))])
            }
        }
    }
}

/// The name that the gazetteer's coordinates are those of.
pub(super) fn town(attack: &Attack) -> Option<&str> {
    attack.near.as_deref().or(attack.place.as_deref())
}

/// Whether it is only known to be near the town that it is given by.
pub(super) fn is_near(attack: &Attack) -> bool {
    attack.nearness == Nearness::Near && attack.near.is_some()
}
