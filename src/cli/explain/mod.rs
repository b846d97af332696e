//! `dateline explain`: an article with what was read from it, or an attack or a person with where each value comes
//! from, for whoever checks the facts or mends the rules.

mod lists;
mod marks;
mod sheet;
mod subject;

use anstyle::{AnsiColor, Style};

use anyhow::bail;

use super::args::{ExplainArgs, ExplainFormat, Global, Selection};
use super::article::{self, Article};
use super::draw::visible;
use super::report::Reporter;
use super::site::Site;
use super::{Outcome, dossier, environment, extract};
use crate::document::{BlockKind, language};
use crate::slug::is_slug;
use crate::span::{LineIndex, Span};
use marks::Text;
pub(super) use sheet::Sheet;

const PERSON: Style = AnsiColor::Cyan.on_default();
const QUOTE: Style = AnsiColor::Green.on_default();
const DATE: Style = AnsiColor::Yellow.on_default();
const ATTACK: Style = AnsiColor::Red.on_default();
const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const PLAIN: Style = Style::new();

/// Prints the article and its facts.
pub fn run(args: &ExplainArgs, global: &Global, reporter: &Reporter) -> anyhow::Result<Outcome> {
    if let Some(outcome) = of_dossier(args, global, reporter)? {
        return Ok(outcome);
    }
    let article = article::read(&args.article, global, reporter)?;
    if args.format == ExplainFormat::Json {
        return extract::print(&article, reporter);
    }
    reporter.styled_data(&sheet(&article, environment::columns()))?;
    Ok(Outcome::Fine)
}

/// Prints an attack or a person, where the words name no file and can be an id. `None` where they name a file.
fn of_dossier(args: &ExplainArgs, global: &Global, reporter: &Reporter) -> anyhow::Result<Option<Outcome>> {
    let named = &args.article.file;
    let Some(id) = named.to_str().filter(|id| is_slug(id) && !named.exists()) else { return Ok(None) };
    let Ok(site) = Site::find(global) else { return Ok(None) };
    let everything = Selection { drafts: true, future: true };
    let Some(ready) = dossier::read(&site, everything, args.kept, reporter)? else {
        return Ok(Some(Outcome::SiteHasErrors));
    };
    match subject::find(&ready, id) {
        Ok(found) => {
            if args.format == ExplainFormat::Json {
                bail!(
                    "an attack or a person is explained as text only\n  help: `dateline list attacks --format json` has its values"
                );
            }
            reporter.styled_data(&subject::sheet(&ready, &found, environment::columns()))?;
            Ok(Some(Outcome::Fine))
        }
        Err(near) => {
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`dateline list attacks` and `dateline list people` show what there is".to_owned(),
            };
            bail!("there is no file `{id}`, and no attack or person has this id\n  help: {help}")
        }
    }
}

/// The whole page, `width` columns wide.
fn sheet(article: &Article, width: usize) -> String {
    let places = Places::of(article);
    let mut sheet = Sheet::new(width);
    head(&mut sheet, article);
    text(&mut sheet, article, &places);
    lists::people(&mut sheet, article, &places);
    lists::quotes(&mut sheet, article, &places);
    lists::dates(&mut sheet, article, &places);
    lists::attacks(&mut sheet, article, &places);
    left_out(&mut sheet, article);
    sheet.words
}

fn head(sheet: &mut Sheet, article: &Article) {
    let (document, facts) = (&article.document, &article.facts);
    sheet.flow(0, &[(STRONG, &visible(&document.title))]);
    let published = match &document.meta.published {
        Some(date) => format!("published {date}"),
        None => "no day of publication, so that \"last Friday\" stays open (`--published`)".to_owned(),
    };
    sheet.flow(0, &[(PLAIN, &visible(&document.path)), (PLAIN, ": "), (PLAIN, &published)]);
    let counted = [
        (facts.people.len(), "person", "people"),
        (facts.verbatim().count(), "quotation", "quotations"),
        (facts.dates.len(), "date", "dates"),
        (facts.attacks.len(), "attack", "attacks"),
    ]
    .map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }));
    let language = document.meta.language.as_deref();
    if let Some(tag) = language.filter(|tag| !language::is_read(tag)) {
        let words =
            format!("in {}: not read (`language = \"en\"` beside it says otherwise)", language::name(tag));
        sheet.flow(0, &[(STRONG, &visible(&words))]);
    }
    sheet.flow(0, &[(PLAIN, &counted.join(", "))]);
    sheet.gap();
}

/// The body, with a row of marks below each line that facts were read from.
fn text(sheet: &mut Sheet, article: &Article, places: &Places) {
    let document = &article.document;
    let marks = marks::of(&article.facts);
    let mut text = Text::new(&document.text, &marks, places);
    for span in document.standfirst.iter() {
        text.draw(sheet, *span, PLAIN);
    }
    for block in document.blocks.iter().filter(|block| !block.span.is_empty()) {
        let style = if matches!(block.kind, BlockKind::Heading(_)) { STRONG } else { PLAIN };
        text.draw(sheet, block.span, style);
    }
}

fn left_out(sheet: &mut Sheet, article: &Article) {
    let trimmed = &article.document.trimmed;
    if !trimmed.is_empty() {
        sheet.heading("Not read as the article");
    }
    for part in trimmed {
        let (first, last) = (part.first_line, part.last_line);
        let lines = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
        sheet.flow(2, &[(PLAIN, &lines), (PLAIN, ": "), (PLAIN, &visible(&part.reason))]);
    }
}

/// From the words of a document to the lines of its file.
struct Places<'a> {
    article: &'a Article,
    lines: LineIndex,
}

impl<'a> Places<'a> {
    fn of(article: &'a Article) -> Self {
        Places { article, lines: LineIndex::new(&article.source.text) }
    }

    /// The line of the file, from 1, on which the byte of the text at `offset` stands.
    fn line(&self, offset: u32) -> u32 {
        let at = self.article.document.origin.start_in_source(offset);
        self.lines.line(u32::try_from(at).expect("texts over 4 GiB are refused when read"))
    }

    /// "line 3"
    fn named(&self, span: Span) -> String {
        format!("line {}", self.line(span.start))
    }

    /// The words, on one line and not too long.
    fn words(&self, span: Span) -> String {
        const LONGEST: usize = 120;
        let mut words = String::new();
        for word in span.of(&self.article.document.text).split_whitespace() {
            if words.chars().count() > LONGEST {
                words.push('…');
                break;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.extend(word.chars().take(LONGEST));
        }
        visible(&words)
    }
}

#[cfg(test)]
mod tests;
