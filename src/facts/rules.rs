//! The rules of `rules/*.toml`: loaded once, and matched over the tokens of an article.
//!
//! A rule is data: its name, a pattern, what follows from a match, examples that must match and examples that must
//! not. `docs/rules.md` describes the language.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::lexicon::Lexicon;
use super::needs::{Needs, Numbering};
use super::pattern::{Pattern, Places};
use super::search::{Index, Search, Starts};
use super::tokens::Tokens;
use super::{AttackKind, Level, RuleName};

/// The rule files, by name. A new file is a new row.
const FILES: &[(&str, &str)] = &[
    ("people", include_str!("rules/people.toml")),
    ("roles", include_str!("rules/roles.toml")),
    ("speakers", include_str!("rules/speakers.toml")),
    ("speech", include_str!("rules/speech.toml")),
    ("unsaid", include_str!("rules/unsaid.toml")),
    ("dates", include_str!("rules/dates.toml")),
    ("attributions", include_str!("rules/attributions.toml")),
    ("tolls", include_str!("rules/tolls.toml")),
    ("attacks", include_str!("rules/attacks.toml")),
    ("perpetrators", include_str!("rules/perpetrators.toml")),
    ("targets", include_str!("rules/targets.toml")),
    ("places", include_str!("rules/places.toml")),
];

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, unique among all rules; facts carry it.
    pub name: RuleName,
    /// What it matches.
    pub pattern: Pattern,
    /// What a match means, as the file says it: `gives = { role = "expert" }`.
    gives: BTreeMap<String, String>,
    /// The kind of attack among that, if the rule is for one.
    pub(super) kind: Option<AttackKind>,
    /// How sure a reading by it is, where nothing speaks against it.
    level: Level,
}

impl Rule {
    /// What the rule's file says under `gives` for `key`.
    pub fn gives(&self, key: &str) -> Option<&str> {
        self.gives.get(key).map(String::as_str)
    }
}

/// The rules of one file, ready to run.
#[derive(Debug)]
pub struct RuleSet {
    /// In the order of the file.
    pub rules: Vec<Rule>,
    /// Which of them can match where.
    pub(super) index: Index,
}

/// A place where a rule matched.
#[derive(Clone, Debug)]
pub struct Match<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// The tokens it covers.
    pub tokens: Range<u32>,
    pub(super) places: Places,
}

impl Match<'_> {
    /// The tokens that the capture `name` covers, if it took part in the match and is not empty.
    pub fn capture(&self, name: &str) -> Option<Range<u32>> {
        let at = self.rule.pattern.captures.iter().position(|known| known == name)?;
        let [start, end] = [self.places.saved[at * 2], self.places.saved[at * 2 + 1]];
        (start != u32::MAX && end != u32::MAX && start < end).then_some(start..end)
    }
}

impl RuleSet {
    /// Calls `found` for every rule and every token of `within` where the rule matches, in the order of tokens and,
    /// at one token, of the file. A match never leaves its sentence; it may leave `within` at the end.
    pub fn find<'r>(&'r self, tokens: &Tokens, within: Range<u32>, found: impl FnMut(Match<'r>)) {
        self.search(tokens).find(within, found);
    }

    /// The rule of this name.
    pub fn named(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == name)
    }

    /// A search that remembers what it has found out about a sentence: for code that asks token by token.
    pub(super) fn search<'r, 't>(&'r self, tokens: &'t Tokens) -> Search<'r, 't> {
        Search::new(self, tokens)
    }
}

/// The lexicon and all rules: everything that is known of the language.
pub struct Grammar {
    /// Words and their classes.
    pub lexicon: Lexicon,
    sets: Vec<(&'static str, RuleSet)>,
}

impl Grammar {
    /// The rules of `rules/NAME.toml`.
    ///
    /// # Panics
    /// Where there is no such file: the name is written in the code.
    pub fn rules(&self, name: &str) -> &RuleSet {
        let found = self.sets.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("no rule file is called `{name}`")).1
    }

    /// The names of all rules.
    pub(super) fn rule_names(&self) -> impl Iterator<Item = RuleName> {
        self.sets.iter().flat_map(|(_, set)| &set.rules).map(|rule| rule.name)
    }

    fn load() -> Result<Grammar, String> {
        let mut lexicon = Lexicon::load();
        let mut numbering = Numbering::default();
        let mut starts = Starts::default();
        let mut sets = Vec::new();
        for (file, text) in FILES {
            let parsed: RuleFile =
                toml::from_str(text).map_err(|error| format!("rules/{file}.toml: {error}"))?;
            let mut rules = Vec::new();
            let mut index = Index::default();
            for rule in parsed.rule {
                let wrong = |what: String| format!("rules/{file}.toml: rule `{}`: {what}", rule.name);
                let source = expanded(&rule.pattern, &parsed.define).map_err(wrong)?;
                let pattern = Pattern::compile(&source, &mut lexicon).map_err(wrong)?;
                let needs = Needs::of(pattern.clauses(), &mut numbering);
                let triggers = pattern.triggers().map_err(wrong)?;
                index.add(triggers, pattern.second(), needs).map_err(wrong)?;
                // Facts carry the name of their rule for as long as the program runs, and rules are loaded once.
                let name: RuleName = Box::leak(rule.name.into_boxed_str());
                let level = rule.level.unwrap_or(Level::High);
                let kind = rule.gives.get("kind").and_then(|kind| AttackKind::named(kind));
                rules.push(Rule { name, pattern, gives: rule.gives, kind, level });
            }
            starts.add(sets.len(), &mut index)?;
            sets.push((*file, RuleSet { rules, index }));
        }
        lexicon.mark(&numbering.marks(), &starts);
        Ok(Grammar { lexicon, sets })
    }
}

