//! Seasons, quarters and halves of a year, decades and centuries.

use super::read::{DateReading, Reader};
use super::relative::last_this_next;
use super::resolve::{Side, Unit, period, season_named};
use super::tense::Tense;
use crate::edtf::Edtf;
use crate::facts::classes::Class;

impl Reader<'_> {
    pub(super) fn season(&self) -> Option<DateReading> {
        let season = season_named(&self.words("season")?)?;
        // "Winter Park", "Spring Hill".
        let at = self.found.capture("season")?.start;
        if self.is(at, Class::Capital) && self.is(at + 1, Class::Capital) {
            return None;
        }
        let tokens = self.found.tokens.clone();
        if let Some(year) = self.year_of("year") {
            return Some(DateReading { tokens, value: Some(Edtf::season(year, season)), anchor: None });
        }
        if self.found.capture("year").is_some() {
            return None;
        }
        // "The guns of autumn", "in winter": of no year.
        let near = self.found.capture("mod").is_some() || self.found.capture("which").is_some();
        let timed =
            matches!(self.word_before().as_str(), "in" | "during" | "over" | "since" | "until" | "by");
        let article = self.words("article").is_some() && timed && self.word_after() != "of";
        if !(near || article) {
            return None;
        }
        let Some(published) = self.context.published else {
            return Some(DateReading { tokens, value: None, anchor: None });
        };
        let value = match (self.words("mod"), self.words("which")) {
            (Some(word), _) => period(published, last_this_next(&word), Unit::Season(season)),
            // "The summer of last year".
            (None, Some(which)) => {
                Some(Edtf::season(published.year() + last_this_next(&which) as i16, season))
            }
            // "In the spring": the last one, or with "will" the next.
            (None, None) => {
                let this = period(published, 0, Unit::Season(season))?;
                match self.tense() {
                    Some(Tense::Future) if this.latest() < published => {
                        period(published, 1, Unit::Season(season))
                    }
                    Some(Tense::Future) => Some(this),
                    _ if this.earliest() > published => period(published, -1, Unit::Season(season)),
                    _ => Some(this),
                }
            }
        };
        Some(DateReading { tokens, value, anchor: None })
    }

    /// "The third quarter of 2016", "the first half of last year", "the fourth quarter".
    pub(super) fn part_of_year(&self) -> Option<Option<Edtf>> {
        // "Last quarter" is the one before this.
        let of_year = self.found.capture("near").is_some() || self.found.capture("year").is_some();
        if self.words("which")? == "last" && !of_year {
            return None;
        }
        let which = match self.words("which")?.as_str() {
            "first" => 1,
            "second" => 2,
            "third" => 3,
            "fourth" | "final" => 4,
            _ => 0,
        };
        let year = match (self.year_of("year"), self.words("near"), self.context.published) {
            (Some(year), ..) => Some(year),
            (None, Some(near), Some(day)) => Some(day.year() + last_this_next(&near) as i16),
            (None, None, Some(day)) => self.year_of_quarter(which, day),
            (None, _, None) => None,
        };
        let halves = |year: i16, half: i8| {
            Edtf::interval(Edtf::month(year, half * 6 - 5), Edtf::month(year, half * 6))
        };
        let Some(year) = year else { return Some(None) };
        match (self.words("unit")?.as_str(), which) {
            ("quarter", 0 | 4) => Some(Some(Edtf::quarter(year, 4))),
            ("quarter", which) => Some(Some(Edtf::quarter(year, which))),
            (_, 1) => Some(halves(year, 1)),
            (_, 0 | 2 | 4) => Some(halves(year, 2)),
            _ => None,
        }
    }

    /// A quarter without its year: the last one that has begun, or with "will" the next that is not over.
    fn year_of_quarter(&self, which: i8, day: jiff::civil::Date) -> Option<i16> {
        let quarter = |year: i16| Edtf::quarter(year, which.clamp(1, 4));
        let this = quarter(day.year());
        // "Will report fourth-quarter sales": those of the quarter that is over.
        let described = self.found.capture("which").is_some_and(|which| self.word(which.end) == "-");
        let side = if described { Side::LatestOrSame } else { self.side_of_year() };
        // "Fourth-quarter results were released": the quarter is over.
        if described && self.tense() == Some(Tense::Past) && this.latest() >= day {
            return Some(day.year() - 1);
        }
        Some(match side {
            Side::NextOrSame if this.latest() < day => day.year() + 1,
            Side::NextOrSame => day.year(),
            _ if this.earliest() > day => day.year() - 1,
            _ => day.year(),
        })
    }

    /// A decade, with the apostrophe of a short one: "the ’70s and ’80s".
    pub(super) fn decade(&self) -> Option<DateReading> {
        let mut tokens = self.found.tokens.clone();
        let marked = tokens.start > 0
            && self.context.tokens.is_glued(tokens.start)
            && matches!(self.word(tokens.start - 1), "'" | "’" | "‘" | "`");
        if marked && self.found.capture("decade").is_some_and(|run| run.start == tokens.start) {
            tokens.start -= 1;
        }
        Some(DateReading { tokens, value: self.decade_named()?, anchor: None })
    }

    fn decade_named(&self) -> Option<Option<Edtf>> {
        if self.is_an_age() {
            return None;
        }
        const NAMED: [&str; 8] =
            ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        let words = self.words("decade")?;
        if let Some(at) = NAMED.iter().position(|it| *it == words) {
            return Some(Some(Edtf::decade(1920 + at as i16 * 10)));
        }
        let decade: i16 = words.parse().ok().filter(|year| year % 10 == 0)?;
        match words.len() {
            4 if (1000..2200).contains(&decade) && decade % 100 == 0 && decade != 2000 => {
                Some(format!("{}XX", decade / 100).parse().ok())
            }
            4 if (1000..2200).contains(&decade) => Some(Some(Edtf::decade(decade))),
            2 if decade >= 20 => Some(Some(Edtf::decade(1900 + decade))),
            _ => None,
        }
    }

    /// "In his 30s", "in their early 20s", "the late teens or early 20s".
    fn is_an_age(&self) -> bool {
        let word = self.words("decade").unwrap_or_default();
        if word.len() == 4 {
            return false;
        }
        let first = self.word(self.found.tokens.start).to_lowercase();
        let at = self.found.capture("decade").map_or(0, |run| run.start);
        let marked =
            at > 0 && self.context.tokens.is_glued(at) && matches!(self.word(at - 1), "'" | "’" | "‘" | "`");
        let own = matches!(
            self.word_before().as_str(),
            "his"
                | "her"
                | "their"
                | "my"
                | "our"
                | "your"
                | "teens"
                | "or"
                | "men"
                | "women"
                | "man"
                | "woman"
        );
        own || first != "the" && !marked
    }

    pub(super) fn century(&self) -> Option<Option<Edtf>> {
        const NAMED: [&str; 5] = ["seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first"];
        let nth = match self.words("named") {
            Some(word) => NAMED.iter().position(|it| *it == word)? as u32 + 17,
            None => self.number("nth")?,
        };
        (2..=30).contains(&nth).then(|| format!("{:02}XX", nth - 1).parse().ok())
    }
}
