//! The page of an expert: who they are according to which article, and every quotation.

use serde::Serialize;

use super::body::{block_at, paragraph_href, write_markup};
use super::chart::QuoteChart;
use super::corrections::corrections_of;
use super::link::text_fragment;
use super::summary::{article_path, source_short};
use super::wording::BEGINNING;
use super::{
    ArticleSummary, AttackSummary, ChangeView, CorrectionView, ExpertSummary, Link, Linker, PageView, Scope,
    SourceView, wording,
};
use crate::document::Document;
use crate::dossier::About;
use crate::facts::{Level, Quote, QuoteKind};
use crate::records::Portrait;
use crate::words::Words;

/// What `expert.html` sees as `expert`.
#[derive(Clone, Debug, Serialize)]
pub struct ExpertView<'a> {
    /// What stands in lists as well: name, title, affiliation, badge.
    #[serde(flatten)]
    pub summary: ExpertSummary<'a>,
    /// `expert`, `official`, `witness`, `victim`, `perpetrator`, `other`.
    pub role: &'static str,
    /// "Expert".
    pub role_text: &'a str,
    /// Titles and affiliations with the articles that give them, latest first.
    pub affiliations: Vec<AffiliationView<'a>>,
    /// The editor's biography, as HTML; empty where there is none.
    pub biography_html: String,
    /// A picture, where the editor gives one.
    pub portrait: Option<PortraitView<'a>>,
    /// Where the editor has the biography from.
    pub sources: Vec<SourceView<'a>>,
    /// What an editor changed.
    pub changed: Vec<ChangeView>,
    /// What was put right on this page, newest first.
    pub corrections: Vec<CorrectionView<'a>>,
    /// Every quotation, article by article, newest first.
    pub quotations: Vec<QuoteSource<'a>>,
    /// Quotations by year; `null` where they are of one year.
    pub chart: Option<QuoteChart>,
    /// The feed of this person's quotations, relative to the page; `null` without a quotation.
    pub feed_href: Option<String>,
    /// Attacks that the articles quoting this person are about, or that the paragraphs with the quotations tell of or name,
    /// in timeline order.
    pub attacks: Vec<AttackSummary<'a>>,
    /// `[extra]` of the editor's record; empty where there is none.
    pub extra: toml::Table,
}

/// A picture of a person.
#[derive(Clone, Debug, Serialize)]
pub struct PortraitView<'a> {
    /// The picture, relative to the page.
    pub src: String,
    /// Who made it, and under which terms.
    pub credit: Option<&'a str>,
    /// What it shows, for those who do not see it; "Portrait of …" where the editor does not say.
    pub alt: String,
}

/// One title and affiliation.
#[derive(Clone, Debug, Serialize)]
pub struct AffiliationView<'a> {
    /// "senior research fellow".
    pub title: Option<&'a str>,
    /// "Royal United Services Institute".
    pub affiliation: Option<&'a str>,
    /// The years in which articles say so: "2015", "2015–2020"; `null` where none is dated.
    pub years: Option<String>,
    /// The articles that say so.
    pub articles: Vec<Link<'a>>,
}

/// The quotations in one article.
#[derive(Clone, Debug, Serialize)]
pub struct QuoteSource<'a> {
    /// The article.
    pub article: ArticleSummary<'a>,
    /// In the order of the text.
    pub quotes: Vec<QuoteView<'a>>,
}

/// A quotation.
#[derive(Clone, Debug, Serialize)]
pub struct QuoteView<'a> {
    /// Byte for byte as the source has it, without the marks around it.
    pub words: &'a str,
    /// The first of them, to tell its links from those of other quotations.
    pub begins: String,
    /// `direct` or `indirect`.
    pub kind: &'static str,
    /// "warned".
    pub cue: Option<&'a str>,
    /// How sure it is that this person said so: `high`, `medium`, `low`.
    pub level: Level,
    /// "likely", "uncertain"; empty where the words leave little doubt.
    pub level_text: &'a str,
    /// The paragraph it stands in.
    pub href: String,
    /// The words in the original, by a text fragment; `null` where the article has no address.
    pub original_href: Option<String>,
}

