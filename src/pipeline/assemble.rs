//! Stages 2 to 4: every file parsed and read, remembered by its content, and linked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::{self, Document, Piece, language};
use crate::dossier::{self, Article};
use crate::facts::{self, Facts, Knowledge};
use crate::memo::Key;
use crate::page::{self, Page};
use crate::records::{self, AttackRecord, ExpertRecord};
use crate::slug::{numbered, slugify};
use crate::source::{Asset, Inputs, Source, SourceKind};
use crate::span::Span;
use crate::theme::Theme;
use crate::view::OrdinaryPage;

use super::{LeftOut, Parsed, Pipeline, Site};

impl Pipeline {
    /// Everything up to the plan, as far as the files allow: each file's faults are told, and none hides another's.
    pub(super) fn assemble(
        &mut self,
        config: Config,
        inputs: Inputs,
        theme: Option<Theme>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Site> {
        let sources: Vec<&Arc<Source>> =
            inputs.sources.iter().filter(|source| is_document(source.kind)).collect();
        let knowledge = self.knowledge(&inputs, diagnostics);
        let key = |source: &&Arc<Source>| key(source, inputs.sidecar(source), &config, &knowledge);
        let keys: Vec<Key> = sources.iter().map(key).collect();
        let parsed = self.parsed.recall(&keys, |at| {
            parse(sources[at], inputs.sidecar(sources[at]).map(|s| &**s), &config, &knowledge)
        });

        let mut left_out = LeftOut::default();
        let mut articles = Vec::new();
        let mut ordinary = Vec::new();
        for (source, parsed) in sources.iter().zip(&parsed) {
            diagnostics.extend(parsed.diagnostics.iter().cloned());
            let Some(document) = &parsed.document else { continue };
            if self.options.leave_out.drafts && document.meta.draft {
                left_out.drafts += 1;
                continue;
            }
            let later = document.meta.published.is_some_and(|date| date.earliest() > self.options.today);
            if later && self.options.leave_out.future && !config.future {
                left_out.future += 1;
                continue;
            }
            let document = Arc::clone(document);
            if matches!(source.kind, SourceKind::Article(_)) {
                articles.push(Article { document, facts: Arc::clone(&parsed.facts), slug: String::new() });
            } else {
                let path = page::ordinary_path(&document);
                let section = source.kind == SourceKind::Section;
                ordinary.push(OrdinaryPage { document, path, section });
            }
        }
        diagnostics.extend(unread(&articles));
        name_articles(&mut articles, diagnostics);
        let (attack_records, expert_records) = read_records(&inputs, &config, diagnostics);
        let (dossier, faults) =
            dossier::link(&articles, &knowledge.aliases, &attack_records, &expert_records);
        diagnostics.extend(faults);
        let (pages, faults) = page::plan(&config, &articles, &ordinary, &dossier);
        diagnostics.extend(faults);
        diagnostics.extend(doubly_taken(&pages, &inputs.assets));
        diagnostics.extend(missing_templates(theme.as_ref(), &articles, &ordinary, &inputs));
        diagnostics.extend(dead_links(&articles, &ordinary, &inputs));
        let (theme, assets) = (theme?, inputs.assets);
        let records = (attack_records, expert_records);
        Some(Site { left_out, config, articles, ordinary, records, dossier, pages, theme, assets })
    }
}

/// Articles that are told to be in another language than English, and so were not read: told once for all.
fn unread(articles: &[Article]) -> Option<Diagnostic> {
    let told = articles.iter().map(|article| &article.document).filter(|document| {
        document.meta.language_told && !document.meta.language.as_deref().is_none_or(language::is_read)
    });
    let named =
        |document: &Document| document.meta.language.as_deref().map(|tag| language::name(tag).to_owned());
    let unread: Vec<(&str, String)> =
        told.filter_map(|document| Some((&*document.path, named(document)?))).collect();
    let (file, name) = unread.first()?;
    let tag = articles.iter().map(|article| &article.document).find(|document| *document.path == **file);
    let tag = tag.and_then(|document| document.meta.language.clone()).unwrap_or_default();
    let help = format!(
        "facts are read from English only. Write what it reports into `content/attacks/`, and its language into its \
         front matter or sidecar: `language = \"{tag}\"` (or `\"en\"`, if it is English and shall be read)"
    );
    let (message, help) = match unread.len() {
        1 => (format!("the article is in {name}: nothing was read from it"), help),
        several => {
            let mut names: BTreeMap<&str, usize> = BTreeMap::new();
            unread.iter().for_each(|(_, name)| *names.entry(name).or_default() += 1);
            let names: Vec<String> = names.iter().map(|(name, count)| format!("{count} in {name}")).collect();
            let others = unread[1..].iter().take(MOST_NAMED).map(|(file, _)| format!("`{file}`"));
            let mut others: Vec<String> = others.collect();
            if several - 1 > MOST_NAMED {
                others.push(format!("{} more", several - 1 - MOST_NAMED));
            }
            let message = format!(
                "nothing was read from {several} articles that are not in English: {}",
                names.join(", ")
            );
            (message, format!("the others are {}; {help}", others.join(", ")))
        }
    };
    Some(Diagnostic::warning(*file, message).help(help))
}

/// How many files are named in one message.
const MOST_NAMED: usize = 5;

/// Copied files that would stand where a page is written.
fn doubly_taken(pages: &[Page], assets: &[Asset]) -> Vec<Diagnostic> {
    let places: BTreeSet<String> = pages.iter().map(Page::output_path).collect();
    let taken = assets.iter().filter(|asset| places.contains(&*asset.path));
    let fault = |asset: &Asset| {
        let message = format!("`{}` would stand where a page of the site is written", asset.path);
        Diagnostic::error(asset.file.to_string_lossy(), message).help("rename the file")
    };
    taken.map(fault).collect()
}

/// Documents that ask for a template which neither the site nor the theme has.
fn missing_templates(
    theme: Option<&Theme>,
    articles: &[Article],
    ordinary: &[OrdinaryPage],
    inputs: &Inputs,
) -> Vec<Diagnostic> {
    let Some(theme) = theme else { return Vec::new() };
    let documents = articles.iter().map(|it| &it.document).chain(ordinary.iter().map(|it| &it.document));
    let asked = documents.filter_map(|document| Some((document, document.meta.template.as_deref()?)));
    let missing = asked.filter(|(_, name)| !theme.contains(name));
    let fault = |(document, name): (&Arc<Document>, &str)| {
        let fault = Diagnostic::error(&*document.path, format!("there is no template `{name}`"))
            .help(format!("write `templates/{name}`, or take `template` out"));
        let source = inputs.sources.iter().find(|source| source.path == document.path);
        match source.and_then(|source| Some((source, source.text.find(name)?))) {
            Some((source, at)) => fault.at(&source.text, Span::new(at, at + name.len())),
            None => fault,
        }
    };
    missing.map(fault).collect()
}

/// Links of Markdown to files of `content/` that have no page.
fn dead_links(articles: &[Article], ordinary: &[OrdinaryPage], inputs: &Inputs) -> Vec<Diagnostic> {
    let documents = || articles.iter().map(|it| &it.document).chain(ordinary.iter().map(|it| &it.document));
    let known: BTreeSet<&str> = documents().map(|document| &*document.path).collect();
    let mut faults = Vec::new();
    for document in documents() {
        let markup = document.blocks.iter().flat_map(|block| &block.pieces).filter_map(|piece| match piece {
            Piece::Html(markup) => Some(markup.as_str()),
            Piece::Text(_) => None,
        });
        for target in markup.flat_map(|markup| markup.split("=\"@/").skip(1)) {
            let file = target.split(['"', '#']).next().unwrap_or_default();
            if known.contains(format!("content/{file}").as_str()) {
                continue;
            }
            let message = format!("a link leads to `content/{file}`, which has no page");
            let fault = Diagnostic::error(&*document.path, message).help("mend the link, or add the file");
            let source = inputs.sources.iter().find(|source| source.path == document.path);
            let name = file.rsplit('/').next().unwrap_or(file);
            let place = source.and_then(|source| Some((source, source.text.find(name)?)));
            faults.push(match place {
                Some((source, at)) => fault.at(&source.text, Span::new(at, at + name.len())),
                None => fault,
            });
        }
    }
    faults
}

/// Whether a file becomes a page.
fn is_document(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Article(_) | SourceKind::Page | SourceKind::Section)
}

