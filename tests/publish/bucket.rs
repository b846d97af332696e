//! Publishing to a bucket of an S3 server that the tests start: `moto_server`, from PyPI, whose path is in the variable
//! `DATELINE_MOTO_SERVER`. `.ci/run` installs it.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::time::Duration;

use crate::proxy::{Fault, Proxy, exchange};
use crate::sandbox::{BRIDGE, Sandbox, changed};
use crate::server::{Reply, Running, ask, free_port};

const ADDRESS: &str = "https://dossier.example.org/";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

/// A server with one empty bucket, `dossier`; it ends with the test.
struct Server(Running);

impl Server {
    /// `None`, said aloud, where there is no such program.
    fn start() -> Option<Server> {
        let server = Server(Running::start("DATELINE_MOTO_SERVER", &["-H", "127.0.0.1", "-p", "PORT"])?);
        let (status, _, _) = server.0.first_answer(|| server.try_ask("PUT", "/dossier", b""));
        assert!(status.contains("200"), "{status}");
        Some(server)
    }

    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Reply {
        self.try_ask(method, path, body).unwrap()
    }

    fn try_ask(&self, method: &str, path: &str, body: &[u8]) -> std::io::Result<Reply> {
        let headers =
            "Authorization: AWS4-HMAC-SHA256 Credential=test/20240101/us-east-1/s3/aws4_request\r\n";
        ask(self.0.address, &format!("{method} {path}"), headers, body)
    }

    fn file(&self, path: &str) -> (BTreeMap<String, String>, Vec<u8>) {
        let (status, headers, body) = self.ask("GET", &format!("/dossier/{path}"), b"");
        assert!(status.contains("200"), "{path}: {status}");
        (headers, body)
    }

    /// Every key of the bucket, without our record.
    fn keys(&self) -> Vec<String> {
        let (_, _, body) = self.ask("GET", "/dossier?list-type=2&max-keys=10000", b"");
        let body = String::from_utf8_lossy(&body).into_owned();
        let keys = body.split("<Key>").skip(1).map(|rest| rest.split("</Key>").next().unwrap().to_owned());
        keys.filter(|key| !key.ends_with(".dateline/published")).collect()
    }

    /// Makes sure that the bucket holds just these files below `prefix`.
    #[track_caller]
    fn holds(&self, prefix: &str, expected: &BTreeMap<String, Vec<u8>>) {
        let paths: Vec<String> = expected.keys().map(|path| format!("{prefix}{path}")).collect();
        assert_eq!(self.keys(), paths);
        for (path, bytes) in expected {
            assert!(self.file(&format!("{prefix}{path}")).1 == *bytes, "{path}");
        }
    }
}

fn sandbox(server: std::net::SocketAddr, prefix: &str) -> Sandbox {
    let mut sandbox = Sandbox::new(&format!(
        "[publish.store]\nbase_url = \"{ADDRESS}\"\n[publish.store.s3]\nbucket = \"dossier\"\n{prefix}endpoint = \
         \"http://{server}\"\nregion = \"us-east-1\"\n"
    ));
    sandbox.environment =
        vec![("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE".into()), ("AWS_SECRET_ACCESS_KEY", SECRET.into())];
    sandbox
}

fn proxied(server: &Server) -> Proxy {
    Proxy::start(TcpListener::bind("127.0.0.1:0").unwrap(), server.0.address)
}

#[test]
fn the_bucket_holds_the_build_with_the_right_headers_and_nothing_is_done_twice() {
    let Some(server) = Server::start() else { return };
    let proxy = proxied(&server);
    let sandbox = sandbox(proxy.address, "prefix = \"site\"\n");
    sandbox.publish(&[]).fine();
    server.holds("site/", &sandbox.built(ADDRESS));
    let header = |path: &str, name: &str| server.file(path).0[name].clone();
    assert_eq!(header("site/index.html", "content-type"), "text/html; charset=utf-8");
    assert_eq!(header("site/index.html", "cache-control"), "public, max-age=0, must-revalidate");
    assert_eq!(header("site/data/attacks.geojson", "content-type"), "application/geo+json");
    assert_eq!(header("site/favicon.svg", "cache-control"), "public, max-age=86400");

    let order: Vec<String> = proxy.requests().into_iter().filter(|it| it.starts_with("PUT")).collect();
    let place = |path: &str| order.iter().position(|it| it.ends_with(path)).unwrap();
    assert!(order.first().unwrap().ends_with(".dateline/published"), "{order:?}");
    assert!(order.last().unwrap().ends_with(".dateline/published"), "{order:?}");
    assert!(place("style.css") < place("404.html"), "{order:?}");

    assert!(sandbox.publish(&[]).fine().said.contains("nothing was done"));
    let mut requests = proxy.requests();
    requests.sort();
    assert_eq!(requests, ["GET /dossier", "GET /dossier/site/.dateline/published"]);
}

