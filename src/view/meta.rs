//! What every template may see: `site`, the same on every page of a build, and `page`, the page being rendered.

use serde::Serialize;

use super::{CardView, DateView, Linker, Scope, Subject};
use crate::config::{NavigationEntry, ThemeConfig};
use crate::dossier::Checked;
use crate::edtf::Edtf;

/// `site`: the same on every page; made once a build.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView<'a> {
    /// The site's name.
    pub title: &'a str,
    /// One sentence about it; empty where `site.toml` has none.
    pub description: &'a str,
    /// BCP 47.
    pub language: &'a str,
    /// Where it is published, with a trailing slash.
    pub base_url: Option<&'a str>,
    /// Who is responsible for it.
    pub author: Option<&'a str>,
    /// The program's version: `0.1.0`.
    pub version: &'static str,
    /// The newest day on which an article was published or changed; `null` where none says.
    pub updated: Option<DateView>,
    /// Whether it shows only what an editor has confirmed or corrected.
    pub only_checked: bool,
    /// How much there is.
    pub counts: Counts,
    /// `[theme]` of `site.toml`.
    pub theme: ThemeView<'a>,
    /// `[extra]` of `site.toml`.
    pub extra: &'a toml::Table,
}

/// What `[theme]` asks of the pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThemeView<'a> {
    /// Whether there is a `theme.css`, with the site's colours and fonts.
    pub has_css: bool,
    /// The site path of a stylesheet that comes after the others.
    pub stylesheet: Option<&'a str>,
    /// The site path of a picture that stands before the site's name.
    pub logo: Option<&'a str>,
}

impl<'a> ThemeView<'a> {
    fn new(theme: &'a ThemeConfig) -> Self {
        let ThemeConfig { colours, dark, fonts, logo, stylesheet } = theme;
        ThemeView {
            has_css: !(colours.is_empty() && dark.is_empty() && fonts.is_empty()),
            stylesheet: stylesheet.as_deref(),
            logo: logo.as_deref(),
        }
    }
}

/// The newest day on which an article was published or changed, or anything was put right. (Not the day of the build: the same sources must give
/// the same bytes tomorrow.)
pub(super) fn last_update(scope: &Scope<'_>) -> Option<Edtf> {
    let metas = scope.articles.iter().map(|article| &article.document.meta);
    let of_articles = metas.flat_map(|meta| [meta.published, meta.updated]).flatten();
    let corrected = scope.dossier.corrections.iter().map(|(correction, _)| correction.date);
    of_articles.chain(corrected).max_by_key(Edtf::latest)
}

/// How much the site holds.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Attacks on the timeline.
    pub attacks: usize,
    /// Attacks an editor confirmed or corrected.
    pub checked_attacks: usize,
    /// Experts in the index.
    pub experts: usize,
    /// Quotations on the pages of experts.
    pub quotations: usize,
}

/// `page`: what the page being rendered is and how it reaches the others.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// `home`, `article`, `articles`, `timeline`, `attack`, `experts`, `expert`, `methodology`, `page`, `section`,
    /// `not_found` or `redirect`.
    pub kind: &'static str,
    /// Site path: `/attacks/2004-beslan/`.
    pub path: String,
    /// Full address; `null` without a `base_url`.
    pub permalink: Option<String>,
    /// Its own title, without the site's.
    pub title: String,
    /// One sentence for search engines; empty where there is none.
    pub description: String,
    /// The way up to the site's root: `../../`; empty at the root.
    pub root: String,
    /// Whether links name `index.html`.
    pub explicit_index: bool,
    /// BCP 47 of the interface's words: the site's. What an article says in another language is marked where it stands.
    pub language: String,
    /// The header's links.
    pub navigation: Vec<NavigationItem>,
    /// Whether it needs the stylesheet for highlighted code.
    pub has_code: bool,
    /// Its picture for social networks; `null` where the site has no `base_url` or no cards.
    pub card: Option<CardView>,
    /// What it is about, in JSON-LD with the words of schema.org, to be printed with `safe` inside
    /// `<script type="application/ld+json">`; empty where there is nothing to say.
    pub json_ld: String,
}

/// One link of the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NavigationItem {
    /// The words.
    pub label: String,
    /// Where it leads, relative to the page.
    pub href: String,
    /// Whether it leads to this page or to the section that this page is in.
    pub current: bool,
}

impl<'a> SiteView<'a> {
    /// From the whole site.
    pub fn new(scope: &Scope<'a>) -> Self {
        let config = scope.config;
        SiteView {
            title: &config.title,
            description: &config.description,
            language: &config.language,
            base_url: config.base_url.as_deref(),
            author: config.author.as_deref(),
            version: env!("CARGO_PKG_VERSION"),
            updated: last_update(scope).map(|date| DateView::new(&date, &config.words)),
            only_checked: scope.only_checked(),
            counts: Counts::new(scope),
            theme: ThemeView::new(&config.theme),
            extra: &config.extra,
        }
    }
}

impl Counts {
    /// Counts what the pages show.
    pub fn new(scope: &Scope<'_>) -> Self {
        let checked = |attack: &&u32| scope.dossier.attacks[**attack as usize].checked != Checked::Extracted;
        Counts {
            articles: scope.articles.len(),
            attacks: scope.attack_count(),
            checked_attacks: scope.dated.iter().chain(&scope.undated).filter(checked).count(),
            experts: scope.experts.len(),
            quotations: scope
                .experts
                .iter()
                .map(|expert| scope.dossier.people[*expert as usize].quotes.len())
                .sum(),
        }
    }
}

impl PageView {
    /// The page at `path` about `subject`; title and description are the view's to say.
    pub fn new(scope: &Scope<'_>, subject: &Subject, path: &str, linker: &Linker) -> Self {
        let base = scope.config.base_url.as_deref();
        PageView {
            kind: subject.kind(scope),
            path: path.to_owned(),
            permalink: base.map(|base| format!("{}{}", base.trim_end_matches('/'), path)),
            title: String::new(),
            description: String::new(),
            root: linker.root().to_owned(),
            explicit_index: scope.config.explicit_index,
            language: scope.config.language.clone(),
            navigation: navigation(scope, path, linker),
            has_code: false,
            card: CardView::new(scope, subject),
            json_ld: String::new(),
        }
    }
}

/// The header's links, as they stand on the page at `path`.
fn navigation(scope: &Scope<'_>, path: &str, linker: &Linker) -> Vec<NavigationItem> {
    let is_current = |target: &str| {
        let inside = target.len() > 1 && target.ends_with('/') && path.starts_with(target);
        // An attack is a part of the timeline, though its address does not lie under it.
        path == target || inside || (target == "/timeline/" && path.starts_with("/attacks/"))
    };
    let item = |entry: &NavigationEntry| NavigationItem {
        label: entry.label.clone(),
        href: linker.href(&entry.url),
        current: is_current(&entry.url),
    };
    scope.navigation.iter().map(item).collect()
}
