//! `data/attacks.json` and `data/experts.json`: the dossier for people's own programs.
//!
//! Field names are those of `dateline extract` with `id` (or `slug`) and `url` added; dates are EDTF (ISO 8601-2).

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::dossier::{Article, Attack, Change, Checked, Decisions, Dossier, Person, Sourcing};
use crate::edtf::Edtf;
use crate::facts::{AttackKind, Evidence, Field, PerpetratorKind, Reading, Role, Stage, Standing, Toll};
use crate::records::{Correction, SourceRecord};

use super::Addresses;

/// One attack as data.
#[derive(Serialize)]
struct AttackData<'a> {
    id: &'a str,
    url: String,
    title: &'a str,
    #[serde(rename = "type")]
    kind: AttackKind,
    date: Option<&'a Edtf>,
    date_text: Option<&'a str>,
    place: PlaceData<'a>,
    killed: Option<Toll>,
    injured: Option<Toll>,
    hostages: Option<Toll>,
    perpetrators: Vec<PerpetratorData<'a>>,
    target: Option<&'a str>,
    weapon: Option<&'a str>,
    stage: Stage,
    checked: Checked,
    /// What an editor changed.
    changed: Vec<ChangeData<'a>>,
    sourcing: Sourcing,
    /// The articles, oldest first, then what an editor adds.
    sources: Vec<SourceData<'a>>,
    corrections: Vec<CorrectionData<'a>>,
    /// Ids it had before; their addresses lead here.
    former_ids: &'a [String],
}

#[derive(Serialize)]
struct PlaceData<'a> {
    name: Option<&'a str>,
    near: Option<&'a str>,
    country: Option<&'a str>,
    /// Degrees north, WGS 84.
    latitude: Option<f64>,
    /// Degrees east, WGS 84.
    longitude: Option<f64>,
}

#[derive(Serialize)]
struct PerpetratorData<'a> {
    name: &'a str,
    kind: PerpetratorKind,
    status: Standing,
}

/// What one source says of an attack.
#[derive(Serialize)]
struct SourceData<'a> {
    /// The article's slug; `null` for a source that an editor adds.
    article: Option<&'a str>,
    /// The article's page on this site.
    url: Option<String>,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<&'a Edtf>,
    /// Where the source itself is.
    original: Option<&'a str>,
    /// The slug of the article that this one is a copy of, and with which it counts as one.
    copy_of: Option<&'a str>,
    killed: Option<TollData<'a>>,
    injured: Option<TollData<'a>>,
    evidence: Vec<EvidenceData<'a>>,
}

/// A figure with the words it was read from.
#[derive(Serialize)]
struct TollData<'a> {
    min: Option<u32>,
    max: Option<u32>,
    /// `null` where an editor gives the figure.
    text: Option<&'a str>,
}

/// A value that an editor changed, as records write it.
#[derive(Serialize)]
struct ChangeData<'a> {
    field: &'a str,
    read: Option<&'a str>,
    now: Option<&'a str>,
}

/// Something that the site said and does not say any more.
#[derive(Serialize)]
struct CorrectionData<'a> {
    date: &'a Edtf,
    text: &'a str,
}

/// A sentence and what was read from it.
#[derive(Serialize)]
struct EvidenceData<'a> {
    sentence: &'a str,
    url: String,
    read: Vec<ReadData<'a>>,
}

#[derive(Serialize)]
struct ReadData<'a> {
    field: Field,
    text: &'a str,
    rule: &'a str,
}

/// One person as data.
#[derive(Serialize)]
struct ExpertData<'a> {
    slug: &'a str,
    url: String,
    name: &'a str,
    role: Role,
    checked: Checked,
    /// What an editor changed.
    changed: Vec<ChangeData<'a>>,
    affiliations: Vec<AffiliationData<'a>>,
    attacks: Vec<&'a str>,
    quotes: Vec<QuoteData<'a>>,
    /// Where the editor has the biography from.
    sources: Vec<SourceData<'a>>,
    corrections: Vec<CorrectionData<'a>>,
    /// Slugs the person had before; their addresses lead here.
    former_slugs: &'a [String],
}

