//! Attacks and people as they were made of their mentions, for as long as the articles go on to say the same of them.
//!
//! An attack is a function of its mentions, of what linking sees of their articles (see [`Sight`](super::Sight)) and of
//! the articles that these copy; a person of the first two. An edit of a record, or of one article, so makes only those
//! anew that it touches. What is made of one of them alone is kept beside it: the ids that an attack would like, and which
//! attacks a person spoke of.

use std::collections::HashMap;
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
    before: HashMap<Vec<Mention>, T>,
    now: HashMap<Vec<Mention>, T>,
}

impl<T> Default for Generations<T> {
    fn default() -> Self {
        Generations { before: HashMap::new(), now: HashMap::new() }
    }
}

impl<T: Clone + Send> Generations<T> {
    /// Begins another link; `is_sound` tells what would be made the same again.
    fn begin(&mut self, is_sound: impl Fn(&[Mention]) -> bool) {
        self.before = std::mem::take(&mut self.now);
        self.before.retain(|mentions, _| is_sound(mentions));
    }

    /// What is made of each of `groups`; what is not remembered is made on all threads.
    fn recall(&mut self, groups: Vec<Vec<Mention>>, make: impl Fn(Vec<Mention>) -> T + Sync) -> Vec<T> {
        // This link may have asked for it already.
        let known = |mentions: Vec<Mention>| {
            let known = self.now.get(&mentions).cloned().or_else(|| self.before.remove(&mentions));
            (known, mentions)
        };
        let all: Vec<(Option<T>, Vec<Mention>)> = groups.into_iter().map(known).collect();
        let made = |(known, mentions): (Option<T>, Vec<Mention>)| {
            (known.unwrap_or_else(|| make(mentions.clone())), mentions)
        };
        let all: Vec<(T, Vec<Mention>)> = all.into_par_iter().map(made).collect();
        let keep = |(one, mentions): (T, Vec<Mention>)| {
            self.now.insert(mentions, one.clone());
            one
        };
        all.into_iter().map(keep).collect()
    }
}

impl Made {
    /// Forgets what was made of articles of which something else is seen now. `differs` tells which these are, by their
    /// place; a copy differs with its original.
    pub(super) fn begin(&mut self, differs: &[bool]) {
        let is_sound =
            |mentions: &[Mention]| mentions.iter().all(|(at, _)| differs.get(*at as usize) == Some(&false));
        self.attacks.begin(is_sound);
        self.people.begin(is_sound);
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
        let (_, aside) = self.made.people.now.get(&person.mentions).expect("people keep their mentions");
        &aside.spoken_of
    }
}
