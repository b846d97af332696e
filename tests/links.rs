//! No page of any fixture site, nor of the repository's own, has a link that leads nowhere.

#![expect(clippy::disallowed_methods, reason = "the test lists the fixture sites")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::fs;
use std::path::{Path, PathBuf};

use dateline::links::Collected;
use dateline::pipeline::{Options, Pipeline};

fn sites() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = fs::read_dir(root.join("tests/sites")).unwrap().map(|entry| entry.unwrap().path());
    let sound = fixtures.filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with("bad-"));
    let mut sites: Vec<PathBuf> = sound.chain([root.to_owned()]).collect();
    sites.sort();
    sites
}

#[test]
fn every_internal_link_leads_somewhere() {
    let mut faults = Vec::new();
    for root in sites() {
        let mut pipeline =
            Pipeline::new(&root, &root.join("site.toml"), Options::new(jiff::civil::date(2030, 1, 1)));
        let site = pipeline.build().site.unwrap_or_else(|| panic!("{} has errors", root.display()));
        let links = Collected::default();
        site.render_all(|output| {
            links.note(&output);
            Ok(())
        })
        .unwrap();
        let found = links.faults(&site.config, &|_| None);
        faults.extend(
            found.into_iter().map(|fault| format!("{}: {}: {}", root.display(), fault.file, fault.message)),
        );
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
