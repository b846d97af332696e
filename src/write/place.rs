//! Where the output folder really is, and the names of what stands beside it for as long as a build runs.
#![expect(clippy::disallowed_methods, reason = "stage 7 writes the site")]

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};

use super::beside;

/// The output folder, by its real path.
pub(super) struct Place {
    /// Absolute and without symbolic links; it need not exist.
    pub(super) out: PathBuf,
}

impl Place {
    /// Follows symbolic links. What does not exist yet is taken as it is written.
    pub(super) fn resolve(given: &Path) -> anyhow::Result<Place> {
        let absolute = std::path::absolute(given)
            .with_context(|| format!("`{}` cannot be the output folder", given.display()))?;
        let mut out = absolute.clone();
        if let Ok(real) = absolute.canonicalize() {
            if !real.is_dir() {
                bail!("the output folder `{}` is a file", given.display());
            }
            out = real;
        } else if let Ok(target) = std::fs::read_link(&absolute) {
            // A link to a folder that is not there, or not there yet.
            out = absolute.parent().unwrap_or(&absolute).join(target);
        }
        let out = resolve_missing(&out)
            .with_context(|| format!("`{}` cannot be the output folder", given.display()))?;
        if out.file_name().is_none() {
            bail!("the output folder cannot be `{}`: name a folder in it", out.display());
        }
        Ok(Place { out })
    }

    /// The bytes of one file of the site that stands.
    pub(super) fn read(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        let file = self.out.join(path);
        std::fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))
    }

    /// The folder that holds the output folder.
    pub(super) fn parent(&self) -> &Path {
        self.out.parent().expect("a place has a name")
    }

    /// Where this process builds.
    pub(super) fn staging(&self) -> PathBuf {
        beside(&self.out, &std::process::id().to_string())
    }

    /// Where this process puts the old site when folders cannot be exchanged in one step.
    pub(super) fn replaced(&self) -> PathBuf {
        beside(&self.out, &format!("{}-old", std::process::id()))
    }

    /// The file that two builds cannot both lock.
    pub(super) fn lock(&self) -> PathBuf {
        beside(&self.out, "lock")
    }

    /// The file that tells the next build about an exchange that was not finished.
    pub(super) fn journal(&self) -> PathBuf {
        beside(&self.out, "journal")
    }

    /// Whether `name` is one that [`Place::staging`] or [`Place::replaced`] gives to some process.
    pub(super) fn is_left_over(&self, name: &std::ffi::OsStr) -> bool {
        let prefix = beside(&self.out, "");
        let prefix = prefix.file_name().expect("made from a name").as_encoded_bytes();
        let Some(rest) = name.as_encoded_bytes().strip_prefix(prefix) else { return false };
        let digits = rest.strip_suffix(b"-old").unwrap_or(rest);
        !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
    }
}

/// The real path of the part that exists, then the rest.
fn resolve_missing(path: &Path) -> anyhow::Result<PathBuf> {
    let Some(existing) = path.ancestors().find(|ancestor| ancestor.exists()) else {
        bail!("no part of it exists");
    };
    let rest = path.strip_prefix(existing).expect("an ancestor is a prefix");
    if rest.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!("`{}` does not exist, so `..` leads nowhere", path.display());
    }
    let mut real = existing.canonicalize()?;
    real.extend(rest);
    Ok(real)
}

/// Folders that had to be made to hold the output folder, taken away again unless they are kept.
pub(super) struct NewFolders {
    made: Vec<PathBuf>,
    kept: bool,
}

impl NewFolders {
    /// Makes `folder` and what is missing above it.
    pub(super) fn make(folder: &Path) -> anyhow::Result<NewFolders> {
        let missing = folder.ancestors().take_while(|ancestor| !ancestor.exists());
        let made = missing.map(Path::to_owned).collect();
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        Ok(NewFolders { made, kept: false })
    }

    /// They hold a site now.
    pub(super) fn keep(&mut self) {
        self.kept = true;
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        if !self.kept {
            for folder in &self.made {
                // Fails, as it should, if somebody put something into it.
                let _ = std::fs::remove_dir(folder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_left_overs() {
        let place = Place { out: PathBuf::from("/sites/public") };
        assert!(place.is_left_over(place.staging().file_name().unwrap()));
        assert!(place.is_left_over(place.replaced().file_name().unwrap()));
        for other in
            [".public.dateline-", ".public.dateline-lock", ".public.dateline-12a", ".site.dateline-12"]
        {
            assert!(!place.is_left_over(other.as_ref()), "{other}");
        }
    }

    #[test]
    fn a_link_is_followed_also_where_nothing_stands_yet() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("real", root.join("public")).unwrap();
            assert_eq!(Place::resolve(&root.join("public")).unwrap().out, root.join("real"));
            std::fs::create_dir(root.join("real")).unwrap();
            assert_eq!(Place::resolve(&root.join("public")).unwrap().out, root.join("real"));
        }
        assert_eq!(Place::resolve(&root.join("a/b")).unwrap().out, root.join("a/b"));
        assert!(Place::resolve(&root.join("a/../../b")).is_err());
        assert!(Place::resolve(Path::new("/")).is_err());
    }

    #[test]
    fn folders_made_for_nothing_are_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        drop(NewFolders::make(&deep).unwrap());
        assert!(!folder.path().join("a").exists());
        let mut made = NewFolders::make(&deep).unwrap();
        made.keep();
        drop(made);
        assert!(deep.exists());
    }
}
