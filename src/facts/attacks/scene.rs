//! What one sentence says of the violence in it: when, where, how many, against what and with what.

use std::cell::OnceCell;
use std::ops::Range;

use super::dating::{Dated, Half};
use super::mention::{Mention, Sense};
use super::mentions::Mentions;
use super::retraction::TakenBack;
use crate::facts::DateMention;
use crate::facts::classes::{Class, ClassSet};
use crate::facts::places::{self, Geography, PlaceMention};
use crate::facts::rules::{GRAMMAR, Match};
use crate::facts::tokens::Tokens;
use crate::facts::tolls::{Harm, TollMention};
use crate::span::Span;

/// Of what time a count is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// "In the first reports", "on the morning after": replaced by any other.
    Early,
    /// As it stands when the article is written.
    Current,
}

/// The facts of one sentence.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) sentence: Range<u32>,
    /// The date nearest to the first strong mention, and how many tokens lie between.
    pub(super) date: Option<(&'a DateMention, u32)>,
    /// How many dates it has.
    pub(super) dates: usize,
    /// Whether the date stands with a verb that says that something took place.
    pub(super) happened: bool,
    /// Which half of a day it says the violence was in, without a day: "it happened around 1 a.m.".
    pub(super) half: Option<Half>,
    pub(super) places: Vec<PlaceMention>,
    /// "around the country": the country spoken of before.
    pub(super) country: Option<(Range<u32>, &'static str)>,
    pub(super) tolls: Vec<&'a TollMention>,
    /// Whether its counts are those of the first hours.
    pub(super) news: News,
    /// "There he killed".
    pub(super) there: bool,
    /// "In this city".
    pub(super) here: bool,
    /// "In the deadliest attack, …": one of several that were told of together.
    pub(super) is_of_several: bool,
    /// What it takes back of what was told before: "no shots had been fired".
    pub(super) taken_back: Vec<TakenBack>,
    /// Whether it speaks of what a court or a commission did.
    pub(super) judged: bool,
    /// Whether other words than those of its mentions speak of violence.
    pub(super) violent: bool,
    /// Whether it speaks of bombs and the like.
    pub(super) explosive: bool,
    /// Whether it speaks of another cause: an accident, a war, a storm.
    pub(super) other_cause: bool,
    /// Whether it speaks of an accident or the weather, which may be told beside an attack.
    pub(super) accident: bool,
    /// Whether it speaks of a war: troops, battles, offensives.
    pub(super) combat: bool,
    /// See [`Scene::cues`].
    cues: OnceCell<Vec<Match<'static>>>,
}

impl<'a> Scene<'a> {
    pub(super) fn gather(
        tokens: &Tokens,
        text: &str,
        sentence: Range<u32>,
        mentions: &Mentions,
        dates: &'a [DateMention],
        tolls: &'a [TollMention],
        geography: &Geography,
    ) -> Scene<'a> {
        let first = tolls.partition_point(|toll| toll.tokens.start < sentence.start);
        let last = tolls.partition_point(|toll| toll.tokens.start < sentence.end);
        let mut scene = Scene {
            date: None,
            dates: count_dates(tokens, &sentence, dates),
            happened: false,
            half: None,
            places: Vec::new(),
            country: None,
            tolls: tolls[first..last]
                .iter()
                .filter(|toll| !mentions.judgments.iter().any(|it| toll.tokens.contains(&(it.end - 1))))
                // "Shot down a plan" harms nobody.
                .filter(|toll| {
                    let nothing =
                        |it: &Range<u32>| toll.tokens.contains(&it.start) || it.contains(&toll.tokens.start);
                    toll.harm == Harm::AttackersKilled || !mentions.nothing.iter().any(nothing)
                })
                .collect(),
            news: News::Current,
            there: false,
            here: false,
            is_of_several: false,
            taken_back: mentions.taken_back.clone(),
            judged: !mentions.judgments.is_empty(),
            other_cause: false,
            accident: false,
            combat: false,
            violent: false,
            explosive: false,
            cues: OnceCell::new(),
            sentence,
        };
        let words = Sentence { tokens, text, sentence: scene.sentence.clone() };
        if mentions.all.is_empty() && scene.tolls.is_empty() {
            // A scene may be set before the violence is told, or told what blew up.
            let head = scene.sentence.start;
            let named = |at: u32| tokens.run_of(at, Class::BombWord).is_some();
            let apart = |at: u32| mentions.nothing.iter().any(|it| it.contains(&at));
            scene.explosive = words.contains(Class::BombWord)
                && !words.contains(Class::AccidentWord)
                && !words.other_cause()
                && scene.sentence.clone().any(|at| named(at) && !apart(at));
            scene.take_date(words.date(dates, head..head + 1, &[], None));
            if scene.date.is_none() {
                scene.half = words.half(&[]);
            } else {
                scene.places = places::find(tokens, text, scene.sentence.clone(), geography);
            }
            return scene;
        }
        if words.contains(Class::SceneSign) {
            scene.news = if words.is_early() { News::Early } else { News::Current };
            scene.there = words.there();
            scene.here = words.here();
        }
        scene.is_of_several = words.is_of_several();
        scene.other_cause = mentions.fictional || words.other_cause();
        scene.read_signs(tokens, mentions);
        let strongest = mentions.all.iter().max_by_key(|it| (it.form, u32::MAX - it.tokens.start));
        let head = scene.sentence.start;
        let at = strongest.map_or(head..head + 1, |it| it.tokens.clone());
        let judged = strongest.filter(|_| scene.judged);
        scene.take_date(words.date(dates, at, &mentions.all, judged));
        if scene.date.is_none() {
            scene.half = words.half(&mentions.all);
        }
        scene.places = places::find(tokens, text, scene.sentence.clone(), geography);
        if strongest.is_some() {
            scene.country = words.the_country(geography);
        }
        scene
    }
}

