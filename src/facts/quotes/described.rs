//! Noun phrases that speak: which of the named people "the minister" means, or which unnamed speaker.

use std::collections::HashMap;
use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::people::{self, People};
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::{Level, Person, Reading};

use super::Reader;
use super::source::SPEAKERS;

/// What stands beside a name and says what somebody is.
#[derive(Clone, Debug)]
struct Entry {
    /// The words.
    words: Range<u32>,
    /// Who: an index into the people.
    person: u32,
    /// Whether they say what somebody no longer is.
    former: bool,
}

/// What the article calls its people beside their names, by each word of it, in text order.
#[derive(Debug, Default)]
pub(super) struct Descriptions<'a>(HashMap<&'a str, Vec<Entry>>);

/// How many people of one description are weighed.
const MOST_ALIKE: usize = 12;

/// What a short form of address stands for.
const LONG_FORMS: &[(&str, &[&str])] = &[
    ("sen", &["senator"]),
    ("gov", &["governor"]),
    ("rep", &["congressman", "congresswoman", "representative", "lawmaker"]),
    ("gen", &["general"]),
    ("col", &["colonel"]),
    ("lt", &["lieutenant"]),
    ("capt", &["captain"]),
    ("sgt", &["sergeant"]),
    ("maj", &["major"]),
    ("insp", &["inspector"]),
    ("supt", &["superintendent"]),
    ("prof", &["professor"]),
    ("dr", &["doctor"]),
    ("rev", &["reverend", "pastor"]),
    ("pres", &["president"]),
];

impl<'a> Descriptions<'a> {
    /// Reads what stands before every name, and between commas after it.
    pub(super) fn of(text: &'a str, tokens: &Tokens, people: &People) -> Self {
        let mut all = Descriptions::default();
        for mention in &people.mentions {
            let sentence = tokens.sentence_of(mention.tokens.start);
            for words in
                [before(text, tokens, mention, sentence.start), after(text, tokens, mention, sentence.end)]
                    .into_iter()
                    .flatten()
            {
                all.add(text, tokens, words, mention.person);
            }
        }
        all
    }

    fn add(&mut self, text: &'a str, tokens: &Tokens, words: Range<u32>, person: u32) {
        let word = |at: u32| tokens.all[at as usize].span().of(text);
        let former = words.clone().any(|at| matches!(word(at), "former" | "Former" | "ex" | "then"));
        for at in words.clone().filter(|at| tokens.all[*at as usize].kind != Kind::Sign) {
            let vice =
                at > words.start && matches!(word(at - 1), "vice" | "Vice" | "deputy" | "Deputy" | "-");
            let of_other = at > words.start && matches!(word(at - 1), "of" | "for" | "to");
            let known = !tokens.all[at as usize].is(Class::FunctionWord);
            if known && !of_other && (!vice || word(at) == "runner" || word(at) == "old") {
                let entry = Entry { words: words.clone(), person, former };
                let key = word(at);
                let short = key.trim_end_matches('.');
                let long = LONG_FORMS.iter().find(|(known, _)| known.eq_ignore_ascii_case(short));
                for form in long.map_or(&[][..], |(_, forms)| forms) {
                    self.0.entry(form).or_default().push(entry.clone());
                }
                // Only capitals at the head differ between "Senator Lund" and "the senator".
                self.0.entry(key).or_default().push(entry);
            }
        }
    }

    /// The entries for `head`, written with or without a capital, that stand before token `at`: the latest first.
    fn before<'s>(&'s self, head: &str, at: u32) -> Vec<&'s Entry> {
        let mut first = head.chars();
        let other = first.next().map(|it| {
            let turned: String =
                if it.is_uppercase() { it.to_lowercase().collect() } else { it.to_uppercase().collect() };
            turned + first.as_str()
        });
        let mut found: Vec<&Entry> = [Some(head), other.as_deref()]
            .into_iter()
            .flatten()
            .filter_map(|word| self.0.get(word))
            .flat_map(|entries| {
                let end = entries.partition_point(|entry| entry.words.start < at);
                entries[end.saturating_sub(MOST_ALIKE)..end].iter()
            })
            .collect();
        found.sort_by_key(|entry| std::cmp::Reverse((entry.words.start, entry.words.end)));
        found
    }
}

/// The words right before a name that belong to it: titles and capitals, back to the first word that is neither.
fn before(text: &str, tokens: &Tokens, mention: &people::Mention, floor: u32) -> Option<Range<u32>> {
    let name = mention.name.start;
    let mut start = name;
    // "The minister, Ana Duarte, said".
    if start > floor + 1 && tokens.all[start as usize - 1].span().of(text) == "," {
        start -= 1;
    }
    while start > floor && name - start < 8 {
        let token = &tokens.all[start as usize - 1];
        let titled = (start.saturating_sub(3).max(floor)..start).any(|at| {
            tokens.phrases_at(at).iter().any(|run| run.end >= start && run.classes.meets(SPEAKERS))
        });
        let fits = match token.kind {
            Kind::Word => {
                token.classes.meets(SPEAKERS)
                    || titled
                    || token.is_capital() && !token.is(Class::FunctionWord) && !token.is(Class::Person)
                    || matches!(token.span().of(text), "former" | "Former" | "old" | "year")
            }
            Kind::Number => true,
            Kind::Sign => token.span().of(text) == "-",
            _ => false,
        };
        let honorific = start > mention.tokens.start;
        if !honorific && (!fits || is_named(tokens, start - 1, floor)) {
            break;
        }
        start -= 1;
    }
    (start < name).then_some(start..name)
}

