//! Attacks that cannot be as they are dated, facts without a source, and facts that nobody has confirmed.

use crate::config::{Lint, Publish};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::dossier::{self, Article, Checked, Stale, changes_in_words};
use crate::facts::Attack;
use crate::pipeline::Site;

use super::Findings;

pub(super) fn look(site: &Site, findings: &mut Findings<'_>) {
    for (article, owners) in site.articles.iter().zip(site.dossier.attack_of.iter()) {
        for (attack, owner) in article.facts.attacks.iter().zip(owners) {
            if let Some(owner) = owner {
                after_article(article, attack, &site.dossier.attacks[*owner as usize].id, findings);
            }
        }
    }
    for person in site.dossier.people.iter() {
        let Some(record) = person.record.map(|record| &site.records.people[record as usize]) else {
            continue;
        };
        let unsourced = record.sources.is_empty() && record.biography.trim().is_empty();
        let fields: Vec<&str> = person.changed.iter().map(|change| change.field).collect();
        if unsourced && !fields.is_empty() {
            let message = format!("{} corrected without a source", list(&fields));
            let help = "say where it can be checked: `[[source]]`, or a sentence below the front matter";
            findings.add(Lint::FactWithoutEvidence, Diagnostic::error(&*record.path, message).help(help));
        }
        if !person.stale.is_empty() {
            stale(&record.path, &person.slug, &person.stale, findings);
        }
    }
    for attack in &site.dossier.attacks {
        let record = attack.record.map(|record| &site.records.attacks[record as usize]);
        if let Some(record) = record
            && record.sources.is_empty()
            && record.summary.trim().is_empty()
        {
            let fields: Vec<&str> = attack.changed.iter().map(|change| change.field).collect();
            if attack.mentions.is_empty() {
                let told =
                    Diagnostic::error(&*record.path, "an attack that no article reports has no source");
                let help = "say where it can be checked: `[[source]]` with `outlet`, `title` or `url`";
                findings.add(Lint::FactWithoutEvidence, told.help(help));
            } else if !fields.is_empty() {
                let message = format!("{} corrected without a source", list(&fields));
                let help = "say where it can be checked: `[[source]]`, or a sentence below the front matter";
                findings.add(Lint::FactWithoutEvidence, Diagnostic::error(&*record.path, message).help(help));
            }
        }
        if let Some(record) = record {
            set_after_article(site, attack, &record.path, findings);
        }
        if !attack.stale.is_empty()
            && let Some(record) = record
        {
            stale(&record.path, &attack.id, &attack.stale, findings);
        }
    }
    if site.config.facts.publish == Publish::Confirmed {
        unconfirmed(site, findings);
    }
}

fn stale(file: &str, id: &str, changes: &[Stale], findings: &mut Findings<'_>) {
    let changes = changes_in_words(changes);
    let message = format!("what this decision rests on has changed: {changes}");
    let help = format!("look again, then `dateline review --seen {id}`");
    findings.add(Lint::StaleDecision, Diagnostic::error(file, message).help(help));
}

/// A day that an editor gives, after an article that reports the attack.
fn set_after_article(site: &Site, attack: &dossier::Attack, file: &str, findings: &mut Findings<'_>) {
    let Some(date) = attack.date.filter(|_| attack.changed.iter().any(|change| change.field == "date"))
    else {
        return;
    };
    let articles = attack.mentions.iter().map(|(at, _)| &site.articles[*at as usize]);
    let mut early = articles
        .filter(|article| article.document.meta.published.is_some_and(|day| date.earliest() > day.latest()));
    if let Some(article) = early.next() {
        let message =
            format!("the date {date} lies after `{}`, which reports the attack", article.document.path);
        let help = "mend the date of the record, or `published` of the article";
        findings.add(Lint::AttackAfterArticle, Diagnostic::error(file, message).help(help));
    }
}

/// "`killed` and `date` are", "`killed` is"
fn list(fields: &[&str]) -> String {
    let named: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
    match &named[..] {
        [one] => format!("{one} is"),
        [first @ .., last] => format!("{} and {last} are", first.join(", ")),
        [] => String::new(),
    }
}

/// An attack that an article reports before it can have happened: one of the two days is read wrongly.
fn after_article(article: &Article, attack: &Attack, id: &str, findings: &mut Findings<'_>) {
    let (Some(date), Some(published)) = (attack.date, article.document.meta.published) else { return };
    if date.earliest() <= published.latest() {
        return;
    }
    let document = &article.document;
    let message =
        format!("the attack `{id}` is dated {date}, after the article of {published} that reports it");
    let told = Diagnostic::error(&*document.path, message);
    let words = attack.date_text.as_ref().filter(|words| !words.span.is_empty());
    let told = match words.filter(|_| document.origin == Origin::Same) {
        Some(words) => told.at(&document.text, words.span),
        None => told,
    };
    let help = "mend `published`, or the date in a sidecar: `[[attack]]` with `paragraph` and `date`";
    findings.add(Lint::AttackAfterArticle, told.help(help));
}

/// What is left out of a site that shows only what an editor has looked at.
fn unconfirmed(site: &Site, findings: &mut Findings<'_>) {
    let attacks = site.dossier.attacks.iter().filter(|attack| attack.checked == Checked::Extracted);
    for attack in attacks {
        let message = format!("the attack `{}` is not confirmed, and so left out", attack.id);
        let file = format!("content/attacks/{}.md", attack.id);
        let help = "`confirmed = true` in this file shows it; `dateline review` asks for each";
        findings.add(Lint::Unconfirmed, Diagnostic::error(file, message).help(help));
    }
    let people = site.dossier.people.iter();
    for person in people.filter(|person| person.indexed && person.checked == Checked::Extracted) {
        let message = format!("the expert `{}` is not confirmed, and so left out", person.slug);
        let file = format!("content/experts/{}.md", person.slug);
        let help = "`confirmed = true` in this file shows them; `dateline review` asks for each";
        findings.add(Lint::Unconfirmed, Diagnostic::error(file, message).help(help));
    }
}
