//! Sentences to attacks: what joins an incident that is told of already, and what starts a new one.

use jiff::civil::Date;

use super::attackers;
use super::cast::Cast;
use super::casualties::{Casualties, plain};
use super::clause::Clause;
use super::dating::{DATED_WITHIN, is_day};
use super::day::Day;
use super::incident::{Evident, Incident, blank};
use super::join::{Opening, Told};
use super::mention::{Form, Mention, Sense};
use super::perpetrators;
use super::police::is_done_by_police;
use super::scene::{Scene, span};
use super::target;
use super::victims::Victim;
use super::war::{is_fighting, is_war_report};
use crate::edtf::Precision;
use crate::facts::places::{Geography, PlaceMention};
use crate::facts::tokens::Tokens;
use crate::facts::tolls::Harm;
use crate::facts::{Attack, AttackKind, DateMention, Field, Reading, Stage};

/// How many sentences later a bare toll still belongs to the attack told of last.
pub(super) const REACH: u32 = 2;

/// The attacks as they are told, sentence by sentence.
pub(super) struct Story<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) geography: &'a Geography,
    pub(super) cast: &'a Cast<'a>,
    pub(super) incidents: Vec<Incident>,
    /// The one that "the attack" means now.
    pub(super) focus: Option<usize>,
    /// The one that the clause before tells of, which this clause does not mean.
    pub(super) apart: Option<usize>,
    /// When something is said to have happened before any attack is told: "officers responded on Monday at 7 a.m.".
    pub(super) opening: Option<(u32, &'a DateMention)>,
    /// What the last sentence that set a scene without violence said: "a man took the ferry to the island".
    before: Option<Setting<'a>>,
    /// The days that the article tells of.
    pub(super) days: Vec<Day<'a>>,
    pub(super) published: Option<Date>,
}

