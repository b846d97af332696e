//! What the author's files name and what is not there: templates, files of `content/`, portraits, files that pages load.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Config, PathUse, SitePath};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::dossier::Article;
use crate::records::{ExpertRecord, Portrait};
use crate::source::{Asset, Inputs};
use crate::span::Span;
use crate::theme::{self, Theme};
use crate::view::OrdinaryPage;

/// Documents that ask for a template which neither the site nor the theme has.
pub(super) fn templates(
    theme: Option<&Theme>,
    articles: &[Article],
    ordinary: &[OrdinaryPage],
    inputs: &Inputs,
) -> Vec<Diagnostic> {
    let Some(theme) = theme else { return Vec::new() };
    let documents = articles.iter().map(|it| &it.document).chain(ordinary.iter().map(|it| &it.document));
    let asked = documents.filter_map(|document| Some((document, document.meta.template.as_deref()?)));
    let missing = asked.filter(|(_, name)| !theme.contains(name));
    let fault = |(document, name): (&Arc<Document>, &str)| {
        let fault = Diagnostic::error(&*document.path, format!("there is no template `{name}`"))
            .help(format!("write `templates/{name}`, or take `template` out"));
        let source = inputs.sources.iter().find(|source| source.path == document.path);
        match source.and_then(|source| Some((source, source.text.find(name)?))) {
            Some((source, at)) => fault.at(&source.text, Span::new(at, at + name.len())),
            None => fault,
        }
    };
    missing.map(fault).collect()
}

/// Links of Markdown to files of `content/` that have no page.
pub(super) fn dead_links(linking: &[(&Document, &[String])], inputs: &Inputs) -> Vec<Diagnostic> {
    if linking.iter().all(|(_, files)| files.is_empty()) {
        return Vec::new();
    }
    let known: BTreeSet<&str> = linking.iter().map(|(document, _)| &*document.path).collect();
    let mut faults = Vec::new();
    for (document, file) in
        linking.iter().flat_map(|(document, files)| files.iter().map(move |it| (document, it)))
    {
        if known.contains(format!("content/{file}").as_str()) {
            continue;
        }
        let message = format!("a link leads to `content/{file}`, which has no page");
        let fault = Diagnostic::error(&*document.path, message).help("mend the link, or add the file");
        let source = inputs.sources.iter().find(|source| source.path == document.path);
        let name = file.rsplit('/').next().unwrap_or(file);
        let place = source.and_then(|source| Some((source, source.text.find(name)?)));
        faults.push(match place {
            Some((source, at)) => fault.at(&source.text, Span::new(at, at + name.len())),
            None => fault,
        });
    }
    faults
}

/// Pictures that records of people name and that are not there.
pub(super) fn portraits(people: &[ExpertRecord], assets: &[Asset]) -> Vec<Diagnostic> {
    let asked = people.iter().filter_map(|record| Some((record, record.portrait.as_ref()?)));
    let missing = asked.filter(|(_, portrait)| {
        let path = portrait.site_path();
        assets.binary_search_by(|asset| (*asset.path).cmp(&path)).is_err()
    });
    let fault = |(record, portrait): (&ExpertRecord, &Portrait)| Diagnostic {
        place: Some(portrait.file.place.clone()),
        ..Diagnostic::error(&*record.path, format!("there is no picture `{}`", portrait.file.value)).help(
            "put it beside the record, in `content/experts/`, or give its path in `static/`: `/people/a.jpg`",
        )
    };
    missing.map(fault).collect()
}

/// Files that every page loads, and that are not there.
pub(super) fn files(config: &Config, assets: &[Asset]) -> Vec<Diagnostic> {
    let is_there = |path: &str| {
        assets.binary_search_by(|asset| (*asset.path).cmp(path)).is_ok()
            || theme::static_files().any(|file| file.path == path)
    };
    let fault = |named: &SitePath| {
        let (PathUse::File(key), path) = (named.names, named.path.trim_start_matches('/')) else {
            return None;
        };
        (!is_there(path)).then(|| {
            let help = format!("put the file there, or take `{key}` out of `[theme]`");
            let fault =
                Diagnostic::error(&*named.file, format!("there is no file `static/{path}`")).help(help);
            Diagnostic { place: Some(named.place.clone()), ..fault }
        })
    };
    config.site_paths.iter().filter_map(fault).collect()
}
