//! What stages 2 and 3 made of each file: one record after the other in one file, new ones at its end.
//!
//! One file, because ten thousand small ones take seconds; read whole and in one go, because nearly all of it is asked
//! for. It is written anew when more than half of it is what no build asked for.

use std::collections::HashMap;
use std::fs::File;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::diagnostic::Diagnostic;
use crate::memo::Key;
use crate::pipeline::parsed::Parsed;
use crate::source::Source;

use super::folder::{Folder, Why};
use super::record;

const NAME: &str = "articles";

/// What the file begins with; the rest of its first line names the build of the program.
const KIND: &str = "dateline cache: articles ";
const FIRST_LINE: &str = concat!("dateline cache: articles ", env!("DATELINE_BUILD"), "\n");

/// So many bytes that nobody asks for are borne in any case.
const SLACK: u64 = 1 << 20;

/// The file as it was read and as it is now.
#[derive(Debug)]
pub(super) struct Articles {
    /// Held from reading to the first writing.
    lock: Option<File>,
    /// The file as it was read; empty once this build's results are kept in memory.
    bytes: Vec<u8>,
    /// Where each record stands in `bytes`.
    places: HashMap<Key, Range<usize>>,
    /// How long each record of the file is, with its head.
    lengths: HashMap<Key, u64>,
    /// How long the file is; `None` where it has to be written anew.
    length: Option<u64>,
    damaged: AtomicBool,
}

impl Articles {
    /// Reads the file. `None` while another process has it.
    pub(super) fn open(folder: &Folder, notes: &mut Vec<Diagnostic>) -> Result<Option<Articles>, Why> {
        let mut articles = Articles {
            lock: None,
            bytes: Vec::new(),
            places: HashMap::new(),
            lengths: HashMap::new(),
            length: None,
            damaged: AtomicBool::new(false),
        };
        if !folder.is_there()? {
            return Ok(Some(articles));
        }
        articles.lock = folder.lock()?;
        if articles.lock.is_none() {
            return Ok(None);
        }
        let Some(bytes) = folder.read(NAME, notes)? else { return Ok(Some(articles)) };
        if bytes.starts_with(FIRST_LINE.as_bytes()) {
            articles.take(bytes);
        } else if !bytes.starts_with(KIND.as_bytes()) {
            folder.set_aside(NAME, "is no cache of ours", notes)?;
        }
        Ok(Some(articles))
    }

    /// Notes where each record stands.
    fn take(&mut self, bytes: Vec<u8>) {
        let mut at = FIRST_LINE.len();
        while let Some((key, length)) = record::measure(&bytes[at..]) {
            self.places.insert(key, at..at + length);
            self.lengths.insert(key, length as u64);
            at += length;
        }
        // Cut short in the middle of a record, or a length is not what it was.
        *self.damaged.get_mut() = at < bytes.len();
        self.length = Some(bytes.len() as u64);
        self.bytes = bytes;
    }

    /// What is kept under `key`.
    pub(super) fn find(&self, key: &Key, source: &Source) -> Option<Parsed> {
        let found = record::read(self.bytes.get(self.places.get(key)?.clone())?, key, source);
        if found.is_none() {
            self.damaged.store(true, Ordering::Relaxed);
        }
        found
    }

    /// Writes what the file does not have yet, and lets go of what was read: the results are in memory now.
    pub(super) fn keep(
        &mut self,
        folder: &Folder,
        keys: &[Key],
        parsed: &[Arc<Parsed>],
        sources: &[&Arc<Source>],
        notes: &mut Vec<Diagnostic>,
    ) -> Result<(), Why> {
        (self.bytes, self.places) = Default::default();
        let damaged = std::mem::take(self.damaged.get_mut());
        if damaged {
            folder.set_aside(NAME, "was damaged", notes)?;
            self.length = None;
        }
        let new: Vec<usize> = (0..keys.len()).filter(|at| !self.lengths.contains_key(&keys[*at])).collect();
        let asked: u64 = keys.iter().filter_map(|key| self.lengths.get(key)).sum();
        let too_long = self.length.is_some_and(|length| length > 2 * asked + SLACK);
        let whole = self.length.is_none() || too_long;
        let lock = self.lock.take();
        if new.is_empty() && !whole {
            return Ok(());
        }
        folder.make()?;
        let Some(_lock) = lock.map_or_else(|| folder.lock(), |lock| Ok(Some(lock)))? else {
            return Ok(());
        };
        let record = |at: usize| Some((keys[at], record::write(&keys[at], &parsed[at], sources[at])?));
        match self.length.filter(|length| !whole && folder.length(NAME) == *length) {
            Some(length) => {
                let records: Vec<(Key, Vec<u8>)> = new.par_iter().filter_map(|at| record(*at)).collect();
                let bytes: Vec<u8> = records.iter().flat_map(|(_, record)| record).copied().collect();
                folder.append(NAME, length, &bytes)?;
                self.length = Some(length + bytes.len() as u64);
                self.lengths.extend(records.iter().map(|(key, record)| (*key, record.len() as u64)));
            }
            None => {
                let records: Vec<(Key, Vec<u8>)> =
                    (0..keys.len()).into_par_iter().filter_map(record).collect();
                let size: usize = records.iter().map(|(_, record)| record.len()).sum();
                let mut bytes = Vec::with_capacity(FIRST_LINE.len() + size);
                bytes.extend_from_slice(FIRST_LINE.as_bytes());
                records.iter().for_each(|(_, record)| bytes.extend_from_slice(record));
                folder.replace(NAME, &bytes)?;
                self.length = Some(bytes.len() as u64);
                self.lengths = records.iter().map(|(key, record)| (*key, record.len() as u64)).collect();
            }
        }
        Ok(())
    }
}
