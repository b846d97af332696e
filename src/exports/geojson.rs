//! `data/attacks.geojson`: a point for each attack with a named place (RFC 7946).

use serde::Serialize;

use super::json;
use crate::data::AttackData;
use crate::edtf::Edtf;
use crate::facts::{AttackKind, Stage, Toll};
use crate::words::Words;

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    geometry: Point,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    /// Degrees east, then north.
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties<'a> {
    title: &'a str,
    url: &'a str,
    #[serde(rename = "type")]
    kind: AttackKind,
    stage: Stage,
    date: Option<&'a Edtf>,
    place: Option<String>,
    country: Option<&'a str>,
    killed: Option<Toll>,
    injured: Option<Toll>,
    checked: crate::dossier::Checked,
    sourcing: crate::dossier::Sourcing,
}

/// The file's bytes: one feature a line. An attack without a named place is in no map.
pub(super) fn attacks(attacks: &[AttackData<'_>], words: &Words) -> Vec<u8> {
    let features: Vec<Feature<'_>> = attacks.iter().filter_map(|attack| feature(attack, words)).collect();
    let mut bytes = b"{\"type\":\"FeatureCollection\",\"features\":".to_vec();
    bytes.extend_from_slice(json::one_a_line(&features).trim_ascii_end());
    bytes.extend_from_slice(b"}\n");
    bytes
}

fn feature<'a>(attack: &'a AttackData<'_>, words: &Words) -> Option<Feature<'a>> {
    Some(Feature {
        kind: "Feature",
        id: attack.id,
        geometry: Point { kind: "Point", coordinates: attack.place.position()? },
        properties: Properties {
            title: attack.title,
            url: &attack.url,
            kind: attack.kind,
            stage: attack.stage,
            date: attack.date,
            place: attack.place.in_words(words),
            country: attack.place.country,
            killed: attack.killed,
            injured: attack.injured,
            checked: attack.checked,
            sourcing: attack.sourcing,
        },
    })
}
