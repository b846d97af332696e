//! `[theme]`: colours, fonts, logo and a stylesheet of the site's own, without a template.

use std::collections::BTreeMap;

use super::{PathUse, SitePath};
use crate::diagnostic::Diagnostic;
use crate::fields::Fields;
use crate::span::Span;

/// What a site changes of the theme's look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeConfig {
    /// Colours on light ground, by name: `#rgb` or `#rrggbb`.
    pub colours: BTreeMap<&'static str, String>,
    /// Colours on dark ground.
    pub dark: BTreeMap<&'static str, String>,
    /// Families, by use: `serif`, `sans`, `mono`; each a list as CSS has it, followed by the theme's own.
    pub fonts: BTreeMap<&'static str, String>,
    /// The site path of a picture that stands before the site's name: `/logo.svg`.
    pub logo: Option<String>,
    /// The site path of a stylesheet that comes after the theme's: `/desk.css`.
    pub stylesheet: Option<String>,
}

impl ThemeConfig {
    /// Red, green and blue of a colour of [`COLOURS`] on light ground: the site's own, or else the theme's.
    pub fn rgb(&self, name: &str) -> [u8; 3] {
        let theme =
            || COLOURS.iter().find(|(known, ..)| *known == name).map_or("#000", |(_, light, _)| light);
        let colour = self.colours.get(name).map_or_else(theme, String::as_str);
        rgb(colour).expect("only colours are kept")
    }
}

/// The colours, with the theme's own on light and on dark ground. `static/style.css` has the same; a test holds them
/// together.
pub const COLOURS: [(&str, &str, &str); 8] = [
    ("paper", "#faf8f4", "#161513"),
    ("paper_deep", "#f1ede5", "#211f1c"),
    ("ink", "#1d1c1a", "#e9e6df"),
    ("ink_soft", "#5b564d", "#ada79b"),
    ("rule", "#d8d2c6", "#3b3833"),
    ("mark", "#78898a", "#7d8f91"),
    ("accent", "#14545d", "#86c6ce"),
    ("ochre", "#855600", "#d8a545"),
];

/// The uses of fonts.
pub const FONTS: [&str; 3] = ["serif", "sans", "mono"];

/// What is read, on what, and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11).
const READ: [(&str, &str, f64); 6] = [
    ("ink", "paper", 4.5),
    ("ink_soft", "paper", 4.5),
    ("accent", "paper", 4.5),
    ("ochre", "paper", 4.5),
    ("ink", "paper_deep", 4.5),
    ("mark", "paper", 3.0),
];

/// Reads `[theme]`, a table of `whole`. Colours that cannot be read on their ground are told as warnings.
pub(super) fn parse<'a>(
    mut table: Fields<'a>,
    whole: &mut Fields<'a>,
    file: &str,
    warnings: &mut Vec<Diagnostic>,
    named: &mut Vec<SitePath>,
) -> ThemeConfig {
    let mut theme = ThemeConfig::default();
    for (name, is_dark) in [("colours", false), ("dark", true)] {
        let Some(mut inner) = table.table(name) else { continue };
        let (colours, places) = colours(&mut inner);
        warnings.extend(unreadable(&colours, &places, is_dark, &inner, file));
        *(if is_dark { &mut theme.dark } else { &mut theme.colours }) = colours;
        table.absorb(inner, &[]);
    }
    if let Some(mut inner) = table.table("fonts") {
        for name in FONTS {
            if let Some((families, span)) = inner.text(name) {
                if is_font_list(&families) {
                    theme.fonts.insert(name, families);
                } else {
                    let help = "write families as CSS has them: `\"Literata\", Georgia`";
                    inner.fault(span, format!("`{families}` is no list of fonts"), help);
                }
            }
        }
        table.absorb(inner, &[]);
    }
    let mut own_file = |key: &'static str| {
        let (path, span) = site_path(&mut table, key)?;
        let (file, place) = (file.to_owned(), table.place(span));
        named.push(SitePath { path: path.clone(), names: PathUse::File(key), file, place });
        Some(path)
    };
    theme.logo = own_file("logo");
    theme.stylesheet = own_file("stylesheet");
    whole.absorb(
        table,
        &[
            ("colors", "use `[theme.colours]`"),
            ("light", "use `[theme.colours]`"),
            ("css", "use `stylesheet`"),
        ],
    );
    theme
}

type Colours = BTreeMap<&'static str, String>;

fn colours(table: &mut Fields<'_>) -> (Colours, BTreeMap<&'static str, Span>) {
    let (mut colours, mut places) = (Colours::new(), BTreeMap::new());
    for (name, ..) in COLOURS {
        let Some((colour, span)) = table.text(name) else { continue };
        if rgb(&colour).is_some() {
            colours.insert(name, colour.to_lowercase());
            places.insert(name, span);
        } else {
            table.fault(span, format!("`{colour}` is no colour"), "write it as `#14545d`");
        }
    }
    (colours, places)
}

