//! Place names to the places that bear them: countries, demonyms, first-level regions, counties and towns.
//!
//! The data are GeoNames' (CC BY 4.0, see `NOTICE`), packed by `scripts/make_gazetteer.py`. They are searched where
//! they lie in the program: opening them costs nothing.

mod towns;

use std::sync::LazyLock;

use super::{Coordinates, place_names};

pub(super) use place_names::longest;
pub use towns::{Town, town_at};

static PLACES: LazyLock<Places> = LazyLock::new(|| Places::open(include_bytes!("gazetteer/places.bin")));

/// What a name stands for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// "Iran".
    Country,
    /// "Iranian": not a place, but it tells the country.
    Demonym,
    /// A state, province or department: "Antioquia".
    Region,
    /// "Kirkuk".
    Town,
    /// "Cook County": tells the region it lies in.
    County,
    /// "Ill." for Illinois: only behind a town's name.
    Abbreviation,
}

/// One place that bears a name.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// First-level division: of a town the one it lies in, of a region itself.
    pub region: Option<&'static str>,
    /// Middle of a town, to a ten-thousandth of a degree.
    pub coordinates: Option<Coordinates>,
    /// Inhabitants of a town, rounded up to hundreds; 0 for anything else.
    pub population: u32,
}

impl Candidate {
    /// Whether a place lies in this country or region, as far as the gazetteer tells.
    pub fn holds(&self, place: &Candidate) -> bool {
        self.country == place.country && (self.region.is_none() || self.region == place.region)
    }
}

/// All places of this name: countries first, then regions, then towns, the largest first.
///
/// `name` is looked up as it is written, and with capitals at the beginnings of words where it is ALL CAPITALS.
pub fn candidates(name: &str) -> impl Iterator<Item = Candidate> + use<> {
    let value =
        place_names::value(name).or_else(|| from_capitals(name).and_then(|name| place_names::value(&name)));
    tagged(value).map(|tagged| PLACES.candidate(tagged))
}

/// The places that a name leads to by what the packed names have for it: each its number and, in the last three bits, what it
/// is.
fn tagged(value: Option<u64>) -> impl Iterator<Item = u32> {
    let places = &*PLACES;
    let (mut next, end) = match value.map(|value| value & !ORDINARY) {
        None => (Next::List(0), 0),
        Some(value) if value & 7 == SEVERAL => {
            let at = (value >> 3) as usize;
            (Next::List(at + 1), at + 1 + places.list(at) as usize)
        }
        Some(value) => (Next::One(value as u32), 0),
    };
    std::iter::from_fn(move || match next {
        Next::One(value) => {
            next = Next::List(0);
            Some(value)
        }
        Next::List(at) if at < end => {
            next = Next::List(at + 1);
            Some(places.list(at))
        }
        Next::List(_) => None,
    })
}

/// Whether any place has this name; cheaper than asking which.
pub fn knows(name: &str) -> bool {
    place_names::value(name).is_some()
}

/// Whether a name is an ordinary word or a person's name, too: "Reading", "Jackson".
pub fn is_ordinary(name: &str) -> bool {
    place_names::value(name).is_some_and(|value| value & ORDINARY != 0)
}

enum Next {
    One(u32),
    List(usize),
}

/// "NEW YORK" to "New York"; `None` for anything else.
fn from_capitals(name: &str) -> Option<String> {
    let capitals = name.chars().all(|letter| !letter.is_lowercase());
    if !capitals || name.chars().filter(|letter| letter.is_uppercase()).count() < 4 {
        return None;
    }
    let mut inside = false;
    let mut word = String::with_capacity(name.len());
    for letter in name.chars() {
        if inside {
            word.extend(letter.to_lowercase());
        } else {
            word.push(letter);
        }
        inside = letter.is_alphabetic();
    }
    Some(word)
}

/// Tag of a town.
const A_TOWN: u32 = 3;
/// Tag of a name that several places bear.
const SEVERAL: u64 = 4;
/// Set in the value of a name that is an ordinary word or a person's name, too.
const ORDINARY: u64 = 1 << 32;
/// Bytes of one town: latitude and longitude in ten-thousandths of a degree, division, hundreds of people.
const TOWN: usize = 11;

/// The parts of `places.bin`, as `examples/pack_gazetteer.rs` lays them out.
struct Places {
    division_ends: &'static [u8],
    divisions: &'static str,
    towns: &'static [u8],
    lists: &'static [u8],
}

