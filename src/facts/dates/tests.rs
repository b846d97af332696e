//! The examples of the rules say what they mean; here stands what no single rule can show.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use serde::Deserialize;

use super::*;

const PUBLISHED: Date = date(2024, 3, 29);

fn read(text: &str, published: Option<Date>) -> Vec<(String, Option<String>)> {
    let tokens = Tokens::of_text(text, &GRAMMAR.lexicon);
    let found = find(&tokens, text, published);
    found.iter().map(|it| (it.span.of(text).to_owned(), it.value.map(|value| value.to_string()))).collect()
}

fn values(text: &str) -> Vec<String> {
    read(text, Some(PUBLISHED)).into_iter().filter_map(|(_, value)| value).collect()
}

#[derive(Deserialize)]
struct Rules {
    rule: Vec<RuleExamples>,
}

#[derive(Deserialize)]
struct RuleExamples {
    name: String,
    examples: Vec<BTreeMap<String, String>>,
}

#[test]
fn the_examples_of_the_rules_mean_what_they_say() {
    let rules: Rules = toml::from_str(include_str!("../rules/dates.toml")).unwrap();
    let mut wrong = Vec::new();
    for rule in &rules.rule {
        for example in rule.examples.iter().filter(|example| example.contains_key("reads")) {
            let found = read(&example["text"], Some(PUBLISHED));
            let wanted = (example["match"].clone(), Some(example["reads"].clone()));
            if !found.contains(&wanted) {
                wrong.push(format!("{}: wanted {wanted:?}, found {found:?}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_a_published_date_relative_words_stay_open() {
    let text = "On Tuesday, in January, last week, two years ago, 3 May and yesterday.";
    let found = read(text, None);
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(found.iter().all(|(_, value)| value.is_none()), "{found:?}");
    assert_eq!(read("In 1999 it fell. Five years later it rose.", None)[1].1.as_deref(), Some("2004"));
}

#[test]
fn a_date_told_of_is_the_anchor_of_the_next() {
    let text = "It began in 1931. Six years later it was full.";
    let tokens = Tokens::of_text(text, &GRAMMAR.lexicon);
    let found = find(&tokens, text, None);
    assert_eq!(found[1].anchor.map(|span| span.of(text)), Some("1931"));
    // A year does not tell which day came two days later.
    assert_eq!(read("It began in 1931. Two days later it rained.", None)[1].1, None);
}

#[test]
fn a_month_takes_the_year_its_paragraph_speaks_of() {
    assert_eq!(values("In 1962 he was born. He left in October."), ["1962", "1962-10"]);
    assert_eq!(values("In May 1962 he came, and left in October."), ["1962-05", "1962-10"]);
    assert_eq!(values("He was born in 1962 and left in October."), ["1962", "2023-10"]);
    assert_eq!(values("He left in October."), ["2023-10"]);
}

#[test]
fn numbers_of_things_are_no_years() {
    for text in [
        "Some 2000 people came.",
        "It cost $1999 or more.",
        "He paid 1,999 for it.",
        "They may march in turn.",
        "Officer April Jones, 1500 metres away.",
        "A score of 3-2 and 1/2.",
    ] {
        assert_eq!(read(text, Some(PUBLISHED)), [], "{text}");
    }
}

#[test]
fn impossible_days_are_no_dates() {
    assert_eq!(read("On 31 April 2019 it was shut.", None), [("April 2019".into(), Some("2019-04".into()))]);
    assert_eq!(values("On 12 October 2012 bells rang."), ["2012-10-12"]);
    assert_eq!(read("On 3 May, 2000 people came.", None), [("3 May".to_owned(), None)]);
}

#[test]
fn an_ambiguous_order_of_day_and_month_stays_open() {
    assert_eq!(read("Dated 03/04/2019.", None), [("03/04/2019".to_owned(), None)]);
}

#[test]
fn last_friday_on_a_friday_is_a_week_ago() {
    assert_eq!(values("It closed last Friday."), ["2024-03-22"]);
    assert_eq!(values("It closed on Friday."), ["2024-03-29"]);
}
