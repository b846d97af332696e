//! Every internal link and anchor leads somewhere.
//!
//! In: the finished pages. Out: a diagnostic for each link to a file or an anchor that the site does not have. Links
//! to other hosts are not looked at: a build asks no network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::config::{Config, SitePath};
use crate::diagnostic::Diagnostic;
use crate::render::{Body, Output};

/// What one page links to and what it can be linked by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// Values of `id` attributes.
    pub anchors: BTreeSet<String>,
    /// Values of `href` and `src` attributes that stay on the site, in order.
    pub links: Vec<String>,
    /// Addresses of pictures for social networks (`og:image`), as they stand there.
    pub pictures: Vec<String>,
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

    /// Every link that leads nowhere, once all of the site was noted: at its key where the settings `config` name it, else
    /// on the first page that has it.
    pub fn faults(self, config: &Config) -> Vec<Diagnostic> {
        let (mut pages, files) = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let base_url = config.base_url.as_deref();
        let path = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        let base_path = path.map_or("/".to_owned(), |(_, path)| format!("/{path}"));
        for page in pages.values_mut() {
            // Pictures have full addresses: those of this site have to be there like any other link.
            let own = page.pictures.iter().filter_map(|picture| picture.strip_prefix(base_url?));
            page.links.extend(own.map(|path| format!("{base_path}{path}")));
        }
        check(&pages, &files, &base_path, &config.site_paths)
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
        let (mut property, mut content) = ("", "");
        rest = attributes(&rest[name_end..], |key, value| match key {
            "property" => property = value,
            "content" => content = value,
            "id" => {
                found.anchors.insert(unescape(value));
            }
            "href" | "src" if is_internal(value) => found.links.push(unescape(value)),
            _ => {}
        });
        if name == "meta" && property == "og:image" {
            found.pictures.push(unescape(content));
        }
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

/// A link that leads nowhere, and the pages that have it.
struct Dead<'a> {
    link: &'a str,
    message: &'static str,
    help: Option<String>,
    pages: Vec<&'a str>,
}

/// Checks every link of `pages` (by output path) against the pages and the other `files` of the site. One that many pages
/// have is told once, and at its key if it is one of `named`.
///
/// `base_path` is the path of the address that the site is published under, `/` at the least: links that begin with a
/// slash are taken from there.
pub fn check(
    pages: &BTreeMap<String, PageLinks>,
    files: &BTreeSet<String>,
    base_path: &str,
    named: &[SitePath],
) -> Vec<Diagnostic> {
    let mut dead: Vec<Dead<'_>> = Vec::new();
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (path, page) in pages {
        for link in &page.links {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = target.split('?').next().unwrap_or("");
            let (key, message, help) = match resolve(path, target, base_path) {
                None => ((link.clone(), String::new()), "leads out of the site", None),
                Some(target) => match missing(&target, anchor, pages, files) {
                    None => continue,
                    Some(help) => ((target, anchor.to_owned()), "leads nowhere", Some(help)),
                },
            };
            let at = *known.entry(key).or_insert(dead.len());
            if at == dead.len() {
                dead.push(Dead { link, message, help, pages: Vec::new() });
            }
            if dead[at].pages.last() != Some(&path.as_str()) {
                dead[at].pages.push(path);
            }
        }
    }
    let keys = named.iter().filter_map(|named| {
        let (target, anchor) = named.path.split_once('#').unwrap_or((&named.path, ""));
        let target = resolve("", target.split('?').next()?.strip_prefix('/')?, "/")?;
        Some((*known.get(&(target, anchor.to_owned()))?, named))
    });
    let keys: BTreeMap<usize, &SitePath> = keys.collect();
    dead.iter().enumerate().map(|(at, dead)| dead.told(keys.get(&at).copied())).collect()
}

/// What the site lacks for a link to `anchor` of the file `target`; `None` where it lacks nothing.
fn missing(
    target: &str,
    anchor: &str,
    pages: &BTreeMap<String, PageLinks>,
    files: &BTreeSet<String>,
) -> Option<String> {
    match pages.get(target) {
        None => (!files.contains(target)).then(|| format!("the site has no `{target}`")),
        Some(page) => (!anchor.is_empty() && !page.anchors.contains(&decode(anchor)))
            .then(|| format!("`{target}` has nothing with the id `{anchor}`")),
    }
}

