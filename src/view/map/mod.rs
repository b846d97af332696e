//! Where attacks took place, over the outlines of countries: only what a source names is placed, and as finely as it is
//! named.
//!
//! The outlines are the picture `map.svg` of the theme. What lies over it is in units of that picture.

mod outline;
mod projection;
mod spot;
mod spot_name;

use std::collections::BTreeMap;

use serde::Serialize;

use super::summary::{attack_path, drawn, in_short};
use super::{FacetKind, Linker, Scope};
use crate::dossier::Attack;
use crate::words::Words;
use projection::{HEIGHT, WIDTH, project, tenths};
use spot::{is_near, town};

pub use spot::Spot;
pub(super) use spot_name::{SpotName, spot_names};

/// A map of many attacks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapView {
    /// The picture of the outlines, relative to the page.
    pub src: String,
    /// What is shown of the picture, for `viewBox`: "0 0 1000 440".
    pub view_box: String,
    /// How much larger than in the whole picture it is shown.
    pub zoom: f64,
    /// One a named place, the largest first.
    pub places: Vec<MapPlace>,
    /// Countries with attacks of which no finer place is known that could be drawn.
    pub areas: Vec<MapArea>,
    /// How many attacks are not on the map: no place is named, or the country is too small for these outlines.
    pub left_out: usize,
}

/// A town with attacks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapPlace {
    /// From the left.
    pub x: f64,
    /// From above.
    pub y: f64,
    /// Of a circle whose area grows with the killed; between 3 and 18 where the whole picture is shown.
    pub radius: f64,
    /// Whether it is only known to be near that town.
    pub near: bool,
    /// Where it leads: to the attack, or to the list of exactly those that took place there.
    pub href: String,
    /// "Kerman, Iran: two attacks".
    pub label: String,
    /// Where its attacks stand in the whole list, from 0: for scripts that narrow it.
    pub positions: Vec<usize>,
}

/// A country as a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MapArea {
    /// A path of SVG in tenths of a unit.
    pub outline: &'static str,
    /// Where it leads: to the attack, or to the list of exactly those of which nothing finer is known.
    pub href: String,
    /// "Somewhere in Mali: three attacks".
    pub label: String,
    /// How many attacks.
    pub attacks: usize,
}

/// Where one attack took place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LocatorView {
    /// The picture of the outlines, relative to the page.
    pub src: String,
    /// What is shown of the picture, for `viewBox`.
    pub view_box: String,
    /// How much larger than in the whole picture it is shown.
    pub zoom: f64,
    /// Of the circle at the place.
    pub radius: f64,
    /// The place, from the left and from above; `null` where only the country is known.
    pub point: Option<(f64, f64)>,
    /// Whether it is only known to be near that town.
    pub near: bool,
    /// The country's outline, where no finer place is known; a path of SVG in tenths of a unit.
    pub outline: Option<&'static str>,
    /// What is shown: "Kerman, Iran".
    pub label: String,
    /// How exactly the place is known, as a sentence without its full stop.
    pub accuracy: String,
}

/// So many places are drawn at most.
const MOST_PLACES: usize = 150;

/// Of the circle of one attack, where the whole picture is shown.
const RADIUS: f64 = 14.0;

/// What a map is of: a part of the timeline, by kind and slug, or all of it.
pub(super) type Part<'a> = Option<(FacetKind, &'a str)>;

/// A cut-out for one attack, one country or one town is at least so wide.
const LEAST_WIDTH: f64 = 150.0;
/// On any other map of many attacks.
const LEAST_WIDTH_OF_MANY: f64 = 300.0;

