//! The editor's records laid over what was read: fields corrected, attacks and people merged, split, confirmed or
//! hidden.

mod attacks;
mod ids;
mod merges;
mod people;
mod place;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::records::{AttackRecord, ExpertRecord, Pins};

use super::Article;
use super::pinning::article_name;

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

/// Articles by their file below `content/articles/`.
fn by_file(articles: &[Article]) -> BTreeMap<&str, u32> {
    articles.iter().zip(0_u32..).map(|(article, at)| (article_name(article), at)).collect()
}
