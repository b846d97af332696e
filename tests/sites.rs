//! Builds every site under `tests/sites/` and holds what comes out against what stands beside it.
//!
//! A site has `expected/`, the finished site byte for byte, and `expected.txt`, what its author is told. A site named
//! `bad-…` has faults and only the second. After a change that is meant, run `UPDATE_EXPECTED=1 cargo test --test
//! sites` and read the difference. An edit to a fixture needs no Rust.
//!
//! Files of the theme that are copied unchanged are held against `static/` and only named in `expected.txt`.

#![expect(clippy::disallowed_methods, reason = "a test reads sites from disk and what it is to find there")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use dateline::diagnostic::{Diagnostic, Severity};
use dateline::pipeline::{Options, Pipeline};
use dateline::render::{Body, Output};
use jiff::civil::date;

/// Everything that a build came to.
#[derive(Debug, Default, PartialEq)]
struct Built {
    /// The finished site by path; empty when it has errors.
    tree: BTreeMap<String, Vec<u8>>,
    /// What the author is told.
    diagnostics: Vec<Diagnostic>,
}

impl Built {
    fn errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }
}

#[test]
fn sites_come_out_as_expected() {
    let sites = sites(Kind::Good);
    assert!(sites.len() >= 10, "the sites under tests/sites/ are gone");
    check(&sites, |site, differences| {
        let built = build(site);
        if built.errors() > 0 {
            let _ = writeln!(differences, "{}: has errors:\n{}", name(site), told(&built.diagnostics));
            return;
        }
        let (theme, own): (BTreeMap<_, _>, BTreeMap<_, _>) =
            built.tree.into_iter().partition(|(path, bytes)| is_theme_file(path, bytes));
        let mut text = told(&built.diagnostics);
        for path in theme.keys() {
            let _ = writeln!(text, "as in static/: {path}");
        }
        compare_tree(site, &own, differences);
        compare_text(site, &text, differences);
    });
}

#[test]
fn faults_are_told_as_expected() {
    let sites = sites(Kind::Bad);
    assert!(sites.len() >= 8, "the sites with faults under tests/sites/ are gone");
    check(&sites, |site, differences| {
        let built = build(site);
        if built.errors() == 0 {
            let _ = writeln!(differences, "{}: has no error, and its name says that it has", name(site));
        }
        compare_text(site, &told(&built.diagnostics), differences);
    });
}

#[test]
fn the_number_of_threads_changes_nothing() {
    for site in sites(Kind::Good) {
        let [one, four] = [1, 4].map(|threads| {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
            pool.install(|| build(&site))
        });
        assert!(!one.tree.is_empty(), "{} came out empty", name(&site));
        assert!(one == four, "{} differs between one thread and four", name(&site));
    }
}

#[derive(Copy, Clone, PartialEq)]
enum Kind {
    Good,
    Bad,
}

/// The folders under `tests/sites/`, in order.
fn sites(kind: Kind) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let entries = std::fs::read_dir(&folder).expect("tests/sites is there");
    let mut sites: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    sites.retain(|site| site.is_dir() && name(site).starts_with("bad-") == (kind == Kind::Bad));
    sites.sort();
    sites
}

fn name(site: &Path) -> String {
    site.file_name().expect("a site's folder has a name").to_string_lossy().into_owned()
}

/// Runs all stages but the last, on the same day for ever.
fn build(site: &Path) -> Built {
    let build = Pipeline::new(site, &site.join("site.toml"), Options::new(date(2026, 1, 1))).build();
    let mut built = Built { diagnostics: build.diagnostics, ..Built::default() };
    if let Some(ready) = build.site {
        let tree = Mutex::new(BTreeMap::new());
        let faults = ready.render_all(|output| {
            let path = output.path.clone();
            let before = tree.lock().expect("no thread panicked").insert(path.clone(), bytes(output));
            assert!(before.is_none(), "`{path}` was made twice");
            Ok(())
        });
        built.diagnostics.extend(faults.expect("putting a file into a map does not fail"));
        built.tree = tree.into_inner().expect("no thread panicked");
    }
    built
}

fn bytes(output: Output) -> Vec<u8> {
    match output.drawn().body {
        Body::Bytes(bytes) => bytes,
        Body::Embedded(bytes) => bytes.into_owned(),
        Body::File(file) => std::fs::read(&*file).expect("a file that was listed can be read"),
        Body::Card(_) => unreachable!("it was drawn above"),
    }
}

/// Whether the file is one of `static/` as it stands there.
fn is_theme_file(path: &str, bytes: &[u8]) -> bool {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(path);
    std::fs::read(file).is_ok_and(|own| own == bytes)
}

