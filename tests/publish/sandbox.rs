//! A site in a folder of its own, the program that publishes it, and trees of files to compare.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A site of a few pages.
pub(crate) struct Sandbox {
    folder: tempfile::TempDir,
    /// What stands in the environment besides what is always there.
    pub(crate) environment: Vec<(&'static str, String)>,
}

/// How a command ended and what it said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: i32,
    pub(crate) data: String,
    pub(crate) said: String,
}

impl Answer {
    /// Makes sure that all went well.
    #[track_caller]
    pub(crate) fn fine(self) -> Answer {
        assert_eq!(self.status, 0, "{self:?}");
        self
    }

    /// Makes sure that it failed with this status, and said this.
    #[track_caller]
    pub(crate) fn failed(self, status: i32, words: &str) -> Answer {
        assert_eq!(self.status, status, "{self:?}");
        assert!(self.said.contains(words), "`{words}` is not in {self:?}");
        self
    }

    /// The plan that `--dry-run` printed: action, reason and path.
    pub(crate) fn plan(&self) -> Vec<(String, String, String)> {
        let lines = self.data.lines().map(|line| line.splitn(3, '\t').map(str::to_owned).collect::<Vec<_>>());
        lines.map(|parts| (parts[0].clone(), parts[1].clone(), parts[2].clone())).collect()
    }

    /// The paths of the files that the plan uploads, in order of path.
    pub(crate) fn uploads(&self) -> Vec<String> {
        let plan = self.plan().into_iter();
        let mut paths: Vec<String> =
            plan.filter(|(act, ..)| act == "upload").map(|(.., path)| path).collect();
        paths.sort();
        paths
    }
}

impl Sandbox {
    /// The scaffold of a new site, with `targets` at the end of its settings.
    pub(crate) fn new(targets: &str) -> Sandbox {
        let sandbox = Sandbox { folder: tempfile::tempdir().unwrap(), environment: Vec::new() };
        let site = sandbox.path("site");
        sandbox.command(env!("CARGO_BIN_EXE_dateline"), &["init", site.to_str().unwrap()]).fine();
        let settings = site.join("site.toml");
        let text = std::fs::read_to_string(&settings).unwrap();
        std::fs::write(&settings, format!("{text}\n{targets}")).unwrap();
        sandbox
    }

    /// A path beside the site.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program in the site's folder.
    pub(crate) fn dateline(&self, words: &[&str]) -> Answer {
        self.command(env!("CARGO_BIN_EXE_dateline"), words)
    }

    /// Publishes to the target of this name.
    pub(crate) fn publish(&self, words: &[&str]) -> Answer {
        self.dateline(&[&["publish", "--yes"], words].concat())
    }

    /// Runs any program in the site's folder, or beside it before there is one.
    pub(crate) fn command(&self, program: &str, words: &[&str]) -> Answer {
        let Output { status, stdout, stderr } = self.prepared(program).args(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: status.code().unwrap_or(-1), data: text(stdout), said: text(stderr) }
    }

    /// A program that is about to run in the site's folder.
    pub(crate) fn prepared(&self, program: &str) -> Command {
        let site = self.path("site");
        let here = if site.exists() { site } else { self.folder.path().to_owned() };
        let mut command = Command::new(program);
        command.current_dir(here).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.env("HOME", self.folder.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("SOURCE_DATE_EPOCH", "1735689600").env("NO_PROXY", "*");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Adds an article to the site, or changes it.
    pub(crate) fn write_article(&self, name: &str, text: &str) {
        std::fs::write(self.path("site/content/articles").join(name), text).unwrap();
    }

    /// What a build of the site as it is now comes to, without our own notes.
    pub(crate) fn built(&self, base_url: &str) -> BTreeMap<String, Vec<u8>> {
        let out = self.path("built");
        let words = ["build", "--no-cache", "--base-url", base_url, "--output-dir", out.to_str().unwrap()];
        self.dateline(&words).fine();
        tree(&out)
    }
}

/// Every file below a folder, without our own notes and without git's.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_file() && !path.starts_with(".dateline/") && !path.starts_with(".git/") {
            files.insert(path, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// The paths whose bytes differ between two trees, or that only the second has.
pub(crate) fn changed(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|(path, _)| path.clone())
        .collect()
}

/// An article about something that never happened.
pub(crate) const BRIDGE: &str = "Bridge at Calder Ford reopens\n\nThree people were killed and nine injured when a bomb \
    exploded on the bridge on 4 June 2021.\n\n“The river kept running, and so did we,” said Dr Maren Ostby, a senior \
    researcher at the Calder Institute.\n";
