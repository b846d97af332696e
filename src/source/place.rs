//! What a file is for, by where it lies and how it is named.

use std::path::{Component, Path, PathBuf};

use super::{Format, SourceKind};
use crate::diagnostic::Diagnostic;

/// The folders that the site is made from.
pub(super) const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// What becomes of a file in `content/`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Its text is read.
    Text(SourceKind),
    /// It is copied.
    Copy,
}

/// What the file at `path`, relative to `content/`, is for. Whether a `.toml` is a sidecar depends on its
/// neighbours, outside `articles/`: `has_page` says whether a page of that path is there.
pub(super) fn use_of(path: &str, has_page: impl Fn(&str) -> bool) -> Use {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let in_articles = path.starts_with("articles/");
    let kind = match extension.as_str() {
        "md" if name.eq_ignore_ascii_case("_index.md") => SourceKind::Section,
        "md" if in_articles => SourceKind::Article(Format::Markdown),
        "txt" if in_articles => SourceKind::Article(Format::PlainText),
        "html" | "htm" if in_articles => SourceKind::Article(Format::SavedPage),
        "md" if is_below(folder, "attacks") => SourceKind::AttackRecord,
        "md" if is_below(folder, "experts") => SourceKind::ExpertRecord,
        "md" => SourceKind::Page,
        "toml" if path == "ids.toml" => SourceKind::Ids,
        "toml" if in_articles || has_page(&format!("{}.md", stem(path))) => SourceKind::Sidecar,
        _ => return Use::Copy,
    };
    Use::Text(kind)
}

/// Whether a file of `content/` that is not read is one that pages show or offer, by its name: a picture, a recording, a style, a
/// script, a font, data. Beside articles a PDF is none: it may well hold one.
pub(super) fn is_for_pages(path: &str) -> bool {
    const KNOWN: [&str; 34] = [
        "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp", "aac", "flac", "m4a", "mp3", "mp4",
        "oga", "ogg", "ogv", "opus", "vtt", "wav", "webm", "css", "js", "mjs", "map", "otf", "ttf", "woff",
        "woff2", "csv", "geojson", "json", "xml", "ics",
    ];
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    name.starts_with('.')
        || KNOWN.contains(&extension.as_str())
        || (extension == "pdf" && !path.starts_with("articles/"))
}

/// What a file is that can come and go without another being read otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    /// One of the editor's.
    Record(SourceKind),
    Template,
    /// Copied to this path of the site.
    Copied(String),
}

/// What the file at `path`, relative to the root, is, if it can come and go alone.
pub(super) fn use_alone(path: &str) -> Option<Alone> {
    // The files of a saved page come and go with it.
    if path.split('/').any(|part| is_ignored(part) || part.ends_with("_files")) {
        return None;
    }
    let (folder, rest) = path.split_once('/')?;
    match folder {
        "static" => Some(Alone::Copied(rest.to_owned())),
        "templates" => Some(Alone::Template),
        "content" => match use_of(rest, |_| false) {
            Use::Text(kind @ (SourceKind::AttackRecord | SourceKind::ExpertRecord)) => {
                Some(Alone::Record(kind))
            }
            _ => None,
        },
        _ => None,
    }
}

/// What kind of article a file at `path`, relative to `content/articles/`, would be; `None` where there can be none.
pub fn article_kind(path: &str) -> Option<SourceKind> {
    let odd =
        |part: &str| matches!(part, "" | "." | "..") || is_ignored(part) || part.contains(char::is_control);
    if path.split('/').any(odd) || path.contains(['\\', ':']) {
        return None;
    }
    match use_of(&format!("articles/{path}"), |_| false) {
        Use::Text(kind @ SourceKind::Article(_)) => Some(kind),
        _ => None,
    }
}

/// Whether `folder` is `of` or lies in it: records may be sorted into folders, and their ids are their names.
fn is_below(folder: &str, of: &str) -> bool {
    folder.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `a/b.txt` gives `a/b`.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    path[name..].rfind('.').filter(|at| *at > 0).map_or(path, |at| &path[..name + at])
}

/// Where the sidecar of the file at `path` would stand.
pub fn sidecar_path(path: &str) -> String {
    format!("{}.toml", stem(path))
}

/// Files that editors and systems leave about and that nobody means to publish. `name` is the last part of a path.
pub(super) fn is_ignored(name: &str) -> bool {
    const PUBLISHED: [&str; 3] = [".well-known", ".nojekyll", ".htaccess"];
    (name.starts_with('.') && !PUBLISHED.contains(&name))
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || [".swp", ".swo", ".swx"].iter().any(|extension| name.ends_with(extension))
        || ["Thumbs.db", "desktop.ini"].contains(&name)
}

