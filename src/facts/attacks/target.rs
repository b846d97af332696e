//! What and who was attacked: the object, the subject of a passive verb, the phrase behind a noun or a cue.

use super::cast::{Cast, Sort};
use super::clause::Clause;
use super::incident::{Evident, Incident};
use super::mention::{Form, Mention};
use super::phrase::Phrase;
use super::standing::covers;
use super::voice::{is_passive, is_reduced};
use crate::facts::classes::Class;
use crate::facts::rules::GRAMMAR;
use crate::facts::tokens::Kind;
use crate::facts::{AttackKind, Field, Reading, RuleName};

/// How many targets an attack can have.
const MOST: usize = 6;

/// How far behind the words for a blast its place may stand, in tokens.
const PLACE_REACH: u32 = 20;

/// Something or somebody attacked.
pub(super) struct Target {
    reading: Reading<String>,
    /// "Two people": only where nothing better is said.
    vague: bool,
}

/// All targets that a sentence names for its attack: those of the verbs and nouns for violence first, then what the
/// cues of `rules/targets.toml` stand beside.
pub(super) fn find(clause: &Clause<'_>, cast: &Cast<'_>, mentions: &[Mention]) -> Vec<Target> {
    let mut targets = Targets { clause, cast, found: Vec::new() };
    for mention in mentions.iter().filter(|mention| mention.stage.is_some()) {
        targets.read_mention(mention);
    }
    GRAMMAR.rules("targets").find(clause.tokens, clause.sentence.clone(), |cue| {
        if clause.tells_who_says(cue.tokens.start) {
            return;
        }
        match cue.rule.gives("target") {
            Some("before") => targets.add_before(cue.tokens.start, cue.rule.name),
            _ => targets.add_ahead(cue.tokens.end, cue.rule.name),
        }
    });
    // A blast hits a place; of shots and knives the people are meant.
    let blasts = mentions.iter().filter(|mention| mention.stage.is_some() && is_blast(mention.kind));
    for mention in blasts {
        if targets.found.iter().all(|target| target.vague) {
            targets.read_place(mention);
        }
    }
    targets.found
}

struct Targets<'s, 'a> {
    clause: &'s Clause<'a>,
    cast: &'s Cast<'a>,
    found: Vec<Target>,
}

impl Targets<'_, '_> {
    fn read_mention(&mut self, mention: &Mention) {
        let clause = self.clause;
        let end = mention.tokens.end;
        if mention.form != Form::Verb {
            self.read_noun(mention);
            return;
        }
        // "A car bomb exploded": the car is no target.
        let explodes =
            mention.tokens.clone().any(|at| matches!(clause.word(at), "exploded" | "detonated" | "went"));
        if explodes {
            return;
        }
        // "Relatives of nine people shot dead at a church".
        if is_reduced(clause, mention) {
            return;
        }
        if is_passive(clause, mention) {
            self.add_before(mention.tokens.start, mention.rule);
        } else if matches!(clause.word(end), "on" | "at" | "into" | "against")
            && !matches!(clause.word(end + 1), "least" | "most")
        {
            self.add_ahead(end + 1, mention.rule);
        } else {
            self.add_ahead(end, mention.rule);
        }
    }

    /// "Attack on", "murder of", "embassy bombing", "the mayor's murder".
    fn read_noun(&mut self, mention: &Mention) {
        let clause = self.clause;
        let end = mention.tokens.end;
        let stop = clause.sentence.end.min(end + 9);
        let link = (end..stop)
            .take_while(|at| {
                !matches!(clause.word(*at), "," | ";" | "that" | "which" | "who" | "and" | "was" | "were")
            })
            .find(|at| {
                let next = clause.token(at + 1);
                let calendar = next.is_some_and(|it| {
                    it.is(Class::Weekday) || it.is(Class::Month) || it.kind == Kind::Number
                });
                match clause.word(*at) {
                    "on" | "upon" => !calendar,
                    "against" => true,
                    "of" => *at == end || self.is_dated(at - 1),
                    _ => false,
                }
            });
        if let Some(link) = link {
            self.add_ahead(link + 1, mention.rule);
        }
        let before = mention.phrase.start..mention.tokens.start;
        let possessor = before.clone().rfind(|at| matches!(clause.word(*at), "’s" | "'s" | "’"));
        let person =
            possessor.filter(|_| mention.kind != AttackKind::Bombing).and_then(|at| clause.behind(at));
        if let Some(phrase) = person.filter(|it| self.cast.sort(clause, it) == Some(Sort::Person)) {
            let murder = ["murder", "assassination", "killing", "kidnapping", "abduction", "slaying"];
            if murder.contains(&clause.word(mention.tokens.start)) && self.can_be_attacked(&phrase) {
                self.add(&phrase, mention.rule);
            }
        }
        if before.clone().last().is_some_and(|at| clause.is(at, Class::TargetNoun))
            && let Some(phrase) = clause.behind(mention.tokens.start).filter(|it| self.can_be_attacked(it))
        {
            self.add(&phrase, mention.rule);
        }
    }

