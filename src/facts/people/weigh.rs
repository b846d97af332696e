//! What speaks for a run of capitals being a person's name, and what against it.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::gazetteer;
use crate::facts::lower::lower;
use crate::facts::tokens::{Kind, Shape, Token, Tokens};

use super::names::Candidate;

/// Words of other things than people.
const NOT_PEOPLE: ClassSet = ClassSet::of(&[
    Class::OrganisationWord,
    Class::Organisation,
    Class::ArmedGroup,
    Class::PlaceWord,
    Class::CountryWord,
    Class::Nationality,
    Class::CalendarWord,
    Class::NotAName,
]);
/// The last words of streets and buildings.
const NOT_LAST: ClassSet =
    NOT_PEOPLE.with(ClassSet::of(&[Class::StreetWord, Class::Venue, Class::Settlement]));
/// Words that, with a capital behind a name, make it the name of something else: "King Day", "George’s County".
const MAKES_A_THING: ClassSet = ClassSet::of(&[
    Class::OrganisationWord,
    Class::PlaceWord,
    Class::StreetWord,
    Class::Venue,
    Class::Settlement,
]);
/// Last words of names of places and houses, although some are family names.
const PLACE_LIKE: ClassSet = ClassSet::of(&[Class::PlaceWord, Class::Venue, Class::StreetWord]);
const TITLE_NOUNS: ClassSet = ClassSet::of(&[Class::Title, Class::ExpertTitle, Class::OfficialTitle]);
/// Words of other uses: "Officer Killed" in a headline is nobody.
const COMMON: ClassSet = ClassSet::of(&[
    Class::ReportingVerb,
    Class::VictimWord,
    Class::PersonNoun,
    Class::GroupNoun,
    Class::FunctionWord,
    Class::SentenceWord,
    Class::TitleModifier,
]);
/// What follows a first name or "the man," often enough to tell a person.
const PERSONAL: ClassSet = ClassSet::of(&[
    Class::GroupNoun,
    Class::WitnessWord,
    Class::VictimWord,
    Class::PerpetratorWord,
    Class::Attacker,
    Class::PersonNoun,
    Class::Relation,
]);

/// The tokens around one candidate.
struct Around<'a> {
    text: &'a str,
    tokens: &'a Tokens,
    sentence: u32,
}

impl Around<'_> {
    /// The token at `at`, if it stands in the same sentence.
    fn token(&self, at: u32) -> Option<&Token> {
        self.tokens.all.get(at as usize).filter(|token| token.sentence == self.sentence)
    }

    fn text_at(&self, at: u32) -> &str {
        self.token(at).map_or("", |token| token.span().of(self.text))
    }

    fn classes_at(&self, at: u32) -> ClassSet {
        self.token(at).map_or(ClassSet::NONE, |_| self.tokens.classes_at(at))
    }

    /// Whether an office and what it is of stand before the comma: "the imam of the Al Noor Mosque,".
    fn is_office_of(&self, comma: u32) -> bool {
        let mut at = comma;
        while at.checked_sub(1).and_then(|at| self.token(at)).is_some_and(Token::is_capital) && comma - at < 6
        {
            at -= 1;
        }
        if at == comma {
            return false;
        }
        let the = at.checked_sub(1).is_some_and(|at| matches!(self.text_at(at), "the" | "The"));
        let of = at.checked_sub(1 + u32::from(the));
        of.is_some_and(|of| {
            matches!(self.text_at(of), "of" | "at" | "for")
                && of.checked_sub(1).is_some_and(|noun| self.classes_at(noun).meets(TITLE_NOUNS))
                && !self.text_at(of - 1).ends_with('s')
        })
    }

    /// Whether somebody with a given name and another is joined to the name: "and John Hays", "Ana Lind and".
    fn is_joined_to_person(&self, candidate: &Candidate) -> bool {
        let named = |at: u32| {
            self.token(at).is_some_and(|it| it.is(Class::FirstName) && it.shape == Shape::Capital)
                && self
                    .token(at + 1)
                    .is_some_and(|it| it.shape == Shape::Capital && !it.classes.meets(NOT_LAST))
        };
        let Range { start, end } = candidate.whole();
        let behind = self.text_at(end) == "and" && named(end + 1);
        let before = start >= 3 && self.text_at(start - 1) == "and" && named(start - 3);
        let plural = |at: u32| matches!(self.text_at(at), "were" | "are" | "have" | "," | "." | "who");
        (behind && plural(end + 3) || before && plural(end))
            && candidate.name.clone().all(|at| self.tokens.all[at as usize].shape == Shape::Capital)
    }

    /// Whether the token at `at` is no part of a person's name.
    fn is_against(&self, candidate: &Candidate, at: u32) -> bool {
        let token = &self.tokens.all[at as usize];
        let name = &candidate.name;
        let runs = self.tokens.phrases_at(at);
        if runs.iter().any(|run| run.classes.meets(NOT_PEOPLE) && run.end <= name.end) {
            return true;
        }
        let acronym = token.shape == Shape::Upper
            && token.end - token.start < 5
            && !token.is(Class::NameSuffix)
            && !token.span().of(self.text).contains('.');
        // "JOHN DOE": where all is written in capitals they tell nothing.
        let shouted = candidate.words > 1
            && name.clone().all(|at| {
                !self.tokens.all[at as usize].is_capital() || self.tokens.all[at as usize].is(Class::Upper)
            });
        let acronym = acronym && !shouted;
        let last = at == candidate.family;
        // "Franco-German" is nobody, for all that English is a family name.
        let joined = at > name.start && self.text_at(at - 1) == "-" && token.is(Class::Nationality);
        let given = self.tokens.all[name.start as usize].is(Class::FirstName);
        let country = candidate.words == 1 && token.is(Class::CountryWord);
        // "Alberta Nyquist": how the name is used has to tell.
        let place_or_given =
            at == name.start && candidate.words > 1 && !last && token.is(Class::PlaceGivenName);
        let kept = given && (at == name.start && !country || last && token.is(Class::FamilyName) && !joined)
            || place_or_given;
        let wrong = if last && candidate.words > 1 { NOT_LAST } else { NOT_PEOPLE };
        (token.classes.meets(wrong) || acronym) && !kept
    }
}

