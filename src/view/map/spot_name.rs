//! What the spots of the map are called: in addresses by the place alone, in lists as the articles write it.

use std::collections::BTreeMap;

use super::Spot;
use super::spot::town;
use crate::dossier::Attack;
use crate::facts::Coordinates;
use crate::facts::gazetteer::{Town, town_at};
use crate::slug::slugify;
use crate::view::facets::country_slug;
use crate::words::Words;

/// A spot's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::view) struct SpotName {
    /// As it stands in addresses: `kerman-iran`, `near-springfield-illinois-united-states`, `somewhere-in-mali`. It is the
    /// same in every language, and whichever articles there are.
    pub(in crate::view) slug: String,
    /// "Kerman, Iran"; with the division where another spot would be called the same.
    pub(in crate::view) label: String,
}

/// The names of `spots`, each with the attacks that took place there, in their order.
pub(in crate::view) fn spot_names(spots: &[(&Spot, Vec<&Attack>)], words: &Words) -> Vec<SpotName> {
    let found: Vec<Found> = spots.iter().map(|(spot, attacks)| Found::of(spot, attacks)).collect();
    let labels: Vec<String> = spots.iter().map(|(spot, here)| spot.label(here[0], None, words)).collect();
    let (slugs, called) = (count(found.iter().map(|it| &it.slug)), count(labels.iter()));
    let name = |((spot, attacks), (it, label)): (&(&Spot, Vec<&Attack>), (&Found, &String))| SpotName {
        slug: match spot {
            // What the gazetteer has not: two of one name that stand apart.
            Spot::Town(at, _) if slugs[&it.slug] > 1 => format!("{}-{}", it.slug, in_degrees(*at)),
            _ => it.slug.clone(),
        },
        label: match it.region {
            Some(region) if called[label] > 1 => spot.label(attacks[0], Some(region), words),
            _ => label.clone(),
        },
    };
    spots.iter().zip(found.iter().zip(&labels)).map(name).collect()
}

struct Found {
    slug: String,
    region: Option<&'static str>,
}

impl Found {
    fn of(spot: &Spot, attacks: &[&Attack]) -> Found {
        let (at, near) = match spot {
            Spot::Country(code) => {
                return Found { slug: format!("somewhere-in-{}", country_slug(code)), region: None };
            }
            Spot::Town(at, near) => (*at, *near),
        };
        let called = attacks.iter().flat_map(|attack| [&attack.near, &attack.place]).flatten();
        let (slug, region) = match town_at(at, called.map(String::as_str)) {
            Some(town) => (of_town(&town), town.region),
            None => (of_own(attacks), None),
        };
        Found { slug: if near { format!("near-{slug}") } else { slug }, region }
    }
}

fn of_town(town: &Town) -> String {
    let mut slug = town.slug.clone();
    let country = country_slug(town.country);
    let region = town.region.map(|region| slugify(region, "region"));
    for part in region.into_iter().chain((country != town.slug).then_some(country)) {
        slug = format!("{slug}-{part}");
    }
    if town.number > 1 { format!("{slug}-{}", town.number) } else { slug }
}

/// Of a place that the site itself has put on the map.
fn of_own(attacks: &[&Attack]) -> String {
    let names = attacks.iter().filter_map(|attack| {
        let name = slugify(town(attack)?, "place");
        let country = attack.country.as_deref().map(country_slug).filter(|country| *country != name);
        Some(country.map_or(name.clone(), |country| format!("{name}-{country}")))
    });
    names.min().unwrap_or_else(|| "place".to_owned())
}

/// `30-2839n-57-0834e`, to a ten-thousandth of a degree.
fn in_degrees(at: Coordinates) -> String {
    let part = |millionths: i32, [positive, negative]: [char; 2]| {
        let side = if millionths < 0 { negative } else { positive };
        let size = millionths.unsigned_abs() / 100;
        format!("{}-{:04}{side}", size / 10_000, size % 10_000)
    };
    format!("{}-{}", part(at.latitude, ['n', 's']), part(at.longitude, ['e', 'w']))
}

