//! `dateline extract`: one article, wherever it is, to the JSON of its facts; or many, one a line.
#![expect(clippy::disallowed_methods, reason = "a command at the edge: it reads the articles")]

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use anyhow::Context;

use super::args::{ArticleArgs, ExtractArgs, Global};
use super::article::{self, Article};
use super::facts_json::FactsJson;
use super::report::Reporter;
use super::{Outcome, ndjson};
use crate::facts::Knowledge;

/// Prints the facts.
pub fn run(args: &ExtractArgs, global: &Global, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let ExtractArgs { file, published, title, ndjson } = args;
    if *ndjson {
        return lines(file.as_ref(), global, reporter);
    }
    let file = file.clone().context("which article?")?;
    let article = ArticleArgs { file, published: *published, title: title.clone() };
    print(&article::read(&article, global, reporter)?, reporter)
}

/// Reads articles and prints records, line by line.
fn lines(file: Option<&PathBuf>, global: &Global, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let site = article::surroundings(global)?;
    reporter.diagnostics(&site.diagnostics);
    let input: Box<dyn Read> = match file {
        Some(file) if file.as_os_str() != "-" => {
            Box::new(File::open(file).with_context(|| format!("cannot read `{}`", file.display()))?)
        }
        _ => Box::new(io::stdin().lock()),
    };
    let knowledge = site.knowledge.as_ref().unwrap_or_else(|| Knowledge::of_program());
    ndjson::extract(input, &mut reporter.stream(), &site.config, knowledge)?;
    Ok(Outcome::Fine)
}

/// Prints the facts of an article that was read.
pub fn print(article: &Article, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let facts = FactsJson::new(&article.source.text, &article.document, &article.facts);
    let mut json = serde_json::to_vec_pretty(&facts)?;
    json.push(b'\n');
    reporter.data(&json)?;
    Ok(Outcome::Fine)
}
