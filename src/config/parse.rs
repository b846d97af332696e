//! The text of `site.toml` to [`Config`], with every fault in it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::fields::{Choice, Fields};
use crate::span::Span;
use crate::words::Words;

use super::{Config, Lint, NavigationEntry, PathUse, SitePath, is_language_tag, look};

/// What other programs call things that are called otherwise here.
const FOREIGN: &[(&str, &str)] = &[
    ("baseurl", "use `base_url`"),
    ("default_language", "use `language`"),
    ("languagecode", "use `language`"),
    ("generate_feeds", "there is always a feed: `[feed] limit` says how long it is"),
    ("publishdir", "use `output_dir`"),
    ("menu", "use `[[navigation]]` with `label` and `url`"),
    ("params", "use `[extra]`"),
    ("paginate", "use `[lists] articles_per_page`"),
    ("draft", "build with `--drafts`"),
    ("drafts", "build with `--drafts`"),
    ("buildfuture", "use `future`"),
];

/// The most entries that a list page may have.
const LONGEST_LIST: i64 = 100_000;

/// Reads `text`, the whole of the file `name`. What is wrong is told and keeps its default, so that the rest of the
/// site can be checked in the same run.
pub fn parse(text: &str, name: &str) -> (Config, Vec<Diagnostic>) {
    let mut fields = Fields::from_toml(name, text, Span::new(0, text.len()));
    let mut config = Config::default();
    let mut warnings = Vec::new();
    let mut without_words = None;
    set(&mut config.title, fields.text("title").map(|(title, _)| title));
    set(&mut config.description, fields.text("description").map(|(words, _)| words));
    config.base_url = fields.text("base_url").and_then(|found| base_url(&mut fields, found));
    if let Some((tag, span)) = fields.text("language") {
        if is_language_tag(&tag) {
            config.words = Words::of(&tag);
            if !Words::has(&tag) {
                without_words = Some(fields.place(span));
            }
            config.language = tag;
        } else {
            let message = format!("`{tag}` is no language tag");
            fields.fault(span, message, "write a BCP 47 tag: `en`, `en-AU`, `pt-BR`");
        }
    }
    config.author = fields.text("author").map(|(author, _)| author);
    set(&mut config.output_dir, fields.text("output_dir").map(|(folder, _)| folder));
    set(&mut config.explicit_index, fields.boolean("explicit_index"));
    set(&mut config.cards, fields.boolean("cards"));
    set(&mut config.future, fields.boolean("future"));
    navigation(&mut fields, name, &mut config);
    if let Some(mut table) = fields.table("markdown") {
        set(&mut config.markdown.smart_punctuation, table.boolean("smart_punctuation"));
        set(&mut config.markdown.highlight, table.boolean("highlight"));
        fields.absorb(table, &[]);
    }
    if let Some(mut table) = fields.table("lists") {
        set(&mut config.lists.articles_per_page, length(&mut table, "articles_per_page", 1));
        set(&mut config.lists.attacks_per_page, length(&mut table, "attacks_per_page", 1));
        set(&mut config.lists.experts_per_page, length(&mut table, "experts_per_page", 1));
        fields.absorb(table, &[]);
    }
    if let Some(mut table) = fields.table("feed") {
        set(&mut config.feed.limit, length(&mut table, "limit", 0));
        fields.absorb(table, &[]);
    }
    if let Some(mut table) = fields.table("data") {
        config.data = super::data::parse(&mut table, name, &mut warnings);
        fields.absorb(table, &[("license", "use `licence`"), ("license_url", "use `licence_url`")]);
    }
    if let Some(mut table) = fields.table("search") {
        set(&mut config.search.full_text, full_text(&mut table));
        fields.absorb(table, &[]);
    }
    if let Some(mut table) = fields.table("timeline") {
        set(&mut config.timeline.newest_first, table.boolean("newest_first"));
        set(&mut config.timeline.show_unaccomplished, table.boolean("show_unaccomplished"));
        fields.absorb(table, &[]);
    }
    if let Some(table) = fields.table("theme") {
        config.theme = look::parse(table, &mut fields, name, &mut warnings, &mut config.site_paths);
    }
    if let Some(mut table) = fields.table("facts") {
        config.facts.lists = table.text("lists").and_then(|found| folder(&mut table, found));
        set(&mut config.facts.publish, table.choice("publish"));
        fields.absorb(table, &[("words", "use `lists`")]);
    }
    if let Some(mut table) = fields.table("build") {
        set(&mut config.cache, table.boolean("cache"));
        let linked = table.texts("linked_folders");
        set(
            &mut config.linked_folders,
            linked.map(|linked| linked.into_iter().map(|(folder, _)| folder).collect()),
        );
        fields.absorb(table, &[]);
    }
    if let Some(mut table) = fields.table("check") {
        for (name, lint) in Lint::ALL {
            if let Some(strictness) = table.choice(name) {
                config.check.set(*lint, strictness);
            }
        }
        fields.absorb(table, &[]);
    }
    let own = words(&mut fields, &mut config.words);
    if let Some(place) = without_words {
        warnings.extend(english_words(&config, own, name, place));
    }
    config.targets = super::publish::targets(&mut fields);
    set(&mut config.extra, fields.open_table("extra"));
    let mut faults = fields.finish(FOREIGN);
    super::secrets::mask(&mut faults);
    faults.extend(warnings);
    (config, faults)
}

