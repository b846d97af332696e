//! Links, pictures, code and references to footnotes.

use std::ops::Range;

use super::super::target::{Target, target};
use super::Writer;
use crate::document::markup::escape;
use crate::document::{BlockKind, code, one_line};

impl Writer<'_> {
    pub(super) fn link(&mut self, address: &str, title: &str, range: Range<usize>) {
        let address = match target(address, self.file.path) {
            Target::Site(address) | Target::Elsewhere(address) => address,
            Target::Refused(address) => {
                let message = format!(
                    "the link to `{}` is left out: only web and mail addresses are linked",
                    one_line(&address)
                );
                self.warn(message, range);
                self.refused.push(true);
                return;
            }
        };
        self.refused.push(false);
        let mut html = String::from("<a href=\"");
        escape(&address, &mut html);
        html.push('"');
        if !title.is_empty() {
            html.push_str(" title=\"");
            escape(&one_line(title), &mut html);
            html.push('"');
        }
        html.push('>');
        self.markup(&html);
    }

    pub(super) fn image(&mut self, alt: &str, address: &str, title: &str, range: Range<usize>) {
        let alt = one_line(alt);
        if alt.is_empty() {
            self.warn("the picture has no description".to_owned(), range.clone());
        }
        let mut html = String::new();
        match target(address, self.file.path) {
            Target::Site(address) => {
                html.push_str("<img src=\"");
                escape(&address, &mut html);
                html.push_str("\" alt=\"");
                escape(&alt, &mut html);
                html.push_str("\" loading=\"lazy\"");
                if !title.is_empty() {
                    html.push_str(" title=\"");
                    escape(title, &mut html);
                    html.push('"');
                }
                html.push('>');
            }
            Target::Elsewhere(address) => {
                self.warn(format!("the picture at `{address}` is linked to, not shown: pages ask no other host for anything"), range);
                html.push_str("<a href=\"");
                escape(&address, &mut html);
                html.push_str("\">");
                escape(if alt.is_empty() { &address } else { &alt }, &mut html);
                html.push_str("</a>");
            }
            Target::Refused(address) => {
                let scheme = one_line(address.split(':').next().unwrap_or_default());
                self.warn(format!("the picture with an address in `{scheme}:` is left out"), range);
                escape(&alt, &mut html);
            }
        }
        self.markup(&html);
    }

    pub(super) fn end_code(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        let coloured = if self.highlight { code::highlight(&language, &code) } else { None };
        self.written.has_code |= coloured.is_some();
        let mut html = String::from("<pre><code");
        if !language.is_empty() {
            html.push_str(" class=\"language-");
            escape(&language, &mut html);
            html.push('"');
        }
        html.push('>');
        match coloured {
            Some(coloured) => html.push_str(&coloured),
            None => escape(&code, &mut html),
        }
        html.push_str("</code></pre>");
        self.markup(&html);
    }

    pub(super) fn number(&mut self, label: &str) -> usize {
        let next = self.footnotes.len() + 1;
        self.footnotes.entry(label.to_owned()).or_insert((next, false)).0
    }

    pub(super) fn reference(&mut self, label: &str) {
        let number = self.number(label);
        let referred =
            self.footnotes.get_mut(label).is_some_and(|(_, referred)| std::mem::replace(referred, true));
        let id = if referred { String::new() } else { format!(" id=\"fnref-{number}\"") };
        self.open(BlockKind::Other);
        self.markup(&format!(
            "<sup class=\"footnote-reference\"{id}><a href=\"#fn-{number}\">{number}</a></sup>"
        ));
    }
}
