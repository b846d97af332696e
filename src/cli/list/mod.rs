//! `dateline list`: what the dossier holds now, for reading and for programs.
//!
//! The names of fields are those of one article's facts (`facts_json`), with `id` besides.

mod articles;
mod attacks;
mod people;
mod quotes;
mod table;

use serde::Serialize;

use super::args::{ListArgs, ListFormat, ListKind};
use super::report::Reporter;
use super::site::Site;
use super::{Outcome, dossier, environment};
use crate::exports::csv;
use crate::facts;
use crate::pipeline;

/// A list in all its forms.
struct Listed {
    /// The objects of the JSON.
    objects: Vec<serde_json::Value>,
    /// The names of the columns of CSV, and a row for each entry.
    columns: (Vec<&'static str>, Vec<Vec<String>>),
    /// The columns of the table: fewer, and shorter.
    table: table::Table,
}

/// Prints the list that was asked for.
pub fn run(args: &ListArgs, site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let Some(ready) = dossier::read(site, args.selection, args.kept, reporter)? else {
        return Ok(Outcome::SiteHasErrors);
    };
    let listed = list(args.kind, &ready)?;
    match args.format {
        ListFormat::Table => reporter.styled_data(&listed.table.drawn(environment::columns()))?,
        ListFormat::Json => {
            let mut text = serde_json::to_string_pretty(&listed.objects)?;
            text.push('\n');
            reporter.data(text.as_bytes())?;
        }
        ListFormat::Csv => {
            let (names, rows) = &listed.columns;
            reporter.data(csv::written(names, rows).as_bytes())?;
        }
    }
    Ok(Outcome::Fine)
}

fn list(kind: ListKind, site: &pipeline::Site) -> anyhow::Result<Listed> {
    match kind {
        ListKind::Attacks => attacks::list(site),
        ListKind::Experts => people::list(site, people::Which::Experts),
        ListKind::People => people::list(site, people::Which::Everybody),
        ListKind::Quotes => quotes::list(site),
        ListKind::Articles => articles::list(site),
    }
}

/// Objects of a list, in its order.
fn objects<T: Serialize>(entries: &[T]) -> anyhow::Result<Vec<serde_json::Value>> {
    Ok(entries.iter().map(serde_json::to_value).collect::<Result<_, _>>()?)
}

/// The bounds of a toll as two cells.
fn bounds(toll: Option<facts::Toll>) -> [String; 2] {
    let bound = |bound: Option<u32>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    [bound(toll.and_then(|toll| toll.min)), bound(toll.and_then(|toll| toll.max))]
}