impl MapView {
    /// Of `attacks`, all those of the timeline or of a part of it, `of`; `None` where none of them can be placed.
    pub(super) fn new(scope: &Scope<'_>, attacks: &[u32], of: Part<'_>, linker: &Linker) -> Option<Self> {
        let mut spots: BTreeMap<Spot, Vec<usize>> = BTreeMap::new();
        let mut left_out = 0;
        for (position, index) in attacks.iter().enumerate() {
            match Spot::of(&scope.dossier.attacks[*index as usize]) {
                Some(spot) => spots.entry(spot).or_default().push(position),
                None => left_out += 1,
            }
        }
        let (mut places, mut areas) = (Vec::new(), Vec::new());
        for (spot, positions) in spots {
            let here: Vec<u32> = positions.iter().map(|position| attacks[*position]).collect();
            let (href, label) = (leads_to(scope, &spot, &here, of, linker), label(scope, &spot, &here));
            match &spot {
                Spot::Town(at, near) => {
                    let (x, y) = project(*at);
                    let radius = radius(scope, &here);
                    places.push(MapPlace { x, y, radius, near: *near, href, label, positions });
                }
                Spot::Country(code) => {
                    let outline = outline::outline(code).expect("only countries that have one are spots");
                    areas.push(MapArea { outline, href, label, attacks: here.len() });
                }
            }
        }
        places.sort_by(|one: &MapPlace, other| {
            other.radius.total_cmp(&one.radius).then_with(|| one.label.cmp(&other.label))
        });
        left_out += places.iter().skip(MOST_PLACES).map(|place| place.positions.len()).sum::<usize>();
        places.truncate(MOST_PLACES);
        let boxes = places.iter().map(|place| [place.x, place.y, place.x, place.y]);
        let boxes = boxes.chain(areas.iter().filter_map(|area| outline::bounds(area.outline)));
        let around = boxes.reduce(outline::union)?;
        // A country or a town is looked at as closely as one attack is.
        let least_width = match of {
            Some((FacetKind::Country | FacetKind::Place, _)) => LEAST_WIDTH,
            _ => LEAST_WIDTH_OF_MANY,
        };
        let (view_box, zoom) = cut_out(around, least_width, areas.iter().map(|area| area.outline));
        for place in &mut places {
            place.radius = hundredths(place.radius / zoom);
        }
        Some(MapView { src: linker.href("/map.svg"), view_box, zoom, places, areas, left_out })
    }
}

fn radius(scope: &Scope<'_>, attacks: &[u32]) -> f64 {
    let killed = |index: &u32| f64::from(drawn(scope.dossier.attacks[*index as usize].killed));
    let killed: f64 = attacks.iter().map(killed).sum();
    tenths((killed.sqrt() * 0.6).clamp(3.0, 18.0))
}

/// One attack's title, date and toll; of several, where they were and how many.
fn label(scope: &Scope<'_>, spot: &Spot, attacks: &[u32]) -> String {
    match attacks {
        [one] => in_short(&scope.dossier.attacks[*one as usize], scope.words()),
        several => {
            let here = &scope.dossier.attacks[several[0] as usize];
            let place = scope.facets.of_spot(spot).map(|facet| facet.label.clone());
            let place = place.unwrap_or_else(|| spot.label(here, None, scope.words()));
            format!("{place}: {}", scope.words().count_in_prose("count.attacks", several.len()))
        }
    }
}

/// To the only attack, or to the part of the timeline with the attacks of that spot. Where more took place there than
/// stand on this map, the address narrows that part to what this map is of.
fn leads_to(scope: &Scope<'_>, spot: &Spot, attacks: &[u32], of: Part<'_>, linker: &Linker) -> String {
    let Some(facet) = scope.facets.of_spot(spot).filter(|_| attacks.len() > 1) else {
        return linker.href(&attack_path(&scope.dossier.attacks[attacks[0] as usize].id));
    };
    let path = linker.href(&format!("/{}", facet.path(FacetKind::Place)));
    match of {
        Some((FacetKind::Place, _)) => "#attacks".to_owned(),
        Some((kind, slug)) if facet.attacks.len() > attacks.len() => format!("{path}#{}={slug}", kind.key()),
        _ => path,
    }
}

