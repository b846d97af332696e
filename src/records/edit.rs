//! An editor's file with one thing changed: comments, order and keys that nobody asked about stay as they are.

use anyhow::{Context, bail};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

/// One change to the keys of a file.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Sets a key to a value, as TOML writes it: `193`, `"Madrid"`, `true`.
    Set(String, String),
    /// Adds a string to a list, unless it is there.
    Append(String, String),
    /// Sets a truth value to `false`, where it stands in the file.
    Off(String),
    /// Adds a table to a list of tables: `[[quotation]]` and its keys, with values as TOML writes them.
    AddTable(String, Vec<(String, String)>),
}

/// What kind of file it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of it is TOML: a sidecar.
    Toml,
    /// Front matter between `+++` or `---`, then a body.
    FrontMatter,
}

/// `text` with `edits` made in it. An empty text is a file that is not there yet.
///
/// # Errors
/// When the file cannot be read as what it is, a value is no TOML, or a change cannot be made in YAML.
pub fn edit(text: &str, shape: Shape, edits: &[Edit]) -> anyhow::Result<String> {
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let crlf = text.contains("\r\n") && text.matches("\r\n").count() == text.matches('\n').count();
    let edited = match shape {
        Shape::Toml => edit_toml(text, edits)?,
        Shape::FrontMatter => {
            let first = text.lines().next().unwrap_or_default().trim_end();
            match first {
                "+++" | "---" => {
                    let (head, front, rest) = split(text, first)?;
                    let front =
                        if first == "+++" { edit_toml(front, edits)? } else { edit_yaml(front, edits)? };
                    format!("{head}{front}{rest}")
                }
                _ => format!(
                    "+++\n{}+++\n{}{text}",
                    edit_toml("", edits)?,
                    if text.is_empty() { "" } else { "\n" }
                ),
            }
        }
    };
    let edited = if crlf { edited.replace("\r\n", "\n").replace('\n', "\r\n") } else { edited };
    Ok(format!("{mark}{edited}"))
}

/// The opening fence, what stands between the fences, and the rest with the closing one.
fn split<'a>(text: &'a str, fence: &str) -> anyhow::Result<(&'a str, &'a str, &'a str)> {
    let start = text.find('\n').map_or(text.len(), |end| end + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return Ok((&text[..start], &text[start..at], &text[at..]));
        }
        at += line.len();
    }
    bail!("the front matter that `{fence}` opens is never closed")
}

fn edit_toml(text: &str, edits: &[Edit]) -> anyhow::Result<String> {
    let mut document: DocumentMut = text.parse().context("it is no TOML")?;
    for edit in edits {
        match edit {
            Edit::Set(key, value) => set(document.as_table_mut(), key, parse_value(value)?),
            Edit::Append(key, word) => {
                let item = document.entry(key).or_insert_with(|| Item::Value(Value::Array(Array::new())));
                if let Some(single) = item.as_str().map(str::to_owned) {
                    *item = Item::Value(Value::Array(Array::from_iter([single])));
                }
                let list = item.as_array_mut().with_context(|| format!("`{key}` is no list"))?;
                if !list.iter().any(|held| held.as_str() == Some(word)) {
                    list.push(word.as_str());
                }
            }
            Edit::Off(key) => {
                if document.contains_key(key) {
                    set(document.as_table_mut(), key, Value::from(false));
                }
            }
            Edit::AddTable(key, entries) => {
                let item = document.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
                let list = item.as_array_of_tables_mut();
                let list = list.with_context(|| format!("`{key}` is no list of tables (`[[{key}]]`)"))?;
                let mut table = Table::new();
                for (name, value) in entries {
                    set(&mut table, name, parse_value(value)?);
                }
                table.decor_mut().set_prefix("\n");
                list.push(table);
            }
        }
    }
    let edited = document.to_string();
    Ok(if text.is_empty() { edited.trim_start().to_owned() } else { edited })
}

/// Replaces the value of a key, and leaves what stands around it.
fn set(table: &mut Table, key: &str, mut value: Value) {
    match table.get_mut(key) {
        Some(Item::Value(held)) => {
            *value.decor_mut() = held.decor().clone();
            *held = value;
        }
        _ => drop(table.insert(key, Item::Value(value))),
    }
}

fn parse_value(written: &str) -> anyhow::Result<Value> {
    written.trim().parse().with_context(|| format!("`{written}` is no value of TOML"))
}

