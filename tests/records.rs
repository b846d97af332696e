//! Articles that were read elsewhere: `extract --ndjson` and `build --facts` together make the very site that `build`
//! makes.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the tests run the program and look at what it wrote")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// A copy of a site in a folder of its own.
fn copy(site: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(site).min_depth(1) {
        let entry = entry.unwrap();
        let path = to.join(entry.path().strip_prefix(site).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(path).unwrap();
        } else {
            std::fs::copy(entry.path(), path).unwrap();
        }
    }
}

fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|it| (it.path().strip_prefix(folder).unwrap().to_owned(), std::fs::read(it.path()).unwrap()))
        .collect()
}

fn dateline(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.current_dir(root).args(words).env("SOURCE_DATE_EPOCH", "1735689600").stdin(Stdio::null());
    command
}

#[track_caller]
fn run(root: &Path, words: &[&str]) -> Output {
    let output = dateline(root, words).output().unwrap();
    assert!(
        output.status.success(),
        "{words:?} in {}: {}",
        root.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Takes every article of a site that is text in UTF-8, with its sidecar, out of it: a line of JSON for each.
fn take_articles(root: &Path) -> Vec<Value> {
    let folder = root.join("content/articles");
    let mut lines = Vec::new();
    let entries = walkdir::WalkDir::new(&folder).sort_by_file_name();
    let files: Vec<PathBuf> = entries.into_iter().flatten().map(walkdir::DirEntry::into_path).collect();
    for file in files {
        let kind = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let name = file.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        let hidden = name.split('/').any(|part| part.starts_with('.') || part.ends_with("_files"));
        if !["txt", "md", "html"].contains(&kind) || name.ends_with("_index.md") || hidden {
            continue;
        }
        let (Ok(text), sidecar) = (std::fs::read_to_string(&file), file.with_extension("toml")) else {
            continue;
        };
        let said = std::fs::read_to_string(&sidecar).ok();
        std::fs::remove_file(&file).unwrap();
        let mut line = json!({ "path": name, "text": text });
        if let Some(said) = said {
            std::fs::remove_file(&sidecar).unwrap();
            line["sidecar"] = said.into();
        }
        lines.push(line);
    }
    lines
}

fn write_lines(file: &Path, lines: &[Value]) {
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(file, text).unwrap();
}

/// Builds a copy of `site` from its files and from records; returns how many articles came from records.
fn compare(site: &Path) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(site, root);
    run(root, &["build", "--no-cache", "--output-dir", "from-files"]);
    let lines = take_articles(root);
    write_lines(&root.join("articles.ndjson"), &lines);
    let records = run(root, &["extract", "--ndjson", "articles.ndjson"]).stdout;
    assert_eq!(records.iter().filter(|byte| **byte == b'\n').count(), lines.len());
    std::fs::write(root.join("records.ndjson"), &records).unwrap();
    if !lines.is_empty() {
        run(root, &["build", "--facts", "records.ndjson", "--output-dir", "from-records"]);
        let (files, records) = (tree(&root.join("from-files")), tree(&root.join("from-records")));
        assert_eq!(
            files.keys().collect::<Vec<_>>(),
            records.keys().collect::<Vec<_>>(),
            "{}",
            site.display()
        );
        for (path, bytes) in &files {
            assert!(records[path] == *bytes, "{}: {} differs", site.display(), path.display());
        }
    }
    lines.len()
}

#[test]
fn a_site_of_records_is_the_site_of_their_files_byte_for_byte() {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut sites: Vec<PathBuf> = sites.read_dir().unwrap().map(|site| site.unwrap().path()).collect();
    sites.retain(|site| site.is_dir() && !site.file_name().unwrap().to_str().unwrap().starts_with("bad-"));
    sites.sort();
    let articles: usize = sites.iter().map(|site| compare(site)).sum();
    assert!(articles > 30, "only {articles} articles were compared");
}

/// A site with one article, and the record of it.
fn site() -> (tempfile::TempDir, Value) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir_all(root.join("content")).unwrap();
    std::fs::write(root.join("site.toml"), "title = \"Dossier\"\n").unwrap();
    let text =
        "Bridge reopens\n\nThree people were killed when a bomb exploded in Calder Ford on 4 June 2021.\n";
    write_lines(&root.join("articles.ndjson"), &[json!({ "path": "bridge.txt", "text": text })]);
    let records = run(root, &["extract", "--ndjson", "articles.ndjson"]).stdout;
    let record = serde_json::from_slice(&records).unwrap();
    (folder, record)
}

#[track_caller]
fn refused(root: &Path, words: &[&str], message: &str) {
    let output = dateline(root, &[&["build", "--facts", "records.ndjson"], words].concat()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(message), "`{message}` is not in {said}");
}