impl LocatorView {
    /// Of one attack; `None` where it names no place that could be drawn.
    pub(super) fn new(attack: &Attack, words: &Words, linker: &Linker) -> Option<Self> {
        let country = attack.country.as_deref();
        let in_country = country.map(|code| format!(", {}", words.country(code))).unwrap_or_default();
        let src = linker.href("/map.svg");
        if let Some(at) = attack.coordinates {
            let (x, y) = project(at);
            let (view_box, zoom) = cut_out([x, y, x, y], LEAST_WIDTH, []);
            let (town, near) = (town(attack).unwrap_or("the place"), is_near(attack));
            let accuracy = match (attack.near.as_deref(), near) {
                (_, true) => "map.only_near",
                (Some(_), false) => "map.middle",
                (None, false) => "map.middle_named",
            };
            let near_town = words.with("place.only_near", &[("town", town)]);
            let label = format!("{}{in_country}", if near { &near_town } else { town });
            let accuracy = words.with(accuracy, &[("place", town)]);
            return Some(LocatorView {
                src,
                view_box,
                zoom,
                radius: hundredths(RADIUS / zoom),
                point: Some((x, y)),
                near,
                outline: None,
                label,
                accuracy,
            });
        }
        let outline = outline::outline(country?)?;
        let (view_box, zoom) = cut_out(outline::bounds(outline)?, LEAST_WIDTH, [outline]);
        let name = words.country(country?);
        let accuracy = match attack.place.as_deref().or(attack.near.as_deref()) {
            Some(place) => words.with("map.country_of", &[("place", place)]),
            None => words.text("map.country").to_owned(),
        };
        let outline = Some(outline);
        Some(LocatorView {
            src,
            view_box,
            zoom,
            radius: hundredths(RADIUS / zoom),
            point: None,
            near: false,
            outline,
            label: name.to_owned(),
            accuracy,
        })
    }
}

