//! Text to [`Token`]s, one pass over the bytes.

use crate::span::Span;

use super::classes::{Class, ClassSet};
use super::lexicon::{Known, Lexicon};
use super::tokens::{Kind, Shape, Token};
use super::word_key;

/// Appends the tokens of `span` of `text`.
pub(super) fn scan(text: &str, span: Span, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let mut scanner = Scanner {
        text,
        at: span.start as usize,
        start: span.start as usize,
        end: span.end as usize,
        lexicon,
        starts: [Shape::Lower, Shape::Capital, Shape::Upper, Shape::Initial]
            .map(|shape| lexicon.starts.of(shape_classes(shape))),
    };
    loop {
        while scanner.at < scanner.end && matches!(text.as_bytes()[scanner.at], b' ' | b'\n') {
            scanner.at += 1;
        }
        let Some(first) = scanner.peek() else { return };
        let from = scanner.at;
        if first.is_whitespace() {
            scanner.at += first.len_utf8();
        } else if is_letter(first) {
            scanner.word(tokens);
        } else if first.is_ascii_digit() {
            scanner.number();
            scanner.push(from, Kind::Number, const { ClassSet::of(&[Class::Number]) }, tokens);
        } else {
            scanner.sign(first, tokens);
        }
    }
}

fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic()
        || (!sign.is_ascii() && (sign.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&sign)))
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    start: usize,
    end: usize,
    lexicon: &'a Lexicon,
    /// For each shape, the rule files that a word can start a rule of by its shape alone.
    starts: [u16; 4],
}

