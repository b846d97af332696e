//! What a mention of an attack says, as far as linking looks at it; and what a group of mentions says together.
//!
//! Words are numbered once ([`Words`]), so that two mentions are compared number by number.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::facts::{Aliases, Attack, AttackKind};

use super::Article;
use super::names::{fold, is_telling, place_key};

/// A word, or the folded name of a place or an organisation.
pub(super) type WordId = u32;

/// A span of days, both ends in it, counted from 1 January 1970.
pub(super) type Days = (i32, i32);

/// How many different figures a group remembers.
const FIGURES: usize = 8;

/// Up to how many days a date may leave open and still be as good as a day: "the weekend".
pub(super) const A_DAY: i32 = 3;

/// Kinds that reporters use for one another.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Family {
    Explosion,
    Gunfire,
    Blade,
    Vehicle,
    Fire,
    Captivity,
    FromAfar,
    Chemical,
    Other,
    /// "attack", "massacre": goes with any.
    Any,
}

fn family(kind: AttackKind) -> Family {
    use AttackKind as K;
    match kind {
        K::Bombing | K::SuicideBombing | K::Grenade => Family::Explosion,
        K::Shooting | K::ArmedAssault => Family::Gunfire,
        K::Stabbing | K::Beating => Family::Blade,
        K::VehicleAttack => Family::Vehicle,
        K::Arson => Family::Fire,
        K::Kidnapping | K::HostageTaking | K::Hijacking => Family::Captivity,
        K::AirStrike | K::Shelling => Family::FromAfar,
        K::ChemicalAttack => Family::Chemical,
        K::Robbery | K::Sabotage | K::MobViolence => Family::Other,
        K::Attack | K::Massacre | K::Assassination | K::Other => Family::Any,
    }
}

/// What a mention says, or what the mentions of a group say together. Lists are in order, nothing in them twice.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Profile {
    /// When it can have been, each date that is given.
    pub(super) days: Vec<Days>,
    /// The towns it is placed in, or regions.
    pub(super) towns: Vec<WordId>,
    /// The spots it is placed at: a bridge, a hall.
    pub(super) spots: Vec<WordId>,
    /// First-level divisions.
    pub(super) admins: Vec<WordId>,
    pub(super) countries: Vec<WordId>,
    pub(super) family: Family,
    /// Telling words of its names that are no words of its places.
    pub(super) names: Vec<WordId>,
    /// Figures for the killed and for the injured: least, most.
    pub(super) killed: Vec<(u32, u32)>,
    pub(super) injured: Vec<(u32, u32)>,
    /// Organisations and people who are named for it.
    pub(super) perpetrators: Vec<WordId>,
    /// Telling words of its targets and spots.
    pub(super) targets: Vec<WordId>,
    /// Those of them that are spots: "market", "bridge".
    pub(super) scenes: Vec<WordId>,
    /// For a mention without a town: telling words of the headline, of offices and of the article's other places.
    pub(super) context: Vec<WordId>,
}

impl Profile {
    /// How exactly it is dated: 0 to the day, 1 to the month, 2 to the year, 3 less or not at all.
    pub(super) fn vagueness(&self) -> u8 {
        match self.days.iter().map(|(first, last)| last.saturating_sub(*first)).min() {
            None => 3,
            Some(width) if width <= A_DAY => 0,
            Some(width) if width <= 31 => 1,
            Some(width) if width <= 366 => 2,
            Some(_) => 3,
        }
    }

    /// Whether it says enough for another mention that says exactly the same to be of the same attack.
    pub(super) fn is_telling(&self) -> bool {
        let placed = !self.towns.is_empty() || !self.spots.is_empty() || !self.names.is_empty();
        self.vagueness() == 0 && placed
    }

