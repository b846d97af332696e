//! Waits until an input changed.
//!
//! Events only wake the loop: they are late, doubled or missing on one system or another, so what really changed
//! is found by reading again. After a folder came or went everything is watched anew and the loop wakes a second
//! time, because what was put into it before it was watched made no event.
#![expect(clippy::disallowed_methods, reason = "watching is an edge: it asks the disk and the clock")]

mod poll;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use self::poll::Poller;

/// Events this close together are one change: an editor makes several when it saves.
const GATHER: Duration = Duration::from_millis(10);

/// The same after an event that ends a change: a file was closed, or put in the place of another.
const GATHER_AFTER_END: Duration = Duration::from_millis(2);

/// A stream of events without a gap is cut after this time.
const GATHER_LONGEST: Duration = Duration::from_millis(200);

/// When to look a second time after a folder came or went.
const SECOND_LOOK: Duration = Duration::from_millis(120);

/// When to look at everything after only what the system named was read: it may have kept silent about something. While
/// changes go on that look waits, so that it holds up none of them, but for no longer than the second of these.
const WHOLE_LOOK: (Duration, Duration) = (Duration::from_millis(700), Duration::from_secs(3));

/// What to watch.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The site's root; paths of changes are given relative to it.
    pub root: PathBuf,
    /// Single files, such as `site.toml`; they need not exist.
    pub files: Vec<PathBuf>,
    /// Folders with all that is in them, such as `content`; they need not exist.
    pub folders: Vec<PathBuf>,
    /// The output folder: it may be inside none of the folders, but a link may lead there.
    pub ignored: Vec<PathBuf>,
}

impl Watched {
    /// For the site at `root`, with its files and folders in their usual places.
    pub fn of_site(root: &Path) -> Watched {
        Watched {
            root: root.to_owned(),
            files: vec![root.join("site.toml")],
            folders: ["content", "templates", "static"].map(|name| root.join(name)).into(),
            ignored: Vec::new(),
        }
    }
}

/// How changes are noticed.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// The system tells.
    Events,
    /// By looking again and again, this far apart: for network drives, where the system does not tell.
    Poll(Duration),
}

/// Something may have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// What the system named, relative to the root, in order; empty when it only said that there was something, or that
    /// it does not know of all.
    pub paths: Vec<PathBuf>,
}

/// Ends [`Watcher::wait`] from another thread.
#[derive(Clone, Debug)]
pub struct Stopper(Sender<Signal>);

impl Stopper {
    /// Lets the watcher's next or present wait return `None`.
    pub fn stop(&self) {
        // Without a watcher there is nothing to stop.
        let _ = self.0.send(Signal::Stop);
    }
}

#[derive(Debug)]
enum Signal {
    Event(notify::Result<Event>),
    Stop,
}

/// Watches until it is dropped.
pub struct Watcher {
    watched: Watched,
    backend: Box<dyn notify::Watcher + Send>,
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
    second_look: Option<Instant>,
    /// The second look is one after a folder came or went, which does not wait.
    looks_soon: bool,
    /// When everything is looked at whatever else happens.
    looks_by: Option<Instant>,
}

impl Watcher {
    /// Starts watching. What changes from now on is noticed, also before the first wait.
    pub fn new(watched: Watched, method: Method) -> anyhow::Result<Watcher> {
        // The system gives real paths on some systems, and ours on others: with real ones they are the same.
        let root = watched.root.canonicalize();
        let root = root.with_context(|| format!("cannot watch `{}`", watched.root.display()))?;
        let real = |paths: Vec<PathBuf>| -> Vec<PathBuf> {
            let moved =
                |path: PathBuf| path.strip_prefix(&watched.root).map(|rest| root.join(rest)).unwrap_or(path);
            paths.into_iter().map(moved).collect()
        };
        let [files, folders, ignored] = [watched.files, watched.folders, watched.ignored].map(real);
        let watched = Watched { root, files, folders, ignored };

        let (sender, signals) = channel();
        let events = sender.clone();
        let handler = move |event| {
            // Fails only when the watcher is being dropped.
            let _ = events.send(Signal::Event(event));
        };
        let config = notify::Config::default();
        let backend: notify::Result<Box<dyn notify::Watcher + Send>> = match method {
            Method::Events => RecommendedWatcher::new(handler, config).map(|watcher| Box::new(watcher) as _),
            Method::Poll(pause) => {
                Poller::new(handler, config.with_poll_interval(pause)).map(|watcher| Box::new(watcher) as _)
            }
        };
        let backend = backend.context("the system gives no way to watch files: use polling")?;
        let mut watcher = Watcher {
            watched,
            backend,
            signals,
            sender,
            second_look: None,
            looks_soon: false,
            looks_by: None,
        };
        watcher.watch_parents()?;
        watcher.watch_folders()?;
        Ok(watcher)
    }

    /// A handle to end waiting with.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Lets a wait end soon although nothing happened, so that everything is looked at.
    pub fn look_again(&mut self) {
        let (pause, longest) = WHOLE_LOOK;
        let now = Instant::now();
        let last = *self.looks_by.get_or_insert(now + longest);
        // After a folder came or went it is sooner.
        self.second_look = match (self.second_look, self.looks_soon) {
            (Some(when), true) => Some(when),
            _ => Some(last.min(now + pause)),
        };
    }

