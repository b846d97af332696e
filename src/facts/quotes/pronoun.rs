//! Whom "he", "she", "they" and "who" mean beside what is said.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
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

/// Words before or behind a name that tell.
const OF_HER: &[&str] = &[
    "ms",
    "mrs",
    "miss",
    "dame",
    "lady",
    "sister",
    "queen",
    "princess",
    "duchess",
    "countess",
    "baroness",
    "wife",
    "mother",
    "daughter",
    "aunt",
    "niece",
    "widow",
    "grandmother",
    "girlfriend",
    "actress",
    "spokeswoman",
    "congresswoman",
    "chairwoman",
    "businesswoman",
    "policewoman",
    "councilwoman",
    "waitress",
    "woman",
    "girl",
    "housewife",
    "nun",
];
const OF_HIM: &[&str] = &[
    "mr",
    "sir",
    "lord",
    "father",
    "king",
    "prince",
    "duke",
    "baron",
    "husband",
    "son",
    "brother",
    "uncle",
    "nephew",
    "widower",
    "grandfather",
    "boyfriend",
    "spokesman",
    "congressman",
    "chairman",
    "businessman",
    "policeman",
    "councilman",
    "fireman",
    "man",
    "boy",
    "pope",
    "monk",
];

impl Genders {
    /// What honorifics and the words beside the names tell.
    pub(super) fn of(text: &str, tokens: &Tokens, people: &People) -> Genders {
        let mut genders = Genders(vec![None; people.people.len()]);
        for mention in &people.mentions {
            let known = &mut genders.0[mention.person as usize];
            if known.is_some() {
                continue;
            }
            let sentence = tokens.sentence_of(mention.tokens.start);
            let from = mention.name.start.saturating_sub(2).max(sentence.start);
            let before = (from..mention.name.start).rev().find_map(|at| told_by(text, tokens, at));
            let comma = mention.tokens.end;
            let aside = comma + 1 < sentence.end && tokens.all[comma as usize].span().of(text) == ",";
            let after = || {
                let words = comma + 1..sentence.end.min(comma + 7);
                words
                    .take_while(|at| !matches!(tokens.all[*at as usize].span().of(text), "," | "." | "of"))
                    .find_map(|at| told_by(text, tokens, at))
            };
            let full = mention.name.len() > 1;
            let given = || if full { told_by_name(tokens, mention.name.start) } else { None };
            *known = before.or_else(|| if aside { after() } else { None }).or_else(given);
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

/// What the word at token `at` tells.
fn told_by(text: &str, tokens: &Tokens, at: u32) -> Option<Gender> {
    let word = tokens.all[at as usize].span().of(text).to_lowercase();
    let word = word.trim_end_matches('.');
    if OF_HER.contains(&word) {
        Some(Gender::She)
    } else if OF_HIM.contains(&word) {
        Some(Gender::He)
    } else {
        None
    }
}

/// What a given name tells.
fn told_by_name(tokens: &Tokens, at: u32) -> Option<Gender> {
    let token = &tokens.all[at as usize];
    match (token.is(Class::WomanName), token.is(Class::ManName)) {
        (true, false) => Some(Gender::She),
        (false, true) => Some(Gender::He),
        _ => None,
    }
}

fn gender(pronoun: &str) -> Option<Gender> {
    let is = |forms: &[&str]| forms.iter().any(|form| pronoun.eq_ignore_ascii_case(form));
    if is(&["she", "her"]) {
        Some(Gender::She)
    } else if is(&["he", "him", "his"]) {
        Some(Gender::He)
    } else {
        None
    }
}

/// Verbs of somebody who was spoken to.
const REPLIES: &[&str] =
    &["replied", "replies", "answered", "answers", "responded", "responds", "retorted", "retorts"];

/// Nouns for one human being.
const ONE_PERSON: ClassSet = ClassSet::of(&[
    Class::Title,
    Class::ExpertTitle,
    Class::OfficialTitle,
    Class::WitnessWord,
    Class::VictimWord,
    Class::PerpetratorWord,
    Class::Attacker,
    Class::Relation,
    Class::PersonNoun,
]);

/// How many mentions are looked back upon.
const MOST_MENTIONS: usize = 40;

/// How many sections are looked back upon.
const MOST_SECTIONS: u32 = 4;

impl Reader<'_> {
    /// The person that the pronoun at token `at`, in section number `section`, means.
    pub(super) fn refers_to(&self, at: u32, section: u32) -> Option<u32> {
        let pronoun = self.word(at);
        if pronoun.eq_ignore_ascii_case("who") {
            let end = if self.word(at.checked_sub(1)?) == "," { at - 1 } else { at };
            return self.people.mention_at(end.checked_sub(1)?).map(|mention| mention.person);
        }
        let last = self.last.filter(|last| section - last.section < MOST_SECTIONS);
        let Some(wanted) = gender(pronoun) else {
            // "They", "it": a group that spoke just now, or nobody that could be named.
            let last =
                last.filter(|_| !pronoun.eq_ignore_ascii_case("i") && !pronoun.eq_ignore_ascii_case("we"));
            return last.map(|it| it.speaker).filter(|it| self.people.people[*it as usize].name.is_none());
        };
        let wanted = Some(wanted);
        // "…, Ana Duarte told Erik Lund. “…,” he replied": whoever was told replies, not whoever told.
        let told = last.and_then(|last| last.addressee).filter(|it| self.genders.allows(*it, wanted));
        let replies = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .any(|verb| (verb as usize) < self.tokens.all.len() && self.is_word(verb, REPLIES));
        if replies && told.is_some() {
            return told;
        }
        let fits = |person: &u32| self.genders.allows(*person, wanted) && self.is_somebody(*person);
        let last = last.map(|it| it.speaker).filter(fits);
        let subject = self.last_subject(at, wanted);
        match (subject, last) {
            (Some((person, true)), _) => Some(person),
            (_, Some(last)) => Some(last),
            (Some((person, false)), None) => Some(person),
            (None, None) => None,
        }
    }

    /// Whether `person` is one human being, as far as a description tells: no body, no report and no crowd.
    fn is_somebody(&self, person: u32) -> bool {
        let person = &self.people.people[person as usize];
        let Some(first) = person.mentions.first().filter(|_| person.name.is_none()) else { return true };
        let from = self.tokens.all.partition_point(|token| token.start < first.start);
        let words = self.tokens.all[from..].iter().take_while(|token| token.start < first.end);
        let noun = words.take_while(|token| !token.is(Class::Preposition)).last();
        noun.is_some_and(|token| {
            let word = token.span().of(self.text);
            token.classes.meets(ONE_PERSON) && (!word.ends_with('s') || word.ends_with("ss"))
        })
    }

    /// The first person named in the last sentence before token `at` that names one outside quotations, and whether
    /// the name stands where subjects stand and after what was said before.
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
        let spoken = self.last.map_or(0, |last| last.words);
        Some((chosen.person, chosen.tokens.start - start < 6 && chosen.tokens.start >= spoken))
    }

    /// Whether token `at` stands between quotation marks.
    pub(super) fn is_quoted(&self, at: u32) -> bool {
        self.marked_at(at).is_some()
    }
}
