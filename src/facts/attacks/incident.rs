//! One attack as it grows sentence by sentence: what can't be its own, and what it takes of each.

use super::mention::{Form, Mention};
use super::scene::{News, span};
use crate::facts::dates::with_preposition;
use crate::facts::tokens::{Part, Tokens};
use crate::facts::tolls::{Count, Harm, TollMention};
use crate::facts::{
    Attack, AttackKind, DateMention, Evidence, Field, Level, Perpetrator, Place, Reading, RuleName, Stage,
    Standing, Toll,
};
use crate::span::Span;

/// One attack as it grows.
pub(super) struct Incident {
    pub(super) attack: Attack,
    pub(super) mentions: u32,
    pub(super) last_sentence: u32,
    /// The unresolved words of its date, lower case: two different ones are two dates.
    pub(super) date_words: Option<String>,
}

/// What a sentence says, as far as it tells incidents apart.
pub(super) struct Told<'s> {
    pub(super) form: Form,
    pub(super) latest: bool,
    pub(super) date: Option<&'s DateMention>,
    pub(super) place: Option<String>,
    pub(super) near: Option<String>,
    pub(super) country: Option<String>,
    /// Whether the gazetteer knows where the place lies.
    pub(super) in_gazetteer: bool,
    /// "The fourth exploded": one more of those told of.
    pub(super) again: bool,
    pub(super) name: Option<String>,
    pub(super) killed: Option<Toll>,
    pub(super) kind: AttackKind,
    pub(super) sentence: u32,
}

pub(super) fn blank(mention: &Mention, stage: Stage) -> Attack {
    Attack {
        kind: mention.kind,
        name: None,
        date: None,
        date_text: None,
        place: Place { name: None, near: None, admin: None, country: None, coordinates: None },
        killed: None,
        injured: None,
        hostages: None,
        perpetrators: Vec::new(),
        target: None,
        weapon: None,
        stage,
        main: false,
        evidence: Vec::new(),
        rule: mention.rule,
        level: Level::Low,
    }
}

/// Where the words of one sentence stand.
pub(super) struct Evident<'t> {
    pub(super) tokens: &'t Tokens,
    pub(super) sentence: Span,
    pub(super) block: u32,
}

impl Evident<'_> {
    /// The sentence and the block of some words, which may stand in a sentence before.
    fn around(&self, span: Span) -> (Span, u32) {
        if self.sentence.contains(span) {
            return (self.sentence, self.block);
        }
        let at = self.tokens.all.partition_point(|token| token.end <= span.start) as u32;
        (self.tokens.sentence_span(at), block_of(self.tokens.section_of(at).part))
    }
}

/// The number of a section's block; the standfirst is no block of the body, and a number that no block has marks
/// nothing there.
pub(super) fn block_of(part: Part) -> u32 {
    match part {
        Part::Block(block) => block,
        Part::Title | Part::Standfirst => u32::MAX,
    }
}

/// Whether two names of places, in lower case, may be one place: the one holds the words of the other.
pub(super) fn same_place(one: &str, other: &str) -> bool {
    one == other || one.contains(other) || other.contains(one)
}

impl Incident {
    pub(super) fn note(&mut self, field: Field, span: Span, rule: RuleName, at: &Evident<'_>) {
        let (sentence, block) = at.around(span);
        self.attack.evidence.push(Evidence { field, span, sentence, block, rule, level: Level::High });
    }

    /// A plain "attack" becomes what a later mention calls it; hostages make an assault a hostage-taking.
    pub(super) fn refine(&mut self, kind: AttackKind) {
        let finer = matches!(
            (self.attack.kind, kind),
            (AttackKind::Attack | AttackKind::Other, _)
                | (AttackKind::Bombing, AttackKind::SuicideBombing)
                | (
                    AttackKind::ArmedAssault,
                    AttackKind::Shooting | AttackKind::HostageTaking | AttackKind::SuicideBombing,
                )
        );
        if finer && kind != AttackKind::Attack {
            self.attack.kind = kind;
        }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.attack.name.as_ref().is_some_and(|known| {
            let known = known.value.to_lowercase();
            known == name || known.starts_with(name) || name.starts_with(&known)
        })
    }