/// Whether houses are called after the like of `candidate`, or it stands where a house does: "Queen Elizabeth hospital",
/// "at Anna Lind hospital".
fn is_namesake(around: &Around<'_>, candidate: &Candidate) -> bool {
    let whole = candidate.whole();
    let before = whole.start.checked_sub(1).map_or("", |at| around.text_at(at));
    candidate.honorific.is_some()
        || matches!(
            before,
            "in" | "at" | "near" | "outside" | "the" | "to" | "from" | "inside" | "In" | "At" | "The"
        )
}

/// Fills in what `candidate` does and how likely it is a person.
pub(super) fn weigh(text: &str, tokens: &Tokens, candidate: &mut Candidate) {
    let all = &tokens.all;
    let name = candidate.name.clone();
    let first = &all[name.start as usize];
    let given = first.is(Class::FirstName);
    let around = Around { text, tokens, sentence: first.sentence };
    let last_against = around.is_against(candidate, candidate.family);
    candidate.against = name.clone().any(|at| around.is_against(candidate, at));
    let before = candidate.whole().start.checked_sub(1);
    let classes_before = before.and_then(|at| around.token(at)).map_or(ClassSet::NONE, |token| token.classes);
    let text_before = lower(before.map_or("", |at| around.text_at(at)));
    let mut score = 0;
    if given {
        score += if candidate.words > 1 { 2 } else { 1 };
    }
    if candidate.words > 2 && name.clone().any(|at| all[at as usize].shape == Shape::Initial)
        || name.end > candidate.family + 1
    {
        score += 1;
    }
    // "his fellow Basques" are none, and so is "a late model Corolla".
    let counted = candidate.words == 1 && matches!(&*text_before, "fellow" | "model");
    if candidate.called {
        score += if candidate.honorific.is_some() { 4 } else { 3 };
    } else if classes_before.meets(TITLE_NOUNS) && !counted {
        score += 3;
        candidate.called = true;
    } else if classes_before.meets(PERSONAL) && (candidate.words > 1 || given) {
        score += 2;
    }
    // "His wife, Rosa, said": a given name is enough there.
    let kin = given && candidate.words == 1 && text_before == ",";
    if kin
        && before
            .and_then(|at| at.checked_sub(1))
            .is_some_and(|at| around.classes_at(at).has(Class::Relation))
        && matches!(around.text_at(name.end), "," | "." | ";")
    {
        score += 3;
        candidate.called = true;
    }
    // "The imam of the Al Noor Mosque, Gamal Fouda, spoke": an office and what it is of, then who holds it.
    if text_before == "," && candidate.words > 1 && before.is_some_and(|comma| around.is_office_of(comma)) {
        score += 3;
        candidate.called = true;
    }
    // "Leanne Lukas and John Hays were": of two that are joined, the one with a given name speaks for the other.
    if candidate.words > 1 && !given && around.is_joined_to_person(candidate) {
        score += 2;
    }
    // "X said", "X, 34, said", "said X".
    let possessive = matches!(around.text_at(name.end), "’s" | "'s" | "’" | "'");
    let mut after = name.end;
    if around.text_at(after) == ","
        && around.token(after + 1).is_some_and(|it| it.kind == Kind::Number || it.is(Class::NumberWord))
    {
        if matches!(around.text_at(after + 2), "," | "." | ";") {
            score += 4;
        }
        after += 3;
    } else if around.text_at(after) == "("
        && around.text_at(after + 2) == ")"
        && around.token(after + 1).is_some_and(|it| it.kind == Kind::Number)
        && around.text_at(after + 1).parse().is_ok_and(|age: u8| (1..=110).contains(&age))
        && candidate.words > 1
    {
        // "Bipul Bohra (35)".
        score += 4;
        after += 3;
    }
    // "Virginia state director": no verb.
    let verb = |at: u32| {
        around.classes_at(at).has(Class::ReportingVerb) && !around.classes_at(at + 1).meets(TITLE_NOUNS)
    };
    let said = verb(after) || around.text_at(after).ends_with("ly") && verb(after + 1);
    let said_before = before.is_some_and(|at| {
        all[at as usize].is(Class::ReportingVerb)
            && at.checked_sub(1).is_some_and(|at| all[at as usize].kind == Kind::Close)
    });
    // "Police in Columbus say": the subject stands before it.
    let is_preposition = |word: &str| {
        matches!(
            word,
            "in" | "at" | "near" | "outside" | "across" | "around" | "throughout" | "inside" | "on"
        )
    };
    // "In nearby Calder Ford", "at central Halden".
    let beside = classes_before.has(Class::LocationWord)
        && before.and_then(|at| at.checked_sub(1)).is_some_and(|at| is_preposition(around.text_at(at)));
    let within = is_preposition(&text_before) || beside;
    candidate.speaks = !possessive && !within && (said || said_before);
    if candidate.speaks {
        score += if candidate.words > 1 { 2 } else { 1 };
    }
    if around.text_at(after) == "," {
        let noun = (after + 1..after + 8)
            .take_while(|at| !matches!(around.text_at(*at), "," | "." | ""))
            .any(|at| around.classes_at(at).meets(TITLE_NOUNS));
        score += if noun { 2 } else { 0 };
        score += if around.text_at(after + 1) == "who" { 2 } else { 0 };
    }
    if around.text_at(after) == "who" {
        score += 1;
    }
    // What speaks against it.
    if candidate.words == 1 && !given && first.classes.meets(COMMON) && !first.is(Class::FamilyName) {
        score -= 4;
    }
    if text_before == "the" && !candidate.called {
        score -= 3;
    }
    if candidate.against {
        // "Ana Hospital" is none, but who has an age or an office may be called Vale.
        score -= match last_against {
            true if given && candidate.words == 2 => 4,
            true => 5,
            false => 3,
        };
    } else if given
        && candidate.words == 2
        && all[candidate.family as usize].classes.meets(PLACE_LIKE)
        && gazetteer::knows(tokens.span(name.clone()).of(text))
    {
        // "Victoria Park": family names that are as often the last word of a place's.
        score -= 2;
    }
    let next = if possessive { name.end + 1 } else { name.end };
    let thing = around.token(next).is_some_and(|token| {
        if token.is_capital() {
            token.classes.meets(MAKES_A_THING) || around.text_at(next) == "Day"
        } else {
            !possessive && token.is(Class::TargetNoun) && is_namesake(&around, candidate)
        }
    });
    if thing {
        score -= 5;
        candidate.against = true;
    }
    // "Martin Luther King Park": of three names, the last is more often what the place is.
    let park = given
        && candidate.words > 2
        && all[candidate.family as usize].classes.meets(PLACE_LIKE)
        && !candidate.speaks
        && (within || matches!(&*text_before, "the" | "to" | "from" | "of" | "through"));
    if park && !candidate.called {
        score -= 5;
        candidate.against = true;
    }
    // The tail of a longer name of something else: "Institute of Strategic Studies".
    let tail = before.is_some_and(|at| {
        matches!(around.text_at(at), "of" | "for" | "and" | "&")
            && at.checked_sub(1).is_some_and(|at| {
                around.token(at).is_some_and(|token| token.is_capital() && token.classes.meets(NOT_PEOPLE))
            })
    });
    if tail && !candidate.called {
        score -= 3;
    }
    // "The towns of Santa Rosa": no people's.
    let placed = text_before == "of"
        && before.and_then(|at| at.checked_sub(1)).is_some_and(|at| {
            let classes = around.classes_at(at);
            !around.token(at).is_some_and(Token::is_capital)
                && classes.meets(ClassSet::of(&[Class::Settlement, Class::PlaceWord, Class::LocationWord]))
        });
    if placed && !candidate.called {
        score -= 4;
        candidate.against = true;
    }
    if around.text_at(name.end) == "of" && around.token(name.end + 1).is_some_and(Token::is_capital) {
        score -= match candidate.words {
            1 => 3,
            _ if given => 0,
            _ => 1,
        };
    }
    if within && !possessive && !candidate.called && candidate.words > 1 && score < 4 {
        let known = gazetteer::knows(tokens.span(name.clone()).of(text));
        score -= if known || !given { 3 } else { 0 };
    }
    candidate.of_polity = possessive
        && (name.end + 1..name.end + 4)
            .take_while(|at| around.token(*at).is_some_and(|token| token.kind == Kind::Word))
            .any(|at| around.classes_at(at).has(Class::Polity));
    // "MS DUARTE: In January." of a transcript: a label, whose capitals hide how the name is written.
    let label = candidate.opens
        && candidate.words == 1
        && around.text_at(name.end) == ":"
        && candidate.whole().all(|at| matches!(all[at as usize].shape, Shape::Upper | Shape::Initial));
    if label {
        score -= 5;
        candidate.against = true;
    }
    candidate.score = score;
}
