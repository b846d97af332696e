//! The plan: what to upload and why, what to keep, what to delete, and what forbids it. A pure function of both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, LocalFile, Record, Standing, There};

/// What publishing would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// In the order in which it is done: by kind; pages that are new before those that may link to them.
    pub uploads: Vec<Upload>,
    /// Files that stand there as they are, in order, each with its tag there.
    pub keep: Vec<(String, Option<String>)>,
    /// Files of ours that the site no longer has, in order.
    pub delete: Vec<String>,
    /// Of [`delete`](Self::delete), those that have to go first: a file where a folder is to be, or a folder's.
    pub clear: Vec<String>,
    /// Files there that are not ours and in nobody's way, in order. They stay.
    pub foreign: Vec<String>,
    /// What the place holds now according to our record, or will hold when it is first written.
    pub record: Record,
    /// Whether there is a record at the place.
    pub published_before: bool,
    /// Whether the place has something that is not ours and that no file shows: a commit of somebody else's. What is adopted
    /// is settled by a record of ours.
    pub unsettled: bool,
    /// The other site that the record at the place is of, if it is: none of its files are ours then.
    pub other_site: Option<String>,
}

/// A file to upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Which of the files.
    pub file: usize,
    /// Its path.
    pub path: String,
    /// What kind of file it is.
    pub kind: Kind,
    /// Why.
    pub reason: Reason,
}

/// Why a file is uploaded.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It was never there.
    New,
    /// It was there, and is gone.
    Gone,
    /// The site has other bytes now.
    Changed,
    /// Somebody changed it at the place.
    Altered,
    /// Somebody else's file is in its place, and is taken over.
    TakenOver,
}

impl Reason {
    /// In a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Reason::New => "new",
            Reason::Gone => "was gone",
            Reason::Changed => "changed",
            Reason::Altered => "was altered there",
            Reason::TakenOver => "takes over a file that is not ours",
        }
    }
}

/// What a plan may do.
#[derive(Copy, Clone, Debug)]
pub struct Limits {
    /// More deletions than these stop it.
    pub max_deletes: usize,
    /// Whether files and commits of others may be taken over.
    pub adopt: Adopt,
}

/// Whether what is not ours may be taken over.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Adopt {
    /// It stops the plan.
    No,
    /// It is taken over where the site has a file of its own, and stays elsewhere.
    Yes,
}

/// Why a plan is not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What is wrong, in words that go on after the place's name.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Compares the two sides, for the site that is known as `site`: by its address, or its title where it has none.
pub fn plan(files: &[LocalFile], standing: &Standing, site: &str) -> Plan {
    let mut record = standing.record.clone().unwrap_or_default();
    let mut plan = Plan {
        published_before: standing.record.is_some(),
        unsettled: standing.foreign.is_some(),
        ..Plan::default()
    };
    if !record.site.is_empty() && record.site != site && !is_bare_title(&record.site, site) {
        plan.other_site = Some(record.site.clone());
        // One that only moved on its machine has the same title: whoever adopts it means that its files are ours.
        if title(&record.site) != title(site) {
            record = Record::default();
        }
    }
    record.site = site.to_owned();
    let local: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for (at, file) in files.iter().enumerate() {
        let known = record.files.get(&file.path);
        let Some(there) = standing.files.get(&file.path) else {
            let reason = if matches!(known, Some(Some(_))) { Reason::Gone } else { Reason::New };
            plan.upload(at, file, reason);
            continue;
        };
        if is_same(file, there, standing) {
            plan.keep.push((file.path.clone(), there.tag.clone()));
            continue;
        }
        let reason = match known {
            None => Reason::TakenOver,
            Some(Some(entry)) if entry.hash == file.hash => Reason::Altered,
            Some(_) => Reason::Changed,
        };
        plan.upload(at, file, reason);
    }
    plan.uploads.sort_by_key(|upload| (upload.kind, stage(upload)));
    for path in standing.files.keys().filter(|path| !local.contains(path.as_str())) {
        let ours = record.files.contains_key(path);
        if ours { &mut plan.delete } else { &mut plan.foreign }.push(path.clone());
    }
    plan.clear = plan.delete.iter().filter(|path| in_the_way(path, files, &local)).cloned().collect();
    plan.record = record;
    plan
}

/// A site without an address as older records have it: by its title alone.
fn is_bare_title(known: &str, site: &str) -> bool {
    known == title(site)
}

/// What a site is called, without the sign of where its sources are: "My dossier (0a1b2c3d)".
fn title(site: &str) -> &str {
    let cut = site.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    cut.filter(|(_, sign)| sign.len() == 8 && sign.bytes().all(|it| it.is_ascii_hexdigit()))
        .map_or(site, |(title, _)| title)
}

/// Whether the bytes there are those of the site: the place knows them by the tag that these would have, or still has the
/// tag that it gave them when we uploaded them. (A store that gives none is believed.)
fn is_same(file: &LocalFile, there: &There, standing: &Standing) -> bool {
    let known = standing.record.as_ref().and_then(|record| record.files.get(&file.path)?.as_ref());
    let given = || known.is_some_and(|known| known.hash == file.hash && known.tag == there.tag);
    let same = there.tag.is_some() && standing.tags.get(&file.path) == there.tag.as_ref();
    there.size == file.size && (same || given())
}

