//! Times of day: they belong to the day beside them, and are no finer than it.

use super::read::{DateReading, Reader};
use crate::facts::classes::Class;
use crate::facts::tokens::Kind;

/// The halves of the day, as clocks are written.
const HALVES: [&str; 8] = ["a.m.", "p.m.", "am", "pm", "AM", "PM", "A.M.", "P.M."];
/// Moments of the day that have a name.
const MOMENTS: [&str; 5] = ["noon", "midnight", "dawn", "midday", "dusk"];

impl Reader<'_> {
    /// The same reading with the clock time that leads to it, or follows: "10:30 p.m. on Friday", "Friday at noon".
    pub(super) fn with_clock(&self, mut reading: DateReading) -> Option<DateReading> {
        let sentence = self.context.tokens.sentence_of(reading.tokens.start);
        let last = self.context.earlier.last().map_or(0, |mention| mention.span.end);
        let free = |at: u32| at >= sentence.start && self.context.tokens.all[at as usize].start >= last;
        let mut at = reading.tokens.start.wrapping_sub(1);
        if self.word(at) == "on" {
            at = at.wrapping_sub(1);
        }
        if let Some(start) = self.clock_before(at).filter(|start| free(*start)) {
            reading.tokens.start = start;
        } else if self.word(reading.tokens.end) == "at"
            && let Some(end) = self.clock_behind(reading.tokens.end + 1)
        {
            reading.tokens.end = end;
        }
        Some(reading)
    }

    /// Where the time of day starts that ends at token `at`, with its zone: "8 p.m. EST", "0135 GMT", "noon".
    pub(super) fn clock_before(&self, mut at: u32) -> Option<u32> {
        let number = |at: u32| self.is(at, Class::Number);
        let mut zoned = false;
        if self.word(at) == "time" && matches!(self.word(at.wrapping_sub(1)), "local" | "Eastern") {
            at = at.wrapping_sub(2);
            zoned = true;
        } else if self.is_zone(at) {
            at = at.wrapping_sub(1);
            zoned = true;
        }
        if MOMENTS.contains(&self.word(at)) {
            return Some(at);
        }
        let half = HALVES.contains(&self.word(at));
        let figure = if half { at.wrapping_sub(1) } else { at };
        if !number(figure) {
            return None;
        }
        let hours = figure.wrapping_sub(2);
        let minutes = self.word(figure.wrapping_sub(1)) == ":" && number(hours);
        let military = zoned && self.word(figure).len() == 4;
        match (half || zoned, minutes) {
            (true, true) => Some(hours),
            (true, false) if half || military => Some(figure),
            // "At 20:30 on Friday".
            (false, true) if self.word(figure).len() == 2 && self.word(hours).len() <= 2 => Some(hours),
            _ => None,
        }
    }

    /// One past the time of day that starts at token `at`.
    fn clock_behind(&self, at: u32) -> Option<u32> {
        if MOMENTS.contains(&self.word(at)) {
            return Some(at + 1);
        }
        if !self.is(at, Class::Number) {
            return None;
        }
        let minutes = self.word(at + 1) == ":" && self.is(at + 2, Class::Number);
        let mut end = if minutes { at + 3 } else { at + 1 };
        let half = HALVES.contains(&self.word(end));
        if half {
            end += 1;
        }
        let zone = self.is_zone(end);
        (half || minutes || zone && self.word(at).len() == 4).then_some(end + u32::from(zone))
    }

    /// "EST", "GMT".
    fn is_zone(&self, at: u32) -> bool {
        self.is(at, Class::Upper)
            && (2..=4).contains(&self.word(at).len())
            && !HALVES.contains(&self.word(at))
    }

    /// "On Friday, about 10 p.m.": of the day that the sentence has just told.
    pub(super) fn clock(&self) -> Option<DateReading> {
        let start = self.found.tokens.start;
        let end = self.clock_behind(start)?;
        let sentence = self.context.tokens.sentence_of(start);
        let head = self.context.tokens.all[sentence.start as usize].start;
        let told = self.context.earlier.last().filter(|mention| mention.span.start >= head)?;
        let day = told.value?.as_day()?;
        let from = self.context.tokens.all.partition_point(|token| token.end <= told.span.end);
        // A day of another clause may not be the day of this one.
        let near = (from..start as usize).len() <= 6
            && self.context.tokens.all[from..start as usize].iter().all(|token| {
                !matches!(token.kind, Kind::Open | Kind::Close) && !token.is(Class::ReportingVerb)
            });
        near.then(|| DateReading {
            tokens: start..end,
            value: Some(crate::edtf::Edtf::day(day)),
            anchor: Some(told.span),
        })
    }
}
