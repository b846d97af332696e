//! Each lint on a site of its own, small enough to read.

use std::path::Path;

use super::findings;
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{Options, Pipeline};

const ARTICLE: &str = "Blast at the harbour in Visby\n\nNine people were injured when a bomb exploded at the harbour in \
    Visby, Sweden, on 2 June 2015.\n\n“The gate was never locked,” said Ada Lindqvist, a senior lecturer at Norrby \
    University.\n";

fn write(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = root.join(name);
        #[expect(clippy::disallowed_methods, reason = "the test makes its site")]
        std::fs::create_dir_all(path.parent().unwrap()).and_then(|()| std::fs::write(path, text)).unwrap();
    }
}

/// What is found in a site of these files and the article.
fn found(files: &[(&str, &str)]) -> Vec<(Severity, String)> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, &[("site.toml", "title = \"A\"\n"), ("content/articles/a.txt", ARTICLE)]);
    write(root, files);
    let options = Options { unchecked: true, ..Options::new(jiff::civil::date(2026, 1, 1)) };
    let build = Pipeline::new(root, &root.join("site.toml"), options).build();
    let site = build.site.unwrap_or_else(|| panic!("{:#?}", build.diagnostics));
    let told = |finding: Diagnostic| (finding.severity, format!("{}: {}", finding.file, finding.message));
    findings(&site).into_iter().map(told).collect()
}

#[test]
fn a_sound_site_has_no_findings() {
    assert_eq!(found(&[("content/articles/a.toml", "published = 2015-06-03\n")]), []);
}

#[test]
fn an_attack_after_its_article_is_an_error() {
    let told = found(&[("content/articles/a.toml", "published = 2014-06-03\n")]);
    let message =
        "the attack `2015-visby` is dated 2015-06-02, after the article of 2014-06-03 that reports it";
    assert_eq!(told, [(Severity::Error, format!("content/articles/a.txt: {message}"))]);
}

#[test]
fn a_misquotation_is_found_and_a_quotation_is_not() {
    let record = "+++\nconfirmed = true\n+++\n“The gate was never locked”, she said. “The gate was always locked”, he said.\n";
    let told = found(&[("content/attacks/2015-visby.md", record)]);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].1.contains("“The gate was always locked”"), "{told:#?}");
}

#[test]
fn a_value_without_a_source_is_found() {
    let bare = ("content/attacks/2015-visby.md", "+++\ninjured = 11\n+++\n");
    let told = found(&[bare]);
    assert!(told[0].1.ends_with("`injured` is corrected without a source"), "{told:#?}");
    let sourced = "+++\ninjured = 11\n[[source]]\noutlet = \"Inquiry\"\n+++\n";
    assert_eq!(found(&[("content/attacks/2015-visby.md", sourced)]), []);
    let by_hand = "+++\ntitle = \"A fire\"\ndate = 2001-01-01\n+++\n";
    assert!(found(&[("content/attacks/2001-fire.md", by_hand)])[0].1.contains("has no source"));
}

#[test]
fn a_record_that_matches_nothing_is_an_error() {
    let told = found(&[("content/experts/ada-lindquist.md", "+++\nconfirmed = true\n+++\n")]);
    assert_eq!(told[0].0, Severity::Error);
    assert!(told[0].1.contains("matches no person"), "{told:#?}");
}

#[test]
fn pictures_need_words() {
    let told = found(&[
        ("content/experts/ada-lindqvist.md", "+++\n[portrait]\nfile = \"ada.svg\"\n+++\n"),
        ("content/experts/ada.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/about.md", "# About\n\n![](ada.svg) ![A head](ada.svg \"Drawn by A. Person\")\n"),
        ("content/ada.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    let texts: Vec<&str> = told.iter().map(|(_, message)| message.as_str()).collect();
    assert_eq!(texts.len(), 4, "{texts:#?}");
}

#[test]
fn what_is_left_out_is_told_and_the_level_can_be_set() {
    let confirmed = ("site.toml", "title = \"A\"\n[facts]\npublish = \"confirmed\"\n");
    let told = found(&[confirmed]);
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told.iter().all(|(severity, _)| *severity == Severity::Warning));
    let strict = format!("{}[check]\nunconfirmed = \"error\"\n", confirmed.1);
    assert!(found(&[("site.toml", &strict)]).iter().all(|(severity, _)| *severity == Severity::Error));
    let off = format!("{}[check]\nunconfirmed = \"off\"\n", confirmed.1);
    assert_eq!(found(&[("site.toml", &off)]), []);
}
