//! A page as a browser saved it to a document: the article alone, as words.
//!
//! Of the page's HTML nothing is kept but the words of paragraphs, subheads and lists, so nothing of it can do harm.
//! Where in the file the words stood is not known: [`Origin::Copied`] is empty, and what is left out is told in a
//! note, not in [`Document::trimmed`].

use std::collections::HashSet;

use dom_query::NodeRef;
use dom_smoothie::{Article, Config as Settings, Readability};

use super::dates::written_date;
use super::plain_text::byline;
use super::plain_text::furniture::{self, Look};
use super::{Block, BlockKind, Document, Meta, Origin, block_ids, one_line, title_from};
use crate::config::is_language_tag;
use crate::diagnostic::Diagnostic;
use crate::edtf::Edtf;
use crate::source::{Format, Source};
use crate::span::Span;

/// So many of the parts that are left out are named in the note.
const MOST_NAMED: usize = 8;

/// Elements nested deeper than this make no page that anybody wrote.
const DEEPEST: usize = 2000;

/// Parses `source`; `sidecar` writes what the sidecar says over what the page says.
pub(super) fn parse(
    source: &Source,
    sidecar: impl FnOnce(&mut Meta, &mut Vec<Diagnostic>),
) -> (Document, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut meta = Meta::default();
    let (mut parts, mut whole) = (Vec::new(), Vec::new());
    let mut title = None;
    if nests_too_deep(&source.text) {
        let message = format!("the page nests more than {DEEPEST} elements");
        diagnostics
            .push(Diagnostic::error(&*source.path, message).help("save the article's words as `.txt`"));
    } else {
        let page = dom_query::Document::from(&*source.text);
        read_meta(&page, &source.text, &mut meta);
        match Readability::with_document(page, None, Some(Settings::default()))
            .and_then(|mut page| page.parse())
        {
            Ok(article) => {
                add_meta(&article, &mut meta);
                title = Some(one_line(&article.title)).filter(|title| !title.is_empty());
                parts = words_of(&article.content);
                whole = words_of(&source.text);
            }
            Err(_) => diagnostics.push(
                Diagnostic::error(&*source.path, "no article was found in this page")
                    .help("save the article's words as `.txt`"),
            ),
        }
    }
    let around = around(&parts, whole, title.as_deref());
    diagnostics.extend(leave_out(source, &mut parts, around, title.as_deref(), &mut meta));
    sidecar(&mut meta, &mut diagnostics);
    let (text, blocks) = blocks(&parts);
    let document = Document {
        path: source.path.clone(),
        format: Format::SavedPage,
        title: title_from(meta.title.as_deref(), title.as_deref(), &source.path),
        title_span: None,
        standfirst: None,
        text: text.into(),
        origin: Origin::Copied(Vec::new()),
        blocks,
        trimmed: Vec::new(),
        has_code: false,
        meta,
    };
    (document, diagnostics)
}

/// A guard for parsers that look up, or go down, the whole tree at every element: told from the tags alone.
fn nests_too_deep(html: &str) -> bool {
    /// Elements that are empty, or that close by themselves when the next one begins.
    const FLAT: [&str; 27] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "p", "li", "td", "th", "tr", "dd", "dt", "thead", "tbody", "tfoot", "option", "body",
        "html",
    ];
    let (mut open, mut deepest, mut in_svg) = (0usize, 0usize, false);
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        let closing = rest.starts_with('/');
        let name = rest.trim_start_matches('/');
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || FLAT.iter().any(|flat| name.eq_ignore_ascii_case(flat))
        {
            continue;
        }
        if name.eq_ignore_ascii_case("svg") {
            in_svg = !closing;
        }
        if closing {
            open = open.saturating_sub(1);
        } else if !(in_svg && closes_itself(rest)) {
            open += 1;
            deepest = deepest.max(open);
        }
    }
    deepest > DEEPEST
}

/// `<path d="…"/>`, which only drawings have.
fn closes_itself(tag: &str) -> bool {
    tag.find(['>', '<']).is_some_and(|end| tag[..end].ends_with('/'))
}

