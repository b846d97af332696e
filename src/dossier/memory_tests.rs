//! Linking with a memory against linking everything: random edits of articles and records, and after each the very same
//! dossier.

use std::sync::Arc;

use super::memory::{Linkable, Memory};
use super::*;
use crate::config::{Config, Publish};
use crate::document;
use crate::facts;
use crate::memo::Key;
use crate::records::{AttackRecord, ExpertRecord};
use crate::source::{Format, Source, SourceKind};

/// Numbers that look random and are the same in every run.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    pub(super) fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Of few days, places, tolls and names, so that much fits much: the text of an article.
fn text(random: &mut Numbers) -> String {
    let title = random.one_of(&["Blast in Bilbao", "A market day", "The week in Oslo", "Shots at a bridge"]);
    let day = random.one_of(&["2016-10-14", "2016-10-16", "2016-10-17", "2017-10-16"]);
    let outlet = random.one_of(&["The Lorne Post", "The Marlow Echo", "Courier"]);
    let mut paragraphs = Vec::new();
    for _ in 0..random.below(3) {
        let killed = random.one_of(&["Three", "Four", "Nine", "Ten", "7,101"]);
        let how = random.one_of(&["when a bomb exploded", "when gunmen opened fire", "in an attack"]);
        let place = random.one_of(&[
            " at a market in Bilbao",
            " in Bilbao",
            " in Oslo",
            " at the old bridge",
            " near Oslo",
        ]);
        let when = random.one_of(&[" on Friday", " on Thursday", " in October", " in 2016", ""]);
        paragraphs.push(format!("{killed} people were killed {how}{place}{when}, police said."));
    }
    for _ in 0..random.below(3) {
        let said = random.one_of(&["It was so", "We had no warning of it", "Nobody came to help them"]);
        let name = random.one_of(&[
            "Ada Example",
            "A. Example",
            "Mr Example",
            "Eda Example",
            "Omar Karim",
            "Mr Karim",
        ]);
        let office = random.one_of(&[
            "a lecturer at the Marlow Institute",
            "the mayor",
            "a lecturer",
            "who led an inquiry",
        ]);
        paragraphs.push(format!("“{said},” said {name}, {office}."));
    }
    for _ in 0..random.below(4) {
        let sentence = random.one_of(&[
            "The boats of the harbour company stay in port, and the pier is closed to everybody until the morning.",
            "Our reporter counted eleven fire engines on the quay, and none of them could reach the end of the pier.",
            "A baker who opens at four said that she had heard nothing but the gulls before it was light again.",
        ]);
        paragraphs.push(sentence.to_owned());
    }
    format!("Title: {title}\nDate: {day}\nSource: {outlet}\n\n{}\n", paragraphs.join("\n\n"))
}

pub(super) fn read(name: usize, text: &str) -> (Article, Arc<Sight>) {
    let path = format!("content/articles/a{name:02}.txt").into();
    let kind = SourceKind::Article(Format::PlainText);
    let source = Source { path, kind, text: text.into(), hash: [0; 32] };
    let document = document::parse(&source, None, &Config::default()).0.expect("it is a text");
    let facts = facts::extract(&document, document.meta.published);
    let sight = Sight::of(&document, &facts, &[], &Aliases::default());
    let (document, facts) = (Arc::new(document), Arc::new(facts));
    (Article { document, facts, slug: format!("a{name}"), corrections: Arc::default() }, Arc::new(sight))
}

/// Of all that the records say.
fn key_of(records: &impl std::fmt::Debug) -> Key {
    *blake3::hash(format!("{records:?}").as_bytes()).as_bytes()
}

/// An article as it is written and as it was read.
struct Told {
    name: usize,
    text: String,
    read: (Article, Arc<Sight>),
}

impl Told {
    fn new(name: usize, text: String) -> Told {
        let read = read(name, &text);
        Told { name, text, read }
    }
}

/// What is remembered must have been of use so many times, for the test to have tried it.
#[derive(Default)]
struct Used {
    whole: usize,
    people: usize,
    attack_of: usize,
}

