//! What stands above the body: header lines, headline, bylines, standfirst.

use super::byline::{self, Byline};
use super::furniture::{self, Look};
use super::lines::{Chunk, Layout, Line, chunks, ends_sentence, is_listed};
use crate::fields::{Field, Located, Value};
use crate::span::Span;

/// Keys that a header line may have, apart from words that are in no [`Meta`](super::super::Meta).
const KEYS: [&str; 12] = [
    "title",
    "published",
    "date",
    "updated",
    "source",
    "outlet",
    "url",
    "author",
    "authors",
    "language",
    "description",
    "slug",
];

/// The longest headline that nothing stands below, in characters.
const LONGEST_ALONE: usize = 140;

/// Whether a byline stood right below the headline.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Signed {
    Yes,
    No,
}

/// Whether anything follows.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum More {
    Yes,
    No,
}

/// The lines above the body.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The headline.
    pub(super) title: Option<Span>,
    /// The standfirst.
    pub(super) standfirst: Option<Span>,
    /// What the bylines say together.
    pub(super) byline: Byline,
    /// Bylines and furniture, with the reason why each is left out.
    pub(super) trimmed: Vec<(Chunk, &'static str)>,
    /// Index of the body's first line.
    pub(super) body: usize,
}

/// The header lines at the very top: `Title: …`, `Date: …`, up to a blank line. Gives their fields and their number.
///
/// They are header lines if every one is a word or two, a colon and words, and at least one key is known.
pub(super) fn header_lines(text: &str, lines: &[Line]) -> (Vec<Field>, usize) {
    let count = lines.iter().skip(1).position(|line| line.gap > 0).map_or(lines.len(), |at| at + 1);
    if lines.is_empty() || lines[0].number > 1 || count > 20 {
        return (Vec::new(), 0);
    }
    let mut fields = Vec::with_capacity(count);
    for line in &lines[..count] {
        let Some(field) = header_line(text, line.span) else { return (Vec::new(), 0) };
        fields.push(field);
    }
    let known = fields.iter().filter(|field| KEYS.contains(&field.key.as_str())).count();
    let enough = known * 2 >= count && KEYS.contains(&fields[0].key.as_str()) || known >= 2;
    if enough { (fields, count) } else { (Vec::new(), 0) }
}

fn header_line(text: &str, span: Span) -> Option<Field> {
    let line = span.of(text);
    let (name, value) = line.split_once(':')?;
    let word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let start = span.start as usize;
    let words: Vec<&str> = name.split(' ').collect();
    let (value_start, value) =
        (start + name.len() + 1 + (value.len() - value.trim_start().len()), value.trim());
    if name.len() > 30 || words.len() > 2 || !words.iter().all(|part| word(part)) || value.starts_with("//") {
        return None;
    }
    let value_span = Span::new(value_start, value_start + value.len());
    let key = words.join("_").to_lowercase();
    let value = match key.as_str() {
        _ if value.is_empty() => Value::Nothing,
        "author" | "authors" => {
            let names = value.split([',', ';']).flat_map(|names| names.split(" and ")).map(str::trim);
            let located = |name: &str| Located { span: value_span, value: Value::Text(name.to_owned()) };
            Value::List(names.filter(|name| !name.is_empty()).map(located).collect())
        }
        _ => Value::Text(value.to_owned()),
    };
    Some(Field {
        key,
        key_span: Span::new(start, start + name.len()),
        value: Located { span: value_span, value },
    })
}

/// Finds headline, bylines and standfirst in the lines from `from` on. `given` is the headline that the author gave
/// in header lines: then the text has none of its own unless it repeats that one.
pub(super) fn read(text: &str, lines: &[Line], from: usize, layout: Layout, given: Option<&str>) -> Head {
    let mut head = Head { body: from, ..Head::default() };
    head.peel(text, lines);
    if let Some(count) = headline(text, &lines[head.body..], layout, given) {
        head.title = Some(lines[head.body].span.to(lines[head.body + count - 1].span));
        head.body += count;
        let before = head.trimmed.len();
        head.peel(text, lines);
        let signed = if head.trimmed.len() > before { Signed::Yes } else { Signed::No };
        head.take_standfirst(text, lines, layout, signed);
    }
    head
}

