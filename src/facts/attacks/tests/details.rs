//! What is told of one attack: its day, its place, who was hit and counted, who did it.

use super::{PUBLISHED, lines, read, short};

#[test]
fn without_a_published_date_none_is_guessed() {
    let attack = &read("A bomb exploded in Lima in January, killing two people.", None)[0];
    assert_eq!(attack.date, None);
    assert_eq!(attack.date_text.as_ref().unwrap().value, "in January");
}

#[test]
fn a_flight_between_two_places_has_none() {
    let text = "In 1988, a device was detonated on a passenger flight from Oslo to Rome. None of the 62 passengers survived.";
    assert_eq!(lines(text), ["Bombing 1988 -/-/- killed 62..62 injured - by "]);
}

#[test]
fn the_date_of_a_judgment_is_not_the_attacks() {
    let text = "A bomb exploded in Lima, Peru, on 3 May 2010, killing nine people. In June 2014 a court in Cusco \
                convicted three men of the bombing. One of them was executed on 11 June 2016.";
    assert_eq!(short(text), ["Bombing 2010-05-03 Lima/-/PE killed 9..9"]);
    assert_eq!(
        short("They lined up the villagers of Wexholme. In Wexholme 12 men were executed on 3 May 2010."),
        ["Attack 2010-05-03 Wexholme/-/- killed 12..12"],
        "no court had spoken"
    );
}

#[test]
fn the_full_date_stands_before_a_weekday_beside_it() {
    let text = "On 15 March 2019, during Friday prayers, a gunman shot dead 11 people in Kampala. Two of them were \
                killed outside.";
    assert_eq!(short(text), ["Shooting 2019-03-15 Kampala/-/UG killed 11..11"]);
}

#[test]
fn a_scene_without_a_town_gets_the_articles_own() {
    let place = |text: &str| {
        let place = read(text, Some(PUBLISHED)).remove(0).place;
        (place.full_name(), place.admin)
    };
    let told = |name: &str| (Some(name.to_owned()), Some("Illinois".to_owned()));
    let dateline = "ROCKFORD, Ill. (AP) — A man was shot on Tuesday";
    assert_eq!(place(&format!("{dateline}, police said.")), told("ROCKFORD"));
    assert_eq!(
        place(&format!("{dateline} in the 1200 block of Main Street, Rockford police said.")),
        told("Rockford")
    );
    assert_eq!(place(&format!("{dateline} at Wexholme Park, police said.")), told("Wexholme Park, ROCKFORD"));
    // Where people are brought is not the scene.
    let text = "A man was shot on Tuesday, Rockford police said. He was taken to a hospital in Madison, Wis. It was near Rockford, Ill.";
    assert_eq!(place(text), told("Rockford"));
}

#[test]
fn what_happened_in_another_year_is_not_put_into_the_articles_town() {
    let text = "Oslo police said two people were shot in Oslo on Tuesday.\\n\\nA bomb killed four people on 3 May 1998.";
    let text = text.replace("\\n", "\n");
    let attacks = read(&text, Some(PUBLISHED));
    assert_eq!(attacks.len(), 2);
    assert!(attacks[1].place.name.is_none() && attacks[1].place.country.is_none());
}

#[test]
fn who_did_it_and_to_whom_with_how_far_the_article_goes() {
    let who = |text: &str| -> Vec<String> {
        let attacks = read(text, None);
        let named = attacks.iter().flat_map(|it| &it.perpetrators);
        named.map(|it| format!("{} {:?}", it.name.value, it.standing)).collect()
    };
    let claimed = "A bomb killed four people in Halden on Monday. The Coastal Liberation Front (CLF) claimed responsibility.";
    assert_eq!(who(claimed), ["Coastal Liberation Front Claimed"]);
    let presumed = "Two guards were kidnapped in Halden on Monday by a group of presumed rebels.";
    assert_eq!(who(presumed), ["group of presumed rebels Suspected"]);
    let denied = "A bomb killed four people in Halden on Monday. The Coastal Liberation Front denied any part in the attack.";
    assert_eq!(who(denied), Vec::<String>::new());
    let victim = "The man shot in the shoulder in Halden on Monday died, police said.";
    assert_eq!(who(victim), Vec::<String>::new());
    let named = "A man stabbed two people to death in Halden on Friday evening, police said. The suspect, Jon Norden, 31, was arrested and charged with murder on Saturday.";
    assert_eq!(who(named), ["Jon Norden Suspected"]);
    let unnamed = "A man stabbed two people to death in Halden on Friday evening, police said.";
    assert_eq!(who(unnamed), ["man Stated"]);
    let threat = "The Red Dawn group threatened to kidnap judges in Halden.";
    assert_eq!(who(threat), ["Red Dawn group Stated"]);
    let court = "A court in Lund convicted Erik Norden of the bombing of a bank in Halden in 2015 that killed three people.";
    assert_eq!(who(court), ["Erik Norden Convicted"]);
    let same = "Al-Shabaab claimed responsibility for a bombing that killed eight people in Halden on Monday. Police blamed the same group for the kidnapping of two engineers in Arden on 12 September.";
    assert_eq!(who(same), ["Al-Shabaab Claimed", "Al-Shabaab Blamed"]);
}

