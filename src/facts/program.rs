//! The steps of a pattern, packed: what is looked at for every token is small and lies together.

use std::collections::BTreeMap;

use super::lexicon::{Case, WordId};
use super::lookahead::{Ahead, Next};
use super::pattern::{Choice, MOST_CAPTURES, Places, Step, Test};
use super::tokens::{Token, Tokens};

/// The steps of one pattern, ready to run.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    ops: Vec<Op>,
    /// What [`Op::Test`] asks for; steps that repeat ask for the same.
    tests: Vec<Test>,
    /// Of all [`Op::Words`].
    words: Vec<(WordId, Case)>,
    /// Of all [`Op::Choice`].
    ways: Vec<Way>,
    aheads: Vec<Ahead>,
}

/// One step.
#[derive(Copy, Clone, Debug)]
enum Op {
    Word(WordId, Case),
    Words(Run),
    Test(u16),
    Split(Way, Way),
    Choice(Run),
    Go(u16),
    Save(u8),
    SentenceStart,
    SentenceEnd,
    Glued,
    Done,
}

/// Where a way goes on, and what the next token must be for it: an index into [`Program::aheads`].
#[derive(Copy, Clone, Debug)]
struct Way {
    to: u16,
    ahead: u16,
}

/// A run of a list.
#[derive(Copy, Clone, Debug)]
struct Run {
    from: u16,
    count: u16,
}

impl Run {
    fn of<T>(self, list: &[T]) -> &[T] {
        &list[usize::from(self.from)..][..usize::from(self.count)]
    }
}

/// The most steps that one attempt may take: no article can make a rule slow.
const MOST_STEPS: usize = 2_000;

/// The most steps, tests, ways and words of one pattern.
pub(super) const LONGEST: usize = 6_000;

/// Gives each thing of a pattern a number, equal ones the same.
struct Numbers<T> {
    known: BTreeMap<T, u16>,
    all: Vec<T>,
}

impl<T: Copy + Ord> Numbers<T> {
    fn new() -> Self {
        Numbers { known: BTreeMap::new(), all: Vec::new() }
    }

    fn number(&mut self, thing: T) -> u16 {
        *self.known.entry(thing).or_insert_with(|| {
            self.all.push(thing);
            self.all.len() as u16 - 1
        })
    }
}

impl Program {
    /// Packs `steps`; `of_each` is what each can go on with.
    pub(super) fn of(steps: &[Step], of_each: &[Ahead]) -> Program {
        let mut program = Program::default();
        let mut aheads = Numbers::new();
        let mut tests = Numbers::new();
        let mut way = |to: u32| {
            let to = landing(steps, to);
            Way { to: to as u16, ahead: aheads.number(of_each[to as usize]) }
        };
        for step in steps {
            program.ops.push(match step {
                Step::Word(word, case) => Op::Word(*word, *case),
                Step::Words(words) => {
                    let run = Run { from: program.words.len() as u16, count: words.len() as u16 };
                    program.words.extend_from_slice(words);
                    Op::Words(run)
                }
                Step::Test(test) => Op::Test(tests.number(*test)),
                Step::Split(first, second) if first == second => Op::Go(landing(steps, *first) as u16),
                Step::Split(first, second) => Op::Split(way(*first), way(*second)),
                Step::Choice(all) => {
                    let run = Run { from: program.ways.len() as u16, count: all.len() as u16 };
                    program.ways.extend(all.iter().map(|to| way(*to)));
                    Op::Choice(run)
                }
                Step::Save(slot) => Op::Save(*slot),
                Step::SentenceStart => Op::SentenceStart,
                Step::SentenceEnd => Op::SentenceEnd,
                Step::Glued => Op::Glued,
                Step::Done => Op::Done,
            });
        }
        (program.aheads, program.tests) = (aheads.all, tests.all);
        program
    }

