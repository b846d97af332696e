//! What the words after `dateline serve` change, seen from outside: one program, one small site, plain TCP.
#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the tests edit files and run the program"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// How long the program may take on a machine that has other things to do: no measure of anything.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that serves, and what it said up to its address.
struct Served {
    program: Child,
    address: String,
    said: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// A site with an article, a draft and an article of a day that is still to come.
fn site() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let articles = root.path().join("content/articles");
    fs::create_dir_all(&articles).unwrap();
    fs::write(root.path().join("site.toml"), "title = \"Harbour\"\n").unwrap();
    fs::write(articles.join("now.md"), "+++\ntitle = \"Now\"\n+++\n\nThe boats are in port.\n").unwrap();
    fs::write(articles.join("draft.md"), "+++\ntitle = \"Draft\"\ndraft = true\n+++\n\nNot yet.\n").unwrap();
    fs::write(articles.join("later.md"), "+++\ntitle = \"Later\"\ndate = 2099-01-01\n+++\n\nNot yet.\n")
        .unwrap();
    root
}

/// Serves with these words; programs in `path` come before the system's.
fn serve(root: &Path, words: &[&str], path: Option<&Path>) -> Served {
    let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"));
    program.args(["--root".as_ref(), root.as_os_str(), "serve".as_ref()]).args(words);
    program.env("SOURCE_DATE_EPOCH", "1800000000").env("NO_COLOR", "1").stderr(Stdio::piped());
    if let Some(path) = path {
        let all = std::env::var("PATH").unwrap_or_default();
        program.env("PATH", format!("{}:{all}", path.display()));
    }
    let mut program = program.spawn().unwrap();
    let mut lines = BufReader::new(program.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut said = String::new();
    let line = loop {
        let line = lines.next().expect("it says where it serves");
        if line.contains("http://") {
            break line;
        }
        said.push_str(&line);
    };
    let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    // What it says later is taken, so that it never waits to say it.
    spawn(move || lines.for_each(drop));
    Served { program, address, said }
}

impl Served {
    /// Status and body.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head[9..12].parse().unwrap(), body.to_owned())
    }

    /// Waits until `path` is served with `words`, and gives the page.
    fn shows(&self, path: &str, words: &str) -> String {
        let begun = Instant::now();
        loop {
            let (status, body) = self.get(path);
            if status == 200 && body.contains(words) {
                return body;
            }
            assert!(begun.elapsed() < PATIENCE, "`{words}` never came to `{path}`: {status}\n{body}");
            sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn drafts_and_what_is_still_to_come_are_shown_only_when_asked_for() {
    let root = site();
    let (draft, later) = ("/articles/draft/", "/articles/later/");
    for (words, drafts, future) in [
        (&["--port", "0"][..], 404, 404),
        (&["--port", "0", "--drafts"], 200, 404),
        (&["--port", "0", "--future"], 404, 200),
    ] {
        let served = serve(root.path(), words, None);
        served.shows("/articles/now/", "The boats are in port.");
        assert_eq!((served.get(draft).0, served.get(later).0), (drafts, future), "{words:?}");
    }
}

#[test]
fn pages_have_the_script_unless_they_are_to_have_none() {
    let root = site();
    let script = |page: &str| page.contains("_dateline/reload.js");
    let with = serve(root.path(), &["--port", "0"], None).shows("/", "</html>");
    let without = serve(root.path(), &["--port", "0", "--no-reload"], None).shows("/", "</html>");
    assert!(with.len() > without.len() && script(&with) && !script(&without), "{with}");
}

#[test]
fn by_looking_again_and_again_an_edit_is_seen_too() {
    let root = site();
    let served = serve(root.path(), &["--port", "0", "--poll", "0.1"], None);
    served.shows("/articles/now/", "The boats are in port.");
    // The clock of some file systems has whole seconds.
    sleep(Duration::from_millis(1100));
    let article = root.path().join("content/articles/now.md");
    fs::write(article, "+++\ntitle = \"Now\"\n+++\n\nThe boats have left.\n").unwrap();
    served.shows("/articles/now/", "The boats have left.");
}

#[test]
fn where_the_port_is_busy_the_next_is_taken_and_told() {
    let root = site();
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = busy.local_addr().unwrap().port();
    let served = serve(root.path(), &["--port", &port.to_string()], None);
    served.shows("/articles/now/", "The boats are in port.");
    assert_ne!(served.address, format!("127.0.0.1:{port}"));
    assert!(served.said.contains(&format!("port {port} is in use")), "{}", served.said);
}

#[test]
fn the_browser_gets_the_address_only_when_asked_for() {
    let root = site();
    let programs = tempfile::tempdir().unwrap();
    let (opener, opened) = (programs.path().join("xdg-open"), programs.path().join("opened"));
    fs::write(&opener, format!("#!/bin/sh\nprintf '%s' \"$1\" > '{}'\n", opened.display())).unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();

    let served = serve(root.path(), &["--port", "0"], Some(programs.path()));
    served.shows("/articles/now/", "The boats are in port.");
    assert!(!opened.exists());
    drop(served);

    for word in ["-O", "--open"] {
        let served = serve(root.path(), &["--port", "0", word], Some(programs.path()));
        let begun = Instant::now();
        let wanted = format!("http://{}/", served.address);
        while fs::read_to_string(&opened).unwrap_or_default() != wanted {
            assert!(begun.elapsed() < PATIENCE, "`{wanted}` was never opened");
            sleep(Duration::from_millis(20));
        }
    }
}