/// Whether token `at` is part of somebody's name.
fn is_named(tokens: &Tokens, at: u32, floor: u32) -> bool {
    (at.saturating_sub(4).max(floor)..=at).any(|first| {
        tokens.phrases_at(first).iter().any(|run| run.classes.has(Class::Person) && run.end > at)
    })
}

/// The apposition after a name: ", a lecturer in Lisbon,".
fn after(text: &str, tokens: &Tokens, mention: &people::Mention, end: u32) -> Option<Range<u32>> {
    let word = |at: u32| tokens.all[at as usize].span().of(text);
    let mut at = mention.tokens.end;
    if at + 1 >= end || word(at) != "," {
        return None;
    }
    at += 1;
    if tokens.all[at as usize].kind == Kind::Number && at + 1 < end && word(at + 1) == "," {
        if at + 2 >= end {
            return Some(at..at + 1);
        }
        at += 2;
    }
    let opens = matches!(word(at), "the" | "a" | "an" | "one")
        || [Class::Title, Class::OfficialTitle, Class::ExpertTitle]
            .iter()
            .any(|class| tokens.classes_at(at).has(*class))
        || word(at) == "former";
    if !opens {
        return Some(mention.tokens.end + 1..at).filter(|it| it.len() > 1);
    }
    let stop = (at..end.min(at + 14)).find(|at| matches!(word(*at), "," | "." | ";" | "who" | "(" | "and"));
    Some(mention.tokens.end + 1..stop.unwrap_or(end.min(at + 8)))
}

impl Reader<'_> {
    /// The person that the noun phrase `words` with the noun `head` means: somebody named who was so described, an
    /// unnamed speaker met before, or a new one described by `description`.
    pub(super) fn described(
        &mut self,
        words: Range<u32>,
        head: u32,
        description: Range<u32>,
        rule: &'static str,
    ) -> (u32, bool) {
        let definite = self.is_definite(words.start);
        let named = if definite { self.named_by(&words, head) } else { None };
        let unnamed = self.unnamed_before(&words, head, definite);
        match (named, unnamed) {
            (Some((_, person)), None) => (person, true),
            (Some((at, person)), Some((met, _))) if at > met => (person, true),
            (_, Some((_, person))) => {
                let span = self.tokens.span(words.clone());
                self.people.people[person as usize].mentions.push(span);
                self.remember(head, words.start, person);
                (person, false)
            }
            (None, None) => {
                let person = self.push_unnamed(words.clone(), description, rule);
                self.remember(head, words.start, person);
                (person, false)
            }
        }
    }

    fn is_definite(&self, at: u32) -> bool {
        let word = self.word(at);
        word.eq_ignore_ascii_case("the")
            || word.eq_ignore_ascii_case("that")
            || word.eq_ignore_ascii_case("this")
    }

    /// The named person who was last so described before `words`.
    fn named_by(&self, words: &Range<u32>, head: u32) -> Option<(u32, u32)> {
        let number = "old" == self.word(head) && head >= words.start + 4;
        let key = if number { self.word(head - 4) } else { self.word(head) };
        let entries = self.descriptions.before(key, words.start);
        let former = words.clone().any(|at| matches!(self.word(at), "former" | "ex"));
        let now = entries.iter().any(|entry| entry.former == former);
        let mut fitting = entries.iter().filter(|entry| !now || entry.former == former);
        let only = entries.iter().all(|entry| entry.person == entries[0].person);
        // "The Vermont senator": which one is told by what else stands in the description.
        let narrowed: Vec<&str> = (words.start + 1..words.end)
            .filter(|at| *at != head && !number && self.tokens.all[*at as usize].is_capital())
            .map(|at| self.word(at))
            .collect();
        let found = fitting.find(|entry| {
            narrowed.is_empty() || only || entry.words.clone().any(|at| narrowed.contains(&self.word(at)))
        })?;
        Some((found.words.start, found.person))
    }

    /// The unnamed speaker of that description met last.
    fn unnamed_before(&self, words: &Range<u32>, head: u32, definite: bool) -> Option<(u32, u32)> {
        let met = self.unnamed.get(&self.word(head).to_lowercase())?;
        let own = |at: &u32| *at != head && self.tokens.all[*at as usize].is_capital();
        let narrowed = (words.start + u32::from(definite)..words.end).any(|at| own(&at));
        let same = self.bare(&self.tokens.span(words.clone()).of(self.text).to_lowercase());
        let is_same = |person: u32| {
            let described = self.people.people[person as usize].description.as_ref();
            described.is_some_and(|it| self.bare(&it.value.to_lowercase()) == same)
        };
        let mut near = met.iter().rev().take(MOST_ALIKE);
        near.find(|(_, person)| is_same(*person) || definite && !narrowed).copied()
    }

    /// `phrase` without its article.
    fn bare(&self, phrase: &str) -> String {
        phrase.strip_prefix("the ").unwrap_or(phrase).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn remember(&mut self, head: u32, at: u32, person: u32) {
        let key = self.word(head).to_lowercase();
        self.unnamed.entry(key).or_default().push((at, person));
    }

    fn push_unnamed(&mut self, words: Range<u32>, description: Range<u32>, rule: &'static str) -> u32 {
        let (text, tokens) = (self.text, self.tokens);
        let span = tokens.span(words.clone());
        let described = tokens.span(description);
        let (role, title) = people::of_description(text, tokens, words);
        let value = described.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let number = self.people.people.len() as u32;
        self.people.people.push(Person {
            name: None,
            honorific: None,
            title,
            affiliation: None,
            description: Some(Reading { value, span: described, rule }),
            role,
            mentions: vec![span],
            rule,
            level: Level::Medium,
        });
        number
    }
}