/// Puts the file's definitions, which may use each other, in the place of their names.
fn expanded(pattern: &str, define: &BTreeMap<String, String>) -> Result<String, String> {
    let mut pattern = pattern.to_owned();
    for _ in 0..200 {
        let Some(at) = pattern.find('@') else { return Ok(pattern) };
        let rest = &pattern[at + 1..];
        let length = rest.find(|sign: char| !sign.is_ascii_lowercase() && sign != '-').unwrap_or(rest.len());
        let meaning =
            define.get(&rest[..length]).ok_or_else(|| format!("`@{}` is not defined", &rest[..length]))?;
        pattern.replace_range(at..at + 1 + length, &format!("({meaning})"));
    }
    Err("definitions use each other in a circle".to_owned())
}

/// The grammar; read on first use.
pub static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| match Grammar::load() {
    Ok(grammar) => grammar,
    Err(error) => panic!("the rules inside the program do not load: {error}"),
});

/// How sure a reading by the rule called `name` is, where nothing speaks against it; the rules that code knows by
/// name and that stand in no file are high.
pub fn level_of(name: RuleName) -> Level {
    static DOUBTFUL: LazyLock<BTreeMap<RuleName, Level>> = LazyLock::new(|| {
        let rules = GRAMMAR.sets.iter().flat_map(|(_, set)| &set.rules);
        rules.filter(|rule| rule.level < Level::High).map(|rule| (rule.name, rule.level)).collect()
    });
    DOUBTFUL.get(name).copied().unwrap_or(Level::High)
}

#[derive(Deserialize)]
struct RuleFile {
    /// Pieces that several patterns of the file share: `@name` stands for them.
    #[serde(default)]
    define: BTreeMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleSource>,
}

#[derive(Deserialize)]
#[cfg_attr(test, serde(deny_unknown_fields))]
struct RuleSource {
    name: String,
    pattern: String,
    #[serde(default)]
    gives: BTreeMap<String, String>,
    /// "medium" or "low" for a rule that often guesses; high unless it is said.
    level: Option<Level>,
    /// A text, and what each capture takes from it.
    #[serde(default)]
    #[cfg(test)]
    examples: Vec<BTreeMap<String, String>>,
    #[serde(default)]
    #[cfg(test)]
    counter_examples: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of `file` on which the rule called `name` gets its name.
    fn line_of(text: &str, name: &str) -> usize {
        text.lines().position(|line| line.trim() == format!("name = \"{name}\"")).map_or(0, |at| at + 1)
    }

    fn matches(file: &str, rule: &str, text: &str) -> Vec<BTreeMap<String, String>> {
        let tokens = super::super::annotated(text);
        let mut all = Vec::new();
        let set = GRAMMAR.rules(file);
        set.find(&tokens, 0..tokens.all.len() as u32, |it| {
            if it.rule.name == rule {
                let mut captures: BTreeMap<String, String> = (it.rule.pattern.captures.iter())
                    .filter_map(|name| {
                        Some((name.clone(), tokens.span(it.capture(name)?).of(text).to_owned()))
                    })
                    .collect();
                captures.insert("match".to_owned(), tokens.span(it.tokens.clone()).of(text).to_owned());
                all.push(captures);
            }
        });
        all
    }

    /// An example is `{ text = "…", CAPTURE = "…" }`: some match of the rule in the text takes just that. `match` is
    /// the whole match, and `reads` is for the tests of the module that turns matches into facts.
    #[test]
    fn every_rule_keeps_to_its_examples() {
        let mut wrong = Vec::new();
        for (file, text) in FILES {
            for rule in toml::from_str::<RuleFile>(text).unwrap().rule {
                let place = format!("rules/{file}.toml:{}: rule `{}`", line_of(text, &rule.name), rule.name);
                if rule.examples.is_empty() || rule.counter_examples.is_empty() {
                    wrong.push(format!("{place} needs examples and counter-examples"));
                }
                for example in &rule.examples {
                    let words = &example["text"];
                    let found = matches(file, &rule.name, words);
                    let expected = || example.iter().filter(|(key, _)| *key != "text" && *key != "reads");
                    if !found.iter().any(|it| expected().all(|(key, value)| it.get(key) == Some(value))) {
                        wrong.push(format!(
                            "{place} reads {found:?} from `{words}`, not {:?}",
                            expected().collect::<Vec<_>>()
                        ));
                    }
                }
                for words in &rule.counter_examples {
                    let found = matches(file, &rule.name, words);
                    if !found.is_empty() {
                        wrong.push(format!("{place} must not match `{words}`, and reads {found:?}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn no_two_rules_share_a_name() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, set) in &GRAMMAR.sets {
            for rule in &set.rules {
                assert!(seen.insert(rule.name), "two rules are called `{}`", rule.name);
            }
        }
    }
}
