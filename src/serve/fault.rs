//! What is wrong, as HTML: over the last good page, or as a page of its own.

use crate::diagnostic::{Diagnostic, Severity};

use super::snapshot::Marks;

/// The stylesheet of a fault, also of the one over a page.
pub(super) const STYLE: &str = include_str!("fault.css");

/// The script in each page that is served: it waits for events.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// What changes a page in place: Idiomorph, see `NOTICE`.
pub(super) const MORPH: &str = include_str!("vendor/idiomorph.min.js");

/// Where [`MORPH`] is served.
pub(super) const MORPH_PATH: &str = "_dateline/idiomorph.js";

/// Where [`STYLE`] is served.
pub(super) const STYLE_PATH: &str = "_dateline/fault.css";

/// Where [`SCRIPT`] is served.
pub(super) const SCRIPT_PATH: &str = "_dateline/reload.js";

/// Where events are served.
pub(super) const EVENTS_PATH: &str = "_dateline/events";

/// The diagnostics as a list. Every word of them is escaped: they quote the author's files.
pub fn fault_html(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    let title = match errors {
        0 => "the site could not be built".to_owned(),
        1 => "the site has an error".to_owned(),
        errors => format!("the site has {errors} errors"),
    };
    let mut html = format!("<h1>{title}</h1>\n<ol>\n");
    for diagnostic in diagnostics {
        add_diagnostic(&mut html, diagnostic);
    }
    html.push_str("</ol>\n<p class=\"foot\">the last good site, if there is one, is still served; this goes by itself when it is mended</p>\n");
    html
}

fn add_diagnostic(html: &mut String, diagnostic: &Diagnostic) {
    let (class, word) = match diagnostic.severity {
        Severity::Error => ("error", "error"),
        Severity::Warning => ("warning", "warning"),
        Severity::Note => ("note", "note"),
    };
    html.push_str(&format!(
        "<li class=\"{class}\"><h2><b>{word}</b>: {}</h2>\n",
        escape(&diagnostic.message)
    ));
    let place = diagnostic.place.as_ref().map(|place| format!(":{}:{}", place.line, place.column));
    let place = place.unwrap_or_default();
    html.push_str(&format!("<p class=\"place\">{}{place}</p>\n", escape(&diagnostic.file)));
    if let Some(report) = &diagnostic.report {
        html.push_str(&format!("<pre>{}</pre>\n", escape(report)));
    } else if let Some(place) = &diagnostic.place {
        let range = place.underline.range();
        let parts =
            (place.text.get(..range.start), place.text.get(range.clone()), place.text.get(range.end..));
        let line = match parts {
            (Some(before), Some(meant), Some(after)) => {
                format!("{}<mark>{}</mark>{}", escape(before), escape(meant), escape(after))
            }
            _ => escape(&place.text),
        };
        html.push_str(&format!("<pre><i>{}</i> {line}</pre>\n", place.line));
    }
    if let Some(help) = &diagnostic.help {
        html.push_str(&format!("<p class=\"help\"><b>help</b>: {}</p>\n", escape(help)));
    }
    html.push_str("</li>\n");
}

/// A whole page around `body`, for when there is no site to show it over.
pub(super) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{}</title>\n<link rel=\"stylesheet\" href=\"/{STYLE_PATH}\">\n\
         </head>\n<body>\n<main class=\"fault\">\n{body}</main>\n</body>\n</html>\n",
        escape(title)
    )
}

/// The page with the script in it, before `</body>`, or at the end where there is none.
pub(super) fn with_script(page: &[u8], marks: &Marks) -> Vec<u8> {
    let marks = escape(&serde_json::to_string(marks).expect("strings are always JSON"));
    let script = format!("<script src=\"/{SCRIPT_PATH}\" data-marks=\"{marks}\" defer></script>");
    let end = b"</body>";
    let at =
        page.windows(end.len()).rposition(|window| window.eq_ignore_ascii_case(end)).unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn everything_of_a_diagnostic_is_shown_and_nothing_of_it_is_run() {
        let text = "title = <script>alert(1)</script>\n";
        let diagnostic = Diagnostic::error("content/<b>.md", "no `<script>` here")
            .at(text, Span::new(8, 16))
            .help("write \"words\"");
        let report = Diagnostic::warning("templates/a.html", "odd").report("1 | <img onerror=x>");
        let html = fault_html(&[diagnostic, report]);
        for part in [
            "the site has an error",
            "content/&lt;b&gt;.md:1:9",
            "no `&lt;script&gt;` here",
            "title = <mark>&lt;script&gt;</mark>alert(1)",
            "write &quot;words&quot;",
            "<b>warning</b>: odd",
            "&lt;img onerror=x&gt;",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("<script") && !html.contains("<img"));
    }

    #[test]
    fn the_script_goes_before_the_last_end_of_the_body() {
        let marks = Marks { page: "7".to_owned(), ..Marks::default() };
        let page = with_script(b"<body><pre>&lt;/body></pre></BODY></html>", &marks);
        let page = String::from_utf8(page).unwrap();
        let script = "<script src=\"/_dateline/reload.js\" data-marks=\"{&quot;page&quot;:&quot;7&quot;,\
                      &quot;files&quot;:&quot;&quot;,&quot;styles&quot;:{}}\" defer></script>";
        assert_eq!(page, format!("<body><pre>&lt;/body></pre>{script}</BODY></html>"));
        assert!(with_script(b"<p>no end", &marks).starts_with(b"<p>no end<script"));
    }
}
