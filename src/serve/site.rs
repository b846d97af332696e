//! The site in memory: swapped whole, so that a reader never sees half of a build.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use tokio::sync::watch;

use crate::render::{Body, Output};
use crate::source::Hash;

/// One finished site.
#[derive(Clone, Debug)]
pub struct Snapshot {
    files: BTreeMap<String, File>,
    version: String,
}

/// One file of it.
#[derive(Clone, Debug)]
pub struct File {
    /// What is in it.
    pub content: Content,
    /// BLAKE3 of its bytes.
    pub hash: Hash,
}

/// Where the bytes of a [`File`] are.
#[derive(Clone, Debug)]
pub enum Content {
    /// Here.
    Memory(Bytes),
    /// In a file of the author's, read when it is asked for.
    Disk(Arc<PathBuf>),
}

impl Snapshot {
    /// The site that these outputs make, in any order. Of two with one path the later stays.
    pub fn new(outputs: impl IntoIterator<Item = Output>) -> Snapshot {
        let file = |output: Output| {
            let content = match output.body {
                Body::Bytes(bytes) => Content::Memory(bytes.into()),
                Body::Embedded(std::borrow::Cow::Borrowed(bytes)) => {
                    Content::Memory(Bytes::from_static(bytes))
                }
                Body::Embedded(std::borrow::Cow::Owned(bytes)) => Content::Memory(bytes.into()),
                Body::File(path) => Content::Disk(path),
            };
            (output.path, File { content, hash: output.hash })
        };
        let files: BTreeMap<String, File> = outputs.into_iter().map(file).collect();
        let mut hasher = blake3::Hasher::new();
        for (path, file) in &files {
            hasher.update(path.as_bytes()).update(&[0]).update(&file.hash);
        }
        let version = hasher.finalize().to_hex()[..16].to_owned();
        Snapshot { files, version }
    }

    /// The file at `path`, relative to the site, without a leading slash.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    /// How the two differ.
    fn change_from(&self, old: &Snapshot) -> Change {
        let same_paths = self.files.keys().eq(old.files.keys());
        let changed = self
            .files
            .iter()
            .filter(|(path, file)| old.files.get(*path).is_none_or(|old| old.hash != file.hash));
        if same_paths && changed.map(|(path, _)| path).all(|path| path.ends_with(".css")) {
            Change::Styles
        } else {
            Change::Pages
        }
    }
}

/// What a browser has to load again.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Change {
    /// Only stylesheets.
    Styles,
    /// The page.
    Pages,
}

/// What is served at one moment.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// The last good site; none before the first build, or when that failed.
    pub(super) snapshot: Option<Arc<Snapshot>>,
    /// What is wrong, as HTML, while something is.
    pub(super) fault: Option<Arc<str>>,
    /// What the version before was, and what changed since.
    pub(super) since: Option<(String, Change)>,
}

impl State {
    /// A name for what the snapshot holds: the same contents have the same name, also after a new start.
    pub(super) fn version(&self) -> &str {
        self.snapshot.as_ref().map_or("none", |snapshot| &snapshot.version)
    }
}

/// A handle to what is served; clones are of the same site.
#[derive(Clone, Debug)]
pub struct Site {
    state: Arc<watch::Sender<Arc<State>>>,
}

impl Default for Site {
    fn default() -> Self {
        let state = State { snapshot: None, fault: None, since: None };
        Site { state: Arc::new(watch::Sender::new(Arc::new(state))) }
    }
}

impl Site {
    /// Serves `snapshot` from now on. Whatever was wrong is mended.
    pub fn swap(&self, snapshot: Snapshot) {
        let old = self.now();
        let since = match &old.snapshot {
            Some(before) if before.version == snapshot.version => old.since.clone(),
            Some(before) => Some((before.version.clone(), snapshot.change_from(before))),
            None => None,
        };
        self.state.send_replace(Arc::new(State { snapshot: Some(Arc::new(snapshot)), fault: None, since }));
    }

    /// Shows `fault`, safe HTML, over the last good site; `None`: nothing is wrong any longer.
    pub fn set_fault(&self, fault: Option<String>) {
        let state = State { fault: fault.map(Arc::from), ..State::clone(&self.now()) };
        self.state.send_replace(Arc::new(state));
    }

    pub(super) fn now(&self) -> Arc<State> {
        Arc::clone(&self.state.borrow())
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Arc<State>> {
        self.state.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(files: &[(&str, &str)]) -> Snapshot {
        Snapshot::new(files.iter().map(|(path, text)| Output::new(*path, text.as_bytes().to_vec())))
    }

    #[test]
    fn only_changed_stylesheets_are_a_change_of_style() {
        let old = snapshot(&[("a.css", "1"), ("b.css", "1"), ("index.html", "1")]);
        let change = |files: &[(&str, &str)]| snapshot(files).change_from(&old);
        assert_eq!(change(&[("a.css", "2"), ("b.css", "1"), ("index.html", "1")]), Change::Styles);
        assert_eq!(change(&[("a.css", "2"), ("b.css", "1"), ("index.html", "2")]), Change::Pages);
        assert_eq!(change(&[("a.css", "2"), ("index.html", "1")]), Change::Pages);
    }

    #[test]
    fn a_fault_stands_over_the_last_good_site_until_the_next() {
        let site = Site::default();
        assert_eq!(site.now().version(), "none");
        site.swap(snapshot(&[("index.html", "1")]));
        let version = site.now().version().to_owned();
        site.set_fault(Some("broken".into()));
        assert_eq!((site.now().version(), site.now().fault.as_deref()), (&*version, Some("broken")));
        site.swap(snapshot(&[("index.html", "1")]));
        assert_eq!((site.now().version(), site.now().fault.as_deref()), (&*version, None));
    }
}
