//! The killed and injured of one attack: totals as they are told, and victims who are described one by one.
//!
//! A shooting is often told without a number: "A man is dead", "his sister was taken to hospital". Every person
//! described is a victim, known again under later words ("the man", "John Roe, 24", "he"); death overrides injury.
//! Where the text counts, its latest total counts; where it does not, the victims do. People described after a total
//! are among it, those before "four others" are not.

use super::incident::{Evident, Incident};
use super::scene::News;
use crate::facts::classes::Class;
use crate::facts::tokens::Tokens;
use crate::facts::tolls::{Count, Harm, Party, Scope, Sex, TollMention};
use crate::facts::{Attack, AttackKind, Evidence, Field, Level, OtherToll, Reading, RuleName, Toll};
use crate::span::Span;

/// The killed and injured of one attack, as far as they are told.
#[derive(Default)]
pub(super) struct Casualties {
    victims: Vec<Victim>,
    figures: Vec<Figure>,
}

/// Where something was read.
#[derive(Copy, Clone)]
struct Source {
    span: Span,
    sentence: Span,
    block: u32,
    rule: RuleName,
}

/// Somebody who was harmed.
struct Victim {
    party: Party,
    /// The words of the name, in lower case.
    name: Option<String>,
    harm: Harm,
    told: Source,
    /// The sentence of the last mention.
    last: Span,
    last_block: u32,
}

/// A number of people harmed.
struct Figure {
    harm: Harm,
    count: Toll,
    /// "Others": the dead of the same sentence are not among them.
    others: bool,
    /// So many who were described before are not either.
    besides: u32,
    /// The sex of all of them.
    sex: Option<Sex>,
    /// Men, officers, two of them: perhaps not all.
    part: bool,
    told: Source,
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
        let told = Source { span, sentence: at.sentence, block: at.block, rule: toll.rule };
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
        let mut figure = Figure {
            harm: toll.harm,
            count,
            others,
            besides: if others { self.harmed(toll.harm, None) } else { 0 },
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
            news == News::Current && (toll.latest || larger || known.part && !figure.part)
        });
        // The total of a harm is the last of its figures.
        let place = match total {
            Some(at) if !newer => at,
            _ => self.figures.len(),
        };
        self.figures.insert(place, figure);
    }

    /// The figure that counts, of those for one harm.
    fn total(&self, harm: Harm) -> Option<usize> {
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

    /// How many victims one by one suffered this, of one sex or all.
    fn harmed(&self, harm: Harm, sex: Option<Sex>) -> u32 {
        let of_sex = |it: &&Victim| sex.is_none() || it.party.sex == sex;
        self.victims.iter().filter(|it| it.is_among(harm)).filter(of_sex).count() as u32
    }

    fn of_unknown_sex(&self, harm: Harm) -> u32 {
        self.victims.iter().filter(|it| it.is_among(harm) && it.party.sex.is_none()).count() as u32
    }

    /// What the figures and the victims of one harm come to.
    fn count(&self, harm: Harm) -> Option<Reading<Toll>> {
        let single = self.harmed(harm, None);
        let by_victims = self.victims.iter().find(|it| it.is_among(harm)).map(|it| Reading {
            value: Toll { min: Some(single), max: Some(single) },
            span: it.told.span,
            rule: it.told.rule,
        });
        let Some(figure) = self.total(harm).map(|at| &self.figures[at]) else { return by_victims };
        let mut value = figure.count;
        if value.max == Some(0) && single > 0 {
            return by_victims;
        }
        if figure.besides > 0 {
            value = value.map(|bound| bound.saturating_add(figure.besides));
        } else if figure.part {
            // "Two women … a man": the man is none of the women.
            let unlike =
                figure.sex.map_or(0, |_| single - self.harmed(harm, figure.sex) - self.of_unknown_sex(harm));
            value = value.map(|bound| bound.saturating_add(unlike).max(single));
        }
        Some(Reading { value, span: figure.told.span, rule: figure.told.rule })
    }

    fn killed(&self) -> Option<Reading<Toll>> {
        self.count(Harm::Killed)
    }

    /// The injured, or those shot less those who died of it.
    fn injured(&self, killed: Option<Toll>) -> Option<Reading<Toll>> {
        let injured = self.count(Harm::Injured);
        let Some(hit) = self.total(Harm::Hit).map(|at| &self.figures[at]) else { return injured };
        let dead = killed.and_then(|it| it.max.or(it.min)).unwrap_or(0);
        let rest = hit.count.map(|bound| match hit.others {
            true => bound.saturating_add(hit.besides),
            false => bound.saturating_sub(dead),
        });
        let most = |toll: Toll| toll.min.or(toll.max);
        let more = injured.as_ref().is_none_or(|known| most(rest) > most(known.value));
        if more && most(rest) > Some(0) {
            return Some(Reading { value: rest, span: hit.told.span, rule: hit.told.rule });
        }
        injured
    }

    /// Writes the counts into the attack.
    pub(super) fn sum_up(&self, attack: &mut Attack) {
        attack.killed = self.killed();
        attack.injured = self.injured(attack.killed.as_ref().map(|it| it.value));
        let plain = |harm: Harm| self.total(harm).map(|at| self.figures[at].reading());
        attack.hostages = plain(Harm::Hostages);
        attack.missing = plain(Harm::Missing);
        attack.attackers_killed = plain(Harm::AttackersKilled);
        attack.other_tolls.clear();
        for figure in &self.figures {
            let (field, chosen) = match figure.harm {
                Harm::Killed => (Field::Killed, &attack.killed),
                Harm::Injured | Harm::Hit => (Field::Injured, &attack.injured),
                _ => continue,
            };
            let others = attack.other_tolls.iter().filter(|it| it.field == field).map(|it| &it.count);
            if chosen.iter().chain(others).all(|it| it.value != figure.count) {
                attack.other_tolls.push(OtherToll { field, count: figure.reading() });
            }
        }
    }

    /// The words for each count.
    pub(super) fn evidence(&self, attack: &Attack) -> Vec<Evidence> {
        let values = [
            (Field::Killed, &attack.killed),
            (Field::Injured, &attack.injured),
            (Field::Hostages, &attack.hostages),
            (Field::Missing, &attack.missing),
            (Field::AttackersKilled, &attack.attackers_killed),
        ];
        let mut all = Vec::new();
        for (field, value) in values {
            let Some(value) = value else { continue };
            let figures = self.figures.iter().filter(|it| it.told.span == value.span);
            all.extend(figures.map(|it| it.told.evidence(field)));
        }
        all.extend(self.victims.iter().map(|victim| {
            victim.told.evidence(if victim.is_among(Harm::Killed) { Field::Killed } else { Field::Injured })
        }));
        all
    }
}

