//! Words and blocks to HTML, and other people's HTML to harmless HTML.

use std::sync::LazyLock;

use super::{Block, BlockKind, Piece};

/// Appends `words` with `&`, `<`, `>` and `"` escaped: fit for an element's text and for a quoted attribute.
pub fn escape(words: &str, html: &mut String) {
    let mut rest = words;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// Appends a block as HTML with no facts marked; `text` is the document's.
pub fn block_html(block: &Block, text: &str, html: &mut String) {
    if block.pieces.is_empty() {
        let level = match block.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        let tag = level.map_or("p".to_owned(), |level| format!("h{level}"));
        html.push_str(&format!("<{tag} id=\"{}\">", block.id));
        escape(block.span.of(text), html);
        html.push_str(&format!("</{tag}>\n"));
        return;
    }
    for piece in &block.pieces {
        match piece {
            Piece::Html(markup) => html.push_str(markup),
            Piece::Text(span) => escape(span.of(text), html),
        }
    }
    html.push('\n');
}

/// HTML without scripts, styles, forms, frames, event handlers and addresses other than `http`, `https`, `mailto`
/// and relative ones.
pub fn sanitize(html: &str) -> String {
    static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
        let mut cleaner = ammonia::Builder::default();
        cleaner
            .add_tags(["section", "input"])
            .add_generic_attributes(["id", "class", "role", "aria-label"])
            .add_tag_attributes("input", ["checked", "disabled"])
            .set_tag_attribute_value("input", "type", "checkbox")
            .set_tag_attribute_value("input", "disabled", "")
            .add_tag_attributes("img", ["loading"])
            .url_schemes(["http", "https", "mailto"].into_iter().collect())
            .link_rel(None);
        cleaner
    });
    CLEANER.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_html_is_escaped() {
        let mut html = String::new();
        escape("<b a=\"1\">é & 'x'</b>", &mut html);
        assert_eq!(html, "&lt;b a=&quot;1&quot;&gt;é &amp; 'x'&lt;/b&gt;");
    }

    #[test]
    fn scripts_and_handlers_are_removed() {
        let html =
            sanitize("<p onclick=\"x()\" id=\"a\">A<script>x()</script><a href=\"javascript:x()\">b</a></p>");
        assert_eq!(html, "<p id=\"a\">A<a>b</a></p>");
        assert!(!sanitize("<iframe src=\"https://example.org\"></iframe><form action=\"/x\"><input type=\"text\"></form>").contains("example"));
    }
}