#[test]
fn after_an_edit_exactly_what_changed_is_uploaded() {
    let Some(server) = Server::start() else { return };
    let proxy = proxied(&server);
    let sandbox = sandbox(proxy.address, "");
    sandbox.write_article("bridge.txt", BRIDGE);
    sandbox.publish(&[]).fine();
    let before = sandbox.built(ADDRESS);
    sandbox.write_article("bridge.txt", &BRIDGE.replace("nine", "eleven"));
    let after = sandbox.built(ADDRESS);
    proxy.requests();
    sandbox.publish(&[]).fine();
    let puts =
        proxy.requests().into_iter().filter_map(|it| it.strip_prefix("PUT /dossier/").map(str::to_owned));
    let mut puts: Vec<String> = puts.filter(|path| path != ".dateline/published").collect();
    puts.sort();
    assert_eq!(puts, changed(&before, &after));
    std::fs::remove_file(sandbox.path("site/content/articles/bridge.txt")).unwrap();
    sandbox.publish(&[]).fine();
    server.holds("", &sandbox.built(ADDRESS));
}

#[test]
fn faults_on_the_way_are_borne() {
    let Some(server) = Server::start() else { return };
    // Refused: nobody listens yet when the first request is sent.
    let address = free_port();
    let sandbox = sandbox(address, "");
    let expected = sandbox.built(ADDRESS);
    let mut child = sandbox
        .prepared(env!("CARGO_BIN_EXE_dateline"))
        .args(["publish", "--yes", "--quiet"])
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    let proxy = Proxy::start(TcpListener::bind(address).unwrap(), server.0.address);
    // Every first try of a page fails, each in another way; and so does the record.
    proxy.spoil(|request, asked| {
        let faults = [Some(Fault::SlowDown), Some(Fault::CutUpload), Some(Fault::LostAnswer), None];
        let which = request.len() % faults.len();
        (asked == 0 && request.starts_with("PUT")).then_some(faults[which]).flatten()
    });
    assert!(child.wait().unwrap().success());
    server.holds("", &expected);
    let requests = proxy.requests();
    let twice = requests.iter().filter(|it| requests.iter().filter(|other| other == it).count() > 1).count();
    assert!(twice > 10, "so few requests were spoilt that nothing was tested: {requests:?}");
}

#[test]
fn what_cannot_be_uploaded_is_told_and_the_next_run_finishes() {
    let Some(server) = Server::start() else { return };
    let proxy = proxied(&server);
    let sandbox = sandbox(proxy.address, "");
    proxy.spoil(|request, _| request.ends_with("/dossier/timeline/index.html").then_some(Fault::SlowDown));
    let failed = sandbox.publish(&[]).failed(1, "cannot upload `timeline/index.html`");
    assert!(
        failed.said.contains("publishing again finishes it") && !failed.said.contains(SECRET),
        "{failed:?}"
    );
    proxy.spoil(|_, _| None);
    sandbox.publish(&[]).fine();
    server.holds("", &sandbox.built(ADDRESS));
}

#[test]
fn somebody_elses_publication_meanwhile_is_not_overwritten() {
    let Some(server) = Server::start() else { return };
    let proxy = proxied(&server);
    let sandbox = sandbox(proxy.address, "");
    sandbox.publish(&[]).fine();
    sandbox.write_article("bridge.txt", BRIDGE);
    let theirs = "dateline published 1: the files here that dateline made; it deletes no others\n0 files\n";
    let address = server.0.address;
    proxy.before(move |request| {
        if request == "PUT /dossier/.dateline/published" {
            let head = format!(
                "PUT /dossier/.dateline/published HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\nConnection: \
                 close\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20240101/us-east-1/s3/aws4_request\r\n\r\n",
                theirs.len()
            );
            exchange(address, &head, theirs.as_bytes()).unwrap();
        }
    });
    let before = server.keys();
    sandbox.publish(&[]).failed(1, "somebody else published");
    assert_eq!(server.keys(), before, "nothing was uploaded");
    assert_eq!(server.file(".dateline/published").1, theirs.as_bytes());
}

