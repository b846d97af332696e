//! Views of a small dossier: every page links to the evidence, and words stay words.

use super::sample::{Sample, sample};
use super::{Subject, View, view};
use crate::page::plan;
use crate::render::{Body, Shared, render};
use crate::theme::Theme;

/// All pages of the sample, by path.
fn pages(sample: &Sample) -> Vec<(String, String)> {
    let scope = sample.scope();
    let (theme, faults) = Theme::load(&[], &sample.config.words);
    let theme = theme.unwrap_or_else(|| panic!("{faults:#?}"));
    let shared = Shared::new(&scope);
    let (pages, faults) = plan(scope.config, scope.articles, scope.pages, scope.dossier);
    assert!(faults.is_empty(), "{faults:#?}");
    let render = |page| {
        let output = render(&theme, &scope, &shared, page).unwrap_or_else(|fault| panic!("{fault:#?}"));
        let Body::Bytes(bytes) = output.body else { panic!("pages are made by the program") };
        (output.path, String::from_utf8(bytes).expect("pages are UTF-8"))
    };
    pages.iter().map(render).collect()
}

fn page(sample: &Sample, path: &str) -> String {
    let found = pages(sample).into_iter().find(|(known, _)| known == path);
    found.unwrap_or_else(|| panic!("there is no {path}")).1
}

