//! The command line: its words, their meaning and their help.

mod reading;
#[cfg(test)]
mod tests;
mod values;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use self::values::{pause, web_address};

pub use self::reading::{
    ArticleArgs, ExplainArgs, ExplainFormat, ExtractArgs, ListArgs, ListFormat, ListKind, ReviewArgs,
};

/// What stands after `dateline`.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    about = "A static site generator for news dossiers: it reads the articles",
    long_about = "A static site generator for news dossiers. It reads a folder of articles and makes a site of it: \
                  a page for each article, a timeline of the attacks they report and an index of the experts they \
                  quote, every figure linked to the sentence it was read from.",
    after_help = "Start with `dateline init DIR`, then `dateline serve` inside it.",
    after_long_help = "Start with `dateline init DIR`, then `dateline serve` inside it.\n\n\
                       Exit status: 0 fine, 1 the site has errors, 2 the command could not run.\n\n\
                       Environment: NO_COLOR and CLICOLOR_FORCE switch colour off and on; SOURCE_DATE_EPOCH (seconds \
                       since 1970) sets the day of the build.",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
}

/// What every command takes, in any position.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The site's folder [default: the current one]
    #[arg(short, long, global = true, value_name = "DIR", help_heading = "Everywhere")]
    pub root: Option<PathBuf>,
    /// The configuration [default: site.toml in the site's folder]
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub config: Option<PathBuf>,
    /// Colour in messages [default: auto]
    #[arg(
        long,
        global = true,
        value_name = "auto|always|never",
        default_value = "auto",
        help_heading = "Everywhere",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: Color,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Everywhere")]
    pub quiet: bool,
    /// Show notes in full
    #[arg(short, long, global = true, help_heading = "Everywhere")]
    pub verbose: bool,
}

/// When messages are coloured.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal that can, unless NO_COLOR says otherwise
    Auto,
    /// Also into a pipe or a file
    Always,
    /// Nowhere
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site that builds, with an article to replace
    Init(InitArgs),
    /// Begin a new article, page or record
    New(NewArgs),
    /// Make the site
    Build(BuildArgs),
    /// Make the site, show it at a local address and follow every change
    Serve(ServeArgs),
    /// Print what one article says, as JSON
    Extract(ExtractArgs),
    /// Show where facts come from: of an article, an attack or a person
    Explain(ExplainArgs),
    /// List what the dossier holds
    List(ListArgs),
    /// Go through what needs an editor, most important first
    Review(ReviewArgs),
    /// Look for what a dossier should not say: a lint, with links and anchors
    Check(CheckArgs),
    /// Put the site on its host: build, check, plan, then upload what differs
    Publish(PublishArgs),
    /// Start from a file of the built-in theme
    Theme(super::theme::ThemeArgs),
    /// Print the configuration, with defaults filled in, as TOML
    Config,
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, in roff
    Man,
}

/// `dateline init`
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to make; it may be there already if nothing is in it
    #[arg(value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Also write what a build server needs to publish the site; to a site that is there already, only that
    #[arg(long, value_name = "github")]
    pub ci: Option<BuildServer>,
    /// Also copy a template of the built-in theme, to change it; to a site that is there already, only that
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "article.html")]
    pub theme: Option<String>,
}

/// Build servers that `dateline init` knows.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum BuildServer {
    /// GitHub Actions, to GitHub Pages
    Github,
}

/// `dateline new`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// What to begin
    pub kind: NewKind,
    /// Its headline, title or name; an attack's begins with its date: "2004 Beslan school siege"
    #[arg(value_name = "TITLE")]
    pub title: String,
}

/// What `dateline new` can begin.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub enum NewKind {
    /// content/articles/SLUG.md
    Article,
    /// content/SLUG.md
    Page,
    /// content/attacks/SLUG.md
    Attack,
    /// content/experts/SLUG.md
    Expert,
}

