//! What is made of the files of `content/`, and is the same under any template and beside any file that is copied.

use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Article, Dossier};
use crate::facts::Knowledge;
use crate::memo::Key;
use crate::page::Page;
use crate::records::{AttackRecord, ExpertRecord, Pins};
use crate::source::{Inputs, Source};
use crate::view::{Orders, OrdinaryPage};

use super::cache::Days;
use super::parsed::Parsed;

/// How many documents a build left out.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// With `draft = true`.
    pub drafts: usize,
    /// Published after the day of the build.
    pub future: usize,
}

/// The editor's decisions about the dossier as a whole.
#[derive(Debug, Default)]
pub struct Records {
    /// `content/attacks/`, in order of path.
    pub attacks: Vec<AttackRecord>,
    /// `content/experts/`, in order of path.
    pub people: Vec<ExpertRecord>,
    /// `content/ids.toml`.
    pub pins: Pins,
}

/// All that was made of the files of `content/`.
#[derive(Debug)]
pub struct Content {
    /// Articles in order of path.
    pub articles: Vec<Article>,
    /// Ordinary pages in order of path.
    pub ordinary: Vec<OrdinaryPage>,
    /// The editor's records.
    pub records: Records,
    /// All facts, linked.
    pub dossier: Arc<Dossier>,
    /// What was known when the articles were read and linked.
    pub knowledge: Arc<Knowledge>,
    /// Every page, in order of path.
    pub pages: Arc<Vec<Page>>,
    /// What is not in it.
    pub left_out: LeftOut,
    /// The days on which the same inputs make this site.
    pub(super) days: Days,
    /// Made when they are first asked for.
    pub(crate) orders: OnceLock<Arc<Orders>>,
    /// By article: of all that its words and its facts were made from.
    pub(super) keys: Vec<Key>,
    /// What was read of each article.
    pub(super) read_articles: Vec<Arc<Parsed>>,
    /// What is to be told of the names of articles.
    pub(super) misnamed: Vec<Diagnostic>,
    /// What is wrong with the plan; two pages may have one address.
    pub(super) unplanned: Vec<Diagnostic>,
}

impl Content {
    /// The orders; `config` is that of the site.
    pub(super) fn orders(&self, config: &Config) -> &Arc<Orders> {
        let orders = || Orders::new(config, &self.articles, &self.ordinary, &self.dossier).into();
        self.orders.get_or_init(orders)
    }
}

/// The content of the last time, and what it was made of.
#[derive(Debug)]
pub(super) struct Held {
    sources: Vec<Arc<Source>>,
    /// In words, all that settings can say.
    settings: Arc<str>,
    pub(super) content: Arc<Content>,
    /// All that was told when it was made.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Held {
    /// Remembers `content`.
    pub(super) fn new(
        inputs: &Inputs,
        settings: Arc<str>,
        content: Arc<Content>,
        diagnostics: Vec<Diagnostic>,
    ) -> Held {
        Held { sources: inputs.sources.clone(), settings, content, diagnostics }
    }

    /// Whether the content of `inputs` would be the same. (The same bytes are the same source: the reader holds that.)
    pub(super) fn is_of(&self, inputs: &Inputs, settings: &str) -> bool {
        self.has_settings(settings)
            && self.sources.len() == inputs.sources.len()
            && self.sources.iter().zip(&inputs.sources).all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// Whether it was made with these settings.
    pub(super) fn has_settings(&self, settings: &str) -> bool {
        *self.settings == *settings
    }
}
