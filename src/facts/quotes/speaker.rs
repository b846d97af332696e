//! The speaker of a quotation from the words beside its marks: the rules of `speakers.toml`.

use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::people;
use crate::facts::rules::Match;
use crate::facts::tokens::Kind;
use crate::facts::{Level, Person, Reading};

use super::{Attribution, Reader, length};

/// How far before a quotation its speaker is looked for, in tokens.
const REACH: u32 = 70;

/// A match of a rule, with what matters for choosing between several.
struct Found<'r> {
    it: Match<'r>,
    named: bool,
    loose: bool,
}

impl Reader<'_> {
    /// The attribution in the same sentence as the quotation's marks.
    pub(super) fn beside(&mut self, at: usize) -> Option<Attribution> {
        let grammar = self.grammar;
        let set = grammar.rules("speakers");
        let marked = self.marked[at].clone();
        let next = self.marked.get(at + 1).map_or(u32::MAX, |next| next.whole.start);
        let mut after: Option<Match<'_>> = None;
        if !marked.goes_on && marked.whole.end > marked.words.end {
            let close = marked.words.end;
            set.find(self.tokens, close..close + 1, |it| {
                let clear = it.tokens.end <= next && it.rule.gives("place") == Some("after");
                if clear && after.is_none() {
                    after = Some(it);
                }
            });
        }
        let before = self.before(at);
        let last = self.tokens.all[marked.words.end as usize - 1].span().of(self.text);
        let chosen = match (before, after) {
            (Some(before), Some(after)) if before.loose || last == "," => {
                Found { it: after, named: before.named, loose: false }
            }
            (Some(before), _) => before,
            (None, Some(after)) => Found { it: after, named: true, loose: false },
            (None, None) => return self.comma_then_name(&marked, last),
        };
        self.attribution(&chosen, at)
    }

    /// The best of what stands before the opening mark in its sentence, after any other quotation.
    fn before(&self, at: usize) -> Option<Found<'static>> {
        let open = self.marked[at].whole.start;
        let sentence = self.tokens.sentence_of(open);
        let others = at.checked_sub(1).map_or(0, |before| self.marked[before].whole.end);
        let from = sentence.start.max(others).max(open.saturating_sub(REACH));
        let set = crate::facts::rules::GRAMMAR.rules("speakers");
        let mut best: Option<Found<'static>> = None;
        set.search(self.tokens).find_ending(from..open, open + 1, |it| {
            if it.tokens.end != open + 1 || it.rule.gives("place") != Some("before") {
                return;
            }
            let Some(speaker) = it.capture("s") else { return };
            let named = self.people.mention_at(speaker.start).is_some();
            let loose = it.rule.gives("strength") == Some("loose");
            // A cue right beside the mark first, then a name, then what stands nearest.
            let better = best.as_ref().is_none_or(|best| (!loose, named) >= (!best.loose, best.named));
            if better {
                best = Some(Found { it, named, loose });
            }
        });
        best
    }

    fn attribution(&mut self, found: &Found<'_>, at: usize) -> Option<Attribution> {
        let it = &found.it;
        let words = it.capture("s")?;
        let cue = it.capture("cue");
        let rule = it.rule.name;
        if found.loose && length(self.tokens, &self.marked[at]) > 25 {
            return None;
        }
        if let Some(mention) = self.people.mention_at(words.start) {
            let level = if found.loose { Level::Medium } else { Level::High };
            return Some(Attribution {
                speaker: Some(mention.person),
                words: Some(mention.tokens.clone()),
                cue,
                rule,
                level,
            });
        }
        if words.len() == 1 && self.tokens.all[words.start as usize].is(Class::Pronoun) {
            let speaker = self.refers_to(words.start, at);
            let level = if speaker.is_some() { Level::Medium } else { Level::Low };
            return Some(Attribution { speaker, words: Some(words), cue, rule, level });
        }
        let description = it.capture("d").unwrap_or_else(|| words.clone());
        let speaker = self.unnamed(words.clone(), description, rule);
        Some(Attribution { speaker: Some(speaker), words: Some(words), cue, rule, level: Level::Medium })
    }

    /// "…," and a name: whatever the verb is.
    fn comma_then_name(&self, marked: &super::Marked, last: &str) -> Option<Attribution> {
        let mention = self.people.mention_at(marked.whole.end)?;
        let verb = self.tokens.all.get(mention.tokens.end as usize)?;
        let goes = verb.kind == Kind::Word && !mention.possessive;
        (last == "," && goes && mention.tokens.start == marked.whole.end).then(|| Attribution {
            speaker: Some(mention.person),
            words: Some(mention.tokens.clone()),
            cue: Some(mention.tokens.end..mention.tokens.end + 1),
            rule: "name-after-comma",
            level: Level::Low,
        })
    }

    /// The person that a description means: somebody known by that title, an unnamed one met before, or a new one.
    fn unnamed(&mut self, words: Range<u32>, description: Range<u32>, rule: &'static str) -> u32 {
        let (text, tokens) = (self.text, self.tokens);
        let word = |at: u32| tokens.all[at as usize].span().of(text).to_lowercase();
        let head = word(words.end - 1);
        let span = tokens.span(words.clone());
        if word(words.start) == "the" {
            let before =
                |person: &Person| person.mentions.first().is_some_and(|first| first.start < span.start);
            let mut titled = self.people.people.iter().enumerate().filter(|(_, person)| {
                let title = person.title.as_ref().map(|title| title.value.to_lowercase());
                person.name.is_some()
                    && before(person)
                    && title.is_some_and(|title| title.split(' ').any(|it| it == head))
            });
            if let (Some((at, _)), None) = (titled.next(), titled.next()) {
                return at as u32;
            }
        }
        let same = span.of(text).to_lowercase();
        let known = self.unnamed.iter().rev().take(50).find(|(name, person)| {
            let described = self.people.people[*person as usize].description.as_ref();
            *name == head
                && (word(words.start) == "the" || described.is_some_and(|it| it.value.to_lowercase() == same))
        });
        if let Some((_, person)) = known {
            let person = *person;
            self.people.people[person as usize].mentions.push(span);
            return person;
        }
        let described = tokens.span(description.clone());
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
        self.unnamed.push((head, number));
        number
    }
}
