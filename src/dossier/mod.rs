//! Stage 4, link: all facts and records to one [`Dossier`]: mentions merged into people and attacks.
//!
//! In: the facts of every article and the editor's records. Out: attacks and people, each with the articles that
//! speak of it, and diagnostics for records that match nothing. Invariant: no I/O; the order of files never matters.

mod names;
mod toll;
mod sentences;
mod copies;
mod sourcing;
mod attacks;
mod headline;
mod profile;
mod profiles;
mod weigh;
mod cluster;
mod person_name;
mod same_person;
mod people;
mod spoken;
mod reasons;
mod duplicates;
mod made;
mod identity;
mod changes;
mod pinning;
mod decisions;
mod last_word;
mod publish;
mod sight;
mod memory;
#[cfg(test)]
mod memory_tests;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::edtf::Edtf;
use crate::facts::{
    Aliases, AttackKind, Coordinates, Facts, Level, PerpetratorKind, Role, Stage, Standing, Toll,
};
use crate::records::Correction;

use last_word::{Attacks, corrections, decide_attacks, decide_people, in_order_of_mention};
use made::{Made, Maker};
use profiles::Profiles;

pub use changes::{Change, written_toll};
pub use decisions::Decisions;
pub use duplicates::{Pair, PairOf, possible_duplicates};
pub use headline::kind_words;
pub use memory::{Linkable, Memory};
pub use pinning::{
    Changed, Stale, article_name, attack_digests, changes_in_words, mention_digest, mention_key,
    person_digest, person_digests,
};
pub use sight::Sight;
pub use sourcing::days_agree;
pub use spoken::speaks_of;

pub use reasons::{Reasoned, Weighed, why_linked, why_same_person};

/// One article of the site: what it is and what it says.
#[derive(Clone, Debug)]
pub struct Article {
    /// Parsed.
    pub document: Arc<Document>,
    /// Extracted.
    pub facts: Arc<Facts>,
    /// The last part of its URL, unique among articles.
    pub slug: String,
    /// What was changed in it on the site, and when, in the order of the file.
    pub corrections: Arc<[Correction]>,
}

impl Article {
    /// When it was last changed: by its outlet, as far as that is told, or by a correction on this site.
    pub fn changed(&self) -> Option<Edtf> {
        let corrected = self.corrections.iter().map(|correction| correction.date);
        self.document.meta.updated.into_iter().chain(corrected).max_by_key(Edtf::latest)
    }
}

/// For each article, for each of its mentions, the index of what it became.
pub type Owners = Arc<Vec<Vec<Option<u32>>>>;

/// An article: its place among the articles, which are in order of path.
pub type ArticleIndex = u32;

/// How far an editor has checked something.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Checked {
    /// Read by the program, not yet confirmed.
    Extracted,
    /// An editor confirms it as it was read.
    Confirmed,
    /// An editor changed it.
    Corrected,
}

/// How well an attack is sourced; the rule stands on the methodology page.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sourcing {
    /// No article: added by an editor.
    Editor,
    /// One source.
    Single,
    /// Two or more sources whose figures agree.
    Several,
    /// Two or more sources whose figures for the killed or injured exclude each other.
    Disagreeing,
}

/// How a place stands to the town it is given by.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Nearness {
    /// A square, a street or a building of it.
    Within,
    /// "Near", "outside": the article does not put it into the town.
    Near,
}

/// One attack of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attack {
    /// Permanent: `2004-beslan`. The last part of its URL.
    pub id: String,
    /// As a sentence-case headline: "Beslan school siege".
    pub title: String,
    /// What kind.
    pub kind: AttackKind,
    /// When, as precise as the best source.
    pub date: Option<Edtf>,
    /// The article's words for the date, where it is not resolved.
    pub date_text: Option<String>,
    /// The finest place named.
    pub place: Option<String>,
    /// A town it is given by.
    pub near: Option<String>,
    /// Whether the place lies in that town or only near it.
    pub nearness: Nearness,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// WGS 84, of a named place.
    pub coordinates: Option<Coordinates>,
    /// The range over all sources, or the editor's figure.
    pub killed: Option<Toll>,
    /// The range over all sources, or the editor's figure.
    pub injured: Option<Toll>,
    /// The range over all sources.
    pub hostages: Option<Toll>,
    /// Who did it, according to whom; strongest standing first.
    pub perpetrators: Vec<(String, PerpetratorKind, Standing)>,
    /// What was attacked, from the first article that says so.
    pub target: Option<String>,
    /// With what, from the first article that says so.
    pub weapon: Option<String>,
    /// Whether it happened.
    pub stage: Stage,
    /// How sure the readings are, the surest of them; high for an attack that an editor added.
    pub level: Level,
    /// Which mentions it was made from: article and index into that article's [`crate::facts::Facts::attacks`],
    /// oldest article first.
    pub mentions: Vec<(ArticleIndex, u32)>,
    /// How far it was checked.
    pub checked: Checked,
    /// How well it is sourced.
    pub sourcing: Sourcing,
    /// How many independent sources there are, by the same rule.
    pub sources: u32,
    /// Index into the records, if it has one.
    pub record: Option<u32>,
    /// Former ids, which redirect here.
    pub former_ids: Vec<String>,
    /// The ids that a record merged into it, each with the mentions that had it.
    pub parts: Vec<(String, Vec<(ArticleIndex, u32)>)>,
    /// What the editor changed.
    pub changed: Vec<Change>,
    /// How what was read differs from what it was when the editor decided, as far as `content/ids.toml` tells.
    pub stale: Vec<Stale>,
}

