//! `dateline review`: what needs an editor, one after the other; the answers go into the record files.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it writes what the editor decides")]

mod answers;
mod ask;
mod files;
mod show;

use std::collections::BTreeSet;

use anyhow::bail;

use super::args::{ExplainFormat, ReviewArgs, Selection};
use super::report::{self, Reporter};
use super::site::Site;
use super::{Outcome, dossier, environment};
use crate::diagnostic::nearest;
use crate::pipeline;
use crate::review::{self, Item};

/// Everything is looked at, also what is not published yet.
const ALL: Selection = Selection { drafts: true, future: true };

/// Lists what needs an editor, or asks about each on a terminal.
pub fn run(args: &ReviewArgs, site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let terminal = report::speaks_with_a_person();
    let quiet = args.pin || !args.seen.is_empty() || args.format == ExplainFormat::Json;
    if args.interactive || (terminal && !quiet) {
        return ask::ask(args, site, reporter);
    }
    let Some(ready) = dossier::read(site, ALL, args.kept, reporter)? else {
        return Ok(Outcome::SiteHasErrors);
    };
    if args.pin || !args.seen.is_empty() {
        let seen = seen(&args.seen, &ready)?;
        pin(site, &ready, &seen, reporter)?;
        return Ok(Outcome::Fine);
    }
    let all = chosen(args, review::items(&ready));
    let items = &all[..all.len().min(args.limit.unwrap_or(usize::MAX))];
    if args.format == ExplainFormat::Json {
        let mut text = serde_json::to_string_pretty(items)?;
        text.push('\n');
        reporter.data(text.as_bytes())?;
    } else {
        reporter.styled_data(&show::list(items, all.len(), environment::columns()))?;
    }
    Ok(Outcome::Fine)
}

/// The items that the command line asks for.
fn chosen(args: &ReviewArgs, mut items: Vec<Item>) -> Vec<Item> {
    items.retain(|item| args.only.is_empty() || args.only.contains(&item.reason));
    items
}

/// The ids that `--seen` names, which must be there.
fn seen(named: &[String], ready: &pipeline::Site) -> anyhow::Result<BTreeSet<String>> {
    let attacks = ready.dossier.attacks.iter().chain(&ready.dossier.hidden).map(|attack| attack.id.as_str());
    let known: BTreeSet<&str> =
        attacks.chain(ready.dossier.people.iter().map(|person| person.slug.as_str())).collect();
    for id in named {
        if !known.contains(id.as_str()) {
            let help = nearest(id, known.iter().copied());
            let help = help.map_or("`dateline list` shows what there is".to_owned(), |it| {
                format!("did you mean `{it}`?")
            });
            bail!("no attack and no person has the id `{id}`\n  help: {help}");
        }
    }
    Ok(named.iter().cloned().collect())
}

/// Writes `content/ids.toml`, if it has changed, and says so.
fn pin(
    site: &Site,
    ready: &pipeline::Site,
    seen: &BTreeSet<String>,
    reporter: &Reporter,
) -> anyhow::Result<()> {
    let (_, done) = write_ids(site, ready, seen)?;
    reporter.status(&done);
    Ok(())
}

/// Whether `content/ids.toml` had to be written, and what was done in words.
fn write_ids(site: &Site, ready: &pipeline::Site, seen: &BTreeSet<String>) -> anyhow::Result<(bool, String)> {
    let (text, count) = review::ids_toml(ready, seen);
    let written = files::replace(&site.file(IDS), &text)?;
    let verb = if written { "wrote" } else { "kept" };
    let ids = if count == 1 { "id" } else { "ids" };
    Ok((written, format!("{verb} `{IDS}`: {count} {ids}")))
}

const IDS: &str = "content/ids.toml";
