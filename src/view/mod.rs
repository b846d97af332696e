//! What a template may see: small documented structs, never another page's body.
//!
//! In: a [`Scope`], which borrows the whole site, and a [`Subject`]. Out: one struct a kind of page, made when the
//! page is rendered and dropped after it. Invariant: no I/O, no clock; the words of a source are escaped in every
//! field that holds HTML. `docs/templates.md` says the same for authors of templates.

mod link;
mod facets;
mod scope;
mod subject;
mod wording;
mod card;
mod meta;
mod summary;
mod expert_summary;
mod changes;
mod corrections;
mod sources;
mod claims;
mod marks;
mod body;
mod article;
mod related;
mod attack;
mod chart;
mod expert;
mod strip;
mod map;
mod timeline;
mod lists;
mod data;
mod pages;
mod search;

pub use article::ArticleView;
pub use attack::{AttackQuote, AttackView, EvidenceSource, RelatedAttack, Sentence};
pub use body::{BlockView, Note};
pub use card::{CARD, CardView, card_of};
pub use changes::ChangeView;
pub use chart::{Bar, ChartYear, QuoteChart};
pub use claims::{Claim, Figure, Said, Voice};
pub use corrections::{CorrectionDay, CorrectionEntry, CorrectionView, CorrectionsView, correction_ids};
pub use data::{DataView, DownloadView, LicenceView};
pub use expert::{AffiliationView, ExpertView, PortraitView, QuoteSource, QuoteView};
pub use expert_summary::ExpertSummary;
pub use facets::{Facet, FacetKind, Facets};
pub use link::{IndexLinks, Linker, escape};
pub use lists::{ArticleListView, ExpertsView, Letter, PageLink, Pagination, list_path, on_page};
pub use map::{LocatorView, MapArea, MapPlace, MapView, Spot};
use meta::last_update;
pub use meta::{Counts, NavigationItem, PageView, SiteView, ThemeView};
pub use pages::{CheckedCounts, HomeView, MethodologyView, NotFoundView, OrdinaryPageView, RedirectView};
pub(crate) use related::related as related_attacks;
pub use scope::{Orders, OrdinaryPage, Scope, in_index, on_timeline};
pub use search::SearchView;
pub use sources::SourceView;
pub use strip::{Name, Stem, Strip, Tick};
pub use subject::{Subject, View, view};
pub use summary::{
    ArticleLink, ArticleSummary, AttackSummary, DateView, Link, PerpetratorView, TollView, description,
};
pub use timeline::{Choice, Filter, Narrowed, TimelineView, Year};

#[cfg(test)]
pub(crate) mod sample;

#[cfg(test)]
mod tests;
