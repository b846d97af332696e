//! Reports from a war: where armies and rebels fight each other, what hits nobody else is no attack.

use super::incident::Incident;
use crate::facts::AttackKind;
use crate::facts::classes::Class;
use crate::facts::tokens::{Part, Tokens};
use crate::span::Span;

/// How many sentences at least have to speak of fighting.
const LEAST: usize = 3;

/// Of how many sentences one has to.
const SHARE: usize = 4;

/// Whether an article is a report from a war: at least three of its sentences, and a quarter of them, speak of fighting.
pub(super) fn is_war_report(tokens: &Tokens) -> bool {
    let (mut all, mut fighting) = (0, 0);
    let body = tokens.sections.iter().filter(|section| section.part != Part::Title);
    for number in body.flat_map(|section| section.sentences.clone()) {
        let mut sentence = tokens.sentences[number as usize].clone();
        all += 1;
        fighting += usize::from(sentence.any(|at| tokens.run_of(at, Class::CombatWord).is_some()));
    }
    fighting >= LEAST && fighting * SHARE >= all
}

/// Whether an attack of a war report hit nobody but the other side: no target at all, or soldiers and what is theirs.
pub(super) fn is_fighting(incident: &Incident, tokens: &Tokens) -> bool {
    let attack = &incident.attack;
    let blast = matches!(attack.kind, AttackKind::Bombing | AttackKind::Grenade | AttackKind::Arson);
    let of_war = blast
        || matches!(
            attack.kind,
            AttackKind::ArmedAssault
                | AttackKind::Attack
                | AttackKind::Shelling
                | AttackKind::AirStrike
                | AttackKind::Shooting
                | AttackKind::Massacre
        );
    let military = attack.targets.iter().all(|it| is_military(it.span, tokens));
    // Bombs that hurt somebody of whom no more is said are laid outside battles, too.
    let known = !attack.targets.is_empty() || !blast || attack.killed.is_none() && attack.injured.is_none();
    of_war && known && military && !incident.victim.is_named()
}

/// Whether some words speak of soldiers: "a patrol of the 3rd Brigade".
fn is_military(span: Span, tokens: &Tokens) -> bool {
    let first = tokens.all.partition_point(|token| token.end <= span.start) as u32;
    let last = tokens.all.partition_point(|token| token.start < span.end) as u32;
    (first..last).any(|at| {
        [Class::SoldierWord, Class::CombatWord].iter().any(|class| tokens.run_of(at, *class).is_some())
    })
}
