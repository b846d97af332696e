//! How the longer rules find what offends them.

use crate::code::matching;
use crate::repository::{File, Order};

pub(crate) fn uses_from_below(file: &File, order: &Order) -> Vec<(usize, String)> {
    let Some(own) = file.module().and_then(|module| order.place(module)) else { return Vec::new() };
    let mut found = Vec::new();
    for at in words(&file.shipped, "crate::") {
        let rest = &file.shipped[at + "crate::".len()..];
        for name in first_segments(rest) {
            if order.place(&name).is_some_and(|place| place > own) {
                found.push((at, format!("`{}` uses `{name}`", order.0[own])));
            }
        }
    }
    found
}

/// The first names of a path, or of each path in braces: `a::b` gives `a`; `{a::{b, c}, d}` gives `a` and `d`.
pub(crate) fn first_segments(path: &str) -> Vec<String> {
    let Some(inside) = path.strip_prefix('{') else { return vec![name_at(path)] };
    let mut depth = 0;
    let mut names = vec![name_at(inside.trim_start())];
    for (at, character) in inside.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name_at(inside[at + 1..].trim_start())),
            _ => {}
        }
    }
    names
}

pub(crate) fn name_at(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

pub(crate) fn globs(file: &File, _: &Order) -> Vec<(usize, String)> {
    find(&file.code, |code| {
        let imports = code.match_indices("use ").filter(|(at, _)| starts_word(code, *at));
        imports
            .filter_map(|(at, _)| Some((at, &code[at..at + code[at..].find(';')?])))
            .filter(|(_, import)| import.contains("::*"))
            .filter(|(at, import)| {
                let in_test = !file.shipped[*at..].starts_with("use");
                !(in_test && (*import == "use super::*" || import.ends_with("::prelude::*")))
            })
            .map(|(at, _)| at)
            .collect()
    })
}

pub(crate) fn boolean_parameters(file: &File, _: &Order) -> Vec<(usize, String)> {
    find(&file.shipped, |code| {
        let functions = words(code, "fn ").into_iter().filter(|at| {
            let line = code[..*at].rfind(['\n', ';', '{', '}']).map_or(0, |at| at + 1);
            code[line..*at].trim_start().starts_with("pub")
        });
        functions
            .filter(|at| {
                let Some(open) = code[*at..].find('(').map(|open| at + open) else { return false };
                let close = matching(code, open, '(', ')');
                let parameters: String = code[open..close].split_whitespace().collect();
                parameters.contains(":bool,") || parameters.ends_with(":bool")
            })
            .collect()
    })
}

pub(crate) fn inline_in_templates(file: &File, _: &Order) -> Vec<(usize, String)> {
    if !file.path.starts_with("templates/") || !file.path.ends_with(".html") {
        return Vec::new();
    }
    find(&file.text, |text| {
        let tags =
            text.match_indices('<').map(|(at, _)| (at, &text[at..at + text[at..].find('>').unwrap_or(0)]));
        tags.filter(|(_, tag)| {
            let lower = tag.to_ascii_lowercase();
            let mut attributes = lower.split_ascii_whitespace().skip(1);
            // Data is not run, and no policy keeps it out.
            let data = lower == "<script type=\"application/ld+json\"";
            let script = lower.starts_with("<script") && !lower.contains(" src=") && !data;
            script
                || lower.starts_with("<style")
                || lower.contains("javascript:")
                || attributes
                    .any(|one| one.starts_with("style=") || (one.starts_with("on") && one.contains('=')))
        })
        .map(|(at, _)| at)
        .collect()
    })
}

pub(crate) fn machine_paths(text: &str) -> Vec<(usize, String)> {
    let roots = [
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("C:\\Us", "ers\\"),
    ];
    find(text, |text| {
        let all = roots.iter().flat_map(|root| text.match_indices(root));
        all.map(|(at, _)| at)
            .filter(|at| {
                text[..*at].chars().next_back().is_none_or(|before| " \t\n\"'`(=:<[".contains(before))
            })
            .collect()
    })
}

/// Offsets together with the line around each.
pub(crate) fn find(text: &str, offsets: impl Fn(&str) -> Vec<usize>) -> Vec<(usize, String)> {
    let line = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        text[start..].lines().next().unwrap_or_default().trim().chars().take(120).collect()
    };
    offsets(text).into_iter().map(|at| (at, line(at))).collect()
}

pub(crate) fn matches(code: &str, word: &str) -> Vec<usize> {
    code.match_indices(word).map(|(at, _)| at).collect()
}

/// Like [`matches`], but not in the middle of a longer name.
pub(crate) fn words(code: &str, word: &str) -> Vec<usize> {
    matches(code, word).into_iter().filter(|at| starts_word(code, *at)).collect()
}

pub(crate) fn starts_word(code: &str, at: usize) -> bool {
    code[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && before != '_')
}
