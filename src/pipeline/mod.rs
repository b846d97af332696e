//! The stages in order, once; keeps what it remembers between builds.
//!
//! `build` and `serve` both run this, and nothing else runs the stages.

mod affected;
mod assemble;
mod cache;
mod content;
mod corrections;
mod documents;
mod files;
mod full_text;
mod gathered;
mod given;
mod missing;
mod parsed;
mod stamps;
mod taken;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::code;
use crate::dossier::Memory;
use crate::exports::{self, Part, Printer};
use crate::facts::Knowledge;
use crate::memo::{Key, Memo};
use crate::page::Page;
use crate::render::{self, Output, Shared};
use crate::source::{self, Asset, Hash, Inputs, Reader};
use crate::theme::{self, Theme};
use crate::view::Scope;
use crate::words::Words;

use self::cache::Cache;
pub use self::cache::Remembered;
use self::content::Held;
pub use self::content::{Content, LeftOut, Records};
use self::documents::Documents;
pub use self::files::Files;
use self::gathered::Configured;
pub use self::gathered::Gathered;
pub use self::given::{Given, Sealed, seal};
use self::parsed::{Parsed, ParsedRecord};
pub use self::stamps::{Stamp, Stamps};

/// What the command line says over `site.toml`, and the day of the build.
#[derive(Clone, Debug)]
pub struct Options {
    /// Replaces `output_dir`.
    pub output_dir: Option<String>,
    /// Replaces `base_url`.
    pub base_url: Option<String>,
    /// Which documents are left out.
    pub leave_out: LeaveOut,
    /// Facts that no editor has checked stay in also where `site.toml` publishes only others: for commands that are
    /// about what is still to be checked.
    pub unchecked: bool,
    /// The day of the build: later articles are not published yet.
    pub today: Date,
}

/// Which documents a build leaves out.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct LeaveOut {
    /// Documents with `draft = true`.
    pub drafts: bool,
    /// Articles that are published after the day of the build.
    pub future: bool,
}

impl Options {
    /// Nothing said: drafts and later articles are left out.
    pub fn new(today: Date) -> Self {
        let leave_out = LeaveOut { drafts: true, future: true };
        Options { output_dir: None, base_url: None, leave_out, unchecked: false, today }
    }
}

/// The stages and what they remember.
#[derive(Debug)]
pub struct Pipeline {
    settings: PathBuf,
    options: Options,
    configured: Option<Configured>,
    reader: Reader,
    parsed: Memo<Parsed>,
    documents: Option<Documents>,
    records: Memo<(ParsedRecord, Vec<Diagnostic>)>,
    linked: Memory,
    cache: Option<Cache>,
    known: Option<Known>,
    theme: Option<Themed>,
    /// Articles that were read elsewhere, in order of path.
    given: Vec<Given>,
    content: Option<Held>,
}

/// The theme that the site's templates came to, and what was wrong in them.
#[derive(Debug)]
struct Themed {
    templates: Vec<(Arc<str>, Hash)>,
    words: Words,
    theme: Option<Arc<Theme>>,
    diagnostics: Vec<Diagnostic>,
}

/// What the site's lists came to, and what was wrong in them.
#[derive(Debug)]
struct Known {
    knowledge: Arc<Knowledge>,
    diagnostics: Vec<Diagnostic>,
}

/// A site that is ready to be rendered; its [`Content`] is seen through it.
#[derive(Debug)]
pub struct Site {
    /// `site.toml`, and what the command line says over it.
    pub config: Config,
    /// All that was made of the files of `content/`.
    pub content: Arc<Content>,
    /// Templates and static files.
    pub theme: Arc<Theme>,
    /// Files that are copied.
    pub assets: Vec<Asset>,
}

impl std::ops::Deref for Site {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.content
    }
}

/// What a build came to before rendering: a site, unless the author's files have errors, and all that is to be told.
#[derive(Debug)]
pub struct Build {
    /// The site; `None` when there are errors.
    pub site: Option<Site>,
    /// The site as far as its files allow, when there are errors: only for what is wrong with its templates.
    pub faulty: Option<Site>,
    /// Everything to tell the author so far, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Of all that it was made from: two builds of one pipeline with one key are the same.
    pub key: Key,
}

