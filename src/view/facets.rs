//! By what the timeline can be narrowed: countries, types and perpetrators, each with its attacks.

use std::collections::BTreeMap;

use serde::Serialize;

use super::map::{Spot, SpotName, spot_names};
use crate::country;
use crate::dossier::{Attack, Dossier};
use crate::facts::{PerpetratorKind, Standing};
use crate::fields::Choice as _;
use crate::slug::slugify;
use crate::words::Words;

/// What a part of the timeline has in common.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FacetKind {
    /// The country that the place lies in.
    Country,
    /// Bombing, shooting …
    Type,
    /// Who is named as having done it, with whatever standing.
    Perpetrator,
    /// A spot of the map with several attacks. The map leads to it; it is no choice of a list.
    Place,
}

impl FacetKind {
    /// All of them.
    pub const ALL: [FacetKind; 4] =
        [FacetKind::Country, FacetKind::Type, FacetKind::Perpetrator, FacetKind::Place];

    /// Those that are chosen from a list, in the order of the page.
    pub const LISTED: [FacetKind; 3] = [FacetKind::Country, FacetKind::Type, FacetKind::Perpetrator];

    /// As it stands in addresses: `country`.
    pub fn key(self) -> &'static str {
        match self {
            FacetKind::Country => "country",
            FacetKind::Type => "type",
            FacetKind::Perpetrator => "perpetrator",
            FacetKind::Place => "place",
        }
    }

    /// As a heading: "Country".
    pub fn label(self, words: &Words) -> &str {
        match self {
            FacetKind::Country => words.text("facet.country"),
            FacetKind::Type => words.text("facet.type"),
            FacetKind::Perpetrator => words.text("facet.perpetrator"),
            FacetKind::Place => words.text("facet.place"),
        }
    }
}

/// The attacks that have one thing in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// As it stands in addresses: `sri-lanka`.
    pub slug: String,
    /// "Sri Lanka".
    pub label: String,
    /// Indices into [`Dossier::attacks`], in its order.
    pub attacks: Vec<u32>,
}

impl Facet {
    /// The site path of its part of the timeline, without a leading slash: `timeline/country/sri-lanka/`.
    pub fn path(&self, kind: FacetKind) -> String {
        format!("timeline/{}/{}/", kind.key(), self.slug)
    }

    /// Whether it has a part of the timeline of its own. Somebody who is named for one attack alone has none: the attack's
    /// page says all there is.
    pub fn has_page(&self, kind: FacetKind) -> bool {
        kind != FacetKind::Perpetrator || self.attacks.len() > 1
    }
}

/// Every facet of the timeline, each kind in order of label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    by_kind: [Vec<Facet>; 4],
    /// Of names of perpetrators, each looked at once.
    slugs: BTreeMap<String, String>,
    /// Of spots of the map with several attacks.
    spots: BTreeMap<Spot, String>,
}

impl Facets {
    /// Of `attacks`, indices into [`Dossier::attacks`] in its order.
    pub fn new(dossier: &Dossier, attacks: &[u32], words: &Words) -> Self {
        let mut found: [BTreeMap<String, Facet>; 4] = Default::default();
        let mut slugs: BTreeMap<String, String> = BTreeMap::new();
        let mut countries: BTreeMap<&str, String> = BTreeMap::new();
        let mut add = |kind: FacetKind, slug: &str, label: &str, at: u32| {
            let facet = found[kind as usize].entry(slug.to_owned()).or_insert_with(|| Facet {
                slug: slug.to_owned(),
                label: label.to_owned(),
                attacks: Vec::new(),
            });
            if facet.attacks.last() != Some(&at) {
                facet.attacks.push(at);
            }
        };
        for at in attacks {
            let attack = &dossier.attacks[*at as usize];
            if let Some(code) = attack.country.as_deref() {
                let slug = countries.entry(code).or_insert_with(|| country_slug(code));
                add(FacetKind::Country, slug, words.country(code), *at);
            }
            add(FacetKind::Type, &type_slug(attack), super::wording::kind(attack.kind, words), *at);
            for (name, ..) in attack.perpetrators.iter().filter(|who| is_listed(who)) {
                let slug = slugs.entry(name.clone()).or_insert_with(|| slugify(name, "unnamed"));
                add(FacetKind::Perpetrator, slug, name, *at);
            }
        }
        let mut by_kind = found.map(|facets| in_order(facets.into_values().collect()));
        keep_most_frequent(&mut by_kind[FacetKind::Perpetrator as usize]);
        let (places, spots) = places(dossier, attacks, words);
        by_kind[FacetKind::Place as usize] = places;
        Facets { by_kind, slugs, spots }
    }

    /// The attacks of a spot of the map, where there are several.
    pub(super) fn of_spot(&self, spot: &Spot) -> Option<&Facet> {
        self.find(FacetKind::Place, self.spots.get(spot)?)
    }

    /// The facets of one kind, in order of label.
    pub fn of_kind(&self, kind: FacetKind) -> &[Facet] {
        &self.by_kind[kind as usize]
    }

    /// The facet at `slug`.
    pub fn find(&self, kind: FacetKind, slug: &str) -> Option<&Facet> {
        self.of_kind(kind).iter().find(|facet| facet.slug == slug)
    }

    /// The slug of a perpetrator as an attack names it, if it is one that the timeline can be narrowed to.
    pub(super) fn perpetrator(&self, who: &(String, PerpetratorKind, Standing)) -> Option<&str> {
        self.slugs.get(&who.0).filter(|_| is_listed(who)).map(String::as_str)
    }
}

