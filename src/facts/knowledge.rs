//! What is known before an article is read: the program's words and places, and those that a site adds to them.

use std::sync::{Arc, LazyLock};

use crate::diagnostic::Diagnostic;
use crate::source::{Hash, Source};

use super::aliases::Aliases;
use super::lexicon::Lexicon;
use super::own_lists;
use super::own_places::OwnPlaces;
use super::rules::GRAMMAR;

/// Words, places and other names. The rules are the same for every site.
pub struct Knowledge {
    /// The program's words with the site's; `None` where the site has none of its own.
    lexicon: Option<Lexicon>,
    /// The site's places.
    pub(super) places: Arc<OwnPlaces>,
    /// The site's other names of people and organisations.
    pub aliases: Aliases,
    /// Of the lists that the site's own were read from; all noughts where there are none.
    pub hash: Hash,
}

static PROGRAM: LazyLock<Knowledge> = LazyLock::new(|| Knowledge {
    lexicon: None,
    places: Arc::default(),
    aliases: Aliases::default(),
    hash: [0; 32],
});

impl Knowledge {
    /// What the program knows.
    pub fn of_program() -> &'static Knowledge {
        &PROGRAM
    }

    /// That and what `lists`, the files of a site's folder of lists, add to it. What is wrong in them is told and left
    /// out.
    pub fn with_lists(lists: &[&Source]) -> (Knowledge, Vec<Diagnostic>) {
        let (added, diagnostics) = own_lists::read(lists);
        let lexicon = (!added.words.is_empty()).then(|| GRAMMAR.lexicon.with(&added.words));
        let (places, aliases) = (Arc::new(added.places), added.aliases);
        (Knowledge { lexicon, places, aliases, hash: Knowledge::hash_of(lists) }, diagnostics)
    }

    /// The [`hash`](Knowledge::hash) of what [`with_lists`](Knowledge::with_lists) makes of `lists`.
    pub fn hash_of(lists: &[&Source]) -> Hash {
        if lists.is_empty() {
            return [0; 32];
        }
        let mut hasher = blake3::Hasher::new();
        for list in lists {
            hasher.update(list.path.as_bytes());
            hasher.update(&[0]);
            hasher.update(&list.hash);
        }
        *hasher.finalize().as_bytes()
    }

    pub(super) fn lexicon(&self) -> &Lexicon {
        self.lexicon.as_ref().unwrap_or(&GRAMMAR.lexicon)
    }
}

impl std::fmt::Debug for Knowledge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Knowledge { places, aliases, .. } = self;
        f.debug_struct("Knowledge").field("places", places).field("aliases", aliases).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::super::{Facts, extract, extract_with};
    use super::*;
    use crate::source::SourceKind;

    fn knowing(lists: &[(&str, &str)]) -> Knowledge {
        let lists: Vec<Source> = lists
            .iter()
            .map(|(name, text)| Source {
                path: format!("lists/{name}").into(),
                kind: SourceKind::List,
                text: (*text).into(),
                hash: *blake3::hash(text.as_bytes()).as_bytes(),
            })
            .collect();
        let (knowledge, faults) = Knowledge::with_lists(&lists.iter().collect::<Vec<_>>());
        assert!(faults.is_empty(), "{faults:?}");
        knowledge
    }

    fn read(text: &str, knowledge: &Knowledge) -> Facts {
        extract_with(&document(text), None, knowledge)
    }

    fn names(facts: &Facts) -> Vec<&str> {
        facts.people.iter().filter_map(|person| person.name.as_deref()).collect()
    }

    #[test]
    fn a_verb_of_the_sites_own_reports() {
        let text = "“We knew,” ventilated Ada Example, a lecturer.";
        let speaker = |facts: Facts| facts.quotes.first().and_then(|quote| quote.speaker);
        assert_eq!(speaker(extract(&document(text), None)), None);
        assert_eq!(speaker(read(text, &knowing(&[("reporting-verb.txt", "ventilated\n")]))), Some(0));
    }

    #[test]
    fn what_is_no_name_is_nobody() {
        let text = "Ada Example said it rained. “We knew,” said Maria Nova.";
        assert_eq!(names(&extract(&document(text), None)), ["Ada Example", "Maria Nova"]);
        let knowledge = knowing(&[("not-a-name.txt", "Maria Nova  # a ship\n")]);
        assert_eq!(names(&read(text, &knowledge)), ["Ada Example"]);
    }

    #[test]
    fn a_place_of_the_sites_own_stands_before_all_others() {
        let places = "[[place]]\nname = \"Calder Ford\"\ncountry = \"GB\"\nregion = \"Northshire\"\n\
                      latitude = 54.5\nlongitude = -2.25\n";
        let text = "A bomb killed three people in Calder Ford on Tuesday.";
        let place = read(text, &knowing(&[("places.toml", places)])).attacks[0].place.clone();
        assert_eq!(place.name.unwrap().value, "Calder Ford");
        assert_eq!(
            (place.country.unwrap().value.as_str(), place.admin.as_deref()),
            ("GB", Some("Northshire"))
        );
        assert_eq!(place.coordinates.unwrap().longitude, -2_250_000);
    }

    #[test]
    fn two_names_of_one_person_are_one() {
        let text = "“We knew,” said Ada Example, a lecturer. “We did not,” said Ada Muster later.";
        let knowledge = knowing(&[("aliases.toml", "[people]\n\"Ada Muster\" = [\"Ada Example\"]\n")]);
        let facts = read(text, &knowledge);
        assert_eq!(names(&facts), ["Ada Muster"]);
        assert!(facts.quotes.iter().all(|quote| quote.speaker == Some(0)));
        assert_eq!(facts.people[0].mentions.len(), 2);
        assert_eq!(facts.people[0].title.as_ref().unwrap().value, "lecturer");
    }
}
