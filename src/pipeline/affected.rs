//! Which pages may be others than they were in an earlier site, by what their views are made from.
//!
//! In: two sites. Out: pages by their place in the plan; whatever is not named has the very view that it had, and so is
//! rendered the same. It is generous: what it names need not be another page. `tests/rebuild.rs` holds it against the
//! views themselves.

use std::sync::Arc;

use serde_json::Value;

use crate::dossier::{Article, Attack, Person};
use crate::records::{AttackRecord, ExpertRecord};
use crate::view::{SiteView, Subject, on_page};

use super::Site;

impl Site {
    /// The pages, by their place in [`Content::pages`](super::Content::pages), that may differ from those of `before`;
    /// `None` where that is not known, and any may.
    pub fn affected_since(&self, before: &Site) -> Option<Vec<usize>> {
        let same_theme = Arc::ptr_eq(&self.theme, &before.theme);
        if !same_theme || format!("{:?}", self.config) != format!("{:?}", before.config) {
            return None;
        }
        if Arc::ptr_eq(&self.content, &before.content) {
            return Some(Vec::new());
        }
        let (scope, then) = (self.scope(), before.scope());
        let site = |view: &SiteView<'_>| serde_json::to_value(view).unwrap_or(Value::Null);
        let same_shape = Arc::ptr_eq(&self.pages, &before.pages)
            && *scope == *then
            && self.dossier.corrections == before.dossier.corrections
            && site(&SiteView::new(&scope)) == site(&SiteView::new(&then));
        let changes = same_shape.then(|| Changes::between(before, self))?;
        let affected = |at: &usize| changes.reach(&self.pages[*at].subject);
        Some((0..self.pages.len()).filter(affected).collect())
    }
}

/// What differs between two sites of one plan and one order.
struct Changes<'a> {
    now: &'a Site,
    /// By article: its words or its facts, or those of the one that it is a copy of.
    articles: Vec<bool>,
    /// By attack: it, its record, or an article that speaks of it.
    attacks: Vec<bool>,
    /// By person: likewise.
    people: Vec<bool>,
}

impl<'a> Changes<'a> {
    fn between(before: &Site, now: &'a Site) -> Changes<'a> {
        let (then, dossier) = (&before.dossier, &now.dossier);
        let other =
            |at: usize| before.articles.get(at).is_none_or(|article| !is_same(article, &now.articles[at]));
        let words: Vec<bool> = (0..now.articles.len()).map(other).collect();
        let linked = |at: usize| {
            (&dossier.copy_of[at], &dossier.attack_of[at], &dossier.person_of[at])
                != (&then.copy_of[at], &then.attack_of[at], &then.person_of[at])
        };
        let copied = |at: usize| dossier.copy_of[at].is_some_and(|original| words[original as usize]);
        let articles: Vec<bool> = (0..words.len()).map(|at| words[at] || linked(at) || copied(at)).collect();
        let told = |mentions: &[(u32, u32)]| mentions.iter().any(|(at, _)| articles[*at as usize]);
        let attacks = dossier.attacks.iter().zip(&then.attacks).map(|(one, other)| {
            one != other || told(&one.mentions) || recorded(now, one) != recorded(before, other)
        });
        let people = dossier.people.iter().zip(then.people.iter()).map(|(one, other)| {
            one != other || told(&one.mentions) || described(now, one) != described(before, other)
        });
        let (attacks, people) = (attacks.collect(), people.collect());
        Changes { now, articles, attacks, people }
    }

    /// Whether the page about `subject` shows something that differs.
    fn reach(&self, subject: &Subject) -> bool {
        let dossier = &self.now.dossier;
        match subject {
            Subject::Article(at) => self.reaches_article(*at) || self.reaches_neighbour(*at),
            Subject::Articles(number) => {
                let order = &self.now.scope().article_order;
                let listed = on_page(*number, self.now.config.lists.articles_per_page, order.len());
                order[listed].iter().any(|at| self.reaches_article(*at))
            }
            Subject::Attack(at) => {
                let mentions = &dossier.attacks[*at as usize].mentions;
                let spoke = &self.now.scope().experts_of_attack[*at as usize];
                // It names related attacks, which may be any.
                self.attacks.contains(&true)
                    || spoke.iter().any(|person| self.people[*person as usize])
                    || mentions.iter().any(|(article, _)| self.reaches_article(*article))
            }
            Subject::Expert(at) => {
                let person = &dossier.people[*at as usize];
                self.people[*at as usize]
                    || person.attacks.iter().any(|attack| self.attacks[*attack as usize])
                    || person.mentions.iter().any(|(article, _)| self.reaches_article(*article))
            }
            Subject::Timeline(_) => self.attacks.contains(&true),
            Subject::Narrowed(kind, slug, _) => {
                let scope = self.now.scope();
                let facet = scope.facets.find(*kind, slug);
                facet.is_none_or(|facet| facet.attacks.iter().any(|attack| self.attacks[*attack as usize]))
            }
            Subject::Experts(_) => self.people.contains(&true),
            // Few.
            Subject::Home
            | Subject::Methodology
            | Subject::Corrections
            | Subject::Ordinary(_)
            | Subject::Search
            | Subject::Data
            | Subject::NotFound => true,
            // It says where it leads, and the plan is the same.
            Subject::Redirect(_) => false,
        }
    }

    /// Whether an article, or an attack or a person of whom it tells, differs.
    fn reaches_article(&self, at: u32) -> bool {
        let dossier = &self.now.dossier;
        let of = |owners: &[Vec<Option<u32>>], differ: &[bool]| {
            owners[at as usize].iter().flatten().any(|owner| differ[*owner as usize])
        };
        self.articles[at as usize]
            || of(&dossier.attack_of, &self.attacks)
            || of(&dossier.person_of, &self.people)
    }

    /// Whether the article before or after it in order of day differs: an article's page names both.
    fn reaches_neighbour(&self, at: u32) -> bool {
        let scope = self.now.scope();
        let place = scope.article_place[at as usize] as usize;
        let around = [place.checked_sub(1), place.checked_add(1)];
        let around = around.into_iter().flatten().filter_map(|place| scope.article_order.get(place));
        around.copied().any(|other| self.articles[other as usize])
    }
}

fn is_same(one: &Article, other: &Article) -> bool {
    Arc::ptr_eq(&one.document, &other.document)
        && Arc::ptr_eq(&one.facts, &other.facts)
        && one.slug == other.slug
        && one.corrections == other.corrections
}

/// All that the record of an attack says.
fn recorded(site: &Site, attack: &Attack) -> Option<String> {
    let record: &AttackRecord = site.records.attacks.get(attack.record? as usize)?;
    Some(format!("{record:?}"))
}

/// All that the record of a person says.
fn described(site: &Site, person: &Person) -> Option<String> {
    let record: &ExpertRecord = site.records.people.get(person.record? as usize)?;
    Some(format!("{record:?}"))
}
