//! `dateline list experts` and `dateline list people`

use serde::Serialize;

use super::attacks::word;
use super::table::{Side, Table};
use super::{Listed, objects};
use crate::dossier::{self, Checked, article_name};
use crate::facts::Role;
use crate::fields::Choice;
use crate::pipeline::Site;

/// Who is listed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Those of the index of experts.
    Experts,
    /// Everybody who is named.
    Everybody,
}

/// One person, under the names of the facts' JSON.
#[derive(Serialize)]
struct Person<'a> {
    id: &'a str,
    name: &'a str,
    honorific: Option<&'a str>,
    /// The latest.
    title: Option<&'a str>,
    /// The latest.
    affiliation: Option<&'a str>,
    role: Role,
    /// How many.
    quotes: usize,
    checked: Checked,
    stale: bool,
    articles: Vec<&'a str>,
    former_ids: &'a [String],
}

const COLUMNS: [&str; 11] = [
    "id",
    "name",
    "honorific",
    "title",
    "affiliation",
    "role",
    "quotes",
    "checked",
    "articles",
    "stale",
    "former_ids",
];

pub(super) fn list(site: &Site, which: Which) -> anyhow::Result<Listed> {
    let listed = site.dossier.people.iter().filter(|person| which == Which::Everybody || person.indexed);
    let people: Vec<Person<'_>> = listed.map(|person| entry(site, person)).collect();
    let empty = match which {
        Which::Experts => "no expert yet: add an article that quotes one to `content/articles/`",
        Which::Everybody => "nobody yet: add an article to `content/articles/`",
    };
    let heads = [
        ("id", Side::Left),
        ("quotes", Side::Right),
        ("articles", Side::Right),
        ("role", Side::Left),
        ("state", Side::Left),
        ("affiliation", Side::Left),
    ];
    let mut table = Table::new(&heads, empty);
    let mut rows = Vec::new();
    for person in &people {
        let text = |words: Option<&str>| words.unwrap_or_default().to_owned();
        let state = match person.checked {
            Checked::Extracted => "machine-read",
            Checked::Confirmed => "confirmed",
            Checked::Corrected => "corrected",
        };
        let stale = if person.stale { ", stale" } else { "" };
        let held: Vec<&str> = person.title.into_iter().chain(person.affiliation).collect();
        table.row(vec![
            person.id.to_owned(),
            person.quotes.to_string(),
            person.articles.len().to_string(),
            person.role.word().to_owned(),
            format!("{state}{stale}"),
            held.join(", "),
        ]);
        rows.push(vec![
            person.id.to_owned(),
            person.name.to_owned(),
            text(person.honorific),
            text(person.title),
            text(person.affiliation),
            person.role.word().to_owned(),
            person.quotes.to_string(),
            word(&person.checked),
            person.articles.join("; "),
            person.stale.to_string(),
            person.former_ids.join("; "),
        ]);
    }
    Ok(Listed { objects: objects(&people)?, columns: (COLUMNS.to_vec(), rows), table })
}

fn entry<'a>(site: &'a Site, person: &'a dossier::Person) -> Person<'a> {
    let latest = person.affiliations.first();
    let mut articles: Vec<&str> =
        person.mentions.iter().map(|(at, _)| article_name(&site.articles[*at as usize])).collect();
    articles.dedup();
    Person {
        id: &person.slug,
        name: &person.name,
        honorific: person.honorific.as_deref(),
        title: latest.and_then(|held| held.title.as_deref()),
        affiliation: latest.and_then(|held| held.affiliation.as_deref()),
        role: person.role,
        quotes: person.quotes.len(),
        checked: person.checked,
        stale: !person.stale.is_empty(),
        articles,
        former_ids: &person.former_slugs,
    }
}