/// What is shown of the picture so that `around` (left, top, right, bottom) stands in the middle with room around it, and
/// how much larger that is than the whole: as high as 2 is to 3, and all of it where that would not do. Of the `outlines`
/// that are marked no part is cut: an island at the edge is shown whole.
fn cut_out(
    around: [f64; 4],
    least_width: f64,
    outlines: impl IntoIterator<Item = &'static str>,
) -> (String, f64) {
    let mut parts: Vec<[f64; 4]> = outlines.into_iter().flat_map(outline::parts).collect();
    let mut around = around;
    loop {
        let [left, top, right, bottom] = around;
        let width = ((right - left) * 1.4).max((bottom - top) * 1.4 * 1.5).max(least_width);
        if width > HEIGHT * 1.5 {
            return (format!("0 0 {WIDTH} {HEIGHT}"), 1.0);
        }
        let height = width / 1.5;
        let x = (f64::midpoint(left, right) - width / 2.0).clamp(0.0, WIDTH - width);
        let y = (f64::midpoint(top, bottom) - height / 2.0).clamp(0.0, HEIGHT - height);
        let shown = [x, y, x + width, y + height];
        match parts.iter().position(|part| outline::is_cut(*part, shown)) {
            Some(cut) => around = outline::union(around, parts.swap_remove(cut)),
            None => {
                let numbers = [x, y, width, height].map(|value| tenths(value).to_string());
                return (numbers.join(" "), hundredths(WIDTH / width));
            }
        }
    }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::IndexLinks;
    use crate::view::sample::sample;

    fn map_of(attacks: &[u32]) -> Option<MapView> {
        let sample = sample();
        MapView::new(&sample.scope(), attacks, None, &Linker::new("/timeline/", IndexLinks::Folder))
    }

    #[test]
    fn nothing_is_placed_that_has_no_named_place() {
        let map = map_of(&[0, 3]).expect("two attacks can be placed");
        assert_eq!(map.places.len(), 1, "only Kerman has coordinates");
        assert_eq!(map.places[0].positions, [1]);
        assert_eq!((map.places[0].x, map.places[0].y), (648.1, 142.5));
        assert_eq!(map.places[0].label, "Kerman bombings, 3 January 2024, 90–94 killed");
        assert_eq!(map.areas.len(), 1, "of Beslan only the country is known");
        assert_eq!(map.areas[0].label, "Beslan school siege, 1–3 September 2004, 334 killed");
        let mut sample = sample();
        sample.dossier.attacks[0].country = None;
        let linker = Linker::new("/timeline/", IndexLinks::Folder);
        assert_eq!(MapView::new(&sample.scope(), &[0], None, &linker), None);
    }

    #[test]
    fn a_locator_says_how_exactly_the_place_is_known() {
        let sample = sample();
        let linker = Linker::new("/attacks/a/", IndexLinks::Folder);
        let kerman =
            LocatorView::new(&sample.dossier.attacks[3], &Words::default(), &linker).expect("a town");
        assert_eq!((kerman.accuracy.as_str(), kerman.outline), ("Shown by the middle of Kerman", None));
        let beslan =
            LocatorView::new(&sample.dossier.attacks[0], &Words::default(), &linker).expect("a country");
        assert_eq!(beslan.point, None, "no coordinates are made up for it");
        assert!(beslan.accuracy.contains("where Beslan lies in it is not known"), "{}", beslan.accuracy);
    }

    #[test]
    fn a_cut_out_stays_inside_the_picture() {
        for at in [[0.0, 0.0, 0.0, 0.0], [999.0, 439.0, 999.0, 439.0], [200.0, 10.0, 900.0, 200.0]] {
            let (view_box, zoom) = cut_out(at, LEAST_WIDTH, []);
            let [x, y, width, height] =
                view_box.split(' ').map(|part| part.parse().unwrap()).collect::<Vec<f64>>()[..]
            else {
                panic!("{view_box}")
            };
            assert!(x >= 0.0 && y >= 0.0 && x + width <= 1000.1 && y + height <= 440.1, "{view_box}");
            assert!(zoom >= 1.0, "{zoom}");
        }
    }

    #[test]
    fn no_part_of_a_marked_country_is_cut() {
        for code in ["NO", "US", "FR", "RU", "NZ", "ID"] {
            let outline = outline::outline(code).expect("it has one");
            let around = outline::bounds(outline).expect("it has an extent");
            let (view_box, _) = cut_out(around, LEAST_WIDTH, [outline]);
            let numbers: Vec<f64> = view_box.split(' ').map(|part| part.parse().unwrap()).collect();
            let shown = [numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]];
            assert!(outline::parts(outline).all(|part| !outline::is_cut(part, shown)), "{code}: {view_box}");
        }
    }

    #[test]
    fn a_place_leads_to_exactly_its_attacks() {
        let mut sample = sample();
        for at in [0, 1, 2] {
            sample.dossier.attacks[at].coordinates = sample.dossier.attacks[3].coordinates;
            sample.dossier.attacks[at].country = Some("IR".to_owned());
            sample.dossier.attacks[at].place = Some("Kerman".to_owned());
        }
        sample.dossier.attacks[0].coordinates = None;
        let scope = sample.scope();
        let linker = Linker::new("/timeline/", IndexLinks::Folder);
        let map = MapView::new(&scope, &[0, 1, 2, 3], None, &linker).expect("all have a country");
        assert_eq!(map.places[0].href, "../timeline/place/kerman-iran/");
        assert_eq!(map.places[0].label, "Kerman, Iran: three attacks");
        let facet = scope.facets.find(FacetKind::Place, "kerman-iran").expect("it has a page");
        assert_eq!(facet.attacks, [1, 2, 3], "not those of which only the country is known");
        let of = Some((FacetKind::Type, "bombing"));
        let map = MapView::new(&scope, &[2, 3], of, &linker).expect("two bombings");
        assert_eq!(map.places[0].href, "../timeline/place/kerman-iran/#type=bombing");
        let closely = MapView::new(&scope, &[1, 2, 3], Some((FacetKind::Place, "kerman-iran")), &linker);
        assert!(closely.expect("all can be drawn").zoom > map.zoom, "a town is looked at closely");
    }
}
