//! What speaks against telling somebody as the doer: a denial, a verdict on helpers only, blame that was taken back.

use std::ops::Range;

use super::perpetrators::Doers;
use crate::facts::classes::Class;

impl Doers<'_, '_> {
    /// "Convicted of having helped the attackers", "acquitted the men who had been convicted of the bombing": nobody
    /// is found to have done it.
    pub(super) fn is_no_verdict(&self, cue: &Range<u32>) -> bool {
        let acquitted = |at: u32| self.clause.tokens.run_of(at, Class::AcquittalWord).is_some();
        self.is_accessory(cue) || self.clause.sentence.clone().any(acquitted)
    }

    /// "Charged with helping the attackers".
    pub(super) fn is_accessory(&self, cue: &Range<u32>) -> bool {
        cue.clone().any(|at| self.clause.tokens.run_of(at, Class::AccessoryWord).is_some())
    }

    /// "Was first blamed on the front": what is told next is another's.
    pub(super) fn is_of_the_past(&self, cue: &Range<u32>) -> bool {
        let from = self.clause.sentence.start.max(cue.start.saturating_sub(2));
        (from..cue.end).any(|at| {
            matches!(
                self.clause.word(at),
                "first" | "initially" | "originally" | "wrongly" | "falsely" | "mistakenly"
            )
        })
    }

    /// Whether the sentence reports what somebody says: "police said", "according to".
    pub(super) fn is_attributed(&self) -> bool {
        self.clause
            .sentence
            .clone()
            .any(|at| self.clause.says(at) || matches!(self.clause.word(at), "according" | "According"))
    }

    /// "A rocket fired by the front, which denied it": what others say of it.
    pub(super) fn is_disowned(&self, end: u32) -> bool {
        let clause = self.clause;
        matches!(clause.word(end), "," | "which" | "who")
            && (end + 1..end + 5).any(|at| matches!(clause.word(at), "denied" | "denies" | "deny"))
    }

    /// "The front denied", "it is not known whether", "no group has".
    pub(super) fn is_denied(&self, at: u32) -> bool {
        let from = self.clause.sentence.start.max(at.saturating_sub(9));
        (from..at).any(|it| {
            matches!(
                self.clause.word(it),
                "deny"
                    | "denied"
                    | "denies"
                    | "denying"
                    | "whether"
                    | "if"
                    | "Whether"
                    | "nobody"
                    | "Nobody"
                    | "neither"
                    | "Neither"
                    | "none"
                    | "None"
            )
        })
    }
}
