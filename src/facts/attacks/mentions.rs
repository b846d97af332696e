//! The words for violence in sentence after sentence, with those for judgments and for what is no violence.

use std::ops::Range;

use super::fiction::Fiction;
use super::mention::{Form, Mention, Sense, Words};
use super::retraction::TakenBack;
use crate::facts::rules::{GRAMMAR, Match};
use crate::facts::search::Search;
use crate::facts::tokens::Tokens;

/// How many sentences after a judgment "executed" is still what a state did to a convict.
const JUDGED: u32 = 3;

/// What one sentence says in words for violence, and for judgments on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Mentions {
    /// In order.
    pub(super) all: Vec<Mention>,
    /// The words for what courts and commissions did, in order.
    pub(super) judgments: Vec<Range<u32>>,
    /// The words that look like violence and are none.
    pub(super) nothing: Vec<Range<u32>>,
    /// What takes back the violence told before it: "the report was false".
    pub(super) taken_back: Vec<TakenBack>,
    /// Whether the sentence tells a plot: of a film, a novel, a game.
    pub(super) fictional: bool,
}

impl Mentions {
    /// Those of one clause.
    pub(super) fn within(&self, clause: &Range<u32>) -> Mentions {
        let inside = |run: &&Range<u32>| clause.contains(&run.start);
        Mentions {
            all: self.all.iter().filter(|it| clause.contains(&it.tokens.start)).cloned().collect(),
            judgments: self.judgments.iter().filter(inside).cloned().collect(),
            nothing: self.nothing.iter().filter(inside).cloned().collect(),
            taken_back: self
                .taken_back
                .iter()
                .filter(|it| clause.contains(&it.tokens.start))
                .cloned()
                .collect(),
            fictional: self.fictional,
        }
    }
}

/// Reads sentence after sentence.
pub(super) struct Reader<'t> {
    tokens: &'t Tokens,
    text: &'t str,
    rules: Search<'static, 't>,
    /// The last sentence that spoke of a judgment.
    judged: Option<u32>,
    /// The last sentence that spoke of an animal's attack.
    beastly: Option<u32>,
    /// What is known of works of fiction.
    fiction: Fiction,
}

impl<'t> Reader<'t> {
    pub(super) fn new(tokens: &'t Tokens, text: &'t str) -> Self {
        let mut rules = GRAMMAR.rules("attacks").search(tokens);
        let fiction = Fiction::of(tokens, &mut rules);
        Reader { tokens, text, rules, judged: None, beastly: None, fiction }
    }

    /// Reads sentence `number`, which stands behind those read before.
    pub(super) fn read(&mut self, number: u32) -> Mentions {
        let Reader { tokens, text, .. } = *self;
        let sentence = tokens.sentences[number as usize].clone();
        let mut found = self.find(number, sentence.clone());
        // "In which a gunman opened fire" of a drill, "a caller said three were shot, but it was a hoax".
        let Mentions { all, nothing, taken_back, judgments, fictional } = &mut found;
        all.retain(|it| !nothing.iter().any(|run| run.contains(&it.tokens.start)));
        for mention in all.iter_mut() {
            if taken_back.iter().any(|it| it.takes(mention.kind) && it.tokens.start >= mention.tokens.end) {
                mention.stage = None;
            }
        }
        let words = Words::new(tokens, text, sentence);
        *fictional = self.fiction.reads(number, &words, all);
        let judged = self.judged.is_some_and(|judged| number - judged <= JUDGED);
        if judged || !judgments.is_empty() {
            let convict = |it: &Mention| words.lower(it.tokens.start) == "executed" && words.is_passive(it);
            all.retain(|it| {
                let executed = convict(it);
                if executed {
                    judgments.push(it.tokens.clone());
                }
                // "Guilty of terrorist murder" is a charge.
                let charge = matches!(it.form, Form::Indefinite | Form::Plural)
                    && it.phrase.start > words.sentence.start
                    && words.lower(it.phrase.start - 1) == "of";
                !executed && (!charge || judgments.is_empty())
            });
        }
        if !judgments.is_empty() {
            self.judged = Some(number);
        }
        // "A shark attacked a swimmer. He was killed in the attack."
        if self.beastly.is_some_and(|beastly| number - beastly <= JUDGED) {
            all.retain(|it| it.sense != Sense::Loose);
        }
        found
    }

    /// The mentions of one sentence, in order.
    fn find(&mut self, number: u32, sentence: Range<u32>) -> Mentions {
        let Reader { tokens, text, .. } = *self;
        let mut out = Mentions::default();
        (self.fiction.told, self.fiction.documented) = (false, false);
        let words = Words::new(tokens, text, sentence.clone());
        let mut from = sentence.start;
        loop {
            let at = self.rules.next(from, sentence.end);
            if at >= sentence.end {
                break;
            }
            let mut best: Option<Match<'_>> = None;
            self.rules.find_at(at, &mut |found| {
                // Of equals the one that says that it is nothing: "a bomb from World War II exploded".
                let none = || found.rule.gives("form") == Some("none");
                let wins = |known: &Match<'_>| {
                    let (new, old) = (end_of(&found), end_of(known));
                    new > old || new == old && none()
                };
                if best.as_ref().is_none_or(wins) {
                    best = Some(found);
                }
            });
            let Some(found) = best else {
                from = at + 1;
                continue;
            };
            from = found.tokens.end;
            match found.rule.gives("form") {
                Some("judgment") => out.judgments.push(found.tokens.clone()),
                // What is played: all that is told behind the words, or all before them.
                Some("played") => out.nothing.push(match found.rule.gives("reach") {
                    Some("before") => sentence.start..found.tokens.end,
                    _ => found.tokens.end..sentence.end,
                }),
                Some("taken-back") => out.taken_back.extend(TakenBack::read(&found, &words)),
                Some("fiction") => self.fiction.told = true,
                Some("documentary") => self.fiction.documented = true,
                Some("none") => {
                    if found.rule.name == "no-attack-animals" {
                        self.beastly = Some(number);
                    }
                    out.nothing.push(found.tokens.clone());
                }
                _ => out.all.extend(words.mention(&found)),
            }
        }
        out
    }
}

/// One past the words of a rule for violence; what was hit (`hit:`) is none of them.
pub(super) fn end_of(found: &Match<'_>) -> u32 {
    found.capture("hit").map_or(found.tokens.end, |it| it.start)
}
