//! The short form in which an expert stands on other pages.

use serde::Serialize;

use super::summary::expert_path;
use super::{Linker, Scope, wording};
use crate::dossier::ArticleIndex;

/// An expert in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ExpertSummary<'a> {
    /// Permanent: `maria-sole`.
    pub slug: &'a str,
    /// "Maria Sole".
    pub name: &'a str,
    /// "Sole, Maria".
    pub sort_name: &'a str,
    /// The person's page, relative to the page.
    pub href: String,
    /// "Dr".
    pub honorific: Option<&'a str>,
    /// The latest title: "senior research fellow".
    pub title: Option<&'a str>,
    /// The latest affiliation: "Royal United Services Institute".
    pub affiliation: Option<&'a str>,
    /// What the person speaks on, where an editor says so: "crisis studies".
    pub subject: Option<&'a str>,
    /// How many quotations.
    pub quotes: usize,
    /// In how many articles the person is named.
    pub articles: usize,
    /// `extracted`, `confirmed`, `corrected`.
    pub checked: &'static str,
    /// The badge: "machine-read", "confirmed", "corrected".
    pub badge: &'a str,
    /// The sentence behind the badge.
    pub badge_text: String,
}

impl<'a> ExpertSummary<'a> {
    /// Of one person, for a page whose links `linker` makes.
    pub fn new(scope: &Scope<'a>, index: u32, linker: &Linker) -> Self {
        let person = &scope.dossier.people[index as usize];
        let articles = articles_naming(person);
        let words = scope.words();
        let (checked, badge) = wording::checked(person.checked, words);
        let latest = person.affiliations.first();
        let record = person.record.and_then(|record| scope.expert_records.get(record as usize));
        ExpertSummary {
            slug: &person.slug,
            name: &person.name,
            sort_name: &person.sort_name,
            href: linker.href(&expert_path(&person.slug)),
            honorific: person.honorific.as_deref(),
            title: latest.and_then(|latest| latest.title.as_deref()),
            affiliation: latest.and_then(|latest| latest.affiliation.as_deref()),
            subject: record.and_then(|record| record.subject.as_deref()),
            quotes: person.quotes.len(),
            articles,
            checked,
            badge,
            badge_text: wording::badge_text(person.checked, articles, &person.changed, words),
        }
    }
}

/// In how many articles a person is named.
pub(super) fn articles_naming(person: &crate::dossier::Person) -> usize {
    let mut articles: Vec<ArticleIndex> = person.mentions.iter().map(|(article, _)| *article).collect();
    articles.sort_unstable();
    articles.dedup();
    articles.len()
}
