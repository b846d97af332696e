//! The language of patterns over tokens, compiled to a small program. `docs/rules.md` describes it.

use super::classes::{Class, ClassSet};
use super::lexicon::{Case, Lexicon, WordId};
use super::tokens::{Token, Tokens};

/// One step of a compiled pattern.
#[derive(Clone, Debug)]
enum Step {
    /// This word.
    Word(WordId, Case),
    /// A token, or a run of them, of one of the first classes and of none of the second.
    Test {
        any: ClassSet,
        none: ClassSet,
    },
    /// Go on at the first, and should that fail, at the second.
    Split(u32, u32),
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

/// What a pattern can start with; a token that is neither needs not be tried.
#[derive(Clone, Debug, Default)]
pub(super) struct Triggers {
    pub(super) words: Vec<WordId>,
    pub(super) classes: ClassSet,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    steps: Vec<Step>,
    /// The names of its captures, in the order in which they first stand in the pattern.
    pub captures: Vec<String>,
}

/// The most captures of one pattern.
pub(super) const MOST_CAPTURES: usize = 10;

/// The most steps that one attempt may take: no article can make a rule slow.
const MOST_STEPS: usize = 2_000;

/// Where a pattern and its captures matched: token ranges, `u32::MAX` for a capture that took no part.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) end: u32,
    pub(super) saved: [u32; MOST_CAPTURES * 2],
}

impl Pattern {
    /// Compiles `source`; the error says what is wrong and at which byte.
    pub(super) fn compile(source: &str, lexicon: &mut Lexicon) -> Result<Pattern, String> {
        let mut parser = Parser { source, at: 0, lexicon, captures: Vec::new() };
        let tree = parser.alternatives()?;
        if parser.at < source.len() {
            return Err(parser.wrong("nothing opens this"));
        }
        let mut pattern = Pattern { steps: Vec::new(), captures: parser.captures };
        pattern.emit(&tree);
        pattern.steps.push(Step::Done);
        if pattern.steps.len() > 4_000 {
            return Err("the pattern repeats too much".to_owned());
        }
        Ok(pattern)
    }

    fn emit(&mut self, node: &Node) {
        match node {
            Node::Step(step) => self.steps.push(step.clone()),
            Node::Sequence(items) => items.iter().for_each(|item| self.emit(item)),
            Node::Either(choices) => {
                let mut ends = Vec::new();
                for (at, choice) in choices.iter().enumerate() {
                    let split = self.steps.len();
                    if at + 1 < choices.len() {
                        self.steps.push(Step::Split(split as u32 + 1, 0));
                    }
                    self.emit(choice);
                    if at + 1 < choices.len() {
                        ends.push(self.steps.len());
                        self.steps.push(Step::Split(0, 0));
                        let next = self.steps.len() as u32;
                        self.steps[split] = Step::Split(split as u32 + 1, next);
                    }
                }
                let end = self.steps.len() as u32;
                for jump in ends {
                    self.steps[jump] = Step::Split(end, end);
                }
            }
            Node::Repeat { item, least, most, lazy } => {
                (0..*least).for_each(|_| self.emit(item));
                let mut splits = Vec::new();
                for _ in *least..*most {
                    splits.push(self.steps.len());
                    self.steps.push(Step::Split(0, 0));
                    self.emit(item);
                }
                let end = self.steps.len() as u32;
                for split in splits {
                    let inside = split as u32 + 1;
                    self.steps[split] =
                        if *lazy { Step::Split(end, inside) } else { Step::Split(inside, end) };
                }
            }
            Node::Capture(number, item) => {
                self.steps.push(Step::Save(number * 2));
                self.emit(item);
                self.steps.push(Step::Save(number * 2 + 1));
            }
        }
    }

