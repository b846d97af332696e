//! What an editor changed, in the words of a page: each value as it was read and as it stands now.

use serde::Serialize;

use super::wording;
use crate::dossier::Change;
use crate::edtf::Edtf;
use crate::facts::{AttackKind, Role, Stage, Toll};
use crate::fields::Choice;
use crate::words::Words;

/// One value that an editor changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeView {
    /// `killed`, `date`, `type` …: as in the data files.
    pub field: &'static str,
    /// The same inside a sentence: "kind", "who did it".
    pub label: String,
    /// As it was read; `null` where nothing was, and where the value was taken away: what is wrong is not repeated.
    pub read: Option<String>,
    /// As it stands now; `null` where it was taken away.
    pub now: Option<String>,
}

impl ChangeView {
    /// `change` in the words of a language.
    pub fn new(change: &Change, interface: &Words) -> Self {
        let words = |value: &String| in_words(change.field, value, interface);
        let read = change.read.as_ref().filter(|_| change.now.is_some());
        ChangeView {
            field: change.field,
            label: label(change.field, interface).to_owned(),
            read: read.map(words),
            now: change.now.as_ref().map(words),
        }
    }
}

/// What a value is called inside a sentence.
pub(super) fn label<'a>(field: &'a str, words: &'a Words) -> &'a str {
    words.find(&format!("in_sentence.{field}")).unwrap_or(field)
}

/// A value that [`Change`] holds as records write it.
fn in_words(field: &str, value: &str, words: &Words) -> String {
    let told = match field {
        "date" => value.parse::<Edtf>().ok().map(|date| date.human(words)),
        "killed" | "injured" | "hostages" => toll(value).map(|toll| wording::toll(toll, words)),
        "type" => choice::<AttackKind>(value).map(|kind| words.in_sentence(wording::kind(kind, words))),
        "stage" => choice::<Stage>(value).map(|stage| match wording::stage(stage, words).1 {
            "" => words.text("stage.accomplished").to_owned(),
            told => told.to_owned(),
        }),
        "country" => crate::country::code(value).map(|code| words.country(code).to_owned()),
        "role" => choice::<Role>(value).map(|role| words.in_sentence(wording::role(role, words).1)),
        _ => None,
    };
    told.unwrap_or_else(|| value.to_owned())
}

fn choice<T: Choice + Copy>(word: &str) -> Option<T> {
    T::ALL.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// The inverse of [`crate::dossier::written_toll`].
fn toll(written: &str) -> Option<Toll> {
    let number = |words: &str| words.parse::<u32>().ok();
    if let Some(least) = written.strip_prefix("at least ") {
        return Some(Toll { min: Some(number(least)?), max: None });
    }
    if let Some(most) = written.strip_prefix("up to ") {
        return Some(Toll { min: None, max: Some(number(most)?) });
    }
    let (min, max) = written.split_once('-').unwrap_or((written, written));
    Some(Toll { min: Some(number(min)?), max: Some(number(max)?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::written_toll;

    #[test]
    fn values_are_told_as_the_rest_of_the_page_tells_them() {
        let english = Words::of("en");
        let words = |field, value| in_words(field, value, &english);
        assert_eq!(words("date", "2015-06"), "June 2015");
        assert_eq!(words("date", "last spring"), "last spring");
        assert_eq!(words("killed", "at least 1200"), "1,200 or more");
        assert_eq!(words("type", "hostage_taking"), "hostage-taking");
        assert_eq!(words("stage", "accomplished"), "took place");
    }

    #[test]
    fn a_toll_comes_back_as_it_was_written() {
        for (min, max) in [(Some(3), Some(3)), (Some(141), None), (None, Some(300)), (Some(20), Some(25))] {
            assert_eq!(toll(&written_toll(Toll { min, max })), Some(Toll { min, max }));
        }
    }

    #[test]
    fn what_was_taken_away_is_not_repeated() {
        let change = Change { field: "perpetrator", read: Some("Somebody (blamed)".to_owned()), now: None };
        assert_eq!(ChangeView::new(&change, &Words::of("en")).read, None);
    }
}
