//! Every internal link and anchor leads somewhere.
//!
//! In: the finished pages. Out: a diagnostic for each link to a file or an anchor that the site does not have. Links
//! to other hosts are not looked at: a build asks no network.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::config::{Config, SitePath};
use crate::diagnostic::Diagnostic;
use crate::render::{Body, Output};
use crate::span::Span;

mod scan;
#[cfg(test)]
mod tests;

pub use scan::scan;

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

/// The author's file that the page at an output path is made from, and its text; `None` for a page of no file.
pub type Written<'w> = dyn Fn(&str) -> Option<(String, String)> + 'w;

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

    /// Every link that leads nowhere, once all of the site was noted: at its key where the settings `config` name it, in the
    /// author's file where `written` gives one that has it, else on the first page that has it.
    pub fn faults(self, config: &Config, written: &Written<'_>) -> Vec<Diagnostic> {
        let (mut pages, files) = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        let base_url = config.base_url.as_deref();
        let path = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        let base_path = path.map_or("/".to_owned(), |(_, path)| format!("/{path}"));
        for page in pages.values_mut() {
            // Pictures have full addresses: those of this site have to be there like any other link.
            let own = page.pictures.iter().filter_map(|picture| picture.strip_prefix(base_url?));
            page.links.extend(own.map(|path| format!("{base_path}{path}")));
        }
        check(&pages, &files, &base_path, &config.site_paths, written)
    }
}

/// A link that leads nowhere, and the pages that have it.
struct Dead<'a> {
    /// As the first page has it.
    link: &'a str,
    /// From the site's root: `/nosuch/#p3`. `None` where it leads out of the site.
    site_path: Option<String>,
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
    written: &Written<'_>,
) -> Vec<Diagnostic> {
    let mut dead: Vec<Dead<'_>> = Vec::new();
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (path, page) in pages {
        for link in &page.links {
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = target.split('?').next().unwrap_or("");
            let resolved = resolve(path, target, base_path);
            let site_path = resolved.as_deref().map(|target| site_path(target, anchor));
            let (key, message, help) = match resolved {
                None => ((link.clone(), String::new()), "leads out of the site", None),
                Some(target) => match missing(&target, anchor, pages, files) {
                    None => continue,
                    Some(help) => ((target, anchor.to_owned()), "leads nowhere", Some(help)),
                },
            };
            let at = *known.entry(key).or_insert(dead.len());
            if at == dead.len() {
                dead.push(Dead { link, site_path, message, help, pages: Vec::new() });
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
    dead.iter().enumerate().map(|(at, dead)| dead.told(keys.get(&at).copied(), written)).collect()
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

    fn told(&self, named: Option<&SitePath>, written: &Written<'_>) -> Diagnostic {
        let fault = match (named, self.written(written)) {
            (Some(named), _) => Diagnostic {
                place: Some(named.place.clone()),
                ..Diagnostic::error(&*named.file, format!("`{}` {}", named.path, self.message))
            },
            (None, Some((file, text, span))) => {
                let message = format!("`{}` {}{}", span.of(&text), self.message, self.also());
                Diagnostic::error(file, message).at(&text, span)
            }
            (None, None) => {
                Diagnostic::error(self.pages[0], format!("`{}` {}{}", self.link, self.message, self.also()))
            }
        };
        Diagnostic { help: self.help.clone(), ..fault }
    }

    /// The author's file behind the first page, its text, and where in it the link stands: as the page has it, from the
    /// site's root, or from the file's own folder. Links that only templates write stand in no file.
    fn written(&self, written: &Written<'_>) -> Option<(String, String, Span)> {
        let (file, text) = written(self.pages[0])?;
        let site_path = self.site_path.as_deref();
        let bare = site_path.map(|path| path.replacen("/#", "#", 1)).filter(|path| path.contains('#'));
        let bare = bare.as_deref().or(site_path.and_then(|path| path.strip_suffix('/')));
        let beside = site_path.and_then(|path| path.strip_prefix('/'));
        let name = beside.and_then(|path| Some(path.rsplit_once('/')?.1));
        let forms = [Some(self.link), site_path, bare, beside, name];
        let forms = forms.into_iter().flatten().filter(|form| form.len() > 1);
        let span = forms.filter_map(|form| whole_address(&text, form)).next()?;
        Some((file, text, span))
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

/// Where an address stands in a text on its own, as between brackets or quotation marks.
fn whole_address(text: &str, address: &str) -> Option<Span> {
    let is_outside = |beside: Option<char>| {
        beside.is_none_or(|it| {
            it.is_whitespace() || matches!(it, '(' | ')' | '<' | '>' | '"' | '\'' | '=' | ':')
        })
    };
    // A bare word is an address only where one is written: the prose may have the same word.
    let opens = ["](", "=", "=\"", "='", "<", "]: "];
    let is_written =
        |at: usize| address.contains(['/', '.', '#']) || opens.iter().any(|sign| text[..at].ends_with(sign));
    text.match_indices(address).find_map(|(at, _)| {
        let end = at + address.len();
        let alone = is_outside(text[..at].chars().next_back()) && is_outside(text[end..].chars().next());
        (alone && is_written(at)).then(|| Span::new(at, end))
    })
}

/// The address, from the site's root, of `anchor` in the file at an output path: `/about/#team`.
fn site_path(target: &str, anchor: &str) -> String {
    let path = target.strip_suffix("index.html").unwrap_or(target);
    let mark = if anchor.is_empty() { "" } else { "#" };
    format!("/{path}{mark}{anchor}")
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
