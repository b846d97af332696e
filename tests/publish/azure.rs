//! Publishing to a container of an Azure Blob Storage server that the tests start: Azurite, Microsoft's own emulator from
//! npm, whose path is in the variable `DATELINE_AZURITE`. `.ci/run` installs it.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::proxy::Proxy;
use crate::sandbox::{BRIDGE, Sandbox, changed};
use crate::server::{Reply, Running, ask};

const ADDRESS: &str = "https://dossier.example.org/";
/// The account and the key that every Azurite has, as its documentation prints them.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
const VERSION: &str = "2024-08-04";

/// A server with one empty container, `$web`; it ends with the test.
struct Server(Running);

impl Server {
    /// `None`, said aloud, where there is no such program.
    fn start() -> Option<Server> {
        let words = ["--blobHost", "127.0.0.1", "--blobPort", "PORT", "--inMemoryPersistence", "--silent"];
        let words = [&words[..], &["--disableTelemetry", "--skipApiVersionCheck"]].concat();
        let server = Server(Running::start("DATELINE_AZURITE", &words)?);
        let (status, _, _) =
            server.0.first_answer(|| server.try_ask("PUT", "/$web", &[("restype", "container")], b""));
        assert!(status.contains("201"), "{status}");
        Some(server)
    }

    /// One request with the account's signature (Azure Storage, "Authorize with Shared Key").
    fn try_ask(
        &self,
        method: &str,
        path: &str,
        query: &[(&str, &str)],
        body: &[u8],
    ) -> std::io::Result<Reply> {
        let length = if body.is_empty() { String::new() } else { body.len().to_string() };
        let mut headers = vec![("x-ms-date", "Sat, 01 Jan 2028 00:00:00 GMT"), ("x-ms-version", VERSION)];
        if !body.is_empty() {
            headers.insert(0, ("x-ms-blob-type", "BlockBlob"));
        }
        let signed: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let asked: String = query.iter().map(|(name, value)| format!("\n{name}:{value}")).collect();
        let words =
            format!("{method}\n\n\n{length}\n\n\n\n\n\n\n\n\n{signed}/{ACCOUNT}/{ACCOUNT}{path}{asked}");
        let mut mac = Hmac::<Sha256>::new_from_slice(&BASE64.decode(KEY).unwrap()).unwrap();
        mac.update(words.as_bytes());
        let signature = BASE64.encode(mac.finalize().into_bytes());
        let mut lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        lines.push_str(&format!("Authorization: SharedKey {ACCOUNT}:{signature}\r\n"));
        let asked: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = if asked.is_empty() { "" } else { "?" };
        ask(self.0.address, &format!("{method} /{ACCOUNT}{path}{mark}{}", asked.join("&")), &lines, body)
    }

    fn file(&self, path: &str) -> (BTreeMap<String, String>, Vec<u8>) {
        let (status, headers, body) = self.try_ask("GET", &format!("/$web/{path}"), &[], b"").unwrap();
        assert!(status.contains("200"), "{path}: {status}");
        (headers, body)
    }

    /// The names of all blobs, without our record.
    fn names(&self) -> Vec<String> {
        let query = [("comp", "list"), ("restype", "container")];
        let (_, _, body) = self.try_ask("GET", "/$web", &query, b"").unwrap();
        let body = String::from_utf8_lossy(&body).into_owned();
        let names = body.split("<Name>").skip(1).map(|rest| rest.split("</Name>").next().unwrap().to_owned());
        names.filter(|name| name != RECORD).collect()
    }

    /// Makes sure that the container holds just these files.
    #[track_caller]
    fn holds(&self, expected: &BTreeMap<String, Vec<u8>>) {
        assert_eq!(self.names(), expected.keys().cloned().collect::<Vec<_>>());
        for (path, bytes) in expected {
            assert!(self.file(path).1 == *bytes, "{path}");
        }
    }
}

const RECORD: &str = ".dateline/published";

