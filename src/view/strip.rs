//! The strip above the timeline: time from left to right, the killed as stems on a square-root scale.

use serde::Serialize;

use super::summary::{attack_path, drawn, in_short};
use super::{Linker, Scope};
use crate::edtf::{self, Edtf, Precision, Qualifier};

/// A picture of dated attacks: from left to right in percent of its width, which may be any; from above in pixels, of
/// which it has 200, with the ground at 170.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strip {
    /// One an attack, oldest first; the 120 with the most killed where there are more.
    pub stems: Vec<Stem>,
    /// Along the ground: years, in percent from the left.
    pub years: Vec<Tick>,
    /// Along the side: numbers of killed, in pixels from above.
    pub tolls: Vec<Tick>,
    /// The names of a few attacks with the most killed, where they cover no other name or stem.
    pub names: Vec<Name>,
    /// How many dated attacks are not drawn.
    pub left_out: usize,
}

/// One attack in the strip.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stem {
    /// The middle of the days that its date may mean, in percent from the left.
    pub x: f64,
    /// The first of them.
    pub from: f64,
    /// The last of them.
    pub to: f64,
    /// From the first to the last, in percent of the width.
    pub width: f64,
    /// Whether its days are known: not, where the source gives but a month, a year or a decade, or says "about".
    pub exact: bool,
    /// Whether it is a span of days.
    pub span: bool,
    /// The top of the stem, in pixels from above.
    pub y: f64,
    /// Its height, in pixels.
    pub height: f64,
    /// Whether a number of killed is known.
    pub known: bool,
    /// The attack's page.
    pub href: String,
    /// "Beslan school siege, 1–3 September 2004, 334 killed".
    pub label: String,
}

/// A labelled place on an axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    /// From the left or from above.
    pub at: f64,
    /// "2004", "1,000".
    pub label: String,
    /// Whether it can be left out where there is little room.
    pub minor: bool,
}

/// The name of an attack beside the top of its stem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Name {
    /// Of the stem, in percent from the left.
    pub x: f64,
    /// Of the top of the stem, in pixels from above.
    pub y: f64,
    /// Whether it stands to the left of the stem, because there is no room to the right of it.
    pub before: bool,
    /// Whether there is room for it on a phone, too.
    pub narrow: bool,
    /// The attack's title, at most 40 characters.
    pub title: String,
}

/// Widths in pixels at which names are set: the least of a tablet, and of a phone.
const WIDE: f64 = 700.0;
const NARROW: f64 = 270.0;
const GROUND: f64 = 170.0;
const HEIGHT: f64 = 150.0;
const MOST_STEMS: usize = 120;
const MOST_NAMES: usize = 4;
/// How far apart the stems of named attacks are, in percent.
const APART: f64 = 25.0;
/// So much of the picture's height a named stem has at least: lower ones stand among others.
const LEAST_NAMED: f64 = 0.5;
/// Between a stem and its name, in pixels.
const GAP: f64 = 9.0;
/// As wide as a letter of a name is on the average, and as high as half a line, in pixels.
const LETTER: f64 = 7.5;
/// More years than these stand too close on a phone.
const MOST_YEARS_NARROW: usize = 5;

/// Days from the year 0, as a place on the axis.
fn day(date: jiff::civil::Date) -> f64 {
    f64::from(date.year()) * YEAR + f64::from(date.day_of_year())
}

/// Days.
const YEAR: f64 = 365.2425;

/// The days that a date may mean, the first and the one after the last; of one that is open at an end, those of the other.
fn days(date: &Edtf) -> (f64, f64) {
    let (earliest, latest) = (date.earliest(), date.latest());
    match is_open(date) {
        (true, _) => (day(latest), day(latest) + 1.0),
        (_, true) => (day(earliest), day(earliest) + 1.0),
        _ => (day(earliest), day(latest) + 1.0),
    }
}

