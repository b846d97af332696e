//! Whom the words say an attack was on, as far as that tells incidents apart: "the murder of the mayor", "she was shot".

use std::ops::Range;

use super::mention::{Form, Mention, Words};
use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Token};

/// How many tokens a victim's name and titles may run over.
const LONGEST: u32 = 14;
/// How many names of one attack are kept to compare with.
const NAMES: usize = 24;

/// Whom an attack was on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Victim {
    /// The words with capitals, lower case.
    names: Vec<String>,
    /// Whether a person is named.
    person: bool,
    /// Whether it is people at all: "a man", "six villagers".
    pub(super) people: bool,
    /// Whether it is somebody in office or at the head of something.
    pub(super) notable: bool,
    /// Whether it is the attackers themselves.
    pub(super) attackers: bool,
    /// Whether it is soldiers or something of theirs.
    pub(super) soldiers: bool,
    /// Whether it is somebody in particular, not "civilians".
    pub(super) specific: bool,
}

impl Victim {
    /// Whether both name somebody, and the same.
    pub(super) fn is_same(&self, other: &Victim) -> bool {
        self.names.iter().any(|name| other.names.contains(name))
    }

    /// Whether both name a person, and not the same.
    pub(super) fn differs(&self, other: &Victim) -> bool {
        self.person && other.person && !self.is_same(other)
    }

    /// Whether it names a person.
    pub(super) fn is_named(&self) -> bool {
        self.person
    }

    /// Keeps the names of both.
    pub(super) fn add(&mut self, other: &Victim) {
        self.person |= other.person;
        self.people |= other.people;
        self.specific |= other.specific;
        for name in &other.names {
            if self.names.len() < NAMES && !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
    }
}

/// "Mayor", "Judge": two mayors are not one.
fn is_office(token: &Token) -> bool {
    [Class::Title, Class::OfficialTitle, Class::OrganisationWord].iter().any(|class| token.is(*class))
}

impl Words<'_> {
    /// Whom the mention says it was on.
    pub(super) fn victim(&self, mention: &Mention) -> Option<Victim> {
        let run = match mention.form {
            Form::Verb if self.is_passive(mention) => self.subject(mention.tokens.start),
            Form::Verb => self.noun_phrase(mention.tokens.end),
            _ => match self.word(mention.tokens.end) {
                "of" | "on" | "against" if !self.is_calendar(mention.tokens.end + 1) => {
                    self.noun_phrase(mention.tokens.end + 1)
                }
                _ => self.owner(mention),
            },
        }?;
        Some(self.read_victim(run))
    }

    /// "On Saturday", "of 3 May".
    fn is_calendar(&self, at: u32) -> bool {
        (at..(at + 2).min(self.sentence.end)).any(|it| {
            let token = &self.tokens.all[it as usize];
            token.is(Class::Weekday) || token.is(Class::Month)
        }) || self.sentence.contains(&at)
            && self.tokens.all[at as usize].kind == Kind::Number
            && self.tokens.all[at as usize].span().of(self.text).len() == 4
    }

    fn read_victim(&self, run: Range<u32>) -> Victim {
        let mut victim = Victim::default();
        let first = self.lower(run.start);
        let many = run.clone().any(|at| {
            matches!(
                self.word(at),
                "thousands" | "hundreds" | "scores" | "dozens" | "many" | "innocent" | "any" | "those"
            )
        });
        for at in run.clone() {
            let token = &self.tokens.all[at as usize];
            let classes = self.tokens.classes_at(at);
            victim.person |= classes.has(Class::Person);
            victim.people |= classes.has(Class::Person)
                || classes.has(Class::People)
                || classes.has(Class::PersonNoun)
                || classes.has(Class::FamilyName);
            victim.notable |= classes.has(Class::OfficialTitle)
                && !matches!(
                    self.word(at),
                    "officer" | "Officer" | "deputy" | "Deputy" | "sergeant" | "Sergeant"
                )
                || matches!(
                    self.lower(at).as_str(),
                    "leader" | "candidate" | "archbishop" | "bishop" | "magistrate" | "judge" | "ambassador"
                );
            victim.attackers |= classes.has(Class::Attacker);
            victim.soldiers |= classes.has(Class::SoldierWord);
            let calendar = token.is(Class::Weekday) || token.is(Class::Month);
            let name = token.is_capital()
                && (at > self.sentence.start || classes.has(Class::Person))
                && !token.is(Class::FunctionWord)
                && !calendar
                && (!is_office(token) || classes.has(Class::Person))
                && !classes.has(Class::Honorific)
                && !classes.has(Class::Nationality)
                && token.end - token.start > 2;
            if name && victim.names.len() < NAMES {
                victim.names.push(self.lower(at).into_string());
            }
            victim.specific |= token.kind == Kind::Number
                || token.is(Class::NumberWord)
                || classes.has(Class::Quantity)
                || name;
        }
        let pointed = matches!(first.as_str(), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "one");
        let pronoun = matches!(first.as_str(), "he" | "she" | "him" | "her") && run.len() == 1;
        victim.people |= pronoun;
        victim.specific = (victim.specific || pointed || pronoun || victim.person) && !many;
        victim
    }

