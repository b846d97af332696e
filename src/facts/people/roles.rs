//! What part somebody plays, by the rules of `roles.toml`: stronger than a title. Whom somebody hit did not do it.

use crate::facts::classes::Class;
use crate::facts::rules::{Grammar, Match};
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::{Reading, Role};

use super::People;

/// What told the role, the weakest first.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    Title,
    /// That somebody was hurt says more than their office, and that they did it more than that.
    Victim,
    Perpetrator,
    /// And that a court or the police found that they did not, more than all.
    Cleared,
}

/// How far apart the names of a list may stand, in tokens.
const LIST_STEP: u32 = 14;

/// Applies the rules of `roles.toml`.
pub(super) fn set_roles(
    text: &str,
    tokens: &Tokens,
    grammar: &Grammar,
    people: &mut People,
    known: &mut [Option<Strength>],
) {
    let titled: Vec<Reading<Role>> = people.people.iter().map(|person| person.role.clone()).collect();
    grammar.rules("roles").find(tokens, 0..tokens.all.len() as u32, |it| {
        if it.rule.gives("role") == Some("cleared") {
            clear(tokens, people, &it, &titled, known);
            return;
        }
        let Some(role) = it.rule.gives("role").and_then(role_named) else { return };
        let Some(run) = it.capture("p") else { return };
        if it.rule.gives("unless") == Some("planned") && is_planned(tokens, it.tokens.start)
            || role == Role::Perpetrator && is_hit(text, tokens, run.start)
            || role == Role::Victim && is_shot_attacker(text, tokens, run.start, it.tokens.end)
        {
            return;
        }
        let strength = match role {
            Role::Perpetrator => Strength::Perpetrator,
            Role::Victim if it.rule.gives("over") == Some("title") => Strength::Victim,
            _ => Strength::Title,
        };
        let words = tokens.span(it.capture("words").unwrap_or_else(|| it.tokens.clone()));
        let reading = Reading { value: role, span: words, rule: it.rule.name };
        let from = people.mentions.partition_point(|mention| mention.tokens.end <= run.start);
        let mut end = run.end;
        for (nth, mention) in people.mentions[from..].iter().enumerate() {
            let listed = nth == 0
                || it.rule.gives("list").is_some() && goes_on(text, tokens, end, mention.tokens.start);
            if !listed {
                break;
            }
            end = mention.tokens.end;
            // "The murder of Lind’s brother", and a short form that may be that of another.
            if mention.possessive || mention.doubtful {
                continue;
            }
            let number = mention.person as usize;
            if known[number].is_none_or(|before| before < strength) {
                people.people[number].role = reading.clone();
                known[number] = Some(strength);
            }
        }
    });
}

/// How far before a name the verb stands of which it is the object.
const OBJECT: u32 = 8;

/// Whether the name at token `at` is that of whom somebody did something to: "a man accused of killing Ann Lind was charged".
fn is_hit(text: &str, tokens: &Tokens, at: u32) -> bool {
    let floor = tokens.sentence_of(at).start.max(at.saturating_sub(OBJECT));
    let word = |at: u32| tokens.all[at as usize].span().of(text);
    // "Police shot dead gunman Karl Odum" calls him so.
    let stops = |at: &u32| {
        matches!(word(*at), "," | ";" | "by" | "and" | "after" | "was" | "were" | "(" | "—" | "–")
            || tokens.all[*at as usize].is(Class::PerpetratorWord)
            || tokens.run_of(*at, Class::Attacker).is_some()
    };
    (floor..at).rev().take_while(|at| !stops(at)).any(|at| match word(at) {
        "killed" | "shot" | "stabbed" | "murdered" | "attacked" | "abducted" | "kidnapped"
        | "assassinated" => true,
        "killing" | "shooting" | "stabbing" | "murdering" | "attacking" | "abducting" | "kidnapping"
        | "assassinating" => at > floor && !tokens.all[at as usize - 1].is(Class::Determiner),
        _ => false,
    })
}