impl Victim {
    /// Whether this one is among the killed, or the injured.
    fn is_among(&self, harm: Harm) -> bool {
        (self.harm == Harm::Killed) == (harm == Harm::Killed)
    }
}

impl Figure {
    fn reading(&self) -> Reading<Toll> {
        Reading { value: self.count, span: self.told.span, rule: self.told.rule }
    }
}

impl Source {
    fn evidence(&self, field: Field) -> Evidence {
        Evidence {
            field,
            span: self.span,
            sentence: self.sentence,
            block: self.block,
            rule: self.rule,
            level: Level::High,
        }
    }
}

impl Incident {
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
        let doers_told = !self.attack.perpetrators.is_empty();
        let shot_by_police = |toll: &TollMention| {
            toll.is_person()
                && toll.party.as_ref().is_some_and(|party| party.scope != Scope::Other)
                && is_done_by_police(tokens, text, toll.tokens.end)
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

/// "By police", "by officers" at a token.
pub(super) fn is_done_by_police(tokens: &Tokens, text: &str, at: u32) -> bool {
    let word = |at: u32| tokens.all.get(at as usize).map_or("", |token| token.span().of(text));
    let after = at + 1 + u32::from(word(at + 1) == "the" || word(at + 1) == "armed");
    word(at) == "by"
        && matches!(
            word(after),
            "police" | "officers" | "deputies" | "troopers" | "marksmen" | "officer" | "policemen" | "SWAT"
        )
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

/// Whether victims are counted for it one by one.
fn is_bodily(harm: Harm) -> bool {
    matches!(harm, Harm::Killed | Harm::Injured | Harm::Hit)
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
