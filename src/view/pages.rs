//! Home, methodology, ordinary pages, the page for what is not there, and redirects.

use serde::Serialize;

use super::body::{BlockView, page_blocks};
use super::summary::description;
use super::{
    ArticleSummary, AttackSummary, Counts, DateView, ExpertSummary, Link, Linker, OrdinaryPage, PageView,
    Scope,
};
use crate::document::Document;
use crate::dossier::{Checked, Sourcing};

/// How many of the latest articles and attacks, and of the most quoted experts, stand on the home page.
const ON_HOME: usize = 6;

/// What `index.html` sees as `home`.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView<'a> {
    /// The words of `content/_index.md`; empty where there is none.
    pub blocks: Vec<BlockView<'a>>,
    /// Newest first.
    pub articles: Vec<ArticleSummary<'a>>,
    /// The latest dated attacks, newest first.
    pub attacks: Vec<AttackSummary<'a>>,
    /// The most quoted experts.
    pub experts: Vec<ExpertSummary<'a>>,
    /// How much there is in all.
    pub counts: Counts,
}

impl<'a> HomeView<'a> {
    /// The first page; completes `page`.
    pub fn new(scope: &Scope<'a>, linker: &Linker, page: &mut PageView) -> Self {
        page.title.clone_from(&scope.config.title);
        page.description.clone_from(&scope.config.description);
        let front = scope.pages.iter().find(|page| page.path.is_empty());
        page.has_code = front.is_some_and(|front| front.document.has_code);
        let articles = scope.article_order.iter().take(ON_HOME);
        let newest = |index: &usize| {
            if scope.config.timeline.newest_first { *index } else { scope.dated.len() - 1 - *index }
        };
        let attacks = (0..scope.dated.len().min(ON_HOME)).map(|index| scope.dated[newest(&index)]);
        let mut experts = scope.experts.clone();
        experts.sort_by_key(|expert| std::cmp::Reverse(scope.dossier.people[*expert as usize].quotes.len()));
        HomeView {
            blocks: front.map_or_else(Vec::new, |front| page_blocks(scope, &front.document, linker)),
            articles: articles.map(|article| ArticleSummary::new(scope, *article, linker)).collect(),
            attacks: attacks.map(|attack| AttackSummary::new(scope, attack, linker)).collect(),
            experts: experts
                .iter()
                .take(ON_HOME)
                .map(|expert| ExpertSummary::new(scope, *expert, linker))
                .collect(),
            counts: Counts::new(scope),
        }
    }
}

/// What `methodology.html` sees as `methodology`.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MethodologyView {
    /// How much there is in all.
    pub counts: Counts,
    /// Which facts the site shows: `all`, or `confirmed` where only what an editor has checked is shown.
    pub publish: &'static str,
    /// Attacks read by the program and not yet confirmed.
    pub extracted: usize,
    /// Attacks confirmed as they were read.
    pub confirmed: usize,
    /// Attacks that an editor changed.
    pub corrected: usize,
    /// Attacks with one source.
    pub single: usize,
    /// Attacks with several sources that agree.
    pub several: usize,
    /// Attacks whose sources disagree.
    pub disagreeing: usize,
    /// Attacks that an editor added.
    pub editor: usize,
    /// The experts of the index, by how far they were checked.
    pub experts: CheckedCounts,
}

/// How far people were checked.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckedCounts {
    /// Read by the program and not yet confirmed.
    pub extracted: usize,
    /// Confirmed as they were read.
    pub confirmed: usize,
    /// Changed by an editor.
    pub corrected: usize,
}

impl MethodologyView {
    /// How the facts are read and checked, with the numbers of this site; completes `page`.
    pub fn new(scope: &Scope<'_>, page: &mut PageView) -> Self {
        scope.words().text("title.methodology").clone_into(&mut page.title);
        scope.words().text("about.methodology").clone_into(&mut page.description);
        let publish = if scope.only_checked() { "confirmed" } else { "all" };
        let mut view = MethodologyView { counts: Counts::new(scope), publish, ..MethodologyView::default() };
        for index in &scope.experts {
            *match scope.dossier.people[*index as usize].checked {
                Checked::Extracted => &mut view.experts.extracted,
                Checked::Confirmed => &mut view.experts.confirmed,
                Checked::Corrected => &mut view.experts.corrected,
            } += 1;
        }
        for index in scope.dated.iter().chain(&scope.undated) {
            let attack = &scope.dossier.attacks[*index as usize];
            *match attack.checked {
                Checked::Extracted => &mut view.extracted,
                Checked::Confirmed => &mut view.confirmed,
                Checked::Corrected => &mut view.corrected,
            } += 1;
            *match attack.sourcing {
                Sourcing::Editor => &mut view.editor,
                Sourcing::Single => &mut view.single,
                Sourcing::Several => &mut view.several,
                Sourcing::Disagreeing => &mut view.disagreeing,
            } += 1;
        }
        view
    }
}

