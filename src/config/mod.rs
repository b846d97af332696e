//! `site.toml` to [`Config`]: every key known, every value checked, each fault with its place.

mod data;
mod lints;
mod look;
mod parse;
mod publish;
mod secrets;

use crate::diagnostic::Place;
use crate::fields::Choice;
use crate::words::Words;

pub use data::DataConfig;
pub use lints::{Lint, Lints, Strictness};
pub use look::{COLOURS, FONTS, ThemeConfig};
pub use parse::parse;
pub use publish::{
    BucketTarget, FolderTarget, GitTarget, Provider, RulesFor, Target, TargetKind, target_named,
};

/// What `site.toml` says, with defaults for what it leaves out.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// Where it is published, with a trailing slash: `https://example.org/dossier/`. `None`: links stay relative,
    /// and feed and sitemap, which need full addresses, use `http://localhost/`.
    pub base_url: Option<String>,
    /// BCP 47; `en` unless said.
    pub language: String,
    /// The words of the interface: those of `language`, and over them `[words]`.
    pub words: Words,
    /// Who is responsible for the site, for feeds and the footer.
    pub author: Option<String>,
    /// Where the site is written, relative to the root; `public` unless said.
    pub output_dir: String,
    /// Links to `…/index.html` rather than `…/`, so that the site can be read from a folder without a server.
    pub explicit_index: bool,
    /// Words in the header: label and site path or address, in order.
    pub navigation: Vec<NavigationEntry>,
    /// `[markdown]`.
    pub markdown: MarkdownConfig,
    /// `[lists]`.
    pub lists: ListsConfig,
    /// `[feed]`.
    pub feed: FeedConfig,
    /// `[data]`.
    pub data: DataConfig,
    /// `[search]`.
    pub search: SearchConfig,
    /// `[timeline]`.
    pub timeline: TimelineConfig,
    /// Draw a picture of each article, attack and expert, and of the site, for social networks, where there is a `base_url`.
    /// Not unless it is said: on a large site it costs more than all the rest.
    pub cards: bool,
    /// `[theme]`.
    pub theme: ThemeConfig,
    /// The site paths that it names, each with its place: the logo, the stylesheet, and where the navigation leads.
    pub site_paths: Vec<SitePath>,
    /// `[facts]`.
    pub facts: FactsConfig,
    /// `[check]`: how much `dateline check` makes of what it finds.
    pub check: Lints,
    /// `[build] cache`: keep what was read of the articles on disk, for the next build.
    pub cache: bool,
    /// `[build] linked_folders`: what symbolic links may lead to besides the site's folder, absolute or from it.
    pub linked_folders: Vec<String>,
    /// Include articles that are published after the day of the build.
    pub future: bool,
    /// `[publish.NAME]`: where the site can be published, in the order in which they stand.
    pub targets: Vec<Target>,
    /// `[extra]`: for the site's own templates, passed through.
    pub extra: toml::Table,
}

/// One entry of the header's navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationEntry {
    /// The words.
    pub label: String,
    /// A site path (`/about/`) or a full address.
    pub url: String,
}

/// A path of this site that `site.toml` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePath {
    /// `/logo.svg`, `/about/#team`.
    pub path: String,
    /// What it is named for.
    pub names: PathUse,
    /// The settings' own file.
    pub file: String,
    /// Where in it.
    pub place: Place,
}

/// What a path of `site.toml` is named for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PathUse {
    /// A file that every page loads, under this key of `[theme]`.
    File(&'static str),
    /// A link of `[[navigation]]`.
    Link,
}

/// How Markdown is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkdownConfig {
    /// Turn straight quotation marks, `--` and `...` into typographic ones, in pages only: the words of an article
    /// are never changed.
    pub smart_punctuation: bool,
    /// Highlight fenced code.
    pub highlight: bool,
}

/// How long lists are before they go on on a next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListsConfig {
    /// Articles a page in `/articles/`.
    pub articles_per_page: usize,
    /// Attacks a page in `/timeline/`.
    pub attacks_per_page: usize,
    /// Experts a page in `/experts/`.
    pub experts_per_page: usize,
}

/// The Atom feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedConfig {
    /// How many of the newest articles it holds.
    pub limit: usize,
}

/// The search page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchConfig {
    /// Every word of the articles is searched, and not titles, names, places and quotations alone: where the program was
    /// built with the feature `search`, unless said otherwise.
    pub full_text: bool,
}

/// The timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineConfig {
    /// Newest attack first.
    pub newest_first: bool,
    /// Show threatened, attempted and foiled attacks as well.
    pub show_unaccomplished: bool,
}

/// How articles are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactsConfig {
    /// The folder of the site's own lists of words, places and other names, relative to the root.
    pub lists: Option<String>,
    /// Which facts the site shows.
    pub publish: Publish,
}

/// Which facts a site shows.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Publish {
    /// All that was read, each with how far it was checked.
    #[default]
    All,
    /// Only attacks and experts that an editor has confirmed or corrected.
    Confirmed,
}

impl Choice for Publish {
    const ALL: &'static [(&'static str, Self)] = &[("all", Publish::All), ("confirmed", Publish::Confirmed)];
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: "Dossier".to_owned(),
            description: String::new(),
            base_url: None,
            language: "en".to_owned(),
            words: Words::default(),
            author: None,
            output_dir: "public".to_owned(),
            explicit_index: false,
            navigation: Vec::new(),
            markdown: MarkdownConfig { smart_punctuation: true, highlight: true },
            lists: ListsConfig { articles_per_page: 50, attacks_per_page: 500, experts_per_page: 500 },
            feed: FeedConfig { limit: 20 },
            search: SearchConfig { full_text: cfg!(feature = "search") },
            timeline: TimelineConfig { newest_first: true, show_unaccomplished: false },
            data: DataConfig::default(),
            cards: false,
            theme: ThemeConfig::default(),
            site_paths: Vec::new(),
            facts: FactsConfig::default(),
            check: Lints::default(),
            cache: true,
            linked_folders: Vec::new(),
            future: false,
            targets: Vec::new(),
            extra: toml::Table::new(),
        }
    }
}

/// Whether `tag` has the form of a BCP 47 language tag: `en`, `en-AU`, `zh-Hant-TW`.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