impl Head {
    /// Takes bylines and furniture off the top.
    fn peel(&mut self, text: &str, lines: &[Line]) {
        while let Some(line) = lines.get(self.body).filter(|_| self.trimmed.len() < 12) {
            // Below the headline such lines are the article's own list.
            let menu = if self.title.is_none() { menu(text, &lines[self.body..]) } else { 0 };
            if menu > 0 {
                let last = &lines[self.body + menu - 1];
                let span = line.span.to(last.span);
                let chunk = Chunk { span, first_line: line.number, last_line: last.number, gap: line.gap };
                self.trimmed.push((chunk, "site furniture"));
                self.body += menu;
                continue;
            }
            let words = line.span.of(text);
            let found = byline::read(words).filter(|found| !self.is_headline_of_a_day(text, lines, found));
            let reason = if let Some(found) = found {
                self.byline.authors.extend(found.authors);
                self.byline.published = self.byline.published.take().or(found.published);
                self.byline.updated = self.byline.updated.take().or(found.updated);
                "byline"
            } else {
                match furniture::look(words) {
                    _ if lines.len() == self.body + 1 => return,
                    Look::Caption => "caption",
                    Look::Scrap | Look::Heading => "site furniture",
                    _ => return,
                }
            };
            let number = line.number;
            let chunk = Chunk { span: line.span, first_line: number, last_line: number, gap: line.gap };
            self.trimmed.push((chunk, reason));
            self.body += 1;
        }
    }

    /// "Oct 7" above the first paragraph: no year, nobody's name, and no other headline.
    fn is_headline_of_a_day(&self, text: &str, lines: &[Line], found: &Byline) -> bool {
        let bare = found.authors.is_empty()
            && found.updated.is_none()
            && !lines[self.body].span.of(text).bytes().any(|byte| byte == b':')
            && lines[self.body].span.of(text).bytes().filter(u8::is_ascii_digit).count() <= 2;
        let top = self.title.is_none() && self.trimmed.is_empty();
        bare && top && lines.get(self.body + 1).is_some_and(|next| ends_sentence(next.span.of(text)))
    }

    /// A paragraph between headline and byline, a line without a full stop before prose, or a short paragraph with
    /// more air below it than any of the next ones has.
    fn take_standfirst(&mut self, text: &str, lines: &[Line], layout: Layout, signed: Signed) {
        let rest = &lines[self.body..lines.len().min(self.body + 40)];
        let parts = chunks(text, rest, layout);
        let [first, second, others @ ..] = parts.as_slice() else { return };
        let words = first.span.of(text);
        if words.len() > 350 || is_listed(words) || furniture::look(words) == Look::Caption {
            return;
        }
        let count = rest.iter().take_while(|line| line.number <= first.last_line).count();
        let byline_below = signed == Signed::No
            && rest.get(count).is_some_and(|line| byline::read(line.span.of(text)).is_some());
        let open = !ends_sentence(words)
            && !words.ends_with([':', ',', ';'])
            && words.split_whitespace().count() >= 6;
        let prose_below = ends_sentence(second.span.of(text)) && second.span.len() > words.len() / 2;
        let apart = second.gap >= 2
            && second.gap > first.gap
            && others.len() >= 3
            && others.iter().take(8).all(|other| other.gap < second.gap);
        if byline_below || (open && prose_below) || apart {
            self.standfirst = Some(first.span);
            self.body += count;
            self.peel(text, lines);
        }
    }
}

