//! Code in fences to HTML with classes, and the two stylesheets for them.
//!
//! The definitions of two hundred languages take some milliseconds to load: they are loaded when the first block in
//! a known language comes up, and not before.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator, css_for_theme_with_class_style};
use syntect::parsing::SyntaxSet;
use two_face::theme::EmbeddedThemeName;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Before every class, so that no other rule of a theme is hit.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "z-" };

/// Longer blocks are shown as they are, in bytes: colours take time and help nobody there.
const LONGEST: usize = 200_000;

/// The first word after the fence: `rust` of `rust,ignore` and `{.rust}`.
pub(super) fn language(info: &str) -> &str {
    let word = info.trim_start_matches(['{', '.']);
    word.split(|c: char| c.is_whitespace() || ",{}".contains(c)).next().unwrap_or_default()
}

/// `code` as HTML with classes; `None` where the language is unknown or none is named.
pub(super) fn highlight(language: &str, code: &str) -> Option<String> {
    if language.is_empty()
        || ["text", "txt", "plain", "plaintext"].contains(&language)
        || code.len() > LONGEST
    {
        return None;
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, STYLE);
    for line in code.split_inclusive('\n') {
        let owned;
        let whole = if line.ends_with('\n') {
            line
        } else {
            owned = format!("{line}\n");
            &owned
        };
        generator.parse_html_for_line_which_includes_newline(whole).ok()?;
    }
    Some(generator.finalize())
}

/// The rules for the classes of highlighted code: light ones, and dark ones for those who prefer dark. A theme links
/// it where [`Document::has_code`](super::Document::has_code).
pub fn stylesheet() -> String {
    let themes = two_face::theme::extra();
    let rules = |name| {
        css_for_theme_with_class_style(themes.get(name), STYLE)
            .expect("the themes built in can be written as CSS")
    };
    let light = rules(EmbeddedThemeName::InspiredGithub);
    let dark = rules(EmbeddedThemeName::OneHalfDark);
    format!("{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_get_classes() {
        let html = highlight(language("rust,ignore"), "fn main() { \"<b>\" }").unwrap();
        assert!(html.contains("class=\"z-") && html.contains("&lt;b&gt;"), "{html}");
        assert!(highlight("toml", "a = 1").is_some());
        assert_eq!(highlight("klingon", "a"), None);
        assert_eq!(highlight("", "a"), None);
    }

    #[test]
    fn the_stylesheet_has_a_light_and_a_dark_half() {
        let css = stylesheet();
        let (light, dark) = css.split_once("@media (prefers-color-scheme: dark)").unwrap();
        assert!(light.contains(".z-comment") && dark.contains(".z-comment"));
    }
}
