//! The manifest: which files of the output folder are ours. It is the mark of ownership as well.
//!
//! It has no times of its own, so that the same site has the same manifest on any machine: a file that is younger
//! than the manifest was changed by somebody else.
#![expect(clippy::disallowed_methods, reason = "stage 7 writes the site")]

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, bail};

use crate::source::Hash;

use super::path_line::{escape, unescape};

/// The folder, in the output folder, that holds the manifest. It is no part of the site.
pub const MARK_FOLDER: &str = ".dateline";

const NAME: &str = ".dateline/manifest";
const KIND: &str = "dateline manifest ";
const HEADER: &str = "dateline manifest 1: this folder is made by dateline and replaced whole by each build";

/// The files of one build.
pub(super) struct Manifest {
    /// By path, without duplicates.
    pub(super) entries: Vec<Entry>,
    /// When the manifest was written, on the clock of the file system.
    pub(super) written: SystemTime,
    /// BLAKE3 of it as it was read; all noughts for one that was not.
    pub(super) hash: Hash,
}

/// One file of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the output folder, `/` between folders.
    pub path: Box<str>,
    /// BLAKE3 of its bytes.
    pub hash: Hash,
    /// Of a card, BLAKE3 of all that it was drawn from: while that stays, it need not be drawn to know that it is the same.
    pub drawn_from: Option<Hash>,
    /// In bytes.
    pub size: u64,
}

impl Manifest {
    /// Of `entries` in order of path, not yet written.
    pub(super) fn new(entries: Vec<Entry>) -> Manifest {
        debug_assert!(entries.is_sorted_by(|a, b| a.path < b.path), "the manifest is searched by path");
        Manifest { entries, written: SystemTime::UNIX_EPOCH, hash: [0; 32] }
    }

    /// The entry of one file.
    pub(super) fn find(&self, path: &str) -> Option<&Entry> {
        self.entries.binary_search_by(|entry| (*entry.path).cmp(path)).ok().map(|at| &self.entries[at])
    }

    /// Whether a file or folder of this name, right in the output folder, is ours.
    pub(super) fn has_top(&self, name: &str) -> bool {
        let from = self.entries.partition_point(|entry| *entry.path < *name);
        self.entries[from..]
            .iter()
            .take_while(|entry| entry.path.starts_with(name))
            .any(|entry| matches!(entry.path.as_bytes().get(name.len()), None | Some(b'/')))
    }

