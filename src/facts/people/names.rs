//! Runs of capitals that may name a person, each with what speaks for and against it.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::tokens::{Kind, Part, Shape, Token, Tokens};

/// A run of words that may be a person's name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The name alone, without honorific; never empty.
    pub(super) name: Range<u32>,
    /// The honorific before it.
    pub(super) honorific: Option<Range<u32>>,
    /// The name's words without hyphens and particles: how many.
    pub(super) words: u32,
    /// Its last word that is no suffix: the family name, as a token.
    pub(super) family: u32,
    /// What speaks for a person, less what speaks against it; 2 and more is a person.
    pub(super) score: i32,
    /// A title or an honorific stands before it.
    pub(super) called: bool,
    /// It is the subject of a reporting verb.
    pub(super) speaks: bool,
    /// Its words are those of another kind of thing.
    pub(super) against: bool,
    /// It only says whose state or camp is meant: "X's regime".
    pub(super) of_polity: bool,
}

impl Candidate {
    /// The name with its honorific.
    pub(super) fn whole(&self) -> Range<u32> {
        self.honorific.as_ref().map_or(self.name.start, |it| it.start)..self.name.end
    }
}

const NOT_PEOPLE: ClassSet = ClassSet::of(&[
    Class::OrganisationWord,
    Class::Organisation,
    Class::PlaceWord,
    Class::CountryWord,
    Class::Nationality,
    Class::CalendarWord,
    Class::NotAName,
]);
const TITLES: ClassSet =
    ClassSet::of(&[Class::Honorific, Class::Title, Class::ExpertTitle, Class::OfficialTitle]);
const TITLE_NOUNS: ClassSet = ClassSet::of(&[Class::Title, Class::ExpertTitle, Class::OfficialTitle]);
/// What follows a first name or "the man," often enough to tell a person.
const PERSONAL: ClassSet = ClassSet::of(&[
    Class::GroupNoun,
    Class::WitnessWord,
    Class::VictimWord,
    Class::PerpetratorWord,
    Class::Relation,
]);

/// All candidates of the article outside its title, in order of text.
pub(super) fn candidates(text: &str, tokens: &Tokens) -> Vec<Candidate> {
    let mut found = Vec::new();
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        let mut at = section.tokens.start;
        while at < section.tokens.end {
            let end = run_end(text, tokens, at, section.tokens.end);
            if end == at {
                at += 1;
                continue;
            }
            found.extend(read(text, tokens, at..end));
            at = end;
        }
    }
    found
}

fn is_sign(text: &str, token: &Token, sign: &str) -> bool {
    token.kind == Kind::Sign && token.span().of(text) == sign
}

/// One past the run of capitals, with the particles and hyphens inside it, that starts at `at`; `at` if none does.
fn run_end(text: &str, tokens: &Tokens, at: u32, limit: u32) -> u32 {
    let all = &tokens.all;
    let first = &all[at as usize];
    let hyphen = |at: u32| {
        at + 1 < limit
            && is_sign(text, &all[at as usize], "-")
            && tokens.is_glued(at)
            && tokens.is_glued(at + 1)
    };
    let capital =
        |at: u32| at < limit && all[at as usize].is_capital() && all[at as usize].sentence == first.sentence;
    let mut end = if first.is_capital() {
        at + 1
    } else if first.is(Class::Particle) && hyphen(at + 1) && capital(at + 2) {
        at + 3
    } else {
        return at;
    };
    let mut words = 1;
    while end < limit {
        let next = &all[end as usize];
        if next.sentence != first.sentence {
            break;
        }
        if hyphen(end) && all[end as usize + 1].kind == Kind::Word {
            // "Al-Assad", "Ki-moon", but not "Obama-era".
            let tail = &all[end as usize + 1];
            let joined = tail.is_capital()
                || words > 1
                    && tail.end - tail.start <= 5
                    && !matches!(
                        tail.span().of(text),
                        "era" | "like" | "style" | "led" | "born" | "based" | "held" | "run" | "owned"
                    );
            if !joined {
                break;
            }
            end += 2;
        } else if next.is_capital() && !tokens.is_glued(end) {
            // A new honorific starts a new name: "Mr Smith Dr Jones" only where something is missing.
            end += 1;
            words += 1;
        } else if next.is(Class::Particle) && next.kind == Kind::Word {
            let after =
                (end..limit.min(end + 3)).find(|at| !all[*at as usize].is(Class::Particle)).unwrap_or(limit);
            let joined = if hyphen(after) { after + 1 } else { after };
            if !capital(joined) {
                break;
            }
            end = joined + 1;
            words += 1;
        } else {
            break;
        }
    }
    end
}