    /// Whether it happened where the sentence says.
    pub(super) fn is_at(&self, told: &Told<'_>) -> bool {
        let place = &self.attack.place;
        let known = [&place.name, &place.near];
        let names = known.iter().filter_map(|it| it.as_ref()).map(|it| it.value.to_lowercase());
        match (&told.place, &told.country) {
            (Some(name), _) => names.into_iter().any(|known| same_place(&known, name)),
            (None, Some(country)) => place.country.as_ref().is_some_and(|it| it.value == *country),
            (None, None) => false,
        }
    }

    /// Whether a place of this name, in lower case, is where it happened.
    pub(super) fn is_called_by_place(&self, name: &str) -> bool {
        let place = &self.attack.place;
        [&place.name, &place.near]
            .iter()
            .any(|it| it.as_ref().is_some_and(|it| it.value.to_lowercase() == name))
    }

    /// Whether a mention of this kind can't mean it: "the explosion" after a shooting.
    pub(super) fn clashes(&self, kind: AttackKind) -> bool {
        clash(self.attack.kind, kind)
    }

    /// How many of date, place, toll, name, perpetrator and target are known.
    pub(super) fn known(&self) -> usize {
        let attack = &self.attack;
        let place = &attack.place;
        let toll = attack.killed.is_some() || attack.injured.is_some() || attack.hostages.is_some();
        let known = [
            attack.date_text.is_some(),
            place.name.is_some() || place.near.is_some() || place.country.is_some(),
            toll,
            attack.name.is_some(),
            !attack.perpetrators.is_empty(),
            attack.target.is_some(),
        ];
        known.iter().filter(|it| **it).count()
    }

    /// Whether enough is known for an entry of a timeline: two facts, or the day.
    pub(super) fn is_event(&self) -> bool {
        self.known() >= 2 || self.attack.date.is_some_and(|date| date.as_day().is_some())
    }

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

