//! What a sentence without words for violence adds to the attack told of: counts, doers, the day, who was cleared.

use super::attackers;
use super::dating::is_day;
use super::incident::Evident;
use super::perpetrators;
use super::police::{do_police, is_done_by_police};
use super::scene::Scene;
use super::standing;
use super::story::{REACH, Story};
use super::target;
use crate::facts::AttackKind;
use crate::facts::places::Relation;
use crate::facts::tokens::Tokens;
use crate::facts::tolls::Harm;

/// How many sentences before they are cleared somebody may have been charged.
const CLEARED_WITHIN: u32 = 2;

impl Story<'_> {
    /// "The suspect, John Roe, was charged with murder on Saturday": a charge is no attack, but it names who is meant.
    pub(super) fn tell_doers(&mut self, number: u32, block: u32, scene: &Scene<'_>) {
        let near = self.focus.filter(|it| number - self.incidents[*it].last_sentence <= REACH * 2);
        let Some(focus) = near else { return };
        let evidence =
            Evident { tokens: self.tokens, sentence: self.tokens.span(scene.sentence.clone()), block };
        let people = perpetrators::find_known(&self.clause(scene), scene.cues(self.tokens), self.cast);
        self.incidents[focus].take_perpetrators(people, &evidence);
    }

    /// "The charges were dropped": those charged in the sentences before did not do it.
    pub(super) fn tell_cleared(&mut self, focus: usize, scene: &Scene<'_>) {
        if standing::clears(&self.clause(scene), scene.cues(self.tokens)) {
            let mut from = scene.sentence.start;
            for _ in 0..CLEARED_WITHIN {
                from = self.tokens.sentence_of(from.saturating_sub(1)).start;
            }
            let from = self.tokens.span(from..from + 1).start;
            self.incidents[focus].clear_suspects(from);
        }
    }

    /// A sentence without a word for violence may still count the dead, or say who did it.
    pub(super) fn tell_without_mention(&mut self, number: u32, block: u32, scene: &Scene<'_>) {
        let Some(focus) = self.focus else { return };
        self.tell_cleared(focus, scene);
        let evidence =
            Evident { tokens: self.tokens, sentence: self.tokens.span(scene.sentence.clone()), block };
        self.set_scene(focus, number, scene, &evidence);
        // "On the island 69 people had been killed": the attack that happened there.
        let place = scene.places.iter().find(|it| it.relation == Relation::At && !it.is_country);
        let there = place.map(|place| self.tokens.span(place.tokens.clone()).of(self.text).to_lowercase());
        let named = there
            .and_then(|name| self.recent().find(|index| self.incidents[*index].is_called_by_place(&name)));
        let elsewhere = named.is_none()
            && place.is_some_and(|it| it.known.is_some_and(|known| known.coordinates.is_some()))
            && self.incidents[focus].attack.place.coordinates.is_some();
        // "A rocket killed a woman in Rehovot. At least 31 people have been killed in Gaza."
        let elsewhere = elsewhere || named.is_none() && self.counts_abroad(focus, scene);
        let index = named.unwrap_or(focus);
        let clause = self.clause(scene);
        let incident = &mut self.incidents[index];
        let far = |reach: u32| number - incident.last_sentence > reach;
        if named.is_none() && far(REACH * 2) {
            return;
        }
        // "A blast killed nine people. The bomb was packed with nails": now it is told what blew up.
        let told = scene.explosive && !(scene.other_cause || scene.accident);
        incident.firm |= told && !far(REACH) && scene.is_sure(self.tokens, self.text);
        let counts = (named.is_some() || !far(REACH)) && !scene.tolls.is_empty() && !elsewhere;
        if clause.asks() {
            return;
        }
        let people = perpetrators::find(&clause, scene.cues(self.tokens), self.cast, &[]);
        incident.take_perpetrators(people, &evidence);
        if !scene.judged && !scene.combat {
            let attackers = attackers::find(&clause, scene.cues(self.tokens), self.cast, &[]);
            incident.take_attackers(attackers, &evidence);
        }
        let date_differs = scene.date.is_some_and(|(date, _)| incident.date_differs(date, self.text));
        // "On Wednesday the toll rose to 14", "she died on Tuesday": later than the attack, and the same.
        let risen =
            scene.tolls.iter().any(|toll| toll.latest || toll.is_person() && toll.harm == Harm::Killed);
        if counts
            && !(scene.other_cause || scene.accident)
            && !scene.combat
            && (named.is_some() || !date_differs || risen)
        {
            incident.take_tolls(self.tokens, self.text, &scene.tolls, scene.news, &evidence);
            // "Police shot and killed Marvin Oke": the attacker.
            let police = scene.tolls.iter().any(|toll| {
                do_police(self.tokens, self.text, toll.tokens.start)
                    || (toll.tokens.start..=toll.tokens.end)
                        .any(|at| is_done_by_police(self.tokens, self.text, at))
            });
            if !(police && incident.has_doers()) {
                incident.take_targets(target::find(&clause, self.cast, &[]), &evidence);
            }
            incident.firm |= scene.explosive || incident.attack.kind != AttackKind::Bombing;
            incident.last_sentence = number;
        }
    }

    /// Whether the sentence gives figures for another country than that of the attack.
    fn counts_abroad(&self, focus: usize, scene: &Scene<'_>) -> bool {
        let Some(country) = &self.incidents[focus].attack.place.country else { return false };
        let mut known =
            scene.places.iter().filter(|it| it.relation == Relation::At).filter_map(|it| it.known);
        scene.tolls.iter().any(|toll| !toll.is_person()) && known.any(|it| it.country != country.value)
    }

    /// "The attacks of 2008. Ten men came ashore in Mumbai on the evening of 26 November 2008": the day and the town
    /// of an attack of which only the year is told so far.
    fn set_scene(&mut self, focus: usize, number: u32, scene: &Scene<'_>, evidence: &Evident<'_>) {
        let Some((date, _)) = scene.date.filter(|(date, _)| is_day(date) && !scene.judged) else { return };
        let incident = &self.incidents[focus];
        let bare = incident.attack.place.name.is_none()
            && incident.attack.place.country.is_none()
            && incident.attack.killed.is_none()
            && incident.attack.date.is_some_and(|known| known.as_day().is_none())
            && number - incident.last_sentence <= REACH
            && incident.same_date(date, self.text);
        let town = scene.places.iter().find(|it| {
            it.relation == Relation::At && it.known.is_some_and(|known| known.coordinates.is_some())
        });
        let Some(town) = town.filter(|_| bare) else { return };
        let rule = incident.attack.rule;
        let place = self.place_of(town, rule);
        let incident = &mut self.incidents[focus];
        incident.take_date(date, self.text, evidence);
        incident.take_place(place, rule, evidence);
        incident.last_sentence = number;
    }
}

impl Scene<'_> {
    /// Whether it says how something was: it asks nothing, denies nothing and supposes nothing. That nobody has claimed it is
    /// said of what was done on purpose.
    pub(super) fn is_sure(&self, tokens: &Tokens, text: &str) -> bool {
        let word = |at: u32| tokens.all[at as usize].span().of(text);
        let claim = |at: u32| {
            word(at) == "responsibility"
                && (self.sentence.start.max(at.saturating_sub(3))..at)
                    .any(|it| matches!(word(it), "claim" | "claims" | "claimed"))
        };
        let open = |at: u32| {
            matches!(
                word(at).to_ascii_lowercase().as_str(),
                "no" | "not"
                    | "never"
                    | "whether"
                    | "if"
                    | "could"
                    | "might"
                    | "may"
                    | "possible"
                    | "possibly"
                    | "ruled"
                    | "unclear"
                    | "denied"
                    | "fear"
                    | "feared"
                    | "?"
                    | "n’t"
                    | "n't"
            )
        };
        self.sentence.clone().any(claim) || !self.sentence.clone().any(open)
    }
}
