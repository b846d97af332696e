//! How long a build takes and how much memory: cold, without change, after one edit; and the share of each stage.
//!
//! `cargo bench --bench build -- 100 1000 10000` prints a Markdown row for each number of articles. The articles are
//! made up (see `corpus`), and lie on a memory disk where there is one, so that the program is measured and not the
//! disk. Each figure is taken in a process of its own; wall times are medians of five.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program takes the time and prints"
)]

mod corpus;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use dateline::document::{self, Document};
use dateline::dossier::{self, Article, Decisions};
use dateline::facts::{self, Aliases, Facts};
use dateline::pipeline::{Options, Pipeline};
use dateline::source::Reader;
use dateline::write::{Guards, Writer};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// The program's own allocator, so that the program is measured.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 5;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [job, site] = &arguments[..]
        && job == "stages"
    {
        return stages(Path::new(site));
    }
    if let [job, site] = &arguments[..]
        && job == "build"
    {
        return build(Path::new(site));
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100, 1000] } else { sizes };
    println!("| articles | cold build | without change | after one edit | peak memory | files |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for size in &sizes {
        let site = fresh_site(*size)?;
        whole_builds(&site, *size)?;
    }
    println!("\n| articles | read | parse | extract | link | plan, render, export | hash and write |");
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    for size in &sizes {
        let site = fresh_site(*size)?;
        print!("| {size} ");
        let row =
            Command::new(std::env::current_exe()?).args(["stages".as_ref(), site.as_os_str()]).output()?;
        println!("{}", String::from_utf8_lossy(&row.stdout).trim_end());
        std::fs::remove_dir_all(site)?;
    }
    Ok(())
}

/// A new folder with `size` articles.
fn fresh_site(size: usize) -> anyhow::Result<PathBuf> {
    let memory_disk = Path::new("/dev/shm");
    let base = if memory_disk.is_dir() { memory_disk.to_owned() } else { std::env::temp_dir() };
    let site = base.join(format!("dateline-bench-{}-{size}", std::process::id()));
    if !site.exists() {
        corpus::write_site(&site, size)?;
    }
    Ok(site)
}

fn today() -> jiff::civil::Date {
    jiff::civil::date(2030, 1, 1)
}

/// One build in this process; prints its peak memory in MiB.
fn build(site: &Path) -> anyhow::Result<()> {
    let mut pipeline = Pipeline::new(site, &site.join("site.toml"), Options::new(today()));
    let built = pipeline.build();
    let site = built.site.ok_or_else(|| anyhow::anyhow!("{:?}", built.diagnostics))?;
    let writer = Writer::open(&pipeline.output_dir(&site.config), &Guards::of_site(pipeline.root()))?;
    site.render_all(|output| writer.put(output))?;
    let written = writer.commit()?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak =
        status.lines().find(|line| line.starts_with("VmHWM")).and_then(|line| line.split_whitespace().nth(1));
    let peak: usize = peak.unwrap_or("0").parse()?;
    println!("{} {}", peak / 1024, written.written + written.unchanged);
    Ok(())
}

/// Wall time of one build in a process of its own, its peak memory in MiB and its files.
fn timed(site: &Path) -> anyhow::Result<(f64, usize, usize)> {
    let start = Instant::now();
    let output =
        Command::new(std::env::current_exe()?).args(["build".as_ref(), site.as_os_str()]).output()?;
    let wall = start.elapsed().as_secs_f64();
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures = String::from_utf8(output.stdout)?;
    let figures: Vec<usize> = figures.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    anyhow::ensure!(figures.len() == 2, "a build prints two figures");
    Ok((wall, figures[0], figures[1]))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn whole_builds(site: &Path, size: usize) -> anyhow::Result<()> {
    let (mut cold, mut same, mut edited) = (Vec::new(), Vec::new(), Vec::new());
    let (mut peak, mut files) = (0, 0);
    for run in 0..RUNS {
        let output = site.join("public");
        if output.exists() {
            std::fs::remove_dir_all(&output)?;
        }
        let (wall, memory, count) = timed(site)?;
        cold.push(wall);
        (peak, files) = (peak.max(memory), count);
        same.push(timed(site)?.0);
        let article = site.join("content/articles/article-00000.txt");
        let text = std::fs::read_to_string(&article)?;
        std::fs::write(&article, format!("{text}The court rose at noon on the {run}th day.\n"))?;
        edited.push(timed(site)?.0);
        std::fs::write(&article, text)?;
    }
    let (cold, same, edited) = (median(cold), median(same), median(edited));
    println!("| {size} | {cold:.3} s | {same:.3} s | {edited:.3} s | {peak} MiB | {files} |");
    Ok(())
}

/// Runs the stages one by one, each on all threads, and prints what each takes.
fn stages(root: &Path) -> anyhow::Result<()> {
    let mut times = Vec::new();
    let mut lap = Instant::now();
    let mut next = |times: &mut Vec<f64>| {
        times.push(lap.elapsed().as_secs_f64());
        lap = Instant::now();
    };
    let (config, _) = dateline::config::parse(&std::fs::read_to_string(root.join("site.toml"))?, "site.toml");
    next(&mut Vec::new());
    let (inputs, _) = Reader::new(root).read(&config);
    next(&mut times);
    let parsed: Vec<Document> =
        inputs.sources.par_iter().filter_map(|source| document::parse(source, None, &config).0).collect();
    next(&mut times);
    let facts: Vec<Facts> =
        parsed.par_iter().map(|document| facts::extract(document, document.meta.published)).collect();
    next(&mut times);
    let pairs = parsed.into_iter().zip(facts).enumerate();
    let articles: Vec<Article> = pairs
        .map(|(at, (document, facts))| Article {
            document: Arc::new(document),
            facts: Arc::new(facts),
            slug: format!("article-{at:05}"),
            corrections: Arc::default(),
        })
        .collect();
    next(&mut Vec::new());
    let linked = dossier::link(&articles, &Aliases::default(), &Decisions::default());
    next(&mut times);
    drop((linked, articles, inputs));
    let mut pipeline = Pipeline::new(root, &root.join("site.toml"), Options::new(today()));
    let site = pipeline.build().site.ok_or_else(|| anyhow::anyhow!("the corpus has errors"))?;
    next(&mut Vec::new());
    site.render_all(|_| Ok(()))?;
    next(&mut times);
    let output = pipeline.output_dir(&site.config);
    if output.exists() {
        std::fs::remove_dir_all(&output)?;
    }
    next(&mut Vec::new());
    let writer = Writer::open(&output, &Guards::of_site(pipeline.root()))?;
    site.render_all(|output| writer.put(output))?;
    writer.commit()?;
    let mut both = Vec::new();
    next(&mut both);
    let rendering = times.last().copied().unwrap_or_default();
    times.push((both[0] - rendering).max(0.0));
    for time in times {
        print!("| {:.0} ms ", time * 1000.0);
    }
    println!("|");
    Ok(())
}
