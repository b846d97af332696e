//! What can be searched for: every attack, expert, article and quotation, with the words that it is found by.

use std::cmp::Reverse;

use super::Catalogue;
use super::attack::{says_stage, stage_words};
use crate::dossier::ArticleIndex;
use crate::words::Words;

/// What kind of thing was found; pages filter by it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum SearchKind {
    Attack,
    Expert,
    Article,
    Quotation,
}

/// One thing that can be found.
#[derive(Debug)]
pub struct SearchRecord<'a> {
    /// What it is.
    pub kind: SearchKind,
    /// What a list of results calls it; of a quotation, its words.
    pub title: &'a str,
    /// Where it is, from the site's root, without a leading slash: `articles/bridge/#p3`.
    pub path: String,
    /// What stands below the title: date and place, affiliation, outlet, speaker.
    pub detail: String,
    /// BCP 47 of the title, where that is another language than the site's.
    pub language: Option<&'a str>,
    /// All its words, for a search through the whole text.
    pub text: &'a str,
}

impl SearchKind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [SearchKind; 4] =
        [SearchKind::Attack, SearchKind::Expert, SearchKind::Article, SearchKind::Quotation];

    /// Its name in data and in addresses.
    pub fn key(self) -> &'static str {
        match self {
            SearchKind::Attack => "attack",
            SearchKind::Expert => "expert",
            SearchKind::Article => "article",
            SearchKind::Quotation => "quotation",
        }
    }
}

impl<'a> Catalogue<'a> {
    /// Everything that can be found: attacks, newest first and those without a date last; experts by name; articles, newest first; quotations, expert
    /// by expert.
    pub fn search_records(&self) -> Vec<SearchRecord<'a>> {
        let words = &self.config.words;
        // The dossier has those without a date at its end.
        let attacks = &self.dossier.attacks;
        let dated = attacks.partition_point(|attack| attack.date.is_some());
        let attacks = (0..dated).rev().chain(dated..attacks.len()).map(|at| self.attack_record(at, words));
        let experts: Vec<u32> = self.experts().collect();
        let people = experts.iter().map(|at| self.expert_record(*at));
        let mut newest: Vec<ArticleIndex> = (0..self.articles.len() as ArticleIndex).collect();
        newest.sort_by_key(|at| Reverse(self.articles[*at as usize].document.meta.published));
        let articles = newest.iter().map(|at| self.article_record(*at, words));
        let quotes = experts.iter().flat_map(|at| self.quotation_records(*at));
        attacks.chain(people).chain(articles).chain(quotes).collect()
    }

    fn attack_record(&self, at: usize, words: &Words) -> SearchRecord<'a> {
        let attack = &self.dossier.attacks[at];
        let date = attack.date.map(|date| date.human(words));
        let place = self.attack_place(at).in_words(words);
        let untold = !says_stage(&attack.title, attack.stage, words);
        let stage = untold.then(|| stage_words(attack.stage, words).to_owned());
        let detail: Vec<String> = date.into_iter().chain(place).chain(stage).collect();
        SearchRecord {
            kind: SearchKind::Attack,
            title: &attack.title,
            path: format!("attacks/{}/", attack.id),
            detail: detail.join(" · "),
            language: None,
            text: "",
        }
    }

    fn expert_record(&self, at: u32) -> SearchRecord<'a> {
        let person = &self.dossier.people[at as usize];
        let latest = person.affiliations.first();
        let held = latest.map(|held| [held.title.as_deref(), held.affiliation.as_deref()]);
        let held: Vec<&str> = held.into_iter().flatten().flatten().collect();
        SearchRecord {
            kind: SearchKind::Expert,
            title: &person.name,
            path: format!("experts/{}/", person.slug),
            detail: held.join(", "),
            language: None,
            text: "",
        }
    }

    fn article_record(&self, at: ArticleIndex, words: &Words) -> SearchRecord<'a> {
        let article = &self.articles[at as usize];
        let document = &article.document;
        let outlet = document.meta.source.clone();
        let date = document.meta.published.map(|date| date.human(words));
        let detail: Vec<String> = date.into_iter().chain(outlet).collect();
        SearchRecord {
            kind: SearchKind::Article,
            title: &document.title,
            path: format!("articles/{}/", article.slug),
            detail: detail.join(" · "),
            language: document.meta.language_beside(&self.config.language),
            text: &document.text,
        }
    }

    fn quotation_records(&self, at: u32) -> impl Iterator<Item = SearchRecord<'a>> + use<'a> {
        let Catalogue { articles, dossier, config, .. } = *self;
        let person = &dossier.people[at as usize];
        person.quotes.iter().map(move |(article, quote)| {
            let article = &articles[*article as usize];
            let quote = &article.facts.quotes[*quote as usize];
            let words = quote.span.of(&article.document.text);
            let id = article.document.blocks.get(quote.block as usize).map_or("", |block| &block.id);
            SearchRecord {
                kind: SearchKind::Quotation,
                title: words,
                path: format!("articles/{}/#{id}", article.slug),
                detail: person.name.clone(),
                language: article.document.meta.language_beside(&config.language),
                text: words,
            }
        })
    }
}