    /// Whether what the sentence says can't be this incident's.
    pub(super) fn differs(&self, told: &Told<'_>, text: &str) -> bool {
        if told.date.is_some_and(|date| self.date_differs(date, text)) {
            return true;
        }
        let place = &self.attack.place;
        let country = place.country.as_ref().map(|it| it.value.as_str());
        if let (Some(known), Some(told)) = (country, told.country.as_deref())
            && known != told
        {
            return true;
        }
        let other_place =
            told.place.is_some() && (place.name.is_some() || place.near.is_some()) && !self.is_at(told);
        let other_toll = match (self.attack.killed.as_ref().map(|it| it.value), told.killed) {
            (Some(known), Some(told)) => apart(known, told),
            _ => false,
        };
        // "The siege near Waco" is not the bombing of Oklahoma City.
        let near_other = told.near.as_ref().is_some_and(|name| !self.is_called_by_place(name));
        if near_other && told.place.is_none() && clash(self.attack.kind, told.kind) {
            return true;
        }
        match told.form {
            Form::Definite | Form::Predicate => {
                let told_apart = told.date.is_some() || other_toll || clash(self.attack.kind, told.kind);
                other_place && (told_apart || told.in_gazetteer && self.attack.place.coordinates.is_some())
            }
            Form::Named => other_place,
            Form::Verb | Form::Indefinite | Form::Plural => {
                other_place && (other_toll || told.date.is_some() || self.attack.date.is_some())
                    || other_toll && told.date.is_some()
            }
        }
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

    pub(super) fn take_place(&mut self, told: Place, rule: RuleName, at: &Evident<'_>) {
        let mut new = Vec::new();
        let place = &mut self.attack.place;
        let keep =
            |known: &mut Option<Reading<String>>, told: Option<Reading<String>>, new: &mut Vec<Span>| {
                if let (None, Some(told)) = (&known, told) {
                    new.push(told.span);
                    *known = Some(told);
                    return true;
                }
                false
            };
        if place
            .name
            .as_ref()
            .is_none_or(|known| told.name.as_ref().is_some_and(|it| it.value == known.value))
        {
            place.admin = place.admin.take().or(told.admin);
            place.coordinates = place.coordinates.or(told.coordinates);
        }
        let street = |name: &Reading<String>| STREETS.iter().any(|word| name.value.ends_with(word));
        if place.name.as_ref().is_some_and(street) && told.name.as_ref().is_some_and(|name| !street(name)) {
            place.name = None;
        }
        keep(&mut place.name, told.name, &mut new);
        keep(&mut place.near, told.near, &mut new);
        keep(&mut place.country, told.country, &mut new);
        for span in new {
            self.note(Field::Place, span, rule, at);
        }
    }

    pub(super) fn take_tolls(
        &mut self,
        tokens: &Tokens,
        tolls: &[&TollMention],
        news: News,
        at: &Evident<'_>,
    ) {
        for toll in tolls {
            let value = match (toll.count, &self.attack.killed) {
                (Count::Plain(count), _) => count,
                (Count::MoreThanKilled, Some(killed)) => Toll { min: killed.value.min, max: None },
                (Count::MoreThanKilled, None) => continue,
            };
            if value.min.is_none() && value.max.is_none() {
                continue;
            }
            let span = span(tokens, &toll.tokens);
            let (slot, field) = match toll.harm {
                Harm::Killed => (&mut self.attack.killed, Field::Killed),
                Harm::Injured => (&mut self.attack.injured, Field::Injured),
                Harm::Hostages => (&mut self.attack.hostages, Field::Hostages),
            };
            let newer = slot
                .as_ref()
                .is_none_or(|known| news == News::Current && (toll.latest || larger(value, known.value)));
            if newer {
                *slot = Some(Reading { value, span, rule: toll.rule });
                self.note(field, span, toll.rule, at);
            }
        }
        if self.attack.hostages.is_some() {
            self.refine(AttackKind::HostageTaking);
        }
    }

    pub(super) fn take_perpetrators(&mut self, people: Vec<Perpetrator>, at: &Evident<'_>) {
        for perpetrator in people {
            let known = self.attack.perpetrators.iter().any(|it| it.name.value == perpetrator.name.value);
            if !known {
                self.note(Field::Perpetrator, perpetrator.name.span, perpetrator.name.rule, at);
                self.attack.perpetrators.push(perpetrator);
            }
        }
    }

    pub(super) fn finish(mut self) -> Attack {
        let attack = &mut self.attack;
        attack.perpetrators.sort_by_key(|it| weakness(it.standing));
        attack.evidence.sort_by_key(|it| (it.span, it.field));
        attack.evidence.dedup();
        let place = attack.place.name.is_some() || attack.place.near.is_some();
        let toll = attack.killed.is_some() || attack.injured.is_some() || attack.hostages.is_some();
        let known = [attack.date_text.is_some(), place, toll, attack.name.is_some()];
        attack.level = match known.iter().filter(|it| **it).count() {
            3.. => Level::High,
            2 => Level::Medium,
            _ => Level::Low,
        };
        self.attack
    }
}

/// Names that end so give way to the town they lie in.
const STREETS: [&str; 8] =
    [" Street", " Avenue", " Road", " Drive", " Boulevard", " Lane", " Circle", " Court"];

/// Whether two kinds can't be one incident: a bombing and a stabbing, but not an assault and a shooting.
fn clash(one: AttackKind, other: AttackKind) -> bool {
    let family = |kind| match kind {
        AttackKind::Bombing | AttackKind::SuicideBombing | AttackKind::Grenade => Some(1),
        AttackKind::Stabbing => Some(2),
        AttackKind::VehicleAttack => Some(3),
        AttackKind::Arson => Some(4),
        AttackKind::AirStrike | AttackKind::Shelling => Some(5),
        AttackKind::Kidnapping | AttackKind::HostageTaking | AttackKind::Hijacking => Some(6),
        AttackKind::Shooting => Some(7),
        _ => None,
    };
    family(one).zip(family(other)).is_some_and(|(one, other)| one != other)
}

/// Where a standing comes among those of one attack: what a court found first, a suspicion last.
fn weakness(standing: Standing) -> u8 {
    match standing {
        Standing::Convicted => 0,
        Standing::Claimed => 1,
        Standing::Stated => 2,
        Standing::Blamed => 3,
        Standing::Suspected => 4,
    }
}

/// Whether no number is in both ranges.
fn apart(one: Toll, other: Toll) -> bool {
    let over = |max: Option<u32>, min: Option<u32>| max.zip(min).is_some_and(|(max, min)| max < min);
    over(one.max, other.min) || over(other.max, one.min)
}

/// Whether the first range is certainly the larger: a later, higher count.
fn larger(new: Toll, known: Toll) -> bool {
    new.min.zip(known.max).is_some_and(|(new, known)| new > known)
}
