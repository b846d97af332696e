//! Incidents of violence that the article reports as having happened: mentions grouped into one attack an incident.
//!
//! Sentence by sentence: `mention` finds the words for violence and `sense` what they mean there, `denial` what was
//! denied or supposed, `retraction` what a later sentence takes back, `clauses` cuts a sentence that tells of several, `scene` gathers what
//! it says of date (`dating`, `ties`, `day`), place (`setting`, `settling`), tolls (`casualties`), target and doers,
//! `story` joins it to an attack that is told of already (`join`) or starts a new one, `sequel` adds what later
//! sentences say. Wars, warnings, accidents and violence in general
//! start none: they lack a date, a place or a toll of their own.

use std::ops::Range;

use jiff::civil::Date;

use super::places::Geography;
use super::tokens::{Part, Tokens};
use super::tolls::TollMention;
use super::{Attack, DateMention};

mod attackers;
mod cast;
mod casualties;
mod clauses;
mod cleared;
mod dating;
mod day;
mod denial;
mod incident;
mod join;
mod mention;
mod perpetrators;
mod phrase;
mod police;
mod retraction;
mod scene;
mod sense;
mod sequel;
mod setting;
mod settling;
mod standing;
mod story;
mod subject;
mod sums;
mod target;
mod ties;
mod weapon;
mod victims;
mod voice;

pub use cast::Cast;

/// Whether any sentence has words for violence: where none has, there is nothing to find, and nothing to count.
pub fn are_told(tokens: &Tokens, text: &str) -> bool {
    let mut mentions = mention::Mentions::default();
    let body = tokens.sections.iter().filter(|section| section.part != Part::Title);
    body.flat_map(|section| section.sentences.clone()).any(|number| {
        mentions.read(tokens, text, number, tokens.sentences[number as usize].clone());
        !mentions.all.is_empty()
    })
}

/// Finds the attacks of an article, the main one first, then in the order they first appear.
///
/// `tokens` were cut from `text`; `dates` and `tolls` are what [`super::dates::find`] and [`super::tolls::find`] read;
/// what lies after the day of publication has not happened.
pub fn find(
    tokens: &Tokens,
    text: &str,
    dates: &[DateMention],
    tolls: &[TollMention],
    cast: &Cast<'_>,
    published: Option<Date>,
) -> Vec<Attack> {
    let geography = Geography::of(tokens, text);
    let mut story = story::Story::new(tokens, text, &geography, cast, published);
    let mut mentions = mention::Mentions::default();
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        let block = incident::block_of(section.part);
        for number in section.sentences.clone() {
            let sentence = tokens.sentences[number as usize].clone();
            mentions.read(tokens, text, number, sentence.clone());
            let whole =
                clauses::Sentence { tokens, text, range: sentence.clone(), dates, geography: &geography };
            let clauses = whole.clauses(&mentions.all);
            let gather = |range: Range<u32>, mentions: &mention::Mentions| {
                scene::Scene::gather(tokens, text, range, mentions, dates, tolls, &geography)
            };
            let scene = gather(sentence, &mentions);
            if clauses.len() == 1 {
                story.tell(number, block, &mentions.all, &scene);
                continue;
            }
            for clause in clauses {
                let mentions = mentions.within(&clause);
                let scene = gather(clause, &mentions).or_of(&scene);
                story.tell(number, block, &mentions.all, &scene);
                story.tell_apart();
            }
            story.tell_together();
        }
    }
    story.finish()
}

#[cfg(test)]
mod tests;
