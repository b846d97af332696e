//! Holds the house rules by reading the repository as text: what rustc and clippy have no lint for.
//!
//! Each rule carries examples that break it and examples that keep it, so a rule that no longer sees anything
//! fails here as well.

#[path = "tidy/checks.rs"]
mod checks;
#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/repository.rs"]
mod repository;
#[path = "tidy/rules.rs"]
mod rules;

use std::fmt::Write as _;

use code::blank_comments_and_strings;
use repository::{File, Order, repository};
use rules::{LONG, LONGEST, RULES};

#[test]
fn the_repository_keeps_the_house_rules() {
    let files = repository();
    let lib = files.iter().find(|file| file.path == "src/lib.rs").expect("src/lib.rs is there");
    let order = Order::read(&lib.text);
    assert!(order.0.len() > 10, "the modules of lib.rs were not understood: {:?}", order.0);
    let mut report = String::new();
    for rule in RULES {
        for file in &files {
            for (offset, words) in (rule.offences)(file, &order) {
                let line = file.line_of(offset);
                let _ = writeln!(
                    report,
                    "{}:{line}: {}\n    {words}\n    help: {}",
                    file.path, rule.name, rule.help
                );
            }
        }
    }
    let long =
        files.iter().filter(|file| file.is_source()).map(|file| (file.text.lines().count(), &file.path));
    let long: Vec<String> = long
        .filter(|(lines, _)| *lines > LONG)
        .map(|(lines, path)| format!("{path} ({lines} lines)"))
        .collect();
    let hint = if long.is_empty() {
        String::new()
    } else {
        format!("\nover {LONG} lines, a reason to split: {}\n", long.join(", "))
    };
    assert!(report.is_empty(), "\n\n{report}{hint}");
}

#[test]
fn each_rule_sees_what_breaks_it_and_nothing_else() {
    let order = Order(["span", "document", "facts", "render", "write", "cli"].map(str::to_owned).to_vec());
    for rule in RULES {
        for (path, text) in rule.breaks {
            let found = (rule.offences)(&File::new(path, text), &order);
            assert!(!found.is_empty(), "`{}` does not see what is wrong in {path}:\n{text}", rule.name);
        }
        for (path, text) in rule.keeps {
            let found = (rule.offences)(&File::new(path, text), &order);
            assert!(found.is_empty(), "`{}` takes offence at {path}:\n{text}\n{found:?}", rule.name);
        }
    }
}

#[test]
fn a_long_file_is_seen() {
    let rule = RULES.iter().find(|rule| rule.name.contains("600")).expect("there is such a rule");
    let file = File::new("src/span.rs", &"//! A.\n".repeat(LONGEST + 1));
    assert_eq!((rule.offences)(&file, &Order(Vec::new())).len(), 1);
}

#[test]
fn comments_strings_and_tests_are_no_code() {
    let text = "a(\"b \\\" c\"); // d\n/* e /* f */ g */ r#\"h \" i\"# 'j' '\\'' &'k l";
    let code = blank_comments_and_strings(text);
    assert_eq!(code.len(), text.len());
    let left: String = code.split_whitespace().collect();
    assert_eq!(left, "a(\"\");r#\"\"#''''&'kl");
    let file = File::new("src/a.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
    let left: String = file.shipped.split_whitespace().collect();
    assert_eq!(left, "fna(){}fnc(){}");
}