/// What `page.html` and `section.html` see as `document`.
#[derive(Clone, Debug, Serialize)]
pub struct OrdinaryPageView<'a> {
    /// Headline.
    pub title: &'a str,
    /// BCP 47 of its words, where that is another language than the site's.
    pub language: Option<&'a str>,
    /// When it was published.
    pub published: Option<DateView>,
    /// When it was last changed.
    pub updated: Option<DateView>,
    /// Who wrote it.
    pub authors: &'a [String],
    /// The body.
    pub blocks: Vec<BlockView<'a>>,
    /// Of a section: its pages and sections, by weight, then title.
    pub children: Vec<Link<'a>>,
    /// `[extra]` of its front matter.
    pub extra: &'a toml::Table,
}

impl<'a> OrdinaryPageView<'a> {
    /// The page at place `index` of [`Scope::pages`]; completes `page`.
    pub fn new(scope: &Scope<'a>, index: u32, linker: &Linker, page: &mut PageView) -> Self {
        let this = &scope.pages[index as usize];
        let document = &*this.document;
        page.title.clone_from(&document.title);
        page.description = description(document);
        page.has_code = document.has_code;
        let date = |date: crate::edtf::Edtf| DateView::new(&date, scope.words());
        OrdinaryPageView {
            title: &document.title,
            language: said_language(scope, document),
            published: document.meta.published.map(date),
            updated: document.meta.updated.map(date),
            authors: &document.meta.authors,
            blocks: page_blocks(scope, document, linker),
            children: if this.section { children(scope, this, linker) } else { Vec::new() },
            extra: &document.meta.extra,
        }
    }
}

/// The pages one step below a section.
fn children<'a>(scope: &Scope<'a>, section: &OrdinaryPage, linker: &Linker) -> Vec<Link<'a>> {
    let below = |page: &&'a OrdinaryPage| {
        let rest = page.path.strip_prefix(&section.path);
        rest.is_some_and(|rest| !rest.is_empty() && !rest.trim_end_matches('/').contains('/'))
    };
    let mut children: Vec<&'a OrdinaryPage> = scope.pages.iter().filter(below).collect();
    children.sort_by_key(|page| (page.document.meta.weight, &page.document.title, &page.path));
    let link = |page: &&'a OrdinaryPage| Link {
        title: page.document.title.clone(),
        href: linker.href(&format!("/{}", page.path)),
        language: said_language(scope, &page.document),
    };
    children.iter().map(link).collect()
}

/// The language of an ordinary page, where its author says another than the site's.
fn said_language<'a>(scope: &Scope<'_>, document: &'a Document) -> Option<&'a str> {
    document.meta.language.as_ref().and_then(|_| document.meta.language_beside(&scope.config.language))
}

/// What `404.html` sees as `not_found`.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
    /// Where else to go.
    pub links: Vec<Link<'static>>,
}

impl NotFoundView {
    /// The page for addresses where nothing is; completes `page`.
    pub fn new(scope: &Scope<'_>, linker: &Linker, page: &mut PageView) -> Self {
        let title = |part: &str| scope.words().with(&format!("title.{part}"), &[]);
        page.title = title("not_found");
        let link =
            |part: &str| Link { title: title(part), href: linker.href(&format!("/{part}/")), language: None };
        NotFoundView { links: ["timeline", "articles", "experts", "search"].into_iter().map(link).collect() }
    }
}

/// What `redirect.html` sees as `redirect`.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// The new address, relative to the page.
    pub href: String,
    /// The full new address; `null` without a `base_url`.
    pub permalink: Option<String>,
}

impl RedirectView {
    /// The page at a former address of `target`, a site path without a leading slash; completes `page`.
    pub fn new(scope: &Scope<'_>, target: &str, linker: &Linker, page: &mut PageView) -> Self {
        scope.words().text("title.moved").clone_into(&mut page.title);
        let base = scope.config.base_url.as_deref();
        let permalink = base.map(|base| format!("{}/{target}", base.trim_end_matches('/')));
        page.permalink.clone_from(&permalink);
        RedirectView { href: linker.href(&format!("/{target}")), permalink }
    }
}
