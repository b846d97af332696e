//! One person of the index of experts as data, with every quotation.

use serde::Serialize;

use super::{Catalogue, ChangeData, CorrectionData, SourceData};
use crate::dossier::Checked;
use crate::edtf::Edtf;
use crate::facts::{Level, Role};

/// One person.
#[derive(Debug, Serialize)]
pub struct ExpertData<'a> {
    /// Permanent: `maria-sole`.
    pub slug: &'a str,
    /// The person's page.
    pub url: String,
    /// Fullest name.
    pub name: &'a str,
    /// What part they play.
    pub role: Role,
    /// How far it was checked.
    pub checked: Checked,
    /// What an editor changed.
    pub changed: Vec<ChangeData<'a>>,
    /// Titles and affiliations, latest first.
    pub affiliations: Vec<AffiliationData<'a>>,
    /// Ids of the attacks that they spoke of.
    pub attacks: Vec<&'a str>,
    /// Every quotation, newest article first.
    pub quotes: Vec<QuoteData<'a>>,
    /// Where the editor has the biography from.
    pub sources: Vec<SourceData<'a>>,
    /// What was put right, in the order of the record.
    pub corrections: Vec<CorrectionData<'a>>,
    /// Slugs the person had before; their addresses lead here.
    pub former_slugs: &'a [String],
}

/// One title and affiliation.
#[derive(Debug, Serialize)]
pub struct AffiliationData<'a> {
    /// "senior research fellow".
    pub title: Option<&'a str>,
    /// "Royal United Services Institute".
    pub affiliation: Option<&'a str>,
    /// Slugs of the articles that say so.
    pub articles: Vec<&'a str>,
}

/// A quotation.
#[derive(Debug, Serialize)]
pub struct QuoteData<'a> {
    /// Byte for byte as the source has it.
    pub text: &'a str,
    /// "warned".
    pub cue: Option<&'a str>,
    /// How sure it is that this person said so.
    pub level: Level,
    /// The article's slug.
    pub article: &'a str,
    /// The article's headline.
    pub article_title: &'a str,
    /// When the article was published.
    pub published: Option<&'a Edtf>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// The paragraph it stands in, on this site.
    pub url: String,
    /// Where the original is.
    pub original: Option<&'a str>,
}

impl<'a> Catalogue<'a> {
    /// The person at `index` of [`crate::dossier::Dossier::people`].
    pub fn expert(&self, index: u32) -> ExpertData<'a> {
        let person = &self.dossier.people[index as usize];
        let slug_of = |at: &u32| self.articles[*at as usize].slug.as_str();
        let affiliations = person.affiliations.iter().map(|held| AffiliationData {
            title: held.title.as_deref(),
            affiliation: held.affiliation.as_deref(),
            articles: held.articles.iter().map(slug_of).collect(),
        });
        let record = person.record.and_then(|record| self.expert_records.get(record as usize));
        let attack = |at: &u32| self.dossier.attacks[*at as usize].id.as_str();
        ExpertData {
            slug: &person.slug,
            url: self.addresses().expert(&person.slug),
            name: &person.name,
            role: person.role,
            checked: person.checked,
            changed: person.changed.iter().map(ChangeData::new).collect(),
            affiliations: affiliations.collect(),
            attacks: person.attacks.iter().map(attack).collect(),
            quotes: person.quotes.iter().map(|(at, index)| self.quote(*at, *index)).collect(),
            sources: record.into_iter().flat_map(|record| &record.sources).map(SourceData::added).collect(),
            corrections: record.map_or_else(Vec::new, |record| CorrectionData::all(&record.corrections)),
            former_slugs: &person.former_slugs,
        }
    }

    /// The quotation at `index` of the facts of the article at `at`.
    fn quote(&self, at: u32, index: u32) -> QuoteData<'a> {
        let article = &self.articles[at as usize];
        let (document, quote) = (&article.document, &article.facts.quotes[index as usize]);
        QuoteData {
            text: quote.span.of(&document.text),
            cue: quote.cue.as_ref().map(|cue| cue.value.as_str()),
            level: quote.level,
            article: &article.slug,
            article_title: &document.title,
            published: document.meta.published.as_ref(),
            outlet: document.meta.source.as_deref(),
            url: self.addresses().paragraph(article, quote.block),
            original: document.meta.url.as_deref(),
        }
    }
}
