//! The classes a token may belong to, as a set of bits: those of the word lists, of its shape, and of what was read there.

/// Makes [`Class`] from its rows: name in code, name in patterns, and for `listed` ones the file of `words/`.
macro_rules! classes {
    (listed { $($listed:ident $file:literal,)* } made { $($made:ident $name:literal,)* }) => {
        /// What a token, or a run of tokens, can be. Patterns write `<reporting-verb>`.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        #[repr(u8)]
        pub enum Class { $($listed,)* $($made,)* }

        /// Every class with the name that patterns use.
        const NAMES: &[(Class, &str)] = &[$((Class::$listed, $file),)* $((Class::$made, $name),)*];

        /// Every class that has a word list, the name of its file without `.txt`, and the file's text.
        pub(super) const LISTS: &[(Class, &str, &str)] =
            &[$((Class::$listed, $file, include_str!(concat!("words/", $file, ".txt"))),)*];
    };
}

classes! {
    // One file of `words/` each. A new list is a new file and a new row.
    listed {
        Abbreviation "abbreviation",
        FunctionWord "function-word",
        SentenceWord "sentence-word",
        Pronoun "pronoun",
        Honorific "honorific",
        Title "title",
        ExpertTitle "expert-title",
        OfficialTitle "official-title",
        TitleModifier "title-modifier",
        TenureWord "tenure-word",
        WorkOfArt "work-of-art",
        NarratedVerb "narrated-verb",
        PoliceWord "police-word",
        OtherCause "other-cause",
        AccidentWord "accident-word",
        BlameVerb "blame-verb",
        AnotherTime "another-time",
        AccessoryWord "accessory-word",
        AcquittalWord "acquittal-word",
        FirstName "first-name",
        WomanName "woman-name",
        ManName "man-name",
        Particle "particle",
        NameSuffix "name-suffix",
        FamilyName "family-name",
        OrganisationWord "organisation-word",
        Organisation "organisation",
        PlaceWord "place-word",
        CountryWord "country-word",
        Nationality "nationality",
        WorldRegion "world-region",
        PlaceGivenName "place-given-name",
        CalendarWord "calendar-word",
        NotAName "not-a-name",
        ReportingVerb "reporting-verb",
        TextVerb "text-verb",
        AccordingTo "according-to",
        ClauseVerb "clause-verb",
        MannerWord "manner-word",
        ObjectVerb "object-verb",
        TellingVerb "telling-verb",
        StanceVerb "stance-verb",
        IntentVerb "intent-verb",
        Auxiliary "auxiliary",
        Adverb "adverb",
        Preposition "preposition",
        Determiner "determiner",
        TextNoun "text-noun",
        Relation "relation",
        WitnessWord "witness-word",
        FollowUp "follow-up",
        HappenVerb "happen-verb",
        VictimWord "victim-word",
        PerpetratorWord "perpetrator-word",
        GroupNoun "group-noun",
        Polity "polity",
        ResearchWord "research-word",
        NotLearned "not-learned",
        AuthorityWord "authority-word",
        Month "month",
        Weekday "weekday",
        Season "season",
        NumberWord "number-word",
        TimeUnit "time-unit",
        People "people",
        PersonNoun "person-noun",
        Attacker "attacker",
        BoundAbove "bound-above",
        BoundLeast "bound-least",
        BoundMost "bound-most",
        BoundBelow "bound-below",
        BoundAbout "bound-about",
        RoundNumber "round-number",
        ArmedGroup "armed-group",
        ArmedName "armed-name",
        ArmedForm "armed-form",
        ArmedBand "armed-band",
        ArmedAdjective "armed-adjective",
        SuspicionWord "suspicion-word",
        PlainVerb "plain-verb",
        TargetNoun "target-noun",
        Venue "venue",
        Weapon "weapon",
        Settlement "settlement",
        LocationWord "location-word",
        StreetWord "street-word",
        ScenePart "scene-part",
        SceneSign "scene-sign",
        ViolenceSign "violence-sign",
        ExplosiveWord "explosive-word",
        Animal "animal",
        Supposition "supposition",
        Denial "denial",
        NobodyWord "nobody-word",
        PlotWord "plot-word",
        Retraction "retraction",
        CombatWord "combat-word",
        SoldierWord "soldier-word",
        AftermathNoun "aftermath-noun",
        BombWord "bomb-word",
        AftermathVerb "aftermath-verb",
        ChargeWord "charge-word",
        UnrealWord "unreal-word",
        OtherSenseBefore "other-sense-before",
        OtherSenseAfter "other-sense-after",
        FilmedWord "filmed-word",
        AircraftWord "aircraft-word",
        ChangeVerb "change-verb",
        DoingParticiple "doing-participle",
        PostingWord "posting-word",
    }
    // Set by the program: from the token itself, or by a reading that later rules may build on.
    made {
        Word "word",
        Number "number",
        Capital "capital",
        Upper "upper",
        Initial "initial",
        Open "open",
        Close "close",
        Person "person",
        Quantity "quantity",
        Attribution "attribution",
    }
}

