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

#[test]
fn no_file_of_the_author_may_stand_where_an_export_is_written() {
    for site in ["editors-desk", "sources-and-corrections", "undated"] {
        let made =
            files_of(site).into_keys().filter(|path| !path.ends_with(".html") && !path.ends_with(".css"));
        let free: Vec<String> = made.filter(|path| !dateline::exports::is_export(path)).collect();
        assert!(free.is_empty(), "{site}: a copied file could take the place of {free:?}");
    }
    for free in
        ["robots.txt", "data/attacks.xlsx", "data/annotations-old.json", "experts/feed.xml", "style.css"]
    {
        assert!(!dateline::exports::is_export(free), "{free}");
    }
}

/// The files that the program makes for a site of these files, which has no day to give to its articles and attacks.
fn vague_files() -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for inner in ["content/articles", "content/attacks"] {
        fs::create_dir_all(root.join(inner)).unwrap();
    }
    let files = [
        (
            "site.toml",
            "title = \"Vague\"\nbase_url = \"https://example.org/\"\n[data]\nlicence = \"CC BY 4.0\"\n",
        ),
        ("content/articles/june.md", "+++\ntitle = \"June\"\ndate = \"2021-06\"\n+++\nThe ferry ran.\n"),
        (
            "content/articles/mended.md",
            "+++\ntitle = \"Mended\"\ndate = \"2021-05\"\nupdated = \"2021-07-02\"\nlanguage = \"ar\"\n+++\nThe ferry ran.\n",
        ),
        (
            "content/attacks/rome.md",
            "+++\ntitle = \"Murder in Rome\"\ndate = \"-0043-03-15\"\nkind = \"assassination\"\n+++\n",
        ),
        ("content/attacks/later.md", "+++\ntitle = \"Fire\"\ndate = \"199X\"\nkind = \"arson\"\n+++\n"),
    ];
    files.iter().for_each(|(path, text)| fs::write(root.join(path), text).unwrap());
    built(root)
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).unwrap()
}

#[test]
fn no_day_is_made_up_where_a_source_gives_a_month() {
    let files = vague_files();
    let atom = feed_rs::parser::parse(&files["feed.xml"][..]).unwrap();
    let [entry] = &atom.entries[..] else { panic!("only what has a day has a place in a feed: {atom:?}") };
    assert_eq!(entry.title.as_ref().unwrap().content, "Mended");
    assert_eq!(
        (entry.published, entry.updated.unwrap().to_rfc3339()),
        (None, "2021-07-02T00:00:00+00:00".to_owned())
    );
    assert!(text(&files, "feed.xml").contains("<entry xml:lang=\"ar\">"));
    let feed: serde_json::Value = serde_json::from_slice(&files["feed.json"]).unwrap();
    let item = &feed["items"][0];
    assert_eq!((&item["date_published"], &item["language"]), (&serde_json::Value::Null, &"ar".into()));
    let sitemap = text(&files, "sitemap.xml");
    assert!(
        sitemap.contains("<loc>https://example.org/articles/june/</loc><lastmod>2021-06</lastmod>"),
        "{sitemap}"
    );
}

#[test]
fn a_year_before_the_first_is_said_in_words_alone() {
    let files = vague_files();
    let timeline = text(&files, "timeline/index.html");
    assert!(timeline.contains("<h2 id=\"year-44-bc\">44 BC</h2>"), "{timeline}");
    assert!(timeline.contains("15 March 44 BC"));
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let odd = pages.filter(|(_, bytes)| std::str::from_utf8(bytes).unwrap().contains("datetime=\"-"));
    assert_eq!(odd.count(), 0, "HTML has no such date");
}

#[test]
fn a_calendar_without_entries_has_a_component() {
    let files = vague_files();
    let calendar = icalendar::parser::unfold(text(&files, "data/attacks.ics"));
    let components = icalendar::parser::read_calendar(&calendar).unwrap().components;
    assert_eq!(components.len(), 1, "RFC 5545, 3.6: at least one");
}

