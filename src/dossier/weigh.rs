//! Whether two mentions of attacks are one: what speaks for it and against it, each with its weight.
//!
//! Date, place, name, toll, kind, perpetrator and target are weighed together. Some things rule it out whatever else
//! fits: days too far apart, another country, another town, another kind of violence.

use super::profile::{A_DAY, Days, Family, Profile, WordId, Words};

/// What must speak for two mentions to be one attack: weights of this or more together.
pub(super) const ENOUGH: i32 = 6;

/// How many days a report may be wrong about, where all else fits.
const WRONG_BY: i32 = 3;

/// How many days a siege may last: the day it began and the day it ended are both its date.
const SIEGE: i32 = 6;

/// Something that speaks for or against two mentions being one.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    SameDay(i32),
    /// One of them has none.
    NoDate,
    DatesFit(Days),
    DaysOfOneSiege(i32),
    DaysApart(i32),
    SamePlace(WordId),
    /// A place and the region that it lies in.
    SameRegion(WordId),
    OtherSpot,
    NoPlaceInCommon,
    /// The article of the one speaks of the other's place elsewhere.
    PlaceInArticle(WordId),
    NoPlace,
    SameCountry(WordId),
    SameKind,
    OtherKind,
    SameName(WordId),
    SameKilled(u32),
    KilledFit,
    KilledDiffer,
    SameInjured(u32),
    InjuredDiffer,
    SamePerpetrator(WordId),
    OtherPerpetrator,
    SameTarget(WordId),
    OtherTarget,
}

/// Something that rules out that two mentions are one.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Conflict {
    /// Days between the two.
    Days(i32),
    Country,
    Town,
    Kind,
}

/// What the weighing of two mentions came to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) score: i32,
    pub(super) conflict: Option<Conflict>,
}

impl Verdict {
    pub(super) fn joins(self) -> bool {
        self.conflict.is_none() && self.score >= ENOUGH
    }
}

/// Weighs two mentions, or two groups of them, and tells each reason with its weight.
pub(super) fn weigh(a: &Profile, b: &Profile, words: &Words, mut tell: impl FnMut(Reason, i32)) -> Verdict {
    let mut score = 0;
    let mut conflict = None;
    let mut say = |reason: Reason, weight: i32| {
        score += weight;
        tell(reason, weight);
    };

    let place = meeting(a, b, words);
    let kin = a.family == b.family && a.family != Family::Any;
    let any_kind = a.family == Family::Any || b.family == Family::Any;
    let name = shared(&a.names, &b.names);
    let killed = figures(&a.killed, &b.killed);
    let same_killed = matches!(killed, Figures::Same(toll) if toll > 1);

    match dates(&a.days, &b.days) {
        // Who gives no date speaks of what readers know: of the attack of that kind in that place, if there is one.
        Dates::Unknown if kin && place.is_some() => say(Reason::NoDate, 1),
        Dates::Unknown => {}
        Dates::Meet(days) => match days.1 - days.0 {
            0 => say(Reason::SameDay(days.0), 4),
            width if width <= A_DAY => say(Reason::DatesFit(days), 3),
            width if width <= 31 => say(Reason::DatesFit(days), 2),
            _ => say(Reason::DatesFit(days), 1),
        },
        Dates::Apart { least, most } => {
            let exact = a.vagueness() == 0 && b.vagueness() == 0;
            let siege = kin && a.family == Family::Captivity && most <= SIEGE;
            if exact && siege && place.is_some() {
                say(Reason::DaysOfOneSiege(least), 0);
            } else if exact && most <= WRONG_BY && place.is_some() && kin && (same_killed || name.is_some()) {
                say(Reason::DaysApart(least), if least == 1 { -1 } else { -2 });
            } else {
                conflict = Some(Conflict::Days(least));
            }
        }
    }

    let (in_a, in_b) =
        (!a.towns.is_empty() || !a.spots.is_empty(), !b.towns.is_empty() || !b.spots.is_empty());
    match place {
        Some(Meeting::Place(place)) => {
            say(Reason::SamePlace(place), 3);
            let other_spot = !a.spots.is_empty()
                && !b.spots.is_empty()
                && !a.spots.iter().any(|one| b.spots.iter().any(|two| one_holds(*one, *two, words)));
            if other_spot {
                say(Reason::OtherSpot, -2);
            }
        }
        Some(Meeting::Region(region)) => say(Reason::SameRegion(region), 2),
        None if in_a && in_b && !a.towns.is_empty() && !b.towns.is_empty() && name.is_none() => {
            conflict = conflict.or(Some(Conflict::Town));
        }
        None => match in_article(a, b, words).or_else(|| in_article(b, a, words)) {
            Some(place) => say(Reason::PlaceInArticle(place), 2),
            None if in_a && in_b => say(Reason::NoPlaceInCommon, -1),
            None => say(Reason::NoPlace, -1),
        },
    }
    match shared(&a.countries, &b.countries) {
        Some(country) => say(Reason::SameCountry(country), 1),
        None if !a.countries.is_empty() && !b.countries.is_empty() => {
            conflict = conflict.or(Some(Conflict::Country));
        }
        None => {}
    }
    if kin {
        say(Reason::SameKind, 1);
    } else if !any_kind {
        let one_day = matches!(dates(&a.days, &b.days), Dates::Meet(days) if days.1 - days.0 <= A_DAY);
        let same_event = one_day && place.is_some() && matches!(killed, Figures::Same(toll) if toll > 2);
        if name.is_some() || same_event {
            say(Reason::OtherKind, -2);
        } else {
            conflict = conflict.or(Some(Conflict::Kind));
        }
    }
    if let Some(name) = name {
        say(Reason::SameName(name), 3);
    }
    match killed {
        Figures::Same(toll) if toll > 4 => say(Reason::SameKilled(toll), 3),
        Figures::Same(toll) if toll > 1 => say(Reason::SameKilled(toll), 2),
        Figures::Fit => say(Reason::KilledFit, 1),
        Figures::FarApart => say(Reason::KilledDiffer, -3),
        Figures::Differ => say(Reason::KilledDiffer, -1),
        Figures::Same(_) | Figures::Unknown => {}
    }
    match figures(&a.injured, &b.injured) {
        Figures::Same(toll) if toll > 1 => say(Reason::SameInjured(toll), 1),
        Figures::FarApart => say(Reason::InjuredDiffer, -1),
        _ => {}
    }
    match shared(&a.perpetrators, &b.perpetrators) {
        Some(name) => say(Reason::SamePerpetrator(name), 2),
        None if !a.perpetrators.is_empty() && !b.perpetrators.is_empty() => say(Reason::OtherPerpetrator, -1),
        None => {}
    }
    match shared(&a.targets, &b.targets) {
        Some(target) => say(Reason::SameTarget(target), if place.is_some() { 1 } else { 2 }),
        None if !a.scenes.is_empty() && !b.scenes.is_empty() && shared(&a.scenes, &b.scenes).is_none() => {
            say(Reason::OtherTarget, -1);
        }
        None => {}
    }
    Verdict { score, conflict }
}

