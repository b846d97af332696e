//! Everything the program says: data to standard output, messages to standard error. The only file that prints.

#![expect(clippy::disallowed_methods, reason = "it shows a bar only after a while")]

use std::io::{self, BufRead, ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Color, Global};
use super::draw::{draw, visible, visible_lines};
use crate::diagnostic::{Diagnostic, Severity};

/// How much is said.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Errors and warnings: a build server must not lose an article without a word.
    Quiet,
    /// The same, what was done, and how many notes there are.
    Normal,
    /// Everything.
    Verbose,
}

/// How the program speaks: in colour or not, much or little.
#[derive(Copy, Clone, Debug)]
pub struct Reporter {
    color: ColorChoice,
    verbosity: Verbosity,
}

/// How many diagnostics of each severity there were.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

/// The labels of messages that are not diagnostics.
const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();

impl Reporter {
    /// As the command line asks. `--color auto` leaves it to the terminal, NO_COLOR, CLICOLOR_FORCE and CI.
    pub fn new(global: &Global) -> Self {
        let verbosity = match (global.quiet, global.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        };
        Reporter { color: global.color.into(), verbosity }
    }

    /// Prints data: what was asked for, and nothing else. A reader that has closed the pipe is content.
    pub fn data(&self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Ok(()),
            done => done,
        }
    }

    /// Standard output, for data that is printed as it is made.
    pub fn stream(&self) -> impl Write {
        io::BufWriter::new(io::stdout())
    }

    /// Prints data for people, with ANSI styles where they are shown. What comes from outside the program must have
    /// been made harmless.
    pub fn styled_data(&self, words: &str) -> io::Result<()> {
        let mut out = AutoStream::new(io::stdout(), self.color).lock();
        match out.write_all(words.as_bytes()).and_then(|()| out.flush()) {
            Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Ok(()),
            done => done,
        }
    }

    /// Says what was done, unless `--quiet`. What comes from outside the program in `words` is made harmless.
    pub fn status(&self, words: &str) {
        if self.verbosity > Verbosity::Quiet {
            let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
            self.say(&format!("{GOOD}{}{GOOD:#} {}\n", visible(verb), visible_lines(rest)));
        }
    }

    /// Says what did not go as asked, though the command goes on.
    pub fn warning(&self, words: &str) {
        self.say(&format!("{WARNING}warning{WARNING:#}: {}\n", visible_lines(words)));
    }

    /// Says what is worth knowing, with `--verbose`.
    pub fn note(&self, words: &str) {
        if self.verbosity > Verbosity::Normal {
            self.say(&format!("note: {}\n", visible_lines(words)));
        }
    }

    /// Says why the command could not run, with every cause.
    pub fn failure(&self, failure: &anyhow::Error) {
        let mut words = format!("{ERROR}error{ERROR:#}: {}\n", visible_lines(&failure.to_string()));
        for cause in failure.chain().skip(1) {
            words.push_str(&format!("  caused by: {}\n", visible_lines(&cause.to_string())));
        }
        self.say(&words);
    }

    /// Draws what is wrong in the author's files, by file and line, each thing once, and counts it.
    pub fn diagnostics(&self, diagnostics: &[Diagnostic]) -> Counts {
        let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let mut counts = Counts::default();
        let mut words = String::new();
        for diagnostic in sorted {
            let least = match diagnostic.severity {
                Severity::Error => (&mut counts.errors, Verbosity::Quiet),
                Severity::Warning => (&mut counts.warnings, Verbosity::Quiet),
                Severity::Note => (&mut counts.notes, Verbosity::Verbose),
            };
            *least.0 += 1;
            if self.verbosity >= least.1 {
                words.push_str(&draw(diagnostic));
                words.push('\n');
            }
        }
        if let Some(sum) = counts.sum(self.verbosity) {
            words.push_str(&sum);
            words.push('\n');
        }
        self.say(&words);
        counts
    }

    /// Says what can be done next, unless `--quiet`.
    pub fn hint(&self, words: &str) {
        if self.verbosity > Verbosity::Quiet {
            self.say(&visible_lines(words));
        }
    }

    /// Asks on standard error and reads a line from standard input, without white space around it; `None` at its end.
    pub fn ask(&self, words: &str) -> io::Result<Option<String>> {
        self.say(words);
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line)? == 0 {
            self.say("\n");
            return Ok(None);
        }
        Ok(Some(line.trim().to_owned()))
    }

    /// A bar for so many steps on standard error, where that is a terminal, the work takes longer than half a second and
    /// nobody said `--quiet`.
    pub fn bar(&self, steps: usize) -> Bar {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        let shape = "{bar:40} {human_pos} of {human_len} files, {eta} left";
        bar.set_style(ProgressStyle::with_template(shape).expect("the shape is one that the library knows"));
        let shown = self.verbosity > Verbosity::Quiet && io::stderr().is_terminal();
        Bar { bar, begun: Instant::now(), waits: AtomicBool::new(shown) }
    }

    fn say(&self, words: &str) {
        // A message that cannot be delivered has nowhere to be reported either.
        let _ = AutoStream::new(io::stderr(), self.color).lock().write_all(words.as_bytes());
    }
}

