//! Which of the attacks told of a sentence speaks of, and what can't be one.

use super::casualties::apart;
use super::incident::Incident;
use super::mention::Form;
use super::story::{REACH, Story};
use super::victims::Victim;
use crate::facts::{AttackKind, DateMention, Place, Toll};

/// How many sentences later a verb without a date of its own still tells of the attack told of last.
const FAR: u32 = 8;
/// How many attacks back a mention is joined to one.
const RECENT: usize = 64;

/// What a sentence says, as far as it tells incidents apart.
pub(super) struct Told<'s> {
    pub(super) form: Form,
    pub(super) latest: bool,
    pub(super) date: Option<&'s DateMention>,
    pub(super) place: Option<String>,
    pub(super) near: Option<String>,
    /// The first-level division that the place lies in, lower case.
    pub(super) admin: Option<String>,
    pub(super) country: Option<String>,
    /// "In Najaf, a bomb exploded": what the sentence opens with.
    pub(super) opening: Opening,
    /// Whether the gazetteer knows where the place lies.
    pub(super) in_gazetteer: bool,
    /// "The fourth exploded": one more of those told of.
    pub(super) again: bool,
    /// "Another bomb", "in a separate attack": none of those told of.
    pub(super) another: bool,
    pub(super) name: Option<String>,
    pub(super) victim: Option<&'s Victim>,
    pub(super) killed: Option<Toll>,
    pub(super) kind: AttackKind,
    pub(super) sentence: u32,
}

/// What a sentence opens with.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// "In Najaf, …".
    Place,
    /// "In the deadliest, …": one of several that were told of together.
    Part,
    /// Anything else.
    Other,
}

impl Story<'_> {
    /// The attacks told of last, the last first: as many as keep the time linear in the text.
    pub(super) fn recent(&self) -> impl Iterator<Item = usize> + Clone + use<> {
        let last = self.incidents.len();
        (last.saturating_sub(RECENT)..last).rev()
    }

    /// The incident that the sentence speaks of, if it is one of those told of.
    pub(super) fn join(&self, told: &Told<'_>) -> Option<usize> {
        if let Some(name) = &told.name {
            let same = self.recent().find(|index| self.incidents[*index].is_called(name));
            if same.is_some() {
                return same;
            }
        }
        // "The murder of Ana Duarte" and "Ms Duarte was shot".
        if let Some(victim) = told.victim {
            let same = self.recent().find(|index| {
                let incident = &self.incidents[*index];
                incident.victim.is_same(victim) && !incident.is_elsewhere(told)
            });
            if same.is_some() {
                return same;
            }
        }
        // "The fourth exploded an hour later": of those told of.
        let near = self.focus.filter(|it| told.sentence - self.incidents[*it].last_sentence <= REACH);
        if told.again && near.is_some() {
            return near;
        }
        let fits =
            |index: &usize| self.apart != Some(*index) && !self.incidents[*index].differs(told, self.text);
        let same_kind = |index: &usize| fits(index) && !self.incidents[*index].clashes(told.kind);
        match told.form {
            Form::Definite | Form::Predicate | Form::Plural => {
                if told.form == Form::Plural && told.date.is_none() && told.place.is_none() {
                    return None;
                }
                let main = told.latest.then_some(0).filter(|_| !self.incidents.is_empty());
                let nearest = self.focus.into_iter().chain(self.recent());
                // A place that is told is a reason to prefer the attack that happened there.
                let there = (told.country.is_some() || told.place.is_some())
                    .then(|| nearest.clone().find(|index| fits(index) && self.incidents[*index].is_at(told)));
                main.or(there.flatten())
                    .or_else(|| nearest.clone().find(same_kind))
                    .or_else(|| nearest.clone().find(fits))
            }
            Form::Named => {
                let place = told.place.as_deref()?;
                let at = |it: &Incident| {
                    it.attack
                        .place
                        .name
                        .as_ref()
                        .is_some_and(|name| same_place(&name.value.to_lowercase(), place))
                };
                self.recent().find(|index| {
                    at(&self.incidents[*index])
                        && fits(index)
                        && (told.date.is_none() || self.incidents[*index].attack.date.is_some())
                })
            }
            Form::Verb | Form::Indefinite if told.another => None,
            Form::Verb | Form::Indefinite => {
                // "They shot a banker. Others kidnapped two students": neither kind nor victim is the same.
                let specific = told.victim.is_some_and(|it| it.specific && it.people);
                let same_day = self.recent().find(|index| {
                    let incident = &self.incidents[*index];
                    told.date.is_some_and(|date| incident.same_date(date, self.text))
                        && same_kind(index)
                        && (incident.is_at(told) || told.place.is_none() || !told.in_gazetteer)
                });
                let focus = self.focus.filter(|focus| {
                    let incident = &self.incidents[*focus];
                    let reach = if incident.clashes(told.kind) { REACH + 1 } else { FAR };
                    let other_victim = specific && incident.clashes(told.kind) && told.form == Form::Verb;
                    fits(focus) && !other_victim && told.sentence - incident.last_sentence <= reach
                });
                same_day.or(focus)
            }
        }
    }
}

