//! Short articles and all that is read from them: `tests/readings/*.txt`, each an article, a line `=====`, and the
//! facts. After a change that is meant, look at the difference and run `UPDATE_EXPECTED=1 cargo test --test readings`.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads and, when asked to, writes files, and fails where a value is missing"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dateline::config::Config;
use dateline::document::{self, Document};
use dateline::facts::{self, Attack, Facts, Person, Quote, QuoteKind, Reading, Stage, Toll};
use dateline::source::{Format, Source, SourceKind};

const BORDER: &str = "\n=====\n";

#[test]
fn each_article_gives_its_facts() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut wrong = Vec::new();
    for path in cases() {
        let whole = std::fs::read_to_string(&path).unwrap();
        let (article, expected) = whole.split_once(BORDER).unwrap_or((whole.trim_end(), ""));
        let read = read(&path, article);
        if update {
            std::fs::write(&path, format!("{article}{BORDER}{read}")).unwrap();
        } else if read != expected {
            wrong.push(format!("{}:\n{}", path.display(), difference(expected, &read)));
        }
    }
    assert!(wrong.is_empty(), "{} articles are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readings");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "txt")).collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// The lines of either that the other has not.
fn difference(expected: &str, read: &str) -> String {
    let only = |these: &str, those: &str, sign: &str| -> String {
        let lines = these.lines().filter(|line| !those.lines().any(|other| other == *line));
        lines.map(|line| format!("  {sign} {line}\n")).collect()
    };
    only(expected, read, "-") + &only(read, expected, "+")
}

fn read(path: &Path, article: &str) -> String {
    let source = Source {
        path: format!("content/articles/{}", path.file_name().unwrap().to_str().unwrap()).into(),
        kind: SourceKind::Article(Format::PlainText),
        text: article.into(),
        hash: [0; 32],
    };
    let (document, diagnostics) = document::parse(&source, None, &Config::default());
    assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", path.display());
    let document = document.unwrap();
    lines(&document, &facts::extract(&document, document.meta.published))
}

fn lines(document: &Document, facts: &Facts) -> String {
    let mut out = String::new();
    // What the unnamed are reported to have said would be most of the lines: their own words are enough.
    let named = |quote: &Quote| quote.speaker.is_some_and(|it| facts.people[it as usize].name.is_some());
    let quotes = || facts.quotes.iter().filter(|it| it.kind == QuoteKind::Direct || named(it));
    for (index, person) in (0..).zip(&facts.people) {
        if person.name.is_some() || quotes().any(|quote| quote.speaker == Some(index)) {
            writeln!(out, "{}", person_line(person)).unwrap();
        }
    }
    for quote in quotes() {
        writeln!(out, "{}", quote_line(document, facts, quote)).unwrap();
    }
    for date in &facts.dates {
        let value = date.value.map_or("not resolved".to_owned(), |value| value.to_string());
        writeln!(out, "date: {} = {value}", date.span.of(&document.text)).unwrap();
    }
    for attack in &facts.attacks {
        writeln!(out, "{}", attack_line(attack)).unwrap();
    }
    if out.is_empty() {
        out.push_str("nothing\n");
    }
    out
}

fn person_line(person: &Person) -> String {
    let words = |reading: &Option<Reading<String>>| reading.as_ref().map(|it| it.value.clone());
    let Some(name) = &person.name else {
        return format!("unnamed: {}", words(&person.description).unwrap_or_default());
    };
    let parts =
        [words(&person.honorific), Some(name.clone()), words(&person.title), words(&person.affiliation)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("person: {} ({})", parts.join(" · "), key(person.role.value))
}

/// The name that the JSON of facts has for a role, a kind, a stage.
fn key(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).unwrap().trim_matches('"').to_owned()
}

fn quote_line(document: &Document, facts: &Facts, quote: &Quote) -> String {
    let speaker = quote.speaker.map(|index| &facts.people[index as usize]);
    let speaker = speaker.map_or("nobody named".to_owned(), |person| {
        let unnamed = || person.description.as_ref().map_or(String::new(), |it| it.value.clone());
        person.name.clone().unwrap_or_else(unnamed)
    });
    let cue = quote.cue.as_ref().map_or(String::new(), |cue| format!(", {}", cue.value));
    let kind = if quote.kind == QuoteKind::Direct { "quote" } else { "reported" };
    format!("{kind}: [{}] {speaker}{cue}", quote.span.of(&document.text))
}

fn attack_line(attack: &Attack) -> String {
    let words = |reading: &Option<Reading<String>>| reading.as_ref().map(|it| it.value.clone());
    let mut parts = vec![key(attack.kind)];
    if attack.stage != Stage::Accomplished {
        parts.push(key(attack.stage));
    }
    parts.extend(words(&attack.name).map(|name| format!("called {name}")));
    let date = attack.date.map(|date| date.to_string());
    parts.push(date.or_else(|| words(&attack.date_text)).unwrap_or("no date".to_owned()));
    let near = words(&attack.place.near).map(|near| format!("by {near}"));
    let place = [attack.place.full_name(), near, attack.place.admin.clone(), words(&attack.place.country)];
    let place: Vec<String> = place.into_iter().flatten().collect();
    parts.push(if place.is_empty() { "no place".to_owned() } else { place.join(", ") });
    let tolls = [
        ("killed", &attack.killed),
        ("injured", &attack.injured),
        ("hostages", &attack.hostages),
        ("missing", &attack.missing),
        ("attackers killed", &attack.attackers_killed),
    ];
    parts.extend(
        tolls.iter().filter_map(|(harm, toll)| Some(format!("{harm} {}", count(toll.as_ref()?.value)))),
    );
    parts.extend(attack.targets.iter().map(|target| format!("target {}", target.value)));
    parts.extend(words(&attack.weapon).map(|weapon| format!("with {weapon}")));
    parts.extend(attack.perpetrators.iter().map(|it| format!("{} {}", key(it.standing), it.name.value)));
    format!("attack: {}", parts.join(" · "))
}

fn count(toll: Toll) -> String {
    match (toll.min, toll.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => "unknown".to_owned(),
    }
}
