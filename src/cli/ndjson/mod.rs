//! Articles and records as lines of JSON: `extract --ndjson` and `build --facts`.
//!
//! A line is an article, another is what was read of it. Nothing is kept from one line to the next, so that any number of
//! processes can share the work.

mod given;

use std::fmt::Formatter;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::sync::Arc;

use anyhow::Context;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::facts_json::FactsJson;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::facts::Knowledge;
use crate::pipeline::seal;
use crate::source::{self, Format, Source, SourceKind, article_kind, sidecar_path};

pub(super) use self::given::{Unread, given};

/// The name of the format of a record.
const SCHEMA: &str = "dateline.record/1";

/// Where articles are in a site.
const FOLDER: &str = "content/articles/";

/// The longest line, in bytes: an article as long as a site may have, in JSON.
const LONGEST: u64 = 192 << 20;

/// Which build of the program made a record.
const PROGRAM: &str = env!("DATELINE_BUILD");

/// What was read of an article.
#[derive(Serialize)]
struct Record<'a> {
    schema: &'static str,
    path: &'a str,
    text: &'a str,
    sidecar: Option<&'a str>,
    facts: FactsJson<'a>,
    program: &'static str,
    sealed: String,
}

/// Why an article was not read.
#[derive(Serialize)]
struct Failure<'a> {
    schema: &'static str,
    /// From 1, in what this process was given.
    line: usize,
    path: Option<&'a str>,
    error: String,
}

/// Reads articles, one a line, and writes a record for each as soon as it is made.
pub(super) fn extract(
    input: impl Read,
    output: &mut dyn Write,
    config: &Config,
    knowledge: &Knowledge,
) -> anyhow::Result<()> {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    let mut count = 0;
    loop {
        line.clear();
        let read = input
            .by_ref()
            .take(LONGEST + 1)
            .read_until(b'\n', &mut line)
            .context("cannot read the articles")?;
        if read == 0 {
            return Ok(());
        }
        count += 1;
        let answer = if read as u64 > LONGEST {
            input.skip_until(b'\n').context("cannot read the articles")?;
            failure(count, None, format!("the line is longer than {} MiB", LONGEST >> 20))
        } else if unmarked(&line).is_empty() {
            continue;
        } else {
            record(count, &line, config, knowledge)
        };
        match output.write_all(&answer).and_then(|()| output.flush()) {
            // Whoever reads has had enough.
            Err(fault) if fault.kind() == ErrorKind::BrokenPipe => return Ok(()),
            done => done.context("cannot write the records")?,
        }
    }
}

fn record(line: usize, json: &[u8], config: &Config, knowledge: &Knowledge) -> Vec<u8> {
    let (source, sidecar) = match article(json) {
        Ok(article) => article,
        Err((path, error)) => return failure(line, path.as_deref(), error),
    };
    match seal(&source, sidecar.as_ref(), config, knowledge) {
        Ok(read) => print(&Record {
            schema: SCHEMA,
            path: &source.path,
            text: &source.text,
            sidecar: sidecar.as_ref().map(|sidecar| &*sidecar.text),
            facts: FactsJson::new(&source.text, &read.document, &read.facts),
            program: PROGRAM,
            sealed: BASE64_STANDARD.encode(&read.sealed),
        }),
        Err(faults) => {
            let words = |fault: &Diagnostic| match &fault.help {
                Some(help) => format!("{} ({help})", fault.message),
                None => fault.message.clone(),
            };
            let words: Vec<String> = faults.iter().map(words).collect();
            failure(line, Some(&source.path), words.join("; "))
        }
    }
}

fn failure(line: usize, path: Option<&str>, error: String) -> Vec<u8> {
    print(&Failure { schema: SCHEMA, line, path, error })
}

fn print(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec(value).expect("it has only texts, numbers and lists");
    json.push(b'\n');
    json
}

type Article = (Arc<Source>, Option<Arc<Source>>);

