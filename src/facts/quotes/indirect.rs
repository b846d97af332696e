//! Reported speech without marks: the clause that a cue of `speech.toml` brings in, and whose words it gives.

use std::ops::Range;

use crate::facts::classes::Class;
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

/// The most tokens of one clause.
const LONGEST: u32 = 150;

/// The fewest words that say something.
const FEWEST: usize = 3;

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
        if self.is_unreal(cue.start) && rule.gives("source").is_none() {
            return false;
        }
        if it.rule.gives("source") == Some("after") {
            return self.report_according_to(it.rule.name, cue, section);
        }
        if it.rule.gives("source") == Some("after verb") {
            return self.report_inverted(it.rule.name, cue, section);
        }
        let Some(source) = self.subject_of(cue.start) else { return false };
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
                && self.marked_at(content.start).is_some()
            {
                return false;
            }
            let end = self.clause_end(content.start);
            let end =
                if rule.gives("until") == Some("clause") { self.phrase_end(content.start, end) } else { end };
            std::iter::once(content.start..end).collect()
        };
        self.add(pieces, &source, cue, it.rule.name, section)
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
        if let Some(next) = next.filter(|next| next + 1 < sentence.end)
            && !self.adds_more(next + 1)
        {
            pieces.push(next + 1..self.clause_end(next + 1));
        }
        pieces
    }

    /// Where the noun phrase of `source` starts, with the title before a name.
    fn phrase_start(&self, source: &Source, floor: u32) -> u32 {
        match source.head {
            Head::Person(_) => self.left_edge(source.words.start, floor),
            _ => source.words.start,
        }
    }

    /// Where the clause that ends at `last` starts: the sentence, or what follows a quotation in it.
    fn clause_start(&self, last: u32, floor: u32) -> u32 {
        let before = self.marked.partition_point(|marked| marked.whole.end <= last);
        let quoted = before.checked_sub(1).map(|at| &self.marked[at]);
        // A fragment is part of the clause; a whole quotation is not.
        let whole = quoted.filter(|it| super::is_statement(self.text, self.tokens, it));
        let mut start = whole.map_or(floor, |it| floor.max(it.whole.end));
        // "LIMA, Peru (Wire) — Two people were killed, police said."
        if self.tokens.section_of(floor).tokens.start == floor {
            let opening = (floor..last.min(floor + 14)).take_while(|at| {
                let token = &self.tokens.all[*at as usize];
                token.kind != Kind::Word || token.is_capital() || token.is(Class::Month)
            });
            let dash = opening
                .into_iter()
                .take_while(|at| self.word(*at) != ".")
                .filter(|at| self.is_dash(*at))
                .last();
            start = dash.map_or(start, |dash| start.max(dash + 1));
        }
        let semicolon = (start..last).rev().take(80).find(|at| self.word(*at) == ";");
        start = semicolon.map_or(start, |at| at + 1);
        start
    }

    /// One past the clause that starts at `start`: the sentence, up to where something else begins to be told.
    fn clause_end(&self, start: u32) -> u32 {
        let sentence = self.tokens.sentence_of(start);
        let end = sentence.end.min(start + LONGEST);
        let (mut at, mut dashed) = (start, false);
        while at < end {
            if let Some(marked) = self.marked_at(at) {
                at = marked.whole.end.max(at + 1);
                continue;
            }
            let word = self.word(at);
            if word == ";" {
                return at;
            }
            if word == "," && at + 1 < end && self.tells_again(at + 1) {
                return at;
            }
            let joins = matches!(word, "and" | "but");
            if joins && at > start && at + 1 < end && self.is_cue(at + 1) && !self.is_participle(at + 1) {
                return at;
            }
            let pronoun = joins && at + 2 < end && matches!(self.word(at + 1), "he" | "she" | "they" | "it");
            if pronoun && self.tokens.all[at as usize + 2].is(Class::ReportingVerb) {
                return at;
            }
            // A single dash leads to an afterthought; two of them enclose an aside.
            if at > start + 4 && self.is_dash(at) && !(at + 1..end).any(|at| self.is_dash(at)) && !dashed {
                return at;
            }
            dashed |= self.is_dash(at);
            at += 1;
        }
        // Something without an end is not what somebody said.
        if end == sentence.end { end } else { start }
    }

    /// One past the object of a verb in the clause `start..end`: up to where a clause or an aside follows it.
    fn phrase_end(&self, start: u32, end: u32) -> u32 {
        let stops =
            ["but", "while", "when", "after", "before", "despite", "because", "during", "although", "though"];
        let stop = (start + 1..end).find(|at| {
            !self.is_quoted(*at)
                && (self.word(*at) == ","
                    && self.tokens.all.get(*at as usize + 1).is_some_and(|next| !next.is_capital())
                    || self.is_dash(*at)
                    || stops.contains(&self.word(*at))
                    || self.word(*at) == "in"
                        && *at + 2 < end
                        && matches!(self.word(*at + 1), "a" | "an")
                        && ["interview", "speech", "statement", "letter", "tweet", "post"]
                            .contains(&self.word(*at + 2)))
        });
        stop.unwrap_or(end)
    }

    pub(super) fn is_dash(&self, at: u32) -> bool {
        matches!(self.word(at), "—" | "–") || self.word(at) == "-" && !self.tokens.is_glued(at)
    }

    fn is_cue(&self, at: u32) -> bool {
        self.tokens.classes_at(at).meets(CUES) && self.tokens.all[at as usize].kind == Kind::Word
    }

    /// Whether the words from `at` on, after a comma, bring in something new that somebody says.
    fn tells_again(&self, at: u32) -> bool {
        let end = self.tokens.sentence_of(at).end;
        let verb = if at + 1 < end && self.tokens.all[at as usize].is(Class::Adverb) { at + 1 } else { at };
        let telling = self.tokens.all[verb as usize].is(Class::ReportingVerb) && self.word(verb) != "asking";
        if telling && self.is_participle(verb) || self.tokens.run_of(at, Class::AccordingTo).is_some() {
            return true;
        }
        let joined = ["and", "but", "while", "though", "although", "as", "yet"]
            .iter()
            .any(|it| self.word(at).eq_ignore_ascii_case(it));
        if joined && at + 1 < end {
            let next = &self.tokens.all[at as usize + 1];
            if self.is_cue(at + 1) || self.word(at) == "as" && next.is(Class::Auxiliary) {
                return true;
            }
        }
        // "…, and she added", "…, the ministry said", "…, in a later speech he said".
        let mut subject = if joined { at + 1 } else { at };
        let mut governed = false;
        for _ in 0..10 {
            if subject >= end || self.tokens.all[subject as usize].kind != Kind::Word {
                return false;
            }
            let pronoun = matches!(self.word(subject), "he" | "she" | "they");
            governed |= self.tokens.all[subject as usize].is(Class::Preposition);
            let determined = self.tokens.all[subject as usize].is(Class::Determiner);
            subject = self.people.mention_at(subject).map_or(subject + 1, |mention| mention.tokens.end);
            let tells = subject < end && self.tokens.all[subject as usize].is(Class::ReportingVerb);
            if tells && !determined && (pronoun || !governed) && !self.is_participle(subject) {
                // Without a joining word only what closes the sentence: "…, the ministry said."
                let last = subject + 1;
                let closes = last >= end
                    || matches!(self.word(last), "," | "." | "in" | "on" | "at")
                    || self.tokens.all[last as usize].is(Class::Weekday);
                return joined || pronoun || closes;
            }
        }
        false
    }

    /// `piece` without the signs at its ends and the marks that have no other half in it.
    fn trimmed(&self, piece: Range<u32>) -> Option<Range<u32>> {
        let Range { mut start, mut end } = piece;
        let loose = |at: u32, piece: Range<u32>| match self.tokens.all[at as usize].kind {
            Kind::Sign => !matches!(self.word(at), "(" | ")" | "$" | "£" | "€" | "#" | "@" | "%"),
            Kind::Open | Kind::Close => {
                self.marked_at(at).is_none_or(|it| it.whole.start < piece.start || it.whole.end > piece.end)
            }
            Kind::Word | Kind::Number => false,
        };
        while start < end && loose(end - 1, start..end) {
            end -= 1;
        }
        while start < end && loose(start, start..end) {
            start += 1;
        }
        (start < end).then_some(start..end)
    }

    fn says_enough(&self, piece: &Range<u32>) -> bool {
        let quoted = self.marked_at(piece.start).or_else(|| self.marked_at(piece.end - 1));
        if quoted.is_some_and(|it| it.whole.len() * 10 >= piece.len() * 8) {
            return false;
        }
        if piece.len() > LONGEST as usize {
            return false;
        }
        // A mark without its other half: nobody can tell whose words these are.
        let unpaired = |at: &u32| self.tokens.all[*at as usize].kind == Kind::Open && !self.is_quoted(*at);
        let before = piece.start.checked_sub(1);
        if before.into_iter().chain(piece.clone()).any(|at| unpaired(&at)) {
            return false;
        }
        let words = self.tokens.all[piece.start as usize..piece.end as usize].iter();
        words.filter(|token| token.kind == Kind::Word).take(FEWEST).count() == FEWEST
    }
}