/// Whether nobody knows when it began or ended.
fn is_open(date: &Edtf) -> (bool, bool) {
    (date.earliest() == jiff::civil::Date::MIN, date.latest() == jiff::civil::Date::MAX)
}

/// The years that a picture of `dates` goes through: the first, and the one after the last. A date that is as coarse as a
/// century stretches no picture that has others.
fn years_of(dates: &[Edtf]) -> (f64, f64) {
    let fine: Vec<&Edtf> = dates.iter().filter(|date| date.precision() >= Precision::Decade).collect();
    let drawn = if fine.is_empty() { dates.iter().collect() } else { fine };
    let ends = drawn.into_iter().map(days);
    let (first, last) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), (from, to)| {
        (first.min(from), last.max(to))
    });
    // The days of a year are counted from 1.
    ((first / YEAR).floor(), ((last - 2.0) / YEAR).floor() + 1.0)
}

impl Strip {
    /// Of `dated`, attacks with a date, in any order; `None` for fewer than two.
    pub(super) fn new(scope: &Scope<'_>, dated: &[u32], linker: &Linker) -> Option<Self> {
        if dated.len() < 2 {
            return None;
        }
        let attacks = &scope.dossier.attacks;
        let mut drawn_ones: Vec<u32> = dated.to_vec();
        drawn_ones.sort_by_key(|index| (std::cmp::Reverse(drawn(attacks[*index as usize].killed)), *index));
        drawn_ones.truncate(MOST_STEMS);
        let largest_first = drawn_ones.clone();
        drawn_ones.sort_unstable();
        let date = |index: &u32| attacks[*index as usize].date.expect("only dated attacks are drawn");
        let (first_year, last_year) = years_of(&drawn_ones.iter().map(date).collect::<Vec<_>>());
        let place = |moment: f64| {
            let share = (moment / YEAR - first_year) / (last_year - first_year);
            round(share.clamp(0.0, 1.0) * 100.0, 100.0)
        };
        let most = drawn(attacks[largest_first[0] as usize].killed).max(1);
        let height = |killed: u32| round((f64::from(killed) / f64::from(most)).sqrt() * HEIGHT, 10.0);
        let stem = |index: &u32| {
            let attack = &attacks[*index as usize];
            let height = height(drawn(attack.killed));
            let mut stem = Stem::of(&date(index), place);
            (stem.y, stem.height) = (round(GROUND - height, 10.0), height);
            stem.known = attack.killed.is_some();
            stem.label = in_short(attack, scope.words());
            stem.href = linker.href(&attack_path(&attack.id));
            stem
        };
        let stems: Vec<Stem> = drawn_ones.iter().map(stem).collect();
        let mut names: Vec<Name> = Vec::new();
        for index in &largest_first {
            let stem = &stems[drawn_ones.binary_search(index).expect("both are the same attacks")];
            let is_low = stem.height < HEIGHT * LEAST_NAMED;
            if is_low || names.len() == MOST_NAMES || names.iter().any(|name| (name.x - stem.x).abs() < APART)
            {
                continue;
            }
            let title = super::wording::excerpt(&attacks[*index as usize].title, 40);
            let beside = |before| Name { x: stem.x, y: stem.y, before, narrow: false, title: title.clone() };
            let sides = [beside(stem.x > 70.0), beside(stem.x <= 70.0)];
            let free = sides.into_iter().find(|name| name.is_free(WIDE, &stems, &names));
            if let Some(mut name) = free {
                let shown: Vec<Name> = names.iter().filter(|name| name.narrow).cloned().collect();
                name.narrow = name.is_free(NARROW, &stems, &shown);
                names.push(name);
            }
        }
        let toll = |toll: u32| {
            let label = scope.words().number(toll as usize);
            Tick { at: round(GROUND - height(toll), 10.0), label, minor: false }
        };
        let year = |(year, minor): (i32, bool)| {
            let number = i16::try_from(year).expect("dates have years of four digits");
            Tick { at: place(f64::from(year) * YEAR), label: edtf::human_year(number, scope.words()), minor }
        };
        Some(Strip {
            stems,
            years: year_ticks(first_year as i32, last_year as i32).into_iter().map(year).collect(),
            tolls: toll_ticks(most).map(toll).collect(),
            names,
            left_out: dated.len() - drawn_ones.len(),
        })
    }
}

