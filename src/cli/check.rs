//! `dateline check`: everything that is wrong with a site, and what a dossier should not say.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it reads where a link was written")]

use std::collections::BTreeSet;
use std::fs;

use super::Outcome;
use super::args::CheckArgs;
use super::build::content;
use super::report::Reporter;
use super::site::Site;
use super::{dossier, ndjson};
use crate::check;
use crate::config::Lint;
use crate::diagnostic::{Diagnostic, Severity};
use crate::page::{Page, at_output_path};
use crate::view::Subject;
use crate::{links, pipeline};

/// Builds without writing, looks, and says what was found. Exit status 1 on findings at error level.
pub fn run(args: &CheckArgs, site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let mut pipeline = dossier::pipeline(site, args.selection, args.kept)?;
    if !args.given.facts.is_empty() {
        pipeline = pipeline.with_given(ndjson::given(&args.given.facts, args.strict.into(), reporter)?);
    }
    let build = pipeline.build().with_faults_of_templates();
    let mut told = build.diagnostics;
    told.extend(pipeline.cache_notes());
    if let Some(ready) = &build.site {
        let links = links::Collected::default();
        told.extend(ready.render_all(|output| {
            links.note(&output);
            Ok(())
        })?);
        add(ready, links.faults(&ready.config, &written(ready, site)), &mut told);
    }
    if args.strict {
        raise_warnings(&mut told);
    }
    told.sort();
    told.dedup();
    let counts = reporter.diagnostics(&told);
    if counts.errors > 0 {
        return Ok(Outcome::SiteHasErrors);
    }
    if let Some(ready) = &build.site {
        let found = if counts.warnings == 0 { "nothing was found" } else { "nothing at error level" };
        reporter.status(&format!("checked {}: {found}", content(ready)));
    }
    Ok(Outcome::Fine)
}

/// Adds what is found in a site, its dead links among it, to what its build has told.
pub(super) fn add(site: &pipeline::Site, dead_links: Vec<Diagnostic>, told: &mut Vec<Diagnostic>) {
    let findings = check::findings(site);
    // A record that matches nothing is told by the build as well, in fewer words.
    let records: BTreeSet<&str> =
        findings.iter().map(|finding| finding.file.as_str()).filter(|file| file.ends_with(".md")).collect();
    told.retain(|it| {
        it.severity != Severity::Warning || it.place.is_some() || !records.contains(it.file.as_str())
    });
    told.extend(dead_links.into_iter().filter_map(|it| check::judged(&site.config, Lint::DeadLink, it)));
    told.extend(findings);
}

/// The author's file behind each page: the file that it is made from, or the record of what it is about.
pub(super) fn written(ready: &pipeline::Site, site: &Site) -> impl Fn(&str) -> Option<(String, String)> {
    let record = |page: &Page| {
        let (attacks, people) = (&ready.dossier.attacks, &ready.dossier.people);
        let path = match page.subject {
            Subject::Attack(at) => &ready.records.attacks.get(attacks[at as usize].record? as usize)?.path,
            Subject::Expert(at) => &ready.records.people.get(people[at as usize].record? as usize)?.path,
            Subject::Home => return Some("content/_index.md".to_owned()),
            _ => return None,
        };
        Some(path.to_string())
    };
    move |output| {
        let page = at_output_path(&ready.pages, output)?;
        let file = page.file.as_ref().map(|file| file.to_string()).or_else(|| record(page))?;
        let text = fs::read(site.file(&file)).ok()?;
        Some((file, String::from_utf8_lossy(&text).into_owned()))
    }
}

/// `--strict`
pub(super) fn raise_warnings(told: &mut [Diagnostic]) {
    for warning in told.iter_mut().filter(|it| it.severity == Severity::Warning) {
        warning.severity = Severity::Error;
    }
}
