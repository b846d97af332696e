//! Names to safe, stable, unique URL paths.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest slug that [`slugify`] makes, in bytes (which are ASCII characters).
pub const MAX_LENGTH: usize = 80;

/// The longest slug that [`slugify_file`] makes, in bytes: a folder of that name stands on any file system.
pub const MAX_OF_FILE: usize = 200;

/// Names that Windows reserves for devices, in any folder and with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The slug of `name`: ASCII lower-case letters, digits and single hyphens, at most [`MAX_LENGTH`] bytes, cut
/// between words. Where `name` has no letter and no digit, the slug of `fallback`; where that has none either,
/// `untitled`.
///
/// Letters of other scripts are spelled in Latin ones (`Беслан` gives `beslan`), marks such as accents are dropped.
pub fn slugify(name: &str, fallback: &str) -> String {
    [name, fallback]
        .into_iter()
        .find_map(|name| spell(name, MAX_LENGTH))
        .unwrap_or_else(|| "untitled".to_owned())
}

/// The slug of a file's name, without its ending: as [`slugify`] makes it, but for its length. The name is its author's and
/// unlike its neighbours', so an address shows all of it, up to [`MAX_OF_FILE`] bytes.
pub fn slugify_file(name: &str, fallback: &str) -> String {
    let whole = |name| spell(name, MAX_OF_FILE);
    whole(name).or_else(|| whole(fallback)).unwrap_or_else(|| "untitled".to_owned())
}

/// Whether `text` is already a slug that [`slugify`] could have made, of any length.
pub fn is_slug(text: &str) -> bool {
    let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty()
        && text.chars().all(safe)
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && !is_device(text)
}

/// Makes slugs unique: the first of several equal ones stays as it is, the others get `-2`, `-3` … in order.
///
/// A suffixed slug never takes one that stands in `slugs` by itself, so adding an article changes no other's URL
/// unless their headlines are equal.
pub fn unique<I>(slugs: I) -> Vec<String>
where
    I: IntoIterator<Item = String>,
{
    let slugs: Vec<String> = slugs.into_iter().collect();
    let mut taken: BTreeSet<String> = slugs.iter().cloned().collect();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut result = Vec::with_capacity(slugs.len());
    for slug in slugs {
        let time = times.entry(slug.clone()).or_insert(0);
        *time += 1;
        if *time == 1 {
            result.push(slug);
            continue;
        }
        loop {
            let candidate = format!("{slug}-{time}");
            if taken.insert(candidate.clone()) {
                result.push(candidate);
                break;
            }
            *time += 1;
        }
    }
    result
}

/// `base`, or `base-2`, `base-3` … : the first that is not `used`. `numbers` remembers where each base has got to.
pub fn numbered(base: &str, used: &mut BTreeSet<String>, numbers: &mut BTreeMap<String, u32>) -> String {
    let number = numbers.entry(base.to_owned()).or_insert(0);
    loop {
        *number += 1;
        let id = if *number == 1 { base.to_owned() } else { format!("{base}-{number}") };
        if used.insert(id.clone()) {
            return id;
        }
    }
}

/// At most `longest` bytes; `None` where nothing that can be spelled is left.
fn spell(name: &str, longest: usize) -> Option<String> {
    let mut slug = String::new();
    for c in name.nfkc() {
        if !c.is_alphanumeric() {
            if !is_joiner(c) && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
            continue;
        }
        let spelled = deunicode::deunicode_char(c).unwrap_or_default();
        for latin in spelled.chars() {
            if latin.is_ascii_alphanumeric() {
                slug.push(latin.to_ascii_lowercase());
            } else if !is_joiner(latin) && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        if slug.len() > longest + 1 {
            break;
        }
    }
    if slug.len() > longest {
        // Prefer to cut between words; a first word that is longer than everything is cut where it must.
        let cut = slug[..=longest].rfind('-').unwrap_or(longest);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        return None;
    }
    if is_device(&slug) {
        slug.push_str("-page");
    }
    Some(slug)
}

/// Marks inside a word, which is not broken there: "don't" gives `dont`.
fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || is_combining_mark(c)
}

fn is_device(slug: &str) -> bool {
    let numbered = |stem: &str| {
        slug.strip_prefix(stem).is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    DEVICES.contains(&slug) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slug(name: &str) -> String {
        slugify(name, "fallback")
    }

    #[test]
    fn a_file_keeps_its_number_however_long_its_name_is() {
        let name = format!("{}-00931", "court-hears-evidence".repeat(5));
        assert_eq!(slugify_file(&name, "article"), name);
        assert!(slug(&name).len() <= MAX_LENGTH);
        let longest = slugify_file(&"Щ".repeat(127), "article");
        assert!(longest.len() <= MAX_OF_FILE, "{longest}");
        assert_eq!(slugify_file("…", "article"), "article");
    }

    #[test]
    fn words_become_lower_case_latin_with_hyphens() {
        assert_eq!(slug("Siege at School No. 1: what we know"), "siege-at-school-no-1-what-we-know");
        assert_eq!(slug("Don’t forget the Zürich café — 2004"), "dont-forget-the-zurich-cafe-2004");
        assert_eq!(slug("Захват школы в Беслане"), "zakhvat-shkoly-v-beslane");
        assert_eq!(slug("e\u{301}te\u{301}"), "ete");
        assert_eq!(slug("ﬁrst ½"), "first-1-2");
    }

    #[test]
    fn a_name_without_letters_falls_back() {
        assert_eq!(slug("!!! … ???"), "fallback");
        assert_eq!(slug("🙂🙂"), "fallback");
        assert_eq!(slugify("…", "../.."), "untitled");
    }

    #[test]
    fn paths_and_devices_are_harmless() {
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("CON"), "con-page");
        assert_eq!(slug("com1"), "com1-page");
        assert_eq!(slug("Constable"), "constable");
    }

    #[test]
    fn a_long_headline_is_cut_between_words() {
        let long = slug(&"sixteen letters ".repeat(10));
        assert_eq!(long, "sixteen-letters-sixteen-letters-sixteen-letters-sixteen-letters-sixteen-letters");
        assert_eq!(slug(&"x".repeat(500)).len(), MAX_LENGTH);
    }

    #[test]
    fn equal_slugs_get_numbers_that_nobody_else_has() {
        let slugs = ["a", "b", "a", "a-2", "a"].map(str::to_owned);
        assert_eq!(unique(slugs), ["a", "b", "a-3", "a-2", "a-4"]);
    }

    proptest! {
        #[test]
        fn any_name_gives_a_stable_slug(name in "\\PC{0,200}") {
            let slug = slug(&name);
            prop_assert!(is_slug(&slug), "{slug:?}");
            prop_assert!(slug.len() <= MAX_LENGTH + "-page".len());
            prop_assert_eq!(slugify(&slug, ""), slug);
        }
    }
}
