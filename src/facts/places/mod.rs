//! Where something happened: names after "in", "at" and "near", looked up in the gazetteer with what stands around them.

use std::ops::Range;

use super::Coordinates;
use super::classes::Class;
use super::gazetteer::PlaceKind;
use super::tokens::{Kind, Shape, Tokens};

mod dateline;
mod elsewhere;
mod geography;
mod naming;
mod neighbours;
mod parts;
mod resolve;
mod signs;
mod subject;
mod town;

pub use geography::Geography;
pub(super) use neighbours::kilometres;
use parts::{after_part, district, stretch};
pub(super) use resolve::resolve;
pub use subject::Subject;
pub(super) use town::town_in;

/// How a place is given.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// "in Kirkuk", "at Union Station".
    At,
    /// "near Kirkuk", "outside Kirkuk".
    Near,
    /// "To the island of Utøya": where the next sentence may happen.
    Toward,
}

/// A place that a sentence names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMention {
    /// The tokens of the name; of a country alone, too.
    pub tokens: Range<u32>,
    /// Inside or near it.
    pub relation: Relation,
    /// What the gazetteer knows of it, once it is clear which place is meant.
    pub known: Option<Known>,
    /// The town that the name starts with: "Manchester" in "Manchester Arena".
    pub town: Option<Range<u32>>,
    /// Whether it is a street, which says little without its town.
    pub is_street: bool,
    /// Whether the name is only a country's.
    pub is_country: bool,
    /// Whether several places have the name, and the article does not tell which is meant.
    pub is_ambiguous: bool,
    /// The tokens that tell the country, where other words than the name do: "Iran" in "Kerman, Iran".
    pub country_tokens: Option<Range<u32>>,
}

/// What the gazetteer knows of a place.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// First-level division.
    pub admin: Option<&'static str>,
    /// Middle of a town.
    pub coordinates: Option<Coordinates>,
}

/// The places that the tokens of one sentence name, in order.
pub fn find(tokens: &Tokens, text: &str, sentence: Range<u32>, geography: &Geography) -> Vec<PlaceMention> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let place = relation(tokens, text, at)
            .and_then(|relation| read(tokens, text, at + 1, sentence.end, relation, geography));
        let place = place.or_else(|| stretch(tokens, text, at, sentence.end, geography));
        at = match place {
            Some(place) => {
                let end =
                    place.country_tokens.as_ref().map_or(place.tokens.end, |it| it.end.max(place.tokens.end));
                found.push(place);
                end
            }
            None => at + 1,
        };
    }
    found
}

fn relation(tokens: &Tokens, text: &str, at: u32) -> Option<Relation> {
    let token = &tokens.all[at as usize];
    if token.kind != Kind::Word {
        return None;
    }
    match token.span().of(text) {
        "in" | "In" | "IN" | "at" | "At" | "AT" | "inside" | "across" | "around" | "throughout" | "on" => {
            Some(Relation::At)
        }
        "over" => Some(Relation::At),
        "to" => Some(Relation::Toward),
        "near" | "Near" | "NEAR" | "outside" | "Outside" | "off" => Some(Relation::Near),
        _ => None,
    }
}

