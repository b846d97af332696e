//! Where the report was written, by the place at its head: "BALTIMORE, Md. (AP) —", "Bogota, 3 Jan 90 (EFE) --".

use std::ops::Range;

use super::{Geography, PlaceMention, Relation, capital_run, resolve};
use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Part, Shape, Tokens};

/// How many blocks a dateline may stand behind: times of posting, names of writers and photographs come before it.
const BLOCKS: usize = 6;
/// How many tokens it may take, from the town to the dash.
const LENGTH: u32 = 20;

/// The place of the dateline and one past its last token, the dash.
pub(super) fn dateline(tokens: &Tokens, text: &str, geography: &Geography) -> Option<(PlaceMention, u32)> {
    let bodies = tokens.sections.iter().filter(|section| matches!(section.part, Part::Block(_)));
    bodies.take(BLOCKS).find_map(|section| read(tokens, text, section.tokens.clone(), geography))
}

fn read(
    tokens: &Tokens,
    text: &str,
    section: Range<u32>,
    geography: &Geography,
) -> Option<(PlaceMention, u32)> {
    let end = section.end.min(section.start + LENGTH);
    let word = |at: u32| tokens.all[at as usize].span().of(text);
    let dash = (section.start..end).find(|at| matches!(word(*at), "—" | "–" | "-" | "--"))?;
    let run = capital_run(tokens, text, section.start, dash)?;
    let capitals = run.clone().all(|at| tokens.all[at as usize].shape != Shape::Capital);
    // "Bogota, 3 Jan 90 (EFE) --": an agency or a day beside the town.
    let signed = (run.end..dash).any(|at| word(at) == "(" || tokens.all[at as usize].is(Class::Month));
    let spaced = !tokens.is_glued(dash) || capitals || signed;
    if !(capitals || signed) || !spaced || run.end - run.start > 5 || section.end - dash < 3 {
        return None;
    }
    let prose = (run.end..dash).any(|at| {
        let token = &tokens.all[at as usize];
        token.kind == Kind::Word && token.shape == Shape::Lower && token.is(Class::ReportingVerb)
    });
    let place = resolve(tokens, text, run, dash, Relation::At, geography);
    let held = place.country_tokens.is_some();
    (!prose && !place.is_street && (place.known.is_some() || held || place.is_ambiguous))
        .then_some((place, dash + 1))
}
