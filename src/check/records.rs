//! Records that nothing in the articles answers to.

use std::collections::BTreeSet;

use crate::config::Lint;
use crate::diagnostic::{Diagnostic, nearest};
use crate::pipeline::Site;
use crate::records::{AttackRecord, ExpertRecord};

use super::Findings;

/// The files of records that no attack and no person has.
pub fn unmatched_records(site: &Site) -> BTreeSet<&str> {
    unmatched_attacks(site).map(|it| &*it.path).chain(unmatched_people(site).map(|it| &*it.path)).collect()
}

pub(super) fn look(site: &Site, findings: &mut Findings<'_>) {
    let ids = || site.dossier.attacks.iter().chain(&site.dossier.hidden).map(|attack| attack.id.as_str());
    for record in unmatched_attacks(site) {
        findings.add(Lint::UnmatchedRecord, unmatched(&record.path, "attack", nearest(&record.id, ids())));
    }
    for record in unmatched_people(site) {
        let near = nearest(&record.slug, site.dossier.people.iter().map(|person| person.slug.as_str()));
        findings.add(Lint::UnmatchedRecord, unmatched(&record.path, "person", near));
    }
}

fn unmatched_attacks(site: &Site) -> impl Iterator<Item = &AttackRecord> {
    let shown = site.dossier.attacks.iter().chain(&site.dossier.hidden);
    let used: BTreeSet<u32> = shown.filter_map(|attack| attack.record).collect();
    let records = site.records.attacks.iter().zip(0_u32..);
    records.filter(move |(_, at)| !used.contains(at)).map(|(record, _)| record)
}

fn unmatched_people(site: &Site) -> impl Iterator<Item = &ExpertRecord> {
    let used: BTreeSet<u32> = site.dossier.people.iter().filter_map(|person| person.record).collect();
    let records = site.records.people.iter().zip(0_u32..);
    records.filter(move |(_, at)| !used.contains(at)).map(|(record, _)| record)
}

fn unmatched(file: &str, what: &str, near: Option<&str>) -> Diagnostic {
    let told = Diagnostic::error(file, format!("the record matches no {what} of the articles"));
    match near {
        Some(near) => told.help(format!("did you mean `{near}.md`?")),
        None => told.help("rename the file to an id that `dateline list` shows, or remove it"),
    }
}
