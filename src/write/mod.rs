//! Stage 7, write: outputs to a directory: whole or not at all, unchanged files kept.
//!
//! In: each [`Output`], from any thread and in any order. Out: the output folder, which at every moment is one
//! whole build, the old or the new. Changed files are written at once into a staging folder beside it; at the end
//! the unchanged ones are hard-linked, the two folders are exchanged in one step, and the old one is deleted. A
//! build that fails or is killed leaves the old site as it was, and the next one clears up after it.
//!
//! Data is not forced to the disk, file by file: that costs more than the build. After a power failure a file may
//! be short; the manifest, which is forced, knows its size, and the next build writes it again.

mod exchange;
mod guard;
mod lock;
mod manifest;
pub(crate) mod path_line;
mod place;
mod staging;
mod tree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, bail};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::render::{Body, Output};
use crate::source::Hash;

use self::lock::Lock;
use self::manifest::Manifest;
use self::place::{NewFolders, Place};
use self::staging::Staging;

pub use self::exchange::Exchange;
pub use self::guard::Guards;
pub(crate) use self::guard::check_path;
pub use self::manifest::{Entry, MARK_FOLDER};

/// What a finished build did to the output folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were written, new or changed.
    pub written: usize,
    /// Files that were kept as they were.
    pub unchanged: usize,
    /// Files of the build before that are gone.
    pub removed: usize,
    /// Bytes in the files that were written.
    pub bytes: u64,
    /// Files that somebody else put into the output folder, relative to it and in order; they were kept. Looked
    /// for only when something changed.
    pub foreign: Vec<String>,
    /// The hash of the manifest of the folder as it is now; `None` where a file of the author's changed between being
    /// read and being copied, so that the folder is not what was asked for.
    pub manifest: Option<Hash>,
}

/// A build on its way into one output folder, which is locked for as long as this lives.
///
/// Dropped without [`Writer::commit`], it takes its staging folder away and the old site stays.
pub struct Writer {
    place: Place,
    old: Option<Manifest>,
    exchange: Exchange,
    files: Mutex<BTreeMap<String, File>>,
    /// Whether a file was copied whose bytes are not those that were read.
    overtaken: AtomicBool,
    // These are dropped in this order: what was staged goes first, then the lock, then the folders made for them.
    staging: Mutex<Option<Arc<Staging>>>,
    _lock: Lock,
    new_folders: NewFolders,
}

/// A file of the new site.
struct File {
    hash: Hash,
    drawn_from: Option<Hash>,
    size: u64,
    origin: Origin,
}

/// Where a file of the new site comes from.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Origin {
    /// It stands in the old site.
    OldSite,
    /// It was written into the staging folder.
    Staging,
}

impl Writer {
    /// Locks the output folder `out`, makes sure that it may be replaced, and clears up after a killed build.
    ///
    /// `out` need not exist. If it is a symbolic link, the folder that it leads to is the one that is replaced.
    pub fn open(out: &Path, guards: &Guards) -> anyhow::Result<Writer> {
        Writer::open_with(out, guards, Exchange::OneStep)
    }

    /// Like [`Writer::open`], on a system that is known not to exchange folders in one step.
    pub fn open_with(out: &Path, guards: &Guards, exchange: Exchange) -> anyhow::Result<Writer> {
        let place = Place::resolve(out)?;
        guards.check_place(&place.out)?;
        let new_folders = NewFolders::make(place.parent())?;
        let lock = Lock::take(&place)?;
        exchange::recover(&place)?;
        let old = Manifest::read(&place.out)?;
        guards.check_contents(&place.out, old.as_ref())?;
        staging::clear_left_overs(&place)?;
        Ok(Writer {
            place,
            old,
            exchange,
            files: Mutex::default(),
            overtaken: AtomicBool::new(false),
            staging: Mutex::default(),
            _lock: lock,
            new_folders,
        })
    }

