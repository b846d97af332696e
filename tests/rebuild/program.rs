//! `dateline build` after any series of edits, also to its own output, gives what `dateline build --no-cache` gives.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;

use crate::affected::{self, Step};
use crate::{Edit, apply, edit, sound_site};

/// Something that happens between two builds.
#[derive(Clone, Debug)]
enum Event {
    Nothing,
    Edit(Edit),
    /// The page at this place of the output is written over, with text that is as long or longer.
    Overwrite(usize, bool),
    Remove(usize),
    /// Days of the build, of which one article of the site is later than the first.
    Day(usize),
    /// Of the site whose articles speak of the same few attacks.
    Step(Step),
    /// The folder of an earlier build is put in the place of the last one, or taken away again.
    Back,
}

/// What begins the line that tells how many pages were rendered.
pub const RENDERED: &str = "note: rendered ";

pub const DAYS: [&str; 2] = ["1400000000", "1700000000"];

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => Just(Event::Nothing),
        3 => edit().prop_map(Event::Edit),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(at, longer)| Event::Overwrite(at, longer)),
        1 => any::<usize>().prop_map(Event::Remove),
        1 => (0..DAYS.len()).prop_map(Event::Day),
    ]
}

/// Runs the program, and gives its status and what it said but for what it made anew.
pub fn build(root: &Path, day: &str, words: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "-v", "--root"])
        .arg(root)
        .args(words)
        .env("SOURCE_DATE_EPOCH", day)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let told = told.lines().filter(|line| !line.starts_with(RENDERED));
    let told: Vec<String> = told.map(without_counts).collect();
    (output.status.code(), told.join("\n"))
}

/// The closing line says how many files were written, and where, which are not the same.
fn without_counts(line: &str) -> String {
    let closing = line.strip_prefix("built ").and_then(|rest| rest.split_once(": "));
    closing.map_or_else(|| line.to_owned(), |(content, _)| content.to_owned())
}

pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn happen(root: &Path, event: &Event, day: &mut usize) {
    let pages: Vec<String> =
        tree(&root.join("public")).into_keys().filter(|path| !path.starts_with(".dateline")).collect();
    let page = |at: usize| pages.get(at % pages.len().max(1)).map(|page| root.join("public").join(page));
    match event {
        Event::Nothing => {}
        Event::Edit(edit) => apply(root, edit),
        Event::Overwrite(at, longer) => {
            if let Some(page) = page(*at) {
                let length = fs::metadata(&page).unwrap().len() as usize;
                // The clock of the file system ticks in steps: what is written in the same one as the manifest
                // shows by its length alone.
                std::thread::sleep(std::time::Duration::from_millis(20));
                fs::remove_file(&page).unwrap();
                fs::write(&page, "x".repeat(length + usize::from(*longer))).unwrap();
            }
        }
        Event::Remove(at) => page(*at).into_iter().for_each(|page| fs::remove_file(page).unwrap()),
        Event::Day(other) => *day = *other,
        Event::Step(step) => affected::apply(root, step),
        Event::Back => {
            let [public, earlier, aside] = ["public", "earlier", "aside"].map(|name| root.join(name));
            drop(fs::rename(&public, &aside));
            drop(fs::rename(&earlier, &public));
            drop(fs::rename(&aside, &earlier));
        }
    }
}

/// What happens to the site whose articles speak of the same few attacks: mostly edits.
fn step() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => affected::step().prop_map(Event::Step),
        1 => (any::<usize>(), any::<bool>()).prop_map(|(at, longer)| Event::Overwrite(at, longer)),
        1 => any::<usize>().prop_map(Event::Remove),
        1 => Just(Event::Back),
    ]
}

/// Builds the site in `root` after each of `events`, with all that is remembered, and aside without.
fn builds_alike(root: &Path, events: &[Event]) -> Result<(), TestCaseError> {
    let cold = tempfile::tempdir().unwrap();
    let mut day = 0;
    for (at, event) in [Event::Nothing].iter().chain(events).enumerate() {
        happen(root, event, &mut day);
        let out = cold.path().join(at.to_string());
        let aside = ["--no-cache", "--output-dir", out.to_str().unwrap()];
        let (warm, expected) = (build(root, DAYS[day], &[]), build(root, DAYS[day], &aside));
        prop_assert_eq!(&warm, &expected, "after {:?}", event);
        if expected.0 == Some(0) {
            prop_assert_eq!(tree(&root.join("public")), tree(&out), "after {:?}", event);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_build_that_remembers_equals_one_that_does_not(events in prop::collection::vec(event(), 2..8)) {
        let site = tempfile::tempdir().unwrap();
        sound_site(site.path());
        builds_alike(site.path(), &events)?;
    }

    #[test]
    fn pages_that_are_taken_over_are_those_of_a_cold_build(events in prop::collection::vec(step(), 2..8)) {
        let (site, _) = affected::site();
        builds_alike(site.path(), &events)?;
    }
}

#[test]
fn a_second_build_renders_nothing_and_says_the_same() {
    let site = tempfile::tempdir().unwrap();
    let root = site.path();
    sound_site(root);
    fs::write(root.join("content/articles/draft.md"), "+++\ntitle = \"D\"\ndraft = true\n+++\nNo.\n")
        .unwrap();
    let first = build(root, DAYS[1], &[]);
    let built = |root: &Path| fs::read(root.join(".dateline/cache/builds")).unwrap();
    let remembered = built(root);
    assert_eq!(build(root, DAYS[1], &[]), first);
    assert_eq!(built(root), remembered);
    assert!(first.1.contains("1 draft left out"), "{}", first.1);

    let strict = build(root, DAYS[1], &["--strict"]);
    assert_eq!(build(root, DAYS[1], &["--strict"]), strict, "with other words it is another build");
    assert_eq!(build(root, DAYS[1], &["--force"]), first);
}
