//! Whatever is done to the sources of a site that is being served, and however fast: when the dust settles, what is
//! served is, byte for byte, what a clean build writes.
#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the tests edit files and run the program"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// How long the dust may take to settle, on a machine that has other things to do: no measure of anything.
const PATIENCE: Duration = Duration::from_secs(120);

struct Case {
    folder: tempfile::TempDir,
    address: String,
    program: Child,
    told: Arc<Mutex<Vec<String>>>,
    /// Every path that was ever part of the site.
    known: BTreeSet<String>,
}

impl Drop for Case {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"));
    program.env("SOURCE_DATE_EPOCH", "1800000000").env("NO_COLOR", "1");
    program
}

fn article(number: usize, killed: usize) -> String {
    format!(
        "Title: Report {number}\nDate: 2021-06-06\n\nA bomb killed {killed} people at the market of Port Lorne on \
         {} May 2011.\n\n“It was so in case {number},” said Ada Example, a lecturer at the Marlow Institute.\n",
        1 + number % 28
    )
}

impl Case {
    /// A small site, served; `at_once` is done while its first build is under way.
    fn new(at_once: impl FnOnce(&Path)) -> Case {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        for part in ["content/articles", "content/attacks", "templates", "static", "public"] {
            fs::create_dir_all(root.join(part)).unwrap();
        }
        for number in 0..40 {
            fs::write(root.join(format!("content/articles/a{number}.txt")), article(number, 3)).unwrap();
        }
        fs::write(root.join("content/about.md"), "# About\n\nWords.\n").unwrap();
        fs::write(root.join("site.toml"), "title = \"Storm\"\n").unwrap();
        fs::write(root.join("static/own.css"), "body { color: black }\n").unwrap();
        fs::write(root.join("public/mine.txt"), "nobody touches this").unwrap();
        let mut program = program()
            .args(["--root".as_ref(), root.as_os_str(), "serve".as_ref(), "--no-reload".as_ref()])
            .args(["--port", "0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        at_once(&root);
        let mut lines = BufReader::new(program.stderr.take().unwrap()).lines().map_while(Result::ok);
        let line = lines.by_ref().find(|line| line.contains("http://")).expect("it says where it serves");
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        spawn(move || lines.for_each(|line| heard.lock().unwrap().push(line)));
        Case { folder, address, program, told, known: BTreeSet::new() }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    /// Status and body.
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)
            .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let head = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let status = String::from_utf8_lossy(&answer[9..12]).parse().unwrap();
        (status, answer.split_off(head + 4))
    }

    /// What a clean build writes, by path; `None` if there are errors.
    fn clean(&self) -> Option<BTreeMap<String, Vec<u8>>> {
        let out = self.folder.path().join("clean");
        let _ = fs::remove_dir_all(&out);
        let built = program()
            .args([
                "--root".as_ref(),
                self.root().as_os_str(),
                "build".as_ref(),
                "-o".as_ref(),
                out.as_os_str(),
            ])
            .output()
            .unwrap();
        built.status.success().then(|| {
            let files = walkdir::WalkDir::new(&out).into_iter().map(Result::unwrap);
            let files = files.filter(|entry| entry.file_type().is_file());
            let read = |entry: walkdir::DirEntry| {
                let path = entry.path().strip_prefix(&out).unwrap().to_str().unwrap().to_owned();
                (path, fs::read(entry.path()).unwrap())
            };
            files.map(read).filter(|(path, _)| !path.starts_with('.')).collect()
        })
    }

    /// The first path at which what is served is not what a clean build writes.
    fn difference(&mut self, clean: &BTreeMap<String, Vec<u8>>) -> Option<String> {
        self.known.extend(clean.keys().cloned());
        let wrong = |path: &&String| match (self.get(path), clean.get(*path)) {
            ((200, body), Some(written)) => body != *written,
            ((status, _), Some(_)) => status != 200,
            ((status, _), None) => status != 404,
        };
        self.known.iter().find(wrong).cloned()
    }

    /// Waits until the served site is that of a clean build, and stays so, and nothing more is told.
    fn settles(&mut self, after: &str) {
        let clean = self.clean().unwrap_or_else(|| panic!("{after}: the site has errors"));
        let begun = Instant::now();
        while let Some(path) = self.difference(&clean) {
            assert!(begun.elapsed() < PATIENCE, "{after}: `{path}` is not as built; {:#?}", self.told());
            sleep(Duration::from_millis(50));
        }
        // All that was under way has arrived, and then nothing more does: it hears none of what it does itself.
        sleep(Duration::from_millis(1500));
        let before = self.told();
        sleep(Duration::from_millis(500));
        assert_eq!(self.told(), before, "{after}: it goes on building");
        assert_eq!(self.difference(&clean), None, "{after}: a while later");
        let mine: Vec<_> =
            fs::read_dir(self.path("public")).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(mine, ["mine.txt"], "{after}");
    }

    fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }

