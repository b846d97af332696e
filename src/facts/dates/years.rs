//! Years by themselves: "in 2012", "1992-95", "the class of ’96", and numbers that only look like one.

use super::read::{DateReading, Reader, is_plural};
use crate::edtf::Edtf;
use crate::facts::classes::Class;

impl Reader<'_> {
    /// "Room 2012", "Highway 2001": the number of a thing and no year.
    fn numbers_a_thing(&self) -> bool {
        matches!(
            self.word_before().as_str(),
            "room"
                | "flight"
                | "apartment"
                | "apt"
                | "apt."
                | "flat"
                | "suite"
                | "unit"
                | "cell"
                | "house"
                | "highway"
                | "route"
                | "interstate"
                | "bus"
                | "train"
                | "gate"
                | "locker"
                | "box"
                | "channel"
                | "number"
                | "page"
                | "model"
        )
    }

    /// A bare number is a year where nothing is counted with it, and it is no time, number of a house or of a flight.
    pub(super) fn year(&self) -> Option<Option<Edtf>> {
        let figures = self.found.capture("year")?.start;
        let year = self.year_of("year").filter(|year| (1600..2150).contains(year))?;
        if self.is_of_an_impossible_day(figures) {
            return None;
        }
        // "’92" is read with its apostrophe.
        if self.word(figures).len() == 2 {
            return None;
        }
        let led = self.found.tokens.len() > 1;
        if self.found.capture("fiscal").is_some() {
            return Some(Some(Edtf::of_year(year)));
        }
        let before = self.word_before();
        let end = self.found.tokens.end;
        let after = self.word(end);
        let asked = led
            || matches!(
                before.as_str(),
                "in" | "since"
                    | "by"
                    | "until"
                    | "during"
                    | "from"
                    | "of"
                    | "before"
                    | "after"
                    | "through"
                    | "till"
                    | "late"
                    | "early"
                    | "mid"
                    | "circa"
            );
        // "The 1700 of Casey Drive", a slip for the block.
        let measured = before == "the" && after == "of"
            || matches!(
                before.as_str(),
                "at" | "approximately" | "about" | "nearly" | "some" | "over" | "only"
            );
        let timed = measured && !led
            || matches!(after, "hours" | "hrs" | "GMT" | "UTC" | "local" | "block" | "blocks" | ":")
            // "Between 1310 and 1350 [1910 and 1950 GMT]".
            || matches!(after, "and" | "to" | "-" | "–")
                && matches!(self.word(end + 2), "GMT" | "UTC" | "hours" | "hrs" | "local")
            || matches!(before.as_str(), "from" | "between" | "until" | "by")
                && self.is_span_of_times(year, end);
        let house = self.is(end, Class::Capital)
            && !asked
            && (end + 1..end + 4).any(|at| self.is(at, Class::StreetWord) && self.is(at, Class::Capital));
        let counted = after.starts_with(|sign: char| sign.is_lowercase())
            && !self.is(end, Class::FunctionWord)
            || is_plural(after);
        let glued = matches!(after, "%" | "-" | "/" | "°")
            || !led && matches!(before.as_str(), "$" | "£" | "€" | "#" | "no" | "no." | "/" | "flight" | "-");
        let owned = matches!(before.as_str(), "the" | "its" | "their" | "his" | "her" | "this" | "that");
        // "A 1996 treaty", "the 1996 Olympics", but "the 2000 Kenyans".
        let event = self.is(end, Class::Capital) && !self.is(end, Class::Nationality);
        let modified = (owned && counted || matches!(before.as_str(), "a" | "an"))
            && (!is_plural(after) || owned && event);
        // "There were 1998 of them", "by 1996 to 4".
        let tallied = !asked
            && (after == "of"
                && matches!(self.word(end + 1), "them" | "us" | "these" | "those" | "whom" | "which")
                || after == "to" && self.is(end + 1, Class::Number) && self.word(end + 1).len() < 4);
        let house = house || tallied || !led && self.numbers_a_thing();
        let fits = !timed && !house && !glued && (modified || !counted || (asked && !is_plural(after)));
        fits.then(|| Some(Edtf::of_year(year)))
    }

    /// "In ’92", "the class of ’96".
    pub(super) fn short_year(&self) -> Option<DateReading> {
        let at = self.found.tokens.start;
        if self.word(at).len() != 2 || !self.is_marked(at) {
            return None;
        }
        let led = matches!(
            self.word(at.wrapping_sub(2)).to_lowercase().as_str(),
            "in" | "of"
                | "since"
                | "from"
                | "to"
                | "until"
                | "by"
                | "and"
                | "late"
                | "early"
                | "before"
                | "after"
        );
        let after = self.word(at + 1);
        let counted = self.is(at + 1, Class::Number) || after == "s" || is_plural(after);
        let value = (led && !counted).then(|| self.year_of("year")).flatten()?;
        Some(DateReading { tokens: at - 1..at + 1, value: Some(Edtf::of_year(value)), anchor: None })
    }

    /// "From 1710 to 2250": hours and minutes of a clock of 24 hours, where the other end can be no year.
    fn is_span_of_times(&self, year: i16, end: u32) -> bool {
        let other = self.word(end + 1);
        let time = |it: i16| (0..2400).contains(&it) && it % 100 < 60;
        let no_year =
            other.len() == 4 && other.parse::<i16>().is_ok_and(|it| time(it) && !(1600..2150).contains(&it));
        matches!(self.word(end), "to" | "and" | "until" | "-") && time(year) && no_year
    }

    pub(super) fn years(&self) -> Option<Option<Edtf>> {
        let first = self.year_of("year")?;
        // "In 2005 and 2006" are two.
        if self.words("link").as_deref() == Some("and") && self.found.capture("from").is_none() {
            return None;
        }
        let end = self.words("end")?;
        let last = match end.len() {
            2 => {
                let last = first / 100 * 100 + end.parse::<i16>().ok()?;
                // "1998-02" turns a century, "2014-05" is a month.
                if last > first { last } else { return None }
            }
            _ => self.year_of("end")?,
        };
        let counted =
            is_plural(self.word_after()) || matches!(self.word_after(), "-" | "/" | "percent" | "%");
        let range = Edtf::interval(Edtf::of_year(first), Edtf::of_year(last))?;
        (first < last && first > 1600 && last < 2150 && !counted).then_some(Some(range))
    }
}
