//! `_headers` and `_redirects`: what Netlify and Cloudflare Pages read from the files of a site.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::config::RulesFor;

use super::{Kind, LocalFile};

/// The two files for a host: how long each file may be kept, and which addresses lead to others; `redirects` are site
/// paths without a slash at their beginning.
pub fn rules(host: RulesFor, files: &[LocalFile], redirects: &[(String, String)]) -> Vec<LocalFile> {
    let headers = LocalFile::made("_headers", headers(files).into_bytes());
    let redirects = (!redirects.is_empty())
        .then(|| LocalFile::made("_redirects", self::redirects(host, redirects).into_bytes()));
    std::iter::once(headers).chain(redirects).collect()
}

/// The files that [`rules`] makes. A site may have rules of its own in them.
pub(super) const FILES: [&str; 2] = ["_headers", "_redirects"];

/// Hosts allow a hundred rules.
const MOST: usize = 100;

/// A rule for each folder whose files are all kept equally long, and for each other file that is kept longer than a page. No
/// two rules speak of one file, as hosts differ in what they make of that; how long a page is kept is their own default.
fn headers(files: &[LocalFile]) -> String {
    let every = Kind::cache_control("index.html");
    let mut folders: BTreeMap<&str, Option<&'static str>> = BTreeMap::new();
    for file in files {
        let value = Kind::cache_control(&file.path);
        for folder in folders_of(&file.path) {
            let known = folders.entry(folder).or_insert(Some(value));
            *known = known.filter(|known| *known == value);
        }
    }
    let lasting = files.iter().filter(|file| Kind::cache_control(&file.path) != every);
    let rule = |file: &LocalFile| {
        let whole = folders_of(&file.path).find(|folder| folders[folder].is_some());
        let pattern = whole
            .map_or_else(|| format!("/{}", encoded(&file.path)), |folder| format!("/{}/*", encoded(folder)));
        // Folders first: where there are too many rules, they matter most.
        ((whole.is_none(), pattern), Kind::cache_control(&file.path))
    };
    let rules: BTreeMap<(bool, String), &str> = lasting.map(rule).collect();
    let mut text = "/*\n  X-Content-Type-Options: nosniff\n".to_owned();
    for ((_, pattern), value) in rules.into_iter().take(MOST - 1) {
        write!(text, "{pattern}\n  Cache-Control: {value}\n").expect("a string takes everything");
    }
    text
}

/// The folders that hold a file, the outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn redirects(host: RulesFor, redirects: &[(String, String)]) -> String {
    // The page that leads on without a server stands there too; Netlify prefers it to the rule unless told otherwise.
    let status = match host {
        RulesFor::Netlify => "301!",
        RulesFor::Cloudflare => "301",
    };
    redirects.iter().map(|(from, to)| format!("/{} /{} {status}\n", encoded(from), encoded(to))).collect()
}

/// A path as it stands in an address: white space would end it.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> LocalFile {
        LocalFile::made(path, Vec::new())
    }

    #[test]
    fn what_lasts_has_one_rule_of_its_own() {
        let paths = [
            "favicon.svg",
            "fonts/a.woff2",
            "fonts/b/c.woff2",
            "index.html",
            "js/app.3f2a9c1b.js",
            "js/x.js",
        ];
        let files: Vec<LocalFile> = paths.map(file).into();
        let text = headers(&files);
        let rules: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
        assert_eq!(rules, ["/*", "/fonts/*", "/favicon.svg", "/js/app.3f2a9c1b.js"]);
        assert!(text.contains("/js/app.3f2a9c1b.js\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }

    #[test]
    fn there_are_no_more_rules_than_hosts_allow() {
        let mut files: Vec<LocalFile> = (0..300).map(|at| file(&format!("{at}.png"))).collect();
        files.push(file("fonts/a.woff2"));
        let text = headers(&files);
        assert_eq!(text.lines().filter(|line| line.starts_with('/')).count(), MOST);
        assert!(text.contains("/fonts/*\n"));
    }

    #[test]
    fn former_addresses_lead_on() {
        let redirects = [("attacks/old/".to_owned(), "attacks/2004-beslan/".to_owned())];
        let made = rules(RulesFor::Netlify, &[], &redirects);
        assert_eq!(made[1].read().unwrap(), b"/attacks/old/ /attacks/2004-beslan/ 301!\n");
        assert_eq!(rules(RulesFor::Cloudflare, &[], &[]).len(), 1);
    }
}
