//! The short forms in which articles and attacks stand on other pages.

use serde::Serialize;

use super::{Linker, Scope, facets, wording};
use crate::data::says_stage;
use crate::document::Document;
use crate::dossier::{ArticleIndex, Attack, Checked, Nearness};
use crate::edtf::{Edtf, Precision, Qualifier};
use crate::facts::{Level, PerpetratorKind, Standing, Toll};
use crate::words::Words;

/// A link with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link<'a> {
    /// The words.
    pub title: String,
    /// Where it leads, relative to the page.
    pub href: String,
    /// BCP 47 of the words, where that is another language than the site's.
    pub language: Option<&'a str>,
}

/// A date, as precise as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// EDTF: `2004-09-01/2004-09-03`.
    pub edtf: String,
    /// In the site's language: "1–3 September 2004".
    pub text: String,
    /// For `<time datetime>`: a day, a month or a year; `null` where HTML has no form for it.
    pub datetime: Option<String>,
    /// Whether the day is known.
    pub exact: bool,
    /// Whether it is a span of time.
    pub span: bool,
}

impl DateView {
    /// In the words of a language.
    pub fn new(date: &Edtf, words: &Words) -> Self {
        DateView {
            edtf: date.to_string(),
            text: date.human(words),
            datetime: date.as_web_date(),
            exact: date.precision() == Precision::Day && date.qualifier() == Qualifier::Certain,
            span: date.is_interval(),
        }
    }
}

/// A number of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TollView {
    /// At least.
    pub min: Option<u32>,
    /// At most.
    pub max: Option<u32>,
    /// "94", "141 or more", "up to 300", "20–25".
    pub text: String,
}

impl TollView {
    /// In words.
    pub fn new(toll: Toll, words: &Words) -> Self {
        TollView { min: toll.min, max: toll.max, text: wording::toll(toll, words) }
    }
}

/// An article in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleSummary<'a> {
    /// The last part of its address.
    pub slug: &'a str,
    /// Headline.
    pub title: &'a str,
    /// BCP 47 of its words, where that is another language than the site's.
    pub language: Option<&'a str>,
    /// Its page, relative to the page.
    pub href: String,
    /// When it was published.
    pub published: Option<DateView>,
    /// Who published it.
    pub source: Option<&'a str>,
    /// The same in at most 48 characters, for lists and tables.
    pub source_short: Option<String>,
    /// The original.
    pub url: Option<&'a str>,
    /// The standfirst, the editor's description, or the beginning of the first paragraph.
    pub description: String,
    /// How many attacks it speaks of.
    pub attacks: usize,
    /// How many quotations stand in it.
    pub quotes: usize,
}

/// An article where it is named beside something that was read from it.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleLink<'a> {
    /// Headline.
    pub title: &'a str,
    /// BCP 47 of its words, where that is another language than the site's.
    pub language: Option<&'a str>,
    /// Its page, relative to the page.
    pub href: String,
    /// When it was published.
    pub published: Option<DateView>,
    /// Who published it, in at most 48 characters.
    pub source_short: Option<String>,
}

impl<'a> ArticleSummary<'a> {
    /// The little that is needed where the article is only named.
    pub fn link(&self) -> ArticleLink<'a> {
        let (published, source_short) = (self.published.clone(), self.source_short.clone());
        ArticleLink {
            title: self.title,
            language: self.language,
            href: self.href.clone(),
            published,
            source_short,
        }
    }

    /// Of one article, for a page whose links `linker` makes.
    pub fn new(scope: &Scope<'a>, index: ArticleIndex, linker: &Linker) -> Self {
        let article = &scope.articles[index as usize];
        let document: &'a Document = &article.document;
        let attacks = scope.dossier.attack_of.get(index as usize);
        ArticleSummary {
            slug: &article.slug,
            title: &document.title,
            language: scope.language_beside(document),
            href: linker.href(&article_path(&article.slug)),
            published: document.meta.published.map(|date| DateView::new(&date, scope.words())),
            source: document.meta.source.as_deref(),
            source_short: document.meta.source.as_deref().map(|source| source_short(source, scope.words())),
            url: document.meta.url.as_deref(),
            description: description(document),
            attacks: attacks.map_or(0, |attacks| attacks.iter().flatten().count()),
            quotes: article.facts.verbatim().count(),
        }
    }
}

/// A source, cut to what a table has room for. Of several the first, with a word of the others: nobody is to look there alone
/// for what another says.
pub(super) fn source_short(source: &str, words: &Words) -> String {
    match source.split_once(';') {
        Some((first, others)) if !others.trim().is_empty() => {
            words.with("source.and_others", &[("source", &wording::excerpt(first, 36))])
        }
        _ => wording::excerpt(source.trim_end_matches([';', ' ']), 48),
    }
}

