//! What stands before a name and says who that is: "former Pentagon spokesman", "the bureau's director,".

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::lower::lower;
use crate::facts::tokens::{Kind, Shape, Token, Tokens};

use super::{Mention, People};

/// What some words say somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// All of them, where they say more than the honorific does.
    pub(super) title: Option<Range<u32>>,
    /// The noun that says what somebody is: the last of "former Pentagon spokesman".
    pub(super) head: Range<u32>,
    /// The body they belong to.
    pub(super) org: Option<Range<u32>>,
}

/// Nouns for what somebody is.
pub(super) const NOUNS: ClassSet =
    ClassSet::of(&[Class::Title, Class::ExpertTitle, Class::OfficialTitle, Class::Relation]);
/// Words that narrow such a noun.
const NARROW: ClassSet = ClassSet::of(&[
    Class::TitleModifier,
    Class::Title,
    Class::ExpertTitle,
    Class::OfficialTitle,
    Class::Nationality,
    Class::CountryWord,
    Class::Organisation,
]);
/// Capitals that only open a sentence, or say when.
const NO_PART: ClassSet =
    ClassSet::of(&[Class::FunctionWord, Class::SentenceWord, Class::CalendarWord, Class::ReportingVerb]);
const BODIES: ClassSet = ClassSet::of(&[Class::OrganisationWord, Class::Organisation]);

/// The most tokens that are looked at before a name.
const REACH: u32 = 14;

/// The most words of a phrase of the lists.
const LONGEST_PHRASE: u32 = 5;

/// One walk to the left of a name.
struct Walk<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    people: &'a People,
    /// The first token that may be looked at.
    floor: u32,
}

/// Reads the words before `mention`.
pub(super) fn before(text: &str, tokens: &Tokens, people: &People, mention: &Mention) -> Option<Said> {
    let start = mention.tokens.start;
    let sentence = tokens.sentence_of(start);
    let floor = sentence.start.max(start.saturating_sub(REACH));
    let walk = Walk { text, tokens, people, floor };
    if start < mention.name.start && !walk.is_social(start) {
        return walk.before_rank(start..mention.name.start);
    }
    // "The harbour master, 61-year-old Ana Duarte,": the age stands between.
    let start = walk.before_age(start);
    let comma = start > floor && walk.text_at(start - 1) == ",";
    let end = if comma { start - 1 } else { start };
    let head = walk.phrase_ending(end, NOUNS)?..end;
    let from = walk.left_of(head.start);
    let named = |at: u32| {
        at > floor
            && matches!(
                lower(walk.text_at(at - 1)).as_str(),
                "the" | "a" | "an" | "his" | "her" | "their" | "its" | "another" | "our" | "my" | "one"
            )
    };
    // Whose brother somebody is has to be told.
    let relation = !tokens.classes_at(head.start).meets(TITLES);
    if relation && !walk.has_possessor(from..head.end)
        || comma && !(walk.ends_aside(mention) && (named(from) || walk.has_possessor(from..end)))
    {
        return None;
    }
    Some(walk.said(from, head))
}

/// Nouns for what somebody does.
pub(super) const TITLES: ClassSet = ClassSet::of(&[Class::Title, Class::ExpertTitle, Class::OfficialTitle]);

