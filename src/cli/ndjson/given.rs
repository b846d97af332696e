//! The records of `--facts`: which articles were read elsewhere, and every line that cannot be used.
#![expect(clippy::disallowed_methods, reason = "a command at the edge: it reads records")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;

use super::{FOLDER, PROGRAM, SCHEMA, json_fault, source, unmarked};
use crate::cli::report::Reporter;
use crate::pipeline::Given;
use crate::source::{Hash, SourceKind, article_kind, sidecar_path};

/// What a build needs of a record.
#[derive(Deserialize)]
struct Kept {
    schema: Option<String>,
    path: Option<String>,
    text: Option<String>,
    sidecar: Option<String>,
    program: Option<String>,
    sealed: Option<String>,
    error: Option<String>,
}

/// What came of a line.
enum Line {
    /// An article.
    Read(Box<Given>),
    /// Why there is none, as the record itself says.
    Failed(String),
    /// Why it is no record that can be used.
    Wrong(String),
}

/// What becomes of articles that the records say were not read.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Unread {
    /// They are told of, and the site is without.
    Told,
    /// `--strict`: an error.
    Refused,
}

impl From<bool> for Unread {
    /// As `--strict` says.
    fn from(strict: bool) -> Unread {
        if strict { Unread::Refused } else { Unread::Told }
    }
}

/// Reads the records of `files`, in order of path. Those that say why an article was not read are told of; an error where
/// any line is no record of this program.
pub(in crate::cli) fn given(
    files: &[PathBuf],
    unread: Unread,
    reporter: &Reporter,
) -> anyhow::Result<Vec<Given>> {
    let (mut given, mut failed, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_empty = true;
    for file in files {
        read_file(file, |line| {
            is_empty = false;
            match line {
                Line::Read(article) => given.push(*article),
                Line::Failed(told) => failed.push(told),
                Line::Wrong(told) => wrong.push(told),
            }
        })?;
    }
    if is_empty {
        // What is left of a run that failed: a site of it would be an empty one.
        let names: Vec<String> = files.iter().map(|file| format!("`{}`", file.display())).collect();
        bail!(
            "{} holds no record\n  help: was it cut off while it was written? To read the articles of the site, leave \
             `--facts` out",
            names.join(", ")
        );
    }
    if !failed.is_empty() {
        let articles = match failed.len() {
            1 => "1 article was".to_owned(),
            count => format!("{count} articles were"),
        };
        let told = listed(&failed);
        if unread == Unread::Refused {
            bail!("{articles} not read:{told}\n  help: without `--strict` the site is built without");
        }
        reporter.warning(&format!("{articles} not read, and the site is without:{told}"));
    }
    if !wrong.is_empty() {
        let lines = match wrong.len() {
            1 => "1 line cannot".to_owned(),
            count => format!("{count} lines cannot"),
        };
        bail!("{lines} be used:{}\n  help: extract the articles again, with this program", listed(&wrong));
    }
    given.sort_by(|a: &Given, b: &Given| a.source.path.cmp(&b.source.path));
    let mut again = Vec::new();
    given.dedup_by(|it, first| {
        let same = said(it) == said(first);
        if same {
            again.push(format!("{}: `{}`, as {} has it", it.origin, first.source.path, first.origin));
        }
        same
    });
    if !again.is_empty() {
        let records = if again.len() == 1 { "1 record is" } else { "several records are" };
        reporter.warning(&format!("{records} there twice, and taken once:{}", listed(&again)));
    }
    Ok(given)
}

/// All that a record says.
fn said(given: &Given) -> (&str, Hash, Option<Hash>, &[u8]) {
    let sidecar = given.sidecar.as_ref().map(|sidecar| sidecar.hash);
    (&given.source.path, given.source.hash, sidecar, &given.sealed)
}

/// The first few, one a line.
fn listed(faults: &[String]) -> String {
    const MOST: usize = 10;
    let mut words: String = faults.iter().take(MOST).map(|fault| format!("\n  {fault}")).collect();
    if faults.len() > MOST {
        words.push_str(&format!("\n  and {} more", faults.len() - MOST));
    }
    words
}

fn read_file(file: &Path, mut each: impl FnMut(Line)) -> anyhow::Result<()> {
    let shown = file.display();
    let mut lines: Box<dyn BufRead> = match file == Path::new("-") {
        true => Box::new(std::io::stdin().lock()),
        false => {
            Box::new(BufReader::new(File::open(file).with_context(|| format!("cannot read `{shown}`"))?))
        }
    };
    let mut line = Vec::new();
    for count in 1_usize.. {
        line.clear();
        if lines.read_until(b'\n', &mut line).with_context(|| format!("cannot read `{shown}`"))? == 0 {
            break;
        }
        if !unmarked(&line).is_empty() {
            each(read_line(&line, format!("line {count} of `{shown}`")));
        }
    }
    Ok(())
}

fn read_line(line: &[u8], origin: String) -> Line {
    let kept: Kept = match serde_json::from_slice(unmarked(line)) {
        Ok(kept) => kept,
        Err(fault) => {
            let cut = if fault.is_eof() { ": was it cut short?" } else { "" };
            return Line::Wrong(format!("{origin} is no record: {}{cut}", json_fault(&fault)));
        }
    };
    match kept.schema.as_deref() {
        Some(SCHEMA) => {}
        Some(other) => return Line::Wrong(format!("{origin} is `{other}`, not `{SCHEMA}`")),
        None => return Line::Wrong(format!("{origin} is no record: it has no `schema`")),
    }
    if let Some(error) = kept.error {
        return Line::Failed(format!(
            "{origin}, {}: {error}",
            kept.path.as_deref().unwrap_or("without a path")
        ));
    }
    if kept.program.as_deref() != Some(PROGRAM) {
        return Line::Wrong(format!("{origin} was made by another build of dateline"));
    }
    let (Some(path), Some(text), Some(sealed)) = (kept.path, kept.text, kept.sealed) else {
        return Line::Wrong(format!("{origin} is no whole record: `path`, `text` and `sealed` belong to it"));
    };
    let Some(kind) = path.strip_prefix(FOLDER).and_then(article_kind) else {
        return Line::Wrong(format!("{origin}: `{path}` is not the path of an article"));
    };
    let Ok(sealed) = BASE64_STANDARD.decode(&sealed) else {
        return Line::Wrong(format!("{origin} is damaged: `sealed` is no base64"));
    };
    let sidecar = kept.sidecar.map(|said| source(sidecar_path(&path), SourceKind::Sidecar, said));
    Line::Read(Box::new(Given { source: source(path, kind, text), sidecar, sealed, origin }))
}