fn read(
    tokens: &Tokens,
    text: &str,
    mut at: u32,
    end: u32,
    relation: Relation,
    geography: &Geography,
) -> Option<PlaceMention> {
    let token = |at: u32| tokens.all[..end as usize].get(at as usize);
    let preposition = at - 1;
    // "in the northern town of", "near the city of", "in northern".
    let mut steps = 0;
    let (mut settlement, mut people) = (false, None);
    if let Some(part) = after_part(tokens, text, at, end) {
        at = part;
    }
    while let Some(word) = token(at) {
        let passes =
            word.is(Class::LocationWord) || word.is(Class::Settlement) || word.span().of(text) == "of";
        let hyphen = word.span().of(text) == "-";
        let demonym = word.is(Class::Nationality) && token(at + 1).is_some_and(|next| !next.is_capital());
        // "In the Department of Bolivar", "the City of Columbus".
        let kind =
            word.is(Class::Settlement) && token(at + 1).is_some_and(|next| next.span().of(text) == "of");
        if steps > 7 || !(passes && (!word.is_capital() || kind) || hyphen || demonym) {
            break;
        }
        settlement |= word.is(Class::Settlement);
        if demonym {
            people = Some(at);
        }
        at += 1;
        steps += 1;
    }
    let run = capital_run(tokens, text, at, end)?;
    let bare = tokens.span(run.clone()).of(text);
    if not_a_place(tokens, text, run.clone()) || bare.len() < 2 {
        return None;
    }
    if let Some(place) = district(tokens, text, run.clone(), end, relation, geography) {
        return Some(place);
    }
    let mut place = resolve(tokens, text, run, end, relation, geography);
    // "Over Lockerbie", "to Utøya": more often no place than one.
    let doubtful = matches!(tokens.all[preposition as usize].span().of(text), "over" | "to");
    if doubtful && !settlement && place.known.is_none_or(|known| known.coordinates.is_none()) {
        return None;
    }
    // "The Norwegian island of Utøya": the people tell the country of a name that nobody knows.
    if let (None, Some(at)) = (place.known, people.filter(|_| settlement)) {
        let name = tokens.all[at as usize].span().of(text);
        let told = tokens.places_named(name).find(|it| it.kind == PlaceKind::Demonym).map(|it| it.country);
        let part = || PEOPLES.iter().find(|(people, _)| *people == name).map(|(_, country)| *country);
        if let Some(country) = told.or_else(part) {
            place.known = Some(Known { country, admin: None, coordinates: None });
            place.country_tokens = Some(at..at + 1);
        }
    }
    Some(place)
}

/// Peoples of a part of one country, which the gazetteer's list of countries has not.
const PEOPLES: [(&str, &str); 10] = [
    ("Scottish", "GB"),
    ("Welsh", "GB"),
    ("English", "GB"),
    ("Basque", "ES"),
    ("Catalan", "ES"),
    ("Corsican", "FR"),
    ("Sicilian", "IT"),
    ("Bavarian", "DE"),
    ("Chechen", "RU"),
    ("Texan", "US"),
];

/// Capitals in a row, with "of", "de", "al-" and hyphens inside.
pub(in crate::facts) fn capital_run(tokens: &Tokens, text: &str, at: u32, end: u32) -> Option<Range<u32>> {
    let capital = |at: u32| {
        at < end && {
            let token = &tokens.all[at as usize];
            // "IN LIMA ON MONDAY": all is capitals.
            let between = token.shape == Shape::Upper
                && token.is(Class::FunctionWord)
                && !tokens.classes_at(at).has(Class::CountryWord);
            token.is_capital() && !between && !token.is(Class::Month) && !token.is(Class::Weekday)
        }
    };
    let word = |at: u32| if at < end { tokens.all[at as usize].span().of(text) } else { "" };
    if at < end
        && let Some(end) = tokens.own_place_at(at, text).filter(|own| *own <= end)
    {
        return Some(at..end);
    }
    let prefixed = matches!(word(at), "al" | "el") && word(at + 1) == "-";
    if !(capital(at) || prefixed) {
        return None;
    }
    let mut last = at + 1;
    loop {
        if capital(last) {
            last += 1;
        } else if capital(last + 1) && joins_name(tokens, text, at, last, end) {
            last += 2;
        } else if word(last) == "de" && matches!(word(last + 1), "la" | "las" | "los") && capital(last + 2) {
            last += 3;
        } else if word(last) == "-"
            && (matches!(word(last + 1), "e" | "i" | "al" | "el" | "ul" | "de" | "la" | "on" | "upon"))
            && word(last + 2) == "-"
            && capital(last + 3)
        {
            last += 4;
        } else if matches!(word(last), "al" | "el" | "ad" | "as" | "ar")
            && word(last + 1) == "-"
            && capital(last + 2)
        {
            last += 3;
        } else if prefixed && last == at + 1 {
            last = at + 3;
        } else {
            return Some(at..last.min(end));
        }
    }
}