/// Takes titles and the like off the head of a run; what is left may be a name.
fn read(text: &str, tokens: &Tokens, run: Range<u32>) -> Option<Candidate> {
    let all = &tokens.all;
    let mut start = run.start;
    let mut honorific = None;
    let mut titled = false;
    // The name is what stands after the last title or honorific with a name behind it.
    let mut at = run.start;
    while at < run.end {
        let title = (tokens.phrases_at(at).iter())
            .find(|phrase| phrase.classes.meets(TITLES) && phrase.end <= run.end)
            .map(|phrase| (phrase.end, phrase.classes))
            .or_else(|| all[at as usize].classes.meets(TITLES).then(|| (at + 1, all[at as usize].classes)));
        match title {
            Some((end, classes)) if end < run.end && !all[end as usize].is(Class::NameSuffix) => {
                // "Stephen King": a title word after a given name is the family name.
                let after_given = at > start
                    && all[at as usize - 1].is(Class::FirstName)
                    && !all[end as usize].is(Class::FirstName);
                if !after_given {
                    let own = classes.has(Class::Honorific);
                    honorific = match honorific {
                        Some(Range { start, end: last }) if own && last == at => Some(start..end),
                        _ => own.then_some(at..end),
                    };
                    titled |= !own;
                    start = end;
                }
                at = end;
            }
            Some((end, _)) => at = end,
            None => at += 1,
        }
    }
    while start < run.end {
        let token = &all[start as usize];
        let given = token.is(Class::FirstName) && start + 1 < run.end;
        // A word that only its place in the sentence gives a capital, and what says where somebody is from.
        let drop = !given
            && (token.is(Class::FunctionWord) && !token.is(Class::Initial)
                || token.is(Class::Nationality) && !tokens.is_glued(start + 1))
            || (token.is(Class::FunctionWord) || token.is(Class::SentenceWord))
                && !token.is(Class::FirstName)
                && (token.shape != Shape::Initial || token.end - token.start == 1)
            || is_sign(text, token, "-");
        if !drop {
            break;
        }
        start += 1;
    }
    if start >= run.end {
        return None;
    }
    let name = start..run.end;
    let is_word = |at: &u32| {
        let token = &all[*at as usize];
        token.is_capital() && !token.is(Class::NameSuffix)
    };
    let words = name.clone().filter(is_word).count() as u32;
    let family = name.clone().rev().find(is_word)?;
    if name.clone().all(|at| all[at as usize].shape == Shape::Initial) {
        return None;
    }
    let mut candidate = Candidate {
        called: honorific.is_some() || titled,
        name,
        honorific,
        words,
        family,
        score: 0,
        speaks: false,
        against: false,
        of_polity: false,
    };
    weigh(text, tokens, &mut candidate);
    Some(candidate)
}

