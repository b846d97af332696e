//! `dateline config`: what `site.toml` comes to, with every default filled in, as TOML that can be read back.

use toml::{Table, Value};

use super::Outcome;
use super::report::Reporter;
use super::site::Site;
use crate::config::{self, Config, Lint, NavigationEntry, Provider, Target, TargetKind};
use crate::fields::Choice;
use crate::source;
use crate::words::Words;

/// Prints the configuration, unless it has errors.
pub fn run(site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let name = site.config_file.display().to_string();
    let (config, diagnostics) = match source::settings_text(&site.config_file, &name) {
        Ok(text) => config::parse(&text, &name),
        Err(fault) => (Config::default(), vec![fault]),
    };
    if reporter.diagnostics(&diagnostics).errors > 0 {
        return Ok(Outcome::SiteHasErrors);
    }
    reporter.data(toml::to_string_pretty(&table(&config))?.as_bytes())?;
    Ok(Outcome::Fine)
}

fn table(config: &Config) -> Table {
    let Config { title, description, base_url, language, author, output_dir, explicit_index, future, .. } =
        config;
    let mut all = Table::new();
    let text = |text: &String| Some(Value::from(text.as_str()));
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            all.insert(key.to_owned(), value);
        }
    };
    set("title", text(title));
    set("description", text(description));
    set("base_url", base_url.as_ref().and_then(text));
    set("language", text(language));
    set("author", author.as_ref().and_then(text));
    set("output_dir", text(output_dir));
    set("explicit_index", Some(Value::from(*explicit_index)));
    set("cards", Some(Value::from(config.cards)));
    set("future", Some(Value::from(*future)));
    let navigation: Vec<Value> = config.navigation.iter().map(entry).collect();
    set("navigation", (!navigation.is_empty()).then_some(Value::Array(navigation)));
    set("markdown", Some(markdown(config)));
    set("lists", Some(lists(config)));
    set("feed", Some(section([("limit", number(config.feed.limit))])));
    set("data", data(config));
    set("search", Some(section([("full_text", Value::from(config.search.full_text))])));
    set("timeline", Some(timeline(config)));
    set("theme", theme(config));
    set("facts", Some(facts(config)));
    let linked: Vec<Value> =
        config.linked_folders.iter().map(|folder| Value::from(folder.as_str())).collect();
    set(
        "build",
        Some(section([("cache", Value::from(config.cache)), ("linked_folders", Value::Array(linked))])),
    );
    set("check", Some(check(config)));
    set("words", words(config));
    set("publish", (!config.targets.is_empty()).then(|| targets(&config.targets)));
    set("extra", (!config.extra.is_empty()).then(|| Value::Table(config.extra.clone())));
    all
}

/// A table of texts; `None` where there is none.
fn texts<'t>(texts: impl Iterator<Item = (&'static str, &'t String)>) -> Option<Value> {
    let table: Table = texts.map(|(key, text)| (key.to_owned(), Value::from(text.as_str()))).collect();
    (!table.is_empty()).then_some(Value::Table(table))
}

fn theme(config: &Config) -> Option<Value> {
    let config::ThemeConfig { colours, dark, fonts, logo, stylesheet } = &config.theme;
    let given = [("logo", logo), ("stylesheet", stylesheet)];
    let paths =
        given.into_iter().filter_map(|(key, path)| Some((key.to_owned(), Value::from(path.as_deref()?))));
    let tables = [("colours", colours), ("dark", dark), ("fonts", fonts)];
    let tables = tables.into_iter().filter_map(|(key, values)| {
        Some((key.to_owned(), texts(values.iter().map(|(name, value)| (*name, value)))?))
    });
    let table: Table = paths.chain(tables).collect();
    (!table.is_empty()).then_some(Value::Table(table))
}

fn entry(entry: &NavigationEntry) -> Value {
    section([("label", Value::from(entry.label.as_str())), ("url", Value::from(entry.url.as_str()))])
}

