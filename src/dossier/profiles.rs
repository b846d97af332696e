//! The profiles of all attacks of all articles, each different one once, and remembered by what linking sees of an article.
//!
//! Making them takes most of the time of linking, and an edit changes those of one article. Words and profiles have
//! numbers that only tell them apart: nothing that is made of them depends on which number one has.

use std::collections::HashMap;
use std::sync::Arc;

use crate::facts::Aliases;
use crate::memo::Key;

use super::Article;
use super::profile::{Profile, Profiler, Words};
use super::sight::Sight;

/// A profile, by its number.
pub(super) type ProfileId = u32;

/// Every profile, and those of the articles of the last time.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    words: Words,
    numbers: HashMap<Arc<Profile>, ProfileId>,
    all: Vec<Arc<Profile>>,
    /// Of each article of the last time what linking saw of it, and the profiles of its attacks.
    known: Vec<(Key, Arc<[ProfileId]>)>,
    /// Of the lists that other names were read from.
    named: Key,
    /// How often all were made anew: numbers of one time say nothing in another.
    generation: u64,
}

/// How many profiles there may be for each that is in use, before all are made anew.
const FORGOTTEN: usize = 2;

impl Profiles {
    /// For each article the profiles of its attacks, in their order; `sights` are of the same articles, and `named` of the
    /// lists that other names were read from.
    pub(super) fn recall(
        &mut self,
        articles: &[Article],
        sights: &[Arc<Sight>],
        (aliases, named): (&Aliases, Key),
    ) -> Vec<Arc<[ProfileId]>> {
        if self.named != named {
            self.forget(named);
        }
        let before = std::mem::take(&mut self.known);
        // Most stand where they stood, unless articles came or went.
        let moved: HashMap<&Key, &Arc<[ProfileId]>> = match before.len() == articles.len() {
            true => HashMap::new(),
            false => before.iter().map(|(seen, profiles)| (seen, profiles)).collect(),
        };
        for ((at, article), sight) in articles.iter().enumerate().zip(sights) {
            let in_place = before.get(at).filter(|(seen, _)| *seen == sight.facts);
            let known = in_place.map(|(_, profiles)| profiles).or_else(|| moved.get(&sight.facts).copied());
            let profiles = known.cloned().unwrap_or_else(|| self.of_article(article, aliases));
            self.known.push((sight.facts, profiles));
        }
        let said: Vec<_> = self.known.iter().map(|(_, profiles)| Arc::clone(profiles)).collect();
        let used: usize = said.iter().map(|profiles| profiles.len()).sum();
        if self.all.len() > FORGOTTEN * used.max(self.known.len()) {
            self.forget(named);
            return self.recall(articles, sights, (aliases, named));
        }
        said
    }

    fn forget(&mut self, named: Key) {
        *self = Profiles { named, generation: self.generation + 1, ..Profiles::default() };
    }

    /// How often all were made anew: numbers of one time say nothing in another.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }

    /// The profiles of an article's attacks, in their order.
    pub(super) fn of_article(&mut self, article: &Article, aliases: &Aliases) -> Arc<[ProfileId]> {
        let mut profiler = Profiler { aliases, words: std::mem::take(&mut self.words) };
        let profiles = profiler.of_article(article);
        self.words = profiler.words;
        profiles.into_iter().map(|profile| self.number(profile)).collect()
    }

    fn number(&mut self, profile: Profile) -> ProfileId {
        if let Some(known) = self.numbers.get(&profile) {
            return *known;
        }
        let (number, profile) = (self.all.len() as ProfileId, Arc::new(profile));
        self.numbers.insert(Arc::clone(&profile), number);
        self.all.push(profile);
        number
    }

    /// The profile of this number.
    pub(super) fn profile(&self, number: ProfileId) -> &Arc<Profile> {
        &self.all[number as usize]
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// The words that they are of.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }
}
