//! Ids stay: whatever comes, an attack or a person keeps the address that it had, or leaves a redirect.

#![expect(clippy::disallowed_methods, reason = "the test edits files as an editor does")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dateline::pipeline::{Options, Pipeline, Site};
use dateline::review;

const KALMAR: &str = "Title: Shots in Kalmar\nDate: 2017-08-11\nSource: Post\n\n\
    Five people were killed when a gunman opened fire at a shop in Kalmar, Sweden, on 10 August 2017.\n\n\
    “Nobody had a plan,” said Ada Lindqvist, a senior lecturer in public safety at Norrby University.\n";
const ARSON: &str = "Title: Arson in Kalmar\nDate: 2017-01-04\nSource: Post\n\n\
    Two people were killed in an arson attack on a school in Kalmar, Sweden, on 3 January 2017.\n";
const LUND: &str = "Title: Knife attack in Lund\nDate: 2016-05-05\nSource: Courier\n\n\
    One person was stabbed to death at the station in Lund, Sweden, on 4 May 2016.\n";

struct Desk(tempfile::TempDir);

impl Desk {
    fn new(files: &[(&str, &str)]) -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.write("site.toml", "title = \"A\"\n");
        files.iter().for_each(|(name, text)| desk.write(name, text));
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.root().join(name)).unwrap();
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn build(&self) -> Result<Site, String> {
        let options = Options { unchecked: true, ..Options::new(jiff::civil::date(2026, 1, 1)) };
        let build = Pipeline::new(self.root(), &self.root().join("site.toml"), options).build();
        build.site.ok_or_else(|| format!("{:#?}", build.diagnostics))
    }

    fn site(&self) -> Site {
        self.build().unwrap()
    }

    fn pin(&self) {
        let (text, _) = review::ids_toml(&self.site(), &BTreeSet::new());
        self.write("content/ids.toml", &text);
        assert_eq!(review::ids_toml(&self.site(), &BTreeSet::new()).0, text, "pinning twice changes nothing");
    }

    /// Every address of an attack: with its killed where it is one, with an arrow where it only leads to one.
    fn attacks(&self) -> Vec<String> {
        let site = self.site();
        let attacks = site.dossier.attacks.iter();
        let mut all: Vec<String> = attacks
            .flat_map(|attack| {
                let killed = attack.killed.and_then(|toll| toll.max).unwrap_or(0);
                let former = attack.former_ids.iter().map(|id| format!("{id} -> {}", attack.id));
                former.chain([format!("{} {killed}", attack.id)]).collect::<Vec<_>>()
            })
            .collect();
        all.sort();
        all
    }

    fn people(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .site()
            .dossier
            .people
            .iter()
            .flat_map(|person| {
                let former = person.former_slugs.iter().map(|slug| format!("{slug} -> {}", person.slug));
                former.chain([person.slug.clone()]).collect::<Vec<_>>()
            })
            .collect();
        all.sort();
        all
    }
}

fn kalmar() -> Desk {
    Desk::new(&[("content/articles/kalmar.txt", KALMAR), ("content/articles/lund.txt", LUND)])
}

#[test]
fn a_merge_holds_when_it_was_pinned_and_another_attack_comes() {
    let desk = kalmar();
    desk.pin();
    desk.write("content/attacks/2017-kalmar.md", "+++\nalso = [\"2016-lund\"]\n+++\n");
    let merged = ["2016-lund -> 2017-kalmar", "2017-kalmar 5"];
    assert_eq!(desk.attacks(), merged);
    desk.pin();
    assert_eq!(desk.attacks(), merged);
    desk.write(
        "content/articles/l.txt",
        &LUND.replace("4 May", "9 October").replace("One person", "Three people"),
    );
    let attacks = desk.attacks();
    assert!(merged.iter().all(|it| attacks.contains(&(*it).to_owned())) && attacks.len() == 3, "{attacks:?}");
    desk.remove("content/attacks/2017-kalmar.md");
    let apart = desk.attacks();
    assert!(
        apart.contains(&"2016-lund 1".to_owned()) && apart.contains(&"2017-kalmar 5".to_owned()),
        "{apart:?}"
    );
}

#[test]
fn a_corrected_date_and_place_lose_no_pinned_id() {
    let desk = kalmar();
    desk.pin();
    desk.write(
        "content/attacks/2017-kalmar.md",
        "+++\ndate = 2017-08-09\nplace = \"Nybro\"\nkilled = 6\n+++\n",
    );
    desk.pin();
    desk.write("content/articles/arson.txt", ARSON);
    let attacks = desk.attacks();
    assert!(attacks.contains(&"2017-kalmar 6".to_owned()), "{attacks:?}");
    assert_eq!(attacks.len(), 3, "{attacks:?}");
}

