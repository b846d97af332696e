//! The folder of a cache: its mark, its lock, and how its files are replaced whole.
#![expect(clippy::disallowed_methods, reason = "the edge at which the cache on disk is kept")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

use super::SHOWN;

/// The mark, as <https://bford.info/cachedir/> has it: programs that make backups know it too.
const TAG: &str = "CACHEDIR.TAG";
const TAG_TEXT: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # The cache of `dateline`: it can be deleted at any time.\n";

/// Nothing here belongs into a repository.
const IGNORED: &str = ".gitignore";

/// The file that two processes cannot both lock.
const LOCK: &str = "lock";

/// The folder, which need not be there.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

/// What is wrong, in words that go on after "the build goes without its cache:".
pub(super) type Why = String;

/// The words for a fault of the file system.
pub(super) fn words(error: &io::Error) -> Why {
    let words = error.to_string().to_lowercase();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

impl Folder {
    /// That of the site in `root`.
    pub(super) fn of_site(root: &Path) -> Folder {
        Folder { path: root.join(".dateline").join("cache") }
    }

    /// Whether the folder is there; an error where something else is, or a folder that is not ours.
    pub(super) fn is_there(&self) -> Result<bool, Why> {
        for path in [self.path.parent().unwrap_or(&self.path), &self.path] {
            match path.symlink_metadata() {
                Ok(there) if there.is_dir() => {}
                Ok(_) => return Err(format!("`{}` is not a folder", path.display())),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
                Err(error) => return Err(words(&error)),
            }
        }
        if fs::read(self.path.join(TAG)).is_ok_and(|tag| tag == TAG_TEXT.as_bytes()) {
            return Ok(true);
        }
        let mut entries = fs::read_dir(&self.path).map_err(|error| words(&error))?;
        if entries.next().is_some() {
            return Err(format!("`{SHOWN}` was not made by dateline, as it has no `{TAG}` of ours"));
        }
        Ok(false)
    }

    /// Makes the folder with its mark, if it is not there.
    pub(super) fn make(&self) -> Result<(), Why> {
        if self.is_there()? {
            return Ok(());
        }
        let make = || {
            fs::create_dir_all(&self.path)?;
            fs::write(self.path.join(TAG), TAG_TEXT)?;
            fs::write(self.path.join(IGNORED), "*\n")
        };
        make().map_err(|error| words(&error))
    }

    /// Locks the folder, which is there, for as long as the file lives; `None` while another process has it.
    pub(super) fn lock(&self) -> Result<Option<File>, Why> {
        let path = self.path.join(LOCK);
        let opened = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
        let file = opened.or_else(|_| File::open(&path)).map_err(|error| words(&error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(words(&error)),
        }
    }

    /// The bytes of a file; `None` where it is not there. What cannot be read as a file is set aside.
    pub(super) fn read(&self, name: &str, notes: &mut Vec<Diagnostic>) -> Result<Option<Vec<u8>>, Why> {
        let path = self.path.join(name);
        match path.symlink_metadata() {
            Ok(there) if there.is_file() => fs::read(path).map(Some).map_err(|error| words(&error)),
            Ok(_) => {
                self.set_aside(name, "is not a file", notes)?;
                Ok(None)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(words(&error)),
        }
    }

    /// How long a file is, in bytes; 0 where it is not there.
    pub(super) fn length(&self, name: &str) -> u64 {
        fs::metadata(self.path.join(name)).map_or(0, |there| there.len())
    }

    /// Gives a file another name, under which one such is kept, and says so.
    pub(super) fn set_aside(&self, name: &str, why: &str, notes: &mut Vec<Diagnostic>) -> Result<(), Why> {
        let aside = self.path.join(format!("{name}.damaged"));
        let _ = fs::remove_file(&aside);
        fs::rename(self.path.join(name), aside).map_err(|error| words(&error))?;
        let note = Diagnostic::note(format!("{SHOWN}/{name}"), format!("the cache {why}: it is made anew"));
        notes.push(note.help(format!("it was kept as `{name}.damaged`; the site is not affected")));
        Ok(())
    }

    /// Puts a whole file in the place of the one before.
    pub(super) fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Why> {
        self.make()?;
        let new = self.path.join(format!("{name}.{}", std::process::id()));
        fs::write(&new, bytes).and_then(|()| fs::rename(&new, self.path.join(name))).map_err(|error| {
            let _ = fs::remove_file(&new);
            words(&error)
        })
    }

    /// Adds to the end of a file that is `length` bytes long. What cannot be added whole is not added.
    pub(super) fn append(&self, name: &str, length: u64, bytes: &[u8]) -> Result<(), Why> {
        use std::io::Write as _;
        let add = || {
            let mut file = OpenOptions::new().append(true).open(self.path.join(name))?;
            file.write_all(bytes).inspect_err(|_| drop(file.set_len(length)))
        };
        add().map_err(|error: io::Error| words(&error))
    }
}
