//! `data/attacks.ics`: an all-day entry for each attack whose day is known (iCalendar, RFC 5545).

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::data::{Addresses, AttackData};
use crate::edtf::{Precision, Qualifier};
use crate::fields::Choice;
use crate::words::Words;

/// How long a line may be, in octets, without its end (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// The file's bytes. An attack of which only a month or a year is known has no entry: a calendar has no way to say so.
///
/// Entries have no time of their making but the last day on which one of their sources was published: the same articles
/// give the same bytes.
pub(super) fn attacks(
    title: &str,
    attacks: &[&AttackData<'_>],
    (words, to): (&Words, Addresses<'_>),
) -> Vec<u8> {
    let mut lines = String::new();
    line(&mut lines, "BEGIN:VCALENDAR");
    line(&mut lines, "VERSION:2.0");
    line(&mut lines, "PRODID:-//dateline//dossier//EN");
    line(&mut lines, "CALSCALE:GREGORIAN");
    line(&mut lines, &format!("NAME:{}", text(title)));
    line(&mut lines, &format!("X-WR-CALNAME:{}", text(title)));
    let dated: Vec<_> = attacks.iter().filter_map(|attack| Some((attack, days(attack)?))).collect();
    if dated.is_empty() {
        universal_time(&mut lines);
    }
    for (attack, days) in dated {
        event(&mut lines, attack, days, (words, to));
    }
    line(&mut lines, "END:VCALENDAR");
    lines.into_bytes()
}

/// A component that says nothing, for a calendar without entries: one at the least there must be (RFC 5545, 3.6).
fn universal_time(lines: &mut String) {
    let component = [
        "BEGIN:VTIMEZONE",
        "TZID:UTC",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0000",
        "END:STANDARD",
        "END:VTIMEZONE",
    ];
    component.iter().for_each(|content| line(lines, content));
}

/// The first day, and the day after the last.
fn days(attack: &AttackData<'_>) -> Option<(Date, Date)> {
    let date = attack.date?;
    let known = date.precision() == Precision::Day && date.qualifier() == Qualifier::Certain;
    let closed = date.earliest() != Date::MIN && date.latest() != Date::MAX;
    let after = date.latest().checked_add(1.day()).ok()?;
    (known && closed && date.earliest().year() > 0).then_some((date.earliest(), after))
}

fn event(
    lines: &mut String,
    attack: &AttackData<'_>,
    (first, after): (Date, Date),
    (words, to): (&Words, Addresses<'_>),
) {
    let published = attack.sources.iter().filter_map(|source| source.published);
    let newest = published.map(|date| date.earliest()).filter(|day| day.year() > 0).max().unwrap_or(first);
    line(lines, "BEGIN:VEVENT");
    line(lines, &format!("UID:{}@{}", attack.id, to.host()));
    line(lines, &format!("DTSTAMP:{}T000000Z", basic(newest)));
    line(lines, &format!("DTSTART;VALUE=DATE:{}", basic(first)));
    line(lines, &format!("DTEND;VALUE=DATE:{}", basic(after)));
    line(lines, &format!("SUMMARY:{}", text(&attack.headline(words))));
    if let Some(place) = attack.place.in_words(words) {
        line(lines, &format!("LOCATION:{}", text(&place)));
    }
    if let Some([longitude, latitude]) = attack.place.position() {
        line(lines, &format!("GEO:{latitude:.6};{longitude:.6}"));
    }
    line(lines, &format!("URL:{}", attack.url));
    line(lines, &format!("CATEGORIES:{}", text(&words.with(&format!("kind.{}", attack.kind.word()), &[]))));
    line(lines, "TRANSP:TRANSPARENT");
    line(lines, "END:VEVENT");
}

/// `20040901`.
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A TEXT value: what means something in one is escaped, and control characters are left out.
fn text(words: &str) -> String {
    let mut value = String::with_capacity(words.len() + 8);
    for character in words.chars() {
        match character {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(character);
            }
            '\n' => value.push_str("\\n"),
            control if control.is_control() => {}
            other => value.push(other),
        }
    }
    value
}

/// Appends a content line, folded between characters so that no line is too long.
fn line(lines: &mut String, content: &str) {
    let mut length = 0;
    for character in content.chars() {
        if length + character.len_utf8() > LONGEST_LINE {
            lines.push_str("\r\n ");
            length = 1;
        }
        let _ = write!(lines, "{character}");
        length += character.len_utf8();
    }
    lines.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_it_may_be_and_no_character_is_cut() {
        let mut lines = String::new();
        line(&mut lines, &format!("SUMMARY:{}", "é€𝄞".repeat(40)));
        assert!(lines.split("\r\n").all(|line| line.len() <= LONGEST_LINE), "{lines}");
        assert_eq!(lines.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é€𝄞".repeat(40)));
    }

    #[test]
    fn a_headline_cannot_begin_another_property() {
        assert_eq!(text("a, b; c\\d\r\nATTACH:x\u{7}"), "a\\, b\\; c\\\\d\\nATTACH:x");
    }
}
