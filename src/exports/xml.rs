//! Words that may stand in XML: a feed with one wrong character in it is no feed.

/// `words` without the characters that XML 1.0 forbids (production 2, `Char`), which no escape can bring in: control
/// characters but tab and line ends, and the non-characters U+FFFE and U+FFFF.
pub(super) fn text(words: &str) -> String {
    words.chars().filter(|character| allowed(*character)).collect()
}

fn allowed(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_left_out() {
        assert_eq!(text("a\u{0}\u{1b}b\tc\n\u{fffe}d\u{10ffff}é"), "ab\tc\nd\u{10ffff}é");
    }
}
