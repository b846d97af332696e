//! The bodies of answers: bytes, a file in pieces, a stream of events. None is ever held whole for a slow reader.
#![expect(clippy::disallowed_methods, reason = "serving is an edge: it reads the author's files")]

use std::fs::File;
use std::future::Future;
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::site::{Found, Site};
use super::snapshot::Marks;

/// Bytes of a file that are read at a time.
const PIECE: u64 = 64 * 1024;

/// How often a silent stream of events says that it is there, so that a lost reader is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The body of an answer.
pub(super) enum Answer {
    /// Bytes that are there.
    Whole(Option<Bytes>),
    /// The rest of a file.
    File(FileReader),
    /// Events, until the reader goes.
    Events(mpsc::Receiver<Bytes>),
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Answer::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Answer::File(file) => {
                file.poll_piece(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
            }
            Answer::Events(events) => {
                events.poll_recv(context).map(|event| event.map(|event| Ok(Frame::data(event))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Answer::Whole(bytes) => bytes.is_none(),
            Answer::File(file) => file.left == 0,
            Answer::Events(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Answer::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Answer::File(file) => SizeHint::with_exact(file.left),
            Answer::Events(_) => SizeHint::default(),
        }
    }
}

/// A file, read on another thread piece by piece as the reader takes it.
pub(super) struct FileReader {
    /// Bytes that are still to come.
    left: u64,
    state: Reading,
}

enum Reading {
    Waiting(Option<File>),
    Underway(JoinHandle<io::Result<(File, Bytes)>>),
}

impl FileReader {
    /// Opens the file at `path`, from its beginning.
    pub(super) async fn open(path: Arc<PathBuf>) -> io::Result<FileReader> {
        let open = move || -> io::Result<_> {
            let file = File::open(&*path)?;
            Ok((file.metadata()?.len(), file))
        };
        let (left, file) = spawn_blocking(open).await.map_err(io::Error::other)??;
        Ok(FileReader { left, state: Reading::Waiting(Some(file)) })
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            match &mut self.state {
                Reading::Waiting(_) if self.left == 0 => return Poll::Ready(None),
                Reading::Waiting(file) => {
                    let Some(file) = file.take() else { return Poll::Ready(None) };
                    let wanted = self.left.min(PIECE);
                    self.state = Reading::Underway(spawn_blocking(move || read_piece(file, wanted)));
                }
                Reading::Underway(task) => {
                    let piece = ready!(Pin::new(task).poll(context)).map_err(io::Error::other).flatten();
                    let (file, piece) = match piece {
                        Ok((file, piece)) => (Some(file), Ok(piece)),
                        Err(error) => (None, Err(error)),
                    };
                    self.state = Reading::Waiting(file);
                    self.left -= piece.as_ref().map_or(0, |piece| piece.len() as u64);
                    return Poll::Ready(Some(piece));
                }
            }
        }
    }
}

fn read_piece(mut file: File, wanted: u64) -> io::Result<(File, Bytes)> {
    let mut piece = Vec::with_capacity(wanted as usize);
    if (&mut file).take(wanted).read_to_end(&mut piece)? == 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file became shorter"));
    }
    Ok((file, piece.into()))
}

/// What the script in a page is told.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Event {
    /// What the page should be and use now; `null` while there is no site.
    marks: Option<Marks>,
    fault: Option<Arc<str>>,
}

impl Event {
    /// For a page at `path`. It may take as long as rendering that page does.
    fn now(site: &Site, path: &str) -> Event {
        let marks = match site.find(path) {
            Found::File(snapshot, _, file) | Found::Missing(Some((snapshot, file))) => {
                Some(snapshot.marks(&file))
            }
            Found::Folder | Found::Missing(None) => Some(Marks::default()),
            Found::NoSite(_) => None,
        };
        Event { marks, fault: site.now().fault.clone() }
    }

    fn bytes(&self) -> Bytes {
        // JSON has no line breaks of its own, so that one line holds it.
        let json = serde_json::to_string(self).expect("strings are always JSON");
        format!("event: state\ndata: {json}\n\n").into()
    }
}

/// A stream of events for a page at `path`: what it should be now, and after each change of that. A reader who is
/// slow misses some, never the last.
pub(super) fn events(site: &Site, path: String) -> Answer {
    let mut states = site.subscribe();
    let site = site.clone();
    let path: Arc<str> = path.into();
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut told: Option<Event> = None;
        loop {
            states.borrow_and_update();
            let (site, path) = (site.clone(), Arc::clone(&path));
            let Ok(event) = spawn_blocking(move || Event::now(&site, &path)).await else { return };
            if told.as_ref() != Some(&event) {
                if sender.send(event.bytes()).await.is_err() {
                    return;
                }
                told = Some(event);
            }
            loop {
                tokio::select! {
                    changed = states.changed() => match changed {
                        Ok(()) => break,
                        Err(_) => return,
                    },
                    () = tokio::time::sleep(HEARTBEAT) => {
                        if sender.send(Bytes::from_static(b":\n\n")).await.is_err() {
                            return;
                        }
                    }
                    () = sender.closed() => return,
                }
            }
        }
    });
    Answer::Events(receiver)
}
