//! One attack or one person of the dossier: where each value comes from, what was linked and why, and what the editor
//! changed.

use super::lists::word;
use super::sheet::Sheet;
use super::{FAINT, PLAIN, STRONG};
use crate::cli::draw::visible;
use crate::country;
use crate::diagnostic::nearest;
use crate::dossier::{
    Attack, Change, Checked, Person, Reasoned, Sourcing, Stale, article_name, mention_key, why_linked,
    why_same_person, written_toll,
};
use crate::facts::rules::level_of;
use crate::facts::{self, Field, Reading};
use crate::fields::Choice;
use crate::pipeline::Site;
use crate::records::EDITOR;
use crate::span::Span;

/// What an id is the id of.
pub(super) enum Subject<'a> {
    Attack(&'a Attack),
    Person(&'a Person),
}

/// The attack or person that has this id, or had it; else the id that is nearest.
pub(super) fn find<'a>(site: &'a Site, id: &str) -> Result<Subject<'a>, Option<String>> {
    let attacks = || site.dossier.attacks.iter().chain(&site.dossier.hidden);
    let has = |own: &str, former: &[String]| own == id || former.iter().any(|it| it == id);
    if let Some(attack) = attacks().find(|attack| has(&attack.id, &attack.former_ids)) {
        return Ok(Subject::Attack(attack));
    }
    let mut people = site.dossier.people.iter();
    if let Some(person) = people.find(|person| has(&person.slug, &person.former_slugs)) {
        return Ok(Subject::Person(person));
    }
    let known = attacks().map(|attack| attack.id.as_str());
    let known = known.chain(site.dossier.people.iter().map(|person| person.slug.as_str()));
    Err(nearest(id, known).map(str::to_owned))
}

/// The sheet of an attack or a person.
pub(super) fn sheet(site: &Site, subject: &Subject<'_>, width: usize) -> String {
    let mut sheet = Sheet::new(width);
    match subject {
        Subject::Attack(attack) => of_attack(&mut sheet, site, attack),
        Subject::Person(person) => of_person(&mut sheet, site, person),
    }
    sheet.words
}

fn checked(checked: Checked) -> &'static str {
    match checked {
        Checked::Extracted => "read by the program, not yet confirmed",
        Checked::Confirmed => "confirmed by an editor as it was read",
        Checked::Corrected => "corrected by an editor",
    }
}

