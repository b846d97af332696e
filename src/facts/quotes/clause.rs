//! Where a reported clause starts and ends in its sentence, and whether it says anything.

use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

use super::Reader;
use super::source::{CUES, Head, Source};

/// The most tokens of one clause.
const LONGEST: u32 = 150;

/// The fewest words that say something.
const FEWEST: usize = 3;

/// The fewest words outside quotation marks.
const FEWEST_OWN: usize = 2;

impl Reader<'_> {
    /// Where the noun phrase of `source` starts, with the title before a name.
    pub(super) fn phrase_start(&self, source: &Source, floor: u32) -> u32 {
        match source.head {
            Head::Person(_) => self.left_edge(source.words.start, floor),
            _ => source.words.start,
        }
    }

    /// Where the clause that ends at `last` starts: the sentence, or what follows a quotation in it.
    pub(super) fn clause_start(&self, last: u32, floor: u32) -> u32 {
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
    pub(super) fn clause_end(&self, start: u32) -> u32 {
        let sentence = self.tokens.sentence_of(start);
        let end = sentence.end.min(start + LONGEST);
        let (mut at, mut dashed) = (start, false);
        while at < end {
            if let Some(marked) = self.marked_at(at) {
                let comma = self.word(marked.words.end - 1) == ",";
                at = marked.whole.end.max(at + 1);
                // "Represents “old values,” adding that".
                if comma && at + 1 < end && self.tells_again(at) {
                    return at;
                }
                continue;
            }
            let word = self.word(at);
            if self.tokens.all[at as usize].kind == Kind::Word {
                let joins = matches!(word, "and" | "but");
                if joins && at > start && at + 1 < end && self.is_cue(at + 1) && !self.is_participle(at + 1) {
                    return at;
                }
                let pronoun =
                    joins && at + 2 < end && matches!(self.word(at + 1), "he" | "she" | "they" | "it");
                if pronoun && self.tokens.all[at as usize + 2].is(Class::ReportingVerb) {
                    return at;
                }
                at += 1;
                continue;
            }
            if word == ";" {
                return at;
            }
            if word == "," && at + 1 < end && self.tells_again(at + 1) {
                return at;
            }
            // A single dash leads to an afterthought; two of them enclose an aside.
            let dash = self.is_dash(at);
            if dash && at > start + 4 && !dashed && !(at + 1..end).any(|at| self.is_dash(at)) {
                return at;
            }
            dashed |= dash;
            at += 1;
        }
        // Something without an end is not what somebody said.
        if end == sentence.end { end } else { start }
    }

    /// Whether the word after a verb of saying only tells when or how: "said late last week", "said as she left".
    pub(super) fn is_manner(&self, at: u32) -> bool {
        self.is(at, Class::MannerWord) && !self.is_word(at + 1, &["much", "many"])
    }

    /// `end`, or where the clause ends whose conjunction stands before `source`: "While Duarte said that …, he stayed".
    pub(super) fn subordinate_end(&self, source: &Source, start: u32, end: u32) -> u32 {
        let floor = self.tokens.sentence_of(start).start;
        let edge = self.phrase_start(source, floor);
        let leads = [
            "while", "after", "as", "when", "although", "though", "if", "since", "with", "because", "before",
            "once", "even", "whereas", "unless", "until",
        ];
        let led = edge.checked_sub(1).is_some_and(|at| at >= floor && self.is_word(at, &leads))
            && (floor..edge).len() <= 3;
        // "Noting the delay, Duarte said".
        let opens = source.words.start > start;
        if !led && !opens {
            return end;
        }
        (start + 1..end).find(|at| self.word(*at) == "," && !self.is_quoted(*at)).unwrap_or(end)
    }

    /// One past the object of a verb in the clause `start..end`: up to where a clause or an aside follows it.
    pub(super) fn phrase_end(&self, start: u32, end: u32) -> u32 {
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

    pub(super) fn is_cue(&self, at: u32) -> bool {
        self.tokens.classes_at(at).meets(CUES) && self.tokens.all[at as usize].kind == Kind::Word
    }

    /// Whether the words from `at` on, after a comma, bring in something new that somebody says.
    pub(super) fn tells_again(&self, at: u32) -> bool {
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
    pub(super) fn trimmed(&self, piece: Range<u32>) -> Option<Range<u32>> {
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

    pub(super) fn says_enough(&self, piece: &Range<u32>) -> bool {
        // Words between marks are given as a quotation: what is reported needs some of its own.
        let own = piece
            .clone()
            .filter(|at| self.tokens.all[*at as usize].kind == Kind::Word && !self.is_quoted(*at));
        if own.take(FEWEST_OWN).count() < FEWEST_OWN {
            return false;
        }
        if piece.len() > LONGEST as usize {
            return false;
        }
        // A mark without its other half: nobody can tell whose words these are.
        // Marks around one word ("“clearly”") are no quotation, and are closed.
        let unpaired = |at: &u32| {
            self.tokens.all[*at as usize].kind == Kind::Open
                && !self.is_quoted(*at)
                && !(at + 1..piece.end.min(at + 5)).any(|at| self.tokens.all[at as usize].kind == Kind::Close)
        };
        let before = piece.start.checked_sub(1);
        if before.into_iter().chain(piece.clone()).any(|at| unpaired(&at)) {
            return false;
        }
        let words = self.tokens.all[piece.start as usize..piece.end as usize].iter();
        words.filter(|token| token.kind == Kind::Word).take(FEWEST).count() == FEWEST
    }
}
