//! Where an attack took place when all is told: in the town, the region or the country that the article is about.

use super::incident::{Evident, Incident, block_of};
use super::scene::span;
use super::setting::is_stretch;
use super::story::Story;
use crate::facts::attribution;
use crate::facts::classes::Class;
use crate::facts::places::{PlaceMention, Subject, kilometres};
use crate::facts::{Coordinates, Place, Reading};

/// How far, in kilometres, the parts of a town lie from its middle.
const IN_TOWN: f64 = 22.0;

/// How many people live in a place that is known by its name.
const A_TOWN: u32 = 20_000;

impl Story<'_> {
    /// The attacks, each with the town or at least the country that the article is about where it names none for it.
    pub(super) fn settle_all(&mut self, main: Option<usize>) -> Vec<Incident> {
        let mut incidents = std::mem::take(&mut self.incidents);
        let year = |incident: &Incident| incident.attack.date.and_then(|date| date.year());
        let main_year = main.and_then(|main| year(&incidents[main]));
        for (index, incident) in incidents.iter_mut().enumerate() {
            // What happened in another year most likely happened elsewhere.
            let other_time = incident.attack.date.is_some() && year(incident) != main_year;
            if Some(index) == main || !other_time {
                self.settle(incident);
            }
        }
        incidents
    }

    /// Where an attack has no town when all is told: the one that the article is about; and its country.
    fn settle(&self, incident: &mut Incident) {
        let rule = incident.attack.rule;
        if let Some(town) = self.town_around(&incident.attack.place) {
            incident.attack.place.town = Some(self.words(&town.tokens, rule));
            return;
        }
        let mut told = Place::default();
        let place = &incident.attack.place;
        let in_region = |it: &&Subject| {
            let admin = it.place.known.and_then(|known| known.admin);
            place.admin.is_none() || place.admin.as_deref() == admin && place.near.is_none()
        };
        let apart = place.coordinates.is_some() || place.town.is_some();
        let own = place
            .name
            .as_ref()
            .is_some_and(|name| self.geography.is_own_settlement(&name.value) || is_stretch(&name.value));
        // "Near Kirkuk", which the gazetteer knows, is not in the town that the article is about.
        let near_town = place.name.is_none()
            && place.near.as_ref().zip(place.country.as_ref()).is_some_and(|(near, it)| near.span == it.span);
        let own = own || near_town || self.has_namesakes(place);
        let subject = self.geography.subject.as_ref().filter(in_region).filter(|_| !apart && !own);
        // A dateline alone tells the town of local news; news of a country is only written there.
        // "…, the minister said in Manila": a government tells of the whole country, a town's police of the town.
        let state = |at: u32| {
            let word = self.tokens.all[at as usize].span().of(self.text);
            matches!(
                word,
                "minister" | "ministry" | "president" | "government" | "Minister" | "Ministry" | "embassy"
            )
        };
        let of_teller = |it: &Subject| {
            attribution::around(self.tokens, it.place.tokens.start).is_some_and(|mut told| told.any(state))
        };
        let subject = subject.filter(|it| !self.is_seat_of_court(&it.place) && !of_teller(it));
        let subject = subject.filter(|it| {
            it.is_local || it.place.known.is_some_and(|known| self.geography.is_local_news(known.country))
        });
        let same_country = |it: &&Subject| {
            let country = it.place.known.map(|known| known.country);
            place.country.as_ref().is_none_or(|known| {
                Some(known.value.as_str()) == country && (it.is_local || place.name.is_some())
            })
        };
        if let Some(subject) = subject.filter(same_country) {
            told = self.place_of(&subject.place, rule);
        } else if let (None, Some((country, at))) = (&place.country, self.geography.country()) {
            let words = self.words(&at, rule);
            told.country = Some(Reading { value: country.to_owned(), ..words });
        }
        // "At a Trigg County home", state police: the region is told though the town is not.
        let place = &incident.attack.place;
        if told.admin.is_none()
            && place.admin.is_none()
            && place.coordinates.is_none()
            && let Some((country, region)) = self.geography.region()
            && place.country.as_ref().or(told.country.as_ref()).is_none_or(|known| known.value == country)
            && told.name.is_none()
            // An island of its own is not in the region that only the town on the shore has the name of.
            && !(own && self.tokens.places_named(region).any(|it| it.coordinates.is_some()))
        {
            incident.attack.place.admin = Some(region.to_owned());
        }
        let first = told.name.as_ref().or(told.country.as_ref()).map(|it| it.span);
        let Some(first) = first else { return };
        let at = self.tokens.all.partition_point(|token| token.end <= first.start) as u32;
        let block = block_of(self.tokens.section_of(at).part);
        let evidence = Evident { tokens: self.tokens, sentence: self.tokens.sentence_span(at), block };
        incident.take_place(told, rule, &evidence);
    }

    /// "In York", which several countries have, where nothing tells which is meant: a town of its own, and in no stranger's.
    pub(super) fn has_namesakes(&self, place: &Place) -> bool {
        place.country.is_none()
            && place
                .name
                .as_ref()
                .is_some_and(|name| self.tokens.places_named(&name.value).any(|it| it.population >= A_TOWN))
    }

    /// "Chicago police", and a scene in Uptown, which the gazetteer has as a place of its own: a part of the town whose
    /// police came, where it is small, near, and the article speaks of no police there.
    fn town_around(&self, place: &Place) -> Option<&PlaceMention> {
        let name = place.name.as_ref().filter(|_| place.town.is_none())?.value.as_str();
        let subject = &self.geography.subject.as_ref().filter(|it| it.is_local)?.place;
        let town = span(self.tokens, &subject.tokens).of(self.text);
        let (here, there) = (place.coordinates?, subject.known?.coordinates?);
        let people = |name: &str, at: Coordinates| {
            let named = self.tokens.places_named(name).filter(|it| it.coordinates == Some(at));
            named.map(|it| it.population).max().unwrap_or(0)
        };
        let inside = name != town
            && !self.is_told_apart(place)
            && kilometres(here, there) <= IN_TOWN
            && self.geography.has_authorities(town)
            && !self.geography.has_authorities(name)
            && people(name, here).saturating_mul(8) < people(town, there);
        inside.then_some(subject)
    }

    /// "In Calder Ford, south of Halden", "a suburb of Halden": the article itself says that it is a town beside the other.
    fn is_told_apart(&self, place: &Place) -> bool {
        let Some(name) = &place.name else { return false };
        let end = self.tokens.all.partition_point(|token| token.end <= name.span.end);
        let word = |at: usize| self.tokens.all.get(at).map_or("", |token| token.span().of(self.text));
        word(end) == ","
            && (end + 1..end + 7).any(|at| {
                let apart = [Class::LocationWord, Class::Settlement];
                let token = self.tokens.all.get(at);
                token.is_some_and(|token| apart.iter().any(|class| token.is(*class)))
                    && matches!(word(at + 1), "of" | "from" | "outside" | "near")
            })
    }
}
