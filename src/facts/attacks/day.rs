//! The day of an attack that no words beside the violence tell: the time of day elsewhere in the report, or the one day
//! that all of it speaks of; and which of the two days of a night.

use jiff::civil::Date;

use super::dating::{Half, is_day};
use super::incident::Evident;
use super::scene::Scene;
use super::story::Story;
use crate::edtf::Edtf;
use crate::facts::{Attack, DateMention, Field, Stage};
use crate::span::Span;

/// How many days of an article are kept.
const DAYS: usize = 48;
/// How many sentences before the first words for an attack, and behind the last, a day may still be its own.
const AROUND: u32 = 10;

/// A day that a sentence tells of: nothing says that it is when somebody spoke, was arrested or will be heard.
#[derive(Debug)]
pub(super) struct Day<'a> {
    number: u32,
    block: u32,
    date: &'a DateMention,
    /// "Around 2:16 a.m. Thursday": reports give the minute of the violence, seldom that of anything else.
    clocked: bool,
}

impl Attack {
    /// Takes the value from a day that lies after that of publication, and keeps its words: what took place was before.
    /// A day that is written with its year stays: there the day of publication is wrong, and `check` says so.
    pub(super) fn drop_day_to_come(&mut self, published: Date) {
        let Some(date) = self.date.filter(|_| self.stage == Stage::Accomplished) else { return };
        let is_written = |year: i16| {
            self.date_text.as_ref().is_some_and(|words| words.value.contains(year.to_string().as_str()))
        };
        if date.earliest() > published && !date.year().is_some_and(is_written) {
            self.date = None;
        }
    }
}

impl<'a> Story<'a> {
    /// Keeps the day that a sentence tells of.
    pub(super) fn note_day(&mut self, number: u32, block: u32, scene: &Scene<'a>) {
        let Some((date, _)) = scene.date.filter(|(date, _)| is_day(date) && !scene.judged) else { return };
        if self.days.len() < DAYS {
            let words = date.span.of(self.text);
            let clocked = words.contains(".m.") || words.contains(':') || words.contains("midnight");
            self.days.push(Day { number, block, date, clocked });
        }
    }

    /// "An overnight shooting. It happened around 1 a.m.": the second day of the night; at 11 p.m. it was the first.
    pub(super) fn tell_half(&mut self, number: u32, scene: &Scene<'a>) {
        let Some(half) = scene.half.filter(|_| scene.date.is_none()) else { return };
        let Some(focus) = self.focus.filter(|it| number - self.incidents[*it].last_sentence <= AROUND) else {
            return;
        };
        let attack = &mut self.incidents[focus].attack;
        let night = attack.date.map(|date| (date.earliest(), date.latest()));
        if let Some((eve, day)) = night.filter(|(eve, day)| eve.tomorrow().is_ok_and(|next| next == *day)) {
            attack.date = Some(Edtf::day(if half == Half::Morning { day } else { eve }));
        }
    }

    /// Gives the main attack the day that the article tells elsewhere, where nothing beside its words did.
    pub(super) fn date_main(&mut self, main: usize) {
        let incident = &self.incidents[main];
        if incident.attack.date_text.is_some() || incident.several {
            return;
        }
        let Some(day) = self.day_of(main, self.published) else { return };
        let at = self.tokens.all.partition_point(|token| token.end <= day.date.span.start) as u32;
        let evidence =
            Evident { tokens: self.tokens, sentence: self.tokens.sentence_span(at), block: day.block };
        let (date, text) = (day.date, self.text);
        self.incidents[main].take_date(date, text, &evidence);
    }

    fn day_of(&self, main: usize, published: Option<Date>) -> Option<&Day<'a>> {
        let incident = &self.incidents[main];
        // "The bombing of the station in Arden … On 3 May 2016 a man drove a lorry into a crowd in Halden": his day.
        let taken: Vec<Span> = self
            .incidents
            .iter()
            .filter(|other| incident.is_surely_another(other))
            .flat_map(|other| &other.attack.evidence)
            .filter(|evidence| evidence.field == Field::Date)
            .map(|evidence| evidence.span)
            .collect();
        let free = |day: &&Day<'_>| !taken.iter().any(|span| span.overlaps(day.date.span));
        let near = |day: &&Day<'_>| {
            day.number + AROUND >= incident.first_sentence && day.number <= incident.last_sentence + AROUND
        };
        // What is still to come has not happened.
        let over = |day: &&Day<'_>| {
            let value = day.date.value.and_then(|value| value.as_day());
            value.is_some_and(|value| published.is_none_or(|published| value <= published))
        };
        let mut days = self.days.iter().filter(near).filter(over).filter(free);
        let first = days.clone().next()?;
        days.clone()
            .find(|day| day.clocked)
            .or_else(|| days.all(|day| day.date.value == first.date.value).then_some(first))
    }
}