    /// Waits until the program tells of `words`.
    fn tells(&self, words: &str) {
        self.tells_after(0, words);
    }

    /// The same after so many lines.
    fn tells_after(&self, lines: usize, words: &str) {
        let begun = Instant::now();
        while !self.told().iter().skip(lines).any(|line| line.contains(words)) {
            assert!(begun.elapsed() < PATIENCE, "it never told of `{words}`: {:#?}", self.told());
            sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn every_way_of_saving_a_file() {
    let mut case = Case::new(|root| {
        fs::write(root.join("content/articles/early.txt"), article(77, 9)).unwrap();
    });
    case.settles("a file made during the first build");

    case.write("content/articles/a1.txt", &article(1, 14));
    case.settles("saved in place");

    case.write("content/articles/.a2.txt.tmp", &article(2, 15));
    fs::rename(case.path("content/articles/.a2.txt.tmp"), case.path("content/articles/a2.txt")).unwrap();
    case.settles("written aside and renamed");

    fs::rename(case.path("content/articles/a2.txt"), case.path("content/articles/a2.txt~")).unwrap();
    case.write("content/articles/a2.txt", &article(2, 16));
    case.settles("moved aside and written anew");

    fs::remove_file(case.path("content/articles/a3.txt")).unwrap();
    case.settles("deleted");
    case.write("content/articles/a3.txt", &article(3, 17));
    case.settles("recreated");

    case.write("content/articles/a4.toml", "source = \"The Lorne Post\"\n");
    case.settles("a sidecar that is new");
    let by_hand =
        "+++\ntitle = \"The pier\"\ndate = 2011-06-30\nkilled = 14\nadded = true\n+++\nAs the court found.\n";
    case.write("content/attacks/2011-the-pier.md", by_hand);
    case.write("static/own.css", "body { color: navy }\n");
    case.write("templates/page.html", "{% extends \"theme/page.html\" %}\n");
    case.settles("a record, a stylesheet and a template");
    fs::remove_file(case.path("templates/page.html")).unwrap();
    case.write("site.toml", "title = \"Storm\"\n[facts]\nlists = \"lists\"\n");
    case.write("lists/reporting-verb.txt", "aired\n");
    case.settles("a folder of lists");
    case.write("lists/reporting-verb.txt", "aired\nventilated\n");
    case.write("content/articles/a5.txt", &article(5, 3).replace("said", "ventilated"));
    case.settles("a list");
}

#[test]
fn folders_and_links_that_move() {
    let mut case = Case::new(|_| ());
    let away = case.folder.path().join("away");
    fs::create_dir_all(away.join("deep/down")).unwrap();
    for number in 100..130 {
        fs::write(away.join(format!("deep/down/m{number}.txt")), article(number, 5)).unwrap();
    }
    fs::rename(&away, case.path("content/articles/moved")).unwrap();
    case.settles("a folder moved in");
    case.write("content/articles/moved/deep/down/m100.txt", &article(100, 6));
    case.settles("an edit in it");
    fs::rename(case.path("content/articles/moved"), &away).unwrap();
    case.settles("a folder moved out");

    let targets = ["one.txt", "two.txt"].map(|name| case.path("content").join("..").join(name));
    fs::write(&targets[0], article(200, 7)).unwrap();
    fs::write(&targets[1], article(200, 8)).unwrap();
    let link = case.path("content/articles/link.txt");
    symlink(&targets[0], &link).unwrap();
    case.settles("a link");
    fs::remove_file(&link).unwrap();
    symlink(&targets[1], &link).unwrap();
    case.settles("a link turned");
    fs::write(&targets[1], article(200, 9)).unwrap();
    case.settles("what a link leads to");

    // Links that lead out of the site's folder, one of them by way of another.
    let outside = case.folder.path().join("outside");
    for (part, killed) in [("one", 5), ("two", 6)] {
        fs::create_dir_all(outside.join(part)).unwrap();
        fs::write(outside.join(part).join("far.txt"), article(201, killed)).unwrap();
        fs::write(outside.join(part).join("near.txt"), article(202, killed)).unwrap();
    }
    let allowed =
        format!("title = \"Storm\"\n[build]\nlinked_folders = [{:?}]\n", outside.display().to_string());
    case.write("site.toml", &allowed);
    symlink("one", outside.join("current")).unwrap();
    symlink(outside.join("current/far.txt"), case.path("content/articles/far.txt")).unwrap();
    symlink(outside.join("one"), case.path("content/articles/shelf")).unwrap();
    case.settles("links that lead out");
    fs::write(outside.join("one/far.txt"), article(201, 12)).unwrap();
    case.settles("what a link that leads out leads to");
    fs::write(outside.join("one/.far.tmp"), article(201, 13)).unwrap();
    fs::rename(outside.join("one/.far.tmp"), outside.join("one/far.txt")).unwrap();
    fs::write(outside.join("one/new.txt"), article(203, 13)).unwrap();
    case.settles("a file put in its place, and another beside it");
    fs::remove_file(outside.join("current")).unwrap();
    symlink("two", outside.join("current")).unwrap();
    case.settles("a link on the way turned");
    fs::write(outside.join("two/far.txt"), article(201, 14)).unwrap();
    case.settles("what it leads to now");
    for link in ["far.txt", "shelf"] {
        fs::remove_file(case.path("content/articles").join(link)).unwrap();
    }
    case.settles("links gone");

    fs::rename(case.path("content"), case.path("elsewhere")).unwrap();
    case.tells("there is no folder `content`");
    fs::rename(case.path("elsewhere"), case.path("content")).unwrap();
    case.settles("everything gone and back");
}

#[test]
fn faults_that_come_and_go() {
    let mut case = Case::new(|_| ());
    case.settles("the beginning");
    case.write("site.toml", "titel = \"Storm\"\n");
    case.tells("titel");
    assert_eq!(case.get("about/").0, 200, "the last good site");
    case.write("site.toml", "title = \"Storm again\"\n");
    case.settles("a site.toml broken and mended");

    case.write("templates/page.html", "{{ page.nothing.of.the.kind }}\n");
    case.tells("templates/page.html");
    assert_eq!(case.get("about/").0, 200, "the last good page");
    case.write("content/about.md", "# About\n\nOther words.\n");
    sleep(Duration::from_millis(100));
    case.write("templates/page.html", "{% extends \"theme/page.html\" %}\n");
    case.settles("a template broken and mended, and an edit between");
    case.write("content/articles/a7.txt", "");
    case.tells("the file is empty");
    let before = case.told().len();
    case.write("templates/page.html", "{{ page.nothing.of.the.kind }}\n");
    // What was told already is not told again.
    case.tells_after(before, "templates/page.html");
    assert!(!case.told().iter().skip(before).any(|line| line.contains("the file is empty")));
    fs::remove_file(case.path("templates/page.html")).unwrap();
    case.write("content/articles/a7.txt", &article(7, 4));
    case.settles("an empty file");
}

#[test]
fn very_many_at_once() {
    let mut case = Case::new(|_| ());
    for number in 1000..2000 {
        case.write(&format!("content/articles/n{number}.txt"), &article(number, 4));
    }
    case.settles("a thousand new files");
    for round in 0..250 {
        for number in 0..40 {
            case.write(&format!("content/articles/a{number}.txt"), &article(number, 3 + round % 50));
        }
    }
    case.settles("ten thousand touches");
    for number in 1000..2000 {
        fs::remove_file(case.path(&format!("content/articles/n{number}.txt"))).unwrap();
    }
    case.settles("a thousand files gone");
}

#[test]
fn anything_in_any_order() {
    let mut case = Case::new(|_| ());
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = move |bound: usize| {
        seed ^= seed >> 12;
        seed ^= seed << 25;
        seed ^= seed >> 27;
        (seed.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % bound
    };
    for batch in 0..6 {
        for _ in 0..60 {
            let number = below(45);
            let path = format!("content/articles/a{number}.txt");
            let text = article(number, 3 + below(20));
            match below(8) {
                0..=2 => case.write(&path, &text),
                3 => {
                    case.write("content/articles/.aside", &text);
                    fs::rename(case.path("content/articles/.aside"), case.path(&path)).unwrap();
                }
                4 => drop(fs::remove_file(case.path(&path))),
                5 => {
                    let (from, to) = (case.path("content/articles"), case.path("content/held"));
                    fs::rename(&from, &to).unwrap();
                    sleep(Duration::from_millis(below(4) as u64));
                    fs::rename(&to, &from).unwrap();
                }
                6 => case.write("content/about.md", &format!("# About\n\nWords, {number}.\n")),
                _ => sleep(Duration::from_millis(below(40) as u64)),
            }
        }
        case.settles(&format!("batch {batch}"));
    }
}
