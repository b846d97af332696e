//! Who says what of an attack: for each figure the distinct readings, each with everybody who gives it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::body::{block_at, paragraph_href};
use super::sources::Account;
use super::{ArticleSummary, ChangeView, SourceView, wording};
use crate::dossier::Attack;
use crate::facts::{self, Field, Level, Reading, Toll};
use crate::records::SourceRecord;
use crate::span::Span;
use crate::words::Words;

/// One figure and who says what about it.
#[derive(Clone, Debug, Serialize)]
pub struct Figure<'a> {
    /// `date`, `place`, `killed`, `injured`, `hostages`, `perpetrator`.
    pub field: &'static str,
    /// "Killed".
    pub label: &'a str,
    /// Whether an editor took the value away, and with it what was read.
    pub taken_out: bool,
    /// One a distinct reading: the editor's first, then in the order in which they were first given.
    pub claims: Vec<Claim<'a>>,
}

/// One reading, and everybody who gives it.
#[derive(Clone, Debug, Serialize)]
pub struct Claim<'a> {
    /// What was read: "141 or more"; `null` where the words were not resolved.
    pub value: Option<String>,
    /// Whether it is the editor's, and stands at the head of the page.
    pub editor: bool,
    /// Of the editor's: as it was read before; `null` where nothing was.
    pub read: Option<String>,
    /// The articles, by the words in which they give it.
    pub said: Vec<Said<'a>>,
    /// What an editor adds as a source for it.
    pub sources: Vec<SourceView<'a>>,
}

/// Words in which a reading is given, and by which articles.
#[derive(Clone, Debug, Serialize)]
pub struct Said<'a> {
    /// The articles' own; `null` where an editor set the value for the article.
    pub words: Option<&'a str>,
    /// BCP 47 of these words, where that is another language than the site's.
    pub language: Option<&'a str>,
    /// How sure the reading is: `high`, `medium`, `low`.
    pub level: Level,
    /// "likely", "uncertain"; empty where the words leave little doubt.
    pub level_text: &'a str,
    /// Whether the article gives it beside the figure that counts: an earlier one, or somebody else's.
    pub other: bool,
    /// Oldest first, each followed by its copies.
    pub articles: Vec<Voice<'a>>,
}

/// An article that gives a reading.
#[derive(Clone, Debug, Serialize)]
pub struct Voice<'a> {
    /// Its outlet, or else its headline, in at most 48 characters. The headline, too, where its source is several documents:
    /// none of them is to be given for what another says. Where another article of the attack would be called the same, on
    /// the same day, both: "Reuters: Siege ends".
    pub name: String,
    /// Its headline.
    pub title: &'a str,
    /// When it was published, in words.
    pub published: Option<String>,
    /// Its place among the sources, from 1.
    pub number: usize,
    /// The paragraph the words stand in.
    pub href: String,
    /// Whether the article is a copy of an earlier one, and counts as that one.
    pub copy: bool,
}

/// What an account says of a figure: the value in words, the words it was read from, and whether it is another than the one
/// that counts.
struct Reads {
    value: Option<String>,
    span: Span,
    other: bool,
}

/// What an editor says of an attack.
pub(super) struct Desk<'d, 'a> {
    pub(super) changes: &'d [ChangeView],
    pub(super) sources: &'a [SourceRecord],
    pub(super) words: &'a Words,
}

/// The values that can differ between sources, in the order of the page.
const FIGURES: [Field; 6] =
    [Field::Date, Field::Place, Field::Killed, Field::Injured, Field::Hostages, Field::Perpetrator];

/// Who says what, figure by figure.
pub(super) fn figures<'a>(accounts: &[Account<'a>], desk: &Desk<'_, 'a>, attack: &Attack) -> Vec<Figure<'a>> {
    let names = voice_names(accounts);
    let figure = |field: Field| {
        let (key, label, _) = wording::field(field, desk.words);
        if attack.taken_out(field) {
            return Some(Figure { field: key, label, taken_out: true, claims: Vec::new() });
        }
        let change = desk.changes.iter().find(|change| change.field == key);
        let mut claims: Vec<Claim<'a>> =
            change.map(|change| of_editor(change, desk, field, attack)).into_iter().collect();
        for (number, (account, name)) in (1..).zip(accounts.iter().zip(&names)) {
            for told in &account.attacks {
                for read in read(told, field, desk.words) {
                    say(&mut claims, (number, name, account), (told, desk.words), field, read);
                }
            }
        }
        for (source, toll) in desk.sources.iter().filter_map(|source| Some((source, given(source, field)?))) {
            let claim = of_value(&mut claims, Some(wording::toll(toll, desk.words)));
            // The editor's own row has its sources already.
            if !claim.editor {
                claim.sources.push(SourceView::added(source, desk.words));
            }
        }
        (!claims.is_empty()).then_some(Figure { field: key, label, taken_out: false, claims })
    };
    FIGURES.into_iter().filter_map(figure).collect()
}

/// The editor's own row, with the sources that give its value: those with the same figure, else all.
fn of_editor<'a>(change: &ChangeView, desk: &Desk<'_, 'a>, field: Field, attack: &Attack) -> Claim<'a> {
    let figure = match field {
        Field::Killed => attack.killed,
        Field::Injured => attack.injured,
        _ => None,
    };
    let same = |source: &&&'a SourceRecord| figure.is_some() && given(source, field) == figure;
    let all: Vec<&'a SourceRecord> = desk.sources.iter().collect();
    let fitting: Vec<&'a SourceRecord> = all.iter().filter(same).copied().collect();
    let sources = if fitting.is_empty() { all } else { fitting };
    Claim {
        value: change.now.clone(),
        editor: true,
        read: change.read.clone(),
        said: Vec::new(),
        sources: sources.into_iter().map(|source| SourceView::added(source, desk.words)).collect(),
    }
}

