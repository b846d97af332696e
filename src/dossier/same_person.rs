//! Whether two mentions of people are of one person: what speaks for it and against it, each with its weight.
//!
//! A name alone makes nobody one: role, office, the attacks that both speak of and the years between them are weighed
//! with it. Who suffers or commits an attack is not who speaks of it, unless an office says so.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use crate::facts::{Person, Role};

use super::names::{fold, list};
use super::person_name::{Fit, PersonName};
use super::profile::{WordId, Words};

/// What must speak for two mentions to be of one person.
pub(super) const ENOUGH: i32 = 3;

/// How many attacks a person is known by.
const ATTACKS: usize = 64;

/// What is known of a person, by one mention or by all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonProfile {
    /// Every form of the name, the first first.
    pub(super) names: Vec<PersonName>,
    pub(super) roles: BTreeSet<Role>,
    /// Telling words of titles and affiliations.
    pub(super) office: BTreeSet<WordId>,
    /// Whether an office is named, and not only something that the person once did ("who led the inquiry").
    pub(super) holds_office: bool,
    /// Telling words of the offices of kin: "chairman" for the son of a chairman.
    pub(super) kin: BTreeSet<WordId>,
    /// Whether an honorific tells of a man or of a woman.
    pub(super) woman: Option<bool>,
    /// Attacks that the articles speak of: indices into [`super::Dossier::attacks`].
    pub(super) attacks: BTreeSet<u32>,
    /// First and last year of the articles.
    pub(super) years: Option<(i16, i16)>,
}

impl PersonProfile {
    pub(super) fn of(person: &Person, name: PersonName, words: &mut Words) -> PersonProfile {
        let honorific = person.honorific.as_ref().map(|reading| fold(&reading.value)).unwrap_or_default();
        let told =
            [&person.title, &person.affiliation].into_iter().flatten().map(|reading| reading.value.as_str());
        let holds_office = told.clone().any(|words| !words.starts_with("who "));
        let (mut office, mut kin) = (BTreeSet::new(), BTreeSet::new());
        for told in told.chain([honorific.as_str()]) {
            let (own, of_kin) = offices(&fold(told));
            let mut add = |from: &str, into: &mut BTreeSet<WordId>| {
                into.extend(from.split(' ').filter(|word| is_telling(word)).map(|word| words.number(word)));
            };
            add(&own, &mut office);
            add(&of_kin, &mut kin);
        }
        PersonProfile {
            names: vec![name],
            roles: BTreeSet::from([person.role.value]),
            holds_office: holds_office || honorific.split(' ').any(|word| word.len() > 4 && is_telling(word)),
            office,
            kin,
            woman: match honorific.as_str() {
                "mr" | "sir" | "lord" => Some(false),
                "mrs" | "ms" | "miss" | "dame" | "lady" => Some(true),
                _ => None,
            },
            attacks: BTreeSet::new(),
            years: None,
        }
    }

    pub(super) fn join(&mut self, other: &PersonProfile) {
        for name in &other.names {
            if !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
        self.roles.extend(&other.roles);
        self.office.extend(&other.office);
        self.holds_office |= other.holds_office;
        self.kin.extend(&other.kin);
        self.woman = self.woman.or(other.woman);
        self.seen(&other.attacks, None);
        self.years = match (self.years, other.years) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (known, None) | (None, known) => known,
        };
    }

    /// Adds an article of `year` that speaks of `attacks`.
    pub(super) fn seen(&mut self, attacks: &BTreeSet<u32>, year: Option<i16>) {
        let room = ATTACKS.saturating_sub(self.attacks.len());
        self.attacks.extend(attacks.iter().take(room));
        if let Some(year) = year {
            let (first, last) = self.years.unwrap_or((year, year));
            self.years = Some((first.min(year), last.max(year)));
        }
    }

    fn has(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }
}

/// The words of a title (folded) that are of the person's own office, and those that are of kin: the father's in
/// "minister and son of the late chairman".
fn offices(folded: &str) -> (String, String) {
    static KIN: LazyLock<HashSet<&str>> = LazyLock::new(|| list(include_str!("words/kin.txt")));
    let (mut own, mut kin) = (Vec::new(), Vec::new());
    let mut of_kin = false;
    let mut parts = folded.split(' ').peekable();
    while let Some(word) = parts.next() {
        if KIN.contains(word) && parts.peek() == Some(&"of") {
            of_kin = true;
        } else if matches!(word, "and" | "now") {
            of_kin = false;
        } else if of_kin {
            kin.push(word);
        } else {
            own.push(word);
        }
    }
    (own.join(" "), kin.join(" "))
}

