//! The server, spoken to over plain TCP: pages, refusals, events, and clients that dawdle.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the tests write and read files")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use dateline::diagnostic::Diagnostic;
use dateline::render::{Body, Output};
use dateline::serve::{
    Browser, Listening, Notice, Options, Rebuilt, Reload, Server, Site, Snapshot, fault_html,
};
use dateline::watch::{Method, Watched, Watcher};

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn snapshot(files: &[(&str, &str)]) -> Snapshot {
    Snapshot::new(files.iter().map(|(path, text)| Output::new(*path, text.as_bytes().to_vec())))
}

const FILES: [(&str, &str); 6] = [
    ("index.html", "<html><body>home</body></html>"),
    ("experts/index.html", "<html><body>experts</body></html>"),
    ("404.html", "<html><body>no such page</body></html>"),
    ("css/site.css", "body { color: black }"),
    ("data/attacks.json", "[]"),
    ("é ü.txt", "words"),
];

fn serve(site: &Site) -> Listening {
    Listening::start(LOOPBACK, 0, site.clone(), Reload::On).unwrap()
}

fn serve_files() -> (Site, Listening) {
    let site = Site::default();
    site.swap(snapshot(&FILES));
    let listening = serve(&site);
    (site, listening)
}

struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// Sends the very bytes of `request`, and reads until the server closes.
fn send(address: SocketAddr, request: &str) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    let reply = String::from_utf8(reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
    let status = head.split(' ').nth(1).map_or(0, |status| status.parse().unwrap());
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}

fn request(address: SocketAddr, method: &str, path: &str, headers: &str) -> Reply {
    send(
        address,
        &format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n"),
    )
}

fn get(address: SocketAddr, path: &str) -> Reply {
    request(address, "GET", path, "")
}

