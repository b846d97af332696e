//! Who did it: what the rules of `rules/perpetrators.toml` find in a sentence, and the doers of its verbs.

use std::ops::Range;

use super::incident::{Evident, Incident};
use super::mention::{Form, Mention};
use crate::facts::classes::Class;
use crate::facts::rules::GRAMMAR;
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::{Field, Perpetrator, PerpetratorKind, Reading, Standing};

/// All perpetrators that a sentence names for its attack.
pub(super) fn find(
    tokens: &Tokens,
    text: &str,
    sentence: Range<u32>,
    mentions: &[Mention],
) -> Vec<Perpetrator> {
    let mut found = Vec::new();
    GRAMMAR.rules("perpetrators").find(tokens, sentence.clone(), |it| {
        let Some(who) = it.capture("who") else { return };
        let standing = match it.rule.gives("standing") {
            Some("claimed") => Standing::Claimed,
            Some("blamed") => Standing::Blamed,
            Some("suspected") => Standing::Suspected,
            Some("convicted") => Standing::Convicted,
            _ => Standing::Stated,
        };
        let inside =
            found.last().is_some_and(|last: &Perpetrator| last.name.span.contains(tokens.span(who.clone())));
        if !inside {
            found.push(perpetrator(tokens, text, who, standing, it.rule.name));
        }
    });
    for mention in mentions.iter().filter(|mention| mention.stage.is_some()) {
        let who = match mention.form {
            Form::Verb => doer(tokens, text, &sentence, mention),
            // "the Boko Haram attack".
            _ => mention.phrase.clone().find_map(|at| Some(at..tokens.run_of(at, Class::ArmedGroup)?)),
        };
        let who = who.or_else(|| by_whom(tokens, text, &sentence, mention.tokens.end));
        found.extend(who.map(|who| perpetrator(tokens, text, who, Standing::Stated, mention.rule)));
    }
    found
}

fn perpetrator(
    tokens: &Tokens,
    text: &str,
    who: Range<u32>,
    standing: Standing,
    rule: &'static str,
) -> Perpetrator {
    let span = tokens.span(who.clone());
    let organization = who.clone().any(|at| tokens.classes_at(at).has(Class::ArmedGroup));
    let capitals = who.clone().all(|at| tokens.all[at as usize].is_capital());
    let kind = match (organization, capitals) {
        (true, _) => PerpetratorKind::Organization,
        (false, true) if who.len() > 1 => PerpetratorKind::Person,
        _ => PerpetratorKind::Group,
    };
    let value = if organization { spelled_out(tokens, text, &who) } else { span.of(text).to_owned() };
    Perpetrator { name: Reading { value, span, rule }, kind, standing }
}

/// "IS" where the article has said "Islamic State" before: the fuller name.
fn spelled_out(tokens: &Tokens, text: &str, who: &Range<u32>) -> String {
    let name = tokens.span(who.clone()).of(text);
    let short = name.len() <= 5 && name.chars().all(char::is_uppercase);
    let fuller = short.then(|| {
        // Names are spelled out early; a bound keeps the time linear in the text.
        (0..who.start.min(3_000)).find_map(|at| {
            let end = tokens.run_of(at, Class::ArmedGroup)?;
            let words = tokens.span(at..end).of(text);
            let initials: String = words.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
            (words.len() > name.len() && initials == name).then(|| words.to_owned())
        })
    });
    fuller.flatten().unwrap_or_else(|| name.to_owned())
}

/// The nearest attacker or armed group before the verb, with how many: "dozens of militants stormed".
fn doer(tokens: &Tokens, text: &str, sentence: &Range<u32>, mention: &Mention) -> Option<Range<u32>> {
    let verb = mention.tokens.start;
    // The verb of some rules brings its doer along.
    let from_rule =
        |at: u32| tokens.classes_at(at).has(Class::Attacker) || tokens.classes_at(at).has(Class::ArmedGroup);
    let passive = (sentence.start.max(verb.saturating_sub(3))..verb)
        .any(|at| matches!(tokens.all[at as usize].span().of(text), "was" | "were" | "been" | "being"));
    if passive {
        return None;
    }
    let furthest = sentence.start.max(verb.saturating_sub(10));
    let mut at = if from_rule(verb) { verb } else { verb.checked_sub(1)? };
    while at >= furthest {
        let token = &tokens.all[at as usize];
        if matches!(token.span().of(text), ";" | ":" | "when" | "after" | "said" | "says") {
            return None;
        }
        let run = tokens.run_of(at, Class::ArmedGroup).or_else(|| tokens.run_of(at, Class::Attacker));
        if let Some(end) = run {
            // The longest run that ends here may start further left: "Islamic State", "suicide bomber".
            let start = (furthest..at)
                .find(|start| {
                    tokens
                        .run_of(*start, Class::ArmedGroup)
                        .or_else(|| tokens.run_of(*start, Class::Attacker))
                        >= Some(end)
                })
                .unwrap_or(at);
            return Some(with_count(tokens, text, start, end, furthest));
        }
        at = at.checked_sub(1)?;
    }
    None
}

fn with_count(tokens: &Tokens, text: &str, mut start: u32, end: u32, furthest: u32) -> Range<u32> {
    let head = start;
    while start > furthest {
        let before = &tokens.all[start as usize - 1];
        let word = before.span().of(text);
        let joins = before.kind == Kind::Word
            && (!before.is(Class::FunctionWord)
                || word == "of"
                || before.is(Class::NumberWord)
                || before.is(Class::RoundNumber))
            || before.kind == Kind::Number;
        // "On 2 April 2015 gunmen": the number belongs to the date.
        let dated = before.is(Class::Month)
            || before.is(Class::Weekday)
            || before.kind == Kind::Number && word.len() == 4 && word.starts_with(['1', '2']);
        if !joins || dated {
            break;
        }
        start -= 1;
    }
    let counted = (start..head).any(|at| {
        tokens.all[at as usize].kind == Kind::Number
            || tokens.all[at as usize].is(Class::NumberWord)
            || tokens.run_of(at, Class::RoundNumber).is_some()
    });
    let short = head - start <= 2;
    if counted || short && tokens.classes_at(head).has(Class::Attacker) { start..end } else { head..end }
}

/// "by suspected rebels", within a few words behind.
fn by_whom(tokens: &Tokens, text: &str, sentence: &Range<u32>, from: u32) -> Option<Range<u32>> {
    let by =
        (from..sentence.end.min(from + 6)).find(|at| tokens.all[*at as usize].span().of(text) == "by")?;
    (by + 1..sentence.end.min(by + 6)).find_map(|at| {
        let run = tokens.run_of(at, Class::ArmedGroup).or_else(|| tokens.run_of(at, Class::Attacker));
        Some(with_count(tokens, text, at, run?, by + 1))
    })
}

impl Incident {
    pub(super) fn take_perpetrators(&mut self, people: Vec<Perpetrator>, at: &Evident<'_>) {
        for perpetrator in people {
            let known = self.attack.perpetrators.iter().any(|it| it.name.value == perpetrator.name.value);
            if !known {
                self.note(Field::Perpetrator, perpetrator.name.span, perpetrator.name.rule, at);
                self.attack.perpetrators.push(perpetrator);
            }
        }
    }
}

/// Where a standing comes among those of one attack: what a court found first, a suspicion last.
pub(super) fn weakness(standing: Standing) -> u8 {
    match standing {
        Standing::Convicted => 0,
        Standing::Claimed => 1,
        Standing::Stated => 2,
        Standing::Blamed => 3,
        Standing::Suspected => 4,
    }
}
