//! Attacks and people that may be one.

use crate::dossier::{Attack, Pair, PairOf, Person, possible_duplicates};
use crate::pipeline::Site;
use crate::records::Written;

use super::{Item, Reason, Subject, attacks, people};

/// The items, each with its reason and its weight: the likeliest pair first.
pub(super) fn items(site: &Site) -> Vec<(Reason, u32, Item)> {
    let pairs = possible_duplicates(&site.dossier, &site.articles, &site.knowledge.aliases);
    let pairs: Vec<Pair> = pairs.into_iter().filter(|pair| !are_apart(site, pair)).collect();
    let most = pairs.len() as u32;
    pairs.iter().zip(0_u32..).map(|(pair, at)| (Reason::Duplicate, most - at, item(site, pair))).collect()
}

/// Whether an editor has said that the two are not one, by an id that one of them has or had.
fn are_apart(site: &Site, pair: &Pair) -> bool {
    let (dossier, records) = (&site.dossier, &site.records);
    match pair.of {
        PairOf::Attacks(one, two) => {
            let (one, two) = (&dossier.attacks[one as usize], &dossier.attacks[two as usize]);
            let says = |it: &Attack, other: &Attack| {
                let apart = it.record.map(|record| &records.attacks[record as usize].apart);
                names(apart, &other.id, &other.former_ids)
            };
            says(one, two) || says(two, one)
        }
        PairOf::People(one, two) => {
            let (one, two) = (&dossier.people[one as usize], &dossier.people[two as usize]);
            let says = |it: &Person, other: &Person| {
                let apart = it.record.map(|record| &records.people[record as usize].apart);
                names(apart, &other.slug, &other.former_slugs)
            };
            says(one, two) || says(two, one)
        }
    }
}

fn names(apart: Option<&Vec<Written<String>>>, id: &String, former: &[String]) -> bool {
    apart.is_some_and(|apart| apart.iter().any(|it| it.value == *id || former.contains(&it.value)))
}

fn item(site: &Site, pair: &Pair) -> Item {
    let reasons: Vec<&str> = pair.reasons.iter().map(|reason| reason.words.as_str()).collect();
    let said = |other: &str| {
        format!("it may be the same as `{other}`: {}; left apart for {}", reasons.join(", "), pair.left)
    };
    match pair.of {
        PairOf::Attacks(one, two) => {
            let (one, two) = (&site.dossier.attacks[one as usize], &site.dossier.attacks[two as usize]);
            let mut evidence = super::sentences(site, one, &[], 2);
            evidence.extend(super::sentences(site, two, &[], 2));
            let why = said(&two.id);
            let paste = format!("also = [\"{0}\"]    # or apart = [\"{0}\"]", two.id);
            let item = attacks::item(site, one, Reason::Duplicate, why, evidence, paste);
            Item { other: Some(two.id.clone()), ..item }
        }
        PairOf::People(one, two) => {
            let (one, two) = (&site.dossier.people[one as usize], &site.dossier.people[two as usize]);
            let why = said(&two.slug);
            let paste = format!("also = [\"{0}\"]    # or apart = [\"{0}\"]", two.slug);
            let mut item = people::item(site, one, Reason::Duplicate, why, &paste);
            item.evidence.truncate(2);
            item.evidence.extend(people::paragraphs(site, two, 2));
            debug_assert_eq!(item.subject, Subject::Person, "two people are a person");
            Item { other: Some(two.slug.clone()), ..item }
        }
    }
}
