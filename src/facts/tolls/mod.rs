//! How many people some words say were killed, injured, taken hostage or are missing, and who is described so.
//!
//! `rules/tolls.toml` has the words for harm and the set phrases for totals. `party` reads people, `clause` joins
//! them to the words for harm. Attackers' own deaths and the missing are told apart.

use std::ops::Range;

use super::quantities::Quantity;
use super::rules::{GRAMMAR, Match};
use super::tokens::{Part, Tokens};
use super::{DateMention, RuleName, Toll};

mod bare_number;
mod clause;
mod determiner;
mod marks;
pub mod party;
mod other_cause;
mod revision;
mod sex;
mod subject;
mod telling;
mod words;

pub use party::{Party, Scope};
pub use sex::Sex;

use clause::{Harming, Whom};
use marks::Marks;
use words::Words;

/// What is counted.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// Killed.
    Killed,
    /// Injured.
    Injured,
    /// Shot, stabbed or struck: injured, if not told to have died.
    Hit,
    /// Taken to a hospital: injured, and other people than those told to have died before.
    Treated,
    /// Taken hostage or kidnapped.
    Hostages,
    /// Missing.
    Missing,
    /// Attackers who were killed.
    AttackersKilled,
}

impl Harm {
    /// Of two things that happened to somebody the graver one counts.
    fn weight(self) -> u8 {
        match self {
            Harm::Killed | Harm::AttackersKilled => 4,
            Harm::Injured => 3,
            Harm::Hit => 2,
            Harm::Treated => 1,
            Harm::Hostages | Harm::Missing => 0,
        }
    }
}

/// One count in the text, or one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TollMention {
    /// What is counted.
    pub harm: Harm,
    /// The words: "killing 94 people".
    pub tokens: Range<u32>,
    /// How many.
    pub count: Count,
    /// Whether the words give a new total ("has risen to 41").
    pub latest: bool,
    /// Whether somebody only spoke of so many: it takes the place of nothing that the article states.
    pub hearsay: bool,
    /// Who, where people are described; `None` for "the death toll".
    pub party: Option<Party>,
    /// The rule.
    pub rule: RuleName,
}

impl TollMention {
    /// Whether it tells of one person, who may be told of elsewhere too.
    pub fn is_person(&self) -> bool {
        self.party.as_ref().is_some_and(|party| party.is_single() || party.scope == Scope::Pronoun)
    }
}

impl TollMention {
    /// Whether it says enough to speak of an attack that nothing was said of before: no "he died", no "the man".
    pub fn stands_alone(&self) -> bool {
        let described =
            |party: &Party| !party.is_single() || matches!(party.scope, Scope::New | Scope::Other);
        self.harm != Harm::AttackersKilled
            && self.party.as_ref().is_none_or(|party| party.scope != Scope::Pronoun && described(party))
    }
}

/// A count, or one that leans on another.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// By itself.
    Plain(Toll),
    /// "An even higher number": more than were killed.
    MoreThanKilled,
}

/// The captures of the rules for set phrases, and what they mean.
const CAPTURES: [(&str, Harm, Person); 10] = [
    ("killed-nth", Harm::Killed, Person::Nth),
    ("killed", Harm::Killed, Person::Counted),
    ("killed-none", Harm::Killed, Person::Nobody),
    ("injured", Harm::Injured, Person::Counted),
    ("injured-none", Harm::Injured, Person::Nobody),
    ("injured-more", Harm::Injured, Person::MoreThanKilled),
    ("hostages", Harm::Hostages, Person::Counted),
    ("hostages-one", Harm::Hostages, Person::One),
    ("missing", Harm::Missing, Person::Counted),
    ("missing-one", Harm::Missing, Person::One),
];

#[derive(Copy, Clone, PartialEq, Eq)]
enum Person {
    Counted,
    /// "A fifth person has died": five in all.
    Nth,
    One,
    Nobody,
    MoreThanKilled,
}

