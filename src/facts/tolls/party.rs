//! People of one sentence as its words count or describe them: "three officers", "a 24-year-old woman", "the pair".

use std::ops::Range;

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

/// What grammar tells of somebody's sex.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Sex {
    Female,
    Male,
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
    fn new(at: u32) -> Party {
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

/// A number of people that is told exactly.
pub(super) fn exactly(count: u32) -> Toll {
    Toll { min: Some(count), max: Some(count) }
}

/// Tokens from the determiner to the head, at most.
const LONGEST: u32 = 9;

const ORDINALS: [&str; 9] =
    ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// The party whose words start at token `at`, if one does.
pub(super) fn read(words: &Words<'_>, at: u32) -> Option<Party> {
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

fn is_any(words: &Words<'_>, at: u32, list: &[&str]) -> bool {
    words.is_any(at, list)
}

/// Reads a determiner or a pronoun; `party.end` is set where that is all. `None` where nobody can follow.
fn determiner(words: &Words<'_>, next: &mut u32, party: &mut Party) -> Option<bool> {
    let at = *next;
    if words.run_of(at, Class::Quantity).is_some() {
        return Some(false);
    }
    let alone = |party: &mut Party, scope, count, sex, length: u32| {
        (party.scope, party.count, party.sex, party.end) = (scope, count, sex, at + length);
        party.tokens.end = party.end;
        party.anybody = true;
    };
    let one = Some(exactly(1));
    match words.lower(at).as_str() {
        "a" | "an" => party.count = one,
        "another" => (party.scope, party.count) = (Scope::Other, one),
        "the" | "this" | "that" | "these" | "those" => party.scope = Scope::Known,
        "his" | "its" | "their" | "my" | "our" => party.kin = true,
        "he" | "him" => alone(party, Scope::Pronoun, one, Some(Sex::Male), 1),
        "she" => alone(party, Scope::Pronoun, one, Some(Sex::Female), 1),
        "her" => {
            let mut own = Party::new(at);
            let mut noun = at + 1;
            if quantity(words, &mut noun, &mut own).is_none() || head(words, noun, &mut own).is_none() {
                alone(party, Scope::Pronoun, one, Some(Sex::Female), 1);
            } else {
                party.kin = true;
            }
        }
        "they" | "them" => alone(party, Scope::Pronoun, None, None, 1),
        "both" => {
            (party.scope, party.count) = (Scope::Known, Some(exactly(2)));
            if !words.is_word_of_noun(at + 1) {
                alone(party, Scope::Known, Some(exactly(2)), None, 1);
            }
        }
        "all" => {
            party.scope = Scope::Known;
            *next = at + 1;
            while is_any(words, *next, &["of", "the", "those", "these"]) {
                *next += 1;
            }
            return Some(true);
        }
        "someone" | "somebody" => alone(party, Scope::New, one, None, 1),
        "nobody" | "none" if !is_any(words, at + 1, &["else"]) => {
            alone(party, Scope::Nobody, Some(exactly(0)), None, 1);
        }
        "no" => {
            let one = is_any(words, at + 1, &["one"]) && !is_any(words, at + 2, &["else"]);
            let people = is_any(words, at + 1, &["people", "persons", "victims", "civilians"]);
            if !one && !people {
                return None;
            }
            alone(party, Scope::Nobody, Some(exactly(0)), None, 2);
        }
        "others" => alone(party, Scope::Other, None, None, 1),
        _ => return Some(false),
    }
    *next = at + 1;
    if party.end == at {
        if party.scope == Scope::Known {
            let pair = match words.lower(at + 1).as_str() {
                "pair" | "couple" | "duo" => Some(2),
                "trio" => Some(3),
                "quartet" => Some(4),
                _ => None,
            };
            if let Some(count) = pair {
                alone(party, Scope::Known, Some(exactly(count)), None, 2);
                *next = at + 2;
                return Some(true);
            }
        }
        // "He is the third reporter killed": one told of elsewhere.
        let predicate = is_any(words, at.wrapping_sub(1), &["is", "was", "became", "as", "be"]);
        if party.scope == Scope::Known && predicate && is_any(words, *next, &ORDINALS) {
            return None;
        }
        if is_any(words, *next, &ORDINALS) || is_any(words, *next, &["other"]) {
            party.scope = Scope::Other;
            *next += 1;
            if party.count.is_some() && stands_alone(words, at, *next) {
                party.anybody = true;
                party.end = *next;
            }
        }
    }
    Some(true)
}

/// Reads a number and what follows it: "others", "more". `None` where the number is no count of people.
fn quantity(words: &Words<'_>, next: &mut u32, party: &mut Party) -> Option<bool> {
    let at = *next;
    if words.age(at).is_some() {
        return Some(false);
    }
    let Some(end) = words.run_of(at, Class::Quantity) else { return Some(false) };
    party.count = Some(words.count(at..end)?);
    if (at..end).any(|at| is_any(words, at, &["another", "further", "additional", "other"])) {
        party.scope = Scope::Other;
        party.more = true;
    }
    *next = end;
    if is_any(words, *next, &["other", "others", "more", "additional", "further"]) {
        let nothing_more = !is_any(words, *next, &["more"]) || !is_any(words, *next + 1, &["than"]);
        if nothing_more {
            party.more |= !is_any(words, *next, &["other", "others"]);
            party.scope = Scope::Other;
            *next += 1;
        }
    }
    Some(true)
}

/// "Of them", "of the victims", "of four women".
fn partitive(words: &Words<'_>, of: u32, party: &mut Party) -> bool {
    let end = if is_any(words, of + 1, &["them", "whom", "those", "these"]) && !words.is_word_of_noun(of + 2)
    {
        of + 2
    } else {
        let mut whole = Party::new(of + 1);
        let mut next = of + 1;
        if determiner(words, &mut next, &mut whole).is_none()
            || quantity(words, &mut next, &mut whole).is_none()
        {
            return false;
        }
        let Some(end) = head(words, next, &mut whole) else { return false };
        (party.sex, party.attackers, party.whole) = (whole.sex, whole.attackers, whole.count);
        end
    };
    // "All four of them" are no part.
    if party.scope != Scope::Known {
        party.scope = Scope::Partitive;
    }
    party.anybody = true;
    party.tokens.end = end;
    party.end = end;
    true
}

/// From adjectives and ages to the end of the noun or the name.
fn head(words: &Words<'_>, at: u32, party: &mut Party) -> Option<u32> {
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

/// What a noun tells of sex.
fn sex(noun: &str) -> Option<Sex> {
    const FEMALE: [&str; 18] = [
        "girl",
        "girls",
        "female",
        "females",
        "mother",
        "wife",
        "daughter",
        "daughters",
        "sister",
        "sisters",
        "grandmother",
        "aunt",
        "niece",
        "girlfriend",
        "nun",
        "nuns",
        "schoolgirls",
        "businesswoman",
    ];
    const MALE: [&str; 17] = [
        "boy",
        "boys",
        "male",
        "males",
        "father",
        "husband",
        "son",
        "sons",
        "brother",
        "brothers",
        "grandfather",
        "uncle",
        "nephew",
        "boyfriend",
        "priest",
        "monk",
        "schoolboys",
    ];
    if FEMALE.contains(&noun) || noun.ends_with("woman") || noun.ends_with("women") {
        Some(Sex::Female)
    } else if MALE.contains(&noun) || matches!(noun, "man" | "men") {
        Some(Sex::Male)
    } else {
        None
    }
}

/// Whether a number without a noun may count people: no measure, number of a road, age or anything countable.
fn stands_alone(words: &Words<'_>, at: u32, end: u32) -> bool {
    if words.contains(at.wrapping_sub(1)) {
        let before = words.token(at - 1);
        let figure = words.token(at).kind == Kind::Number;
        let name = before.is_capital() && at - 1 > words.sentence.start;
        let sign =
            before.kind == Kind::Sign && !matches!(words.word(at - 1), "—" | "–" | ";" | "-" | "," | ":");
        // "John Roe, 24," against "by the end, 24 were dead".
        let told = is_any(
            words,
            end,
            &["were", "are", "have", "had", "killed", "dead", "injured", "wounded", "died"],
        );
        let listed = figure && !told && matches!(words.word(at - 1), "," | "-" | ":");
        let among_ages = figure && follows_ages(words, at);
        let range = figure
            && is_any(words, end, &["and", "to", "or", "-"])
            && words.contains(end + 1)
            && words.token(end + 1).kind == Kind::Number;
        if sign
            || range
            || among_ages
            || figure && name
            || listed
            || is_any(
                words,
                at - 1,
                &["age", "ages", "aged", "number", "no", "no.", "at", "in", "by", "level", "between", "from"],
            )
        {
            return false;
        }
    }
    if !words.contains(end) {
        return true;
    }
    let next = words.token(end);
    match next.kind {
        Kind::Word => words.may_follow_people(end),
        Kind::Number | Kind::Open => false,
        Kind::Close => true,
        Kind::Sign => matches!(words.word(end), "," | "." | ";" | "—" | "–" | ")"),
    }
}

/// Whether a figure at `at` goes on with a list of ages or of other figures: "ages 20, 23 and 25".
fn follows_ages(words: &Words<'_>, at: u32) -> bool {
    let mut before = at.wrapping_sub(1);
    while is_any(words, before, &[",", "and", "to", "-", "–", "or", "the", "other", "one"]) && at - before < 8
    {
        before = before.wrapping_sub(1);
    }
    words.contains(before)
        && before + 1 < at
        && (words.token(before).kind == Kind::Number
            || is_any(words, before, &["age", "ages", "aged", "old", "between", "ranging"]))
}

/// Ages and the like behind the head: one past them and their closing comma.
fn apposition(words: &Words<'_>, end: u32, party: &mut Party) -> u32 {
    let opened = is_any(words, end, &[",", "("]);
    let mut at = end + u32::from(opened);
    let aged = is_any(words, at, &["age", "ages", "aged", "both", "all"]);
    at += u32::from(aged);
    if !(opened || aged) || !words.contains(at) || words.token(at).kind != Kind::Number {
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
