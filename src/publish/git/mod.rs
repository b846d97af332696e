//! A branch of a git repository, as GitHub, GitLab and Codeberg publish one: one commit, pushed only if the branch still is
//! where it was when it was looked at.

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{Content, Done, Host, LocalFile, Progress, RECORD_PATH, Record, Standing, There, redact};
use crate::config::GitTarget;
use program::{Git, said};

/// The line of a commit of ours that names its tree: a commit that somebody amended has another.
const TRAILER: &str = "Dateline-Tree";

/// The name that the tip has in the repository that is thrown away.
const TIP: &str = "refs/dateline/tip";

/// A branch to publish to.
#[derive(Debug)]
pub struct GitBranch {
    git: Git,
    /// The folder of the build.
    built: PathBuf,
    url: String,
    branch: String,
    history: bool,
    title: String,
    /// The site's folder in its repository, with a slash at its end; empty where it is the repository's.
    inner: String,
    /// Where the branch was when it was looked at; `None` where there was none.
    tip: Option<String>,
    /// What the commit is to hold: mode and object name by path.
    tree: BTreeMap<String, String>,
    /// Files of others whose names are not Unicode, as the index is told of them: they stay.
    strange: Vec<u8>,
    /// Object names of the site's files, by path.
    objects: BTreeMap<String, String>,
}

/// A file of the branch.
struct Listed {
    path: String,
    mode: String,
    name: String,
    size: u64,
}

/// The entry of a plain file in a tree.
fn plain(name: &str) -> String {
    format!("100644 {name}")
}

/// Where the repository that the folder `root` is in is pushed to by the name of `remote`; `None` if there is no repository,
/// no such name, or no git. It may hold a credential.
pub fn remote_address(root: &Path, remote: &str) -> Option<String> {
    let url = said(root, &["remote", "get-url", "--push", "--", remote])?;
    if url.contains(':') || Path::new(&url).is_absolute() {
        return Some(url);
    }
    // Git takes it from the top of the repository, wherever in it the site is.
    let top = said(root, &["rev-parse", "--show-toplevel"])?;
    Some(Path::new(&top).join(url).to_string_lossy().into_owned())
}

/// Whether `branch` is checked out in the folder `root`, goes to `url`, and has the site's sources, or no commit yet.
fn holds_sources(root: &Path, branch: &str, url: &str) -> bool {
    let is_out = said(root, &["symbolic-ref", "--quiet", "--short", "HEAD"]).as_deref() == Some(branch);
    let upstream = || said(root, &["config", "--get", &format!("branch.{branch}.remote")]);
    let goes_there =
        || remote_address(root, &upstream().unwrap_or_else(|| "origin".to_owned())).as_deref() == Some(url);
    let has_any = || said(root, &["ls-tree", "--name-only", "HEAD", "--", "site.toml", "content"]).is_some();
    let is_new = || said(root, &["rev-parse", "--quiet", "--verify", "HEAD"]).is_none();
    is_out && goes_there() && (has_any() || is_new())
}

fn of_sources(branch: &str) -> anyhow::Error {
    anyhow::anyhow!(
        "`{branch}` is the branch that the site's own sources are on\n  help: publish to a branch of its own: `branch = \
         \"gh-pages\"`"
    )
}

impl GitBranch {
    /// The branch that `target` names, for the site called `title` in `root`, whose build stands in `built`. A repository
    /// is made at `scratch`, an absolute path, and deleted afterwards.
    pub fn new(
        target: &GitTarget,
        title: &str,
        root: &Path,
        built: &Path,
        scratch: &Path,
    ) -> anyhow::Result<GitBranch> {
        let git = Git::new(root, scratch);
        let address = target.remote.contains(['/', ':', '\\']);
        let url = match remote_address(root, &target.remote) {
            Some(url) if !address => url,
            _ if address => target.remote.clone(),
            _ => bail!(
                "the site's repository has no remote `{0}`\n  help: add it with `git remote add {0} ADDRESS`, or write \
                 the address as `remote` in site.toml",
                target.remote
            ),
        };
        if holds_sources(root, &target.branch, &url) {
            return Err(of_sources(&target.branch));
        }
        let inner = said(root, &["rev-parse", "--show-prefix"]).unwrap_or_default();
        Ok(GitBranch {
            git,
            built: std::path::absolute(built)?,
            url,
            branch: target.branch.clone(),
            history: target.history,
            title: title.to_owned(),
            inner,
            tip: None,
            tree: BTreeMap::new(),
            strange: Vec::new(),
            objects: BTreeMap::new(),
        })
    }

