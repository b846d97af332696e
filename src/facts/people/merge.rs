//! Candidates to people: which of them are persons, and which of them the same.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::tokens::{Shape, Tokens};

use super::Mention;
use super::names::Candidate;

/// Somebody, as the names in the article tell.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// The fullest form of the name.
    pub(super) name: Range<u32>,
    /// The honorific of the first mention that has one.
    pub(super) honorific: Option<Range<u32>>,
    /// Words in the fullest form.
    words: u32,
    /// The best score of any mention.
    pub(super) score: i32,
    /// First mention, as a token.
    first: u32,
    /// Mentions by more than one word.
    full: u32,
    /// The last of them before the mention that is looked at, as a token.
    last_full: Option<u32>,
}

/// How many people of one family name are compared: more would make a very long text slow.
const MOST_NAMESAKES: usize = 8;

/// How many times as often as the others of a family one is named in full whom the short form means anywhere.
const MUCH_MORE: u32 = 3;

/// How many words of one name are compared.
const MOST_WORDS: usize = 10;

/// From what score on a name is a person's for certain.
const HIGH: i32 = 4;

/// What single words have to reach to be people without a fuller form.
const SURE: i32 = 2;

/// People in the order of their first mention, and all mentions in text order.
pub(super) fn merge(text: &str, tokens: &Tokens, candidates: &[Candidate]) -> (Vec<Named>, Vec<Mention>) {
    let mut merger = Merger {
        text,
        tokens,
        by_family: BTreeMap::new(),
        by_word: BTreeMap::new(),
        by_pair: BTreeMap::new(),
        named: Vec::new(),
    };
    // What single names tell about the family names of fuller ones, anywhere in the article.
    let mut known: BTreeMap<&str, i32> = BTreeMap::new();
    for it in candidates
        .iter()
        .filter(|it| it.words == 1 && (it.called || it.speaks) && !it.against && it.score > 0)
    {
        let best = known.entry(merger.word(it.family)).or_default();
        *best = (*best).max(if it.called { 2 } else { 1 });
    }
    // Words that have a capital although no sentence starts there.
    let written: LazyCell<BTreeSet<&str>, _> = LazyCell::new(|| {
        let inside = candidates.iter().filter(|it| !it.opens || it.words > 1);
        inside.flat_map(|it| it.name.clone()).map(|at| tokens.all[at as usize].span().of(text)).collect()
    });
    let things = named_after(text, tokens, candidates);
    let mut of: Vec<Option<u32>> = vec![None; candidates.len()];
    let mut doubtful = vec![false; candidates.len()];
    for (at, it) in candidates.iter().enumerate() {
        if it.words < 2 || it.of_polity && merger.find_full(it).is_none() {
            continue;
        }
        if things.contains(tokens.span(it.name.clone()).of(text)) {
            continue;
        }
        let support =
            if it.against { 0 } else { known.get(merger.word(it.family)).copied().unwrap_or(0) * 2 };
        if it.score + support >= SURE || merger.find_full(it).is_some() && !it.against {
            of[at] = Some(merger.add_full(it));
        }
    }
    for (at, it) in candidates.iter().enumerate() {
        if it.words == 1 {
            doubtful[at] = merger.is_doubtful(it);
            of[at] = merger.find_single(it);
        } else if let Some(person) = of[at] {
            merger.named[person as usize].last_full = Some(it.name.start);
        }
    }
    // Nobody goes by this name in full: "Mr Smith" and "Smith said" are people all the same.
    for (at, it) in candidates.iter().enumerate().filter(|(_, it)| it.words == 1) {
        let known = known.get(merger.word(it.family)).copied().unwrap_or(0);
        if of[at].is_none()
            && !it.against
            && !it.of_polity
            && (it.called && it.score + 1 >= SURE || it.score >= SURE && it.speaks || known > 1)
            && (it.called || !it.opens || written.contains(merger.word(it.family)))
        {
            of[at] = Some(merger.find_single(it).unwrap_or_else(|| merger.push(it)));
        } else if of[at].is_none() && known > 0 && !it.against {
            of[at] = merger.find_single(it);
        }
    }
    merger.finish(candidates, &of, &doubtful)
}

