//! A [`Diagnostic`] as the text a person reads: severity, message, place, the line underlined, help.

use std::fmt::Write as _;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use crate::diagnostic::{Diagnostic, Place, Severity};

/// Draws one diagnostic, with ANSI styles, ending in a line break and without a blank line after it.
///
/// Nothing that stands in the author's files can disturb a terminal: control and bidi characters are spelt out.
pub fn draw(diagnostic: &Diagnostic) -> String {
    match &diagnostic.report {
        Some(report) => with_report(diagnostic, report),
        None => with_snippet(diagnostic),
    }
}

fn title<'a>(diagnostic: &Diagnostic) -> Title<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    level.primary_title(visible(&diagnostic.message))
}

fn with_snippet(diagnostic: &Diagnostic) -> String {
    let file = visible(&diagnostic.file);
    let mut group = Group::with_title(title(diagnostic));
    let mut mend_column = None;
    match &diagnostic.place {
        Some(place) => {
            let (snippet, shown_column) = snippet(place);
            group = group.element(snippet.path(file.clone()));
            let position = |column| format!("{file}:{}:{column}", place.line);
            mend_column = Some((position(shown_column), position(place.column as usize)));
        }
        None if !file.is_empty() => group = group.element(Origin::path(file)),
        None => {}
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible_lines(help)));
    }
    let drawn = Renderer::styled().render(&[group]) + "\n";
    match mend_column {
        // The renderer counts columns in the line it is given, which may be cut or spelt out.
        Some((shown, true_one)) if shown != true_one => drawn.replacen(&shown, &true_one, 1),
        _ => drawn,
    }
}

/// A report that a library has drawn, under our own title unless it says the same, with our help after it.
fn with_report(diagnostic: &Diagnostic, report: &str) -> String {
    let render = |title| Renderer::styled().render(&[Group::with_title(title)]) + "\n";
    let mut drawn = String::new();
    if !report.contains(&diagnostic.message) {
        drawn.push_str(&render(title(diagnostic)));
    }
    drawn.push_str(visible_lines(report).trim_end());
    drawn.push('\n');
    if let Some(help) = &diagnostic.help {
        drawn.push_str(&render(Level::HELP.secondary_title(visible_lines(help))));
    }
    drawn
}

/// The line with what is meant underlined, and the column, from 1, at which it stands there.
fn snippet<'a>(place: &Place) -> (Snippet<'a, Annotation<'a>>, usize) {
    let words = place.underline.range();
    let (before, meant, after) = (
        visible(&place.text[..words.start]),
        visible(&place.text[words.clone()]),
        visible(&place.text[words.end..]),
    );
    let cut = place.column as usize > place.text[..words.start].chars().count() + 1;
    let before = if cut { format!("…{before}") } else { before };
    let span = before.len()..before.len() + meant.len();
    let column = before.chars().count() + 1;
    let snippet = Snippet::source(format!("{before}{meant}{after}"))
        .line_start(place.line as usize)
        .annotation(AnnotationKind::Primary.span(span));
    (snippet, column)
}

/// `text` on one line, with line breaks, control and bidi characters spelt out as `\u{1b}`; a tab stays.
pub fn visible(text: &str) -> String {
    spell_out(text, |character| character == '\t')
}

/// `text` with control and bidi characters spelt out; line breaks and tabs stay.
pub fn visible_lines(text: &str) -> String {
    spell_out(text, |character| matches!(character, '\t' | '\n'))
}

fn spell_out(text: &str, harmless: impl Fn(char) -> bool) -> String {
    let mut spelt = String::with_capacity(text.len());
    for character in text.chars() {
        if (character.is_control() && !harmless(character)) || steers_direction(character) {
            write!(spelt, "\\u{{{:x}}}", character as u32).expect("a string takes what is written to it");
        } else {
            spelt.push(character);
        }
    }
    spelt
}

