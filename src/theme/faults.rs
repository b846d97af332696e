//! Faults in templates: Tera's errors to diagnostics with file, line, column and help, all of them in one run.

use std::collections::BTreeSet;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::{PREFIX, Sources, engine, filters};
use crate::diagnostic::{Diagnostic, nearest};
use crate::span::{LineIndex, Span};
use crate::words::Words;

/// The file of the template `name`, as the author knows it.
pub(super) fn file(name: &str) -> String {
    if name.starts_with(PREFIX) { format!("{name} (built in)") } else { format!("templates/{name}") }
}

/// Parses each template alone, since Tera stops a batch at the first that can't be parsed; gives the names of those.
pub(super) fn syntax(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<Arc<str>> {
    let mut broken = BTreeSet::new();
    for (name, text) in sources {
        let Err(fault) = Tera::new().add_raw_template(name, text) else { continue };
        let ErrorKind::SyntaxError(report) = fault.kind() else { continue };
        let range = report.span().range.clone();
        let message = lower_first(report.message());
        let mut diagnostic = Diagnostic::error(file(name), &message)
            .at(text, Span::new(range.start, range.end.max(range.start)));
        if let Some(help) = syntax_help(text, range.start, &message) {
            diagnostic = diagnostic.help(help);
        }
        diagnostics.push(diagnostic);
        broken.insert(Arc::clone(name));
    }
    broken
}

/// What somebody who knows Tera 1, Jinja or Zola probably meant.
fn syntax_help(text: &str, at: usize, message: &str) -> Option<String> {
    let line_start = text[..at.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let is_tag = |tag: &str| line.contains(&format!("{{% {tag}")) || line.contains(&format!("{{%- {tag}"));
    if is_tag("macro") || is_tag("endmacro") || message.contains("`macro`") {
        Some("Tera 2 has components: `{% component name(argument) %} … {% endcomponent %}`, called with `{{ <name argument={value} /> }}`".to_owned())
    } else if is_tag("import") {
        Some("Tera 2 has no `import`: the components of all templates are known in every template".to_owned())
    } else if message.contains("nd of input") {
        Some("a tag or block is opened and not closed".to_owned())
    } else {
        None
    }
}

/// Puts the templates together. A fault that hides the others is told, the template emptied, and the rest tried
/// again. `None` if there was any.
pub(super) fn link(
    sources: &Sources,
    broken: &BTreeSet<Arc<str>>,
    words: &Words,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Tera> {
    let mut emptied: BTreeSet<Arc<str>> = broken.clone();
    loop {
        let mut tera = engine(words);
        let texts = sources.iter().filter(|(name, _)| {
            // Where the theme has a template of the same name, it stands in for the broken one.
            !(emptied.contains(*name) && sources.contains_key(format!("{PREFIX}{name}").as_str()))
        });
        let texts = texts.map(|(name, text)| (&**name, if emptied.contains(name) { "" } else { &**text }));
        let Err(fault) = tera.add_raw_templates(texts) else {
            return emptied.is_empty().then_some(tera);
        };
        let (culprit, diagnostic) = match fault.kind() {
            ErrorKind::CircularExtend { tpl, inheritance_chain } => {
                (tpl.clone(), extends_itself(tpl, inheritance_chain))
            }
            ErrorKind::CircularInclude { tpl, include_chain } => {
                let chain: Vec<&str> = include_chain.iter().map(String::as_str).collect();
                let message = format!("template `{tpl}` includes itself: {}", arrows(&chain));
                let next = include_chain.get(1).map_or("", String::as_str);
                (tpl.clone(), placed(tpl, &message, next, sources).help("take one of the includes out"))
            }
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("there is no template `{parent}` to extend");
                let mut diagnostic = placed(current, &message, parent, sources);
                if let Some(near) = nearest(parent, sources.keys().map(|name| &**name)) {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                }
                (current.clone(), diagnostic)
            }
            ErrorKind::Msg(message) if message.starts_with("Component `") => {
                let second = message.rsplit('`').nth(1).unwrap_or("").to_owned();
                let name = message.split('`').nth(1).unwrap_or("");
                let diagnostic = placed(&second, &lower_first(message), name, sources);
                (second, diagnostic.help("rename one of them"))
            }
            ErrorKind::Msg(reports) => {
                diagnostics.extend(reports_of(reports, sources, !emptied.is_empty()));
                return None;
            }
            other => {
                diagnostics.push(Diagnostic::error("templates", lower_first(&other.to_string())));
                return None;
            }
        };
        diagnostics.push(diagnostic);
        let (name, _) = sources.get_key_value(culprit.as_str())?;
        if !emptied.insert(Arc::clone(name)) {
            return None;
        }
    }
}

fn extends_itself(template: &str, chain: &[String]) -> Diagnostic {
    let chain: Vec<&str> = std::iter::once(template).chain(chain.iter().map(String::as_str)).collect();
    let message = format!("template `{template}` extends itself: {}", arrows(&chain));
    Diagnostic::error(file(template), message)
        .help(format!("to build on the theme's template, write `{{% extends \"{PREFIX}{template}\" %}}`"))
}

fn arrows(chain: &[&str]) -> String {
    chain.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" → ")
}

/// A fault in `template`, at the first place where it says `words`.
fn placed(template: &str, message: &str, words: &str, sources: &Sources) -> Diagnostic {
    let diagnostic = Diagnostic::error(file(template), message);
    let Some(text) = sources.get(template) else { return diagnostic };
    match text.find(words).filter(|_| !words.is_empty()) {
        Some(at) => diagnostic.at(text, Span::new(at, at + words.len())),
        None => diagnostic,
    }
}

/// Tera gives what it finds when it puts templates together as text only: reports in rustc's form, one after another.
fn reports_of<'a>(
    reports: &'a str,
    sources: &'a Sources,
    incomplete: bool,
) -> impl Iterator<Item = Diagnostic> + 'a {
    reports.split("\n\nerror: ").filter_map(move |report| {
        let report = report.strip_prefix("error: ").unwrap_or(report);
        let message = report.lines().next().unwrap_or("");
        // With a template left out, what it defines is missed elsewhere through no fault of theirs.
        let follows = message.starts_with("Block `") || message.starts_with("Unknown component");
        if incomplete && follows {
            return None;
        }
        Some(report_of(report, message, sources))
    })
}

