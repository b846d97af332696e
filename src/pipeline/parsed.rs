//! What is made of one file alone, and so remembered by its content: a document with its facts, or a record.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, Format, Piece};
use crate::dossier::Sight;
use crate::facts::{self, Facts, Knowledge};
use crate::memo::Key;
use crate::records::{self, AttackRecord, Correction, ExpertRecord, Pins};
use crate::slug::{slugify, slugify_file};
use crate::source::{Inputs, Source, SourceKind};

use super::{Pipeline, Records};

/// One file of `content/`, parsed and, if it is an article, read.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) document: Option<Arc<Document>>,
    pub(crate) facts: Arc<Facts>,
    pub(crate) corrections: Arc<[Correction]>,
    /// What linking sees of it, if it is an article.
    pub(super) sight: Arc<Sight>,
    /// The last part of its address, if it is an article, asks for none and has it for itself.
    pub(super) slug: String,
    /// The files of `content/` that its Markdown links to, relative to that.
    pub(super) links: Vec<String>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// One of the editor's files.
#[derive(Debug)]
pub(super) enum ParsedRecord {
    Attack(Option<AttackRecord>),
    Expert(Option<ExpertRecord>),
    Pins(Pins),
}

impl Pipeline {
    /// The editor's records, in order of path; those that did not change are not parsed again.
    pub(super) fn read_records(
        &mut self,
        inputs: &Inputs,
        config: &Config,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Records {
        let sources: Vec<&Source> = records_of(inputs).collect();
        let keys: Vec<Key> = sources.iter().map(|source| record_key(source, config)).collect();
        let parsed = self.records.recall(&keys, |at| parse_record(sources[at], config));
        let mut all = Records::default();
        for record in parsed {
            let (record, faults) = &*record;
            match record {
                ParsedRecord::Attack(record) => all.attacks.extend(record.clone()),
                ParsedRecord::Expert(record) => all.people.extend(record.clone()),
                ParsedRecord::Pins(pins) => all.pins.clone_from(pins),
            }
            diagnostics.extend(faults.iter().cloned());
        }
        all
    }
}

fn records_of(inputs: &Inputs) -> impl Iterator<Item = &Source> {
    let is_record =
        |kind| matches!(kind, SourceKind::AttackRecord | SourceKind::ExpertRecord | SourceKind::Ids);
    inputs.sources.iter().map(|source| &**source).filter(move |source| is_record(source.kind))
}

/// What a record depends on: its path, its bytes and how Markdown is read.
fn record_key(source: &Source, config: &Config) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.path.as_bytes());
    hasher.update(&[0]);
    hasher.update(&source.hash);
    hasher.update(&markdown_key(config));
    *hasher.finalize().as_bytes()
}

/// What the editor's decisions as a whole depend on, and what those about people do.
pub(super) fn decided_keys(inputs: &Inputs, config: &Config) -> (Key, Key) {
    let (mut all, mut people) = (blake3::Hasher::new(), blake3::Hasher::new());
    for source in records_of(inputs) {
        let key = record_key(source, config);
        all.update(&key);
        if source.kind != SourceKind::AttackRecord {
            people.update(&key);
        }
    }
    (*all.finalize().as_bytes(), *people.finalize().as_bytes())
}

/// How Markdown is read.
pub(super) fn markdown_key(config: &Config) -> [u8; 2] {
    [u8::from(config.markdown.smart_punctuation), u8::from(config.markdown.highlight)]
}

fn parse_record(source: &Source, config: &Config) -> (ParsedRecord, Vec<Diagnostic>) {
    match source.kind {
        SourceKind::AttackRecord => {
            let (record, faults) = records::parse_attack(source, config);
            (ParsedRecord::Attack(record), faults)
        }
        SourceKind::ExpertRecord => {
            let (record, faults) = records::parse_expert(source, config);
            (ParsedRecord::Expert(record), faults)
        }
        _ => {
            let (pins, faults) = records::parse_pins(source);
            (ParsedRecord::Pins(pins), faults)
        }
    }
}

/// Whether a file becomes a page.
pub(super) fn is_document(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Article(_) | SourceKind::Page | SourceKind::Section)
}

