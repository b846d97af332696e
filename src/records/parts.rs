//! What records of all kinds are made of: their file, dates, tolls, countries, ids, sources and corrections.

use crate::config::Config;
use crate::country;
use crate::diagnostic::Diagnostic;
use crate::document::{front_matter, markdown};
use crate::edtf::Edtf;
use crate::facts::{Coordinates, Field, Toll};
use crate::fields::{Fields, Value};
use crate::slug::is_slug;
use crate::source::Source;
use crate::span::Span;

use super::{Correction, MentionRef, PerpetratorRecord, QuotationRef, SourceRecord, Written};

/// The id or slug that the name of a record's file is.
pub(super) fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// A record's front matter, its body as HTML, and the faults of the two.
pub(super) struct Opened<'a> {
    pub(super) fields: Fields<'a>,
    /// Whether the front matter could be read whole; if not, nobody knows what the record says.
    pub(super) is_whole: bool,
    pub(super) html: String,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Opens a record; the fault alone for a file whose name can be no id.
pub(super) fn open<'a>(source: &'a Source, config: &Config) -> Result<Opened<'a>, Diagnostic> {
    let stem = file_stem(&source.path);
    if !is_slug(stem) {
        let fix = crate::slug::slugify(stem, "record");
        let fault = Diagnostic::error(&*source.path, format!("`{stem}` can be no id"));
        return Err(fault.help(format!("use lower-case letters, digits and hyphens: `{fix}.md`")));
    }
    let split = front_matter::split(&source.path, &source.text);
    let body = Span::new(split.body, source.text.len());
    let fields = split.fields.unwrap_or_else(|| Fields::of(&source.path, &source.text, Vec::new()));
    let (html, diagnostics) = markdown::body_html(&source.path, &source.text, body, config);
    let is_whole = !fields.is_faulty();
    Ok(Opened { fields, is_whole, html, diagnostics })
}

pub(super) const ID_HELP: &str = "the file's name is the id: rename the file";

/// `confirmed` and `hidden`: a record that confirms cannot hide.
pub(super) fn verdict(fields: &mut Fields<'_>) -> (bool, bool) {
    let place = fields.span_of("hidden");
    let confirmed = fields.boolean("confirmed").unwrap_or(false);
    let hidden = fields.boolean("hidden").unwrap_or(false);
    if confirmed && hidden {
        let message = "the record confirms and hides at once";
        fields.fault(place.unwrap_or_default(), message, "keep `confirmed` or `hidden`");
    }
    (confirmed, hidden)
}

pub(super) fn words(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    fields.text(key).map(|(words, _)| words)
}

pub(super) fn list(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    fields.texts(key).unwrap_or_default().into_iter().map(|(words, _)| words).collect()
}

pub(super) fn date(fields: &mut Fields<'_>, key: &'static str) -> Option<Edtf> {
    let value = fields.take(key)?;
    front_matter::date(fields, key, value)
}

/// The code of a country that is given by its code or its name.
pub(super) fn country(fields: &mut Fields<'_>) -> Option<String> {
    let (words, span) = fields.text("country")?;
    let code = country::code(&words);
    if code.is_none() {
        let help = "write its English name, or the two capital letters of ISO 3166-1: `ES`, `NO`, `KE`";
        fields.fault(span, format!("`{words}` is no country"), help);
    }
    code.map(str::to_owned)
}

/// `{ latitude = 54.5, longitude = -2.25 }`, in degrees.
pub(super) fn coordinates(fields: &mut Fields<'_>) -> Option<Coordinates> {
    let span = fields.span_of("coordinates");
    let mut table = fields.table("coordinates")?;
    let millionths = |degrees: f64| (degrees * 1e6).round() as i32;
    let are_there = ["latitude", "longitude"].iter().all(|key| table.span_of(key).is_some());
    let latitude = table.number("latitude", -90.0..=90.0);
    let longitude = table.number("longitude", -180.0..=180.0);
    let both = latitude.zip(longitude);
    if !are_there {
        let help = "write both in degrees: `{ latitude = 54.5, longitude = -2.25 }`";
        table.fault(span.unwrap_or_default(), "a place has a latitude and a longitude", help);
    }
    fields
        .absorb(table, &[("lat", "use `latitude`"), ("lon", "use `longitude`"), ("lng", "use `longitude`")]);
    both.map(|(north, east)| Coordinates { latitude: millionths(north), longitude: millionths(east) })
}

