//! The timeline: attacks by year, those without a date apart, the pictures above them, and what it can be narrowed to.

use serde::Serialize;

use super::lists::{list_path, numbered, on_page};
use super::summary::attack_path;
use super::{AttackSummary, FacetKind, Linker, MapView, PageView, Pagination, Scope, Strip};
use crate::dossier::Attack;
use crate::slug::slugify;
use crate::words::Words;

/// What `timeline.html` sees as `timeline`.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView<'a> {
    /// What it is narrowed to; `null` on the timeline of everything.
    pub narrowed: Option<Narrowed>,
    /// Whether every attack of the site's stands on this one page.
    pub is_whole: bool,
    /// Whether the newest attack stands first.
    pub newest_first: bool,
    /// How many attacks, over all pages.
    pub total: usize,
    /// Every year, in order, wherever it stands.
    pub jump: Vec<Choice>,
    /// What it can be narrowed to; kinds with one choice are left out.
    pub filters: Vec<Filter>,
    /// The years of this page, in order.
    pub years: Vec<Year<'a>>,
    /// Attacks without a date, with the articles' words for it; on the last page.
    pub undated: Vec<AttackSummary<'a>>,
    /// The strip of all dated attacks; on the first page, when there are at least two.
    pub strip: Option<Strip>,
    /// Where the attacks took place; on the first page, if any can be placed.
    pub map: Option<MapView>,
    /// Where this page stands.
    pub pagination: Pagination,
}

/// What a timeline is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Narrowed {
    /// `country`, `type`, `perpetrator` or `place`.
    pub kind: &'static str,
    /// "Country".
    pub kind_text: String,
    /// "Sri Lanka".
    pub label: String,
    /// How many attacks, at the head of a sentence: "Four attacks".
    pub attacks_text: String,
    /// The timeline of everything, relative to the page.
    pub whole_href: String,
}

/// One kind of thing that the timeline can be narrowed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// `country`, `type` or `perpetrator`.
    pub kind: &'static str,
    /// "Country".
    pub label: String,
    /// In order of label.
    pub choices: Vec<Choice>,
}

/// A part of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// As it stands in addresses and in the entries' attributes: `sri-lanka`, `2004`.
    pub value: String,
    /// "Sri Lanka", "2004".
    pub label: String,
    /// Its page, or its place on this one.
    pub href: String,
    /// How many attacks.
    pub attacks: usize,
    /// Whether this page is narrowed to it.
    pub current: bool,
}

/// One year of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Year<'a> {
    /// As it stands in addresses: `2004`, `44-bc`.
    pub value: String,
    /// "2004", "44 BC"; "1990s" where the source is no finer.
    pub label: String,
    /// In timeline order.
    pub attacks: Vec<AttackSummary<'a>>,
}

/// The attacks of one timeline, in its order.
struct Listing<'l> {
    /// Site path of its first page, without a leading slash.
    base: String,
    dated: &'l [u32],
    undated: &'l [u32],
    narrowed: Option<Narrowed>,
    /// What it is narrowed to, by kind and slug.
    part: Option<(FacetKind, &'l str)>,
}

impl<'a> TimelineView<'a> {
    /// Page `number` (from 1) of the timeline of everything; completes `page`.
    pub fn new(scope: &Scope<'a>, number: usize, linker: &Linker, page: &mut PageView) -> Self {
        let words = scope.words();
        page.title = numbered("title.timeline", number, words);
        words.text("about.timeline").clone_into(&mut page.description);
        let (dated, undated) = (&scope.dated[..], &scope.undated[..]);
        let base = "timeline/".to_owned();
        of(scope, &Listing { base, dated, undated, narrowed: None, part: None }, number, linker)
    }

    /// Page `number` (from 1) of the timeline narrowed to the facet at `slug`; completes `page`.
    pub fn narrowed(
        scope: &Scope<'a>,
        (kind, slug): (FacetKind, &str),
        number: usize,
        linker: &Linker,
        page: &mut PageView,
    ) -> Self {
        let words = scope.words();
        let facet = scope.facets.find(kind, slug).expect("pages are planned for facets that there are");
        page.title = format!("{}: {}", numbered("title.timeline", number, words), facet.label);
        page.description = format!("{}: {}", words.text("about.timeline"), facet.label);
        let (dated, undated) = scope.in_timeline_order(&facet.attacks);
        let narrowed = Narrowed {
            kind: kind.key(),
            kind_text: kind.label(words).to_owned(),
            label: facet.label.clone(),
            attacks_text: capitalised(&words.count_in_prose("timeline.attacks", facet.attacks.len())),
            whole_href: linker.href("/timeline/"),
        };
        let base = facet.path(kind);
        let part = Some((kind, slug));
        let list = Listing { base, dated: &dated, undated: &undated, narrowed: Some(narrowed), part };
        of(scope, &list, number, linker)
    }
}

