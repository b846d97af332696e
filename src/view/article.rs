//! The page of an article: its words, what was read from them, and its neighbours by title and address only.

use serde::Serialize;

use super::body::{BlockView, article_blocks};
use super::corrections::corrections_of;
use super::summary::{article_path, description};
use super::{AttackSummary, CorrectionView, DateView, ExpertSummary, Link, Linker, PageView, Scope};
use crate::dossier::{About, ArticleIndex};

/// What `article.html` sees as `article`.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView<'a> {
    /// The last part of its address; stands in `<article data-article>`.
    pub slug: &'a str,
    /// Headline.
    pub title: &'a str,
    /// BCP 47 of its words, where that is another language than the site's.
    pub language: Option<&'a str>,
    /// Standfirst, in the source's words.
    pub standfirst: Option<&'a str>,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was last changed: by its outlet, as far as that is told, or by a correction on this site.
    pub updated: Option<DateView>,
    /// Who published it.
    pub source: Option<&'a str>,
    /// The original.
    pub url: Option<&'a str>,
    /// Who wrote it.
    pub authors: &'a [String],
    /// What was put right on this page, newest first.
    pub corrections: Vec<CorrectionView<'a>>,
    /// The body.
    pub blocks: Vec<BlockView<'a>>,
    /// The attacks it speaks of, its main one first.
    pub attacks: Vec<AttackSummary<'a>>,
    /// The experts it quotes or names, in order of appearance.
    pub experts: Vec<ExpertSummary<'a>>,
    /// The article published next.
    pub newer: Option<Link<'a>>,
    /// The article published before.
    pub older: Option<Link<'a>>,
    /// `[extra]` of its front matter.
    pub extra: &'a toml::Table,
}

impl<'a> ArticleView<'a> {
    /// The article's page; completes `page`.
    pub fn new(scope: &Scope<'a>, index: ArticleIndex, linker: &Linker, page: &mut PageView) -> Self {
        let article = &scope.articles[index as usize];
        let document = &*article.document;
        let words = scope.words();
        page.title.clone_from(&document.title);
        page.description = description(document);
        page.has_code = document.has_code;
        let place = scope.article_place[index as usize] as usize;
        let neighbour = |place: Option<usize>| {
            let other = &scope.articles[*scope.article_order.get(place?)? as usize];
            let language = scope.language_beside(&other.document);
            let (title, href) = (other.document.title.clone(), linker.href(&article_path(&other.slug)));
            Some(Link { title, href, language })
        };
        let attacks = distinct(scope.dossier.attack_of.get(index as usize));
        let people = distinct(scope.dossier.person_of.get(index as usize));
        let indexed = people.into_iter().filter(|person| scope.dossier.people[*person as usize].indexed);
        ArticleView {
            slug: &article.slug,
            title: &document.title,
            language: scope.language_beside(document),
            standfirst: document.standfirst.map(|span| span.of(&document.text)),
            published: document.meta.published.map(|date| DateView::new(&date, words)),
            updated: article.changed().map(|date| DateView::new(&date, words)),
            source: document.meta.source.as_deref(),
            url: document.meta.url.as_deref(),
            authors: &document.meta.authors,
            corrections: corrections_of(scope, About::Article(index), linker),
            blocks: article_blocks(scope, index, linker),
            attacks: attacks.into_iter().map(|attack| AttackSummary::new(scope, attack, linker)).collect(),
            experts: indexed.map(|person| ExpertSummary::new(scope, person, linker)).collect(),
            newer: neighbour(place.checked_sub(1)),
            older: neighbour(place.checked_add(1)),
            extra: &document.meta.extra,
        }
    }
}

/// The values that are there, each once, in their order.
fn distinct(values: Option<&Vec<Option<u32>>>) -> Vec<u32> {
    let mut seen = std::collections::BTreeSet::new();
    values.into_iter().flatten().flatten().copied().filter(|value| seen.insert(*value)).collect()
}
