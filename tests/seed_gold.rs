//! Reads the seed article with the finished program and compares what it says with what people read in it: headline,
//! subheads, where the body ends, quotations and speakers, attacks, people. All differences are listed at once.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads files, runs the program, and fails where a value is missing"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Where the seed lies beside the repository; the test says loudly that it is skipped where it is not.
fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared");
    let there = shared.join("gold/seed.json").is_file();
    if !there {
        // Not `eprintln!`, which the test runner keeps to itself.
        let words = "\n*** SKIPPED: the seed's gold is not there (`../shared/gold/seed.json`): nothing is scored ***\n\n";
        std::io::stderr().write_all(words.as_bytes()).unwrap();
    }
    there.then_some(shared)
}

#[test]
fn the_seed_on_the_day_it_was_published() {
    compare(Some("2024-03-29"), "published 2024-03-29");
}

#[test]
fn the_seed_without_a_day() {
    compare(None, "published unknown");
}

fn compare(published: Option<&str>, dates: &str) {
    let Some(shared) = shared() else { return };
    let gold: Value = json(&std::fs::read(shared.join("gold/seed.json")).unwrap());
    let file = shared.join(text_of(&gold["file"]));
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.arg("extract").args(published.iter().flat_map(|day| ["--published", day])).arg(&file);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let source = std::fs::read_to_string(&file).unwrap().chars().collect();
    let mut seed = Seed { gold, facts: json(&output.stdout), source, wrong: Vec::new() };
    seed.article();
    seed.quotations();
    seed.attacks(dates);
    seed.people();
    let wrong = seed.wrong;
    assert!(
        wrong.is_empty(),
        "{} differences from the gold ({dates}):\n  {}",
        wrong.len(),
        wrong.join("\n  ")
    );
}

struct Seed {
    gold: Value,
    facts: Value,
    source: Vec<char>,
    wrong: Vec<String>,
}

impl Seed {
    fn same(&mut self, what: impl std::fmt::Display, found: &Value, gold: &Value) {
        if found != gold {
            self.wrong.push(format!("{what}: found {found}, gold {gold}"));
        }
    }

    fn article(&mut self) {
        let (article, gold) = (self.facts["article"].clone(), self.gold.clone());
        self.same("title", &article["title"], &gold["title"]);
        let subheads = list(&article["headings"]).iter().map(|heading| heading["text"].clone()).collect();
        self.same("subheads", &Value::Array(subheads), &gold["subheads"]);
        let last = list(&article["paragraphs"]).last().map_or("", |last| text_of(&last["text"]));
        if !last.ends_with(text_of(&gold["body_ends_with"])) {
            self.wrong.push(format!("the body ends with {last:?}"));
        }
        let furniture = self.find(text_of(&gold["trimmed_from"]));
        let trimmed = list(&article["trimmed"]).iter().map(span).any(|(start, _)| start == furniture);
        if !trimmed {
            self.wrong.push(format!("furniture from {furniture} on: trimmed {}", article["trimmed"]));
        }
    }

    fn find(&self, words: &str) -> usize {
        let words: Vec<char> = words.chars().collect();
        self.source
            .windows(words.len())
            .position(|window| window == words)
            .expect("the gold's words stand in the seed")
    }

    /// Without what is no letter or digit at either end, as the scorers do.
    fn trimmed(&self, (start, end): (usize, usize)) -> (usize, usize) {
        let is_word = |at: &usize| self.source[*at].is_alphanumeric();
        let first = (start..end).find(is_word).unwrap_or(end);
        let last = (first..end).rev().find(is_word).map_or(first, |last| last + 1);
        (first, last)
    }

    fn quotations(&mut self) {
        let mut found: Vec<((usize, usize), Value)> = Vec::new();
        for person in list(&self.facts["people"]) {
            let name =
                if person["anonymous"] == true { "nobody by name".into() } else { person["name"].clone() };
            found.extend(direct(&person["quotes"]).map(|quote| (self.trimmed(span(quote)), name.clone())));
        }
        let unattributed = direct(&self.facts["unattributed_quotes"]);
        found.extend(unattributed.map(|quote| (self.trimmed(span(quote)), Value::Null)));
        for quote in self.gold["quotes"].clone().as_array().expect("a list") {
            let at = self.trimmed(span(quote));
            let words = text_of(&quote["text"]);
            // A speaker whom the gold leaves unnamed is still a speaker.
            let speaker =
                if quote["speaker"].is_null() { "nobody by name".into() } else { quote["speaker"].clone() };
            match found.iter().position(|(span, _)| *span == at) {
                Some(index) => {
                    let (_, name) = found.remove(index);
                    self.same(format_args!("speaker of {words:?}"), &name, &speaker);
                }
                None => self.wrong.push(format!("quotation not found: {words:?} at {at:?}")),
            }
        }
        for ((start, end), name) in found {
            let words: String = self.source[start..end].iter().collect();
            self.wrong.push(format!("not a quotation: {words:?} by {name}"));
        }
    }

