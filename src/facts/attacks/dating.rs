//! When an attack took place: which date of a sentence is the attack's, and what an attack takes of it.

use std::ops::Range;

use super::incident::{Evident, Incident};
use super::mention::{Form, Mention};
use super::scene::{Scene, Sentence};
use super::story::Story;
use crate::facts::classes::Class;
use crate::facts::dates::{DATELINE, with_preposition};
use crate::facts::tokens::{Kind, Shape};
use crate::facts::{DateMention, Field, Reading};
use crate::span::Span;

/// A date of a sentence that may be an attack's.
pub(super) struct Dated<'d> {
    pub(super) date: &'d DateMention,
    /// How many tokens lie between it and the words for the violence.
    pub(super) gap: u32,
    /// Whether it stands with a verb that says that something took place.
    pub(super) happened: bool,
}

/// What the word says that a date belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Tie {
    /// "It happened on Monday", "officers responded on Monday".
    Happened,
    /// The violence itself, or nothing that tells.
    Free,
    /// "Was arrested on Monday", "said on Monday".
    FollowUp,
}

/// How many sentences later "it happened on Monday" still tells of the attack.
pub(super) const DATED_WITHIN: u32 = 8;

/// How far the word that a date belongs to is looked for.
const TIED: u32 = 14;

