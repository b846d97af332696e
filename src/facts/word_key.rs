//! Words folded for the look-up in the lexicon: lower case, without full stops, with straight apostrophes.

/// The longest word that is looked up, in bytes.
pub(super) const LONGEST_WORD: usize = 48;

/// Bytes that are folded at once.
const CHUNK: usize = 8;

/// A folded word: eight bytes a number, the first byte lowest, zeros behind the last.
pub(super) struct Key {
    pub(super) chunks: [u64; LONGEST_WORD / CHUNK],
    /// In bytes.
    pub(super) length: usize,
}

/// `byte` eight times.
const fn repeated(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; CHUNK])
}

impl Key {
    /// None where the word is longer than any that is known.
    #[inline]
    pub(super) fn new(word: &str) -> Option<Key> {
        let bytes = word.as_bytes();
        if bytes.len() > LONGEST_WORD {
            return Key::fold(word);
        }
        let mut key = Key { chunks: [0; LONGEST_WORD / CHUNK], length: bytes.len() };
        let mut odd = 0;
        for (chunk, bytes) in key.chunks.iter_mut().zip(bytes.chunks(CHUNK)) {
            let raw = number(bytes);
            odd |= raw & repeated(0x80) | stops(raw);
            *chunk = lower(raw);
        }
        if odd == 0 { Some(key) } else { Key::fold(word) }
    }

    /// Any word, character by character.
    #[cold]
    fn fold(word: &str) -> Option<Key> {
        let mut key = Key { chunks: [0; LONGEST_WORD / CHUNK], length: 0 };
        if word.is_ascii() {
            for byte in word.bytes().filter(|byte| *byte != b'.' || word.len() == 1) {
                key.push(byte.to_ascii_lowercase())?;
            }
        } else {
            for letter in word.chars().filter(|letter| *letter != '.').flat_map(char::to_lowercase) {
                let letter = if letter == '’' { '\'' } else { letter };
                for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                    key.push(byte)?;
                }
            }
        }
        Some(key)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.chunks.get_mut(self.length / CHUNK)? |= u64::from(byte) << (self.length % CHUNK * 8);
        self.length += 1;
        Some(())
    }

    /// The chunks that hold bytes.
    pub(super) fn used(&self) -> &[u64] {
        &self.chunks[..self.length.div_ceil(CHUNK)]
    }

    /// The chunks that hold bytes behind the sixteenth.
    pub(super) fn behind(&self) -> &[u64] {
        self.used().get(2..).unwrap_or_default()
    }

    /// A step for each eight bytes, and one more at the end, so that the low bits depend on all letters.
    #[inline]
    pub(super) fn hash(&self) -> u32 {
        let hash = self.used().iter().fold(self.length as u64, |hash, chunk| mix(hash, *chunk));
        (mix(hash, hash >> 32) >> 32) as u32
    }
}

/// A folded word of two to sixteen ASCII characters, none of them a full stop: nearly all are.
pub(super) struct Short {
    /// As the first two of [`Key::chunks`].
    pub(super) chunks: [u64; 2],
    /// In bytes.
    pub(super) length: usize,
}

impl Short {
    /// The word that `text` starts with, `length` bytes of it. None for other words: [`Key::new`] takes them.
    #[inline]
    pub(super) fn new(text: &[u8], length: usize) -> Option<Short> {
        if !(2..=2 * CHUNK).contains(&length) {
            return None;
        }
        let first = leading(text, length);
        let mut odd = first & repeated(0x80) | stops(first);
        let mut second = 0;
        if length > CHUNK {
            second = leading(&text[CHUNK..], length - CHUNK);
            odd |= second & repeated(0x80) | stops(second);
            second = lower(second);
        }
        (odd == 0).then(|| Short { chunks: [lower(first), second], length })
    }

    /// As [`Key::hash`].
    #[inline]
    pub(super) fn hash(&self) -> u32 {
        let [first, second] = self.chunks;
        let hash = mix(self.length as u64, first);
        let hash = if self.length > CHUNK { mix(hash, second) } else { hash };
        (mix(hash, hash >> 32) >> 32) as u32
    }
}

