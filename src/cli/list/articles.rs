//! `dateline list articles`

use std::collections::BTreeSet;

use serde::Serialize;

use super::table::{Side, Table};
use super::{Listed, objects};
use crate::dossier::article_name;
use crate::pipeline::Site;

/// One article, under the names of the facts' JSON.
#[derive(Serialize)]
struct Article<'a> {
    /// The last part of its address.
    id: &'a str,
    /// Below `content/articles/`.
    file: &'a str,
    title: &'a str,
    published: Option<String>,
    authors: &'a [String],
    language: Option<&'a str>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    /// Ids of the attacks that it speaks of.
    events: Vec<&'a str>,
    /// Ids of the people whom it names.
    people: Vec<&'a str>,
    /// How many.
    quotes: usize,
    /// The file of the article that it is a copy of.
    copy_of: Option<&'a str>,
}

const COLUMNS: [&str; 12] = [
    "id",
    "file",
    "title",
    "published",
    "authors",
    "language",
    "source",
    "url",
    "events",
    "people",
    "quotes",
    "copy_of",
];

pub(super) fn list(site: &Site) -> anyhow::Result<Listed> {
    let articles: Vec<Article<'_>> = (0..site.articles.len()).map(|at| entry(site, at)).collect();
    let heads = [
        ("file", Side::Left),
        ("published", Side::Left),
        ("attacks", Side::Right),
        ("people", Side::Right),
        ("quotes", Side::Right),
        ("title", Side::Left),
    ];
    let mut table = Table::new(&heads, "no article yet: add one to `content/articles/`");
    let mut rows = Vec::new();
    for article in &articles {
        let text = |words: Option<&str>| words.unwrap_or_default().to_owned();
        table.row(vec![
            article.file.to_owned(),
            article.published.clone().unwrap_or_default(),
            article.events.len().to_string(),
            article.people.len().to_string(),
            article.quotes.to_string(),
            article.title.to_owned(),
        ]);
        rows.push(vec![
            article.id.to_owned(),
            article.file.to_owned(),
            article.title.to_owned(),
            article.published.clone().unwrap_or_default(),
            article.authors.join("; "),
            text(article.language),
            text(article.source),
            text(article.url),
            article.events.join("; "),
            article.people.join("; "),
            article.quotes.to_string(),
            text(article.copy_of),
        ]);
    }
    Ok(Listed { objects: objects(&articles)?, columns: (COLUMNS.to_vec(), rows), table })
}

fn entry(site: &Site, at: usize) -> Article<'_> {
    let (article, dossier) = (&site.articles[at], &site.dossier);
    let meta = &article.document.meta;
    let attacks: BTreeSet<u32> = dossier.attack_of[at].iter().flatten().copied().collect();
    let people: BTreeSet<u32> = dossier.person_of[at].iter().flatten().copied().collect();
    Article {
        id: &article.slug,
        file: article_name(article),
        title: &article.document.title,
        published: meta.published.map(|date| date.to_string()),
        authors: &meta.authors,
        language: meta.language.as_deref(),
        source: meta.source.as_deref(),
        url: meta.url.as_deref(),
        events: attacks.iter().map(|attack| dossier.attacks[*attack as usize].id.as_str()).collect(),
        people: people.iter().map(|person| dossier.people[*person as usize].slug.as_str()).collect(),
        quotes: article.facts.verbatim().count(),
        copy_of: dossier.copy_of[at].map(|original| article_name(&site.articles[original as usize])),
    }
}