#[test]
fn pages_and_files_with_their_types() {
    let (_site, listening) = serve_files();
    for (path, media_type, words) in [
        ("/", "text/html; charset=utf-8", "home"),
        ("/index.html", "text/html; charset=utf-8", "home"),
        ("/experts/?q=1", "text/html; charset=utf-8", "experts"),
        ("/css/site.css", "text/css; charset=utf-8", "body { color: black }"),
        ("/data/attacks.json", "application/json", "[]"),
        ("/%C3%A9%20%C3%BC.txt", "text/plain; charset=utf-8", "words"),
        ("/_dateline/reload.js", "text/javascript; charset=utf-8", "EventSource"),
    ] {
        let reply = get(listening.address(), path);
        assert_eq!((reply.status, reply.header("content-type")), (200, Some(media_type)), "{path}");
        assert!(reply.body.contains(words), "{path}: {}", reply.body);
        assert_eq!(reply.header("content-length").unwrap(), reply.body.len().to_string());
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn only_pages_get_the_script_and_just_one() {
    let (_site, listening) = serve_files();
    let page = get(listening.address(), "/").body;
    assert_eq!(page.matches("<script src=\"/_dateline/reload.js\"").count(), 1);
    assert!(page.ends_with("defer></script></body></html>"), "{page}");
    assert!(!get(listening.address(), "/css/site.css").body.contains("script"));
}

#[test]
fn a_folder_without_its_slash_is_redirected() {
    let (_site, listening) = serve_files();
    let reply = get(listening.address(), "/experts?q=1");
    assert_eq!((reply.status, reply.header("location")), (301, Some("/experts/?q=1")));
    for path in ["//experts", "//evil.example", "/css"] {
        let reply = get(listening.address(), path);
        assert_eq!((reply.status, reply.header("location")), (404, None), "{path}");
    }
}

#[test]
fn what_is_not_there_is_404_with_the_sites_own_page() {
    let (_site, listening) = serve_files();
    for path in ["/none", "/none/", "/index.html/", "/css/site.css/", "/favicon.ico"] {
        let reply = get(listening.address(), path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.body.contains("no such page") && reply.body.contains("reload.js"));
    }
}

#[test]
fn no_path_leads_out_of_the_site() {
    let (_site, listening) = serve_files();
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/css/..%2f..%2fCargo.toml",
        "/..\\Cargo.toml",
        "/%5c..%5cCargo.toml",
        "/index.html%00",
        "/%",
        "//etc/passwd",
        "/.git/config",
    ] {
        let reply = get(listening.address(), path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.body.contains("dateline\""), "{path}");
    }
}

#[test]
fn other_hosts_are_not_served() {
    let (_site, listening) = serve_files();
    let address = listening.address();
    let with_hosts =
        |hosts: &str| send(address, &format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n")).status;
    assert_eq!(with_hosts("Host: localhost:1\r\n"), 200);
    assert_eq!(with_hosts("Host: evil.example\r\n"), 421);
    assert_eq!(with_hosts("Host: localhost.evil.example\r\n"), 421);
    assert_eq!(with_hosts(""), 400);
    assert_eq!(with_hosts("Host: localhost\r\nHost: evil.example\r\n"), 400);
    let absolute = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(send(address, absolute).status, 421);
}

#[test]
fn head_is_get_without_the_body_and_nothing_else_is_taken() {
    let (_site, listening) = serve_files();
    for path in ["/", "/css/site.css", "/none", "/experts"] {
        let (head, get) = (request(listening.address(), "HEAD", path, ""), get(listening.address(), path));
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        for name in ["content-type", "content-length", "etag", "location"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
    let reply = request(listening.address(), "POST", "/", "Content-Length: 0\r\n");
    assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
fn a_known_version_is_not_sent_again() {
    let (site, listening) = serve_files();
    let address = listening.address();
    for path in ["/", "/css/site.css"] {
        let tag = get(address, path).header("etag").unwrap().to_owned();
        let again = |tag: &str| request(address, "GET", path, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again(&tag).status, again(&tag).body.as_str()), (304, ""));
        assert_eq!(again(&format!("\"x\", W/{tag}")).status, 304);
        assert_eq!(again("\"x\"").status, 200);
        site.swap(snapshot(&[("index.html", "new home"), ("css/site.css", "body {}")]));
        assert_eq!(again(&tag).status, 200, "{path} after a change");
        site.swap(snapshot(&FILES));
    }
}

#[test]
fn a_file_of_the_authors_is_sent_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.txt");
    let words = "words and words\n".repeat(50_000);
    std::fs::write(&file, &words).unwrap();
    let hash = *blake3::hash(words.as_bytes()).as_bytes();
    let gone = Output { path: "gone.txt".into(), body: Body::File(folder.path().join("gone").into()), hash };
    let long = Output { path: "long.txt".into(), body: Body::File(file.into()), hash };
    let site = Site::default();
    site.swap(Snapshot::new([gone, long]));
    let listening = serve(&site);
    let reply = get(listening.address(), "/long.txt");
    assert!(reply.status == 200 && reply.body == words);
    assert_eq!(get(listening.address(), "/gone.txt").status, 500);
}

/// The events that one open page receives.
struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    fn open(address: SocketAddr, page: &str) -> Events {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "GET /_dateline/events?page={page} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        Events { lines: BufReader::new(stream) }
    }

    fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        while !line.starts_with("data: ") {
            line.clear();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "the stream ended");
        }
        serde_json::from_str(&line["data: ".len()..]).unwrap()
    }
}

