//! `search/entries-1.json` and on: what the search page looks through when it has nothing more: titles, names, places,
//! outlets and the words of quotations.

use serde::Serialize;

use super::json;
use crate::data::SearchRecord;

/// About how many bytes a file may have, so that the first is loaded at once: a third of it when compressed.
const ONE_FILE: usize = 200_000;

#[derive(Serialize)]
struct File<'a> {
    /// How many files there are.
    files: usize,
    /// Kind, title, path from the site's root, what stands below the title, and the title's language, where that is
    /// another than the site's.
    entries: &'a [Vec<&'a str>],
}

/// The files, by path; at least one.
pub(super) fn files(records: &[SearchRecord<'_>]) -> Vec<(String, Vec<u8>)> {
    let entries = records.iter().map(|it| {
        let shown: [&str; 4] = [it.kind.key(), it.title, &it.path, &it.detail];
        shown.into_iter().chain(it.language).collect()
    });
    let entries: Vec<Vec<&str>> = entries.collect();
    let mut ends = Vec::new();
    let mut bytes = 0;
    for (at, entry) in entries.iter().enumerate() {
        bytes += entry.iter().map(|text| text.len() + 4).sum::<usize>();
        if bytes > ONE_FILE {
            ends.push(at);
            bytes = 0;
        }
    }
    ends.push(entries.len());
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let file = |(number, (start, end)): (usize, (usize, &usize))| {
        let bytes = json::line(&File { files: ends.len(), entries: &entries[start..*end] });
        (format!("search/entries-{number}.json"), bytes)
    };
    (1..).zip(starts.zip(&ends)).map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::SearchKind;

    #[test]
    fn every_record_stands_in_one_file_and_no_file_is_long() {
        let title = "x".repeat(1000);
        let record = |at: usize| SearchRecord {
            kind: SearchKind::Article,
            title: &title,
            path: format!("articles/{at}/"),
            detail: String::new(),
            language: None,
            text: "",
        };
        let records: Vec<_> = (0..500).map(record).collect();
        let files = files(&records);
        assert_eq!(files.len(), 3);
        let mut found = 0;
        for (path, bytes) in &files {
            assert!(bytes.len() < ONE_FILE + 2000, "{path} has {} bytes", bytes.len());
            let file: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            assert_eq!(file["files"], 3);
            found += file["entries"].as_array().unwrap().len();
        }
        assert_eq!(found, 500);
        assert_eq!(super::files(&[])[0].0, "search/entries-1.json");
    }
}
