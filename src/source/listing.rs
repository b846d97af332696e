//! The files of a site's folders, and what each is for.
//!
//! Names and kinds alone: no file is opened. What cannot be a part of the site is left out and told.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::SourceKind;
use super::links::Links;
use super::load::{Task, unreadable};
use super::place::{self, FOLDERS, Use};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, nearest};

/// The system's number for a link that only leads to links.
#[cfg(unix)]
const LOOP: i32 = rustix::io::Errno::LOOP.raw_os_error();
#[cfg(not(unix))]
const LOOP: i32 = -1;

/// A look at the folders of the site in `root`.
pub(super) struct Listing<'a> {
    root: &'a Path,
    /// The folders that symbolic links may lead to.
    allowed: Vec<PathBuf>,
    /// What is wrong.
    diagnostics: &'a mut Vec<Diagnostic>,
    /// The symbolic links that were met.
    links: &'a mut Links,
}

impl<'a> Listing<'a> {
    pub(super) fn new(
        root: &'a Path,
        config: &Config,
        diagnostics: &'a mut Vec<Diagnostic>,
        links: &'a mut Links,
    ) -> Self {
        Listing { root, allowed: allowed(root, config), diagnostics, links }
    }

    /// Lists the files, in order of path, with what each is for.
    pub(super) fn files(&mut self) -> Vec<(String, Task)> {
        let [content, templates, assets] = FOLDERS.map(|folder| self.list(folder));
        let saved = leave_out_saved_folders(content, self.diagnostics);
        let pages: BTreeSet<&str> = saved.iter().map(String::as_str).collect();
        let mut tasks = Vec::with_capacity(saved.len() + templates.len() + assets.len());
        for path in &saved {
            let task = match place::use_of(path, |page| pages.contains(page)) {
                Use::Text(kind) => Task::Source(kind),
                Use::Copy => {
                    self.diagnostics.extend(unread(path));
                    Task::Asset(path.clone())
                }
            };
            tasks.push((format!("content/{path}"), task));
        }
        check_sidecars(&mut tasks, self.diagnostics);
        tasks.extend(templates.into_iter().map(|path| (format!("templates/{path}"), Task::Template)));
        tasks.extend(assets.into_iter().map(|path| (format!("static/{path}"), Task::Asset(path))));
        tasks
    }

    /// The files of the folder of lists, if the site has one.
    pub(super) fn lists(&mut self, config: &Config) -> Vec<(String, Task)> {
        let Some(folder) = &config.facts.lists else { return Vec::new() };
        if !self.root.join(folder).exists() {
            let fault =
                Diagnostic::error(&**folder, format!("the folder of lists, `{folder}`, is not there"));
            self.diagnostics.push(fault.help("make it, or take `lists` out of `[facts]` in `site.toml`"));
            return Vec::new();
        }
        let list = |name: String| (format!("{folder}/{name}"), Task::Source(SourceKind::List));
        self.list(folder).into_iter().map(list).collect()
    }

    /// The regular files below `folder`, relative to it. A folder that is not there is empty. What a symbolic link leads
    /// to is left out, and an error, unless it lies in a folder that is allowed.
    fn list(&mut self, folder: &str) -> Vec<String> {
        let base = self.root.join(folder);
        if base.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Vec::new();
        }
        let mut files = Vec::new();
        let mut walk = WalkDir::new(&base).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    if let Some(path) = error.path().filter(|path| path.is_symlink()) {
                        self.links.note(path, shown(path.strip_prefix(self.root).unwrap_or(path)));
                    }
                    self.diagnostics.extend(walk_fault(self.root, folder, &error));
                    continue;
                }
            };
            if entry.depth() > 0 && entry.file_name().to_str().is_some_and(place::is_ignored) {
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            if entry.path().is_symlink() {
                let name = shown(entry.path().strip_prefix(self.root).unwrap_or(entry.path()));
                self.links.note(entry.path(), name.clone());
                if let Some(target) = leads_out(entry.path(), &self.allowed) {
                    self.diagnostics.push(link_out(name, &target));
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    continue;
                }
            }
            if entry.file_type().is_dir() {
                continue;
            }
            let path = entry.path().strip_prefix(&base).unwrap_or(entry.path());
            let name = shown(path);
            let file = format!("{folder}/{name}");
            if path.to_str().is_none() {
                self.diagnostics.push(
                    Diagnostic::error(file, "the file's name is not Unicode")
                        .help("rename it: its address is made from its name"),
                );
            } else if !entry.file_type().is_file() {
                self.diagnostics.push(
                    Diagnostic::error(file, format!("this is {}, not a file", special(entry.file_type())))
                        .help("it was not opened: remove it or move it out of the site's folder"),
                );
            } else if entry.depth() == 0 {
                self.diagnostics
                    .push(Diagnostic::error(folder, format!("`{folder}` is a file, not a folder")));
            } else {
                files.push(name);
            }
        }
        files.sort_unstable();
        files
    }
}

