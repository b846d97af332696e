//! When an attack took place: which date of a sentence is the attack's, and what an attack takes of it.

use std::ops::Range;

use super::incident::{Evident, Incident};
use super::mention::{Form, Mention};
use super::scene::{Scene, Sentence};
use super::story::Story;
use super::ties::{TIED, Tie};
use crate::facts::classes::Class;
use crate::facts::dates::{CLOCK, DATELINE, with_preposition};
use crate::facts::{DateMention, Field, Reading};
use crate::span::Span;

/// A date of a sentence that may be an attack's.
pub(super) struct Dated<'d> {
    pub(super) date: &'d DateMention,
    /// How many tokens lie between it and the words for the violence.
    pub(super) gap: u32,
    /// Whether it stands with a verb that says that something took place.
    pub(super) happened: bool,
}

/// Before noon or after it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Half {
    /// a.m.
    Morning,
    /// p.m.
    Evening,
}

/// How many sentences later "it happened on Monday" still tells of the attack.
pub(super) const DATED_WITHIN: u32 = 8;

impl Sentence<'_> {
    /// The date nearest to the tokens `at`, but not when somebody spoke ("police said on Tuesday"), nor what was done
    /// about it ("was arrested on Tuesday"), nor a limit ("since").
    ///
    /// In a sentence on a judgment only the date behind the words for the violence is theirs: "convicted in 2019 of
    /// the bombings of 2016".
    pub(super) fn date<'d>(
        &self,
        dates: &'d [DateMention],
        at: Range<u32>,
        mentions: &[Mention],
        judged: Option<&Mention>,
    ) -> Option<Dated<'d>> {
        let span = self.tokens.span(self.sentence.clone());
        let first = dates.partition_point(|date| date.span.start < span.start);
        let here = dates[first..].iter().take_while(|date| date.span.end <= span.end);
        here.filter_map(|date| {
            let (start, end) = self.tokens_of(date.span);
            let limit = start > self.sentence.start
                && match self.word(start - 1) {
                    "since" | "Since" | "until" | "till" | "by" | "By" | "aged" => true,
                    "before" => !self.is_clock(start),
                    _ => false,
                };
            let limit = limit && !self.begins_flashback(start, end, at.start) || self.is_limit_of_day(start);
            let judgments = judged.is_some_and(|mention| {
                start < mention.tokens.end && !mention.phrase.contains(&start)
                    || start.saturating_sub(mention.tokens.end) > 12
                    || (mention.tokens.end..start.max(mention.tokens.end)).any(|between| {
                        matches!(
                            self.word(between),
                            "," | ";" | "and" | "that" | "was" | "were" | "had" | "have"
                        ) && !self.is_inside_place(between)
                    })
            });
            if limit || judgments || NOT_OF_ATTACKS.contains(&date.rule) || self.is_signature(start) {
                return None;
            }
            let tie = self.tie(start..end, mentions);
            let happened = tie == Tie::Happened;
            let apart =
                if end <= at.start { at.start - end } else { start.saturating_sub(at.end.saturating_sub(1)) };
            let gap = if happened { 0 } else { apart };
            // A date at the sentence's head rules all of it; a full date says more than the weekday beside it.
            let head = start <= self.sentence.start + 2;
            let rank = (if head { gap.min(6) } else { gap }) + if is_full(date) { 0 } else { 12 };
            (tie != Tie::FollowUp).then_some((rank, Dated { date, gap, happened }))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, dated)| dated)
    }

    /// "Visby, Sweden, on 2 June": a comma between the names of one place, or behind the last of them, ends no clause.
    fn is_inside_place(&self, comma: u32) -> bool {
        let capital = |at: u32| self.sentence.contains(&at) && self.tokens.all[at as usize].is_capital();
        let joins = |at: u32| self.word(at) == "," && capital(at.wrapping_sub(1)) && capital(at + 1);
        let from = self.sentence.start.max(comma.saturating_sub(4));
        joins(comma) || self.word(comma) == "," && capital(comma.wrapping_sub(1)) && (from..comma).any(joins)
    }

    /// The tokens of the sentence that some words of it cover.
    fn tokens_of(&self, span: Span) -> (u32, u32) {
        let all = &self.tokens.all[self.sentence.start as usize..self.sentence.end as usize];
        let start = all.partition_point(|token| token.start < span.start) as u32;
        let end = all.partition_point(|token| token.start < span.end) as u32;
        (self.sentence.start + start, self.sentence.start + end)
    }

    /// "— A. Duarte (@aduarte) May 3, 2019", "Posted: Monday, May 6": when something was written or put out.
    fn is_signature(&self, date: u32) -> bool {
        let from = self.sentence.start.max(date.saturating_sub(6));
        let posted = |at: u32| self.is(at, Class::PostingWord) && self.tokens.all[at as usize].is_capital();
        self.word(date.wrapping_sub(1)) == ")" && (from..date).any(|at| self.word(at) == "@")
            || (date.saturating_sub(3)..date).any(posted)
    }

    /// Whether a date opens with the time of day: "just before 6 p.m. Monday" is no limit, "before Monday" is.
    fn is_clock(&self, date: u32) -> bool {
        matches!(self.word(date), "noon" | "midnight" | "dawn")
            || self.is(date, Class::Number)
                && (self.word(date + 1) == ":" || HALVES.contains(&self.word(date + 1)))
    }

    pub(super) fn is(&self, at: u32, class: Class) -> bool {
        self.sentence.contains(&at) && self.tokens.classes_at(at).has(class)
    }

    /// The half of the day that the sentence gives for the violence: "it happened around 1 a.m.".
    pub(super) fn half(&self, mentions: &[Mention]) -> Option<Half> {
        if !self.contains(Class::Number) {
            return None;
        }
        let told =
            |at: u32| self.is(at, Class::HappenVerb) || mentions.iter().any(|it| it.tokens.contains(&at));
        let at = (self.sentence.start + 1..self.sentence.end)
            .find(|at| self.is(at - 1, Class::Number) && HALVES.contains(&self.word(*at)))?;
        let from = self.sentence.start.max(at.saturating_sub(TIED));
        let until = self.sentence.end.min(at + TIED);
        (from..until)
            .any(told)
            .then(|| if self.word(at).starts_with(['a', 'A']) { Half::Morning } else { Half::Evening })
    }
}

