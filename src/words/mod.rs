//! The words of the interface, one file a language (`languages/*.toml`), and what a site changes in them.
//!
//! Keys are those of `languages/en.toml`, joined by dots: `badge.confirmed`. A language that lacks a key has the English
//! words for it; a test holds that none does.

mod embedded;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use embedded::languages;

/// The words of one language, as one site has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// By key, all of them: those of English, over them the language's, its region's, and the site's own.
    texts: Arc<BTreeMap<String, String>>,
}

impl Default for Words {
    fn default() -> Self {
        Words::of("en")
    }
}

impl Words {
    /// The words of `language` (BCP 47): of `de-AT` those of `de-AT`, else of `de`, else of English.
    pub fn of(language: &str) -> Self {
        Words { texts: embedded::texts(language) }
    }

    /// Whether there are words of `language` (BCP 47), of its region or without.
    pub fn has(language: &str) -> bool {
        embedded::own_texts(language).is_some()
    }

    /// The same with words of the site's own, by key.
    #[must_use]
    pub fn with_own(&self, own: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut texts = BTreeMap::clone(&self.texts);
        texts.extend(own);
        Words { texts: Arc::new(texts) }
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// The words at `key`, if there is such a key.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The words at `key`. What has no words is called by its key, which `tests/languages.rs` holds to be nothing.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The words at `key`, with each `{name}` replaced by its value.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// The name of the country with this ISO 3166-1 alpha-2 code; the code itself where it is not known.
    pub fn country<'a>(&'a self, code: &'a str) -> &'a str {
        self.find(&format!("country.{code}")).unwrap_or(code)
    }

    /// The same as it stands inside a sentence: "the United Kingdom".
    pub fn country_in_sentence(&self, code: &str) -> String {
        let name = self.country(code);
        if self.text("countries.with_article").split(' ').any(|it| it == code) {
            return self.with("countries.article", &[("country", name)]);
        }
        name.to_owned()
    }

    /// A label as it stands inside a sentence: in small letters, but in languages that write nouns with capitals.
    pub fn in_sentence(&self, label: &str) -> String {
        if self.text("nouns") == "capital" { label.to_owned() } else { label.to_lowercase() }
    }

    /// The words at `key` for `count` things: `{n}` is the number.
    pub fn count(&self, key: &str, count: usize) -> String {
        fill(self.form(key, count), &[("n", &self.number(count))])
    }

    /// The words at `key` for `count` things: `{n}` is the number, in words below ten, as it stands in prose.
    pub fn count_in_prose(&self, key: &str, count: usize) -> String {
        let in_words = self.text("numbers").split(' ').nth(count).map(str::to_owned);
        fill(self.form(key, count), &[("n", &in_words.unwrap_or_else(|| self.number(count)))])
    }

    /// A number with the language's mark between thousands: "1,100".
    pub fn number(&self, value: usize) -> String {
        let digits = value.to_string();
        let mark = self.text("thousands");
        let mut text = String::with_capacity(digits.len() + 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(mark);
            }
            text.push(digit);
        }
        text
    }

    /// Which of the forms at `key` a number has: `zero` where there is one, `one`, `other` (CLDR, as English and German
    /// have it).
    fn form(&self, key: &str, count: usize) -> &str {
        let form = |name: &str| self.find(&format!("{key}.{name}"));
        let special = match count {
            0 => form("zero"),
            1 => form("one"),
            _ => None,
        };
        special.or_else(|| form("other")).unwrap_or_default()
    }
}

/// `text` with each `{name}` replaced by its value; anything else between braces stays.
fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let Some(end) = from.find('}') else {
            rest = from;
            break;
        };
        let name = from.get(1..end).unwrap_or_default();
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&from[..=end]),
        }
        rest = &from[end + 1..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fill_their_places_and_are_not_read_again() {
        assert_eq!(fill("{a} of {b}, {c}", &[("a", "{b}"), ("b", "2")]), "{b} of 2, {c}");
        assert_eq!(fill("{a", &[("a", "1")]), "{a");
    }

    #[test]
    fn a_region_has_the_words_of_its_language() {
        assert_eq!(Words::of("de-AT").text("title.timeline"), "Zeitleiste");
        assert_eq!(Words::of("en-US").text("title.timeline"), "Timeline");
        assert_eq!(Words::of("tlh").text("title.timeline"), "Timeline");
        assert_eq!(Words::of("EN-us").text("date.day"), "{month} {day}, {year}");
    }

    #[test]
    fn numbers_choose_the_form_and_stand_in_words_in_prose() {
        let (english, german) = (Words::of("en"), Words::of("de"));
        assert_eq!(english.count_in_prose("count.articles", 0), "no articles");
        assert_eq!(english.count_in_prose("count.articles", 3), "three articles");
        assert_eq!(english.count("count.articles", 1100), "1,100 articles");
        assert_eq!(german.count("count.articles", 1100), "1.100 Artikeln");
        assert_eq!(german.count_in_prose("count.articles", 1), "einem Artikel");
    }

    #[test]
    fn a_country_has_its_article_inside_a_sentence_only() {
        let (english, german) = (Words::of("en"), Words::of("de"));
        assert_eq!(english.country_in_sentence("GB"), "the United Kingdom");
        assert_eq!((english.country("GB"), &*english.country_in_sentence("KE")), ("United Kingdom", "Kenya"));
        assert_eq!(german.country_in_sentence("GB"), german.country("GB"));
    }

    #[test]
    fn a_site_has_words_of_its_own() {
        let own = [("title.timeline".to_owned(), "Chronology".to_owned())];
        let words = Words::of("en").with_own(own);
        assert_eq!(words.text("title.timeline"), "Chronology");
        assert_eq!(words.text("title.articles"), "Articles");
    }
}
