//! The places that a site knows beyond the gazetteer, and other names of places.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::gazetteer::{self, Candidate};

/// Places by name, as the site writes them.
#[derive(Debug, Default)]
pub(super) struct OwnPlaces {
    by_name: BTreeMap<String, Vec<Candidate>>,
    /// Other names, each with the name that the gazetteer or the site has.
    other_names: BTreeMap<String, String>,
}

impl OwnPlaces {
    pub(super) fn add(&mut self, name: &str, place: Candidate) {
        self.by_name.entry(key(name)).or_default().push(place);
    }

    pub(super) fn add_other_name(&mut self, other: &str, name: String) {
        self.other_names.insert(key(other), name);
    }

    /// All places of this name: the site's own, where it has any, else those of the gazetteer.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = Candidate> {
        let name = self.meant_by(name);
        let own = self.own(name).unwrap_or_default();
        let gazetteer = own.is_empty().then(|| gazetteer::candidates(name));
        own.iter().copied().chain(gazetteer.into_iter().flatten())
    }

    /// Whether any place has this name.
    pub(super) fn knows(&self, name: &str) -> bool {
        let name = self.meant_by(name);
        self.own(name).is_some() || gazetteer::knows(name)
    }

    /// Whether the site gives this name to a place.
    pub(super) fn names(&self, name: &str) -> bool {
        let is_other = || !self.other_names.is_empty() && self.other_names.contains_key(&key(name));
        self.own(name).is_some() || is_other()
    }

    fn own(&self, name: &str) -> Option<&[Candidate]> {
        if self.by_name.is_empty() { None } else { self.by_name.get(&key(name)).map(Vec::as_slice) }
    }

    fn meant_by<'a>(&'a self, name: &'a str) -> &'a str {
        let other = if self.other_names.is_empty() { None } else { self.other_names.get(&key(name)) };
        other.map_or(name, String::as_str)
    }
}

/// Words apart by one space, with straight apostrophes.
fn key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}

/// The name of a region for as long as the program runs: each is kept once, however often its list is read.
pub(super) fn kept(region: &str) -> &'static str {
    static KEPT: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    match kept.get(region) {
        Some(known) => known,
        None => {
            let new: &'static str = Box::leak(region.into());
            kept.insert(new);
            new
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_kept_once() {
        assert!(std::ptr::eq(kept("Northshire"), kept("Northshire")));
    }

    #[test]
    fn another_name_finds_the_places_of_the_gazetteer() {
        let mut places = OwnPlaces::default();
        places.add_other_name("Kirkuk’s City", "Kirkuk".to_owned());
        assert_eq!(places.named("Kirkuk's City").next(), gazetteer::candidates("Kirkuk").next());
        assert!(places.knows("Kirkuk's  City") && !places.knows("Qwertyuiop"));
    }
}