impl<'a> Story<'a> {
    /// A new attack takes any date of its sentence; "the attack" only one that stands beside it.
    pub(super) fn date_of(&self, mention: &Mention, scene: &Scene<'a>) -> Option<&'a DateMention> {
        let (date, gap) = scene.date?;
        let inside = self.tokens.span(mention.phrase.clone()).overlaps(date.span);
        let loose = !matches!(mention.form, Form::Definite | Form::Plural | Form::Predicate);
        let near = scene.happened || gap <= 12 && self.is_in_clause(mention, date);
        (inside || loose || near).then_some(date)
    }

    /// "It happened at 2 a.m. on Sunday", "officers were called there on Sunday": the day of the attack told of, where
    /// it has none yet.
    pub(super) fn tell_when(&mut self, number: u32, block: u32, scene: &Scene<'a>) {
        let Some((date, _)) = scene.date.filter(|(date, _)| is_day(date)) else { return };
        let Some(focus) = self.focus else {
            self.opening = self.opening.or(Some((number, date)));
            return;
        };
        let evidence =
            Evident { tokens: self.tokens, sentence: self.tokens.span(scene.sentence.clone()), block };
        let incident = &mut self.incidents[focus];
        if incident.attack.date_text.is_none() && number - incident.last_sentence <= DATED_WITHIN {
            incident.take_date(date, self.text, &evidence);
        }
    }

    /// Whether nothing between the mention and the date starts a new clause.
    fn is_in_clause(&self, mention: &Mention, date: &DateMention) -> bool {
        let sentence = self.tokens.sentence_of(mention.tokens.start);
        let between =
            self.tokens.all[sentence.start as usize..sentence.end as usize].iter().filter(|token| {
                let after = token.start >= self.tokens.all[mention.tokens.end as usize - 1].end
                    && token.end <= date.span.start;
                let before = token.start >= date.span.end
                    && token.end <= self.tokens.all[mention.phrase.start as usize].start;
                after || before
            });
        let breaks = |word: &str| {
            matches!(
                word,
                ";" | "that" | "which" | "who" | "said" | "says" | "and" | "but" | "when" | "after"
            )
        };
        !between.into_iter().any(|token| breaks(token.span().of(self.text)))
    }

    /// Whether a relative date was counted from one in another paragraph.
    pub(super) fn leans_on_another_block(&self, date: &DateMention) -> bool {
        date.anchor.is_some_and(|anchor| {
            let at = |span: Span| self.tokens.all.partition_point(|token| token.end <= span.start) as u32;
            self.tokens.section_of(at(anchor)).tokens != self.tokens.section_of(at(date.span)).tokens
        })
    }
}

impl Incident {
    pub(super) fn same_date(&self, date: &DateMention, text: &str) -> bool {
        match (self.attack.date, date.value) {
            (Some(known), Some(told)) => known.overlaps(&told),
            (None, None) => self.date_words.as_deref() == Some(date.span.of(text).to_lowercase().as_str()),
            _ => false,
        }
    }