/// Where two meet.
#[derive(Copy, Clone)]
enum Meeting {
    Place(WordId),
    Region(WordId),
}

/// The place that both give: by one name, or the one in the name of the other.
fn meeting(a: &Profile, b: &Profile, words: &Words) -> Option<Meeting> {
    for one in a.spots.iter().chain(&a.towns) {
        for two in b.spots.iter().chain(&b.towns) {
            if one_holds(*one, *two, words) {
                let (shorter, _) = if words.parts(*one).len() <= words.parts(*two).len() {
                    (*one, *two)
                } else {
                    (*two, *one)
                };
                return Some(Meeting::Place(shorter));
            }
        }
    }
    let region = shared(&a.towns, &b.admins).or_else(|| shared(&b.towns, &a.admins));
    region.map(Meeting::Region)
}

/// Whether two names are one, or the words of the one stand together in the other.
fn one_holds(one: WordId, two: WordId, words: &Words) -> bool {
    if one == two {
        return true;
    }
    let (one, two) = (words.parts(one), words.parts(two));
    let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
    short.len() < long.len() && long.windows(short.len()).any(|run| run == short)
}

/// A place of `b`, all of whose words stand in the headline or the offices of the article of `a`.
fn in_article(a: &Profile, b: &Profile, words: &Words) -> Option<WordId> {
    if a.context.is_empty() {
        return None;
    }
    let stands = |place: &&WordId| {
        let mut parts = words.parts(**place).iter();
        parts.all(|part| a.context.binary_search(part).is_ok())
    };
    b.towns.iter().chain(&b.spots).find(stands).copied()
}

/// The first that both have, of two lists in order.
fn shared(a: &[WordId], b: &[WordId]) -> Option<WordId> {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.iter().find(|word| long.binary_search(word).is_ok()).copied()
}

/// How the dates of two stand to each other.
enum Dates {
    /// One of them has none.
    Unknown,
    /// Days that both can mean, as wide as the vaguer of the two: 0 days apart where both mean one day.
    Meet(Days),
    /// No day is meant by both: days between the nearest, and between the farthest.
    Apart { least: i32, most: i32 },
}

fn dates(a: &[Days], b: &[Days]) -> Dates {
    let mut best: Option<Days> = None;
    let (mut least, mut most) = (i32::MAX, 0);
    for (a1, a2) in a {
        for (b1, b2) in b {
            let gap = b1.saturating_sub(*a2).max(a1.saturating_sub(*b2));
            if gap <= 0 {
                let wider =
                    if a2.saturating_sub(*a1) >= b2.saturating_sub(*b1) { (*a1, *a2) } else { (*b1, *b2) };
                let width = |days: Days| days.1.saturating_sub(days.0);
                if best.is_none_or(|known| width(wider) < width(known)) {
                    best = Some((wider.0, wider.0.saturating_add(width(wider))));
                }
            }
            least = least.min(gap);
            most = most.max(gap);
        }
    }
    match best {
        Some(days) => Dates::Meet(days),
        None if least == i32::MAX => Dates::Unknown,
        None => Dates::Apart { least, most },
    }
}

/// How the figures of two stand to each other.
#[derive(Copy, Clone)]
enum Figures {
    Unknown,
    /// Both give this number.
    Same(u32),
    /// One number can satisfy both.
    Fit,
    /// Another number, as counts of the same differ.
    Differ,
    /// More than three times as many.
    FarApart,
}

fn figures(a: &[(u32, u32)], b: &[(u32, u32)]) -> Figures {
    if a.is_empty() || b.is_empty() {
        return Figures::Unknown;
    }
    let mut best = Figures::FarApart;
    for (a1, a2) in a {
        for (b1, b2) in b {
            if a1 == a2 && (a1, a2) == (b1, b2) {
                return Figures::Same(*a1);
            }
            if a1 <= b2 && b1 <= a2 {
                best = Figures::Fit;
            } else if !matches!(best, Figures::Fit) {
                // They do not overlap, so one lies wholly below the other.
                let (below, above) = if a2 < b1 { (*a2, *b1) } else { (*b2, *a1) };
                if below.saturating_mul(3) >= above {
                    best = Figures::Differ;
                }
            }
        }
    }
    best
}