#[test]
fn a_data_package_names_its_licence() {
    let package: serde_json::Value = serde_json::from_slice(&vague_files()["data/datapackage.json"]).unwrap();
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
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

#[test]
fn a_calendar_program_understands_the_calendar() {
    use icalendar::{Component, DatePerhapsTime};
    let files = files();
    let text = String::from_utf8(files["data/attacks.ics"].clone()).unwrap();
    let calendar: icalendar::Calendar = text.parse().unwrap();
    let events: Vec<_> = calendar.events().collect();
    assert_eq!(events.len(), 1);
    let day = |date: Option<DatePerhapsTime>| match date {
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        other => panic!("an attack has a day and no hour: {other:?}"),
    };
    assert_eq!(day(events[0].get_start()), "2011-05-04");
    assert_eq!(day(events[0].get_end()), "2011-05-05", "the end is the day after");
    assert_eq!(events[0].get_uid(), Some("2011-port-lorne@example.org"));
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
}

#[test]
fn an_attack_without_a_day_is_in_no_calendar() {
    let files = files_of("undated");
    let text = String::from_utf8(files["data/attacks.ics"].clone()).unwrap();
    let attacks: serde_json::Value = serde_json::from_slice(&files["data/attacks.json"]).unwrap();
    let days =
        attacks.as_array().unwrap().iter().filter(|it| it["date"].as_str().is_some_and(|it| it.len() == 10));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), days.count());
    assert!(attacks.as_array().unwrap().iter().any(|it| it["date"].is_null()));
}

#[test]
fn a_map_program_understands_the_places() {
    let files = files_of("editors-desk");
    let text = String::from_utf8(files["data/attacks.geojson"].clone()).unwrap();
    let places = geojson::FeatureCollection::try_from(text.parse::<geojson::GeoJson>().unwrap()).unwrap();
    let attacks: serde_json::Value = serde_json::from_slice(&files["data/attacks.json"]).unwrap();
    let placed = attacks.as_array().unwrap().iter().filter(|it| !it["place"]["latitude"].is_null());
    let placed: Vec<_> = placed.collect();
    assert!(!placed.is_empty());
    assert_eq!(places.features.len(), placed.len());
    for (feature, attack) in places.features.iter().zip(placed) {
        let point = serde_json::to_value(feature.geometry.as_ref().unwrap()).unwrap();
        let expected = serde_json::json!([attack["place"]["longitude"], attack["place"]["latitude"]]);
        assert_eq!(point["coordinates"], expected, "east comes first");
        assert_eq!(feature.property("url").unwrap(), &attack["url"]);
    }
}

#[test]
fn tables_have_the_columns_that_the_data_package_tells_of() {
    let files = files_of("sources-and-corrections");
    let package: serde_json::Value = serde_json::from_slice(&files["data/datapackage.json"]).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let made = files.keys().filter(|path| path.starts_with("data/") && !path.ends_with(".html"));
    assert_eq!(resources.len() + 1, made.count(), "every file but the package itself is told of");
    let mut tables = 0;
    for resource in resources {
        let bytes = &files[&format!("data/{}", resource["path"].as_str().unwrap())];
        assert_eq!(resource["bytes"], bytes.len());
        let Some(fields) = resource["schema"]["fields"].as_array() else { continue };
        let mut table = csv::Reader::from_reader(&bytes[..]);
        let names: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
        let told: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names, told, "{}", resource["path"]);
        let about = |field: &serde_json::Value| !field["description"].as_str().unwrap().is_empty();
        assert!(fields.iter().all(about), "{fields:?}");
        for row in table.records() {
            for (cell, field) in row.unwrap().iter().zip(fields).filter(|(cell, _)| !cell.is_empty()) {
                let fits = match field["type"].as_str().unwrap() {
                    "integer" => cell.parse::<u64>().is_ok(),
                    "number" => cell.parse::<f64>().is_ok(),
                    _ => true,
                };
                assert!(fits, "{cell} in {}", field["name"]);
            }
        }
        tables += 1;
    }
    assert_eq!(tables, 3);
    // In the language of the site.
    let german: serde_json::Value =
        serde_json::from_slice(&files_of("german")["data/datapackage.json"]).unwrap();
    let quotes = german["resources"].as_array().unwrap().iter().find(|it| it["name"] == "quotes").unwrap();
    assert_eq!(quotes["schema"]["fields"][2]["description"], "Die Worte, wie die Quelle sie hat");
}

#[test]
fn a_headline_is_no_formula_in_a_spreadsheet() {
    let files = files_of("hostile");
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".csv")) {
        for row in csv::Reader::from_reader(&bytes[..]).records() {
            for cell in &row.unwrap() {
                let formula =
                    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
                assert!(!formula, "{path}: {cell}");
            }
        }
    }
}