fn in_order(mut facets: Vec<Facet>) -> Vec<Facet> {
    facets.sort_by_cached_key(|facet| (facet.label.to_lowercase(), facet.slug.clone()));
    facets
}

/// The spots of the map with several of `attacks`, and the slug of each.
fn places(dossier: &Dossier, attacks: &[u32], words: &Words) -> (Vec<Facet>, BTreeMap<Spot, String>) {
    let mut spots: BTreeMap<Spot, Vec<u32>> = BTreeMap::new();
    for at in attacks {
        if let Some(spot) = Spot::of(&dossier.attacks[*at as usize]) {
            spots.entry(spot).or_default().push(*at);
        }
    }
    spots.retain(|_, attacks| attacks.len() > 1);
    let here = |attacks: &Vec<u32>| attacks.iter().map(|at| &dossier.attacks[*at as usize]).collect();
    let with_attacks: Vec<(&Spot, Vec<&Attack>)> =
        spots.iter().map(|(spot, attacks)| (spot, here(attacks))).collect();
    let names = spot_names(&with_attacks, words);
    let (mut places, mut slugs) = (Vec::new(), BTreeMap::new());
    for ((spot, attacks), SpotName { slug, label }) in spots.into_iter().zip(names) {
        slugs.insert(spot, slug.clone());
        places.push(Facet { slug, label, attacks });
    }
    (in_order(places), slugs)
}

/// Every page of the timeline names everything that it can be narrowed to: were that thousands of names, the pages narrowed
/// to them would be most of a large site. Countries and types are few by nature.
const MOST_PERPETRATORS: usize = 100;

/// Leaves those of whom most attacks are told, in their order.
fn keep_most_frequent(perpetrators: &mut Vec<Facet>) {
    if perpetrators.len() > MOST_PERPETRATORS {
        let mut counts: Vec<(std::cmp::Reverse<usize>, String)> =
            perpetrators.iter().map(|it| (std::cmp::Reverse(it.attacks.len()), it.slug.clone())).collect();
        counts.sort();
        counts.truncate(MOST_PERPETRATORS);
        let kept: std::collections::BTreeSet<String> = counts.into_iter().map(|(_, slug)| slug).collect();
        perpetrators.retain(|it| kept.contains(&it.slug));
    }
}

/// The slug of a country, by its code.
pub(super) fn country_slug(code: &str) -> String {
    slugify(country::name(code), code)
}

/// The slug of an attack's type.
pub(super) fn type_slug(attack: &Attack) -> String {
    attack.kind.word().replace('_', "-")
}

/// Organizations, and people who claimed it or were convicted: a person who is only suspected or blamed gets no list of
/// attacks, and "gunmen" are nobody.
fn is_listed((name, kind, standing): &(String, PerpetratorKind, Standing)) -> bool {
    match kind {
        PerpetratorKind::Organization => true,
        PerpetratorKind::Person => {
            kind.names(name) && matches!(standing, Standing::Claimed | Standing::Convicted)
        }
        PerpetratorKind::Group => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facets(perpetrators: &[&[(&str, PerpetratorKind, Standing)]]) -> Facets {
        let sample = crate::view::sample::sample();
        let mut dossier = sample.dossier;
        for (attack, named) in dossier.attacks.iter_mut().zip(perpetrators) {
            attack.perpetrators =
                named.iter().map(|(name, kind, standing)| ((*name).to_owned(), *kind, *standing)).collect();
        }
        Facets::new(&dossier, &[0, 1, 2, 3, 4], &Words::default())
    }

    #[test]
    fn attacks_stand_under_their_country_and_type() {
        let facets = facets(&[]);
        let russia = facets.find(FacetKind::Country, "russia").expect("an attack took place there");
        assert_eq!((russia.label.as_str(), &russia.attacks[..]), ("Russia", &[0][..]));
        assert_eq!(russia.path(FacetKind::Country), "timeline/country/russia/");
        let bombings = facets.find(FacetKind::Type, "bombing").expect("there are two");
        assert_eq!(bombings.attacks, [2, 3]);
    }

    #[test]
    fn nobody_who_is_only_suspected_gets_a_list_of_attacks() {
        let (group, person) = (PerpetratorKind::Organization, PerpetratorKind::Person);
        let facets = facets(&[
            &[("The Brand", group, Standing::Blamed), ("Ola Vik", person, Standing::Suspected)],
            &[
                ("the Brand", group, Standing::Claimed),
                ("gunmen", PerpetratorKind::Group, Standing::Stated),
                ("Per Lund", person, Standing::Convicted),
            ],
        ]);
        let named = facets.of_kind(FacetKind::Perpetrator);
        let named: Vec<(&str, usize, bool)> = named
            .iter()
            .map(|it| (it.label.as_str(), it.attacks.len(), it.has_page(FacetKind::Perpetrator)))
            .collect();
        assert_eq!(named, [("Per Lund", 1, false), ("The Brand", 2, true)]);
    }

    #[test]
    fn of_very_many_perpetrators_those_of_most_attacks_can_be_chosen() {
        let facet = |at: usize| Facet {
            slug: format!("{at:04}"),
            label: format!("Group {at}"),
            attacks: (0..if at.is_multiple_of(7) { 3 } else { 1 }).collect(),
        };
        let mut many: Vec<Facet> = (0..500).map(facet).collect();
        keep_most_frequent(&mut many);
        assert_eq!(many.len(), MOST_PERPETRATORS);
        assert_eq!(many.iter().filter(|it| it.attacks.len() == 3).count(), 72, "all that are named often");
        assert!(many.is_sorted_by(|one, other| one.slug < other.slug), "in their order");
    }
}
