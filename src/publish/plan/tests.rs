//! Plans for small places.

use std::collections::BTreeMap;

use super::*;
use crate::publish::RecordEntry;

fn file(path: &str, bytes: &str) -> LocalFile {
    LocalFile::made(path, bytes.as_bytes().to_vec())
}

fn hash_tag(bytes: &str) -> String {
    blake3::hash(bytes.as_bytes()).to_hex().to_string()
}

/// A place that knows its files by their hash.
fn there(files: &[(&str, &str)]) -> BTreeMap<String, There> {
    let there = |bytes: &str| There { size: bytes.len() as u64, tag: Some(hash_tag(bytes)) };
    files.iter().map(|(path, bytes)| ((*path).to_owned(), there(bytes))).collect()
}

fn record(files: &[(&str, &str)]) -> Record {
    let entry = |bytes: &str| {
        let hash = *blake3::hash(bytes.as_bytes()).as_bytes();
        Some(RecordEntry { hash, tag: Some(hash_tag(bytes)) })
    };
    Record {
        site: SITE.to_owned(),
        files: files.iter().map(|(path, bytes)| ((*path).to_owned(), entry(bytes))).collect(),
    }
}

fn standing(local: &[LocalFile], recorded: Option<&[(&str, &str)]>, files: &[(&str, &str)]) -> Standing {
    let tag = |file: &LocalFile| blake3::Hash::from(file.hash).to_hex().to_string();
    Standing {
        record: recorded.map(record),
        files: there(files),
        foreign: None,
        tags: local.iter().map(|file| (file.path.clone(), tag(file))).collect(),
    }
}

const SITE: &str = "https://example.org/";

const LIMITS: Limits = Limits { max_deletes: 256, adopt: Adopt::No };

fn uploads(plan: &Plan) -> Vec<(&str, Reason)> {
    plan.uploads.iter().map(|upload| (upload.path.as_str(), upload.reason)).collect()
}

#[test]
fn an_empty_place_gets_everything_and_pages_last() {
    let local = [
        file("a/index.html", "a"),
        file("app.3f2a9c1b.js", "j"),
        file("index.html", "i"),
        file("style.css", "s"),
    ];
    let standing = standing(&local, None, &[]);
    let plan = plan(&local, &standing, SITE);
    let paths: Vec<&str> = plan.uploads.iter().map(|upload| upload.path.as_str()).collect();
    assert_eq!(paths, ["app.3f2a9c1b.js", "style.css", "a/index.html", "index.html"]);
    assert_eq!(plan.groups().count(), 3);
    assert_eq!(plan.stops(&local, &standing, LIMITS), []);
}

#[test]
fn each_file_is_told_why() {
    let local = [
        file("altered.html", "x"),
        file("changed.html", "new"),
        file("gone.html", "g"),
        file("kept.html", "k"),
        file("new.html", "n"),
    ];
    let before = [
        ("altered.html", "x"),
        ("changed.html", "old"),
        ("former.html", "f"),
        ("gone.html", "g"),
        ("kept.html", "k"),
    ];
    let now = [
        ("altered.html", "y"),
        ("changed.html", "old"),
        ("former.html", "f"),
        ("kept.html", "k"),
        ("theirs.txt", "t"),
    ];
    let standing = standing(&local, Some(&before), &now);
    let plan = plan(&local, &standing, SITE);
    // What is new comes before what may link to it.
    assert_eq!(
        uploads(&plan),
        [
            ("gone.html", Reason::Gone),
            ("new.html", Reason::New),
            ("altered.html", Reason::Altered),
            ("changed.html", Reason::Changed)
        ]
    );
    assert_eq!(plan.keep.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["kept.html"]);
    assert_eq!(plan.delete, ["former.html"]);
    assert_eq!(plan.foreign, ["theirs.txt"]);
    assert_eq!(plan.stops(&local, &standing, LIMITS), []);
}

#[test]
fn what_was_uploaded_before_a_run_was_cut_short_is_kept() {
    let local = [file("changed.html", "new"), file("fresh.html", "f")];
    let mut standing =
        standing(&local, Some(&[("changed.html", "old")]), &[("changed.html", "new"), ("fresh.html", "f")]);
    standing.record.as_mut().unwrap().files.insert("fresh.html".into(), None);
    let plan = plan(&local, &standing, SITE);
    assert!(plan.is_nothing(), "{plan:?}");
}

#[test]
fn a_place_whose_tags_say_nothing_is_believed_as_long_as_they_stay() {
    let local = [file("index.html", "i")];
    let mut standing = standing(&local, Some(&[("index.html", "i")]), &[("index.html", "i")]);
    standing.tags.clear();
    assert!(plan(&local, &standing, SITE).is_nothing());
    standing.files.get_mut("index.html").unwrap().tag = Some("another".into());
    assert_eq!(uploads(&plan(&local, &standing, SITE)), [("index.html", Reason::Altered)]);
}