/// One step of the hash, as in rustc's own tables: a rotation, an exclusive or and a multiplication.
#[inline]
fn mix(hash: u64, chunk: u64) -> u64 {
    (hash.rotate_left(5) ^ chunk).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// The first eight of `length` bytes, or all of them, as a number like those of [`number`]. `text` may go on behind them.
#[inline]
fn leading(text: &[u8], length: usize) -> u64 {
    match text.first_chunk() {
        Some(_) if length == 0 => 0,
        Some(eight) => u64::from_le_bytes(*eight) & (u64::MAX >> (64 - length.min(CHUNK) * 8)),
        None => number(&text[..length]),
    }
}

/// One to eight bytes as a number, the first byte lowest.
#[inline]
fn number(bytes: &[u8]) -> u64 {
    if let Some(whole) = bytes.first_chunk() {
        return u64::from_le_bytes(*whole);
    }
    if let (Some(head), Some(tail)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (head, tail) = (u32::from_le_bytes(*head), u32::from_le_bytes(*tail));
        // The two overlap, and agree where they do.
        return u64::from(head) | u64::from(tail) << ((bytes.len() - 4) * 8);
    }
    match *bytes {
        [] => 0,
        [only] => u64::from(only),
        [first, second] => u64::from(u16::from_le_bytes([first, second])),
        // Three: the middle one, too.
        [first, second, ..] => {
            u64::from(u16::from_le_bytes([first, second])) | u64::from(bytes[bytes.len() - 1]) << 16
        }
    }
}

/// Not zero where one of eight ASCII characters is a full stop.
fn stops(chunk: u64) -> u64 {
    let others = chunk ^ repeated(b'.');
    others.wrapping_sub(repeated(1)) & !others & repeated(0x80)
}

/// How many of eight bytes, from the first on, are ASCII letters or digits.
#[inline]
pub(super) fn letters(bytes: &[u8; CHUNK]) -> usize {
    let raw = u64::from_le_bytes(*bytes);
    // A byte is in a range where adding to it makes its highest bit differ at the two ends.
    let low = raw & repeated(0x7f);
    let within = |bytes: u64, first: u8, last: u8| {
        bytes.wrapping_add(repeated(0x80 - first)) ^ bytes.wrapping_add(repeated(0x7f - last))
    };
    let found = within(low | repeated(0x20), b'a', b'z') | within(low, b'0', b'9');
    let others = !(found & !raw) & repeated(0x80);
    others.trailing_zeros() as usize / CHUNK
}

/// Whether all of some bytes are ASCII and none of them is a capital letter.
#[inline]
pub(super) fn is_lower(bytes: &[u8]) -> bool {
    bytes.chunks(CHUNK).all(|bytes| {
        let raw = number(bytes);
        raw & repeated(0x80) == 0 && lower(raw) == raw
    })
}

/// Eight ASCII characters in lower case.
#[inline]
fn lower(chunk: u64) -> u64 {
    let from_a = chunk.wrapping_add(repeated(0x80 - b'A'));
    let behind_z = chunk.wrapping_add(repeated(0x7f - b'Z'));
    chunk | (from_a ^ behind_z) >> 2 & repeated(0x20)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Option<String> {
        let key = Key::new(word)?;
        let bytes = key.chunks.iter().flat_map(|chunk| chunk.to_le_bytes()).take(key.length);
        Some(String::from_utf8(bytes.collect()).unwrap())
    }

    #[test]
    fn letters_are_counted() {
        for byte in 0..=u8::MAX {
            let mut bytes = *b"aZ09aZ09";
            bytes[3] = byte;
            bytes[5] = b' ';
            assert_eq!(super::letters(&bytes), if byte.is_ascii_alphanumeric() { 5 } else { 3 }, "{byte:#x}");
        }
        assert_eq!(super::letters(b"abcdefgh"), 8);
    }

    #[test]
    fn words_are_folded() {
        for (word, folded) in [
            ("a", "a"),
            (".", "."),
            ("Zeit", "zeit"),
            ("WORDS", "words"),
            ("Authorities", "authorities"),
            ("@[`{AZaz09", "@[`{azaz09"),
            ("U.S.", "us"),
            ("Ελλάδα", "ελλάδα"),
            ("Isn’t", "isn't"),
            ("", ""),
        ] {
            assert_eq!(letters(word).as_deref(), Some(folded), "{word}");
        }
    }

    #[test]
    fn a_word_has_one_key_however_it_is_written() {
        let [one, other] = ["Nonproliferation", "N.O.N.Proliferation"].map(|word| Key::new(word).unwrap());
        assert_eq!((one.chunks, one.length, one.hash()), (other.chunks, other.length, other.hash()));
    }

    #[test]
    fn a_short_word_has_the_key_that_it_has_among_long_ones() {
        for word in ["it", "Zeit", "Berliner", "Reporters", "Nonproliferation"] {
            let key = Key::new(word).unwrap();
            for behind in ["", ".", " and so on for a while"] {
                let short = Short::new(format!("{word}{behind}").as_bytes(), word.len()).unwrap();
                assert_eq!((short.hash(), short.length), (key.hash(), key.length), "{word}");
                assert_eq!(short.chunks, key.chunks[..2], "{word}");
            }
        }
        for word in ["", "a", "U.S.", "Ærø", "Non-proliferation"] {
            assert!(Short::new(word.as_bytes(), word.len()).is_none(), "{word}");
        }
    }

    #[test]
    fn longer_words_are_no_words() {
        assert_eq!(letters(&"x".repeat(LONGEST_WORD)).map(|word| word.len()), Some(LONGEST_WORD));
        assert_eq!(letters(&"x".repeat(LONGEST_WORD + 1)), None);
        assert_eq!(letters(&"x.".repeat(LONGEST_WORD)).map(|word| word.len()), Some(LONGEST_WORD));
    }
}
