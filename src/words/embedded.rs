//! The strings files, which are part of the program.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Keys with their words.
type Texts = BTreeMap<String, String>;

/// Each strings file by its tag; a new language is a file and a line here.
const FILES: [(&str, &str); 3] = [
    ("de", include_str!("../../languages/de.toml")),
    ("en", include_str!("../../languages/en.toml")),
    ("en-US", include_str!("../../languages/en-US.toml")),
];

/// What each file says itself, and all words of its language.
static READ: LazyLock<BTreeMap<String, (Texts, Arc<Texts>)>> = LazyLock::new(|| {
    let own = FILES.map(|(tag, text)| (tag.to_ascii_lowercase(), read(text)));
    let own: BTreeMap<String, Texts> = own.into_iter().collect();
    let whole = |tag: &str| {
        let language = tag.split('-').next().unwrap_or(tag);
        let layers = ["en", language, tag].into_iter().filter_map(|layer| own.get(layer));
        Arc::new(layers.fold(Texts::new(), |mut all, layer| {
            all.extend(layer.clone());
            all
        }))
    };
    own.iter().map(|(tag, texts)| (tag.clone(), (texts.clone(), whole(tag)))).collect()
});

/// Each language by its tag in lower case, with what its own file says.
pub fn languages() -> impl Iterator<Item = (&'static str, &'static BTreeMap<String, String>)> {
    READ.iter().map(|(tag, (own, _))| (tag.as_str(), own))
}

/// All words of `language`.
pub(super) fn texts(language: &str) -> Arc<Texts> {
    Arc::clone(own_texts(language).unwrap_or(&READ["en"].1))
}

/// The same, if the language has any of its own.
pub(super) fn own_texts(language: &str) -> Option<&'static Arc<Texts>> {
    let tag = language.to_ascii_lowercase();
    let base = tag.split('-').next().unwrap_or(&tag);
    READ.get(&tag).or_else(|| READ.get(base)).map(|(_, whole)| whole)
}

/// A strings file as keys joined by dots.
fn read(text: &str) -> Texts {
    let table: toml::Table = text.parse().expect("the program's strings files are TOML");
    let mut texts = Texts::new();
    flatten("", &table, &mut texts);
    texts
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut Texts) {
    for (key, value) in table {
        match value {
            toml::Value::String(text) => {
                texts.insert(format!("{prefix}{key}"), text.clone());
            }
            toml::Value::Table(inner) => flatten(&format!("{prefix}{key}."), inner, texts),
            other => panic!("`{prefix}{key}` in a strings file is no text: {other}"),
        }
    }
}
