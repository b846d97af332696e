//! The page of data: what can be downloaded, in which form, under which licence, and how new it is.

use serde::Serialize;

use crate::data::{DataFile, FILES};

use super::{Counts, DateView, Linker, PageView, Scope, last_update};

/// What is new, for feed readers: listed behind the data files.
const FEEDS: &[DataFile] = &[
    DataFile {
        path: "feed.xml",
        name: "feed",
        title: "download.articles",
        format: "Atom",
        media_type: "application/atom+xml",
        description: "download.for_readers",
    },
    DataFile {
        path: "feed.json",
        name: "feed-json",
        title: "download.articles",
        format: "JSON Feed",
        media_type: "application/feed+json",
        description: "download.for_readers",
    },
    DataFile {
        path: "corrections.xml",
        name: "corrections",
        title: "download.corrections",
        format: "Atom",
        media_type: "application/atom+xml",
        description: "download.taken_back",
    },
];

/// What `data.html` sees as `data`.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// What can be downloaded.
    pub files: Vec<DownloadView>,
    /// Under which terms; `null` where `site.toml` does not say.
    pub licence: Option<LicenceView>,
    /// How much there is.
    pub counts: Counts,
    /// The newest day on which an article was published or changed.
    pub updated: Option<DateView>,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct DownloadView {
    /// "Attacks".
    pub title: String,
    /// "JSON".
    pub format: &'static str,
    /// `application/json`.
    pub media_type: &'static str,
    /// One sentence on what it holds, without its full stop.
    pub description: String,
    /// Where it is, relative to the page.
    pub href: String,
}

/// The terms under which the data may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LicenceView {
    /// "CC BY 4.0".
    pub name: String,
    /// Where they stand.
    pub url: Option<String>,
}

impl DataView {
    /// The page of downloads; completes `page`.
    pub fn new(scope: &Scope<'_>, linker: &Linker, page: &mut PageView) -> Self {
        let words = scope.words();
        words.text("title.data").clone_into(&mut page.title);
        words.text("about.data").clone_into(&mut page.description);
        let view = |file: &DataFile| DownloadView {
            title: words.text(file.title).to_owned(),
            format: file.format,
            media_type: file.media_type,
            description: words.text(file.description).to_owned(),
            href: linker.href(&format!("/{}", file.path)),
        };
        let licence = scope.config.data.licence.as_ref();
        DataView {
            files: FILES.iter().chain(FEEDS).map(view).collect(),
            licence: licence
                .map(|name| LicenceView { name: name.clone(), url: scope.config.data.licence_url.clone() }),
            counts: Counts::new(scope),
            updated: last_update(scope).map(|date| DateView::new(&date, words)),
        }
    }
}
