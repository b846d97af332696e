//! Attacks that a record adds, and the ids that attacks of the articles would have.

use super::{Desk, KALMAR, LUND, kalmar};

#[test]
fn a_record_of_a_whole_attack_takes_in_none_of_another_day_and_kind() {
    let fire = "title = \"Fire\"\ndate = 2017-01-01\nkind = \"arson\"\nkilled = 0\n";
    let desk = Desk::new(&[("content/articles/lund.txt", LUND)]);
    desk.write("content/attacks/2017-kalmar.md", &format!("+++\n{fire}+++\n"));
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0"]);
    desk.write("content/articles/kalmar.txt", KALMAR);
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0", "2017-kalmar-shooting 5"]);
    let told = desk.told();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("another day and another kind") && told[0].contains("[\"2017-kalmar-shooting\"]"),
        "{told:?}"
    );
    desk.write(
        "content/attacks/2017-kalmar.md",
        &format!("+++\nalso = [\"2017-kalmar-shooting\"]\n{fire}+++\n"),
    );
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0", "2017-kalmar-shooting -> 2017-kalmar"]);
    desk.write("content/attacks/2017-kalmar.md", &format!("+++\nadded = true\n{fire}+++\n"));
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0", "2017-kalmar-shooting 5"]);
}

#[test]
fn an_added_attack_that_takes_the_id_of_another_says_so_until_ids_are_pinned() {
    let desk = kalmar();
    desk.write(
        "content/attacks/2017-kalmar.md",
        "+++\ntitle = \"Fire\"\ndate = 2017-01-01\nkilled = 0\nadded = true\n+++\n",
    );
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0", "2017-kalmar-shooting 5"]);
    let told = desk.told();
    assert!(
        told[0].contains("which the articles would give to")
            && told[0].contains("`2017-kalmar-shooting` now"),
        "{told:?}"
    );
    desk.pin();
    assert_eq!(desk.told(), [""; 0]);
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0", "2017-kalmar-shooting 5"]);
}

#[test]
fn an_added_attack_needs_an_id_that_is_pinned_for_no_other() {
    let desk = kalmar();
    desk.pin();
    let fire = |day: &str| {
        format!("+++\ntitle = \"Fire\"\ndate = {day}\nplace = \"Kalmar\"\nkilled = 0\nadded = true\n+++\n")
    };
    desk.write("content/attacks/2017-kalmar.md", &fire("2017-01-01"));
    let told = desk.told();
    assert!(told[0].contains("`2017-kalmar` is pinned for another attack: “Shooting in Kalmar"), "{told:?}");
    assert_eq!(told.len(), 1, "{told:?}");
    // The other way round: it was there first, and the article tells of another attack of its day and place.
    desk.remove("content/articles/kalmar.txt");
    desk.remove("content/ids.toml");
    desk.write("content/attacks/2017-kalmar.md", &fire("2017-08-10"));
    desk.pin();
    desk.write("content/articles/kalmar.txt", KALMAR);
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0", "2017-kalmar-shooting 5"]);
}
