//! Attacks and people as they were made of their mentions, for as long as the articles go on to say the same of them.
//!
//! An attack is a function of its mentions, of what linking sees of their articles (see [`Sight`](super::Sight)) and of
//! the articles that these copy; a person of the first two. An edit of a record, or of one article, so makes only those
//! anew that it touches.

use std::collections::HashMap;

use super::attacks::attack;
use super::people::person;
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
    attacks: Generations<Attack>,
    people: Generations<Person>,
}

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

impl<T: Clone> Generations<T> {
    /// Begins another link; `is_sound` tells what would be made the same again.
    fn begin(&mut self, is_sound: impl Fn(&[Mention]) -> bool) {
        self.before = std::mem::take(&mut self.now);
        self.before.retain(|mentions, _| is_sound(mentions));
    }

    fn recall(&mut self, mentions: Vec<Mention>, make: impl FnOnce(Vec<Mention>) -> T) -> T {
        let one = self.before.remove(&mentions).unwrap_or_else(|| make(mentions.clone()));
        self.now.insert(mentions, one.clone());
        one
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

    /// The attack that `mentions` speak of, without an id.
    pub(super) fn attack(&mut self, mentions: Vec<Mention>) -> Attack {
        let make = |mentions| attack(self.articles, self.aliases, self.copy_of, mentions, &[]);
        self.made.attacks.recall(mentions, make)
    }

    /// The person whom `mentions` name, without a slug.
    pub(super) fn person(&mut self, mentions: Vec<Mention>) -> Person {
        self.made.people.recall(mentions, |mentions| person(self.articles, self.aliases, mentions))
    }
}
