//! How patterns are written, and what they compile to. `docs/rules.md` describes the language.

use super::classes::{Class, ClassSet};
use super::lexicon::{Case, Lexicon, WordId};
use super::needs::Clause;
use super::pattern::{MOST_CAPTURES, Step, Test};

/// Reads a pattern: its tree, and the names of its captures. The error says what is wrong, and where.
pub(super) fn parse(source: &str, lexicon: &mut Lexicon) -> Result<(Node, Vec<String>), String> {
    let mut parser = Parser { source, at: 0, lexicon, captures: Vec::new() };
    let tree = parser.alternatives()?;
    if parser.at < source.len() {
        return Err(parser.wrong("nothing opens this"));
    }
    Ok((tree, parser.captures))
}

/// A pattern as it is written.
pub(super) enum Node {
    Step(Step),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    Repeat { item: Box<Node>, least: u32, most: u32, lazy: bool },
    Capture(u8, Box<Node>),
}

impl Node {
    /// What every match contains, the rarest first: a test or word outside options, and of the ways of a choice one
    /// of each, twice where every way has two.
    pub(super) fn clauses(&self, lexicon: &Lexicon) -> Vec<Clause> {
        let mut clauses = match self {
            Node::Step(Step::Word(word, _)) => {
                vec![Clause { words: vec![*word], ..Clause::default() }]
            }
            Node::Step(Step::Test(test)) => {
                let all = test.all.iter().map(|class| ClassSet::of(&[class]));
                let any = (!test.any.is_empty()).then_some(test.any);
                all.chain(any).map(|classes| Clause { classes, ..Clause::default() }).collect()
            }
            Node::Step(_) => Vec::new(),
            Node::Sequence(items) => items.iter().flat_map(|item| item.clauses(lexicon)).collect(),
            Node::Either(choices) => {
                let choices: Vec<Vec<Clause>> = choices.iter().map(|it| it.clauses(lexicon)).collect();
                let count = choices.iter().map(Vec::len).min().unwrap_or(0).min(2);
                let one_of_each = |at: usize| choices.iter().map(|it| it[at].clone()).reduce(Clause::or);
                (0..count).filter_map(one_of_each).collect()
            }
            Node::Repeat { item, least, .. } if *least > 0 => item.clauses(lexicon),
            Node::Repeat { .. } => Vec::new(),
            Node::Capture(_, item) => item.clauses(lexicon),
        };
        clauses.sort_by_cached_key(|clause| (clause.frequency(lexicon), clause.clone()));
        clauses.dedup();
        clauses
    }

    /// The word that the node is, if it is one and nothing else.
    fn word(&self) -> Option<(WordId, Case)> {
        match self {
            Node::Step(Step::Word(word, case)) => Some((*word, *case)),
            Node::Sequence(items) => match items.as_slice() {
                [item] => item.word(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Appends the steps of the node.
    pub(super) fn emit(&self, steps: &mut Vec<Step>) {
        match self {
            Node::Step(step) => steps.push(step.clone()),
            Node::Sequence(items) => items.iter().for_each(|item| item.emit(steps)),
            Node::Either(choices) => {
                let ways = joined(choices);
                let [before @ .., last] = ways.as_slice() else { return };
                let (split, mut starts, mut ends) = (steps.len(), Vec::new(), Vec::new());
                if !before.is_empty() {
                    steps.push(Step::Choice(Vec::new()));
                }
                for way in before {
                    starts.push(steps.len() as u32);
                    way.emit(steps);
                    ends.push(steps.len());
                    steps.push(Step::Split(0, 0));
                }
                starts.push(steps.len() as u32);
                last.emit(steps);
                let end = steps.len() as u32;
                for jump in ends {
                    steps[jump] = Step::Split(end, end);
                }
                match starts.as_slice() {
                    [_] => {}
                    [first, second] => steps[split] = Step::Split(*first, *second),
                    _ => steps[split] = Step::Choice(starts),
                }
            }
            Node::Repeat { item, least, most, lazy } => {
                (0..*least).for_each(|_| item.emit(steps));
                let mut splits = Vec::new();
                for _ in *least..*most {
                    splits.push(steps.len());
                    steps.push(Step::Split(0, 0));
                    item.emit(steps);
                }
                let end = steps.len() as u32;
                for split in splits {
                    let inside = split as u32 + 1;
                    steps[split] = if *lazy { Step::Split(end, inside) } else { Step::Split(inside, end) };
                }
            }
            Node::Capture(number, item) => {
                steps.push(Step::Save(number * 2));
                item.emit(steps);
                steps.push(Step::Save(number * 2 + 1));
            }
        }
    }
}

/// One way of a choice.
enum Way<'a> {
    Other(&'a Node),
    /// Words that stand side by side among the ways, each alone: one look tells whether a token is any of them.
    Words(Vec<(WordId, Case)>),
}

impl Way<'_> {
    fn emit(&self, steps: &mut Vec<Step>) {
        match self {
            Way::Other(node) => node.emit(steps),
            Way::Words(words) => match words.as_slice() {
                [(word, case)] => steps.push(Step::Word(*word, *case)),
                _ => steps.push(Step::Words(words.clone())),
            },
        }
    }
}

/// The ways of a choice, single words side by side as one.
fn joined(choices: &[Node]) -> Vec<Way<'_>> {
    let mut ways: Vec<Way<'_>> = Vec::new();
    for choice in choices {
        match (choice.word(), ways.last_mut()) {
            (Some(word), Some(Way::Words(words))) => words.push(word),
            (Some(word), _) => ways.push(Way::Words(vec![word])),
            (None, _) => ways.push(Way::Other(choice)),
        }
    }
    ways
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
            return Ok(Node::Step(Step::Test(Test::default())));
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

/// `<a b +c -d>`: of class a or b, of class c too, and not of class d.
fn test(names: &str) -> Result<Step, String> {
    let mut test = Test::default();
    for name in names.split_whitespace() {
        let (set, name) = match name.split_at(1) {
            ("-", name) => (&mut test.none, name),
            ("+", name) => (&mut test.all, name),
            _ => (&mut test.any, name),
        };
        set.insert(Class::named(name).ok_or_else(|| format!("no class is called `{name}`"))?);
    }
    Ok(Step::Test(test))
}
