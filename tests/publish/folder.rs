//! Publishing to a folder.

use std::time::SystemTime;

use crate::sandbox::{BRIDGE, Sandbox, changed, tree};

const ADDRESS: &str = "https://example.org/dossier/";

fn sandbox() -> Sandbox {
    Sandbox::new(&format!(
        "[publish.www]\nbase_url = \"{ADDRESS}\"\n[publish.www.folder]\npath = \"../www\"\n"
    ))
}

#[test]
fn the_folder_holds_the_build_and_nothing_is_done_twice() {
    let sandbox = sandbox();
    sandbox.publish(&["www"]).fine();
    let www = sandbox.path("www");
    assert_eq!(tree(&www), sandbox.built(ADDRESS));
    let times = || -> Vec<SystemTime> {
        let files = walkdir::WalkDir::new(&www).into_iter().map(|entry| entry.unwrap());
        files.map(|entry| entry.metadata().unwrap().modified().unwrap()).collect()
    };
    let before = times();
    let again = sandbox.publish(&[]).fine();
    assert!(again.said.contains("nothing was done"), "{again:?}");
    assert_eq!(times(), before);
}

#[test]
fn after_an_edit_exactly_what_changed_is_uploaded_and_what_is_gone_is_deleted() {
    let sandbox = sandbox();
    sandbox.write_article("bridge.txt", BRIDGE);
    sandbox.publish(&["www"]).fine();
    let before = sandbox.built(ADDRESS);

    sandbox.write_article("bridge.txt", &BRIDGE.replace("nine", "eleven"));
    let after = sandbox.built(ADDRESS);
    let dry = sandbox.publish(&["www", "--dry-run"]).fine();
    assert_eq!(dry.uploads(), changed(&before, &after));
    assert!(dry.plan().iter().all(|(_, reason, _)| reason == "changed"), "{dry:?}");
    assert_eq!(tree(&sandbox.path("www")), before, "a dry run changes nothing");
    sandbox.publish(&["www"]).fine();
    assert_eq!(tree(&sandbox.path("www")), after);

    std::fs::remove_file(sandbox.path("site/content/articles/bridge.txt")).unwrap();
    let dry = sandbox.publish(&["www", "--dry-run"]).fine();
    let deletes: Vec<_> = dry.plan().into_iter().filter(|(act, ..)| act == "delete").collect();
    assert!(deletes.iter().any(|(.., path)| path == "articles/bridge/index.html"), "{deletes:?}");
    sandbox
        .publish(&["www", "--max-deletes", "1"])
        .failed(1, "more than the 1 that one publication may delete");
    assert_eq!(tree(&sandbox.path("www")), after, "nothing was done before it stopped");
    sandbox.publish(&["www"]).fine();
    assert_eq!(tree(&sandbox.path("www")), sandbox.built(ADDRESS));
    assert!(!sandbox.path("www/articles/bridge").exists(), "no empty folder is left");
}

#[test]
fn what_somebody_else_put_there_stops_it_until_it_is_adopted_and_is_never_deleted() {
    let sandbox = sandbox();
    let www = sandbox.path("www");
    std::fs::create_dir(&www).unwrap();
    std::fs::write(www.join("notes.txt"), "mine").unwrap();
    std::fs::write(www.join("index.html"), "mine too").unwrap();
    let stopped = sandbox.publish(&["www"]).failed(1, "holds 2 files and no record that dateline made them");
    assert!(stopped.said.contains("--adopt"));
    assert_eq!(tree(&www).len(), 2, "nothing was done before it stopped");
    sandbox.publish(&["www", "--adopt"]).fine();
    let mut expected = sandbox.built(ADDRESS);
    expected.insert("notes.txt".into(), b"mine".into());
    assert_eq!(tree(&www), expected);

    // Once it is ours, a file that is altered there is put right, and theirs stay.
    std::fs::write(www.join("index.html"), "vandalised").unwrap();
    std::fs::remove_file(www.join("style.css")).unwrap();
    let dry = sandbox.publish(&["www", "--dry-run"]).fine().plan();
    let reasons: Vec<_> = dry.iter().map(|(_, reason, path)| (reason.as_str(), path.as_str())).collect();
    assert_eq!(reasons, [("was gone", "style.css"), ("was altered there", "index.html")]);
    sandbox.publish(&["www"]).fine();
    assert_eq!(tree(&www), expected);
}

