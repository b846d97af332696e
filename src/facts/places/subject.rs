//! The town that an article is about: the one named most, by what the words around its name say for it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::geography::Geography;
use super::{PlaceMention, Relation, resolve};
use crate::facts::tokens::Tokens;

/// What a dateline adds to its town.
const DATELINE: u32 = 5;
/// The least that makes a town the article's.
const ENOUGH: u32 = 3;

/// A town that the article speaks of more than of any other.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Where it is named.
    pub place: PlaceMention,
    /// Whether the text itself plays there: its police, "in" it; not the dateline alone.
    pub is_local: bool,
}

/// One name of a town in the text.
pub(super) struct Naming {
    pub(super) run: Range<u32>,
    pub(super) weight: u32,
    pub(super) local: bool,
}

impl Geography {
    /// The town that is named most, by weight; nobody's where two come close.
    pub(super) fn subject(
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
            let name = tokens.span(naming.run.clone()).of(text).to_lowercase();
            if inside || self.districts.contains(&name) {
                continue;
            }
            order += 1;
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
        let place = resolve(tokens, text, run, sentence.end, Relation::At, self);
        let town = place.known.is_none_or(|known| known.coordinates.is_some()) && !place.is_country;
        town.then_some(Subject { place, is_local })
    }
}
