//! Noun phrases that can speak: names with their titles, pronouns, and nouns with what hangs on them.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::tokens::{Kind, Shape, Token};

use super::Reader;

/// The noun phrase that says or thinks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// A name with its honorific, a pronoun, or a whole noun phrase.
    pub(super) words: Range<u32>,
    /// What it is.
    pub(super) head: Head,
}

/// What a source is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// Somebody named: an index into the people.
    Person(u32),
    /// "He", "who".
    Pronoun,
    /// A noun: the token.
    Noun(u32),
}

/// Verbs that bring in what somebody says, thinks or wants.
pub(super) const CUES: ClassSet = ClassSet::of(&[
    Class::ReportingVerb,
    Class::ClauseVerb,
    Class::TellingVerb,
    Class::StanceVerb,
    Class::IntentVerb,
]);

/// Who and what can speak: people by what they are or do, bodies, and written things.
pub(super) const SPEAKERS: ClassSet = ClassSet::of(&[
    Class::GroupNoun,
    Class::Title,
    Class::ExpertTitle,
    Class::OfficialTitle,
    Class::WitnessWord,
    Class::VictimWord,
    Class::PerpetratorWord,
    Class::Relation,
    Class::PersonNoun,
    Class::OrganisationWord,
    Class::Organisation,
    Class::AuthorityWord,
    Class::ArmedGroup,
    Class::Nationality,
    Class::CountryWord,
    Class::TextNoun,
]);

/// Function words that narrow a noun like any adjective.
const NARROWING: &[&str] =
    &["new", "old", "first", "second", "third", "last", "next", "late", "early", "other", "such"];

/// Words that stand for people without a noun.
const STANDING_ALONE: &[&str] = &["some", "others", "another", "many", "most", "several", "few", "both"];

/// Nouns for a part of those who were asked: "52 percent of voters say".
const SHARES: &[&str] =
    &["percent", "majority", "plurality", "half", "third", "quarter", "two-thirds", "dozens", "hundreds"];

/// The most tokens that a dateline takes, from the town to the dash.
const DATELINE: u32 = 20;

/// The most tokens that stand before a name and belong to it.
const LONGEST_TITLE: u32 = 8;

/// The most tokens of a noun phrase without what hangs on it.
const LONGEST_CHUNK: u32 = 12;

/// The most tokens of what hangs on a noun before the name behind it: "a spokesman for the ministry, Oliver Lang".
const HANGING: u32 = 8;

/// What belongs to no noun phrase, though it has a capital.
const TIMES: ClassSet = ClassSet::of(&[Class::Weekday, Class::Month]);

