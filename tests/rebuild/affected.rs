//! A page that is not named as affected by an edit has the very view that it had before it. The site of articles that speak of
//! the same few attacks, and what is done to it, serve other tests, too.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dateline::page::Page;
use dateline::pipeline::{Options, Pipeline, Site};
use dateline::view::view;
use proptest::prelude::*;
use serde_json::Value;

const PLACES: [&str; 3] = ["Port Lorne", "Calder Ford", "Marlow"];
const NAMES: [&str; 4] = ["Ada Example", "Bo Berg", "Agnes Aldersen", "Maren Ostby"];
pub const ARTICLES: usize = 14;

/// One of several articles that speak of few attacks and quote few people; each digit of `variant` is another edit.
fn article(number: usize, variant: usize) -> String {
    let bit = |bit: usize| variant >> bit & 1;
    // The last two copy an earlier one.
    let told = if number >= ARTICLES - 2 { number - 6 } else { number };
    let (place, name) = (PLACES[told % 3], NAMES[(told + bit(4)) % 4]);
    format!(
        "Title: Report {number}{}\nDate: 2021-06-{:02}\nSource: Paper {}\n\nA bomb killed {} people at the market of \
         {place} on {} May 2011, and the roads around the harbour were closed until the evening of that day.\n\n“It \
         was so in case {told} and in others, and nobody had read the file,” said {name}, a {} at the Marlow \
         Institute, who had come by train that morning.\n\n{}\n",
        " again".repeat(bit(0)),
        1 + (number * 7 + bit(1) * 9) % 28,
        number % 3,
        3 + bit(2),
        4 + told % 3,
        ["lecturer", "senior fellow"][bit(3)],
        ["The square was quiet.", "The square was loud, and the stalls were full."][bit(5)],
    )
}

#[derive(Clone, Debug)]
pub enum Step {
    Article(usize, usize),
    Attack(usize, usize),
    Expert(usize, usize),
    Page(usize),
    /// What lies beside an article.
    Sidecar(usize, usize),
    /// An article more, or none.
    More(bool),
    Template(usize),
}

pub fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..ARTICLES, 0..64_usize).prop_map(|(number, variant)| Step::Article(number, variant)),
        2 => (0..3_usize, 0..8_usize).prop_map(|(number, variant)| Step::Attack(number, variant)),
        1 => (0..4_usize, 0..6_usize).prop_map(|(number, variant)| Step::Expert(number, variant)),
        1 => (0..2_usize).prop_map(Step::Page),
        1 => (0..ARTICLES, 0..4_usize).prop_map(|(number, variant)| Step::Sidecar(number, variant)),
        1 => any::<bool>().prop_map(Step::More),
        1 => (0..2_usize).prop_map(Step::Template),
    ]
}

