//! What the reader makes of folders with faults, links and changes.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::super::SourceKind;
use super::*;

/// A site in a temporary folder.
struct Site(tempfile::TempDir);

impl Site {
    fn new(files: &[(&str, &[u8])]) -> Site {
        let site = Site(tempfile::tempdir().unwrap());
        for (path, bytes) in files {
            site.write(path, bytes);
        }
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Writes a file and dates it back, so that it can be taken from the cache at once.
    fn write(&self, path: &str, bytes: &[u8]) {
        let file = self.path(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        self.date(path, 60);
    }

    fn date(&self, path: &str, seconds_ago: u64) {
        let time = SystemTime::now() - Duration::from_secs(seconds_ago);
        fs::File::options().append(true).open(self.path(path)).unwrap().set_modified(time).unwrap();
    }

    fn read(&self) -> (Inputs, Vec<Diagnostic>) {
        Reader::new(self.0.path()).read(&Config::default())
    }

    fn faults(&self) -> Vec<String> {
        let show = |fault: &Diagnostic| format!("{}: {}", fault.file, fault.message);
        self.read().1.iter().map(show).collect()
    }
}

#[test]
fn every_file_finds_its_place_in_order_of_path() {
    let site = Site::new(&[
        ("static/css/site.css", b"a{}"),
        ("templates/article.html", b"{{ title }}"),
        ("content/articles/b.txt", b"B"),
        ("content/articles/a.md", b"A"),
        ("content/articles/a.toml", b"draft = true"),
        ("content/articles/photo.jpg", b"\xff\xd8\xff"),
        ("content/articles/b.txt~", b"old"),
    ]);
    let (inputs, faults) = site.read();
    assert_eq!(faults, []);
    let paths: Vec<&str> = inputs.sources.iter().map(|source| &*source.path).collect();
    assert_eq!(paths, ["content/articles/a.md", "content/articles/a.toml", "content/articles/b.txt"]);
    assert_eq!(&*inputs.templates[0].name, "article.html");
    let assets: Vec<&str> = inputs.assets.iter().map(|asset| &*asset.path).collect();
    assert_eq!(assets, ["articles/photo.jpg", "css/site.css"]);
    let sidecar = inputs.sidecar_place(&inputs.sources[0]).unwrap();
    assert_eq!(&*inputs.sources[sidecar].path, "content/articles/a.toml");
    assert!(inputs.sidecar_place(&inputs.sources[2]).is_none());
}

#[test]
fn one_read_reports_every_fault() {
    let site = Site::new(&[
        ("content/articles/empty.txt", b""),
        ("content/articles/blank.txt", b" \n\n"),
        ("content/articles/scan.txt", b"%PDF-1.7 \x00\x01"),
        ("content/articles/noise.txt", b"a\x00\x01\x02\x03\x04b\x05\x06\x07"),
        ("content/articles/siege.txt", b"Siege"),
        ("content/articles/seige.toml", b""),
        ("content/logo.png", b"1"),
        ("static/logo.png", b"2"),
    ]);
    assert_eq!(
        site.faults(),
        [
            "content/articles/blank.txt: the file holds nothing but white space",
            "content/articles/empty.txt: the file is empty",
            "content/articles/noise.txt: the file is binary, not text",
            "content/articles/scan.txt: the file is a PDF, not text",
            "content/articles/seige.toml: `seige.toml` describes an article that is not there",
            "static/logo.png: `content/logo.png` and `static/logo.png` would both be `/logo.png`",
        ]
    );
    let help =
        site.read().1.into_iter().find(|fault| fault.file.ends_with("seige.toml")).unwrap().help.unwrap();
    assert!(help.contains("siege.toml"), "{help}");
}

#[test]
fn what_a_browser_saved_beside_a_page_is_left_out() {
    let site = Site::new(&[
        ("content/articles/page.html", b"<p>Words"),
        ("content/articles/page_files/ad.html", b"<p>Buy"),
        ("content/articles/other_files/a.txt", b"Kept"),
    ]);
    let (inputs, faults) = site.read();
    assert_eq!(inputs.sources.len(), 2);
    assert_eq!((faults.len(), faults[0].file.as_str()), (1, "content/articles/page_files"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_pipes_never_opened() {
    use std::os::unix::fs::symlink;
    let site = Site::new(&[("content/articles/a.txt", b"A"), ("elsewhere/b.txt", b"B")]);
    symlink(site.path("elsewhere"), site.path("content/articles/linked")).unwrap();
    symlink(site.path("content"), site.path("content/loop")).unwrap();
    symlink(site.path("nowhere"), site.path("content/gone")).unwrap();
    symlink(site.path("content/self"), site.path("content/self")).unwrap();
    let mode = rustix::fs::Mode::RUSR;
    rustix::fs::mknodat(rustix::fs::CWD, site.path("content/pipe.txt"), rustix::fs::FileType::Fifo, mode, 0)
        .unwrap();
    let paths: Vec<String> = site.read().0.sources.iter().map(|source| source.path.to_string()).collect();
    assert_eq!(paths, ["content/articles/a.txt", "content/articles/linked/b.txt"]);
    assert_eq!(
        site.faults(),
        [
            "content/gone: the symbolic link leads nowhere",
            "content/loop: a loop of symbolic links: it leads back to `content`",
            "content/pipe.txt: this is a named pipe, not a file",
            "content/self: a loop of symbolic links",
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_is_followed_only_where_the_settings_allow_it() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("b.txt"), "B").unwrap();
    let site = Site::new(&[("content/articles/a.txt", b"A"), ("static/.keep", b"")]);
    symlink(elsewhere.path(), site.path("content/articles/linked")).unwrap();
    symlink(elsewhere.path().join("b.txt"), site.path("static/b.txt")).unwrap();
    let (inputs, _) = site.read();
    assert_eq!((inputs.sources.len(), inputs.assets.len()), (1, 0));
    assert_eq!(
        site.faults(),
        [
            "content/articles/linked: a symbolic link that leads out of the site’s folder",
            "static/b.txt: a symbolic link that leads out of the site’s folder"
        ]
    );
    let linked_folders = vec![elsewhere.path().display().to_string()];
    let mut reader = Reader::new(site.0.path());
    let (inputs, faults) = reader.read(&Config { linked_folders, ..Config::default() });
    assert_eq!((inputs.sources.len(), inputs.assets.len(), faults), (2, 1, Vec::new()));
    let inner = vec![elsewhere.path().join("none").display().to_string()];
    assert_eq!(reader.read(&Config { linked_folders: inner, ..Config::default() }).1.len(), 2);
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_link_into_the_sources_is_refused() {
    let site = Site::new(&[("content/articles/a.txt", b"A")]);
    std::os::unix::fs::symlink(site.path("content"), site.path("public")).unwrap();
    assert_eq!(
        site.faults(),
        ["site.toml: the output folder `public` is a folder that the site is made from"]
    );
}

#[test]
fn only_what_changed_is_read_again() {
    let site = Site::new(&[("content/articles/a.txt", b"A"), ("content/articles/b.txt", b"B")]);
    let mut reader = Reader::new(site.0.path());
    let first = reader.read(&Config::default()).0;
    site.write("content/articles/b.txt", b"B, longer");
    let second = reader.read(&Config::default()).0;
    assert!(Arc::ptr_eq(&first.sources[0], &second.sources[0]));
    assert_eq!(&*second.sources[1].text, "B, longer");
    fs::remove_file(site.path("content/articles/a.txt")).unwrap();
    assert_eq!(reader.read(&Config::default()).0.sources.len(), 1);
}

#[test]
fn a_file_that_just_changed_is_read_again_although_its_time_stays() {
    let site = Site::new(&[("content/articles/a.txt", b"one")]);
    let file = site.path("content/articles/a.txt");
    let soon = SystemTime::now() + Duration::from_secs(5);
    let stamp = || fs::File::options().append(true).open(&file).unwrap().set_modified(soon).unwrap();
    stamp();
    let mut reader = Reader::new(site.0.path());
    reader.read(&Config::default());
    fs::write(&file, "two").unwrap();
    stamp();
    assert_eq!(&*reader.read(&Config::default()).0.sources[0].text, "two");
}

#[test]
fn a_new_file_is_read_alone_but_not_behind_a_link() {
    let site = Site::new(&[("static/a.css", b"a{}")]);
    let elsewhere = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(elsewhere.path(), site.path("static/linked")).unwrap();
    let mut reader = Reader::new(site.0.path());
    reader.read(&Config::default());
    site.write("static/new.css", b"b{}");
    let (inputs, _) = reader.read_changed(&Config::default(), &["static/new.css".into()]).unwrap();
    assert_eq!(inputs.assets.iter().map(|asset| &*asset.path).collect::<Vec<_>>(), ["a.css", "new.css"]);
    fs::write(elsewhere.path().join("secret.css"), b"c{}").unwrap();
    let behind = reader.read_changed(&Config::default(), &["static/linked/secret.css".into()]);
    assert!(!cfg!(unix) || behind.is_none());
}

#[test]
fn a_file_that_goes_after_it_was_listed_is_no_fault() {
    let site = Site::new(&[("content/articles/a.txt", b"A")]);
    let mut reader = Reader::new(site.0.path());
    let task = || Task::Source(SourceKind::Article(crate::source::Format::PlainText));
    let listed = |name: &str| (format!("content/articles/{name}"), task());
    reader.load(vec![listed("a.txt"), listed("gone.txt")]);
    let (inputs, faults) = reader.loaded(Vec::new());
    assert_eq!((inputs.sources.len(), faults), (1, Vec::new()));

    // What is listed and there, but leads nowhere, is one.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", site.path("content/articles/link.txt")).unwrap();
        reader.load(vec![listed("link.txt")]);
        assert_eq!(reader.loaded(Vec::new()).1.len(), 1);
    }
}

#[test]
fn what_is_published_without_being_read_is_told_unless_pages_show_it() {
    let site = Site::new(&[
        ("content/articles/notes.docx", b"PK"),
        ("content/articles/scan.pdf", b"%PDF"),
        ("content/articles/bridge.text", b"Words."),
        ("content/articles/notes", b"Words."),
        ("content/articles/bridge.jpg", b"\xff\xd8"),
        ("content/reports/whole.pdf", b"%PDF"),
        ("content/data/tolls.csv", b"a,b"),
        ("static/notes.docx", b"PK"),
    ]);
    let faults = site.faults();
    let told: Vec<&str> = faults.iter().filter_map(|fault| fault.split(':').next()).collect();
    let names =
        ["bridge.text", "notes", "notes.docx", "scan.pdf"].map(|name| format!("content/articles/{name}"));
    assert_eq!(told, names);
}