/// What the parse of a file depends on: its path, its bytes, its sidecar's, how Markdown is read, and for an article the
/// site's lists.
fn key(source: &Source, sidecar: Option<&Arc<Source>>, config: &Config, knowledge: &Knowledge) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(source.path.as_bytes());
    hasher.update(&[0]);
    hasher.update(&source.hash);
    hasher.update(sidecar.map_or(&[0; 32], |sidecar| &sidecar.hash));
    hasher.update(&[u8::from(config.markdown.smart_punctuation), u8::from(config.markdown.highlight)]);
    if matches!(source.kind, SourceKind::Article(_)) {
        hasher.update(&knowledge.hash);
    }
    *hasher.finalize().as_bytes()
}

/// Stages 2 and 3 for one file.
fn parse(source: &Source, sidecar: Option<&Source>, config: &Config, knowledge: &Knowledge) -> Parsed {
    let (document, diagnostics) = document::parse(source, sidecar, config);
    let facts = match (&document, source.kind) {
        (Some(document), SourceKind::Article(_)) => {
            facts::extract_with(document, document.meta.published, knowledge)
        }
        _ => Facts::default(),
    };
    Parsed { document: document.map(Arc::new), facts: Arc::new(facts), diagnostics }
}

/// Gives each article its slug: the one it asks for, else its file's name, else (where that has no letters, as files
/// from an archive have) its headline. One that is taken gets a number; two that ask for one slug are told of by the
/// plan.
fn name_articles(articles: &mut [Article], diagnostics: &mut Vec<Diagnostic>) {
    let mut used = BTreeSet::new();
    for article in articles.iter_mut() {
        if let Some(slug) = &article.document.meta.slug {
            article.slug.clone_from(slug);
            used.insert(slug.clone());
        }
    }
    let mut numbers = BTreeMap::new();
    for article in articles.iter_mut().filter(|article| article.slug.is_empty()) {
        let wish = wished_slug(&article.document);
        article.slug = numbered(&wish, &mut used, &mut numbers);
        if article.slug != wish {
            let message = format!(
                "`/articles/{wish}/` is another article, so this one is at `/articles/{}/`",
                article.slug
            );
            let told = Diagnostic::warning(&*article.document.path, message);
            diagnostics.push(told.help("give it a `slug`, so that its address never depends on other files"));
        }
    }
}

fn wished_slug(document: &Document) -> String {
    let name = document.path.rsplit('/').next().unwrap_or(&document.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.chars().any(char::is_alphabetic) {
        slugify(stem, "article")
    } else {
        slugify(&document.title, stem)
    }
}

/// The editor's records, in order of path.
fn read_records(
    inputs: &Inputs,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<AttackRecord>, Vec<ExpertRecord>) {
    let mut attacks = Vec::new();
    let mut experts = Vec::new();
    for source in &inputs.sources {
        match source.kind {
            SourceKind::AttackRecord => {
                let (record, faults) = records::parse_attack(source, config);
                attacks.extend(record);
                diagnostics.extend(faults);
            }
            SourceKind::ExpertRecord => {
                let (record, faults) = records::parse_expert(source, config);
                experts.extend(record);
                diagnostics.extend(faults);
            }
            _ => {}
        }
    }
    (attacks, experts)
}
