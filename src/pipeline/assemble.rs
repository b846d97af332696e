//! Stages 2 to 4: every file parsed and read, remembered by its content, and linked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::config::{Config, Publish};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, language};
use crate::dossier::{self, Article, Decisions, Dossier, Linkable};
use crate::memo::Key;
use crate::page::{self, Page};
use crate::records::{self, ArticleRecord, ExpertRecord, QuotationChange, Speaker, Written};
use crate::slug::{numbered, slugify};
use crate::source::{Inputs, SourceKind};
use crate::span::Span;
use crate::theme::Theme;
use crate::view::{Orders, OrdinaryPage};

use super::cache::Days;
use super::content::{Content, Held, LeftOut};
use super::parsed::{Parsed, decided_keys};
use super::{Pipeline, Site, corrections, missing, stamps, taken};

impl Pipeline {
    /// Everything up to the plan, as far as the files allow: each file's faults are told, and none hides another's.
    pub(super) fn assemble(
        &mut self,
        (config, settings): (Config, Arc<str>),
        inputs: Inputs,
        theme: Option<Arc<Theme>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Site> {
        let content = self.content(&config, settings, &inputs, diagnostics);
        let Content { articles, ordinary, records, pages, .. } = &*content;
        diagnostics.extend(missing::portraits(&records.people, &inputs.assets));
        diagnostics.extend(taken::doubly_taken(self.root(), &config, pages, &inputs.assets));
        diagnostics.extend(missing::files(&config, &inputs.assets));
        diagnostics.extend(missing::templates(theme.as_deref(), articles, ordinary, &inputs));
        Some(Site { config, content, theme: theme?, assets: inputs.assets })
    }

    /// What is made of `content/`; where nothing there changed, it is that of the last time.
    fn content(
        &mut self,
        config: &Config,
        settings: Arc<str>,
        inputs: &Inputs,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Content> {
        if let Some(held) = self.content.as_ref().filter(|held| held.is_of(inputs, &settings)) {
            diagnostics.extend(held.diagnostics.iter().cloned());
            return Arc::clone(&held.content);
        }
        let mut told = Vec::new();
        let content = Arc::new(self.make_content(config, &settings, inputs, &mut told));
        diagnostics.extend(told.iter().cloned());
        let held = Held::new(inputs, settings, content, told);
        Arc::clone(&self.content.insert(held).content)
    }

    fn make_content(
        &mut self,
        config: &Config,
        settings: &str,
        inputs: &Inputs,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Content {
        let knowledge = self.knowledge(inputs, diagnostics);
        let documents = self.read_documents(config, inputs, &knowledge);
        let count = documents.parsed.len();
        let published = documents.parsed.iter().filter_map(|it| it.document.as_ref()?.meta.published);
        let mut left_out = LeftOut::default();
        let mut articles = Vec::with_capacity(count);
        let mut sights = Vec::with_capacity(count);
        let mut read_articles: Vec<Arc<Parsed>> = Vec::with_capacity(count);
        let mut keys: Vec<Key> = Vec::with_capacity(count);
        let mut ordinary = Vec::new();
        let mut linking: Vec<(&Document, &[String])> = Vec::with_capacity(count);
        for (source, parsed, key) in documents.iter() {
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
            linking.push((document, &parsed.links));
            let document = Arc::clone(document);
            if matches!(source.kind, SourceKind::Article(_)) {
                let (facts, corrections) = (Arc::clone(&parsed.facts), Arc::clone(&parsed.corrections));
                articles.push(Article { document, facts, slug: String::new(), corrections });
                sights.push(Arc::clone(&parsed.sight));
                read_articles.push(Arc::clone(parsed));
                keys.push(*key);
            } else {
                let path = page::ordinary_path(&document);
                let section = source.kind == SourceKind::Section;
                ordinary.push(OrdinaryPage { document, path, section });
            }
        }
        diagnostics.extend(unread(&articles));
        let misnamed = self.name(&mut articles, &read_articles);
        diagnostics.extend(misnamed.iter().cloned());
        let records = self.read_records(inputs, config, diagnostics);
        let aliases = &knowledge.aliases;
        let (decided, decided_people) = decided_keys(inputs, config);
        for at in move_quotations(&mut articles, &records.people, diagnostics) {
            sights[at] = Arc::new(sights[at].with_facts_of(&articles[at], aliases));
            keys[at] = stamps::moved(&keys[at], &decided_people, &articles[at].facts);
        }
        let decisions = Decisions { attacks: &records.attacks, people: &records.people, pins: &records.pins };
        let publish = if self.options.unchecked { Publish::All } else { config.facts.publish };
        let (dossier, faults) = self.linked.link(Linkable {
            articles: &articles,
            sights: &sights,
            aliases,
            decisions,
            named: knowledge.hash,
            decided,
            decided_people,
            publish,
        });
        let dossier = dossier.with_headlines(&config.words);
        diagnostics.extend(faults);
        let today = self.options.today;
        diagnostics.extend(corrections::of_days_to_come(&dossier, &articles, &records, today));
        let corrected = dossier.corrections.iter().map(|(correction, _)| correction.date);
        let days = Days::around(today, published.chain(corrected).map(|date| date.earliest()));
        diagnostics.extend(missing::dead_links(&linking, inputs));
        let before = self.content.as_ref().filter(|held| held.has_settings(settings));
        let before = before.map(|held| &*held.content);
        let orders = orders(before, config, &articles, &ordinary, &dossier);
        let made_of = (&articles[..], &ordinary[..], &*dossier);
        let (pages, unplanned) = plan(before, config, made_of, orders.get().map(Arc::as_ref));
        diagnostics.extend(unplanned.iter().cloned());
        self.documents = Some(documents);
        Content {
            articles,
            ordinary,
            records,
            dossier,
            knowledge,
            pages,
            left_out,
            days,
            orders,
            keys,
            read_articles,
            misnamed,
            unplanned,
        }
    }

    /// Gives each article its slug, and back what is to be told of them; those of the last time where nothing asks for
    /// others.
    fn name(&self, articles: &mut [Article], read: &[Arc<Parsed>]) -> Vec<Diagnostic> {
        let same = |(one, other): (&Arc<Parsed>, &Arc<Parsed>)| {
            let asked = |it: &Parsed| {
                let document = it.document.as_ref();
                document.map(|it| (Arc::clone(&it.path), it.meta.slug.clone()))
            };
            Arc::ptr_eq(one, other) || (one.slug == other.slug && asked(one) == asked(other))
        };
        if let Some(before) = self.content.as_ref().map(|held| &*held.content)
            && before.read_articles.len() == read.len()
            && before.read_articles.iter().zip(read).all(same)
        {
            let named = articles.iter_mut().zip(&before.articles);
            named.for_each(|(article, before)| article.slug.clone_from(&before.slug));
            return before.misnamed.clone();
        }
        let mut misnamed = Vec::new();
        let wishes: Vec<&str> = read.iter().map(|it| it.slug.as_str()).collect();
        name_articles(articles, &wishes, &mut misnamed);
        misnamed
    }
}

/// The orders, as far as they can be taken from `before`, the content of the last time; without one they are made when they
/// are first asked for.
fn orders(
    before: Option<&Content>,
    config: &Config,
    articles: &[Article],
    ordinary: &[OrdinaryPage],
    dossier: &Arc<Dossier>,
) -> OnceLock<Arc<Orders>> {
    let Some(before) = before else { return OnceLock::new() };
    let ordered = |it: &Article| (it.document.meta.published, Arc::clone(&it.document.path));
    let same = |(one, other): (&Article, &Article)| {
        Arc::ptr_eq(&one.document, &other.document) || ordered(one) == ordered(other)
    };
    if before.articles.len() != articles.len() || !before.articles.iter().zip(articles).all(same) {
        return Arc::new(Orders::new(config, articles, ordinary, dossier)).into();
    }
    let orders = before.orders(config);
    let same_page = |(one, other): (&OrdinaryPage, &OrdinaryPage)| {
        Arc::ptr_eq(&one.document, &other.document) && one.path == other.path
    };
    let same_pages =
        before.ordinary.len() == ordinary.len() && before.ordinary.iter().zip(ordinary).all(same_page);
    if same_pages && Arc::ptr_eq(&before.dossier, dossier) {
        return Arc::clone(orders).into();
    }
    Arc::new(Orders::of_same_articles(orders, config, ordinary, dossier)).into()
}

/// Stage 5; where the pages are those of `before`, the content of the last time, these.
fn plan(
    before: Option<&Content>,
    config: &Config,
    (articles, ordinary, dossier): (&[Article], &[OrdinaryPage], &Dossier),
    orders: Option<&Orders>,
) -> (Arc<Vec<Page>>, Vec<Diagnostic>) {
    if let Some((before, orders)) = before.zip(orders) {
        let then = (&before.articles[..], &before.ordinary[..], &*before.dossier, &**before.orders(config));
        if page::is_same_plan(then, (articles, ordinary, dossier, orders)) {
            return (Arc::clone(&before.pages), before.unplanned.clone());
        }
    }
    let (pages, faults) = page::plan(config, articles, ordinary, dossier);
    (Arc::new(pages), faults)
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

/// Gives each article its slug: the one it asks for, else the one that its file or headline makes, from `wishes`. One that
/// is taken gets a number; two that ask for one slug are told of by the plan.
fn name_articles(articles: &mut [Article], wishes: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    let mut used = BTreeSet::new();
    for article in articles.iter_mut() {
        if let Some(slug) = &article.document.meta.slug {
            article.slug.clone_from(slug);
            used.insert(slug.clone());
        }
    }
    let mut numbers = BTreeMap::new();
    for (article, wish) in articles.iter_mut().zip(wishes).filter(|(article, _)| article.slug.is_empty()) {
        article.slug = numbered(wish, &mut used, &mut numbers);
        if article.slug != *wish {
            let message = format!(
                "`/articles/{wish}/` is another article, so this one is at `/articles/{}/`",
                article.slug
            );
            let told = Diagnostic::warning(&*article.document.path, message);
            diagnostics.push(told.help("give it a `slug`, so that its address never depends on other files"));
        }
    }
}

/// Gives the quotations that records of people claim to these people, in the facts of the articles; tells in which.
fn move_quotations(
    articles: &mut [Article],
    people: &[ExpertRecord],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<usize> {
    let mut moved = BTreeSet::new();
    let mut taken: BTreeMap<(usize, Span), &str> = BTreeMap::new();
    let asked = people.iter().flat_map(|record| record.quotations.iter().map(move |named| (record, named)));
    for (record, named) in asked {
        let fault = |message: &str| Diagnostic {
            place: Some(named.place.clone()),
            ..Diagnostic::error(&*record.path, message)
        };
        let Some(name) = record.name.clone().or_else(|| name_of(articles, &record.slug)) else {
            let told = fault("a record that takes a quotation says whose it is");
            diagnostics.push(told.help("no article names anybody of this slug: give the record a `name`"));
            continue;
        };
        let wanted = named.value.article.as_str();
        // An article that is not there is told when the dossier is linked.
        let Some(at) = articles.iter().position(|it| dossier::article_name(it) == wanted) else {
            continue;
        };
        let article = &mut articles[at];
        if let [one] = records::quotations(&article.facts, &article.document, &named.value.words)[..]
            && let Some(other) = taken.insert((at, article.facts.quotes[one].span), &record.path)
        {
            let told = fault(&format!("`{other}` takes the same quotation"));
            diagnostics.push(told.help("one quotation is one person's: take it out of one of the two"));
            continue;
        }
        let words = Written { value: named.value.words.clone(), place: named.place.clone() };
        let change = QuotationChange { words, speaker: Some(Speaker::OfRecord(name)), hidden: false };
        let change =
            ArticleRecord { path: Arc::clone(&record.path), quotations: vec![change], ..Default::default() };
        let (facts, faults) = records::overlay(&article.facts, &article.document, &change);
        diagnostics.extend(faults);
        article.facts = Arc::new(facts);
        moved.insert(at);
    }
    moved
}

/// The name of somebody whom an article names and whose slug this is.
fn name_of(articles: &[Article], slug: &str) -> Option<String> {
    let names = articles.iter().flat_map(|article| &article.facts.people);
    let mut names = names.filter_map(|person| person.name.as_deref());
    names.find(|name| slugify(name, "person") == slug).map(str::to_owned)
}
