//! The killed and injured of one attack: totals as they are told, and victims who are described one by one.
//!
//! A shooting is often told without a number: "A man is dead", "his sister was taken to hospital". Every person
//! described is a victim, known again under later words ("the man", "John Roe, 24", "he"); death overrides injury.
//! Where the text counts, its latest total counts; where it does not, the victims do. People described after a total
//! are among it, those before "four others" are not.

use super::incident::{Evident, Incident};
use super::police::{do_police, is_done_by_police};
use super::scene::News;
use crate::facts::classes::Class;
use crate::facts::tokens::Tokens;
use crate::facts::tolls::{Count, Harm, Party, Scope, Sex, TollMention};
use crate::facts::{AttackKind, RuleName, Toll};
use crate::span::Span;

/// The killed and injured of one attack, as far as they are told.
#[derive(Default)]
pub(super) struct Casualties {
    pub(super) victims: Vec<Victim>,
    pub(super) figures: Vec<Figure>,
}

/// Where something was read.
#[derive(Copy, Clone)]
pub(super) struct Source {
    pub(super) span: Span,
    pub(super) sentence: Span,
    pub(super) block: u32,
    pub(super) rule: RuleName,
}

/// Somebody who was harmed.
pub(super) struct Victim {
    pub(super) party: Party,
    /// The words of the name, in lower case.
    pub(super) name: Option<String>,
    pub(super) harm: Harm,
    pub(super) told: Source,
    /// The sentence of the last mention.
    pub(super) last: Span,
    pub(super) last_block: u32,
}

/// A number of people harmed.
pub(super) struct Figure {
    pub(super) harm: Harm,
    pub(super) count: Toll,
    /// "Others": the dead of the same sentence are not among them.
    pub(super) others: bool,
    /// So many who were described before are not either.
    pub(super) besides: u32,
    /// The sex of all of them.
    pub(super) sex: Option<Sex>,
    /// Men, officers, two of them: perhaps not all.
    pub(super) part: bool,
    pub(super) told: Source,
}

/// Victims and figures that are kept: an article that tells of more gives totals.
const MOST: usize = 64;

impl Casualties {
    /// Takes in what one sentence says.
    pub(super) fn take(
        &mut self,
        tokens: &Tokens,
        text: &str,
        toll: &TollMention,
        news: News,
        at: &Evident<'_>,
    ) {
        let span = tokens.span(toll.tokens.clone());
        let (sentence, block) = at.around(span);
        let told = Source { span, sentence, block, rule: toll.rule };
        let count = match toll.count {
            Count::Plain(count) => count,
            Count::MoreThanKilled => match self.killed() {
                Some(killed) => Toll { min: killed.value.min, max: None },
                None => return,
            },
        };
        if count.min.is_none() && count.max.is_none() {
            return;
        }
        if let Some(party) = toll.party.as_ref().filter(|_| is_bodily(toll.harm))
            && toll.is_person()
        {
            let name = party.name.clone().map(|name| plain_name(tokens, text, name));
            self.take_person(party, name, toll.harm, told);
            return;
        }
        if self.figures.len() >= MOST {
            return;
        }
        let scope = toll.party.as_ref().map(|it| it.scope);
        let others = scope == Some(Scope::Other);
        // "Killing five and wounding six others": other than the five, not than those described before.
        let beside_others =
            self.figures.iter().any(|it| it.harm != toll.harm && it.told.sentence == told.sentence);
        let mut figure = Figure {
            harm: toll.harm,
            count,
            others,
            besides: if others && !beside_others { self.harmed(toll.harm, None) } else { 0 },
            sex: toll.party.as_ref().and_then(|it| it.sex),
            part: scope == Some(Scope::Partitive) || toll.party.as_ref().is_some_and(|it| !it.anybody),
            told,
        };
        let total = self.total(toll.harm);
        if let Some(known) = total.map(|at| &self.figures[at])
            && toll.party.as_ref().is_some_and(|it| it.more)
            && (known.told.sentence == told.sentence || known.count != count)
        {
            // "Two died there and another two in hospital."
            let add = |one: Option<u32>, other: Option<u32>| Some(one?.saturating_add(other?));
            figure.count =
                Toll { min: add(known.count.min, count.min), max: add(known.count.max, count.max) };
            (figure.others, figure.besides) = (known.others, known.besides);
        }
        let newer = total.is_none_or(|at| {
            let known = &self.figures[at];
            let larger = figure.count.min.zip(known.count.max).is_some_and(|(new, known)| new > known);
            let larger = larger && !is_leap(known.count, figure.count);
            // What somebody spoke of takes the place of nothing that the article states.
            news == News::Current && !toll.hearsay && (toll.latest || larger || known.part && !figure.part)
        });
        // The total of a harm is the last of its figures.
        let place = match total {
            Some(at) if !newer => at,
            _ => self.figures.len(),
        };
        self.figures.insert(place, figure);
    }

