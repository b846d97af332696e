//! Who could have done it: what sort of actor a noun phrase names, and under which full name.

use std::collections::BTreeMap;
use std::ops::Range;

use super::clause::Clause;
use super::phrase::Phrase;
use crate::facts::armed_groups::ArmedGroups;
use crate::facts::classes::Class;
use crate::facts::rules::GRAMMAR;
use crate::facts::{Person, Role};

/// Whoever an article names: armed organisations with their short forms, people with their full names.
#[derive(Debug)]
pub struct Cast<'a> {
    groups: &'a ArmedGroups,
    /// The people of the article, by the first byte of each mention of theirs.
    people: BTreeMap<u32, &'a Person>,
}

/// What sort of actor a phrase names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// An armed organisation.
    Organization,
    /// Those who attack by the words for them: "gunmen", "a band of armed men".
    Band,
    /// Somebody with a name.
    Person,
    /// People of whom only the sentence can tell what they did: "three men", "soldiers".
    People,
    /// A state and its arms: "the army", "the government".
    State,
    /// A name of another sort: "the Halden Boys".
    Named,
}

impl<'a> Cast<'a> {
    /// The cast of one article.
    pub fn of(groups: &'a ArmedGroups, people: &'a [Person]) -> Cast<'a> {
        let named = people.iter().filter(|person| person.name.is_some());
        let mentions =
            named.flat_map(|person| person.mentions.iter().map(move |mention| (mention.start, person)));
        Cast { groups, people: mentions.collect() }
    }

    /// What sort of actor `phrase` names; `None` for things, places and numbers.
    pub(super) fn sort(&self, clause: &Clause<'_>, phrase: &Phrase) -> Option<Sort> {
        let end = phrase.head + 1;
        let base = phrase.run.start..end;
        let ends_in = |class: Class| clause.run_ending(end, class).filter(|start| *start >= base.start);
        if let Some(start) = ends_in(Class::Person) {
            // "By police John Roe": two phrases that no sign parts.
            let officers =
                start > base.start && matches!(clause.word(start - 1), "police" | "officers" | "deputies");
            return Some(if officers { Sort::State } else { Sort::Person });
        }
        if ends_in(Class::ArmedGroup).is_some() {
            return Some(Sort::Organization);
        }
        if ends_in(Class::Attacker).is_some() {
            return Some(Sort::Band);
        }
        let armed = || {
            base.clone().any(|at| {
                let classes = clause.tokens.classes_at(at);
                at < phrase.head
                    && (classes.has(Class::ArmedAdjective)
                        || classes.has(Class::Attacker)
                        || classes.has(Class::ArmedGroup))
            })
        };
        let head = clause.word(phrase.head).to_lowercase();
        if matches!(head.as_str(), "couple" | "pair" | "trio") {
            return Some(if armed() { Sort::Band } else { Sort::People });
        }
        if clause.is(phrase.head, Class::ArmedBand) {
            let of = self.of_whom(clause, phrase);
            return match of {
                Some(Sort::Organization | Sort::Band) => Some(Sort::Band),
                _ if armed() => Some(Sort::Band),
                Some(Sort::People | Sort::Named) => Some(Sort::People),
                Some(Sort::State) => Some(Sort::State),
                // "A commando killed", "the gang fled": words for those who attack, whoever they are.
                _ if clause.is(phrase.head, Class::Attacker) => Some(Sort::Band),
                _ if is_name(clause, &base) && base.len() > 1 => Some(Sort::Named),
                _ => None,
            };
        }
        if matches!(
            head.as_str(),
            "army"
                | "military"
                | "government"
                | "police"
                | "forces"
                | "troops"
                | "soldiers"
                | "soldier"
                | "regime"
                | "policemen"
                | "policeman"
                | "officers"
                | "officer"
                | "guards"
                | "guard"
                | "deputies"
                | "deputy"
                | "authorities"
                | "agents"
                | "marines"
                | "navy"
                | "battalion"
                | "patrol"
                | "patrols"
                | "regiment"
        ) {
            return Some(Sort::State);
        }
        if clause.is(phrase.head, Class::People) || clause.is(phrase.head, Class::PersonNoun) {
            return Some(if armed() { Sort::Band } else { Sort::People });
        }
        (is_name(clause, &base)).then_some(Sort::Named)
    }

    /// Of whom a band is one: "members of the front", "a group of armed men".
    fn of_whom(&self, clause: &Clause<'_>, phrase: &Phrase) -> Option<Sort> {
        let of = phrase.head + 1;
        if clause.word(of) != "of" || phrase.run.end <= of {
            return None;
        }
        let inner = clause.ahead_within(of + 1, phrase.run.end)?;
        self.sort(clause, &inner)
    }

    /// The armed organisation that a phrase for a band names: "Coastal Front" of "Coastal Front guerrillas".
    pub(super) fn organization_in(&self, clause: &Clause<'_>, phrase: &Phrase) -> Option<Range<u32>> {
        let within = |at: u32| {
            clause
                .tokens
                .run_of(at, Class::ArmedGroup)
                .filter(|end| *end <= phrase.run.end)
                .map(|end| at..end)
        };
        phrase.run.clone().find_map(within)
    }

    /// The name of the organisation in `run`: the full one where the text gives it.
    pub(super) fn organization_name(&self, clause: &Clause<'_>, run: &Range<u32>) -> String {
        let name = clause.tokens.span(run.clone()).of(clause.text);
        self.groups.full_name(name).unwrap_or(name).to_owned()
    }

    /// The person named at the end of `phrase`, unless the article makes them somebody who speaks or acts for a state.
    pub(super) fn person(&self, clause: &Clause<'_>, phrase: &Phrase) -> Option<(Range<u32>, &'a Person)> {
        let start = clause.run_ending(phrase.head + 1, Class::Person)?;
        let run = start..phrase.head + 1;
        let person = self.people.get(&clause.tokens.span(run.clone()).start)?;
        let speaks = matches!(person.role.value, Role::Official | Role::Expert | Role::Witness);
        (!speaks && !is_cleared(person)).then_some((run, *person))
    }
}

/// Whether the article tells that somebody who was suspected did not do it: "was released without charge".
fn is_cleared(person: &Person) -> bool {
    let rule = GRAMMAR.rules("roles").named(person.role.rule);
    rule.is_some_and(|rule| rule.gives("role") == Some("cleared"))
}

/// Whether a phrase is a name: capitals but for small words.
fn is_name(clause: &Clause<'_>, run: &Range<u32>) -> bool {
    let capital = |at: u32| {
        clause.token(at).is_some_and(|token| {
            token.is_capital()
                && !token.is(Class::Nationality)
                && !token.is(Class::CalendarWord)
                && !token.is(Class::FunctionWord)
        })
    };
    run.clone().any(capital)
        && run.clone().all(|at| {
            capital(at)
                || clause.is(at, Class::ArmedBand)
                || matches!(clause.word(at), "-" | "of" | "de" | "’s" | "'s" | "for")
                || clause.is(at, Class::Number)
                || clause.is(at, Class::Nationality)
        })
}
