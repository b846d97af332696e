//! What an editor should look at, most important first, each with its sentences and the lines that would settle it.
//!
//! In: a site, its dossier whole. Out: a list of [`Item`]s, and the text of `content/ids.toml`. Invariant: no I/O; the
//! same site gives the same list.

mod attacks;
mod duplicates;
mod ids;
mod people;

use serde::Serialize;

use crate::dossier::{Attack, article_name};
use crate::facts::Field;
use crate::pipeline::Site;

pub use ids::ids_toml;

/// Why something is on the list, most important first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// A decision rests on words that have changed since.
    Stale,
    /// The sources' figures cannot all be right.
    Disagreement,
    /// An attack without a date.
    Undated,
    /// Two attacks, or two people, that may be one.
    Duplicate,
    /// An attack that one source alone tells of.
    SingleSource,
    /// A quotation of which nobody knows who said it.
    Speaker,
    /// An expert without affiliation, or somebody quoted whose part is not known.
    Person,
    /// Read by the program and not yet confirmed.
    Unconfirmed,
}

impl Reason {
    /// All, in their order, with the words of the command line.
    pub const ALL: [(Reason, &'static str); 8] = [
        (Reason::Stale, "stale"),
        (Reason::Disagreement, "disagreement"),
        (Reason::Undated, "undated"),
        (Reason::Duplicate, "duplicate"),
        (Reason::SingleSource, "single-source"),
        (Reason::Speaker, "speaker"),
        (Reason::Person, "person"),
        (Reason::Unconfirmed, "unconfirmed"),
    ];

    /// The word of the command line.
    pub fn word(self) -> &'static str {
        Reason::ALL.iter().find(|(reason, _)| *reason == self).map_or("", |(_, word)| word)
    }

    /// As a heading over a list.
    pub fn heading(self) -> &'static str {
        match self {
            Reason::Stale => "decisions whose sources have changed",
            Reason::Disagreement => "sources that disagree",
            Reason::Undated => "attacks without a date",
            Reason::Duplicate => "possible duplicates",
            Reason::SingleSource => "attacks with one source",
            Reason::Speaker => "quotations without a speaker",
            Reason::Person => "people without affiliation or of unclear role",
            Reason::Unconfirmed => "read by the program and not yet confirmed",
        }
    }
}

/// What an item is about, and so what can be done with it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// `content/attacks/<id>.md`
    Attack,
    /// `content/experts/<slug>.md`
    Person,
    /// A quotation of an article, which its sidecar gives to somebody.
    Quotation,
}

/// A sentence, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// `bridge.txt#p3`, below `content/articles/`.
    pub mention: String,
    /// Verbatim.
    pub words: String,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Why.
    pub reason: Reason,
    /// What it is about.
    pub subject: Subject,
    /// An attack's id, a person's slug, or a quotation's article and paragraph.
    pub id: String,
    /// As a headline: the attack's title, the person's name, the quotation's words.
    pub title: String,
    /// What is to be decided, in a sentence.
    pub why: String,
    /// The id of what it may be the same as.
    pub other: Option<String>,
    /// The sentences that it was read from.
    pub evidence: Vec<Evidence>,
    /// The file that settles it, from the site's root.
    pub file: String,
    /// The lines to paste into its front matter, or into the sidecar.
    pub paste: String,
}

impl Item {
    /// What it comes to when the editor accepts it: the keys of the lines to paste with their values, as TOML writes
    /// them. Nothing where the editor has to say something first, or decides otherwise.
    pub fn accepted(&self) -> Vec<(String, String)> {
        let lines = toml::from_str::<toml::Table>(&self.paste).unwrap_or_default();
        let settles = self.reason != Reason::Duplicate;
        lines.into_iter().filter(|_| settles).map(|(key, value)| (key, value.to_string())).collect()
    }
}

/// Everything that needs an editor.
pub fn items(site: &Site) -> Vec<Item> {
    let mut weighed: Vec<(Reason, u32, Item)> = attacks::items(site);
    weighed.extend(people::items(site));
    weighed.extend(duplicates::items(site));
    weighed.sort_by(|(reason, weight, item), (other, other_weight, other_item)| {
        (reason, std::cmp::Reverse(weight), &item.id, &item.other).cmp(&(
            other,
            std::cmp::Reverse(other_weight),
            &other_item.id,
            &other_item.other,
        ))
    });
    weighed.into_iter().map(|(.., item)| item).collect()
}

/// The sentences that values of an attack were read from, each once, at most `most`.
fn sentences(site: &Site, attack: &Attack, fields: &[Field], most: usize) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    for (at, index) in &attack.mentions {
        let article = &site.articles[*at as usize];
        let evidence = article.facts.attacks[*index as usize].evidence.iter();
        for told in evidence.filter(|told| fields.is_empty() || fields.contains(&told.field)) {
            let block = article.document.blocks.get(told.block as usize);
            let block = block.map_or(String::new(), |block| format!("#{}", block.id));
            let mention = format!("{}{block}", article_name(article));
            let words = told.sentence.of(&article.document.text).to_owned();
            let sentence = Evidence { mention, words };
            if !found.contains(&sentence) {
                found.push(sentence);
            }
            if found.len() == most {
                return found;
            }
        }
    }
    found
}
