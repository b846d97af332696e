//! One finished site: files that are there, or files that are rendered when they are asked for.
#![expect(clippy::disallowed_methods, reason = "serving is an edge: it reads the author's files")]

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use serde::Serialize;

use crate::config::PathUse;
use crate::diagnostic::Diagnostic;
use crate::links;
use crate::pipeline::Files;
use crate::render::{Body, Output};
use crate::source::Hash;
use crate::theme;

/// How many pages are kept for the next reader: an open page is rendered to see whether it changed, and then asked for.
const RECENT: usize = 32;

/// How many pages are kept as they are sent: whoever waits for a change asks for one again and again.
const RECENTLY_SENT: usize = 8;

/// Up to how many bytes a file that the settings name is held in memory.
const HELD: u64 = 1 << 20;

/// One finished site.
#[derive(Debug)]
pub struct Snapshot {
    files: Held,
    copied: OnceLock<Copied>,
    /// Pages as they are sent, by the hash of their file.
    sent: Mutex<VecDeque<(Hash, Sent)>>,
}

/// A page as it is sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    /// With the script in it, if it gets one.
    pub(super) html: Bytes,
    /// BLAKE3 of that.
    pub(super) hash: Hash,
}

#[derive(Debug)]
enum Held {
    Made(BTreeMap<String, File>),
    OnDemand {
        files: Arc<Files>,
        /// Copied files that every page loads: should the author take one away, the pages of this site still have it.
        named: BTreeMap<String, File>,
        recent: Mutex<VecDeque<(String, File)>>,
    },
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

impl From<Output> for File {
    fn from(output: Output) -> File {
        let output = output.drawn();
        let content = match output.body {
            Body::Bytes(bytes) => Content::Memory(bytes.into()),
            Body::Embedded(std::borrow::Cow::Borrowed(bytes)) => Content::Memory(Bytes::from_static(bytes)),
            Body::Embedded(std::borrow::Cow::Owned(bytes)) => Content::Memory(bytes.into()),
            Body::File(path) => Content::Disk(path),
            Body::Card(_) => unreachable!("it was drawn above"),
        };
        File { content, hash: output.hash }
    }
}

impl Snapshot {
    /// The site that these outputs make, in any order. Of two with one path the later stays.
    pub fn new(outputs: impl IntoIterator<Item = Output>) -> Snapshot {
        let files = outputs.into_iter().map(|output| (output.path.clone(), output.into())).collect();
        Snapshot::of(Held::Made(files))
    }

    /// The site of `files`, each of which is made when it is asked for.
    pub fn on_demand(files: Arc<Files>) -> Snapshot {
        let named = named(&files);
        Snapshot::of(Held::OnDemand { files, named, recent: Mutex::default() })
    }

    fn of(files: Held) -> Snapshot {
        Snapshot { files, copied: OnceLock::new(), sent: Mutex::default() }
    }

    /// What the files are made from, if they are made on demand.
    pub(super) fn files(&self) -> Option<&Arc<Files>> {
        match &self.files {
            Held::Made(_) => None,
            Held::OnDemand { files, .. } => Some(files),
        }
    }

    /// Whether there is a file at `path`, relative to the site, without a leading slash.
    pub fn has(&self, path: &str) -> bool {
        match &self.files {
            Held::Made(files) => files.contains_key(path),
            Held::OnDemand { files, .. } => files.has(path),
        }
    }

    /// The file at `path`, rendered now if it was not yet; or what is wrong with its template.
    pub fn file(&self, path: &str) -> Option<Result<File, Diagnostic>> {
        match &self.files {
            Held::Made(files) => files.get(path).cloned().map(Ok),
            Held::OnDemand { files, named, recent } => {
                if let Some(file) = named.get(path) {
                    return Some(Ok(file.clone()));
                }
                let held = || recent.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((_, file)) = held().iter().find(|(known, _)| known == path) {
                    return Some(Ok(file.clone()));
                }
                let made = files.file(path)?.map(File::from);
                if let Ok(file) = &made {
                    let mut recent = held();
                    recent.truncate(RECENT - 1);
                    recent.push_front((path.to_owned(), file.clone()));
                }
                Some(made)
            }
        }
    }

