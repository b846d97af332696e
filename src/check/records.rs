//! Records that nothing in the articles answers to.

use std::collections::BTreeSet;

use crate::config::Lint;
use crate::diagnostic::{Diagnostic, nearest};
use crate::pipeline::Site;

use super::Findings;

pub(super) fn look(site: &Site, findings: &mut Findings<'_>) {
    let shown = site.dossier.attacks.iter().chain(&site.dossier.hidden);
    let used: BTreeSet<u32> = shown.clone().filter_map(|attack| attack.record).collect();
    for (record, _) in site.records.attacks.iter().zip(0_u32..).filter(|(_, at)| !used.contains(at)) {
        let near = nearest(&record.id, shown.clone().map(|attack| attack.id.as_str()));
        findings.add(Lint::UnmatchedRecord, unmatched(&record.path, "attack", near));
    }
    let used: BTreeSet<u32> = site.dossier.people.iter().filter_map(|person| person.record).collect();
    for (record, _) in site.records.people.iter().zip(0_u32..).filter(|(_, at)| !used.contains(at)) {
        let near = nearest(&record.slug, site.dossier.people.iter().map(|person| person.slug.as_str()));
        findings.add(Lint::UnmatchedRecord, unmatched(&record.path, "person", near));
    }
}

fn unmatched(file: &str, what: &str, near: Option<&str>) -> Diagnostic {
    let told = Diagnostic::error(file, format!("the record matches no {what} of the articles"));
    match near {
        Some(near) => told.help(format!("did you mean `{near}.md`?")),
        None => told.help("rename the file to an id that `dateline list` shows, or remove it"),
    }
}
