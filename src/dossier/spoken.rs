//! Which attacks those who are quoted spoke of: the one that their article is about, and those that the paragraph with the
//! quotation tells of or names.

use std::collections::BTreeSet;

use super::{Article, ArticleIndex, Person};
use crate::document::Document;
use crate::facts::{Attack, Facts};
use crate::span::Span;

/// Mentions of the attacks that `person` spoke of: article and index into its attacks.
pub(super) fn spoken_of(articles: &[Article], person: &Person) -> Vec<(ArticleIndex, u32)> {
    let mut spoken_of = BTreeSet::new();
    for (at, quote) in &person.quotes {
        let Article { document, facts, .. } = &articles[*at as usize];
        let block = facts.quotes[*quote as usize].block;
        let attacks = (0..).zip(&facts.attacks);
        let attacks = attacks.filter(|(_, attack)| is_on(document, facts, block, attack));
        spoken_of.extend(attacks.map(|(attack, _)| (*at, attack)));
    }
    spoken_of.into_iter().collect()
}

/// Whether a quotation in the paragraph at `block` is on `attack`: on what the article is about, wherever it stands, and on what
/// its paragraph speaks of.
fn is_on(document: &Document, facts: &Facts, block: u32, attack: &Attack) -> bool {
    attack.main || speaks_of(document, facts, block, attack)
}

/// Whether the paragraph at `block` (an index into [`Document::blocks`]) tells of `attack`, one of `facts`, or names it.
pub fn speaks_of(document: &Document, facts: &Facts, block: u32, attack: &Attack) -> bool {
    attack.evidence.iter().any(|evidence| evidence.block == block) || names(document, facts, block, attack)
}

/// Whether a paragraph names `attack` by its name or its place: by one that no other attack of the article has, and that is no
/// part of what somebody there is ("of King's College London").
pub(super) fn names(document: &Document, facts: &Facts, block: u32, attack: &Attack) -> bool {
    let Some(span) = document.blocks.get(block as usize).map(|block| block.span) else { return false };
    let words = span.of(&document.text);
    let others = || facts.attacks.iter().filter(|other| !std::ptr::eq(*other, attack));
    let of_it_alone = |name: &&str| others().all(|other| !proper_names(other).any(|its| its == *name));
    let described = facts.people.iter().flat_map(|person| {
        let said = [&person.title, &person.affiliation, &person.description].into_iter().flatten();
        said.map(|reading| reading.span).chain(person.mentions.iter().copied())
    });
    let described: Vec<Span> = described.filter(|it| it.overlaps(span)).collect();
    let is_own = |at: usize, name: &str| {
        let start = span.start as usize + at;
        described.iter().all(|it| !it.overlaps(Span::new(start, start + name.len())))
    };
    proper_names(attack).filter(of_it_alone).any(|name| standing_in(words, name).any(|at| is_own(at, name)))
}

/// What an attack is called by: its name and its places, but for countries and for words that name nothing ("the mall").
fn proper_names(attack: &Attack) -> impl Iterator<Item = &str> {
    let place = &attack.place;
    let names = [&attack.name, &place.name, &place.town, &place.near];
    let names = names.into_iter().flatten().map(|reading| reading.value.as_str());
    names.filter(|name| name.chars().next().is_some_and(char::is_uppercase))
}

/// Where `name` stands in `words` as words of their own.
fn standing_in<'w>(words: &'w str, name: &'w str) -> impl Iterator<Item = usize> {
    let is_apart = |beside: Option<char>| !beside.is_some_and(char::is_alphanumeric);
    let places = words.match_indices(name).map(|(at, _)| at);
    places.filter(move |at| {
        let end = at + name.len();
        is_apart(words[..*at].chars().next_back()) && is_apart(words[end..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::memory_tests::read;

    /// What the rule is, by example: an article, and of each of its quotations the attacks that it is on, by their places.
    const EXAMPLES: &[(&str, &str, &[&[&str]])] = &[
        (
            "the attack that the article is about, wherever the quotation stands",
            "A bomb killed three people in Leeds on Monday.\n\nTraffic was slow.\n\n\
             “We had no plan,” said Ada Example, a lecturer.",
            &[&["Leeds"]],
        ),
        (
            "one that the paragraph tells of, beside it",
            "A bomb killed three people in Leeds on Monday.\n\n\
             “It is as it was then,” said Ada Example, a lecturer. Two people were shot dead in Hull in 2012.\n\n\
             “We had no plan,” said Maria Nova, a doctor.",
            &[&["Leeds", "Hull"], &["Leeds"]],
        ),
        (
            "one whose place the paragraph names",
            "A bomb killed three people in Leeds on Monday.\n\nTwo people were shot dead in Hull in 2012.\n\n\
             “In Hull they knew,” said Ada Example, a lecturer.\n\n“We did not,” said Maria Nova, a doctor.",
            &[&["Leeds", "Hull"], &["Leeds"]],
        ),
        (
            "none by a place that two attacks have",
            "A bomb killed three people in Leeds on Monday.\n\nTwo people were shot dead in Hull in 2012.\n\n\
             One man was stabbed to death in Hull in 2015.\n\n“In Hull they knew,” said Ada Example, a lecturer.",
            &[&["Leeds"]],
        ),
        (
            "none by a place in the name of where somebody works",
            "A bomb killed three people in Leeds on Monday.\n\nTwo people were shot dead in Hull in 2012.\n\n\
             “They knew,” said Ada Example, a lecturer at the University of Hull.",
            &[&["Leeds"]],
        ),
        (
            "none by a part of a word",
            "A bomb killed three people in Leeds on Monday.\n\nTwo people were shot dead in Nice in 2012.\n\n\
             “Niceties help nobody,” said Ada Example, a lecturer.",
            &[&["Leeds"]],
        ),
        (
            "none by its country alone",
            "A bomb killed three people in Leeds on Monday.\n\nTwo people were shot dead in Lyon, France, in 2012.\n\n\
             “In France they knew,” said Ada Example, a lecturer.",
            &[&["Leeds"]],
        ),
    ];

    #[test]
    fn somebody_is_quoted_on_what_their_words_are_about() {
        for (rule, text, expected) in EXAMPLES {
            let (article, _) = read(0, &format!("Title: A headline\nDate: 2019-05-08\n\n{text}\n"));
            let Article { document, facts, .. } = &article;
            let found: Vec<Vec<&str>> = facts
                .quotes
                .iter()
                .map(|quote| {
                    let on =
                        facts.attacks.iter().filter(|attack| is_on(document, facts, quote.block, attack));
                    on.filter_map(|attack| attack.place.name.as_ref().map(|name| &*name.value)).collect()
                })
                .collect();
            assert_eq!(found, *expected, "{rule}: {text}");
        }
    }

    #[test]
    fn a_name_stands_as_words_of_its_own() {
        let is_in = |words: &str, name: &str| standing_in(words, name).next().is_some();
        assert!(is_in("In Tokyo it was the other way round", "Tokyo"));
        assert!(is_in("“Tokyo’s doctors”", "Tokyo"));
        assert!(!is_in("The Niceties of it", "Nice"));
    }
}
