//! `dateline extract`: one article, wherever it is, to the JSON of its facts.

use super::Outcome;
use super::args::{ArticleArgs, Global};
use super::article::{self, Article};
use super::facts_json::FactsJson;
use super::report::Reporter;

/// Prints the facts.
pub fn run(args: &ArticleArgs, global: &Global, reporter: &Reporter) -> anyhow::Result<Outcome> {
    print(&article::read(args, global, reporter)?, reporter)
}

/// Prints the facts of an article that was read.
pub fn print(article: &Article, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let facts = FactsJson::new(&article.source.text, &article.document, &article.facts);
    let mut json = serde_json::to_vec_pretty(&facts)?;
    json.push(b'\n');
    reporter.data(&json)?;
    Ok(Outcome::Fine)
}
