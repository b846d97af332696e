//! Which attacks those who are quoted spoke of: the one that their article is about, and those that the paragraph with the
//! quotation tells of or names.

use std::collections::BTreeSet;

use super::{Article, ArticleIndex, Person};
use crate::document::Document;
use crate::facts::{Attack, Facts};

/// Mentions of the attacks that `person` spoke of: article and index into its attacks.
pub(super) fn spoken_of(articles: &[Article], person: &Person) -> Vec<(ArticleIndex, u32)> {
    let mut spoken_of = BTreeSet::new();
    for (at, quote) in &person.quotes {
        let Article { document, facts, .. } = &articles[*at as usize];
        let block = facts.quotes[*quote as usize].block;
        let near = |attack: &Attack| attack.main || speaks_of(document, facts, block, attack);
        let attacks = (0..).zip(&facts.attacks).filter(|(_, attack)| near(attack));
        spoken_of.extend(attacks.map(|(attack, _)| (*at, attack)));
    }
    spoken_of.into_iter().collect()
}

/// Whether the paragraph at `block` (an index into [`Document::blocks`]) tells of `attack`, one of `facts`, or names it.
pub fn speaks_of(document: &Document, facts: &Facts, block: u32, attack: &Attack) -> bool {
    attack.evidence.iter().any(|evidence| evidence.block == block) || names(document, facts, block, attack)
}

/// Whether a paragraph names `attack` by its name, its place or its day: by one that no other attack of the article has.
pub(super) fn names(document: &Document, facts: &Facts, block: u32, attack: &Attack) -> bool {
    let Some(words) = document.blocks.get(block as usize).map(|block| block.span.of(&document.text)) else {
        return false;
    };
    let others = || facts.attacks.iter().filter(|other| !std::ptr::eq(*other, attack));
    let of_it_alone = |name: &&str| others().all(|other| !proper_names(other).any(|its| its == *name));
    let by_name = proper_names(attack).filter(of_it_alone).any(|name| stands_in(words, name));
    let day = attack.date.filter(|date| others().all(|other| other.date != Some(*date)));
    let is_here = |at: u32| document.blocks[block as usize].span.range().contains(&(at as usize));
    let by_day = || {
        let told = facts.dates.iter().filter(|date| is_here(date.span.start));
        told.filter_map(|date| date.value).any(|date| Some(date) == day)
    };
    by_name || by_day()
}

/// What an attack is called by: its name and its places, but for countries and for words that name nothing ("the mall").
fn proper_names(attack: &Attack) -> impl Iterator<Item = &str> {
    let place = &attack.place;
    let names = [&attack.name, &place.name, &place.town, &place.near];
    let names = names.into_iter().flatten().map(|reading| reading.value.as_str());
    names.filter(|name| name.chars().next().is_some_and(char::is_uppercase))
}

/// Whether `name` stands in `words` as words of their own.
fn stands_in(words: &str, name: &str) -> bool {
    let is_apart = |beside: Option<char>| !beside.is_some_and(char::is_alphanumeric);
    words.match_indices(name).any(|(at, _)| {
        let end = at + name.len();
        is_apart(words[..at].chars().next_back()) && is_apart(words[end..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_as_words_of_its_own() {
        assert!(stands_in("In Tokyo it was the other way round", "Tokyo"));
        assert!(stands_in("“Tokyo’s doctors”", "Tokyo"));
        assert!(!stands_in("The Niceties of it", "Nice"));
    }
}
