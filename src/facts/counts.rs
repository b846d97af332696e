//! Numbers of prose, in digits and in words, to integers.

use std::ops::Range;

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
        match value(&word.to_ascii_lowercase())? {
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
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(at) = SMALL.iter().position(|known| *known == word) {
        return Some(Value::Add(at as u64));
    }
    if let Some(at) = TENS.iter().position(|known| *known == word) {
        return Some(Value::Add(at as u64 * 10 + 20));
    }
    match word {
        "a" | "an" | "and" | "-" => Some(Value::Nothing),
        "hundred" => Some(Value::Times(100)),
        "thousand" => Some(Value::Times(1_000)),
        "million" => Some(Value::Times(1_000_000)),
        _ => None,
    }
}

/// Digits with or without commas between thousands; no fractions.
fn digits(word: &str) -> Option<u64> {
    let plain: String = word.chars().filter(|sign| *sign != ',').collect();
    if plain.len() > 12 { None } else { plain.parse().ok() }
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
