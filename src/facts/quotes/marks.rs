//! Quotation marks to the words between them: pairs, also over paragraphs, nested and with apostrophes in their way.

use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Part, Section, Token, Tokens};

/// The words between one pair of marks, in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The tokens between the marks; never empty.
    pub(super) words: Range<u32>,
    /// The tokens with the marks.
    pub(super) whole: Range<u32>,
    /// The section they stand in: an index into [`Tokens::sections`].
    pub(super) section: u32,
    /// No mark closes it here because it goes on in the next paragraph.
    pub(super) goes_on: bool,
    /// It goes on from the paragraph before.
    pub(super) goes_on_from: bool,
}

impl Marked {
    /// Whether the mark that closes them is missing.
    pub(super) fn is_unclosed(&self) -> bool {
        !self.goes_on && self.whole.end == self.words.end
    }

    /// Whether the mark that opens them is a double one.
    pub(super) fn opens_double(&self, text: &str, tokens: &Tokens) -> bool {
        style(text, &tokens.all[self.whole.start as usize]) == Style::Double
    }
}

/// Marks that make pairs with each other.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Style {
    Double,
    Single,
    Guillemet,
}

fn style(text: &str, token: &Token) -> Style {
    match token.span().of(text) {
        "'" | "’" | "‘" | "‚" | "`" => Style::Single,
        "«" | "»" | "‹" | "›" => Style::Guillemet,
        _ => Style::Double,
    }
}

/// All marked words of the blocks, in text order. Linear: what one mark looks ahead for is remembered.
pub(super) fn pairs(text: &str, tokens: &Tokens) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut open_before = None;
    for (number, section) in tokens.sections.iter().enumerate() {
        if !matches!(section.part, Part::Block(_)) {
            continue;
        }
        let next = tokens.sections.get(number + 1);
        open_before = block(text, tokens, (number as u32, section), next, open_before, &mut found);
    }
    found
}

/// Reads one block. Gives the style of a quotation that goes on in the next one.
fn block(
    text: &str,
    tokens: &Tokens,
    (number, section): (u32, &Section),
    next: Option<&Section>,
    open_before: Option<Style>,
    found: &mut Vec<Marked>,
) -> Option<Style> {
    let all = &tokens.all;
    let mut at = section.tokens.start;
    let mut first = true;
    // Where no mark closes any more: single marks are looked for once only.
    let mut no_single_after = u32::MAX;
    while at < section.tokens.end {
        let token = &all[at as usize];
        let is_first = std::mem::replace(&mut first, false);
        if token.kind != Kind::Open {
            at += 1;
            continue;
        }
        let style = style(text, token);
        let goes_on_from = is_first && open_before == Some(style);
        let limit = section.tokens.end;
        let close = match style {
            Style::Single if at >= no_single_after => None,
            Style::Single => single_close(text, tokens, at, limit),
            Style::Double | Style::Guillemet => paired_close(text, tokens, at, limit, style),
        };
        if close.is_none() && style == Style::Single {
            no_single_after = at;
        }
        match close {
            // Rock 'n' roll.
            Some(close) if style == Style::Single && close == at + 2 && is_letter(&all[at as usize + 1]) => {
                at = close + 1;
            }
            Some(close) => {
                let marked = Marked {
                    words: at + 1..close,
                    whole: at..close + 1,
                    section: number,
                    goes_on: false,
                    goes_on_from,
                };
                if !marked.words.is_empty() {
                    found.push(marked);
                }
                at = close + 1;
            }
            None if goes_on_next(text, tokens, next, style) || is_first => {
                let goes_on = goes_on_next(text, tokens, next, style);
                // Without a closing mark, nobody can tell that more than the first sentence is quoted.
                let sentence =
                    tokens.all.get(at as usize + 1).map_or(limit, |_| tokens.sentence_of(at + 1).end);
                let end = if goes_on || goes_on_from { limit } else { limit.min(sentence).max(at + 1) };
                let marked =
                    Marked { words: at + 1..end, whole: at..end, section: number, goes_on, goes_on_from };
                // A paragraph that only starts with a single mark starts with an apostrophe.
                let lost = !goes_on && names_a_speaker(text, tokens, marked.words.clone());
                if !marked.words.is_empty() && !lost && (goes_on || style != Style::Single) {
                    found.push(marked);
                    return goes_on.then_some(style);
                }
                at += 1;
            }
            None => at += 1,
        }
    }
    None
}

/// A paragraph after an unclosed quotation takes it up with a mark of its own.
fn goes_on_next(text: &str, tokens: &Tokens, next: Option<&Section>, of: Style) -> bool {
    next.and_then(|next| tokens.all.get(next.tokens.start as usize))
        .is_some_and(|token| token.kind == Kind::Open && style(text, token) == of)
}

