//! What is told of settings that cannot be right, before anything is built.

use crate::sandbox::Sandbox;

#[test]
fn a_target_that_is_not_there_is_answered_with_the_nearest() {
    let two = "[publish.production.folder]\npath = \"../a\"\n[publish.staging.folder]\npath = \"../b\"\n";
    let sandbox = Sandbox::new(two);
    sandbox.publish(&["prodution"]).failed(2, "did you mean `production`?");
    sandbox.publish(&[]).failed(2, "name one: `production`, `staging`");
    Sandbox::new("").publish(&[]).failed(2, "there is no place to publish to");
}

#[test]
fn a_misspelt_key_has_its_place_and_a_credential_is_never_shown() {
    let target = "[publish.store.s3]\nbuckt = \"dossier\"\nsecret_access_key = \"wJalrXUtnFEMI\"\n";
    let told = Sandbox::new(target).publish(&["store"]).failed(1, "did you mean `bucket`?");
    assert!(told.said.contains("`bucket` is missing"), "{told:?}");
    assert!(
        told.said.contains("`secret_access_key` is a credential") && !told.said.contains("wJalr"),
        "{told:?}"
    );
    assert!(told.said.contains("*************"), "{told:?}");
    let inline = "[publish.store]\ns3 = { buckt = \"d\", token = \"wJalrXUtnFEMI\" }\n";
    let told = Sandbox::new(inline).publish(&["store"]).failed(1, "did you mean `bucket`?");
    assert!(!told.said.contains("wJalr"), "{told:?}");
    let password = "[publish.pages.git]\nremote = \"https://ann:wJalrXUtnFEMI@example.org/x.git\"\n";
    let told = Sandbox::new(password)
        .publish(&["pages"])
        .failed(1, "there is a password or a token in this address");
    assert!(!told.said.contains("wJalr"), "{told:?}");
    let token = "[publish.pages.git]\nremote = \"https://ghp_wJalrXUtnFEMI@example.org/x.git\"\n";
    let told =
        Sandbox::new(token).publish(&["pages"]).failed(1, "there is a password or a token in this address");
    assert!(!told.said.contains("wJalr"), "{told:?}");
}

#[test]
fn a_target_is_of_one_kind() {
    Sandbox::new("[publish.a]\n").publish(&["a"]).failed(1, "does not say what kind of place it is");
    let two = "[publish.a.folder]\npath = \"../a\"\n[publish.a.git]\nbranch = \"pages\"\n";
    Sandbox::new(two).publish(&["a"]).failed(1, "`publish.a` is a `folder` and a `git`");
    Sandbox::new("[publish.a.foldr]\npath = \"../a\"\n").publish(&["a"]).failed(1, "did you mean `folder`?");
}

#[test]
fn an_address_that_does_not_fit_has_its_place() {
    let target = "[publish.pages]\nbase_url = \"https://example.org/\"\n[publish.pages.git]\n\
                  remote = \"https://github.com/desk/dossier\"\n";
    let told = Sandbox::new(target).publish(&["pages"]).failed(1, "https://desk.github.io/dossier/");
    assert!(told.said.contains("base_url = \"https://example.org/\""), "{told:?}");
    let sub = "[publish.www]\nbase_url = \"https://example.org/sub/\"\nrules = \"netlify\"\n[publish.www.folder]\n\
               path = \"../www\"\n";
    Sandbox::new(sub).publish(&["www"]).failed(1, "serves a site at the root");
    let branch = "[publish.pages.git]\nbranch = \"a//b\"\n";
    Sandbox::new(branch).publish(&["pages"]).failed(1, "cannot be the name of a branch");
    let none = "[publish.pages.git]\nremote = \"../remote.git\"\n";
    Sandbox::new(none).publish(&["pages"]).failed(1, "the site has no address");
}

#[test]
fn a_site_with_errors_is_not_published() {
    let sandbox = Sandbox::new("[publish.www.folder]\npath = \"../www\"\n");
    std::fs::write(sandbox.path("site/content/broken.md"), "+++\ntitel = \"A\"\n+++\n\n[away](/nowhere/)\n")
        .unwrap();
    sandbox.publish(&["www"]).failed(1, "nothing was published");
    std::fs::write(sandbox.path("site/content/broken.md"), "[away](/nowhere/)\n").unwrap();
    sandbox.publish(&["www"]).failed(1, "dead-link");
    assert!(!sandbox.path("www").exists());
}

#[test]
fn nobody_is_asked_where_there_is_nobody() {
    let sandbox = Sandbox::new("[publish.www.folder]\npath = \"../www\"\n");
    sandbox.dateline(&["publish", "www"]).failed(2, "give `--yes`");
    assert!(!sandbox.path("www").exists());
}

#[test]
fn a_host_gets_its_rules_when_the_settings_say_so() {
    let target = "[publish.www]\nrules = \"netlify\"\n[publish.www.folder]\npath = \"../www\"\n";
    let sandbox = Sandbox::new(target);
    let page = "+++\ntitle = \"Moved\"\naliases = [\"/former/\"]\n+++\n\nHere.\n";
    std::fs::write(sandbox.path("site/content/moved.md"), page).unwrap();
    for _ in 0..2 {
        // The second time nothing is rendered for want of change, and the rules stay.
        sandbox.publish(&["www"]).fine();
        let redirects = std::fs::read_to_string(sandbox.path("www/_redirects")).unwrap();
        assert_eq!(redirects, "/former/ /moved/ 301!\n");
        let headers = std::fs::read_to_string(sandbox.path("www/_headers")).unwrap();
        assert!(
            headers.contains("/fonts/dateline-serif.woff2\n  Cache-Control: public, max-age=86400\n"),
            "{headers}"
        );
    }
    Sandbox::new("[publish.www]\nrules = \"netlfy\"\n[publish.www.folder]\npath = \"../w\"\n")
        .publish(&["www"])
        .failed(1, "did you mean `netlify`?");
}

#[test]
fn no_credential_in_an_address_is_taken_or_told() {
    let with = |target: &str| Sandbox::new(target).publish(&["store"]);
    for (target, words) in [
        (
            "base_url = \"https://ann:SEKRET@example.org/\"\n[publish.store.folder]\npath = \"w\"\n",
            "a user or a password",
        ),
        (
            "[publish.store.s3]\nbucket = \"d\"\nendpoint = \"https://u:SEKRET@h.example/\"\n",
            "no address of a server",
        ),
        (
            "[publish.store.s3]\nbucket = \"d\"\nendpoint = \"https://h.example/?sig=SEKRET\"\n",
            "no address of a server",
        ),
        (
            "[publish.store.azure]\ncontainer = \"d\"\naccount = \"desk;AccountKey=SEKRET\"\n",
            "no name of a storage account",
        ),
        (
            "[publish.store.git]\nremote = \"https://h.example/x.git?private_token=SEKRET\"\n",
            "a password or a token",
        ),
        ("[publish.store.s3]\nbucket = \"d\"\nconnection_string = \"SEKRET\"\n", "is a credential"),
        ("[publish.store.s3]\nbucket = \"d\"\nsecret_access_key: \"SEKRET\"\n", "site.toml"),
    ] {
        let target = if target.starts_with("base_url") {
            format!("[publish.store]\n{target}")
        } else {
            target.to_owned()
        };
        let told = with(&target).failed(1, words);
        assert!(!told.said.contains("SEKRET"), "{told:?}");
    }
}