impl Sentence<'_> {
    /// The date nearest to token `at`, but not when somebody spoke ("police said on Tuesday"), nor what was done
    /// about it ("was arrested on Tuesday"), nor a limit ("since").
    ///
    /// In a sentence on a judgment only the date behind the words for the violence is theirs: "convicted in 2019 of
    /// the bombings of 2016".
    pub(super) fn date<'d>(
        &self,
        dates: &'d [DateMention],
        at: u32,
        mentions: &[Mention],
        judged: Option<&Mention>,
    ) -> Option<Dated<'d>> {
        let span = self.tokens.span(self.sentence.clone());
        let first = dates.partition_point(|date| date.span.start < span.start);
        let here = dates[first..].iter().take_while(|date| date.span.end <= span.end);
        here.filter_map(|date| {
            let (start, end) = self.tokens_of(date.span);
            let limit = start > self.sentence.start
                && matches!(
                    self.word(start - 1),
                    "since" | "Since" | "until" | "till" | "by" | "By" | "before" | "aged"
                );
            let limit = limit && !self.begins_flashback(start, end, at) || self.is_limit_of_day(start);
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
            if limit || judgments || NOT_OF_ATTACKS.contains(&date.rule) || self.is_signature(start) {
                return None;
            }
            let tie = self.tie(start..end, mentions);
            let happened = tie == Tie::Happened;
            let apart = if end <= at { at - end } else { start.saturating_sub(at) };
            let gap = if happened { 0 } else { apart };
            // A date at the sentence's head rules all of it; a full date says more than the weekday beside it.
            let head = start <= self.sentence.start + 2;
            let rank = (if head { gap.min(6) } else { gap }) + if is_full(date) { 0 } else { 12 };
            (tie != Tie::FollowUp).then_some((rank, Dated { date, gap, happened }))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, dated)| dated)
    }

    /// The tokens of the sentence that some words of it cover.
    fn tokens_of(&self, span: Span) -> (u32, u32) {
        let all = &self.tokens.all[self.sentence.start as usize..self.sentence.end as usize];
        let start = all.partition_point(|token| token.start < span.start) as u32;
        let end = all.partition_point(|token| token.start < span.end) as u32;
        (self.sentence.start + start, self.sentence.start + end)
    }

    /// "— A. Duarte (@aduarte) May 3, 2019": when a message was posted.
    fn is_signature(&self, date: u32) -> bool {
        let from = self.sentence.start.max(date.saturating_sub(6));
        self.word(date.wrapping_sub(1)) == ")" && (from..date).any(|at| self.word(at) == "@")
    }

    /// What the date belongs to: the noun behind it, else the nearest word before it that tells, else the first after.
    fn tie(&self, date: Range<u32>, mentions: &[Mention]) -> Tie {
        let owned = matches!(self.word(date.end), "’s" | "'s");
        let noun = mentions.iter().any(|it| {
            it.tokens.end > date.end
                && it.tokens.start < date.end + 5
                && (date.end..it.tokens.start).all(|at| !self.tokens.all[at as usize].is(Class::FunctionWord))
        });
        if noun || owned {
            return Tie::Free;
        }
        let from = self.sentence.start.max(date.start.saturating_sub(TIED));
        for at in (from..date.start).rev() {
            if self.is_break(at) {
                break;
            }
            if let Some(tie) = self.tie_to(at, date.start - at, mentions) {
                return tie;
            }
        }
        // "Police on Friday said".
        let speaks = self.is(date.end, Class::ReportingVerb) && date.start > self.sentence.start + 1;
        if speaks {
            return Tie::FollowUp;
        }
        let until = self.sentence.end.min(date.end + TIED);
        (date.end..until)
            .take_while(|at| !self.is_break(*at))
            .filter(|at| !self.is(*at, Class::ReportingVerb) && !is_helper(self.word(*at)))
            .find_map(|at| self.tie_to(at, TIED, mentions))
            .unwrap_or(Tie::Free)
    }

    fn is(&self, at: u32, class: Class) -> bool {
        self.sentence.contains(&at) && self.tokens.classes_at(at).has(class)
    }

    /// Whether only small words lead from the words for violence, which end at `end`, to the noun at `at`.
    fn is_scene_of(&self, at: u32, end: u32) -> bool {
        let small = |at: u32| {
            let token = &self.tokens.all[at as usize];
            token.is(Class::FunctionWord)
                || token.is(Class::LocationWord)
                || matches!(self.word(at), "dead" | "outside" | "front")
        };
        end < at && at - end <= 5 && (end..at).all(small)
    }

    fn is_break(&self, at: u32) -> bool {
        matches!(self.tokens.all[at as usize].kind, Kind::Open | Kind::Close) || self.word(at) == ";"
    }

    /// What the word at `at` makes of a date `far` tokens behind it; `None` where it tells nothing.
    fn tie_to(&self, at: u32, far: u32, mentions: &[Mention]) -> Option<Tie> {
        let word = self.word(at);
        if mentions.iter().any(|it| it.tokens.contains(&at)) {
            return Some(Tie::Free);
        }
        if self.is_count(at) || self.is_later_death(at) {
            return Some(Tie::FollowUp);
        }
        if matches!(
            word,
            "killed" | "wounded" | "injured" | "dead" | "died" | "hurt" | "hit" | "struck" | "slain"
        ) {
            return Some(Tie::Free);
        }
        if self.is(at, Class::HappenVerb) {
            return Some(Tie::Happened);
        }
        let passive = is_helper(self.word(at.wrapping_sub(1)));
        if matches!(word, "reported" | "called") && passive {
            return Some(Tie::Happened);
        }
        if word == "received"
            && matches!(self.word(at + 1), "a" | "calls" | "reports" | "multiple" | "several")
        {
            return Some(Tie::Happened);
        }
        // "Shot dead outside the court on Monday": there it is where, not what came after.
        let scene = mentions.iter().any(|it| self.is_scene_of(at, it.tokens.end));
        if self.is(at, Class::FollowUp) && !scene {
            return Some(Tie::FollowUp);
        }
        if self.is(at, Class::ReportingVerb) && word != "called" {
            // "Said the blast on Tuesday" tells of the blast, "told the court on Tuesday" of the telling.
            let clause = !matches!(word, "told" | "tells")
                && matches!(
                    self.word(at + 1),
                    "the"
                        | "a"
                        | "an"
                        | "that"
                        | "he"
                        | "she"
                        | "they"
                        | "it"
                        | "his"
                        | "her"
                        | "their"
                        | "two"
                        | "three"
                );
            return Some(if far <= 7 && !clause { Tie::FollowUp } else { Tie::Free });
        }
        let verb = is_helper(word)
            || word.len() > 4 && word.ends_with("ed") && self.tokens.all[at as usize].shape == Shape::Lower;
        verb.then_some(Tie::Free)
    }

    /// "The worst since 22 July 2011, when 69 people were shot": the day of what is told behind it, at token `at`.
    fn begins_flashback(&self, date: u32, end: u32, at: u32) -> bool {
        matches!(self.word(date - 1), "since" | "Since")
            && (end..end + 2).any(|it| self.word(it) == "when" && it < at)
    }

    /// "The death toll rose to 13 on Monday": when it was counted. Also "on Monday the toll".
    fn is_count(&self, at: u32) -> bool {
        const CHANGES: [&str; 16] = [
            "rose",
            "risen",
            "rises",
            "rising",
            "climbed",
            "increased",
            "jumped",
            "grew",
            "grown",
            "soared",
            "stood",
            "stands",
            "raised",
            "revised",
            "put",
            "passed",
        ];
        let number = |at: u32| {
            self.is(at, Class::Quantity) || self.is(at, Class::Number) || self.is(at, Class::NumberWord)
        };
        let word = self.word(at);
        word == "toll" && matches!(self.word(at.wrapping_sub(1)), "death" | "Death" | "the" | "The")
            || CHANGES.contains(&word) && (at + 1..at + 6).any(number) && {
                (at + 1..at + 4).any(|it| matches!(self.word(it), "to" | "at" | "by" | "from"))
            }
    }

    /// "Died in hospital on Monday", "later died of his wounds on Monday": after the attack.
    fn is_later_death(&self, at: u32) -> bool {
        matches!(self.word(at), "died" | "succumbed")
            && (self.word(at.wrapping_sub(1)) == "later"
                || (at + 1..at + 7).any(|it| {
                    matches!(
                        self.word(it),
                        "hospital" | "Hospital" | "wounds" | "injuries" | "later" | "surgery"
                    )
                }))
    }

    /// "By the morning of 29 November": not the day it began.
    fn is_limit_of_day(&self, date: u32) -> bool {
        let from = self.sentence.start.max(date.saturating_sub(4));
        self.word(date.wrapping_sub(1)) == "of"
            && (from..date)
                .any(|at| matches!(self.word(at), "by" | "By" | "until" | "Until" | "since" | "Since"))
    }
}

