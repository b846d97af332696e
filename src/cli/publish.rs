//! `dateline publish`: builds, checks, says what it would do, and does it.
#![expect(clippy::disallowed_methods, reason = "a command at the edge: it keeps the build that is published")]

use std::fs::{self, File};
use std::path::PathBuf;

use anyhow::{Context, bail};

use super::Outcome;
use super::args::{BuildArgs, Kept, PublishArgs};
use super::build::{self, Look, Made, counted};
use super::report::{self, Reporter};
use super::site::Site;
use crate::config::{self, Config, Target, TargetKind, target_named};
use crate::diagnostic::{Diagnostic, Severity};
use crate::publish::{
    self, Adopt, Folder, GitBranch, Host, Limits, LocalFile, Plan, extra_files, fit, fit_rules, with_extra,
};
use crate::{source, write};

/// Publishes. Exit status 1 where the site has errors, the place is not ours or something failed on the way.
pub fn run(args: &PublishArgs, site: &Site, reporter: &Reporter) -> anyhow::Result<Outcome> {
    let name = site.config_file.display().to_string();
    let (config, mut diagnostics) = match source::settings_text(&site.config_file, &name) {
        Ok(text) => config::parse(&text, &name),
        Err(fault) => (Config::default(), vec![fault]),
    };
    if diagnostics.iter().any(|it| it.severity == Severity::Error) {
        reporter.diagnostics(&diagnostics);
        return Ok(Outcome::SiteHasErrors);
    }
    let target = match target_named(&config.targets, args.target.as_deref()) {
        Ok(target) => target,
        Err((message, help)) => bail!("{message}\n  help: {help}"),
    };
    let folder = Builds::of(site, &target.name)?;
    let mut place = open(target, site, &config, &folder)?;
    let base_url = target.base_url.as_ref().map(|(url, _)| url.as_str()).or(config.base_url.as_deref());
    let fits = fit(&target.kind, base_url, place.url());
    let fits = fits.and_then(|()| target.rules.map_or(Ok(()), |_| fit_rules(base_url)));
    if let Err(misfit) = fits {
        let at = target.base_url.as_ref().map_or(&target.place, |(_, place)| place);
        let fault = Diagnostic { place: Some(at.clone()), ..Diagnostic::error(&name, misfit.message) };
        reporter.diagnostics(&[fault.help(misfit.help)]);
        return Ok(Outcome::SiteHasErrors);
    }
    diagnostics.clear();
    if base_url.is_none() {
        let message = "the site has no address: feed, sitemap and data files will say `http://localhost/`";
        let told = Diagnostic { place: Some(target.place.clone()), ..Diagnostic::warning(&name, message) };
        reporter.diagnostics(&[told.help("add `base_url` to the target, or to the top of the file")]);
    }
    let made =
        build::make(&build_args(args, target, &folder), site, Look::AsCheck, reporter, &mut diagnostics);
    diagnostics.sort();
    diagnostics.dedup();
    reporter.diagnostics(&diagnostics);
    let Some(made) = made? else {
        reporter.hint("nothing was published: `dateline check` finds the same\n");
        return Ok(Outcome::SiteHasErrors);
    };
    let files = files(&made, target, reporter)?;
    let known_as = base_url.map_or_else(|| nameless(&config.title, target, site), str::to_owned);
    carry_out(args, (&made.content, &known_as), &files, place.host(), reporter)
}

/// What a site without an address is known as: its title, which many share. In a folder of this machine it is told from
/// others by where its sources are; the path itself is nobody's business who reads the record.
fn nameless(title: &str, target: &Target, site: &Site) -> String {
    if !matches!(target.kind, TargetKind::Folder(_)) {
        return title.to_owned();
    }
    let root = site.root.canonicalize().unwrap_or_else(|_| site.root.clone());
    let sign = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
    format!("{title} ({})", &sign[..8])
}

