//! The listening end: a port, and connections of which none can hold up another.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context as Task, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, bail};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{Notify, Semaphore, oneshot};
use tokio::time::{Sleep, sleep};

use super::Reload;
use super::answer::{answer, is_for_events};
use super::site::Site;

/// How many ports after the wished one are tried.
const NEXT_PORTS: u16 = 50;

/// Connections at one time. One more takes the place of the oldest that has not asked for anything yet; where all have,
/// of the oldest that only waits to be told of changes, which its browser opens again. Otherwise it waits in the system's
/// queue.
const CONNECTIONS: usize = 256;

/// How long a browser may take to send the head of a request, and stay silent between two.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// How long a reader may take nothing of an answer.
const STALL_TIME: Duration = Duration::from_secs(30);

/// Bytes in the head of a request.
const HEAD_SIZE: usize = 32 * 1024;

/// Serves a [`Site`] on a thread of its own until it is dropped.
pub struct Listening {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Listening {
    /// Serves `site` at `port` of `interface`, or at the next port that is free.
    pub fn start(interface: IpAddr, port: u16, site: Site, reload: Reload) -> anyhow::Result<Listening> {
        let listener = bind(interface, port)?;
        listener.set_nonblocking(true).context("cannot listen without blocking")?;
        let address = listener.local_addr().context("cannot tell where it listens")?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.context("cannot start serving")?;
        let (stop, stopped) = oneshot::channel();
        let serve = move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, site, interface, reload) => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_background();
        };
        let thread =
            std::thread::Builder::new().name("serve".into()).spawn(serve).context("cannot start serving")?;
        Ok(Listening { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // It ends at once; if it panicked, that was told when it happened.
            let _ = thread.join();
        }
    }
}

fn bind(interface: IpAddr, port: u16) -> anyhow::Result<TcpListener> {
    let mut tried = port;
    loop {
        match TcpListener::bind((interface, tried)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse && tried - port < NEXT_PORTS => {
                match tried.checked_add(1) {
                    Some(next) => tried = next,
                    None => bail!("no port from {port} on is free on {interface}"),
                }
            }
            Err(error) => {
                return Err(error).with_context(|| format!("cannot listen on port {tried} of {interface}"));
            }
        }
    }
}

async fn accept(listener: TcpListener, site: Site, interface: IpAddr, reload: Reload) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("the runtime has its drivers");
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let idle = Idle::default();
    for number in 0_u64.. {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(_) => {
                // The connection is gone, or there are too many open files: go on a little later.
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        if places.available_permits() == 0 {
            idle.turn_out_one();
        }
        let place = Arc::clone(&places).acquire_owned().await.expect("it is never closed");
        let turned_out = idle.add(Waits::ForRequest, number, Arc::default());
        let (site, idle) = (site.clone(), idle.clone());
        tokio::spawn(async move {
            // Answers are small and wanted now.
            let _ = stream.set_nodelay(true);
            let (asks, notice) = (idle.clone(), Arc::clone(&turned_out));
            let service = service_fn(move |request| {
                asks.remove(number);
                if is_for_events(&request) {
                    asks.add(Waits::ForChanges, number, Arc::clone(&notice));
                }
                let site = site.clone();
                async move { Ok::<_, io::Error>(answer(request, &site, interface, reload).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_SIZE)
                .serve_connection(TokioIo::new(Patient { stream, stalled: None }), service);
            tokio::select! {
                // A browser that goes away in the middle is no fault of ours.
                _ = connection => {}
                () = turned_out.notified() => {}
            }
            idle.remove(number);
            drop(place);
        });
    }
}

/// What a connection that could be done without waits for, the first to go first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Waits {
    /// It has not asked for anything yet.
    ForRequest,
    /// It has all that there is, and is told of changes.
    ForChanges,
}

/// The connections that nobody would miss, by what they wait for and by age.
#[derive(Clone, Default)]
struct Idle(Arc<Mutex<Waiting>>);

type Waiting = BTreeMap<(Waits, u64), Arc<Notify>>;

impl Idle {
    /// Adds a connection; what comes back is notified when it is turned out.
    fn add(&self, waits: Waits, number: u64, turned_out: Arc<Notify>) -> Arc<Notify> {
        self.held().insert((waits, number), Arc::clone(&turned_out));
        turned_out
    }

    fn remove(&self, number: u64) {
        let mut held = self.held();
        held.remove(&(Waits::ForRequest, number));
        held.remove(&(Waits::ForChanges, number));
    }

    fn turn_out_one(&self) {
        if let Some((_, turned_out)) = self.held().pop_first() {
            // Kept for it, should it not be waiting yet.
            turned_out.notify_one();
        }
    }

    fn held(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that is patient, but not for ever, with one who does not take what is sent.
struct Patient {
    stream: TcpStream,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn watch<T>(&mut self, task: &mut Task<'_>, result: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.stalled = None;
            return result;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(STALL_TIME)));
        match stalled.as_mut().poll(task) {
            Poll::Ready(()) => Poll::Ready(Err(ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Task<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(task, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Task<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(task, bytes);
        self.watch(task, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Task<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(task, pieces);
        self.watch(task, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(task)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(task)
    }
}
