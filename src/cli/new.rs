//! `dateline new`: a new article, page or record with the front matter it needs.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it writes the new file")]

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};

use anyhow::Context;
use jiff::civil::Date;
use toml::{Table, Value};

use super::args::{Kept, NewArgs, NewKind, Selection};
use super::report::Reporter;
use super::site::Site;
use super::{Outcome, dossier, environment};
use crate::dossier::{Attack, written_toll};
use crate::edtf::Edtf;
use crate::facts::Toll;
use crate::fields::Choice;
use crate::slug::slugify;

/// Writes the file and prints its path. A file that is there already is refused.
pub fn run(args: &NewArgs, site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let mut begun = begin(args.kind, args.title.trim(), environment::today()?);
    let path = site.file(&begun.path);
    let is_there = || anyhow::anyhow!("`{}` is there already", path.display());
    // Before all articles are read for nothing.
    if path.symlink_metadata().is_ok() {
        return Err(is_there());
    }
    if args.kind == NewKind::Attack
        && let Some(read) = read_already(site, &begun.path)?
    {
        reporter.hint("the articles tell of it: what they say stands there behind `#`, to be corrected\n");
        begun.text = read;
    }
    let folder = path.parent().expect("the file stands in `content`");
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let made = OpenOptions::new().write(true).create_new(true).open(&path);
    match made.and_then(|mut file| file.write_all(begun.text.as_bytes())) {
        Ok(()) => {}
        Err(fault) if fault.kind() == ErrorKind::AlreadyExists => return Err(is_there()),
        Err(fault) => return Err(fault).with_context(|| format!("cannot write `{}`", path.display())),
    }
    reporter.data(format!("{}\n", path.display()).as_bytes())?;
    Ok(Outcome::Fine)
}

/// The text of a record of an attack that the articles tell of already, if its file would be `path`. It says nothing yet:
/// what it said would stand over what was read.
fn read_already(site: &Site, path: &str) -> anyhow::Result<Option<String>> {
    let everything = Selection { drafts: true, future: true };
    let build = dossier::pipeline(site, everything, Kept { no_cache: false })?.build();
    let Some(ready) = build.site.or(build.faulty) else { return Ok(None) };
    let mut attacks = ready.dossier.attacks.iter().chain(&ready.dossier.hidden);
    Ok(attacks.find(|attack| path == format!("content/attacks/{}.md", attack.id)).map(as_read))
}

/// A record with every value that was read as a comment.
fn as_read(attack: &Attack) -> String {
    let words = |words: &String| Value::from(words.as_str());
    let date = attack.date.map(|date| match date.as_day() {
        Some(day_of_it) => day(day_of_it),
        None => date.to_string().into(),
    });
    let toll = |toll: Option<Toll>| {
        toll.map(|toll| match (toll.min, toll.max) {
            (Some(min), Some(max)) if min == max => i64::from(min).into(),
            _ => written_toll(toll).into(),
        })
    };
    let values: [(&str, Option<Value>); 7] = [
        ("title", Some(words(&attack.title))),
        ("date", date),
        ("place", attack.place.as_ref().map(words)),
        ("country", attack.country.as_ref().map(words)),
        ("kind", Some(attack.kind.word().into())),
        ("killed", toll(attack.killed)),
        ("injured", toll(attack.injured)),
    ];
    let known = values.into_iter().filter_map(|(key, value)| Some(format!("# {key} = {}\n", value?)));
    format!("+++\n{}# confirmed = true\n+++\n\n", known.collect::<String>())
}

/// A file to write.
struct Begun {
    /// Relative to the site's root.
    path: String,
    text: String,
}

fn begin(kind: NewKind, title: &str, today: Date) -> Begun {
    let mut front = Table::new();
    let mut set = |key: &str, value: Value| front.insert(key.to_owned(), value);
    let path = match kind {
        NewKind::Article => {
            set("title", title.into());
            set("published", day(today));
            set("draft", true.into());
            format!("content/articles/{}.md", slugify(title, "article"))
        }
        NewKind::Page => {
            set("title", title.into());
            format!("content/{}.md", slugify(title, "page"))
        }
        NewKind::Attack => {
            let (date, headline) = leading_date(title);
            set("title", headline.into());
            if let Some(date) = &date {
                set("date", date.to_string().into());
            }
            let year = date.and_then(|date| date.year()).map(|year| format!("{year} ")).unwrap_or_default();
            format!("content/attacks/{}.md", slugify(&format!("{year}{headline}"), "attack"))
        }
        NewKind::Expert => {
            set("name", title.into());
            format!("content/experts/{}.md", slugify(title, "expert"))
        }
    };
    Begun { path, text: format!("+++\n{front}+++\n\n") }
}

fn day(date: Date) -> Value {
    date.to_string().parse().expect("a day of the calendar is a TOML date")
}

/// "2004-09 Beslan school siege" begins with its date; ids of attacks begin with their year.
fn leading_date(title: &str) -> (Option<Edtf>, &str) {
    match title.split_once(' ') {
        Some((first, rest)) => match first.parse() {
            Ok(date) => (Some(date), rest.trim_start()),
            Err(_) => (None, title),
        },
        None => (None, title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(kind: NewKind, title: &str) -> (String, String) {
        let begun = begin(kind, title, jiff::civil::date(2024, 3, 29));
        (begun.path, begun.text)
    }

    #[test]
    fn an_article_is_a_draft_of_today() {
        let (path, text) = begun(NewKind::Article, "Market \"reopens\"");
        assert_eq!(path, "content/articles/market-reopens.md");
        assert_eq!(text, "+++\ntitle = 'Market \"reopens\"'\npublished = 2024-03-29\ndraft = true\n+++\n\n");
    }

    #[test]
    fn an_attack_is_named_by_its_year() {
        let (path, text) = begun(NewKind::Attack, "2004-09 Beslan school siege");
        assert_eq!(path, "content/attacks/2004-beslan-school-siege.md");
        assert_eq!(text, "+++\ntitle = \"Beslan school siege\"\ndate = \"2004-09\"\n+++\n\n");
        assert_eq!(begun(NewKind::Attack, "Beslan school siege").0, "content/attacks/beslan-school-siege.md");
    }

    #[test]
    fn an_expert_has_a_name() {
        let (path, text) = begun(NewKind::Expert, "Ada Example");
        assert_eq!(
            (path.as_str(), text.as_str()),
            ("content/experts/ada-example.md", "+++\nname = \"Ada Example\"\n+++\n\n")
        );
    }
}
