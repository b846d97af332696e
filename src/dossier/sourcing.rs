//! How well an attack is sourced: who speaks of it independently, and whether their figures can all be right.
//!
//! The rule, as the methodology page tells it (`templates/methodology.html`; the two say the same):
//!
//! 1. An article that copies an earlier one counts as that one.
//! 2. All articles of one outlet are one source; an article without an outlet is a source of its own.
//! 3. A source's figure is its latest; an earlier one counts only as far as both can be true.
//! 4. No source: *added by an editor*. One: *one source*. Two or more: *several sources agree* where one number of
//!    killed, one of injured and one day can satisfy what all of them say; else *sources disagree*.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::edtf::Edtf;
use crate::facts::{self, Toll};
use crate::records::SourceRecord;

use super::names::fold;
use super::toll::{Agreement, combine};
use super::{Article, ArticleIndex, Sourcing};

type Mention = (ArticleIndex, u32);

/// What the sources of an attack come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sourced {
    pub(super) sourcing: Sourcing,
    /// How many independent sources there are, an editor's among them.
    pub(super) sources: u32,
    pub(super) killed: Option<Toll>,
    pub(super) injured: Option<Toll>,
    pub(super) hostages: Option<Toll>,
}

/// Applies the rule to the mentions of one attack and to the sources that an editor adds. `copy_of` may be empty where
/// nothing is a copy.
pub(super) fn sourced(
    articles: &[Article],
    copy_of: &[Option<ArticleIndex>],
    mentions: &[Mention],
    added: &[SourceRecord],
) -> Sourced {
    let sources = sources(articles, copy_of, mentions);
    // An added source of an outlet that the articles have too is no other source, but its figure counts.
    let outlets = added.iter().enumerate().map(|(at, source)| match &source.outlet {
        Some(outlet) => fold(outlet),
        None => format!("/added {at}"),
    });
    let count = sources.keys().cloned().chain(outlets).collect::<BTreeSet<_>>().len();
    let over_all = |value: fn(&facts::Attack) -> Option<Toll>,
                    of_added: fn(&SourceRecord) -> Option<Toll>| {
        let mut figures: Vec<Toll> = sources.values().filter_map(|source| latest(source, value)).collect();
        figures.extend(added.iter().filter_map(of_added));
        figures.sort_unstable();
        figures.dedup();
        combine(&figures)
    };
    let (killed, killed_agree) = over_all(|one| one.killed.as_ref().map(|toll| toll.value), |it| it.killed);
    let (injured, injured_agree) =
        over_all(|one| one.injured.as_ref().map(|toll| toll.value), |it| it.injured);
    let (hostages, _) = over_all(|one| one.hostages.as_ref().map(|toll| toll.value), |_| None);
    let agree =
        killed_agree == Agreement::Agree && injured_agree == Agreement::Agree && one_day_fits(&sources);
    let sourcing = match (count, agree) {
        _ if mentions.is_empty() => Sourcing::Editor,
        (0 | 1, _) => Sourcing::Single,
        (_, true) => Sourcing::Several,
        (_, false) => Sourcing::Disagreeing,
    };
    Sourced { sourcing, sources: count as u32, killed, injured, hostages }
}

/// Whether the attack can have been on one day, or have begun on one, by what each source says last.
fn one_day_fits(sources: &BTreeMap<String, Vec<&facts::Attack>>) -> bool {
    let dates = sources.values().filter_map(|told| told.iter().rev().find_map(|one| one.date));
    let (mut first, mut last) = (Date::MIN, Date::MAX);
    for date in dates {
        (first, last) = (first.max(date.earliest()), last.min(date.latest()));
    }
    first <= last
}

/// Whether the independent sources of an attack, by its mentions, give days that can all be right.
pub fn days_agree(
    articles: &[Article],
    copy_of: &[Option<ArticleIndex>],
    mentions: &[(ArticleIndex, u32)],
) -> bool {
    one_day_fits(&sources(articles, copy_of, mentions))
}

/// The mentions of each independent source, under its name; within one, the oldest first.
pub(super) fn sources<'a>(
    articles: &'a [Article],
    copy_of: &[Option<ArticleIndex>],
    mentions: &[Mention],
) -> BTreeMap<String, Vec<&'a facts::Attack>> {
    let original = |at: ArticleIndex| copy_of.get(at as usize).copied().flatten();
    let mut order: Vec<&Mention> = mentions.iter().collect();
    order.sort_by_cached_key(|(at, index)| {
        // A copy is as old as its original, and the original has the last word of the two.
        let stands_for = &articles[original(*at).unwrap_or(*at) as usize].document;
        let day = stands_for.meta.published.as_ref().map(Edtf::earliest);
        (day, &stands_for.path, original(*at).is_none(), &articles[*at as usize].document.path, *index)
    });
    let mut sources: BTreeMap<String, Vec<&facts::Attack>> = BTreeMap::new();
    for (at, index) in order {
        let document = &articles[original(*at).unwrap_or(*at) as usize].document;
        let name = match &document.meta.source {
            Some(outlet) => fold(outlet),
            None => format!("/{}", document.path),
        };
        let attack = &articles[*at as usize].facts.attacks[*index as usize];
        sources.entry(name).or_default().push(attack);
    }
    sources
}

/// A source's figure: its latest, made narrower by earlier ones that can be true with it.
fn latest(source: &[&facts::Attack], value: impl Fn(&facts::Attack) -> Option<Toll>) -> Option<Toll> {
    let newest_first = source.iter().rev().filter_map(|one| value(one));
    newest_first.reduce(|latest, earlier| match combine(&[latest, earlier]) {
        (Some(both), Agreement::Agree) => both,
        _ => latest,
    })
}
