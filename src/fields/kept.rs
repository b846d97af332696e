//! Free-form tables in what is kept on disk: every value with its type, in the author's order.
//!
//! TOML's own form would lose the order of values and tables, which a template may show.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use toml::{Table, Value};

/// How deep tables and lists may lie in each other.
const DEEPEST: usize = 64;

#[derive(Serialize, Deserialize)]
enum Kept {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    Moment(String),
    List(Vec<Kept>),
    Table(Vec<(String, Kept)>),
}

/// Writes the table.
pub fn serialize<S: Serializer>(table: &Table, serializer: S) -> Result<S::Ok, S::Error> {
    let entries = entries(table, DEEPEST);
    entries.ok_or_else(|| serde::ser::Error::custom("tables lie too deep"))?.serialize(serializer)
}

/// Reads the table.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Table, D::Error> {
    let entries = Vec::<(String, Kept)>::deserialize(deserializer)?;
    table(entries).ok_or_else(|| D::Error::custom("no moment of the calendar"))
}

fn entries(table: &Table, depth: usize) -> Option<Vec<(String, Kept)>> {
    table.iter().map(|(key, value)| Some((key.clone(), kept(value, depth.checked_sub(1)?)?))).collect()
}

fn kept(value: &Value, depth: usize) -> Option<Kept> {
    Some(match value {
        Value::String(text) => Kept::Text(text.clone()),
        Value::Integer(number) => Kept::Integer(*number),
        Value::Float(number) => Kept::Float(*number),
        Value::Boolean(truth) => Kept::Boolean(*truth),
        Value::Datetime(moment) => Kept::Moment(moment.to_string()),
        Value::Array(list) => {
            let depth = depth.checked_sub(1)?;
            Kept::List(list.iter().map(|value| kept(value, depth)).collect::<Option<_>>()?)
        }
        Value::Table(table) => Kept::Table(entries(table, depth)?),
    })
}

fn table(entries: Vec<(String, Kept)>) -> Option<Table> {
    entries.into_iter().map(|(key, value)| Some((key, whole(value)?))).collect()
}

fn whole(value: Kept) -> Option<Value> {
    Some(match value {
        Kept::Text(text) => Value::String(text),
        Kept::Integer(number) => Value::Integer(number),
        Kept::Float(number) => Value::Float(number),
        Kept::Boolean(truth) => Value::Boolean(truth),
        Kept::Moment(words) => Value::Datetime(words.parse().ok()?),
        Kept::List(list) => Value::Array(list.into_iter().map(whole).collect::<Option<_>>()?),
        Kept::Table(entries) => Value::Table(table(entries)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize)]
    struct Holder(#[serde(with = "super")] Table);

    #[test]
    fn a_table_comes_back_in_its_order() {
        let text =
            "z = 1\n[t]\nb = [1.5, \"x\", [true]]\na = { d = 2024-02-29, c = 07:32:00 }\n[a]\nnone = -0.0\n";
        let table: Table = text.parse().unwrap();
        let bytes = postcard::to_stdvec(&Holder(table.clone())).unwrap();
        let Holder(read) = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(format!("{read:?}"), format!("{table:?}"));
    }
}
