//! `events` of the facts' JSON: the attacks that the article reports, each value with its words.

use serde::Serialize;

use super::{CodePoints, ReadFrom, Words, value};
use crate::facts::{self, Attack, AttackKind, Field, Level, PerpetratorKind, Reading, Stage, Standing};

/// One attack.
#[derive(Serialize)]
pub(super) struct Event<'a> {
    #[serde(rename = "type")]
    kind: AttackKind,
    name: Option<&'a str>,
    main: bool,
    /// EDTF.
    date: Option<String>,
    date_text: Option<&'a str>,
    date_span: Option<ReadFrom<'a>>,
    /// The expression that the date was resolved against, where it is not the published date.
    date_anchor: Option<CodePoints>,
    place: Option<Place<'a>>,
    killed: Option<Toll<'a>>,
    injured: Option<Toll<'a>>,
    hostages: Option<Toll<'a>>,
    missing: Option<Toll<'a>>,
    /// Attackers' own deaths.
    attackers_killed: Option<Toll<'a>>,
    /// Figures that the article gives besides: earlier ones, and those of others.
    other_tolls: Vec<OtherToll<'a>>,
    perpetrator: Perpetrators<'a>,
    target: Targets<'a>,
    weapon: Option<&'a str>,
    stage: Stage,
    rule: &'a str,
    level: Level,
    evidence: Vec<Evidence<'a>>,
}

/// Where; all that is `null` was not said.
#[derive(Serialize)]
struct Place<'a> {
    /// With the town it lies in: "Miraflores, Lima".
    name: Option<String>,
    town: Option<&'a str>,
    near: Option<&'a str>,
    admin: Option<&'a str>,
    country: Option<&'a str>,
    /// Degrees north, WGS 84.
    latitude: Option<f64>,
    /// Degrees east, WGS 84.
    longitude: Option<f64>,
}

/// A number of people; the words tell at least one bound.
#[derive(Serialize)]
struct Toll<'a> {
    min: Option<u32>,
    max: Option<u32>,
    text: &'a str,
    #[serde(flatten)]
    read_from: ReadFrom<'a>,
}

/// One more figure, and what it counts.
#[derive(Serialize)]
struct OtherToll<'a> {
    field: Field,
    #[serde(flatten)]
    toll: Toll<'a>,
}

/// One is an object, several are a list, none is `null`.
#[derive(Serialize)]
#[serde(untagged)]
enum Perpetrators<'a> {
    None,
    One(Perpetrator<'a>),
    Several(Vec<Perpetrator<'a>>),
}

#[derive(Serialize)]
struct Perpetrator<'a> {
    name: &'a str,
    kind: PerpetratorKind,
    status: Standing,
    #[serde(flatten)]
    read_from: ReadFrom<'a>,
}

/// One is a string, several are a list with the main one first, none is `null`.
#[derive(Serialize)]
#[serde(untagged)]
enum Targets<'a> {
    None,
    One(&'a str),
    Several(Vec<&'a str>),
}

impl<'a> Targets<'a> {
    fn new(targets: &'a [Reading<String>]) -> Self {
        match targets {
            [] => Targets::None,
            [one] => Targets::One(&one.value),
            several => Targets::Several(several.iter().map(|it| it.value.as_str()).collect()),
        }
    }
}

/// The words for one value, in the sentence around them.
#[derive(Serialize)]
struct Evidence<'a> {
    paragraph: Option<&'a str>,
    #[serde(flatten)]
    at: CodePoints,
    field: Field,
    sentence: CodePoints,
    rule: &'a str,
    level: Level,
}

impl<'a> Event<'a> {
    pub(super) fn new(words: &Words<'a>, attack: &'a Attack, dates: &'a [facts::DateMention]) -> Self {
        let toll = |toll: &'a Option<Reading<facts::Toll>>| toll.as_ref().map(|toll| Toll::new(words, toll));
        Event {
            kind: attack.kind,
            name: value(&attack.name),
            main: attack.main,
            date: attack.date.as_ref().map(ToString::to_string),
            date_text: value(&attack.date_text),
            date_span: attack.date_text.as_ref().map(|date| ReadFrom::new(words, date)),
            date_anchor: attack.date_text.as_ref().and_then(|date| anchor(words, date, dates)),
            place: Place::new(&attack.place),
            killed: toll(&attack.killed),
            injured: toll(&attack.injured),
            hostages: toll(&attack.hostages),
            missing: toll(&attack.missing),
            attackers_killed: toll(&attack.attackers_killed),
            other_tolls: attack.other_tolls.iter().map(|other| OtherToll::new(words, other)).collect(),
            perpetrator: Perpetrators::new(words, &attack.perpetrators),
            target: Targets::new(&attack.targets),
            weapon: value(&attack.weapon),
            stage: attack.stage,
            rule: attack.rule,
            level: attack.level,
            evidence: attack.evidence.iter().map(|evidence| Evidence::new(words, evidence)).collect(),
        }
    }
}

/// The anchor of the date expression that the attack's date was read from.
fn anchor(words: &Words<'_>, date: &Reading<String>, dates: &[facts::DateMention]) -> Option<CodePoints> {
    // Expressions stand in text order; the attack's words may be wider than the expression ("in January").
    let first = dates.partition_point(|mention| mention.span.end <= date.span.start);
    let mut here = dates[first..].iter().take_while(|mention| mention.span.start < date.span.end);
    here.find_map(|mention| mention.anchor).map(|anchor| words.at(anchor))
}

impl<'a> Place<'a> {
    fn new(place: &'a facts::Place) -> Option<Self> {
        let degrees = |millionths: i32| f64::from(millionths) / 1e6;
        let place = Place {
            name: place.full_name(),
            town: value(&place.town),
            near: value(&place.near),
            admin: place.admin.as_deref(),
            country: value(&place.country),
            latitude: place.coordinates.map(|at| degrees(at.latitude)),
            longitude: place.coordinates.map(|at| degrees(at.longitude)),
        };
        let said = place.name.is_some() || place.near.or(place.admin).or(place.country).is_some();
        said.then_some(place)
    }
}

impl<'a> Toll<'a> {
    fn new(words: &Words<'a>, toll: &'a Reading<facts::Toll>) -> Self {
        let facts::Toll { min, max } = toll.value;
        Toll { min, max, text: words.of(toll.span), read_from: ReadFrom::new(words, toll) }
    }
}

impl<'a> OtherToll<'a> {
    fn new(words: &Words<'a>, other: &'a facts::OtherToll) -> Self {
        OtherToll { field: other.field, toll: Toll::new(words, &other.count) }
    }
}

impl<'a> Perpetrators<'a> {
    fn new(words: &Words<'a>, perpetrators: &'a [facts::Perpetrator]) -> Self {
        let laid_out = |perpetrator: &'a facts::Perpetrator| Perpetrator {
            name: &perpetrator.name.value,
            kind: perpetrator.kind,
            status: perpetrator.standing,
            read_from: ReadFrom::new(words, &perpetrator.name),
        };
        match perpetrators {
            [] => Perpetrators::None,
            [one] => Perpetrators::One(laid_out(one)),
            several => Perpetrators::Several(several.iter().map(laid_out).collect()),
        }
    }
}

impl<'a> Evidence<'a> {
    fn new(words: &Words<'a>, evidence: &'a facts::Evidence) -> Self {
        Evidence {
            paragraph: words.block(evidence.block),
            at: words.at(evidence.span),
            field: evidence.field,
            sentence: words.at(evidence.sentence),
            rule: evidence.rule,
            level: evidence.level,
        }
    }
}
