//! Ids stay: whatever comes, an attack or a person keeps the address that it had, or leaves a redirect.

#![expect(clippy::disallowed_methods, reason = "the test edits files as an editor does")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

#[path = "ids/added.rs"]
mod added;

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

    /// What the editor is told.
    fn told(&self) -> Vec<String> {
        let options = Options { unchecked: true, ..Options::new(jiff::civil::date(2026, 1, 1)) };
        let build = Pipeline::new(self.root(), &self.root().join("site.toml"), options).build();
        build
            .diagnostics
            .into_iter()
            .map(|it| format!("{}: {}", it.message, it.help.unwrap_or_default()))
            .collect()
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

#[test]
fn a_merge_of_people_holds_when_ids_are_written_down_for_the_first_time() {
    let desk = kalmar();
    let judith = "Title: A plan\nDate: 2018-02-02\n\nThere was a plan.\n\n\
        “It was in a drawer,” said Judith Wexford, a senior lecturer in law at Norrby University.\n";
    desk.write("content/articles/judith.txt", judith);
    desk.write("content/experts/ada-lindqvist.md", "+++\nalso = [\"judith-wexford\"]\n+++\n");
    let merged = ["ada-lindqvist", "judith-wexford -> ada-lindqvist"];
    assert_eq!(desk.people(), merged);
    desk.pin();
    assert_eq!(desk.people(), merged);
    assert!(desk.site().dossier.people.iter().all(|person| person.stale.is_empty()), "nothing has changed");
    desk.remove("content/experts/ada-lindqvist.md");
    assert_eq!(desk.people(), ["ada-lindqvist", "judith-wexford"]);
}

#[test]
fn a_record_changes_the_id_of_no_attack_that_it_is_not_about() {
    let desk = || {
        let desk = kalmar();
        desk.write("content/articles/arson.txt", ARSON);
        desk
    };
    let (lund, shooting) = ("2016-lund 1", "2017-kalmar-shooting 5");
    assert_eq!(desk().attacks(), [lund, "2017-kalmar-arson-attack 2", shooting]);
    let confirmed = desk();
    confirmed.write("content/attacks/2017-kalmar-arson-attack.md", "+++\nconfirmed = true\n+++\n");
    assert_eq!(confirmed.attacks(), [lund, "2017-kalmar-arson-attack 2", shooting]);
    let renamed = desk();
    renamed.write("content/attacks/2017-school.md", "+++\nalso = [\"2017-kalmar-arson-attack\"]\n+++\n");
    assert_eq!(
        renamed.attacks(),
        [lund, "2017-kalmar-arson-attack -> 2017-school", shooting, "2017-school 2"]
    );
    let split = desk();
    split.write("content/attacks/2017-school.md", "+++\nmentions = [\"arson.txt#p1\"]\n+++\n");
    for _ in 0..2 {
        assert_eq!(
            split.attacks(),
            [lund, "2017-kalmar-arson-attack -> 2017-school", shooting, "2017-school 2"]
        );
        split.pin();
    }
}

#[test]
fn a_record_that_corrects_day_and_kind_is_still_of_the_attack_whose_id_it_has() {
    let desk = kalmar();
    let corrected = "date = 2015-05-04\nkind = \"shooting\"\nkilled = 3\n";
    desk.write("content/attacks/2016-lund.md", &format!("+++\n{corrected}+++\n"));
    assert_eq!(desk.attacks(), ["2016-lund 3", "2017-kalmar 5"]);
    desk.pin();
    let more = "title = \"Shots\"\nplace = \"Malmö\"\n";
    desk.write("content/attacks/2016-lund.md", &format!("+++\n{corrected}{more}+++\n"));
    assert_eq!(desk.attacks(), ["2016-lund 3", "2017-kalmar 5"], "it is pinned");
}

#[test]
fn a_former_id_keeps_the_readings_that_are_away() {
    let desk = kalmar();
    desk.pin();
    let more = "Title: More\nDate: 2017-08-13\nSource: Courier\n\n\
        Five people were killed when a gunman opened fire at a shop in Kalmar, Sweden, on 10 August 2017.\n";
    desk.write("content/articles/more.txt", more);
    let pins = fs::read_to_string(desk.root().join("content/ids.toml")).unwrap();
    let shop = "\n[attacks.2017-shop]\n[attacks.2017-shop.mentions]\n\"away.txt#p1\" = \"0123456789ab\"\n\
        \"more.txt#p1\" = \"0123456789ab\"\n";
    desk.write("content/ids.toml", &format!("{pins}{shop}"));
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 5", "2017-shop -> 2017-kalmar"]);
    desk.pin();
    let pins = fs::read_to_string(desk.root().join("content/ids.toml")).unwrap();
    assert!(
        pins.contains("\"away.txt#p1\" = \"0123456789ab\"") && pins.contains("\"more.txt#p1\""),
        "{pins}"
    );
    assert!(!pins.contains("\"more.txt#p1\" = \"0123456789ab\""), "what is there is as it is now: {pins}");
    fs::rename(desk.root().join("content/articles/more.txt"), desk.root().join("content/articles/away.txt"))
        .unwrap();
    assert!(desk.attacks().contains(&"2017-shop -> 2017-kalmar".to_owned()), "{:?}", desk.attacks());
}

#[test]
fn an_attack_by_hand_that_is_pinned_takes_in_no_other() {
    let desk = Desk::new(&[("content/articles/lund.txt", LUND)]);
    let by_hand = "+++\ntitle = \"Fire\"\ndate = 2017-01-01\nkind = \"arson\"\nkilled = 0\n+++\n";
    desk.write("content/attacks/2017-kalmar.md", by_hand);
    desk.pin();
    desk.write("content/articles/kalmar.txt", KALMAR);
    assert_eq!(desk.attacks(), ["2016-lund 1", "2017-kalmar 0", "2017-kalmar-shooting 5"]);
}

#[test]
fn the_lines_of_review_can_be_pasted_as_they_stand() {
    let more = "Title: More\nDate: 2017-08-13\nSource: Courier\n\n\
        Seven people were killed when a gunman opened fire at a shop in Kalmar, Sweden, on 10 August 2017.\n\n\
        “It was dark.” Nobody had seen a face.\n\n\
        A bomb killed two people in Ystad, Sweden.\n\n“I sold bread,” said Orla Tennick.\n";
    let desk = kalmar();
    desk.write("content/articles/more.txt", more);
    let items = review::items(&desk.site());
    let reasons: BTreeSet<review::Reason> = items.iter().map(|item| item.reason).collect();
    assert!(reasons.len() >= 5, "{reasons:?}");
    for item in items {
        let lines = &item.paste;
        let is_sidecar = item.file.ends_with(".toml");
        let text = if is_sidecar { format!("{lines}\n") } else { format!("+++\n{lines}\n+++\n") };
        desk.write(&item.file, &text);
        let built = desk.build();
        assert!(built.is_ok(), "{lines}: {}", built.err().unwrap_or_default());
        let written: Vec<String> =
            item.accepted().iter().map(|(key, value)| format!("{key} = {value}")).collect();
        assert!(written.iter().all(|line| lines.contains(line)), "{written:?} is not in {lines}");
        desk.remove(&item.file);
    }
}

#[test]
fn an_edit_of_an_article_moves_no_page_of_a_place() {
    let attack = |town: &str, year: u16| {
        format!("Title: A bomb\nDate: {year}-05-05\n\nA bomb killed two people in {town} on 4 May {year}.\n")
    };
    let (illinois, missouri) = ("Springfield, Illinois", "Springfield, Missouri");
    let desk = Desk::new(&[]);
    for (town, year) in [("Munich, Germany", 2001), (illinois, 2003), (missouri, 2005)] {
        for year in [year, year + 1] {
            desk.write(&format!("content/articles/{year}.txt"), &attack(town, year));
        }
    }
    let places = || -> Vec<String> {
        let site = desk.site();
        let places = site.pages.iter().filter_map(|page| page.path.strip_prefix("timeline/place/"));
        places.map(str::to_owned).collect()
    };
    let [munich, of_illinois, of_missouri] =
        ["munich-germany/", "springfield-illinois-united-states/", "springfield-missouri-united-states/"];
    assert_eq!(places(), [munich, of_illinois, of_missouri]);
    desk.write("content/articles/2001.txt", &attack("München, Germany", 2001));
    assert_eq!(
        places(),
        [munich, of_illinois, of_missouri],
        "another spelling is another way to the same place"
    );
    desk.write("content/articles/2003.txt", &attack("Leeds, England", 2003));
    assert_eq!(places(), [munich, of_missouri], "the namesake stays where it is");
}
