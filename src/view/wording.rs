//! The words for kinds, standings, numbers and states: exact and calm, never more than the source says.

use super::changes::label;
use crate::dossier::{Change, Checked, Sourcing};
use crate::facts::{AttackKind, Field, Level, PerpetratorKind, Role, Stage, Standing, Toll};
use crate::fields::Choice;

/// The kind of an attack as a class name and in data: `suicide_bombing`.
pub(super) fn kind_key(kind: AttackKind) -> &'static str {
    kind.word()
}

/// A person's role: `expert` and what a page calls it.
pub(super) fn role(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Expert => ("expert", "Expert"),
        Role::Official => ("official", "Official"),
        Role::Witness => ("witness", "Witness"),
        Role::Victim => ("victim", "Victim"),
        Role::Perpetrator => ("perpetrator", "Perpetrator"),
        Role::Other => ("other", "Other"),
    }
}

/// How far a source goes in naming who did it, as it stands before the name.
pub(super) fn standing(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Claimed => ("claimed", "claimed by"),
        Standing::Blamed => ("blamed", "blamed on"),
        Standing::Suspected => ("suspected", "suspected:"),
        Standing::Convicted => ("convicted", "convicted:"),
        Standing::Stated => ("stated", "carried out, by this account, by"),
    }
}

/// What sort of actor.
pub(super) fn perpetrator_kind(kind: PerpetratorKind) -> &'static str {
    match kind {
        PerpetratorKind::Organization => "organization",
        PerpetratorKind::Person => "person",
        PerpetratorKind::Group => "group",
    }
}

/// Whether it happened; the second word is empty where it did.
pub(super) fn stage(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Accomplished => ("accomplished", ""),
        Stage::Attempted => ("attempted", "attempted"),
        Stage::Foiled => ("foiled", "foiled"),
        Stage::Threatened => ("threatened", "threatened"),
    }
}

/// How far it was checked: key and badge.
pub(super) fn checked(checked: Checked) -> (&'static str, &'static str) {
    match checked {
        Checked::Extracted => ("extracted", "machine-read"),
        Checked::Confirmed => ("confirmed", "confirmed"),
        Checked::Corrected => ("corrected", "corrected"),
    }
}

/// The sentence behind the badge of something read from `articles` articles, of which an editor changed `changed`.
pub(super) fn badge_text(checked: Checked, articles: usize, changed: &[Change]) -> String {
    match checked {
        Checked::Extracted => {
            format!("Read by the program from {}, not yet confirmed", count(articles, "article", "articles"))
        }
        _ if articles == 0 => "Added by an editor; no article here reports it".to_owned(),
        Checked::Confirmed => "Confirmed by an editor as it was read".to_owned(),
        Checked::Corrected if changed.is_empty() => "Corrected by an editor".to_owned(),
        Checked::Corrected => {
            let changed: Vec<&str> = changed.iter().map(|change| label(change.field)).collect();
            format!("Corrected by an editor: {}", changed.join(", "))
        }
    }
}

/// What a page says of a reading that is not sure; empty where the words leave little doubt.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::High => "",
        Level::Medium => "likely",
        Level::Low => "uncertain",
    }
}

/// How well it is sourced: key and words.
pub(super) fn sourcing(sourcing: Sourcing) -> (&'static str, &'static str) {
    match sourcing {
        Sourcing::Editor => ("editor", "added by an editor"),
        Sourcing::Single => ("single", "one source"),
        Sourcing::Several => ("several", "several sources agree"),
        Sourcing::Disagreeing => ("disagreeing", "sources disagree"),
    }
}

/// How an attack's sources stand to each other, as a sentence without its full stop.
pub(super) fn sourcing_sentence(sourcing: Sourcing) -> &'static str {
    match sourcing {
        Sourcing::Editor => "No article here reports it: an editor added it",
        Sourcing::Single => "One source reports it",
        Sourcing::Several => "Several independent sources report it, and their figures agree",
        Sourcing::Disagreeing => {
            "Several independent sources report it, and their figures for the killed or the injured disagree"
        }
    }
}

/// What some words were read for: key, label, and the label inside a sentence.
pub(super) fn field(field: Field) -> (&'static str, &'static str, &'static str) {
    match field {
        Field::Mention => ("mention", "Mention", "mention"),
        Field::Name => ("name", "Name", "name"),
        Field::Type => ("type", "Kind", "kind"),
        Field::Date => ("date", "Date", "date"),
        Field::Place => ("place", "Place", "place"),
        Field::Killed => ("killed", "Killed", "killed"),
        Field::Injured => ("injured", "Injured", "injured"),
        Field::Hostages => ("hostages", "Hostages", "hostages"),
        Field::Missing => ("missing", "Missing", "missing"),
        Field::AttackersKilled => ("attackers-killed", "Attackers killed", "attackers killed"),
        Field::Perpetrator => ("perpetrator", "Who did it", "who did it"),
        Field::Target => ("target", "Target", "target"),
        Field::Weapon => ("weapon", "Weapon", "weapon"),
    }
}

/// A toll in words: "94", "141 or more", "up to 300", "20–25".
pub(super) fn toll(toll: Toll) -> String {
    match (toll.min, toll.max) {
        (Some(min), Some(max)) if min == max => number(min),
        (Some(min), Some(max)) => format!("{}–{}", number(min), number(max)),
        (Some(min), None) => format!("{} or more", number(min)),
        (None, Some(max)) => format!("up to {}", number(max)),
        (None, None) => "not known".to_owned(),
    }
}

/// A number with a comma between thousands: "1,100".
fn number(value: u32) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things in prose: "no articles", "one article", "three articles", "12 articles".
pub(super) fn count(value: usize, one: &str, many: &str) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    match WORDS.get(value) {
        Some(word) => format!("{word} {}", if value == 1 { one } else { many }),
        None => format!("{} {many}", number(value as u32)),
    }
}

/// The beginning of `text` in at most `limit` characters, on one line, cut between words.
pub(super) fn excerpt(text: &str, limit: usize) -> String {
    let mut excerpt = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        if length + word_length + 1 > limit && !excerpt.is_empty() {
            excerpt.truncate(excerpt.trim_end_matches([',', ';', ':', '–', '—']).len());
            excerpt.push('…');
            break;
        }
        if !excerpt.is_empty() {
            excerpt.push(' ');
        }
        excerpt.push_str(word);
        length += word_length + 1;
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolls_say_no_more_than_the_source() {
        let words = |min, max| toll(Toll { min, max });
        assert_eq!(words(Some(94), Some(94)), "94");
        assert_eq!(words(Some(141), None), "141 or more");
        assert_eq!(words(None, Some(300)), "up to 300");
        assert_eq!(words(Some(20), Some(25)), "20–25");
        assert_eq!(words(Some(1101), None), "1,101 or more");
    }

    #[test]
    fn numbers_under_ten_are_words_in_prose() {
        assert_eq!(count(1, "article", "articles"), "one article");
        assert_eq!(count(9, "article", "articles"), "nine articles");
        assert_eq!(count(1234, "article", "articles"), "1,234 articles");
    }

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt("One two,\nthree four", 9), "One two…");
        assert_eq!(excerpt("One two", 9), "One two");
    }
}
