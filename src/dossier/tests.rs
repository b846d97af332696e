//! Small dossiers, each with the question that linking has to answer.

use std::sync::Arc;

use super::*;
use crate::document::{Document, Meta, Origin};
use crate::facts::{Level, Place, Quote, QuoteKind, Reading};
use crate::records::{AttackRecord, Written};
use crate::source::Format;
use crate::span::Span;

fn reading<T>(value: T) -> Reading<T> {
    Reading { value, span: Span::default(), rule: "test" }
}

/// An article of `outlet`, published on `day`, with these facts.
fn article(outlet: &str, day: &str, facts: Facts) -> Article {
    let meta =
        Meta { source: Some(outlet.to_owned()), published: Some(day.parse().unwrap()), ..Meta::default() };
    let document = Document {
        path: format!("content/articles/{outlet}-{day}.txt").into(),
        format: Format::PlainText,
        meta,
        title: "A headline".to_owned(),
        title_span: None,
        standfirst: None,
        text: format!("{outlet} {day}").into(),
        origin: Origin::Same,
        blocks: Vec::new(),
        trimmed: Vec::new(),
        has_code: false,
    };
    Article {
        document: Arc::new(document),
        facts: Arc::new(facts),
        slug: format!("{outlet}-{day}"),
        corrections: Arc::default(),
    }
}

/// An attack as an article reports it; an empty word is a fact that it does not give.
fn attack(date: &str, place: &str, country: &str, kind: AttackKind, killed: u32) -> crate::facts::Attack {
    let words = |words: &str| (!words.is_empty()).then(|| reading(words.to_owned()));
    let toll = Toll { min: Some(killed), max: Some(killed) };
    crate::facts::Attack {
        kind,
        name: None,
        date: (!date.is_empty()).then(|| date.parse().unwrap()),
        date_text: None,
        place: Place {
            name: words(place),
            town: None,
            near: None,
            admin: None,
            country: words(country),
            coordinates: None,
        },
        killed: (killed > 0).then(|| reading(toll)),
        injured: None,
        hostages: None,
        missing: None,
        attackers_killed: None,
        other_tolls: Vec::new(),
        perpetrators: Vec::new(),
        targets: Vec::new(),
        weapon: None,
        stage: Stage::Accomplished,
        main: true,
        evidence: Vec::new(),
        rule: "test",
        level: Level::High,
    }
}

fn attacks(list: Vec<crate::facts::Attack>) -> Facts {
    Facts { attacks: list, ..Facts::default() }
}

fn person(name: &str, role: Role, affiliation: &str) -> crate::facts::Person {
    crate::facts::Person {
        name: Some(name.to_owned()),
        honorific: None,
        title: None,
        affiliation: (!affiliation.is_empty()).then(|| reading(affiliation.to_owned())),
        description: None,
        role: reading(role),
        mentions: Vec::new(),
        rule: "test",
        level: Level::High,
    }
}

/// Facts of one person who is quoted once.
fn speaker(name: &str, role: Role, affiliation: &str) -> Facts {
    let quote = Quote {
        span: Span::default(),
        block: 0,
        kind: QuoteKind::Direct,
        cue: None,
        speaker: Some(0),
        speaker_span: None,
        rule: "test",
        level: Level::High,
    };
    Facts { people: vec![person(name, role, affiliation)], quotes: vec![quote], ..Facts::default() }
}

fn linked(articles: &[Article], attacks: &[AttackRecord]) -> (Dossier, Vec<Diagnostic>) {
    let decisions = Decisions { attacks, ..Decisions::default() };
    link(articles, &Aliases::default(), &decisions)
}

fn ids(articles: &[Article]) -> Vec<String> {
    let (dossier, faults) = linked(articles, &[]);
    assert!(faults.is_empty(), "{faults:?}");
    dossier.attacks.into_iter().map(|attack| attack.id).collect()
}

#[test]
fn a_day_and_a_year_of_one_place_are_one_attack() {
    let articles = [
        article(
            "post",
            "2005-01-01",
            attacks(vec![attack("2004-09-01", "Beslan", "RU", AttackKind::HostageTaking, 334)]),
        ),
        article(
            "times",
            "2006-01-01",
            attacks(vec![attack("2004", "Beslan", "RU", AttackKind::HostageTaking, 334)]),
        ),
    ];
    let (dossier, _) = linked(&articles, &[]);
    assert_eq!(dossier.attacks.len(), 1);
    assert_eq!(dossier.attacks[0].id, "2004-beslan");
    assert_eq!(dossier.attacks[0].date.unwrap().to_string(), "2004-09-01", "the most precise date is kept");
    assert_eq!(dossier.attacks[0].sourcing, Sourcing::Several);
}

