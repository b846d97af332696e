//! Runs of capitals that may name a person, each with what speaks for and against it.

use std::ops::Range;

use crate::facts::classes::{Class, ClassSet};
use crate::facts::tokens::{Kind, Part, Shape, Token, Tokens};

use super::weigh::weigh;

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
    /// A sentence starts with its run of capitals, so that it may be no name at all.
    pub(super) opens: bool,
}

impl Candidate {
    /// The name with its honorific.
    pub(super) fn whole(&self) -> Range<u32> {
        self.honorific.as_ref().map_or(self.name.start, |it| it.start)..self.name.end
    }
}

const TITLES: ClassSet =
    ClassSet::of(&[Class::Honorific, Class::Title, Class::ExpertTitle, Class::OfficialTitle]);
/// Kinds of people, and words that are no part of a name.
const KINDS: ClassSet = ClassSet::of(&[
    Class::PersonNoun,
    Class::GroupNoun,
    Class::WitnessWord,
    Class::VictimWord,
    Class::PerpetratorWord,
    Class::Attacker,
    Class::Relation,
    Class::TitleModifier,
    Class::NotAName,
    Class::OrganisationWord,
    Class::SentenceWord,
    Class::Nationality,
]);
/// All candidates of the article outside its title, in order of text.
pub(super) fn candidates(text: &str, tokens: &Tokens) -> Vec<Candidate> {
    let mut found = Vec::new();
    for section in tokens.sections.iter().filter(|section| section.part != Part::Title) {
        let mut at = section.tokens.start;
        while at < section.tokens.end {
            let first = &tokens.all[at as usize];
            let may_start = first.is_capital() || first.is(Class::Particle);
            let end = if may_start { run_end(text, tokens, at, section.tokens.end) } else { at };
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
        } else if next.is_capital()
            && (all[end as usize - 1].is(Class::NameSuffix)
                || only_grammar(text, next)
                || first.shape == Shape::Upper && is_shouted(next))
        {
            break;
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

/// "No" and "Your" behind a name: the capital of a headline or of a caption, not of a name ("Van An").
fn only_grammar(text: &str, token: &Token) -> bool {
    let names = ClassSet::of(&[Class::FirstName, Class::FamilyName, Class::Particle, Class::NameSuffix]);
    token.is(Class::FunctionWord)
        && token.shape == Shape::Capital
        && !token.classes.meets(names)
        && !matches!(token.span().of(text), "An" | "So" | "Do" | "He" | "On")
}

/// "SAID" and "ON" where all is written in capitals: no part of a name.
fn is_shouted(token: &Token) -> bool {
    let others = ClassSet::of(&[
        Class::FunctionWord,
        Class::Preposition,
        Class::Auxiliary,
        Class::ReportingVerb,
        Class::Weekday,
        Class::Month,
    ]);
    let names = ClassSet::of(&[Class::FirstName, Class::FamilyName, Class::Particle]);
    let verb = token.is(Class::ReportingVerb);
    token.shape == Shape::Upper && token.classes.meets(others) && (verb || !token.classes.meets(names))
}

/// Takes titles and the like off the head of a run; what is left may be a name.
fn read(text: &str, tokens: &Tokens, run: Range<u32>) -> Option<Candidate> {
    let all = &tokens.all;
    let mut start = run.start;
    let mut honorific = None;
    let mut titled = false;
    let mut vague = false;
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
                    && all[at as usize].is(Class::FamilyName)
                    && !all[end as usize].is(Class::FirstName);
                // "Dean Lund" and "Karl Earl Odum": a title that is as often a given name, alone before a family name
                // or behind another.
                let both = all[at as usize].is(Class::FirstName) && all[at as usize].is(Class::FamilyName);
                let behind = at > start && all[at as usize - 1].is(Class::FirstName);
                let as_given = both && end == at + 1 && (behind || at == start && end + 1 == run.end);
                if !after_given && !as_given {
                    let own = classes.has(Class::Honorific);
                    honorific = match honorific {
                        Some(Range { start, end: last }) if own && last == at => Some(start..end),
                        _ => own.then_some(at..end),
                    };
                    titled |= !own;
                    // "Liberal Party": what narrows a noun as often as it is one.
                    vague = !own && classes.has(Class::TitleModifier) && !classes.has(Class::OfficialTitle);
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
    start = after_kind(text, tokens, start..run.end);
    if let Some(name) = after_seat(text, tokens, start..run.end) {
        start = name;
        titled = true;
    }
    if start >= run.end {
        return None;
    }
    let name = start..run.end;
    let is_word = |at: &u32| {
        let token = &all[*at as usize];
        token.is_capital() && !token.is(Class::NameSuffix)
    };
    // "Jean-Luc" is one word; in "al-Khatib" only the second part has a capital.
    let joined = |at: &u32| {
        *at > start + 1 && is_sign(text, &all[*at as usize - 1], "-") && all[*at as usize - 2].is_capital()
    };
    let words = name.clone().filter(|at| is_word(at) && !joined(at)).count() as u32;
    // "Van der Berg" at the head of a sentence, and "Al-Hassan", are family names alone.
    let next = all.get(name.start as usize + 1);
    let small = all[name.start as usize].is(Class::Particle)
        && next.is_some_and(|next| {
            !next.is_capital() && next.is(Class::Particle)
                || is_sign(text, next, "-")
                || !all[name.start as usize].is(Class::FirstName)
        });
    let words = if small && words > 1 { words - 1 } else { words };
    let family = name.clone().rev().find(is_word)?;
    if name.clone().all(|at| all[at as usize].shape == Shape::Initial || is_office(&all[at as usize])) {
        return None;
    }
    let mut candidate = Candidate {
        called: honorific.is_some() || titled && !(vague && words == 1),
        name,
        honorific,
        words,
        family,
        score: 0,
        speaks: false,
        against: false,
        of_polity: false,
        opens: all[run.start as usize].sentence != all[run.start.saturating_sub(1) as usize].sentence
            || run.start == 0,
    };
    weigh(text, tokens, &mut candidate);
    Some(candidate)
}

/// "Eyewitness Rosa Lind", "Regarding Rosa Lind": one past what says of which kind the person is, before a given name.
fn after_kind(text: &str, tokens: &Tokens, run: Range<u32>) -> u32 {
    let [first, second] = match &tokens.all[run.start as usize..run.end as usize] {
        [first, second, ..] => [first, second],
        _ => return run.start,
    };
    let names = ClassSet::of(&[Class::FirstName, Class::FamilyName, Class::Initial, Class::Particle]);
    let before = run.start.checked_sub(1).map(|at| tokens.all[at as usize].sentence);
    // "Celebrities", "Regarding": the words that open sentences need no list.
    let opens = before != Some(first.sentence) && run.len() > 2 && {
        let word = first.span().of(text);
        ["s", "ing", "ly"].iter().any(|ending| word.ends_with(ending))
    };
    let kind = (first.classes.meets(KINDS) || opens) && !first.classes.meets(names);
    if kind && second.is(Class::FirstName) { run.start + 1 } else { run.start }
}

/// "Mayor of Annecy Paul Vasseur": where the name behind an office and its town starts.
fn after_seat(text: &str, tokens: &Tokens, run: Range<u32>) -> Option<u32> {
    let of = run.start.checked_sub(1).filter(|at| *at > 0 && !run.is_empty())?;
    let sentence = tokens.all[run.start as usize].sentence;
    let office = &tokens.all[of as usize - 1];
    if tokens.all[of as usize].span().of(text) != "of"
        || !office.classes.meets(ClassSet::of(&[Class::OfficialTitle, Class::Title]))
        || office.sentence != sentence
        || tokens.all[run.start as usize].is(Class::FirstName)
    {
        return None;
    }
    let name = (run.start + 1..run.end.min(run.start + 4)).find(|at| {
        tokens.all[*at as usize].is(Class::FirstName)
            && *at + 1 < run.end
            && !is_sign(text, &tokens.all[*at as usize - 1], "-")
    })?;
    tokens.knows_place(tokens.span(run.start..name).of(text)).then_some(name)
}

/// "Mr President": a word for an office, and no name.
fn is_office(token: &Token) -> bool {
    let offices =
        ClassSet::of(&[Class::Title, Class::OfficialTitle, Class::ExpertTitle, Class::TitleModifier]);
    let names = ClassSet::of(&[Class::FirstName, Class::FamilyName]);
    token.classes.meets(offices) && !token.classes.meets(names)
}
