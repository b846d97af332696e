//! What the output folder may not be, and what no output may be called.
#![expect(clippy::disallowed_methods, reason = "stage 7 writes the site")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::File;
use super::manifest::{MARK_FOLDER, Manifest};

/// What must never be overwritten.
#[derive(Clone, Debug)]
pub struct Guards {
    /// The site's root: the folder of `site.toml`.
    pub root: PathBuf,
    /// The folders that the site is made from; they need not exist.
    pub sources: Vec<PathBuf>,
}

/// What a folder of sources has at its top.
const SOURCE_NAMES: [&str; 5] = [".git", "site.toml", "content", "templates", "static"];

impl Guards {
    /// For the site at `root`, with its folders in their usual places.
    pub fn of_site(root: &Path) -> Guards {
        let sources = ["content", "templates", "static"].map(|name| root.join(name));
        Guards { root: root.to_owned(), sources: sources.into() }
    }

    /// Whether the folder `out`, a real path, is in a place where a site can be written.
    pub(super) fn check_place(&self, out: &Path) -> anyhow::Result<()> {
        let real = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
        let shown = out.display();
        if real(&self.root)?.starts_with(out) {
            bail!("the output folder `{shown}` holds the site's sources: choose another with `--output-dir`");
        }
        for source in &self.sources {
            let source = real(source)?;
            if out.starts_with(&source) {
                let source = source.file_name().unwrap_or_default().display();
                bail!("the output folder `{shown}` is inside `{source}`: choose another with `--output-dir`");
            }
            if source.starts_with(out) {
                let source = source.display();
                bail!("the output folder `{shown}` holds `{source}`: choose another with `--output-dir`");
            }
        }
        if out.components().any(|part| part.as_os_str() == ".git") {
            bail!("the output folder `{shown}` is inside a git repository's own folder: choose another");
        }
        Ok(())
    }

    /// Whether what is in the folder `out` may be replaced.
    pub(super) fn check_contents(&self, out: &Path, old: Option<&Manifest>) -> anyhow::Result<()> {
        let shown = out.display();
        for name in SOURCE_NAMES {
            let is_ours = old.is_some_and(|old| old.has_top(name));
            if !is_ours && out.join(name).symlink_metadata().is_ok() {
                bail!(
                    "the output folder `{shown}` holds `{name}`, so it is no built site: choose another folder"
                );
            }
        }
        if old.is_some() || !out.exists() {
            return Ok(());
        }
        let mut entries = std::fs::read_dir(out).with_context(|| format!("cannot read `{shown}`"))?;
        if entries.next().is_some() {
            bail!(
                "the output folder `{shown}` is not empty and was not made by dateline: choose another folder, or \
                 empty this one yourself"
            );
        }
        Ok(())
    }
}

/// Whether `path` can name a file of the site: relative, and inside the output folder.
pub(crate) fn check_path(path: &str) -> anyhow::Result<()> {
    let fault = if path.contains('\0') {
        "has a zero byte"
    } else if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        "does not stay inside the output folder"
    } else if path.split('/').next() == Some(MARK_FOLDER) {
        "is where dateline keeps its own notes"
    } else if cfg!(windows) && path.contains(['\\', ':']) {
        "has a sign that file names cannot have here"
    } else {
        return Ok(());
    };
    bail!("no page or file can be `{}`: it {fault}", path.escape_debug())
}

/// Whether the files that somebody else put into the output folder leave room for the new site.
pub(super) fn check_foreign(
    out: &Path,
    foreign: &[PathBuf],
    files: &BTreeMap<String, File>,
) -> anyhow::Result<()> {
    let in_the_way: Vec<_> = foreign
        .iter()
        .filter_map(|path| path.to_str())
        .filter(|path| {
            let inside = format!("{path}/");
            let is_folder =
                files.range(inside.clone()..).next().is_some_and(|(file, _)| file.starts_with(&inside));
            let mut folders = path.match_indices('/').map(|(slash, _)| &path[..slash]);
            is_folder || files.contains_key(*path) || folders.any(|folder| files.contains_key(folder))
        })
        .map(|path| format!("`{path}`"))
        .collect();
    if in_the_way.is_empty() {
        return Ok(());
    }
    let more =
        if in_the_way.len() > 10 { format!(" and {} more", in_the_way.len() - 10) } else { String::new() };
    bail!(
        "in `{}` stand files that dateline did not make, where the new site has its own: {}{more}; move them to \
         `static/`, or delete them",
        out.display(),
        in_the_way[..in_the_way.len().min(10)].join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for path in ["index.html", "a/b/c.html", "..a/b..", "één/ö.html", ".well-known/x"] {
            check_path(path).unwrap();
        }
        for path in ["", "/etc/passwd", "a//b", "a/", "../a", "a/../b", "./a", "a\0b", ".dateline/manifest"] {
            assert!(check_path(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn sources_are_never_the_output_folder() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("site");
        for name in ["content/articles", "static", ".git"] {
            std::fs::create_dir_all(root.join(name)).unwrap();
        }
        let guards = Guards::of_site(&root);
        for refused in ["", "..", "content", "content/public", "static/x", "templates/new", ".git/x"] {
            let out = root.join(refused);
            let out = out.canonicalize().unwrap_or(out);
            assert!(guards.check_place(&out).is_err(), "{refused}");
        }
        guards.check_place(&root.join("public")).unwrap();
        guards.check_place(&root.parent().unwrap().join("site-public")).unwrap();
    }

    #[test]
    fn a_folder_with_a_life_of_its_own_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let guards = Guards::of_site(Path::new("/nowhere"));
        guards.check_contents(out, None).unwrap();
        std::fs::write(out.join("notes.txt"), "mine").unwrap();
        assert!(guards.check_contents(out, None).unwrap_err().to_string().contains("not made by dateline"));
        let ours = Manifest::new(Vec::new());
        guards.check_contents(out, Some(&ours)).unwrap();
        std::fs::create_dir(out.join(".git")).unwrap();
        assert!(guards.check_contents(out, Some(&ours)).unwrap_err().to_string().contains("`.git`"));
    }
}
