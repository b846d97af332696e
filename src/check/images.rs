//! Pictures without words: for those who do not see them, and for those who made them.

use crate::config::Lint;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Piece};
use crate::pipeline::Site;

use super::Findings;

pub(super) fn look(site: &Site, findings: &mut Findings<'_>) {
    for record in &site.records.people {
        let Some(portrait) = &record.portrait else { continue };
        let lacks = |words: &Option<String>| words.as_ref().is_none_or(|words| words.trim().is_empty());
        for (missing, key, what) in
            [(lacks(&portrait.alt), "alt", "alternative text"), (lacks(&portrait.credit), "credit", "credit")]
        {
            if missing {
                let mut told = Diagnostic::error(&*record.path, format!("the portrait has no {what}"));
                told.place = Some(portrait.file.place.clone());
                findings.add(
                    Lint::ImageWithoutText,
                    told.help(format!("write `{key} = \"…\"` into `[portrait]`")),
                );
            }
        }
        judge(&record.path, &record.biography, findings);
    }
    for record in &site.records.attacks {
        judge(&record.path, &record.summary, findings);
    }
    let documents = site.articles.iter().map(|article| &article.document);
    for document in documents.chain(site.ordinary.iter().map(|page| &page.document)) {
        judge(&document.path, &markup(document), findings);
    }
}

/// The markup of a document, without the words between.
fn markup(document: &Document) -> String {
    let pieces = document.blocks.iter().flat_map(|block| &block.pieces);
    let html = pieces.filter_map(|piece| match piece {
        Piece::Html(html) if html.contains("<img") => Some(html.as_str()),
        Piece::Html(_) | Piece::Text(_) => None,
    });
    html.collect()
}

fn judge(file: &str, html: &str, findings: &mut Findings<'_>) {
    for tag in html.split("<img").skip(1) {
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        let value = |key: &str| {
            let start = tag.find(&format!("{key}=\""))? + key.len() + 2;
            Some(&tag[start..start + tag[start..].find('"')?])
        };
        let lacks = |key: &str| value(key).is_none_or(|words| words.trim().is_empty());
        let picture = value("src").unwrap_or_default();
        if lacks("alt") {
            let message = format!("the picture `{picture}` has no alternative text");
            let help = "say what it shows: `![what it shows](picture.jpg)`";
            findings.add(Lint::ImageWithoutText, Diagnostic::error(file, message).help(help));
        }
        // Pages of a site's own and articles in Markdown give the credit as the picture's title.
        if lacks("title") {
            let message = format!("the picture `{picture}` has no credit");
            let help = "name who made it: `![what it shows](picture.jpg \"Photograph: A. Person\")`";
            findings.add(Lint::ImageWithoutText, Diagnostic::error(file, message).help(help));
        }
    }
}
