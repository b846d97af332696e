//! Each item as a question: the answer is written at once, and the dossier read anew.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;

use super::answers::{Answer, answer, example};
use super::{ALL, chosen, files, pin, show, write_ids};
use crate::cli::args::ReviewArgs;
use crate::cli::report::Reporter;
use crate::cli::site::Site;
use crate::cli::{Outcome, dossier, environment};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline;
use crate::records::{self, Edit, Shape};
use crate::review::{self, Item, Reason, Subject};
use crate::source::{Source, SourceKind};

/// What was done with one.
enum Done {
    /// The files are as the editor wants them; with the file that was written, as it was before.
    Settled(Option<files::Before>),
    /// Nothing was changed.
    Left,
}

/// Goes through the items until none is left or the editor stops, then writes the file of ids.
pub(super) fn ask(args: &ReviewArgs, site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let mut pipeline = dossier::pipeline(site, ALL, args.kept)?;
    let mut passed: BTreeSet<(Reason, String, Option<String>)> = BTreeSet::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let (mut settled, mut asked) = (0_usize, 0_usize);
    let build = pipeline.build();
    let Some(mut ready) = build.site else {
        reporter.diagnostics(&build.diagnostics);
        reporter.hint("mend these first\n");
        return Ok(Outcome::SiteHasErrors);
    };
    let mut items = chosen(args, review::items(&ready));
    loop {
        items.retain(|item| !passed.contains(&key(item)));
        let over = args.limit.is_some_and(|limit| asked >= limit);
        let Some(item) = items.first().filter(|_| !over).cloned() else {
            reporter.hint(if asked == 0 { "nothing needs an editor\n" } else { "that was the last\n" });
            break;
        };
        asked += 1;
        reporter.styled_data(&format!("\n{} to look at: {}\n\n", items.len(), item.reason.heading()))?;
        reporter.styled_data(&show::one(&item, environment::columns()))?;
        // What could not be done is asked again.
        let done = loop {
            match answer(&item, reporter)? {
                None | Some(Answer::Quit) => return finish(site, &ready, &seen, settled, reporter),
                Some(Answer::Skip) => break Done::Left,
                // The decision stands as it is written; only the file of ids has to know.
                Some(Answer::Accept) if item.reason == Reason::Stale => break Done::Settled(None),
                Some(answer) => match perform(answer, &item, site, &ready, reporter)? {
                    Done::Left => {}
                    Done::Settled(None) => break Done::Settled(None),
                    Done::Settled(Some(before)) => {
                        let build = pipeline.build();
                        if let Some(now) = build.site {
                            ready = now;
                            break Done::Settled(Some(before));
                        }
                        before.restore()?;
                        reporter.diagnostics(&build.diagnostics);
                        reporter.hint(&format!("`{}` was put back as it was\n", item.file));
                        // The pipeline has seen the faulty file: it sees the old one again.
                        let build = pipeline.build();
                        ready = build.site.context("the site has errors that it had not before")?;
                    }
                },
            }
        };
        passed.insert(key(&item));
        if let Done::Settled(written) = done {
            seen.insert(item.id.clone());
            settled += 1;
            if written.is_some() {
                reporter.status(&format!("wrote `{}`", item.file));
                items = chosen(args, review::items(&ready));
            }
        }
    }
    finish(site, &ready, &seen, settled, reporter)
}

fn key(item: &Item) -> (Reason, String, Option<String>) {
    // Two quotations of one paragraph have one id.
    let other =
        if item.subject == Subject::Quotation { Some(item.title.clone()) } else { item.other.clone() };
    (item.reason, item.id.clone(), other)
}

fn finish(
    site: &Site,
    ready: &pipeline::Site,
    seen: &BTreeSet<String>,
    settled: usize,
    reporter: &Reporter,
) -> anyhow::Result<Outcome> {
    if settled > 0 {
        pin(site, ready, seen, reporter)?;
    }
    reporter.status(&format!("settled {settled}"));
    Ok(Outcome::Fine)
}

/// Does what the editor wants. What cannot be is told, and nothing is changed.
fn perform(
    answer: Answer,
    item: &Item,
    site: &Site,
    ready: &pipeline::Site,
    reporter: &Reporter,
) -> anyhow::Result<Done> {
    let set = |key: &str, value: &str| Edit::Set(key.to_owned(), value.to_owned());
    match (answer, item.subject) {
        (Answer::Accept, _) => {
            let accepted: Vec<Edit> =
                item.accepted().into_iter().map(|(key, value)| Edit::Set(key, value)).collect();
            write(item, site, ready, &accepted, reporter)
        }
        (Answer::Hide, Subject::Quotation) => {
            write(item, site, ready, &[quotation(item, ("hidden", "true".to_owned()))], reporter)
        }
        (Answer::Hide, _) => {
            write(item, site, ready, &[Edit::Off("confirmed".to_owned()), set("hidden", "true")], reporter)
        }
        (Answer::Apart, _) => {
            let other = item.other.clone().unwrap_or_default();
            write(item, site, ready, &[Edit::Append("apart".to_owned(), other)], reporter)
        }
        (Answer::Merge, _) => merge(item, site, ready, reporter),
        (Answer::Correct, Subject::Quotation) => {
            let Some(name) = reporter.ask("who said it? (as the article names them) ")? else {
                return Ok(Done::Left);
            };
            if name.is_empty() {
                return Ok(Done::Left);
            }
            let speaker = toml::Value::from(name).to_string();
            write(item, site, ready, &[quotation(item, ("speaker", speaker))], reporter)
        }
        (Answer::Correct, _) => correct(item, site, ready, reporter),
        (Answer::Skip | Answer::Quit, _) => Ok(Done::Left),
    }
}

