//! Feeds, sitemap and data files: one file a format, each written from the one model of `data`.

mod annotations;
mod calendar;
pub mod csv;
mod feed;
mod geojson;
mod json;
mod json_feed;
mod package;
mod search;
mod sitemap;
mod tables;
mod timeline_js;
mod xml;

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::data::{AttackData, Catalogue, ExpertData, FILES};
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::render::{Output, Shared};
use crate::theme::Theme;

pub use feed::{FeedEntry, FeedView};
pub use sitemap::{SitemapEntry, SitemapIndexView, SitemapView};

/// Every file that is neither a page nor copied.
pub fn export(
    catalogue: &Catalogue<'_>,
    pages: &[Page],
    print: &Printer<'_>,
) -> (Vec<Output>, Vec<Diagnostic>) {
    let Catalogue { config, articles, dossier, .. } = *catalogue;
    let to = catalogue.addresses();
    let attacks = 0..dossier.attacks.len() as u32;
    let attacks: Vec<AttackData<'_>> = attacks.into_par_iter().map(|at| catalogue.attack(at)).collect();
    let experts: Vec<u32> = catalogue.experts().collect();
    let experts: Vec<ExpertData<'_>> = experts.par_iter().map(|at| catalogue.expert(*at)).collect();

    let newest = feed::feed(config, articles, to);
    let corrections = feed::corrections(config, articles, dossier, to);
    let mut printed = vec![
        Ok(Output::new("feed.json", json_feed::bytes(&newest, to.full("feed.json")))),
        print.file("feed.xml", "atom.xml", "feed", &newest),
        print.file("corrections.xml", "atom.xml", "feed", &corrections),
    ];
    let of_expert = |expert: &ExpertData<'_>| {
        let feed = feed::quotations(config, expert, to);
        print.file(&format!("experts/{}/feed.xml", expert.slug), "atom.xml", "feed", &feed)
    };
    printed.extend(experts.par_iter().map(of_expert).collect::<Vec<_>>());
    let sitemaps = sitemap::sitemaps(articles, dossier, pages, to);
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
    let entries = search::files(&catalogue.search_records()).into_iter();
    printed.extend(entries.map(|(path, bytes)| Ok(Output::new(path, bytes))));
    printed.extend(data_files(catalogue, &attacks, &experts).into_iter().map(Ok));
    let mut diagnostics = Vec::new();
    let outputs = printed.into_iter().filter_map(|file| file.map_err(|fault| diagnostics.push(fault)).ok());
    (outputs.collect(), diagnostics)
}

/// The template that prints the file at `path`, if that is a feed or a sitemap of every site's.
pub fn template_of(path: &str) -> Option<&'static str> {
    let of_expert =
        || path.strip_prefix("experts/")?.strip_suffix("/feed.xml").filter(|it| !it.contains('/'));
    match path {
        "feed.xml" | "corrections.xml" => Some("atom.xml"),
        "sitemap.xml" => Some("sitemap.xml"),
        _ if of_expert().is_some() => Some("atom.xml"),
        _ if is_numbered(path, "sitemap-", ".xml") => Some("sitemap.xml"),
        _ => None,
    }
}

/// Whether `path` is kept for a file that [`export`] makes: of some there are more as a site grows.
pub fn is_export(path: &str) -> bool {
    let numbered = [("search/entries-", ".json"), ("data/annotations-", ".json")];
    path == "feed.json"
        || template_of(path).is_some()
        || FILES.iter().any(|file| file.path == path)
        || numbered.into_iter().any(|(start, end)| is_numbered(path, start, end))
}

fn is_numbered(path: &str, start: &str, end: &str) -> bool {
    let number = path.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The files below `data/`, and the package that lists them.
fn data_files(
    catalogue: &Catalogue<'_>,
    attacks: &[AttackData<'_>],
    experts: &[ExpertData<'_>],
) -> Vec<Output> {
    let config = catalogue.config;
    let to = catalogue.addresses();
    let (title, about, words) = (&*config.title, &*config.description, &config.words);
    let mut files = vec![
        Output::new("data/attacks.json", json::attacks(attacks)),
        Output::new("data/attacks.csv", tables::attacks(attacks)),
        Output::new("data/attacks.geojson", geojson::attacks(attacks)),
        Output::new("data/attacks.ics", calendar::attacks(title, attacks, (words, to))),
        Output::new("data/timeline.json", timeline_js::json(title, about, attacks, words)),
        Output::new("data/timeline.csv", timeline_js::csv(attacks, words)),
        Output::new("data/experts.json", json::experts(experts)),
        Output::new("data/experts.csv", tables::experts(experts)),
        Output::new("data/quotes.csv", tables::quotes(experts)),
    ];
    let annotations = annotations::files(title, attacks, to).into_iter();
    files.extend(annotations.map(|(path, bytes)| Output::new(path, bytes)));
    files.push(Output::new("data/datapackage.json", package::package(config, &files, to)));
    files
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