#[test]
fn linking_with_a_memory_is_linking_everything() {
    let mut random = Numbers(11);
    let aliases = Aliases::default();
    let mut site: Vec<Told> = (0..24).map(|name| Told::new(name, text(&mut random))).collect();
    let (mut memory, mut records, mut people) = (Memory::default(), Vec::new(), Vec::new());
    let (mut known, mut named, mut joined) = (Vec::new(), Vec::new(), 0);
    let (mut before, mut used): (Option<Arc<Dossier>>, Used) = (None, Used::default());
    for step in 0..400_u16 {
        let articles: Vec<Article> = site.iter().map(|told| told.read.0.clone()).collect();
        let sights: Vec<Arc<Sight>> = site.iter().map(|told| Arc::clone(&told.read.1)).collect();
        let decisions = Decisions { attacks: &records, people: &people, ..Decisions::default() };
        let publish = if step % 40 < 35 { Publish::All } else { Publish::Confirmed };
        let (mut whole, whole_faults) = link(&articles, &aliases, &decisions);
        joined += whole.attacks.iter().filter(|attack| attack.mentions.len() > 1).count();
        known = whole.attacks.iter().map(|attack| attack.id.clone()).collect();
        named = whole.people.iter().map(|person| person.slug.clone()).collect();
        if publish == Publish::Confirmed {
            whole = whole.only_checked();
        }
        let (dossier, faults) = memory.link(Linkable {
            articles: &articles,
            sights: &sights,
            aliases: &aliases,
            decisions,
            named: [0; 32],
            decided: key_of(&(&records, &people)),
            decided_people: key_of(&people),
            publish,
        });
        assert_eq!(
            format!("{dossier:#?} {faults:#?}"),
            format!("{whole:#?} {whole_faults:#?}"),
            "step {step}"
        );
        if let Some(before) = before.replace(Arc::clone(&dossier)) {
            let is_same = Arc::ptr_eq(&before, &dossier);
            used.whole += usize::from(is_same);
            used.people += usize::from(!is_same && Arc::ptr_eq(&before.people, &dossier.people));
            used.attack_of += usize::from(!is_same && Arc::ptr_eq(&before.attack_of, &dossier.attack_of));
        }
        let at = random.below(site.len());
        let Told { name, text: told, .. } = &site[at];
        match random.below(12) {
            0 if !known.is_empty() => {
                let id = known[random.below(known.len())].clone();
                let hidden = random.below(4) == 0;
                let title = Some(format!("Titled {step}"));
                records = vec![AttackRecord { id, title, hidden, ..AttackRecord::default() }];
            }
            1 => records.clear(),
            2 if site.len() > 16 => drop(site.remove(at)),
            3 => {
                let name = site.last().map_or(0, |told| told.name + 1);
                site.push(Told::new(name, text(&mut random)));
            }
            4 if !named.is_empty() => {
                let slug = named[random.below(named.len())].clone();
                let title = Some(format!("office {step}"));
                people = vec![ExpertRecord { slug, title, ..ExpertRecord::default() }];
            }
            5 => people.clear(),
            // Words that are no fact.
            6 | 7 => site[at] = Told::new(*name, format!("{told}\nThe pier was painted anew that year.\n")),
            // A fact that tells nothing of people.
            8 | 9 => {
                let toll = random.one_of(&["Three", "Four", "Nine"]);
                site[at] = Told::new(*name, told.replace("Three", toll).replace("Four", toll));
            }
            _ => {
                for _ in 0..=random.below(2) {
                    let at = random.below(site.len());
                    site[at] = Told::new(site[at].name, text(&mut random));
                }
            }
        }
    }
    assert!(joined > 200 && !known.is_empty() && !named.is_empty(), "hardly anything was linked: {joined}");
    let Used { whole, people, attack_of } = used;
    assert!(whole > 20 && people > 10 && attack_of > 20, "of no use: {whole} {people} {attack_of}");
}
