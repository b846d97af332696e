//! One article's facts with the editor's word over them: what a sidecar or front matter corrects, before linking.
//!
//! What the editor sets has [`EDITOR`] for a rule and no words of its own: its span is empty, at the head of the
//! paragraph that speaks of it, so that it still leads there.

use crate::diagnostic::{Diagnostic, nearest};
use crate::document::Document;
use crate::facts::{Attack, Facts, Field, Level, Person, Quote, QuoteKind, Reading, Role, RuleName};
use crate::span::Span;

use super::{ArticleRecord, AttackChange, PersonChange, QuotationChange, Speaker};

/// The name that stands in the place of a rule's where an editor set a value.
pub const EDITOR: RuleName = "editor";

/// What was `read` as `record` corrects it, and what of it matches nothing.
pub fn overlay(read: &Facts, document: &Document, record: &ArticleRecord) -> (Facts, Vec<Diagnostic>) {
    let mut facts = read.clone();
    let mut faults = Vec::new();
    let fault = |place: &crate::diagnostic::Place, message: String| {
        let mut fault = Diagnostic::error(&*record.path, message);
        fault.place = Some(place.clone());
        fault
    };
    for change in &record.people {
        if !change_person(&mut facts, change) {
            let names = facts.people.iter().filter_map(|person| person.name.as_deref());
            let told = fault(&change.name.place, format!("the article names no `{}`", change.name.value));
            faults.push(match nearest(&change.name.value, names) {
                Some(near) => told.help(format!("did you mean `{near}`?")),
                None => told.help("give the name as `dateline explain` of the article lists it"),
            });
        }
    }
    // Who decided about what: one thing is decided once.
    let mut decided: Vec<Span> = Vec::new();
    let mut twice = |span: Span| {
        let known = decided.contains(&span);
        decided.push(span);
        known
    };
    for change in &record.quotations {
        let found = quotations(&facts, document, &change.words.value);
        match found[..] {
            [] => {
                let told =
                    fault(&change.words.place, "no quotation of the article has these words".to_owned());
                faults.push(told.help("copy them from the article, without the marks"));
            }
            [one] if twice(facts.quotes[one].span) => {
                let told = fault(&change.words.place, "this quotation is decided about twice".to_owned());
                faults.push(told.help("keep one of the two"));
            }
            [one] => {
                // The article's name for somebody holds, whatever they are called from now on.
                if let Err(near) = change_quotation(&mut facts, one, change, read, document)
                    && let Some(Speaker::Named(name)) = &change.speaker
                {
                    let told = fault(&name.place, format!("the article names no `{}`", name.value));
                    faults.push(told.help(format!("did you mean `{near}`?")));
                }
            }
            _ => {
                let message = format!("{} quotations of the article have these words", found.len());
                faults.push(fault(&change.words.place, message).help("give more of the words"));
            }
        }
    }
    let mut decided: Vec<(Span, &str)> = Vec::new();
    let mut gone: Vec<usize> = Vec::new();
    for change in &record.attacks {
        let named = &change.paragraph;
        let Some(block) = block_of(document, change) else {
            let (message, help) = if change.by_words {
                ("no paragraph of the article has these words".to_owned(), "copy them from the article")
            } else {
                let message = format!("the article has no paragraph `{}`", named.value);
                (message, "paragraphs are `p1`, `p2` … in order, subheads left out")
            };
            faults.push(fault(&named.place, message).help(help));
            continue;
        };
        let start = document.blocks[block].span.start;
        let Some(at) = attack_in(&facts.attacks, block as u32) else {
            let message = format!("no attack was read from paragraph `{}`", document.blocks[block].id);
            let help = "name the paragraph in which it is told; `dateline explain` of the article lists them";
            faults.push(fault(&named.place, message).help(help));
            continue;
        };
        let head = facts.attacks[at].evidence.first().map_or(Span::default(), |evidence| evidence.span);
        if decided.iter().any(|(known, _)| *known == head) {
            let message = "this attack of the article is decided about twice".to_owned();
            faults.push(fault(&named.place, message).help("put both into one `[[attack]]`"));
            continue;
        }
        decided.push((head, &named.value));
        if change.hidden {
            gone.push(at);
        } else {
            change_attack(&mut facts.attacks[at], change, start);
        }
    }
    gone.sort_unstable();
    for at in gone.into_iter().rev() {
        facts.attacks.remove(at);
    }
    (facts, faults)
}

