//! A folder of this machine: each file is written beside its place, moved there in one step, and read back.
//!
//! Data is not forced to the disk, file by file: after a power failure a file may be short, and the next publication
//! reads all of them and writes it again.
#![expect(clippy::disallowed_methods, reason = "publishing is an edge: it writes the folder")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{Done, Host, LocalFile, Progress, RECORD_PATH, Record, Standing, There};

/// What files are called until they are whole; the rest of the name is the process and a hash of the path.
const PART: &str = ".dateline-part-";

/// A folder to publish to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Files that a publication left half written.
    parts: Vec<PathBuf>,
}

impl Folder {
    /// The folder at `path`, which need not exist and may not be one of the site's own in `root`; `output_dir`, from there,
    /// is where `dateline build` writes.
    pub fn new(path: &Path, root: &Path, output_dir: &str) -> anyhow::Result<Folder> {
        unexpanded(path.strip_prefix(root).unwrap_or(path))?;
        let (folder, root) = (real(path)?, real(root)?);
        let output = real(&root.join(output_dir))?;
        let shown = path.display();
        if root.starts_with(&folder) {
            bail!("the folder `{shown}` holds the site's sources\n  help: publish to another");
        }
        let own = ["content", "templates", "static", ".git", ".dateline"];
        if let Some(name) = own.into_iter().find(|name| folder.starts_with(root.join(name))) {
            bail!("the folder `{shown}` is inside the site's `{name}`\n  help: publish to another");
        }
        if folder.starts_with(&output) || output.starts_with(&folder) {
            bail!(
                "the folder `{shown}` and the output folder `{output_dir}` are one, or one is inside the other: each \
                 `dateline build` would delete what was published\n  help: publish to another"
            );
        }
        if folder.exists() && !folder.is_dir() {
            bail!("`{shown}` is not a folder\n  help: publish to another");
        }
        Ok(Folder { path: folder, parts: Vec::new() })
    }

    /// Writes one file whole or not at all, and reads it back.
    fn write(&self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let file = self.path.join(path);
        let folder = file.parent().expect("a file stands in a folder");
        let name = blake3::hash(path.as_bytes()).to_hex();
        let part = folder.join(format!("{PART}{}-{}", std::process::id(), &name[..16]));
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut new = fs::File::create(&part)?;
            new.write_all(bytes)?;
            fs::rename(&part, &file)
        };
        if let Err(error) = write() {
            let _ = fs::remove_file(&part);
            return Err(error).with_context(|| format!("cannot write `{}`", file.display()));
        }
        let read = fs::read(&file).with_context(|| format!("cannot read back `{}`", file.display()))?;
        anyhow::ensure!(read == bytes, "`{}` is not what was written", file.display());
        Ok(())
    }

    /// Deletes one file and the folders that it leaves empty.
    fn remove(&self, path: &str) -> anyhow::Result<()> {
        let file = self.path.join(path);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot delete `{}`", file.display()));
            }
            _ => {}
        }
        let folders = file.ancestors().skip(1).take_while(|folder| *folder != self.path);
        for folder in folders {
            // One that is not empty cannot be removed, and neither can those that hold it.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// What `each` comes to for all of them, on several threads; after a fault none is begun.
    fn for_all<T: Sync>(
        items: &[T],
        each: impl Fn(&T) -> anyhow::Result<(String, Option<String>, u64)> + Sync,
        progress: Progress<'_>,
    ) -> Done {
        let failed = AtomicBool::new(false);
        let fault = Mutex::new(None);
        let files = items.par_iter().filter_map(|item| {
            if failed.load(Ordering::Relaxed) {
                return None;
            }
            match each(item) {
                Ok((path, tag, bytes)) => {
                    progress(bytes);
                    Some((path, tag))
                }
                Err(error) => {
                    failed.store(true, Ordering::Relaxed);
                    fault.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
                    None
                }
            }
        });
        let files = files.collect();
        Done { files, fault: fault.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) }
    }
}

/// An error where a path begins with what a shell would put another in place of: here it would be a folder of that name.
fn unexpanded(path: &Path) -> anyhow::Result<()> {
    let first = path.components().next().map(|part| part.as_os_str().to_string_lossy()).unwrap_or_default();
    if first.starts_with('~') || first.starts_with('$') {
        bail!(
            "`{first}` means nothing in a path of site.toml\n  help: write the whole path, such as `/srv/www/dossier`"
        );
    }
    Ok(())
}

