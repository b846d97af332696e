//! The lock that keeps two builds out of one output folder.
#![expect(clippy::disallowed_methods, reason = "stage 7 writes the site")]

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::place::Place;

/// A lock file beside the output folder, since the folder itself is exchanged. The system lets the lock go when the
/// process ends, however it ends; the file is taken away where that is safe.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock, or says who has it.
    pub(super) fn take(place: &Place) -> anyhow::Result<Lock> {
        let path = place.lock();
        loop {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)
                .with_context(|| format!("cannot make the lock file `{}`", path.display()))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut process = String::new();
                    // Where the holder's number cannot be read, the message does without.
                    let _ = file.read_to_string(&mut process);
                    let process = process.trim();
                    let holder =
                        if process.is_empty() { String::new() } else { format!(" (process {process})") };
                    bail!("another dateline{holder} is building into `{}`", place.out.display());
                }
                // A file system without locks: better to build than never to build.
                Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock `{}`", path.display()));
                }
            }
            if is_still(&file, &path) {
                file.set_len(0)
                    .and_then(|()| write!(file, "{}", std::process::id()))
                    .with_context(|| format!("cannot write the lock file `{}`", path.display()))?;
                return Ok(Lock { path, _file: file });
            }
        }
    }
}

/// Whether the file is still the one at `path`: the build that had it may have ended between opening and locking.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

/// Lock files are never taken away here.
#[cfg(not(unix))]
fn is_still(_file: &File, _path: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Still locked, so that whoever opened it before sees, by its inode, that it is no longer the one.
        #[cfg(unix)]
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_nothing_left() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::resolve(&folder.path().join("public")).unwrap();
        let held = Lock::take(&place).unwrap();
        let refused = Lock::take(&place).err().unwrap().to_string();
        assert!(refused.starts_with("another dateline (process "), "{refused}");
        assert!(refused.contains(&std::process::id().to_string()), "{refused}");
        drop(held);
        assert!(cfg!(not(unix)) || !place.lock().exists());
        Lock::take(&place).unwrap();
    }
}
