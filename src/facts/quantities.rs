//! Counts of prose with their bounds: "more than 140" is 141 or more, "almost 300" is 300 at most.

use std::ops::Range;

use super::Toll;
use super::classes::{Class, ClassSet};
use super::counts::number;
use super::tokens::{Kind, Tokens};

/// Some words that say how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its tokens, bounds included.
    pub tokens: Range<u32>,
    /// How many. At least one bound is known.
    pub count: Toll,
}

/// The words before a number that bound it, and what they mean. The longest that ends at the number wins.
const BOUNDS: [Class; 5] =
    [Class::BoundAbove, Class::BoundLeast, Class::BoundMost, Class::BoundBelow, Class::BoundAbout];
/// Tokens of the longest bound ("no fewer than").
const LONGEST_BOUND: u32 = 3;

/// Tokens of the longest number in words.
const LONGEST_NUMBER: u32 = 24;

/// What a quantity can start with.
const STARTS: ClassSet = ClassSet::of(&[Class::Number, Class::NumberWord, Class::RoundNumber]);

/// Every quantity, in the order of the text. Whether it counts people is for the rules to say.
pub fn find(tokens: &Tokens, text: &str) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < tokens.all.len() as u32 {
        let token = &tokens.all[at as usize];
        if !tokens.classes_at(at).meets(STARTS) {
            at += 1;
            continue;
        }
        let starts = token.kind == Kind::Number || token.is(Class::NumberWord);
        let read = if starts {
            exact(tokens, text, at)
        } else if tokens.run_of(at, Class::RoundNumber).is_some() {
            round(tokens, text, at)
        } else {
            None
        };
        at = match read {
            Some(read) => {
                let floor = found.last().map_or(0, |before| before.tokens.end);
                let quantity = bounded(tokens, read, floor);
                let end = quantity.tokens.end;
                found.push(quantity);
                end
            }
            None => at + 1,
        };
    }
    found
}

/// A number, or a range of two.
fn exact(tokens: &Tokens, text: &str, at: u32) -> Option<Quantity> {
    let (end, first) = longest_number(tokens, text, at)?;
    let mut quantity = Quantity { tokens: at..end, count: Toll { min: Some(first), max: Some(first) } };
    let word = |at: u32| tokens.all.get(at as usize).map(|token| token.span().of(text));
    let between = at > 0 && matches!(word(at - 1), Some("between" | "Between")) && word(end) == Some("and");
    if (between || matches!(word(end), Some("to" | "-" | "–")))
        && tokens
            .all
            .get(end as usize + 1)
            .is_some_and(|it| it.kind == Kind::Number || it.is(Class::NumberWord))
        && let Some((end, last)) = longest_number(tokens, text, end + 1)
        && last > first
    {
        let start = if between { at - 1 } else { at };
        quantity = Quantity { tokens: start..end, count: Toll { min: Some(first), max: Some(last) } };
    } else if matches!((word(end), word(end + 1)), (Some("dozen"), _)) {
        let many = first.saturating_mul(12);
        quantity = Quantity { tokens: at..end + 1, count: Toll { min: Some(many), max: Some(many) } };
    } else if matches!((word(end), word(end + 1)), (Some("or"), Some("more"))) {
        quantity = Quantity { tokens: at..end + 2, count: Toll { min: Some(first), max: None } };
    }
    Some(quantity)
}

/// The longest run from `at` that writes one number.
fn longest_number(tokens: &Tokens, text: &str, at: u32) -> Option<(u32, u32)> {
    let sentence = tokens.sentence_of(at);
    let limit = sentence.end.min(at + LONGEST_NUMBER);
    let mut end = at + 1;
    if tokens.all[at as usize].kind == Kind::Word {
        while end < limit {
            let next = &tokens.all[end as usize];
            let joins = next.span().of(text) == "-" || next.span().of(text) == "and";
            let after = tokens.all[..sentence.end as usize].get(end as usize + 1);
            if next.is(Class::NumberWord) {
                end += 1;
            } else if joins && after.is_some_and(|it| it.is(Class::NumberWord)) && end + 1 < sentence.end {
                // "twenty-two", "a hundred and six", but not "one and two": the head must be larger.
                let head = number(tokens, at..end, text)?;
                let tail = number(tokens, end + 1..end + 2, text)?;
                if (next.span().of(text) == "and" && head < 100) || head <= tail {
                    break;
                }
                end += 2;
            } else {
                break;
            }
        }
    }
    let million = tokens.all[..sentence.end as usize].get(end as usize);
    if million.is_some_and(|it| matches!(it.span().of(text), "million" | "thousand")) {
        end += 1;
    }
    number(tokens, at..end, text).map(|value| (end, value))
}

