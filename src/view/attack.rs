//! The page of an attack: the headline facts, who says what, and every sentence they were read from.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::body::{block_at, paragraph_href, write_markup};
use super::expert::QuoteView;
use super::marks::speaker;
use super::{
    ArticleLink, ArticleSummary, AttackSummary, ExpertSummary, Linker, PageView, Scope, TollView, wording,
};
use crate::document::Document;
use crate::dossier::ArticleIndex;
use crate::facts::{self, Field, Level, Reading, Toll};
use crate::span::Span;

/// What `attack.html` sees as `attack`.
#[derive(Clone, Debug, Serialize)]
pub struct AttackView<'a> {
    /// What stands in lists as well: title, date, place, tolls, badge.
    #[serde(flatten)]
    pub summary: AttackSummary<'a>,
    /// People taken hostage or kidnapped.
    pub hostages: Option<TollView>,
    /// Who did it, according to whom; the strongest standing first.
    pub perpetrators: Vec<PerpetratorView<'a>>,
    /// What was attacked.
    pub target: Option<&'a str>,
    /// With what.
    pub weapon: Option<&'a str>,
    /// Degrees north and east of the named place.
    pub coordinates: Option<(f64, f64)>,
    /// The editor's summary, as HTML; empty where there is none.
    pub summary_html: String,
    /// Who says what, a table for each figure that some article gives.
    pub figures: Vec<Figure<'a>>,
    /// Every sentence that something was read from, article by article, oldest first.
    pub evidence: Vec<EvidenceSource<'a>>,
    /// What experts said in the paragraphs that speak of it.
    pub quotations: Vec<AttackQuote<'a>>,
    /// The experts quoted in these articles.
    pub experts: Vec<ExpertSummary<'a>>,
    /// `[extra]` of the editor's record; empty where there is none.
    pub extra: toml::Table,
}

/// Somebody who is said to have done it.
#[derive(Clone, Debug, Serialize)]
pub struct PerpetratorView<'a> {
    /// As the articles name them.
    pub name: &'a str,
    /// `organization`, `person` or `group`.
    pub kind: &'static str,
    /// `claimed`, `blamed`, `suspected`, `convicted`, `stated`.
    pub standing: &'static str,
    /// The words before the name: "claimed by".
    pub standing_text: &'static str,
}

/// One figure and who says what about it.
#[derive(Clone, Debug, Serialize)]
pub struct Figure<'a> {
    /// `date`, `place`, `killed`, `injured`, `hostages`, `perpetrator`.
    pub field: &'static str,
    /// "Killed".
    pub label: &'static str,
    /// One an article that says something.
    pub claims: Vec<Claim<'a>>,
}

/// What one article says of a figure.
#[derive(Clone, Debug, Serialize)]
pub struct Claim<'a> {
    /// The article.
    pub article: ArticleLink<'a>,
    /// What was read: "141 or more"; `null` where the words were not resolved.
    pub value: Option<String>,
    /// The article's own words.
    pub words: &'a str,
    /// How sure the reading is: `high`, `medium`, `low`.
    pub level: Level,
    /// "likely", "uncertain"; empty where the words leave little doubt.
    pub level_text: &'static str,
    /// The paragraph they stand in.
    pub href: String,
}

/// The evidence in one article.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceSource<'a> {
    /// The article.
    pub article: ArticleSummary<'a>,
    /// Its sentences, in their order.
    pub sentences: Vec<Sentence<'a>>,
}

/// What an expert said in a paragraph that speaks of the attack.
#[derive(Clone, Debug, Serialize)]
pub struct AttackQuote<'a> {
    /// Who.
    pub expert: ExpertSummary<'a>,
    /// In which article.
    pub article: ArticleLink<'a>,
    /// The words.
    #[serde(flatten)]
    pub quote: QuoteView<'a>,
}

/// A sentence that something was read from.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence<'a> {
    /// Verbatim.
    pub words: &'a str,
    /// The paragraph it stands in.
    pub href: String,
    /// What was read from it: "date", "killed"; empty where it only mentions the attack.
    pub reads: Vec<&'static str>,
}

