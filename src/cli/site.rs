//! Which site a command works on: its folder and its `site.toml`.

#![expect(clippy::disallowed_methods, reason = "the edge at which the site's configuration is read")]

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::Global;

/// The name of the file that makes a folder a site.
const SITE_TOML: &str = "site.toml";

/// A folder with a `site.toml`.
#[derive(Debug)]
pub struct Site {
    /// The folder, as it was named.
    pub root: PathBuf,
    /// The configuration's file, as it was named.
    pub config_file: PathBuf,
}

impl Site {
    /// The site that the command line means: `--root`, else the current folder; `--config`, else its `site.toml`.
    ///
    /// Folders above are not searched, so that a command never works on more than was meant; one that holds a site
    /// is named in the error.
    pub fn find(global: &Global) -> anyhow::Result<Self> {
        let root = global.root.clone().unwrap_or_else(|| PathBuf::from("."));
        match fs::metadata(&root) {
            Ok(there) if there.is_dir() => {}
            Ok(_) => bail!("`{}` is not a folder", root.display()),
            Err(fault) => return Err(fault).with_context(|| format!("cannot open `{}`", root.display())),
        }
        let config_file = global.config.clone().unwrap_or_else(|| below(&root, SITE_TOML));
        match fs::metadata(&config_file) {
            Ok(_) => Ok(Site { root, config_file }),
            Err(fault) if fault.kind() == ErrorKind::NotFound && global.config.is_none() => {
                bail!(no_site(&root))
            }
            Err(fault) => Err(fault).with_context(|| format!("cannot open `{}`", config_file.display())),
        }
    }

    /// A file of the site, as a person would name it from where they are.
    pub fn file(&self, path: &str) -> PathBuf {
        below(&self.root, path)
    }

    /// A folder that was named from where the user is, as the site's configuration would name it: relative to the
    /// root, or absolute.
    pub fn seen_from_root(&self, folder: &Path) -> anyhow::Result<String> {
        let here = self.root == Path::new(".") || folder.is_absolute();
        let folder = if here { folder.to_owned() } else { std::path::absolute(folder)? };
        let name =
            folder.to_str().with_context(|| format!("the name `{}` is not UTF-8", folder.display()))?;
        Ok(name.to_owned())
    }
}

fn below(root: &Path, path: &str) -> PathBuf {
    if root == Path::new(".") { PathBuf::from(path) } else { root.join(path) }
}

fn no_site(root: &Path) -> String {
    let above = fs::canonicalize(root).ok().and_then(|root| {
        root.ancestors().skip(1).find(|folder| folder.join(SITE_TOML).is_file()).map(Path::to_owned)
    });
    let help = match above {
        Some(above) => format!("there is one above: `dateline --root {} …`", above.display()),
        None => "make a new site with `dateline init DIR`, or name one with `--root DIR`".to_owned(),
    };
    let here =
        if root == Path::new(".") { "this folder".to_owned() } else { format!("`{}`", root.display()) };
    format!("there is no `{SITE_TOML}` in {here}\n  help: {help}")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::Cli;

    fn find(words: &[&str]) -> anyhow::Result<Site> {
        let words = ["dateline", "build"].iter().chain(words);
        Site::find(&Cli::parse_from(words).global)
    }

    #[test]
    fn a_site_is_a_folder_with_its_settings() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().to_str().unwrap();
        let refused = find(&["--root", root]).unwrap_err().to_string();
        assert!(refused.contains("`dateline init DIR`"), "{refused}");
        fs::write(dir.path().join(SITE_TOML), "title = \"A\"\n").unwrap();
        assert_eq!(find(&["--root", root]).unwrap().config_file, dir.path().join(SITE_TOML));
    }

    #[test]
    fn a_site_above_is_named_but_not_taken() {
        let dir = tempfile::tempdir().unwrap();
        let below = dir.path().join("content/articles");
        fs::create_dir_all(&below).unwrap();
        fs::write(dir.path().join(SITE_TOML), "title = \"A\"\n").unwrap();
        let refused = find(&["--root", below.to_str().unwrap()]).unwrap_err().to_string();
        assert!(refused.contains("there is one above: `dateline --root"), "{refused}");
    }
}
