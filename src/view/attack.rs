//! The page of an attack: the headline facts, its sources, who says what, and every sentence they were read from.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::body::{block_at, paragraph_href, write_markup};
use super::claims::{Desk, Figure, figures};
use super::corrections::corrections_of;
use super::expert::QuoteView;
use super::link::text_fragment;
use super::marks::speaker;
use super::related::related;
use super::sources::{Account, accounts, sources};
use super::wording::BEGINNING;
use super::{
    ArticleLink, ArticleSummary, AttackSummary, ChangeView, CorrectionView, ExpertSummary, Linker,
    LocatorView, PageView, Scope, SourceView, TollView, wording,
};
use crate::data::alone;
use crate::dossier::{About, Attack, Changed, Checked, speaks_of};
use crate::facts::Field;
use crate::span::Span;
use crate::words::Words;

/// What `attack.html` sees as `attack`.
#[derive(Clone, Debug, Serialize)]
pub struct AttackView<'a> {
    /// What stands in lists as well: title, date, place, tolls, badge.
    #[serde(flatten)]
    pub summary: AttackSummary<'a>,
    /// People taken hostage or kidnapped.
    pub hostages: Option<TollView>,
    /// What was attacked.
    pub target: Option<&'a str>,
    /// With what.
    pub weapon: Option<&'a str>,
    /// A map of the place; `null` where no place is named that could be drawn.
    pub locator: Option<LocatorView>,
    /// Degrees north and east of the named place.
    pub coordinates: Option<(f64, f64)>,
    /// The editor's summary, as HTML; empty where there is none.
    pub summary_html: String,
    /// What an editor changed.
    pub changed: Vec<ChangeView>,
    /// How its sources stand to each other, as a sentence.
    pub sourcing_sentence: &'a str,
    /// Where the rule behind that sentence stands.
    pub sourcing_href: String,
    /// Where it stands what the badge means.
    pub checking_href: String,
    /// That a source has changed since an editor decided, as a sentence; empty where none has.
    pub stale_text: &'a str,
    /// What was put right on this page, newest first.
    pub corrections: Vec<CorrectionView<'a>>,
    /// Every source: the articles, oldest first and each followed by its copies, then what an editor adds.
    pub sources: Vec<SourceView<'a>>,
    /// Who says what, for each figure that some source gives or an editor changed.
    pub figures: Vec<Figure<'a>>,
    /// Every sentence that something was read from, article by article, oldest first.
    pub evidence: Vec<EvidenceSource<'a>>,
    /// What experts said in the paragraphs that tell of it or name it.
    pub quotations: Vec<AttackQuote<'a>>,
    /// The experts quoted in an article that is about it, or in a paragraph that tells of it or names it.
    pub experts: Vec<ExpertSummary<'a>>,
    /// Other attacks in the same town, by the same perpetrator, or told of in the same articles; at most six.
    pub related: Vec<RelatedAttack<'a>>,
    /// `[extra]` of the editor's record; empty where there is none.
    pub extra: toml::Table,
}

/// An attack that has something in common with this one.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedAttack<'a> {
    /// As in a list.
    #[serde(flatten)]
    pub attack: AttackSummary<'a>,
    /// What they have in common: "In Kerman, too".
    pub why: String,
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
    /// The affiliation, or else the title, where somebody else who is quoted here has the same name.
    pub namesake: Option<&'a str>,
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
    /// The first of them, to tell its links from those of other sentences.
    pub begins: String,
    /// The paragraph it stands in.
    pub href: String,
    /// The sentence in the original, by a text fragment; `null` where the article has no address.
    pub original_href: Option<String>,
    /// What was read from it: "date", "killed"; empty where it only mentions the attack.
    pub reads: Vec<&'a str>,
}

impl<'a> AttackView<'a> {
    /// The attack's page; completes `page`.
    pub fn new(scope: &Scope<'a>, index: u32, linker: &Linker, page: &mut PageView) -> Self {
        let attack = &scope.dossier.attacks[index as usize];
        let summary = AttackSummary::new(scope, index, linker);
        let words = scope.words();
        page.title = alone(&attack.title, attack.stage, words);
        page.description = in_a_sentence(&summary, words);
        let record = attack.record.and_then(|record| scope.attack_records.get(record as usize));
        let mut summary_html = String::new();
        if let Some(record) = record {
            write_markup(&mut summary_html, &record.summary, scope, linker);
        }
        let accounts = accounts(scope, attack, linker);
        let spoke = scope.experts_of_attack.get(index as usize).into_iter().flatten();
        let changed: Vec<ChangeView> =
            attack.changed.iter().map(|change| ChangeView::new(change, words)).collect();
        let added = record.map_or(&[][..], |record| &record.sources);
        let desk = Desk { changes: &changed, sources: added, words };
        AttackView {
            summary,
            hostages: attack.hostages.map(|toll| TollView::new(toll, words)),
            target: attack.target.as_deref(),
            weapon: attack.weapon.as_deref(),
            locator: LocatorView::new(attack, words, linker),
            related: related(scope, index, linker),
            coordinates: attack
                .coordinates
                .map(|at| (f64::from(at.latitude) / 1e6, f64::from(at.longitude) / 1e6)),
            summary_html,
            sourcing_sentence: wording::sourcing_sentence(attack.sourcing, words),
            sourcing_href: linker.href(&scope.anchor("/methodology/", "sourcing")),
            checking_href: linker.href(&scope.anchor("/methodology/", "checking")),
            stale_text: stale_text(attack, words),
            corrections: corrections_of(scope, About::Attack(index), linker),
            sources: sources(scope, &accounts, added, linker),
            figures: figures(&accounts, &desk, attack),
            quotations: quotations(scope, &accounts, linker),
            evidence: evidence(accounts, attack, words),
            experts: spoke.map(|expert| ExpertSummary::new(scope, *expert, linker)).collect(),
            extra: record.map(|record| record.extra.clone()).unwrap_or_default(),
            changed,
        }
    }
}

