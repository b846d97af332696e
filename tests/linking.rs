//! How rightly mentions become attacks and people: `tests/dossiers/*/`, each a site of invented articles with a `gold.toml`
//! that says which mentions are one.
//!
//! Counted are pairs of mentions: a pair that the program joins and a person joins, too, is right (pairwise precision,
//! recall and F1). A mention that was never read is in no group, so every pair with it is missed; the figures of linking
//! alone leave such mentions out. `cargo test --test linking -- --nocapture` prints all figures and every wrong pair.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files, prints its figures, and fails where a value is missing"
)]

#[path = "linking/gold.rs"]
mod gold;
#[path = "linking/pairs.rs"]
mod pairs;

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use dateline::dossier::{self, Article, Decisions, Dossier};
use dateline::facts::Aliases;
use dateline::pipeline::{Options, Pipeline, Site};
use proptest::prelude::{Just, ProptestConfig, Strategy, proptest};

use gold::{Gold, attack_mentions, person_mentions};
use pairs::{Labelled, Score, score};

/// What both attacks and people must reach, with every mention that was not read counted as missed.
const ENOUGH: f64 = 0.95;

/// The same for a dossier that no rule was written on (`held_out = true`).
const ENOUGH_UNSEEN: f64 = 0.9;

fn dossiers() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dossiers");
    let mut dossiers: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    dossiers.sort();
    assert!(dossiers.len() >= 2, "the dossiers under tests/dossiers/ are gone");
    dossiers
}

fn build(root: &Path) -> Site {
    let today = jiff::civil::date(2030, 1, 1);
    let built = Pipeline::new(root, &root.join("site.toml"), Options::new(today)).build();
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
    built.site.unwrap()
}

#[test]
fn mentions_are_linked_as_a_person_links_them() {
    let mut short = Vec::new();
    for root in dossiers() {
        let site = build(&root);
        let gold = Gold::read(&root.join("gold.toml"));
        let name = root.file_name().unwrap().to_string_lossy().into_owned();
        let attacks = attack_mentions(&gold, &site.articles, &site.dossier);
        let people = person_mentions(&gold, &site.articles, &site.dossier);
        for (what, mentions) in [("attacks", attacks), ("people", people)] {
            let whole = report(&name, what, &mentions, site.articles.len());
            if whole.f1() < if gold.held_out { ENOUGH_UNSEEN } else { ENOUGH } {
                short.push(format!("{name}, {what}: F1 {:.3}", whole.f1()));
            }
        }
    }
    assert!(short.is_empty(), "too low: {}", short.join("; "));
}

/// Prints the figures and what is wrong, and gives the figure that counts.
fn report(name: &str, what: &str, mentions: &[Labelled], articles: usize) -> Score {
    let whole = score(mentions);
    let read: Vec<Labelled> = mentions.iter().filter(|mention| mention.linked.is_some()).cloned().collect();
    println!(
        "{name}, {what}: {} mentions in {articles} articles, {} of them read",
        mentions.len(),
        read.len()
    );
    println!("  all mentions   {whole}\n  of those read  {}", score(&read));
    for mention in mentions.iter().filter(|mention| mention.linked.is_none()) {
        println!("  not read: {}", mention.name);
    }
    for mention in mentions.iter().filter(|mention| mention.gold.is_none()) {
        println!("  not in the gold: {}", mention.name);
    }
    for wrong in pairs::wrong(&read) {
        println!("  {wrong}");
    }
    whole
}

/// What an order of articles came to: groups of mentions, and who copies whom, all by address and headline.
fn groups(articles: &[Article], dossier: &Dossier) -> [BTreeSet<BTreeSet<(String, u32)>>; 3] {
    let path = |at: &u32| {
        let article = &articles[*at as usize];
        format!("{} {}", article.slug, article.document.title)
    };
    let named = |mentions: &Vec<(u32, u32)>| mentions.iter().map(|(at, index)| (path(at), *index)).collect();
    let copies = (0_u32..).zip(dossier.copy_of.iter()).filter_map(|(at, original)| Some((at, (*original)?)));
    [
        dossier.attacks.iter().map(|attack| named(&attack.mentions)).collect(),
        dossier.people.iter().map(|person| named(&person.mentions)).collect(),
        copies.map(|(at, original)| BTreeSet::from([(path(&at), 0), (path(&original), 1)])).collect(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn the_order_of_files_changes_nothing(order in orders()) {
        let [(sorted, expected), (given, linked)] = order.map(|articles| {
            let dossier = dossier::link(&articles, &Aliases::default(), &Decisions::default()).0;
            (articles, dossier)
        });
        assert_eq!(groups(&sorted, &expected), groups(&given, &linked));
        let ids = |dossier: &Dossier| -> Vec<String> {
            let attacks = dossier.attacks.iter().map(|attack| format!("{} {}", attack.id, attack.title));
            attacks.chain(dossier.people.iter().map(|person| person.slug.clone())).collect()
        };
        assert_eq!(ids(&expected), ids(&linked));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn what_files_are_called_changes_nothing(seed in proptest::arbitrary::any::<u64>()) {
        for site in dossiers().iter().map(|root| build(root)) {
            // A name for each file that puts it anywhere: a digest of its own name and the seed.
            let mut renamed = site.articles.clone();
            for article in &mut renamed {
                let mut document = (*article.document).clone();
                let mut hasher = std::hash::DefaultHasher::new();
                (seed, &article.slug).hash(&mut hasher);
                document.path = format!("content/articles/{:016x}.txt", hasher.finish()).into();
                article.document = document.into();
            }
            let aliases = &site.knowledge.aliases;
            let linked = |articles: &[Article]| dossier::link(articles, aliases, &Decisions::default()).0;
            let [attacks, people, _] = groups(&site.articles, &linked(&site.articles));
            let [attacks_renamed, people_renamed, _] = groups(&renamed, &linked(&renamed));
            assert_eq!(attacks, attacks_renamed);
            assert_eq!(people, people_renamed);
        }
    }
}

/// The articles of all dossiers, in order and shuffled.
fn orders() -> impl Strategy<Value = [Vec<Article>; 2]> {
    static ARTICLES: std::sync::LazyLock<Vec<Article>> = std::sync::LazyLock::new(|| {
        dossiers().iter().flat_map(|root| build(root).articles.clone()).collect()
    });
    Just(ARTICLES.clone()).prop_shuffle().prop_map(|shuffled| [ARTICLES.clone(), shuffled])
}
