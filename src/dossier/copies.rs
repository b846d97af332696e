//! Which articles are copies of another: the text of a news agency, printed by several papers under other headlines.
//!
//! A copy is known by its sentences, not by its headline, its byline or its length: papers change the first two and
//! cut the end. Every article is compared with the earlier ones that share a sentence with it, and a sentence that
//! many articles have (a paper's standing phrase) is soon no longer looked at: linear in the length of all texts.

use std::collections::HashMap;

use crate::document::{BlockKind, Document};
use crate::edtf::Edtf;

use super::{Article, ArticleIndex};

/// How many sentences of an article are compared, from its first: a copy is cut at the end.
const SENTENCES: usize = 48;

/// Words that a sentence must have to tell one text from another: "He did not say why." stands in many.
const TELLING_WORDS: u32 = 6;

/// Words that must be shared.
const SHARED_WORDS: u32 = 25;

/// How many originals may have a sentence before it is taken for a standing phrase.
const ORIGINALS: usize = 8;

/// For each article the one that it is a copy of: the first of those that have its sentences, by day of publication,
/// then by path. An original is no copy itself.
pub(super) fn find(articles: &[Article]) -> Vec<Option<ArticleIndex>> {
    let mut order: Vec<(ArticleIndex, &Article)> = (0..).zip(articles).collect();
    order.sort_by_key(|(_, article)| {
        let day = article.document.meta.published.as_ref().map(Edtf::earliest);
        (day.is_none(), day, article.document.path.clone())
    });
    let mut copy_of = vec![None; articles.len()];
    let mut lengths: Vec<u32> = vec![0; articles.len()];
    let mut having: HashMap<u64, Vec<ArticleIndex>> = HashMap::new();
    for (at, article) in order {
        let sentences = sentences(&article.document);
        let length = sentences.iter().map(|(_, words)| words).sum();
        lengths[at as usize] = length;
        // In the order of the originals, so that of two with equally many words the first is taken.
        let mut shared: Vec<(ArticleIndex, u32, u32)> = Vec::new();
        for (sentence, words) in &sentences {
            for original in having.get(sentence).into_iter().flatten() {
                match shared.iter_mut().find(|(known, ..)| known == original) {
                    Some((_, sum, count)) => (*sum, *count) = (*sum + words, *count + 1),
                    None => shared.push((*original, *words, 1)),
                }
            }
        }
        let is_copy = |(original, words, count): &&(ArticleIndex, u32, u32)| {
            let shorter = length.min(lengths[*original as usize]);
            // Most of the shorter text, and no small part of the later one: who prints a few paragraphs of an agency
            // in a long report of their own has reported.
            *words >= SHARED_WORDS.min(length)
                && (*count > 1 || *words == shorter)
                && words * 10 >= shorter * 6
                && words * 10 >= length * 4
        };
        let best = shared.iter().filter(is_copy).max_by_key(|(original, words, _)| {
            let document = &articles[*original as usize].document;
            (*words, std::cmp::Reverse((document.meta.published, &document.path)))
        });
        copy_of[at as usize] = best.map(|(original, ..)| *original);
        if best.is_none() {
            for (sentence, _) in sentences {
                let originals = having.entry(sentence).or_default();
                if originals.len() < ORIGINALS {
                    originals.push(at);
                }
            }
        }
    }
    copy_of
}

/// The first sentences of the body, each as a hash of its letters and figures with the number of its words; no
/// sentence twice, and no short one.
fn sentences(document: &Document) -> Vec<(u64, u32)> {
    let mut found: Vec<(u64, u32)> = Vec::with_capacity(SENTENCES);
    for block in document.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Heading(_))) {
        let mut sentence = Hashed::default();
        for letter in block.span.of(&document.text).chars() {
            if let Some(ended) = sentence.take(letter) {
                keep(&mut found, ended);
            }
        }
        keep(&mut found, sentence);
        if found.len() >= SENTENCES {
            found.truncate(SENTENCES);
            break;
        }
    }
    found
}

