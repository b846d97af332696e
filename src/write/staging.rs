//! The staging folder: the new site while it is being built, hidden beside the old one.
#![expect(clippy::disallowed_methods, reason = "stage 7 writes the site")]

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

use crate::render::{Body, Output};
use crate::source::Hash;

use super::manifest::{MARK_FOLDER, Manifest};
use super::place::Place;
use super::{held, tree};

/// Says, while there is no manifest yet, that the folder is ours.
const BUILDING: &str = ".dateline/building";

/// A folder beside the output folder. Dropped, it goes, unless it was moved.
pub(super) struct Staging {
    folder: PathBuf,
    /// Folders that exist, relative, so that each is made once.
    folders: Mutex<HashSet<PathBuf>>,
    moved: AtomicBool,
}

impl Staging {
    /// Makes the folder and marks it as ours.
    pub(super) fn create(folder: PathBuf) -> anyhow::Result<Staging> {
        let make = || {
            std::fs::create_dir(&folder)?;
            std::fs::create_dir(folder.join(MARK_FOLDER))?;
            std::fs::write(folder.join(BUILDING), "dateline builds a site here\n")
        };
        make().with_context(|| format!("cannot make the staging folder `{}`", folder.display()))?;
        Ok(Staging { folder, folders: Mutex::default(), moved: AtomicBool::new(false) })
    }

    /// Where it is.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its contents now stand elsewhere.
    pub(super) fn moved(&self) {
        self.moved.store(true, Ordering::Relaxed);
    }

    /// Writes one file, and returns the hash and the length in bytes of what was really written.
    pub(super) fn write(&self, output: &Output) -> anyhow::Result<(Hash, u64)> {
        let path = self.place(Path::new(&output.path))?;
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(same_name(&output.path)),
            Err(error) => return Err(error.into()),
        };
        let bytes: &[u8] = match &output.body {
            Body::Bytes(bytes) => bytes,
            Body::Embedded(bytes) => bytes,
            Body::Card(card) => &card.draw(),
            Body::File(source) => {
                return copy(source, &mut file)
                    .with_context(|| format!("cannot copy `{}`", source.display()));
            }
        };
        file.write_all(bytes)?;
        let hash = match output.body {
            Body::Card(_) => *blake3::hash(bytes).as_bytes(),
            _ => output.hash,
        };
        Ok((hash, bytes.len() as u64))
    }

    /// Takes over a file of the old site `from`: the same file by a second name, with its times.
    pub(super) fn keep(&self, from: &Path, path: &Path) -> anyhow::Result<()> {
        let (old, new) = (from.join(path), self.place(path)?);
        let kept = match std::fs::hard_link(&old, &new) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(same_name(&path.to_string_lossy()));
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Err(error),
            // Some file systems have no hard links, or not this many.
            Err(_) => duplicate(&old, &new),
            Ok(()) => Ok(()),
        };
        kept.with_context(|| format!("cannot keep `{}`", old.display()))
    }

    /// Writes the manifest, and returns its hash: from now on this is a whole site.
    pub(super) fn finish(&self, manifest: &Manifest) -> anyhow::Result<Hash> {
        manifest
            .write(&self.folder)
            .and_then(|hash| std::fs::remove_file(self.folder.join(BUILDING)).map(|()| hash))
            .with_context(|| format!("cannot write the manifest in `{}`", self.folder.display()))
    }

    /// The full path of a file, whose folder exists after this.
    fn place(&self, path: &Path) -> anyhow::Result<PathBuf> {
        if let Some(parent) = path.parent()
            && parent != Path::new("")
            && !held(&self.folders).contains(parent)
        {
            let folder = self.folder.join(parent);
            std::fs::create_dir_all(&folder)
                .with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
            held(&self.folders).insert(parent.to_owned());
        }
        Ok(self.folder.join(path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !*self.moved.get_mut() {
            // What cannot be taken away now, the next build takes away.
            let _ = tree::remove_marked(&self.folder);
        }
    }
}

fn same_name(path: &str) -> anyhow::Error {
    anyhow::anyhow!(
        "`{path}` and another file have names that are one to this file system (upper and lower case, or accents)"
    )
}

/// Copies in pieces, so that a large file is never held whole.
fn copy(source: &Path, target: &mut File) -> anyhow::Result<(Hash, u64)> {
    let mut source = File::open(source)?;
    let (mut hasher, mut size) = (blake3::Hasher::new(), 0);
    let mut piece = vec![0; 128 * 1024];
    loop {
        let read = match source.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        hasher.update(&piece[..read]);
        target.write_all(&piece[..read])?;
        size += read as u64;
    }
    Ok((*hasher.finalize().as_bytes(), size))
}

/// Where a file cannot have two names: a copy with the same times. Symbolic links stay links.
fn duplicate(old: &Path, new: &Path) -> io::Result<()> {
    let metadata = std::fs::symlink_metadata(old)?;
    if metadata.is_symlink() {
        #[cfg(unix)]
        return std::os::unix::fs::symlink(std::fs::read_link(old)?, new);
    }
    if !metadata.is_file() {
        return Err(io::Error::new(ErrorKind::Unsupported, "it is neither a file nor a link"));
    }
    std::fs::copy(old, new)?;
    OpenOptions::new().write(true).open(new)?.set_modified(metadata.modified()?)
}

/// Takes away what killed builds into the same place have left. The lock is held, so none of them still runs.
pub(super) fn clear_left_overs(place: &Place) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(place.parent())
        .with_context(|| format!("cannot read `{}`", place.parent().display()))?;
    for entry in entries {
        let entry = entry?;
        if place.is_left_over(&entry.file_name()) && entry.file_type()?.is_dir() {
            let folder = entry.path();
            let clear = if Manifest::read(&folder).is_ok_and(|found| found.is_none()) && !has_mark(&folder) {
                // A build killed right at its start; or not ours, and then not empty.
                let _ = std::fs::remove_dir(folder.join(MARK_FOLDER));
                std::fs::remove_dir(&folder).or_else(|error| match error.kind() {
                    ErrorKind::DirectoryNotEmpty => Ok(()),
                    _ => Err(error),
                })
            } else {
                tree::remove_marked(&folder)
            };
            clear.with_context(|| format!("cannot take away the left-over folder `{}`", folder.display()))?;
        }
    }
    Ok(())
}

