//! What linking remembers from one build to the next.
//!
//! Each part of it is a function of what it is remembered by: which articles are copies, of their sentences; which
//! mentions are one attack, of what linking sees of the articles (see [`Sight`]); which are one person, of how they are named
//! and of the attacks; people, of what is told of them; the dossier, of all these and of the editor's decisions. So linking
//! again gives what linking gives, and an edit that changes no fact costs none of it.
//!
//! All parts are of one time, the last: each link brings all of them up to date, and asks only what differs since then.

use std::hash::Hash;
use std::sync::Arc;

use crate::config::Publish;
use crate::diagnostic::Diagnostic;
use crate::edtf::Edtf;
use crate::facts::Aliases;
use crate::memo::Key;

use super::cluster::{Clusters, Told};
use super::copies::Copies;
use super::last_word::{Attacks, corrections, decide_attacks, decide_people, in_order_of_mention};
use super::made::{Made, Maker};
use super::pinning::article_name;
use super::profiles::Profiles;
use super::sentences::Text;
use super::sight::{Digest, Sight};
use super::{Article, ArticleIndex, Decisions, Dossier, Owners, Person, cluster, people};

/// Mentions of one attack or person each.
type Groups = Vec<Vec<(ArticleIndex, u32)>>;

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
    /// Of the part of it that is about people.
    pub decided_people: Key,
    /// What is left in.
    pub publish: Publish,
}

/// Results of the last time.
#[derive(Debug, Default)]
pub struct Memory {
    copies: Option<Texts>,
    profiles: Profiles,
    order: Vec<ArticleIndex>,
    clusters: Option<Clusters>,
    /// The mentions of each attack.
    attacks: Groups,
    gathered: Option<Gathered>,
    people: Option<People>,
    dossier: Option<Linked>,
    made: Made,
    /// What all of it was made of.
    seen: Option<Seen>,
}

/// The mentions of each person.
#[derive(Debug)]
struct Gathered {
    attack_of: Owners,
    /// The same with attacks numbered as they are first mentioned.
    in_order: Vec<Vec<Option<u32>>>,
    groups: Groups,
}

/// People with the editor's last word, and what was told of the decisions.
#[derive(Debug)]
struct People {
    attack_of: Owners,
    decided: Key,
    people: Arc<Vec<Person>>,
    person_of: Owners,
    told: Vec<Diagnostic>,
}

/// The dossier and what was told.
#[derive(Debug)]
struct Linked {
    /// With what no editor has checked.
    whole: Arc<Dossier>,
    dossier: Arc<Dossier>,
    told: Vec<Diagnostic>,
}

/// What the results were made of.
#[derive(Debug)]
struct Seen {
    sights: Vec<Arc<Sight>>,
    named: Key,
    copy_of: Arc<[Option<ArticleIndex>]>,
    asked: Asked,
}

/// What the dossier is made of besides facts and copies.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Asked {
    decided: Key,
    publish: Publish,
    /// Of the paragraphs of the articles of which records name one.
    paragraphs: Key,
}

/// How the articles differ from those of the last time. The path is a part of whatever is seen of an article, so one in
/// another's place differs.
struct Differing {
    /// For each article, whether any fact is another.
    facts: Vec<bool>,
    /// For each article, whether people are made of something else.
    people: Vec<bool>,
    any_facts: bool,
    any_people: bool,
    /// Whether people are to be told apart anew, or articles come in another order.
    names: bool,
}

impl Differing {
    fn since(seen: Option<&Seen>, it: Linkable<'_>) -> Differing {
        let count = it.sights.len();
        let Some(seen) = seen.filter(|seen| seen.named == it.named && seen.sights.len() == count) else {
            let all = || vec![true; count];
            return Differing { facts: all(), people: all(), any_facts: true, any_people: true, names: true };
        };
        let mut differing = Differing {
            facts: vec![false; count],
            people: vec![false; count],
            any_facts: false,
            any_people: false,
            names: false,
        };
        let both = seen.sights.iter().zip(it.sights).enumerate();
        for (at, (one, other)) in both.filter(|(_, (one, other))| !Arc::ptr_eq(one, other)) {
            differing.facts[at] = one.facts != other.facts;
            differing.people[at] = one.people != other.people;
            differing.any_facts |= differing.facts[at];
            differing.any_people |= differing.people[at];
            differing.names |= one.names != other.names;
        }
        differing
    }

