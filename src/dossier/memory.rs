//! What linking remembers from one build to the next.
//!
//! Each part of it is a function of what it is remembered by: which articles are copies, of their sentences; which
//! mentions are one attack, of what linking sees of the articles (see [`Sight`]); which are one person, of that and of
//! the attacks; the dossier, of all these and of the editor's decisions. So linking again gives what linking gives,
//! and an edit that changes no fact costs none of it.

use std::hash::Hash;
use std::sync::Arc;

use crate::config::Publish;
use crate::diagnostic::Diagnostic;
use crate::facts::Aliases;
use crate::memo::Key;

use super::copies::{self, Text};
use super::pinning::article_name;
use super::sight::{Digest, Sight};
use super::{Article, ArticleIndex, Decisions, Dossier, cluster, decide, people};

/// For each article, which other it is a copy of.
type Copies = Arc<[Option<ArticleIndex>]>;

/// Mentions of one attack or person each.
type Groups = Vec<Vec<(ArticleIndex, u32)>>;

/// For each article, for each of its attacks, which of the dossier it became.
type Owners = Vec<Vec<Option<u32>>>;

/// What is linked, and the digests of it.
#[derive(Copy, Clone, Debug)]
pub struct Linkable<'a> {
    /// In order of path.
    pub articles: &'a [Article],
    /// Of each article.
    pub sights: &'a [Arc<Sight>],
    /// Other names.
    pub aliases: &'a Aliases,
    /// The editor's.
    pub decisions: Decisions<'a>,
    /// Of the lists that other names were read from.
    pub named: Key,
    /// Of all that the decisions were read from.
    pub decided: Key,
    /// What is left in.
    pub publish: Publish,
}

/// Results of the last time.
#[derive(Debug, Default)]
pub struct Memory {
    copies: Option<(Key, Vec<Arc<Text>>, Copies)>,
    attacks: Option<(Key, Groups)>,
    people: Option<(Key, Owners, Groups)>,
    dossier: Option<(Key, Arc<Dossier>, Vec<Diagnostic>)>,
}

impl Memory {
    /// [`link`](super::link), as far as it was not done the last time.
    pub fn link(&mut self, it: Linkable<'_>) -> (Arc<Dossier>, Vec<Diagnostic>) {
        let mut facts = Digest::default();
        it.sights.iter().for_each(|sight| sight.facts.hash(&mut facts));
        it.named.hash(&mut facts);
        let facts = facts.end();
        let copy_of = self.copies(it, facts);
        let key = whole_key(it, facts, &copy_of);
        if let Some((known, dossier, diagnostics)) = &self.dossier
            && *known == key
        {
            return (Arc::clone(dossier), diagnostics.clone());
        }
        let groups = match self.attacks.take() {
            Some((known, groups)) if known == facts => groups,
            _ => cluster::cluster(it.articles, it.aliases),
        };
        self.attacks = Some((facts, groups.clone()));
        let gather = |attack_of: &[Vec<Option<u32>>]| match self.people.take() {
            Some((known, before, groups)) if known == facts && before == attack_of => {
                self.people = Some((known, before, groups.clone()));
                groups
            }
            _ => {
                let groups = people::gather(it.articles, it.aliases, attack_of);
                self.people = Some((facts, attack_of.to_vec(), groups.clone()));
                groups
            }
        };
        let (mut dossier, diagnostics) =
            decide(it.articles, it.aliases, &it.decisions, copy_of.to_vec(), groups, gather);
        if it.publish == Publish::Confirmed {
            dossier = dossier.only_checked();
        }
        let dossier = Arc::new(dossier);
        self.dossier = Some((key, Arc::clone(&dossier), diagnostics.clone()));
        (dossier, diagnostics)
    }

    fn copies(&mut self, it: Linkable<'_>, facts: Key) -> Copies {
        let texts: Vec<&Arc<Text>> = it.sights.iter().map(|sight| &sight.text).collect();
        if let Some((known, before, copy_of)) = &self.copies
            && *known == facts
            && before.len() == texts.len()
            && before.iter().zip(&texts).all(|(before, now)| Arc::ptr_eq(before, now))
        {
            return Arc::clone(copy_of);
        }
        let borrowed: Vec<&Text> = texts.iter().map(|text| &***text).collect();
        let copy_of: Copies = copies::find(it.articles, &borrowed).into();
        self.copies = Some((facts, texts.into_iter().cloned().collect(), Arc::clone(&copy_of)));
        copy_of
    }
}

/// Of everything that the dossier is made from.
fn whole_key(it: Linkable<'_>, facts: Key, copy_of: &[Option<ArticleIndex>]) -> Key {
    let mut key = Digest::default();
    (facts, copy_of, it.decided, it.publish == Publish::Confirmed).hash(&mut key);
    let named = it.decisions.attacks.iter().flat_map(|record| &record.mentions);
    let named = named.filter(|named| named.value.paragraph.is_some());
    let mut named: Vec<&str> = named.map(|named| named.value.article.as_str()).collect();
    named.sort_unstable();
    if !named.is_empty() {
        for (article, sight) in it.articles.iter().zip(it.sights) {
            if named.binary_search(&article_name(article)).is_ok() {
                sight.paragraphs.hash(&mut key);
            }
        }
    }
    key.end()
}
