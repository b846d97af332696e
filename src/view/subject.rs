//! What a page can be about, and the view that is made of it.

use serde::Serialize;

use super::lists::page_path;
use super::summary::{article_path, attack_path, expert_path};
use super::{
    ArticleListView, ArticleView, AttackView, ExpertView, ExpertsView, HomeView, Linker, MethodologyView,
    NotFoundView, OrdinaryPageView, PageView, RedirectView, Scope, TimelineView,
};
use crate::dossier::ArticleIndex;

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The site.
    Home,
    /// One article.
    Article(ArticleIndex),
    /// A page of the list of articles, from 1.
    Articles(usize),
    /// A page of the timeline, from 1.
    Timeline(usize),
    /// One attack: an index into [`crate::dossier::Dossier::attacks`].
    Attack(u32),
    /// A page of the index of experts, from 1.
    Experts(usize),
    /// One expert: an index into [`crate::dossier::Dossier::people`].
    Expert(u32),
    /// How the facts are read and checked.
    Methodology,
    /// A page of `content/`: an index into [`Scope::pages`].
    Page(u32),
    /// Addresses where nothing is.
    NotFound,
    /// A former address of the site path `to`.
    Redirect {
        /// Where the page was.
        from: String,
        /// Where it is: a site path.
        to: String,
    },
}

impl Subject {
    /// The site path of its page: `/attacks/2004-beslan/`.
    pub fn path(&self, scope: &Scope<'_>) -> String {
        match self {
            Subject::Home => "/".to_owned(),
            Subject::Article(index) => article_path(&scope.articles[*index as usize].slug),
            Subject::Articles(number) => page_path("/articles/", *number),
            Subject::Timeline(number) => page_path("/timeline/", *number),
            Subject::Attack(index) => attack_path(&scope.dossier.attacks[*index as usize].id),
            Subject::Experts(number) => page_path("/experts/", *number),
            Subject::Expert(index) => expert_path(&scope.dossier.people[*index as usize].slug),
            Subject::Methodology => "/methodology/".to_owned(),
            Subject::Page(index) => scope.pages[*index as usize].path.clone(),
            Subject::NotFound => "/404.html".to_owned(),
            Subject::Redirect { from, .. } => from.clone(),
        }
    }

    /// Its name for templates: `page.kind`.
    pub fn kind(&self, scope: &Scope<'_>) -> &'static str {
        match self {
            Subject::Home => "home",
            Subject::Article(_) => "article",
            Subject::Articles(_) => "articles",
            Subject::Timeline(_) => "timeline",
            Subject::Attack(_) => "attack",
            Subject::Experts(_) => "experts",
            Subject::Expert(_) => "expert",
            Subject::Methodology => "methodology",
            Subject::Page(index) if scope.pages[*index as usize].section => "section",
            Subject::Page(_) => "page",
            Subject::NotFound => "not_found",
            Subject::Redirect { .. } => "redirect",
        }
    }

    /// The template it is rendered with: the one its front matter names, else its kind's.
    pub fn template<'a>(&self, scope: &Scope<'a>) -> &'a str {
        let named = match self {
            Subject::Article(index) => scope.articles[*index as usize].document.meta.template.as_deref(),
            Subject::Page(index) => scope.pages[*index as usize].document.meta.template.as_deref(),
            _ => None,
        };
        named.unwrap_or(match self.kind(scope) {
            "home" => "home.html",
            "article" => "article.html",
            "articles" => "articles.html",
            "timeline" => "timeline.html",
            "attack" => "attack.html",
            "experts" => "experts.html",
            "expert" => "expert.html",
            "methodology" => "methodology.html",
            "section" => "section.html",
            "not_found" => "404.html",
            "redirect" => "redirect.html",
            _ => "page.html",
        })
    }
}

/// What a template sees besides `site` and `page`; each is one variable with the name of its variant.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum View<'a> {
    Home(HomeView<'a>),
    Article(ArticleView<'a>),
    List(ArticleListView<'a>),
    Timeline(TimelineView<'a>),
    Attack(AttackView<'a>),
    Experts(ExpertsView<'a>),
    Expert(ExpertView<'a>),
    Methodology(MethodologyView),
    Document(OrdinaryPageView<'a>),
    NotFound(NotFoundView),
    Redirect(RedirectView),
}

/// How a page links: relative to itself, but `404.html`, which is served at any depth, from the site's root.
pub(super) fn linker(scope: &Scope<'_>, subject: &Subject, path: &str) -> Linker {
    match subject {
        Subject::NotFound => Linker::rooted(scope.config.base_url.as_deref(), scope.config.explicit_index),
        _ => Linker::new(path, scope.config.explicit_index),
    }
}

/// `page` for `subject`, with its title and description, and the view beside it.
pub fn page_of<'a>(scope: &Scope<'a>, subject: &Subject) -> (PageView, View<'a>) {
    let path = subject.path(scope);
    let linker = linker(scope, subject, &path);
    let mut page = PageView::new(scope, subject, &path, &linker);
    let view = view(scope, subject, &linker, &mut page);
    (page, view)
}

/// The view of `subject`; completes `page`.
pub fn view<'a>(scope: &Scope<'a>, subject: &Subject, linker: &Linker, page: &mut PageView) -> View<'a> {
    match subject {
        Subject::Home => View::Home(HomeView::new(scope, linker, page)),
        Subject::Article(index) => View::Article(ArticleView::new(scope, *index, linker, page)),
        Subject::Articles(number) => View::List(ArticleListView::new(scope, *number, linker, page)),
        Subject::Timeline(number) => View::Timeline(TimelineView::new(scope, *number, linker, page)),
        Subject::Attack(index) => View::Attack(AttackView::new(scope, *index, linker, page)),
        Subject::Experts(number) => View::Experts(ExpertsView::new(scope, *number, linker, page)),
        Subject::Expert(index) => View::Expert(ExpertView::new(scope, *index, linker, page)),
        Subject::Methodology => View::Methodology(MethodologyView::new(scope, page)),
        Subject::Page(index) => View::Document(OrdinaryPageView::new(scope, *index, linker, page)),
        Subject::NotFound => View::NotFound(NotFoundView::new(linker, page)),
        Subject::Redirect { to, .. } => View::Redirect(RedirectView::new(scope, to, linker, page)),
    }
}
