//! HTTP from memory, live reload, and the error page.
//!
//! A worker thread waits for changes and builds; the finished site is swapped in whole, so that a build never holds
//! up a reader and a reader never sees half of one. What is wrong with the sources is shown over the last good site.

mod address;
mod answer;
mod body;
mod browser;
mod fault;
mod listen;
mod proof;
mod site;
mod snapshot;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, bail};

use crate::diagnostic::{Diagnostic, Severity};
use crate::watch::{Changed, Stopper, Watcher};

use self::proof::Proof;

pub use self::address::content_type;
pub use self::fault::fault_html;
pub use self::listen::Listening;
pub use self::site::Site;
pub use self::snapshot::{Content, File, Snapshot};

/// Where to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen at; loopback unless others are to see the site.
    pub interface: IpAddr,
    /// The port; the next free one is taken where it is busy.
    pub port: u16,
    /// Whether to show the site.
    pub browser: Browser,
    /// Whether open pages follow the site.
    pub reload: Reload,
}

/// Whether open pages follow the site.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Reload {
    /// Each page gets a script that keeps it up to date.
    On,
    /// Pages are served as they are published: without a script of ours.
    Off,
}

/// What to do with the reader's browser.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Open the site in it.
    Open,
    /// Nothing.
    Leave,
}

/// What a build made.
#[derive(Debug, Default)]
pub struct Rebuilt {
    /// The new site; `None` when there are errors, or when nothing changed.
    pub snapshot: Option<Snapshot>,
    /// The site as far as its files allow, when there are errors: it is not served, and what is wrong with its templates is
    /// told after them.
    pub faulty: Option<Snapshot>,
    /// Nothing changed: what is served and what is wrong with it stay.
    pub unchanged: bool,
    /// Only what the system named was read: all is to be looked at again a little later.
    pub look_again: bool,
    /// Folders and files that are to be watched from now on, if they are not yet.
    pub also_watch: Vec<PathBuf>,
    /// What is wrong. Errors are shown over the last good site until the next build.
    pub faults: Vec<Diagnostic>,
    /// The build in one line.
    pub summary: String,
}

/// What there is to tell in the terminal.
#[derive(Debug)]
pub enum Notice<'a> {
    /// It serves.
    Listening {
        /// The address for a browser.
        url: &'a str,
        /// The wished port, if that one was busy.
        busy: Option<u16>,
    },
    /// No browser could be opened.
    NoBrowser(&'a anyhow::Error),
    /// It was built.
    Rebuilt {
        /// What changed, relative to the root; empty when the system named nothing.
        changed: &'a [PathBuf],
        /// The build in one line.
        summary: &'a str,
        /// What is wrong.
        faults: &'a [Diagnostic],
    },
}

/// A server with its worker; dropped, both end.
pub struct Server {
    listening: Listening,
    site: Site,
    stopper: Stopper,
    ends: Receiver<End>,
    ender: Sender<End>,
}

enum End {
    Interrupted,
    WorkerGone,
}