/// The paragraph that a decision about an attack names, by its id or by some of its words.
fn block_of(document: &Document, change: &AttackChange) -> Option<usize> {
    let named = &change.paragraph.value;
    if change.by_words {
        return document
            .blocks
            .iter()
            .position(|block| block.span.of(&document.text).contains(named.as_str()));
    }
    document.blocks.iter().position(|block| block.id == *named)
}

/// The attack that a paragraph speaks of: the one with most words there, and of equals the first.
fn attack_in(attacks: &[Attack], block: u32) -> Option<usize> {
    let words = |attack: &Attack| attack.evidence.iter().filter(|evidence| evidence.block == block).count();
    let spoken = attacks.iter().enumerate().filter(|(_, attack)| words(attack) > 0);
    spoken.max_by_key(|(at, attack)| (words(attack), std::cmp::Reverse(*at))).map(|(at, _)| at)
}

fn change_attack(attack: &mut Attack, change: &AttackChange, start: u32) {
    let here = Span::new(start as usize, start as usize);
    let reading = |words: &str| Reading { value: words.to_owned(), span: here, rule: EDITOR };
    let set = |attack: &mut Attack, field: Field| attack.evidence.retain(|evidence| evidence.field != field);
    for field in &change.hide {
        set(attack, *field);
        match field {
            Field::Name => attack.name = None,
            Field::Date => (attack.date, attack.date_text) = (None, None),
            Field::Place => attack.place = crate::facts::Place::default(),
            Field::Killed => attack.killed = None,
            Field::Injured => attack.injured = None,
            Field::Hostages => attack.hostages = None,
            Field::Perpetrator => attack.perpetrators.clear(),
            Field::Target => attack.targets.clear(),
            Field::Weapon => attack.weapon = None,
            Field::Mention | Field::Type | Field::Missing | Field::AttackersKilled => {}
        }
    }
    if let Some(date) = change.date {
        set(attack, Field::Date);
        (attack.date, attack.date_text) = (Some(date), Some(reading("")));
    }
    if let Some(place) = &change.place {
        set(attack, Field::Place);
        // The country that was read belongs to the place that was read.
        attack.place = crate::facts::Place { name: Some(reading(place)), ..Default::default() };
    }
    if let Some(country) = &change.country {
        attack.place.country = Some(reading(country));
    }
    if let Some(killed) = change.killed {
        set(attack, Field::Killed);
        attack.killed = Some(Reading { value: killed, span: here, rule: EDITOR });
    }
    if let Some(injured) = change.injured {
        set(attack, Field::Injured);
        attack.injured = Some(Reading { value: injured, span: here, rule: EDITOR });
    }
    attack.kind = change.kind.unwrap_or(attack.kind);
    attack.stage = change.stage.unwrap_or(attack.stage);
    attack.level = Level::High;
}

/// The quotations that begin with `words`, or else hold them; marks and white space at the ends do not count.
pub fn quotations(facts: &Facts, document: &Document, words: &str) -> Vec<usize> {
    let plain =
        |words: &str| words.trim_matches(|c: char| c.is_whitespace() || "\"'“”‘’«»„".contains(c)).to_owned();
    let wanted = plain(words);
    if wanted.is_empty() {
        return Vec::new();
    }
    let said = |at: &usize| plain(facts.quotes[*at].span.of(&document.text));
    let own = (0..facts.quotes.len()).filter(|at| facts.quotes[*at].kind == QuoteKind::Direct);
    let all: Vec<usize> = own.collect();
    let begin: Vec<usize> = all.iter().copied().filter(|at| said(at).starts_with(&wanted)).collect();
    if begin.is_empty() { all.into_iter().filter(|at| said(at).contains(&wanted)).collect() } else { begin }
}

