//! The cache on disk: whatever is in it or in its place, a build gives what one without it gives.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use dateline::pipeline::{Options, Pipeline};
use proptest::prelude::*;

use crate::{Edit, apply, edit, outcome, sound_site};

fn open(root: &Path) -> Pipeline {
    Pipeline::new(root, &root.join("site.toml"), Options::new(jiff::civil::date(2030, 1, 1)))
}

fn folder(root: &Path) -> PathBuf {
    root.join(".dateline/cache")
}

/// Asserts that a build with the cache gives what one without gives, and returns what it says of the cache.
fn same(root: &Path) -> Vec<String> {
    let mut cached = open(root).with_cache();
    assert_eq!(outcome(cached.build()), outcome(open(root).build()));
    cached.cache_notes().iter().map(|note| format!("{}: {}", note.file, note.message)).collect()
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    sound_site(folder.path());
    assert_eq!(same(folder.path()), [""; 0]);
    folder
}

/// Something that happens to the file of articles between two builds.
#[derive(Clone, Debug)]
enum Harm {
    Cut(usize),
    Flip(usize, u8),
    Fill(usize, Vec<u8>),
    Copy(usize),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<usize>;
    prop_oneof![
        at().prop_map(Harm::Cut),
        (at(), 0..8_u8).prop_map(|(at, bit)| Harm::Flip(at, bit)),
        (at(), prop::collection::vec(any::<u8>(), 1..99)).prop_map(|(at, bytes)| Harm::Fill(at, bytes)),
        at().prop_map(Harm::Copy),
    ]
}

fn suffer(file: &Path, harm: &Harm) {
    let Ok(mut bytes) = fs::read(file) else { return };
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match harm {
        Harm::Cut(at) => bytes.truncate(at % length),
        Harm::Flip(at, bit) => bytes[at % length] ^= 1 << bit,
        Harm::Fill(at, with) => {
            bytes.iter_mut().skip(at % length).zip(with).for_each(|(byte, with)| *byte = *with);
        }
        Harm::Copy(at) => bytes.extend_from_within(at % length..),
    }
    fs::write(file, bytes).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn harm_changes_nothing(steps in prop::collection::vec((harm(), edit()), 1..6)) {
        let folder = site();
        for (harm, edit) in &steps {
            suffer(&folder.path().join(".dateline/cache/articles"), harm);
            suffer(&folder.path().join(".dateline/cache/builds"), harm);
            apply(folder.path(), edit);
            same(folder.path());
        }
    }
}

#[test]
fn what_is_damaged_or_foreign_is_set_aside_and_told() {
    let site = site();
    let root = site.path();
    let articles = folder(root).join("articles");
    let whole = fs::read(&articles).unwrap();
    let expect = |told: &str| {
        assert_eq!(same(root), [format!(".dateline/cache/articles: the cache {told}: it is made anew")]);
        assert_eq!(fs::read(&articles).unwrap().len(), whole.len(), "it is whole again");
        assert_eq!(same(root), [""; 0]);
    };

    fs::write(&articles, &whole[..whole.len() - 1]).unwrap();
    expect("was damaged");
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    fs::write(&articles, &flipped).unwrap();
    expect("was damaged");
    assert_eq!(fs::read(folder(root).join("articles.damaged")).unwrap(), flipped);
    fs::write(&articles, "my diary").unwrap();
    expect("is no cache of ours");
    fs::remove_file(&articles).unwrap();
    fs::create_dir_all(articles.join("deep")).unwrap();
    expect("is not a file");
}

#[test]
fn that_of_another_version_is_replaced_without_a_word() {
    let site = site();
    let articles = folder(site.path()).join("articles");
    let whole = fs::read(&articles).unwrap();
    let other = [b"dateline cache: articles 0123456789abcdef\n", &whole[..]].concat();
    fs::write(&articles, other).unwrap();
    assert_eq!(same(site.path()), [""; 0]);
    assert_eq!(fs::read(&articles).unwrap().len(), whole.len());
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let folder_of = tempfile::tempdir().unwrap();
    let root = folder_of.path();
    sound_site(root);
    fs::create_dir_all(folder(root)).unwrap();
    fs::write(folder(root).join("diary"), "mine").unwrap();
    assert!(same(root)[0].contains("was not made by dateline"));
    assert_eq!(fs::read_dir(folder(root)).unwrap().count(), 1);

    fs::remove_dir_all(root.join(".dateline")).unwrap();
    fs::write(root.join(".dateline"), "a file").unwrap();
    assert!(same(root)[0].contains("is not a folder"));
}

#[test]
#[cfg(unix)]
fn nothing_is_written_behind_a_link() {
    let (site, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    sound_site(site.path());
    std::os::unix::fs::symlink(elsewhere.path(), site.path().join(".dateline")).unwrap();
    assert!(same(site.path())[0].contains("is not a folder"));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

/// The system's own full disk stands where the new file is to be written.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_borne() {
    let site = site();
    let root = site.path();
    fs::remove_file(folder(root).join("articles")).unwrap();
    let new = folder(root).join(format!("articles.{}", std::process::id()));
    std::os::unix::fs::symlink("/dev/full", &new).unwrap();
    assert!(same(root)[0].contains("no space left"), "{:?}", same(root));
    assert!(!new.is_symlink());
    assert_eq!(same(root), [""; 0]);
}

#[test]
fn of_two_processes_the_second_goes_without() {
    let site = site();
    let root = site.path();
    let articles = folder(root).join("articles");
    let before = fs::read(&articles).unwrap();
    let other = OpenOptions::new().write(true).open(folder(root).join("lock")).unwrap();
    other.lock().unwrap();
    apply(root, &Edit::Write(0, 1));
    assert_eq!(same(root), [""; 0]);
    assert_eq!(fs::read(&articles).unwrap(), before);
    drop(other);
    same(root);
    assert!(fs::read(&articles).unwrap().len() > before.len());
}

/// An edit adds one record; what nobody asks for any more goes before it takes the larger part.
#[test]
fn it_does_not_grow_without_end() {
    let site = site();
    let root = site.path();
    let length = || fs::metadata(folder(root).join("articles")).unwrap().len();
    let mut longest = 0;
    for version in 0..40 {
        let paragraph = format!("A bomb exploded in Port Lorne on 4 May 2011, killing {version} people.\n\n");
        let page = format!("# About\n\n{}", paragraph.repeat(1000));
        fs::write(root.join("content/about.md"), page).unwrap();
        open(root).with_cache().build();
        longest = longest.max(length());
    }
    assert!(longest < 3 << 20, "{longest} bytes");
    assert!(longest > 1 << 20, "so much was never kept, so nothing was tested: {longest} bytes");
    assert_eq!(same(root), [""; 0]);
}

#[test]
fn a_site_may_go_without() {
    let folder_of = tempfile::tempdir().unwrap();
    let root = folder_of.path();
    sound_site(root);
    fs::write(root.join("site.toml"), "title = \"A\"\n[build]\ncache = false\n").unwrap();
    assert_eq!(same(root), [""; 0]);
    assert!(!root.join(".dateline").exists());
}
