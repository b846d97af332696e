//! Quotations: the words between marks that somebody in the article said, and who.

mod carry;
mod clause;
mod described;
mod indirect;
mod marks;
mod owners;
mod pronoun;
mod source;
mod speaker;
mod subject;
mod unsaid;

use std::collections::HashMap;
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

/// What the words beside marked words tell of them.
enum Told {
    /// Who says them.
    Said(Attribution),
    /// That nobody did: "Ana Duarte never said “…”".
    Unsaid,
    Nothing,
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
    /// Whether they are words of somebody, and no title or heading; as far as they were read.
    is_quotation: Vec<bool>,
    /// Whether the article uses double marks: then a line in single ones is a heading.
    has_double: bool,
    genders: pronoun::Genders,
    /// What stands beside the names.
    descriptions: described::Descriptions<'a>,
    /// Unnamed speakers by the last word of what they are called: where, and who.
    unnamed: HashMap<String, Vec<(u32, u32)>>,
    /// The verbs of saying whose words nobody said: denied, wished for, made up.
    unsaid: unsaid::Unsaid,
    /// The subjects that verbs were found to have: verb, sentence, subject.
    sources: Vec<(u32, u32, source::Source)>,
    /// Reported speech without marks.
    reported: Vec<indirect::Reported>,
    /// Who spoke last.
    last: Option<Spoken>,
}

/// Somebody who spoke.
#[derive(Copy, Clone, Debug)]
struct Spoken {
    /// In which section.
    section: u32,
    /// Who.
    speaker: u32,
    /// The first token of the mention.
    words: u32,
    /// To whom: "Ana Duarte told Erik Lund".
    addressee: Option<u32>,
}

/// The words of a rule that code knows, because it looks beyond one sentence.
const UNATTRIBUTED: RuleName = "quotation-without-speaker";

/// Reads the quotations and the reported speech of `tokens`; unnamed speakers are added to `people`.
pub(super) fn find(text: &str, tokens: &Tokens, grammar: &Grammar, people: &mut People) -> Vec<Quote> {
    let marked = marks::pairs(text, tokens);
    let genders = pronoun::Genders::of(text, tokens, people);
    let descriptions = described::Descriptions::of(text, tokens, people);
    let mut reader = Reader {
        text,
        tokens,
        grammar,
        people,
        read: Vec::with_capacity(marked.len()),
        is_quotation: Vec::with_capacity(marked.len()),
        has_double: marked.iter().any(|it| it.opens_double(text, tokens)),
        marked,
        genders,
        descriptions,
        unnamed: HashMap::new(),
        unsaid: unsaid::Unsaid::of(tokens, grammar),
        sources: Vec::new(),
        reported: Vec::new(),
        last: None,
    };
    let set = grammar.rules("speech");
    for (number, section) in tokens.sections.iter().enumerate() {
        let (number, mut told) = (number as u32, u32::MAX);
        if !matches!(section.part, Part::Block(_)) {
            continue;
        }
        set.find(tokens, section.tokens.clone(), |it| {
            reader.read_marked(it.tokens.start);
            if it.tokens.start != told && reader.report(&it, number) {
                told = it.tokens.start;
            }
        });
        reader.read_marked(section.tokens.end);
    }
    reader.carry_back();
    let Reader { marked, read, reported, is_quotation, .. } = reader;
    let direct = marked.iter().zip(read).zip(is_quotation).filter_map(|((marked, attribution), quotes)| {
        if attribution.is_none() && !(quotes && is_statement(text, tokens, marked)) {
            return None;
        }
        // Nobody can tell where words without a closing mark end.
        let most = if marked.is_unclosed() { Level::Low } else { Level::High };
        let attribution = attribution.map(|it| Attribution { level: it.level.min(most), ..it });
        quote(tokens, QuoteKind::Direct, (marked.section, marked.words.clone()), attribution)
    });
    let indirect = reported
        .into_iter()
        .filter_map(|it| quote(tokens, QuoteKind::Indirect, (it.section, it.words), Some(it.by)));
    let mut quotes: Vec<Quote> = direct.chain(indirect).collect();
    quotes.sort_by_key(|quote| (quote.block, quote.span.start, quote.kind, quote.span.end));
    for quote in &mut quotes {
        if let Some(cue) = &mut quote.cue {
            cue.span.of(text).clone_into(&mut cue.value);
        }
    }
    // A speaker may stand before words or after them.
    for person in people.people.iter_mut().filter(|person| person.name.is_none()) {
        person.mentions.sort_unstable();
        person.mentions.dedup();
    }
    let new = people.in_order();
    for quote in &mut quotes {
        quote.speaker = quote.speaker.map(|old| new[old as usize]);
    }
    quotes
}

