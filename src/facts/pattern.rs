//! Patterns over tokens: compiled to small programs that are matched with bounded backtracking (`program`).

use super::classes::ClassSet;
use super::lexicon::{Case, Lexicon, WordId};
use super::lookahead::Ahead;
use super::needs::Clause;
use super::pattern_syntax;
use super::program::{self, Program};
use super::tokens::{Phrase, Token, Tokens};

/// One step of a compiled pattern.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// This word.
    Word(WordId, Case),
    /// One of these words.
    Words(Vec<(WordId, Case)>),
    /// A token, or a run of them, that passes.
    Test(Test),
    /// Go on at the first, and should that fail, at the second.
    Split(u32, u32),
    /// Go on at the first of these, and should that fail, at the next.
    Choice(Vec<u32>),
    /// Remember this place: twice the capture's number for its start, one more for its end.
    Save(u8),
    /// The sentence starts here.
    SentenceStart,
    /// The sentence ends here.
    SentenceEnd,
    /// No white space before the next token.
    Glued,
    Done,
}

/// Of one of `any` (or any token at all where that is empty), of all of `all`, and of none of `none`.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Test {
    pub(super) any: ClassSet,
    pub(super) all: ClassSet,
    pub(super) none: ClassSet,
}

/// What a pattern can start with; a token that is neither needs not be tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Triggers {
    pub(super) words: Vec<WordId>,
    pub(super) classes: ClassSet,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    program: Program,
    /// What its first token can be, or why no rule may have it.
    triggers: Result<Triggers, String>,
    /// What can stand behind the first token, or run of tokens, of a match.
    second: Ahead,
    /// The names of its captures, in the order in which they first stand in the pattern.
    pub captures: Vec<String>,
    /// What every match contains, the rarest first.
    clauses: Vec<Clause>,
}

/// The most captures of one pattern.
pub(super) const MOST_CAPTURES: usize = 10;

/// Where a pattern and its captures matched: token ranges, `u32::MAX` for a capture that took no part.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) end: u32,
    pub(super) saved: [u32; MOST_CAPTURES * 2],
}

impl Pattern {
    /// Compiles `source`; the error says what is wrong and at which byte.
    pub(super) fn compile(source: &str, lexicon: &mut Lexicon) -> Result<Pattern, String> {
        let (tree, captures) = pattern_syntax::parse(source, lexicon)?;
        let mut steps = Vec::new();
        tree.emit(&mut steps);
        steps.push(Step::Done);
        if steps.iter().map(Step::size).sum::<usize>() > program::LONGEST {
            return Err("the pattern repeats too much".to_owned());
        }
        let clauses = tree.clauses(lexicon);
        let aheads = Ahead::of_each(&steps);
        Ok(Pattern {
            program: Program::of(&steps, &aheads),
            triggers: triggers(&steps),
            second: Ahead::second(&steps, &aheads),
            captures,
            clauses,
        })
    }

    /// What the first token can be. An error where anything would do: such a rule would be tried at every token.
    pub(super) fn triggers(&self) -> Result<&Triggers, String> {
        self.triggers.as_ref().map_err(String::clone)
    }

    /// What can stand behind the first token, or run of tokens, of a match.
    pub(super) fn second(&self) -> Ahead {
        self.second
    }

    /// What every match contains, the rarest first.
    pub(super) fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Matches at token `at`, inside its sentence. The first way that the pattern's order of choices allows.
    pub(super) fn match_at(&self, tokens: &Tokens, at: u32, stack: &mut Vec<Choice>) -> Option<Places> {
        self.program.match_at(tokens, at, stack)
    }
}

impl Step {
    /// How many numbers it takes.
    fn size(&self) -> usize {
        match self {
            Step::Words(words) => words.len(),
            Step::Choice(ways) => ways.len(),
            _ => 1,
        }
    }
}

fn triggers(steps: &[Step]) -> Result<Triggers, String> {
    let mut triggers = Triggers::default();
    let mut open = vec![0_u32];
    let mut seen = vec![false; steps.len()];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at as usize], true) {
            continue;
        }
        match &steps[at as usize] {
            Step::Word(word, _) => triggers.words.push(*word),
            Step::Words(words) => triggers.words.extend(words.iter().map(|(word, _)| *word)),
            Step::Test(Test { any, .. }) if any.is_empty() => {
                return Err("a pattern must start with a word or a class".to_owned());
            }
            Step::Test(Test { any, .. }) => triggers.classes = triggers.classes.with(*any),
            Step::Split(first, second) => open.extend([*first, *second]),
            Step::Choice(ways) => open.extend(ways),
            Step::Done => return Err("a pattern must not match nothing".to_owned()),
            _ => open.push(at + 1),
        }
    }
    Ok(triggers)
}

