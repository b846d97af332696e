//! The cache on disk: what stages 2 and 3 made of each file, and what the last builds came to, for the next process.
//!
//! It lies in `.dateline/cache/` of the site's folder and can be deleted at any time. It is of use to the same build of
//! the program only. Nothing in it can make a build fail or differ: every record has a checksum, what is damaged or
//! foreign is set aside and made anew, with a note, and of two processes at once the second goes without.

mod articles;
mod builds;
mod folder;
mod index;
pub(super) mod record;

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::memo::Key;
use crate::source::{Hash, Source};

use self::articles::Articles;
use self::folder::Folder;

use super::parsed::Parsed;

pub(super) use self::builds::Days;
pub use self::builds::Remembered;

/// What a site's cache is called in messages, relative to the site's folder.
const SHOWN: &str = ".dateline/cache";

/// The cache of one site. Nothing is read or written before it is asked for.
#[derive(Debug)]
pub(super) struct Cache {
    folder: Folder,
    articles: State,
    notes: Vec<Diagnostic>,
}

#[derive(Debug)]
enum State {
    /// Nobody asked yet.
    Closed,
    Open(Articles),
    /// It cannot be used, or another process uses it.
    Without,
}

impl Cache {
    /// That of the site in the folder `root`.
    pub(super) fn of_site(root: &Path) -> Cache {
        Cache { folder: Folder::of_site(root), articles: State::Closed, notes: Vec::new() }
    }

    /// Reads what is kept of articles, unless that was done.
    pub(super) fn open(&mut self) {
        if !matches!(self.articles, State::Closed) {
            return;
        }
        self.articles = match Articles::open(&self.folder, &mut self.notes) {
            Ok(Some(articles)) => State::Open(articles),
            Ok(None) => State::Without,
            Err(why) => self.go_without(&why),
        };
    }

    /// What is kept under `key`, which was made of `source`.
    pub(super) fn find(&self, key: &Key, source: &Source) -> Option<Parsed> {
        match &self.articles {
            State::Open(articles) => articles.find(key, source),
            State::Closed | State::Without => None,
        }
    }

    /// Keeps what this build asked for: `parsed`, each under its key, and made of its source.
    pub(super) fn keep(&mut self, keys: &[Key], parsed: &[Arc<Parsed>], sources: &[&Arc<Source>]) {
        let State::Open(articles) = &mut self.articles else { return };
        if let Err(why) = articles.keep(&self.folder, keys, parsed, sources, &mut self.notes) {
            self.articles = self.go_without(&why);
        }
    }

    /// The index of the full text that is kept under `key`.
    pub(super) fn index(&mut self, key: &Key) -> Option<index::Files> {
        index::read(&self.folder, key, &mut self.notes)
    }

    /// Keeps the index of the full text of this build.
    pub(super) fn keep_index(&mut self, key: &Key, files: &[(&str, &[u8])]) {
        if !matches!(self.articles, State::Without)
            && let Err(why) = index::write(&self.folder, key, files)
        {
            self.articles = self.go_without(&why);
        }
    }

    /// The build of these inputs that the cache remembers.
    pub(super) fn build_of(&mut self, inputs: &Hash) -> Option<Remembered> {
        builds::read(&self.folder, &mut self.notes).into_iter().find(|build| build.inputs == *inputs)
    }

    /// The build that the cache remembers of a folder with this manifest.
    pub(super) fn build_in(&mut self, manifest: &Hash) -> Option<Remembered> {
        builds::read(&self.folder, &mut self.notes).into_iter().find(|build| build.manifest == *manifest)
    }

    /// Remembers a build, in the place of the oldest one.
    pub(super) fn remember(&mut self, build: Remembered) {
        if matches!(self.articles, State::Without) {
            return;
        }
        // What is wrong with the ones before was told when they were asked for.
        let mut builds = builds::read(&self.folder, &mut Vec::new());
        builds.retain(|other| other.inputs != build.inputs);
        builds.insert(0, build);
        if let Err(why) = builds::write(&self.folder, &builds) {
            self.articles = self.go_without(&why);
        }
    }

    /// What is to be told since the last time.
    pub(super) fn notes(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.notes)
    }

    fn go_without(&mut self, why: &str) -> State {
        self.notes.push(Diagnostic::note(SHOWN, format!("the build goes without its cache: {why}")));
        State::Without
    }
}
