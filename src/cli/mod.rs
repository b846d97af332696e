//! The command line: arguments, one file a command, and the report (the only file that prints).

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

pub mod args;
mod article;
mod build;
mod check;
mod config;
mod dossier;
mod draw;
mod environment;
mod explain;
mod extract;
mod facts_json;
mod init;
mod list;
mod manual;
mod ndjson;
mod new;
mod publish;
mod report;
mod review;
mod serve;
mod site;
mod theme;

use args::{Cli, Command};
use report::Reporter;
use site::Site;

/// How a command ended that could run.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Fine,
    /// The site has errors, or with `--strict` warnings.
    SiteHasErrors,
}

/// Does what `words` (the program's name first) ask. Exit status: 0 fine, 1 the site has errors, 2 the command
/// could not run.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let parsed =
        Cli::command().try_get_matches_from(&words).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(usage) => return ExitCode::from(report::usage(&usage, args::asked_color(&words))),
    };
    let reporter = Reporter::new(&cli.global);
    match perform(&cli, &reporter) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::SiteHasErrors) => ExitCode::from(1),
        Err(failure) => {
            reporter.failure(&failure);
            ExitCode::from(2)
        }
    }
}

fn perform(cli: &Cli, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let site = || Site::find(&cli.global);
    match &cli.command {
        Command::Init(args) => init::run(args, reporter),
        Command::New(args) => new::run(args, &site()?, reporter),
        Command::Completions(args) => manual::completions(args.shell, reporter),
        Command::Man => manual::man(reporter),
        Command::Build(args) => build::run(args, &site()?, reporter),
        Command::Serve(args) => serve::run(args, &site()?, *reporter),
        Command::Extract(args) => extract::run(args, &cli.global, reporter),
        Command::Explain(args) => explain::run(args, &cli.global, reporter),
        Command::List(args) => list::run(args, &site()?, reporter),
        Command::Review(args) => review::run(args, &site()?, reporter),
        Command::Check(args) => check::run(args, &site()?, reporter),
        Command::Publish(args) => publish::run(args, &site()?, reporter),
        Command::Theme(args) => theme::run(args, site, reporter),
        Command::Config => config::run(&site()?, reporter),
    }
}
