//! Where an attack took place: the places of its sentence, and the town that the passage speaks of.

use std::ops::Range;

use super::incident::{Evident, Incident};
use super::mention::{Form, Mention};
use super::scene::{Scene, span};
use super::story::Story;
use crate::facts::attribution;
use crate::facts::classes::Class;
use crate::facts::places::{Known, PlaceMention, Relation, not_a_place, resolve, town_in};
use crate::facts::tokens::Part;
use crate::facts::{Field, Place, Reading, RuleName};
use crate::span::Span;

/// How far, in tokens, a passage speaks of one town: each attack looks back over it.
const LONGEST_PASSAGE: u32 = 600;

impl Story<'_> {
    /// Where the sentence puts the attack.
    pub(super) fn place(&self, mention: &Mention, scene: &Scene<'_>) -> Place {
        let mut place = Place::default();
        if let Some(name) = &mention.name
            && matches!(mention.form, Form::Named)
        {
            self.place_in_name(name.start..mention.tokens.start, &mut place, mention.rule);
        }
        let loose = matches!(mention.form, Form::Verb | Form::Indefinite) && !scene.judged;
        let mut here: Vec<_> =
            scene.places.iter().filter(|it| loose || self.is_beside(mention, it.tokens.start)).collect();
        here.retain(|it| !self.is_aftermath(it, mention));
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
        // "A doctor at Matsumoto, where they had released it, saw it in Tokyo": the clause plays in one of them.
        let word = |at: u32| self.tokens.all[at as usize].span().of(self.text);
        let clause = here.iter().position(|it| {
            let end = it.tokens.end;
            end + 1 < mention.tokens.start
                && (word(end) == "where" || word(end) == "," && word(end + 1) == "where")
        });
        if let Some(clause) = clause {
            here = vec![here[clause]];
        }
        // A street only where no town is told.
        if here.iter().any(|it| !it.is_street && !it.is_country && it.relation == Relation::At) {
            here.retain(|it| !it.is_street);
        }
        let mut in_town = false;
        for found in here.into_iter().filter(|it| it.relation != Relation::Toward) {
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
                Relation::At if place.name.is_none() => {
                    place.name = Some(reading());
                    place.town = found.town.as_ref().map(|town| self.words(town, mention.rule));
                    in_town = found.town.is_some() || found.known.is_some_and(|it| it.coordinates.is_some());
                }
                Relation::At
                    if !in_town
                        && place.name.as_ref().is_some_and(|it| it.value != words.of(self.text))
                        && found.known.is_some_and(|known| known.coordinates.is_some()) =>
                {
                    place.town = Some(reading());
                    in_town = true;
                }
                Relation::Near if place.near.is_none() => place.near = Some(reading()),
                _ => {}
            }
        }
        // "The deadliest attack in Northern Ireland" tells how far the comparison goes, not where.
        if mention.form == Form::Predicate {
            return Place { country: place.country, ..Place::default() };
        }
        let around = scene.country.as_ref().filter(|_| place.country.is_none());
        if let Some((words, country)) = around {
            let span = span(self.tokens, words);
            place.country = Some(Reading { value: (*country).to_owned(), span, rule: mention.rule });
        }
        place
    }

    /// "Taken to a hospital in Orangeburg", "booked into the county jail": where people were brought, not the scene.
    fn is_aftermath(&self, place: &PlaceMention, mention: &Mention) -> bool {
        let start = self.tokens.sentence_of(place.tokens.start).start;
        let from = start.max(place.tokens.start.saturating_sub(12));
        let word = |at: u32| self.tokens.all[at as usize].span().of(self.text);
        // "…, the minister said in Manila".
        let told =
            mention.tokens.end <= place.tokens.start && attribution::is_part(self.tokens, place.tokens.start);
        if told || self.is_seat_of_court(place) {
            return true;
        }
        // Hospitals are where people are taken, unless the words for violence stand beside them.
        let care = ["Hospital", "Center", "Centre", "Clinic", "Infirmary"];
        let medical = place
            .tokens
            .clone()
            .any(|at| matches!(word(at), "Hospital" | "Medical" | "Trauma" | "Infirmary"));
        if medical && care.contains(&word(place.tokens.end - 1)) {
            let gap = place.tokens.start.saturating_sub(mention.tokens.end);
            return place.tokens.start < mention.tokens.end || gap > 3;
        }
        let verb = (from..place.tokens.start)
            .rev()
            .find(|at| self.tokens.all[*at as usize].is(Class::AftermathVerb));
        verb.is_some_and(|verb| {
            // "Shot dead outside the court in Halden": a building near the violence is where it was.
            let beside = verb > mention.tokens.end
                && (mention.tokens.end..verb)
                    .any(|at| matches!(word(at), "outside" | "near" | "inside" | "at" | "in"))
                && verb - mention.tokens.end <= 5
                && self.tokens.all[verb as usize].is(Class::OrganisationWord);
            if beside {
                return false;
            }
            // "Taken hostage", and violence that is told behind: "was taken to a field in X and shot".
            !(verb..place.tokens.start).any(|at| mention.tokens.contains(&at) || word(at) == "hostage")
        })
    }

    /// "The court in Munich convicted", "a jury in Leeds found him guilty": where it was judged, not the scene.
    pub(super) fn is_seat_of_court(&self, place: &PlaceMention) -> bool {
        let sentence = self.tokens.sentence_of(place.tokens.start);
        let word = |at: u32| {
            if sentence.contains(&at) { self.tokens.all[at as usize].span().of(self.text) } else { "" }
        };
        let start = place.tokens.start;
        let court = matches!(
            word(start.wrapping_sub(2)),
            "court" | "Court" | "jury" | "judge" | "tribunal" | "magistrate" | "magistrates" | "prosecutors"
        );
        let judged = |at: u32| {
            matches!(
                word(at),
                "convicted" | "sentenced" | "jailed" | "acquitted" | "found" | "charged" | "tried" | "ruled"
            )
        };
        court
            && matches!(word(start.wrapping_sub(1)), "in" | "at" | "of")
            && (start.saturating_sub(8)..place.tokens.end + 4).any(judged)
    }

    pub(super) fn words(&self, run: &Range<u32>, rule: RuleName) -> Reading<String> {
        let span = span(self.tokens, run);
        Reading { value: span.of(self.text).to_owned(), span, rule }
    }

    /// A place as the scene of an attack.
    pub(super) fn place_of(&self, found: &PlaceMention, rule: RuleName) -> Place {
        let told_by = found.country_tokens.as_ref().unwrap_or(&found.tokens);
        Place {
            name: Some(self.words(&found.tokens, rule)),
            town: found.town.as_ref().map(|town| self.words(town, rule)),
            near: None,
            admin: found.known.and_then(|known| known.admin).map(str::to_owned),
            country: found
                .known
                .map(|known| Reading { value: known.country.to_owned(), ..self.words(told_by, rule) }),
            coordinates: found.known.and_then(|known| known.coordinates),
        }
    }

    /// Where a new attack has no town of its own: the one that the paragraph speaks of, for a street or a building
    /// also the one that the article opens with.
    pub(super) fn add_town(&self, place: &mut Place, mention: &Mention, block: u32) {
        let venue = place.name.as_ref().is_some_and(|name| self.is_scene(name));
        if place.country.is_some() || place.name.is_some() && !venue || self.has_namesakes(place) {
            return;
        }
        let section = self.tokens.section_of(mention.tokens.start).tokens.clone();
        let end = self.tokens.sentence_of(mention.tokens.start).end;
        let mut town = {
            let from = section.start.max(end.saturating_sub(LONGEST_PASSAGE)).min(end);
            town_in(self.tokens, self.text, from..end, self.geography)
        };
        if town.is_none() && venue && block != 0 {
            // The headline, the standfirst and the first paragraph.
            let lead = self.tokens.sections.iter().take_while(|it| it.part != Part::Block(1));
            town = lead
                .map(|it| it.tokens.start..it.tokens.end.min(it.tokens.start + LONGEST_PASSAGE))
                .filter_map(|passage| town_in(self.tokens, self.text, passage, self.geography))
                .next();
        }
        let told = |it: &PlaceMention| attribution::is_part(self.tokens, it.tokens.start);
        let Some(town) = town.filter(|it| !self.is_seat_of_court(it) && !told(it)) else { return };
        let told = self.place_of(&town, mention.rule);
        place.country = told.country;
        place.admin = told.admin;
        place.coordinates = told.coordinates;
        if place.name.is_some() {
            place.town = place.town.take().or(told.name);
        } else {
            // "Near Aldgate, Edgware Road and Russell Square": what nobody knows gives way to the town.
            place.near = None;
            place.name = told.name;
        }
    }

    /// Whether a name is a building's or a street's.
    fn is_scene(&self, name: &Reading<String>) -> bool {
        let run = self.tokens.all.partition_point(|token| token.start < name.span.start);
        let end = self.tokens.all.partition_point(|token| token.end <= name.span.end);
        let tokens = &self.tokens.all[run..end];
        tokens.last().is_some_and(|last| last.is(Class::Venue) || last.is(Class::StreetWord))
            || resolve(
                self.tokens,
                self.text,
                run as u32..end as u32,
                end as u32,
                Relation::At,
                self.geography,
            )
            .is_street
    }

    /// "the Crown Hall attack", "the Lower Ford police post bombing": the capitals are the place.
    fn place_in_name(&self, run: Range<u32>, place: &mut Place, rule: RuleName) {
        let Some(capitals) = crate::facts::places::capital_run(self.tokens, self.text, run.start, run.end)
        else {
            return;
        };
        if not_a_place(self.tokens, self.text, capitals.clone()) {
            return;
        }
        let found =
            resolve(self.tokens, self.text, capitals.clone(), capitals.end, Relation::At, self.geography);
        let words = span(self.tokens, &capitals);
        if found.known.is_none() && !self.names_a_scene(&capitals) {
            return;
        }
        if let Some(known) = found.known {
            place.country = Some(Reading { value: known.country.to_owned(), span: words, rule });
            place.admin = known.admin.map(str::to_owned);
            place.coordinates = known.coordinates;
        }
        if !found.is_country {
            place.name = Some(Reading { value: words.of(self.text).to_owned(), span: words, rule });
        }
    }

    /// Whether capitals that the gazetteer does not know can be a place's: "the Crown Hall attack", "the Wexholme
    /// murders" where something is told to be in Wexholme; but not "the Jesuit murders", "Abominable murder".
    fn names_a_scene(&self, run: &Range<u32>) -> bool {
        let sentence = self.tokens.sentence_of(run.start);
        let last = &self.tokens.all[run.end as usize - 1];
        let word = |at: u32| self.tokens.all[at as usize].span().of(self.text);
        if last.is(Class::Venue) || last.is(Class::StreetWord) || run.len() > 1 && run.start > sentence.start
        {
            return true;
        }
        let around = run.start.saturating_sub(LONGEST_PASSAGE)
            ..(run.end + LONGEST_PASSAGE).min(self.tokens.all.len() as u32);
        let name = word(run.start);
        run.len() == 1
            && around.skip(1).any(|at| {
                word(at) == name
                    && matches!(word(at - 1), "in" | "In" | "at" | "At" | "near" | "of" | "outside")
            })
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
}

