//! What a page of HTML links to, and what it can be linked by.

use super::PageLinks;

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
