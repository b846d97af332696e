//! Keys and values as an author wrote them, each with its place, and a reader that finds every fault in them.
//!
//! `site.toml`, front matter in TOML or YAML, sidecars, header lines and the editor's records all go through
//! [`Fields`], so a misspelt key or a number for a word is reported alike everywhere.

pub mod kept;
mod parse;
mod tables;
#[cfg(test)]
mod tests;
mod value;
mod web;

use std::ops::RangeInclusive;

use crate::diagnostic::{Diagnostic, Place, nearest};
use crate::span::Span;

pub use value::{Field, Located, Value};

/// After so many faults in one table the rest is only counted.
const MOST_FAULTS: usize = 40;

/// The keys of one table of one file, taken one by one by whoever knows what they mean.
#[derive(Debug)]
pub struct Fields<'a> {
    file: &'a str,
    text: &'a str,
    /// `markdown.` within `[markdown]`.
    prefix: String,
    fields: Vec<Field>,
    known: Vec<&'static str>,
    faults: Vec<Diagnostic>,
    /// Places that the syntax is broken at: what was recovered there is not complained about twice.
    broken: Vec<Span>,
}

/// What to do about a fault, if it can be said: made from a string or from nothing.
#[derive(Clone, Debug, Default)]
pub struct Help(Option<String>);

impl From<&str> for Help {
    fn from(help: &str) -> Self {
        Help(Some(help.to_owned()))
    }
}

impl From<String> for Help {
    fn from(help: String) -> Self {
        Help(Some(help))
    }
}

impl From<Option<String>> for Help {
    fn from(help: Option<String>) -> Self {
        Help(help)
    }
}

/// Words, and where they stand in the file's text.
pub type Placed = (String, Span);

/// One of a set of words that a key allows.
pub trait Choice: Copy + 'static {
    /// Every value with its word, in the order in which they are best listed.
    const ALL: &'static [(&'static str, Self)];

    /// The word of this value; empty for one that no key allows.
    fn word(self) -> &'static str
    where
        Self: PartialEq,
    {
        Self::ALL.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }
}

impl<'a> Fields<'a> {
    /// The table that `part` of `text` is in TOML; `text` is the whole of `file`.
    pub fn from_toml(file: &'a str, text: &'a str, part: Span) -> Self {
        let mut result = Fields::of(file, text, Vec::new());
        let (fields, errors) = parse::toml(part.of(text), part.start as usize);
        result.fields = fields;
        for error in errors {
            result.broken.push(error.span);
            result.push(error.span, error.message, error.help);
        }
        result
    }

    /// The table that `part` of `text` is in YAML 1.2; `text` is the whole of `file`.
    pub fn from_yaml(file: &'a str, text: &'a str, part: Span) -> Self {
        let mut result = Fields::of(file, text, Vec::new());
        match parse::yaml(part.of(text), part.start as usize) {
            Ok(fields) => result.fields = fields,
            Err(error) => {
                result.broken.push(error.span);
                result.push(error.span, error.message, error.help);
            }
        }
        result
    }

