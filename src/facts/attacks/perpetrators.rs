//! Who did it: the doers of the verbs for violence, and what the cues of `rules/perpetrators.toml` say of somebody.

use std::ops::Range;

use super::called::{bare, is_one, is_only_attacker, is_suspect};
use super::cast::{Cast, Sort};
use super::clause::Clause;
use super::mention::{Form, Mention};
use super::phrase::Phrase;
use super::voice::{acts_on_something, brought_along, clause_is_passive, is_passive, threat_of};
use crate::facts::classes::Class;
use crate::facts::rules::Match;
use crate::facts::{Perpetrator, PerpetratorKind, Reading, RuleName, Stage, Standing};
use crate::span::Span;

/// How far behind the words for violence "by" may stand.
const BY_REACH: u32 = 25;

/// All perpetrators that a sentence names for its attack; `cues` are those of [`Scene::cues`](super::scene::Scene::cues).
pub(super) fn find(
    clause: &Clause<'_>,
    cues: &[Match<'_>],
    cast: &Cast<'_>,
    mentions: &[Mention],
) -> Vec<Perpetrator> {
    let mut doers = Doers { clause, cast, found: Vec::new() };
    cues.iter().for_each(|it| doers.read_cue(it));
    for mention in mentions.iter().filter(|mention| mention.stage.is_some()) {
        doers.read_mention(mention);
    }
    doers.found.retain(|it| !rescuers(clause, cues).any(|run| it.name.span.overlaps(run)));
    doers.found
}

/// Those who end a siege: "commandos stormed the bank and freed 36 hostages".
pub(super) fn rescuers(clause: &Clause<'_>, cues: &[Match<'_>]) -> impl Iterator<Item = Span> {
    let rescues = cues.iter().filter(|it| it.rule.gives("of") == Some("rescue"));
    rescues.map(|it| clause.tokens.span(it.tokens.start..it.tokens.start + 1))
}

/// Those whom a sentence calls the doers of the attack that is told of already: "the suspect, John Roe".
///
/// The other words of such a sentence may be on another deed, or on a charge.
pub(super) fn find_known(clause: &Clause<'_>, cues: &[Match<'_>], cast: &Cast<'_>) -> Vec<Perpetrator> {
    let mut doers = Doers { clause, cast, found: Vec::new() };
    for it in cues.iter().filter(|it| it.rule.gives("of") == Some("attack-told")) {
        if matches!(clause.word(it.tokens.start.wrapping_sub(1)), "the" | "The") {
            doers.read_cue(it);
        }
    }
    doers.found
}

/// How far back the organisation stands that "the same group" is, in tokens.
const SAME_REACH: u32 = 80;

pub(super) struct Doers<'s, 'a> {
    pub(super) clause: &'s Clause<'a>,
    cast: &'s Cast<'a>,
    found: Vec<Perpetrator>,
}