#[test]
fn a_killed_publication_is_finished_by_the_next() {
    let sandbox = sandbox();
    for number in 0..30 {
        sandbox.write_article(
            &format!("bridge-{number}.txt"),
            &BRIDGE.replace("Calder", &format!("Calder{number}")),
        );
    }
    // The build is there, so that what is killed is the publication.
    sandbox.publish(&["www", "--dry-run"]).fine();
    let expected = sandbox.built(ADDRESS);
    let www = sandbox.path("www");
    let mut halfway = 0;
    for kill in 0..60 {
        // On a busy machine it may be over before it is killed: then it is tried again.
        if kill >= 6 && halfway > 0 {
            break;
        }
        let _ = std::fs::remove_dir_all(&www);
        let mut child = sandbox
            .prepared(env!("CARGO_BIN_EXE_dateline"))
            .args(["publish", "www", "--yes", "--quiet"])
            .spawn()
            .unwrap();
        // From the moment at which the record says that something is about to come.
        while !www.join(".dateline/published").exists() && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_micros(200));
        }
        std::thread::sleep(std::time::Duration::from_millis(kill % 6 * 4));
        let _ = child.kill();
        child.wait().unwrap();
        let left = tree(&www);
        halfway += usize::from(!left.is_empty() && left.len() < expected.len());
        // A page is there only when the stylesheet and the articles are that it leads to.
        if left.contains_key("index.html") {
            assert!(left.contains_key("style.css"));
        }
        sandbox.publish(&["www"]).fine();
        assert_eq!(tree(&www), expected, "after kill {kill}");
        assert!(sandbox.publish(&["www"]).fine().said.contains("nothing was done"));
    }
    assert!(halfway > 0, "no publication was killed halfway, so nothing was tested");
}

#[test]
fn a_full_disk_is_told_and_the_next_run_finishes() {
    let sandbox = sandbox();
    let www = sandbox.path("www");
    std::fs::create_dir(&www).unwrap();
    sandbox.publish(&["www", "--dry-run"]).fine();
    let expected = sandbox.built(ADDRESS);
    let copy = sandbox.path("copy");
    // A file system of one's own, with room for a part of the site, then for all of it.
    let script = format!(
        "mount -t tmpfs -o size=96k none '{www}' || exit 77
         '{dateline}' publish www --yes; echo \"status $?\"
         mount -o remount,size=32m '{www}' || exit 78
         '{dateline}' publish www --yes; echo \"status $?\"
         cp -r '{www}' '{copy}'",
        www = www.display(),
        dateline = env!("CARGO_BIN_EXE_dateline"),
        copy = copy.display(),
    );
    let answer = sandbox.command("unshare", &["--map-root-user", "--mount", "sh", "-c", &script]);
    if matches!(answer.status, 1 | 77) && !answer.data.contains("status") {
        eprintln!(
            "!! SKIPPED: no file system can be mounted here, so NO FULL DISK WAS TRIED: {}",
            answer.said.trim()
        );
        return;
    }
    assert_eq!(answer.data, "status 1\nstatus 0\n", "{answer:?}");
    assert!(answer.said.contains("cannot write") && answer.said.contains("No space left"), "{answer:?}");
    assert!(answer.said.contains("publishing again finishes it"), "{answer:?}");
    assert_eq!(tree(&copy), expected);
}

#[test]
fn a_folder_of_the_site_is_refused() {
    for path in ["content/www", ".", "static", ".dateline/x", "www/../content", "../site/x/../content"] {
        let sandbox = Sandbox::new(&format!("[publish.www.folder]\npath = \"{path}\"\n"));
        let refused = sandbox.publish(&["www"]);
        assert_eq!(refused.status, 2, "{path}: {refused:?}");
        assert!(refused.said.contains("publish to another"), "{refused:?}");
    }
}

#[test]
fn what_a_shell_would_expand_is_no_folder() {
    for path in ["~/www", "$HOME/www"] {
        let sandbox = Sandbox::new(&format!("[publish.www.folder]\npath = \"{path}\"\n"));
        sandbox.publish(&["www"]).failed(2, "write the whole path");
    }
}

#[test]
fn a_link_that_leads_out_is_not_followed() {
    let sandbox = sandbox();
    sandbox.publish(&["www"]).fine();
    let (www, outside) = (sandbox.path("www"), sandbox.path("outside"));
    std::fs::create_dir(&outside).unwrap();
    std::fs::remove_dir_all(www.join("articles")).unwrap();
    std::os::unix::fs::symlink(&outside, www.join("articles")).unwrap();
    sandbox.publish(&["www"]).failed(1, "leave no room");
    assert_eq!(tree(&outside).len(), 0);
}

