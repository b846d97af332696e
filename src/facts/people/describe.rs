//! Titles, affiliations and roles of people, read by the rules of `people.toml` and `roles.toml`.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::rules::{Grammar, Match};
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::{Person, Reading, Role, RuleName};
use crate::span::Span;

use super::People;
use super::before::{NOUNS, Said, TITLES, before};
use super::roles::{Strength, set_roles};

/// What one place says of somebody.
struct Description {
    title: Option<Range<u32>>,
    /// The noun in the title that says what somebody is.
    head: Option<Range<u32>>,
    org: Option<Range<u32>>,
    rule: RuleName,
}

/// The rule for "Senator Duarte of Texas": what it reads is a seat only after a rank.
const SEAT: RuleName = "seat-of-officer";

/// Whether the name that `it` starts with has the rank of an officer before it.
fn is_ranked(tokens: &Tokens, people: &People, it: &Match<'_>) -> bool {
    let mention = it.capture("p").and_then(|run| people.mention_at(run.start));
    mention.is_some_and(|mention| {
        mention.tokens.start < mention.name.start && tokens.classes_at(mention.tokens.start).meets(OFFICES)
    })
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

/// All that is said of one person, as far as it matters.
#[derive(Default)]
struct Told {
    /// The fullest description, and how much it says.
    best: Option<(usize, Description)>,
    /// The first that only names a body.
    body: Option<Description>,
    /// What others say the person is, for the role: the nouns, in the order of text.
    heads: Vec<Range<u32>>,
}

/// The most descriptions of one person that are asked for the role.
const MOST_HEADS: usize = 6;

impl Told {
    fn take(&mut self, tokens: &Tokens, mut said: Description) {
        if said.head.is_none() {
            said.head = said.title.as_ref().and_then(|title| head_of(tokens, title));
        }
        if let Some(head) = said.head.as_ref().filter(|_| self.heads.len() < MOST_HEADS) {
            self.heads.push(head.clone());
        }
        if said.title.is_none() {
            self.body = self.body.take().or(Some(said));
            return;
        }
        // Whose brother somebody is counts only where nothing else is told.
        let kin = said.head.as_ref().is_some_and(|head| {
            let classes = tokens.classes_at(head.start);
            classes.has(Class::Relation) && !classes.meets(TITLES)
        });
        // And what they do, or did once, only where no noun says what they are.
        let clause = said.head.is_none() && said.org.is_none();
        let words = match (kin, clause) {
            (true, _) => 0,
            (_, true) => 1,
            _ => said.words(tokens),
        };
        if self.best.as_ref().is_none_or(|(most, _)| words > *most) {
            self.best = Some((words, said));
        }
    }
}

/// The noun that says what somebody is: the last before "of" and "at".
fn head_of(tokens: &Tokens, title: &Range<u32>) -> Option<Range<u32>> {
    let mut head = None;
    let mut at = title.start;
    while at < title.end && !tokens.all[at as usize].is(Class::FunctionWord) {
        let phrase =
            tokens.phrases_at(at).iter().find(|run| run.classes.meets(NOUNS) && run.end <= title.end);
        let end = phrase
            .map(|run| run.end)
            .or_else(|| tokens.all[at as usize].classes.meets(NOUNS).then_some(at + 1));
        if let Some(end) = end {
            head = Some(at..end);
        }
        at = end.unwrap_or(at + 1);
    }
    head
}

/// Reads what the article says of each person. The fullest words stand, and the first of those.
pub(super) fn describe(text: &str, tokens: &Tokens, grammar: &Grammar, people: &mut People) {
    let mut told: Vec<Told> = Vec::new();
    told.resize_with(people.people.len(), Told::default);
    for mention in &people.mentions {
        if let Some(Said { title, head, org }) = before(text, tokens, people, mention) {
            let said = Description { title, head: Some(head), org, rule: BEFORE_NAME };
            told[mention.person as usize].take(tokens, said);
        }
    }
    grammar.rules("people").find(tokens, 0..tokens.all.len() as u32, |it| {
        let Some(number) = who(people, &it) else { return };
        if it.rule.name == SEAT && !is_ranked(tokens, people, &it) {
            return;
        }
        let [title, head, org] = ["title", "head", "org"].map(|name| it.capture(name));
        told[number].take(tokens, Description { title, head, org, rule: it.rule.name });
    });
    let mut known: Vec<Option<Strength>> = vec![None; people.people.len()];
    for (number, Told { best, body, heads }) in told.into_iter().enumerate() {
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
        let role = of_title(tokens, person, head.as_ref(), place.as_ref())
            .or_else(|| heads.iter().find_map(|head| of_title(tokens, person, Some(head), None)));
        if let Some(mut role) = role {
            // The whole title, where its noun decided.
            if let Some(title) = person
                .title
                .as_ref()
                .filter(|title| title.span.start <= role.span.start && role.span.end <= title.span.end)
            {
                role.span = title.span;
            }
            person.role = role;
            known[number] = Some(Strength::Title);
        }
    }
    set_roles(text, tokens, grammar, people, &mut known);
}

fn reading(text: &str, tokens: &Tokens, run: Range<u32>, rule: RuleName) -> Reading<String> {
    let span = tokens.span(run);
    Reading { value: span.of(text).split_whitespace().collect::<Vec<_>>().join(" "), span, rule }
}

fn who(people: &People, it: &Match<'_>) -> Option<usize> {
    let at = it.capture("p")?.start;
    people.mention_at(at).filter(|it| !it.doubtful).map(|mention| mention.person as usize)
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
    let read = |value, rule, run: Option<&Range<u32>>| {
        run.map(|run| Reading { value, span: tokens.span(run.clone()), rule })
    };
    // A student or a guard at an institute does not speak for it, and an officer or a lawyer there does.
    let works = has(title, Class::Title) || has(title, Class::OfficialTitle);
    let serves = has(title, Class::NotLearned) || has(title, Class::PersonNoun) && !works;
    let place = place.filter(|_| !serves);
    if has(title, Class::ExpertTitle) {
        read(Role::Expert, BY_TITLE, title)
    } else if has(title, Class::OfficialTitle) && !has(place, Class::ResearchWord) {
        read(Role::Official, BY_TITLE, title)
    } else if has(place, Class::ResearchWord) {
        read(Role::Expert, BY_AFFILIATION, place)
    } else if has(place, Class::AuthorityWord) {
        read(Role::Official, BY_AFFILIATION, place)
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
    // Of "the mother of a victim" and "the victim’s mother" only the mother is spoken of.
    let word = |at: u32| tokens.all[at as usize].span().of(text);
    let stop = (words.start + 1..words.end)
        .find(|at| matches!(word(*at), "of" | "for" | "to" | "with" | "from" | "who"))
        .unwrap_or(words.end);
    let kin = (words.start..stop).any(|at| tokens.all[at as usize].is(Class::Relation));
    // "The Islamic State group" holds no state's office.
    let armed = words.clone().any(|at| tokens.classes_at(at).has(Class::ArmedGroup));
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
        if let Some(span) = span.filter(|_| !kin && !armed) {
            let reading = Reading { value: role, span, rule: BY_TITLE };
            return (reading, if matches!(role, Role::Expert | Role::Official) { title(span) } else { None });
        }
    }
    let start = tokens.all[words.start as usize].start;
    (Reading { value: Role::Other, span: Span { start, end: start }, rule: BY_TITLE }, None)
}