/// What the page's head says and the reader of articles does not ask for.
fn read_meta(page: &dom_query::Document, html: &str, meta: &mut Meta) {
    let attribute = |selector: &str, name: &str| {
        let found = page.select_single(selector).attr(name)?;
        Some(one_line(&found)).filter(|value| !value.is_empty())
    };
    let addresses = [
        attribute("link[rel=canonical]", "href"),
        attribute("meta[property='og:url']", "content"),
        // What Chromium and Internet Explorer write at the top of a page they save.
        html.split_once("saved from url=(").and_then(|(_, rest)| {
            let (_, address) = rest.get(..2000.min(rest.len()))?.split_once(')')?;
            Some(address.split_whitespace().next()?.to_owned())
        }),
    ];
    let web = |address: &String| address.starts_with("https://") || address.starts_with("http://");
    meta.url = addresses.into_iter().flatten().find(web);
    meta.language = attribute("html", "lang").filter(|tag| is_language_tag(tag));
    let dates = [
        ("meta[property='article:published_time']", "content"),
        ("meta[itemprop=datePublished]", "content"),
        ("[itemprop=datePublished]", "datetime"),
        ("meta[name=pubdate]", "content"),
        ("meta[name=date]", "content"),
        ("meta[name='DC.date.issued']", "content"),
        ("article time[datetime]", "datetime"),
    ];
    meta.published = dates.iter().find_map(|(selector, name)| day(&attribute(selector, name)?));
    meta.updated =
        attribute("meta[property='article:modified_time']", "content").and_then(|written| day(&written));
}

/// What the reader of articles found.
fn add_meta(article: &Article, meta: &mut Meta) {
    let published = article.published_time.as_deref().and_then(day);
    meta.published = published.or(meta.published.take());
    meta.source = article.site_name.as_deref().map(one_line).filter(|name| !name.is_empty());
    if let Some(names) =
        article.byline.as_deref().map(one_line).filter(|names| !names.is_empty() && names.len() < 200)
    {
        let signed = byline::read(&names).or_else(|| byline::read(&format!("By {names}")));
        meta.authors = signed.map_or_else(Vec::new, |signed| signed.authors);
    }
}

fn day(written: &str) -> Option<Edtf> {
    written_date(written).ok()
}

/// A paragraph, subhead or entry of a list.
struct Part {
    kind: BlockKind,
    words: String,
}

/// A step of the walk through a page.
enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave,
}

/// The words of an article's HTML, block by block.
fn words_of(html: &str) -> Vec<Part> {
    let page = dom_query::Document::fragment(html);
    let mut parts: Vec<Part> = Vec::new();
    let mut kinds = vec![BlockKind::Paragraph];
    let mut words = String::new();
    let mut steps = vec![Step::Enter(page.root())];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Leave => {
                flush(&mut words, kinds.pop().unwrap_or(BlockKind::Paragraph), &mut parts);
                continue;
            }
        };
        if node.is_text() {
            // A line break in HTML is a space; `<br>` is what breaks a line.
            words.push_str(&node.text().replace(['\n', '\r'], " "));
            continue;
        }
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "head" | "title" | "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "form"
            | "button" | "figcaption" => continue,
            "br" => words.push('\n'),
            _ => {}
        }
        if let Some(kind) = block_kind(&name) {
            let outer = *kinds.last().unwrap_or(&BlockKind::Paragraph);
            flush(&mut words, outer, &mut parts);
            kinds.push(kind);
            steps.push(Step::Leave);
        }
        steps.extend(node.children_it(true).map(Step::Enter));
    }
    flush(&mut words, BlockKind::Paragraph, &mut parts);
    parts
}

/// What an element makes of its words; `None` for one that stands in a line.
fn block_kind(name: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" => Some(BlockKind::Heading(2)),
        "h3" => Some(BlockKind::Heading(3)),
        "h4" | "h5" | "h6" => Some(BlockKind::Heading(4)),
        "p" | "div" | "section" | "article" | "main" | "nav" | "blockquote" | "pre" | "ul" | "ol" | "li"
        | "dl" | "dt" | "dd" | "table" | "tr" | "td" | "th" | "figure" | "header" | "footer" | "aside"
        | "address" | "details" | "summary" | "body" | "hr" => Some(BlockKind::Paragraph),
        _ => None,
    }
}