#[test]
fn a_better_date_and_place_of_the_article_keep_the_id() {
    let desk = kalmar();
    desk.pin();
    let sidecar = "[[attack]]\nparagraph = \"p1\"\ndate = 2017-08-09\nplace = \"Nybro\"\n";
    desk.write("content/articles/kalmar.toml", sidecar);
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 5"]);
}

#[test]
fn a_renamed_or_removed_attack_gives_its_id_to_no_other() {
    let desk = kalmar();
    desk.pin();
    desk.write("content/attacks/2017-kalmar-shop.md", "+++\nalso = [\"2017-kalmar\"]\n+++\n");
    desk.pin();
    desk.write("content/articles/arson.txt", ARSON);
    let attacks = desk.attacks();
    assert!(attacks.contains(&"2017-kalmar -> 2017-kalmar-shop".to_owned()), "{attacks:?}");
    assert!(attacks.contains(&"2017-kalmar-shop 5".to_owned()), "{attacks:?}");

    let desk = kalmar();
    desk.pin();
    desk.remove("content/articles/kalmar.txt");
    desk.write("content/articles/arson.txt", ARSON);
    assert!(!desk.attacks().contains(&"2017-kalmar 2".to_owned()), "the id is not free");
    desk.pin();
    desk.write("content/articles/kalmar.txt", KALMAR);
    assert!(desk.attacks().contains(&"2017-kalmar 5".to_owned()), "it has its id again");
}

#[test]
fn a_record_keeps_its_attack_without_pins_where_it_says_which_and_asks_where_not() {
    let desk = kalmar();
    desk.write("content/articles/arson.txt", ARSON);
    desk.write("content/attacks/2017-kalmar.md", "+++\nkind = \"shooting\"\nkilled = 8\n+++\n");
    assert!(desk.attacks().contains(&"2017-kalmar 8".to_owned()), "{:?}", desk.attacks());
    desk.write("content/attacks/2017-kalmar.md", "+++\nkilled = 8\n+++\n");
    let told = desk.build().unwrap_err();
    assert!(told.contains("`2017-kalmar` can be two attacks of the articles"), "{told}");
}

#[test]
fn an_attack_by_hand_is_no_other_of_its_id() {
    let by_hand =
        "+++\ntitle = \"Fire\"\ndate = 2017-01-01\nkind = \"arson\"\nkilled = 0\nadded = true\n+++\n";
    let desk = kalmar();
    desk.write("content/attacks/2017-kalmar.md", by_hand);
    let attacks = desk.attacks();
    assert!(attacks.contains(&"2017-kalmar 0".to_owned()), "{attacks:?}");
    assert_eq!(attacks.len(), 3, "{attacks:?}");
}

#[test]
fn people_of_one_name_have_slugs_of_their_own() {
    let desk = kalmar();
    desk.pin();
    let other = "Title: A quarrel\nDate: 2019-02-02\n\nThe ferry was late in Ystad.\n\n\
        “It was dark,” said Ada Lindqvist, a spokeswoman for the Ystad police.\n";
    desk.write("content/articles/other.txt", other);
    let slugs: Vec<String> = desk.site().dossier.people.iter().map(|person| person.slug.clone()).collect();
    let different: BTreeSet<&String> = slugs.iter().collect();
    assert_eq!(different.len(), slugs.len(), "{slugs:?}");
    assert!(slugs.contains(&"ada-lindqvist".to_owned()));
}

#[test]
fn a_merged_person_stays_merged_when_pinned() {
    let desk = kalmar();
    let judith = "Title: A plan\nDate: 2018-02-02\n\nThere was a plan.\n\n\
        “It was in a drawer,” said Judith Wexford, a senior lecturer in law at Norrby University.\n";
    desk.write("content/articles/judith.txt", judith);
    desk.pin();
    desk.write("content/experts/ada-lindqvist.md", "+++\nalso = [\"judith-wexford\"]\n+++\n");
    let merged = ["ada-lindqvist", "judith-wexford -> ada-lindqvist"];
    assert_eq!(desk.people(), merged);
    desk.pin();
    assert_eq!(desk.people(), merged);
    desk.remove("content/experts/ada-lindqvist.md");
    assert_eq!(desk.people(), ["ada-lindqvist", "judith-wexford"]);
}
