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
    // A record that matches nothing is told by the build as well, in fewer words.
    let is_looked_for = site.config.check.severity(Lint::UnmatchedRecord).is_some();
    let unmatched = if is_looked_for { check::unmatched_records(site) } else { BTreeSet::new() };
    told.retain(|it| {
        it.severity != Severity::Warning || it.place.is_some() || !unmatched.contains(it.file.as_str())
    });
    told.extend(dead_links.into_iter().filter_map(|it| check::judged(&site.config, Lint::DeadLink, it)));
    told.extend(check::findings(site));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Options, Pipeline};

    #[test]
    fn a_doubt_of_a_record_is_told_beside_what_is_found_in_it() {
        let folder = tempfile::tempdir().expect("there is room");
        let article = "Five people were killed when a gunman opened fire at a shop in Kalmar, Sweden, on 10 August 2017.\n";
        let record = "+++\ndate = 2017-01-01\nkind = \"arson\"\n+++\n";
        for (name, text) in [
            ("site.toml", "title = \"A\"\n"),
            ("content/articles/kalmar.txt", &format!("Shots in Kalmar\n\n{article}")),
            ("content/attacks/2017-kalmar.md", record),
            ("content/attacks/2017-kalmra.md", "+++\nconfirmed = true\n+++\n"),
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("there is room");
            fs::write(path, text).expect("there is room");
        }
        let options = Options { unchecked: true, ..Options::new(jiff::civil::date(2026, 1, 1)) };
        let build = Pipeline::new(folder.path(), &folder.path().join("site.toml"), options).build();
        let mut told = build.diagnostics;
        add(&build.site.expect("nothing is wrong with it"), Vec::new(), &mut told);
        let of = |file: &str| -> Vec<&str> {
            told.iter().filter(|it| it.file.ends_with(file)).map(|it| it.message.as_str()).collect()
        };
        let doubted = of("2017-kalmar.md");
        assert!(
            doubted.iter().any(|message| message.contains("another day and another kind")),
            "{doubted:?}"
        );
        assert!(doubted.len() > 1, "something is found in it as well: {doubted:?}");
        assert_eq!(of("2017-kalmra.md"), ["the record matches no attack of the articles"]);
    }
}