fn report_of(report: &str, message: &str, sources: &Sources) -> Diagnostic {
    let place = report.lines().nth(1).and_then(|line| line.trim().strip_prefix("--> "));
    let mut parts = place.unwrap_or("").rsplitn(3, ':');
    let column = parts.next().and_then(|column| column.parse::<usize>().ok());
    let line = parts.next().and_then(|line| line.parse::<u32>().ok());
    let name = parts.next().unwrap_or("");
    let width = report.lines().nth(4).map_or(1, |marks| marks.matches('^').count().max(1));
    let mut diagnostic = Diagnostic::error(file(name), lower_first(message));
    if let (Some(text), Some(line), Some(column)) = (sources.get(name), line, column) {
        diagnostic = diagnostic.at(text, characters(text, line, column, width));
    }
    let is_theme = name.starts_with(PREFIX);
    match unknown_help(message, is_theme, sources) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The bytes of `width` characters from `line` and `column`, both from 1.
fn characters(text: &str, line: u32, column: usize, width: usize) -> Span {
    let index = LineIndex::new(text);
    let lines = index.line(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let line = index.line_span(text, line.clamp(1, lines));
    let words = line.of(text);
    let offset = |character: usize| words.char_indices().nth(character).map_or(words.len(), |(at, _)| at);
    let start = line.start as usize;
    Span::new(start + offset(column - 1), start + offset(column - 1 + width))
}

/// The blocks of all templates.
fn blocks(sources: &Sources) -> impl Iterator<Item = &str> {
    let tags = sources.values().flat_map(|text| text.split("{%").skip(1));
    tags.filter_map(|tag| {
        let mut words = tag.trim_start_matches('-').split_whitespace();
        (words.next() == Some("block")).then(|| words.next()).flatten()
    })
}

/// "did you mean" for what Tera does not know.
fn unknown_help(message: &str, is_theme: bool, sources: &Sources) -> Option<String> {
    let name = message.split('`').nth(1)?;
    if message.ends_with("is not defined in any parent template") {
        let near = nearest(name, blocks(sources).filter(|known| *known != name));
        if let Some(near) = near.filter(|_| !is_theme) {
            return Some(format!("did you mean `{{% block {near} %}}`?"));
        }
        return Some(format!(
            "this template extends another that the site replaces: give the one in `templates/` a \
             `{{% block {name} %}}`, or let it extend the theme's (`{{% extends \"{PREFIX}base.html\" %}}`)"
        ));
    }
    let near = if message.starts_with("Unknown filter") {
        match name {
            "markdown" | "date_format" | "slugify" | "linebreaksbr" | "striptags" | "json_encode" => {
                let instead = match name {
                    "slugify" => "the filter is called `slug` here",
                    "json_encode" => "the filter is called `json` here",
                    "date_format" => "the filter is called `date` here",
                    "linebreaksbr" => "the filter is called `newlines_to_br` here",
                    _ => "see `docs/templates.md` for the filters there are",
                };
                return Some(instead.to_owned());
            }
            _ => nearest(name, filters::NAMES),
        }
    } else if message.starts_with("Unknown template") {
        nearest(name, sources.keys().map(|known| known.trim_start_matches(PREFIX)))
    } else if message.starts_with("Unknown function") && name.starts_with("get_") {
        return Some(format!(
            "`{name}` is a function of Zola; what a page can see stands in `docs/templates.md`"
        ));
    } else {
        None
    };
    near.map(|near| format!("did you mean `{near}`?"))
}

/// What went wrong while the page at the site path `page` was rendered with `template`.
pub(super) fn rendering(fault: &tera::Error, template: &str, page: &str, sources: &Sources) -> Diagnostic {
    let cannot = |message: &str| {
        let message = lower_first(message).replace(". Available", "; available");
        format!("can't render `{page}`: {message}")
    };
    let ErrorKind::RenderingError(report) = fault.kind() else {
        return Diagnostic::error(file(template), cannot(&fault.to_string()));
    };
    let mut diagnostic = Diagnostic::error(file(report.filename()), cannot(report.message()));
    if let Some(text) = sources.get(report.filename()) {
        let range = report.span().range.clone();
        diagnostic = diagnostic.at(text, Span::new(range.start, range.end.max(range.start)));
    }
    if report.message().contains("not defined") || report.message().contains("undefined") {
        diagnostic = diagnostic.help("`docs/templates.md` lists what each template can see");
    }
    diagnostic.report(in_files(&fault.to_string()))
}

/// Tera's report without its first line, which the message says already, and with files for names of templates.
fn in_files(report: &str) -> String {
    let line = |line: &str| {
        let is_place = line.trim_start().starts_with("--> ") || line.starts_with("note: ");
        let place = line.rsplit_once(' ').filter(|_| is_place);
        let named = place.and_then(|(before, place)| {
            let mut parts = place.rsplitn(3, ':');
            let (column, line, name) = (parts.next()?, parts.next()?, parts.next()?);
            Some(format!("{before} {}:{line}:{column}", file(name)))
        });
        named.unwrap_or_else(|| line.to_owned())
    };
    report.lines().skip(1).map(line).collect::<Vec<_>>().join("\n")
}

fn lower_first(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