    /// What both say together.
    pub(super) fn join(&mut self, other: &Profile) {
        let exact = |one: &Profile| one.vagueness() == 0;
        if exact(other) || !exact(self) {
            merge(&mut self.days, &other.days, usize::MAX);
            if exact(self) {
                self.days.retain(|(first, last)| last - first <= A_DAY);
            }
        }
        merge(&mut self.towns, &other.towns, usize::MAX);
        merge(&mut self.spots, &other.spots, usize::MAX);
        merge(&mut self.admins, &other.admins, usize::MAX);
        merge(&mut self.countries, &other.countries, usize::MAX);
        merge(&mut self.names, &other.names, usize::MAX);
        merge(&mut self.killed, &other.killed, FIGURES);
        merge(&mut self.injured, &other.injured, FIGURES);
        merge(&mut self.perpetrators, &other.perpetrators, usize::MAX);
        merge(&mut self.targets, &other.targets, usize::MAX);
        merge(&mut self.scenes, &other.scenes, usize::MAX);
        if self.towns.is_empty() {
            merge(&mut self.context, &other.context, usize::MAX);
        } else {
            self.context.clear();
        }
        if self.family == Family::Any {
            self.family = other.family;
        }
    }
}

/// Adds what is new of `more`, in order, up to `most` in all.
fn merge<T: Ord + Copy>(into: &mut Vec<T>, more: &[T], most: usize) {
    for one in more {
        if let Err(place) = into.binary_search(one)
            && into.len() < most
        {
            into.insert(place, *one);
        }
    }
}

/// Numbers for words and for names.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<String, WordId>,
    words: Vec<String>,
    /// The words of a name of several, by the number of the name.
    parts: Vec<Vec<WordId>>,
}

impl Words {
    pub(super) fn number(&mut self, word: &str) -> WordId {
        if let Some(known) = self.numbers.get(word) {
            return *known;
        }
        let number = self.words.len() as WordId;
        self.numbers.insert(word.to_owned(), number);
        self.words.push(word.to_owned());
        self.parts.push(Vec::new());
        let parts = if word.contains(' ') {
            word.split(' ').map(|part| self.number(part)).collect()
        } else {
            vec![number]
        };
        self.parts[number as usize] = parts;
        number
    }

    pub(super) fn word(&self, number: WordId) -> &str {
        &self.words[number as usize]
    }

    /// The words of a name, in their order.
    pub(super) fn parts(&self, name: WordId) -> &[WordId] {
        &self.parts[name as usize]
    }
}

static EPOCH: Date = Date::constant(1970, 1, 1);

/// A day as a number.
pub(super) fn day_number(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

/// The day that a number stands for.
pub(super) fn day_of(number: i32) -> Date {
    EPOCH.saturating_add(jiff::Span::new().days(number))
}

/// Whether a place is a spot in or near a town: a bridge, a hall, a street.
fn is_spot(place: &str) -> bool {
    static SPOTS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| super::names::list(include_str!("words/spots.txt")));
    place.rsplit(' ').next().is_some_and(|last| SPOTS.contains(last))
}

/// Whether the profile of `attack` has a town: then nothing else of its article tells where it is.
pub(super) fn has_town(attack: &Attack, aliases: &Aliases) -> bool {
    let place = &attack.place;
    let is_town = |name: &str| !is_spot(&place_key(aliases.place(name).unwrap_or(name)));
    place.town.is_some() || place.near.is_some() || place.name.as_ref().is_some_and(|it| is_town(&it.value))
}

/// Makes profiles of the attacks of an article.
#[derive(Debug)]
pub(super) struct Profiler<'a> {
    pub(super) aliases: &'a Aliases,
    pub(super) words: Words,
}

impl<'a> Profiler<'a> {
    pub(super) fn new(aliases: &'a Aliases) -> Self {
        Profiler { aliases, words: Words::default() }
    }

