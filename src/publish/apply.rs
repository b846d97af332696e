//! Carrying out a plan, in an order in which it can be cut short anywhere.
//!
//! First the record says what will be ours, so that whatever arrives can be told from other people's files. Then come
//! files that never change, other files, new pages, changed pages, the record with what is there now, and deletions, after
//! which the record is written once more.

use anyhow::Context;

use super::{Done, Host, LocalFile, Plan, Progress, Record, RecordEntry};

/// What was carried out.
#[derive(Debug, Default)]
pub struct Applied {
    /// Files that were uploaded.
    pub uploaded: usize,
    /// Files that were deleted.
    pub deleted: usize,
    /// Why it went no further, if it did not.
    pub fault: Option<anyhow::Error>,
}

/// Carries out `plan` for `files` at `host`, which has looked at the place for it.
pub fn apply(host: &mut dyn Host, plan: &Plan, files: &[LocalFile], progress: Progress<'_>) -> Applied {
    let mut applied = Applied::default();
    applied.fault = steps(host, plan, files, progress, &mut applied).err();
    applied
}

fn steps(
    host: &mut dyn Host,
    plan: &Plan,
    files: &[LocalFile],
    progress: Progress<'_>,
    applied: &mut Applied,
) -> anyhow::Result<()> {
    let mut record = plan.record.clone();
    if !plan.is_settled() {
        for file in files {
            record.files.entry(file.path.clone()).or_insert(None);
        }
        host.write_record(&record).context("the record could not be written, so nothing was changed")?;
    }
    for (path, tag) in &plan.keep {
        // What stands there is what the site has, whatever the record knew of it.
        let at =
            files.binary_search_by(|file| file.path.cmp(path)).expect("what is kept is a file of the site");
        record.files.insert(path.clone(), Some(RecordEntry { hash: files[at].hash, tag: tag.clone() }));
    }
    delete(host, &plan.clear, &mut record, progress, applied)?;
    for group in plan.groups() {
        let group_files: Vec<&LocalFile> = group.iter().map(|upload| &files[upload.file]).collect();
        let Done { files: done, fault } = host.upload(&group_files, progress);
        applied.uploaded += done.len();
        for (path, tag) in done {
            let at = files.binary_search_by(|file| file.path.cmp(&path)).expect("it was handed over");
            record.files.insert(path, Some(RecordEntry { hash: files[at].hash, tag }));
        }
        if let Some(fault) = fault {
            // What arrived need not be uploaded again; if this fails as well, the next run finds out by comparing.
            let _ = host.write_record(&record);
            return Err(fault);
        }
    }
    let rest: Vec<String> = plan.delete.iter().filter(|path| !plan.clear.contains(path)).cloned().collect();
    if plan.is_settled() {
        return Ok(());
    }
    // Files that are gone already have no place in it.
    let there =
        |path: &String| rest.contains(path) || files.binary_search_by(|file| file.path.cmp(path)).is_ok();
    record.files.retain(|path, _| there(path));
    host.write_record(&record)?;
    if !rest.is_empty() {
        delete(host, &rest, &mut record, progress, applied)?;
        host.write_record(&record)?;
    }
    host.finish()
}

fn delete(
    host: &mut dyn Host,
    paths: &[String],
    record: &mut Record,
    progress: Progress<'_>,
    applied: &mut Applied,
) -> anyhow::Result<()> {
    if paths.is_empty() {
        return Ok(());
    }
    let Done { files: done, fault } = host.delete(paths, progress);
    applied.deleted += done.len();
    for (path, _) in done {
        record.files.remove(&path);
    }
    fault.map_or(Ok(()), Err)
}
