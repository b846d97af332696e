//! The files of `content/attacks/` and `content/experts/` to records, with every fault in them.

use std::sync::Arc;

use crate::config::Config;
use crate::country;
use crate::diagnostic::Diagnostic;
use crate::document::{front_matter, markdown};
use crate::facts::{AttackKind, Role, Toll};
use crate::fields::{Choice, Fields, Value};
use crate::slug::is_slug;
use crate::source::Source;
use crate::span::Span;

use super::{AttackRecord, ExpertRecord};

impl Choice for AttackKind {
    const ALL: &'static [(&'static str, Self)] = &[
        ("bombing", AttackKind::Bombing),
        ("suicide_bombing", AttackKind::SuicideBombing),
        ("grenade", AttackKind::Grenade),
        ("shooting", AttackKind::Shooting),
        ("stabbing", AttackKind::Stabbing),
        ("vehicle_attack", AttackKind::VehicleAttack),
        ("arson", AttackKind::Arson),
        ("assassination", AttackKind::Assassination),
        ("massacre", AttackKind::Massacre),
        ("armed_assault", AttackKind::ArmedAssault),
        ("beating", AttackKind::Beating),
        ("air_strike", AttackKind::AirStrike),
        ("shelling", AttackKind::Shelling),
        ("chemical_attack", AttackKind::ChemicalAttack),
        ("kidnapping", AttackKind::Kidnapping),
        ("hostage_taking", AttackKind::HostageTaking),
        ("hijacking", AttackKind::Hijacking),
        ("robbery", AttackKind::Robbery),
        ("sabotage", AttackKind::Sabotage),
        ("mob_violence", AttackKind::MobViolence),
        ("attack", AttackKind::Attack),
        ("other", AttackKind::Other),
    ];
}

impl Choice for Role {
    const ALL: &'static [(&'static str, Self)] = &[
        ("expert", Role::Expert),
        ("official", Role::Official),
        ("witness", Role::Witness),
        ("victim", Role::Victim),
        ("perpetrator", Role::Perpetrator),
        ("other", Role::Other),
    ];
}

/// The id or slug that the name of a record's file is.
fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// A record's front matter, its body as HTML, and the faults of the two.
struct Opened<'a> {
    fields: Fields<'a>,
    html: String,
    diagnostics: Vec<Diagnostic>,
}

/// Opens a record; `None` for a file whose name can be no id.
fn open<'a>(source: &'a Source, config: &Config) -> Result<Opened<'a>, Diagnostic> {
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
    Ok(Opened { fields, html, diagnostics })
}

/// Reads `content/attacks/<id>.md`.
pub fn parse_attack(source: &Source, config: &Config) -> (Option<AttackRecord>, Vec<Diagnostic>) {
    let Opened { mut fields, html, mut diagnostics } = match open(source, config) {
        Ok(opened) => opened,
        Err(fault) => return (None, vec![fault]),
    };
    let mut record = AttackRecord {
        path: Arc::clone(&source.path),
        id: file_stem(&source.path).to_owned(),
        title: words(&mut fields, "title"),
        names: list(&mut fields, "names"),
        place: words(&mut fields, "place"),
        kind: fields.choice("kind"),
        killed: toll(&mut fields, "killed"),
        injured: toll(&mut fields, "injured"),
        also: ids(&mut fields, "also"),
        confirmed: fields.boolean("confirmed").unwrap_or(false),
        hidden: fields.boolean("hidden").unwrap_or(false),
        summary: html,
        extra: fields.open_table("extra").unwrap_or_default(),
        ..AttackRecord::default()
    };
    if let Some(value) = fields.take("date") {
        record.date = front_matter::date(&mut fields, "date", value);
    }
    if let Some((code, span)) = fields.text("country") {
        if country::known_name(&code).is_some() {
            record.country = Some(code);
        } else {
            let help = "write the two capital letters of ISO 3166-1: `ES`, `NO`, `KE`";
            fields.fault(span, format!("`{code}` is no country"), help);
        }
    }
    contradiction(&mut fields, record.confirmed, record.hidden);
    diagnostics.extend(fields.finish(&[("type", "use `kind`"), ("name", "use `title`"), ("id", ID_HELP)]));
    (Some(record), diagnostics)
}

