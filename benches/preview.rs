//! How long an edit takes to be seen: `cargo bench --bench preview -- 1000 10000`.
//!
//! The program serves a site of that many made-up articles (see `corpus`) on a memory disk. Each of 50 edits a kind is
//! timed from the moment before the file is saved to the moment that a GET on loopback has the new text, asked for
//! again every millisecond. Each is taken back, and seen to be gone, before the next; an edit that is not seen within ten
//! seconds is counted as missed. Below the rows: how long the first page takes from the start, without a cache on disk and with one; how much
//! memory the program has; how much of the processor it takes when nothing happens; and how much other programs took
//! meanwhile, as times on a busy machine say little.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program takes the time, runs the program and prints"
)]

mod corpus;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

const EDITS: usize = 50;

/// Between an edit that is taken back and the next.
const QUIET: Duration = Duration::from_millis(150);

/// How long an edit is waited for.
const LONGEST: Duration = Duration::from_secs(10);

/// How long the first page is waited for.
const LONGEST_START: Duration = Duration::from_secs(120);

fn main() -> anyhow::Result<()> {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1000] } else { sizes };
    println!("| articles | what is edited | where it is looked for | median | worst |");
    println!("|---:|---|---|---:|---:|");
    for size in sizes {
        let memory_disk = Path::new("/dev/shm");
        let base = if memory_disk.is_dir() { memory_disk.to_owned() } else { std::env::temp_dir() };
        let root = base.join(format!("dateline-preview-{}-{size}", std::process::id()));
        let measured = measure(&root, size);
        fs::remove_dir_all(&root)?;
        measured?;
    }
    Ok(())
}

/// A site being served.
struct Served {
    root: PathBuf,
    address: String,
    program: Child,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn measure(root: &Path, size: usize) -> anyhow::Result<()> {
    corpus::write_site(root, size)?;
    fs::create_dir_all(root.join("templates"))?;
    fs::create_dir_all(root.join("static"))?;
    fs::create_dir_all(root.join("content/attacks"))?;
    let meanwhile = Meanwhile::begin()?;
    let (_, cold) = Served::start_and_wait(root)?;
    let (served, warm) = Served::start_and_wait(root)?;

    let mut articles = names(&served.get("/articles/")?, "article-", '/');
    articles.retain(|name| name.bytes().all(|digit| digit.is_ascii_digit()));
    let attacks = names(&served.get("/timeline/")?, "data-attack=\"", '"');
    let article = |k: usize| articles[k % articles.len()].clone();
    let attack = |k: usize| attacks[k * 3 % attacks.len()].clone();
    served.report(size, "words of an article", "its page", |k| {
        let file = format!("content/articles/article-{}.txt", article(k));
        let text = fs::read_to_string(root.join(&file))?;
        let mark = format!("The mark is number {k} of many marks.");
        let page = format!("/articles/article-{}/", article(k));
        Ok(Edit { file, text: format!("{text}{mark}\n"), page, mark })
    })?;
    served.report(size, "headline of an article", "the list of articles", |k| {
        let file = format!("content/articles/article-{}.txt", article(k));
        let text = fs::read_to_string(root.join(&file))?;
        let mark = format!("Headline {k} of many");
        let text = text.replacen("Title: ", &format!("Title: {mark}: "), 1);
        Ok(Edit { file, text, page: "/articles/".to_owned(), mark })
    })?;
    served.report(size, "toll in an article", "the timeline", |k| {
        let page = served.get(&format!("/attacks/{}/", attack(k)))?;
        let name =
            names(&page, "articles/article-", '/').into_iter().next().context("no article tells of it")?;
        let file = format!("content/articles/article-{name}.txt");
        let text = fs::read_to_string(root.join(&file))?;
        // Each of its attacks: one is that of the page. No other number is like these.
        let mark = format!("7,{:03}", 100 + k);
        let mut parts = text.split(" killed ");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            text.push_str(&format!(
                " killed {mark}{}",
                part.trim_start_matches(|it: char| it.is_ascii_digit())
            ));
        }
        Ok(Edit { file, text, page: "/timeline/".to_owned(), mark })
    })?;
    for (place, path) in [("the page of the attack", "/attacks/ID/"), ("the timeline", "/timeline/")] {
        served.report(size, "record of an attack", place, |k| {
            let id = attack(k);
            let mark = format!("Titled {k} for {place}");
            let text = format!("+++\ntitle = \"{mark}\"\n+++\n");
            Ok(Edit { file: format!("content/attacks/{id}.md"), text, page: path.replace("ID", &id), mark })
        })?;
    }
    served.report(size, "template of articles", "the page of one", |k| {
        let mark = format!("Template {k} of many");
        let text =
            format!("{{% extends \"theme/article.html\" %}}{{% block title %}}{mark}{{% endblock %}}\n");
        let page = format!("/articles/article-{}/", article(k));
        Ok(Edit { file: "templates/article.html".to_owned(), text, page, mark })
    })?;
    served.report(size, "stylesheet", "itself", |k| {
        let mark = format!("--mark: {k};");
        let text = format!("body {{ {mark} }}\n");
        Ok(Edit { file: "static/own.css".to_owned(), text, page: "/own.css".to_owned(), mark })
    })?;

