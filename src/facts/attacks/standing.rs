//! What is kept of who did an attack: one entry each with the strongest standing; those cleared are taken back.

use super::called::is_anyone;
use super::clause::Clause;
use super::incident::{Evident, Incident};
use crate::facts::classes::Class;
use crate::facts::rules::Match;
use crate::facts::{Attack, Field, Perpetrator, PerpetratorKind, Reading, Standing};

impl Incident {
    /// Adds who is not known yet; a fuller name takes the place of a shorter one.
    pub(super) fn take_perpetrators(&mut self, people: Vec<Perpetrator>, at: &Evident<'_>) {
        for new in people {
            self.note(Field::Perpetrator, new.name.span, new.name.rule, at);
            let known = self.attack.perpetrators.iter_mut().find(|it| {
                it.kind == new.kind
                    && (covers(&it.name.value, &new.name.value) || covers(&new.name.value, &it.name.value))
            });
            match known {
                None => self.attack.perpetrators.push(new),
                Some(known) => {
                    let stronger = weakness(new.standing) < weakness(known.standing);
                    if covers(&new.name.value, &known.name.value)
                        && new.name.value.len() > known.name.value.len()
                    {
                        let standing = if stronger { new.standing } else { known.standing };
                        *known = Perpetrator { standing, ..new };
                    } else if stronger {
                        known.standing = new.standing;
                    }
                }
            }
        }
    }
}

/// Whether a sentence says of somebody, whom it does not name, that they did not do it: "he was released without
/// charge", "the charges were dropped".
pub(super) fn clears(clause: &Clause<'_>, cues: &[Match<'_>]) -> bool {
    let fell = cues.iter().any(|it| it.rule.gives("of") == Some("cleared"));
    fell && !clause.sentence.clone().any(|at| clause.tokens.run_of(at, Class::Person).is_some())
}

impl Incident {
    /// Takes back whom the sentences just before call charged, blamed or convicted; those who claim it did it.
    pub(super) fn clear_suspects(&mut self, from: u32) {
        let cleared = |it: &Perpetrator| {
            it.kind != PerpetratorKind::Organization
                && it.name.span.start >= from
                && matches!(it.standing, Standing::Suspected | Standing::Blamed | Standing::Convicted)
        };
        let spans: Vec<_> =
            self.attack.perpetrators.iter().filter(|it| cleared(it)).map(|it| it.name.span).collect();
        self.attack.perpetrators.retain(|it| !spans.contains(&it.name.span));
        self.attack.evidence.retain(|it| it.field != Field::Perpetrator || !spans.contains(&it.span));
    }
}

impl Perpetrator {
    /// Whether it is somebody with a name: "John Roe", not "a man".
    fn is_named(&self) -> bool {
        self.kind.names(&self.name.value) && self.kind == PerpetratorKind::Person
    }
}

impl Attack {
    /// Takes out a doer whose very words name whom it was on: "the man who shot the singer Ann Lind was charged".
    pub(super) fn drop_victims_as_doers(&mut self) {
        let targets: Vec<_> = self.targets.iter().map(|it| it.span).collect();
        let is_victim = |it: &Perpetrator| targets.iter().any(|target| target.overlaps(it.name.span));
        let spans: Vec<_> =
            self.perpetrators.iter().filter(|it| is_victim(it)).map(|it| it.name.span).collect();
        self.perpetrators.retain(|it| !spans.contains(&it.name.span));
        self.evidence.retain(|it| it.field != Field::Perpetrator || !spans.contains(&it.span));
    }

    /// Who is told to have done it was not hit by it: "the attacker was killed in a crash".
    pub(super) fn drop_doers_as_targets(&mut self) {
        let people = self.perpetrators.iter().filter(|it| it.is_named());
        let names: Vec<&str> = people.map(|it| it.name.value.as_str()).collect();
        let is_doer = |target: &Reading<String>| names.iter().any(|name| covers(name, &target.value));
        let spans: Vec<_> = self.targets.iter().filter(|it| is_doer(it)).map(|it| it.span).collect();
        self.targets.retain(|it| !spans.contains(&it.span));
        self.evidence.retain(|it| it.field != Field::Target || !spans.contains(&it.span));
    }

    /// Leaves out "a man" and "a 40-year-old man" where somebody is named.
    pub(super) fn drop_anyone(&mut self) {
        if !self.perpetrators.iter().any(Perpetrator::is_named) {
            return;
        }
        let bare = |it: &Perpetrator| {
            let mut words = it.name.value.split(' ').rev();
            it.kind != PerpetratorKind::Organization
                && !it.is_named()
                && words.next().is_some_and(is_anyone)
                && words.all(|word| word == "young" || word.ends_with("-year-old"))
        };
        let spans: Vec<_> = self.perpetrators.iter().filter(|it| bare(it)).map(|it| it.name.span).collect();
        self.perpetrators.retain(|it| !bare(it));
        self.evidence.retain(|it| it.field != Field::Perpetrator || !spans.contains(&it.span));
    }
}

/// Whether every word of `shorter` is one of `longer`.
pub(super) fn covers(longer: &str, shorter: &str) -> bool {
    let longer = longer.to_lowercase();
    let words: Vec<&str> = longer.split([' ', '-']).collect();
    shorter.to_lowercase().split([' ', '-']).all(|word| matches!(word, "a" | "an") || words.contains(&word))
}

/// Where a standing comes among those of one attack: what a court found first, a suspicion last.
pub(super) fn weakness(standing: Standing) -> u8 {
    match standing {
        Standing::Convicted => 0,
        Standing::Claimed => 1,
        Standing::Stated => 2,
        Standing::Blamed => 3,
        Standing::Suspected => 4,
    }
}