    /// The page in `file` as it is sent, which `make` makes of its marks if it was not sent yet.
    pub(super) fn sent(&self, file: &File, make: impl FnOnce(&Marks) -> Bytes) -> Sent {
        let held = || self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sent)) = held().iter().find(|(known, _)| *known == file.hash) {
            return sent.clone();
        }
        let html = make(&self.marks(file));
        let sent = Sent { hash: *blake3::hash(&html).as_bytes(), html };
        // A file on the disk may be half written just now: what was read of it is sent once.
        if matches!(file.content, Content::Disk(_)) {
            return sent;
        }
        let mut recent = held();
        recent.truncate(RECENTLY_SENT - 1);
        recent.push_front((file.hash, sent.clone()));
        sent
    }

    /// What a browser that shows `file` has loaded: changes exactly when it has to do something.
    pub(super) fn marks(&self, file: &File) -> Marks {
        let mut marks = Marks { page: short(&file.hash), ..Marks::default() };
        let Content::Memory(bytes) = &file.content else { return marks };
        let Ok(html) = std::str::from_utf8(bytes) else { return marks };
        let copied = self.copied.get_or_init(|| self.copied());
        let mut used = blake3::Hasher::new();
        for link in links::scan(html).links {
            let path = link.split(['?', '#']).next().unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            // Its script reads the index, which no link names.
            if name == "search.js"
                && let Some(files) = self.files()
            {
                used.update(&files.search_index());
            }
            for (path, hash) in copied.by_name.get(name).into_iter().flatten() {
                if path.ends_with(".css") {
                    // Nobody looks into stylesheets for the pictures that they name: any may be one of them.
                    let mut with_others = blake3::Hasher::new();
                    with_others.update(hash).update(&copied.others);
                    marks.styles.insert(path.clone(), short(with_others.finalize().as_bytes()));
                } else {
                    used.update(path.as_bytes()).update(hash);
                }
            }
        }
        marks.files = short(used.finalize().as_bytes());
        marks
    }

    fn copied(&self) -> Copied {
        let all: Vec<(String, Hash)> = match &self.files {
            Held::Made(files) => files.iter().map(|(path, file)| (path.clone(), file.hash)).collect(),
            Held::OnDemand { files, .. } => {
                let assets = files.site().assets.iter().map(|asset| (asset.path.to_string(), asset.hash));
                let ours = theme::static_files().map(|file| (file.path, file.hash));
                let made: BTreeMap<String, Hash> = ours.chain(assets).collect();
                made.into_iter().collect()
            }
        };
        let mut copied = Copied::default();
        let mut others = blake3::Hasher::new();
        for (path, hash) in all.into_iter().filter(|(path, _)| !path.ends_with(".html")) {
            if !path.ends_with(".css") {
                others.update(path.as_bytes()).update(&hash);
            }
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            copied.by_name.entry(name).or_default().push((path, hash));
        }
        copied.others = *others.finalize().as_bytes();
        copied
    }
}

/// The copied files that the settings name for every page, as far as they are there and small.
fn named(files: &Files) -> BTreeMap<String, File> {
    let site = files.site();
    let asked = site.config.site_paths.iter().filter(|named| matches!(named.names, PathUse::File(_)));
    let found = asked.filter_map(|named| {
        let path = named.path.trim_start_matches('/');
        let at = site.assets.binary_search_by(|asset| (*asset.path).cmp(path)).ok()?;
        let asset = &site.assets[at];
        std::fs::metadata(&*asset.file).ok().filter(|found| found.len() <= HELD)?;
        let bytes = std::fs::read(&*asset.file).ok()?;
        // It may have changed since the site was made.
        let is_same = *blake3::hash(&bytes).as_bytes() == asset.hash;
        is_same.then(|| {
            let content = Content::Memory(bytes.into());
            (path.to_owned(), File { content, hash: asset.hash })
        })
    });
    found.collect()
}

