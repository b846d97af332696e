//! Looks at everything again and again, where the system does not tell of changes: on network drives and in containers.
//!
//! `notify` has a watcher that does so, but it takes a file for changed only if its time, in whole seconds, went up: of two
//! saves within a second it may never see the second, and an older file in the place of a newer one not at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use notify::event::{CreateKind, ModifyKind, RemoveKind};
use notify::{Config, Event, EventHandler, EventKind, RecursiveMode, WatcherKind};
use walkdir::WalkDir;

/// How far apart the looks are unless the caller says.
const PAUSE: Duration = Duration::from_secs(1);

/// A watcher that compares what it sees with what it saw, until it is dropped.
pub(super) struct Poller {
    seen: Arc<Mutex<Seen>>,
    /// Ends the thread by being dropped.
    _ends: Sender<()>,
}

#[derive(Default)]
struct Seen {
    watched: BTreeMap<PathBuf, RecursiveMode>,
    stamps: BTreeMap<PathBuf, Stamp>,
}

/// What tells one state of a file from another without reading it. Of a folder only that it is one and which: what comes
/// into it has stamps of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    is_folder: bool,
    size: u64,
    modified: Option<SystemTime>,
    /// Inode, and when it was changed in any way, in seconds and nanoseconds; noughts where there is no such thing.
    identity: (u64, i64, i64),
}

impl Seen {
    /// Looks at all that is watched, and tells how it differs from the last time.
    fn look(&mut self) -> Vec<Event> {
        let mut now = BTreeMap::new();
        for (path, mode) in &self.watched {
            stamp(path, *mode, &mut now);
        }
        let event = |kind, path: &PathBuf| Event::new(kind).add_path(path.clone());
        let gone = self.stamps.keys().filter(|path| !now.contains_key(*path));
        let mut events: Vec<Event> =
            gone.map(|path| event(EventKind::Remove(RemoveKind::Any), path)).collect();
        for (path, stamp) in &now {
            match self.stamps.get(path) {
                Some(before) if before == stamp => {}
                Some(before) if before.is_folder == stamp.is_folder && !stamp.is_folder => {
                    events.push(event(EventKind::Modify(ModifyKind::Any), path));
                }
                _ => events.push(event(EventKind::Create(CreateKind::Any), path)),
            }
        }
        self.stamps = now;
        events
    }
}

fn stamp(path: &Path, mode: RecursiveMode, into: &mut BTreeMap<PathBuf, Stamp>) {
    let depth = if mode == RecursiveMode::Recursive { usize::MAX } else { 1 };
    // What cannot be seen is not there; that it cannot is for the reader of the files to tell.
    for entry in WalkDir::new(path).max_depth(depth).into_iter().flatten() {
        let Ok(found) = entry.metadata() else { continue };
        let is_folder = found.is_dir();
        let stamp = Stamp {
            is_folder,
            size: if is_folder { 0 } else { found.len() },
            modified: found.modified().ok().filter(|_| !is_folder),
            identity: identity(&found),
        };
        into.insert(entry.into_path(), stamp);
    }
}

#[cfg(unix)]
fn identity(found: &std::fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    if found.is_dir() { (found.ino(), 0, 0) } else { (found.ino(), found.ctime(), found.ctime_nsec()) }
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

fn locked(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl notify::Watcher for Poller {
    fn new<F: EventHandler>(mut handler: F, config: Config) -> notify::Result<Poller> {
        let seen = Arc::<Mutex<Seen>>::default();
        let (ends, ended) = channel::<()>();
        let pause = config.poll_interval().unwrap_or(PAUSE);
        let shared = Arc::clone(&seen);
        let look = move || {
            while matches!(ended.recv_timeout(pause), Err(RecvTimeoutError::Timeout)) {
                let events = locked(&shared).look();
                events.into_iter().for_each(|event| handler.handle_event(Ok(event)));
            }
        };
        std::thread::Builder::new().name("poll".into()).spawn(look).map_err(notify::Error::io)?;
        Ok(Poller { seen, _ends: ends })
    }

    /// What changes below `path` from now on is told. Watching it again forgets nothing.
    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        let mut seen = locked(&self.seen);
        let wider = |known: &RecursiveMode| *known == RecursiveMode::Recursive || *known == mode;
        if seen.watched.get(path).is_some_and(wider) {
            return Ok(());
        }
        seen.watched.insert(path.to_owned(), mode);
        let mut now = BTreeMap::new();
        stamp(path, mode, &mut now);
        for (path, stamp) in now {
            seen.stamps.entry(path).or_insert(stamp);
        }
        Ok(())
    }

    fn unwatch(&mut self, path: &Path) -> notify::Result<()> {
        locked(&self.seen).watched.remove(path);
        Ok(())
    }

    fn kind() -> WatcherKind {
        WatcherKind::PollWatcher
    }
}
