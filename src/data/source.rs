//! What one source says of an attack, with the words it says it in; what editors changed and took back.

use serde::Serialize;

use super::Catalogue;
use crate::dossier::{ArticleIndex, Attack, Change};
use crate::edtf::Edtf;
use crate::facts::{Evidence, Field, Reading, Toll};
use crate::records::{Correction, SourceRecord};

/// One source of an attack or a biography.
#[derive(Debug, Serialize)]
pub struct SourceData<'a> {
    /// The article's slug; `null` for a source that an editor adds.
    pub article: Option<&'a str>,
    /// The article's page on this site.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// When.
    pub published: Option<&'a Edtf>,
    /// Where the source itself is.
    pub original: Option<&'a str>,
    /// The slug of the article that this one is a copy of, and with which it counts as one.
    pub copy_of: Option<&'a str>,
    /// Killed, according to it.
    pub killed: Option<TollData<'a>>,
    /// Injured, according to it.
    pub injured: Option<TollData<'a>>,
    /// Its sentences, in their order.
    pub evidence: Vec<EvidenceData<'a>>,
}

/// A figure with the words it was read from.
#[derive(Debug, Serialize)]
pub struct TollData<'a> {
    /// At least.
    pub min: Option<u32>,
    /// At most.
    pub max: Option<u32>,
    /// `null` where an editor gives the figure.
    pub text: Option<&'a str>,
}

/// A sentence and what was read from it.
#[derive(Debug, Serialize)]
pub struct EvidenceData<'a> {
    /// Verbatim.
    pub sentence: &'a str,
    /// The paragraph it stands in, on this site.
    pub url: String,
    /// What was read from it, in the order of its words.
    pub read: Vec<ReadData<'a>>,
}

/// Some words of a sentence and what they say.
#[derive(Debug, Serialize)]
pub struct ReadData<'a> {
    /// Which value.
    pub field: Field,
    /// The words.
    pub text: &'a str,
    /// The rule that read them.
    pub rule: &'a str,
}

/// A value that an editor changed, as records write it.
#[derive(Debug, Serialize)]
pub struct ChangeData<'a> {
    /// Which value.
    pub field: &'a str,
    /// As it was read; `null` where nothing was, and where the value was taken away.
    pub read: Option<&'a str>,
    /// As it stands now; `null` where it was taken away.
    pub now: Option<&'a str>,
}

/// Something that the site said and does not say any more.
#[derive(Debug, Serialize)]
pub struct CorrectionData<'a> {
    /// The day on which it was put right.
    pub date: &'a Edtf,
    /// The editor's words.
    pub text: &'a str,
}

impl<'a> ChangeData<'a> {
    /// A change; of a value that was taken away, what is wrong is not repeated.
    pub(super) fn new(change: &'a Change) -> Self {
        let now = change.now.as_deref();
        ChangeData { field: change.field, read: change.read.as_deref().filter(|_| now.is_some()), now }
    }
}

impl<'a> CorrectionData<'a> {
    pub(super) fn all(corrections: &'a [Correction]) -> Vec<Self> {
        corrections.iter().map(|told| CorrectionData { date: &told.date, text: &told.text }).collect()
    }
}

impl<'a> SourceData<'a> {
    /// A source that an editor adds.
    pub(super) fn added(source: &'a SourceRecord) -> Self {
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

    /// What one article says of `whole`, without the values that an editor took away.
    pub(super) fn of_article(
        catalogue: &Catalogue<'a>,
        whole: &Attack,
        (at, index): (ArticleIndex, u32),
    ) -> Self {
        let to = catalogue.addresses();
        let article = &catalogue.articles[at as usize];
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
        SourceData {
            killed: figure(Field::Killed, &attack.killed),
            injured: figure(Field::Injured, &attack.injured),
            evidence: evidence.collect(),
            ..SourceData::article_alone(catalogue, at)
        }
    }

    /// An article, without what it says.
    pub(super) fn article_alone(catalogue: &Catalogue<'a>, at: ArticleIndex) -> Self {
        let article = &catalogue.articles[at as usize];
        let document = &article.document;
        let original = catalogue.dossier.copy_of.get(at as usize).copied().flatten();
        SourceData {
            article: Some(&article.slug),
            url: Some(catalogue.addresses().article(article)),
            title: Some(&document.title),
            outlet: document.meta.source.as_deref(),
            published: document.meta.published.as_ref(),
            original: document.meta.url.as_deref(),
            copy_of: original.map(|original| catalogue.articles[original as usize].slug.as_str()),
            killed: None,
            injured: None,
            evidence: Vec::new(),
        }
    }
}
