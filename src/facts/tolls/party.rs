//! People of one sentence as its words count or describe them: "three officers", "a 24-year-old woman", "the pair".

use std::ops::Range;

use super::bare_number::stands_alone;
use super::determiner::{determiner, partitive, quantity};
use super::sex::{Sex, sex};
use super::words::Words;
use crate::facts::Toll;
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// How the words point at the people.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// "A man", "three people", "John Roe".
    New,
    /// "Another man", "four others": besides those told of before.
    Other,
    /// "The man", "all four", "both".
    Known,
    /// "He", "they".
    Pronoun,
    /// "One of them", "two of the victims": out of a number told elsewhere.
    Partitive,
    /// "No one", "nobody".
    Nobody,
}

/// People, as some words of one sentence give them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The words.
    pub tokens: Range<u32>,
    /// How many; `None` where the words do not tell ("the victims").
    pub count: Option<Toll>,
    /// How they are pointed at.
    pub scope: Scope,
    /// Their sex, where all are of one.
    pub sex: Option<Sex>,
    /// The age of a single person, in years.
    pub age: Option<u8>,
    /// The tokens of a single person's name.
    pub name: Option<Range<u32>>,
    /// Attackers and suspects: their harm is told apart.
    pub attackers: bool,
    /// "Four" in "one of four women".
    pub whole: Option<Toll>,
    /// "His brother", "Roe’s wife": told of as somebody's.
    pub kin: bool,
    /// "Two more", "another two": on top of those counted before.
    pub more: bool,
    /// "People", "victims", a bare number: anybody may be among them.
    pub anybody: bool,
    /// One past an age or another apposition behind the words.
    pub(super) end: u32,
    /// "The man’s death": whose something is.
    pub(super) owner: bool,
}

impl Party {
    pub(super) fn new(at: u32) -> Party {
        Party {
            tokens: at..at,
            count: None,
            scope: Scope::New,
            sex: None,
            age: None,
            name: None,
            attackers: false,
            whole: None,
            kin: false,
            more: false,
            anybody: false,
            end: at,
            owner: false,
        }
    }

    /// Whether it is one person.
    pub fn is_single(&self) -> bool {
        self.count == Some(Toll { min: Some(1), max: Some(1) })
    }
}

impl Party {
    /// Whether `name` is who this one is: "the gunman, John Roe, 24,".
    pub(super) fn is_renamed_by(&self, words: &Words<'_>, name: &Party) -> bool {
        let closes = [name.end, name.end.wrapping_sub(1)].iter().any(|at| is_any(words, *at, &[","]));
        self.attackers
            && self.is_single()
            && name.name.is_some()
            && closes
            && (self.tokens.end..name.tokens.start).len() == 1
            && is_any(words, self.tokens.end, &[","])
    }
}

/// A number of people that is told exactly.
pub(super) fn exactly(count: u32) -> Toll {
    Toll { min: Some(count), max: Some(count) }
}

/// Tokens from the determiner to the head, at most.
const LONGEST: u32 = 9;

/// The party whose words start at token `at`, if one does.
pub(super) fn read(words: &Words<'_>, at: u32) -> Option<Party> {
    if !words.may_start_party(at) {
        return None;
    }
    let mut party = Party::new(at);
    let mut next = at;
    let determined = determiner(words, &mut next, &mut party)?;
    if party.end > at {
        return Some(party);
    }
    let counted = quantity(words, &mut next, &mut party)?;
    if counted && is_any(words, next, &["of"]) && partitive(words, next, &mut party) {
        return Some(party);
    }
    if !determined && !counted && !words.may_start_people(at) {
        return None;
    }
    let noun = head(words, next, &mut party);
    let end = match noun {
        Some(end) => end,
        None if counted && stands_alone(words, at, next) => {
            party.anybody = true;
            next
        }
        None => return None,
    };
    let both = (determined && !counted).then(|| pair(words, end, &mut party)).flatten();
    let end = both.unwrap_or(end);
    party.tokens = at..end;
    if party.name.is_some() {
        party.count = Some(exactly(1));
    }
    let described =
        party.age.is_some() && words.is_hyphen(end.wrapping_sub(2)) || noun_after_age(words, end, &party);
    if !determined && !counted && party.name.is_none() && !described && party.count.is_some() {
        // "Boy shot": headlines and bare nouns count nobody.
        return None;
    }
    if is_any(words, end, &["’s", "'s", "’", "'"]) {
        if let Some(mut owned) = owned(words, end + 1) {
            owned.tokens.start = at;
            owned.kin = true;
            return Some(owned);
        }
        party.owner = true;
    }
    party.end = apposition(words, end, &mut party);
    Some(party)
}

