//! What was put right on the site: the page of all corrections, and those of one attack, person or article.

use serde::Serialize;

use super::summary::{article_path, attack_path, expert_path};
use super::{DateView, Link, Linker, PageView, Scope};
use crate::dossier::About;
use crate::records::Correction;

/// What `corrections.html` sees as `corrections`.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionsView<'a> {
    /// Newest first.
    pub days: Vec<CorrectionDay<'a>>,
    /// How many in all.
    pub total: usize,
}

/// What was put right on one day.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionDay<'a> {
    /// For links to it: `2016-08-02`.
    pub id: String,
    /// The day.
    pub date: DateView,
    /// In the order of their words.
    pub entries: Vec<CorrectionEntry<'a>>,
}

/// One correction among those of the whole site.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionEntry<'a> {
    /// `attack`, `expert` or `article`.
    pub kind: &'static str,
    /// What it is about.
    pub about: Link<'a>,
    /// The editor's words.
    pub text: &'a str,
}

/// One correction on the page of what it is about.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView<'a> {
    /// For links to it: `corrected-2016-08-02`; a second one of the day ends in `-2`.
    pub id: String,
    /// The day.
    pub date: DateView,
    /// The editor's words.
    pub text: &'a str,
    /// That day on the page of all corrections.
    pub href: String,
}

impl<'a> CorrectionsView<'a> {
    /// All that was put right; completes `page`.
    pub fn new(scope: &Scope<'a>, linker: &Linker, page: &mut PageView) -> Self {
        scope.words().text("title.corrections").clone_into(&mut page.title);
        scope.words().text("about.corrections").clone_into(&mut page.description);
        let mut days: Vec<CorrectionDay<'a>> = Vec::new();
        for (correction, about) in &scope.dossier.corrections {
            let (kind, about) = told_about(scope, *about, linker);
            let entry = CorrectionEntry { kind, about, text: &correction.text };
            let id = correction.date.to_string();
            match days.last_mut().filter(|day| day.id == id) {
                Some(day) => day.entries.push(entry),
                None => {
                    let date = DateView::new(&correction.date, scope.words());
                    days.push(CorrectionDay { id, date, entries: vec![entry] });
                }
            }
        }
        CorrectionsView { days, total: scope.dossier.corrections.len() }
    }
}

/// What a correction is about: its sort and its page.
fn told_about<'a>(scope: &Scope<'a>, about: About, linker: &Linker) -> (&'static str, Link<'a>) {
    let (kind, title, path, language) = match about {
        About::Attack(at) => {
            let attack = &scope.dossier.attacks[at as usize];
            ("attack", &attack.title, attack_path(&attack.id), None)
        }
        About::Person(at) => {
            let person = &scope.dossier.people[at as usize];
            ("expert", &person.name, expert_path(&person.slug), None)
        }
        About::Article(at) => {
            let article = &scope.articles[at as usize];
            let language = scope.language_beside(&article.document);
            ("article", &article.document.title, article_path(&article.slug), language)
        }
    };
    (kind, Link { title: title.clone(), href: linker.href(&path), language })
}

/// The corrections of `about`, newest first.
pub(super) fn corrections_of<'a>(
    scope: &Scope<'a>,
    about: About,
    linker: &Linker,
) -> Vec<CorrectionView<'a>> {
    let own = scope.corrections_of.get(&about).into_iter().flatten();
    let corrections: Vec<&'a Correction> = own.map(|at| &scope.dossier.corrections[*at as usize].0).collect();
    let ids = correction_ids(&corrections);
    let told = corrections.into_iter().zip(ids).map(|(correction, id)| CorrectionView {
        id,
        date: DateView::new(&correction.date, scope.words()),
        text: &correction.text,
        href: linker.href(&scope.anchor("/corrections/", &correction.date.to_string())),
    });
    told.collect()
}

/// The anchors of corrections of one thing, in their order: those of one day stand together.
pub fn correction_ids(corrections: &[&Correction]) -> Vec<String> {
    let days = corrections.chunk_by(|one, next| one.date == next.date);
    let ids = days.flat_map(|day| {
        day.iter().zip(1..).map(|(correction, number)| match number {
            1 => format!("corrected-{}", correction.date),
            more => format!("corrected-{}-{more}", correction.date),
        })
    });
    ids.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_of_one_day_have_addresses_of_their_own() {
        let on = |day: &str| Correction { date: day.parse().expect("a day"), text: String::new() };
        let all = [on("2016-08-02"), on("2016-08-02"), on("2016-07-01")];
        let ids = correction_ids(&all.iter().collect::<Vec<_>>());
        assert_eq!(ids, ["corrected-2016-08-02", "corrected-2016-08-02-2", "corrected-2016-07-01"]);
    }
}