impl Test {
    fn fits(&self, classes: ClassSet) -> bool {
        (self.any.is_empty() || classes.meets(self.any))
            && classes.covers(self.all)
            && !classes.meets(self.none)
    }

    /// The step and the token to go on with; other ways of passing go onto the stack.
    #[inline]
    pub(super) fn pass(
        &self,
        tokens: &Tokens,
        token: &Token,
        (step, here): (u32, u32),
        sentence_end: u32,
        stack: &mut Vec<Choice>,
    ) -> Option<(u32, u32)> {
        let runs = tokens.phrases_at(here);
        if runs.is_empty() {
            return self.fits(token.classes).then_some((step + 1, here + 1));
        }
        self.pass_runs(runs, token, (step, here), sentence_end, stack)
    }

    /// [`Test::pass`] where runs of tokens start.
    fn pass_runs(
        &self,
        runs: &[Phrase],
        token: &Token,
        (step, here): (u32, u32),
        sentence_end: u32,
        stack: &mut Vec<Choice>,
    ) -> Option<(u32, u32)> {
        // A run that is excluded excludes the token it starts with: `<word -person>` does not step into a name.
        if !self.none.is_empty() && runs.iter().any(|run| run.classes.meets(self.none)) {
            return None;
        }
        let mut ends = [0_u32; 4];
        let mut count = 0;
        for run in runs.iter().filter(|_| !self.any.is_empty()) {
            let new = count < 3 && run.end <= sentence_end && !ends[..count].contains(&run.end);
            if new && self.fits(run.classes) {
                ends[count] = run.end;
                count += 1;
            }
        }
        if self.fits(token.classes) && !ends[..count].contains(&(here + 1)) {
            ends[count] = here + 1;
            count += 1;
        }
        let (first, others) = ends[..count].split_first()?;
        for other in others.iter().rev() {
            stack.push(Choice::Go { step: step + 1, here: *other });
        }
        Some((step + 1, *first))
    }
}

/// What to do when the way that was tried first fails.
#[derive(Copy, Clone, Debug)]
pub(super) enum Choice {
    Go { step: u32, here: u32 },
    Restore { slot: u8, old: u32 },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `pattern` matches from the first token of `text`, and its first capture.
    fn matched(pattern: &str, text: &'static str) -> Option<(&'static str, Option<&'static str>)> {
        let mut lexicon = Lexicon::load();
        let pattern = Pattern::compile(pattern, &mut lexicon).unwrap();
        let tokens = Tokens::of_text(text, &lexicon);
        let places = pattern.match_at(&tokens, 0, &mut Vec::new())?;
        let capture =
            (places.saved[0] != u32::MAX).then(|| tokens.span(places.saved[0]..places.saved[1]).of(text));
        Some((tokens.span(0..places.end).of(text), capture))
    }

    #[test]
    fn words_choices_and_repetitions() {
        assert_eq!(matched("a (big | small){0,2} dog", "A big small dog"), Some(("A big small dog", None)));
        assert_eq!(matched("a (big | small){0,1} dog", "A big small dog"), None);
        assert_eq!(matched("x:(a b?) c", "a b c"), Some(("a b c", Some("a b"))));
        assert_eq!(matched("a ',' b", "a, b"), Some(("a, b", None)));
    }

    #[test]
    fn greedy_takes_the_most_and_lazy_the_least() {
        assert_eq!(matched("a x:_{1,3} b?", "a b b b"), Some(("a b b b", Some("b b b"))));
        assert_eq!(matched("a x:_{1,3}? b", "a b b b"), Some(("a b b", Some("b"))));
    }

    #[test]
    fn a_word_with_a_capital_needs_one_and_a_pattern_stays_in_its_sentence() {
        assert_eq!(matched("in May", "in may"), None);
        assert_eq!(matched("in May", "In May"), Some(("In May", None)));
        assert_eq!(matched("a _ _ b", "a dog. B"), None);
        assert_eq!(matched("^ a $", "a"), Some(("a", None)));
    }

    #[test]
    fn a_pattern_cannot_run_away() {
        let long: String = "a ".repeat(2_000);
        let text: &'static str = Box::leak(long.into_boxed_str());
        let started = matched("(((a?){0,30}){0,30} b)", text);
        assert_eq!(started, None);
    }

    #[test]
    fn mistakes_are_named() {
        let error = |source: &str| match Pattern::compile(source, &mut Lexicon::load()) {
            Ok(pattern) => pattern.triggers().unwrap_err(),
            Err(error) => error,
        };
        assert!(error("<no-such-class> a").contains("no class is called `no-such-class`"));
        assert!(error("(a b").contains("no `)` closes this"));
        assert!(error("a) b").contains("nothing opens this"));
        assert!(error("a?").contains("must not match nothing"));
        assert!(error("_ a").contains("must start with a word or a class"));
    }
}
