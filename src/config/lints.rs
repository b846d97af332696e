//! `[check]`: what `dateline check` looks for, and how much is made of it.

use std::collections::BTreeMap;

use crate::diagnostic::Severity;
use crate::fields::Choice;

/// One thing that `dateline check` looks for.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lint {
    /// A link or an anchor that leads nowhere.
    DeadLink,
    /// Words between quotation marks, in a summary, a biography or a page, that no article has.
    QuotationNotVerbatim,
    /// A value that an editor set, without a source.
    FactWithoutEvidence,
    /// An attack dated after an article that reports it.
    AttackAfterArticle,
    /// A record that matches nothing.
    UnmatchedRecord,
    /// A picture without alternative text, or without credit: `[portrait] credit`, or its title in Markdown.
    ImageWithoutText,
    /// Something that is left out because nobody has confirmed it.
    Unconfirmed,
    /// A decision whose sources have changed.
    StaleDecision,
}

impl Choice for Lint {
    const ALL: &'static [(&'static str, Self)] = &[
        ("dead-link", Lint::DeadLink),
        ("quotation-not-verbatim", Lint::QuotationNotVerbatim),
        ("fact-without-evidence", Lint::FactWithoutEvidence),
        ("attack-after-article", Lint::AttackAfterArticle),
        ("unmatched-record", Lint::UnmatchedRecord),
        ("image-without-text", Lint::ImageWithoutText),
        ("unconfirmed", Lint::Unconfirmed),
        ("stale-decision", Lint::StaleDecision),
    ];
}

/// How much is made of a finding.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// The check fails.
    Error,
    /// It is told.
    Warning,
    /// It is told with `--verbose`.
    Note,
    /// It is not looked for.
    Off,
}

impl Choice for Strictness {
    const ALL: &'static [(&'static str, Self)] = &[
        ("error", Strictness::Error),
        ("warning", Strictness::Warning),
        ("note", Strictness::Note),
        ("off", Strictness::Off),
    ];
}

impl Lint {
    /// What is made of it where `site.toml` says nothing: an error where the site would say something wrong.
    pub fn by_default(self) -> Strictness {
        match self {
            Lint::DeadLink | Lint::AttackAfterArticle | Lint::UnmatchedRecord => Strictness::Error,
            Lint::QuotationNotVerbatim
            | Lint::FactWithoutEvidence
            | Lint::ImageWithoutText
            | Lint::Unconfirmed
            | Lint::StaleDecision => Strictness::Warning,
        }
    }
}

/// What `site.toml` makes of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lints {
    set: BTreeMap<Lint, Strictness>,
}

impl Lints {
    /// Makes so much of it.
    pub fn set(&mut self, lint: Lint, strictness: Strictness) {
        self.set.insert(lint, strictness);
    }

    /// How much is made of it.
    pub fn strictness(&self, lint: Lint) -> Strictness {
        self.set.get(&lint).copied().unwrap_or_else(|| lint.by_default())
    }

    /// The severity of a finding; `None` where it is not looked for.
    pub fn severity(&self, lint: Lint) -> Option<Severity> {
        match self.strictness(lint) {
            Strictness::Error => Some(Severity::Error),
            Strictness::Warning => Some(Severity::Warning),
            Strictness::Note => Some(Severity::Note),
            Strictness::Off => None,
        }
    }
}
