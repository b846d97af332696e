//! One file's bytes to what the build needs of them, or to a diagnostic that says why it can't be used.

#![expect(clippy::disallowed_methods, reason = "this is the edge where files are read")]

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Asset, Format, Hash, Source, SourceKind, TemplateFile, decode};
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// The longest text that is read, in bytes. Files that are only copied may be longer.
const LONGEST_TEXT: u64 = 64 << 20;

/// A file changed this recently may change again without its time of change telling: clocks of file systems tick
/// in steps of up to some milliseconds.
const RACY: Duration = Duration::from_millis(50);

/// Where a file goes in [`Inputs`], with its path relative to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Task {
    Source(SourceKind),
    Template,
    Asset(String),
}

#[derive(Clone, Debug)]
pub(super) enum Loaded {
    Source(Arc<Source>),
    Template(TemplateFile),
    Asset(Asset),
}

#[derive(Clone, Debug)]
pub(super) struct Cached {
    pub(super) task: Task,
    /// `None` for a file that must be read again.
    stamp: Option<Stamp>,
    pub(super) loaded: Option<Loaded>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Cached {
    /// Reads the file at `file` again, whatever its time of change says; `None` if it is not there any more.
    pub(super) fn read_again(&mut self, path: &str, file: &Path) -> Option<()> {
        // Whatever comes of it: what is held is not taken for the file again.
        self.stamp = None;
        *self = read_file(path, file, self.task.clone(), self.loaded.clone())?;
        Some(())
    }
}

/// What changes when a file does.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: SystemTime,
    inode: u64,
}

/// Reads one file, or takes it from the cache; `None` if it went after it was listed, as files do while they are edited.
pub(super) fn load(path: &str, file: &Path, task: Task, cached: Option<Cached>) -> Option<Cached> {
    let fresh = |cached: &Cached| {
        cached.stamp.is_some() && cached.stamp == fs::metadata(file).ok().map(|now| stamp(&now))
    };
    match cached {
        Some(cached) if fresh(&cached) => Some(cached),
        cached => read_file(path, file, task, cached.and_then(|cached| cached.loaded)),
    }
}

fn read_file(path: &str, file: &Path, task: Task, before: Option<Loaded>) -> Option<Cached> {
    let failed = |task, diagnostic| Cached { task, stamp: None, loaded: None, diagnostics: vec![diagnostic] };
    let opened = File::open(file).and_then(|opened| opened.metadata().map(|metadata| (opened, metadata)));
    let (mut opened, metadata) = match opened {
        Ok(opened) => opened,
        // A link is there also when what it leads to is not.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !file.is_symlink() => return None,
        Err(error) => return Some(failed(task, unreadable(path.to_owned(), Some(&error)))),
    };
    let seen = stamp(&metadata);
    let stamp = (!is_racy(&seen)).then_some(seen);
    let mut diagnostics = Vec::new();
    let loaded = match &task {
        Task::Asset(to) => hash_of(&mut opened, metadata.len()).map(|(hash, size)| {
            Some(Loaded::Asset(Asset {
                path: to.as_str().into(),
                file: Arc::new(file.to_owned()),
                hash,
                size,
            }))
        }),
        _ if metadata.len() > LONGEST_TEXT => {
            diagnostics.push(
                Diagnostic::error(
                    path,
                    format!("the file is {} MiB long, more than 64", metadata.len() >> 20),
                )
                .help("split it into one file an article"),
            );
            Ok(None)
        }
        _ => read_whole(&mut opened, metadata.len())
            .map(|bytes| text_of(path, &task, bytes, before, &mut diagnostics)),
    };
    Some(match loaded {
        Ok(loaded) => Cached { task, stamp, loaded, diagnostics },
        Err(error) => failed(task, unreadable(path.to_owned(), Some(&error))),
    })
}

