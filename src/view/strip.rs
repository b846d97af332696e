//! The strip above the timeline: time from left to right, the killed as stems on a square-root scale.

use serde::Serialize;

use super::summary::drawn;
use super::{AttackSummary, Linker, Scope};
use crate::edtf::Edtf;

/// A picture of dated attacks, in units of an SVG view box 1000 wide and 200 high; the ground is at 170.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strip {
    /// One an attack, oldest first; the 120 with the most killed where there are more.
    pub stems: Vec<Stem>,
    /// Along the ground: years.
    pub years: Vec<Tick>,
    /// Along the side: numbers of killed.
    pub tolls: Vec<Tick>,
    /// The names of a few attacks with the most killed, where they cover no other name or stem.
    pub names: Vec<Name>,
    /// How many dated attacks are not drawn.
    pub left_out: usize,
}

/// One attack in the strip.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stem {
    /// From the left, in tenths of a unit's precision.
    pub x: f64,
    /// The top of the stem, from above.
    pub y: f64,
    /// Whether a number of killed is known; a stem of unknown height stands as a ring on the ground.
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
    /// "2004", "100".
    pub label: String,
}

/// The name of an attack beside the top of its stem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Name {
    /// Of the stem, from the left.
    pub x: f64,
    /// Of the top of the stem, from above.
    pub y: f64,
    /// Whether it stands to the left of the stem, because there is no room to the right of it.
    pub before: bool,
    /// The attack's title, at most 40 characters.
    pub title: String,
}

const LEFT: f64 = 40.0;
const WIDTH: f64 = 940.0;
const GROUND: f64 = 170.0;
const HEIGHT: f64 = 150.0;
const MOST_STEMS: usize = 120;
const MOST_NAMES: usize = 4;
/// How far apart the stems of named attacks are.
const APART: f64 = 240.0;
/// So much of the picture's height a named stem has at least: lower ones stand among others.
const LEAST_NAMED: f64 = 0.5;
/// Between a stem and its name.
const GAP: f64 = 9.0;
/// As wide as a letter of a name is on the average, and as high as half a line.
const LETTER: f64 = 7.5;

/// Days from the year 0, as a place on the axis.
fn day(date: jiff::civil::Date) -> f64 {
    f64::from(date.year()) * 365.2425 + f64::from(date.day_of_year())
}

/// The place of an attack: the middle of the days it may mean, one end where the other is open.
fn moment(date: &Edtf) -> f64 {
    let (earliest, latest) = (date.earliest(), date.latest());
    match (earliest == jiff::civil::Date::MIN, latest == jiff::civil::Date::MAX) {
        (true, _) => day(latest),
        (_, true) => day(earliest),
        _ => f64::midpoint(day(earliest), day(latest)),
    }
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
        let moments: Vec<f64> = drawn_ones.iter().map(|index| moment(&date(index))).collect();
        let year_of = |moment: f64| (moment / 365.2425).floor();
        let first_year = moments.iter().copied().fold(f64::INFINITY, f64::min);
        let last_year = moments.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (first_year, last_year) = (year_of(first_year), year_of(last_year) + 1.0);
        let place = |moment: f64| {
            let share = (moment / 365.2425 - first_year) / (last_year - first_year);
            round(LEFT + share.clamp(0.0, 1.0) * WIDTH)
        };
        let most = drawn(attacks[largest_first[0] as usize].killed).max(1);
        let height = |killed: u32| round(GROUND - (f64::from(killed) / f64::from(most)).sqrt() * HEIGHT);
        let stems = drawn_ones.iter().zip(&moments).map(|(index, moment)| {
            let attack = AttackSummary::new(scope, *index, linker);
            Stem {
                x: place(*moment),
                y: height(drawn(attacks[*index as usize].killed)),
                known: attack.killed.is_some(),
                label: attack.in_short(scope.words()),
                href: attack.href,
            }
        });
        let stems: Vec<Stem> = stems.collect();
        let mut names: Vec<Name> = Vec::new();
        let tall =
            |index: &&u32| height(drawn(attacks[**index as usize].killed)) <= GROUND - HEIGHT * LEAST_NAMED;
        for index in largest_first.iter().filter(tall) {
            let x = place(moment(&date(index)));
            if names.len() == MOST_NAMES || names.iter().any(|name| (name.x - x).abs() < APART) {
                continue;
            }
            let attack = &attacks[*index as usize];
            let (y, title) = (height(drawn(attack.killed)), super::wording::excerpt(&attack.title, 40));
            let beside = |before| Name { x, y, before, title: title.clone() };
            let is_free = |name: &Name| name.is_free(&stems, &names);
            names.extend([beside(x > 700.0), beside(x <= 700.0)].into_iter().find(is_free));
        }
        Some(Strip {
            stems,
            years: year_ticks(first_year as i32, last_year as i32)
                .map(|year| Tick { at: place(f64::from(year) * 365.2425), label: year.to_string() })
                .collect(),
            tolls: toll_ticks(most).map(|toll| Tick { at: height(toll), label: toll.to_string() }).collect(),
            names,
            left_out: dated.len() - drawn_ones.len(),
        })
    }
}

