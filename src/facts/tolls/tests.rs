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

#[test]
fn a_figure_that_was_changed_has_the_harm_of_the_one_before() {
    let changed = "The police said that 84 people had been killed. Two days later they corrected the figure to 68. It \
                   became 69 before the week was over.";
    assert_eq!(counts(changed), ["killed 84..84", "killed 68..68", "killed 69..69"]);
    assert_eq!(
        counts("In the first reports the toll was 15, then 70, then 147."),
        ["killed 15..15", "killed 70..70", "killed 147..147"]
    );
    let proved = "Police spoke of at least 84 killed. The number that the court found proved was 69.";
    assert_eq!(counts(proved), ["killed 84..", "killed 69..69"]);
    let injured = "The number of injured was put at 30. It rose to 41 on Monday.";
    assert_eq!(counts(injured).last().unwrap(), "injured 41..41");
    for nothing in [
        "The river reached the town. It rose to 32 metres.",
        "Two people were killed. It rose to 32 degrees that day.",
        "Two people were killed. It rose to 32 per cent.",
        "The club had 40 members. It rose to 32.",
        "Two people were killed. He left. They sold the house. It rose to 32.",
        "He was killed, then 20 people came.",
        "A bomb killed 12. The reward was 5,000 dollars, and it was raised to 32.",
        "A bomb killed 12, and the price of bread rose. It climbed to 32, traders said.",
        "A bomb killed 12. The number who fled is 3,000, and the number that returned was 32.",
        "The number of injured was 30, and the hotel price rose; it fell to 20",
        "A gunman killed 3 people, then 20, in Kano.",
        "A bomb killed 12 people on the toll road. The company cut the toll to 32 dollars.",
        "The old toll was 5; it became 1 of 20 in the state.",
    ] {
        let found = counts(nothing);
        assert!(found.iter().all(|it| !it.contains("32") && !it.contains("20")), "{nothing}: {found:?}");
    }
}