    /// The figure that counts, of those for one harm.
    pub(super) fn total(&self, harm: Harm) -> Option<usize> {
        self.figures.iter().rposition(|it| it.harm == harm)
    }

    fn take_person(&mut self, party: &Party, name: Option<String>, harm: Harm, told: Source) {
        match self.known(party, name.as_deref(), harm, &told) {
            Some(at) => {
                let victim = &mut self.victims[at];
                if grade(harm) > grade(victim.harm) {
                    (victim.harm, victim.told) = (harm, told);
                }
                (victim.last, victim.last_block) = (told.sentence, told.block);
                victim.party.age = victim.party.age.or(party.age);
                victim.party.sex = victim.party.sex.or(party.sex);
                victim.name = victim.name.take().or(name);
            }
            None if self.may_be_new(party) => {
                let (last, last_block) = (told.sentence, told.block);
                self.victims.push(Victim { party: party.clone(), name, harm, told, last, last_block });
            }
            None => {}
        }
    }

    /// Whether somebody who is nobody known may be one more victim.
    fn may_be_new(&self, party: &Party) -> bool {
        let told_apart = party.name.is_some() || party.age.is_some();
        self.victims.len() < MOST
            && match party.scope {
                Scope::New | Scope::Other | Scope::Partitive => true,
                Scope::Known => self.victims.is_empty() || told_apart,
                Scope::Pronoun => told_apart && !party.attackers,
                Scope::Nobody => false,
            }
    }

    /// Who of those told of is meant.
    fn known(&self, party: &Party, name: Option<&str>, harm: Harm, told: &Source) -> Option<usize> {
        let points = matches!(party.scope, Scope::Known | Scope::Pronoun);
        let mut best: Option<(u32, usize)> = None;
        for (at, victim) in self.victims.iter().enumerate().rev().take(16) {
            let known = &victim.party;
            let same_age = known.age.is_some() && known.age == party.age;
            let same_name =
                name.zip(victim.name.as_deref()).is_some_and(|(one, other)| is_short_for(one, other));
            let clash = known.age.zip(party.age).is_some_and(|(one, other)| one != other)
                || known.sex.zip(party.sex).is_some_and(|(one, other)| one != other)
                || name.is_some() && victim.name.is_some();
            if clash && !same_name {
                continue;
            }
            let here = victim.last == told.sentence;
            let same_paragraph = victim.last_block == told.block;
            let one_lives = grade(harm) + grade(victim.harm) == 5;
            let fits = same_name
                || same_age && !here
                || points
                || match party.scope {
                    Scope::Other => false,
                    _ if here || one_lives => false,
                    // "Her mother died": the woman who was killed.
                    _ if party.kin => grade(harm) == grade(victim.harm) && known.sex.is_some(),
                    // "A man was shot. John Roe, 24, …": the first gets a name; "a man" again is somebody new.
                    _ if name.is_some() => victim.name.is_none(),
                    _ if party.age.is_some() => known.age.is_none(),
                    _ => !same_paragraph,
                };
            if !fits {
                continue;
            }
            let score = u32::from(same_name) * 16
                + u32::from(same_age) * 8
                + u32::from(grade(harm) == grade(victim.harm)) * 4
                + u32::from(points && here) * 2
                + u32::from(same_paragraph);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| at)
    }
}

impl Incident {
    /// Whether somebody is told to have done it, be it only "the gunman" who is among the dead.
    pub(super) fn has_doers(&self) -> bool {
        !self.attack.perpetrators.is_empty() || self.near.is_some() || self.attack.attackers_killed.is_some()
    }