fn count<'a>(all: impl Iterator<Item = &'a String>) -> BTreeMap<&'a String, usize> {
    let mut counts = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Nearness;
    use crate::facts::gazetteer::{PlaceKind, candidates};

    /// An attack at the town of that name in a country and division, as an article writes it.
    fn attack(called: &str, (name, country, region): (&str, &str, Option<&str>)) -> Attack {
        let is_it = |it: &crate::facts::gazetteer::Candidate| {
            it.kind == PlaceKind::Town && it.country == country && (region.is_none() || it.region == region)
        };
        let coordinates = candidates(name).find(is_it).and_then(|it| it.coordinates);
        let mut attack = crate::view::sample::sample().dossier.attacks[3].clone();
        (attack.place, attack.near, attack.country) =
            (Some(called.to_owned()), None, Some(country.to_owned()));
        attack.coordinates = coordinates;
        attack
    }

    fn named(attacks: &[Attack]) -> Vec<(String, String)> {
        let mut spots: BTreeMap<Spot, Vec<&Attack>> = BTreeMap::new();
        for attack in attacks {
            spots.entry(Spot::of(attack).expect("it can be drawn")).or_default().push(attack);
        }
        let spots: Vec<(&Spot, Vec<&Attack>)> =
            spots.iter().map(|(spot, here)| (spot, here.clone())).collect();
        let mut names: Vec<(String, String)> =
            spot_names(&spots, &Words::default()).into_iter().map(|it| (it.slug, it.label)).collect();
        names.sort();
        names
    }

    fn slugs(attacks: &[Attack]) -> Vec<String> {
        named(attacks).into_iter().map(|(slug, _)| slug).collect()
    }

    #[test]
    fn an_address_is_of_the_place_however_articles_write_it() {
        let munich = ("Munich", "DE", None);
        for called in
            [&["Munich", "München"][..], &["München", "Munich"], &["München"], &["Bavaria’s capital"]]
        {
            let attacks: Vec<Attack> = called.iter().map(|called| attack(called, munich)).collect();
            assert_eq!(slugs(&attacks), ["munich-germany"], "{called:?}");
        }
        let mut outside = attack("Munich", munich);
        (outside.near, outside.nearness) = (outside.place.clone(), Nearness::Near);
        assert_eq!(slugs(&[outside]), ["near-munich-germany"]);
        assert_eq!(slugs(&[attack("Singapore", ("Singapore", "SG", None))]), ["singapore"]);
    }

    #[test]
    fn namesakes_are_told_apart_by_division_and_country_whether_the_other_is_named_or_not() {
        let illinois = attack("Springfield", ("Springfield", "US", Some("Illinois")));
        let missouri = attack("Springfield", ("Springfield", "US", Some("Missouri")));
        let alone = "springfield-illinois-united-states";
        assert_eq!(
            named(std::slice::from_ref(&illinois)),
            [(alone.to_owned(), "Springfield, United States".to_owned())]
        );
        let both = named(&[missouri, illinois]);
        assert_eq!(both[0], (alone.to_owned(), "Springfield, Illinois, United States".to_owned()));
        assert_eq!(both[1].0, "springfield-missouri-united-states");
    }

    #[test]
    fn a_place_of_the_sites_own_has_its_own_name() {
        let ford = |latitude| {
            let mut ford = attack("Calder Ford", ("Leeds", "GB", None));
            ford.coordinates = Some(Coordinates { latitude, longitude: -2_250_000 });
            ford
        };
        assert_eq!(slugs(&[ford(54_500_000)]), ["calder-ford-united-kingdom"]);
        assert_eq!(
            slugs(&[ford(54_500_000), ford(-1_000_000)]),
            ["calder-ford-united-kingdom-1-0000s-2-2500w", "calder-ford-united-kingdom-54-5000n-2-2500w"]
        );
    }
}
