//! What the victims and the figures of one attack come to.

use super::casualties::{Casualties, Figure, Source, Victim};
use crate::facts::tolls::{Harm, Sex};
use crate::facts::{Attack, Evidence, Field, Level, OtherToll, Reading, Toll};

impl Casualties {
    /// How many victims one by one suffered this, of one sex or all.
    pub(super) fn harmed(&self, harm: Harm, sex: Option<Sex>) -> u32 {
        let of_sex = |it: &&Victim| sex.is_none() || it.party.sex == sex;
        self.victims.iter().filter(|it| it.is_among(harm)).filter(of_sex).count() as u32
    }

    fn of_unknown_sex(&self, harm: Harm) -> u32 {
        self.victims.iter().filter(|it| it.is_among(harm) && it.party.sex.is_none()).count() as u32
    }

    /// What the figures and the victims of one harm come to.
    fn count(&self, harm: Harm) -> Option<Reading<Toll>> {
        let single = self.harmed(harm, None);
        let by_victims = self.victims.iter().find(|it| it.is_among(harm)).map(|it| Reading {
            value: Toll { min: Some(single), max: Some(single) },
            span: it.told.span,
            rule: it.told.rule,
        });
        let Some(figure) = self.total(harm).map(|at| &self.figures[at]) else { return by_victims };
        let mut value = figure.count;
        if value.max == Some(0) && single > 0 {
            return by_victims;
        }
        if figure.besides > 0 {
            value = value.map(|bound| bound.saturating_add(figure.besides));
        } else if figure.part {
            // "Two women … a man": the man is none of the women.
            let unlike =
                figure.sex.map_or(0, |_| single - self.harmed(harm, figure.sex) - self.of_unknown_sex(harm));
            value = value.map(|bound| bound.saturating_add(unlike).max(single));
        }
        Some(Reading { value, span: figure.told.span, rule: figure.told.rule })
    }

    pub(super) fn killed(&self) -> Option<Reading<Toll>> {
        self.count(Harm::Killed)
    }

    /// The injured, or those shot less those who died of it.
    fn injured(&self, killed: Option<Toll>) -> Option<Reading<Toll>> {
        let injured = self.count(Harm::Injured).and_then(|it| self.without_undescribed_dead(it, killed));
        let most = |toll: Toll| toll.min.or(toll.max);
        let [hit, treated] =
            [Harm::Hit, Harm::Treated].map(|harm| self.total(harm).map(|at| &self.figures[at]));
        let dead = killed.and_then(|it| it.max.or(it.min)).unwrap_or(0);
        let (hit, dead) = match (hit, treated) {
            (Some(hit), Some(treated)) if most(treated.count) > most(hit.count) => (treated, dead),
            (Some(hit), _) => (hit, dead),
            // "A bomb killed four. Seventeen were taken to hospital": seventeen others.
            (None, Some(treated)) => (treated, self.dead_among(treated)),
            (None, None) => return injured,
        };
        let rest = hit.count.map(|bound| match hit.others {
            true => bound.saturating_add(hit.besides),
            false => bound.saturating_sub(dead),
        });
        let more = injured.as_ref().is_none_or(|known| most(rest) > most(known.value));
        if more && most(rest) > Some(0) {
            return Some(Reading { value: rest, span: hit.told.span, rule: hit.told.rule });
        }
        injured
    }

    /// How many of those who were taken to a hospital are told to have died after that: "one of them died", "a man died
    /// later".
    fn dead_among(&self, treated: &Figure) -> u32 {
        let later = |told: &Source| told.span.start > treated.told.span.start;
        let victims = self.victims.iter().filter(|it| it.harm == Harm::Killed && later(&it.told)).count();
        let of_them = |it: &&Figure| it.harm == Harm::Killed && it.part && later(&it.told);
        let counted = self.figures.iter().filter(of_them).filter_map(|it| it.count.min).sum::<u32>();
        counted.saturating_add(victims as u32)
    }

