//! There is one build: after any series of edits, a warm pipeline gives the bytes and messages that a cold one gives;
//! so does one that begins with what another left on disk, in whatever state that is.

#![expect(clippy::disallowed_methods, reason = "the test edits files as an author does")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

#[path = "rebuild/affected.rs"]
mod affected;
#[path = "rebuild/taken_over.rs"]
mod taken_over;
#[path = "rebuild/cache.rs"]
mod cache;
#[path = "rebuild/program.rs"]
mod program;
#[path = "rebuild/stamps.rs"]
mod stamps;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use dateline::diagnostic::Diagnostic;
use dateline::pipeline::{Build, Files, Options, Pipeline};
use proptest::prelude::*;

/// Something an author does between two builds.
#[derive(Clone, Debug)]
enum Edit {
    /// Writes one of the texts below into one of the files below.
    Write(usize, usize),
    /// Deletes a file, if it is there.
    Delete(usize),
    /// Moves one file over another, as editors do that write aside and rename.
    Rename(usize, usize),
}

/// What a site of this test may consist of, each with texts that suit it: sound ones and faulty ones.
const FILES: &[(&str, &[&str])] = &[
    (
        "content/articles/lorne.txt",
        &[
            "A market in Port Lorne\n\nA bomb exploded at the market in Port Lorne on 4 May 2011, killing 12 people.\n\n\
             “Nobody had read the file,” said Agnes Aldersen, a senior fellow at the Marlow Institute.\n",
            "A market in Port Lorne\n\nA bomb exploded at the market in Port Lorne on 4 May 2011, killing 13 people.\n\n\
             “We were told on Friday,” Aldersen aired.\n",
            "",
            // The first again, with words before and after that are no facts.
            "A market in Port Lorne\n\nThe day was bright and the stalls were full of fish and bread.\n\n\
             A bomb exploded at the market in Port Lorne on 4 May 2011, killing 12 people.\n\n\
             “Nobody had read the file,” said Agnes Aldersen, a senior fellow at the Marlow Institute.\n\n\
             The square has been paved anew since then, and the trees were kept.\n",
        ],
    ),
    (
        "content/articles/lorne.toml",
        &[
            "published = 2011-05-06\nsource = \"The Lorne Post\"\n",
            "published = 2011-02-30\n",
            "published = 2011-05-06\n[[attack]]\nparagraph = \"p1\"\nkilled = 11\n[[quotation]]\nwords = \"Nobody had\"\n\
             speaker = \"Bo Berg\"\n[[correction]]\ndate = 2012-01-01\ntext = \"The toll.\"\n",
            "published = 2011-05-06\n[[attack]]\nparagraph = \"p7\"\n",
            "ttile = \"x\"\n",
        ],
    ),
    (
        "content/articles/later.md",
        &[
            "+++\ntitle = \"Ten years after the Port Lorne bombing\"\ndate = 2021-05-04\n+++\n\
             The bombing in Port Lorne on 4 May 2011 killed 14 people, the court found.\n",
            "+++\ntitle = \"Drafted\"\ndraft = true\n+++\nNothing yet.\n",
            "+++\ntitle = \n+++\n",
        ],
    ),
    (
        "content/attacks/2011-port-lorne.md",
        &[
            "+++\nkilled = 14\nconfirmed = true\n+++\nAs the court found.\n",
            "+++\nhidden = true\n+++\n",
            "+++\nmentions = [\"later.md\"]\nalso = [\"2011-port-lorne-2\"]\nhide = [\"weapon\"]\n[[source]]\noutlet = \"Court\"\n\
             killed = 14\n[[correction]]\ndate = 2012-01-02\ntext = \"Again.\"\n+++\n",
            "+++\nkind = \"bomb\"\n+++\n",
            "+++\nmentions = [\"lorne.txt#p2\"]\n+++\n",
        ],
    ),
    (
        "content/experts/agnes-aldersen.md",
        &[
            "+++\nconfirmed = true\n+++\nInvented.\n",
            "+++\nalso = [\"nobody-at-all\"]\n+++\n",
            "+++\nname = \"Agnes Aldersen\"\n[[quotation]]\narticle = \"lorne.txt\"\nwords = \"Nobody had\"\n+++\n",
        ],
    ),
    (
        "content/ids.toml",
        &[
            "[attacks.port-lorne]\ndate = \"2011-05-04\"\nmentions = { \"lorne.txt#p1\" = \"0\" }\nformer = [\"lorne\"]\n",
            "[people.aldersen]\nname = \"Agnes Aldersen\"\n",
            "[attacks.x]\nmentions = 3\n",
            "",
        ],
    ),
    ("lists/reporting-verb.txt", &["aired\n", "aired\nventilated # or so\n", "the\n"]),
    ("lists/aliases.toml", &["[people]\n\"Agnes Muster\" = \"Agnes Aldersen\"\n", "[peple]\n", ""]),
    (
        "content/about.md",
        &["# About\n\nSee [the article](@/articles/later.md).\n", "# About\n\n```rust\nfn main() {}\n```\n"],
    ),
    ("templates/page.html", &["{% extends \"theme/page.html\" %}", "{{ page.titel }}", "{% if %}"]),
    ("static/style.css", &["body { color: black }\n", "body { color: navy }\n"]),
    (
        "site.toml",
        &[
            "title = \"A\"\n",
            "title = \"B\"\nbase_url = \"https://example.org/\"\n[facts]\nlists = \"lists\"\n",
            "title = \"B\"\n[facts]\npublish = \"confirmed\"\n",
            "titel = \"C\"\n",
        ],
    ),
];

