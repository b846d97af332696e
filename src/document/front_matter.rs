//! What the author says about a file, in front matter, header lines or a sidecar, to [`Meta`].

use super::Meta;
use super::dates::written_date;
use crate::config::is_language_tag;
use crate::fields::{Fields, Help, Value};
use crate::slug::{is_slug, slugify};
use crate::span::Span;

/// The longest slug, in bytes: file systems take 255 for a name, and others may get a number behind.
const LONGEST_SLUG: usize = 200;

/// What other programs call things that are called otherwise here.
pub(super) const FOREIGN: &[(&str, &str)] = &[
    ("lang", "use `language`"),
    ("locale", "use `language`"),
    ("permalink", "use `slug` for the last part of the address, `aliases` for old addresses"),
    ("path", "use `slug` for the last part of the address"),
    ("redirect_from", "use `aliases`"),
    ("layout", "use `template`"),
    ("type", "use `template`"),
    ("summary", "use `description`"),
    ("excerpt", "use `description`"),
    ("subtitle", "use `description`"),
    ("lastmod", "use `updated`"),
    ("modified", "use `updated`"),
    ("last_modified_at", "use `updated`"),
    ("publishdate", "use `published`"),
    ("pubdate", "use `published`"),
    ("headline", "use `title`"),
    ("byline", "use `authors`"),
    ("writer", "use `authors`"),
    ("publisher", "use `source`"),
    ("publication", "use `source`"),
    ("newspaper", "use `source`"),
    ("link", "use `url`"),
    ("canonical", "use `url`"),
    ("canonical_url", "use `url`"),
    ("order", "use `weight`"),
    ("published_at", "use `published`"),
    ("tags", "there are no taxonomies: keep it for your own templates under `extra`"),
    ("categories", "there are no taxonomies: keep it for your own templates under `extra`"),
    ("taxonomies", "there are no taxonomies: keep it for your own templates under `extra`"),
    ("keywords", "keep it for your own templates under `extra`"),
    ("image", "keep it for your own templates under `extra`"),
    ("params", "keep it for your own templates under `extra`"),
];

/// Keys under which an article's facts are corrected; `records` reads them.
pub(crate) const DECISIONS: [&str; 4] = ["attack", "quotation", "person", "correction"];

/// A file's text without its front matter.
pub(crate) struct Split<'a> {
    /// Where the rest begins.
    pub(crate) body: usize,
    /// The front matter's keys, if there is any.
    pub(crate) fields: Option<Fields<'a>>,
}

/// Parts `+++` TOML or `---` YAML at the very top from the rest. `file` names the file in diagnostics.
pub(crate) fn split<'a>(file: &'a str, text: &'a str) -> Split<'a> {
    let none = Split { body: 0, fields: None };
    let first = text.lines().next().unwrap_or_default();
    let fence = first.trim_end();
    if fence != "+++" && fence != "---" {
        return none;
    }
    let start = first.len()
        + text[first.len()..]
            .find(|c| c != '\r' && c != '\n')
            .map_or(text.len() - first.len(), |_| line_break(&text[first.len()..]));
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            let part = Span::new(start, at);
            let read = if fence == "+++" { Fields::from_toml } else { Fields::from_yaml };
            return Split { body: at + line.len(), fields: Some(read(file, text, part)) };
        }
        at += line.len();
    }
    // A rule of Markdown at the top of a page is no front matter; a fence of TOML can be nothing else.
    if fence == "---" && !text[start..].lines().next().is_some_and(|line| line.contains(": ")) {
        return none;
    }
    let mut fields = Fields::of(file, text, Vec::new());
    let message = format!("the front matter that `{fence}` opens here is never closed");
    fields.fault(Span::new(0, fence.len()), message, format!("end it with a line `{fence}`"));
    Split { body: 0, fields: Some(fields) }
}

fn line_break(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with(['\r', '\n'])) }
}

