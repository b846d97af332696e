//! How long linking takes: `cargo bench --bench link -- 1000 3000 10000 30000`.
//!
//! For each number it links that many articles of three kinds: those of the made-up corpus; short ones that all speak of
//! one town and one week; short ones whose people all have one family name. Reading them is not counted. All of it
//! runs on one thread here; the time is what that thread worked, so that what else the machine does plays no part. Each figure is
//! the median of five; the time for each thousand articles tells how it grows.

#![expect(clippy::print_stdout, reason = "a measuring program prints")]

#[expect(dead_code, reason = "another bench writes the corpus to a disk")]
mod corpus;

use std::hint::black_box;
use std::sync::Arc;

use dateline::config::Config;
use dateline::document;
use dateline::dossier::{self, Article, Decisions};
use dateline::facts::{self, Aliases};
use dateline::source::{Format, Source, SourceKind};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustix::time::{ClockId, clock_gettime};

/// The program's own allocator, so that the program is measured.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 5;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000, 3000, 10_000] } else { sizes };
    println!("| articles | kind | attacks | people | link | a thousand articles |");
    println!("|---:|---|---:|---:|---:|---:|");
    for (kind, make) in KINDS {
        for size in &sizes {
            report(kind, &read(make(*size)));
        }
    }
}

type Make = fn(usize) -> Vec<String>;

const KINDS: [(&str, Make); 3] = [
    ("corpus", |size| corpus::articles(size).collect()),
    ("one town, one week", |size| (0..size).map(one_week).collect()),
    ("one family name", |size| (0..size).map(one_name).collect()),
];

/// An article on one of many attacks in one town in one week, with a toll and a spot of its own.
fn one_week(number: usize) -> String {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    let spots = ["market", "bridge", "mosque", "school", "depot", "court", "hotel", "bank"];
    let kinds = ["a bomb exploded", "gunmen opened fire", "a grenade was thrown"];
    let (day, spot, kind) = (days[number % 6], spots[number / 6 % 8], kinds[number / 48 % 3]);
    let killed = 2 + number * 7 % 90;
    format!(
        "Title: Attack {number}\nDate: 2016-10-16\n\n{killed} people were killed when {kind} at a {spot} in Baghdad on {day}, \
         police said.\n\n“This is report {number},” said Ahmed Karim, a doctor.\n"
    )
}

/// An article with a speaker of a name and an office of his own, but for the family name.
fn one_name(number: usize) -> String {
    let given = ["Ahmed", "Ali", "Omar", "James", "Peter", "Maria", "Anna", "Paul", "Mark", "John"];
    let middle = ["Adam", "Boris", "Carl", "David", "Egon", "Felix", "Georg", "Hugo", "Ivan", "Jonas"];
    let (one, two) = (given[number % 10], middle[number / 10 % 10]);
    let letter = char::from(b'A' + (number / 100 % 26) as u8);
    format!(
        "Title: Remark {number}\nDate: {}-05-01\n\n“It was so in case {number},” said {one} {two} {letter}. Karim, a \
         lecturer in subject{} at College{}.\n",
        1990 + number % 30,
        number % 977,
        number % 1009,
    )
}

/// Parsed and read, on all threads.
fn read(texts: Vec<String>) -> Vec<Article> {
    let config = Config::default();
    let numbered: Vec<(usize, String)> = texts.into_iter().enumerate().collect();
    let read = numbered.into_par_iter().filter_map(|(at, text)| {
        let source = Source {
            path: format!("content/articles/article-{at:05}.txt").into(),
            kind: SourceKind::Article(Format::PlainText),
            text: text.into(),
            hash: [0; 32],
        };
        let document = document::parse(&source, None, &config).0?;
        let facts = facts::extract(&document, document.meta.published);
        let slug = format!("article-{at:05}");
        let (document, facts) = (Arc::new(document), Arc::new(facts));
        Some(Article { document, facts, slug, corrections: Arc::default() })
    });
    read.collect()
}

/// Seconds that this thread has worked.
fn worked() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn report(kind: &str, articles: &[Article]) {
    let (mut attacks, mut people) = (0, 0);
    let mut run = || {
        let start = worked();
        let (dossier, _) = dossier::link(articles, &Aliases::default(), &Decisions::default());
        let time = worked() - start;
        (attacks, people) = (dossier.attacks.len(), dossier.people.len());
        black_box(dossier);
        time
    };
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be had");
    let mut times: Vec<f64> = alone.install(|| (0..RUNS).map(|_| run()).collect());
    times.sort_by(f64::total_cmp);
    let (time, thousands) = (times[RUNS / 2], articles.len() as f64 / 1000.0);
    println!(
        "| {} | {kind} | {attacks} | {people} | {:.0} ms | {:.1} ms |",
        articles.len(),
        time * 1000.0,
        time * 1000.0 / thousands
    );
}
