//! The house rules, each with examples that break it and examples that keep it.

use crate::checks::{
    boolean_parameters, find, globs, inline_in_templates, machine_paths, matches, uses_from_below, words,
};
use crate::repository::{File, Order};

/// One house rule.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    /// What to do about it.
    pub(crate) help: &'static str,
    /// Offsets in the file's text, each with the words or the reason to show.
    pub(crate) offences: fn(&File, &Order) -> Vec<(usize, String)>,
    /// Path and text of files that break it.
    pub(crate) breaks: &'static [(&'static str, &'static str)],
    /// Path and text of files that keep it.
    pub(crate) keeps: &'static [(&'static str, &'static str)],
}

/// Modules that may touch the disk, the clock, the environment and other threads.
pub(crate) const EDGES: [&str; 7] = ["source", "pipeline", "write", "watch", "serve", "publish", "cli"];

pub(crate) const LONGEST: usize = 600;
pub(crate) const LONG: usize = 400;

pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "a module uses only what stands above it in lib.rs",
        help: "move the shared part up into the module above, or pass it in; if the order itself is wrong, change lib.rs",
        offences: uses_from_below,
        breaks: &[
            ("src/span.rs", "//! A.\nuse crate::document::Block;\n"),
            ("src/facts/mod.rs", "//! A.\nuse crate::{span::Span, render};\n"),
            ("src/document/a.rs", "//! A.\nfn f() { crate::facts::g() }\n"),
        ],
        keeps: &[
            (
                "src/document/a.rs",
                "//! [`crate::render`].\nuse crate::span::Span;\nuse crate::document::B;\n",
            ),
            ("src/document/a.rs", "//! A.\n#[cfg(test)]\nmod tests {\n    use crate::render::R;\n}\n"),
        ],
    },
    Rule {
        name: "every module of src/ stands in lib.rs",
        help: "add `pub mod …;` to lib.rs, at its place in the order",
        offences: |file, order| match file.module() {
            Some(module) if file.is_source() && order.place(module).is_none() => {
                vec![(0, format!("`{module}` is not listed"))]
            }
            _ => Vec::new(),
        },
        breaks: &[("src/stray.rs", "//! A.\n")],
        keeps: &[("src/span.rs", "//! A.\n"), ("src/main.rs", "//! A.\n")],
    },
    Rule {
        name: "a file opens with `//!`",
        help: "begin it with one sentence on what the file makes",
        offences: |file, _| {
            let opens = !file.path.ends_with(".rs") || file.text.starts_with("//! ");
            if opens {
                Vec::new()
            } else {
                vec![(0, file.text.lines().next().unwrap_or_default().to_owned())]
            }
        },
        breaks: &[("src/span.rs", "use std::fmt;\n"), ("tests/a.rs", "// A.\n")],
        keeps: &[("src/span.rs", "//! A.\n"), ("README.md", "# A\n")],
    },
    Rule {
        name: "no file is longer than 600 lines",
        help: "split it by what it makes: 60 to 200 lines is usual, 400 a reason to look",
        offences: |file, _| {
            let lines = file.text.lines().count();
            let long = file.path.ends_with(".rs") && lines > LONGEST;
            if long { vec![(file.text.len(), format!("{lines} lines"))] } else { Vec::new() }
        },
        breaks: &[],
        keeps: &[("src/span.rs", "//! A.\n")],
    },
    Rule {
        name: "a file's name says what is in it",
        help: "name it after what it makes: not utils, helpers, common, types, misc or manager",
        offences: |file, _| {
            let vague = ["utils", "util", "helpers", "helper", "common", "types", "misc", "manager"];
            let found = file.path.split(['/', '.']).find(|part| vague.contains(part));
            match found {
                Some(part) if file.path.ends_with(".rs") => vec![(0, part.to_owned())],
                _ => Vec::new(),
            }
        },
        breaks: &[("src/facts/utils.rs", "//! A.\n"), ("src/common/mod.rs", "//! A.\n")],
        keeps: &[("src/facts/people.rs", "//! A.\n")],
    },
    Rule {
        name: "no `Manager`",
        help: "say what it does: Memo, Server, Watcher",
        offences: |file, _| find(&file.code, |code| matches(code, "Manager")),
        breaks: &[("src/span.rs", "//! A.\nstruct SiteManager;\n")],
        keeps: &[("src/span.rs", "//! Manager.\nconst A: &str = \"Manager\";\n")],
    },
    Rule {
        name: "no `get_` in front of a name",
        help: "name a value by what it is: `title()`, not `get_title()`",
        offences: |file, _| find(&file.code, |code| matches(code, "fn get_")),
        breaks: &[("src/span.rs", "//! A.\nfn get_title() {}\n")],
        keeps: &[("src/span.rs", "//! A.\nfn title() {}\n")],
    },
    Rule {
        name: "no glob imports (in tests only `super::*` and a library's prelude)",
        help: "name what is used, so that a reader finds where it comes from",
        offences: globs,
        breaks: &[
            ("src/span.rs", "//! A.\nuse std::fmt::*;\n"),
            ("src/span.rs", "//! A.\nuse super::*;\n"),
            ("src/span.rs", "//! A.\nuse rayon::prelude::*;\n"),
            ("src/span.rs", "//! A.\n#[cfg(test)]\nmod tests {\n    use std::fmt::*;\n}\n"),
        ],
        keeps: &[("src/span.rs", "//! A.\nfn f() {}\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n")],
    },
    Rule {
        name: "no boolean parameters in public functions",
        help: "take an enum whose words can be read where the function is called",
        offences: boolean_parameters,
        breaks: &[
            ("src/span.rs", "//! A.\npub fn draw(text: &str, bold: bool) {}\n"),
            ("src/span.rs", "//! A.\npub(crate) fn draw<T>(\n    bold: bool,\n) {}\n"),
        ],
        keeps: &[("src/span.rs", "//! A.\npub fn is_bold(text: &str) -> bool { let a: bool = true; a }\n")],
    },
    Rule {
        name: "no `unwrap` outside tests",
        help: "write `expect(\"why it holds\")`, or hand the fault on",
        offences: |file, _| find(&file.shipped, |code| matches(code, ".unwrap()")),
        breaks: &[("src/span.rs", "//! A.\nfn f() { None::<u8>.unwrap(); }\n")],
        keeps: &[("src/span.rs", "//! A.\n#[test]\n#[cfg(test)]\nfn f() { None::<u8>.unwrap(); }\n")],
    },
    Rule {
        name: "only cli/report.rs prints",
        help: "return a Diagnostic, or hand the words to the Reporter",
        offences: |file, _| {
            if file.path == "src/cli/report.rs" {
                return Vec::new();
            }
            let macros =
                ["println!", "eprintln!", "print!", "eprint!", "dbg!", "io::stdout()", "io::stderr()"];
            find(&file.shipped, |code| macros.iter().flat_map(|name| words(code, name)).collect())
        },
        breaks: &[("src/write.rs", "//! A.\nfn f() { println!(\"a\"); }\n")],
        keeps: &[("src/cli/report.rs", "//! A.\nfn f() { println!(\"a\"); }\n")],
    },
    Rule {
        name: "disk, clock, environment and threads stay at the edges",
        help: "take the value as a parameter: source, pipeline, write, watch, serve, publish and cli may ask for it",
        offences: |file, _| {
            if file.module().is_none_or(|module| EDGES.contains(&module)) {
                return Vec::new();
            }
            let calls = [
                "std::fs",
                "fs::read",
                "File::open",
                "Instant::now",
                "SystemTime::now",
                "Zoned::now",
                "Timestamp::now",
                "env::var",
                "env::current_dir",
                "Command::new",
                "thread::spawn",
                "std::net",
            ];
            find(&file.shipped, |code| calls.iter().flat_map(|call| words(code, call)).collect())
        },
        breaks: &[
            ("src/facts/mod.rs", "//! A.\nuse std::fs;\n"),
            ("src/render.rs", "//! A.\nfn f() { let _ = std::time::Instant::now(); }\n"),
            ("src/span.rs", "//! A.\nfn f() { std::env::var(\"HOME\"); }\n"),
        ],
        keeps: &[("src/write.rs", "//! A.\nuse std::fs;\n"), ("src/span.rs", "//! std::fs\n")],
    },
    Rule {
        name: "templates run nothing inline",
        help: "put it into a file under static/: the site works under a strict content security policy",
        offences: inline_in_templates,
        breaks: &[
            ("templates/a.html", "<p>\n<script>alert(1)</script>"),
            ("templates/a.html", "<p style=\"color: red\">"),
            ("templates/a.html", "<style>p {}</style>"),
            ("templates/a.html", "<a onclick='go()'>"),
            ("templates/a.html", "<a href=\"javascript:go()\">"),
            ("templates/a.html", "<script type=\"module\">go()</script>"),
        ],
        keeps: &[
            ("templates/a.html", "<script src=\"/a.js\" defer></script><p class=\"style\">on the = sign</p>"),
            ("templates/a.html", "<script type=\"application/ld+json\">{}</script>"),
        ],
    },
    Rule {
        name: "no file names a path of one machine",
        help: "write it relative to the repository, or as an example that is nobody's",
        offences: |file, _| machine_paths(&file.text),
        breaks: &[
            ("README.md", concat!("Open `/ho", "me/ann/site`.")),
            ("tests/a.rs", concat!("//! A.\nconst A: &str = \"/wo", "rk/site\";\n")),
            ("README.md", concat!("C:\\Us", "ers\\ann")),
        ],
        keeps: &[("README.md", concat!("https://example.org/ho", "me/ and `../shared`"))],
    },
];
