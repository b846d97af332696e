//! `sitemap.xml`: every page, for search engines (sitemaps.org protocol 0.9), printed by the template `sitemap.xml`.

use serde::Serialize;

use crate::dossier::{About, Article, Dossier};
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

/// When something about this was last put right.
fn corrected(dossier: &Dossier, about: About) -> Option<String> {
    let (correction, _) = dossier.corrections.iter().find(|(_, other)| *other == about)?;
    correction.date.as_web_date()
}

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
                let article = &articles[at as usize];
                article.changed().or(article.document.meta.published).and_then(|day| day.as_web_date())
            }
            // What is put right newest comes first.
            Subject::Attack(at) => corrected(dossier, About::Attack(at)),
            Subject::Expert(at) => corrected(dossier, About::Person(at)),
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
