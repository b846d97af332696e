//! A build killed at any moment leaves one whole site, and a reader never sees two mixed.
//!
//! This program starts itself anew as the builder (see [`builder`]), and kills it with SIGKILL.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the tests look at what was written")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dateline::render::Output;
use dateline::write::{Exchange, Guards, Writer};

/// How many pages a site has that all say which version they are of.
const PAGES: usize = 60;

/// Tells the builder where to build, and how.
const ROOT: &str = "DATELINE_TEST_BUILD_IN";
const STEPS: &str = "DATELINE_TEST_STEPS";

fn build(root: &Path, version: usize, exchange: Exchange) {
    let writer = Writer::open_with(&root.join("public"), &Guards::of_site(root), exchange).unwrap();
    for page in 0..PAGES {
        let text = format!("{version:06}");
        writer.put(Output::new(format!("p{}/{page}/index.html", page % 5), text.into_bytes())).unwrap();
        // Unchanged from version to version, so that every build also links.
        writer.put(Output::new(format!("same/{page}.txt"), b"same".to_vec())).unwrap();
        // In one version only.
        writer.put(Output::new(format!("only/{}/{page}.txt", version % 3), b"only".to_vec())).unwrap();
    }
    writer.commit().unwrap();
}

/// Not a test by itself: what the other tests run in a process of its own, building until it is killed.
#[test]
fn builder() {
    let Some(root) = std::env::var_os(ROOT) else { return };
    let exchange = if std::env::var_os(STEPS).is_some() { Exchange::TwoStep } else { Exchange::OneStep };
    for version in 1.. {
        build(Path::new(&root), version, exchange);
        println!("built {version}");
    }
}

fn start_builder(root: &Path, exchange: Exchange) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["builder", "--exact", "--nocapture"]).env(ROOT, root).stdout(Stdio::piped());
    if exchange == Exchange::TwoStep {
        command.env(STEPS, "two");
    }
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("built 1") {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "the builder ended before its first build");
    }
    // Go on reading, so that the builder never waits for us.
    std::thread::spawn(move || lines.lines().for_each(drop));
    child
}

/// The version of the site, after making sure that it is whole: every page of one version, and nothing else.
fn whole_version(public: &Path) -> String {
    let mut versions = BTreeSet::new();
    let mut files = BTreeSet::new();
    for entry in walkdir::WalkDir::new(public).min_depth(1) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(public).unwrap().to_str().unwrap().to_owned();
            if path.starts_with('p') {
                versions.insert(std::fs::read_to_string(entry.path()).unwrap());
            }
            files.insert(path);
        }
    }
    assert_eq!(versions.len(), 1, "one version, not {versions:?}");
    let version = versions.into_iter().next().unwrap();
    let only = version.parse::<usize>().unwrap() % 3;
    let mut expected = BTreeSet::from([".dateline/manifest".to_owned()]);
    for page in 0..PAGES {
        expected.insert(format!("p{}/{page}/index.html", page % 5));
        expected.insert(format!("same/{page}.txt"));
        expected.insert(format!("only/{only}/{page}.txt"));
    }
    assert_eq!(files, expected);
    version
}

/// Kills builders at many moments; after each, what stands must be whole, and the next build must clear up.
fn kill_at_many_moments(exchange: Exchange, kills: u32) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut left_overs = 0;
    for kill in 0..kills {
        let mut child = start_builder(root, exchange);
        std::thread::sleep(Duration::from_micros(u64::from(kill) * 337 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();

        left_overs += usize::from(std::fs::read_dir(root).unwrap().count() > 2);
        if exchange == Exchange::OneStep {
            whole_version(&root.join("public"));
        }
        // Opening recovers and clears; nothing is built.
        drop(Writer::open(&root.join("public"), &Guards::of_site(root)).unwrap());
        whole_version(&root.join("public"));
        let beside: Vec<_> =
            std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(beside, ["public"]);
    }
    assert!(left_overs > 0, "no builder was killed in the middle of its work, so nothing was tested");
}

#[test]
fn killed_while_it_exchanges_in_one_step() {
    kill_at_many_moments(Exchange::OneStep, 40);
}

#[test]
fn killed_while_it_exchanges_in_two_steps() {
    kill_at_many_moments(Exchange::TwoStep, 40);
}

/// Reads through one open folder, as a server does that has opened its root: what it sees is of one version, and
/// through the path there is a site at every moment.
#[test]
fn a_reader_sees_one_site_at_every_moment() {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    use std::io::Read;

    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    let mut child = start_builder(folder.path(), Exchange::OneStep);
    let (mut seen, mut whole) = (BTreeSet::new(), 0);
    let begun = Instant::now();
    // Some time in any case, and on a slow disk as much as it takes to see several.
    let is_over = |seen: usize, whole: usize| match begun.elapsed() {
        time if time < Duration::from_millis(1500) => false,
        time => (seen > 3 && whole > 3) || time > Duration::from_secs(60),
    };
    while !is_over(seen.len(), whole) {
        let here = openat(CWD, &public, OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty()).expect("a site");
        let mut versions = BTreeSet::new();
        let mut read = 0;
        for page in 0..PAGES {
            let path = format!("p{}/{page}/index.html", page % 5);
            // The folder that was opened may be the old one by now, and on its way out.
            let Ok(file) = openat(&here, path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()) else {
                continue;
            };
            let mut text = String::new();
            std::fs::File::from(file).read_to_string(&mut text).unwrap();
            versions.insert(text);
            read += 1;
        }
        assert!(versions.len() <= 1, "a mixture of {versions:?}");
        whole += usize::from(read == PAGES);
        seen.extend(versions);
        // A page that both versions have is there at every moment.
        std::fs::read_to_string(public.join("same/0.txt")).expect("a page of every version");
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(seen.len() > 3 && whole > 3, "saw {} versions and {whole} whole sites: too few", seen.len());
}