/// "24-year-old driver": not a bare "15 and 20 years old".
fn noun_after_age(words: &Words<'_>, end: u32, party: &Party) -> bool {
    party.age.is_some() && !words.is_any(end.wrapping_sub(1), &["old", "olds"])
}

/// "The man’s two sons": the people that belong to somebody.
fn owned(words: &Words<'_>, at: u32) -> Option<Party> {
    let mut party = Party::new(at);
    let mut next = at;
    quantity(words, &mut next, &mut party)?;
    let end = head(words, next, &mut party)?;
    party.tokens = at..end;
    party.end = apposition(words, end, &mut party);
    (!is_any(words, end, &["’s", "'s"])).then_some(party)
}

pub(super) fn is_any(words: &Words<'_>, at: u32, list: &[&str]) -> bool {
    words.is_any(at, list)
}

/// From adjectives and ages to the end of the noun or the name.
pub(super) fn head(words: &Words<'_>, at: u32, party: &mut Party) -> Option<u32> {
    let mut next = at;
    let mut end = None;
    while words.contains(next) && next - at < LONGEST {
        if let Some((age, after)) = words.age(next) {
            party.age = Some(age);
            (next, end) = (after, Some(after));
            party.count = party.count.or(Some(exactly(1)));
            continue;
        }
        if let Some(after) = words.run_of(next, Class::Person) {
            party.name = Some(next..after);
            return Some(after);
        }
        if let Some(after) = noun(words, next, party) {
            (next, end) = (after, Some(after));
            continue;
        }
        let joins = words.is_modifier(next) || words.is_hyphen(next);
        if !joins || end.is_some() && !words.leads_to_noun(next) {
            break;
        }
        next += 1;
    }
    end
}

/// A noun for people at token `at`: one past it.
fn noun(words: &Words<'_>, at: u32, party: &mut Party) -> Option<u32> {
    let attacker = words.run_of(at, Class::Attacker);
    let people = words.run_of(at, Class::People);
    let single = words.run_of(at, Class::PersonNoun);
    let end = attacker.max(people).max(single)?;
    let noun = words.lower(end - 1);
    party.attackers = attacker == Some(end);
    party.sex = sex(&noun).or(party.sex);
    party.anybody = matches!(
        noun.as_str(),
        "people"
            | "person"
            | "persons"
            | "victim"
            | "victims"
            | "individuals"
            | "others"
            | "casualties"
            | "lives"
    );
    let plural = people == Some(end) && single != Some(end) || attacker == Some(end) && noun.ends_with('s');
    if !plural && party.count.is_none() {
        party.count = Some(exactly(1));
    } else if plural && party.count == Some(exactly(1)) && party.age.is_some() {
        // "24-year-old men": not one.
        party.count = None;
    }
    Some(end)
}

/// "A man and woman", "her son and daughter": two of them, of which one determiner speaks. One past the second.
fn pair(words: &Words<'_>, end: u32, party: &mut Party) -> Option<u32> {
    let next = end + 1;
    if !party.is_single() || party.name.is_some() || !is_any(words, end, &["and"]) || !words.contains(next) {
        return None;
    }
    let single = words.run_of(next, Class::PersonNoun) == Some(next + 1);
    let differ = party.sex.zip(sex(&words.lower(next))).is_some_and(|(one, other)| one != other);
    if !single || !differ {
        return None;
    }
    (party.count, party.sex, party.age) = (Some(exactly(2)), None, None);
    Some(next + 1)
}