#[test]
fn another_site_in_the_folder_stops_it_until_it_is_adopted() {
    let sandbox = sandbox();
    sandbox.write_article("bridge.txt", BRIDGE);
    sandbox.publish(&["www"]).fine();
    let theirs = tree(&sandbox.path("www"));
    let settings = sandbox.path("site/site.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, text.replace(ADDRESS, "https://other.example/")).unwrap();
    std::fs::remove_file(sandbox.path("site/content/articles/bridge.txt")).unwrap();
    let told = sandbox.publish(&["www"]).failed(1, "holds another site");
    assert!(told.said.contains(ADDRESS), "{told:?}");
    assert_eq!(tree(&sandbox.path("www")), theirs, "nothing was done before it stopped");
    sandbox.publish(&["www", "--adopt"]).fine();
    let now = tree(&sandbox.path("www"));
    let ours = sandbox.built("https://other.example/");
    assert!(ours.iter().all(|(path, bytes)| now.get(path) == Some(bytes)));
    let stayed = "articles/bridge/index.html";
    assert_eq!(now.get(stayed), theirs.get(stayed), "what the site does not have stays");
}

#[test]
fn addresses_that_lead_nowhere_are_told() {
    let sandbox = sandbox();
    sandbox.write_article("bridge.txt", BRIDGE);
    sandbox.publish(&["www"]).fine();
    std::fs::remove_file(sandbox.path("site/content/articles/bridge.txt")).unwrap();
    let told = sandbox.publish(&["www"]).fine();
    assert!(told.said.contains("nowhere from now on") && told.said.contains("`/attacks/2021-"), "{told:?}");
}

#[test]
fn the_output_folder_is_no_place_to_publish_to() {
    for path in ["public", "public/inner"] {
        let sandbox = Sandbox::new(&format!("[publish.www.folder]\npath = \"{path}\"\n"));
        sandbox.publish(&["www"]).failed(2, "each `dateline build` would delete");
    }
}

#[test]
fn a_site_without_an_address_is_told() {
    let sandbox = Sandbox::new("[publish.www.folder]\npath = \"../www\"\n");
    let told = sandbox.publish(&["www"]).fine();
    assert!(told.said.contains("the site has no address"), "{told:?}");
}

#[test]
fn rules_of_the_sites_own_stand_before_ours() {
    let sandbox = Sandbox::new(
        "[publish.www]\nbase_url = \"https://example.org/\"\nrules = \"netlify\"\n[publish.www.folder]\npath = \"../www\"\n",
    );
    std::fs::create_dir_all(sandbox.path("site/static")).unwrap();
    std::fs::write(sandbox.path("site/static/_headers"), "/*\n  Content-Security-Policy: default-src 'self'")
        .unwrap();
    sandbox.publish(&["www"]).fine();
    let headers = std::fs::read_to_string(sandbox.path("www/_headers")).unwrap();
    assert!(headers.starts_with("/*\n  Content-Security-Policy: default-src 'self'\n/"), "{headers}");
    assert!(headers.contains("Cache-Control"), "{headers}");
}

#[test]
fn a_site_of_records_that_were_read_elsewhere_can_be_published() {
    let sandbox = sandbox();
    let line = format!("{}\n", serde_json::json!({ "path": "bridge.txt", "text": BRIDGE }));
    std::fs::write(sandbox.path("site/articles.ndjson"), line).unwrap();
    let records = sandbox.dateline(&["extract", "--ndjson", "articles.ndjson"]).fine();
    std::fs::write(sandbox.path("site/records.ndjson"), records.data).unwrap();
    sandbox.dateline(&["check", "--facts", "records.ndjson"]).fine();
    sandbox.publish(&["www", "--facts", "records.ndjson"]).fine();
    assert!(sandbox.path("www/articles/bridge/index.html").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_to_elsewhere() {
    let sandbox = sandbox();
    for folder in ["www", "victim"] {
        std::fs::create_dir(sandbox.path(folder)).unwrap();
    }
    std::os::unix::fs::symlink("../victim", sandbox.path("www/.dateline")).unwrap();
    sandbox.publish(&["www", "--adopt"]).failed(2, "nothing is written through it");
    assert!(std::fs::read_dir(sandbox.path("victim")).unwrap().next().is_none());
}

#[test]
fn two_sites_without_an_address_are_told_apart_though_both_have_the_title_that_they_were_made_with() {
    let target = "[publish.www.folder]\npath = \"WWW\"\n";
    let (one, other) = (Sandbox::new(""), Sandbox::new(""));
    let www = one.path("www");
    for sandbox in [&one, &other] {
        let settings = sandbox.path("site/site.toml");
        let text = std::fs::read_to_string(&settings).unwrap();
        let target = target.replace("WWW", www.to_str().unwrap());
        std::fs::write(&settings, format!("{text}\n{target}")).unwrap();
    }
    one.publish(&["www"]).fine();
    other.write_article("bridge.txt", BRIDGE);
    let before = tree(&www);
    other.publish(&["www"]).failed(1, "holds another site, `My dossier (");
    assert_eq!(tree(&www), before);
    one.publish(&["www"]).fine();
    let record = std::fs::read_to_string(www.join(".dateline/published")).unwrap();
    assert!(
        !record.contains(one.path("site").to_str().unwrap()),
        "a path of the machine is nobody's business"
    );
}

#[test]
fn records_of_no_article_are_not_published() {
    let sandbox = sandbox();
    sandbox.publish(&["www"]).fine();
    let before = tree(&sandbox.path("www"));
    let empty = sandbox.path("empty.ndjson");
    std::fs::write(&empty, "").unwrap();
    sandbox.publish(&["www", "--facts", empty.to_str().unwrap()]).failed(2, "holds no record");
    assert_eq!(tree(&sandbox.path("www")), before);
}
