//! Following edits against finding everything: random edits of many articles, and after each the very same attacks.

use std::sync::Arc;

use super::super::memory_tests::{Numbers, read};
use super::super::profiles::Profiles;
use super::super::sight::Sight;
use super::*;
use crate::facts::Aliases;

/// A paragraph on an attack, of few towns, days and tolls, so that much fits much; some vaguely dated or not at all.
fn paragraph(random: &mut Numbers) -> String {
    let killed = random.one_of(&["Three", "Four", "Nine", "Twelve"]);
    let how = random.one_of(&["when a bomb exploded", "when gunmen opened fire", "in an attack"]);
    let spot = random.one_of(&["", "", " at a market", " at the old bridge"]);
    let town = random.one_of(&["Bilbao", "Oslo", "Leeds", "Lyon", "Turin", "Porto", "Ghent", "Lagos"]);
    let day = random.one_of(&["3", "4", "6", "12", "20", "28"]);
    let month = random.one_of(&["March", "April", "November"]);
    let year = random.one_of(&["2009", "2010", "2011"]);
    let when = match random.below(8) {
        0 => format!(" in {year}"),
        1 => format!(" in {month} {year}"),
        2 => String::new(),
        _ => format!(" on {day} {month} {year}"),
    };
    format!("{killed} people were killed {how}{spot} in {town}{when}, police said.")
}

/// An article of that name, whose day and outlet are its own for good.
fn text(name: usize, random: &mut Numbers) -> String {
    let day = ["2012-10-14", "2012-10-16", "2012-10-17", "2011-04-01"][name % 4];
    let outlet = ["The Lorne Post", "The Marlow Echo", "Courier"][name % 3];
    let paragraphs: Vec<String> = (0..random.below(4)).map(|_| paragraph(random)).collect();
    format!("Title: The week\nDate: {day}\nSource: {outlet}\n\n{}\n", paragraphs.join("\n\n"))
}

#[test]
fn following_an_edit_is_finding_everything() {
    let mut random = Numbers(5);
    let aliases = Aliases::default();
    let mut site: Vec<(Article, Arc<Sight>)> =
        (0..150).map(|name| read(name, &text(name, &mut random))).collect();
    let mut profiles = Profiles::default();
    let mut clusters: Option<Clusters> = None;
    let (mut followed, mut differed, mut before) = (0, 0, Vec::new());
    for step in 0..250 {
        let articles: Vec<Article> = site.iter().map(|(article, _)| article.clone()).collect();
        let sights: Vec<Arc<Sight>> = site.iter().map(|(_, sight)| Arc::clone(sight)).collect();
        let order = in_order(&articles);
        let said = profiles.recall(&articles, &sights, (&aliases, [0; 32]));
        let told = Told { articles: &articles, order: &order, said: &said, profiles: &profiles };
        let whole = Clusters::find(told);
        let attacks = whole.attacks(profiles.words());
        if let Some(mut held) = clusters.take()
            && held.follow(told)
        {
            followed += 1;
            assert_eq!(held.attacks(profiles.words()), attacks, "step {step}");
            clusters = Some(held);
        }
        differed += usize::from(before != attacks);
        clusters.get_or_insert(whole);
        before = attacks;
        for _ in 0..=random.below(3) {
            let name = random.below(site.len());
            site[name] = read(name, &text(name, &mut random));
        }
    }
    assert!(before.iter().any(|mentions| mentions.len() > 2), "nothing was linked");
    assert!(followed > 150 && differed > 200, "of no use: {followed} followed, {differed} differed");
}
