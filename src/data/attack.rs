//! One attack as data.

use serde::Serialize;

use super::{Catalogue, ChangeData, CorrectionData, SourceData};
use crate::dossier::{Attack, Checked, Sourcing};
use crate::edtf::Edtf;
use crate::facts::{AttackKind, PerpetratorKind, Stage, Standing, Toll};
use crate::words::Words;

/// One attack.
#[derive(Debug, Serialize)]
pub struct AttackData<'a> {
    /// Permanent: `2004-beslan`.
    pub id: &'a str,
    /// Its page.
    pub url: String,
    /// As a headline.
    pub title: &'a str,
    /// What kind.
    #[serde(rename = "type")]
    pub kind: AttackKind,
    /// When, as precise as it is known.
    pub date: Option<&'a Edtf>,
    /// The article's words for it, where it is not resolved.
    pub date_text: Option<&'a str>,
    /// Where.
    pub place: PlaceData<'a>,
    /// The range over all sources, or the editor's figure.
    pub killed: Option<Toll>,
    /// The range over all sources, or the editor's figure.
    pub injured: Option<Toll>,
    /// The range over all sources, or the editor's figure.
    pub hostages: Option<Toll>,
    /// Who did it, according to whom; the strongest standing first.
    pub perpetrators: Vec<PerpetratorData<'a>>,
    /// What was attacked.
    pub target: Option<&'a str>,
    /// With what.
    pub weapon: Option<&'a str>,
    /// Whether it happened.
    pub stage: Stage,
    /// How far it was checked.
    pub checked: Checked,
    /// What an editor changed.
    pub changed: Vec<ChangeData<'a>>,
    /// How well it is sourced.
    pub sourcing: Sourcing,
    /// The articles, oldest first, then what an editor adds.
    pub sources: Vec<SourceData<'a>>,
    /// What was put right, in the order of the record.
    pub corrections: Vec<CorrectionData<'a>>,
    /// Ids it had before; their addresses lead here.
    pub former_ids: &'a [String],
}

/// Where an attack took place.
#[derive(Debug, Serialize)]
pub struct PlaceData<'a> {
    /// The finest place named.
    pub name: Option<&'a str>,
    /// A town it is given by.
    pub near: Option<&'a str>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
}

/// Somebody who is said to have done it.
#[derive(Debug, Serialize)]
pub struct PerpetratorData<'a> {
    /// As the articles name them.
    pub name: &'a str,
    /// What sort of actor.
    pub kind: PerpetratorKind,
    /// How far the sources go.
    pub status: Standing,
}

impl PlaceData<'_> {
    /// "Halden Market, Oslo, Norway"; `None` where nothing is known.
    pub fn in_words(&self, words: &Words) -> Option<String> {
        let country = self.country.map(|code| words.country(code));
        let mut parts: Vec<&str> = Vec::new();
        for part in [self.name, self.near, country].into_iter().flatten() {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Degrees east and north, as maps want them; `None` where no place is named.
    pub fn position(&self) -> Option<[f64; 2]> {
        Some([self.longitude?, self.latitude?])
    }
}

impl AttackData<'_> {
    /// Its title where nothing else stands beside it.
    pub fn headline(&self, words: &Words) -> String {
        alone(self.title, self.stage, words)
    }

    /// From how many articles it was read.
    pub fn articles(&self) -> usize {
        let mut articles: Vec<&str> = self.sources.iter().filter_map(|source| source.article).collect();
        articles.dedup();
        articles.len()
    }
}

/// The title of an attack where nothing else stands beside it, as in a calendar: of one that did not take place with its
/// stage, "Market bomb plot (foiled)". Headlines that the program makes end in it already.
pub fn alone(title: &str, stage: Stage, words: &Words) -> String {
    if says_stage(title, stage, words) {
        return title.to_owned();
    }
    words.with("headline.stage", &[("headline", title), ("stage", stage_words(stage, words))])
}

/// Whether there is nothing to say of an attack's stage, or its title ends in it.
pub fn says_stage(title: &str, stage: Stage, words: &Words) -> bool {
    let end = words.with("headline.stage", &[("headline", ""), ("stage", stage_words(stage, words))]);
    stage == Stage::Accomplished || title.ends_with(&end)
}

/// "foiled".
pub(super) fn stage_words(stage: Stage, words: &Words) -> &str {
    words.text(match stage {
        Stage::Accomplished => "stage.accomplished",
        Stage::Attempted => "stage.attempted",
        Stage::Foiled => "stage.foiled",
        Stage::Threatened => "stage.threatened",
    })
}

impl<'a> Catalogue<'a> {
    /// Where the attack at `index` took place.
    pub(super) fn attack_place(&self, index: usize) -> PlaceData<'a> {
        let attack = &self.dossier.attacks[index];
        let degrees = |millionths: i32| f64::from(millionths) / 1e6;
        PlaceData {
            name: attack.place.as_deref(),
            near: attack.near.as_deref(),
            country: attack.country.as_deref(),
            latitude: attack.coordinates.map(|point| degrees(point.latitude)),
            longitude: attack.coordinates.map(|point| degrees(point.longitude)),
        }
    }

    /// The attack at `index` of [`crate::dossier::Dossier::attacks`].
    pub fn attack(&self, index: u32) -> AttackData<'a> {
        let attack = &self.dossier.attacks[index as usize];
        let told = attack.mentions.iter().map(|mention| SourceData::of_article(self, attack, *mention));
        let sources = told.chain(self.added_sources(attack)).collect();
        AttackData { sources, ..self.attack_without_sources(index) }
    }

    /// Its sources, without the sentences that something was read from and the figures.
    pub(super) fn sources_without_evidence(&self, index: u32) -> Vec<SourceData<'a>> {
        let attack = &self.dossier.attacks[index as usize];
        let told = attack.mentions.iter().map(|(at, _)| SourceData::article_alone(self, *at));
        told.chain(self.added_sources(attack)).collect()
    }

    fn added_sources(&self, attack: &Attack) -> impl Iterator<Item = SourceData<'a>> + use<'a> {
        let record = attack.record.and_then(|record| self.attack_records.get(record as usize));
        record.into_iter().flat_map(|record| &record.sources).map(SourceData::added)
    }

    /// The attack, but for who says what.
    pub(super) fn attack_without_sources(&self, index: u32) -> AttackData<'a> {
        let attack = &self.dossier.attacks[index as usize];
        let record = attack.record.and_then(|record| self.attack_records.get(record as usize));
        let people = attack.perpetrators.iter();
        AttackData {
            id: &attack.id,
            url: self.addresses().attack(&attack.id),
            title: &attack.title,
            kind: attack.kind,
            date: attack.date.as_ref(),
            date_text: attack.date_text.as_deref(),
            place: self.attack_place(index as usize),
            killed: attack.killed,
            injured: attack.injured,
            hostages: attack.hostages,
            perpetrators: people
                .map(|(name, kind, status)| PerpetratorData { name, kind: *kind, status: *status })
                .collect(),
            target: attack.target.as_deref(),
            weapon: attack.weapon.as_deref(),
            stage: attack.stage,
            checked: attack.checked,
            changed: attack.changed.iter().map(ChangeData::new).collect(),
            sourcing: attack.sourcing,
            sources: Vec::new(),
            corrections: record.map_or_else(Vec::new, |record| CorrectionData::all(&record.corrections)),
            former_ids: &attack.former_ids,
        }
    }
}
