//! Whom "he", "she" and "who" mean beside a quotation.

use std::ops::Range;

use crate::facts::people::{Mention, People};
use crate::facts::tokens::Tokens;

use super::Reader;

/// Whether somebody is spoken of as "he" or as "she", as far as the article tells.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Gender {
    She,
    He,
}

/// What is known for each person.
#[derive(Debug)]
pub(super) struct Genders(Vec<Option<Gender>>);

impl Genders {
    /// What the honorifics tell: of given names, nothing is guessed.
    pub(super) fn of(text: &str, tokens: &Tokens, people: &People) -> Genders {
        let mut genders = Genders(vec![None; people.people.len()]);
        for mention in people.mentions.iter().filter(|it| it.tokens.start < it.name.start) {
            let honorific = tokens.span(mention.tokens.start..mention.name.start).of(text);
            let gender = match honorific.to_lowercase().trim_end_matches('.') {
                "mr" | "sir" | "lord" | "father" | "king" | "prince" => Gender::He,
                "ms" | "mrs" | "miss" | "dame" | "lady" | "sister" | "queen" | "princess" => Gender::She,
                _ => continue,
            };
            genders.0[mention.person as usize] = Some(gender);
        }
        genders
    }

    /// A pronoun that was understood tells for the next time.
    pub(super) fn learn(&mut self, text: &str, tokens: &Tokens, person: u32, words: Range<u32>) {
        let gender = gender(tokens.span(words).of(text));
        if self.0.len() <= person as usize {
            self.0.resize(person as usize + 1, None);
        }
        let known = &mut self.0[person as usize];
        *known = known.or(gender);
    }

    fn allows(&self, person: u32, wanted: Option<Gender>) -> bool {
        let known = self.0.get(person as usize).copied().flatten();
        known.is_none() || wanted.is_none() || known == wanted
    }
}

fn gender(pronoun: &str) -> Option<Gender> {
    if pronoun.eq_ignore_ascii_case("she") {
        Some(Gender::She)
    } else if pronoun.eq_ignore_ascii_case("he") {
        Some(Gender::He)
    } else {
        None
    }
}

/// How many mentions are looked back upon.
const MOST_MENTIONS: usize = 40;

/// How many sections are looked back upon.
const MOST_SECTIONS: u32 = 4;

impl Reader<'_> {
    /// The person that the pronoun at token `at` means, beside quotation number `quotation`.
    pub(super) fn refers_to(&self, at: u32, quotation: usize) -> Option<u32> {
        let pronoun = self.tokens.all[at as usize].span().of(self.text);
        if pronoun.eq_ignore_ascii_case("who") {
            let end = if self.tokens.all[at as usize - 1].span().of(self.text) == "," { at - 1 } else { at };
            return self.people.mention_at(end.checked_sub(1)?).map(|mention| mention.person);
        }
        let last = self.last_speaker(quotation);
        let Some(wanted) = gender(pronoun) else {
            // "They": a group that spoke just now, or nobody that could be named.
            return last.filter(|person| self.people.people[*person as usize].name.is_none());
        };
        let wanted = Some(wanted);
        let last = last.filter(|person| self.genders.allows(*person, wanted));
        let subject = self.last_subject(at, wanted);
        match (subject, last) {
            (Some((person, true)), _) => Some(person),
            (_, Some(last)) => Some(last),
            (Some((person, false)), None) => Some(person),
            (None, None) => None,
        }
    }

    /// The speaker of the quotation before, in this paragraph or one of the few before it.
    fn last_speaker(&self, quotation: usize) -> Option<u32> {
        let last = quotation.checked_sub(1)?;
        let near = self.marked[quotation].section - self.marked[last].section < MOST_SECTIONS;
        self.read[last].as_ref().filter(|_| near)?.speaker
    }

    /// The first person named in the last sentence before token `at` that names one outside quotations, and whether
    /// the name stands where subjects stand and after the quotation before.
    fn last_subject(&self, at: u32, wanted: Option<Gender>) -> Option<(u32, bool)> {
        let before = self.people.mentions.partition_point(|mention| mention.tokens.start < at);
        let here = self.tokens.sections.partition_point(|section| section.tokens.end <= at) as u32;
        let mut chosen: Option<&Mention> = None;
        for mention in self.people.mentions[..before].iter().rev().take(MOST_MENTIONS) {
            let sentence = |it: &Mention| self.tokens.all[it.tokens.start as usize].sentence;
            if chosen.is_some_and(|chosen| sentence(chosen) != sentence(mention)) {
                break;
            }
            let section =
                self.tokens.sections.partition_point(|it| it.tokens.end <= mention.tokens.start) as u32;
            if here - section > MOST_SECTIONS {
                break;
            }
            let fits = !mention.possessive && self.genders.allows(mention.person, wanted);
            if fits && !self.is_quoted(mention.tokens.start) {
                chosen = Some(mention);
            }
        }
        let chosen = chosen?;
        let start = self.tokens.sentence_of(chosen.tokens.start).start;
        let spoken =
            self.read.iter().rev().flatten().find_map(|it| it.words.as_ref()).map_or(0, |words| words.start);
        Some((chosen.person, chosen.tokens.start - start < 6 && chosen.tokens.start >= spoken))
    }

    /// Whether token `at` stands between quotation marks.
    fn is_quoted(&self, at: u32) -> bool {
        let after = self.marked.partition_point(|marked| marked.whole.end <= at);
        self.marked.get(after).is_some_and(|marked| marked.whole.start <= at)
    }
}
