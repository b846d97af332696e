//! One file's [`Parsed`] to bytes and back: what the source itself says is not written twice.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::dossier::Sight;
use crate::facts::Facts;
use crate::memo::Key;
use crate::pipeline::parsed::Parsed;
use crate::records::Correction;
use crate::source::Source;

/// Bytes of the checksum of one record.
const SUM: usize = 16;

/// What stands before the content of a record: its length, its key and its checksum.
pub(super) const HEAD: usize = size_of::<u32>() + size_of::<Key>() + SUM;

/// The record of `parsed`, which was made of `source`; `None` for what has no form on disk.
pub(in crate::pipeline) fn write(key: &Key, parsed: &Parsed, source: &Source) -> Option<Vec<u8>> {
    // The rest follows from these, and what linking sees of it would take long to be seen again.
    let Parsed { document, facts, corrections, diagnostics, sight, .. } = parsed;
    // Most documents are the very words of their file.
    let own = document.as_ref().is_some_and(|it| *it.text == *source.text);
    let bare = document.as_ref().map(|document| Document {
        path: Arc::from(""),
        text: if own { Arc::from("") } else { Arc::clone(&document.text) },
        ..(**document).clone()
    });
    let mut record = vec![0; HEAD];
    record =
        postcard::to_extend(&(own, bare, &**facts, &**corrections, diagnostics, &**sight), record).ok()?;
    let length = u32::try_from(record.len() - HEAD).ok()?;
    let sum = sum(key, &record[HEAD..]);
    let (head, _) = record.split_at_mut(HEAD);
    head[..4].copy_from_slice(&length.to_le_bytes());
    head[4..4 + key.len()].copy_from_slice(key);
    head[4 + key.len()..].copy_from_slice(&sum);
    Some(record)
}

/// The key and the length, with its head, of the record that `bytes` begin with, if so much is there.
pub(super) fn measure(bytes: &[u8]) -> Option<(Key, usize)> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let (length, head) = head.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    (length <= rest.len()).then_some((*head.first_chunk()?, HEAD + length))
}

/// What a record holds; `None` if it is damaged.
pub(in crate::pipeline) fn read(record: &[u8], key: &Key, source: &Source) -> Option<Parsed> {
    let (head, content) = record.split_at_checked(HEAD)?;
    if head[4..4 + key.len()] != *key || head[4 + key.len()..] != sum(key, content) {
        return None;
    }
    type Content = (bool, Option<Document>, Facts, Vec<Correction>, Vec<Diagnostic>, Sight);
    let (own, document, facts, corrections, diagnostics, sight): Content =
        postcard::from_bytes(content).ok()?;
    let document = document.map(|mut document| {
        document.path = Arc::clone(&source.path);
        if own {
            document.text = Arc::clone(&source.text);
        }
        document
    });
    Some(Parsed::seen(source, document, (facts, corrections), diagnostics, sight))
}

fn sum(key: &Key, content: &[u8]) -> [u8; SUM] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key).update(content);
    *hasher.finalize().as_bytes().first_chunk().expect("a hash is longer than its part")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::Config;
    use crate::facts::{Knowledge, extract};
    use crate::source::{Reader, SourceKind};

    /// Every article of the sites and readings that the project has for tests, and of its own site.
    fn sources() -> Vec<Arc<Source>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sites = ["tests/sites", "tests/dossiers"].map(|folder| root.join(folder));
        let sites = sites.iter().flat_map(|folder| folder.read_dir().unwrap());
        let sites = sites.map(|site| site.unwrap().path()).chain([root.to_owned()]);
        sites.flat_map(|site| Reader::new(site).read(&Config::default()).0.sources).collect()
    }

    #[test]
    fn what_was_parsed_comes_back() {
        let (mut own, mut copied) = (0, 0);
        for source in sources() {
            let (document, diagnostics) = crate::document::parse(&source, None, &Config::default());
            let Some(document) = document else { continue };
            let facts = match source.kind {
                SourceKind::Article(_) => extract(&document, document.meta.published),
                _ => Facts::default(),
            };
            let corrections = vec![Correction { date: "2024-03".parse().unwrap(), text: "x".to_owned() }];
            *if document.text == source.text { &mut own } else { &mut copied } += 1;
            let (facts, knowledge) = ((facts, corrections), Knowledge::of_program());
            let parsed = Parsed::new(&source, Some(document), facts, diagnostics, knowledge);
            let record = write(&[7; 32], &parsed, &source).expect("it has a form on disk");
            assert_eq!(measure(&record), Some(([7; 32], record.len())));
            let read = read(&record, &[7; 32], &source).expect("it is sound");
            assert_eq!(format!("{read:?}"), format!("{parsed:?}"), "{}", source.path);
        }
        assert!(own > 20 && copied > 20, "{own} and {copied} are too few");
    }
}
