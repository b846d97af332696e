//! What a page can be about, and the view that is made of it.

use serde::Serialize;

use crate::data::linked;

use super::{
    ArticleListView, ArticleView, AttackView, CorrectionsView, DataView, ExpertView, ExpertsView, FacetKind,
    HomeView, IndexLinks, Linker, MethodologyView, NotFoundView, OrdinaryPageView, PageView, RedirectView,
    Scope, SearchView, TimelineView,
};

/// What a page is about. Numbers are indices into the articles, the ordinary pages or the dossier; numbers of list
/// pages count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// `/`.
    Home,
    /// `/articles/`, `/articles/page/2/` …
    Articles(usize),
    /// `/articles/<slug>/`.
    Article(u32),
    /// `/timeline/`, `/timeline/page/2/` …
    Timeline(usize),
    /// `/timeline/country/sri-lanka/` and the like: what the timeline is narrowed to, the facet's slug, and the page.
    Narrowed(FacetKind, String, usize),
    /// `/attacks/<id>/`.
    Attack(u32),
    /// `/experts/`, `/experts/page/2/` …
    Experts(usize),
    /// `/experts/<slug>/`.
    Expert(u32),
    /// `/data/`.
    Data,
    /// `/methodology/`.
    Methodology,
    /// `/corrections/`.
    Corrections,
    /// `/search/`.
    Search,
    /// An ordinary page or a section.
    Ordinary(u32),
    /// `/404.html`.
    NotFound,
    /// An old address: leads to this site path, without a leading slash.
    Redirect(String),
}

impl Subject {
    /// Its name for templates: `page.kind`.
    pub fn kind(&self, scope: &Scope<'_>) -> &'static str {
        match self {
            Subject::Home => "home",
            Subject::Article(_) => "article",
            Subject::Articles(_) => "articles",
            Subject::Timeline(_) | Subject::Narrowed(..) => "timeline",
            Subject::Attack(_) => "attack",
            Subject::Experts(_) => "experts",
            Subject::Expert(_) => "expert",
            Subject::Data => "data",
            Subject::Methodology => "methodology",
            Subject::Corrections => "corrections",
            Subject::Search => "search",
            Subject::Ordinary(index) if scope.pages[*index as usize].section => "section",
            Subject::Ordinary(_) => "page",
            Subject::NotFound => "not_found",
            Subject::Redirect(_) => "redirect",
        }
    }
}

/// What a template sees besides `site` and `page`; each is one variable with the name of its variant.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
#[expect(clippy::large_enum_variant, reason = "one at a time, and dropped after its page")]
pub enum View<'a> {
    Home(HomeView<'a>),
    Article(ArticleView<'a>),
    List(ArticleListView<'a>),
    Timeline(TimelineView<'a>),
    Attack(AttackView<'a>),
    Experts(ExpertsView<'a>),
    Expert(ExpertView<'a>),
    Data(DataView),
    Methodology(MethodologyView),
    Corrections(CorrectionsView<'a>),
    Search(SearchView),
    Document(OrdinaryPageView<'a>),
    NotFound(NotFoundView),
    Redirect(RedirectView),
}

/// How the page at the site path `path` links: relative to itself, but `404.html`, which is served at any depth, from
/// the site's root.
fn linker(scope: &Scope<'_>, subject: &Subject, path: &str) -> Linker {
    let index = IndexLinks::of(scope.config);
    match subject {
        Subject::NotFound => Linker::rooted(scope.config.base_url.as_deref(), index),
        _ => Linker::new(path, index),
    }
}

/// What the page about `subject` shows at the site path `path` (`/attacks/2004-beslan/`): `page`, and the view beside
/// it.
pub fn view<'a>(scope: &Scope<'a>, subject: &Subject, path: &str) -> (PageView, View<'a>) {
    let linker = &linker(scope, subject, path);
    let mut meta = PageView::new(scope, subject, path, linker);
    let page = &mut meta;
    let view = match subject {
        Subject::Home => View::Home(HomeView::new(scope, linker, page)),
        Subject::Article(index) => View::Article(ArticleView::new(scope, *index, linker, page)),
        Subject::Articles(number) => View::List(ArticleListView::new(scope, *number, linker, page)),
        Subject::Timeline(number) => View::Timeline(TimelineView::new(scope, *number, linker, page)),
        Subject::Narrowed(kind, slug, number) => {
            View::Timeline(TimelineView::narrowed(scope, (*kind, slug), *number, linker, page))
        }
        Subject::Attack(index) => View::Attack(AttackView::new(scope, *index, linker, page)),
        Subject::Experts(number) => View::Experts(ExpertsView::new(scope, *number, linker, page)),
        Subject::Expert(index) => View::Expert(ExpertView::new(scope, *index, linker, page)),
        Subject::Data => View::Data(DataView::new(scope, linker, page)),
        Subject::Methodology => View::Methodology(MethodologyView::new(scope, page)),
        Subject::Corrections => View::Corrections(CorrectionsView::new(scope, linker, page)),
        Subject::Search => View::Search(SearchView::new(scope, linker, page)),
        Subject::Ordinary(index) => View::Document(OrdinaryPageView::new(scope, *index, linker, page)),
        Subject::NotFound => View::NotFound(NotFoundView::new(scope, linker, page)),
        Subject::Redirect(to) => View::Redirect(RedirectView::new(scope, to, linker, page)),
    };
    meta.json_ld = json_ld(scope, subject);
    (meta, view)
}

/// What the page is about, for machines; empty where schema.org has no word for it.
fn json_ld(scope: &Scope<'_>, subject: &Subject) -> String {
    let catalogue = &scope.catalogue();
    match subject {
        Subject::Article(index) => linked::article(catalogue, *index),
        Subject::Attack(index) => linked::attack(catalogue, *index),
        Subject::Expert(index) => linked::expert(catalogue, *index),
        Subject::Data => linked::dataset(catalogue),
        _ => String::new(),
    }
}
