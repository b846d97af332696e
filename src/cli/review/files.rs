//! The editor's files, changed in place and whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Context;

/// The text of a file; empty where there is none.
pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(fault) if fault.kind() == ErrorKind::NotFound => Ok(String::new()),
        Err(fault) => Err(fault).with_context(|| format!("cannot read `{}`", path.display())),
    }
}

/// Writes `text` to `path` unless it stands there already: beside it first, then over it in one step, so that a
/// crash leaves the old file or the new. Says whether it was written. A link is followed, so that it stays one.
pub(super) fn replace(path: &Path, new: &str) -> anyhow::Result<bool> {
    if text(path)? == new {
        return Ok(false);
    }
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let cannot = || format!("cannot write `{}`", path.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.{}.new", std::process::id()));
    let done = (|| {
        let mut file = fs::File::create(&beside)?;
        file.write_all(new.as_bytes())?;
        file.sync_all()?;
        if let Ok(old) = fs::metadata(&path) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, &path)
    })();
    if done.is_err() {
        drop(fs::remove_file(&beside));
    }
    done.with_context(cannot)?;
    Ok(true)
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
