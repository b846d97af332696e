//! Servers that the tests start on loopback, and plain requests to them.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::proxy::exchange;

/// Status line, headers by name in lower case, and body.
pub(crate) type Reply = (String, BTreeMap<String, String>, Vec<u8>);

/// A running server; it ends with the test.
pub(crate) struct Running {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// The program that the variable names, with these words, of which `PORT` is replaced. `None`, said aloud, where the
    /// variable is not set.
    #[expect(clippy::print_stderr, reason = "what is skipped is said")]
    pub(crate) fn start(variable: &str, words: &[&str]) -> Option<Running> {
        let Some(program) = std::env::var_os(variable) else {
            eprintln!("!! SKIPPED: `{variable}` is not set, so NO SUCH BUCKET WAS TRIED: `.ci/run` sets it");
            return None;
        };
        let address = free_port();
        let port = address.port().to_string();
        let child = Command::new(program)
            .args(words.iter().map(|word| if *word == "PORT" { port.as_str() } else { word }))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Some(Running { child, address })
    }

    /// The answer to a request that is repeated until there is one: while a server begins it may take a connection and
    /// drop it.
    pub(crate) fn first_answer(&self, ask: impl Fn() -> std::io::Result<Reply>) -> Reply {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            match ask() {
                Ok(answer) => return answer,
                Err(_) => assert!(Instant::now() < until, "the server does not answer"),
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// A port that nobody listens at.
pub(crate) fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Sends "METHOD /path" with these headers, each with its line end.
pub(crate) fn ask(address: SocketAddr, request: &str, headers: &str, body: &[u8]) -> std::io::Result<Reply> {
    let length = body.len();
    let head = format!(
        "{request} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
    );
    let reply = exchange(address, &head, body)?;
    let end = reply.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or(std::io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&reply[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default().to_owned();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    Ok((status, headers, reply[end + 4..].to_vec()))
}
