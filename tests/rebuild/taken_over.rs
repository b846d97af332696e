//! `dateline build` renders only the pages that may differ, and takes the others over from the output folder: also where
//! somebody changed one there, and after a build that was killed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::affected::{self, Step, apply};
use crate::program::{DAYS, RENDERED, build, tree};

/// Builds, and tells how many pages were rendered, of how many.
fn rendered(root: &Path, words: &[&str]) -> (usize, usize) {
    let output = command(root).args(words).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    let line = told.lines().find_map(|line| line.strip_prefix(RENDERED)).unwrap_or("0 of 0 pages");
    let numbers: Vec<usize> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
    (numbers[0], numbers[1])
}

fn command(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(["build", "-v", "--root"]).arg(root).env("SOURCE_DATE_EPOCH", DAYS[1]);
    command
}

/// Asserts that the output folder is what a build without a cache writes elsewhere.
fn is_as_cold(root: &Path) {
    let cold = tempfile::tempdir().unwrap();
    let out = cold.path().join("out");
    let aside = ["--no-cache", "--output-dir", out.to_str().unwrap()];
    let (status, told) = build(root, DAYS[1], &aside);
    assert_eq!(status, Some(0), "{told}");
    let (stands, expected) = (tree(&root.join("public")), tree(&out));
    assert_eq!(stands.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    let differ = expected.iter().filter(|(path, bytes)| stands[*path] != **bytes);
    assert_eq!(differ.map(|(path, _)| path).collect::<Vec<_>>(), [""; 0]);
}

/// Pages that show a little of everything, which are always rendered: the first page, methodology, corrections, search, data,
/// "not found", and the site's own page.
const ALWAYS: usize = 7;

#[test]
fn an_edit_of_words_renders_few_pages() {
    let (site, _) = affected::site();
    let root = site.path();
    let (first, all) = rendered(root, &[]);
    assert!(first == all && all > 30, "{first} of {all}");
    apply(root, &Step::Article(1, 32));
    // Its own page, and those of its attack and its expert.
    assert_eq!(rendered(root, &[]), (ALWAYS + 3, all));
    is_as_cold(root);
    // What the site was before stands nowhere now.
    apply(root, &Step::Article(1, 0));
    assert_eq!(rendered(root, &[]), (ALWAYS + 3, all));
    is_as_cold(root);
    // Another file than a page.
    fs::create_dir_all(root.join("static")).unwrap();
    fs::write(root.join("static/style.css"), "body { color: navy }").unwrap();
    assert_eq!(rendered(root, &[]), (ALWAYS, all));
    is_as_cold(root);
}

#[test]
fn whatever_is_not_known_is_rendered() {
    let (site, _) = affected::site();
    let root = site.path();
    let (_, all) = rendered(root, &[]);
    let mut edits = (0..).map(|number| Step::Article(number, 32));
    let mut after_edit = |words: &[&str]| {
        apply(root, &edits.next().unwrap());
        let rendered = rendered(root, words).0;
        is_as_cold(root);
        rendered
    };
    assert_eq!(after_edit(&["--force"]), all);
    assert_eq!(after_edit(&["--no-cache"]), all);
    assert_eq!(after_edit(&[]), all, "the last build was not remembered");
    assert!(after_edit(&[]) < all);
    fs::remove_dir_all(root.join(".dateline")).unwrap();
    assert_eq!(after_edit(&[]), all);
    fs::remove_dir_all(root.join("public")).unwrap();
    assert_eq!(after_edit(&[]), all);
    apply(root, &Step::Template(1));
    assert_eq!(rendered(root, &[]).0, all);
    is_as_cold(root);
}

/// A link may lead nowhere though the page that has it is as it was: what it led to is gone.
#[test]
fn links_of_pages_that_are_taken_over_are_looked_at() {
    let (site, _) = affected::site();
    let root = site.path();
    fs::create_dir_all(root.join("static")).unwrap();
    fs::write(root.join("static/map.pdf"), "a map").unwrap();
    let article = root.join("content/articles/linking.md");
    fs::write(&article, "+++\ntitle = \"Linking\"\n+++\nSee [the map](/map.pdf).\n").unwrap();
    let (first, all) = rendered(root, &["--strict"]);
    assert_eq!(first, all);
    fs::write(root.join("static/style.css"), "body { color: navy }").unwrap();
    assert_eq!(rendered(root, &["--strict"]), (ALWAYS, all));
    is_as_cold(root);
    fs::remove_file(root.join("static/map.pdf")).unwrap();
    let told = build(root, DAYS[1], &["--strict"]);
    assert_eq!(told.0, Some(1), "{}", told.1);
    assert_eq!(build(root, DAYS[1], &["--strict", "--no-cache"]), told);
}

#[test]
fn a_page_that_somebody_changed_is_rendered() {
    let (site, _) = affected::site();
    let root = site.path();
    rendered(root, &[]);
    let page = root.join("public/articles/a05/index.html");
    let length = fs::metadata(&page).unwrap().len() as usize;
    // The clock of the file system ticks in steps.
    std::thread::sleep(Duration::from_millis(20));
    fs::remove_file(&page).unwrap();
    fs::write(&page, "x".repeat(length)).unwrap();
    fs::remove_file(root.join("public/articles/a07/index.html")).unwrap();
    apply(root, &Step::Article(1, 32));
    assert_eq!(rendered(root, &[]).0, ALWAYS + 3 + 2);
    is_as_cold(root);
}

#[test]
fn a_fault_of_a_template_is_told_until_it_is_mended() {
    let (site, _) = affected::site();
    let root = site.path();
    let (_, all) = rendered(root, &[]);
    // Only the page of one article shows it.
    fs::create_dir_all(root.join("templates")).unwrap();
    let faulty = "{% extends \"theme/article.html\" %}{% block article_footer %}{% if article.slug == \"a03\" %}\
                  {{ article.titel }}{% endif %}{% endblock article_footer %}";
    fs::write(root.join("templates/article.html"), faulty).unwrap();
    let told = build(root, DAYS[1], &[]);
    assert_eq!(told.0, Some(1), "{}", told.1);
    assert_eq!(build(root, DAYS[1], &[]), told, "a build with faults is not remembered");
    assert_eq!(build(root, DAYS[1], &["--no-cache"]), told);
    fs::write(root.join("templates/article.html"), faulty.replace("titel", "title")).unwrap();
    assert_eq!(rendered(root, &[]), (all, all));
    is_as_cold(root);
}

/// As a build leaves it that is killed between the exchange of the folders and the writing of what is remembered.
#[test]
fn a_folder_that_nothing_is_remembered_of_is_rendered_anew() {
    let (site, _) = affected::site();
    let root = site.path();
    let builds = root.join(".dateline/cache/builds");
    let (_, all) = rendered(root, &[]);
    let before = fs::read(&builds).unwrap();
    apply(root, &Step::Article(1, 32));
    rendered(root, &[]);
    fs::write(&builds, &before).unwrap();
    // What is remembered is the site as it is now, but not as it stands.
    apply(root, &Step::Article(1, 0));
    assert_eq!(rendered(root, &[]), (all, all));
    is_as_cold(root);
}

/// Wherever a build is killed, what is remembered then is of a folder that stands, or of none.
#[test]
fn a_build_that_is_killed_leaves_nothing_wrong_behind() {
    let (site, _) = affected::site();
    let root = site.path();
    let begun = std::time::Instant::now();
    rendered(root, &[]);
    let whole = begun.elapsed();
    let (mut killed, times) = (0, 12);
    for time in 0..times {
        apply(root, &Step::Article(time % affected::ARTICLES, 36 + time % 3));
        let mut child = command(root).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole.mul_f64((time as f64 + 0.5) / times as f64));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        // Half of the time something else has changed since.
        if time % 2 == 0 {
            apply(root, &Step::Article((time + 5) % affected::ARTICLES, 4));
        }
        rendered(root, &[]);
        is_as_cold(root);
    }
    assert!(killed > 2, "only {killed} builds were killed, so nothing was tested");
}
