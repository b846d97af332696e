//! Why mentions were taken for one, in words: worked out again when somebody asks, and nothing is kept for it.

use std::cmp::Reverse;

use crate::country;
use crate::edtf::Edtf;
use crate::facts::{Aliases, Role};

use super::people::profile_of;
use super::person_name::Fit;
use super::profile::{Profile, Profiler, Words, day_of};
use super::same_person::{self, PersonProfile};
use super::weigh::{self, weigh};
use super::{Article, ArticleIndex};

/// One thing that speaks for two mentions being one, or against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// "same day: 4 June 2021".
    pub words: String,
    /// How much it speaks for it; below nought, against it.
    pub weight: i32,
}

/// Why a mention belongs to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reasoned {
    /// Article and index into its attacks or its people.
    pub mention: (ArticleIndex, u32),
    /// The earlier one that it fits best.
    pub with: (ArticleIndex, u32),
    /// All weights together.
    pub score: i32,
    /// Whether that is enough by itself. Where it is not, the mention fits the others only taken together, or an editor
    /// put it there.
    pub enough: bool,
    /// What speaks for it and against it, in the order in which it is looked at.
    pub reasons: Vec<Weighed>,
    /// What rules it out; only where an editor put the two together.
    pub against: Option<String>,
}

/// How many earlier mentions one is compared with.
const EARLIER: usize = 64;

/// For each of `mentions` of one attack but the first: which earlier one it fits best, and why. The order is that of
/// linking: the most exactly dated first, then by path.
pub fn why_linked(
    articles: &[Article],
    aliases: &Aliases,
    mentions: &[(ArticleIndex, u32)],
) -> Vec<Reasoned> {
    let mut profiler = Profiler::new(aliases);
    let mut known: Vec<((ArticleIndex, u32), Profile)> = Vec::with_capacity(mentions.len());
    for (at, index) in mentions {
        let profile = profiler.of_article(&articles[*at as usize]).swap_remove(*index as usize);
        known.push(((*at, *index), profile));
    }
    known.sort_by_key(|((at, index), profile)| {
        (profile.vagueness(), articles[*at as usize].document.path.clone(), *index)
    });
    best_of_earlier(&known, |one, two| attack_reasons(one, two, &profiler.words))
}

/// For each of `mentions` of one person but the first: which earlier one it fits best, and why. `attack_of` is that of
/// the dossier.
pub fn why_same_person(
    articles: &[Article],
    aliases: &Aliases,
    attack_of: &[Vec<Option<u32>>],
    mentions: &[(ArticleIndex, u32)],
) -> Vec<Reasoned> {
    let mut words = Words::default();
    let mut known: Vec<((ArticleIndex, u32), PersonProfile)> = mentions
        .iter()
        .filter_map(|mention| {
            Some((*mention, profile_of(articles, aliases, attack_of, *mention, &mut words)?))
        })
        .collect();
    known.sort_by_key(|((at, index), profile)| {
        let name = &profile.names[0];
        let told = !profile.office.is_empty();
        (name.is_short(), name.is_initial(), !told, articles[*at as usize].document.path.clone(), *index)
    });
    best_of_earlier(&known, |one, two| person_reasons(one, two, &words))
}

/// What weighing two came to, in words.
pub(super) struct InWords {
    pub(super) score: i32,
    pub(super) enough: bool,
    pub(super) reasons: Vec<Weighed>,
    pub(super) against: Option<String>,
}

fn best_of_earlier<P>(
    known: &[((ArticleIndex, u32), P)],
    compare: impl Fn(&P, &P) -> InWords,
) -> Vec<Reasoned> {
    let later = known.iter().enumerate().skip(1);
    let reasoned = later.filter_map(|(place, (mention, profile))| {
        let earlier =
            known[..place].iter().take(EARLIER).map(|(with, other)| (with, compare(profile, other)));
        // Of earlier ones that fit as well, the first.
        let (with, best) = earlier.min_by_key(|(_, it)| (it.against.is_some(), Reverse(it.score)))?;
        let InWords { score, enough, reasons, against } = best;
        Some(Reasoned { mention: *mention, with: *with, score, enough, reasons, against })
    });
    reasoned.collect()
}

