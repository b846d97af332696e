//! Lists that go on over several pages: articles and the index of experts.

use std::ops::Range;

use serde::Serialize;

use super::{ArticleSummary, ExpertSummary, Linker, PageView, Scope};
use crate::words::Words;

/// Where a page of a list stands among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pagination {
    /// This page, from 1.
    pub number: usize,
    /// How many pages.
    pub total: usize,
    /// The page before, relative to the page.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// First, last and the pages around this one, in order.
    pub pages: Vec<PageLink>,
}

/// A link to one page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PageLink {
    /// From 1.
    pub number: usize,
    /// Relative to the page.
    pub href: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether pages were left out before it.
    pub gap: bool,
}

impl Pagination {
    /// Page `number` (from 1) of `total`; the first page is at `base` (`articles/`).
    pub fn new(base: &str, number: usize, total: usize, linker: &Linker) -> Self {
        let href = |number: usize| linker.href(&format!("/{}", list_path(base, number)));
        let shown = |other: &usize| *other == 1 || *other == total || other.abs_diff(number) <= 2;
        let mut last = 0;
        let around = number.saturating_sub(2)..=(number + 2).min(total);
        let mut numbers: Vec<usize> =
            [1, total].into_iter().chain(around).filter(|other| *other > 0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let pages = numbers
            .into_iter()
            .filter(shown)
            .map(|other| {
                let gap = other > last + 1;
                last = other;
                PageLink { number: other, href: href(other), current: other == number, gap }
            })
            .collect();
        Pagination {
            number,
            total,
            previous: (number > 1).then(|| href(number - 1)),
            next: (number < total).then(|| href(number + 1)),
            pages,
        }
    }
}

/// The address of page `number` (from 1) of the list at `base`: `articles/page/2/`.
pub fn list_path(base: &str, number: usize) -> String {
    if number <= 1 { base.to_owned() } else { format!("{base}page/{number}/") }
}

/// Which of `length` items stand on page `number` (from 1) with `size` a page.
pub fn on_page(number: usize, size: usize, length: usize) -> Range<usize> {
    let size = size.max(1);
    let start = (number.saturating_sub(1) * size).min(length);
    start..(start + size).min(length)
}

/// What `articles.html` sees as `list`.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleListView<'a> {
    /// Newest first.
    pub articles: Vec<ArticleSummary<'a>>,
    /// Where this page stands.
    pub pagination: Pagination,
}

impl<'a> ArticleListView<'a> {
    /// Page `number` (from 1) of the list of articles; completes `page`.
    pub fn new(scope: &Scope<'a>, number: usize, linker: &Linker, page: &mut PageView) -> Self {
        page.title = numbered("title.articles", number, scope.words());
        scope.words().text("about.articles").clone_into(&mut page.description);
        let range = on_page(number, scope.config.lists.articles_per_page, scope.articles.len());
        let articles = scope.article_order[range].iter();
        ArticleListView {
            articles: articles.map(|article| ArticleSummary::new(scope, *article, linker)).collect(),
            pagination: Pagination::new("articles/", number, scope.list_lengths().0, linker),
        }
    }
}

/// What `experts.html` sees as `experts`.
#[derive(Clone, Debug, Serialize)]
pub struct ExpertsView<'a> {
    /// By first letter of the surname.
    pub letters: Vec<Letter<'a>>,
    /// Where this page stands.
    pub pagination: Pagination,
}

/// The experts under one letter.
#[derive(Clone, Debug, Serialize)]
pub struct Letter<'a> {
    /// "G"; "#" for names that begin with none.
    pub letter: String,
    /// For links to the heading: `letter-g`, and `letter-other`.
    pub id: String,
    /// By surname.
    pub experts: Vec<ExpertSummary<'a>>,
}

impl<'a> ExpertsView<'a> {
    /// Page `number` (from 1) of the index of experts; completes `page`.
    pub fn new(scope: &Scope<'a>, number: usize, linker: &Linker, page: &mut PageView) -> Self {
        page.title = numbered("title.experts", number, scope.words());
        scope.words().text("about.experts").clone_into(&mut page.description);
        let mut letters: Vec<Letter<'a>> = Vec::new();
        let range = on_page(number, scope.config.lists.experts_per_page, scope.experts.len());
        for expert in &scope.experts[range] {
            let expert = ExpertSummary::new(scope, *expert, linker);
            let letter = first_letter(expert.sort_name);
            match letters.last_mut().filter(|last| last.letter == letter) {
                Some(last) => last.experts.push(expert),
                None => {
                    let name = if letter == "#" { "other".to_owned() } else { letter.to_lowercase() };
                    letters.push(Letter { id: format!("letter-{name}"), letter, experts: vec![expert] });
                }
            }
        }
        let pagination = Pagination::new("experts/", number, scope.list_lengths().1, linker);
        ExpertsView { letters, pagination }
    }
}

/// "É" stands under E.
fn first_letter(name: &str) -> String {
    let first = name.chars().find(|character| character.is_alphanumeric());
    let plain = first.map(|first| deunicode::deunicode_char(first).unwrap_or("")).unwrap_or("");
    match plain.chars().next().filter(char::is_ascii_alphabetic) {
        Some(letter) => letter.to_ascii_uppercase().to_string(),
        None => "#".to_owned(),
    }
}

/// A list's title, with the number of its page from the second on.
pub(super) fn numbered(key: &str, number: usize, words: &Words) -> String {
    let title = words.text(key);
    if number <= 1 {
        return title.to_owned();
    }
    words.with("title.numbered", &[("title", title), ("number", &number.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pagination_shows_the_ends_and_the_pages_around() {
        let linker = Linker::new("/articles/page/6/", crate::view::IndexLinks::Folder);
        let pagination = Pagination::new("articles/", 6, 20, &linker);
        let numbers: Vec<(usize, bool)> =
            pagination.pages.iter().map(|page| (page.number, page.gap)).collect();
        assert_eq!(
            numbers,
            [(1, false), (4, true), (5, false), (6, false), (7, false), (8, false), (20, true)]
        );
        assert_eq!(pagination.pages[0].href, "../../../articles/");
        assert_eq!(pagination.next.as_deref(), Some("../../../articles/page/7/"));
    }

    #[test]
    fn every_item_stands_on_one_page() {
        assert_eq!((on_page(1, 50, 70), on_page(2, 50, 70), on_page(1, 50, 0)), (0..50, 50..70, 0..0));
    }

    #[test]
    fn letters_are_without_accents() {
        assert_eq!((first_letter("Élysée"), first_letter("al-Assad"), first_letter("9")).0, "E");
        assert_eq!(first_letter("9"), "#");
    }
}
