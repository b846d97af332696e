//! Renders, behind the readers, every page of the site that is served and may be another than it was, so that no fault of
//! a template stays unseen.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::diagnostic::Diagnostic;

use super::snapshot::Snapshot;

/// How long the readers have the machine for themselves after a swap.
const HEAD_START: Duration = Duration::from_millis(200);

/// A proof under way: it ends when this is dropped.
pub(super) struct Proof(Arc<Course>);

/// How a proof goes on.
#[derive(Default)]
struct Course {
    state: AtomicU8,
    changed: Condvar,
    lock: Mutex<()>,
}

const RUNS: u8 = 0;
const RESTS: u8 = 1;
const ENDS: u8 = 2;

impl Proof {
    /// Begins to render every page of `snapshot` that may differ from `proven`, the last site without faults; `done` gets
    /// what is wrong with its templates.
    pub(super) fn begin(
        snapshot: Arc<Snapshot>,
        proven: Option<Arc<Snapshot>>,
        done: impl FnOnce(Vec<Diagnostic>) + Send + 'static,
    ) -> Option<Proof> {
        let files = Arc::clone(snapshot.files()?);
        let course = Arc::new(Course::default());
        let own = Arc::clone(&course);
        let work = move || {
            own.sleep(HEAD_START);
            let proven = proven.as_ref().and_then(|proven| proven.files()).map(Arc::as_ref);
            let Some(faults) = files.faults(proven, || own.is_over()) else { return };
            if !own.is_over() {
                done(faults);
            }
        };
        // Without a thread for it, faults show where they are met.
        thread::Builder::new().name("proof".into()).spawn(work).ok()?;
        Some(Proof(course))
    }

    /// Leaves the machine to a build.
    pub(super) fn rest(&self) {
        self.0.set(RUNS, RESTS);
    }

    /// Goes on.
    pub(super) fn go_on(&self) {
        self.0.set(RESTS, RUNS);
    }
}

impl Drop for Proof {
    fn drop(&mut self) {
        self.0.state.store(ENDS, Ordering::Release);
        self.0.wake();
    }
}

impl Course {
    fn set(&self, from: u8, to: u8) {
        let _ = self.state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire);
        self.wake();
    }

    fn wake(&self) {
        let _held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.changed.notify_all();
    }

    /// Sleeps, unless it is over before.
    fn sleep(&self, time: Duration) {
        let held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let goes_on = |_: &mut ()| self.state.load(Ordering::Acquire) != ENDS;
        drop(self.changed.wait_timeout_while(held, time, goes_on));
    }

    /// Whether it is over; waits while it rests.
    fn is_over(&self) -> bool {
        if self.state.load(Ordering::Acquire) == RUNS {
            return false;
        }
        let held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        let rests = |_: &mut ()| self.state.load(Ordering::Acquire) == RESTS;
        drop(self.changed.wait_while(held, rests));
        self.state.load(Ordering::Acquire) == ENDS
    }
}
