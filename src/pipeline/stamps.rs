//! The stamp of a page: a hash of all that it is made from. A page whose stamp was seen in an earlier build has the bytes
//! that it had there, and need not be rendered to know them.
//!
//! In: a site. Out: stamps by the place of the pages in the plan. What a number leads to is hashed and not the number, so a
//! stamp depends on no place in memory, no order of other things and no number of threads. It is generous: a page with
//! another stamp need not be another page. `tests/rebuild/stamps.rs` holds stamps against the views themselves.

use std::collections::HashSet;
use std::fmt::Debug;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::dossier::{About, Attack, Person};
use crate::facts::Facts;
use crate::memo::Key;
use crate::page::Page;
use crate::source::Hash;
use crate::view::{
    ArticleSummary, AttackSummary, ExpertSummary, IndexLinks, Linker, Scope, SiteView, Subject, on_page,
    related_attacks,
};

use super::{Pipeline, Site};

/// A hash of all that a page is made from; half a BLAKE3.
pub type Stamp = [u8; 16];

/// The stamps of a site's pages, and those of the build whose files stand in the output folder.
#[derive(Debug, Default)]
pub struct Stamps {
    /// By place in the plan; `None` for a page that is always rendered.
    pub(super) of_pages: Vec<Option<Stamp>>,
    before: HashSet<Stamp>,
}

impl Stamps {
    /// Whether the page at this place of the plan is, byte for byte, the file that stands at its path.
    pub fn is_as_before(&self, at: usize) -> bool {
        self.of_pages.get(at).copied().flatten().is_some_and(|stamp| self.before.contains(&stamp))
    }
}

impl Pipeline {
    /// The stamps of `site`, which is to stand in a folder that has the manifest with the hash `standing` now, if one that
    /// shall be looked at. Without a cache there are none, and nothing is as before.
    pub fn stamps(&mut self, site: &Site, standing: Option<&Hash>) -> Stamps {
        let Some(cache) = self.cache.as_mut().filter(|_| site.config.cache) else { return Stamps::default() };
        let before = standing.and_then(|manifest| cache.build_in(manifest)).map(|build| build.pages);
        Stamps { of_pages: site.stamps(), before: before.into_iter().flatten().collect() }
    }
}

impl Site {
    /// The stamp of each page, by its place in [`Content::pages`](super::Content::pages); `None` for the few that show so
    /// much of the site that they are always rendered.
    pub fn stamps(&self) -> Vec<Option<Stamp>> {
        let scope = self.scope();
        let parts = Parts::new(self, &scope);
        self.pages.par_iter().map(|page| parts.stamp(page)).collect()
    }
}

/// Hashes one thing after the other, each with its length: two series of things never come to the same bytes.
#[derive(Default)]
struct Ink(blake3::Hasher);

impl Ink {
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        self
    }

    /// All that a value says in words: of derived `Debug` that is all there is.
    fn words(&mut self, value: &impl Debug) -> &mut Self {
        self.bytes(format!("{value:?}").as_bytes())
    }

    /// A list; for what is not there, `None`.
    fn list(&mut self, stamps: impl IntoIterator<Item = Option<Stamp>>) -> &mut Self {
        let bytes: Vec<u8> = stamps.into_iter().flat_map(Option::unwrap_or_default).collect();
        self.bytes(&bytes)
    }

    fn stamp(&self) -> Stamp {
        first_half(self.0.finalize().as_bytes())
    }
}

fn first_half(hash: &Hash) -> Stamp {
    *hash.first_chunk().expect("a hash is longer than its half")
}

/// What pages are made from, each part stamped once.
struct Parts<'a> {
    site: &'a Site,
    scope: &'a Scope<'a>,
    /// In every page: settings, templates, `site`, the header's links, and what has which address.
    whole: Stamp,
    /// By article: its words and its facts.
    articles: Vec<Stamp>,
    /// By article: as it stands in lists.
    listed: Vec<Stamp>,
    /// By article: what its facts became, and what it is a copy of.
    linked: Vec<Stamp>,
    /// By attack: all that is known of it, and its record.
    attacks: Vec<Stamp>,
    /// By attack: as it stands in lists and beside the words of articles.
    shown: Vec<Stamp>,
    /// By person: all that is known of them, and their record.
    people: Vec<Stamp>,
    /// By person: as they stand in lists and beside the words of articles.
    named: Vec<Stamp>,
    /// What the timeline can be narrowed to.
    facets: Stamp,
}