impl Incident {
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.attack.name.as_ref().is_some_and(|known| {
            let known = known.value.to_lowercase();
            known == name || known.starts_with(name) || name.starts_with(&known)
        })
    }

    /// Whether it happened where the sentence says.
    pub(super) fn is_at(&self, told: &Told<'_>) -> bool {
        let place = &self.attack.place;
        let known = [&place.name, &place.town, &place.near];
        let names = known.iter().filter_map(|it| it.as_ref()).map(|it| it.value.to_lowercase());
        // "Rockford" and "Illinois" are no two scenes.
        let holds = |admin: &Option<String>, name: &str| {
            admin.as_ref().is_some_and(|admin| {
                let rest = name.strip_prefix(admin.to_lowercase().as_str());
                rest.is_some_and(|rest| {
                    matches!(rest.trim_start(), "" | "department" | "province" | "region" | "state")
                })
            })
        };
        match (&told.place, &told.country) {
            (Some(name), _) => {
                holds(&place.admin, name)
                    || names.into_iter().any(|known| same_place(&known, name) || holds(&told.admin, &known))
            }
            (None, Some(country)) => place.country.as_ref().is_some_and(|it| it.value == *country),
            (None, None) => false,
        }
    }

    /// Whether of its place only the region is told, which may hold what the gazetteer does not know: "in San Miguel
    /// Department".
    fn is_in_region(&self) -> bool {
        let place = &self.attack.place;
        place
            .name
            .as_ref()
            .zip(place.admin.as_ref())
            .is_some_and(|(name, admin)| name.value.starts_with(admin.as_str()))
    }

    /// Whether a place of this name, in lower case, is where it happened.
    pub(super) fn is_called_by_place(&self, name: &str) -> bool {
        let place = &self.attack.place;
        [&place.name, &place.town, &place.near]
            .iter()
            .any(|it| it.as_ref().is_some_and(|it| it.value.to_lowercase() == name))
    }

    /// Whether a mention of this kind can't mean it: "the explosion" after a shooting.
    pub(super) fn clashes(&self, kind: AttackKind) -> bool {
        clash(self.attack.kind, kind)
    }

    /// Whether two attacks are two by what is told of them: of other kinds, in other countries or other towns.
    pub(super) fn is_surely_another(&self, other: &Incident) -> bool {
        let (one, two) = (&self.attack.place, &other.attack.place);
        let country = |place: &Place| place.country.as_ref().map(|it| it.value.clone());
        let apart = one.coordinates.zip(two.coordinates).is_some_and(|(one, two)| one != two);
        self.clashes(other.attack.kind)
            || country(one).zip(country(two)).is_some_and(|(one, two)| one != two)
            || apart
    }

    /// Whether it happened in another country than the sentence says.
    fn is_elsewhere(&self, told: &Told<'_>) -> bool {
        let country = self.attack.place.country.as_ref().map(|it| it.value.as_str());
        country.zip(told.country.as_deref()).is_some_and(|(known, told)| known != told)
    }

    /// "The siege ended on Saturday. Gunmen had taken the hostages on Thursday": whether the sentence tells of how it began.
    fn began(&self, date: &DateMention, told: &Told<'_>) -> bool {
        const LONGEST_SIEGE: i32 = 14;
        let is_siege =
            told.kind == AttackKind::HostageTaking && self.attack.kind == AttackKind::HostageTaking;
        let near = told.sentence - self.last_sentence <= REACH;
        let days = date.value.as_ref().zip(self.attack.date.as_ref()).and_then(|(first, known)| {
            let (first, known) = (first.as_day()?, known.as_day()?);
            Some(first.until(known).ok()?.get_days())
        });
        is_siege && near && days.is_some_and(|days| (1..=LONGEST_SIEGE).contains(&days))
    }

    /// Whether what the sentence says can't be this incident's.
    pub(super) fn differs(&self, told: &Told<'_>, text: &str) -> bool {
        let place = &self.attack.place;
        let placed = place.name.is_some() || place.near.is_some();
        let other_name = told.place.is_some() && placed && !self.is_at(told);
        // A street, a bar or a hospital may lie in the town told of before.
        let other_place = other_name
            && told.in_gazetteer == place.coordinates.is_some()
            && (told.in_gazetteer || !self.is_in_region());
        if self.is_elsewhere(told) {
            return true;
        }
        // "A wave of bombings hit Iraq. In Kut, two bombs … In Najaf, a bomber": each is one of its own.
        let listed = told.opening == Opening::Place && told.form > Form::Definite;
        if listed && (self.several || other_name) || told.opening == Opening::Part && self.several {
            return true;
        }
        if told.date.is_some_and(|date| {
            self.date_differs(date, text)
                && !self.began(date, told)
                && (other_name || !self.is_same_night(date, text) || self.clashes(told.kind))
        }) {
            return true;
        }
        // Several people are shot in one shooting, but the murder of one is not the murder of another.
        let own = told.form != Form::Verb || told.date.is_some() || told.kind != AttackKind::Shooting;
        if own && told.victim.is_some_and(|it| self.victim.differs(it)) {
            return true;
        }
        let other_toll = match (self.attack.killed.as_ref().map(|it| it.value), told.killed) {
            (Some(known), Some(told)) => apart(known, told),
            _ => false,
        };
        // "The siege near Waco" is not the bombing of Oklahoma City.
        let near_other = told.near.as_ref().is_some_and(|name| !self.is_called_by_place(name));
        if near_other && told.place.is_none() && clash(self.attack.kind, told.kind) {
            return true;
        }
        match told.form {
            Form::Definite | Form::Predicate => {
                let told_apart = told.date.is_some() || other_toll || clash(self.attack.kind, told.kind);
                other_place && (told_apart || told.in_gazetteer)
            }
            Form::Named => other_name,
            Form::Verb | Form::Indefinite | Form::Plural => {
                other_place && (other_toll || told.date.is_some() || self.attack.date.is_some())
                    || other_name && told.date.is_some() && other_toll
            }
        }
    }
}

/// Whether two names of places, in lower case, may be one place: the one holds the words of the other.
pub(super) fn same_place(one: &str, other: &str) -> bool {
    one == other || one.contains(other) || other.contains(one)
}

/// Whether two kinds can't be one incident: a bombing and a stabbing, but not an assault and a shooting.
pub(super) fn clash(one: AttackKind, other: AttackKind) -> bool {
    let family = |kind| match kind {
        AttackKind::Bombing | AttackKind::SuicideBombing | AttackKind::Grenade => Some(1),
        AttackKind::Stabbing => Some(2),
        AttackKind::VehicleAttack => Some(3),
        AttackKind::Arson => Some(4),
        AttackKind::AirStrike | AttackKind::Shelling => Some(5),
        AttackKind::Kidnapping | AttackKind::HostageTaking | AttackKind::Hijacking => Some(6),
        AttackKind::Shooting => Some(7),
        AttackKind::Robbery => Some(8),
        _ => None,
    };
    family(one).zip(family(other)).is_some_and(|(one, other)| one != other)
}
