//! `dateline init`: a new site that builds, written from the scaffold in the program.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it writes the new site's files")]

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};
use rust_embed::RustEmbed;

use super::Outcome;
use super::args::{BuildServer, InitArgs};
use super::report::Reporter;
use super::theme::{self, ThemeFile};
use crate::config;
use crate::publish;

/// The files of a new site.
#[derive(RustEmbed)]
#[folder = "src/cli/scaffold"]
struct Scaffold;

/// Writes the scaffold to a folder that is new, empty, or holds only hidden files, and says what to do next.
pub fn run(args: &InitArgs, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let dir = &args.dir;
    // A name that the theme has not is told before anything is written.
    let template = args.theme.as_deref().map(theme::named).transpose()?;
    let is_there = dir.join("site.toml").is_file();
    if is_there && (args.ci.is_some() || template.is_some()) {
        args.ci.map(|server| workflow(server, dir, reporter)).transpose()?;
        template.map(|template| eject(&template, dir, reporter)).transpose()?;
        return Ok(Outcome::Fine);
    }
    refuse_if_taken(dir)?;
    let mut names: Vec<_> = Scaffold::iter().collect();
    names.sort_unstable();
    let mut written = 0;
    for name in &names {
        let file = Scaffold::get(name).expect("the name came from the scaffold itself");
        if write_new(&dir.join(&**name), &file.data)? {
            written += 1;
        } else {
            reporter.status(&format!("kept your own `{name}`"));
        }
    }
    if let Some(server) = args.ci {
        workflow(server, dir, reporter)?;
    }
    if let Some(template) = template {
        eject(&template, dir, reporter)?;
    }
    reporter.status(&format!("made a site of {written} files in `{}`", dir.display()));
    let enter = if dir == Path::new(".") { String::new() } else { format!("  cd {}\n", shell_word(dir)) };
    reporter.hint(&format!("\nwhat to do next:\n\n{enter}  dateline serve\n"));
    Ok(Outcome::Fine)
}

/// Copies a file of the built-in theme into the site.
fn eject(file: &ThemeFile, dir: &Path, reporter: &Reporter) -> anyhow::Result<()> {
    let path = file.path();
    file.write(&dir.join(&path))?;
    reporter.status(&format!(
        "wrote `{path}`: it takes the place of the theme's; `dateline theme list` names the others"
    ));
    Ok(())
}

/// Publishes to the branch `gh-pages` whenever `main` changes.
const GITHUB: &str = include_str!("ci/github.yml");

/// The place that the workflow publishes to, at the address of the folder's repository, if it has one already.
fn pages(address: Option<&str>) -> String {
    let (told, address) = match address {
        Some(address) => ("", address),
        None => (" Write the address of your own repository.", "https://OWNER.github.io/REPOSITORY/"),
    };
    format!(
        "
# Published by `dateline publish pages`.{told}
[publish.pages]
base_url = \"{address}\"

[publish.pages.git]
remote = \"origin\"
branch = \"gh-pages\"
"
    )
}

/// Writes the workflow of a build server, and to the settings the place that it publishes to, unless they have places.
fn workflow(server: BuildServer, dir: &Path, reporter: &Reporter) -> anyhow::Result<()> {
    let BuildServer::Github = server;
    let name = ".github/workflows/publish.yml";
    if write_new(&dir.join(name), GITHUB.as_bytes())? {
        reporter.status(&format!("wrote `{name}`"));
    } else {
        reporter.status(&format!("kept your own `{name}`"));
    }
    let settings = dir.join("site.toml");
    let shown = settings.display().to_string();
    let text = fs::read_to_string(&settings).with_context(|| format!("cannot read `{shown}`"))?;
    let (config, _) = config::parse(&text, &shown);
    if !config.targets.is_empty() {
        return Ok(());
    }
    let address = publish::remote_address(dir, "origin").and_then(|remote| publish::pages_address(&remote));
    let separator = if text.ends_with('\n') { "" } else { "\n" };
    fs::write(&settings, format!("{text}{separator}{}", pages(address.as_deref())))
        .with_context(|| format!("cannot write `{shown}`"))?;
    reporter.status(&match address {
        Some(address) => format!(
            "added `[publish.pages]` to `site.toml`, for {address}: write into the workflow where the program is"
        ),
        None => "added `[publish.pages]` to `site.toml`: write your address there, and into the workflow where the \
                 program is"
            .to_owned(),
    });
    Ok(())
}

/// Hidden files may stand there already: people make the repository first.
fn refuse_if_taken(dir: &Path) -> anyhow::Result<()> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(()),
        Err(fault) => {
            return Err(fault).with_context(|| format!("cannot make a site in `{}`", dir.display()));
        }
    };
    for entry in entries {
        let name = entry.with_context(|| format!("cannot read `{}`", dir.display()))?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            bail!(
                "`{}` is not empty: `{}` is in it\n  help: name a new folder: `dateline init DIR`",
                dir.display(),
                name.display()
            );
        }
    }
    Ok(())
}

/// Whether it was written: a file that is there already stays as it is.
fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<bool> {
    let folder = path.parent().expect("a file of the scaffold stands in the site's folder");
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let made =
        OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(bytes));
    match made {
        Ok(()) => Ok(true),
        Err(fault) if fault.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(fault) => Err(fault).with_context(|| format!("cannot write `{}`", path.display())),
    }
}

/// A path as a POSIX shell reads it back.
fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = path.chars().all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-'));
    if plain { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_holds_only_hidden_files_is_free() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join(".git")).unwrap();
        assert!(refuse_if_taken(dir.path()).is_ok());
        assert!(refuse_if_taken(&dir.path().join("new")).is_ok());
        fs::write(dir.path().join("notes.txt"), "mine").unwrap();
        let refused = refuse_if_taken(dir.path()).unwrap_err().to_string();
        assert!(refused.contains("`notes.txt` is in it"), "{refused}");
    }

    #[test]
    fn a_file_that_is_there_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/.gitignore");
        assert!(write_new(&path, b"ours").unwrap());
        assert!(!write_new(&path, b"theirs").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"ours");
    }

    #[test]
    fn a_shell_reads_odd_paths_back() {
        assert_eq!(shell_word(Path::new("sites/my-site")), "sites/my-site");
        assert_eq!(shell_word(Path::new("editor's site")), r"'editor'\''s site'");
    }
}