/// "The Al Noor Mosque", and then "at Al Noor": names of houses and bodies, without the word for what they are, that
/// nothing in the article makes a person's.
fn named_after<'a>(text: &'a str, tokens: &Tokens, candidates: &[Candidate]) -> BTreeSet<&'a str> {
    let kinds = [Class::Venue, Class::OrganisationWord, Class::PlaceWord, Class::StreetWord, Class::NotAName];
    let slice = |run: Range<u32>| tokens.span(run).of(text);
    let mut things = BTreeSet::new();
    for it in candidates.iter().filter(|it| it.against && it.words > 2) {
        let last = &tokens.all[it.family as usize];
        if kinds.iter().any(|kind| last.is(*kind)) && it.family > it.name.start + 1 {
            things.insert(slice(it.name.start..it.family));
        }
    }
    if !things.is_empty() {
        for it in candidates.iter().filter(|it| it.called || it.speaks || it.score >= HIGH) {
            things.remove(slice(it.name.clone()));
        }
    }
    things
}

struct Merger<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    by_family: BTreeMap<&'a str, Vec<u32>>,
    by_word: BTreeMap<&'a str, Vec<u32>>,
    by_pair: BTreeMap<(&'a str, &'a str), Vec<u32>>,
    named: Vec<Named>,
}

