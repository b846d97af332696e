//! The whole site, borrowed, with the orders and cross references that more than one page needs.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Facets;
use crate::config::{Config, NavigationEntry, Publish};
use crate::data::Catalogue;
use crate::document::Document;
use crate::dossier::{About, Article, ArticleIndex, Dossier};
use crate::facts::Stage;
use crate::records::{AttackRecord, ExpertRecord};
use crate::words::Words;

/// An ordinary page or a section, with its address.
#[derive(Clone, Debug)]
pub struct OrdinaryPage {
    /// Parsed.
    pub document: Arc<Document>,
    /// Site path without a leading slash: `about/`. Empty for `content/_index.md`, which is part of the home page.
    pub path: String,
    /// Whether it is the page of a folder.
    pub section: bool,
}

/// Which attacks stand on the timeline, as indices into [`Dossier::attacks`]: those that took place, and the others
/// only where the site asks for them.
pub fn on_timeline(dossier: &Dossier, config: &Config) -> Vec<u32> {
    let shown = |stage: Stage| stage == Stage::Accomplished || config.timeline.show_unaccomplished;
    (0_u32..).zip(&dossier.attacks).filter(|(_, attack)| shown(attack.stage)).map(|(at, _)| at).collect()
}

/// `attacks`, which are in the dossier's order, with a date in the order of the timeline, and without one.
fn in_timeline_order(dossier: &Dossier, config: &Config, attacks: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let (mut dated, undated): (Vec<u32>, Vec<u32>) =
        attacks.iter().partition(|attack| dossier.attacks[**attack as usize].date.is_some());
    if config.timeline.newest_first {
        dated.reverse();
    }
    (dated, undated)
}

/// Which people stand in the index of experts, as indices into [`Dossier::people`], in the index's order.
pub fn in_index(dossier: &Dossier) -> Vec<u32> {
    (0_u32..).zip(dossier.people.iter()).filter(|(_, person)| person.indexed).map(|(at, _)| at).collect()
}

/// All that views are made from.
#[derive(Debug)]
pub struct Scope<'a> {
    /// `site.toml`.
    pub config: &'a Config,
    /// Articles, in order of path.
    pub articles: &'a [Article],
    /// Ordinary pages, in order of path.
    pub pages: &'a [OrdinaryPage],
    /// All facts, linked.
    pub dossier: &'a Dossier,
    /// What [`crate::dossier::Attack::record`] points into.
    pub attack_records: &'a [AttackRecord],
    /// What [`crate::dossier::Person::record`] points into.
    pub expert_records: &'a [ExpertRecord],
    /// The orders, which are made once a site.
    orders: Arc<Orders>,
}

/// The orders and cross references of a whole site.
#[derive(Debug, PartialEq, Eq)]
pub struct Orders {
    /// Articles, newest first; those without a date last.
    pub article_order: Arc<[ArticleIndex]>,
    /// For each article its place in `article_order`.
    pub article_place: Arc<[u32]>,
    /// Attacks with a date that stand on the timeline, in its order.
    pub dated: Vec<u32>,
    /// Attacks without a date that stand on the timeline.
    pub undated: Vec<u32>,
    /// What the timeline can be narrowed to.
    pub facets: Facets,
    /// People of the index of experts, by sort name.
    pub experts: Vec<u32>,
    /// For each attack the indexed experts who spoke of it.
    pub experts_of_attack: Vec<Vec<u32>>,
    /// For whatever was corrected, where its corrections stand in [`Dossier::corrections`].
    pub corrections_of: BTreeMap<About, Vec<u32>>,
    /// The header's entries, in order: those of `site.toml`, or else the parts of the site and its top-level pages.
    pub navigation: Vec<NavigationEntry>,
}

impl std::ops::Deref for Scope<'_> {
    type Target = Orders;

    fn deref(&self) -> &Orders {
        &self.orders
    }
}

impl Orders {
    /// Puts articles, attacks and experts in order; linear but for the sorting.
    pub fn new(config: &Config, articles: &[Article], pages: &[OrdinaryPage], dossier: &Dossier) -> Self {
        Orders::with_articles(config, pages, dossier, by_day(articles))
    }

    /// The same where the articles have the paths and days that they had when `before` was made; what else there is may
    /// be another.
    pub fn of_same_articles(
        before: &Orders,
        config: &Config,
        pages: &[OrdinaryPage],
        dossier: &Dossier,
    ) -> Self {
        let ordered = (Arc::clone(&before.article_order), Arc::clone(&before.article_place));
        Orders::with_articles(config, pages, dossier, ordered)
    }

    fn with_articles(
        config: &Config,
        pages: &[OrdinaryPage],
        dossier: &Dossier,
        (article_order, article_place): (Arc<[ArticleIndex]>, Arc<[u32]>),
    ) -> Self {
        let shown = on_timeline(dossier, config);
        let facets = Facets::new(dossier, &shown, &config.words);
        let (dated, undated) = in_timeline_order(dossier, config, &shown);
        let experts = in_index(dossier);
        let mut experts_of_attack = vec![Vec::new(); dossier.attacks.len()];
        for expert in &experts {
            for attack in &dossier.people[*expert as usize].attacks {
                experts_of_attack[*attack as usize].push(*expert);
            }
        }
        let mut corrections_of: BTreeMap<About, Vec<u32>> = BTreeMap::new();
        for ((_, about), at) in dossier.corrections.iter().zip(0_u32..) {
            corrections_of.entry(*about).or_default().push(at);
        }
        let navigation = navigation(config, pages);
        Orders {
            article_order,
            article_place,
            dated,
            undated,
            facets,
            experts,
            experts_of_attack,
            corrections_of,
            navigation,
        }
    }
}