/// Whether every word is searched, which not every build of the program can prepare.
fn full_text(table: &mut Fields<'_>) -> Option<bool> {
    let span = table.span_of("full_text");
    let wanted = table.boolean("full_text")?;
    if let Some(span) = span.filter(|_| wanted && !cfg!(feature = "search")) {
        let message = "this build of the program cannot prepare a search through the full text";
        table.fault(span, message, "install it with `--features search`, or leave the key out");
    }
    Some(wanted)
}

/// What is told of a language that the program has no words of, and the site `own` ones.
fn english_words(config: &Config, own: usize, name: &str, place: Place) -> Option<Diagnostic> {
    let (language, all) = (&config.language, config.words.keys().count());
    let message = match own {
        0 => format!("the interface has no words in `{language}`, so they are English"),
        _ if own < all => {
            format!(
                "of {all} words of the interface {own} are given in `{language}`, so the others are English"
            )
        }
        _ => return None,
    };
    let help = "give them below `[words]` (`languages/en.toml` in the program's sources has every key), or write \
                `language = \"en\"`: articles may be in any language";
    let mut warning = Diagnostic::warning(name, message).help(help);
    warning.place = Some(place);
    Some(warning)
}

/// Words that the site has instead of the program's: `[words]`, with the keys of `languages/en.toml`. Returns how many.
fn words(fields: &mut Fields<'_>, words: &mut Words) -> usize {
    let mut own = BTreeMap::new();
    for (key, span, text) in fields.texts_by_path("words") {
        if words.find(&key).is_some() {
            own.insert(key, text);
            continue;
        }
        let help = match nearest(&key, words.keys()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`languages/en.toml` in the program's sources has every key".to_owned(),
        };
        fields.fault(span, format!("there are no words `{key}`"), help);
    }
    let count = own.len();
    if count > 0 {
        *words = words.with_own(own);
    }
    count
}

/// Replaces a default by what was found.
fn set<T>(slot: &mut T, found: Option<T>) {
    if let Some(found) = found {
        *slot = found;
    }
}

fn length(table: &mut Fields<'_>, key: &'static str, least: i64) -> Option<usize> {
    table
        .integer(key, least)
        .map(|length| usize::try_from(length.min(LONGEST_LIST)).expect("it is not negative"))
}

/// An `http` or `https` address with a host, with a slash at its end and without query and fragment.
pub(super) fn base_url(fields: &mut Fields<'_>, (url, span): (String, Span)) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '"' | '<' | '>' | '\\');
    let signed = rest.is_some_and(|rest| rest.split('/').next().is_some_and(|host| host.contains('@')));
    if signed {
        let help = "take out what stands before the `@`: this address is printed on every page";
        fields.fault(span, "there is a user or a password in this address", help);
        return None;
    }
    if host && !url.contains(odd) {
        return Some(format!("{}/", url.trim_end_matches('/')));
    }
    let help =
        "write where the site is published, with its folder if it has one: `https://example.org/dossier/`";
    fields.fault(span, format!("`{url}` is no address that a site can have"), help);
    None
}

/// The name of a folder inside the site that has no other use.
fn folder(fields: &mut Fields<'_>, (name, span): (String, Span)) -> Option<String> {
    let name = name.trim_end_matches('/').to_owned();
    let plain = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    let used = ["content", "templates", "static"].contains(&name.split('/').next().unwrap_or_default());
    if plain && !used && !name.contains(['\\', ':']) {
        return Some(name);
    }
    let help = "name a folder of its own inside the site: `lists = \"lists\"`";
    fields.fault(span, format!("`{name}` cannot be the folder of lists"), help);
    None
}

