//! Who was harmed, sentence by sentence: words for harm ("was killed", "wounding") joined to the people beside them.
//!
//! `rules/tolls.toml` says of each word whether its people stand before it (`subject`), behind it (`object`), on the
//! side that grammar decides (`either`), or whose it is (`owner`: "the man’s death").

use std::ops::Range;

use super::marks::{Marks, is_in_part};
use super::party::{self, Party};
use super::words::Words;
use super::{Harm, TollMention};
use crate::facts::RuleName;
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// Where the people of a word for harm stand.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    Subject,
    Object,
    Either,
    Owner,
    /// Behind it, if a hospital follows them: "sent two men to hospital".
    ToHospital,
    /// Behind it, if "to death" follows them: "beat two men to death".
    ToDeath,
}

/// One word for harm.
#[derive(Clone, Debug)]
pub(super) struct Harming {
    pub(super) harm: Harm,
    pub(super) tokens: Range<u32>,
    pub(super) whom: Whom,
    pub(super) rule: RuleName,
}

/// The people of one sentence and what was done to them.
pub(super) struct Clauses<'w, 'a> {
    pub(super) words: &'w Words<'a>,
    pub(super) parties: Vec<Party>,
    pub(super) harms: Vec<Option<Harming>>,
    /// What was done to all of those of whom one died: "one of four women wounded there has died".
    pub(super) wholes: Vec<(usize, Harming)>,
    /// Those who are the object of a verb.
    pub(super) objects: Vec<bool>,
    pub(super) marks: &'w Marks,
    /// The words that tell of a part of those told of before them.
    pub(super) parts: &'w [Range<u32>],
}

/// Parties that are looked at together: a text without full stops is one sentence, and is read in pieces.
const MOST_PARTIES: usize = 64;

/// Adds what the words for harm in one sentence say of people, in order.
pub(super) fn read(words: &Words<'_>, mut harming: &[Harming], marks: &Marks, out: &mut Vec<TollMention>) {
    let parts = marks.parts(words, harming);
    let mut all = parties(words).into_iter().peekable();
    while all.peek().is_some() {
        let mut parties: Vec<Party> = all.by_ref().take(MOST_PARTIES).collect();
        for party in &mut parties {
            party.attackers |= marks.is_doer(party);
        }
        let end = all.peek().map_or(u32::MAX, |next| next.tokens.start);
        let (here, behind) = harming.split_at(harming.partition_point(|it| it.tokens.start < end));
        harming = behind;
        let (harms, objects) = (vec![None; parties.len()], vec![false; parties.len()]);
        let mut clauses =
            Clauses { words, parties, harms, objects, wholes: Vec::new(), marks, parts: &parts };
        for harming in here {
            if !clauses.is_denied(harming) {
                clauses.link(harming);
            }
        }
        clauses.resolve_pronouns();
        clauses.tell(out);
    }
}

/// The people of a sentence, in order.
pub(super) fn parties(words: &Words<'_>) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    let mut at = words.sentence.start;
    while at < words.sentence.end {
        // "Killed 12, two policemen and a doctor said": those who say it.
        if let Some(end) = words.run_of(at, Class::Attribution) {
            at = end;
            continue;
        }
        at = match party::read(words, at) {
            Some(mut party) => {
                // "The gunman, John Roe, 24, died".
                party.attackers |= found.last().is_some_and(|it| it.is_renamed_by(words, &party));
                let end = party.end.max(party.tokens.end).max(at + 1);
                found.push(party);
                end
            }
            None => at + 1,
        };
    }
    found
}

impl Clauses<'_, '_> {
    /// "Was not hurt", "could have been killed", "to be shot".
    fn is_denied(&self, harming: &Harming) -> bool {
        let next = harming.tokens.end;
        let aimed =
            self.words.is_any(next - 1, &["shot", "shooting", "shots"]) && self.words.is_any(next, &["at"]);
        // "Were shot at", but not "shot at a bar".
        if harming.harm == Harm::Hit
            && aimed
            && (!self.words.contains(next + 1)
                || self.words.token(next + 1).kind != Kind::Word
                || self
                    .words
                    .is_any(next + 1, &["by", "but", "and", "from", "while", "him", "her", "them", "police"]))
        {
            return true;
        }
        const DENIALS: [&str; 18] = [
            "not", "n’t", "n't", "never", "could", "would", "might", "may", "can", "will", "if", "to",
            "without", "nearly", "almost", "should", "cannot", "neither",
        ];
        let start = harming.tokens.start;
        (1..=3).map(|back| start.wrapping_sub(back)).take_while(|at| self.words.contains(*at)).any(|at| {
            let word = self.words.word(at);
            DENIALS.contains(&word) || word.ends_with("n’t") || word.ends_with("n't")
        })
    }

