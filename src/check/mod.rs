//! A lint for dossiers: what a site says and should not, beside what makes it impossible to build.
//!
//! In: a site, its dossier whole. Out: diagnostics, each with the name of its lint, as severe as `[check]` of `site.toml`
//! makes it. Invariant: no I/O. Links are looked at where pages are rendered ([`crate::links`]).

mod facts;
mod images;
mod quotations;
mod records;

use crate::config::{Config, Lint};
use crate::diagnostic::Diagnostic;
use crate::fields::Choice;
use crate::pipeline::Site;

pub use records::unmatched_records;

/// Everything that is found, in order of file and place.
pub fn findings(site: &Site) -> Vec<Diagnostic> {
    let mut findings = Findings { config: &site.config, found: Vec::new() };
    facts::look(site, &mut findings);
    quotations::look(site, &mut findings);
    records::look(site, &mut findings);
    images::look(site, &mut findings);
    let mut found = findings.found;
    found.sort();
    found.dedup();
    found
}

/// What a lint makes of `finding`: its severity, and its name in the help. `None` where it is not looked for.
pub fn judged(config: &Config, lint: Lint, mut finding: Diagnostic) -> Option<Diagnostic> {
    finding.severity = config.check.severity(lint)?;
    let name = format!("this is `{}`, which `[check]` of `site.toml` can set to another level", lint.word());
    finding.help = Some(match finding.help {
        Some(help) => format!("{help}\n{name}"),
        None => name,
    });
    Some(finding)
}

/// What was found so far.
struct Findings<'a> {
    config: &'a Config,
    found: Vec<Diagnostic>,
}

impl Findings<'_> {
    fn add(&mut self, lint: Lint, finding: Diagnostic) {
        self.found.extend(judged(self.config, lint, finding));
    }
}

#[cfg(test)]
mod tests;
