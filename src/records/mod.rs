//! The editor's decisions: `content/attacks/<id>.md` and `content/experts/<slug>.md`.

mod parse;

use std::sync::Arc;

use crate::edtf::Edtf;
use crate::facts::{AttackKind, Role, Toll};

pub use parse::{parse_attack, parse_expert};

/// `content/attacks/<id>.md`: what the editor says about one attack. A field that is `None` leaves what was read.
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
    /// What kind.
    pub kind: Option<AttackKind>,
    /// How many were killed.
    pub killed: Option<Toll>,
    /// How many were injured.
    pub injured: Option<Toll>,
    /// Ids of attacks that are this one.
    pub also: Vec<String>,
    /// The editor has checked what was read and confirms it.
    pub confirmed: bool,
    /// Not an attack, or not for this site.
    pub hidden: bool,
    /// The body: the summary, as HTML.
    pub summary: String,
    /// `[extra]`.
    pub extra: toml::Table,
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
    /// Replaces the role that was read.
    pub role: Option<Role>,
    /// Slugs of people that are this one.
    pub also: Vec<String>,
    /// The editor has checked what was read and confirms it.
    pub confirmed: bool,
    /// Not for the index.
    pub hidden: bool,
    /// The body: the biography, as HTML.
    pub biography: String,
    /// `[extra]`.
    pub extra: toml::Table,
}
