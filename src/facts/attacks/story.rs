//! Sentences to attacks: what joins an incident that is told of already, and what starts a new one.

use std::ops::Range;

use super::incident::{Evident, Incident, Told, blank, same_place};
use super::mention::{Form, Mention};
use super::perpetrators;
use super::scene::{Scene, span};
use crate::facts::places::{Countries, Known, Relation, resolve};
use crate::facts::tokens::Tokens;
use crate::facts::tolls::{Count, Harm, TollMention};
use crate::facts::{Attack, DateMention, Field, Place, Reading, RuleName, Toll};

/// How many sentences later a bare toll still belongs to the attack told of last.
const REACH: u32 = 2;
/// How many attacks back a mention is joined to one.
const RECENT: usize = 64;

/// The attacks as they are told, sentence by sentence.
pub(super) struct Story<'a> {
    tokens: &'a Tokens,
    text: &'a str,
    countries: &'a Countries,
    incidents: Vec<Incident>,
    /// The one that "the attack" means now.
    focus: Option<usize>,
}

impl<'a> Story<'a> {
    pub(super) fn new(tokens: &'a Tokens, text: &'a str, countries: &'a Countries) -> Self {
        Story { tokens, text, countries, incidents: Vec::new(), focus: None }
    }

    /// Takes in one sentence.
    pub(super) fn tell(&mut self, number: u32, block: u32, mentions: &[Mention], scene: &Scene<'_>) {
        let Some(mention) =
            mentions.iter().max_by_key(|it| (it.stage.is_some(), it.form, u32::MAX - it.tokens.start))
        else {
            self.tell_without_mention(number, block, scene);
            return;
        };
        let place = self.place(mention, scene);
        let told = Told {
            form: mention.form,
            latest: mention.latest,
            date: self.date_of(mention, scene),
            place: place.name.as_ref().map(|name| name.value.to_lowercase()),
            country: place.country.as_ref().map(|country| country.value.clone()),
            name: mention.name.as_ref().map(|name| span(self.tokens, name).of(self.text).to_lowercase()),
            killed: plain(&scene.tolls, Harm::Killed),
            kind: mention.kind,
            sentence: number,
        };
        let has_place = place.name.is_some() || place.near.is_some() || place.country.is_some();
        let supported = told.date.is_some() || has_place || !scene.tolls.is_empty();
        let joined = match mention.form {
            Form::Indefinite if !supported => None,
            _ => self.join(&told),
        };
        let strong = match mention.form {
            Form::Named => true,
            Form::Verb | Form::Indefinite | Form::Definite => supported,
            Form::Plural => told.date.is_some() && (has_place || !scene.tolls.is_empty()),
            Form::Predicate => false,
        };
        let index = match joined {
            Some(index) => index,
            None if strong
                && !scene.other_cause
                && let Some(stage) = mention.stage =>
            {
                self.incidents.push(Incident {
                    attack: blank(mention, stage),
                    mentions: 0,
                    last_sentence: number,
                    date_words: None,
                });
                self.incidents.len() - 1
            }
            None => return,
        };
        self.focus = Some(index);
        let evidence = Evident { sentence: self.tokens.span(scene.sentence.clone()), block };
        let people = perpetrators::find(self.tokens, self.text, scene.sentence.clone(), mentions);
        let text = self.text;
        let tokens = self.tokens;
        let incident = &mut self.incidents[index];
        incident.last_sentence = number;
        for mention in mentions {
            incident.mentions += 1;
            incident.note(Field::Mention, span(tokens, &mention.phrase), mention.rule, &evidence);
            incident.refine(mention.kind);
            if let (Some(name), None) = (&mention.name, &incident.attack.name)
                && mention.form == Form::Named
            {
                let span = span(tokens, name);
                incident.attack.name =
                    Some(Reading { value: span.of(text).to_owned(), span, rule: mention.rule });
                incident.note(Field::Name, span, mention.rule, &evidence);
            }
        }
        if let Some(date) = told.date {
            incident.take_date(date, text, &evidence);
        }
        incident.take_place(place, mention.rule, &evidence);
        incident.take_tolls(tokens, &scene.tolls, &evidence);
        incident.take_perpetrators(people, &evidence);
        let take = |run: &Option<Range<u32>>| {
            run.as_ref().map(|run| {
                let span = span(tokens, run);
                Reading { value: span.of(text).to_owned(), span, rule: mention.rule }
            })
        };
        if let (None, Some(target)) = (&incident.attack.target, take(&scene.target)) {
            incident.note(Field::Target, target.span, mention.rule, &evidence);
            incident.attack.target = Some(target);
        }
        if let (None, Some(weapon)) = (&incident.attack.weapon, take(&scene.weapon)) {
            incident.note(Field::Weapon, weapon.span, mention.rule, &evidence);
            incident.attack.weapon = Some(weapon);
        }
    }

