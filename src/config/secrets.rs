//! Credentials in a file where none may stand: known by their key, and shown in no message.

use crate::diagnostic::Diagnostic;

/// What the name of a key has that holds a credential.
const SIGNS: [&str; 16] = [
    "accountkey",
    "accesskey",
    "connection_string",
    "connectionstring",
    "api_key",
    "apikey",
    "private_key",
    "secret",
    "token",
    "password",
    "passwd",
    "access_key",
    "account_key",
    "sas_key",
    "credential",
    "service_account",
];

/// Whether a key of this name holds a credential.
pub(super) fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase().replace('-', "_");
    key == "sas"
        || key == "auth"
        || key.ends_with("_auth")
        || key.contains("authorization")
        || key == "key"
        || SIGNS.iter().any(|sign| key.contains(sign))
}

/// Puts asterisks in the place of credentials in the lines that are shown, whatever the fault is about: as many as there
/// were bytes, so that what is underlined stays so.
pub(super) fn mask(diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics {
        if let Some(place) = diagnostic.place.as_mut() {
            place.text = masked(&place.text);
        }
        // "Write `token = "…"`" repeats what stands there.
        diagnostic.help = diagnostic.help.take().map(|help| masked(&help));
    }
}

fn masked(line: &str) -> String {
    let mut hidden = vec![false; line.len()];
    // `secret = "…"`: from the sign of equality, or what was written for one, to the end of the string, or of the line.
    for (at, _) in line.match_indices(['=', ':']) {
        let before = line[..at].trim_end();
        let start = before.rfind(|c: char| !(c.is_ascii_alphanumeric() || "_-\"'".contains(c)));
        let key = before[start.map_or(0, |start| start + 1)..].trim_matches(['"', '\'']);
        if !is_secret(key) {
            continue;
        }
        let value = at + 1 + (line[at + 1..].len() - line[at + 1..].trim_start().len());
        let end = match line[value..].chars().next() {
            Some(quote @ ('"' | '\'')) => {
                line[value + 1..].find(quote).map_or(line.len(), |end| value + 1 + end)
            }
            _ => line[value..].find([',', '}']).map_or(line.len(), |end| value + end),
        };
        hidden[value..end].fill(true);
    }
    // `secret "…"`, with no sign at all.
    let bare = line.trim_start();
    let key = bare.split(|c: char| c.is_whitespace() || "=:".contains(c)).next().unwrap_or_default();
    if is_secret(key.trim_matches(['"', '\''])) && bare[key.len()..].trim_start().starts_with(['"', '\'']) {
        hidden[line.len() - bare.len() + key.len()..].fill(true);
    }
    // `https://host/?sig=…`
    for (at, _) in line.match_indices('?') {
        let end = line[at..].find(['"', '\'', ' ']).unwrap_or(line.len() - at);
        if line[at..at + end].contains('=') && line[..at].contains("://") {
            hidden[at + 1..at + end].fill(true);
        }
    }
    // `https://user:password@host/`
    for (at, _) in line.match_indices("://") {
        let rest = &line[at + 3..];
        let host = rest.find(['/', '"', '\'', ' ']).unwrap_or(rest.len());
        if let Some(end) = rest[..host].rfind('@') {
            hidden[at + 3..at + 3 + end].fill(true);
        }
    }
    let mut shown = String::with_capacity(line.len());
    for (at, letter) in line.char_indices() {
        match (hidden[at], letter) {
            (true, '"' | '\'') | (false, _) => shown.push(letter),
            (true, _) => shown.extend(std::iter::repeat_n('*', letter.len_utf8())),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_known_by_their_key() {
        for key in
            ["aws_secret_access_key", "access-key-id", "Token", "sas", "account_key", "service_account_path"]
        {
            assert!(is_secret(key), "{key}");
        }
        for key in ["author", "bucket", "region", "account", "keys", "endpoint", "remote", "path"] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn no_line_shows_one() {
        for (line, shown) in [
            (r#"secret_access_key = "abc/DEF" # x"#, r#"secret_access_key = "*******" # x"#),
            (
                r#"s3 = { bucket = "b", token='t1', bukcet = 1 }"#,
                r#"s3 = { bucket = "b", token='**', bukcet = 1 }"#,
            ),
            (r#"secret = "never ended"#, r#"secret = "***********"#),
            (r#"remote = "https://ann:pw@host/x.git""#, r#"remote = "https://******@host/x.git""#),
            (r#"bucket = "dossier""#, r#"bucket = "dossier""#),
            (r#"secret_access_key: "S6""#, r#"secret_access_key: "**""#),
            (r#"secret_access_key "S7""#, r#"secret_access_key*"**""#),
            (r#"endpoint = "https://h/?sv=1&sig=S5""#, r#"endpoint = "https://h/?***********""#),
            (r#"base_url = "https://example.org/""#, r#"base_url = "https://example.org/""#),
        ] {
            assert_eq!(masked(line), shown);
            assert_eq!(masked(line).len(), line.len());
        }
    }
}
