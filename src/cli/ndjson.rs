//! Articles and records as lines of JSON: `extract --ndjson` and `build --facts`.
//!
//! A line is an article, another is what was read of it. Nothing is kept from one line to the next, so that any number of
//! processes can share the work.
#![expect(clippy::disallowed_methods, reason = "a command at the edge: it reads articles and records")]

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::facts_json::FactsJson;
use super::report::Reporter;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::facts::Knowledge;
use crate::pipeline::{Given, seal};
use crate::source::{self, Format, Source, SourceKind, article_kind, sidecar_path};

/// The name of the format of a record.
const SCHEMA: &str = "dateline.record/1";

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

/// What a build needs of a record.
#[derive(Deserialize)]
struct Kept {
    schema: String,
    path: Option<String>,
    text: Option<String>,
    sidecar: Option<String>,
    program: Option<String>,
    sealed: Option<String>,
    error: Option<String>,
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
        } else if line.trim_ascii().is_empty() {
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
/// `sidecar`. An article without a path is named after its text.
fn article(json: &[u8]) -> Result<Article, (Option<String>, String)> {
    let mut keys: Map<String, Value> = serde_json::from_slice(json)
        .map_err(|error| (None, format!("the line is no JSON object: {error}")))?;
    let mut string = |key: &str| match keys.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{key}` must be a string")),
    };
    let path = string("path").map_err(|error| (None, error))?;
    let fault = |error: String| (path.clone(), error);
    let text = string("text").map_err(fault)?.ok_or_else(|| fault("there is no `text`".to_owned()))?;
    let said = string("sidecar").map_err(fault)?;
    let name = path
        .clone()
        .unwrap_or_else(|| format!("article-{}.txt", &blake3::hash(text.as_bytes()).to_hex()[..16]));
    let name = name.strip_prefix("content/articles/").unwrap_or(&name);
    let Some(kind) = article_kind(name) else {
        let help = "write the path of a .txt, .md or .html file below content/articles/";
        return Err(fault(format!("`{name}` cannot be the path of an article: {help}")));
    };
    keys.retain(|_, value| !value.is_null());
    let said = match (said, keys.is_empty()) {
        (said, true) => said,
        (None, false) => {
            Some(toml::to_string(&keys).map_err(|error| fault(format!("it cannot be a sidecar: {error}")))?)
        }
        (Some(_), false) => return Err(fault("give either `sidecar` or keys of its own".to_owned())),
    };
    let path = format!("content/articles/{name}");
    let sidecar = said.map(|said| source(sidecar_path(&path), SourceKind::Sidecar, said));
    Ok((source(path, kind, text), sidecar))
}

/// As a file with this text in UTF-8 would be read.
fn source(path: String, kind: SourceKind, text: String) -> Arc<Source> {
    let format: Option<Format> = if let SourceKind::Article(format) = kind { Some(format) } else { None };
    // Without a byte order mark, which the record is without as well.
    let text = source::decode(text.into_bytes(), format).text;
    let hash = *blake3::hash(text.as_bytes()).as_bytes();
    Arc::new(Source { path: path.into(), kind, text: text.into(), hash })
}

/// Reads the records of `files`, in order of path. Those that say why an article was not read are told of.
pub(super) fn given(files: &[PathBuf], reporter: &Reporter) -> anyhow::Result<Vec<Given>> {
    let mut given = Vec::new();
    let mut failed = Vec::new();
    for file in files {
        let before = given.len() + failed.len();
        read_file(file, &mut given, &mut failed)?;
        // What is left of a run that failed: a site of it would be an empty one.
        anyhow::ensure!(
            given.len() + failed.len() > before,
            "`{}` holds no record\n  help: was it cut off while it was written? To read the articles of the site, leave \
             `--facts` out",
            file.display()
        );
    }
    if !failed.is_empty() {
        const MOST: usize = 10;
        let more = failed.len().saturating_sub(MOST);
        let mut words: String = failed.iter().take(MOST).map(|fault| format!("\n  {fault}")).collect();
        if more > 0 {
            words.push_str(&format!("\n  and {more} more"));
        }
        let articles = if failed.len() == 1 {
            "1 article was".to_owned()
        } else {
            format!("{} articles were", failed.len())
        };
        reporter.warning(&format!("{articles} not read, and the site is without:{words}"));
    }
    given.sort_by(|a: &Given, b: &Given| a.source.path.cmp(&b.source.path));
    Ok(given)
}

fn read_file(file: &Path, given: &mut Vec<Given>, failed: &mut Vec<String>) -> anyhow::Result<()> {
    let shown = file.display();
    let mut lines: Box<dyn BufRead> = match file == Path::new("-") {
        true => Box::new(std::io::stdin().lock()),
        false => {
            Box::new(BufReader::new(File::open(file).with_context(|| format!("cannot read `{shown}`"))?))
        }
    };
    let mut line = Vec::new();
    for count in 1_usize.. {
        line.clear();
        if lines.read_until(b'\n', &mut line).with_context(|| format!("cannot read `{shown}`"))? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let origin = format!("line {count} of `{shown}`");
        let kept: Kept = serde_json::from_slice(&line).with_context(|| {
            format!("{origin} is no record: was it written by `extract --ndjson`, and whole?")
        })?;
        if kept.schema != SCHEMA {
            bail!(
                "{origin} is `{}`, not `{SCHEMA}`\n  help: extract the articles again, with this program",
                kept.schema
            );
        }
        if let Some(error) = kept.error {
            failed.push(format!("{origin}, {}: {error}", kept.path.as_deref().unwrap_or("without a path")));
            continue;
        }
        if kept.program.as_deref() != Some(PROGRAM) {
            bail!(
                "{origin} was made by another build of dateline\n  help: extract the articles again, with this program"
            );
        }
        let (Some(path), Some(text), Some(sealed)) = (kept.path, kept.text, kept.sealed) else {
            bail!("{origin} is no whole record: `path`, `text` and `sealed` belong to it");
        };
        let kind = path.strip_prefix("content/articles/").and_then(article_kind);
        let kind = kind.with_context(|| format!("{origin}: `{path}` is not the path of an article"))?;
        let sealed = BASE64_STANDARD.decode(&sealed).with_context(|| format!("{origin} is damaged"))?;
        let sidecar = kept.sidecar.map(|said| source(sidecar_path(&path), SourceKind::Sidecar, said));
        given.push(Given { source: source(path, kind, text), sidecar, sealed, origin });
    }
    Ok(())
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
        );
        let records = lines(input);
        assert_eq!(records.len(), 6);
        assert_eq!(records[0]["path"], "content/articles/a.txt");
        assert_eq!(records[0]["facts"]["events"][0]["date"], "2021-06-04");
        assert_eq!(records[1]["error"], "there is no `text`");
        assert!(records[2]["error"].as_str().unwrap().starts_with("the line is no JSON object"));
        assert_eq!(records[2]["line"], 4);
        assert!(
            records[3]["error"].as_str().unwrap().contains("did you mean `published`?"),
            "{}",
            records[3]
        );
        assert!(records[4]["error"].as_str().unwrap().contains("cannot be the path"));
        let path = records[5]["path"].as_str().unwrap();
        assert!(path.starts_with("content/articles/article-") && path.ends_with(".txt"), "{path}");
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