#[test]
fn facts_are_marked_and_linked_in_the_words_of_the_article() {
    let html = page(&sample(), "articles/siege/index.html");
    assert!(html.contains(r#"<article data-article="siege">"#));
    assert!(html.contains(
        r#"<a class="fact fact-killed" data-attack="2004-beslan" href="../../attacks/2004-beslan/">334 people were dead</a>"#
    ));
    assert!(html.contains(
        r#"data-quote data-speaker="mara-lindqvist" href="../../experts/mara-lindqvist/">That is still true"#
    ));
    assert!(html.contains(r#"<p id="p4">"#), "a subhead does not count as a paragraph");
}

#[test]
fn words_of_a_source_are_never_markup() {
    let html = page(&sample(), "articles/siege/index.html");
    assert!(html.contains("&amp; injured"));
    assert!(html.contains("&lt;among them children&gt;"));
}

#[test]
fn no_link_stands_in_another() {
    for (path, html) in pages(&sample()) {
        let mut open = false;
        for tag in html.split('<').skip(1) {
            if tag.starts_with("a ") || tag.starts_with("a>") {
                assert!(!open, "{path}: {tag}");
                open = true;
            } else if tag.starts_with("/a>") {
                open = false;
            }
        }
    }
}

#[test]
fn the_timeline_leads_to_the_paragraph() {
    let sample = sample();
    let timeline = page(&sample, "timeline/index.html");
    assert!(timeline.contains(r#"data-attack="2004-beslan""#));
    assert!(timeline.contains("<q>last spring</q>"), "undated attacks stand with the article's words");
    let attack = page(&sample, "attacks/2004-beslan/index.html");
    assert!(attack.contains(r#"href="../../articles/siege/#p1""#));
    assert!(attack.contains("Three days in September"), "the editor's summary");
    assert!(
        attack.contains(r#"<a href="../../about/">About</a>"#),
        "links in a record are relative to the page"
    );
}

#[test]
fn an_attack_shows_who_says_what() {
    let sample = sample();
    let scope = sample.scope();
    let (_, View::Attack(attack)) = view(&scope, &Subject::Attack(3), "/attacks/2024-kerman/") else {
        panic!()
    };
    let killed = attack.figures.iter().find(|figure| figure.field == "killed").expect("two articles say it");
    let claims: Vec<(Option<&str>, Option<&str>, &str)> = killed
        .claims
        .iter()
        .map(|claim| {
            let said = &claim.said[0];
            (claim.value.as_deref(), said.words, said.articles[0].href.as_str())
        })
        .collect();
    assert_eq!(
        claims,
        [
            (Some("94"), Some("94 people"), "../../articles/kerman/#p1"),
            (Some("90 or more"), Some("at least 90 people"), "../../articles/siege/#p4")
        ]
    );
}

/// What the articles that give a number of killed for the last attack are called.
fn voices(sample: &Sample) -> Vec<String> {
    let (_, View::Attack(attack)) = view(&sample.scope(), &Subject::Attack(3), "/attacks/2024-kerman/")
    else {
        panic!()
    };
    let killed = attack.figures.into_iter().find(|figure| figure.field == "killed").expect("they say it");
    let said = killed.claims.into_iter().flat_map(|claim| claim.said);
    said.flat_map(|said| said.articles).map(|voice| voice.name).collect()
}

#[test]
fn voices_of_one_outlet_are_told_apart() {
    let mut sample = sample();
    assert_eq!(voices(&sample), ["Wire", "The Invented Courier"]);
    document_of(&mut sample).meta.source = Some("Wire".to_owned());
    assert_eq!(voices(&sample), ["Wire", "Wire"], "their days tell them apart");
    document_of(&mut sample).meta.published = Some("2024-01-05".parse().expect("a day"));
    let headlines = ["Wire: Kerman toll rises", "Wire: Twenty years on, the lessons of a siege are…"];
    assert_eq!(voices(&sample), headlines);
    document_of(&mut sample).title = "Kerman toll rises".to_owned();
    assert_eq!(voices(&sample), ["Wire: Kerman toll rises (1)", "Wire: Kerman toll rises (2)"]);
}

/// The document of the last article, to be changed.
fn document_of(sample: &mut Sample) -> &mut crate::document::Document {
    std::sync::Arc::make_mut(&mut sample.articles[2].document)
}

#[test]
fn two_experts_of_one_name_are_told_apart_by_where_they_work() {
    let mut sample = sample();
    let facts = std::sync::Arc::make_mut(&mut sample.articles[2].facts);
    facts.attacks[0].main = true;
    let page_of = |sample: &Sample| page(sample, "attacks/2004-beslan/index.html");
    assert!(!page_of(&sample).contains("Mara Lindqvist</a> ("), "there is one of the name");
    let facts = std::sync::Arc::make_mut(&mut sample.articles[2].facts);
    facts.people.push(facts.people[0].clone());
    facts.quotes[1].speaker = Some(1);
    let people = std::sync::Arc::make_mut(&mut sample.dossier.people);
    let mut other = people[0].clone();
    other.slug = "mara-lindqvist-2".to_owned();
    other.affiliations[0].affiliation = Some("Norrby Police".to_owned());
    people.push(other);
    std::sync::Arc::make_mut(&mut sample.dossier.person_of)[2].push(Some(1));
    let html = page_of(&sample);
    for told in ["Mara Lindqvist</a> (University of Northport)", "Mara Lindqvist</a> (Norrby Police)"] {
        assert!(html.contains(told), "{told}: {html}");
    }
}

#[test]
fn a_badge_carries_its_sentence_without_script() {
    let html = page(&sample(), "attacks/2024-kerman/index.html");
    let badge = r#"<button class="badge badge-extracted">machine-read<span> Read by the program from two articles, not yet confirmed</span></button>"#;
    assert!(html.contains(badge));
}

#[test]
fn a_value_that_an_editor_changed_says_what_was_read() {
    let mut sample = sample();
    let change = |field, read: Option<&str>, now: Option<&str>| crate::dossier::Change {
        field,
        read: read.map(str::to_owned),
        now: now.map(str::to_owned),
    };
    sample.dossier.attacks[0].changed = vec![
        change("killed", Some("at least 330"), Some("334")),
        change("injured", Some("at least 701"), None),
        change("perpetrator", Some("Somebody (blamed)"), None),
    ];
    sample.dossier.attacks[0].injured = None;
    let html = page(&sample, "attacks/2004-beslan/index.html");
    assert!(html.contains("334 <span class=\"was\">read as 330 or more</span>"), "{html}");
    assert!(html.contains("by an editor"), "what was taken out is told");
    assert!(!html.contains("Somebody") && !html.contains("701 or more"), "and is not repeated");
    let article = page(&sample, "articles/siege/index.html");
    assert!(!article.contains("fact-injured\" data-attack=\"2004-beslan\""), "no mark leads to it");
}

#[test]
fn corrections_stand_on_the_page_of_what_they_are_about() {
    let mut sample = sample();
    let correction = crate::records::Correction {
        date: "2024-05-01".parse().expect("a day"),
        text: "The year was wrong.".to_owned(),
    };
    sample.dossier.corrections = vec![(correction, crate::dossier::About::Person(0))];
    let html = page(&sample, "experts/mara-lindqvist/index.html");
    assert!(html.contains(r#"<p id="corrected-2024-05-01"><a href="../../corrections/#2024-05-01" data-at="corrections/#2024-05-01">"#));
    let all = page(&sample, "corrections/index.html");
    assert!(all.contains(r#"<a href="../experts/mara-lindqvist/">Mara Lindqvist</a>"#), "{all}");
}

#[test]
fn quotations_stand_byte_for_byte_on_the_page_of_the_expert() {
    let html = page(&sample(), "experts/mara-lindqvist/index.html");
    assert!(html.contains(
        r#"<blockquote data-quote data-speaker="mara-lindqvist" dir="auto">That is still true in many places.</blockquote>"#
    ));
    assert!(html.contains(r#"href="../../articles/siege/#p3""#));
    assert!(page(&sample(), "experts/index.html").contains(r#"<li data-expert="mara-lindqvist" "#));
}

#[test]
fn a_mark_is_left_out_inside_a_link_of_the_article() {
    let mut sample = sample();
    let document = std::sync::Arc::make_mut(&mut sample.articles[1].document);
    let span = document.blocks[0].span;
    document.blocks[0].pieces = vec![
        crate::document::Piece::Html("<p id=\"p1\"><a href=\"https://example.org/\">".to_owned()),
        crate::document::Piece::Text(span),
        crate::document::Piece::Html("</a></p>".to_owned()),
    ];
    let html = page(&sample, "articles/kerman/index.html");
    assert!(html.contains("<a href=\"https://example.org/\">The bombs at Kerman on 3 January 2024 killed"));
}

#[test]
fn an_empty_site_says_what_would_fill_it() {
    let mut sample = sample();
    sample.articles.clear();
    sample.pages.clear();
    sample.dossier = crate::dossier::Dossier::default();
    for (path, words) in [
        ("index.html", "No article here yet"),
        ("timeline/index.html", "No attack here yet"),
        ("experts/index.html", "No expert here yet"),
        ("corrections/index.html", "No correction here yet"),
        ("articles/index.html", "No article here yet"),
    ] {
        assert!(page(&sample, path).contains(words), "{path}");
    }
}

#[test]
fn no_page_asks_another_host_or_runs_inline_script() {
    for (path, html) in pages(&sample()) {
        assert!(
            !html.contains("<script>") && !html.contains("<style") && !html.contains(" style="),
            "{path}"
        );
        for address in html.split("src=\"").skip(1) {
            assert!(!address.starts_with("http"), "{path}: {address:.40}");
        }
    }
}

#[test]
fn the_page_for_what_is_not_there_works_at_any_depth() {
    let html = page(&sample(), "404.html");
    assert!(html.contains("href=\"/dossier/style.css\""));
    assert!(html.contains("href=\"/dossier/timeline/\""));
}

#[test]
fn a_list_goes_on_on_the_next_page() {
    let mut sample = sample();
    sample.config.lists.articles_per_page = 2;
    sample.config.lists.attacks_per_page = 4;
    assert!(page(&sample, "articles/page/2/index.html").contains("Investigators confirm"));
    assert!(page(&sample, "timeline/page/2/index.html").contains("Attack on a market"));
    assert!(page(&sample, "articles/index.html").contains(r#"<a rel="next" href="../articles/page/2/">"#));
}

#[test]
fn every_field_is_documented_for_authors_of_templates() {
    let sample = sample();
    let scope = sample.scope();
    let documented = include_str!("../../docs/templates.md");
    let (pages, _) = plan(scope.config, scope.articles, scope.pages, scope.dossier);
    let mut missing = std::collections::BTreeSet::new();
    for page in &pages {
        let (meta, view) = view(&scope, &page.subject, &page.path);
        for value in [serde_json::to_value(&meta), serde_json::to_value(&view)] {
            keys(&value.expect("views are plain data"), &mut |key| {
                if !documented.contains(&format!("`{key}`")) {
                    missing.insert(key.to_owned());
                }
            });
        }
    }
    assert!(missing.is_empty(), "not in docs/templates.md: {missing:?}");
}

/// Every key in `value`, at any depth.
fn keys(value: &serde_json::Value, told: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| {
            told(key);
            keys(value, told);
        }),
        serde_json::Value::Array(values) => values.iter().for_each(|value| keys(value, told)),
        _ => {}
    }
}

#[test]
fn links_of_an_attack_are_written_out_on_paper() {
    let html = page(&sample(), "attacks/2024-kerman/index.html");
    assert!(
        html.contains(r##"<a href="../../articles/kerman/#p1" data-at="articles/kerman/#p1">"##),
        "{html}"
    );
    let timeline = page(&sample(), "timeline/index.html");
    let sources = r##"<a href="../articles/kerman/#p1" data-at="articles/kerman/#p1">2 sources</a>"##;
    assert!(timeline.contains(sources), "{timeline}");
    let (_, main) = html.split_once("<main").expect("a page has a main part");
    let (main, _) = main.split_once("</main>").expect("that ends");
    let mut entry = false;
    for tag in main.split('<') {
        // What a list's entry leads to is written out below the entry.
        entry = (entry || tag.starts_with("li data-")) && !tag.starts_with("/li");
        if tag.starts_with("a href=\"..") {
            assert!(entry || tag.contains("data-at="), "{tag}");
        }
    }
}

#[test]
fn links_of_the_same_words_are_told_apart_by_those_who_hear_them() {
    for path in ["attacks/2024-kerman/index.html", "experts/mara-lindqvist/index.html"] {
        let html = page(&sample(), path);
        let mut heard: Vec<&str> = html.split("The paragraph").skip(1).collect();
        assert!(!heard.is_empty(), "{path}");
        for words in &mut heard {
            *words = words.split_once("</a>").expect("a link ends").0;
            assert!(words.starts_with(r#"<span class="hidden">: "#), "{path}: {words}");
        }
        let count = heard.len();
        heard.sort_unstable();
        heard.dedup();
        assert_eq!(heard.len(), count, "{path}: {heard:?}");
    }
}

#[test]
fn a_list_that_waits_for_an_editor_says_so() {
    let mut sample = sample();
    sample.config.facts.publish = crate::config::Publish::Confirmed;
    sample.dossier.attacks.clear();
    std::sync::Arc::make_mut(&mut sample.dossier.people).clear();
    sample.articles.clear();
    for path in ["index.html", "timeline/index.html"] {
        assert!(page(&sample, path).contains("only what an editor has confirmed or corrected"), "{path}");
    }
    assert!(page(&sample, "experts/index.html").contains("only whom an editor has confirmed"));
}

#[test]
fn attacks_without_a_date_are_found_last() {
    let sample = sample();
    let scope = sample.scope();
    let found = scope.catalogue().search_records();
    let dated = |path: &str| {
        let id = path.trim_start_matches("attacks/").trim_end_matches('/');
        sample.dossier.attacks.iter().find(|it| it.id == id).map(|it| it.date.is_some())
    };
    let dated: Vec<bool> = found.iter().filter_map(|it| dated(&it.path)).collect();
    assert!(dated.contains(&false) && dated.is_sorted_by(|one, next| one >= next), "{dated:?}");
}
