//! The voice of a verb for violence: whether those who stand before it did it or suffered it.

use super::clause::Clause;
use super::mention::Mention;
use crate::facts::AttackKind;
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// Whether the verb has an object or needs none: "found three people shot" tells of no doer.
pub(super) fn acts_on_something(clause: &Clause<'_>, mention: &Mention) -> bool {
    let end = mention.tokens.end;
    let needs_none = needs_no_object(clause, mention);
    let next = clause.word(end);
    needs_none
        || matches!(next, "him" | "her" | "them" | "me" | "us" | "at" | "into" | "on")
        || next != "each" && !matches!(next, "and" | "or") && clause.ahead(end).is_some()
        || matches!(next, "and" | "or") && clause.ahead(end + 2).is_some()
}

/// "Opened fire", "blew themselves up".
pub(super) fn needs_no_object(clause: &Clause<'_>, mention: &Mention) -> bool {
    mention.tokens.clone().any(|at| {
        matches!(
            clause.word(at),
            "fire"
                | "shots"
                | "himself"
                | "herself"
                | "themselves"
                | "itself"
                | "struck"
                | "rampage"
                | "on"
                | "at"
                | "into"
                | "hostage"
        )
    })
}

/// "Threatened to kidnap": the verb of the threat.
pub(super) fn threat_of(clause: &Clause<'_>, mention: &Mention) -> Option<u32> {
    mention.tokens.clone().find(|at| clause.word(*at) == "threatened" && clause.word(at + 1) == "to")
}

/// Where the attackers end that the words of the mention bring along: "gunmen killed".
pub(super) fn brought_along(clause: &Clause<'_>, mention: &Mention) -> Option<u32> {
    if let Some(doer) = &mention.doer {
        return Some(doer.end);
    }
    mention.tokens.clone().find_map(|at| {
        let tokens = clause.tokens;
        let run = tokens.run_of(at, Class::ArmedGroup).or_else(|| tokens.run_of(at, Class::Attacker));
        run.filter(|end| *end < mention.tokens.end)
    })
}

/// "Was killed", "had been kidnapped": a helper stands before the verb at `at`.
pub(super) fn clause_is_passive(clause: &Clause<'_>, at: u32) -> bool {
    let from = clause.sentence.start.max(at.saturating_sub(3));
    (from..at).any(|it| matches!(clause.word(it), "was" | "were" | "been" | "being" | "be" | "is" | "are"))
}

/// "People shot dead at a church": those who shot others dead would have an object.
pub(super) fn is_reduced(clause: &Clause<'_>, mention: &Mention) -> bool {
    let end = mention.tokens.end;
    matches!(clause.word(end - 1), "dead" | "death" | "killed" | "murdered" | "slain")
        && matches!(clause.word(end), "at" | "last" | "after" | "before" | "as")
        && !matches!(clause.word(end + 1), "least" | "most" | "many")
}

/// "Was kidnapped", "kidnapped by", "stabbed in": whoever stands before the verb suffered it.
pub(super) fn is_passive(clause: &Clause<'_>, mention: &Mention) -> bool {
    let at = mention.tokens.start;
    let helper = (clause.sentence.start.max(at.saturating_sub(4))..at).rfind(|before| {
        matches!(clause.word(*before), "was" | "were" | "been" | "being" | "be" | "is" | "are" | "got")
    });
    let broken = |helper: u32| {
        (helper + 1..at).any(|between| {
            let token = &clause.tokens.all[between as usize];
            token.kind != Kind::Word
                || matches!(clause.word(between), "when" | "and" | "who" | "that" | "as" | "after")
                || token.is(Class::Attacker)
        })
    };
    if helper.is_some_and(|helper| !broken(helper)) {
        return true;
    }
    // "The man shot in the shoulder": the words for the wound belong to the verb; but "gunmen in Halden killed".
    if mention.kind == AttackKind::Shooting
        && brought_along(clause, mention).is_none()
        && mention.tokens.clone().skip(1).any(|it| matches!(clause.word(it), "in" | "through" | "multiple"))
    {
        return true;
    }
    let transitive = !needs_no_object(clause, mention);
    is_reduced(clause, mention)
        || transitive
            && matches!(
                clause.word(mention.tokens.end),
                "by" | "in"
                    | "on"
                    | "during"
                    | "when"
                    | "while"
                    | "near"
                    | "outside"
                    | "to"
                    | "multiple"
                    | "inside"
            )
            && !clause.word(at).starts_with("exploded")
}