impl Dead<'_> {
    /// How many pages are named in one message besides the first.
    const MOST_NAMED: usize = 4;

    fn told(&self, named: Option<&SitePath>) -> Diagnostic {
        let mut fault = match named {
            Some(named) => Diagnostic {
                place: Some(named.place.clone()),
                ..Diagnostic::error(&*named.file, format!("`{}` {}", named.path, self.message))
            },
            None => {
                Diagnostic::error(self.pages[0], format!("`{}` {}{}", self.link, self.message, self.also()))
            }
        };
        fault.help.clone_from(&self.help);
        fault
    }

    /// The other pages that have it.
    fn also(&self) -> String {
        let others = &self.pages[1..];
        let mut names: Vec<String> =
            others.iter().take(Self::MOST_NAMED).map(|page| format!("`{page}`")).collect();
        match others.len().saturating_sub(Self::MOST_NAMED) {
            0 if names.is_empty() => return String::new(),
            0 => {}
            more => names.push(format!("{more} more")),
        }
        format!(", as on {}", names.join(", "))
    }
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
        check(&pages, &files, "/dossier/", &[]).into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn links_that_lead_somewhere_are_no_faults() {
        let page = r##"<p id='a'><a href="../">up</a> <a href=#a>here</a> <a href="/dossier/style.css">s</a>
            <!-- <a href="gone"> --> <a href="https://example.org/gone">out</a> <script>'<a href="x">'</script>"##;
        assert_eq!(site(&[("index.html", "<html>"), ("a/index.html", page)]), Vec::<String>::new());
    }

    #[test]
    fn a_picture_for_social_networks_has_to_be_there() {
        let page = |name: &str| {
            let address = format!("https://example.org/dossier/{name}");
            let html = format!("<meta property=\"og:image\" content=\"{address}\">");
            Output::new("index.html", html.into_bytes())
        };
        let faults = |name: &str| {
            let site = Collected::default();
            [page(name), Output::new("card.png", vec![1])].iter().for_each(|output| site.note(output));
            let base_url = Some("https://example.org/dossier/".to_owned());
            let faults = site.faults(&Config { base_url, ..Config::default() });
            faults.into_iter().map(|fault| fault.message).collect::<Vec<_>>()
        };
        assert_eq!(faults("card.png"), Vec::<String>::new());
        assert_eq!(faults("gone/card.png"), ["`/dossier/gone/card.png` leads nowhere"]);
    }

    #[test]
    fn a_missing_page_an_anchor_and_a_way_out_are_faults() {
        let page = r##"<a href="../b/">1</a><a href="#b">2</a><a href="../../x">3</a>"##;
        let faults = ["`../b/` leads nowhere", "`#b` leads nowhere", "`../../x` leads out of the site"];
        assert_eq!(site(&[("a/index.html", page)]), faults);
    }

    #[test]
    fn what_every_page_has_is_told_once_and_at_its_key() {
        let config = "[theme]\nlogo = '/logo.svg'\n[[navigation]]\nlabel = 'Team'\nurl = '/about/#team'\n";
        let (config, faults) = crate::config::parse(config, "site.toml");
        assert_eq!(faults, []);
        let pages = [
            "index.html",
            "a/index.html",
            "a/b/index.html",
            "about/index.html",
            "c/index.html",
            "d/index.html",
        ];
        let links = Collected::default();
        for path in pages {
            let root = "../".repeat(path.matches('/').count());
            let html = format!(
                "<img src='{root}logo.svg'><a href='{root}about/#team'>Team</a><a href='{root}gone.pdf'>gone</a>"
            );
            links.note(&Output::new(path, html.into_bytes()));
        }
        let told = links.faults(&config);
        let line = |it: &Diagnostic| it.place.as_ref().map_or(0, |place| place.line);
        let told: Vec<_> = told.iter().map(|it| (it.file.as_str(), line(it), it.message.as_str())).collect();
        let gone = "`../../gone.pdf` leads nowhere, as on `a/index.html`, `about/index.html`, `c/index.html`, \
            `d/index.html`, 1 more";
        assert_eq!(
            told,
            [
                ("site.toml", 2, "`/logo.svg` leads nowhere"),
                ("site.toml", 5, "`/about/#team` leads nowhere"),
                ("a/b/index.html", 0, gone),
            ]
        );
    }
}