/// Diagnostics as plain text: what a terminal shows, without its drawing.
fn told(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        let severity = format!("{:?}", diagnostic.severity).to_lowercase();
        let _ = writeln!(text, "{severity}: {}", diagnostic.message);
        match &diagnostic.place {
            Some(place) => {
                let meant = place.underline.of(&place.text).escape_debug();
                let _ = writeln!(text, "  at {}:{}:{} `{meant}`", diagnostic.file, place.line, place.column);
            }
            None => {
                let _ = writeln!(text, "  at {}", diagnostic.file);
            }
        }
        for (label, more) in [("help", &diagnostic.help), ("report", &diagnostic.report)] {
            for line in more.iter().flat_map(|more| more.lines()) {
                let _ = writeln!(text, "  {label}: {}", line.trim_end());
            }
        }
    }
    text
}

/// Runs `each` over all sites and fails once, with everything that differs.
fn check(sites: &[PathBuf], each: impl Fn(&Path, &mut String)) {
    let mut differences = String::new();
    for site in sites {
        each(site, &mut differences);
    }
    let hint =
        "If this is what you meant: UPDATE_EXPECTED=1 cargo test --test sites, and read the difference.";
    assert!(differences.is_empty(), "\n\n{differences}\n{hint}\n");
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some_and(|value| value == "1")
}

fn compare_text(site: &Path, text: &str, differences: &mut String) {
    let file = site.join("expected.txt");
    if updating() {
        std::fs::write(&file, text).expect("the fixture can be written");
        return;
    }
    let expected = std::fs::read(&file).unwrap_or_default();
    if let Some(difference) = first_difference(&expected, text.as_bytes()) {
        let _ = writeln!(differences, "{}/expected.txt: {difference}", name(site));
    }
}

fn compare_tree(site: &Path, tree: &BTreeMap<String, Vec<u8>>, differences: &mut String) {
    let folder = site.join("expected");
    if updating() {
        replace(&folder, tree);
        return;
    }
    let expected = read_tree(&folder);
    let paths: std::collections::BTreeSet<&String> = expected.keys().chain(tree.keys()).collect();
    for path in paths {
        let shown = format!("{}/expected/{path}", name(site));
        let _ = match (expected.get(path), tree.get(path)) {
            (Some(_), None) => writeln!(differences, "{shown}: is no longer made"),
            (None, Some(_)) => writeln!(differences, "{shown}: is made, and was not expected"),
            (expected, made) => {
                match first_difference(expected.map_or(&[], |b| b), made.map_or(&[], |b| b)) {
                    Some(difference) => writeln!(differences, "{shown}: {difference}"),
                    None => Ok(()),
                }
            }
        };
    }
}

/// The first line that differs, as it was and as it is.
fn first_difference(expected: &[u8], made: &[u8]) -> Option<String> {
    if expected == made {
        return None;
    }
    let (expected, made) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(made));
    let (mut before, mut after) = (expected.split_inclusive('\n'), made.split_inclusive('\n'));
    let mut line = 1;
    loop {
        let pair = (before.next(), after.next());
        match pair {
            (Some(before), Some(after)) if before == after => line += 1,
            (None, None) => return Some("differs in bytes that are no text".to_owned()),
            (before, after) => {
                let show =
                    |line: Option<&str>| line.map_or("(the end)".to_owned(), |line| format!("{line:?}"));
                return Some(format!("line {line}\n  expected {}\n  made     {}", show(before), show(after)));
            }
        }
    }
}

/// Every file under `folder`; none if it is not there.
fn read_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut tree = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("it was found under the folder");
            let path = path.to_string_lossy().replace('\\', "/");
            tree.insert(path, std::fs::read(entry.path()).expect("a fixture can be read"));
        }
    }
    tree
}

fn replace(folder: &Path, tree: &BTreeMap<String, Vec<u8>>) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("the fixture can be replaced");
    }
    for (path, bytes) in tree {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().expect("a file has a folder"))
            .expect("the fixture can be written");
        std::fs::write(file, bytes).expect("the fixture can be written");
    }
}

#[test]
fn a_difference_names_its_line() {
    assert_eq!(first_difference(b"a\nb\n", b"a\nb\n"), None);
    let told = first_difference(b"a\nb\n", b"a\nc\n").expect("they differ");
    assert_eq!(told, "line 2\n  expected \"b\\n\"\n  made     \"c\\n\"");
    let told = first_difference(b"a\n", b"a\nc\n").expect("they differ");
    assert_eq!(told, "line 2\n  expected (the end)\n  made     \"c\\n\"");
    assert!(first_difference(&[0xff], &[0xfe]).is_some());
}