    /// "Two boys were killed. A boy, 8, a boy, 9, and a girl, 16, were shot": of those shot, of whom nothing more is
    /// told, as many died as are counted among the dead and described nowhere.
    fn without_undescribed_dead(
        &self,
        injured: Reading<Toll>,
        killed: Option<Toll>,
    ) -> Option<Reading<Toll>> {
        if self.total(Harm::Injured).is_some() {
            return Some(injured);
        }
        let dead = killed.filter(|it| it.min == it.max).and_then(|it| it.min).unwrap_or(0);
        let sex = self.total(Harm::Killed).and_then(|at| self.figures[at].sex);
        let fits = |it: &&Victim| sex.is_none() || it.party.sex == sex;
        let open = self
            .victims
            .iter()
            .filter(|it| matches!(it.harm, Harm::Hit | Harm::Treated))
            .filter(fits)
            .count() as u32;
        let of_them = |it: &&Figure| it.harm == Harm::Killed && killed != Some(it.count);
        let counted =
            self.figures.iter().filter(of_them).filter_map(|it| it.count.min).fold(0, u32::saturating_add);
        let told = self.harmed(Harm::Killed, None).saturating_add(counted);
        // Three dead girls are none of the two who were stabbed beside them.
        let missing = dead.saturating_sub(told);
        let among = if sex.is_some() || missing <= open { missing.min(open) } else { 0 };
        let value = injured.value.map(|bound| bound.saturating_sub(among));
        (value.max != Some(0)).then_some(Reading { value, ..injured })
    }

    /// Writes the counts into the attack.
    pub(super) fn sum_up(&self, attack: &mut Attack) {
        attack.killed = self.killed();
        attack.injured = self.injured(attack.killed.as_ref().map(|it| it.value));
        let plain = |harm: Harm| self.total(harm).map(|at| self.figures[at].reading());
        attack.hostages = plain(Harm::Hostages);
        attack.missing = plain(Harm::Missing);
        attack.attackers_killed = plain(Harm::AttackersKilled);
    }

    /// Writes the figures that are not the counts into the attack, once all is told.
    pub(super) fn list_others(&self, attack: &mut Attack) {
        for figure in &self.figures {
            let (field, chosen) = match figure.harm {
                Harm::Killed => (Field::Killed, &attack.killed),
                Harm::Injured | Harm::Hit | Harm::Treated => (Field::Injured, &attack.injured),
                _ => continue,
            };
            let others = attack.other_tolls.iter().filter(|it| it.field == field).map(|it| &it.count);
            if chosen.iter().chain(others).all(|it| it.value != figure.count) {
                attack.other_tolls.push(OtherToll { field, count: figure.reading() });
            }
        }
    }

    /// The words for each count.
    pub(super) fn evidence(&self, attack: &Attack) -> Vec<Evidence> {
        let values = [
            (Field::Killed, &attack.killed),
            (Field::Injured, &attack.injured),
            (Field::Hostages, &attack.hostages),
            (Field::Missing, &attack.missing),
            (Field::AttackersKilled, &attack.attackers_killed),
        ];
        let mut all = Vec::new();
        for (field, value) in values {
            let Some(value) = value else { continue };
            let figures = self.figures.iter().filter(|it| it.told.span == value.span);
            all.extend(figures.map(|it| it.told.evidence(field)));
        }
        all.extend(self.victims.iter().map(|victim| {
            victim.told.evidence(if victim.is_among(Harm::Killed) { Field::Killed } else { Field::Injured })
        }));
        all
    }
}

impl Victim {
    /// Whether this one is among the killed, or the injured.
    fn is_among(&self, harm: Harm) -> bool {
        (self.harm == Harm::Killed) == (harm == Harm::Killed)
    }
}

impl Figure {
    fn reading(&self) -> Reading<Toll> {
        Reading { value: self.count, span: self.told.span, rule: self.told.rule }
    }
}

impl Source {
    fn evidence(&self, field: Field) -> Evidence {
        Evidence {
            field,
            span: self.span,
            sentence: self.sentence,
            block: self.block,
            rule: self.rule,
            level: Level::High,
        }
    }
}
