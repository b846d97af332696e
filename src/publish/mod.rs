//! Publishing: a plan of what to upload, keep and delete, and then its carrying out, one file for each kind of place.
//!
//! In: the files of a build, and what stands at the place now. Out: the same files at the place. Invariants: the plan is
//! a pure function of both and changes nothing; only what our own record at the place lists is deleted; and whenever it
//! is cut short, a reader finds every page that a page links to, and the next run finishes the job.

mod apply;
#[cfg(feature = "stores")]
mod bucket;
mod fit;
mod folder;
mod git;
mod kind;
mod plan;
mod record;
mod redact;
mod rules;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::config::{Target, TargetKind};
use crate::source::Hash;
use crate::write::Entry;

pub use self::apply::{Applied, apply};
#[cfg(feature = "stores")]
pub use self::bucket::Bucket;
pub use self::fit::{Misfit, fit, fit_rules, pages_address};
pub use self::folder::Folder;
pub use self::git::{GitBranch, remote_address};
pub use self::kind::Kind;
pub use self::plan::{Adopt, Limits, Plan, Reason, Stop, Upload, plan};
pub use self::record::{RECORD_PATH, Record, RecordEntry};
pub use self::redact::redact;
pub use self::rules::rules;

/// A file to publish.
#[derive(Clone, Debug)]
pub struct LocalFile {
    /// Relative to the site, `/` between folders.
    pub path: String,
    /// BLAKE3 of its bytes.
    pub hash: Hash,
    /// In bytes.
    pub size: u64,
    /// Where its bytes are.
    pub content: Content,
}

/// Where the bytes of a [`LocalFile`] are.
#[derive(Clone, Debug)]
pub enum Content {
    /// In a file.
    At(PathBuf),
    /// Here.
    Here(Vec<u8>),
}

impl LocalFile {
    /// A file that exists only for its host: rules, marks.
    pub fn made(path: impl Into<String>, bytes: Vec<u8>) -> LocalFile {
        let hash = *blake3::hash(&bytes).as_bytes();
        LocalFile { path: path.into(), hash, size: bytes.len() as u64, content: Content::Here(bytes) }
    }

    /// A file of the build that stands in the folder `out`.
    pub fn of_build(out: &Path, entry: &Entry) -> LocalFile {
        let content = Content::At(out.join(&*entry.path));
        LocalFile { path: entry.path.to_string(), hash: entry.hash, size: entry.size, content }
    }

    /// Its bytes; an error where the file is not what was built.
    #[expect(clippy::disallowed_methods, reason = "publishing is an edge: it reads what was built")]
    pub fn read(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = match &self.content {
            Content::Here(bytes) => bytes.clone(),
            Content::At(path) => {
                std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?
            }
        };
        anyhow::ensure!(
            *blake3::hash(&bytes).as_bytes() == self.hash,
            "`{}` was changed after it was built: publish again",
            self.path
        );
        Ok(bytes)
    }
}

/// What stands at the place now.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// What earlier publications say is ours; `None` where there never was one.
    pub record: Option<Record>,
    /// Every file but the record, by path.
    pub files: BTreeMap<String, There>,
    /// Why what stands there is not only ours, where the place itself knows: a commit of somebody else's.
    pub foreign: Option<String>,
    /// For each path that is to be published, the tag that its bytes would have there.
    pub tags: BTreeMap<String, String>,
}

/// A file at the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// In bytes.
    pub size: u64,
    /// What the place knows its bytes by: a hash, an entity tag; `None` where it knows nothing or it is no plain file.
    pub tag: Option<String>,
}

/// What came of uploading or deleting several files.
#[derive(Debug, Default)]
pub struct Done {
    /// Those that it came to, each with the tag that its bytes have at the place.
    pub files: Vec<(String, Option<String>)>,
    /// Why it went no further.
    pub fault: Option<anyhow::Error>,
}

/// Is told of each file that was uploaded or deleted.
pub type Progress<'a> = &'a (dyn Fn(u64) + Sync);

/// A place that a site is published to.
pub trait Host {
    /// What it is called in messages.
    fn name(&self) -> String;

    /// What stands there.
    fn look(&mut self, files: &[LocalFile]) -> anyhow::Result<Standing>;

    /// Uploads files and makes sure that they arrived; after a fault it begins no other.
    fn upload(&mut self, files: &[&LocalFile], progress: Progress<'_>) -> Done;

    /// Writes the record of what is ours. Fails where somebody else wrote it since it was read.
    fn write_record(&mut self, record: &Record) -> anyhow::Result<()>;

    /// Deletes files that are ours. One that is gone already is fine.
    fn delete(&mut self, paths: &[String], progress: Progress<'_>) -> Done;

    /// Whether nothing is seen of what was done until [`finish`](Host::finish).
    fn shows_all_at_once(&self) -> bool {
        false
    }

    /// Makes what was done visible, where it was not until now.
    fn finish(&mut self) -> anyhow::Result<()> {
        Ok(())
    }
}

/// What a place needs besides the site: empty marks and rules for its host.
pub fn extra_files(target: &Target) -> Vec<LocalFile> {
    let TargetKind::Git(git) = &target.kind else { return Vec::new() };
    let cname = git.cname.iter().map(|cname| LocalFile::made("CNAME", format!("{cname}\n").into_bytes()));
    // Without it GitHub leaves out what begins with a dot or an underscore.
    std::iter::once(LocalFile::made(".nojekyll", Vec::new())).chain(cname).collect()
}

/// `build` and `extra`, in order of path. Rules that the site has of its own stand before ours; of another file that both
/// have the bytes must be the same.
pub fn with_extra(build: Vec<LocalFile>, extra: Vec<LocalFile>) -> anyhow::Result<Vec<LocalFile>> {
    let mut files: BTreeMap<String, LocalFile> =
        build.into_iter().map(|file| (file.path.clone(), file)).collect();
    for file in extra {
        let merged = match files.get(&file.path) {
            Some(own) if own.hash != file.hash => both(own, &file)?,
            _ => file,
        };
        files.insert(merged.path.clone(), merged);
    }
    Ok(files.into_values().collect())
}

fn both(own: &LocalFile, ours: &LocalFile) -> anyhow::Result<LocalFile> {
    let mut bytes = own.read()?;
    if !rules::FILES.contains(&own.path.as_str()) {
        let (said, bytes) = (String::from_utf8_lossy(&bytes).trim().to_owned(), ours.read()?);
        if said == String::from_utf8_lossy(&bytes).trim() {
            return Ok(ours.clone());
        }
        anyhow::bail!(
            "`static/{}` says `{said}`, and by site.toml it would be `{}`\n  help: make them say the same, or take one \
             of them away",
            own.path,
            String::from_utf8_lossy(&bytes).trim()
        );
    }
    if !bytes.is_empty() && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    bytes.extend(ours.read()?);
    Ok(LocalFile::made(own.path.clone(), bytes))
}
