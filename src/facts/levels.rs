//! How sure each reading is: three levels, given by one rule to everything that was read.
//!
//! - A **date** is high where its own words name the year, medium where the year, the week or the day was counted
//!   from another day (that of publication, or one named before), low where it stays unresolved.
//! - A **value of an attack** has the level of its rule (of its date, for a date), one step lower where no word of
//!   the sentence it stands in speaks of that attack.
//! - A rule is high unless its file says `level = "medium"` or `"low"`.
//!
//! People and quotations get theirs where they are read (`people/mod.rs`, `quotes/speaker.rs`), an attack as a whole
//! by how much is known of it (`attacks/incident.rs`).

use std::collections::BTreeSet;

use super::rules::level_of;
use super::{Attack, DateMention, Facts, Field, Level};
use crate::edtf::Edtf;
use crate::span::Span;

/// Gives every date and every piece of evidence of `facts`, which were read from `text`, its level.
pub(super) fn set(facts: &mut Facts, text: &str) {
    for date in &mut facts.dates {
        date.level = of_date(date.value.as_ref(), date.span.of(text));
    }
    for attack in &mut facts.attacks {
        set_evidence(attack, &facts.dates);
    }
}

/// The level of a date that was read from `words`.
fn of_date(value: Option<&Edtf>, words: &str) -> Level {
    match value {
        None => Level::Low,
        Some(value) if names_year(value, words) => Level::High,
        Some(_) => Level::Medium,
    }
}

/// Whether `words` have the year in figures ("1999", "'99", "the 1990s", "7/1/99").
fn names_year(value: &Edtf, words: &str) -> bool {
    let Some(year) = value.year().or_else(|| value.earliest().year().into()) else { return false };
    let (whole, decade) = (year.to_string(), (year / 10 * 10).to_string());
    let mut numbers = words.split(|sign: char| !sign.is_ascii_digit()).filter(|number| !number.is_empty());
    let short = |number: &str| number.len() == 2 && whole.ends_with(number);
    numbers.clone().any(|number| number == whole || number == decade)
        || numbers.by_ref().skip(1).any(short)
        || words.contains(['\'', '’', '‘'])
            && words.split(['\'', '’', '‘']).skip(1).any(|rest| {
                let digits = rest.split(|sign: char| !sign.is_ascii_digit()).next().unwrap_or_default();
                digits.len() == 2 && (whole.ends_with(digits) || decade.ends_with(digits))
            })
}

fn set_evidence(attack: &mut Attack, dates: &[DateMention]) {
    let mentions = attack.evidence.iter().filter(|it| it.field == Field::Mention);
    let spoken_of: BTreeSet<Span> = mentions.map(|it| it.sentence).collect();
    for evidence in &mut attack.evidence {
        let own = match evidence.field {
            Field::Date => date_at(dates, evidence.span).unwrap_or_else(|| level_of(evidence.rule)),
            _ => level_of(evidence.rule),
        };
        evidence.level = if spoken_of.contains(&evidence.sentence) { own } else { own.lower() };
    }
}

/// The level of the date that stands within `span`; dates are in text order.
fn date_at(dates: &[DateMention], span: Span) -> Option<Level> {
    let first = dates.partition_point(|date| date.span.end <= span.start);
    dates.get(first).filter(|date| date.span.start < span.end).map(|date| date.level)
}

#[cfg(test)]
mod tests {
    use super::*;
    fn level(words: &str, value: Option<&str>) -> Level {
        of_date(value.map(|value| value.parse().unwrap()).as_ref(), words)
    }

    #[test]
    fn a_date_is_as_sure_as_its_own_words() {
        assert_eq!(level("January 7, 2015", Some("2015-01-07")), Level::High);
        assert_eq!(level("summer of '98", Some("1998-22")), Level::High);
        assert_eq!(level("the 1990s", Some("199X")), Level::High);
        assert_eq!(level("4 Jan 89", Some("1989-01-04")), Level::High);
        assert_eq!(level("last Friday", Some("2015-01-02")), Level::Medium);
        assert_eq!(level("January 15", Some("2015-01-15")), Level::Medium);
        assert_eq!(level("in January", None), Level::Low);
    }

    #[test]
    fn a_value_away_from_its_attack_is_less_sure() {
        let text = "Report\n\nA bomb killed three people at a market in Oslo on 7 May 2004. \
                    Twelve people were injured.";
        let document = crate::facts::tests::document(text);
        let facts = super::super::extract(&document, None);
        let attack = facts.attacks.first().expect("an attack");
        let level = |field| attack.evidence.iter().find(|it| it.field == field).map(|it| it.level);
        assert_eq!(level(Field::Killed), Some(Level::High));
        assert_eq!(level(Field::Date), Some(Level::High));
        assert_eq!(level(Field::Injured), Some(Level::Medium));
    }
}
