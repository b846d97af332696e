//! Attacks that need an editor.

use crate::dossier::{self, Attack, Checked, Sourcing, changes_in_words, written_toll};
use crate::facts::Field;
use crate::pipeline::Site;

use super::{Evidence, Item, Reason, Subject, sentences};

/// How many sentences stand with an item.
const SENTENCES: usize = 4;

/// The items, each with its reason and its weight.
pub(super) fn items(site: &Site) -> Vec<(Reason, u32, Item)> {
    let mut found = Vec::new();
    let shown = site.dossier.attacks.iter().map(|attack| (attack, true));
    for (attack, is_shown) in shown.chain(site.dossier.hidden.iter().map(|attack| (attack, false))) {
        let before = found.len();
        let mut add = |reason: Reason, why: String, fields: &[Field], paste: String| {
            let item = item(site, attack, reason, why, sentences(site, attack, fields, SENTENCES), paste);
            found.push((reason, weight(attack), item));
        };
        if !attack.stale.is_empty() {
            let changes = changes_in_words(&attack.stale);
            let why = format!("{} since you decided: {changes}", subject_changed(attack));
            let paste = format!("# look again; `dateline review --seen {}` settles it", attack.id);
            add(Reason::Stale, why, &[], paste);
        }
        let open = is_shown && attack.checked == Checked::Extracted;
        if open && attack.sourcing == Sourcing::Disagreeing {
            let (field, why, paste) = disputed(site, attack);
            add(Reason::Disagreement, why, &[field], paste);
        }
        if open && attack.date.is_none() {
            let why = match &attack.date_text {
                Some(words) => format!("the date is given as “{words}”, and when that was is not known"),
                None => "no article says when it was".to_owned(),
            };
            let paste =
                "confirmed = true    # or the date: date = 2004-03-11, \"2004-03\" or 2004".to_owned();
            add(Reason::Undated, why, &[Field::Date, Field::Mention], paste);
        }
        if open && attack.sourcing == Sourcing::Single {
            let why = "one source alone tells of it".to_owned();
            let paste =
                "confirmed = true    # or another source: [[source]] with `outlet` and `url`".to_owned();
            add(Reason::SingleSource, why, &[], paste);
        }
        if open && found.len() == before {
            let reason = Reason::Unconfirmed;
            let why = format!("{} and nobody has looked at it", level_words(attack));
            let paste = "confirmed = true".to_owned();
            let item = item(site, attack, reason, why, sentences(site, attack, &[], SENTENCES), paste);
            found.push((reason, weight(attack), item));
        }
    }
    found
}

fn subject_changed(attack: &Attack) -> &'static str {
    match attack.checked {
        Checked::Confirmed => "what it was confirmed by has changed",
        Checked::Corrected => "what it was corrected from has changed",
        Checked::Extracted => "what it was read from has changed",
    }
}

/// What sources disagree on, how, and the line that settles it.
fn disputed(site: &Site, attack: &Attack) -> (Field, String, String) {
    let figures = [(Field::Killed, "killed", attack.killed), (Field::Injured, "injured", attack.injured)];
    let range = figures.iter().find_map(|(field, key, toll)| {
        toll.filter(|toll| toll.min != toll.max).map(|toll| (*field, *key, toll))
    });
    let same_day = dossier::days_agree(&site.articles, &site.dossier.copy_of, &attack.mentions);
    let Some((field, key, toll)) = range.filter(|_| same_day) else {
        let why = "the sources give different days, which cannot all be right".to_owned();
        // The day that is shown already is only kept; that it holds is the decision.
        let day = attack.date.map(|date| format!("date = \"{date}\"\nconfirmed = true"));
        let other = "confirmed = true    # or the day that holds: date = 2004-03-11";
        return (Field::Date, why, day.unwrap_or_else(|| other.to_owned()));
    };
    let why = format!("{key} is {} by the sources, which cannot all be right", written_toll(toll));
    let figure = toll.max.or(toll.min).map(|figure| format!("{key} = {figure}"));
    let other = || format!("confirmed = true    # or the figure that holds: {key} = \"at least 9\"");
    let paste = figure.unwrap_or_else(other);
    (field, why, paste)
}

fn level_words(attack: &Attack) -> &'static str {
    use crate::facts::Level;
    match attack.level {
        Level::High => "the words leave little doubt,",
        Level::Medium => "it is likely,",
        Level::Low => "it is uncertain,",
    }
}

/// The more people were killed, the sooner it is looked at; what is less sure before what is surer.
fn weight(attack: &Attack) -> u32 {
    let killed = attack.killed.and_then(|toll| toll.min.or(toll.max)).unwrap_or(0);
    killed.saturating_mul(4) + 3 - attack.level as u32
}

/// An item about an attack.
pub(super) fn item(
    site: &Site,
    attack: &Attack,
    reason: Reason,
    why: String,
    evidence: Vec<Evidence>,
    paste: String,
) -> Item {
    let record = attack.record.map(|record| site.records.attacks[record as usize].path.to_string());
    Item {
        reason,
        subject: Subject::Attack,
        id: attack.id.clone(),
        title: attack.title.clone(),
        why,
        other: None,
        evidence,
        file: record.unwrap_or_else(|| format!("content/attacks/{}.md", attack.id)),
        paste,
    }
}
