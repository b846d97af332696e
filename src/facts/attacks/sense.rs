//! In what sense a word for violence is meant: something else, by the way, one more of those told of, planned, foiled.

use std::ops::Range;

use super::mention::{Form, Mention, Words};
use super::police::is_done_by_police;
use crate::facts::AttackKind;
use crate::facts::classes::Class;

impl Words<'_> {
    /// "The fourth exploded", "a third set off a bomb".
    pub(super) fn is_one_more(&self, verb: u32) -> bool {
        let ordinal = matches!(
            self.lower(verb.wrapping_sub(1)).as_str(),
            "second" | "third" | "fourth" | "fifth" | "sixth" | "other" | "others" | "last"
        );
        // "A second bomb wounded two" may be another attack.
        let weapon = [Class::ExplosiveWord, Class::Weapon].iter().any(|class| {
            self.tokens.run_of(verb, *class).is_some() || self.tokens.all[verb as usize].is(*class)
        });
        !weapon && ordinal && matches!(self.lower(verb.wrapping_sub(2)).as_str(), "the" | "a" | "another")
    }

    /// "Another bomb", "a second attack", "in a separate shooting", "meanwhile", "it was also reported that".
    pub(super) fn is_another(&self, mention: &Mention) -> bool {
        // "The worst attack since 22 July 2011, when 69 people were shot".
        let back = self.sentence.start.max(mention.phrase.start.saturating_sub(14))..mention.phrase.start;
        let since = back.clone().find(|at| self.word(*at) == "since");
        if since.is_some_and(|since| (since..back.end).any(|at| self.word(at) == "when")) {
            return true;
        }
        let from = self.sentence.start.max(mention.phrase.start.saturating_sub(6));
        let near = self.sentence.start.max(mention.phrase.start.saturating_sub(3));
        // "Another woman was shot": one more victim of the shooting that is told of.
        if mention.form == Form::Verb
            && mention.kind == AttackKind::Shooting
            && (from..mention.tokens.start).any(|at| self.is_one_more_person(at))
        {
            return false;
        }
        let head = |at: u32| self.lower(self.sentence.start + at);
        (near..mention.tokens.end).any(|at| {
            matches!(
                self.lower(at).as_str(),
                "separate" | "unrelated" | "second" | "third" | "earlier" | "previous" | "similar" | "different"
            )
        }) || (from..mention.tokens.end).any(|at| self.lower(at) == "another")
            // "Others were also shot", "two women were also stabbed": the same attack.
            || !(matches!(mention.kind, AttackKind::Shooting | AttackKind::Stabbing | AttackKind::VehicleAttack)
                && mention.form == Form::Verb)
                && (from..mention.tokens.end)
                    .any(|at| matches!(self.lower(at).as_str(), "also" | "simultaneously"))
            || matches!(
                head(0).as_str(),
                "meanwhile" | "elsewhere" | "separately" | "earlier" | "also" | "another" | "finally" | "moreover"
            )
            || matches!(
                (head(0).as_str(), head(1).as_str(), head(2).as_str()),
                ("in", "addition" | "another", _)
                    | ("in", "a", "separate" | "second" | "similar" | "related" | "third")
                    | ("at", "the", "same")
                    | ("it", "was", "also")
                    | ("the", "same", _)
            )
    }

    /// "An earlier attack", "a similar bombing last year", "the previous shooting".
    pub(super) fn is_of_another_time(&self, mention: &Mention) -> bool {
        let from = self.sentence.start.max(mention.phrase.start.saturating_sub(6));
        (from..mention.tokens.end).any(|at| self.tokens.all[at as usize].is(Class::AnotherTime))
    }

    pub(super) fn is(&self, at: u32, class: Class) -> bool {
        self.sentence.contains(&at) && self.tokens.all[at as usize].is(class)
    }

    /// "Another woman", "a second man", "a third victim".
    fn is_one_more_person(&self, at: u32) -> bool {
        let another = matches!(self.lower(at).as_str(), "another" | "second" | "third" | "fourth" | "fifth");
        let person = |at: u32| {
            self.sentence.contains(&at)
                && [Class::PersonNoun, Class::People].iter().any(|it| self.tokens.run_of(at, *it).is_some())
        };
        another && (1..=4).any(|after| person(at + after))
    }

    /// "Since the bombing", "where bombs had killed", "that had carried out the attacks".
    pub(super) fn is_aside(&self, mention: &Mention) -> bool {
        let from = self.sentence.start.max(mention.phrase.start.saturating_sub(5));
        (from..mention.tokens.end).any(|at| self.word(at) == "had")
            || (from..mention.phrase.start).any(|at| self.word(at) == "since")
    }

    /// "The air force bombed the port".
    pub(super) fn is_from_the_air(&self) -> bool {
        *self.from_the_air.get_or_init(|| self.speaks_of_aircraft())
    }

    fn speaks_of_aircraft(&self) -> bool {
        self.sentence.clone().any(|at| match self.word(at) {
            "air" | "Air" => matches!(self.lower(at + 1).as_str(), "force" | "raid" | "raids" | "support"),
            _ => {
                self.is(at, Class::AircraftWord)
                    && !matches!(self.lower(at.wrapping_sub(1)).as_str(), "aboard" | "passenger")
            }
        })
    }

    /// "Charged with murder", "on suspicion of arson", "faces two counts of attempted murder".
    pub(super) fn is_charge(&self, mention: &Mention) -> bool {
        let start = mention.phrase.start;
        let before = self.lower(start.wrapping_sub(1));
        matches!(before.as_str(), "of" | "with" | "for" | "and" | "," | "to")
            && (self.sentence.start.max(start.saturating_sub(8))..start)
                .any(|at| self.is(at, Class::ChargeWord))
    }

    /// "To attack", "they attack": the verb in its plain form, which tells of nothing that took place.
    fn is_plain_verb(&self, run: &Range<u32>) -> bool {
        let word = self.lower(run.end - 1);
        let may_be_verb = matches!(
            word.as_str(),
            "attack"
                | "assault"
                | "murder"
                | "ambush"
                | "siege"
                | "massacre"
                | "raid"
                | "blast"
                | "slaughter"
        );
        may_be_verb
            && run.len() == 1
            && matches!(
                self.lower(run.start.wrapping_sub(1)).as_str(),
                "to" | "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "might"
                    | "shall"
                    | "should"
                    | "must"
                    | "not"
                    | "cannot"
                    | "n't"
                    | "n’t"
                    | "they"
                    | "we"
                    | "you"
                    | "i"
                    | "who"
                    | "did"
                    | "do"
                    | "does"
                    | "let"
            )
    }

    /// "Killing 94 people", "indiscriminately bombing the suburbs": a participle with its object.
    fn is_participle(&self, run: &Range<u32>) -> bool {
        let word = self.lower(run.end - 1);
        if run.len() != 1 || !word.ends_with("ing") || !self.sentence.contains(&run.end) {
            return false;
        }
        let before = self.lower(run.start.wrapping_sub(1));
        if before == "," && word == "killing" {
            return true;
        }
        // "Was shot by officers after stabbing three people": a deed of its own.
        if before == "after" && word != "killing" {
            return false;
        }
        let noun =
            matches!(before.as_str(), "the" | "a" | "an" | "this" | "that" | "last" | "’s" | "'s" | "of")
                || self.tokens.all[run.start as usize].is_capital();
        let next = &self.tokens.all[run.end as usize];
        let classes = self.tokens.classes_at(run.end);
        let object = classes.has(Class::Quantity)
            || classes.has(Class::Person)
            || classes.has(Class::People)
            || next.is(Class::Number)
            || matches!(
                self.lower(run.end).as_str(),
                "a" | "an"
                    | "the"
                    | "him"
                    | "her"
                    | "them"
                    | "his"
                    | "their"
                    | "its"
                    | "himself"
                    | "all"
                    | "two"
                    | "several"
                    | "some"
            );
        let driven = before.ends_with("ly")
            || matches!(
                before.as_str(),
                "ceased"
                    | "stop"
                    | "stopped"
                    | "began"
                    | "start"
                    | "started"
                    | "are"
                    | "is"
                    | "were"
                    | "was"
                    | "by"
                    | "been"
                    | "be"
                    | "not"
                    | "keep"
                    | "kept"
            );
        object && (!noun || classes.has(Class::Quantity))
            || driven && !matches!(self.word(run.end), "," | "." | "in" | "at" | "of")
    }

    /// "Are being attacked": what goes on all the time.
    fn is_habit(&self, at: u32) -> bool {
        self.word(at.wrapping_sub(1)) == "being" && matches!(self.word(at.wrapping_sub(2)), "are" | "is")
            || (self.sentence.start.max(at.saturating_sub(4))..at).any(|it| self.word(it) == "being")
                && (self.sentence.start.max(at.saturating_sub(5))..at)
                    .any(|it| matches!(self.word(it), "are" | "is"))
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
        let participle =
            !verb && (self.is_participle(run) || self.is_plain_verb(run)) || verb && self.is_habit(run.start);
        let compound = self.is(run.start.wrapping_sub(1), Class::OtherSenseBefore)
            || self.is(run.end, Class::OtherSenseAfter);
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
        // "The film, shot in Rome last year".
        let filmed = word == "shot"
            && run.len() == 1
            && (self.sentence.start.max(run.start.saturating_sub(8))..run.start)
                .any(|at| self.is(at, Class::FilmedWord));
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
        participle
            || compound
            || dash_before
            || verb_of_something_else
            || filmed
            || by_police
            || verb && (self.is_police_on_somebody(run) || self.is_attacker_shot_by_police(run))
    }

    /// "Officers shot and killed the driver", "deputies fatally shot him", but not "two officers shot dead".
    fn is_police_on_somebody(&self, run: &Range<u32>) -> bool {
        let shot = run.clone().any(|at| self.lower(at) == "shot");
        let object = matches!(
            self.lower(run.end).as_str(),
            "him" | "her" | "them" | "the" | "a" | "an" | "his" | "this" | "that" | "one" | "dead"
        );
        let doer = run.start.wrapping_sub(1);
        let police = self.sentence.contains(&doer) && self.tokens.all[doer as usize].is(Class::PoliceWord);
        let before = self.lower(doer.wrapping_sub(1));
        let hit =
            matches!(before.as_str(), "as" | "fake" | "two" | "three" | "four" | "five" | "six" | "a" | "an")
                || self.lower(run.end) == "dead" && !self.is_somebody(run.end + 1);
        shot && object && police && !hit
    }

    /// "The driver, John Roe, was shot dead by police", "a man was shot by officers after stabbing three people": how an
    /// attack ended, and none of its own.
    fn is_attacker_shot_by_police(&self, run: &Range<u32>) -> bool {
        let shot = run.clone().any(|at| matches!(self.lower(at).as_str(), "shot" | "killed"));
        let behind = (run.end..run.end + 4).find(|at| self.lower(*at) == "by");
        let Some(by) = behind.filter(|by| shot && is_done_by_police(self.tokens, self.text, *by)) else {
            return false;
        };
        // The subject of the verb: no other is told to have said it, and it is one.
        let from = (self.sentence.start..run.start).rfind(|at| {
            let speaks = self.is(*at, Class::ReportingVerb);
            speaks || matches!(self.lower(*at).as_str(), "that" | "when" | "after" | ";")
        });
        let from = from.map_or(self.sentence.start, |at| at + 1);
        let called = |at: u32| {
            let attacker = self.tokens.run_of(at, Class::Attacker).is_some();
            attacker || matches!(self.lower(at).as_str(), "driver" | "suspect" | "assailant" | "knifeman")
        };
        let helps = |at: &u32| {
            matches!(self.lower(*at).as_str(), "was" | "been" | "being" | "had" | "later" | "then")
        };
        let subject = (from..run.start).rev().find(|at| !helps(at));
        let pronoun = subject.is_some_and(|at| matches!(self.lower(at).as_str(), "he" | "she"));
        let one = !(from..run.start).any(|at| self.lower(at) == "were");
        // "After stabbing three", "after he had stabbed three": but not "after a chase", "as they fled".
        let did = |at: u32| {
            matches!(
                self.lower(at).as_str(),
                "stabbing"
                    | "stabbed"
                    | "shooting"
                    | "attacking"
                    | "attacked"
                    | "killing"
                    | "killed"
                    | "wounding"
                    | "wounded"
                    | "ramming"
                    | "rammed"
                    | "opening"
                    | "opened"
            )
        };
        let after = |at: u32| {
            let own = !matches!(self.lower(at + 1).as_str(), "they" | "the" | "a" | "an");
            matches!(self.lower(at).as_str(), "after" | "when") && own && (at + 1..at + 4).any(did)
        };
        let ended = pronoun || (from..run.start).any(called);
        one && (ended || (by..self.sentence.end.min(by + 8)).any(after))
    }

    /// Whether somebody is told of from token `at` on: "him", "an attacker", "two men".
    fn is_somebody(&self, at: u32) -> bool {
        self.sentence.contains(&at)
            && (matches!(self.lower(at).as_str(), "him" | "her" | "them" | "the" | "a" | "an")
                || self.tokens.run_of(at, Class::Person).is_some()
                || self.tokens.run_of(at, Class::Quantity).is_some())
    }
}