pub fn apply(root: &Path, step: &Step) {
    let (path, text) = match *step {
        Step::Article(number, variant) => {
            (format!("content/articles/a{number:02}.txt"), article(number, variant))
        }
        Step::Attack(number, variant) => {
            let id = ["2011-port-lorne", "2011-calder-ford", "2011-marlow"][number];
            let texts = [
                "+++\nconfirmed = true\n+++\n",
                "+++\nkilled = 9\n[[perpetrator]]\nname = \"The Brand\"\nstatus = \"claimed\"\n+++\nAs the court found.\n",
                "+++\ntitle = \"The market\"\n[[perpetrator]]\nname = \"The Brand\"\nstatus = \"blamed\"\n[[correction]]\ndate = 2012-01-02\ntext = \"Again.\"\n+++\n",
                "+++\ndate = 2011-05-30\n+++\n",
                "+++\nconfirmed = true\n+++\nIn other words.\n",
                "+++\nhidden = true\n+++\n",
                "+++\nmentions = [\"a01.txt\", \"a03.txt\"]\nhide = [\"killed\"]\n+++\nSee [one](@/articles/a05.txt).\n",
                "+++\ncountry = \"NO\"\nplace = \"Oslo\"\n[[perpetrator]]\nname = \"The Brand\"\nkind = \"organization\"\nstatus = \"claimed\"\n+++\n",
            ];
            (format!("content/attacks/{id}.md"), texts[variant].to_owned())
        }
        Step::Expert(number, variant) => {
            let slug = ["ada-example", "bo-berg", "agnes-aldersen", "maren-ostby"][number];
            let texts = [
                "+++\nconfirmed = true\n+++\n",
                "+++\ntitle = \"reader\"\n+++\nInvented.\n",
                "+++\nhidden = true\n+++\n",
                "+++\nconfirmed = true\n+++\nInvented, as all here.\n",
                "+++\nname = \"Somebody\"\n[[quotation]]\narticle = \"a02.txt\"\nwords = \"It was so\"\n+++\n",
                "+++\nsubject = \"crises\"\n[[correction]]\ndate = 2012-01-03\ntext = \"The name.\"\n+++\n",
            ];
            (format!("content/experts/{slug}.md"), texts[variant].to_owned())
        }
        Step::Page(variant) => ("content/about.md".to_owned(), format!("# About\n\nWords, {variant}.\n")),
        Step::Sidecar(number, variant) => {
            let texts = [
                "",
                "url = \"https://example.org/a\"\n",
                "[[correction]]\ndate = 2022-01-01\ntext = \"The toll.\"\n",
                "[[attack]]\nparagraph = \"p1\"\nkilled = 5\n",
            ];
            (format!("content/articles/a{number:02}.toml"), texts[variant].to_owned())
        }
        Step::More(there) => {
            let path = "content/articles/a00-more.txt";
            if !there {
                drop(fs::remove_file(root.join(path)));
                return;
            }
            (path.to_owned(), article(3, 5))
        }
        Step::Template(variant) => {
            let text =
                ["{% extends \"theme/attack.html\" %}", "{{ attack.title }}, {{ site.counts.attacks }}\n"]
                    [variant];
            ("templates/attack.html".to_owned(), text.to_owned())
        }
    };
    fs::create_dir_all(root.join(&path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}

pub fn site() -> (tempfile::TempDir, Pipeline) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), "title = \"A\"\n[lists]\narticles_per_page = 4\n").unwrap();
    (0..ARTICLES).for_each(|number| apply(folder.path(), &Step::Article(number, 0)));
    apply(folder.path(), &Step::Page(0));
    let settings = folder.path().join("site.toml");
    let pipeline = Pipeline::new(folder.path(), &settings, Options::new(jiff::civil::date(2030, 1, 1)));
    (folder, pipeline)
}

/// All that a template can see of a page.
pub fn seen(site: &Site, page: &Page) -> Value {
    serde_json::to_value(view(&site.scope(), &page.subject, &format!("/{}", page.path))).unwrap()
}

/// How many pages are not affected, having looked at each of them.
fn left_alone(before: &Site, now: &Site) -> Option<usize> {
    let affected: BTreeSet<usize> = now.affected_since(before)?.into_iter().collect();
    let others = (0..now.pages.len()).filter(|at| !affected.contains(at));
    for at in others.clone() {
        assert_eq!(before.pages[at], now.pages[at]);
        let path = &now.pages[at].path;
        assert_eq!(seen(before, &before.pages[at]), seen(now, &now.pages[at]), "`{path}`");
    }
    Some(others.count())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn what_is_not_affected_has_the_view_that_it_had(
        steps in prop::collection::vec(prop::collection::vec(step(), 1..3), 1..8)
    ) {
        let (folder, mut pipeline) = site();
        let mut before = pipeline.build().site.unwrap();
        for batch in &steps {
            batch.iter().for_each(|step| apply(folder.path(), step));
            let Some(now) = pipeline.build().site else { continue };
            left_alone(&before, &now);
            before = now;
        }
    }
}

#[test]
fn small_edits_leave_most_pages_alone() {
    let (folder, mut pipeline) = site();
    apply(folder.path(), &Step::Attack(0, 0));
    let mut before = pipeline.build().site.unwrap();
    for step in [Step::Article(1, 32), Step::Article(1, 33), Step::Attack(0, 4), Step::Article(1, 4)] {
        apply(folder.path(), &step);
        let now = pipeline.build().site.unwrap();
        let alone = left_alone(&before, &now).expect("it is known what is affected");
        assert!(
            alone >= 5 && alone < now.pages.len(),
            "{step:?} leaves {alone} of {} alone",
            now.pages.len()
        );
        before = now;
    }
}
