//! `theme.css`: what `[theme]` of `site.toml` changes, as custom properties over those of `style.css`.

use std::fmt::Write as _;

use crate::config::ThemeConfig;

/// The stylesheet's place, without a leading slash.
pub const THEME_CSS: &str = "theme.css";

/// The stylesheet; `None` where the site changes neither colours nor fonts.
pub fn stylesheet(theme: &ThemeConfig) -> Option<String> {
    let ThemeConfig { colours, dark, fonts, .. } = theme;
    if colours.is_empty() && dark.is_empty() && fonts.is_empty() {
        return None;
    }
    let mut css = String::from("/* From [theme] of site.toml. */\n");
    let fonts = fonts.iter().map(|(name, families)| (*name, format!("{families}, {}", own_families(name))));
    css.push_str(&block(fonts.collect()));
    // Colours of a light ground would be unreadable on a dark one; paper has its own.
    for (scheme, colours) in [("light", colours), ("dark", dark)] {
        let block = block(colours.iter().map(|(name, colour)| (*name, colour.clone())).collect());
        if !block.is_empty() {
            let _ = writeln!(css, "@media screen and (prefers-color-scheme: {scheme}) {{\n{block}}}");
        }
    }
    Some(css)
}

/// Custom properties for the whole page; nothing where there is none.
fn block(declarations: Vec<(&'static str, String)>) -> String {
    if declarations.is_empty() {
        return String::new();
    }
    let mut css = String::from(":root {\n");
    for (name, value) in declarations {
        let _ = writeln!(css, "  --{}: {value};", name.replace('_', "-"));
    }
    css.push_str("}\n");
    css
}

/// What follows the site's own fonts, for letters that they lack.
fn own_families(name: &str) -> &'static str {
    match name {
        "serif" => "\"Dateline Serif\", serif",
        "sans" => "\"Dateline Sans\", sans-serif",
        _ => "monospace",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;

    #[test]
    fn what_the_site_sets_comes_as_custom_properties() {
        let text = "[theme.colours]\npaper_deep = '#eee'\n[theme.dark]\naccent = '#abcdef'\n[theme.fonts]\nsans = 'Lato'\n";
        let css = stylesheet(&parse(text, "site.toml").0.theme).expect("something is set");
        assert_eq!(
            css,
            "/* From [theme] of site.toml. */\n:root {\n  --sans: Lato, \"Dateline Sans\", sans-serif;\n}\n\
             @media screen and (prefers-color-scheme: light) {\n:root {\n  --paper-deep: #eee;\n}\n}\n\
             @media screen and (prefers-color-scheme: dark) {\n:root {\n  --accent: #abcdef;\n}\n}\n"
        );
        assert_eq!(stylesheet(&ThemeConfig::default()), None);
    }
}
