//! Whether the words around a date tell of what was or of what will be: which of two Fridays, which of two Marches.

use super::read::Reader;
use super::resolve::Side;
use crate::facts::classes::Class;

/// How far a verb is looked for: keeps the work at each date bounded.
const BEFORE: u32 = 18;
const AFTER: u32 = 10;

/// What a verb says of the time of what it tells.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

impl Reader<'_> {
    /// The tense of the verb that the date belongs to: the nearest before it, else the first after it.
    pub(super) fn tense(&self) -> Option<Tense> {
        let sentence = self.context.tokens.sentence_of(self.found.tokens.start);
        let (start, end) = (self.found.tokens.start, self.found.tokens.end);
        if self.word(end).ends_with("s") && matches!(self.word(end), "’s" | "'s") {
            return self.tense_of_owned(end + 1);
        }
        // "A Friday night shooting": violence that has a day is over.
        let told_of = (end..end + 2).find(|at| !self.is(*at, Class::ViolenceSign));
        if told_of.is_some_and(|at| {
            matches!(
                self.word(at),
                "shooting" | "shootings" | "attack" | "stabbing" | "bombing" | "crash" | "incident"
            )
        }) && matches!(self.word_before().as_str(), "a" | "the")
        {
            return Some(Tense::Past);
        }
        if self.will_follows(end) || self.is_bound_to_be() {
            return Some(Tense::Future);
        }
        let before = (sentence.start.max(start.saturating_sub(BEFORE))..start).rev();
        let own = before.take_while(|at| !matches!(self.word(*at), ";" | "“" | "”" | "\""));
        let told = own.into_iter().find_map(|at| self.tense_at(at));
        // "In force since Jan. 1".
        if self.word_before() == "since" {
            return Some(Tense::Past);
        }
        // "Until noon Thursday".
        let lead = self.clock_before(start.wrapping_sub(1)).unwrap_or(start).wrapping_sub(1);
        let lead = self.word(lead).to_lowercase();
        let limit = matches!(lead.as_str(), "until" | "till" | "by");
        match told {
            // "Was remanded until Friday", but "was not seen until Friday".
            Some(Tense::Past) if matches!(lead.as_str(), "until" | "till") => {
                let denied = (sentence.start.max(start.saturating_sub(BEFORE))..start).any(|at| {
                    matches!(self.word(at), "not" | "never" | "no") || self.word(at).ends_with("n't")
                });
                Some(if denied { Tense::Past } else { Tense::Future })
            }
            Some(tense) => Some(tense),
            // "By Sunday the toll had risen", but "by Sunday, he said".
            None if limit => {
                let after = (end..sentence.end.min(end + AFTER)).take_while(|at| self.word(*at) != ";");
                let mut told = after.filter(|at| !self.is(*at, Class::ReportingVerb));
                told.find_map(|at| self.tense_at(at)).or(Some(Tense::Future))
            }
            None => {
                let after = (end..sentence.end.min(end + AFTER)).take_while(|at| self.word(*at) != ";");
                after.into_iter().find_map(|at| self.tense_at(at))
            }
        }
    }

    /// "It was tested, and on Thursday it will go off", but "they said on Thursday it will go off".
    fn will_follows(&self, end: u32) -> bool {
        let from = if self.word(end) == "," { end + 1 } else { end };
        let will = |at: u32| matches!(self.word(at), "will" | "’ll" | "'ll" | "shall");
        let subject = self.is(from, Class::Pronoun) && will(from + 1)
            || self.word(from) == "the" && (from + 2..from + 4).any(will);
        let mut lead = self.found.tokens.start.wrapping_sub(1);
        if matches!(self.word(lead), "on" | "On" | "in" | "In") {
            lead = lead.wrapping_sub(1);
        }
        subject && !self.is(lead, Class::ReportingVerb)
    }

    /// "Voted to raise the tax from April", "agreed to meet in June": what somebody has resolved on is still to be.
    fn is_bound_to_be(&self) -> bool {
        let start = self.found.tokens.start;
        let sentence = self.context.tokens.sentence_of(start).start;
        let from = sentence.max(start.saturating_sub(BEFORE));
        let bound = (from..start).rev().find(|at| {
            self.word(*at) == "to"
                && (from..*at).rev().take(4).any(|it| {
                    matches!(
                        self.word(it),
                        "voted" | "agreed" | "decided" | "pledged" | "promised" | "vowed" | "resolved"
                    )
                })
        });
        // A finite verb since then has a time of its own.
        bound.is_some_and(|at| (at + 2..start).all(|it| self.tense_at(it) != Some(Tense::Past)))
    }

    /// "Sunday’s election will": the noun takes part in what the next verb tells; "said Friday’s attack" tells nothing.
    fn tense_of_owned(&self, from: u32) -> Option<Tense> {
        let start = self.found.tokens.start;
        let leads = |at: u32| {
            matches!(self.word(at), "upcoming" | "coming" | "for" | "before" | "ahead")
                || self.word(at) == "of" && self.word(at.wrapping_sub(1)) == "ahead"
        };
        if start > 0 && leads(start - 1) {
            return Some(Tense::Future);
        }
        (from..from + 4).find_map(|at| self.tense_at(at)).filter(|tense| *tense == Tense::Future)
    }

    /// What the word at `at` says, if it is a finite verb or the helper of one.
    fn tense_at(&self, at: u32) -> Option<Tense> {
        let (word, next) = (self.word(at), self.word(at + 1));
        let before = if at == 0 { "" } else { self.word(at - 1) };
        if matches!(before, "be" | "been" | "being") && !matches!(word, "will" | "had") {
            return match before {
                // "A vigil to be held", "is to be held"; with "will" or "would" the helper decides.
                "be" if at >= 2 && self.word(at - 2) == "to" => Some(Tense::Future),
                _ => None,
            };
        }
        // "The fair is held this weekend": what is done is not past.
        let passive = matches!(before, "is" | "are");
        Some(match word {
            "will" | "’ll" | "'ll" | "won't" | "won’t" | "shall" | "upcoming" | "plan" | "plans" => {
                Tense::Future
            }
            "would" | "may" | "might" | "must" | "should" if next != "have" => Tense::Future,
            "scheduled" | "due" | "expected" | "slated" | "expects" | "hopes" | "intends" | "likely" => {
                Tense::Future
            }
            "set" | "planned" if matches!(next, "for" | "to") => Tense::Future,
            "going" | "is" | "are" if next == "to" => Tense::Future,
            "is" | "are" | "was" | "were"
                if matches!(next, "scheduled" | "due" | "expected" | "slated" | "planned")
                    || next == "set" && !self.is_set_by_somebody(at + 2) =>
            {
                Tense::Future
            }
            "could" if !matches!(next, "not" | "have") => Tense::Future,
            "begin" | "resume" if !matches!(before, "to" | "not" | "did" | "didn't" | "didn’t") => {
                Tense::Future
            }
            "meets" | "opens" | "begins" | "starts" | "resumes" | "expires" | "ends" => Tense::Future,
            "was" | "were" | "had" | "did" | "has" | "have" | "could" => Tense::Past,
            "forecast" | "predicted" if passive => Tense::Future,
            _ if passive && self.is_past_form(at) => return None,
            "held" | "made" | "taken" | "led" | "sent" | "brought" | "found" if passive => return None,
            "said" | "told" | "came" | "went" | "took" | "made" | "got" | "gave" | "left" | "fell"
            | "rose" | "began" | "met" | "held" | "saw" | "found" | "lost" | "won" | "shot" | "hit"
            | "struck" | "broke" | "blew" | "drove" | "ran" | "fled" | "fought" | "led" | "sent"
            | "brought" | "became" | "stood" | "spoke" | "wrote" | "kept" | "stole" | "threw" | "caught"
            | "heard" | "spent" | "withdrew" | "took place" | "flew" | "sank" | "shook" | "swept"
            | "tore" | "rang" | "grew" | "drew" => Tense::Past,
            _ if self.is_past_form(at) => Tense::Past,
            _ => return None,
        })
    }

    /// "Set on fire", "set free", "set up": what somebody did to a thing, where "set for Friday" is a plan. `at` is the
    /// token behind "set".
    fn is_set_by_somebody(&self, at: u32) -> bool {
        match self.word(at) {
            "on" => matches!(self.word(at + 1), "fire" | "edge" | "its" | "his" | "her" | "their"),
            "ablaze" | "alight" | "aflame" | "afire" | "free" | "loose" | "adrift" | "up" | "off"
            | "aside" | "out" | "apart" | "back" | "down" | "upon" | "about" | "at" | "by" | "in"
            | "against" => true,
            _ => false,
        }
    }

    /// "Arrested", but not "an armed group", "indeed" and "to shed".
    fn is_past_form(&self, at: u32) -> bool {
        let word = self.word(at);
        let formed = word.len() > 4
            && word.ends_with("ed")
            && word.starts_with(|sign: char| sign.is_lowercase())
            && !matches!(
                word,
                "hundred" | "indeed" | "speed" | "breed" | "bleed" | "exceed" | "proceed" | "succeed"
            );
        let described = formed
            && at > 0
            && (self.context.tokens.all[at as usize - 1].is(Class::NumberWord)
                || matches!(
                    self.word(at - 1),
                    "a" | "an"
                        | "the"
                        | "to"
                        | "of"
                        | "his"
                        | "her"
                        | "their"
                        | "its"
                        | "will"
                        | "for"
                        | "with"
                ));
        formed && !described
    }

    /// On which side of the known day a day or a weekday without a year is looked for: news tells of what has
    /// happened, unless its verbs say otherwise.
    pub(super) fn side(&self) -> Side {
        match self.tense() {
            Some(Tense::Future) => Side::NextOrSame,
            Some(Tense::Past) | None => Side::LatestOrSame,
        }
    }

    /// The same for a day or month of the year: without a verb that tells, the nearest is meant.
    pub(super) fn side_of_year(&self) -> Side {
        match self.tense() {
            Some(Tense::Future) => Side::NextOrSame,
            Some(Tense::Past) => Side::LatestOrSame,
            None => Side::Nearest,
        }
    }
}