    /// "A bomb killed 14 people at a market", "two bombs at a market killed 14": the place, where only a number is told
    /// of those who were hit.
    fn read_place(&mut self, mention: &Mention) {
        let clause = self.clause;
        // "…, doctors at a clinic said": behind the comma stands another clause.
        let goes_on = |at: u32| {
            clause.is_preposition(at)
                || matches!(clause.word(at), "including" | "among" | "most" | "many" | "and" | "mostly")
        };
        let stops = |at: u32| {
            clause.says(at)
                || clause.word(at) == "," && !goes_on(at + 1)
                || matches!(
                    clause.word(at),
                    ";" | "that"
                        | "which"
                        | "when"
                        | "while"
                        | "after"
                        | "before"
                        | "as"
                        | "but"
                        | "treated"
                        | "taken"
                )
        };
        let behind = (mention.tokens.end..clause.sentence.end.min(mention.tokens.end + PLACE_REACH))
            .take_while(|at| !stops(*at) || clause.word(*at) == "that" && *at == mention.tokens.end)
            .filter(|at| clause.is_preposition(*at));
        let from = clause.sentence.start.max(mention.tokens.start.saturating_sub(PLACE_REACH / 2));
        let before = (from + 1..mention.tokens.end)
            .rev()
            .take_while(|at| !stops(*at))
            .filter(|at| clause.is_preposition(*at) && clause.is(*at - 1, Class::ExplosiveWord));
        let place = before.chain(behind).find_map(|at| {
            let beside = matches!(
                clause.word(at),
                "at" | "in" | "inside" | "outside" | "into" | "on" | "aboard" | "opposite" | "of"
            );
            let told = matches!(clause.word(at + 1), "a" | "an" | "the" | "one");
            clause.ahead(at + 1).filter(|phrase| beside && told && self.is_thing(phrase))
        });
        if let Some(place) = place {
            self.add(&place, mention.rule);
        }
    }

    /// A building, a vehicle or a work, and no town.
    fn is_thing(&self, phrase: &Phrase) -> bool {
        let clause = self.clause;
        let town = clause.is(phrase.head, Class::Settlement)
            || matches!(
                clause.word(phrase.head),
                "neighborhood" | "neighbourhood" | "area" | "line" | "lines"
            );
        let thing = clause.is(phrase.head, Class::TargetNoun) || clause.is(phrase.head, Class::Venue);
        thing && !town && self.can_be_attacked(phrase)
    }

    /// "The murder yesterday of".
    fn is_dated(&self, at: u32) -> bool {
        let calendar =
            [Class::Weekday, Class::Month, Class::Number].iter().any(|class| self.clause.is(at, *class));
        calendar
            || matches!(
                self.clause.word(at),
                "today" | "yesterday" | "night" | "morning" | "evening" | "afternoon"
            )
    }

    /// The phrase that starts at `at`, and those joined to it: "the mayor, his wife and two guards".
    fn add_ahead(&mut self, at: u32, rule: RuleName) {
        let clause = self.clause;
        let mut listed = Vec::new();
        let (mut next, mut closed) = (Some(at), 0);
        while let Some(phrase) = next.and_then(|at| clause.ahead(at)).filter(|it| self.can_be_attacked(it)) {
            let end = phrase.run.end;
            listed.push(phrase);
            let and = if clause.word(end) == "," { end + 1 } else { end };
            let last = clause.word(and) == "and";
            if clause.word(end) != "," && !last || listed.len() > MOST {
                break;
            }
            let after = if last { and + 1 } else { end + 1 };
            // "Killed two guards and fled": another clause. "Killed 12 guards, soldiers and a doctor said": who says so.
            if clause.is(after, Class::PlainVerb) || clause.tells_who_says(after) {
                break;
            }
            if last {
                closed = listed.len() + 1;
            }
            next = Some(after);
        }
        // "Killed two guards, the mayor said": no list.
        for phrase in listed.iter().take(closed.max(1)) {
            self.add(phrase, rule);
        }
    }

    /// The subject before `at`, and those joined to it.
    fn add_before(&mut self, at: u32, rule: RuleName) {
        let clause = self.clause;
        // "Father Roe, kidnapped in Arden, was freed": the name before the comma.
        let apposed = || (clause.word(at.wrapping_sub(1)) == ",").then(|| clause.behind(at - 1)).flatten();
        let subject = clause.subject(at).or_else(|| self.antecedent(at)).or_else(apposed);
        let Some(subject) = subject else { return };
        if !self.can_be_attacked(&subject) {
            return;
        }
        let mut from = subject.from;
        self.add(&subject, rule);
        let mut joined = from > clause.sentence.start && clause.word(from - 1) == "and";
        while joined && self.found.len() <= MOST {
            let end = if clause.word(from.wrapping_sub(2)) == "," { from - 2 } else { from - 1 };
            let Some(phrase) = clause.behind(end).filter(|it| self.can_be_attacked(it)) else { return };
            // "Shot in the head and one in the arm".
            if phrase.from > clause.sentence.start && clause.is_preposition(phrase.from - 1) {
                return;
            }
            self.add(&phrase, rule);
            from = phrase.from;
            joined = from > clause.sentence.start + 1 && clause.word(from - 1) == ",";
        }
    }