/// What is left in or out of the site.
#[derive(Copy, Clone, Debug, Args)]
pub struct Selection {
    /// Include what is marked `draft = true`
    #[arg(long)]
    pub drafts: bool,
    /// Include articles published after today
    #[arg(long)]
    pub future: bool,
}

/// What is kept between two runs.
#[derive(Copy, Clone, Debug, Args)]
pub struct Kept {
    /// Neither use nor keep what earlier builds remembered in .dateline/cache
    #[arg(long)]
    pub no_cache: bool,
}

/// `dateline build`
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Where the site is written [default: `output_dir` of site.toml, else public]
    #[arg(short, long, value_name = "DIR")]
    pub output_dir: Option<PathBuf>,
    /// The address it is published at, instead of the one in site.toml
    #[arg(short = 'u', long, value_name = "URL", value_parser = web_address)]
    pub base_url: Option<String>,
    /// What is left in or out.
    #[command(flatten)]
    pub selection: Selection,
    /// Take warnings for errors, and check every internal link
    #[arg(long)]
    pub strict: bool,
    /// Render every page, also where nothing changed since the last build
    #[arg(long)]
    pub force: bool,
    /// What is kept between two runs.
    #[command(flatten)]
    pub kept: Kept,
    /// Articles that were read elsewhere.
    #[command(flatten)]
    pub given: GivenFacts,
}

/// Articles that were read elsewhere
#[derive(Clone, Debug, Default, Args)]
pub struct GivenFacts {
    /// Take the articles of this file (- for standard input) too, as `extract --ndjson` wrote them, without reading them
    /// again; may be repeated
    #[arg(long, value_name = "FILE.ndjson")]
    pub facts: Vec<PathBuf>,
}

/// `dateline serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The port; the next free one is taken where it is in use
    #[arg(short, long, default_value_t = 1111)]
    pub port: u16,
    /// The address to listen at
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: std::net::IpAddr,
    /// Open it in the browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Look for changes this often, where the system does not tell of them: network drives, containers
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "1", value_parser = pause)]
    pub poll: Option<Duration>,
    /// Serve the pages without the script that keeps them up to date
    #[arg(long)]
    pub no_reload: bool,
    /// What is kept between two runs.
    #[command(flatten)]
    pub kept: Kept,
    /// What is left in or out.
    #[command(flatten)]
    pub selection: Selection,
    /// Articles that were read elsewhere.
    #[command(flatten)]
    pub given: GivenFacts,
}

/// `dateline check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Take warnings for errors
    #[arg(long)]
    pub strict: bool,
    /// What is kept between two runs.
    #[command(flatten)]
    pub kept: Kept,
    /// What is left in or out.
    #[command(flatten)]
    pub selection: Selection,
    /// Articles that were read elsewhere.
    #[command(flatten)]
    pub given: GivenFacts,
}

/// `dateline publish`
#[derive(Debug, Args)]
pub struct PublishArgs {
    /// Where to: NAME of [publish.NAME] in site.toml; may be left out where there is only one
    #[arg(value_name = "TARGET")]
    pub target: Option<String>,
    /// Print the plan and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Stop before anything is done if more files than these would be deleted
    #[arg(long, value_name = "N", default_value_t = 256)]
    pub max_deletes: usize,
    /// Take over a place that holds files or commits of others; files that the site does not have stay
    #[arg(long)]
    pub adopt: bool,
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
    /// What is left in or out.
    #[command(flatten)]
    pub selection: Selection,
    /// Articles that were read elsewhere.
    #[command(flatten)]
    pub given: GivenFacts,
}

/// `dateline completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell
    pub shell: Shell,
}

/// What `--color` says in `words`, whether or not the rest of them can be understood.
pub fn asked_color(words: &[OsString]) -> Color {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let joined = words.iter().find_map(|word| word.strip_prefix("--color="));
    let apart = words.windows(2).find(|pair| pair[0] == "--color").map(|pair| &*pair[1]);
    joined.or(apart).and_then(|word| Color::from_str(word, false).ok()).unwrap_or(Color::Auto)
}