/// Ends a block. Two `<br>` in a row part paragraphs, one does not.
fn flush(words: &mut String, kind: BlockKind, parts: &mut Vec<Part>) {
    let mut paragraph = String::new();
    let mut breaks = 0;
    for line in words.split('\n') {
        let line = one_word_apart(line);
        if line.is_empty() {
            breaks += 1;
            continue;
        }
        if breaks > 0 && !paragraph.is_empty() {
            parts.push(Part { kind, words: std::mem::take(&mut paragraph) });
        }
        breaks = 0;
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(&line);
    }
    if !paragraph.is_empty() {
        parts.push(Part { kind, words: paragraph });
    }
    words.clear();
}

fn one_word_apart(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands on the page around its article: menus, teasers and footers, which the reader of articles passes over.
fn around(article: &[Part], page: Vec<Part>, title: Option<&str>) -> Vec<String> {
    let read: HashSet<&str> = article.iter().map(|part| part.words.as_str()).chain(title).collect();
    page.into_iter().map(|part| part.words).filter(|words| !read.contains(words.as_str())).collect()
}

/// Takes bylines, captions and the site's furniture out of the article, and says so of them and of what stands `around` it.
fn leave_out(
    source: &Source,
    parts: &mut Vec<Part>,
    around: Vec<String>,
    title: Option<&str>,
    meta: &mut Meta,
) -> Option<Diagnostic> {
    let look = |part: &Part| match part.kind {
        BlockKind::Heading(_) if furniture::look(&part.words) != Look::Heading => Look::Title,
        _ => furniture::look(&part.words),
    };
    let looks: Vec<Look> = parts.iter().map(look).collect();
    let end = furniture::tail(&looks).unwrap_or(parts.len());
    let scraps = furniture::scraps(&looks[..end]);
    let mut left: Vec<String> = Vec::new();
    let mut kept = Vec::with_capacity(end);
    for (at, part) in std::mem::take(parts).into_iter().enumerate() {
        if at >= end || scraps[at] {
            left.push(part.words);
            continue;
        }
        let repeats = at < 3 && title.is_some_and(|title| title == part.words);
        let signed = (at < 5).then(|| byline::read(&part.words)).flatten();
        match signed {
            _ if repeats => {}
            Some(found) => {
                if meta.authors.is_empty() {
                    meta.authors = found.authors;
                }
                meta.published = meta.published.take().or(found.published);
            }
            None => kept.push(part),
        }
    }
    *parts = kept;
    left.extend(around);
    let first = left.first()?;
    let count = if left.len() == 1 {
        "1 part of the page is".to_owned()
    } else {
        format!("{} parts of the page are", left.len())
    };
    let begins = |words: &String| format!("`{}`", words.chars().take(60).collect::<String>());
    let named: Vec<String> = left.iter().take(MOST_NAMED).map(begins).collect();
    let and = if left.len() > MOST_NAMED { " …" } else { "" };
    let message = format!("{count} not part of the article and left out: {}{and}", named.join(", "));
    let note = Diagnostic::note(&*source.path, message);
    // The words may stand there in another form, with entities or tags in them: then only the file is named.
    let at = source.text.find(first.as_str()).map(|at| Span::new(at, at + first.len()));
    Some(match at {
        Some(span) => note.at(&source.text, span),
        None => note,
    })
}

fn blocks(parts: &[Part]) -> (String, Vec<Block>) {
    let is_heading = |part: &&Part| matches!(part.kind, BlockKind::Heading(_));
    let mut ids = block_ids(parts.iter().filter(is_heading).map(|part| part.words.as_str()));
    let mut text = String::new();
    let mut blocks = Vec::with_capacity(parts.len());
    let mut paragraphs = 0;
    for part in parts {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&part.words);
        let id = match part.kind {
            BlockKind::Heading(_) => ids.next().expect("there is an id for each heading"),
            _ => {
                paragraphs += 1;
                format!("p{paragraphs}")
            }
        };
        blocks.push(Block { kind: part.kind, id, span: Span::new(start, text.len()), pieces: Vec::new() });
    }
    (text, blocks)
}

#[cfg(test)]
mod tests;