#[test]
fn a_place_is_a_target_and_the_number_of_the_killed_is_none() {
    let target = |text: &str| -> Vec<String> {
        read(text, None).iter().flat_map(|it| &it.targets).map(|it| it.value.clone()).collect()
    };
    assert_eq!(
        target("Five hooded gunmen attacked a police station in Halden on Monday."),
        ["a police station"]
    );
    assert_eq!(target("Two bombs at a market in Halden killed 34 people on Monday."), ["a market"]);
    let apart =
        "A car bomb killed at least 14 people, including five children, at a market in Halden on Sunday.";
    assert_eq!(target(apart), ["a market"]);
    let shot =
        "Gunmen wearing police uniforms shot dead three officers at a security office in Halden on Monday.";
    assert_eq!(target(shot), ["three officers"]);
    let counted = "A bomb killed at least 14 people in Halden on Monday, doctors at a clinic said.";
    assert!(target(counted).is_empty(), "a toll is told as a toll");
}

#[test]
fn victims_told_one_by_one_are_counted_once_each() {
    let text = "Three people have died in a shooting near a campus in Arden.\n\nPolice said the shooting was reported \
                on Monday. Police said a man and woman were taken to a hospital, where they later died. Another man \
                was pronounced dead at the scene.\n\nAnother woman who was shot in the leg went to a hospital. She is \
                listed in good condition.";
    let attack = &read(text, Some(PUBLISHED))[0];
    let count = |toll: &Option<crate::facts::Reading<crate::facts::Toll>>| toll.as_ref().map(|it| it.value);
    let exactly = |count| Some(crate::facts::Toll { min: Some(count), max: Some(count) });
    assert_eq!((count(&attack.killed), count(&attack.injured)), (exactly(3), exactly(1)));
}

#[test]
fn the_latest_total_counts_and_the_others_stay() {
    let text = "A gunman opened fire at a market in Arden on Monday, killing 12 people, including five children. \
                Between 10 and 15 people were hurt. The gunman was shot dead by police.\n\nThe death toll climbed to \
                14 on Wednesday. At least three people are still missing.";
    let attack = &read(text, Some(PUBLISHED))[0];
    let toll = |min, max| crate::facts::Toll { min, max };
    assert_eq!(attack.killed.as_ref().unwrap().value, toll(Some(14), Some(14)));
    assert_eq!(attack.injured.as_ref().unwrap().value, toll(Some(10), Some(15)));
    assert_eq!(attack.attackers_killed.as_ref().unwrap().value, toll(Some(1), Some(1)));
    assert_eq!(attack.missing.as_ref().unwrap().value, toll(Some(3), None));
    assert_eq!(attack.other_tolls[0].count.value, toll(Some(12), Some(12)));
}

#[test]
fn the_town_of_the_court_is_not_the_scene() {
    let text = "The court in Munich convicted Beate Holz of murdering ten people between 2000 and 2007.";
    assert!(lines(text).iter().all(|line| !line.contains("Munich")), "{:?}", lines(text));
}

#[test]
fn a_time_of_day_tells_the_day_of_the_attack() {
    let day =
        |text: &str| read(text, Some(PUBLISHED)).first().and_then(|it| it.date).map(|date| date.to_string());
    let monday = Some("2024-03-25".to_owned());
    assert_eq!(
        day("A man was shot in Wexholme. It happened just before 6 p.m. Monday, police said."),
        monday
    );
    assert_eq!(day("It was just after 3 a.m. Monday. A clerk was shot dead in Wexholme."), monday);
    assert_eq!(
        day("Three people were shot in Wexholme.\n\nNeighbors heard the gunshots early Monday."),
        monday
    );
    // When he was arrested, and when the article came out, is no day of it.
    assert_eq!(
        day("A man was shot in Wexholme. Updated: Monday, March 25, 2024. A suspect was arrested Monday."),
        None
    );
    // The night has two days; the hour tells which.
    assert_eq!(
        day("A man was shot overnight in Wexholme. It happened around 1 a.m. at a bar."),
        Some("2024-03-29".to_owned())
    );
}

#[test]
fn a_quarter_of_the_town_is_no_town_elsewhere() {
    let place = |text: &str| {
        let place = read(text, Some(PUBLISHED)).remove(0).place;
        (place.name.map(|it| it.value), place.town.map(|it| it.value), place.admin)
    };
    let told = |name: &str, town: &str, admin: &str| {
        (Some(name.to_owned()), Some(town.to_owned()), Some(admin.to_owned()))
    };
    assert_eq!(
        place(
            "A man was shot in the Austin neighborhood on Monday, Chicago police said. Chicago police came."
        ),
        told("Austin", "Chicago", "Illinois")
    );
    // The state by its police, though no town is told.
    let (_, _, admin) = place(
        "Two clerks were shot on Monday in the 400 block of Ash Lane, Ohio state police said. The Ohio State Highway Patrol came.",
    );
    assert_eq!(admin.as_deref(), Some("Ohio"));
}

#[test]
fn the_attackers_of_the_passage_did_it_where_nobody_else_is_named() {
    let who = |text: &str| -> Vec<String> {
        read(text, None).iter().flat_map(|it| &it.perpetrators).map(|it| it.name.value.clone()).collect()
    };
    let looked_for = "A bomb exploded at a bank in Halden on Monday. Police are looking for the terrorists.";
    assert_eq!(who(looked_for), ["terrorists"]);
    let said = "A bomb exploded at a bank in Halden on Monday. The rebels say that they want peace.";
    assert!(who(said).is_empty());
    let hit = "A clerk was shot in Halden on Monday. On Tuesday a rebel was killed.";
    assert!(who(hit).is_empty());
}