/// Looks, plans, and does what was planned unless something forbids it. The site is told by what it holds, and by what it
/// is known as.
fn carry_out(
    args: &PublishArgs,
    (content, known_as): (&str, &str),
    files: &[LocalFile],
    host: &mut dyn Host,
    reporter: &Reporter,
) -> anyhow::Result<Outcome> {
    let standing = host.look(files)?;
    let plan = publish::plan(files, &standing, known_as);
    let adopt = if args.adopt { Adopt::Yes } else { Adopt::No };
    let stops = plan.stops(files, &standing, Limits { max_deletes: args.max_deletes, adopt });
    if args.dry_run {
        reporter.data(lines(&plan).as_bytes())?;
    }
    let place = host.name();
    if !stops.is_empty() {
        let whole: Vec<String> =
            stops.iter().map(|stop| format!("{place} {}\n  help: {}", stop.message, stop.help)).collect();
        reporter.failure(&anyhow::anyhow!("{}", whole.join("\n")));
        reporter.hint("nothing was changed\n");
        return Ok(Outcome::SiteHasErrors);
    }
    if !plan.foreign.is_empty() {
        reporter.note(&format!(
            "{place} holds {} that dateline did not make: they stay",
            counted(plan.foreign.len(), "file")
        ));
    }
    warn_of_lost_addresses(&plan, reporter);
    let words = summary(&plan, files, ["to upload", "to keep", "to delete"]);
    if args.dry_run {
        reporter.status(&format!("planned {words}, for {place}; nothing was changed"));
        return Ok(Outcome::Fine);
    }
    if plan.is_nothing() {
        if !plan.is_settled() {
            publish::apply(host, &plan, files, &|_| {}).fault.map_or(Ok(()), Err)?;
        }
        let all = counted(plan.keep.len(), "file");
        reporter.status(&format!(
            "published {content}: {all} at {place} are as they should be, so nothing was done"
        ));
        return Ok(Outcome::Fine);
    }
    if !args.yes && !agreed(&plan, &words, &place, reporter)? {
        reporter.hint("nothing was changed\n");
        return Ok(Outcome::SiteHasErrors);
    }
    let bar = reporter.bar(plan.uploads.len() + plan.delete.len());
    let applied = publish::apply(host, &plan, files, &|_| bar.step());
    drop(bar);
    if let Some(fault) = applied.fault {
        reporter.failure(&fault);
        if host.shows_all_at_once() {
            reporter.hint(&format!("{place} stands as it was\n"));
            return Ok(Outcome::SiteHasErrors);
        }
        let (uploads, deletes) = (plan.uploads.len(), plan.delete.len());
        let far = format!(
            "{} of {uploads} uploads and {} of {deletes} deletions",
            applied.uploaded, applied.deleted
        );
        reporter.hint(&format!(
            "{place}: {far} were done; what stands there can be read, and publishing again finishes it\n"
        ));
        return Ok(Outcome::SiteHasErrors);
    }
    let words = summary(&plan, files, ["uploaded", "kept", "deleted"]);
    reporter.status(&format!("published {content}: {words}, at {place}"));
    Ok(Outcome::Fine)
}

/// Readers and calendars hold on to the addresses of attacks and people.
fn warn_of_lost_addresses(plan: &Plan, reporter: &Reporter) {
    const MOST: usize = 5;
    let lost = plan.lost_addresses();
    if lost.is_empty() {
        return;
    }
    let mut names: Vec<String> = lost.iter().take(MOST).map(|address| format!("`{address}`")).collect();
    if lost.len() > MOST {
        names.push(format!("{} more", lost.len() - MOST));
    }
    let count =
        if lost.len() == 1 { "1 address leads".into() } else { format!("{} addresses lead", lost.len()) };
    reporter.warning(&format!(
        "{count} nowhere from now on: {}\n  help: a record that names the id in `also` leads on to its own page; \
         `dateline review --pin` keeps ids as they are (docs/editing.md, \"Ids that stay\")",
        names.join(", ")
    ));
}

/// Whether the person who runs it wants it. Where there is nobody to ask, `--yes` has to say so.
fn agreed(plan: &Plan, words: &str, place: &str, reporter: &Reporter) -> anyhow::Result<bool> {
    const MOST: usize = 20;
    if !report::speaks_with_a_person() {
        bail!(
            "`publish` asks before it changes {place}, and there is nobody to ask\n  help: give `--yes`, or look with `--dry-run`"
        );
    }
    let all = lines(plan);
    let shown: Vec<&str> = all.lines().take(MOST).collect();
    reporter.hint(&format!("{}\n", shown.join("\n")));
    let more = all.lines().count() - shown.len();
    if more > 0 {
        reporter.hint(&format!("and {more} more: `--dry-run` prints them all\n"));
    }
    let answer = reporter.ask(&format!("{words}, at {place}: go on? [y/N] "))?;
    Ok(answer.is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes")))
}

/// A line for each file that is not kept: what is done, why, and the path, apart by tabs.
fn lines(plan: &Plan) -> String {
    let upload =
        plan.uploads.iter().map(|upload| format!("upload\t{}\t{}\n", upload.reason.words(), upload.path));
    let delete = plan.delete.iter().map(|path| format!("delete\tthe site no longer has it\t{path}\n"));
    upload.chain(delete).collect()
}

/// "3 files to upload (1.2 kB), 54 to keep, 1 to delete", or with `verbs` that say that it was done.
fn summary(plan: &Plan, files: &[LocalFile], verbs: [&str; 3]) -> String {
    let bytes: u64 = plan.uploads.iter().map(|upload| files[upload.file].size).sum();
    let size = match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    };
    let uploads = counted(plan.uploads.len(), "file");
    let [upload, keep, delete] = verbs;
    format!("{uploads} {upload} ({size}), {} {keep}, {} {delete}", plan.keep.len(), plan.delete.len())
}