impl Server {
    /// Starts to serve, builds for the first time, and again after each change.
    ///
    /// `rebuild` is called on the worker's thread, with the paths that the system named as changed, relative to the
    /// root; `tell` there, first on this one, and while the pages of a new site are rendered behind it on a third.
    pub fn start(
        options: &Options,
        mut watcher: Watcher,
        mut rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send + 'static,
        tell: impl FnMut(Notice<'_>) + Send + 'static,
    ) -> anyhow::Result<Server> {
        // The proof of a site tells from a thread of its own.
        let teller = Arc::new(Mutex::new(tell));
        let also = Arc::clone(&teller);
        let tell = move |notice: Notice<'_>| teller.lock().unwrap_or_else(PoisonError::into_inner)(notice);
        let site = Site::default();
        let listening = Listening::start(options.interface, options.port, site.clone(), options.reload)?;
        let url = url(&listening);
        let port = listening.address().port();
        tell(Notice::Listening {
            url: &url,
            busy: (options.port != 0 && options.port != port).then_some(options.port),
        });
        if options.browser == Browser::Open
            && let Err(error) = browser::open(&url)
        {
            tell(Notice::NoBrowser(&error));
        }

        let (ender, ends) = channel();
        let stopper = watcher.stopper();
        let (built, worker_gone) = (site.clone(), WorkerGone(ender.clone()));
        let work = move || {
            let _worker_gone = worker_gone;
            let mut changed = Changed::default();
            let mut proof: Option<Proof> = None;
            loop {
                let rebuilt = rebuild(&changed.paths);
                if !rebuilt.unchanged {
                    drop(proof.take());
                    let shown = show(&built, &rebuilt.faults, rebuilt.snapshot, rebuilt.faulty);
                    tell(Notice::Rebuilt {
                        changed: &changed.paths,
                        summary: &rebuilt.summary,
                        faults: &rebuilt.faults,
                    });
                    proof = shown.and_then(|shown| {
                        let (also, site, told) = (Arc::clone(&also), built.clone(), rebuilt.faults.clone());
                        let snapshot = Arc::clone(shown.snapshot());
                        Proof::begin(snapshot, built.proven(), move |faults| {
                            let Some(all) = shown.proven(&site, told, faults) else { return };
                            let notice = Notice::Rebuilt { changed: &[], summary: "", faults: &all };
                            also.lock().unwrap_or_else(PoisonError::into_inner)(notice);
                        })
                    });
                }
                if rebuilt.look_again {
                    watcher.look_again();
                }
                watcher.also(&rebuilt.also_watch);
                proof.iter().for_each(Proof::go_on);
                let Some(next) = watcher.wait() else { return };
                proof.iter().for_each(Proof::rest);
                changed = next;
            }
        };
        std::thread::Builder::new().name("build".into()).spawn(work).context("cannot start building")?;
        Ok(Server { listening, site, stopper, ends, ender })
    }

    /// The address for a browser.
    pub fn url(&self) -> String {
        url(&self.listening)
    }

    /// What is served.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Waits until Ctrl-C is pressed.
    fn wait_for_interrupt(&self) -> anyhow::Result<()> {
        let ender = self.ender.clone();
        ctrlc::set_handler(move || {
            // Fails only when the server is gone already.
            let _ = ender.send(End::Interrupted);
        })
        .context("cannot listen for Ctrl-C")?;
        match self.ends.recv() {
            Ok(End::Interrupted) | Err(_) => Ok(()),
            Ok(End::WorkerGone) => {
                bail!("the build ended unexpectedly, so the site would no longer be up to date")
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopper.stop();
    }
}

/// Tells, also when the worker panicked, that it is gone.
struct WorkerGone(Sender<End>);

impl Drop for WorkerGone {
    fn drop(&mut self) {
        // Nobody waits when the server is gone too.
        let _ = self.0.send(End::WorkerGone);
    }
}

/// Serves and rebuilds until Ctrl-C is pressed.
pub fn run(
    options: &Options,
    watcher: Watcher,
    rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send + 'static,
    tell: impl FnMut(Notice<'_>) + Send + 'static,
) -> anyhow::Result<()> {
    Server::start(options, watcher, rebuild, tell)?.wait_for_interrupt()
}

/// A site whose pages are yet to be rendered.
enum Unproven {
    /// It is served.
    Served(Arc<Snapshot>),
    /// It has errors, and these are shown.
    Faulty(Arc<Snapshot>, Arc<str>),
}

impl Unproven {
    fn snapshot(&self) -> &Arc<Snapshot> {
        let (Unproven::Served(snapshot) | Unproven::Faulty(snapshot, _)) = self;
        snapshot
    }

    /// Every page was rendered and had `faults`. Gives all that is to be told, with what was `told` already; `None` if that
    /// is nothing new.
    fn proven(
        &self,
        site: &Site,
        mut told: Vec<Diagnostic>,
        faults: Vec<Diagnostic>,
    ) -> Option<Vec<Diagnostic>> {
        if faults.is_empty() {
            if let Unproven::Served(snapshot) = self {
                site.prove(snapshot);
            }
            return None;
        }
        match self {
            Unproven::Served(snapshot) => {
                site.reject(snapshot, &faults);
                told.extend(faults);
            }
            Unproven::Faulty(_, shown) => {
                told.extend(faults);
                told.sort();
                told.dedup();
                site.add_faults(shown, fault_html(&told));
            }
        }
        Some(told)
    }
}

/// Puts what was built before the readers; gives the site of which nobody knows yet whether its pages can be rendered.
fn show(
    site: &Site,
    faults: &[Diagnostic],
    snapshot: Option<Snapshot>,
    faulty: Option<Snapshot>,
) -> Option<Unproven> {
    let is_broken = faults.iter().any(|fault| fault.severity == Severity::Error);
    match snapshot {
        Some(snapshot) if !is_broken => {
            let snapshot = Arc::new(snapshot);
            site.swap(Arc::clone(&snapshot));
            Some(Unproven::Served(snapshot))
        }
        _ => {
            let shown: Option<Arc<str>> = is_broken.then(|| fault_html(faults).into());
            site.set_fault(shown.clone());
            Some(Unproven::Faulty(Arc::new(faulty?), shown?))
        }
    }
}

fn url(listening: &Listening) -> String {
    let mut address = listening.address();
    if address.ip().is_unspecified() {
        // Everywhere is nowhere for a browser.
        address.set_ip(match address.ip() {
            IpAddr::V4(_) => IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
        });
    }
    format!("http://{address}/")
}