impl Doers<'_, '_> {
    /// What a cue says of the phrase beside it.
    fn read_cue(&mut self, cue: &Match<'_>) {
        // `attackers` reads these, and `rescuers`.
        if matches!(cue.rule.gives("of"), Some("passage" | "rescue")) {
            return;
        }
        let standing = match cue.rule.gives("standing") {
            Some("claimed") => Standing::Claimed,
            Some("blamed") => Standing::Blamed,
            Some("suspected") => Standing::Suspected,
            Some("convicted") => Standing::Convicted,
            _ => Standing::Stated,
        };
        if standing == Standing::Convicted && self.is_no_verdict(&cue.tokens)
            || standing == Standing::Suspected && self.is_accessory(&cue.tokens)
            || cue.rule.gives("of") == Some("cleared")
            || standing == Standing::Blamed && self.is_of_the_past(&cue.tokens)
        {
            return;
        }
        let before = self.clause.word(cue.tokens.start.wrapping_sub(1));
        // "The accused", "an alleged": no verb.
        let adjective = matches!(before, "the" | "The" | "a" | "an" | "other" | "his" | "her" | "their");
        if self.is_denied(cue.tokens.start) || adjective && cue.rule.gives("doer") == Some("after") {
            return;
        }
        // "A rebel was killed".
        let active = cue.rule.gives("voice") == Some("active");
        if active && clause_is_passive(self.clause, cue.tokens.start) {
            return;
        }
        let clause = self.clause;
        let phrase = match (cue.capture("who"), cue.rule.gives("doer")) {
            (Some(who), _) => clause.ahead(who.start),
            (None, Some("before")) => clause.subject(cue.tokens.start),
            (None, _) => clause.ahead(cue.tokens.end),
        };
        let Some(mut phrase) = phrase.filter(|phrase| !phrase.denied) else { return };
        // "Accused the army of the murder".
        let accuses = cue.tokens.clone().any(|at| clause.word(at).starts_with("accus"));
        if accuses && clause.word(phrase.head + 1) == "of" {
            phrase.run.end = phrase.run.end.min(phrase.head + 1);
        }
        if let Some(name) = self.same_organization(&phrase) {
            self.push(phrase.run, name, PerpetratorKind::Organization, standing, cue.rule.name);
            return;
        }
        let Some(sort) = self.cast.sort(clause, &phrase) else { return };
        let accepted = cue.rule.gives("accepts").unwrap_or("organization band");
        if accepted.split(' ').any(|it| it == sort.name()) {
            let accused = (clause.sentence.start.max(cue.tokens.start.saturating_sub(4))..cue.tokens.end)
                .any(|at| {
                    clause.is(at, Class::SuspicionWord) || matches!(clause.word(at), "accused" | "suspect")
                });
            let standing =
                if accused && standing == Standing::Stated { Standing::Suspected } else { standing };
            self.add(&phrase, &sort, standing, cue.rule.name, phrase.run.end);
        }
    }

    fn read_mention(&mut self, mention: &Mention) {
        let clause = self.clause;
        if self.is_denied(mention.tokens.start) {
            return;
        }
        if mention.form != Form::Verb {
            // "The Boko Haram attack".
            let named = mention.phrase.clone().find_map(|at| {
                let end = clause.tokens.run_of(at, Class::ArmedGroup)?;
                (end < mention.phrase.end || clause.word(end) == "-").then_some(at..end)
            });
            if let Some(run) = named {
                let phrase = Phrase { head: run.end - 1, from: run.start, run, denied: false };
                let end = phrase.run.end;
                self.add(&phrase, &Sort::Organization, Standing::Stated, mention.rule, end);
            }
            self.read_by(mention, None);
            return;
        }
        if is_passive(clause, mention) {
            let suffers = clause.subject(mention.tokens.start);
            self.read_by(mention, suffers.as_ref());
            return;
        }
        let threat = (mention.stage == Some(Stage::Threatened)).then(|| threat_of(clause, mention)).flatten();
        let doer = match (threat, brought_along(clause, mention)) {
            (Some(threat), _) => clause.subject(threat),
            (None, Some(end)) => clause.behind(end),
            (None, None) => clause.subject(mention.tokens.start),
        };
        let Some(doer) = doer.filter(|doer| !doer.denied) else { return };
        let armed = |sort: &Sort| matches!(sort, Sort::Organization | Sort::Band);
        let sort = self.cast.sort(clause, &doer);
        let ended = clause.word(mention.tokens.end).is_empty() || clause.word(mention.tokens.end) == ".";
        let acts = acts_on_something(clause, mention) || !ended && sort.as_ref().is_some_and(armed);
        if mention.rule == "attack-wounds" || !acts {
            return;
        }
        let suffers = clause.ahead(mention.tokens.end);
        match sort {
            // Who makes a threat names themselves.
            Some(Sort::Named) if threat.is_some() => {
                self.add(&doer, &Sort::Named, Standing::Stated, mention.rule, mention.tokens.start);
            }
            Some(sort @ (Sort::Organization | Sort::Band)) => {
                self.add(&doer, &sort, Standing::Stated, mention.rule, mention.tokens.start);
            }
            Some(sort @ (Sort::Person | Sort::People | Sort::State))
                if self.may_have_done(mention, &sort, suffers.as_ref()) =>
            {
                self.add(&doer, &sort, Standing::Stated, mention.rule, mention.tokens.start);
            }
            _ => {}
        }
    }

