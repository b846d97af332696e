//! Stage 5, plan: the linked site to [`Page`]s: address and subject.
//!
//! In: the whole site, linked. Out: every page in order of its path, and diagnostics for two pages of one address.
//! Invariant: no I/O; a page holds only what it is about, and its view is made when it is rendered.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::view::{Scope, Subject};

/// One page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Site path: `/` (home), `/attacks/2004-beslan/`, `/404.html`.
    pub path: String,
    /// What it is about.
    pub subject: Subject,
    /// The author's file it comes from, if it comes from one.
    pub file: Option<Arc<str>>,
}

/// The site path of an ordinary page: `content/guide/start.md` gives `/guide/start/`, `content/guide/_index.md` and
/// `content/guide/index.md` give `/guide/`.
pub fn ordinary_path(document: &Document) -> String {
    let inner = document.path.strip_prefix("content/").unwrap_or(&document.path);
    let inner = inner.rsplit_once('.').map_or(inner, |(stem, _)| stem);
    let (folder, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let slug = |part: &str| crate::slug::slugify(part, "page");
    let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(slug).collect();
    if !matches!(name, "_index" | "index") {
        parts.push(document.meta.slug.clone().unwrap_or_else(|| slug(name)));
    }
    parts.iter().fold("/".to_owned(), |path, part| format!("{path}{part}/"))
}

/// Every page of the site, in order of path.
pub fn plan(scope: &Scope<'_>) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut plan = Plan { scope, pages: BTreeMap::new(), diagnostics: Vec::new() };
    plan.add(Subject::Home);
    let (articles, attacks, experts) = scope.list_lengths();
    (1..=articles).map(Subject::Articles).for_each(|list| plan.add(list));
    (1..=attacks).map(Subject::Timeline).for_each(|list| plan.add(list));
    (1..=experts).map(Subject::Experts).for_each(|list| plan.add(list));
    plan.add(Subject::Methodology);
    plan.add(Subject::NotFound);
    for (article, at) in scope.articles.iter().zip(0_u32..) {
        plan.add_document(Subject::Article(at), &article.document);
    }
    for (page, at) in scope.pages.iter().zip(0_u32..) {
        // The words of `content/_index.md` are part of the home page.
        if page.path != "/" {
            plan.add_document(Subject::Page(at), &page.document);
        }
    }
    for (attack, at) in scope.dossier.attacks.iter().zip(0_u32..) {
        plan.add(Subject::Attack(at));
        let path = Subject::Attack(at).path(scope);
        attack.former_ids.iter().for_each(|id| plan.redirect(&format!("/attacks/{id}/"), &path, None));
    }
    for at in &scope.experts {
        plan.add(Subject::Expert(*at));
        let path = Subject::Expert(*at).path(scope);
        let former = &scope.dossier.people[*at as usize].former_slugs;
        former.iter().for_each(|slug| plan.redirect(&format!("/experts/{slug}/"), &path, None));
    }
    (plan.pages.into_values().collect(), plan.diagnostics)
}

/// The pages so far, by path.
struct Plan<'a> {
    scope: &'a Scope<'a>,
    pages: BTreeMap<String, Page>,
    diagnostics: Vec<Diagnostic>,
}

impl Plan<'_> {
    fn add(&mut self, subject: Subject) {
        self.insert(Page { path: subject.path(self.scope), subject, file: None });
    }

    /// A page made from a file, and its old addresses.
    fn add_document(&mut self, subject: Subject, document: &Document) {
        let path = subject.path(self.scope);
        for alias in &document.meta.aliases {
            self.redirect(alias, &path, Some(&document.path));
        }
        self.insert(Page { path, subject, file: Some(Arc::clone(&document.path)) });
    }

    fn redirect(&mut self, from: &str, to: &str, file: Option<&Arc<str>>) {
        let from = from.trim_start_matches('/');
        let slash = if from.is_empty() || from.ends_with('/') || from.ends_with(".html") { "" } else { "/" };
        let path = format!("/{from}{slash}");
        let subject = Subject::Redirect { from: path.clone(), to: to.to_owned() };
        self.insert(Page { path, subject, file: file.cloned() });
    }

    /// Two pages of one address are an error, except that a page of the author's takes the place of the methodology
    /// page, and that a former id gives way to whatever has its address now.
    fn insert(&mut self, page: Page) {
        let Some(held) = self.pages.get(&page.path) else {
            self.pages.insert(page.path.clone(), page);
            return;
        };
        if held.subject == Subject::Methodology || (is_former(held) && !is_former(&page)) {
            self.pages.insert(page.path.clone(), page);
        } else if !is_former(&page) {
            let taken_by = held.file.as_deref().map_or("the site itself".to_owned(), |file| format!("`{file}`"));
            let message = format!("the address `{}` is taken by {taken_by}", page.path);
            let file = page.file.as_deref().or(held.file.as_deref()).unwrap_or("site.toml");
            self.diagnostics.push(Diagnostic::error(file, message).help("rename the file, or give it a `slug`"));
        }
    }
}

/// Whether a page only leads on from a former id.
fn is_former(page: &Page) -> bool {
    matches!(page.subject, Subject::Redirect { .. }) && page.file.is_none()
}