    /// "The mayor's murder".
    fn owner(&self, mention: &Mention) -> Option<Range<u32>> {
        let sign = mention.phrase.clone().rfind(|at| matches!(self.word(*at), "’s" | "'s" | "’" | "'"))?;
        let mut start = sign;
        while start > self.sentence.start && sign - start < LONGEST / 2 {
            let token = &self.tokens.all[start as usize - 1];
            if token.kind != Kind::Word || token.is(Class::FunctionWord) || token.is(Class::Weekday) {
                break;
            }
            start -= 1;
        }
        (start < sign).then_some(start..sign)
    }

    /// From `at` to the end of the noun phrase with all that hangs on it by "of" and "and".
    fn noun_phrase(&self, at: u32) -> Option<Range<u32>> {
        let last = self.sentence.end.min(at + LONGEST);
        let end = (at..last)
            .find(|it| {
                let token = &self.tokens.all[*it as usize];
                let word = token.span().of(self.text);
                let first = *it == at;
                let joins = match token.kind {
                    Kind::Number => true,
                    Kind::Sign => !first && matches!(word, "-" | "’s" | "'s"),
                    Kind::Open | Kind::Close => false,
                    Kind::Word if token.is(Class::FunctionWord) => {
                        matches!(word, "of" | "and" | "de" | "la" | "’s" | "'s") && !first
                            || matches!(
                                word,
                                "a" | "an" | "the" | "his" | "her" | "their" | "its" | "him" | "them" | "at"
                            ) && first
                            || word == "least" && *it == at + 1
                            || matches!(word, "his" | "her" | "their" | "the" | "two" | "three")
                            || token.is(Class::NumberWord)
                            || token.is_capital()
                    }
                    Kind::Word => !matches!(word, "dead" | "down" | "up" | "to" | "and") || !first,
                };
                !joins
            })
            .unwrap_or(last);
        (end > at).then_some(at..end)
    }

    /// The subject of a passive verb: what stands before its helper, in its clause.
    fn subject(&self, verb: u32) -> Option<Range<u32>> {
        let from = self.sentence.start.max(verb.saturating_sub(5));
        let helper = (from..verb).find(|at| {
            matches!(self.word(*at), "was" | "were" | "been" | "being" | "had" | "have" | "has")
        })?;
        let mut end = helper;
        // "Ana Duarte, who wrote for the paper, was murdered".
        if end > self.sentence.start && self.word(end - 1) == "," {
            let from = self.sentence.start.max(end.saturating_sub(LONGEST));
            end = (from..end).find(|at| matches!(self.word(*at), "who" | "which")).unwrap_or(end);
        }
        while end > self.sentence.start && matches!(self.word(end - 1), "who" | "," | "which" | "that") {
            end -= 1;
        }
        let mut start = end;
        while start > self.sentence.start && end - start < LONGEST {
            let token = &self.tokens.all[start as usize - 1];
            let word = token.span().of(self.text);
            let stops = matches!(token.kind, Kind::Open | Kind::Close)
                || token.kind == Kind::Sign && !matches!(word, "-" | ",")
                || matches!(
                    word,
                    "that"
                        | "when"
                        | "but"
                        | "which"
                        | "who"
                        | "after"
                        | "while"
                        | "said"
                        | "before"
                        | "where"
                );
            if stops {
                break;
            }
            start -= 1;
        }
        (start < end).then_some(start..end)
    }
}
