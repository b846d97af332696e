//! `data/attacks.csv`, `data/experts.csv`, `data/quotes.csv`: a column is named and filled in one place, and the data
//! package tells of it from there; what stands in it is told by the words `column.…` of a language.

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
    cell: fn(&T) -> String,
}

/// A quotation with the person who said it.
pub(super) struct Said<'a> {
    expert: &'a ExpertData<'a>,
    quote: &'a QuoteData<'a>,
}

const fn text<T>(name: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { name, kind: "string", cell }
}

const fn integer<T>(name: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { name, kind: "integer", cell }
}

const fn number<T>(name: &'static str, cell: fn(&T) -> String) -> Column<T> {
    Column { name, kind: "number", cell }
}

/// The columns of `attacks.csv`.
pub(super) fn attack_columns<'a>() -> Vec<Column<AttackData<'a>>> {
    vec![
        text("id", |it| it.id.to_owned()),
        text("url", |it| it.url.clone()),
        text("title", |it| it.title.to_owned()),
        text("type", |it| word(&it.kind)),
        text("stage", |it| word(&it.stage)),
        text("date", |it| optional(it.date)),
        text("date_earliest", |it| {
            let day = it.date.map(|date| date.earliest()).filter(|day| *day != jiff::civil::Date::MIN);
            optional(day)
        }),
        text("date_latest", |it| {
            let day = it.date.map(|date| date.latest()).filter(|day| *day != jiff::civil::Date::MAX);
            optional(day)
        }),
        text("date_text", |it| optional(it.date_text)),
        text("place", |it| optional(it.place.name)),
        text("near", |it| optional(it.place.near)),
        text("country", |it| optional(it.place.country)),
        number("latitude", |it| optional(it.place.latitude)),
        number("longitude", |it| optional(it.place.longitude)),
        integer("killed_min", |it| bound(it.killed, |toll| toll.min)),
        integer("killed_max", |it| bound(it.killed, |toll| toll.max)),
        integer("injured_min", |it| bound(it.injured, |toll| toll.min)),
        integer("injured_max", |it| bound(it.injured, |toll| toll.max)),
        integer("hostages_min", |it| bound(it.hostages, |toll| toll.min)),
        integer("hostages_max", |it| bound(it.hostages, |toll| toll.max)),
        text("perpetrators", |it| {
            let named = it.perpetrators.iter().map(|who| format!("{} ({})", who.name, word(&who.status)));
            named.collect::<Vec<_>>().join("; ")
        }),
        text("target", |it| optional(it.target)),
        text("weapon", |it| optional(it.weapon)),
        text("checked", |it| word(&it.checked)),
        text("sourcing", |it| word(&it.sourcing)),
        integer("articles", |it| it.articles().to_string()),
    ]
}

/// The columns of `experts.csv`.
pub(super) fn expert_columns<'a>() -> Vec<Column<ExpertData<'a>>> {
    vec![
        text("slug", |it| it.slug.to_owned()),
        text("url", |it| it.url.clone()),
        text("name", |it| it.name.to_owned()),
        text("role", |it| word(&it.role)),
        text("title", |it| optional(it.affiliations.first().and_then(|held| held.title))),
        text("affiliation", |it| optional(it.affiliations.first().and_then(|held| held.affiliation))),
        integer("quotes", |it| it.quotes.len().to_string()),
        text("attacks", |it| it.attacks.join("; ")),
        text("checked", |it| word(&it.checked)),
    ]
}

/// The columns of `quotes.csv`.
pub(super) fn quote_columns<'a>() -> Vec<Column<Said<'a>>> {
    vec![
        text("speaker", |it| it.expert.slug.to_owned()),
        text("name", |it| it.expert.name.to_owned()),
        text("quote", |it| it.quote.text.to_owned()),
        text("cue", |it| optional(it.quote.cue)),
        text("level", |it| word(&it.quote.level)),
        text("article", |it| it.quote.article.to_owned()),
        text("article_title", |it| it.quote.article_title.to_owned()),
        text("published", |it| optional(it.quote.published)),
        text("outlet", |it| optional(it.quote.outlet)),
        text("url", |it| it.quote.url.clone()),
        text("original", |it| optional(it.quote.original)),
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