    fn attacks(&mut self, dates: &str) {
        let mut events = list(&self.facts["events"]).to_vec();
        let gold = self.gold.clone();
        for (index, attack) in list(&gold["attacks"]).iter().enumerate() {
            let name = text_of(&attack["name"]);
            let evidence: Vec<_> = list(&attack["evidence"]).iter().map(span).collect();
            let supports = |event: &Value| {
                evidence
                    .iter()
                    .filter(|gold| list(&event["evidence"]).iter().any(|e| overlap(**gold, span(e))))
                    .count()
            };
            let best = (0..events.len()).max_by_key(|event| (supports(&events[*event]), usize::MAX - event));
            let Some(best) = best.filter(|best| supports(&events[*best]) > 0) else {
                self.wrong.push(format!("attack not found: {name}"));
                continue;
            };
            let event = events.remove(best);
            if supports(&event) < evidence.len() {
                self.wrong
                    .push(format!("{name}: evidence {:?} misses part of {evidence:?}", event["evidence"]));
            }
            if (index == 0) != (event["main"] == true) {
                self.wrong.push(format!("{name}: main is {}", event["main"]));
            }
            self.attack(name, &event, attack, dates);
        }
        for event in &events {
            if event["stage"] == "accomplished" {
                let evidence = event["evidence"].to_string();
                self.wrong.push(format!("not an attack: {} {} {evidence}", event["type"], event["name"]));
            }
        }
        for words in list(&gold["not_attacks"]).iter().map(text_of) {
            let start = self.find(words);
            let never = (start, start + words.chars().count());
            let mut evidence = list(&self.facts["events"]).iter().flat_map(|event| list(&event["evidence"]));
            if evidence.any(|evidence| overlap(never, span(evidence))) {
                self.wrong.push(format!("read an attack in {words:?}"));
            }
        }
    }

    fn attack(&mut self, name: &str, event: &Value, gold: &Value, dates: &str) {
        self.same(format_args!("{name}: date"), &event["date"], &gold["date"][dates]);
        let (date, words) = (lower(&event["date_text"]), lower(&gold["date_text"]));
        if date.is_empty() || !(words.contains(&date) || date.contains(&words)) {
            self.wrong.push(format!("{name}: words of the date {date:?}, gold {words:?}"));
        }
        for key in ["name", "near", "country"] {
            self.same(format_args!("{name}: place.{key}"), &event["place"][key], &gold["place"][key]);
        }
        for toll in ["killed", "injured", "hostages"] {
            for bound in ["min", "max"] {
                self.same(format_args!("{name}: {toll}.{bound}"), &event[toll][bound], &gold[toll][bound]);
            }
        }
    }

    fn people(&mut self) {
        let people = list(&self.facts["people"]).to_vec();
        for gold in self.gold["people"].clone().as_array().expect("a list") {
            let unnamed = gold["name"].is_null();
            let is_meant = |person: &&Value| match unnamed {
                true => {
                    person["name"].is_null() && lower(&person["description"]).contains(&lower(&gold["title"]))
                }
                false => person["name"] == gold["name"],
            };
            let name = if unnamed { &gold["title"] } else { &gold["name"] };
            let Some(person) = people.iter().find(is_meant) else {
                self.wrong.push(format!("person not found: {name}"));
                continue;
            };
            self.same(format_args!("{name}: role"), &person["role"], &gold["role"]);
            self.same(
                format_args!("{name}: quotations"),
                &direct(&person["quotes"]).count().into(),
                &gold["quotes"],
            );
            for key in ["title", "affiliation"] {
                if !gold[key].is_null() && !unnamed {
                    self.same(format_args!("{name}: {key}"), &person[key], &gold[key]);
                }
            }
        }
        for never in list(&self.gold["never_people"].clone()).iter().map(lower) {
            for person in people.iter().filter(|person| lower(&person["name"]).contains(&never)) {
                self.wrong.push(format!("never a person here: {}", person["name"]));
            }
        }
    }
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("it is JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn lower(value: &Value) -> String {
    text_of(value).to_lowercase()
}

fn span(value: &Value) -> (usize, usize) {
    let offset = |key: &str| value[key].as_u64().expect("every span has a start and an end") as usize;
    (offset("start"), offset("end"))
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn direct(quotes: &Value) -> impl Iterator<Item = &Value> {
    list(quotes).iter().filter(|quote| quote["kind"] == "direct")
}
