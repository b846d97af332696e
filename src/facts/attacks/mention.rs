//! A mention of violence with how it is said: named, definite, indefinite, told by a verb.

use std::cell::OnceCell;
use std::ops::Range;

use super::mentions::end_of;
use super::victims::Victim;
use crate::facts::classes::Class;
use crate::facts::lower::{Lower, lower};
use crate::facts::rules::Match;
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::{AttackKind, RuleName, Stage};

/// How the words speak of it.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// "attacks": perhaps none in particular.
    Plural,
    /// "the deadliest attack in years": says something about one that is told of elsewhere.
    Predicate,
    /// "the attack", "last night's attack".
    Definite,
    /// "an attack".
    Indefinite,
    /// "bombed", "was bombed".
    Verb,
    /// "the Victoria Bridge bombing".
    Named,
}

/// What has to stand beside the words to make them speak of violence.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Nothing: "bombing".
    Firm,
    /// Other signs of violence: "attack".
    Loose,
    /// Signs of violence, or a person who suffers it: "shot".
    Person,
    /// Signs that it was made on purpose: "explosion".
    Blast,
}

/// One mention of violence.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The words of the rule, but for what was hit, where the rule says so (`hit:`).
    pub(super) tokens: Range<u32>,
    /// With what stands before the noun, from its determiner on.
    pub(super) phrase: Range<u32>,
    /// From the first word of the name to the end of the noun: "Victoria Bridge bombing".
    pub(super) name: Option<Range<u32>>,
    pub(super) kind: AttackKind,
    pub(super) form: Form,
    /// `None` where it is only feared, planned, played or denied.
    pub(super) stage: Option<Stage>,
    /// "this latest attack", "the latest attack".
    pub(super) latest: bool,
    /// "The fourth exploded": one more of those told of.
    pub(super) again: bool,
    /// "Another bomb exploded", "in a separate attack": none of those told of.
    pub(super) another: bool,
    /// "Another bomb", "a second attack", "meanwhile": beside the one told of, and on its day where none is told.
    pub(super) alongside: bool,
    /// "Since the bombing", "where bombs had killed": told by the way, of an earlier time.
    pub(super) aside: bool,
    pub(super) sense: Sense,
    /// Whom it was on.
    pub(super) victim: Option<Victim>,
    /// Who did it, where the words of the rule bring that along: "a man with a knife killed".
    pub(super) doer: Option<Range<u32>>,
    pub(super) rule: RuleName,
}

pub(super) struct Words<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) sentence: Range<u32>,
    /// Whether the sentence speaks of aircraft, once that was asked for.
    pub(super) from_the_air: OnceCell<bool>,
}

impl<'a> Words<'a> {
    pub(super) fn new(tokens: &'a Tokens, text: &'a str, sentence: Range<u32>) -> Self {
        Words { tokens, text, sentence, from_the_air: OnceCell::new() }
    }
}