fn build_args(args: &PublishArgs, target: &Target, folder: &Builds) -> BuildArgs {
    BuildArgs {
        output_dir: Some(folder.out.clone()),
        base_url: target.base_url.as_ref().map(|(url, _)| url.clone()),
        selection: args.selection,
        strict: false,
        // Where addresses lead is known only where pages were planned.
        force: target.rules.is_some(),
        kept: Kept { no_cache: false },
        given: args.given.clone(),
    }
}

/// All files to publish, in order of path.
fn files(made: &Made, target: &Target, reporter: &Reporter) -> anyhow::Result<Vec<LocalFile>> {
    let built = write::built(&made.out)?.context("the build has no manifest")?;
    let built: Vec<LocalFile> = built.iter().map(|entry| LocalFile::of_build(&made.out, entry)).collect();
    let mut extra = extra_files(target);
    if let Some(host) = target.rules {
        let (rules, left_out) = publish::rules(host, &built, &made.redirects);
        extra.extend(rules);
        if left_out > 0 {
            let files = counted(left_out, "file");
            reporter.note(&format!(
                "`_headers` has no room for {files} that could be kept: they are asked for each time"
            ));
        }
    }
    with_extra(built, extra)
}

/// Where builds that are published are kept, one a target, and locked while one is published.
struct Builds {
    /// The folder of the build.
    out: PathBuf,
    /// A folder for this publication alone.
    scratch: PathBuf,
    _lock: File,
}

impl Builds {
    fn of(site: &Site, name: &str) -> anyhow::Result<Builds> {
        let folder = site.file(".dateline/publish");
        let make = || -> std::io::Result<File> {
            fs::create_dir_all(&folder)?;
            // It is made anew at any time, and belongs into no repository and no backup.
            fs::write(folder.join(".gitignore"), "*\n")?;
            fs::write(folder.join("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n")?;
            File::create(folder.join(format!("{name}.lock")))
        };
        let lock = make().with_context(|| format!("cannot use the folder `{}`", folder.display()))?;
        match lock.try_lock() {
            Err(fs::TryLockError::WouldBlock) => bail!("another dateline is publishing to `{name}`"),
            // A file system without locks: better to publish than never to.
            Err(fs::TryLockError::Error(error)) if error.kind() != std::io::ErrorKind::Unsupported => {
                return Err(error).with_context(|| format!("cannot lock `{name}.lock`"));
            }
            _ => {}
        }
        let scratch = std::path::absolute(folder.join(format!("{name}.git")))?;
        Ok(Builds { out: folder.join(name), scratch, _lock: lock })
    }
}

/// A place that was opened.
enum Opened {
    Folder(Folder),
    Git(Box<GitBranch>),
    #[cfg(feature = "stores")]
    Bucket(Box<publish::Bucket>),
}

impl Opened {
    fn host(&mut self) -> &mut dyn Host {
        match self {
            Opened::Folder(folder) => folder,
            Opened::Git(branch) => &mut **branch,
            #[cfg(feature = "stores")]
            Opened::Bucket(bucket) => &mut **bucket,
        }
    }

    /// The address of a git repository.
    fn url(&self) -> Option<&str> {
        match self {
            Opened::Git(branch) => Some(branch.url()),
            _ => None,
        }
    }
}

fn open(target: &Target, site: &Site, config: &Config, folder: &Builds) -> anyhow::Result<Opened> {
    match &target.kind {
        TargetKind::Folder(it) => {
            Ok(Opened::Folder(Folder::new(&site.root.join(&it.path), &site.root, &config.output_dir)?))
        }
        TargetKind::Git(it) => {
            let branch = GitBranch::new(it, &config.title, &site.root, &folder.out, &folder.scratch)?;
            Ok(Opened::Git(Box::new(branch)))
        }
        #[cfg(feature = "stores")]
        TargetKind::Bucket(it) => Ok(Opened::Bucket(Box::new(publish::Bucket::new(it)?))),
        #[cfg(not(feature = "stores"))]
        TargetKind::Bucket(_) => bail!(
            "this dateline was built without buckets\n  help: build one that has them: `cargo install --path . \
             --features stores`"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Standing;

    #[test]
    fn a_plan_is_told_file_by_file_and_in_sum() {
        let files = ["index.html", "style.css"].map(|path| LocalFile::made(path, vec![0; 700]));
        let plan = publish::plan(&files, &Standing::default(), "");
        assert_eq!(lines(&plan), "upload\tnew\tstyle.css\nupload\tnew\tindex.html\n");
        assert_eq!(
            summary(&plan, &files, ["to upload", "to keep", "to delete"]),
            "2 files to upload (1.4 kB), 0 to keep, 0 to delete"
        );
    }
}
