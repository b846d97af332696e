//! The speaker of a quotation whose own sentence names none: carried on from what stands around it.

use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Part};
use crate::facts::{Level, RuleName};

use super::source::Head;
use super::{Attribution, Marked, Reader, is_statement};

const SAME_PARAGRAPH: RuleName = "speaker-goes-on-in-paragraph";
const NEXT_PARAGRAPH: RuleName = "speaker-goes-on-in-next-paragraph";
const OPEN_PARAGRAPH: RuleName = "quotation-over-paragraphs";
const SENTENCE_BEFORE: RuleName = "speaker-in-sentence-before";
const REPORTED_BEFORE: RuleName = "speaker-reported-before";
const LATER_IN_PARAGRAPH: RuleName = "speaker-later-in-paragraph";

impl Reader<'_> {
    /// What the quotations and sentences before number `at` tell.
    pub(super) fn carried(&self, at: usize) -> Option<Attribution> {
        let marked = &self.marked[at];
        let section = &self.tokens.sections[marked.section as usize];
        // A title between two quotations does not part them.
        let last =
            (0..at).rev().take(3).find(|before| self.is_quotation[*before] || self.read[*before].is_some());
        let last = last.map(|at| (&self.marked[at], self.read[at].as_ref()));
        let statement = is_statement(self.text, self.tokens, marked);
        let on = |from: &Attribution, rule| Attribution {
            speaker: from.speaker,
            words: from.words.clone(),
            cue: None,
            rule,
            level: from.level.min(Level::Medium),
        };
        if let Some((_, Some(said))) = last
            && marked.goes_on_from
        {
            return Some(on(said, OPEN_PARAGRAPH));
        }
        if self.names_another(marked) {
            return None;
        }
        if let Some((before, Some(said))) = last {
            let between = before.whole.end..marked.whole.start;
            let same = before.section == marked.section;
            let sentence = |at: u32| self.tokens.all[at as usize].sentence;
            if same && (statement || sentence(between.start.max(1) - 1) == sentence(between.end)) {
                return Some(on(said, SAME_PARAGRAPH));
            }
            let next = match (&self.tokens.sections[before.section as usize].part, &section.part) {
                (Part::Block(one), Part::Block(two)) => *two == one + 1,
                _ => false,
            };
            let first = section.tokens.start == marked.whole.start;
            if next && first && statement {
                return Some(on(said, NEXT_PARAGRAPH));
            }
        }
        if !statement {
            return None;
        }
        self.sentence_before(at).or_else(|| self.reported_before(at))
    }

    /// Whether the words after the closing mark tell of a speaker who could not be made out: "…,” said the Reader."
    fn names_another(&self, marked: &Marked) -> bool {
        let end = self.tokens.sentence_of(marked.words.end - 1).end;
        (marked.whole.end..end.min(marked.whole.end + 7))
            .take_while(|at| self.tokens.all[*at as usize].kind == Kind::Word)
            .any(|at| self.tokens.all[at as usize].is(Class::ReportingVerb) && !self.is_participle(at))
    }

    /// Whoever was reported to have spoken right before a paragraph that starts with a quotation, or before it in
    /// its own.
    fn reported_before(&self, at: usize) -> Option<Attribution> {
        let marked = &self.marked[at];
        let section = &self.tokens.sections[marked.section as usize];
        let reported = self.reported.last()?;
        let between = at.checked_sub(1).is_some_and(|before| {
            self.marked[before].whole.start > reported.words.start && self.read[before].is_none()
        });
        let first = section.tokens.start == marked.whole.start;
        // "…, police said." and a paragraph that is a quotation: somebody else's as often as not.
        let named = reported.by.speaker.is_some_and(|it| self.people.people[it as usize].name.is_some());
        let near =
            reported.section == marked.section || first && named && reported.section + 1 == marked.section;
        let last = self.last.is_some_and(|last| Some(last.speaker) == reported.by.speaker);
        (near && last && !between).then(|| Attribution {
            speaker: reported.by.speaker,
            words: reported.by.words.clone(),
            cue: None,
            rule: REPORTED_BEFORE,
            level: Level::Low,
        })
    }

    /// The one person of whom the sentence before speaks, in the same paragraph or in one that ends with a colon.
    fn sentence_before(&self, at: usize) -> Option<Attribution> {
        let marked = &self.marked[at];
        let section = &self.tokens.sections[marked.section as usize];
        let sentence = self.tokens.all[marked.whole.start as usize].sentence;
        let before = sentence.checked_sub(1)?;
        let run = self.tokens.sentences[before as usize].clone();
        let colon = self.tokens.all[run.end as usize - 1].span().of(self.text) == ":";
        let here = section.sentences.contains(&before);
        if !(here
            || colon
                && marked.section > 0
                && self.tokens.sections[marked.section as usize - 1].sentences.contains(&before))
        {
            return None;
        }
        let own = self.tokens.sentences[sentence as usize].start != marked.whole.start;
        if own || at > 0 && self.marked[at - 1].whole.end > run.start {
            return None;
        }
        let source = self.main_subject(run.end - 1)?;
        let person = match source.head {
            Head::Person(person) => person,
            Head::Pronoun => self.refers_to(source.words.start, marked.section)?,
            Head::Noun(_) => return None,
        };
        Some(Attribution {
            speaker: Some(person),
            words: Some(source.words),
            cue: None,
            rule: SENTENCE_BEFORE,
            level: Level::Low,
        })
    }

    /// Statements without a speaker get the one of the next quotation of their paragraph.
    pub(super) fn carry_back(&mut self) {
        for at in (1..self.marked.len()).rev() {
            let before = &self.marked[at - 1];
            if self.read[at - 1].is_none()
                && self.is_quotation[at - 1]
                && before.section == self.marked[at].section
                && is_statement(self.text, self.tokens, before)
                && let Some(said) = self.read[at].clone()
                && said.rule != SENTENCE_BEFORE
                && said.rule != REPORTED_BEFORE
            {
                self.read[at - 1] =
                    Some(Attribution { cue: None, rule: LATER_IN_PARAGRAPH, level: Level::Low, ..said });
            }
        }
    }
}