fn markdown(config: &Config) -> Value {
    let markdown = &config.markdown;
    section([
        ("smart_punctuation", Value::from(markdown.smart_punctuation)),
        ("highlight", Value::from(markdown.highlight)),
    ])
}

fn lists(config: &Config) -> Value {
    let lists = &config.lists;
    section([
        ("articles_per_page", number(lists.articles_per_page)),
        ("attacks_per_page", number(lists.attacks_per_page)),
        ("experts_per_page", number(lists.experts_per_page)),
    ])
}

/// The words that are not the program's own for the language.
fn words(config: &Config) -> Option<Value> {
    let usual = Words::of(&config.language);
    let own = config.words.keys().filter(|key| config.words.find(key) != usual.find(key));
    let own = own.map(|key| (key.to_owned(), Value::from(config.words.text(key))));
    let own: Table = own.collect();
    (!own.is_empty()).then_some(Value::Table(own))
}

fn data(config: &Config) -> Option<Value> {
    let said = [("licence", &config.data.licence), ("licence_url", &config.data.licence_url)];
    let said =
        said.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value.as_deref()?))));
    let data: Table = said.collect();
    (!data.is_empty()).then_some(Value::Table(data))
}

fn facts(config: &Config) -> Value {
    let mut facts = Table::new();
    if let Some(folder) = &config.facts.lists {
        facts.insert("lists".to_owned(), Value::from(folder.as_str()));
    }
    facts.insert("publish".to_owned(), Value::from(config.facts.publish.word()));
    Value::Table(facts)
}

fn check(config: &Config) -> Value {
    let level = |lint: Lint| Value::from(config.check.strictness(lint).word());
    Value::Table(Lint::ALL.iter().map(|(name, lint)| ((*name).to_owned(), level(*lint))).collect())
}

fn timeline(config: &Config) -> Value {
    let timeline = &config.timeline;
    section([
        ("newest_first", Value::from(timeline.newest_first)),
        ("show_unaccomplished", Value::from(timeline.show_unaccomplished)),
    ])
}

fn targets(targets: &[Target]) -> Value {
    let named = targets.iter().map(|target| (target.name.clone(), publish_to(target)));
    Value::Table(named.collect())
}

fn publish_to(target: &Target) -> Value {
    let mut table = Table::new();
    let text = |value: &str| Value::from(value);
    table.extend(target.base_url.iter().map(|(url, _)| ("base_url".to_owned(), text(url))));
    table.extend(target.rules.iter().map(|host| ("rules".to_owned(), text(host.word()))));
    let said = |pairs: Vec<(&str, Option<Value>)>| {
        let set = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        Value::Table(set.collect())
    };
    let (kind, inner) = match &target.kind {
        TargetKind::Folder(it) => ("folder", said(vec![("path", Some(text(&it.path)))])),
        TargetKind::Git(it) => {
            let cname = it.cname.as_deref().map(text);
            let (remote, branch) = (Some(text(&it.remote)), Some(text(&it.branch)));
            let history = Some(Value::from(it.history));
            (
                "git",
                said(vec![("remote", remote), ("branch", branch), ("cname", cname), ("history", history)]),
            )
        }
        TargetKind::Bucket(it) => {
            let (kind, bucket) = match it.provider {
                Provider::S3 => ("s3", "bucket"),
                Provider::Google => ("google", "bucket"),
                Provider::Azure => ("azure", "container"),
            };
            let inner = said(vec![
                (bucket, Some(text(&it.bucket))),
                ("prefix", (!it.prefix.is_empty()).then(|| text(&it.prefix))),
                ("region", it.region.as_deref().map(text)),
                ("endpoint", it.endpoint.as_deref().map(text)),
                ("account", it.account.as_deref().map(text)),
            ]);
            (kind, inner)
        }
    };
    table.insert(kind.to_owned(), inner);
    Value::Table(table)
}

fn section<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Table(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn number(count: usize) -> Value {
    Value::from(i64::try_from(count).unwrap_or(i64::MAX))
}