    /// The repository's address. It may hold a credential.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// Where the branch is now.
    fn remote_tip(&self) -> anyhow::Result<Option<String>> {
        let reference = self.reference();
        let listed = self.git.run(&["ls-remote", "--quiet", "--", &self.url, &reference])?;
        let listed = String::from_utf8_lossy(&listed);
        let tips = listed.lines().filter_map(|line| line.split_once('\t'));
        Ok(tips.filter(|(_, name)| *name == reference).map(|(tip, _)| tip.to_owned()).next())
    }

    /// Object names of the site's files, which are then in the repository that is thrown away.
    fn hash(&self, files: &[LocalFile]) -> anyhow::Result<BTreeMap<String, String>> {
        let mut objects = BTreeMap::new();
        let built: Vec<&LocalFile> =
            files.iter().filter(|file| matches!(file.content, Content::At(_))).collect();
        if let Some(odd) = built.iter().find(|file| file.path.contains('\n') || file.path.starts_with('"')) {
            bail!("a branch cannot be given a file of this name: `{}`", odd.path.escape_debug());
        }
        let paths: String = built.iter().map(|file| format!("{}\n", file.path)).collect();
        let words = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
        let names = self.git.run_in(&self.built, &words, paths.into_bytes())?;
        let names = String::from_utf8_lossy(&names).into_owned();
        anyhow::ensure!(
            names.lines().count() == built.len(),
            "`git hash-object` did not answer for every file"
        );
        for (file, name) in built.iter().zip(names.lines()) {
            objects.insert(file.path.clone(), name.to_owned());
        }
        for file in files {
            if let Content::Here(bytes) = &file.content {
                objects.insert(file.path.clone(), self.hash_bytes(bytes)?);
            }
        }
        Ok(objects)
    }

    fn hash_bytes(&self, bytes: &[u8]) -> anyhow::Result<String> {
        let name = self.git.run_with(&["hash-object", "-w", "--stdin"], bytes.to_vec())?;
        Ok(String::from_utf8_lossy(&name).trim().to_owned())
    }

    /// Every file of the branch, and why the branch is not only ours.
    fn fetch(&mut self) -> anyhow::Result<(Vec<Listed>, Option<String>)> {
        let refspec = format!("+{}:{TIP}", self.reference());
        self.git.run(&["fetch", "--quiet", "--depth=1", "--no-tags", "--", &self.url, &refspec])?;
        let listed = self.git.run(&["ls-tree", "-r", "-z", "-l", "--full-tree", TIP])?;
        let mut files = Vec::new();
        self.strange.clear();
        for raw in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            let entry = String::from_utf8_lossy(raw);
            let (about, path) = entry.split_once('\t').context("`git ls-tree` answered strangely")?;
            let mut about = about.split_whitespace();
            let (mode, _, name, size) = (about.next(), about.next(), about.next(), about.next());
            let size = size.and_then(|size| size.parse().ok()).unwrap_or(0);
            let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
            if let Some(at) = raw.iter().position(|byte| *byte == b'\t')
                && std::str::from_utf8(&raw[at..]).is_err()
            {
                let object = format!("{} {}", mode.unwrap_or_default(), name.unwrap_or_default());
                self.strange.extend([object.as_bytes(), &raw[at..], b"\0"].concat());
                continue;
            }
            files.push(Listed { path: path.to_owned(), mode: text(mode), name: text(name), size });
        }
        let format = format!("--format=%T%x00%h%x00%s%x00%(trailers:key={TRAILER},valueonly)");
        let about = self.git.run(&["log", "-1", "--no-show-signature", &format, TIP])?;
        let about = String::from_utf8_lossy(&about).into_owned();
        let mut about = about.split('\0').map(str::trim);
        let mut part = || about.next().unwrap_or_default().to_owned();
        let (tree, commit, subject, named) = (part(), part(), part(), part());
        let foreign = (tree != named).then(|| format!("has a commit that is not ours: {commit} “{subject}”"));
        Ok((files, foreign))
    }
}

impl Host for GitBranch {
    fn name(&self) -> String {
        format!("the branch `{}` of `{}`", self.branch, redact(&self.url))
    }

