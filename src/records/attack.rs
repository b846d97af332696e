//! `content/attacks/<id>.md` to a record, with every fault in it.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

use super::AttackRecord;
use super::parts::{
    ID_HELP, Opened, coordinates, corrections, country, date, file_stem, hide, ids, list, mentions, open,
    perpetrators, sources, toll, verdict, words,
};

/// Reads `content/attacks/<id>.md`.
pub fn parse_attack(source: &Source, config: &Config) -> (Option<AttackRecord>, Vec<Diagnostic>) {
    let Opened { mut fields, is_whole, html, mut diagnostics } = match open(source, config) {
        Ok(opened) => opened,
        Err(fault) => return (None, vec![fault]),
    };
    let (confirmed, hidden) = verdict(&mut fields);
    let mut record = AttackRecord {
        path: Arc::clone(&source.path),
        id: file_stem(&source.path).to_owned(),
        title: words(&mut fields, "title"),
        names: list(&mut fields, "names"),
        date: date(&mut fields, "date"),
        place: words(&mut fields, "place"),
        country: country(&mut fields),
        coordinates: coordinates(&mut fields),
        kind: fields.choice("kind"),
        stage: fields.choice("stage"),
        killed: toll(&mut fields, "killed"),
        injured: toll(&mut fields, "injured"),
        hostages: toll(&mut fields, "hostages"),
        perpetrators: perpetrators(&mut fields),
        target: words(&mut fields, "target"),
        weapon: words(&mut fields, "weapon"),
        hide: Vec::new(),
        also: ids(&mut fields, "also"),
        mentions: mentions(&mut fields),
        sources: sources(&mut fields),
        corrections: corrections(&mut fields),
        added: fields.boolean("added").unwrap_or(false),
        apart: ids(&mut fields, "apart"),
        confirmed,
        hidden,
        summary: html,
        extra: fields.open_table("extra").unwrap_or_default(),
    };
    let hiding = fields.span_of("hide").filter(|_| confirmed);
    let given = [
        ("date", record.date.is_some()),
        ("place", record.place.is_some()),
        ("killed", record.killed.is_some()),
        ("injured", record.injured.is_some()),
        ("hostages", record.hostages.is_some()),
        ("perpetrator", record.perpetrators.is_some()),
        ("target", record.target.is_some()),
        ("weapon", record.weapon.is_some()),
    ];
    record.hide = hide(&mut fields, &given);
    if let Some(span) = hiding {
        let message = "`confirmed` says that all was read rightly, and `hide` that something was not";
        fields.fault(span, message, "leave `confirmed` out: what changes something is *corrected*");
    }
    diagnostics.extend(fields.finish(FOREIGN));
    (Some(record).filter(|_| is_whole), diagnostics)
}

/// What is called otherwise here.
const FOREIGN: &[(&str, &str)] = &[
    ("type", "use `kind`"),
    ("name", "use `title`"),
    ("id", ID_HELP),
    ("perpetrators", "write `[[perpetrator]]` with `name` and `status`"),
    ("sources", "write `[[source]]` with `outlet`, `title`, `url`, `published`"),
    ("corrections", "write `[[correction]]` with `date` and `text`"),
    ("merge", "use `also`: the ids of the attacks that are this one"),
    (
        "split",
        "make a record for the other attack, and name its readings there: `mentions = [\"bridge.txt#p3\"]`",
    ),
    ("status", "use `stage` for whether it happened, `confirmed = true` for what was checked"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{AttackKind, Toll};
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
        let text = "+++\nkiled = 3\nkilled = { min = 5, max = 2 }\ncountry = \"Spainn\"\nkind = \"bomb\"\n\
            date = \"2004-02-30\"\nalso = [\"Not An Id\"]\nconfirmed = true\nhidden = true\n+++\n";
        let (_, faults) = attack("2004-madrid.md", text);
        assert_eq!(faults.len(), 7, "{faults:#?}");
    }

    #[test]
    fn a_file_name_that_is_no_id_is_a_fault() {
        assert_eq!(attack("Madrid 2004.md", "").1, ["`Madrid 2004` can be no id"]);
    }
}
