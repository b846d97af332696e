//! People: who is named in an article, how, and what part they play.

mod before;
mod describe;
mod merge;
mod names;
mod roles;
mod weigh;

pub(super) use describe::of_description;

use std::ops::Range;

use super::classes::Class;
use super::rules::Grammar;
use super::tokens::Tokens;
use super::{Level, Person, Reading, Role};

/// A place where somebody is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// With the honorific.
    pub(super) tokens: Range<u32>,
    /// The name alone.
    pub(super) name: Range<u32>,
    /// Who: an index into [`People::people`].
    pub(super) person: u32,
    /// Whether `'s` follows: whose something is, not who does something.
    pub(super) possessive: bool,
    /// Whether it is a short form that may as well be that of another of the family.
    pub(super) doubtful: bool,
}

/// Everybody in an article.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// In the order of their first mention; unnamed speakers behind them until [`People::in_order`].
    pub(super) people: Vec<Person>,
    /// Of named people, in text order.
    pub(super) mentions: Vec<Mention>,
}

/// Finds the people of `tokens` and marks them there as `<person>`.
pub(super) fn find(text: &str, tokens: &mut Tokens, grammar: &Grammar) -> People {
    let candidates = names::candidates(text, tokens);
    let (named, mentions) = merge::merge(text, tokens, &candidates);
    tokens.annotate(mentions.iter().map(|mention| (mention.tokens.clone(), Class::Person)));
    let people = named.iter().map(|named| person(text, tokens, named)).collect();
    let mut people = People { people, mentions };
    // A short form that may be that of another of the family is nobody’s in particular.
    for mention in people.mentions.iter().filter(|mention| !mention.doubtful) {
        people.people[mention.person as usize].mentions.push(tokens.span(mention.tokens.clone()));
    }
    describe::describe(text, tokens, grammar, &mut people);
    people
}

/// The names of the three ways a person is recognised; they are code, so no rule file has them.
const BY_HONORIFIC: &str = "person-by-honorific";
const BY_GIVEN_NAME: &str = "person-by-name";
const BY_USE: &str = "person-by-use";

fn person(text: &str, tokens: &Tokens, named: &merge::Named) -> Person {
    let span = tokens.span(named.name.clone());
    let given = tokens.all[named.name.start as usize].is(Class::FirstName);
    let rule = match (&named.honorific, given) {
        (Some(_), _) => BY_HONORIFIC,
        (None, true) => BY_GIVEN_NAME,
        (None, false) => BY_USE,
    };
    let honorific = named.honorific.clone().map(|run| {
        let span = tokens.span(run);
        Reading { value: span.of(text).to_owned(), span, rule: BY_HONORIFIC }
    });
    let none = crate::span::Span { start: span.start, end: span.start };
    Person {
        // A name may run over a line break of the source.
        name: Some(span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")),
        honorific,
        title: None,
        affiliation: None,
        description: None,
        role: Reading { value: Role::Other, span: none, rule },
        mentions: Vec::new(),
        rule,
        level: match named.score {
            4.. => Level::High,
            2..=3 => Level::Medium,
            _ => Level::Low,
        },
    }
}

impl People {
    /// The mention that covers token `at`.
    pub(super) fn mention_at(&self, at: u32) -> Option<&Mention> {
        let after = self.mentions.partition_point(|mention| mention.tokens.end <= at);
        self.mentions.get(after).filter(|mention| mention.tokens.start <= at)
    }

    /// Brings named and unnamed people into the order of their first mention. Gives the new index of each.
    pub(super) fn in_order(&mut self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.people.len() as u32).collect();
        order.sort_by_key(|at| self.people[*at as usize].mentions.first().copied());
        let mut new = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            new[*from as usize] = to as u32;
        }
        let mut old: Vec<Option<Person>> = std::mem::take(&mut self.people).into_iter().map(Some).collect();
        self.people = order.iter().filter_map(|at| old[*at as usize].take()).collect();
        new
    }
}