impl Stem {
    /// Where a date lies, as `place` has its days; what else is told of the attack is still to be said.
    fn of(date: &Edtf, place: impl Fn(f64) -> f64) -> Stem {
        let (from, to) = days(date);
        let is_day = date.precision() == Precision::Day && date.qualifier() == Qualifier::Certain;
        Stem {
            x: place(f64::midpoint(from, to)),
            from: place(from),
            to: place(to),
            width: round(place(to) - place(from), 100.0),
            exact: is_day && is_open(date) == (false, false),
            span: date.is_interval(),
            y: GROUND,
            height: 0.0,
            known: false,
            href: String::new(),
            label: String::new(),
        }
    }
}

impl Name {
    /// From where to where it goes in a picture of this width in pixels, as far as that can be known without its type.
    fn extent(&self, width: f64) -> (f64, f64) {
        let (x, length) = (self.x / 100.0 * width, GAP + self.title.chars().count() as f64 * LETTER);
        if self.before { (x - length, x) } else { (x, x + length) }
    }

    /// Whether it stays in the picture and covers neither a stem but its own nor another name.
    fn is_free(&self, width: f64, stems: &[Stem], names: &[Name]) -> bool {
        let (from, to) = self.extent(width);
        let is_under = |stem: &Stem| {
            let (left, right) =
                if stem.exact && !stem.span { (stem.x, stem.x) } else { (stem.from, stem.to) };
            let (left, right) = (left / 100.0 * width, right / 100.0 * width);
            stem.x != self.x && left <= to && from <= right && stem.y <= self.y + LETTER
        };
        let meets = |name: &Name| {
            let other = name.extent(width);
            other.0 < to && from < other.1 && (name.y - self.y).abs() < 2.0 * LETTER
        };
        from >= 0.0 && to <= width && !stems.iter().any(is_under) && !names.iter().any(meets)
    }
}

/// At most ten years, on round numbers, and which of them can be left out.
fn year_ticks(first: i32, last: i32) -> Vec<(i32, bool)> {
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
    let step = steps.into_iter().find(|step| (last - first) / step <= 9).unwrap_or(5000);
    let years: Vec<i32> = (first..=last).filter(|year| year.rem_euclid(step) == 0).collect();
    let close = years.len() > MOST_YEARS_NARROW;
    years.into_iter().map(|year| (year, close && year.rem_euclid(2 * step) != 0)).collect()
}

/// Round numbers up to `most`, apart enough on the square-root scale to be told from each other.
fn toll_ticks(most: u32) -> impl Iterator<Item = u32> {
    let round = [1, 10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000, 1_000_000];
    let mut last = 0.0;
    round.into_iter().filter(move |toll| *toll <= most).filter(move |toll| {
        let share = (f64::from(*toll) / f64::from(most)).sqrt();
        let apart = share - last >= 0.15;
        if apart {
            last = share;
        }
        apart
    })
}