#[test]
fn a_bucket_with_other_peoples_files_stops_it_until_it_is_adopted() {
    let Some(server) = Server::start() else { return };
    let sandbox = sandbox(server.0.address, "");
    server.ask("PUT", "/dossier/notes.txt", b"theirs");
    sandbox.publish(&[]).failed(1, "holds 1 file and no record").failed(1, "--adopt");
    assert_eq!(server.keys(), ["notes.txt"]);
    sandbox.publish(&["--adopt"]).fine();
    let mut expected = sandbox.built(ADDRESS);
    expected.insert("notes.txt".into(), b"theirs".into());
    server.holds("", &expected);
}

#[test]
fn what_is_missing_is_named_and_no_credential_is_ever_told() {
    let mut sandbox = sandbox(free_port(), "");
    sandbox.environment.remove(1);
    sandbox.publish(&[]).failed(2, "`AWS_SECRET_ACCESS_KEY` is not set");
    sandbox.environment.clear();
    sandbox.publish(&[]).failed(2, "`AWS_ACCESS_KEY_ID` is not set");
    let Some(server) = Server::start() else { return };
    let mut wrong = Sandbox::new(&format!(
        "[publish.store]\nbase_url = \"{ADDRESS}\"\n[publish.store.s3]\nbucket = \"dosier\"\nendpoint = \"http://{}\"\n",
        server.0.address
    ));
    wrong.environment = vec![("AWS_ACCESS_KEY_ID", "x".into()), ("AWS_SECRET_ACCESS_KEY", SECRET.into())];
    let told = wrong.publish(&["-v"]).failed(2, "is there such a bucket");
    assert!(!told.said.contains(SECRET), "{told:?}");
}

#[test]
fn a_folder_of_a_bucket_may_have_any_name() {
    let Some(server) = Server::start() else { return };
    let sandbox = sandbox(server.0.address, "prefix = \"~é\"\n");
    let headers = "Authorization: AWS4-HMAC-SHA256 Credential=test/20240101/us-east-1/s3/aws4_request\r\n";
    let put = |path: &str| ask(server.0.address, &format!("PUT {path}"), headers, b"theirs").unwrap();
    assert!(put("/dossier/~%C3%A9/index.html").0.contains("200"));
    sandbox.publish(&[]).failed(1, "holds 1 file and no record");
    sandbox.publish(&["--adopt"]).fine();
    assert!(sandbox.publish(&[]).fine().said.contains("nothing was done"));
    std::fs::remove_file(sandbox.path("site/content/about.md")).unwrap();
    let told = sandbox.publish(&[]).fine();
    assert!(told.said.contains("1 deleted"), "{told:?}");
}

#[test]
fn of_two_at_once_the_one_that_was_overtaken_stops() {
    let Some(server) = Server::start() else { return };
    let (proxy, ours) = (proxied(&server), sandbox(server.0.address, ""));
    ours.write_article("bridge.txt", BRIDGE);
    ours.publish(&[]).fine();
    // The same site, with other words: no path is new, so that what both write of what is to come is the same.
    let theirs = sandbox(proxy.address, "");
    theirs.write_article("bridge.txt", &BRIDGE.replace("nine", "eleven"));
    ours.write_article("bridge.txt", &BRIDGE.replace("nine", "twelve"));
    let ours = std::sync::Arc::new(ours);
    let (other, begun) = (std::sync::Arc::clone(&ours), std::sync::atomic::AtomicBool::new(false));
    proxy.before(move |request| {
        let first = request.starts_with("PUT") && !request.ends_with("published");
        if first && !begun.swap(true, std::sync::atomic::Ordering::SeqCst) {
            other.publish(&[]).fine();
        }
    });
    theirs.publish(&[]).failed(1, "somebody else published");
    ours.publish(&[]).fine();
    server.holds("", &ours.built(ADDRESS));
}
