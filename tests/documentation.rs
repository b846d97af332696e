//! The examples of `docs/editing.md` and `docs/settings.md` are files that the program takes without a fault, and every
//! setting is told of.

#![expect(clippy::disallowed_methods, reason = "the test reads the documentation")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use dateline::config::{self, Config, Lint};
use dateline::diagnostic::Diagnostic;
use dateline::fields::Choice;
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

/// The settings as `docs/settings.md` has them; the second time with what is commented out.
fn settings() -> [String; 2] {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md")).unwrap();
    let block = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    let is_setting = |line: &str| line.starts_with("# [") || line.contains(" = ");
    let plain = block.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if is_setting(line) && !rest.starts_with("full_text") => rest,
        _ => line,
    });
    let whole = plain.collect::<Vec<_>>().join("\n");
    [block, whole]
}

#[test]
fn the_settings_of_the_reference_are_the_defaults() {
    let [defaults, whole] = settings();
    let (mut config, faults) = config::parse(&defaults, "site.toml");
    assert_eq!(faults, []);
    for (name, lint) in Lint::ALL {
        assert_eq!(config.check.strictness(*lint), lint.by_default(), "{name}");
    }
    config.check = Config::default().check;
    assert_eq!(
        format!("{config:?}"),
        format!("{:?}", Config::default()),
        "a default is another in the reference"
    );
    let (_, faults) = config::parse(&whole, "site.toml");
    assert_eq!(faults, [], "an example that is commented out");
}

#[test]
fn every_setting_stands_in_the_reference() {
    let [_, whole] = settings();
    let read = |file: &str| {
        std::fs::read_to_string(format!("{}/src/config/{file}.rs", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    let taken = regex::Regex::new(
        r#"(?:text|texts|boolean|choice|web_address|integer|table|tables|texts_by_path|open_table)\("([a-z_]+)"\)|length\(&mut table, "([a-z_]+)""#,
    )
    .unwrap();
    let mut seen = 0;
    for file in ["parse", "look"] {
        for found in taken.captures_iter(&read(file)) {
            let key = found.get(1).or(found.get(2)).unwrap().as_str();
            seen += 1;
            let stands = regex::Regex::new(&format!(r"(?m)^(\[+([a-z]+\.)?{key}\]+|{key} = )")).unwrap();
            assert!(stands.is_match(&whole) || key == "full_text", "`{key}` is not in docs/settings.md");
        }
    }
    assert!(seen > 30, "only {seen} settings were found in the code");
}