    /// "By a group of armed men", also behind a date and a place.
    fn read_by(&mut self, mention: &Mention, suffers: Option<&Phrase>) {
        let clause = self.clause;
        let end = clause.sentence.end.min(mention.tokens.end + BY_REACH);
        let stop = (mention.tokens.end..end)
            .find(|at| {
                matches!(
                    clause.word(*at),
                    ";" | "that"
                        | "which"
                        | "who"
                        | "said"
                        | "says"
                        | "when"
                        | "while"
                        | "after"
                        | "but"
                        | "as"
                )
            })
            .unwrap_or(end);
        for by in (mention.tokens.end..stop).filter(|at| clause.word(*at) == "by") {
            // "An attack condemned by the front".
            let before = clause.word(by - 1);
            let other = by > mention.tokens.end
                && (before.ends_with("ed") || clause.says(by - 1))
                && !clause.is(by - 1, Class::DoingParticiple);
            let Some(phrase) = clause.ahead(by + 1).filter(|phrase| !phrase.denied && !other) else {
                continue;
            };
            let Some(sort) = self.cast.sort(clause, &phrase) else { continue };
            let weak = matches!(sort, Sort::People | Sort::State | Sort::Person);
            if sort == Sort::Named || weak && !self.may_have_done(mention, &sort, suffers) {
                continue;
            }
            self.add(&phrase, &sort, Standing::Stated, mention.rule, phrase.run.end);
            return;
        }
    }

    /// Whether soldiers or somebody unknown can have attacked whom the sentence says they hit: not where those are
    /// gunmen themselves, nor "him".
    ///
    /// "She was attacked by John Roe" is as often said of words.
    fn may_have_done(&self, mention: &Mention, doer: &Sort, suffers: Option<&Phrase>) -> bool {
        let word = self.clause.word(mention.tokens.end - 1);
        let words = ["attack", "assault", "struck"].iter().any(|it| word.starts_with(it));
        if *doer == Sort::Person && words {
            return false;
        }
        let sort = suffers.map(|phrase| self.cast.sort(self.clause, phrase));
        match (doer, sort) {
            (_, Some(Some(Sort::Band | Sort::Organization))) => false,
            (Sort::State, Some(Some(Sort::People))) => true,
            (Sort::State, _) => false,
            _ => true,
        }
    }

    /// Adds somebody; a band that names its organisation adds that too. Words between the phrase and `verb` may make it
    /// a suspicion.
    fn add(&mut self, phrase: &Phrase, sort: &Sort, standing: Standing, rule: RuleName, verb: u32) {
        let clause = self.clause;
        let run = bare(clause, phrase);
        let suspected = (phrase.from.saturating_sub(3)..run.start.max(phrase.from))
            .chain(phrase.run.clone())
            .chain(phrase.run.end..verb)
            .any(|at| {
                clause.is(at, Class::SuspicionWord)
                    || clause.tokens.run_of(at, Class::SuspicionWord).is_some()
            });
        // "Protesters threw stones, police said": where the news is from, and nobody accused.
        let attributed = match sort {
            Sort::Person | Sort::State => self.is_attributed(),
            Sort::Organization => self.is_disowned(phrase.run.end),
            _ => false,
        };
        let standing = match standing {
            Standing::Stated if suspected => Standing::Suspected,
            Standing::Stated if attributed => Standing::Blamed,
            known => known,
        };
        // "A student, Max Roe, opened fire": the name says more.
        let named = (*sort != Sort::Person).then(|| self.name_behind(phrase)).flatten();
        if let Some((run, name)) = named {
            return self.push(run, name, PerpetratorKind::Person, standing, rule);
        }
        if *sort == Sort::Person {
            let Some((run, person)) = self.cast.person(clause, phrase) else { return };
            let name = person.name.clone().unwrap_or_default();
            return self.push(run, name, PerpetratorKind::Person, standing, rule);
        }
        let organization = self.cast.organization_in(clause, phrase);
        if let Some(run) = organization {
            let name = self.cast.organization_name(clause, &run);
            self.push(run, name, PerpetratorKind::Organization, standing, rule);
        }
        let value = clause.tokens.span(run.clone()).of(clause.text).to_owned();
        match sort {
            Sort::Organization => {}
            Sort::Named => self.push(run, value, PerpetratorKind::Organization, standing, rule),
            _ => {
                let head = clause.word(phrase.head).to_lowercase();
                // "The suspect", "people", "one of those men" tell nothing of who it was.
                let vague = is_suspect(&head)
                    || is_only_attacker(clause, &run)
                    || run.len() == 1
                        && matches!(head.as_str(), "person" | "people" | "others" | "individuals")
                    || run.clone().any(|at| matches!(clause.word(at), "those" | "these"));
                if !vague {
                    let kind =
                        if is_one(clause, phrase) { PerpetratorKind::Person } else { PerpetratorKind::Group };
                    self.push(run, value, kind, standing, rule);
                }
            }
        }
    }
}