#[test]
fn two_attacks_in_one_town_in_one_week_stay_two() {
    let bomb = |day| attacks(vec![attack(day, "Basra", "IQ", AttackKind::Bombing, 12)]);
    let articles = [
        article("post", "2010-05-03", bomb("2010-05-02")),
        article("post", "2010-05-08", bomb("2010-05-07")),
    ];
    assert_eq!(ids(&articles), ["2010-05-02-basra-bombing", "2010-05-07-basra-bombing"]);
}

#[test]
fn another_country_or_kind_is_another_attack() {
    let articles = [
        article("a", "2010-01-01", attacks(vec![attack("2009", "Tripoli", "LB", AttackKind::Bombing, 5)])),
        article("b", "2010-01-01", attacks(vec![attack("2009", "Tripoli", "LY", AttackKind::Bombing, 5)])),
        article("c", "2010-01-01", attacks(vec![attack("2009", "Tripoli", "LY", AttackKind::Kidnapping, 5)])),
    ];
    assert_eq!(ids(&articles).len(), 3);
}

#[test]
fn disagreeing_tolls_are_one_attack_with_a_range() {
    let articles = [
        article(
            "a",
            "2004-03-12",
            attacks(vec![attack("2004-03-11", "Madrid", "ES", AttackKind::Bombing, 191)]),
        ),
        article(
            "b",
            "2014-03-11",
            attacks(vec![attack("2004-03-11", "Madrid", "ES", AttackKind::Bombing, 193)]),
        ),
    ];
    let (dossier, _) = linked(&articles, &[]);
    assert_eq!(dossier.attacks[0].killed, Some(Toll { min: Some(191), max: Some(193) }));
    assert_eq!(dossier.attacks[0].sourcing, Sourcing::Disagreeing);
}

#[test]
fn days_that_exclude_each_other_disagree() {
    let on =
        |day| article(day, "2019-05-08", attacks(vec![attack(day, "Leeds", "GB", AttackKind::Bombing, 3)]));
    for (days, told) in [
        (["2019-05-04", "2019-05-05"], Sourcing::Disagreeing),
        (["2019-05-04", "2019-05"], Sourcing::Several),
    ] {
        assert_eq!(linked(&days.map(on), &[]).0.attacks[0].sourcing, told, "{days:?}");
    }
}

#[test]
fn the_order_of_articles_does_not_matter() {
    let mut articles = vec![
        article(
            "a",
            "2004-03-12",
            attacks(vec![attack("2004-03-11", "Madrid", "ES", AttackKind::Bombing, 191)]),
        ),
        article(
            "b",
            "2010-05-03",
            attacks(vec![attack("2010-05-02", "Basra", "IQ", AttackKind::Bombing, 12)]),
        ),
        article(
            "c",
            "2010-05-08",
            attacks(vec![attack("2010-05-07", "Basra", "IQ", AttackKind::Bombing, 3)]),
        ),
        article(
            "d",
            "2014-03-11",
            attacks(vec![attack("2004-03", "Madrid", "ES", AttackKind::Bombing, 193)]),
        ),
        article("e", "2014-03-11", attacks(vec![attack("", "Madrid", "ES", AttackKind::Stabbing, 0)])),
    ];
    let forwards = ids(&articles);
    articles.reverse();
    assert_eq!(forwards, ids(&articles));
    assert_eq!(forwards.len(), 4);
}

#[test]
fn a_record_confirms_corrects_and_hides() {
    let articles = [article(
        "a",
        "2004-03-12",
        attacks(vec![
            attack("2004-03-11", "Madrid", "ES", AttackKind::Bombing, 191),
            attack("2003", "Lugo", "ES", AttackKind::Attack, 1),
        ]),
    )];
    let record = |id: &str| AttackRecord { id: id.to_owned(), ..AttackRecord::default() };
    let killed = Some(Toll { min: Some(193), max: Some(193) });
    let corrected = AttackRecord { killed, confirmed: true, ..record("2004-madrid") };
    let hidden = AttackRecord { hidden: true, ..record("2003-lugo") };
    let (dossier, faults) = linked(&articles, &[corrected, hidden]);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(dossier.attacks.len(), 1);
    assert_eq!((dossier.attacks[0].killed, dossier.attacks[0].checked), (killed, Checked::Corrected));
    assert_eq!(dossier.attack_of[0], [Some(0), None], "a hidden mention leads nowhere");
}