impl<'a> Scene<'a> {
    /// The scene of a clause, with the day and the place that only the whole sentence has.
    pub(super) fn or_of(mut self, whole: &Scene<'a>) -> Scene<'a> {
        let only_one = whole.date.is_some_and(|(date, _)| whole.dates == 1 || date.value.is_none());
        if self.date.is_none() && only_one {
            self.date = whole.date;
        }
        if self.places.is_empty() && whole.places.len() == 1 {
            self.places = whole.places.clone();
        }
        self.violent |= whole.violent;
        self.explosive |= whole.explosive;
        self.other_cause |= whole.other_cause;
        self.combat |= whole.combat;
        self
    }

    /// What the rules of `rules/perpetrators.toml` find in it: searched once, for all who ask.
    pub(super) fn cues(&self, tokens: &Tokens) -> &[Match<'static>] {
        self.cues.get_or_init(|| {
            let mut found = Vec::new();
            GRAMMAR.rules("perpetrators").find(tokens, self.sentence.clone(), |it| found.push(it));
            found
        })
    }

    fn take_date(&mut self, dated: Option<Dated<'a>>) {
        self.happened = dated.as_ref().is_some_and(|it| it.happened);
        self.date = dated.map(|it| (it.date, it.gap));
    }
}

/// What [`Scene::read_signs`] looks for.
const SIGNS: ClassSet = ClassSet::of(&[
    Class::ExplosiveWord,
    Class::CombatWord,
    Class::AccidentWord,
    Class::ViolenceSign,
    Class::Attacker,
    Class::ArmedGroup,
]);

impl Scene<'_> {
    /// Looks for signs of violence other than the words for it.
    fn read_signs(&mut self, tokens: &Tokens, mentions: &Mentions) {
        self.violent = !self.tolls.is_empty();
        if !tokens.contents_of(self.sentence.start).classes.meets(SIGNS) {
            return;
        }
        for at in self.sentence.clone() {
            let denied = |it: &Mention| it.stage.is_none() && it.tokens.contains(&at);
            if mentions.nothing.iter().any(|it| it.contains(&at)) || mentions.all.iter().any(denied) {
                continue;
            }
            let classes = tokens.classes_at(at);
            self.explosive |= classes.has(Class::ExplosiveWord);
            self.combat |= tokens.run_of(at, Class::CombatWord).is_some();
            self.accident |= tokens.run_of(at, Class::AccidentWord).is_some();
            let sign = classes.has(Class::ViolenceSign)
                || classes.has(Class::Attacker)
                || classes.has(Class::ArmedGroup)
                || classes.has(Class::ExplosiveWord);
            self.violent |= sign && !mentions.all.iter().any(|it| it.tokens.contains(&at));
        }
    }

    /// Whether what stands here makes a mention speak of violence.
    pub(super) fn makes_firm(&self, mention: &Mention) -> bool {
        match mention.sense {
            Sense::Firm => true,
            Sense::Loose => self.violent,
            Sense::Person => self.violent || mention.victim.as_ref().is_some_and(|it| it.people),
            Sense::Blast => self.explosive,
        }
    }
}

/// Looks at the words of one sentence.
pub(super) struct Sentence<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) text: &'a str,
    pub(super) sentence: Range<u32>,
}