#[derive(Serialize)]
struct AffiliationData<'a> {
    title: Option<&'a str>,
    affiliation: Option<&'a str>,
    articles: Vec<&'a str>,
}

#[derive(Serialize)]
struct QuoteData<'a> {
    text: &'a str,
    cue: Option<&'a str>,
    article: &'a str,
    published: Option<&'a Edtf>,
    outlet: Option<&'a str>,
    url: String,
}

/// Degrees from millionths of a degree.
fn degrees(millionths: i32) -> f64 {
    f64::from(millionths) / 1e6
}

/// The bytes of `data/attacks.json`: a list in timeline order.
pub(super) fn attacks_json(
    articles: &[Article],
    dossier: &Dossier,
    decisions: &Decisions<'_>,
    to: &Addresses,
) -> Vec<u8> {
    let attacks: Vec<&Attack> = dossier.attacks.iter().collect();
    one_a_line(&attacks, |attack| attack_data(articles, dossier, decisions, attack, to))
}

/// The bytes of `data/experts.json`: a list in the order of the index.
pub(super) fn experts_json(
    articles: &[Article],
    dossier: &Dossier,
    decisions: &Decisions<'_>,
    to: &Addresses,
) -> Vec<u8> {
    let experts: Vec<&Person> = dossier.people.iter().filter(|person| person.indexed).collect();
    one_a_line(&experts, |person| expert_data(articles, dossier, decisions, person, to))
}

/// A JSON list with one entry a line, which line tools and version control can follow.
fn one_a_line<'a, T: Sync, D: Serialize>(list: &[&'a T], data: impl Fn(&'a T) -> D + Sync) -> Vec<u8> {
    let line = |entry: &&'a T| {
        serde_json::to_vec(&data(entry)).expect("plain structs of strings and numbers become JSON")
    };
    let lines: Vec<Vec<u8>> = list.par_iter().map(line).collect();
    let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.len() + 2).sum::<usize>() + 8);
    bytes.extend_from_slice(b"[");
    for (at, line) in lines.iter().enumerate() {
        bytes.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        bytes.extend_from_slice(line);
    }
    bytes.extend_from_slice(b"\n]\n");
    bytes
}

fn attack_data<'a>(
    articles: &'a [Article],
    dossier: &'a Dossier,
    decisions: &Decisions<'a>,
    attack: &'a Attack,
    to: &Addresses,
) -> AttackData<'a> {
    let point = attack.coordinates;
    let record = attack.record.and_then(|record| decisions.attacks.get(record as usize));
    let told = attack.mentions.iter().map(|mention| source_data(articles, dossier, attack, *mention, to));
    let added = record.into_iter().flat_map(|record| &record.sources).map(added_source);
    let people = attack.perpetrators.iter();
    AttackData {
        id: &attack.id,
        url: to.full(&format!("attacks/{}/", attack.id)),
        title: &attack.title,
        kind: attack.kind,
        date: attack.date.as_ref(),
        date_text: attack.date_text.as_deref(),
        place: PlaceData {
            name: attack.place.as_deref(),
            near: attack.near.as_deref(),
            country: attack.country.as_deref(),
            latitude: point.map(|point| degrees(point.latitude)),
            longitude: point.map(|point| degrees(point.longitude)),
        },
        killed: attack.killed,
        injured: attack.injured,
        hostages: attack.hostages,
        perpetrators: people
            .map(|(name, kind, status)| PerpetratorData { name, kind: *kind, status: *status })
            .collect(),
        target: attack.target.as_deref(),
        weapon: attack.weapon.as_deref(),
        stage: attack.stage,
        checked: attack.checked,
        changed: attack.changed.iter().map(change_data).collect(),
        sourcing: attack.sourcing,
        sources: told.chain(added).collect(),
        corrections: record.map_or_else(Vec::new, |record| correction_data(&record.corrections)),
        former_ids: &attack.former_ids,
    }
}

/// A change; of a value that was taken away, what is wrong is not repeated.
fn change_data(change: &Change) -> ChangeData<'_> {
    let now = change.now.as_deref();
    ChangeData { field: change.field, read: change.read.as_deref().filter(|_| now.is_some()), now }
}

