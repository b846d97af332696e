//! What an editor can answer to an item, and what each answer does.

use crate::cli::report::Reporter;
use crate::review::{Item, Reason, Subject};

/// What the editor does with an item.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Accept,
    Apart,
    Correct,
    Merge,
    Hide,
    Skip,
    Quit,
}

/// The answers that make sense for an item, with their letters.
fn answers(item: &Item) -> Vec<(char, Answer, &'static str)> {
    let mut answers = Vec::new();
    if item.reason == Reason::Duplicate {
        answers.push(('a', Answer::Apart, "apart"));
    } else if item.reason == Reason::Stale || !item.accepted().is_empty() {
        answers.push(('a', Answer::Accept, "accept"));
    }
    answers.push(('c', Answer::Correct, "correct"));
    if item.subject != Subject::Quotation {
        answers.push(('m', Answer::Merge, "merge"));
    }
    answers.push(('h', Answer::Hide, "hide"));
    answers.push(('s', Answer::Skip, "skip"));
    answers.push(('q', Answer::Quit, "quit"));
    answers
}

/// What the editor wants; `None` at the end of the input. `?` tells what each answer would do.
pub(super) fn answer(item: &Item, reporter: &Reporter) -> anyhow::Result<Option<Answer>> {
    let answers = answers(item);
    let words: Vec<String> =
        answers.iter().map(|(letter, _, word)| word.replacen(*letter, &format!("[{letter}]"), 1)).collect();
    loop {
        let Some(said) = reporter.ask(&format!("{}? ", words.join(" ")))? else { return Ok(None) };
        let said = said.to_lowercase();
        let known = answers.iter().find(|(letter, _, word)| said == letter.to_string() || said == *word);
        match known {
            Some((_, answer, _)) => return Ok(Some(*answer)),
            None if said.is_empty() => return Ok(Some(Answer::Skip)),
            None if said == "?" || said == "help" => {
                for (_, answer, word) in &answers {
                    reporter.hint(&format!("  {word:8}{}\n", meaning(*answer, item)));
                }
            }
            None => reporter.hint(&format!("`{said}` is none of these; `?` tells what each does\n")),
        }
    }
}

/// What an answer does, in words.
fn meaning(answer: Answer, item: &Item) -> String {
    let file = &item.file;
    match answer {
        Answer::Accept if item.reason == Reason::Stale => {
            "what you decided holds as it is written".to_owned()
        }
        Answer::Accept => {
            let written = item.accepted().into_iter().map(|(key, value)| format!("`{key} = {value}`"));
            format!("writes {} into `{file}`", written.collect::<Vec<_>>().join(", "))
        }
        Answer::Apart => {
            let other = item.other.as_deref().unwrap_or_default();
            format!("writes `apart = [\"{other}\"]` into `{file}`: the two are not one")
        }
        Answer::Correct if item.subject == Subject::Quotation => {
            format!("asks who said it, and writes that into `{file}`")
        }
        Answer::Correct => format!("asks for lines like `{}`, and writes them into `{file}`", example(item)),
        Answer::Merge => format!("asks which is the same, and writes its id into `also` of `{file}`"),
        Answer::Hide => format!("writes `hidden = true` into `{file}`"),
        Answer::Skip => "leaves it for another time; so does an empty line".to_owned(),
        Answer::Quit => "ends; what you answered stays".to_owned(),
    }
}

/// A line as the editor may type it.
pub(super) fn example(item: &Item) -> String {
    match (item.reason, item.subject, &item.accepted()[..]) {
        (Reason::Disagreement, _, [(key, value), ..]) if key != "confirmed" => format!("{key} = {value}"),
        (Reason::Undated, ..) => "date = 2004-03".to_owned(),
        (_, Subject::Attack, _) => "killed = 9".to_owned(),
        _ => "role = expert".to_owned(),
    }
}