/// The files that are no pages.
#[derive(Debug, Default)]
struct Copied {
    /// By the last part of their path.
    by_name: HashMap<String, Vec<(String, Hash)>>,
    /// All but stylesheets.
    others: Hash,
}

/// What a page is, and what it uses, each by a hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Marks {
    /// Its own bytes.
    pub(super) page: String,
    /// Pictures, scripts and whatever else it names.
    pub(super) files: String,
    /// The stylesheets that it names, by path.
    pub(super) styles: BTreeMap<String, String>,
}

fn short(hash: &Hash) -> String {
    blake3::Hash::from_bytes(*hash).to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(style: &str, picture: &str, page: &str) -> Marks {
        let files = [("s/a.css", style), ("b.css", "1"), ("p.png", picture), ("index.html", page)];
        let outputs = files.map(|(path, text)| Output::new(path, text.as_bytes().to_vec()));
        let snapshot = Snapshot::new(outputs);
        snapshot.marks(&snapshot.file("index.html").unwrap().unwrap())
    }

    #[test]
    fn a_page_is_marked_by_what_it_uses() {
        let page = "<link rel=stylesheet href=\"s/a.css?v=1\"> <img src=\"./p.png\">";
        let before = marks("1", "1", page);
        assert_eq!(before.styles.keys().collect::<Vec<_>>(), ["s/a.css"]);
        assert_eq!(marks("1", "1", page), before);
        let styled = marks("2", "1", page);
        assert_eq!((&styled.page, &styled.files), (&before.page, &before.files));
        assert_ne!(styled.styles, before.styles);
        assert_ne!(marks("1", "2", page).files, before.files);
        assert_ne!(marks("1", "1", "<p>").page, before.page);
        assert_eq!(marks("1", "2", "<p>"), marks("2", "1", "<p>"), "it names neither");
    }

    /// The site in `root` as it is now.
    fn built(root: &std::path::Path) -> Snapshot {
        let options = crate::pipeline::Options::new(jiff::civil::date(2026, 1, 1));
        let build = crate::pipeline::Pipeline::new(root, &root.join("site.toml"), options).build();
        let site = build.site.unwrap_or_else(|| panic!("{:?}", build.diagnostics));
        Snapshot::on_demand(Arc::new(Files::new(site)))
    }

    fn write(root: &std::path::Path, path: &str, text: &str) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn a_stylesheet_that_the_author_takes_away_stays_with_the_site() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        write(root, "site.toml", "title = \"A\"\n[theme]\nstylesheet = \"/own.css\"\n");
        write(root, "static/own.css", "p { color: navy }\n");
        write(root, "content/articles/a.txt", "A headline\n\nSome words.\n");
        let snapshot = built(root);
        std::fs::remove_file(root.join("static/own.css")).unwrap();
        let Content::Memory(bytes) = snapshot.file("own.css").unwrap().unwrap().content else {
            panic!("it is on the disk alone")
        };
        assert_eq!(bytes, "p { color: navy }\n");
    }

    #[test]
    fn the_search_page_is_marked_by_what_it_looks_through() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        write(root, "site.toml", "title = \"A\"\n");
        write(root, "content/articles/a.txt", "A headline\n\nSome words.\n");
        let marks = |snapshot: &Snapshot, page: &str| snapshot.marks(&snapshot.file(page).unwrap().unwrap());
        let before = built(root);
        write(root, "content/articles/a.txt", "Another headline\n\nSome words.\n");
        let after = built(root);
        let (search, other) = ("search/index.html", "methodology/index.html");
        assert_eq!(marks(&before, search).page, marks(&after, search).page);
        assert_ne!(marks(&before, search).files, marks(&after, search).files);
        assert_eq!(marks(&before, other), marks(&after, other));
    }
}
