//! What a build does to the output folder, seen from outside.
#![expect(clippy::disallowed_methods, reason = "the tests look at what was written")]

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use rayon::iter::IntoParallelIterator;

use super::*;

/// A site's root with an output folder to be.
struct Case {
    root: tempfile::TempDir,
}

impl Case {
    fn new() -> Case {
        Case { root: tempfile::tempdir().unwrap() }
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn writer(&self) -> anyhow::Result<Writer> {
        Writer::open(&self.out(), &Guards::of_site(self.root.path()))
    }

    fn build(&self, files: &[(&str, &str)]) -> anyhow::Result<Written> {
        let writer = self.writer()?;
        for (path, text) in files {
            writer.put(Output::new(*path, text.as_bytes().to_vec()))?;
        }
        writer.commit()
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.out().join(path)).unwrap()
    }

    /// What stands beside the output folder.
    fn beside(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.root.path()).unwrap();
        let mut names: Vec<_> = names.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Everything that can be known of the output folder from outside: time and inode of each file and folder.
    fn state(&self) -> BTreeMap<PathBuf, (SystemTime, u64)> {
        let entries = walkdir::WalkDir::new(self.out()).into_iter().map(|entry| entry.unwrap());
        entries
            .map(|entry| {
                let metadata = entry.metadata().unwrap();
                #[cfg(unix)]
                let inode = std::os::unix::fs::MetadataExt::ino(&metadata);
                #[cfg(not(unix))]
                let inode = 0;
                (entry.path().to_owned(), (metadata.modified().unwrap(), inode))
            })
            .collect()
    }
}

const SITE: [(&str, &str); 3] = [("index.html", "home"), ("a/index.html", "a"), ("a/b/index.html", "b")];

#[test]
fn what_did_not_change_is_not_written() {
    let case = Case::new();
    let first = case.build(&SITE).unwrap();
    let manifest = first.manifest;
    assert_eq!(first, Written { written: 3, bytes: 6, manifest, ..Written::default() });
    let before = case.state();
    let second = case.build(&SITE).unwrap();
    assert!(manifest.is_some());
    assert_eq!(second, Written { unchanged: 3, manifest, ..Written::default() });
    assert_eq!(case.state(), before);
    assert_eq!(case.beside(), ["public"]);
}

#[test]
fn a_site_stands_until_a_file_of_it_is_touched() {
    let case = Case::new();
    let built = case.build(&SITE).unwrap();
    let manifest = built.manifest.unwrap();
    let standing = || case.writer().unwrap().standing(&manifest);
    assert_eq!(standing(), Some(case.build(&SITE).unwrap()));
    assert_eq!(case.writer().unwrap().standing(&[7; 32]), None, "another site stands there");
    std::thread::sleep(Duration::from_millis(20));
    std::fs::write(case.out().join("a/index.html"), "b").unwrap();
    assert_eq!(standing(), None);
    case.build(&SITE).unwrap();
    assert!(case.writer().unwrap().standing(&manifest).is_some(), "the same site has the same manifest");
    std::fs::remove_file(case.out().join("a/b/index.html")).unwrap();
    assert_eq!(standing(), None);
}

#[test]
fn a_file_that_changed_while_it_was_read_leaves_no_site_to_remember() {
    let case = Case::new();
    let photo = case.root.path().join("photo.jpg");
    std::fs::write(&photo, "newer").unwrap();
    let writer = case.writer().unwrap();
    let body = Body::File(photo.into());
    writer.put(Output { path: "photo.jpg".into(), body, hash: [0; 32] }).unwrap();
    assert_eq!(writer.commit().unwrap().manifest, None);
}

