//! `dateline serve`: the site at a local address, following every change of its sources.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it takes the time")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::args::ServeArgs;
use super::report::Reporter;
use super::site::Site;
use super::{Outcome, build, ndjson};
use crate::diagnostic::{Diagnostic, Severity};
use crate::memo::Key;
use crate::pipeline::{Files, Pipeline};
use crate::serve::{self, Browser, Notice, Options, Rebuilt, Reload, Snapshot};
use crate::watch::{Method, Watched, Watcher};

/// Serves until Ctrl-C is pressed.
pub fn run(args: &ServeArgs, site: &Site, reporter: Reporter) -> anyhow::Result<Outcome> {
    let browser = if args.open { Browser::Open } else { Browser::Leave };
    let reload = if args.no_reload { Reload::Off } else { Reload::On };
    let options = Options { interface: args.interface, port: args.port, browser, reload };
    let mut pipeline = Pipeline::new(&site.root, &site.config_file, build::options(args.selection)?);
    if !args.given.facts.is_empty() {
        pipeline = pipeline.with_given(ndjson::given(&args.given.facts, ndjson::Unread::Told, &reporter)?);
    } else if !args.kept.no_cache {
        pipeline = pipeline.with_cache();
    }
    let watched = Watched { files: vec![in_real_folder(&site.config_file)?], ..Watched::of_site(&site.root) };
    let mut told = Vec::new();
    let method = args.poll.map_or(Method::Events, Method::Poll);
    let mut builder = Builder { pipeline, settings: site.config_file.clone(), built: None };
    serve::run(
        &options,
        Watcher::new(watched, method)?,
        move |changed| builder.rebuild(changed),
        move |notice| tell(&reporter, &mut told, &notice),
    )?;
    Ok(Outcome::Fine)
}

/// The file by its folder's real path, which is how the watcher knows it. A link stays a link: it may be turned.
fn in_real_folder(file: &Path) -> anyhow::Result<PathBuf> {
    let absolute = std::path::absolute(file)?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => Ok(folder.canonicalize()?.join(name)),
        _ => Ok(absolute),
    }
}

/// Up to how many files the system may name for them to be read alone: with more, all are looked at at once.
const FEW: usize = 100;

/// Builds again and again.
struct Builder {
    pipeline: Pipeline,
    settings: PathBuf,
    /// What was built last, by its inputs.
    built: Option<Key>,
}

impl Builder {
    /// The same build as `dateline build`'s, into memory; pages are rendered when they are asked for.
    fn rebuild(&mut self, changed: &[PathBuf]) -> Rebuilt {
        if let Some(gone) = self.settings_gone() {
            self.built = None;
            return Rebuilt { faults: vec![gone], ..Rebuilt::default() };
        }
        let begun = Instant::now();
        let named =
            (1..=FEW).contains(&changed.len()).then(|| self.pipeline.build_changed(changed)).flatten();
        let look_again = named.is_some();
        let built = named.unwrap_or_else(|| self.pipeline.build());
        let also_watch = self.pipeline.also_watched();
        if self.built.replace(built.key) == Some(built.key) {
            return Rebuilt { unchanged: true, look_again, also_watch, ..Rebuilt::default() };
        }
        let mut rebuilt = Rebuilt { faults: built.diagnostics, look_again, also_watch, ..Rebuilt::default() };
        rebuilt.faults.extend(self.pipeline.cache_notes());
        let on_demand = |site| Snapshot::on_demand(Arc::new(Files::new(site)));
        rebuilt.faulty = built.faulty.map(on_demand);
        if let Some(site) = built.site {
            let content = build::content(&site);
            let pages = site.pages.len();
            rebuilt.snapshot = Some(on_demand(site));
            let milliseconds = begun.elapsed().as_secs_f64() * 1000.0;
            rebuilt.summary = format!("{content}: {pages} pages ready in {milliseconds:.0} ms");
        }
        rebuilt
    }

    /// Without its settings the folder is no site any more, and `dateline build` would refuse it.
    fn settings_gone(&self) -> Option<Diagnostic> {
        let found = std::fs::metadata(&self.settings);
        found.is_err_and(|fault| fault.kind() == std::io::ErrorKind::NotFound).then(|| {
            Diagnostic::error(self.settings.display().to_string(), "the site's settings are gone")
                .help("bring the file back: until then the last good site is shown")
        })
    }
}

/// `told` is what was wrong at the build before: one change can lead to two builds, and is told once.
fn tell(reporter: &Reporter, told: &mut Vec<Diagnostic>, notice: &Notice<'_>) {
    match notice {
        Notice::Listening { url, busy } => {
            if let Some(port) = busy {
                reporter.warning(&format!("port {port} is in use, so another was taken"));
            }
            reporter.status(&format!("serving at {url} (Ctrl-C ends it)"));
        }
        Notice::NoBrowser(why) => reporter.warning(&format!("no browser was opened: {why:#}")),
        Notice::Rebuilt { changed, summary, faults } => {
            let is_broken = faults.iter().any(|fault| fault.severity == Severity::Error);
            if is_broken && told == faults {
                return;
            }
            // Errors in full; of the rest only what is new: a change is told in one calm line.
            // (Those of templates come behind the others, when the pages were rendered.)
            let is_addition = changed.is_empty() && summary.is_empty();
            let in_full = |it: &Diagnostic| it.severity == Severity::Error && !is_addition;
            let new = faults.iter().filter(|it| in_full(it) || !told.contains(it));
            let new: Vec<Diagnostic> = new.cloned().collect();
            *told = faults.to_vec();
            let change = match changed {
                [] => None,
                [path] => Some(format!("`{}`", path.display())),
                [path, others @ ..] => Some(format!("`{}` and {} more", path.display(), others.len())),
            };
            if reporter.diagnostics(&new).errors == 0 && !summary.is_empty() {
                reporter.status(&match change {
                    Some(change) => format!("changed {change}: {summary}"),
                    None => format!("built {summary}"),
                });
            }
        }
    }
}
