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
    for text in [
        "On 31 April 2019 it was shut.",
        "It was shut on February 30, 2024.",
        "It was shut on 30 February.",
        "The file of 2020-02-30 says so.",
        "On 99 May, nobody came.",
    ] {
        assert_eq!(read(text, Some(PUBLISHED)), [], "{text}");
    }
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

#[test]
fn the_verb_tells_which_of_two_days_is_meant() {
    for (text, day) in [
        ("Ministers met on Tuesday.", "2024-03-26"),
        ("Ministers will meet on Tuesday.", "2024-04-02"),
        ("Ministers are expected to vote on Tuesday.", "2024-04-02"),
        ("A vote to be held on Tuesday was put off.", "2024-04-02"),
        ("A vote due on Tuesday was put off.", "2024-04-02"),
        ("He was remanded until Tuesday.", "2024-04-02"),
        ("He was not seen until Tuesday.", "2024-03-26"),
        ("Ministers could not vote on Tuesday.", "2024-03-26"),
        ("Tuesday’s vote will be close.", "2024-04-02"),
        ("They spoke of Tuesday’s vote.", "2024-03-26"),
        ("He left on December 3.", "2023-12-03"),
        ("He leaves; the trial is set for December 3.", "2024-12-03"),
    ] {
        assert_eq!(values(text), [day], "{text}");
    }
}

#[test]
fn the_clock_belongs_to_its_day() {
    for (text, words) in [
        ("It closed at 9:30 a.m. on Wednesday.", "9:30 a.m. on Wednesday"),
        ("It closed at 8 p.m. EST Wednesday.", "8 p.m. EST Wednesday"),
        ("It closed at noon on 3 May 2019.", "noon on 3 May 2019"),
    ] {
        assert_eq!(read(text, Some(PUBLISHED))[0].0, words, "{text}");
    }
}

#[test]
fn the_head_of_a_report_stands_for_the_day_of_publication() {
    let text = "BOGOTA, 3 Jan 90 (Wire) -- A bridge fell yesterday and will be rebuilt in June.";
    let found = read(text, None);
    let values: Vec<_> = found.iter().map(|it| it.1.as_deref()).collect();
    assert_eq!(values, [Some("1990-01-03"), Some("1990-01-02"), Some("1990-06")]);
    assert_eq!(find(&Tokens::of_text(text, &GRAMMAR.lexicon), text, None)[0].rule, DATELINE);
    // A known day of publication is not replaced.
    assert_eq!(read(text, Some(PUBLISHED))[1].1.as_deref(), Some("2024-03-28"));
}

#[test]
fn times_ages_houses_and_recurring_days_are_no_dates() {
    for text in [
        "A man in his 30s and a woman in her early 20s left.",
        "It happened at approximately 1830 near the gate.",
        "From 1710 to 2250 the gate was shut.",
        "They train every Friday.",
        "He lives in the 1800 block of Elm Street.",
        "The guns of autumn fell silent in Winter Park.",
        "A 24-year-old was ill for three years.",
    ] {
        assert_eq!(read(text, Some(PUBLISHED)), [], "{text}");
    }
}

#[test]
fn figures_take_the_order_of_the_articles_other_dates() {
    assert_eq!(values("Dated 13/02/2019, then 03/04/2019."), ["2019-02-13", "2019-04-03"]);
    assert_eq!(values("Dated 02/13/2019, then 03/04/2019."), ["2019-02-13", "2019-03-04"]);
    assert_eq!(values("Dated 13/02/2019 and 02/13/2019, then 03/04/2019."), ["2019-02-13", "2019-02-13"]);
}

#[test]
fn today_in_a_quotation_stays_open() {
    let found = read("“We are free today,” he said today.", Some(PUBLISHED));
    assert_eq!(found[0].1, None);
    assert_eq!(found[1].1.as_deref(), Some("2024-03-29"));
}

#[test]
fn a_day_that_stands_beside_another_is_the_same_day() {
    assert_eq!(values("It was due yesterday, 28 March."), ["2024-03-28", "2024-03-28"]);
    assert_eq!(values("It meets today (Friday)."), ["2024-03-29", "2024-03-29"]);
}

#[test]
fn what_leans_on_the_text_leans_on_what_was() {
    let text = "They met on Thursday and will meet on Tuesday. Two days earlier they had met too.";
    assert_eq!(values(text), ["2024-03-28", "2024-04-02", "2024-03-26"]);
    assert_eq!(values("In 2004 it was built, and the following summer it fell."), ["2004", "2005-22"]);
}

#[test]
fn a_day_behind_years_ago_lies_those_years_back() {
    for (text, words, day) in [
        ("Ten years ago today a dam burst.", "Ten years ago today", "2014-03-29"),
        ("Ten years ago this week a dam burst.", "Ten years ago this week", "2014-W13"),
        ("A year ago on Friday a dam burst.", "A year ago on Friday", "2023"),
        ("A dam burst five years ago on Tuesday.", "five years ago on Tuesday", "2019"),
        ("A dam burst 100 years ago this month.", "100 years ago this month", "1924-03"),
    ] {
        assert_eq!(read(text, Some(PUBLISHED)), [(words.to_owned(), Some(day.to_owned()))], "{text}");
    }
    assert_eq!(values("Ten years ago, on Tuesday, 3 June 2014, it rained.")[1], "2014-06-03");
}

#[test]
fn by_a_day_looks_back_where_the_verb_does() {
    assert_eq!(values("It began on Monday. By Tuesday the water had risen."), ["2024-03-25", "2024-03-26"]);
    assert_eq!(values("By Tuesday the road will be open."), ["2024-04-02"]);
    assert_eq!(values("The road must be open by Tuesday, he said."), ["2024-04-02"]);
}

#[test]
fn numbers_of_rooms_and_days_that_no_month_has_are_no_dates() {
    for text in [
        "They met in Room 2012.",
        "She lives in Apartment 1984.",
        "They drove on Highway 2001.",
        "Flight 1999 landed.",
        "They spoke of the Oct. 32 meeting.",
    ] {
        assert_eq!(read(text, Some(PUBLISHED)), [], "{text}");
    }
    assert_eq!(values("In May 45 people came."), ["2023-05"]);
}

#[test]
fn a_feast_counted_from_an_untold_time_stays_open() {
    let text = "It began during the long strike. A week later, on Easter Sunday, it rained.";
    assert!(read(text, Some(PUBLISHED)).iter().all(|(_, value)| value.is_none()));
    assert_eq!(values("It rained on Easter Monday 2016."), ["2016-03-28"]);
}