impl Build {
    /// The same, and where there are errors, with those of templates, which show only when pages are rendered: so that all
    /// are told in one run. Takes as long as rendering the whole site.
    #[must_use]
    pub fn with_faults_of_templates(mut self) -> Build {
        if let Some(faulty) = self.faulty.take() {
            let faults = faulty.render_all(|_| Ok(())).expect("nothing is written, so nothing can fail");
            self.diagnostics.extend(faults);
            self.diagnostics.sort();
            self.diagnostics.dedup();
        }
        self
    }
}

impl Pipeline {
    /// For the site in the folder `root`, with its settings in the file `settings`.
    pub fn new(root: &Path, settings: &Path, options: Options) -> Self {
        let reader = Reader::new(root);
        Pipeline {
            settings: settings.to_owned(),
            options,
            configured: None,
            reader,
            parsed: Memo::default(),
            documents: None,
            records: Memo::default(),
            linked: Memory::default(),
            cache: None,
            known: None,
            theme: None,
            given: Vec::new(),
            content: None,
        }
    }

    /// Stages 1 to 5: reads what changed since the last time, parses and extracts it, links and plans.
    pub fn build(&mut self) -> Build {
        let gathered = self.gather();
        self.make(gathered)
    }

    /// [`build`](Pipeline::build), if the last one was of the same site but for the files at `changed`, relative to the
    /// root. Looks at nothing else; `None` where it would have to: a file is new or gone.
    pub fn build_changed(&mut self, changed: &[PathBuf]) -> Option<Build> {
        let gathered = self.gather_changed(changed)?;
        Some(self.make(gathered))
    }

    /// Stages 2 to 5.
    pub fn make(&mut self, gathered: Gathered) -> Build {
        let key = gathered.key(&self.options);
        let Gathered { config, settings, inputs, mut diagnostics } = gathered;
        let theme = self.theme(&inputs, &config.words, &mut diagnostics);
        let site = self.assemble((config, settings), inputs, theme, &mut diagnostics);
        diagnostics.sort();
        diagnostics.dedup();
        let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        let (site, faulty) = if failed { (None, site) } else { (site, None) };
        Build { site, faulty, diagnostics, key }
    }

    /// What is known when articles are read; the lists are read again only where one of them changed.
    fn knowledge(&mut self, inputs: &Inputs, diagnostics: &mut Vec<Diagnostic>) -> Arc<Knowledge> {
        let lists = inputs.lists();
        let hash = Knowledge::hash_of(&lists);
        let known = match self.known.take() {
            Some(known) if known.knowledge.hash == hash => known,
            _ => {
                let (knowledge, diagnostics) = Knowledge::with_lists(&lists);
                Known { knowledge: Arc::new(knowledge), diagnostics }
            }
        };
        let known = self.known.insert(known);
        diagnostics.extend(known.diagnostics.iter().cloned());
        Arc::clone(&known.knowledge)
    }

    /// The theme; the templates are read again only where one of them changed.
    fn theme(
        &mut self,
        inputs: &Inputs,
        words: &Words,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Theme>> {
        let templates = inputs.templates.iter().map(|template| (Arc::clone(&template.name), template.hash));
        let templates: Vec<_> = templates.collect();
        let themed = match self.theme.take() {
            Some(themed) if themed.templates == templates && themed.words == *words => themed,
            _ => {
                let (theme, diagnostics) = Theme::load(&inputs.templates, words);
                Themed { templates, words: words.clone(), theme: theme.map(Arc::new), diagnostics }
            }
        };
        let themed = self.theme.insert(themed);
        diagnostics.extend(themed.diagnostics.iter().cloned());
        themed.theme.clone()
    }

    /// The site's root folder.
    pub fn root(&self) -> &Path {
        self.reader.root()
    }

    /// What has to be watched besides the settings and the usual folders: the folder of the site's own lists, if its
    /// settings named one when they were read last, and what symbolic links lead to.
    pub fn also_watched(&self) -> Vec<PathBuf> {
        let lists = self.configured.as_ref().and_then(|it| it.config.facts.lists.as_ref());
        let lists = lists.map(|folder| self.root().join(folder));
        lists.into_iter().chain(self.reader.linked()).chain(source::way(&self.settings)).collect()
    }

    /// Where a site with this configuration is written.
    pub fn output_dir(&self, config: &Config) -> PathBuf {
        self.root().join(&config.output_dir)
    }
}

impl Site {
    /// The site with the orders and cross references that pages need.
    pub fn scope(&self) -> Scope<'_> {
        let records = (&self.records.attacks[..], &self.records.people[..]);
        let orders = Arc::clone(self.content.orders(&self.config));
        Scope::with_orders(&self.config, &self.articles, &self.ordinary, &self.dossier, records, orders)
    }