#[test]
fn a_card_is_drawn_again_only_when_it_would_say_something_else() {
    let case = Case::new();
    let build = |title| {
        let words = crate::cards::CardWords { title, ..crate::cards::CardWords::default() };
        let card = crate::cards::Card::new(&words, &crate::config::ThemeConfig::default()).unwrap();
        let writer = case.writer().unwrap();
        writer.put(Output::card("card.png", card.clone())).unwrap();
        (writer.commit().unwrap(), card.draw())
    };
    let (written, bytes) = build("One");
    assert_eq!((written.written, written.bytes), (1, bytes.len() as u64));
    assert!(written.manifest.is_some(), "it is what was asked for");
    assert_eq!(std::fs::read(case.out().join("card.png")).unwrap(), bytes);
    let state = case.state();
    let (written, _) = build("One");
    assert_eq!((written.written, written.unchanged), (0, 1));
    assert_eq!(case.state(), state);
    let entry = &built(&case.out()).unwrap().unwrap()[0];
    assert_eq!(
        entry.hash,
        *blake3::hash(&bytes).as_bytes(),
        "the manifest has the hash of what stands there"
    );
    let (written, bytes) = build("Two");
    assert_eq!((written.written, written.unchanged), (1, 0));
    assert_eq!(std::fs::read(case.out().join("card.png")).unwrap(), bytes);
}

#[test]
fn the_same_site_is_the_same_to_the_last_byte() {
    let manifest = |files: &[(&str, &str)]| {
        let case = Case::new();
        case.build(files).unwrap();
        std::thread::sleep(Duration::from_millis(5));
        case.text(".dateline/manifest")
    };
    assert_eq!(manifest(&SITE), manifest(&[SITE[2], SITE[0], SITE[1]]));
}

#[test]
fn unchanged_files_are_kept_and_gone_ones_go() {
    let case = Case::new();
    case.build(&SITE).unwrap();
    let before = case.state();
    let written = case.build(&[("index.html", "new home"), SITE[1]]).unwrap();
    assert_eq!(
        written,
        Written {
            written: 1,
            unchanged: 1,
            removed: 1,
            bytes: 8,
            foreign: vec![],
            manifest: written.manifest
        }
    );
    assert_eq!(case.text("index.html"), "new home");
    let kept = case.out().join("a/index.html");
    assert_eq!(case.state()[&kept], before[&kept], "time and inode");
    assert!(!case.out().join("a/b").exists());
    assert_eq!(case.beside(), ["public"]);
}

#[test]
fn a_file_changed_by_hand_is_written_again() {
    let case = Case::new();
    case.build(&SITE).unwrap();
    for (path, text) in [("index.html", "HOME"), ("a/index.html", "longer")] {
        std::thread::sleep(Duration::from_millis(20));
        std::fs::write(case.out().join(path), text).unwrap();
    }
    std::fs::remove_file(case.out().join("a/b/index.html")).unwrap();
    let written = case.build(&SITE).unwrap();
    assert_eq!((written.written, written.unchanged), (3, 0));
    assert_eq!([case.text("index.html"), case.text("a/index.html")], ["home", "a"]);
}

#[test]
fn a_build_that_fails_leaves_everything_as_it_was() {
    let case = Case::new();
    case.build(&SITE).unwrap();
    let before = case.state();
    let writer = case.writer().unwrap();
    writer.put(Output::new("index.html", b"never seen".to_vec())).unwrap();
    drop(writer);
    assert_eq!(case.state(), before);
    assert_eq!(case.beside(), ["public"]);
}

#[test]
fn a_failed_first_build_leaves_nothing() {
    let case = Case::new();
    let deep = case.root.path().join("x/y/public");
    let writer = Writer::open(&deep, &Guards::of_site(&case.root.path().join("site"))).unwrap();
    writer.put(Output::new("index.html", b"never seen".to_vec())).unwrap();
    drop(writer);
    assert_eq!(case.beside(), Vec::<String>::new());
}

#[test]
fn two_outputs_of_one_path_are_an_error() {
    let case = Case::new();
    let writer = case.writer().unwrap();
    writer.put(Output::new("a/index.html", b"one".to_vec())).unwrap();
    let refused = |path: &str| writer.put(Output::new(path, b"two".to_vec())).unwrap_err().to_string();
    assert_eq!(refused("a/index.html"), "two pages or files want to be `a/index.html`");
    assert!(refused("a").contains("a folder for `a/index.html`"));
    assert!(refused("a/index.html/b").contains("`a/index.html` is to be a file"));
    assert!(refused("../a").contains("does not stay inside"));
}

