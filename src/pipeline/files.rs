//! Every file of a site, each made when it is asked for.
//!
//! Rendering is pure, so a file is the same whenever it is made: what is asked for one by one is, byte for byte, what
//! [`Site::render_all`] gives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::exports::{self, Part, Printer};
use crate::page::{self, Page};
use crate::render::{self, Output, Shared};
use crate::source::Hash;
use crate::theme;
use crate::view::CARD;

use super::{STYLES, Site, once_a_place};

/// A site as its files. Faults of templates show when a file is made.
#[derive(Debug)]
pub struct Files {
    site: Site,
    shared: OnceLock<Shared>,
    /// Files that are made together, when the first of them is asked for.
    exports: [OnceLock<BTreeMap<String, Output>>; Part::ALL.len()],
    /// The index of the full text, made when somebody searches; `None` where it cannot be made.
    full_text: OnceLock<Option<BTreeMap<String, Output>>>,
}

impl Files {
    /// The files of `site`; none is made yet.
    pub fn new(site: Site) -> Self {
        Files { site, shared: OnceLock::new(), exports: Default::default(), full_text: OnceLock::new() }
    }

    /// What they are made of.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The file at `path`, relative to the output folder; `None` if the site has none there.
    pub fn file(&self, path: &str) -> Option<Result<Output, Diagnostic>> {
        // A file of the author's takes the place of ours of the same name.
        if let Ok(at) = self.site.assets.binary_search_by(|asset| (*asset.path).cmp(path)) {
            return Some(Ok(Output::copy(&self.site.assets[at])));
        }
        if let Some(page) = self.page(path) {
            return Some(self.render(page));
        }
        if let Some(style) = self.site.style(path) {
            return Some(Ok(style));
        }
        if let Some(file) = theme::static_files().find(|file| file.path == path) {
            return Some(Ok(Output::embedded(file)));
        }
        if let Some(folder) = path.strip_suffix(CARD) {
            return self.card(folder).map(Ok);
        }
        // No export is a page, and every export has an ending: a page that is not there needs none of them made.
        let name = path.rsplit('/').next().unwrap_or(path);
        if path.ends_with(".html") || !name.contains('.') {
            return None;
        }
        if path.starts_with("pagefind/") {
            return self.full_text()?.get(path).cloned().map(Ok);
        }
        self.exports(Part::of(path)?).get(path).cloned().map(Ok)
    }

    fn full_text(&self) -> Option<&BTreeMap<String, Output>> {
        let by_path = |files: Vec<Output>| files.into_iter().map(|file| (file.path.clone(), file)).collect();
        self.full_text.get_or_init(|| self.site.full_text().ok().map(by_path)).as_ref()
    }

    /// The card of the page at the site path `folder`, not drawn yet.
    fn card(&self, folder: &str) -> Option<Output> {
        let page = self.page(&format!("{folder}index.html"))?;
        render::card(&self.site.scope(), page)
    }

    /// Whether there is a file at `path`. No page is rendered.
    pub fn has(&self, path: &str) -> bool {
        self.page(path).is_some() || self.file(path).is_some()
    }

    /// The page at `path`, if a page is there.
    pub fn page(&self, path: &str) -> Option<&Page> {
        page::at_output_path(&self.site.pages, path)
    }

    /// Renders a page of the site.
    pub fn render(&self, page: &Page) -> Result<Output, Diagnostic> {
        render::render(&self.site.theme, &self.site.scope(), self.shared(), page)
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> BTreeSet<String> {
        let pages = self.site.pages.iter().map(Page::output_path);
        let styles = STYLES.iter().filter_map(|path| self.site.style(path)).map(|style| style.path);
        let ours = theme::static_files().map(|file| file.path).chain(styles);
        let assets = self.site.assets.iter().map(|asset| asset.path.to_string());
        let exports = Part::ALL.into_iter().flat_map(|part| self.exports(part).keys().cloned());
        let scope = self.site.scope();
        let cards =
            self.site.pages.iter().filter_map(|page| render::card(&scope, page)).map(|card| card.path);
        pages.chain(cards).chain(ours).chain(assets).chain(exports).collect()
    }

    /// Every fault of a template that rendering the whole site finds. What is sure to be as in `proven`, a site without
    /// such faults, is not rendered. Stops, and tells nothing, once `stop` says so.
    pub fn faults(&self, proven: Option<&Files>, stop: impl Fn() -> bool) -> Option<Vec<Diagnostic>> {
        let pages = &self.site.pages;
        let affected = proven.and_then(|proven| self.site.affected_since(&proven.site));
        let affected = affected.unwrap_or_else(|| (0..pages.len()).collect());
        let mut faults = Vec::new();
        for at in &affected {
            if stop() {
                return None;
            }
            faults.extend(self.render(&pages[*at]).err());
        }
        if !affected.is_empty() {
            // Of the exports only these have templates. One by one: the threads of the builds stay free for a build.
            let print = Printer { theme: &self.site.theme, shared: self.shared() };
            for feed in exports::feeds(&self.site.scope().catalogue(), pages) {
                if stop() {
                    return None;
                }
                faults.extend(feed(&print).err());
            }
        }
        Some(once_a_place(faults))
    }

    /// A hash of what the search page looks through, which is made if it was not yet.
    pub fn search_index(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        for (path, file) in self.exports(Part::Search) {
            hasher.update(path.as_bytes()).update(&[0]).update(&file.hash);
        }
        *hasher.finalize().as_bytes()
    }

    fn shared(&self) -> &Shared {
        self.shared.get_or_init(|| Shared::new(&self.site.scope()))
    }

    fn exports(&self, part: Part) -> &BTreeMap<String, Output> {
        self.exports[part as usize].get_or_init(|| {
            let files = Mutex::new(BTreeMap::new());
            let keep = |file: Output| {
                files.lock().unwrap_or_else(PoisonError::into_inner).insert(file.path.clone(), file);
                Ok(())
            };
            // What is wrong with templates is told by the proof of the site.
            let _faults = self.site.export(part, self.shared(), &keep);
            files.into_inner().unwrap_or_else(PoisonError::into_inner)
        })
    }
}