/// `[[quotation]]` for the sidecar.
fn quotation(item: &Item, (key, value): (&str, String)) -> Edit {
    let words = item.paste.lines().find_map(|line| line.strip_prefix("# words = ")).unwrap_or("\"\"");
    Edit::AddTable(
        "quotation".to_owned(),
        vec![("words".to_owned(), words.to_owned()), (key.to_owned(), value)],
    )
}

fn merge(item: &Item, site: &Site, ready: &pipeline::Site, reporter: &Reporter) -> anyhow::Result<Done> {
    let offered = item.other.as_deref().map_or(String::new(), |other| format!(" [{other}]"));
    let Some(said) = reporter.ask(&format!("the id of what is the same{offered}: "))? else {
        return Ok(Done::Left);
    };
    let other = if said.is_empty() { item.other.clone().unwrap_or_default() } else { said };
    let known = match item.subject {
        Subject::Attack => ready.dossier.attacks.iter().any(|attack| attack.id == other),
        _ => ready.dossier.people.iter().any(|person| person.slug == other),
    };
    if !known || other == item.id {
        let list = if item.subject == Subject::Attack { "attacks" } else { "people" };
        reporter
            .hint(&format!("no other has the id `{other}`: `dateline list {list}` shows what there is\n"));
        return Ok(Done::Left);
    }
    write(item, site, ready, &[Edit::Append("also".to_owned(), other)], reporter)
}

/// Asks for `key = value` lines until an empty one.
fn correct(item: &Item, site: &Site, ready: &pipeline::Site, reporter: &Reporter) -> anyhow::Result<Done> {
    let keys = match item.subject {
        Subject::Attack => "date, place, country, kind, killed, injured, title, stage, target, weapon",
        _ => "name, title, affiliation, role",
    };
    reporter.hint(&format!("lines like `{}`, an empty one ends ({keys})\n", example(item)));
    let mut edits = Vec::new();
    while let Some(line) = reporter.ask("> ")?.filter(|line| !line.is_empty()) {
        let Some((key, value)) = line.split_once('=') else {
            reporter.hint("write a key, `=` and a value\n");
            continue;
        };
        let (key, value) = (key.trim(), value.trim());
        // Words without quotation marks are words: nobody wants to type marks at a prompt.
        let value = match value.parse::<toml_edit::Value>() {
            Ok(_) => value.to_owned(),
            Err(_) => toml::Value::from(value).to_string(),
        };
        edits.push(Edit::Set(key.to_owned(), value));
    }
    if edits.is_empty() { Ok(Done::Left) } else { write(item, site, ready, &edits, reporter) }
}

/// Makes the edits in the item's file, unless that would make a file with faults: these are told instead. Before the
/// first decision stands there, every id is written down, so that none of them follows from it.
fn write(
    item: &Item,
    site: &Site,
    ready: &pipeline::Site,
    edits: &[Edit],
    reporter: &Reporter,
) -> anyhow::Result<Done> {
    let path: PathBuf = site.file(&item.file);
    let before = match files::text(&path) {
        Ok(before) => before,
        Err(fault) => {
            reporter.warning(&format!("{fault:#}"));
            return Ok(Done::Left);
        }
    };
    let shape = if item.subject == Subject::Quotation { Shape::Toml } else { Shape::FrontMatter };
    let after = match records::edit(&before, shape, edits) {
        Ok(after) => after,
        Err(fault) => {
            reporter.warning(&format!("`{}` was left as it is: {fault:#}", item.file));
            return Ok(Done::Left);
        }
    };
    let faults = faults(item, &after);
    if !faults.is_empty() {
        reporter.diagnostics(&faults);
        reporter.hint(&format!("`{}` was left as it is\n", item.file));
        return Ok(Done::Left);
    }
    let (written, ids) = write_ids(site, ready, &BTreeSet::new())?;
    if written {
        reporter.status(&ids);
    }
    match files::replace(&path, &after) {
        Ok(_) => Ok(Done::Settled(Some(files::Before::new(path, before)))),
        Err(fault) => {
            reporter.warning(&format!("{fault:#}"));
            Ok(Done::Left)
        }
    }
}

/// What would be wrong with the file.
fn faults(item: &Item, text: &str) -> Vec<Diagnostic> {
    let kind = match item.subject {
        Subject::Attack => SourceKind::AttackRecord,
        Subject::Person => SourceKind::ExpertRecord,
        Subject::Quotation => SourceKind::Sidecar,
    };
    let source = Source { path: Arc::from(item.file.as_str()), kind, text: text.into(), hash: [0; 32] };
    let config = Config::default();
    let mut faults = match item.subject {
        Subject::Attack => records::parse_attack(&source, &config).1,
        Subject::Person => records::parse_expert(&source, &config).1,
        Subject::Quotation => records::parse_article(&source).1,
    };
    faults.retain(|fault| fault.severity == Severity::Error);
    faults
}
