//! Headlines for attacks that no article names, in the words of a language: "Bombing in Kerman, Iran".

use std::sync::Arc;

use crate::country;
use crate::facts::{AttackKind, Stage, gazetteer};
use crate::fields::Choice as _;
use crate::words::Words;

use super::{Attack, Dossier, Nearness};

impl Dossier {
    /// The same with the headlines that were made of an attack's facts in `words`. Linking makes them in English; names that
    /// articles or editors give stay as they are.
    #[must_use]
    pub fn with_headlines(self: Arc<Self>, words: &Words) -> Arc<Self> {
        let english = Words::default();
        if *words == english {
            return self;
        }
        let made = |attack: &Attack| attack.title == describe(attack, &english);
        let mut dossier = self;
        let it = Arc::make_mut(&mut dossier);
        for attack in it.attacks.iter_mut().chain(&mut it.hidden).filter(|attack| made(attack)) {
            attack.title = describe(attack, words);
        }
        dossier
    }
}

/// A headline for an attack without a name: "Bombing in Kerman, Iran", "Shooting at Halden Market, Oslo, Norway"; of one that did
/// not happen "Bombing in Leeds, United Kingdom (foiled)", as a headline stands alone in feeds and calendars.
pub(super) fn describe(attack: &Attack, words: &Words) -> String {
    let headline = deed(attack, words);
    if attack.stage == Stage::Accomplished {
        return headline;
    }
    let stage = words.text(match attack.stage {
        Stage::Accomplished => "stage.accomplished",
        Stage::Attempted => "stage.attempted",
        Stage::Foiled => "stage.foiled",
        Stage::Threatened => "stage.threatened",
    });
    words.with("headline.stage", &[("headline", &headline), ("stage", stage)])
}

/// The same without whether it took place, which later reports may know otherwise.
pub(super) fn deed(attack: &Attack, words: &Words) -> String {
    let kind = words.find(&format!("kind.{}", attack.kind.word())).unwrap_or(attack.kind.word());
    let country = attack.country.as_deref().filter(|code| country::known_name(code).is_some());
    let plain = |place: &str| place.strip_prefix("the ").unwrap_or(place).to_owned();
    let mut places: Vec<String> = attack.place.iter().map(|place| plain(place)).collect();
    match (&attack.near, places.last_mut(), attack.nearness) {
        (Some(near), Some(place), Nearness::Near) => {
            *place = words.with("place.near", &[("place", place), ("town", near)]);
        }
        (Some(near), ..) => places.push(plain(near)),
        (None, ..) => {}
    }
    if places.is_empty() {
        return match (country, &attack.target) {
            (Some(code), _) => {
                let country = words.country_in_sentence(code);
                words.with("headline.country", &[("kind", kind), ("country", &country)])
            }
            (None, Some(target)) => {
                let target = uncapitalised(target);
                words.with(before_target(attack.kind), &[("kind", kind), ("target", &target)])
            }
            (None, None) => kind.to_owned(),
        };
    };
    // A town is a place to be in; a square, a street or a hall is one to be at.
    let is_town = attack.near.is_none() || attack.place.as_deref().is_none_or(gazetteer::knows);
    places.extend(country.map(|code| words.country(code).to_owned()));
    places.dedup();
    let pattern = if is_town { "headline.in" } else { "headline.at" };
    words.with(pattern, &[("kind", kind), ("place", &places.join(", "))])
}

/// "Shooting of", "attack on".
fn before_target(kind: AttackKind) -> &'static str {
    use AttackKind as K;
    match kind {
        K::Shooting
        | K::Assassination
        | K::Massacre
        | K::Beating
        | K::Kidnapping
        | K::Hijacking
        | K::Bombing
        | K::SuicideBombing
        | K::Shelling
        | K::Sabotage => "headline.of",
        _ => "headline.on",
    }
}

/// A phrase that stood at the head of a sentence, without the capital that it had there: "A man" is "a man".
fn uncapitalised(phrase: &str) -> String {
    let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
    let small =
        ["A", "An", "The", "One", "Two", "Three", "Four", "Five", "Six", "Several", "His", "Her", "Their"];
    if small.contains(&first) { format!("{} {rest}", first.to_lowercase()) } else { phrase.to_owned() }
}

/// The kind as the first words of a headline.
pub fn kind_words(kind: AttackKind) -> &'static str {
    use AttackKind as K;
    match kind {
        K::Bombing => "Bombing",
        K::SuicideBombing => "Suicide bombing",
        K::Grenade => "Grenade attack",
        K::Shooting => "Shooting",
        K::Stabbing => "Knife attack",
        K::VehicleAttack => "Vehicle attack",
        K::Arson => "Arson attack",
        K::Assassination => "Assassination",
        K::Massacre => "Massacre",
        K::ArmedAssault => "Armed assault",
        K::Beating => "Beating",
        K::AirStrike => "Air strike",
        K::Shelling => "Shelling",
        K::ChemicalAttack => "Chemical attack",
        K::Kidnapping => "Kidnapping",
        K::HostageTaking => "Hostage-taking",
        K::Hijacking => "Hijacking",
        K::Robbery => "Armed robbery",
        K::Sabotage => "Sabotage",
        K::MobViolence => "Mob violence",
        K::Attack | K::Other => "Attack",
    }
}