impl Reader<'_> {
    /// The word at token `at`, as written.
    pub(super) fn word(&self, at: u32) -> &str {
        self.tokens.all[at as usize].span().of(self.text)
    }

    pub(super) fn is_word(&self, at: u32, words: &[&str]) -> bool {
        let word = self.word(at);
        words.iter().any(|it| word.eq_ignore_ascii_case(it))
    }

    /// One past the dateline that the sentence at `start` opens with, or `start`: "LIMA, Peru (Wire) — Two people".
    /// The town stands in capitals, or an agency or a day stands beside it; behind the dash a sentence begins.
    pub(super) fn behind_dateline(&self, start: u32) -> u32 {
        let section = &self.tokens.section_of(start).tokens;
        let head = &self.tokens.all[start as usize];
        if section.start != start || head.kind != Kind::Word || self.people.mention_at(start).is_some() {
            return start;
        }
        let mut signed = head.shape == Shape::Upper;
        for at in start + 1..section.end.min(start + DATELINE) {
            let token = &self.tokens.all[at as usize];
            if self.is_dash(at) || self.word(at) == "--" {
                let next = self.tokens.all.get(at as usize + 1).filter(|_| at + 1 < section.end);
                let begins = next.is_some_and(|next| next.is_capital() || next.kind != Kind::Word);
                return if signed && begins { at + 1 } else { start };
            }
            signed |= self.word(at) == "(" || token.is(Class::Month);
            let fits = match token.kind {
                Kind::Word => {
                    token.is_capital() || token.is(Class::Month) || self.is_word(at, &["de", "del", "of"])
                }
                Kind::Number => true,
                Kind::Sign => matches!(self.word(at), "," | "." | "(" | ")" | "/" | "-"),
                Kind::Open | Kind::Close => false,
            };
            if !fits {
                break;
            }
        }
        start
    }

    /// Whether the word at token `at` is a function word that belongs to no noun.
    pub(super) fn is_function_word(&self, at: u32) -> bool {
        self.is(at, Class::FunctionWord) && !self.is_word(at, NARROWING)
    }

    pub(super) fn is(&self, at: u32, class: Class) -> bool {
        self.tokens.all[at as usize].is(class)
    }

    /// The noun phrase that ends before token `end`, with the phrases that hang on it: "officials in the town".
    pub(super) fn phrase_ending(&self, end: u32, floor: u32) -> Option<Source> {
        let mut found = self.chunk_ending(end, floor)?;
        let mut edge = found.words.start;
        if matches!(found.head, Head::Person(_)) {
            edge = self.left_edge(edge, floor);
        }
        for _ in 0..3 {
            if matches!(found.head, Head::Pronoun)
                || edge < floor + 2
                || !self.is(edge - 1, Class::Preposition)
            {
                break;
            }
            let Some(chunk) = self.chunk_ending(edge - 1, floor) else { break };
            match chunk.head {
                Head::Person(_) => {
                    edge = self.left_edge(chunk.words.start, floor);
                    found = chunk;
                }
                Head::Noun(_) => {
                    edge = chunk.words.start;
                    found = Source { words: edge..end, head: chunk.head };
                }
                Head::Pronoun => break,
            }
        }
        match found.head {
            Head::Noun(head) if !self.can_speak(found.words.start, head) => {
                // "An official familiar with the inquiry".
                let noun = head
                    .checked_sub(1)
                    .filter(|noun| *noun >= found.words.start && found.words.end > head + 1)?;
                self.can_speak(found.words.start, noun).then_some(Source { head: Head::Noun(noun), ..found })
            }
            _ => Some(found),
        }
    }

    /// Where the words before a name that belong to it start: "former police chief Erik Lund".
    pub(super) fn left_edge(&self, name: u32, floor: u32) -> u32 {
        self.edge(floor.max(name.saturating_sub(LONGEST_TITLE))..name, |at, token| match token.kind {
            Kind::Word => self.is_determiner(at) || self.is_part(at) && !token.classes.meets(CUES),
            Kind::Sign => self.word(at) == "-" && !self.is_dash(at),
            _ => false,
        })
    }

    /// Where the noun phrase that goes on behind `before` starts: walks left over what `joins` it, up to its determiner.
    fn edge(&self, before: Range<u32>, joins: impl Fn(u32, &Token) -> bool) -> u32 {
        let mut start = before.end;
        while start > before.start && joins(start - 1, &self.tokens.all[start as usize - 1]) {
            start -= 1;
            if self.is_determiner(start) {
                break;
            }
        }
        start
    }

    /// Whether the word at `at` can be a part of a noun phrase, by its list.
    fn is_part(&self, at: u32) -> bool {
        !self.is_function_word(at) && !self.is(at, Class::Preposition) && !self.is(at, Class::Auxiliary)
    }

    pub(super) fn is_determiner(&self, at: u32) -> bool {
        self.is(at, Class::Determiner)
    }

    /// One name, pronoun, or noun with what stands before it.
    fn chunk_ending(&self, end: u32, floor: u32) -> Option<Source> {
        let last = end.checked_sub(1).filter(|last| *last >= floor)?;
        if self.is_quoted(last) {
            return None;
        }
        if let Some(mention) = self.people.mention_at(last) {
            let whole = mention.tokens.end == end;
            return whole
                .then(|| Source { words: mention.tokens.clone(), head: Head::Person(mention.person) });
        }
        let token = &self.tokens.all[last as usize];
        if token.kind == Kind::Number && last >= floor + 2 {
            return self.share_ending(last);
        }
        if token.kind != Kind::Word {
            return None;
        }
        if self.is_word(last, &["he", "she", "they", "it", "i", "we"]) {
            return Some(Source { words: last..end, head: Head::Pronoun });
        }
        if self.is_word(last, STANDING_ALONE) {
            return Some(Source { words: last..end, head: Head::Noun(last) });
        }
        let mut start = self.edge(floor.max(end.saturating_sub(LONGEST_CHUNK))..end, |at, token| {
            let inside = at < last;
            let joins = match token.kind {
                Kind::Word => {
                    let clause = inside && token.is(Class::ClauseVerb) && !token.is_capital();
                    self.is_determiner(at) || self.is_part(at) && !token.classes.meets(TIMES) && !clause
                }
                Kind::Number => true,
                Kind::Sign => matches!(self.word(at), "-" | "/" | "&") && inside && !self.is_dash(at),
                _ => false,
            };
            // "He said that Lund believes": no determiner.
            let conjunction =
                inside && self.is_word(at, &["that"]) && self.tokens.all[at as usize + 1].is_capital();
            joins && !conjunction
        });
        while start < end && self.tokens.all[start as usize].kind == Kind::Sign {
            start += 1;
        }
        (start < end).then_some(Source { words: start..end, head: Head::Noun(last) })
    }

    /// "Nine in 10", "six out of ten": people of a poll, up to the number at token `last`.
    fn share_ending(&self, last: u32) -> Option<Source> {
        let before = last - 1;
        let of = self.is_word(before, &["in", "of"]);
        let start =
            if self.is_word(before, &["of"]) { before.checked_sub(2)? } else { before.checked_sub(1)? };
        let token = &self.tokens.all[start as usize];
        let counts = token.kind == Kind::Number || token.is(Class::NumberWord);
        (of && counts && token.sentence == self.tokens.all[last as usize].sentence)
            .then_some(Source { words: start..last + 1, head: Head::Noun(last) })
    }

    /// Whether the noun at `head`, in a phrase from `start` on, is one that says things.
    pub(super) fn can_speak(&self, start: u32, head: u32) -> bool {
        let token = &self.tokens.all[head as usize];
        let run = (start.max(head.saturating_sub(3))..=head).any(|at| {
            self.tokens.phrases_at(at).iter().any(|run| run.classes.meets(SPEAKERS) && run.end == head + 1)
        });
        run || token.classes.meets(SPEAKERS)
            || start == head && self.is_word(head, STANDING_ALONE)
            || self.is_word(head, SHARES)
            || token.kind == Kind::Number
            || token.is(Class::NumberWord)
            || token.is_capital() && !token.classes.meets(TIMES) && !token.is(Class::FunctionWord)
    }

    /// The noun phrase that starts at token `at`, at most up to `limit`: "according to officials in the town".
    pub(super) fn phrase_from(&self, at: u32, limit: u32) -> Option<Source> {
        let limit = limit.min(at + 16);
        let first = self.tokens.all.get(at as usize).filter(|_| at < limit)?;
        if first.is(Class::Pronoun) && !self.is_word(at, &["one"])
            || self.is_word(at, &["him", "them"])
            || self.is_word(at, &["her"])
                && at + 1 < limit
                && self.tokens.all[at as usize + 1].kind != Kind::Word
        {
            return Some(Source { words: at..at + 1, head: Head::Pronoun });
        }
        let mut end = if self.is_determiner(at) { at + 1 } else { at };
        let mut person = None;
        while end < limit {
            if let Some(mention) = self.people.mention_at(end) {
                end = mention.tokens.end;
                person = (!mention.possessive).then_some(mention);
                continue;
            }
            let token = &self.tokens.all[end as usize];
            let fits = match token.kind {
                Kind::Word => {
                    !self.is_function_word(end)
                        && !token.is(Class::Preposition)
                        && !token.is(Class::Auxiliary)
                        && !token.classes.meets(TIMES)
                        && (!token.is(Class::ReportingVerb) || token.is_capital())
                        || matches!(self.word(end), "'s" | "’s")
                        || token.is(Class::TextNoun)
                }
                Kind::Number => true,
                Kind::Sign => matches!(self.word(end), "-" | "&"),
                _ => false,
            };
            // "The doctors attending Ana Duarte": a participle after a noun opens what hangs on it.
            let word = self.word(end);
            let hangs = end > at
                && token.shape == Shape::Lower
                && (word.ends_with("ing")
                    || word.ends_with("ed")
                    || self.is_word(end, &["familiar", "close", "aware", "privy", "present"]))
                && self.tokens.all[end as usize - 1].classes.meets(SPEAKERS);
            if !fits || hangs {
                break;
            }
            end += 1;
        }
        if let Some(mention) = person {
            return Some(Source { words: mention.tokens.clone(), head: Head::Person(mention.person) });
        }
        let head = end
            .checked_sub(1)
            .filter(|head| *head >= at && self.tokens.all[*head as usize].kind == Kind::Word)?;
        // "Said a resident, Ana Duarte.", "said a spokesman for the ministry, Oliver Lang.": the name says more.
        if let Some(named) = self.named_behind(end, limit).filter(|_| self.can_speak(at, head)) {
            return Some(named);
        }
        let speaks = self.can_speak(at, head) || self.is_determiner(at) || self.word(head).ends_with('s');
        (speaks && !self.is_determiner(head)).then_some(Source { words: at..end, head: Head::Noun(head) })
    }

    /// The name in apposition to the phrase that ends at `end`, also behind what hangs on that.
    pub(super) fn named_behind(&self, end: u32, limit: u32) -> Option<Source> {
        let word = |at: u32| if at < limit { self.word(at) } else { "" };
        let hangs = end < limit && self.is(end, Class::Preposition);
        let comma = if hangs { (end..limit.min(end + HANGING)).find(|at| word(*at) == ",")? } else { end };
        // "A lawyer for the suspect, Karl Odum": that is the suspect's name.
        const OTHERS: ClassSet = ClassSet::of(&[
            Class::PersonNoun,
            Class::People,
            Class::PerpetratorWord,
            Class::VictimWord,
            Class::Relation,
            Class::Title,
            Class::OfficialTitle,
            Class::Attacker,
        ]);
        let plain = |at: u32| {
            self.tokens.all[at as usize].kind == Kind::Word
                && !self.tokens.all[at as usize].classes.meets(CUES)
                && !self.tokens.all[at as usize].classes.meets(OTHERS)
        };
        let mention = self.people.mention_at(comma + 1).filter(|_| word(comma) == ",")?;
        let alone = matches!(word(mention.tokens.end), "" | "." | "," | ";");
        let named =
            (end..comma).all(plain) && mention.tokens.start == comma + 1 && alone && !mention.possessive;
        named.then(|| Source { words: mention.tokens.clone(), head: Head::Person(mention.person) })
    }
}
