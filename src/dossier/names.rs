//! Names as keys: what is left of a name when spelling, case and decoration are taken off.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, apostrophes and punctuation, words apart by one space.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    if name.is_ascii() {
        for letter in name.bytes() {
            if letter.is_ascii_alphanumeric() {
                folded.push(char::from(letter.to_ascii_lowercase()));
            } else if !matches!(letter, b'\'' | b'.') && !folded.ends_with(' ') && !folded.is_empty() {
                folded.push(' ');
            }
        }
        folded.truncate(folded.trim_end().len());
        return folded;
    }
    for letter in name.nfd().filter(|letter| !is_combining_mark(*letter)) {
        if letter.is_alphanumeric() {
            folded.extend(letter.to_lowercase());
        } else if !matches!(letter, '\'' | '’' | '.') && !folded.ends_with(' ') && !folded.is_empty() {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A place's name as a key: "the Bataclan theatre" and "Bataclan Theatre" are one.
pub(super) fn place_key(place: &str) -> String {
    let folded = fold(place);
    folded.strip_prefix("the ").unwrap_or(&folded).to_owned()
}

/// The entries of an embedded list: one a line, `#` for a remark.
pub(super) fn list(text: &'static str) -> HashSet<&'static str> {
    let entries = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    entries.filter(|entry| !entry.is_empty()).collect()
}

/// Whether a folded word of an attack's name or target tells it from others: "omagh" does, "bombing" and "12" do not.
pub(super) fn is_telling(word: &str) -> bool {
    static OTHERS: LazyLock<HashSet<&str>> = LazyLock::new(|| list(include_str!("words/not-telling.txt")));
    word.len() > 2 && !word.starts_with(|first: char| first.is_ascii_digit()) && !OTHERS.contains(word)
}

/// A person's name as a key: given name and surname, without middle initials and suffixes.
///
/// "James R. Smith Jr" and "James Smith" share one; "J. Smith" does not, and neither does "Smith".
pub(super) fn person_key(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let last = words.len().saturating_sub(1);
    let kept = words.iter().enumerate().filter(|(at, word)| {
        let middle_initial = *at > 0 && *at < last && word.chars().count() == 1;
        let suffix = *at > 0 && matches!(**word, "jr" | "sr" | "ii" | "iii" | "iv");
        !middle_initial && !suffix
    });
    kept.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
}

/// Small words that belong to the surname that follows them.
const PARTICLES: &[&str] = &[
    "al", "el", "bin", "ibn", "ben", "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos",
    "la", "le", "du", "ter", "ten", "zu", "abu", "st", "mac", "mc", "bint", "dal",
];

/// Surname first, particles with the surname: "Giovanni della Casa" gives "della Casa, Giovanni".
///
/// A name of one word, and one that has a comma already, stays as it is.
pub(super) fn surname_first(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 || name.contains(',') {
        return name.to_owned();
    }
    let suffixes = words.iter().rev().take_while(|word| is_suffix(word)).count();
    let end = words.len() - suffixes;
    let mut surname = end.saturating_sub(1);
    while surname > 1 && PARTICLES.contains(&words[surname - 1].to_lowercase().as_str()) {
        surname -= 1;
    }
    if surname == 0 {
        return name.to_owned();
    }
    let family = words[surname..].join(" ");
    format!("{family}, {}", words[..surname].join(" "))
}

/// Whether a word behind a name tells father from son, in any case.
pub(super) fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.').to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_tell_people_apart() {
        assert_eq!(person_key("José R. Muñoz Jr."), "jose munoz");
        assert_eq!(person_key("Jose Munoz"), "jose munoz");
        assert_ne!(person_key("J. Munoz"), person_key("Jose Munoz"));
        assert_eq!(person_key("Sana’a O'Neil"), "sanaa oneil");
    }

    #[test]
    fn surnames_come_first_with_their_particles() {
        assert_eq!(surname_first("Ludwig van der Berg"), "van der Berg, Ludwig");
        assert_eq!(surname_first("Maria Sole"), "Sole, Maria");
        assert_eq!(surname_first("John Hale Jr."), "Hale Jr., John");
        assert_eq!(surname_first("Madonna"), "Madonna");
    }

    #[test]
    fn only_telling_words_make_a_name() {
        assert!(is_telling("omagh") && !is_telling("bombing") && !is_telling("12"));
        assert_eq!(place_key("the Bataclan theatre"), place_key("Bataclan Theatre"));
    }
}