/// One title and affiliation of a person, and the articles that give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// "senior research fellow".
    pub title: Option<String>,
    /// "Royal United Services Institute".
    pub affiliation: Option<String>,
    /// The articles that say so, oldest first.
    pub articles: Vec<ArticleIndex>,
}

/// One person of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Permanent: `maria-sole`.
    pub slug: String,
    /// Fullest name.
    pub name: String,
    /// Surname first, for sorting and for the index: "Sole, Maria".
    pub sort_name: String,
    /// "Dr", where an article gives it.
    pub honorific: Option<String>,
    /// What part they play over all articles.
    pub role: Role,
    /// Titles and affiliations, latest first.
    pub affiliations: Vec<Affiliation>,
    /// Which mentions it was made from: article and index into that article's [`crate::facts::Facts::people`].
    pub mentions: Vec<(ArticleIndex, u32)>,
    /// Every quotation of their own words: article and index into [`crate::facts::Facts::quotes`], newest article
    /// first. Reported speech is none.
    pub quotes: Vec<(ArticleIndex, u32)>,
    /// Indices into [`Dossier::attacks`]: those that a paragraph quoting this person speaks of, and those that an
    /// article quoting them is about.
    pub attacks: Vec<u32>,
    /// How far it was checked.
    pub checked: Checked,
    /// Index into the records, if it has one.
    pub record: Option<u32>,
    /// Former slugs, which redirect here.
    pub former_slugs: Vec<String>,
    /// The slugs that a record merged into this one, each with the mentions that had it.
    pub parts: Vec<(String, Vec<(ArticleIndex, u32)>)>,
    /// What the editor changed.
    pub changed: Vec<Change>,
    /// How what was read differs from what it was when the editor decided, as far as `content/ids.toml` tells.
    pub stale: Vec<Stale>,
    /// Whether the person has a page and stands in the index of experts.
    pub indexed: bool,
}

/// What a correction is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// An index into [`Dossier::attacks`].
    Attack(u32),
    /// An index into [`Dossier::people`].
    Person(u32),
    /// An article.
    Article(ArticleIndex),
}

/// All articles, linked.
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    /// Attacks in timeline order: oldest first, undated ones last.
    pub attacks: Vec<Attack>,
    /// Attacks that an editor hides, by id: in no page and no list.
    pub hidden: Vec<Attack>,
    /// People, by `sort_name`, then slug.
    pub people: Arc<Vec<Person>>,
    /// For each article, for each of its [`Facts::attacks`], the index of the attack it became; `None` if hidden.
    pub attack_of: Owners,
    /// For each article, for each of its [`Facts::people`], the index of the person it became; `None` if unnamed
    /// or hidden.
    pub person_of: Owners,
    /// For each article, the one that it is a copy of: the first by day of publication, then by path, of those that
    /// have its sentences.
    pub copy_of: Arc<[Option<ArticleIndex>]>,
    /// Everything that was put right, newest first.
    pub corrections: Vec<(Correction, About)>,
}

/// Merges what all articles say, and lets the editor's records have the last word.
///
/// `articles` are in order of path; the result is the same for any order but for the indices in it.
pub fn link(
    articles: &[Article],
    aliases: &Aliases,
    decisions: &Decisions<'_>,
) -> (Dossier, Vec<Diagnostic>) {
    let texts: Vec<sentences::Text> =
        articles.iter().map(|article| sentences::Text::of(&article.document)).collect();
    let copy_of = copies::Copies::find(articles, &texts.iter().collect::<Vec<_>>()).of;
    let mut maker = Maker::new(articles, aliases, &copy_of, Made::default());
    let mut diagnostics = Vec::new();
    let mut profiles = Profiles::default();
    let said: Vec<_> = articles.iter().map(|article| profiles.of_article(article, aliases)).collect();
    let order = cluster::in_order(articles);
    let told = cluster::Told { articles, order: &order, said: &said, profiles: &profiles };
    let groups = cluster::Clusters::find(told).attacks(profiles.words());
    let Attacks { shown, hidden, attack_of } =
        decide_attacks(&mut maker, decisions, groups, None, &mut diagnostics);
    let groups = people::gather(articles, &order, aliases, &in_order_of_mention(&attack_of));
    let (people, person_of) = decide_people(&mut maker, decisions, groups, &attack_of, &mut diagnostics);
    let corrections = corrections(articles, &shown, &people, decisions);
    let dossier = Dossier {
        attacks: shown,
        hidden,
        people: people.into(),
        attack_of,
        person_of: person_of.into(),
        copy_of,
        corrections,
    };
    (dossier, diagnostics)
}
