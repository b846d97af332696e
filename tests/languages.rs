//! The strings files: every language has every key, every key is used, and every value that a text takes is in all.

#![expect(clippy::disallowed_methods, reason = "the test reads the program's sources and templates")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use dateline::words::{Words, languages};

/// All files below some folders whose names end in `ending`, as one text.
fn texts_of(folders: &[&str], ending: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    let mut folders: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending)
                && let Ok(words) = std::fs::read_to_string(&path)
            {
                text.push_str(&words);
            }
        }
    }
    text
}

/// The languages with a file of their own words: a regional file only says what is different.
fn whole() -> BTreeMap<&'static str, &'static BTreeMap<String, String>> {
    languages().filter(|(tag, _)| !tag.contains('-')).collect()
}

/// The names between braces.
fn values(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|from| Some(from.split_once('}')?.0)).collect()
}

#[test]
fn every_language_has_every_key_and_no_other() {
    let whole = whole();
    assert!(whole.len() >= 2, "there is a second language");
    let english: BTreeSet<&String> = whole["en"].keys().collect();
    for (tag, texts) in &whole {
        let keys: BTreeSet<&String> = texts.keys().collect();
        let missing: Vec<_> = english.difference(&keys).collect();
        let unknown: Vec<_> = keys.difference(&english).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{tag}: missing {missing:?}, unknown {unknown:?}");
        assert!(texts.values().all(|text| !text.trim().is_empty()), "{tag} has words for everything");
    }
}

#[test]
fn every_text_takes_the_same_values_in_every_language() {
    let english = &whole()["en"];
    for (tag, texts) in languages() {
        for (key, text) in texts {
            let here = values(text);
            let there = values(&english[key]);
            // A number that the form says already, and what other languages put elsewhere in a date, need not be said.
            let known = here.is_subset(&there) || key.starts_with("date.") || key.ends_with(".other");
            assert!(known, "{tag}: `{key}` takes {here:?}, in English {there:?}");
            let all = there.is_subset(&here) || key.ends_with(".one") || key.ends_with(".zero");
            assert!(all, "{tag}: `{key}` leaves out what it is given: {there:?}");
        }
    }
}

#[test]
fn every_key_is_used() {
    let sources = texts_of(&["src", "templates"], "");
    // Keys of which the code makes the last part from a kind, a field or a state.
    let made = ["kind.", "field.", "in_sentence.", "search.kind_", "country.", "column."];
    let used = |key: &str| {
        let whole = key.trim_end_matches(".one").trim_end_matches(".other").trim_end_matches(".zero");
        let (part, name) = whole.split_once('.').unwrap_or(("", whole));
        let by_title = part == "title" && sources.contains(&format!("\"{name}\""));
        sources.contains(&format!("\"{whole}\""))
            || made.iter().any(|start| key.starts_with(start))
            || by_title
    };
    let unused: Vec<&String> = whole()["en"].keys().filter(|key| !used(key)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?}");
}

#[test]
fn every_key_that_is_used_exists() {
    let words = Words::default();
    let sources = texts_of(&["templates"], "");
    let asked = sources.split("\" | word").filter_map(|before| before.rsplit_once('"').map(|(_, key)| key));
    let mut count = 0;
    for key in asked.filter(|key| key.contains('.') && !key.contains([' ', '\n', '{'])) {
        let known = words.find(key).is_some() || words.find(&format!("{key}.other")).is_some();
        assert!(known, "there are no words `{key}`");
        count += 1;
    }
    assert!(count >= 10, "templates ask for words");
}

#[test]
fn countries_are_called_as_the_program_calls_them() {
    for (key, name) in whole()["en"] {
        if let Some(code) = key.strip_prefix("country.") {
            assert_eq!(dateline::country::known_name(code), Some(name.as_str()));
        }
    }
}

/// What stands in a template outside tags, expressions and comments.
fn plain_words(template: &str) -> String {
    let mut plain = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">"), ("&", ";")] {
        let mut kept = String::new();
        let mut rest = plain.as_str();
        while let Some((before, from)) = rest.split_once(open) {
            kept.push_str(before);
            rest = from.split_once(close).map_or("", |(_, after)| after);
        }
        kept.push_str(rest);
        plain = kept;
    }
    plain
}

#[test]
fn no_words_stand_in_a_template_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let words = plain_words(&std::fs::read_to_string(&path).unwrap());
        let words: Vec<&str> =
            words.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).collect();
        assert!(words.is_empty(), "{}: {words:?} belong into languages/", path.display());
    }
    assert_eq!(
        plain_words("<p a='b'>Dates {{ x }} &amp; {% if y %}tolls{% endif %}{# no #}</p>").trim(),
        "Dates   tolls"
    );
}

#[test]
fn pages_of_a_german_site_say_nothing_in_english() {
    let (english, german) = (whole()["en"], whole()["de"]);
    let pages = texts_of(&["tests/sites/german/expected"], ".html");
    let said = |text: &str| {
        let parts = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
        let long =
            parts.map(str::trim).filter(|part| part.len() >= 12 && part.contains(' ')).collect::<Vec<_>>();
        long.into_iter().find(|part| pages.contains(*part)).map(str::to_owned)
    };
    let left = english
        .iter()
        .filter(|(key, text)| german[*key] != **text)
        .filter_map(|(key, text)| said(text).map(|part| format!("{key}: {part}")));
    assert_eq!(left.collect::<Vec<_>>(), Vec::<String>::new());
    let known = german.values().filter(|text| text.len() >= 12 && pages.contains(text.as_str())).count();
    assert!(known > 60, "only {known} German texts stand on the pages of the German site");
    assert!(pages.contains("Angriff mit Schusswaffen in Lima, Peru"), "headlines are made in German");
}