/// One sentence or so about a document, as plain text: its description, its standfirst, or the beginning of its
/// first paragraph.
pub fn description(document: &Document) -> String {
    let meta = document.meta.description.as_deref();
    let standfirst = || document.standfirst.map(|span| span.of(&document.text));
    let first = || {
        let is_text = |block: &&crate::document::Block| block.kind == crate::document::BlockKind::Paragraph;
        document.blocks.iter().find(is_text).map(|block| block.span.of(&document.text))
    };
    meta.or_else(standfirst).or_else(first).map_or_else(String::new, |words| wording::excerpt(words, 200))
}

/// An attack in a list.
#[derive(Clone, Debug, Serialize)]
pub struct AttackSummary<'a> {
    /// Permanent: `2004-beslan`.
    pub id: &'a str,
    /// As a headline.
    pub title: &'a str,
    /// Its page, relative to the page.
    pub href: String,
    /// `hostage_taking`.
    pub kind: &'static str,
    /// "Hostage-taking".
    pub kind_text: &'a str,
    /// Whether the title holds the kind: "Bombing in Kerman", "Kerman bombings".
    pub title_says_kind: bool,
    /// Whether the title holds the whole place.
    pub title_says_place: bool,
    /// Whether it ends in its stage, "(foiled)", or there is none to tell, and no editor changed it.
    pub title_says_stage: bool,
    /// When; `null` where it is not resolved.
    pub date: Option<DateView>,
    /// The article's words for the date, where it is not resolved.
    pub date_words: Option<&'a str>,
    /// "Beslan, Russia"; `null` where neither place nor country is known.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// Killed.
    pub killed: Option<TollView>,
    /// Injured.
    pub injured: Option<TollView>,
    /// Who did it, according to whom; the strongest standing first.
    pub perpetrators: Vec<PerpetratorView<'a>>,
    /// Those of them that stand in lists: organizations, and people who claimed it or were convicted.
    pub listed: Vec<PerpetratorView<'a>>,
    /// The country as it stands in the addresses of the timeline: `sri-lanka`.
    pub country_slug: Option<String>,
    /// The kind as it stands there: `hostage-taking`.
    pub type_slug: String,
    /// How many independent sources there are.
    pub sources_count: u32,
    /// From how many articles it was read.
    pub articles: usize,
    /// The paragraph in which the oldest of them first speaks of it, relative to the page; `null` without an article.
    pub evidence_href: Option<String>,
    /// The same as a path of the site: `articles/siege/#p1`.
    pub evidence_path: Option<String>,
    /// `editor`, `single`, `several`, `disagreeing`.
    pub sourcing: &'static str,
    /// "several sources agree".
    pub sourcing_text: &'a str,
    /// `extracted`, `confirmed`, `corrected`.
    pub checked: &'static str,
    /// The badge: "machine-read", "confirmed", "corrected".
    pub badge: &'a str,
    /// The sentence behind the badge.
    pub badge_text: String,
    /// How sure the readings are that tell of it, the surest of them: `high`, `medium`, `low`.
    pub level: Level,
    /// "likely", "uncertain"; empty where the words leave little doubt, and once an editor has looked at it.
    pub level_text: &'a str,
    /// `accomplished`, `attempted`, `foiled`, `threatened`.
    pub stage: &'static str,
    /// "foiled"; empty for an attack that happened.
    pub stage_text: &'a str,
    /// Radius in pixels of a dot whose area grows with the killed; between 5 and 24.
    pub radius: u32,
}

impl<'a> AttackSummary<'a> {
    /// Of one attack, for a page whose links `linker` makes.
    pub fn new(scope: &Scope<'a>, index: u32, linker: &Linker) -> Self {
        let attack = &scope.dossier.attacks[index as usize];
        let articles = article_count(attack);
        let words = scope.words();
        let (checked, badge) = wording::checked(attack.checked, words);
        let place = place(attack, words);
        let perpetrators = attack.perpetrators.iter().map(|who| PerpetratorView::new(scope, who));
        let perpetrators: Vec<PerpetratorView<'a>> = perpetrators.collect();
        let (sourcing, sourcing_text) = wording::sourcing(attack.sourcing, words);
        let (stage, stage_text) = wording::stage(attack.stage, words);
        let evidence = first_paragraph(scope, attack);
        let record = attack.record.and_then(|record| scope.attack_records.get(record as usize));
        let added = record.map_or(0, |record| record.sources.len());
        AttackSummary {
            id: &attack.id,
            title: &attack.title,
            href: linker.href(&attack_path(&attack.id)),
            kind: wording::kind_key(attack.kind),
            kind_text: wording::kind(attack.kind, words),
            title_says_kind: title_says_kind(attack, words),
            date: attack.date.map(|date| DateView::new(&date, words)),
            date_words: attack.date_text.as_deref().filter(|_| attack.date.is_none()),
            title_says_place: place.as_deref().is_some_and(|place| attack.title.contains(place)),
            title_says_stage: title_says_stage(attack, stage_text, words),
            place,
            country: attack.country.as_deref(),
            killed: attack.killed.map(|toll| TollView::new(toll, words)),
            injured: attack.injured.map(|toll| TollView::new(toll, words)),
            listed: perpetrators.iter().filter(|who| who.slug.is_some()).cloned().collect(),
            perpetrators,
            country_slug: attack.country.as_deref().map(facets::country_slug),
            type_slug: facets::type_slug(attack),
            sources_count: attack.sources,
            articles,
            evidence_href: evidence.as_ref().map(|path| linker.href(path)),
            evidence_path: evidence.map(|path| path.trim_start_matches('/').to_owned()),
            sourcing,
            sourcing_text,
            checked,
            badge,
            badge_text: wording::badge_text_of_attack(attack, articles, added, words),
            level: attack.level,
            level_text: match attack.checked {
                Checked::Extracted => wording::level(attack.level, words),
                Checked::Confirmed | Checked::Corrected => "",
            },
            stage,
            stage_text,
            radius: radius(attack.killed),
        }
    }
}

