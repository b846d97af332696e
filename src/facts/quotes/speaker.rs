//! The speaker of a quotation from the words beside its marks: subjects of the verbs before it, and the rules of
//! `speakers.toml`.

use std::ops::Range;

use crate::facts::Level;
use crate::facts::classes::Class;
use crate::facts::rules::Match;
use crate::facts::tokens::{Kind, Shape};

use super::source::{CUES, Head, Source};
use super::{Attribution, Reader, Told, length};

/// How far before a quotation its verb is looked for, in tokens.
const REACH: u32 = 50;

/// How many verbs before a quotation are tried.
const MOST_CUES: usize = 4;

/// The words that say who speaks.
struct Found {
    source: Source,
    /// For an unnamed speaker, with what is said of them.
    description: Range<u32>,
    cue: Option<Range<u32>>,
    rule: &'static str,
    /// The cue does not stand right beside the mark.
    loose: bool,
    /// A colon and another quotation follow: "the “mess,” Erik Lund said: “…”".
    opens_next: bool,
}

const VERB_BEFORE: &str = "speaker-and-verb-before";
const FRAGMENT: &str = "fragment-after-verb";
const COLON: &str = "colon-before";

impl Reader<'_> {
    /// What the sentence that the quotation's marks stand in tells of its speaker.
    pub(super) fn beside(&mut self, at: usize) -> Told {
        let marked = self.marked[at].clone();
        let after = self.after(at);
        // "She cannot say that “we won,” Duarte added": Duarte's words, whatever somebody else cannot say.
        if after.is_none() && self.is_unsaid_before(at) {
            return Told::Unsaid;
        }
        let before = self.before(at);
        let last = self.word(marked.words.end - 1).to_owned();
        let chosen = match (before, after) {
            (Some(before), Some(after))
                if (before.loose || last == ",") && !(before.cue.is_some() && after.opens_next) =>
            {
                Found { loose: false, ..after }
            }
            (Some(before), _) => before,
            (None, Some(after)) => after,
            (None, None) if self.is_unsaid_behind(at) => return Told::Unsaid,
            (None, None) => match self.later(at) {
                Some(later) => later,
                None => return self.comma_then_name(&marked, &last).map_or(Told::Nothing, Told::Said),
            },
        };
        if chosen.cue.as_ref().is_some_and(|cue| self.unsaid.holds(cue.start)) {
            return Told::Unsaid;
        }
        if self.is_title(&marked) || chosen.loose && length(self.tokens, &marked) > 25 {
            return Told::Nothing;
        }
        let Found { source, description, cue, rule, loose, .. } = chosen;
        let mut by = self.attributed_as(&source, description, cue, rule, marked.section);
        if loose {
            by.level = by.level.min(Level::Medium);
        }
        Told::Said(by)
    }

    /// The words before quotation `at`, after any other, in its sentence and in reach of a verb.
    pub(super) fn lead(&self, at: usize) -> Range<u32> {
        let open = self.marked[at].whole.start;
        let others = at.checked_sub(1).map_or(0, |before| self.marked[before].whole.end);
        self.tokens.sentence_of(open).start.max(others).max(open.saturating_sub(REACH))..open
    }

    /// What stands after the closing mark.
    fn after(&self, at: usize) -> Option<Found> {
        let marked = &self.marked[at];
        if marked.goes_on || marked.whole.end == marked.words.end {
            return None;
        }
        let next = self.marked.get(at + 1).map_or(u32::MAX, |next| next.whole.start);
        let close = marked.words.end;
        let mut after: Option<Match<'_>> = None;
        self.grammar.rules("speakers").find(self.tokens, close..close + 1, |it| {
            let clear = it.tokens.end <= next && it.rule.gives("place") == Some("after");
            if clear && after.is_none() {
                after = Some(it);
            }
        });
        let it = after?;
        let words = it.capture("s")?;
        let head = self.head_of(&words);
        let cue = it.capture("cue");
        let opens_next =
            self.tokens.all.get(it.tokens.end as usize).is_some() && self.word(it.tokens.end) == ":";
        // "Duarte’s mother said": whose mother it is, is never who speaks.
        if self.is_owner(&words) {
            let source = self.owned(&words)?;
            let description = source.words.clone();
            return Some(Found { source, description, cue, rule: it.rule.name, loose: false, opens_next });
        }
        // "said the mayor, Erik Lund reported": the name begins something new.
        if words.start > close + 2 && self.word(words.start - 1) == "," && !self.closes_aside(words.end) {
            return None;
        }
        // "One Duarte aide said": the name only narrows the noun.
        if let Some(source) = self.narrowed_by_name(&words) {
            let description = source.words.clone();
            return Some(Found { source, description, cue, rule: it.rule.name, loose: false, opens_next });
        }
        // "The police department said": the rule stops at the first noun that speaks, the verb's subject is whole.
        if let (Head::Noun(_), Some(verb)) = (head, &cue)
            && verb.start >= words.end
            && let Some(source) = self.subject_of(verb.start)
            && source.words.start >= marked.whole.end
        {
            return Some(Found {
                description: source.words.clone(),
                source,
                cue,
                rule: it.rule.name,
                loose: false,
                opens_next,
            });
        }
        // "Said a resident, Ana Duarte."
        let sentence = self.tokens.sentence_of(words.start);
        if let Some(source) = self
            .named_behind(words.end, sentence.end)
            .filter(|_| matches!(head, Head::Noun(_)) && cue.is_some())
        {
            let description = source.words.clone();
            return Some(Found { source, description, cue, rule: it.rule.name, loose: false, opens_next });
        }
        Some(Found {
            description: it.capture("d").unwrap_or_else(|| words.clone()),
            source: match self.people.mention_at(words.start) {
                Some(mention) => Source { words: mention.tokens.clone(), head },
                None => Source { words, head },
            },
            cue: it.capture("cue"),
            rule: it.rule.name,
            loose: false,
            opens_next,
        })
    }

    fn head_of(&self, words: &Range<u32>) -> Head {
        match self.people.mention_at(words.start) {
            Some(mention) => Head::Person(mention.person),
            None if words.len() == 1 && self.tokens.all[words.start as usize].is(Class::Pronoun) => {
                Head::Pronoun
            }
            None => Head::Noun(words.end - 1),
        }
    }

    /// What stands before the opening mark in its sentence, after any other quotation.
    fn before(&self, at: usize) -> Option<Found> {
        let Range { start: from, end: open } = self.lead(at);
        let sentence = self.tokens.sentence_of(open);
        if let Some(found) = self.according_to_before(from, open) {
            return Some(found);
        }
        if let Some(found) = self.named_before_colon(from, open) {
            return Some(found);
        }
        let mut tried = 0;
        let mut at = open;
        while at > from && tried < MOST_CUES {
            at -= 1;
            if self.tokens.all[at as usize].kind != Kind::Word
                || !self.tokens.classes_at(at).meets(CUES)
                || self.tokens.all[at as usize].shape == Shape::Capital && at != sentence.start
            {
                continue;
            }
            tried += 1;
            let Some(source) = self.subject_of(at) else { continue };
            if self.is_nobody(&source) {
                continue;
            }
            if self.is_conditional(at) {
                return None;
            }
            // "She said the plan showed “great care”": a plan does, and nobody says it so.
            if self.is(at, Class::TextVerb) && matches!(source.head, Head::Person(_) | Head::Pronoun) {
                continue;
            }
            let cue = at..self.cue_end(at).min(open);
            let gap = cue.end..open;
            let sign = gap.end > gap.start && matches!(self.word(gap.end - 1), "," | ":" | "that");
            let beside = gap.is_empty() || sign && gap.len() <= 16 || gap.len() <= 1;
            let rule = if beside { VERB_BEFORE } else { FRAGMENT };
            return Some(Found {
                description: source.words.clone(),
                source,
                cue: Some(cue),
                rule,
                loose: !beside,
                opens_next: false,
            });
        }
        if open > from + 1 && self.word(open - 1) == ":" {
            if let Some(found) = self.presented(from, open) {
                return Some(found);
            }
            let source = self.phrase_ending(open - 1, from)?;
            let whole = source.words.start == from || matches!(source.head, Head::Person(_));
            return whole.then(|| Found {
                description: source.words.clone(),
                source,
                cue: None,
                rule: COLON,
                loose: false,
                opens_next: false,
            });
        }
        None
    }

    /// "Ana Duarte: “…", also behind a heading: "On the bridge - Ana Duarte: “…".
    fn named_before_colon(&self, from: u32, open: u32) -> Option<Found> {
        let colon = open.checked_sub(1).filter(|colon| *colon > from && self.word(*colon) == ":")?;
        let mention = self.people.mention_at(colon - 1)?;
        let edge = self.left_edge(mention.tokens.start, from);
        let alone = edge == from || matches!(self.word(edge - 1), "-" | "–" | "—" | "." | "|");
        alone.then(|| Found {
            description: mention.tokens.clone(),
            source: Source { words: mention.tokens.clone(), head: Head::Person(mention.person) },
            cue: None,
            rule: COLON,
            loose: false,
            opens_next: false,
        })
    }

    /// "Here is Ana Duarte in 1992: “…", "More from Ana Duarte: “…".
    fn presented(&self, from: u32, open: u32) -> Option<Found> {
        let mention = (from..open.min(from + 5)).find_map(|at| self.people.mention_at(at))?;
        let lead = from..mention.tokens.start;
        let presents = lead.clone().any(|at| self.is_word(at, &["here", "here's", "here’s", "from"]));
        let fits = presents && !mention.possessive && lead.len() <= 4;
        fits.then(|| Found {
            description: mention.tokens.clone(),
            source: Source { words: mention.tokens.clone(), head: Head::Person(mention.person) },
            cue: None,
            rule: COLON,
            loose: false,
            opens_next: false,
        })
    }

    /// "“A mess” on the bridge, Ana Duarte said": the verb comes later in the sentence.
    fn later(&self, at: usize) -> Option<Found> {
        let marked = &self.marked[at];
        if marked.goes_on || marked.whole.end == marked.words.end {
            return None;
        }
        let sentence = self.tokens.sentence_of(marked.words.end);
        let next = self.marked.get(at + 1).map_or(u32::MAX, |next| next.whole.start);
        let end = sentence.end.min(next).min(marked.whole.end + REACH);
        for cue in marked.whole.end..end {
            if !self.tokens.all[cue as usize].is(Class::ReportingVerb)
                || self.word(cue - 1).len() == 1 && self.word(cue - 1) != ","
            {
                continue;
            }
            let inverted = self.word(cue - 1) == ",";
            let source = if inverted { self.phrase_from(cue + 1, end) } else { self.subject_of(cue) };
            let Some(source) = source else { continue };
            let last = if inverted { source.words.end } else { cue + 1 };
            let closes =
                last >= sentence.end || matches!(self.word(last), "," | "." | "(" | "on" | "in" | "at");
            let led = !inverted
                && self.left_edge(source.words.start, marked.whole.end) > marked.whole.end
                && self.word(self.left_edge(source.words.start, marked.whole.end) - 1) == ",";
            if closes && (inverted || led) {
                return Some(Found {
                    description: source.words.clone(),
                    source,
                    cue: Some(cue..cue + 1),
                    rule: "fragment-before-verb",
                    loose: true,
                    opens_next: false,
                });
            }
        }
        None
    }

    /// One past the verb that starts at `at`, which may be of several words: "points out".
    fn cue_end(&self, at: u32) -> u32 {
        let runs = self.tokens.phrases_at(at).iter().find(|run| run.classes.meets(CUES));
        runs.map_or(at + 1, |run| run.end)
    }

    fn according_to_before(&self, from: u32, open: u32) -> Option<Found> {
        let cue = (from..open).rev().find_map(|at| Some(at..self.tokens.run_of(at, Class::AccordingTo)?))?;
        let source = self.phrase_from(cue.end, open)?;
        let near = (source.words.end..open).all(|at| !self.tokens.classes_at(at).meets(CUES));
        near.then(|| Found {
            description: source.words.clone(),
            source,
            cue: Some(cue.clone()),
            rule: "according-to-before",
            loose: true,
            opens_next: false,
        })
    }

    /// The attribution to `source`.
    pub(super) fn attributed(
        &mut self,
        source: &Source,
        cue: Option<Range<u32>>,
        rule: &'static str,
        section: u32,
    ) -> Option<Attribution> {
        Some(self.attributed_as(source, source.words.clone(), cue, rule, section))
    }

    fn attributed_as(
        &mut self,
        source: &Source,
        description: Range<u32>,
        cue: Option<Range<u32>>,
        rule: &'static str,
        section: u32,
    ) -> Attribution {
        let words = Some(source.words.clone());
        let (speaker, level) = match source.head {
            // "Duarte said" of two Duartes: the one who spoke last, else nobody.
            Head::Person(person) if self.is_doubtful(source.words.start) => {
                let goes_on = self.last.is_some_and(|last| last.speaker == person);
                (goes_on.then_some(person), Level::Low)
            }
            Head::Person(person) => (Some(person), Level::High),
            Head::Pronoun => match self.refers_to(source.words.start, section) {
                Some(person) => (Some(person), Level::Medium),
                None => (None, Level::Low),
            },
            Head::Noun(head) => {
                let (person, _) = self.described(source.words.clone(), head, description, rule);
                (Some(person), Level::Medium)
            }
        };
        Attribution { speaker, words, cue, rule, level }
    }

    /// "…," and a name: whatever the verb is.
    fn comma_then_name(&self, marked: &super::Marked, last: &str) -> Option<Attribution> {
        let mention = self.people.mention_at(marked.whole.end)?;
        let verb = self.tokens.all.get(mention.tokens.end as usize)?;
        let goes = verb.kind == Kind::Word && !mention.possessive && !self.is_title(marked);
        (last == "," && goes && mention.tokens.start == marked.whole.end).then(|| Attribution {
            speaker: Some(mention.person),
            words: Some(mention.tokens.clone()),
            cue: Some(mention.tokens.end..mention.tokens.end + 1),
            rule: "name-after-comma",
            level: Level::Low,
        })
    }

    /// Whether the marked words are the title of a work or a programme: capitals at the head of every word that has
    /// any weight, and no verb or comma right before the mark.
    pub(super) fn is_title(&self, marked: &super::Marked) -> bool {
        let words = self.tokens.all[marked.words.start as usize..marked.words.end as usize].iter();
        let (mut capitals, mut all) = (0, 0);
        for token in words.filter(|token| token.kind == Kind::Word) {
            if token.span().of(self.text).starts_with(['’', '\'']) {
                continue;
            }
            if all > 0 && token.is(Class::FunctionWord) && !token.is_capital() {
                continue;
            }
            all += 1;
            capitals += usize::from(token.is_capital());
        }
        if all == 0 || capitals < all || all > 9 {
            return false;
        }
        let Some(before) = marked.whole.start.checked_sub(1) else { return false };
        let token = &self.tokens.all[before as usize];
        // Somebody tells "The Morning Show", and says "Yes, Ana".
        let told = self.is_word(before, &["told", "tells", "telling"]) && all > 1;
        token.kind == Kind::Word
            && (told || !self.tokens.classes_at(before).meets(CUES))
            && token.sentence == self.tokens.all[marked.whole.start as usize].sentence
    }
}