    let (settled, idle) = served.idle()?;
    let memory = served.status("VmRSS:")? / 1024;
    let peak = served.status("VmHWM:")? / 1024;
    let others = meanwhile.share_of_others(&served)?;
    println!(
        "\n{size} articles: the first page {cold:.2} s after the start, {warm:.2} s with the cache of the start before; \
         {memory} MiB at the end, {peak} MiB at the most; {settled} s after the last edit it rested, and took {idle} \
         hundredths of a second of the processor in ten seconds"
    );
    if others > 0.05 {
        println!(
            "The machine was NOT idle: other programs took {:.0} % of its processors, so these times say little.",
            others * 100.0
        );
    }
    println!();
    Ok(())
}

/// What the processors did from some moment on.
struct Meanwhile {
    begun: Instant,
    busy: u64,
}

impl Meanwhile {
    fn begin() -> anyhow::Result<Meanwhile> {
        Ok(Meanwhile { begun: Instant::now(), busy: busy()? })
    }

    /// The share of all processors that went to others than this program and the one that is measured. What the system
    /// does for both counts for others.
    fn share_of_others(&self, served: &Served) -> anyhow::Result<f64> {
        let own = ticks_of("self")? + served.ticks()?;
        let processors = std::thread::available_parallelism()?.get() as f64;
        let all = self.begun.elapsed().as_secs_f64() * 100.0 * processors;
        Ok((busy()? - self.busy).saturating_sub(own) as f64 / all)
    }
}

/// Hundredths of a second that all processors have worked, as the system counts them.
fn busy() -> anyhow::Result<u64> {
    let stat = fs::read_to_string("/proc/stat")?;
    let line = stat.lines().next().context("the system does not say")?;
    let fields: Vec<u64> = line.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    // Of user, nice, system, idle, iowait, irq, softirq, steal: all but the two in which nothing is done.
    Ok(fields.iter().take(8).sum::<u64>() - fields[3] - fields[4])
}

/// Hundredths of a second that a program, and those that it started and that ended, have taken.
fn ticks_of(program: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{program}/stat"))?;
    let fields: Vec<&str> = status.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    Ok(fields[11..15].iter().filter_map(|word| word.parse::<u64>().ok()).sum())
}

/// One edit, and where it shows.
struct Edit {
    file: String,
    text: String,
    page: String,
    mark: String,
}

/// What is waited for.
#[derive(Copy, Clone, PartialEq)]
enum Mark {
    There,
    Gone,
}

impl Served {
    /// Starts it and gives how many seconds its first page took.
    fn start_and_wait(root: &Path) -> anyhow::Result<(Served, f64)> {
        let begun = Instant::now();
        let served = Served::start(root)?;
        if !served.sees("/", "</html>", Mark::There, LONGEST_START)? {
            bail!("the first page never came");
        }
        Ok((served, begun.elapsed().as_secs_f64()))
    }

