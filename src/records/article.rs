//! What the front matter or sidecar of an article says of its facts, with every fault in it.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::front_matter;
use crate::fields::Fields;
use crate::source::{Source, SourceKind};
use crate::span::Span;

use super::parts::{corrections, country, date, hide, toll, words};
use super::{ArticleRecord, AttackChange, PersonChange, QuotationChange, Speaker, Written};

/// Reads `[[attack]]`, `[[quotation]]`, `[[person]]` and `[[correction]]` of `source`, a sidecar or an article with
/// front matter. The other keys of the file are not its business.
pub fn parse_article(source: &Source) -> (ArticleRecord, Vec<Diagnostic>) {
    let mut record = ArticleRecord { path: Arc::clone(&source.path), ..ArticleRecord::default() };
    let fields = match source.kind {
        SourceKind::Sidecar => {
            Some(Fields::from_toml(&source.path, &source.text, Span::new(0, source.text.len())))
        }
        _ => front_matter::split(&source.path, &source.text).fields,
    };
    let Some(all) = fields else { return (record, Vec::new()) };
    let mut fields = all.only(&front_matter::DECISIONS);
    attacks(&mut fields, &mut record);
    quotations(&mut fields, &mut record);
    people(&mut fields, &mut record);
    record.corrections = corrections(&mut fields);
    (record, fields.finish(&[]))
}

fn attacks(fields: &mut Fields<'_>, record: &mut ArticleRecord) {
    for (mut entry, span) in fields.tables("attack").unwrap_or_default() {
        let paragraph = paragraph(&mut entry, span);
        let mut change = paragraph.map(|(paragraph, by_words)| AttackChange {
            paragraph,
            by_words,
            date: date(&mut entry, "date"),
            place: words(&mut entry, "place"),
            country: country(&mut entry),
            kind: entry.choice("kind"),
            stage: entry.choice("stage"),
            killed: toll(&mut entry, "killed"),
            injured: toll(&mut entry, "injured"),
            hide: Vec::new(),
            hidden: entry.boolean("hidden").unwrap_or(false),
        });
        if let Some(change) = &mut change {
            let given = [
                ("date", change.date.is_some()),
                ("place", change.place.is_some()),
                ("killed", change.killed.is_some()),
                ("injured", change.injured.is_some()),
            ];
            change.hide = hide(&mut entry, &given);
            fields
                .absorb(entry, &[("type", "use `kind`"), ("id", "name the paragraph: `paragraph = \"p3\"`")]);
        } else {
            fields.absorb_known(entry);
        }
        record.attacks.extend(change);
    }
}

/// The paragraph in which the article speaks of an attack: its id, or some of its words.
fn paragraph(entry: &mut Fields<'_>, span: Span) -> Option<(Written<String>, bool)> {
    match (entry.text("paragraph"), entry.text("words")) {
        (None, None) => {
            let help = "name the paragraph that speaks of it, as in its page's address (`paragraph = \"p3\"`), or by \
                        some of its words (`words = \"exploded at the harbour\"`)";
            entry.fault(span, "an attack is named by its `paragraph` or by `words` of it", help);
            None
        }
        (Some(_), Some((_, at))) => {
            entry.fault(at, "`paragraph` and `words` both say where it is told", "keep one of them");
            None
        }
        (Some((id, at)), None) => {
            Some((Written { value: id.trim_start_matches('#').to_owned(), place: entry.place(at) }, false))
        }
        (None, Some((words, at))) => Some((Written { value: words, place: entry.place(at) }, true)),
    }
}

fn quotations(fields: &mut Fields<'_>, record: &mut ArticleRecord) {
    for (mut entry, span) in fields.tables("quotation").unwrap_or_default() {
        let named = entry.text("words");
        let speaker = entry.text("speaker");
        let speaker = speaker.map(|(value, at)| Speaker::Named(Written { value, place: entry.place(at) }));
        let hidden = entry.boolean("hidden").unwrap_or(false);
        match named {
            None => {
                let help = "give the words it begins with: `words = \"The river kept running\"`";
                entry.fault(span, "a quotation is named by its `words`", help);
            }
            Some((_, at)) if speaker.is_some() && hidden => {
                let help = "keep `speaker`, or `hidden` if nobody said it";
                entry.fault(at, "the quotation is given to somebody and hidden at once", help);
            }
            Some((_, at)) if speaker.is_none() && !hidden => {
                let help = "write `speaker = \"Maren Ostby\"`, or `hidden = true` if nobody said it";
                entry.fault(at, "nothing is said of this quotation", help);
            }
            Some((words, at)) => {
                let words = Written { value: words, place: entry.place(at) };
                record.quotations.push(QuotationChange { words, speaker, hidden });
            }
        }
        fields.absorb(entry, &[("text", "use `words`"), ("by", "use `speaker`")]);
    }
}

fn people(fields: &mut Fields<'_>, record: &mut ArticleRecord) {
    for (mut entry, span) in fields.tables("person").unwrap_or_default() {
        let named = entry.text("name").map(|(value, at)| Written { value, place: entry.place(at) });
        if named.is_none() {
            entry.fault(span, "a person is named by their `name`, as the article has it", None);
        }
        let change = named.map(|name| PersonChange {
            name,
            full_name: words(&mut entry, "full_name"),
            role: entry.choice("role"),
            title: words(&mut entry, "title"),
            affiliation: words(&mut entry, "affiliation"),
            hidden: entry.boolean("hidden").unwrap_or(false),
        });
        if change.is_some() {
            fields.absorb(
                entry,
                &[("organisation", "use `affiliation`"), ("organization", "use `affiliation`")],
            );
        } else {
            fields.absorb_known(entry);
        }
        record.people.extend(change);
    }
}
