//! What wakes the watcher, and what it sleeps through.

use std::fs;

use super::*;

struct Case {
    root: tempfile::TempDir,
    changes: Receiver<Changed>,
    stopper: Stopper,
}

/// A site with one article, watched.
fn case(method: Method) -> Case {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("content/articles")).unwrap();
    fs::write(root.path().join("content/articles/a.txt"), "one").unwrap();
    fs::write(root.path().join("site.toml"), "").unwrap();
    let mut watcher = Watcher::new(Watched::of_site(root.path()), method).unwrap();
    let stopper = watcher.stopper();
    let (sender, changes) = channel();
    std::thread::spawn(move || {
        while let Some(changed) = watcher.wait() {
            let _ = sender.send(changed);
        }
    });
    Case { root, changes, stopper }
}

impl Case {
    fn write(&self, path: &str) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "new words").unwrap();
    }

    /// Whether it wakes at all, and names the path if `path` is one that events name.
    fn woke_for(&self, path: &str) -> bool {
        let until = Instant::now() + Duration::from_secs(5);
        while let Ok(changed) = self.changes.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if changed.paths.iter().any(|changed| changed == Path::new(path)) {
                return true;
            }
        }
        false
    }

    /// Lets everything that is still under way arrive.
    fn settle(&self) {
        while self.changes.recv_timeout(Duration::from_millis(300)).is_ok() {}
    }

    fn sleeps(&self) -> bool {
        self.changes.recv_timeout(Duration::from_millis(400)).is_err()
    }
}

#[test]
fn wakes_for_each_kind_of_input() {
    let case = case(Method::Events);
    for path in ["content/articles/a.txt", "content/new.md", "site.toml"] {
        case.write(path);
        assert!(case.woke_for(path), "{path}");
    }
    fs::remove_file(case.root.path().join("content/new.md")).unwrap();
    assert!(case.woke_for("content/new.md"));
}

#[test]
fn sleeps_through_reading_and_through_its_own_output() {
    let case = case(Method::Events);
    case.settle();
    fs::read(case.root.path().join("content/articles/a.txt")).unwrap();
    for other in ["public/index.html", ".public.dateline-7/index.html", "README.md"] {
        case.write(other);
    }
    assert!(case.sleeps());
}

#[test]
fn folders_that_come_go_and_come_back_are_watched() {
    let case = case(Method::Events);
    case.write("templates/parts/header.html");
    assert!(case.woke_for("templates"), "a folder that was not there at first");
    case.settle();
    case.write("templates/parts/header.html");
    assert!(case.woke_for("templates/parts/header.html"));

    for round in 0..3 {
        fs::remove_dir_all(case.root.path().join("content")).unwrap();
        assert!(case.woke_for("content"), "gone, round {round}");
        case.settle();
        case.write("content/deep/down/b.md");
        assert!(case.woke_for("content"), "back, round {round}");
        case.settle();
        case.write("content/deep/down/b.md");
        assert!(case.woke_for("content/deep/down/b.md"), "edited, round {round}");
    }
}

#[test]
fn looks_a_second_time_after_a_new_folder() {
    let case = case(Method::Events);
    case.settle();
    fs::create_dir(case.root.path().join("content/new")).unwrap();
    case.changes.recv_timeout(Duration::from_secs(5)).unwrap();
    let second = case.changes.recv_timeout(Duration::from_secs(5)).unwrap();
    assert_eq!(second, Changed::default());
    assert!(case.sleeps(), "and not a third time");
}

#[test]
fn polls_where_it_is_told_to() {
    let case = case(Method::Poll(Duration::from_millis(20)));
    let file = case.root.path().join("content/articles/a.txt");
    // Several in one second, as quick as they can be told apart, and all of one length.
    for words in ["two", "six", "ten"] {
        fs::write(&file, words).unwrap();
        assert!(case.woke_for("content/articles/a.txt"), "{words}");
        case.settle();
    }
    // An older file takes its place, as `cp -p` and `git checkout` of some do it.
    let older = case.root.path().join("older.txt");
    fs::write(&older, "old").unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&older).unwrap().set_modified(long_ago).unwrap();
    fs::rename(&older, &file).unwrap();
    assert!(case.woke_for("content/articles/a.txt"), "an older file");
    fs::remove_file(&file).unwrap();
    assert!(case.woke_for("content/articles/a.txt"), "gone");
    case.write("templates/page.html");
    assert!(case.woke_for("templates"), "a folder that was not there at first");
    case.settle();
    assert!(case.sleeps());
}

#[test]
fn stops_when_told() {
    let case = case(Method::Events);
    case.settle();
    case.stopper.stop();
    assert!(matches!(case.changes.recv_timeout(Duration::from_secs(5)), Err(RecvTimeoutError::Disconnected)));
}