/// Takes every key of the schema from `fields` and writes those that are there over what `meta` says.
pub(super) fn read(fields: &mut Fields<'_>, meta: &mut Meta) {
    let set = |slot: &mut Option<String>, found: Option<(String, Span)>| {
        if let Some((text, _)) = found {
            *slot = Some(text);
        }
    };
    set(&mut meta.title, fields.text("title"));
    let published = either(fields, "published", "date");
    if let Some(date) = published.and_then(|(key, value)| date(fields, key, value)) {
        meta.published = Some(date);
    }
    if let Some(date) = fields.take("updated").and_then(|value| date(fields, "updated", value)) {
        meta.updated = Some(date);
    }
    set(&mut meta.source, one_of(fields, "source", "outlet"));
    if let Some(url) = fields.web_address("url") {
        meta.url = Some(url);
    }
    let (authors, author) = (fields.texts("authors"), fields.texts("author"));
    if let (Some(_), Some(named)) = (&authors, &author) {
        let span = named.first().map_or(Span::default(), |(_, span)| *span);
        fields.fault(span, "`author` and `authors` say the same", "keep one of them");
    }
    if let Some(authors) = authors.or(author) {
        meta.authors = authors.into_iter().map(|(name, _)| name).collect();
    }
    if let Some((tag, span)) = fields.text("language") {
        if is_language_tag(&tag) {
            meta.language = Some(tag);
        } else {
            fields.fault(
                span,
                format!("`{tag}` is no language tag"),
                "write a BCP 47 tag: `en`, `en-AU`, `pt-BR`",
            );
        }
    }
    if let Some((slug, span)) = fields.text("slug") {
        if slug.len() > LONGEST_SLUG {
            let message =
                format!("this slug has {} letters, and no file's name may have so many", slug.len());
            fields.fault(span, message, format!("use at most {LONGEST_SLUG}"));
        } else if is_slug(&slug) {
            meta.slug = Some(slug);
        } else {
            let help = format!("use lower-case letters, digits and hyphens: `{}`", slugify(&slug, "page"));
            fields.fault(span, format!("`{slug}` is no slug"), help);
        }
    }
    set(&mut meta.description, fields.text("description"));
    meta.draft = fields.boolean("draft").unwrap_or(meta.draft);
    meta.weight = fields.integer("weight", i64::MIN).unwrap_or(meta.weight);
    if let Some((name, span)) = fields.text("template") {
        if name.starts_with('/') || name.split('/').any(|part| part == "..") {
            fields.fault(
                span,
                format!("`{name}` is no template's name"),
                "name a file in `templates/`: `special.html`",
            );
        } else {
            meta.template = Some(name);
        }
    }
    if let Some(aliases) = fields.texts("aliases") {
        meta.aliases = aliases.into_iter().filter_map(|found| site_path(fields, found)).collect();
    }
    for key in DECISIONS {
        meta.decides |= fields.take(key).is_some();
    }
    if let Some(extra) = fields.open_table("extra") {
        meta.extra.extend(extra);
    }
}

/// The value of `key`, or of its other name.
fn either(
    fields: &mut Fields<'_>,
    key: &'static str,
    other: &'static str,
) -> Option<(&'static str, crate::fields::Located)> {
    let (first, second) = (fields.take(key), fields.take(other));
    if let (Some(_), Some(second)) = (&first, &second) {
        fields.fault(second.span, format!("`{other}` and `{key}` say the same"), "keep one of them");
    }
    first.map(|value| (key, value)).or(second.map(|value| (other, value)))
}

fn one_of(fields: &mut Fields<'_>, key: &'static str, other: &'static str) -> Option<(String, Span)> {
    let (first, second) = (fields.text(key), fields.text(other));
    if let (Some(_), Some((_, span))) = (&first, &second) {
        fields.fault(*span, format!("`{other}` and `{key}` say the same"), "keep one of them");
    }
    first.or(second)
}