#[test]
fn timeline_js_gets_its_columns_and_no_markup_of_a_source() {
    let files = files();
    let timeline: serde_json::Value = serde_json::from_slice(&files["data/timeline.json"]).unwrap();
    let event = &timeline["events"][0];
    assert_eq!(event["start_date"], serde_json::json!({ "year": 2011, "month": 5, "day": 4 }));
    assert_eq!(event["display_date"], "4 May 2011");
    assert_eq!(timeline["title"]["text"]["headline"], "Peace &amp; &lt;quiet&gt;");
    let mut table = csv::Reader::from_reader(&files["data/timeline.csv"][..]);
    let names: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(&names[..3], ["Year", "Month", "Day"]);
    let row = table.records().next().unwrap().unwrap();
    assert_eq!([&row[0], &row[1], &row[2], &row[8]], ["2011", "5", "4", "4 May 2011"]);
}

#[test]
fn each_sentence_that_was_read_is_an_annotation_of_its_paragraph() {
    let files = files();
    let notes: serde_json::Value = serde_json::from_slice(&files["data/annotations.json"]).unwrap();
    assert_eq!(notes["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = notes["first"]["items"].as_array().unwrap();
    assert_eq!(notes["total"], items.len());
    let note = &items[0];
    assert_eq!(note["target"]["source"], "https://example.org/a/articles/lorne/");
    let selector = &note["target"]["selector"];
    assert_eq!((&selector["type"], &selector["value"]), (&"FragmentSelector".into(), &"p1".into()));
    let exact = selector["refinedBy"]["exact"].as_str().unwrap();
    assert_eq!(
        exact,
        "A bomb exploded at the market in Port Lorne on 4 May 2011, killing at least 12 people."
    );
    assert_eq!(note["body"][0]["source"], "https://example.org/a/attacks/2011-port-lorne/");
    let tags: Vec<&str> =
        note["body"].as_array().unwrap().iter().filter_map(|it| it["value"].as_str()).collect();
    assert!(tags.contains(&"killed") && tags.contains(&"date"), "{tags:?}");
}

#[test]
fn a_json_feed_says_what_the_atom_feed_says() {
    let files = files();
    let feed: serde_json::Value = serde_json::from_slice(&files["feed.json"]).unwrap();
    let atom = feed_rs::parser::parse(&files["feed.xml"][..]).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/a/feed.json");
    let item = &feed["items"][0];
    assert_eq!(item["title"], "\"Lorne\" & <script>alert(1)</script>");
    assert_eq!(item["id"], *atom.entries[0].id);
    assert_eq!(feed_rs::parser::parse(&files["feed.json"][..]).unwrap().entries.len(), atom.entries.len());
}

#[test]
fn an_expert_has_a_feed_of_what_they_said() {
    let feed = feed_rs::parser::parse(&files()["experts/agnes-aldersen/feed.xml"][..]).unwrap();
    assert_eq!(feed.entries.len(), 1);
    let entry = &feed.entries[0];
    assert_eq!(entry.summary.as_ref().unwrap().content, "“Nobody had read the file,”");
    assert_eq!(entry.links[0].href, "https://example.org/a/articles/lorne/#p2");
}

/// The JSON-LD of a page.
fn json_ld(html: &[u8]) -> serde_json::Value {
    let html = std::str::from_utf8(html).unwrap();
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn pages_say_what_they_are_in_the_words_of_schema_org() {
    let files = files();
    let article = json_ld(&files["articles/lorne/index.html"]);
    assert_eq!(article["@type"], "NewsArticle");
    assert_eq!(article["headline"], "\"Lorne\" & <script>alert(1)</script>");
    assert_eq!(article["datePublished"], "2011-05-06");
    let attack = json_ld(&files["attacks/2011-port-lorne/index.html"]);
    assert_eq!((&attack["@type"], &attack["startDate"]), (&"Event".into(), &"2011-05-04".into()));
    assert_eq!(article["about"][0]["@id"], attack["@id"]);
    let expert = json_ld(&files["experts/agnes-aldersen/index.html"]);
    let [person, quotation] = &expert["@graph"].as_array().unwrap()[..] else { panic!("{expert}") };
    assert_eq!((&person["@type"], &person["jobTitle"]), (&"Person".into(), &"senior fellow".into()));
    assert_eq!(quotation["@type"], "Quotation");
    assert_eq!(quotation["spokenByCharacter"]["@id"], person["@id"]);
}

#[test]
fn what_did_not_happen_is_told_as_such_and_in_no_calendar() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("content/articles")).unwrap();
    let settings = "title = \"Plots\"\nbase_url = \"https://example.org/\"\n";
    fs::write(root.join("site.toml"), settings).unwrap();
    let plot = "Title: Court hears of plot\nDate: 2019-06-08\n\nPolice foiled a bomb attack on a market in Leeds on 3 May 2019, a court heard.\n";
    fs::write(root.join("content/articles/plot.txt"), plot).unwrap();

    let files = built(root);
    let attacks: serde_json::Value = serde_json::from_slice(&files["data/attacks.json"]).unwrap();
    let attack = &attacks.as_array().unwrap_or_else(|| attacks["attacks"].as_array().unwrap())[0];
    assert_eq!(attack["stage"], "foiled", "{attacks:#}");
    let title = attack["title"].as_str().unwrap();
    assert!(title.ends_with(" (foiled)"), "{title}");
    for path in ["data/attacks.ics", "data/timeline.json", "data/timeline.csv"] {
        assert!(!text(&files, path).contains("Leeds"), "{path}");
    }
    let map = text(&files, "data/attacks.geojson");
    assert!(map.contains("\"stage\":\"foiled\""), "{map}");
    let page = files.iter().find(|(path, _)| path.starts_with("attacks/") && path.ends_with("index.html"));
    let linked = json_ld(page.unwrap().1);
    assert_eq!((&linked["@type"], &linked["startDate"]), (&"Thing".into(), &serde_json::Value::Null));

    // Who wants them on the timeline has them in the calendar, with their word.
    fs::write(root.join("site.toml"), format!("{settings}[timeline]\nshow_unaccomplished = true\n")).unwrap();
    let files = built(root);
    assert!(text(&files, "data/attacks.ics").contains("(foiled)"));
    let timeline = text(&files, "timeline/index.html");
    assert!(timeline.contains("(foiled)</a></h3>") && !timeline.contains(", foiled"), "{timeline}");

    // One with a name has the word beside it, wherever that stands alone.
    let id = attack["id"].as_str().unwrap();
    fs::create_dir_all(root.join("content/attacks")).unwrap();
    fs::write(root.join(format!("content/attacks/{id}.md")), "+++\ntitle = \"Market plot\"\n+++\n").unwrap();
    let files = built(root);
    for path in ["data/attacks.ics", "data/timeline.json", "data/timeline.csv"] {
        assert!(text(&files, path).contains("Market plot (foiled)"), "{path}");
    }
    let page = text(&files, &format!("attacks/{id}/index.html"));
    assert!(page.contains("<title>Market plot (foiled) – ") && page.contains(">Market plot</h1>"), "{page}");
    assert_eq!(json_ld(page.as_bytes())["name"], "Market plot (foiled)");
    assert!(text(&files, "timeline/index.html").contains(", foiled"));
    assert!(text(&files, "search/entries-1.json").contains("United Kingdom · foiled"));
}

#[test]
fn a_correction_is_a_change_of_its_article_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("content/articles")).unwrap();
    fs::write(root.join("site.toml"), "title = \"Bridge\"\nbase_url = \"https://example.org/\"\n").unwrap();
    let article =
        "Title: The bridge\nDate: 2019-06-08\n\nThree people were shot dead in Leeds on 3 May 2019.\n";
    fs::write(root.join("content/articles/bridge.txt"), article).unwrap();
    let correction = "[[correction]]\ndate = 2020-02-03\ntext = \"The day was mistaken.\"\n";
    fs::write(root.join("content/articles/bridge.toml"), correction).unwrap();
    let files = built(root);
    let page = text(&files, "articles/bridge/index.html");
    assert_eq!(json_ld(page.as_bytes())["dateModified"], "2020-02-03");
    assert!(page.contains("updated <time datetime=\"2020-02-03\">"), "{page}");
    assert!(text(&files, "feed.xml").contains("<updated>2020-02-03T00:00:00Z</updated>"));
}