impl Reader<'_> {
    /// Reads the quotations that start before token `until` and were not read yet.
    fn read_marked(&mut self, until: u32) {
        while self.marked.get(self.read.len()).is_some_and(|marked| marked.whole.start < until) {
            let at = self.read.len();
            let words = !self.is_title(&self.marked[at]) && !self.is_heading(&self.marked[at]);
            let told = if words { self.beside(at) } else { Told::Unsaid };
            let quotes = !matches!(told, Told::Unsaid);
            let attribution = match told {
                Told::Said(by) => Some(by),
                Told::Nothing => self.carried(at),
                Told::Unsaid => None,
            };
            self.is_quotation.push(quotes);
            self.note(attribution.as_ref(), self.marked[at].section);
            self.read.push(attribution);
        }
    }

    /// Remembers who spoke, and what a pronoun told of them.
    fn note(&mut self, by: Option<&Attribution>, section: u32) {
        let Some(Attribution { speaker: Some(speaker), words: Some(words), .. }) = by else { return };
        self.genders.learn(self.text, self.tokens, *speaker, words.clone());
        let cue = by.and_then(|by| by.cue.clone());
        let told = cue.and_then(|cue| self.addressee(cue)).filter(|told| told != speaker);
        let before = self.last.filter(|last| last.speaker == *speaker).and_then(|last| last.addressee);
        let addressee = told.or(before);
        self.last = Some(Spoken { section, speaker: *speaker, words: words.start, addressee });
    }

    /// The named person right after the verb `cue`, or after "to" behind it.
    fn addressee(&self, cue: Range<u32>) -> Option<u32> {
        let end = self.tokens.sentence_of(cue.start).end;
        let at = if cue.end < end && self.is_word(cue.end, &["to"]) { cue.end + 1 } else { cue.end };
        let mention = self.people.mention_at(at).filter(|_| at < end)?;
        (!mention.possessive).then_some(mention.person)
    }

    /// Whether the marked words are a heading of their own: a short line in single marks, where others are double.
    fn is_heading(&self, marked: &Marked) -> bool {
        let section = &self.tokens.sections[marked.section as usize].tokens;
        self.has_double
            && !marked.opens_double(self.text, self.tokens)
            && section.start == marked.whole.start
            && section.end <= marked.whole.end + 1
            && length(self.tokens, marked) <= 8
    }

    /// The marked words that token `at` stands in, marks included.
    fn marked_at(&self, at: u32) -> Option<&Marked> {
        let after = self.marked.partition_point(|marked| marked.whole.end <= at);
        self.marked.get(after).filter(|marked| marked.whole.start <= at)
    }
}

fn quote(
    tokens: &Tokens,
    kind: QuoteKind,
    (section, words): (u32, Range<u32>),
    attribution: Option<Attribution>,
) -> Option<Quote> {
    let Part::Block(block) = tokens.sections[section as usize].part else { return None };
    let bare = Attribution { speaker: None, words: None, cue: None, rule: UNATTRIBUTED, level: Level::Low };
    let it = attribution.unwrap_or(bare);
    let cue = it.cue.map(|run| Reading { value: String::new(), span: tokens.span(run), rule: it.rule });
    Some(Quote {
        span: tokens.span(words),
        block,
        kind,
        cue,
        speaker: it.speaker,
        speaker_span: it.words.map(|run| tokens.span(run)),
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
