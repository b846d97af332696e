//! The words of the commands that print what articles and the dossier say: `extract`, `explain`, `list`, `review`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::review::Reason;

use super::values::{civil_date, review_reason};
use super::{Kept, Selection};

/// `dateline extract`
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// The article (.txt, .md or .html; anything else is plain text), or - for standard input
    #[arg(value_name = "FILE", required_unless_present = "ndjson")]
    pub file: Option<PathBuf>,
    /// The day it was published, which "last Friday" is reckoned from
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = civil_date, conflicts_with = "ndjson")]
    pub published: Option<Date>,
    /// Its headline, where the text has none
    #[arg(long, value_name = "TEXT", conflicts_with = "ndjson")]
    pub title: Option<String>,
    /// Read one article a line (JSON with `text`; from standard input without FILE), print one record a line
    #[arg(long)]
    pub ndjson: bool,
}

/// An article, wherever it is
#[derive(Debug, Args)]
pub struct ArticleArgs {
    /// The article (.txt, .md or .html; anything else is plain text), or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The day it was published, which "last Friday" is reckoned from
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = civil_date)]
    pub published: Option<Date>,
    /// Its headline, where the text has none
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
}

/// `dateline explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Which article; or, where there is no such file, the id of an attack or a person of the site.
    #[command(flatten)]
    pub article: ArticleArgs,
    /// For reading, or as `extract` prints it
    #[arg(long, value_name = "text|json", default_value = "text", hide_possible_values = true)]
    pub format: ExplainFormat,
    /// What is kept between two runs.
    #[command(flatten)]
    pub kept: Kept,
}

/// What `dateline explain` prints.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    /// The text with its facts marked, and lists of them
    Text,
    /// What `dateline extract` prints
    Json,
}

/// `dateline list`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// What to list
    #[arg(default_value = "attacks")]
    pub kind: ListKind,
    /// For reading, or for programs
    #[arg(long, value_name = "table|json|csv", default_value = "table", hide_possible_values = true)]
    pub format: ListFormat,
    /// What is kept between two runs.
    #[command(flatten)]
    pub kept: Kept,
    /// What is left in or out.
    #[command(flatten)]
    pub selection: Selection,
}

/// What `dateline list` lists.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListKind {
    /// In the order of the timeline
    Attacks,
    /// Those of the index, by surname
    Experts,
    /// Everybody who is named, by surname
    People,
    /// Everything that stands between quotation marks, article by article
    Quotes,
    /// By file
    Articles,
}

/// How `dateline list` prints.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns
    Table,
    /// One array of objects
    Json,
    /// RFC 4180, with a line of names
    Csv,
}

/// `dateline review`
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// Only items of this kind; may be given several times
    #[arg(long, value_name = "KIND", value_parser = review_reason)]
    pub only: Vec<Reason>,
    /// Show so many items at most
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// For reading, or as a list for programs
    #[arg(long, value_name = "text|json", default_value = "text", hide_possible_values = true)]
    pub format: ExplainFormat,
    /// Ask about each item, also where this is no terminal
    #[arg(long, conflicts_with_all = ["format", "pin", "seen"])]
    pub interactive: bool,
    /// Write content/ids.toml, so that every id stays as it is, and ask nothing
    #[arg(long)]
    pub pin: bool,
    /// The decision about this attack or person holds, though its sources have changed; writes content/ids.toml
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub seen: Vec<String>,
    /// What is kept between two runs.
    #[command(flatten)]
    pub kept: Kept,
}
