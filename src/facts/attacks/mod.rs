//! Incidents of violence that the article reports as having happened: mentions grouped into one attack an incident.
//!
//! Sentence by sentence: `mentions` finds the words for violence, `mention` how they speak of it, and `sense` what they
//! mean there, `denial` what was denied or supposed, `fiction` what works of fiction tell, `retraction` what a later
//! sentence takes back, `clauses` cuts a sentence that tells of several, `scene` gathers what it says of date (`dating`,
//! `ties`, `day`), place (`setting`, `settling`), tolls (`casualties`), target and doers, `story` joins it to an attack
//! that is told of already (`join`) or starts a new one, `sequel` adds what later sentences say, and `war` drops what
//! soldiers do to each other. `clause` and `phrase` read the words around them. Wars, warnings, accidents and violence in general
//! start none: they lack a date, a place or a toll of their own.

use std::ops::Range;

use jiff::civil::Date;

use super::places::Geography;
use super::tokens::{Part, Tokens};
use super::tolls::TollMention;
use super::{Attack, DateMention};

mod aftermath;
mod attackers;
mod called;
mod cast;
mod casualties;
mod clause;
mod clauses;
mod cleared;
mod dating;
mod day;
mod denial;
mod fiction;
mod incident;
mod join;
mod mention;
mod mentions;
mod perpetrators;
mod phrase;
mod police;
mod retraction;
mod scene;
mod sense;
mod sequel;
mod setting;
mod settling;
mod stage;
mod standing;
mod story;
mod subject;
mod sums;
mod target;
mod ties;
mod weapon;
mod victims;
mod voice;
mod war;

pub use cast::Cast;
use mentions::Mentions;

/// The words for violence in each sentence of an article, by its number.
pub struct InSentences(Vec<Mentions>);

/// Reads the words for violence. `None` where no sentence has any: there is nothing to find, and nothing to count.
pub fn mentions(tokens: &Tokens, text: &str) -> Option<InSentences> {
    let mut reader = mentions::Reader::new(tokens, text);
    let mut all = vec![Mentions::default(); tokens.sentences.len()];
    let mut any = false;
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        for number in section.sentences.clone() {
            let mentions = &mut all[number as usize];
            *mentions = reader.read(number);
            any |= !mentions.all.is_empty();
        }
    }
    any.then_some(InSentences(all))
}

/// Finds the attacks of an article, the main one first, then in the order they first appear.
///
/// `tokens` were cut from `text`; `mentions` are what [`mentions`] read, `dates` and `tolls` what
/// [`super::dates::find`] and [`super::tolls::find`] did; what lies after the day of publication has not happened.
pub fn find(
    tokens: &Tokens,
    text: &str,
    mentions: &InSentences,
    dates: &[DateMention],
    tolls: &[TollMention],
    cast: &Cast<'_>,
    published: Option<Date>,
) -> Vec<Attack> {
    let geography = Geography::of(tokens, text);
    let mut story = story::Story::new(tokens, text, &geography, cast, published);
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        let block = incident::block_of(section.part);
        for number in section.sentences.clone() {
            let sentence = tokens.sentences[number as usize].clone();
            let mentions = &mentions.0[number as usize];
            let gather = |range: Range<u32>, mentions: &Mentions| {
                scene::Scene::gather(tokens, text, range, mentions, dates, tolls, &geography)
            };
            let scene = gather(sentence.clone(), mentions);
            let whole = clauses::Sentence { tokens, text, range: sentence, dates, places: &scene.places };
            let clauses = whole.clauses(&mentions.all);
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