/// What may follow an apostrophe as a word of its own: "she's", "they'd", "we'll".
const CLITICS: [&str; 6] = ["s", "d", "m", "ll", "re", "ve"];

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.ahead(self.at)
    }

    /// The character at byte `at`; none at the end.
    fn ahead(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes()[..self.end].get(at)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.text[at..self.end].chars().next() }
    }

    /// Pushes what is no word: of its word, only the number counts.
    fn push(&self, from: usize, kind: Kind, classes: ClassSet, tokens: &mut Vec<Token>) {
        let known = self.lexicon.look_up_sign(self.text, from..self.at);
        let starts = known.starts | self.lexicon.starts.of(classes);
        tokens.push(Token::new(from..self.at, kind, Shape::Lower, Known { classes, starts, ..known }));
    }

    fn letters(&mut self) {
        let bytes = &self.text.as_bytes()[..self.end];
        loop {
            let mut count = 8;
            while count == 8
                && let Some(eight) = bytes[self.at..].first_chunk()
            {
                count = word_key::letters(eight);
                self.at += count;
            }
            // Near the end, where no eight bytes are left.
            while count == 8 && bytes.get(self.at).is_some_and(u8::is_ascii_alphanumeric) {
                self.at += 1;
            }
            match bytes.get(self.at) {
                Some(byte) if !byte.is_ascii() => match self.peek() {
                    Some(next) if is_letter(next) => self.at += next.len_utf8(),
                    _ => return,
                },
                _ => return,
            }
        }
    }

    fn word(&mut self, tokens: &mut Vec<Token>) {
        let from = self.at;
        self.letters();
        // Most words end before white space or a sign that can be no part of them.
        if self.text.as_bytes()[..self.end].get(self.at).is_none_or(|it| it.is_ascii() && !b".'".contains(it))
        {
            return self.push_word(from..self.at, shape(&self.text[from..self.at]), tokens);
        }
        let mut clitic = None;
        while let Some(apostrophe @ ('\'' | '’')) = self.peek() {
            let inner = self.at + apostrophe.len_utf8();
            if !self.ahead(inner).is_some_and(is_letter) {
                break;
            }
            let before = self.at;
            self.at = inner;
            self.letters();
            if CLITICS.iter().any(|known| self.text[inner..self.at].eq_ignore_ascii_case(known)) {
                clitic = Some(before..self.at);
                break;
            }
        }
        let end = clitic.as_ref().map_or(self.at, |clitic| clitic.start);
        let shape = shape(&self.text[from..end]);
        match clitic {
            Some(clitic) => {
                self.push_word(from..end, shape, tokens);
                self.push_word(clitic, Shape::Lower, tokens);
            }
            None if self.peek() == Some('.') => self.word_before_stop(from, shape, tokens),
            None => self.push_word(from..end, shape, tokens),
        }
    }

    fn push_word(&self, span: std::ops::Range<usize>, shape: Shape, tokens: &mut Vec<Token>) {
        let known = self.lexicon.look_up(self.text, span.clone(), shape);
        self.push_known(span, shape, known, tokens);
    }

    fn push_known(&self, span: std::ops::Range<usize>, shape: Shape, known: Known, tokens: &mut Vec<Token>) {
        let (classes, starts) = (known.classes.with(shape_classes(shape)), self.starts[shape as usize]);
        let known = Known { classes, starts: known.starts | starts, ..known };
        tokens.push(Token::new(span, Kind::Word, shape, known));
    }

    /// A word with a full stop after it, which is part of it in "Dr.", "J." and "U.S.".
    fn word_before_stop(&mut self, from: usize, shape: Shape, tokens: &mut Vec<Token>) {
        let bytes = &self.text.as_bytes()[..self.end];
        if self.at - from == 1 {
            let mut end = self.at + 1;
            while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && bytes.get(end + 1) == Some(&b'.') {
                end += 2;
            }
            let dotted = end > self.at + 1;
            if dotted || shape == Shape::Initial {
                self.at = end;
                let upper = if dotted && shape == Shape::Initial { Shape::Upper } else { shape };
                return self.push_word(from..end, upper, tokens);
            }
        }
        let known = self.lexicon.look_up(self.text, from..self.at, shape);
        if known.classes.has(Class::Abbreviation) {
            self.at += 1;
        }
        self.push_known(from..self.at, shape, known, tokens);
    }

    fn number(&mut self) {
        let bytes = &self.text.as_bytes()[..self.end];
        let digits = |from: usize| {
            bytes[from.min(bytes.len())..].iter().take(4).take_while(|it| it.is_ascii_digit()).count()
        };
        loop {
            while bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
                self.at += 1;
            }
            match bytes.get(self.at) {
                Some(b',') if digits(self.at + 1) == 3 => self.at += 1,
                Some(b'.') if digits(self.at + 1) > 0 => self.at += 1,
                _ => return,
            }
        }
    }

    fn sign(&mut self, sign: char, tokens: &mut Vec<Token>) {
        let from = self.at;
        let mut length = sign.len_utf8();
        // Typewriters' double marks: ''so'' and ``so''.
        let doubled = matches!(sign, '\'' | '`') && self.ahead(self.at + 1) == Some(sign);
        if doubled {
            length = 2;
        }
        self.at += length;
        let kind = match sign {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '\'' | '`' =>
            {
                let before = self.text[self.start..from].chars().next_back();
                side(sign, doubled, before, self.peek())
            }
            _ => Kind::Sign,
        };
        let classes = match kind {
            Kind::Open => const { ClassSet::of(&[Class::Open]) },
            Kind::Close => const { ClassSet::of(&[Class::Close]) },
            _ => ClassSet::NONE,
        };
        self.push(from, kind, classes, tokens);
    }
}