    /// "John Roe, the mayor of Halden in the south, who was kidnapped": whom "who" means.
    fn antecedent(&self, at: u32) -> Option<Phrase> {
        let clause = self.clause;
        let who = (at.saturating_sub(4)..at).rfind(|it| clause.word(*it) == "who")?;
        let from = clause.sentence.start.max(who.saturating_sub(20));
        let start = (from..who).rfind(|it| clause.tokens.run_of(*it, Class::Person).is_some())?;
        // "Ana Lind spoke of her brother, who was shot": not she.
        let owns = |at: u32| matches!(clause.word(at), "his" | "her" | "their" | "’s" | "'s");
        if (start..who).any(|at| owns(at) && clause.is(at + 1, Class::Relation)) {
            return None;
        }
        clause.behind(clause.tokens.run_of(start, Class::Person)?)
    }

    /// People, buildings, vehicles and works can; weapons, numbers, streets and those who attack can't.
    fn can_be_attacked(&self, phrase: &Phrase) -> bool {
        let clause = self.clause;
        let head = clause.word(phrase.head).to_lowercase();
        let thing = clause.is(phrase.head, Class::TargetNoun)
            || clause
                .run_ending(phrase.head + 1, Class::TargetNoun)
                .is_some_and(|start| start >= phrase.run.start)
            || clause.is(phrase.head, Class::Venue);
        let other = matches!(
            head.as_str(),
            "victim"
                | "victims"
                | "others"
                | "body"
                | "bodies"
                | "incident"
                | "attack"
                | "police"
                | "officials"
                | "head"
                | "authorities"
        );
        let street = clause.is(phrase.head, Class::StreetWord);
        let attackers = phrase.run.clone().any(|at| clause.is(at, Class::Attacker));
        if other || street || attackers || phrase.denied {
            return false;
        }
        match self.cast.sort(clause, phrase) {
            Some(Sort::Person | Sort::People | Sort::State) => true,
            Some(Sort::Named) => thing || clause.is(phrase.head, Class::OrganisationWord),
            Some(Sort::Band | Sort::Organization) => false,
            None => {
                thing || clause.is(phrase.head, Class::Title) || clause.is(phrase.head, Class::OfficialTitle)
            }
        }
    }

    fn add(&mut self, phrase: &Phrase, rule: RuleName) {
        let clause = self.clause;
        let head = clause.word(phrase.head).to_lowercase();
        let vague = phrase.run.end == phrase.head + 1
            && matches!(
                head.as_str(),
                "people" | "persons" | "person" | "man" | "woman" | "men" | "women" | "individuals"
            )
            && (phrase.run.start..phrase.head).all(|at| clause.is_quantity(at));
        let article = matches!(
            clause.word(phrase.from).to_lowercase().as_str(),
            "a" | "an" | "the" | "his" | "her" | "their" | "its" | "at"
        );
        let from = if article { phrase.from } else { phrase.run.start };
        let span = clause.tokens.span(from..phrase.run.end);
        let known = self.found.iter().any(|it| it.reading.span.overlaps(span));
        if !known {
            let value = span.of(clause.text).to_owned();
            self.found.push(Target { reading: Reading { value, span, rule }, vague });
        }
    }
}

/// Whether it hits whatever stands around.
fn is_blast(kind: AttackKind) -> bool {
    matches!(
        kind,
        AttackKind::Bombing | AttackKind::SuicideBombing | AttackKind::Grenade | AttackKind::Shelling
    )
}

impl Incident {
    /// Takes what was attacked: what is not known yet, and anything for mere numbers.
    pub(super) fn take_targets(&mut self, targets: Vec<Target>, at: &Evident<'_>) {
        let better = |target: &&Target| !target.vague;
        let tells = targets.iter().any(|target| better(&target));
        if tells && self.targets_are_vague {
            self.attack.targets.clear();
            self.attack.evidence.retain(|it| it.field != Field::Target);
        }
        let told = tells || !self.attack.targets.is_empty();
        if !told || tells {
            self.targets_are_vague = !tells;
        }
        for target in targets.into_iter().filter(|target| !told || better(&target)) {
            let new = target.reading;
            let known = self
                .attack
                .targets
                .iter()
                .any(|it| covers(&it.value, &new.value) || covers(&new.value, &it.value));
            if known || self.attack.targets.len() >= MOST {
                continue;
            }
            self.note(Field::Target, new.span, new.rule, at);
            self.attack.targets.push(new);
        }
    }
}