impl Words<'_> {
    pub(super) fn word(&self, at: u32) -> &str {
        if self.sentence.contains(&at) { self.tokens.all[at as usize].span().of(self.text) } else { "" }
    }

    pub(super) fn lower(&self, at: u32) -> Lower<'_> {
        lower(self.word(at))
    }

    pub(super) fn mention(&self, found: &Match<'_>) -> Option<Mention> {
        let kind = found.rule.kind?;
        let tokens = found.tokens.start..end_of(found);
        let trace = found.rule.gives("form") == Some("trace");
        let verb = found.rule.gives("form") == Some("verb") || trace;
        let form = if verb { Form::Verb } else { Form::Indefinite };
        if self.means_something_else(&tokens, form) || self.is_in_title(&tokens) {
            return None;
        }
        let mut mention = Mention {
            phrase: tokens.clone(),
            name: None,
            kind,
            form,
            stage: self.stage(&tokens),
            latest: false,
            again: verb && self.is_one_more(tokens.start),
            another: false,
            alongside: false,
            aside: false,
            sense: match found.rule.gives("sense") {
                Some("loose") => Sense::Loose,
                Some("person") => Sense::Person,
                Some("blast") => Sense::Blast,
                _ => Sense::Firm,
            },
            victim: None,
            doer: found.capture("doer"),
            rule: found.rule.name,
            tokens,
        };
        if trace {
            mention.form = Form::Definite;
        } else if !verb {
            self.read_noun_phrase(&mut mention)?;
        }
        mention.aside = self.is_aside(&mention);
        mention.another = self.is_another(&mention);
        mention.alongside = mention.another && !mention.aside && !self.is_of_another_time(&mention);
        mention.victim = self.victim(&mention);
        let murder = mention.kind == AttackKind::Attack && found.rule.name.ends_with("murder");
        if murder && mention.victim.as_ref().is_some_and(|it| it.notable) {
            mention.kind = AttackKind::Assassination;
        }
        if mention.kind == AttackKind::Bombing && self.is_from_the_air() {
            mention.kind = AttackKind::AirStrike;
        }
        match found.rule.gives("stage") {
            Some("foiled") => mention.stage = Some(Stage::Foiled),
            Some("threatened") => mention.stage = Some(Stage::Threatened),
            Some("attempted") => mention.stage = Some(Stage::Attempted),
            _ => {}
        }
        if self.is_unreal(&mention) || self.is_call(&mention) || self.is_tally(&mention) {
            mention.stage = None;
        }
        // "Charged with murder" tells of a murder that is told of elsewhere, "with the murder of a clerk" of one.
        if !verb && mention.victim.is_none() && mention.form != Form::Named && self.is_charge(&mention) {
            mention.form = Form::Predicate;
        }
        Some(mention)
    }

    /// Walks left from the noun to its determiner. `None` for "any attack", "no attack".
    fn read_noun_phrase(&self, mention: &mut Mention) -> Option<()> {
        let mut from = mention.tokens.start;
        let (mut possessive, mut superlative, mut plural) = (false, false, false);
        while from > self.sentence.start && mention.tokens.start - from < 10 {
            let token = &self.tokens.all[from as usize - 1];
            let word = self.lower(from - 1);
            let joins = match token.kind {
                Kind::Word if matches!(word.as_str(), "’s" | "'s") => {
                    possessive = true;
                    true
                }
                Kind::Word
                    if matches!(word.as_str(), "last" | "early" | "first" | "second" | "new" | "old") =>
                {
                    true
                }
                Kind::Word if token.is(Class::FunctionWord) => {
                    token.is_capital() && from - 1 > self.sentence.start && token.is(Class::Weekday)
                }
                Kind::Word => !token.is(Class::ReportingVerb),
                Kind::Number => true,
                Kind::Sign => word == "-",
                Kind::Open | Kind::Close => false,
            };
            if !joins {
                break;
            }
            superlative |= word.len() > 5 && word.ends_with("est") && word != "latest" || word == "worst";
            mention.latest |= word == "latest";
            plural |= token.is(Class::NumberWord) && word != "one" || word == "several";
            from -= 1;
        }
        mention.phrase = from..mention.tokens.end;
        let determiner = if from > self.sentence.start { self.lower(from - 1) } else { Lower::default() };
        let noun = self.lower(mention.tokens.end - 1);
        plural |= noun.ends_with('s');
        let definite = possessive
            || matches!(
                determiner.as_str(),
                "the" | "this" | "that" | "these" | "those" | "its" | "their" | "his" | "her" | "both"
            );
        mention.form = match determiner.as_str() {
            // "Accused of kidnapping and robbery", "stop the bombing": what is done at all times.
            _ if self.is_practice(mention, from) => Form::Plural,
            "any" | "no" | "every" | "each" | "such" | "more" | "less" | "other" | "further" | "many"
            | "most" | "few" => {
                return (noun.ends_with('s') && determiner == "other").then(|| mention.form = Form::Plural);
            }
            _ if superlative => Form::Predicate,
            "those" | "its" | "their" | "his" if plural => Form::Plural,
            _ if definite => Form::Definite,
            _ if plural => Form::Plural,
            _ => Form::Indefinite,
        };
        if !determiner.is_empty() && definite {
            mention.phrase.start = from - u32::from(!possessive);
        }
        mention.name = self.name(from..mention.tokens.start).map(|start| start..mention.tokens.end);
        if mention.name.is_some() && mention.form != Form::Plural && mention.form != Form::Predicate {
            mention.form = Form::Named;
        }
        Some(())
    }

    /// A deed in general: "kidnapping" without an article, a place or a victim, inside a sentence.
    fn is_practice(&self, mention: &Mention, from: u32) -> bool {
        let noun = self.lower(mention.tokens.end - 1);
        let general =
            noun.ends_with("ing") || matches!(noun.as_str(), "arson" | "robbery" | "murder" | "carnage");
        let owned = matches!(
            self.word(mention.tokens.end),
            "of" | "in" | "at" | "on" | "near" | "outside" | "inside" | "spree" | "-"
        );
        // "The indiscriminate bombing of the people", "daily shelling": what goes on.
        let lasting = |at: u32| {
            matches!(
                self.lower(at).as_str(),
                "indiscriminate"
                    | "systematic"
                    | "constant"
                    | "continued"
                    | "continuing"
                    | "daily"
                    | "ongoing"
                    | "relentless"
            )
        };
        if (from..mention.tokens.start).any(lasting) {
            return true;
        }
        general
            && from == mention.tokens.start
            && from > self.sentence.start
            && !self.tokens.all[from as usize].is_capital()
            && !owned
            && !self.is_determined(from - 1)
    }

    /// Whether an article or a pronoun stands at `at`.
    fn is_determined(&self, at: u32) -> bool {
        self.tokens.all[at as usize].is(Class::Determiner)
            || matches!(self.lower(at).as_str(), "’s" | "'s" | "'" | "’")
    }

    /// Where a name starts among the words before the noun: its first capital that is no date, people or group.
    fn name(&self, run: Range<u32>) -> Option<u32> {
        let after_possessive =
            run.clone().rfind(|at| matches!(self.word(*at), "’s" | "'s")).map_or(run.start, |at| at + 1);
        // "Saturday's bombing" has no name, "King's Cross bombing" has.
        let from = match self.tokens.all.get(after_possessive as usize) {
            Some(next) if after_possessive < run.end && next.is_capital() && after_possessive > run.start => {
                after_possessive - 2
            }
            _ => after_possessive,
        };
        (from..run.end).find(|at| {
            let token = &self.tokens.all[*at as usize];
            let classes = self.tokens.classes_at(*at);
            let refused = [
                Class::Weekday,
                Class::Month,
                Class::Nationality,
                Class::ArmedGroup,
                Class::Person,
                Class::Honorific,
            ];
            let at_head = *at == self.sentence.start && token.is(Class::FunctionWord);
            token.is_capital() && !at_head && !refused.iter().any(|class| classes.has(*class))
        })
    }
}
