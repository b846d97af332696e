//! The symbolic links of a site's folder: what they lead to, and which names one file has because of them.

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// How many links one path may lead through; systems allow about as many.
const MOST_STEPS: usize = 40;

/// The links that the last whole reading met.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    found: Vec<Link>,
}

#[derive(Clone, Debug)]
struct Link {
    /// Relative to the root, `/` between folders.
    path: String,
    /// Where it leads in the end.
    target: PathBuf,
    /// The links on the way, without the first, and the end if that is a file: what changes when the link's content does,
    /// besides what is in a folder.
    steps: Vec<PathBuf>,
}

impl Links {
    /// Notes the link at `path`, which lies below `root` as `name`.
    pub(super) fn note(&mut self, path: &Path, name: String) {
        let (target, mut steps) = follow(path);
        if !target.is_dir() {
            steps.push(target.clone());
        }
        self.found.push(Link { path: name, target, steps });
    }

    /// What has to be watched so that a change of what links lead to is seen; what is in a folder is not named. In order.
    pub(super) fn watched(&self) -> Vec<PathBuf> {
        let steps: BTreeSet<&PathBuf> = self.found.iter().flat_map(|link| &link.steps).collect();
        steps.into_iter().cloned().collect()
    }

    /// Whether `path` is a link on the way of one: whatever it leads to may be another file now.
    pub(super) fn leads_through(&self, path: &Path) -> bool {
        let on_way = |link: &Link| link.target != path && link.steps.iter().any(|step| step == path);
        self.found.iter().any(on_way)
    }

    /// Every name, relative to `root`, that the file or folder at `path` has, without that of a link to itself.
    pub(super) fn names(&self, root: &Path, path: &Path) -> Vec<PathBuf> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let real = match (path.parent().map(fs::canonicalize), path.file_name()) {
            (Some(Ok(folder)), Some(name)) => folder.join(name),
            _ => path.to_owned(),
        };
        let root = fs::canonicalize(root);
        let own = root.ok().and_then(|root| real.strip_prefix(root).ok().map(Path::to_owned));
        let linked = self.found.iter().filter_map(|link| {
            let rest = real.strip_prefix(&link.target).ok()?;
            Some(if rest.as_os_str().is_empty() {
                link.path.clone().into()
            } else {
                Path::new(&link.path).join(rest)
            })
        });
        own.into_iter().chain(linked).collect()
    }
}

/// The links on the way of `path`, if it is one, and the file that it leads to.
pub fn way(path: &Path) -> Vec<PathBuf> {
    if !path.is_symlink() {
        return Vec::new();
    }
    let (target, mut steps) = follow(path);
    steps.push(target);
    steps
}

/// Where the link at `path` leads, every link of the way resolved, and the links on the way without itself. A way that
/// ends nowhere or in a circle is followed as far as it goes.
fn follow(path: &Path) -> (PathBuf, Vec<PathBuf>) {
    let mut at = PathBuf::new();
    let mut steps = Vec::new();
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let parts =
        |path: &Path| -> Vec<OsString> { path.components().map(|it| it.as_os_str().to_owned()).collect() };
    let mut open: VecDeque<OsString> = parts(&absolute).into();
    while let Some(part) = open.pop_front() {
        match Path::new(&part).components().next() {
            Some(Component::ParentDir) => drop(at.pop()),
            Some(Component::CurDir) | None => {}
            Some(_) => at.push(&part),
        }
        if steps.len() < MOST_STEPS
            && let Ok(target) = fs::read_link(&at)
        {
            steps.push(at.clone());
            at.pop();
            for part in parts(&target).into_iter().rev() {
                open.push_front(part);
            }
        }
    }
    // The link itself, by its folder's real path, is watched with its folder.
    let own = absolute.parent().and_then(|folder| fs::canonicalize(folder).ok());
    let own = own.zip(absolute.file_name()).map(|(folder, name)| folder.join(name));
    steps.retain(|step| Some(step) != own.as_ref());
    (at, steps)
}

#[cfg(test)]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the tests make files")]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn each_link_on_the_way_is_known_and_each_name_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        for part in ["site/content", "one", "two"] {
            fs::create_dir_all(real.join(part)).unwrap();
        }
        let root = real.join("site");
        fs::write(real.join("one/a.txt"), "words").unwrap();
        symlink("one", real.join("current")).unwrap();
        symlink("../../current/a.txt", root.join("content/a.txt")).unwrap();
        symlink(real.join("two"), root.join("content/two")).unwrap();
        let mut links = Links::default();
        links.note(&root.join("content/a.txt"), "content/a.txt".to_owned());
        links.note(&root.join("content/two"), "content/two".to_owned());

        assert_eq!(links.watched(), [real.join("current"), real.join("one/a.txt")]);
        assert!(links.leads_through(&real.join("current")));
        assert!(!links.leads_through(&real.join("one/a.txt")));
        let names = |path: &Path| links.names(&root, path);
        assert_eq!(names(&real.join("one/a.txt")), [Path::new("content/a.txt")]);
        assert_eq!(names(&real.join("two/b.txt")), [Path::new("content/two/b.txt")]);
        assert_eq!(names(&root.join("content/two/b.txt")), [Path::new("content/two/b.txt")]);
        assert_eq!(names(&root.join("content/c.txt")), [Path::new("content/c.txt")]);
        assert!(names(&real.join("elsewhere")).is_empty());
    }

    #[test]
    fn a_circle_and_a_way_to_nowhere_end() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        symlink("b", real.join("a")).unwrap();
        symlink("a", real.join("b")).unwrap();
        symlink("gone/c.txt", real.join("c")).unwrap();
        assert!(follow(&real.join("a")).1.contains(&real.join("b")));
        assert_eq!(follow(&real.join("c")), (real.join("gone/c.txt"), vec![]));
    }
}