    /// Fields that were found in some other way; `text` is the whole of `file`.
    pub fn of(file: &'a str, text: &'a str, fields: Vec<Field>) -> Self {
        Fields {
            file,
            text,
            prefix: String::new(),
            fields,
            known: Vec::new(),
            faults: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Whether something was found wrong so far: before any key was asked for, that it could not be read whole.
    pub fn is_faulty(&self) -> bool {
        !self.faults.is_empty()
    }

    /// The value of `key`, whatever its type. A key that was once asked for is known.
    pub fn take(&mut self, key: &'static str) -> Option<Located> {
        self.known.push(key);
        let at = self.fields.iter().position(|field| field.key == key)?;
        Some(self.fields.remove(at).value).filter(|value| value.value != Value::Nothing)
    }

    /// Where `key` stands, if it is there and was not taken yet.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.fields.iter().find(|field| field.key == key).map(|field| field.key_span)
    }

    /// The place of `span` in the file, to be shown when the file was let go.
    pub fn place(&self, span: Span) -> Place {
        Place::new(self.text, span)
    }

    /// Only the fields of these names: the others, and what is wrong with the file's syntax, are somebody else's.
    #[must_use]
    pub fn only(mut self, keys: &[&str]) -> Self {
        self.fields.retain(|field| keys.contains(&field.key.as_str()));
        self.faults.clear();
        self
    }

    /// A string that is not blank, without the white space around it.
    pub fn text(&mut self, key: &'static str) -> Option<(String, Span)> {
        let value = self.take(key)?;
        match value.value {
            Value::Text(text) if text.trim().is_empty() => {
                self.fault(
                    value.span,
                    format!("`{}{key}` is empty", self.prefix),
                    "give it a value, or leave it out",
                );
                None
            }
            Value::Text(text) => Some((text.trim().to_owned(), value.span)),
            // YAML takes `title: 1984` for a number, which nobody means.
            Value::Written(words, _) => Some((words, value.span)),
            other => self.wrong_type(key, value.span, "a string", &other),
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        match value.value.plain() {
            Value::Boolean(truth) => Some(truth),
            other => self.wrong_type(key, value.span, "`true` or `false`", &other),
        }
    }

    /// A whole number from `least` up.
    pub fn integer(&mut self, key: &'static str, least: i64) -> Option<i64> {
        let value = self.take(key)?;
        match value.value.plain() {
            Value::Integer(number) if number >= least => Some(number),
            Value::Integer(_) => {
                let message = format!("`{}{key}` must be at least {least}", self.prefix);
                self.fault(value.span, message, Help::default());
                None
            }
            other => self.wrong_type(key, value.span, "a whole number", &other),
        }
    }

    /// A number, whole or not, within `bounds`.
    pub fn number(&mut self, key: &'static str, bounds: RangeInclusive<f64>) -> Option<f64> {
        let value = self.take(key)?;
        let number = match value.value.plain() {
            Value::Integer(number) => number as f64,
            Value::Float(number) => number,
            other => return self.wrong_type(key, value.span, "a number", &other),
        };
        if bounds.contains(&number) {
            return Some(number);
        }
        let message = format!("`{}{key}` lies between {} and {}", self.prefix, bounds.start(), bounds.end());
        self.fault(value.span, message, Help::default());
        None
    }

    /// A table whose keys are the author's own, each with a list of strings, or with one, and where each stands. A name
    /// and a list that are empty are faults.
    pub fn named_texts(&mut self, key: &'static str) -> Option<Vec<(Placed, Vec<Placed>)>> {
        let value = self.take(key)?;
        let Value::Table(fields) = value.value else {
            return self.wrong_type(key, value.span, "a table", &value.value);
        };
        let mut named = Vec::with_capacity(fields.len());
        for Field { key: name, key_span, value } in fields {
            let whole = value.span;
            let items = match value.value {
                Value::List(items) => items,
                one => vec![Located { span: value.span, value: one }],
            };
            if name.trim().is_empty() {
                self.fault(key_span, format!("`{}{key}` has an empty name", self.prefix), "write the name");
                continue;
            }
            if items.is_empty() {
                let message = format!("`{key}.{name}` is an empty list");
                self.fault(whole, message, "give it a name, or take it out");
            }
            let mut texts = Vec::with_capacity(items.len());
            for item in items {
                match item.value {
                    Value::Text(text) if text.trim().is_empty() => {
                        let message = format!("`{key}.{name}` has an empty entry");
                        self.fault(item.span, message, "give it a name, or take it out");
                    }
                    Value::Text(text) => texts.push((text.trim().to_owned(), item.span)),
                    other => {
                        let key = format!("{key}.{name}");
                        self.wrong_type::<()>(&key, item.span, "a list of names", &other);
                    }
                }
            }
            named.push(((name.trim().to_owned(), key_span), texts));
        }
        Some(named)
    }

    /// A list of strings; a single string is a list of one.
    pub fn texts(&mut self, key: &'static str) -> Option<Vec<(String, Span)>> {
        let value = self.take(key)?;
        let items = match value.value {
            Value::List(items) => items,
            text @ (Value::Text(_) | Value::Written(..)) => vec![Located { span: value.span, value: text }],
            other => return self.wrong_type(key, value.span, "a list of strings", &other),
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.value {
                Value::Text(text) if !text.trim().is_empty() => {
                    texts.push((text.trim().to_owned(), item.span));
                }
                Value::Written(words, _) => texts.push((words, item.span)),
                Value::Text(_) => self.fault(
                    item.span,
                    format!("`{}{key}` has an empty entry", self.prefix),
                    Help::default(),
                ),
                other => {
                    self.wrong_type::<()>(key, item.span, "a list of strings", &other);
                }
            }
        }
        Some(texts)
    }

    /// A list of words of `T`, each with its word and place; a single word is a list of one.
    pub fn choices<T: Choice>(&mut self, key: &'static str) -> Vec<(T, &'static str, Span)> {
        let mut found = Vec::new();
        for (word, span) in self.texts(key).unwrap_or_default() {
            found.extend(self.one_of(key, &word, span).map(|(name, value)| (value, name, span)));
        }
        found
    }

    /// One of the words of `T`.
    pub fn choice<T: Choice>(&mut self, key: &'static str) -> Option<T> {
        let (word, span) = self.text(key)?;
        self.one_of(key, &word, span).map(|(_, value)| value)
    }

    fn one_of<T: Choice>(&mut self, key: &str, word: &str, span: Span) -> Option<(&'static str, T)> {
        let found = T::ALL.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            let words: Vec<String> = T::ALL.iter().map(|(name, _)| format!("`{name}`")).collect();
            let near = nearest(word, T::ALL.iter().map(|(name, _)| *name));
            let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
            let message = format!("`{word}` is no `{}{key}`", self.prefix);
            self.fault(span, message, format!("{near}It may be {}", words.join(", ")));
        }
        found.copied()
    }

    /// A table that is passed through as it is.
    pub fn open_table(&mut self, key: &'static str) -> Option<toml::Table> {
        let value = self.take(key)?;
        match value.value {
            Value::Table(fields) => Some(value::plain_table(fields)),
            other => self.wrong_type(key, value.span, "a table", &other),
        }
    }

    /// Reports something wrong at `span`.
    pub fn fault(&mut self, span: Span, message: impl Into<String>, help: impl Into<Help>) {
        if !self.is_broken(span) {
            self.push(span, message.into(), help.into().0);
        }
    }

    /// The names of keys that nobody has asked for yet.
    pub fn left(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.key.as_str())
    }

