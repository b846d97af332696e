//! A picture of few colours, as PNG: every pixel is the paper or one of the inks, more or less covered.

use super::{HEIGHT, WIDTH};

/// What covers the paper. Each has its place among the colours of [`Palette`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// Titles.
    Text,
    /// Everything else that is written.
    Soft,
    /// The bar at the side.
    Accent,
    /// What no editor has confirmed.
    Ochre,
    /// Lines.
    Rule,
}

/// So many inks there are.
const INKS: usize = 5;

/// Steps from the bare paper to a covered pixel. More are not seen, and make the file larger.
const STEPS: u8 = 8;

/// Red, green and blue, from 0 to 255.
pub(super) type Rgb = [u8; 3];

/// The paper, and the inks in the order of [`Ink`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    pub(super) paper: Rgb,
    pub(super) inks: [Rgb; INKS],
}

/// The picture so far.
pub(super) struct Canvas {
    /// 0 is the paper; then come [`STEPS`] steps of each ink.
    pixels: Vec<u8>,
}

impl Canvas {
    /// Nothing but paper.
    pub(super) fn new() -> Canvas {
        Canvas { pixels: vec![0; WIDTH as usize * HEIGHT as usize] }
    }

    /// Covers the share `covered` of a pixel, `at` so far from the left and from the top. Nothing outside the picture is drawn.
    pub(super) fn cover(&mut self, ink: Ink, at: (i32, i32), covered: f32) {
        if covered <= 0.0 {
            return;
        }
        let step = (covered.min(1.0) * f32::from(STEPS) + 0.5) as u8;
        let (Ok(x), Ok(y)) = (u32::try_from(at.0), u32::try_from(at.1)) else { return };
        if step == 0 || x >= WIDTH || y >= HEIGHT {
            return;
        }
        let pixel = &mut self.pixels[(y * WIDTH + x) as usize];
        let first = ink as u8 * STEPS;
        let held = pixel.checked_sub(first).filter(|held| *held <= STEPS).unwrap_or(0);
        *pixel = first + step.max(held);
    }

    /// A rectangle: left, top, width, height.
    pub(super) fn fill(&mut self, ink: Ink, [left, top, width, height]: [u32; 4]) {
        for y in top..top + height {
            (left..left + width).for_each(|x| self.cover(ink, (x as i32, y as i32), 1.0));
        }
    }

    /// The file: indexed colours, so that it is small; without a time or anything else that differs between two runs.
    pub(super) fn png(&self, palette: &Palette) -> Vec<u8> {
        let mut file = Vec::with_capacity(32 * 1024);
        let mut encoder = png::Encoder::new(&mut file, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(colours(palette));
        encoder.set_compression(png::Compression::Fast);
        encoder.set_filter(png::Filter::Adaptive);
        let whole = "a vector takes everything, and the picture has the size that was said";
        let mut writer = encoder.write_header().expect(whole);
        writer.write_image_data(&self.pixels).expect(whole);
        writer.finish().expect(whole);
        file
    }
}

/// The colour of each value that a pixel can have.
fn colours(palette: &Palette) -> Vec<u8> {
    let mut colours = palette.paper.to_vec();
    for ink in palette.inks {
        for step in 1..=u32::from(STEPS) {
            colours.extend(palette.paper.iter().zip(ink).map(|(paper, ink)| {
                let all = u32::from(STEPS);
                ((u32::from(*paper) * (all - step) + u32::from(ink) * step + all / 2) / all) as u8
            }));
        }
    }
    colours
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ink_runs_from_the_paper_to_itself() {
        let palette = Palette { paper: [250, 200, 100], inks: [[10, 20, 30]; INKS] };
        let colours = colours(&palette);
        assert_eq!(colours.len(), 3 * (1 + INKS * usize::from(STEPS)));
        assert_eq!(colours[..3], palette.paper);
        assert_eq!(colours[3 * usize::from(STEPS)..][..3], [10, 20, 30]);
    }

    #[test]
    fn what_lies_outside_is_not_drawn_and_two_letters_that_touch_keep_the_darker_pixel() {
        let mut canvas = Canvas::new();
        for at in [(-1, 0), (0, -1), (WIDTH as i32, 0), (0, HEIGHT as i32)] {
            canvas.cover(Ink::Soft, at, 1.0);
        }
        assert!(canvas.pixels.iter().all(|pixel| *pixel == 0));
        canvas.cover(Ink::Soft, (0, 0), 0.75);
        canvas.cover(Ink::Soft, (0, 0), 0.25);
        assert_eq!(canvas.pixels[0], STEPS + 6);
    }
}
