//! The lists below the text: every fact with its value, the words it was read from, their line, the rule and the level.

use serde::Serialize;

use super::sheet::Sheet;
use super::{ATTACK, Article, DATE, PERSON, Places, QUOTE};
use crate::cli::draw::visible;
use crate::facts::rules::level_of;
use crate::facts::{Attack, DateMention, Facts, Level, Person, QuoteKind, Reading, RuleName, Toll};
use crate::span::Span;

/// The name that a value has in the JSON, with spaces: "hostage taking".
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// "line 3, title-after-name, high"
fn source(places: &Places<'_>, span: Span, rule: RuleName) -> String {
    sourced(places, span, rule, level_of(rule))
}

fn sourced(places: &Places<'_>, span: Span, rule: &str, level: Level) -> String {
    format!("{}, {rule}, {}", places.named(span), word(&level))
}

fn ruled(level: Level, rule: &str) -> String {
    format!("{} ({rule})", word(&level))
}

pub(super) fn people(sheet: &mut Sheet, article: &Article, places: &Places<'_>) {
    if !article.facts.people.is_empty() {
        sheet.heading("People");
    }
    for (at, person) in (1..).zip(&article.facts.people) {
        sheet.entry(&format!("p{at}"), PERSON, &name(person));
        let readings = [
            ("honorific", &person.honorific),
            ("title", &person.title),
            ("affiliation", &person.affiliation),
        ];
        for (key, reading) in readings {
            if let Some(it) = reading {
                sheet.field(key, &visible(&it.value), &source(places, it.span, it.rule));
            }
        }
        let role = word(&person.role.value);
        if person.role.span.is_empty() {
            sheet.field("role", &role, "no words decide it");
        } else {
            let words = format!("{role}: \"{}\"", places.words(person.role.span));
            sheet.field("role", &words, &source(places, person.role.span, person.role.rule));
        }
        sheet.field("named on", &lines(places, &person.mentions), "");
        sheet.field("level", &ruled(person.level, person.rule), "");
    }
}

/// Their name, or what they are called instead.
fn name(person: &Person) -> String {
    match (&person.name, &person.description) {
        (Some(name), _) => visible(name),
        (None, Some(words)) => format!("without a name: \"{}\"", visible(&words.value)),
        (None, None) => "without a name".to_owned(),
    }
}

/// "lines 3, 5 and 9"
fn lines(places: &Places<'_>, spans: &[Span]) -> String {
    const MOST: usize = 12;
    let mut numbers: Vec<u32> = spans.iter().map(|span| places.line(span.start)).collect();
    numbers.dedup();
    let more = numbers.len().saturating_sub(MOST);
    let shown: Vec<String> = numbers.iter().take(MOST).map(u32::to_string).collect();
    match shown.split_last() {
        Some((one, [])) => format!("line {one}"),
        Some((last, others)) if more == 0 => format!("lines {} and {last}", others.join(", ")),
        Some(_) => format!("lines {} and {more} more", shown.join(", ")),
        None => "no line".to_owned(),
    }
}

pub(super) fn quotes(sheet: &mut Sheet, article: &Article, places: &Places<'_>) {
    let Facts { quotes, people, .. } = &article.facts;
    if !quotes.is_empty() {
        sheet.heading("Quotations");
    }
    for (at, quote) in (1..).zip(quotes) {
        let words = places.words(quote.span);
        let shown = match quote.kind {
            QuoteKind::Direct => format!("“{words}”"),
            // Not the speaker's own words: never between marks.
            QuoteKind::Indirect => format!("reported: {words}"),
        };
        sheet.entry(&format!("q{at}"), QUOTE, &shown);
        let speaker = quote.speaker.and_then(|speaker| Some((speaker, people.get(speaker as usize)?)));
        let words = match speaker {
            Some((speaker, person)) => format!("p{} {}", speaker + 1, name(person)),
            None => "not found".to_owned(),
        };
        let mention =
            quote.speaker_span.map(|span| format!("\"{}\", {}", places.words(span), places.named(span)));
        sheet.field("speaker", &words, &mention.unwrap_or_default());
        if let Some(cue) = &quote.cue {
            sheet.field("cue", &visible(&cue.value), &source(places, cue.span, cue.rule));
        }
        sheet.field("kind", &word(&quote.kind), &places.named(quote.span));
        sheet.field("level", &ruled(quote.level, quote.rule), "");
    }
}

