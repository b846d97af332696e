//! `dateline build`: the whole site, once, into its output folder.

#![expect(clippy::disallowed_methods, reason = "a command at the edge: it takes the time")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::args::{BuildArgs, Selection};
use super::report::Reporter;
use super::site::Site;
use super::{Outcome, check, environment, ndjson};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::links;
use crate::page::Subject;
use crate::pipeline::{self, LeaveOut, LeftOut, Options, Pipeline};
use crate::view;
use crate::write::{Guards, Writer, Written};

/// Builds, writes and says what came of it. A site with errors is not written: the old one stays.
pub fn run(args: &BuildArgs, site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let begun = Instant::now();
    let mut diagnostics = Vec::new();
    let made = make(args, site, Look::AsBuild, reporter, &mut diagnostics);
    let counts = reporter.diagnostics(&diagnostics);
    match made? {
        Some(made) => {
            let Made { content, written, out, .. } = made;
            let closing = format!("built {content}: {}, in `{}`", files(&written), out.display());
            reporter.status(&format!("{closing}, in {:.2} s", begun.elapsed().as_secs_f64()));
            Ok(Outcome::Fine)
        }
        None => {
            debug_assert!(counts.errors > 0, "a site is only left unwritten for a reason that was told");
            Ok(Outcome::SiteHasErrors)
        }
    }
}

/// What the command line says over `site.toml`.
pub fn options(selection: Selection) -> anyhow::Result<Options> {
    let mut options = Options::new(environment::today()?);
    options.leave_out = LeaveOut { drafts: !selection.drafts, future: !selection.future };
    Ok(options)
}

/// How closely a site is looked at before it is written.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Its files have no errors.
    AsBuild,
    /// Nor has `dateline check` findings at error level.
    AsCheck,
}

/// A site that was written.
#[derive(Debug)]
pub(super) struct Made {
    /// "12 articles, 9 attacks, 4 experts"
    pub(super) content: String,
    written: Written,
    /// The folder that it stands in.
    pub(super) out: PathBuf,
    /// Former addresses and where they lead, as paths of the site; none where nothing had to be rendered.
    pub(super) redirects: Vec<(String, String)>,
}

