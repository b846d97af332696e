//! Capitals that may name a place: how far the name goes, and what stands after "in" and "on" and is none.

use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::tokens::{Shape, Tokens};

/// Capitals in a row, with "of", "de", "al-" and hyphens inside.
pub(in crate::facts) fn capital_run(tokens: &Tokens, text: &str, at: u32, end: u32) -> Option<Range<u32>> {
    let capital = |at: u32| {
        at < end && {
            let token = &tokens.all[at as usize];
            // "IN LIMA ON MONDAY": all is capitals.
            let between = token.shape == Shape::Upper
                && token.is(Class::FunctionWord)
                && !tokens.classes_at(at).has(Class::CountryWord);
            token.is_capital() && !between && !token.is(Class::Month) && !token.is(Class::Weekday)
        }
    };
    let word = |at: u32| if at < end { tokens.all[at as usize].span().of(text) } else { "" };
    if at < end
        && let Some(end) = tokens.own_place_at(at, text).filter(|own| *own <= end)
    {
        return Some(at..end);
    }
    let prefixed = matches!(word(at), "al" | "el") && word(at + 1) == "-";
    if !(capital(at) || prefixed) {
        return None;
    }
    let mut last = at + 1;
    loop {
        if capital(last) {
            last += 1;
        } else if capital(last + 1) && joins_name(tokens, text, at, last, end) {
            last += 2;
        } else if word(last) == "de" && matches!(word(last + 1), "la" | "las" | "los") && capital(last + 2) {
            last += 3;
        } else if word(last) == "-"
            && (matches!(word(last + 1), "e" | "i" | "al" | "el" | "ul" | "de" | "la" | "on" | "upon"))
            && word(last + 2) == "-"
            && capital(last + 3)
        {
            last += 4;
        } else if matches!(word(last), "al" | "el" | "ad" | "as" | "ar")
            && word(last + 1) == "-"
            && capital(last + 2)
        {
            last += 3;
        } else if prefixed && last == at + 1 {
            last = at + 3;
        } else {
            return Some(at..last.min(end));
        }
    }
}

/// Whether the token at `last` joins the name that starts at `at` with the capital behind it: "Rio de Janeiro".
fn joins_name(tokens: &Tokens, text: &str, at: u32, last: u32, end: u32) -> bool {
    match tokens.all[last as usize].span().of(text) {
        "-" => true,
        "’s" | "'s" => {
            is_venue(tokens, last + 1, end) || tokens.knows_place(tokens.span(at..last + 2).of(text))
        }
        "of" | "the" | "on" => tokens.knows_place(tokens.span(at..last + 2).of(text)),
        "de" | "del" | "la" | "al" | "el" | "da" | "do" | "e" | "i" | "le" | "upon" | "sur" | "am"
        | "des" | "du" | "della" | "di" | "dos" | "das" | "der" | "van" => true,
        _ => false,
    }
}

fn is_venue(tokens: &Tokens, at: u32, end: u32) -> bool {
    (at..end.min(at + 4)).any(|at| tokens.all[at as usize].is(Class::Venue))
}

/// Months, people, peoples, organisations, networks and pronouns stand after "in" and "on", too.
pub(in crate::facts) fn not_a_place(tokens: &Tokens, text: &str, run: Range<u32>) -> bool {
    let first = &tokens.all[run.start as usize];
    let all = tokens.classes_at(run.start);
    let venue = tokens.all[run.end as usize - 1].is(Class::Venue);
    let network = run.len() == 1
        && matches!(
            first.span().of(text),
            "Underground" | "Metro" | "Tube" | "Subway" | "Internet" | "Parliament" | "Congress" | "Senate"
        );
    // "In Drive-By Shooting": a headline's words. "In the New Year".
    let told = matches!(
        tokens.all[run.end as usize - 1].span().of(text),
        "Shooting"
            | "Shootings"
            | "Attack"
            | "Attacks"
            | "Murder"
            | "Stabbing"
            | "Bombing"
            | "Blast"
            | "Year"
            | "Eve"
            | "Day"
    ) && !tokens.knows_place(tokens.span(run.clone()).of(text));
    network
        || told
        || !venue && (all.has(Class::ArmedGroup) || all.has(Class::Person))
        || first.is(Class::Pronoun)
        // "At Christmas": a feast, and "Christmas Island" a place.
        || tokens.run_of(run.start, Class::CalendarWord).is_some_and(|end| end >= run.end)
        || run.len() == 1 && (first.is(Class::Honorific) || first.is(Class::FunctionWord))
        // "Brussels" speaks for the union, and is a town after "in".
        || tokens.run_of(run.start, Class::Organisation).is_some_and(|end| end >= run.end)
            && tokens.run_of(run.start, Class::CountryWord).is_none()
        || tokens.run_of(run.start, Class::Nationality).is_some_and(|end| end >= run.end)
            && tokens.run_of(run.start, Class::CountryWord).is_none()
}
