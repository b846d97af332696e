//! What an attack was made with.

use std::ops::Range;

use super::clause::Clause;
use super::incident::{Evident, Incident};
use super::mention::{Form, Mention, Words};
use crate::facts::classes::Class;
use crate::facts::{AttackKind, Field, Reading, RuleName};

/// The weapon of a sentence's attack with the words that belong to it: "20 kg of explosives".
pub(super) fn find(clause: &Clause<'_>, mentions: &[Mention]) -> Option<Range<u32>> {
    let by_vehicle = mentions.iter().any(|mention| mention.kind == AttackKind::VehicleAttack);
    clause.sentence.clone().find_map(|at| {
        let end = clause.tokens.run_of(at, Class::Weapon)?;
        if is_of_another_deed(clause, at) {
            return None;
        }
        let vehicle = matches!(clause.word(at), "car" | "van" | "truck" | "lorry" | "Car" | "Van" | "Truck");
        // "The National Rifle Association".
        let name = |it: u32| clause.token(it).is_some_and(|token| token.is_capital());
        if name(at) && name(end) {
            return None;
        }
        let words = Words::new(clause.tokens, clause.text, clause.sentence.clone());
        if words.is_in_title(&(at..end)) {
            return None;
        }
        // "A plot to bomb a station".
        let verb = at > clause.sentence.start && clause.word(at - 1) == "to" && end == at + 1;
        if verb || vehicle && end == at + 1 && !by_vehicle || is_idle(clause, at, end) {
            return None;
        }
        let phrase =
            clause.behind(end).filter(|phrase| phrase.run.contains(&at) && at - phrase.run.start <= 4);
        let mut run = phrase.map_or(at..end, |phrase| phrase.run);
        // "The type of gun", "had fired guns"; but "20 kg of dynamite".
        let measured = run.clone().any(|it| clause.is(it, Class::Number));
        let loose =
            |it: &u32| *it < at && (clause.word(*it) == "of" && !measured || clause.word(*it) == "fired");
        if let Some(loose) = run.clone().rfind(loose) {
            run.start = loose + 1;
        }
        // "They had released sarin": the verb is no part of it.
        if run.start < at && mentions.iter().any(|it| it.form == Form::Verb && it.tokens.start == run.start) {
            run.start += 1;
        }
        // "A second bomb" is a bomb.
        let counted =
            |word: &str| matches!(word, "first" | "second" | "third" | "fourth" | "fifth" | "other");
        while run.start < at && counted(clause.word(run.start)) {
            run.start += 1;
        }
        Some(run)
    })
}

/// "Revenge for the drone strikes": what somebody did before, to those who attack now.
fn is_of_another_deed(clause: &Clause<'_>, at: u32) -> bool {
    let from = clause.sentence.start.max(at.saturating_sub(6));
    (from..at).any(|it| {
        matches!(
            clause.word(it).to_lowercase().as_str(),
            "revenge"
                | "retaliation"
                | "retribution"
                | "reprisal"
                | "reprisals"
                | "vengeance"
                | "avenge"
                | "avenged"
        )
    })
}

/// "A rifle was found", "a bomb squad", "seized three pistols".
fn is_idle(clause: &Clause<'_>, at: u32, end: u32) -> bool {
    let from = clause.sentence.start.max(at.saturating_sub(5));
    let found = |word: &str| {
        matches!(
            word,
            "found"
                | "seized"
                | "recovered"
                | "discovered"
                | "defused"
                | "confiscated"
                | "deactivated"
                | "disarmed"
                | "ban"
                | "banned"
                | "banning"
                | "outlawed"
                | "no"
                | "without"
        )
    };
    (from..at).chain(end..clause.sentence.end.min(end + 4)).any(|it| found(clause.word(it)))
        || matches!(
            clause.word(end),
            "shots"
                | "shot"
                | "fight"
                | "fire"
                | "squad"
                | "disposal"
                | "threat"
                | "threats"
                | "scare"
                | "control"
                | "laws"
                | "law"
                | "violence"
                | "rights"
                | "owners"
                | "attack"
                | "attacks"
        ) && clause.word(at) != "car"
}

impl Incident {
    /// Takes the weapon, where none is known yet.
    pub(super) fn take_weapon(
        &mut self,
        clause: &Clause<'_>,
        mentions: &[Mention],
        rule: RuleName,
        at: &Evident<'_>,
    ) {
        if self.attack.weapon.is_some() {
            return;
        }
        if let Some(run) = find(clause, mentions) {
            let span = clause.tokens.span(run);
            self.note(Field::Weapon, span, rule, at);
            self.attack.weapon = Some(Reading { value: span.of(clause.text).to_owned(), span, rule });
        }
    }
}
