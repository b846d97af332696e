//! Whether two names can be names of one person: spelling, short forms, initials, the family name first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::names::{fold, is_suffix};

/// A name in its parts, each folded and in its usual spelling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PersonName {
    /// Given names or initials, then the family name; "al-" is left out.
    parts: Vec<String>,
    /// The names that the first part may be a short form of.
    full: Vec<&'static str>,
    /// "jr".
    suffix: Option<String>,
    /// The name folded, as it is written.
    written: String,
}

/// How two names fit.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// A family name alone.
    Short,
    /// An initial for the given name.
    Initial,
    /// One has a family name more than the other.
    LongerForm,
    /// The family name stands first in one of them.
    Turned,
    /// A short form of the given name.
    Nickname,
    /// Another spelling.
    Spelling,
    /// The same but for middle names, accents and signs.
    Same,
}

impl PersonName {
    pub(super) fn new(name: &str) -> PersonName {
        let folded = fold(name);
        let mut parts: Vec<String> = Vec::new();
        let mut suffix = None;
        for (at, part) in folded.split(' ').enumerate() {
            if at > 0 && is_suffix(part) {
                suffix = Some(part.to_owned());
            } else if !matches!(part, "al" | "el" | "ul") || (at == 0 && name.starts_with("Al ")) {
                // "Al Harrow" is a man called Al; "al-Harrow" and "Al-Harrow" are a family name.
                parts.push(usual(part).to_owned());
            }
        }
        let full = parts.first().map(|first| full_names(first).to_vec()).unwrap_or_default();
        PersonName { parts, full, suffix, written: folded }
    }

    /// The family name, where the name is written in the usual order.
    fn family(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    /// Whether it is one word.
    pub(super) fn is_short(&self) -> bool {
        self.parts.len() < 2
    }

    /// Whether its given name is only an initial.
    pub(super) fn is_initial(&self) -> bool {
        !self.is_short() && self.parts[0].chars().count() == 1
    }

    /// What the name is looked up by: a family name with the first letter of a given name, in both orders, and for a
    /// short form with that of each name it may stand for.
    pub(super) fn keys(&self) -> Vec<(String, char)> {
        let Some((first, family)) = self.parts.first().zip(self.parts.last()) else { return Vec::new() };
        if self.is_short() {
            return Vec::new();
        }
        let letters = |name: &str| -> BTreeSet<char> {
            let stands_for = full_names(name).iter().copied();
            [name].into_iter().chain(stands_for).filter_map(|name| name.chars().next()).collect()
        };
        let mut keys: Vec<(String, char)> =
            letters(first).into_iter().map(|letter| (family.clone(), letter)).collect();
        keys.extend(family.chars().next().map(|letter| (first.clone(), letter)));
        if let [.., before, _] = &self.parts[1..] {
            // "Ana Lopez Marin" is looked for under "Lopez" too.
            keys.extend(letters(first).into_iter().map(|letter| (before.clone(), letter)));
        }
        keys
    }

    /// All parts in their usual spelling.
    pub(super) fn whole(&self) -> String {
        self.parts.join(" ")
    }

    /// The words under which somebody is found by a family name alone.
    pub(super) fn family_key(&self) -> &str {
        self.family()
    }

    /// How the two fit, if they can be names of one person.
    pub(super) fn fits(&self, other: &PersonName) -> Option<Fit> {
        if let (Some(one), Some(two)) = (&self.suffix, &other.suffix)
            && one != two
        {
            return None;
        }
        let (a, b) = (&self.parts, &other.parts);
        if a.is_empty() || b.is_empty() {
            return None;
        }
        if self.is_short() || other.is_short() {
            let both = self.is_short() && other.is_short();
            return (self.family() == other.family()).then_some(if both { Fit::Same } else { Fit::Short });
        }
        if self.family() == other.family()
            && let Some(fit) = given_fit(self, other)
        {
            let respelt =
                fit == Fit::Same && self.parts.len() == other.parts.len() && self.written != other.written;
            let accents_only = respelt && self.written.replace(' ', "") == other.written.replace(' ', "");
            return Some(if respelt && !accents_only && !one_has_an_article(self, other) {
                Fit::Spelling
            } else {
                fit
            });
        }
        let sorted = |parts: &[String]| -> Vec<String> {
            let mut sorted = parts.to_vec();
            sorted.sort_unstable();
            sorted
        };
        if a.len() == b.len() && a[0] != b[0] && sorted(a) == sorted(b) {
            return Some(Fit::Turned);
        }
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        (short.len() + 1 == long.len() && short.len() >= 2 && long.starts_with(short) && short[0].len() > 1)
            .then_some(Fit::LongerForm)
    }

    /// Whether one says "Jr" and the other nothing.
    pub(super) fn suffix_of_one(&self, other: &PersonName) -> bool {
        self.suffix.is_some() != other.suffix.is_some()
    }
}

/// Whether the names differ only by "al-".
fn one_has_an_article(one: &PersonName, two: &PersonName) -> bool {
    let bare = |name: &PersonName| name.written.replace(" al ", " ").replace(" el ", " ");
    bare(one) == bare(two)
}

/// How the given names of two people of one family name fit.
fn given_fit(one: &PersonName, two: &PersonName) -> Option<Fit> {
    let given = |name: &'_ PersonName| name.parts.len() - 1;
    let (a, b) = (&one.parts[..given(one)], &two.parts[..given(two)]);
    let stands_for = |full: &[&str], name: &str| full.contains(&name);
    let short_form = || {
        stands_for(&one.full, &b[0])
            || stands_for(&two.full, &a[0])
            || one.full.iter().any(|name| two.full.contains(name))
    };
    let fit = part_fit(&a[0], &b[0]).or_else(|| short_form().then_some(Fit::Nickname))?;
    // Middle names: where both give one, it must be the same, or its initial.
    for (one, two) in a[1..].iter().zip(&b[1..]) {
        part_fit(one, two)?;
    }
    Some(fit)
}

fn part_fit(one: &str, two: &str) -> Option<Fit> {
    let is_initial = |part: &str| part.chars().nth(1).is_none();
    if one == two {
        return Some(if is_initial(one) { Fit::Initial } else { Fit::Same });
    }
    let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
    (is_initial(short) && long.starts_with(short)).then_some(Fit::Initial)
}

/// A part of a name in its usual spelling.
fn usual(part: &str) -> &str {
    static SPELLINGS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
        let lines = lines(include_str!("words/spellings.txt"));
        lines
            .flat_map(|line| {
                let usual = line.split_whitespace().next().unwrap_or_default();
                line.split_whitespace().map(move |spelling| (spelling, usual))
            })
            .collect()
    });
    SPELLINGS.get(part).copied().unwrap_or(part)
}

