//! What an editor changed: each value as it was read and as it stands now.

use crate::country;
use crate::facts::{Field, Standing, Toll};
use crate::fields::Choice;

use super::{Attack, Person};

/// One value that an editor changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The value, as the facts' JSON names it: `killed`.
    pub field: &'static str,
    /// As it was read; `None` where nothing was.
    pub read: Option<String>,
    /// As it stands now; `None` where it was taken away.
    pub now: Option<String>,
}

impl Attack {
    /// Whether an editor took away a value that was read.
    pub fn taken_out(&self, field: Field) -> bool {
        self.changed.iter().any(|change| change.now.is_none() && change.field == field.word())
    }
}

/// A number of people as records write it: `193`, `at least 141`, `up to 300`, `191-193`.
pub fn written_toll(toll: Toll) -> String {
    match (toll.min, toll.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}-{max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => String::new(),
    }
}

/// Every value of an attack that a record can change, in words.
fn attack_values(attack: &Attack) -> [(&'static str, Option<String>); 12] {
    let coordinates = |at: crate::facts::Coordinates| {
        format!("{}, {}", f64::from(at.latitude) / 1e6, f64::from(at.longitude) / 1e6)
    };
    let named = |(name, _, standing): &(String, _, Standing)| format!("{name} ({})", standing.word());
    let perpetrators: Vec<String> = attack.perpetrators.iter().map(named).collect();
    [
        ("type", Some(attack.kind.word().to_owned())),
        ("stage", Some(attack.stage.word().to_owned())),
        ("date", attack.date.map(|date| date.to_string()).or(attack.date_text.clone())),
        ("place", attack.place.clone().or(attack.near.clone())),
        ("country", attack.country.as_deref().map(|code| country::name(code).to_owned())),
        ("coordinates", attack.coordinates.map(coordinates)),
        ("killed", attack.killed.map(written_toll)),
        ("injured", attack.injured.map(written_toll)),
        ("hostages", attack.hostages.map(written_toll)),
        ("perpetrator", (!perpetrators.is_empty()).then(|| perpetrators.join(", "))),
        ("target", attack.target.clone()),
        ("weapon", attack.weapon.clone()),
    ]
}

/// What differs between an attack as it was read and as it stands now.
pub(super) fn attack_changes(read: &Attack, now: &Attack) -> Vec<Change> {
    let both = attack_values(read).into_iter().zip(attack_values(now));
    let changed = both.filter(|((_, read), (_, now))| read != now);
    changed.map(|((field, read), (_, now))| Change { field, read, now }).collect()
}

/// What differs between a person as they were read and as they stand now.
pub(super) fn person_changes(read: &Person, now: &Person) -> Vec<Change> {
    let values = |person: &Person| {
        let latest = person.affiliations.first();
        [
            ("name", Some(person.name.clone())),
            ("role", Some(person.role.word().to_owned())),
            ("title", latest.and_then(|held| held.title.clone())),
            ("affiliation", latest.and_then(|held| held.affiliation.clone())),
        ]
    };
    let both = values(read).into_iter().zip(values(now));
    let changed = both.filter(|((_, read), (_, now))| read != now);
    changed.map(|((field, read), (_, now))| Change { field, read, now }).collect()
}
