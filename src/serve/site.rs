//! The site that is served: swapped whole, so that a reader never sees half of a build.

use std::sync::Arc;

use tokio::sync::watch;

use crate::diagnostic::Diagnostic;

use super::fault::fault_html;
use super::snapshot::{File, Snapshot};

/// What is served at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// The last good site; none before the first build, or when that failed.
    pub(super) snapshot: Option<Arc<Snapshot>>,
    /// The last site of which every page was rendered without a fault; before there is one, the first.
    proven: Option<Arc<Snapshot>>,
    /// Whether that was done for `proven`.
    is_proven: bool,
    /// The newest site, if one of its pages has a fault and so it is not served.
    rejected: Option<Arc<Snapshot>>,
    /// What is wrong, as HTML, while something is.
    pub(super) fault: Option<Arc<str>>,
}

/// A handle to what is served; clones are of the same site.
#[derive(Clone, Debug)]
pub struct Site {
    state: Arc<watch::Sender<Arc<State>>>,
}

impl Default for Site {
    fn default() -> Self {
        Site { state: Arc::new(watch::Sender::new(Arc::default())) }
    }
}

impl Site {
    /// Serves `snapshot` from now on. Whatever was wrong is mended, as far as is known before pages are rendered.
    pub fn swap(&self, snapshot: impl Into<Arc<Snapshot>>) {
        let snapshot = snapshot.into();
        self.change(|state| {
            // Files that are there already need no proof.
            let proven = if snapshot.files().is_some() { state.proven.clone() } else { None };
            let is_proven = state.is_proven && proven.is_some();
            let proven = proven.or_else(|| Some(Arc::clone(&snapshot)));
            State { snapshot: Some(snapshot), proven, is_proven, rejected: None, fault: None }
        });
    }

    /// Shows `fault`, safe HTML, over the last good site; `None`: nothing is wrong any longer.
    pub fn set_fault(&self, fault: Option<Arc<str>>) {
        self.change(|state| State { fault, ..state.clone() });
    }

    /// More is wrong than `shown` says: `all`, safe HTML, is shown in its place, if it still stands there.
    pub(super) fn add_faults(&self, shown: &Arc<str>, all: String) {
        self.state.send_if_modified(|state| {
            let stands = state.fault.as_ref().is_some_and(|fault| Arc::ptr_eq(fault, shown));
            if stands {
                *state = Arc::new(State { fault: Some(all.into()), ..State::clone(state) });
            }
            stands
        });
    }

    /// Every page of `snapshot` was rendered without a fault.
    pub(super) fn prove(&self, snapshot: &Arc<Snapshot>) {
        self.change_of(snapshot, |state| State {
            proven: Some(Arc::clone(snapshot)),
            is_proven: true,
            ..state.clone()
        });
    }

    /// The last site that was proven so.
    pub(super) fn proven(&self) -> Option<Arc<Snapshot>> {
        let state = self.state.borrow();
        state.proven.clone().filter(|_| state.is_proven)
    }

    /// A template of `snapshot` has `faults`: the last site without any is served again, with them over it.
    pub(super) fn reject(&self, snapshot: &Arc<Snapshot>, faults: &[Diagnostic]) {
        let proven = |state: &State| state.proven.clone().filter(|proven| !Arc::ptr_eq(proven, snapshot));
        self.change_of(snapshot, |state| State {
            snapshot: if state.rejected.is_some() { state.snapshot.clone() } else { proven(state) },
            rejected: Some(Arc::clone(snapshot)),
            fault: Some(fault_html(faults).into()),
            ..state.clone()
        });
    }

    pub(super) fn now(&self) -> Arc<State> {
        Arc::clone(&self.state.borrow())
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Arc<State>> {
        self.state.subscribe()
    }

    fn change(&self, next: impl FnOnce(&State) -> State) {
        let mut before = None;
        self.state.send_modify(|state| before = Some(std::mem::replace(state, Arc::new(next(state)))));
        // A site of thousands of articles takes its time to go, and readers are not to wait for it.
        drop(before);
    }

    /// Changes the state, unless there is a newer snapshot by now.
    fn change_of(&self, snapshot: &Arc<Snapshot>, next: impl FnOnce(&State) -> State) {
        self.state.send_if_modified(|state| {
            let newest = state.rejected.as_ref().or(state.snapshot.as_ref());
            let is_newest = newest.is_some_and(|newest| Arc::ptr_eq(newest, snapshot));
            if is_newest {
                *state = Arc::new(next(state));
            }
            is_newest
        });
    }
}

/// What a path leads to.
pub(super) enum Found {
    /// The file at this path.
    File(Arc<Snapshot>, String, File),
    /// A folder, named without its last slash.
    Folder,
    /// Nothing: the site's own page that says so, if it has one.
    Missing(Option<(Arc<Snapshot>, File)>),
    /// There is no site, but perhaps something that is wrong.
    NoSite(Option<Arc<str>>),
}

impl Site {
    /// What the path of an address leads to, in one site from beginning to end. It may take as long as rendering a
    /// page does.
    pub(super) fn find(&self, path: &str) -> Found {
        loop {
            let state = self.now();
            let Some(snapshot) = &state.snapshot else { return Found::NoSite(state.fault.clone()) };
            let whole = match path {
                _ if path.is_empty() || path.ends_with('/') => Some(format!("{path}index.html")),
                _ if snapshot.has(path) => Some(path.to_owned()),
                _ if snapshot.has(&format!("{path}/index.html")) => return Found::Folder,
                _ => None,
            };
            let found = whole.and_then(|whole| snapshot.file(&whole).map(|file| (whole, file)));
            let faults = match found {
                Some((path, Ok(file))) => return Found::File(Arc::clone(snapshot), path, file),
                Some((_, Err(fault))) => fault,
                None => match snapshot.file("404.html") {
                    Some(Ok(file)) => return Found::Missing(Some((Arc::clone(snapshot), file))),
                    Some(Err(fault)) => fault,
                    None => return Found::Missing(None),
                },
            };
            // Another site was swapped in meanwhile, or the last good one is now: never this one again.
            self.reject(snapshot, &[faults]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Output;

    fn snapshot(text: &str) -> Snapshot {
        Snapshot::new([Output::new("index.html", text.as_bytes().to_vec())])
    }

    #[test]
    fn a_fault_stands_over_the_last_good_site_until_the_next() {
        let site = Site::default();
        assert!(site.now().snapshot.is_none());
        site.swap(snapshot("1"));
        site.set_fault(Some("broken".into()));
        let state = site.now();
        assert_eq!((state.snapshot.is_some(), state.fault.as_deref()), (true, Some("broken")));
        site.swap(snapshot("1"));
        assert_eq!(site.now().fault, None);
    }
}
