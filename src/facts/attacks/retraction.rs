//! What a later sentence takes back of what was told: "the report was false", "police said no shots had been fired".

use std::ops::Range;

use super::mention::Words;
use super::scene::Scene;
use super::story::Story;
use crate::facts::AttackKind;
use crate::facts::rules::Match;

/// How many sentences behind the first words for an attack it can be taken back: what is told at length took place.
const WITHIN: u32 = 6;

/// Words that take back an attack, of the rules whose `form` is `taken-back`.
#[derive(Clone, Debug)]
pub(super) struct TakenBack {
    pub(super) tokens: Range<u32>,
    of: Of,
}

/// What is taken back.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Of {
    /// "This is false", "the report was a hoax": what the sentence before told.
    Report,
    /// "There was no such attack".
    Any,
    /// "No shots had been fired".
    Shooting,
    /// "There was no bomb".
    Bombing,
    /// "It was a burst pipe", "it was fireworks": what was heard.
    Noise,
}

impl TakenBack {
    pub(super) fn read(found: &Match<'_>, words: &Words<'_>) -> Option<TakenBack> {
        let of = match found.rule.gives("of") {
            Some("report") => Of::Report,
            Some("shooting") => Of::Shooting,
            Some("bombing") => Of::Bombing,
            Some("noise") => Of::Noise,
            _ => Of::Any,
        };
        let tokens = found.tokens.clone();
        // "No shots were fired by the guards": others may have.
        let of_some = words.lower(tokens.end) == "by";
        (!of_some).then_some(TakenBack { tokens, of })
    }

    /// Whether an attack of this kind can be what it means.
    pub(super) fn takes(&self, kind: AttackKind) -> bool {
        let shots = matches!(kind, AttackKind::Shooting | AttackKind::ArmedAssault | AttackKind::Attack);
        let blast = matches!(kind, AttackKind::Bombing | AttackKind::SuicideBombing | AttackKind::Grenade);
        match self.of {
            Of::Report | Of::Any => true,
            Of::Shooting => shots,
            Of::Bombing => blast,
            Of::Noise => shots || blast,
        }
    }
}

impl Story<'_> {
    /// Takes back the attack told of last where the sentence says that it did not happen; whether it did.
    pub(super) fn take_back(&mut self, number: u32, scene: &Scene<'_>) -> bool {
        let Some(focus) = self.focus else { return false };
        let incident = &mut self.incidents[focus];
        let new = number - incident.first_sentence <= WITHIN;
        let next = number - incident.last_sentence <= 1;
        let taken = scene.taken_back.iter().any(|it| {
            new && number > incident.first_sentence
                && it.takes(incident.attack.kind)
                && (next || it.of != Of::Report)
        });
        if taken {
            incident.taken_back = true;
            self.focus = None;
        }
        taken
    }
}
