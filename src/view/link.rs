//! Links between pages: site paths to addresses relative to the page they stand on, so that the site works from any
//! folder.

use crate::config::Config;

/// How links name the page of a folder.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum IndexLinks {
    /// `…/`: a server finds the file.
    Folder,
    /// `…/index.html`: the site can be read without a server.
    File,
}

impl IndexLinks {
    /// As `site.toml` wants it.
    pub fn of(config: &Config) -> Self {
        if config.explicit_index { IndexLinks::File } else { IndexLinks::Folder }
    }
}

/// Makes addresses relative to one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linker {
    /// The way from the page up to the site's root: `../../`, empty at the root itself.
    root: String,
    index: IndexLinks,
}

impl Linker {
    /// For the page at the site path `page` (`/attacks/2004-beslan/`).
    pub fn new(page: &str, index: IndexLinks) -> Self {
        let depth = page.bytes().filter(|byte| *byte == b'/').count().saturating_sub(1);
        Linker { root: "../".repeat(depth), index }
    }

    /// For a page that is served at any depth, as `404.html` is: rooted at the path of `base_url`.
    pub fn rooted(base_url: Option<&str>, index: IndexLinks) -> Self {
        let path = base_url.and_then(|url| url.split_once("://")).and_then(|(_, rest)| rest.split_once('/'));
        let root = path.map_or("/".to_owned(), |(_, path)| format!("/{path}"));
        Linker { root, index }
    }

    /// With a known way up to the root.
    pub fn with_root(root: &str, index: IndexLinks) -> Self {
        Linker { root: root.to_owned(), index }
    }

    /// The way up to the root, to be put before a site path without its first `/`.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The address of `target`, a site path (`/experts/`, `/articles/a/#p7`). Anything else (`https://…`, `#p7`,
    /// `mailto:…`) comes back as it is.
    pub fn href(&self, target: &str) -> String {
        let Some(path) = target.strip_prefix('/').filter(|path| !path.starts_with('/')) else {
            return target.to_owned();
        };
        let cut = path.find(['#', '?']).unwrap_or(path.len());
        let (path, tail) = path.split_at(cut);
        let mut href = String::with_capacity(self.root.len() + path.len() + tail.len() + 10);
        href.push_str(&self.root);
        href.push_str(path);
        if self.index == IndexLinks::File && (path.is_empty() || path.ends_with('/')) {
            href.push_str("index.html");
        } else if href.is_empty() {
            href.push_str("./");
        }
        href.push_str(tail);
        href
    }
}

/// The address of `words` on the page at `url`: a text fragment (WICG, URL Fragment Text Directives), which browsers scroll
/// to and mark. Of more than eight words only the first and the last four are named.
pub(super) fn text_fragment(url: &str, words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    if words.is_empty() || url.contains(":~:") {
        return url.to_owned();
    }
    let mut address = format!("{url}{}:~:text=", if url.contains('#') { "" } else { "#" });
    let mut name = |part: &[&str]| percent_encode(&mut address, &part.join(" "));
    match words.len() {
        ..=8 => name(&words),
        length => {
            name(&words[..4]);
            address.push(',');
            percent_encode(&mut address, &words[length - 4..].join(" "));
        }
    }
    address
}

/// Appends `text` with every byte but letters, digits, `.`, `_` and `~` as `%XX`: `-` and `,` mean something in a text
/// fragment.
fn percent_encode(address: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// `text` with the characters that mean something in HTML written as entities; for text and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 16);
    escape_into(&mut html, text);
    html
}

/// Appends `text` to `html`, escaped. What HTML forbids (control characters and non-characters, which no entity can bring
/// in) becomes U+FFFD, so that it is seen that something was there.
pub(super) fn escape_into(html: &mut String, text: &str) {
    if may_be_forbidden(text) {
        let allowed: String = text.chars().map(|it| if forbidden(it) { '\u{fffd}' } else { it }).collect();
        return escape_allowed(html, &allowed);
    }
    escape_allowed(html, text);
}

/// Whether a byte of `text` may belong to a character that HTML forbids.
fn may_be_forbidden(text: &str) -> bool {
    let odd = |byte: u8| {
        (byte < b' ' && !b"\t\n\x0c\r".contains(&byte)) || matches!(byte, 0x7f | 0xc2 | 0xef | 0xf0..)
    };
    text.bytes().any(odd)
}

/// The control characters and non-characters of the HTML standard (13.2.3.5, preprocessing the input stream).
fn forbidden(character: char) -> bool {
    let code = u32::from(character);
    let control = character.is_control() && !matches!(character, '\t' | '\n' | '\u{c}' | '\r');
    control || (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe
}

fn escape_allowed(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_climb_from_the_page_they_stand_on() {
        let linker = Linker::new("/attacks/2004-beslan/", IndexLinks::Folder);
        assert_eq!(linker.href("/experts/"), "../../experts/");
        assert_eq!(linker.href("/articles/a/#p7"), "../../articles/a/#p7");
        assert_eq!(linker.href("/"), "../../");
        assert_eq!(linker.href("https://example.org/"), "https://example.org/");
        assert_eq!(linker.href("//example.org/"), "//example.org/");
        assert_eq!(Linker::new("/", IndexLinks::Folder).href("/"), "./");
    }

    #[test]
    fn without_a_server_links_name_the_file() {
        let linker = Linker::new("/timeline/", IndexLinks::File);
        assert_eq!(linker.href("/"), "../index.html");
        assert_eq!(linker.href("/articles/a/#p7"), "../articles/a/index.html#p7");
        assert_eq!(linker.href("/style.css"), "../style.css");
    }

    #[test]
    fn a_page_served_at_any_depth_links_from_the_root() {
        assert_eq!(
            Linker::rooted(Some("https://example.org/a/b/"), IndexLinks::Folder).href("/experts/"),
            "/a/b/experts/"
        );
        assert_eq!(Linker::rooted(None, IndexLinks::Folder).href("/experts/"), "/experts/");
    }

    #[test]
    fn nothing_that_means_something_in_html_gets_through() {
        assert_eq!(escape(r#"<a b="c">&'é"#), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;é");
        assert_eq!(escape("a\u{0}\u{b}\u{85}\u{fffe}\tb\n𝄞«"), "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\tb\n𝄞«");
    }

    #[test]
    fn a_text_fragment_names_the_ends_of_a_sentence() {
        let short = text_fragment("https://example.org/a", "A well-known word, & “more”");
        assert_eq!(
            short,
            "https://example.org/a#:~:text=A%20well%2Dknown%20word%2C%20%26%20%E2%80%9Cmore%E2%80%9D"
        );
        let long =
            text_fragment("https://example.org/a#top", "one two three four five six seven eight\nnine");
        assert_eq!(
            long,
            "https://example.org/a#top:~:text=one%20two%20three%20four,six%20seven%20eight%20nine"
        );
    }
}
