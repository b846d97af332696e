//! A proxy on loopback that counts requests and spoils those that it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What happens to a request.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is answered with 503 and "slow down".
    SlowDown,
    /// The connection is closed in the middle of its body.
    CutUpload,
    /// It is carried out, and its answer is lost.
    LostAnswer,
}

type Choose = dyn Fn(&str, usize) -> Option<Fault> + Send + Sync;
type Before = dyn Fn(&str) + Send + Sync;

/// A running proxy. It ends with the test's process.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    choose: Arc<Mutex<Box<Choose>>>,
    before: Arc<Mutex<Box<Before>>>,
}

impl Proxy {
    /// In front of `server`.
    pub(crate) fn start(listener: TcpListener, server: SocketAddr) -> Proxy {
        let proxy = Proxy {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
            choose: Arc::new(Mutex::new(Box::new(|_, _| None))),
            before: Arc::new(Mutex::new(Box::new(|_| {}))),
        };
        let shared = (Arc::clone(&proxy.requests), Arc::clone(&proxy.choose), Arc::clone(&proxy.before));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let shared = shared.clone();
                // A client that goes away is what is being tested.
                thread::spawn(move || drop(answer(client, server, &shared)));
            }
        });
        proxy
    }

    /// Spoils the requests for which `choose` says so: it is given "METHOD /path" and how often that was asked before.
    pub(crate) fn spoil(&self, choose: impl Fn(&str, usize) -> Option<Fault> + Send + Sync + 'static) {
        *self.choose.lock().unwrap() = Box::new(choose);
    }

    /// Does something before a request is carried out.
    pub(crate) fn before(&self, act: impl Fn(&str) + Send + Sync + 'static) {
        *self.before.lock().unwrap() = Box::new(act);
    }

    /// The requests since the last time, as "METHOD /path".
    pub(crate) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }
}

type Shared = (Arc<Mutex<Vec<String>>>, Arc<Mutex<Box<Choose>>>, Arc<Mutex<Box<Before>>>);

/// One request; the connection is closed after its answer.
fn answer(client: TcpStream, server: SocketAddr, shared: &Shared) -> std::io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut client = client;
    let mut head = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let mut words = head.split([' ', '?']);
    let request = format!("{} {}", words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let asked = {
        let mut requests = shared.0.lock().unwrap();
        requests.push(request.clone());
        requests.iter().filter(|other| **other == request).count() - 1
    };
    let fault = shared.1.lock().unwrap()(&request, asked);
    if fault == Some(Fault::CutUpload) {
        reader.read_exact(&mut vec![0; length / 2])?;
        return client.shutdown(std::net::Shutdown::Both);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    if fault == Some(Fault::SlowDown) {
        let text = "<Error><Code>SlowDown</Code></Error>";
        return write!(
            client,
            "HTTP/1.1 503 Slow Down\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
            text.len()
        );
    }
    shared.2.lock().unwrap()(&request);
    let reply = exchange(server, &format!("{head}Connection: close\r\n\r\n"), &body)?;
    if fault == Some(Fault::LostAnswer) {
        return client.shutdown(std::net::Shutdown::Both);
    }
    client.write_all(&reply)
}

/// Sends a request whole, and reads the answer to its end.
pub(crate) fn exchange(server: SocketAddr, head: &str, body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(server)?;
    server.write_all(head.as_bytes())?;
    server.write_all(body)?;
    let mut reply = Vec::new();
    server.read_to_end(&mut reply)?;
    Ok(reply)
}
