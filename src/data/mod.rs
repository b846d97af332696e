//! The dossier as data: the one typed model behind data files, calendars, maps and the JSON-LD of pages.
//!
//! Field names are those of `dateline extract` with `id` (or `slug`) and `url` added; dates are EDTF (ISO 8601-2).
//! Everything is borrowed from the site, and made for one attack, person or article when somebody asks for it.

mod address;
mod article;
mod attack;
mod expert;
mod files;
pub mod linked;
mod search;
mod source;

use crate::config::Config;
use crate::dossier::{Article, Dossier};
use crate::records::{AttackRecord, ExpertRecord};

pub use address::Addresses;
pub use article::ArticleData;
pub use attack::{AttackData, PerpetratorData, PlaceData, alone, says_stage};
pub use expert::{AffiliationData, ExpertData, QuoteData};
pub use files::{DataFile, FILES};
pub use search::{SearchKind, SearchRecord};
pub use source::{ChangeData, CorrectionData, EvidenceData, ReadData, SourceData, TollData};

/// The site as far as data is made from it.
#[derive(Copy, Clone, Debug)]
pub struct Catalogue<'a> {
    /// `site.toml`.
    pub config: &'a Config,
    /// In order of path.
    pub articles: &'a [Article],
    /// All facts, linked.
    pub dossier: &'a Dossier,
    /// What [`crate::dossier::Attack::record`] points into.
    pub attack_records: &'a [AttackRecord],
    /// What [`crate::dossier::Person::record`] points into.
    pub expert_records: &'a [ExpertRecord],
}

impl<'a> Catalogue<'a> {
    /// Where everything is, in full.
    pub fn addresses(&self) -> Addresses<'a> {
        Addresses::new(self.config)
    }

    /// The people of the index of experts, as indices into [`Dossier::people`], in its order.
    pub fn experts(&self) -> impl Iterator<Item = u32> + use<'a> {
        let people = self.dossier.people.iter();
        (0_u32..).zip(people).filter(|(_, person)| person.indexed).map(|(at, _)| at)
    }
}