/// What a reader is told where an editor's decision rests on sources that have changed.
fn stale_text<'a>(attack: &Attack, words: &'a Words) -> &'a str {
    let changed = attack.stale.iter().any(|stale| stale.what != Changed::New);
    match (attack.checked, changed, attack.stale.is_empty()) {
        (Checked::Extracted, ..) | (_, _, true) => "",
        (Checked::Confirmed, true, _) => words.text("stale.confirmed_changed"),
        (Checked::Confirmed, false, _) => words.text("stale.confirmed_added"),
        (Checked::Corrected, true, _) => words.text("stale.corrected_changed"),
        (Checked::Corrected, false, _) => words.text("stale.corrected_added"),
    }
}

/// "Hostage-taking in Beslan, Russia, 1–3 September 2004: 334 killed".
fn in_a_sentence(attack: &AttackSummary<'_>, words: &Words) -> String {
    let mut sentence = attack.kind_text.to_owned();
    if !attack.stage_text.is_empty() {
        sentence.push_str(", ");
        sentence.push_str(attack.stage_text);
    }
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
        sentence.push_str(&words.with("toll.killed", &[("number", &killed.text)]));
    }
    sentence
}

/// The quotations of indexed experts in the paragraphs that speak of the attack, and of an article's main attack in those that
/// speak of no other.
fn quotations<'a>(scope: &Scope<'a>, accounts: &[Account<'a>], linker: &Linker) -> Vec<AttackQuote<'a>> {
    let mut quotations = Vec::new();
    for source in accounts {
        let facts = &scope.articles[source.index as usize].facts;
        let speaks = |block: u32, told: &crate::facts::Attack| speaks_of(source.document, facts, block, told);
        // What an article is about is spoken of wherever nothing else of it is.
        let of_another = |block: u32| facts.attacks.iter().any(|it| !it.main && speaks(block, it));
        let of_it = |block: u32| {
            let own = |told: &&crate::facts::Attack| speaks(block, told) || told.main && !of_another(block);
            source.attacks.iter().copied().any(|told| own(&told))
        };
        for quote in facts.verbatim().filter(|quote| of_it(quote.block)) {
            let Some(expert) = speaker(scope, source.index, quote.speaker) else { continue };
            quotations.push(AttackQuote {
                expert: ExpertSummary::new(scope, expert, linker),
                namesake: None,
                article: source.article.link(),
                quote: QuoteView::new(quote, source.document, &source.article, scope.words()),
            });
        }
    }
    let mut called: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for AttackQuote { expert, .. } in &quotations {
        called.entry(expert.name).or_default().insert(expert.slug);
    }
    for AttackQuote { expert, namesake, .. } in &mut quotations {
        *namesake = expert.affiliation.or(expert.title).filter(|_| called[expert.name].len() > 1);
    }
    quotations
}

/// Every sentence that something was read from, each once: what a copy has word for word is not told again.
fn evidence<'a>(
    accounts: Vec<Account<'a>>,
    attack: &Attack,
    interface: &'a Words,
) -> Vec<EvidenceSource<'a>> {
    let mut told_of: BTreeSet<&'a str> = BTreeSet::new();
    let mut sources = Vec::new();
    for account in accounts {
        let document = account.document;
        let copied = account.copy_of.is_some();
        let mut sentences: BTreeMap<Span, Vec<Field>> = BTreeMap::new();
        for evidence in account.attacks.iter().flat_map(|told| &told.evidence) {
            sentences.entry(evidence.sentence).or_default().push(evidence.field);
        }
        let sentences = sentences.into_iter().filter_map(|(span, mut fields)| {
            let words = span.of(&document.text);
            if !told_of.insert(words) && copied {
                return None;
            }
            fields.sort_unstable();
            fields.dedup();
            let told =
                fields.into_iter().filter(|field| *field != Field::Mention && !attack.taken_out(*field));
            let href = paragraph_href(&account.article, block_at(document, span.start));
            let original_href = account.article.url.map(|url| text_fragment(url, words));
            Some(Sentence {
                words,
                begins: wording::excerpt(words, BEGINNING),
                href,
                original_href,
                reads: told.map(|field| wording::field(field, interface).2).collect(),
            })
        });
        let sentences: Vec<Sentence<'a>> = sentences.collect();
        if !sentences.is_empty() {
            sources.push(EvidenceSource { article: account.article, sentences });
        }
    }
    sources
}
