//! The record: which files at a place are ours, and what was last known of each. It is our mark of ownership there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::source::Hash;
use crate::write::{check_path, path_line};

/// Where the record stands, relative to the site.
pub const RECORD_PATH: &str = ".dateline/published";

const HEADER: &str = "dateline published 1: the files here that dateline made; it deletes no others";
const KIND: &str = "dateline published ";
const SITE: &str = "site ";
const RUN: &str = "run ";

/// Our files at a place, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Whose they are: the site's address, or its title where it has none. Empty where that was not written down.
    pub site: String,
    /// What was last known of each; `None` for one that was about to be uploaded for the first time.
    pub files: BTreeMap<String, Option<RecordEntry>>,
}

/// What was uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEntry {
    /// BLAKE3 of the bytes.
    pub hash: Hash,
    /// The tag that the place gave them, if it gave one; without spaces and line breaks.
    pub tag: Option<String>,
}

impl Record {
    /// As text: `site ADDRESS`, then a line a file, `HASH TAG PATH`, with `-` for what is not known.
    pub fn print(&self) -> String {
        self.print_of("")
    }

    /// The same, with a word of the run that writes it, where that is not empty: two runs never write the same bytes, so that
    /// each sees that the other was there.
    pub fn print_of(&self, run: &str) -> String {
        let mut text = String::with_capacity(HEADER.len() + self.files.len() * 128);
        text.push_str(HEADER);
        text.push('\n');
        if !self.site.is_empty() {
            writeln!(text, "{SITE}{}", path_line::escape(&self.site)).expect("a string takes everything");
        }
        if !run.is_empty() {
            writeln!(text, "{RUN}{run}").expect("a string takes everything");
        }
        for (path, entry) in &self.files {
            let path = path_line::escape(path);
            let (hash, tag) = match entry {
                None => ("-".to_owned(), None),
                Some(entry) => (blake3::Hash::from(entry.hash).to_hex().to_string(), entry.tag.as_deref()),
            };
            let tag = tag.filter(|tag| !tag.is_empty() && !tag.contains(char::is_whitespace));
            writeln!(text, "{hash} {} {path}", tag.unwrap_or("-")).expect("a string takes everything");
        }
        writeln!(text, "{} files", self.files.len()).expect("a string takes everything");
        text
    }

    /// Reads it back. The fault is told in words that go on after "the record".
    pub fn parse(bytes: &[u8]) -> Result<Record, &'static str> {
        let text = std::str::from_utf8(bytes).map_err(|_| "is not text")?;
        if !text.starts_with(KIND) {
            return Err("is not one of dateline's");
        }
        let body = text.strip_prefix(HEADER).ok_or("was made by a newer dateline")?;
        let body =
            body.strip_prefix('\n').and_then(|body| body.strip_suffix(" files\n")).ok_or("is cut short")?;
        let (lines, count) = body.rsplit_once('\n').unwrap_or(("", body));
        let (mut site, mut files) = (String::new(), BTreeMap::new());
        for (number, line) in lines.lines().enumerate() {
            if let (0, Some(named)) = (number, line.strip_prefix(SITE)) {
                site = path_line::unescape(named);
                continue;
            }
            if number < 2 && line.strip_prefix(RUN).is_some_and(|run| !run.contains(' ')) {
                continue;
            }
            let mut parts = line.splitn(3, ' ');
            let (Some(hash), Some(tag), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
                return Err("is damaged");
            };
            let path = path_line::unescape(path);
            // A record that was tampered with must not lead out of the place.
            check_path(&path).map_err(|_| "names a file outside the site")?;
            let hash = match hash {
                "-" => None,
                digits => Some(*blake3::Hash::from_hex(digits).map_err(|_| "is damaged")?.as_bytes()),
            };
            let tag = Some(tag.to_owned()).filter(|tag| tag != "-");
            files.insert(path, hash.map(|hash| RecordEntry { hash, tag }));
        }
        if count.parse() == Ok(files.len()) { Ok(Record { site, files }) } else { Err("is cut short") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Record {
        let entry =
            |byte, tag: Option<&str>| Some(RecordEntry { hash: [byte; 32], tag: tag.map(str::to_owned) });
        let files = [
            ("a b/c.html", entry(1, None)),
            ("a\\n", entry(2, Some("\"0a1b\""))),
            ("line\nbreak", None),
            ("één", entry(255, Some("x"))),
        ];
        let site = "https://example.org/a b/".to_owned();
        Record { site, files: files.map(|(path, entry)| (path.to_owned(), entry)).into() }
    }

    #[test]
    fn reads_back_what_it_wrote() {
        let of_nobody = Record { site: String::new(), ..sample() };
        for record in [sample(), of_nobody, Record::default()] {
            assert_eq!(Record::parse(record.print_of("0a1b").as_bytes()).as_ref(), Ok(&record));
            assert_ne!(record.print_of("1"), record.print_of("2"));
            assert_eq!(Record::parse(record.print().as_bytes()), Ok(record));
        }
    }

    #[test]
    fn a_damaged_one_is_an_error_and_not_an_empty_one() {
        let whole = sample().print();
        for cut in [HEADER.len() + 1, HEADER.len() + 40, whole.len() - 1, whole.len() - 9] {
            assert!(Record::parse(&whole.as_bytes()[..cut]).is_err(), "{cut}");
        }
        assert_eq!(Record::parse(b"dateline published 2\n"), Err("was made by a newer dateline"));
        assert_eq!(Record::parse(b"<html>"), Err("is not one of dateline's"));
    }

    #[test]
    fn no_record_leads_out_of_the_place() {
        for path in ["../up", "/etc/passwd", "a/../../b", ".dateline/published"] {
            let text = format!("{HEADER}\n- - {path}\n1 files\n");
            assert_eq!(Record::parse(text.as_bytes()), Err("names a file outside the site"), "{path}");
        }
    }
}
