//! The article that a command is given: a file, wherever it is, or standard input, with what the command line says of it.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it reads the article")]

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use toml::Table;

use super::args::{ArticleArgs, Global};
use super::report::Reporter;
use super::site::Site;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, Format};
use crate::facts::{self, Facts, Knowledge};
use crate::source::{self, Source, SourceKind};

/// The longest article that is read, in bytes; as in a site.
const LONGEST: u64 = 64 << 20;

/// An article that was read.
#[derive(Debug)]
pub struct Article {
    /// Its file.
    pub source: Source,
    /// What was made of it.
    pub document: Document,
    /// What it says.
    pub facts: Facts,
}

/// Reads the article that `args` name. Odd text is told of on standard error, and still has facts, if only empty ones.
pub fn read(args: &ArticleArgs, global: &Global, reporter: &Reporter) -> anyhow::Result<Article> {
    let format = format_of(&args.file);
    let source = read_text(&args.file, SourceKind::Article(format))?;
    let sidecar = sidecar(&args.file)?;
    let (parsed, diagnostics) = parse(&source, sidecar.as_ref(), args);
    let Surroundings { knowledge, diagnostics: faults, .. } = surroundings(global)?;
    reporter.diagnostics(&[diagnostics, faults].concat());
    let document = parsed.unwrap_or_else(|| empty(&source, format));
    let facts = match &knowledge {
        Some(knowledge) => facts::extract_with(&document, document.meta.published, knowledge),
        None => facts::extract(&document, document.meta.published),
    };
    Ok(Article { source, document, facts })
}

/// The site that a command about one article is given in, if it is given in one.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// Its settings.
    pub(super) config: Config,
    /// What its own lists know, if it has any.
    pub(super) knowledge: Option<Knowledge>,
    /// What is wrong with its lists.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Looks for the site around a command.
pub(super) fn surroundings(global: &Global) -> anyhow::Result<Surroundings> {
    let site = match Site::find(global) {
        Ok(site) => site,
        Err(failure) if global.root.is_some() || global.config.is_some() => return Err(failure),
        Err(_) => return Ok(Surroundings::default()),
    };
    let name = site.config_file.display().to_string();
    let Ok(settings) = source::settings_text(&site.config_file, &name) else {
        return Ok(Surroundings::default());
    };
    // What is wrong in the settings is the business of commands that work on the site.
    let (config, _) = config::parse(&settings, &name);
    let (inputs, mut diagnostics) = source::Reader::new(&site.root).read_lists(&config);
    let lists = inputs.lists();
    if lists.is_empty() {
        return Ok(Surroundings { config, knowledge: None, diagnostics });
    }
    let (knowledge, more) = Knowledge::with_lists(&lists);
    diagnostics.extend(more);
    Ok(Surroundings { config, knowledge: Some(knowledge), diagnostics })
}

/// What the command line says stands over the sidecar, as if it were written there.
fn parse(
    source: &Source,
    sidecar: Option<&Source>,
    args: &ArticleArgs,
) -> (Option<Document>, Vec<Diagnostic>) {
    let config = Config::default();
    let (document, diagnostics) = document::parse(source, sidecar, &config);
    if args.title.is_none() && args.published.is_none() {
        return (document, diagnostics);
    }
    let mut said: Table = sidecar.and_then(|sidecar| sidecar.text.parse().ok()).unwrap_or_default();
    said.extend(args.title.iter().map(|title| ("title".to_owned(), title.as_str().into())));
    said.extend(args.published.iter().map(|day| ("published".to_owned(), day.to_string().into())));
    let text = said.to_string().into();
    let said = Source { path: "command line".into(), kind: SourceKind::Sidecar, text, hash: source.hash };
    // Faults have been found above, at their places in the sidecar itself.
    (document::parse(source, Some(&said), &config).0, diagnostics)
}

fn format_of(file: &Path) -> Format {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown") => Format::Markdown,
        Some("html" | "htm") => Format::SavedPage,
        _ => Format::PlainText,
    }
}

fn read_text(file: &Path, kind: SourceKind) -> anyhow::Result<Source> {
    let mut bytes = Vec::new();
    let (name, read) = if file == Path::new("-") {
        ("standard input".into(), io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes))
    } else {
        let read = File::open(file).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
        (file.display().to_string(), read)
    };
    read.with_context(|| format!("cannot read `{name}`"))?;
    if bytes.len() as u64 > LONGEST {
        bail!("`{name}` is longer than {} MiB\n  help: give one article at a time", LONGEST >> 20);
    }
    let hash = *blake3::hash(&bytes).as_bytes();
    let format = if let SourceKind::Article(format) = kind { Some(format) } else { None };
    if let Some(what) = source::binary(&bytes, format) {
        bail!("`{name}` is {what}, not text");
    }
    let text = source::decode(bytes, format).text;
    Ok(Source { path: name.into(), kind, text: text.into(), hash })
}

/// `NAME.toml` beside the article, if it is there.
fn sidecar(file: &Path) -> anyhow::Result<Option<Source>> {
    let beside = file.with_extension("toml");
    if file == Path::new("-") || beside == file || !beside.is_file() {
        return Ok(None);
    }
    read_text(&beside, SourceKind::Sidecar).map(Some)
}

/// What is left of a file that is no article: its name.
fn empty(source: &Source, format: Format) -> Document {
    Document {
        path: Arc::clone(&source.path),
        format,
        meta: document::Meta::default(),
        title: source.path.to_string(),
        title_span: None,
        standfirst: None,
        text: Arc::clone(&source.text),
        origin: document::Origin::Same,
        blocks: Vec::new(),
        trimmed: Vec::new(),
        has_code: false,
    }
}
