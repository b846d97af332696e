//! Numbers of prose, in digits and in words, to integers.

use std::ops::Range;

use super::lower::lower;
use super::tokens::{Kind, Tokens};

/// The number that a run of tokens writes: `1,100`, `seven`, `twenty-two`, `a hundred and six`, `2 million`. `None` for
/// anything else, for fractions and for numbers over four thousand million.
pub fn number(tokens: &Tokens, run: Range<u32>, text: &str) -> Option<u32> {
    let (mut total, mut part, mut seen) = (0_u64, 0_u64, false);
    for token in &tokens.all[run.start as usize..run.end as usize] {
        let word = token.span().of(text);
        if token.kind == Kind::Number {
            if seen {
                return None;
            }
            part = digits(word)?;
            seen = true;
            continue;
        }
        match value(&lower(word))? {
            Value::Nothing => {}
            Value::Add(more) => {
                part += more;
                seen = true;
            }
            Value::Times(100) => {
                part = part.max(1) * 100;
                seen = true;
            }
            Value::Times(many) => {
                total = (total + part.max(1)).checked_mul(many)?;
                part = 0;
                seen = true;
            }
        }
        if part > u64::from(u32::MAX) {
            return None;
        }
    }
    seen.then(|| u32::try_from(total + part).ok()).flatten()
}

enum Value {
    Nothing,
    Add(u64),
    Times(u64),
}

fn value(word: &str) -> Option<Value> {
    let value = match word {
        "a" | "an" | "and" | "-" => Value::Nothing,
        "hundred" => Value::Times(100),
        "thousand" => Value::Times(1_000),
        "million" => Value::Times(1_000_000),
        "zero" => Value::Add(0),
        "one" => Value::Add(1),
        "two" => Value::Add(2),
        "three" => Value::Add(3),
        "four" => Value::Add(4),
        "five" => Value::Add(5),
        "six" => Value::Add(6),
        "seven" => Value::Add(7),
        "eight" => Value::Add(8),
        "nine" => Value::Add(9),
        "ten" => Value::Add(10),
        "eleven" => Value::Add(11),
        "twelve" => Value::Add(12),
        "thirteen" => Value::Add(13),
        "fourteen" => Value::Add(14),
        "fifteen" => Value::Add(15),
        "sixteen" => Value::Add(16),
        "seventeen" => Value::Add(17),
        "eighteen" => Value::Add(18),
        "nineteen" => Value::Add(19),
        "twenty" => Value::Add(20),
        "thirty" => Value::Add(30),
        "forty" => Value::Add(40),
        "fifty" => Value::Add(50),
        "sixty" => Value::Add(60),
        "seventy" => Value::Add(70),
        "eighty" => Value::Add(80),
        "ninety" => Value::Add(90),
        _ => return None,
    };
    Some(value)
}

/// Digits with or without commas between thousands; no fractions.
fn digits(word: &str) -> Option<u64> {
    let digits = word.bytes().filter(|sign| *sign != b',');
    if digits.clone().count() > 12 {
        return None;
    }
    let mut digits = digits.peekable();
    digits.peek()?;
    digits.try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::super::rules::GRAMMAR;
    use super::*;

    fn read(text: &str) -> Option<u32> {
        let tokens = Tokens::of_text(text, &GRAMMAR.lexicon);
        number(&tokens, 0..tokens.all.len() as u32, text)
    }

    #[test]
    fn digits_and_words() {
        for (text, value) in [
            ("1,100", 1_100),
            ("seven", 7),
            ("twenty-two", 22),
            ("a hundred", 100),
            ("three hundred and six", 306),
            ("two thousand five hundred", 2_500),
            ("2 million", 2_000_000),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_is_none() {
        for text in ["3.5", "men", "a", "99999999999999", "no one"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
