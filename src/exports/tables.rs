//! `data/attacks.csv`, `data/experts.csv`, `data/quotes.csv`: a column is named, described and filled in one place, and
//! the data package tells of it from there.

use serde::Serialize;

use super::csv;
use crate::data::{AttackData, ExpertData, QuoteData};
use crate::facts::Toll;

/// One column of a table of `T`.
pub(super) struct Column<T> {
    /// Its name in the first line.
    pub(super) name: &'static str,
    /// Its type in the words of Table Schema: `string`, `integer`, `number`.
    pub(super) kind: &'static str,
    /// What stands in it, without a full stop.
    pub(super) about: &'static str,
    cell: fn(&T) -> String,
}

/// A quotation with the person who said it.
pub(super) struct Said<'a> {
    expert: &'a ExpertData<'a>,
    quote: &'a QuoteData<'a>,
}

const fn text<T>(name: &'static str, about: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { name, kind: "string", about, cell }
}

const fn integer<T>(name: &'static str, about: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { name, kind: "integer", about, cell }
}

const fn number<T>(name: &'static str, about: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { name, kind: "number", about, cell }
}

/// The columns of `attacks.csv`.
pub(super) fn attack_columns<'a>() -> Vec<Column<AttackData<'a>>> {
    vec![
        text("id", "Permanent name of the attack", |it| it.id.to_owned()),
        text("url", "Its page", |it| it.url.clone()),
        text("title", "The attack as a headline", |it| it.title.to_owned()),
        text("type", "What kind of attack", |it| word(&it.kind)),
        text("stage", "Whether it took place: accomplished, attempted, foiled, threatened", |it| {
            word(&it.stage)
        }),
        text("date", "When, as an EDTF date (ISO 8601-2) as precise as it is known", |it| optional(it.date)),
        text("date_earliest", "The first day that the date may mean; empty where it is open", |it| {
            let day = it.date.map(|date| date.earliest()).filter(|day| *day != jiff::civil::Date::MIN);
            optional(day)
        }),
        text("date_latest", "The last day that the date may mean; empty where it is open", |it| {
            let day = it.date.map(|date| date.latest()).filter(|day| *day != jiff::civil::Date::MAX);
            optional(day)
        }),
        text("date_text", "The article's words for the date, where it is not resolved", |it| {
            optional(it.date_text)
        }),
        text("place", "The finest place named", |it| optional(it.place.name)),
        text("near", "A town that the place is given by", |it| optional(it.place.near)),
        text("country", "ISO 3166-1 alpha-2", |it| optional(it.place.country)),
        number("latitude", "Degrees north (WGS 84) of the named place", |it| optional(it.place.latitude)),
        number("longitude", "Degrees east (WGS 84) of the named place", |it| optional(it.place.longitude)),
        integer("killed_min", "At least so many were killed", |it| bound(it.killed, |toll| toll.min)),
        integer("killed_max", "At most so many were killed", |it| bound(it.killed, |toll| toll.max)),
        integer("injured_min", "At least so many were injured", |it| bound(it.injured, |toll| toll.min)),
        integer("injured_max", "At most so many were injured", |it| bound(it.injured, |toll| toll.max)),
        integer("hostages_min", "At least so many were held or kidnapped", |it| {
            bound(it.hostages, |toll| toll.min)
        }),
        integer("hostages_max", "At most so many were held or kidnapped", |it| {
            bound(it.hostages, |toll| toll.max)
        }),
        text(
            "perpetrators",
            "Who did it, each with how far the sources go: claimed, blamed, suspected, convicted",
            |it| {
                let named = it.perpetrators.iter().map(|who| format!("{} ({})", who.name, word(&who.status)));
                named.collect::<Vec<_>>().join("; ")
            },
        ),
        text("target", "What was attacked", |it| optional(it.target)),
        text("weapon", "With what", |it| optional(it.weapon)),
        text("checked", "How far an editor has checked it: extracted, confirmed, corrected", |it| {
            word(&it.checked)
        }),
        text("sourcing", "How well it is sourced: single, several, disagreeing, editor", |it| {
            word(&it.sourcing)
        }),
        integer("articles", "How many articles report it", |it| it.articles().to_string()),
    ]
}

/// The columns of `experts.csv`.
pub(super) fn expert_columns<'a>() -> Vec<Column<ExpertData<'a>>> {
    vec![
        text("slug", "Permanent name of the person", |it| it.slug.to_owned()),
        text("url", "The person's page", |it| it.url.clone()),
        text("name", "The fullest name that an article gives", |it| it.name.to_owned()),
        text("role", "What part the person plays", |it| word(&it.role)),
        text("title", "The latest title", |it| optional(it.affiliations.first().and_then(|held| held.title))),
        text("affiliation", "The latest affiliation", |it| {
            optional(it.affiliations.first().and_then(|held| held.affiliation))
        }),
        integer("quotes", "How many quotations", |it| it.quotes.len().to_string()),
        text("attacks", "Ids of the attacks that the person spoke of", |it| it.attacks.join("; ")),
        text("checked", "How far an editor has checked it: extracted, confirmed, corrected", |it| {
            word(&it.checked)
        }),
    ]
}

/// The columns of `quotes.csv`.
pub(super) fn quote_columns<'a>() -> Vec<Column<Said<'a>>> {
    vec![
        text("speaker", "Permanent name of the person", |it| it.expert.slug.to_owned()),
        text("name", "The person's name", |it| it.expert.name.to_owned()),
        text("quote", "The words, as the source has them", |it| it.quote.text.to_owned()),
        text("cue", "The verb that brings them in", |it| optional(it.quote.cue)),
        text("level", "How sure it is that this person said so: high, medium, low", |it| {
            word(&it.quote.level)
        }),
        text("article", "Last part of the address of the article", |it| it.quote.article.to_owned()),
        text("article_title", "The article's headline", |it| it.quote.article_title.to_owned()),
        text("published", "When the article was published, as an EDTF date", |it| {
            optional(it.quote.published)
        }),
        text("outlet", "Who published it", |it| optional(it.quote.outlet)),
        text("url", "The paragraph on this site", |it| it.quote.url.clone()),
        text("original", "Where the original is", |it| optional(it.quote.original)),
    ]
}

/// The bytes of `data/attacks.csv`.
pub(super) fn attacks(attacks: &[AttackData<'_>]) -> Vec<u8> {
    table(&attack_columns(), attacks.iter())
}

/// The bytes of `data/experts.csv`.
pub(super) fn experts(experts: &[ExpertData<'_>]) -> Vec<u8> {
    table(&expert_columns(), experts.iter())
}

/// The bytes of `data/quotes.csv`, expert by expert.
pub(super) fn quotes(experts: &[ExpertData<'_>]) -> Vec<u8> {
    let said =
        experts.iter().flat_map(|expert| expert.quotes.iter().map(move |quote| Said { expert, quote }));
    let said: Vec<Said<'_>> = said.collect();
    table(&quote_columns(), said.iter())
}

fn table<'t, T: 't>(columns: &[Column<T>], rows: impl Iterator<Item = &'t T>) -> Vec<u8> {
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let cells = |row: &T| columns.iter().map(|column| (column.cell)(row)).collect();
    let rows: Vec<Vec<String>> = rows.map(cells).collect();
    csv::written(&names, &rows).into_bytes()
}

/// The word that data files have for a kind, a standing or a state.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn bound(toll: Option<Toll>, side: fn(Toll) -> Option<u32>) -> String {
    optional(toll.and_then(side))
}
