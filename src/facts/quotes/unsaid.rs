//! Verbs of saying that bring in what nobody said, by `rules/unsaid.toml`: denied, wished for, asked about, made up.

use crate::facts::rules::Grammar;
use crate::facts::tokens::{Kind, Part, Tokens};

use super::Reader;

/// How far behind a quotation the verb that denies it is looked for, in tokens.
const BEHIND: u32 = 14;

/// The first tokens of such verbs in the blocks of one article, in order.
#[derive(Debug, Default)]
pub(super) struct Unsaid(Vec<u32>);

impl Unsaid {
    pub(super) fn of(tokens: &Tokens, grammar: &Grammar) -> Unsaid {
        let (mut unsaid, mut said) = (Vec::new(), Vec::new());
        let set = grammar.rules("unsaid");
        for section in tokens.sections.iter().filter(|it| matches!(it.part, Part::Block(_))) {
            set.find(tokens, section.tokens.clone(), |it| {
                let Some(cue) = it.capture("cue") else { return };
                if it.rule.gives("said").is_some() { said.push(cue.start) } else { unsaid.push(cue.start) }
            });
        }
        // "Would say nothing but “…”": said after all.
        said.sort_unstable();
        unsaid.retain(|cue| said.binary_search(cue).is_err());
        unsaid.sort_unstable();
        Unsaid(unsaid)
    }

    /// Whether the verb at token `cue` is one of them.
    pub(super) fn holds(&self, cue: u32) -> bool {
        self.0.binary_search(&cue).is_ok()
    }
}

impl Reader<'_> {
    /// Whether the verb that brings the quotation in, or one on the way to it, says that nobody said it: "never said
    /// that they “lost”".
    pub(super) fn is_unsaid_before(&self, at: usize) -> bool {
        let lead = self.lead(at);
        let bare = lead.end - u32::from(lead.len() > 1 && matches!(self.word(lead.end - 1), "," | ":"));
        let near = (lead.start..bare).rev().take_while(|at| self.tokens.all[*at as usize].kind == Kind::Word);
        let mut nearest = lead.clone().rev().filter(|at| self.is_cue(*at)).take(1);
        near.into_iter().any(|at| self.unsaid.holds(at)) || nearest.any(|at| self.unsaid.holds(at))
    }

    /// "“We lost” is not what Ana Duarte said".
    pub(super) fn is_unsaid_behind(&self, at: usize) -> bool {
        let from = self.marked[at].whole.end;
        let end = self.tokens.sentence_of(from - 1).end.min(from + BEHIND);
        let mut words = (from..end).take_while(|at| self.tokens.all[*at as usize].kind == Kind::Word);
        words.any(|at| self.unsaid.holds(at))
    }
}
