//! What was attacked, and with what: the object, the subject of a passive verb, the phrase behind a noun.

use std::ops::Range;

use super::incident::{Evident, Incident};
use super::mention::{Form, Mention};
use super::scene::{Scene, Sentence, span};
use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::{Field, Reading, RuleName};

impl Sentence<'_> {
    pub(super) fn target(&self, mention: &Mention) -> Option<Range<u32>> {
        self.what_is_attacked(mention).filter(|run| self.can_be_attacked(run.clone()))
    }

    /// People, buildings, vehicles and institutions can; weapons, numbers and cut-off clauses can't.
    fn can_be_attacked(&self, run: Range<u32>) -> bool {
        let head = self.word(run.end - 1);
        let first = self.word(run.start);
        let article = matches!(first, "a" | "an" | "the" | "two" | "three" | "several" | "one" | "some");
        let core = run.start + u32::from(article);
        let weapon = self.tokens.run_of(core, Class::Weapon).is_some_and(|end| end >= run.end);
        let cut = matches!(first, "aboard" | "dead" | "himself" | "herself" | "themselves" | "him" | "them");
        let verb =
            !article && run.len() > 1 && (head.ends_with("ed") || matches!(head, "lay" | "was" | "went"));
        let part = core + 1 == run.end && self.tokens.all[core as usize].is(Class::ScenePart) && article;
        !weapon && !part && !cut && !verb && head != "-"
    }

    fn what_is_attacked(&self, mention: &Mention) -> Option<Range<u32>> {
        if mention.form == Form::Verb {
            return if self.is_passive(mention.tokens.start) {
                self.on_what(mention.tokens.end).or_else(|| self.noun_phrase_before(mention.tokens.start))
            } else {
                self.on_what(mention.tokens.end).or_else(|| self.noun_phrase(mention.tokens.end))
            };
        }
        self.on_what(mention.tokens.end)
    }

    fn is_passive(&self, at: u32) -> bool {
        (self.sentence.start.max(at.saturating_sub(3))..at)
            .any(|before| matches!(self.word(before), "was" | "were" | "been" | "being" | "is" | "are"))
    }

    /// "on a bus", "against worshippers", "at the gate of the market".
    fn on_what(&self, at: u32) -> Option<Range<u32>> {
        match self.word(at) {
            "on" | "against" | "at" | "outside" | "inside" | "into" => {
                let lower = self.sentence.contains(&(at + 1))
                    && !matches!(self.word(at + 1), "least" | "about" | "first" | "night");
                self.noun_phrase(at + 1).filter(|_| lower)
            }
            _ => None,
        }
    }

    /// A noun phrase from `at` on: up to a preposition, a sign or a verb's helper.
    fn noun_phrase(&self, at: u32) -> Option<Range<u32>> {
        let mut end = at;
        while self.sentence.contains(&end) && end - at < 8 {
            let token = &self.tokens.all[end as usize];
            let word = token.span().of(self.text);
            let article = end == at
                && matches!(
                    word,
                    "a" | "an" | "the" | "two" | "three" | "several" | "one" | "their" | "his" | "its"
                );
            let inside = token.kind == Kind::Word
                && (!token.is(Class::FunctionWord) || token.is(Class::People))
                || token.kind == Kind::Number
                || word == "-"
                || matches!(word, "’s" | "'s");
            let calendar = token.is(Class::Weekday) || token.is(Class::Month);
            let verbal = end > at + 1 && (word.ends_with("ing") || matches!(word, "killed" | "when"));
            if !(article || inside) || calendar || verbal {
                break;
            }
            end += 1;
        }
        let bare =
            end == at + 1 && matches!(self.word(at), "a" | "an" | "the" | "their" | "his" | "its" | "one");
        let numeric = self.sentence.contains(&at) && self.tokens.all[at as usize].kind == Kind::Number;
        (end > at && !bare && !numeric).then_some(at..end)
    }

    /// The subject of a passive verb: back from its helper to the head of the clause.
    fn noun_phrase_before(&self, verb: u32) -> Option<Range<u32>> {
        let helper = (self.sentence.start.max(verb.saturating_sub(3))..verb).find(|at| {
            matches!(
                self.word(*at),
                "was" | "were" | "been" | "being" | "is" | "are" | "had" | "have" | "has"
            )
        })?;
        let mut start = helper;
        while start > self.sentence.start && helper - start < 9 {
            let token = &self.tokens.all[start as usize - 1];
            let word = token.span().of(self.text);
            let stops = matches!(token.kind, Kind::Sign | Kind::Open | Kind::Close) && word != "-"
                || matches!(
                    word,
                    "that" | "when" | "and" | "but" | "which" | "who" | "after" | "while" | "said"
                )
                || matches!(word, "That" | "When" | "And" | "But" | "After" | "While");
            if stops {
                break;
            }
            start -= 1;
        }
        // "several apartment blocks around the country": the head is what is attacked.
        let end = (start + 1..helper)
            .find(|at| {
                matches!(self.word(*at), "in" | "around" | "near" | "at" | "across" | "outside" | "of")
            })
            .unwrap_or(helper);
        let pronoun = end == start + 1 && self.tokens.all[start as usize].is(Class::FunctionWord);
        (start < end && !pronoun).then_some(start..end)
    }

    pub(super) fn weapon(&self) -> Option<Range<u32>> {
        self.sentence.clone().find_map(|at| Some(at..self.tokens.run_of(at, Class::Weapon)?))
    }
}

impl Incident {
    /// Takes what was attacked, and with what, where neither is known yet.
    pub(super) fn take_target(
        &mut self,
        scene: &Scene<'_>,
        tokens: &Tokens,
        text: &str,
        rule: RuleName,
        at: &Evident<'_>,
    ) {
        let take = |run: &Option<Range<u32>>| {
            run.as_ref().map(|run| {
                let span = span(tokens, run);
                Reading { value: span.of(text).to_owned(), span, rule }
            })
        };
        if let (None, Some(target)) = (&self.attack.target, take(&scene.target)) {
            self.note(Field::Target, target.span, rule, at);
            self.attack.target = Some(target);
        }
        if let (None, Some(weapon)) = (&self.attack.weapon, take(&scene.weapon)) {
            self.note(Field::Weapon, weapon.span, rule, at);
            self.attack.weapon = Some(weapon);
        }
    }
}