    /// Stage 6 for the whole site: hands every file to `sink` as soon as it is ready, from all threads, and gives
    /// back what is to be told. The first error of `sink` ends it.
    pub fn render_all(
        &self,
        sink: impl Fn(Output) -> anyhow::Result<()> + Sync,
    ) -> anyhow::Result<Vec<Diagnostic>> {
        self.render_others(|_| Ok(false), sink)
    }

    /// [`render_all`](Site::render_all), but for the pages of which `kept`, given their place in the plan, says that
    /// their file is there already. Its first error ends it, too.
    pub fn render_others(
        &self,
        kept: impl Fn(usize) -> anyhow::Result<bool> + Sync,
        sink: impl Fn(Output) -> anyhow::Result<()> + Sync,
    ) -> anyhow::Result<Vec<Diagnostic>> {
        let scope = self.scope();
        let shared = Shared::new(&scope);
        // A file of the author's takes the place of ours of the same name.
        let given: BTreeSet<&str> = self.assets.iter().map(|asset| &*asset.path).collect();
        let ours = |file: Output| if given.contains(file.path.as_str()) { Ok(()) } else { sink(file) };
        let card = |page: &Page| render::card(&scope, page).map_or(Ok(()), &ours);
        let page = |(at, page): (usize, &Page)| {
            if kept(at)? {
                return card(page).map(|()| None);
            }
            match render::render(&self.theme, &scope, &shared, page) {
                Ok(output) => sink(output).and_then(|()| card(page)).map(|()| None),
                Err(fault) => Ok(Some(fault)),
            }
        };
        // Some exports take long, and each is made on one thread: they come first, and the pages beside them.
        let exports = Part::ALL.par_iter().map(|part| self.export(*part, &shared, &ours));
        let (exported, rendered) = rayon::join(
            || exports.collect::<anyhow::Result<Vec<_>>>(),
            || {
                self.pages
                    .par_iter()
                    .enumerate()
                    .map(page)
                    .filter_map(Result::transpose)
                    .collect::<anyhow::Result<Vec<_>>>()
            },
        );
        let diagnostics = exported?.into_iter().flatten().chain(rendered?).collect();
        let styles = STYLES.iter().filter_map(|path| self.style(path));
        styles.chain(theme::static_files().map(Output::embedded)).try_for_each(ours)?;
        self.assets.par_iter().try_for_each(|asset| sink(Output::copy(asset)))?;
        Ok(once_a_place(diagnostics))
    }

    /// Every file of `part` to `sink`.
    fn export(
        &self,
        part: Part,
        shared: &Shared,
        sink: &exports::Sink<'_>,
    ) -> anyhow::Result<Vec<Diagnostic>> {
        let print = Printer { theme: &self.theme, shared };
        exports::export(part, &self.scope().catalogue(), &self.pages, &print, sink)
    }

    /// A stylesheet that this site needs and that is no file of the theme.
    fn style(&self, path: &str) -> Option<Output> {
        let css = match path {
            CODE_CSS => self.has_code().then(code::stylesheet),
            theme::THEME_CSS => theme::stylesheet(&self.config.theme),
            _ => None,
        };
        css.map(|css| Output::new(path, css.into_bytes()))
    }

    fn has_code(&self) -> bool {
        let articles = self.articles.iter().map(|article| &article.document);
        articles.chain(self.ordinary.iter().map(|page| &page.document)).any(|document| document.has_code)
    }
}

/// The stylesheet of highlighted code.
const CODE_CSS: &str = "code.css";

/// Stylesheets that some sites need.
const STYLES: [&str; 2] = [CODE_CSS, theme::THEME_CSS];

/// Faults of templates, each place once: one that shows on thousands of pages is told for the first of them.
fn once_a_place(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    faults.sort();
    let mut told: Vec<(Diagnostic, usize)> = Vec::new();
    for fault in faults {
        let same = |other: &Diagnostic| {
            other.file == fault.file && other.place == fault.place && other.report == fault.report
        };
        match told.iter_mut().find(|(other, _)| fault.place.is_some() && same(other)) {
            Some((_, more)) => *more += 1,
            None => told.push((fault, 0)),
        }
    }
    let counted = |(mut fault, more): (Diagnostic, usize)| {
        if more > 0 {
            let pages = if more == 1 { "page" } else { "pages" };
            fault.message = format!("{}, and likewise on {more} more {pages}", fault.message);
        }
        fault
    };
    told.into_iter().map(counted).collect()
}
