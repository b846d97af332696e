//! `dateline list attacks`

use serde::Serialize;

use super::table::{Side, Table};
use super::{Listed, bounds, objects};
use crate::dossier::{self, Checked, Sourcing, article_name};
use crate::facts::{AttackKind, Level, PerpetratorKind, Stage, Standing, Toll};
use crate::fields::Choice;
use crate::pipeline::Site;

/// One attack, under the names of the facts' JSON.
#[derive(Serialize)]
struct Attack<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: AttackKind,
    name: &'a str,
    date: Option<String>,
    date_text: Option<&'a str>,
    place: Option<Place<'a>>,
    killed: Option<Toll>,
    injured: Option<Toll>,
    hostages: Option<Toll>,
    perpetrator: Vec<Perpetrator<'a>>,
    target: Option<&'a str>,
    weapon: Option<&'a str>,
    stage: Stage,
    level: Level,
    checked: Checked,
    sourcing: Sourcing,
    /// Whether a decision about it rests on words that have changed since.
    stale: bool,
    /// Files below `content/articles/`, oldest first.
    articles: Vec<&'a str>,
    former_ids: &'a [String],
}

#[derive(Serialize)]
struct Place<'a> {
    name: Option<&'a str>,
    near: Option<&'a str>,
    country: Option<&'a str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

#[derive(Serialize)]
struct Perpetrator<'a> {
    name: &'a str,
    kind: PerpetratorKind,
    status: Standing,
}

const COLUMNS: [&str; 25] = [
    "id",
    "type",
    "name",
    "date",
    "date_text",
    "place_name",
    "place_near",
    "country",
    "latitude",
    "longitude",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "perpetrator",
    "perpetrator_status",
    "target",
    "weapon",
    "stage",
    "level",
    "checked",
    "sourcing",
    "articles",
    "stale",
    "former_ids",
];

pub(super) fn list(site: &Site) -> anyhow::Result<Listed> {
    let attacks: Vec<Attack<'_>> = site.dossier.attacks.iter().map(|attack| entry(site, attack)).collect();
    let mut table = Table::new(
        &[
            ("id", Side::Left),
            ("date", Side::Left),
            ("killed", Side::Right),
            ("injured", Side::Right),
            ("state", Side::Left),
            ("name", Side::Left),
        ],
        "no attack yet: add an article to `content/articles/`",
    );
    let mut rows = Vec::new();
    for attack in &attacks {
        let text = |words: Option<&str>| words.unwrap_or_default().to_owned();
        let toll = |toll: Option<Toll>| toll.map_or(String::new(), short);
        let dated = attack
            .date
            .clone()
            .unwrap_or_else(|| attack.date_text.map_or(String::new(), |it| format!("“{it}”")));
        table.row(vec![
            attack.id.to_owned(),
            dated,
            toll(attack.killed),
            toll(attack.injured),
            state(attack),
            attack.name.to_owned(),
        ]);
        let place = attack.place.as_ref();
        let degrees = |degrees: Option<f64>| degrees.map_or(String::new(), |it| it.to_string());
        let joined = |words: Vec<&str>| words.join("; ");
        let mut row = vec![
            attack.id.to_owned(),
            attack.kind.word().to_owned(),
            attack.name.to_owned(),
            attack.date.clone().unwrap_or_default(),
            text(attack.date_text),
            text(place.and_then(|place| place.name)),
            text(place.and_then(|place| place.near)),
            text(place.and_then(|place| place.country)),
            degrees(place.and_then(|place| place.latitude)),
            degrees(place.and_then(|place| place.longitude)),
        ];
        row.extend(bounds(attack.killed));
        row.extend(bounds(attack.injured));
        row.extend([
            joined(attack.perpetrator.iter().map(|it| it.name).collect()),
            joined(attack.perpetrator.iter().map(|it| it.status.word()).collect()),
            text(attack.target),
            text(attack.weapon),
            attack.stage.word().to_owned(),
            word(&attack.level),
            word(&attack.checked),
            word(&attack.sourcing),
            joined(attack.articles.clone()),
            attack.stale.to_string(),
            attack.former_ids.join("; "),
        ]);
        rows.push(row);
    }
    Ok(Listed { objects: objects(&attacks)?, columns: (COLUMNS.to_vec(), rows), table })
}

/// A number of people in few columns: "94", "141+", "≤300", "191–193".
fn short(toll: Toll) -> String {
    match (toll.min, toll.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}–{max}"),
        (Some(min), None) => format!("{min}+"),
        (None, Some(max)) => format!("≤{max}"),
        (None, None) => String::new(),
    }
}

/// The word that serde has for a plain enum.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

/// "machine-read, one source"
fn state(attack: &Attack<'_>) -> String {
    let checked = match attack.checked {
        Checked::Extracted => "machine-read",
        Checked::Confirmed => "confirmed",
        Checked::Corrected => "corrected",
    };
    let stale = if attack.stale { ", stale" } else { "" };
    match attack.stage {
        Stage::Accomplished => format!("{checked}{stale}"),
        other => format!("{checked}{stale}, {}", other.word()),
    }
}

fn entry<'a>(site: &'a Site, attack: &'a dossier::Attack) -> Attack<'a> {
    let degrees = |millionths: i32| f64::from(millionths) / 1e6;
    let place = Place {
        name: attack.place.as_deref(),
        near: attack.near.as_deref(),
        country: attack.country.as_deref(),
        latitude: attack.coordinates.map(|at| degrees(at.latitude)),
        longitude: attack.coordinates.map(|at| degrees(at.longitude)),
    };
    let placed = place.name.is_some() || place.near.is_some() || place.country.is_some();
    let mut articles: Vec<&str> =
        attack.mentions.iter().map(|(at, _)| article_name(&site.articles[*at as usize])).collect();
    articles.dedup();
    Attack {
        id: &attack.id,
        kind: attack.kind,
        name: &attack.title,
        date: attack.date.map(|date| date.to_string()),
        date_text: attack.date_text.as_deref(),
        place: placed.then_some(place),
        killed: attack.killed,
        injured: attack.injured,
        hostages: attack.hostages,
        perpetrator: attack
            .perpetrators
            .iter()
            .map(|(name, kind, status)| Perpetrator { name, kind: *kind, status: *status })
            .collect(),
        target: attack.target.as_deref(),
        weapon: attack.weapon.as_deref(),
        stage: attack.stage,
        level: attack.level,
        checked: attack.checked,
        sourcing: attack.sourcing,
        stale: !attack.stale.is_empty(),
        articles,
        former_ids: &attack.former_ids,
    }
}
