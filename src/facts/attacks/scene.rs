//! What one sentence says of the violence in it: when, where, how many, against what and with what.

use std::ops::Range;

use super::mention::{Form, Mention, Mentions};
use crate::facts::DateMention;
use crate::facts::classes::Class;
use crate::facts::places::{self, Countries, PlaceMention};
use crate::facts::tokens::{Kind, Tokens};
use crate::facts::tolls::TollMention;
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
    pub(super) places: Vec<PlaceMention>,
    /// "around the country": the country spoken of before.
    pub(super) country: Option<(Range<u32>, &'static str)>,
    pub(super) tolls: Vec<&'a TollMention>,
    /// Whether its counts are those of the first hours.
    pub(super) news: News,
    /// "There he killed".
    pub(super) there: bool,
    /// Whether it speaks of what a court or a commission did.
    pub(super) judged: bool,
    pub(super) target: Option<Range<u32>>,
    pub(super) weapon: Option<Range<u32>>,
    /// Whether it speaks of another cause: an accident, a war, a storm.
    pub(super) other_cause: bool,
}

impl<'a> Scene<'a> {
    pub(super) fn gather(
        tokens: &Tokens,
        text: &str,
        sentence: Range<u32>,
        mentions: &Mentions,
        dates: &'a [DateMention],
        tolls: &'a [TollMention],
        countries: &Countries,
    ) -> Scene<'a> {
        let first = tolls.partition_point(|toll| toll.tokens.start < sentence.start);
        let last = tolls.partition_point(|toll| toll.tokens.start < sentence.end);
        let mut scene = Scene {
            date: None,
            places: Vec::new(),
            country: None,
            tolls: tolls[first..last]
                .iter()
                .filter(|toll| !mentions.judgments.iter().any(|it| toll.tokens.contains(&(it.end - 1))))
                .collect(),
            news: News::Current,
            there: false,
            judged: !mentions.judgments.is_empty(),
            target: None,
            weapon: None,
            other_cause: false,
            sentence,
        };
        let words = Sentence { tokens, text, sentence: scene.sentence.clone() };
        if mentions.all.is_empty() && scene.tolls.is_empty() {
            // A scene may be set before the violence is told.
            scene.date = words.date(dates, scene.sentence.start, None);
            if scene.date.is_some() {
                scene.places = places::find(tokens, text, scene.sentence.clone(), countries);
            }
            return scene;
        }
        scene.news = if words.is_early() { News::Early } else { News::Current };
        scene.there = words.there();
        scene.other_cause = words.other_cause();
        let strongest = mentions.all.iter().max_by_key(|it| (it.form, u32::MAX - it.tokens.start));
        let at = strongest.map_or(scene.sentence.start, |it| it.tokens.start);
        scene.date = words.date(dates, at, strongest.filter(|_| scene.judged));
        scene.places = places::find(tokens, text, scene.sentence.clone(), countries);
        if let Some(mention) = strongest {
            scene.country = words.the_country(countries);
            scene.target = words.target(mention);
            scene.weapon = words.weapon();
        }
        scene
    }
}

struct Sentence<'a> {
    tokens: &'a Tokens,
    text: &'a str,
    sentence: Range<u32>,
}

