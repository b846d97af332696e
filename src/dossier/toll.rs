//! What several sources' figures come to: where they agree, the figure that fits all; else the range they span.

use crate::facts::Toll;

/// The figures of several sources as one, and whether they exclude each other.
///
/// "141 or more" and "145" agree on 145. "191" and "193" exclude each other: the range is 191 to 193.
pub(super) fn combine(tolls: &[Toll]) -> (Option<Toll>, Agreement) {
    let Some(first) = tolls.first() else { return (None, Agreement::Agree) };
    let low = |toll: &Toll| toll.min.unwrap_or(0);
    let high = |toll: &Toll| toll.max.unwrap_or(u32::MAX);
    let least = tolls.iter().map(low).max().unwrap_or_else(|| low(first));
    let most = tolls.iter().map(high).min().unwrap_or_else(|| high(first));
    if least <= most {
        let min = tolls.iter().filter_map(|toll| toll.min).max();
        let max = tolls.iter().filter_map(|toll| toll.max).min();
        return (Some(Toll { min, max }), Agreement::Agree);
    }
    let min = tolls.iter().all(|toll| toll.min.is_some()).then(|| tolls.iter().map(low).min()).flatten();
    let max = tolls.iter().all(|toll| toll.max.is_some()).then(|| tolls.iter().map(high).max()).flatten();
    let (min, max) = match (min, max) {
        // Neither end is given by all: the figures that are given are the range.
        (None, None) => (tolls.iter().filter_map(|t| t.min).min(), tolls.iter().filter_map(|t| t.max).max()),
        ends => ends,
    };
    (Some(Toll { min, max }), Agreement::Exclude)
}

/// Whether figures can all be right.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// One number can satisfy all of them.
    Agree,
    /// No number can.
    Exclude,
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn toll(min: Option<u32>, max: Option<u32>) -> Toll {
        Toll { min, max }
    }

    #[test]
    fn agreeing_figures_narrow_each_other() {
        let figures = [toll(Some(141), None), toll(Some(145), Some(145))];
        assert_eq!(combine(&figures), (Some(toll(Some(145), Some(145))), Agreement::Agree));
    }

    #[test]
    fn excluding_figures_span_a_range() {
        let figures = [toll(Some(193), Some(193)), toll(Some(191), Some(191))];
        assert_eq!(combine(&figures), (Some(toll(Some(191), Some(193))), Agreement::Exclude));
        let open = [toll(Some(300), None), toll(Some(250), Some(250))];
        assert_eq!(combine(&open), (Some(toll(Some(250), None)), Agreement::Exclude));
    }

    #[test]
    fn no_figure_is_no_toll() {
        assert_eq!(combine(&[]), (None, Agreement::Agree));
    }
}
