//! The editor's records laid over what was read: fields corrected, attacks and people merged, split, confirmed or
//! hidden.

mod added;
mod attacks;
mod ids;
mod merges;
mod people;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Place, Severity, nearest};
use crate::records::{AttackRecord, ExpertRecord, Pins};

use super::pinning::article_name;
use super::{Article, ArticleIndex};

pub(super) use attacks::decide_attacks;
pub(super) use people::decide_people;

/// All that the editor decided about the dossier as a whole.
#[derive(Copy, Clone, Debug)]
pub struct Decisions<'a> {
    /// `content/attacks/`, in order of path.
    pub attacks: &'a [AttackRecord],
    /// `content/experts/`, in order of path.
    pub people: &'a [ExpertRecord],
    /// `content/ids.toml`.
    pub pins: &'a Pins,
}

impl Default for Decisions<'_> {
    fn default() -> Self {
        static NOTHING: Pins = Pins::NONE;
        Decisions { attacks: &[], people: &[], pins: &NOTHING }
    }
}

/// An article, and a reading of it.
type Mention = (ArticleIndex, u32);

/// Groups that have lost every reading, by their places, with the numbers of the records that claim these.
type Vacated = BTreeMap<usize, BTreeSet<usize>>;

/// What records leave of groups whose readings they claim for themselves: the groups that have lost every reading, with the
/// numbers of those records; and what is left of those that have lost some. Groups are named by their places.
fn less_claimed(
    groups: &[Vec<Mention>],
    claims: &BTreeMap<Mention, usize>,
) -> (Vacated, Vec<(usize, Vec<Mention>)>) {
    let mut vacated = Vacated::new();
    let mut less: Vec<(usize, Vec<Mention>)> = Vec::new();
    for (at, group) in groups.iter().enumerate().filter(|_| !claims.is_empty()) {
        let claiming: BTreeSet<usize> = group.iter().filter_map(|it| claims.get(it)).copied().collect();
        let rest: Vec<Mention> = group.iter().filter(|it| !claims.contains_key(it)).copied().collect();
        match (claiming.is_empty(), rest.is_empty()) {
            (true, _) => {}
            (false, true) => drop(vacated.insert(at, claiming)),
            (false, false) => less.push((at, rest)),
        }
    }
    (vacated, less)
}

/// An error at a place of a record.
fn fault_at(file: &str, place: &Place, message: String) -> Diagnostic {
    Diagnostic { place: Some(place.clone()), ..Diagnostic::error(file, message) }
}

/// An error at a place of a record that names something which is not there, with the nearest that is.
fn unknown_at<'a>(
    file: &str,
    place: &Place,
    message: String,
    word: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let fault = fault_at(file, place, message);
    match nearest(word, known) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("`dateline list` shows what there is"),
    }
}

/// A warning for what keeps nothing apart as things are: what it names may be in a draft, or in an article of a later day.
fn named_in_vain(fault: Diagnostic) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..fault }
}

/// Articles by their file below `content/articles/`.
fn by_file(articles: &[Article]) -> BTreeMap<&str, u32> {
    articles.iter().zip(0_u32..).map(|(article, at)| (article_name(article), at)).collect()
}