/// The names that `name` may be a short form of.
fn full_names(name: &str) -> &'static [&'static str] {
    FULL_NAMES.get(name).map_or(&[], Vec::as_slice)
}

/// The names that a short form stands for.
static FULL_NAMES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut full: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for line in lines(include_str!("words/nicknames.txt")) {
        let Some((name, short)) = line.split_once(':') else { continue };
        for short in short.split_whitespace() {
            full.entry(usual(short)).or_default().push(usual(name));
        }
    }
    full
});

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(one: &str, two: &str) -> Option<Fit> {
        let (one, two) = (PersonName::new(one), PersonName::new(two));
        let fit = one.fits(&two);
        assert_eq!(fit, two.fits(&one), "the order of the two does not matter");
        if fit.is_some_and(|fit| fit != Fit::Short) && !one.is_short() {
            let keys = one.keys();
            assert!(two.keys().iter().any(|key| keys.contains(key)), "{one:?} does not find {two:?}");
        }
        fit
    }

    #[test]
    fn forms_of_one_name_fit() {
        for (one, two, expected) in [
            ("José R. Muñoz Jr.", "Jose Munoz", Fit::Same),
            ("James Harrow", "Jim Harrow", Fit::Nickname),
            ("Peggy Orde", "Margaret Orde", Fit::Nickname),
            ("Mohammed Siraj", "Muhammad Siraj", Fit::Spelling),
            ("Yusuf al-Rashidi", "Yousef Al-Rashidi", Fit::Spelling),
            ("Yusuf al-Rashidi", "Yusuf Rashidi", Fit::Same),
            ("J. R. Wexford", "Judith Wexford", Fit::Initial),
            ("Nagy Ferenc", "Ferenc Nagy", Fit::Turned),
            ("Ana Lopez", "Ana Lopez Marin", Fit::LongerForm),
            ("Harrow", "James Harrow", Fit::Short),
        ] {
            assert_eq!(fit(one, two), Some(expected), "{one} and {two}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for (one, two) in [
            ("Johan Brandt", "Julia Brandt"),
            ("James R. Smith", "James T. Smith"),
            ("Edgar Pellan Sr.", "Edgar Pellan Jr."),
            ("Hassan Karimi", "Hussein Karimi"),
            ("Maria Lund", "Maria Lind"),
        ] {
            assert_eq!(fit(one, two), None, "{one} and {two}");
        }
    }
}
