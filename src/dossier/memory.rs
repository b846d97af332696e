//! What linking remembers from one build to the next.
//!
//! Each part of it is a function of what it is remembered by: which articles are copies, of their sentences; which
//! mentions are one attack, of what linking sees of the articles (see [`Sight`]); which are one person, of how they are named
//! and of the attacks; the dossier, of all these and of the editor's decisions. So linking again gives what linking gives,
//! and an edit that changes no fact costs none of it.

use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use crate::config::Publish;
use crate::diagnostic::Diagnostic;
use crate::edtf::Edtf;
use crate::facts::Aliases;
use crate::memo::Key;

use super::copies::{Copies, Text};
use super::made::{Made, Maker};
use super::pinning::article_name;
use super::profiles::Profiles;
use super::sight::{Digest, Sight};
use super::{Article, ArticleIndex, Decisions, Dossier, cluster, decide, people};

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
    copies: Option<Texts>,
    profiles: Profiles,
    attacks: Option<(Key, Groups)>,
    people: Option<(Key, Owners, Groups)>,
    dossier: Option<(Key, Arc<Dossier>, Vec<Diagnostic>)>,
    made: Made,
    /// What the things in `made` were made of.
    seen: Option<Seen>,
}

/// What attacks and people are made of.
#[derive(Debug)]
struct Seen {
    sights: Vec<Arc<Sight>>,
    copy_of: Arc<[Option<ArticleIndex>]>,
    named: Key,
    /// Of `sights` and `named`.
    facts: Key,
    /// Of the part of them that tells of people.
    people: Key,
}

impl Seen {
    /// Whether the same facts are seen.
    fn is_of(&self, it: Linkable<'_>) -> bool {
        let same =
            |(one, other): (&Arc<Sight>, &Arc<Sight>)| Arc::ptr_eq(one, other) || one.facts == other.facts;
        self.named == it.named
            && self.sights.len() == it.sights.len()
            && self.sights.iter().zip(it.sights).all(same)
    }
}

/// Of the facts of all articles.
fn facts_key(it: Linkable<'_>) -> Key {
    let mut facts = Digest::default();
    it.sights.iter().for_each(|sight| sight.facts.hash(&mut facts));
    it.named.hash(&mut facts);
    facts.end()
}

/// Of what people are told apart by, in all articles.
fn people_key(it: Linkable<'_>) -> Key {
    let mut people = Digest::default();
    it.sights.iter().for_each(|sight| sight.people.hash(&mut people));
    it.named.hash(&mut people);
    people.end()
}

/// The texts of the last time, and which are copies.
#[derive(Debug)]
struct Texts {
    /// Day and path of each article.
    ordered: Vec<(Option<Edtf>, Arc<str>)>,
    texts: Vec<Arc<Text>>,
    copies: Copies,
}

/// Up to how many changed texts are followed one by one.
const FEW: usize = 16;

impl Memory {
    /// [`link`](super::link), as far as it was not done the last time.
    pub fn link(&mut self, it: Linkable<'_>) -> (Arc<Dossier>, Vec<Diagnostic>) {
        let facts = match &self.seen {
            Some(seen) if seen.is_of(it) => seen.facts,
            _ => facts_key(it),
        };
        let order = OnceLock::new();
        let order = || &order.get_or_init(|| cluster::in_order(it.articles))[..];
        let Memory { copies: texts, attacks, profiles, .. } = self;
        let (copy_of, ()) = rayon::join(
            || copies(texts, it),
            || {
                if attacks.as_ref().is_none_or(|(known, _)| *known != facts) {
                    let said = profiles.recall(it.articles, it.sights, (it.aliases, it.named));
                    *attacks = Some((facts, cluster::cluster(it.articles, order(), &said, profiles)));
                }
            },
        );
        let key = whole_key(it, facts, &copy_of);
        if let Some((known, dossier, diagnostics)) = &self.dossier
            && *known == key
        {
            return (Arc::clone(dossier), diagnostics.clone());
        }
        let groups = self.attacks.as_ref().map(|(_, groups)| groups.clone()).unwrap_or_default();
        let named = match &self.seen {
            Some(seen) if seen.facts == facts => seen.people,
            _ => people_key(it),
        };
        let gather = |attack_of: &[Vec<Option<u32>>]| match self.people.take() {
            Some((known, before, groups)) if known == named && before == attack_of => {
                self.people = Some((known, before, groups.clone()));
                groups
            }
            _ => {
                let groups = people::gather(it.articles, order(), it.aliases, attack_of);
                self.people = Some((named, attack_of.to_vec(), groups.clone()));
                groups
            }
        };
        let mut made = std::mem::take(&mut self.made);
        made.begin(&differing(self.seen.as_ref(), it, &copy_of));
        let mut maker = Maker::new(it.articles, it.aliases, &copy_of, made);
        let (mut dossier, diagnostics) = decide(&mut maker, &it.decisions, groups, gather);
        self.made = maker.made();
        let sights = it.sights.to_vec();
        self.seen =
            Some(Seen { sights, copy_of: Arc::clone(&copy_of), named: it.named, facts, people: named });
        if it.publish == Publish::Confirmed {
            dossier = dossier.only_checked();
        }
        let dossier = Arc::new(dossier);
        self.dossier = Some((key, Arc::clone(&dossier), diagnostics.clone()));
        (dossier, diagnostics)
    }
}

/// Which articles are copies; followed from `before` where that can be.
fn copies(before: &mut Option<Texts>, it: Linkable<'_>) -> Arc<[Option<ArticleIndex>]> {
    let texts: Vec<&Text> = it.sights.iter().map(|sight| &*sight.text).collect();
    let ordered = it.articles.iter().map(|it| (it.document.meta.published, &it.document.path));
    if let Some(held) = &mut *before
        && held.ordered.iter().map(|(day, path)| (*day, path)).eq(ordered.clone())
    {
        let changed = (0..).zip(it.sights).zip(&held.texts);
        let changed = changed.filter(|((_, sight), before)| !Arc::ptr_eq(&sight.text, before));
        let changed: Vec<ArticleIndex> = changed.map(|((at, _), _)| at).collect();
        let then: Vec<&Text> = held.texts.iter().map(|text| &**text).collect();
        if changed.len() <= FEW {
            held.copies.follow(&then, &texts, &changed);
            for at in changed {
                held.texts[at as usize] = Arc::clone(&it.sights[at as usize].text);
            }
            return Arc::clone(&held.copies.of);
        }
    }
    let held = Texts {
        ordered: ordered.map(|(day, path)| (day, Arc::clone(path))).collect(),
        texts: it.sights.iter().map(|sight| Arc::clone(&sight.text)).collect(),
        copies: Copies::find(it.articles, &texts),
    };
    Arc::clone(&before.insert(held).copies.of)
}

/// For each article, whether something else is seen of it than was before, or of the one that it is a copy of. The path
/// is a part of what is seen, so an article in another's place differs.
fn differing(seen: Option<&Seen>, it: Linkable<'_>, copy_of: &[Option<ArticleIndex>]) -> Vec<bool> {
    let Some(seen) = seen.filter(|seen| seen.named == it.named) else { return vec![true; it.sights.len()] };
    let other = |at: usize| seen.sights.get(at).is_none_or(|before| before.facts != it.sights[at].facts);
    let differs = |at: usize| {
        let original = copy_of[at];
        other(at)
            || seen.copy_of.get(at) != Some(&original)
            || original.is_some_and(|original| other(original as usize))
    };
    (0..it.sights.len()).map(differs).collect()
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