    fn look(&mut self, files: &[LocalFile]) -> anyhow::Result<Standing> {
        self.git.init(40)?;
        let tip = self.remote_tip()?;
        if tip.as_ref().is_some_and(|tip| tip.len() != 40) {
            self.git.init(64)?;
        }
        self.tip = tip;
        self.objects = self.hash(files)?;
        let mut standing = Standing { tags: self.objects.clone(), ..Standing::default() };
        if self.tip.is_none() {
            return Ok(standing);
        }
        let (there, foreign) = self.fetch()?;
        let sources = [format!("{}site.toml", self.inner), format!("{}content/articles/", self.inner)];
        let is_source = |file: &Listed| sources.iter().any(|source| file.path.starts_with(source));
        if foreign.is_some() && there.iter().any(is_source) {
            return Err(of_sources(&self.branch));
        }
        standing.foreign = foreign;
        for Listed { path, mode, name, size } in there {
            if path == RECORD_PATH {
                let text = self.git.run(&["cat-file", "blob", &name])?;
                match Record::parse(&text) {
                    Ok(record) => standing.record = Some(record),
                    Err(fault) => bail!(
                        "the record in {} {fault}\n  help: look at it; to begin anew, delete it there and publish with \
                         `--adopt`",
                        self.name()
                    ),
                }
                continue;
            }
            self.tree.insert(path.clone(), format!("{mode} {name}"));
            standing.files.insert(path, There { size, tag: Some(name) });
        }
        Ok(standing)
    }

    fn upload(&mut self, files: &[&LocalFile], progress: Progress<'_>) -> Done {
        let mut done = Done::default();
        for file in files {
            // Git has read the file long since: was it the one that was built?
            if let Err(fault) = file.read() {
                done.fault = Some(fault);
                break;
            }
            let name = &self.objects[&file.path];
            self.tree.insert(file.path.clone(), plain(name));
            done.files.push((file.path.clone(), Some(name.clone())));
            progress(file.size);
        }
        done
    }

    fn write_record(&mut self, record: &Record) -> anyhow::Result<()> {
        let name = self.hash_bytes(record.print().as_bytes())?;
        self.tree.insert(RECORD_PATH.to_owned(), plain(&name));
        Ok(())
    }

    fn delete(&mut self, paths: &[String], progress: Progress<'_>) -> Done {
        let gone: BTreeSet<&String> = paths.iter().collect();
        self.tree.retain(|path, _| !gone.contains(path));
        progress(0);
        Done { files: paths.iter().map(|path| (path.clone(), None)).collect(), fault: None }
    }

    fn shows_all_at_once(&self) -> bool {
        true
    }

    fn finish(&mut self) -> anyhow::Result<()> {
        let mut index = self.strange.clone();
        for (path, object) in &self.tree {
            index.extend_from_slice(format!("{object}\t{path}\0").as_bytes());
        }
        self.git.run(&["read-tree", "--empty"])?;
        self.git.run_with(&["update-index", "-z", "--index-info"], index)?;
        let line = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).trim().to_owned();
        let tree = line(self.git.run(&["write-tree"])?);
        let message = format!("Publish {}\n\n{TRAILER}: {tree}\n", self.title.replace(['\n', '\r'], " "));
        let mut words = vec!["commit-tree", &tree, "-F", "-"];
        let parent = self.tip.clone().filter(|_| self.history);
        if let Some(parent) = &parent {
            words.extend(["-p", parent]);
        }
        let commit = line(self.git.run_as_author(&words, message.into_bytes())?);
        let reference = self.reference();
        let lease = format!("--force-with-lease={reference}:{}", self.tip.as_deref().unwrap_or_default());
        let pushed =
            self.git.run(&["push", "--quiet", &lease, "--", &self.url, &format!("{commit}:{reference}")]);
        if let Err(fault) = pushed {
            let words = fault.to_string();
            if words.contains("stale info")
                || words.contains("non-fast-forward")
                || words.contains("fetch first")
            {
                bail!("somebody else pushed to {} meanwhile\n  help: publish again", self.name());
            }
            return Err(fault);
        }
        let now = self.remote_tip()?;
        anyhow::ensure!(
            now.as_ref() == Some(&commit),
            "{} is not at the commit that was pushed",
            self.name()
        );
        self.tip = now;
        Ok(())
    }
}
