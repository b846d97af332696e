//! Paths as they stand in a file of lines, one a line: with `\\` for a backslash, `\n` and `\r` for line breaks.

/// `path` without line breaks.
pub(crate) fn escape(path: &str) -> String {
    path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

/// What [`escape`] was given.
pub(crate) fn unescape(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            other => plain.extend(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_any_letters_is_one_line_and_comes_back() {
        for path in ["plain.html", "line\nbreak\r", "back\\slash\\n", "\\\r\n", "één", ""] {
            let line = escape(path);
            assert!(!line.contains(['\n', '\r']), "{line:?}");
            assert_eq!(unescape(&line), path);
        }
    }
}
