//! Stage 1 for a whole site: all that a build depends on, its key, and the build that the cache remembers of it.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::memo::Key;
use crate::source::{self, Hash, Inputs};

use super::cache::{Cache, Remembered};
use super::{Given, Options, Pipeline, Site, Stamps, given};

/// What was read: all that a build depends on, besides the program and the command line.
#[derive(Debug)]
pub struct Gathered {
    /// `site.toml`, and what the command line says over it.
    pub config: Config,
    /// All of that in words (see [`Configured::in_words`]).
    pub(super) settings: Arc<str>,
    pub(super) inputs: Inputs,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What `site.toml` came to the last time.
#[derive(Clone, Debug)]
pub(super) struct Configured {
    /// What stood in it, or why it could not be read.
    text: Result<String, Diagnostic>,
    /// With the command line's word over it.
    pub(super) config: Config,
    /// All that `config` says: two that say the same in words are the same.
    in_words: Arc<str>,
    faults: Vec<Diagnostic>,
}

impl Gathered {
    /// Of all that a build depends on, besides the program.
    pub(super) fn key(&self, options: &Options) -> Key {
        let Gathered { inputs: Inputs { sources, templates, assets }, settings, diagnostics, .. } = self;
        let mut hasher = blake3::Hasher::new();
        // How many there are of each kind, as a file may be moved from one kind to another.
        hasher.update(format!("{} {} {} ", sources.len(), templates.len(), assets.len()).as_bytes());
        let mut add = |name: &str, hash: &Hash| {
            hasher.update(name.as_bytes()).update(&[0]).update(hash);
        };
        sources.iter().for_each(|source| add(&source.path, &source.hash));
        templates.iter().for_each(|template| add(&template.name, &template.hash));
        assets.iter().for_each(|asset| add(&asset.path, &asset.hash));
        hasher.update(format!("{settings} {options:?} {diagnostics:?}").as_bytes());
        *hasher.finalize().as_bytes()
    }
}

impl Pipeline {
    /// Stage 1.
    pub fn gather(&mut self) -> Gathered {
        let mut diagnostics = Vec::new();
        let Configured { config, in_words, .. } = self.configure(&mut diagnostics).clone();
        let read = self.reader.read(&config);
        self.gathered((config, in_words), read, diagnostics)
    }

    /// The same, if the last time it was the same site but for the files at `changed`.
    pub(super) fn gather_changed(&mut self, changed: &[PathBuf]) -> Option<Gathered> {
        let mut diagnostics = Vec::new();
        let Configured { config, in_words, .. } = self.configure(&mut diagnostics).clone();
        let changed: Vec<PathBuf> =
            changed.iter().filter(|path| self.root().join(path) != self.settings).cloned().collect();
        let read = self.reader.read_changed(&config, &changed)?;
        Some(self.gathered((config, in_words), read, diagnostics))
    }

    fn gathered(
        &self,
        (config, settings): (Config, Arc<str>),
        (mut inputs, faults): (Inputs, Vec<Diagnostic>),
        mut diagnostics: Vec<Diagnostic>,
    ) -> Gathered {
        diagnostics.extend(faults);
        diagnostics.extend(given::merge(&self.given, &mut inputs));
        if self.given.is_empty() && !self.root().join("content").is_dir() {
            let fault =
                Diagnostic::error("content", "there is no folder `content`, so the site would be empty");
            diagnostics.push(fault.help("make the folder, or name the site's root with `--root`"));
        }
        Gathered { config, settings, inputs, diagnostics }
    }

    /// `site.toml`, with the command line's word over it. Faults in it leave the defaults in place of what is wrong,
    /// so that the faults of other files are found in the same run. The same text is not parsed again.
    fn configure(&mut self, diagnostics: &mut Vec<Diagnostic>) -> &Configured {
        let name = self.settings.strip_prefix(self.reader.root()).unwrap_or(&self.settings);
        let name = name.to_string_lossy().replace('\\', "/");
        let text = source::settings_text(&self.settings, &name);
        let known = self.configured.take().filter(|known| known.text == text);
        let configured = known.unwrap_or_else(|| self.configured_by(text, &name));
        diagnostics.extend(configured.faults.iter().cloned());
        self.configured.insert(configured)
    }

    fn configured_by(&self, text: Result<String, Diagnostic>, name: &str) -> Configured {
        let (mut config, faults) = match &text {
            Ok(text) => config::parse(text, name),
            Err(fault) => (Config::default(), vec![fault.clone()]),
        };
        if let Some(output_dir) = &self.options.output_dir {
            config.output_dir.clone_from(output_dir);
        }
        if let Some(base_url) = &self.options.base_url {
            config.base_url = Some(format!("{}/", base_url.trim_end_matches('/')));
        }
        let in_words = format!("{config:?}").into();
        Configured { text, config, in_words, faults }
    }

    /// The same with a cache on disk, in the site's folder, unless `site.toml` says that there is to be none.
    #[must_use]
    pub fn with_cache(mut self) -> Self {
        self.cache = Some(Cache::of_site(self.root()));
        self
    }

    /// The same with articles that were read elsewhere, in order of path, for its next build.
    #[must_use]
    pub fn with_given(mut self, given: Vec<Given>) -> Self {
        self.given = given;
        self
    }

    /// A hash of all that a build of `gathered` depends on, besides the program and the day; `besides` is what the
    /// command adds of its own.
    pub fn fingerprint(&self, gathered: &Gathered, besides: &str) -> Hash {
        // What the day changes is remembered with the build.
        let options = Options { today: Date::ZERO, ..self.options.clone() };
        let mut hasher = blake3::Hasher::new();
        hasher.update(&gathered.key(&options)).update(besides.as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// The build with this fingerprint, if it is remembered and would be the same today.
    pub fn build_of(&mut self, config: &Config, fingerprint: &Hash) -> Option<Remembered> {
        let build = self.cache.as_mut().filter(|_| config.cache)?.build_of(fingerprint)?;
        build.days.contain(self.options.today).then_some(build)
    }

    /// Remembers that `site` had this fingerprint and these stamps, what was told, and the manifest of the folder that it
    /// stands in now.
    pub fn remember(
        &mut self,
        site: &Site,
        fingerprint: Hash,
        (manifest, stamps): (Hash, &Stamps),
        diagnostics: &[Diagnostic],
        content: String,
    ) {
        let Some(cache) = self.cache.as_mut().filter(|_| site.config.cache) else { return };
        let (pages, diagnostics) =
            (stamps.of_pages.iter().copied().flatten().collect(), diagnostics.to_vec());
        let days = site.days;
        cache.remember(Remembered { inputs: fingerprint, days, manifest, pages, diagnostics, content });
    }

    /// What is to be told of the cache since the last build. The site is the same whatever it is.
    pub fn cache_notes(&mut self) -> Vec<Diagnostic> {
        self.cache.as_mut().map(Cache::notes).unwrap_or_default()
    }
}