impl<'a> ExpertView<'a> {
    /// The person's page; completes `page`.
    pub fn new(scope: &Scope<'a>, index: u32, linker: &Linker, page: &mut PageView) -> Self {
        let person = &scope.dossier.people[index as usize];
        let summary = ExpertSummary::new(scope, index, linker);
        page.title.clone_from(&person.name);
        let words = scope.words();
        page.description = in_a_sentence(&summary, words);
        let record = person.record.and_then(|record| scope.expert_records.get(record as usize));
        let mut biography_html = String::new();
        if let Some(record) = record {
            write_markup(&mut biography_html, &record.biography, scope, linker);
        }
        let portrait = record.and_then(|record| record.portrait.as_ref());
        let added = record.map_or(&[][..], |record| &record.sources);
        let (role, role_text) = wording::role(person.role, words);
        let article = |index: &u32| {
            let article = &scope.articles[*index as usize];
            // Several documents are no outlet: none of them names the person alone.
            let source = article.document.meta.source.as_ref().filter(|source| !source.contains(';'));
            let title = source.map_or_else(
                || article.document.title.clone(),
                |source| format!("{}: {}", source_short(source, words), article.document.title),
            );
            let language = scope.language_beside(&article.document);
            Link { title, href: linker.href(&article_path(&article.slug)), language }
        };
        ExpertView {
            role,
            role_text,
            affiliations: person
                .affiliations
                .iter()
                .map(|affiliation| AffiliationView {
                    title: affiliation.title.as_deref(),
                    affiliation: affiliation.affiliation.as_deref(),
                    years: years(scope, &affiliation.articles),
                    articles: affiliation.articles.iter().map(article).collect(),
                })
                .collect(),
            biography_html,
            portrait: portrait.map(|portrait| PortraitView::new(portrait, &person.name, words, linker)),
            sources: added.iter().map(|source| SourceView::added(source, words)).collect(),
            changed: person.changed.iter().map(|change| ChangeView::new(change, words)).collect(),
            corrections: corrections_of(scope, About::Person(index), linker),
            quotations: quotations(scope, &person.quotes, linker),
            chart: QuoteChart::new(quote_years(scope, &person.quotes)),
            feed_href: (!person.quotes.is_empty())
                .then(|| linker.href(&format!("/experts/{}/feed.xml", person.slug))),
            attacks: person.attacks.iter().map(|attack| AttackSummary::new(scope, *attack, linker)).collect(),
            extra: record.map(|record| record.extra.clone()).unwrap_or_default(),
            summary,
        }
    }
}

impl<'a> PortraitView<'a> {
    fn new(portrait: &'a Portrait, name: &str, words: &Words, linker: &Linker) -> Self {
        PortraitView {
            src: linker.href(&format!("/{}", portrait.site_path())),
            credit: portrait.credit.as_deref(),
            alt: portrait.alt.clone().unwrap_or_else(|| words.with("portrait.alt", &[("name", name)])),
        }
    }
}

impl<'a> QuoteView<'a> {
    /// `quote` as it stands in `document`, which is the article `article`.
    pub(super) fn new(
        quote: &'a Quote,
        document: &'a Document,
        article: &ArticleSummary<'_>,
        words: &'a Words,
    ) -> Self {
        QuoteView {
            words: quote.span.of(&document.text),
            begins: wording::excerpt(quote.span.of(&document.text), BEGINNING),
            kind: match quote.kind {
                QuoteKind::Direct => "direct",
                QuoteKind::Indirect => "indirect",
            },
            cue: quote.cue.as_ref().map(|cue| cue.value.as_str()),
            level: quote.level,
            level_text: wording::level(quote.level, words),
            href: paragraph_href(article, block_at(document, quote.span.start)),
            original_href: article.url.map(|url| text_fragment(url, quote.span.of(&document.text))),
        }
    }
}

/// "Maria Sole, senior fellow, Marlow Institute: eight quotations".
fn in_a_sentence(expert: &ExpertSummary<'_>, words: &Words) -> String {
    let parts = [Some(expert.name), expert.title, expert.affiliation];
    let who: Vec<&str> = parts.into_iter().flatten().collect();
    format!("{}: {}", who.join(", "), words.count_in_prose("count.quotations", expert.quotes))
}

/// The years of the articles that are dated: "2015", "2015–2020".
fn years(scope: &Scope<'_>, articles: &[u32]) -> Option<String> {
    let years = articles.iter().filter_map(|article| year(scope, *article));
    let (first, last) = years.fold(None, |span: Option<(i16, i16)>, year| {
        Some(span.map_or((year, year), |(first, last)| (first.min(year), last.max(year))))
    })?;
    Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
}

fn year(scope: &Scope<'_>, article: u32) -> Option<i16> {
    scope.articles[article as usize].document.meta.published.and_then(|date| date.year())
}

/// The year of each quotation whose article is dated.
fn quote_years(scope: &Scope<'_>, quotes: &[(u32, u32)]) -> impl Iterator<Item = i16> {
    quotes.iter().filter_map(|(article, _)| year(scope, *article))
}

/// `quotes` article by article, in the order in which the articles come.
fn quotations<'a>(scope: &Scope<'a>, quotes: &[(u32, u32)], linker: &Linker) -> Vec<QuoteSource<'a>> {
    let mut sources: Vec<(u32, QuoteSource<'a>)> = Vec::new();
    for (index, quote) in quotes {
        let article = &scope.articles[*index as usize];
        let Some(quote) = article.facts.quotes.get(*quote as usize) else { continue };
        if sources.last().is_none_or(|(last, _)| last != index) {
            let article = ArticleSummary::new(scope, *index, linker);
            sources.push((*index, QuoteSource { article, quotes: Vec::new() }));
        }
        let (_, source) = sources.last_mut().expect("one was pushed above, if there was none");
        source.quotes.push(QuoteView::new(quote, &article.document, &source.article, scope.words()));
    }
    sources.into_iter().map(|(_, source)| source).collect()
}