/// What a source that an editor adds says of a figure.
fn given(source: &SourceRecord, field: Field) -> Option<Toll> {
    match field {
        Field::Killed => source.killed,
        Field::Injured => source.injured,
        _ => None,
    }
}

/// The claim of a value, made where there is none yet.
fn of_value<'c, 'a>(claims: &'c mut Vec<Claim<'a>>, value: Option<String>) -> &'c mut Claim<'a> {
    let at = claims.iter().position(|claim| claim.value == value).unwrap_or_else(|| {
        claims.push(Claim { value, editor: false, read: None, said: Vec::new(), sources: Vec::new() });
        claims.len() - 1
    });
    &mut claims[at]
}

/// Adds one account's reading to the claims of its figure.
fn say<'a>(
    claims: &mut Vec<Claim<'a>>,
    (number, name, account): (usize, &str, &Account<'a>),
    (told, interface): (&facts::Attack, &'a Words),
    field: Field,
    read: Reads,
) {
    let Reads { value, span, other } = read;
    let words = (!span.is_empty()).then(|| span.of(&account.document.text));
    let level = level(told, field, span);
    let claim = of_value(claims, value);
    let at = claim.said.iter().position(|said| (said.words, said.level, said.other) == (words, level, other));
    let at = at.unwrap_or_else(|| {
        claim.said.push(Said {
            words,
            language: account.article.language,
            level,
            level_text: wording::level(level, interface),
            other,
            articles: Vec::new(),
        });
        claim.said.len() - 1
    });
    let voices = &mut claim.said[at].articles;
    // An article is one voice, in however many paragraphs it says the same.
    if voices.iter().all(|voice| voice.number != number) {
        let article = &account.article;
        let href = paragraph_href(article, block_at(account.document, span.start));
        voices.push(Voice {
            name: name.to_owned(),
            title: article.title,
            published: article.published.as_ref().map(|date| date.text.clone()),
            number,
            href,
            copy: account.copy_of.is_some(),
        });
    }
}

/// What each account is called, no two of one day the same: the outlet, else that and the headline, else that and its number.
fn voice_names(accounts: &[Account<'_>]) -> Vec<String> {
    let mut names: Vec<String> = accounts.iter().map(|account| voice_name(&account.article)).collect();
    for at in called_the_same(accounts, &names) {
        let headline = wording::excerpt(accounts[at].article.title, 48);
        if names[at] != headline {
            names[at] = format!("{}: {headline}", names[at]);
        }
    }
    for at in called_the_same(accounts, &names) {
        names[at] = format!("{} ({})", names[at], at + 1);
    }
    names
}

/// Which accounts have the name and the day of another.
fn called_the_same(accounts: &[Account<'_>], names: &[String]) -> Vec<usize> {
    let mut called: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, (account, name)) in accounts.iter().zip(names).enumerate() {
        let day = account.article.published.as_ref().map(|date| &date.text);
        called.entry((name, day)).or_default().push(at);
    }
    called.into_values().filter(|same| same.len() > 1).flatten().collect()
}

fn voice_name(article: &ArticleSummary<'_>) -> String {
    let outlet = article.source_short.clone().filter(|_| !article.source.is_some_and(|it| it.contains(';')));
    outlet.unwrap_or_else(|| wording::excerpt(article.title, 48))
}

/// What an account says of a figure.
fn read(told: &facts::Attack, field: Field, interface: &Words) -> Vec<Reads> {
    let counted = |reading: &Reading<Toll>, other| Reads {
        value: Some(wording::toll(reading.value, interface)),
        span: reading.span,
        other,
    };
    let toll = |reading: &Option<Reading<Toll>>| {
        let others = told.other_tolls.iter().filter(|it| it.field == field);
        let chosen = reading.iter().map(|toll| counted(toll, false));
        chosen.chain(others.map(|it| counted(&it.count, true))).collect()
    };
    let plain = |value: Option<String>, span| Reads { value, span, other: false };
    match field {
        Field::Date => {
            let words = told.date_text.iter();
            words.map(|words| plain(told.date.map(|date| date.human(interface)), words.span)).collect()
        }
        Field::Place => {
            let place = &told.place;
            let finest = place.name.iter().chain(&place.town).chain(&place.near).take(1);
            finest.map(|place| plain(Some(place.value.clone()), place.span)).collect()
        }
        Field::Killed => toll(&told.killed),
        Field::Injured => toll(&told.injured),
        Field::Hostages => toll(&told.hostages),
        Field::Perpetrator => {
            let named = told.perpetrators.iter().map(|perpetrator| {
                let standing = wording::standing(perpetrator.standing, interface).1;
                plain(Some(format!("{standing} {}", perpetrator.name.value)), perpetrator.name.span)
            });
            named.collect()
        }
        _ => Vec::new(),
    }
}

/// How sure `told` is of the value of `field` that it read from `span`.
fn level(told: &facts::Attack, field: Field, span: Span) -> Level {
    let own = told.evidence.iter().find(|it| it.field == field && it.span == span);
    own.map_or(told.level, |it| it.level)
}
