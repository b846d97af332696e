//! A text set in lines of one width, at the largest size at which it fits, balanced.

use super::font::Font;

/// A text in lines.
#[derive(Debug, PartialEq)]
pub(super) struct Setting {
    pub(super) lines: Vec<String>,
    /// Pixels to the em.
    pub(super) size: f32,
}

/// From one line to the next, in ems.
pub(super) const LEADING: f32 = 1.16;

/// Sizes that are tried, the largest first.
const SIZES: [f32; 8] = [84.0, 76.0, 68.0, 60.0, 54.0, 48.0, 43.0, 38.0];

/// So many lines are read at a glance in letters of any size; in letters of the smaller ones, more are.
const FEW: usize = 4;

/// Sets `text` in at most `width` by `height` pixels. What does not fit at the smallest size is cut and ends in "…".
pub(super) fn set(font: &Font, text: &str, width: f32, height: f32) -> Setting {
    let text = Measured::new(font, text, width / SIZES[SIZES.len() - 1]);
    let most = |size: f32| {
        let lines = (height / (LEADING * size)) as usize;
        if size > 60.0 { lines.min(FEW) } else { lines }
    };
    for size in SIZES {
        let lines = text.broken(width / size);
        if lines.len() <= most(size) && text.widest <= width / size {
            let column = text.narrowest(width / size, lines.len());
            return Setting { lines: text.lines(&text.broken(column)), size };
        }
    }
    let size = SIZES[SIZES.len() - 1];
    let mut lines = text.lines(&text.broken(width / size));
    lines.truncate(most(size).max(1));
    if let Some(last) = lines.last_mut() {
        *last = cut(font, &format!("{last} …"), size, width);
    }
    Setting { lines, size }
}

/// One line, cut where it is too wide.
pub(super) fn cut(font: &Font, text: &str, size: f32, width: f32) -> String {
    let mut line = text.to_owned();
    while font.width(&line, size) > width {
        let kept = line.trim_end_matches('…').trim_end();
        let Some((end, _)) = kept.char_indices().next_back() else { break };
        line = format!("{}…", kept[..end].trim_end());
    }
    line
}

/// The words of a text with their widths, in ems, so that nothing is measured twice.
struct Measured {
    words: Vec<(String, f32)>,
    blank: f32,
    widest: f32,
}

impl Measured {
    /// A word that is wider than `most` ems, so wide that it fits in no line, becomes several.
    fn new(font: &Font, text: &str, most: f32) -> Measured {
        let mut words = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let width = font.width(word, 1.0);
            if width <= most {
                words.push((word.to_owned(), width));
                continue;
            }
            let parts = (width / most).ceil() as usize + 1;
            let letters: Vec<char> = word.chars().collect();
            for part in letters.chunks(letters.len().div_ceil(parts).max(1)) {
                let part: String = part.iter().collect();
                let width = font.width(&part, 1.0);
                words.push((part, width));
            }
        }
        let widest = words.iter().map(|(_, width)| *width).fold(0.0, f32::max);
        Measured { words, blank: font.width(" ", 1.0), widest }
    }

    /// Where lines of at most `width` ems end, each as full as it can be: after so many words.
    fn broken(&self, width: f32) -> Vec<usize> {
        let (mut ends, mut filled) = (Vec::new(), 0.0);
        for (at, (_, word)) in self.words.iter().enumerate() {
            let with_word = filled + self.blank + word;
            if at > 0 && with_word > width {
                ends.push(at);
                filled = *word;
            } else {
                filled = if at == 0 { *word } else { with_word };
            }
        }
        if !self.words.is_empty() {
            ends.push(self.words.len());
        }
        ends
    }

    /// The narrowest column that needs no more than `lines` lines, so that these are about even; at most `width` ems.
    fn narrowest(&self, width: f32, lines: usize) -> f32 {
        let (mut narrow, mut wide) = (self.widest.min(width), width);
        for _ in 0..8 {
            let middle = (narrow + wide) / 2.0;
            if self.broken(middle).len() <= lines {
                wide = middle;
            } else {
                narrow = middle;
            }
        }
        wide
    }

    fn lines(&self, ends: &[usize]) -> Vec<String> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let words = starts.zip(ends).map(|(start, end)| &self.words[start..*end]);
        words.map(|words| words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::font::SERIF;
    use super::*;

    #[test]
    fn a_title_is_set_as_large_as_it_fits_in_even_lines() {
        let short = set(&SERIF, "Bombing in Oslo", 1000.0, 360.0);
        assert_eq!((short.lines.len(), short.size), (1, SIZES[0]));
        let text = "A commission of inquiry names the officials who had been warned of the attack on the ferry terminal";
        let long = set(&SERIF, text, 1000.0, 360.0);
        assert_eq!(long.lines.join(" "), text, "nothing is lost");
        let widths: Vec<f32> = long.lines.iter().map(|line| SERIF.width(line, long.size)).collect();
        assert!(widths.iter().all(|width| *width <= 1001.0 && *width > 500.0), "{long:?} {widths:?}");
    }

    #[test]
    fn what_is_longer_than_the_card_is_cut_and_says_so() {
        for text in ["word ".repeat(300), "x".repeat(3000)] {
            let setting = set(&SERIF, text.trim(), 1000.0, 360.0);
            assert!(setting.lines.len() as f32 * LEADING * setting.size <= 360.0);
            assert!(setting.lines.iter().all(|line| SERIF.width(line, setting.size) <= 1001.0));
            assert!(setting.lines.last().is_some_and(|line| line.ends_with('…')), "{setting:?}");
        }
        assert_eq!(set(&SERIF, "", 1000.0, 360.0).lines, Vec::<String>::new());
    }
}
