//! `_headers` and `_redirects`: what Netlify and Cloudflare Pages read from the files of a site.

use std::collections::BTreeSet;
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

/// One rule for all, then one for each folder and ending that is kept longer: hosts allow a hundred rules.
fn headers(files: &[LocalFile]) -> String {
    let every = Kind::cache_control("index.html");
    let mut text = format!("/*\n  Cache-Control: {every}\n  X-Content-Type-Options: nosniff\n");
    let lasting: BTreeSet<(String, &str)> = files
        .iter()
        .map(|file| (pattern(&file.path), Kind::cache_control(&file.path)))
        .filter(|(_, value)| *value != every)
        .collect();
    for (pattern, value) in lasting {
        // The rule for all has set one already.
        write!(text, "{pattern}\n  ! Cache-Control\n  Cache-Control: {value}\n")
            .expect("a string takes everything");
    }
    text
}

/// The files like this one: of its folder and ending, or for one that never changes, this one alone.
fn pattern(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("/{folder}") };
    match name.rsplit_once('.') {
        Some((_, ending)) if Kind::of(path) != Kind::Hashed || ending.starts_with("pf_") => {
            format!("{folder}/*.{ending}")
        }
        _ => format!("{folder}/{name}"),
    }
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
    fn what_lasts_has_a_rule_of_its_own() {
        let paths = ["index.html", "style.css", "fonts/a.woff2", "fonts/b.woff2", "js/app.3f2a9c1b.js"];
        let files: Vec<LocalFile> = paths.map(file).into();
        let text = headers(&files);
        let rules: Vec<&str> = text.lines().filter(|line| line.starts_with('/')).collect();
        assert_eq!(rules, ["/*", "/fonts/*.woff2", "/js/app.3f2a9c1b.js"]);
        assert!(
            text.contains(
                "/js/app.3f2a9c1b.js\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000"
            )
        );
    }

    #[test]
    fn former_addresses_lead_on() {
        let redirects = [("attacks/old/".to_owned(), "attacks/2004-beslan/".to_owned())];
        let made = rules(RulesFor::Netlify, &[], &redirects);
        assert_eq!(made[1].read().unwrap(), b"/attacks/old/ /attacks/2004-beslan/ 301!\n");
        assert_eq!(rules(RulesFor::Cloudflare, &[], &[]).len(), 1);
    }
}