    fn link(&mut self, harming: &Harming) {
        let Range { start, end } = harming.tokens;
        let inside = self.parties.iter().position(|it| it.tokens.contains(&start));
        match (harming.whom, inside) {
            (Whom::Owner, _) => {
                if let Some(at) = self.parties.iter().position(|it| it.tokens.end == start && it.owner) {
                    self.harm(at, harming);
                }
            }
            (Whom::Either, Some(at)) => self.harm(at, harming),
            (Whom::Subject, _) => self.link_subject(start, harming),
            (Whom::Object, _) => {
                self.link_object(end, harming);
            }
            (Whom::ToHospital, _) => {
                let sent = self.parties.iter().rposition(|it| it.tokens.start == end);
                if sent.is_some_and(|at| self.goes_to_hospital(self.parties[at].end)) {
                    self.link_object(end, harming);
                }
            }
            (Whom::ToDeath, _) => {
                let object = self.parties.iter().rposition(|it| it.tokens.start == end);
                if object.is_some_and(|at| self.ends_in_death(at)) {
                    self.link_object(end, harming);
                }
            }
            (Whom::Either, None) => {
                if !self.link_object(end, harming) && !self.has_other_object(end) {
                    self.link_bare(start, harming);
                }
            }
        }
    }

    pub(super) fn harm(&mut self, at: usize, harming: &Harming) {
        let worse = self.harms[at].as_ref().is_none_or(|known| known.harm.weight() < harming.harm.weight());
        if worse {
            let party = &self.parties[at];
            let of_all = |it: &Harming| {
                party.whole.is_some() && it.whom == Whom::Either && it.tokens.start == party.tokens.end
            };
            if let Some(known) = self.harms[at].take().filter(of_all) {
                self.wholes.push((at, known));
            }
            self.harms[at] = Some(harming.clone());
        }
    }

    /// Whether two neighbouring parties are listed: "two men and a woman", "a guard, a clerk and a driver".
    pub(super) fn joins(&self, one: usize) -> bool {
        let (Some(left), Some(right)) = (self.parties.get(one), self.parties.get(one + 1)) else {
            return false;
        };
        let between = left.end..right.tokens.start;
        if left.owner || right.owner || between.len() > 3 {
            return false;
        }
        let and = between.clone().any(|at| self.words.is_any(at, &["and", "&", "plus"]));
        let only = between.clone().all(|at| self.words.is_any(at, &["and", "&", "plus", ",", ";", "then"]));
        // "John Roe, a father of two": the comma alone joins only where an "and" follows; the comma behind an age does
        // before a name: "John Roe, 41, Ana Roe, 39, and a cook".
        let may_be_listed = || {
            !between.is_empty() || right.name.is_some() && self.words.word(left.end.wrapping_sub(1)) == ","
        };
        only && (and || may_be_listed() && self.joins(one + 1))
    }

    fn link_subject(&mut self, start: u32, harming: &Harming) {
        if let Some(last) = self.subject(start).filter(|at| !self.marks.is_share(&self.parties[*at])) {
            let mut first = last;
            // "30 were hurt, including two children, and four people were killed": four.
            let in_part = |at: usize| is_in_part(self.parts, self.parties[at].tokens.start);
            while first > 0 && self.joins(first - 1) && in_part(first - 1) == in_part(last) {
                first -= 1;
            }
            self.harm_listed(first, last, harming);
            // "Four gunmen were killed along with six soldiers".
            let end = harming.tokens.end;
            let with = match self.words.lower(end).as_str() {
                "along" | "together" if self.words.is_any(end + 1, &["with"]) => Some(end + 2),
                _ => None,
            };
            let company = with.and_then(|at| self.parties.iter().position(|it| it.tokens.start == at));
            if let Some(company) = company.filter(|at| !self.objects[*at]) {
                self.harm(company, harming);
            }
        }
    }