    /// The manifest of a folder; `None` where there is none, or something else of that name.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Option<Manifest>> {
        let file = folder.join(NAME);
        let read =
            || -> std::io::Result<_> { Ok((std::fs::read(&file)?, std::fs::metadata(&file)?.modified()?)) };
        let (bytes, written) = match read() {
            Ok(read) => read,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read `{}`", file.display())),
        };
        if !bytes.starts_with(KIND.as_bytes()) {
            return Ok(None);
        }
        if !bytes.starts_with(HEADER.as_bytes()) {
            bail!("`{}` was made by a newer dateline: build into another folder", folder.display());
        }
        let Some(entries) = std::str::from_utf8(&bytes).ok().and_then(parse) else {
            bail!("`{}` is damaged: delete `{}` and build again", file.display(), folder.display());
        };
        let hash = *blake3::hash(&bytes).as_bytes();
        Ok(Some(Manifest { entries, written, hash }))
    }

    /// Writes it into a folder and forces it to the disk: the next build relies on it. Returns its hash.
    pub(super) fn write(&self, folder: &Path) -> std::io::Result<Hash> {
        let text = self.print();
        let mut file = std::fs::File::create(folder.join(NAME))?;
        file.write_all(text.as_bytes())?;
        file.sync_data()?;
        Ok(*blake3::hash(text.as_bytes()).as_bytes())
    }

    fn print(&self) -> String {
        let mut text = String::with_capacity(self.entries.len() * 128 + 128);
        text.push_str(HEADER);
        text.push('\n');
        for Entry { path, hash, drawn_from, size } in &self.entries {
            print_hash(&mut text, hash);
            if let Some(hash) = drawn_from {
                text.push(':');
                print_hash(&mut text, hash);
            }
            let path = escape(path);
            writeln!(text, " {size} {path}").expect("a string takes everything");
        }
        writeln!(text, "{} files", self.entries.len()).expect("a string takes everything");
        text
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

fn print_hash(text: &mut String, hash: &Hash) {
    for byte in hash {
        text.push(char::from(HEX[usize::from(byte >> 4)]));
        text.push(char::from(HEX[usize::from(byte & 15)]));
    }
}

/// Everything after the header; `None` if it is not whole.
fn parse(text: &str) -> Option<Vec<Entry>> {
    let text = text.strip_prefix(HEADER)?.strip_prefix('\n')?.strip_suffix(" files\n")?;
    let (lines, count) = text.rsplit_once('\n').unwrap_or(("", text));
    let entries = lines.lines().map(parse_line).collect::<Option<Vec<_>>>()?;
    let whole = entries.len() == count.parse::<usize>().ok()? && entries.is_sorted_by(|a, b| a.path < b.path);
    whole.then_some(entries)
}

fn parse_line(line: &str) -> Option<Entry> {
    let mut parts = line.splitn(3, ' ');
    let (hashes, size, path) = (parts.next()?, parts.next()?, parts.next()?);
    let (hash, drawn_from) = match hashes.split_once(':') {
        Some((hash, drawn_from)) => (parse_hash(hash)?, Some(parse_hash(drawn_from)?)),
        None => (parse_hash(hashes)?, None),
    };
    Some(Entry { path: unescape(path).into(), hash, drawn_from, size: size.parse().ok()? })
}

fn parse_hash(digits: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    if digits.len() != 2 * hash.len() {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16).map(|value| value as u8);
    for (byte, pair) in hash.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let drawn_from = |byte| (byte == 9).then_some([10; 32]);
        let entry = |path: &str, byte, size| Entry {
            path: path.into(),
            hash: [byte; 32],
            drawn_from: drawn_from(byte),
            size,
        };
        Manifest::new(vec![
            entry("a b/c.html", 0, 0),
            entry("a\\n", 0x7f, u64::MAX),
            entry("content/index.html", 1, 2),
            entry("line\nbreak", 0xff, 12),
            entry("één", 9, 9),
        ])
    }

    #[test]
    fn reads_back_what_it_wrote() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(MARK_FOLDER)).unwrap();
        for manifest in [sample(), Manifest::new(Vec::new())] {
            manifest.write(folder.path()).unwrap();
            let read = Manifest::read(folder.path()).unwrap().unwrap();
            assert_eq!(read.entries, manifest.entries);
            assert!(read.written > SystemTime::UNIX_EPOCH);
        }
    }

    #[test]
    fn a_damaged_one_is_an_error_and_not_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(MARK_FOLDER)).unwrap();
        let whole = sample().print();
        for cut in [HEADER.len(), HEADER.len() + 40, whole.len() - 1, whole.len() - 10] {
            std::fs::write(folder.path().join(NAME), &whole.as_bytes()[..cut]).unwrap();
            let message = Manifest::read(folder.path()).err().unwrap().to_string();
            assert!(message.contains("damaged"), "{message}");
        }
        std::fs::write(folder.path().join(NAME), "dateline manifest 2\n").unwrap();
        assert!(Manifest::read(folder.path()).err().unwrap().to_string().contains("newer"));
        std::fs::write(folder.path().join(NAME), "something else\n").unwrap();
        assert!(Manifest::read(folder.path()).unwrap().is_none());
    }

    #[test]
    fn knows_the_names_at_the_top() {
        let manifest = sample();
        assert!(manifest.has_top("content") && manifest.has_top("één"));
        assert!(!manifest.has_top("cont") && !manifest.has_top("a"));
        assert!(manifest.find("content/index.html").is_some() && manifest.find("content").is_none());
    }
}