/// The characters that Unicode's bidirectional algorithm (UAX #9) obeys without showing them, and the two line
/// breaks that some terminals obey.
fn steers_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Span;

    fn plain(diagnostic: &Diagnostic) -> String {
        anstream::adapter::strip_str(&draw(diagnostic)).to_string()
    }

    #[test]
    fn an_error_shows_its_line_and_what_to_do() {
        let text = "title = \"Dossier\"\nbase_ulr = \"https://example.org/\"\n";
        let error = Diagnostic::error("site.toml", "unknown key `base_ulr`")
            .at(text, Span::new(18, 26))
            .help("did you mean `base_url`?");
        insta::assert_snapshot!(plain(&error), @r#"
        error: unknown key `base_ulr`
         --> site.toml:2:1
          |
        2 | base_ulr = "https://example.org/"
          | ^^^^^^^^
          |
          = help: did you mean `base_url`?
        "#);
    }

    #[test]
    fn a_fault_of_a_whole_file_names_the_file() {
        let error = Diagnostic::error("content/articles/photo.txt", "not a text: it holds NUL bytes")
            .help("move it to `static/`, or give it another ending");
        insta::assert_snapshot!(plain(&error), @r#"
        error: not a text: it holds NUL bytes
        --> content/articles/photo.txt
         = help: move it to `static/`, or give it another ending
        "#);
    }

    #[test]
    fn a_report_that_is_already_drawn_is_shown_as_it_is() {
        let error = Diagnostic::error("templates/page.html", "the template cannot be rendered")
            .report("error: unknown filter `shout`\n --> page.html:3:10\n")
            .help("the page being rendered was `/about/`");
        insta::assert_snapshot!(plain(&error), @r#"
        error: the template cannot be rendered
        error: unknown filter `shout`
         --> page.html:3:10
        help: the page being rendered was `/about/`
        "#);
    }

    #[test]
    fn the_column_is_the_files_own_when_a_long_line_is_cut() {
        let text = format!("{}wrong{}", "a".repeat(400), "b".repeat(400));
        let drawn = plain(&Diagnostic::error("a.md", "too long").at(&text, Span::new(400, 405)));
        assert!(drawn.contains("a.md:1:401"), "{drawn}");
        assert!(drawn.contains("…aaa") && drawn.contains("^^^^^"), "{drawn}");
    }

    #[test]
    fn the_end_of_a_line_can_be_pointed_at() {
        let drawn =
            plain(&Diagnostic::error("a.md", "no closing `+++`").at("+++\ntitle = 1", Span::new(13, 13)));
        insta::assert_snapshot!(drawn, @r"
        error: no closing `+++`
         --> a.md:2:10
          |
        2 | title = 1
          |          ^
        ");
    }

    proptest! {
        #[test]
        fn any_place_in_any_text_can_be_drawn(text in "(.|[\\x00-\\x1f\u{202e}\u{fe0f}\u{200d}👩😀é]|\r\n){0,200}", a in 0..1000usize, b in 0..1000usize) {
            let mut ends = [a, b].map(|end| text.floor_char_boundary(end % (text.len() + 1)));
            ends.sort_unstable();
            let drawn = plain(&Diagnostic::warning("a.md", &*text).at(&text, Span::new(ends[0], ends[1])).help(&*text));
            let steers = drawn.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || steers_direction(c));
            prop_assert!(!steers, "{drawn:?}");
        }
    }

    #[test]
    fn nothing_in_a_file_disturbs_the_terminal() {
        let text = "title = \u{1b}[2J\u{202e}evil\u{9b}\n";
        let start = text.find("evil").unwrap();
        let drawn = draw(
            &Diagnostic::error("a\u{1b}]0;b.md", "odd \u{7} key")
                .at(text, Span::new(start, start + 4))
                .help("\u{8}"),
        );
        let unstyled = anstream::adapter::strip_str(&drawn).to_string();
        assert!(
            !unstyled.chars().any(|c| (c.is_control() && c != '\n') || steers_direction(c)),
            "{unstyled:?}"
        );
        assert!(unstyled.contains(r"title = \u{1b}[2J\u{202e}evil\u{9b}"), "{unstyled}");
    }
}
