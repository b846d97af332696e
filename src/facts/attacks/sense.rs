//! In what sense a word for violence is meant: something else, by the way, one more of those told of, planned, foiled.

use std::ops::Range;

use super::mention::{Form, Mention, Words};
use crate::facts::Stage;
use crate::facts::classes::Class;

impl Words<'_> {
    /// "The fourth exploded", "a third detonated".
    pub(super) fn is_one_more(&self, verb: u32) -> bool {
        let ordinal = matches!(
            self.lower(verb.wrapping_sub(1)).as_str(),
            "second" | "third" | "fourth" | "fifth" | "sixth" | "other" | "others" | "last"
        );
        ordinal && matches!(self.lower(verb.wrapping_sub(2)).as_str(), "the" | "a" | "another")
    }

    /// "Since the bombing", "where bombs had killed", "that had carried out the attacks".
    pub(super) fn is_aside(&self, mention: &Mention) -> bool {
        let from = self.sentence.start.max(mention.phrase.start.saturating_sub(5));
        (from..mention.tokens.end).any(|at| self.word(at) == "had")
            || (from..mention.phrase.start).any(|at| self.word(at) == "since")
    }

    /// "Was executed", "were later shot".
    pub(super) fn is_passive(&self, mention: &Mention) -> bool {
        (mention.tokens.start.saturating_sub(3)..mention.tokens.start)
            .any(|at| matches!(self.word(at), "was" | "were" | "been" | "being"))
    }

    /// "heart attack", "attack helicopter", "shot to fame", "the attack on the bill".
    pub(super) fn means_something_else(&self, run: &Range<u32>, form: Form) -> bool {
        let verb = form == Form::Verb;
        let before = self.lower(run.start.wrapping_sub(1));
        let after = self.lower(run.end);
        let word = self.lower(run.start);
        // "killing 94 people", "stabbing him": a verb.
        let participle = !verb
            && word.ends_with("ing")
            && run.len() == 1
            && (self.sentence.contains(&run.end)
                && (self.tokens.classes_at(run.end).has(Class::Quantity)
                    || self.tokens.all[run.end as usize].is(Class::Number)
                    || matches!(
                        after.as_str(),
                        "a" | "an"
                            | "the"
                            | "him"
                            | "her"
                            | "them"
                            | "his"
                            | "their"
                            | "its"
                            | "people"
                            | "himself"
                            | "all"
                            | "two"
                            | "civilians"
                    ))
                || word == "killing" && before == ",");
        let compound = matches!(
            before.as_str(),
            "heart"
                | "panic"
                | "asthma"
                | "cyber"
                | "verbal"
                | "personal"
                | "political"
                | "media"
                | "cyberattack"
                | "legal"
        ) || matches!(
            after.as_str(),
            "helicopter"
                | "helicopters"
                | "dog"
                | "dogs"
                | "ad"
                | "ads"
                | "star"
                | "range"
                | "guard"
                | "video"
                | "season"
                | "squad"
                | "disposal"
                | "shelter"
                | "submarine"
                | "rifle"
                | "rifles"
                | "aircraft"
                | "plane"
                | "planes"
        );
        let dash_before = before == "-"
            && matches!(self.lower(run.start.wrapping_sub(2)).as_str(), "cyber" | "counter" | "anti");
        let verb_of_something_else = verb
            && (matches!(before.as_str(), "a" | "the" | "one" | "long" | "best" | "his" | "her" | "first")
                && word == "shot"
                || matches!(
                    (word.as_str(), after.as_str()),
                    ("shot", "to" | "up" | "back" | "through" | "of" | "from" | "video" | "film" | "footage")
                        | ("stormed", "out" | "off" | "to" | "away" | "past" | "back" | "ahead")
                        | ("executed", "a" | "the" | "his" | "her" | "their" | "by" | "search" | "warrants")
                ));
        // "Police shot him dead", but not "men dressed as police shot".
        let police = match before.as_str() {
            "police" => Some(run.start.wrapping_sub(2)),
            "officers" | "officer" => {
                (self.lower(run.start.wrapping_sub(2)) == "police").then_some(run.start.wrapping_sub(3))
            }
            _ => None,
        };
        let by_police = word == "shot"
            && police.is_some_and(|at| !matches!(self.lower(at).as_str(), "as" | "the" | "fake"));
        participle || compound || dash_before || verb_of_something_else || by_police
    }

    /// Whether it took place, by the words before it and behind it.
    pub(super) fn stage(&self, run: &Range<u32>) -> Option<Stage> {
        let from = self.sentence.start.max(run.start.saturating_sub(8));
        let mut stage = Some(Stage::Accomplished);
        for at in from..run.start {
            // "On 3 May a bomb exploded" is no "may".
            if self.word(at) == "May" {
                continue;
            }
            match self.lower(at).as_str() {
                "foiled" | "thwarted" | "averted" | "disrupted" | "prevented" => stage = Some(Stage::Foiled),
                "attempted" | "botched" => stage = Some(Stage::Attempted),
                "could" | "would" | "might" | "may" | "will" | "threat" | "threats" | "threatened"
                | "threatening" | "warned" | "warning" | "warnings" | "warn" | "warns" | "risk" | "risks"
                | "fear" | "fears" | "feared" | "possible" | "potential" | "future" | "plan" | "plans"
                | "planned" | "planning" | "plot" | "plots" | "plotting" | "plotted" | "prepare"
                | "preparing" | "prevent" | "against" | "film" | "movie" | "novel" | "drill" | "exercise"
                | "simulated" | "mock" | "hypothetical" | "never" | "imminent" | "likely" | "conspiring"
                | "conspiracy" | "avoid" | "stop"
                    if stage == Some(Stage::Accomplished) =>
                {
                    stage = None;
                }
                "," | ";" | "—" | "–" | ":" if stage.is_none() => stage = Some(Stage::Accomplished),
                _ => {}
            }
        }
        match self.lower(run.end).as_str() {
            "plot" | "plots" | "threat" | "threats" | "plan" | "plans" | "scare" | "drill" | "drills"
            | "attempt" => None,
            _ => stage,
        }
    }
}
