//! The editor's decisions: `content/attacks/<id>.md`, `content/experts/<slug>.md`, what a sidecar or front matter says
//! of one article's facts, and `content/ids.toml`, which keeps ids as they are.
//!
//! A field that is `None` leaves what was read. Everything else stands over it.

mod choices;
mod parts;
mod attack;
mod expert;
mod article;
mod overlay;
mod pins;
mod edit;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Place;
use crate::edtf::Edtf;
use crate::facts::{AttackKind, Coordinates, Field, PerpetratorKind, Role, Stage, Standing, Toll};

pub use article::parse_article;
pub use attack::parse_attack;
pub use edit::{Edit, Shape, edit};
pub use expert::parse_expert;
pub use overlay::{EDITOR, overlay, quotations};
pub use parts::NO_TOLL;
pub use pins::{PinnedAttack, PinnedPerson, Pins, parse_pins};

/// Something an editor wrote, and where, so that it can be shown when it leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written<T> {
    /// What.
    pub value: T,
    /// In the file of the record.
    pub place: Place,
}

/// `content/attacks/<id>.md`: what the editor says about one attack.
#[derive(Clone, Debug, Default)]
pub struct AttackRecord {
    /// The file, for diagnostics.
    pub path: Arc<str>,
    /// The attack's id: the file's name without `.md`.
    pub id: String,
    /// The attack as a headline.
    pub title: Option<String>,
    /// Names the attack goes by; an extracted attack with one of these names is this one.
    pub names: Vec<String>,
    /// When.
    pub date: Option<Edtf>,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// WGS 84.
    pub coordinates: Option<Coordinates>,
    /// What kind.
    pub kind: Option<AttackKind>,
    /// Whether it happened.
    pub stage: Option<Stage>,
    /// How many were killed.
    pub killed: Option<Toll>,
    /// How many were injured.
    pub injured: Option<Toll>,
    /// How many were taken hostage or kidnapped.
    pub hostages: Option<Toll>,
    /// Who did it; replaces everybody who was read.
    pub perpetrators: Option<Vec<PerpetratorRecord>>,
    /// What was attacked.
    pub target: Option<String>,
    /// With what.
    pub weapon: Option<String>,
    /// Values that were read and are wrong, where no right one is known.
    pub hide: Vec<Field>,
    /// Ids of attacks that are this one.
    pub also: Vec<Written<String>>,
    /// Readings that belong to this attack and to no other: how an attack is split.
    pub mentions: Vec<Written<MentionRef>>,
    /// Sources besides the articles of the dossier.
    pub sources: Vec<SourceRecord>,
    /// What was changed on the site, and when.
    pub corrections: Vec<Correction>,
    /// No article reports it: the editor adds it.
    pub added: bool,
    /// Ids of attacks that may look like this one, and are not.
    pub apart: Vec<Written<String>>,
    /// The editor has checked what was read and confirms it.
    pub confirmed: bool,
    /// Not an attack, or not for this site.
    pub hidden: bool,
    /// The body: the summary, as HTML.
    pub summary: String,
    /// `[extra]`.
    pub extra: toml::Table,
}

impl AttackRecord {
    /// Whether the record says something of a value, confirms or hides: then it rests on what was read.
    pub fn decides(&self) -> bool {
        let values = [
            self.date.is_some(),
            self.place.is_some(),
            self.country.is_some(),
            self.coordinates.is_some(),
            self.kind.is_some(),
            self.stage.is_some(),
            self.killed.is_some(),
            self.injured.is_some(),
            self.hostages.is_some(),
            self.perpetrators.is_some(),
            self.target.is_some(),
            self.weapon.is_some(),
            !self.hide.is_empty(),
            !self.also.is_empty(),
            !self.mentions.is_empty(),
            self.confirmed,
            self.hidden,
        ];
        values.contains(&true)
    }
}

/// `content/experts/<slug>.md`: what the editor says about one person.
#[derive(Clone, Debug, Default)]
pub struct ExpertRecord {
    /// The file, for diagnostics.
    pub path: Arc<str>,
    /// The person's slug: the file's name without `.md`.
    pub slug: String,
    /// Full name.
    pub name: Option<String>,
    /// Other names the person goes by; an extracted person with one of these names is this one.
    pub names: Vec<String>,
    /// "senior research fellow".
    pub title: Option<String>,
    /// "Royal United Services Institute".
    pub affiliation: Option<String>,
    /// What the person speaks on.
    pub subject: Option<String>,
    /// Replaces the role that was read.
    pub role: Option<Role>,
    /// Slugs of people that are this one.
    pub also: Vec<Written<String>>,
    /// Articles whose person of this name is this one and no other: how two people of one name are told apart.
    pub mentions: Vec<Written<MentionRef>>,
    /// Quotations that are this person's, whoever they were given to.
    pub quotations: Vec<Written<QuotationRef>>,
    /// A picture.
    pub portrait: Option<Portrait>,
    /// Where the editor has it from.
    pub sources: Vec<SourceRecord>,
    /// What was changed on the site, and when.
    pub corrections: Vec<Correction>,
    /// Slugs of people who may look like this one, and are not.
    pub apart: Vec<Written<String>>,
    /// The editor has checked what was read and confirms it.
    pub confirmed: bool,
    /// Not for the index.
    pub hidden: bool,
    /// The body: the biography, as HTML.
    pub biography: String,
    /// `[extra]`.
    pub extra: toml::Table,
}

