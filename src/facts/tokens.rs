//! The words of an article as one flat list of [`Token`]s with its sections and sentences: what all rules read.
//!
//! The title (weak context: names only), the standfirst, paragraphs and other blocks become sections; subheads are
//! left out, they state no facts.

use std::ops::Range;
use std::sync::Arc;

use crate::document::{BlockKind, Document};
use crate::span::Span;

use super::classes::{Class, ClassSet};
use super::gazetteer::Candidate;
use super::lexicon::{Known, Lexicon, WordId};
use super::needs::Contents;
use super::own_places::OwnPlaces;
use super::search::ClassStarts;
use super::{scan, sentences};

/// What sort of token.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with the apostrophes inside them and the full stops of an abbreviation. `'s` is a token of its own;
    /// so is each part of a hyphenated word, and the hyphen.
    Word,
    /// Digits with their separators: `1,100`, `7.5`. Letters that follow (`20th`) are the next token.
    Number,
    /// A quotation mark that opens.
    Open,
    /// A quotation mark that closes, or an apostrophe after a word.
    Close,
    /// Any other sign.
    Sign,
}

/// How a word is written.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No capital at its head, or no letters at all.
    Lower,
    /// A capital at its head: `Moscow`, `McVeigh`.
    Capital,
    /// Capitals only, two or more: `NATO`, `U.S.`.
    Upper,
    /// One capital, with or without its full stop: `J.`.
    Initial,
}

/// The least that patterns and code need to know of a word or sign.
#[derive(Copy, Clone, Debug)]
pub struct Token {
    /// First byte in [`Document::text`].
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Which word of the lexicon, whatever its case; [`WordId::UNKNOWN`] for the many that no list and no rule names.
    pub word: WordId,
    /// Its sentence: an index into [`Tokens::sentences`].
    pub sentence: u32,
    /// The first of [`Tokens::phrases`] that starts here, plus one; 0 for none.
    phrase: u32,
    /// The classes of the word alone.
    pub classes: ClassSet,
    /// What sort.
    pub kind: Kind,
    /// How it is written.
    pub shape: Shape,
    /// See [`Known`].
    starts: u16,
    marked: u16,
    is_head: bool,
}

impl Token {
    /// A token that belongs to no sentence yet.
    #[inline]
    pub(super) fn new(span: Range<usize>, kind: Kind, shape: Shape, known: Known) -> Token {
        let Known { word, classes, starts, marked, is_head } = known;
        let span = Span::new(span.start, span.end);
        Token {
            start: span.start,
            end: span.end,
            word,
            sentence: 0,
            phrase: 0,
            classes,
            kind,
            shape,
            starts,
            marked,
            is_head,
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// Whether the word alone is of `class`.
    pub fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// Whether it starts with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.kind == Kind::Word && self.shape != Shape::Lower
    }
}

/// A run of tokens that is of some classes: a phrase of a word list, or something that was read there.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its first token.
    pub first: u32,
    /// One past its last token.
    pub end: u32,
    /// What it is.
    pub classes: ClassSet,
}

/// Where a section comes from.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The headline: it helps to know names, and nothing is quoted or reported from it.
    Title,
    /// The standfirst.
    Standfirst,
    /// A block: an index into [`Document::blocks`].
    Block(u32),
}

/// The tokens of one block, of the standfirst or of the title.
#[derive(Clone, Debug)]
pub struct Section {
    /// Which.
    pub part: Part,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its sentences: indices into [`Tokens::sentences`].
    pub sentences: Range<u32>,
}

/// How many tokens share what follows them: see [`Tokens::rest_of`].
const BLOCK: u32 = 4;

/// An article, cut into tokens, sentences and sections.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// Every token of every section, in the order of sections.
    pub all: Vec<Token>,
    /// The tokens of each sentence.
    pub sentences: Vec<Range<u32>>,
    /// Title, standfirst and blocks, in this order.
    pub sections: Vec<Section>,
    /// Runs of several tokens with classes, by first token, longest first.
    phrases: Vec<Phrase>,
    /// What each sentence contains.
    contents: Vec<Contents>,
    /// For every [`BLOCK`] tokens, the classes from there on to the end of the sentence; perhaps a few more.
    rest: Vec<ClassSet>,
    /// For each token, the rule files that have a rule which can start there, as bits: most passes over an article look
    /// at nothing else.
    pub(super) startable: Vec<u16>,
    /// Which rule files each class can start a rule of.
    starts: ClassStarts,
    /// The places that the site knows beyond the gazetteer.
    pub(super) own_places: Arc<OwnPlaces>,
}