/// Which way a mark looks: what stands around it, and where that does not tell, the mark itself.
fn side(sign: char, doubled: bool, before: Option<char>, after: Option<char>) -> Kind {
    let free_before = before.is_none_or(|it| {
        it.is_whitespace() || matches!(it, '(' | '[' | '—' | '–' | '-' | '“' | '‘' | '«' | '"' | '\'' | '/')
    });
    let free_after = after
        .is_none_or(|it| it.is_whitespace() || matches!(it, ')' | ']' | ',' | '.' | ';' | ':' | '?' | '!'));
    let single = matches!(sign, '\'' | '’' | '‘' | '`') && !doubled;
    if single && sign != '‘' && free_before && after.is_some_and(|it| it.is_ascii_digit()) {
        return Kind::Sign;
    }
    match sign {
        '"' | '\'' if free_before && !free_after => Kind::Open,
        // After white space with none behind it, and at the head of a text, a straight mark opens.
        '"' | '\'' if before.is_none_or(char::is_whitespace) && !after.is_none_or(char::is_whitespace) => {
            Kind::Open
        }
        '"' | '\'' => Kind::Close,
        '’' if free_before && !free_after => Kind::Sign,
        '’' => Kind::Close,
        '‘' if before.is_some_and(char::is_alphanumeric) => {
            if free_after {
                Kind::Close
            } else {
                Kind::Sign
            }
        }
        '“' | '‘' if !free_before && free_after => Kind::Close,
        '”' if before.is_none_or(char::is_whitespace) && !free_after => Kind::Open,
        // »So« in German and Danish.
        '»' | '›' if free_before && !free_after => Kind::Open,
        '«' | '‹' if !free_before && free_after => Kind::Close,
        '”' | '»' | '›' => Kind::Close,
        _ => Kind::Open,
    }
}

fn shape(word: &str) -> Shape {
    if word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return Shape::Lower;
    }
    let first = word.chars().next();
    if !first.is_some_and(char::is_uppercase) {
        return Shape::Lower;
    }
    if word.len() == first.map_or(0, char::len_utf8) {
        return Shape::Initial;
    }
    // Of most words the second letter tells.
    let lower = word.bytes().any(|it| it.is_ascii_lowercase())
        || !word.is_ascii() && word.chars().any(char::is_lowercase);
    if lower { Shape::Capital } else { Shape::Upper }
}

fn shape_classes(shape: Shape) -> ClassSet {
    match shape {
        Shape::Lower => const { ClassSet::of(&[Class::Word]) },
        Shape::Capital => const { ClassSet::of(&[Class::Word, Class::Capital]) },
        Shape::Upper => const { ClassSet::of(&[Class::Word, Class::Capital, Class::Upper]) },
        Shape::Initial => const { ClassSet::of(&[Class::Word, Class::Capital, Class::Initial]) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        scan(text, Span::new(0, text.len()), &Lexicon::load(), &mut tokens);
        tokens.iter().map(|token| token.span().of(text)).collect()
    }

    fn sides(text: &str) -> String {
        let mut tokens = Vec::new();
        scan(text, Span::new(0, text.len()), &Lexicon::load(), &mut tokens);
        tokens
            .iter()
            .filter_map(|it| match it.kind {
                Kind::Open => Some('('),
                Kind::Close => Some(')'),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn hyphens_clitics_and_digits_stand_alone() {
        assert_eq!(
            cut("the 22-year-old’s 1,100.5, 20th"),
            ["the", "22", "-", "year", "-", "old", "’s", "1,100.5", ",", "20", "th"]
        );
        assert_eq!(cut("O’Brien doesn't"), ["O’Brien", "doesn't"]);
    }

    #[test]
    fn abbreviations_keep_their_full_stop() {
        assert_eq!(
            cut("Dr. J. Doe of the U.S. at 5 p.m. left."),
            ["Dr.", "J.", "Doe", "of", "the", "U.S.", "at", "5", "p.m.", "left", "."]
        );
    }

    #[test]
    fn straight_marks_take_their_side_from_what_stands_around_them() {
        assert_eq!(sides(r#""Yes," he said, "we 'd' go.""#), "()(())");
        assert_eq!(sides("''Two marks,'' she said"), "()");
        assert_eq!(sides("the boys' book of the '90s"), ")");
        assert_eq!(sides("(\"quoted\") and said:\"x\""), "()))");
    }

    #[test]
    fn letters_of_any_script_make_words() {
        assert_eq!(cut("Čapek в Москве 東京"), ["Čapek", "в", "Москве", "東京"]);
    }
}