/// The folders that symbolic links may lead to: the site's own, and those that the settings name. One that is not
/// there allows nothing.
fn allowed(root: &Path, config: &Config) -> Vec<PathBuf> {
    let named = config.linked_folders.iter().map(|folder| root.join(folder));
    let all = std::iter::once(root.to_owned()).chain(named);
    all.filter_map(|folder| fs::canonicalize(folder).ok()).collect()
}

fn link_out(name: String, target: &Path) -> Diagnostic {
    let folder = if target.is_dir() { target } else { target.parent().unwrap_or(target) };
    let help = format!(
        "it was not followed, so that nothing is published by mistake: remove it, or allow it with \
         `linked_folders = [{:?}]` below `[build]` in site.toml",
        folder.display().to_string()
    );
    Diagnostic::error(name, "a symbolic link that leads out of the site’s folder").help(help)
}

/// What is wrong; nothing, where a folder or file only went while it was being listed.
fn walk_fault(root: &Path, folder: &str, error: &walkdir::Error) -> Option<Diagnostic> {
    let relative = |path: &Path| shown(path.strip_prefix(root).unwrap_or(path));
    let file = error.path().map_or_else(|| folder.to_owned(), relative);
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("a loop of symbolic links: it leads back to `{}`", relative(ancestor));
        return Some(Diagnostic::error(file, message).help("remove the link, or let it point elsewhere"));
    }
    let link = error.path().is_some_and(Path::is_symlink);
    let kind = error.io_error().map(io::Error::kind);
    Some(match (link, kind) {
        (true, Some(io::ErrorKind::NotFound)) => Diagnostic::error(file, "the symbolic link leads nowhere")
            .help("remove it, or bring back its target"),
        (true, _) if error.io_error().and_then(io::Error::raw_os_error) == Some(LOOP) => {
            Diagnostic::error(file, "a loop of symbolic links")
                .help("remove the link, or let it point elsewhere")
        }
        (false, Some(io::ErrorKind::NotFound)) => return None,
        _ => unreadable(file, error.io_error()),
    })
}

/// What stands at `path`, links resolved, if that is in none of the folders `allowed`.
fn leads_out(path: &Path, allowed: &[PathBuf]) -> Option<PathBuf> {
    let target = fs::canonicalize(path).ok()?;
    (!allowed.iter().any(|folder| target.starts_with(folder))).then_some(target)
}

/// What a researcher drops among the articles may be an article that cannot be read, or notes that nobody is to see.
fn unread(path: &str) -> Option<Diagnostic> {
    let told = Diagnostic::warning(format!("content/{path}"), "not read, but published as it is");
    let help = "save its words as `.txt` to have it read; move it to `static/` if it is to be published, and out of \
                `content/` if it is not";
    (!place::is_for_pages(path)).then(|| told.help(help))
}

/// A browser that saves `a.html` whole puts scripts and pictures into `a_files/`: no part of this site.
fn leave_out_saved_folders(paths: Vec<String>, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let pages: BTreeSet<&str> = paths
        .iter()
        .filter(|path| path.ends_with(".html") || path.ends_with(".htm"))
        .map(|path| place::stem(path))
        .collect();
    let mut folders = BTreeSet::new();
    let saved_folder = |path: &str| {
        path.match_indices("_files/")
            .find(|(at, _)| pages.contains(&path[..*at]))
            .map(|(at, _)| path[..at + 6].to_owned())
    };
    let kept = paths
        .iter()
        .filter(|path| {
            saved_folder(path).is_none_or(|folder| !{
                folders.insert(folder);
                true
            })
        })
        .cloned()
        .collect();
    diagnostics.extend(folders.into_iter().map(|folder| {
        Diagnostic::note(
            format!("content/{folder}"),
            "left out: a browser saved it together with the page beside it",
        )
    }));
    kept
}

/// Every sidecar has an article.
fn check_sidecars(tasks: &mut Vec<(String, Task)>, diagnostics: &mut Vec<Diagnostic>) {
    let described = |task: &Task| {
        matches!(task, Task::Source(SourceKind::Article(_) | SourceKind::Page | SourceKind::Section))
    };
    let stems: BTreeSet<String> = tasks
        .iter()
        .filter(|(_, task)| described(task))
        .map(|(path, _)| place::stem(path).to_owned())
        .collect();
    tasks.retain(|(path, task)| {
        if *task != Task::Source(SourceKind::Sidecar) || stems.contains(place::stem(path)) {
            return true;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let near = nearest(place::stem(path), stems.iter().map(String::as_str));
        diagnostics.push(
            Diagnostic::error(path.clone(), format!("`{name}` describes an article that is not there")).help(
                match near {
                    Some(near) => format!("did you mean `{near}.toml`? It must have the name of its article"),
                    None => "give it the name of its article, or remove it".to_owned(),
                },
            ),
        );
        false
    });
}

/// A path with `/` between folders.
pub(super) fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(unix)]
fn special(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a named pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: fs::FileType) -> &'static str {
    "a device"
}