/// Whether the title of an attack holds its kind, in whatever letters.
fn title_says_kind(attack: &Attack, words: &Words) -> bool {
    attack.title.to_lowercase().contains(&wording::kind(attack.kind, words).to_lowercase())
}

/// Whether the title of an attack ends in its stage, "(foiled)", or there is none to tell, and no editor changed it.
fn title_says_stage(attack: &Attack, stage_text: &str, words: &Words) -> bool {
    stage_text.is_empty()
        || (says_stage(&attack.title, attack.stage, words)
            && attack.changed.iter().all(|change| change.field != "stage"))
}

/// "Beslan school siege, 1–3 September 2004, 334 killed": for labels.
pub(super) fn in_short(attack: &Attack, words: &Words) -> String {
    let (_, stage) = wording::stage(attack.stage, words);
    let stage = Some(stage.to_owned()).filter(|stage| !title_says_stage(attack, stage, words));
    let date = attack.date.map(|date| date.human(words));
    let toll = |toll: Toll| words.with("toll.killed", &[("number", &wording::toll(toll, words))]);
    let parts = [Some(attack.title.clone()), stage, date, attack.killed.map(toll)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
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
    pub standing_text: &'a str,
    /// As the name stands in the addresses of the timeline; `null` for whoever it cannot be narrowed to.
    pub slug: Option<String>,
}

impl<'a> PerpetratorView<'a> {
    fn new(scope: &Scope<'a>, who: &'a (String, PerpetratorKind, Standing)) -> Self {
        let (standing, standing_text) = wording::standing(who.2, scope.words());
        PerpetratorView {
            name: &who.0,
            kind: wording::perpetrator_kind(who.1),
            standing,
            standing_text,
            slug: scope.facets.perpetrator(who).map(str::to_owned),
        }
    }
}

/// From how many articles an attack was read; its mentions stand article by article.
pub(super) fn article_count(attack: &crate::dossier::Attack) -> usize {
    attack.mentions.chunk_by(|(one, _), (other, _)| one == other).count()
}

/// The site path of the paragraph in which the oldest article first speaks of an attack.
fn first_paragraph(scope: &Scope<'_>, attack: &crate::dossier::Attack) -> Option<String> {
    let (article, mention) = attack.mentions.first()?;
    let article = &scope.articles[*article as usize];
    let evidence = article.facts.attacks[*mention as usize].evidence.first()?;
    let block = article.document.blocks.get(evidence.block as usize)?;
    Some(format!("{}#{}", article_path(&article.slug), block.id))
}

/// "Halden Market, Oslo, Norway", "a mill near Oslo, Norway".
fn place(attack: &crate::dossier::Attack, words: &Words) -> Option<String> {
    let country = attack.country.as_deref().map(|code| words.country(code));
    let near = attack.near.as_deref();
    let site = match (attack.place.as_deref(), near) {
        (Some(place), Some(near)) if attack.nearness == Nearness::Near => {
            Some(words.with("place.near", &[("place", place), ("town", near)]))
        }
        (Some(place), Some(near)) => Some(format!("{place}, {near}")),
        (Some(place), None) => Some(place.to_owned()),
        (None, Some(near)) if attack.nearness == Nearness::Near => {
            Some(words.with("place.only_near", &[("town", near)]))
        }
        (None, near) => near.map(str::to_owned),
    };
    match (site, country) {
        (Some(site), Some(country)) if site != country => Some(format!("{site}, {country}")),
        (site, country) => site.or(country.map(str::to_owned)),
    }
}

/// The figure an attack is drawn with: the least that is certain, else the most.
pub(super) fn drawn(killed: Option<Toll>) -> u32 {
    killed.and_then(|toll| toll.min.or(toll.max)).unwrap_or(0)
}

fn radius(killed: Option<Toll>) -> u32 {
    (f64::from(drawn(killed)).sqrt().round() as u32).clamp(5, 24)
}

pub(super) fn article_path(slug: &str) -> String {
    format!("/articles/{slug}/")
}

pub(super) fn attack_path(id: &str) -> String {
    format!("/attacks/{id}/")
}

pub(super) fn expert_path(slug: &str) -> String {
    format!("/experts/{slug}/")
}