    /// Takes one file of the new site. A path that was taken before is an error.
    ///
    /// The file is written to the staging folder now, unless the old site has the same: nothing is held in memory.
    pub fn put(&self, output: Output) -> anyhow::Result<()> {
        guard::check_path(&output.path)?;
        let drawn_from = matches!(output.body, Body::Card(_)).then_some(output.hash);
        let same = |file: &&Entry| match drawn_from {
            Some(_) => file.drawn_from == drawn_from,
            None => file.hash == output.hash && file.drawn_from.is_none(),
        };
        let old = self.old.as_ref().and_then(|old| old.find(&output.path)).filter(same);
        let standing = old.filter(|file| self.stands(file));
        let (size, origin) = match (standing, &output.body) {
            (Some(file), _) => (file.size, Origin::OldSite),
            (None, Body::Bytes(bytes)) => (bytes.len() as u64, Origin::Staging),
            (None, Body::Embedded(bytes)) => (bytes.len() as u64, Origin::Staging),
            (None, Body::File(_) | Body::Card(_)) => (0, Origin::Staging),
        };
        let hash = standing.map_or(output.hash, |file| file.hash);
        self.claim(&output.path, File { hash, drawn_from, size, origin })?;
        if origin == Origin::OldSite {
            return Ok(());
        }
        let (hash, size) = self
            .staging()?
            .write(&output)
            .with_context(|| format!("cannot write `{}` for `{}`", output.path, self.place.out.display()))?;
        if matches!(output.body, Body::File(_) | Body::Card(_)) {
            // A card is known only now. An author's file may have changed since it was read: the manifest tells what was
            // really written.
            let mut files = held(&self.files);
            let file = files.get_mut(&output.path).expect("claimed above");
            (file.hash, file.size) = (hash, size);
            let overtaken = drawn_from.is_none() && hash != output.hash;
            self.overtaken.fetch_or(overtaken, Ordering::Relaxed);
        }
        Ok(())
    }

    /// The hash of the manifest of the site that stands now.
    pub fn manifest(&self) -> Option<&Hash> {
        self.old.as_ref().map(|old| &old.hash)
    }

    /// Takes one file of the new site that is known to be, byte for byte, that of the old one, as [`Writer::put`] does;
    /// `false`, and nothing done, where it does not stand there as it was written.
    pub fn keep(&self, path: &str) -> anyhow::Result<bool> {
        let old = self.old.as_ref().and_then(|old| old.find(path));
        let Some(file) = old.filter(|file| self.stands(file)) else { return Ok(false) };
        let Entry { hash, drawn_from, size, .. } = *file;
        self.claim(path, File { hash, drawn_from, size, origin: Origin::OldSite })?;
        Ok(true)
    }

    /// A file that was taken with [`Writer::keep`], with its bytes.
    pub fn kept(&self, path: &str) -> anyhow::Result<Output> {
        let old = self.old.as_ref().and_then(|old| old.find(path));
        let hash = old.with_context(|| format!("no `{path}` was kept"))?.hash;
        Ok(Output { path: path.to_owned(), body: Body::Bytes(self.place.read(path)?), hash })
    }

