//! What an article's institutions and telephone numbers tell of its country and region: "sheriff's deputies", "the 400
//! block of", "gardaí", "call 912-555-0142".

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::facts::rules::GRAMMAR;
use crate::facts::tokens::{Kind, Tokens};

/// States by the area codes of their telephones.
static AREA_CODES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../gazetteer/area-codes.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
});

/// What naming one institution of a region counts, as names of the region are counted.
const REGION: u32 = 2;

/// What the words of one article tell.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Regions, with what they weigh.
    pub(super) regions: Vec<((&'static str, &'static str), u32)>,
    /// The only country that the institutions of the article are of.
    pub(super) country: Option<&'static str>,
}

impl Signs {
    pub(super) fn of(tokens: &Tokens, text: &str) -> Signs {
        let mut signs = Signs::default();
        let mut countries: BTreeMap<&'static str, u32> = BTreeMap::new();
        GRAMMAR.rules("places").find(tokens, 0..tokens.all.len() as u32, |found| {
            let Some(country) = found.rule.gives("country") else { return };
            *countries.entry(country).or_default() += 1;
            if let Some(region) = found.rule.gives("region")
                && signs.regions.len() < 32
            {
                signs.regions.push(((country, region), REGION));
            }
        });
        for code in telephones(tokens, text) {
            if let Some(region) = AREA_CODES.get(code).filter(|_| signs.regions.len() < 32) {
                *countries.entry("US").or_default() += 1;
                if !signs.regions.contains(&(("US", region), REGION)) {
                    signs.regions.push((("US", region), REGION));
                }
            }
        }
        if countries.len() == 1 {
            signs.country = countries.into_keys().next();
        }
        signs
    }
}

/// The area codes of numbers written "(912) 555-0142", "912-555-0142" or "912.555.0142".
fn telephones<'t>(tokens: &'t Tokens, text: &'t str) -> impl Iterator<Item = &'t str> {
    let digits = |at: usize, count: u32| {
        tokens.all.get(at).is_some_and(|it| it.kind == Kind::Number && it.end - it.start == count)
    };
    let sign =
        |at: usize| tokens.all.get(at).is_some_and(|it| it.kind != Kind::Number && it.end - it.start == 1);
    let last = tokens.all.len().saturating_sub(4);
    (0..last).filter_map(move |at| {
        let number = digits(at, 3) && sign(at + 1) && digits(at + 2, 3) && sign(at + 3) && digits(at + 4, 4);
        let near = number && tokens.all[at + 4].end - tokens.all[at].start <= 14;
        near.then(|| tokens.all[at].span().of(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Signs {
        Signs::of(&crate::facts::annotated(text), text)
    }

    #[test]
    fn offices_and_telephones_tell_country_and_region() {
        assert_eq!(signs("Sheriff’s deputies came to the 400 block of Ash Lane.").country, Some("US"));
        assert_eq!(signs("Call (912) 555-0142 or 912-555-0143.").regions, [(("US", "Georgia"), 2)]);
        assert_eq!(signs("The PSNI came.").regions, [(("GB", "Northern Ireland"), 2)]);
    }

    #[test]
    fn figures_are_no_telephones_and_two_countries_no_home() {
        assert!(signs("It won 912-287 and lost 1-800-555-0100.").regions.is_empty());
        assert_eq!(signs("The RCMP and gardaí came.").country, None);
    }
}
