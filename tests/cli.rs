//! Transcripts: every `$` line in `tests/cli/*.md` is run by a shell, in order, in an empty folder of its own, and
//! must answer what stands below it. `SNAPSHOTS=overwrite cargo test --test cli` writes down what it answers now.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the test runs the program and reads its transcripts")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use snapbox::{Assert, Data};

#[test]
fn transcripts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    assert!(!files.is_empty());
    let assert = Assert::new().normalize_paths(false).action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let mut failed = Vec::new();
    for file in files {
        let written = std::fs::read_to_string(&file).unwrap();
        let sandbox = tempfile::tempdir().unwrap();
        let answered = perform(&written, sandbox.path());
        if let Err(difference) = assert.try_eq(None, answered.into(), Data::read_from(&file, None)) {
            failed.push(format!("{}\n{difference}", file.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The transcript with what its commands answer now. Prose stands at the margin, all else is indented by four.
fn perform(written: &str, sandbox: &Path) -> String {
    let mut now = String::new();
    let mut lines = written.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(command) = line.strip_prefix("    $ ") {
            let mut command = command.to_owned();
            writeln!(now, "{line}").unwrap();
            while let Some(more) = lines.next_if(|line| line.starts_with("    >")) {
                writeln!(now, "{more}").unwrap();
                let more = &more["    >".len()..];
                command.push('\n');
                command.push_str(more.strip_prefix(' ').unwrap_or(more));
            }
            for answer in answer(&command, sandbox).lines() {
                writeln!(now, "{}", format!("    {answer}").trim_end()).unwrap();
            }
            // What it answered when the transcript was written ends at the next command or at prose.
            while lines.next_if(|line| line.is_empty() || is_answer(line)).is_some() {}
            if lines.peek().is_some() {
                now.push('\n');
            }
        } else {
            writeln!(now, "{line}").unwrap();
        }
    }
    now
}

fn is_answer(line: &str) -> bool {
    line.starts_with("    ") && !line.starts_with("    $ ")
}

fn answer(command: &str, sandbox: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_dateline"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(sandbox)
        .env_clear()
        .envs([
            ("PATH", path.as_str()),
            ("SOURCE_DATE_EPOCH", "1735689600"),
            ("TERM", "dumb"),
            ("LC_ALL", "C.UTF-8"),
        ])
        .output()
        .unwrap();
    let mut words = String::from_utf8_lossy(&output.stdout).into_owned();
    words.truncate(words.trim_end().len());
    if !words.is_empty() {
        words.push('\n');
    }
    match output.status.code() {
        Some(0) => {}
        Some(code) => writeln!(words, "? {code}").unwrap(),
        None => writeln!(words, "? {}", output.status).unwrap(),
    }
    // How many files a site has changes with the theme; that none or one was written does not.
    let count = Regex::new(r"\d{2,} (files|written|unchanged)").unwrap();
    let time = Regex::new(r"in \d+(\.\d+)? m?s").unwrap();
    let words = count.replace_all(&words, "[N] $1");
    time.replace_all(&words, "in [TIME]").replace('\u{1b}', "␛")
}