impl Doers<'_, '_> {
    fn push(
        &mut self,
        run: Range<u32>,
        value: String,
        kind: PerpetratorKind,
        standing: Standing,
        rule: RuleName,
    ) {
        let span = self.clause.tokens.span(run);
        let known = self.found.iter().any(|it| it.name.span.overlaps(span) && it.kind == kind);
        if !known {
            self.found.push(Perpetrator { name: Reading { value, span, rule }, kind, standing });
        }
    }

    /// The name of somebody whom a phrase describes: "student, Max Roe, 19,".
    fn name_behind(&self, phrase: &Phrase) -> Option<(Range<u32>, String)> {
        let clause = self.clause;
        let single = matches!(clause.word(phrase.from), "a" | "an" | "the" | "A" | "An" | "The");
        let start = phrase.run.end + 1;
        clause.token(start)?;
        let end = clause.tokens.run_of(start, Class::Person)?;
        let apposed = clause.word(start - 1) == "," && clause.word(end) == ",";
        let plural =
            clause.word(phrase.head).ends_with(['s', 'S']) || clause.word(phrase.head).ends_with("men");
        if !single || !apposed || plural || phrase.run.end != phrase.head + 1 {
            return None;
        }
        let whole = Phrase { run: start..end, head: end - 1, from: start, denied: false };
        let (run, person) = self.cast.person(clause, &whole)?;
        Some((run, person.name.clone()?))
    }

    /// "The same group": the name of the armed organisation named last.
    fn same_organization(&self, phrase: &Phrase) -> Option<String> {
        let clause = self.clause;
        let same = phrase.run.len() == 2 && clause.word(phrase.run.start) == "same";
        let body = matches!(
            clause.word(phrase.head),
            "group"
                | "organisation"
                | "organization"
                | "movement"
                | "militia"
                | "network"
                | "militants"
                | "rebels"
        );
        if !same || !body {
            return None;
        }
        let from = phrase.from.saturating_sub(SAME_REACH);
        let last = (from..phrase.from).rev().find_map(|at| {
            let first = at == 0 || clause.tokens.run_of(at - 1, Class::ArmedGroup).is_none();
            let end = clause.tokens.run_of(at, Class::ArmedGroup).filter(|end| *end <= phrase.from);
            end.filter(|_| first).map(|end| at..end)
        })?;
        Some(self.cast.organization_name(clause, &last))
    }
}

impl Sort {
    /// What rule files call it under `accepts`.
    fn name(&self) -> &'static str {
        match self {
            Sort::Organization => "organization",
            Sort::Band => "band",
            Sort::Person => "person",
            Sort::People => "people",
            Sort::State => "state",
            Sort::Named => "name",
        }
    }
}
