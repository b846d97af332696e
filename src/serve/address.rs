//! Which requests are meant for this site, and which file of it they ask for.

use std::net::IpAddr;

use hyper::HeaderMap;
use hyper::header::{HOST, ORIGIN};

/// Whether `host`, of a `Host` header, names this server.
///
/// Any other name is somebody's who lets it lead here, so that their page could read ours (DNS rebinding). The port
/// may differ: it does behind a tunnel.
pub(super) fn is_served(host: &str, interface: IpAddr) -> bool {
    let (name, port) = match host.strip_prefix('[').map(|rest| rest.split_once(']')) {
        Some(Some((name, port))) => (name, port),
        Some(None) => return false,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    // What is no port could be a name after all to somebody else: `localhost:80@other.example`.
    if !port.is_empty()
        && port.strip_prefix(':').is_none_or(|port| port.bytes().any(|it| !it.is_ascii_digit()))
    {
        return false;
    }
    if let Ok(address) = name.parse::<IpAddr>() {
        // An address cannot be rebound; with every interface open, each of their addresses is ours.
        return interface.is_unspecified()
            || address == interface
            || (interface.is_loopback() && address.is_loopback());
    }
    let name = name.to_ascii_lowercase();
    (interface.is_loopback() || interface.is_unspecified())
        && (name == "localhost" || name.ends_with(".localhost"))
}

/// Whether a page of another site asks, as far as the browser tells.
pub(super) fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let origin = headers.contains_key(ORIGIN)
        && text(ORIGIN.as_str()).and_then(|origin| origin.strip_prefix("http://")) != text(HOST.as_str());
    site || origin
}

/// The path of a file, from the path of an address: without its leading slash, with `%41` read as `A`.
///
/// `None` for what names no file: broken escapes, a zero byte, a backslash, `.` and `..`.
pub(super) fn file_path(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.strip_prefix('/')?.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = rest else { return None };
        let digit = |digit: u8| char::from(digit).to_digit(16);
        bytes.push((digit(*high)? << 4 | digit(*low)?) as u8);
        rest = after;
    }
    let path = String::from_utf8(bytes).ok()?;
    let strange = path.contains(['\0', '\\']) || path.split('/').any(|part| matches!(part, "." | ".."));
    (!strange).then_some(path)
}

/// The media type of a file, by its name, as `Content-Type` has it.
pub fn content_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    if name == "atom.xml" {
        return "application/atom+xml";
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match &*extension {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "json" | "map" => "application/json",
        "geojson" => "application/geo+json",
        "jsonld" => "application/ld+json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "xsl" | "xslt" => "text/xsl",
        "atom" => "application/atom+xml",
        "rss" => "application/rss+xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_served() {
        let served = |host: &str, interface: &str| is_served(host, interface.parse().unwrap());
        for host in ["localhost", "LOCALHOST:1111", "127.0.0.1:1111", "[::1]:8080", "dossier.localhost:1"] {
            assert!(served(host, "127.0.0.1"), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "192.168.1.7:1111",
            "127.0.0.1.evil.example",
            "localhost:4711@evil.example",
            "localhost:80:80",
            "[::1",
            "[::1]evil.example",
        ] {
            assert!(!served(host, "127.0.0.1"), "{host}");
        }
        assert!(served("192.168.1.7:1111", "192.168.1.7") && !served("localhost", "192.168.1.7"));
        assert!(served("192.168.1.7:1111", "0.0.0.0") && !served("evil.example", "0.0.0.0"));
    }

    #[test]
    fn paths_are_decoded_once_and_never_lead_out() {
        assert_eq!(file_path("/a%20b/%C3%A9.html").unwrap(), "a b/é.html");
        assert_eq!(file_path("/").unwrap(), "");
        assert_eq!(file_path("/%252e%252e/x").unwrap(), "%2e%2e/x");
        for path in
            ["/../x", "/a/%2e%2E/x", "/a/./b", "/a%00", "/a\\b", "/%5c", "/%", "/%4", "/%zz", "/%ff", "a"]
        {
            assert_eq!(file_path(path), None, "{path}");
        }
    }

    #[test]
    fn another_site_is_told_from_ours() {
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
        };
        assert!(!is_foreign(&headers(&[("host", "localhost:1")])));
        assert!(!is_foreign(&headers(&[("host", "localhost:1"), ("origin", "http://localhost:1")])));
        assert!(is_foreign(&headers(&[("host", "localhost:1"), ("origin", "http://localhost:2")])));
        assert!(is_foreign(&headers(&[("host", "localhost:1"), ("origin", "null")])));
        assert!(is_foreign(&headers(&[("host", "localhost:1"), ("sec-fetch-site", "cross-site")])));
    }
}