/// The mark that closes a double one. Another double one that opens before it means that a mark is missing.
fn paired_close(text: &str, tokens: &Tokens, open: u32, limit: u32, of: Style) -> Option<u32> {
    let mut depth = 0;
    for at in open + 1..limit {
        let token = &tokens.all[at as usize];
        if !matches!(token.kind, Kind::Open | Kind::Close) || style(text, token) != of {
            continue;
        }
        match token.kind {
            Kind::Open if of == Style::Guillemet => depth += 1,
            Kind::Open if is_straight(text, token) => return Some(at),
            Kind::Open => return None,
            _ if is_inch(text, tokens, at, limit) => {}
            _ if depth == 0 => return Some(at),
            _ => depth -= 1,
        }
    }
    None
}

/// Whether the mark at `at` stands for inches: right behind a figure, with the mark that closes still to come
/// (`"I am 6'2" tall,"`).
fn is_inch(text: &str, tokens: &Tokens, at: u32, limit: u32) -> bool {
    let figure = tokens.is_glued(at) && tokens.all[at as usize - 1].kind == Kind::Number;
    let mark = |token: &Token| token.span().of(text) == "\"";
    figure && mark(&tokens.all[at as usize]) && {
        let mut rest = tokens.all[at as usize + 1..limit as usize].iter();
        rest.find(|token| mark(token)).is_some_and(|next| next.kind == Kind::Close)
    }
}

fn is_letter(token: &Token) -> bool {
    token.kind == Kind::Word && token.end - token.start == 1
}

/// Whether the words `run` hold a comma or a question mark with a verb that reports behind it: then a mark before it is missing.
fn names_a_speaker(text: &str, tokens: &Tokens, run: std::ops::Range<u32>) -> bool {
    tokens.all[run.start as usize..run.end as usize].windows(2).any(|pair| {
        pair[0].kind == Kind::Sign
            && matches!(pair[0].span().of(text), "," | "?" | "!")
            && pair[1].is(Class::ReportingVerb)
    })
}

fn is_straight(text: &str, token: &Token) -> bool {
    matches!(token.span().of(text), "\"" | "''" | "``")
}

/// The mark that closes a single one. After a word, the same sign may be an apostrophe ("the boys’ book"): then the
/// last one in reach that is not followed by another opening mark closes.
fn single_close(text: &str, tokens: &Tokens, open: u32, limit: u32) -> Option<u32> {
    let mut maybe = None;
    for at in open + 1..limit.min(open + 400) {
        let token = &tokens.all[at as usize];
        let single = matches!(token.kind, Kind::Open | Kind::Close) && style(text, token) == Style::Single;
        if !single {
            continue;
        }
        if token.kind == Kind::Open {
            break;
        }
        let before = text[..token.start as usize].chars().next_back();
        let after = text[token.end as usize..].chars().next();
        if matches!(before, Some(',' | '.' | '?' | '!' | '…' | '-' | '—'))
            || !matches!(after, None | Some(' ' | '\n'))
        {
            return Some(at);
        }
        if before != Some('s') {
            return Some(at);
        }
        maybe = Some(at);
    }
    maybe
}

#[cfg(test)]
mod tests {
    use super::super::super::rules::GRAMMAR;
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let tokens = Tokens::of_text(text, &GRAMMAR.lexicon);
        pairs(text, &tokens).iter().map(|it| tokens.span(it.words.clone()).of(text)).collect()
    }

    #[test]
    fn every_style_of_marks() {
        assert_eq!(quoted("“A b,” she said, “c d.”"), ["A b,", "c d."]);
        assert_eq!(quoted("\"A b,\" she said, \"c d.\""), ["A b,", "c d."]);
        assert_eq!(quoted("''A b,'' she said."), ["A b,"]);
        assert_eq!(quoted("«A b», she said."), ["A b"]);
        assert_eq!(quoted("« A b », she said. »C d,« he said."), ["A b", "C d,"]);
        assert_eq!(quoted("„A b,“ she said."), ["A b,"]);
        assert_eq!(quoted("‘A b,’ she said, 'c d.'"), ["A b,", "c d."]);
    }

    #[test]
    fn inches_close_nothing() {
        assert_eq!(quoted("He said \"I am 6'2\" tall\" to them."), ["I am 6'2\" tall"]);
        assert_eq!(quoted("\"A 12\" record,\" she said, \"is big.\""), ["A 12\" record,", "is big."]);
        assert_eq!(quoted("\"It was 1995\" he said, and \"late.\""), ["It was 1995", "late."]);
        assert_eq!(quoted("\"It was 1995,\" he said."), ["It was 1995,"]);
    }

    #[test]
    fn nested_marks_belong_to_the_words() {
        assert_eq!(quoted("“He said ‘no’ to us,” she said."), ["He said ‘no’ to us,"]);
        assert_eq!(quoted("\"He said 'no' to us,\" she said."), ["He said 'no' to us,"]);
    }

    #[test]
    fn apostrophes_open_and_close_nothing() {
        assert!(quoted("The '90s were loud, and rock 'n' roll is gone.").is_empty());
        assert!(quoted("The boys’ book, the ’90s, James' and rock ’n’ roll; it's theirs.").is_empty());
        assert_eq!(quoted("‘The boys’ book isn’t here,’ he said."), ["The boys’ book isn’t here,"]);
    }
}
