//! `content/experts/<slug>.md` to a record, with every fault in it.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::fields::Fields;
use crate::source::Source;

use super::parts::{
    ID_HELP, Opened, corrections, file_stem, ids, list, mentions, open, quotation_refs, sources, verdict,
    words,
};
use super::{ExpertRecord, Portrait, Written};

/// Reads `content/experts/<slug>.md`.
pub fn parse_expert(source: &Source, config: &Config) -> (Option<ExpertRecord>, Vec<Diagnostic>) {
    let Opened { mut fields, is_whole, html, mut diagnostics } = match open(source, config) {
        Ok(opened) => opened,
        Err(fault) => return (None, vec![fault]),
    };
    let (confirmed, hidden) = verdict(&mut fields);
    let record = ExpertRecord {
        path: Arc::clone(&source.path),
        slug: file_stem(&source.path).to_owned(),
        name: words(&mut fields, "name"),
        names: list(&mut fields, "names"),
        title: words(&mut fields, "title"),
        affiliation: words(&mut fields, "affiliation"),
        subject: words(&mut fields, "subject"),
        role: fields.choice("role"),
        also: ids(&mut fields, "also"),
        mentions: mentions(&mut fields),
        quotations: quotation_refs(&mut fields),
        portrait: portrait(&mut fields),
        sources: sources(&mut fields),
        corrections: corrections(&mut fields),
        apart: ids(&mut fields, "apart"),
        confirmed,
        hidden,
        biography: html,
        extra: fields.open_table("extra").unwrap_or_default(),
    };
    diagnostics.extend(fields.finish(FOREIGN));
    (Some(record).filter(|_| is_whole), diagnostics)
}

/// What is called otherwise here.
const FOREIGN: &[(&str, &str)] = &[
    ("slug", ID_HELP),
    ("id", ID_HELP),
    ("organisation", "use `affiliation`"),
    ("organization", "use `affiliation`"),
    ("image", "write `[portrait]` with `file`, `credit` and `alt`"),
    ("photo", "write `[portrait]` with `file`, `credit` and `alt`"),
    ("sources", "write `[[source]]` with `outlet`, `title`, `url`, `published`"),
    ("corrections", "write `[[correction]]` with `date` and `text`"),
    ("merge", "use `also`: the slugs of the people that are this one"),
];

/// `[portrait]`: the picture's file, who made it and what it shows.
fn portrait(fields: &mut Fields<'_>) -> Option<Portrait> {
    let span = fields.span_of("portrait").unwrap_or_default();
    let mut table = fields.table("portrait")?;
    let file = table.text("file").map(|(value, span)| Written { value, place: table.place(span) });
    if file.is_none() {
        let help = "name a picture beside this record: `file = \"maren-ostby.jpg\"`";
        table.fault(span, "a portrait has a `file`", help);
    }
    let (credit, alt) = (words(&mut table, "credit"), words(&mut table, "alt"));
    fields.absorb(table, &[("src", "use `file`"), ("caption", "use `credit`"), ("alternative", "use `alt`")]);
    Some(Portrait { file: file?, credit, alt })
}
