//! Every internal link and anchor leads somewhere.
//!
//! In: the finished pages. Out: a diagnostic for each link to a file or an anchor that the site does not have. Links
//! to other hosts are not looked at: a build asks no network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::diagnostic::Diagnostic;
use crate::render::{Body, Output};

/// What one page links to and what it can be linked by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// Values of `id` attributes.
    pub anchors: BTreeSet<String>,
    /// Values of `href` and `src` attributes that stay on the site, in order.
    pub links: Vec<String>,
}

/// The links and files of a site while it is rendered, from any thread.
#[derive(Debug, Default)]
pub struct Collected {
    seen: Mutex<(BTreeMap<String, PageLinks>, BTreeSet<String>)>,
}

impl Collected {
    /// Remembers what `output` links to and that it is there.
    pub fn note(&self, output: &Output) {
        let page = match &output.body {
            Body::Bytes(bytes) if output.path.ends_with(".html") => std::str::from_utf8(bytes).ok().map(scan),
            _ => None,
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match page {
            Some(page) => drop(seen.0.insert(output.path.clone(), page)),
            None => drop(seen.1.insert(output.path.clone())),
        }
    }

    /// Every link that leads nowhere, once all of the site was noted. `base_url` is where the site is published.
    pub fn faults(self, base_url: Option<&str>) -> Vec<Diagnostic> {
        let (pages, files) = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let path = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        check(&pages, &files, &path.map_or("/".to_owned(), |(_, path)| format!("/{path}")))
    }
}

/// Reads the links and anchors of a page of HTML. Tags inside comments, scripts and styles do not count.
pub fn scan(html: &str) -> PageLinks {
    let mut found = PageLinks::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = &rest[..name_end];
        rest = attributes(&rest[name_end..], |key, value| match key {
            "id" => {
                found.anchors.insert(unescape(value));
            }
            "href" | "src" if is_internal(value) => found.links.push(unescape(value)),
            _ => {}
        });
        if matches!(name, "script" | "style") {
            rest = rest.find("</").map_or("", |end| &rest[end..]);
        }
    }
    found
}

/// Calls `each` for every attribute that has a value, up to the tag's end; gives what follows the tag.
fn attributes<'a>(mut rest: &'a str, mut each: impl FnMut(&'a str, &'a str)) -> &'a str {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return rest;
        }
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let key_end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'));
        let key_end = key_end.unwrap_or(rest.len()).max(rest.chars().next().map_or(0, char::len_utf8));
        let key = &rest[..key_end];
        rest = rest[key_end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else { continue };
        rest = after.trim_start();
        let quoted = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''));
        let value = match quoted {
            Some(mark) => {
                let inner = &rest[1..];
                let end = inner.find(mark).unwrap_or(inner.len());
                rest = inner.get(end + 1..).unwrap_or("");
                &inner[..end]
            }
            None => {
                let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len());
                let value = &rest[..end];
                rest = &rest[end..];
                value
            }
        };
        each(key, value);
    }
}

/// Whether an address stays on the site: no scheme and no host.
fn is_internal(address: &str) -> bool {
    let scheme = address.find(':').is_some_and(|at| !address[..at].contains(['/', '#', '?']));
    !scheme && !address.starts_with("//")
}

fn unescape(value: &str) -> String {
    let plain =
        value.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">");
    plain.replace("&#x2F;", "/").replace("&#39;", "'").replace("&amp;", "&")
}

/// Checks every link of `pages` (by output path) against the pages and the other `files` of the site.
///
/// `base_path` is the path of the address that the site is published under, `/` at the least: links that begin with a
/// slash are taken from there.
pub fn check(
    pages: &BTreeMap<String, PageLinks>,
    files: &BTreeSet<String>,
    base_path: &str,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (path, page) in pages {
        for link in &page.links {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = target.split('?').next().unwrap_or("");
            let Some(target) = resolve(path, target, base_path) else {
                faults.push(Diagnostic::error(path.clone(), format!("`{link}` leads out of the site")));
                continue;
            };
            let known = pages.get(&target);
            if known.is_none() && !files.contains(&target) {
                let help = format!("the site has no `{target}`");
                faults.push(Diagnostic::error(path.clone(), format!("`{link}` leads nowhere")).help(help));
            } else if let Some(known) = known
                && !anchor.is_empty()
                && !known.anchors.contains(&decode(anchor))
            {
                let help = format!("`{target}` has nothing with the id `{anchor}`");
                faults.push(Diagnostic::error(path.clone(), format!("`{link}` leads nowhere")).help(help));
            }
        }
    }
    faults
}

/// The output path that `target`, on the page at `from`, means; `None` if it climbs out of the site.
fn resolve(from: &str, target: &str, base_path: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_owned());
    }
    let target = decode(target);
    let mut parts: Vec<&str> = Vec::new();
    let relative = match target.strip_prefix('/') {
        Some(_) => target.strip_prefix(base_path)?,
        None => {
            parts.extend(from.split('/'));
            parts.pop();
            target.as_str()
        }
    };
    for part in relative.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    let folder =
        relative.is_empty() || relative.ends_with('/') || relative.ends_with("..") || relative == ".";
    if folder {
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

/// Takes percent-encoding off.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            plain.push(byte);
            at += 3;
        } else {
            plain.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(pages: &[(&str, &str)]) -> Vec<String> {
        let pages = pages.iter().map(|(path, html)| ((*path).to_owned(), scan(html))).collect();
        let files = BTreeSet::from(["style.css".to_owned()]);
        check(&pages, &files, "/dossier/").into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_no_faults() {
        let page = r##"<p id='a'><a href="../">up</a> <a href=#a>here</a> <a href="/dossier/style.css">s</a>
            <!-- <a href="gone"> --> <a href="https://example.org/gone">out</a> <script>'<a href="x">'</script>"##;
        assert_eq!(site(&[("index.html", "<html>"), ("a/index.html", page)]), Vec::<String>::new());
    }

    #[test]
    fn a_missing_page_an_anchor_and_a_way_out_are_faults() {
        let page = r##"<a href="../b/">1</a><a href="#b">2</a><a href="../../x">3</a>"##;
        let faults = ["`../b/` leads nowhere", "`#b` leads nowhere", "`../../x` leads out of the site"];
        assert_eq!(site(&[("a/index.html", page)]), faults);
    }
}