fn edit() -> impl Strategy<Value = Edit> {
    let file = 0..FILES.len();
    prop_oneof![
        6 => (file.clone(), 0..5_usize).prop_map(|(file, text)| Edit::Write(file, text)),
        1 => file.clone().prop_map(Edit::Delete),
        1 => (file.clone(), file).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

fn apply(root: &Path, edit: &Edit) {
    let path = |file: usize| root.join(FILES[file].0);
    match *edit {
        Edit::Write(file, text) => {
            let texts = FILES[file].1;
            fs::create_dir_all(path(file).parent().unwrap()).unwrap();
            fs::write(path(file), texts[text % texts.len()]).unwrap();
        }
        Edit::Delete(file) => drop(fs::remove_file(path(file))),
        Edit::Rename(from, to) => {
            // Only a file of the same kind: a text of another would be an unknown file, not an edit.
            if Path::new(FILES[from].0).extension() == Path::new(FILES[to].0).extension() {
                drop(fs::rename(path(from), path(to)));
            }
        }
    }
}

/// Every file with its first text, which is sound, without a template of the site's own.
fn sound_site(root: &Path) {
    let optional = ["templates/page.html", "content/ids.toml"];
    let sound = FILES.iter().enumerate().filter(|(_, (file, _))| !optional.contains(file));
    sound.for_each(|(file, _)| apply(root, &Edit::Write(file, 0)));
}

/// Every file of the site by path with its hash, and every message.
type Outcome = (BTreeMap<String, [u8; 32]>, Vec<String>);

fn messages(told: &[Diagnostic]) -> Vec<String> {
    told.iter().map(|told| format!("{told:?}")).collect()
}

/// All at once, as `build` has it.
fn outcome(build: Build) -> Outcome {
    let mut told = messages(&build.diagnostics);
    let files = Mutex::new(BTreeMap::new());
    if let Some(site) = build.site {
        let rendered = site.render_all(|output| {
            files.lock().unwrap().insert(output.path, output.hash);
            Ok(())
        });
        told.extend(messages(&rendered.unwrap()));
    }
    (files.into_inner().unwrap(), told)
}

/// One by one, as `serve` has it.
fn outcome_on_demand(build: Build) -> Outcome {
    let mut told = messages(&build.diagnostics);
    let mut made = BTreeMap::new();
    if let Some(site) = build.site {
        let files = Files::new(site);
        for path in files.paths().into_iter().rev() {
            assert!(files.has(&path), "{path}");
            if let Ok(output) = files.file(&path).unwrap() {
                assert_eq!(output.path, path);
                made.insert(path, output.hash);
            }
        }
        for missing in ["none", "none/index.html", "index.htm", "articles", "nothing.json", "/index.html", ""]
        {
            assert!(!files.has(missing) && files.file(missing).is_none(), "`{missing}`");
        }
        told.extend(messages(&files.faults(None, || false).unwrap()));
        assert!(files.faults(None, || true).is_none());
    }
    (made, told)
}

/// The files that an edit touches, as the system names them.
fn touched(edit: &Edit) -> Vec<PathBuf> {
    match *edit {
        Edit::Write(file, _) | Edit::Delete(file) => vec![FILES[file].0.into()],
        Edit::Rename(from, to) => vec![FILES[from].0.into(), FILES[to].0.into()],
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_cold(edits in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..8)) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        sound_site(root);
        let open = || Pipeline::new(root, &root.join("site.toml"), Options::new(jiff::civil::date(2030, 1, 1)));
        let (mut warm, mut told) = (open(), open());
        warm.build();
        told.build();
        for batch in &edits {
            batch.iter().for_each(|edit| apply(root, edit));
            let cold = outcome(open().build());
            prop_assert_eq!(outcome_on_demand(warm.build()), cold.clone(), "after {:?}", batch);
            // As another process would begin.
            prop_assert_eq!(outcome(open().with_cache().build()), cold.clone(), "cached, after {:?}", batch);
            // Where the files are named that changed, and only those are looked at.
            let changed: Vec<PathBuf> = batch.iter().flat_map(touched).collect();
            let build = told.build_changed(&changed).unwrap_or_else(|| told.build());
            prop_assert_eq!(outcome_on_demand(build), cold, "after {:?}, named", batch);
        }
    }
}

#[test]
fn an_edit_is_read_alone_where_no_page_is_new_or_gone() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    sound_site(root);
    let mut pipeline =
        Pipeline::new(root, &root.join("site.toml"), Options::new(jiff::civil::date(2030, 1, 1)));
    let article = PathBuf::from(FILES[0].0);
    assert!(pipeline.build_changed(std::slice::from_ref(&article)).is_none(), "nothing was read before");
    let first = pipeline.build().key;
    let again = pipeline.build_changed(std::slice::from_ref(&article)).unwrap();
    assert_eq!(again.key, first, "nothing changed");
    apply(root, &Edit::Write(0, 1));
    assert_ne!(pipeline.build_changed(&[article.clone(), "content/.a.swp".into()]).unwrap().key, first);
    fs::write(root.join("content/new.md"), "# New\n").unwrap();
    assert!(pipeline.build_changed(&["content/new.md".into()]).is_none());
    pipeline.build();
    fs::remove_file(root.join("content/new.md")).unwrap();
    assert!(pipeline.build_changed(&["content/new.md".into()]).is_none());
    assert!(pipeline.build_changed(&["content/articles".into()]).is_none(), "a folder");
    pipeline.build();
    for path in ["content/attacks/new.md", "content/experts/new.md", "templates/new.html", "static/new.css"] {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), "Words.\n").unwrap();
        let new = pipeline.build_changed(&[path.into()]).unwrap_or_else(|| panic!("{path} is new")).key;
        fs::remove_file(root.join(path)).unwrap();
        let gone = pipeline.build_changed(&[path.into()]).unwrap_or_else(|| panic!("{path} is gone")).key;
        assert_eq!((new == gone, gone), (false, pipeline.build().key), "{path}");
    }
}

