//! Outlines of countries, as `scripts/make_map.mjs` made them of Natural Earth's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// In order of code, which is ISO 3166-1 alpha-2; the outline is a path of SVG in tenths of a unit of the picture.
static OUTLINES: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| include_str!("outlines.tsv").lines().filter_map(|line| line.split_once('\t')).collect());

/// The outline of the country with `code`, a path of SVG in tenths of a unit; small countries have none.
pub fn outline(code: &str) -> Option<&'static str> {
    OUTLINES.get(code).copied()
}

/// The box around the largest part of an outline, in units of the picture: left, top, right, bottom.
pub(super) fn bounds(outline: &str) -> Option<[f64; 4]> {
    let size = |[left, top, right, bottom]: &[f64; 4]| (right - left) * (bottom - top);
    parts(outline).max_by(|one, other| size(one).total_cmp(&size(other)))
}

/// The box around each part of an outline: a mainland, an island.
pub(super) fn parts(outline: &str) -> impl Iterator<Item = [f64; 4]> {
    let mut start = (0_i32, 0_i32);
    outline.split('m').skip(1).filter_map(move |part| {
        let numbers = numbers(part.trim_end_matches('z'));
        let mut at = start;
        let mut around: Option<[i32; 4]> = None;
        for (index, step) in numbers.chunks_exact(2).enumerate() {
            at = (at.0 + step[0], at.1 + step[1]);
            if index == 0 {
                // A closed part ends where it began, and the next is counted from there.
                start = at;
            }
            let [left, top, right, bottom] = around.unwrap_or([at.0, at.1, at.0, at.1]);
            around = Some([left.min(at.0), top.min(at.1), right.max(at.0), bottom.max(at.1)]);
        }
        around.map(|around| around.map(|tenths| f64::from(tenths) / 10.0))
    })
}

/// The box around two boxes.
pub(super) fn union([l, t, r, b]: [f64; 4], [left, top, right, bottom]: [f64; 4]) -> [f64; 4] {
    [l.min(left), t.min(top), r.max(right), b.max(bottom)]
}

/// Whether of a box some is shown and some is not.
pub(super) fn is_cut([left, top, right, bottom]: [f64; 4], [l, t, r, b]: [f64; 4]) -> bool {
    let is_seen = left < r && l < right && top < b && t < bottom;
    is_seen && (left < l || top < t || right > r || bottom > b)
}

/// "12 3-4 5": numbers apart by a blank or by their sign.
fn numbers(text: &str) -> Vec<i32> {
    let mut numbers = Vec::new();
    let mut number = String::new();
    for character in text.chars().chain([' ']) {
        if matches!(character, ' ' | '-') && !number.is_empty() {
            numbers.extend(number.parse::<i32>());
            number.clear();
        }
        if character != ' ' {
            number.push(character);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outline_is_a_closed_path_of_a_known_country_inside_the_picture() {
        assert!(OUTLINES.len() > 150, "the outlines are gone");
        for (code, path) in OUTLINES.iter() {
            assert!(crate::country::known_name(code).is_some(), "{code}");
            assert!(path.starts_with('m') && path.ends_with('z'), "{code}");
            let [left, top, right, bottom] = bounds(path).unwrap_or_else(|| panic!("{code} has no extent"));
            assert!(left >= 0.0 && top >= 0.0 && right <= 1000.0 && bottom <= 460.0, "{code}");
            assert!(right > left && bottom > top, "{code}");
        }
    }

    #[test]
    fn a_town_lies_inside_the_box_of_its_country() {
        let kerman = crate::facts::Coordinates { latitude: 30_290_000, longitude: 57_067_000 };
        let (x, y) = super::super::projection::project(kerman);
        let [left, top, right, bottom] = bounds(outline("IR").expect("Iran")).expect("it has an extent");
        assert!(left < x && x < right && top < y && y < bottom);
    }

    #[test]
    fn parts_are_counted_from_where_the_one_before_began() {
        assert_eq!(bounds("m10 10 10 0 0 10zm100 0 50 0 0 50z"), Some([11.0, 1.0, 16.0, 6.0]));
        assert_eq!(numbers("1-2 3"), [1, -2, 3]);
    }
}
