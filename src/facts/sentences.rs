//! Where sentences end: on the tokens, because a full stop after an abbreviation is already part of its word.
//!
//! The crate `sentencex` does this too, from regular expressions over the bytes; on tokens it costs next to nothing.

use super::classes::Class;
use super::tokens::{Kind, Shape, Token, Tokens};

/// Cuts the tokens from `first` on into sentences.
pub(super) fn split(text: &str, first: u32, tokens: &mut Tokens) {
    let all = &tokens.all;
    let mut start = first as usize;
    let mut at = start;
    while at < all.len() {
        at = match end_after(text, all, at) {
            Some(end) => {
                tokens.sentences.push(start as u32..end as u32);
                start = end;
                end
            }
            // Readers look over a whole sentence for what they have found in it.
            None if at + 1 - start >= LONGEST => {
                tokens.sentences.push(start as u32..at as u32 + 1);
                start = at + 1;
                start
            }
            None => at + 1,
        };
    }
    if start < all.len() {
        tokens.sentences.push(start as u32..all.len() as u32);
    }
    let from = tokens.sentences.partition_point(|sentence| sentence.end <= first);
    for (at, sentence) in tokens.sentences.iter().enumerate().skip(from) {
        for token in &mut tokens.all[sentence.start as usize..sentence.end as usize] {
            token.sentence = at as u32;
        }
    }
}

/// How many tokens a sentence has at most; a longer one (a text without full stops, a table) is cut, so that the time
/// that one takes is bounded.
const LONGEST: usize = 300;

/// How many signs may end one sentence; a line of full stops (of a table of contents) is looked at once.
const MOST_CLOSING: usize = 12;

/// One past the sentence that ends with the sign at `at` and the marks and brackets behind it, if one does.
fn end_after(text: &str, all: &[Token], at: usize) -> Option<usize> {
    let sign = &all[at];
    let abbreviated = match sign.kind {
        Kind::Sign if is_stop(text, sign) => false,
        Kind::Word if text.as_bytes()[sign.end as usize - 1] == b'.' => true,
        _ => return None,
    };
    let mut end = at + 1;
    let last = all.len().min(at + MOST_CLOSING);
    while end < last && all[end].start == all[end - 1].end && closes(text, &all[end]) {
        end += 1;
    }
    let next = all.get(end)?;
    if next.start == all[end - 1].end {
        return None;
    }
    // “Why?” Ms Doe asked.
    if sign.span().of(text) != "." && all[end - 1].kind == Kind::Close && names_the_speaker(text, all, end) {
        return None;
    }
    let sure = match next.kind {
        Kind::Word if abbreviated => next.is_capital() && next.is(Class::FunctionWord),
        Kind::Word => next.is_capital() || !is_latin(text, next),
        // "The U.S. “clearly” needed": small letters behind the mark go on.
        Kind::Open => {
            let begins = all.get(end + 1).is_none_or(|it| it.kind != Kind::Word || it.is_capital());
            !abbreviated || begins && sign.shape != Shape::Initial && !sign.is(Class::Honorific)
        }
        Kind::Number => !abbreviated,
        Kind::Close => false,
        Kind::Sign => !abbreviated && !matches!(next.span().of(text), "," | ";" | ":" | ")" | "-" | "–"),
    };
    sure.then_some(end)
}

/// Whether the words after a quotation are about who spoke it: a name or two and a verb that reports.
fn names_the_speaker(text: &str, all: &[Token], from: usize) -> bool {
    if all[from].kind != Kind::Word {
        return false;
    }
    // “Why?” Ms Doe, a retired clerk, asked.
    let capitals = all[from..].iter().take(4).take_while(|token| token.is_capital()).count();
    let aside = from + capitals;
    if capitals > 0
        && !all[from].is(Class::FunctionWord)
        && all.get(aside).is_some_and(|token| is_comma(text, token))
        && let Some(end) = (aside + 1..all.len().min(aside + 14)).find(|at| is_comma(text, &all[*at]))
    {
        return all.get(end + 1).is_some_and(|token| token.is(Class::ReportingVerb));
    }
    let words = all[from..].iter().take(6).take_while(|token| token.kind == Kind::Word);
    let verb = words.enumerate().find(|(_, token)| token.is(Class::ReportingVerb)).map(|(at, _)| at);
    verb.is_some_and(|verb| {
        verb > 0 && !all[from].is(Class::FunctionWord) && all[from..from + verb].iter().all(Token::is_capital)
    })
}

fn is_comma(text: &str, token: &Token) -> bool {
    token.kind == Kind::Sign && token.span().of(text) == ","
}

fn is_stop(text: &str, sign: &Token) -> bool {
    let first = text.as_bytes()[sign.start as usize];
    if first.is_ascii() {
        return sign.end - sign.start == 1 && matches!(first, b'.' | b'!' | b'?');
    }
    matches!(sign.span().of(text), "…" | "。" | "！" | "？")
}

fn closes(text: &str, token: &Token) -> bool {
    match token.kind {
        Kind::Close => true,
        Kind::Sign => is_stop(text, token) || matches!(token.span().of(text), ")" | "]"),
        _ => false,
    }
}

/// Scripts without capitals start a sentence with any letter.
fn is_latin(text: &str, token: &Token) -> bool {
    token
        .span()
        .of(text)
        .chars()
        .next()
        .is_some_and(|first| first.is_ascii() || first.is_lowercase() || first.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let tokens = Tokens::of_text(text, &Lexicon::load());
        tokens.sentences.iter().map(|sentence| tokens.span(sentence.clone()).of(text)).collect()
    }

    #[test]
    fn a_stop_with_a_capital_behind_it_ends_a_sentence() {
        assert_eq!(
            sentences("It was late. Nobody came! Why? 12 did."),
            ["It was late.", "Nobody came!", "Why?", "12 did."]
        );
        assert_eq!(
            sentences("“Go.” He went. (They stayed.) The end"),
            ["“Go.”", "He went.", "(They stayed.)", "The end"]
        );
    }

    #[test]
    fn abbreviations_and_initials_do_not() {
        for text in [
            "Dr. J. R. Doe of the U.S. Army spoke.",
            "Gen. Ruiz left at 5 p.m. on Monday.",
            "“Stop!” he said.",
            "“Why?” Ms Doe asked.",
            "“Why?” Doe, a retired clerk, asked.",
            "It grew by 3.5 percent... then fell.",
        ] {
            assert_eq!(sentences(text), [text]);
        }
    }

    #[test]
    fn an_abbreviation_ends_one_before_a_word_that_starts_sentences() {
        assert_eq!(
            sentences("She moved to the U.S. The war went on."),
            ["She moved to the U.S.", "The war went on."]
        );
    }
}
