//! One article as data: what it is, and which attacks and experts stand in it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Catalogue;
use crate::dossier::ArticleIndex;
use crate::edtf::Edtf;

/// One article.
#[derive(Debug, Serialize)]
pub struct ArticleData<'a> {
    /// The last part of its address.
    pub slug: &'a str,
    /// Its page.
    pub url: String,
    /// Headline.
    pub title: &'a str,
    /// Standfirst, in the source's words.
    pub standfirst: Option<&'a str>,
    /// When it was published.
    pub published: Option<&'a Edtf>,
    /// When it was last changed: by its outlet, as far as that is told, or by a correction on this site.
    pub updated: Option<Edtf>,
    /// Who wrote it.
    pub authors: &'a [String],
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// Where the original is.
    pub original: Option<&'a str>,
    /// BCP 47; `null` where nobody says so.
    pub language: Option<&'a str>,
    /// The slug of the article that it is a copy of.
    pub copy_of: Option<&'a str>,
    /// Ids of the attacks it speaks of, its main one first.
    pub attacks: Vec<&'a str>,
    /// Slugs of the experts it names, in order of appearance.
    pub experts: Vec<&'a str>,
}

impl<'a> Catalogue<'a> {
    /// The article at `index`.
    pub fn article(&self, index: ArticleIndex) -> ArticleData<'a> {
        let article = &self.articles[index as usize];
        let document = &article.document;
        let at = index as usize;
        let copy_of = self.dossier.copy_of.get(at).copied().flatten();
        let attacks = distinct(self.dossier.attack_of.get(at));
        let people = distinct(self.dossier.person_of.get(at)).into_iter();
        let experts = people.map(|at| &self.dossier.people[at as usize]).filter(|person| person.indexed);
        ArticleData {
            slug: &article.slug,
            url: self.addresses().article(article),
            title: &document.title,
            standfirst: document.standfirst.map(|span| span.of(&document.text)),
            published: document.meta.published.as_ref(),
            updated: article.changed(),
            authors: &document.meta.authors,
            outlet: document.meta.source.as_deref(),
            original: document.meta.url.as_deref(),
            language: document.meta.language.as_deref(),
            copy_of: copy_of.map(|original| self.articles[original as usize].slug.as_str()),
            attacks: attacks.iter().map(|at| self.dossier.attacks[*at as usize].id.as_str()).collect(),
            experts: experts.map(|person| person.slug.as_str()).collect(),
        }
    }
}

/// The values that are there, each once, in their order.
fn distinct(values: Option<&Vec<Option<u32>>>) -> Vec<u32> {
    let mut seen = BTreeSet::new();
    values.into_iter().flatten().flatten().copied().filter(|value| seen.insert(*value)).collect()
}
