//! `sitemap.xml`: every page, for search engines (sitemaps.org protocol 0.9), printed by the template `sitemap.xml`.

use serde::Serialize;

use crate::dossier::{Article, Dossier};
use crate::edtf::Edtf;
use crate::page::{Page, Subject};

use crate::data::Addresses;

/// What `sitemap.xml` sees.
#[derive(Debug, Serialize)]
pub struct SitemapView {
    /// In order of address.
    pub entries: Vec<SitemapEntry>,
}

/// One page.
#[derive(Debug, Serialize)]
pub struct SitemapEntry {
    /// Full address.
    pub href: String,
    /// When it last changed, as precise as a source says: `2021-06-03`, `2021-06` or `2021` (W3C Date and Time Formats).
    pub updated: Option<String>,
}

/// What `sitemap_index.xml` sees, on a site with more pages than one sitemap holds.
#[derive(Debug, Serialize)]
pub struct SitemapIndexView {
    /// Full addresses of the sitemaps.
    pub sitemaps: Vec<String>,
}

/// The protocol's limit for one file.
const MOST_ENTRIES: usize = 50_000;

/// Every page but redirects and the page for what is not found, in lists of as many as the protocol allows.
pub(super) fn sitemaps(
    articles: &[Article],
    dossier: &Dossier,
    pages: &[Page],
    to: Addresses<'_>,
) -> Vec<SitemapView> {
    let listed =
        pages.iter().filter(|page| !matches!(page.subject, Subject::Redirect(_) | Subject::NotFound));
    let entries = listed.map(|page| SitemapEntry {
        href: to.full(&page.path),
        updated: match page.subject {
            Subject::Article(at) => {
                let meta = &articles[at as usize].document.meta;
                let changed = meta.updated.as_ref().or(meta.published.as_ref());
                changed.and_then(Edtf::as_web_date)
            }
            Subject::Corrections => {
                let newest = dossier.corrections.first();
                newest.and_then(|(correction, _)| correction.date.as_web_date())
            }
            _ => None,
        },
    });
    let mut entries = entries.peekable();
    let mut sitemaps = Vec::new();
    while entries.peek().is_some() {
        sitemaps.push(SitemapView { entries: entries.by_ref().take(MOST_ENTRIES).collect() });
    }
    sitemaps
}
