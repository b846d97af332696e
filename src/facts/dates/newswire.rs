//! The sentences of `newswire.txt`, each with its calendar expressions and what they mean.

use jiff::civil::Date;

use super::super::rules::GRAMMAR;
use super::super::tokens::Tokens;
use super::{expressions, find};

/// The sentence without its marks, and what they say: words and value.
fn marked(line: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut expected) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (mark, behind) = after.split_once('}').expect("a mark is closed");
        let (words, value) = mark.rsplit_once('=').expect("a mark has a value");
        text.push_str(before);
        text.push_str(words);
        expected.push((words.to_owned(), value.to_owned()));
        rest = behind;
    }
    text.push_str(rest);
    (text, expected)
}

#[test]
fn sentences_of_news_wires_are_read_by_the_guidelines_of_timeml() {
    let mut published: Option<Date> = None;
    let (mut wrong, mut count) = (Vec::new(), 0);
    for line in include_str!("newswire.txt").lines() {
        if let Some(day) = line.strip_prefix("@ ") {
            published = Some(day.parse().unwrap());
        } else if !line.is_empty() && !line.starts_with('#') {
            let (text, expected) = marked(line);
            let tokens = Tokens::of_text(&text, &GRAMMAR.lexicon);
            let found: Vec<(String, String)> = (find(&tokens, &text, published).iter())
                .flat_map(|it| expressions(it, &text))
                .filter_map(|(span, value)| Some((span.of(&text).to_owned(), value?.to_string())))
                .collect();
            count += 1;
            if found != expected {
                wrong.push(format!("{line}\n    read: {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}
