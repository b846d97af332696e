//! The line under a headline that says who wrote it and when.

use super::super::dates::date_line;
use super::lines::is_invisible;
use crate::edtf::Edtf;

/// What a byline says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::document) struct Byline {
    /// Who wrote it, without posts and papers.
    pub(in crate::document) authors: Vec<String>,
    /// The day it was published, where there is no doubt.
    pub(in crate::document) published: Option<Edtf>,
    /// The day it was last changed, where there is no doubt.
    pub(in crate::document) updated: Option<Edtf>,
}

/// The longest line that may be a byline, in bytes.
const LONGEST: usize = 200;

/// Words that stand in the name of a paper or agency, or of a post in it, and hardly ever in that of a person.
const NOT_NAMES: [&str; 32] = [
    "staff",
    "reporter",
    "reporters",
    "writer",
    "writers",
    "correspondent",
    "editor",
    "editors",
    "desk",
    "agency",
    "agencies",
    "news",
    "press",
    "times",
    "post",
    "reuters",
    "herald",
    "tribune",
    "guardian",
    "contributor",
    "bureau",
    "chief",
    "associated",
    "wire",
    "wires",
    "service",
    "today",
    "online",
    "team",
    "newsroom",
    "media",
    "analyst",
];

/// Small words inside names.
const PARTICLES: [&str; 22] = [
    "and", "&", "with", "de", "del", "della", "der", "den", "di", "da", "do", "dos", "du", "la", "le", "van",
    "von", "bin", "ibn", "al", "el", "ter",
];

/// Small words after a name: "for The Gazette, in Lagos".
const ATTACHED: [&str; 24] = [
    "in",
    "for",
    "at",
    "of",
    "the",
    "senior",
    "special",
    "foreign",
    "political",
    "security",
    "crime",
    "affairs",
    "staff",
    "reporter",
    "writer",
    "correspondent",
    "editor",
    "and",
    "chief",
    "our",
    "national",
    "defence",
    "defense",
    "world",
];

/// Reads `line` as a byline; `None` if it holds anything else.
pub(in crate::document) fn read(line: &str) -> Option<Byline> {
    if line.len() > LONGEST {
        return None;
    }
    let mut byline = Byline::default();
    let mut known = 0;
    let mut parts: Vec<String> = Vec::new();
    for part in line.split(['|', '•', '·', '—', '–', '\n', '\r']) {
        parts.extend(part.split(" - ").map(|part| part.trim_matches(is_invisible).to_owned()));
    }
    parts.retain(|part| !part.is_empty());
    for (at, part) in parts.iter().enumerate() {
        if let Some(found) = date_line(part) {
            let slot = if found.update { &mut byline.updated } else { &mut byline.published };
            *slot = slot.take().or(found.date);
            known += 1;
        } else if let Some(names) = after_by(part) {
            byline.authors.extend(authors(names)?);
            known += 1;
        } else if is_reading_time(part) {
            known += 1;
        } else if !(at > 0 && parts.len() > 1 && is_outlet(part)) {
            return dated_and_signed(part).filter(|_| parts.len() == 1);
        }
    }
    (known > 0).then_some(byline)
}

/// "By Jane Doe, 22 June 2021" and "22 June 2021 By Jane Doe", without a mark between them.
fn dated_and_signed(line: &str) -> Option<Byline> {
    let lower = line.to_ascii_lowercase();
    let at = lower.find(" by ")?;
    let found = date_line(&line[..at])?;
    let authors = authors(&line[at + 4..])?;
    let (published, updated) = if found.update { (None, found.date) } else { (found.date, None) };
    Some(Byline { authors, published, updated })
}

fn after_by(part: &str) -> Option<&str> {
    let labels = [
        "by ",
        "written by ",
        "story by ",
        "report by ",
        "words by ",
        "by: ",
        "author: ",
        "posted by ",
        "published by ",
    ];
    labels.iter().find_map(|label| {
        part.get(..label.len())
            .filter(|start| start.eq_ignore_ascii_case(label))
            .map(|_| &part[label.len()..])
    })
}