/// The article of a line: `text`, `path` if it has one, and whatever a sidecar may say, as keys of its own or, as TOML, in
/// `sidecar`. An article without a path is named after what the line says.
fn article(json: &[u8]) -> Result<Article, (Option<String>, String)> {
    let Keys(mut keys) = serde_json::from_slice(unmarked(json)).map_err(|error| {
        (None, format!("the line is no JSON object that can be read: {}", json_fault(&error)))
    })?;
    let mut string = |key: &str| match keys.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{key}` must be a string")),
    };
    let path = string("path").map_err(|error| (None, error))?;
    let whole = |path: &str| format!("{FOLDER}{}", path.strip_prefix(FOLDER).unwrap_or(path));
    let path = path.map(|path| whole(&path));
    let fault = |error: String| (path.clone(), error);
    let text = string("text").map_err(fault)?.ok_or_else(|| fault("there is no `text`".to_owned()))?;
    let said = string("sidecar").map_err(fault)?;
    keys.retain(|_, value| !value.is_null());
    let said = match (said, keys.is_empty()) {
        (said, true) => said,
        (None, false) => {
            Some(toml::to_string(&keys).map_err(|error| fault(format!("it cannot be a sidecar: {error}")))?)
        }
        (Some(_), false) => return Err(fault("give either `sidecar` or keys of its own".to_owned())),
    };
    let path = path.clone().unwrap_or_else(|| whole(&name_of(&text, said.as_deref())));
    let Some(kind) = path.strip_prefix(FOLDER).and_then(article_kind) else {
        let help = format!("write the path of a .txt, .md or .html file below {FOLDER}");
        return Err((Some(path.clone()), format!("`{path}` cannot be the path of an article: {help}")));
    };
    let sidecar = said.map(|said| source(sidecar_path(&path), SourceKind::Sidecar, said));
    Ok((source(path, kind, text), sidecar))
}

/// What an article without a path is called: after its text, and after what else is known of it, as one text may have come
/// out twice.
fn name_of(text: &str, said: Option<&str>) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    if let Some(said) = said {
        hasher.update(&[0]).update(said.as_bytes());
    }
    format!("article-{}.txt", &hasher.finalize().to_hex()[..16])
}

/// As a file with this text in UTF-8 would be read.
fn source(path: String, kind: SourceKind, text: String) -> Arc<Source> {
    let format: Option<Format> = if let SourceKind::Article(format) = kind { Some(format) } else { None };
    // Without a byte order mark, which the record is without as well.
    let text = source::decode(text.into_bytes(), format).text;
    let hash = *blake3::hash(text.as_bytes()).as_bytes();
    Arc::new(Source { path: path.into(), kind, text: text.into(), hash })
}

/// Without its line end, and without the mark that some programs write at the beginning of a file, which may stand anywhere
/// once files were joined.
fn unmarked(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii_end()
}

/// What is wrong with the JSON of a line. That it is line 1 of itself is of no help to anybody.
fn json_fault(fault: &serde_json::Error) -> String {
    let words = fault.to_string();
    let at = format!(" at line {} column {}", fault.line(), fault.column());
    match words.strip_suffix(&at) {
        Some(words) if fault.is_data() => words.to_owned(),
        Some(words) => format!("{words}, at its byte {}", fault.column()),
        None => words,
    }
}

/// The keys of a JSON object, each there once.
struct Keys(Map<String, Value>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Keys, D::Error> {
        struct Once;
        impl<'de> Visitor<'de> for Once {
            type Value = Keys;
            fn expecting(&self, into: &mut Formatter<'_>) -> std::fmt::Result {
                into.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Keys, A::Error> {
                let mut keys = Map::new();
                while let Some((key, value)) = entries.next_entry::<String, Value>()? {
                    if keys.contains_key(&key) {
                        return Err(A::Error::custom(format!("`{key}` is in it twice")));
                    }
                    keys.insert(key, value);
                }
                Ok(Keys(keys))
            }
        }
        input.deserialize_map(Once)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &str) -> Vec<Value> {
        let mut output = Vec::new();
        extract(input.as_bytes(), &mut output, &Config::default(), Knowledge::of_program()).unwrap();
        String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_in_is_a_line_out_in_order_and_faults_are_lines_as_well() {
        let input = concat!(
            r#"{"path": "a.txt", "text": "Bridge reopens\n\nA bomb killed three people in Calder Ford on Friday.", "published": "2021-06-08"}"#,
            "\n{\"path\": \"b.txt\"}\n\nnot json\n",
            r#"{"text": "Untitled\n\nNothing happened.", "publised": "2021-06-08"}"#,
            "\n",
            r#"{"path": "../c.txt", "text": "x"}"#,
            "\n",
            r#"{"text": "No path\n\nIt is named after its text."}"#,
            "\n\u{feff}",
            r#"{"text": "No path\n\nIt is named after its text.", "source": "Calder Courier"}"#,
            "\n",
            r#"{"text": "Once", "text": "Twice"}"#,
        );
        let records = lines(input);
        assert_eq!(records.len(), 8);
        assert_eq!(records[0]["path"], "content/articles/a.txt");
        assert_eq!(records[0]["facts"]["events"][0]["date"], "2021-06-04");
        assert_eq!(records[1]["error"], "there is no `text`");
        assert!(records[2]["error"].as_str().unwrap().starts_with("the line is no JSON object"));
        assert!(!records[2]["error"].as_str().unwrap().contains("line 1"), "{}", records[2]);
        assert_eq!(records[2]["line"], 4);
        assert_eq!(records[1]["path"], "content/articles/b.txt");
        assert_eq!(records[4]["path"], "content/articles/../c.txt");
        assert!(
            records[3]["error"].as_str().unwrap().contains("did you mean `published`?"),
            "{}",
            records[3]
        );
        assert!(records[4]["error"].as_str().unwrap().contains("cannot be the path"));
        let path = records[5]["path"].as_str().unwrap();
        assert!(path.starts_with("content/articles/article-") && path.ends_with(".txt"), "{path}");
        let other = records[6]["path"].as_str().unwrap();
        assert!(other != path, "of the same text, but of another source: {}", records[6]);
        assert!(records[7]["error"].as_str().unwrap().contains("`text` is in it twice"), "{}", records[7]);
    }

    #[test]
    fn a_record_is_flushed_before_the_next_line_is_read() {
        /// Says how many records had been flushed whenever it is asked for more.
        struct Watched<'a>(&'a std::cell::Cell<usize>, usize);
        impl Read for Watched<'_> {
            fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
                assert_eq!(self.0.get(), self.1, "the line before is not answered yet");
                if self.1 == 3 {
                    return Ok(0);
                }
                self.1 += 1;
                let line = b"{\"text\": \"A\\n\\nB.\"}\n";
                into[..line.len()].copy_from_slice(line);
                Ok(line.len())
            }
        }
        struct Flushed<'a>(&'a std::cell::Cell<usize>);
        impl Write for Flushed<'_> {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                self.0.set(self.0.get() + 1);
                Ok(())
            }
        }
        let flushed = std::cell::Cell::new(0);
        extract(Watched(&flushed, 0), &mut Flushed(&flushed), &Config::default(), Knowledge::of_program())
            .unwrap();
        assert_eq!(flushed.get(), 3);
    }
}
