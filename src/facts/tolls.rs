//! How many people some words say were killed, injured or taken hostage.
//!
//! The rules are in `rules/tolls.toml`. Attackers' own deaths and the missing are told apart and left out.

use std::ops::Range;

use super::classes::Class;
use super::quantities::Quantity;
use super::rules::{GRAMMAR, Match};
use super::tokens::{Part, Tokens};
use super::{DateMention, RuleName, Toll};

/// What is counted.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// Killed.
    Killed,
    /// Injured.
    Injured,
    /// Taken hostage or kidnapped.
    Hostages,
}

/// One count in the text.
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
    /// The rule.
    pub rule: RuleName,
}

/// A count, or one that leans on another.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// By itself.
    Plain(Toll),
    /// "An even higher number": more than were killed.
    MoreThanKilled,
}

/// The captures of the rules and what they mean.
const CAPTURES: [(&str, Harm, Person); 10] = [
    ("killed", Harm::Killed, Person::Counted),
    ("killed-one", Harm::Killed, Person::One),
    ("killed-none", Harm::Killed, Person::Nobody),
    ("injured", Harm::Injured, Person::Counted),
    ("injured-one", Harm::Injured, Person::One),
    ("injured-none", Harm::Injured, Person::Nobody),
    ("injured-more", Harm::Injured, Person::MoreThanKilled),
    ("hostages", Harm::Hostages, Person::Counted),
    ("hostages-one", Harm::Hostages, Person::One),
    ("hostages-none", Harm::Hostages, Person::Nobody),
];

#[derive(Copy, Clone, PartialEq, Eq)]
enum Person {
    Counted,
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
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        let mut at = section.tokens.start;
        while at < section.tokens.end {
            here.clear();
            rules.find(at..at + 1, |it| here.push(it));
            here.sort_by_key(|it| u32::MAX - it.tokens.end);
            let Some(best) = here.first() else {
                at += 1;
                continue;
            };
            let before = found.len();
            if best.rule.gives("counts") != Some("attackers") {
                read(tokens, text, best, quantities, dates, &mut found);
            }
            at = if found.len() > before || best.rule.gives("counts") == Some("attackers") {
                best.tokens.end
            } else {
                at + 1
            };
        }
    }
    found
}

fn read(
    tokens: &Tokens,
    text: &str,
    found: &Match<'_>,
    quantities: &[Quantity],
    dates: &[DateMention],
    mentions: &mut Vec<TollMention>,
) {
    for (capture, harm, person) in CAPTURES {
        let Some(run) = found.capture(capture) else { continue };
        let count = match person {
            Person::One => Count::Plain(Toll { min: Some(1), max: Some(1) }),
            Person::Nobody => Count::Plain(Toll { min: Some(0), max: Some(0) }),
            Person::MoreThanKilled => Count::MoreThanKilled,
            Person::Counted => {
                let at = quantities.partition_point(|quantity| quantity.tokens.end < run.end);
                let Some(quantity) = quantities.get(at).filter(|it| it.tokens.end == run.end) else {
                    continue;
                };
                if in_date(tokens, run.clone(), dates) || counts_something_else(tokens, text, run.clone()) {
                    continue;
                }
                Count::Plain(quantity.count)
            }
        };
        if is_part(tokens, text, found.tokens.start) {
            continue;
        }
        mentions.push(TollMention {
            harm,
            tokens: found.tokens.clone(),
            count,
            latest: found.rule.gives("counts") == Some("latest"),
            rule: found.rule.name,
        });
    }
}

fn in_date(tokens: &Tokens, run: Range<u32>, dates: &[DateMention]) -> bool {
    let span = tokens.span(run);
    let at = dates.partition_point(|date| date.span.end <= span.start);
    dates.get(at).is_some_and(|date| date.span.overlaps(span))
}

/// "killed 20 years ago", "killed 40 percent".
fn counts_something_else(tokens: &Tokens, text: &str, run: Range<u32>) -> bool {
    let sentence = tokens.sentence_of(run.start);
    tokens.all[..sentence.end as usize].get(run.end as usize).is_some_and(|next| {
        next.is(Class::TimeUnit)
            || matches!(
                next.span().of(text),
                "%" | "percent"
                    | "per"
                    | "km"
                    | "kilometres"
                    | "kilometers"
                    | "miles"
                    | "metres"
                    | "meters"
                    | "times"
            )
    })
}

/// "including three children killed": a part of a number that is told elsewhere.
fn is_part(tokens: &Tokens, text: &str, start: u32) -> bool {
    let sentence = tokens.sentence_of(start);
    let before = &tokens.all[sentence.start.max(start.saturating_sub(3)) as usize..start as usize];
    before
        .iter()
        .any(|token| matches!(token.span().of(text), "including" | "among" | "Among" | "whom" | "Including"))
}

#[cfg(test)]
mod tests {
    use super::super::{dates, quantities};
    use super::*;

    fn counts(text: &str) -> Vec<(Harm, Option<u32>, Option<u32>)> {
        let tokens = super::super::annotated(text);
        let (quantities, dates) = (quantities::find(&tokens, text), dates::find(&tokens, text, None));
        let found = find(&tokens, text, &quantities, &dates);
        found
            .into_iter()
            .map(|it| match it.count {
                Count::Plain(toll) => (it.harm, toll.min, toll.max),
                Count::MoreThanKilled => (it.harm, None, None),
            })
            .collect()
    }

    #[test]
    fn killed_and_injured_in_one_sentence() {
        let expected = [(Harm::Killed, Some(94), Some(94)), (Harm::Injured, Some(12), Some(12))];
        assert_eq!(counts("94 people were killed and 12 injured."), expected);
        assert_eq!(counts("It killed 94 people and injured 12."), expected);
        assert_eq!(counts("It left 94 people dead and 12 wounded."), expected);
    }

    #[test]
    fn parts_dates_and_measures_count_nobody_more() {
        assert_eq!(
            counts("Nine people died, including two children killed at home."),
            [(Harm::Killed, Some(9), Some(9))]
        );
        assert_eq!(counts("He was killed 20 years ago."), []);
        assert_eq!(counts("Two gunmen were killed."), []);
        assert_eq!(counts("In 1994 killed cattle lay there."), []);
    }

    #[test]
    fn nobody_and_more_than_that() {
        assert_eq!(counts("No one was injured."), [(Harm::Injured, Some(0), Some(0))]);
        assert_eq!(
            counts("Six men died, an even higher number were injured."),
            [(Harm::Killed, Some(6), Some(6)), (Harm::Injured, None, None)]
        );
    }
}