    fn start(root: &Path) -> anyhow::Result<Served> {
        let mut program = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(["--root".as_ref(), root.as_os_str(), "serve".as_ref(), "--port=18411".as_ref()])
            .stderr(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(program.stderr.take().context("it was piped")?).lines();
        let mut served = Served { root: root.to_owned(), address: String::new(), program };
        for line in lines.by_ref() {
            if let Some((_, url)) = line?.split_once("http://") {
                served.address = url.split('/').next().unwrap_or_default().to_owned();
                break;
            }
        }
        // What it says later is taken, so that it never waits to say it.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(served)
    }

    fn get(&self, path: &str) -> anyhow::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Whether `path` comes to be served with `mark`, or without it, in time.
    fn sees(&self, path: &str, mark: &str, wanted: Mark, longest: Duration) -> anyhow::Result<bool> {
        let begun = Instant::now();
        while begun.elapsed() < longest {
            let answer = self.get(path)?;
            if answer.starts_with("HTTP/1.1 200") && answer.contains(mark) == (wanted == Mark::There) {
                return Ok(true);
            }
            // A file that was made for the edit is gone with it.
            if answer.starts_with("HTTP/1.1 404") && wanted == Mark::Gone {
                return Ok(true);
            }
            sleep(Duration::from_millis(1));
        }
        Ok(false)
    }

    /// Makes the edits, each taken back before the next, and prints a row.
    fn report(
        &self,
        size: usize,
        what: &str,
        place: &str,
        edit: impl Fn(usize) -> anyhow::Result<Edit>,
    ) -> anyhow::Result<()> {
        let mut times = Vec::new();
        for k in 0..EDITS {
            let Edit { file, text, page, mark } = edit(k)?;
            let file = self.root.join(file);
            let before = fs::read(&file).ok();
            sleep(QUIET);
            let begun = Instant::now();
            fs::write(&file, text)?;
            if self.sees(&page, &mark, Mark::There, LONGEST)? {
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
            match before {
                Some(before) => fs::write(&file, before)?,
                None => fs::remove_file(&file)?,
            }
            if !self.sees(&page, &mark, Mark::Gone, LONGEST)? {
                bail!("`{mark}` stayed on `{page}` after it was taken back");
            }
        }
        times.sort_by(f64::total_cmp);
        let missed = match EDITS - times.len() {
            0 => String::new(),
            missed => format!(" ({missed} of {EDITS} were not seen)"),
        };
        let median = times.get(times.len() / 2).map_or("–".to_owned(), |time| format!("{time:.0} ms"));
        let worst = times.last().map_or("–".to_owned(), |time| format!("{time:.0} ms"));
        println!("| {size} | {what} | {place} | {median} | {worst}{missed} |");
        Ok(())
    }

    /// A figure of the system's about the program, in KiB.
    fn status(&self, name: &str) -> anyhow::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.program.id()))?;
        let line = status.lines().find(|line| line.starts_with(name)).context("the system does not say")?;
        Ok(line.split_whitespace().nth(1).unwrap_or("0").parse()?)
    }

    fn ticks(&self) -> anyhow::Result<u64> {
        ticks_of(&self.program.id().to_string())
    }

    /// How many seconds it goes on working after the last edit, and what it takes of the processor in the ten after that.
    fn idle(&self) -> anyhow::Result<(u64, u64)> {
        let mut settled = 0;
        let mut before = self.ticks()?;
        loop {
            sleep(Duration::from_secs(1));
            let now = self.ticks()?;
            if now == before || settled == 120 {
                break;
            }
            (settled, before) = (settled + 1, now);
        }
        sleep(Duration::from_secs(10));
        Ok((settled, self.ticks()? - before))
    }
}

/// What stands between `before` and `end` wherever it does, each once, in order.
fn names(page: &str, before: &str, end: char) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in page.split(before).skip(1) {
        let name = part.split(end).next().unwrap_or_default().to_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