#[test]
fn no_page_is_rendered_to_tell_what_is_wrong_with_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    sound_site(root);
    fs::write(root.join(FILES[0].0), "").unwrap();
    fs::create_dir_all(root.join("templates")).unwrap();
    fs::write(root.join("templates/page.html"), "{{ page.titel }}").unwrap();
    let mut pipeline =
        Pipeline::new(root, &root.join("site.toml"), Options::new(jiff::civil::date(2030, 1, 1)));
    let build = pipeline.build();
    let files = |told: &[Diagnostic]| told.iter().map(|it| it.file.clone()).collect::<Vec<_>>();
    assert!(build.site.is_none() && build.faulty.is_some());
    assert!(
        !files(&build.diagnostics).contains(&"templates/page.html".to_owned()),
        "{:#?}",
        build.diagnostics
    );
    // A command that tells all in one run renders them for it.
    let told = build.with_faults_of_templates().diagnostics;
    assert!(files(&told).contains(&"templates/page.html".to_owned()), "{told:#?}");
    assert!(files(&told).contains(&FILES[0].0.to_owned()), "{told:#?}");
}

#[test]
fn a_sound_site_of_this_test_has_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    sound_site(root);
    let mut pipeline =
        Pipeline::new(root, &root.join("site.toml"), Options::new(jiff::civil::date(2030, 1, 1)));
    let (files, told) = outcome(pipeline.build());
    let pages = [
        "articles/lorne/index.html",
        "attacks/2011-port-lorne/index.html",
        "experts/agnes-aldersen/index.html",
    ];
    for page in pages {
        assert!(files.contains_key(page), "no {page}: {told:#?}");
    }
}
