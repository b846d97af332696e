//! Works of fiction: what a film or a novel tells took place nowhere, nor what the sentences behind it tell of it.

use super::mention::{Form, Mention, Words};
use crate::facts::classes::Class;
use crate::facts::search::Search;
use crate::facts::tokens::{Part, Tokens};

/// How many sentences behind one that speaks of a work another may go on telling its plot.
const REACH: u32 = 6;

/// What is known of works of fiction, sentence by sentence.
#[derive(Debug, Default)]
pub(super) struct Fiction {
    /// The title says that the article reviews a work.
    reviewed: bool,
    /// The last sentence that told of a work.
    last: Option<u32>,
    /// Whether the sentence says that a work tells something.
    pub(super) told: bool,
    /// Whether the sentence speaks of a work that tells what took place: a documentary.
    pub(super) documented: bool,
}

impl Fiction {
    /// What the title tells: "Review: …".
    pub(super) fn of(tokens: &Tokens, rules: &mut Search<'static, '_>) -> Fiction {
        let mut fiction = Fiction::default();
        let titles = tokens.sections.iter().filter(|section| section.part == Part::Title);
        for number in titles.flat_map(|section| section.sentences.clone()) {
            let sentence = tokens.sentences[number as usize].clone();
            rules.find(sentence, |it| {
                fiction.reviewed |= it.rule.gives("form") == Some("review");
            });
        }
        fiction
    }

    /// Whether sentence `number` tells a plot; `told` and `documented` have been set for it.
    pub(super) fn reads(&mut self, number: u32, words: &Words<'_>, mentions: &[Mention]) -> bool {
        if self.documented {
            (self.last, self.reviewed) = (None, false);
            return false;
        }
        let near = self.reviewed || self.last.is_some_and(|last| number - last <= REACH);
        let plot = self.told || near && words.is_in_the_present(mentions);
        if plot {
            self.last = Some(number);
        }
        plot
    }
}

impl Words<'_> {
    /// Whether violence is told as it is in plots: "a bomb kills 30", "her clerk is murdered".
    fn is_in_the_present(&self, mentions: &[Mention]) -> bool {
        let helped = |at: u32| {
            matches!(
                self.lower(at).as_str(),
                "to" | "not" | "will" | "would" | "could" | "can" | "may" | "did"
            )
        };
        let present = self
            .sentence
            .clone()
            .any(|at| self.tokens.run_of(at, Class::NarratedVerb).is_some() && !helped(at.wrapping_sub(1)));
        let past = |at: u32| {
            let word = self.lower(at);
            let form = word.ends_with("ed") || matches!(word.as_str(), "blew" | "threw" | "took" | "drove");
            form && !matches!(self.lower(at.wrapping_sub(1)).as_str(), "is" | "are")
        };
        present && !mentions.iter().any(|it| it.form == Form::Verb && it.tokens.clone().any(past))
    }
}