fn sandbox(server: SocketAddr, container: &str) -> Sandbox {
    let mut sandbox = Sandbox::new(&format!(
        "[publish.store]\nbase_url = \"{ADDRESS}\"\n[publish.store.azure]\ncontainer = \"{container}\"\naccount = \
         \"{ACCOUNT}\"\nendpoint = \"http://{server}/{ACCOUNT}\"\n"
    ));
    sandbox.environment = vec![("AZURE_STORAGE_ACCOUNT_KEY", KEY.into())];
    sandbox
}

#[test]
fn the_container_holds_the_build_and_after_an_edit_exactly_what_changed_is_sent() {
    let Some(server) = Server::start() else { return };
    let proxy = Proxy::start(TcpListener::bind("127.0.0.1:0").unwrap(), server.0.address);
    let sandbox = sandbox(proxy.address, "$web");
    sandbox.write_article("bridge.txt", BRIDGE);
    sandbox.publish(&[]).fine();
    let before = sandbox.built(ADDRESS);
    server.holds(&before);
    let header = |path: &str, name: &str| server.file(path).0[name].clone();
    assert_eq!(header("index.html", "content-type"), "text/html; charset=utf-8");
    assert_eq!(header("index.html", "cache-control"), "public, max-age=0, must-revalidate");
    assert_eq!(header("data/attacks.geojson", "content-type"), "application/geo+json");
    proxy.requests();

    assert!(sandbox.publish(&[]).fine().said.contains("nothing was done"));
    let mut requests = proxy.requests();
    requests.sort();
    let container = format!("/{ACCOUNT}/$web");
    assert_eq!(requests, [format!("GET {container}"), format!("GET {container}/{RECORD}")]);

    sandbox.write_article("bridge.txt", &BRIDGE.replace("nine", "eleven"));
    let after = sandbox.built(ADDRESS);
    sandbox.publish(&[]).fine();
    let put = format!("PUT {container}/");
    let mut puts: Vec<String> =
        proxy.requests().iter().filter_map(|it| it.strip_prefix(&put).map(str::to_owned)).collect();
    puts.retain(|path| path != RECORD);
    puts.sort();
    assert_eq!(puts, changed(&before, &after));

    std::fs::remove_file(sandbox.path("site/content/articles/bridge.txt")).unwrap();
    sandbox.publish(&[]).fine();
    server.holds(&sandbox.built(ADDRESS));
}

#[test]
fn somebody_elses_publication_meanwhile_is_not_overwritten() {
    let Some(server) = Server::start() else { return };
    let server = std::sync::Arc::new(server);
    let proxy = Proxy::start(TcpListener::bind("127.0.0.1:0").unwrap(), server.0.address);
    let sandbox = sandbox(proxy.address, "$web");
    sandbox.publish(&[]).fine();
    sandbox.write_article("bridge.txt", BRIDGE);
    let theirs = "dateline published 1: the files here that dateline made; it deletes no others\n0 files\n";
    let other = std::sync::Arc::clone(&server);
    proxy.before(move |request| {
        if request == format!("PUT /{ACCOUNT}/$web/{RECORD}") {
            let (status, ..) =
                other.try_ask("PUT", &format!("/$web/{RECORD}"), &[], theirs.as_bytes()).unwrap();
            assert!(status.contains("201"), "{status}");
        }
    });
    let before = server.names();
    sandbox.publish(&[]).failed(1, "somebody else published");
    assert_eq!(server.names(), before, "nothing was uploaded");
    assert_eq!(server.file(RECORD).1, theirs.as_bytes());
}

#[test]
fn what_is_missing_is_named_and_the_key_is_never_told() {
    let Some(server) = Server::start() else { return };
    let mut sandbox = sandbox(server.0.address, "wbe");
    let told = sandbox.publish(&["-v"]).failed(2, "is there such a bucket");
    assert!(!told.said.contains(KEY), "{told:?}");
    let own = std::mem::take(&mut sandbox.environment);
    sandbox.publish(&[]).failed(2, "`AZURE_STORAGE_ACCOUNT_KEY` is not set");
    let other = |(name, value): (&'static str, String)| (name, value.replace(KEY, "b3RoZXI="));
    sandbox.environment = own.into_iter().map(other).collect();
    let told = sandbox.publish(&[]).failed(2, "the store refuses the credentials of the environment");
    assert!(!told.said.contains("RequestId") && !told.said.contains("Time:"), "{told:?}");
}
