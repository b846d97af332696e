//! The examples of `docs/editing.md` are files that the program takes without a fault.

#![expect(clippy::disallowed_methods, reason = "the test reads the documentation")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use dateline::config::{self, Config};
use dateline::diagnostic::Diagnostic;
use dateline::records;
use dateline::source::{Source, SourceKind};

/// The blocks of TOML, in order.
fn examples() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/editing.md")).unwrap();
    let blocks = text.split("```toml\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

fn source(path: &str, kind: SourceKind, text: &str) -> Source {
    Source { path: path.into(), kind, text: text.into(), hash: [0; 32] }
}

#[test]
fn the_examples_of_the_editors_guide_are_sound() {
    let [attack, expert, sidecar, settings] = &examples()[..] else { panic!("the guide has four examples") };
    let config = Config::default();
    let attack = source("content/attacks/2004-madrid.md", SourceKind::AttackRecord, attack);
    let (record, faults) = records::parse_attack(&attack, &config);
    assert_eq!(faults, [], "the record of an attack");
    let record = record.unwrap();
    assert!(record.killed.is_some() && record.sources.len() == 1 && record.corrections.len() == 1);
    let expert = source("content/experts/nils-edberg.md", SourceKind::ExpertRecord, expert);
    let (record, faults) = records::parse_expert(&expert, &config);
    assert_eq!(faults, [], "the record of a person");
    assert!(record.unwrap().portrait.is_some());
    let sidecar = source("content/articles/bridge.toml", SourceKind::Sidecar, sidecar);
    let (record, faults) = records::parse_article(&sidecar);
    assert_eq!(faults, Vec::<Diagnostic>::new(), "the sidecar of an article");
    assert_eq!((record.attacks.len(), record.quotations.len(), record.people.len()), (1, 1, 1));
    let (_, faults) = config::parse(settings, "site.toml");
    assert_eq!(faults, [], "the levels of the lint");
}