/// Every count of people harmed, in the order of the text. `tokens` must have been annotated with `quantities`;
/// numbers inside a date count nobody.
pub fn find(tokens: &Tokens, text: &str, quantities: &[Quantity], dates: &[DateMention]) -> Vec<TollMention> {
    let mut rules = GRAMMAR.rules("tolls").search(tokens);
    let mut found = Vec::new();
    let mut here: Vec<Match<'_>> = Vec::new();
    let mut harming = Vec::new();
    let mut marks = Marks::default();
    let mut others = other_cause::Causes::default();
    let mut revisions = Vec::new();
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        for sentence in &tokens.sentences[section.sentences.start as usize..section.sentences.end as usize] {
            harming.clear();
            marks.clear();
            others.clear();
            revisions.clear();
            let first = found.len();
            let words = Words { tokens, text, quantities, dates, sentence: sentence.clone() };
            let mut from = sentence.start;
            loop {
                let at = rules.next(from, sentence.end);
                if at >= sentence.end {
                    break;
                }
                here.clear();
                rules.find_at(at, &mut |it| here.push(it));
                here.retain(|it| !marks.note(&words, it));
                let Some(best) = here.iter().max_by_key(|it| it.tokens.end) else {
                    from = at + 1;
                    continue;
                };
                from = best.tokens.end.max(at + 1);
                match (best.rule.gives("counts"), harm_of(best)) {
                    (Some("unknown"), _) => {}
                    (Some(sort @ ("retracted" | "other-cause" | "survivor")), _) => {
                        others.note(sort, best.tokens.clone());
                    }
                    (Some(sort @ ("revision" | "became" | "next")), _) => {
                        revisions.extend(best.capture("as").map(|quantity| revision::Revision {
                            tokens: best.tokens.clone(),
                            quantity,
                            of: match sort {
                                "next" => revision::Of::Directly,
                                "became" => revision::Of::Total,
                                _ => revision::Of::Any,
                            },
                            rule: best.rule.name,
                        }));
                    }
                    (_, Some(harm)) => harming.push(harm),
                    _ => {
                        let before = found.len();
                        read(&words, best, &mut found);
                        if found.len() == before {
                            from = best.tokens.start + 1;
                        }
                    }
                }
            }
            if !harming.is_empty() {
                clause::read(&words, &harming, &marks, &mut found);
                antecedents(&words, section.tokens.start, &mut found[first..]);
            }
            marks.drop_background(&words, first, &mut found);
            marks::drop_reasons(&words, first, &mut found);
            others.drop_from(&words, first, &mut found);
            found[first..].sort_by_key(|it| (it.tokens.start, it.harm));
            if !revisions.is_empty() {
                revision::resolve(&words, section.tokens.start, first, &revisions, &mut found);
            }
        }
    }
    found
}

/// A word for harm, where the rule has one.
fn harm_of(found: &Match<'_>) -> Option<Harming> {
    let harm = match found.rule.gives("harm")? {
        "killed" => Harm::Killed,
        "injured" => Harm::Injured,
        "missing" => Harm::Missing,
        "treated" => Harm::Treated,
        _ => Harm::Hit,
    };
    let whom = match found.rule.gives("whom")? {
        "subject" => Whom::Subject,
        "object" => Whom::Object,
        "owner" => Whom::Owner,
        "to-hospital" => Whom::ToHospital,
        "to-death" => Whom::ToDeath,
        _ => Whom::Either,
    };
    Some(Harming { harm, tokens: found.tokens.clone(), whom, rule: found.rule.name })
}

/// "He died": who "he" is, by the sentence before.
fn antecedents(words: &Words<'_>, section: u32, mentions: &mut [TollMention]) {
    let open =
        |it: &TollMention| it.party.as_ref().is_some_and(|it| it.scope == Scope::Pronoun && it.is_single());
    if words.sentence.start <= section || !mentions.iter().any(open) {
        return;
    }
    let before = Words { sentence: words.tokens.sentence_of(words.sentence.start - 1), ..*words };
    let parties = clause::parties(&before);
    for party in mentions.iter_mut().filter(|it| open(it)).filter_map(|it| it.party.as_mut()) {
        let fits = |it: &&Party| it.is_single() && !it.owner && (it.sex.is_none() || it.sex == party.sex);
        if let Some(found) = parties.iter().find(fits) {
            let sex = party.sex;
            party.name = found.name.clone();
            party.age = found.age;
            party.attackers = found.attackers;
            party.sex = found.sex.or(sex);
        }
    }
}

/// Reads the set phrases.
fn read(words: &Words<'_>, found: &Match<'_>, mentions: &mut Vec<TollMention>) {
    let latest = found.rule.gives("counts") == Some("latest");
    for (capture, harm, person) in CAPTURES {
        let Some(run) = found.capture(capture) else { continue };
        let count = match person {
            Person::One => Count::Plain(party::exactly(1)),
            Person::Nth => match determiner::ordinal(words, run.start) {
                Some(nth) => Count::Plain(party::exactly(nth)),
                None => continue,
            },
            Person::Nobody => Count::Plain(party::exactly(0)),
            Person::MoreThanKilled => Count::MoreThanKilled,
            Person::Counted => match words.count(run.clone()) {
                Some(count) => Count::Plain(count),
                None => continue,
            },
        };
        // "The company cut the toll to 2 dollars."
        let judged = latest && run.end == found.tokens.end;
        if is_part(words, found.tokens.start) || judged && !revision::stands_for_people(words, run.end) {
            continue;
        }
        mentions.push(TollMention {
            harm,
            tokens: found.tokens.clone(),
            count,
            latest,
            hearsay: found.rule.gives("counts") == Some("hearsay"),
            party: None,
            rule: found.rule.name,
        });
    }
}

/// "Including three children killed": a part of a number that is told elsewhere.
fn is_part(words: &Words<'_>, start: u32) -> bool {
    (1..=3).any(|back| words.is_any(start.wrapping_sub(back), &["including", "among", "whom"]))
}

#[cfg(test)]
mod tests;