/// When and where a sentence plays that tells of no violence yet.
struct Setting<'a> {
    number: u32,
    block: u32,
    date: Option<&'a DateMention>,
    place: Option<PlaceMention>,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        tokens: &'a Tokens,
        text: &'a str,
        geography: &'a Geography,
        cast: &'a Cast<'a>,
        published: Option<Date>,
    ) -> Self {
        Story {
            tokens,
            text,
            geography,
            cast,
            incidents: Vec::new(),
            focus: None,
            apart: None,
            opening: None,
            before: None,
            days: Vec::new(),
            published,
        }
    }

    pub(super) fn clause(&self, scene: &Scene<'_>) -> Clause<'a> {
        Clause { tokens: self.tokens, text: self.text, sentence: scene.sentence.clone() }
    }

    /// What the next clause tells of is another attack than the last.
    pub(super) fn tell_apart(&mut self) {
        self.apart = self.focus;
    }

    /// The sentence that told of several attacks is at its end.
    pub(super) fn tell_together(&mut self) {
        self.apart = None;
    }

    /// Takes in one sentence, or one clause of it.
    pub(super) fn tell(&mut self, number: u32, block: u32, mentions: &[Mention], scene: &Scene<'a>) {
        if self.take_back(number, scene) {
            return;
        }
        let strongest =
            mentions.iter().max_by_key(|it| (it.stage.is_some(), it.form, u32::MAX - it.tokens.start));
        match strongest {
            Some(mention) => self.tell_mention(number, block, mention, mentions, scene),
            None => self.tell_without_mention(number, block, scene),
        }
        if strongest.is_none() && scene.happened {
            self.tell_when(number, block, scene);
        }
        self.tell_half(number, scene);
        self.note_day(number, block, scene);
        let place = scene.places.iter().rfind(|it| !it.is_country).cloned();
        let date = scene.date.map(|(date, _)| date).filter(|_| strongest.is_none() && !scene.judged);
        if date.is_some() || place.is_some() {
            self.before = Some(Setting { number, block, date, place });
        }
    }

    fn tell_mention(
        &mut self,
        number: u32,
        block: u32,
        mention: &Mention,
        mentions: &[Mention],
        scene: &Scene<'a>,
    ) {
        let mut place = self.place(mention, scene);
        let before = self.before.take().filter(|it| number - it.number <= 1);
        // "There he killed": where the sentence before went.
        let there = before.as_ref().filter(|_| scene.there);
        if let Some(found) = there.and_then(|it| it.place.as_ref()).filter(|_| place.name.is_none()) {
            place = self.place_of(found, mention.rule);
        }
        // "In the southern part of this city": that of the dateline.
        let dateline = self.geography.dateline.as_ref().filter(|it| scene.here && !it.is_country);
        if let Some(found) = dateline.filter(|_| place.name.is_none() && place.near.is_none()) {
            place = self.place_of(found, mention.rule);
        }
        let same_block = before.as_ref().filter(|it| it.block == block);
        let date = self.date_of(mention, scene).or_else(|| there.and_then(|it| it.date));
        let told = Told {
            form: mention.form,
            latest: mention.latest,
            date,
            place: place.name.as_ref().map(|name| name.value.to_lowercase()),
            near: place.near.as_ref().map(|name| name.value.to_lowercase()),
            admin: place.admin.as_ref().map(|admin| admin.to_lowercase()),
            country: place.country.as_ref().map(|country| country.value.clone()),
            opening: match scene.places.first() {
                Some(it) if !it.is_country && it.tokens.start == scene.sentence.start + 1 => Opening::Place,
                _ if scene.is_of_several => Opening::Part,
                _ => Opening::Other,
            },
            in_gazetteer: place.name.is_some() && place.country.is_some(),
            again: mention.again,
            another: mention.another,
            name: mention.name.as_ref().map(|name| span(self.tokens, name).of(self.text).to_lowercase()),
            victim: mention.victim.as_ref(),
            killed: plain(&scene.tolls, Harm::Killed),
            kind: mention.kind,
            sentence: number,
        };
        // "The previous summer" is the same one, whichever of the days told of it is counted from.
        let coarse = |date: &DateMention| date.value.is_some_and(|it| it.precision() < Precision::Month);
        let far_anchor =
            mention.aside && date.is_some_and(|date| self.leans_on_another_block(date) && !coarse(date));
        let has_place = place.name.is_some() || place.near.is_some() || place.country.is_some();
        let somebody = mention.victim.as_ref().is_some_and(|it| it.people && it.specific);
        let counted = scene.tolls.iter().any(|toll| toll.stands_alone());
        let supported = told.date.is_some() || has_place || counted || somebody;
        let joined = self.join(&told);
        // "Journalists have been murdered": nobody in particular, at no time and place.
        let vague = mention.victim.as_ref().is_some_and(|it| it.people && !it.specific);
        let strong = match mention.form {
            _ if self.is_combat(mention, scene) => false,
            Form::Named => true,
            Form::Verb | Form::Indefinite | Form::Definite => {
                supported || mention.sense == Sense::Firm && !vague
            }
            Form::Plural if mention.sense == Sense::Firm && date.is_some_and(is_day) => true,
            Form::Plural => somebody || told.date.is_some() && (has_place || counted),
            Form::Predicate => false,
        };
        let mut founded = false;
        let mut overall = None;
        let beside_attacks = self.has_blasts_on_purpose();
        let index = match joined {
            Some(index) => index,
            None if strong
                && (self.makes_firm(mention, scene) || mention.form > Form::Plural)
                && !scene.other_cause
                && let Some(stage) = mention.stage =>
            {
                if let (None, Some(found)) = (&place.name, there.and_then(|it| it.place.as_ref())) {
                    place = self.place_of(found, mention.rule);
                }
                self.add_town(&mut place, mention, block);
                founded = true;
                // "A wave of bombings hit Iraq on Monday. In Kut, two bombs": each is of that day.
                let listed = told.opening != Opening::Other;
                let wave =
                    self.recent().filter(|_| listed).find(|it| self.incidents[*it].several).or(self.focus);
                let wave = wave.map(|it| &self.incidents[it]);
                let near = |it: &Incident| number - it.last_sentence <= REACH;
                overall = wave
                    .filter(|it| it.several || mention.alongside && near(it))
                    .and_then(|it| it.day.clone());
                self.incidents.push(Incident {
                    attack: blank(mention, stage),
                    casualties: Casualties::default(),
                    mentions: 0,
                    first_sentence: number,
                    last_sentence: number,
                    date_words: None,
                    firm: false,
                    taken_back: false,
                    several: mention.form == Form::Plural,
                    victim: Victim::default(),
                    near: None,
                    targets_are_vague: false,
                    day: None,
                });
                self.incidents.len() - 1
            }
            None => return self.tell_doers(number, block, scene),
        };
        if !founded {
            self.tell_cleared(index, scene);
        }
        // A flashback ("since the bombing of 1998", "where bombs had killed") does not change what "it" means.
        if !(founded && mention.aside && self.focus.is_some()) {
            self.focus = Some(index);
        }
        let evidence =
            Evident { tokens: self.tokens, sentence: self.tokens.span(scene.sentence.clone()), block };
        let clause = self.clause(scene);
        let asks = clause.asks();
        let cues = scene.cues(self.tokens);
        let people = if asks { Vec::new() } else { perpetrators::find(&clause, cues, self.cast, mentions) };
        let near = attackers::find(&clause, cues, self.cast, mentions).filter(|_| !asks);
        let targets = target::find(&clause, self.cast, mentions);
        let text = self.text;
        let tokens = self.tokens;
        let incident = &mut self.incidents[index];
        incident.take_perpetrators(people, &evidence);
        // "John Roe, 24, was killed by police": the attacker, who was not hit by the attack.
        let by_police = |it: &Mention| {
            is_done_by_police(tokens, text, it.tokens.end)
                && !mentions.iter().any(|other| other.tokens.start < it.tokens.start && other.stage.is_some())
        };
        let on_doer = incident.has_doers() && mentions.iter().any(by_police);
        let targets = if on_doer { Vec::new() } else { targets };
        incident.last_sentence = number;
        // "The deadliest attack since the bombing of 1998" speaks of two.
        let own = |it: &&Mention| mention.form == Form::Predicate || it.form != Form::Predicate || !founded;
        for mention in mentions.iter().filter(own) {
            // "Ruled out a bombing after an explosion": what is denied makes nothing violence.
            let violent = scene.makes_firm(mention) || mention.sense == Sense::Blast && beside_attacks;
            incident.firm |= mention.stage.is_some() && violent;
            if let Some(victim) = &mention.victim {
                incident.victim.add(victim);
            }
            incident.mentions += 1;
            incident.note(Field::Mention, span(tokens, &mention.phrase), mention.rule, &evidence);
            if !mention.victim.as_ref().is_some_and(|it| it.attackers) {
                incident.refine(mention.kind);
            }
            if let (Some(name), None) = (&mention.name, &incident.attack.name)
                && mention.form == Form::Named
            {
                let span = span(tokens, name);
                incident.attack.name =
                    Some(Reading { value: span.of(text).to_owned(), span, rule: mention.rule });
                incident.note(Field::Name, span, mention.rule, &evidence);
            }
        }
        // "On 7 July 2005 four men came to London. Three bombs exploded": the scene is set a sentence before.
        let set = same_block.and_then(|it| it.date).filter(|date| founded && is_day(date));
        let opening = self.opening.filter(|(at, _)| index == 0 && number - at <= DATED_WITHIN);
        let opened = opening.map(|(_, date)| date).filter(|_| incident.attack.date_text.is_none());
        if let Some(date) = date.or(set).or(opened).or(overall.as_ref()) {
            // "In Madrid, sixteen months earlier": earlier than what, the last date told of does not say.
            let open = DateMention { value: date.value.filter(|_| !far_anchor), ..date.clone() };
            incident.take_date(&open, text, &evidence);
            if is_day(date) {
                incident.day = Some(date.clone());
            }
        }
        if !(mention.again && incident.attack.place.country.is_some()) {
            incident.take_place(place, mention.rule, &evidence);
        }
        incident.take_tolls(tokens, text, &scene.tolls, scene.news, &evidence);
        incident.take_attackers(near, &evidence);
        incident.take_targets(targets, &evidence);
        incident.take_weapon(&clause, mentions, mention.rule, &evidence);
    }

    fn makes_firm(&self, mention: &Mention, scene: &Scene<'_>) -> bool {
        scene.makes_firm(mention) || mention.sense == Sense::Blast && self.has_blasts_on_purpose()
    }

    /// "The terrorists used explosives against the town hall. A clerk was wounded in an explosion in Ambo": where
    /// attacks with bombs are told of, a blast is one more, if nothing else is said of it.
    fn has_blasts_on_purpose(&self) -> bool {
        self.incidents.iter().any(|it| {
            it.firm
                && it.attack.stage == Stage::Accomplished
                && matches!(
                    it.attack.kind,
                    AttackKind::Bombing | AttackKind::SuicideBombing | AttackKind::Grenade
                )
        })
    }

    /// What armies and rebels do to each other: "the guerrillas attacked a patrol; the fighting lasted an hour".
    ///
    /// Where people are hit who are no soldiers, it is an attack all the same.
    fn is_combat(&self, mention: &Mention, scene: &Scene<'_>) -> bool {
        let of_war = matches!(
            mention.kind,
            AttackKind::ArmedAssault
                | AttackKind::Attack
                | AttackKind::Shelling
                | AttackKind::AirStrike
                | AttackKind::Shooting
                | AttackKind::Massacre
        );
        let somebody = mention
            .victim
            .as_ref()
            .is_some_and(|it| it.people && it.specific && !(it.soldiers || it.attackers));
        scene.combat && of_war && !somebody
    }

    /// The attacks, the main one first.
    ///
    /// What is left with a year or a place alone is no event that could be put into a timeline, unless the article
    /// tells of nothing else.
    pub(super) fn finish(mut self) -> Vec<Attack> {
        self.incidents.retain(|it| it.firm && !it.taken_back);
        if !self.incidents.is_empty() && is_war_report(self.tokens) {
            self.incidents.retain(|it| !is_fighting(it, self.tokens));
        }
        let told = self.incidents.iter().any(Incident::is_event);
        self.incidents.retain(|it| if told { it.is_event() } else { it.has_facts() });
        let main = (0..self.incidents.len())
            .max_by_key(|index| (self.incidents[*index].weight(), usize::MAX - index));
        if let Some(main) = main {
            self.date_main(main);
        }
        let incidents = self.settle_all(main);
        let mut attacks: Vec<Attack> = incidents.into_iter().map(Incident::finish).collect();
        if let Some(published) = self.published {
            attacks.iter_mut().for_each(|attack| attack.drop_day_to_come(published));
        }
        if let Some(main) = main {
            attacks[main].main = true;
            let first = attacks.remove(main);
            attacks.insert(0, first);
        }
        attacks
    }
}