/// A date of TOML, or one in words.
pub(crate) fn date(
    fields: &mut Fields<'_>,
    key: &str,
    value: crate::fields::Located,
) -> Option<crate::edtf::Edtf> {
    let words = match value.value {
        Value::Date(words) | Value::Text(words) | Value::Written(words, _) => words,
        Value::Integer(year) => year.to_string(),
        _ => {
            fields.fault(
                value.span,
                format!("`{key}` must be a date"),
                "write it as `2016-10-15`, or as far as it is known",
            );
            return None;
        }
    };
    match written_date(&words) {
        Ok(date) => Some(date),
        Err(error) => {
            fields.fault(value.span, error.message, Help::from(error.help));
            None
        }
    }
}

fn site_path(fields: &mut Fields<'_>, (path, span): (String, Span)) -> Option<String> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\\?#<>\":|*".contains(c);
    let plain = path.starts_with('/') && !path.starts_with("//") && !path.contains(odd);
    if plain && !path.split('/').any(|part| part == ".." || part == ".") {
        return Some(path);
    }
    fields.fault(
        span,
        format!("`{path}` is no path of this site"),
        "write it from the site's root: `/old/place/`",
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(text: &str) -> (Meta, Vec<String>) {
        let mut meta = Meta::default();
        let split = split("a.md", text);
        let Some(mut fields) = split.fields else { return (meta, vec!["no front matter".to_owned()]) };
        read(&mut fields, &mut meta);
        let shown = |fault: crate::diagnostic::Diagnostic| {
            let place = fault.place.expect("every fault of front matter has a place");
            format!("{}:{} {} ({})", place.line, place.column, fault.message, fault.help.unwrap_or_default())
        };
        (meta, fields.finish(FOREIGN).into_iter().map(shown).collect())
    }

    #[test]
    fn toml_and_yaml_say_the_same() {
        let toml = "+++\ntitle = \"A\"\ndate = 2024-03-29\nauthor = \"B\"\noutlet = \"C\"\n[extra]\nx = 1\n+++\nBody";
        let yaml = "---\ntitle: A\ndate: 2024-03-29\nauthor: B\noutlet: C\nextra:\n  x: 1\n---\nBody";
        let (from_toml, faults) = meta(toml);
        assert_eq!(faults, [""; 0]);
        assert_eq!(meta(yaml), (from_toml.clone(), Vec::new()));
        assert_eq!(from_toml.published.unwrap().to_string(), "2024-03-29");
        assert_eq!((from_toml.authors, from_toml.source), (vec!["B".to_owned()], Some("C".to_owned())));
        assert_eq!(&toml[split("a", toml).body..], "Body");
    }

    #[test]
    fn every_fault_has_its_place_and_help() {
        let (_, faults) = meta(
            "---\r\npublished: 2024-02-30\r\nurl: example.org\r\nlang: en\r\nttile: A\r\nslug: My Slug\r\naliases: [old]\r\n---\r\n",
        );
        let starts: Vec<&str> = faults.iter().map(|fault| fault.split(' ').next().unwrap()).collect();
        assert_eq!(starts, ["2:12", "3:6", "6:7", "7:11", "4:1", "5:1"], "{faults:#?}");
        assert!(faults[4].contains("use `language`") && faults[5].contains("`title`"), "{faults:#?}");
        assert!(faults[2].contains("`my-slug`"), "{faults:#?}");
    }

    #[test]
    fn a_slug_is_no_longer_than_a_files_name_can_be() {
        let told = |length: usize| meta(&format!("+++\nslug = \"{}\"\n+++\n", "a".repeat(length))).1;
        assert_eq!(told(LONGEST_SLUG), Vec::<String>::new());
        assert!(
            told(LONGEST_SLUG + 1)[0].contains("this slug has 201 letters"),
            "{:?}",
            told(LONGEST_SLUG + 1)
        );
    }

    #[test]
    fn an_open_fence_is_a_fault_and_a_rule_is_not() {
        assert!(
            meta("+++\ntitle = \"A\"\n").1[0]
                .contains("1:1 the front matter that `+++` opens here is never closed")
        );
        assert!(meta("---\ntitle: A\n").1[0].contains("never closed"));
        assert_eq!(meta("---\n\nWords under a rule.\n").1, ["no front matter"]);
    }
}
