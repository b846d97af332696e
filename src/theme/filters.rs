//! What templates can do besides Tera's own filters: dates, slugs, JSON, links.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::edtf::Edtf;
use crate::slug::slugify;
use crate::view::{IndexLinks, Linker};

/// Adds our filters; before any template is.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
    tera.register_filter("slug", slug);
    tera.register_filter("json", json);
    tera.register_filter("href", href);
}

/// The names of all filters, ours and Tera's, for "did you mean".
pub(super) const NAMES: [&str; 41] = [
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
    "wordcount",
];

/// `{{ "2004-09" | date }}`: an EDTF date in words, in English unless `language` says otherwise.
fn date(written: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let date: Edtf =
        written.parse().map_err(|_| tera::Error::message(format!("`{written}` is no EDTF date")))?;
    Ok(date.human(kwargs.get::<&str>("language")?.unwrap_or("en")))
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
