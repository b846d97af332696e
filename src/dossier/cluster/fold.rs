//! Mentions that say the same, folded into one group.

use std::cmp::Reverse;
use std::sync::Arc;

use super::super::profile::{Days, Profile};
use super::super::profiles::ProfileId;
use super::Told;

/// Where a mention stands: the place of its article in the order of day and outlet, and its index in that article.
pub(super) type Heard = (u32, u32);

/// When a group is placed: the most exact first, then what most articles say, then by its first day, then what was said
/// first. No two groups of one time have the same.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    vagueness: u8,
    articles: Reverse<u32>,
    days: Option<Days>,
    first: Heard,
}

/// Mentions that say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) turn: Turn,
    pub(super) number: ProfileId,
    pub(super) profile: Arc<Profile>,
    /// In order; of an article no more than one.
    pub(super) heard: Vec<Heard>,
    /// The last day that any of its articles was published on.
    pub(super) published: Option<i32>,
}

impl Folded {
    fn new(number: ProfileId, heard: Vec<Heard>, told: Told<'_>) -> Folded {
        let profile = Arc::clone(told.profiles.profile(number));
        let turn = Turn {
            vagueness: profile.vagueness(),
            articles: Reverse(heard.len() as u32),
            days: profile.days.first().copied(),
            first: heard[0],
        };
        let published = heard.iter().map(|(place, _)| told.at(*place as usize).1).max().flatten();
        Folded { turn, number, profile, heard, published }
    }

    pub(super) fn is_vague(&self) -> bool {
        self.turn.vagueness > 0
    }
}

/// The groups of all that was said, in the order in which they are placed.
pub(super) fn all(told: Told<'_>) -> Vec<Folded> {
    let mut heard: Vec<Vec<Heard>> = vec![Vec::new(); told.profiles.count()];
    for place in 0..told.order.len() {
        for (number, index) in told.at(place).0.iter().zip(0..) {
            heard[*number as usize].push((place as u32, index));
        }
    }
    let each = (0..).zip(heard).filter(|(_, heard)| !heard.is_empty());
    let mut groups: Vec<Folded> = each.flat_map(|(number, heard)| of_profile(number, heard, told)).collect();
    groups.sort_unstable_by_key(|group| group.turn);
    groups
}

/// The groups of the mentions that have one profile; `heard` is in order.
pub(super) fn of_profile(number: ProfileId, heard: Vec<Heard>, told: Told<'_>) -> Vec<Folded> {
    let mut groups = Vec::new();
    let mut alike: Vec<Heard> = Vec::new();
    let is_telling = told.profiles.profile(number).is_telling();
    for one in heard {
        // Two mentions of one article are two attacks, as far as it says so.
        if alike.is_empty() || (is_telling && alike.last().is_some_and(|(place, _)| *place != one.0)) {
            alike.push(one);
        } else {
            groups.push(Folded::new(number, vec![one], told));
        }
    }
    groups.extend((!alike.is_empty()).then(|| Folded::new(number, alike, told)));
    groups
}