impl<'a> AttackView<'a> {
    /// The attack's page; completes `page`.
    pub fn new(scope: &Scope<'a>, index: u32, linker: &Linker, page: &mut PageView) -> Self {
        let attack = &scope.dossier.attacks[index as usize];
        let summary = AttackSummary::new(scope, index, linker);
        page.title = attack.title.clone();
        page.description = in_a_sentence(&summary);
        let record = attack.record.and_then(|record| scope.attack_records.get(record as usize));
        let mut summary_html = String::new();
        if let Some(record) = record {
            write_markup(&mut summary_html, &record.summary, scope, linker);
        }
        let sources = sources(scope, attack, linker);
        let spoke = scope.experts_of_attack.get(index as usize).into_iter().flatten();
        AttackView {
            summary,
            hostages: attack.hostages.map(TollView::new),
            perpetrators: attack.perpetrators.iter().map(PerpetratorView::new).collect(),
            target: attack.target.as_deref(),
            weapon: attack.weapon.as_deref(),
            coordinates: attack
                .coordinates
                .map(|at| (f64::from(at.latitude) / 1e6, f64::from(at.longitude) / 1e6)),
            summary_html,
            quotations: quotations(scope, &sources, linker),
            figures: figures(&sources, &scope.config.language),
            evidence: evidence(sources),
            experts: spoke.map(|expert| ExpertSummary::new(scope, *expert, linker)).collect(),
            extra: record.map(|record| record.extra.clone()).unwrap_or_default(),
        }
    }
}

impl<'a> PerpetratorView<'a> {
    fn new((name, kind, standing): &'a (String, facts::PerpetratorKind, facts::Standing)) -> Self {
        let (standing, standing_text) = wording::standing(*standing);
        PerpetratorView { name, kind: wording::perpetrator_kind(*kind), standing, standing_text }
    }
}

/// "Hostage-taking in Beslan, Russia, 1–3 September 2004: 334 killed".
fn in_a_sentence(attack: &AttackSummary<'_>) -> String {
    let mut sentence = attack.kind_text.to_owned();
    if let Some(place) = &attack.place {
        sentence.push_str(", ");
        sentence.push_str(place);
    }
    if let Some(date) = &attack.date {
        sentence.push_str(", ");
        sentence.push_str(&date.text);
    }
    if let Some(killed) = &attack.killed {
        sentence.push_str(": ");
        sentence.push_str(&killed.text);
        sentence.push_str(" killed");
    }
    sentence
}

/// One article's account of the attack.
struct Source<'a> {
    index: ArticleIndex,
    article: ArticleSummary<'a>,
    document: &'a Document,
    /// Usually one; several where the article tells one attack as two.
    accounts: Vec<&'a facts::Attack>,
}

/// The articles that speak of the attack, oldest first.
fn sources<'a>(scope: &Scope<'a>, attack: &crate::dossier::Attack, linker: &Linker) -> Vec<Source<'a>> {
    let mut sources: Vec<Source<'a>> = Vec::new();
    let mut places: BTreeMap<ArticleIndex, usize> = BTreeMap::new();
    for (index, account) in &attack.mentions {
        let article = &scope.articles[*index as usize];
        let Some(account) = article.facts.attacks.get(*account as usize) else { continue };
        let place = *places.entry(*index).or_insert_with(|| {
            sources.push(Source {
                index: *index,
                article: ArticleSummary::new(scope, *index, linker),
                document: &article.document,
                accounts: Vec::new(),
            });
            sources.len() - 1
        });
        sources[place].accounts.push(account);
    }
    sources
}

