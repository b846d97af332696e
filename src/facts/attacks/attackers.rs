//! The attackers whom a passage speaks of where no sentence says who did it: "police look for the terrorists".

use super::called::{is_one, is_suspect};
use super::cast::{Cast, Sort};
use super::clause::Clause;
use super::incident::{Evident, Incident};
use super::mention::Mention;
use super::perpetrators::rescuers;
use crate::facts::classes::Class;
use crate::facts::rules::Match;
use crate::facts::tokens::Kind;
use crate::facts::{Evidence, Field, Level, Perpetrator, PerpetratorKind, Reading, RuleName, Standing};
use crate::span::Span;

/// The rule, which stands with the others in `rules/perpetrators.toml`.
const ATTACKERS: RuleName = "attackers-told-near";

/// Attackers of whom only the passage tells that it was they.
pub(super) struct Near {
    who: Perpetrator,
    sentence: Span,
    block: u32,
}

/// The first words of a sentence for those who attack: "the rebels", "five masked men"; not those who are hit.
pub(super) fn find(
    clause: &Clause<'_>,
    cues: &[Match<'_>],
    cast: &Cast<'_>,
    mentions: &[Mention],
) -> Option<Perpetrator> {
    if !clause.may_have(Class::Attacker) {
        return None;
    }
    let hit = mentions.iter().any(|it| it.victim.as_ref().is_some_and(|it| it.attackers));
    if hit {
        return None;
    }
    clause.sentence.clone().find_map(|at| {
        let end = clause.tokens.run_of(at, Class::Attacker)?;
        let span = clause.tokens.span(at..end);
        if rescuers(clause, cues).any(|run| span.overlaps(run)) {
            return None;
        }
        let phrase = clause.behind(end).filter(|phrase| !phrase.denied)?;
        // "The rebels fled", "the terrorists."; but not "rebel leader", "the terrorist attack", "the rebels say".
        let acts = clause.token(end).is_none_or(|next| {
            next.kind != Kind::Word
                || next.is(Class::FunctionWord)
                || next.is(Class::PlainVerb)
                || clause.word(end).ends_with("ed")
        }) && !clause.says(end)
            && !clause.is(end, Class::StanceVerb)
            && !matches!(
                clause.word(end),
                "’s" | "'s" | "’" | "was" | "were" | "is" | "are" | "have" | "has"
            );
        let fought = matches!(
            clause.word(phrase.from.wrapping_sub(1)),
            "against"
                | "of"
                | "to"
                | "as"
                | "with"
                | "killed"
                | "arrested"
                | "captured"
                | "fight"
                | "fighting"
                | "between"
                | "than"
        );
        let vague = is_suspect(clause.word(end - 1)) || clause.word(end - 1).starts_with("fighter");
        let band = cast.sort(clause, &phrase) == Some(Sort::Band);
        (band && acts && !fought && !vague).then(|| {
            let kind = if is_one(clause, &phrase) { PerpetratorKind::Person } else { PerpetratorKind::Group };
            let span = clause.tokens.span(phrase.run);
            let value = span.of(clause.text).to_owned();
            let rule = ATTACKERS;
            Perpetrator { name: Reading { value, span, rule }, kind, standing: Standing::Stated }
        })
    })
}

impl Incident {
    /// Keeps the first attackers that a passage on the attack speaks of.
    pub(super) fn take_attackers(&mut self, who: Option<Perpetrator>, at: &Evident<'_>) {
        if self.near.is_none() {
            self.near = who.map(|who| Near { who, sentence: at.sentence, block: at.block });
        }
    }

    /// Where nobody is said to have done it, those whom the passage speaks of did.
    pub(super) fn settle_attackers(&mut self) {
        let Some(near) = self.near.take().filter(|_| self.attack.perpetrators.is_empty()) else { return };
        self.attack.evidence.push(Evidence {
            field: Field::Perpetrator,
            span: near.who.name.span,
            sentence: near.sentence,
            block: near.block,
            rule: ATTACKERS,
            level: Level::Medium,
        });
        self.attack.perpetrators.push(near.who);
    }
}
