//! The editor's files, changed in place and whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// The text of a file; empty where there is none.
pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(fault) if fault.kind() == ErrorKind::InvalidData => {
            bail!(
                "`{}` is not UTF-8, and so cannot be edited in place: save it as UTF-8 first",
                path.display()
            )
        }
        Err(fault) => Err(fault).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

/// Writes `text` to `path` unless it stands there already: beside it first, then over it in one step, so that a
/// crash leaves the old file or the new. Says whether it was written. A file that may not be written, and a link, which
/// can lead anywhere, are refused.
pub(super) fn replace(path: &Path, new: &str) -> anyhow::Result<bool> {
    if text(path)? == new {
        return Ok(false);
    }
    if let Ok(there) = fs::symlink_metadata(path) {
        if there.is_symlink() {
            bail!("`{}` is a link: edit what it leads to by hand", path.display());
        }
        if there.permissions().readonly() {
            bail!("`{}` may not be written", path.display());
        }
    }
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = || format!("cannot write `{}`", path.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.{}.new", std::process::id()));
    let done = (|| {
        let mut file = fs::File::create(&beside)?;
        file.write_all(new.as_bytes())?;
        file.sync_all()?;
        if let Ok(old) = fs::metadata(path) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, path)
    })();
    if done.is_err() {
        drop(fs::remove_file(&beside));
    }
    done.with_context(cannot)?;
    Ok(true)
}

/// A file as it was before it was written.
pub(super) struct Before {
    path: PathBuf,
    /// Empty where there was none.
    text: String,
}

impl Before {
    /// `text` stood at `path`; empty: nothing did.
    pub(super) fn new(path: PathBuf, text: String) -> Self {
        Before { path, text }
    }

    /// Puts it back.
    pub(super) fn restore(&self) -> anyhow::Result<()> {
        if self.text.is_empty() {
            let gone = fs::remove_file(&self.path);
            return gone.with_context(|| format!("cannot take `{}` away again", self.path.display()));
        }
        replace(&self.path, &self.text).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("content/attacks/a.md");
        assert!(replace(&path, "one\n").unwrap());
        assert!(!replace(&path, "one\n").unwrap(), "what stands there is not written again");
        assert!(replace(&path, "two\n").unwrap());
        assert_eq!(text(&path).unwrap(), "two\n");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