/// Builds and writes, unless there are errors. All that is to be told is put into `diagnostics`, also on failure.
pub(super) fn make(
    args: &BuildArgs,
    site: &Site,
    look: Look,
    reporter: &Reporter,
    diagnostics: &mut Vec<Diagnostic>,
) -> anyhow::Result<Option<Made>> {
    let mut options = options(args.selection)?;
    options.output_dir = args.output_dir.as_deref().map(|dir| site.seen_from_root(dir)).transpose()?;
    options.base_url.clone_from(&args.base_url);
    let mut pipeline = Pipeline::new(&site.root, &site.config_file, options);
    if !args.given.facts.is_empty() {
        pipeline = pipeline.with_given(ndjson::given(&args.given.facts, args.strict.into(), reporter)?);
    } else if !args.kept.no_cache {
        pipeline = pipeline.with_cache();
    }
    let gathered = pipeline.gather();
    let out = site.file(&gathered.config.output_dir);
    let fingerprint =
        pipeline.fingerprint(&gathered, &format!("{}{look:?}", if args.strict { "strict " } else { "" }));
    let before = pipeline.build_of(&gathered.config, &fingerprint).filter(|_| !args.force);
    if let Some(before) = before {
        // What the full build would come to: nothing is rendered, as every file of it stands.
        diagnostics.extend(before.diagnostics);
        if let Some(written) = open(&out, site, &gathered.config)?.standing(&before.manifest) {
            return Ok(Some(Made { content: before.content, written, out, redirects: Vec::new() }));
        }
        diagnostics.clear();
    }
    let build = pipeline.make(gathered).with_faults_of_templates();
    diagnostics.extend(build.diagnostics);
    let notes = pipeline.cache_notes();
    let Some(ready) = build.site else {
        diagnostics.extend(notes);
        return Ok(None);
    };
    let writer = open(&out, site, &ready.config)?;
    let links = links::Collected::default();
    let looks_at_links = args.strict || look == Look::AsCheck;
    let standing = writer.manifest().filter(|_| !args.force);
    let stamps = pipeline.stamps(&ready, standing);
    let rendered = AtomicUsize::new(ready.pages.len());
    let kept = |at: usize| {
        let path = ready.pages[at].output_path();
        let kept = stamps.is_as_before(at) && writer.keep(&path)?;
        if kept && looks_at_links {
            links.note(&writer.kept(&path)?);
        }
        rendered.fetch_sub(usize::from(kept), Ordering::Relaxed);
        Ok(kept)
    };
    diagnostics.extend(ready.render_others(kept, |output| {
        if looks_at_links {
            links.note(&output);
        }
        writer.put(output)
    })?);
    reporter.note(&format!("rendered {} of {} pages", rendered.into_inner(), ready.pages.len()));
    pipeline.full_text(&ready)?.into_iter().try_for_each(|file| writer.put(file))?;
    let dead = links.faults(&ready.config, &check::written(&ready, site));
    match look {
        Look::AsBuild => diagnostics.extend(dead),
        Look::AsCheck => check::add(&ready, dead, diagnostics),
    }
    if args.strict {
        check::raise_warnings(diagnostics);
    }
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        diagnostics.extend(notes);
        return Ok(None);
    }
    let written = writer.commit()?;
    let content = content(&ready);
    if let Some(manifest) = written.manifest {
        pipeline.remember(&ready, fingerprint, (manifest, &stamps), diagnostics, content.clone());
    }
    diagnostics.extend(notes);
    diagnostics.extend(pipeline.cache_notes());
    diagnostics.extend(written.foreign.iter().map(|file| {
        let file = out.join(file).display().to_string();
        Diagnostic::note(file, "somebody else put this file into the output folder: it was kept")
    }));
    let redirects = ready.pages.iter().filter_map(|page| match &page.subject {
        Subject::Redirect(to) => Some((page.path.clone(), to.clone())),
        _ => None,
    });
    Ok(Some(Made { content, written, out, redirects: redirects.collect() }))
}

/// The way into the output folder, which holds none of the site's sources.
fn open(out: &Path, site: &Site, config: &Config) -> anyhow::Result<Writer> {
    let mut guards = Guards::of_site(&site.root);
    guards.sources.extend(config.facts.lists.as_ref().map(|lists| site.root.join(lists)));
    Writer::open(out, &guards)
}

/// "12 articles, 9 attacks, 4 experts"
pub fn content(site: &pipeline::Site) -> String {
    let attacks = view::on_timeline(&site.dossier, &site.config).len();
    let experts = view::in_index(&site.dossier).len();
    let mut parts =
        vec![counted(site.articles.len(), "article"), counted(attacks, "attack"), counted(experts, "expert")];
    let LeftOut { drafts, future } = site.left_out;
    if drafts > 0 {
        parts.push(format!("{} left out", counted(drafts, "draft")));
    }
    if future > 0 {
        parts.push(format!("{} of a later day left out", counted(future, "article")));
    }
    parts.join(", ")
}

/// "57 files, 3 written, 54 unchanged"
fn files(written: &Written) -> String {
    let all = counted(written.written + written.unchanged, "file");
    let mut parts =
        vec![all, format!("{} written", written.written), format!("{} unchanged", written.unchanged)];
    if written.removed > 0 {
        parts.push(format!("{} removed", written.removed));
    }
    parts.join(", ")
}

pub(super) fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_by_what_became_of_them() {
        let written = Written { written: 3, unchanged: 54, ..Written::default() };
        assert_eq!(files(&written), "57 files, 3 written, 54 unchanged");
        let written = Written { written: 1, removed: 2, ..Written::default() };
        assert_eq!(files(&written), "1 file, 1 written, 0 unchanged, 2 removed");
    }
}