/// "The driver, John Roe, was shot dead by police": no victim, by what he is called before his name.
fn is_shot_attacker(text: &str, tokens: &Tokens, name: u32, end: u32) -> bool {
    let sentence = tokens.sentence_of(name);
    let word = |at: u32| tokens.all[at as usize].span().of(text);
    let called = (sentence.start.max(name.saturating_sub(3))..name).any(|at| {
        tokens.run_of(at, Class::Attacker).is_some()
            || matches!(word(at), "driver" | "Driver" | "suspect" | "Suspect" | "gunman" | "attacker")
    });
    let police = (end.saturating_sub(2)..sentence.end.min(end + 4)).any(|at| {
        word(at) == "by"
            && (at + 1..sentence.end.min(at + 4)).any(|it| tokens.all[it as usize].is(Class::PoliceWord))
    });
    called && police
}

/// How far before a killing a word says that it was only planned, in tokens.
const PLAN_REACH: u32 = 5;

/// Whether the words before token `at` tell of plans: "accused of plotting the murder of".
fn is_planned(tokens: &Tokens, at: u32) -> bool {
    let floor = tokens.sentence_of(at).start.max(at.saturating_sub(PLAN_REACH));
    tokens.all[floor as usize..at as usize].iter().any(|token| token.is(Class::PlotWord))
}

/// How far back "he" is looked for who "was released without charge", in tokens.
const CLEARED_REACH: u32 = 80;

/// Takes the part of the perpetrator from whoever `it` says was let go or found not guilty.
fn clear(
    tokens: &Tokens,
    people: &mut People,
    it: &Match<'_>,
    titled: &[Reading<Role>],
    known: &mut [Option<Strength>],
) {
    let number = match it.capture("p") {
        Some(run) => people.mention_at(run.start).map(|mention| mention.person as usize),
        None => {
            let before = people.mentions.partition_point(|mention| mention.tokens.end <= it.tokens.start);
            let near = people.mentions[..before].iter().rev();
            let mut near = near.take_while(|mention| mention.tokens.end + CLEARED_REACH > it.tokens.start);
            let last = near.next().map(|mention| mention.person as usize);
            last.filter(|number| known[*number].is_none_or(|it| it == Strength::Perpetrator))
        }
    };
    let Some(number) = number.filter(|number| known[*number].is_none_or(|it| it != Strength::Victim)) else {
        return;
    };
    let span = tokens.span(it.capture("words").unwrap_or_else(|| it.tokens.clone()));
    let person = &mut people.people[number];
    person.role = match &titled[number] {
        role if role.value != Role::Other => role.clone(),
        _ => Reading { value: Role::Other, span, rule: it.rule.name },
    };
    known[number] = Some(Strength::Cleared);
}

/// Whether a name that starts at `start` is the next of a list after one that ended at `end`.
fn goes_on(text: &str, tokens: &Tokens, end: u32, start: u32) -> bool {
    if start < end || start - end > LIST_STEP {
        return false;
    }
    let sentence = |at: u32| tokens.all[at as usize].sentence;
    let between = &tokens.all[end as usize..start as usize];
    let apart = between.iter().any(|it| it.kind == Kind::Sign) || between.len() == 1;
    sentence(end - 1) == sentence(start)
        && apart
        && between.iter().all(|it| {
            it.span().of(text) != ":"
                && !it.is(Class::ReportingVerb)
                && !it.is(Class::Pronoun)
                && it.kind != Kind::Close
        })
        && between.first().is_some_and(|it| it.kind == Kind::Sign || it.is(Class::FunctionWord))
}

/// The role that rule files call `name`.
pub(super) fn role_named(name: &str) -> Option<Role> {
    Some(match name {
        "expert" => Role::Expert,
        "official" => Role::Official,
        "witness" => Role::Witness,
        "victim" => Role::Victim,
        "perpetrator" => Role::Perpetrator,
        _ => return None,
    })
}
