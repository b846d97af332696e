//! What templates can do besides Tera's own filters: dates, slugs, JSON, links.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::diagnostic::nearest;
use crate::edtf::Edtf;
use crate::slug::slugify;
use crate::view::{IndexLinks, Linker};
use crate::words::Words;

/// Adds our filters; before any template is. `words` are the site's.
pub(super) fn register(tera: &mut Tera, words: &Words) {
    let own = words.clone();
    tera.register_filter("date", move |written: &str, kwargs: Kwargs, _: &State| {
        date(written, &kwargs, &own)
    });
    let own = words.clone();
    tera.register_filter("word", move |key: &str, kwargs: Kwargs, _: &State| word(key, &kwargs, &own));
    tera.register_filter("slug", slug);
    tera.register_filter("json", json);
    tera.register_filter("href", href);
}

/// The names of all filters, ours and Tera's, for "did you mean".
pub(super) const NAMES: [&str; 42] = [
    "abs",
    "capitalize",
    "date",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "href",
    "indent",
    "int",
    "join",
    "json",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "slug",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "word",
    "wordcount",
];

/// `{{ "2004-09" | date }}`: an EDTF date in words, in the site's language unless `language` says otherwise.
fn date(written: &str, kwargs: &Kwargs, words: &Words) -> TeraResult<String> {
    let date: Edtf =
        written.parse().map_err(|_| tera::Error::message(format!("`{written}` is no EDTF date")))?;
    Ok(match kwargs.get::<&str>("language")? {
        Some(language) => date.human(&Words::of(language)),
        None => date.human(words),
    })
}

/// `{{ "timeline.title" | word }}`: the site's words for it; `{{ "count.articles" | word(n=3) }}` chooses by a number,
/// and `{{ "title.numbered" | word(title=page.title, number=2) }}` fills in what stands between braces.
fn word(key: &str, kwargs: &Kwargs, words: &Words) -> TeraResult<String> {
    if let Some(count) = kwargs.get::<usize>("n")? {
        return Ok(words.count(key, count));
    }
    let Some(text) = words.find(key) else {
        let near = nearest(key, words.keys()).map(|near| format!("; did you mean `{near}`?"));
        let message = format!("there are no words `{key}`{}", near.unwrap_or_default());
        return Err(tera::Error::message(message));
    };
    let names = text.split('{').skip(1).filter_map(|from| Some(from.split_once('}')?.0));
    let mut values: Vec<(&str, String)> = Vec::new();
    for name in names {
        values.push((name, kwargs.must_get::<&Value>(name)?.to_string()));
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Ok(words.with(key, &values))
}

/// `{{ "Halden Market Hall" | slug }}`: as it stands in addresses.
fn slug(text: &str, _: Kwargs, _: &State) -> String {
    slugify(text, "untitled")
}

/// `{{ value | json }}`: any value as JSON, to stand in an attribute.
fn json(value: &Value, _: Kwargs, _: &State) -> TeraResult<String> {
    serde_json::to_string(value).map_err(tera::Error::message)
}

/// `{{ "/style.css" | href }}`: a site path as an address relative to the page. Reads `page`, and so not inside a
/// component, which sees its arguments only.
fn href(path: &str, _: Kwargs, state: &State) -> TeraResult<String> {
    let page = state.get::<Value>("page")?;
    let (Some(root), Some(explicit_index)) = (
        page.as_ref().and_then(|page| page.get_from_path("root")?.as_str()),
        page.as_ref().and_then(|page| page.get_from_path("explicit_index")?.as_bool()),
    ) else {
        return Err(tera::Error::message("`href` needs `page`: give a component the finished address"));
    };
    let index = if explicit_index { IndexLinks::File } else { IndexLinks::Folder };
    Ok(Linker::with_root(root, index).href(path))
}