    /// Takes the counts of a sentence, and sums up.
    pub(super) fn take_tolls(
        &mut self,
        tokens: &Tokens,
        text: &str,
        tolls: &[&TollMention],
        news: News,
        at: &Evident<'_>,
    ) {
        // "A gunman killed nine. John Roe, 24, was killed by police": he was the gunman.
        let doers_told = self.has_doers();
        let shot_by_police = |toll: &TollMention| {
            toll.is_person()
                && toll.party.as_ref().is_some_and(|party| party.scope != Scope::Other)
                // "He was shot by police and died".
                && ((toll.tokens.start..=toll.tokens.end).any(|at| is_done_by_police(tokens, text, at))
                    || do_police(tokens, text, toll.tokens.start))
        };
        for toll in tolls {
            if doers_told && matches!(toll.harm, Harm::Killed | Harm::Hit) && shot_by_police(toll) {
                if toll.harm == Harm::Killed && self.attack.attackers_killed.is_none() {
                    let doer = TollMention { harm: Harm::AttackersKilled, party: None, ..(*toll).clone() };
                    self.casualties.take(tokens, text, &doer, news, at);
                }
                continue;
            }
            self.casualties.take(tokens, text, toll, news, at);
        }
        self.casualties.sum_up(&mut self.attack);
        if self.attack.hostages.is_some() {
            self.refine(AttackKind::HostageTaking);
        }
    }
}

/// The first total for `harm`; people described one by one tell no incidents apart.
pub(super) fn plain(tolls: &[&TollMention], harm: Harm) -> Option<Toll> {
    tolls.iter().find(|toll| toll.harm == harm && !toll.is_person()).and_then(|toll| match toll.count {
        Count::Plain(count) => Some(count),
        Count::MoreThanKilled => None,
    })
}

/// Whether no number is in both ranges.
pub(super) fn apart(one: Toll, other: Toll) -> bool {
    let over = |max: Option<u32>, min: Option<u32>| max.zip(min).is_some_and(|(max, min)| max < min);
    over(one.max, other.min) || over(other.max, one.min)
}

/// "A bomb killed two people. More than 3,500 died in three decades": so many more, of whom nobody says that the toll
/// rose, were not all hit by one attack.
fn is_leap(known: Toll, new: Toll) -> bool {
    const TIMES: u32 = 5;
    const FEW: u32 = 20;
    let most = known.max.or(known.min).unwrap_or(0);
    most > 0 && new.min.is_some_and(|new| new > FEW && new / TIMES > most)
}

/// Whether victims are counted for it one by one.
fn is_bodily(harm: Harm) -> bool {
    matches!(harm, Harm::Killed | Harm::Injured | Harm::Hit | Harm::Treated)
}

/// What is graver: dead, told to live, perhaps either.
fn grade(harm: Harm) -> u8 {
    match harm {
        Harm::Killed => 3,
        Harm::Injured => 2,
        _ => 1,
    }
}

/// Whether one name holds all words of the other: "roe" and "john roe".
fn is_short_for(one: &str, other: &str) -> bool {
    let ends = |name: &str| {
        name.split(' ').next().map(str::to_owned).zip(name.rsplit(' ').next().map(str::to_owned))
    };
    let holds = |long: &str, short: &str| short.split(' ').all(|word| long.split(' ').any(|it| it == word));
    // A middle name is often left out, and as often wrong.
    holds(one, other) || holds(other, one) || one.contains(' ') && ends(one) == ends(other)
}

/// The words of a name, in lower case, without initials and "Jr.".
fn plain_name(tokens: &Tokens, text: &str, name: std::ops::Range<u32>) -> String {
    let words = tokens.all[name.start as usize..name.end as usize].iter().filter(|token| {
        let word = token.span().of(text);
        let addition =
            token.is(Class::Honorific) || token.is(Class::NameSuffix) || matches!(word, "’s" | "'s");
        !addition && word.chars().filter(|sign| sign.is_alphabetic()).count() > 1
    });
    words.map(|token| token.span().of(text).to_lowercase()).collect::<Vec<_>>().join(" ")
}
