//! Names of countries and towns that say nothing of the scene, or more than other names: languages, the accused, papers.

use std::ops::Range;

use crate::facts::classes::Class;
use crate::facts::tokens::{Kind, Tokens};

/// "A teacher of Spanish at the college", "said in French": a language says nothing of where the article plays.
pub(super) fn is_language(tokens: &Tokens, text: &str, run: Range<u32>) -> bool {
    let sentence = tokens.sentence_of(run.start);
    let before = run.start.checked_sub(1).filter(|at| sentence.contains(at));
    let before = before.map_or("", |at| tokens.all[at as usize].span().of(text));
    let after = tokens.all[..sentence.end as usize].get(run.end as usize);
    let ends = after.is_none_or(|it| it.kind != Kind::Word || it.is(Class::FunctionWord));
    tokens.all[run.start as usize].is(Class::Nationality)
        && ends
        && matches!(before, "of" | "in" | "into" | "from" | "speak" | "speaks" | "speaking" | "spoke")
}

/// "Accused Iran of it", "blamed on Iran", "the Iran-backed group", "was armed by Iran": a country that somebody
/// accuses is not where it was.
pub(super) fn is_accused(tokens: &Tokens, text: &str, run: Range<u32>) -> bool {
    let sentence = tokens.sentence_of(run.start);
    let word = |at: u32| if sentence.contains(&at) { tokens.all[at as usize].span().of(text) } else { "" };
    let is = |at: u32, class: Class| sentence.contains(&at) && tokens.all[at as usize].is(class);
    let before = run.start.wrapping_sub(1);
    let blamed = is(before, Class::BlameVerb)
        || matches!(word(before), "on" | "by" | "against") && is(before.wrapping_sub(1), Class::BlameVerb);
    let backed = word(run.end) == "-" && is(run.end + 1, Class::BlameVerb);
    let behind = matches!(word(run.end), "was" | "is" | "were") && word(run.end + 1) == "behind";
    blamed || backed || behind
}

/// "The bomber was a Moroccan", "a Tunisian national", "a Belgian-born man", "of Algerian descent": where somebody comes from
/// is not where it was. (Whose police it is, or whose soldiers, tells where.)
pub(super) fn is_nationality(tokens: &Tokens, text: &str, run: Range<u32>) -> bool {
    let sentence = tokens.sentence_of(run.start);
    let word = |at: u32| if sentence.contains(&at) { tokens.all[at as usize].span().of(text) } else { "" };
    if !tokens.all[run.start as usize].is(Class::Nationality) {
        return false;
    }
    let person = match word(run.end) {
        "-" => return matches!(word(run.end + 1), "born"),
        "national" | "nationals" | "citizen" | "citizens" | "nationality" | "descent" | "origin"
        | "passport" | "immigrant" | "immigrants" | "migrant" | "migrants" | "refugee" | "refugees"
        | "tourist" | "tourists" => return true,
        // Whose weapons they are is not whom they hit; whose embassy mourns tells of the dead.
        "shelling" | "bombardment" | "missile" | "missiles" | "drone" | "drones" | "rocket" | "rockets"
        | "jet" | "jets" | "warplane" | "warplanes" | "aircraft" | "airstrike" | "airstrikes" | "strike"
        | "strikes" | "artillery" | "gunboats" | "embassy" | "consulate" => return true,
        "air" => return matches!(word(run.end + 1), "strike" | "strikes" | "raid" | "raids"),
        "foreign" => return matches!(word(run.end + 1), "ministry" | "minister" | "office"),
        "man" | "woman" | "student" | "teenager" | "couple" => true,
        _ => {
            let after = tokens.all[..sentence.end as usize].get(run.end as usize);
            after.is_none_or(|it| it.kind != Kind::Word || it.is(Class::FunctionWord))
        }
    };
    // "A Moroccan", "a 32-year-old Moroccan".
    let from = run.start.saturating_sub(6).max(sentence.start);
    let article = (from..run.start).rev().find(|at| matches!(word(*at), "a" | "an" | "A" | "An"));
    let within = |at: u32| {
        let token = &tokens.all[at as usize];
        let bound = token.is(Class::FunctionWord) || token.is(Class::Preposition);
        let plain = token.kind == Kind::Word && !token.is_capital() && !bound;
        plain || token.kind == Kind::Number || matches!(word(at), "-" | "year" | "old")
    };
    let phrase = |at: u32| (at + 1..run.start).all(within);
    // "Among the dead were eight Britons".
    let counted = run.start.checked_sub(1).filter(|at| sentence.contains(at)).is_some_and(|at| {
        let token = &tokens.all[at as usize];
        token.kind == Kind::Number || token.is(Class::NumberWord)
    });
    person && (counted || article.is_some_and(phrase))
}

/// "The Calder Ford Gazette": a paper speaks of its own town.
pub(super) fn is_paper(tokens: &Tokens, text: &str, at: u32) -> bool {
    tokens.all.get(at as usize).is_some_and(|next| {
        matches!(
            next.span().of(text),
            "Sentinel"
                | "Tribune"
                | "Herald"
                | "Gazette"
                | "Dispatch"
                | "Chronicle"
                | "Observer"
                | "Examiner"
                | "Inquirer"
                | "Courier"
                | "Bee"
                | "Globe"
        )
    })
}
