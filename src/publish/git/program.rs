//! The `git` program, with a repository of its own that is thrown away: the author's tree, index and settings are neither
//! read nor written, but for who commits, what a remote is called, and how to sign in.
#![expect(clippy::disallowed_methods, reason = "publishing is an edge: it runs git")]

use std::cell::OnceCell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, bail};

use crate::publish::redact;

/// The author's repository, or merely their folder, and the repository that is thrown away.
#[derive(Debug)]
pub(super) struct Git {
    /// The site's root.
    root: PathBuf,
    /// A bare repository; gone when this is dropped.
    dir: PathBuf,
    settings: OnceCell<Vec<(String, String)>>,
}

/// Variables that would lead git to the author's repository, as they are set within a hook.
const OWN: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

impl Git {
    /// For the site at `root`; the repository is made at `dir`, an absolute path.
    pub(super) fn new(root: &Path, dir: &Path) -> Git {
        Git { root: root.to_owned(), dir: dir.to_owned(), settings: OnceCell::new() }
    }

    /// Makes the bare repository anew, for object names of so many hexadecimal digits.
    pub(super) fn init(&self, digits: usize) -> anyhow::Result<()> {
        self.clear()?;
        let format = if digits == 64 { "sha256" } else { "sha1" };
        let dir = self.dir.to_string_lossy().into_owned();
        let words =
            ["init", "--quiet", "--bare", "--template=", &format!("--object-format={format}"), "--", &dir];
        answer(bare(&self.root, &words), &words, None).map(drop)
    }

    fn clear(&self) -> anyhow::Result<()> {
        match std::fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot delete `{}`", self.dir.display()))
            }
            _ => Ok(()),
        }
    }

    /// What the author's own repository says, if there is one and it says anything.
    pub(super) fn of_author(&self, words: &[&str]) -> Option<String> {
        said(&self.root, words)
    }

    /// Runs git on the bare repository, and gives back what it printed.
    pub(super) fn run(&self, words: &[&str]) -> anyhow::Result<Vec<u8>> {
        answer(self.on_bare(words), words, None)
    }

    /// The same, with `input` on its standard input.
    pub(super) fn run_with(&self, words: &[&str], input: Vec<u8>) -> anyhow::Result<Vec<u8>> {
        answer(self.on_bare(words), words, Some(input))
    }

    /// The same, in the folder `folder`.
    pub(super) fn run_in(&self, folder: &Path, words: &[&str], input: Vec<u8>) -> anyhow::Result<Vec<u8>> {
        let mut command = self.on_bare(words);
        command.current_dir(folder);
        answer(command, words, Some(input))
    }

    /// The same, as the person who commits.
    pub(super) fn run_as_author(&self, words: &[&str], input: Vec<u8>) -> anyhow::Result<Vec<u8>> {
        let mut command = self.on_bare(words);
        for (key, variables, fallback) in [
            ("user.name", ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"], "dateline"),
            ("user.email", ["GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"], "dateline@localhost"),
        ] {
            let said = self.of_author(&["config", "--get", key]).unwrap_or_else(|| fallback.to_owned());
            for variable in variables {
                // A build server may name somebody in the environment.
                if std::env::var_os(variable).is_none() {
                    command.env(variable, &said);
                }
            }
        }
        answer(command, words, Some(input))
    }

    /// How the author's repository signs in: build servers write a header with a token there. By way of the environment, as
    /// everybody can read a command line.
    fn signing_in(&self) -> Vec<(String, String)> {
        let wanted = r"^(http|credential|url)\.|^core\.(sshcommand|askpass)$";
        let words = ["config", "--local", "--includes", "-z", "--get-regexp", wanted];
        let said = self.of_author(&words).unwrap_or_default();
        let entries = said.split('\0').filter_map(|entry| entry.split_once('\n'));
        entries.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    fn on_bare(&self, words: &[&str]) -> Command {
        let mut command = bare(&self.root, &[]);
        let settings = self.settings.get_or_init(|| self.signing_in());
        let before = std::env::var("GIT_CONFIG_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(0);
        for (at, (key, value)) in settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{}", before + at), key);
            command.env(format!("GIT_CONFIG_VALUE_{}", before + at), value);
        }
        if !settings.is_empty() {
            command.env("GIT_CONFIG_COUNT", (before + settings.len()).to_string());
        }
        // Hooks of the author's, which a setting for all repositories may name, are for their own pushes.
        let hooks = format!("core.hooksPath={}", self.dir.join("no-hooks").display());
        command.arg(format!("--git-dir={}", self.dir.display())).args(["-c", &hooks]).args(words);
        command
    }
}

impl Drop for Git {
    fn drop(&mut self) {
        // What cannot be deleted now is deleted by the next publication.
        let _ = self.clear();
    }
}

/// What git says in the folder `root`, of the repository that it is in; `None` if there is none, or nothing is said.
pub(super) fn said(root: &Path, words: &[&str]) -> Option<String> {
    let output = bare(root, words).output().ok().filter(|output| output.status.success())?;
    let words = String::from_utf8_lossy(&output.stdout).trim_end_matches('\n').to_owned();
    (!words.is_empty()).then_some(words)
}

fn bare(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(words).current_dir(root).env("LC_ALL", "C").stdin(Stdio::null());
    OWN.iter().for_each(|name| {
        command.env_remove(name);
    });
    // Nobody is there to answer on a build server; a credential helper and ssh's agent still are.
    if std::env::var_os("CI").is_some() {
        command.env("GIT_TERMINAL_PROMPT", "0");
    }
    command
}

fn answer(mut command: Command, words: &[&str], input: Option<Vec<u8>>) -> anyhow::Result<Vec<u8>> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            anyhow::anyhow!(
                "there is no program `git`\n  help: install it: this place is a branch of a repository"
            )
        }
        _ => anyhow::Error::new(error).context("cannot run `git`"),
    })?;
    // On a thread of its own: git answers while it reads, and a full pipe would stop both.
    let writing = child.stdin.take().zip(input).map(|(mut pipe, input)| {
        #[expect(clippy::disallowed_methods, reason = "publishing is an edge")]
        std::thread::spawn(move || pipe.write_all(&input))
    });
    let Output { status, stdout, stderr } = child.wait_with_output().context("cannot run `git`")?;
    // A pipe that git closed early is told by git itself.
    let _ = writing.map(std::thread::JoinHandle::join);
    if status.success() {
        return Ok(stdout);
    }
    let said = redact(String::from_utf8_lossy(&stderr).trim());
    let verb = words.iter().find(|word| !word.starts_with('-')).copied().unwrap_or_default();
    bail!("`git {verb}` failed: {}", if said.is_empty() { "it did not say why" } else { &said })
}