fn correction_data(corrections: &[Correction]) -> Vec<CorrectionData<'_>> {
    corrections.iter().map(|told| CorrectionData { date: &told.date, text: &told.text }).collect()
}

/// A source that an editor adds.
fn added_source(source: &SourceRecord) -> SourceData<'_> {
    let figure = |toll: Option<Toll>| toll.map(|Toll { min, max }| TollData { min, max, text: None });
    SourceData {
        article: None,
        url: None,
        title: source.title.as_deref(),
        outlet: source.outlet.as_deref(),
        published: source.published.as_ref(),
        original: source.url.as_deref(),
        copy_of: None,
        killed: figure(source.killed),
        injured: figure(source.injured),
        evidence: Vec::new(),
    }
}

/// What one article says of `attack`, without the values that an editor took away.
fn source_data<'a>(
    articles: &'a [Article],
    dossier: &Dossier,
    whole: &Attack,
    (at, index): (u32, u32),
    to: &Addresses,
) -> SourceData<'a> {
    let article = &articles[at as usize];
    let (document, attack) = (&article.document, &article.facts.attacks[index as usize]);
    let figure = |field: Field, reading: &Option<Reading<Toll>>| {
        let reading = reading.as_ref().filter(|_| !whole.taken_out(field))?;
        let Toll { min, max } = reading.value;
        let text = (!reading.span.is_empty()).then(|| reading.span.of(&document.text));
        Some(TollData { min, max, text })
    };
    let read =
        |it: &'a Evidence| ReadData { field: it.field, text: it.span.of(&document.text), rule: it.rule };
    let evidence =
        attack.evidence.chunk_by(|one, next| one.sentence == next.sentence).map(|of_one| EvidenceData {
            sentence: of_one[0].sentence.of(&document.text),
            url: to.paragraph(article, of_one[0].block),
            read: of_one.iter().filter(|it| !whole.taken_out(it.field)).map(read).collect(),
        });
    let original = dossier.copy_of.get(at as usize).copied().flatten();
    SourceData {
        article: Some(&article.slug),
        url: Some(to.article(article)),
        title: Some(&document.title),
        outlet: document.meta.source.as_deref(),
        published: document.meta.published.as_ref(),
        original: document.meta.url.as_deref(),
        copy_of: original.map(|original| articles[original as usize].slug.as_str()),
        killed: figure(Field::Killed, &attack.killed),
        injured: figure(Field::Injured, &attack.injured),
        evidence: evidence.collect(),
    }
}

fn expert_data<'a>(
    articles: &'a [Article],
    dossier: &'a Dossier,
    decisions: &Decisions<'a>,
    person: &'a Person,
    to: &Addresses,
) -> ExpertData<'a> {
    let slug_of = |at: &u32| articles[*at as usize].slug.as_str();
    let affiliations = person.affiliations.iter().map(|held| AffiliationData {
        title: held.title.as_deref(),
        affiliation: held.affiliation.as_deref(),
        articles: held.articles.iter().map(slug_of).collect(),
    });
    let quotes = person.quotes.iter().map(|(at, index)| {
        let article = &articles[*at as usize];
        let (document, quote) = (&article.document, &article.facts.quotes[*index as usize]);
        QuoteData {
            text: quote.span.of(&document.text),
            cue: quote.cue.as_ref().map(|cue| cue.value.as_str()),
            article: &article.slug,
            published: document.meta.published.as_ref(),
            outlet: document.meta.source.as_deref(),
            url: to.paragraph(article, quote.block),
        }
    });
    let record = person.record.and_then(|record| decisions.people.get(record as usize));
    ExpertData {
        slug: &person.slug,
        url: to.full(&format!("experts/{}/", person.slug)),
        name: &person.name,
        role: person.role,
        checked: person.checked,
        changed: person.changed.iter().map(change_data).collect(),
        affiliations: affiliations.collect(),
        attacks: person.attacks.iter().map(|at| dossier.attacks[*at as usize].id.as_str()).collect(),
        quotes: quotes.collect(),
        sources: record.into_iter().flat_map(|record| &record.sources).map(added_source).collect(),
        corrections: record.map_or_else(Vec::new, |record| correction_data(&record.corrections)),
        former_slugs: &person.former_slugs,
    }
}
