//! What the words for people tell of their sex, as far as grammar and relations do.

/// What grammar tells of somebody's sex.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Sex {
    Female,
    Male,
}

/// What a noun tells of sex.
pub(super) fn sex(noun: &str) -> Option<Sex> {
    const FEMALE: [&str; 18] = [
        "girl",
        "girls",
        "female",
        "females",
        "mother",
        "wife",
        "daughter",
        "daughters",
        "sister",
        "sisters",
        "grandmother",
        "aunt",
        "niece",
        "girlfriend",
        "nun",
        "nuns",
        "schoolgirls",
        "businesswoman",
    ];
    const MALE: [&str; 17] = [
        "boy",
        "boys",
        "male",
        "males",
        "father",
        "husband",
        "son",
        "sons",
        "brother",
        "brothers",
        "grandfather",
        "uncle",
        "nephew",
        "boyfriend",
        "priest",
        "monk",
        "schoolboys",
    ];
    if FEMALE.contains(&noun) || noun.ends_with("woman") || noun.ends_with("women") {
        Some(Sex::Female)
    } else if MALE.contains(&noun) || matches!(noun, "man" | "men") {
        Some(Sex::Male)
    } else {
        None
    }
}