#[test]
fn a_record_of_an_unknown_id_names_the_nearest() {
    let articles = [article(
        "a",
        "2004-03-12",
        attacks(vec![attack("2004-03-11", "Madrid", "ES", AttackKind::Bombing, 191)]),
    )];
    let record = AttackRecord { id: "2004-madird".to_owned(), confirmed: true, ..AttackRecord::default() };
    let (_, faults) = linked(&articles, &[record]);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].help.as_deref(), Some("did you mean `2004-madrid`?"));
}

#[test]
fn merging_leaves_the_former_id() {
    let articles = [article(
        "a",
        "2016-01-01",
        attacks(vec![
            attack("2015-11-13", "Paris", "FR", AttackKind::Shooting, 90),
            attack("2015-11-13", "Saint-Denis", "FR", AttackKind::Bombing, 1),
        ]),
    )];
    let place = crate::diagnostic::Place::new("also", Span::default());
    let also = vec![Written { value: "2015-saint-denis".to_owned(), place }];
    let record = AttackRecord { id: "2015-paris".to_owned(), also, ..AttackRecord::default() };
    let (dossier, faults) = linked(&articles, &[record]);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(dossier.attacks.len(), 1);
    assert_eq!(dossier.attacks[0].former_ids, ["2015-saint-denis"]);
}

#[test]
fn an_id_that_was_somebodys_while_there_was_one_leads_on() {
    let kabul = |date| attack(date, "Kabul", "AF", AttackKind::Bombing, 90);
    let all = attacks(vec![kabul("2018-01-27"), kabul("2018-04-22"), kabul("2018-08-15")]);
    let articles = [article("a", "2018-09-01", all)];
    let place = crate::diagnostic::Place::new("also", Span::default());
    let also = vec![Written { value: "2018-kabul".to_owned(), place }];
    let record = AttackRecord { id: "2018-01-27-kabul-bombing".to_owned(), also, ..AttackRecord::default() };
    let (dossier, faults) = linked(&articles, &[record]);
    assert!(faults.is_empty(), "{faults:?}");
    let former: Vec<_> = dossier.attacks.iter().map(|it| (it.id.as_str(), &it.former_ids[..])).collect();
    assert_eq!(dossier.attacks.len(), 3, "none is merged");
    let first = ("2018-01-27-kabul-bombing", &["2018-kabul".to_owned()][..]);
    assert!(former.contains(&first), "{former:?}");
}

#[test]
fn reported_speech_is_no_quotation_of_a_person() {
    let mut facts = speaker("Ana Duarte", Role::Expert, "");
    let reported = Quote { kind: QuoteKind::Indirect, ..facts.quotes[0].clone() };
    facts.quotes.push(reported.clone());
    let only_reported = Facts { quotes: vec![reported], ..speaker("Erik Lund", Role::Expert, "") };
    let articles = [article("a", "2010-01-01", facts), article("b", "2011-01-01", only_reported)];
    let (dossier, _) = linked(&articles, &[]);
    let quoted: Vec<_> =
        dossier.people.iter().map(|it| (it.name.as_str(), it.quotes.len(), it.indexed)).collect();
    assert_eq!(quoted, [("Ana Duarte", 1, true), ("Erik Lund", 0, false)]);
}

#[test]
fn a_person_is_one_under_accents_and_initials_with_each_affiliation() {
    let articles = [
        article("a", "2010-01-01", speaker("José R. Marín", Role::Expert, "Institute of Peace")),
        article("b", "2012-01-01", speaker("Jose Marin", Role::Expert, "University of Lima")),
        article("c", "2013-01-01", speaker("J. Marín", Role::Other, "")),
    ];
    let (dossier, _) = linked(&articles, &[]);
    assert_eq!(dossier.people.len(), 1);
    let person = &dossier.people[0];
    assert_eq!((person.slug.as_str(), person.quotes.len(), person.role), ("jose-r-marin", 3, Role::Expert));
    let held: Vec<_> = person.affiliations.iter().map(|held| held.affiliation.as_deref().unwrap()).collect();
    assert_eq!(held, ["University of Lima", "Institute of Peace"], "latest first");
}