fn has_mark(folder: &Path) -> bool {
    folder.join(BUILDING).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_overs_go_and_what_is_not_ours_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::resolve(&folder.path().join("public")).unwrap();
        let path = |name: &str| place.parent().join(name);

        let killed = Staging::create(path(".public.dateline-1")).unwrap();
        killed.write(&Output::new("a/b.html", b"x".to_vec())).unwrap();
        killed.moved();
        std::fs::create_dir_all(path(".public.dateline-2/.dateline")).unwrap();
        std::fs::create_dir(path(".public.dateline-3-old")).unwrap();
        std::fs::create_dir(path(".public.dateline-4")).unwrap();
        std::fs::write(path(".public.dateline-4/diary.txt"), "mine").unwrap();

        clear_left_overs(&place).unwrap();
        let left: Vec<_> =
            std::fs::read_dir(place.parent()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, [".public.dateline-4"]);
        assert!(path(".public.dateline-4/diary.txt").exists());
    }

    #[test]
    fn a_copy_tells_what_it_copied() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("photo.jpg");
        let bytes = vec![7; 300_000];
        std::fs::write(&source, &bytes).unwrap();
        let staging = Staging::create(folder.path().join("staging")).unwrap();
        let stale = Output { path: "photo.jpg".into(), body: Body::File(source.into()), hash: [0; 32] };
        let (hash, size) = staging.write(&stale).unwrap();
        assert_eq!((hash, size), (*blake3::hash(&bytes).as_bytes(), 300_000));
        assert_eq!(std::fs::read(staging.folder().join("photo.jpg")).unwrap(), bytes);
    }

    #[test]
    fn a_copy_in_place_of_a_link_keeps_the_time() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        std::fs::write(&old, "x").unwrap();
        let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        OpenOptions::new().write(true).open(&old).unwrap().set_modified(time).unwrap();
        duplicate(&old, &new).unwrap();
        assert_eq!(std::fs::metadata(&new).unwrap().modified().unwrap(), time);
    }
}