fn weigh(text: &str, tokens: &Tokens, candidate: &mut Candidate) {
    let all = &tokens.all;
    let name = candidate.name.clone();
    let first = &all[name.start as usize];
    let given = first.is(Class::FirstName);
    let against = |at: u32| {
        let token = &all[at as usize];
        let runs = tokens.phrases_at(at);
        let whole = runs.iter().any(|run| run.classes.meets(NOT_PEOPLE) && run.end <= name.end);
        let acronym = token.shape == Shape::Upper
            && token.end - token.start < 5
            && !token.is(Class::NameSuffix)
            && !token.span().of(text).contains('.');
        let kept = given && (at == name.start || at == candidate.family && token.is(Class::FamilyName));
        whole || (token.classes.meets(NOT_PEOPLE) || acronym) && !kept
    };
    let last_against = against(candidate.family);
    candidate.against = name.clone().any(against);
    let word = |at: u32| all.get(at as usize).filter(|token| token.sentence == first.sentence);
    let text_at = |at: u32| word(at).map_or("", |token| token.span().of(text));
    let classes_at = |at: u32| word(at).map_or(ClassSet::NONE, |_| tokens.classes_at(at));
    let before = candidate.whole().start.checked_sub(1);
    let classes_before =
        before.map_or(ClassSet::NONE, |at| word(at).map_or(ClassSet::NONE, |token| token.classes));
    let mut score = 0;
    if given && candidate.words > 1 {
        score += 2;
    }
    if candidate.words > 2 && name.clone().any(|at| all[at as usize].shape == Shape::Initial)
        || name.end > candidate.family + 1
    {
        score += 1;
    }
    if candidate.called {
        score += if candidate.honorific.is_some() { 4 } else { 3 };
    } else if classes_before.meets(TITLE_NOUNS) {
        score += 3;
        candidate.called = true;
    } else if classes_before.meets(PERSONAL) && candidate.words > 1 {
        score += 2;
    }
    // "X said", "X, 34, said", "said X".
    let possessive = matches!(text_at(name.end), "’s" | "'s" | "’" | "'");
    let mut after = name.end;
    if text_at(after) == ","
        && word(after + 1).is_some_and(|token| token.kind == Kind::Number)
        && text_at(after + 2) == ","
    {
        score += 4;
        after += 3;
    }
    let verb = |at: u32| classes_at(at).has(Class::ReportingVerb);
    let said = verb(after) || text_at(after).ends_with("ly") && verb(after + 1);
    let said_before = before.is_some_and(|at| {
        all[at as usize].is(Class::ReportingVerb)
            && at.checked_sub(1).is_some_and(|at| all[at as usize].kind == Kind::Close)
    });
    candidate.speaks = !possessive && (said || said_before);
    if candidate.speaks {
        score += if candidate.words > 1 { 2 } else { 1 };
    }
    if text_at(after) == "," {
        let noun = (after + 1..after + 8)
            .take_while(|at| !matches!(text_at(*at), "," | "." | ""))
            .any(|at| classes_at(at).meets(TITLE_NOUNS));
        score += if noun { 2 } else { 0 };
        score += if text_at(after + 1) == "who" { 2 } else { 0 };
    }
    if text_at(after) == "who" {
        score += 1;
    }
    // What speaks against it.
    let the = before.is_some_and(|at| text_at(at).eq_ignore_ascii_case("the"));
    if the && !candidate.called {
        score -= 3;
    }
    if candidate.against {
        score -= if last_against { 5 } else { 3 };
    }
    // The tail of a longer name of something else: "Institute of Strategic Studies".
    let tail = before.is_some_and(|at| {
        matches!(text_at(at), "of" | "for" | "and" | "&")
            && at.checked_sub(1).is_some_and(|at| {
                word(at).is_some_and(|token| token.is_capital() && token.classes.meets(NOT_PEOPLE))
            })
    });
    if tail && !candidate.called {
        score -= 3;
    }
    if text_at(name.end) == "of" && word(name.end + 1).is_some_and(Token::is_capital) {
        score -= 1;
    }
    candidate.of_polity = possessive
        && (name.end + 1..name.end + 4)
            .take_while(|at| word(*at).is_some_and(|token| token.kind == Kind::Word))
            .any(|at| classes_at(at).has(Class::Polity));
    candidate.score = score;
}