    /// All faults. What was not asked for is unknown: `foreign` says what keys of other programs are called here.
    pub fn finish(mut self, foreign: &[(&str, &str)]) -> Vec<Diagnostic> {
        for field in std::mem::take(&mut self.fields) {
            let key = &field.key;
            let message = format!("unknown key `{}{key}`", self.prefix);
            let lower = key.to_lowercase();
            let known =
                foreign.iter().find(|(name, _)| *name == lower).map(|(_, advice)| (*advice).to_owned());
            let near =
                || nearest(&lower, self.known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let all = || {
                let names: Vec<String> = self.known.iter().map(|name| format!("`{name}`")).collect();
                format!("known keys are {}", names.join(", "))
            };
            let help = known.or_else(near).unwrap_or_else(all);
            self.fault(field.key_span, message, help);
        }
        if self.faults.len() > MOST_FAULTS {
            let more = self.faults.len() - MOST_FAULTS;
            self.faults.truncate(MOST_FAULTS);
            // It stands where the last one that is told stands, so that it is shown after it.
            let place = self.faults.last().and_then(|last| last.place.clone());
            let rest = Diagnostic::error(self.file, format!("{more} more faults in this file"));
            self.faults.push(Diagnostic { place, ..rest });
        }
        self.faults
    }

    fn wrong_type<T>(&mut self, key: &str, span: Span, expected: &str, found: &Value) -> Option<T> {
        let message = format!("`{}{key}` must be {expected}, not {}", self.prefix, found.kind());
        let quote = matches!(found, Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Date(_));
        let help = (expected == "a string" && quote)
            .then(|| format!("quote it: `{key} = \"{}\"`", span.of(self.text)));
        self.fault(span, message, help);
        None
    }

    fn push(&mut self, span: Span, message: String, help: Option<String>) {
        let mut fault = Diagnostic::error(self.file, message);
        // The place of a fault is found by reading the file from its start: not for thousands of them.
        if self.faults.len() <= MOST_FAULTS {
            fault = fault.at(self.text, span);
        }
        fault.help = help;
        self.faults.push(fault);
    }

    fn is_broken(&self, span: Span) -> bool {
        let line_end =
            |at: u32| self.text[at as usize..].find('\n').map_or(self.text.len(), |end| at as usize + end);
        let line_start = |at: u32| self.text[..at as usize].rfind('\n').map_or(0, |start| start + 1);
        self.broken.iter().take(MOST_FAULTS).any(|broken| {
            line_start(broken.start) <= span.start as usize && span.start as usize <= line_end(broken.start)
        })
    }
}
