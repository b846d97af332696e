//! One request to one answer.
#![expect(clippy::disallowed_methods, reason = "serving is an edge: it reads the author's files")]

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, HOST, HeaderValue, IF_NONE_MATCH, LOCATION};
use hyper::{Method, Request, Response, StatusCode};
use tokio::task::spawn_blocking;

use crate::source::Hash;

use super::Reload;
use super::address::{content_type, file_path, is_foreign, is_served};
use super::body::{Answer, FileReader, events};
use super::fault::{
    EVENTS_PATH, MORPH, MORPH_PATH, SCRIPT, SCRIPT_PATH, STYLE, STYLE_PATH, page, with_script,
};
use super::site::{Found, Site};
use super::snapshot::{Content, File, Marks, Sent};

const HTML: &str = "text/html; charset=utf-8";

/// Answers `request`. Nothing that it holds can make this fail or wait for anybody else.
pub(super) async fn answer<B>(
    request: Request<B>,
    site: &Site,
    interface: IpAddr,
    reload: Reload,
) -> Response<Answer> {
    let mut response = choose(&request, site, interface, reload).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// Whether this asks to be told of changes, on a connection that then stays open.
pub(super) fn is_for_events<B>(request: &Request<B>) -> bool {
    request.method() == Method::GET && request.uri().path().strip_prefix('/') == Some(EVENTS_PATH)
}

async fn choose<B>(request: &Request<B>, site: &Site, interface: IpAddr, reload: Reload) -> Response<Answer> {
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
        STYLE_PATH => respond(StatusCode::OK, content_type(&path), whole(STYLE)),
        _ if reload == Reload::Off => from_site(request, path, site, reload).await,
        EVENTS_PATH if is_foreign(request.headers()) => {
            plain(StatusCode::FORBIDDEN, "only for this site's pages\n")
        }
        EVENTS_PATH if request.method() == Method::HEAD => {
            respond(StatusCode::OK, "text/event-stream", Answer::Whole(None))
        }
        EVENTS_PATH => {
            let shown = request.uri().query().and_then(|query| query.strip_prefix("page="));
            let Some(shown) = shown.map_or(Some(String::new()), file_path) else {
                return plain(StatusCode::BAD_REQUEST, "that path names no page\n");
            };
            respond(StatusCode::OK, "text/event-stream", events(site, shown))
        }
        SCRIPT_PATH => respond(StatusCode::OK, content_type(&path), whole(SCRIPT)),
        MORPH_PATH => respond(StatusCode::OK, content_type(&path), whole(MORPH)),
        _ => from_site(request, path, site, reload).await,
    }
}

async fn from_site<B>(request: &Request<B>, path: String, site: &Site, reload: Reload) -> Response<Answer> {
    let handle = site.clone();
    // A page may have to be rendered first.
    let Ok(found) = spawn_blocking(move || handle.find(&path)).await else {
        return plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made\n");
    };
    let scripted = |page: &[u8], marks: &Marks| match reload {
        Reload::Off => page.to_vec(),
        Reload::On => with_script(page, marks),
    };
    let own = |status, title: &str, body: &str| {
        let html = scripted(page(title, body).as_bytes(), &Marks::default());
        respond(status, HTML, whole(html))
    };
    let (status, snapshot, path, file) = match found {
        Found::File(snapshot, path, file) => (StatusCode::OK, snapshot, path, file),
        Found::Missing(Some((snapshot, file))) => {
            (StatusCode::NOT_FOUND, snapshot, "404.html".to_owned(), file)
        }
        Found::Missing(None) => {
            return own(StatusCode::NOT_FOUND, "not found", "<h1>there is no such page</h1>\n");
        }
        Found::Folder => return redirect(request.uri()),
        Found::NoSite(Some(fault)) => return own(StatusCode::INTERNAL_SERVER_ERROR, "dateline", &fault),
        Found::NoSite(None) => {
            let body = "<h1>the site is being built</h1>\n";
            return own(StatusCode::SERVICE_UNAVAILABLE, "dateline", body);
        }
    };
    let media_type = content_type(&path);
    if media_type != HTML {
        return send(request, status, media_type, tag(&file.hash), || body(file)).await;
    }
    let bytes = match &file.content {
        Content::Memory(bytes) => bytes.clone(),
        Content::Disk(path) => match read(Arc::clone(path)).await {
            Ok(bytes) => bytes.into(),
            Err(error) => return unreadable(&error),
        },
    };
    let Sent { html, hash } = snapshot.sent(&file, |marks| scripted(&bytes, marks).into());
    let tag = tag(&hash);
    send(request, status, media_type, tag, || async { Ok(whole(html)) }).await
}

/// Sends the body, unless the browser has it.
async fn send<B, F: Future<Output = io::Result<Answer>>>(
    request: &Request<B>,
    status: StatusCode,
    media_type: &'static str,
    tag: HeaderValue,
    body: impl FnOnce() -> F,
) -> Response<Answer> {
    let mut response = if status == StatusCode::OK && is_known(request, &tag) {
        let mut response = Response::new(Answer::Whole(None));
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        match body().await {
            Ok(body) => respond(status, media_type, body),
            Err(error) => return unreadable(&error),
        }
    };
    response.headers_mut().insert(ETAG, tag);
    response
}

fn unreadable(error: &io::Error) -> Response<Answer> {
    plain(StatusCode::INTERNAL_SERVER_ERROR, format!("the file cannot be read: {error}\n"))
}

async fn body(file: File) -> io::Result<Answer> {
    match file.content {
        Content::Memory(bytes) => Ok(whole(bytes)),
        Content::Disk(path) => Ok(Answer::File(FileReader::open(path).await?)),
    }
}

async fn read(path: Arc<PathBuf>) -> io::Result<Vec<u8>> {
    spawn_blocking(move || std::fs::read(&*path)).await.map_err(io::Error::other)?
}

/// A name for the very bytes that are sent.
fn tag(hash: &Hash) -> HeaderValue {
    let tag = format!("\"{}\"", &blake3::Hash::from_bytes(*hash).to_hex()[..16]);
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
