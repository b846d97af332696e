//! The year of a day or month that is written without one: that of the text around it, or of the day of publication.

use super::read::{FURTHEST, Reader};
use super::resolve::{Side, year_of_month};
use super::tense::Tense;
use crate::edtf::{Edtf, Precision};
use crate::facts::DateMention;
use crate::span::Span;

impl Reader<'_> {
    /// The year that a day or month without one takes. A news article leaves it out for the year around its own
    /// publication; a history, for the year it has just told of.
    pub(super) fn year_from_context(&self, month: i8, day: Option<i8>) -> Option<(i16, Option<Span>)> {
        if let Some(apposed) = self.apposed().filter(|it| it.month() == month && day == Some(it.day())) {
            return Some((apposed.year(), None));
        }
        if let Some((year, span)) = self.year_told_of() {
            return Some((year, Some(span)));
        }
        let side = match self.words("mod").as_deref() {
            Some("last" | "past") => Side::Before,
            Some("next") => Side::After,
            _ => self.side_of_year(),
        };
        Some((year_of_month(self.context.published?, month, day, side), None))
    }

    /// The year of the last date that was written with its year, where nothing since then leans on the day of
    /// publication, and it is not the year of publication: in the same paragraph, and from one above where the article
    /// tells a history, which is that no date in it has leaned on the day of publication so far.
    pub(super) fn year_told_of(&self) -> Option<(i16, Span)> {
        let section = self.context.tokens.section_of(self.found.tokens.start);
        let paragraph = self.context.tokens.all[section.tokens.start as usize].start;
        let known = self.context.published;
        let mut history = None;
        for mention in self.context.earlier.iter().rev().take(FURTHEST) {
            let above = mention.span.start < paragraph;
            if above && !*history.get_or_insert_with(|| self.tells_history()) {
                return None;
            }
            match rank(mention.rule) {
                Rank::Full => {}
                Rank::Near if self.is_near_publication(mention) => return None,
                Rank::Near | Rank::Other => continue,
            }
            let Some(value) = mention.value else { continue };
            let Some(year) = value.year() else { continue };
            if !self.shows_its_year(mention) || above && value.precision() < Precision::Month {
                continue;
            }
            // "Founded in 1987, the group met in January": a year in passing rules nothing, "In 1987 the group" does.
            if known.is_some() && mention.rule == "date-year" && !self.heads_a_sentence(mention.span) {
                return None;
            }
            if known.is_some_and(|day| day.year() == year) {
                return None;
            }
            return Some((year, mention.span));
        }
        None
    }

    /// Whether a date that may lean on the day of publication does: not "Saturday" in "21 September 2013, a Saturday".
    pub(super) fn is_near_publication(&self, mention: &DateMention) -> bool {
        let Some(known) = self.context.published else { return false };
        let far = |value: Edtf| {
            matches!(mention.rule, "date-weekday") && (known - value.earliest()).get_days().abs() > 31
        };
        !mention.value.is_some_and(far)
    }

    /// Whether no date before this one leans on the day of publication, nor what this one tells of is to come.
    pub(super) fn tells_history(&self) -> bool {
        let near = |it: &&DateMention| {
            matches!(rank(it.rule), Rank::Near) && it.value.is_some() && self.is_near_publication(it)
        };
        let bare = |it: &&DateMention| {
            let year = it.value.and_then(|value| value.year());
            !self.shows_its_year(it) && year.is_some() && year == self.context.published.map(|day| day.year())
        };
        self.context.published.is_some()
            && self.tense() != Some(Tense::Future)
            && !self.context.earlier.iter().take(FURTHEST).any(|it| near(&it) || bare(&it))
    }

    /// Whether the words of a date hold its year, or it took it from words that do.
    pub(super) fn shows_its_year(&self, mention: &DateMention) -> bool {
        let digits = mention.span.of(self.context.text).bytes().filter(u8::is_ascii_digit).count();
        digits >= 3 || mention.anchor.is_some()
    }

    pub(super) fn heads_a_sentence(&self, span: Span) -> bool {
        let all = &self.context.tokens.all;
        let at = all.partition_point(|token| token.start < span.start) as u32;
        at < all.len() as u32 && at - self.context.tokens.sentence_of(at).start <= 2
    }
}

/// What a rule's dates say of the year that the text is in.
enum Rank {
    /// They are written with their year.
    Full,
    /// They lean on the day of publication.
    Near,
    Other,
}

fn rank(rule: &str) -> Rank {
    match rule {
        "date-day-month" | "date-month-day" | "date-days-of-month" | "date-month-days"
        | "date-month-year" | "date-year" | "date-season" | "date-iso" | "date-numeric" | "date-later" => {
            Rank::Full
        }
        "date-weekday" | "date-near-day" | "date-part-of-day" | "date-period" | "date-ago"
        | "date-ago-point" => Rank::Near,
        _ => Rank::Other,
    }
}
