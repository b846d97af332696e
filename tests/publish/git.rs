//! Publishing to a branch of a bare repository, which is cloned and compared.

use std::path::PathBuf;

use crate::sandbox::{BRIDGE, Sandbox, tree};

const ADDRESS: &str = "https://dossier.example.org/";

/// A site in a repository of its own, whose remote is bare and beside it.
fn sandbox(settings: &str) -> Sandbox {
    let sandbox = Sandbox::new(&format!(
        "[publish.pages]\nbase_url = \"{ADDRESS}\"\n[publish.pages.git]\ncname = \"dossier.example.org\"\n{settings}"
    ));
    git(&sandbox, &["init", "--quiet", "--bare", "../remote.git"]);
    git(&sandbox, &["init", "--quiet"]);
    git(&sandbox, &["config", "user.name", "Maren Ostby"]);
    git(&sandbox, &["config", "user.email", "maren@example.org"]);
    git(&sandbox, &["remote", "add", "origin", "../remote.git"]);
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "-m", "The site"]);
    sandbox
}

fn git(sandbox: &Sandbox, words: &[&str]) -> String {
    sandbox.command("git", words).fine().data.trim().to_owned()
}

/// A fresh clone of the published branch.
fn cloned(sandbox: &Sandbox) -> PathBuf {
    let clone = sandbox.path("clone");
    let _ = std::fs::remove_dir_all(&clone);
    let to = clone.to_str().unwrap();
    git(sandbox, &["clone", "--quiet", "--branch", "gh-pages", "../remote.git", to]);
    clone
}

fn remote(sandbox: &Sandbox, words: &[&str]) -> String {
    git(sandbox, &[&["--git-dir=../remote.git"], words].concat())
}

#[test]
fn the_branch_holds_the_build_and_the_authors_own_repository_is_untouched() {
    let sandbox = sandbox("");
    sandbox.write_article("staged.txt", BRIDGE);
    git(&sandbox, &["add", "content/articles/staged.txt"]);
    sandbox.write_article("untracked.txt", BRIDGE);
    let state = || {
        let index = std::fs::read(sandbox.path("site/.git/index")).unwrap();
        let words =
            ["status --porcelain", "for-each-ref", "stash list", "count-objects -v", "config --list --local"];
        (index, words.map(|words| git(&sandbox, &words.split(' ').collect::<Vec<_>>())))
    };
    let before = state();
    sandbox.publish(&["pages"]).fine();
    assert_eq!(state(), before);

    let mut expected = sandbox.built(ADDRESS);
    expected.insert(".nojekyll".into(), Vec::new());
    expected.insert("CNAME".into(), b"dossier.example.org\n".into());
    assert_eq!(tree(&cloned(&sandbox)), expected);
    assert_eq!(
        remote(&sandbox, &["log", "--format=%an <%ae> %s", "gh-pages"]),
        "Maren Ostby <maren@example.org> Publish My dossier"
    );

    let again = sandbox.publish(&["pages"]).fine();
    assert!(again.said.contains("nothing was done"), "{again:?}");
    assert_eq!(remote(&sandbox, &["rev-list", "--count", "gh-pages"]), "1");
    assert!(!sandbox.path("site/.dateline/publish/pages.git").exists(), "the repository on the way is gone");
}

#[test]
fn each_publication_is_a_commit_after_the_one_before_or_the_only_one() {
    for (settings, commits) in [("", "2"), ("history = false\n", "1")] {
        let sandbox = sandbox(settings);
        sandbox.publish(&["pages"]).fine();
        sandbox.write_article("bridge.txt", BRIDGE);
        sandbox.publish(&["pages"]).fine();
        assert_eq!(remote(&sandbox, &["rev-list", "--count", "gh-pages"]), commits);
        let published = tree(&cloned(&sandbox));
        assert!(published.contains_key("articles/bridge/index.html"));
        assert_eq!(published.len(), sandbox.built(ADDRESS).len() + 2);
    }
}