/// The real path of the part that exists, then the rest, in which `..` leads to the folder that is named before it.
fn real(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("`{}` is no path", path.display()))?;
    for part in path.ancestors() {
        let Ok(mut real) = part.canonicalize() else { continue };
        let rest = path.strip_prefix(part).expect("an ancestor is a prefix");
        let mut leads_up = false;
        for step in rest.components() {
            match step {
                Component::ParentDir => leads_up = real.pop(),
                step => real.push(step),
            }
        }
        // What it leads up to may exist, and be a link.
        return if leads_up { self::real(&real) } else { Ok(real) };
    }
    Ok(path)
}

fn tag(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

impl Host for Folder {
    fn name(&self) -> String {
        format!("the folder `{}`", self.path.display())
    }

    fn look(&mut self, files: &[LocalFile]) -> anyhow::Result<Standing> {
        let tags: BTreeMap<String, String> = files
            .iter()
            .map(|file| (file.path.clone(), blake3::Hash::from(file.hash).to_hex().to_string()))
            .collect();
        if !self.path.exists() {
            return Ok(Standing { tags, ..Standing::default() });
        }
        let mark = self.path.join(RECORD_PATH);
        let mark = mark.parent().expect("the record stands in a folder");
        if mark.is_symlink() {
            bail!("`{}` is a link, and nothing is written through it\n  help: remove it", mark.display());
        }
        let mut found = Vec::new();
        self.parts.clear();
        for entry in walkdir::WalkDir::new(&self.path).min_depth(1) {
            let entry = entry.with_context(|| format!("cannot look into `{}`", self.path.display()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let inner = entry.path().strip_prefix(&self.path).expect("it is below");
            let path = inner.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            if entry.file_name().to_string_lossy().starts_with(PART) {
                self.parts.push(entry.path().to_owned());
            } else if path != RECORD_PATH {
                found.push((path, entry.file_type().is_file()));
            }
        }
        let there = |(path, plain): &(String, bool)| -> anyhow::Result<(String, There)> {
            let file = self.path.join(path);
            // Of others it is of no interest what is in them.
            let bytes = match tags.contains_key(path) && *plain {
                true => Some(fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?),
                false => None,
            };
            let size = bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
            Ok((path.clone(), There { size, tag: bytes.map(|bytes| tag(&bytes)) }))
        };
        let there: BTreeMap<String, There> = found.par_iter().map(there).collect::<anyhow::Result<_>>()?;
        let record = self.path.join(RECORD_PATH);
        let record = match fs::read(&record) {
            Ok(bytes) => match Record::parse(&bytes) {
                Ok(record) => Some(record),
                Err(fault) => bail!(
                    "the record `{}` {fault}\n  help: look at it; to begin anew, delete it and publish with `--adopt`",
                    record.display()
                ),
            },
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
            Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", record.display())),
        };
        Ok(Standing { record, files: there, foreign: None, tags })
    }

    fn upload(&mut self, files: &[&LocalFile], progress: Progress<'_>) -> Done {
        // The threads would make the same folders at once.
        let folders: BTreeSet<&Path> =
            files.iter().filter_map(|file| Path::new(&file.path).parent()).collect();
        for folder in folders {
            let folder = self.path.join(folder);
            if let Err(error) = fs::create_dir_all(&folder) {
                let fault = anyhow::Error::new(error).context(format!("cannot make `{}`", folder.display()));
                return Done { fault: Some(fault), ..Done::default() };
            }
        }
        let write = |file: &&LocalFile| {
            let bytes = file.read()?;
            self.write(&file.path, &bytes)?;
            Ok((file.path.clone(), Some(tag(&bytes)), file.size))
        };
        Folder::for_all(files, write, progress)
    }

    fn write_record(&mut self, record: &Record) -> anyhow::Result<()> {
        for part in self.parts.drain(..) {
            let _ = fs::remove_file(part);
        }
        self.write(RECORD_PATH, record.print().as_bytes())
    }

    fn delete(&mut self, paths: &[String], progress: Progress<'_>) -> Done {
        let remove = |path: &String| self.remove(path).map(|()| (path.clone(), None, 0));
        Folder::for_all(paths, remove, progress)
    }
}
