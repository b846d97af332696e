//! The two fonts of the cards: which words they have letters for, how wide those are, and how they are drawn.

use std::sync::LazyLock;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::canvas::{Canvas, Ink};

/// For titles: a subset of Source Serif 4, semibold.
pub(super) static SERIF: LazyLock<Font> = LazyLock::new(|| Font::open(include_bytes!("fonts/serif.ttf")));

/// For everything else: a subset of Inter, medium.
pub(super) static SANS: LazyLock<Font> = LazyLock::new(|| Font::open(include_bytes!("fonts/sans.ttf")));

/// A font whose letters stand side by side from left to right and need no joining: Latin, Greek, Cyrillic.
pub(super) struct Font {
    face: Face<'static>,
    /// The tables that move two letters together or apart.
    pairs: Vec<PairAdjustment<'static>>,
}

impl Font {
    fn open(bytes: &'static [u8]) -> Font {
        let face = Face::parse(bytes, 0).expect("the program's own fonts are sound");
        let lookups = face.tables().gpos.map(|table| table.lookups).into_iter().flatten();
        let tables = lookups.flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>());
        let pairs = tables.filter_map(|table| match table {
            PositioningSubtable::Pair(pair) => Some(pair),
            _ => None,
        });
        Font { pairs: pairs.collect(), face }
    }

    /// Whether there is a glyph for every letter.
    pub(super) fn has(&self, text: &str) -> bool {
        text.chars().all(|letter| self.face.glyph_index(letter).is_some())
    }

    /// How wide a line is at `size` pixels to the em.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let mut end = 0.0;
        self.place(text, size, |_, _, after| end = after);
        end
    }

    /// Draws a line from `left` on, with its letters standing on `ground`, in pixels from the top left corner.
    pub(super) fn draw(&self, canvas: &mut Canvas, ink: Ink, text: &str, size: f32, at: (f32, f32)) {
        let (left, ground) = at;
        self.place(text, size, |glyph, from, _| {
            self.draw_glyph(canvas, ink, glyph, size, (left + from, ground));
        });
    }

    /// Calls `each` with every glyph, where it begins and where the next one does.
    fn place(&self, text: &str, size: f32, mut each: impl FnMut(GlyphId, f32, f32)) {
        let scale = self.scale(size);
        let (mut at, mut before) = (0.0, None);
        for glyph in text.chars().filter_map(|letter| self.face.glyph_index(letter)) {
            at += before.map_or(0.0, |before| f32::from(self.kerning(before, glyph)) * scale);
            let next = at + f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
            each(glyph, at, next);
            (at, before) = (next, Some(glyph));
        }
    }

    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.face.units_per_em())
    }

    /// How much nearer `second` stands to `first` than their widths say, in units of the font (OpenType GPOS, pair
    /// adjustment).
    fn kerning(&self, first: GlyphId, second: GlyphId) -> i16 {
        let moved = self.pairs.iter().find_map(|pair| {
            let at = pair.coverage().get(first)?;
            let (values, _) = match pair {
                PairAdjustment::Format1 { sets, .. } => sets.get(at)?.get(second)?,
                PairAdjustment::Format2 { classes, matrix, .. } => {
                    matrix.get((classes.0.get(first), classes.1.get(second)))?
                }
            };
            Some(values.x_advance).filter(|moved| *moved != 0)
        });
        moved.unwrap_or(0)
    }

    fn draw_glyph(&self, canvas: &mut Canvas, ink: Ink, glyph: GlyphId, size: f32, at: (f32, f32)) {
        let Some(bounds) = self.face.glyph_bounding_box(glyph) else { return };
        let scale = self.scale(size);
        // A whole number of pixels around it, so that the outline is drawn near the corner.
        let left = (at.0 + f32::from(bounds.x_min) * scale).floor();
        let top = (at.1 - f32::from(bounds.y_max) * scale).floor();
        let width = (at.0 + f32::from(bounds.x_max) * scale).ceil() - left + 1.0;
        let height = (at.1 - f32::from(bounds.y_min) * scale).ceil() - top + 1.0;
        let raster = Rasterizer::new(width as usize, height as usize);
        let start = point(0.0, 0.0);
        let origin = (at.0 - left, at.1 - top);
        let mut outline = Outline { raster, scale, origin, start, last: start };
        self.face.outline_glyph(glyph, &mut outline);
        outline.raster.for_each_pixel_2d(|x, y, covered| {
            canvas.cover(ink, (left as i32 + x as i32, top as i32 + y as i32), covered);
        });
    }
}

/// An outline on its way from the font's units to pixels.
struct Outline {
    raster: Rasterizer,
    scale: f32,
    /// Where the letter's origin is, in pixels.
    origin: (f32, f32),
    start: Point,
    last: Point,
}

impl Outline {
    fn at(&self, x: f32, y: f32) -> Point {
        point(self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        (self.start, self.last) = (self.at(x, y), self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.at(x, y);
        self.raster.draw_line(self.last, to);
        self.last = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (by, to) = (self.at(x1, y1), self.at(x, y));
        self.raster.draw_quad(self.last, by, to);
        self.last = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (one, two, to) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.raster.draw_cubic(self.last, one, two, to);
        self.last = to;
    }

    fn close(&mut self) {
        self.raster.draw_line(self.last, self.start);
        self.last = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_the_fonts_lack_are_known() {
        for font in [&*SERIF, &*SANS] {
            assert!(
                font.has("Łódź, Đà Nẵng: “Ἑλλάς” – no") == font.has("Ἑ"),
                "only old Greek may be missing"
            );
            assert!(font.has("Αθήνα, Київ, Ђорђе, Bình Định – 1,5 % … ‘a’ „b“ «c» №"));
            for other in ["مدينة", "שלום", "東京", "ภาษา", "हिन्दी", "🙂", "e\u{301}"]
            {
                assert!(!font.has(other), "{other}");
            }
        }
    }

    #[test]
    fn letters_that_lean_together_are_moved() {
        for font in [&*SERIF, &*SANS] {
            assert!(font.width("AV", 1000.0) < font.width("A", 1000.0) + font.width("V", 1000.0) - 10.0);
            assert!(font.width("HH", 100.0) > font.width("H", 100.0) * 1.9);
        }
    }
}