fn is_telling(word: &str) -> bool {
    static OTHERS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| list(include_str!("words/not-telling-office.txt")));
    word.len() > 1 && !OTHERS.contains(word)
}

/// Something that speaks for or against two mentions being of one person.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Name(Fit),
    SameOffice(WordId),
    OtherOffice,
    SameRole(Role),
    OtherRole,
    SameAttack(u32),
    YearsApart(i16),
    OneIsJunior,
}

/// Something that rules out that two mentions are of one person.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Conflict {
    Name,
    /// The honorific of one is a man's, that of the other a woman's.
    Honorific,
    /// The one speaks, the other suffered the attack or committed it.
    Part,
    /// The one is kin of who holds the other's office.
    Kin,
}

/// What the weighing of two people came to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) score: i32,
    pub(super) conflict: Option<Conflict>,
    /// How the names fit, at best.
    pub(super) fit: Option<Fit>,
}

impl Verdict {
    pub(super) fn joins(self) -> bool {
        self.conflict.is_none() && self.score >= ENOUGH
    }
}

/// Weighs two mentions, or two groups of them, and tells each reason with its weight.
pub(super) fn weigh(a: &PersonProfile, b: &PersonProfile, mut tell: impl FnMut(Reason, i32)) -> Verdict {
    let mut score = 0;
    let mut say = |reason: Reason, weight: i32| {
        score += weight;
        tell(reason, weight);
    };
    let mut best = None;
    for one in &a.names {
        for two in &b.names {
            match one.fits(two) {
                Some(fit) => best = best.max(Some(fit)),
                None => return Verdict { score: 0, conflict: Some(Conflict::Name), fit: None },
            }
        }
    }
    let Some(fit) = best else { return Verdict { score: 0, conflict: Some(Conflict::Name), fit: None } };
    say(
        Reason::Name(fit),
        match fit {
            Fit::Same | Fit::Spelling | Fit::Nickname | Fit::Turned => 4,
            Fit::Initial | Fit::LongerForm => 3,
            Fit::Short => 1,
        },
    );
    if a.names[0].suffix_of_one(&b.names[0]) {
        say(Reason::OneIsJunior, -1);
    }

    let mut conflict = None;
    if let (Some(one), Some(two)) = (a.woman, b.woman)
        && one != two
    {
        conflict = Some(Conflict::Honorific);
    }
    if !a.kin.is_disjoint(&b.office) || !b.kin.is_disjoint(&a.office) {
        conflict = conflict.or(Some(Conflict::Kin));
    }
    let attack = a.attacks.iter().find(|attack| b.attacks.contains(attack)).copied();
    let office = a.office.iter().find(|word| b.office.contains(word)).copied();
    let involved = |one: &PersonProfile| one.has(&[Role::Victim, Role::Perpetrator]);
    let speaks = |one: &PersonProfile| one.has(&[Role::Expert, Role::Official]);
    let roles = |one: &PersonProfile| one.roles.iter().copied().filter(|role| *role != Role::Other).collect();
    let (roles_a, roles_b): (Vec<Role>, Vec<Role>) = (roles(a), roles(b));
    let role = roles_a.iter().find(|role| roles_b.contains(role));

    if role.is_none() && office.is_none() && (involved(a) && !involved(b) || involved(b) && !involved(a)) {
        // A survivor may be a witness in another article, but of the same attack.
        if attack.is_none() || speaks(a) || speaks(b) {
            conflict = conflict.or(Some(Conflict::Part));
        }
    }
    match office {
        Some(word) => say(Reason::SameOffice(word), 3),
        None if a.holds_office && b.holds_office => {
            let weight = match (attack, role) {
                (Some(_), _) => -1,
                (None, Some(_)) => -2,
                (None, None) => -3,
            };
            say(Reason::OtherOffice, weight);
        }
        None => {}
    }
    match role {
        Some(role) => say(Reason::SameRole(*role), 1),
        None if roles_a.is_empty() || roles_b.is_empty() => {}
        None if a.has(&[Role::Witness]) || b.has(&[Role::Witness]) => say(Reason::OtherRole, -4),
        None => say(Reason::OtherRole, -1),
    }
    if let Some(attack) = attack {
        say(Reason::SameAttack(attack), 2);
    }
    if let (Some((a1, a2)), Some((b1, b2))) = (a.years, b.years) {
        let apart = (b1 - a2).max(a1 - b2);
        let weight = match (office, apart) {
            (Some(_), 40..) => -2,
            (Some(_), _) | (None, ..8) => 0,
            (None, 8..15) => -1,
            (None, 15..25) => -2,
            (None, _) => -4,
        };
        if weight != 0 {
            say(Reason::YearsApart(apart), weight);
        }
    }
    Verdict { score, conflict, fit: Some(fit) }
}
