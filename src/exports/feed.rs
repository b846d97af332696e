//! `feed.xml`: the newest articles as an Atom feed (RFC 4287), printed by the template `atom.xml`.

use serde::Serialize;

use crate::config::Config;
use crate::dossier::Article;

use super::Addresses;
use crate::view::description;

/// What `atom.xml` sees.
#[derive(Debug, Serialize)]
pub struct FeedView {
    /// The site's name.
    pub title: String,
    /// One sentence about the site; may be empty.
    pub subtitle: String,
    /// Address of the feed itself, which is also its id.
    pub href: String,
    /// Address of the home page.
    pub home: String,
    /// BCP 47.
    pub language: String,
    /// Who is responsible: the site's author, else its name.
    pub author: String,
    /// When the newest entry changed, RFC 3339.
    pub updated: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// One article in the feed.
#[derive(Debug, Serialize)]
pub struct FeedEntry {
    /// Headline.
    pub title: String,
    /// Full address, also the entry's id.
    pub href: String,
    /// RFC 3339.
    pub published: String,
    /// RFC 3339.
    pub updated: String,
    /// Who wrote it; may be empty.
    pub authors: Vec<String>,
    /// Description, standfirst or first paragraph, plain text.
    pub summary: String,
}

/// The feed: articles with a date, newest first, as many as the site asks for.
pub(super) fn feed(config: &Config, articles: &[Article], to: &Addresses) -> FeedView {
    let mut dated: Vec<_> = articles
        .iter()
        .filter_map(|article| Some((article.document.meta.published.as_ref()?.earliest(), article)))
        .collect();
    dated.sort_by(|(a, one), (b, two)| b.cmp(a).then_with(|| one.slug.cmp(&two.slug)));
    dated.truncate(config.feed.limit);
    let entries: Vec<FeedEntry> = dated.into_iter().map(|(day, article)| entry(day, article, to)).collect();
    let updated = entries.iter().map(|entry| entry.updated.clone()).max();
    FeedView {
        title: config.title.clone(),
        subtitle: config.description.clone(),
        href: to.full("feed.xml"),
        home: to.full(""),
        language: config.language.clone(),
        author: config.author.clone().unwrap_or_else(|| config.title.clone()),
        // A feed without entries must still say when: the beginning, for want of a clock.
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        entries,
    }
}

fn entry(day: jiff::civil::Date, article: &Article, to: &Addresses) -> FeedEntry {
    let document = &article.document;
    let published = format!("{day}T00:00:00Z");
    let updated = document.meta.updated.as_ref().map(|date| format!("{}T00:00:00Z", date.earliest()));
    FeedEntry {
        title: document.title.clone(),
        href: to.article(article),
        updated: updated.unwrap_or_else(|| published.clone()),
        published,
        authors: document.meta.authors.clone(),
        summary: description(document),
    }
}