fn read_whole(opened: &mut File, size: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size as usize + 1);
    opened.take(LONGEST_TEXT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn hash_of(opened: &mut File, size: u64) -> io::Result<(Hash, u64)> {
    let mut hasher = blake3::Hasher::new();
    let mut block = vec![0; (size as usize + 1).min(1 << 16)];
    let mut size = 0;
    loop {
        match opened.read(&mut block)? {
            0 => return Ok((*hasher.finalize().as_bytes(), size)),
            read => {
                hasher.update(&block[..read]);
                size += read as u64;
            }
        }
    }
}

/// Decodes a text; `None` where it can't be used. The same bytes as `before` give the same `Arc`.
fn text_of(
    path: &str,
    task: &Task,
    bytes: Vec<u8>,
    before: Option<Loaded>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Loaded> {
    let hash = *blake3::hash(&bytes).as_bytes();
    let kind = match task {
        Task::Source(kind) => *kind,
        _ => {
            let name = path.strip_prefix("templates/").unwrap_or(path);
            let text = decode(bytes, None).text;
            return Some(Loaded::Template(TemplateFile { name: name.into(), text: text.into(), hash }));
        }
    };
    let format = match kind {
        SourceKind::Article(format) => Some(format),
        _ => None,
    };
    if let Some(what) = binary(&bytes, format) {
        diagnostics.push(
            Diagnostic::error(path, format!("the file is {what}, not text"))
                .help("save its words as plain text (UTF-8), or move it out of the articles"),
        );
        return None;
    }
    let decoded = decode(bytes, format);
    if decoded.text.chars().all(char::is_whitespace)
        && !matches!(kind, SourceKind::Sidecar | SourceKind::List | SourceKind::Ids)
    {
        let problem = if decoded.text.is_empty() {
            "the file is empty"
        } else {
            "the file holds nothing but white space"
        };
        diagnostics.push(Diagnostic::error(path, problem).help("write something into it, or remove it"));
        return None;
    }
    if let Some(at) = decoded.unreadable {
        diagnostics.push(
            Diagnostic::warning(
                path,
                format!("bytes that are not {} were replaced by `\u{fffd}`", decoded.encoding),
            )
            .at(&decoded.text, Span::new(at, at + '\u{fffd}'.len_utf8()))
            .help("save the file as UTF-8"),
        );
    }
    if let Some(Loaded::Source(source)) = before
        && source.hash == hash
    {
        return Some(Loaded::Source(source));
    }
    Some(Loaded::Source(Arc::new(Source { path: path.into(), kind, text: decoded.text.into(), hash })))
}

/// What the bytes are, where they are surely not text.
pub fn binary(bytes: &[u8], format: Option<Format>) -> Option<&'static str> {
    const SIGNATURES: [(&[u8], &str); 10] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a zip archive or a word processor's document"),
        (b"\xd0\xcf\x11\xe0", "a word processor's document"),
        (b"{\\rtf", "a word processor's document (RTF)"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1f\x8b", "compressed"),
        (b"\x7fELF", "a program"),
        (b"RIFF", "a picture or a recording"),
    ];
    let known = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, what)) = known.filter(|_| format != Some(Format::SavedPage)) {
        return Some(what);
    }
    let control = |byte: &u8| *byte < b' ' && !b"\t\n\r\x0c\x1b".contains(byte);
    if !bytes.iter().take(1 << 16).any(control) {
        return None;
    }
    let sample = decode(bytes[..bytes.len().min(1 << 16)].to_vec(), format).text;
    let (mut all, mut strange) = (0usize, 0usize);
    for c in sample.chars() {
        all += 1;
        strange += usize::from(
            (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{85}'))
                || c == '\u{fffd}',
        );
    }
    // A stray control character in a text is borne; in a program or a recording every tenth is one.
    (strange * 20 > all && strange > 1).then_some("binary")
}

fn stamp(metadata: &Metadata) -> Stamp {
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    let inode = 0;
    Stamp { size: metadata.len(), modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), inode }
}

/// Whether the file changed so lately that its next change may leave the same stamp. A time in the future tells nothing.
fn is_racy(stamp: &Stamp) -> bool {
    SystemTime::now().duration_since(stamp.modified).map_or(true, |age| age < RACY)
}

pub(super) fn unreadable(file: String, error: Option<&io::Error>) -> Diagnostic {
    let reason = error.map_or_else(
        || "unknown error".to_owned(),
        |error| match error.kind() {
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::NotFound => "it is not there any more".to_owned(),
            _ => error.to_string().to_lowercase(),
        },
    );
    Diagnostic::error(file, format!("cannot be read: {reason}"))
}
