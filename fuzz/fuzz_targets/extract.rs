//! Any bytes as an article in each format: nothing panics, and every fact stands in the text.

#![no_main]

#[path = "../../tests/extraction/holds.rs"]
mod holds;

use dateline::source::{Format, decode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let format = match first % 4 {
        0 => Format::Markdown,
        1 => Format::SavedPage,
        _ => Format::PlainText,
    };
    let text = decode(rest.to_vec(), Some(format)).text;
    holds::check(&text, format);
});