/// Whether the token at `last` joins the name that starts at `at` with the capital behind it: "Rio de Janeiro".
fn joins_name(tokens: &Tokens, text: &str, at: u32, last: u32, end: u32) -> bool {
    match tokens.all[last as usize].span().of(text) {
        "-" => true,
        "’s" | "'s" => {
            is_venue(tokens, last + 1, end) || tokens.knows_place(tokens.span(at..last + 2).of(text))
        }
        "of" | "the" | "on" => tokens.knows_place(tokens.span(at..last + 2).of(text)),
        "de" | "del" | "la" | "al" | "el" | "da" | "do" | "e" | "i" | "le" | "upon" | "sur" | "am"
        | "des" | "du" | "della" | "di" | "dos" | "das" | "der" | "van" => true,
        _ => false,
    }
}

fn is_venue(tokens: &Tokens, at: u32, end: u32) -> bool {
    (at..end.min(at + 4)).any(|at| tokens.all[at as usize].is(Class::Venue))
}

/// Months, people, peoples, organisations, networks and pronouns stand after "in" and "on", too.
pub(in crate::facts) fn not_a_place(tokens: &Tokens, text: &str, run: Range<u32>) -> bool {
    let first = &tokens.all[run.start as usize];
    let all = tokens.classes_at(run.start);
    let venue = tokens.all[run.end as usize - 1].is(Class::Venue);
    let network = run.len() == 1
        && matches!(
            first.span().of(text),
            "Underground" | "Metro" | "Tube" | "Subway" | "Internet" | "Parliament" | "Congress" | "Senate"
        );
    // "In Drive-By Shooting": a headline's words. "In the New Year".
    let told = matches!(
        tokens.all[run.end as usize - 1].span().of(text),
        "Shooting"
            | "Shootings"
            | "Attack"
            | "Attacks"
            | "Murder"
            | "Stabbing"
            | "Bombing"
            | "Blast"
            | "Year"
            | "Eve"
            | "Day"
    ) && !tokens.knows_place(tokens.span(run.clone()).of(text));
    network
        || told
        || !venue && (all.has(Class::ArmedGroup) || all.has(Class::Person))
        || first.is(Class::Pronoun)
        // "At Christmas": a feast, and "Christmas Island" a place.
        || tokens.run_of(run.start, Class::CalendarWord).is_some_and(|end| end >= run.end)
        || run.len() == 1 && (first.is(Class::Honorific) || first.is(Class::FunctionWord))
        // "Brussels" speaks for the union, and is a town after "in".
        || tokens.run_of(run.start, Class::Organisation).is_some_and(|end| end >= run.end)
            && tokens.run_of(run.start, Class::CountryWord).is_none()
        || tokens.run_of(run.start, Class::Nationality).is_some_and(|end| end >= run.end)
            && tokens.run_of(run.start, Class::CountryWord).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<(String, Option<&'static str>, Relation)> {
        let tokens = super::super::annotated(text);
        let geography = Geography::of(&tokens, text);
        let mut all = Vec::new();
        for sentence in &tokens.sentences {
            for place in find(&tokens, text, sentence.clone(), &geography) {
                let name = tokens.span(place.tokens).of(text).to_owned();
                all.push((name, place.known.map(|it| it.country), place.relation));
            }
        }
        all
    }

    #[test]
    fn names_after_prepositions_are_places() {
        assert_eq!(
            read_all("It stood in the northern town of Kirkuk and near Mosul."),
            [("Kirkuk".into(), Some("IQ"), Relation::At), ("Mosul".into(), Some("IQ"), Relation::Near)]
        );
        assert_eq!(
            read_all("It stood at Grand Union Hall."),
            [("Grand Union Hall".into(), None, Relation::At)]
        );
        assert_eq!(read_all("It stood in Wexholme."), [("Wexholme".into(), None, Relation::At)]);
    }

    #[test]
    fn a_road_between_two_towns_lies_in_their_country() {
        assert_eq!(
            read_all("It stood on the road between Kunduz and Kabul."),
            [("between Kunduz and Kabul".into(), Some("AF"), Relation::At)]
        );
        assert_eq!(read_all("There were talks between Kunduz and Kabul."), []);
    }

    #[test]
    fn an_arabic_article_may_be_left_out() {
        assert_eq!(read_all("Iraqi police came. It stood in Kut.")[0].1, Some("IQ"));
    }

    #[test]
    fn a_part_of_a_town_leads_to_the_town() {
        assert_eq!(read_all("It stood in the government quarter of Oslo.")[0].0, "Oslo");
        assert_eq!(read_all("It ran on five trains of the Tokyo subway.")[0].0, "Tokyo");
        assert_eq!(read_all("It lay on the Promenade des Anglais.")[0].0, "Promenade des Anglais");
        assert_eq!(read_all("It spoke in the name of Oslo and ran on Underground trains."), []);
    }

    #[test]
    fn the_people_tell_the_country_of_an_unknown_place() {
        assert_eq!(
            read_all("It lay on the Norwegian island of Wexholme."),
            [("Wexholme".into(), Some("NO"), Relation::At)]
        );
        assert_eq!(read_all("It fell over the Scottish town of Lockerbie.")[0].1, Some("GB"));
        assert_eq!(read_all("They argued over Wexholme."), []);
    }

    #[test]
    fn a_venue_that_bears_a_towns_name_lies_there() {
        let text = "Belgian police came. It stood at Brussels Airport.";
        let tokens = super::super::annotated(text);
        let geography = Geography::of(&tokens, text);
        let place = &find(&tokens, text, tokens.sentences[1].clone(), &geography)[0];
        assert_eq!(tokens.span(place.town.clone().unwrap()).of(text), "Brussels");
        assert_eq!(place.known.unwrap().country, "BE");
    }

    #[test]
    fn the_country_behind_the_comma_decides() {
        assert_eq!(read_all("It stood in Cordoba, Spain."), [("Cordoba".into(), Some("ES"), Relation::At)]);
        assert_eq!(
            read_all("It stood in Cordoba, Argentina."),
            [("Cordoba".into(), Some("AR"), Relation::At)]
        );
        assert_eq!(read_all("It stood in Portland, Maine."), [("Portland".into(), Some("US"), Relation::At)]);
    }

    #[test]
    fn ambiguous_names_stay_open_unless_the_article_tells() {
        assert_eq!(read_all("It stood in Valencia.")[0].1, None);
        assert_eq!(read_all("Venezuelan papers reported it. It stood in Valencia.")[0].1, Some("VE"));
    }

    #[test]
    fn short_forms_of_states_stand_behind_towns_only() {
        let text = "It stood in Rockford, Ill., and in Chula Vista, CA, in case of need.";
        assert_eq!(
            read_all(text),
            [("Rockford".into(), Some("US"), Relation::At), ("Chula Vista".into(), Some("US"), Relation::At)]
        );
        assert_eq!(read_all("It stood in the Department of Antioquia.")[0].0, "Antioquia");
        assert_eq!(read_all("It stood in San Luis de la Wexa.")[0].0, "San Luis de la Wexa");
        assert_eq!(read_all("IT STOOD IN LIMA ON MONDAY.")[0].0, "LIMA");
    }

    #[test]
    fn towns_whose_names_are_words_need_more_than_a_capital() {
        assert_eq!(read_all("It stood in Nice.")[0].1, Some("FR"));
        assert_eq!(read_all("It stood in Street.")[0].1, None);
        assert_eq!(read_all("It stood at Smith Park.")[0].1, None);
    }

    #[test]
    fn months_peoples_and_pronouns_are_no_places() {
        assert_eq!(read_all("In May, on Monday, in English, in Islamic State circles, In He went."), []);
        assert_eq!(read_all("At Christmas, in Ramadan, at Easter."), []);
        assert_eq!(read_all("It stood on Christmas Island.")[0].0, "Christmas Island");
    }
}