impl Sentence<'_> {
    pub(super) fn word(&self, at: u32) -> &str {
        if self.sentence.contains(&at) { self.tokens.all[at as usize].span().of(self.text) } else { "" }
    }

    /// Whether the whole sentence has something of `class`; a clause may still have none.
    pub(super) fn contains(&self, class: Class) -> bool {
        self.tokens.contents_of(self.sentence.start).classes.has(class)
    }

    /// The words that the questions below turn on; most sentences have none.
    fn signs(&self) -> impl Iterator<Item = u32> {
        self.sentence.clone().filter(|at| self.tokens.all[*at as usize].is(Class::SceneSign))
    }

    /// "It was feared", "in the first reports", "by the next morning".
    fn is_early(&self) -> bool {
        self.signs().any(|at| match self.word(at) {
            "feared" | "initially" | "Initially" | "initial" | "Initial" => true,
            "first" | "First" => {
                matches!(self.word(at.wrapping_sub(1)), "at" | "At")
                    || matches!(
                        self.word(at + 1),
                        "reports" | "report" | "count" | "night" | "hours" | "figure"
                    )
            }
            // "Police had earlier put the toll at 15", "an earlier toll".
            "earlier" => matches!(self.word(at.wrapping_sub(1)), "had" | "an" | "An" | "been"),
            "morning" => self.word(at + 1) == "after" || self.word(at.wrapping_sub(1)) == "next",
            _ => false,
        })
    }

    /// "There he killed", "the shooting there", but not "there were".
    fn there(&self) -> bool {
        self.signs().any(|at| {
            matches!(self.word(at), "there" | "There")
                && !matches!(
                    self.word(at + 1),
                    "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will" | "would" | "may" | "can"
                )
        })
    }

    /// "In this city", "the southern part of this town".
    fn here(&self) -> bool {
        self.signs().any(|at| {
            self.word(at) == "this"
                && matches!(self.word(at.wrapping_sub(1)), "in" | "of" | "In" | "near")
                && matches!(self.word(at + 1), "city" | "capital" | "town" | "village" | "port")
        })
    }

    /// "In the deadliest, a car bomb", "in one of the attacks", "the worst of them hit": a part of what is told of.
    fn is_of_several(&self) -> bool {
        let head = self.sentence.start;
        let word = |at: u32| self.word(head + at).to_lowercase();
        let greatest = |word: &str| {
            matches!(
                word,
                "deadliest"
                    | "worst"
                    | "bloodiest"
                    | "biggest"
                    | "largest"
                    | "heaviest"
                    | "first"
                    | "second"
                    | "third"
                    | "latest"
                    | "last"
                    | "other"
            )
        };
        // "In the worst attack in years" is no part.
        let alone = |word: &str| {
            matches!(
                word,
                "," | "attack"
                    | "bombing"
                    | "blast"
                    | "shooting"
                    | "incident"
                    | "strike"
                    | "of"
                    | "explosion"
            )
        };
        let since = |at: u32| !matches!(word(at).as_str(), "in" | "since" | "for");
        match (word(0).as_str(), word(1).as_str()) {
            ("in", "the") => greatest(&word(2)) && alone(&word(3)) && (word(3) == "," || since(4)),
            ("in", "one") => alone(&word(2)),
            ("the", next) => greatest(next) && alone(&word(2)) && word(2) != "," && since(3),
            _ => false,
        }
    }

    fn other_cause(&self) -> bool {
        self.is_statistics()
            || self.is_drivers_conviction()
            || self.contains(Class::OtherCause)
                && self.sentence.clone().any(|at| self.tokens.run_of(at, Class::OtherCause).is_some())
    }

    /// "The murder rate", "per 100,000 people", "statistics showed".
    fn is_statistics(&self) -> bool {
        self.signs().any(|at| match self.word(at) {
            "statistics" | "Statistics" => true,
            "rate" | "rates" => {
                matches!(self.word(at.wrapping_sub(1)), "murder" | "homicide" | "crime" | "killing")
            }
            "per" => matches!(self.word(at + 1), "100,000" | "1,000" | "cent" | "capita"),
            _ => false,
        })
    }

    /// "A driver was jailed for killing three cyclists": by a crash.
    fn is_drivers_conviction(&self) -> bool {
        let driver = |word: &str| matches!(word, "driver" | "motorist" | "driving" | "cyclist" | "cyclists");
        let jailed = |word: &str| matches!(word, "jailed" | "convicted" | "sentenced" | "guilty" | "fined");
        self.signs().any(|at| driver(self.word(at)))
            && self.sentence.clone().any(|at| jailed(self.word(at)))
            && !self
                .sentence
                .clone()
                .any(|at| matches!(self.word(at), "shot" | "murder" | "shooting" | "bomb"))
    }

    /// "In the country", "around the country".
    fn the_country(&self, geography: &Geography) -> Option<(Range<u32>, &'static str)> {
        let at = self.sentence.clone().find(|at| {
            matches!(self.word(*at), "around" | "across" | "throughout" | "in")
                && matches!(self.word(at + 1), "the" | "The")
                && matches!(self.word(at + 2), "country" | "nation")
                && !matches!(self.word(at + 3), "’s" | "'s")
        })?;
        let (_, country) = geography.before(at)?;
        Some((at + 1..at + 3, country))
    }
}

/// How many dates a sentence has.
fn count_dates(tokens: &Tokens, sentence: &Range<u32>, dates: &[DateMention]) -> usize {
    let span = tokens.span(sentence.clone());
    let first = dates.partition_point(|date| date.span.start < span.start);
    dates.partition_point(|date| date.span.start < span.end) - first
}

/// The bytes of some tokens.
pub(super) fn span(tokens: &Tokens, run: &Range<u32>) -> Span {
    tokens.span(run.clone())
}
