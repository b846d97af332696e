//! A small picture of how often somebody was quoted, year by year.

use std::collections::BTreeMap;

use serde::Serialize;

/// Quotations by year, in units of an SVG view box 600 wide and 90 high, with the ground at 70.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuoteChart {
    /// One a year from the first to the last, also for years without a quotation.
    pub bars: Vec<Bar>,
    /// Of the first, the last and, where there is room, the years between.
    pub years: Vec<ChartYear>,
    /// The most of one year.
    pub most: usize,
}

/// One year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// "2015".
    pub year: i16,
    /// How many quotations.
    pub quotes: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height; 0 without a quotation.
    pub height: f64,
}

/// A year below the ground.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartYear {
    /// Its middle, from the left.
    pub x: f64,
    /// "2015".
    pub year: i16,
}

const WIDTH: f64 = 600.0;
const GROUND: f64 = 70.0;
const HEIGHT: f64 = 60.0;
/// No bar is wider, so that two years look like two years.
const WIDEST: f64 = 40.0;
/// So much room a year's digits need.
const ROOM: f64 = 45.0;

impl QuoteChart {
    /// From the year of each quotation; `None` unless there are two years at least.
    pub(super) fn new(years: impl Iterator<Item = i16>) -> Option<Self> {
        let mut count: BTreeMap<i16, usize> = BTreeMap::new();
        for year in years {
            *count.entry(year).or_default() += 1;
        }
        let (first, last) = (*count.first_key_value()?.0, *count.last_key_value()?.0);
        if first == last {
            return None;
        }
        let most = count.values().copied().max().unwrap_or(1);
        let slot = (WIDTH / f64::from(last - first + 1)).min(WIDEST);
        let left = |year: i16| f64::from(year - first) * slot;
        let bars = (first..=last).map(|year| {
            let quotes = count.get(&year).copied().unwrap_or(0);
            let height = round(quotes as f64 / most as f64 * HEIGHT);
            let width = round(slot * 0.8);
            Bar { year, quotes, x: round(left(year)), y: round(GROUND - height), width, height }
        });
        let every = (ROOM / slot).ceil() as i16;
        let shown = (first..=last)
            .filter(|year| *year == last || ((*year - first) % every == 0 && last - *year >= every));
        let years = shown.map(|year| ChartYear { x: round(left(year) + slot * 0.4), year }).collect();
        Some(QuoteChart { bars: bars.collect(), years, most })
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_has_a_bar_as_high_as_its_quotations() {
        let chart = QuoteChart::new([2015, 2015, 2018, 2016].into_iter()).expect("three years");
        let bars: Vec<(i16, usize, f64)> =
            chart.bars.iter().map(|bar| (bar.year, bar.quotes, bar.height)).collect();
        assert_eq!(bars, [(2015, 2, 60.0), (2016, 1, 30.0), (2017, 0, 0.0), (2018, 1, 30.0)]);
        assert_eq!(chart.years.iter().map(|it| it.year).collect::<Vec<_>>(), [2015, 2018]);
        assert_eq!(QuoteChart::new([2015, 2015].into_iter()), None);
    }

    #[test]
    fn sixty_years_stay_inside_the_picture() {
        let chart = QuoteChart::new([1960, 2024].into_iter()).expect("two years");
        let last = chart.bars.last().expect("there are bars");
        assert!(last.x + last.width <= 600.0, "{last:?}");
    }
}
