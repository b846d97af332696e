//! Articles that another process read: what stages 2 and 3 made of each, sealed, and the source that it was made of.
//!
//! A build takes them for files of `content/articles/` and extracts nothing again. A seal holds only for the source,
//! settings and lists that it was made with, and for the same build of the program; then the site is the same, byte for
//! byte.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::facts::{Facts, Knowledge};
use crate::memo::Key;
use crate::source::{Inputs, Source};

use super::cache::record;
use super::parsed::{Parsed, key, parse};

/// An article that was read elsewhere.
#[derive(Clone, Debug)]
pub struct Given {
    /// Its text, as if it stood in `content/articles/`.
    pub source: Arc<Source>,
    /// What else is known of it, as if it stood beside it.
    pub sidecar: Option<Arc<Source>>,
    /// What [`seal`] made of both.
    pub sealed: Vec<u8>,
    /// Which line of which file it is, for messages.
    pub origin: String,
}

/// What was read of an article, in words and sealed.
#[derive(Debug)]
pub struct Sealed {
    /// The article.
    pub document: Arc<Document>,
    /// What it says.
    pub facts: Arc<Facts>,
    /// Both, and what follows from them, for a build of the same program.
    pub sealed: Vec<u8>,
}

/// Stages 2 and 3 for one article. An article with errors is given back as these.
pub fn seal(
    source: &Source,
    sidecar: Option<&Arc<Source>>,
    config: &Config,
    knowledge: &Knowledge,
) -> Result<Sealed, Vec<Diagnostic>> {
    let key = key(source, sidecar, config, knowledge);
    let parsed = parse(source, sidecar.map(|sidecar| &**sidecar), config, knowledge);
    let failed = parsed.diagnostics.iter().any(|it| it.severity == Severity::Error);
    let sealed = record::write(&key, &parsed, source);
    match (parsed.document, sealed) {
        (Some(document), Some(sealed)) if !failed => Ok(Sealed { document, facts: parsed.facts, sealed }),
        (_, None) => {
            Err(vec![Diagnostic::error(&*source.path, "what was read of it is too long to be kept")])
        }
        _ => Err(parsed.diagnostics),
    }
}

/// Puts the sources of `given`, in order of path, among those that were read: of two records of one path, which is told, the
/// first. A file that is there as well must be the same.
pub(super) fn merge(given: &[Given], inputs: &mut Inputs) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut merged = Vec::with_capacity(inputs.sources.len() + given.len());
    let first = given.chunk_by(|a, b| a.source.path == b.source.path).map(|same| &same[0]);
    let added = first
        .clone()
        .flat_map(|it| std::iter::once(&it.source).chain(&it.sidecar).map(move |source| (it, source)));
    for (it, source) in added {
        match inputs.sources.binary_search_by(|there| there.path.cmp(&source.path)) {
            Ok(at) if inputs.sources[at].text == source.text => inputs.sources[at] = Arc::clone(source),
            Ok(_) => {
                let fault = Diagnostic::error(&*source.path, format!("{} says something else", it.origin));
                diagnostics.push(fault.help("take the file away, or extract it again"));
            }
            Err(_) => merged.push(Arc::clone(source)),
        }
    }
    let alone = first.filter(|it| it.sidecar.is_none());
    for it in alone {
        if let Some(beside) = inputs.sidecar(&it.source) {
            let fault =
                Diagnostic::error(&*beside.path, format!("{} was read without this sidecar", it.origin));
            diagnostics.push(fault.help("take the file away, or extract the article again with it"));
        }
    }
    if !merged.is_empty() {
        inputs.sources.append(&mut merged);
        inputs.sources.sort_by(|a, b| a.path.cmp(&b.path));
    }
    for pair in given.windows(2).filter(|pair| pair[0].source.path == pair[1].source.path) {
        let message = format!("{} and {} are records of this path", pair[0].origin, pair[1].origin);
        let fault = Diagnostic::error(&*pair[0].source.path, message);
        diagnostics.push(fault.help("give each article a `path` of its own"));
    }
    diagnostics
}

/// What was read elsewhere of `source` and its sidecar, if it is one of `given`, which are in order of path. A record of
/// other words is told by [`merge`].
pub(super) fn find(
    given: &[Given],
    (source, sidecar): (&Source, Option<&Arc<Source>>),
    key: &Key,
    knowledge: &Knowledge,
) -> Option<Parsed> {
    let from = given.partition_point(|it| it.source.path < source.path);
    let it = given.get(from).filter(|it| it.source.path == source.path)?;
    let hash = |sidecar: &Arc<Source>| sidecar.hash;
    if it.source.hash != source.hash || it.sidecar.as_ref().map(hash) != sidecar.map(hash) {
        return None;
    }
    let found = record::read(&it.sealed, key, source);
    Some(found.unwrap_or_else(|| {
        let message = format!(
            "{} was read by another dateline, with other settings or lists, or its text was changed since",
            it.origin
        );
        let fault = Diagnostic::error(&*source.path, message);
        let fault = fault.help("extract it again, with this program and with `--root` naming this site");
        Parsed::new(source, None, Default::default(), vec![fault], knowledge)
    }))
}
