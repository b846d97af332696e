//! Corrections whose day is yet to come: a site cannot have put right by then what it says today.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::dossier::{About, Article, Dossier};

use super::content::Records;

/// A warning for each correction that is dated after `today`.
pub(super) fn of_days_to_come(
    dossier: &Dossier,
    articles: &[Article],
    records: &Records,
    today: Date,
) -> Vec<Diagnostic> {
    let early = dossier.corrections.iter().filter(|(correction, _)| correction.date.earliest() > today);
    let warning = |file: &str, day: Date| {
        Diagnostic::warning(file, format!("a correction has the day {day}, which is yet to come"))
            .help("write the day on which the site was put right")
    };
    let of_record = |about: &About| match about {
        About::Attack(at) => {
            Some(&*records.attacks.get(dossier.attacks[*at as usize].record? as usize)?.path)
        }
        About::Person(at) => Some(&*records.people.get(dossier.people[*at as usize].record? as usize)?.path),
        About::Article(at) => Some(&*articles[*at as usize].document.path),
    };
    early.filter_map(|(told, about)| Some(warning(of_record(about)?, told.date.earliest()))).collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the test makes its site")]
mod tests {
    use std::fs;

    use crate::pipeline::{Options, Pipeline};

    #[test]
    fn a_correction_of_a_day_to_come_is_told_until_that_day() {
        let folder = tempfile::tempdir().expect("there is room");
        fs::create_dir_all(folder.path().join("content/articles")).expect("there is room");
        let correction = "[[correction]]\ndate = 2099-01-01\ntext = \"It was nine.\"\n";
        for (name, text) in [
            ("site.toml", "title = \"A\"\n"),
            ("content/articles/a.txt", "Nothing much\n\nIt rained.\n"),
            ("content/articles/a.toml", correction),
        ] {
            fs::write(folder.path().join(name), text).expect("there is room");
        }
        let told = |today| {
            let settings = folder.path().join("site.toml");
            let build = Pipeline::new(folder.path(), &settings, Options::new(today)).build();
            build.diagnostics.into_iter().map(|it| it.message).collect::<Vec<_>>()
        };
        let early = "a correction has the day 2099-01-01, which is yet to come";
        assert_eq!(told(jiff::civil::date(2026, 1, 1)), [early]);
        assert!(told(jiff::civil::date(2099, 1, 1)).is_empty());
    }
}