    /// Puts the new site in the place of the old one. If nothing changed, nothing is written.
    pub fn commit(mut self) -> anyhow::Result<Written> {
        let files = std::mem::take(&mut *held(&self.files));
        let kept = files.values().filter(|file| file.origin == Origin::OldSite).count();
        let old_files = self.old.as_ref().map_or(&[][..], |old| &old.entries);
        if let Some(old) = &self.old
            && kept == files.len()
            && kept == old_files.len()
        {
            return Ok(Written { unchanged: kept, manifest: Some(old.hash), ..Written::default() });
        }
        let removed = old_files.iter().filter(|file| !files.contains_key(&*file.path)).count();
        let bytes = files.values().filter(|file| file.origin == Origin::Staging).map(|file| file.size).sum();
        let written = files.len() - kept;

        let foreign = match &self.old {
            Some(old) => tree::foreign(&self.place.out, old)?,
            None => Vec::new(),
        };
        guard::check_foreign(&self.place.out, &foreign, &files)?;

        let staging = self.staging()?;
        let out = &self.place.out;
        files
            .par_iter()
            .filter(|(_, file)| file.origin == Origin::OldSite)
            .try_for_each(|(path, _)| staging.keep(out, Path::new(path)))?;
        foreign.par_iter().try_for_each(|path| staging.keep(out, path))?;
        let entries = files
            .into_iter()
            .map(|(path, File { hash, drawn_from, size, .. })| Entry {
                path: path.into(),
                hash,
                drawn_from,
                size,
            })
            .collect();
        let manifest = staging.finish(&Manifest::new(entries))?;

        let replaced = exchange::exchange(&self.place, staging.folder(), self.exchange)?;
        staging.moved();
        self.new_folders.keep();
        if let Some(replaced) = replaced {
            tree::clear_replaced(&replaced, self.old.as_ref(), &foreign, out)?;
        }
        let foreign = foreign.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let manifest = (!*self.overtaken.get_mut()).then_some(manifest);
        Ok(Written { written, unchanged: kept, removed, bytes, foreign, manifest })
    }

    /// What [`Writer::commit`] would say after every file of the old site was put again, if the old site has the
    /// manifest with this hash and stands as it was written.
    pub fn standing(&self, manifest: &Hash) -> Option<Written> {
        let old = self.old.as_ref().filter(|old| old.hash == *manifest)?;
        let whole = old.entries.par_iter().all(|file| self.stands(file));
        let unchanged = old.entries.len();
        whole.then(|| Written { unchanged, manifest: Some(*manifest), ..Written::default() })
    }

    /// Whether a file of the old site is still there as it was written: a regular file of the size that the
    /// manifest has, and no younger than the manifest.
    fn stands(&self, file: &Entry) -> bool {
        let Some(old) = &self.old else { return false };
        let Ok(metadata) = std::fs::symlink_metadata(self.place.out.join(&*file.path)) else { return false };
        metadata.is_file()
            && metadata.len() == file.size
            && metadata.modified().is_ok_and(|modified| modified <= old.written)
    }

    /// Notes that `path` is taken, if neither it nor a folder or file in its way is.
    fn claim(&self, path: &str, file: File) -> anyhow::Result<()> {
        let mut files = held(&self.files);
        if files.contains_key(path) {
            bail!("two pages or files want to be `{path}`");
        }
        let folder_of = |path: &str| path.rfind('/').map(|slash| path[..slash].to_owned());
        let mut folder = folder_of(path);
        while let Some(name) = folder {
            if files.contains_key(&name) {
                bail!("`{name}` is to be a file, and a folder for `{path}`");
            }
            folder = folder_of(&name);
        }
        let inside = format!("{path}/");
        if let Some((other, _)) = files.range(inside.clone()..).next()
            && other.starts_with(&inside)
        {
            bail!("`{path}` is to be a file, and a folder for `{other}`");
        }
        files.insert(path.to_owned(), file);
        Ok(())
    }

    /// The staging folder, made when it is first asked for.
    fn staging(&self) -> anyhow::Result<Arc<Staging>> {
        let mut staging = held(&self.staging);
        if let Some(staging) = &*staging {
            return Ok(Arc::clone(staging));
        }
        let made = Arc::new(Staging::create(self.place.staging())?);
        *staging = Some(Arc::clone(&made));
        Ok(made)
    }
}

/// The files of the build that stands in the folder `out`, in order of path; `None` where none does.
pub fn built(out: &Path) -> anyhow::Result<Option<Vec<Entry>>> {
    Ok(Manifest::read(out)?.map(|manifest| manifest.entries))
}

/// The value behind a lock; a thread that panicked while it held it left nothing half done.
fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file beside the output folder, hidden, with `kind` in its name: `.public.dateline-lock`.
fn beside(out: &Path, kind: &str) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(out.file_name().expect("a place has a name"));
    name.push(format!(".dateline-{kind}"));
    out.with_file_name(name)
}

#[cfg(test)]
mod tests;