#[test]
fn what_is_not_ours_stops_it_unless_it_is_adopted() {
    let local = [file("index.html", "ours")];
    let unmarked = standing(&local, None, &[("index.html", "theirs"), ("notes.txt", "theirs")]);
    let stops = plan(&local, &unmarked, SITE).stops(&local, &unmarked, LIMITS);
    assert!(
        stops[0].message.contains("2 files and no record") && stops[0].help.contains("--adopt"),
        "{stops:?}"
    );
    let adopted = Limits { adopt: Adopt::Yes, ..LIMITS };
    let plan_of_both = plan(&local, &unmarked, SITE);
    assert_eq!(plan_of_both.stops(&local, &unmarked, adopted), []);
    assert_eq!(uploads(&plan_of_both), [("index.html", Reason::TakenOver)]);
    assert!(plan_of_both.delete.is_empty() && plan_of_both.foreign == ["notes.txt"]);

    let marked = standing(&local, Some(&[]), &[("index.html", "theirs")]);
    let stops = plan(&local, &marked, SITE).stops(&local, &marked, LIMITS);
    assert!(stops[0].message.contains("`index.html`"), "{stops:?}");

    let mut committed = standing(&local, Some(&[("index.html", "ours")]), &[("index.html", "ours")]);
    committed.foreign = Some("has a commit that is not ours".into());
    assert_eq!(plan(&local, &committed, SITE).stops(&local, &committed, LIMITS).len(), 1);
}

#[test]
fn too_many_deletions_stop_it() {
    let local = [file("index.html", "i")];
    let before = [("a.html", ""), ("b.html", ""), ("index.html", "i")];
    let standing = standing(&local, Some(&before), &before);
    let plan = plan(&local, &standing, SITE);
    let stops = plan.stops(&local, &standing, Limits { max_deletes: 1, ..LIMITS });
    assert!(
        stops[0].message.contains("2 files, more than the 1") && stops[0].help.contains("--max-deletes 2"),
        "{stops:?}"
    );
    assert_eq!(plan.stops(&local, &standing, Limits { max_deletes: 2, ..LIMITS }), []);
}

#[test]
fn a_file_where_a_folder_is_to_be_goes_first_if_it_is_ours() {
    let local = [file("a/index.html", "x"), file("b", "y")];
    let before = [("a", "old"), ("b/index.html", "old"), ("c", "old")];
    let standing = standing(&local, Some(&before), &before);
    let ours = plan(&local, &standing, SITE);
    assert_eq!(ours.clear, ["a", "b/index.html"]);
    let theirs = Standing { record: Some(Record::default()), ..standing };
    let stops = plan(&local, &theirs, SITE).stops(&local, &theirs, LIMITS);
    assert!(stops.iter().any(|stop| stop.message.contains("leave no room")), "{stops:?}");
}

#[test]
fn another_site_is_not_replaced_and_where_it_is_taken_over_its_files_stay() {
    let local = [file("index.html", "ours")];
    let standing = standing(
        &local,
        Some(&[("index.html", "a"), ("b/index.html", "b")]),
        &[("index.html", "a"), ("b/index.html", "b")],
    );
    let plan = plan(&local, &standing, "https://other.example/");
    let stops = plan.stops(&local, &standing, LIMITS);
    assert!(stops.len() == 1 && stops[0].message.contains(SITE), "{stops:?}");
    assert_eq!(plan.stops(&local, &standing, Limits { adopt: Adopt::Yes, ..LIMITS }), []);
    assert_eq!((plan.delete.len(), &plan.foreign[..]), (0, &["b/index.html".to_owned()][..]));
    assert_eq!(uploads(&plan), [("index.html", Reason::TakenOver)]);
    assert_eq!(plan.record.site, "https://other.example/");
}

#[test]
fn a_record_that_names_no_site_is_ours() {
    let local = [file("index.html", "ours")];
    let mut standing = standing(&local, Some(&[("old.html", "a")]), &[("old.html", "a")]);
    standing.record.as_mut().unwrap().site.clear();
    let plan = plan(&local, &standing, SITE);
    assert_eq!(plan.stops(&local, &standing, LIMITS), []);
    assert_eq!((&plan.delete[..], &*plan.record.site), (&["old.html".to_owned()][..], SITE));
}

#[test]
fn addresses_of_attacks_and_people_that_are_gone_are_told() {
    let gone =
        ["attacks/2018-kabul/index.html", "experts/a/feed.xml", "experts/a/index.html", "x/index.html"];
    let files = gone.map(|path| (path, "x"));
    let standing = standing(&[], Some(&files), &files);
    assert_eq!(plan(&[], &standing, SITE).lost_addresses(), ["/attacks/2018-kabul/", "/experts/a/"]);
}
