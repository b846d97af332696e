//! `data/timeline.json` and `data/timeline.csv`: the dated attacks for TimelineJS, in the JSON that it loads and in the
//! columns of the spreadsheet that Knight Lab's tool reads.

use jiff::civil::Date;
use serde::Serialize;

use super::{csv, json};
use crate::data::AttackData;
use crate::edtf::{Edtf, Precision};
use crate::fields::Choice;
use crate::view::{TollView, escape};
use crate::words::Words;

/// The spreadsheet's columns, as Knight Lab's template has them.
const COLUMNS: [&str; 18] = [
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Type",
    "Group",
    "Background",
];

#[derive(Serialize)]
struct Timeline<'a> {
    title: Title<'a>,
    events: Vec<Event<'a>>,
}

#[derive(Serialize)]
struct Title<'a> {
    text: Text,
    unique_id: &'a str,
}

/// One attack, as TimelineJS shows it; headline and text are HTML there.
#[derive(Serialize)]
struct Event<'a> {
    unique_id: &'a str,
    start_date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<Day>,
    display_date: String,
    text: Text,
    group: String,
    /// Nothing that looks like an address is made a link.
    autolink: bool,
}

#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

/// A year, a month or a day.
#[derive(Serialize)]
struct Day {
    year: i16,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<i8>,
}

/// The bytes of `data/timeline.json`.
pub(super) fn json(title: &str, about: &str, attacks: &[&AttackData<'_>], words: &Words) -> Vec<u8> {
    let text = Text { headline: escape(title), text: escape(about) };
    let title = Title { text, unique_id: "title" };
    let mut bytes = json::line(&Timeline { title, events: events(attacks, words) });
    bytes.push(b'\n');
    bytes
}

/// The bytes of `data/timeline.csv`.
pub(super) fn csv(attacks: &[&AttackData<'_>], words: &Words) -> Vec<u8> {
    let rows: Vec<Vec<String>> = events(attacks, words).into_iter().map(row).collect();
    csv::written(&COLUMNS, &rows).into_bytes()
}

fn row(event: Event<'_>) -> Vec<String> {
    let mut row = vec![String::new(); COLUMNS.len()];
    let mut set = |name: &str, value: String| {
        let at = COLUMNS.iter().position(|column| *column == name).expect("only columns of ours are set");
        row[at] = value;
    };
    let mut day = |names: [&str; 3], day: &Day| {
        set(names[0], day.year.to_string());
        set(names[1], day.month.map(|month| month.to_string()).unwrap_or_default());
        set(names[2], day.day.map(|day| day.to_string()).unwrap_or_default());
    };
    day(["Year", "Month", "Day"], &event.start_date);
    if let Some(end) = &event.end_date {
        day(["End Year", "End Month", "End Day"], end);
    }
    set("Display Date", event.display_date);
    set("Headline", event.text.headline);
    set("Text", event.text.text);
    set("Group", event.group);
    row
}

fn events<'a>(attacks: &[&AttackData<'a>], words: &Words) -> Vec<Event<'a>> {
    attacks.iter().filter_map(|attack| event(attack, words)).collect()
}

fn event<'a>(attack: &AttackData<'a>, words: &Words) -> Option<Event<'a>> {
    let date = attack.date?;
    let (start_date, end_date) = ends(date)?;
    let told = |key: &str, toll| words.with(key, &[("number", &TollView::new(toll, words).text)]);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(attack.place.in_words(words));
    facts.extend(attack.killed.map(|toll| told("toll.killed", toll)));
    facts.extend(attack.injured.map(|toll| told("toll.injured", toll)));
    let facts: String = facts.iter().map(|fact| format!("<p>{}</p>", escape(fact))).collect();
    let text =
        format!("{facts}<p><a href=\"{}\">{}</a></p>", escape(&attack.url), words.text("data.evidence"));
    Some(Event {
        unique_id: attack.id,
        start_date,
        end_date,
        display_date: date.human(words),
        text: Text { headline: escape(&attack.headline(words)), text },
        group: words.with(&format!("kind.{}", attack.kind.word()), &[]),
        autolink: false,
    })
}

/// Where TimelineJS puts a date. What it is called on the page stands in `display_date`, so that a decade, which it
/// cannot write, is drawn as its years and still called a decade.
fn ends(date: &Edtf) -> Option<(Day, Option<Day>)> {
    let open = (date.earliest() == Date::MIN, date.latest() == Date::MAX);
    let fine = |day: Date, precision: Precision| Day {
        year: day.year(),
        month: (precision >= Precision::Season).then(|| day.month()),
        day: (precision >= Precision::Week).then(|| day.day()),
    };
    let precision = date.precision();
    match open {
        (true, true) => None,
        (true, false) => Some((fine(date.latest(), precision), None)),
        (false, true) => Some((fine(date.earliest(), precision), None)),
        (false, false) => {
            let one = matches!(precision, Precision::Day | Precision::Month | Precision::Year);
            let whole = one && !date.is_interval();
            let last = (!whole).then(|| fine(date.latest(), precision));
            Some((fine(date.earliest(), precision), last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends_of(written: &str) -> String {
        let date: Edtf = written.parse().unwrap();
        let text = |day: &Day| serde_json::to_string(day).unwrap().replace('"', "");
        ends(&date).map_or_else(String::new, |(start, end)| {
            format!("{}{}", text(&start), end.map(|end| format!(" to {}", text(&end))).unwrap_or_default())
        })
    }

    #[test]
    fn a_date_is_drawn_as_far_as_it_is_known() {
        assert_eq!(ends_of("2004-09-01"), "{year:2004,month:9,day:1}");
        assert_eq!(ends_of("2004-09"), "{year:2004,month:9}");
        assert_eq!(ends_of("2004~"), "{year:2004}");
        assert_eq!(
            ends_of("2004-09-01/2004-09-03"),
            "{year:2004,month:9,day:1} to {year:2004,month:9,day:3}"
        );
        assert_eq!(ends_of("199X"), "{year:1990} to {year:1999}");
        assert_eq!(ends_of("2004-21"), "{year:2004,month:3} to {year:2004,month:5}");
        assert_eq!(ends_of("../2004-09-01"), "{year:2004,month:9,day:1}");
    }
}