    /// The same for attacks: a copy differs with its original, and where it is a copy of another now.
    fn with_copies(&self, seen: Option<&Seen>, copy_of: &[Option<ArticleIndex>]) -> Vec<bool> {
        let differs = |at: usize| {
            let original = copy_of[at];
            self.facts[at]
                || seen.and_then(|seen| seen.copy_of.get(at)) != Some(&original)
                || original.is_some_and(|original| self.facts[original as usize])
        };
        (0..copy_of.len()).map(differs).collect()
    }
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
        let differing = Differing::since(self.seen.as_ref(), it);
        if differing.names {
            self.order = cluster::in_order(it.articles);
        }
        let Memory { copies: texts, attacks, clusters, profiles, order, .. } = self;
        let (copy_of, ()) = rayon::join(
            || copies(texts, it),
            || {
                if differing.any_facts {
                    let said = profiles.recall(it.articles, it.sights, (it.aliases, it.named));
                    let told = Told { articles: it.articles, order, said: &said, profiles };
                    let followed = clusters.take().and_then(|mut it| it.follow(told).then_some(it));
                    let found = clusters.insert(followed.unwrap_or_else(|| Clusters::find(told)));
                    *attacks = found.attacks(profiles.words());
                }
            },
        );
        let asked = Asked::of(it);
        if let (Some(seen), Some(linked)) = (&self.seen, &self.dossier)
            && !differing.any_facts
            && (&seen.copy_of, seen.asked) == (&copy_of, asked)
        {
            return (Arc::clone(&linked.dossier), linked.told.clone());
        }
        let mut made = std::mem::take(&mut self.made);
        made.begin_attacks(&differing.with_copies(self.seen.as_ref(), &copy_of));
        let mut maker = Maker::new(it.articles, it.aliases, &copy_of, made);
        let mut told = Vec::new();
        let before = self.dossier.as_ref().map(|it| (&it.whole.attacks[..], &it.whole.attack_of));
        let attacks = decide_attacks(&mut maker, &it.decisions, self.attacks.clone(), before, &mut told);
        let Attacks { shown, hidden, attack_of } = attacks;
        let people = self.people(it, &differing, &mut maker, &attack_of);
        let (people, person_of) = (Arc::clone(&people.people), Arc::clone(&people.person_of));
        told.extend(self.people.iter().flat_map(|people| people.told.iter().cloned()));
        self.made = maker.made();
        let corrections = corrections(it.articles, &shown, &people, &it.decisions);
        let copies = Arc::clone(&copy_of);
        let whole =
            Dossier { attacks: shown, hidden, people, attack_of, person_of, copy_of: copies, corrections };
        let whole = Arc::new(whole);
        let dossier = match it.publish {
            Publish::Confirmed => Arc::new(Dossier::clone(&whole).only_checked()),
            _ => Arc::clone(&whole),
        };
        self.seen = Some(Seen { sights: it.sights.to_vec(), named: it.named, copy_of, asked });
        self.dossier = Some(Linked { whole, dossier: Arc::clone(&dossier), told: told.clone() });
        (dossier, told)
    }

    /// People, once it is known which mention became which attack; those of the last time where nothing that they are made
    /// of is another.
    fn people(
        &mut self,
        it: Linkable<'_>,
        differing: &Differing,
        maker: &mut Maker<'_>,
        attack_of: &Owners,
    ) -> &People {
        // What they are made of tells them apart as well, so their groups are the same too.
        let known = self.people.take().filter(|known| {
            !differing.any_people
                && known.decided == it.decided_people
                && Arc::ptr_eq(&known.attack_of, attack_of)
        });
        let people = known.unwrap_or_else(|| {
            let groups = self.gather(it, differing, attack_of);
            let mut told = Vec::new();
            maker.begin_people(&differing.people);
            let (people, person_of) = decide_people(maker, &it.decisions, groups, attack_of, &mut told);
            let (people, person_of) = (people.into(), person_of.into());
            People { attack_of: Arc::clone(attack_of), decided: it.decided_people, people, person_of, told }
        });
        self.people.insert(people)
    }

    /// The mentions of each person.
    fn gather(&mut self, it: Linkable<'_>, differing: &Differing, attack_of: &Owners) -> Groups {
        let known = self.gathered.take().filter(|_| !differing.names);
        let gathered = match known {
            Some(known) if Arc::ptr_eq(&known.attack_of, attack_of) => known,
            known => {
                let in_order = in_order_of_mention(attack_of);
                let groups = match known {
                    Some(known) if known.in_order == in_order => known.groups,
                    _ => people::gather(it.articles, &self.order, it.aliases, &in_order),
                };
                Gathered { attack_of: Arc::clone(attack_of), in_order, groups }
            }
        };
        self.gathered.insert(gathered).groups.clone()
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

impl Asked {
    fn of(it: Linkable<'_>) -> Asked {
        let mut paragraphs = Digest::default();
        let named = it.decisions.attacks.iter().flat_map(|record| &record.mentions);
        let named = named.filter(|named| named.value.paragraph.is_some());
        let mut named: Vec<&str> = named.map(|named| named.value.article.as_str()).collect();
        named.sort_unstable();
        if !named.is_empty() {
            for (article, sight) in it.articles.iter().zip(it.sights) {
                if named.binary_search(&article_name(article)).is_ok() {
                    sight.paragraphs.hash(&mut paragraphs);
                }
            }
        }
        Asked { decided: it.decided, publish: it.publish, paragraphs: paragraphs.end() }
    }
}
