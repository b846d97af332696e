//! What is read as a place, and which of the places of one name.

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
    assert_eq!(read_all("It stood at Grand Union Hall."), [("Grand Union Hall".into(), None, Relation::At)]);
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
    assert_eq!(read_all("It stood in Cordoba, Argentina."), [("Cordoba".into(), Some("AR"), Relation::At)]);
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