/// Values that are taken away; `given` are keys that the record sets, which it cannot take away as well.
pub(super) fn hide(fields: &mut Fields<'_>, given: &[(&str, bool)]) -> Vec<Field> {
    let mut hidden = Vec::new();
    for (field, name, span) in fields.choices::<Field>("hide") {
        if given.iter().any(|(key, set)| *set && *key == name) {
            let message = format!("`{name}` is given and hidden at once");
            fields.fault(span, message, format!("keep `{name}`, or hide it"));
        }
        hidden.push(field);
    }
    hidden
}

pub(super) fn ids(fields: &mut Fields<'_>, key: &'static str) -> Vec<Written<String>> {
    let mut ids = Vec::new();
    for (id, span) in fields.texts(key).unwrap_or_default() {
        if is_slug(&id) {
            ids.push(Written { value: id, place: fields.place(span) });
        } else {
            let help = "write the last part of its address: `/attacks/<id>/`";
            fields.fault(span, format!("`{id}` can be no id"), help);
        }
    }
    ids
}

/// `["bridge.txt", "market.txt#p3"]`
pub(super) fn mentions(fields: &mut Fields<'_>) -> Vec<Written<MentionRef>> {
    let named = fields.texts("mentions").unwrap_or_default();
    named
        .into_iter()
        .map(|(words, span)| Written { value: MentionRef::parse(&words), place: fields.place(span) })
        .collect()
}

/// `[[perpetrator]]`, each with a name and a `status`.
pub(super) fn perpetrators(fields: &mut Fields<'_>) -> Option<Vec<PerpetratorRecord>> {
    let mut named = Vec::new();
    for (mut entry, span) in fields.tables("perpetrator")? {
        let (name, standing) = (words(&mut entry, "name"), entry.choice("status"));
        let kind = entry.choice("kind").unwrap_or(crate::facts::PerpetratorKind::Organization);
        match (name, standing) {
            (Some(name), Some(standing)) => named.push(PerpetratorRecord { name, kind, standing }),
            _ => {
                let help = "say how far it goes: `status = \"suspected\"`, `\"claimed\"`, `\"blamed\"` or \
                            `\"convicted\"`";
                entry.fault(span, "a perpetrator needs a `name` and a `status`", help);
            }
        }
        fields.absorb(entry, &[("standing", "use `status`")]);
    }
    Some(named)
}

/// `[[source]]`, each with an outlet, a title or an address.
pub(super) fn sources(fields: &mut Fields<'_>) -> Vec<SourceRecord> {
    let mut sources = Vec::new();
    for (mut entry, span) in fields.tables("source").unwrap_or_default() {
        let is_named = ["outlet", "title", "url"].iter().any(|key| entry.span_of(key).is_some());
        let source = SourceRecord {
            outlet: words(&mut entry, "outlet"),
            title: words(&mut entry, "title"),
            url: entry.web_address("url"),
            published: date(&mut entry, "published"),
            killed: toll(&mut entry, "killed"),
            injured: toll(&mut entry, "injured"),
        };
        if !is_named {
            entry.fault(span, "a source has an `outlet`, a `title` or a `url`", None);
        } else {
            sources.push(source);
        }
        fields.absorb(entry, &[("date", "use `published`"), ("name", "use `outlet`"), ("link", "use `url`")]);
    }
    sources
}

