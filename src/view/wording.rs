//! The words for kinds, standings, numbers and states: exact and calm, never more than the source says.

use super::changes::label;
use crate::dossier::{Attack, Change, Checked, Sourcing};
use crate::facts::{AttackKind, Field, Level, PerpetratorKind, Role, Stage, Standing, Toll};
use crate::fields::Choice;
use crate::words::Words;

/// The kind of an attack as a class name and in data: `suicide_bombing`.
pub(super) fn kind_key(kind: AttackKind) -> &'static str {
    kind.word()
}

/// The words for the kind of an attack: "Bombing".
pub(super) fn kind(kind: AttackKind, words: &Words) -> &str {
    words.find(&format!("kind.{}", kind.word())).unwrap_or_default()
}

/// A person's role: `expert` and what a page calls it.
pub(super) fn role(role: Role, words: &Words) -> (&'static str, &str) {
    match role {
        Role::Expert => ("expert", words.text("role.expert")),
        Role::Official => ("official", words.text("role.official")),
        Role::Witness => ("witness", words.text("role.witness")),
        Role::Victim => ("victim", words.text("role.victim")),
        Role::Perpetrator => ("perpetrator", words.text("role.perpetrator")),
        Role::Other => ("other", words.text("role.other")),
    }
}

/// How far a source goes in naming who did it, as it stands before the name.
pub(super) fn standing(standing: Standing, words: &Words) -> (&'static str, &str) {
    match standing {
        Standing::Claimed => ("claimed", words.text("standing.claimed")),
        Standing::Blamed => ("blamed", words.text("standing.blamed")),
        Standing::Suspected => ("suspected", words.text("standing.suspected")),
        Standing::Convicted => ("convicted", words.text("standing.convicted")),
        Standing::Stated => ("stated", words.text("standing.stated")),
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
pub(super) fn stage(stage: Stage, words: &Words) -> (&'static str, &str) {
    match stage {
        Stage::Accomplished => ("accomplished", ""),
        Stage::Attempted => ("attempted", words.text("stage.attempted")),
        Stage::Foiled => ("foiled", words.text("stage.foiled")),
        Stage::Threatened => ("threatened", words.text("stage.threatened")),
    }
}

/// How far it was checked: key and badge.
pub(super) fn checked(checked: Checked, words: &Words) -> (&'static str, &str) {
    match checked {
        Checked::Extracted => ("extracted", words.text("badge.extracted")),
        Checked::Confirmed => ("confirmed", words.text("badge.confirmed")),
        Checked::Corrected => ("corrected", words.text("badge.corrected")),
    }
}

/// The sentence behind the badge of something read from `articles` articles, of which an editor changed `changed`.
pub(super) fn badge_text(checked: Checked, articles: usize, changed: &[Change], words: &Words) -> String {
    match checked {
        Checked::Extracted => {
            let articles = words.count_in_prose("count.articles", articles);
            words.with("checked.extracted", &[("articles", &articles)])
        }
        _ if articles == 0 => words.text("checked.added").to_owned(),
        Checked::Confirmed => words.text("checked.confirmed").to_owned(),
        Checked::Corrected if changed.is_empty() => words.text("checked.corrected").to_owned(),
        Checked::Corrected => {
            let changed: Vec<&str> = changed.iter().map(|change| label(change.field, words)).collect();
            words.with("checked.corrected_values", &[("values", &changed.join(", "))])
        }
    }
}

/// The same of an attack to which an editor adds `sources` sources: what they say was read by nobody.
pub(super) fn badge_text_of_attack(
    attack: &Attack,
    articles: usize,
    sources: usize,
    words: &Words,
) -> String {
    if attack.checked != Checked::Extracted || sources == 0 {
        return badge_text(attack.checked, articles, &attack.changed, words);
    }
    let articles = words.count_in_prose("count.articles", articles);
    let sources = words.count_in_prose("count.added_sources", sources);
    words.with("checked.extracted_and_added", &[("articles", &articles), ("sources", &sources)])
}

/// What a page says of a reading that is not sure; empty where the words leave little doubt.
pub(super) fn level(level: Level, words: &Words) -> &str {
    match level {
        Level::High => "",
        Level::Medium => words.text("level.medium"),
        Level::Low => words.text("level.low"),
    }
}

/// How well it is sourced: key and words.
pub(super) fn sourcing(sourcing: Sourcing, words: &Words) -> (&'static str, &str) {
    match sourcing {
        Sourcing::Editor => ("editor", words.text("sourcing.editor")),
        Sourcing::Single => ("single", words.text("sourcing.single")),
        Sourcing::Several => ("several", words.text("sourcing.several")),
        Sourcing::Disagreeing => ("disagreeing", words.text("sourcing.disagreeing")),
    }
}

/// How an attack's sources stand to each other, as a sentence without its full stop.
pub(super) fn sourcing_sentence(sourcing: Sourcing, words: &Words) -> &str {
    match sourcing {
        Sourcing::Editor => words.text("sourcing_sentence.editor"),
        Sourcing::Single => words.text("sourcing_sentence.single"),
        Sourcing::Several => words.text("sourcing_sentence.several"),
        Sourcing::Disagreeing => words.text("sourcing_sentence.disagreeing"),
    }
}

/// What some words were read for, in data and class names.
pub(super) fn field_key(field: Field) -> &'static str {
    match field {
        Field::Mention => "mention",
        Field::Name => "name",
        Field::Type => "type",
        Field::Date => "date",
        Field::Place => "place",
        Field::Killed => "killed",
        Field::Injured => "injured",
        Field::Hostages => "hostages",
        Field::Missing => "missing",
        Field::AttackersKilled => "attackers-killed",
        Field::Perpetrator => "perpetrator",
        Field::Target => "target",
        Field::Weapon => "weapon",
    }
}

/// What some words were read for: key, label, and the label inside a sentence.
pub(super) fn field(field: Field, words: &Words) -> (&'static str, &str, &str) {
    let key = field_key(field);
    let find = |part: &str| words.find(&format!("{part}.{}", key.replace('-', "_"))).unwrap_or(key);
    (key, find("field"), find("in_sentence"))
}

/// A toll in words: "94", "141 or more", "up to 300", "20–25".
pub(super) fn toll(toll: Toll, words: &Words) -> String {
    let number = |value: u32| words.number(value as usize);
    match (toll.min, toll.max) {
        (Some(min), Some(max)) if min == max => number(min),
        (Some(min), Some(max)) => words.with("toll.range", &[("min", &number(min)), ("max", &number(max))]),
        (Some(min), None) => words.with("toll.at_least", &[("min", &number(min))]),
        (None, Some(max)) => words.with("toll.at_most", &[("max", &number(max))]),
        (None, None) => words.text("toll.unknown").to_owned(),
    }
}

/// So many characters of a sentence tell it from others.
pub(super) const BEGINNING: usize = 40;

/// The beginning of `text` in at most `limit` characters, on one line, cut between words and not within brackets.
pub(super) fn excerpt(text: &str, limit: usize) -> String {
    let mut excerpt = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        if length + word_length + 1 > limit && !excerpt.is_empty() {
            let opened = excerpt.rfind(['(', '[']).filter(|at| !excerpt[*at..].contains([')', ']']));
            excerpt.truncate(opened.filter(|at| *at > 0).unwrap_or(excerpt.len()));
            excerpt.truncate(excerpt.trim_end_matches([',', ';', ':', '–', '—', ' ']).len());
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
        let english = Words::of("en");
        let words = |min, max| toll(Toll { min, max }, &english);
        assert_eq!(words(Some(94), Some(94)), "94");
        assert_eq!(words(Some(141), None), "141 or more");
        assert_eq!(words(None, Some(300)), "up to 300");
        assert_eq!(words(Some(20), Some(25)), "20–25");
        assert_eq!(words(Some(1101), None), "1,101 or more");
    }

    #[test]
    fn an_excerpt_ends_between_words() {
        assert_eq!(excerpt("One two,\nthree four", 9), "One two…");
        assert_eq!(excerpt("One two", 9), "One two");
        assert_eq!(excerpt("Volume 1 (June 2021), volume 2", 15), "Volume 1…");
        assert_eq!(excerpt("Volume 1 (June 2021), volume 2", 22), "Volume 1 (June 2021)…");
        assert_eq!(excerpt("(One two three)", 9), "(One two…", "not nothing");
    }
}