#[test]
fn a_commit_of_somebody_elses_stops_it_until_it_is_adopted() {
    let sandbox = sandbox("");
    sandbox.publish(&["pages"]).fine();
    let clone = cloned(&sandbox);
    let commit = |words: &[&str]| {
        let here = ["-C", clone.to_str().unwrap(), "-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
        git(&sandbox, &[&here, words].concat())
    };
    std::fs::write(clone.join("ads.txt"), "theirs").unwrap();
    commit(&["add", "ads.txt"]);
    commit(&["commit", "--quiet", "-m", "Add a list"]);
    commit(&["push", "--quiet"]);
    let before = remote(&sandbox, &["rev-parse", "gh-pages"]);
    sandbox.publish(&["pages"]).failed(1, "has a commit that is not ours").failed(1, "Add a list");
    assert_eq!(remote(&sandbox, &["rev-parse", "gh-pages"]), before);

    // Amended into a commit of ours it is seen as well.
    commit(&["reset", "--quiet", "--soft", "HEAD~1"]);
    commit(&["commit", "--quiet", "--amend", "--no-edit"]);
    commit(&["push", "--quiet", "--force"]);
    sandbox.publish(&["pages"]).failed(1, "has a commit that is not ours");

    sandbox.write_article("bridge.txt", BRIDGE);
    sandbox.publish(&["pages", "--adopt"]).fine();
    let published = tree(&cloned(&sandbox));
    assert_eq!(published["ads.txt"], b"theirs");
    assert!(published.contains_key("articles/bridge/index.html"));
    assert!(sandbox.publish(&["pages"]).fine().said.contains("nothing was done"), "it is ours from now on");
}

#[test]
fn a_push_that_somebody_else_overtook_changes_nothing() {
    let sandbox = sandbox("");
    sandbox.publish(&["pages"]).fine();
    let tip = remote(&sandbox, &["rev-parse", "gh-pages"]);
    // Whoever fetches before us pushes first: the hook moves the branch when our push arrives.
    let tree_of = format!("{tip}^{{tree}}");
    let ann = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
    let other =
        remote(&sandbox, &[&ann[..], &["commit-tree", &tree_of, "-p", &tip, "-m", "Theirs"]].concat());
    let wrapper = sandbox.path("bin");
    std::fs::create_dir(&wrapper).unwrap();
    let real = sandbox.command("sh", &["-c", "command -v git"]).data.trim().to_owned();
    let script = format!(
        "#!/bin/sh\ncase \" $* \" in *' push '*) '{real}' --git-dir='{}' update-ref refs/heads/gh-pages {other};; esac\n\
         exec '{real}' \"$@\"\n",
        sandbox.path("remote.git").display()
    );
    std::fs::write(wrapper.join("git"), script).unwrap();
    sandbox.command("chmod", &["+x", wrapper.join("git").to_str().unwrap()]).fine();
    sandbox.write_article("bridge.txt", BRIDGE);
    let path = format!("{}:{}", wrapper.display(), std::env::var("PATH").unwrap());
    let output = sandbox
        .prepared(env!("CARGO_BIN_EXE_dateline"))
        .args(["publish", "pages", "--yes"])
        .env("PATH", path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("somebody else pushed") && said.contains("publish again"), "{said}");
    assert_eq!(remote(&sandbox, &["rev-parse", "gh-pages"]), other, "their commit stays");
}

#[test]
fn a_remote_that_is_not_there_is_told_without_its_password() {
    let sandbox = sandbox("");
    git(&sandbox, &["remote", "set-url", "origin", "https://ann:hunter2secret@127.0.0.1:9/x.git"]);
    let refused = sandbox.publish(&["pages"]);
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(refused.said.contains("git ls-remote") && !refused.said.contains("hunter2secret"), "{refused:?}");
    git(&sandbox, &["remote", "remove", "origin"]);
    sandbox.publish(&["pages"]).failed(2, "no remote `origin`");
}

#[test]
fn the_authors_own_way_of_signing_in_is_used() {
    let sandbox = sandbox("remote = \"https://forge.invalid/dossier.git\"\n");
    let rewritten = format!("url.{}.insteadOf", sandbox.path("remote.git").display());
    // As a build server writes a token there: only this repository's own settings know the way.
    git(&sandbox, &["config", "--local", &rewritten, "https://forge.invalid/dossier.git"]);
    sandbox.publish(&["pages"]).fine();
    assert_eq!(remote(&sandbox, &["rev-list", "--count", "gh-pages"]), "1");
}

#[cfg(unix)]
#[test]
fn files_of_others_keep_their_names_and_hooks_of_the_author_stay_silent() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    let sandbox = sandbox("");
    git(&sandbox, &["checkout", "--quiet", "--orphan", "gh-pages"]);
    git(&sandbox, &["rm", "-r", "--quiet", "--cached", "."]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    std::fs::write(sandbox.path("site").join(name), "theirs").unwrap();
    git(&sandbox, &["add", "caf*.txt"]);
    git(&sandbox, &["commit", "--quiet", "-m", "Theirs"]);
    git(&sandbox, &["push", "--quiet", "origin", "gh-pages"]);
    std::fs::create_dir(sandbox.path("hooks")).unwrap();
    let hook = sandbox.path("hooks/pre-push");
    std::fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    let hooks = sandbox.path("hooks");
    git(&sandbox, &["config", "--global", "core.hooksPath", hooks.to_str().unwrap()]);
    sandbox.publish(&["pages", "--adopt"]).fine();
    let listed = remote(&sandbox, &["ls-tree", "-r", "--name-only", "gh-pages"]);
    assert!(listed.contains(r"caf\351.txt"), "{listed}");
}

#[test]
fn a_push_that_is_refused_leaves_the_branch_as_it_was_and_says_so_once() {
    let sandbox = sandbox("");
    std::fs::create_dir_all(sandbox.path("remote.git/hooks")).unwrap();
    let hook = sandbox.path("remote.git/hooks/pre-receive");
    std::fs::write(&hook, "#!/bin/sh\necho no >&2\nexit 1\n").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let told = sandbox.publish(&["pages"]).failed(1, "stands as it was");
    assert!(!told.said.contains("uploads"), "{told:?}");
    assert_eq!(remote(&sandbox, &["for-each-ref"]), "");
}

#[test]
fn the_branch_of_the_sources_is_no_place_to_publish_to() {
    let sandbox = sandbox("branch = \"desk\"\n");
    git(&sandbox, &["checkout", "--quiet", "-b", "desk"]);
    let told = sandbox.publish(&["pages"]).failed(2, "the branch that the site's own sources are on");
    told.failed(2, "publish to a branch of its own");
    assert_eq!(remote(&sandbox, &["for-each-ref"]), "");
    git(&sandbox, &["checkout", "--quiet", "-b", "other"]);
    sandbox.publish(&["pages"]).fine();
}

#[test]
fn what_was_adopted_is_ours_though_no_page_changed() {
    let sandbox = sandbox("");
    sandbox.publish(&["pages"]).fine();
    let clone = cloned(&sandbox);
    let here = ["-C", clone.to_str().unwrap(), "-c", "user.name=Ann", "-c", "user.email=ann@example.org"];
    git(&sandbox, &[&here[..], &["commit", "--quiet", "--allow-empty", "-m", "Build again"]].concat());
    git(&sandbox, &[&here[..], &["push", "--quiet"]].concat());
    sandbox.publish(&["pages"]).failed(1, "has a commit that is not ours");
    sandbox.publish(&["pages", "--adopt"]).fine();
    assert!(sandbox.publish(&["pages"]).fine().said.contains("nothing was done"));
}

#[test]
fn the_branch_of_the_sources_is_known_while_another_is_checked_out() {
    let sandbox = sandbox("branch = \"desk\"\n");
    git(&sandbox, &["push", "--quiet", "origin", "HEAD:desk"]);
    git(&sandbox, &["checkout", "--quiet", "-b", "feature"]);
    let before = remote(&sandbox, &["rev-parse", "desk"]);
    for words in [&["pages"][..], &["pages", "--adopt"]] {
        sandbox.publish(words).failed(2, "the branch that the site's own sources are on");
    }
    assert_eq!(remote(&sandbox, &["rev-parse", "desk"]), before);
}

#[test]
fn a_remote_beside_the_repository_is_found_from_a_folder_of_it() {
    let sandbox = sandbox("");
    // The repository is the folder that the site is in, and its remote is named from there.
    std::fs::rename(sandbox.path("site/.git"), sandbox.path(".git")).unwrap();
    git(&sandbox, &["remote", "set-url", "origin", "remote.git"]);
    sandbox.publish(&["pages"]).fine();
    assert_eq!(remote(&sandbox, &["rev-list", "--count", "gh-pages"]), "1");
    assert_eq!(git(&sandbox, &["--git-dir=../.git", "branch", "--list", "gh-pages"]), "");
}

#[test]
fn a_cname_of_the_sites_own_may_end_without_a_line_break() {
    let sandbox = sandbox("");
    std::fs::create_dir_all(sandbox.path("site/static")).unwrap();
    std::fs::write(sandbox.path("site/static/CNAME"), "dossier.example.org").unwrap();
    sandbox.publish(&["pages"]).fine();
    assert_eq!(remote(&sandbox, &["show", "gh-pages:CNAME"]), "dossier.example.org");
    std::fs::write(sandbox.path("site/static/CNAME"), "other.example.org").unwrap();
    sandbox.publish(&["pages"]).failed(2, "make them say the same");
}