pub(super) fn dates(sheet: &mut Sheet, article: &Article, places: &Places<'_>) {
    let dates = &article.facts.dates;
    if !dates.is_empty() {
        sheet.heading("Dates");
    }
    for (at, date) in (1..).zip(dates) {
        sheet.entry(&format!("d{at}"), DATE, &format!("\"{}\"", places.words(date.span)));
        let value = date.value.as_ref().map_or_else(|| "open".to_owned(), ToString::to_string);
        sheet.field("value", &value, &sourced(places, date.span, date.rule, date.level));
        if let Some(anchor) = date.anchor {
            sheet.field("reckoned from", &format!("\"{}\"", places.words(anchor)), &places.named(anchor));
        }
    }
}

pub(super) fn attacks(sheet: &mut Sheet, article: &Article, places: &Places<'_>) {
    let Facts { attacks, dates, .. } = &article.facts;
    if !attacks.is_empty() {
        sheet.heading("Attacks");
    }
    for (at, attack) in (1..).zip(attacks) {
        let main = if attack.main { ", what the article is about" } else { "" };
        let words = format!("{}, {}{main}", word(&attack.kind), word(&attack.stage));
        sheet.entry(&format!("a{at}"), ATTACK, &words);
        one_attack(sheet, attack, dates, places);
    }
}

fn one_attack(sheet: &mut Sheet, attack: &Attack, dates: &[DateMention], places: &Places<'_>) {
    // The level of a value is that of its words, which may be lower than its rule's.
    let source = |places: &Places<'_>, span: Span, rule: RuleName| {
        let level = attack.evidence.iter().find(|it| it.span == span && it.rule == rule).map(|it| it.level);
        sourced(places, span, rule, level.unwrap_or_else(|| level_of(rule)))
    };
    let text = |sheet: &mut Sheet, key: &str, reading: &Option<Reading<String>>| {
        if let Some(it) = reading {
            let words = places.words(it.span);
            let words = if words == it.value { words } else { format!("{} \"{words}\"", visible(&it.value)) };
            sheet.field(key, &words, &source(places, it.span, it.rule));
        }
    };
    text(sheet, "name", &attack.name);
    if let Some(words) = &attack.date_text {
        let value = attack.date.as_ref().map_or_else(|| "open".to_owned(), ToString::to_string);
        let first = dates.partition_point(|date| date.span.end <= words.span.start);
        let anchor =
            dates.get(first).filter(|date| date.span.start < words.span.end).and_then(|date| date.anchor);
        let from = anchor.map(|anchor| format!(", reckoned from \"{}\"", places.words(anchor)));
        let value = format!("{value} \"{}\"{}", places.words(words.span), from.unwrap_or_default());
        sheet.field("date", &value, &source(places, words.span, words.rule));
    }
    text(sheet, "place", &attack.place.name);
    text(sheet, "town", &attack.place.town);
    text(sheet, "near", &attack.place.near);
    if let Some(admin) = &attack.place.admin {
        sheet.field("in", &visible(admin), "");
    }
    text(sheet, "country", &attack.place.country);
    if let Some(at) = attack.place.coordinates {
        let degrees = |millionths: i32| f64::from(millionths) / 1e6;
        sheet.field("coordinates", &format!("{}, {}", degrees(at.latitude), degrees(at.longitude)), "");
    }
    let tolls = [
        ("killed", &attack.killed),
        ("injured", &attack.injured),
        ("hostages", &attack.hostages),
        ("missing", &attack.missing),
        ("attackers", &attack.attackers_killed),
    ];
    for (key, toll) in tolls {
        if let Some(it) = toll {
            let words = format!("{} \"{}\"", range(it.value), places.words(it.span));
            sheet.field(key, &words, &source(places, it.span, it.rule));
        }
    }
    for other in &attack.other_tolls {
        let it = &other.count;
        let words = format!("{}, {}: \"{}\"", word(&other.field), range(it.value), places.words(it.span));
        sheet.field("also said", &words, &source(places, it.span, it.rule));
    }
    for it in &attack.perpetrators {
        let words = format!("{}, {}, {}", visible(&it.name.value), word(&it.kind), word(&it.standing));
        sheet.field("perpetrator", &words, &source(places, it.name.span, it.name.rule));
    }
    for it in &attack.targets {
        sheet.field("target", &places.words(it.span), &source(places, it.span, it.rule));
    }
    text(sheet, "weapon", &attack.weapon);
    let mentions: Vec<Span> = (attack.evidence.iter())
        .filter(|evidence| evidence.field == crate::facts::Field::Mention)
        .map(|evidence| evidence.span)
        .collect();
    if !mentions.is_empty() {
        sheet.field("spoken of on", &lines(places, &mentions), "");
    }
    sheet.field("level", &ruled(attack.level, attack.rule), "");
}

/// "3", "140 or more", "300 at most", "10 to 12"
fn range(toll: Toll) -> String {
    match (toll.min, toll.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("{max} at most"),
        (None, None) => "open".to_owned(),
    }
}
