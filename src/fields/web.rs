//! Web addresses among the values.

use super::Fields;

impl Fields<'_> {
    /// An `http` or `https` address with a host; characters that no address may hold are percent-encoded.
    pub fn web_address(&mut self, key: &'static str) -> Option<String> {
        let (url, span) = self.text(key)?;
        let rest = ["https://", "http://"].iter().find_map(|scheme| {
            let start = url.get(..scheme.len())?;
            start.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
        });
        let host = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '['));
        if host && !url.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Some(encoded(&url));
        }
        let help = match (host, rest) {
            (true, _) => {
                "it has a space or a line break in it: write `%20`, or the address as the browser shows it"
            }
            (false, Some(_)) => "a host stands behind `https://`: `https://example.org/`",
            (false, None) => "it must begin with `https://` or `http://`",
        };
        self.fault(span, format!("`{url}` is no web address"), help);
        None
    }
}

/// The address as the URL standard writes it where a page only has to link to it.
fn encoded(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for character in url.chars() {
        match character {
            '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                address.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => address.push(other),
        }
    }
    address
}