/// To the nearest of `parts` parts of one.
fn round(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::IndexLinks;
    use crate::view::sample::sample;

    #[test]
    fn a_stem_is_as_high_as_the_root_of_its_toll() {
        let sample = sample();
        let linker = Linker::new("/timeline/", IndexLinks::Folder);
        let strip = Strip::new(&sample.scope(), &[0, 1, 2, 3], &linker).expect("four attacks have a date");
        let (beslan, utoya) = (&strip.stems[0], &strip.stems[1]);
        assert_eq!(beslan.y, 20.0, "334 killed, the most, reach the top");
        assert_eq!(utoya.height, round(150.0 * (77.0_f64 / 334.0).sqrt(), 10.0));
        assert!(beslan.x < utoya.x && utoya.label == "Oslo and Utøya attacks, 22 July 2011, 77 killed");
        assert!(utoya.exact && !utoya.span && beslan.exact && beslan.span);
        assert_eq!(strip.tolls.last().map(|tick| tick.label.as_str()), Some("200"));
        assert!(strip.names.iter().any(|name| name.title == "Beslan school siege"));
        assert_eq!(Strip::new(&sample.scope(), &[0], &linker), None);
    }

    /// Where the dates stand in a picture of all of them.
    fn placed(written: &[&str]) -> Vec<Stem> {
        let dates: Vec<Edtf> = written.iter().map(|date| date.parse().unwrap()).collect();
        let (first, last) = years_of(&dates);
        let place = |moment: f64| round((moment / YEAR - first) / (last - first) * 100.0, 100.0);
        dates.iter().map(|date| Stem::of(date, |moment| place(moment).clamp(0.0, 100.0))).collect()
    }

    #[test]
    fn a_date_that_is_not_known_is_drawn_as_wide_as_what_it_may_mean() {
        let stems = placed(&["199X", "2004", "2005-09", "2009-12-31", "2004-03-05~"]);
        let ends: Vec<(f64, f64)> = stems.iter().map(|stem| (stem.from.round(), stem.to.round())).collect();
        assert_eq!(ends[..2], [(0.0, 50.0), (70.0, 75.0)], "ten years and one, of twenty");
        assert!((stems[2].width - 100.0 / 240.0).abs() < 0.03, "a month: {}", stems[2].width);
        assert_eq!(
            stems.iter().map(|stem| stem.exact).collect::<Vec<_>>(),
            [false, false, false, true, false]
        );
        assert!(stems[3].to <= 100.0 && stems[3].width < 0.03, "the last day is in the picture");
    }

    #[test]
    fn a_century_and_an_open_end_stretch_no_picture() {
        let stems = placed(&["19XX", "2004-09-01/..", "2004-03-01", "2005-03-01"]);
        assert_eq!((stems[0].from, stems[0].to), (0.0, 0.0), "it lies before the picture");
        assert!(stems[2].x < stems[1].x && stems[1].x < stems[3].x && !stems[1].exact);
    }

    #[test]
    fn few_years_are_named_on_a_phone() {
        let shown = |first, last| {
            let ticks = year_ticks(first, last);
            (ticks.len(), ticks.iter().filter(|(_, minor)| !minor).count())
        };
        assert_eq!(shown(2000, 2009), (10, 5));
        assert_eq!(shown(2015, 2019), (5, 5));
        assert!((0..200).all(|last| shown(0, last).1 <= 5), "each picture has room for those");
    }

    #[test]
    fn a_name_covers_no_other_stem_and_no_other_name() {
        let stem = |x, y| {
            let day: Edtf = "2004-03-01".parse().unwrap();
            Stem { x, y, known: true, ..Stem::of(&day, |_| x) }
        };
        let name =
            |x, before| Name { x, y: 20.0, before, narrow: false, title: "Bombing in Nairobi".to_owned() };
        let stems = [stem(40.0, 20.0), stem(50.0, 25.0), stem(30.0, 90.0)];
        let is_free = |name: Name, others: &[Name]| name.is_free(WIDE, &stems, others);
        assert!(!is_free(name(40.0, false), &[]), "a stem nearly as high stands there");
        assert!(is_free(name(40.0, true), &[]), "the other is far lower");
        assert!(!is_free(name(40.0, true), &[name(20.0, false)]), "another name ends there");
        assert!(!is_free(name(6.0, true), &[]) && !is_free(name(96.0, false), &[]), "the end");
        assert!(!name(40.0, true).is_free(NARROW, &stems, &[]), "a phone has less room");
    }
}