#[test]
fn files_put_there_by_hand_are_carried_over() {
    let case = Case::new();
    case.build(&SITE).unwrap();
    for path in ["CNAME", "a/notes/x.txt"] {
        std::fs::create_dir_all(case.out().join(path).parent().unwrap()).unwrap();
        std::fs::write(case.out().join(path), path).unwrap();
    }
    for home in ["one", "two"] {
        let written = case.build(&[("index.html", home)]).unwrap();
        assert_eq!(written.foreign, ["CNAME", "a/notes/x.txt"]);
        assert_eq!([case.text("CNAME"), case.text("a/notes/x.txt")], ["CNAME", "a/notes/x.txt"]);
    }
    let message = case.build(&[("CNAME", "ours")]).unwrap_err().to_string();
    assert!(message.contains("`CNAME`") && message.contains("`static/`"), "{message}");
    assert_eq!([case.text("CNAME"), case.text("index.html")], ["CNAME", "two"]);
    assert!(case.build(&[("a/notes", "a file")]).is_err());
    assert!(case.build(&[("CNAME/index.html", "a folder")]).is_err());
}

#[test]
fn folders_with_other_things_in_them_are_refused() {
    let case = Case::new();
    std::fs::create_dir(case.out()).unwrap();
    case.build(&SITE).unwrap();
    let other = case.root.path().join("letters");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("dear.txt"), "mine").unwrap();
    let guards = Guards::of_site(case.root.path());
    for refused in ["letters", "letters/dear.txt", "content/public", "."] {
        std::fs::create_dir_all(case.root.path().join("content")).unwrap();
        assert!(Writer::open(&case.root.path().join(refused), &guards).is_err(), "{refused}");
    }
    assert_eq!(case.beside(), ["content", "letters", "public"]);
}

#[test]
fn two_builds_at_once_are_refused() {
    let case = Case::new();
    let first = case.writer().unwrap();
    let message = case.writer().err().unwrap().to_string();
    assert!(message.starts_with("another dateline (process "), "{message}");
    drop(first);
    case.writer().unwrap();
}

#[test]
fn many_threads_put_into_one_site() {
    let case = Case::new();
    for round in 0..2 {
        let writer = case.writer().unwrap();
        (0..500).into_par_iter().for_each(|n| {
            let text = if n % 2 == 0 { n } else { n + round };
            writer.put(Output::new(format!("p/{}/{n}/index.html", n % 7), text.to_string().into())).unwrap();
        });
        let written = writer.commit().unwrap();
        assert_eq!(written.unchanged, 250 * round as usize);
    }
    assert_eq!(case.text("p/6/13/index.html"), "14");
}

#[test]
#[cfg(unix)]
fn behind_a_link_the_folder_is_replaced_and_not_the_link() {
    use std::os::unix::fs::PermissionsExt;
    let case = Case::new();
    let real = case.root.path().join("srv/www");
    std::fs::create_dir_all(&real).unwrap();
    std::fs::set_permissions(&real, PermissionsExt::from_mode(0o750)).unwrap();
    std::os::unix::fs::symlink("srv/www", case.out()).unwrap();
    for home in ["one", "two"] {
        case.build(&[("index.html", home)]).unwrap();
        assert!(case.out().is_symlink());
        assert_eq!(std::fs::read_to_string(real.join("index.html")).unwrap(), home);
        assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o750);
    }
}

#[test]
fn without_exchange_the_outcome_is_the_same() {
    let case = Case::new();
    for home in ["one", "two", "three"] {
        let guards = Guards::of_site(case.root.path());
        let writer = Writer::open_with(&case.out(), &guards, Exchange::TwoStep).unwrap();
        writer.put(Output::new("index.html", home.into())).unwrap();
        writer.commit().unwrap();
        assert_eq!(case.text("index.html"), home);
        assert_eq!(case.beside(), ["public"]);
    }
}
