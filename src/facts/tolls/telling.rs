//! What the people of a sentence suffered, as counts: lists added up, pronouns led back, attackers told apart.

use std::ops::Range;

use super::clause::{Clauses, Harming, Whom};
use super::party::{Party, Scope, exactly};
use super::{Count, Harm, TollMention};
use crate::facts::Toll;

impl Clauses<'_, '_> {
    /// "Where he died": he is somebody of the sentence, if somebody fits.
    pub(super) fn resolve_pronouns(&mut self) {
        for at in 0..self.parties.len() {
            let (Some(harming), Scope::Pronoun) = (&self.harms[at], self.parties[at].scope) else { continue };
            let pronoun = &self.parties[at];
            let fits = |it: &Party| {
                it.scope != Scope::Pronoun
                    && it.scope != Scope::Nobody
                    && !it.owner
                    && if pronoun.is_single() {
                        it.is_single() && (it.sex.is_none() || it.sex == pronoun.sex)
                    } else {
                        !it.is_single() && it.count.is_some()
                    }
            };
            let before = self.parties[..at].iter().enumerate().filter(|(_, it)| fits(it)).map(|(at, _)| at);
            let mut candidates: Vec<usize> = before.collect();
            if !pronoun.is_single() && candidates.is_empty() && at > 1 && self.joins(at - 2) {
                // "A man and a woman were taken to a hospital, where they died."
                candidates = vec![at - 2, at - 1];
                let harming = harming.clone();
                for at in candidates {
                    self.harm(at, &harming);
                }
                self.harms[at] = None;
                continue;
            }
            let found = if self.objects[at] {
                // "A boy stood there when a man came and shot him": not the nearest.
                candidates.pop();
                candidates.first().copied()
            } else {
                let harmed = candidates.iter().rev().find(|it| self.harms[**it].is_some());
                harmed.or(candidates.last()).copied()
            };
            if let Some(found) = found {
                let harming = harming.clone();
                self.harm(found, &harming);
                self.harms[at] = None;
            }
        }
    }

    pub(super) fn tell(&self, out: &mut Vec<TollMention>) {
        let mut at = 0;
        for (party, harming) in &self.wholes {
            let party = &self.parties[*party];
            let Some(count) = party.whole else { continue };
            out.push(TollMention {
                harm: Harm::Hit,
                tokens: party.tokens.start..harming.tokens.end,
                count: Count::Plain(count),
                latest: false,
                hearsay: false,
                party: Some(Party { scope: Scope::New, count: Some(count), ..party.clone() }),
                rule: harming.rule,
            });
        }
        while at < self.parties.len() {
            let Some(harming) = &self.harms[at] else {
                at += 1;
                continue;
            };
            let mut last = at;
            let same = |other: usize| {
                self.harms[other]
                    .as_ref()
                    .is_some_and(|it| it.harm == harming.harm && it.tokens == harming.tokens)
            };
            while self.joins(last)
                && same(last + 1)
                && self.parties[last].attackers == self.parties[last + 1].attackers
            {
                last += 1;
            }
            let listed = &self.parties[at..=last];
            if listed.iter().all(Party::is_single) || listed.len() == 1 {
                for party in listed {
                    self.tell_one(party, harming, out);
                }
            } else {
                // "The victim and the others": how many those are is not told.
                if listed.iter().any(|it| it.count.is_none() && it.scope != Scope::New) {
                    at = last + 1;
                    continue;
                }
                let sum = listed.iter().try_fold(exactly(0), |sum, it| {
                    // "Five men and women".
                    if it.count.is_none() && it.sex.is_some() && listed[0].sex.is_some() {
                        return Some(sum);
                    }
                    let own = it.count.unwrap_or(Toll { min: Some(2), max: None });
                    Some(Toll { min: add(sum.min, own.min), max: add(sum.max, own.max) })
                });
                let mut all = listed[0].clone();
                all.tokens.end = listed[listed.len() - 1].tokens.end;
                (all.count, all.sex, all.anybody, all.name) = (sum, None, true, None);
                if all.scope == Scope::Known {
                    all.scope = Scope::New;
                }
                self.tell_one(&all, harming, out);
            }
            at = last + 1;
        }
    }

    fn tell_one(&self, party: &Party, harming: &Harming, out: &mut Vec<TollMention>) {
        let pronoun = party.scope == Scope::Pronoun;
        let died = |mut at: Range<u32>| {
            at.any(|at| {
                self.words.is_any(at, &["died", "dies", "succumbed"])
                    || self.words.is_any(at, &["pronounced", "declared"])
                        && self.words.is_any(at + 1, &["dead"])
            })
        };
        let harm = match harming.harm {
            // "The man who stabbed a rabbi died in prison".
            Harm::Killed
                if party.attackers
                    && self.words.is_any(party.end, &["who", "that"])
                    && died(harming.tokens.clone()) =>
            {
                return;
            }
            Harm::Killed if party.attackers => Harm::AttackersKilled,
            _ if party.attackers => return,
            // "Nine were taken to hospital, where two died".
            Harm::Treated if died(harming.tokens.end..self.words.sentence.end) => Harm::Hit,
            harm => harm,
        };
        // "A woman was also killed": besides those told of.
        let behind = party.tokens.end.min(harming.tokens.end)..harming.tokens.end;
        let also = party.scope == Scope::New && party.name.is_none() && behind.len() < 8;
        let mut party = party.clone();
        if also && behind.into_iter().any(|at| self.words.is_any(at, &["also"])) {
            party.scope = Scope::Other;
        }
        let party = &party;
        // "One of 26 people killed": the 26.
        let whole =
            party.whole.filter(|_| harming.whom == Whom::Either && harming.tokens.start == party.tokens.end);
        if let Some(count) = whole {
            let party = Party { scope: Scope::New, count: Some(count), ..party.clone() };
            let tokens = party.tokens.start..harming.tokens.end;
            let count = Count::Plain(count);
            out.push(TollMention {
                harm,
                tokens,
                count,
                latest: false,
                hearsay: false,
                party: Some(party),
                rule: harming.rule,
            });
            return;
        }
        // "One of the women who died was expecting twins": of those who died, who are counted elsewhere.
        let of_the_dead = party.scope == Scope::Partitive
            && harming.whom == Whom::Subject
            && (party.tokens.end..harming.tokens.start).any(|at| self.words.is_any(at, &["who", "that"]));
        if of_the_dead && party.tokens.end < harming.tokens.start {
            return;
        }
        let Some(count) = party.count.or(pronoun.then_some(exactly(0))) else { return };
        let gap = harming.tokens.start.saturating_sub(party.tokens.end)
            + party.tokens.start.saturating_sub(harming.tokens.end);
        let tokens = if gap > 12 {
            party.tokens.clone()
        } else {
            party.tokens.start.min(harming.tokens.start)..party.tokens.end.max(harming.tokens.end)
        };
        out.push(TollMention {
            harm,
            tokens,
            count: Count::Plain(count),
            latest: false,
            hearsay: false,
            party: Some(party.clone()),
            rule: harming.rule,
        });
    }
}

fn add(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    Some(one?.saturating_add(other?))
}
