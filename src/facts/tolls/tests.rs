//! What is counted in one sentence, and what is not; and who is meant.

use super::super::{dates, quantities};
use super::*;

/// One line a mention: harm and bounds.
fn counts(text: &str) -> Vec<String> {
    let tokens = super::super::annotated(text);
    let (quantities, dates) = (quantities::find(&tokens, text), dates::find(&tokens, text, None));
    let found = find(&tokens, text, &quantities, &dates);
    let bound = |bound: Option<u32>| bound.map_or(String::new(), |bound| bound.to_string());
    let line = |it: TollMention| {
        let harm = format!("{:?}", it.harm).to_lowercase();
        match it.count {
            Count::Plain(toll) => format!("{harm} {}..{}", bound(toll.min), bound(toll.max)),
            Count::MoreThanKilled => format!("{harm} more"),
        }
    };
    found.into_iter().map(line).collect()
}

#[test]
fn rules_read_what_their_examples_say() {
    let rules = include_str!("../rules/tolls.toml");
    let mut seen = 0;
    for line in rules.lines().filter(|line| line.contains("reads = ")) {
        let between = |after: &str| {
            let rest = &line[line.find(after).unwrap() + after.len()..];
            &rest[..rest.find('"').unwrap()]
        };
        let (text, reads) = (between("text = \""), between("reads = \""));
        assert!(counts(text).iter().any(|it| it == reads), "`{text}` reads {:?}, not {reads}", counts(text));
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn killed_and_injured_in_one_sentence() {
    for text in [
        "94 people were killed and 12 injured.",
        "It killed 94 people and injured 12.",
        "It left 94 people dead and 12 wounded.",
    ] {
        assert_eq!(counts(text), ["killed 94..94", "injured 12..12"], "{text}");
    }
}

#[test]
fn parts_dates_and_measures_count_nobody_more() {
    assert_eq!(counts("He was killed 20 years ago."), ["killed 1..1"]);
    assert_eq!(counts("Two gunmen were killed."), ["attackerskilled 2..2"]);
    assert_eq!(counts("In 1994 killed cattle lay there."), [""; 0]);
}

#[test]
fn nobody_and_more_than_that() {
    assert_eq!(counts("No one was injured."), ["injured 0..0"]);
    assert_eq!(counts("Six men died, an even higher number were injured."), ["killed 6..6", "injured more"]);
}
