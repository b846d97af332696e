//! Words between quotation marks that an editor writes: they must be in some article as they stand.

use crate::config::Lint;
use crate::diagnostic::Diagnostic;
use crate::document::Piece;
use crate::pipeline::Site;

use super::Findings;

/// Shorter ones are names and single words, which are no quotation of anybody.
const FEWEST_WORDS: usize = 4;

pub(super) fn look(site: &Site, findings: &mut Findings<'_>) {
    let articles: Vec<String> = site.articles.iter().map(|article| plain(&article.document.text)).collect();
    let mut judge = |file: &str, html: &str| {
        for words in quoted(&text_of(html)) {
            let wanted = plain(&words);
            if articles.iter().any(|text| text.contains(wanted.trim_matches([' ', ',', '.', '…']))) {
                continue;
            }
            let message = format!("no article has the words “{words}”");
            let help = "quote them as the source has them, or say them in your own words without marks";
            findings.add(Lint::QuotationNotVerbatim, Diagnostic::error(file, message).help(help));
        }
    };
    for record in &site.records.attacks {
        judge(&record.path, &record.summary);
    }
    for record in &site.records.people {
        judge(&record.path, &record.biography);
    }
    for page in &site.ordinary {
        let document = &page.document;
        let html: String = document
            .blocks
            .iter()
            .flat_map(|block| &block.pieces)
            .map(|piece| match piece {
                Piece::Html(html) => html.as_str(),
                Piece::Text(span) => span.of(&document.text),
            })
            .collect();
        judge(&document.path, &html);
    }
}

/// Between two blocks of HTML: the separator of paragraphs in Unicode. A line break of the source is white space.
const BREAK: char = '\u{2029}';

/// The words between double marks, in order.
fn quoted(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['“', '"', '«', '„']) {
        let mark = rest[open..].chars().next().unwrap_or('"');
        let inner = &rest[open + mark.len_utf8()..];
        let closing: &[char] = match mark {
            '"' => &['"'],
            '«' => &['»'],
            _ => &['”', '“'],
        };
        // A mark that is not closed in its paragraph quotes nothing.
        let line = &inner[..inner.find(BREAK).unwrap_or(inner.len())];
        let Some(end) = line.find(closing) else {
            rest = inner;
            continue;
        };
        let words: Vec<&str> = line[..end].split_whitespace().collect();
        if words.len() >= FEWEST_WORDS {
            found.push(words.join(" "));
        }
        let after = inner[end..].chars().next().map_or(0, char::len_utf8);
        rest = &inner[end + after..];
    }
    found
}

/// Marks and white space of one kind, so that only words are compared.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().map(|letter| match letter {
            '’' | '‘' => '\'',
            '“' | '”' | '„' => '"',
            other => other,
        }));
    }
    plain
}

/// The words of a piece of HTML: tags away, a line for each block, the five entities of XML and `&nbsp;` resolved. Code
/// does not count.
fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let name = tag.trim_start_matches('/');
        let block = ["p", "li", "h1", "h2", "h3", "h4", "blockquote", "td", "th", "div", "br"];
        let word = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if block.contains(&word) {
            text.push(BREAK);
        }
        rest = &tag[end..];
        if word == "code" && !tag.starts_with('/') {
            rest = rest.find("</code").map_or("", |close| &rest[close..]);
        }
    }
    text.push_str(rest);
    let entities =
        [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_long_enough_is_a_quotation() {
        let html = "<p>He called it &quot;late&quot; and said “the gate was\nnever locked”.</p><p>“Never closed</p>\
            <p>by this <code>\"a b c d\"</code>: \"one two three four\"</p>";
        assert_eq!(quoted(&text_of(html)), ["the gate was never locked", "one two three four"]);
    }

    #[test]
    fn marks_of_another_kind_are_the_same_words() {
        assert_eq!(plain("It’s  not\n“so”"), plain("It's not \"so\""));
    }
}