/// Who says what, figure by figure.
fn figures<'a>(sources: &[Source<'a>], language: &str) -> Vec<Figure<'a>> {
    type Read<'a> = dyn Fn(&'a facts::Attack) -> Vec<(Option<String>, Span)> + 'a;
    let toll = |reading: &Option<Reading<Toll>>| {
        reading.iter().map(|toll| (Some(wording::toll(toll.value)), toll.span)).collect::<Vec<_>>()
    };
    let language = language.to_owned();
    let figures: [(Field, Box<Read<'a>>); 6] = [
        (
            Field::Date,
            Box::new(move |attack| {
                let words = attack.date_text.iter();
                words.map(|words| (attack.date.map(|date| date.human(&language)), words.span)).collect()
            }),
        ),
        (
            Field::Place,
            Box::new(|attack| {
                let place = &attack.place;
                let place = place.name.iter().chain(&place.town).chain(&place.near).take(1);
                place.map(|place| (Some(place.value.clone()), place.span)).collect()
            }),
        ),
        (Field::Killed, Box::new(move |attack| toll(&attack.killed))),
        (Field::Injured, Box::new(move |attack| toll(&attack.injured))),
        (Field::Hostages, Box::new(move |attack| toll(&attack.hostages))),
        (
            Field::Perpetrator,
            Box::new(|attack| {
                let named = attack.perpetrators.iter();
                named
                    .map(|perpetrator| {
                        let standing = wording::standing(perpetrator.standing).1;
                        (Some(format!("{standing} {}", perpetrator.name.value)), perpetrator.name.span)
                    })
                    .collect()
            }),
        ),
    ];
    let figure = |(field, read): (Field, Box<Read<'a>>)| {
        let claims: Vec<Claim<'a>> = sources
            .iter()
            .flat_map(|source| {
                let readings = source
                    .accounts
                    .iter()
                    .flat_map(|account| read(account).into_iter().map(|reading| (*account, reading)));
                readings
                    .map(|(account, (value, span))| {
                        let level = level(account, field, span);
                        Claim {
                            article: source.article.link(),
                            value,
                            words: span.of(&source.document.text),
                            level,
                            level_text: wording::level(level),
                            href: paragraph_href(&source.article, block_at(source.document, span.start)),
                        }
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
        let (key, label, _) = wording::field(field);
        (!claims.is_empty()).then_some(Figure { field: key, label, claims })
    };
    figures.into_iter().filter_map(figure).collect()
}

/// How sure `account` is of the value of `field` that it read from `span`.
fn level(account: &facts::Attack, field: Field, span: Span) -> Level {
    let own = account.evidence.iter().find(|it| it.field == field && it.span == span);
    own.map_or(account.level, |it| it.level)
}

/// The quotations of indexed experts in the paragraphs that speak of the attack.
fn quotations<'a>(scope: &Scope<'a>, sources: &[Source<'a>], linker: &Linker) -> Vec<AttackQuote<'a>> {
    let mut quotations = Vec::new();
    for source in sources {
        let evidence = source.accounts.iter().flat_map(|account| &account.evidence);
        let blocks: BTreeSet<u32> = evidence.map(|evidence| evidence.block).collect();
        let facts = &scope.articles[source.index as usize].facts;
        for quote in facts.verbatim().filter(|quote| blocks.contains(&quote.block)) {
            let Some(expert) = speaker(scope, source.index, quote.speaker) else { continue };
            quotations.push(AttackQuote {
                expert: ExpertSummary::new(scope, expert, linker),
                article: source.article.link(),
                quote: QuoteView::new(quote, source.document, &source.article),
            });
        }
    }
    quotations
}

/// Every sentence that something was read from, each once.
fn evidence<'a>(sources: Vec<Source<'a>>) -> Vec<EvidenceSource<'a>> {
    let source = |source: Source<'a>| {
        let document = source.document;
        let mut sentences: BTreeMap<Span, Vec<Field>> = BTreeMap::new();
        for evidence in source.accounts.iter().flat_map(|account| &account.evidence) {
            sentences.entry(evidence.sentence).or_default().push(evidence.field);
        }
        let sentences = sentences
            .into_iter()
            .map(|(span, mut fields)| {
                fields.sort_unstable();
                fields.dedup();
                let told = fields.into_iter().filter(|field| *field != Field::Mention);
                Sentence {
                    words: span.of(&document.text),
                    href: paragraph_href(&source.article, block_at(document, span.start)),
                    reads: told.map(|field| wording::field(field).2).collect(),
                }
            })
            .collect();
        EvidenceSource { article: source.article, sentences }
    };
    sources.into_iter().map(source).collect()
}