fn navigation(fields: &mut Fields<'_>, file: &str, config: &mut Config) {
    for (mut entry, span) in fields.tables("navigation").unwrap_or_default() {
        let (label, url) = (entry.text("label"), entry.text("url"));
        match (label, url) {
            (Some((label, _)), Some((url, at))) => {
                let leads =
                    ["/", "https://", "http://", "mailto:"].iter().any(|start| url.starts_with(start));
                if leads && !url.starts_with("//") {
                    if url.starts_with('/') {
                        let (file, place) = (file.to_owned(), entry.place(at));
                        let path = SitePath { path: url.clone(), names: PathUse::Link, file, place };
                        config.site_paths.push(path);
                    }
                    config.navigation.push(NavigationEntry { label, url });
                } else {
                    let help = "write a path from the site's root (`/about/`) or a full address";
                    entry.fault(at, format!("`{url}` leads nowhere"), help);
                }
            }
            _ => entry.fault(span, "an entry of `navigation` needs a `label` and a `url`", None),
        }
        fields.absorb(entry, &[("name", "use `label`"), ("title", "use `label`"), ("href", "use `url`")]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_lie_in_a_folder_of_their_own() {
        let lists = |text: &str| parse(text, "site.toml").0.facts.lists;
        assert_eq!(lists("[facts]\nlists = 'desk/lists/'\n").as_deref(), Some("desk/lists"));
        for wrong in ["content/lists", "../lists", "/lists", ".", "c:\\\\lists", ".git"] {
            assert_eq!(lists(&format!("[facts]\nlists = \"{wrong}\"\n")), None, "{wrong}");
        }
    }

    fn faults(text: &str) -> Vec<String> {
        let (_, faults) = parse(text, "site.toml");
        let line = |fault: &Diagnostic| fault.place.as_ref().map_or(0, |place| place.line);
        faults.iter().map(|fault| format!("{}: {}", line(fault), fault.message)).collect()
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let (config, faults) = parse("", "site.toml");
        assert!(faults.is_empty());
        assert_eq!((config.output_dir.as_str(), config.lists.articles_per_page), ("public", 50));
    }

    #[test]
    fn what_is_said_is_kept() {
        let text = "title = 'A'\nbase_url = 'https://example.org/a'\n[[navigation]]\nlabel = 'Home'\nurl = '/'\n\
            [lists]\narticles_per_page = 10\n[extra]\ncolour = 'blue'\n";
        let (config, faults) = parse(text, "site.toml");
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(config.base_url.as_deref(), Some("https://example.org/a/"));
        assert_eq!(config.navigation, [NavigationEntry { label: "Home".to_owned(), url: "/".to_owned() }]);
        assert_eq!(config.lists.articles_per_page, 10);
        assert_eq!(config.extra["colour"].as_str(), Some("blue"));
    }

    #[test]
    fn a_language_without_words_is_told_until_it_has_all() {
        let all: Vec<String> = Words::default().keys().map(str::to_owned).collect();
        let none = "1: the interface has no words in `fr`, so they are English".to_owned();
        let one = format!(
            "1: of {} words of the interface 1 are given in `fr`, so the others are English",
            all.len()
        );
        let every = all.iter().map(|key| format!("{key} = 'x'\n")).collect::<String>();
        for (text, told) in [
            ("language = 'fr'\n".to_owned(), vec![none.clone()]),
            ("language = 'fr'\n[words]\ntitle.timeline = 'Chronologie'\n".to_owned(), vec![one]),
            (
                "language = 'fr'\n[words]\ntitle.timelime = 'Chronologie'\n".to_owned(),
                vec!["3: there are no words `title.timelime`".to_owned(), none],
            ),
            (format!("language = 'fr'\n[words]\n{every}"), vec![]),
            ("language = 'de-AT'\n".to_owned(), vec![]),
        ] {
            assert_eq!(faults(&text), told, "{text}");
        }
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let text = "ttile = 'A'\nbase_url = 'example.org'\nlanguage = 'english language'\n[lists]\n\
            articles_per_page = 0\nattack_per_page = 3\n[[navigation]]\nlabel = 'x'\n";
        let mut found = faults(text);
        found.sort();
        assert_eq!(
            found,
            [
                "1: unknown key `ttile`",
                "2: `example.org` is no address that a site can have",
                "3: `english language` is no language tag",
                "5: `lists.articles_per_page` must be at least 1",
                "6: unknown key `lists.attack_per_page`",
                "7: an entry of `navigation` needs a `label` and a `url`",
            ]
        );
    }
}