    /// Matches at token `at`, inside its sentence. The first way that the pattern's order of choices allows.
    pub(super) fn match_at(&self, tokens: &Tokens, at: u32, stack: &mut Vec<Choice>) -> Option<Places> {
        let sentence = tokens.sentence_of(at);
        let mut places = Places { end: at, saved: [u32::MAX; MOST_CAPTURES * 2] };
        let inside = &tokens.all[..sentence.end as usize];
        stack.clear();
        let mut step = 0_u32;
        let mut here = at;
        let mut left = MOST_STEPS;
        let mut view = View { tokens, inside, of: u32::MAX, next: None };
        loop {
            left = left.checked_sub(1)?;
            let next = match self.ops[step as usize] {
                Op::Word(word, case) => inside
                    .get(here as usize)
                    .filter(|it| it.word == word && case.allows(it.shape))
                    .map(|_| (step + 1, here + 1)),
                Op::Words(words) => inside
                    .get(here as usize)
                    .filter(|it| has_word(words.of(&self.words), it))
                    .map(|_| (step + 1, here + 1)),
                Op::Test(wanted) => inside.get(here as usize).and_then(|token| {
                    self.tests[usize::from(wanted)].pass(tokens, token, (step, here), sentence.end, stack)
                }),
                Op::Go(to) => Some((u32::from(to), here)),
                // A way that ends at once need not be put aside and taken up again.
                Op::Split(first, second) => {
                    let next = view.of(here);
                    match (self.leads_on(first, next), self.leads_on(second, next)) {
                        (true, leads_on) => {
                            if leads_on {
                                stack.push(Choice::Go { step: second.to.into(), here });
                            }
                            Some((first.to.into(), here))
                        }
                        (false, true) => Some((second.to.into(), here)),
                        (false, false) => None,
                    }
                }
                Op::Choice(ways) => {
                    let next = view.of(here);
                    let mut chosen = None;
                    for way in ways.of(&self.ways).iter().rev() {
                        if self.leads_on(*way, next)
                            && let Some((step, here)) = chosen.replace((u32::from(way.to), here))
                        {
                            stack.push(Choice::Go { step, here });
                        }
                    }
                    chosen
                }
                Op::Save(slot) => {
                    let old = std::mem::replace(&mut places.saved[usize::from(slot)], here);
                    stack.push(Choice::Restore { slot, old });
                    Some((step + 1, here))
                }
                Op::SentenceStart => (here == sentence.start).then_some((step + 1, here)),
                Op::SentenceEnd => (here == sentence.end).then_some((step + 1, here)),
                Op::Glued => (here < sentence.end && tokens.is_glued(here)).then_some((step + 1, here)),
                Op::Done => {
                    places.end = here;
                    return Some(places);
                }
            };
            (step, here) = match next {
                Some(next) => next,
                None => loop {
                    match stack.pop()? {
                        Choice::Go { step, here } => break (step, here),
                        Choice::Restore { slot, old } => places.saved[slot as usize] = old,
                    }
                },
            };
        }
    }

    /// Whether a way can go on with the next token, or where the sentence ends.
    #[inline]
    fn leads_on(&self, way: Way, next: Option<&Next>) -> bool {
        let ahead = &self.aheads[usize::from(way.ahead)];
        next.map_or_else(|| ahead.allows_end(), |next| ahead.allows(next))
    }
}

#[inline]
fn has_word(words: &[(WordId, Case)], token: &Token) -> bool {
    words.iter().any(|(word, case)| *word == token.word && case.allows(token.shape))
}

/// The step that jumps from `at` on lead to.
fn landing(steps: &[Step], mut at: u32) -> u32 {
    while let Step::Split(first, second) = &steps[at as usize]
        && first == second
    {
        at = *first;
    }
    at
}

/// The token that was looked at for a choice: several in a row look at the same.
struct View<'t> {
    tokens: &'t Tokens,
    inside: &'t [Token],
    of: u32,
    next: Option<Next>,
}

impl View<'_> {
    #[inline]
    fn of(&mut self, here: u32) -> Option<&Next> {
        if self.of != here {
            let next = self.inside.get(here as usize);
            self.next = next.map(|token| Next::new(token.word, self.tokens.classes_at(here)));
            self.of = here;
        }
        self.next.as_ref()
    }
}
