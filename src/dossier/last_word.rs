//! Attacks and people with the editor's last word, in the dossier's order, and which mentions became which.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::records::Correction;

use super::made::Maker;
use super::{About, Article, ArticleIndex, Attack, Decisions, Owners, Person, decisions, names};

/// Attacks with the editor's last word, in the dossier's order, and which mentions became which.
pub(super) struct Attacks {
    pub(super) shown: Vec<Attack>,
    pub(super) hidden: Vec<Attack>,
    pub(super) attack_of: Owners,
}

/// Attacks from `groups`, the mentions of each. `before` are those of a time when the articles had as many: where mentions
/// have become the same again, which did is not told anew.
pub(super) fn decide_attacks(
    maker: &mut Maker<'_>,
    decisions: &Decisions<'_>,
    groups: Vec<Vec<(ArticleIndex, u32)>>,
    before: Option<(&[Attack], &Owners)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Attacks {
    let decided = decisions::decide_attacks(maker, groups, decisions, diagnostics);
    let (mut shown, mut hidden) = (decided.shown, decided.hidden);
    shown.sort_by(|a, b| {
        let undated = |attack: &Attack| attack.date.is_none();
        (undated(a), &a.date, &a.id).cmp(&(undated(b), &b.date, &b.id))
    });
    hidden.sort_by(|a, b| a.id.cmp(&b.id));
    let mentions = || shown.iter().map(|attack| &attack.mentions);
    let count = |facts: &Facts| facts.attacks.len();
    let as_before = before.filter(|(attacks, attack_of)| {
        let counts = maker.articles.iter().map(|article| count(&article.facts));
        attack_of.iter().map(Vec::len).eq(counts)
            && attacks.iter().map(|attack| &attack.mentions).eq(mentions())
    });
    let attack_of = match as_before {
        Some((_, attack_of)) => Arc::clone(attack_of),
        None => owners(maker.articles, count, mentions()).into(),
    };
    Attacks { shown, hidden, attack_of }
}

/// People from `groups`, the mentions of each, with the editor's last word, in the dossier's order, and which mentions became
/// which.
pub(super) fn decide_people(
    maker: &mut Maker<'_>,
    decisions: &Decisions<'_>,
    groups: Vec<Vec<(ArticleIndex, u32)>>,
    attack_of: &Owners,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Person>, Vec<Vec<Option<u32>>>) {
    let mut people = decisions::decide_people(maker, groups, decisions, diagnostics);
    people.sort_by_cached_key(|person| (names::fold(&person.sort_name), person.slug.clone()));
    let mentions = people.iter().map(|person| &person.mentions);
    let person_of = owners(maker.articles, |facts| facts.people.len(), mentions);
    for person in &mut people {
        let spoken_of = maker.spoken_of(person).iter();
        let spoken_of =
            spoken_of.filter_map(|(article, attack)| attack_of[*article as usize][*attack as usize]);
        let mut spoken_of: Vec<u32> = spoken_of.collect();
        spoken_of.sort_unstable();
        spoken_of.dedup();
        person.attacks = spoken_of;
    }
    (people, person_of)
}

/// The same with attacks numbered as they are first mentioned: which is which, and nothing of their order.
pub(super) fn in_order_of_mention(attack_of: &[Vec<Option<u32>>]) -> Vec<Vec<Option<u32>>> {
    let last = attack_of.iter().flatten().flatten().max();
    let mut numbers: Vec<Option<u32>> = vec![None; last.map_or(0, |last| *last as usize + 1)];
    let mut next = 0..;
    let mut number =
        |at: u32| *numbers[at as usize].get_or_insert_with(|| next.next().expect("no more than attacks"));
    attack_of.iter().map(|of| of.iter().map(|at| at.map(&mut number)).collect()).collect()
}

/// Everything that was put right, newest first.
pub(super) fn corrections(
    articles: &[Article],
    attacks: &[Attack],
    people: &[Person],
    decisions: &Decisions<'_>,
) -> Vec<(Correction, About)> {
    let of_attacks = (0_u32..).zip(attacks).flat_map(|(at, attack)| {
        let record = attack.record.map(|record| &decisions.attacks[record as usize].corrections);
        record.into_iter().flatten().map(move |told| (told.clone(), About::Attack(at)))
    });
    let of_people = (0_u32..).zip(people).filter(|(_, person)| person.indexed).flat_map(|(at, person)| {
        let record = person.record.map(|record| &decisions.people[record as usize].corrections);
        record.into_iter().flatten().map(move |told| (told.clone(), About::Person(at)))
    });
    let of_articles = (0_u32..).zip(articles).flat_map(|(at, article)| {
        article.corrections.iter().map(move |told| (told.clone(), About::Article(at)))
    });
    let mut all: Vec<_> = of_attacks.chain(of_people).chain(of_articles).collect();
    all.sort_by(|(a, one), (b, two)| (b.date.latest(), &a.text, one).cmp(&(a.date.latest(), &b.text, two)));
    all
}

/// For each article, for each of its mentions, the index of what it became.
fn owners<'a>(
    articles: &[Article],
    count: impl Fn(&Facts) -> usize,
    mentions: impl Iterator<Item = &'a Vec<(ArticleIndex, u32)>>,
) -> Vec<Vec<Option<u32>>> {
    let mut owners: Vec<Vec<Option<u32>>> =
        articles.iter().map(|article| vec![None; count(&article.facts)]).collect();
    for (owner, mentions) in (0_u32..).zip(mentions) {
        for (article, index) in mentions {
            owners[*article as usize][*index as usize] = Some(owner);
        }
    }
    owners
}