/// "Antioquia" and "Antioquia Department" for the region of that name.
fn is_region(name: &str, region: &str) -> bool {
    const KINDS: [&str; 6] = ["", " Department", " Province", " State", " department", " province"];
    name.strip_prefix(region).is_some_and(|rest| KINDS.contains(&rest))
}

impl Incident {
    pub(super) fn take_place(&mut self, told: Place, rule: RuleName, at: &Evident<'_>) {
        let mut new = Vec::new();
        let place = &mut self.attack.place;
        let keep =
            |known: &mut Option<Reading<String>>, told: Option<Reading<String>>, new: &mut Vec<Span>| {
                if let (None, Some(told)) = (&known, told) {
                    new.push(told.span);
                    *known = Some(told);
                    return true;
                }
                false
            };
        let street = |name: &Reading<String>| STREETS.iter().any(|word| name.value.ends_with(word));
        if place.name.as_ref().is_some_and(street) && told.name.as_ref().is_some_and(|name| !street(name)) {
            place.name = None;
        }
        if place
            .name
            .as_ref()
            .is_none_or(|known| told.name.as_ref().is_some_and(|it| it.value == known.value))
        {
            place.admin = place.admin.take().or_else(|| told.admin.clone());
            place.coordinates = place.coordinates.or(told.coordinates);
        }
        // "In New Jersey", and then "in Paterson".
        let in_region = |told: &str| place.admin.as_deref() == Some(told);
        if place.coordinates.is_none()
            && place.town.is_none()
            && told.coordinates.is_some()
            && told.admin.as_deref().is_some_and(in_region)
            && place
                .name
                .as_ref()
                .zip(place.admin.as_ref())
                .is_some_and(|(name, it)| is_region(&name.value, it))
        {
            place.name = None;
            place.coordinates = told.coordinates;
        }
        // A building, and the town in a sentence behind it.
        let loose = place.name.as_ref().is_some_and(|name| !is_stretch(&name.value))
            && place.town.is_none()
            && place.coordinates.is_none();
        if loose
            && told.coordinates.is_some()
            && place.admin.as_ref().is_none_or(|it| told.admin.as_ref() == Some(it))
            && place
                .country
                .as_ref()
                .is_none_or(|it| told.country.as_ref().is_some_and(|told| told.value == it.value))
        {
            place.admin = told.admin;
            place.coordinates = told.coordinates;
            let town = told.town.or(told.name.clone());
            keep(&mut place.town, town, &mut new);
        } else if place.name.is_none() {
            keep(&mut place.town, told.town, &mut new);
        }
        keep(&mut place.name, told.name, &mut new);
        keep(&mut place.near, told.near, &mut new);
        keep(&mut place.country, told.country, &mut new);
        for span in new {
            self.note(Field::Place, span, rule, at);
        }
    }
}

/// Whether words for a place are those of the way between two towns.
pub(super) fn is_stretch(name: &str) -> bool {
    name.starts_with("between ")
}

/// Names that end so give way to the town they lie in.
const STREETS: [&str; 8] =
    [" Street", " Avenue", " Road", " Drive", " Boulevard", " Lane", " Circle", " Court"];
