//! The site's folder to [`Inputs`], reading again only what changed since the last time.

#![expect(clippy::disallowed_methods, reason = "this is the edge where files are read")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::links::Links;
use super::listing::{Listing, shown};
use super::load::{Cached, Loaded, Task, load, unreadable};
use super::place::{self, Alone, FOLDERS};
use super::{Asset, Inputs, decode};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Reads a site's folder, again and again while it is being served.
#[derive(Debug)]
pub struct Reader {
    root: PathBuf,
    cache: BTreeMap<String, Cached>,
    /// What the last whole reading found apart from the files themselves, and the settings it was made with.
    listed: Option<Listed>,
}

#[derive(Debug)]
struct Listed {
    output_dir: String,
    lists: Option<String>,
    linked_folders: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    links: Links,
}

impl Listed {
    /// Whether something was told of the file at `path`, or of a folder that it is in, when all were looked at: that may be
    /// mended now.
    fn tells_of(&self, path: &str) -> bool {
        self.diagnostics.iter().any(|told| {
            path.strip_prefix(told.file.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

impl Reader {
    /// A reader of the site in `root`, that has read nothing yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Reader { root: root.into(), cache: BTreeMap::new(), listed: None }
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Files and links outside the site's folders, or by another name in them, that links of the site lead to or through,
    /// as the last whole reading met them: a change of one is a change of the site. What is in a folder is not named.
    pub fn linked(&self) -> Vec<PathBuf> {
        self.listed.as_ref().map(|listed| listed.links.watched()).unwrap_or_default()
    }

    /// Every file that the build depends on. Files that did not change since the last call come back as the same
    /// `Arc<Source>`. Diagnostics are in order of path.
    pub fn read(&mut self, config: &Config) -> (Inputs, Vec<Diagnostic>) {
        let mut diagnostics: Vec<Diagnostic> = self.check_output(config).into_iter().collect();
        let mut links = Links::default();
        let mut listing = Listing::new(&self.root, config, &mut diagnostics, &mut links);
        let mut tasks = listing.files();
        tasks.extend(listing.lists(config));
        self.listed = Some(Listed {
            output_dir: config.output_dir.clone(),
            lists: config.facts.lists.clone(),
            linked_folders: config.linked_folders.clone(),
            diagnostics: diagnostics.clone(),
            links,
        });
        self.load(tasks);
        self.loaded(diagnostics)
    }

    /// What [`read`](Reader::read) gives, if since the last time nothing changed but the files at `changed`, relative
    /// to the root, and none of them is new or gone but a record, a template or a file that is copied as it is; `None` if
    /// that cannot be told without looking at everything.
    pub fn read_changed(
        &mut self,
        config: &Config,
        changed: &[PathBuf],
    ) -> Option<(Inputs, Vec<Diagnostic>)> {
        let listed = self.listed.as_ref()?;
        if listed.output_dir != config.output_dir
            || listed.lists != config.facts.lists
            || listed.linked_folders != config.linked_folders
        {
            return None;
        }
        let (mut again, mut new, mut gone) = (BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        let is_input = |path: &Path| {
            FOLDERS.into_iter().chain(listed.lists.as_deref()).any(|folder| path.starts_with(folder))
        };
        for path in changed {
            let file = self.root.join(path);
            if listed.links.leads_through(&file) {
                return None;
            }
            let is_link = fs::symlink_metadata(&file).is_ok_and(|found| found.is_symlink());
            let mut names: BTreeSet<PathBuf> = listed.links.names(&self.root, &file).into_iter().collect();
            // A name outside the folders of the site is one of a file that a link leads to.
            names.retain(|name| is_input(name));
            names.extend(file.strip_prefix(&self.root).ok().filter(|own| is_input(own)).map(Path::to_owned));
            if is_link || names.is_empty() {
                return None;
            }
            for path in names {
                let in_unicode = path.to_str().is_some();
                let path = shown(&path);
                if listed.tells_of(&path) {
                    return None;
                }
                let is_bound = !in_unicode || self.has_companion(&path) || self.is_behind_link(&path);
                let alone = place::use_alone(&path).filter(|_| !is_bound);
                match (self.cache.contains_key(&path), fs::metadata(self.root.join(&path))) {
                    (true, Ok(found)) if found.is_file() => drop(again.insert(path)),
                    // It came and went, or is one of those files that editors keep beside.
                    (false, Err(error))
                        if error.kind() == io::ErrorKind::NotFound && !self.is_folder(&path) => {}
                    (false, Ok(_)) if path.split('/').any(place::is_ignored) => {}
                    (true, Err(error)) if error.kind() == io::ErrorKind::NotFound && alone.is_some() => {
                        gone.insert(path);
                    }
                    (false, Ok(found)) if found.is_file() => drop(new.insert(path, alone?)),
                    _ => return None,
                }
            }
        }
        let diagnostics = listed.diagnostics.clone();
        for path in gone {
            self.cache.remove(&path);
        }
        for (path, alone) in new {
            let task = match alone {
                Alone::Record(kind) => Task::Source(kind),
                Alone::Template => Task::Template,
                Alone::Copied(to) => Task::Asset(to),
            };
            let cached = load(&path, &self.root.join(&path), task, None)?;
            self.cache.insert(path, cached);
        }
        for path in again {
            let Some(cached) = self.cache.get_mut(&path) else { continue };
            cached.read_again(&path, &self.root.join(&path))?;
        }
        Some(self.loaded(diagnostics))
    }

    /// Whether what stands beside `path` is another file with it than without: a `.toml` of its name.
    fn has_companion(&self, path: &str) -> bool {
        self.cache.contains_key(&place::sidecar_path(path))
    }

    /// Whether a folder on the way to `path` is a symbolic link, of which only a whole look tells whether it is followed.
    fn is_behind_link(&self, path: &str) -> bool {
        let mut folders = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        folders.any(|folder| self.root.join(folder).is_symlink())
    }

    /// Whether a file is known that lies below `path`.
    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        self.cache.range(below.clone()..).next().is_some_and(|(known, _)| known.starts_with(&below))
    }

    /// What the cache holds, with what is wrong in it besides `diagnostics`.
    fn loaded(&self, mut diagnostics: Vec<Diagnostic>) -> (Inputs, Vec<Diagnostic>) {
        let mut inputs = self.inputs(&mut diagnostics);
        inputs.assets.sort_by(|a, b| a.path.cmp(&b.path));
        let root = &self.root;
        inputs.assets.dedup_by(|second, first| {
            let twice = first.path == second.path;
            if twice {
                let shown = |asset: &Asset| shown(asset.file.strip_prefix(root).unwrap_or(&asset.file));
                let message =
                    format!("`{}` and `{}` would both be `/{}`", shown(first), shown(second), first.path);
                diagnostics
                    .push(Diagnostic::error(shown(second), message).help("rename or remove one of them"));
            }
            twice
        });
        diagnostics.sort();
        (inputs, diagnostics)
    }

    /// The site's own lists alone.
    pub fn read_lists(&mut self, config: &Config) -> (Inputs, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut links = Links::default();
        let tasks = Listing::new(&self.root, config, &mut diagnostics, &mut links).lists(config);
        self.listed = None;
        self.load(tasks);
        let inputs = self.inputs(&mut diagnostics);
        diagnostics.sort();
        (inputs, diagnostics)
    }

    /// Reads the files of `tasks` that changed since the last time, and forgets all others.
    fn load(&mut self, tasks: Vec<(String, Task)>) {
        let mut old = std::mem::take(&mut self.cache);
        let work: Vec<(String, Task, Option<Cached>)> = tasks
            .into_iter()
            .map(|(path, task)| (old.remove_entry(&path), path, task))
            .map(with_cached)
            .collect();
        self.cache = work
            .into_par_iter()
            .filter_map(|(path, task, cached)| {
                let file = self.root.join(&path);
                let cached = load(&path, &file, task, cached)?;
                Some((path, cached))
            })
            .collect();
    }

    /// What the cache holds, in order of path.
    fn inputs(&self, diagnostics: &mut Vec<Diagnostic>) -> Inputs {
        let mut inputs = Inputs::default();
        for cached in self.cache.values() {
            diagnostics.extend(cached.diagnostics.iter().cloned());
            match &cached.loaded {
                Some(Loaded::Source(source)) => inputs.sources.push(source.clone()),
                Some(Loaded::Template(template)) => inputs.templates.push(template.clone()),
                Some(Loaded::Asset(asset)) => inputs.assets.push(asset.clone()),
                None => {}
            }
        }
        inputs
    }

    /// Compares real folders, so that a link into `content/` is found out too.
    fn check_output(&self, config: &Config) -> Option<Diagnostic> {
        let fault = place::output_fault(&self.root, &config.output_dir);
        let lists = config.facts.lists.as_deref();
        let inside = lists.filter(|lists| Path::new(&config.output_dir).starts_with(lists));
        let fault = fault.or_else(|| {
            let message = format!("the output folder `{}` lies inside `{}`", config.output_dir, inside?);
            let told = Diagnostic::error("site.toml", message);
            Some(told.help("choose a folder of its own: `output_dir = \"public\"`"))
        });
        if fault.is_some() {
            return fault;
        }
        let root = self.root.canonicalize().ok()?;
        let output = root.join(&config.output_dir);
        let existing = output.ancestors().find(|path| path.exists())?;
        let rest = output.strip_prefix(existing).ok()?;
        let real = existing.canonicalize().ok()?.join(rest);
        place::fault_between(&root, &real, &config.output_dir)
    }
}

fn with_cached(
    (old, path, task): (Option<(String, Cached)>, String, Task),
) -> (String, Task, Option<Cached>) {
    let cached = old.map(|(_, cached)| cached).filter(|cached| cached.task == task);
    (path, task, cached)
}

/// The text of the file of settings at `path`, shown as `name` in diagnostics; empty if there is no such file.
pub fn settings_text(path: &Path, name: &str) -> Result<String, Diagnostic> {
    match fs::read(path) {
        Ok(bytes) => Ok(decode(bytes, None).text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(unreadable(name.to_owned(), Some(&error))),
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
