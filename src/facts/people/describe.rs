//! Titles, affiliations and roles of people, read by the rules of `people.toml` and `roles.toml`.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::rules::{Grammar, Match};
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::{Person, Reading, Role, RuleName};
use crate::span::Span;

use super::People;
use super::before::{Said, before};

/// What one place says of somebody.
struct Description {
    title: Option<Range<u32>>,
    /// The noun in the title that says what somebody is.
    head: Option<Range<u32>>,
    org: Option<Range<u32>>,
    rule: RuleName,
}

const BEFORE_NAME: RuleName = "title-before-name";

/// How much naming the body adds to a reading, in words: "fellow" and "Institute" rather than both in one.
const BODY_NAMED: usize = 4;

impl Description {
    /// How much it says: words that are not only grammar.
    fn words(&self, tokens: &Tokens) -> usize {
        let count = |run: &Range<u32>| {
            tokens.all[run.start as usize..run.end as usize]
                .iter()
                .filter(|token| token.kind == Kind::Word && !token.is(Class::FunctionWord))
                .count()
        };
        let org = self.org.as_ref().map_or(0, |org| count(org) + BODY_NAMED);
        self.title.as_ref().map_or(0, count) + org
    }
}

/// Reads what the article says of each person. The fullest words stand, and the first of those.
pub(super) fn describe(text: &str, tokens: &Tokens, grammar: &Grammar, people: &mut People) {
    let all = 0..tokens.all.len() as u32;
    let mut best: Vec<Option<(usize, Description)>> = Vec::new();
    best.resize_with(people.people.len(), || None);
    let mut bodies: Vec<Option<Description>> = Vec::new();
    bodies.resize_with(people.people.len(), || None);
    let mut take = |number: usize, said: Description| {
        let words = said.words(tokens);
        if said.title.is_none() {
            let body = &mut bodies[number];
            *body = body.take().or(Some(said));
        } else if best[number].as_ref().is_none_or(|(most, _)| words > *most) {
            best[number] = Some((words, said));
        }
    };
    for mention in &people.mentions {
        if let Some(Said { title, head, org }) = before(text, tokens, people, mention) {
            take(mention.person as usize, Description { title, head: Some(head), org, rule: BEFORE_NAME });
        }
    }
    grammar.rules("people").find(tokens, all.clone(), |it| {
        let Some(number) = who(people, &it) else { return };
        let [title, head, org] = ["title", "head", "org"].map(|name| it.capture(name));
        take(number, Description { title, head, org, rule: it.rule.name });
    });
    let mut told: Vec<bool> = vec![false; people.people.len()];
    for (number, (best, body)) in best.into_iter().zip(bodies).enumerate() {
        let person = &mut people.people[number];
        let best = best.map(|(_, said)| said);
        let titled = best.as_ref().and_then(|said| said.title.clone().map(|run| (run, said.rule)));
        let placed = [best.as_ref(), body.as_ref()]
            .into_iter()
            .flatten()
            .find_map(|said| said.org.clone().map(|run| (run, said.rule)));
        let reading = |(run, rule): &(Range<u32>, RuleName)| reading(text, tokens, run.clone(), rule);
        person.title = titled.as_ref().map(reading);
        person.affiliation = placed.as_ref().map(reading);
        let head = best.or(body).and_then(|said| said.head);
        let place = placed.map(|(run, _)| run);
        if let Some(role) = of_title(tokens, person, head.as_ref(), place.as_ref()) {
            person.role = role;
            told[number] = true;
        }
    }
    grammar.rules("roles").find(tokens, all, |it| {
        let Some(number) = who(people, &it) else { return };
        let decides = it.rule.gives("over") == Some("title") || !told[number];
        if let (true, Some(role)) = (decides, it.rule.gives("role").and_then(role_named)) {
            let words = it.capture("words").unwrap_or_else(|| it.tokens.clone());
            people.people[number].role =
                Reading { value: role, span: tokens.span(words), rule: it.rule.name };
            told[number] = true;
        }
    });
}