/// `[[correction]]`, each with its day and what it says.
pub(super) fn corrections(fields: &mut Fields<'_>) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for (mut entry, span) in fields.tables("correction").unwrap_or_default() {
        let at = entry.span_of("date");
        match (date(&mut entry, "date"), words(&mut entry, "text")) {
            (Some(date), Some(text)) if date.as_day().is_some() => {
                corrections.push(Correction { date, text });
            }
            (Some(_), Some(_)) => {
                let help = "write the day on which the site was corrected: `date = 2024-05-01`";
                entry.fault(at.unwrap_or(span), "a correction has a day", help);
            }
            _ => {
                let help = "write `date = 2024-05-01` and `text = \"what was wrong, and what is right\"`";
                entry.fault(span, "a correction has a `date` and a `text`", help);
            }
        }
        fields.absorb(entry, &[("words", "use `text`"), ("day", "use `date`")]);
    }
    corrections
}

/// `[[quotation]]` of an expert's record: the article and the words that are this person's.
pub(super) fn quotation_refs(fields: &mut Fields<'_>) -> Vec<Written<QuotationRef>> {
    let mut refs = Vec::new();
    for (mut entry, span) in fields.tables("quotation").unwrap_or_default() {
        match (words(&mut entry, "article"), words(&mut entry, "words")) {
            (Some(article), Some(words)) => {
                let article = MentionRef::parse(&article).article;
                refs.push(Written { value: QuotationRef { article, words }, place: fields.place(span) });
            }
            _ => {
                let help = "write `article = \"bridge.txt\"` and `words = \"the words it begins with\"`";
                entry.fault(span, "a quotation is named by its `article` and its `words`", help);
            }
        }
        fields.absorb(entry, &[("text", "use `words`"), ("quote", "use `words`")]);
    }
    refs
}

/// `193`, `"at least 193"`, `"up to 200"`, `"191-193"`, or `{ min = 191, max = 193 }`.
pub(super) fn toll(fields: &mut Fields<'_>, key: &'static str) -> Option<Toll> {
    let value = fields.take(key)?;
    let exact = |number: u32| Toll { min: Some(number), max: Some(number) };
    let read = match &value.value {
        Value::Integer(number) => u32::try_from(*number).ok().map(exact),
        Value::Written(words, _) | Value::Text(words) => toll_in_words(words),
        Value::Table(entries) => {
            let bound = |name: &str| {
                let entry = entries.iter().find(|entry| entry.key == name)?;
                match &entry.value.value {
                    Value::Integer(number) => u32::try_from(*number).ok(),
                    Value::Written(words, _) => words.parse().ok(),
                    _ => None,
                }
            };
            let known = entries.iter().all(|entry| matches!(entry.key.as_str(), "min" | "max"));
            Some(Toll { min: bound("min"), max: bound("max") }).filter(|_| known)
        }
        _ => None,
    };
    let sound = read.filter(|toll| match (toll.min, toll.max) {
        (Some(min), Some(max)) => min <= max,
        (None, None) => false,
        _ => true,
    });
    if sound.is_none() {
        fields.fault(value.span, format!("`{key}` is no number of people"), NO_TOLL);
    }
    sound
}

/// How a number of people is written.
pub const NO_TOLL: &str = "write `193`, `\"at least 193\"`, `\"up to 200\"`, or `{ min = 191, max = 193 }`";

fn toll_in_words(words: &str) -> Option<Toll> {
    let words = words.trim();
    let number = |words: &str| words.trim().replace(',', "").parse::<u32>().ok();
    if let Some(least) = words.strip_prefix("at least ") {
        return Some(Toll { min: Some(number(least)?), max: None });
    }
    if let Some(most) = words.strip_prefix("up to ") {
        return Some(Toll { min: None, max: Some(number(most)?) });
    }
    let (min, max) = words.split_once(['-', '–']).unwrap_or((words, words));
    Some(Toll { min: Some(number(min)?), max: Some(number(max)?) })
}
