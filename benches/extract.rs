//! How fast articles are read: megabytes of text per second of one thread, of its own time on the processor, for parsing
//! and for extracting facts.
//!
//! `cargo bench --bench extract -- 500` measures 500 articles of the made-up corpus (see `corpus`);
//! `cargo bench --bench extract -- FOLDER` those of a folder;
//! `cargo bench --bench extract -- FOLDER --once` reads them once and takes no time: for a profiler;
//! `cargo bench --bench extract -- --hostile [NAME]` texts that nobody writes, each at three lengths: in a row the three
//! speeds are alike, or something is not linear.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program reads files, takes the time and prints"
)]

#[expect(dead_code, reason = "another bench writes the corpus to a disk")]
mod corpus;
#[path = "../tests/extraction/texts.rs"]
mod texts;

use std::hint::black_box;

use dateline::config::Config;
use dateline::document::{self, Document};
use dateline::facts;
use dateline::source::{Format, Source, SourceKind};
use rustix::time::{ClockId, clock_gettime};

/// As the program: the readers make many small strings and lists.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 9;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|word| word != "--bench");
    let argument = arguments.next();
    if argument.as_deref() == Some("--hostile") {
        hostile(arguments.next().as_deref());
        return Ok(());
    }
    let argument = argument.unwrap_or_else(|| "500".to_owned());
    let is_profiled = arguments.any(|word| word == "--once");
    let texts = match argument.parse() {
        Ok(count) => corpus::articles(count).collect(),
        Err(_) => texts_of(&argument)?,
    };
    let config = Config::default();
    let sources: Vec<Source> = texts.into_iter().enumerate().map(|(at, text)| source(at, text)).collect();
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    let parse = || -> Vec<Document> {
        sources.iter().filter_map(|source| document::parse(source, None, &config).0).collect()
    };
    let documents = parse();
    let extract = |documents: &[Document]| {
        for document in documents {
            black_box(facts::extract(document, document.meta.published));
        }
    };
    if is_profiled {
        extract(&documents);
        return Ok(());
    }
    println!("{} articles, {:.2} MB", sources.len(), bytes as f64 / 1e6);
    report("parse", bytes, || drop(black_box(parse())));
    report("extract", bytes, || extract(&documents));
    report("parse + extract", bytes, || extract(&parse()));
    println!("{:>16}: {}", "facts", digest(&documents)?);
    Ok(())
}

/// Names all that is read of the documents: a change that should only make reading faster leaves it as it is.
fn digest(documents: &[Document]) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    for document in documents {
        let published = document.meta.published.or_else(|| "2018-10-16".parse().ok());
        hasher.update(&serde_json::to_vec(&facts::extract(document, published))?);
    }
    Ok(hasher.finalize().to_hex()[..16].to_owned())
}

/// Reads texts that nobody writes, or the one called `only`, at 1, 2 and 4 MB.
fn hostile(only: Option<&str>) {
    println!("{:>32}  1 MB    2 MB    4 MB    (MB/s, parse + extract)", "");
    let config = Config::default();
    let texts = || [1, 2, 4].map(|length| texts::all(length << 20));
    let [one, two, four] = texts();
    for (((name, one), (_, two)), (_, four)) in one.zip(two).zip(four) {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let speeds = [one, two, four].map(|text| {
            let source = source(0, text);
            let start = seconds();
            if let (Some(document), _) = document::parse(&source, None, &config) {
                black_box(facts::extract(&document, "2018-10-16".parse().ok()));
            }
            source.text.len() as f64 / 1e6 / (seconds() - start)
        });
        let sunk = if speeds[2] < speeds[0] * 0.6 || speeds[2] < 5.0 { "  !" } else { "" };
        let [one, two, four] = speeds;
        println!("{name:>32} {one:>6.1} {two:>7.1} {four:>7.1}{sunk}");
    }
}

fn source(at: usize, text: String) -> Source {
    Source {
        path: format!("content/articles/article-{at:05}.txt").into(),
        kind: SourceKind::Article(Format::PlainText),
        text: text.into(),
        hash: [0; 32],
    }
}

/// The text files of a folder in the order of their names.
fn texts_of(folder: &str) -> anyhow::Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "txt"));
    paths.sort();
    Ok(paths.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?)
}

/// The processor's time that this thread has taken so far: other programs do not count.
fn seconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Runs `job` a few times and prints the best and the median.
fn report(name: &str, bytes: usize, job: impl Fn()) {
    job();
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = seconds();
            job();
            seconds() - start
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let speed = |time: f64| bytes as f64 / 1e6 / time;
    println!("{name:>16}: best {:.1} MB/s, median {:.1} MB/s", speed(times[0]), speed(times[RUNS / 2]));
}
