//! The sources of an attack or a biography: articles of the dossier and what an editor adds to them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ArticleLink, ArticleSummary, DateView, Linker, Scope, TollView};
use crate::document::Document;
use crate::dossier::{ArticleIndex, Attack};
use crate::facts;
use crate::records::SourceRecord;
use crate::words::Words;

/// One source.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView<'a> {
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// When.
    pub published: Option<DateView>,
    /// Its headline or title.
    pub title: Option<&'a str>,
    /// BCP 47 of its title, where that is another language than the site's; `null` for one that an editor adds.
    pub language: Option<&'a str>,
    /// Its page on this site; `null` for one that an editor adds.
    pub href: Option<String>,
    /// The original.
    pub url: Option<&'a str>,
    /// The article whose text it has, and with which it counts as one; `null` for a text of its own.
    pub copy_of: Option<ArticleLink<'a>>,
    /// Whether an editor added it.
    pub editor: bool,
    /// Killed, by a source that an editor adds.
    pub killed: Option<TollView>,
    /// Injured, by a source that an editor adds.
    pub injured: Option<TollView>,
}

impl<'a> SourceView<'a> {
    /// One that an editor adds.
    pub(super) fn added(source: &'a SourceRecord, words: &Words) -> Self {
        SourceView {
            outlet: source.outlet.as_deref(),
            published: source.published.map(|date| DateView::new(&date, words)),
            title: source.title.as_deref(),
            language: None,
            href: None,
            url: source.url.as_deref(),
            copy_of: None,
            editor: true,
            killed: source.killed.map(|toll| TollView::new(toll, words)),
            injured: source.injured.map(|toll| TollView::new(toll, words)),
        }
    }
}

/// One article's account of an attack.
pub(super) struct Account<'a> {
    pub(super) index: ArticleIndex,
    pub(super) article: ArticleSummary<'a>,
    pub(super) document: &'a Document,
    /// The article that it is a copy of.
    pub(super) copy_of: Option<ArticleIndex>,
    /// Usually one; several where the article tells one attack as two.
    pub(super) attacks: Vec<&'a facts::Attack>,
}

/// The articles that speak of the attack, oldest first, each followed by its copies.
pub(super) fn accounts<'a>(scope: &Scope<'a>, attack: &Attack, linker: &Linker) -> Vec<Account<'a>> {
    let mut accounts: Vec<Account<'a>> = Vec::new();
    let mut places: BTreeMap<ArticleIndex, usize> = BTreeMap::new();
    for (index, told) in &attack.mentions {
        let article = &scope.articles[*index as usize];
        let Some(told) = article.facts.attacks.get(*told as usize) else { continue };
        let place = *places.entry(*index).or_insert_with(|| {
            accounts.push(Account {
                index: *index,
                article: ArticleSummary::new(scope, *index, linker),
                document: &article.document,
                copy_of: scope.dossier.copy_of.get(*index as usize).copied().flatten(),
                attacks: Vec::new(),
            });
            accounts.len() - 1
        });
        accounts[place].attacks.push(told);
    }
    let place = |account: &Account<'_>| match account.copy_of.and_then(|original| places.get(&original)) {
        Some(original) => (*original, places[&account.index] + 1),
        None => (places[&account.index], 0),
    };
    accounts.sort_by_cached_key(place);
    accounts
}

/// Every source of an attack: the articles, then what the editor adds.
pub(super) fn sources<'a>(
    scope: &Scope<'a>,
    accounts: &[Account<'a>],
    added: &'a [SourceRecord],
    linker: &Linker,
) -> Vec<SourceView<'a>> {
    let of_article = |account: &Account<'a>| SourceView {
        outlet: account.article.source,
        published: account.article.published.clone(),
        title: Some(account.article.title),
        language: account.article.language,
        href: Some(account.article.href.clone()),
        url: account.article.url,
        copy_of: account.copy_of.map(|original| ArticleSummary::new(scope, original, linker).link()),
        editor: false,
        killed: None,
        injured: None,
    };
    let added = added.iter().map(|source| SourceView::added(source, scope.words()));
    accounts.iter().map(of_article).chain(added).collect()
}
