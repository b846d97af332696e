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

use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::data::{AttackData, Catalogue, ExpertData, FILES};
use crate::diagnostic::Diagnostic;
use crate::facts::Stage;
use crate::page::Page;
use crate::render::{Output, Shared};
use crate::theme::Theme;

pub use feed::{FeedEntry, FeedView};
pub use sitemap::{SitemapEntry, SitemapIndexView, SitemapView};

/// Files that are made together, as each needs the same parts of the site.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Feeds and sitemaps, which templates of the theme print.
    Feeds,
    /// What the search page looks through.
    Search,
    /// The files below `data/`.
    Data,
}

impl Part {
    /// All of them.
    pub const ALL: [Part; 3] = [Part::Data, Part::Feeds, Part::Search];

    /// To which a file at `path` belongs; `None` where no site has an export there.
    pub fn of(path: &str) -> Option<Part> {
        if !is_export(path) {
            return None;
        }
        match path.split('/').next() {
            Some("data") => Some(Part::Data),
            Some("search") => Some(Part::Search),
            _ => Some(Part::Feeds),
        }
    }
}

/// Takes each file when it is made, from all threads; its first error ends the export.
pub type Sink<'s> = dyn Fn(Output) -> anyhow::Result<()> + Sync + 's;

/// Every file that is neither a page nor copied, as far as it belongs to `part`, in any order. Gives back what is wrong
/// with templates.
pub fn export(
    part: Part,
    catalogue: &Catalogue<'_>,
    pages: &[Page],
    print: &Printer<'_>,
    sink: &Sink<'_>,
) -> anyhow::Result<Vec<Diagnostic>> {
    match part {
        Part::Feeds => {
            let faults = Mutex::new(Vec::new());
            feeds(catalogue, pages).par_iter().try_for_each(|feed| match feed(print) {
                Ok(output) => sink(output),
                Err(fault) => {
                    faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
                    Ok(())
                }
            })?;
            Ok(faults.into_inner().unwrap_or_else(PoisonError::into_inner))
        }
        Part::Search => {
            let files = search::files(&catalogue.search_records());
            files.into_par_iter().try_for_each(|(path, bytes)| sink(Output::new(path, bytes)))?;
            Ok(Vec::new())
        }
        Part::Data => data_files(catalogue, sink).map(|()| Vec::new()),
    }
}

/// Prints one feed or sitemap.
pub type Feed<'a> = Box<dyn Fn(&Printer<'_>) -> Result<Output, Diagnostic> + Send + Sync + 'a>;

/// Every feed and sitemap, to be printed.
pub fn feeds<'a>(catalogue: &Catalogue<'a>, pages: &[Page]) -> Vec<Feed<'a>> {
    let catalogue = *catalogue;
    let Catalogue { config, articles, dossier, .. } = catalogue;
    let to = catalogue.addresses();
    let newest = move || feed::feed(config, articles, to);
    let mut feeds: Vec<Feed<'a>> = vec![
        Box::new(move |_| Ok(Output::new("feed.json", json_feed::bytes(&newest(), to.full("feed.json"))))),
        Box::new(move |print| print.file("feed.xml", "atom.xml", "feed", &newest())),
        Box::new(move |print| {
            let corrections = feed::corrections(config, articles, dossier, to);
            print.file("corrections.xml", "atom.xml", "feed", &corrections)
        }),
    ];
    feeds.extend(catalogue.experts().map(|at| -> Feed<'a> {
        Box::new(move |print| {
            let expert = catalogue.expert(at);
            let feed = feed::quotations(config, &expert, to);
            print.file(&format!("experts/{}/feed.xml", expert.slug), "atom.xml", "feed", &feed)
        })
    }));
    let sitemaps = sitemap::sitemaps(articles, dossier, pages, to);
    let count = sitemaps.len();
    let name = move |at: usize| match count {
        1 => "sitemap.xml".to_owned(),
        _ => format!("sitemap-{}.xml", at + 1),
    };
    feeds.extend(sitemaps.into_iter().enumerate().map(|(at, sitemap)| -> Feed<'a> {
        Box::new(move |print| print.file(&name(at), "sitemap.xml", "sitemap", &sitemap))
    }));
    if count != 1 {
        feeds.push(Box::new(move |print| {
            let index = SitemapIndexView { sitemaps: (0..count).map(|at| to.full(&name(at))).collect() };
            print.file("sitemap.xml", "sitemap_index.xml", "sitemap_index", &index)
        }));
    }
    feeds
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

/// The files below `data/`, and last the package that lists them.
fn data_files(catalogue: &Catalogue<'_>, sink: &Sink<'_>) -> anyhow::Result<()> {
    let attacks = 0..catalogue.dossier.attacks.len() as u32;
    let attacks: Vec<AttackData<'_>> = attacks.into_par_iter().map(|at| catalogue.attack(at)).collect();
    let experts: Vec<u32> = catalogue.experts().collect();
    let experts: Vec<ExpertData<'_>> = experts.par_iter().map(|at| catalogue.expert(*at)).collect();
    let (attacks, experts) = (&attacks[..], &experts[..]);
    let config = catalogue.config;
    // On a timeline and in a calendar stands what happened, unless the site shows more.
    let stands =
        |attack: &&AttackData<'_>| attack.stage == Stage::Accomplished || config.timeline.show_unaccomplished;
    let timeline: Vec<&AttackData<'_>> = attacks.iter().filter(stands).collect();
    let timeline = &timeline[..];
    let to = catalogue.addresses();
    let (title, about, words) = (&*config.title, &*config.description, &config.words);
    // The longest first, so that no thread is left with one of them at the end.
    type Make<'m> = &'m (dyn Fn() -> Vec<u8> + Sync);
    let files: [(&str, Make<'_>); 9] = [
        ("data/attacks.json", &|| json::attacks(attacks)),
        ("data/experts.json", &|| json::experts(experts)),
        ("data/quotes.csv", &|| tables::quotes(experts)),
        ("data/experts.csv", &|| tables::experts(experts)),
        ("data/timeline.json", &|| timeline_js::json(title, about, timeline, words)),
        ("data/attacks.geojson", &|| geojson::attacks(attacks, words)),
        ("data/attacks.ics", &|| calendar::attacks(title, timeline, (words, to))),
        ("data/attacks.csv", &|| tables::attacks(attacks)),
        ("data/timeline.csv", &|| timeline_js::csv(timeline, words)),
    ];
    let make = |(path, make): &(&'static str, Make<'_>)| {
        let bytes = make();
        let length = bytes.len();
        sink(Output::new(*path, bytes)).map(|()| (*path, length))
    };
    let annotations = || {
        let files = annotations::files(title, attacks, to);
        let collection = files.iter().map(|(path, bytes)| (path.clone(), bytes.len())).next();
        let files = files.into_par_iter();
        files.try_for_each(|(path, bytes)| sink(Output::new(path, bytes))).map(|()| collection)
    };
    let (lengths, collection) =
        rayon::join(|| files.par_iter().map(make).collect::<anyhow::Result<Vec<_>>>(), annotations);
    let (lengths, collection) = (lengths?, collection?);
    let mut lengths: Vec<(&str, usize)> = lengths;
    lengths.extend(collection.iter().map(|(path, length)| (path.as_str(), *length)));
    sink(Output::new("data/datapackage.json", package::package(config, &lengths, to)))
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
