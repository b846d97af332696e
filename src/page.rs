//! Stage 5, plan: documents and dossier to [`Page`]s: URL, template, and what each is about.
//!
//! In: the articles, the ordinary pages and the dossier. Out: every page of the site in order of its path, and
//! diagnostics for two pages of one address. Invariant: no I/O; a page holds only what it is about, and its view is
//! made when it is rendered.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::dossier::{Article, Attack, Dossier, Person};
use crate::view::{FacetKind, Facets, Orders, in_index, on_timeline};
pub use crate::view::{OrdinaryPage, Subject, list_path};

/// One page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Site path without a leading slash: `` (home), `attacks/2004-beslan/`, `404.html`.
    pub path: String,
    /// What it is about.
    pub subject: Subject,
    /// The template that prints it.
    pub template: String,
    /// The author's file it comes from, if it comes from one.
    pub file: Option<Arc<str>>,
}

impl Page {
    /// The file it is written to, relative to the output folder.
    pub fn output_path(&self) -> String {
        if self.path.is_empty() || self.path.ends_with('/') {
            format!("{}index.html", self.path)
        } else {
            self.path.clone()
        }
    }
}

/// Which of `pages`, in order of path, is written to `file`, relative to the output folder.
pub fn at_output_path<'a>(pages: &'a [Page], file: &str) -> Option<&'a Page> {
    let find = |path: &str| {
        let at = pages.binary_search_by(|page| page.path.as_str().cmp(path)).ok()?;
        Some(&pages[at]).filter(|page| page.output_path() == file)
    };
    file.strip_suffix("index.html").and_then(find).or_else(|| find(file))
}

/// The site path of an ordinary page: `content/guide/start.md` gives `guide/start/`, `content/guide/_index.md` and
/// `content/guide/index.md` give `guide/`.
pub fn ordinary_path(document: &Document) -> String {
    let inner = document.path.strip_prefix("content/").unwrap_or(&document.path);
    let inner = inner.rsplit_once('.').map_or(inner, |(stem, _)| stem);
    let (folder, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let slug = |part: &str| crate::slug::slugify_file(part, "page");
    let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(slug).collect();
    if !matches!(name, "_index" | "index") {
        parts.push(document.meta.slug.clone().unwrap_or_else(|| slug(name)));
    }
    parts.iter().map(|part| format!("{part}/")).collect()
}

/// Every page of the site, in order of path.
pub fn plan(
    config: &Config,
    articles: &[Article],
    ordinary: &[OrdinaryPage],
    dossier: &Dossier,
) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut plan = Plan::default();
    plan.add("", Subject::Home, "index.html");
    plan.add_list(
        "articles/",
        articles.len(),
        config.lists.articles_per_page,
        Subject::Articles,
        "articles.html",
    );
    let attacks = on_timeline(dossier, config);
    let per_page = config.lists.attacks_per_page;
    plan.add_list("timeline/", attacks.len(), per_page, Subject::Timeline, "timeline.html");
    let facets = Facets::new(dossier, &attacks, &config.words);
    for kind in FacetKind::ALL {
        for facet in facets.of_kind(kind).iter().filter(|facet| facet.has_page(kind)) {
            let subject = |number| Subject::Narrowed(kind, facet.slug.clone(), number);
            plan.add_list(&facet.path(kind), facet.attacks.len(), per_page, subject, "timeline.html");
        }
    }
    let experts = in_index(dossier);
    plan.add_list("experts/", experts.len(), config.lists.experts_per_page, Subject::Experts, "experts.html");
    plan.add("data/", Subject::Data, "data.html");
    plan.add("methodology/", Subject::Methodology, "methodology.html");
    plan.add("corrections/", Subject::Corrections, "corrections.html");
    plan.add("search/", Subject::Search, "search.html");
    plan.add("404.html", Subject::NotFound, "404.html");
    for (article, at) in articles.iter().zip(0_u32..) {
        let path = format!("articles/{}/", article.slug);
        plan.add_document(path, Subject::Article(at), "article.html", &article.document);
    }
    for (page, at) in ordinary.iter().zip(0_u32..) {
        if !page.path.is_empty() {
            let template = if page.section { "section.html" } else { "page.html" };
            plan.add_document(page.path.clone(), Subject::Ordinary(at), template, &page.document);
        }
    }
    for (attack, at) in dossier.attacks.iter().zip(0_u32..) {
        plan.add(&format!("attacks/{}/", attack.id), Subject::Attack(at), "attack.html");
        for former in &attack.former_ids {
            plan.redirect(format!("attacks/{former}/"), format!("attacks/{}/", attack.id), None);
        }
    }
    for at in experts {
        let person = &dossier.people[at as usize];
        plan.add(&format!("experts/{}/", person.slug), Subject::Expert(at), "expert.html");
        for former in &person.former_slugs {
            plan.redirect(format!("experts/{former}/"), format!("experts/{}/", person.slug), None);
        }
    }
    (plan.pages.into_values().collect(), plan.diagnostics)
}

