//! One request to one answer.
#![expect(clippy::disallowed_methods, reason = "serving is an edge: it reads the author's files")]

use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderValue, IF_NONE_MATCH, LOCATION};
use hyper::{Method, Request, Response, StatusCode};
use tokio::task::spawn_blocking;

use super::address::{content_type, file_path, is_foreign, is_served};
use super::body::{Answer, FileReader, events};
use super::fault::{EVENTS_PATH, SCRIPT, SCRIPT_PATH, STYLE, STYLE_PATH, page, with_script};
use super::site::{Content, File, Site, State};

const HTML: &str = "text/html; charset=utf-8";

/// Answers `request`. Nothing that it holds can make this fail or wait for anybody else.
pub(super) async fn answer<B>(request: Request<B>, site: &Site, interface: IpAddr) -> Response<Answer> {
    let mut response = choose(&request, site, interface).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

async fn choose<B>(request: &Request<B>, site: &Site, interface: IpAddr) -> Response<Answer> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return plain(StatusCode::BAD_REQUEST, "the request must name one host\n");
    };
    // A request line may name a host as well.
    let named = request.uri().authority().map(|authority| authority.as_str());
    let is_ours = |host: &str| is_served(host, interface);
    if !host.to_str().is_ok_and(is_ours) || !named.is_none_or(is_ours) {
        return plain(StatusCode::MISDIRECTED_REQUEST, "this server does not serve that host\n");
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let Some(path) = file_path(request.uri().path()) else {
        return plain(StatusCode::BAD_REQUEST, "that path names no file\n");
    };
    match &*path {
        EVENTS_PATH if is_foreign(request.headers()) => {
            plain(StatusCode::FORBIDDEN, "only for this site's pages\n")
        }
        EVENTS_PATH if request.method() == Method::HEAD => {
            respond(StatusCode::OK, "text/event-stream", Answer::Whole(None))
        }
        EVENTS_PATH => respond(StatusCode::OK, "text/event-stream", events(site)),
        SCRIPT_PATH => respond(StatusCode::OK, content_type(&path), whole(SCRIPT)),
        STYLE_PATH => respond(StatusCode::OK, content_type(&path), whole(STYLE)),
        _ => from_site(request, &path, &site.now()).await,
    }
}

async fn from_site<B>(request: &Request<B>, path: &str, state: &State) -> Response<Answer> {
    let Some(snapshot) = &state.snapshot else {
        let (status, body) = match &state.fault {
            Some(fault) => (StatusCode::INTERNAL_SERVER_ERROR, &**fault),
            None => (StatusCode::SERVICE_UNAVAILABLE, "<h1>the site is being built</h1>\n"),
        };
        let html = with_script(page("dateline", body).as_bytes(), state.version());
        return respond(status, HTML, whole(html));
    };
    let as_folder =
        |path: &str| if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
    let found = match path.strip_suffix('/') {
        Some(folder) => Some(as_folder(folder)),
        None if path.is_empty() => Some(as_folder("")),
        None if snapshot.file(path).is_some() => Some(path.to_owned()),
        None if snapshot.file(&as_folder(path)).is_some() => return redirect(request.uri()),
        None => None,
    };
    let found = found.and_then(|path| snapshot.file(&path).map(|file| (path, file)));
    let (status, path, file) = match found {
        Some((path, file)) => (StatusCode::OK, path, file),
        None => match snapshot.file("404.html") {
            Some(file) => (StatusCode::NOT_FOUND, "404.html".to_owned(), file),
            None => {
                let html = with_script(
                    page("not found", "<h1>there is no such page</h1>\n").as_bytes(),
                    state.version(),
                );
                return respond(StatusCode::NOT_FOUND, HTML, whole(html));
            }
        },
    };
    let media_type = content_type(&path);
    let tag = entity_tag(file, media_type, state);
    if status == StatusCode::OK && is_known(request, &tag) {
        let mut response = Response::new(Answer::Whole(None));
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().insert(ETAG, tag);
        return response;
    }
    match body(file, media_type, state).await {
        Ok(body) => {
            let mut response = respond(status, media_type, body);
            response.headers_mut().insert(ETAG, tag);
            response
        }
        Err(error) => plain(StatusCode::INTERNAL_SERVER_ERROR, format!("cannot read `{path}`: {error}\n")),
    }
}

async fn body(file: &File, media_type: &str, state: &State) -> io::Result<Answer> {
    match &file.content {
        Content::Memory(bytes) if media_type == HTML => Ok(whole(with_script(bytes, state.version()))),
        Content::Memory(bytes) => Ok(whole(bytes.clone())),
        Content::Disk(path) if media_type == HTML => {
            let bytes = read(Arc::clone(path)).await?;
            Ok(whole(with_script(&bytes, state.version())))
        }
        Content::Disk(path) => Ok(Answer::File(FileReader::open(Arc::clone(path)).await?)),
    }
}

async fn read(path: Arc<PathBuf>) -> io::Result<Vec<u8>> {
    spawn_blocking(move || std::fs::read(&*path)).await.map_err(io::Error::other)?
}

/// A name for the very bytes that are sent; those of a page have the version in them.
fn entity_tag(file: &File, media_type: &str, state: &State) -> HeaderValue {
    let hash = blake3::Hash::from_bytes(file.hash).to_hex();
    let tag = if media_type == HTML {
        format!("\"{}-{}\"", &hash[..16], state.version())
    } else {
        format!("\"{}\"", &hash[..16])
    };
    HeaderValue::from_str(&tag).expect("hexadecimal digits are always valid in a header")
}

/// Whether the browser says that it has this version (RFC 9110, section 13.1.2).
fn is_known<B>(request: &Request<B>, tag: &HeaderValue) -> bool {
    let tag = tag.to_str().expect("made of digits");
    let lists = request.headers().get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lists
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// To the folder of that name, so that relative links in its page lead to the right places.
fn redirect(uri: &hyper::Uri) -> Response<Answer> {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let target = HeaderValue::from_str(&format!("{}/{query}", uri.path()));
    let mut response = plain(StatusCode::MOVED_PERMANENTLY, "to the folder of that name\n");
    response.headers_mut().insert(LOCATION, target.expect("a part of a valid address"));
    response
}

fn whole(bytes: impl Into<Bytes>) -> Answer {
    Answer::Whole(Some(bytes.into()))
}

fn plain(status: StatusCode, words: impl Into<Bytes>) -> Response<Answer> {
    respond(status, "text/plain; charset=utf-8", whole(words))
}

fn respond(status: StatusCode, media_type: &'static str, body: Answer) -> Response<Answer> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}