impl ExpertRecord {
    /// Whether the record says something of a value, confirms or hides: then it rests on what was read.
    pub fn decides(&self) -> bool {
        let values = self.title.is_some() || self.affiliation.is_some() || self.role.is_some();
        let taken = !(self.also.is_empty() && self.mentions.is_empty() && self.quotations.is_empty());
        values || taken || self.name.is_some() || self.confirmed || self.hidden
    }
}

/// Somebody who did it, according to the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerpetratorRecord {
    /// Who.
    pub name: String,
    /// What sort of actor.
    pub kind: PerpetratorKind,
    /// How far the editor goes.
    pub standing: Standing,
}

/// One article's reading, as an editor names it: `bridge.txt`, or `bridge.txt#p3` for what its third paragraph tells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MentionRef {
    /// The article's file, below `content/articles/`.
    pub article: String,
    /// The paragraph's id.
    pub paragraph: Option<String>,
}

impl MentionRef {
    /// `bridge.txt#p3` to its parts.
    pub fn parse(words: &str) -> MentionRef {
        let (article, paragraph) = words.split_once('#').map_or((words, None), |(a, p)| (a, Some(p)));
        let article = article.trim_start_matches("content/").trim_start_matches("articles/");
        MentionRef { article: article.to_owned(), paragraph: paragraph.map(str::to_owned) }
    }
}

/// A quotation, as an editor names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotationRef {
    /// The article's file, below `content/articles/`.
    pub article: String,
    /// The words it begins with, or that only it has.
    pub words: String,
}

/// A source that is not an article of the dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRecord {
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline or title.
    pub title: Option<String>,
    /// Where it is: `http` or `https`.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// How many were killed, according to it.
    pub killed: Option<Toll>,
    /// How many were injured, according to it.
    pub injured: Option<Toll>,
}

/// Something that the site said and does not say any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Correction {
    /// When it was put right: a day.
    pub date: Edtf,
    /// What was wrong and what is right, in the editor's words.
    pub text: String,
}

/// A picture of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// The file beside the record, or a path from the site's root.
    pub file: Written<String>,
    /// Who made it, and under which terms.
    pub credit: Option<String>,
    /// What it shows, for those who do not see it.
    pub alt: Option<String>,
}

impl Portrait {
    /// Where it is on the site, without a leading slash: a bare name lies beside the record.
    pub fn site_path(&self) -> String {
        match self.file.value.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("experts/{}", self.file.value),
        }
    }
}

/// What the front matter or sidecar of an article says of its facts.
#[derive(Clone, Debug, Default)]
pub struct ArticleRecord {
    /// The file, for diagnostics.
    pub path: Arc<str>,
    /// `[[attack]]`
    pub attacks: Vec<AttackChange>,
    /// `[[quotation]]`
    pub quotations: Vec<QuotationChange>,
    /// `[[person]]`
    pub people: Vec<PersonChange>,
    /// `[[correction]]`
    pub corrections: Vec<Correction>,
}

/// What the editor says of one attack as one article tells it.
#[derive(Clone, Debug)]
pub struct AttackChange {
    /// The id of a paragraph that speaks of it; or words of one.
    pub paragraph: Written<String>,
    /// Whether `paragraph` is words, and not an id.
    pub by_words: bool,
    /// When.
    pub date: Option<Edtf>,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// What kind.
    pub kind: Option<AttackKind>,
    /// Whether it happened.
    pub stage: Option<Stage>,
    /// How many were killed.
    pub killed: Option<Toll>,
    /// How many were injured.
    pub injured: Option<Toll>,
    /// Values that were read and are wrong.
    pub hide: Vec<Field>,
    /// The article reports no such attack.
    pub hidden: bool,
}

/// What the editor says of one quotation.
#[derive(Clone, Debug)]
pub struct QuotationChange {
    /// The words it begins with, or that only it has.
    pub words: Written<String>,
    /// Whose it is; `None` leaves it.
    pub speaker: Option<Speaker>,
    /// It is nobody's words.
    pub hidden: bool,
}

/// To whom an editor gives a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// By a name of the article, in its sidecar or front matter. One that was not read is added, unless it is neither in
    /// the article nor unlike a name that is.
    Named(Written<String>),
    /// By the name of a record of a person, whatever the article calls them.
    OfRecord(String),
}

/// What the editor says of one person of one article.
#[derive(Clone, Debug)]
pub struct PersonChange {
    /// A name that the article gives.
    pub name: Written<String>,
    /// The full name.
    pub full_name: Option<String>,
    /// What part they play.
    pub role: Option<Role>,
    /// "senior research fellow".
    pub title: Option<String>,
    /// "Royal United Services Institute".
    pub affiliation: Option<String>,
    /// No person, or not for this site.
    pub hidden: bool,
}
