//! Rust source as text: comments, strings and tests blanked out, every byte in its place.

/// The same number of bytes, with spaces for everything in comments and between quotation marks.
pub(crate) fn blank_comments_and_strings(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = bytes.to_vec();
    let blank = |code: &mut Vec<u8>, from: usize, to: usize| {
        let to = to.min(code.len());
        code[from.min(to)..to].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    };
    let after = |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at);
    let mut at = 0;
    while at < bytes.len() {
        let next = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                let end = after(at, "\n");
                blank(&mut code, at, end);
                end
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let mut depth = 0;
                let mut end = at;
                while end < bytes.len() {
                    match (bytes[end], bytes.get(end + 1)) {
                        (b'/', Some(b'*')) => (depth, end) = (depth + 1, end + 2),
                        (b'*', Some(b'/')) => (depth, end) = (depth - 1, end + 2),
                        _ => end += 1,
                    }
                    if depth == 0 {
                        break;
                    }
                }
                blank(&mut code, at, end);
                end
            }
            b'r' if at == 0
                || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
                || bytes[at - 1] == b'b' =>
            {
                let hashes = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
                let open = at + 1 + hashes;
                if bytes.get(open) == Some(&b'"') {
                    let end = after(open + 1, &format!("\"{}", "#".repeat(hashes)));
                    blank(&mut code, open + 1, end);
                    end + 1 + hashes
                } else {
                    at + 1
                }
            }
            b'"' => {
                let mut end = at + 1;
                while end < bytes.len() && bytes[end] != b'"' {
                    end += if bytes[end] == b'\\' { 2 } else { 1 };
                }
                blank(&mut code, at + 1, end);
                end + 1
            }
            // A character, unless it is a lifetime: those are not closed after one character.
            b'\'' => {
                let mut rest = text[at + 1..].chars();
                let end = match rest.next() {
                    Some('\\') => Some(after(at + 3, "'")),
                    Some(character) if rest.next() == Some('\'') => Some(at + 1 + character.len_utf8()),
                    _ => None,
                };
                end.map_or(at + 1, |end| {
                    blank(&mut code, at + 1, end);
                    end + 1
                })
            }
            _ => at + 1,
        };
        at = next;
    }
    String::from_utf8(code).expect("whole characters were blanked")
}

/// Blanks each item under `#[cfg(test)]`; all of a file that begins with `#![cfg(test)]`.
pub(crate) fn blank_tests(code: &str) -> String {
    if code.contains("#![cfg(test)]") {
        return all_blank(code);
    }
    let mut shipped = code.as_bytes().to_vec();
    for (at, attribute) in code.match_indices("#[cfg(test)]") {
        let body =
            code[at + attribute.len()..].find(['{', ';']).map_or(code.len(), |to| at + attribute.len() + to);
        let end = if code[body..].starts_with('{') { matching(code, body, '{', '}') } else { body };
        let end = (end + 1).min(shipped.len());
        shipped[at..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    String::from_utf8(shipped).expect("whole characters were blanked")
}

/// Where the bracket that opens at `open` closes; the end of the text if it never does.
pub(crate) fn matching(code: &str, open: usize, opening: char, closing: char) -> usize {
    let mut depth = 0;
    for (at, character) in code[open..].char_indices() {
        if character == opening {
            depth += 1;
        } else if character == closing {
            depth -= 1;
            if depth == 0 {
                return open + at;
            }
        }
    }
    code.len()
}

/// As many bytes, and the lines where they were.
pub(crate) fn all_blank(code: &str) -> String {
    code.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}