impl<'a> Merger<'a> {
    fn word(&self, at: u32) -> &'a str {
        self.tokens.all[at as usize].span().of(self.text)
    }

    /// The person of the same family name whose given names go together with those of `it`, or one whose name is a
    /// part of `it` or has `it` as a part.
    fn find_full(&self, it: &Candidate) -> Option<u32> {
        let same = self.by_family.get(self.word(it.family)).map_or(&[][..], Vec::as_slice);
        let agreeing = || {
            same.iter()
                .rev()
                .take(MOST_NAMESAKES)
                .copied()
                .find(|at| self.agree(&self.named[*at as usize], it))
        };
        agreeing().or_else(|| self.find_part(it))
    }

    /// The words of a name that have a capital, without "Jr".
    fn words_of(&self, name: Range<u32>) -> Vec<&'a str> {
        let all = &self.tokens.all;
        let word = |at: &u32| all[*at as usize].is_capital() && !all[*at as usize].is(Class::NameSuffix);
        name.filter(word).take(MOST_WORDS).map(|at| self.word(at)).collect()
    }

    /// "Luis Vega" and "Luis Vega Moreno", "Edgar Lund" and "J. Edgar Lund": two words or more in common, all of the
    /// shorter name. Where a given name stands before them it is somebody else: "Peter Karl Odum" and his father
    /// "Karl Odum".
    fn find_part(&self, it: &Candidate) -> Option<u32> {
        if it.words < 2 {
            return None;
        }
        let own = self.words_of(it.name.clone());
        let mut close = own.windows(2).filter_map(|pair| self.by_pair.get(&(pair[0], pair[1]))).flatten();
        close.by_ref().take(MOST_NAMESAKES).copied().find(|at| {
            let other = self.words_of(self.named[*at as usize].name.clone());
            let [short, long] = if own.len() < other.len() { [&own, &other] } else { [&other, &own] };
            let [own_start, other_start] = [it.name.start, self.named[*at as usize].name.start];
            let given = |at: u32| {
                let token = &self.tokens.all[at as usize];
                token.is(Class::FirstName) && token.shape != Shape::Initial
            };
            // One more given name at the head, and the same family name at the end: somebody else.
            let middle =
                long.len() > short.len() && long.ends_with(short) && given(own_start) && given(other_start);
            short.len() >= 2 && !middle && long.windows(short.len()).any(|part| part == short.as_slice())
        })
    }

    fn agree(&self, named: &Named, it: &Candidate) -> bool {
        if named.words == 1 {
            return true;
        }
        let [one, two] = [named.name.start, it.name.start].map(|at| &self.tokens.all[at as usize]);
        let [first, second] = [one, two].map(|token| token.span().of(self.text));
        let initial = one.shape == Shape::Initial || two.shape == Shape::Initial;
        // "Jim" and "James" are left apart: an editor merges them.
        first == second || initial && first.chars().next() == second.chars().next()
    }

    /// Whether the forms of address tell two people apart: "Mr" and "Mrs".
    fn differ(&self, named: &Named, it: &Candidate) -> bool {
        let [one, two] = [&named.honorific, &it.honorific].map(|run| {
            let word = run.as_ref().map(|run| self.word(run.start).trim_end_matches('.'));
            match word.unwrap_or_default() {
                "Mr" | "Sir" | "Lord" => Some(false),
                "Mrs" | "Ms" | "Miss" | "Lady" | "Dame" => Some(true),
                _ => None,
            }
        });
        let given = &self.tokens.all[named.name.start as usize];
        let one = one.or(match (given.is(Class::WomanName), given.is(Class::ManName)) {
            (true, false) if named.words > 1 => Some(true),
            (false, true) if named.words > 1 => Some(false),
            _ => None,
        });
        one.is_some() && two.is_some() && one != two
    }

    fn add_full(&mut self, it: &Candidate) -> u32 {
        match self.find_full(it) {
            Some(at) => {
                // "Lund Wins" behind "Erik Lund" is a headline's: only words before a known name make it fuller.
                let old = self.words_of(self.named[at as usize].name.clone());
                let headline =
                    it.words > old.len() as u32 && self.words_of(it.name.clone()).starts_with(&old);
                // Nor does a nickname before it: only what may be a given name.
                let given = |at: u32| {
                    let token = &self.tokens.all[at as usize];
                    token.is(Class::FirstName) || token.shape == Shape::Initial
                };
                let start = self.named[at as usize].name.start;
                let nickname = old.len() > 1 && given(start) && !given(it.name.start);
                let fuller = it.words > self.named[at as usize].words && !headline && !nickname;
                let named = &mut self.named[at as usize];
                if fuller {
                    named.name = it.name.clone();
                    named.words = it.words;
                }
                named.full += 1;
                named.honorific = named.honorific.take().or_else(|| it.honorific.clone());
                named.score = named.score.max(it.score);
                if fuller {
                    self.index(it, at);
                }
                at
            }
            None => self.push(it),
        }
    }

    fn push(&mut self, it: &Candidate) -> u32 {
        let at = self.named.len() as u32;
        self.index(it, at);
        self.named.push(Named {
            name: it.name.clone(),
            honorific: it.honorific.clone(),
            words: it.words,
            score: it.score,
            first: it.name.start,
            full: 1,
            last_full: None,
        });
        at
    }

    /// Makes person `at` known by the words of `it`.
    fn index(&mut self, it: &Candidate, at: u32) {
        let known = self.by_family.entry(self.word(it.family)).or_default();
        if !known.iter().rev().take(MOST_NAMESAKES).any(|other| *other == at) {
            known.push(at);
        }
        for word in it.name.clone().filter(|at| self.tokens.all[*at as usize].is_capital()) {
            let known = self.by_word.entry(self.word(word)).or_default();
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
        for pair in self.words_of(it.name.clone()).windows(2) {
            let known = self.by_pair.entry((pair[0], pair[1])).or_default();
            if known.len() < MOST_NAMESAKES && !known.contains(&at) {
                known.push(at);
            }
        }
    }

    /// Whom a single name means: the latest person of that family name, else the only one with that word in the name.
    fn find_single(&mut self, it: &Candidate) -> Option<u32> {
        let before = |at: &&u32| self.named[**at as usize].first <= it.name.start;
        let word = self.word(it.family);
        let found = match self.by_family.get(word) {
            Some(same) => {
                let fits = |at: &&u32| before(at) && !self.differ(&self.named[**at as usize], it);
                let near = same.iter().rev().take(MOST_NAMESAKES).filter(fits);
                // The one named in full in this paragraph, else the one whom the article names most often.
                let here = self.tokens.section_of(it.name.start).tokens.start;
                let weight = |at: &u32| {
                    let named = &self.named[*at as usize];
                    (named.last_full.is_some_and(|last| last >= here), named.full)
                };
                near.copied().max_by_key(weight).or(same.first().copied())
            }
            None => match self.by_word.get(word).map(Vec::as_slice) {
                // "Jenny", "Mr Ban": not a place or nation that is part of somebody's name.
                Some([only]) if it.called || it.score >= 0 && !it.against => Some(*only),
                _ => None,
            },
        }?;
        // A word of another kind ("Hill", "Washington") needs more than to be somebody's family name.
        if it.against && !it.called && !it.speaks && !self.acts_here(it, found) {
            return None;
        }
        let named = &mut self.named[found as usize];
        named.honorific = named.honorific.take().or_else(|| it.honorific.clone());
        named.score = named.score.max(it.score);
        Some(found)
    }

    /// "Judge Marta Lima was shot. Lima had received threats": the subject of a verb, where the paragraph has named
    /// somebody so in full, is no town.
    fn acts_here(&self, it: &Candidate, person: u32) -> bool {
        let all = &self.tokens.all;
        let here = self.tokens.section_of(it.name.start).tokens.start;
        let told = self.named[person as usize].last_full.is_some_and(|last| last >= here);
        let next =
            all.get(it.name.end as usize).filter(|next| next.sentence == all[it.family as usize].sentence);
        let verb = next.is_some_and(|next| next.is(Class::Auxiliary) || next.is(Class::PlainVerb));
        let led = it.name.start.checked_sub(1).is_some_and(|at| all[at as usize].is(Class::Preposition));
        told && verb && (it.opens || !led)
    }

    /// Whether the single name `it` may mean one or the other of a family: not where only one of them is named in full
    /// in this paragraph, or one much more than the others in the article.
    fn is_doubtful(&self, it: &Candidate) -> bool {
        let same = self.by_family.get(self.word(it.family)).map_or(&[][..], Vec::as_slice);
        let here = self.tokens.section_of(it.name.start).tokens.start;
        let known = same.iter().rev().take(MOST_NAMESAKES).map(|at| &self.named[*at as usize]);
        let fitting: Vec<&Named> =
            known.filter(|named| named.first <= it.name.start && !self.differ(named, it)).collect();
        let near = fitting.iter().filter(|named| named.last_full.is_some_and(|last| last >= here)).count();
        let most = fitting.iter().map(|named| named.full).max().unwrap_or(0);
        let leading = fitting.iter().filter(|named| named.full * MUCH_MORE > most).count();
        fitting.len() > 1 && near != 1 && leading > 1
    }

    fn finish(
        self,
        candidates: &[Candidate],
        of: &[Option<u32>],
        doubtful: &[bool],
    ) -> (Vec<Named>, Vec<Mention>) {
        let mut new = vec![u32::MAX; self.named.len()];
        let mut people = Vec::new();
        let mut mentions = Vec::new();
        for ((it, person), doubtful) in candidates.iter().zip(of).zip(doubtful) {
            let Some(person) = *person else { continue };
            let number = &mut new[person as usize];
            if *number == u32::MAX {
                *number = people.len() as u32;
                people.push(self.named[person as usize].clone());
            }
            let possessive = self.tokens.all.get(it.name.end as usize).is_some_and(|token| {
                matches!(token.span().of(self.text), "’s" | "'s")
                    || token.is(Class::Close)
                        && token.end - token.start != 1
                        && self.tokens.is_glued(it.name.end)
                        && token.span().of(self.text) == "’"
            });
            mentions.push(Mention {
                tokens: it.whole(),
                name: it.name.clone(),
                person: *number,
                possessive,
                doubtful: *doubtful,
            });
        }
        (people, mentions)
    }
}
