//! The card of a page: the picture that stands beside a link to it on social networks, with its title, when and by whom,
//! and the name of the site.
//!
//! In: a few words and the theme's colours. Out: a PNG of 1200 by 630 pixels, the same on every machine. Invariant: words
//! become outlines of letters, never markup; a text that the fonts have not all letters for is left out whole, so that no
//! card shows boxes. Only scripts whose letters stand side by side are drawn: Latin, Greek and Cyrillic.

mod canvas;
mod font;
mod lines;

use unicode_normalization::UnicodeNormalization;

use self::canvas::{Canvas, Ink, Palette};
use self::font::{Font, SANS, SERIF};
use crate::config::ThemeConfig;
use crate::source::Hash;

/// Pixels from side to side: what the large networks ask for.
pub const WIDTH: u32 = 1200;

/// Pixels from top to bottom.
pub const HEIGHT: u32 = 630;

/// Pixels that stay free at the left and at the right.
const MARGIN: f32 = 84.0;

/// What a card says, before it is known what can be drawn of it.
#[derive(Copy, Clone, Debug, Default)]
pub struct CardWords<'a> {
    /// The page's title.
    pub title: &'a str,
    /// When, and by whom: parts that stand in one line, each left out where it is empty.
    pub details: [&'a str; 2],
    /// That no editor has confirmed it; empty where one has, or where there is nothing to confirm.
    pub caution: &'a str,
    /// The site's name; empty on the site's own card, whose title it is.
    pub site: &'a str,
}

/// The card of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    title: String,
    details: String,
    caution: String,
    site: String,
    palette: Palette,
}

impl Card {
    /// With what can be drawn of `words`; `None` where neither the title nor the site's name can.
    pub fn new(words: &CardWords<'_>, theme: &ThemeConfig) -> Option<Card> {
        let details: Vec<String> =
            words.details.iter().map(|part| drawn(&SANS, part)).filter(|part| !part.is_empty()).collect();
        let inks = ["ink", "ink_soft", "accent", "ochre", "rule"].map(|name| theme.rgb(name));
        let card = Card {
            title: drawn(&SERIF, words.title),
            details: details.join(" · "),
            caution: drawn(&SANS, words.caution),
            site: drawn(&SANS, words.site),
            palette: Palette { paper: theme.rgb("paper"), inks },
        };
        (!card.title.is_empty() || !card.site.is_empty()).then_some(card)
    }

    /// All that stands on it, for those who do not see it.
    pub fn text(&self) -> String {
        let parts = [&self.title, &self.details, &self.caution, &self.site].map(String::as_str);
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
    }

    /// Of all that it is drawn from, the program included: two cards with one key are the same picture.
    pub fn key(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(env!("DATELINE_BUILD").as_bytes());
        for part in [&self.title, &self.details, &self.caution, &self.site] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        hasher.update(&self.palette.paper);
        self.palette.inks.iter().for_each(|ink| {
            hasher.update(ink);
        });
        *hasher.finalize().as_bytes()
    }

    /// Draws it: a PNG.
    pub fn draw(&self) -> Vec<u8> {
        let mut canvas = Canvas::new();
        let width = WIDTH as f32 - 2.0 * MARGIN;
        canvas.fill(Ink::Accent, [0, 0, 16, HEIGHT]);
        let mut top = 84.0;
        if !self.site.is_empty() {
            let site = lines::cut(&SANS, &self.site, 30.0, width);
            SANS.draw(&mut canvas, Ink::Soft, &site, 30.0, (MARGIN, 105.0));
            top = 150.0;
        }
        let below = !(self.details.is_empty() && self.caution.is_empty());
        let bottom = if below { 500.0 } else { 546.0 };
        let setting = lines::set(&SERIF, &self.title, width, bottom - top);
        let line = setting.size * lines::LEADING;
        // In the middle of what is free, its letters' height and not the lines' counted.
        let free = bottom - top - line * setting.lines.len() as f32;
        let first = top + free / 2.0 + setting.size * 0.92;
        for (text, at) in setting.lines.iter().zip(0_u8..) {
            let ground = first + f32::from(at) * line;
            SERIF.draw(&mut canvas, Ink::Text, text, setting.size, (MARGIN, ground));
        }
        if below {
            canvas.fill(Ink::Rule, [MARGIN as u32, 520, width as u32, 2]);
            let caution = SANS.width(&self.caution, 28.0);
            let apart = if self.caution.is_empty() { 0.0 } else { caution + 40.0 };
            let details = lines::cut(&SANS, &self.details, 28.0, width - apart);
            SANS.draw(&mut canvas, Ink::Soft, &details, 28.0, (MARGIN, 568.0));
            SANS.draw(&mut canvas, Ink::Ochre, &self.caution, 28.0, (MARGIN + width - caution, 568.0));
        }
        canvas.png(&self.palette)
    }
}

/// `text` in one line as `font` draws it: composed, without signs that have no shape; empty where a letter is missing.
fn drawn(font: &Font, text: &str) -> String {
    let shaped = |c: &char| {
        !matches!(*c,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
            && (!c.is_control() || c.is_whitespace())
    };
    let plain: String = text.chars().filter(shaped).nfc().collect();
    let words = plain.split(|c: char| c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}');
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let line = line.replace(['\u{202f}', '\u{2007}', '\u{2009}'], "\u{a0}");
    if font.has(&line) { line } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str, site: &str) -> Option<Card> {
        let words = CardWords { title, details: ["1 May 2024", ""], caution: "", site };
        Card::new(&words, &ThemeConfig::default())
    }

    #[test]
    fn a_title_without_letters_is_left_out_and_not_drawn_as_boxes() {
        let arabic = card("انفجار في المدينة", "The dossier").expect("the site's name can be drawn");
        assert_eq!(arabic.text(), "1 May 2024 – The dossier");
        assert_eq!(card("انفجار", "ملف"), None);
        assert_eq!(
            card("Café\u{301}\u{200b}  in\nOslo", "x").unwrap().title,
            "",
            "two accents have no glyph"
        );
        assert_eq!(card("Cafe\u{301}\u{200b}  in\nOs\u{ad}lo", "x").unwrap().title, "Café in Oslo");
    }

    #[test]
    fn a_card_is_a_png_of_its_size_and_the_same_each_time() {
        let card = card("Bombing in Oslo <b>&amp;</b>", "The dossier").unwrap();
        let file = card.draw();
        assert_eq!(file, card.draw());
        let reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (WIDTH, HEIGHT));
        assert!(file.len() < 40_000, "{} bytes", file.len());
    }

    #[test]
    fn whatever_is_seen_is_in_the_key() {
        let one = card("a", "b").unwrap();
        assert_eq!(one.key(), card("a", "b").unwrap().key());
        assert_ne!(one.key(), card("ab", "").unwrap().key());
        let mut theme = ThemeConfig::default();
        theme.colours.insert("accent", "#123".to_owned());
        let words = CardWords { title: "a", details: ["1 May 2024", ""], caution: "", site: "b" };
        assert_ne!(one.key(), Card::new(&words, &theme).unwrap().key());
    }
}
