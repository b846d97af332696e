//! `feed.xml`, the newest articles, `corrections.xml`, what was put right last, and `experts/<slug>/feed.xml`, what an
//! expert said last: Atom feeds (RFC 4287), printed by the template `atom.xml`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::Config;
use crate::dossier::{About, Article, Dossier};
use crate::records::Correction;

use super::xml;
use crate::data::{Addresses, ExpertData, QuoteData};
use crate::view::{correction_ids, description};

/// What `atom.xml` sees.
#[derive(Debug, Serialize)]
pub struct FeedView {
    /// The site's name.
    pub title: String,
    /// One sentence about the site; may be empty.
    pub subtitle: String,
    /// Address of the feed itself, which is also its id.
    pub href: String,
    /// Address of the page that it follows.
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

/// One article or correction in the feed.
#[derive(Debug, Serialize)]
pub struct FeedEntry {
    /// Headline.
    pub title: String,
    /// Full address.
    pub href: String,
    /// An address that no other entry of the feed has.
    pub id: String,
    /// Where the original is.
    pub original: Option<String>,
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
pub(super) fn feed(config: &Config, articles: &[Article], to: Addresses<'_>) -> FeedView {
    let mut dated: Vec<_> = articles
        .iter()
        .filter_map(|article| Some((article.document.meta.published.as_ref()?.earliest(), article)))
        .collect();
    dated.sort_by(|(a, one), (b, two)| b.cmp(a).then_with(|| one.slug.cmp(&two.slug)));
    dated.truncate(config.feed.limit);
    let entries: Vec<FeedEntry> = dated.into_iter().map(|(day, article)| entry(day, article, to)).collect();
    let head = Head { path: "feed.xml".to_owned(), home: String::new(), title: config.title.clone() };
    of_entries(config, to, head, config.description.clone(), entries)
}

/// What was put right, newest first, as many entries as the site asks for.
pub(super) fn corrections(
    config: &Config,
    articles: &[Article],
    dossier: &Dossier,
    to: Addresses<'_>,
) -> FeedView {
    let mut of: BTreeMap<About, Vec<&Correction>> = BTreeMap::new();
    for (correction, about) in &dossier.corrections {
        of.entry(*about).or_default().push(correction);
    }
    let mut ids: BTreeMap<About, std::vec::IntoIter<String>> =
        of.iter().map(|(about, own)| (*about, correction_ids(own).into_iter())).collect();
    let newest = dossier.corrections.iter().take(config.feed.limit);
    let entries = newest.map(|(correction, about)| {
        let (title, address) = match about {
            About::Attack(at) => {
                let attack = &dossier.attacks[*at as usize];
                (&attack.title, to.attack(&attack.id))
            }
            About::Person(at) => {
                let person = &dossier.people[*at as usize];
                (&person.name, to.expert(&person.slug))
            }
            About::Article(at) => {
                let article = &articles[*at as usize];
                (&article.document.title, to.article(article))
            }
        };
        let id = ids.get_mut(about).and_then(Iterator::next).unwrap_or_default();
        let day = format!("{}T00:00:00Z", correction.date.earliest());
        let href = format!("{address}#{id}");
        FeedEntry {
            title: config.words.with("feed.corrected", &[("title", title)]),
            id: href.clone(),
            href,
            original: None,
            published: day.clone(),
            updated: day,
            authors: Vec::new(),
            summary: correction.text.clone(),
        }
    });
    let head = Head {
        path: "corrections.xml".to_owned(),
        home: "corrections/".to_owned(),
        title: config.words.with("feed.corrections", &[("title", &config.title)]),
    };
    let subtitle = config.words.text("feed.corrections_about").to_owned();
    of_entries(config, to, head, subtitle, entries.collect())
}

/// What an expert said, newest article first, as many quotations as the site asks for; those of articles without a date
/// are left out, as a feed has no place for them.
pub(super) fn quotations(config: &Config, expert: &ExpertData<'_>, to: Addresses<'_>) -> FeedView {
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let entry = |quote: &QuoteData<'_>| {
        let day = format!("{}T00:00:00Z", quote.published?.earliest());
        let number = ids.entry(quote.url.clone()).and_modify(|number| *number += 1).or_insert(1);
        Some(FeedEntry {
            title: quote.article_title.to_owned(),
            id: if *number == 1 { quote.url.clone() } else { format!("{}-{number}", quote.url) },
            href: quote.url.clone(),
            original: quote.original.map(str::to_owned),
            published: day.clone(),
            updated: day,
            authors: Vec::new(),
            summary: format!("“{}”", quote.text),
        })
    };
    let entries = expert.quotes.iter().filter_map(entry).take(config.feed.limit).collect();
    let head = Head {
        path: format!("experts/{}/feed.xml", expert.slug),
        home: format!("experts/{}/", expert.slug),
        title: format!("{}: {}", config.title, expert.name),
    };
    of_entries(config, to, head, String::new(), entries)
}

impl FeedEntry {
    /// Takes out what XML forbids.
    fn clean(&mut self) {
        for words in [&mut self.title, &mut self.summary].into_iter().chain(&mut self.authors) {
            *words = xml::text(words);
        }
    }
}

/// Where a feed is, what it follows and what it is called.
struct Head {
    path: String,
    home: String,
    title: String,
}

fn of_entries(
    config: &Config,
    to: Addresses<'_>,
    head: Head,
    subtitle: String,
    mut entries: Vec<FeedEntry>,
) -> FeedView {
    entries.iter_mut().for_each(FeedEntry::clean);
    let updated = entries.iter().map(|entry| entry.updated.clone()).max();
    FeedView {
        title: xml::text(&head.title),
        subtitle: xml::text(&subtitle),
        href: to.full(&head.path),
        home: to.full(&head.home),
        language: config.language.clone(),
        author: xml::text(config.author.as_deref().unwrap_or(&config.title)),
        // A feed without entries must still say when: the beginning, for want of a clock.
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        entries,
    }
}

fn entry(day: jiff::civil::Date, article: &Article, to: Addresses<'_>) -> FeedEntry {
    let document = &article.document;
    let published = format!("{day}T00:00:00Z");
    let updated = document.meta.updated.as_ref().map(|date| format!("{}T00:00:00Z", date.earliest()));
    FeedEntry {
        title: document.title.clone(),
        href: to.article(article),
        id: to.article(article),
        original: document.meta.url.clone(),
        updated: updated.unwrap_or_else(|| published.clone()),
        published,
        authors: document.meta.authors.clone(),
        summary: description(document),
    }
}