/// What is wrong with `output_dir` as the place to write the site of `root` to: it must neither lie in a folder
/// that the site is made from, nor be one, nor hold one. Paths are compared by their words; the reader compares
/// the real folders, links followed.
pub fn output_fault(root: &Path, output_dir: &str) -> Option<Diagnostic> {
    let root = normal(root);
    let output = normal(&root.join(output_dir));
    fault_between(&root, &output, output_dir)
}

/// As [`output_fault`], for paths that are already normal.
pub(super) fn fault_between(root: &Path, output: &Path, output_dir: &str) -> Option<Diagnostic> {
    let fault = |problem: String| {
        Diagnostic::error("site.toml", format!("the output folder `{output_dir}` {problem}"))
            .help("choose a folder of its own: `output_dir = \"public\"`")
    };
    if root.starts_with(output) {
        return Some(fault("holds the site's own sources".to_owned()));
    }
    let folder = FOLDERS.iter().find(|folder| output.starts_with(root.join(folder)))?;
    Some(if output == root.join(folder) {
        fault("is a folder that the site is made from".to_owned())
    } else {
        fault(format!("lies inside `{folder}`, which the site is made from"))
    })
}

/// `path` without `.` and `..`, by its words alone.
fn normal(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(result.components().next_back(), Some(Component::Normal(_))) => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_place_and_name_say() {
        let with_page = |path: &str| use_of(path, |page| page == "about.md");
        assert_eq!(with_page("articles/2004/a.TXT"), Use::Text(SourceKind::Article(Format::PlainText)));
        assert_eq!(with_page("articles/a.htm"), Use::Text(SourceKind::Article(Format::SavedPage)));
        assert_eq!(with_page("articles/_index.md"), Use::Text(SourceKind::Section));
        assert_eq!(with_page("articles/a.toml"), Use::Text(SourceKind::Sidecar));
        assert_eq!(with_page("attacks/2004-beslan.md"), Use::Text(SourceKind::AttackRecord));
        assert_eq!(with_page("experts/jane-doe.md"), Use::Text(SourceKind::ExpertRecord));
        assert_eq!(with_page("attacks/2004/2004-beslan.md"), Use::Text(SourceKind::AttackRecord));
        assert_eq!(with_page("attackside/a.md"), Use::Text(SourceKind::Page));
        assert_eq!(with_page("about.toml"), Use::Text(SourceKind::Sidecar));
        assert_eq!(with_page("ids.toml"), Use::Text(SourceKind::Ids));
        assert_eq!(with_page("data.toml"), Use::Copy);
        assert_eq!(with_page("articles/a.jpg"), Use::Copy);
        assert_eq!(with_page("robots.txt"), Use::Copy);
    }

    #[test]
    fn records_templates_and_copied_files_come_and_go_alone() {
        assert_eq!(use_alone("content/attacks/a.md"), Some(Alone::Record(SourceKind::AttackRecord)));
        assert_eq!(use_alone("templates/a/b.html"), Some(Alone::Template));
        assert_eq!(use_alone("static/css/a.css"), Some(Alone::Copied("css/a.css".to_owned())));
        for path in [
            "content/articles/a.txt",
            "content/attacks/a.toml",
            "content/attacks/_index.md",
            "content/ids.toml",
            "static/a.css~",
            "static",
            "site.toml",
        ] {
            assert_eq!(use_alone(path), None, "{path}");
        }
    }

    #[test]
    fn editors_leavings_are_ignored() {
        for name in ["a.txt~", ".#a.txt", ".a.txt.swp", "#a.txt#", ".git", "a.md.swp"] {
            assert!(is_ignored(name), "{name}");
        }
        assert!(!is_ignored("a.txt"));
        assert!(!is_ignored(".well-known"));
    }

    #[test]
    fn the_output_folder_is_apart_from_the_sources() {
        let root = Path::new("/site");
        let message = |output: &str| output_fault(root, output).map(|fault| fault.message);
        assert_eq!(message("public"), None);
        assert_eq!(message("../public"), None);
        assert_eq!(message("/elsewhere"), None);
        assert_eq!(message("contents"), None);
        assert!(message("content/public").is_some_and(|text| text.contains("inside `content`")));
        assert!(message("x/../static").is_some_and(|text| text.contains("made from")));
        assert!(message(".").is_some_and(|text| text.contains("holds")));
        assert!(message("/").is_some_and(|text| text.contains("holds")));
    }
}
