//! Which mentions of attacks, across articles, are one attack.
//!
//! Mentions that say the same are folded first ([`fold`]). Then each, the most exactly dated first, joins the attack that
//! it fits best (see [`weigh`](super::weigh)), or begins one ([`place`]). A vague mention that fits two attacks about
//! equally well joins neither. A mention is only compared with what shares a word of its place or name, a day, or a figure
//! of one country with it, and only with so many of those that lie nearest in time: about N log N. At last, attacks that
//! fit each other, now that more is known of both, are joined ([`unite`]). The order in which articles come does not
//! matter: they are taken by day and outlet.
//!
//! After an edit only those groups are placed anew that can see something of what changed ([`follow`]).

mod fold;
mod follow;
mod place;
mod unite;
#[cfg(test)]
mod follow_tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::edtf::Edtf;

use super::profile::{Profile, Words, day_number};
use super::profiles::{ProfileId, Profiles};
use super::{Article, ArticleIndex};

use fold::{Folded, Turn};
use follow::Cells;
use place::Placing;

pub(super) use place::keys;

/// One mention: article and index into its attacks.
pub(super) type Mention = (ArticleIndex, u32);

/// The groups that are found by one thing, by the day they are at.
type ByDay = BTreeMap<i32, Vec<u32>>;

/// What all articles say of attacks.
#[derive(Copy, Clone)]
pub(super) struct Told<'a> {
    pub(super) articles: &'a [Article],
    /// That of [`in_order`].
    pub(super) order: &'a [ArticleIndex],
    /// For each article the profiles of its attacks.
    pub(super) said: &'a [Arc<[ProfileId]>],
    pub(super) profiles: &'a Profiles,
}

impl Told<'_> {
    /// What the article at this place of the order says, and the last day on which it can have been published.
    fn at(&self, place: usize) -> (&Arc<[ProfileId]>, Option<i32>) {
        let at = self.order[place] as usize;
        let published = &self.articles[at].document.meta.published;
        (&self.said[at], published.as_ref().map(Edtf::latest).map(day_number))
    }
}

/// Mentions that say the same, and where they went.
#[derive(Debug)]
struct Group {
    folded: Folded,
    /// What it is looked up by.
    keys: Vec<u64>,
    /// The days at which it is found.
    days: Vec<i32>,
    /// The group that began the attack which it is of: its own number, if it began one.
    attack: u32,
    /// For one that began an attack: it is vague, and may be of several.
    unsure: bool,
}

/// An attack: the groups that are of it, and what they say together.
#[derive(Clone, Debug)]
struct Attack {
    /// In the order in which they were placed.
    members: Vec<u32>,
    /// What the first of them say, the first two, and so on, as far as somebody asked.
    joined: Vec<Arc<Profile>>,
    /// What all of them say.
    profile: Arc<Profile>,
    /// Of all of them, in order: the places of the articles in the order of day and outlet.
    places: Vec<u32>,
    /// Of all of them, in order.
    mentions: Vec<Mention>,
    /// What it is looked up by.
    keys: Vec<u64>,
}

/// All attacks, and what is needed to follow an edit.
#[derive(Debug)]
pub(super) struct Clusters {
    /// What the articles said, in their order.
    told: Vec<(Arc<[ProfileId]>, Option<i32>)>,
    order: Vec<ArticleIndex>,
    /// Of the profiles.
    generation: u64,
    /// By number; `None` for one that is no more.
    groups: Vec<Option<Group>>,
    /// The groups in the order in which they are placed.
    sequence: Vec<u32>,
    /// For each profile the groups that say it.
    by_profile: Vec<Vec<u32>>,
    /// By the number of the group that began it.
    attacks: Vec<Option<Box<Attack>>>,
    /// For an attack those before it that it fits, each with its score.
    pairs: HashMap<u32, Vec<(u32, i32)>>,
    /// Made when an edit is followed for the first time.
    cells: Option<Cells>,
}

impl Clusters {
    /// Of everything.
    pub(super) fn find(told: Told<'_>) -> Clusters {
        let folded = fold::all(told);
        let mut by_profile = vec![Vec::new(); told.profiles.count()];
        for (number, folded) in (0..).zip(&folded) {
            by_profile[folded.number as usize].push(number);
        }
        let placed = Placing::of(folded, told);
        Clusters {
            told: (0..told.order.len())
                .map(|place| told.at(place))
                .map(|(said, day)| (said.clone(), day))
                .collect(),
            order: told.order.to_vec(),
            generation: told.profiles.generation(),
            sequence: (0..placed.groups.len() as u32).collect(),
            by_profile,
            groups: placed.groups.into_iter().map(Some).collect(),
            attacks: placed.attacks,
            pairs: placed.pairs,
            cells: None,
        }
    }

    /// The mentions of each attack: mentions in order of article, attacks in order of their first mention.
    pub(super) fn attacks(&self, words: &Words) -> Vec<Vec<Mention>> {
        let mut found = self.united(words);
        found.sort_unstable();
        found
    }

    fn group(&self, number: u32) -> &Group {
        self.groups[number as usize].as_ref().expect("a group that is no more is asked for by nobody")
    }

    fn turn(&self, number: u32) -> Turn {
        self.group(number).folded.turn
    }

    fn attack(&self, number: u32) -> &Attack {
        self.attacks[number as usize].as_ref().expect("an attack is named by the group that began it")
    }
}

/// Indices of articles by day of publication (those without one last), then by outlet, and only then by path: what a
/// file is called says nothing of what is in it.
pub(super) fn in_order(articles: &[Article]) -> Vec<ArticleIndex> {
    let mut order: Vec<ArticleIndex> = (0..articles.len() as ArticleIndex).collect();
    order.sort_by_cached_key(|at| {
        let document = &articles[*at as usize].document;
        let day = document.meta.published.as_ref().map(Edtf::earliest);
        (day.is_none(), day, document.meta.source.as_deref(), &*document.path)
    });
    order
}
