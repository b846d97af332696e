//! The index of the last build's full text, so that a build which changes no word makes none.

use crate::diagnostic::Diagnostic;
use crate::memo::Key;
use crate::source::Hash;

use super::folder::Folder;

const NAME: &str = "full-text";
const FIRST_LINE: &str = concat!("dateline cache: full text ", env!("DATELINE_BUILD"), "\n");

/// Files by path.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// The files that are kept under `key`.
pub(super) fn read(folder: &Folder, key: &Key, notes: &mut Vec<Diagnostic>) -> Option<Files> {
    if !folder.is_there().unwrap_or(false) {
        return None;
    }
    let bytes = folder.read(NAME, notes).ok()??;
    // A file of another build of the program, or of other words, is replaced.
    let rest = bytes.strip_prefix(FIRST_LINE.as_bytes())?.strip_prefix(key.as_slice())?;
    let (sum, content): (&Hash, &[u8]) = rest.split_first_chunk()?;
    let files =
        (blake3::hash(content).as_bytes() == sum).then(|| postcard::from_bytes(content).ok()).flatten();
    if files.is_none() {
        let _ = folder.set_aside(NAME, "was damaged", notes);
    }
    files
}

/// Keeps `files` under `key`, in the place of what was kept before.
pub(super) fn write(folder: &Folder, key: &Key, files: &[(&str, &[u8])]) -> Result<(), String> {
    let content = postcard::to_stdvec(files).map_err(|error| error.to_string())?;
    let mut bytes = FIRST_LINE.as_bytes().to_vec();
    bytes.extend_from_slice(key);
    bytes.extend_from_slice(blake3::hash(&content).as_bytes());
    bytes.extend_from_slice(&content);
    folder.replace(NAME, &bytes)
}