/// A warning for each pair of colours, one of which the site sets, that cannot be told apart well enough.
fn unreadable(
    colours: &Colours,
    places: &BTreeMap<&'static str, Span>,
    is_dark: bool,
    table: &Fields<'_>,
    file: &str,
) -> Vec<Diagnostic> {
    let theme = |name: &str| COLOURS.iter().find(|(known, ..)| *known == name).expect("pairs name colours");
    let value = |name: &str| {
        let (_, light, dark) = theme(name);
        colours.get(name).map_or(if is_dark { *dark } else { *light }, String::as_str).to_owned()
    };
    let mut warnings = Vec::new();
    for (front, back, least) in READ {
        let Some(span) = places.get(front).or_else(|| places.get(back)) else { continue };
        let ratio = contrast(&value(front), &value(back));
        if ratio < least {
            let message = format!(
                "`{front}` ({}) on `{back}` ({}) has a contrast of {ratio:.1}",
                value(front),
                value(back)
            );
            let help =
                format!("people need {least} to read it (WCAG 2.2): make one of them darker or lighter");
            let mut warning = Diagnostic::warning(file, message).help(help);
            warning.place = Some(table.place(*span));
            warnings.push(warning);
        }
    }
    warnings
}

/// `#rgb` or `#rrggbb` as three parts from 0 to 255.
fn rgb(colour: &str) -> Option<[u8; 3]> {
    let digits =
        colour.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let part = |text: &str| u8::from_str_radix(text, 16).ok();
    match digits.len() {
        3 => {
            let part = |at: usize| part(&digits[at..=at]).map(|half| half * 17);
            Some([part(0)?, part(1)?, part(2)?])
        }
        6 => Some([part(&digits[..2])?, part(&digits[2..4])?, part(&digits[4..])?]),
        _ => None,
    }
}

/// How well two colours are told apart, from 1 to 21 (WCAG 2.2, contrast ratio).
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let [red, green, blue] = rgb(colour).expect("only colours are kept").map(|part| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Nothing that could end a declaration: the list goes into a stylesheet.
fn is_font_list(families: &str) -> bool {
    let quotes = ['"', '\''].iter().all(|mark| families.matches(*mark).count().is_multiple_of(2));
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '_' | '.' | '"' | '\'');
    quotes && families.chars().all(plain) && families.split(',').all(|family| !family.trim().is_empty())
}

/// A path within the site: `/logo.svg`.
fn site_path(table: &mut Fields<'_>, key: &'static str) -> Option<(String, Span)> {
    let (path, span) = table.text(key)?;
    let inside = path.strip_prefix('/').filter(|rest| !rest.is_empty() && !rest.starts_with('/'));
    if inside.is_some_and(|rest| !rest.split('/').any(|part| part == "..")) {
        return Some((path, span));
    }
    let help = format!(
        "put the file into `static/` and name it from there: `/{}`",
        path.trim_start_matches(['/', '.'])
    );
    table.fault(span, format!("`{path}` is no path of this site"), help);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;

    fn told(text: &str) -> Vec<String> {
        parse(text, "site.toml").1.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn colours_fonts_and_paths_are_kept() {
        let text = "[theme]\nlogo = '/logo.svg'\n[theme.colours]\naccent = '#8A1F11'\n[theme.fonts]\nserif = '\"Literata\", Georgia'\n";
        let (config, faults) = parse(text, "site.toml");
        assert_eq!(faults, []);
        assert_eq!(config.theme.colours.get("accent").map(String::as_str), Some("#8a1f11"));
        assert_eq!(config.theme.logo.as_deref(), Some("/logo.svg"));
    }

    #[test]
    fn nothing_gets_out_of_a_declaration() {
        assert_eq!(told("[theme.fonts]\nsans = 'Arial; } body { display: none'\n").len(), 1);
        assert_eq!(told("[theme.colours]\nink = 'red;}'\n").len(), 1);
        assert_eq!(
            told("[theme]\nlogo = '../logo.svg'\nstylesheet = 'https://example.org/a.css'\n").len(),
            2
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_and_kept() {
        let (config, faults) = parse("[theme.colours]\naccent = '#9fc5c9'\n", "site.toml");
        assert!(
            faults[0].message.contains("`accent` (#9fc5c9) on `paper` (#faf8f4) has a contrast of 1.8"),
            "{faults:?}"
        );
        assert_eq!(faults[0].severity, crate::diagnostic::Severity::Warning);
        assert!(config.theme.colours.contains_key("accent"));
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
    }

    #[test]
    fn the_stylesheet_has_the_same_colours() {
        let style = include_str!("../../static/style.css");
        for (name, light, dark) in COLOURS {
            let declared = |colour: &str| style.contains(&format!("--{}: {colour};", name.replace('_', "-")));
            assert!(declared(light) && declared(dark), "{name}");
        }
    }
}
