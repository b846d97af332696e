//! Reported speech without marks: the clause that a cue of `speech.toml` brings in, and whose words it gives.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::rules::Match;
use crate::facts::tokens::{Kind, Shape};

use super::source::{CUES, Head, Source};
use super::{Attribution, Reader};

/// What somebody is reported to have said, without marks.
#[derive(Clone, Debug)]
pub(super) struct Reported {
    /// The clause without its cue and source.
    pub(super) words: Range<u32>,
    /// The section it stands in.
    pub(super) section: u32,
    pub(super) by: Attribution,
}

/// The most tokens of a noun phrase with its owner that a name explains.
const LONGEST_NOUN: u32 = 9;

/// Nouns for what somebody is.
const NOUNS: ClassSet =
    ClassSet::of(&[Class::Title, Class::ExpertTitle, Class::OfficialTitle, Class::Relation]);

/// The most tokens of a source that stands inside what it says.
const LONGEST_INSERT: u32 = 14;

impl Reader<'_> {
    /// Takes up one match of `speech.toml` in section number `section`. Gives whether it reports something.
    pub(super) fn report(&mut self, it: &Match<'_>, section: u32) -> bool {
        let Some(cue) = it.capture("cue") else { return false };
        if self.is_quoted(cue.start) {
            return false;
        }
        // "The Islamic State": a capital inside a sentence makes a name of it.
        let verb = &self.tokens.all[cue.start as usize];
        if verb.shape == Shape::Capital && cue.start != self.tokens.sentence_of(cue.start).start {
            return false;
        }
        let rule = it.rule;
        if self.unsaid.holds(cue.start) || rule.gives("source").is_none() && self.is_unreal(cue.start) {
            return false;
        }
        if it.rule.gives("source") == Some("after") {
            return self.report_according_to(it.rule.name, cue, section);
        }
        if it.rule.gives("source") == Some("after verb") {
            return self.report_inverted(it.rule.name, cue, section);
        }
        let source = match rule.gives("source") {
            Some("owner") => self.owner_of(cue.start),
            _ => self.subject_of(cue.start),
        };
        let Some(source) = source.filter(|it| !self.is_nobody(it)) else { return false };
        let sentence = self.tokens.all[cue.start as usize].sentence;
        self.sources.push((cue.start, sentence, source.clone()));
        // What somebody wants or thinks inside what another says is part of that.
        let inside = self.reported.last().is_some_and(|last| last.words.contains(&cue.start));
        if inside && it.rule.gives("place").is_none() {
            return false;
        }
        let pieces: Vec<Range<u32>> = if it.rule.gives("place") == Some("before") {
            let first = self.phrase_start(&source, self.tokens.sentence_of(cue.start).start);
            self.around(first, cue.clone())
        } else {
            let Some(content) = it.capture("c") else { return false };
            let clear = cue.end..content.start;
            if self.tokens.all[clear.start as usize..=content.start as usize]
                .iter()
                .any(|token| token.kind == Kind::Open)
                && self.marked_at(content.start).is_some_and(|marked| !self.is_fragment(marked))
            {
                return false;
            }
            let manner = self.is_manner(content.start) && rule.name == "said-clause";
            if manner || self.is_mere_object(cue.start, content.start) {
                return false;
            }
            let end = self.subordinate_end(&source, content.start, self.clause_end(content.start));
            let end =
                if rule.gives("until") == Some("clause") { self.phrase_end(content.start, end) } else { end };
            std::iter::once(content.start..end).collect()
        };
        self.add(pieces, &source, cue, it.rule.name, section)
    }

    /// Whether the sentence goes on behind `marked`, which is no whole statement: "said “local forces” must lead".
    fn is_fragment(&self, marked: &super::Marked) -> bool {
        let last = self.word(marked.words.end - 1);
        let next = marked.whole.end;
        let sentence = self.tokens.all[marked.whole.start as usize].sentence;
        let goes_on = self
            .tokens
            .all
            .get(next as usize)
            .is_some_and(|it| it.kind == Kind::Word && it.sentence == sentence);
        let another_verb = || matches!(self.word(next), "and" | "but" | "before" | "then");
        let whole = || self.is_statement(&marked.words) && another_verb();
        !matches!(last, "," | "." | "?" | "!") && goes_on && !whole()
    }

    /// "It is over" in: she said “it is over” and left.
    fn is_statement(&self, words: &Range<u32>) -> bool {
        self.tokens.all[words.start as usize].is(Class::Pronoun)
            && words.clone().skip(1).any(|at| self.tokens.all[at as usize].is(Class::Auxiliary))
    }

    /// "Claimed responsibility in a statement", "took credit": what was claimed, and no clause.
    fn is_mere_object(&self, cue: u32, at: u32) -> bool {
        let claims = ["claimed", "claims", "claim", "claiming", "took", "taken", "accepted", "admitted"];
        let end = self.tokens.sentence_of(at).end.min(at + 8);
        claims.iter().any(|it| self.word(cue).eq_ignore_ascii_case(it))
            && matches!(self.word(at), "responsibility" | "credit" | "victory")
            // "Claimed victory was near."
            && (at + 1..end).all(|at| !self.tokens.all[at as usize].is(Class::Auxiliary))
            && self.tokens.all.get(at as usize + 1).is_none_or(|next| {
                next.kind != Kind::Word || next.is(Class::Preposition) || next.is(Class::FunctionWord)
            })
    }

    fn add(
        &mut self,
        pieces: Vec<Range<u32>>,
        source: &Source,
        cue: Range<u32>,
        rule: &'static str,
        section: u32,
    ) -> bool {
        let pieces: Vec<Range<u32>> = pieces
            .into_iter()
            .filter_map(|piece| self.trimmed(piece))
            .filter(|it| self.says_enough(it))
            .collect();
        if pieces.is_empty() {
            return false;
        }
        let Some(by) = self.attributed(source, Some(cue), rule, section) else { return false };
        if by.speaker.is_none() {
            return false;
        }
        self.note(Some(&by), section);
        self.reported.extend(pieces.into_iter().map(|words| Reported { words, section, by: by.clone() }));
        true
    }

    /// "…, said Ana Duarte, a lecturer."
    fn report_inverted(&mut self, rule: &'static str, cue: Range<u32>, section: u32) -> bool {
        let sentence = self.tokens.sentence_of(cue.start);
        let Some(source) = self.phrase_from(cue.end, sentence.end) else { return false };
        if matches!(source.head, Head::Noun(head) if !self.can_speak(source.words.start, head)) {
            return false;
        }
        let ends = source.words.end == sentence.end
            || [",", ".", "(", "of", "at", "in", "who", "for", "on"].contains(&self.word(source.words.end));
        if !ends {
            return false;
        }
        let mut pieces = self.around(cue.start, cue.start..source.words.end);
        pieces.truncate(1);
        self.add(pieces, &source, cue, rule, section)
    }

    /// "According to Ana Duarte, …" and "…, according to Ana Duarte".
    fn report_according_to(&mut self, rule: &'static str, cue: Range<u32>, section: u32) -> bool {
        let sentence = self.tokens.sentence_of(cue.start);
        let Some(source) = self.phrase_from(cue.end, sentence.end) else { return false };
        let lead = (sentence.start..cue.start).all(|at| {
            let token = &self.tokens.all[at as usize];
            token.kind == Kind::Sign || token.is(Class::FunctionWord)
        });
        let comma = (source.words.end..sentence.end.min(source.words.end + 40))
            .find(|at| self.word(*at) == "," && !self.is_quoted(*at));
        let comma = comma.map(|comma| {
            if matches!(source.head, Head::Person(_)) { self.aside_end(comma, sentence.end) } else { comma }
        });
        let mut pieces = Vec::new();
        if !(lead && cue.start < sentence.start + 4) {
            let before = cue.start - 1;
            if self.tokens.all[before as usize].kind == Kind::Close && self.marked_at(before).is_some() {
                return false;
            }
            pieces.push(self.clause_start(before, sentence.start)..cue.start);
        }
        if let Some(comma) = comma.filter(|comma| comma + 1 < sentence.end)
            && (pieces.is_empty() || !self.adds_more(comma + 1))
        {
            pieces.push(comma + 1..self.clause_end(comma + 1));
        }
        self.add(pieces, &source, cue, rule, section)
    }

    /// Whether the words from `at` on, after the comma behind a source, are not of what the source says.
    fn adds_more(&self, at: u32) -> bool {
        let participle = self.tokens.classes_at(at).meets(CUES) && self.is_participle(at);
        let other =
            ["but", "and", "although", "though", "while", "as", "according", "who", "which", "so", "a", "an"];
        participle
            || other.iter().any(|it| self.word(at).eq_ignore_ascii_case(it))
            || self.marked_at(at).is_some()
    }

    /// The comma that ends the aside after the one at `comma`: "Ana Duarte, a lecturer, the bridge is safe".
    fn aside_end(&self, comma: u32, end: u32) -> u32 {
        let opens = comma + 1 < end
            && (self.word(comma + 1).eq_ignore_ascii_case("who")
                || self.word(comma + 1).eq_ignore_ascii_case("which")
                || self.word(comma + 1).eq_ignore_ascii_case("a")
                || self.word(comma + 1).eq_ignore_ascii_case("an")
                || self.tokens.classes_at(comma + 1).has(Class::Title)
                || self.tokens.classes_at(comma + 1).has(Class::OfficialTitle)
                || self.tokens.classes_at(comma + 1).has(Class::ExpertTitle));
        if !opens {
            return comma;
        }
        let next = (comma + 1..end.min(comma + 25)).find(|at| self.word(*at) == "," && !self.is_quoted(*at));
        next.unwrap_or(comma)
    }

    /// Whether some words are somebody's title and no statement: "the imam of the mosque".
    fn is_title_alone(&self, words: Range<u32>) -> bool {
        const TITLES: [Class; 3] = [Class::Title, Class::OfficialTitle, Class::ExpertTitle];
        const VERBS: [Class; 6] = [
            Class::Auxiliary,
            Class::ReportingVerb,
            Class::PlainVerb,
            Class::HappenVerb,
            Class::StanceVerb,
            Class::ClauseVerb,
        ];
        let any = |at: u32, classes: &[Class]| classes.iter().any(|it| self.tokens.all[at as usize].is(*it));
        let titled = words.clone().take(4).any(|at| any(at, &TITLES));
        let told = words.clone().any(|at| any(at, &VERBS) || self.word(at).ends_with("ed"));
        titled && !told
    }

    /// What stands before and after "…, Ana Duarte said, …" and "…, said Ana Duarte".
    fn around(&self, first: u32, told: Range<u32>) -> Vec<Range<u32>> {
        let sentence = self.tokens.sentence_of(told.start);
        let Some(comma) = first.checked_sub(1).filter(|at| *at > sentence.start) else { return Vec::new() };
        let start = self.clause_start(comma - 1, sentence.start);
        let mut pieces: Vec<Range<u32>> = match self.marked_at(comma) {
            // “…,” she said: quoted. The bridge was “a mess,” she said: reported, with a fragment.
            Some(marked)
                if marked.whole.end == comma + 1
                    && marked.whole.start > start + 2
                    && self.word(comma - 1) == "," =>
            {
                std::iter::once(start..comma + 1).collect()
            }
            None if self.word(comma) == "," && self.tokens.all[comma as usize - 1].kind != Kind::Close => {
                std::iter::once(start..comma).collect()
            }
            _ => return Vec::new(),
        };
        // "“…,” Duarte's lawyer, Erik Lund, said": what Erik Lund is, and nothing that he said.
        let what = self.tokens.classes_at(comma - 1).meets(NOUNS) && comma < start + LONGEST_NOUN;
        // "The imam of the mosque, Gamal Fouda, spoke": who he is.
        if self.is_title_alone(start..comma) {
            return Vec::new();
        }
        let behind_mark = start > sentence.start && self.tokens.all[start as usize - 1].kind == Kind::Close;
        if what && behind_mark {
            return Vec::new();
        }
        // "After the vote, Ana Duarte said, …": what leads in is not yet what she says.
        let first = &self.tokens.all[start as usize];
        let leads = ["when", "while", "as", "after", "before", "since", "although", "though", "if", "then"];
        if first.is(Class::Preposition) || leads.iter().any(|it| self.word(start).eq_ignore_ascii_case(it)) {
            let whole = (start..comma).any(|at| self.word(at) == "," && !self.is_quoted(at));
            if !whole {
                pieces.clear();
            }
        }
        let next = (told.end..sentence.end.min(told.end + 20)).find(|at| self.word(*at) == ",");
        let Some(next) = next.filter(|next| next + 1 < sentence.end) else { return pieces };
        let quoted = self.marked_at(next + 1).is_some();
        if quoted || !self.adds_more(next + 1) {
            let rest = next + 1..self.clause_end(next + 1);
            // "The good news, Duarte said, is that it holds": half of a sentence says nothing alone.
            let whole = next + 1 - comma <= LONGEST_INSERT && rest.end > rest.start;
            if whole && self.marked_at(comma - 1).is_none() {
                return std::iter::once(start..rest.end).collect();
            }
            if !quoted {
                pieces.push(rest);
            }
        }
        pieces
    }
}
