//! TOML and YAML to values with their places.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use toml::de::{DeTable, DeValue};

use super::{Field, Located, Value};
use crate::span::Span;

/// A place that is not TOML, or not YAML.
pub(super) struct SyntaxError {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Reads TOML 1.1 as far as it can be read. Spans are moved by `offset`.
pub(super) fn toml(text: &str, offset: usize) -> (Vec<Field>, Vec<SyntaxError>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let span =
        |range: std::ops::Range<usize>| Span::new(offset + range.start, offset + range.end.max(range.start));
    let errors = errors.iter().map(|error| {
        let range = error.span().unwrap_or(0..0);
        let range = text.floor_char_boundary(range.start)..text.floor_char_boundary(range.end);
        SyntaxError {
            span: span(range.clone()),
            message: error.message().to_owned(),
            help: toml_help(text, range.start),
        }
    });
    let mut errors: Vec<_> = errors.collect();
    errors.sort_by_key(|error| error.span);
    let fields = toml_fields(table.get_ref(), &span, text);
    (fields, errors)
}

fn toml_fields(table: &DeTable<'_>, span: &dyn Fn(std::ops::Range<usize>) -> Span, text: &str) -> Vec<Field> {
    let field = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        Field {
            key: name.clone().into_owned(),
            key_span: span(key.span()),
            value: toml_value(value, span, text),
        }
    };
    table.iter().map(field).collect()
}

fn toml_value(
    value: &toml::Spanned<DeValue<'_>>,
    span: &dyn Fn(std::ops::Range<usize>) -> Span,
    text: &str,
) -> Located {
    let written = || text[value.span()].to_owned();
    let plain = match value.get_ref() {
        DeValue::String(words) => Value::Text(words.clone().into_owned()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::Float(f64::INFINITY), Value::Integer),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => Value::Boolean(*truth),
        DeValue::Datetime(_) => Value::Date(written()),
        DeValue::Array(items) => Value::List(items.iter().map(|item| toml_value(item, span, text)).collect()),
        DeValue::Table(table) => Value::Table(toml_fields(table, span, text)),
    };
    Located { span: span(value.span()), value: plain }
}

fn toml_help(text: &str, at: usize) -> Option<String> {
    let start = text[..at].rfind('\n').map_or(0, |start| start + 1);
    let line = text[start..].lines().next().unwrap_or_default().trim();
    let (key, value) = line.split_once('=').or_else(|| line.split_once(':'))?;
    let (key, value) = (key.trim(), value.trim());
    let bare = value.starts_with(|c: char| c.is_alphabetic());
    (!line.contains('=') || bare).then(|| format!("write `{key} = \"{}\"`", value.trim_matches('"')))
}

/// Reads one YAML mapping, or nothing at all. Spans are moved by `offset`.
pub(super) fn yaml(text: &str, offset: usize) -> Result<Vec<Field>, SyntaxError> {
    let chars = CharacterOffsets::new(text);
    let node: Option<Node> =
        serde_saphyr::from_str(text).map_err(|error| yaml_error(text, offset, &chars, &error))?;
    match node {
        None => Ok(Vec::new()),
        Some(Node::Map(entries)) => Ok(yaml_fields(entries, text, offset, &chars)),
        Some(Node::Plain(Value::Nothing)) => Ok(Vec::new()),
        Some(_) => Err(SyntaxError {
            span: Span::new(offset, offset + text.trim_end().len()),
            message: "this is no list of keys and values".to_owned(),
            help: Some("write one `key: value` a line".to_owned()),
        }),
    }
}

/// What a piece of YAML is, before its words are known.
enum Node {
    Plain(Value),
    List(Vec<serde_saphyr::Spanned<Node>>),
    Map(Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Node>)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Plain(Value::Boolean(truth)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Plain(Value::Integer(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Plain(i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Plain(Value::Float(number)))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Plain(Value::Text(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Plain(Value::Nothing))
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Plain(Value::Nothing))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map: Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Node>)> = Vec::new();
        while let Some(entry) = entries.next_entry::<serde_saphyr::Spanned<String>, _>()? {
            if map.len() > 1000 {
                return Err(A::Error::custom("more than 1,000 keys"));
            }
            map.push(entry);
        }
        Ok(Node::Map(map))
    }
}

fn yaml_fields(
    entries: Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Node>)>,
    text: &str,
    offset: usize,
    chars: &CharacterOffsets,
) -> Vec<Field> {
    let field = |(key, value): (serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Node>)| Field {
        key_span: chars.span(text, key.referenced, offset),
        key: key.value,
        value: yaml_value(value, text, offset, chars),
    };
    entries.into_iter().map(field).collect()
}

fn yaml_value(
    node: serde_saphyr::Spanned<Node>,
    text: &str,
    offset: usize,
    chars: &CharacterOffsets,
) -> Located {
    let span = chars.span(text, node.referenced, offset);
    let written = chars.span(text, node.defined, 0).of(text).trim().to_owned();
    let value = match node.value {
        Node::Plain(value @ (Value::Boolean(_) | Value::Integer(_) | Value::Float(_))) => {
            Value::Written(written, Box::new(value))
        }
        Node::Plain(value) => value,
        Node::List(items) => {
            Value::List(items.into_iter().map(|item| yaml_value(item, text, offset, chars)).collect())
        }
        Node::Map(entries) => Value::Table(yaml_fields(entries, text, offset, chars)),
    };
    Located { span, value }
}

fn yaml_error(
    text: &str,
    offset: usize,
    chars: &CharacterOffsets,
    error: &serde_saphyr::Error,
) -> SyntaxError {
    let span = error.location().map_or(Span::new(offset, offset), |place| chars.span(text, place, offset));
    let said = error.without_snippet().to_string();
    let message = said.split(" at line ").next().unwrap_or_default().split(", set DuplicateKeyPolicy").next();
    let line = {
        let at = (span.start as usize - offset).min(text.len());
        let start = text[..at].rfind('\n').map_or(0, |start| start + 1);
        text[start..].lines().next().unwrap_or_default()
    };
    let help = line.split_once(": ").and_then(|(key, value)| {
        let value = value.trim();
        let bare = !value.starts_with(['"', '\'', '[', '{', '|', '>']);
        (bare && value.contains(':'))
            .then(|| format!("quote the {0}: `{0}: \"{1}\"`", key.trim(), value.replace('"', "\\\"")))
    });
    SyntaxError { span, message: message.unwrap_or_default().to_owned(), help }
}

/// Where characters begin, since YAML's places count characters: every 64th.
struct CharacterOffsets {
    every_64th: Vec<usize>,
}

impl CharacterOffsets {
    fn new(text: &str) -> Self {
        CharacterOffsets { every_64th: text.char_indices().step_by(64).map(|(at, _)| at).collect() }
    }

    fn byte(&self, text: &str, character: usize) -> usize {
        let Some(start) = self.every_64th.get(character / 64) else { return text.len() };
        text[*start..].char_indices().nth(character % 64).map_or(text.len(), |(at, _)| start + at)
    }

    fn span(&self, text: &str, place: serde_saphyr::Location, offset: usize) -> Span {
        let place = place.span();
        let start = self.byte(text, place.offset() as usize);
        let end = self.byte(text, place.offset() as usize + place.len() as usize).max(start);
        let words = text[start..end].trim_end();
        Span::new(offset + start, offset + start + words.len())
    }
}