impl Class {
    /// The class that patterns call `name`.
    pub fn named(name: &str) -> Option<Class> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(class, _)| *class)
    }

    /// What patterns call it.
    pub fn name(self) -> &'static str {
        NAMES[self as usize].1
    }
}

/// How many classes there can be.
pub(super) const MOST_CLASSES: usize = 128;

/// A set of classes: at most `MOST_CLASSES`, one bit each.
#[derive(Copy, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassSet([u64; 2]);

impl ClassSet {
    /// No class.
    pub const NONE: ClassSet = ClassSet([0; 2]);

    /// The set of `classes`.
    pub const fn of(classes: &[Class]) -> ClassSet {
        let mut set = [0; 2];
        let mut at = 0;
        while at < classes.len() {
            let bit = classes[at] as usize;
            set[bit / 64] |= 1 << (bit % 64);
            at += 1;
        }
        ClassSet(set)
    }

    /// Adds one class.
    pub fn insert(&mut self, class: Class) {
        self.0[class as usize / 64] |= 1 << (class as usize % 64);
    }

    /// Whether `class` is in it.
    pub const fn has(self, class: Class) -> bool {
        self.0[class as usize / 64] >> (class as usize % 64) & 1 == 1
    }

    /// Whether the two have a class in common.
    pub const fn meets(self, other: ClassSet) -> bool {
        self.0[0] & other.0[0] != 0 || self.0[1] & other.0[1] != 0
    }

    /// Whether every class of `other` is in it.
    pub const fn covers(self, other: ClassSet) -> bool {
        self.0[0] & other.0[0] == other.0[0] && self.0[1] & other.0[1] == other.0[1]
    }

    /// All classes of both.
    #[must_use]
    pub const fn with(self, other: ClassSet) -> ClassSet {
        ClassSet([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    /// Its classes that are not in `other`.
    #[must_use]
    pub const fn without(self, other: ClassSet) -> ClassSet {
        ClassSet([self.0[0] & !other.0[0], self.0[1] & !other.0[1]])
    }

    /// Whether it has no class.
    pub const fn is_empty(self) -> bool {
        self.0[0] == 0 && self.0[1] == 0
    }

    /// The numbers of its classes in order: for tables by class.
    #[inline]
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> {
        let [mut low, mut high] = self.0;
        std::iter::from_fn(move || {
            let (part, from) = if low != 0 { (&mut low, 0) } else { (&mut high, 64) };
            let number = (*part != 0).then(|| from + part.trailing_zeros() as usize);
            *part &= part.wrapping_sub(1);
            number
        })
    }

    /// The classes that are in both.
    #[must_use]
    pub(super) const fn shared(self, other: ClassSet) -> ClassSet {
        ClassSet([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }

    /// Its classes in order.
    pub fn iter(self) -> impl Iterator<Item = Class> {
        NAMES.iter().map(|(class, _)| *class).filter(move |class| self.has(*class))
    }
}

impl std::fmt::Debug for ClassSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(Class::name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_bit_and_a_name_of_its_own() {
        assert!(NAMES.len() <= MOST_CLASSES, "there are more classes than bits");
        for (at, (class, name)) in NAMES.iter().enumerate() {
            assert_eq!(*class as usize, at);
            assert_eq!(Class::named(name), Some(*class), "two classes are called {name}");
        }
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = ClassSet::of(&[Class::Person]);
        assert!(set.has(Class::Person) && !set.has(Class::Title));
        set.insert(Class::Title);
        assert_eq!(set.iter().collect::<Vec<_>>(), [Class::Title, Class::Person]);
        assert!(set.numbers().eq([Class::Title as usize, Class::Person as usize]));
        assert_eq!(set.shared(ClassSet::of(&[Class::Title, Class::Month])), ClassSet::of(&[Class::Title]));
    }
}
