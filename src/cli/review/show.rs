//! Items as a person reads them.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::cli::draw::visible;
use crate::cli::explain::Sheet;
use crate::review::{Item, Reason, Subject};

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();
const PLAIN: Style = Style::new();
const OPEN: Style = AnsiColor::Yellow.on_default();

/// `items`, of `all` that there are, under a heading for each reason, with a sum.
pub(super) fn list(items: &[Item], all: usize, width: usize) -> String {
    let mut sheet = Sheet::new(width);
    let mut last: Option<Reason> = None;
    for item in items {
        if last != Some(item.reason) {
            sheet.gap();
            sheet.flow(0, &[(STRONG, item.reason.heading())]);
            last = Some(item.reason);
        }
        sheet.gap();
        draw(&mut sheet, item);
    }
    sheet.gap();
    sheet.flow(0, &[(PLAIN, &sum(items.len(), all))]);
    sheet.words
}

fn sum(shown: usize, all: usize) -> String {
    let things = if all == 1 { "1 thing to look at".to_owned() } else { format!("{all} things to look at") };
    match shown {
        _ if all == 0 => "nothing of this needs an editor".to_owned(),
        _ if shown < all => format!("{things}, {shown} of them shown"),
        _ => things,
    }
}

/// One item: what it is about, why, its sentences, and the lines that settle it.
pub(super) fn one(item: &Item, width: usize) -> String {
    let mut sheet = Sheet::new(width);
    draw(&mut sheet, item);
    sheet.words
}

fn draw(sheet: &mut Sheet, item: &Item) {
    let title = if item.subject == Subject::Quotation {
        format!("“{}”", visible(&item.title))
    } else {
        visible(&item.title)
    };
    sheet.flow(2, &[(STRONG, &title), (FAINT, &format!("  {}", visible(&item.id)))]);
    sheet.flow(4, &[(OPEN, &visible(&item.why))]);
    for evidence in &item.evidence {
        let words = evidence.words.split_whitespace().collect::<Vec<_>>().join(" ");
        sheet.flow(6, &[(FAINT, &format!("{}: ", visible(&evidence.mention))), (PLAIN, &visible(&words))]);
    }
    sheet.flow(4, &[(FAINT, &format!("in {}:", visible(&item.file)))]);
    for line in item.paste.lines() {
        writeln!(sheet.words, "      {}", visible(line)).expect("a string takes what is written to it");
    }
}