/// YAML is edited line by line, at its outermost level: a key with its value on one line is replaced there, and a new
/// one stands at the end. A comment behind a value stays.
fn edit_yaml(text: &str, edits: &[Edit]) -> anyhow::Result<String> {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if let Some(last) = lines.last_mut()
        && !last.ends_with('\n')
    {
        last.push('\n');
    }
    let of_key = |lines: &[String], key: &str| {
        let at =
            lines.iter().position(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))?;
        let inner = |line: &String| line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
        let end = at + 1 + lines[at + 1..].iter().take_while(|line| inner(line)).count();
        Some(at..end)
    };
    for edit in edits {
        match edit {
            Edit::Set(key, value) => {
                // A value of TOML that is a plain scalar is one of YAML as well; dates are quoted to be sure.
                let value = parse_value(value)?;
                let written = match &value {
                    Value::Datetime(day) => format!("\"{}\"", day.value()),
                    Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) => {
                        value.to_string().trim().to_owned()
                    }
                    _ => bail!(
                        "`{key}` is too much for front matter in YAML: write it by hand, or turn it into TOML"
                    ),
                };
                match of_key(&lines, key) {
                    Some(range) if range.len() == 1 => {
                        let comment = comment_of(&lines[range.start]).to_owned();
                        lines[range.start] = format!("{key}: {written}{comment}\n");
                    }
                    Some(range) => drop(lines.splice(range, [format!("{key}: {written}\n")])),
                    None => lines.push(format!("{key}: {written}\n")),
                }
            }
            Edit::Append(key, word) => match of_key(&lines, key) {
                None => lines.push(format!("{key}: [{word}]\n")),
                Some(range) if range.len() == 1 && listed(&lines[range.start]).is_some() => {
                    let (list, comment) = listed(&lines[range.start]).unwrap_or_default();
                    let comma = if list.ends_with('[') { "" } else { ", " };
                    lines[range.start] = format!("{list}{comma}{word}]{comment}\n");
                }
                Some(range) if range.len() > 1 => {
                    let last = (range.start + 1..range.end).rev().find(|at| !lines[*at].trim().is_empty());
                    let last = last.unwrap_or(range.start);
                    let indent: String = lines[last].chars().take_while(|c| c.is_whitespace()).collect();
                    lines.insert(last + 1, format!("{indent}- {word}\n"));
                }
                Some(_) => bail!("`{key}` of the front matter is no list"),
            },
            Edit::Off(key) => {
                if let Some(range) = of_key(&lines, key) {
                    let comment = comment_of(&lines[range.start]).to_owned();
                    lines[range.start] = format!("{key}: false{comment}\n");
                }
            }
            Edit::AddTable(key, entries) => {
                let mut written = Vec::new();
                for (at, (name, value)) in entries.iter().enumerate() {
                    let start = if at == 0 { "  - " } else { "    " };
                    written.push(format!("{start}{name}: {}\n", parse_value(value)?.to_string().trim()));
                }
                match of_key(&lines, key) {
                    Some(range) => drop(lines.splice(range.end..range.end, written)),
                    None => {
                        lines.push(format!("{key}:\n"));
                        lines.extend(written);
                    }
                }
            }
        }
    }
    Ok(lines.concat())
}

/// The comment behind a value of YAML, with the white space before it; empty where there is none. A `#` in quotation
/// marks begins none.
fn comment_of(line: &str) -> &str {
    let line = line.trim_end();
    let mut quoted: Option<char> = None;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match (quoted, letter) {
            (Some(mark), _) if mark == letter && before != '\\' => quoted = None,
            (None, '"' | '\'') if matches!(before, ' ' | '[' | ',' | ':') => quoted = Some(letter),
            (None, '#') if before == ' ' => return &line[line[..at].trim_end().len()..],
            _ => {}
        }
        before = letter;
    }
    ""
}