fn keep(found: &mut Vec<(u64, u32)>, sentence: Hashed) {
    if sentence.words >= TELLING_WORDS && !found.iter().any(|(known, _)| *known == sentence.hash) {
        found.push((sentence.hash, sentence.words));
    }
}

/// A sentence so far (FNV-1a over its letters and figures, in lower case).
struct Hashed {
    hash: u64,
    words: u32,
    in_word: bool,
    stopped: bool,
}

impl Default for Hashed {
    fn default() -> Self {
        Hashed { hash: 0xcbf2_9ce4_8422_2325, words: 0, in_word: false, stopped: false }
    }
}

impl Hashed {
    /// Takes the next letter, and gives the sentence when that begins another.
    fn take(&mut self, letter: char) -> Option<Hashed> {
        if letter.is_ascii() {
            self.take_ascii(letter as u8)
        } else {
            if letter.is_alphanumeric() {
                letter.to_lowercase().for_each(|small| self.add(u64::from(u32::from(small))));
            }
            None
        }
    }

    fn take_ascii(&mut self, letter: u8) -> Option<Hashed> {
        if letter.is_ascii_alphanumeric() {
            self.add(u64::from(letter.to_ascii_lowercase()));
        } else if letter.is_ascii_whitespace() {
            self.in_word = false;
            if self.stopped {
                return Some(std::mem::take(self));
            }
        } else if matches!(letter, b'.' | b'!' | b'?') {
            self.stopped = true;
        }
        None
    }

    fn add(&mut self, letter: u64) {
        self.words += u32::from(!self.in_word);
        self.in_word = true;
        self.stopped = false;
        self.hash = (self.hash ^ letter).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::Config;
    use crate::document;
    use crate::facts::Facts;
    use crate::source::{Format, Source, SourceKind};

    const LEAD: &str =
        "Three people were killed when a bomb went off beside the ferry office in Port Lorne on Friday.";
    const SECOND: &str =
        "Officers closed the harbour road and asked drivers to keep away until the next morning.";
    const THIRD: &str =
        "The ferry company said that all boats would stay in port until the pier had been searched.";
    const OWN: &str = "Our reporter counted eleven fire engines on the quay, and none of them could reach the pier. \
                       A baker who opens at four said that she had heard nothing but the gulls before the blast. \
                       Two of the boats were turned back at the mole and lay at anchor there through the night.";

    fn article(name: &str, day: &str, paragraphs: &[&str]) -> Article {
        let text = format!("Title: {name}\nDate: {day}\n\n{}\n", paragraphs.join("\n\n"));
        let path = format!("content/articles/{name}.txt").into();
        let kind = SourceKind::Article(Format::PlainText);
        let source = Source { path, kind, text: text.into(), hash: [0; 32] };
        let document = document::parse(&source, None, &Config::default()).0.unwrap();
        Article {
            document: Arc::new(document),
            facts: Arc::new(Facts::default()),
            slug: name.to_owned(),
            corrections: Arc::default(),
        }
    }

    #[test]
    fn a_copy_that_is_cut_at_the_end_is_known_and_the_first_is_the_original() {
        let articles = [
            article("later-cut", "2021-06-06", &[LEAD, SECOND]),
            article("first", "2021-06-05", &[LEAD, SECOND, THIRD]),
            article("own", "2021-06-06", &[OWN]),
        ];
        assert_eq!(find(&articles), [Some(1), None, None]);
    }

    #[test]
    fn a_long_report_that_prints_a_paragraph_of_an_agency_is_no_copy() {
        let articles = [
            article("agency", "2021-06-05", &[LEAD, SECOND]),
            article("own", "2021-06-06", &[LEAD, OWN, THIRD]),
        ];
        assert_eq!(find(&articles), [None, None]);
    }

    #[test]
    fn marks_and_capitals_do_not_tell_texts_apart() {
        let other = SECOND.replace("harbour road", "HARBOUR ROAD").replace("asked", "“asked”");
        let articles =
            [article("a", "2021-06-05", &[LEAD, SECOND]), article("b", "2021-06-05", &[LEAD, &other])];
        assert_eq!(find(&articles), [None, Some(0)], "of one day, the first by path is the original");
    }
}