impl<'a> Parts<'a> {
    fn new(site: &'a Site, scope: &'a Scope<'a>) -> Parts<'a> {
        let dossier = &site.dossier;
        let root = &root(scope);
        let listed = (0..site.articles.len() as u32).into_par_iter();
        let listed = listed.map(|at| stamped(|ink| ink.words(&ArticleSummary::new(scope, at, root))));
        let attacks = dossier.attacks.par_iter().map(|attack| of_attack(site, attack));
        let shown = (0..dossier.attacks.len() as u32).into_par_iter().map(|at| {
            let changed = &dossier.attacks[at as usize].changed;
            stamped(|ink| ink.words(&AttackSummary::new(scope, at, root)).words(changed))
        });
        let named = (0..dossier.people.len() as u32).into_par_iter().map(|at| {
            let indexed = dossier.people[at as usize].indexed;
            stamped(|ink| ink.words(&ExpertSummary::new(scope, at, root)).words(&indexed))
        });
        let mut parts = Parts {
            site,
            scope,
            whole: whole(site, scope),
            articles: site.keys.iter().map(first_half).collect(),
            listed: listed.collect(),
            linked: Vec::new(),
            attacks: attacks.collect(),
            shown: shown.collect(),
            people: Vec::new(),
            named: named.collect(),
            facets: stamped(|ink| {
                let ids = dossier.attacks.iter().map(|attack| &attack.id);
                ink.words(&scope.facets).words(&ids.collect::<Vec<_>>())
            }),
        };
        parts.linked = (0..site.articles.len()).map(|at| parts.of_links(at)).collect();
        parts.people = dossier.people.par_iter().map(|person| parts.of_person(person)).collect();
        parts
    }

    /// What the facts of an article became, each in its order, and which article it copies.
    fn of_links(&self, at: usize) -> Stamp {
        let dossier = &self.site.dossier;
        let owned = |owners: &[Option<u32>], stamps: &[Stamp]| {
            owners.iter().map(|owner| owner.map(|owner| stamps[owner as usize])).collect::<Vec<_>>()
        };
        stamped(|ink| {
            ink.list(owned(&dossier.attack_of[at], &self.shown))
                .list(owned(&dossier.person_of[at], &self.named))
                .list([dossier.copy_of[at].map(|original| self.listed[original as usize])])
        })
    }

    fn of_person(&self, person: &Person) -> Stamp {
        let record = person.record.and_then(|record| self.site.records.people.get(record as usize));
        // What these numbers lead to is another thing when something else comes before it.
        let bare = Person { record: None, attacks: Vec::new(), ..person.clone() };
        let attacks = person.attacks.iter().map(|attack| Some(self.shown[*attack as usize]));
        stamped(|ink| ink.words(&bare).words(&record).list(attacks))
    }

    /// Of a page; `None` for those that show a little of everything, of which a site has few.
    fn stamp(&self, page: &Page) -> Option<Stamp> {
        let (scope, dossier) = (self.scope, &self.site.dossier);
        let mut ink = Ink::default();
        ink.bytes(&self.whole).words(&(&page.path, &page.template, page.subject.kind(scope)));
        match &page.subject {
            Subject::Article(at) => {
                ink.list(self.account(*at)).words(&self.corrections(About::Article(*at)));
                let place = scope.article_place[*at as usize] as usize;
                let around = [place.checked_sub(1), place.checked_add(1)];
                ink.list(around.map(|place| Some(self.listed[*scope.article_order.get(place?)? as usize])));
            }
            Subject::Articles(number) => {
                let size = self.site.config.lists.articles_per_page;
                let order = &scope.article_order[on_page(*number, size, scope.article_order.len())];
                ink.list(order.iter().map(|at| Some(self.listed[*at as usize])));
            }
            Subject::Attack(at) => {
                let attack = &dossier.attacks[*at as usize];
                let spoke = scope.experts_of_attack[*at as usize].iter();
                ink.list([self.attacks[*at as usize], self.shown[*at as usize]].map(Some))
                    .words(&self.corrections(About::Attack(*at)))
                    .words(&related_attacks(scope, *at, &root(scope)))
                    .list(attack.mentions.iter().flat_map(|(article, _)| self.account(*article)))
                    .list(spoke.map(|person| Some(self.named[*person as usize])));
            }
            Subject::Expert(at) => {
                let person = &dossier.people[*at as usize];
                let told = person.mentions.iter().chain(&person.quotes).map(|(article, _)| article);
                let told = told.chain(person.affiliations.iter().flat_map(|held| &held.articles));
                ink.list([self.people[*at as usize], self.named[*at as usize]].map(Some))
                    .words(&self.corrections(About::Person(*at)))
                    .list(told.flat_map(|article| self.account(*article)));
            }
            Subject::Timeline(_) => {
                ink.bytes(&self.facets).list(self.entries(&scope.dated)).list(self.entries(&scope.undated));
            }
            Subject::Narrowed(kind, slug, _) => {
                let facet = scope.facets.find(*kind, slug)?;
                ink.bytes(&self.facets).list(self.entries(&facet.attacks));
            }
            Subject::Experts(number) => {
                let size = self.site.config.lists.experts_per_page;
                let order = &scope.experts[on_page(*number, size, scope.experts.len())];
                ink.list(order.iter().map(|at| Some(self.named[*at as usize])));
            }
            Subject::Redirect(to) => {
                ink.words(to);
            }
            Subject::Home
            | Subject::Methodology
            | Subject::Corrections
            | Subject::Ordinary(_)
            | Subject::Search
            | Subject::Data
            | Subject::NotFound => return None,
        }
        Some(ink.stamp())
    }

    /// An article with all that is shown beside its words.
    fn account(&self, at: u32) -> [Option<Stamp>; 3] {
        let at = at as usize;
        [self.articles[at], self.listed[at], self.linked[at]].map(Some)
    }

    /// Attacks with all that the timeline and the pictures above it show of them.
    fn entries(&self, attacks: &[u32]) -> impl Iterator<Item = Option<Stamp>> {
        attacks.iter().flat_map(|at| [self.attacks[*at as usize], self.shown[*at as usize]].map(Some))
    }

    fn corrections(&self, about: About) -> impl Debug {
        let own = self.scope.corrections_of.get(&about).into_iter().flatten();
        own.map(|at| &self.site.dossier.corrections[*at as usize].0).collect::<Vec<_>>()
    }
}

/// The stamp of what `with` hashes.
fn stamped(with: impl FnOnce(&mut Ink) -> &mut Ink) -> Stamp {
    let mut ink = Ink::default();
    with(&mut ink).stamp()
}

/// As links stand on the first page.
fn root(scope: &Scope<'_>) -> Linker {
    Linker::new("/", IndexLinks::of(scope.config))
}

/// What every page is made from. Numbers of articles stay what they are as long as this does.
fn whole(site: &Site, scope: &Scope<'_>) -> Stamp {
    let articles = site.articles.iter().map(|article| (&*article.document.path, &*article.slug));
    let ordinary = site.ordinary.iter().map(|page| (&*page.document.path, &*page.path, page.section));
    let mut ink = Ink::default();
    ink.bytes(&site.theme.key())
        .words(&site.config)
        .words(&SiteView::new(scope))
        .words(&scope.navigation)
        .words(&articles.collect::<Vec<_>>())
        .words(&ordinary.collect::<Vec<_>>());
    ink.stamp()
}

fn of_attack(site: &Site, attack: &Attack) -> Stamp {
    let record = attack.record.and_then(|record| site.records.attacks.get(record as usize));
    let bare = Attack { record: None, ..attack.clone() };
    stamped(|ink| ink.words(&bare).words(&record))
}

/// The key of an article of which the editor's records of people moved quotations; a record without a name takes one from
/// another article, so its facts are a part of it.
pub(super) fn moved(key: &Key, records: &Key, facts: &Facts) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key).update(records).update(format!("{facts:?}").as_bytes());
    *hasher.finalize().as_bytes()
}
