//! Where an attack was, once an editor has named another place than was read.

use crate::facts::gazetteer::{self, Candidate, PlaceKind};
use crate::records::AttackRecord;

use super::super::Attack;

/// Lays the place, the country and the coordinates of a record over those that were read. What was read of the place that was
/// taken out goes with it; the country only where the new place is known to lie in others.
pub(super) fn correct_place(attack: &mut Attack, record: &AttackRecord) {
    if let Some(place) = record.place.as_deref().filter(|place| attack.place.as_deref() != Some(place)) {
        attack.place = Some(place.to_owned());
        (attack.near, attack.coordinates) = (None, None);
        let known: Vec<Candidate> = gazetteer::candidates(place).filter(is_place).collect();
        let lies_there = |country: &str| known.is_empty() || known.iter().any(|it| it.country == country);
        attack.country = attack.country.take().filter(|country| lies_there(country));
        // Where it lies is known once its country is: a name alone may be that of another town.
        if let Some(country) = record.country.as_ref().or(attack.country.as_ref()) {
            let mut towns = known.iter().filter(|it| it.country == country && it.coordinates.is_some());
            let only = towns.next().filter(|_| towns.next().is_none());
            attack.coordinates = only.and_then(|it| it.coordinates);
            attack.country = Some(country.clone());
        }
    }
    if record.country.is_some() && record.country != attack.country {
        attack.country.clone_from(&record.country);
        attack.coordinates = None;
    }
    attack.coordinates = record.coordinates.or(attack.coordinates);
}

fn is_place(candidate: &Candidate) -> bool {
    !matches!(candidate.kind, PlaceKind::Demonym | PlaceKind::Abbreviation)
}

#[cfg(test)]
mod tests {
    use super::super::super::attacks::attack;
    use super::*;
    use crate::facts::Aliases;

    #[test]
    fn a_country_goes_with_the_place_that_it_was_read_with() {
        // Place and country as they were read; of the record; what comes of it, and whether it has coordinates.
        for ((place, country), (wanted, told), expected, placed) in [
            (("Kabul", "AF"), ("Paris", None), None, false),
            (("Kabul", "AF"), ("Paris", Some("FR")), Some("FR"), true),
            (("Kabul", "AF"), ("Peshawar", None), None, false),
            (("London", "GB"), ("Manchester", None), Some("GB"), true),
            (("London", "GB"), ("the Kings Road bus garage", None), Some("GB"), false),
            (("London", "GB"), ("London", Some("CA")), Some("CA"), false),
        ] {
            let mut attack = attack(&[], &Aliases::default(), &[], Vec::new(), &[]);
            (attack.place, attack.country) = (Some(place.into()), Some(country.into()));
            let record = AttackRecord {
                place: Some(wanted.into()),
                country: told.map(str::to_owned),
                ..AttackRecord::default()
            };
            correct_place(&mut attack, &record);
            let found = (attack.place.as_deref(), attack.country.as_deref(), attack.coordinates.is_some());
            assert_eq!(found, (Some(wanted), expected, placed), "{place} corrected to {wanted}");
        }
    }
}