    /// Watches these folders and files too, as far as it does not yet. A file need not exist.
    pub fn also(&mut self, paths: &[PathBuf]) {
        let mut is_new = false;
        for path in paths {
            let path = match path.strip_prefix(&self.watched.root) {
                Ok(_) => path.to_owned(),
                Err(_) => self.watched.root.join(path),
            };
            // A link to a folder is watched as the link that it is.
            let is_folder = path.is_dir() && !path.is_symlink();
            let held = if is_folder { &mut self.watched.folders } else { &mut self.watched.files };
            if !held.contains(&path) {
                held.push(path);
                is_new = true;
            }
        }
        if is_new {
            // What cannot be watched now is when it comes, or is looked at again with all the rest.
            let _ = self.watch_parents();
            let _ = self.watch_folders();
            // It may have changed since it was read.
            self.look_again();
        }
    }

    /// Waits until something may have changed; `None` when it was stopped.
    pub fn wait(&mut self) -> Option<Changed> {
        let mut seen = Seen::default();
        while !seen.anything {
            let signal = match self.second_look {
                None => self.signals.recv().ok()?,
                Some(when) => match self.signals.recv_timeout(when.saturating_duration_since(Instant::now()))
                {
                    Ok(signal) => signal,
                    Err(RecvTimeoutError::Timeout) => {
                        (self.second_look, self.looks_soon, self.looks_by) = (None, false, None);
                        seen.anything = true;
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return None,
                },
            };
            self.note(signal, &mut seen)?;
        }
        let longest = Instant::now() + GATHER_LONGEST;
        let pause = |seen: &Seen| if seen.ended { GATHER_AFTER_END } else { GATHER };
        while let Ok(signal) = self.signals.recv_timeout(pause(&seen)) {
            self.note(signal, &mut seen)?;
            if Instant::now() > longest {
                break;
            }
        }
        if seen.folders {
            // A folder that cannot be watched now is gone again, or its coming back will be an event.
            let _ = self.watch_folders();
            (self.second_look, self.looks_soon) = (Some(Instant::now() + SECOND_LOOK), true);
        }
        if seen.missed {
            seen.paths.clear();
        }
        seen.paths.sort();
        seen.paths.dedup();
        Some(Changed { paths: seen.paths })
    }

    fn note(&self, signal: Signal, seen: &mut Seen) -> Option<()> {
        let event = match signal {
            Signal::Stop => return None,
            Signal::Event(Ok(event)) => event,
            // Something was missed: look at everything.
            Signal::Event(Err(_)) => Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan),
        };
        if event.need_rescan() {
            (seen.anything, seen.folders, seen.missed) = (true, true, true);
        }
        // Reading an input is an event too, and would wake the build that reads it.
        let is_read =
            matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        if is_read {
            return Some(());
        }
        let ends = matches!(
            event.kind,
            EventKind::Access(AccessKind::Close(AccessMode::Write))
                | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
        );
        for path in event.paths.iter().filter(|path| self.is_watched(path)) {
            seen.anything = true;
            // What is written next may be the next file of many.
            seen.ended = ends;
            seen.folders |= match event.kind {
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => path.is_dir(),
                EventKind::Remove(_) => self.watched.folders.contains(path),
                _ => false,
            };
            seen.paths.push(path.strip_prefix(&self.watched.root).unwrap_or(path).to_owned());
        }
        Some(())
    }

    fn is_watched(&self, path: &Path) -> bool {
        let Watched { files, folders, ignored, .. } = &self.watched;
        !ignored.iter().any(|folder| path.starts_with(folder))
            && (files.iter().any(|file| file == path)
                || folders.iter().any(|folder| path.starts_with(folder)))
    }

    /// The folders that hold what is watched tell when it comes, goes or is replaced.
    fn watch_parents(&mut self) -> anyhow::Result<()> {
        let Watched { root, files, folders, .. } = &self.watched;
        let mut parents: Vec<_> = files.iter().chain(folders).filter_map(|path| path.parent()).collect();
        parents.push(root);
        parents.sort();
        parents.dedup();
        for parent in parents.into_iter().filter(|parent| parent.is_dir()) {
            watch(&mut *self.backend, parent, RecursiveMode::NonRecursive)?;
        }
        Ok(())
    }

    fn watch_folders(&mut self) -> anyhow::Result<()> {
        for folder in self.watched.folders.iter().filter(|folder| folder.is_dir()) {
            watch(&mut *self.backend, folder, RecursiveMode::Recursive)?;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Seen {
    anything: bool,
    /// A folder came or went, or may have.
    folders: bool,
    /// The last event ended a change.
    ended: bool,
    /// Not all events came.
    missed: bool,
    paths: Vec<PathBuf>,
}

fn watch(backend: &mut dyn notify::Watcher, path: &Path, mode: RecursiveMode) -> anyhow::Result<()> {
    match backend.watch(path, mode) {
        Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
            bail!("the system watches no more files for us (`fs.inotify.max_user_watches`): use polling")
        }
        watched => watched.with_context(|| format!("cannot watch `{}`", path.display())),
    }
}