fn reading(text: &str, tokens: &Tokens, run: Range<u32>, rule: RuleName) -> Reading<String> {
    let span = tokens.span(run);
    Reading { value: span.of(text).split_whitespace().collect::<Vec<_>>().join(" "), span, rule }
}

fn who(people: &People, it: &Match<'_>) -> Option<usize> {
    let at = it.capture("p")?.start;
    people.mention_at(at).map(|mention| mention.person as usize)
}

/// The role that rule files call `name`.
fn role_named(name: &str) -> Option<Role> {
    Some(match name {
        "expert" => Role::Expert,
        "official" => Role::Official,
        "witness" => Role::Witness,
        "victim" => Role::Victim,
        "perpetrator" => Role::Perpetrator,
        _ => return None,
    })
}

const BY_TITLE: RuleName = "role-by-title";
const BY_AFFILIATION: RuleName = "role-by-affiliation";
const BY_HONORIFIC: RuleName = "role-by-honorific";

/// Ranks and offices that go before a name.
const OFFICES: ClassSet = ClassSet::of(&[Class::OfficialTitle]);

fn of_title(
    tokens: &Tokens,
    person: &Person,
    title: Option<&Range<u32>>,
    place: Option<&Range<u32>>,
) -> Option<Reading<Role>> {
    let has = |run: Option<&Range<u32>>, class| {
        run.is_some_and(|run| run.clone().any(|at| tokens.classes_at(at).has(class)))
    };
    let read = |value, rule, reading: Option<&Reading<String>>| {
        reading.map(|reading| Reading { value, span: reading.span, rule })
    };
    // A student or a guard at an institute does not speak for it.
    let place = place.filter(|_| !has(title, Class::PersonNoun));
    if has(title, Class::ExpertTitle) {
        read(Role::Expert, BY_TITLE, person.title.as_ref())
    } else if has(title, Class::OfficialTitle) && !has(place, Class::ResearchWord) {
        read(Role::Official, BY_TITLE, person.title.as_ref())
    } else if has(place, Class::ResearchWord) {
        read(Role::Expert, BY_AFFILIATION, person.affiliation.as_ref())
    } else if has(place, Class::AuthorityWord) {
        read(Role::Official, BY_AFFILIATION, person.affiliation.as_ref())
    } else {
        let honorific = person.honorific.as_ref()?;
        let at = tokens.all.partition_point(|token| token.start < honorific.span.start) as u32;
        let known = tokens.all.get(at as usize).is_some_and(|_| tokens.classes_at(at).meets(OFFICES));
        known.then_some(Reading { value: Role::Official, span: honorific.span, rule: BY_HONORIFIC })
    }
}

/// The role that the words of a description give an unnamed speaker, with the title in them.
pub(in crate::facts) fn of_description(
    text: &str,
    tokens: &Tokens,
    words: Range<u32>,
) -> (Reading<Role>, Option<Reading<String>>) {
    let find = |classes: &[Class]| {
        let set = ClassSet::of(classes);
        words.clone().find_map(|at| {
            let phrase = tokens
                .phrases_at(at)
                .iter()
                .find(|phrase| phrase.classes.meets(set) && phrase.end <= words.end);
            let end = phrase
                .map(|phrase| phrase.end)
                .or_else(|| tokens.all[at as usize].classes.meets(set).then_some(at + 1))?;
            Some(tokens.span(at..end))
        })
    };
    let title = |span: Span| Some(Reading { value: span.of(text).to_owned(), span, rule: BY_TITLE });
    let roles = [
        (Role::Expert, find(&[Class::ExpertTitle])),
        (Role::Witness, find(&[Class::WitnessWord])),
        (Role::Victim, find(&[Class::VictimWord])),
        (Role::Official, find(&[Class::OfficialTitle, Class::AuthorityWord])),
    ];
    for (role, span) in roles {
        if let Some(span) = span {
            let reading = Reading { value: role, span, rule: BY_TITLE };
            return (reading, if matches!(role, Role::Expert | Role::Official) { title(span) } else { None });
        }
    }
    let start = tokens.all[words.start as usize].start;
    (Reading { value: Role::Other, span: Span { start, end: start }, rule: BY_TITLE }, None)
}
