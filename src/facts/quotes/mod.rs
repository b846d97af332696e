//! Quotations: the words between marks that somebody in the article said, and who.

mod carry;
mod marks;
mod pronoun;
mod speaker;

use std::ops::Range;

use super::people::People;
use super::rules::Grammar;
use super::tokens::{Kind, Part, Tokens};
use super::{Level, Quote, QuoteKind, Reading, RuleName};

use marks::Marked;

/// What the words beside a quotation say of its speaker.
#[derive(Clone, Debug)]
struct Attribution {
    /// Who: an index into [`People::people`]; none where the words do not tell ("they said").
    speaker: Option<u32>,
    /// The mention.
    words: Option<Range<u32>>,
    /// The verb.
    cue: Option<Range<u32>>,
    rule: RuleName,
    level: Level,
}

/// What is known while the quotations of an article are read, one after the other.
struct Reader<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    grammar: &'a Grammar,
    people: &'a mut People,
    marked: Vec<Marked>,
    /// For each of `marked`, in order, as far as they were read.
    read: Vec<Option<Attribution>>,
    genders: pronoun::Genders,
    /// Unnamed speakers by the last word of what they are called.
    unnamed: Vec<(String, u32)>,
}

/// The words of a rule that code knows, because it looks beyond one sentence.
const UNATTRIBUTED: RuleName = "quotation-without-speaker";

/// Reads the quotations of `tokens`; unnamed speakers are added to `people`.
pub(super) fn find(text: &str, tokens: &Tokens, grammar: &Grammar, people: &mut People) -> Vec<Quote> {
    let marked = marks::pairs(text, tokens);
    let genders = pronoun::Genders::of(text, tokens, people);
    let read = Vec::with_capacity(marked.len());
    let mut reader = Reader { text, tokens, grammar, people, marked, read, genders, unnamed: Vec::new() };
    for at in 0..reader.marked.len() {
        let attribution = reader.beside(at).or_else(|| reader.carried(at));
        if let Some(Attribution { speaker: Some(speaker), words: Some(words), .. }) = &attribution {
            reader.genders.learn(text, tokens, *speaker, words.clone());
        }
        reader.read.push(attribution);
    }
    reader.carry_back();
    let Reader { marked, read, .. } = reader;
    let quotes = marked.iter().zip(read).filter_map(|(marked, attribution)| {
        if attribution.is_none() && !is_statement(text, tokens, marked) {
            return None;
        }
        quote(text, tokens, marked, attribution)
    });
    let mut quotes: Vec<Quote> = quotes.collect();
    let new = people.in_order();
    for quote in &mut quotes {
        quote.speaker = quote.speaker.map(|old| new[old as usize]);
    }
    quotes
}

fn quote(text: &str, tokens: &Tokens, marked: &Marked, attribution: Option<Attribution>) -> Option<Quote> {
    let Part::Block(block) = tokens.sections[marked.section as usize].part else { return None };
    let span = tokens.span(marked.words.clone());
    let bare = Attribution { speaker: None, words: None, cue: None, rule: UNATTRIBUTED, level: Level::Low };
    let it = attribution.unwrap_or(bare);
    let cue = it.cue.map(|run| {
        let span = tokens.span(run);
        Reading { value: span.of(text).to_owned(), span, rule: it.rule }
    });
    let speaker_span = it.words.map(|run| tokens.span(run));
    Some(Quote {
        span,
        block,
        kind: QuoteKind::Direct,
        cue,
        speaker: it.speaker,
        speaker_span,
        rule: it.rule,
        level: it.level,
    })
}

/// How many words stand between the marks.
fn length(tokens: &Tokens, marked: &Marked) -> usize {
    tokens.all[marked.words.start as usize..marked.words.end as usize]
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .count()
}

/// Whether the words are a statement and not a title or a term in marks: they end like a sentence, or are long.
fn is_statement(text: &str, tokens: &Tokens, marked: &Marked) -> bool {
    let words = length(tokens, marked);
    let last = &tokens.all[marked.words.end as usize - 1];
    let ends = matches!(last.span().of(text), "." | "," | "?" | "!" | "…" | "-" | "—") || marked.goes_on;
    let starts = tokens.sections[marked.section as usize].tokens.start == marked.whole.start;
    let capital = tokens.all[marked.words.start as usize].is_capital();
    words >= 12 || ends && words >= 3 && (starts || capital) || words >= 6 && (starts || ends)
}
