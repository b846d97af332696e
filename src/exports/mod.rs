//! Feeds, sitemap and data files: one file a format.

pub mod csv;
mod data;
mod feed;
mod sitemap;

use serde::Serialize;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Article, Decisions, Dossier};
use crate::page::Page;
use crate::render::{Output, Shared};
use crate::theme::Theme;

pub use feed::{FeedEntry, FeedView};
pub use sitemap::{SitemapEntry, SitemapIndexView, SitemapView};

/// The address a site has that does not say where it is published.
const NOWHERE: &str = "http://localhost/";

/// Full addresses, which feeds, sitemaps and data files need.
pub(crate) struct Addresses<'a> {
    base: &'a str,
}

impl<'a> Addresses<'a> {
    pub(crate) fn new(config: &'a Config) -> Self {
        Addresses { base: config.base_url.as_deref().unwrap_or(NOWHERE) }
    }

    /// The full address of a site path without a leading slash.
    pub(crate) fn full(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn article(&self, article: &Article) -> String {
        self.full(&format!("articles/{}/", article.slug))
    }

    fn paragraph(&self, article: &Article, block: u32) -> String {
        let id = article.document.blocks.get(block as usize).map_or("", |block| block.id.as_str());
        format!("{}#{id}", self.article(article))
    }
}

/// Every file that is neither a page nor copied.
pub fn export(
    config: &Config,
    articles: &[Article],
    (dossier, records): (&Dossier, &Decisions<'_>),
    pages: &[Page],
    print: &Printer<'_>,
) -> (Vec<Output>, Vec<Diagnostic>) {
    let to = Addresses::new(config);
    let corrections = feed::corrections(config, articles, dossier, &to);
    let mut printed = vec![
        print.file("feed.xml", "atom.xml", "feed", &feed::feed(config, articles, &to)),
        print.file("corrections.xml", "atom.xml", "feed", &corrections),
    ];
    let sitemaps = sitemap::sitemaps(articles, dossier, pages, &to);
    if let [only] = &sitemaps[..] {
        printed.push(print.file("sitemap.xml", "sitemap.xml", "sitemap", only));
    } else {
        let names: Vec<String> = (1..=sitemaps.len()).map(|number| format!("sitemap-{number}.xml")).collect();
        for (name, sitemap) in names.iter().zip(&sitemaps) {
            printed.push(print.file(name, "sitemap.xml", "sitemap", sitemap));
        }
        let index = SitemapIndexView { sitemaps: names.iter().map(|name| to.full(name)).collect() };
        printed.push(print.file("sitemap.xml", "sitemap_index.xml", "sitemap_index", &index));
    }
    printed.push(Ok(Output::new("data/attacks.json", data::attacks_json(articles, dossier, records, &to))));
    printed.push(Ok(Output::new("data/experts.json", data::experts_json(articles, dossier, records, &to))));
    let mut diagnostics = Vec::new();
    let outputs = printed.into_iter().filter_map(|file| file.map_err(|fault| diagnostics.push(fault)).ok());
    (outputs.collect(), diagnostics)
}

/// Prints views that are no pages with templates of the theme.
#[derive(Debug)]
pub struct Printer<'a> {
    /// The templates.
    pub theme: &'a Theme,
    /// What every template sees.
    pub shared: &'a Shared,
}

impl Printer<'_> {
    /// The file at `path`, made by `template`, which sees `view` under `name`.
    fn file<V: Serialize>(
        &self,
        path: &str,
        template: &str,
        name: &'static str,
        view: &V,
    ) -> Result<Output, Diagnostic> {
        let mut context = self.shared.context();
        context.insert(name, view);
        let bytes = self.theme.render(template, &context, path)?;
        Ok(Output::new(path, bytes))
    }
}