fn of<'a>(scope: &Scope<'a>, list: &Listing<'_>, number: usize, linker: &Linker) -> TimelineView<'a> {
    let size = scope.config.lists.attacks_per_page;
    let (dated, total) = (list.dated.len(), list.dated.len() + list.undated.len());
    let shown = on_page(number, size, total);
    let pages = total.div_ceil(size.max(1)).max(1);
    let mut years: Vec<Year<'a>> = Vec::new();
    for index in &list.dated[shown.start.min(dated)..shown.end.min(dated)] {
        let label = year(&scope.dossier.attacks[*index as usize], scope.words());
        let attack = AttackSummary::new(scope, *index, linker);
        match years.last_mut().filter(|last| last.label == label) {
            Some(last) => last.attacks.push(attack),
            None => years.push(Year { value: anchor(&label), label, attacks: vec![attack] }),
        }
    }
    let undated = &list.undated[shown.start.saturating_sub(dated)..shown.end.saturating_sub(dated)];
    let is_first = number == 1;
    let everything = || list.dated.iter().chain(list.undated).copied().collect::<Vec<u32>>();
    TimelineView {
        is_whole: pages == 1 && list.narrowed.is_none(),
        newest_first: scope.config.timeline.newest_first,
        total,
        jump: jump(scope, list, number, linker),
        filters: filters(scope, list.narrowed.as_ref(), linker),
        years,
        undated: undated.iter().map(|index| AttackSummary::new(scope, *index, linker)).collect(),
        strip: is_first.then(|| Strip::new(scope, list.dated, linker)).flatten(),
        map: is_first.then(|| MapView::new(scope, &everything(), list.part, linker)).flatten(),
        pagination: Pagination::new(&list.base, number, pages, linker),
        narrowed: list.narrowed.clone(),
    }
}

/// Every year of a timeline, and where it begins: on this page, which is page `number`, or on another.
fn jump(scope: &Scope<'_>, list: &Listing<'_>, number: usize, linker: &Linker) -> Vec<Choice> {
    let size = scope.config.lists.attacks_per_page.max(1);
    let mut years: Vec<Choice> = Vec::new();
    for (place, index) in list.dated.iter().enumerate() {
        let label = year(&scope.dossier.attacks[*index as usize], scope.words());
        match years.last_mut().filter(|last| last.label == label) {
            Some(last) => last.attacks += 1,
            None => {
                let on = place / size + 1;
                let value = anchor(&label);
                let anchor = format!("#year-{value}");
                let href = if on == number {
                    anchor
                } else {
                    linker.href(&format!("/{}{anchor}", list_path(&list.base, on)))
                };
                years.push(Choice { value, label, href, attacks: 1, current: false });
            }
        }
    }
    years
}

fn filters(scope: &Scope<'_>, narrowed: Option<&Narrowed>, linker: &Linker) -> Vec<Filter> {
    let of_kind = |kind: FacetKind| Filter {
        kind: kind.key(),
        label: kind.label(scope.words()).to_owned(),
        choices: scope
            .facets
            .of_kind(kind)
            .iter()
            .map(|facet| Choice {
                value: facet.slug.clone(),
                label: facet.label.clone(),
                href: if facet.has_page(kind) {
                    linker.href(&format!("/{}", facet.path(kind)))
                } else {
                    linker.href(&attack_path(&scope.dossier.attacks[facet.attacks[0] as usize].id))
                },
                attacks: facet.attacks.len(),
                current: narrowed
                    .is_some_and(|narrowed| (narrowed.kind, &narrowed.label) == (kind.key(), &facet.label)),
            })
            .collect(),
    };
    FacetKind::LISTED.into_iter().map(of_kind).filter(|filter| filter.choices.len() > 1).collect()
}

/// As it stands at the head of a sentence.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "2004", "44 BC", or "1990s" and "1900s" where no year is known.
fn year(attack: &Attack, words: &Words) -> String {
    attack.date.map_or_else(String::new, |date| date.human_year(words))
}

/// The label of a year as it may stand in an id and in addresses.
fn anchor(label: &str) -> String {
    slugify(label, "year")
}
