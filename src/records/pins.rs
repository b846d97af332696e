//! `content/ids.toml`: which id each attack and each person has, so that it stays when more is known.
//!
//! `dateline review` writes the file and an editor commits it; a build only reads it. Each id stands with what it was
//! given for: the readings it was made of, by article and paragraph, each with a digest of the words and values, by
//! which a later run finds it again, and sees when a source has changed under an editor's decision.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Value};
use crate::slug::is_slug;
use crate::source::Source;
use crate::span::Span;

/// What `content/ids.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    /// By id.
    pub attacks: BTreeMap<String, PinnedAttack>,
    /// By slug.
    pub people: BTreeMap<String, PinnedPerson>,
}

/// An attack's id and what it was given for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PinnedAttack {
    /// EDTF, as it was read then.
    pub date: Option<String>,
    /// As it was read then.
    pub place: Option<String>,
    /// `bridge.txt#p3` (article below `content/articles/`, first paragraph that speaks of it) and the digest of
    /// what was read there.
    pub mentions: BTreeMap<String, String>,
    /// Ids that lead here.
    pub former: Vec<String>,
}

/// A person's slug and whom it was given to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PinnedPerson {
    /// Full name then.
    pub name: String,
    /// `bridge.txt` (article below `content/articles/`) and the digest of what was read there.
    pub mentions: BTreeMap<String, String>,
    /// Slugs that lead here.
    pub former: Vec<String>,
}

impl Pins {
    /// Nothing pinned.
    pub const NONE: Pins = Pins { attacks: BTreeMap::new(), people: BTreeMap::new() };

    /// Whether nothing is pinned.
    pub fn is_empty(&self) -> bool {
        self.attacks.is_empty() && self.people.is_empty()
    }
}

/// Reads `content/ids.toml`. What is wrong in it is told, and the rest is used.
pub fn parse_pins(source: &Source) -> (Pins, Vec<Diagnostic>) {
    let mut fields = Fields::from_toml(&source.path, &source.text, Span::new(0, source.text.len()));
    let mut pins = Pins::default();
    for (id, mut entry) in named_tables(&mut fields, "attacks") {
        let pinned = PinnedAttack {
            date: entry.text("date").map(|(date, _)| date),
            place: entry.text("place").map(|(place, _)| place),
            mentions: digests(&mut entry),
            former: former(&mut entry),
        };
        fields.absorb(entry, &[]);
        pins.attacks.insert(id, pinned);
    }
    for (slug, mut entry) in named_tables(&mut fields, "people") {
        let pinned = PinnedPerson {
            name: entry.text("name").map(|(name, _)| name).unwrap_or_default(),
            mentions: digests(&mut entry),
            former: former(&mut entry),
        };
        fields.absorb(entry, &[]);
        pins.people.insert(slug, pinned);
    }
    let of_attacks = pins.attacks.iter().map(|(id, pinned)| (id, &pinned.former[..])).collect();
    former_ids(of_attacks, source, &mut fields);
    let of_people = pins.people.iter().map(|(slug, pinned)| (slug, &pinned.former[..])).collect();
    former_ids(of_people, source, &mut fields);
    let faults = fields.finish(&[]);
    (pins, faults)
}

/// A former id leads to one place, and is nobody's now.
fn former_ids(pinned: BTreeMap<&String, &[String]>, source: &Source, fields: &mut Fields<'_>) {
    let mut seen: BTreeMap<&String, &String> = BTreeMap::new();
    for (id, formers) in &pinned {
        for former in *formers {
            let at = source.text.rfind(&format!("\"{former}\"")).map_or(0, |at| at + 1);
            let span = Span::new(at, at + if at == 0 { 0 } else { former.len() });
            if pinned.contains_key(former) {
                let message = format!("`{former}` leads to `{id}`, and has an entry of its own");
                fields.fault(span, message, "take it out of `former`");
            } else if let Some(other) = seen.insert(former, id) {
                let message = format!("`{former}` leads to `{other}` and to `{id}`");
                fields.fault(span, message, "keep it in the `former` of one of them");
            }
        }
    }
}

/// The tables of the table `key`, by their names, which must be ids.
fn named_tables<'a>(fields: &mut Fields<'a>, key: &'static str) -> Vec<(String, Fields<'a>)> {
    let Some(table) = fields.table(key) else { return Vec::new() };
    let help = "`dateline review --pin` writes this file: let it write the entry anew";
    let tables = table.into_tables(fields, help);
    let mut named = Vec::new();
    for (id, span, entry) in tables {
        if is_slug(&id) {
            named.push((id, entry));
        } else {
            fields.fault(span, format!("`{id}` can be no id"), "use lower-case letters, digits and hyphens");
        }
    }
    named
}

fn digests(entry: &mut Fields<'_>) -> BTreeMap<String, String> {
    let Some(found) = entry.take("mentions") else { return BTreeMap::new() };
    let Value::Table(fields) = found.value else {
        entry.fault(found.span, "`mentions` must be a table of articles", None);
        return BTreeMap::new();
    };
    let mut digests = BTreeMap::new();
    for field in fields {
        match field.value.value {
            Value::Text(digest) => drop(digests.insert(field.key, digest)),
            _ => entry.fault(field.value.span, "a digest is a string", None),
        }
    }
    digests
}

fn former(entry: &mut Fields<'_>) -> Vec<String> {
    let mut former = Vec::new();
    for (id, span) in entry.texts("former").unwrap_or_default() {
        if is_slug(&id) {
            former.push(id);
        } else {
            entry.fault(span, format!("`{id}` can be no id"), "use lower-case letters, digits and hyphens");
        }
    }
    former
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceKind;

    fn read(text: &str) -> (Pins, Vec<String>) {
        let path = "content/ids.toml".into();
        let source = Source { path, kind: SourceKind::Ids, text: text.into(), hash: [0; 32] };
        let (pins, faults) = parse_pins(&source);
        let shown =
            |fault: Diagnostic| format!("{}: {}", fault.place.map_or(0, |place| place.line), fault.message);
        (pins, faults.into_iter().map(shown).collect())
    }

    #[test]
    fn ids_stand_with_what_they_were_given_for() {
        let (pins, faults) = read(
            "[attacks.2004-madrid]\ndate = \"2004-03-11\"\nplace = \"Madrid\"\nformer = [\"2004-spain\"]\n\
             [attacks.2004-madrid.mentions]\n\"a.txt#p1\" = \"6f1c\"\n[people.maria-sole]\nname = \"Maria Sole\"\n",
        );
        assert_eq!(faults, [""; 0]);
        let madrid = &pins.attacks["2004-madrid"];
        assert_eq!(
            (madrid.mentions["a.txt#p1"].as_str(), &madrid.former[..]),
            ("6f1c", &["2004-spain".to_owned()][..])
        );
        assert_eq!(pins.people["maria-sole"].name, "Maria Sole");
    }

    #[test]
    fn what_is_wrong_in_it_is_told_and_the_rest_is_used() {
        let (pins, faults) =
            read("[attacks.\"No id\"]\n[attacks.a]\nfomer = []\n[attacks.b]\n[people]\nx = 3\n");
        assert_eq!(faults.len(), 3, "{faults:#?}");
        assert_eq!(pins.attacks.len(), 2);
    }
}
