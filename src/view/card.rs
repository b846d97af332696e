//! Which card a page has, what stands on it, and how a template sees it.

use serde::Serialize;

use super::summary::source_short;
use super::{Scope, Subject, summary};
use crate::cards::{self, Card, CardWords};
use crate::data::alone;
use crate::dossier::Checked;

/// The last part of a card's address, behind that of its page.
pub const CARD: &str = "card.png";

/// What a template sees as `page.card`: the page's own card, or else that of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// Its full address, as networks take no other.
    pub src: String,
    /// What stands on it.
    pub alt: String,
    /// Pixels from side to side.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl CardView {
    /// The card that goes with the page about `subject`.
    pub(super) fn new(scope: &Scope<'_>, subject: &Subject) -> Option<CardView> {
        let base = scope.config.base_url.as_deref()?;
        let (folder, card) = match (subject, card_of(scope, subject)) {
            (Subject::Redirect(_) | Subject::NotFound, _) => return None,
            (_, Some(card)) => (folder(scope, subject), card),
            (_, None) => (String::new(), card_of(scope, &Subject::Home)?),
        };
        Some(CardView {
            src: format!("{}/{folder}{CARD}", base.trim_end_matches('/')),
            alt: card.text(),
            width: cards::WIDTH,
            height: cards::HEIGHT,
        })
    }
}

/// The site path of a page that has a card of its own, without a leading slash.
fn folder(scope: &Scope<'_>, subject: &Subject) -> String {
    let path = match subject {
        Subject::Article(at) => summary::article_path(&scope.articles[*at as usize].slug),
        Subject::Attack(at) => summary::attack_path(&scope.dossier.attacks[*at as usize].id),
        Subject::Expert(at) => summary::expert_path(&scope.dossier.people[*at as usize].slug),
        _ => String::new(),
    };
    path.trim_start_matches('/').to_owned()
}

/// The card of the page about `subject` alone: of an article, an attack, an expert, and of the first page. `None` for other
/// pages, for words that cannot be drawn, and on a site without cards or without a `base_url`, below which they stand.
pub fn card_of(scope: &Scope<'_>, subject: &Subject) -> Option<Card> {
    let config = scope.config;
    let base = config.base_url.as_deref().filter(|_| config.cards)?;
    let words = scope.words();
    let day = |date: Option<crate::edtf::Edtf>| date.map_or_else(String::new, |date| date.human(words));
    let site = &*config.title;
    let card = |title, details: [&str; 2], caution, site| {
        Card::new(&CardWords { title, details, caution, site }, &config.theme)
    };
    let caution = |checked| match checked {
        Checked::Extracted => words.text("card.unconfirmed"),
        Checked::Confirmed | Checked::Corrected => "",
    };
    match subject {
        Subject::Home => {
            let address = base.split_once("://").map_or(base, |(_, rest)| rest).trim_end_matches('/');
            card(site, [address, ""], "", "")
        }
        Subject::Article(at) => {
            let document = &*scope.articles[*at as usize].document;
            let outlet = document
                .meta
                .source
                .as_deref()
                .map_or_else(String::new, |source| source_short(source, words));
            card(&document.title, [&outlet, &day(document.meta.published)], "", site)
        }
        Subject::Attack(at) => {
            let attack = &scope.dossier.attacks[*at as usize];
            let title = alone(&attack.title, attack.stage, words);
            card(&title, [&day(attack.date), ""], caution(attack.checked), site)
        }
        Subject::Expert(at) => {
            let person = &scope.dossier.people[*at as usize];
            let latest = person.affiliations.first();
            let title = latest.and_then(|latest| latest.title.as_deref()).unwrap_or_default();
            let affiliation = latest.and_then(|latest| latest.affiliation.as_deref()).unwrap_or_default();
            card(&person.name, [title, affiliation], caution(person.checked), site)
        }
        _ => None,
    }
}