    /// What the first token can be. An error where anything would do: such a rule would be tried at every token.
    pub(super) fn triggers(&self) -> Result<Triggers, String> {
        let mut triggers = Triggers::default();
        let mut open = vec![0_u32];
        let mut seen = vec![false; self.steps.len()];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at as usize], true) {
                continue;
            }
            match &self.steps[at as usize] {
                Step::Word(word, _) => triggers.words.push(*word),
                Step::Test { any, .. } if any.is_empty() => {
                    return Err("a pattern must start with a word or a class".to_owned());
                }
                Step::Test { any, .. } => triggers.classes = triggers.classes.with(*any),
                Step::Split(first, second) => open.extend([*first, *second]),
                Step::Done => return Err("a pattern must not match nothing".to_owned()),
                _ => open.push(at + 1),
            }
        }
        Ok(triggers)
    }

    /// Matches at token `at`, inside its sentence. The first way that the pattern's order of choices allows.
    pub(super) fn match_at(&self, tokens: &Tokens, at: u32, stack: &mut Vec<Choice>) -> Option<Places> {
        let sentence = tokens.sentence_of(at);
        let mut places = Places { end: at, saved: [u32::MAX; MOST_CAPTURES * 2] };
        stack.clear();
        let mut step = 0_u32;
        let mut here = at;
        for _ in 0..MOST_STEPS {
            let token = tokens.all[..sentence.end as usize].get(here as usize);
            let next = match &self.steps[step as usize] {
                Step::Word(word, case) => {
                    token.filter(|it| it.word == *word && case.allows(it.shape)).map(|_| (step + 1, here + 1))
                }
                Step::Test { any, none } => token.and_then(|token| {
                    self.test(tokens, token, (step, here), (*any, *none), &sentence, stack)
                }),
                Step::Split(first, second) => {
                    if first != second {
                        stack.push(Choice::Go { step: *second, here });
                    }
                    Some((*first, here))
                }
                Step::Save(slot) => {
                    let old = std::mem::replace(&mut places.saved[*slot as usize], here);
                    stack.push(Choice::Restore { slot: *slot, old });
                    Some((step + 1, here))
                }
                Step::SentenceStart => (here == sentence.start).then_some((step + 1, here)),
                Step::SentenceEnd => (here == sentence.end).then_some((step + 1, here)),
                Step::Glued => (here < sentence.end && tokens.is_glued(here)).then_some((step + 1, here)),
                Step::Done => {
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
        None
    }

    fn test(
        &self,
        tokens: &Tokens,
        token: &Token,
        (step, here): (u32, u32),
        (any, none): (ClassSet, ClassSet),
        sentence: &std::ops::Range<u32>,
        stack: &mut Vec<Choice>,
    ) -> Option<(u32, u32)> {
        let fits = |classes: ClassSet| (any.is_empty() || classes.meets(any)) && !classes.meets(none);
        let mut ends = [0_u32; 4];
        let mut count = 0;
        if !any.is_empty() {
            for phrase in tokens.phrases_at(here) {
                if count < 3
                    && phrase.end <= sentence.end
                    && fits(phrase.classes)
                    && !ends[..count].contains(&phrase.end)
                {
                    ends[count] = phrase.end;
                    count += 1;
                }
            }
        }
        // A run that is excluded excludes the token it starts with: `<word -person>` does not step into a name.
        let excluded =
            !none.is_empty() && tokens.phrases_at(here).iter().any(|phrase| phrase.classes.meets(none));
        if fits(token.classes) && !excluded && !ends[..count].contains(&(here + 1)) {
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

enum Node {
    Step(Step),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat { item: Box<Node>, least: u32, most: u32, lazy: bool },
    Capture(u8, Box<Node>),
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    lexicon: &'a mut Lexicon,
    captures: Vec<String>,
}

impl Parser<'_> {
    fn wrong(&self, what: &str) -> String {
        format!("{what}, at `{}`", &self.source[self.at.min(self.source.len())..])
    }

    fn rest(&mut self) -> &str {
        let rest = self.source[self.at..].trim_start();
        self.at = self.source.len() - rest.len();
        rest
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.source[self.at..].starts_with(sign);
        if found {
            self.at += sign.len();
        }
        found
    }

    fn until(&mut self, sign: char) -> Result<String, String> {
        let rest = &self.source[self.at..];
        let end = rest.find(sign).ok_or_else(|| self.wrong(&format!("no `{sign}` closes this")))?;
        self.at += end + sign.len_utf8();
        Ok(rest[..end].to_owned())
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        let mut choices = vec![self.sequence()?];
        while self.rest().starts_with('|') {
            self.at += 1;
            choices.push(self.sequence()?);
        }
        Ok(if choices.len() == 1 { choices.remove(0) } else { Node::Either(choices) })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut items = Vec::new();
        while !matches!(self.rest().chars().next(), None | Some('|' | ')')) {
            items.push(self.item()?);
        }
        if items.is_empty() { Err(self.wrong("an empty choice")) } else { Ok(Node::Sequence(items)) }
    }

    fn item(&mut self) -> Result<Node, String> {
        let rest = self.rest();
        let name_length =
            rest.find(|sign: char| !sign.is_ascii_lowercase() && sign != '-').unwrap_or(rest.len());
        if name_length > 0 && rest[name_length..].starts_with(':') {
            let name = rest[..name_length].to_owned();
            self.at += name_length + 1;
            let number = self.captures.iter().position(|known| *known == name).unwrap_or_else(|| {
                self.captures.push(name);
                self.captures.len() - 1
            });
            if number >= MOST_CAPTURES {
                return Err(self.wrong("too many captures"));
            }
            let inner = self.item()?;
            return Ok(Node::Capture(number as u8, Box::new(inner)));
        }
        let atom = self.atom()?;
        self.quantified(atom)
    }

    fn quantified(&mut self, atom: Node) -> Result<Node, String> {
        let (least, most) = if self.eat("?") {
            (0, 1)
        } else if self.eat("{") {
            let range = self.until('}')?;
            let (least, most) = range.split_once(',').unwrap_or((&range, &range));
            let number = |text: &str| text.trim().parse().map_err(|_| self.wrong("not a number before this"));
            (number(least)?, number(most)?)
        } else {
            return Ok(atom);
        };
        if least > most || most > 30 {
            return Err(self.wrong("repetitions run from the lesser to the greater number, 30 at most"));
        }
        let lazy = self.eat("?");
        Ok(Node::Repeat { item: Box::new(atom), least, most, lazy })
    }

    fn atom(&mut self) -> Result<Node, String> {
        if self.eat("(") {
            let inner = self.alternatives()?;
            return if self.eat(")") { Ok(inner) } else { Err(self.wrong("no `)` closes this")) };
        }
        if self.eat("<") {
            let names = self.until('>')?;
            return Ok(Node::Step(test(&names).map_err(|what| self.wrong(&what))?));
        }
        if self.eat("'") {
            let words = self.until('\'')?;
            return self.literal(&words);
        }
        for (sign, step) in [("^", Step::SentenceStart), ("$", Step::SentenceEnd), ("~", Step::Glued)] {
            if self.eat(sign) {
                return Ok(Node::Step(step));
            }
        }
        if self.eat("_") {
            return Ok(Node::Step(Step::Test { any: ClassSet::NONE, none: ClassSet::NONE }));
        }
        let rest = self.rest();
        let length = rest
            .find(|sign: char| !sign.is_alphanumeric() && sign != '-' && sign != '’')
            .unwrap_or(rest.len());
        if length == 0 {
            return Err(self.wrong("neither a word nor a class"));
        }
        let words = rest[..length].to_owned();
        self.at += length;
        self.literal(&words)
    }

    fn literal(&mut self, words: &str) -> Result<Node, String> {
        let steps: Vec<Node> = self
            .lexicon
            .intern_text(words)
            .into_iter()
            .map(|(word, case)| Node::Step(Step::Word(word, case)))
            .collect();
        if steps.is_empty() { Err(self.wrong("an empty word")) } else { Ok(Node::Sequence(steps)) }
    }
}

/// `<a b -c>`: of class a or b, and not of class c.
fn test(names: &str) -> Result<Step, String> {
    let (mut any, mut none) = (ClassSet::NONE, ClassSet::NONE);
    for name in names.split_whitespace() {
        let (set, name) = name.strip_prefix('-').map_or((&mut any, name), |name| (&mut none, name));
        set.insert(Class::named(name).ok_or_else(|| format!("no class is called `{name}`"))?);
    }
    Ok(Step::Test { any, none })
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