/// How far some work is. It is gone from the terminal when it is dropped.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    begun: Instant,
    /// Whether it is still to be shown.
    waits: AtomicBool,
}

/// Work that takes no longer needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

impl Bar {
    /// One step further.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.waits.load(Ordering::Relaxed)
            && self.begun.elapsed() > PATIENCE
            && self.waits.swap(false, Ordering::Relaxed)
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Whether there is somebody to ask: both standard input and standard output are a terminal.
pub fn speaks_with_a_person() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Says what clap has to say: help and version as data, a fault in the words as a message. The exit status is 0 or 2.
pub fn usage(usage: &clap::Error, color: Color) -> u8 {
    let words = usage.render().ansi().to_string();
    // Help into a pipe that was closed early (`dateline --help | head -1`) is no fault.
    let _ = if usage.use_stderr() {
        AutoStream::new(io::stderr(), color.into()).lock().write_all(words.as_bytes())
    } else {
        AutoStream::new(io::stdout(), color.into()).lock().write_all(words.as_bytes())
    };
    u8::try_from(usage.exit_code()).unwrap_or(2)
}

impl Counts {
    /// "2 errors, 1 warning"; notes are only counted where they were not shown.
    fn sum(self, verbosity: Verbosity) -> Option<String> {
        let mut parts = Vec::new();
        let mut part = |count: usize, one: &str| match count {
            0 => {}
            1 => parts.push(format!("1 {one}")),
            _ => parts.push(format!("{count} {one}s")),
        };
        part(self.errors, "error");
        if verbosity > Verbosity::Quiet {
            part(self.warnings, "warning");
            part(self.notes, "note");
        }
        let unread = self.notes > 0 && verbosity == Verbosity::Normal;
        (!parts.is_empty()).then(|| parts.join(", ") + if unread { " (`-v` shows notes)" } else { "" })
    }
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_names_what_there_was() {
        let counts = Counts { errors: 2, warnings: 1, notes: 0 };
        assert_eq!(counts.sum(Verbosity::Normal).as_deref(), Some("2 errors, 1 warning"));
        assert_eq!(counts.sum(Verbosity::Quiet).as_deref(), Some("2 errors"));
        assert_eq!(Counts::default().sum(Verbosity::Verbose), None);
    }

    #[test]
    fn notes_that_were_not_shown_are_counted() {
        let counts = Counts { notes: 12, ..Counts::default() };
        assert_eq!(counts.sum(Verbosity::Normal).as_deref(), Some("12 notes (`-v` shows notes)"));
        assert_eq!(counts.sum(Verbosity::Verbose).as_deref(), Some("12 notes"));
        assert_eq!(counts.sum(Verbosity::Quiet), None);
    }
}