/// Articles, newest first, and the place of each.
fn by_day(articles: &[Article]) -> (Arc<[ArticleIndex]>, Arc<[u32]>) {
    let mut keyed: Vec<_> = (0..)
        .zip(articles)
        .map(|(at, article): (ArticleIndex, _)| {
            (Reverse(article.document.meta.published), &*article.document.path, at)
        })
        .collect();
    keyed.sort_unstable();
    let order: Arc<[ArticleIndex]> = keyed.into_iter().map(|(.., at)| at).collect();
    let mut place = vec![0; articles.len()];
    for (number, at) in (0..).zip(&*order) {
        place[*at as usize] = number;
    }
    (order, place.into())
}

impl<'a> Scope<'a> {
    /// The whole site, with its orders made now.
    pub fn new(
        config: &'a Config,
        articles: &'a [Article],
        pages: &'a [OrdinaryPage],
        dossier: &'a Dossier,
        records: (&'a [AttackRecord], &'a [ExpertRecord]),
    ) -> Self {
        let orders = Arc::new(Orders::new(config, articles, pages, dossier));
        Scope::with_orders(config, articles, pages, dossier, records, orders)
    }

    /// The whole site, with orders that were made from the same.
    pub fn with_orders(
        config: &'a Config,
        articles: &'a [Article],
        pages: &'a [OrdinaryPage],
        dossier: &'a Dossier,
        records: (&'a [AttackRecord], &'a [ExpertRecord]),
        orders: Arc<Orders>,
    ) -> Self {
        let (attack_records, expert_records) = records;
        Scope { config, articles, pages, dossier, attack_records, expert_records, orders }
    }

    /// The words of the interface.
    pub fn words(&self) -> &'a Words {
        &self.config.words
    }

    /// The language of an article's words, where it is another than the site's.
    pub(super) fn language_beside(&self, document: &'a Document) -> Option<&'a str> {
        document.meta.language_beside(&self.config.language)
    }

    /// The site as data files see it.
    pub fn catalogue(&self) -> Catalogue<'a> {
        Catalogue {
            config: self.config,
            articles: self.articles,
            dossier: self.dossier,
            attack_records: self.attack_records,
            expert_records: self.expert_records,
        }
    }

    /// The site path of the page made from `file`, a path below `content/`.
    pub fn page_of_file(&self, file: &str) -> Option<String> {
        let file = format!("content/{file}");
        if let Ok(at) = self.articles.binary_search_by(|article| (*article.document.path).cmp(&file)) {
            return Some(format!("/articles/{}/", self.articles[at].slug));
        }
        let at = self.pages.binary_search_by(|page| (*page.document.path).cmp(&file)).ok()?;
        Some(format!("/{}", self.pages[at].path))
    }

    /// The site path of a place on a page that the program makes (`/methodology/`): the page alone where the author has
    /// one of their own there, which need not have the anchor.
    pub fn anchor(&self, page: &str, anchor: &str) -> String {
        let own = self.pages.iter().any(|own| page.strip_prefix('/') == Some(own.path.as_str()));
        if own { page.to_owned() } else { format!("{page}#{anchor}") }
    }

    /// Whether the site shows only what an editor has confirmed or corrected.
    pub fn only_checked(&self) -> bool {
        self.config.facts.publish == Publish::Confirmed
    }

    /// Some of the timeline's attacks, given in the dossier's order, as it shows them: those with a date, and the others.
    pub(super) fn in_timeline_order(&self, attacks: &[u32]) -> (Vec<u32>, Vec<u32>) {
        in_timeline_order(self.dossier, self.config, attacks)
    }

    /// How many attacks stand on the timeline.
    pub fn attack_count(&self) -> usize {
        self.dated.len() + self.undated.len()
    }

    /// How many pages the list of articles and the index of experts have; at least one each.
    pub fn list_lengths(&self) -> (usize, usize) {
        let lists = &self.config.lists;
        let pages = |items: usize, size: usize| items.div_ceil(size.max(1)).max(1);
        (
            pages(self.articles.len(), lists.articles_per_page),
            pages(self.experts.len(), lists.experts_per_page),
        )
    }
}

fn navigation(config: &Config, pages: &[OrdinaryPage]) -> Vec<NavigationEntry> {
    if !config.navigation.is_empty() {
        return config.navigation.clone();
    }
    let entry = |label: &str, url: String| NavigationEntry { label: label.to_owned(), url };
    let part =
        |name: &str| entry(config.words.with(&format!("title.{name}"), &[]).as_str(), format!("/{name}/"));
    let mut entries: Vec<_> = ["timeline", "articles", "experts"].into_iter().map(part).collect();
    let top_level = |path: &str| !path.is_empty() && !path.trim_end_matches('/').contains('/');
    let mut top: Vec<_> = pages.iter().filter(|page| top_level(&page.path)).collect();
    top.sort_by_key(|page| (page.document.meta.weight, &page.document.title, &page.path));
    entries.extend(top.iter().map(|page| entry(&page.document.title, format!("/{}", page.path))));
    if !pages.iter().any(|page| page.path == "methodology/") {
        entries.push(part("methodology"));
    }
    if !pages.iter().any(|page| page.path == "search/") {
        entries.push(part("search"));
    }
    entries
}