    /// Those of a list, or the number at its head: "three others, two men and a woman".
    fn harm_listed(&mut self, first: usize, last: usize, harming: &Harming) {
        let exact = |it: &Party| it.count.filter(|it| it.min == it.max).and_then(|it| it.min);
        let rest = self.parties[first + 1..=last].iter().map(exact).sum::<Option<u32>>();
        let comma = last > first
            && (self.parties[first].tokens.end..self.parties[first + 1].tokens.start)
                .all(|at| !self.words.is_any(at, &["and", "&"]));
        let last = if comma && rest.is_some() && rest == exact(&self.parties[first]) { first } else { last };
        for at in first..=last {
            self.harm(at, harming);
        }
    }

    /// "Shot two men dead", "stabbed a guard and a clerk to death": what follows the people of a list.
    fn ends_in_death(&self, first: usize) -> bool {
        let mut last = first;
        while self.joins(last) {
            last += 1;
        }
        [self.parties[last].end, self.parties[last].tokens.end].into_iter().any(|end| {
            self.words.is_any(end, &["dead"])
                || self.words.is_any(end, &["to"]) && self.words.is_any(end + 1, &["death"])
        })
    }

    /// "The photographer shot the series", "he killed his chances": a verb whose object is no people, and whose
    /// subject is harmed by nobody.
    fn has_other_object(&self, at: u32) -> bool {
        const HEADS: [&str; 14] = [
            "a",
            "an",
            "the",
            "his",
            "her",
            "their",
            "its",
            "our",
            "my",
            "himself",
            "herself",
            "themselves",
            "itself",
            "off",
        ];
        // "A man was shot that night", "two people killed the day before".
        let time = (at..at + 4).any(|at| self.words.contains(at) && self.words.token(at).is(Class::TimeUnit));
        self.words.is_any(at, &HEADS) && !time
    }

    /// "To the hospital", "in critical condition" soon after token `at`.
    fn goes_to_hospital(&self, at: u32) -> bool {
        (at..at + 14).take_while(|at| self.words.contains(*at)).any(|at| {
            self.words.is_any(at, &["hospital", "hospitals", "condition", "infirmary", "clinic", "surgery"])
        })
    }

    fn link_object(&mut self, end: u32, harming: &Harming) -> bool {
        let mut from = end;
        if self.words.is_any(from, &["himself", "herself", "themselves", "itself"]) {
            from += 1 + u32::from(self.words.is_any(from + 1, &["and"]));
        }
        from += u32::from(self.words.is_any(from, &["dead"]));
        let Some(first) = self.parties.iter().position(|it| it.tokens.start == from && !it.owner) else {
            return false;
        };
        let mut last = first;
        while self.joins(last) {
            last += 1;
        }
        // "Killed two men and a woman was hurt": the last belongs to what follows.
        if last > first && self.starts_predicate(self.parties[last].end) {
            last -= 1;
        }
        self.objects[first..=last].fill(true);
        // "Shot two men dead", "stabbed a guard to death".
        let fatal = harming.harm == Harm::Hit && self.ends_in_death(first);
        let harming = &Harming { harm: if fatal { Harm::Killed } else { harming.harm }, ..harming.clone() };
        self.harm_listed(first, last, harming);
        true
    }

    fn starts_predicate(&self, at: u32) -> bool {
        self.words.is_any(at, &["was", "were", "is", "are", "has", "have", "had", "died", "who", "remained"])
    }

    /// A participle by itself: "three killed", "was shot in the head and killed".
    fn link_bare(&mut self, start: u32, harming: &Harming) {
        let from = self.before_adverbs(start);
        let comma = self.words.word(from.wrapping_sub(1)) == ",";
        let direct = self.parties.iter().rposition(|it| {
            !it.owner
                && (it.end == from || it.tokens.end == from || it.end == from.wrapping_sub(1) && comma)
                && it.tokens.end <= from
        });
        if let Some(at) = direct {
            if !comma || self.parties[at].end == from {
                self.link_subject(from, harming);
            }
            return;
        }
        if self.words.is_any(from.wrapping_sub(1), &["and", "then", "but"]) {
            let last = self.parties.iter().rposition(|it| it.tokens.end <= from);
            if let Some(at) = last.filter(|at| self.harms[*at].is_some()) {
                self.harm(at, harming);
            }
        }
    }
}