    /// A sentence without a word for violence may still count the dead, or say who did it.
    fn tell_without_mention(&mut self, number: u32, block: u32, scene: &Scene<'_>) {
        let Some(focus) = self.focus else { return };
        let incident = &mut self.incidents[focus];
        if number - incident.last_sentence > REACH * 2 {
            return;
        }
        let evidence = Evident { sentence: self.tokens.span(scene.sentence.clone()), block };
        let people = perpetrators::find(self.tokens, self.text, scene.sentence.clone(), &[]);
        incident.take_perpetrators(people, &evidence);
        let date_differs = scene.date.is_some_and(|(date, _)| incident.date_differs(date, self.text));
        if !scene.tolls.is_empty()
            && number - incident.last_sentence <= REACH
            && !scene.other_cause
            && !date_differs
        {
            incident.take_tolls(self.tokens, &scene.tolls, &evidence);
            incident.last_sentence = number;
        }
    }

    /// A new attack takes any date of its sentence; "the attack" only one that stands beside it.
    fn date_of<'s>(&self, mention: &Mention, scene: &Scene<'s>) -> Option<&'s DateMention> {
        let (date, gap) = scene.date?;
        let inside = self.tokens.span(mention.phrase.clone()).overlaps(date.span);
        let loose = !matches!(mention.form, Form::Definite | Form::Plural | Form::Predicate);
        (inside || loose || gap <= 12 && self.is_in_clause(mention, date)).then_some(date)
    }

    /// Whether nothing between the mention and the date starts a new clause.
    fn is_in_clause(&self, mention: &Mention, date: &DateMention) -> bool {
        let sentence = self.tokens.sentence_of(mention.tokens.start);
        let between =
            self.tokens.all[sentence.start as usize..sentence.end as usize].iter().filter(|token| {
                let after = token.start >= self.tokens.all[mention.tokens.end as usize - 1].end
                    && token.end <= date.span.start;
                let before = token.start >= date.span.end
                    && token.end <= self.tokens.all[mention.phrase.start as usize].start;
                after || before
            });
        let breaks = |word: &str| {
            matches!(
                word,
                ";" | "that" | "which" | "who" | "said" | "says" | "and" | "but" | "when" | "after"
            )
        };
        !between.into_iter().any(|token| breaks(token.span().of(self.text)))
    }

    /// The attacks told of last, the last first: as many as keep the time linear in the text.
    fn recent(&self) -> impl Iterator<Item = usize> + Clone + use<> {
        let last = self.incidents.len();
        (last.saturating_sub(RECENT)..last).rev()
    }

    /// The incident that the sentence speaks of, if it is one of those told of.
    fn join(&self, told: &Told<'_>) -> Option<usize> {
        if let Some(name) = &told.name {
            let same = self.recent().find(|index| self.incidents[*index].is_called(name));
            if same.is_some() {
                return same;
            }
        }
        let fits = |index: &usize| !self.incidents[*index].differs(told, self.text);
        match told.form {
            Form::Definite | Form::Predicate | Form::Plural => {
                if told.form == Form::Plural && told.date.is_none() && told.place.is_none() {
                    return None;
                }
                let main = told.latest.then_some(0).filter(|_| !self.incidents.is_empty());
                let nearest = self.focus.into_iter().chain(self.recent());
                // A place that is told is a reason to prefer the attack that happened there.
                let there = (told.country.is_some() || told.place.is_some())
                    .then(|| nearest.clone().find(|index| fits(index) && self.incidents[*index].is_at(told)));
                main.or(there.flatten()).or_else(|| nearest.clone().find(fits))
            }
            Form::Named => {
                let place = told.place.as_deref()?;
                let at = |it: &Incident| {
                    it.attack
                        .place
                        .name
                        .as_ref()
                        .is_some_and(|name| same_place(&name.value.to_lowercase(), place))
                };
                self.recent().find(|index| {
                    at(&self.incidents[*index])
                        && fits(index)
                        && (told.date.is_none() || self.incidents[*index].attack.date.is_some())
                })
            }
            Form::Verb | Form::Indefinite => {
                let same_day = self.recent().find(|index| {
                    let incident = &self.incidents[*index];
                    told.date.is_some_and(|date| incident.same_date(date, self.text))
                        && fits(index)
                        && (incident.is_at(told) || told.place.is_none())
                });
                let focus = self.focus.filter(|focus| {
                    let incident = &self.incidents[*focus];
                    fits(focus)
                        && told.sentence - incident.last_sentence <= REACH + 1
                        && (told.date.is_none() || incident.date_words.is_none())
                        && !(told.place.is_some()
                            && told.date.is_some()
                            && incident.attack.place.name.is_some())
                });
                same_day.or(focus)
            }
        }
    }

    /// Where the sentence puts the attack.
    fn place(&self, mention: &Mention, scene: &Scene<'_>) -> Place {
        let mut place = Place { name: None, near: None, admin: None, country: None, coordinates: None };
        if let Some(name) = &mention.name
            && matches!(mention.form, Form::Named)
        {
            self.place_in_name(name.start..mention.tokens.start, &mut place, mention.rule);
        }
        let loose = matches!(mention.form, Form::Verb | Form::Indefinite) && !scene.judged;
        let mut here: Vec<_> =
            scene.places.iter().filter(|it| loose || self.is_beside(mention, it.tokens.start)).collect();
        // Places behind the words for violence come before those in front; the nearest first.
        here.sort_by_key(|it| {
            let before = it.tokens.end <= mention.tokens.start;
            (
                before,
                if before {
                    mention.tokens.start.abs_diff(it.tokens.end)
                } else {
                    it.tokens.start.abs_diff(mention.tokens.start)
                },
            )
        });
        // A street only where no town is told.
        if here.iter().any(|it| !it.is_street && !it.is_country && it.relation == Relation::At) {
            here.retain(|it| !it.is_street);
        }
        for found in here {
            let words = span(self.tokens, &found.tokens);
            let reading =
                || Reading { value: words.of(self.text).to_owned(), span: words, rule: mention.rule };
            let settled = place.country.is_some();
            if let Some(Known { country, admin, coordinates }) = found.known
                && (!settled || place.country.as_ref().is_some_and(|it| it.value == country))
            {
                let told_by = found.country_tokens.as_ref().map_or(words, |run| span(self.tokens, run));
                if !settled {
                    place.country =
                        Some(Reading { value: country.to_owned(), span: told_by, rule: mention.rule });
                }
                if place.coordinates.is_none()
                    && !found.is_country
                    && (place.name.is_none() || found.relation == Relation::At)
                {
                    place.admin = place.admin.or(admin.map(str::to_owned));
                    place.coordinates = coordinates;
                }
            }
            if found.is_country {
                continue;
            }
            match found.relation {
                Relation::At if place.name.is_none() => place.name = Some(reading()),
                Relation::At
                    if place.near.is_none()
                        && place.name.as_ref().is_some_and(|it| it.value != words.of(self.text))
                        && found.known.is_some() =>
                {
                    place.near = Some(reading());
                }
                Relation::Near if place.near.is_none() => place.near = Some(reading()),
                _ => {}
            }
        }
        let around = scene.country.as_ref().filter(|_| place.country.is_none() && place.name.is_none());
        if let Some((words, country)) = around {
            let span = span(self.tokens, words);
            place.country = Some(Reading { value: (*country).to_owned(), span, rule: mention.rule });
        }
        place
    }

    /// "the Crown Hall attack", "the Lower Ford police post bombing": the capitals are the place.
    fn place_in_name(&self, run: Range<u32>, place: &mut Place, rule: RuleName) {
        let Some(capitals) = crate::facts::places::capital_run(self.tokens, self.text, run.start, run.end)
        else {
            return;
        };
        let found =
            resolve(self.tokens, self.text, capitals.clone(), capitals.end, Relation::At, self.countries);
        let words = span(self.tokens, &capitals);
        if let Some(known) = found.known {
            place.country = Some(Reading { value: known.country.to_owned(), span: words, rule });
            place.admin = known.admin.map(str::to_owned);
            place.coordinates = known.coordinates;
        }
        if !found.is_country {
            place.name = Some(Reading { value: words.of(self.text).to_owned(), span: words, rule });
        }
    }

    /// "the attack in Lima", "the ambush at the bridge near Cusco": nothing but the way there stands between.
    fn is_beside(&self, mention: &Mention, place: u32) -> bool {
        let inside = mention.phrase.contains(&place);
        let between = mention.tokens.end..place;
        inside
            || place >= mention.tokens.end
                && between.len() <= 7
                && !between.clone().any(|at| {
                    matches!(
                        self.tokens.all[at as usize].span().of(self.text),
                        "from" | "by" | "to" | "against" | "and" | "," | "that" | "which" | ";" | "—"
                    )
                })
    }

    /// The attacks, the main one first.
    pub(super) fn finish(self) -> Vec<Attack> {
        let main = (0..self.incidents.len())
            .max_by_key(|index| (self.incidents[*index].mentions, usize::MAX - index));
        let mut attacks: Vec<Attack> = self.incidents.into_iter().map(Incident::finish).collect();
        if let Some(main) = main {
            attacks[main].main = true;
            let first = attacks.remove(main);
            attacks.insert(0, first);
        }
        attacks
    }
}

fn plain(tolls: &[&TollMention], harm: Harm) -> Option<Toll> {
    tolls.iter().find(|toll| toll.harm == harm).and_then(|toll| match toll.count {
        Count::Plain(count) => Some(count),
        Count::MoreThanKilled => None,
    })
}
