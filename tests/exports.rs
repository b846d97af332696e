//! Feeds, sitemap and data files, read back by libraries that other people's programs use.

#![expect(clippy::disallowed_methods, reason = "the test writes a site and reads files")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeMap;
use std::fs;
use std::sync::Mutex;

use dateline::pipeline::{Options, Pipeline};
use dateline::render::Body;

/// The files that the program makes for a fixture site.
fn files_of(site: &str) -> BTreeMap<String, Vec<u8>> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(site);
    built(&root)
}

/// The files that the program makes for a site of one article whose headline would break careless XML and JSON.
fn files() -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("content/articles")).unwrap();
    fs::write(root.join("site.toml"), "title = \"Peace & <quiet>\"\nbase_url = \"https://example.org/a/\"\n")
        .unwrap();
    let text = "Title: \"Lorne\" & <script>alert(1)</script>\nDate: 2011-05-06\n\n\
        A bomb exploded at the market in Port Lorne on 4 May 2011, killing at least 12 people.\n\n\
        “Nobody had read the file,” said Agnes Aldersen, a senior fellow at the Marlow Institute.\n";
    fs::write(root.join("content/articles/lorne.txt"), text).unwrap();
    built(root)
}

fn built(root: &std::path::Path) -> BTreeMap<String, Vec<u8>> {
    let mut pipeline =
        Pipeline::new(root, &root.join("site.toml"), Options::new(jiff::civil::date(2030, 1, 1)));
    let files = Mutex::new(BTreeMap::new());
    let site = pipeline.build().site.unwrap();
    let told = site.render_all(|output| {
        if let Body::Bytes(bytes) = output.body {
            files.lock().unwrap().insert(output.path, bytes);
        }
        Ok(())
    });
    assert!(told.unwrap().is_empty());
    files.into_inner().unwrap()
}

#[test]
fn a_feed_reader_understands_the_corrections() {
    let files = files_of("sources-and-corrections");
    let feed = feed_rs::parser::parse(&files["corrections.xml"][..]).unwrap();
    let told: Vec<(String, String)> =
        feed.entries.iter().map(|entry| (entry.id.clone(), entry.summary.clone().unwrap().content)).collect();
    assert_eq!(told.len(), 5);
    assert!(told[0].0.starts_with("https://example.org/ferry/"), "{told:?}");
    assert!(told.iter().any(|(_, text)| text.contains("The <market> of Port Lorne & the ferry")), "{told:?}");
    assert_eq!(feed.updated.unwrap().to_rfc3339(), "2019-01-20T00:00:00+00:00");
    let ids: std::collections::BTreeSet<&String> = told.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), 5, "each entry has an id of its own: {told:?}");
    for id in ids {
        let (page, anchor) = id.split_once('#').unwrap();
        let path = page.strip_prefix("https://example.org/ferry/").unwrap();
        let html = String::from_utf8(files[&format!("{path}index.html")].clone()).unwrap();
        assert!(html.contains(&format!("id=\"{anchor}\"")), "{id} leads to the correction itself");
    }
}

#[test]
fn a_site_without_corrections_has_a_feed_that_says_so() {
    let feed = feed_rs::parser::parse(&files()["corrections.xml"][..]).unwrap();
    assert!(feed.entries.is_empty() && feed.updated.is_some());
}

#[test]
fn the_data_files_say_what_an_editor_decided() {
    let files = files_of("sources-and-corrections");
    let attacks: serde_json::Value = serde_json::from_slice(&files["data/attacks.json"]).unwrap();
    let attack = attacks.as_array().unwrap().iter().find(|it| it["id"] == "2018-port-lorne").unwrap();
    assert_eq!(attack["checked"], "corrected");
    let killed = attack["changed"].as_array().unwrap().iter().find(|it| it["field"] == "killed").unwrap();
    assert_eq!((&killed["read"], &killed["now"]), (&"3-5".into(), &"4".into()));
    let sources = attack["sources"].as_array().unwrap();
    let of = |outlet: &str| sources.iter().find(|source| source["outlet"] == outlet).unwrap();
    assert_eq!(of("Example Courier")["copy_of"], "ferry-agency");
    assert_eq!(of("Example Agency")["original"], "https://example.org/agency/ferry-office");
    assert_eq!(of("Example Coroner")["killed"]["min"], 4);
    assert!(
        sources.iter().all(|source| source["injured"].is_null()),
        "what was taken out is in no data file"
    );
    assert_eq!(attack["corrections"].as_array().unwrap().len(), 3);
    let experts: serde_json::Value = serde_json::from_slice(&files["data/experts.json"]).unwrap();
    assert_eq!(experts[0]["changed"][0]["now"], "director of studies");
    assert_eq!(experts[0]["sources"][0]["url"], serde_json::Value::Null);
    assert_eq!(experts[0]["sources"][0]["original"], "https://example.org/marlow/staff");
}

#[test]
fn a_feed_reader_understands_the_feed() {
    let feed = feed_rs::parser::parse(&files()["feed.xml"][..]).unwrap();
    assert_eq!(feed.title.unwrap().content, "Peace & <quiet>");
    assert_eq!(feed.entries.len(), 1);
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_ref().unwrap().content, "\"Lorne\" & <script>alert(1)</script>");
    assert_eq!(entry.links[0].href, "https://example.org/a/articles/lorne/");
    assert_eq!(entry.published.unwrap().to_rfc3339(), "2011-05-06T00:00:00+00:00");
}

#[test]
fn every_address_of_the_sitemap_is_a_page() {
    let files = files();
    let mut reader = quick_xml::Reader::from_reader(&files["sitemap.xml"][..]);
    let mut buffer = Vec::new();
    let (mut inside, mut addresses) = (false, Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).unwrap() {
            quick_xml::events::Event::Start(tag) => inside = tag.name().as_ref() == "loc",
            quick_xml::events::Event::Text(text) if inside => {
                addresses.push(text.to_string());
                inside = false;
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    assert!(
        addresses.contains(&"https://example.org/a/attacks/2011-port-lorne/".to_owned()),
        "{addresses:?}"
    );
    for address in addresses {
        let path = address.strip_prefix("https://example.org/a/").unwrap();
        assert!(files.contains_key(&format!("{path}index.html")), "{address} is no page");
    }
}

#[test]
fn the_data_files_say_what_the_article_says() {
    let files = files();
    let attacks: serde_json::Value = serde_json::from_slice(&files["data/attacks.json"]).unwrap();
    let attack = &attacks[0];
    assert_eq!(attack["id"], "2011-port-lorne");
    assert_eq!(attack["date"], "2011-05-04");
    assert_eq!((&attack["killed"]["min"], &attack["killed"]["max"]), (&12.into(), &serde_json::Value::Null));
    let evidence = &attack["sources"][0]["evidence"][0];
    assert_eq!(evidence["url"], "https://example.org/a/articles/lorne/#p1");
    let read: Vec<_> =
        evidence["read"].as_array().unwrap().iter().map(|it| (&it["field"], &it["text"])).collect();
    assert!(read.contains(&(&"date".into(), &"4 May 2011".into())), "{read:?}");
    let experts: serde_json::Value = serde_json::from_slice(&files["data/experts.json"]).unwrap();
    assert_eq!(experts[0]["quotes"][0]["text"], "Nobody had read the file,");
    assert_eq!(experts[0]["affiliations"][0]["affiliation"], "Marlow Institute");
}