    /// The profiles of all attacks of an article, in their order.
    pub(super) fn of_article(&mut self, article: &Article) -> Vec<Profile> {
        let attacks = &article.facts.attacks;
        let mut profiles: Vec<Profile> = attacks.iter().map(|attack| self.of_attack(attack)).collect();
        if profiles.iter().any(|profile| profile.towns.is_empty()) {
            let mut context = self.context(article);
            for profile in &profiles {
                context.extend(profile.towns.iter().flat_map(|town| self.words.parts(*town)));
            }
            settle(&mut context);
            for profile in profiles.iter_mut().filter(|profile| profile.towns.is_empty()) {
                profile.context.clone_from(&context);
            }
        }
        profiles
    }

    fn of_attack(&mut self, attack: &Attack) -> Profile {
        let days = attack.date.iter().map(|date| (day_number(date.earliest()), day_number(date.latest())));
        let place = &attack.place;
        let (mut towns, mut spots, mut targets) = (Vec::new(), Vec::new(), Vec::new());
        for (part, reading) in [(0, &place.name), (1, &place.town), (2, &place.near)] {
            let Some(reading) = reading else { continue };
            let name = place_key(self.aliases.place(&reading.value).unwrap_or(&reading.value));
            let number = self.words.number(&name);
            if part == 0 && is_spot(&name) {
                spots.push(number);
                targets.extend(self.telling(&name));
            } else {
                towns.push(number);
            }
        }
        let places: Vec<WordId> =
            towns.iter().chain(&spots).flat_map(|place| self.words.parts(*place)).copied().collect();
        let mut names = Vec::new();
        if let Some(name) = &attack.name {
            for word in self.telling(&fold(&name.value)) {
                if places.contains(&word) { targets.push(word) } else { names.push(word) }
            }
        }
        targets.extend(&names);
        for target in &attack.targets {
            targets.extend(self.telling(&fold(&target.value)));
        }
        let named = attack.perpetrators.iter().filter(|one| one.kind.names(&one.name.value));
        let perpetrators = named.map(|one| {
            let name = fold(self.aliases.organisation(&one.name.value).unwrap_or(&one.name.value));
            self.words.number(&name)
        });
        let perpetrators = perpetrators.collect();
        let figure = |toll: &Option<crate::facts::Reading<crate::facts::Toll>>| {
            let toll = toll.as_ref().map(|toll| (toll.value.min, toll.value.max));
            toll.map(|(min, max)| (min.unwrap_or(0), max.unwrap_or(u32::MAX))).into_iter().collect()
        };
        let admins = place.admin.iter().map(|admin| self.words.number(&fold(admin))).collect();
        let countries = place.country.iter().map(|country| self.words.number(&country.value)).collect();
        let mut profile = Profile {
            days: days.collect(),
            towns,
            spots,
            admins,
            countries,
            family: family(attack.kind),
            names,
            killed: figure(&attack.killed),
            injured: figure(&attack.injured),
            perpetrators,
            targets,
            scenes: Vec::new(),
            context: Vec::new(),
        };
        for list in [
            &mut profile.towns,
            &mut profile.spots,
            &mut profile.names,
            &mut profile.perpetrators,
            &mut profile.targets,
        ] {
            settle(list);
        }
        let scenes = profile.targets.iter().filter(|word| is_spot(self.words.word(**word)));
        profile.scenes = scenes.copied().collect();
        profile
    }

    /// Words of the headline and of the offices that people in the article hold.
    fn context(&mut self, article: &Article) -> Vec<WordId> {
        let offices = article.facts.people.iter().flat_map(|person| [&person.title, &person.affiliation]);
        let offices = offices.flatten().map(|reading| reading.value.as_str());
        let texts: Vec<String> =
            [article.document.title.as_str()].into_iter().chain(offices).map(fold).collect();
        texts.iter().flat_map(|text| self.telling(text)).collect()
    }

    fn telling(&mut self, folded: &str) -> Vec<WordId> {
        folded.split(' ').filter(|word| is_telling(word)).map(|word| self.words.number(word)).collect()
    }
}

fn settle<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}
