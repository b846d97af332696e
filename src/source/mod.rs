//! Stage 1, read: the site's folder to [`Inputs`]: bytes, decoded text, hash.
//!
//! In: the root folder and the configuration. Out: every file the build depends on, in order of path, and
//! diagnostics for those that can't be used. The only stage before writing that touches the disk.

mod decode;
mod links;
mod listing;
mod load;
mod place;
mod reader;

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use decode::{Decoded, decode};
pub use links::way;
pub use load::binary;
pub use place::{article_kind, output_fault, sidecar_path};
pub use reader::{Reader, settings_text};

/// Which parser a file goes through.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// `.txt`: a source of record, never rewritten.
    PlainText,
    /// `.md`: front matter and CommonMark.
    Markdown,
    /// `.html`: a page as a browser saved it.
    SavedPage,
}

/// A BLAKE3 hash of a file's bytes.
pub type Hash = [u8; 32];

/// What a file in `content/` is for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// `content/articles/**`.
    Article(Format),
    /// `content/**/*.md` elsewhere.
    Page,
    /// `content/**/_index.md`: the page of its folder.
    Section,
    /// `content/attacks/<id>.md`.
    AttackRecord,
    /// `content/experts/<slug>.md`.
    ExpertRecord,
    /// `NAME.toml` beside an article.
    Sidecar,
    /// `content/ids.toml`: which id each attack and person has.
    Ids,
    /// A file of the folder that `[facts] lists` names: words, places and other names of the site's own.
    List,
}

/// A text file that the site is made from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Relative to the site's root, `/` between folders: `content/articles/a.txt`.
    pub path: Arc<str>,
    /// What it is for.
    pub kind: SourceKind,
    /// Its text, decoded, without a leading byte order mark; line ends as they stand.
    pub text: Arc<str>,
    /// Of its bytes.
    pub hash: Hash,
}

/// A template of the site's own, from `templates/`.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    /// Relative to `templates/`: `article.html`. Tera's name for it.
    pub name: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
    /// Of its bytes.
    pub hash: Hash,
}

/// A file that is copied as it is: `static/**`, and what lies beside articles and pages in `content/`.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it goes in the site, without a leading slash: `css/site.css`.
    pub path: Arc<str>,
    /// Where it is now.
    pub file: Arc<PathBuf>,
    /// Of its bytes.
    pub hash: Hash,
    /// Bytes.
    pub size: u64,
}

/// All that a build depends on besides the program itself and `site.toml`.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Text files of `content/` and of the folder of lists, by path.
    pub sources: Vec<Arc<Source>>,
    /// `templates/`, by name.
    pub templates: Vec<TemplateFile>,
    /// `static/` and files beside content, by path.
    pub assets: Vec<Asset>,
}

impl Inputs {
    /// The site's own lists, by path.
    pub fn lists(&self) -> Vec<&Source> {
        self.sources.iter().filter(|source| source.kind == SourceKind::List).map(|list| &**list).collect()
    }

    /// The sidecar that stands beside `source`, if it has one.
    pub fn sidecar(&self, source: &Source) -> Option<&Arc<Source>> {
        self.sidecar_place(source).map(|at| &self.sources[at])
    }

    /// Where in `sources` the sidecar stands that is beside `source`, if it has one.
    pub fn sidecar_place(&self, source: &Source) -> Option<usize> {
        let path = place::sidecar_path(&source.path);
        let at = self.sources.binary_search_by(|other| (*other.path).cmp(&path)).ok()?;
        (self.sources[at].kind == SourceKind::Sidecar).then_some(at)
    }
}
