//! Armed organisations that no list has: by the form of their names, and by the short forms a text gives them.
//!
//! "Coastal Liberation Front (CLF)" is one by its words, "CLF" is one from then on, and the short form stands for the
//! full name. What is found is marked as `<armed-group>`, as are the names of the list.

use std::collections::BTreeMap;
use std::ops::Range;

use super::classes::{Class, ClassSet};
use super::tokens::{Kind, Shape, Token, Tokens};

/// The armed organisations of one article.
#[derive(Clone, Debug, Default)]
pub struct ArmedGroups {
    /// Where they are named beyond what the word lists know, in text order of the first look.
    pub found: Vec<Range<u32>>,
    /// The full name, as the text has it, for each short form that the text explains.
    full_names: BTreeMap<String, String>,
}

/// The longest name, in tokens.
const LONGEST: u32 = 9;

impl ArmedGroups {
    /// Looks through an article once, and once more for the short forms that it explains.
    pub fn find(tokens: &Tokens, text: &str) -> ArmedGroups {
        let mut groups = ArmedGroups::default();
        let names = Names { tokens, text };
        for sentence in &tokens.sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                if !may_start(&tokens.all[at as usize]) {
                    at += 1;
                    continue;
                }
                at = match names.name_at(at, sentence.end) {
                    Some(end) => {
                        groups.found.push(at..end);
                        groups.explain(&names, at..end, sentence.end);
                        end
                    }
                    None => {
                        groups.explain_ahead(&names, at, sentence.end);
                        at + 1
                    }
                };
            }
        }
        if !groups.full_names.is_empty() {
            let short = |at: &u32| {
                let token = &tokens.all[*at as usize];
                token.is_capital()
                    && token.end - token.start <= 8
                    && !token.is(Class::ArmedGroup)
                    && groups.full_names.contains_key(&token.span().of(text).to_uppercase())
            };
            let more: Vec<Range<u32>> =
                (0..tokens.all.len() as u32).filter(short).map(|at| at..at + 1).collect();
            groups.found.extend(more);
        }
        groups
    }

    /// The full name that the text gives for a short form.
    pub fn full_name(&self, short: &str) -> Option<&str> {
        self.full_names.get(&short.to_uppercase()).map(String::as_str)
    }

    /// "Coastal Liberation Front (CLF)".
    fn explain(&mut self, names: &Names<'_>, name: Range<u32>, end: u32) {
        if let Some(inside) = names.bracketed(name.end, end)
            && inside.len() == 1
            && names.is_short_form(inside.start)
        {
            let short = names.word(inside.start).to_uppercase();
            let full = names.tokens.span(name).of(names.text).to_owned();
            self.full_names.entry(short).or_insert(full);
        }
    }

    /// "CLF [Coastal Liberation Front]".
    fn explain_ahead(&mut self, names: &Names<'_>, at: u32, end: u32) {
        if at == 0 || names.tokens.all[at as usize].kind != Kind::Sign || !names.is_short_form(at - 1) {
            return;
        }
        let Some(inside) = names.bracketed(at, end) else { return };
        if inside.len() > 1 && names.is_armed(&inside) {
            let short = names.word(at - 1).to_uppercase();
            let full = names.tokens.span(inside).of(names.text).to_owned();
            self.full_names.entry(short).or_insert(full);
        }
    }
}

/// Whether a name may start with `token`, or behind it in brackets.
fn may_start(token: &Token) -> bool {
    const WORDS: ClassSet = ClassSet::of(&[Class::ArmedName, Class::ArmedForm]);
    token.is_capital() || token.kind == Kind::Sign || token.classes.meets(WORDS)
}

struct Names<'a> {
    tokens: &'a Tokens,
    text: &'a str,
}

