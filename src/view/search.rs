//! The search page: where its script finds what to look through, and the lists that hold everything without it.

use serde::Serialize;

use super::{Link, Linker, PageView, Scope};
use crate::data::SearchKind;

/// What `search.html` sees as `search`.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// Whether every word of the articles is searched, or only titles, names, places and quotations.
    pub full_text: bool,
    /// What results can be filtered by: `attack`, `expert`, `article`, `quotation`.
    pub kinds: Vec<&'static str>,
    /// The lists that hold everything, for readers without JavaScript.
    pub lists: Vec<Link<'static>>,
}

impl SearchView {
    /// The search page; completes `page`.
    pub fn new(scope: &Scope<'_>, linker: &Linker, page: &mut PageView) -> Self {
        let words = scope.words();
        words.text("title.search").clone_into(&mut page.title);
        words.text("about.search").clone_into(&mut page.description);
        let list = |part: &str| Link {
            title: words.with(&format!("title.{part}"), &[]),
            href: linker.href(&format!("/{part}/")),
            language: None,
        };
        SearchView {
            full_text: scope.config.search.full_text,
            kinds: SearchKind::ALL.map(SearchKind::key).to_vec(),
            lists: ["timeline", "experts", "articles"].into_iter().map(list).collect(),
        }
    }
}