    pub(super) fn date_differs(&self, date: &DateMention, text: &str) -> bool {
        self.date_words.is_some() && !self.same_date(date, text)
    }

    /// Whether a day is the one before or after its own, by words for a night: "overnight" and "on Sunday" may be one.
    pub(super) fn is_same_night(&self, date: &DateMention, text: &str) -> bool {
        let night = |words: &str| words.contains("night") || words.contains("early");
        let (known, told) =
            (self.attack.date.and_then(|it| it.as_day()), date.value.and_then(|it| it.as_day()));
        let Some((known, told)) = known.zip(told) else { return false };
        let beside = known.tomorrow().is_ok_and(|next| next == told)
            || told.tomorrow().is_ok_and(|next| next == known);
        let around = with_preposition(date.span, text).of(text).to_lowercase();
        beside && (self.date_words.as_deref().is_some_and(night) || night(&around))
    }

    pub(super) fn take_date(&mut self, date: &DateMention, text: &str, at: &Evident<'_>) {
        let finer = match (self.attack.date, date.value) {
            (Some(known), Some(told)) => known != told && known.contains(&told),
            _ => false,
        };
        if self.attack.date_text.is_some() && !finer {
            return;
        }
        let span = with_preposition(date.span, text);
        self.attack.date = date.value;
        self.date_words = Some(date.span.of(text).to_lowercase());
        self.attack.date_text = Some(Reading { value: span.of(text).to_owned(), span, rule: date.rule });
        self.note(Field::Date, span, date.rule, at);
    }
}

/// The halves of the day, as clocks are written.
const HALVES: [&str; 8] = ["a.m.", "p.m.", "am", "pm", "AM", "PM", "A.M.", "P.M."];

/// Dates of a report and of what is remembered are no attack's.
const NOT_OF_ATTACKS: [&str; 3] = [DATELINE, CLOCK, "date-anniversary"];

/// Whether a date is as fine as a day.
pub(super) fn is_day(date: &DateMention) -> bool {
    date.value.is_some_and(|value| value.as_day().is_some())
}

/// Day, month and year by their own words.
fn is_full(date: &DateMention) -> bool {
    let leans = ["date-weekday", "date-told", "date-near", "date-later", "date-ago", "date-that"];
    date.value.is_some_and(|value| value.as_day().is_some())
        && !leans.iter().any(|it| date.rule.starts_with(it))
}