/// "dozens" is two dozen or more; "several" three or more.
fn round(tokens: &Tokens, text: &str, at: u32) -> Option<Quantity> {
    let end = tokens.run_of(at, Class::RoundNumber)?;
    let words = tokens.span(at..end).of(text).to_lowercase();
    let sentence = tokens.sentence_of(at);
    let word_before = |back: u32| {
        (at >= sentence.start + back).then(|| tokens.all[(at - back) as usize].span().of(text).to_lowercase())
    };
    let (min, start) = match words.as_str() {
        "dozen" => {
            let half = word_before(1).as_deref() == Some("a") && word_before(2).as_deref() == Some("half");
            let many = if half { 6 } else { 12 };
            let start = at.saturating_sub(if half { 2 } else { 1 }).max(sentence.start);
            return Some(Quantity { tokens: start..end, count: Toll { min: Some(many), max: Some(many) } });
        }
        "dozens" => (24, at),
        "scores" => (40, at),
        "hundreds" => (200, at),
        "thousands" => (2_000, at),
        "several" => (3, at),
        _ => (2, at),
    };
    let of = tokens.all[..sentence.end as usize].get(end as usize);
    let end = if of.is_some_and(|it| it.span().of(text) == "of") { end + 1 } else { end };
    Some(Quantity { tokens: start..end, count: Toll { min: Some(min), max: None } })
}

/// Adds the bound that stands before the number.
fn bounded(tokens: &Tokens, quantity: Quantity, floor: u32) -> Quantity {
    let start = quantity.tokens.start;
    let sentence = tokens.sentence_of(start);
    let furthest = sentence.start.max(start.saturating_sub(LONGEST_BOUND)).max(floor);
    for from in furthest..start {
        for class in BOUNDS {
            if tokens.run_of(from, class) != Some(start) {
                continue;
            }
            let Toll { min, max } = quantity.count;
            let count = match class {
                Class::BoundAbove => Toll { min: min.map(|min| min.saturating_add(1)), max: None },
                Class::BoundLeast => Toll { min, max: None },
                Class::BoundMost => Toll { min: None, max: max.or(min) },
                Class::BoundBelow => Toll { min: None, max: max.or(min).map(|max| max.saturating_sub(1)) },
                _ => quantity.count,
            };
            // "at least some 20": a bound before the bound.
            return bounded(tokens, Quantity { tokens: from..quantity.tokens.end, count }, floor);
        }
    }
    quantity
}

#[cfg(test)]
mod tests {
    use super::super::rules::GRAMMAR;
    use super::*;

    fn read(text: &str) -> Vec<(&str, Option<u32>, Option<u32>)> {
        let tokens = Tokens::of_text(text, &GRAMMAR.lexicon);
        let found = find(&tokens, text);
        found.into_iter().map(|it| (tokens.span(it.tokens).of(text), it.count.min, it.count.max)).collect()
    }

    #[test]
    fn bounds_belong_to_the_number() {
        for (text, words, min, max) in [
            ("More than 140 came", "More than 140", Some(141), None),
            ("almost 300 came", "almost 300", None, Some(300)),
            ("at least twenty-two came", "at least twenty-two", Some(22), None),
            ("fewer than 50 came", "fewer than 50", None, Some(49)),
            ("up to 80 came", "up to 80", None, Some(80)),
            ("some 25 came", "some 25", Some(25), Some(25)),
            ("30 to 40 came", "30 to 40", Some(30), Some(40)),
            ("between 10 and 15 came", "between 10 and 15", Some(10), Some(15)),
            ("20 or more came", "20 or more", Some(20), None),
            ("dozens of them came", "dozens of", Some(24), None),
            ("two dozen came", "two dozen", Some(24), Some(24)),
            ("more than a dozen came", "more than a dozen", Some(13), None),
            ("half a dozen came", "half a dozen", Some(6), Some(6)),
            ("1,100 came", "1,100", Some(1_100), Some(1_100)),
            ("three hundred and six came", "three hundred and six", Some(306), Some(306)),
        ] {
            assert_eq!(read(text), [(words, min, max)], "{text}");
        }
    }

    #[test]
    fn two_numbers_are_not_one() {
        assert_eq!(read("one and two").len(), 2);
        assert_eq!(read("no more to count"), []);
    }
}
