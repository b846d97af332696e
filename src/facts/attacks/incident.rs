//! One attack as it grows sentence by sentence: its mentions, its kind, how much is known of it.

use super::attackers::Near;
use super::casualties::Casualties;
use super::mention::Mention;
use super::standing::weakness;
use super::victims::Victim;
use crate::facts::tokens::{Part, Tokens};
use crate::facts::{Attack, AttackKind, DateMention, Evidence, Field, Level, Place, RuleName, Stage};
use crate::span::Span;

/// How many sentences an article opens with.
const LEAD: u32 = 4;

/// One attack as it grows.
pub(super) struct Incident {
    pub(super) attack: Attack,
    /// The killed and injured.
    pub(super) casualties: Casualties,
    pub(super) mentions: u32,
    pub(super) first_sentence: u32,
    pub(super) last_sentence: u32,
    /// Whether something told of it makes it violence for certain.
    pub(super) firm: bool,
    /// Whether a later sentence says that it did not happen.
    pub(super) taken_back: bool,
    /// Whether it is a wave of several, told of as one: "bombings".
    pub(super) several: bool,
    /// The words for its day.
    pub(super) day: Option<DateMention>,
    /// Whom it was on, by all its mentions.
    pub(super) victim: Victim,
    /// Those who attack in the passage on it, where nobody is said to have done it.
    pub(super) near: Option<Near>,
    /// Whether its targets only repeat the toll: "six people".
    pub(super) targets_are_vague: bool,
    /// The unresolved words of its date, lower case: two different ones are two dates.
    pub(super) date_words: Option<String>,
}

pub(super) fn blank(mention: &Mention, stage: Stage) -> Attack {
    Attack {
        kind: mention.kind,
        name: None,
        date: None,
        date_text: None,
        place: Place::default(),
        killed: None,
        injured: None,
        hostages: None,
        missing: None,
        attackers_killed: None,
        other_tolls: Vec::new(),
        perpetrators: Vec::new(),
        targets: Vec::new(),
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
    /// The sentence and the block of some words, which may stand in a sentence before or begin in another clause.
    pub(super) fn around(&self, span: Span) -> (Span, u32) {
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
            !attack.targets.is_empty() || self.victim.specific,
        ];
        known.iter().filter(|it| **it).count()
    }

    /// Whether more is known than that "terrorists" did it.
    pub(super) fn has_facts(&self) -> bool {
        self.known() > usize::from(!self.attack.perpetrators.is_empty())
    }

    /// How much of the article is on it: each mention counts, and to be what the article opens with.
    pub(super) fn weight(&self) -> u32 {
        self.mentions + if self.first_sentence < LEAD { 3 } else { 0 }
    }

    /// Whether enough is known for an entry of a timeline: two facts, the day, or whom by name.
    pub(super) fn is_event(&self) -> bool {
        self.known() >= 2
            || self.victim.is_named()
            || self.attack.date.is_some_and(|date| date.as_day().is_some())
    }

    pub(super) fn finish(mut self) -> Attack {
        self.casualties.list_others(&mut self.attack);
        self.settle_attackers();
        let attack = &mut self.attack;
        attack.evidence.extend(self.casualties.evidence(attack));
        if attack.kind == AttackKind::Attack
            && let Some(weapon) = &attack.weapon
        {
            attack.kind = kind_by_weapon(&weapon.value.to_lowercase());
        }
        if self.targets_are_vague {
            attack.targets.clear();
            attack.evidence.retain(|it| it.field != Field::Target);
        }
        // What killed people was not prevented.
        if attack.stage == Stage::Foiled
            && attack.killed.as_ref().is_some_and(|killed| killed.value.min > Some(0))
        {
            attack.stage = Stage::Accomplished;
        }
        attack.drop_anyone();
        attack.drop_victims_as_doers();
        attack.drop_doers_as_targets();
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

/// What an attack of no kind is by its weapon.
fn kind_by_weapon(weapon: &str) -> AttackKind {
    let has = |words: &[&str]| words.iter().any(|word| weapon.contains(word));
    if has(&["grenade"]) && !has(&["rocket"]) {
        AttackKind::Grenade
    } else if has(&["bomb", "explosive", "dynamite", "mine", "device"]) {
        AttackKind::Bombing
    } else if has(&["gun", "rifle", "pistol", "firearm", "kalashnikov", "ak-47"]) {
        AttackKind::Shooting
    } else if has(&["knife", "knives", "machete", "sword", "axe"]) {
        AttackKind::Stabbing
    } else {
        AttackKind::Attack
    }
}
