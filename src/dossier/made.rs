//! Attacks and people as they were made of their mentions, for as long as the articles go on to say the same of them.
//!
//! An attack is a function of its mentions, of what linking sees of their articles (see [`Sight`](super::Sight)) and of
//! the articles that these copy; a person of the first two, as far as they tell of people. An edit of a record, or of one
//! article, so makes only those anew that it touches. What is made of one of them alone is kept beside it: the ids that an attack would like, and which
//! attacks a person spoke of.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::attacks::attack;
use super::identity::{candidates, person_wish};
use super::people::person;
use super::spoken::spoken_of;
use super::{Article, ArticleIndex, Attack, Person};
use crate::facts::Aliases;

/// Article and index into its attacks or its people.
type Mention = (ArticleIndex, u32);

/// What attacks and people are made of, and those that were made of the same before.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    pub(super) articles: &'a [Article],
    pub(super) aliases: &'a Aliases,
    /// For each article the one that it is a copy of.
    pub(super) copy_of: &'a [Option<ArticleIndex>],
    made: Made,
}

/// What was made, by its mentions.
#[derive(Debug, Default)]
pub(super) struct Made {
    attacks: Generations<(Attack, Wishes)>,
    people: Generations<(Person, Arc<Aside>)>,
}

/// What is made of a person alone.
#[derive(Debug)]
pub(super) struct Aside {
    /// The slug that the person would like.
    pub(super) wish: String,
    /// Mentions of the attacks that they spoke of.
    spoken_of: Vec<Mention>,
}

/// The ids that an attack would like, shortest first.
pub(super) type Wishes = Arc<[String; 3]>;

/// What was made by the link before this one, and by this one: what is not asked for is forgotten.
#[derive(Debug)]
struct Generations<T> {
    before: HashMap<Group, T>,
    now: HashMap<Group, T>,
}

/// Mentions of one attack or person. A mention is of few groups in one link, so that its ends are enough of a hash.
#[derive(Debug, PartialEq, Eq)]
struct Group(Vec<Mention>);

impl Hash for Group {
    fn hash<H: Hasher>(&self, into: &mut H) {
        (self.0.first(), self.0.last(), self.0.len()).hash(into);
    }
}

/// Up to how many are made on the thread that asks: waking others takes longer.
const FEW: usize = 8;

impl<T> Default for Generations<T> {
    fn default() -> Self {
        Generations { before: HashMap::new(), now: HashMap::new() }
    }
}

impl<T: Clone + Send> Generations<T> {
    /// Begins another link; `is_sound` tells what would be made the same again.
    fn begin(&mut self, is_sound: impl Fn(&[Mention]) -> bool) {
        self.before = std::mem::take(&mut self.now);
        self.before.retain(|group, _| is_sound(&group.0));
    }

    /// What is made of each of `groups`; what is not remembered is made on all threads.
    fn recall(&mut self, groups: Vec<Vec<Mention>>, make: impl Fn(Vec<Mention>) -> T + Sync) -> Vec<T> {
        // This link may have asked for it already.
        let known = |mentions: Vec<Mention>| {
            let group = Group(mentions);
            let known = self.now.get(&group).cloned().or_else(|| self.before.remove(&group));
            (known, group)
        };
        let all: Vec<(Option<T>, Group)> = groups.into_iter().map(known).collect();
        let made =
            |(known, group): (Option<T>, Group)| (known.unwrap_or_else(|| make(group.0.clone())), group);
        let all: Vec<(T, Group)> = if all.iter().filter(|(known, _)| known.is_none()).count() <= FEW {
            all.into_iter().map(made).collect()
        } else {
            all.into_par_iter().map(made).collect()
        };
        let keep = |(one, group): (T, Group)| {
            self.now.insert(group, one.clone());
            one
        };
        all.into_iter().map(keep).collect()
    }
}

/// Whether no article of these mentions differs.
fn is_sound(differs: &[bool]) -> impl Fn(&[Mention]) -> bool + '_ {
    |mentions| mentions.iter().all(|(at, _)| differs.get(*at as usize) == Some(&false))
}

impl Made {
    /// Forgets attacks that were made of articles of which something else is seen now. `differs` tells which these are, by
    /// their place; a copy differs with its original.
    pub(super) fn begin_attacks(&mut self, differs: &[bool]) {
        self.attacks.begin(is_sound(differs));
    }
}

impl<'a> Maker<'a> {
    /// For these articles; `made` was told what differs in them.
    pub(super) fn new(
        articles: &'a [Article],
        aliases: &'a Aliases,
        copy_of: &'a [Option<ArticleIndex>],
        made: Made,
    ) -> Self {
        Maker { articles, aliases, copy_of, made }
    }

    /// Forgets people that were made of articles that tell something else of people now. Where none does, people need not be
    /// asked for: they stay for the next link.
    pub(super) fn begin_people(&mut self, differs: &[bool]) {
        self.made.people.begin(is_sound(differs));
    }

    /// What was made, for the next link.
    pub(super) fn made(self) -> Made {
        self.made
    }

    /// For each of `groups`, the attack that these mentions speak of, without an id, and the ids that it would like.
    pub(super) fn attacks(&mut self, groups: Vec<Vec<Mention>>) -> Vec<(Attack, Wishes)> {
        let (articles, aliases, copy_of) = (self.articles, self.aliases, self.copy_of);
        self.made.attacks.recall(groups, |mentions| {
            let attack = attack(articles, aliases, copy_of, mentions, &[]);
            let wishes = candidates(&attack).into();
            (attack, wishes)
        })
    }

    /// For each of `groups`, the person whom these mentions name, without a slug.
    pub(super) fn people(&mut self, groups: Vec<Vec<Mention>>) -> Vec<(Person, Arc<Aside>)> {
        let (articles, aliases) = (self.articles, self.aliases);
        self.made.people.recall(groups, |mentions| {
            let person = person(articles, aliases, mentions);
            let aside = Aside { wish: person_wish(&person), spoken_of: spoken_of(articles, &person) };
            (person, Arc::new(aside))
        })
    }

    /// Mentions of the attacks that `person`, who was made here, spoke of.
    pub(super) fn spoken_of(&self, person: &Person) -> &[Mention] {
        let group = Group(person.mentions.clone());
        let (_, aside) = self.made.people.now.get(&group).expect("people keep their mentions");
        &aside.spoken_of
    }
}
