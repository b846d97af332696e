//! `feed.xml`, the newest articles, `corrections.xml`, what was put right last, and `experts/<slug>/feed.xml`, what an
//! expert said last: Atom feeds (RFC 4287), printed by the template `atom.xml`.
//!
//! An entry must say on which day it changed. What has no day, but a month or a year, has no place in a feed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::Config;
use crate::dossier::{About, Article, Dossier};
use crate::edtf::Edtf;
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
    /// RFC 3339; `null` where the day is not known.
    pub published: Option<String>,
    /// RFC 3339.
    pub updated: String,
    /// Who wrote it; may be empty.
    pub authors: Vec<String>,
    /// Description, standfirst or first paragraph, plain text.
    pub summary: String,
    /// BCP 47, where it is another than the feed's.
    pub language: Option<String>,
}

/// The feed: articles with a day of publication or change, newest first, as many as the site asks for.
pub(super) fn feed(config: &Config, articles: &[Article], to: Addresses<'_>) -> FeedView {
    let mut dated: Vec<_> = articles
        .iter()
        .filter_map(|article| Some((article.document.meta.published.as_ref()?.earliest(), article)))
        .collect();
    dated.sort_by(|(a, one), (b, two)| b.cmp(a).then_with(|| one.slug.cmp(&two.slug)));
    let entries = dated.into_iter().filter_map(|(_, article)| entry(config, article, to));
    let head = Head { path: "feed.xml".to_owned(), home: String::new(), title: config.title.clone() };
    of_entries(config, to, head, config.description.clone(), entries.take(config.feed.limit).collect())
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
    let entries = dossier.corrections.iter().filter_map(|(correction, about)| {
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
        let day = midnight(&correction.date)?;
        let href = format!("{address}#{id}");
        Some(FeedEntry {
            title: config.words.with("feed.corrected", &[("title", title)]),
            id: href.clone(),
            href,
            original: None,
            published: Some(day.clone()),
            updated: day,
            authors: Vec::new(),
            summary: correction.text.clone(),
            language: None,
        })
    });
    let head = Head {
        path: "corrections.xml".to_owned(),
        home: "corrections/".to_owned(),
        title: config.words.with("feed.corrections", &[("title", &config.title)]),
    };
    let subtitle = config.words.text("feed.corrections_about").to_owned();
    of_entries(config, to, head, subtitle, entries.take(config.feed.limit).collect())
}

/// What an expert said, newest article first, as many quotations as the site asks for; those of articles without a day
/// are left out, as a feed has no place for them.
pub(super) fn quotations(config: &Config, expert: &ExpertData<'_>, to: Addresses<'_>) -> FeedView {
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let entry = |quote: &QuoteData<'_>| {
        let day = midnight(quote.published?)?;
        let number = ids.entry(quote.url.clone()).and_modify(|number| *number += 1).or_insert(1);
        Some(FeedEntry {
            title: quote.article_title.to_owned(),
            id: if *number == 1 { quote.url.clone() } else { format!("{}-{number}", quote.url) },
            href: quote.url.clone(),
            original: quote.original.map(str::to_owned),
            published: Some(day.clone()),
            updated: day,
            authors: Vec::new(),
            summary: format!("“{}”", quote.text),
            language: None,
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

/// The beginning of a day that is known, as RFC 3339 has it.
fn midnight(date: &Edtf) -> Option<String> {
    date.as_sure_day().map(|day| format!("{day}T00:00:00Z"))
}

fn entry(config: &Config, article: &Article, to: Addresses<'_>) -> Option<FeedEntry> {
    let document = &article.document;
    let published = document.meta.published.as_ref().and_then(midnight);
    let updated = article.changed().as_ref().and_then(midnight).or_else(|| published.clone())?;
    Some(FeedEntry {
        title: document.title.clone(),
        href: to.article(article),
        id: to.article(article),
        original: document.meta.url.clone(),
        updated,
        published,
        authors: document.meta.authors.clone(),
        summary: description(document),
        language: document.meta.language_beside(&config.language).map(str::to_owned),
    })
}