/// Gives a quotation to whom the editor says, or takes it away.
///
/// # Errors
/// The nearest name of the article, where it has none like the editor's.
fn change_quotation(
    facts: &mut Facts,
    at: usize,
    change: &QuotationChange,
    read: &Facts,
    document: &Document,
) -> Result<(), String> {
    if change.hidden {
        facts.quotes.remove(at);
        return Ok(());
    }
    let known = match &change.speaker {
        None => return Ok(()),
        Some(Speaker::OfRecord(name)) => called(facts, name).unwrap_or_else(|| with_speaker(facts, name, at)),
        Some(Speaker::Named(name)) => match speaker_of(read, facts, document, &name.value) {
            Some(known) => known,
            None => match misspelt(&name.value, facts, document) {
                Some(near) => return Err(near),
                None => with_speaker(facts, &name.value, at),
            },
        },
    };
    let quote: &mut Quote = &mut facts.quotes[at];
    quote.speaker = Some(known as u32);
    quote.speaker_span = None;
    (quote.rule, quote.level) = (EDITOR, Level::High);
    Ok(())
}

/// Who has this very name.
fn called(facts: &Facts, name: &str) -> Option<usize> {
    facts.people.iter().position(|person| person.name.as_deref() == Some(name))
}

/// Who of the article is meant: whose name this was when it was read, or is now, or whom alone it mentions so.
fn speaker_of(read: &Facts, now: &Facts, document: &Document, name: &str) -> Option<usize> {
    let is_there = |at: &usize| now.people[*at].name.is_some();
    if let Some(at) = called(read, name).filter(is_there).or_else(|| called(now, name)) {
        return Some(at);
    }
    let so = |at: &usize| now.people[*at].mentions.iter().any(|words| words.of(&document.text) == name);
    let mut mentioned = (0..now.people.len()).filter(is_there).filter(so);
    mentioned.next().filter(|_| mentioned.next().is_none())
}

/// A new person, by a quotation of theirs.
fn with_speaker(facts: &mut Facts, name: &str, quote: usize) -> usize {
    facts.people.push(added(name, &facts.quotes[quote]));
    facts.people.len() - 1
}

/// The name of the article that an editor is likely to mean by one that does not stand in it.
fn misspelt(name: &str, facts: &Facts, document: &Document) -> Option<String> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words(&document.text).contains(&words(name)) {
        return None;
    }
    let near = nearest(name, facts.people.iter().filter_map(|person| person.name.as_deref()))?;
    // A slip of a letter or two in one word; who has another family name is somebody else.
    let parts = |name: &str| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (said, known) = (parts(name), parts(near));
    let same = said.iter().zip(&known).filter(|(one, other)| one == other).count();
    let slip = said.iter().zip(&known).all(|(one, other)| strsim::damerau_levenshtein(one, other) <= 2);
    (said.len() == known.len() && same + 1 >= said.len() && slip).then(|| near.to_owned())
}

/// Somebody whom the editor names and the program did not find.
fn added(name: &str, quote: &Quote) -> Person {
    let here = Span::new(quote.span.start as usize, quote.span.start as usize);
    Person {
        name: Some(name.to_owned()),
        honorific: None,
        title: None,
        affiliation: None,
        description: None,
        role: Reading { value: Role::Other, span: here, rule: EDITOR },
        mentions: Vec::new(),
        rule: EDITOR,
        level: Level::High,
    }
}

/// Whether the article names the person.
fn change_person(facts: &mut Facts, change: &PersonChange) -> bool {
    let named = |person: &Person| person.name.as_deref() == Some(&*change.name.value);
    let Some(at) = facts.people.iter().position(named) else { return false };
    let person = &mut facts.people[at];
    let start = person.mentions.first().map_or(0, |mention| mention.start as usize);
    let here = Span::new(start, start);
    let reading = |words: &String| Reading { value: words.clone(), span: here, rule: EDITOR };
    if change.hidden {
        // The quotations stay, and are nobody's: the index of others must not move.
        (person.name, person.description) = (None, None);
        person.mentions.clear();
        for quote in facts.quotes.iter_mut().filter(|quote| quote.speaker == Some(at as u32)) {
            (quote.speaker, quote.speaker_span) = (None, None);
        }
        return true;
    }
    if let Some(name) = &change.full_name {
        person.name = Some(name.clone());
    }
    if let Some(title) = &change.title {
        person.title = Some(reading(title));
    }
    if let Some(affiliation) = &change.affiliation {
        person.affiliation = Some(reading(affiliation));
    }
    if let Some(role) = change.role {
        person.role = Reading { value: role, span: here, rule: EDITOR };
    }
    person.level = Level::High;
    true
}
