//! How many an attack killed, injured and took hostage: what it takes of the counts of a sentence.

use super::incident::{Evident, Incident};
use super::scene::{News, span};
use crate::facts::tokens::Tokens;
use crate::facts::tolls::{Count, Harm, TollMention};
use crate::facts::{AttackKind, Field, Reading, Toll};

impl Incident {
    pub(super) fn take_tolls(
        &mut self,
        tokens: &Tokens,
        tolls: &[&TollMention],
        news: News,
        at: &Evident<'_>,
    ) {
        for toll in tolls {
            let value = match (toll.count, &self.attack.killed) {
                (Count::Plain(count), _) => count,
                (Count::MoreThanKilled, Some(killed)) => Toll { min: killed.value.min, max: None },
                (Count::MoreThanKilled, None) => continue,
            };
            if value.min.is_none() && value.max.is_none() {
                continue;
            }
            let span = span(tokens, &toll.tokens);
            let (slot, field) = match toll.harm {
                Harm::Killed => (&mut self.attack.killed, Field::Killed),
                Harm::Injured => (&mut self.attack.injured, Field::Injured),
                Harm::Hostages => (&mut self.attack.hostages, Field::Hostages),
            };
            let newer = slot
                .as_ref()
                .is_none_or(|known| news == News::Current && (toll.latest || larger(value, known.value)));
            if newer {
                *slot = Some(Reading { value, span, rule: toll.rule });
                self.note(field, span, toll.rule, at);
            }
        }
        if self.attack.hostages.is_some() {
            self.refine(AttackKind::HostageTaking);
        }
    }
}

pub(super) fn plain(tolls: &[&TollMention], harm: Harm) -> Option<Toll> {
    tolls.iter().find(|toll| toll.harm == harm).and_then(|toll| match toll.count {
        Count::Plain(count) => Some(count),
        Count::MoreThanKilled => None,
    })
}

/// Whether no number is in both ranges.
pub(super) fn apart(one: Toll, other: Toll) -> bool {
    let over = |max: Option<u32>, min: Option<u32>| max.zip(min).is_some_and(|(max, min)| max < min);
    over(one.max, other.min) || over(other.max, one.min)
}

/// Whether the first range is certainly the larger: a later, higher count.
fn larger(new: Toll, known: Toll) -> bool {
    new.min.zip(known.max).is_some_and(|(new, known)| new > known)
}