/// Weighs two attacks, in words.
pub(super) fn attack_reasons(one: &Profile, two: &Profile, words: &Words) -> InWords {
    let mut reasons = Vec::new();
    let verdict = weigh(one, two, words, |reason, weight| {
        reasons.push(Weighed { words: attack_words(reason, words), weight });
    });
    let against = verdict.conflict.map(|conflict| match conflict {
        weigh::Conflict::Days(days) => format!("dates that are {} apart", counted(days, "day")),
        weigh::Conflict::Country => "another country".to_owned(),
        weigh::Conflict::Town => "another town".to_owned(),
        weigh::Conflict::Kind => "another kind of violence".to_owned(),
    });
    InWords { score: verdict.score, enough: verdict.joins(), reasons, against }
}

fn attack_words(reason: weigh::Reason, words: &Words) -> String {
    use weigh::Reason as R;
    let name = |number| capitalised(words.word(number));
    let day = |number| Edtf::day(day_of(number)).human(&crate::words::Words::default());
    match reason {
        R::SameDay(day_number) => format!("same day: {}", day(day_number)),
        R::NoDate => "one gives no date".to_owned(),
        R::DatesFit((first, last)) => format!("dates fit: {} to {}", day(first), day(last)),
        R::DaysOfOneSiege(days) => format!("dates {} apart, as a siege lasts", counted(days, "day")),
        R::DaysApart(days) => {
            format!("dates {} apart, but all else fits: one may be wrong", counted(days, "day"))
        }
        R::SamePlace(place) => format!("same place: {}", name(place)),
        R::SameRegion(region) => format!("same region: {}", name(region)),
        R::OtherSpot => "another spot in that place".to_owned(),
        R::NoPlaceInCommon => "places that may be one or two".to_owned(),
        R::PlaceInArticle(place) => format!("the article speaks of the place: {}", name(place)),
        R::NoPlace => "one gives no place".to_owned(),
        R::SameCountry(code) => format!("same country: {}", country::name(words.word(code))),
        R::SameKind => "same kind of violence".to_owned(),
        R::OtherKind => "called another kind of violence".to_owned(),
        R::SameName(word) => format!("same name: {}", name(word)),
        R::SameKilled(toll) => format!("same toll: {toll} killed"),
        R::KilledFit => "tolls fit".to_owned(),
        R::KilledDiffer => "tolls differ".to_owned(),
        R::SameInjured(toll) => format!("same toll: {toll} injured"),
        R::InjuredDiffer => "numbers of injured differ".to_owned(),
        R::SamePerpetrator(who) => format!("same perpetrator: {}", name(who)),
        R::OtherPerpetrator => "another perpetrator".to_owned(),
        R::OtherTarget => "another target".to_owned(),
        R::SameTarget(word) => format!("same target: {}", words.word(word)),
    }
}

/// Weighs two people, in words.
pub(super) fn person_reasons(one: &PersonProfile, two: &PersonProfile, words: &Words) -> InWords {
    let mut reasons = Vec::new();
    let verdict = same_person::weigh(one, two, |reason, weight| {
        reasons.push(Weighed { words: person_words(reason, words), weight });
    });
    let against = verdict.conflict.map(|conflict| {
        let words = match conflict {
            same_person::Conflict::Name => "another name",
            same_person::Conflict::Honorific => "the one is a man, the other a woman",
            same_person::Conflict::Part => "the one speaks, the other was hurt or did it",
            same_person::Conflict::Kin => "the one is kin of the other",
        };
        words.to_owned()
    });
    InWords { score: verdict.score, enough: verdict.joins(), reasons, against }
}

fn person_words(reason: same_person::Reason, words: &Words) -> String {
    use same_person::Reason as R;
    match reason {
        R::Name(fit) => match fit {
            Fit::Same => "same name",
            Fit::Spelling => "same name in another spelling",
            Fit::Nickname => "short form of the name",
            Fit::Turned => "same name, the family name first",
            Fit::LongerForm => "longer form of the name",
            Fit::Initial => "initial that fits the name",
            Fit::Short => "same family name",
        }
        .to_owned(),
        R::SameOffice(word) => format!("same office: {}", words.word(word)),
        R::OtherOffice => "another office".to_owned(),
        R::SameRole(role) => format!("same role: {}", role_word(role)),
        R::OtherRole => "another role".to_owned(),
        R::SameAttack(_) => "both articles speak of one attack".to_owned(),
        R::YearsApart(years) => format!("{} apart", counted(i32::from(years), "year")),
        R::OneIsJunior => "one of them is junior".to_owned(),
    }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Expert => "expert",
        Role::Official => "official",
        Role::Witness => "witness",
        Role::Victim => "victim",
        Role::Perpetrator => "perpetrator",
        Role::Other => "other",
    }
}

fn counted(number: i32, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A folded name with its capitals: "calder ford" is "Calder Ford".
fn capitalised(folded: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    folded.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