fn of_attack(sheet: &mut Sheet, site: &Site, attack: &Attack) {
    sheet.flow(0, &[(STRONG, &visible(&attack.title)), (FAINT, &format!("  {}", attack.id))]);
    let sourcing = match attack.sourcing {
        Sourcing::Editor => "added by an editor",
        Sourcing::Single => "one source",
        Sourcing::Several => "several sources agree",
        Sourcing::Disagreeing => "sources disagree",
    };
    let hidden = if site.dossier.hidden.iter().any(|it| it.id == attack.id) { ", hidden" } else { "" };
    let state = if attack.mentions.is_empty() { "no article reports it" } else { checked(attack.checked) };
    sheet.flow(0, &[(PLAIN, &format!("{state}{hidden}; {sourcing}"))]);
    former(sheet, &attack.former_ids);
    let record = attack.record.map(|record| &*site.records.attacks[record as usize].path);
    decisions(sheet, record, &attack.changed, &attack.stale);
    let place = [
        attack.place.clone(),
        attack.near.clone(),
        attack.country.as_deref().map(|it| country::name(it).to_owned()),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let values = [
        ("type", Field::Type, Some(attack.kind.word().to_owned())),
        ("date", Field::Date, attack.date.map(|date| date.to_string()).or_else(|| attack.date_text.clone())),
        ("place", Field::Place, (!place.is_empty()).then(|| place.join(", "))),
        ("killed", Field::Killed, attack.killed.map(written_toll)),
        ("injured", Field::Injured, attack.injured.map(written_toll)),
        ("hostages", Field::Hostages, attack.hostages.map(written_toll)),
        ("perpetrator", Field::Perpetrator, perpetrators(attack)),
        ("target", Field::Target, attack.target.clone()),
        ("weapon", Field::Weapon, attack.weapon.clone()),
    ];
    for (key, field, value) in values {
        let Some(value) = value else { continue };
        sheet.heading(&format!("{key}: {}", visible(&value)));
        let by_editor = attack
            .changed
            .iter()
            .any(|change| change.field == key || (key == "place" && change.field == "country"));
        if by_editor {
            sheet.flow(2, &[(PLAIN, &format!("set by `{}`", record.unwrap_or_default()))]);
        }
        for mention in &attack.mentions {
            reading(sheet, site, *mention, field);
        }
    }
    links(sheet, site, attack);
}

fn perpetrators(attack: &Attack) -> Option<String> {
    let named = attack.perpetrators.iter();
    let named: Vec<String> =
        named.map(|(name, _, standing)| format!("{name} ({})", standing.word())).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// What one article says of a value: the words, the rule, and the sentence around them.
fn reading(sheet: &mut Sheet, site: &Site, mention: (u32, u32), field: Field) {
    let article = &site.articles[mention.0 as usize];
    let text = &article.document.text;
    let told = &article.facts.attacks[mention.1 as usize];
    if is_set(told, field) {
        let value = value(told, field).map_or(String::new(), |value| format!("{value}, "));
        let by = format!("{value}set beside the article `{}`", article_name(article));
        sheet.flow(2, &[(PLAIN, &visible(&by))]);
    }
    for evidence in told.evidence.iter().filter(|evidence| evidence.field == field) {
        let block = article.document.blocks.get(evidence.block as usize);
        let block = block.map_or("headline", |block| block.id.as_str());
        let value = value(told, field).map_or(String::new(), |value| format!("{value}, "));
        let words = one_line(evidence.span.of(text));
        let source =
            format!("{}#{block}, {}, {}", article_name(article), evidence.rule, word(&evidence.level));
        sheet
            .flow(2, &[(PLAIN, &format!("{value}“{}”", visible(&words))), (FAINT, &format!("  ({source})"))]);
        sheet.flow(4, &[(FAINT, &visible(&one_line(evidence.sentence.of(text))))]);
    }
}

/// Whether a sidecar or front matter sets the value in the place of what was read.
fn is_set(told: &facts::Attack, field: Field) -> bool {
    let toll = |toll: &Option<Reading<facts::Toll>>| toll.as_ref().is_some_and(|toll| toll.rule == EDITOR);
    let words = |words: &Option<Reading<String>>| words.as_ref().is_some_and(|words| words.rule == EDITOR);
    match field {
        Field::Date => words(&told.date_text),
        Field::Place => words(&told.place.name) || words(&told.place.country),
        Field::Killed => toll(&told.killed),
        Field::Injured => toll(&told.injured),
        _ => false,
    }
}

/// The value as one article gives it.
fn value(told: &facts::Attack, field: Field) -> Option<String> {
    let toll = |toll: &Option<Reading<facts::Toll>>| toll.as_ref().map(|toll| written_toll(toll.value));
    match field {
        Field::Date => told.date.map(|date| date.to_string()),
        Field::Killed => toll(&told.killed),
        Field::Injured => toll(&told.injured),
        Field::Hostages => toll(&told.hostages),
        _ => None,
    }
}

/// Which readings were taken for one, each with the one before that it fits best, and why.
fn links(sheet: &mut Sheet, site: &Site, attack: &Attack) {
    let why = why_linked(&site.articles, &site.knowledge.aliases, &attack.mentions);
    if !why.is_empty() {
        sheet.heading("what was linked, and why");
    }
    for linked in &why {
        let name = |mention| mention_key(&site.articles, mention);
        reasoned(sheet, &name(linked.mention), &name(linked.with), linked);
    }
}

fn reasoned(sheet: &mut Sheet, one: &str, other: &str, linked: &Reasoned) {
    let words: Vec<String> =
        linked.reasons.iter().map(|it| format!("{} ({:+})", it.words, it.weight)).collect();
    sheet.flow(2, &[(PLAIN, &visible(one)), (FAINT, &format!(" with {}", visible(other)))]);
    sheet.flow(4, &[(PLAIN, &visible(&words.join(", ")))]);
    if let Some(against) = &linked.against {
        sheet.flow(4, &[(PLAIN, &format!("put together by the editor, though: {}", visible(against)))]);
    } else if !linked.enough {
        sheet.flow(
            4,
            &[(FAINT, "too little by itself: it fits the others taken together, or the editor put it there")],
        );
    }
}

fn of_person(sheet: &mut Sheet, site: &Site, person: &Person) {
    sheet.flow(0, &[(STRONG, &visible(&person.name)), (FAINT, &format!("  {}", person.slug))]);
    let index = if person.indexed {
        "stands in the index of experts"
    } else {
        "does not stand in the index of experts"
    };
    sheet.flow(0, &[(PLAIN, &format!("{}; {}; {index}", person.role.word(), checked(person.checked)))]);
    former(sheet, &person.former_slugs);
    let record = person.record.map(|record| &*site.records.people[record as usize].path);
    decisions(sheet, record, &person.changed, &person.stale);
    sheet.heading("what the articles say");
    for (at, index) in &person.mentions {
        let article = &site.articles[*at as usize];
        let told = &article.facts.people[*index as usize];
        let published = article.document.meta.published.map_or("no date".to_owned(), |date| date.to_string());
        let name = told.name.as_deref().unwrap_or_default();
        let source = format!("  ({}, {published})", article_name(article));
        sheet.flow(2, &[(PLAIN, &visible(name)), (FAINT, &source)]);
        let readings =
            [("honorific", &told.honorific), ("title", &told.title), ("affiliation", &told.affiliation)];
        for (key, reading) in readings {
            if let Some(reading) = reading {
                said(sheet, key, &reading.value, reading.rule, reading.span);
            }
        }
        let words = told.role.span.of(&article.document.text);
        let why = if words.is_empty() { String::new() } else { format!(": “{}”", one_line(words)) };
        said(sheet, "role", &format!("{}{why}", told.role.value.word()), told.role.rule, told.role.span);
    }
    let attack_of = &site.dossier.attack_of;
    let why = why_same_person(&site.articles, &site.knowledge.aliases, attack_of, &person.mentions);
    if !why.is_empty() {
        sheet.heading("what was linked, and why");
    }
    for linked in &why {
        let name = |(at, _): (u32, u32)| article_name(&site.articles[at as usize]);
        reasoned(sheet, name(linked.mention), name(linked.with), linked);
    }
    if !person.quotes.is_empty() {
        sheet.heading(&format!("quotations: {}", person.quotes.len()));
    }
    for (at, index) in &person.quotes {
        let article = &site.articles[*at as usize];
        let quote = &article.facts.quotes[*index as usize];
        let block = article.document.blocks.get(quote.block as usize).map_or("", |block| block.id.as_str());
        let source = format!("  ({}#{block}, {}, {})", article_name(article), quote.rule, word(&quote.level));
        let words = format!("“{}”", visible(&one_line(quote.span.of(&article.document.text))));
        sheet.flow(2, &[(PLAIN, &words), (FAINT, &source)]);
    }
}

fn said(sheet: &mut Sheet, key: &str, value: &str, rule: &'static str, span: Span) {
    let level = word(&level_of(rule));
    let source = if span.is_empty() { rule.to_owned() } else { format!("{rule}, {level}") };
    sheet.field(key, &visible(value), &source);
}

fn former(sheet: &mut Sheet, former: &[String]) {
    if !former.is_empty() {
        sheet.flow(0, &[(FAINT, &format!("former ids that lead here: {}", former.join(", ")))]);
    }
}

/// What the editor changed, and whether it still rests on what it was decided on.
fn decisions(sheet: &mut Sheet, record: Option<&str>, changed: &[Change], stale: &[Stale]) {
    let Some(record) = record else { return };
    sheet.heading(&format!("what the editor decided (`{record}`)"));
    for Change { field, read, now } in changed {
        let read = read.as_deref().map_or("nothing".to_owned(), visible);
        let now = now.as_deref().map_or("nothing".to_owned(), visible);
        sheet.flow(2, &[(PLAIN, &format!("{field}: {now}")), (FAINT, &format!("  (read: {read})"))]);
    }
    if changed.is_empty() {
        sheet.flow(2, &[(PLAIN, "no value was changed")]);
    }
    for it in stale {
        sheet.flow(2, &[(PLAIN, &format!("since then, `{}` {}", visible(&it.mention), it.what.words()))]);
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