/// Reads `content/experts/<slug>.md`.
pub fn parse_expert(source: &Source, config: &Config) -> (Option<ExpertRecord>, Vec<Diagnostic>) {
    let Opened { mut fields, html, mut diagnostics } = match open(source, config) {
        Ok(opened) => opened,
        Err(fault) => return (None, vec![fault]),
    };
    let record = ExpertRecord {
        path: Arc::clone(&source.path),
        slug: file_stem(&source.path).to_owned(),
        name: words(&mut fields, "name"),
        names: list(&mut fields, "names"),
        title: words(&mut fields, "title"),
        affiliation: words(&mut fields, "affiliation"),
        role: fields.choice("role"),
        also: ids(&mut fields, "also"),
        confirmed: fields.boolean("confirmed").unwrap_or(false),
        hidden: fields.boolean("hidden").unwrap_or(false),
        biography: html,
        extra: fields.open_table("extra").unwrap_or_default(),
    };
    contradiction(&mut fields, record.confirmed, record.hidden);
    diagnostics.extend(fields.finish(&[("slug", ID_HELP), ("id", ID_HELP)]));
    (Some(record), diagnostics)
}

const ID_HELP: &str = "the file's name is the id: rename the file";

fn contradiction(fields: &mut Fields<'_>, confirmed: bool, hidden: bool) {
    if confirmed && hidden {
        fields.fault(
            Span::default(),
            "the record confirms and hides at once",
            "keep `confirmed` or `hidden`",
        );
    }
}

fn words(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    fields.text(key).map(|(words, _)| words)
}

fn list(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    fields.texts(key).unwrap_or_default().into_iter().map(|(words, _)| words).collect()
}

fn ids(fields: &mut Fields<'_>, key: &'static str) -> Vec<String> {
    let mut ids = Vec::new();
    for (id, span) in fields.texts(key).unwrap_or_default() {
        if is_slug(&id) {
            ids.push(id);
        } else {
            let help = "write the last part of its address: `/attacks/<id>/`";
            fields.fault(span, format!("`{id}` can be no id"), help);
        }
    }
    ids
}

/// `193`, `"at least 193"`, `"up to 200"`, `"191-193"`, or `{ min = 191, max = 193 }`.
fn toll(fields: &mut Fields<'_>, key: &'static str) -> Option<Toll> {
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
        let help = "write `193`, `\"at least 193\"`, `\"up to 200\"`, or `{ min = 191, max = 193 }`";
        fields.fault(value.span, format!("`{key}` is no number of people"), help);
    }
    sound
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceKind;

    fn attack(name: &str, text: &str) -> (Option<AttackRecord>, Vec<String>) {
        let path = format!("content/attacks/{name}").into();
        let source = Source { path, kind: SourceKind::AttackRecord, text: text.into(), hash: [0; 32] };
        let (record, faults) = parse_attack(&source, &Config::default());
        (record, faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn a_record_says_what_the_editor_knows() {
        let text = "+++\ndate = 2004-03-11\nkilled = 193\ninjured = \"at least 2,000\"\ncountry = \"ES\"\n\
            kind = \"bombing\"\n+++\nTen bombs in *four* trains.\n";
        let (record, faults) = attack("2004-madrid.md", text);
        assert_eq!(faults, Vec::<String>::new());
        let record = record.unwrap();
        assert_eq!((record.id.as_str(), record.kind), ("2004-madrid", Some(AttackKind::Bombing)));
        assert_eq!(record.killed, Some(Toll { min: Some(193), max: Some(193) }));
        assert_eq!(record.injured, Some(Toll { min: Some(2000), max: None }));
        assert!(record.summary.contains("<em>four</em>"));
    }

    #[test]
    fn every_fault_of_a_record_is_told() {
        let text = "+++\nkiled = 3\nkilled = { min = 5, max = 2 }\ncountry = \"Spain\"\nkind = \"bomb\"\n\
            date = \"2004-02-30\"\nalso = [\"Not An Id\"]\nconfirmed = true\nhidden = true\n+++\n";
        let (_, faults) = attack("2004-madrid.md", text);
        assert_eq!(faults.len(), 7, "{faults:#?}");
    }

    #[test]
    fn a_file_name_that_is_no_id_is_a_fault() {
        assert_eq!(attack("Madrid 2004.md", "").1, ["`Madrid 2004` can be no id"]);
    }
}