impl Tokens {
    /// Cuts `document`. Linear in its length.
    pub fn read(document: &Document, lexicon: &Lexicon) -> Tokens {
        let mut tokens = Tokens::default();
        tokens.all.reserve(document.text.len() / 5);
        let spans = (document.title_span.map(|span| (Part::Title, span)).into_iter())
            .chain(document.standfirst.map(|span| (Part::Standfirst, span)))
            .chain(document.blocks.iter().enumerate().filter_map(|(at, block)| match block.kind {
                BlockKind::Heading(_) => None,
                BlockKind::Paragraph | BlockKind::Other => Some((Part::Block(at as u32), block.span)),
            }));
        for (part, span) in spans {
            let first = tokens.all.len() as u32;
            let first_sentence = tokens.sentences.len() as u32;
            scan::scan(&document.text, span, lexicon, &mut tokens.all);
            sentences::split(&document.text, first, &mut tokens);
            tokens.sections.push(Section {
                part,
                tokens: first..tokens.all.len() as u32,
                sentences: first_sentence..tokens.sentences.len() as u32,
            });
        }
        tokens.find_phrases(lexicon);
        tokens
    }

    /// Cuts a plain text as if it were one paragraph: for examples.
    pub fn of_text(text: &str, lexicon: &Lexicon) -> Tokens {
        let mut tokens = Tokens::default();
        scan::scan(text, Span::new(0, text.len()), lexicon, &mut tokens.all);
        sentences::split(text, 0, &mut tokens);
        tokens.sections.push(Section {
            part: Part::Block(0),
            tokens: 0..tokens.all.len() as u32,
            sentences: 0..tokens.sentences.len() as u32,
        });
        tokens.find_phrases(lexicon);
        tokens
    }

    /// All places of this name: the site's own, where it has any, else those of the gazetteer.
    pub(super) fn places_named(&self, name: &str) -> impl Iterator<Item = Candidate> {
        self.own_places.named(name)
    }

    /// Whether any place has this name.
    pub(super) fn knows_place(&self, name: &str) -> bool {
        self.own_places.knows(name)
    }

    /// One past the longest name of a place of the site's own that starts at token `at` of `text`.
    pub(super) fn own_place_at(&self, at: u32, text: &str) -> Option<u32> {
        let mut runs = self.phrases_at(at).iter().filter(|run| run.classes.has(Class::PlaceWord));
        runs.find(|run| self.own_places.names(self.span(at..run.end).of(text))).map(|run| run.end)
    }

    fn find_phrases(&mut self, lexicon: &Lexicon) {
        self.starts = lexicon.starts;
        self.startable.extend(self.all.iter().map(|token| token.starts));
        self.contents.reserve(self.sentences.len());
        self.rest.resize(self.all.len().div_ceil(BLOCK as usize), ClassSet::NONE);
        for sentence in &self.sentences {
            let mut contents = Contents::default();
            for at in sentence.clone().rev() {
                let token = &self.all[at as usize];
                contents.classes = contents.classes.with(token.classes);
                let rest = &mut self.rest[(at / BLOCK) as usize];
                *rest = rest.with(contents.classes);
                if token.marked != 0 {
                    contents.marks.add(lexicon.marks_of(token.marked));
                }
            }
            self.contents.push(contents);
        }
        for at in 0..self.all.len() {
            if self.all[at].is_head {
                let before = self.phrases.len() as u32;
                lexicon.phrases_at(&self.all, at, &mut self.phrases);
                if self.phrases.len() as u32 > before {
                    self.all[at].phrase = before + 1;
                }
            }
        }
        self.add_contents(0);
    }

