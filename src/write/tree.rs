//! Whole folders: what in them is not ours, and taking them away.
#![expect(clippy::disallowed_methods, reason = "stage 7 writes the site")]

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::manifest::{MARK_FOLDER, Manifest};

/// The names in one folder.
struct Listing {
    folders: Vec<OsString>,
    /// Links count as files: they are never followed.
    files: Vec<OsString>,
}

impl Listing {
    fn read(folder: &Path) -> io::Result<Listing> {
        let mut listing = Listing { folders: Vec::new(), files: Vec::new() };
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let kind = if entry.file_type()?.is_dir() { &mut listing.folders } else { &mut listing.files };
            kind.push(entry.file_name());
        }
        Ok(listing)
    }
}

/// The files in the output folder `out` that the build before did not write: relative, in order.
pub(super) fn foreign(out: &Path, old: &Manifest) -> anyhow::Result<Vec<PathBuf>> {
    let mut foreign = Vec::new();
    visit(out, Path::new(""), old, &mut foreign)
        .with_context(|| format!("cannot read the output folder `{}`", out.display()))?;
    foreign.sort();
    Ok(foreign)
}

fn visit(out: &Path, folder: &Path, old: &Manifest, foreign: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut listing = match Listing::read(&out.join(folder)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        listing => listing?,
    };
    if folder == Path::new("") {
        listing.folders.retain(|name| name != MARK_FOLDER);
    }
    let strange = listing.files.iter().map(|name| folder.join(name)).filter(|path| !is_ours(old, path));
    foreign.extend(strange);
    let inner = listing.folders.par_iter().map(|name| {
        let mut foreign = Vec::new();
        visit(out, &folder.join(name), old, &mut foreign).map(|()| foreign)
    });
    for found in inner.collect::<io::Result<Vec<_>>>()? {
        foreign.extend(found);
    }
    Ok(())
}

/// Whether the build before wrote a file of this path. `path` is relative, with the system's separators.
fn is_ours(old: &Manifest, path: &Path) -> bool {
    let Some(path) = path.to_str() else { return false };
    if std::path::MAIN_SEPARATOR == '/' {
        return old.find(path).is_some();
    }
    old.find(&path.replace(std::path::MAIN_SEPARATOR, "/")).is_some()
}

/// Takes away a folder that carries our mark, the mark last, so that a left-over is known as ours to its end.
pub(super) fn remove_marked(folder: &Path) -> io::Result<()> {
    let listing = Listing::read(folder)?;
    listing.files.par_iter().try_for_each(|name| gone(std::fs::remove_file(folder.join(name))))?;
    listing
        .folders
        .par_iter()
        .filter(|name| *name != MARK_FOLDER)
        .try_for_each(|name| remove(&folder.join(name)))?;
    if folder.join(MARK_FOLDER).exists() {
        remove(&folder.join(MARK_FOLDER))?;
    }
    gone(std::fs::remove_dir(folder))
}

fn remove(folder: &Path) -> io::Result<()> {
    let listing = Listing::read(folder)?;
    listing.files.iter().try_for_each(|name| gone(std::fs::remove_file(folder.join(name))))?;
    listing.folders.par_iter().try_for_each(|name| remove(&folder.join(name)))?;
    gone(std::fs::remove_dir(folder))
}

/// Something that is gone already need not be taken away.
fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Takes away the replaced site at `folder`, of which every file is ours or was carried over to `out`.
///
/// A file that somebody put there while the two were being exchanged goes over to `out` now.
pub(super) fn clear_replaced(
    folder: &Path,
    old: Option<&Manifest>,
    carried: &[PathBuf],
    out: &Path,
) -> anyhow::Result<()> {
    let replaced = Replaced { folder, old, carried, out };
    replaced.clear_known();
    let strays = replaced.clear(Path::new("")).with_context(|| {
        format!("the new site stands, but the old one in `{}` does not go", folder.display())
    })?;
    if let Some(stray) = strays.first() {
        // No longer ours to delete.
        let _ = remove(&folder.join(MARK_FOLDER));
        bail!("the new site stands, but `{}` is not dateline's: move it where it belongs", stray.display());
    }
    if folder.join(MARK_FOLDER).exists() {
        remove(&folder.join(MARK_FOLDER))?;
    }
    gone(std::fs::remove_dir(folder)).with_context(|| format!("cannot take away `{}`", folder.display()))
}

struct Replaced<'a> {
    folder: &'a Path,
    old: Option<&'a Manifest>,
    carried: &'a [PathBuf],
    out: &'a Path,
}

