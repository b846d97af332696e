//! Tables within tables, each as fields of its own, and their faults as those of the whole.

use super::{Field, Fields, Value};
use crate::span::Span;

impl<'a> Fields<'a> {
    /// A table, as fields of its own: give them back to [`absorb`](Self::absorb) when they are read.
    pub fn table(&mut self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.take(key)?;
        match value.value {
            Value::Table(fields) => Some(Fields {
                prefix: format!("{}{key}.", self.prefix),
                broken: self.broken.clone(),
                ..Fields::of(self.file, self.text, fields)
            }),
            other => self.wrong_type(key, value.span, "a table", &other),
        }
    }

    /// The texts of a table and of the tables in it, under their keys joined by dots, each with the place of its key.
    pub fn texts_by_path(&mut self, key: &'static str) -> Vec<(String, Span, String)> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let mut texts = Vec::new();
        match value.value {
            Value::Table(fields) => self.add_texts(key, "", fields, &mut texts),
            other => {
                let _: Option<()> = self.wrong_type(key, value.span, "a table", &other);
            }
        }
        texts
    }

    fn add_texts(
        &mut self,
        whole: &str,
        path: &str,
        fields: Vec<Field>,
        texts: &mut Vec<(String, Span, String)>,
    ) {
        for Field { key, key_span, value } in fields {
            let path = if path.is_empty() { key } else { format!("{path}.{key}") };
            match value.value {
                Value::Table(inner) => self.add_texts(whole, &path, inner, texts),
                Value::Text(text) => texts.push((path, key_span, text)),
                other => {
                    let name = format!("{whole}.{path}");
                    let _: Option<()> = self.wrong_type(&name, value.span, "a string", &other);
                }
            }
        }
    }

    /// All fields, where each must be a table, as fields of their own under their names. What is none is a fault of
    /// `whole`, the table that this one was taken from.
    pub fn into_tables(mut self, whole: &mut Fields<'a>, help: &str) -> Vec<(String, Span, Fields<'a>)> {
        let mut tables = Vec::new();
        for Field { key, key_span, value } in std::mem::take(&mut self.fields) {
            match value.value {
                Value::Table(fields) => {
                    let prefix = format!("{}{key}.", self.prefix);
                    let broken = self.broken.clone();
                    let table = Fields { prefix, broken, ..Fields::of(self.file, self.text, fields) };
                    tables.push((key, key_span, table));
                }
                other => {
                    let message = format!("`{}{key}` must be a table, not {}", self.prefix, other.kind());
                    whole.fault(value.span, message, help);
                }
            }
        }
        tables
    }

    /// The entries of a list of tables (`[[key]]`), each as fields of its own.
    pub fn tables(&mut self, key: &'static str) -> Option<Vec<(Fields<'a>, Span)>> {
        let value = self.take(key)?;
        let items = match value.value {
            Value::List(items) => items,
            other => return self.wrong_type(key, value.span, "a list of tables", &other),
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match item.value {
                Value::Table(fields) => {
                    let prefix = format!("{}{key}.", self.prefix);
                    let broken = self.broken.clone();
                    tables.push((
                        Fields { prefix, broken, ..Fields::of(self.file, self.text, fields) },
                        item.span,
                    ));
                }
                other => {
                    self.wrong_type::<()>(key, item.span, "a list of tables", &other);
                }
            }
        }
        Some(tables)
    }

    /// Takes over the faults of a table within this one, unknown keys included.
    pub fn absorb(&mut self, inner: Fields<'a>, foreign: &[(&str, &str)]) {
        self.faults.extend(inner.finish(foreign));
    }

    /// Takes over the faults that were found in a table, but lets its other keys be: what the table is about is not known.
    pub fn absorb_known(&mut self, mut inner: Fields<'a>) {
        inner.fields.clear();
        self.faults.extend(inner.finish(&[]));
    }

    /// Takes out `key`, which may not stand here, and says so.
    pub fn refuse(&mut self, key: &str, message: impl Into<String>, help: impl Into<super::Help>) {
        if let Some(at) = self.fields.iter().position(|field| field.key == key) {
            let field = self.fields.remove(at);
            self.fault(field.key_span, message, help);
        }
    }
}
