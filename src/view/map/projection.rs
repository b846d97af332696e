//! Equal Earth, a map projection that keeps areas true (Šavrič, Patterson and Jenny 2018), in units of the map's picture.

use crate::facts::Coordinates;

/// The picture `map.svg` is so wide and so high; `scripts/make_map.mjs` has the same numbers.
pub const WIDTH: f64 = 1000.0;
/// From 57° south; the top of the picture is a little north of 83°.
pub const HEIGHT: f64 = 440.0;
/// The equator, from above.
const MIDDLE: f64 = 253.0;
/// So that the equator is as long as the picture is wide.
const SCALE: f64 = 184.7308;

/// The place of a point in the picture: from the left and from above, to a tenth of a unit.
pub fn project(at: Coordinates) -> (f64, f64) {
    let (latitude, longitude) = (radians(at.latitude), radians(at.longitude));
    let (a1, a2, a3, a4) = (1.340_264, -0.081_106, 0.000_893, 0.003_796);
    let root = 3_f64.sqrt() / 2.0;
    let theta = (root * latitude.sin()).asin();
    let square = theta * theta;
    let sixth = square * square * square;
    let x =
        longitude * theta.cos() / (root * (a1 + 3.0 * a2 * square + sixth * (7.0 * a3 + 9.0 * a4 * square)));
    let y = theta * (a1 + a2 * square + sixth * (a3 + a4 * square));
    (tenths(WIDTH / 2.0 + SCALE * x), tenths(MIDDLE - SCALE * y))
}

fn radians(millionths_of_degrees: i32) -> f64 {
    (f64::from(millionths_of_degrees) / 1e6).to_radians()
}

pub(super) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `scripts/make_map.mjs` prints them, from d3-geo: the outlines are projected by it.
    #[test]
    fn points_fall_where_the_outlines_have_them() {
        let of = |latitude, longitude| project(Coordinates { latitude, longitude });
        assert_eq!(of(43_190_000, 44_540_000), (607.4, 99.7), "Beslan");
        assert_eq!(of(-43_530_000, 172_630_000), (915.3, 407.3), "Christchurch");
        assert_eq!(of(4_610_000, -74_080_000), (294.5, 235.8), "Bogotá");
        assert_eq!(of(60_020_000, 10_250_000), (521.4, 51.9), "Utøya");
    }
}