/// How many of the first lines are a menu: entries of one, two at least unless a headline stands below.
fn menu(text: &str, lines: &[Line]) -> usize {
    let entries = lines.iter().take_while(|line| furniture::is_menu_entry(line.span.of(text))).count();
    let heads = |line: &Line| {
        let words = line.span.of(text);
        words.chars().count() <= LONGEST_ALONE
            && !ends_sentence(words)
            && furniture::look(words) == Look::Title
            && byline::read(words).is_none()
    };
    match &lines[entries..] {
        [_, ..] if entries > 1 => entries,
        // "World", a headline by itself, and more.
        [next, below, ..] if entries == 1 && below.gap > 0 && heads(next) => 1,
        _ => 0,
    }
}

/// How many of the first lines are the headline.
fn headline(text: &str, lines: &[Line], layout: Layout, given: Option<&str>) -> Option<usize> {
    let group = lines.iter().skip(1).take_while(|line| line.gap == 0).take(8).count() + 1;
    let group = &lines[..group.min(lines.len())];
    let first = group.first()?;
    let byline = group.iter().skip(1).position(|line| byline::read(line.span.of(text)).is_some());
    let alone = byline.map_or(group, |at| &group[..=at]);
    let part = chunks(text, alone, layout)[0];
    let count = alone.iter().filter(|line| line.number <= part.last_line).count();
    let more = if lines.len() > count { More::Yes } else { More::No };
    let fits = |words: &str| match given {
        Some(given) => same_words(given, words),
        None => is_headline(words, more),
    };
    // Lines that nothing follows are no headline alone: one of them is, and the others are what it heads.
    let whole = more == More::No && count > 1;
    if count <= 3 && !whole && fits(part.span.of(text)) {
        return Some(count);
    }
    if whole && given.is_none() && count <= 3 {
        return is_headline(first.span.of(text), More::Yes).then_some(1);
    }
    let next = alone.get(1)?;
    (fits(first.span.of(text)) && has_dateline(next.span.of(text))).then_some(1)
}

fn is_headline(words: &str, more: More) -> bool {
    if words.len() > 300
        || words.chars().count() > 220
        || is_listed(words)
        || has_dateline(words)
        || !words.contains(char::is_alphanumeric)
    {
        return false;
    }
    // A long line that nothing follows is the text itself.
    if more == More::No && words.chars().count() > LONGEST_ALONE {
        return false;
    }
    if !ends_sentence(words) {
        return !words.ends_with([',', ';', ':']);
    }
    if more == More::No {
        return false;
    }
    let closing = |c: char| "\"'”’»)]".contains(c);
    let stop = words.trim_end_matches(closing).ends_with('.') && !words.ends_with("...");
    // A question or an exclamation may head an article; a sentence with a full stop opens it, unless it is set as
    // headlines are.
    !stop && words.chars().count() <= 160 || stop && is_set_as_headline(words)
}

/// Capitals, or a capital on nearly every long word.
fn is_set_as_headline(words: &str) -> bool {
    if !words.contains(char::is_lowercase) {
        return true;
    }
    let long: Vec<&str> = words.split_whitespace().filter(|word| word.chars().count() >= 4).collect();
    let capital = |word: &&&str| {
        word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase)
    };
    long.len() >= 4 && long.iter().filter(capital).count() * 10 >= long.len() * 9
}

/// "LAGOS, Nigeria (AP) — ", "LONDON — ": the place an agency reports from opens the first paragraph.
fn has_dateline(words: &str) -> bool {
    let start = &words[..words.floor_char_boundary(80)];
    let Some(at) = ["—", "–", " -- ", " - "].iter().filter_map(|dash| start.find(dash)).min() else {
        return false;
    };
    let place = start[..at].trim();
    let capitals = place
        .split(|c: char| !c.is_alphabetic())
        .next()
        .is_some_and(|word| word.len() > 2 && !word.contains(char::is_lowercase));
    let agency = place.ends_with(')') && place.contains('(');
    place.is_empty() && words.len() > 100 || ((capitals || agency) && words.len() > 100)
}

/// Whether two headlines have the same letters and digits.
fn same_words(one: &str, other: &str) -> bool {
    fn letters(words: &str) -> impl Iterator<Item = char> {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    other.len() < 1000 && letters(one).eq(letters(other))
}