#[test]
fn an_open_page_is_told_of_each_change_of_its_own() {
    let (site, listening) = serve_files();
    let mut files = FILES;
    files[0].1 = "<html><link rel=stylesheet href=css/site.css><body>home</body></html>";
    site.swap(snapshot(&files));
    let mut events = Events::open(listening.address(), "/");
    let first = events.next();
    let page = get(listening.address(), "/").body;
    let own = first["marks"]["page"].as_str().unwrap();
    assert!(page.contains(own), "{first} in {page}");

    files[3].1 = "body { color: red }";
    site.swap(snapshot(&files));
    let styles = events.next();
    assert_eq!(styles["marks"]["page"], first["marks"]["page"]);
    assert_ne!(styles["marks"]["styles"], first["marks"]["styles"]);

    // Of the others' changes it hears nothing: the next that it hears of is the fault.
    files[1].1 = "<html><body>other experts</body></html>";
    site.swap(snapshot(&files));
    let fault = vec![Diagnostic::error("content/a.md", "no `title`\nhere")];
    std::thread::sleep(Duration::from_millis(100));
    site.set_fault(Some(fault_html(&fault).into()));
    let fault = events.next();
    assert_eq!(fault["marks"], styles["marks"]);
    assert!(fault["fault"].as_str().unwrap().contains("no `title`\nhere"));
    assert!(get(listening.address(), "/").body.contains("home"), "the last good site is still there");

    files[0].1 = "new home";
    site.swap(snapshot(&files));
    let mended = events.next();
    assert_ne!(mended["marks"]["page"], first["marks"]["page"]);
    assert_eq!(mended["fault"], serde_json::Value::Null);
}

#[test]
fn without_reloading_pages_are_served_as_they_are() {
    let site = Site::default();
    site.swap(snapshot(&FILES));
    let listening = Listening::start(LOOPBACK, 0, site, Reload::Off).unwrap();
    assert_eq!(get(listening.address(), "/").body, FILES[0].1);
    for path in ["/_dateline/events", "/_dateline/reload.js", "/_dateline/idiomorph.js"] {
        assert_eq!(get(listening.address(), path).status, 404, "{path}");
    }
}

#[test]
fn pages_of_other_sites_get_no_events() {
    let (_site, listening) = serve_files();
    let address = listening.address();
    let status = |headers: &str| request(address, "GET", "/_dateline/events", headers).status;
    assert_eq!(status("Origin: http://evil.example\r\n"), 403);
    assert_eq!(status("Origin: http://localhost:1\r\n"), 403);
    assert_eq!(status("Sec-Fetch-Site: cross-site\r\n"), 403);
}

#[test]
fn a_first_build_that_fails_is_a_page_of_its_own() {
    let site = Site::default();
    let listening = serve(&site);
    let building = get(listening.address(), "/");
    assert_eq!((building.status, building.body.contains("reload.js")), (503, true));
    site.set_fault(Some(fault_html(&[Diagnostic::error("site.toml", "unknown key `<titel>`")]).into()));
    let broken = get(listening.address(), "/any/page/");
    assert_eq!(broken.status, 500);
    assert!(broken.body.contains("unknown key `&lt;titel&gt;`") && broken.body.contains("reload.js"));
    site.swap(snapshot(&FILES));
    assert_eq!(get(listening.address(), "/").status, 200);
}

#[test]
fn clients_that_dawdle_hold_nobody_up() {
    let site = Site::default();
    let large = "x".repeat(20_000_000);
    site.swap(snapshot(&[("index.html", "home"), ("large.txt", &large)]));
    let listening = serve(&site);
    let address = listening.address();
    // Some send half of a head, some ask for much and take nothing, some listen and never read.
    let dawdlers: Vec<_> = (0..60)
        .map(|n| {
            let mut stream = TcpStream::connect(address).unwrap();
            let path = [
                "/ HTTP",
                "/large.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "/_dateline/events HTTP/1.1\r\nHost: localhost\r\n\r\n",
            ][n % 3];
            write!(stream, "GET {path}").unwrap();
            stream
        })
        .collect();
    let start = Instant::now();
    for round in 0..50 {
        site.swap(snapshot(&[("index.html", &format!("home {round}")), ("large.txt", &large)]));
        assert!(get(address, "/").body.starts_with(&format!("home {round}")));
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());

    // Half of a head is not waited for without end.
    let mut half = &dawdlers[0];
    half.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut rest = Vec::new();
    assert!(half.read_to_end(&mut rest).is_ok(), "it was not closed");
}