/// Pages that are new come before those that may link to them.
fn stage(upload: &Upload) -> u8 {
    u8::from(!matches!(upload.reason, Reason::New | Reason::Gone))
}

/// Whether a file at `path` and the site's files exclude each other: one is a folder where the other is a file.
fn in_the_way(path: &str, files: &[LocalFile], local: &BTreeSet<&str>) -> bool {
    let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
    folders.any(|folder| local.contains(folder)) || holds(path, files)
}

/// Whether `path` is a folder of the site, whose files are in order of path.
fn holds(path: &str, files: &[LocalFile]) -> bool {
    let inside = format!("{path}/");
    let at = files.partition_point(|file| file.path < inside);
    files.get(at).is_some_and(|file| file.path.starts_with(&inside))
}

impl Plan {
    fn upload(&mut self, file: usize, local: &LocalFile, reason: Reason) {
        let path = local.path.clone();
        self.uploads.push(Upload { file, kind: Kind::of(&path), path, reason });
    }

    /// Whether there is nothing to do.
    pub fn is_nothing(&self) -> bool {
        self.uploads.is_empty() && self.delete.is_empty()
    }

    /// Whether the place stands as it should: nothing to do, and a record that says so.
    pub fn is_settled(&self) -> bool {
        self.is_nothing() && self.published_before && !self.unsettled
    }

    /// Addresses of attacks and people that lead nowhere once this is carried out. One that leads on has a page still.
    pub fn lost_addresses(&self) -> Vec<String> {
        let page = |path: &String| {
            let folder = path.strip_suffix("/index.html")?;
            let (section, id) = folder.split_once('/')?;
            (matches!(section, "attacks" | "experts") && !id.contains('/')).then(|| format!("/{folder}/"))
        };
        self.delete.iter().filter_map(page).collect()
    }

    /// The uploads in groups, one after the other: within one the order does not matter.
    pub fn groups(&self) -> impl Iterator<Item = &[Upload]> {
        self.uploads.chunk_by(|a, b| a.kind == b.kind && stage(a) == stage(b))
    }

    /// Everything that forbids the plan.
    pub fn stops(&self, files: &[LocalFile], standing: &Standing, limits: Limits) -> Vec<Stop> {
        let mut stops = Vec::new();
        let adopt =
            "to take it over, publish with `--adopt`: files that the site does not have stay as they are";
        if limits.adopt == Adopt::No {
            let taken: BTreeMap<_, _> = standing.files.iter().collect();
            if let Some(other) = &self.other_site {
                let message = format!("holds another site, `{other}`");
                let help = "publish to another place; if this site has only a new address, or is to take the place of \
                            that one, publish with `--adopt`: files that it does not have stay as they are";
                stops.push(Stop { message, help: help.to_owned() });
            } else if let Some(foreign) = &standing.foreign {
                stops.push(Stop { message: foreign.clone(), help: adopt.to_owned() });
            } else if !self.published_before && !taken.is_empty() {
                let message = format!("holds {} and no record that dateline made them", counted(taken.len()));
                stops.push(Stop { message, help: adopt.to_owned() });
            } else {
                let foreign: Vec<&str> = self.taken_over().collect();
                if !foreign.is_empty() {
                    let message = format!(
                        "has files that are not ours where the site has its own: {}",
                        named(&foreign)
                    );
                    stops.push(Stop { message, help: adopt.to_owned() });
                }
            }
        }
        let local: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let blocking = self.foreign.iter().filter(|path| in_the_way(path, files, &local));
        let blocking: Vec<&str> = blocking.map(String::as_str).collect();
        if !blocking.is_empty() {
            let message =
                format!("has files that are not ours and leave no room for the site's: {}", named(&blocking));
            stops.push(Stop { message, help: "move them, or delete them there".to_owned() });
        }
        if self.delete.len() > limits.max_deletes {
            let deletes = self.delete.len();
            let first: Vec<&str> = self.delete.iter().map(String::as_str).collect();
            let message = format!(
                "would lose {}, more than the {} that one publication may delete: {}",
                counted(deletes),
                limits.max_deletes,
                named(&first)
            );
            let help = format!(
                "look at them with `--dry-run`; if it is right, publish with `--max-deletes {deletes}`"
            );
            stops.push(Stop { message, help });
        }
        stops
    }

    fn taken_over(&self) -> impl Iterator<Item = &str> {
        let taken = self.uploads.iter().filter(|upload| upload.reason == Reason::TakenOver);
        taken.map(|upload| upload.path.as_str())
    }
}

fn counted(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

/// The first few, in backticks.
fn named(paths: &[&str]) -> String {
    const MOST: usize = 5;
    let mut names: Vec<String> = paths.iter().take(MOST).map(|path| format!("`{path}`")).collect();
    if paths.len() > MOST {
        names.push(format!("{} more", paths.len() - MOST));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests;