impl Walk<'_> {
    fn token(&self, at: u32) -> &Token {
        &self.tokens.all[at as usize]
    }

    fn text_at(&self, at: u32) -> &str {
        self.token(at).span().of(self.text)
    }

    /// Where "61-year-old" before the name at `start` begins, if a comma stands before it; else `start`.
    fn before_age(&self, start: u32) -> u32 {
        let Some(from) = start.checked_sub(5).filter(|from| *from > self.floor) else { return start };
        let aged = self.token(from).kind == Kind::Number
            && self.text_at(start - 1).eq_ignore_ascii_case("old")
            && self.text_at(from - 1) == ",";
        if aged { from } else { start }
    }

    /// "Mr" and "Dr" say nothing of what somebody does.
    fn is_social(&self, at: u32) -> bool {
        !self.token(at).is(Class::OfficialTitle) && !self.token(at).is(Class::Title)
    }

    /// "Florida Sen.", "Chicago Police Supt.": the rank belongs to the name and to the words before it.
    fn before_rank(&self, rank: Range<u32>) -> Option<Said> {
        let from = self.left_of(rank.start);
        if from == rank.start {
            return None;
        }
        let said = self.said(from, rank.clone());
        let whole = said.title.as_ref().is_some_and(|title| title.start < rank.start);
        Some(Said { title: said.title.filter(|_| whole), ..said })
    }

    /// Where the longest phrase of `classes` that ends at `end` starts.
    fn phrase_ending(&self, end: u32, classes: ClassSet) -> Option<u32> {
        let first = end.saturating_sub(LONGEST_PHRASE).max(self.floor);
        let phrase = (first..end).find(|at| {
            self.tokens.phrases_at(*at).iter().any(|run| run.end == end && run.classes.meets(classes))
        });
        let last = end.checked_sub(1).filter(|at| *at >= self.floor)?;
        phrase.or_else(|| self.token(last).classes.meets(classes).then_some(last))
    }

    /// Whether what follows the name shows that it was the explanation of what stands before it.
    fn ends_aside(&self, mention: &Mention) -> bool {
        let sentence = self.tokens.sentence_of(mention.tokens.start);
        let after = mention.tokens.end;
        if after >= sentence.end {
            return true;
        }
        let token = self.token(after);
        matches!(token.kind, Kind::Close)
            || token.kind == Kind::Sign && !self.text_at(after).starts_with(['’', '\'', '-'])
    }

    /// Walks left from `at` over the words that narrow a noun.
    fn left_of(&self, at: u32) -> u32 {
        let mut from = at;
        while from > self.floor {
            match self.step(from) {
                Some(next) => from = next,
                None => break,
            }
        }
        from
    }

    fn step(&self, from: u32) -> Option<u32> {
        let last = from - 1;
        let token = self.token(last);
        if let Some(mention) = self.people.mention_at(last) {
            // "Trump campaign manager", but not a name that its own sentence part ends with.
            return (mention.tokens.end == from && mention.tokens.start >= self.floor)
                .then_some(mention.tokens.start);
        }
        if let Some(start) = self.phrase_ending(from, NARROW)
            && !(start == last && self.only_opens(token))
        {
            return Some(start);
        }
        // "Oscar-winning", "37-year-old", "then-": whatever the parts are.
        let hyphen = |at: u32| {
            at > self.floor
                && self.text_at(at) == "-"
                && self.tokens.is_glued(at)
                && self.tokens.is_glued(at + 1)
        };
        if hyphen(last) {
            return Some(last - 1);
        }
        if last > self.floor + 1 && token.kind == Kind::Word && hyphen(last - 1) {
            return Some(last - 2);
        }
        if self.is_possessive(last) {
            return self.possessor(last);
        }
        match token.kind {
            Kind::Word if token.is_capital() => (!self.only_opens(token)).then_some(last),
            Kind::Word => self.joined(last),
            Kind::Sign if self.text_at(last) == "&" => self.joined(last),
            _ => None,
        }
    }

    /// A capital because a sentence starts, or a day.
    fn only_opens(&self, token: &Token) -> bool {
        token.is_capital()
            && token.classes.meets(NO_PART)
            && !token.is(Class::TitleModifier)
            && !(token.shape == Shape::Upper && token.is(Class::CountryWord))
    }

    fn is_possessive(&self, at: u32) -> bool {
        let glued = at > self.floor && self.tokens.is_glued(at);
        glued && matches!(self.text_at(at), "’s" | "'s" | "’" | "'") && self.token(at - 1).kind == Kind::Word
    }

    /// The first word of what stands before the `'s` at `at`.
    fn possessor(&self, at: u32) -> Option<u32> {
        let last = at - 1;
        if let Some(mention) = self.people.mention_at(last) {
            return (mention.tokens.end == at && mention.tokens.start >= self.floor)
                .then_some(mention.tokens.start);
        }
        let token = self.token(last);
        let fits = !token.classes.meets(NO_PART) && !token.is(Class::Pronoun);
        fits.then_some(last)
    }

    fn has_possessor(&self, run: Range<u32>) -> bool {
        run.clone().skip(1).any(|at| self.is_possessive(at))
    }

    /// "Gov. and Committee Chairman", "Institute of Peace director": small words between what they join.
    fn joined(&self, at: u32) -> Option<u32> {
        let left = at.checked_sub(1).filter(|left| *left >= self.floor)?;
        let next = self.token(at + 1);
        match self.text_at(at) {
            "and" | "&" => {
                let titles =
                    ClassSet::of(&[Class::Title, Class::ExpertTitle, Class::OfficialTitle, Class::Honorific]);
                let joins =
                    self.people.mention_at(left).is_none() && self.people.mention_at(at + 1).is_none();
                let title =
                    self.phrase_ending(at, titles).filter(|_| joins && !self.token(left).is(Class::Relation));
                let body = self.token(left).is_capital()
                    && next.is_capital()
                    && self.people.mention_at(left).is_none()
                    && (at + 1..at + 4).any(|it| {
                        self.tokens.all.get(it as usize).is_some_and(|it| it.is(Class::OrganisationWord))
                    })
                    && !self.token(left).classes.meets(NO_PART.with(ClassSet::of(&[Class::CountryWord])));
                title.or(body.then_some(left))
            }
            "of" | "for" | "on" => {
                let body = self.token(left).classes.meets(BODIES) && self.token(left).is_capital();
                (body && next.is_capital()).then_some(left)
            }
            _ => None,
        }
    }

    /// Cuts the words from `from` to the end of `head` into what somebody is and where.
    fn said(&self, from: u32, head: Range<u32>) -> Said {
        let mut from = from;
        while from < head.start
            && (self.text_at(from) == "-" || self.text_at(from) == "'" || self.text_at(from) == "’")
        {
            from += 1;
        }
        let mut org = None;
        let mut at = head.start;
        while at > from
            && (self.token(at - 1).is_capital()
                || matches!(self.text_at(at - 1), "of" | "for" | "and" | "on" | "&"))
        {
            at -= 1;
        }
        let person = (at..head.start).any(|at| self.people.mention_at(at).is_some());
        let body = (at..head.start).any(|at| self.tokens.classes_at(at).meets(BODIES) || self.is_acronym(at));
        // "Former" may have a capital too, and is no part of the body's name.
        let opens = at < head.start && self.tokens.classes_at(at).has(Class::TenureWord);
        if at == from && body && !person && !opens {
            org = Some(at..head.start);
        }
        let title = if org.is_some() { head.clone() } else { from..head.end };
        Said { title: Some(title), head, org }
    }

    fn is_acronym(&self, at: u32) -> bool {
        let token = self.token(at);
        token.is(Class::Upper)
            && token.end - token.start <= 6
            && !token.is(Class::CountryWord)
            && !self.text_at(at).contains('.')
    }
}
