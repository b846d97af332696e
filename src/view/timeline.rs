//! The timeline: attacks by year, those without a date apart, and the strip above them.

use serde::Serialize;

use super::lists::{numbered, on_page};
use super::summary::drawn;
use super::{AttackSummary, Linker, PageView, Pagination, Scope};

/// What `timeline.html` sees as `timeline`.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView<'a> {
    /// The years of this page, in order.
    pub years: Vec<Year<'a>>,
    /// Attacks without a date, with the articles' words for it; on the last page.
    pub undated: Vec<AttackSummary<'a>>,
    /// The strip of all dated attacks; on the first page, when there are at least two.
    pub strip: Option<Strip>,
    /// Where this page stands.
    pub pagination: Pagination,
}

/// One year of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Year<'a> {
    /// "2004"; "1990s" where the source is no finer.
    pub label: String,
    /// In timeline order.
    pub attacks: Vec<AttackSummary<'a>>,
}

/// A picture of the dated attacks: time from left to right, the killed as stems on a square-root scale.
///
/// In units of an SVG view box 1000 wide and 200 high; the ground is at 170.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Strip {
    /// One an attack, oldest first; the 400 with the most killed where there are more.
    pub stems: Vec<Stem>,
    /// Along the ground: years.
    pub years: Vec<Tick>,
    /// Along the side: numbers of killed.
    pub tolls: Vec<Tick>,
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

const LEFT: f64 = 40.0;
const WIDTH: f64 = 940.0;
const GROUND: f64 = 170.0;
const HEIGHT: f64 = 150.0;
const MOST_STEMS: usize = 400;

impl<'a> TimelineView<'a> {
    /// Page `number` (from 1) of the timeline; completes `page`.
    pub fn new(scope: &Scope<'a>, number: usize, linker: &Linker, page: &mut PageView) -> Self {
        page.title = numbered("title.timeline", number, scope.words());
        scope.words().text("about.timeline").clone_into(&mut page.description);
        let size = scope.config.lists.attacks_per_page;
        let shown = on_page(number, size, scope.attack_count());
        let dated = scope.dated.len();
        let mut years: Vec<Year<'a>> = Vec::new();
        for index in &scope.dated[shown.start.min(dated)..shown.end.min(dated)] {
            let label = year(&scope.dossier.attacks[*index as usize]);
            let attack = AttackSummary::new(scope, *index, linker);
            match years.last_mut().filter(|last| last.label == label) {
                Some(last) => last.attacks.push(attack),
                None => years.push(Year { label, attacks: vec![attack] }),
            }
        }
        let undated = &scope.undated[shown.start.saturating_sub(dated)..shown.end.saturating_sub(dated)];
        TimelineView {
            years,
            undated: undated.iter().map(|index| AttackSummary::new(scope, *index, linker)).collect(),
            strip: (number == 1 && dated > 1).then(|| strip(scope, linker)),
            pagination: Pagination::new("timeline/", number, scope.list_lengths().1, linker),
        }
    }
}

/// "2004", or "1990s" and "1900s" where no year is known.
fn year(attack: &crate::dossier::Attack) -> String {
    let Some(date) = attack.date else { return String::new() };
    match date.year() {
        Some(year) => year.to_string(),
        None => format!("{}s", date.earliest().year()),
    }
}

/// Days from the year 0, as a place on the axis.
fn day(date: jiff::civil::Date) -> f64 {
    f64::from(date.year()) * 365.2425 + f64::from(date.day_of_year())
}

/// The place of an attack: the middle of the days it may mean, one end where the other is open.
fn moment(date: &crate::edtf::Edtf) -> f64 {
    let (earliest, latest) = (date.earliest(), date.latest());
    match (earliest == jiff::civil::Date::MIN, latest == jiff::civil::Date::MAX) {
        (true, _) => day(latest),
        (_, true) => day(earliest),
        _ => f64::midpoint(day(earliest), day(latest)),
    }
}

fn strip(scope: &Scope<'_>, linker: &Linker) -> Strip {
    let attacks = &scope.dossier.attacks;
    let mut drawn_ones: Vec<u32> = scope.dated.clone();
    drawn_ones.sort_by_key(|index| (std::cmp::Reverse(drawn(attacks[*index as usize].killed)), *index));
    drawn_ones.truncate(MOST_STEMS);
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
    let most =
        drawn_ones.iter().map(|index| drawn(attacks[*index as usize].killed)).max().unwrap_or(0).max(1);
    let height = |killed: u32| round(GROUND - (f64::from(killed) / f64::from(most)).sqrt() * HEIGHT);
    let stems = drawn_ones.iter().zip(&moments).map(|(index, moment)| {
        let attack = AttackSummary::new(scope, *index, linker);
        let mut label = attack.title.to_owned();
        let killed =
            attack.killed.as_ref().map(|toll| scope.words().with("toll.killed", &[("number", &toll.text)]));
        for part in [attack.date.map(|date| date.text), killed].into_iter().flatten() {
            label.push_str(", ");
            label.push_str(&part);
        }
        Stem {
            x: place(*moment),
            y: height(drawn(attacks[*index as usize].killed)),
            known: attack.killed.is_some(),
            href: attack.href,
            label,
        }
    });
    Strip {
        stems: stems.collect(),
        years: year_ticks(first_year as i32, last_year as i32)
            .map(|year| Tick { at: place(f64::from(year) * 365.2425), label: year.to_string() })
            .collect(),
        tolls: toll_ticks(most).map(|toll| Tick { at: height(toll), label: toll.to_string() }).collect(),
        left_out: scope.dated.len() - drawn_ones.len(),
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