/// A list on one line without its closing bracket, and the comment behind it.
fn listed(line: &str) -> Option<(String, String)> {
    let comment = comment_of(line);
    let list = line.trim_end();
    let list = list[..list.len() - comment.len()].trim_end().strip_suffix(']')?;
    Some((list.to_owned(), comment.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(key: &str, value: &str) -> Edit {
        Edit::Set(key.to_owned(), value.to_owned())
    }

    fn append(key: &str, word: &str) -> Edit {
        Edit::Append(key.to_owned(), word.to_owned())
    }

    #[test]
    fn comments_order_and_unknown_keys_stay() {
        let text = "+++\n# Checked with the court's report.\nkilled = 191 # of March\ntitle = \"Madrid\"\n\n[extra]\n\
            desk = \"south\" # ours\n+++\n\nThe body, with ++ signs.\n";
        let edited =
            edit(text, Shape::FrontMatter, &[set("killed", "193"), set("confirmed", "true")]).unwrap();
        assert_eq!(
            edited,
            "+++\n# Checked with the court's report.\nkilled = 193 # of March\ntitle = \"Madrid\"\nconfirmed = true\n\n\
             [extra]\ndesk = \"south\" # ours\n+++\n\nThe body, with ++ signs.\n"
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_made() {
        let edited = edit("", Shape::FrontMatter, &[set("hidden", "true")]).unwrap();
        assert_eq!(edited, "+++\nhidden = true\n+++\n");
        let quotation = vec![("words".to_owned(), "\"We knew\"".to_owned())];
        let edited = edit("", Shape::Toml, &[Edit::AddTable("quotation".to_owned(), quotation)]).unwrap();
        assert_eq!(edited, "[[quotation]]\nwords = \"We knew\"\n");
    }

    #[test]
    fn lists_grow_and_hold_nothing_twice() {
        let text = "+++\nalso = [\"a\"] # one\n+++\n";
        let edited = edit(text, Shape::FrontMatter, &[append("also", "b"), append("also", "a")]).unwrap();
        assert_eq!(edited, "+++\nalso = [\"a\", \"b\"] # one\n+++\n");
        let yaml = "---\nalso:\n  - a\ntitle: T\n---\nBody\n";
        let edited = edit(yaml, Shape::FrontMatter, &[append("also", "b")]).unwrap();
        assert_eq!(edited, "---\nalso:\n  - a\n  - b\ntitle: T\n---\nBody\n");
        let yaml = "---\nalso: [a]\n---\n";
        assert_eq!(
            edit(yaml, Shape::FrontMatter, &[append("also", "b")]).unwrap(),
            "---\nalso: [a, b]\n---\n"
        );
    }

    #[test]
    fn yaml_keeps_its_comments_too() {
        let text = "---\n# ours\nkilled: 191 # of March\nextra:\n  desk: south\n---\nBody\n";
        let edited =
            edit(text, Shape::FrontMatter, &[set("killed", "193"), set("date", "2004-03-11")]).unwrap();
        assert_eq!(
            edited,
            "---\n# ours\nkilled: 193 # of March\nextra:\n  desk: south\ndate: \"2004-03-11\"\n---\nBody\n"
        );
    }

    #[test]
    fn a_mark_of_byte_order_and_comments_in_odd_places_stay() {
        let edited =
            edit("\u{feff}+++\ntitle = \"T\"\n+++\nBody\n", Shape::FrontMatter, &[set("killed", "2")]);
        assert_eq!(edited.unwrap(), "\u{feff}+++\ntitle = \"T\"\nkilled = 2\n+++\nBody\n");
        let yaml = "---\ntitle: \"Dock # four\" # ours\nalso: [] # none yet\nconfirmed: true # by A.\n---\n";
        let edits = [set("title", "\"Dock\""), append("also", "b"), Edit::Off("confirmed".to_owned())];
        assert_eq!(
            edit(yaml, Shape::FrontMatter, &edits).unwrap(),
            "---\ntitle: \"Dock\" # ours\nalso: [b] # none yet\nconfirmed: false # by A.\n---\n"
        );
    }

    #[test]
    fn line_ends_stay_what_they_were() {
        let mixed =
            edit("+++\r\nkilled = 1\n+++\nBody\n", Shape::FrontMatter, &[set("killed", "2")]).unwrap();
        assert_eq!(mixed, "+++\r\nkilled = 2\n+++\nBody\n");
        let edited = edit("+++\r\nkilled = 1\r\n+++\r\nBody\r\n", Shape::FrontMatter, &[set("injured", "2")]);
        assert_eq!(edited.unwrap(), "+++\r\nkilled = 1\r\ninjured = 2\r\n+++\r\nBody\r\n");
    }

    #[test]
    fn what_cannot_be_read_is_not_written() {
        assert!(edit("+++\nkilled = \n+++\n", Shape::FrontMatter, &[set("injured", "2")]).is_err());
        assert!(edit("+++\nkilled = 1\n", Shape::FrontMatter, &[set("injured", "2")]).is_err());
        assert!(edit("", Shape::Toml, &[set("killed", "about nine")]).is_err());
    }
}
