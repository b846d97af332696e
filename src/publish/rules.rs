//! `_headers` and `_redirects`: what Netlify and Cloudflare Pages read from the files of a site.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::config::RulesFor;

use super::{Kind, LocalFile};

/// The two files for a host: how long each file may be kept, and which addresses lead to others; `redirects` are site
/// paths without a slash at their beginning. And how many files there was no room for in the first.
pub fn rules(host: RulesFor, files: &[LocalFile], redirects: &[(String, String)]) -> (Vec<LocalFile>, usize) {
    let (headers, left_out) = headers(files);
    let headers = LocalFile::made("_headers", headers.into_bytes());
    let redirects = (!redirects.is_empty())
        .then(|| LocalFile::made("_redirects", self::redirects(host, redirects).into_bytes()));
    (std::iter::once(headers).chain(redirects).collect(), left_out)
}

/// The files that [`rules`] makes. A site may have rules of its own in them.
pub(super) const FILES: [&str; 2] = ["_headers", "_redirects"];

/// Hosts allow a hundred rules.
const MOST: usize = 100;

/// A rule for each folder whose files are all kept equally long, one for the files of one name in the folders of a folder,
/// and one for each other file that is kept longer than a page. No two rules speak of one file, as hosts differ in what they
/// make of that; how long a page is kept is their own default. And how many files there was no room for.
fn headers(files: &[LocalFile]) -> (String, usize) {
    let mut rules: Vec<(String, Rule)> = patterns(files).into_iter().collect();
    // Of too many, what can be kept longest comes first, then what is true of most files.
    rules.sort_by_key(|(_, rule)| (Kind::of(rule.path) != Kind::Hashed, std::cmp::Reverse(rule.files)));
    let left_out: usize = rules.iter().skip(MOST - 1).map(|(_, rule)| rule.files).sum();
    let mut text = "/*\n  X-Content-Type-Options: nosniff\n".to_owned();
    for (pattern, rule) in rules.iter().take(MOST - 1) {
        let value = Kind::cache_control(rule.path);
        write!(text, "{pattern}\n  Cache-Control: {value}\n").expect("a string takes everything");
    }
    (text, left_out)
}

/// What a rule is about.
struct Rule<'a> {
    /// One of its files.
    path: &'a str,
    /// How many there are.
    files: usize,
}

/// The patterns for all files that are kept longer than a page, in order.
fn patterns(files: &[LocalFile]) -> BTreeMap<String, Rule<'_>> {
    let every = Kind::cache_control("index.html");
    // How long all files of a folder are kept, or of a name in the folders of one: `None` if it differs.
    let mut folders: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    let mut named: BTreeMap<String, Option<&str>> = BTreeMap::new();
    let mut alone = BTreeSet::new();
    for file in files {
        for folder in folders_of(&file.path) {
            agree(folders.entry(folder), Kind::cache_control(&file.path));
        }
    }
    let whole = |path| folders_of(path).find(|folder| folders[folder].is_some());
    for file in files {
        // A file whose folder has a rule would have two.
        let value = if whole(&file.path).is_some() { "" } else { Kind::cache_control(&file.path) };
        if let Some(name) = in_folders(&file.path) {
            if named.contains_key(&name) {
                alone.remove(&name)
            } else {
                alone.insert(name.clone())
            };
            agree(named.entry(name), value);
        }
    }
    let mut rules = BTreeMap::new();
    for LocalFile { path, .. } in files.iter().filter(|file| Kind::cache_control(&file.path) != every) {
        let pattern = match (whole(path), in_folders(path)) {
            (Some(folder), _) => format!("/{}/*", encoded(folder)),
            (None, Some(name)) if named[&name].is_some() && !alone.contains(&name) => name,
            _ => format!("/{}", encoded(path)),
        };
        rules.entry(pattern).or_insert(Rule { path, files: 0 }).files += 1;
    }
    rules
}

/// Notes how long one more of the files is kept that an entry is about.
fn agree<'a, K: Ord>(entry: Entry<'_, K, Option<&'a str>>, value: &'a str) {
    let known = entry.or_insert(Some(value));
    *known = known.filter(|known| *known == value);
}

/// The pattern for the files of one name in all folders beside this one's: `/articles/:folder/card.png`. Both hosts take
/// one name for `:folder`, and no slash.
fn in_folders(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let above = folder.rfind('/').map_or("", |at| &folder[..=at]);
    Some(format!("/{}:folder/{}", encoded(above), encoded(name)))
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

    /// The patterns of the rules that say how long files are kept.
    fn patterns_of(paths: &[&str]) -> Vec<String> {
        let files: Vec<LocalFile> = paths.iter().map(|path| file(path)).collect();
        let (text, _) = headers(&files);
        text.lines().filter(|line| line.starts_with('/') && *line != "/*").map(str::to_owned).collect()
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
        assert_eq!(patterns_of(&paths), ["/js/app.3f2a9c1b.js", "/fonts/*", "/favicon.svg"]);
    }

    #[test]
    fn files_of_one_name_in_many_folders_have_one_rule() {
        let paths =
            ["articles/a/card.png", "articles/a/index.html", "articles/b/card.png", "articles/b/index.html"];
        assert_eq!(patterns_of(&paths), ["/articles/:folder/card.png"]);
        // One that its folder's rule speaks of already would be told twice.
        let twice = [&paths[..], &["articles/only/card.png"]].concat();
        let each = ["/articles/a/card.png", "/articles/b/card.png", "/articles/only/*"];
        assert_eq!(patterns_of(&twice), each);
    }

    #[test]
    fn there_are_no_more_rules_than_hosts_allow_and_what_is_left_out_is_told() {
        let mut files: Vec<LocalFile> = (0..300).map(|at| file(&format!("{at}.png"))).collect();
        files.extend((0..300).map(|at| file(&format!("articles/{at}/card.png"))));
        files.extend((0..300).map(|at| file(&format!("articles/{at}/index.html"))));
        files.extend(["fonts/OFL.txt", "fonts/a.woff2", "zz/app.3f2a9c1b.js", "zz/x.js"].map(file));
        let (text, left_out) = headers(&files);
        assert_eq!(text.lines().filter(|line| line.starts_with('/')).count(), MOST);
        let second = text.lines().nth(2);
        assert_eq!(second, Some("/zz/app.3f2a9c1b.js"), "what never changes comes first");
        assert!(text.contains("/articles/:folder/card.png\n"), "{text}");
        assert_eq!(left_out, 204);
    }

    #[test]
    fn former_addresses_lead_on() {
        let redirects = [("attacks/old/".to_owned(), "attacks/2004-beslan/".to_owned())];
        let (made, left_out) = rules(RulesFor::Netlify, &[], &redirects);
        assert_eq!(made[1].read().unwrap(), b"/attacks/old/ /attacks/2004-beslan/ 301!\n");
        assert_eq!((rules(RulesFor::Cloudflare, &[], &[]).0.len(), left_out), (1, 0));
    }
}