/// What a plan is made from besides the settings: the articles, the ordinary pages, the dossier and their orders.
type Planned<'a> = (&'a [Article], &'a [OrdinaryPage], &'a Dossier, &'a Orders);

/// Whether [`plan`] would give the same for `now` as it gave for `then`, the settings being the same: whether all that it
/// looks at is the same.
pub fn is_same_plan(then: Planned<'_>, now: Planned<'_>) -> bool {
    let same_document = |one: &Arc<Document>, other: &Arc<Document>| {
        let seen = |it: &Document| (Arc::clone(&it.path), it.meta.template.clone(), it.meta.aliases.clone());
        Arc::ptr_eq(one, other) || seen(one) == seen(other)
    };
    let same_article = |(one, other): (&Article, &Article)| {
        one.slug == other.slug && same_document(&one.document, &other.document)
    };
    let same_page = |(one, other): (&OrdinaryPage, &OrdinaryPage)| {
        (&one.path, one.section) == (&other.path, other.section)
            && same_document(&one.document, &other.document)
    };
    // What the timeline shows and can be narrowed to, and whom the index names.
    let same_orders = |one: &Orders, other: &Orders| {
        let listed =
            (&one.dated, &one.undated, &one.experts) == (&other.dated, &other.undated, &other.experts);
        std::ptr::eq(one, other) || (listed && one.facets == other.facets)
    };
    let same_dossier = |one: &Dossier, other: &Dossier| {
        let ids =
            |(one, other): (&Attack, &Attack)| (&one.id, &one.former_ids) == (&other.id, &other.former_ids);
        let slugs = |(one, other): (&Person, &Person)| {
            (&one.slug, &one.former_slugs) == (&other.slug, &other.former_slugs)
        };
        one.attacks.len() == other.attacks.len()
            && one.attacks.iter().zip(&other.attacks).all(ids)
            && one.people.len() == other.people.len()
            && (Arc::ptr_eq(&one.people, &other.people)
                || one.people.iter().zip(other.people.iter()).all(slugs))
    };
    then.0.len() == now.0.len()
        && then.0.iter().zip(now.0).all(same_article)
        && then.1.len() == now.1.len()
        && then.1.iter().zip(now.1).all(same_page)
        && (std::ptr::eq(then.2, now.2) || same_dossier(then.2, now.2))
        && same_orders(then.3, now.3)
}

/// The pages so far, by path.
#[derive(Default)]
struct Plan {
    pages: BTreeMap<String, Page>,
    diagnostics: Vec<Diagnostic>,
}

impl Plan {
    fn add(&mut self, path: &str, subject: Subject, template: &str) {
        self.insert(Page { path: path.to_owned(), subject, template: template.to_owned(), file: None });
    }

    /// A list of `count` entries, `per_page` of them on a page; at least one page.
    fn add_list(
        &mut self,
        path: &str,
        count: usize,
        per_page: usize,
        subject: impl Fn(usize) -> Subject,
        template: &str,
    ) {
        for number in 1..=count.div_ceil(per_page.max(1)).max(1) {
            self.add(&list_path(path, number), subject(number), template);
        }
    }

    /// A page made from a file, and its old addresses.
    fn add_document(&mut self, path: String, subject: Subject, template: &str, document: &Document) {
        let template = document.meta.template.clone().unwrap_or_else(|| template.to_owned());
        for alias in &document.meta.aliases {
            self.redirect(alias.trim_start_matches('/').to_owned(), path.clone(), Some(&document.path));
        }
        self.insert(Page { path, subject, template, file: Some(Arc::clone(&document.path)) });
    }

    fn redirect(&mut self, from: String, to: String, file: Option<&Arc<str>>) {
        let path = if from.ends_with('/') || from.ends_with(".html") { from } else { format!("{from}/") };
        let subject = Subject::Redirect(to);
        self.insert(Page { path, subject, template: "redirect.html".to_owned(), file: file.cloned() });
    }

    /// Two pages of one address are an error, except that a page of the author's takes the place of the pages on
    /// methodology, corrections, data and search, and that a former id gives way to whatever has its address now.
    fn insert(&mut self, page: Page) {
        let Some(held) = self.pages.get(&page.path) else {
            self.pages.insert(page.path.clone(), page);
            return;
        };
        let ours = matches!(
            held.subject,
            Subject::Methodology | Subject::Corrections | Subject::Data | Subject::Search
        );
        if ours || (is_former(held) && !is_former(&page)) {
            self.pages.insert(page.path.clone(), page);
        } else if !is_former(&page) {
            let name =
                |page: &Page| page.file.as_deref().map_or("the site itself".to_owned(), |f| format!("`{f}`"));
            let message = format!("the address `/{}` is taken by {}", page.path, name(held));
            let file = page.file.as_deref().or(held.file.as_deref()).unwrap_or("site.toml");
            self.diagnostics
                .push(Diagnostic::error(file, message).help("rename the file, or give it a `slug`"));
        }
    }
}

/// Whether a page only leads on from a former id.
fn is_former(page: &Page) -> bool {
    matches!(page.subject, Subject::Redirect(_)) && page.file.is_none()
}