/// The same, and no other error or warning follows from it.
#[track_caller]
fn refused_once(root: &Path, message: &str) {
    refused(root, &[], message);
    let output = dateline(root, &["build", "--facts", "records.ndjson"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let faults = said.lines().filter(|line| line.starts_with("error:") || line.starts_with("warning:"));
    assert_eq!(faults.count(), 1, "{said}");
}

/// The records of these lines.
fn extracted(root: &Path, lines: &[Value]) -> Vec<Value> {
    write_lines(&root.join("lines.ndjson"), lines);
    let records = String::from_utf8(run(root, &["extract", "--ndjson", "lines.ndjson"]).stdout).unwrap();
    records.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn one_run_tells_of_every_line_that_is_no_record() {
    let (folder, record) = site();
    let root = folder.path();
    let changed = |key: &str, value: Value| {
        let mut record = record.clone();
        record[key] = value;
        record.to_string()
    };
    let whole = record.to_string();
    let lines = [
        changed("schema", "dateline.record/0".into()),
        changed("program", "0".into()),
        changed("schema", Value::Null),
        changed("sealed", Value::Null),
        whole[..whole.len() / 2].to_owned(),
        whole,
    ];
    std::fs::write(root.join("records.ndjson"), lines.join("\n")).unwrap();
    for told in [
        "5 lines cannot be used",
        "line 1 of `records.ndjson` is `dateline.record/0`",
        "line 2 of `records.ndjson` was made by another build",
        "line 3 of `records.ndjson` is no record: it has no `schema`",
        "line 4 of `records.ndjson` is no whole record",
        "line 5 of `records.ndjson` is no record: EOF while parsing",
    ] {
        refused(root, &[], told);
    }
}

#[test]
fn articles_of_one_text_that_came_out_twice_are_two() {
    let (folder, _) = site();
    let root = folder.path();
    let text = "Bridge reopens\n\nThree people were killed when a bomb exploded in Calder Ford.\n";
    let line = |source: &str| json!({ "text": text, "source": source });
    let records = extracted(root, &[line("Calder Courier"), line("Ford Mail"), line("Ford Mail")]);
    write_lines(&root.join("records.ndjson"), &records);
    run(root, &["build", "--facts", "records.ndjson"]);
    let articles = root.join("public/articles").read_dir().unwrap().flatten();
    assert_eq!(articles.filter(|entry| entry.path().is_dir()).count(), 2);
}

#[test]
fn a_record_holds_only_for_what_it_was_made_of() {
    let (folder, record) = site();
    let root = folder.path();
    let write = |record: &Value| write_lines(&root.join("records.ndjson"), std::slice::from_ref(record));
    write(&record);
    run(root, &["build", "--facts", "records.ndjson"]);

    let mut other = record.clone();
    other["text"] = "Bridge reopens\n\nNobody was hurt.\n".into();
    write(&other);
    refused(root, &[], "was read by another dateline, with other settings or lists");
    let mut other = record.clone();
    other["program"] = "0".into();
    write(&other);
    refused(root, &[], "was made by another build of dateline");
    let mut other = record.clone();
    other["path"] = "content/articles/../../up.txt".into();
    write(&other);
    refused(root, &[], "is not the path of an article");

    write(&record);
    std::fs::create_dir_all(root.join("content/articles")).unwrap();
    std::fs::write(root.join("content/articles/bridge.txt"), "Bridge closed\n\nUntil further notice.\n")
        .unwrap();
    refused_once(root, "says something else");
    std::fs::write(root.join("content/articles/bridge.txt"), record["text"].as_str().unwrap()).unwrap();
    run(root, &["build", "--facts", "records.ndjson"]);
    std::fs::write(root.join("content/articles/bridge.toml"), "published = 2021-06-08\n").unwrap();
    refused_once(root, "was read without this sidecar");
    std::fs::remove_file(root.join("content/articles/bridge.toml")).unwrap();

    let other = json!({ "path": "bridge.txt", "text": "Bridge closed\n\nUntil further notice.\n" });
    let other = extracted(root, &[other]).remove(0);
    write_lines(&root.join("records.ndjson"), &[record.clone(), other]);
    refused_once(root, "are records of this path");
    write_lines(&root.join("records.ndjson"), &[record.clone(), record.clone()]);
    let said = String::from_utf8(run(root, &["build", "--facts", "records.ndjson"]).stderr).unwrap();
    assert!(said.contains("1 record is there twice, and taken once") && said.contains("line 2 of"), "{said}");
    std::fs::create_dir(root.join("lists")).unwrap();
    std::fs::write(root.join("lists/weapon.txt"), "culverin\n").unwrap();
    std::fs::write(root.join("site.toml"), "title = \"Dossier\"\n[facts]\nlists = \"lists\"\n").unwrap();
    write(&record);
    refused(root, &[], "other settings or lists");
}

#[test]
fn an_article_that_was_not_read_is_told_and_the_rest_is_built() {
    let (folder, record) = site();
    let root = folder.path();
    write_lines(&root.join("more.ndjson"), &[json!({ "path": "x.pdf", "text": "?" })]);
    let failed: Value =
        serde_json::from_slice(&run(root, &["extract", "--ndjson", "more.ndjson"]).stdout).unwrap();
    write_lines(&root.join("records.ndjson"), &[record, failed]);
    let built = run(root, &["build", "--facts", "records.ndjson"]);
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(said.contains("1 article was not read") && said.contains("x.pdf"), "{said}");
    assert!(root.join("public/articles/bridge/index.html").exists());
    for command in ["build", "check"] {
        let words = [command, "--strict", "--facts", "records.ndjson"];
        let refused = dateline(root, &words).output().unwrap();
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(!refused.status.success() && said.contains("x.pdf"), "{command}: {said}");
    }
}
