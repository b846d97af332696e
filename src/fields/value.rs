//! A value as TOML and YAML have it, with the place it stands at.

use crate::span::Span;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// What YAML takes for a number or a truth value, with the words as they stand.
    Written(String, Box<Value>),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date, or date and time, of TOML, as it is written.
    Date(String),
    /// Values in order.
    List(Vec<Located>),
    /// Keys and values in order.
    Table(Vec<Field>),
    /// YAML's `null` or a key without a value: as if it were not there.
    Nothing,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    /// In the file's text.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The key.
    pub key: String,
    /// Where the key stands, in the file's text.
    pub key_span: Span,
    /// Its value.
    pub value: Located,
}

impl Value {
    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a string",
            Value::Written(_, value) => value.kind(),
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "a truth value",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Nothing => "nothing",
        }
    }

    /// Without the words that YAML had for it.
    pub(super) fn plain(self) -> Value {
        match self {
            Value::Written(_, value) => *value,
            other => other,
        }
    }
}

/// As TOML's own table.
pub(super) fn plain_table(fields: Vec<Field>) -> toml::Table {
    let kept = fields.into_iter().filter(|field| field.value.value != Value::Nothing);
    kept.map(|field| (field.key, plain_value(field.value.value))).collect()
}

fn plain_value(value: Value) -> toml::Value {
    match value.plain() {
        Value::Text(text) => toml::Value::String(text),
        Value::Integer(number) => toml::Value::Integer(number),
        Value::Float(number) => toml::Value::Float(number),
        Value::Boolean(truth) => toml::Value::Boolean(truth),
        Value::Date(written) => match written.parse() {
            Ok(date) => toml::Value::Datetime(date),
            Err(_) => toml::Value::String(written),
        },
        Value::List(items) => {
            let kept = items.into_iter().filter(|item| item.value != Value::Nothing);
            toml::Value::Array(kept.map(|item| plain_value(item.value)).collect())
        }
        Value::Table(fields) => toml::Value::Table(plain_table(fields)),
        Value::Written(..) | Value::Nothing => toml::Value::String(String::new()),
    }
}
