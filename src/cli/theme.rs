//! `dateline theme`: which files the built-in theme has, and a copy of one of them in the site, to start from.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it writes the copies")]

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::Outcome;
use super::report::Reporter;
use super::site::Site;
use crate::diagnostic::nearest;
use crate::theme;

/// `dateline theme`
#[derive(Debug, Args)]
pub struct ThemeArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: ThemeAction,
}

/// What can be done with the built-in theme.
#[derive(Debug, Subcommand)]
pub enum ThemeAction {
    /// List its files: templates, stylesheet, fonts, pictures
    List,
    /// Copy files of it into the site, where they take the place of the theme's
    Eject {
        /// As `dateline theme list` names them: article.html, style.css
        #[arg(value_name = "FILE", required = true)]
        files: Vec<String>,
    },
}

/// Prints the list, or writes the copies and prints their paths.
pub fn run(
    args: &ThemeArgs,
    site: impl FnOnce() -> anyhow::Result<Site>,
    reporter: &Reporter,
) -> anyhow::Result<Outcome> {
    let files = files();
    let mut printed = String::new();
    match &args.action {
        ThemeAction::List => {
            for file in &files {
                let _ = writeln!(printed, "{}", file.name);
            }
        }
        ThemeAction::Eject { files: names } => {
            let chosen = names.iter().map(|name| find(&files, name)).collect::<anyhow::Result<Vec<_>>>()?;
            let site = site()?;
            for file in chosen {
                let path = site.file(&file.path());
                file.write(&path)?;
                let _ = writeln!(printed, "{}", path.display());
            }
        }
    }
    reporter.data(printed.as_bytes())?;
    Ok(Outcome::Fine)
}

/// A file of the theme, and the folder of a site that it stands in.
#[derive(Clone)]
pub(super) struct ThemeFile {
    folder: &'static str,
    name: String,
    bytes: Vec<u8>,
}

impl ThemeFile {
    /// Where it stands in a site: `templates/article.html`.
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    /// Writes it to `path`, where nothing is yet.
    pub(super) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let folder = path.parent().expect("the file stands in a folder of the site");
        fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        let made = OpenOptions::new().write(true).create_new(true).open(path);
        match made.and_then(|mut file| file.write_all(&self.bytes)) {
            Ok(()) => Ok(()),
            Err(fault) if fault.kind() == ErrorKind::AlreadyExists => {
                bail!(
                    "`{}` is there already\n  help: move it away to start anew from the theme's",
                    path.display()
                )
            }
            Err(fault) => Err(fault).with_context(|| format!("cannot write `{}`", path.display())),
        }
    }
}

/// The file of the theme with this name.
pub(super) fn named(name: &str) -> anyhow::Result<ThemeFile> {
    find(&files(), name).cloned()
}

/// Templates, then static files, each by name.
fn files() -> Vec<ThemeFile> {
    let templates = theme::template_files().map(|(name, text)| ThemeFile {
        folder: "templates",
        name,
        bytes: text.as_bytes().to_vec(),
    });
    let statics = theme::static_files().map(|file| ThemeFile {
        folder: "static",
        name: file.path,
        bytes: file.bytes.into_owned(),
    });
    templates.chain(statics).collect()
}

/// The file of this name; also with its folder before it.
fn find<'f>(files: &'f [ThemeFile], name: &str) -> anyhow::Result<&'f ThemeFile> {
    let meant = |file: &&ThemeFile| {
        file.name == name
            || name.strip_prefix(file.folder).is_some_and(|rest| rest.strip_prefix('/') == Some(&file.name))
    };
    if let Some(file) = files.iter().find(meant) {
        return Ok(file);
    }
    let near = nearest(name, files.iter().map(|file| file.name.as_str()));
    let help = near
        .map_or("`dateline theme list` names them all".to_owned(), |near| format!("did you mean `{near}`?"));
    bail!("the theme has no file `{name}`\n  help: {help}")
}