impl Replaced<'_> {
    /// Takes away what is known to be there, without looking: a folder costs more to list than to delete. What
    /// cannot be taken away in this way is left to [`Replaced::clear`].
    fn clear_known(&self) {
        let ours = self.old.map_or(&[][..], |old| &old.entries);
        let ours = ours.par_iter().map(|entry| Path::new(&*entry.path));
        let known = ours.chain(self.carried.par_iter().map(PathBuf::as_path));
        known.clone().for_each(|path| {
            let _ = std::fs::remove_file(self.folder.join(path));
        });
        // The deepest first, so that each is empty when its turn comes.
        let mut levels: Vec<HashSet<&Path>> = Vec::new();
        for path in known.collect::<Vec<_>>() {
            for folder in path.ancestors().skip(1).filter(|folder| *folder != Path::new("")) {
                let depth = folder.components().count();
                levels.resize_with(levels.len().max(depth), HashSet::new);
                if !levels[depth - 1].insert(folder) {
                    break;
                }
            }
        }
        for level in levels.iter().rev() {
            level.par_iter().for_each(|folder| {
                let _ = std::fs::remove_dir(self.folder.join(folder));
            });
        }
    }

    /// Clears one folder, and returns what had to stay.
    fn clear(&self, inside: &Path) -> io::Result<Vec<PathBuf>> {
        let here = self.folder.join(inside);
        let mut listing = Listing::read(&here)?;
        let mut strays = Vec::new();
        for name in &listing.files {
            let path = inside.join(name);
            let known =
                self.old.is_some_and(|old| is_ours(old, &path)) || self.carried.binary_search(&path).is_ok();
            if known {
                gone(std::fs::remove_file(here.join(name)))?;
            } else if !self.rescue(&path) {
                strays.push(here.join(name));
            }
        }
        if inside == Path::new("") {
            listing.folders.retain(|name| name != MARK_FOLDER);
        }
        let inner = listing.folders.par_iter().map(|name| {
            let strays = self.clear(&inside.join(name))?;
            if strays.is_empty() {
                gone(std::fs::remove_dir(here.join(name)))?;
            }
            Ok(strays)
        });
        for found in inner.collect::<io::Result<Vec<_>>>()? {
            strays.extend(found);
        }
        Ok(strays)
    }

    /// Moves a late file into the new site, if its name is free there.
    fn rescue(&self, path: &Path) -> bool {
        let (from, to) = (self.folder.join(path), self.out.join(path));
        to.parent().is_some_and(|parent| std::fs::create_dir_all(parent).is_ok())
            && std::fs::hard_link(&from, &to).is_ok()
            && std::fs::remove_file(&from).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Entry;
    use super::*;

    #[test]
    fn a_file_put_there_at_the_last_moment_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let (old, out) = (folder.path().join("old"), folder.path().join("out"));
        for name in ["a/index.html", "a/carried.txt", "a/late.txt", "b/late.txt"] {
            std::fs::create_dir_all(old.join(name).parent().unwrap()).unwrap();
            std::fs::write(old.join(name), name).unwrap();
        }
        std::fs::create_dir_all(out.join("b")).unwrap();
        std::fs::write(out.join("b/late.txt"), "the new site has one").unwrap();
        let entry = Entry { path: "a/index.html".into(), hash: [0; 32], drawn_from: None, size: 0 };
        let manifest = Manifest::new(vec![entry]);

        let carried = [PathBuf::from("a/carried.txt")];
        let message = clear_replaced(&old, Some(&manifest), &carried, &out).unwrap_err().to_string();
        assert!(message.contains("b/late.txt"), "{message}");
        assert_eq!(std::fs::read_to_string(out.join("a/late.txt")).unwrap(), "a/late.txt");
        assert_eq!(std::fs::read_to_string(old.join("b/late.txt")).unwrap(), "b/late.txt");
        assert!(!old.join("a").exists());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_taken_away_and_what_it_leads_to_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (site, precious) = (folder.path().join("site"), folder.path().join("precious"));
        std::fs::create_dir(&site).unwrap();
        std::fs::create_dir(&precious).unwrap();
        std::fs::write(precious.join("diary.txt"), "mine").unwrap();
        std::os::unix::fs::symlink(&precious, site.join("link")).unwrap();
        remove_marked(&site).unwrap();
        assert!(!site.exists());
        assert!(precious.join("diary.txt").exists());
    }
}