#[test]
fn a_victim_is_not_the_expert_of_the_same_name() {
    let articles = [
        article("a", "2010-01-01", speaker("Maria Sole", Role::Expert, "Institute of Peace")),
        article("b", "2010-01-02", speaker("Maria Sole", Role::Victim, "")),
    ];
    let (dossier, _) = linked(&articles, &[]);
    let slugs: Vec<_> = dossier.people.iter().map(|person| (person.slug.as_str(), person.indexed)).collect();
    assert_eq!(slugs, [("maria-sole", true), ("maria-sole-2", false)]);
}

#[test]
fn a_source_that_corrects_itself_does_not_disagree_with_itself() {
    let killed = |toll| attacks(vec![attack("2004-03-11", "Madrid", "ES", AttackKind::Bombing, toll)]);
    let corrected = [article("post", "2004-03-12", killed(190)), article("post", "2004-03-20", killed(191))];
    let (dossier, _) = linked(&corrected, &[]);
    let exactly = |toll| Some(Toll { min: Some(toll), max: Some(toll) });
    assert_eq!((dossier.attacks[0].sourcing, dossier.attacks[0].killed), (Sourcing::Single, exactly(191)));

    let two = [
        article("post", "2004-03-12", killed(190)),
        article("post", "2004-03-20", killed(191)),
        article("times", "2004-03-21", killed(191)),
    ];
    let (dossier, _) = linked(&two, &[]);
    assert_eq!((dossier.attacks[0].sourcing, dossier.attacks[0].killed), (Sourcing::Several, exactly(191)));
}

#[test]
fn a_link_can_be_told_in_words() {
    let articles = [
        article(
            "a",
            "2004-03-12",
            attacks(vec![attack("2004-03-11", "Madrid", "ES", AttackKind::Bombing, 191)]),
        ),
        article(
            "b",
            "2014-03-11",
            attacks(vec![attack("2004-03", "Madrid", "ES", AttackKind::Bombing, 191)]),
        ),
    ];
    let why = why_linked(&articles, &Aliases::default(), &[(1, 0), (0, 0)]);
    assert_eq!(why.len(), 1);
    assert_eq!((why[0].mention, why[0].with, why[0].enough), ((1, 0), (0, 0), true));
    let words: Vec<_> = why[0].reasons.iter().map(|it| (it.words.as_str(), it.weight)).collect();
    let expected = [
        ("dates fit: 1 March 2004 to 31 March 2004", 2),
        ("same place: Madrid", 3),
        ("same country: Spain", 1),
        ("same kind of violence", 1),
        ("same toll: 191 killed", 3),
    ];
    assert_eq!(words, expected);
    assert_eq!(why[0].score, 10);

    let people = [
        article("a", "2010-01-01", speaker("James Marlow", Role::Expert, "Institute of Peace")),
        article("b", "2012-01-01", speaker("Jim Marlow", Role::Expert, "Peace Institute")),
    ];
    let why = why_same_person(&people, &Aliases::default(), &[Vec::new(), Vec::new()], &[(0, 0), (1, 0)]);
    let words: Vec<_> = why[0].reasons.iter().map(|it| (it.words.as_str(), it.weight)).collect();
    assert_eq!(words, [("short form of the name", 4), ("same office: peace", 3), ("same role: expert", 1)]);
}

#[test]
fn what_nearly_was_joined_is_listed_with_the_reason() {
    let bomb = |day| attacks(vec![attack(day, "Basra", "IQ", AttackKind::Bombing, 12)]);
    let articles = [
        article("a", "2010-05-03", bomb("2010-05-02")),
        article("b", "2010-05-08", bomb("2010-05-06")),
        article("c", "2011-05-08", attacks(vec![attack("2010-05", "Basra", "IQ", AttackKind::Bombing, 0)])),
        article("d", "2010-01-01", speaker("Maria Lund", Role::Expert, "Institute of Peace")),
        article("e", "2011-01-01", speaker("Maria Lind", Role::Expert, "Institute of Peace")),
    ];
    let (dossier, _) = link(&articles, &Aliases::default(), &Decisions::default());
    assert_eq!(dossier.attacks.len(), 3, "the month may be either day");
    let pairs = possible_duplicates(&dossier, &articles, &Aliases::default());
    let left: Vec<&str> = pairs.iter().map(|pair| pair.left.as_str()).collect();
    let expected =
        ["fits another as well", "fits another as well", "dates that are 4 days apart", "another name"];
    assert_eq!(left, expected);
    assert_eq!(pairs[3].of, PairOf::People(0, 1));
}
