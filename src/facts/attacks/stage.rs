//! Whether violence took place: attempted, foiled, only feared or planned.

use std::ops::Range;

use super::mention::Words;
use crate::facts::Stage;
use crate::facts::classes::Class;

impl Words<'_> {
    /// Whether it took place, by the words before it and behind it.
    pub(super) fn stage(&self, run: &Range<u32>) -> Option<Stage> {
        let from = self.sentence.start.max(run.start.saturating_sub(8));
        let mut stage = Some(Stage::Accomplished);
        for at in from..run.start {
            // "On 3 May a bomb exploded" is no "may".
            if self.word(at) == "May" {
                continue;
            }
            // Nor is "without warning", "there was no threat before the bomb".
            if matches!(self.lower(at.wrapping_sub(1)).as_str(), "no" | "without") {
                continue;
            }
            match self.lower(at).as_str() {
                // "Could have prevented the bombing", "failed to prevent it": it took place.
                "foiled" | "thwarted" | "averted" | "disrupted" | "prevented" | "prevent" | "avert"
                | "stop"
                    if self.is_failure_to(at, run.start) =>
                {
                    stage = Some(Stage::Accomplished);
                }
                "foiled" | "thwarted" | "averted" | "disrupted" | "prevented" => stage = Some(Stage::Foiled),
                // "Averted worse when a gunman opened fire": what happened then did.
                "when" | "after" if stage == Some(Stage::Foiled) => stage = Some(Stage::Accomplished),
                _ if self.is(at, Class::UnrealWord) && stage == Some(Stage::Accomplished) => {
                    stage = None;
                }
                "," | ";" | "—" | "–" | ":" if stage.is_none() => stage = Some(Stage::Accomplished),
                _ => {}
            }
        }
        match self.lower(run.end).as_str() {
            "plot" | "plots" | "threat" | "threats" | "plan" | "plans" | "scare" | "drill" | "drills"
            | "attempt" => None,
            _ if stage == Some(Stage::Accomplished) && self.is_undone_behind(run) => Some(Stage::Foiled),
            _ => stage,
        }
    }

    /// Whether the verb of preventing at `at` says that nobody did, of the deed at `deed`: "could have prevented", "failed to
    /// prevent", "might have prevented the bombing". (What "may have prevented a bombing" did so.)
    fn is_failure_to(&self, at: u32, deed: u32) -> bool {
        let word = |back: u32| self.lower(at.wrapping_sub(back));
        let known =
            (at + 1..deed).any(|it| matches!(self.lower(it).as_str(), "the" | "this" | "that" | "’s" | "'s"));
        let modal = |word: &str| match word {
            "could" | "would" | "should" => true,
            "might" => known,
            _ => false,
        };
        let missed = |word: &str| {
            matches!(
                word,
                "failed"
                    | "failing"
                    | "failure"
                    | "fails"
                    | "unable"
                    | "missed"
                    | "chance"
                    | "chances"
                    | "opportunity"
                    | "opportunities"
                    | "powerless"
            )
        };
        word(1).as_str() == "have" && (modal(&word(2)) || modal(&word(3)))
            || word(1).as_str() == "to"
                && (self.sentence.start.max(at.saturating_sub(7))..at).any(|it| missed(&self.lower(it)))
    }

    /// "A bombing in Leeds on Friday was foiled", "was later thwarted": what is said of the deed itself, before anything else
    /// is. What could have been prevented was not, and what was followed by a foiled one took place.
    fn is_undone_behind(&self, run: &Range<u32>) -> bool {
        let to = self.sentence.end.min(run.end + 16);
        let Some(auxiliary) = (run.end..to).find(|at| matches!(self.lower(*at).as_str(), "was" | "were"))
        else {
            return false;
        };
        let other = |word: &str| {
            matches!(
                word,
                "," | ";"
                    | "—"
                    | "–"
                    | "and"
                    | "but"
                    | "that"
                    | "which"
                    | "who"
                    | "killed"
                    | "injured"
                    | "wounded"
            )
        };
        let is_own = (run.end..auxiliary).all(|at| !other(&self.lower(at)));
        let when = |word: &str| matches!(word, "later" | "also" | "successfully" | "quickly" | "then");
        let verb = auxiliary + 1 + u32::from(when(&self.lower(auxiliary + 1)));
        is_own
            && verb < self.sentence.end
            && matches!(
                self.lower(verb).as_str(),
                "foiled" | "thwarted" | "averted" | "prevented" | "defused" | "disrupted"
            )
    }
}
