//! An attack as an article tells of it: what kind, when, where, how many, who did it, each with the words that say so.

use serde::{Deserialize, Serialize};

use super::{Level, Reading, RuleName, rule_names};
use crate::edtf::Edtf;
use crate::span::Span;

/// What kind of violence; the names are those of CONTRACT's `type`, folded from GTD, ACLED and MUC-4.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AttackKind {
    Bombing,
    SuicideBombing,
    Grenade,
    Shooting,
    Stabbing,
    VehicleAttack,
    Arson,
    Assassination,
    Massacre,
    ArmedAssault,
    Beating,
    AirStrike,
    Shelling,
    ChemicalAttack,
    Kidnapping,
    HostageTaking,
    Hijacking,
    Robbery,
    Sabotage,
    MobViolence,
    Attack,
    Other,
}

impl AttackKind {
    /// The kind of this name.
    pub(super) fn named(name: &str) -> Option<AttackKind> {
        serde_json::from_value(serde_json::Value::from(name)).ok()
    }
}

/// Whether it happened.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// It took place.
    Accomplished,
    /// It was tried and failed.
    Attempted,
    /// It was prevented.
    Foiled,
    /// It was announced.
    Threatened,
}

/// A number of people, as exactly as the words give it. At least one bound is known.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Toll {
    /// "more than 140" is at least 141; `None` for "almost 300".
    pub min: Option<u32>,
    /// "almost 300" is at most 300; `None` for "more than 140".
    pub max: Option<u32>,
}

impl Toll {
    /// Both bounds, as far as they are known, by `change`.
    #[must_use]
    pub fn map(self, change: impl Fn(u32) -> u32) -> Toll {
        Toll { min: self.min.map(&change), max: self.max.map(&change) }
    }
}

/// Where it happened, as finely as the article names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The finest place named as the scene: a building, a town, a region. `None` where only the country is known.
    pub name: Option<Reading<String>>,
    /// The town that the named place lies in, where the article says so: "Lima" for the Miraflores district.
    pub town: Option<Reading<String>>,
    /// A town that the article gives the place by ("near Moscow").
    pub near: Option<Reading<String>>,
    /// First-level division (state, province), from the gazetteer or the text.
    pub admin: Option<String>,
    /// ISO 3166-1 alpha-2; the reading's span is the words that told it.
    pub country: Option<Reading<String>>,
    /// Degrees north and east (WGS 84) of the named town in the gazetteer; never guessed.
    pub coordinates: Option<Coordinates>,
}

impl Place {
    /// The place as a reader wants it: "Miraflores, Lima", but "Manchester Arena" without its town.
    pub fn full_name(&self) -> Option<String> {
        let name = self.name.as_ref()?.value.as_str();
        let town = self.town.as_ref().map(|it| it.value.as_str()).filter(|town| !name.contains(town));
        Some(town.map_or_else(|| name.to_owned(), |town| format!("{name}, {town}")))
    }
}

/// WGS 84, in millionths of a degree so that it can be compared and hashed.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Coordinates {
    /// North, from −90,000,000 to 90,000,000.
    pub latitude: i32,
    /// East, from −180,000,000 to 180,000,000.
    pub longitude: i32,
}

/// How far the article goes in naming who did it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// They said so themselves.
    Claimed,
    /// Somebody said so of them.
    Blamed,
    /// Police, prosecutors or the article suspect, arrested or charged them.
    Suspected,
    /// A court found so.
    Convicted,
    /// The article states it as a fact.
    Stated,
}

/// Who did it, according to the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Perpetrator {
    /// As the article names them.
    pub name: Reading<String>,
    /// `organization`, `person` or `group`.
    pub kind: PerpetratorKind,
    /// How far the article goes.
    pub standing: Standing,
}

/// What sort of actor.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum PerpetratorKind {
    Organization,
    Person,
    Group,
}

impl PerpetratorKind {
    /// Whether `words` for one of this kind are a name, by which two articles can mean the same: "a gunman" is none.
    pub fn names(self, words: &str) -> bool {
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        match self {
            PerpetratorKind::Organization => true,
            PerpetratorKind::Person => words.split(' ').next_back().is_some_and(capital),
            PerpetratorKind::Group => false,
        }
    }
}

/// Which value of an attack some words support.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Field {
    Mention,
    Name,
    Type,
    Date,
    Place,
    Killed,
    Injured,
    Hostages,
    Missing,
    AttackersKilled,
    Perpetrator,
    Target,
    Weapon,
}

/// A figure that is not the latest total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherToll {
    /// What is counted: [`Field::Killed`] or [`Field::Injured`].
    pub field: Field,
    /// How many, with the words.
    pub count: Reading<Toll>,
}

/// Words that support one value of an attack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The value.
    pub field: Field,
    /// The words.
    pub span: Span,
    /// The whole sentence around them.
    pub sentence: Span,
    /// The block they stand in: an index into [`Document::blocks`](crate::document::Document::blocks), or `u32::MAX`
    /// in the headline and the standfirst, which are none of them.
    pub block: u32,
    /// The rule that read them.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
    /// How sure: see `levels`.
    pub level: Level,
}

/// An incident of violence that the article reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attack {
    /// What kind.
    pub kind: AttackKind,
    /// What the article calls it ("the Halden Market attack" gives "Halden Market attack").
    pub name: Option<Reading<String>>,
    /// When, where the text and the published date support it.
    pub date: Option<Edtf>,
    /// The words the date was read from, also where they stay unresolved ("in January").
    pub date_text: Option<Reading<String>>,
    /// Where.
    pub place: Place,
    /// The latest total of people killed.
    pub killed: Option<Reading<Toll>>,
    /// The latest total of people injured.
    pub injured: Option<Reading<Toll>>,
    /// People taken hostage or kidnapped.
    pub hostages: Option<Reading<Toll>>,
    /// People missing since.
    pub missing: Option<Reading<Toll>>,
    /// Attackers who were killed, or killed themselves; never in `killed` alone.
    pub attackers_killed: Option<Reading<Toll>>,
    /// Other figures that the article gives for the same: earlier ones, and those of others.
    pub other_tolls: Vec<OtherToll>,
    /// Who did it, strongest standing first.
    pub perpetrators: Vec<Perpetrator>,
    /// What and who was attacked, the main target first.
    pub targets: Vec<Reading<String>>,
    /// With what.
    pub weapon: Option<Reading<String>>,
    /// Whether it happened.
    pub stage: Stage,
    /// Whether the article is about it.
    pub main: bool,
    /// Every mention and every value with its words, in text order.
    pub evidence: Vec<Evidence>,
    /// The rule that took the first mention for an attack.
    #[serde(with = "rule_names")]
    pub rule: RuleName,
    /// How sure.
    pub level: Level,
}