impl Names<'_> {
    fn word(&self, at: u32) -> &str {
        self.tokens.all.get(at as usize).map_or("", |token| token.span().of(self.text))
    }

    /// One past a name that starts at `at`: one of the list, or capitals whose words make it an armed organisation's.
    fn name_at(&self, at: u32, end: u32) -> Option<u32> {
        let first = &self.tokens.all[at as usize];
        if first.kind == Kind::Sign {
            return None;
        }
        let listed = self.tokens.run_of(at, Class::ArmedGroup);
        // Inside a longer name the words were looked at from its head.
        if listed.is_some() {
            return listed;
        }
        if first.is(Class::FunctionWord) || first.is(Class::CalendarWord) {
            return None;
        }
        let (mut named, mut form, mut capitals) = (false, None, 0);
        let mut to = at;
        while to < end && to - at < LONGEST {
            let token = &self.tokens.all[to as usize];
            let word = self.word(to);
            let small = matches!(
                word,
                "of" | "for" | "the" | "and" | "-" | "’s" | "'s" | "del" | "de" | "la" | "national"
            );
            let makes = token.is(Class::ArmedName) || token.is(Class::ArmedForm);
            if token.kind == Kind::Word && (token.is_capital() && !token.is(Class::FunctionWord) || makes) {
                // "the army", "an armed force": common nouns need the company of capitals.
                capitals += u32::from(token.is_capital());
                named |= token.is(Class::ArmedName);
                if token.is(Class::ArmedForm) {
                    form = Some(to + 1);
                } else if form.is_some_and(|form| form == to) && token.is_capital() {
                    // "Liberation Front of Narmia" goes on behind its "of" only.
                    break;
                }
            } else if !small || to == at {
                break;
            }
            to += 1;
        }
        let form = form?;
        let behind =
            (to > form + 1 && self.word(form) == "of" && self.tokens.all[to as usize - 1].is_capital())
                .then_some(to);
        let to = behind.unwrap_or(form);
        let explained =
            || self.bracketed(to, end).is_some_and(|it| it.len() == 1 && self.is_short_form(it.start));
        (named && (capitals >= 2 || capitals == 1 && explained())).then_some(to)
    }

    /// What stands in brackets from `at` on: a short form or a few words.
    fn bracketed(&self, at: u32, end: u32) -> Option<Range<u32>> {
        if at >= end || self.tokens.all[at as usize].kind != Kind::Sign || !matches!(self.word(at), "(" | "[")
        {
            return None;
        }
        let close = (at + 1..end.min(at + 2 + LONGEST)).find(|it| matches!(self.word(*it), ")" | "]"))?;
        (close > at + 1).then_some(at + 1..close)
    }

    /// Whether the words of a name that a text gives for a short form are those of an armed organisation.
    fn is_armed(&self, name: &Range<u32>) -> bool {
        let has = |class| name.clone().any(|at| self.tokens.all[at as usize].is(class));
        self.tokens.run_of(name.start, Class::ArmedGroup).is_some()
            || has(Class::ArmedName) && has(Class::ArmedForm)
    }

    fn is_short_form(&self, at: u32) -> bool {
        let token = &self.tokens.all[at as usize];
        let length = token.end - token.start;
        token.kind == Kind::Word && (2..=8).contains(&length) && token.shape == Shape::Upper
            || token.shape == Shape::Capital && (2..=6).contains(&length) && !token.is(Class::FirstName)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::rules::GRAMMAR;

    fn found(text: &str) -> Vec<String> {
        let tokens = Tokens::of_text(text, &GRAMMAR.lexicon);
        let groups = ArmedGroups::find(&tokens, text);
        groups.found.into_iter().map(|run| tokens.span(run).of(text).to_owned()).collect()
    }

    #[test]
    fn the_words_of_a_name_make_it_an_armed_organisations() {
        assert_eq!(found("The Coastal Liberation Front denied it."), ["Coastal Liberation Front"]);
        assert_eq!(found("It was the Popular Army of Narmia."), ["Popular Army of Narmia"]);
        assert_eq!(found("The Narmian Army and the Coastal Trade Union met."), Vec::<String>::new());
        assert_eq!(found("The liberation of the front took a week."), Vec::<String>::new());
    }

    #[test]
    fn a_short_form_that_the_text_explains_stands_for_the_full_name() {
        let text = "The Coastal Liberation Front (CLF) struck. The CLF had warned.";
        assert_eq!(found(text), ["Coastal Liberation Front", "CLF", "CLF"]);
        let tokens = Tokens::of_text(text, &GRAMMAR.lexicon);
        let groups = ArmedGroups::find(&tokens, text);
        assert_eq!(groups.full_name("CLF"), Some("Coastal Liberation Front"));
        let turned = "The CLF [Coastal Liberation Front] struck.";
        let tokens = Tokens::of_text(turned, &GRAMMAR.lexicon);
        assert_eq!(ArmedGroups::find(&tokens, turned).full_name("CLF"), Some("Coastal Liberation Front"));
    }
}
