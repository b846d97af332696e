//! Places that are given by a larger one: a district of a town, a part of it, the way between two.

use std::ops::Range;

use super::naming::is_called_district;
use super::{Geography, Known, PlaceMention, Relation, capital_run, resolve};
use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Tokens};

/// "On the road between Kunduz and Baghlan": somewhere on the way, in the country of both.
pub(super) fn stretch(
    tokens: &Tokens,
    text: &str,
    at: u32,
    end: u32,
    geography: &Geography,
) -> Option<PlaceMention> {
    let word = |at: u32| tokens.all[..end as usize].get(at as usize).map_or("", |it| it.span().of(text));
    let way = || {
        (1..=3).any(|back| {
            matches!(
                word(at.wrapping_sub(back)),
                "road"
                    | "roads"
                    | "highway"
                    | "motorway"
                    | "route"
                    | "railway"
                    | "track"
                    | "path"
                    | "stretch"
            )
        })
    };
    if word(at) != "between" || !way() {
        return None;
    }
    let town = |from: u32| {
        let run = capital_run(tokens, text, from, end)?;
        let found = resolve(tokens, text, run, end, Relation::At, geography);
        found.known.filter(|_| !found.is_country).map(|known| (found.tokens.end, known.country))
    };
    let (and, country) = town(at + 1)?;
    let (last, other) = town(and + 1).filter(|_| word(and) == "and")?;
    (country == other).then_some(PlaceMention {
        tokens: at..last,
        relation: Relation::At,
        known: Some(Known { country, admin: None, coordinates: None }),
        town: None,
        is_street: false,
        is_country: false,
        is_ambiguous: false,
        country_tokens: None,
    })
}

/// "In the Austin neighborhood", "in the Mills section of Northmarch": a part of a town, that named behind it or the
/// one that the article is about, and no town of the name elsewhere.
pub(super) fn district(
    tokens: &Tokens,
    text: &str,
    run: Range<u32>,
    end: u32,
    relation: Relation,
    geography: &Geography,
) -> Option<PlaceMention> {
    let word = |at: u32| if at < end { tokens.all[at as usize].span().of(text) } else { "" };
    let kind = run.end;
    let called = is_called_district(tokens, text, kind, &tokens.sentence_of(run.start));
    let known_as = geography.is_district(tokens.span(run.clone()).of(text));
    if !called && (!known_as || geography.has_authorities(tokens.span(run.clone()).of(text))) {
        return None;
    }
    let mut place = PlaceMention {
        tokens: run,
        relation,
        known: None,
        town: None,
        is_street: false,
        is_country: false,
        is_ambiguous: false,
        country_tokens: None,
    };
    let mut behind = kind + 2;
    while matches!(word(behind), "the" | "city" | "town" | "of")
        || behind == kind + 2 && word(behind) == "downtown"
    {
        behind += 1;
    }
    let named = (called && matches!(word(kind + 1), "of" | "in"))
        .then(|| capital_run(tokens, text, behind, end))
        .flatten();
    if let Some(town) = named {
        let town = resolve(tokens, text, town, end, Relation::At, geography);
        place.known = town.known;
        place.country_tokens = Some(town.country_tokens.clone().unwrap_or(town.tokens.clone()));
        place.town = (!town.is_country).then_some(town.tokens);
    } else if let Some(subject) = geography.subject.as_ref().filter(|it| it.is_local) {
        let own = &subject.place.tokens;
        if tokens.span(own.clone()).of(text) == tokens.span(place.tokens.clone()).of(text) {
            return None;
        }
        place.known = subject.place.known;
        place.country_tokens = place.known.is_some().then(|| own.clone());
        place.town = Some(own.clone());
    }
    Some(place)
}

/// Where the name may start in "the government quarter of Oslo", "five trains of the Tokyo subway".
pub(super) fn after_part(tokens: &Tokens, text: &str, at: u32, end: u32) -> Option<u32> {
    let of = (at..end.min(at + 6))
        .take_while(|at| {
            let token = &tokens.all[*at as usize];
            matches!(token.kind, Kind::Word | Kind::Number) && !token.is_capital()
        })
        .find(|at| tokens.all[*at as usize].span().of(text) == "of")?;
    let part = of > at && tokens.all[of as usize - 1].is(Class::ScenePart);
    part.then_some(of + 1)
}
