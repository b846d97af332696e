//! What kind of file it is: when it is uploaded, what it is called, and how long it may be kept.

use crate::serve::content_type;

/// The kinds of files, in the order in which they are uploaded: what a page needs comes before the page.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file whose name holds a hash of its content: it never changes.
    Hashed,
    /// A stylesheet, script, font, picture, data file.
    Asset,
    /// A page: it leads to other files.
    Page,
    /// A feed, a sitemap, the index of the search, a calendar, a data file: what programs follow to pages.
    List,
}

impl Kind {
    /// By the file's path.
    pub fn of(path: &str) -> Kind {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match extension {
            "html" | "htm" => Kind::Page,
            "xml" | "atom" | "rss" => Kind::List,
            // The index of the search has hashes for names, which are short.
            "pf_fragment" | "pf_index" | "pf_meta" => Kind::Hashed,
            _ if stem.split(['.', '-', '_']).any(is_hash) => Kind::Hashed,
            // The program's own: an author's may be what a page's script needs.
            "json" | "ndjson" | "ics" | "geojson" | "csv"
                if path.starts_with("data/") || path.starts_with("search/") || path == "feed.json" =>
            {
                Kind::List
            }
            _ => Kind::Asset,
        }
    }

    /// What goes into `Content-Type` for a file of this path.
    pub fn content_type(path: &str) -> &'static str {
        match path {
            "CNAME" | "_headers" | "_redirects" => "text/plain; charset=utf-8",
            _ => content_type(path),
        }
    }

    /// What goes into `Cache-Control` for a file of this path (RFC 9111, RFC 8246): what never changes is kept for a year,
    /// fonts and pictures for a day, and of everything else a browser asks each time whether it is still the same.
    pub fn cache_control(path: &str) -> &'static str {
        if Kind::of(path) == Kind::Hashed {
            return "public, max-age=31536000, immutable";
        }
        let media = Kind::content_type(path);
        if ["font/", "image/", "audio/", "video/"].iter().any(|kind| media.starts_with(kind)) {
            "public, max-age=86400"
        } else {
            "public, max-age=0, must-revalidate"
        }
    }
}

/// Whether a part of a name is a hash, and neither a word nor a date: eight or more hexadecimal digits, of both kinds.
fn is_hash(part: &str) -> bool {
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    part.len() >= 8
        && part.bytes().all(hex)
        && part.bytes().filter(u8::is_ascii_digit).count() >= 2
        && part.bytes().filter(u8::is_ascii_lowercase).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_in_the_name_makes_a_file_last() {
        for path in
            ["static/app.3f2a9c1b.js", "a/style-0a1b2c3d4e5f.css", "pagefind/fragment/en_1a2b3c4.pf_fragment"]
        {
            assert_eq!(Kind::of(path), Kind::Hashed, "{path}");
            assert!(Kind::cache_control(path).ends_with("immutable"), "{path}");
        }
        for path in
            ["report-20240312.pdf", "facade.css", "deadbeef.png", "3f2a9c1b/app.js", "style.css", "CNAME"]
        {
            assert_eq!(Kind::of(path), Kind::Asset, "{path}");
            assert!(!Kind::cache_control(path).ends_with("immutable"), "{path}");
        }
        for path in ["index.html", "articles/0a1b2c3d4e5f.html"] {
            assert_eq!(Kind::of(path), Kind::Page, "{path}");
        }
        for path in ["atom.xml", "sitemap.xml", "feed.json", "data/attacks.ics", "search/entries-1.json"] {
            assert_eq!(Kind::of(path), Kind::List, "{path}");
            assert!(Kind::of("index.html") < Kind::List, "a page comes before what leads to it");
        }
    }

    #[test]
    fn a_page_is_asked_for_each_time_and_a_font_is_not() {
        assert_eq!(Kind::cache_control("index.html"), "public, max-age=0, must-revalidate");
        assert_eq!(Kind::cache_control("style.css"), "public, max-age=0, must-revalidate");
        assert_eq!(Kind::cache_control("fonts/serif.woff2"), "public, max-age=86400");
        assert_eq!(Kind::content_type("atom.xml"), "application/atom+xml");
        assert_eq!(Kind::content_type("data/attacks.geojson"), "application/geo+json");
    }
}
