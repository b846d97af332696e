//! A file's bytes to text, in any encoding that a browser would read.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::Format;

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a leading byte order mark; line ends as they stand.
    pub text: String,
    /// The encoding's name in the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// The first byte of `text` that stands for bytes which could not be read (U+FFFD), if any.
    pub unreadable: Option<usize>,
}

/// How far into a page `<meta charset>` is looked for, in bytes: four times what the HTML Standard asks for.
const META_REACH: usize = 4096;

/// Reads `bytes` as: what a byte order mark says, else UTF-8 if they are valid as such, else UTF-16 if every second
/// byte is nought, else what `<meta charset>` of a saved page says, else the best guess for news texts.
pub fn decode(bytes: Vec<u8>, format: Option<Format>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return convert(&bytes[mark..], encoding);
    }
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        return convert(&bytes, encoding);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\u{1b}') => {
            return Decoded { text, encoding: UTF_8.name(), unreadable: None };
        }
        Ok(text) => match guess(text.as_bytes()) {
            // The one encoding of the web that hides in ASCII, behind escape sequences.
            encoding if encoding == ISO_2022_JP => return convert(text.as_bytes(), encoding),
            _ => return Decoded { text, encoding: UTF_8.name(), unreadable: None },
        },
        Err(error) => error.into_bytes(),
    };
    let declared = (format == Some(Format::SavedPage)).then(|| declared_in_page(&bytes)).flatten();
    let encoding = match declared {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ if mostly_utf_8(&bytes) => UTF_8,
        _ => guess(&bytes),
    };
    convert(&bytes, encoding)
}

fn convert(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let unreadable = if malformed { text.find('\u{fffd}') } else { None };
    Decoded { text, encoding: encoding.name(), unreadable }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(Some(b"us"), chardetng::Utf8Detection::Allow)
}

/// Latin text in UTF-16 has noughts in every second byte and hardly any in the others.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(8192) & !1];
    if sample.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let pairs = sample.len() / 2;
    let noughts = |offset: usize| sample[offset..].iter().step_by(2).filter(|byte| **byte == 0).count();
    let (high, low) = (noughts(0), noughts(1));
    if low * 2 > pairs && high * 20 < pairs {
        Some(UTF_16LE)
    } else if high * 2 > pairs && low * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// `<meta charset="…">` or `<meta http-equiv … content="…; charset=…">`, as the HTML Standard's prescan reads it.
fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(META_REACH)]).to_ascii_lowercase();
    let (_, after) = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = &head[at..head[at..].find('>').map_or(head.len(), |end| at + end)];
        tag.split_once("charset")
    })?;
    let label = after
        .trim_start()
        .strip_prefix('=')?
        .trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
    let end = label.find(|c: char| c.is_whitespace() || "\"';/>".contains(c)).unwrap_or(label.len());
    let encoding = Encoding::for_label(&label.as_bytes()[..end])?;
    // A page that can say so in ASCII is not UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// A UTF-8 text with a few broken bytes: read as Windows-1252, all its quotation marks would turn to rubbish.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: &str = "“Nobody knew,” says Zoë — in Kraków\r\n";

    fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_mark() {
        assert_eq!(decode(WORDS.into(), None).text, WORDS);
        assert_eq!(decode(format!("\u{feff}{WORDS}").into(), None).text, WORDS);
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decode(utf_16(WORDS, to_bytes), None).text, WORDS);
            assert_eq!(decode(utf_16(&format!("\u{feff}{WORDS}"), to_bytes), None).text, WORDS);
        }
    }

    #[test]
    fn windows_1252_is_guessed() {
        let words = "“Nobody knew,” says Zoë, the café’s owner – she had seen “nothing”.";
        let bytes = encoding_rs::WINDOWS_1252.encode(words).0.into_owned();
        let decoded = decode(bytes, None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), (words, "windows-1252"));
    }

    #[test]
    fn a_saved_page_says_its_encoding() {
        let page = "<html><head><META http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\"></head>Беслан</html>";
        let bytes = encoding_rs::KOI8_R.encode(page).0.into_owned();
        assert_eq!(decode(bytes, Some(Format::SavedPage)).text, page);
    }

    #[test]
    fn one_broken_byte_does_not_spoil_the_rest() {
        let mut bytes = WORDS.as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(bytes, None);
        assert_eq!(decoded.text, format!("{WORDS}\u{fffd}"));
        assert_eq!(decoded.unreadable, Some(WORDS.len()));
    }

    proptest! {
        #[test]
        fn any_bytes_give_some_text(bytes in prop::collection::vec(any::<u8>(), 0..300), page in any::<bool>()) {
            let decoded = decode(bytes, page.then_some(Format::SavedPage));
            prop_assert!(decoded.unreadable.is_none_or(|at| decoded.text.is_char_boundary(at)));
        }
    }
}
