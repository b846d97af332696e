//! Days written in figures alone: "2012-11-30", "30/11/2012", "19980213".

use jiff::civil::Date;

use super::read::{Order, Reader};
use crate::edtf::Edtf;

impl Reader<'_> {
    pub(super) fn iso(&self) -> Option<Option<Edtf>> {
        let (month, day) = (self.number("month")?, self.number("day")?);
        let date =
            Date::new(self.year_of("year")?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Some(Edtf::day(date)))
    }

    /// Day and month in either order; where both are possible, the order of the article's other dates tells.
    pub(super) fn numeric(&self) -> Option<Option<Edtf>> {
        let year = self.year_of("year")?;
        let (day_first, month_first) = both_orders(year, self.number("day")?, self.number("second")?)?;
        Some(match (day_first, month_first) {
            (Some(day), None) | (None, Some(day)) => Some(Edtf::day(day)),
            (Some(day), Some(same)) if day == same => Some(Edtf::day(day)),
            (Some(day), Some(other)) => match (self.context.order, self.context.published) {
                (Some(Order::DayFirst), _) => Some(Edtf::day(day)),
                (Some(Order::MonthFirst), _) => Some(Edtf::day(other)),
                // The day of the report itself, at its head or foot.
                (None, Some(published)) => {
                    [day, other].into_iter().find(|it| *it == published).map(Edtf::day)
                }
                (None, None) => None,
            },
            (None, None) => return None,
        })
    }

    /// "19980213".
    pub(super) fn compact(&self) -> Option<Option<Edtf>> {
        let words = self.words("figures")?;
        if words.len() != 8 || !words.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let year: i16 = words[..4].parse().ok().filter(|year| (1900..2100).contains(year))?;
        let date = Date::new(year, words[4..6].parse().ok()?, words[6..].parse().ok()?).ok()?;
        Some(Some(Edtf::day(date)))
    }
}

/// What two numbers mean as day and month, and as month and day.
pub(super) fn both_orders(year: i16, one: u32, two: u32) -> Option<(Option<Date>, Option<Date>)> {
    let (one, two) = (i8::try_from(one).ok()?, i8::try_from(two).ok()?);
    Some((Date::new(year, two, one).ok(), Date::new(year, one, two).ok()))
}