/// The people in "Jane Doe and John Roe, senior reporters, in Lagos". `None` if it reads like prose.
fn authors(words: &str) -> Option<Vec<String>> {
    let mut people = Vec::new();
    for (at, part) in words.split([',', ';']).enumerate() {
        let part = part.trim();
        if date_line(part).is_some() || part.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') {
            continue;
        }
        if !part
            .split_whitespace()
            .all(|word| is_name_word(word) || (at > 0 && is_attached(word)) || is_attached_inside(part, word))
        {
            return None;
        }
        let name = [" for ", " in ", " at ", " of "]
            .iter()
            .find_map(|cut| part.split_once(cut))
            .map_or(part, |(name, _)| name);
        for name in
            name.split(" and ").flat_map(|names| names.split(" & ")).flat_map(|names| names.split(" AND "))
        {
            let name = name.trim();
            let outlet =
                name.split_whitespace().any(|word| NOT_NAMES.contains(&word.to_lowercase().as_str()));
            // After a comma, a single word or initials are a place or a paper.
            let lone = at > 0 && (!name.contains(' ') || name.split_whitespace().any(is_initials));
            if !name.is_empty() && !outlet && !lone && name.starts_with(char::is_uppercase) {
                people.push(name.to_owned());
            }
        }
    }
    (words.split_whitespace().count() <= 24 && words.contains(char::is_alphabetic)).then_some(people)
}

fn is_name_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| ".,()'’".contains(c));
    PARTICLES.contains(&bare.to_lowercase().as_str())
        || (bare.starts_with(char::is_uppercase) || bare.starts_with("al-"))
            && !bare.contains(|c: char| c.is_ascii_digit())
        || bare.is_empty()
}

fn is_attached(word: &str) -> bool {
    ATTACHED.contains(&word.trim_matches('.').to_lowercase().as_str())
}

/// Small words are fine after the name itself: "Jane Doe in Lagos".
fn is_attached_inside(part: &str, word: &str) -> bool {
    is_attached(word) && part.split_whitespace().next().is_some_and(|first| first != word)
}

fn is_initials(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

fn is_outlet(part: &str) -> bool {
    part.split_whitespace().count() <= 5 && part.split_whitespace().all(is_name_word) && !part.ends_with('.')
}

fn is_reading_time(part: &str) -> bool {
    let lower = part.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| c.is_whitespace() || c == '-').collect();
    words.len() <= 4
        && words[0].bytes().all(|byte| byte.is_ascii_digit())
        && words.last() == Some(&"read")
        && words.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Option<(Vec<String>, Option<String>)> {
        read(line).map(|byline| (byline.authors, byline.published.map(|date| date.to_string())))
    }

    fn says(authors: &[&str], published: Option<&str>) -> Option<(Vec<String>, Option<String>)> {
        Some((authors.iter().map(|name| (*name).to_owned()).collect(), published.map(str::to_owned)))
    }

    #[test]
    fn names_and_dates_are_read() {
        assert_eq!(
            shown("22 June 2021, 05:13 — By Ingrid Solomar"),
            says(&["Ingrid Solomar"], Some("2021-06-22"))
        );
        assert_eq!(
            shown("By Jane Doe and John van der Roe, BBC News"),
            says(&["Jane Doe", "John van der Roe"], None)
        );
        assert_eq!(shown("BY JANE DOE"), says(&["JANE DOE"], None));
        assert_eq!(shown("By Jane Doe in Lagos"), says(&["Jane Doe"], None));
        assert_eq!(shown("By Jane Doe, senior security correspondent"), says(&["Jane Doe"], None));
        assert_eq!(shown("Published 3 May 2020 | 5 min read"), says(&[], Some("2020-05-03")));
        assert_eq!(
            shown("By Jane Doe | June 3, 2020 | The Gazette"),
            says(&["Jane Doe"], Some("2020-06-03"))
        );
        assert_eq!(shown("June 3, 2020 by Jane Doe"), says(&["Jane Doe"], Some("2020-06-03")));
        assert_eq!(shown("03/04/2020"), says(&[], None));
    }

    #[test]
    fn a_change_is_no_publication() {
        let byline = read("Last updated 4 May 2020").unwrap();
        assert_eq!((byline.published, byline.updated.unwrap().to_string()), (None, "2020-05-04".to_owned()));
    }

    #[test]
    fn prose_is_no_byline() {
        for line in [
            "By 2019, the town had been rebuilt",
            "By the time police arrived, the men had gone.",
            "In May 2020 a bomb went off",
            "Bomb kills three",
            "By train to Lagos",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
