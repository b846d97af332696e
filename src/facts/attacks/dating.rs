//! When an attack took place: which date of a sentence is the attack's, and what an attack takes of it.

use super::incident::{Evident, Incident};
use super::mention::{Form, Mention};
use super::scene::{Scene, Sentence};
use super::story::Story;
use crate::facts::classes::Class;
use crate::facts::dates::with_preposition;
use crate::facts::{DateMention, Field, Reading};
use crate::span::Span;

impl Sentence<'_> {
    /// The date nearest to token `at`, but not when somebody spoke ("police said on Tuesday") nor a limit ("since").
    ///
    /// In a sentence on a judgment only the date behind the words for the violence is theirs: "convicted in 2019 of
    /// the bombings of 2016".
    pub(super) fn date<'d>(
        &self,
        dates: &'d [DateMention],
        at: u32,
        judged: Option<&Mention>,
    ) -> Option<(&'d DateMention, u32)> {
        let span = self.tokens.span(self.sentence.clone());
        let first = dates.partition_point(|date| date.span.start < span.start);
        let here = dates[first..].iter().take_while(|date| date.span.end <= span.end);
        let token_at = |offset: u32| self.tokens.all.partition_point(|token| token.start < offset) as u32;
        here.filter_map(|date| {
            let start = self.sentence.start
                + self.tokens.all[self.sentence.start as usize..self.sentence.end as usize]
                    .partition_point(|token| token.start < date.span.start) as u32;
            let end = start
                + self.tokens.all[start as usize..self.sentence.end as usize]
                    .partition_point(|token| token.start < date.span.end) as u32;
            let mut before = start;
            while before > self.sentence.start
                && matches!(self.word(before - 1), "on" | "in" | "On" | "In" | "," | "late" | "early")
            {
                before -= 1;
            }
            let told = before > self.sentence.start
                && self.tokens.all[before as usize - 1].is(Class::ReportingVerb)
                && start > at
                && self.word(before) != ",";
            let limit = start > self.sentence.start
                && matches!(
                    self.word(start - 1),
                    "since" | "Since" | "until" | "till" | "by" | "By" | "before" | "aged"
                );
            let judgments = judged.is_some_and(|mention| {
                start < mention.tokens.end
                    || start - mention.tokens.end > 8
                    || (mention.tokens.end..start).any(|between| {
                        matches!(
                            self.word(between),
                            "," | ";" | "and" | "that" | "was" | "were" | "had" | "have"
                        )
                    })
            });
            let limit = limit || self.is_limit_of_day(start);
            let gap = if end <= at { at - end } else { start.saturating_sub(at) };
            (!told && !limit && !judgments).then_some((date, gap))
        })
        .min_by_key(|(date, gap)| {
            // A date at the sentence's head rules all of it; a full date says more than the weekday beside it.
            let head = token_at(date.span.start) <= self.sentence.start + 2;
            let vague = if is_full(date) { 0 } else { 12 };
            (if head { (*gap).min(6) } else { *gap }) + vague
        })
    }

    /// "By the morning of 29 November": not the day it began.
    fn is_limit_of_day(&self, date: u32) -> bool {
        let from = self.sentence.start.max(date.saturating_sub(4));
        self.word(date.wrapping_sub(1)) == "of"
            && (from..date)
                .any(|at| matches!(self.word(at), "by" | "By" | "until" | "Until" | "since" | "Since"))
    }
}

impl<'a> Story<'a> {
    /// A new attack takes any date of its sentence; "the attack" only one that stands beside it.
    pub(super) fn date_of(&self, mention: &Mention, scene: &Scene<'a>) -> Option<&'a DateMention> {
        let (date, gap) = scene.date?;
        let inside = self.tokens.span(mention.phrase.clone()).overlaps(date.span);
        let loose = !matches!(mention.form, Form::Definite | Form::Plural | Form::Predicate);
        (inside || loose || gap <= 12 && self.is_in_clause(mention, date)).then_some(date)
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
