//! Packs the lines of `scripts/make_gazetteer.py` into `places.fst`, `places.bin` and `usual-names.tsv` of
//! `src/facts/gazetteer`.
#![expect(clippy::disallowed_methods, reason = "a tool that writes three files of the source tree")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, BufRead};

use dateline::slug::slugify;
use fst::MapBuilder;

/// Kinds in the order that candidates of one name are given in; also the tags of the map's values.
const KINDS: [&str; 7] = ["country", "demonym", "region", "town", "", "county", "abbreviation"];
const SEVERAL: u64 = 4;
/// Set in the map's value of a name that is an ordinary word or a person's, too.
const ORDINARY: u64 = 1 << 32;

fn main() -> anyhow::Result<()> {
    let mut divisions: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut rows = Vec::new();
    let mut ordinary = BTreeSet::new();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind, name, country, region, latitude, longitude, people, ordinary_word, usual] = fields[..]
        else {
            anyhow::bail!("nine fields wanted: {line}");
        };
        if !ordinary_word.is_empty() {
            ordinary.insert(name.to_owned());
        }
        let kind = KINDS.iter().position(|known| *known == kind).expect("a known kind") as u64;
        divisions.insert((country.to_owned(), region.to_owned()), 0);
        rows.push((
            name.to_owned(),
            kind,
            (country.to_owned(), region.to_owned()),
            (latitude.parse().unwrap_or(0.0f64), longitude.parse().unwrap_or(0.0f64)),
            people.parse::<u32>()?,
            !usual.is_empty(),
        ));
    }
    for (index, division) in divisions.values_mut().enumerate() {
        *division = index as u32;
    }

    // Towns, each once, largest first: their records hold a place's division, coordinates and population.
    let mut towns: Vec<_> = rows
        .iter()
        .filter(|row| row.1 == 3)
        .map(|row| (row.4, divisions[&row.2], fixed(row.3.0), fixed(row.3.1)))
        .collect();
    towns.sort_by_key(|town| (std::cmp::Reverse(town.0), town.1, town.2, town.3));
    towns.dedup();
    let town_index: BTreeMap<_, u32> =
        towns.iter().enumerate().map(|(at, town)| (*town, at as u32)).collect();

    let mut names: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut called: BTreeMap<u32, Vec<(bool, &str)>> = BTreeMap::new();
    for (name, kind, division, place, people, is_usual) in &rows {
        let division = divisions[division];
        let index = match kind {
            3 => town_index[&(*people, division, fixed(place.0), fixed(place.1))],
            _ => division,
        };
        names.entry(name).or_default().push(u64::from(index) << 3 | kind);
        if *kind == 3 {
            called.entry(index).or_default().push((*is_usual, name));
        }
    }

    let mut lists: Vec<u32> = Vec::new();
    let mut map = MapBuilder::memory();
    for (name, mut candidates) in names {
        candidates.sort_by_key(|candidate| (candidate & 7, candidate >> 3));
        candidates.dedup();
        let value = match candidates[..] {
            [one] => one,
            _ => {
                let at = lists.len() as u64;
                lists.push(candidates.len() as u32);
                lists.extend(candidates.iter().map(|candidate| *candidate as u32));
                at << 3 | SEVERAL
            }
        };
        let word = if ordinary.contains(name) { ORDINARY } else { 0 };
        map.insert(name, value | word)?;
    }

    let places: Vec<(i32, i32)> = towns.iter().map(|(_, _, north, east)| (*north, *east)).collect();
    let mut packed = Vec::new();
    let blob: usize = divisions.keys().map(|(_, region)| 2 + region.len()).sum();
    for size in [divisions.len(), blob, towns.len(), lists.len()] {
        packed.extend((size as u32).to_le_bytes());
    }
    let mut end = 0;
    for (_, region) in divisions.keys() {
        end += 2 + region.len();
        packed.extend((end as u32).to_le_bytes());
    }
    for (country, region) in divisions.keys() {
        packed.extend(country.as_bytes());
        packed.extend(region.as_bytes());
    }
    for (people, division, latitude, longitude) in towns {
        packed.extend(&latitude.to_le_bytes()[..3]);
        packed.extend(&longitude.to_le_bytes()[..3]);
        packed.extend((division as u16).to_le_bytes());
        packed.extend(&people.div_ceil(100).to_le_bytes()[..3]);
    }
    for value in lists {
        packed.extend(value.to_le_bytes());
    }
    std::fs::write("src/facts/gazetteer/usual-names.tsv", usual_names(&called, &places))?;
    std::fs::write("src/facts/gazetteer/places.fst", map.into_inner()?)?;
    std::fs::write("src/facts/gazetteer/places.bin", packed)?;
    Ok(())
}

/// The usual names of the towns of which another name would make another slug, with the towns' numbers. Of two at one place the
/// larger lends its name to the other. `called` has the names of each, and whether it is the usual one; `places` where it is.
fn usual_names(called: &BTreeMap<u32, Vec<(bool, &str)>>, places: &[(i32, i32)]) -> String {
    let mut lines = String::new();
    let mut first_there: BTreeMap<(i32, i32), u32> = BTreeMap::new();
    for (at, names) in called {
        let larger = first_there.entry(places[*at as usize]).or_insert(*at);
        let of_larger = &called[larger];
        let usual = of_larger.iter().find(|(is_usual, _)| *is_usual).or(of_larger.first());
        let (_, usual) = usual.expect("a town has a name");
        let slug = slugify(usual, "town");
        if names.iter().any(|(_, name)| slugify(name, "town") != slug) {
            writeln!(lines, "{at}\t{usual}").expect("a string takes what is written to it");
        }
    }
    lines
}

/// Ten-thousandths of a degree, about eleven metres: finer than the middle of a town is.
fn fixed(degrees: f64) -> i32 {
    (degrees * 10_000.0).round() as i32
}