#[test]
fn more_silent_clients_than_there_are_places_hold_nobody_up() {
    let (site, listening) = serve_files();
    let address = listening.address();
    let mut events = Events::open(address, "/");
    events.next();
    let silent: Vec<_> = (0..400)
        .map(|_| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "GET / HTTP").unwrap();
            stream
        })
        .collect();
    let start = Instant::now();
    for _ in 0..20 {
        assert_eq!(get(address, "/").status, 200);
    }
    // Less than they are given for the rest of their heads: nobody waited for them.
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    // The oldest had to go, and who listens to events did not.
    let mut oldest = &silent[0];
    oldest.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    assert!(matches!(oldest.read(&mut [0]), Ok(0) | Err(_)));
    site.set_fault(Some("broken".into()));
    assert_eq!(events.next()["fault"], "broken");
}

#[test]
fn more_listeners_than_there_are_places_hold_nobody_up() {
    let (_site, listening) = serve_files();
    let address = listening.address();
    let listeners: Vec<_> = (0..300).map(|_| Events::open(address, "/")).collect();
    let start = Instant::now();
    for _ in 0..20 {
        assert_eq!(get(address, "/").status, 200);
    }
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    drop(listeners);
}

#[test]
fn the_next_free_port_is_taken() {
    let site = Site::default();
    let first = serve(&site);
    let second = Listening::start(LOOPBACK, first.address().port(), site, Reload::On).unwrap();
    assert!(second.address().port() > first.address().port());
}

#[test]
fn edits_are_built_and_shown_and_a_fault_ends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("content/page.md");
    std::fs::create_dir(folder.path().join("content")).unwrap();
    std::fs::write(&page, "one").unwrap();
    let watcher = Watcher::new(Watched::of_site(folder.path()), Method::Events).unwrap();

    let source = page.clone();
    let rebuild = move |_: &[std::path::PathBuf]| {
        let text = std::fs::read_to_string(&source).unwrap_or_default();
        match &*text {
            "broken" => Rebuilt {
                faults: vec![Diagnostic::error("content/page.md", "broken words")],
                ..Rebuilt::default()
            },
            text => Rebuilt { snapshot: Some(snapshot(&[("index.html", text)])), ..Rebuilt::default() },
        }
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let (built, builds) = mpsc::channel();
    let notes = Arc::clone(&told);
    let tell = move |notice: Notice<'_>| match notice {
        Notice::Rebuilt { faults, changed, .. } => {
            notes.lock().unwrap().push(format!("{changed:?}"));
            // Nobody counts any longer at the end.
            let _ = built.send(faults.len());
        }
        other => notes.lock().unwrap().push(format!("{other:?}")),
    };
    let options = Options { interface: LOOPBACK, port: 0, browser: Browser::Leave, reload: Reload::On };
    let server = Server::start(&options, watcher, rebuild, tell).unwrap();
    let address: SocketAddr = server.url()["http://".len()..].trim_end_matches('/').parse().unwrap();
    builds.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(get(address, "/").body.starts_with("one"));

    // A write is more than one event at times, so more than one build may follow it.
    let edit = |text: &str, done: &dyn Fn() -> bool| {
        std::fs::write(&page, text).unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        while !done() {
            assert!(Instant::now() < until, "`{text}` never showed");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    edit("two", &|| get(address, "/").body.starts_with("two"));
    let mut events = Events::open(address, "/");
    assert_eq!(events.next()["fault"], serde_json::Value::Null);
    edit("broken", &|| builds.try_iter().any(|faults| faults == 1));
    while !events.next()["fault"].as_str().is_some_and(|fault| fault.contains("broken words")) {}
    assert!(get(address, "/").body.starts_with("two"), "the last good site");
    edit("three", &|| get(address, "/").body.starts_with("three"));
    while !events.next()["fault"].is_null() {}

    drop(server);
    assert!(TcpStream::connect(address).is_err(), "it no longer listens");
    let told = told.lock().unwrap();
    assert!(told[0].starts_with("Listening"), "{told:?}");
    assert!(told.iter().any(|note| note.contains("content/page.md")), "{told:?}");
}
