//! What a template may see: small documented structs, never another page's body.
//!
//! In: a [`Scope`], which borrows the whole site, and a [`Subject`]. Out: one struct a kind of page, made when the
//! page is rendered and dropped after it. Invariant: no I/O, no clock; the words of a source are escaped in every
//! field that holds HTML. `docs/templates.md` says the same for authors of templates.

mod link;
mod scope;
mod subject;
mod wording;
mod meta;
mod summary;
mod changes;
mod corrections;
mod sources;
mod claims;
mod marks;
mod body;
mod article;
mod attack;
mod expert;
mod timeline;
mod lists;
mod pages;
mod search;

pub use article::ArticleView;
pub use attack::{AttackQuote, AttackView, EvidenceSource, PerpetratorView, Sentence};
pub use body::{BlockView, Note};
pub use changes::ChangeView;
pub use claims::{Claim, Figure, Said, Voice};
pub use corrections::{CorrectionDay, CorrectionEntry, CorrectionView, CorrectionsView, correction_ids};
pub use expert::{AffiliationView, ExpertView, PortraitView, QuoteSource, QuoteView};
pub use link::{IndexLinks, Linker, escape};
pub use lists::{ArticleListView, ExpertsView, Letter, PageLink, Pagination, list_path};
pub use meta::{Counts, NavigationItem, PageView, SiteView};
pub use pages::{CheckedCounts, HomeView, MethodologyView, NotFoundView, OrdinaryPageView, RedirectView};
pub use scope::{Orders, OrdinaryPage, Scope, in_index, on_timeline};
pub use search::SearchView;
pub use sources::SourceView;
pub use subject::{Subject, View, view};
pub use summary::{
    ArticleLink, ArticleSummary, AttackSummary, DateView, ExpertSummary, Link, TollView, description,
};
pub use timeline::{Stem, Strip, Tick, TimelineView, Year};

#[cfg(test)]
pub(crate) mod sample;

#[cfg(test)]
mod tests;