impl Sentence<'_> {
    fn word(&self, at: u32) -> &str {
        if self.sentence.contains(&at) { self.tokens.all[at as usize].span().of(self.text) } else { "" }
    }

    /// "It was feared", "in the first reports", "by the next morning".
    fn is_early(&self) -> bool {
        self.sentence.clone().any(|at| match self.word(at) {
            "feared" | "initially" | "Initially" | "initial" => true,
            "first" => {
                self.word(at.wrapping_sub(1)) == "at"
                    || matches!(
                        self.word(at + 1),
                        "reports" | "report" | "count" | "night" | "hours" | "figure"
                    )
            }
            "morning" => self.word(at + 1) == "after" || self.word(at.wrapping_sub(1)) == "next",
            _ => false,
        })
    }

    /// "There he killed", "the shooting there", but not "there were".
    fn there(&self) -> bool {
        self.sentence.clone().any(|at| {
            matches!(self.word(at), "there" | "There")
                && !matches!(
                    self.word(at + 1),
                    "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will" | "would" | "may" | "can"
                )
        })
    }

    fn other_cause(&self) -> bool {
        self.sentence.clone().any(|at| {
            matches!(
                self.word(at),
                "earthquake"
                    | "quake"
                    | "flood"
                    | "floods"
                    | "hurricane"
                    | "accident"
                    | "accidents"
                    | "virus"
                    | "disease"
                    | "pandemic"
                    | "landslide"
                    | "tsunami"
                    | "tornado"
                    | "cholera"
                    | "overdose"
            )
        })
    }

    /// The date nearest to token `at`, but not when somebody spoke ("police said on Tuesday") nor a limit ("since").
    ///
    /// In a sentence on a judgment only the date behind the words for the violence is theirs: "convicted in 2019 of
    /// the bombings of 2016".
    fn date<'d>(
        &self,
        dates: &'d [DateMention],
        at: u32,
        judged: Option<&Mention>,
    ) -> Option<(&'d DateMention, u32)> {
        let span = self.tokens.span(self.sentence.clone());
        let first = dates.partition_point(|date| date.span.start < span.start);
        let here = dates[first..].iter().take_while(|date| date.span.end <= span.end);
        let token_at = |offset: u32| self.tokens.all.partition_point(|token| token.start < offset) as u32;
        here.filter_map(|date| {
            let start = self.sentence.start
                + self.tokens.all[self.sentence.start as usize..self.sentence.end as usize]
                    .partition_point(|token| token.start < date.span.start) as u32;
            let end = start
                + self.tokens.all[start as usize..self.sentence.end as usize]
                    .partition_point(|token| token.start < date.span.end) as u32;
            let mut before = start;
            while before > self.sentence.start
                && matches!(self.word(before - 1), "on" | "in" | "On" | "In" | "," | "late" | "early")
            {
                before -= 1;
            }
            let told = before > self.sentence.start
                && self.tokens.all[before as usize - 1].is(Class::ReportingVerb)
                && start > at
                && self.word(before) != ",";
            let limit = start > self.sentence.start
                && matches!(
                    self.word(start - 1),
                    "since" | "Since" | "until" | "till" | "by" | "By" | "before" | "aged"
                );
            let judgments = judged.is_some_and(|mention| {
                start < mention.tokens.end
                    || start - mention.tokens.end > 8
                    || (mention.tokens.end..start).any(|between| {
                        matches!(
                            self.word(between),
                            "," | ";" | "and" | "that" | "was" | "were" | "had" | "have"
                        )
                    })
            });
            let limit = limit || self.is_limit_of_day(start);
            let gap = if end <= at { at - end } else { start.saturating_sub(at) };
            (!told && !limit && !judgments).then_some((date, gap))
        })
        .min_by_key(|(date, gap)| {
            // A date at the sentence's head rules all of it; a full date says more than the weekday beside it.
            let head = token_at(date.span.start) <= self.sentence.start + 2;
            let vague = if is_full(date) { 0 } else { 12 };
            (if head { (*gap).min(6) } else { *gap }) + vague
        })
    }

    /// "By the morning of 29 November": not the day it began.
    fn is_limit_of_day(&self, date: u32) -> bool {
        let from = self.sentence.start.max(date.saturating_sub(4));
        self.word(date.wrapping_sub(1)) == "of"
            && (from..date)
                .any(|at| matches!(self.word(at), "by" | "By" | "until" | "Until" | "since" | "Since"))
    }

    /// "In the country", "around the country".
    fn the_country(&self, countries: &Countries) -> Option<(Range<u32>, &'static str)> {
        let at = self.sentence.clone().find(|at| {
            matches!(self.word(*at), "around" | "across" | "throughout" | "in")
                && matches!(self.word(at + 1), "the" | "The")
                && matches!(self.word(at + 2), "country" | "nation")
                && !matches!(self.word(at + 3), "’s" | "'s")
        })?;
        let (_, country) = countries.before(at)?;
        Some((at + 1..at + 3, country))
    }

    fn target(&self, mention: &Mention) -> Option<Range<u32>> {
        self.what_is_attacked(mention).filter(|run| self.can_be_attacked(run.clone()))
    }

    /// People, buildings, vehicles and institutions can; weapons, numbers and cut-off clauses can't.
    fn can_be_attacked(&self, run: Range<u32>) -> bool {
        let head = self.word(run.end - 1);
        let first = self.word(run.start);
        let article = matches!(first, "a" | "an" | "the" | "two" | "three" | "several" | "one" | "some");
        let core = run.start + u32::from(article);
        let weapon = self.tokens.run_of(core, Class::Weapon).is_some_and(|end| end >= run.end);
        let cut = matches!(first, "aboard" | "dead" | "himself" | "herself" | "themselves" | "him" | "them");
        let verb =
            !article && run.len() > 1 && (head.ends_with("ed") || matches!(head, "lay" | "was" | "went"));
        let part = core + 1 == run.end && self.tokens.all[core as usize].is(Class::ScenePart) && article;
        !weapon && !part && !cut && !verb && head != "-"
    }

    fn what_is_attacked(&self, mention: &Mention) -> Option<Range<u32>> {
        if mention.form == Form::Verb {
            return if self.is_passive(mention.tokens.start) {
                self.on_what(mention.tokens.end).or_else(|| self.noun_phrase_before(mention.tokens.start))
            } else {
                self.on_what(mention.tokens.end).or_else(|| self.noun_phrase(mention.tokens.end))
            };
        }
        self.on_what(mention.tokens.end)
    }

    fn is_passive(&self, at: u32) -> bool {
        (self.sentence.start.max(at.saturating_sub(3))..at)
            .any(|before| matches!(self.word(before), "was" | "were" | "been" | "being" | "is" | "are"))
    }

    /// "on a bus", "against worshippers", "at the gate of the market".
    fn on_what(&self, at: u32) -> Option<Range<u32>> {
        match self.word(at) {
            "on" | "against" | "at" | "outside" | "inside" | "into" => {
                let lower = self.sentence.contains(&(at + 1))
                    && !matches!(self.word(at + 1), "least" | "about" | "first" | "night");
                self.noun_phrase(at + 1).filter(|_| lower)
            }
            _ => None,
        }
    }

    /// A noun phrase from `at` on: up to a preposition, a sign or a verb's helper.
    fn noun_phrase(&self, at: u32) -> Option<Range<u32>> {
        let mut end = at;
        while self.sentence.contains(&end) && end - at < 8 {
            let token = &self.tokens.all[end as usize];
            let word = token.span().of(self.text);
            let article = end == at
                && matches!(
                    word,
                    "a" | "an" | "the" | "two" | "three" | "several" | "one" | "their" | "his" | "its"
                );
            let inside = token.kind == Kind::Word
                && (!token.is(Class::FunctionWord) || token.is(Class::People))
                || token.kind == Kind::Number
                || word == "-"
                || matches!(word, "’s" | "'s");
            let calendar = token.is(Class::Weekday) || token.is(Class::Month);
            let verbal = end > at + 1 && (word.ends_with("ing") || matches!(word, "killed" | "when"));
            if !(article || inside) || calendar || verbal {
                break;
            }
            end += 1;
        }
        let bare =
            end == at + 1 && matches!(self.word(at), "a" | "an" | "the" | "their" | "his" | "its" | "one");
        let numeric = self.sentence.contains(&at) && self.tokens.all[at as usize].kind == Kind::Number;
        (end > at && !bare && !numeric).then_some(at..end)
    }

    /// The subject of a passive verb: back from its helper to the head of the clause.
    fn noun_phrase_before(&self, verb: u32) -> Option<Range<u32>> {
        let helper = (self.sentence.start.max(verb.saturating_sub(3))..verb).find(|at| {
            matches!(
                self.word(*at),
                "was" | "were" | "been" | "being" | "is" | "are" | "had" | "have" | "has"
            )
        })?;
        let mut start = helper;
        while start > self.sentence.start && helper - start < 9 {
            let token = &self.tokens.all[start as usize - 1];
            let word = token.span().of(self.text);
            let stops = matches!(token.kind, Kind::Sign | Kind::Open | Kind::Close) && word != "-"
                || matches!(
                    word,
                    "that" | "when" | "and" | "but" | "which" | "who" | "after" | "while" | "said"
                )
                || matches!(word, "That" | "When" | "And" | "But" | "After" | "While");
            if stops {
                break;
            }
            start -= 1;
        }
        // "several apartment blocks around the country": the head is what is attacked.
        let end = (start + 1..helper)
            .find(|at| {
                matches!(self.word(*at), "in" | "around" | "near" | "at" | "across" | "outside" | "of")
            })
            .unwrap_or(helper);
        let pronoun = end == start + 1 && self.tokens.all[start as usize].is(Class::FunctionWord);
        (start < end && !pronoun).then_some(start..end)
    }

    fn weapon(&self) -> Option<Range<u32>> {
        self.sentence.clone().find_map(|at| Some(at..self.tokens.run_of(at, Class::Weapon)?))
    }
}

/// Day, month and year by their own words.
fn is_full(date: &DateMention) -> bool {
    let leans = ["date-weekday", "date-told", "date-near", "date-later", "date-ago", "date-that"];
    date.value.is_some_and(|value| value.as_day().is_some())
        && !leans.iter().any(|it| date.rule.starts_with(it))
}

/// The bytes of some tokens.
pub(super) fn span(tokens: &Tokens, run: &Range<u32>) -> Span {
    tokens.span(run.clone())
}