/// What the parse of a file depends on: its path, its bytes, its sidecar's, how Markdown is read, and for an article the
/// site's lists.
pub(super) fn key(
    source: &Source,
    sidecar: Option<&Arc<Source>>,
    config: &Config,
    knowledge: &Knowledge,
) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.path.as_bytes());
    hasher.update(&[0]);
    hasher.update(&source.hash);
    hasher.update(sidecar.map_or(&[0; 32], |sidecar| &sidecar.hash));
    hasher.update(&markdown_key(config));
    if matches!(source.kind, SourceKind::Article(_)) {
        hasher.update(&knowledge.hash);
    }
    *hasher.finalize().as_bytes()
}

/// Stages 2 and 3 for one file.
pub(super) fn parse(
    source: &Source,
    sidecar: Option<&Source>,
    config: &Config,
    knowledge: &Knowledge,
) -> Parsed {
    let (mut document, mut diagnostics) = document::parse(source, sidecar, config);
    let is_article = matches!(source.kind, SourceKind::Article(_));
    let Some(document) = document.take_if(|_| is_article) else {
        return Parsed::new(source, document, (Facts::default(), Vec::new()), diagnostics, knowledge);
    };
    let mut facts = facts::extract_with(&document, document.meta.published, knowledge);
    let mut corrections = Vec::new();
    if document.meta.decides {
        (facts, corrections) = decided(source, sidecar, &document, facts, &mut diagnostics);
    }
    Parsed::new(source, Some(document), (facts, corrections), diagnostics, knowledge)
}

impl Parsed {
    /// What was read of `source`, with what follows from it.
    pub(super) fn new(
        source: &Source,
        document: Option<Document>,
        (facts, corrections): (Facts, Vec<Correction>),
        diagnostics: Vec<Diagnostic>,
        knowledge: &Knowledge,
    ) -> Parsed {
        let article = document.as_ref().filter(|_| matches!(source.kind, SourceKind::Article(_)));
        let sight = article.map(|document| Sight::of(document, &facts, &corrections, &knowledge.aliases));
        Parsed::seen(source, document, (facts, corrections), diagnostics, sight.unwrap_or_default())
    }

    /// The same where it is known what linking sees of it.
    pub(super) fn seen(
        source: &Source,
        document: Option<Document>,
        (facts, corrections): (Facts, Vec<Correction>),
        diagnostics: Vec<Diagnostic>,
        sight: Sight,
    ) -> Parsed {
        let links = document.as_ref().map(links).unwrap_or_default();
        let article = document.as_ref().filter(|_| matches!(source.kind, SourceKind::Article(_)));
        Parsed {
            slug: article.map(wished_slug).unwrap_or_default(),
            document: document.map(Arc::new),
            facts: Arc::new(facts),
            corrections: corrections.into(),
            sight: Arc::new(sight),
            links,
            diagnostics,
        }
    }
}

/// The files of `content/` that the document's Markdown links to.
fn links(document: &Document) -> Vec<String> {
    let markup = document.blocks.iter().flat_map(|block| &block.pieces).filter_map(|piece| match piece {
        Piece::Html(markup) => Some(markup.as_str()),
        Piece::Text(_) => None,
    });
    let targets = markup.flat_map(|markup| markup.split("=\"@/").skip(1));
    targets.map(|target| target.split(['"', '#']).next().unwrap_or_default().to_owned()).collect()
}

/// What an article says, as its front matter and its sidecar correct it, and what they say was corrected on the site.
fn decided(
    source: &Source,
    sidecar: Option<&Source>,
    document: &Document,
    mut facts: Facts,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Facts, Vec<Correction>) {
    let mut corrections = Vec::new();
    let in_front = (document.format == Format::Markdown).then_some(source);
    for source in in_front.into_iter().chain(sidecar) {
        let (record, faults) = records::parse_article(source);
        diagnostics.extend(faults);
        let (corrected, faults) = records::overlay(&facts, document, &record);
        diagnostics.extend(faults);
        facts = corrected;
        corrections.extend(record.corrections);
    }
    (facts, corrections)
}

/// The slug that the name of an article's file makes, or, where that has no letters, as files from an archive have, its
/// headline.
fn wished_slug(document: &Document) -> String {
    let name = document.path.rsplit('/').next().unwrap_or(&document.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.chars().any(char::is_alphabetic) {
        slugify_file(stem, "article")
    } else {
        slugify(&document.title, stem)
    }
}