impl Name {
    /// From where to where it goes, as far as that can be known without its type.
    fn extent(&self) -> (f64, f64) {
        let length = GAP + self.title.chars().count() as f64 * LETTER;
        if self.before { (self.x - length, self.x) } else { (self.x, self.x + length) }
    }

    /// Whether it stays in the picture and covers neither a stem but its own nor another name.
    fn is_free(&self, stems: &[Stem], names: &[Name]) -> bool {
        let (from, to) = self.extent();
        let is_under =
            |stem: &Stem| stem.x != self.x && (from..=to).contains(&stem.x) && stem.y <= self.y + LETTER;
        let meets = |name: &Name| {
            let other = name.extent();
            other.0 < to && from < other.1 && (name.y - self.y).abs() < 2.0 * LETTER
        };
        from >= LEFT && to <= LEFT + WIDTH && !stems.iter().any(is_under) && !names.iter().any(meets)
    }
}

/// At most ten years, on round numbers.
fn year_ticks(first: i32, last: i32) -> impl Iterator<Item = i32> {
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
    let step = steps.into_iter().find(|step| (last - first) / step <= 9).unwrap_or(5000);
    (first..=last).filter(move |year| year.rem_euclid(step) == 0)
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

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
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
        assert_eq!(utoya.y, round(170.0 - 150.0 * (77.0_f64 / 334.0).sqrt()));
        assert!(beslan.x < utoya.x && utoya.label == "Oslo and Utøya attacks, 22 July 2011, 77 killed");
        assert_eq!(strip.tolls.last().map(|tick| tick.label.as_str()), Some("200"));
        assert!(strip.names.iter().any(|name| name.title == "Beslan school siege"));
        assert_eq!(Strip::new(&sample.scope(), &[0], &linker), None);
    }

    #[test]
    fn a_name_covers_no_other_stem_and_no_other_name() {
        let stem = |x, y| Stem { x, y, known: true, href: String::new(), label: String::new() };
        let name = |x, before| Name { x, y: 20.0, before, title: "Bombing in Nairobi".to_owned() };
        let stems = [stem(400.0, 20.0), stem(500.0, 25.0), stem(300.0, 90.0)];
        assert!(!name(400.0, false).is_free(&stems, &[]), "a stem nearly as high stands there");
        assert!(name(400.0, true).is_free(&stems, &[]), "the other is far lower");
        assert!(!name(400.0, true).is_free(&stems, &[name(200.0, false)]), "another name ends there");
        assert!(
            !name(60.0, true).is_free(&stems, &[]) && !name(960.0, false).is_free(&stems, &[]),
            "the end"
        );
    }
}
