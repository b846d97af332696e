//! `dateline serve`: the site at a local address, following every change of its sources.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it takes the time")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use super::args::ServeArgs;
use super::report::Reporter;
use super::site::Site;
use super::{Outcome, build};
use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::Pipeline;
use crate::serve::{self, Browser, Notice, Options, Rebuilt, Snapshot};
use crate::watch::{Method, Watched, Watcher};

/// Serves until Ctrl-C is pressed.
pub fn run(args: &ServeArgs, site: &Site, reporter: Reporter) -> anyhow::Result<Outcome> {
    let browser = if args.open { Browser::Open } else { Browser::Leave };
    let options = Options { interface: args.interface, port: args.port, browser };
    let mut pipeline = Pipeline::new(&site.root, &site.config_file, build::options(args.selection)?);
    let mut watched =
        Watched { files: vec![in_real_folder(&site.config_file)?], ..Watched::of_site(&site.root) };
    watched.folders.extend(pipeline.lists_folder());
    let mut told = Vec::new();
    let watcher = Watcher::new(watched, Method::Events)?;
    serve::run(
        &options,
        watcher,
        move || rebuild(&mut pipeline),
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

/// The same build as `dateline build`'s, into memory.
fn rebuild(pipeline: &mut Pipeline) -> Rebuilt {
    let begun = Instant::now();
    let built = pipeline.build();
    let mut rebuilt = Rebuilt { faults: built.diagnostics, ..Rebuilt::default() };
    let Some(site) = built.site else { return rebuilt };
    let outputs = Mutex::new(Vec::new());
    let rendered = site.render_all(|output| {
        outputs.lock().expect("nothing panics while it holds the outputs").push(output);
        Ok(())
    });
    match rendered {
        Ok(faults) => rebuilt.faults.extend(faults),
        Err(failure) => rebuilt.faults.push(Diagnostic::error("", format!("{failure:#}"))),
    }
    if rebuilt.faults.iter().all(|fault| fault.severity != Severity::Error) {
        let outputs = outputs.into_inner().expect("nothing panics while it holds the outputs");
        let seconds = begun.elapsed().as_secs_f64();
        rebuilt.summary =
            format!("built {}: {} files, in {seconds:.2} s", build::content(&site), outputs.len());
        rebuilt.snapshot = Some(Snapshot::new(outputs));
    }
    rebuilt
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
        Notice::Changed(paths) => match paths {
            [] => {}
            [path] => reporter.status(&format!("changed `{}`", path.display())),
            [path, others @ ..] => {
                reporter.status(&format!("changed `{}` and {} more", path.display(), others.len()));
            }
        },
        Notice::Rebuilt { summary, faults } => {
            if faults.iter().any(|fault| fault.severity == Severity::Error) && told == faults {
                return;
            }
            *told = faults.to_vec();
            if reporter.diagnostics(faults).errors == 0 && !summary.is_empty() {
                reporter.status(summary);
            }
        }
    }
}