impl<'a> Story<'a> {
    /// A new attack takes any date of its sentence; "the attack" only one that stands beside it.
    pub(super) fn date_of(&self, mention: &Mention, scene: &Scene<'a>) -> Option<&'a DateMention> {
        let (date, gap) = scene.date?;
        let inside = self.tokens.span(mention.phrase.clone()).overlaps(date.span);
        let loose = !matches!(mention.form, Form::Definite | Form::Plural | Form::Predicate);
        let near = scene.happened || gap <= 12 && self.is_in_clause(mention, date);
        (inside || loose || near).then_some(date)
    }

    /// "It happened at 2 a.m. on Sunday", "officers were called there on Sunday": the day of the attack told of, where
    /// it has none yet.
    pub(super) fn tell_when(&mut self, number: u32, block: u32, scene: &Scene<'a>) {
        let Some((date, _)) = scene.date.filter(|(date, _)| is_day(date)) else { return };
        let Some(focus) = self.focus else {
            self.opening = self.opening.or(Some((number, date)));
            return;
        };
        let evidence =
            Evident { tokens: self.tokens, sentence: self.tokens.span(scene.sentence.clone()), block };
        let incident = &mut self.incidents[focus];
        if incident.attack.date_text.is_none() && number - incident.last_sentence <= DATED_WITHIN {
            incident.take_date(date, self.text, &evidence);
        }
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

    /// Whether a relative date was counted from one in another paragraph.
    pub(super) fn leans_on_another_block(&self, date: &DateMention) -> bool {
        date.anchor.is_some_and(|anchor| {
            let at = |span: Span| self.tokens.all.partition_point(|token| token.end <= span.start) as u32;
            self.tokens.section_of(at(anchor)).tokens != self.tokens.section_of(at(date.span)).tokens
        })
    }
}

impl Incident {
    pub(super) fn same_date(&self, date: &DateMention, text: &str) -> bool {
        match (self.attack.date, date.value) {
            (Some(known), Some(told)) => known.overlaps(&told),
            (None, None) => self.date_words.as_deref() == Some(date.span.of(text).to_lowercase().as_str()),
            _ => false,
        }
    }

    pub(super) fn date_differs(&self, date: &DateMention, text: &str) -> bool {
        self.date_words.is_some() && !self.same_date(date, text)
    }

    /// Whether a day is the one before or after its own, by words for a night: "overnight" and "on Sunday" may be one.
    pub(super) fn is_same_night(&self, date: &DateMention, text: &str) -> bool {
        let night = |words: &str| words.contains("night") || words.contains("early");
        let (known, told) =
            (self.attack.date.and_then(|it| it.as_day()), date.value.and_then(|it| it.as_day()));
        let Some((known, told)) = known.zip(told) else { return false };
        let beside = known.tomorrow().is_ok_and(|next| next == told)
            || told.tomorrow().is_ok_and(|next| next == known);
        let around = with_preposition(date.span, text).of(text).to_lowercase();
        beside && (self.date_words.as_deref().is_some_and(night) || night(&around))
    }

    pub(super) fn take_date(&mut self, date: &DateMention, text: &str, at: &Evident<'_>) {
        let finer = match (self.attack.date, date.value) {
            (Some(known), Some(told)) => known != told && known.contains(&told),
            _ => false,
        };
        if self.attack.date_text.is_some() && !finer {
            return;
        }
        let span = with_preposition(date.span, text);
        self.attack.date = date.value;
        self.date_words = Some(date.span.of(text).to_lowercase());
        self.attack.date_text = Some(Reading { value: span.of(text).to_owned(), span, rule: date.rule });
        self.note(Field::Date, span, date.rule, at);
    }
}

/// Dates of a report and of what is remembered are no attack's.
const NOT_OF_ATTACKS: [&str; 2] = [DATELINE, "date-anniversary"];

fn is_helper(word: &str) -> bool {
    matches!(word, "was" | "were" | "is" | "are" | "been" | "being" | "has" | "have" | "had")
}

/// Whether a date is as fine as a day.
pub(super) fn is_day(date: &DateMention) -> bool {
    date.value.is_some_and(|value| value.as_day().is_some())
}

/// Day, month and year by their own words.
fn is_full(date: &DateMention) -> bool {
    let leans = ["date-weekday", "date-told", "date-near", "date-later", "date-ago", "date-that"];
    date.value.is_some_and(|value| value.as_day().is_some())
        && !leans.iter().any(|it| date.rule.starts_with(it))
}