impl Places {
    fn open(packed: &'static [u8]) -> Self {
        let size = |at: usize| number(&packed[at * 4..at * 4 + 4]) as usize;
        let (division_ends, rest) = packed[16..].split_at(size(0) * 4);
        let (divisions, rest) = rest.split_at(size(1));
        let divisions = std::str::from_utf8(divisions).expect("packed from UTF-8");
        let (towns, lists) = rest.split_at(size(2) * TOWN);
        Places { division_ends, divisions, towns, lists }
    }

    fn list(&self, at: usize) -> u32 {
        number(&self.lists[at * 4..at * 4 + 4])
    }

    fn division(&self, at: usize) -> (&'static str, Option<&'static str>) {
        let end = |at: usize| number(&self.division_ends[at * 4..at * 4 + 4]) as usize;
        let start = if at == 0 { 0 } else { end(at - 1) };
        let (country, region) = self.divisions[start..end(at)].split_at(2);
        (country, (!region.is_empty()).then_some(region))
    }

    fn candidate(&self, value: u32) -> Candidate {
        let at = (value >> 3) as usize;
        let kind = match value & 7 {
            0 => PlaceKind::Country,
            1 => PlaceKind::Demonym,
            2 => PlaceKind::Region,
            5 => PlaceKind::County,
            6 => PlaceKind::Abbreviation,
            _ => PlaceKind::Town,
        };
        if kind != PlaceKind::Town {
            let (country, region) = self.division(at);
            return Candidate { kind, country, region, coordinates: None, population: 0 };
        }
        self.town(at)
    }

    /// The town of that number; the largest has the first.
    fn town(&self, at: usize) -> Candidate {
        let town = &self.towns[at * TOWN..(at + 1) * TOWN];
        let (country, region) = self.division(number(&town[6..8]) as usize);
        let coordinates =
            Coordinates { latitude: degrees(&town[..3]) * 100, longitude: degrees(&town[3..6]) * 100 };
        let population = number(&town[8..]) * 100;
        let kind = PlaceKind::Town;
        Candidate { kind, country, region, coordinates: Some(coordinates), population }
    }
}

/// An unsigned little-endian number of up to four bytes.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// A signed little-endian number of three bytes.
fn degrees(bytes: &[u8]) -> i32 {
    ((number(bytes) << 8) as i32) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> Candidate {
        candidates(name).next().unwrap_or_else(|| panic!("{name} is not known"))
    }

    #[test]
    fn a_town_has_country_region_and_coordinates() {
        let town = first("Kirkuk");
        assert_eq!((town.kind, town.country), (PlaceKind::Region, "IQ"));
        let town = candidates("Kirkuk").find(|place| place.kind == PlaceKind::Town).unwrap();
        assert_eq!((town.country, town.region), ("IQ", Some("Kirkuk")));
        assert_eq!(town.coordinates, Some(Coordinates { latitude: 35_468_100, longitude: 44_392_200 }));
        assert!(town.population > 900_000);
        let south_west =
            candidates("Lima").find(|place| place.country == "PE" && place.population > 0).unwrap();
        let coordinates = south_west.coordinates.unwrap();
        assert!(coordinates.latitude < 0 && coordinates.longitude < 0, "{coordinates:?}");
    }

    #[test]
    fn names_of_several_places_give_all_the_largest_first() {
        let springfields: Vec<_> =
            candidates("Springfield").filter(|place| place.kind == PlaceKind::Town).collect();
        assert!(springfields.len() > 5);
        assert!(springfields.is_sorted_by(|one, next| one.population >= next.population));
    }

    #[test]
    fn countries_and_their_people() {
        assert_eq!((first("Somalia").kind, first("Somalia").country), (PlaceKind::Country, "SO"));
        assert_eq!((first("Nigerian").kind, first("Nigerian").country), (PlaceKind::Demonym, "NG"));
        assert_eq!((first("Texas").kind, first("Texas").country), (PlaceKind::Region, "US"));
    }

    #[test]
    fn counties_short_forms_and_ordinary_words() {
        assert_eq!(
            (first("Cook County").kind, first("Ill.").kind),
            (PlaceKind::County, PlaceKind::Abbreviation)
        );
        assert_eq!(first("Ill.").region, Some("Illinois"));
        assert!(is_ordinary("Reading") && is_ordinary("Jackson") && !is_ordinary("Kirkuk"));
    }

    #[test]
    fn headlines_in_capitals_and_other_spellings_are_found() {
        assert_eq!(first("MOGADISHU").country, "SO");
        assert_eq!(first("TEL AVIV").country, "IL");
        assert_eq!(first("Bogota").country, "CO");
        assert_eq!(candidates("qwertyuiop").count(), 0);
        assert_eq!(candidates("").count(), 0);
    }
}