/// Ages and the like behind the head: one past them and their closing comma.
fn apposition(words: &Words<'_>, end: u32, party: &mut Party) -> u32 {
    if let Some(end) = age_behind_of(words, end, party).or_else(|| ages_of_each(words, end, party)) {
        return end;
    }
    let opened = is_any(words, end, &[",", "("]);
    let mut at = end + u32::from(opened);
    let aged = is_any(words, at, &["age", "ages", "aged", "both", "all"]);
    at += u32::from(aged);
    if !(opened || aged) || !words.contains(at) {
        return end;
    }
    // "Ana Roe, nine,".
    let spelt = words.token(at).is(Class::NumberWord) && is_any(words, at + 1, &[",", ")"]);
    if spelt && party.is_single() {
        party.age = words.number(at).and_then(|age| u8::try_from(age).ok());
        return at + 2;
    }
    // "Ana Roe, 19-year-old Karl Lind and a guard": the age of the next.
    if words.token(at).kind != Kind::Number || words.is_hyphen(at + 1) {
        return end;
    }
    let Some(age) = words.number(at).filter(|age| *age < 120) else { return end };
    if party.is_single() {
        party.age = Some(age as u8);
    }
    // "Ages 25, 26 and 33": the ages of several.
    let aged = aged || !party.is_single();
    while words.contains(at)
        && (words.token(at).kind == Kind::Number || aged && is_any(words, at, &["and", "to", "-", ",", "&"]))
    {
        let next = at + 1;
        if is_any(words, at, &[",", "and"])
            && !(words.contains(next)
                && (words.token(next).kind == Kind::Number || is_any(words, next, &["and"])))
        {
            break;
        }
        at = next;
    }
    at + u32::from(is_any(words, at, &[",", ")"]))
}

/// "A boy of nine", "a man of 60": one past the age; "a mother of three": past the number of her children.
fn age_behind_of(words: &Words<'_>, end: u32, party: &mut Party) -> Option<u32> {
    if !party.is_single() || !is_any(words, end, &["of"]) {
        return None;
    }
    let past = words.run_of(end + 1, Class::Quantity)?;
    let age = words.count(end + 1..past).filter(|it| it.min == it.max)?.min?;
    let aged =
        is_any(words, end - 1, &["man", "woman", "boy", "girl", "child", "youth", "pensioner", "teenager"]);
    let parent =
        is_any(words, end - 1, &["mother", "father", "parent", "grandmother", "grandfather", "widow"]);
    let ends = words.may_follow_people(past) || !is_word(words, past);
    if !(aged || parent) || age >= 120 || !ends {
        return None;
    }
    if aged {
        party.age = u8::try_from(age).ok();
    }
    Some(past)
}

/// "Two brothers aged nine and eleven", "two brothers, nine and eleven,": one past as many ages in words as there are people.
fn ages_of_each(words: &Words<'_>, end: u32, party: &Party) -> Option<u32> {
    let many = party.count.filter(|it| it.min == it.max && !party.is_single())?.min?;
    let opened = is_any(words, end, &[",", "("]);
    let aged = is_any(words, end + u32::from(opened), &["aged", "ages"]);
    if !(opened || aged) {
        return None;
    }
    let mut at = end + u32::from(opened) + u32::from(aged);
    for nth in 0..many {
        while nth > 0 && is_any(words, at, &[",", "and"]) {
            at += 1;
        }
        if !words.contains(at) || !words.token(at).is(Class::NumberWord) || words.number(at)? >= 120 {
            return None;
        }
        at += 1;
    }
    let closed = is_any(words, at, &[",", ")"]);
    // "Two brothers, nine and eleven, were killed", but "two brothers, nine women, …".
    (closed || aged && !is_word(words, at) || aged && words.may_follow_people(at))
        .then_some(at + u32::from(closed && opened))
}

fn is_word(words: &Words<'_>, at: u32) -> bool {
    words.contains(at) && matches!(words.token(at).kind, Kind::Word | Kind::Number)
}