    /// Adds the classes of the runs from number `from` on to what their sentences contain.
    fn add_contents(&mut self, from: usize) {
        for phrase in &self.phrases[from..] {
            let token = &self.all[phrase.first as usize];
            self.startable[phrase.first as usize] |= self.starts.of(phrase.classes);
            let contents = &mut self.contents[token.sentence as usize];
            contents.classes = contents.classes.with(phrase.classes);
            let first = self.sentences[token.sentence as usize].start;
            for rest in &mut self.rest[(first / BLOCK) as usize..=(phrase.first / BLOCK) as usize] {
                *rest = rest.with(phrase.classes);
            }
        }
    }

    /// The classes of token `at` and of all behind it in its sentence; perhaps a few more.
    #[inline]
    pub(super) fn rest_of(&self, at: u32) -> ClassSet {
        self.rest[(at / BLOCK) as usize]
    }

    /// What the sentence of token `at` contains.
    pub(super) fn contents_of(&self, at: u32) -> &Contents {
        self.contents(self.all[at as usize].sentence)
    }

    /// What a sentence contains.
    pub(super) fn contents(&self, sentence: u32) -> &Contents {
        &self.contents[sentence as usize]
    }

    /// Marks runs of tokens as being of a class, for the rules that build on them: `<person>`.
    ///
    /// The runs need no order. Linear in the number of tokens: call it once a kind of reading, not once a run.
    pub fn annotate(&mut self, runs: impl IntoIterator<Item = (Range<u32>, Class)>) {
        let old = self.phrases.len();
        self.phrases.extend(runs.into_iter().filter(|(run, _)| !run.is_empty()).map(|(run, class)| Phrase {
            first: run.start,
            end: run.end,
            classes: ClassSet::of(&[class]),
        }));
        self.add_contents(old);
        self.phrases.sort_by_key(|phrase| (phrase.first, u32::MAX - phrase.end));
        for at in (0..self.phrases.len()).rev() {
            self.all[self.phrases[at].first as usize].phrase = at as u32 + 1;
        }
    }

    /// The runs of several tokens that start at token `at`, longest first.
    #[inline]
    pub fn phrases_at(&self, at: u32) -> &[Phrase] {
        match self.all[at as usize].phrase as usize {
            0 => &[],
            from => self.phrases_from(at, from),
        }
    }

    fn phrases_from(&self, at: u32, from: usize) -> &[Phrase] {
        let rest = &self.phrases[from - 1..];
        let count = rest.iter().take_while(|phrase| phrase.first == at).count();
        &rest[..count]
    }

    /// All classes of the token at `at` and of the runs that start there.
    #[inline]
    pub fn classes_at(&self, at: u32) -> ClassSet {
        let alone = self.all[at as usize].classes;
        self.phrases_at(at).iter().fold(alone, |set, phrase| set.with(phrase.classes))
    }

    /// One past the last token of the longest run of `class` that starts at `at`: the token itself, a phrase of a
    /// word list, or what was annotated.
    #[inline]
    pub fn run_of(&self, at: u32, class: Class) -> Option<u32> {
        let phrase = self.phrases_at(at).iter().find(|phrase| phrase.classes.has(class));
        phrase.map(|phrase| phrase.end).or_else(|| self.all[at as usize].is(class).then_some(at + 1))
    }

    /// The bytes that a run of tokens covers. The run must not be empty.
    pub fn span(&self, run: Range<u32>) -> Span {
        let (first, last) = (&self.all[run.start as usize], &self.all[run.end as usize - 1]);
        Span { start: first.start, end: last.end }
    }

    /// The tokens of the sentence that token `at` stands in.
    pub fn sentence_of(&self, at: u32) -> Range<u32> {
        self.sentences[self.all[at as usize].sentence as usize].clone()
    }

    /// The bytes of the sentence that token `at` stands in.
    pub fn sentence_span(&self, at: u32) -> Span {
        self.span(self.sentence_of(at))
    }

    /// The section that token `at` stands in.
    pub fn section_of(&self, at: u32) -> &Section {
        let after = self.sections.partition_point(|section| section.tokens.end <= at);
        &self.sections[after]
    }

    /// Whether no white space stands between token `at` and the one before it; not where the tokens end.
    pub fn is_glued(&self, at: u32) -> bool {
        at > 0 && self.all.get(at as usize).is_some_and(|it| self.all[at as usize - 1].end == it.start)
    }
}
